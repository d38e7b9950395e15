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

/// How many bearers of a name in office are expected in the country at most where two mentions of it are one person's, by what
/// else is known of the two.
pub(super) struct Rare {
    /// They are of one province.
    pub(super) shared: f64,
    /// Of neither is known where.
    pub(super) unknown: f64,
    /// They are of different provinces.
    pub(super) apart: f64,
}

/// Where one office may be a short form of the other.
pub(super) const IN_LIKE_OFFICES: Rare = Rare { shared: MANY, unknown: RARE, apart: 0.1 };

/// Where the offices have nothing in common, so that one person would have gone from one to the other. Of 45 such pairs of the
/// news that the bounds above joined 17 were two people, of 40 that these join 3, by reading.
pub(super) const IN_UNLIKE_OFFICES: Rare = Rare { shared: 0.2, unknown: 0.05, apart: 0.02 };

/// Bearers of a name in high office that are expected at most where one holder follows another: those who lead the State, a
/// ministry or a province go from one such office to any other.
pub(super) const RARE_AMONG_LEADERS: f64 = 0.5;

/// The same among others in high office.
pub(super) const RARE_AMONG_HIGH: f64 = 0.02;

/// Bearers of a name in office that are expected in the country, above which one is not known by it alone.
pub(super) const RARE: f64 = 0.4;

/// The same, above which one is not known by it and a province.
pub(super) const MANY: f64 = 4.0;

/// Parts of a longer name hang together (`Thị Thu Hiền`): two names of four syllables are the same so much oftener than if
/// each part were drawn by itself; counted over 1,307 of the news. Of those of three they are not.
const TOGETHER: f64 = 20.0;

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
            let together = if middle.len() > 1 { TOGETHER } else { 1.0 };
            let middle = middle.iter().map(|part| share(&table.middle, part)).product::<f64>();
            share(&table.family, family) * middle * share(&table.given, given) * together
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
