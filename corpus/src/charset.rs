//! Bytes to letters: a byte order mark, what is stated, detection; and Vietnamese in the encodings that are never stated.

mod cyrillic;
#[cfg(test)]
mod suite;
mod tables;
mod vietnamese;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};
use memchr::{memchr, memchr_iter, memchr2_iter, memchr3_iter};
use unicode_normalization::UnicodeNormalization as _;

/// Bytes that show without a mark that letters have several.
const SHORTEST: usize = 16;
/// Bytes at the beginning that show whether letters have several.
const HEAD: usize = 4096;
/// Letters of Vietnamese alone after which a text is not looked at for being something else.
const VIETNAMESE: usize = 20;
/// Letters that windows-1252 has beyond ASCII from which a text may be one whose bytes were read as that.
const LATIN: usize = 16;
/// Letters beyond ASCII in UTF-8, for one place that is none, from which a text is UTF-8 with faults.
const TO_A_FAULT: usize = 3;
/// Faults from which a line may be broken.
const FAULTS: usize = 3;

/// The text of bytes. `None` where they are none (many NUL bytes that are no half of a letter).
///
/// A byte order mark decides, then UTF-8 where all is UTF-8, then the label that is `stated` (WHATWG Encoding), then
/// detection, which also finds the Vietnamese encodings that have no label; the top level domain `tld` (`vn`) helps it.
pub fn decode<'b>(bytes: &'b [u8], stated: Option<&str>, tld: Option<&str>) -> Option<Cow<'b, str>> {
    let stated = stated.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    read(bytes, stated, tld).map(|(_, text)| text)
}

/// The name of the encoding, and the text.
fn read<'b>(
    bytes: &'b [u8],
    stated: Option<&'static Encoding>,
    tld: Option<&str>,
) -> Option<(&'static str, Cow<'b, str>)> {
    if let Some((name, text)) = utf_32(bytes) {
        return Some((name, Cow::Owned(text)));
    }
    let by = |encoding: &'static Encoding, bytes: &'b [u8]| {
        (encoding.name(), encoding.decode_without_bom_handling(bytes).0)
    };
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return Some(by(encoding, &bytes[bom..]));
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if memchr_iter(0, head).count() * 50 > head.len() {
        return utf_16(head).map(|encoding| by(encoding, bytes));
    }
    // UTF-8 with letters beyond ASCII does not come about by chance, whatever is stated.
    if stated.is_none_or(|encoding| encoding.is_single_byte() || encoding == UTF_8) {
        match str::from_utf8(bytes) {
            // ISO-2022 is written in ASCII.
            Ok(text) if stated.is_some() || memchr(0x1b, bytes).is_none() => {
                return Some(unfold((UTF_8.name(), Cow::Borrowed(text))));
            }
            Err(_) if stated == Some(UTF_8) || is_nearly_utf_8(bytes) => {
                return Some(unfold(by(UTF_8, bytes)));
            }
            _ => {}
        }
    }
    let encoding = stated.unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        let tld = tld.filter(|tld| tld.bytes().all(|byte| byte.is_ascii_lowercase()));
        detector.guess(tld.map(str::as_bytes), chardetng::Utf8Detection::Allow)
    });
    let (name, text) = by(encoding, bytes);
    let unnamed = if encoding.is_single_byte() {
        without_a_label(bytes, encoding, &text, stated.is_some())
    } else {
        None
    };
    Some(unnamed.map_or_else(|| unfold((name, text)), |(name, text)| (name, Cow::Owned(text))))
}

/// The text of bytes that are stated, or taken, to be in an encoding of one byte a letter, and are `text` in it, where
/// they make more sense in one that pages never name.
fn without_a_label(
    bytes: &[u8],
    encoding: &'static Encoding,
    text: &str,
    stated: bool,
) -> Option<(&'static str, String)> {
    let quality = vietnamese::quality(text).max(0);
    let windows_1258 = WINDOWS_1258.decode_without_bom_handling(bytes).0;
    if encoding == WINDOWS_1258 && quality > 0
        || vietnamese::quality(&windows_1258) > quality + vietnamese::ENOUGH
    {
        return Some((WINDOWS_1258.name(), windows_1258.nfc().collect()));
    }
    let as_latin: String = bytes.iter().copied().map(char::from).collect();
    vietnamese::read(&as_latin).or_else(|| if stated { None } else { cyrillic::read(bytes, encoding, text) })
}

/// The text of UTF-32, by its mark or by what is NUL in each of its letters.
fn utf_32(bytes: &[u8]) -> Option<(&'static str, String)> {
    let (is_little, start) = match bytes {
        [0xff, 0xfe, 0, 0, ..] => (true, 4),
        [0, 0, 0xfe, 0xff, ..] => (false, 4),
        [first, second, third, fourth, ..] => {
            let looks_little = (*third, *fourth) == (0, 0) && (*first, *second) != (0, 0);
            let looks_big = (*first, *second) == (0, 0) && (*third, *fourth) != (0, 0);
            let mut letters = bytes.chunks_exact(4).take(HEAD / 4);
            let fits = |letter: &[u8]| match letter {
                [low, high, 0..=0x10, 0] if looks_little => (*low, *high) != (0, 0),
                [0, 0..=0x10, high, low] if looks_big => (*low, *high) != (0, 0),
                _ => false,
            };
            if bytes.len() < SHORTEST || !letters.all(fits) {
                return None;
            }
            (looks_little, 0)
        }
        _ => return None,
    };
    let letters = bytes[start..].chunks_exact(4).map(|letter| {
        let letter: [u8; 4] = letter.try_into().unwrap_or_default();
        let letter = if is_little { u32::from_le_bytes(letter) } else { u32::from_be_bytes(letter) };
        char::from_u32(letter).unwrap_or(char::REPLACEMENT_CHARACTER)
    });
    Some((if is_little { "UTF-32LE" } else { "UTF-32BE" }, letters.collect()))
}

/// Which UTF-16 it is, by which byte of its ASCII letters is NUL. `None` where it is no text.
fn utf_16(head: &[u8]) -> Option<&'static Encoding> {
    let nul = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nul(0), nul(1));
    // Of Vietnamese every third byte is one: a stray NUL in a short text is none of a letter.
    if head.len() < SHORTEST || (even + odd) * 10 < head.len() {
        None
    } else if odd * 20 <= even {
        Some(UTF_16BE)
    } else if even * 20 <= odd {
        Some(UTF_16LE)
    } else {
        None
    }
}

/// Whether bytes are UTF-8 with few faults, as where a text was cut in the middle of a letter.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let (mut letters, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    letters >= TO_A_FAULT * faults
}

/// Undoes UTF-8 that was read as windows-1252 and written as UTF-8 again. It shows in Vietnamese by pairs that no
/// language writes (`á»`, `áº`, `Ã¡`).
fn unfold<'t>((name, text): (&'static str, Cow<'t, str>)) -> (&'static str, Cow<'t, str>) {
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
    if folded * 200 > text.len() / 4
        && let Some(bytes) = text.chars().map(tables::latin).collect::<Option<Vec<u8>>>()
        && let Ok(unfolded) = String::from_utf8(bytes)
    {
        return (name, Cow::Owned(unfolded));
    }
    // The bytes of old fonts, written as UTF-8. What has letters of Vietnamese alone is none.
    let vietnamese = memchr_iter(0xe1, bytes).filter(|at| matches!(bytes[at + 1], 0xba | 0xbb));
    if vietnamese.take(VIETNAMESE).count() < VIETNAMESE
        && memchr2_iter(0xc2, 0xc3, bytes).take(LATIN).count() == LATIN
        && let Some((name, read)) = vietnamese::read(&text)
    {
        return (name, Cow::Owned(read));
    }
    (name, text)
}

/// Whether a text is broken: replacement characters where letters should be, UTF-8 or letters of old fonts that could not
/// be undone, or Vietnamese with its marks in ASCII behind the letters (VIQR).
pub fn is_garbled(text: &str) -> bool {
    let (broken, folded) = faults(text);
    if broken == 0 && folded == 0 {
        return false;
    }
    let letters = text.chars().count();
    broken * 100 > letters || folded * 50 > letters
}

/// Whether one line of a text is broken, most of its words: a letter that was lost does not cost a paragraph.
pub fn is_broken_line(line: &str) -> bool {
    let (broken, folded) = faults(line);
    broken + folded >= FAULTS && (broken + folded) * 10 > line.chars().count()
}

/// A line with what can be undone of its broken letters undone; `None` where that leaves it broken.
pub fn mended(line: &str) -> Option<String> {
    let (_, text) = unfold(("", Cow::Borrowed(line)));
    (!is_broken_line(&text)).then(|| text.into_owned())
}

/// Letters of a text that are lost, and those that are folded.
fn faults(text: &str) -> (usize, usize) {
    let (mut broken, mut folded) = (0_usize, 0_usize);
    let bytes = text.as_bytes();
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    for at in memchr3_iter(0xef, 0xc2, b'^', bytes) {
        let before = &bytes[..at];
        match (bytes[at], bytes.get(at + 1)) {
            (0xef, _) => broken += usize::from(bytes[at..].starts_with("\u{fffd}".as_bytes())),
            (b'^', next) => {
                let is_vowel = matches!(before.last(), Some(b'a' | b'e' | b'o' | b'A' | b'E' | b'O'));
                folded += usize::from(is_vowel && next.is_some_and(|next| b".'`?~ nmpt".contains(next)));
            }
            (_, Some(0x80 | 0x81 | 0x8d | 0x9d)) => broken += 1,
            // What stands for most Vietnamese letters when their UTF-8 is read as windows-1252: á and » or º.
            (_, Some(0xba | 0xbb)) if before.ends_with("á".as_bytes()) => folded += 1,
            // Signs in the middle of words, where old fonts have letters; there a soft hyphen may stand anywhere.
            (_, Some(0xa1..=0xac | 0xae..=0xbe)) => {
                folded += usize::from(is_plain(before.last()) && is_plain(bytes.get(at + 2)));
            }
            _ => {}
        }
    }
    (broken, folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_told() {
        assert_eq!(decode(&[0; 100], None, None), None);
        assert!(is_garbled(&"a\u{fffd}".repeat(10)));
        assert!(is_garbled(&"á»§y ban nhÃ¢n dÃ¢n tá»‰nh ".repeat(3)));
        assert!(is_garbled(
            &"So+? giao ca'c huye^.n ra` soa't tu+`ng xa~ ve^` thu nha^.p, kha^?n ca^'p. ".repeat(3)
        ));
        assert!(is_garbled(&"giao c¸c së rµ so¸t tõng th«n, b¸o c¸o tr¹m y tÕ ".repeat(3)));
        assert!(!is_garbled("Ủy ban nhân dân tỉnh giao Sở Nông nghiệp rà soát từng xã trước tháng chín."));
        assert!(!is_garbled("Die Ak\u{ad}ti\u{ad}vi\u{ad}tät im Bo\u{ad}den"));
        assert!(!is_garbled(""));
    }

    #[test]
    fn lines_are_broken_for_many_faults() {
        let check = |line: &str, broken: bool, mended_as: Option<&str>| {
            assert_eq!(is_broken_line(line), broken, "{line}");
            assert_eq!(mended(line).as_deref(), mended_as, "{line}");
        };
        let sound = "Ba xã vùng cao của huyện v\u{fffd} đích sớm hơn một năm.";
        check(sound, false, Some(sound));
        let lost = "C\u{fffd}c b\u{fffd}n \u{fffd}\u{fffd}c x\u{fffd}";
        check(lost, true, None);
        check("BÃ¬nh luáº\u{ad}n cá»§a báº¡n Ä‘á»c", true, None);
        check("BÃ¬nh luáº\u{ad}n cá»§a báº¡n xÃ£ Náº\u{ad}m", true, Some("Bình luận của bạn xã Nậm"));
    }

    #[test]
    fn letters_of_several_bytes_are_told_without_a_mark() {
        let text = "Tin trong ngày: mùa vụ";
        let check = |bytes: Vec<u8>, name: &str| {
            assert_eq!(read(&bytes, None, None), Some((name, Cow::Borrowed(text))));
        };
        let utf_16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect();
        let utf_32 = |to: fn(u32) -> [u8; 4]| text.chars().map(u32::from).flat_map(to).collect();
        check(utf_16(u16::to_le_bytes), "UTF-16LE");
        check(utf_16(u16::to_be_bytes), "UTF-16BE");
        check(utf_32(u32::to_le_bytes), "UTF-32LE");
        check(utf_32(u32::to_be_bytes), "UTF-32BE");
        assert_eq!(read(b"Ban tin trong ngay\0 ve mua vu\n", None, None), None);
    }
}
