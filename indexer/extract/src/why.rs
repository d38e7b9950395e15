//! Which rows of the tables speak for a mention: those whose words stand in it and around it where the rules look.

use corpus::Span;
use rules::row::{self, Row};
use serde::Serialize;
use text::slug;

use super::figure;
use crate::{Directive, Figure, Official};

/// A row that speaks for a mention, and the word of it that does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// File of the table.
    pub file: &'static str,
    /// Line in it, counted from 1.
    pub line: usize,
    /// What the row is called.
    pub row: &'static str,
    /// Its word that stands in the text.
    pub word: String,
}

/// The longest word that fits, of the rows of a table whose key begins so.
fn longest(file: &str, key: &str, fits: impl Fn(&str) -> bool) -> Option<Reason> {
    let rows = row::all().iter().filter(|row| row.file == file && called(row, key));
    let words = rows.flat_map(|row| row.words.iter().map(move |word| (row, word)));
    // Of those that are equally long the first.
    let (row, word) = words.rev().filter(|(_, word)| fits(word)).max_by_key(|(_, word)| word.len())?;
    Some(Reason { file: row.file, line: row.line, row: &row.key, word: word.clone() })
}

fn called(row: &Row, key: &str) -> bool {
    row.key.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether words begin with a word of a table, without case and accents.
fn begins(words: &str, word: &str) -> bool {
    let (words, word) = (slug(words), slug(word));
    !word.is_empty() && words.strip_prefix(&word).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Why a directive is one: its type word, the code of its symbol, its name, its issuer.
pub fn directive(text: &str, mention: &Directive) -> Vec<Reason> {
    const TABLE: &str = "rules/directives.toml";
    const ISSUERS: &str = "rules/issuers.toml";
    let quote = mention.span.of(text);
    let mut reasons = Vec::new();
    let kind = format!("type.{}", mention.kind);
    reasons.extend(longest(TABLE, &kind, |word| word != mention.kind.as_str() && begins(quote, word)));
    if let Some(number) = &mention.number {
        let parts: Vec<&str> = number.split(['/', '-', '–', ' ']).collect();
        reasons.extend(longest(TABLE, &kind, |word| parts.contains(&word)));
    }
    if mention.named {
        reasons.extend(longest(TABLE, "laws", |law| quote.contains(law)));
    }
    if let Some(issuer) = &mention.issuer {
        let office = longest(ISSUERS, "offices", |office| begins(issuer, office));
        let body = || longest(ISSUERS, "vi", |body| begins(issuer, body));
        let english = || longest(ISSUERS, "en", |word| issuer.split(' ').any(|one| one == word));
        reasons.extend(office.or_else(body).or_else(english));
    }
    reasons
}

/// Why a person is an official: family name, word of courtesy, and for each position the words that begin it.
pub fn official(text: &str, mention: &Official) -> Vec<Reason> {
    const NAMES: &str = "rules/names.toml";
    const POSITIONS: &str = "rules/positions.toml";
    let mut reasons = Vec::new();
    let family = mention.span.of(text).split(' ').next().map(slug).unwrap_or_default();
    reasons.extend(longest(NAMES, "families", |word| word == family));
    let before = ahead(text, mention.span);
    let before = before.trim_end_matches([' ', '.', ':']);
    reasons.extend(longest(NAMES, "honorifics", |word| {
        before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    }));
    for words in &mention.positions {
        reasons.extend(longest(POSITIONS, "former", |word| begins(words, word)));
        let starts = |word: &str| {
            words
                .match_indices(' ')
                .map(|(at, _)| at + 1)
                .chain([0])
                .take(3)
                .any(|at| begins(&words[at..], word))
        };
        let head = longest(POSITIONS, "vi_heads", starts);
        reasons.extend(
            head.or_else(|| longest(POSITIONS, "en_heads", |word| words.split(' ').any(|one| one == word))),
        );
    }
    reasons.dedup();
    reasons
}

/// Why a number is a figure: its multiplier, its unit, and the statistic that it is counted to.
pub fn figure(text: &str, mention: &Figure) -> Vec<Reason> {
    const UNITS: &str = "rules/units.toml";
    let mut reasons = Vec::new();
    let quote = mention.span.of(text).to_lowercase();
    let multiplier = quote.trim_start_matches(|c: char| !c.is_alphabetic());
    let by = longest(UNITS, "multipliers", |word| word == multiplier);
    reasons.extend(by);
    let after = text[mention.span.end()..].trim_start();
    if let Some(written) = figure::unit_written(after) {
        let known = longest(UNITS, "measures", |word| word == written.to_lowercase());
        reasons.extend(known.or_else(|| longest(UNITS, "terms", |word| word == written)));
    }
    let named = |words: &Option<crate::Words>| {
        words.and_then(|words| words.span).map(|span| span.of(text).to_owned())
    };
    if let Some(key) = &mention.key {
        let key = format!("indicator.{key}");
        let row = row::all().iter().find(|row| row.key == key);
        reasons.extend(row.map(|row| Reason {
            file: row.file,
            line: row.line,
            row: &row.key,
            word: named(&mention.grounds.key).unwrap_or_default(),
        }));
    }
    if let Some(words) = named(&mention.grounds.modality) {
        let key = format!("modality.{}", mention.modality);
        reasons.extend(longest("rules/modalities.toml", &key, |word| word == words.to_lowercase()));
    }
    reasons
}

/// A few words in front of a mention, in small letters.
fn ahead(text: &str, span: Span) -> String {
    let from = text.floor_char_boundary(span.start().saturating_sub(40));
    text[from..span.start()].to_lowercase()
}

#[cfg(test)]
mod tests {
    use corpus::{Article, Language};

    use super::*;
    use crate::Extractor;
    use crate::Reading as _;

    #[test]
    fn mentions_name_the_rows_that_speak_for_them() {
        let check = |text: &str, expected: &[&str]| {
            let language = if text.is_ascii() { Language::ENGLISH } else { Language::VIETNAMESE };
            let article = Article { text: text.to_owned(), language: Some(language), ..Article::default() };
            let found = Extractor.mentions(&article);
            let mut rows: Vec<String> = Vec::new();
            let directives = found.directives.iter().map(|mention| directive(text, mention));
            let officials = found.officials.iter().map(|mention| official(text, mention));
            let figures = found.figures.iter().map(|mention| figure(text, mention));
            for reason in directives.chain(officials).chain(figures).flatten() {
                rows.push(format!("{} “{}”", reason.row, reason.word));
            }
            assert_eq!(rows, expected, "{text}");
        };
        check(
            "Chỉ thị số 19-CT/TU của Tỉnh ủy",
            &["type.directive “Chỉ thị”", "type.directive “CT”", "vi “Tỉnh ủy”"],
        );
        check("theo Luật Đất đai 2013", &["type.law “Luật”", "laws.vi “Đất đai”"]);
        check(
            "Ông Trần Văn Suối, nguyên Chủ tịch UBND tỉnh, kể.",
            &["families “tran”", "honorifics “ông”", "former “nguyên”", "vi_heads “chủ tịch”"],
        );
        check(
            "Kim ngạch xuất khẩu của cả nước đạt 3 tỷ USD.",
            &["multipliers “tỷ”", "measures “usd”", "indicator.export-turnover “Kim ngạch xuất khẩu”"],
        );
        check("The district planted 40 hectares of tea.", &["measures “hectares”"]);
        check("Tỉnh có 5 dự án mới.", &["terms.vi “dự án”"]);
    }
}
