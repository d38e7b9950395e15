//! The tokens of search: syllables. Vietnamese writes a blank between syllables and not between words, and no
//! segmentation into words is tried: phrases do its work.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::joined;
use crate::sieve::Sieve;
use crate::spelling::{fold_into, tone_normal};

/// Longest token in bytes; what is longer is no word and is passed over.
const LONGEST: usize = 60;

/// One token of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Syllable {
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Composed, lower case, the tone in its normal place.
    pub exact: String,
    /// Without marks as well.
    pub folded: String,
}

impl Syllable {
    /// Whether it was written with accents.
    pub fn has_accents(&self) -> bool {
        self.exact != self.folded
    }

    /// Whether it was written without accents and could have some in another spelling: whether a search for exactly
    /// this spelling differs from one for all its spellings.
    pub fn is_plain(&self) -> bool {
        !self.has_accents() && is_vietnamese(&self.folded)
    }
}

/// The syllables of a text in reading order: maximal runs of letters and digits with their marks.
#[derive(Clone, Debug)]
pub struct Syllables<'text> {
    text: &'text str,
    at: usize,
    parted: bool,
}

impl<'text> Syllables<'text> {
    /// Begins at the start of the text.
    pub fn new(text: &'text str) -> Self {
        Self { text, at: 0, parted: false }
    }

    /// The same as a search sees them: letters and digits apart (`covid19` as `covid-19`), and what is written in one piece
    /// or in several in its parts (`TPHCM` as `TP.HCM`).
    pub fn parted(text: &'text str) -> Self {
        Self { text, at: 0, parted: true }
    }

    /// Fills `syllable` with the next one; false at the end. Reuses its buffers.
    pub fn advance(&mut self, syllable: &mut Syllable) -> bool {
        self.advance_to(syllable, |_| true)
    }

    /// The same with the next one where the sieve lets it through, and `true`; where it does not only the place is filled, and
    /// `false` is said. `None` at the end.
    pub fn advance_among(&mut self, syllable: &mut Syllable, sieve: &Sieve) -> Option<bool> {
        while let Some(run) = self.next_run() {
            (syllable.start, syllable.end) = (self.at - run.word.len(), self.at);
            if run.word.len() > LONGEST {
                continue;
            }
            if !sieve.passes(&run) {
                return Some(false);
            }
            if self.take(run.word, syllable) {
                return Some(true);
            }
        }
        None
    }

    /// The same with the next one that is `wanted` as it is written.
    pub fn advance_to(&mut self, syllable: &mut Syllable, wanted: impl Fn(&str) -> bool) -> bool {
        while let Some(word) = self.next_word() {
            if !wanted(word) {
                continue;
            }
            syllable.start = self.at - word.len();
            syllable.end = self.at;
            if word.len() <= LONGEST && self.take(word, syllable) {
                return true;
            }
        }
        false
    }

    /// Spells the word that was just passed, or its first part; false where it is none.
    fn take(&mut self, word: &str, syllable: &mut Syllable) -> bool {
        spell(word, &mut syllable.exact, &mut syllable.folded);
        if self.parted
            && let Some(first) = joined::first(word, &syllable.exact)
        {
            self.at = syllable.start + first.len();
            syllable.end = self.at;
            spell(first, &mut syllable.exact, &mut syllable.folded);
        }
        // Marks alone are no word.
        !syllable.folded.is_empty()
    }

    /// Fills `folded` with the folded form of the next one alone, which is much less work than [`advance`](Self::advance);
    /// false at the end.
    pub fn advance_folded(&mut self, folded: &mut String) -> bool {
        while let Some(word) = self.next_word() {
            if word.len() <= LONGEST {
                folded.clear();
                for c in word.chars() {
                    match letter(c).and_then(|letter| letter.folded) {
                        Some(base) => folded.push(base),
                        None => fold_into(c.encode_utf8(&mut [0; 4]), folded),
                    }
                }
                if !folded.is_empty() {
                    return true;
                }
            }
        }
        false
    }

    /// The next run of letters and digits.
    fn next_word(&mut self) -> Option<&'text str> {
        self.next_run().map(|run| run.word)
    }

    /// The same with what is seen of it on the way, so that most words need not be read again.
    fn next_run(&mut self) -> Option<Run<'text>> {
        let seen = &*SEEN;
        let mut start = self.at;
        let begins = loop {
            let (letter, length) = Seen::at(self.text, start, seen)?;
            if letter.is_word() {
                break letter;
            }
            start += length;
            self.at = start;
        };
        // What ends it: what is no part of a word, and, where words are parted, what is no digit behind one and the other way
        // round.
        let (mask, stays) = if self.parted {
            (Seen::WORD | Seen::DIGIT, begins.0 & (Seen::WORD | Seen::DIGIT))
        } else {
            (Seen::WORD, Seen::WORD)
        };
        let (mut end, mut letters, mut all) = (start, Letters::default(), Seen::REGULAR);
        while let Some((letter, length)) =
            Seen::at(self.text, end, seen).filter(|(letter, _)| letter.0 & mask == stays)
        {
            end += length;
            letters.add(letter.folded());
            all &= letter.0;
        }
        self.at = end;
        let letters = Some(letters).filter(|_| all != 0);
        Some(Run { word: &self.text[start..end], first: begins.folded(), letters })
    }
}

/// A run of letters and digits as it is passed: enough to tell of most that nobody looks for them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'text> {
    /// As it is written.
    pub(crate) word: &'text str,
    /// Its first letter in its folded form; 0 where that is not ASCII.
    pub(crate) first: u8,
    /// Its letters in their folded form; `None` where one is no ASCII letter there, or a mark is written by itself.
    pub(crate) letters: Option<Letters>,
}

/// The letters of a word in their folded form as one number, by which words that are looked for are told from nearly all
/// others (FNV-1a).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters(u32);

impl Default for Letters {
    fn default() -> Self {
        Self(0x811c_9dc5)
    }
}

impl Letters {
    /// Those of a word that is folded; `None` where one is not ASCII.
    pub(crate) fn of(folded: &str) -> Option<Self> {
        let mut letters = Self::default();
        folded.bytes().for_each(|letter| letters.add(letter));
        folded.is_ascii().then_some(letters)
    }

    fn add(&mut self, letter: u8) {
        self.0 = (self.0 ^ u32::from(letter)).wrapping_mul(0x0100_0193);
    }

    /// A number below 1,024.
    pub(crate) fn place(self) -> usize {
        // The low bits alone follow the last letter too closely.
        ((self.0 ^ (self.0 >> 15)) & 1_023) as usize
    }
}

/// Writes the exact and the folded form of a word into buffers.
fn spell(word: &str, exact: &mut String, folded: &mut String) {
    exact.clear();
    folded.clear();
    let mut composed = true;
    for c in word.chars() {
        if let Some(Letter { lower: Some(lower), folded: Some(base), .. }) = letter(c) {
            exact.push(lower);
            folded.push(base);
        } else {
            composed &= !is_combining_mark(c);
            exact.extend(c.to_lowercase());
            fold_into(c.encode_utf8(&mut [0; 4]), folded);
        }
    }
    if !composed {
        *exact = exact.nfc().collect();
    }
    // Icelandic eth, which many texts write for đ.
    if exact.contains('ð') {
        *exact = exact.replace('ð', "đ");
    }
    if may_move(exact)
        && let Cow::Owned(normal) = tone_normal(exact)
    {
        *exact = normal;
    }
}

/// Whether the tone of a syllable may stand in one of two places, or its vowel be written in one of two ways: a quick
/// look before [`tone_normal`].
fn may_move(exact: &str) -> bool {
    let mut letters = exact.chars().rev();
    match (letters.next(), letters.next()) {
        (Some('à' | 'á' | 'ả' | 'ã' | 'ạ' | 'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ'), Some('o'))
        | (Some('ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ'), Some('u')) => true,
        (Some('ì' | 'í' | 'ỉ' | 'ĩ' | 'ị'), Some(_)) => letters.next().is_none(),
        _ => false,
    }
}

/// What is known of a character: both its forms, where each is one character.
#[derive(Clone, Copy, Default)]
struct Letter {
    lower: Option<char>,
    folded: Option<char>,
}

/// What is seen of a character in passing: flags, and behind them its folded form where that is ASCII.
#[derive(Clone, Copy, Default)]
struct Seen(u16);

impl Seen {
    /// Part of a word: a letter, digit or mark.
    const WORD: u16 = 1 << 8;
    const DIGIT: u16 = 1 << 9;
    /// One ASCII character in its folded form, and no mark.
    const REGULAR: u16 = 1 << 10;

    fn new(c: char) -> Self {
        let is_mark = is_combining_mark(c);
        let folded = letter(c).and_then(|letter| u8::try_from(letter.folded?).ok());
        let folded = folded.filter(|folded| folded.is_ascii() && !is_mark);
        let flags = [
            (c.is_alphanumeric() || is_mark, Self::WORD),
            (c.is_ascii_digit(), Self::DIGIT),
            (folded.is_some(), Self::REGULAR),
        ];
        let flags = flags.into_iter().filter(|(has, _)| *has).fold(0, |all, (_, flag)| all | flag);
        Self(flags | u16::from(folded.unwrap_or_default()))
    }

    fn of(c: char, table: &[Self]) -> Self {
        table.get(c as usize).copied().unwrap_or_else(|| Self::new(c))
    }

    /// The character at a byte of a text, and its length; `None` at the end.
    #[inline]
    fn at(text: &str, byte: usize, table: &[Self]) -> Option<(Self, usize)> {
        match text.as_bytes().get(byte) {
            Some(ascii) if ascii.is_ascii() => Some((table[usize::from(*ascii)], 1)),
            _ => text[byte..].chars().next().map(|c| (Self::of(c, table), c.len_utf8())),
        }
    }

    fn is_word(self) -> bool {
        self.0 & Self::WORD != 0
    }

    fn folded(self) -> u8 {
        self.0.to_le_bytes()[0]
    }
}

/// Letters up to the end of Latin Extended Additional, where Vietnamese is.
const LETTERS: u32 = 0x1f00;

static TABLE: LazyLock<Vec<Letter>> = LazyLock::new(|| {
    let one = |text: &str| {
        let mut chars = text.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    let letter = |c: char| {
        let lower: String = c.to_lowercase().collect();
        let mut folded = String::new();
        fold_into(c.encode_utf8(&mut [0; 4]), &mut folded);
        Letter { lower: one(&lower), folded: one(&folded) }
    };
    (0..LETTERS).map(|code| char::from_u32(code).map_or(Letter::default(), letter)).collect()
});

static SEEN: LazyLock<Vec<Seen>> =
    LazyLock::new(|| (0..LETTERS).map(|code| char::from_u32(code).map_or(Seen(0), Seen::new)).collect());

/// A letter or digit without accents and in lower case, where that is one character; `None` for a mark.
pub(crate) fn folded_letter(c: char) -> Option<char> {
    letter(c)?.folded.filter(|_| !is_combining_mark(c))
}

fn letter(c: char) -> Option<Letter> {
    TABLE.get(c as usize).copied()
}

impl Iterator for Syllables<'_> {
    type Item = Syllable;

    fn next(&mut self) -> Option<Syllable> {
        let mut syllable = Syllable::default();
        self.advance(&mut syllable).then_some(syllable)
    }
}

/// Whether a character belongs to a word: a letter, a digit, or a mark on one.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { Seen::of(c, &SEEN).is_word() }
}

/// Whether letters without marks can be a Vietnamese syllable: consonants that begin one, one to three vowels (with the
/// `u` of `qu` and the `i` of `gi` four), consonants that end one.
pub fn is_vietnamese(folded: &str) -> bool {
    let is_vowel = |byte: &u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let letters = folded.as_bytes();
    let Some(first) = letters.iter().position(is_vowel) else { return false };
    let (onset, rest) = letters.split_at(first);
    let vowels = rest.iter().take_while(|byte| is_vowel(byte)).count();
    let most = match onset {
        b"q" if rest.starts_with(b"u") => 4,
        b"g" if rest.starts_with(b"i") => 4,
        b"" | b"b" | b"c" | b"ch" | b"d" | b"g" | b"gh" | b"h" | b"k" | b"kh" | b"l" | b"m" | b"n"
        | b"ng" | b"ngh" | b"nh" | b"p" | b"ph" | b"r" | b"s" | b"t" | b"th" | b"tr" | b"v" | b"x" => 3,
        _ => return false,
    };
    vowels <= most
        && matches!(&rest[vowels..], b"" | b"c" | b"ch" | b"m" | b"n" | b"ng" | b"nh" | b"p" | b"t")
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
    fn a_search_sees_the_parts_of_words() {
        let check = |text: &str, parts: &[&str]| {
            let found: Vec<Syllable> = Syllables::parted(text).collect();
            let written: Vec<&str> = found.iter().map(|part| &text[part.start..part.end]).collect();
            assert_eq!(written, parts);
        };
        check("Covid19, COVID-19", &["Covid", "19", "COVID", "19"]);
        check("17h30 ở km2", &["17", "h", "30", "ở", "km", "2"]);
        check("TPHCM TP.HCM tp hcm", &["TP", "HCM", "TP", "HCM", "tp", "hcm"]);
        check("Sở VHTTDL, LĐTBXH", &["Sở", "VH", "TT", "DL", "LĐ", "TB", "XH"]);
        check("ôtô O\u{302}to\u{302} oto otô", &["ô", "tô", "O\u{302}", "to\u{302}", "o", "to", "otô"]);
        check("Hanoi, Vietnam", &["Ha", "noi", "Viet", "nam"]);
        check("người 1.250 x2²", &["người", "1", "250", "x", "2", "²"]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn parts_are_what_stands_in_the_text(text in ".{0,200}|([a-zA-Zđôăừ̂0-9]{1,12}[ ,.-]?){0,40}|(tphcm|Ôtô|vhttdl|covid19|o\u{302}to\u{302}){0,4}") {
            let mut at = 0;
            for part in Syllables::parted(&text) {
                proptest::prop_assert!(at <= part.start && part.start < part.end);
                proptest::prop_assert!(Syllables::parted(&text[part.start..part.end]).next().is_some());
                at = part.end;
            }
        }

        #[test]
        fn folded_syllables_are_those_of_the_syllables(text in ".{0,200}|([a-zA-ZđĐàẤừỹ̀́ð0-9]{1,70}[ ,.-]?){0,40}") {
            let (mut folded, mut all) = (String::new(), Vec::new());
            let mut syllables = Syllables::new(&text);
            while syllables.advance_folded(&mut folded) {
                all.push(folded.clone());
            }
            let expected: Vec<String> = Syllables::new(&text).map(|syllable| syllable.folded).collect();
            proptest::prop_assert_eq!(all, expected);
        }
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
