//! Files made of reports of our own by several writers, read back: no word is lost, none is added, no number is missing, and
//! each number of a table stands under its heads.
//!
//! A writer that is not installed is told and left out.
#![expect(clippy::format_push_string, clippy::needless_for_each, reason = "files of tests are small")]

mod html;
mod plain;
mod report;
mod word;

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

use corpus::{Article, BlockKind, media};
use documents::PdfLimits;
use report::{RUNNING_HEAD, Report};

/// What was found of the files of one writer.
#[derive(Debug, Default)]
struct Found {
    files: usize,
    words: usize,
    lost: usize,
    added: usize,
    numbers_lost: usize,
    /// Titles, headings, paragraphs and items, and those that are not whole in the text.
    parts: usize,
    torn: usize,
    cells: usize,
    cells_right: usize,
    cells_wrong: usize,
}

/// The least that must come of the files of one writer.
struct Floor {
    /// Words in ten thousand that may be lost, and added.
    words: usize,
    /// Parts in a thousand that may be torn.
    torn: usize,
    /// Cells in a hundred that are found with all their heads and those only.
    cells: usize,
    /// Cells in a hundred that may be found with other heads.
    wrong: usize,
}

fn counted<T: std::hash::Hash + Eq>(all: impl IntoIterator<Item = T>) -> HashMap<T, usize> {
    let mut counted = HashMap::new();
    all.into_iter().for_each(|one| *counted.entry(one).or_default() += 1);
    counted
}

/// How many of `all` are not among `others`.
fn missing<T: std::hash::Hash + Eq + Clone>(all: &[T], others: &[T]) -> Vec<T> {
    let mut others = counted(others.iter().cloned());
    let is_missing = |one: &&T| match others.get_mut(*one) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    all.iter().filter(is_missing).cloned().collect()
}

/// The words of a text that are more than the signs of its structure.
fn words(text: &str) -> Vec<String> {
    let is_word = |word: &&str| word.contains(char::is_alphanumeric) && !word.starts_with('[');
    // The mark of a note may stand behind a word.
    let bare = |word: &str| match word.split_once('[') {
        Some((bare, mark)) if mark.ends_with(']') => bare.to_owned(),
        _ => word.to_owned(),
    };
    text.split_whitespace().filter(is_word).map(bare).collect()
}

/// The cells of the tables of an article that hold numbers: the heads of the column, the head of the row, the number.
fn cells(article: &Article) -> Vec<(Vec<String>, String, String)> {
    let blocks = article.blocks();
    let text = |at: usize| blocks[at].span.of(&article.text).to_owned();
    let mut heads: HashMap<u8, Vec<String>> = HashMap::new();
    let mut cells = Vec::new();
    let mut row_head = None;
    for (at, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Table => heads.clear(),
            BlockKind::Row => row_head = None,
            BlockKind::Cell if block.span.is_empty() => {}
            BlockKind::Cell if block.heads => {
                for column in block.rank..=block.rank + block.covers {
                    heads.entry(column).or_default().push(text(at));
                }
            }
            BlockKind::Cell => {
                let words = text(at);
                if row_head.is_none() && words.contains(char::is_alphabetic) {
                    row_head = Some(words);
                } else if let Some(row_head) = &row_head {
                    let heads = heads.get(&block.rank).cloned().unwrap_or_default();
                    cells.push((heads, row_head.clone(), words));
                }
            }
            _ => {}
        }
    }
    cells
}

impl Found {
    fn add(&mut self, name: &str, report: &Report, article: &Article) {
        let expected = words(&report.words().join(" "));
        let mut text = article.text.clone();
        if report.layout.running_head {
            text = text.replacen(RUNNING_HEAD, "", 1);
        }
        let found = words(&text);
        let lost = missing(&expected, &found);
        let mut added = missing(&found, &expected);
        // Notes have numbers.
        for number in 1..=report.notes() {
            let number = number.to_string();
            added.iter().position(|word| *word == number).map(|at| added.remove(at));
        }
        let numbers =
            lost.iter().filter(|word| word.contains(|letter: char| letter.is_ascii_digit())).count();
        let whole = found.join(" ");
        let parts = report.texts();
        let torn: Vec<&String> =
            parts.iter().filter(|part| !whole.contains(&words(part).join(" "))).collect();
        self.parts += parts.len();
        self.torn += torn.len();
        let (should, is) = (report.cells(), cells(article));
        // A cell without heads says nothing, and nothing wrong.
        let told: Vec<_> = is.iter().filter(|(heads, ..)| !heads.is_empty()).cloned().collect();
        let wrong = missing(&told, &should);
        self.files += 1;
        self.words += expected.len();
        self.lost += lost.len();
        self.added += added.len();
        self.numbers_lost += numbers;
        self.cells += should.len();
        self.cells_right += should.len() - missing(&should, &is).len();
        self.cells_wrong += wrong.len();
        if std::env::var_os("SHOW").is_some() && lost.len() + added.len() + wrong.len() + torn.len() > 0 {
            eprintln!(
                "{name} {:?}\n  lost {lost:?}\n  added {added:?}\n  torn {torn:?}\n  wrong {:?}",
                report.layout,
                &wrong[..wrong.len().min(4)]
            );
        }
    }

    fn check(&self, writer: &str, floor: &Floor) {
        eprintln!("{writer}: {self:?}");
        assert!(self.files > 0, "{writer}: nothing was made");
        assert!(self.lost * 10_000 <= self.words * floor.words, "{writer}: words are lost: {self:?}");
        assert!(self.added * 10_000 <= self.words * floor.words, "{writer}: words are added: {self:?}");
        assert_eq!(self.numbers_lost, 0, "{writer}: numbers are lost: {self:?}");
        assert!(self.torn * 1_000 <= self.parts * floor.torn, "{writer}: parts are torn: {self:?}");
        assert!(self.cells_right * 100 >= self.cells * floor.cells, "{writer}: cells: {self:?}");
        assert!(self.cells_wrong * 100 <= self.cells * floor.wrong, "{writer}: cells: {self:?}");
    }
}

/// The reports with these seeds.
fn reports(seeds: std::ops::Range<u64>) -> Vec<(String, Report)> {
    seeds.map(|seed| (format!("r{seed}"), Report::new(seed))).collect()
}

fn has(program: &str) -> bool {
    let found = Command::new(program).arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if found.is_err() {
        eprintln!("skipped: there is no {program}");
    }
    found.is_ok()
}

/// Reads the files of reports in a folder, with the ending of their names.
fn read_all(reports: &[(String, Report)], folder: &Path, end: &str) -> Found {
    let mut found = Found::default();
    for (name, report) in reports {
        let bytes = std::fs::read(folder.join(format!("{name}.{end}"))).unwrap();
        let media = media::evident(&bytes).unwrap();
        let article = documents::read(media, &bytes, &PdfLimits::default()).unwrap().unwrap();
        found.add(&format!("{name}.{end}"), report, &article);
    }
    found
}

/// Has `LibreOffice` write the DOCX files of a folder in another form; `false` where it is not installed.
fn converted(from: &Path, to: &Path, form: &str) -> bool {
    let files = std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path());
    let made = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", to.join("profile").display()))
        .args(["--headless", "--convert-to", form, "--outdir"])
        .arg(to)
        .args(files)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if made.is_err() {
        eprintln!("skipped: there is no soffice (LibreOffice)");
    }
    made.is_ok_and(|made| made.success())
}

#[test]
fn what_word_writes_is_read() {
    let reports = reports(0..20);
    let folder = tempfile::tempdir().unwrap();
    for (name, report) in &reports {
        std::fs::write(folder.path().join(format!("{name}.docx")), word::write(report)).unwrap();
    }
    let found = read_all(&reports, folder.path(), "docx");
    found.check("DOCX", &Floor { words: 0, torn: 0, cells: 100, wrong: 0 });
}

#[test]
fn what_libreoffice_writes_is_read() {
    let reports = reports(20..34);
    let (made, office) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, report) in &reports {
        std::fs::write(made.path().join(format!("{name}.docx")), word::write(report)).unwrap();
    }
    if !has("pdftotext") || !converted(made.path(), office.path(), "pdf") {
        return;
    }
    // A name can be torn at the end of a page, and nothing tells its rest from a name.
    read_all(&reports, office.path(), "pdf")
        .check("LibreOffice's PDF", &Floor { words: 10, torn: 5, cells: 97, wrong: 2 });
    assert!(converted(made.path(), office.path(), "odt") && converted(made.path(), office.path(), "docx"));
    read_all(&reports, office.path(), "odt").check("ODT", &Floor { words: 0, torn: 0, cells: 100, wrong: 0 });
    read_all(&reports, office.path(), "docx")
        .check("LibreOffice's DOCX", &Floor { words: 0, torn: 0, cells: 100, wrong: 0 });
    // One of each: a LibreOffice of its own is begun for every file that is read.
    assert!(converted(made.path(), office.path(), "doc") && converted(made.path(), office.path(), "rtf"));
    for end in ["doc", "rtf"] {
        read_all(&reports[..1], office.path(), end)
            .check(end, &Floor { words: 0, torn: 0, cells: 100, wrong: 0 });
    }
}

#[test]
fn what_a_browser_prints_is_read() {
    if !has("pdftotext") || !has("chromium") {
        return;
    }
    let reports = reports(34..46);
    let folder = tempfile::tempdir().unwrap();
    for (name, report) in &reports {
        let page = folder.path().join(format!("{name}.html"));
        std::fs::write(&page, html::write(report)).unwrap();
        let made = Command::new("chromium")
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .arg(format!("--print-to-pdf={}", folder.path().join(format!("{name}.pdf")).display()))
            .arg(format!("file://{}", page.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(made.unwrap().success());
    }
    read_all(&reports, folder.path(), "pdf")
        .check("Chromium's PDF", &Floor { words: 10, torn: 5, cells: 95, wrong: 2 });
}

#[test]
fn what_a_plain_program_prints_is_read() {
    if !has("pdftotext") {
        return;
    }
    let reports = reports(46..60);
    let folder = tempfile::tempdir().unwrap();
    for (name, report) in &reports {
        std::fs::write(folder.path().join(format!("{name}.pdf")), plain::write(report)).unwrap();
    }
    read_all(&reports, folder.path(), "pdf")
        .check("plain PDF", &Floor { words: 10, torn: 5, cells: 92, wrong: 2 });
}
