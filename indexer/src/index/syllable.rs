//! The tokens of search: syllables. Vietnamese writes a blank between syllables and not between words, and no
//! segmentation into words is tried: phrases do its work.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::spelling::{fold_into, tone_normal};

/// Longest token in bytes; what is longer is no word and is passed over.
pub(crate) const LONGEST: usize = 60;

/// One token of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Syllable {
    /// Its first byte in the text.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Composed, lower case, the tone in its normal place.
    pub(crate) exact: String,
    /// Without marks as well.
    pub(crate) folded: String,
}

impl Syllable {
    /// Whether it was written with accents.
    pub(crate) fn has_accents(&self) -> bool {
        self.exact != self.folded
    }

    /// Whether it was written without accents and could have some in another spelling: whether a search for exactly
    /// this spelling differs from one for all its spellings.
    pub(crate) fn is_plain(&self) -> bool {
        !self.has_accents() && is_vietnamese(&self.folded)
    }
}

/// The syllables of a text in reading order: maximal runs of letters and digits with their marks.
#[derive(Clone, Debug)]
pub(crate) struct Syllables<'text> {
    text: &'text str,
    at: usize,
}

impl<'text> Syllables<'text> {
    /// Begins at the start of the text.
    pub(crate) fn new(text: &'text str) -> Self {
        Self { text, at: 0 }
    }

    /// Fills `syllable` with the next one; false at the end. Reuses its buffers.
    pub(crate) fn advance(&mut self, syllable: &mut Syllable) -> bool {
        loop {
            let rest = &self.text[self.at..];
            let Some(start) = rest.find(is_word) else {
                self.at = self.text.len();
                return false;
            };
            let word = &rest[start..];
            let length = word.find(|c| !is_word(c)).unwrap_or(word.len());
            let start = self.at + start;
            self.at = start + length;
            if length > LONGEST {
                continue;
            }
            let word = &self.text[start..self.at];
            syllable.start = start;
            syllable.end = self.at;
            syllable.folded.clear();
            fold_into(word, &mut syllable.folded);
            if syllable.folded.is_empty() {
                continue;
            }
            syllable.exact.clear();
            if word.is_ascii() {
                syllable.exact.push_str(&syllable.folded);
            } else {
                syllable.exact.push_str(&exact(word));
            }
            return true;
        }
    }
}

/// The exact form of a word with other letters than ASCII's.
fn exact(word: &str) -> String {
    let mut lower = word.to_lowercase();
    if lower.chars().any(is_combining_mark) {
        lower = lower.nfc().collect();
    }
    // Icelandic eth, which many texts write for đ.
    if lower.contains('ð') {
        lower = lower.replace('ð', "đ");
    }
    tone_normal(&lower).into_owned()
}

impl Iterator for Syllables<'_> {
    type Item = Syllable;

    fn next(&mut self) -> Option<Syllable> {
        let mut syllable = Syllable::default();
        self.advance(&mut syllable).then_some(syllable)
    }
}

fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// Consonants that begin a Vietnamese syllable, without marks, the longest first.
const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l",
    "m", "n", "p", "r", "s", "t", "v", "x", "",
];
/// Consonants that end one.
const CODAS: &[&str] = &["ch", "ng", "nh", "c", "m", "n", "p", "t", ""];

/// Whether letters without marks can be a Vietnamese syllable.
fn is_vietnamese(folded: &str) -> bool {
    ONSETS.iter().any(|onset| {
        let Some(rest) = folded.strip_prefix(onset) else { return false };
        let vowels =
            rest.bytes().take_while(|byte| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')).count();
        // `gì` has its vowel in the onset.
        (1..=3).contains(&vowels) && CODAS.contains(&&rest[vowels..])
    }) || matches!(folded, "gi" | "gin")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fall_into_syllables() {
        let check = |text: &str, exact: &[&str], folded: &[&str]| {
            let found: Vec<Syllable> = Syllables::new(text).collect();
            assert_eq!(found.iter().map(|s| s.exact.as_str()).collect::<Vec<_>>(), exact, "{text}");
            assert_eq!(found.iter().map(|s| s.folded.as_str()).collect::<Vec<_>>(), folded, "{text}");
        };
        check("Uỷ ban Nhân dân", &["ủy", "ban", "nhân", "dân"], &["uy", "ban", "nhan", "dan"]);
        check("U\u{309}y ban", &["ủy", "ban"], &["uy", "ban"]);
        check("Ðảng Đảng", &["đảng", "đảng"], &["dang", "dang"]);
        check("15-CT/TU", &["15", "ct", "tu"], &["15", "ct", "tu"]);
        check("7,58%", &["7", "58"], &["7", "58"]);
        check(" — \u{301} ", &[], &[]);
        check(&"x".repeat(LONGEST + 1), &[], &[]);
    }

    #[test]
    fn plain_syllables_could_be_spelt_otherwise() {
        for (word, plain) in [
            ("tinh", true),
            ("an", true),
            ("nghieng", true),
            ("quy", true),
            ("gi", true),
            ("xuyen", true),
            ("tỉnh", false),
            ("people", false),
            ("province", false),
            ("2021", false),
            ("ct", false),
        ] {
            assert_eq!(Syllables::new(word).next().unwrap().is_plain(), plain, "{word}");
        }
    }
}
