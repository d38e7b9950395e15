//! Rules as data: tables in `rules/*.toml`, read once and checked when they are read.

pub mod row;

use std::sync::LazyLock;

use serde::de::DeserializeOwned;

use text::fingerprint;

/// All tables: the name of the file and its text.
const TABLES: [(&str, &str); 11] = [
    ("rules/abroad.toml", include_str!("../rules/abroad.toml")),
    ("rules/directives.toml", include_str!("../rules/directives.toml")),
    ("rules/indicators.toml", include_str!("../rules/indicators.toml")),
    ("rules/issuers.toml", include_str!("../rules/issuers.toml")),
    ("rules/names.toml", include_str!("../rules/names.toml")),
    ("rules/periods.toml", include_str!("../rules/periods.toml")),
    ("rules/phrases.toml", include_str!("../rules/phrases.toml")),
    ("rules/positions.toml", include_str!("../rules/positions.toml")),
    ("rules/provinces.toml", include_str!("../rules/provinces.toml")),
    ("rules/tenures.toml", include_str!("../rules/tenures.toml")),
    ("rules/units.toml", include_str!("../rules/units.toml")),
];

/// Raised when code reads the tables in another way.
const READING: u32 = 5;

/// Version of the rules that mentions are found by: another one where any table is another.
pub(crate) fn version() -> &'static str {
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

/// Reads a table; `file` names it in the error.
pub(crate) fn read<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, RuleError> {
    toml::from_str(text).map_err(|error| RuleError {
        file,
        line: error.span().map(|span| line(text, span.start)),
        reason: error.message().to_owned(),
    })
}

/// The line of a byte, counted from 1.
pub(crate) fn line(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_counts_for_the_version() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), TABLES.len());
        let distinct: std::collections::BTreeSet<&str> = TABLES.into_iter().map(|(_, table)| table).collect();
        assert_eq!(distinct.len(), TABLES.len());
    }

    #[test]
    fn an_error_names_file_and_line() {
        let error =
            read::<std::collections::BTreeMap<String, u32>>("rules/a.toml", "x = 1\ny = 'b'\n").unwrap_err();
        assert!(error.to_string().starts_with("rules/a.toml, line 2: "), "{error}");
    }
}
