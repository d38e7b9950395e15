//! Mentions with their proof: what the index keeps for each mention and what every answer is computed from.

use corpus::{Article, CodePoints, DocumentId, Language, Published, Span};
use extract::{Directive, Figure, Official, sentence};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::StoredDocument;
use crate::entity::Meant;

/// One mention and the sentence that proves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record<M> {
    /// What the words say.
    pub mention: M,
    /// Where they stand.
    pub evidence: Evidence,
}

/// A directive with its proof.
pub type DirectiveRecord = Record<Directive>;
/// An official with the proof.
pub type OfficialRecord = Record<Official>;
/// A figure with its proof.
pub type FigureRecord = Record<Figure>;

/// The words that a fact rests on, and where they stand. `prefix + quote + suffix` is the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The document.
    pub document: DocumentSummary,
    /// The words themselves.
    pub quote: String,
    /// The sentence before the quote.
    pub prefix: String,
    /// The sentence after the quote.
    pub suffix: String,
    /// First Unicode code point of the quote in the document's text.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The page of a printed document that it begins on, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
}

impl Evidence {
    /// The evidence for the words at `span` of an article's text.
    pub fn of(article: &Article, points: &CodePoints<'_>, span: Span, document: DocumentSummary) -> Self {
        let text = article.text.as_str();
        let (start, end) = points.range(span);
        let sentence = sentence(text, span);
        let page = article.pages.iter().rposition(|begins| *begins <= start).map(|at| at + 1);
        Self {
            document,
            quote: span.of(text).to_owned(),
            prefix: text[sentence.start()..span.start()].to_owned(),
            suffix: text[span.end()..sentence.end()].to_owned(),
            start,
            end,
            page,
        }
    }
}

/// What a list shows of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentSummary {
    /// Its identity.
    pub id: DocumentId,
    /// Number of this version of its text, from 1.
    pub version: u32,
    /// Canonical URL, or the target of the file it came from.
    pub address: String,
    /// Headline; where the page has none, the beginning of its text.
    pub title: String,
    /// When it was published.
    pub published: Option<Published>,
    /// Source record or host.
    pub source: Option<String>,
    /// Province that it is from or about, by its Vietnamese name.
    pub province: Option<String>,
    /// Language of the text.
    pub language: Option<Language>,
}

/// A mention with the keys of what it stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Keyed<M> {
    /// Key of the instrument, the person or the row of the catalogue; `None` where that is not known.
    pub key: Option<String>,
    /// Keys of the instruments that a citation may stand for, where it is one of several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
    /// Keys of the positions of an official, as they stand in its mention; empty for other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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

/// All mentions of a document with their keys and their proof, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct Mentioned {
    /// The directives that it cites.
    pub directives: Vec<Keyed<Directive>>,
    /// The officials that it names.
    pub officials: Vec<Keyed<Official>>,
    /// The figures that it claims.
    pub figures: Vec<Keyed<Figure>>,
}

impl Mentioned {
    /// What a document mentions.
    pub fn of(stored: &StoredDocument) -> Self {
        let read = MentionReader::of(stored);
        let mentions = &stored.mentions;
        Self {
            directives: (0..mentions.directives.len()).filter_map(|at| read.directive(at)).collect(),
            officials: (0..mentions.officials.len()).filter_map(|at| read.official(at)).collect(),
            figures: (0..mentions.figures.len()).filter_map(|at| read.figure(at)).collect(),
        }
    }
}

/// A document whose mentions are read one by one: each proof is a look into the text.
pub struct MentionReader<'a> {
    stored: &'a StoredDocument,
    points: CodePoints<'a>,
    summary: DocumentSummary,
}

impl<'a> MentionReader<'a> {
    /// Begins to read a document.
    pub fn of(stored: &'a StoredDocument) -> Self {
        Self { stored, points: CodePoints::new(&stored.article.text), summary: stored.summary() }
    }

    fn record<M: Clone>(&self, mention: &M, span: Span) -> Record<M> {
        let evidence = Evidence::of(&self.stored.article, &self.points, span, self.summary.clone());
        Record { mention: mention.clone(), evidence }
    }

    /// The directive of a number, from 0.
    pub fn directive(&self, at: usize) -> Option<Keyed<Directive>> {
        let mention = self.stored.mentions.directives.get(at)?;
        let (key, candidates) = match self.stored.assignment.directives.get(at) {
            Some(Meant::One(id, _)) => (Some(id.clone()), Vec::new()),
            Some(Meant::Several(ids)) => (None, ids.clone()),
            Some(Meant::Unknown) | None => (None, Vec::new()),
        };
        Some(Keyed { key, candidates, positions: Vec::new(), record: self.record(mention, mention.span) })
    }

    /// The official of a number, from 0.
    pub fn official(&self, at: usize) -> Option<Keyed<Official>> {
        let mention = self.stored.mentions.officials.get(at)?;
        let whom = self.stored.assignment.officials.get(at);
        Some(Keyed {
            key: whom.map(|whom| whom.person.clone()).filter(|id| !id.is_empty()),
            candidates: Vec::new(),
            positions: whom.map(|whom| whom.offices.clone()).unwrap_or_default(),
            record: self.record(mention, mention.span),
        })
    }

    /// The figure of a number, from 0.
    pub fn figure(&self, at: usize) -> Option<Keyed<Figure>> {
        let mention = self.stored.mentions.figures.get(at)?;
        Some(Keyed {
            key: mention.key.clone(),
            candidates: Vec::new(),
            positions: Vec::new(),
            record: self.record(mention, mention.span),
        })
    }

    /// The directives that stand for one instrument.
    pub fn directives_of(&self, key: &str) -> Vec<Keyed<Directive>> {
        let meant = self.stored.assignment.directives.iter().enumerate();
        let of = |meant: &Meant| matches!(meant, Meant::One(id, _) if id == key);
        meant.filter(|(_, meant)| of(meant)).filter_map(|(at, _)| self.directive(at)).collect()
    }

    /// The officials that name one person.
    pub fn officials_of(&self, key: &str) -> Vec<Keyed<Official>> {
        let whom = self.stored.assignment.officials.iter().enumerate();
        whom.filter(|(_, whom)| whom.person == key).filter_map(|(at, _)| self.official(at)).collect()
    }
}
