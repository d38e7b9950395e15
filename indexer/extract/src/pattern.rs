//! Patterns over words.
//!
//! Where a Unicode `\b` meets a letter outside of ASCII the `regex` crate leaves its automata for a search that is some
//! fifty times slower, and in Vietnamese that is nearly everywhere. A [`Pattern`] checks the `\b` at its two ends on what
//! has been found instead, and takes those inside for the cheap ones of ASCII, which are right beside digits and Latin
//! letters without accents.

use std::borrow::Cow;

use regex::{Captures, Match, Regex, RegexSet, RegexSetBuilder};

/// A regular expression that may begin and end with `\b`.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    /// What begins with a letter or digit begins a word.
    starts: bool,
    /// What ends with a letter or digit ends a word.
    ends: bool,
}

/// Words of a table as the alternatives of a pattern, the longest first.
pub(crate) fn alternatives(words: &[String]) -> String {
    let mut words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

impl Pattern {
    /// A pattern of the program or of its tables, which their tests check.
    pub(crate) fn new(pattern: &str) -> Self {
        let (flags, rest) = match pattern.strip_prefix("(?i)") {
            Some(rest) => ("(?i)", rest),
            None => ("", pattern),
        };
        let (starts, rest) = rest.strip_prefix(r"\b").map_or((false, rest), |rest| (true, rest));
        let (ends, rest) = rest.strip_suffix(r"\b").map_or((false, rest), |rest| (true, rest));
        // The flags hold for every alternative.
        let whole = format!("{flags}(?:{})", rest.replace(r"\b", r"(?-u:\b)"));
        Self { regex: Regex::new(&whole).expect("patterns are tested"), starts, ends }
    }

    fn fits(&self, text: &str, found: Match<'_>) -> bool {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let mut inside = found.as_str().chars();
        let first = inside.next();
        let last = inside.next_back().or(first);
        let begins_within = is_word(first) && is_word(text[..found.start()].chars().next_back());
        let ends_within = is_word(last) && is_word(text[found.end()..].chars().next());
        (!self.starts || !begins_within) && (!self.ends || !ends_within)
    }

    fn find_at<'t>(&self, text: &'t str, mut at: usize) -> Option<Match<'t>> {
        loop {
            let found = self.regex.find_at(text, at)?;
            if self.fits(text, found) {
                return Some(found);
            }
            at = next(text, found.start())?;
        }
    }

    /// The first place.
    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_at(text, 0)
    }

    /// Whether there is one.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// All places, none within another.
    pub(crate) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.find_iter_from(text, 0)
    }

    /// The same from a byte on.
    pub(crate) fn find_iter_from<'t>(&self, text: &'t str, from: usize) -> impl Iterator<Item = Match<'t>> {
        let mut at = Some(from);
        std::iter::from_fn(move || {
            let found = self.find_at(text, at?)?;
            at = if found.is_empty() { next(text, found.end()) } else { Some(found.end()) };
            Some(found)
        })
    }

    /// The first place with its groups.
    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.captures_at(text, 0)
    }

    fn captures_at<'t>(&self, text: &'t str, at: usize) -> Option<Captures<'t>> {
        let found = self.find_at(text, at)?;
        self.regex.captures_at(text, found.start())
    }

    /// All places with their groups.
    pub(crate) fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        let mut at = Some(0);
        std::iter::from_fn(move || {
            let captures = self.captures_at(text, at?)?;
            let found = captures.get(0).expect("a match has a whole");
            at = if found.is_empty() { next(text, found.end()) } else { Some(found.end()) };
            Some(captures)
        })
    }

    /// The text with a blank for every place, where it `may` have some.
    pub(crate) fn blanked_where<'t>(&self, may: bool, text: &'t str) -> Cow<'t, str> {
        if may { self.blanked(text) } else { Cow::Borrowed(text) }
    }

    /// The text with a blank for every place.
    pub(crate) fn blanked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut places = self.find_iter(text).peekable();
        if places.peek().is_none() {
            return Cow::Borrowed(text);
        }
        let (mut blanked, mut at) = (String::with_capacity(text.len()), 0);
        for found in places {
            blanked.push_str(&text[at..found.start()]);
            blanked.push(' ');
            at = found.end();
        }
        blanked.push_str(&text[at..]);
        Cow::Owned(blanked)
    }
}

/// Many patterns of which most are found in no text: one pass tells which to look for.
#[derive(Debug)]
pub(crate) struct Patterns {
    set: RegexSet,
    all: Vec<Pattern>,
}

impl Patterns {
    pub(crate) fn new(all: Vec<Pattern>) -> Self {
        /// Bytes for the automaton: with less it is made again and again.
        const CACHE: usize = 32 << 20;
        let set = RegexSetBuilder::new(all.iter().map(|pattern| pattern.regex.as_str()))
            .dfa_size_limit(CACHE)
            .build();
        Self { set: set.expect("patterns are tested"), all }
    }

    /// The patterns that are in a text, but for the ends of words.
    pub(crate) fn of(&self, text: &str) -> impl Iterator<Item = &Pattern> {
        self.numbered(text).map(|(_, pattern)| pattern)
    }

    /// The same, each with its number, in their order.
    pub(crate) fn numbered(&self, text: &str) -> impl Iterator<Item = (usize, &Pattern)> {
        self.set.matches(text).into_iter().map(|number| (number, &self.all[number]))
    }
}

/// The place behind the character at a byte; none at the end.
fn next(text: &str, at: usize) -> Option<usize> {
    Some(at + text[at..].chars().next()?.len_utf8())
}

/// Whether two digits that begin a year stand in a text.
pub(crate) fn has_century(text: &str) -> bool {
    text.contains("20") || text.contains("19")
}

/// Whether a digit stands in a text.
pub(crate) fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Where the words begin that may belong to the first number of a text: some way before it, at the beginning of a word.
/// Nothing without a digit.
pub(crate) fn before_digits(text: &str) -> Option<usize> {
    /// Bytes, more than any words that lead to a number have.
    const LEAD: usize = 96;
    let digit = text.bytes().position(|byte| byte.is_ascii_digit())?;
    let from = text.floor_char_boundary(digit.saturating_sub(LEAD));
    Some(text[..from].rfind(char::is_whitespace).unwrap_or(0))
}

/// Words in small letters, copied only where they have others.
pub(crate) fn lower(words: &str) -> Cow<'_, str> {
    if words.chars().any(|c| !c.is_ascii_lowercase() && !c.to_lowercase().eq([c])) {
        Cow::Owned(words.to_lowercase())
    } else {
        Cow::Borrowed(words)
    }
}

/// The same words with a capital in front.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The last bytes of a text, at most some hundred: what stands right before a place.
pub(crate) fn tail(text: &str) -> &str {
    const LENGTH: usize = 120;
    let mut from = text.len().saturating_sub(LENGTH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        let check = |pattern: &str, text: &str, expected: &[&str]| {
            let found: Vec<&str> =
                Pattern::new(pattern).find_iter(text).map(|found| found.as_str()).collect();
            assert_eq!(found, expected, "{pattern} in {text}");
        };
        check(r"\bto\b", "toàn to tòa to", &["to", "to"]);
        check(r"(?i)\b(?:đến|như)\b", "Đến nhưng như đếnh đến", &["Đến", "như", "đến"]);
        check(r"\b\d+\b", "a1 2 3ă 4", &["2", "4"]);
        check(r"\b(?:[;,]\s|như)", "x; ánhư như, y", &["; ", "như", ", "]);
        check(r"(?i)a|\bb", "abA", &["a", "A"]);
        assert_eq!(Pattern::new(r"\bnăm\b").blanked("năm nămm năm"), "  nămm  ");
    }

    #[test]
    fn a_tail_begins_with_a_character() {
        let text = "ờ".repeat(100);
        assert_eq!(tail(&text), "ờ".repeat(40));
        assert_eq!(tail("ab"), "ab");
    }
}
