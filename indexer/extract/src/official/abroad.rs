//! People in the offices of other states: `Thủ tướng Nhật Bản Abe Shinzo`. Their names begin with no Vietnamese family
//! name, so the office and the state in front of them tell that they are names.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::Regex;
use serde::Deserialize;
use text::{is_vietnamese, slug};

use super::name::{begins_no_name, begins_with_word, without_next_sentence};
use super::table::PATTERNS;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    offices: Vec<String>,
    offices_en: Vec<String>,
    with_state: Vec<String>,
    fields: Vec<String>,
    posts: Vec<String>,
    /// What stands behind an office as a state does.
    bodies: Vec<String>,
    /// Words of names with which none ends.
    leading: Vec<String>,
    /// The last words of bodies right behind which their own name stands.
    named: Vec<String>,
    states: Vec<String>,
    states_en: Vec<String>,
}

struct Abroad {
    /// Offices, states and posts.
    anchors: AhoCorasick,
    /// The last words of all of them.
    any: Endings,
    offices: Endings,
    offices_en: Endings,
    with_state: Endings,
    fields: Endings,
    posts: Endings,
    states: Endings,
    states_en: Endings,
    /// States by the first word of their name.
    beginnings: HashMap<String, Vec<String>>,
    leading: Vec<String>,
    named: Vec<String>,
    name: Regex,
}

/// Words that others may end with, by the last letters of them: there are hundreds, and each capital asks.
struct Endings(HashMap<String, Vec<String>>);

impl Endings {
    fn new<'w>(all: impl IntoIterator<Item = &'w String>) -> Self {
        let mut endings: HashMap<String, Vec<String>> = HashMap::new();
        for words in all {
            endings.entry(Self::last(words).to_owned()).or_default().push(words.clone());
        }
        for alike in endings.values_mut() {
            alike.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        Self(endings)
    }

    /// The last letters of some words, without the stop behind them.
    fn last(words: &str) -> &str {
        words.trim_end_matches('.').rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
    }

    fn of(&self, words: &str) -> &[String] {
        self.0.get(Self::last(words)).map_or(&[], Vec::as_slice)
    }

    /// Some words without the longest of these that they end with.
    fn without<'t>(&self, words: &'t str) -> Option<&'t str> {
        let rest = |word: &String| {
            words.strip_suffix(word.as_str()).filter(|rest| !rest.ends_with(char::is_alphanumeric))
        };
        self.of(words).iter().find_map(rest).map(str::trim_end)
    }
}

static ABROAD: LazyLock<Abroad> = LazyLock::new(|| {
    let table: Table = rules::read("rules/abroad.toml").expect("the table comes with the program");
    let anchors = || {
        let lists = [
            &table.offices,
            &table.offices_en,
            &table.fields,
            &table.posts,
            &table.bodies,
            &table.states,
            &table.states_en,
        ];
        lists.into_iter().flatten()
    };
    let mut beginnings: HashMap<String, Vec<String>> = HashMap::new();
    for state in table.states.iter().chain(&table.states_en) {
        beginnings.entry(first(state).to_owned()).or_default().push(state.clone());
    }
    Abroad {
        any: Endings::new(anchors()),
        offices: Endings::new(&table.offices),
        offices_en: Endings::new(&table.offices_en),
        with_state: Endings::new(&table.with_state),
        fields: Endings::new(&table.fields),
        posts: Endings::new(&table.posts),
        states: Endings::new(table.states.iter().chain(&table.bodies)),
        states_en: Endings::new(&table.states_en),
        beginnings,
        leading: table.leading.clone(),
        named: table.named.clone(),
        anchors: AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(anchors())
            .expect("the words of a table"),
        name: Regex::new(
            r"^\p{Lu}[\p{L}\p{M}'’]*\p{L}(?:-\p{L}+)*(?: (?:(?:al|bin|van|von|de|der|da|dos|el) |(?:al|el|as|an|ibn|ben)-)?(?:(?:\p{Lu}\.)+(?:\p{Lu}[\p{L}\p{M}'’]*\p{L}(?:-\p{L}+)*)?|\p{Lu}[\p{L}\p{M}'’]*\p{L}(?:-\p{L}+)*)){1,3}(?: (?:(?:[Aa]l|[Bb]in|[Ii]bn) |[AaEe]l-)\p{Lu}[\p{L}\p{M}'’]*\p{L}(?:-\p{L}+)*)*",
        )
        .expect("a pattern of letters"),
    }
});

/// The names of such people in a sentence, in reading order.
pub(super) fn names(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for anchor in ABROAD.anchors.find_iter(text) {
        let behind = text[anchor.end()..].strip_prefix(' ').unwrap_or_default();
        let behind = PATTERNS.courtesy.find(behind).map_or(behind, |word| &behind[word.end()..]);
        let start = text.len() - behind.len();
        if found.last().is_some_and(|(_, end)| start < *end) {
            continue;
        }
        found.extend(name_behind(&text[..anchor.end()], behind).map(|length| (start, start + length)));
    }
    found
}

/// The length of the name that a text begins with, where the office or the state right before it tells that it is one.
pub(super) fn name_behind(before: &str, text: &str) -> Option<usize> {
    let before = before.trim_end();
    let table = &*ABROAD;
    if table.any.of(before).is_empty() {
        return None;
    }
    let name = without_glued(whole(text, table.name.find(text)?.end()));
    let name = &name[..without_next_sentence(name, &text[name.len()..])];
    // `Tổng thống Bê-la-rút A.Lu-ca-sen-cô`: the state stands before it.
    let is_respelt = |name: &str| {
        name.split_once(' ').is_some_and(|(first, rest)| first.contains('-') && rest.contains('.'))
    };
    // `Liên minh nghị sĩ Mekong-Nhật Bản`
    let is_pair = |name: &str| name.split_once('-').is_some_and(|(_, rest)| begins_with_state(rest));
    if begins_with_letters(name) || begins_no_name(name) || is_respelt(name) || is_pair(name) {
        return None;
    }
    // `Đại sứ Nhật Bản`: the state begins what looks like a name.
    if begins_with_state(text) {
        return None;
    }
    let serving = table.posts.without(before).unwrap_or(before);
    let state = table.states.without(serving);
    let english = table.states_en.without(serving);
    let head = state.or(english.map(|head| head.strip_suffix(" of").unwrap_or(head))).unwrap_or(serving);
    let office = table.offices.without(head);
    let office_en = table.offices_en.without(head);
    let led = office_en.is_some_and(|words| table.states_en.without(words).is_some());
    let foreign = |word: &str| !is_vietnamese(&slug(word));
    let mut words = name.split([' ', '-']).filter(|word| !word.ends_with('.'));
    let fits = match (state.is_some(), office.is_some()) {
        // `Thủ tướng Campuchia Hun Sen`
        (true, true) => true,
        // `Chủ tịch Trung Quốc Tập Cận Bình`
        (true, false) if table.with_state.without(head).is_some() => true,
        // `Bộ trưởng Quốc phòng Nhật Bản Kono Taro`; many states are syllables of other names.
        (true, false) => words.next().is_some_and(foreign),
        // `Tổng thống Joko Widodo`, `Tổng thống Moon Jae-in`
        (false, true) => words.any(foreign),
        // `Bộ trưởng Tư pháp Jeff Sessions`
        (false, false) if table.fields.without(head).is_some() => words.all(foreign),
        // In English every word looks foreign: the state must stand there.
        // `Chinese President Xi Jinping`: the first syllables may be those of Vietnamese names too.
        (false, false) => {
            (english.is_some() && office_en.is_some() || led) && words.next_back().is_some_and(foreign)
        }
    };
    fits.then_some(name.len())
}

/// A name with the words behind it without which it is none: `Hamad bin Isa Al | Khalifa`, `Ann J. | Lee`.
fn whole(text: &str, end: usize) -> &str {
    let last = text[..end].rsplit(' ').next().unwrap_or_default();
    let leads = last.ends_with('.') || ABROAD.leading.iter().any(|word| word == last);
    let next = text[end..].strip_prefix(' ').filter(|_| leads).and_then(|next| PATTERNS.word.find(next));
    match next.map(|next| next.as_str()) {
        Some(next) if next.starts_with(char::is_uppercase) && next.chars().any(char::is_lowercase) => {
            whole(text, end + 1 + next.len())
        }
        _ => &text[..end],
    }
}

/// Whether some words end with the name of another state.
pub(super) fn ends_with_state(words: &str) -> bool {
    [&ABROAD.states, &ABROAD.states_en].iter().any(|these| these.without(words).is_some())
}

/// Whether what looks like an office is one of another state with the surname of its holder: `nghị sĩ Holloway`, `Thủ tướng
/// Malaysia Holloway`.
pub(super) fn is_of_surname(office: &str) -> bool {
    let Some((head, last)) = office.rsplit_once(' ') else { return false };
    let is_name = || is_foreign_name(last);
    let is_state = || {
        let table = &*ABROAD;
        [&table.states, &table.states_en].iter().any(|these| these.without(office).is_some())
    };
    let of_state = || ABROAD.states.without(head).is_some_and(|head| ABROAD.offices.without(head).is_some());
    last.starts_with(char::is_uppercase)
        && (ABROAD.offices.without(head).is_some() || of_state())
        && is_name()
        && !is_state()
}

/// Whether what looks like an office ends with the whole name of its holder, which nothing else tells to be one: `Giám đốc khu vực
/// Ngân hàng Hạ Sơn Ann Holloway`.
pub(super) fn ends_with_stranger(office: &str) -> bool {
    let mut words = office.rsplit(' ');
    let (Some(last), Some(first), Some(before)) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let is_capital =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase);
    let is_letters = |word: &str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    let body = [words.next().unwrap_or_default(), before].join(" ").to_lowercase();
    let leads = ABROAD.named.iter().any(|named| body.ends_with(named.as_str()));
    let name = &office[office.len() - first.len() - 1 - last.len()..];
    // `Giám đốc NSA Dan Holloway`
    let is_name = is_foreign_name(first) || is_capital(first) && is_letters(before);
    !office.is_ascii()
        && is_name
        && is_foreign_name(last)
        && !leads
        && !begins_with_state(name)
        && !begins_with_state(last)
        && !ends_with_state(office)
}

/// Whether a word is written as a part of a foreign name.
fn is_foreign_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().skip(1).all(|c| c.is_lowercase() || c == '-' || c == '’')
        && word.chars().count() > 2
        && !is_vietnamese(&slug(word))
}

/// A name up to where a blank was lost before the next sentence: `Gianni InfantinoÔng`. Names abroad have capitals within
/// (`McCain`), but those without marks.
fn without_glued(name: &str) -> &str {
    let mut before = ' ';
    let glued = name.char_indices().find(|(_, c)| {
        let is_glued = before.is_lowercase() && c.is_uppercase() && !c.is_ascii();
        before = *c;
        is_glued
    });
    glued.map_or(name, |(at, _)| &name[..at])
}

/// Whether what looks like a name begins with the letters of a body or the number of a second holder: `giám đốc FBI Ann Lee`,
/// `Thủ tướng CH Séc`, `Bộ trưởng Ngoại giao II`.
fn begins_with_letters(name: &str) -> bool {
    let Some((first, rest)) = name.split_once(' ') else { return false };
    let letters = first.chars().count();
    let is_number = first.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    first.chars().all(char::is_uppercase)
        && rest.contains(char::is_lowercase)
        && (is_number || letters > 2 || letters == 2 && begins_with_state(rest))
}

/// Whether a text begins with the name of a state.
pub(super) fn begins_with_state(text: &str) -> bool {
    state_at(text).is_some()
}

/// The longest name of a state that a text begins with.
pub(super) fn state_at(text: &str) -> Option<&'static str> {
    let states = ABROAD.beginnings.get(first(text)).map_or(&[] as &[String], Vec::as_slice);
    states
        .iter()
        .filter(|state| begins_with_word(text, state))
        .map(String::as_str)
        .max_by_key(|state| state.len())
}

/// Whether the name of a state ends or goes on in small letters where a text begins with it: `Lào`, not `Lào Cai`.
pub(crate) fn is_state(text: &str) -> bool {
    state_at(text).is_some_and(|state| {
        let next = text[state.len()..].strip_prefix(' ').unwrap_or_default();
        !next.starts_with(char::is_uppercase)
    })
}

/// The first letters of some words.
fn first(words: &str) -> &str {
    words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}
