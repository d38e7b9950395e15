//! How rare a name is: what a second bearer in office is likely by.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use text::slug;

/// How frequent the parts of Vietnamese names are, a part in ten thousand: what a second bearer is likely by.
#[derive(Deserialize)]
struct Frequencies {
    /// Parts that are rarer than those of the table.
    pub(super) other: u32,
    family: HashMap<String, u32>,
    middle: HashMap<String, u32>,
    pub(super) given: HashMap<String, u32>,
    /// Families without accents.
    #[serde(skip)]
    plain: HashSet<String>,
}

static FREQUENCIES: LazyLock<Frequencies> = LazyLock::new(|| {
    let mut table: Frequencies =
        rules::read("rules/frequencies.toml").expect("the table comes with the program");
    table.plain = table.family.keys().map(|family| slug(family)).collect();
    table
});

/// People in public positions whom an archive may name, from the hamlet up.
pub(super) const BEARERS: f64 = 60_000.0;

/// Those in high office.
pub(super) const HIGH_BEARERS: f64 = 600.0;

/// Bearers of a name in office that are expected in the country, above which one is not known by it alone.
pub(super) const RARE: f64 = 0.4;

/// The same, above which one is not known by it and a province.
pub(super) const MANY: f64 = 4.0;

/// The share of people who bear a name.
pub(super) fn frequency(exact: &str) -> f64 {
    let table = &*FREQUENCIES;
    let parts: Vec<&str> = exact.split(' ').collect();
    let share = |map: &HashMap<String, u32>, part: &str| {
        f64::from(map.get(part).copied().unwrap_or(table.other)) / 10_000.0
    };
    match parts[..] {
        [] => 1.0,
        [only] => share(&table.given, only),
        [family, given] => share(&table.family, family) * share(&table.given, given) * 0.1,
        [family, ref middle @ .., given] => {
            let middle = middle.iter().map(|part| share(&table.middle, part)).product::<f64>();
            share(&table.family, family) * middle * share(&table.given, given)
        }
    }
}

/// Whether a name is written as Vietnamese ones are: it begins with a family, and no part of it without marks has letters that
/// no Vietnamese syllable has (`kim jong un`).
pub(super) fn is_vietnamese(exact: &str) -> bool {
    let could_be = || exact.split(' ').skip(1).all(text::is_vietnamese);
    is_family(exact.split(' ').next().unwrap_or_default()) && (!exact.is_ascii() || could_be())
}

/// Whether a word is the name of a Vietnamese family, with its accents or without any.
pub(super) fn is_family(word: &str) -> bool {
    let word = word.to_lowercase();
    FREQUENCIES.family.contains_key(&word) || FREQUENCIES.plain.contains(&word)
}
