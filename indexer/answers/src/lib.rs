#![doc = include_str!("../README.md")]

pub mod anchor;
pub mod cluster;
pub mod composed;
pub mod directive;
pub mod document;
pub mod facets;
#[cfg(test)]
mod fixture;
mod index;
mod labels;
mod list;
pub mod named;
mod of_commit;
pub mod official;
pub mod paging;
pub mod province;
pub mod search;
#[cfg(test)]
#[path = "../../extract/src/shared.rs"]
mod shared;
pub mod statistics;
pub mod text;
pub mod value;
pub mod why;

pub use document::{Document, DocumentVersion};
pub use index::{Index, Limits};
pub use list::{DocumentFilter, Found, MentionPage};
pub use store::{Damage, Error, SourceSummary, Stats};
