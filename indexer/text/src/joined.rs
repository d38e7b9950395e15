//! Words that are written in one piece or in several (`joined.toml`).

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::sieve::Sieve;
use crate::spelling::fold_into;
use crate::syllable::Letters;

/// Longest word in one piece, in bytes.
const LONGEST: usize = 16;

struct Joined {
    /// Words in one piece, exact and folded, and how many characters their first part has.
    words: HashMap<String, usize>,
    /// Whether there may be one of a length, by its last byte: a quick look, since nearly all syllables are none.
    may_be: Vec<[bool; 256]>,
    /// The same by the letters without accents.
    sieve: Sieve,
}

static JOINED: LazyLock<Joined> = LazyLock::new(|| {
    let lists: HashMap<String, Vec<String>> =
        toml::from_str(include_str!("../joined.toml")).expect("the table comes with the program");
    let mut words = HashMap::new();
    for row in lists.into_values().flatten() {
        let mut rest = row.as_str();
        while let Some((first, behind)) = rest.split_once(' ') {
            let mut folded = String::new();
            fold_into(rest, &mut folded);
            for word in [rest, &folded] {
                words.insert(word.replace(' ', ""), first.chars().count());
            }
            rest = behind;
        }
    }
    let mut may_be = vec![[false; 256]; LONGEST + 1];
    for word in words.keys() {
        may_be[word.len()][usize::from(word.as_bytes()[word.len() - 1])] = true;
    }
    let sieve = Sieve::new(words.keys().map(String::as_str).filter(|word| word.is_ascii()), [].into_iter());
    Joined { words, may_be, sieve }
});

/// Whether a word as it is written may be such a word, given its letters without accents: a quick look, which most words fail.
pub(crate) fn may_be(word: &str, letters: Letters) -> bool {
    if !JOINED.sieve.has(letters) {
        return false;
    }
    let Some(last) = word.chars().next_back().and_then(|last| last.to_lowercase().next_back()) else {
        return false;
    };
    let mut bytes = [0; 4];
    let last = last.encode_utf8(&mut bytes).bytes().next_back().unwrap_or_default();
    JOINED.may_be.get(word.len()).is_some_and(|by_last| by_last[usize::from(last)])
}

/// The first part of such a word, given how it is written and its exact form.
pub(crate) fn first<'word>(word: &'word str, exact: &str) -> Option<&'word str> {
    let last = *exact.as_bytes().last()?;
    if !JOINED.may_be.get(exact.len())?[usize::from(last)] {
        return None;
    }
    let characters = *JOINED.words.get(exact)?;
    let ends = |(at, _): &(usize, char)| {
        let (first, rest) = word.split_at(*at);
        // Marks belong to the letter before them.
        let begins = rest.chars().next().is_some_and(|c| !is_combining_mark(c));
        begins && first.nfc().count() == characters
    };
    word.char_indices().skip(1).find(ends).map(|(at, _)| &word[..at])
}
