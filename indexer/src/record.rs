//! Mentions with their proof: what the index keeps for each mention and what every answer is computed from.

use corpus::{Article, CodePoints, DocumentId, Language, Published, Span};
use extract::{Directive, Figure, Official, sentence};
use serde::{Deserialize, Serialize};

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
    pub(crate) fn of(
        article: &Article,
        points: &CodePoints<'_>,
        span: Span,
        document: DocumentSummary,
    ) -> Self {
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
