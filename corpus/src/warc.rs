//! WARC files (ISO 28500, WARC 1.1): ours and other people's.
//!
//! [`Records`] reads files with one gzip member a record, with one member over all, and without compression, of WARC
//! 1.0 and 1.1. It is forgiving where a reader can be (folded and odd header lines, missing empty lines) and goes on
//! behind what it cannot read.

pub mod digest;
pub(crate) mod gzip;
pub mod http;
mod reader;
#[cfg(test)]
mod suites;
pub(crate) mod surt;
pub(crate) mod write;

pub use reader::{Fault, Limits, RecordError, Records};

/// The named fields of a record's header, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The value of the first field of that name; names have no case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The same, without the angle brackets that URIs stand in; `None` where that leaves nothing.
    pub fn uri(&self, name: &str) -> Option<&str> {
        let value = self.get(name)?.trim();
        let bare = value.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(value);
        (!bare.is_empty()).then_some(bare)
    }
}

/// A record: its header fields and its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where it begins in the file. In a file with one gzip member over all: in the decompressed bytes.
    pub offset: u64,
    /// Where the record after it begins.
    pub end: u64,
    /// Its header fields.
    pub fields: Fields,
    /// Its block; empty where the reader was asked for headers alone.
    pub block: Vec<u8>,
}

impl Record {
    /// `WARC-Type`, lower case.
    pub fn kind(&self) -> String {
        self.fields.get("WARC-Type").unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// `WARC-Target-URI`, spaces in it encoded (some tools forget to).
    pub fn target(&self) -> Option<String> {
        Some(self.fields.uri("WARC-Target-URI")?.replace(' ', "%20"))
    }

    /// Whether the block is an HTTP message.
    pub fn is_http(&self) -> bool {
        let media = self.fields.get("Content-Type").unwrap_or_default();
        media.trim().to_ascii_lowercase().starts_with("application/http")
    }

    /// The payload: the block, without the HTTP head where it has one.
    pub fn payload(&self) -> &[u8] {
        if self.is_http() { &self.block[http::head_length(&self.block)..] } else { &self.block }
    }
}
