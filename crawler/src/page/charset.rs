//! Bytes to text: BOM, then header, then `meta`, then detection.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr_iter, memchr2_iter};

/// Bytes at the beginning in which a `meta` charset is looked for (the HTML standard asks for 1024).
const PRESCAN: usize = 4096;

/// The page's text. `None` where the bytes are no text (many NUL bytes without a byte order mark).
pub(super) fn decode<'b>(bytes: &'b [u8], header: Option<&str>, tld: Option<&str>) -> Option<Cow<'b, str>> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return Some(encoding.decode_without_bom_handling(&bytes[bom..]).0);
    }
    let head = &bytes[..bytes.len().min(PRESCAN)];
    if head.iter().filter(|byte| **byte == 0).count() * 50 > head.len() {
        return None;
    }
    let stated = header.and_then(|label| Encoding::for_label(label.trim().as_bytes())).or_else(|| meta(head));
    // UTF-8 with letters beyond ASCII does not come about by chance, whatever is stated.
    if stated.is_none_or(|encoding| encoding.is_single_byte() || encoding == UTF_8)
        && let Ok(text) = str::from_utf8(bytes)
    {
        return Some(unfold(Cow::Borrowed(text)));
    }
    let encoding = stated.unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let tld = tld.filter(|tld| tld.bytes().all(|byte| byte.is_ascii_lowercase()));
        detector.guess(tld.map(str::as_bytes), chardetng::Utf8Detection::Allow)
    });
    Some(unfold(encoding.decode_without_bom_handling(bytes).0))
}

/// The charset of a `meta` element.
fn meta(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(at) = rest.find("<meta") {
        rest = &rest[at + 5..];
        let element = &rest[..rest.find('>').unwrap_or(rest.len())];
        if let Some(at) = element.find("charset") {
            let value = element[at + 7..].trim_start().strip_prefix('=').unwrap_or_default();
            let value = value.trim_start_matches(['"', '\'', ' ']);
            let end = value.find(['"', '\'', ' ', ';', '/', '>']).unwrap_or(value.len());
            if let Some(encoding) = Encoding::for_label(&value.as_bytes()[..end]) {
                // A page whose ASCII could be read is not UTF-16, whatever it states (HTML standard, 13.2.3.2).
                let wide = encoding == UTF_16LE || encoding == UTF_16BE;
                return Some(if wide { UTF_8 } else { encoding });
            }
        }
    }
    None
}

/// Undoes UTF-8 that was read as windows-1252 and written as UTF-8 again. It shows in Vietnamese by pairs that no
/// language writes (`á»`, `áº`, `Ã¡`).
fn unfold(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // The second letter of each pair begins with a byte that texts seldom have.
    let is_pair = |at: &usize| {
        let second = bytes.get(at + 1);
        match at.checked_sub(2).map(|from| &bytes[from..*at]) {
            Some([0xc3, 0xa1]) => matches!(second, Some(0xba | 0xbb)),
            Some([0xc3, 0x83]) => second == Some(&0xa1),
            _ => false,
        }
    };
    let folded = memchr_iter(0xc2, bytes).filter(is_pair).count();
    if folded * 200 > text.len() / 4 {
        let (bytes, _, unmappable) = WINDOWS_1252.encode(&text);
        if !unmappable && let Ok(unfolded) = String::from_utf8(bytes.into_owned()) {
            return Cow::Owned(unfolded);
        }
    }
    text
}

/// Whether a text is broken: replacement characters where letters should be, or folded UTF-8 that could not be undone.
pub(super) fn is_garbled(text: &str) -> bool {
    let (mut broken, mut folded) = (0_usize, 0_usize);
    let bytes = text.as_bytes();
    for at in memchr2_iter(0xef, 0xc2, bytes) {
        match (bytes[at], bytes[at + 1]) {
            (0xef, _) => broken += usize::from(bytes[at..].starts_with("\u{fffd}".as_bytes())),
            (_, 0x80 | 0x81 | 0x8d | 0x9d) => broken += 1,
            // What stands for most Vietnamese letters when their UTF-8 is read as windows-1252: á and » or º.
            (_, 0xba | 0xbb) => folded += usize::from(bytes[..at].ends_with("á".as_bytes())),
            _ => {}
        }
    }
    if broken == 0 && folded == 0 {
        return false;
    }
    let letters = text.chars().count();
    broken * 100 > letters || folded * 50 > letters
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1258;

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
        let folded = WINDOWS_1252.decode_without_bom_handling(TEXT.as_bytes()).0.into_owned();
        check(folded.as_bytes(), None, "folded UTF-8");
    }

    #[test]
    fn windows_1258_is_read_as_its_letters() {
        // windows-1258 writes some letters as base and combining mark.
        let text = "Th\u{f4}ng b\u{e1}o c\u{f9}a t\u{ec}nh";
        let (bytes, _, unmappable) = WINDOWS_1258.encode(text);
        if !unmappable {
            assert_eq!(decode(&bytes, Some("windows-1258"), None).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert_eq!(decode(&[0; 100], None, None), None);
        assert!(is_garbled(&"a\u{fffd}".repeat(10)));
        assert!(is_garbled(&"á»§y ban nhÃ¢n dÃ¢n tá»‰nh ".repeat(3)));
        assert!(!is_garbled(TEXT));
        assert!(!is_garbled(""));
    }
}
