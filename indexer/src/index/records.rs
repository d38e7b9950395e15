//! Mentions by what they are about: what dossiers, careers and series are computed from.

use corpus::{DocumentId, Language};
use jiff::civil::Date;

use super::document::Keyed;

/// Which mentions. All conditions must hold; several values of one field are alternatives, no value is no condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFilter {
    /// Keys of directives, officials or indicators.
    pub keys: Vec<String>,
    /// Keys of positions; officials only.
    pub positions: Vec<String>,
    /// Mentioned in this document.
    pub document: Option<DocumentId>,
    /// Mentioned in a document of these provinces.
    pub provinces: Vec<String>,
    /// Mentioned in a document of these sources.
    pub sources: Vec<String>,
    /// Mentioned in a document in these languages.
    pub languages: Vec<Language>,
    /// Mentioned in a document published on this day or later.
    pub from: Option<Date>,
    /// Mentioned in a document published on this day or earlier.
    pub to: Option<Date>,
    /// Figures whose period touches these years, both included.
    pub years: Option<(i16, i16)>,
    /// Words in what the mention itself says: name and positions; number, issuer and subject; indicator, unit and place.
    /// Read as a search is.
    pub words: Option<String>,
    /// Words in its sentence. Read as a search is; phrases count as their words.
    pub sentence: Option<String>,
    /// How many to return at most; 0 and anything above [`MAX_RECORDS`] mean [`MAX_RECORDS`].
    pub limit: usize,
}

/// Mentions that one question returns, at most.
pub const MAX_RECORDS: usize = 10_000;

/// Mentions, the earliest published first (undated ones last), then by document and place.
#[derive(Clone, Debug, PartialEq)]
pub struct Records<M> {
    /// The mentions.
    pub records: Vec<Keyed<M>>,
    /// How many there are in all; more than `records` holds where the limit was reached.
    pub total: u64,
}

/// How often something is mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCount {
    /// Its key.
    pub key: String,
    /// Its mentions.
    pub mentions: u64,
    /// Date of the first document that mentions it.
    pub first: Option<Date>,
    /// Date of the last one.
    pub last: Option<Date>,
}
