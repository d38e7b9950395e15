#![doc = include_str!("../README.md")]

mod assign;
mod book;
#[cfg(test)]
mod engines;
pub mod error;
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
mod kept;
mod pipeline;
mod place;
#[cfg(test)]
mod tests;
pub mod writer;

pub use ::{extract, rules, store};
pub use answers::{
    Damage, Document, DocumentFilter, DocumentVersion, Found, Index, MentionPage, SourceSummary, Stats,
    anchor, cluster, composed, directive, facets, named, official, paging, province, search, statistics,
    text, value, why,
};
pub use extract::{
    About, By, Change, Directive, DirectiveKind, Extractor, Figure, Level, Mentions, Modality, Modifier,
    Official, PartialDate, Period, RangeEnd, Reading, Rule, Tenure, Words,
};
pub use rules::RuleError;
pub use store::{DirectiveRecord, DocumentSummary, Evidence, FigureRecord, Keyed, OfficialRecord, Record};

pub use error::Error;
pub use place::{Place, open};
pub use writer::{IndexReport, IndexSettings, Indexer, Loss, NoArticle, ReadArticle};
