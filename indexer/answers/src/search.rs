//! Searches over the documents of an index: what may be asked, and what is answered.
//!
//! The words of a search are read by [`Query`](store::Query). A word typed with accents finds that spelling alone, one
//! typed without finds every spelling, exact ones first; `"…"` is a phrase, `-` leaves out, `OR` offers alternatives
//! (it binds less than the blank, which means *and*), a `*` at the end finds what begins so.
//!
//! Three words or more without signs are a question: documents with all of them come first, then those with some, by what
//! the words weigh; where more than eight are asked for, all by what they weigh. Quoted phrases, `+word` and `-word` hold in any case,
//! but for what such a sentence quotes and no document has word for word: that is looked for by its words, and told. `+"…"` holds.
//! The number of a document is one word however it is written, and found by its parts as well.

use extract::Period;
use jiff::civil::Date;

pub use store::query::{as_phrase, without_quotes};
pub use store::{Counted, DocumentSummary, Facet, Filters, Matching, QueryError, Sort, UnknownFacet};

mod cursor;
#[cfg(test)]
mod retrieval;
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
    /// Whether documents must have all of them.
    pub matching: Matching,
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

/// A facet that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// What to count by.
    pub facet: Facet,
    /// How many values to return, at most [`MAX_FACET_SIZE`].
    pub size: usize,
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
    /// Documents found, exactly: those that `counted` says. So are facets and the calendar.
    pub count: u64,
    /// Whether these have all words of the search. If so, a list by relevance goes on behind them with documents that have
    /// most words.
    pub counted: Counted,
    /// Quoted in a sentence, and nowhere word for word: looked for as words.
    pub unquoted: Vec<String>,
    /// Words that no document has, and the near spellings that were looked for instead.
    pub respelt: Vec<Respelt>,
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

/// A word that no document has, and how documents spell it: a slip of the fingers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respelt {
    /// As typed, in lower case.
    pub typed: String,
    /// As it was looked for.
    pub used: String,
}

/// A document found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What a list shows of it.
    pub document: DocumentSummary,
    /// How well it fits, where the order is by relevance; comparable within one answer ([`Rank::fit`](store::search::Rank::fit)).
    pub score: Option<f32>,
    /// Words of the query that it has not, as typed, in lower case; of a long query only the rarest words are looked for.
    pub lacks: Vec<String>,
    /// Whether it is one of those that are counted: a list has documents with fewer of the words as well.
    pub counted: bool,
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
    /// Of a question: the sentence in it that answers best.
    pub sentence: Option<(usize, usize)>,
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
    pub period: Period,
    /// Its first day.
    pub from: Date,
    /// Documents found.
    pub count: u64,
}

/// Documents found and documents collected in one step of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineBucket {
    /// `2021`, `2021-Q2` or `2021-05`.
    pub period: Period,
    /// Its first day.
    pub from: Date,
    /// Documents found.
    pub count: u64,
    /// Documents collected from the same sources, provinces and languages: what `count` is a share of.
    pub collected: u64,
}
