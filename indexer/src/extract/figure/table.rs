//! The tables `rules/units.toml` and `rules/periods.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::rules;

/// Writings of units.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Units {
    pub(super) multipliers: HashMap<String, f64>,
    /// From a writing to its symbol.
    pub(super) measures: HashMap<String, String>,
    terms: HashMap<String, Vec<String>>,
}

impl Units {
    /// The longest known noun that words begin with.
    pub(super) fn term(&self, words: &str) -> Option<&str> {
        let begins = |term: &&String| {
            words.get(..term.len()).is_some_and(|start| start.to_lowercase() == **term)
                && !words[term.len()..].starts_with(char::is_alphanumeric)
        };
        self.terms.values().flatten().filter(begins).map(String::as_str).max_by_key(|term| term.len())
    }
}

/// Words of periods.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Periods {
    pub(super) months: Vec<String>,
    pub(super) now: Vec<String>,
    pub(super) against: Vec<String>,
    pub(super) carry: Vec<String>,
}

pub(super) fn units() -> &'static Units {
    static TABLE: LazyLock<Units> = LazyLock::new(|| {
        rules::read("rules/units.toml", include_str!("../../../rules/units.toml"))
            .expect("the table is tested")
    });
    &TABLE
}

pub(super) fn periods() -> &'static Periods {
    static TABLE: LazyLock<Periods> = LazyLock::new(|| {
        rules::read("rules/periods.toml", include_str!("../../../rules/periods.toml"))
            .expect("the table is tested")
    });
    &TABLE
}
