//! From mentions to what they stand for: which of them mean the same directive or the same official; and which documents
//! are the same text.

pub mod cluster;
pub mod directive;
pub mod official;
pub mod text;
