//! What makes it doubtful that a number stands for the whole of what it is about: a value of a company, of one product, of
//! one market, of those who were helped. A series that is wrong is worse than none, so a doubted number has no row.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::key::Bound;
use super::token::{self, Kind, Token};
use crate::By;

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
    #[serde(default)]
    within: Within,
    #[serde(default)]
    behind: bool,
    #[serde(deserialize_with = "token::phrases")]
    words: Vec<Vec<String>>,
    /// Phrases that hold one of them and raise no doubt.
    #[serde(default, deserialize_with = "token::phrases")]
    except: Vec<Vec<String>>,
}

/// How near to a number words must stand to doubt it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Within {
    /// In its sentence: who is spoken of there is spoken of throughout.
    #[default]
    Sentence,
    /// In its item of what semicolons part, in front of the next comma behind it.
    Item,
    /// Behind the number before, where its own words stand behind that, and in front of the next comma.
    Clause,
    /// Anywhere in the text before it: who is spoken of goes on until a place is named.
    Before,
}

struct Doubts {
    all: Vec<Doubt>,
    /// By their first word: the doubts, and the words behind it.
    phrases: HashMap<String, Vec<(usize, Vec<String>)>>,
}

static DOUBTS: LazyLock<Doubts> = LazyLock::new(|| {
    let table: Table = rules::read("rules/doubts.toml").expect("the table is tested");
    let mut phrases: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
    for (number, doubt) in table.doubt.iter().enumerate() {
        for phrase in &doubt.words {
            if let Some((first, rest)) = phrase.split_first() {
                phrases.entry(first.clone()).or_default().push((number, rest.to_vec()));
            }
        }
    }
    Doubts { all: table.doubt, phrases }
});

/// The doubt that the text goes on with: somebody who is none of a place does what is told, as `Tập đoàn đã` says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spoken(Option<usize>);

impl Spoken {
    /// What holds behind a token, from what held in front of it and from whether a place is named there.
    pub(super) fn behind(self, tokens: &[Token], at: usize) -> Self {
        if tokens[at].kind == Kind::Name {
            return Self(None);
        }
        let word = |place: usize| tokens.get(place).map(|token| token.word.as_str());
        let opened = beginning(at, word).find(|number| DOUBTS.all[*number].within == Within::Before);
        Self(opened.or(self.0))
    }
}

/// The doubts that the words of a headline raise.
#[derive(Debug, Default)]
pub(super) struct Headline(Vec<usize>);

impl Headline {
    pub(super) fn new(words: &[String]) -> Self {
        let word = |place: usize| words.get(place).map(String::as_str);
        let raised = (0..words.len()).flat_map(|place| beginning(place, word));
        Self(raised.filter(|number| DOUBTS.all[*number].headline).collect())
    }
}

/// The doubts whose words begin at a place.
fn beginning<'a>(place: usize, word: impl Fn(usize) -> Option<&'a str>) -> impl Iterator<Item = usize> {
    let phrases = word(place).and_then(|first| DOUBTS.phrases.get(first)).map_or(&[][..], Vec::as_slice);
    let stands =
        move |rest: &[String]| (place + 1..).zip(rest).all(|(place, next)| word(place) == Some(next));
    phrases.iter().filter(move |(_, rest)| stands(rest)).map(|(number, _)| *number)
}

/// The doubt whose are values that stand in a row: whose each is, is not known.
const DEALT_OUT: &str = "dealt-out";

/// The first doubt about the value at a token that is bound to a row, in a sentence which begins at `sentence`; `dealt` where
/// it is known to what each of several values in a row belongs.
pub(super) fn of(
    bound: &Bound,
    tokens: &[Token],
    at: usize,
    sentence: usize,
    headline: &Headline,
    spoken: Spoken,
    dealt: bool,
) -> Option<&'static str> {
    let end = (at..tokens.len()).find(|place| tokens[*place].kind == Kind::End).unwrap_or(tokens.len());
    let word = |place: usize| tokens.get(place).map(|token| token.word.as_str());
    let breaks = |place: &usize| matches!(tokens[*place].kind, Kind::Sign(',' | ';') | Kind::End);
    let item = (sentence..at)
        .rev()
        .find(|place| matches!(tokens[*place].kind, Kind::Sign(';') | Kind::End))
        .map_or(sentence, |place| place + 1);
    // Words that belong to the number before say nothing of one that has its own.
    let own = match bound.by {
        By::Front => bound.from,
        By::Behind => at,
        By::Passed | By::Last => item,
    };
    let clause = (item..own)
        .rev()
        .find(|place| matches!(tokens[*place].kind, Kind::Figure(_)))
        .map_or(item, |figure| (figure..own).find(breaks).map_or(figure + 1, |place| place + 1));
    let comma = (at + 1..end).find(breaks).unwrap_or(end);
    let near = (sentence..end.min(at + 1 + *FARTHEST)).flat_map(|place| {
        let reached = move |number: &usize| {
            let doubt = &DOUBTS.all[*number];
            let is_within = match doubt.within {
                Within::Sentence => true,
                Within::Item => place >= item && place < comma,
                Within::Clause => place >= clause && place < comma,
                Within::Before => false,
            };
            is_within
                && !(doubt.behind && place < at)
                && place < at + 1 + doubt.reach
                && !excepts(doubt, place, word)
        };
        beginning(place, word).filter(reached)
    });
    let concerned = |number: &usize| {
        let rows = &DOUBTS.all[*number].rows;
        (rows.is_empty() || rows.contains(&bound.row.id)) && !(dealt && DOUBTS.all[*number].id == DEALT_OUT)
    };
    let first = near.chain(headline.0.iter().copied()).chain(spoken.0).filter(concerned).min();
    first.map(|number| DOUBTS.all[number].id.as_str())
}

/// Whether the word at a place belongs to a phrase that raises no doubt.
fn excepts<'a>(doubt: &Doubt, place: usize, word: impl Fn(usize) -> Option<&'a str>) -> bool {
    doubt.except.iter().any(|phrase| {
        (place.saturating_sub(phrase.len() - 1)..=place)
            .any(|from| (from..).zip(phrase).all(|(place, next)| word(place) == Some(next.as_str())))
    })
}

/// How far behind a number any doubt may stand.
static FARTHEST: LazyLock<usize> =
    LazyLock::new(|| DOUBTS.all.iter().map(|doubt| doubt.reach).max().unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_doubt_has_words_and_known_rows() {
        for doubt in &DOUBTS.all {
            let phrases = doubt.words.iter().chain(&doubt.except);
            assert!(phrases.into_iter().all(|phrase| !phrase.is_empty()), "{}", doubt.id);
            for row in &doubt.rows {
                assert!(crate::catalogue::by_key(row).is_some(), "{}: {row}", doubt.id);
            }
        }
    }
}
