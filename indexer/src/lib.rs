#![doc = include_str!("../README.md")]

pub mod error;
pub mod index;
pub mod mention;
pub mod period;
pub mod record;
pub mod search;

pub use error::Error;
pub use index::{Index, Indexer};
pub use mention::{Change, Directive, DirectiveKind, Figure, Mentions, Modifier, Official};
pub use period::{PartialDate, Period};
pub use record::{DirectiveRecord, DocumentSummary, Evidence, FigureRecord, OfficialRecord, Record};
