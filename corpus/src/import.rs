//! How files become captures.
//!
//! A text, page or office document becomes one `resource` record, a line of JSON Lines, a record of a JSON array or a row of CSV
//! one `application/json` record,
//! and the records of other people's WARC files are taken over as they are. What was imported is known by a digest of
//! address and content, so the same file imported twice is kept once, unless what the archive has of it cannot be read.

mod elements;
mod files;
mod places;
mod rows;
pub(crate) mod sealed;
pub(crate) mod seen;
#[cfg(test)]
mod tests;
mod warc;

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::bufread::MultiGzDecoder;
use jiff::Timestamp;

use self::files::{Kind, Listed};
use self::places::Places;
use self::seen::Seen;
use crate::{CaptureWriter, Error, FieldName, Forgotten, NewCapture, NewContent, media, mhtml};

/// Imports files and folders into an archive.
#[derive(Clone, Debug)]
pub struct Importer {
    /// Name of the source that the files belong to; a record's own `source` goes before it when it is read.
    pub source: Option<String>,
    /// The province that the files are about, by its Vietnamese name.
    pub province: Option<String>,
    /// Fields that JSON Lines and CSV have by other names.
    pub fields: Vec<FieldName>,
    /// The time of the import.
    pub at: Timestamp,
    /// Bounds.
    pub limits: ImportLimits,
}

/// Bounds of an import.
#[derive(Clone, Copy, Debug)]
pub struct ImportLimits {
    /// An HTML file longer than this is skipped.
    pub max_page_bytes: u64,
    /// A text file that is longer than this in UTF-8 is skipped.
    pub max_text_bytes: u64,
    /// A PDF or office document longer than this is skipped.
    pub max_document_bytes: u64,
    /// A line of JSON Lines, or a row of CSV as JSON, longer than this is skipped.
    pub max_line_bytes: usize,
    /// This many skipped files and lines are told one by one; beyond that they are only counted.
    pub max_skipped_listed: usize,
}

impl Default for ImportLimits {
    fn default() -> Self {
        Self {
            max_page_bytes: 20 << 20,
            max_text_bytes: 16 << 20,
            max_document_bytes: 64 << 20,
            max_line_bytes: 16 << 20,
            max_skipped_listed: 1000,
        }
    }
}

/// How far an import has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The file at work.
    pub path: PathBuf,
    /// Files done.
    pub files_done: u64,
    /// Files in all.
    pub files_total: u64,
    /// Bytes of the files read so far.
    pub bytes_done: u64,
    /// Bytes of all files.
    pub bytes_total: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Records kept.
    pub kept: u64,
    /// Records that the archive had already.
    pub already_there: u64,
    /// Damaged records of the archive that came again, and are whole now: they are among those kept.
    pub mended: u64,
    /// Records of pages that were forgotten, which are not kept again.
    pub forgotten: u64,
    /// Files of a name that another file has in the archive, and the addresses that they have instead.
    pub renamed: Vec<(PathBuf, String)>,
    /// Files and lines skipped.
    pub skipped: u64,
    /// Those among them that nobody asked for: files of other kinds in folders.
    pub foreign: u64,
    /// The first of them.
    pub skipped_listed: Vec<Skipped>,
    /// What stands in records and could not be kept with them.
    pub remarks: u64,
    /// The first of it.
    pub remarks_listed: Vec<Remarked>,
}

/// What was left out of a record that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remarked {
    /// The file, as it was named or found.
    pub path: PathBuf,
    /// The line, row or record (from 1).
    pub line: u64,
    /// What it is.
    pub what: Remark,
}

/// What may be left out of a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// A date that is none.
    #[error("its date “{0}” is none that is understood, so it is kept without one")]
    Undated(String),
    /// Fields behind the last column.
    #[error("{0} of its fields stand under no column, and are left out")]
    MoreFields(usize),
    /// A column of the same name as one before.
    #[error("two columns are called “{0}”: of each row the last that is not empty is taken")]
    SameColumn(String),
    /// Quotation marks inside of a quoted field.
    #[error(
        "a quotation mark inside of a quoted field is not doubled: what its field is may be read wrongly"
    )]
    Quotes,
}

/// A file or a line that was not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file, as it was named or found.
    pub path: PathBuf,
    /// The line (from 1) of JSON Lines or CSV, the record (from 1) of a WARC file.
    pub line: Option<u64>,
    /// Why, in words.
    pub reason: String,
    /// A file of another kind in a folder, which was not named itself.
    pub is_foreign: bool,
}

impl Importer {
    /// An importer with the usual bounds, and without source and province.
    pub fn new(at: Timestamp) -> Self {
        Self { source: None, province: None, fields: Vec::new(), at, limits: ImportLimits::default() }
    }

    /// Imports files, and folders with all that is in them, in the order of their names. What cannot be read is
    /// skipped and reported; only a failing archive is an error. What was kept is synced when this returns.
    pub fn import(
        &self,
        writer: &mut CaptureWriter,
        paths: &[PathBuf],
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<Report, Error> {
        let mut report = Report::default();
        let mut files = Vec::new();
        for path in paths {
            files::list(path, writer.archive().folder(), &mut files, &mut |skipped| {
                self.skip(&mut report, skipped);
            });
        }
        let mut places = Places::open(writer.archive())?;
        let mut seen = Seen::open(writer.archive(), &mut places)?;
        let forgotten = writer.archive().forgotten()?;
        let bytes_total = files.iter().map(|file| file.bytes).sum();
        let (mut bytes_done, files_total) = (0, files.len() as u64);
        for (files_done, file) in (0..).zip(&mut files) {
            // The records of a WARC file have addresses of their own.
            let place = (file.kind != Some(Kind::Warc))
                .then(|| places.another(&file.target(None), &file.path))
                .flatten();
            if let Some(place) = place {
                file.tell_apart(place);
                if report.renamed.len() < self.limits.max_skipped_listed {
                    report.renamed.push((file.path.clone(), file.target(None)));
                }
            }
            let path = file.path.clone();
            progress(&Progress { path, files_done, files_total, bytes_done, bytes_total });
            let mut run = Run {
                importer: self,
                writer,
                seen: &mut seen,
                forgotten: &forgotten,
                report: &mut report,
                file: &*file,
            };
            run.import()?;
            bytes_done += file.bytes;
        }
        writer.sync()?;
        // All that stood there is kept anew by now.
        report.mended = writer.put_nothing(&seen.damaged())?;
        places.save(writer.archive())?;
        seen.save(writer.archive())?;
        Ok(report)
    }

    fn skip(&self, report: &mut Report, skipped: Skipped) {
        report.skipped += 1;
        report.foreign += u64::from(skipped.is_foreign);
        if report.skipped_listed.len() < self.limits.max_skipped_listed {
            report.skipped_listed.push(skipped);
        }
    }
}

/// One file while it is imported.
struct Run<'a> {
    importer: &'a Importer,
    writer: &'a mut CaptureWriter,
    seen: &'a mut Seen,
    forgotten: &'a Forgotten,
    report: &'a mut Report,
    file: &'a Listed,
}

impl Run<'_> {
    fn import(&mut self) -> Result<(), Error> {
        let mut opened = match File::open(&self.file.path) {
            Ok(opened) => opened,
            Err(error) => {
                self.skip(None, &format!("it cannot be opened: {error}"));
                return Ok(());
            }
        };
        // A name without an end that is known says nothing; the bytes may.
        let kind = match self.file.kind {
            Some(kind) => Some(kind),
            None => self.by_bytes(&mut opened),
        };
        let Some(kind) = kind else {
            self.skip(
                None,
                "files of this kind are not imported; txt, html, mhtml, pdf, docx, xlsx, pptx, odt, ods, doc, xls, rtf, json, jsonl, csv, tsv (also packed, .gz), warc and warc.gz are",
            );
            return Ok(());
        };
        let reader = BufReader::with_capacity(PORTION, opened);
        let records = match kind {
            Kind::JsonLines | Kind::Json | Kind::Csv if self.file.is_packed => {
                in_utf8(BufReader::with_capacity(PORTION, MultiGzDecoder::new(reader)))
            }
            Kind::JsonLines | Kind::Json | Kind::Csv => in_utf8(reader),
            _ => return self.no_records(reader, kind),
        };
        match kind {
            Kind::JsonLines => self.json_lines(records),
            Kind::Json => self.json(records),
            _ => self.csv(records),
        }
    }

    /// A file of anything else than records.
    fn no_records(&mut self, reader: BufReader<File>, kind: Kind) -> Result<(), Error> {
        match kind {
            Kind::Text | Kind::Html | Kind::Document => self.whole(reader, kind),
            Kind::Mhtml => self.saved_page(reader),
            Kind::Warc => self.warc(reader),
            Kind::JsonLines | Kind::Json | Kind::Csv => Ok(()),
        }
    }

    /// The kind that the bytes of a file show.
    fn by_bytes(&self, opened: &mut File) -> Option<Kind> {
        let limit = self.importer.limits.max_document_bytes;
        let mut bytes = Vec::new();
        opened.take(media::HEAD).read_to_end(&mut bytes).ok()?;
        // What some hold is told at their end.
        if media::is_told_later(&bytes) && self.file.bytes <= limit {
            opened.take(limit).read_to_end(&mut bytes).ok()?;
        }
        opened.rewind().ok()?;
        if mhtml::is_one(&bytes) {
            return Some(Kind::Mhtml);
        }
        media::evident(&bytes).and_then(Kind::of_media)
    }

    /// A text, a page or an office document.
    fn whole(&mut self, reader: BufReader<File>, kind: Kind) -> Result<(), Error> {
        let limits = self.importer.limits;
        let (limit, name) = match kind {
            Kind::Html => (limits.max_page_bytes, "max_page_bytes"),
            Kind::Document => (limits.max_document_bytes, "max_document_bytes"),
            _ => (limits.max_text_bytes, "max_text_bytes"),
        };
        let mut body = Vec::new();
        if let Err(error) = reader.take(limit + 1).read_to_end(&mut body) {
            self.skip(None, &format!("it cannot be read: {error}"));
            return Ok(());
        }
        if body.len() as u64 > limit {
            self.skip(None, &too_long(self.file.bytes, limit, name));
            return Ok(());
        }
        if body.trim_ascii().is_empty() {
            self.skip(None, "it is empty");
            return Ok(());
        }
        let evident = media::evident(&body);
        if let Some(document) = evident.filter(|media| *media != media::HTML) {
            return self.keep(self.file.target(None), document.to_owned(), body);
        }
        if kind == Kind::Document && evident.is_none() {
            self.skip(None, "it is none: its name says that it is a document, its bytes are something else");
            return Ok(());
        }
        let kind = evident.and_then(Kind::of_media).unwrap_or(kind);
        let Some(text) = crate::text::decode(&body, None) else {
            self.skip(None, "it is no text: its name says text, its bytes are something else");
            return Ok(());
        };
        // Letters that older encodings have in one byte take up to three.
        if kind == Kind::Text && text.len() as u64 > limit {
            self.skip(None, &too_long(text.len() as u64, limit, name));
            return Ok(());
        }
        let media = if kind == Kind::Html { media::HTML } else { "text/plain" };
        let content_type = match crate::text::evident_charset(&body) {
            Some(charset) => format!("{media}; charset={charset}"),
            None => media.to_owned(),
        };
        self.keep(self.file.target(None), content_type, body)
    }

    /// A page with all that belongs to it in one file: the page is kept, under the address that it was saved from.
    fn saved_page(&mut self, reader: BufReader<File>) -> Result<(), Error> {
        let limit = self.importer.limits.max_document_bytes;
        let mut bytes = Vec::new();
        if let Err(error) = reader.take(limit + 1).read_to_end(&mut bytes) {
            self.skip(None, &format!("it cannot be read: {error}"));
            return Ok(());
        }
        if bytes.len() as u64 > limit {
            self.skip(None, &too_long(self.file.bytes, limit, "max_document_bytes"));
            return Ok(());
        }
        let Some(page) = mhtml::read(&bytes) else {
            self.skip(None, "there is no page in it");
            return Ok(());
        };
        if page.html.len() as u64 > self.importer.limits.max_page_bytes {
            self.skip(
                None,
                &too_long(page.html.len() as u64, self.importer.limits.max_page_bytes, "max_page_bytes"),
            );
            return Ok(());
        }
        let address = page.address.filter(|address| address.parse::<crate::CanonicalUrl>().is_ok());
        let target = address.unwrap_or_else(|| self.file.target(None));
        let content_type = match page.charset {
            Some(charset) => format!("{}; charset={charset}", media::HTML),
            None => media::HTML.to_owned(),
        };
        self.keep(target, content_type, page.html)
    }

    fn json_lines(&mut self, mut reader: impl BufRead) -> Result<(), Error> {
        let limit = self.importer.limits.max_line_bytes as u64;
        let mut line = Vec::new();
        let mut any = false;
        for number in 1.. {
            line.clear();
            match (&mut reader).take(limit + 1).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    any = true;
                    self.skip(Some(number), &format!("it cannot be read: {error}"));
                    break;
                }
            }
            if line.len() as u64 > limit {
                any = true;
                let most = limit >> 20;
                self.skip(Some(number), &format!("the line is longer than {most} MiB (max_line_bytes)"));
                let rest = reader.skip_until(b'\n');
                if rest.is_err() {
                    break;
                }
                continue;
            }
            let record = line.trim_ascii();
            if !record.is_empty() {
                any = true;
                self.record(record.to_vec(), number)?;
            }
        }
        if !any {
            self.skip(None, "there is no record in it");
        }
        Ok(())
    }

    /// Records in an array, or one after the other.
    fn json(&mut self, reader: impl BufRead) -> Result<(), Error> {
        let limit = self.importer.limits.max_line_bytes;
        let mut any = false;
        for (number, element) in (1..).zip(elements::read(reader, limit)) {
            any = true;
            match element {
                Ok(json) => self.record(json, number)?,
                Err(reason) => self.skip(Some(number), &reason),
            }
        }
        if !any {
            self.skip(None, "there is no record in it");
        }
        Ok(())
    }

    fn csv(&mut self, reader: impl BufRead) -> Result<(), Error> {
        let mut rows = rows::read(reader, self.importer.limits.max_line_bytes).peekable();
        let header = match rows.next() {
            Some(Ok(header)) => header.fields,
            Some(Err(reason)) => {
                self.skip(Some(1), &format!("its header cannot be read: {reason}"));
                return Ok(());
            }
            None => {
                self.skip(None, "there is no record in it");
                return Ok(());
            }
        };
        if rows.peek().is_none() {
            self.skip(None, "it has one line alone, which is read as the names of its columns: there is no record below it");
            return Ok(());
        }
        let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        let is_again = |(at, name): &(usize, &String)| !name.is_empty() && header[..*at].contains(*name);
        for (_, name) in header.iter().enumerate().filter(is_again) {
            self.remark(1, Remark::SameColumn(name.clone()));
        }
        for (number, row) in (2..).zip(rows) {
            let row = match row {
                Ok(row) => {
                    if row.is_misquoted {
                        self.remark(number, Remark::Quotes);
                    }
                    let more = row.fields.iter().skip(header.len()).filter(|field| !field.trim().is_empty());
                    match more.count() {
                        0 => {}
                        more => self.remark(number, Remark::MoreFields(more)),
                    }
                    row.fields
                }
                Err(reason) => {
                    self.skip(Some(number), &reason);
                    continue;
                }
            };
            let fields: serde_json::Map<String, serde_json::Value> = header
                .iter()
                .zip(row)
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name.clone(), value.into()))
                .collect();
            let json = serde_json::to_vec(&fields).expect("a map of texts can be written as JSON");
            let limit = self.importer.limits.max_line_bytes;
            if json.len() > limit {
                self.skip(Some(number), &too_long(json.len() as u64, limit as u64, "max_line_bytes"));
                continue;
            }
            self.record(json, number)?;
        }
        Ok(())
    }

    /// A JSON record.
    fn record(&mut self, mut json: Vec<u8>, number: u64) -> Result<(), Error> {
        if !self.importer.fields.is_empty()
            && let Ok(mut record) = serde_json::from_slice(&json)
        {
            for field in &self.importer.fields {
                field.apply(&mut record);
            }
            json = serde_json::to_vec(&record).expect("a map can be written as JSON");
        }
        let target = match crate::JsonRecord::parse(&json) {
            Ok(record) => {
                let unread: Vec<String> = record.unread_dates().map(str::to_owned).collect();
                for words in unread {
                    self.remark(number, Remark::Undated(words));
                }
                match record.url.filter(|url| url.parse::<crate::CanonicalUrl>().is_ok()) {
                    Some(url) => url,
                    None => self.file.target(Some(&record.id.unwrap_or_else(|| number.to_string()))),
                }
            }
            Err(error) => {
                self.skip(Some(number), &error.to_string());
                return Ok(());
            }
        };
        self.keep(target, "application/json".to_owned(), json)
    }

    fn keep(&mut self, target: String, content_type: String, body: Vec<u8>) -> Result<(), Error> {
        if self.forgotten.holds(&target) {
            self.report.forgotten += 1;
            return Ok(());
        }
        let key = seen::key(&target, &body);
        if self.seen.has(self.writer.archive(), &key)? {
            self.report.already_there += 1;
            return Ok(());
        }
        let kept = self.writer.append(&NewCapture {
            target,
            at: self.importer.at,
            source: self.importer.source.clone(),
            province: self.importer.province.clone(),
            linked: None,
            ip: None,
            content: NewContent::Resource { content_type, body },
        })?;
        self.seen.note(key, kept.position.offset, &kept.next);
        self.report.kept += 1;
        Ok(())
    }

    /// Notes what a record that is kept lacks.
    fn remark(&mut self, line: u64, what: Remark) {
        self.report.remarks += 1;
        if self.report.remarks_listed.len() < self.importer.limits.max_skipped_listed {
            self.report.remarks_listed.push(Remarked { path: self.file.path.clone(), line, what });
        }
    }

    fn skip(&mut self, line: Option<u64>, reason: &str) {
        let path: &Path = &self.file.path;
        let is_foreign = self.file.kind.is_none() && self.file.is_in_folder;
        let reason = reason.to_owned();
        self.importer.skip(self.report, Skipped { path: path.to_owned(), line, reason, is_foreign });
    }
}

/// Bytes that are read at once.
const PORTION: usize = 128 * 1024;

/// The records of a file in UTF-8 without a mark: some programs write them in UTF-16.
fn in_utf8<'r>(mut reader: impl BufRead + 'r) -> Box<dyn BufRead + 'r> {
    let head = reader.fill_buf().unwrap_or_default();
    let encoding = match head {
        [0xef, 0xbb, 0xbf, ..] => {
            reader.consume(3);
            return Box::new(reader);
        }
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE,
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE,
        // Records begin with a sign of ASCII; where the file has no mark, that tells the order of bytes.
        [0, first, ..] if *first != 0 => encoding_rs::UTF_16BE,
        [first, 0, ..] if *first != 0 => encoding_rs::UTF_16LE,
        _ => return Box::new(reader),
    };
    let mut decoded = DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .bom_sniffing(true)
        .strip_bom(true)
        .build(reader);
    // The first line is looked at as a whole, and the decoder begins with a few bytes.
    let mut head = Vec::new();
    // What cannot be read is met again behind it.
    let _ = decoded.by_ref().take(PORTION as u64).read_to_end(&mut head);
    Box::new(std::io::Cursor::new(head).chain(BufReader::with_capacity(PORTION, decoded)))
}

/// Says how much too long something is, and by which of the [`ImportLimits`].
fn too_long(bytes: u64, limit: u64, name: &str) -> String {
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    format!(
        "it is too long, {:.1} MiB where {:.0} are read at most ({name}): import it in parts",
        mib(bytes),
        mib(limit)
    )
}
