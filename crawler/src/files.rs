//! Files that pages link to: which addresses lead to them, what they are called, what they are when they come.

use std::borrow::Cow;
use std::sync::LazyLock;

use corpus::text::plain;
use corpus::{CanonicalUrl, media};
use serde::Deserialize;

/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    ends: Vec<String>,
    media: Vec<String>,
    nameless: Vec<String>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules: Rules =
        toml::from_str(include_str!("../rules/files.toml")).expect("the shipped rules are checked by a test");
    // The longest words first: what is left of others is no name.
    rules.nameless.sort_by_key(|words| std::cmp::Reverse(words.len()));
    rules
});

/// Whether an address leads to a file of a kind that is read.
pub(crate) fn is_file(url: &CanonicalUrl) -> bool {
    let ends = |text: &str| {
        let text = text.trim_end_matches('/').to_ascii_lowercase();
        RULES.ends.iter().any(|end| text.ends_with(end))
    };
    ends(url.as_url().path()) || url.as_url().query_pairs().any(|(_, value)| ends(&value))
}

/// Whether an address, as a page writes it, ends as that of such a file.
pub(crate) fn names_file(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default().trim_end().to_ascii_lowercase();
    RULES.ends.iter().any(|end| path.ends_with(end.as_str()))
}

/// Whether an answer is such a file, by what its server states and by its bytes. Many servers state nothing of use.
pub(crate) fn is_one(stated: Option<&str>, body: &[u8]) -> bool {
    let known = |media: &str| RULES.media.iter().any(|known| known == media);
    match media::evident(body) {
        Some(evident) => known(evident),
        None => stated.is_some_and(known),
    }
}

/// What a file is called: by the words of its link, else as the page that links to it.
pub(crate) fn name(words: Option<&str>, page: Option<&str>) -> Option<String> {
    let cut = |name: &str| name.chars().take(LONGEST_NAME).collect::<String>();
    words.and_then(named).map(|name| cut(&name)).or_else(|| page.map(cut))
}

/// The words of a link without those that say nothing; `None` where no others are left.
fn named(words: &str) -> Option<Cow<'_, str>> {
    const AROUND: &[char] =
        &[' ', '\u{a0}', ':', '-', '–', '.', ',', ';', '(', ')', '[', ']', '"', '“', '”', '>', '»', '…', '_'];
    let words = words.trim_matches(AROUND);
    let folded = plain(words);
    for nameless in &RULES.nameless {
        let Some(rest) = folded.strip_prefix(nameless.as_str()) else { continue };
        let tail = rest.trim_matches(AROUND);
        if tail.is_empty() || RULES.nameless.iter().any(|nameless| nameless == tail) {
            return None;
        }
        // Another word begins there, behind a sign: `Tải về: Kế hoạch`. In `Xem xét …` it is the same sentence.
        if rest.trim_start().starts_with([':', '-', '–', '>', '»']) {
            let skipped = nameless.chars().count();
            let at = words.char_indices().nth(skipped).map_or(words.len(), |(at, _)| at);
            return named(words.get(at..)?);
        }
    }
    // A name of a file says less than the headline of a page, unless there is none.
    let letters = words.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_file_name = !words.contains(' ') && RULES.ends.iter().any(|end| folded.ends_with(end.as_str()));
    (letters > 2 && !is_file_name).then_some(Cow::Borrowed(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_files_are_told() {
        let check = |url: &str, expected: bool| {
            assert_eq!(is_file(&url.parse().unwrap()), expected, "{url}");
        };
        check("https://sonkhe.example/van-ban/05-CT-UBND.pdf", true);
        check("https://sonkhe.example/van-ban/05-CT-UBND.signed.PDF?id=3", true);
        check(
            "https://sonkhe.example/_layouts/Tai.aspx?FileUrl=/Lists/VanBan/Attachments/5/bao%20cao.docx&x=1",
            true,
        );
        check("https://sonkhe.example/so-lieu.xlsx", true);
        check("https://sonkhe.example/bao-cao-pdf", false);
        check("https://sonkhe.example/anh.jpg", false);
        check("https://sonkhe.example/tim?q=mau+.pdf.exe", false);
    }

    #[test]
    fn files_are_named_by_their_links() {
        let check = |words: Option<&str>, expected: Option<&str>| {
            assert_eq!(name(words, Some("Trang")).as_deref(), expected, "{words:?}");
        };
        check(
            Some("Kế hoạch phòng chống thiên tai năm 2021"),
            Some("Kế hoạch phòng chống thiên tai năm 2021"),
        );
        check(Some(" » Tải về: Kế hoạch 12/KH-UBND "), Some("Kế hoạch 12/KH-UBND"));
        check(Some("File đính kèm - Tải về - Báo cáo quý I"), Some("Báo cáo quý I"));
        check(Some("Xem xét kết quả năm 2020"), Some("Xem xét kết quả năm 2020"));
        check(Some("TẢI VỀ"), Some("Trang"));
        check(Some("(tại đây)"), Some("Trang"));
        check(Some("Xem chi tiết tại đây"), Some("Trang"));
        check(Some("Tải về:"), Some("Trang"));
        check(Some("123-KH.signed.pdf"), Some("Trang"));
        check(Some("05"), Some("Trang"));
        check(None, Some("Trang"));
        assert_eq!(name(Some("tại đây"), None), None);
    }

    #[test]
    fn what_came_is_a_file_by_its_bytes() {
        let check = |stated: Option<&str>, body: &[u8], expected: bool| {
            assert_eq!(is_one(stated, body), expected, "{stated:?} {}", String::from_utf8_lossy(body));
        };
        check(Some("application/octet-stream"), b"%PDF-1.7", true);
        check(Some("application/pdf"), b"<!DOCTYPE html><p>Login", false);
        check(Some("application/pdf"), b"damaged", true);
        check(None, b"PK\x03\x04..[Content_Types].xml..xl/workbook.xml", true);
        check(Some("text/plain"), b"mua", false);
    }
}
