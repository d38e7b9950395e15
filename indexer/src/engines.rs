//! One suite for every engine: what the smallest one answers, each of them answers.
//!
//! A further engine implements the traits of `store`, gets a row in `engines` and passes.

mod cluster;
mod line;
mod rows;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use corpus::DocumentId;
use store::opensearch::{EngineSettings, OpenSearch, OpenSearchWriter};
use store::search::{Direction, Filters, Sort};
use store::{Store, Writer as _};

use crate::fixture::{Engine, Fixture, Page, address, page};
use cluster::Cluster;
use line::{Fault, Line};
use rows::{Row, answers, captures, history};

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
    // What was decided is there to be compared.
    for decided in ["Lê Thị Mây (Lục Hà)", "Decided", "NotAMention", "known here"] {
        assert!(expected.iter().any(|row| row.answer.contains(decided)), "{decided}");
    }
    // A suite in which nothing is found would be passed by anything.
    let telling = expected.iter().filter(|row| row.answer.len() > 40).count();
    assert!(telling * 10 > expected.len() * 9, "{telling} of {}", expected.len());
    check("embedded", &asked(Engine::Embedded), &expected);
}

/// Long lists of documents of many lengths, with more figures than documents beside them in the index.
#[test]
fn each_document_that_is_counted_is_on_a_page() {
    let pages: Vec<Page> = (0..600_usize)
        .map(|number| {
            let often = "Mưa bão kéo dài. ".repeat(1 + number * 7 % 5);
            let (length, figures) = (number * 31 % 97, number % 4);
            let long = "Người dân trong xã cùng nhau sửa lại đường làng. ".repeat(length);
            let counted = "Xã có 12 hộ nghèo, giảm 3 hộ so với năm 2020. ".repeat(figures);
            page(&format!("page-{number}"), &format!("{often}{long}{counted}"))
        })
        .collect();
    let (_fixture, store) = Fixture::extracted(Engine::Embedded, &pages);
    let check = |words: &str| {
        let words = rows::parsed(words);
        let filters = Filters::default();
        let (mut found, mut from) = (Vec::new(), None);
        loop {
            let page = Some(store::search::Page { limit: 10, from });
            let answer = store.search(&rows::search(&words, &filters, Sort::Relevance, page)).unwrap();
            found.extend(answer.documents.iter().map(|found| (found.rank, found.summary.id)));
            assert_eq!(answer.count, 600, "{words:?}");
            let Some(last) = answer.documents.last().filter(|_| answer.more) else { break };
            from = Some((Direction::Next, last.rank));
        }
        assert!(found.is_sorted_by_key(|(rank, _)| *rank), "{words:?}");
        assert_eq!(found.iter().map(|(_, id)| id).collect::<BTreeSet<_>>().len(), 600, "{words:?}");
        let whole = Some(store::search::Page { limit: 600, from: None });
        let whole = store.search(&rows::search(&words, &filters, Sort::Relevance, whole)).unwrap();
        assert!(
            whole.documents.iter().map(|found| found.rank).eq(found.iter().map(|(rank, _)| *rank)),
            "{words:?}"
        );
    };
    for words in
        ["mưa", "mưa bão", "kéo bão", "mua", "mua bao", "\"mưa bão kéo dài\"", "mưa bão kéo", "mưa OR bão"]
    {
        check(words);
    }
}

/// How to reach an index in a cluster.
fn settings(cluster: &Cluster, name: &str, shards: u32) -> EngineSettings {
    EngineSettings { shards, ..EngineSettings::at(cluster.address(name).parse().unwrap()) }
}

#[test]
fn opensearch_answers_as_memory_does() {
    let expected = asked(Engine::memory());
    let releases = Cluster::releases();
    for (at, release) in releases.iter().enumerate() {
        let mut cluster = Cluster::start(release, 3);
        for shards in [1, 5] {
            let engine = Engine::OpenSearch(settings(&cluster, &format!("suite-{shards}"), shards));
            check(&format!("{} with {shards} shards", release.display()), &asked(engine), &expected);
        }
        refused(&cluster);
        forgotten(&cluster);
        // What goes wrong on the way is the same in all releases, and takes minutes.
        if at + 1 < releases.len() {
            continue;
        }
        made_again(&cluster);
        written_while_nodes_die(&mut cluster);
        killed_writers(&cluster);
        cut_off(&cluster);
        let engine = |name: &str| Engine::OpenSearch(settings(&cluster, name, 5));
        read_while_written(engine("streamed"));
        told_and_passed_over(&cluster);
        missed(&cluster);
    }
}

/// An index that is made again takes the place of the one before in one step; one that is given up changes nothing.
fn made_again(cluster: &Cluster) {
    let engine = settings(cluster, "again", 2);
    let mut fixture = Fixture::on(Engine::OpenSearch(engine.clone()), &[]);
    history()[0](&mut fixture);
    let store = fixture.store();
    let before = told(&*store);
    let begun = OpenSearchWriter::rebuild(engine.clone(), &fixture.index_folder()).unwrap();
    Box::new(begun).finish(false).unwrap();
    assert!(!store.reload().unwrap());
    fixture.rebuild_extracted();
    assert!(store.reload().unwrap());
    assert_eq!(told(&*store), before);
    fixture.rebuild_extracted();
    // Its generation is gone, and it is asked without having been told.
    assert_eq!(told(&*store), before);
    read_again(Engine::OpenSearch(settings(cluster, "renewed", 2)));
}

/// Rules that change read the articles that are kept: versions and what was seen again too, and no capture.
fn read_again(engine: Engine) {
    let mut fixture = Fixture::on(engine, &[]);
    for step in history() {
        step(&mut fixture);
    }
    fixture.rebuild_extracted();
    let before = told(&*fixture.store());
    let watermark = fixture.store().watermark();
    let report = fixture.renew_extracted();
    assert_eq!((report.captures, report.lost), (0, 0));
    assert!(report.kept > 20 && report.new_versions > 0 && report.unchanged > 0, "{report:?}");
    assert_eq!(told(&*fixture.store()), before);
    assert_eq!(fixture.store().watermark(), watermark);
    // What comes later is read from its capture.
    fixture.keep(&[page("later", "Ngày 1/2/2024, tin đến sau.").of("Báo", "Sơn Khê")]);
    fixture.extract();
    assert_eq!(fixture.index().unwrap().captures, 0);
}

#[test]
fn other_rules_read_the_articles_that_are_kept() {
    read_again(Engine::Embedded);
}

/// Answers without the scores.
fn told(store: &dyn Store) -> Vec<String> {
    answers(store).into_iter().map(|row| row.answer).collect()
}

/// A list that is read page by page names each document once, whatever is written and removed meanwhile.
fn read_while_written(engine: Engine) {
    let text = |at: usize| format!("{}Trang {at} nói về mưa bão. Có {at} xã.", "Mưa. ".repeat(1 + at % 7));
    let pages = |of: std::ops::Range<usize>| -> Vec<Page> {
        of.map(|at| page(&format!("w{at}"), &text(at)).of("Báo", "Sơn Khê").on("2021-06-14")).collect()
    };
    let mut fixture = Fixture::on(engine, &pages(0..100));
    fixture.extract();
    let store = fixture.store();
    for (words, sort) in [("mưa bão", Sort::Relevance), ("mưa", Sort::Relevance), ("", Sort::Newest)] {
        let before = store.stats().unwrap().documents;
        let still = store.at_this_point().unwrap();
        let (words, filters) = (rows::parsed(words), Filters::default());
        let (mut found, mut from) = (BTreeSet::new(), None);
        for turn in 0.. {
            let nine = Some(store::search::Page { limit: 9, from });
            let answer = still.search(&rows::search(&words, &filters, sort, nine)).unwrap();
            assert_eq!(answer.count, before, "{words:?}");
            for document in &answer.documents {
                assert!(found.insert(document.summary.id), "{words:?}: one comes twice");
            }
            let Some(last) = answer.documents.last().filter(|_| answer.more) else { break };
            from = Some((Direction::Next, last.rank));
            if turn % 4 == 0 {
                // New ones that change how rare a word is, and others of one that was there.
                let begin = usize::try_from(store.stats().unwrap().documents).unwrap();
                fixture.keep(&pages(begin..begin + 30));
                fixture.keep(&[page(&format!("w{turn}"), "Trang này nay nói việc khác, không nói mưa bão.")]);
                fixture.extract();
                store.reload().unwrap();
            }
        }
        assert_eq!(found.len() as u64, before, "{words:?}");
        assert!(store.stats().unwrap().documents > before, "{words:?}");
        assert!(!still.reload().unwrap());
    }
}

#[test]
fn lists_stay_as_they_were_when_they_began() {
    read_while_written(Engine::memory());
    read_while_written(Engine::Embedded);
}

/// A record that the engine will never take is told, and what comes behind it goes on.
fn told_and_passed_over(cluster: &Cluster) {
    let named = |name: &str, source: &str| page(name, "Mưa to ở Sơn Khê.").of(source, "Sơn Khê");
    let pages = [named("first", "Báo"), named("long", &"Báo ".repeat(10_000)), named("last", "Báo")];
    let fixture = Fixture::on(Engine::OpenSearch(settings(cluster, "told", 2)), &pages);
    let report = fixture.extract();
    assert_eq!(report.lost, 1);
    assert!(report.lost_listed[0].reason.contains("400"), "{:?}", report.lost_listed);
    assert_eq!(fixture.store().stats().unwrap().documents, 2);
    assert_eq!(
        OpenSearch::open(settings(cluster, "told", 2)).unwrap().disagreements().unwrap(),
        [] as [&str; 0]
    );
}

/// Nothing is left in the engine's files of what is forgotten, and all of the rest.
fn forgotten(cluster: &Cluster) {
    let word = "qzxvwkqjjyxbm";
    let engine = settings(cluster, "forgotten", 2);
    let mut fixture = Fixture::on(Engine::OpenSearch(engine.clone()), &[]);
    history()[0](&mut fixture);
    let before = told(&*fixture.store());
    fixture.keep(&[page("secret", &format!("Từ {word} đứng ở đây. Có 12 xã."))]);
    fixture.extract();
    assert!(cluster.holds(word));
    let mut writer = OpenSearchWriter::open(engine, &fixture.index_folder()).unwrap();
    writer.remove(DocumentId::of(&address("secret"))).unwrap();
    let watermark = writer.store().watermark();
    writer.commit(&watermark).unwrap();
    Box::new(writer).purge().unwrap();
    assert!(!cluster.holds(word));
    assert_eq!(told(&*fixture.store()), before);
}

/// What the engine lost behind our back is found by comparing what is kept twice.
fn missed(cluster: &Cluster) {
    let engine = settings(cluster, "missed", 2);
    let mut fixture = Fixture::on(Engine::OpenSearch(engine.clone()), &[]);
    for step in history() {
        step(&mut fixture);
    }
    let store = OpenSearch::open(engine).unwrap();
    assert_eq!(store.disagreements().unwrap(), [] as [&str; 0]);
    let check = |query: &str, says: &str| {
        cluster.lose("missed", query);
        let told = store.disagreements().unwrap().join("; ");
        assert!(told.contains(says) && told.contains("--rebuild"), "{query}: {told}");
    };
    check(r#"{"term":{"record":"figure"}}"#, "0 of");
    check(r#"{"term":{"record":"person"}}"#, "values of official");
    check(r#"{"term":{"record":"document"}}"#, "documents are there");
}

/// Nodes that are killed while it is written lose nothing, and those that are left answer.
fn written_while_nodes_die(cluster: &mut Cluster) {
    let pages = |from: usize| -> Vec<Page> {
        let text = |at: usize| format!("Trang {at} nhắc Chỉ thị số {at}-CT/TU ngày 1/2/2012. Có {at} xã.");
        (from..from + 150).map(|at| page(&format!("p{at}"), &text(at)).of("Báo", "Sơn Khê")).collect()
    };
    let mut fixture = Fixture::on(Engine::OpenSearch(settings(cluster, "dying", 3)), &[]);
    fixture.extract();
    for turn in 0..3 {
        fixture.keep(&pages(turn * 150));
        let victim = turn % 3;
        std::thread::scope(|scope| {
            let writing = scope.spawn(|| fixture.extract());
            std::thread::sleep(Duration::from_millis(300));
            cluster.kill(victim);
            writing.join().unwrap();
        });
        assert_eq!(fixture.store().stats().unwrap().documents as usize, (turn + 1) * 150);
        cluster.run(victim);
        cluster.wait();
    }
    let stats = fixture.store().stats().unwrap();
    assert_eq!((stats.documents, stats.directives, stats.older_versions), (450, 450, 0));
}

/// A writer that dies between its records and its commit: the next one ends what was begun.
fn killed_writers(cluster: &Cluster) {
    let mut whole = Fixture::on(Engine::memory(), &[]);
    // Each record is sent as it comes.
    let engine = EngineSettings { bulk_bytes: 1, ..settings(cluster, "killed", 2) };
    let mut dying = Fixture::on(Engine::OpenSearch(engine), &[]);
    for step in 0..2 {
        captures(step)(&mut whole);
        whole.extract();
        captures(step)(&mut dying);
        for records in [1, 7, 30, 45, 60] {
            dying.dies_after(records);
            // The figures of a document may never have arrived.
            let begun = dying.store().generation() & ((1 << 40) - 1);
            let half = format!(
                r#"{{"bool":{{"filter":[{{"term":{{"record":"figure"}}}},{{"range":{{"batch":{{"gt":{begun}}}}}}}]}}}}"#
            );
            cluster.lose("killed", &half);
        }
        dying.extract();
    }
    let (found, expected) = (answers(&*dying.store()), answers(&*whole.store()));
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found.answer, expected.answer, "after kills: {}", expected.question);
    }
}

/// A line to the engine that drops, stalls and answers half: every wait ends, the error says what it is, and it goes on by
/// itself.
fn cut_off(cluster: &Cluster) {
    let engine = settings(cluster, "cut", 1);
    let mut fixture = Fixture::on(Engine::OpenSearch(engine.clone()), &[]);
    history()[0](&mut fixture);
    let line = Line::to(cluster.port());
    let through = EngineSettings {
        patience: Duration::from_millis(1_500),
        ..EngineSettings::at(format!("http://127.0.0.1:{}/cut", line.port()).parse().unwrap())
    };
    let store = OpenSearch::open(through).unwrap();
    assert!(store.stats().unwrap().documents > 20);
    for fault in [Fault::Refuse, Fault::Stall, Fault::Reset, Fault::Half] {
        line.has(fault);
        let began = Instant::now();
        let error = store.stats().unwrap_err();
        assert!(began.elapsed() < Duration::from_secs(4), "{fault:?} took {:?}", began.elapsed());
        assert!(
            matches!(&error, store::Error::Engine { problem, .. } if problem.passes()),
            "{fault:?}: {error}"
        );
        assert!(error.to_string().contains("does not answer"), "{fault:?}: {error}");
        line.has(Fault::None);
        assert!(store.stats().unwrap().documents > 20, "after {fault:?}");
    }
}

/// Wrong settings are one clear line each.
fn refused(cluster: &Cluster) {
    let folder = tempfile::tempdir().unwrap();
    let check = |settings: EngineSettings, says: &str| {
        let error =
            OpenSearch::open(settings.clone()).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(says) && !error.contains('\n'), "{error:?}, not {says:?}");
        error
    };
    let there = settings(cluster, "nothing-yet", 1);
    check(there.clone(), "there is no index");
    let nowhere = EngineSettings::at("http://127.0.0.1:9/a".parse().unwrap());
    check(nowhere, "does not answer");
    // Somebody else's index under that name.
    cluster.put("theirs", "{}");
    check(settings(cluster, "theirs", 1), "another program");
    let writer = OpenSearchWriter::open(settings(cluster, "theirs", 1), folder.path());
    assert!(writer.err().unwrap().to_string().contains("another program"));
    // One of another version of ours.
    cluster.put(
        "older-000001",
        r#"{"mappings":{"_meta":{"program":"yearline","schema":0,"rules":"x"}},"aliases":{"older":{}}}"#,
    );
    check(settings(cluster, "older", 1), "index --rebuild");
    // Who writes is alone.
    let first = OpenSearchWriter::open(there.clone(), folder.path()).unwrap();
    let second = OpenSearchWriter::open(there, folder.path()).err().unwrap();
    assert!(matches!(second, store::Error::Locked(_)), "{second}");
    drop(first);
    // Too large a bulk is halved, and nothing is lost.
    let mut fixture = Fixture::on(
        Engine::OpenSearch(EngineSettings { bulk_bytes: 1, ..settings(cluster, "small", 1) }),
        &[],
    );
    history()[0](&mut fixture);
    assert!(fixture.store().stats().unwrap().documents > 20);
}
