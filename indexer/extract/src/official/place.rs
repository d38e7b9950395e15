//! Names of places that names of people follow without a comma: `UBND tỉnh Bình Định Trần Văn An`.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::abroad;
use super::name::ends_with_word;
use super::table::{NAMES, POSITIONS};

#[derive(Deserialize)]
struct Districts {
    districts: BTreeMap<String, Vec<String>>,
}

/// Names of provinces and districts, of two syllables or more.
static PLACES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let table: Districts = rules::read("rules/districts.toml").expect("the table comes with the program");
    let districts = table.districts.values().flatten();
    let names = districts.filter_map(|district| district.split_once(' ').map(|(_, name)| name.to_owned()));
    let provinces = crate::province::forms().map(|(name, _)| name.to_owned());
    names.chain(provinces).filter(|name| name.contains(' ')).collect()
});

/// How many syllables of some words with capitals are a place's, where what stands before them leads to one.
pub(super) fn length(before: &str, words: &str) -> Option<usize> {
    let before = before.trim_end();
    let leads = || POSITIONS.place_kinds.iter().any(|kind| ends_with_word(before, kind));
    let syllables: Vec<&str> = words.split(' ').collect();
    let known = [3, 2]
        .into_iter()
        .find(|count| syllables.len() > *count && PLACES.contains(&syllables[..*count].join(" ")) && leads());
    known.or_else(|| {
        let state = abroad::state_at(words)?;
        let rest = words.get(state.len() + 1..)?;
        let family = rest.split(' ').next().is_some_and(|word| NAMES.families.contains(&text::slug(word)));
        (family && state.contains(' ')).then(|| state.split(' ').count())
    })
}

/// Whether some words end with the name of a place behind the word of its kind: `Đoàn Luật sư tỉnh Bình Định`.
pub(super) fn ends_with_place(words: &str) -> bool {
    let starts: Vec<usize> = words.match_indices(' ').map(|(at, _)| at + 1).rev().take(4).collect();
    (1..starts.len()).any(|number| {
        let at = starts[number];
        let before = words[..at].trim_end();
        PLACES.contains(&words[at..]) && POSITIONS.place_kinds.iter().any(|kind| ends_with_word(before, kind))
    })
}
