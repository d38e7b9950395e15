//! Keeping captures: the one writer of an archive.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, SeekFrom, Write};
use std::net::IpAddr;
use std::path::PathBuf;

use jiff::Timestamp;

use super::segment::{self, Tail};
use super::{Archive, Position};
use crate::warc::digest::sha1_digest;
use crate::warc::http;
use crate::warc::write::{Encoder, RecordIds, written_date};
use crate::{Error, Linked};

/// How captures are kept.
#[derive(Clone, Debug)]
pub struct WriterSettings {
    /// A capture file that has reached this many bytes is followed by a new one. A file is longer by at most one
    /// capture.
    pub segment_bytes: u64,
    /// Name and version of the program, for the `warcinfo` record that begins each file.
    pub software: String,
}

impl Default for WriterSettings {
    fn default() -> Self {
        Self {
            segment_bytes: 256 * 1024 * 1024,
            software: concat!("Yearline/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// A capture to keep.
#[derive(Clone, Debug)]
pub struct NewCapture {
    /// The address asked for, or `file:///name` of an imported file without one.
    pub target: String,
    /// When it was fetched or imported; kept to the second.
    pub at: Timestamp,
    /// Name of the source record it was collected for.
    pub source: Option<String>,
    /// The province that it is about, where its importer knows it.
    pub province: Option<String>,
    /// The link that led to it, where it is a file.
    pub linked: Option<Linked>,
    /// The address of the server that answered.
    pub ip: Option<IpAddr>,
    /// What came.
    pub content: NewContent,
}

/// What came.
#[derive(Clone, Debug)]
pub enum NewContent {
    /// An answer of a web server.
    Response {
        /// Status line, header fields and body as they came over the wire, transfer and content encoding included.
        message: Vec<u8>,
        /// The request as it was sent, body included.
        request: Option<Vec<u8>>,
    },
    /// A file or a record of a file.
    Resource {
        /// Media type with its parameters: `text/plain; charset=utf-8`.
        content_type: String,
        /// The bytes.
        body: Vec<u8>,
    },
    /// The page was asked for again and had not changed.
    Revisit {
        /// How that is known.
        profile: RevisitProfile,
        /// Status line and header fields of the new answer, up to its empty line; without its body.
        head: Vec<u8>,
        /// The request as it was sent.
        request: Option<Vec<u8>>,
        /// [`Kept::payload_digest`] of the capture that holds the body.
        payload_digest: Option<String>,
        /// [`Kept::record_id`] of the capture that holds the body.
        refers_to: Option<String>,
        /// Its target.
        refers_to_target: Option<String>,
        /// When it was captured.
        refers_to_date: Option<Timestamp>,
    },
}

/// How it is known that a page has not changed (WARC 1.1, section 6.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevisitProfile {
    /// The same bytes came again.
    IdenticalPayloadDigest,
    /// The server answered 304.
    ServerNotModified,
}

impl RevisitProfile {
    /// Its URI, as `WARC-Profile` has it.
    pub fn uri(self) -> &'static str {
        match self {
            Self::IdenticalPayloadDigest => {
                "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
            }
            Self::ServerNotModified => "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
        }
    }
}

/// Where and as what a capture was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Where its record begins.
    pub position: Position,
    /// Where the record after it will begin.
    pub next: Position,
    /// Its `WARC-Record-ID`, without angle brackets: what a later revisit refers to.
    pub record_id: String,
    /// Its `WARC-Payload-Digest`: `sha1:` and the digest in base 32, of the body as it came over the wire.
    pub payload_digest: String,
}

/// The torn end of a capture file, left by a writer that was killed or by a power cut, and cut off since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TornTail {
    /// The capture file.
    pub file: PathBuf,
    /// Its length now.
    pub length: u64,
    /// How many bytes were cut off.
    pub cut: u64,
}

/// The one writer of an archive. Its lock goes with it, or with its process.
///
/// [`append`](Self::append) hands a capture to the system; **only [`sync`](Self::sync) makes it kept**: what was
/// appended since the last `sync` may be lost in a power cut (never in part: a torn record is cut off at the next
/// opening). One `sync` for many captures, every second or every hundred, costs as much as one for a single capture,
/// so a collector appends as pages come and marks them as done after the next `sync`.
#[derive(Debug)]
pub struct CaptureWriter {
    archive: Archive,
    settings: WriterSettings,
    segment: Option<Segment>,
    next_number: u32,
    ids: RecordIds,
    encoder: Encoder,
    recovered: Option<TornTail>,
    /// Held, never read.
    _lock: File,
}

/// The capture file that is being written.
#[derive(Debug)]
struct Segment {
    name: String,
    path: PathBuf,
    file: File,
    length: u64,
    synced: u64,
    /// Length of the `warcinfo` record: a file with more holds captures.
    head: u64,
}

impl CaptureWriter {
    pub(super) fn open(archive: Archive, settings: WriterSettings) -> Result<Self, Error> {
        let lock_path = archive.folder().join("writer.lock");
        let lock = match crate::lock::lock(&lock_path) {
            Ok(lock) => lock,
            Err(TryLockError::WouldBlock) => return Err(Error::Locked(archive.folder().to_owned())),
            Err(TryLockError::Error(source)) => return Err(Error::Io { path: lock_path, source }),
        };
        let captures = archive.captures_folder();
        fs::create_dir_all(&captures).map_err(Error::io(&captures))?;
        segment::sync_folder(archive.folder())?;

        let mut writer = Self {
            segment: None,
            next_number: 1,
            ids: RecordIds::new(),
            encoder: Encoder::new(),
            recovered: None,
            _lock: lock,
            archive,
            settings,
        };
        if let Some(last) = segment::list(&captures)?.pop() {
            writer.next_number = segment::number(&last).expect("listed by its number") + 1;
            writer.take_up(last)?;
        }
        Ok(writer)
    }

    /// Goes on with the last capture file, after cutting off a torn end.
    fn take_up(&mut self, name: String) -> Result<(), Error> {
        let path = self.archive.captures_folder().join(&name);
        let io = || Error::io(&path);
        let mut file = OpenOptions::new().read(true).write(true).open(&path).map_err(io())?;
        let length = file.metadata().map_err(io())?.len();
        let whole = match segment::tail(&mut file, length).map_err(io())? {
            Tail::Whole(whole) => whole,
            Tail::Nothing if length <= segment::UNREADABLE_LIMIT => {
                // A writer that was stopped over its first record.
                fs::remove_file(&path).map_err(io())?;
                if length > 0 {
                    self.note_torn(TornTail { file: path.clone(), length: 0, cut: length });
                }
                self.next_number -= 1;
                return Ok(());
            }
            Tail::Nothing | Tail::Damaged => {
                tracing::warn!(
                    file = %path.display(),
                    "this capture file is damaged; it is left as it is, and captures go to a new one"
                );
                return Ok(());
            }
        };
        if whole < length {
            file.set_len(whole).map_err(io())?;
            file.sync_all().map_err(io())?;
            self.note_torn(TornTail { file: path.clone(), length: whole, cut: length - whole });
        }
        file.seek(SeekFrom::Start(whole)).map_err(io())?;
        self.segment = Some(Segment { name, path, file, length: whole, synced: whole, head: 0 });
        Ok(())
    }

    fn note_torn(&mut self, torn: TornTail) {
        tracing::warn!(
            file = %torn.file.display(),
            length = torn.length,
            cut = torn.cut,
            "the last writer was stopped in the middle of a record; the torn end was cut off"
        );
        self.recovered = Some(torn);
    }

    /// The archive that it writes to.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// What was cut off when it was opened.
    pub fn recovered(&self) -> Option<&TornTail> {
        self.recovered.as_ref()
    }

    /// Writes a capture. It is kept once [`sync`](Self::sync) has returned.
    ///
    /// After an error the capture file is as it was before the call, and the writer can go on.
    pub fn append(&mut self, capture: &NewCapture) -> Result<Kept, Error> {
        let record_id = self.ids.next();
        let payload_digest = match &capture.content {
            NewContent::Response { message, .. } => sha1_digest(&message[http::head_length(message)..]),
            NewContent::Resource { body, .. } => sha1_digest(body),
            NewContent::Revisit { payload_digest, .. } => {
                payload_digest.clone().unwrap_or_else(|| sha1_digest(b""))
            }
        };
        // The request goes first: a capture that a reader can see is then whole, request and all.
        let request = match &capture.content {
            NewContent::Response { request, .. } | NewContent::Revisit { request, .. } => request.as_deref(),
            NewContent::Resource { .. } => None,
        };
        let mut bytes = Vec::new();
        if let Some(request) = request {
            let fields = Self::request_fields(&self.ids.next(), &record_id, capture);
            self.encoder.record(&borrowed(&fields), request, &mut bytes);
        }
        let before = bytes.len() as u64;
        let (fields, block) = Self::capture_fields(&record_id, &payload_digest, capture);
        self.encoder.record(&borrowed(&fields), block, &mut bytes);
        let (name, start) = self.write(&bytes)?;
        Ok(Kept {
            position: Position { file: name.clone(), offset: start + before },
            next: Position { file: name, offset: start + bytes.len() as u64 },
            record_id,
            payload_digest,
        })
    }

    /// Writes a record as another program made it, and gives its place and the one after it.
    pub(crate) fn append_raw(
        &mut self,
        fields: &[(&str, &str)],
        block: &[u8],
    ) -> Result<(Position, Position), Error> {
        let mut bytes = Vec::new();
        self.encoder.record(fields, block, &mut bytes);
        let (file, offset) = self.write(&bytes)?;
        let end = Position { file: file.clone(), offset: offset + bytes.len() as u64 };
        Ok((Position { file, offset }, end))
    }

    fn request_fields(id: &str, concurrent_to: &str, capture: &NewCapture) -> Vec<(&'static str, String)> {
        vec![
            ("WARC-Type", "request".to_owned()),
            ("WARC-Record-ID", format!("<{id}>")),
            ("WARC-Date", written_date(capture.at)),
            ("WARC-Target-URI", capture.target.clone()),
            ("WARC-Concurrent-To", format!("<{concurrent_to}>")),
            ("Content-Type", "application/http;msgtype=request".to_owned()),
        ]
    }

    fn capture_fields<'c>(
        record_id: &str,
        digest: &str,
        capture: &'c NewCapture,
    ) -> (Vec<(&'static str, String)>, &'c [u8]) {
        let kind = match &capture.content {
            NewContent::Response { .. } => "response",
            NewContent::Resource { .. } => "resource",
            NewContent::Revisit { .. } => "revisit",
        };
        let mut fields = vec![
            ("WARC-Type", kind.to_owned()),
            ("WARC-Record-ID", format!("<{record_id}>")),
            ("WARC-Date", written_date(capture.at)),
            ("WARC-Target-URI", capture.target.clone()),
        ];
        let http_response = "application/http;msgtype=response";
        let block = match &capture.content {
            NewContent::Response { message, .. } => {
                fields.push(("WARC-Payload-Digest", digest.to_owned()));
                fields.push(("Content-Type", http_response.to_owned()));
                message.as_slice()
            }
            NewContent::Resource { content_type, body } => {
                fields.push(("WARC-Payload-Digest", digest.to_owned()));
                fields.push(("Content-Type", content_type.clone()));
                body.as_slice()
            }
            NewContent::Revisit {
                profile,
                head,
                payload_digest,
                refers_to,
                refers_to_target,
                refers_to_date,
                ..
            } => {
                fields.push(("WARC-Profile", profile.uri().to_owned()));
                if let Some(digest) = payload_digest {
                    fields.push(("WARC-Payload-Digest", digest.clone()));
                }
                if let Some(id) = refers_to {
                    fields.push(("WARC-Refers-To", format!("<{id}>")));
                }
                if let Some(target) = refers_to_target {
                    fields.push(("WARC-Refers-To-Target-URI", target.clone()));
                }
                if let Some(date) = refers_to_date {
                    fields.push(("WARC-Refers-To-Date", written_date(*date)));
                }
                fields.push(("Content-Type", http_response.to_owned()));
                head.as_slice()
            }
        };
        if let Some(ip) = capture.ip {
            fields.push(("WARC-IP-Address", ip.to_string()));
        }
        if let Some(source) = &capture.source {
            fields.push(("Yearline-Source", source.clone()));
        }
        if let Some(province) = &capture.province {
            fields.push(("Yearline-Province", province.clone()));
        }
        if let Some(linked) = &capture.linked {
            fields.push(("Yearline-Linked-From", linked.from.to_string()));
            if let Some(name) = &linked.name {
                fields.push(("Yearline-Link-Text", name.clone()));
            }
        }
        (fields, block)
    }

    /// Makes everything appended so far kept: on the disk, not only with the system.
    ///
    /// After an error nothing since the last `sync` counts as kept, and the capture file is cut back to there; the
    /// next capture begins a new file.
    pub fn sync(&mut self) -> Result<(), Error> {
        let Some(segment) = &mut self.segment else { return Ok(()) };
        if segment.synced == segment.length {
            return Ok(());
        }
        match segment.file.sync_all() {
            Ok(()) => {
                segment.synced = segment.length;
                Ok(())
            }
            Err(source) => {
                let path = segment.path.clone();
                // What the system could not write out may read back as if it had been: give it up.
                if let Err(e) = segment.file.set_len(segment.synced) {
                    tracing::warn!(file = %path.display(), "could not be cut back after a failed write: {e}");
                }
                self.segment = None;
                Err(Error::Io { path, source })
            }
        }
    }

    /// Writes no more to the file at hand: what comes next goes to a new one.
    pub(super) fn let_go(&mut self) {
        self.segment = None;
    }

    /// Writes whole records to the end of the current capture file, or of a new one where that is full.
    fn write(&mut self, bytes: &[u8]) -> Result<(String, u64), Error> {
        let full = self.segment.as_ref().is_some_and(|segment| {
            segment.length > segment.head && segment.length >= self.settings.segment_bytes
        });
        if full {
            self.sync()?;
            self.segment = None;
        }
        if self.segment.is_none() {
            self.segment = Some(self.begin_segment()?);
        }
        let segment = self.segment.as_mut().expect("just begun");
        let start = segment.length;
        if let Err(source) = segment.file.write_all(bytes) {
            let path = segment.path.clone();
            if let Err(e) = cut_back(&mut segment.file, start) {
                // The next opening cuts it off; until then nothing may be written behind it.
                tracing::warn!(file = %path.display(), "could not be cut back after a failed write: {e}");
                self.segment = None;
            }
            return Err(Error::Io { path, source });
        }
        segment.length += bytes.len() as u64;
        Ok((segment.name.clone(), start))
    }

    fn begin_segment(&mut self) -> Result<Segment, Error> {
        let folder = self.archive.captures_folder();
        let name = segment::name(self.next_number);
        let path = folder.join(&name);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(Error::io(&path))?;
        let mut bytes = Vec::new();
        let block = format!(
            "software: {}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
            self.settings.software
        );
        let fields = [
            ("WARC-Type", "warcinfo".to_owned()),
            ("WARC-Record-ID", format!("<{}>", self.ids.next())),
            ("WARC-Date", written_date(Timestamp::now())),
            ("WARC-Filename", name.clone()),
            ("Content-Type", "application/warc-fields".to_owned()),
        ];
        self.encoder.record(&borrowed(&fields), block.as_bytes(), &mut bytes);
        let written =
            file.write_all(&bytes).map_err(Error::io(&path)).and_then(|()| segment::sync_folder(&folder));
        if let Err(error) = written {
            // An empty capture file would be no loss, but no gain either.
            drop(fs::remove_file(&path));
            return Err(error);
        }
        self.next_number += 1;
        let head = bytes.len() as u64;
        Ok(Segment { name, path, file, length: head, synced: 0, head })
    }
}

impl Drop for CaptureWriter {
    fn drop(&mut self) {
        if let Err(error) = self.sync() {
            tracing::error!("the last captures were not kept: {error}");
        }
    }
}

fn cut_back(file: &mut File, length: u64) -> std::io::Result<()> {
    file.set_len(length)?;
    file.seek(SeekFrom::Start(length)).map(drop)
}

pub(super) fn borrowed<'f>(fields: &'f [(&'f str, String)]) -> Vec<(&'f str, &'f str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
