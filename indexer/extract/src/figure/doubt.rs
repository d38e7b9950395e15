//! What makes it doubtful that a number stands for the whole of what it is about: a value of a company, of one product, of
//! one market, of those who were helped. A series that is wrong is worse than none, so a doubted number has no row.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::token::{self, Kind, Token};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    doubt: Vec<Doubt>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubt {
    id: String,
    rows: HashSet<String>,
    headline: bool,
    reach: usize,
    #[serde(deserialize_with = "token::phrases")]
    words: Vec<Vec<String>>,
}

static DOUBTS: LazyLock<Vec<Doubt>> = LazyLock::new(|| {
    let table: Table = rules::read("rules/doubts.toml").expect("the table is tested");
    table.doubt
});

/// The first doubt about a value of a row that stands at a token of a sentence which begins at `sentence`.
pub(super) fn of(
    row: &str,
    tokens: &[Token],
    at: usize,
    sentence: usize,
    headline: &[String],
) -> Option<&'static str> {
    let concerned = |doubt: &&Doubt| doubt.rows.is_empty() || doubt.rows.contains(row);
    DOUBTS
        .iter()
        .filter(concerned)
        .find(|doubt| doubt.stands(tokens, at, sentence, headline))
        .map(|doubt| doubt.id.as_str())
}

impl Doubt {
    fn stands(&self, tokens: &[Token], at: usize, sentence: usize, headline: &[String]) -> bool {
        let upto = tokens.len().min(at + 1 + self.reach);
        let stop = (at..upto).find(|place| tokens[*place].kind == Kind::End).unwrap_or(upto);
        self.words.iter().any(|phrase| {
            let here = |from: usize| {
                phrase
                    .iter()
                    .enumerate()
                    .all(|(step, word)| tokens.get(from + step).is_some_and(|token| token.word == *word))
            };
            (sentence..stop).any(here)
                || self.headline && headline.windows(phrase.len()).any(|window| window == phrase.as_slice())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_doubt_has_words_and_known_rows() {
        for doubt in &*DOUBTS {
            assert!(doubt.words.iter().all(|phrase| !phrase.is_empty()), "{}", doubt.id);
            for row in &doubt.rows {
                assert!(crate::catalogue::by_key(row).is_some(), "{}: {row}", doubt.id);
            }
        }
    }
}
