//! The engine that needs no service: a folder of tantivy's files, everything of one commit in one index.
//!
//! ```text
//! index/writer.lock   held by the one process that writes
//! index/current       the name of the folder in use
//! index/1/            tantivy's files; the watermark stands in its commit
//! ```
//!
//! An index that is made again is built in a folder of its own beside the one in use; `current` is then replaced in one
//! step, so that readers go on reading.

mod alike;
mod backlog;
mod collect;
mod conjunction;
mod engine;
mod entry;
mod exclusion;
mod facet;
mod figures;
mod folder;
mod list;
mod max_score;
mod near;
mod packing;
mod part;
mod plan;
mod question;
mod reader;
mod schema;
mod sealed;
mod search;
mod segment;
mod sources;
mod spelt;
mod tokenizer;
mod writer;

pub use reader::Embedded;
pub use writer::{EmbeddedWriter, WriterSettings};
