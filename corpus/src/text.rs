//! Text files.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::memchr2;
use unicode_normalization::UnicodeNormalization as _;

use crate::charset;

/// Decodes the bytes of a text file; what is not stated is taken to be Vietnamese, where it can be (see
/// [`charset::decode`]). `None` where they are no text: NUL bytes, or many control characters.
pub fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Option<Cow<'b, str>> {
    charset::decode(bytes, charset, Some("vn")).filter(|text| is_text(text))
}

/// A text with each letter and its marks as one character (NFC), as all that is kept of pages, files and records is: some
/// editors, and file names of macOS, write `a` and a mark behind it, which no rule and no search would find. Offsets are
/// those of the text that comes back.
///
/// ```
/// assert_eq!(corpus::text::composed("a\u{301}o".into()), "áo");
/// ```
pub fn composed(text: Cow<'_, str>) -> Cow<'_, str> {
    // Marks of Latin letters (U+0300 to U+036F) begin with one of two bytes, which few texts have.
    match memchr2(0xcc, 0xcd, text.as_bytes()) {
        None => text,
        Some(_) => Cow::Owned(text.nfc().collect()),
    }
}

/// Whether characters are those of a text: no NUL, and at most one control character in a hundred.
fn is_text(text: &str) -> bool {
    let (mut all, mut control) = (0_usize, 0_usize);
    for c in text.chars() {
        match c {
            '\0' => return false,
            '\t' | '\n' | '\r' | '\x0c' => {}
            _ if c.is_control() => control += 1,
            _ => {}
        }
        all += 1;
    }
    control * 100 <= all
}

/// The charset that bytes show themselves to be in, for the header of their capture.
pub(crate) fn evident_charset(bytes: &[u8]) -> Option<&'static str> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE => Some("utf-16le"),
        Some((encoding, _)) if encoding == UTF_16BE => Some("utf-16be"),
        _ => str::from_utf8(bytes).is_ok().then_some("utf-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let mark = ['\u{feff}'];
        let units: Vec<u16> =
            mark.iter().copied().chain(text.chars()).collect::<String>().encode_utf16().collect();
        units.iter().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn texts_are_decoded() {
        let check = |bytes: &[u8], charset: Option<&str>, text: Option<&str>| {
            assert_eq!(decode(bytes, charset).as_deref(), text, "{bytes:?} {charset:?}");
        };
        check(b"mua", None, Some("mua"));
        check("mùa vụ".as_bytes(), None, Some("mùa vụ"));
        check("\u{feff}mùa".as_bytes(), None, Some("mùa"));
        check(&utf16("mùa vụ", true), None, Some("mùa vụ"));
        check(&utf16("mùa vụ", false), Some("utf-8"), Some("mùa vụ"));
        // windows-1258: đ is one byte, tone marks stand behind their letter.
        check(b"\xf0\xfa a\xcc", None, Some("đú à"));
        check(b"\xe9", Some("iso-8859-1"), Some("é"));
        check("mùa vụ".as_bytes(), Some("no such charset"), Some("mùa vụ"));
        check(b"", None, Some(""));
        check(b"a\0b", None, None);
        check(b"\x89PNG\r\n\x1a\n\x01\x02\x03", None, None);
    }

    #[test]
    fn a_text_cut_in_a_character_stays_utf8() {
        let whole = "Đồng bằng và miền núi ở";
        let text = decode(&whole.as_bytes()[..whole.len() - 1], None).unwrap();
        assert_eq!(text, "Đồng bằng và miền núi \u{fffd}");
    }
}
