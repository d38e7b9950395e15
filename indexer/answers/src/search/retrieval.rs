//! Whether questions find what answers them: real questions whose answer is known, out of `../shared`, where it is there.

use std::collections::HashMap;

use indexer::fixture::Engine;
use text::Syllables;

use super::SearchRequest;
use crate::Index;
use crate::fixture::{Fixture, address, page};

/// Questions of one collection, each with the passages that answer it.
struct Questions {
    name: &'static str,
    asked: Vec<(String, Vec<String>)>,
}

/// How well questions are answered.
#[derive(Clone, Copy, Debug)]
struct Quality {
    /// The mean of one through the place of the first passage that answers, among the first ten.
    reciprocal: f64,
    /// The part of the questions with such a passage among the first ten.
    found: f64,
}

fn read(name: &'static str) -> Option<(Vec<crate::fixture::Page>, Questions)> {
    let lines = |file: &str| {
        let text = crate::shared::text(&format!("data/retrieval/{name}/{file}"))?;
        let parsed = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        Some(parsed.collect::<Vec<_>>())
    };
    let of = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let passages = lines("corpus.jsonl")?;
    let pages =
        passages.iter().map(|line| page(&of(line, "id"), &of(line, "text")).titled(&of(line, "title")));
    let mut answers: HashMap<String, Vec<String>> = HashMap::new();
    for line in crate::shared::text(&format!("data/retrieval/{name}/qrels.tsv"))?.lines() {
        let mut columns = line.split('\t');
        let (question, passage) = (columns.next().unwrap(), columns.nth(1).unwrap());
        answers.entry(question.to_owned()).or_default().push(address(passage));
    }
    let questions = lines("queries.jsonl")?;
    let asked =
        questions.iter().map(|line| (of(line, "text"), answers.remove(&of(line, "id")).unwrap_or_default()));
    let asked = asked.filter(|(_, answers)| !answers.is_empty()).collect();
    Some((pages.collect(), Questions { name, asked }))
}

fn quality(index: &Index, questions: &Questions, typed: impl Fn(&str) -> String) -> Quality {
    let (mut reciprocal, mut found) = (0.0, 0.0);
    for (question, answers) in &questions.asked {
        let request = SearchRequest { query: typed(question), limit: 10, ..SearchRequest::default() };
        let hits = index.search(&request).map(|answer| answer.hits).unwrap_or_default();
        if let Some(place) = hits.iter().position(|hit| answers.contains(&hit.document.address)) {
            reciprocal += 1.0 / (place + 1) as f64;
            found += 1.0;
        }
    }
    let all = questions.asked.len() as f64;
    Quality { reciprocal: reciprocal / all, found: found / all }
}

fn without_accents(question: &str) -> String {
    let (mut plain, mut at) = (String::new(), 0);
    for syllable in Syllables::new(question) {
        plain.push_str(&question[at..syllable.start]);
        plain.push_str(&syllable.folded);
        at = syllable.end;
    }
    plain + &question[at..]
}

#[test]
fn questions_find_what_answers_them() {
    let (Some((mut pages, laws)), Some((others, encyclopedia))) = (read("alqac"), read("xquad")) else {
        return;
    };
    pages.extend(others);
    let (_fixture, store) = Fixture::indexed(Engine::Embedded, &pages);
    let index = Index::new(store);
    let check = |questions: &Questions, (reciprocal, found): (f64, f64)| {
        let as_typed = quality(&index, questions, str::to_owned);
        let unaccented = quality(&index, questions, without_accents);
        eprintln!("{}: {as_typed:.3?}, without accents {unaccented:.3?}", questions.name);
        assert!(
            as_typed.reciprocal >= reciprocal && as_typed.found >= found,
            "{}: {as_typed:?}",
            questions.name
        );
        let near = unaccented.reciprocal > reciprocal - 0.08 && unaccented.found > found - 0.08;
        assert!(near, "{} without accents: {unaccented:?}", questions.name);
    };
    check(&laws, (0.873, 0.969));
    check(&encyclopedia, (0.953, 0.9925));
}
