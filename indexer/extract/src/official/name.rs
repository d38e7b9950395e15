//! Where people are named: runs of syllables with capitals that begin with a family name, or have a word of courtesy, a rank or
//! an office right before them, and are no place, no body and nothing that is named after a person.

use std::ops::Range;

use text::{is_vietnamese, slug};

use super::abroad;
use super::before::before;
use super::place;
use super::table::{NAMES, PATTERNS, POSITIONS};
use crate::Rule;
use crate::pattern::tail;

/// Where people are named in a sentence.
pub(super) fn names(text: &str) -> Vec<(usize, usize)> {
    let mut found = abroad::names(text);
    let known = found.len();
    let mut at = 0;
    while let Some(run) = PATTERNS.run.find_at(text, at) {
        at = run.end();
        // `Ông LÊ VĂN A`: the first capital of the next word is no word of this run.
        if text[run.end()..].starts_with(char::is_uppercase)
            && let Some((_, last)) = run.as_str().rsplit_once(' ')
            && last.chars().count() == 1
        {
            at = run.end() - last.len();
            continue;
        }
        let run = run.start()..run.start() + without_next_sentence(run.as_str(), &text[run.end()..]);
        // What begins the next sentence may be a name of its own: `Hạ Sơn Ông Trần Văn An`.
        if run.end < at
            && NAMES.polite_begins.iter().any(|word| begins_with_word(text[run.end..at].trim_start(), word))
        {
            at = run.end;
        }
        // `ông Moon Chung-in`: the second half of a given name.
        let run = run.start..run.end + second_syllable(&text[run.clone()], &text[run.end..]);
        at = at.max(run.end);
        if found[..known].iter().any(|(start, end)| run.start < *end && *start < run.end) {
            continue;
        }
        let end = run.end;
        found.extend(name_in(text, run).map(|at| (at, end)));
    }
    if known > 0 {
        found.sort_unstable();
    }
    found
}

/// Where the name of a person begins that a run of words with capitals ends with.
fn name_in(text: &str, run: Range<usize>) -> Option<usize> {
    if text[run.end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’')) {
        return None;
    }
    let words = &text[run.clone()];
    let starts: Vec<usize> = std::iter::once(run.start)
        .chain(words.match_indices(' ').map(|(at, _)| run.start + at + 1))
        .collect();
    let count = starts.len();
    let family = |at: usize| {
        let word = text[starts[at]..run.end].split(' ').next().unwrap_or_default();
        NAMES.families.contains(&slug(word))
    };
    let honoured = |at: usize| honorific(tail(&text[..at])).is_some();
    let begins_body = || NAMES.bodies.iter().any(|body| words.split(' ').next() == Some(body));
    let bare = |at: usize| {
        let before = tail(&text[..at]);
        PATTERNS.bare.is_match(before) && !begins_body() || PATTERNS.of_ministry.is_match(before)
    };
    // A place before the name may begin like a family name: `Hà Tĩnh Nguyễn Văn An`; two syllables alone may be one.
    let at = [3, 4, 2, 5].into_iter().find(|length| {
        *length <= count
            && family(count - length)
            && (*length > 2 || honoured(starts[count - length]) || bare(starts[count - length]))
    });
    // A place of two syllables may stand before a name of four: `Hạ Đức Nguyễn Vũ Bảo Hoàng`.
    let often = |at: usize| {
        let word = text[starts[at]..run.end].split(' ').next().unwrap_or_default().to_lowercase();
        NAMES.frequent.contains(&word)
    };
    let at = match at {
        Some(3) if count > 3 && often(count - 4) && (count == 4 || !is_place(&text[starts[count - 5]..])) => {
            Some(4)
        }
        at => at,
    };
    // `Hà Nội Lê Quân`: a province before a short name.
    let at = match at {
        Some(4) if family(count - 2) && is_place(&text[starts[count - 4]..starts[count - 2]]) => Some(2),
        at => at,
    };
    // `tỉnh Bình Định Trần Châu`: no name begins within that of a place.
    let at = match at.zip(place::length(&text[..run.start], words)) {
        Some((length, place)) if count - length < place && (2..=4).contains(&(count - place)) => {
            Some(count - place)
        }
        _ => at,
    };
    // `bác sĩ Vương Đình Bảo Anh`: two family names; a word of courtesy tells where the name begins.
    let in_capitals = !words.contains(char::is_lowercase);
    let longer = [5, 4].into_iter().filter(|_| !in_capitals).find(|length| {
        let whole =
            |at: usize| honoured(starts[at]) || *length == count && ends_with_number(&text[..starts[at]]);
        *length <= count
            && family(count - length)
            && whole(count - length)
            && !is_place(&text[starts[count - length]..])
    });
    let at = if longer > at && at.is_some() { longer } else { at };
    // In capitals throughout, headings look like names.
    let capitals = !words.contains(char::is_lowercase);
    let at = at.filter(|length| !capitals || often(count - length) || *length == count);
    let at = at
        .map(|length| starts[count - length])
        .or_else(|| (honoured(run.start) && count <= 5).then_some(run.start))
        .or_else(|| {
            // `Ông` begins the sentence and the run.
            let polite = PATTERNS.courtesy.find(words)?.end();
            (2..=4).contains(&words[polite..].split(' ').count()).then_some(run.start + polite)
        });
    let at = at.filter(|at| {
        let first = text[*at..run.end].split(' ').next().unwrap_or_default();
        // States of three syllables look like names: `Bồ Đào Nha`.
        let is_state = text[*at..run.end].contains(' ') && abroad::begins_with_state(&text[*at..]);
        let is_thing = || text[*at..run.end].split(' ').skip(1).any(|word| NAMES.things.contains(word));
        // `Chủ tịch Hà Nội`, `Nhà Trắng Sean Spicer`
        let name = &text[*at..run.end];
        let is_place_first = name.split(' ').count() == 3 && is_place(name);
        let is_whole_place = NAMES.never_alone.contains(&slug(name)) || is_whole_place(name);
        let is_mixed = is_vietnamese(&slug(first))
            && name.split(' ').skip(1).any(|word| word.len() > 2 && !is_vietnamese(&slug(word)));
        let no_person = is_whole_place || (is_place_first || is_mixed) && !honoured(*at);
        !NAMES.offices.iter().any(|word| word == first)
            && !begins_no_name(name)
            && !is_state
            && !is_thing()
            && !no_person
    });
    at.filter(|at| {
        let before = tail(&text[..*at]);
        !is_named_after(before.trim_end(), &text[*at..run.end])
            && !NAMES.never.contains(&slug(&text[*at..run.end]))
            || PATTERNS.bare.is_match(before)
                && !NAMES.monuments.iter().any(|word| before.to_lowercase().contains(word.as_str()))
    })
}

/// Whether words with capitals begin with one that is a place's or a body's: `TP HCM`, `Bang Hessen`.
pub(super) fn begins_no_name(name: &str) -> bool {
    let first = name.split([' ', '-']).next().unwrap_or_default();
    NAMES.no_first.iter().any(|word| word == first)
}

/// Whether some words end with the number of a place: `quận 8`.
fn ends_with_number(words: &str) -> bool {
    words.trim_end().ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a text begins with the name of somebody of old who is named far more often than anybody in office.
pub(super) fn is_of_no_official(text: &str) -> bool {
    let Some(run) = PATTERNS.first_run.find(text) else { return false };
    let words: Vec<&str> = run.as_str().split(' ').collect();
    (2..=3).any(|count| words.len() >= count && NAMES.never.contains(&slug(&words[..count].join(" "))))
}

/// What a name was found by.
pub(super) fn rule_of(text: &str, start: usize, end: usize) -> Rule {
    let name = &text[start..end];
    let family = name.split(' ').next().is_some_and(|word| NAMES.families.contains(&slug(word)));
    match (family, name.split(' ').count()) {
        (true, 3..) => Rule::FullName,
        (true, _) => Rule::ShortName,
        (false, _) if abroad::name_behind(&text[..start], &text[start..]).is_some() => Rule::OfficeAbroad,
        (false, _) => Rule::HonouredName,
    }
}

/// The length of a run of words in capitals without the last one where that begins the next sentence: with a word that
/// often does, or, with the words behind it, with an office (`Trần Văn A Bộ trưởng …`).
pub(super) fn without_next_sentence(run: &str, behind: &str) -> usize {
    let begins_office = |last: &str| {
        if !behind.starts_with(' ') || !last.contains(char::is_lowercase) {
            return false;
        }
        let near = &behind[..behind.floor_char_boundary(40)];
        let words = format!("{last}{near}");
        PATTERNS.vietnamese.find(&words).is_some_and(|office| office.len() > last.len() + 2)
    };
    // `Moon Jae-in Ông Moon`, `Trần Văn An Ông An`
    let polite = run.match_indices(' ').map(|(at, _)| at).skip(1).find(|at| {
        let word = run[at + 1..].split(' ').next().unwrap_or_default();
        NAMES.polite_begins.iter().any(|polite| polite == word)
    });
    let (run, behind) = polite.map_or((run, behind), |at| (&run[..at], ""));
    // The first words of a sentence of which the first alone is a name's: `Trần Văn An Quy định …`, `Trần Văn An Sáng 5/8`.
    let begins_words = |last: &str| {
        let next = behind.strip_prefix(' ').unwrap_or_default();
        let pairs = NAMES.begin_pairs.iter().filter_map(|pair| pair.strip_prefix(last));
        let mut seconds = pairs.filter_map(|second| second.strip_prefix(' '));
        seconds.any(|second| begins_with_word(next, second))
            || NAMES.day_begins.iter().any(|word| word == last)
                && next.starts_with(|c: char| c.is_ascii_digit())
    };
    let foreign = |words: &str| words.split([' ', '-']).all(|word| !is_vietnamese(&slug(word)));
    let last = run.rsplit_once(' ').filter(|(before, last)| {
        // `Mark Esper Esper`: the surname begins the next sentence.
        let twice =
            foreign(last) && before.matches(' ').count() > 0 && before.rsplit(' ').next() == Some(*last);
        before.matches(' ').count() >= if foreign(before) { 1 } else { 2 }
            && (NAMES.begins.iter().any(|word| word == last)
                || begins_office(last)
                || begins_words(last)
                || twice)
    });
    last.map_or(run.len(), |(before, _)| before.len())
}

/// The length of the second syllable, behind a hyphen, of the given name that a run of two words ends with.
fn second_syllable(run: &str, behind: &str) -> usize {
    let polite = PATTERNS.courtesy.find(run).map_or(0, |word| word.end());
    let Some(rest) = behind.strip_prefix('-').filter(|_| run[polite..].matches(' ').count() == 1) else {
        return 0;
    };
    let letters = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    let ends = !rest[letters..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    if (2..=6).contains(&letters) && ends { 1 + letters } else { 0 }
}

/// Whether a text begins with the name of a person.
pub(super) fn begins_with_name(text: &str) -> bool {
    is_name_at(text, 0)
}

/// Whether the name of a person begins at a place in a text.
pub(super) fn is_name_at(text: &str, at: usize) -> bool {
    let here = &text[at..];
    let Some(run) = PATTERNS.first_run.find(here) else { return false };
    // What stands in front of the name would tell of one abroad: it begins further on, and counts before this one.
    let is_abroad = || {
        let near = &here[..here.floor_char_boundary(run.end() + LONGEST_NAME)];
        abroad::names(near).first().is_some_and(|(start, _)| *start < run.end())
    };
    name_in(text, at..at + run.end()) == Some(at) && !is_abroad()
}

/// Whether the name of a person begins at a place in a text; behind an office of a ministry one of two syllables too.
pub(super) fn begins_name_at(text: &str, at: usize) -> bool {
    begins_with_name(&text[at..]) || is_minister(text, at)
}

/// Whether at a place in a text the name of somebody begins whose office in a ministry stands right before it.
pub(super) fn is_minister(text: &str, at: usize) -> bool {
    PATTERNS.of_ministry.is_match(tail(&text[..at])) && is_name_at(text, at)
}

/// Where the words of courtesy, ranks and callings begin that some words end with. Behind the word for a guild they are its
/// name: `Hội Nhà báo`.
pub(super) fn honorific(words: &str) -> Option<usize> {
    let hit = PATTERNS.honorific.find(words)?;
    let kept = hit.as_str().chars().next().filter(|c| !c.is_alphanumeric()).map_or(0, char::len_utf8);
    let at = hit.start() + kept;
    let before = words[..at].trim_end();
    (!NAMES.guilds.iter().any(|guild| ends_with_word(before, guild))).then_some(at)
}

/// Whether what looks like a person's name behind some words is that of a place or a body: `Trường THPT Phan Đình Phùng`.
pub(super) fn is_named_after(before: &str, name: &str) -> bool {
    ends_like(before, &POSITIONS.named_after) || ends_like(before, &POSITIONS.wards) && is_of_old(name)
}

/// Whether some words end with one of these, and not with one that only ends like it.
fn ends_like(words: &str, these: &[String]) -> bool {
    let ends = |these: &[String]| these.iter().any(|word| ends_with_word(words, word));
    ends(these) && !ends(&POSITIONS.no_place)
}

/// Whether a text begins with the name of somebody of old after whom places are named.
fn is_of_old(text: &str) -> bool {
    let first = |count: usize| text.split(' ').take(count).collect::<Vec<_>>().join(" ");
    (2..=3).any(|count| NAMES.namesakes.contains(first(count).trim_end_matches(|c: char| !c.is_alphabetic())))
}

/// Whether a text begins with some whole words.
pub(super) fn begins_with_word(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether some words end with a whole one.
pub(super) fn ends_with_word(words: &str, word: &str) -> bool {
    words.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphabetic))
}

/// Whether a full name behind an office is that of its holder, not of the body: `Phó Chủ tịch Trần Văn An`.
pub(super) fn is_other(before: &str, name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    let Some(run) = PATTERNS.first_run.find(name) else { return false };
    let before = before.trim_end();
    let may_be_named =
        [&POSITIONS.named_after, &POSITIONS.wards].iter().any(|these| ends_like(before, these));
    run.as_str().split(' ').count() >= 3
        && NAMES.frequent.contains(&first)
        && !is_of_old(name)
        && !may_be_named
}

/// Where the name of a person begins that some words about an office end with: `Bộ trưởng Bộ Y tế Trần Văn An`.
pub(crate) fn name_at_end(words: &str) -> Option<usize> {
    let (at, end) = *names(words).last()?;
    let office = words[..at].trim_end();
    (end == words.len() && at > 0 && !before(office).is_empty() && !is_place(&words[at..])).then_some(at)
}

/// Whether a text is a province's name.
fn is_whole_place(text: &str) -> bool {
    text.split(' ').count() <= 3 && crate::province::forms().any(|(name, form)| name == text || form == text)
}

/// Whether a text begins with a province's name.
pub(super) fn is_place(text: &str) -> bool {
    (2..=3).any(|count| {
        let words: Vec<&str> = text.split(' ').take(count).collect();
        crate::province::named_in(&words.join(" ")).is_some()
    })
}

/// Bytes that a name has at most, with room behind it.
pub(super) const LONGEST_NAME: usize = 160;

/// Whether what begins at a place is the name of a person also for who reads a position up to it.
pub(super) fn is_no_part(text: &str, at: usize) -> bool {
    begins_with_name(&text[at..]) && !is_place(&text[at..])
        || is_minister(text, at)
        || abroad::name_behind(&text[..at], &text[at..]).is_some()
}
