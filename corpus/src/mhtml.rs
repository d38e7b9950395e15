//! Pages that browsers save as one file (MHTML, RFC 2557): the page out of it, with its address.

use data_encoding::BASE64;

use crate::warc::http::media_type;

/// Parts that are looked through for the page.
const PARTS: usize = 2_000;

/// The page that such a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedPage {
    /// Its bytes.
    pub html: Vec<u8>,
    /// The `charset` that they are stated to be in.
    pub charset: Option<String>,
    /// The address that it was saved from.
    pub address: Option<String>,
}

/// Whether bytes begin such a file.
pub(crate) fn is_one(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(4_096)]).to_ascii_lowercase();
    let fields = head.split("\r\n\r\n").next().unwrap_or_default().split("\n\n").next().unwrap_or_default();
    head.starts_with(|first: char| first.is_ascii_alphabetic())
        && fields.contains("multipart/related")
        && fields.contains("boundary=")
        && fields.contains("mime-version:")
}

/// The first page in a file; `None` where there is none, or the file is another.
pub fn read(bytes: &[u8]) -> Option<SavedPage> {
    if !is_one(bytes) {
        return None;
    }
    let (fields, body) = head(bytes);
    let stated = field(&fields, "Content-Type")?;
    let at = stated.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
    let boundary = stated[at..].trim_start();
    let boundary = match boundary.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => boundary.split([';', ' ']).next()?,
    };
    let mark = [b"--", boundary.as_bytes()].concat();
    let saved = field(&fields, "Snapshot-Content-Location").map(str::to_owned);
    let mut starts = memchr::memmem::find_iter(body, &mark).take(PARTS).peekable();
    while let Some(start) = starts.next() {
        let end = starts.peek().copied().unwrap_or(body.len());
        // The line of the mark itself.
        let part = &body[start + mark.len()..end];
        let part = &part[part.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1)..];
        let (fields, content) = head(part);
        let (Some(media), charset) = media_type(field(&fields, "Content-Type").unwrap_or_default()) else {
            continue;
        };
        if !matches!(media.as_str(), "text/html" | "application/xhtml+xml") {
            continue;
        }
        let coding = field(&fields, "Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase();
        let html = match coding.trim() {
            "quoted-printable" => quoted(content),
            "base64" => {
                let letters: Vec<u8> = content.iter().copied().filter(u8::is_ascii_graphic).collect();
                BASE64.decode(&letters).ok()?
            }
            _ => content.to_vec(),
        };
        let own = field(&fields, "Content-Location").map(str::to_owned);
        return Some(SavedPage { html, charset, address: own.or(saved) });
    }
    None
}

/// The fields before the first empty line, those that go on over lines joined, and what follows.
fn head(bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let length = crate::warc::http::head_length(bytes);
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(&bytes[..length]).lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    (fields, &bytes[length..])
}

fn field<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    fields.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Undoes quoted-printable (RFC 2045, 6.7). What is no escape stays.
fn quoted(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|pair| data_encoding::HEXLOWER_PERMISSIVE.decode(pair).ok());
        rest = match (first, digits) {
            (b'=', Some(byte)) => {
                out.extend(byte);
                &behind[2..]
            }
            // The line goes on.
            (b'=', None) if behind.starts_with(b"\r\n") => &behind[2..],
            (b'=', None) if behind.starts_with(b"\n") => &behind[1..],
            _ => {
                out.push(*first);
                behind
            }
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(fields: &str, content: &str) -> Vec<u8> {
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://bao.example/tin\r\nSubject: x\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Ranh--gioi----\"\r\n\r\n\
             ------Ranh--gioi----\r\nContent-Type: text/css\r\n\r\np {{}}\r\n\
             ------Ranh--gioi----\r\n{fields}\r\n\r\n{content}\r\n------Ranh--gioi------\r\n"
        )
        .into_bytes()
    }

    #[test]
    fn the_page_comes_out() {
        let check = |fields: &str, content: &str, html: &str, charset: Option<&str>, address: &str| {
            let bytes = file(fields, content);
            assert!(is_one(&bytes), "{fields}");
            let page = read(&bytes).expect(fields);
            assert_eq!(String::from_utf8_lossy(&page.html).trim_end(), html, "{fields}");
            assert_eq!(
                (page.charset.as_deref(), page.address.as_deref()),
                (charset, Some(address)),
                "{fields}"
            );
        };
        let html = "Content-Type: text/html; charset=utf-8";
        check(
            &format!(
                "{html}\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://bao.example/mua"
            ),
            "<p>M=C6=B0a to =\r\n=E1=BB=9F b=E1=BA=A3n</p>",
            "<p>Mưa to ở bản</p>",
            Some("utf-8"),
            "https://bao.example/mua",
        );
        check(
            &format!("{html}\r\nContent-Transfer-Encoding: base64"),
            "PHA+TcawYTwv\r\ncD4=",
            "<p>Mưa</p>",
            Some("utf-8"),
            "https://bao.example/tin",
        );
        check("Content-Type: text/html", "<p>1 = 2</p>", "<p>1 = 2</p>", None, "https://bao.example/tin");
        assert_eq!(read(&file("Content-Type: image/png", "x")), None);
        assert!(!is_one(b"<html>multipart/related boundary= MIME-Version:") && read(b"").is_none());
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), content in "[=A-F0-9\r\n-]{0,80}") {
            let _ = read(&bytes);
            let _ = read(&file("Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable", &content));
        }
    }
}
