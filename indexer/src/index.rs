//! The index of an archive: documents and mentions with their proof, in one tantivy index and one commit.
//!
//! ```text
//! index/writer.lock   held by the one process that writes
//! index/current       the name of the folder in use
//! index/1/            tantivy's files; the watermark stands in its commit
//! ```
//!
//! An index that is made again is built in a folder of its own beside the one in use; `current` is then replaced in one
//! step, so that readers go on reading.

pub(crate) mod assign;
pub mod document;
pub mod entity;
pub(crate) mod entry;
#[cfg(test)]
pub(crate) mod fixture;
mod folder;
pub mod keys;
mod pipeline;
pub mod reader;
pub mod records;
pub(crate) mod schema;
mod sealed;
mod sources;
pub(crate) mod stored;
#[cfg(test)]
mod tests;
pub(crate) mod tokenizer;
pub mod writer;

pub use extract::Reading;

pub use document::{Document, DocumentVersion, Keyed, SourceSummary, Stats};
pub use reader::{Damage, Index};
pub use records::{KeyCount, MentionKind, RecordFilter, Records};
pub use writer::{IndexReport, IndexSettings, Indexer, Loss, NoArticle, ReadArticle};
