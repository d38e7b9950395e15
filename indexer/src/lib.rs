#![doc = include_str!("../README.md")]

pub mod error;
pub mod extract;
pub mod index;
pub mod mention;
pub mod period;
pub mod record;
pub mod resolve;
pub mod search;
#[cfg(test)]
mod shared;
pub mod statistics;

pub use ::rules;

pub use error::Error;
pub use extract::Extractor;
pub use index::{Index, Indexer};
pub use mention::{Change, Directive, DirectiveKind, Figure, Mentions, Modifier, Official, Rule, Tenure};
pub use period::{PartialDate, Period};
pub use record::{DirectiveRecord, DocumentSummary, Evidence, FigureRecord, OfficialRecord, Record};
pub use rules::RuleError;
