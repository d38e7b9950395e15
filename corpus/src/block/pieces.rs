//! Lines whose breaks were lost: `dân.Những`, `được giáNhững ngày`, `:- Tỷ lệ …;- Số …`.

use super::marker::{self, Class};
use super::words::words;

/// Longest part of a line that may be a heading run together with what follows it, in characters.
const LONGEST_HEADING: usize = 110;

/// Bytes that are looked at around a place.
const NEAR: usize = 200;

/// Where the parts of a line begin, in bytes; the first is 0.
pub(super) fn starts(line: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut counted: Option<(Class, u32)> = marker::read(line).map(|first| (first.class, first.value));
    let mut last = 0;
    // Where the word before begins, and what stands right before the place: up to three letters.
    let mut word = 0;
    let mut previous = [' '; 3];
    for (at, c) in line.char_indices() {
        let [_, before_blank, before] = previous;
        if at > last {
            let glued_word = c.is_uppercase() && before.is_lowercase();
            let behind_stop = is_closing(before) || before == ' ' && is_closing(before_blank);
            let is_break = glued_word
                && is_run_together(&line[last..at], &line[word.max(last)..at], near(&line[at..]))
                || behind_stop
                    && (before != ' ' && is_glued(&line[last..at], &line[at..])
                        || is_next_item(line[..at].trim_end(), &line[at..], &mut counted));
            if is_break {
                starts.push(at);
                last = at;
            }
        }
        if !c.is_alphanumeric() {
            word = at + c.len_utf8();
        }
        previous = [before_blank, before, c];
    }
    starts
}

fn is_closing(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '”' | '"' | ')' | '’' | ';' | ':')
}

/// Whether a sentence ends right before `next`, the blank between them lost.
fn is_glued(part: &str, next: &str) -> bool {
    let part = &part[part.ceil_char_boundary(part.len().saturating_sub(NEAR))..];
    let sentence = part.trim_end_matches(['”', '"', ')', '’']);
    let stop = sentence.chars().next_back().filter(|stop| matches!(stop, '.' | '!' | '?' | '…'));
    stop.is_some_and(|stop| is_glued_sentence(&sentence[..sentence.len() - stop.len_utf8()], near(next)))
}

/// Whether a sign that begins an item stands behind a stop: a mere sign, or the next of those that count.
fn is_next_item(before: &str, rest: &str, counted: &mut Option<(Class, u32)>) -> bool {
    if rest.starts_with(char::is_uppercase) || rest.starts_with(' ') {
        return false;
    }
    let rest = near(rest);
    let Some(marker) = marker::read(rest) else { return false };
    match marker.class {
        class if class.is_sign() => {
            let next = rest[marker.length..].trim_start();
            before.ends_with([':', ';', '.'])
                && next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        }
        Class::Number(1) | Class::Lower | Class::Bracketed => {
            let goes_on =
                counted.is_some_and(|(class, value)| class == marker.class && value + 1 == marker.value);
            let begins = marker.value == 1 && before.ends_with(':');
            if goes_on || begins {
                *counted = Some((marker.class, marker.value));
            }
            goes_on || begins
        }
        _ => false,
    }
}

/// The first bytes of what follows, enough for a sign or a few words: a line may have no end.
fn near(rest: &str) -> &str {
    &rest[..rest.floor_char_boundary(NEAR)]
}

/// Whether a heading and a paragraph were run together in a word: `được giáNhững ngày`, but `VinFast`, `iPhone`.
fn is_run_together(part: &str, word: &str, next: &str) -> bool {
    if part.chars().nth(LONGEST_HEADING).is_some() {
        return false;
    }
    let long = word.chars().nth(1).is_some();
    let is_name = word.is_ascii() && word.starts_with(char::is_uppercase);
    let second = next.chars().nth(1);
    long && !is_name
        && second.is_some_and(|c| c.is_lowercase() || c == ' ')
        && part.split(' ').nth(2).is_some()
        && next.split(' ').nth(3).is_some()
}

/// Whether words that follow a stop without a blank begin a sentence: `dân.Những`, `2019.Theo`, `khó khăn.“Chúng tôi`.
pub fn is_glued_sentence(before: &str, next: &str) -> bool {
    let mut letters = next.trim_start_matches(['“', '"', '*', '-', '•', '+']).chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let after_small = before.ends_with(char::is_lowercase);
    let begins = first
        && letters.next().is_none_or(|second| {
            second.is_lowercase() || second == ' ' || after_small && second.is_uppercase()
        });
    if !begins {
        return false;
    }
    match before.chars().next_back() {
        Some(last) if last.is_lowercase() => !is_abbreviation(before),
        // `UBND.Theo`, but `TX.Cửa Lò`.
        Some(last) if last.is_uppercase() => {
            let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            word.chars().nth(2).is_some()
        }
        Some(last) => last.is_ascii_digit() || matches!(last, '%' | ')' | '”' | '"' | '²'),
        None => false,
    }
}

/// Whether a stop behind these words belongs to a short form: a title, `No.`, `TP.`, or a single capital.
pub fn is_abbreviation(before: &str) -> bool {
    let last =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '.')).next().unwrap_or_default();
    let mut letters = last.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => only.is_uppercase(),
        _ => words().is_abbreviation(last),
    }
}
