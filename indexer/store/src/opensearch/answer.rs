//! What the engine answers, in the shapes that are read: each question names what it reads of a record.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::document::StoredDocument;
use crate::record::DocumentSummary;
use crate::search::FoundDocument;

/// The answer to a search; `S` is what is read of each record.
#[derive(Debug, Deserialize)]
pub(super) struct Answer<S> {
    /// The engine gave up in the middle.
    #[serde(default)]
    pub(super) timed_out: bool,
    hits: Hits<S>,
    #[serde(default)]
    pub(super) aggregations: Value,
    #[serde(default)]
    pub(super) suggest: Value,
}

#[derive(Debug, Deserialize)]
struct Hits<S> {
    total: Option<Total>,
    hits: Vec<Hit<S>>,
}

#[derive(Debug, Deserialize)]
struct Total {
    value: u64,
}

/// A record that was found.
#[derive(Debug, Deserialize)]
pub(super) struct Hit<S> {
    /// What was asked for of it.
    #[serde(rename = "_source")]
    pub(super) source: S,
    /// Its place in the order that was asked for.
    #[serde(default)]
    pub(super) sort: Value,
    /// Names of the parts of the query that it matched.
    #[serde(default)]
    pub(super) matched_queries: Vec<String>,
}

impl<S> Answer<S> {
    /// How many there are in all, where that was asked for.
    pub(super) fn total(&self) -> u64 {
        self.hits.total.as_ref().map_or(0, |total| total.value)
    }

    /// The records of this page.
    pub(super) fn into_hits(self) -> Vec<Hit<S>> {
        self.hits.hits
    }

    /// What was counted: buckets of an aggregation of the name.
    pub(super) fn buckets(&mut self, name: &str) -> Vec<Value> {
        match self.aggregations[name]["buckets"].take() {
            Value::Array(buckets) => buckets,
            _ => Vec::new(),
        }
    }
}

/// Nothing of a record.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Nothing {}

/// What was kept under `stored`.
#[derive(Debug, Deserialize)]
pub(super) struct Stored<T> {
    pub(super) stored: T,
}

/// A document in a list, with what was asked for of what was kept of it.
#[derive(Debug, Deserialize)]
pub(super) struct Row<T> {
    pub(super) summary: DocumentSummary,
    pub(super) stored: Option<T>,
}

/// What a list reads of a document beside its summary.
pub(super) trait Read: DeserializeOwned {
    /// Puts it where whoever asked looks for it.
    fn give(self, found: &mut FoundDocument);
}

impl Read for IgnoredAny {
    fn give(self, _found: &mut FoundDocument) {}
}

impl Read for OnlyText {
    fn give(self, found: &mut FoundDocument) {
        found.text = Some(self.article.text);
    }
}

impl Read for Box<StoredDocument> {
    fn give(self, found: &mut FoundDocument) {
        found.whole = Some(self);
    }
}

/// A document's text alone, of what was kept of it.
#[derive(Debug, Deserialize)]
pub(super) struct OnlyText {
    article: Text,
}

/// See [`OnlyText`].
#[derive(Debug, Deserialize)]
struct Text {
    #[serde(default)]
    text: String,
}

/// A document and its signature.
#[derive(Debug, Deserialize)]
pub(super) struct Signing {
    pub(super) summary: DocumentSummary,
    #[serde(default)]
    pub(super) bands: Vec<i64>,
    pub(super) digest: Option<i64>,
    pub(super) captured: Option<i64>,
}

/// Numbers of a record that a writer asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Numbers {
    pub(super) id: Option<String>,
    pub(super) figures: usize,
    pub(super) seen_at: Option<i64>,
    pub(super) group: Option<String>,
}

/// Records by their names.
#[derive(Debug, Deserialize)]
pub(super) struct Records<S> {
    pub(super) docs: Vec<Record<S>>,
}

/// A record by its name, where there is one.
#[derive(Debug, Deserialize)]
pub(super) struct Record<S> {
    #[serde(rename = "_source")]
    pub(super) source: Option<S>,
    pub(super) error: Option<Value>,
}
