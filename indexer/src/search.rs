//! Searches over the documents of an index: what may be asked, and what is answered.
//!
//! The words of a search are read by [`Query`](query::Query). A word typed with accents finds that spelling alone, one
//! typed without finds every spelling, exact ones first; `"…"` is a phrase, `-` leaves out, `OR` offers alternatives
//! (it binds less than the blank, which means *and*), a `*` at the end finds what begins so.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::civil::Date;

use crate::record::DocumentSummary;

mod collect;
mod cursor;
mod exclusion;
mod facet;
pub(crate) mod plan;
pub mod query;
mod run;
mod snippet;
#[cfg(test)]
mod tests;
mod timeline;

pub use cursor::{Cursor, NotACursor};

/// What is searched for. `SearchRequest::default()` lists all documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchRequest {
    /// The words as typed; empty for all documents.
    pub query: String,
    /// Which documents may be found.
    pub filters: Filters,
    /// Their order.
    pub sort: Sort,
    /// How many to return, at most [`MAX_LIMIT`]; 0 for none (a count, facets).
    pub limit: usize,
    /// Where an earlier answer of the same search ended or began.
    pub cursor: Option<Cursor>,
    /// What to count the found documents by.
    pub facets: Vec<FacetRequest>,
    /// Also count the found documents by calendar.
    pub interval: Option<Interval>,
    /// Also cut the passage out of each text that shows best why it was found.
    pub highlight: bool,
}

/// Documents in one answer, at most.
pub const MAX_LIMIT: usize = 100;
/// Values of one facet, at most.
pub const MAX_FACET_SIZE: usize = 1_000;

/// Conditions on documents besides the words: all must hold; several values of one field are alternatives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Published on this day or later.
    pub from: Option<Date>,
    /// Published on this day or earlier.
    pub to: Option<Date>,
    /// Fields with a value that a document must have.
    pub include: Vec<(Facet, String)>,
    /// Fields with a value that a document must not have.
    pub exclude: Vec<(Facet, String)>,
}

/// A field that documents are filtered and counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Source record or host.
    Source,
    /// Province by its Vietnamese name.
    Province,
    /// Year of publication: `2021`.
    Year,
    /// Month of publication: `2021-05`.
    Month,
    /// Code of the language: `vi`.
    Language,
    /// What the document mentions: `directive`, `official`, `figure`.
    Type,
    /// Key of a directive mentioned.
    Directive,
    /// Key of an official mentioned.
    Official,
    /// Key of a position that an official in it holds.
    Position,
    /// Key of an indicator that a figure in it measures.
    Indicator,
}

impl Facet {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Source,
        Self::Province,
        Self::Year,
        Self::Month,
        Self::Language,
        Self::Type,
        Self::Directive,
        Self::Official,
        Self::Position,
        Self::Indicator,
    ];

    /// Its name in queries and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Province => "province",
            Self::Year => "year",
            Self::Month => "month",
            Self::Language => "language",
            Self::Type => "type",
            Self::Directive => "directive",
            Self::Official => "official",
            Self::Position => "position",
            Self::Indicator => "indicator",
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Facet {
    type Err = UnknownFacet;
    fn from_str(name: &str) -> Result<Self, UnknownFacet> {
        let known = Self::ALL.iter().copied().find(|facet| facet.as_str() == name);
        known.ok_or_else(|| UnknownFacet(name.to_owned()))
    }
}

/// There is no such facet.
#[derive(Debug, thiserror::Error)]
#[error(
    "“{0}” is no facet; there are source, province, year, month, language, type, directive, official, position and indicator"
)]
pub struct UnknownFacet(String);

/// A facet that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// What to count by.
    pub facet: Facet,
    /// How many values to return, at most [`MAX_FACET_SIZE`].
    pub size: usize,
}

/// The order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best match first.
    #[default]
    Relevance,
    /// Latest date of publication first; undated ones last.
    Newest,
    /// Earliest date of publication first; undated ones last.
    Oldest,
}

/// A step of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interval {
    /// Calendar years.
    Year,
    /// January to March, and so on.
    Quarter,
    /// Calendar months.
    Month,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchAnswer {
    /// Documents found, exactly.
    pub count: u64,
    /// One page of them.
    pub hits: Vec<Hit>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Cursor>,
    /// Where the page before ends; `None` on the first.
    pub previous: Option<Cursor>,
    /// Counts in the order in which they were asked for.
    pub facets: Vec<FacetCounts>,
    /// Counts by calendar where an interval was asked for; undated documents stand in none.
    pub histogram: Vec<Bucket>,
    /// [`Index::generation`](crate::Index::generation) of the index that answered.
    pub generation: u64,
}

/// A document found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What a list shows of it.
    pub document: DocumentSummary,
    /// How well it fits, where the order is by relevance; comparable within one answer.
    pub score: Option<f32>,
    /// Words of the query in the title, in code points of the title; only where highlights were asked for.
    pub title_highlights: Vec<(usize, usize)>,
    /// The passage that shows best why it was found; only where highlights were asked for.
    pub snippet: Option<Snippet>,
}

/// A passage of a document's text. All places are Unicode code points of the document's text, ends exclusive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The words of the passage, exactly as they stand in the text.
    pub text: String,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The words of the query in it, in order, none overlapping.
    pub highlights: Vec<(usize, usize)>,
    /// Whether the text goes on behind it.
    pub continues: bool,
}

/// Counts of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// What was counted by.
    pub facet: Facet,
    /// The most frequent values, most documents first; years and months latest first.
    pub values: Vec<FacetValue>,
    /// How many values there are in all.
    pub distinct: usize,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value, as a filter takes it.
    pub value: String,
    /// What people read for it, where the value is a key.
    pub label: Option<String>,
    /// Documents with it.
    pub count: u64,
}

/// Documents of one step of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// `2021`, `2021-Q2` or `2021-05`.
    pub period: crate::Period,
    /// Its first day.
    pub from: Date,
    /// Documents found.
    pub count: u64,
}

/// Documents found and documents collected in one step of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineBucket {
    /// `2021`, `2021-Q2` or `2021-05`.
    pub period: crate::Period,
    /// Its first day.
    pub from: Date,
    /// Documents found.
    pub count: u64,
    /// Documents collected from the same sources, provinces and languages: what `count` is a share of.
    pub collected: u64,
}

/// Bounds of one search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchLimits {
    /// Longest query, in bytes of UTF-8.
    pub query_bytes: usize,
    /// Most words and phrases in a query.
    pub clauses: usize,
    /// Most words in a phrase.
    pub phrase_words: usize,
    /// Most values of filters.
    pub filters: usize,
    /// Longest a search may take.
    pub time: Duration,
    /// Longest passage of a text that is cut out, in characters.
    pub snippet_characters: usize,
    /// Bytes of a text in which a passage is looked for.
    pub snippet_bytes: usize,
}

impl Default for SearchLimits {
    fn default() -> Self {
        Self {
            query_bytes: 1_000,
            clauses: 32,
            phrase_words: 32,
            filters: 200,
            time: Duration::from_secs(5),
            snippet_characters: 240,
            snippet_bytes: 256 * 1024,
        }
    }
}

/// Why a search was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// It is too long.
    #[error("the query has {bytes} bytes; at most {limit} are read: search for fewer words")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The bound.
        limit: usize,
    },
    /// It has too many parts.
    #[error("the query has more than {limit} words and phrases: search for fewer")]
    TooManyClauses {
        /// The bound.
        limit: usize,
    },
    /// A phrase in it is too long.
    #[error("a phrase in the query has more than {limit} words: search for a part of it")]
    PhraseTooLong {
        /// The bound.
        limit: usize,
    },
    /// There is no word in it.
    #[error("the query has no word or number that could be searched for")]
    NoWords,
    /// `*` after too little.
    #[error("“{word}*” would find too much: give at least two letters before the *")]
    PrefixTooShort {
        /// What stands before the `*`.
        word: String,
    },
    /// `*` inside of a phrase, or behind several words.
    #[error("a * can end a single word only, not “{word}*”")]
    PrefixOfPhrase {
        /// What stands before the `*`.
        word: String,
    },
    /// The bounds of a page or a facet.
    #[error("{name} is {value}; at most {limit} can be asked for at once")]
    TooMany {
        /// Which bound.
        name: &'static str,
        /// What was asked for.
        value: usize,
        /// The bound.
        limit: usize,
    },
    /// The value of a filter cannot be one.
    #[error("“{value}” is no {facet} (such as {example})")]
    FilterValue {
        /// Which filter.
        facet: Facet,
        /// The value.
        value: String,
        /// What one looks like.
        example: &'static str,
    },
    /// The cursor belongs to another search.
    #[error("the cursor belongs to another search: begin again without it")]
    ForeignCursor,
    /// The search took too long.
    #[error("the search took longer than {} ms: add words or filters", limit.as_millis())]
    TooSlow {
        /// The bound.
        limit: Duration,
    },
}
