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

/// A body that becomes longer than so many times what it was is not decoded for the sake of its digest.
const MOST_PACKED: usize = 64;

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

    /// Whether the digest that it states is that of its bytes, and the field that states it; `None` where none does.
    ///
    /// The digest of the block tells of every byte, so that of the payload is asked only where there is no other: programs
    /// take it of the body as it came, of the body without its chunks, or of the decoded one.
    pub fn digest(&self) -> Option<(&'static str, bool)> {
        const BLOCK: &str = "WARC-Block-Digest";
        const PAYLOAD: &str = "WARC-Payload-Digest";
        if let Some(fits) = self.fields.get(BLOCK).and_then(|stated| digest::fits(stated, &self.block)) {
            return Some((BLOCK, fits));
        }
        // A revisit states the digest of a payload that stands elsewhere.
        let stated = self.fields.get(PAYLOAD).filter(|_| self.kind() != "revisit")?;
        let fits = digest::fits(stated, self.payload())?;
        let of_decoded = || {
            let message = http::Message::parse(&self.block).filter(|_| self.is_http())?;
            let limit = message.wire_body.len().saturating_mul(MOST_PACKED);
            let is_one = |body: &[u8]| digest::fits(stated, body) == Some(true);
            Some(is_one(&message.unchunked()) || message.body(limit).is_ok_and(|body| is_one(&body)))
        };
        Some((PAYLOAD, fits || of_decoded().unwrap_or(false)))
    }

    /// The payload: the block, without the HTTP head where it has one.
    pub fn payload(&self) -> &[u8] {
        if self.is_http() { &self.block[http::head_length(&self.block)..] } else { &self.block }
    }
}
