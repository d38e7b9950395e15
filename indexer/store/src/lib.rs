#![doc = include_str!("../README.md")]

mod asked;
mod best;
pub mod calendar;
pub mod document;
pub mod embedded;
pub mod entity;
pub mod error;
pub mod figure;
mod foreign;
mod lock;
pub mod memory;
mod near;
pub mod opensearch;
mod plural;
pub mod query;
pub mod record;
pub mod search;
mod spelling;
mod store;

pub use document::StoredDocument;
pub use entity::{Assignment, Counts, Entity, EntityKind, Meant, Proof, Proved, What, Whom};
pub use error::Error;
pub use figure::{FigureFilter, FigurePlace, Figures, KeyCount, MAX_FIGURES};
pub use near::may_be_misspelt;
pub use query::{Query, QueryError, QueryLimits};
pub use record::{
    DirectiveRecord, DocumentSummary, Evidence, FigureRecord, Keyed, MentionReader, Mentioned,
    OfficialRecord, Record,
};
pub use search::{
    Content, Counted, Direction, Facet, FacetCounts, Filters, Found, FoundDocument, Matching, Page, Rank,
    Search, Sort, UnknownFacet,
};
pub use store::{
    By, Damage, EachDocument, EntityList, Refused, Replaced, Signed, SourceSummary, Stats, Store, Watermark,
    Writer,
};
