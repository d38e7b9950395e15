//! Taking records out of capture files for good: what was forgotten, and what is damaged and stands elsewhere whole.
//!
//! In the place of each comes a record of the same length that says nothing. So all others stay where they are, and what
//! points at them goes on to: the watermark of an index, an index of the file, a reader at work. A file is written anew
//! beside the old one and takes its name in one step.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use flate2::Crc;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;

use super::read::SegmentRecords;
use super::{CaptureWriter, Position, cdxj, segment};
use crate::capture::redirect;
use crate::warc::http::Message;
use crate::warc::write::{RecordIds, written_date};
use crate::warc::{Limits, Record, Records};
use crate::{DocumentId, Error};

/// What was taken out of the capture files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Records: captures, their requests, and what else belongs to them.
    pub records: u64,
    /// Files that held them.
    pub files: u64,
    /// Files had a CDXJ index, which is gone with them.
    pub indexes: bool,
    /// Places of the capture files that cannot be read, so that nobody knows what stands there.
    pub unreadable: u64,
}

impl CaptureWriter {
    /// Takes the captures of forgotten addresses out, with all that belongs to them: requests, metadata, revisits, and
    /// redirects that lead there. Killed anywhere, each file is as it was or as it will be; done again, it finishes.
    pub fn take_out(&mut self, forgotten: &HashSet<DocumentId>) -> Result<Removed, Error> {
        self.sync()?;
        let folder = self.archive().captures_folder();
        let mut removed = Removed::default();
        let mut gone: HashSet<String> = HashSet::new();
        for record in SegmentRecords::new(folder.clone(), &Position::default()) {
            match record {
                Ok((_, record)) if is_of(&record, forgotten) => {
                    gone.extend(record.fields.uri("WARC-Record-ID").map(str::to_owned));
                }
                Ok(_) => {}
                Err(Error::Record { .. }) => removed.unreadable += 1,
                Err(error) => return Err(error),
            }
        }
        let at = Timestamp::now();
        for name in segment::list(&folder)? {
            let path = folder.join(&name);
            let places = places(&path, &gone, forgotten)?;
            if !places.is_empty() {
                // The file that is being written is another one now.
                self.let_go();
                removed.indexes |= remove_index(&folder, &name)?;
                replace(&path, &places, at).map_err(Error::io(&path))?;
                segment::sync_folder(&folder)?;
                removed.records += places.len() as u64;
                removed.files += 1;
            }
        }
        crate::import::seen::remove(self.archive())?;
        // What a run that was killed over a file had written beside it.
        for entry in fs::read_dir(&folder).map_err(Error::io(&folder))? {
            let path = entry.map_err(Error::io(&folder))?.path();
            if path.extension().is_some_and(|end| end == NEW) {
                fs::remove_file(&path).map_err(Error::io(&path))?;
            }
        }
        Ok(removed)
    }
}

impl CaptureWriter {
    /// Puts records that say nothing in the place of what cannot be read and has been kept anew: beginnings and lengths, by file.
    /// How many there were.
    pub(crate) fn put_nothing(&mut self, damaged: &BTreeMap<String, Vec<(u64, u64)>>) -> Result<u64, Error> {
        let folder = self.archive().captures_folder();
        let at = Timestamp::now();
        let mut count = 0;
        for (name, places) in damaged {
            let path = folder.join(name);
            let end = match fs::metadata(&path) {
                Ok(metadata) => metadata.len(),
                // It went with its file.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(Error::io(path)(error)),
            };
            let mut places = places.clone();
            places.sort_unstable();
            places.retain(|(offset, length)| offset + length <= end);
            if places.is_empty() {
                continue;
            }
            self.let_go();
            remove_index(&folder, name)?;
            replace(&path, &places, at).map_err(Error::io(&path))?;
            segment::sync_folder(&folder)?;
            count += places.len() as u64;
        }
        Ok(count)
    }
}

/// The end of the name of a file that is being written anew.
const NEW: &str = "new";

fn remove_index(folder: &Path, name: &str) -> Result<bool, Error> {
    let path = cdxj::path(folder, name);
    match fs::remove_file(&path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io(path)(error)),
    }
}

/// Whether a record is a capture of a forgotten address, tells of one, or leads there.
fn is_of(record: &Record, forgotten: &HashSet<DocumentId>) -> bool {
    let Some(target) = record.target() else { return false };
    forgotten.contains(&DocumentId::of_target(&target)) || leads_there(record, &target, forgotten)
}

fn leads_there(record: &Record, target: &str, forgotten: &HashSet<DocumentId>) -> bool {
    if record.kind() != "response" || !record.is_http() {
        return false;
    }
    Message::parse(&record.block)
        .and_then(|message| redirect(message.status, &message.headers, target))
        .is_some_and(|there| forgotten.contains(&DocumentId::of_target(&there)))
}

/// Fields that name the record that another one belongs to.
const BELONGS: [&str; 3] = ["WARC-Concurrent-To", "WARC-Refers-To", "WARC-Segment-Origin-ID"];

/// Where the records stand in a file that go: beginning and length.
fn places(
    path: &Path,
    gone: &HashSet<String>,
    forgotten: &HashSet<DocumentId>,
) -> Result<Vec<(u64, u64)>, Error> {
    let file = BufReader::with_capacity(128 * 1024, File::open(path).map_err(Error::io(path))?);
    let records = Records::new(file, 0, Limits::default()).map_err(Error::io(path))?.headers_only();
    let mut places = Vec::new();
    // What cannot be read was counted before.
    for record in records.flatten() {
        let has = |field: &&str| record.fields.uri(field).is_some_and(|id| gone.contains(id));
        let is_gone = has(&"WARC-Record-ID")
            || BELONGS.iter().any(has)
            || record.target().is_some_and(|target| forgotten.contains(&DocumentId::of_target(&target)));
        if is_gone {
            places.push((record.offset, record.end - record.offset));
        }
    }
    Ok(places)
}

/// Writes a file anew with nothing at some places, and puts it in the place of the old one.
fn replace(path: &Path, places: &[(u64, u64)], at: Timestamp) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(NEW);
    let mut old = File::open(path)?;
    let length = old.metadata()?.len();
    let mut new = File::create(&name)?;
    let mut ids = RecordIds::new();
    let mut reached = 0;
    for (offset, gone) in places {
        copy(&mut old, &mut new, reached, offset - reached)?;
        for piece in nothing(*gone, &ids.next(), at) {
            match piece {
                Piece::Bytes(bytes) => new.write_all(&bytes)?,
                // Where the file system can, they take no room.
                Piece::Zeros(count) => drop(new.seek(SeekFrom::Current(count.into()))?),
            }
        }
        reached = offset + gone;
    }
    copy(&mut old, &mut new, reached, length - reached)?;
    new.set_len(length)?;
    new.set_permissions(old.metadata()?.permissions())?;
    new.sync_all()?;
    fs::rename(&name, path)
}

fn copy(old: &mut File, new: &mut File, from: u64, length: u64) -> io::Result<()> {
    old.seek(SeekFrom::Start(from))?;
    let copied = io::copy(&mut (&mut *old).take(length), new)?;
    if copied == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Part of a record that says nothing.
enum Piece {
    Bytes(Vec<u8>),
    /// So many bytes that are zero.
    Zeros(u32),
}

/// Length of a member without its content: ten bytes before, checksum and length behind.
const AROUND: u64 = 18;
/// Most content of a block that is stored as it is, and the bytes before it (RFC 1951, 3.2.4).
const BLOCK: u64 = 65_535;
const BEFORE_BLOCK: u64 = 5;
/// What a record ends in.
const END: &[u8] = b"\r\n\r\n";

/// The type of a record that says nothing. Software passes over records of types that it does not know (WARC 1.1, 5.5), and
/// indexers of captures over all but a few.
const REMOVED: &str = "removed";

/// A gzip member of exactly this length with a record that says nothing. Zeros where the length is too short for
/// any record; readers pass over them.
fn nothing(length: u64, id: &str, at: Timestamp) -> Vec<Piece> {
    let date = written_date(at);
    let head = |block: u64| {
        format!(
            "WARC/1.1\r\nWARC-Type: {REMOVED}\r\nWARC-Record-ID: <{id}>\r\nWARC-Date: {date}\r\nContent-Length: {block:010}\r\n\r\n"
        )
    };
    let least = (head(0).len() + END.len()) as u64;
    let blocks = length.saturating_sub(AROUND).div_ceil(BLOCK + BEFORE_BLOCK);
    let content = length.saturating_sub(AROUND + blocks * BEFORE_BLOCK);
    if content >= least {
        return stored(head(content - least).as_bytes(), content, blocks);
    }
    let bare = format!("WARC/1.1\r\nWARC-Type: {REMOVED}\r\nContent-Length: 0\r\n\r\n");
    [head(0), bare]
        .iter()
        .find_map(|head| commented(head, length))
        .unwrap_or_else(|| vec![Piece::Bytes(vec![0; length as usize])])
}

/// A member of stored blocks: a head, zeros, and the empty lines that end a record.
fn stored(head: &[u8], content: u64, blocks: u64) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut sum = Crc::new();
    let mut left = content;
    for block in 0..blocks {
        let is_last = block + 1 == blocks;
        let size = if is_last { left } else { BLOCK.min(left - END.len() as u64) };
        bytes.push(u8::from(is_last));
        let length = size as u16;
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&(!length).to_le_bytes());
        // The head stands in the first block, as the end does in the last.
        let begin: &[u8] = if block == 0 { head } else { b"" };
        let end: &[u8] = if is_last { END } else { b"" };
        let zeros = size as usize - begin.len() - end.len();
        bytes.extend_from_slice(begin);
        sum.update(begin);
        sum.update(&vec![0; zeros]);
        sum.update(end);
        pieces.push(Piece::Bytes(std::mem::take(&mut bytes)));
        pieces.push(Piece::Zeros(zeros as u32));
        bytes.extend_from_slice(end);
        left -= size;
    }
    bytes.extend_from_slice(&sum.sum().to_le_bytes());
    bytes.extend_from_slice(&sum.amount().to_le_bytes());
    pieces.push(Piece::Bytes(bytes));
    pieces
}

/// A member whose comment (RFC 1952, 2.3) fills it up; `None` where it would be longer without one.
fn commented(head: &str, length: u64) -> Option<Vec<Piece>> {
    let content = [head.as_bytes(), END].concat();
    let mut deflated = DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    deflated.write_all(&content).ok()?;
    let deflated = deflated.finish().ok()?;
    let comment = length.checked_sub(AROUND + deflated.len() as u64 + 1)?;
    let mut bytes = vec![0x1f, 0x8b, 8, 0b0001_0000, 0, 0, 0, 0, 0, 0xff];
    bytes.extend(std::iter::repeat_n(b'-', comment as usize));
    bytes.push(0);
    bytes.extend_from_slice(&deflated);
    let mut sum = Crc::new();
    sum.update(&content);
    bytes.extend_from_slice(&sum.sum().to_le_bytes());
    bytes.extend_from_slice(&sum.amount().to_le_bytes());
    Some(vec![Piece::Bytes(bytes)])
}

#[cfg(test)]
mod tests;
