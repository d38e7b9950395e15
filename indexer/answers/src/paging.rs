//! Places in lists of entities, of figures and of mentions, to go on from. They are written in letters, digits, dots and
//! hyphens; whoever hands them out may change their form.

use std::fmt;
use std::str::FromStr;

use store::{FigurePlace, Rank};

use crate::search::NotACursor;

/// Behind an entity of a list: its documents, and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityPlace {
    /// Documents that it is counted in.
    pub documents: u64,
    /// Its id, or the key of an indicator.
    pub id: String,
}

/// Behind a figure of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AfterFigure(pub(crate) FigurePlace);

/// Behind a mention of an entity, the earliest published first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MentionPlace {
    /// Documents behind this one.
    pub(crate) after: Rank,
    /// Mentions of the first of them that were shown.
    pub(crate) shown: usize,
}

impl fmt::Display for EntityPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}.{}", self.documents, self.id)
    }
}

impl FromStr for EntityPlace {
    type Err = NotACursor;
    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (documents, id) =
            text.strip_prefix('e').and_then(|text| text.split_once('.')).ok_or(NotACursor)?;
        let documents = documents.parse().map_err(|_| NotACursor)?;
        if id.is_empty() { Err(NotACursor) } else { Ok(Self { documents, id: id.to_owned() }) }
    }
}

impl fmt::Display for AfterFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FigurePlace { day, order, start } = self.0;
        write!(f, "f{day}.{order}.{start}")
    }
}

impl FromStr for AfterFigure {
    type Err = NotACursor;
    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let mut parts = text.strip_prefix('f').ok_or(NotACursor)?.split('.');
        let place = FigurePlace {
            day: number(parts.next())?,
            order: number(parts.next())?,
            start: number(parts.next())?,
        };
        if parts.next().is_some() { Err(NotACursor) } else { Ok(Self(place)) }
    }
}

impl fmt::Display for MentionPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rank { weight, key } = self.after;
        write!(f, "m{weight}.{key}.{}", self.shown)
    }
}

impl FromStr for MentionPlace {
    type Err = NotACursor;
    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let mut parts = text.strip_prefix('m').ok_or(NotACursor)?.split('.');
        let after = Rank { weight: number(parts.next())?, key: number(parts.next())? };
        let shown = number(parts.next())?;
        if parts.next().is_some() { Err(NotACursor) } else { Ok(Self { after, shown }) }
    }
}

fn number<N: FromStr>(part: Option<&str>) -> Result<N, NotACursor> {
    part.and_then(|part| part.parse().ok()).ok_or(NotACursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_and_read() {
        let entity = EntityPlace { documents: 7, id: "chu-tich.ubnd.son-khe".to_owned() };
        assert_eq!(entity.to_string().parse::<EntityPlace>().unwrap(), entity);
        let figure = AfterFigure(FigurePlace { day: -3, order: u64::MAX, start: 9 });
        assert_eq!(figure.to_string().parse::<AfterFigure>().unwrap(), figure);
        let mention = MentionPlace { after: Rank { weight: u64::MAX, key: 0 }, shown: 2 };
        assert_eq!(mention.to_string().parse::<MentionPlace>().unwrap(), mention);
        for wrong in
            ["", "e", "e7", "e7.", "ex.a", "f1.2", "f1.2.3.4", "f1.-2.3", "m1.2", "m1.2.x", "n1.2.3.4"]
        {
            assert!(wrong.parse::<EntityPlace>().is_err(), "{wrong}");
            assert!(wrong.parse::<AfterFigure>().is_err(), "{wrong}");
            assert!(wrong.parse::<MentionPlace>().is_err(), "{wrong}");
        }
    }
}
