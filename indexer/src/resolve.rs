//! From mentions to what they stand for: which of them mean the same directive or the same official.

pub mod directive;
pub mod official;
pub mod text;
