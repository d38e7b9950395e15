//! People in the offices of other states: `Thủ tướng Nhật Bản Abe Shinzo`. Their names begin with no Vietnamese family
//! name, so the office and the state in front of them tell that they are names.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::Regex;
use serde::Deserialize;
use text::{is_vietnamese, slug};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    offices: Vec<String>,
    offices_en: Vec<String>,
    posts: Vec<String>,
    states: Vec<String>,
    states_en: Vec<String>,
}

struct Abroad {
    table: Table,
    /// Offices, states and posts.
    anchors: AhoCorasick,
    /// The last words of them.
    last: HashSet<String>,
    name: Regex,
}

static ABROAD: LazyLock<Abroad> = LazyLock::new(|| {
    let table: Table = rules::read("rules/abroad.toml").expect("the table comes with the program");
    let anchors = || {
        let lists = [&table.offices, &table.offices_en, &table.posts, &table.states, &table.states_en];
        lists.into_iter().flatten()
    };
    Abroad {
        anchors: AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(anchors())
            .expect("the words of a table"),
        last: anchors().filter_map(|anchor| anchor.rsplit(' ').next()).map(str::to_owned).collect(),
        name: Regex::new(
            r"^\p{Lu}[\p{L}\p{M}'’]*\p{L}(?:-\p{L}+)*(?: (?:(?:al|bin|van|von|de|der|da|dos|el) )?(?:\p{Lu}\.|\p{Lu}[\p{L}\p{M}'’]*\p{L}(?:-\p{L}+)*)){1,3}",
        )
        .expect("a pattern of letters"),
        table,
    }
});

/// The names of such people in a sentence, in reading order.
pub(super) fn names(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for anchor in ABROAD.anchors.find_iter(text) {
        let behind = text[anchor.end()..].strip_prefix(' ').unwrap_or_default();
        let behind = ["ngài ", "ông ", "bà ", "Mr. ", "Mr ", "Ms. "]
            .iter()
            .find_map(|word| behind.strip_prefix(word))
            .unwrap_or(behind);
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
    let table = &ABROAD.table;
    let last = before.rsplit(' ').next().unwrap_or_default();
    if !ABROAD.last.contains(last) {
        return None;
    }
    let serving = without(before, &table.posts).unwrap_or(before);
    let state = without(serving, &table.states);
    let english = without(serving, &table.states_en);
    let head = state.or(english.map(|head| head.strip_suffix(" of").unwrap_or(head))).unwrap_or(serving);
    let office = without(head, &table.offices);
    let office_en = without(head, &table.offices_en);
    let led = office_en.is_some_and(|words| without(words, &table.states_en).is_some());

    let name = ABROAD.name.find(text)?.as_str();
    // `Đại sứ Nhật Bản`: the state begins what looks like a name.
    if table.states.iter().chain(&table.states_en).any(|state| begins_with(text, state)) {
        return None;
    }
    let foreign = |word: &str| !is_vietnamese(&slug(word));
    let mut words = name.split([' ', '-']).filter(|word| !word.ends_with('.'));
    let fits = match (state.is_some(), office.is_some()) {
        // `Thủ tướng Campuchia Hun Sen`
        (true, true) => true,
        // `Bộ trưởng Quốc phòng Nhật Bản Kono Taro`, `Tổng thống Joko Widodo`; many states are syllables of other names.
        (true, false) | (false, true) => words.next().is_some_and(foreign),
        // In English every word looks foreign: the state must stand there.
        (false, false) => (english.is_some() && office_en.is_some() || led) && words.all(foreign),
    };
    fits.then_some(name.len())
}

/// Some words without the longest of others that they end with.
fn without<'t>(words: &'t str, any: &[String]) -> Option<&'t str> {
    let rest = |word: &String| {
        words.strip_suffix(word.as_str()).filter(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    any.iter().filter_map(rest).min_by_key(|rest| rest.len()).map(str::trim_end)
}

/// Whether a text begins with some whole words.
fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
