//! The rows of `rules/page.toml`: what is known about pages in general.

use std::collections::HashSet;
use std::sync::LazyLock;

use scraper::Selector;
use serde::Deserialize;

const FILE: &str = include_str!("../../rules/page.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    body: Vec<String>,
    lede: Vec<String>,
    author: Vec<String>,
    date: Vec<String>,
    section: Vec<String>,
    tags: Vec<String>,
    drop: Vec<String>,
    drop_words: HashSet<String>,
    caption_words: HashSet<String>,
    drop_lines: Vec<String>,
    byline_words: Vec<String>,
    no_authors: HashSet<String>,
}

/// The rows, ready for use.
pub(super) struct Knowledge {
    pub(super) body: Selector,
    pub(super) lede: Selector,
    pub(super) author: Vec<Selector>,
    pub(super) date: Vec<Selector>,
    pub(super) section: Vec<Selector>,
    pub(super) tags: Selector,
    pub(super) drop: Selector,
    pub(super) drop_words: HashSet<String>,
    pub(super) caption_words: HashSet<String>,
    pub(super) drop_lines: Vec<String>,
    pub(super) byline_words: Vec<String>,
    pub(super) no_authors: HashSet<String>,
}

fn load(text: &str) -> Result<Knowledge, String> {
    let raw: Raw = toml::from_str(text).map_err(|error| format!("rules/page.toml: {error}"))?;
    let each = |key: &str, rows: &[String]| -> Result<Vec<Selector>, String> {
        rows.iter()
            .enumerate()
            .map(|(row, text)| {
                Selector::parse(text)
                    .map_err(|error| format!("rules/page.toml: {key}, row {}: “{text}”: {error}", row + 1))
            })
            .collect()
    };
    let group = |key: &str, rows: &[String]| -> Result<Selector, String> {
        each(key, rows)?;
        Selector::parse(&rows.join(", ")).map_err(|error| format!("rules/page.toml: {key}: {error}"))
    };
    Ok(Knowledge {
        body: group("body", &raw.body)?,
        lede: group("lede", &raw.lede)?,
        author: each("author", &raw.author)?,
        date: each("date", &raw.date)?,
        section: each("section", &raw.section)?,
        tags: group("tags", &raw.tags)?,
        drop: group("drop", &raw.drop)?,
        drop_words: raw.drop_words,
        caption_words: raw.caption_words,
        drop_lines: raw.drop_lines,
        byline_words: raw.byline_words,
        no_authors: raw.no_authors,
    })
}

static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| load(FILE).expect("the shipped rules are checked by a test"));

/// The rows that come with the program.
pub(super) fn get() -> &'static Knowledge {
    &KNOWLEDGE
}

/// The parts of a class or id: cut at what is no letter or digit, and where a capital follows a small letter.
pub(super) fn parts(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).flat_map(|part| {
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut before = ' ';
        for (at, letter) in part.char_indices() {
            if letter.is_uppercase() && before.is_lowercase() {
                pieces.push(part[start..at].to_lowercase());
                start = at;
            }
            before = letter;
        }
        if start > 0 {
            pieces.push(part.to_lowercase());
        }
        pieces.push(part[start..].to_lowercase());
        pieces
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rows_are_right() {
        if let Err(error) = load(FILE) {
            panic!("{error}");
        }
        let error = load(&FILE.replace("\".sapo\"", "\"..sapo\"")).err().unwrap();
        assert!(error.contains("lede, row 1"), "{error}");
    }

    #[test]
    fn names_are_cut_into_parts() {
        let cut = |name: &str| parts(name).collect::<Vec<_>>();
        assert_eq!(cut("box-related_news"), ["box", "related", "news"]);
        assert_eq!(cut("PhotoCMS_Caption"), ["photo", "photocms", "cms", "caption"]);
        assert_eq!(cut("related"), ["related"]);
        assert!(cut("--").is_empty());
    }
}
