//! One suite for every engine: what the smallest one answers, each of them answers.
//!
//! A further engine implements the traits of `store`, gets a row in `engines` and passes.

mod cluster;
mod rows;

use crate::fixture::{Engine, Fixture};
use cluster::Cluster;
use rows::{Row, answers, history};

/// Indexes the same history in an engine, and asks everything.
fn asked(engine: Engine) -> Vec<Row> {
    let mut fixture = Fixture::on(engine, &[]);
    for step in history() {
        step(&mut fixture);
    }
    answers(&*fixture.store())
}

/// Compares row by row.
fn check(engine: &str, found: &[Row], expected: &[Row]) {
    assert_eq!(found.len(), expected.len(), "{engine}");
    for (found, expected) in found.iter().zip(expected) {
        let question = &expected.question;
        assert_eq!(found.answer, expected.answer, "{engine}: {question}");
        let (ours, theirs) = (&found.ranked, &expected.ranked);
        assert!(found.ranks_as(expected), "{engine}: {question}: {ours:?} for {theirs:?}");
    }
}

#[test]
fn the_folder_answers_as_memory_does() {
    let expected = asked(Engine::memory());
    assert!(expected.len() >= 200, "{}", expected.len());
    // A suite in which nothing is found would be passed by anything.
    let telling = expected.iter().filter(|row| row.answer.len() > 40).count();
    assert!(telling * 10 > expected.len() * 9, "{telling} of {}", expected.len());
    check("embedded", &asked(Engine::Embedded), &expected);
}

#[test]
fn opensearch_answers_as_memory_does() {
    let Some(cluster) = Cluster::start(3) else {
        eprintln!("skipped: there is no OpenSearch (YEARLINE_OPENSEARCH)");
        return;
    };
    let expected = asked(Engine::memory());
    for shards in [1, 5] {
        let engine = Engine::OpenSearch(cluster.settings(&format!("suite-{shards}"), shards));
        check(&format!("OpenSearch with {shards} shards"), &asked(engine), &expected);
    }
}
