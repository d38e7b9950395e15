//! The table of the words that stand between a statistic and its number.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

use crate::Change;
use crate::figure::token;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(deserialize_with = "both_languages")]
    pub(super) between: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) determiners: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) heads: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) mild_heads: HashSet<String>,
    #[serde(deserialize_with = "token::phrases")]
    pub(super) plan: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    pub(super) share: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    pub(super) whole: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    pub(super) narrow: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    pub(super) newly: Vec<Vec<String>>,
    #[serde(rename = "basis", deserialize_with = "longest_first")]
    pub(super) bases: Vec<(Counted, Vec<String>)>,
    pub(super) last: Phrases,
    #[serde(deserialize_with = "token::words")]
    pub(super) yearly: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) passive: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) held: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) growing: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) becomes: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) averages: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) of_growth: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) of_whole: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) totals: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) joins: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    pub(super) to: HashSet<String>,
    pub(super) moves: HashMap<String, Change>,
    pub(super) short: Vec<Short>,
    pub(super) companion: Vec<Companion>,
}

/// Words that are those of a row behind a number of another one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Companion {
    pub(super) row: String,
    /// The rows one of which the number before must be a value of.
    pub(super) after: HashSet<String>,
    #[serde(deserialize_with = "token::phrases")]
    pub(super) front: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    pub(super) behind: Vec<Vec<String>>,
}

/// Words that stand for a statistic where a text has named it before.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Short {
    pub(super) row: String,
    #[serde(deserialize_with = "token::phrases")]
    pub(super) words: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    pub(super) topics: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(deserialize_with = "token::words")]
    vi: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    en: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bases {
    #[serde(deserialize_with = "token::phrases")]
    month: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    december: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    year: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    far: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    #[serde(deserialize_with = "token::phrases")]
    pub(super) words: Vec<Vec<String>>,
}

/// What a change is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Month,
    December,
    Year,
    Far,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/bindings.toml").expect("the table is tested"));

fn both_languages<'de, D: Deserializer<'de>>(table: D) -> Result<HashSet<String>, D::Error> {
    let Words { vi, en } = Words::deserialize(table)?;
    Ok(vi.into_iter().chain(en).collect())
}

/// Reads what a change may be counted from, longer phrases first.
fn longest_first<'de, D: Deserializer<'de>>(table: D) -> Result<Vec<(Counted, Vec<String>)>, D::Error> {
    let Bases { month, december, year, far } = Bases::deserialize(table)?;
    let all =
        [(Counted::Month, month), (Counted::December, december), (Counted::Year, year), (Counted::Far, far)];
    let all =
        all.into_iter().flat_map(|(counted, phrases)| phrases.into_iter().map(move |words| (counted, words)));
    let mut bases: Vec<(Counted, Vec<String>)> = all.collect();
    bases.sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
    Ok(bases)
}
