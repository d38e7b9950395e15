//! Texts as the terms that the engine indexes: places separated by [`PLACE`], the forms of one place by [`FORM`].

use text::{Numbers, Syllable, Syllables};

use crate::spelling::{write_exact, write_exact_pair, write_folded_pair};

/// Stands between two places of a text.
pub(super) const PLACE: char = '\u{1f}';
/// Stands between the forms of one place.
pub(super) const FORM: char = '\u{1e}';

/// The syllables of a text, and the numbers of documents in it.
pub(super) fn singles(text: &str) -> String {
    let mut out = Places::default();
    for syllable in Syllables::parted(text) {
        out.add(|term| term.push_str(&syllable.folded), |term| write_exact(&syllable, term));
    }
    for (_, number) in Numbers::new(text) {
        out.add(|term| term.push_str(&number), |_| false);
    }
    out.text
}

/// Pairs of neighbours.
pub(super) fn pairs(text: &str) -> String {
    let mut out = Places::default();
    let mut before: Option<Syllable> = None;
    for syllable in Syllables::parted(text) {
        if let Some(before) = &before {
            out.add(
                |term| write_folded_pair(before, &syllable, term),
                |term| write_exact_pair(before, &syllable, term),
            );
        }
        before = Some(syllable);
    }
    out.text
}

#[derive(Default)]
struct Places {
    text: String,
    term: String,
}

impl Places {
    fn add(&mut self, folded: impl FnOnce(&mut String), exact: impl FnOnce(&mut String) -> bool) {
        if !self.text.is_empty() {
            self.text.push(PLACE);
        }
        folded(&mut self.text);
        self.term.clear();
        if exact(&mut self.term) {
            self.text.push(FORM);
            self.text.push_str(&self.term);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_its_forms() {
        let shown = |text: String| text.replace(PLACE, "|").replace(FORM, "/");
        assert_eq!(shown(singles("Tỉnh an 2021")), "tinh/tỉnh|an/=an|2021");
        assert_eq!(
            shown(pairs("Uỷ ban 2021 people")),
            "uy ban/uy ban\u{1}0ủ|ban 2021/ban 2021\u{1}|2021 people"
        );
        assert_eq!(shown(singles("5/CT-x, 6/CT")), "5|ct|x|6|ct|5/ctx|6/ct");
        assert_eq!(pairs("một"), "");
        // The engine would refuse a document for a term of 32 KiB; a syllable is never so long.
        assert_eq!(shown(singles(&format!("a {} b", "x".repeat(40_000)))), "a/=a|b");
    }
}
