//! Documents, the words that facts rest on, and what was collected.

use corpus::BlockKind;
use indexer::cluster::Cluster as FoundCluster;
use indexer::{Document as Found, DocumentSummary, Evidence as Proof, SourceSummary};
use serde::Serialize;
use utoipa::ToSchema;

use super::{DirectiveMention, Figure, NoMention, OfficialMention, text};

/// What a list shows of a document.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Summary {
    /// Its identity, made from its canonical URL.
    pub(super) id: String,
    /// Number of this version of its text, from 1.
    version: u32,
    /// Canonical URL, or the name of the file that it came from.
    pub(super) address: String,
    /// Headline.
    pub(super) title: String,
    pub(super) published: Option<Published>,
    /// Source record or host.
    pub(super) source: Option<String>,
    /// Province that it is from or about, by its Vietnamese name.
    province: Option<String>,
    /// ISO 639-1 code.
    language: Option<String>,
}

/// When a document was published, in the time zone of the newspapers (`Asia/Ho_Chi_Minh`).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Published {
    /// ISO 8601.
    pub(super) date: String,
    /// Where the page gives it.
    time: Option<String>,
    /// Where the date was found: `record`, `json-ld`, `meta`, `visible` or `url`.
    #[schema(value_type = String)]
    origin: corpus::DateOrigin,
}

/// The words that a fact rests on; `prefix + quote + suffix` is the sentence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Evidence {
    pub(super) document: Summary,
    pub(super) quote: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// Where the quote begins in the document's text.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// The page of a printed document (PDF) that it begins on, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<usize>,
}

/// A document with all that it mentions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Document {
    #[serde(rename = "document")]
    summary: Summary,
    author: Option<String>,
    section: Option<String>,
    tags: Vec<String>,
    captions: Vec<String>,
    /// The page that links to it, where it is a file that was found so.
    #[serde(skip_serializing_if = "Option::is_none")]
    linked_from: Option<String>,
    /// When the page was last changed, as it says.
    modified: Option<Published>,
    text: String,
    /// The structure of the text: a tree of blocks in reading order; only where `fields` names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) blocks: Option<Vec<Block>>,
    /// `WARC-Record-ID` of the capture.
    capture: String,
    /// When it was last seen unchanged or captured (RFC 3339).
    last_seen: String,
    /// How many versions of its text there are.
    versions: usize,
    /// Where the same text stands as well; absent where it stands here alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<Cluster>,
    directives: Vec<DirectiveMention>,
    officials: Vec<OfficialMention>,
    figures: Vec<Figure>,
    /// Words that somebody decided to mention nothing.
    denied: Vec<NoMention>,
}

/// A part of a text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Block {
    /// `title`, `lede`, `heading`, `paragraph`, `item`, `table`, `row`, `cell`, `caption`, `unit-line`, `footnote`, `letterhead`,
    /// `signature` or `quotation`.
    kind: &'static str,
    /// Where it begins in the text, with its marker.
    start: usize,
    /// Where it ends.
    end: usize,
    /// Of a heading its rank, of an item its depth, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<u8>,
    /// Of a row its number in the table, of a cell its column, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<u8>,
    /// The sign that it begins with: `I.`, `a)`, `-`.
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<String>,
    /// The place in this list, from 0, of the block that it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<u32>,
    /// Whether a row or a cell names what stands below it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    heads: bool,
    /// Further columns to its right that a cell reaches over.
    #[serde(skip_serializing_if = "Option::is_none")]
    covers: Option<u8>,
}

/// The blocks of an article.
pub(crate) fn blocks(article: &corpus::Article) -> Vec<Block> {
    let points = corpus::CodePoints::new(&article.text);
    let of = |block: corpus::Block| {
        let (start, end) = points.range(block.span);
        let in_table = matches!(block.kind, BlockKind::Row | BlockKind::Cell);
        Block {
            kind: block.kind.as_str(),
            start,
            end,
            rank: Some(block.rank).filter(|_| matches!(block.kind, BlockKind::Heading | BlockKind::Item)),
            at: Some(block.rank).filter(|_| in_table),
            marker: block.marker.map(|marker| marker.of(&article.text).to_owned()),
            parent: block.parent,
            heads: block.heads,
            covers: Some(block.covers).filter(|covers| *covers > 0),
        }
    };
    article.blocks().into_iter().map(of).collect()
}

/// Documents that carry the same text, also with small changes: the same for each of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cluster {
    /// The one that was published first; where there may be more, the first of these.
    origin: Summary,
    /// The others, in the order of publication.
    carriers: Vec<Carrier>,
    /// How many carriers there are.
    count: usize,
    /// `eq`: the count is exact; `gte`: there may be more.
    count_relation: &'static str,
}

/// A document that carries the text of another one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Carrier {
    document: Summary,
    /// How much of its text and the origin's is in both, estimated: 0 to 1; 1 where they are the same word for word.
    resemblance: f64,
}

/// A version of a document's text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Version {
    version: u32,
    /// When it was first captured (RFC 3339).
    captured: String,
}

/// What was collected from one source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Source {
    name: String,
    province: Option<String>,
    documents: u64,
    first: Option<String>,
    last: Option<String>,
}

impl From<&corpus::Published> for Published {
    fn from(published: &corpus::Published) -> Self {
        Self { date: published.date.to_string(), time: text(published.time), origin: published.origin }
    }
}

impl From<&DocumentSummary> for Summary {
    fn from(document: &DocumentSummary) -> Self {
        Self {
            id: document.id.to_string(),
            version: document.version,
            address: document.address.clone(),
            title: document.title.clone(),
            published: document.published.as_ref().map(Published::from),
            source: document.source.clone(),
            province: document.province.clone(),
            language: document.language.map(|language| language.code().to_owned()),
        }
    }
}

impl From<&Proof> for Evidence {
    fn from(proof: &Proof) -> Self {
        Self {
            document: (&proof.document).into(),
            quote: proof.quote.clone(),
            prefix: proof.prefix.clone(),
            suffix: proof.suffix.clone(),
            start: proof.start,
            end: proof.end,
            page: proof.page,
        }
    }
}

impl Document {
    pub(crate) fn new(found: &Found, cluster: Option<&FoundCluster>) -> Self {
        let article = &found.article;
        Self {
            summary: (&found.summary).into(),
            author: article.author.clone(),
            section: article.section.clone(),
            tags: article.tags.clone(),
            captions: article.captions.clone(),
            linked_from: article.linked_from.as_ref().map(ToString::to_string),
            modified: article.modified.as_ref().map(Published::from),
            text: article.text.clone(),
            blocks: None,
            capture: found.capture.clone(),
            last_seen: found.last_seen.to_string(),
            versions: found.versions.len(),
            cluster: cluster.map(Cluster::from),
            directives: found.directives.iter().map(DirectiveMention::from).collect(),
            officials: found.officials.iter().map(OfficialMention::from).collect(),
            figures: found.figures.iter().map(Figure::from).collect(),
            denied: found
                .denied
                .iter()
                .map(|(denied, evidence)| NoMention {
                    kind: denied.mention.kind().as_str(),
                    decided: (&denied.decision).into(),
                    evidence: evidence.into(),
                })
                .collect(),
        }
    }
}

impl From<&FoundCluster> for Cluster {
    fn from(found: &FoundCluster) -> Self {
        let carrier = |carrier: &indexer::cluster::Carrier| Carrier {
            document: (&carrier.document).into(),
            resemblance: (carrier.resemblance * 100.0).round() / 100.0,
        };
        Self {
            origin: (&found.origin).into(),
            carriers: found.carriers.iter().map(carrier).collect(),
            count: found.carriers.len(),
            count_relation: if found.complete { "eq" } else { "gte" },
        }
    }
}

impl From<&indexer::DocumentVersion> for Version {
    fn from(version: &indexer::DocumentVersion) -> Self {
        Self { version: version.version, captured: version.captured.to_string() }
    }
}

impl From<&SourceSummary> for Source {
    fn from(source: &SourceSummary) -> Self {
        let (first, last) = source.dates.unzip();
        Self {
            name: source.name.clone(),
            province: source.province.clone(),
            documents: source.documents,
            first: text(first),
            last: text(last),
        }
    }
}
