//! What an index tells about a document and about itself.

use corpus::{Article, Position};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::record::{DocumentSummary, Record};
use crate::{Directive, Figure, Official};

/// One version of a document, with what it mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What a list shows of it.
    pub summary: DocumentSummary,
    /// The article: text and what the page states. Language and province as found.
    pub article: Article,
    /// `WARC-Record-ID` of the capture that this version was read from.
    pub capture: String,
    /// The directives that it cites, in reading order.
    pub directives: Vec<Keyed<Directive>>,
    /// The officials that it names, in reading order.
    pub officials: Vec<Keyed<Official>>,
    /// The figures that it claims, in reading order.
    pub figures: Vec<Keyed<Figure>>,
    /// All its versions, oldest first.
    pub versions: Vec<DocumentVersion>,
    /// When it was last seen unchanged or captured.
    pub last_seen: Timestamp,
}

/// A version of a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentVersion {
    /// Its number, from 1.
    pub version: u32,
    /// When it was first captured.
    pub captured: Timestamp,
}

/// A mention with the keys of what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyed<M> {
    /// Key of the instrument, the person or the indicator; `None` where that is not known.
    pub key: Option<String>,
    /// Keys of the instruments that a citation may stand for, where it is one of several.
    pub candidates: Vec<String>,
    /// Keys of the positions of an official, as they stand in its mention; empty for other kinds.
    pub positions: Vec<String>,
    /// The mention with its proof; its `mention.span` counts bytes, its evidence code points.
    pub record: Record<M>,
}

impl<M> Keyed<M> {
    /// When the document that mentions it was published.
    pub fn published(&self) -> Option<Date> {
        self.record.evidence.document.published.map(|published| published.date)
    }
}

/// What was collected from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// Source record or host.
    pub name: String,
    /// The province that most of its documents are from.
    pub province: Option<String>,
    /// How many documents there are.
    pub documents: u64,
    /// First and last date of publication.
    pub dates: Option<(Date, Date)>,
}

/// The index in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Documents, each counted once.
    pub documents: u64,
    /// Older versions of documents.
    pub older_versions: u64,
    /// Mentions of directives in the newest versions.
    pub directives: u64,
    /// Mentions of officials.
    pub officials: u64,
    /// Figures.
    pub figures: u64,
    /// Bytes on the disk.
    pub bytes: u64,
    /// Captures before this place are in the index.
    pub watermark: Position,
    /// Grows with each commit.
    pub generation: u64,
}
