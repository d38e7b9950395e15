#![doc = include_str!("../README.md")]

pub mod row;

use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use text::fingerprint;

/// The tables that mentions are found by and put together by: the name of the file and its text.
const TABLES: [(&str, &str); 33] = [
    ("rules/abroad.toml", include_str!("../abroad.toml")),
    ("rules/bindings.toml", include_str!("../bindings.toml")),
    ("rules/cells.toml", include_str!("../cells.toml")),
    ("rules/changes.toml", include_str!("../changes.toml")),
    ("rules/communes.toml", include_str!("../communes.toml")),
    ("rules/directives.toml", include_str!("../directives.toml")),
    ("rules/districts.toml", include_str!("../districts.toml")),
    ("rules/doubts.toml", include_str!("../doubts.toml")),
    ("rules/firms.toml", include_str!("../firms.toml")),
    ("rules/indicators.toml", include_str!("../indicators.toml")),
    ("rules/issuers.toml", include_str!("../issuers.toml")),
    ("rules/links.toml", include_str!("../links.toml")),
    ("rules/modalities.toml", include_str!("../modalities.toml")),
    ("rules/names.toml", include_str!("../names.toml")),
    ("rules/numbers.toml", include_str!("../numbers.toml")),
    ("rules/periods.toml", include_str!("../periods.toml")),
    ("rules/phrases.toml", include_str!("../phrases.toml")),
    ("rules/positions.toml", include_str!("../positions.toml")),
    ("rules/provinces.toml", include_str!("../provinces.toml")),
    ("rules/subjects.toml", include_str!("../subjects.toml")),
    ("rules/retrospects.toml", include_str!("../retrospects.toml")),
    ("rules/tenures.toml", include_str!("../tenures.toml")),
    ("rules/units.toml", include_str!("../units.toml")),
    ("rules/certainty.toml", include_str!("../certainty.toml")),
    ("rules/foreign.toml", include_str!("../foreign.toml")),
    ("rules/frequencies.toml", include_str!("../frequencies.toml")),
    ("rules/pairs.toml", include_str!("../pairs.toml")),
    ("rules/laws.toml", include_str!("../laws.toml")),
    ("rules/offices.toml", include_str!("../offices.toml")),
    ("rules/rungs.toml", include_str!("../rungs.toml")),
    ("rules/centre.toml", include_str!("../centre.toml")),
    ("rules/symbols.toml", include_str!("../symbols.toml")),
    ("rules/terms.toml", include_str!("../terms.toml")),
];

/// Those that questions are read and answers written by alone: nothing that is kept depends on them.
const OF_QUESTIONS: [(&str, &str); 4] = [
    ("rules/composed.toml", include_str!("../composed.toml")),
    ("rules/languages.toml", include_str!("../languages.toml")),
    ("rules/plurals.toml", include_str!("../plurals.toml")),
    ("rules/questions.toml", include_str!("../questions.toml")),
];

/// All tables.
fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.into_iter().chain(OF_QUESTIONS)
}

/// Raised when code reads the tables in another way.
const READING: u32 = 20;

/// Version of the rules that mentions are found by and put together by: another one where any of their tables is another.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let tables = TABLES.iter().map(|(_, table)| fingerprint(table.as_bytes()));
        let all: Vec<u8> = tables.flat_map(u64::to_le_bytes).collect();
        format!("{READING}-{:08x}", fingerprint(&all) >> 32)
    });
    &VERSION
}

/// A table of rules cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}{}: {reason}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct RuleError {
    /// File of the table.
    pub file: &'static str,
    /// Line in it, counted from 1, where known.
    pub line: Option<usize>,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// Reads a table by the name of its file, such as `rules/units.toml`, in the form that the caller gives its rows.
pub fn read<T: DeserializeOwned>(file: &'static str) -> Result<T, RuleError> {
    let table = all().find(|(name, _)| *name == file);
    let missing = || RuleError { file, line: None, reason: "there is no such table".to_owned() };
    table.ok_or_else(missing).and_then(|(_, text)| parse(file, text))
}

fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, RuleError> {
    toml::from_str(text).map_err(|error| RuleError {
        file,
        line: error.span().map(|span| line(text, span.start)),
        reason: error.message().to_owned(),
    })
}

/// The line of a byte, counted from 1.
fn line(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn every_file_is_one_of_the_tables() {
        let folder = std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
        let files = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let stems = files.filter_map(|file| file.strip_suffix(".toml").map(str::to_owned));
        let here: BTreeSet<String> = stems.filter(|stem| stem != "Cargo").collect();
        let known = all().map(|(file, _)| file.replace("rules/", "").replace(".toml", ""));
        assert_eq!(here, known.collect());
        let distinct: BTreeSet<&str> = all().map(|(_, table)| table).collect();
        assert_eq!(distinct.len(), all().count());
    }

    #[test]
    fn an_error_names_file_and_line() {
        let check = |read: Result<BTreeMap<String, u32>, RuleError>, expected: &str| {
            let error = read.unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        };
        check(parse("rules/a.toml", "x = 1\ny = 'b'\n"), "rules/a.toml, line 2: ");
        check(read("rules/a.toml"), "rules/a.toml: there is no such table");
    }
}
