//! Tiny archives for tests: pages are JSON, and mentions follow three patterns that no real text would need.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use corpus::{
    Archive, Article, Capture, CaptureWriter, DateOrigin, DocumentId, Language, NewCapture, NewContent,
    Published, RevisitProfile, Span, WriterSettings,
};
use jiff::Timestamp;
use regex::Regex;
use serde::{Deserialize, Serialize};
use store::embedded::{Embedded, EmbeddedWriter};
use store::memory::Memory;
use store::opensearch::{EngineSettings, OpenSearch, OpenSearchWriter};
use store::{Entity, Replaced, Store, StoredDocument, Watermark, Writer};
use tempfile::TempDir;
use text::Signature;

use crate::{
    Directive, DirectiveKind, Error, Figure, IndexReport, IndexSettings, Indexer, Mentions, Modifier,
    NoArticle, Official, Period, Reading, Rule,
};

/// A page of a test.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// Its headline; empty for none.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Day or moment of publication.
    pub date: Option<String>,
    /// Its source.
    pub source: Option<String>,
    /// The province that it is from.
    pub province: Option<String>,
}

/// A page with a text, by a short name.
pub fn page(url: &str, text: &str) -> Page {
    Page { url: address(url), text: text.to_owned(), ..Page::default() }
}

/// The address of a page by its short name.
pub fn address(name: &str) -> String {
    format!("https://bao.example/{name}")
}

impl Page {
    /// With a headline.
    #[must_use]
    pub fn titled(mut self, title: &str) -> Self {
        title.clone_into(&mut self.title);
        self
    }

    /// Published on a day, `2021-06-14`, or at a time of it, `2021-06-14 08:00`.
    #[must_use]
    pub fn on(mut self, date: &str) -> Self {
        self.date = Some(date.to_owned());
        self
    }

    /// Of a source and a province.
    #[must_use]
    pub fn of(mut self, source: &str, province: &str) -> Self {
        self.source = Some(source.to_owned());
        self.province = Some(province.to_owned());
        self
    }
}

/// The engine that a fixture is indexed in.
#[derive(Clone, Debug)]
pub enum Engine {
    /// The archive's folder.
    Embedded,
    /// Memory.
    Memory(Memory),
    /// OpenSearch.
    OpenSearch(EngineSettings),
}

impl Engine {
    /// One of its own in memory.
    pub fn memory() -> Self {
        Self::Memory(Memory::new())
    }
}

/// An archive in a temporary folder.
pub struct Fixture {
    engine: Engine,
    /// Removed with the fixture.
    _folder: TempDir,
    archive: Archive,
    /// Seconds at which the next capture is made.
    clock: i64,
}

impl Fixture {
    /// An archive of pages that is not indexed yet.
    pub fn new(pages: &[Page]) -> Self {
        Self::on(Engine::Embedded, pages)
    }

    /// An archive of pages that is to be indexed in an engine.
    pub fn on(engine: Engine, pages: &[Page]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path().join("archive")).unwrap();
        let mut fixture = Self { engine, _folder: folder, archive, clock: 1_700_000_000 };
        fixture.keep(pages);
        fixture
    }

    /// A store of pages.
    pub fn indexed(engine: Engine, pages: &[Page]) -> (Self, Arc<dyn Store>) {
        let fixture = Self::on(engine, pages);
        fixture.index().unwrap();
        let store = fixture.store();
        (fixture, store)
    }

    /// A store of pages whose mentions are found by the program's rules.
    pub fn extracted(engine: Engine, pages: &[Page]) -> (Self, Arc<dyn Store>) {
        let fixture = Self::on(engine, pages);
        fixture.extract();
        let store = fixture.store();
        (fixture, store)
    }

    /// What was indexed last.
    pub fn store(&self) -> Arc<dyn Store> {
        match &self.engine {
            Engine::Embedded => Arc::new(Embedded::open(&self.index_folder()).unwrap()),
            Engine::Memory(memory) => Arc::new(memory.clone()),
            Engine::OpenSearch(settings) => Arc::new(OpenSearch::open(settings.clone()).unwrap()),
        }
    }

    /// Whoever brings it up to date.
    pub fn indexer(&self) -> Result<Indexer, Error> {
        Indexer::over(self.writer(false)?, settings())
    }

    fn writer(&self, again: bool) -> Result<Box<dyn Writer>, store::Error> {
        let folder = self.index_folder();
        let how = settings().writer();
        Ok(match (&self.engine, again) {
            (Engine::Embedded, false) => Box::new(EmbeddedWriter::open(&folder, how)?),
            (Engine::Embedded, true) => Box::new(EmbeddedWriter::rebuild(&folder, how)?),
            (Engine::Memory(memory), _) => Box::new(memory.writer()),
            (Engine::OpenSearch(engine), false) => Box::new(OpenSearchWriter::open(engine.clone(), &folder)?),
            (Engine::OpenSearch(engine), true) => {
                Box::new(OpenSearchWriter::rebuild(engine.clone(), &folder)?)
            }
        })
    }

    /// Brings the index up to date by the program's rules.
    pub fn extract(&self) -> IndexReport {
        let indexer = self.indexer().unwrap();
        let stop = AtomicBool::new(false);
        indexer.run(&self.archive, &read, &crate::Extractor, &mut |_| {}, &stop).unwrap()
    }

    /// Makes the index again by the program's rules from the articles that it keeps; no capture may be opened for it.
    pub fn renew_extracted(&self) -> IndexReport {
        let indexer = Indexer::over(self.writer(true).unwrap(), settings()).unwrap().over_kept();
        let read = |_: &Capture| -> Result<Article, NoArticle> { panic!("a capture is read") };
        let stop = AtomicBool::new(false);
        indexer.run(&self.archive, &read, &crate::Extractor, &mut |_| {}, &stop).unwrap()
    }

    /// Makes the index again by the program's rules.
    pub fn rebuild_extracted(&self) {
        let indexer = Indexer::over(self.writer(true).unwrap(), settings()).unwrap();
        indexer.run(&self.archive, &read, &crate::Extractor, &mut |_| {}, &AtomicBool::new(false)).unwrap();
    }

    /// A run that dies when so many records were written: without a commit.
    pub fn dies_after(&self, records: usize) {
        let mortal = Mortal { writer: self.writer(false).unwrap(), left: records };
        let indexer = Indexer::over(Box::new(mortal), settings()).unwrap();
        let run =
            || indexer.run(&self.archive, &read, &crate::Extractor, &mut |_| {}, &AtomicBool::new(false));
        // It may be done before.
        drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)));
    }

    /// The archive.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The folder of its index.
    pub fn index_folder(&self) -> PathBuf {
        self.archive.index_folder()
    }

    /// The index's inner folder that is in use.
    pub fn inner_folder(&self) -> PathBuf {
        let current = std::fs::read_to_string(self.index_folder().join("current")).unwrap();
        self.index_folder().join(current.trim())
    }

    /// Captures pages, a second apart.
    pub fn keep(&mut self, pages: &[Page]) {
        let mut writer = self.archive.writer(WriterSettings::default()).unwrap();
        for page in pages {
            let body = serde_json::to_vec(page).unwrap();
            let content = NewContent::Resource { content_type: "application/json".to_owned(), body };
            self.append(&mut writer, &page.url, content);
        }
        writer.sync().unwrap();
    }

    /// Captures that a page has not changed.
    pub fn revisit(&mut self, name: &str) {
        let mut writer = self.archive.writer(WriterSettings::default()).unwrap();
        let content = NewContent::Revisit {
            profile: RevisitProfile::ServerNotModified,
            head: b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec(),
            request: None,
            payload_digest: None,
            refers_to: None,
            refers_to_target: None,
            refers_to_date: None,
        };
        self.append(&mut writer, &address(name), content);
        writer.sync().unwrap();
    }

    fn append(&mut self, writer: &mut CaptureWriter, target: &str, content: NewContent) {
        self.clock += 1;
        let at = Timestamp::from_second(self.clock).unwrap();
        let capture = NewCapture {
            target: target.to_owned(),
            at,
            source: None,
            province: None,
            linked: None,
            ip: None,
            content,
        };
        writer.append(&capture).unwrap();
    }

    /// When the last capture was made.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_second(self.clock).unwrap()
    }

    /// Brings the index up to date, with [`Patterns`] for rules.
    pub fn index(&self) -> Result<IndexReport, Error> {
        self.run(self.indexer()?)
    }

    /// Makes the index again.
    pub fn rebuild(&self) -> Result<IndexReport, Error> {
        self.run(Indexer::over(self.writer(true)?, settings())?)
    }

    fn run(&self, indexer: Indexer) -> Result<IndexReport, Error> {
        indexer.run(&self.archive, &read, &Patterns::default(), &mut |_| {}, &AtomicBool::new(false))
    }
}

/// A writer that dies when it has written so many records.
struct Mortal {
    writer: Box<dyn Writer>,
    left: usize,
}

impl Mortal {
    fn lives(&mut self) {
        assert!(self.left > 0, "dies here");
        self.left -= 1;
    }
}

impl Writer for Mortal {
    fn store(&self) -> &dyn Store {
        self.writer.store()
    }

    fn before(&self) -> Option<Arc<dyn Store>> {
        self.writer.before()
    }

    fn unfinished(&self) -> Result<BTreeSet<String>, store::Error> {
        self.writer.unfinished()
    }

    fn put(&mut self, document: StoredDocument, signature: Option<&Signature>) -> Result<(), store::Error> {
        self.lives();
        self.writer.put(document, signature)
    }

    fn put_version(&mut self, document: StoredDocument) -> Result<(), store::Error> {
        self.lives();
        self.writer.put_version(document)
    }

    fn put_seen(&mut self, id: DocumentId, at: Timestamp) -> Result<(), store::Error> {
        self.lives();
        self.writer.put_seen(id, at)
    }

    fn remove(&mut self, id: DocumentId) -> Result<(), store::Error> {
        self.lives();
        self.writer.remove(id)
    }

    fn replace(&mut self, replaced: &Replaced, entities: &[Entity]) -> Result<(), store::Error> {
        let some = &entities[..self.left.min(entities.len())];
        self.writer.replace(replaced, some)?;
        self.left -= some.len();
        assert_eq!(some.len(), entities.len(), "dies here");
        Ok(())
    }

    fn commit(&mut self, watermark: &Watermark) -> Result<(), store::Error> {
        self.lives();
        self.writer.commit(watermark)
    }

    fn purge(self: Box<Self>) -> Result<(), store::Error> {
        self.writer.purge()
    }

    fn finish(self: Box<Self>, complete: bool) -> Result<(), store::Error> {
        self.writer.finish(complete)
    }
}

/// Small batches, so that tests see many commits.
pub fn settings() -> IndexSettings {
    IndexSettings { threads: 2, commit_documents: 50, memory_bytes: 0, ..IndexSettings::default() }
}

/// Reads the article of a test page.
pub fn read(capture: &Capture) -> Result<Article, NoArticle> {
    let page: Page =
        serde_json::from_slice(&capture.body).map_err(|_| NoArticle::Absent("no page".to_owned()))?;
    assert_ne!(page.text, "panic", "a page that makes its reader fail");
    Ok(Article {
        url: page.url.parse().ok(),
        title: (!page.title.is_empty()).then_some(page.title),
        text: page.text,
        published: page.date.map(|moment| {
            let (date, time) =
                moment.split_once(' ').map_or((&*moment, None), |(date, time)| (date, Some(time)));
            Published {
                date: date.parse().unwrap(),
                time: time.map(|time| time.parse().unwrap()),
                origin: DateOrigin::Record,
            }
        }),
        source: page.source,
        province: page.province,
        ..Article::default()
    })
}

/// Mentions by three patterns: `Chỉ thị 5`, `ông A B, chủ tịch xã`, `7 xã đạt chuẩn năm 2021`.
pub struct Patterns {
    directive: Regex,
    official: Regex,
    figure: Regex,
}

impl Default for Patterns {
    fn default() -> Self {
        let regex = |pattern| Regex::new(pattern).unwrap();
        Self {
            directive: regex(r"Chỉ thị (\d+)"),
            official: regex(r"ông (\p{Lu}\p{L}+ \p{Lu}\p{L}+), ([\p{Ll} ]+)"),
            figure: regex(r"(\d+) (xã đạt chuẩn(?: nông thôn mới)?) năm (\d{4})"),
        }
    }
}

impl Reading for Patterns {
    fn language(&self, article: &Article) -> Option<Language> {
        let code = if article.text.is_ascii() { Language::ENGLISH } else { Language::VIETNAMESE };
        Some(code)
    }

    fn province(&self, article: &Article) -> Option<String> {
        article.text.contains("Sơn Khê").then(|| "Sơn Khê".to_owned())
    }

    fn mentions(&self, article: &Article) -> Mentions {
        let span = |found: regex::Match<'_>| Span::new(found.start(), found.end());
        let directives = self.directive.captures_iter(&article.text).map(|found| Directive {
            span: span(found.get(0).unwrap()),
            kind: DirectiveKind::Directive,
            number: Some(found[1].to_owned()),
            issuer: None,
            issued: None,
            subject: None,
            named: false,
            rule: Rule::BareNumber,
        });
        let officials = self.official.captures_iter(&article.text).map(|found| Official {
            span: span(found.get(1).unwrap()),
            positions: vec![found[2].trim().to_owned()],
            tenures: Vec::new(),
            rule: Rule::ShortName,
        });
        let figures = self.figure.captures_iter(&article.text).map(|found| Figure {
            span: span(found.get(1).unwrap()),
            value: found[1].parse().unwrap(),
            of: None,
            unit: Some("xã".to_owned()),
            modifier: Modifier::Equal,
            range: None,
            indicator: Some(found[2].to_owned()),
            period_from: None,
            period: Some(found[3].parse::<Period>().unwrap()),
            place: None,
            change: None,
            key: extract::catalogue::by_words(&found[2]).map(|row| row.id.clone()),
            about: None,
            modality: extract::Modality::Actual,
            grounds: extract::Grounds::default(),
            rule: Rule::KnownNoun,
        });
        Mentions {
            directives: directives.collect(),
            officials: officials.collect(),
            figures: figures.collect(),
        }
    }
}
