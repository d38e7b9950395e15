//! What a title goes on with that is closed: `Trưởng phòng Quản lý và phát triển quỹ đất, …`. What ends a position elsewhere may
//! be half of a word of its body; where a comma, a dash, a bracket or a word of saying closes the words, and nothing in them is
//! what somebody does, they are the body's.

use super::extent::first_word;
use super::name::{begins_name_at, begins_with_word, ends_with_word};
use super::table::{PATTERNS, POSITIONS};

/// Words that a title goes on with at most.
const MOST: usize = 10;

/// The length of what a position goes on with behind a place in a text where it seemed to end.
pub(super) fn rest(text: &str, head: usize, end: usize) -> Option<usize> {
    let title = &text[..end];
    let behind = text[end..].strip_prefix(' ')?;
    let last = title.rsplit(' ').next().unwrap_or_default();
    // `Phòng Hướng | dẫn`: the word goes on, and tells that the title does.
    let word = format!("{last} {}", &behind[..behind.floor_char_boundary(40)]);
    let half = unparted(&word).filter(|whole| *whole > last.len());
    if half.is_none() && (end == head || is_whole(title) || !behind.starts_with(char::is_lowercase)) {
        return None;
    }
    let start = end + 1;
    // `Tổng cục trưởng Tổng cục | cảnh sát đã …`: behind the bare kind of a body what ends other titles ends the rest of this one.
    let bare = end > head && POSITIONS.kinds.iter().any(|kind| kind == last || last.to_lowercase() == *kind);
    let mut at = half.map_or(start, |whole| end - last.len() + whole);
    let mut said = false;
    for count in 0..MOST {
        let here = &text[at..];
        let here = here.strip_prefix(' ').filter(|_| at > start || half.is_some()).unwrap_or(here);
        let from = text.len() - here.len();
        let ends = || {
            begins_with_any(here, &POSITIONS.said)
                || begins_with_any(here, &POSITIONS.part_of)
                || ends_office(here)
        };
        if is_closed(&text[at..]) || at > start && ends() {
            return (at > start && !ends_with_word(&text[..at], &POSITIONS.vi_and)).then_some(at - end);
        }
        if from == at && at > start {
            return None;
        }
        let task = || POSITIONS.task_words.iter().find(|task| begins_with_word(here, task)).map(String::len);
        if let Some(whole) = unparted(here).or_else(task) {
            at = from + whole;
            continue;
        }
        let ends_bare = bare && at > start && !ends_with_word(&text[..at], &POSITIONS.vi_and);
        let Some(word) = first_word(here) else { return ends_bare.then_some(at - end) };
        let lower = word.to_lowercase();
        if ends_bare && (POSITIONS.vi_stop.contains(&lower) || begins_with_any(here, &POSITIONS.by_day)) {
            return Some(at - end);
        }
        let joins = lower == POSITIONS.vi_and;
        let is_first = count == 0 && half.is_none();
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        if word.starts_with('(')
            || is_first && begins_with_any(here, &POSITIONS.does)
            || begins_with_any(here, &POSITIONS.said)
            || POSITIONS.vi_stop.contains(&lower)
            || ends_office(here)
            || POSITIONS.no_more.contains(&lower)
            || number && word.chars().filter(char::is_ascii_digit).count() > 3
            || PATTERNS.courtesy.is_match(here)
            || PATTERNS.vietnamese.is_match(here)
            || word.starts_with(char::is_uppercase) && begins_name_at(text, from)
        {
            return None;
        }
        at = from + word.len();
        if joins {
            let next = text[at..].trim_start();
            if said || begins_with_any(next, &POSITIONS.beside) || begins_with_any(next, &POSITIONS.does) {
                return None;
            }
            said = true;
        }
    }
    None
}

/// Where a position of a text that was read up to a place ends without what it cannot hold: a word of courtesy, what a lost blank
/// glued to a word of it, and half a word of what the sentence goes on to tell.
pub(super) fn without_others(text: &str, head: usize, end: usize) -> usize {
    let position = &text[..without_half_word(text, head, end)];
    let named = |word: &String| {
        let at = head + position[head..].find(word.as_str())?;
        position[at + word.len()..].starts_with(char::is_uppercase).then_some(at)
    };
    let polite = POSITIONS.addressed.iter().filter_map(named);
    let end = polite.min().unwrap_or(position.len());
    // `Sở Nội vụ Hà NộiBên cạnh`: a brand has no marks (`VinaSun`).
    let mut before = ' ';
    let mut has_mark = false;
    let glued = position[head..end].char_indices().find(|(at, c)| {
        let small = || position[head + at..end].chars().nth(1).is_some_and(char::is_lowercase);
        let is_glued = has_mark && before.is_lowercase() && c.is_uppercase() && small();
        has_mark = c.is_alphabetic() && (has_mark || !c.is_ascii());
        before = *c;
        is_glued
    });
    let end = glued.map_or(end, |(at, _)| head + at);
    if end == position.len() {
        return end;
    }
    // `(vợ | ông A)`
    let open = position[head..end].rfind('(').filter(|at| !position[head + at..end].contains(')'));
    let end = open.map_or(end, |at| head + at);
    let link = |title: &str| title.strip_suffix(POSITIONS.vi_of.as_str()).map(str::len);
    let title = position[..end].trim_end();
    link(title).map_or(title, |length| title[..length].trim_end()).len()
}

/// Where a position ends without a syllable behind a proper name that begins a word of the sentence: `UBND huyện Hạ Sơn liên | quan`.
fn without_half_word(text: &str, head: usize, end: usize) -> usize {
    let next = text[end..].strip_prefix(' ').and_then(first_word);
    let goes_on = next.is_some_and(|next| next.starts_with(char::is_lowercase));
    let Some((before, last)) = text[head..end].rsplit_once(' ').filter(|(_, last)| goes_on && is_small(last))
    else {
        return end;
    };
    let table = &*POSITIONS;
    let is_name = ends_with_proper_name(before);
    let name = before.rsplit(' ').next().unwrap_or_default();
    let whole = text[..end].to_lowercase();
    let mut words = table.whole_with.iter().chain(&table.no_half);
    let is_word = words.any(|end| ends_with_word(&whole, end))
        || unparted(&format!("{name} {last}")).is_some_and(|whole| whole > name.len());
    if is_name && !is_word && text::is_vietnamese(&text::slug(last)) { head + before.len() } else { end }
}

/// Whether a word is written in small letters.
fn is_small(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() && c.is_lowercase())
}

/// Whether a position so far ends with a proper name of two syllables, and not with a body's.
pub(super) fn ends_with_proper_name(position: &str) -> bool {
    let is_kind = |word: &str| POSITIONS.kinds.contains(&word.to_lowercase());
    let is_proper = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && !letters.as_str().is_empty()
            && is_small(letters.as_str())
            && !is_kind(word)
    };
    let mut words = position.rsplit(' ');
    words.next().is_some_and(is_proper) && words.next().is_some_and(is_proper)
}

/// Whether another office of the holder begins: `kiêm Trưởng ban`.
fn ends_office(text: &str) -> bool {
    text.strip_prefix(POSITIONS.vi_besides.as_str()).is_some_and(|rest| rest.starts_with(' '))
}

/// The length of the word of two syllables or more that a text begins with and that is not parted.
fn unparted(text: &str) -> Option<usize> {
    let whole = PATTERNS.unparted.find(text)?;
    Some(whole.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len())
}

/// Whether a title so far ends as whole ones do: with a name of two syllables, letters for a body, or the rung of a place.
fn is_whole(title: &str) -> bool {
    let mut words = title.rsplit(' ');
    let last = words.next().unwrap_or_default();
    let before = words.next().unwrap_or_default();
    let letters = last.chars().filter(|c| c.is_uppercase()).count();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    last.ends_with(')')
        || letters > 1
        || capital(last) && capital(before) && !POSITIONS.kinds.contains(&before.to_lowercase())
        || POSITIONS.whole_with.iter().any(|end| ends_with_word(&title.to_lowercase(), end))
}

/// Whether a text begins with what closes a title.
fn is_closed(text: &str) -> bool {
    let dash = |sign: &str| text.strip_prefix(sign).is_some_and(|rest| rest.starts_with(' '));
    text.starts_with([',', ';', ')', '–']) || text.starts_with(" (") || dash(" -") || dash(" –") || dash(" —")
}

/// Whether a text begins with one of these in whole words.
pub(super) fn begins_with_any(text: &str, these: &[String]) -> bool {
    these.iter().any(|words| begins_with_word(text, words))
}

/// The length of the number that belongs to the body which a title so far names: `Bệnh viện Nhi đồng 1`, `Trạm CSGT Quốc lộ 1A`.
pub(super) fn number(title: &str, behind: &str) -> Option<usize> {
    let word = behind.split([' ', ',', ';', '.', ':', ')', '(', '“', '"', '…']).next()?;
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let letters = &word[digits..];
    let fits = (1..=3).contains(&digits)
        && (letters.is_empty() || letters.len() < 3 && letters.bytes().all(|b| b.is_ascii_uppercase()));
    let last = title.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let counts = POSITIONS.no_number.contains(&last);
    let rest = &behind[word.len()..];
    let next = rest.trim_start();
    let goes_on = is_closed(rest)
        || rest.starts_with('…')
        || rest.starts_with([':', '.']) && !rest[1..].starts_with(|c: char| c.is_ascii_digit())
        || rest.starts_with(' ')
            && (next.starts_with(char::is_uppercase)
                || begins_with_any(next, &POSITIONS.said)
                || first_word(next).is_some_and(|word| POSITIONS.vi_stop.contains(&word.to_lowercase())))
        || rest.is_empty();
    // `tiểu đoàn 3, 4 và 5`
    let listed = rest.starts_with(", ") && rest[2..].starts_with(|c: char| c.is_ascii_digit());
    (fits && !counts && goes_on && !listed).then_some(word.len())
}

/// Whether what stands behind a dash is the other half of a proper name that a title so far ends with, and closed as the title is:
/// `dự án đường cao tốc Đà Nẵng - Quảng Ngãi`, `Vườn quốc gia Hạ Gò- Sa Mát`.
pub(super) fn is_pair(title: &str, joined: &str) -> bool {
    let last = title.trim_end().rsplit(' ').next().unwrap_or_default();
    let is_proper =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    let table = &*POSITIONS;
    let first = first_word(joined).unwrap_or_default();
    let begins_other = || {
        table.kinds.contains(&first.to_lowercase())
            || table.no_pair.iter().any(|word| word == first)
            || table.next_begins.iter().any(|next| next == first)
            || table.vi_stop.contains(&first.to_lowercase())
            || PATTERNS.vietnamese.is_match(joined)
            || PATTERNS.courtesy.is_match(joined)
            || begins_name_at(joined, 0)
    };
    if !is_proper(last) || !is_proper(first) || begins_other() {
        return false;
    }
    let fits = |word: &str| {
        let lower = word.to_lowercase();
        word.chars().all(char::is_alphabetic)
            && !table.vi_stop.contains(&lower)
            && !table.no_more.contains(&lower)
    };
    // `Phòng TN - MT huyện`
    let letters = |word: &str| word.chars().count() <= 3 && word.chars().skip(1).any(char::is_uppercase);
    let mut at = 0;
    for _ in 0..MOST_OF_PAIR {
        let Some(word) = first_word(&joined[at..]).filter(|word| fits(word)) else { return false };
        at += word.len();
        let rest = &joined[at..];
        let next = rest.trim_start();
        let is_rung = || {
            next.starts_with(char::is_lowercase)
                && table.place_kinds.iter().any(|kind| next.starts_with(kind.as_str()))
        };
        if rest.is_empty()
            || is_closed(rest)
            || rest.starts_with([':', '.'])
            || letters(last) && letters(word) && is_rung()
        {
            return true;
        }
        if begins_with_any(next, &table.said)
            || begins_with_any(next, &table.does)
            || next.starts_with(char::is_lowercase)
                && first_word(next).is_some_and(|word| table.vi_stop.contains(&word.to_lowercase()))
        {
            return true;
        }
        if !rest.starts_with(' ') {
            return false;
        }
        at += 1;
    }
    false
}

/// Words of such a half at most.
const MOST_OF_PAIR: usize = 4;
