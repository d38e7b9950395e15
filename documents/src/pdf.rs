//! PDF by its text layer, read with poppler's `pdftotext`; scans by `tesseract` with Vietnamese.
//!
//! Both are other people's parsers of files from strangers, so they run as children with a bound on time. Of the readers
//! in Rust two put blanks into words where a file changes its font, and the third doubles the time of a first build.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use corpus::Article;
use quick_xml::events::Event;

use crate::Unreadable;
use crate::docx::reference;
use crate::tool::{Ended, run};

/// Bounds on the reading of a PDF file.
#[derive(Clone, Copy, Debug)]
pub struct PdfLimits {
    /// The text layer must be read within this time.
    pub text: Duration,
    /// The characters of one page of a scan must be recognized within this time.
    pub page: Duration,
    /// Pages of a scan that are recognized; the rest is left out.
    pub scanned_pages: usize,
    /// Bytes of text.
    pub bytes: u64,
}

impl Default for PdfLimits {
    fn default() -> Self {
        Self {
            text: Duration::from_secs(60),
            page: Duration::from_secs(60),
            scanned_pages: 200,
            bytes: 64 << 20,
        }
    }
}

/// Letters that a page with a text layer has on the average; a scan has next to none.
const LETTERS_PER_PAGE: usize = 20;
/// Dots an inch at which pages are drawn for recognition.
const DOTS: &str = "300";
/// Bytes of one drawn page.
const PICTURE: u64 = 1 << 28;
/// Bytes of words with their places, for one of text.
const MARKUP: u64 = 24;
/// Two words are one where they are no further apart than this part of their height.
const TOUCHING: f64 = 0.1;
/// A line at least this long, as a part of the page's longest in hundredths, goes on in the next.
const FULL: usize = 75;

/// The article in a PDF file, with the places where its pages begin.
pub fn read(bytes: &[u8], limits: &PdfLimits) -> Result<Article, Unreadable> {
    if !bytes.get(..1_024.min(bytes.len())).is_some_and(|head| head.windows(5).any(|five| five == b"%PDF-")) {
        return Err(Unreadable::Damaged("PDF"));
    }
    let damaged = |_| Unreadable::Damaged("PDF");
    let mut file = tempfile::NamedTempFile::new().map_err(damaged)?;
    file.write_all(bytes).map_err(damaged)?;
    let mut pages = text_layer(file.path(), limits)?;
    let letters =
        pages.iter().flat_map(|page| page.chars()).filter(|letter| letter.is_alphanumeric()).count();
    if letters < LETTERS_PER_PAGE * pages.len() {
        pages = recognized(file.path(), pages.len(), limits)?;
    }
    article(&pages).ok_or(Unreadable::Empty)
}

/// The pages of the text layer. Words are asked for with their places: as plain text `pdftotext` drops a hyphen at the
/// end of a line, and with it that of `12-NQ/TU`.
fn text_layer(file: &Path, limits: &PdfLimits) -> Result<Vec<String>, Unreadable> {
    let mut read = Command::new("pdftotext");
    read.args(["-enc", "UTF-8", "-q", "-bbox-layout"]).arg(file).arg("-");
    match run(&mut read, limits.text, limits.bytes.saturating_mul(MARKUP)) {
        Ended::Well(words) => Ok(laid_out(&String::from_utf8_lossy(&words))),
        Ended::Badly => Err(Unreadable::Damaged("PDF")),
        Ended::Missing => Err(Unreadable::NeedsTool(
            "PDF files are read with pdftotext: install it (Debian's package poppler-utils), then build the index anew",
        )),
        Ended::Late => Err(Unreadable::TookTooLong(limits.text.as_secs())),
        Ended::TooMuch => Err(Unreadable::TooLong(limits.bytes >> 20)),
    }
}

/// The pages of words with their places: a line for each line, an empty one between two blocks.
fn laid_out(words: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(words);
    let mut pages: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut in_word = false;
    // Where the last word of the line ends.
    let mut end: Option<f64> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let place = |name: &str| -> Option<f64> {
                    let value = start.try_get_attribute(name).ok()??;
                    value.value.parse().ok()
                };
                match start.name().as_ref() {
                    "page" => pages.push(String::new()),
                    "word" => {
                        in_word = true;
                        word.clear();
                        // A word that changes its font is several that touch.
                        let gap = end.zip(place("xMin")).map(|(end, from)| from - end);
                        let height = place("yMin").zip(place("yMax")).map_or(0.0, |(top, foot)| foot - top);
                        if gap.is_some_and(|gap| gap.abs() >= height * TOUCHING) {
                            word.push(' ');
                        }
                        end = place("xMax");
                    }
                    _ => {}
                }
            }
            Ok(Event::Text(piece)) if in_word => word.push_str(&piece.xml10_content()),
            Ok(Event::GeneralRef(name)) if in_word => word.extend(reference(&name)),
            Ok(Event::End(tag)) => {
                let Some(page) = pages.last_mut() else { continue };
                match tag.name().as_ref() {
                    "word" => {
                        in_word = false;
                        page.push_str(&word);
                    }
                    "line" | "block" => {
                        page.push('\n');
                        end = None;
                    }
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => return pages,
            Ok(_) => {}
        }
    }
}

/// The pages of a scan, drawn and recognized one after the other.
fn recognized(file: &Path, pages: usize, limits: &PdfLimits) -> Result<Vec<String>, Unreadable> {
    let folder = tempfile::tempdir().map_err(|_| Unreadable::Damaged("PDF"))?;
    let mut texts = Vec::new();
    for page in 1..=pages.min(limits.scanned_pages) {
        let number = page.to_string();
        let picture = folder.path().join("page");
        let mut draw = Command::new("pdftoppm");
        draw.args(["-r", DOTS, "-gray", "-png", "-singlefile", "-f", &number, "-l", &number]);
        match run(draw.arg(file).arg(&picture), limits.page, PICTURE) {
            Ended::Well(_) => {}
            Ended::Late => return Err(Unreadable::TookTooLong(limits.page.as_secs())),
            Ended::Missing => return Err(Unreadable::NeedsRecognition),
            Ended::Badly | Ended::TooMuch => return Err(Unreadable::Damaged("PDF")),
        }
        let mut recognize = Command::new("tesseract");
        recognize.arg(picture.with_extension("png")).args(["stdout", "-l", "vie"]);
        match run(&mut recognize, limits.page, limits.bytes) {
            Ended::Well(text) => texts.push(String::from_utf8_lossy(&text).replace('\u{c}', "")),
            Ended::Late => return Err(Unreadable::TookTooLong(limits.page.as_secs())),
            // Without its Vietnamese it ends badly.
            Ended::Missing | Ended::Badly => return Err(Unreadable::NeedsRecognition),
            Ended::TooMuch => return Err(Unreadable::TooLong(limits.bytes >> 20)),
        }
    }
    Ok(texts)
}

/// The article of the pages' texts.
fn article(pages: &[String]) -> Option<Article> {
    let mut text = String::new();
    let mut starts = Vec::new();
    for page in pages {
        let paragraphs = paragraphs(page);
        if !text.is_empty() && !paragraphs.is_empty() {
            text.push('\n');
        }
        starts.push(text.chars().count());
        text.push_str(&paragraphs.join("\n"));
    }
    if text.trim().is_empty() {
        return None;
    }
    let mut article = corpus::plain_text::read(&text);
    article.pages = starts;
    Some(article)
}

/// The paragraphs of a page: lines that go on are joined, the page's number is left out.
fn paragraphs(page: &str) -> Vec<String> {
    let longest = page.lines().map(|line| line.trim().chars().count()).max().unwrap_or(0);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in page.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            goes_on = false;
            continue;
        }
        if line.trim_matches(['-', '–', ' ']).chars().all(|letter| letter.is_ascii_digit()) {
            continue;
        }
        let full = line.chars().count() * 100 >= longest * FULL;
        let starts_small = line.chars().next().is_some_and(char::is_lowercase);
        let ended = paragraphs.last().is_none_or(|last| last.ends_with(['.', ':', ';', '!', '?', '”', '"']));
        match paragraphs.last_mut() {
            Some(last) if goes_on && (starts_small || !ended) => join(last, &line),
            _ => paragraphs.push(line),
        }
        goes_on = full;
    }
    paragraphs
}

/// Joins two lines of a paragraph. A hyphen at the end of the first is one of its text (`12-NQ/TU`), unless it parts a
/// word of small Latin letters, as English does and Vietnamese does not.
fn join(paragraph: &mut String, line: &str) {
    let small = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_lowercase());
    let before = paragraph.strip_suffix('-').and_then(|before| before.chars().next_back());
    match before {
        Some(letter) if !letter.is_whitespace() => {
            if small(Some(letter)) && small(line.chars().next()) {
                paragraph.pop();
            }
        }
        _ => paragraph.push(' '),
    }
    paragraph.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_go_on_are_one_paragraph() {
        let check = |page: &str, expected: &[&str]| assert_eq!(paragraphs(page), expected, "{page}");
        check(
            "Ba xã của huyện đã về đích sớm\nhơn một năm.\n\nĐoạn hai.\n",
            &["Ba xã của huyện đã về đích sớm hơn một năm.", "Đoạn hai."],
        );
        check("theo Nghị quyết số 12-\nNQ/TU ngày", &["theo Nghị quyết số 12-NQ/TU ngày"]);
        check("the communes that devel-\nop fast and well", &["the communes that develop fast and well"]);
        check("của tỉnh đã giao -\nmột năm", &["của tỉnh đã giao - một năm"]);
        check("ỦY BAN NHÂN DÂN\n\nSố: 19/QĐ-UBND\n- 2 -\n", &["ỦY BAN NHÂN DÂN", "Số: 19/QĐ-UBND"]);
        check(
            "Điều 1. Phê duyệt kế hoạch của huyện.\nĐiều 2. Giao Sở Tài chính bố trí vốn.\n",
            &["Điều 1. Phê duyệt kế hoạch của huyện.", "Điều 2. Giao Sở Tài chính bố trí vốn."],
        );
        check("12\n", &[]);
    }

    #[test]
    fn pages_begin_where_they_say() {
        let article = article(&["Trang một.".to_owned(), String::new(), "Trang ba.".to_owned()]).unwrap();
        assert_eq!(article.text, "Trang một.\nTrang ba.");
        assert_eq!(article.pages, [0, 10, 11]);
        assert!(super::article(&[String::new()]).is_none());
    }

    #[test]
    fn what_is_no_pdf_is_told() {
        let limits = PdfLimits::default();
        assert_eq!(read(b"<html>", &limits).unwrap_err(), Unreadable::Damaged("PDF"));
        assert_eq!(read(b"", &limits).unwrap_err(), Unreadable::Damaged("PDF"));
    }

    #[test]
    fn words_are_laid_out_as_they_stand() {
        let word = |from: u32, to: u32, text: &str| {
            format!("<word xMin=\"{from}\" yMin=\"0\" xMax=\"{to}\" yMax=\"16\">{text}</word>")
        };
        let line = |words: &[String]| format!("<line>{}</line>", words.concat());
        let page = [
            "<page><flow><block>".to_owned(),
            line(&[word(0, 20, "Số"), word(24, 30, "12-"), word(30, 50, "NQ&amp;TU")]),
            line(&[word(0, 9, "x")]),
            "</block><block>".to_owned(),
            line(&[word(0, 9, "y")]),
            "</block></flow></page><page></page>".to_owned(),
        ];
        assert_eq!(laid_out(&page.concat()), ["Số 12-NQ&TU\nx\n\ny\n\n", ""]);
    }
}
