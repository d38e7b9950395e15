//! Reading captures in the order in which they were kept.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::{Position, segment};
use crate::warc::http::{Message, TooLong, media_type};
use crate::warc::{Fault, Limits, Record, RecordError, Records};
use crate::{Capture, CaptureKind, Error, Linked};

/// Bounds of reading.
#[derive(Clone, Copy, Debug)]
pub struct ReadSettings {
    /// A body longer than this once decoded is an error item (a decompression bomb, or no page).
    pub max_body_bytes: usize,
}

impl Default for ReadSettings {
    fn default() -> Self {
        Self { max_body_bytes: 64 * 1024 * 1024 }
    }
}

/// The captures of an archive from a watermark on: see [`Archive::captures`](super::Archive::captures).
#[derive(Debug)]
pub struct Captures {
    records: SegmentRecords,
    settings: ReadSettings,
}

impl Captures {
    pub(super) fn new(folder: PathBuf, after: &Position, settings: ReadSettings) -> Self {
        Self { records: SegmentRecords::new(folder, after), settings }
    }
}

impl Iterator for Captures {
    type Item = Result<Capture, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.records.next()? {
                Ok((file, record)) => match capture_of(&file, record, self.settings) {
                    Ok(Some(capture)) => return Some(Ok(capture)),
                    Ok(None) => {}
                    Err((offset, reason)) => {
                        let path = self.records.folder.join(file);
                        return Some(Err(Error::Record { path, offset, reason }));
                    }
                },
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// The records of all capture files from a position on, each with the name of its file.
#[derive(Debug)]
pub(crate) struct SegmentRecords {
    folder: PathBuf,
    /// Where reading goes on.
    at: Position,
    open: Option<Records<BufReader<Window>>>,
    /// Where the open file ended when it was opened.
    end: u64,
    blocks: bool,
    /// The last record could not be read: at the end of its file there is nothing to come back for.
    is_broken: bool,
    done: bool,
}

impl SegmentRecords {
    pub(crate) fn new(folder: PathBuf, after: &Position) -> Self {
        Self { folder, at: after.clone(), open: None, end: 0, blocks: true, is_broken: false, done: false }
    }

    /// Leaves blocks out.
    #[must_use]
    pub(crate) fn headers_only(self) -> Self {
        Self { blocks: false, ..self }
    }

    /// The first capture file after the current one.
    fn following(&self) -> Result<Option<String>, Error> {
        Ok(segment::list(&self.folder)?.into_iter().find(|name| *name > self.at.file))
    }

    /// Opens the current file; `false` where it has nothing from `at` on.
    fn open(&mut self) -> Result<bool, Error> {
        let path = self.folder.join(&self.at.file);
        let window = match Window::open(&path) {
            Ok(window) => window,
            // Removed since; what follows it stands in the next file.
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(e) => return Err(Error::Io { path, source: e }),
        };
        if self.at.offset >= window.end {
            return Ok(false);
        }
        self.end = window.end;
        let reader = BufReader::with_capacity(128 * 1024, window);
        let records = Records::new(reader, self.at.offset, Limits::default()).map_err(Error::io(&path))?;
        self.open = Some(if self.blocks { records } else { records.headers_only() });
        Ok(true)
    }

    fn advance(&mut self) -> Result<Option<(String, Record)>, Error> {
        loop {
            if let Some(records) = &mut self.open {
                match records.next() {
                    Some(Ok(record)) => {
                        self.at.offset = record.end;
                        self.is_broken = false;
                        return Ok(Some((self.at.file.clone(), record)));
                    }
                    Some(Err(RecordError { offset, fault: Fault::Torn })) => {
                        self.open = None;
                        self.at.offset = offset;
                        let Some(next) = self.following()? else { return Ok(None) };
                        let path = self.folder.join(&self.at.file);
                        self.at = Position { file: next, offset: 0 };
                        return Err(Error::Record { path, offset, reason: Fault::Torn.to_string() });
                    }
                    Some(Err(RecordError { offset, fault })) => {
                        self.is_broken = true;
                        let path = self.folder.join(&self.at.file);
                        return Err(match fault {
                            Fault::Io(source) => Error::Io { path, source },
                            fault => Error::Record { path, offset, reason: fault.to_string() },
                        });
                    }
                    None => {
                        self.open = None;
                        if std::mem::take(&mut self.is_broken) {
                            self.at.offset = self.end;
                        }
                    }
                }
            }
            // The next file is looked for before the end of this one is believed: its writer may have gone on in
            // this one until it began the next.
            let next = self.following()?;
            if !self.at.file.is_empty() && self.open()? {
                continue;
            }
            match next {
                Some(file) => self.at = Position { file, offset: 0 },
                None => return Ok(None),
            }
        }
    }
}

impl Iterator for SegmentRecords {
    type Item = Result<(String, Record), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let item = self.advance().transpose();
        self.done = matches!(&item, None | Some(Err(Error::Io { .. })));
        item
    }
}

/// The part of a capture file that is on the disk for good.
#[derive(Debug)]
pub(crate) struct Window {
    file: File,
    at: u64,
    pub(crate) end: u64,
}

impl Window {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let end = file.metadata()?.len();
        // What a reader has seen must outlast a power cut: its watermark would point behind the end otherwise. On a
        // medium that cannot be written to there is nothing to write out, and the refusal says so.
        if let Err(error) = file.sync_all() {
            tracing::debug!(file = %path.display(), "not synced before reading: {error}");
        }
        Ok(Self { file, at: 0, end })
    }
}

impl Read for Window {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.end.saturating_sub(self.at).min(into.len() as u64) as usize;
        let count = self.file.read(&mut into[..left])?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Window {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}

/// The one capture at a position.
pub(super) fn capture(folder: &Path, at: &Position, settings: ReadSettings) -> Result<Capture, Error> {
    let none = |reason: &str| no_record(folder.join(&at.file), at.offset, reason);
    capture_of(&at.file, record(folder, at)?, settings)
        .map_err(|(_, reason)| none(&reason))?
        .ok_or_else(|| none("the record here is no capture"))
}

fn no_record(path: PathBuf, offset: u64, reason: &str) -> Error {
    Error::Record { path, offset, reason: reason.to_owned() }
}

/// The one record at a position.
pub(crate) fn record(folder: &Path, at: &Position) -> Result<Record, Error> {
    let path = folder.join(&at.file);
    let none = |reason: &str| no_record(path.clone(), at.offset, reason);
    if segment::number(&at.file).is_none() {
        return Err(none("this is no capture file"));
    }
    let file = BufReader::new(File::open(&path).map_err(Error::io(&path))?);
    let mut records = Records::new(file, at.offset, Limits::default()).map_err(Error::io(&path))?;
    match records.next() {
        Some(Ok(record)) => Ok(record),
        Some(Err(error)) => Err(match error.fault {
            Fault::Io(source) => Error::Io { path, source },
            fault => none(&fault.to_string()),
        }),
        None => Err(none("there is no record here")),
    }
}

/// The capture that a record is; `None` for requests, metadata and the like. An error gives the record's offset.
fn capture_of(file: &str, record: Record, settings: ReadSettings) -> Result<Option<Capture>, (u64, String)> {
    let kind = record.kind();
    let is_capture = match kind.as_str() {
        "response" => record.is_http(),
        "resource" | "conversion" | "revisit" => true,
        _ => false,
    };
    if !is_capture {
        return Ok(None);
    }
    let broken = |reason: String| (record.offset, reason);
    let fields = &record.fields;
    let target = record.target().ok_or_else(|| broken("the record has no WARC-Target-URI".to_owned()))?;
    let record_id = fields
        .uri("WARC-Record-ID")
        .ok_or_else(|| broken("the record has no WARC-Record-ID".to_owned()))?
        .to_owned();
    let at = fields
        .get("WARC-Date")
        .and_then(|date| date.parse().ok())
        .ok_or_else(|| broken("the record has no date that can be read".to_owned()))?;
    let (source, province) = (
        fields.get("Yearline-Source").map(str::to_owned),
        fields.get("Yearline-Province").map(str::to_owned),
    );

    let from = fields.get("Yearline-Linked-From").and_then(|from| from.parse().ok());
    let linked = from.map(|from| Linked { from, name: fields.get("Yearline-Link-Text").map(str::to_owned) });

    let content_type = |message: &Message<'_>| {
        let value = message.values("Content-Type").next().map(str::to_owned);
        value.map_or((None, None), |value| media_type(&value))
    };
    let (kind, (media_type, charset), body) = match kind.as_str() {
        // A text that another program made of a page is a file like others.
        "resource" | "conversion" => {
            let media = fields.get("Content-Type").map_or((None, None), media_type);
            let block = record.block;
            if block.len() > settings.max_body_bytes {
                return Err((record.offset, TooLong(settings.max_body_bytes).to_string()));
            }
            (CaptureKind::Resource, media, block)
        }
        "revisit" => {
            let refers_to = fields.uri("WARC-Refers-To").map(str::to_owned);
            let media = Message::parse(&record.block).map_or((None, None), |message| content_type(&message));
            (CaptureKind::Revisit { refers_to }, media, Vec::new())
        }
        _ => {
            let message = Message::parse(&record.block)
                .ok_or_else(|| broken("the record does not hold an HTTP answer".to_owned()))?;
            let media = content_type(&message);
            let body = message.body(settings.max_body_bytes).map_err(|e| broken(e.to_string()))?.into_owned();
            (CaptureKind::Response { status: message.status, headers: message.headers }, media, body)
        }
    };
    Ok(Some(Capture {
        position: Position { file: file.to_owned(), offset: record.offset },
        next: Position { file: file.to_owned(), offset: record.end },
        record_id,
        target,
        at,
        kind,
        media_type,
        charset,
        source,
        province,
        linked,
        body,
    }))
}
