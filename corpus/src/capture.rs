//! One page or file as it came.

use jiff::Timestamp;

use crate::{CanonicalUrl, Position};

/// A record of the archive: a page that was fetched or a file that was imported, with its body decoded
/// (transfer and content encoding removed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Where it stands in the archive.
    pub position: Position,
    /// Where the record after it stands: the watermark once this one is dealt with.
    pub next: Position,
    /// `WARC-Record-ID`, without angle brackets.
    pub record_id: String,
    /// `WARC-Target-URI`: the address asked for, or `file:///name` of an imported file without one.
    pub target: String,
    /// When it was fetched or imported.
    pub at: Timestamp,
    /// What kind of record it is.
    pub kind: CaptureKind,
    /// Media type of the body, without parameters, lower case.
    pub media_type: Option<String>,
    /// `charset` parameter of the media type, as given.
    pub charset: Option<String>,
    /// Name of the source record it was collected for (`Yearline-Source`).
    pub source: Option<String>,
    /// Province given at import (`Yearline-Province`).
    pub province: Option<String>,
    /// The link that led to a file (`Yearline-Linked-From`, `Yearline-Link-Text`).
    pub linked: Option<Linked>,
    /// The decoded body; empty for a revisit.
    pub body: Vec<u8>,
}

/// The link that led to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The page that it stands in.
    pub from: CanonicalUrl,
    /// What the file is called there.
    pub name: Option<String>,
}

impl Capture {
    /// The address that an answer leads on to, where it is a redirect.
    pub fn leads_to(&self) -> Option<String> {
        let CaptureKind::Response { status, headers } = &self.kind else { return None };
        redirect(*status, headers, &self.target)
    }
}

/// Where an answer of `target` leads, by its status and header fields.
pub(crate) fn redirect(status: u16, headers: &[(String, String)], target: &str) -> Option<String> {
    if !(300..400).contains(&status) {
        return None;
    }
    let (_, location) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("Location"))?;
    Some(url::Url::parse(target).ok()?.join(location).ok()?.into())
}

/// What kind of record a capture is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaptureKind {
    /// An answer of a web server, with its status and header fields as sent.
    Response {
        /// Status code.
        status: u16,
        /// Header fields, in order.
        headers: Vec<(String, String)>,
    },
    /// A file or record that was imported.
    Resource,
    /// The page was asked for again and had not changed.
    Revisit {
        /// `WARC-Refers-To`: the record that holds the body, where known.
        refers_to: Option<String>,
    },
}
