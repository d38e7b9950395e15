//! Figures by what they are about: what series are computed from.

use corpus::{DocumentId, Language};
use extract::Figure;
use jiff::civil::Date;

use crate::calendar::day;
use crate::document::order;
use crate::query::Query;
use crate::record::Keyed;

/// Which figures. All conditions must hold; several values of one field are alternatives, no value is no condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureFilter {
    /// Keys of indicators.
    pub keys: Vec<String>,
    /// Claimed in this document.
    pub document: Option<DocumentId>,
    /// Claimed in a document of these provinces.
    pub provinces: Vec<String>,
    /// Claimed in a document of these sources.
    pub sources: Vec<String>,
    /// Claimed in a document in these languages.
    pub languages: Vec<Language>,
    /// Claimed in a document published on this day or later.
    pub from: Option<Date>,
    /// Claimed in a document published on this day or earlier.
    pub to: Option<Date>,
    /// Figures whose period touches these years, both included.
    pub years: Option<(i16, i16)>,
    /// Words in what the figure itself says: indicator, unit and place. A phrase means its words.
    pub words: Query,
    /// Figures that are at least so sure, in whole hundredths: see [`Rule::confidence`](extract::Rule::confidence).
    pub min_confidence: u8,
}

/// Figures that one question returns, at most.
pub const MAX_FIGURES: usize = 10_000;

/// Figures, the earliest published first (undated ones last), then by document and place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// The figures.
    pub records: Vec<Keyed<Figure>>,
    /// How many there are in all; more than `records` holds where the limit was reached.
    pub total: u64,
}

/// The place of a figure in the order of [`Figures`]: less is earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigurePlace {
    /// Day of publication ([`day`](crate::calendar::day)); the greatest of all numbers where it is not known.
    pub day: i64,
    /// Made from the document's id ([`order`](crate::document::order)).
    pub order: u64,
    /// The code point of the document's text that it begins at.
    pub start: u64,
}

impl FigurePlace {
    /// The place of a figure.
    pub fn of(keyed: &Keyed<Figure>) -> Self {
        let evidence = &keyed.record.evidence;
        Self {
            day: keyed.published().map_or(i64::MAX, day),
            order: order(evidence.document.id),
            start: evidence.start as u64,
        }
    }
}

/// How often an indicator is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCount {
    /// Its key.
    pub key: String,
    /// Its figures.
    pub mentions: u64,
    /// Documents with one, each counted once.
    pub documents: u64,
    /// Date of the first document with one.
    pub first: Option<Date>,
    /// Date of the last one.
    pub last: Option<Date>,
}

/// The most frequent first: the order of [`Store::indicators`](crate::Store::indicators).
pub(crate) fn most_first(counts: &mut [KeyCount]) {
    counts.sort_unstable_by(|a, b| {
        (b.documents, b.mentions).cmp(&(a.documents, a.mentions)).then_with(|| a.key.cmp(&b.key))
    });
}

/// A share in whole hundredths.
pub(crate) fn hundredths(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u64
}
