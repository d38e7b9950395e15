//! Names as their article writes them elsewhere: what a lost break glued to one, what a small letter cut off from it, and
//! which two syllables are the end of a name that stands there in full.

use corpus::Span;
use text::{is_vietnamese, slug};

use super::abroad;
use super::name::begins_with_word;
use super::table::{NAMES, PATTERNS};
use crate::{Official, Rule};

/// Ends each name where the article ends it elsewhere, and lets go of who is named in full there and by two syllables here.
pub(crate) fn settle(text: &str, officials: &mut Vec<Official>) {
    for official in officials.iter_mut() {
        let (start, end) = (official.span.start(), official.span.end());
        let (name, near) = (&text[start..end], around(text, official.span));
        if let Some(length) = without_glued(near, name).or_else(|| with_cut(near, name, &text[end..])) {
            official.span = Span::new(start, start + length);
        }
    }
    officials.retain(|official| {
        official.rule != Rule::ShortName
            || !is_end_of_another(around(text, official.span), official.span.of(text))
    });
}

/// Bytes on either side of a name in which it is looked for: more than an article has, less than a book.
const NEAR: usize = 8 << 10;

/// What of a text stands around a place.
fn around(text: &str, span: Span) -> &str {
    &text[text.ceil_char_boundary(span.start().saturating_sub(NEAR))
        ..text.floor_char_boundary(span.end() + NEAR)]
}

/// The length of a name without its last words, where the article names somebody without them and nobody with them again:
/// `Trần Văn An Ngay khi …`.
fn without_glued(text: &str, name: &str) -> Option<usize> {
    let ends: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).collect();
    let (first, _) = name.split_once(' ')?;
    // One letter begins the names of minorities, which have more parts than texts always give: `Y Suối Byă`.
    if first.chars().count() == 1 || text.match_indices(name).nth(1).is_some() {
        return None;
    }
    let is_glued = |end: &usize| {
        let (front, cut) = (&name[..*end], &name[end + 1..]);
        let words: Vec<&str> = front.split(' ').collect();
        let next = cut.split(' ').next().unwrap_or_default();
        if !next.starts_with(char::is_uppercase) {
            return false;
        }
        // Two syllables are as often the front of another's name as one of their own; names of women go on with one or two; of a
        // foreign name the first parts may stand for all, and what is no part of it is a word of this language or a state.
        let fits = if words.iter().flat_map(|word| word.split('-')).all(|word| is_vietnamese(&slug(word))) {
            words.len() > 3 || words.len() == 3 && !NAMES.middle.iter().any(|middle| middle == words[1])
        } else {
            words.len() > 1 && (is_vietnamese(&slug(next)) || abroad::begins_with_state(cut))
        };
        fits && is_named_alone(text, front)
    };
    ends.iter().rev().take(MOST_GLUED).copied().find(is_glued)
}

/// Words of the next sentence that a name may hold.
const MOST_GLUED: usize = 2;

/// The length of a name with the word behind it, where the article names somebody with it and this name is the front of one:
/// `Trần Minh chính thức`, where there is a `Trần Minh Chính`.
fn with_cut(text: &str, name: &str, behind: &str) -> Option<usize> {
    if !is_family(name) || name.matches(' ').count() > 2 {
        return None;
    }
    let next = behind.strip_prefix(' ')?;
    let word = PATTERNS.word.find(next)?.as_str();
    let mut letters = word.chars();
    let first = letters.next()?;
    if !word.chars().all(char::is_alphabetic) || word.chars().skip(1).any(char::is_uppercase) {
        return None;
    }
    let whole: String = name.chars().chain([' ']).chain(first.to_uppercase()).chain(letters).collect();
    let often = if first.is_uppercase() { 2 } else { 1 };
    (text.matches(&whole).count() >= often
        && is_named_alone(text, &whole)
        && !is_named_without(text, name, Some(word)))
    .then_some(name.len() + 1 + word.len())
}

/// Whether a name of two syllables is the end of one that the article has in full: `Bộ trưởng Thu Hà` of Trần Thị Thu Hà.
fn is_end_of_another(text: &str, name: &str) -> bool {
    name.matches(' ').count() == 1
        && text.match_indices(name).any(|(at, _)| {
            let mut words = text[..at].rsplit(' ');
            let is_apart = words.next() == Some("");
            let mut before: Vec<&str> = words.take(2).collect();
            before.retain(|word| !word.is_empty());
            // The family and what stands between: `Trần Thị | Thu Hà`.
            let is_name = |word: &&str| {
                word.starts_with(char::is_uppercase)
                    && word.chars().skip(1).all(char::is_lowercase)
                    && word.chars().count() > 1
            };
            let family = before.get(1).map(|word| word.trim_start_matches(['“', '"', '(']));
            is_apart
                && before.first().is_some_and(is_name)
                && NAMES.middle.iter().any(|middle| before.first() == Some(&middle.as_str()))
                && family.is_some_and(|word| is_name(&word) && is_family(word))
        })
}

/// Whether a text has a name that no word with a capital goes on with.
fn is_named_alone(text: &str, name: &str) -> bool {
    is_named_without(text, name, None)
}

/// The same where no such word stands behind it.
fn is_named_without(text: &str, name: &str, word: Option<&str>) -> bool {
    text.match_indices(name).any(|(at, name)| {
        let behind = &text[at + name.len()..];
        let next = behind.strip_prefix(' ').unwrap_or(behind);
        let is_cut = behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'));
        let begins = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let has_word = word.is_some_and(|word| begins_with_word(next, word));
        begins && !is_cut && !has_word && !next.starts_with(char::is_uppercase)
    })
}

/// Whether a name begins with a family of this country.
fn is_family(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    NAMES.families.contains(&slug(first)) && name.split([' ', '-']).all(|word| is_vietnamese(&slug(word)))
}
