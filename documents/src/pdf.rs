//! PDF by its text layer, read with poppler's `pdftotext`; scans by `tesseract` with Vietnamese.
//!
//! Both are other people's parsers of files from strangers, so they run as children with a bound on time. Of the readers
//! in Rust two put blanks into words where a file changes its font, and the third doubles the time of a first build.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use corpus::Article;

use crate::layout::{self, Page};
use crate::tool::{Ended, run};
use crate::{Unreadable, columns, furniture, grid, paragraphs, written};

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

/// What stands in front of the way in which a file is encrypted.
const ENCRYPTED: &[u8] = b"/Encrypt";
/// Letters that a page has at least, if it is more than a scan with the stamp of a signature on it.
const LETTERS: usize = 300;
/// The same for a page without a picture: such a one is short, and not recognized unless it is empty.
const FEW: usize = 20;
/// Dots an inch at which pages are drawn for recognition.
const DOTS: u16 = 300;
/// Bytes of one drawn page.
const PICTURE: u64 = 1 << 28;
/// Bytes of words with their places, for one of text.
const MARKUP: u64 = 24;
/// Dots of a picture that is a scanned page, on its shorter side.
const SCANNED: u32 = 600;
/// Letters of a line that a stamp has too, in hundredths, from which the line is the stamp's.
const STAMPED: usize = 70;

/// The article in a PDF file, with the places where its pages begin.
///
/// A page that is the picture of one, whatever stamp is on it, is recognized where `tesseract` is installed; where it is
/// not, that is an error if no other page has text.
pub(crate) fn read(bytes: &[u8], limits: &PdfLimits) -> Result<Article, Unreadable> {
    if !bytes.get(..1_024.min(bytes.len())).is_some_and(|head| head.windows(5).any(|five| five == b"%PDF-")) {
        return Err(Unreadable::Damaged("PDF"));
    }
    let damaged = |_| Unreadable::Damaged("PDF");
    let mut file = tempfile::NamedTempFile::new().map_err(damaged)?;
    file.write_all(bytes).map_err(damaged)?;
    let mut pages = text_layer(file.path(), limits).map_err(|error| match error {
        Unreadable::Damaged(_) if is_locked(bytes) => Unreadable::Locked,
        other => other,
    })?;
    recognize_scans(file.path(), &mut pages, limits)?;
    article(pages).ok_or(Unreadable::Empty)
}

/// Whether a file names how it is encrypted.
fn is_locked(bytes: &[u8]) -> bool {
    bytes.windows(ENCRYPTED.len()).any(|window| window == ENCRYPTED)
}

/// The pages of the text layer. Words are asked for with their places: as plain text `pdftotext` drops a hyphen at the
/// end of a line, and with it that of `12-NQ/TU`.
fn text_layer(file: &Path, limits: &PdfLimits) -> Result<Vec<Page>, Unreadable> {
    let mut read = Command::new("pdftotext");
    read.args(["-enc", "UTF-8", "-q", "-bbox-layout"]).arg(file).arg("-");
    match run(&mut read, limits.text, limits.bytes.saturating_mul(MARKUP)) {
        Ended::Well(words) => Ok(layout::read_boxes(&String::from_utf8_lossy(&words))),
        Ended::Badly => Err(Unreadable::Damaged("PDF")),
        Ended::Missing => Err(Unreadable::NeedsTool(
            "PDF files are read with pdftotext: install it (Debian's package poppler-utils), then build the index anew",
        )),
        Ended::Late => Err(Unreadable::TookTooLong(limits.text.as_secs())),
        Ended::TooMuch => Err(Unreadable::TooLong(limits.bytes >> 20)),
    }
}

/// Recognizes the characters of the pages that are scans.
fn recognize_scans(file: &Path, pages: &mut [Page], limits: &PdfLimits) -> Result<(), Unreadable> {
    let poor = |page: &Page| page.letters() < LETTERS;
    if !pages.iter().any(poor) {
        return Ok(());
    }
    let pictured = pictured(file, pages.len(), limits);
    let is_scan = |at: usize, page: &Page| page.letters() < FEW || (poor(page) && pictured[at]);
    let scans: Vec<usize> =
        (0..pages.len()).filter(|at| is_scan(*at, &pages[*at])).take(limits.scanned_pages).collect();
    let has_text = pages.iter().enumerate().any(|(at, page)| page.letters() > 0 && !is_scan(at, page));
    for at in scans {
        // An empty page among others has nothing to recognize.
        if has_text && pages[at].lines.is_empty() && !pictured[at] {
            continue;
        }
        match recognized(file, at + 1, limits) {
            Ok(mut page) => {
                drop_stamp(&mut page, &pages[at]);
                pages[at] = page;
            }
            Err(Unreadable::NeedsRecognition) if has_text => {
                tracing::warn!(
                    page = at + 1,
                    "a page is a scan, and tesseract with Vietnamese is not installed"
                );
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// For each page, whether a picture as large as a scanned page is on it.
fn pictured(file: &Path, pages: usize, limits: &PdfLimits) -> Vec<bool> {
    let mut pictured = vec![false; pages];
    let mut list = Command::new("pdfimages");
    list.arg("-list").arg(file);
    let Ended::Well(list) = run(&mut list, limits.text, limits.bytes) else { return pictured };
    // `page num type width height …` under two lines of heads.
    for row in String::from_utf8_lossy(&list).lines().skip(2) {
        let mut fields = row.split_whitespace();
        let page = fields.next().and_then(|field| field.parse::<usize>().ok());
        let mut side = fields.skip(2).map_while(|field| field.parse::<u32>().ok());
        if let (Some(page), Some(width), Some(height)) = (page, side.next(), side.next())
            && width.min(height) >= SCANNED
            && let Some(page) = page.checked_sub(1).and_then(|page| pictured.get_mut(page))
        {
            *page = true;
        }
    }
    pictured
}

/// A page, drawn and recognized.
fn recognized(file: &Path, page: usize, limits: &PdfLimits) -> Result<Page, Unreadable> {
    let folder = tempfile::tempdir().map_err(|_| Unreadable::Damaged("PDF"))?;
    let (number, dots) = (page.to_string(), DOTS.to_string());
    let picture = folder.path().join("page");
    let mut draw = Command::new("pdftoppm");
    draw.args(["-r", &dots, "-gray", "-png", "-singlefile", "-f", &number, "-l", &number]);
    match run(draw.arg(file).arg(&picture), limits.page, PICTURE) {
        Ended::Well(_) => {}
        Ended::Late => return Err(Unreadable::TookTooLong(limits.page.as_secs())),
        Ended::Missing => return Err(Unreadable::NeedsRecognition),
        Ended::Badly | Ended::TooMuch => return Err(Unreadable::Damaged("PDF")),
    }
    let mut recognize = Command::new("tesseract");
    recognize.arg(picture.with_extension("png")).args(["stdout", "--dpi", &dots, "-l", "vie", "tsv"]);
    match run(&mut recognize, limits.page, limits.bytes) {
        Ended::Well(words) => Ok(layout::read_recognized(&String::from_utf8_lossy(&words), f64::from(DOTS))),
        Ended::Late => Err(Unreadable::TookTooLong(limits.page.as_secs())),
        // Without its Vietnamese it ends badly.
        Ended::Missing | Ended::Badly => Err(Unreadable::NeedsRecognition),
        Ended::TooMuch => Err(Unreadable::TooLong(limits.bytes >> 20)),
    }
}

/// Takes the stamp of a signature out of a recognized page: the lines that the text layer, which holds nothing else, has too.
fn drop_stamp(page: &mut Page, layer: &Page) {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let stamp: Vec<String> = layer.lines.iter().flat_map(|line| words(&line.text)).collect();
    page.lines.retain(|line| {
        let own = words(&line.text);
        let letters: usize = own.iter().map(String::len).sum();
        let shared: usize = own.iter().filter(|word| stamp.contains(word)).map(String::len).sum();
        letters == 0 || shared * 100 < letters * STAMPED
    });
}

/// The article of the pages.
fn article(mut pages: Vec<Page>) -> Option<Article> {
    furniture::take_out(&mut pages);
    columns::put_in_order(&mut pages);
    grid::find_tables(&mut pages);
    let paragraphs = paragraphs::read(&pages);
    if paragraphs.lines.iter().all(|line| line.text.trim().is_empty()) {
        return None;
    }
    let mut article = written::article(&paragraphs.lines);
    article.pages = paragraphs.starts();
    Some(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_is_told() {
        let limits = PdfLimits::default();
        assert_eq!(read(b"<html>", &limits).unwrap_err(), Unreadable::Damaged("PDF"));
        assert_eq!(read(b"", &limits).unwrap_err(), Unreadable::Damaged("PDF"));
        let read = |bytes: &[u8]| read(bytes, &limits).unwrap_err();
        // Neither can be opened, where there is a program that tries.
        let needs_tool = |error: &Unreadable| matches!(error, Unreadable::NeedsTool(_));
        let (cut, locked) = (read(b"%PDF-1.4 trailer <<"), read(b"%PDF-1.4 trailer << /Encrypt 5 0 R >>"));
        assert!(needs_tool(&cut) || cut == Unreadable::Damaged("PDF"), "{cut}");
        assert!(needs_tool(&locked) || locked == Unreadable::Locked, "{locked}");
    }

    #[test]
    fn the_stamp_of_a_signature_is_no_text() {
        let page = |lines: &[&str]| Page {
            height: 842.0,
            lines: lines.iter().filter_map(|text| layout::tests::line(text, 50.0, 50.0)).collect(),
        };
        let layer = page(&["Người ký: Ủy ban nhân dân huyện", "Thời gian ký: 12.03.2019 15:04"]);
        let mut scan = page(&[
            "Người ký: Ủy ban nhản dân huyện",
            "Thời gian ký: 12.03.2019 15:04",
            "BÁO CÁO",
            "Huyện còn 312 hộ nghèo",
        ]);
        drop_stamp(&mut scan, &layer);
        let left: Vec<&str> = scan.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(left, ["BÁO CÁO", "Huyện còn 312 hộ nghèo"]);
    }
}
