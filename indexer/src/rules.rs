//! Rules as data: tables in `rules/*.toml`, read once and checked when they are read.

use serde::de::DeserializeOwned;

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
    fn an_error_names_file_and_line() {
        let error =
            read::<std::collections::BTreeMap<String, u32>>("rules/a.toml", "x = 1\ny = 'b'\n").unwrap_err();
        assert!(error.to_string().starts_with("rules/a.toml, line 2: "), "{error}");
    }
}
