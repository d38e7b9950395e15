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
    // Marks of Latin letters (U+0300 to U+036F) begin with one of two bytes, which few texts have, and those few have few.
    let bytes = text.as_bytes();
    let mut composed = String::new();
    let mut done = 0;
    while let Some(found) = memchr2(0xcc, 0xcd, &bytes[done..]).map(|found| done + found) {
        // The letter before it, and all marks behind.
        let start = text[done..found].char_indices().next_back().map_or(found, |(at, _)| done + at);
        let is_mark = |letter: &char| unicode_normalization::char::is_combining_mark(*letter);
        let marks: usize = text[found..].chars().take_while(is_mark).map(char::len_utf8).sum();
        let end = found + marks.max(2);
        composed.push_str(&text[done..start]);
        composed.extend(text[start..end].nfc());
        done = end;
    }
    if done == 0 {
        return text;
    }
    composed.push_str(&text[done..]);
    Cow::Owned(composed)
}

/// A text whose lines were cut at a width, as mail and old editors cut them, with its paragraphs on one line each; others come
/// back as they are. Each line end that is taken out becomes one blank, so that offsets stay.
///
/// A line was cut where the first word of the next had no room on it.
pub fn unwrapped(text: Cow<'_, str>) -> Cow<'_, str> {
    let lines: Vec<&str> = text.split('\n').collect();
    let lengths: Vec<usize> = lines.iter().map(|line| line.trim_end().chars().count()).collect();
    let width = lengths.iter().copied().max().unwrap_or(0);
    if lines.len() < WRAPPED || !WIDTHS.contains(&width) {
        return text;
    }
    let is_cut = |at: usize| {
        let next = lines[at + 1];
        let word = next.split_whitespace().next().unwrap_or_default().chars().count();
        word > 0 && lengths[at] > 0 && lengths[at] + 1 + word > width && !begins_item(next)
    };
    let pairs: Vec<bool> = (0..lines.len() - 1).map(is_cut).collect();
    let together = (0..pairs.len()).filter(|at| lengths[*at] > 0 && lengths[at + 1] > 0).count();
    let cut: Vec<usize> = (0..pairs.len()).filter(|at| pairs[*at]).collect();
    let goes_on =
        cut.iter().filter(|at| lines[**at + 1].trim_start().starts_with(char::is_lowercase)).count();
    if cut.len() + 1 < WRAPPED || cut.len() * 2 < together || goes_on * 2 < cut.len() {
        return text;
    }
    let mut joined = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        joined.push_str(line);
        match pairs.get(at) {
            Some(true) => joined.push(' '),
            Some(false) => joined.push('\n'),
            None => {}
        }
    }
    Cow::Owned(joined)
}

/// Lines from which a text may be cut at a width.
const WRAPPED: usize = 5;
/// The widths, in characters, at which texts are cut.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=100;

/// Whether a line begins with the sign of an item.
fn begins_item(line: &str) -> bool {
    let Some((sign, _)) = line.trim_start().split_once(' ') else { return false };
    matches!(sign, "-" | "+" | "*" | "•" | "–")
        || sign
            .strip_suffix(['.', ')'])
            .is_some_and(|sign| sign.len() <= 3 && sign.chars().all(char::is_alphanumeric))
}

/// A text in small letters without the marks of Vietnamese, as addresses write it and as scans leave it.
///
/// ```
/// assert_eq!(corpus::text::plain("Đề án Nông thôn"), "de an nong thon");
/// ```
pub fn plain(text: &str) -> String {
    let letters = text.nfd().filter(|letter| !unicode_normalization::char::is_combining_mark(*letter));
    letters.flat_map(char::to_lowercase).map(|letter| if letter == 'đ' { 'd' } else { letter }).collect()
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

    #[test]
    fn lines_cut_at_a_width_are_joined() {
        let wrapped = "Sáng 14/8, đoàn công tác của tỉnh đã kiểm tra tại xã Nà Phai và đánh giá\n\
                       cao cách làm của người dân ở đây, theo lời ông Hà Văn Lan, Phó Chủ tịch\n\
                       Ủy ban nhân dân tỉnh.\n\n\
                       Đến nay toàn huyện còn 312 hộ nghèo, giảm 87 hộ so với đầu năm; thu nhập\n\
                       bình quân đạt 41 triệu đồng một người, cao hơn hẳn so với cùng kỳ của\n\
                       năm ngoái, theo báo cáo.\n- Xã Nà Phai: 41 hộ";
        let joined = unwrapped(wrapped.into());
        assert_eq!(joined.lines().filter(|line| !line.is_empty()).count(), 3, "{joined}");
        assert!(joined.contains("Phó Chủ tịch Ủy ban nhân dân tỉnh.\n\nĐến nay"), "{joined}");
        assert_eq!(joined.chars().count(), wrapped.chars().count());
        let check = |text: &str| assert_eq!(unwrapped(text.into()), text);
        check("Một dòng ngắn.\nHai dòng ngắn.\nBa dòng.\nBốn dòng.\nNăm dòng.\nSáu.");
        let poem = "Khi mùa chè lại về trên những đồi cao của quê tôi mỗi sớm\n".repeat(8);
        check(&poem);
        check("");
    }

    #[test]
    fn letters_and_marks_are_composed_as_by_unicode() {
        let check = |text: &str| {
            assert_eq!(composed(text.into()), text.nfc().collect::<String>(), "{text:?}");
        };
        check("Tro\u{31b}\u{300}i mu\u{31b}a\u{301}, cha\u{323}\u{302}m");
        check("\u{301}a \u{301}");
        check("ca\u{302}\u{301}p \u{37e} \u{342}\u{345}");
        check("ư\u{323}ớ\u{328}");
        check("Trời mưa");
        check("");
        let decomposed: String = "Ủy ban nhân dân tỉnh đã về đích sớm".nfd().collect();
        check(&decomposed);
    }

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
