#![doc = include_str!("../README.md")]

pub mod error;
pub mod index;
pub mod record;
pub mod resolve;
pub mod search;
#[cfg(test)]
#[path = "../extract/src/shared.rs"]
mod shared;
pub mod statistics;

pub use ::{extract, rules};
pub use extract::{
    Change, Directive, DirectiveKind, Extractor, Figure, Mentions, Modifier, Official, PartialDate, Period,
    Rule, Tenure,
};
pub use rules::RuleError;

pub use error::Error;
pub use index::{Index, Indexer};
pub use record::{DirectiveRecord, DocumentSummary, Evidence, FigureRecord, OfficialRecord, Record};
