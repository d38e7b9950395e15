//! Terms of the Party's Central Committee, which texts name beside its resolutions (`khóa XI`) in place of their year.

use std::sync::LazyLock;

use corpus::Span;
use serde::{Deserialize, Serialize};
use text::Syllables;

use crate::law::roman;

/// Bytes behind a number within which a term belongs to it.
const BEHIND: usize = 110;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Words before the number of a term, without accents.
    words: Vec<String>,
    /// What begins another document, or another part of the sentence.
    ends: Vec<String>,
    /// The first term of the list, and the years in which each was elected, with the year in which the last one ends.
    first: u16,
    elected: Vec<i16>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/terms.toml").expect("the table comes with the program"));

/// The years of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    first: i16,
    last: i16,
}

impl Term {
    /// The term of a number; `None` for those that the table has not.
    fn of(number: u16) -> Option<Self> {
        let at = usize::from(number.checked_sub(TABLE.first)?);
        Some(Self { first: *TABLE.elected.get(at)?, last: *TABLE.elected.get(at + 1)? })
    }

    /// Whether it is in office in a year, for a part of it at least.
    pub(crate) fn holds(self, year: i16) -> bool {
        (self.first..=self.last).contains(&year)
    }

    /// The one term that a text names for a document: in the name of its body, else behind its number.
    pub(crate) fn named(text: &str, span: Span, body: Option<&str>) -> Option<Self> {
        if let Some(term) = body.and_then(only) {
            return Some(term);
        }
        let end = text.ceil_char_boundary((span.end() + BEHIND).min(text.len()));
        let behind = &text[span.end()..end];
        let line = behind.lines().next().unwrap_or_default();
        let cut = TABLE.ends.iter().filter_map(|end| line.find(end.as_str())).min();
        only(&line[..cut.unwrap_or(line.len())])
    }
}

/// The only term that words name; `None` where they name several.
fn only(words: &str) -> Option<Term> {
    let mut found = None;
    let mut is_before = false;
    for word in Syllables::new(words) {
        let number = roman(&words[word.start..word.end]);
        match number.filter(|_| is_before) {
            Some(number) if found.is_none() => found = Some(number),
            Some(_) => return None,
            None => is_before = TABLE.words.contains(&word.folded),
        }
    }
    found.and_then(Term::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_read_behind_a_number_or_in_its_body() {
        let check = |text: &str, body: Option<&str>, expected: Option<(i16, i16)>| {
            let end = text.find('|').unwrap();
            let text = text.replace('|', "");
            let found = Term::named(&text, Span::new(0, end), body);
            assert_eq!(found.map(|term| (term.first, term.last)), expected, "{text}");
        };
        let eleventh = Some((2011, 2016));
        check("Nghị quyết số 90-NQ/TW| (khóa XI) về bến cảng", None, eleventh);
        check("Nghị quyết 90-NQ/TW| của Ban Chấp hành Trung ương Đảng khoá XI", None, eleventh);
        check("Nghị quyết 90-NQ/TW| về bến cảng", Some("Trung ương khóa XI"), eleventh);
        check("Resolution 90-NQ/TW| of the Central Committee, term XII", None, Some((2016, 2021)));
        // Of two terms, of another document, in another sentence, too long ago, no term.
        check("Nghị quyết 90-NQ/TW| (khóa XI, XII)", None, None);
        check("Nghị quyết 90-NQ/TW|, Nghị quyết 91-NQ/TW khóa XI", None, None);
        check("Nghị quyết 90-NQ/TW|; khóa XI đã bàn", None, None);
        check("Nghị quyết 90-NQ/TW| khóa II", None, None);
        check("Nghị quyết 90-NQ/TW| mở khóa cho bến cảng", None, None);
    }

    #[test]
    fn a_term_holds_from_congress_to_congress() {
        let term = Term::of(11).unwrap();
        assert!(term.holds(2011) && term.holds(2016) && !term.holds(2010) && !term.holds(2017));
        assert!(TABLE.elected.is_sorted());
    }
}
