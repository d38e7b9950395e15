//! From captures to the index and back.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use corpus::{DocumentId, Language};
use store::{FigureFilter, MAX_FIGURES, Query, QueryLimits};

use crate::fixture::{Engine, Fixture, Page, Patterns, address, page, read, settings};
use crate::search::{SearchRequest, Sort};
use crate::{Document, DocumentFilter, Error, Index, IndexSettings, Indexer, Place, open};

fn indexed(pages: &[Page]) -> (Fixture, Index) {
    let (fixture, store) = Fixture::indexed(Engine::Embedded, pages);
    (fixture, Index::new(store))
}

fn id(name: &str) -> DocumentId {
    DocumentId::of(&address(name))
}

fn document(index: &Index, name: &str) -> Document {
    index.document(id(name), None).unwrap().unwrap()
}

/// Everything that an index answers with, in one text: two indexes that hold the same are alike in it.
fn everything(index: &Index) -> String {
    let request = SearchRequest { sort: Sort::Oldest, limit: 100, ..SearchRequest::default() };
    let answer = index.search(&request).unwrap();
    let documents: Vec<Document> =
        answer.hits.iter().map(|hit| index.document(hit.document.id, None).unwrap().unwrap()).collect();
    let text = format!(
        "{documents:#?}{:#?}{:#?}",
        index.figures(&FigureFilter::default(), None, MAX_FIGURES).unwrap(),
        index.sources().unwrap(),
    );
    let directives = index.directives(&DocumentFilter::default(), None, 1_000).unwrap().directives;
    let officials = index.officials(&DocumentFilter::default(), None, 1_000).unwrap().officials;
    let mut listed: Vec<String> = directives.iter().map(|directive| format!("{directive:#?}")).collect();
    listed.extend(officials.iter().map(|official| format!("{official:#?}")));
    // An id is given when an entity is first seen and then lasts, so it may differ from one history to another; what is
    // one entity does not.
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mentions = documents.iter().flat_map(|found| {
        let directives = found.directives.iter().filter_map(|keyed| keyed.key.as_deref());
        directives.chain(found.officials.iter().filter_map(|keyed| keyed.key.as_deref()))
    });
    for key in mentions {
        let next = numbers.len();
        numbers.entry(key).or_insert(next);
    }
    let numbered = |text: String| {
        numbers.iter().fold(text, |text, (key, number)| {
            text.replace(&format!("\"{key}\""), &format!("entity {number}"))
        })
    };
    // Lists put equals in the order of their ids.
    let mut listed: Vec<String> = listed.into_iter().map(numbered).collect();
    listed.sort();
    numbered(text) + &listed.concat()
}

fn pages(count: usize) -> Vec<Page> {
    let one = |number: usize| {
        let text = format!("Trang {number} nhắc Chỉ thị {} ở xã.", number % 7);
        page(&format!("p{number}"), &text).on(&format!("20{:02}-03-0{}", 10 + number % 9, 1 + number % 5))
    };
    (0..count).map(one).collect()
}

#[test]
fn a_document_carries_its_mentions_with_their_proof() {
    let text = "Đầu năm. Theo Chỉ thị 5, ông Lê Sơn, chủ tịch xã báo cáo. Có 7 xã đạt chuẩn năm 2021.";
    let (_fixture, index) =
        indexed(&[page("a", text).titled("Tin xã").on("2022-01-02").of("Báo", "Sơn Khê")]);
    let found = document(&index, "a");
    assert_eq!((found.summary.title.as_str(), found.summary.version), ("Tin xã", 1));
    assert_eq!(found.summary.language, Some(Language::VIETNAMESE));
    assert_eq!(found.article.text, text);
    let directive = &found.directives[0];
    let proof = &directive.record.evidence;
    assert_eq!(directive.key.as_deref(), Some("directive-5"));
    assert_eq!(text.chars().skip(proof.start).take(proof.end - proof.start).collect::<String>(), "Chỉ thị 5");
    let sentence = format!("{}{}{}", proof.prefix, proof.quote, proof.suffix);
    assert_eq!(sentence, "Theo Chỉ thị 5, ông Lê Sơn, chủ tịch xã báo cáo.");
    assert_eq!(found.officials[0].positions, ["chu-tich.xa-bao-cao"]);
    assert_eq!(found.figures[0].record.evidence.quote, "7");
    assert_eq!(found.versions.len(), 1);
    assert!(index.document(id("b"), None).unwrap().is_none());
    assert!(index.document(id("a"), Some(2)).unwrap().is_none());
}

#[test]
fn a_changed_text_is_a_new_version() {
    let mut fixture = Fixture::new(&[page("a", "Theo Chỉ thị 5."), page("b", "Yên ổn.")]);
    fixture.index().unwrap();
    let index = open(&fixture.index_folder()).unwrap();
    let before = index.generation();

    fixture.keep(&[page("a", "Theo Chỉ thị 5."), page("a", "Theo Chỉ thị 6."), page("a", "Theo Chỉ thị 7.")]);
    let report = fixture.index().unwrap();
    assert_eq!((report.documents, report.new_versions, report.unchanged), (0, 2, 1));
    assert_eq!(document(&index, "a").summary.version, 1, "an open index shows what it was opened with");
    assert!(index.reload().unwrap() && !index.reload().unwrap());
    assert!(index.generation() > before);

    let newest = document(&index, "a");
    assert_eq!((newest.summary.version, newest.article.text.as_str()), (3, "Theo Chỉ thị 7."));
    assert_eq!(newest.versions.iter().map(|version| version.version).collect::<Vec<_>>(), [1, 2, 3]);
    let oldest = index.document(id("a"), Some(1)).unwrap().unwrap();
    assert_eq!((oldest.article.text.as_str(), oldest.directives.len()), ("Theo Chỉ thị 5.", 1));
    let list = index.directives(&DocumentFilter::default(), None, 10).unwrap().directives;
    assert_eq!(list.iter().map(|directive| directive.key.as_str()).collect::<Vec<_>>(), ["directive-7"]);
    let count = |query: &str| {
        index.search(&SearchRequest { query: query.to_owned(), ..SearchRequest::default() }).unwrap().count
    };
    assert_eq!((count("\"Chỉ thị 5\""), count("\"Chỉ thị 7\""), count("")), (0, 1, 2));
    let stats = index.stats().unwrap();
    assert_eq!((stats.documents, stats.older_versions, stats.directives), (2, 2, 1));
}

#[test]
fn what_is_seen_again_is_remembered() {
    let mut fixture = Fixture::new(&[page("a", "Một."), page("b", "Hai.")]);
    let first = fixture.now();
    fixture.index().unwrap();
    fixture.revisit("a");
    fixture.revisit("a");
    let second = fixture.now();
    let report = fixture.index().unwrap();
    assert_eq!((report.captures, report.unchanged), (2, 2));
    let index = open(&fixture.index_folder()).unwrap();
    assert_eq!(document(&index, "a").last_seen, second);
    assert_eq!(document(&index, "b").last_seen, first);
    fixture.keep(&[page("b", "Hai.")]);
    fixture.index().unwrap();
    index.reload().unwrap();
    assert_eq!(document(&index, "b").last_seen, fixture.now());
    assert_eq!(index.stats().unwrap().documents, 2);
}

#[test]
fn stopping_anywhere_loses_and_repeats_nothing() {
    let mut captures = pages(40);
    captures.extend(pages(10).into_iter().map(|page| Page { text: page.text + " Mới.", ..page }));
    let fixture = Fixture::new(&captures);
    fixture.index().unwrap();
    let expected = everything(&open(&fixture.index_folder()).unwrap());

    let elsewhere = tempfile::tempdir().unwrap();
    let (stopped, dead) = (elsewhere.path().join("stopped"), elsewhere.path().join("dead"));
    let mut runs = 0;
    loop {
        runs += 1;
        let stop = AtomicBool::new(false);
        let indexer = Indexer::open(&stopped, settings()).unwrap();
        let mut seen = 0;
        let mut progress = |_: &crate::IndexReport| {
            seen += 1;
            stop.store(seen >= 7, Ordering::SeqCst);
        };
        let report =
            indexer.run(fixture.archive(), &read, &Patterns::default(), &mut progress, &stop).unwrap();
        if !report.stopped {
            break;
        }
    }
    assert!(runs >= 7, "{runs}");
    assert_eq!(everything(&open(&stopped).unwrap()), expected);

    // A run that dies without its last commit leaves what was committed; here nothing.
    let run = |progress: &mut dyn FnMut(&crate::IndexReport)| {
        let indexer = Indexer::open(&dead, settings()).unwrap();
        indexer.run(fixture.archive(), &read, &Patterns::default(), progress, &AtomicBool::new(false))
    };
    let mut die = |report: &crate::IndexReport| assert!(report.captures < 30, "dies here");
    assert!(catch_unwind(AssertUnwindSafe(|| run(&mut die))).is_err());
    assert_eq!(open(&dead).unwrap().stats().unwrap().documents, 0);
    run(&mut |_| {}).unwrap();
    assert_eq!(everything(&open(&dead).unwrap()), expected);

    // Nothing new: nothing is done.
    let report = fixture.index().unwrap();
    assert_eq!((report.captures, report.documents), (0, 0));
}

#[test]
fn an_index_made_again_answers_alike_while_the_old_one_is_read() {
    let mut fixture = Fixture::new(&pages(60));
    fixture.index().unwrap();
    fixture.keep(&[page("p3", "Khác. Chỉ thị 99."), page("new", "Mới.")]);
    fixture.index().unwrap();
    let index = open(&fixture.index_folder()).unwrap();
    let before = everything(&index);

    // One that is stopped changes nothing.
    let stop = AtomicBool::new(true);
    let indexer = Indexer::rebuild(&fixture.index_folder(), settings()).unwrap();
    assert!(indexer.run(fixture.archive(), &read, &Patterns::default(), &mut |_| {}, &stop).unwrap().stopped);
    assert!(!index.reload().unwrap());

    let report = fixture.rebuild().unwrap();
    assert_eq!((report.documents, report.new_versions), (61, 1));
    assert_eq!(everything(&index), before, "the old one stays readable after its files are gone");
    assert!(index.reload().unwrap());
    assert_eq!(everything(&index), before);
    assert_eq!(
        fs::read_dir(fixture.index_folder()).unwrap().count(),
        3,
        "current, lock and one inner folder"
    );
    fixture.index().unwrap();
}

#[test]
fn captures_that_are_no_articles_are_counted_by_reason() {
    let mut fixture = Fixture::new(&[page("a", "Có chữ."), page("b", " \n"), page("c", "panic")]);
    fixture.keep(&[Page {
        url: "file:///x.json".to_owned(),
        text: "Không có địa chỉ.".to_owned(),
        ..Page::default()
    }]);
    let report = fixture.index().unwrap();
    let reasons: Vec<_> =
        report.not_articles.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
    assert_eq!(reasons, [("reading it failed: please report this as a bug", 1), ("there is no text", 1)]);
    assert_eq!(report.documents, 2);
    let lost: Vec<_> = report.lost_listed.iter().map(|loss| loss.reason.as_str()).collect();
    assert_eq!((report.lost, lost), (1, vec!["reading it failed: please report this as a bug"]));
    let index = open(&fixture.index_folder()).unwrap();
    assert!(index.document(DocumentId::of("file:///x.json"), None).unwrap().is_some());
}

#[test]
fn one_process_writes() {
    let fixture = Fixture::new(&pages(3));
    let first = Indexer::open(&fixture.index_folder(), settings()).unwrap();
    let second = Indexer::open(&fixture.index_folder(), settings()).err().unwrap();
    assert!(matches!(second, Error::Store(store::Error::Locked(_))), "{second}");
    assert!(matches!(
        Indexer::rebuild(&fixture.index_folder(), settings()),
        Err(Error::Store(store::Error::Locked(_)))
    ));
    drop(first);
    fixture.index().unwrap();
}

#[test]
fn a_document_is_removed_for_good() {
    let fixture = Fixture::new(&pages(3));
    fixture.index().unwrap();
    let none = corpus::Decisions::default();
    let forget = || {
        let indexer = Indexer::open(&fixture.index_folder(), settings()).unwrap();
        indexer.forget(&[id("p1")].into(), &none, &none).unwrap()
    };
    assert_eq!((forget(), forget()), (1, 0));
    let index = open(&fixture.index_folder()).unwrap();
    assert!(index.document(id("p1"), None).unwrap().is_none());
    assert_eq!(index.stats().unwrap().directives, 2);
    assert_eq!(fixture.index().unwrap().captures, 0, "the watermark stays");
}

#[test]
fn what_cannot_be_read_names_the_way_out() {
    let fixture = Fixture::new(&pages(30));
    let open = || open(&fixture.index_folder()).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(open().contains("`yearline index`"), "{}", open());
    fixture.index().unwrap();
    assert_eq!(open(), "");

    let meta = fixture.inner_folder().join("meta.json");
    let sealed = fs::read_to_string(&meta).unwrap();
    fs::write(&meta, sealed.replace("payload", "pajload")).unwrap();
    assert!(open().contains("its checksum is wrong"), "{}", open());
    // As an older version wrote it, whatever else it says.
    let (good, _) = sealed.rsplit_once('\n').unwrap();
    let check = |content: &str, expected: &str| {
        fs::write(&meta, content).unwrap();
        let message = open();
        assert!(message.contains(expected) && message.contains("yearline index --rebuild"), "{message}");
        let message = fixture.index().err().unwrap().to_string();
        assert!(message.contains("yearline index --rebuild"), "{message}");
    };
    check(&good.replace("\\\"schema\\\":", "\\\"schema\\\":9"), "schema 9");
    check(&good.replace("payload", "other"), "unknown program");
    check(&good[..good.len() / 2], "cannot be read");
    check("", "cannot be read");
    check(&good.replace("\"summary\"", "\"sum\""), "cannot be read");
    // What other rules read is answered from; what is written is written from the beginning.
    fs::write(&meta, good.replace("\\\"rules\\\":\\\"", "\\\"rules\\\":\\\"older-")).unwrap();
    assert!(crate::open(&fixture.index_folder()).unwrap().is_outdated());
    let message = fixture.index().err().unwrap().to_string();
    assert!(message.contains("rules older-") && message.contains("yearline index --rebuild"), "{message}");
    fs::write(&meta, &sealed).unwrap();
    assert_eq!(open(), "");
    assert!(!crate::open(&fixture.index_folder()).unwrap().is_outdated());
    assert_eq!(Place::new(&fixture.index_folder(), None).problems().unwrap(), [] as [String; 0]);

    // Each file of a segment in turn cut off, emptied, missing.
    let segments: Vec<_> = fs::read_dir(fixture.inner_folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_stem().is_some_and(|name| name.len() == 32))
        .collect();
    assert!(segments.len() >= 6);
    for path in &segments {
        let bytes = fs::read(path).unwrap();
        for damaged in [Some(&bytes[..bytes.len() / 2]), Some(&bytes[..0]), None] {
            fs::remove_file(path).unwrap();
            if let Some(damaged) = damaged {
                fs::write(path, damaged).unwrap();
            }
            let message = open();
            assert!(message.contains("yearline index --rebuild"), "{}: {message:?}", path.display());
            fs::remove_file(path).ok();
            fs::write(path, &bytes).unwrap();
        }
    }
    fs::write(fixture.index_folder().join("current"), "no number").unwrap();
    assert!(open().contains("yearline index --rebuild"));
    fixture.rebuild().unwrap();
    assert_eq!(open(), "");
}

#[test]
fn mentions_are_found_by_what_they_are_about() {
    let (_fixture, index) = indexed(&[
        page("a", "Theo Chỉ thị 5. Tỉnh có 7 xã đạt chuẩn nông thôn mới năm 2021.")
            .on("2022-01-02")
            .of("Báo", "Sơn Khê"),
        page("b", "Tỉnh có 9 xã đạt chuẩn nông thôn mới năm 2022. Nhắc Chỉ thị 5 và Chỉ thị 6.")
            .on("2023-01-02")
            .of("Đài", "Sơn Khê"),
        page("c", "Ở đây ông Lê Sơn, bí thư huyện họp. Tỉnh có 8 xã đạt chuẩn nông thôn mới năm 2020.")
            .of("Báo", "Lục Hà"),
    ]);
    let values = |filter: FigureFilter| -> Vec<f64> {
        index
            .figures(&filter, None, MAX_FIGURES)
            .unwrap()
            .records
            .iter()
            .map(|keyed| keyed.record.mention.value)
            .collect()
    };
    let all = FigureFilter::default;
    let words = |words: &str| Query::parse(words, &QueryLimits::default()).unwrap();
    assert_eq!(values(all()), [7.0, 9.0, 8.0], "the earliest first, undated ones last");
    assert_eq!(values(FigureFilter { provinces: vec!["Sơn Khê".into()], ..all() }), [7.0, 9.0]);
    assert_eq!(values(FigureFilter { sources: vec!["Báo".into(), "Đài".into()], ..all() }), [7.0, 9.0, 8.0]);
    assert_eq!(values(FigureFilter { years: Some((2020, 2021)), ..all() }), [7.0, 8.0]);
    assert_eq!(values(FigureFilter { from: "2022-06-01".parse().ok(), ..all() }), [9.0]);
    assert_eq!(values(FigureFilter { document: Some(id("c")), ..all() }), [8.0]);
    assert_eq!(values(FigureFilter { keys: vec!["new-rural-communes".into()], ..all() }).len(), 3);
    assert_eq!(values(FigureFilter { keys: vec!["none".into()], ..all() }), [] as [f64; 0]);
    assert_eq!(values(FigureFilter { words: words("xa dat chuan"), ..all() }).len(), 3);
    assert_eq!(values(FigureFilter { words: words("xà"), ..all() }), [] as [f64; 0]);
    assert_eq!(values(FigureFilter { languages: vec![Language::ENGLISH], ..all() }), [] as [f64; 0]);
    let limited = index.figures(&all(), None, 2).unwrap();
    assert_eq!((limited.records.len(), limited.total), (2, 3));
    let listed = |filter: DocumentFilter| {
        let list = index.directives(&filter, None, 2).unwrap();
        let counts = list.directives.iter().map(|directive| (directive.key.clone(), directive.documents));
        (list.total, counts.collect::<Vec<_>>())
    };
    let everything = DocumentFilter::default;
    // Nothing but the number brings the two texts' Chỉ thị 5 together, a year apart: they stay apart.
    assert_eq!(listed(everything()).0, 3);
    assert_eq!(listed(everything()).1[0], ("directive-5".to_owned(), 1));
    let there = DocumentFilter { sources: vec!["Đài".into()], ..everything() };
    assert_eq!(listed(there.clone()).0, 2);
    let called = DocumentFilter { words: Some("chi thi 6".into()), ..there };
    assert_eq!(listed(called), (1, vec![("directive-6".to_owned(), 1)]));
    let people = index.officials(&DocumentFilter { words: Some("bi thu".into()), ..everything() }, None, 10);
    assert_eq!(people.unwrap().officials[0].name, "Lê Sơn");

    let sources = index.sources().unwrap();
    assert_eq!(
        sources.iter().map(|source| (source.name.as_str(), source.documents)).collect::<Vec<_>>(),
        [("Báo", 2), ("Đài", 1)]
    );
    assert_eq!(sources[1].dates, Some(("2023-01-02".parse().unwrap(), "2023-01-02".parse().unwrap())));
    assert_eq!(sources[1].province.as_deref(), Some("Sơn Khê"));
}

#[test]
fn articles_of_another_reader_are_read_again() {
    let fixture = Fixture::new(&[page("a", "Trời nắng."), page("b", "Trời mưa.")]);
    fixture.index().unwrap();
    let place = Place::new(&fixture.index_folder(), None);
    let newer = IndexSettings { reader: 1, ..settings() };
    assert!(matches!(place.write(newer), Err(crate::Error::OtherReader)));
    let open = || open(&fixture.index_folder()).unwrap();
    assert!(open().with_reader(1).is_outdated() && !open().with_reader(0).is_outdated());
    let check = |how: IndexSettings, captures: u64, kept: u64| {
        let indexer = place.renew(how).unwrap();
        let stop = AtomicBool::new(false);
        let report = indexer.run(fixture.archive(), &read, &Patterns::default(), &mut |_| {}, &stop).unwrap();
        assert_eq!((report.captures, report.kept, report.documents), (captures, kept, 2), "{how:?}");
    };
    check(newer, 2, 0);
    check(newer, 0, 2);
    assert!(!open().with_reader(1).is_outdated());
    assert_eq!(place.write(newer).unwrap().watermark().reader, 1);
}

/// The paths of a value with what stands there, items of lists as one.
fn shape(value: &serde_json::Value, path: &str, found: &mut std::collections::BTreeSet<String>) {
    use serde_json::Value;
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                shape(value, &format!("{path}.{name}"), found);
            }
        }
        Value::Array(items) => {
            for item in items {
                shape(item, &format!("{path}[]"), found);
            }
        }
        Value::Null => {}
        Value::Bool(_) => drop(found.insert(format!("{path} bool"))),
        Value::Number(_) => drop(found.insert(format!("{path} number"))),
        Value::String(_) => drop(found.insert(format!("{path} text"))),
    }
}

/// An index of other rules is served, so what it keeps must be readable: another form is another schema.
#[test]
fn what_is_kept_of_a_document_changes_its_form_with_the_schema_alone() {
    let text = "Ngày 4/8/2021, UBND tỉnh Sơn Khê ban hành Quyết định số 12/QĐ-UBND ngày 1/8/2021 về phát triển rừng. Ông Đặng Văn \
        Đèo, nguyên Chủ tịch UBND tỉnh Sơn Khê giai đoạn 2010-2015, dự. Năm 2021, toàn tỉnh có 121/180 xã đạt chuẩn nông thôn \
        mới, tăng 12 xã so với năm 2020; Sở Y tế tỉnh phấn đấu đến năm 2025 tỷ lệ hộ nghèo còn hơn 2,5%.";
    let (fixture, store) = Fixture::extracted(
        Engine::Embedded,
        &[page("a", text).on("2021-08-05").of("Báo", "Sơn Khê"), page("b", text).on("2021-08-06")],
    );
    let meta = fs::read_to_string(fixture.inner_folder().join("meta.json")).unwrap();
    let schema = meta.split("schema\\\":").nth(1).unwrap().split(',').next().unwrap().to_owned();
    let mut found = std::collections::BTreeSet::new();
    for kept in store.documents(&[id("a"), id("b")]).unwrap() {
        shape(&serde_json::to_value(&kept).unwrap(), "", &mut found);
    }
    let found: Vec<String> = found.into_iter().collect();
    insta::assert_snapshot!(format!("schema {schema}\n{}", found.join("\n")));
}
