//! The table `rules/blocks.toml`.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    divisions: Vec<String>,
    clauses: Vec<String>,
    dangling: Vec<String>,
    openers: Vec<String>,
    sentences: Vec<String>,
    letterheads: Vec<String>,
    signatures: Vec<String>,
    captions: Vec<String>,
    units: Vec<String>,
    credits: Vec<String>,
    abbreviations: Vec<String>,
}

/// The words of all languages together.
#[derive(Debug)]
pub(super) struct Words {
    divisions: Vec<(u8, String)>,
    /// Places of those divisions that hold sentences of their own.
    clauses: Vec<u8>,
    dangling: Vec<String>,
    openers: Vec<String>,
    sentences: Vec<String>,
    letterheads: Vec<String>,
    signatures: Vec<String>,
    captions: Vec<String>,
    units: Vec<String>,
    credits: Vec<String>,
    abbreviations: HashSet<String>,
}

pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let table: BTreeMap<String, Language> =
            toml::from_str(include_str!("../../rules/blocks.toml")).expect("the table is tested");
        let all = |field: fn(&Language) -> &Vec<String>| table.values().flat_map(field).cloned().collect();
        let divisions = table.values().flat_map(|language| (0..).zip(language.divisions.iter().cloned()));
        let divisions: Vec<(u8, String)> = divisions.collect();
        let clauses: Vec<String> = all(|language| &language.clauses);
        let is_clause = |word: &String| clauses.contains(word);
        Words {
            clauses: divisions.iter().filter(|(_, word)| is_clause(word)).map(|(place, _)| *place).collect(),
            dangling: all(|language| &language.dangling),
            divisions,
            openers: all(|language| &language.openers),
            sentences: all(|language| &language.sentences),
            letterheads: all(|language| &language.letterheads),
            signatures: all(|language| &language.signatures),
            captions: all(|language| &language.captions),
            units: all(|language| &language.units),
            credits: all(|language| &language.credits),
            abbreviations: table
                .values()
                .flat_map(|language| language.abbreviations.iter().cloned())
                .collect(),
        }
    });
    &WORDS
}

impl Words {
    /// Words that open divisions, each with its place among those of its language.
    pub(super) fn divisions(&self) -> impl Iterator<Item = (u8, &str)> {
        self.divisions.iter().map(|(place, word)| (*place, word.as_str()))
    }

    /// Whether what stands behind the sign of this division is the text itself rather than its name.
    pub(super) fn holds_text(&self, division: u8) -> bool {
        self.clauses.contains(&division)
    }

    /// Whether a line ends with a word that another must follow.
    pub(super) fn dangles(&self, small: &str) -> bool {
        let last = small.rsplit(' ').next().unwrap_or_default();
        self.dangling.iter().any(|word| word == last)
    }

    /// Whether a line that ends with these words and a colon opens a list.
    pub(super) fn opens(&self, small: &str) -> bool {
        let ends = |word: &String| {
            small.strip_suffix(word.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        };
        self.openers.iter().any(ends)
    }

    /// Whether a line holds words of sentences, credits and furniture.
    pub(super) fn is_sentence(&self, small: &str) -> bool {
        let holds = |word: &String| {
            small.match_indices(word.as_str()).any(|(at, _)| {
                !small[..at].ends_with(char::is_alphanumeric)
                    && !small[at + word.len()..].starts_with(char::is_alphanumeric)
            })
        };
        self.sentences.iter().any(holds)
    }

    pub(super) fn is_letterhead(&self, small: &str) -> bool {
        self.letterheads.iter().any(|word| small.contains(word.as_str()))
    }

    pub(super) fn is_signature(&self, small: &str) -> bool {
        self.signatures.iter().any(|word| small.starts_with(word.as_str()))
    }

    pub(super) fn is_table_caption(&self, small: &str) -> bool {
        self.captions.iter().any(|word| {
            small
                .strip_prefix(word.as_str())
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == ':'))
        })
    }

    pub(super) fn is_unit_line(&self, small: &str) -> bool {
        let small = small.trim_start_matches('(');
        self.units.iter().any(|word| small.starts_with(word.as_str()))
    }

    pub(super) fn has_credit(&self, small: &str) -> bool {
        self.credits.iter().any(|word| small.contains(word.as_str()))
    }

    pub(super) fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(word) || self.abbreviations.contains(word.to_lowercase().as_str())
    }
}
