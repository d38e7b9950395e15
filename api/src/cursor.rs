//! Cursors as they are given out: a place in a list, bound to the question that the list answers, so that it is told where
//! one is taken to another list.

use std::fmt::Display;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::str::FromStr;

use crate::Error;
use crate::message::{Message, Saying};
use crate::params::Params;

/// Stands between what a cursor is bound to and the place.
const BINDS: char = '~';

/// Parameters that say how much of a list is shown and how, and not which.
const OF_A_PAGE: [&str; 4] = ["cursor", "limit", "ui", "fields"];

/// The question that a list answers.
pub(crate) struct Asked(u32);

impl Asked {
    /// That of a path, in whatever form it is answered, with its parameters in any order.
    pub(crate) fn of(path: &str, pairs: &[(String, String)]) -> Self {
        let path = path.strip_prefix("/v1").unwrap_or(path);
        let path = path.strip_suffix(".csv").or_else(|| path.strip_suffix(".ndjson")).unwrap_or(path);
        let mut narrowing: Vec<&(String, String)> = pairs
            .iter()
            .filter(|(name, value)| !OF_A_PAGE.contains(&name.as_str()) && !value.trim().is_empty())
            .collect();
        narrowing.sort();
        let mut hasher = DefaultHasher::new();
        (path, narrowing).hash(&mut hasher);
        Self(hasher.finish() as u32)
    }

    /// The cursor of a place in the list.
    pub(crate) fn cursor(&self, place: &impl Display) -> String {
        format!("{:08x}{BINDS}{place}", self.0)
    }

    /// The place that an answer goes on from.
    pub(crate) fn resumed<T: FromStr>(&self, params: &Params) -> Result<Option<T>, Error> {
        let Some(cursor) = params.one("cursor") else { return Ok(None) };
        let (bound, place) = cursor.split_once(BINDS).ok_or_else(|| unreadable(cursor))?;
        let bound = u32::from_str_radix(bound, 16).map_err(|_| unreadable(cursor))?;
        if bound != self.0 {
            return Err(Error::bad(Saying::ForeignCursor));
        }
        place.parse().map(Some).map_err(|_| unreadable(cursor))
    }
}

/// That something is no cursor.
pub(crate) fn unreadable(cursor: &str) -> Error {
    Error::bad(Message::new(Saying::UnreadableCursor).quoting("value", cursor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_the_same_in_every_form_and_order() {
        let of = |path: &str, pairs: &[(&str, &str)]| {
            let pairs: Vec<_> =
                pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            Asked::of(path, &pairs).0
        };
        let list = of("/directives", &[("q", "an"), ("province", "Nghệ An")]);
        let same = [("limit", "5"), ("province", "Nghệ An"), ("cursor", "x"), ("q", "an"), ("from", "")];
        assert_eq!(of("/v1/directives.csv", &same), list);
        for (path, pairs) in [
            ("/officials", [("q", "an"), ("province", "Nghệ An")]),
            ("/directives", [("q", "an"), ("province", "Hà Tĩnh")]),
            ("/directives", [("q", "an"), ("source", "Nghệ An")]),
        ] {
            assert_ne!(of(path, &pairs), list, "{path} {pairs:?}");
        }
    }
}
