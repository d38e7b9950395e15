//! What a file is, by its bytes: what its name or its header says is often something else.

/// Media type of a PDF file.
pub const PDF: &str = "application/pdf";
/// Media type of a DOCX file.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Media type of an XLSX file.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Media type of a PPTX file.
pub const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
/// Media type of an ODT file.
pub const ODT: &str = "application/vnd.oasis.opendocument.text";
/// Media type of an ODS file.
pub const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Media type of a text of Word before 2007.
pub const DOC: &str = "application/msword";
/// Media type of a workbook of Excel before 2007.
pub const XLS: &str = "application/vnd.ms-excel";
/// Media type of a text in the Rich Text Format.
pub const RTF: &str = "application/rtf";
/// Media type of a page.
pub const HTML: &str = "text/html";

/// Bytes at the beginning in which a mark is looked for.
pub(crate) const HEAD: u64 = 1_024;
/// Bytes at the end of a zip file in which the names of its parts are looked for.
const NAMES: usize = 64 << 10;

/// The media type that bytes show; `None` where they show none of those that are told by their bytes.
///
/// ```
/// assert_eq!(corpus::media::evident(b"%PDF-1.7 ..."), Some(corpus::media::PDF));
/// assert_eq!(corpus::media::evident(b"Rain in Son Khe"), None);
/// ```
pub fn evident(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(HEAD as usize)];
    if has(head, b"%PDF-") {
        return Some(PDF);
    }
    if is_packed(head) {
        // OpenDocument says it in its first part, which is not packed.
        for media in [ODT, ODS] {
            if has(head, format!("mimetype{media}").as_bytes()) {
                return Some(media);
            }
        }
        // The directory of a zip file stands at its end.
        let end = &bytes[bytes.len().saturating_sub(NAMES)..];
        let is_of = |part: &[u8]| has(end, part) && has(end, b"[Content_Types].xml");
        return [(b"word/".as_slice(), DOCX), (b"xl/", XLSX), (b"ppt/", PPTX)]
            .into_iter()
            .find_map(|(part, media)| is_of(part).then_some(media));
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        // The names in its directory, which may stand anywhere, have two bytes a letter.
        let holds = |name: &str| has(bytes, &name.bytes().flat_map(|byte| [byte, 0]).collect::<Vec<u8>>());
        let is_book = holds("Workbook\0") || holds("Book\0");
        return if holds("WordDocument") { Some(DOC) } else { is_book.then_some(XLS) };
    }
    if head.starts_with(b"{\\rtf") {
        return Some(RTF);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().to_ascii_lowercase();
    [b"<!doctype html".as_slice(), b"<html"].iter().any(|mark| text.starts_with(mark)).then_some(HTML)
}

/// Whether bytes begin a zip file.
fn is_packed(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// Whether bytes begin a file whose kind only the rest of it tells.
pub(crate) fn is_told_later(head: &[u8]) -> bool {
    is_packed(head) || head.starts_with(b"\xd0\xcf\x11\xe0")
}

fn has(bytes: &[u8], mark: &[u8]) -> bool {
    memchr::memmem::find(bytes, mark).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_show_what_they_are() {
        let check = |bytes: &[u8], expected: Option<&str>| {
            assert_eq!(evident(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        };
        check(b"%PDF-1.4", Some(PDF));
        check(b"\n\n%PDF-1.4", Some(PDF));
        check(b"PK\x03\x04..[Content_Types].xml..word/document2.xml", Some(DOCX));
        check(b"PK\x03\x04..[Content_Types].xml..xl/workbook.xml", Some(XLSX));
        check(b"PK\x03\x04..[Content_Types].xml..visio/document.xml", None);
        check(b"PK\x03\x04..[Content_Types].xml..ppt/presentation.xml", Some(PPTX));
        check(b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.textPK", Some(ODT));
        check(b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK", Some(ODS));
        let old = |name: &[u8]| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....".as_slice(), name].concat();
        check(&old(b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), Some(DOC));
        check(&old(b"W\0o\0r\0k\0b\0o\0o\0k\0\0\0"), Some(XLS));
        check(&old(b"P\0o\0w\0e\0r\0"), None);
        check(b"{\\rtf1\\ansi", Some(RTF));
        check(b"\xef\xbb\xbf\n<!DOCTYPE html><p>", Some(HTML));
        check(b"<HTML lang=vi>", Some(HTML));
        check(b"<?xml version='1.0'?>", None);
        check(b"", None);
    }
}
