#![doc = include_str!("../README.md")]

pub mod archive;
pub mod article;
pub mod block;
pub mod capture;
pub mod charset;
pub mod date;
pub mod decision;
pub mod error;
pub mod forgotten;
pub mod head;
pub mod import;
pub mod json_record;
pub mod language;
pub mod lock;
pub mod media;
pub mod mhtml;
pub mod plain_text;
pub mod raised;
#[cfg(test)]
mod shared;
pub mod span;
pub mod text;
pub mod url;
pub mod warc;

pub use archive::{
    Archive, CaptureWriter, Captures, Kept, NewCapture, NewContent, Position, RevisitProfile, WriterSettings,
};
pub use article::{Article, DateOrigin, Published};
pub use block::{Block, BlockKind, Form, Mark};
pub use capture::{Capture, CaptureKind, Linked};
pub use decision::{Anchor, AnchorKind, Decision, DecisionMark, Decisions, Judgement, Standing};
pub use error::Error;
pub use forgotten::{Forgotten, Removal};
pub use import::Importer;
pub use json_record::{FieldName, JsonRecord, NotAFieldName};
pub use language::Language;
pub use span::{CodePoints, Span};
pub use url::{CanonicalUrl, DocumentId};
