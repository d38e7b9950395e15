#![doc = include_str!("../README.md")]

pub mod archive;
pub mod article;
pub mod capture;
pub mod date;
pub mod error;
pub mod language;
pub mod span;
pub mod url;

pub use archive::{Archive, CaptureWriter, Position};
pub use article::{Article, DateOrigin, Published};
pub use capture::{Capture, CaptureKind};
pub use error::Error;
pub use language::Language;
pub use span::{CodePoints, Span};
pub use url::{CanonicalUrl, DocumentId};
