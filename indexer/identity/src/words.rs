//! Words of positions and bodies, as syllables that remember how they were written.

use text::{Syllable, Syllables};

/// One syllable: without marks for look-up, as written for names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) folded: String,
    /// Lower case, marks kept.
    pub(crate) exact: String,
    /// Whether it begins with a capital or a digit, as names do.
    pub(crate) capital: bool,
    /// Whether a comma, a dash or a bracket stands before it.
    pub(crate) after_break: bool,
}

/// How texts write "Trung ương" in letters that would fold to the sign of a province's committee.
const CENTRE: [&str; 6] = ["T.Ư", "TƯ", "T.W", "TW", "T.ư", "Tư."];

/// The syllables of some words.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut spelt = text.to_owned();
    for form in CENTRE {
        if spelt.contains(form) {
            spelt = spelt.replace(form, " Trung ương ");
        }
    }
    let (mut all, mut next) = (Syllables::new(&spelt), Syllable::default());
    let mut found = Vec::new();
    let mut behind = 0;
    while all.advance(&mut next) {
        let gap = &spelt[behind..next.start];
        behind = next.end;
        found.push(Word {
            capital: spelt[next.start..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
            after_break: gap.contains([',', '(', ')', ';', '–', '-', '/', ':']),
            folded: next.folded.clone(),
            exact: next.exact.clone(),
        });
    }
    found
}

/// Whether `words` begin with the syllables of `phrase`, which are joined by one blank; how many there are.
pub(crate) fn begins(words: &[Word], phrase: &str) -> Option<usize> {
    let mut count = 0;
    for syllable in phrase.split(' ') {
        if words.get(count)?.folded != syllable {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// The syllables joined by blanks.
pub(crate) fn joined(words: &[Word]) -> String {
    let mut joined = String::new();
    for word in words {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&word.folded);
    }
    joined
}
