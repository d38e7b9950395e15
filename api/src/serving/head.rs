//! Heads of requests that proxies in front of us may read otherwise than we do.
//!
//! Where a head has both a `Content-Length` and a `Transfer-Encoding`, two readers may see its body end at two places, and
//! what lies between them becomes a request that the first has not seen. The HTTP library reads such a head without a word
//! and drops one of the two, so the bytes are looked at on their way to it.

use std::collections::VecDeque;

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{Version, header};

use crate::Error;
use crate::message::Saying;

/// Why a request is refused before it is looked at; `is_plain` as [`Heads`] tells.
pub(super) fn refused(request: &Request, is_plain: bool) -> Option<Error> {
    if !is_plain {
        return Some(Error::bad(Saying::LengthToldTwice));
    }
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (host, more) = (hosts.next(), hosts.next());
    let is_named = match host {
        Some(host) => more.is_none() && Authority::try_from(host.as_bytes()).is_ok(),
        // HTTP/2 says it in the address, HTTP/1.0 needs not say it.
        None => request.uri().authority().is_some() || request.version() < Version::HTTP_11,
    };
    (!is_named).then(|| Error::bad(Saying::NameTheHost))
}

/// The heads of an HTTP/1 connection, read as far as is needed to find the next one.
#[derive(Debug)]
pub(super) struct Heads {
    at: At,
    /// The beginning of the line that is read.
    line: Vec<u8>,
    length: Option<u64>,
    is_coded: bool,
    /// Whether all that the head says of its length can be read.
    is_clear: bool,
    /// Of each head that was read and not taken, whether it says at most once where its body ends.
    read: VecDeque<bool>,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// The line that a request begins with.
    Request,
    /// A line of its head.
    Line,
    /// So many bytes of its body.
    Body(u64),
    /// Something else than requests of which we tell the ends.
    Other,
    /// The frames of HTTP/2.
    Frames,
}

/// As much of a line as tells its name, and a length behind it.
const LINE: usize = 64;

impl Default for Heads {
    fn default() -> Self {
        Self {
            at: At::Request,
            line: Vec::new(),
            length: None,
            is_coded: false,
            is_clear: true,
            read: VecDeque::new(),
        }
    }
}

impl Heads {
    /// Reads on.
    pub(super) fn read(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match self.at {
                At::Other | At::Frames => return,
                At::Body(left) => {
                    let here = left.min(bytes.len() as u64);
                    bytes = &bytes[here as usize..];
                    self.at = if here == left { At::Request } else { At::Body(left - here) };
                }
                At::Request | At::Line => {
                    let end = bytes.iter().position(|byte| *byte == b'\n');
                    let part = &bytes[..end.unwrap_or(bytes.len())];
                    let kept = part.len().min(LINE - self.line.len().min(LINE));
                    self.line.extend_from_slice(&part[..kept]);
                    let Some(end) = end else { return };
                    bytes = &bytes[end + 1..];
                    let line = std::mem::take(&mut self.line);
                    self.ends_line(line.strip_suffix(b"\r").unwrap_or(&line));
                }
            }
        }
    }

    fn ends_line(&mut self, line: &[u8]) {
        if self.at == At::Request {
            // Empty lines may stand before a request; this is how HTTP/2 begins.
            self.at = match line {
                [] => At::Request,
                b"PRI * HTTP/2.0" => At::Frames,
                _ => At::Line,
            };
        } else if line.is_empty() {
            let is_plain = self.is_clear && !(self.length.is_some() && self.is_coded);
            self.read.push_back(is_plain);
            self.at = match self.length {
                // Its answer closes the connection.
                _ if self.is_coded || !is_plain => At::Other,
                None | Some(0) => At::Request,
                Some(length) => At::Body(length),
            };
            (self.length, self.is_coded, self.is_clear) = (None, false, true);
        } else if let Some(colon) = line.iter().position(|byte| *byte == b':') {
            let (name, value) = (&line[..colon], &line[colon + 1..]);
            if name.eq_ignore_ascii_case(b"content-length") {
                let value = std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok());
                self.is_clear &= value.is_some() && line.len() < LINE;
                self.length = value.or(self.length);
            } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
                self.is_coded = true;
            }
        }
    }

    /// Whether the end of a head is awaited.
    pub(super) fn is_amid(&self) -> bool {
        self.at == At::Line || !self.line.is_empty()
    }

    /// Whether it speaks HTTP/2.
    pub(super) fn are_frames(&self) -> bool {
        self.at == At::Frames
    }

    /// Takes the next head: whether it says at most once where its body ends.
    pub(super) fn next_is_plain(&mut self) -> bool {
        self.read.pop_front().unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_that_contradict_themselves_are_seen() {
        let check = |sent: &str, expected: &[bool]| {
            for step in [1, 3, sent.len()] {
                let mut heads = Heads::default();
                for part in sent.as_bytes().chunks(step) {
                    heads.read(part);
                }
                assert_eq!(heads.read, expected, "{sent:?} by {step}");
            }
        };
        let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        check(get, &[true]);
        check(&get.repeat(3), &[true, true, true]);
        check(&format!("\r\n{get}"), &[true]);
        let both = "POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        check(both, &[false]);
        check("POST / HTTP/1.1\nTRANSFER-encoding:chunked\ncontent-length:4\n\n", &[false]);
        check(&format!("{get}{both}"), &[true, false]);
        // What a body says is no head.
        let body = "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n";
        let post = format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        check(&format!("{post}{get}{both}"), &[true, true, false]);
        check(&format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n{both}", "a".repeat(500)), &[true, false]);
        check(&format!("POST / HTTP/1.1\r\nContent-Length:{}5\r\n\r\n", " ".repeat(99)), &[false]);
        check("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &[]);
    }
}
