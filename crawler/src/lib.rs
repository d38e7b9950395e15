#![doc = include_str!("../README.md")]

pub mod address;
mod charset;
pub mod crawl;
pub mod discover;
pub mod draft;
pub mod error;
pub mod explain;
pub mod fetch;
mod files;
pub mod frontier;
pub mod page;
pub mod robots;
#[cfg(test)]
mod shared;
pub mod source;

pub use address::Cidr;
pub use crawl::{Clock, Crawler, HostReport, Progress, Report, Settings};
pub use error::Error;
pub use frontier::Frontier;
pub use page::Page;
pub use source::{Source, Sources};
