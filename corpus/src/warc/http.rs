//! HTTP messages inside records (RFC 9112), read as forgivingly as browsers do.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::reader::latin_or_utf8;

/// An answer of a web server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'m> {
    /// Status code.
    pub status: u16,
    /// Header fields, in order.
    pub headers: Vec<(String, String)>,
    /// The body as it came over the wire.
    pub wire_body: &'m [u8],
}

/// A decoded body is longer than the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the decoded body is longer than the limit of {0} bytes")]
pub struct TooLong(pub usize);

/// How many bytes of a message are its head: status line, header fields and the empty line. All of it where there is
/// no empty line.
pub fn head_length(message: &[u8]) -> usize {
    let mut line_start = 0;
    for (at, _) in message.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
        if matches!(&message[line_start..at], b"" | b"\r") {
            return at + 1;
        }
        line_start = at + 1;
    }
    message.len()
}

impl<'m> Message<'m> {
    /// Reads an answer; `None` where it does not begin with a status line.
    pub fn parse(message: &'m [u8]) -> Option<Self> {
        let head = head_length(message);
        let mut lines = message[..head].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
        let status_line = latin_or_utf8(lines.next()?);
        let mut words = status_line.split_ascii_whitespace();
        if !words.next()?.to_ascii_uppercase().starts_with("HTTP/") {
            return None;
        }
        let status = words.next()?.parse().ok().filter(|status| (100..=999).contains(status))?;
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines.take_while(|line| !line.is_empty()) {
            let line = latin_or_utf8(line);
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = headers.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Some(Self { status, headers, wire_body: &message[head..] })
    }

    /// The values of a field, in order.
    pub fn values<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.headers
            .iter()
            .filter(move |(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body without transfer encoding.
    pub fn unchunked(&self) -> Cow<'m, [u8]> {
        let chunked =
            self.values("Transfer-Encoding").any(|value| value.to_ascii_lowercase().contains("chunked"));
        if chunked { dechunked(self.wire_body) } else { Cow::Borrowed(self.wire_body) }
    }

    /// The body without transfer and content encoding.
    ///
    /// What the record holds goes before what the header fields say: `Content-Length` is not looked at, and a body
    /// that is not in the encoding it claims (recorders often keep it decoded) is taken as it is. A body that breaks
    /// off is given as far as it goes.
    pub fn body(&self, limit: usize) -> Result<Cow<'m, [u8]>, TooLong> {
        let mut body = self.unchunked();
        let codings: Vec<String> = self
            .values("Content-Encoding")
            .flat_map(|value| value.split(','))
            .map(|coding| coding.trim().to_ascii_lowercase())
            .collect();
        // The last coding was applied last. Nobody means more than a few.
        for coding in codings.iter().rev().take(4) {
            if let Some(decoded) = decoded(coding, &body, limit)? {
                body = Cow::Owned(decoded);
            }
        }
        if body.len() > limit { Err(TooLong(limit)) } else { Ok(body) }
    }
}

/// Joins chunks (RFC 9112, section 7.1). From a place on where no chunk begins, the rest is taken as it is.
fn dechunked(wire: &[u8]) -> Cow<'_, [u8]> {
    let mut body = Vec::new();
    let mut rest = wire;
    loop {
        let line_end = rest.iter().take(4096).position(|byte| *byte == b'\n');
        let size = line_end.and_then(|end| {
            let line = rest[..end].trim_ascii();
            let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
            usize::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
        });
        let (Some(end), Some(size)) = (line_end, size) else {
            if rest.len() == wire.len() {
                return Cow::Borrowed(wire);
            }
            body.extend_from_slice(rest);
            return Cow::Owned(body);
        };
        rest = &rest[end + 1..];
        if size == 0 {
            return Cow::Owned(body);
        }
        let size = size.min(rest.len());
        body.extend_from_slice(&rest[..size]);
        rest = &rest[size..];
        // The chunk's own line break.
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Cow::Owned(body);
        }
    }
}

/// Takes one content coding off; `None` where the bytes are not in it.
fn decoded(coding: &str, bytes: &[u8], limit: usize) -> Result<Option<Vec<u8>>, TooLong> {
    match coding {
        "gzip" | "x-gzip" => read_all(MultiGzDecoder::new(bytes), limit),
        // RFC 9110 means zlib; some servers send bare deflate.
        "deflate" => match read_all(ZlibDecoder::new(bytes), limit)? {
            Some(decoded) => Ok(Some(decoded)),
            None => read_all(DeflateDecoder::new(bytes), limit),
        },
        "br" => read_all(brotli_decompressor::Decompressor::new(bytes, 16 * 1024), limit),
        "zstd" => match ruzstd::decoding::StreamingDecoder::new(bytes) {
            Ok(decoder) => read_all(decoder, limit),
            Err(_) => Ok(None),
        },
        _ => Ok(None),
    }
}

fn read_all(mut decoder: impl Read, limit: usize) -> Result<Option<Vec<u8>>, TooLong> {
    let mut out = Vec::new();
    let mut portion = vec![0; 32 * 1024];
    loop {
        match decoder.read(&mut portion) {
            Ok(0) => return Ok(Some(out)),
            Ok(count) => out.extend_from_slice(&portion[..count]),
            Err(_) if out.is_empty() => return Ok(None),
            Err(_) => return Ok(Some(out)),
        }
        if out.len() > limit {
            return Err(TooLong(limit));
        }
    }
}

/// A media type without its parameters, lower case, and its `charset`: of `Text/HTML; charset="utf-8"` it is
/// `text/html` and `utf-8`.
pub fn media_type(value: &str) -> (Option<String>, Option<String>) {
    let mut parts = value.split(';');
    let media = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    ((!media.is_empty()).then_some(media), charset)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn zipped(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    }

    fn message(head: &str, body: &[u8]) -> Vec<u8> {
        [head.as_bytes(), b"\r\n\r\n", body].concat()
    }

    #[test]
    fn bodies_are_decoded() {
        let check = |head: &str, wire: &[u8], body: &[u8]| {
            let message = message(head, wire);
            let message = Message::parse(&message).expect(head);
            assert_eq!(
                message.body(1000).as_deref().map(String::from_utf8_lossy),
                Ok(String::from_utf8_lossy(body)),
                "{head} {wire:?}"
            );
        };
        let ok = |fields: &str| format!("HTTP/1.1 200 OK\r\n{fields}");
        check("HTTP/1.0 200", b"xa", b"xa");
        check(&ok("Content-Length: 1"), b"mua", b"mua");
        let chunked = ok("Transfer-Encoding: chunked");
        check(&chunked, b"3\r\nmua\r\n2;x=y\r\n v\r\n0\r\n\r\n", b"mua v");
        check(&chunked, b"3\nmua\n0\n\n", b"mua");
        check(&chunked, b"ffffff\r\nmua", b"mua");
        check(&chunked, b"3\r\nmuaXX", b"muaXX");
        check(&chunked, b"<p>not in chunks", b"<p>not in chunks");
        check(&chunked, b"ffffffffffffffffff\r\nmua", b"ffffffffffffffffff\r\nmua");
        check(&chunked, b"", b"");
        let gzip = ok("content-encoding: GZIP");
        check(&gzip, &zipped(b"mua vu"), b"mua vu");
        check(&gzip, b"decoded already", b"decoded already");
        check(&gzip, &[zipped(b"a"), zipped(b"b")].concat(), b"ab");
        check(&ok("Content-Encoding: identity, gzip"), &zipped(b"x"), b"x");
        check(&ok("Content-Encoding: gzip\r\nContent-Encoding: gzip"), &zipped(&zipped(b"x")), b"x");
        let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        deflate.write_all(b"bare").unwrap();
        check(&ok("Content-Encoding: deflate"), &deflate.finish().unwrap(), b"bare");
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(b"zlib").unwrap();
        check(&ok("Content-Encoding: deflate"), &zlib.finish().unwrap(), b"zlib");
        // One stored metablock of brotli and one raw block of Zstandard, made by hand from their RFCs.
        check(&ok("Content-Encoding: br"), &[0x0b, 0x01, 0x80, b'm', b'u', b'a', 0x03], b"mua");
        check(
            &ok("Content-Encoding: zstd"),
            &[0x28, 0xb5, 0x2f, 0xfd, 0x20, 3, 0x19, 0, 0, b'm', b'u', b'a'],
            b"mua",
        );
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = message("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", &zipped(&vec![b'a'; 1_000_000]));
        assert_eq!(Message::parse(&bomb).unwrap().body(100_000), Err(TooLong(100_000)));
    }

    #[test]
    fn heads_are_read() {
        let check = |head: &str, expected: Option<(u16, &[(&str, &str)])>| {
            let bytes = message(head, b"");
            let read = Message::parse(&bytes).map(|message| (message.status, message.headers));
            let expected = expected.map(|(status, fields)| {
                (status, fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
            });
            assert_eq!(read, expected, "{head}");
        };
        check("HTTP/1.1 404 Not Found\r\nA: b\r\nA:c", Some((404, &[("A", "b"), ("A", "c")])));
        check("http/2 200\nX:  y\n folded", Some((200, &[("X", "y folded")])));
        check("HTTP/1.1 200 OK\r\nno colon here\r\nB: 1", Some((200, &[("B", "1")])));
        check("HTTP/1.1 20000 OK", None);
        check("HTTP/1.1", None);
        check("<html>", None);
        check("", None);
    }

    #[test]
    fn media_types_are_taken_apart() {
        let check = |value: &str, media: Option<&str>, charset: Option<&str>| {
            let (own_media, own_charset) = media_type(value);
            assert_eq!((own_media.as_deref(), own_charset.as_deref()), (media, charset), "{value}");
        };
        check("text/html", Some("text/html"), None);
        check("Text/HTML; Charset=\"UTF-8\"", Some("text/html"), Some("UTF-8"));
        check("text/html;charset=", Some("text/html"), None);
        check("; charset=utf-8", None, Some("utf-8"));
        check("", None, None);
    }

    proptest! {
        #[test]
        fn no_message_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), coding in "(gzip|br|zstd|deflate)(, chunked)?") {
            let head = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: {coding}");
            let whole = message(&head, &bytes);
            let _ = Message::parse(&whole).map(|message| message.body(10_000).is_ok());
            let _ = Message::parse(&bytes).is_some();
        }

        #[test]
        fn chunks_come_together(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..40), 0..6)) {
            let mut wire = Vec::new();
            for part in &parts {
                write!(wire, "{:x}\r\n", part.len()).unwrap();
                wire.extend_from_slice(part);
                wire.extend_from_slice(b"\r\n");
            }
            wire.extend_from_slice(b"0\r\n\r\n");
            prop_assert_eq!(dechunked(&wire).into_owned(), parts.concat());
        }
    }
}
