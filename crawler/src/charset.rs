//! The charset that a page, feed or sitemap states: in its header, else in itself.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// Bytes at the beginning in which a `meta` charset is looked for (the HTML standard asks for 1024).
const PRESCAN: usize = 4096;

/// The text of bytes. `None` where they are none.
pub(crate) fn decode<'b>(bytes: &'b [u8], header: Option<&str>, tld: Option<&str>) -> Option<Cow<'b, str>> {
    let head = &bytes[..bytes.len().min(PRESCAN)];
    let stated = header.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let stated = stated.or_else(|| declared(head)).map(Encoding::name);
    corpus::charset::decode(bytes, stated, tld)
}

/// The charset of the XML declaration or of a `meta` element. Whatever states UTF-16 in ASCII is UTF-8 (HTML standard,
/// 13.2.3.2).
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    if let Some(rest) = head.trim_start().strip_prefix("<?xml") {
        let declaration = &rest[..rest.find("?>").unwrap_or(0)];
        let value = declaration.split_once("encoding").map(|(_, value)| value.trim_start());
        let value = value.and_then(|value| value.strip_prefix('=')?.split(['"', '\'']).nth(1));
        if let Some(encoding) = value.and_then(|label| Encoding::for_label(label.as_bytes())) {
            return Some(encoding.output_encoding());
        }
    }
    let mut rest = head.as_str();
    while let Some(at) = rest.find("<meta") {
        rest = &rest[at + 5..];
        let element = &rest[..rest.find('>').unwrap_or(rest.len())];
        if let Some(at) = element.find("charset") {
            let value = element[at + 7..].trim_start().strip_prefix('=').unwrap_or_default();
            let value = value.trim_start_matches(['"', '\'', ' ']);
            let end = value.find(['"', '\'', ' ', ';', '/', '>']).unwrap_or(value.len());
            if let Some(encoding) = Encoding::for_label(&value.as_bytes()[..end]) {
                return Some(encoding.output_encoding());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{WINDOWS_1252, WINDOWS_1258};

    const TEXT: &str = "Ủy ban nhân dân tỉnh giao Sở Nông nghiệp rà soát từng xã trước tháng chín.";

    #[test]
    fn stated_and_unstated_charsets() {
        let page = |charset: &str| format!("<html><head><meta charset=\"{charset}\"></head><p>{TEXT}");
        let check = |bytes: &[u8], header: Option<&str>, what: &str| {
            let text = decode(bytes, header, Some("vn")).unwrap();
            assert!(text.contains("Sở Nông nghiệp") || text.contains("So\u{31b}"), "{what}: {text}");
        };
        check(page("utf-8").as_bytes(), None, "meta utf-8");
        check(page("iso-8859-1").as_bytes(), None, "wrong meta");
        check(page("utf-8").as_bytes(), Some("windows-1252"), "wrong header");
        check(page("x").as_bytes(), None, "unknown meta");
        check([b"\xef\xbb\xbf", page("windows-1258").as_bytes()].concat().as_slice(), None, "BOM");
        let utf16: Vec<u8> = "\u{feff}"
            .chars()
            .chain(TEXT.chars())
            .collect::<String>()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&utf16, None, "UTF-16");
        let declared = format!("<?xml version='1.0' encoding='windows-1258'?><html><p>{TEXT}");
        let (bytes, ..) = WINDOWS_1258.encode(&declared);
        let xml = decode(&bytes, None, None).unwrap();
        assert!(xml.contains("giao") && !xml.contains('\u{fffd}'), "{xml}");
        let folded = WINDOWS_1252.decode_without_bom_handling(TEXT.as_bytes()).0.into_owned();
        check(folded.as_bytes(), None, "folded UTF-8");
    }
}
