//! The tables row by row, for people who ask which rules there are and where each stands.

use std::sync::LazyLock;

use serde::Serialize;
use text::slug;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::line;

/// One row of a table: an entry with its words, or one word of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// File of the table.
    pub file: &'static str,
    /// Line in it, counted from 1.
    pub line: usize,
    /// What the row is called: the list that it stands in, `vi_heads`, or the entry, `indicator.grdp-growth`.
    pub key: String,
    /// Its words, in the order of the file.
    pub words: Vec<String>,
}

impl Row {
    /// Whether a word stands in the row, without case; where it is written without accents, without accents too.
    pub fn holds(&self, word: &str) -> bool {
        let wanted = word.trim().to_lowercase();
        let folded = slug(&wanted);
        let plain = wanted.is_ascii() && !folded.is_empty();
        let fits =
            |words: &String| stands(&words.to_lowercase(), &wanted) || plain && stands(&slug(words), &folded);
        self.words.iter().chain([&self.key]).any(fits)
    }
}

/// Whether a word stands in a text with no letter or digit beside it.
fn stands(text: &str, word: &str) -> bool {
    let bounded = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    !word.is_empty()
        && text.match_indices(word).any(|(at, found)| {
            bounded(text[..at].chars().next_back()) && bounded(text[at + found.len()..].chars().next())
        })
}

/// All rows, table by table.
pub fn all() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        let mut rows = Vec::new();
        for (file, text) in super::all() {
            let table = DeTable::parse(text).expect("the tables come with the program");
            Reader { file, text, rows: &mut rows }.table(table.get_ref(), "");
        }
        rows
    });
    &ROWS
}

/// The files of the tables with the number of their rows.
pub fn tables() -> Vec<(&'static str, usize)> {
    let count = |file| all().iter().filter(|row| row.file == file).count();
    super::all().map(|(file, _)| (file, count(file))).collect()
}

/// Puts down the rows of one table.
struct Reader<'t> {
    file: &'static str,
    text: &'t str,
    rows: &'t mut Vec<Row>,
}

impl Reader<'_> {
    fn push(&mut self, at: usize, key: String, words: Vec<String>) {
        self.rows.push(Row { file: self.file, line: line(self.text, at), key, words });
    }

    fn table(&mut self, table: &DeTable<'_>, path: &str) {
        for (name, value) in table {
            let word = name.get_ref().to_string();
            let key = if path.is_empty() { word.clone() } else { format!("{path}.{word}") };
            match value.get_ref() {
                DeValue::Table(inner) => self.table(inner, &key),
                DeValue::Array(items) => {
                    for item in items {
                        self.item(item, &key);
                    }
                }
                scalar => {
                    let words = [word].into_iter().chain(written(scalar)).collect();
                    self.push(name.span().start, path.to_owned(), words);
                }
            }
        }
    }

    fn item(&mut self, item: &Spanned<DeValue<'_>>, key: &str) {
        match item.get_ref() {
            // An entry is called by its first value: its key, kind or name.
            DeValue::Table(entry) => {
                let words: Vec<String> =
                    entry.iter().flat_map(|(_, value)| written(value.get_ref())).collect();
                let name = words.first().cloned().unwrap_or_default();
                let first = entry.iter().next().map_or(item.span().start, |(name, _)| name.span().start);
                self.push(first, format!("{key}.{name}"), words);
            }
            value => self.push(item.span().start, key.to_owned(), written(value)),
        }
    }
}

/// The words of a value.
fn written(value: &DeValue<'_>) -> Vec<String> {
    match value {
        DeValue::String(text) => vec![text.to_string()],
        DeValue::Integer(number) => vec![number.to_string()],
        DeValue::Float(number) => vec![number.to_string()],
        DeValue::Boolean(truth) => vec![truth.to_string()],
        DeValue::Datetime(date) => vec![date.to_string()],
        DeValue::Array(items) => items.iter().flat_map(|item| written(item.get_ref())).collect(),
        DeValue::Table(table) => table.iter().flat_map(|(_, value)| written(value.get_ref())).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_where_it_says() {
        for (file, text) in crate::all() {
            let lines: Vec<&str> = text.lines().collect();
            let rows: Vec<&Row> = all().iter().filter(|row| row.file == file).collect();
            assert!(!rows.is_empty(), "{file}");
            for row in rows {
                let first = row.words.first().expect("a row has a word");
                assert!(lines[row.line - 1].contains(first.as_str()), "{row:?}: {}", lines[row.line - 1]);
            }
        }
    }

    #[test]
    fn rows_are_found_by_their_words() {
        let check = |word: &str, key: &str, found: bool| {
            assert_eq!(all().iter().any(|row| row.key == key && row.holds(word)), found, "{word} {key}");
        };
        check("chỉ thị", "type.directive", true);
        check("chi thi", "type.directive", true);
        check("CHỈ THỊ", "type.directive", true);
        check("chỉ thì", "type.directive", false);
        check("grdp-growth", "indicator.grdp-growth", true);
        check("tỷ", "multipliers", true);
        check("elected", "event.elected", true);
        check("elect", "event.elected", false);
        check("", "event.elected", false);
    }
}
