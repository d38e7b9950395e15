//! Records, one after the other.

use std::io::{self, BufRead, Seek, SeekFrom};

use super::gzip::{self, Damage, Members};
use super::{Fields, Record};

/// Bounds of reading.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A header longer than this is no header.
    pub max_header_bytes: usize,
    /// A record with a longer block is passed over.
    pub max_block_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_header_bytes: 256 * 1024, max_block_bytes: 128 * 1024 * 1024 }
    }
}

/// A record that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("at byte {offset}: {fault}")]
pub struct RecordError {
    /// Where it begins, as [`Record::offset`].
    pub offset: u64,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file ends inside it: its writer is still at work, or was stopped.
    #[error("the file ends inside a record")]
    Torn,
    /// It is damaged, or not as the format wants it. Reading goes on behind it.
    #[error("{0}")]
    Malformed(String),
    /// Its block is longer than the limit. Reading goes on behind it.
    #[error("the record is too long: {length} bytes, the limit is {limit}")]
    TooLong {
        /// Length of its block in bytes.
        length: u64,
        /// [`Limits::max_block_bytes`].
        limit: u64,
    },
    /// The system fails. Reading ends.
    #[error(transparent)]
    Io(io::Error),
}

impl From<Damage> for Fault {
    fn from(damage: Damage) -> Self {
        match damage {
            Damage::Cut => Self::Torn,
            Damage::Wrong(reason) => Self::Malformed(reason),
            Damage::Io(error) => Self::Io(error),
        }
    }
}

/// What a record begins with.
const BEGIN: &[u8] = b"WARC/";

/// The records of a file, in order. Memory is bounded by one record.
#[derive(Debug)]
pub struct Records<R> {
    input: Input<R>,
    limits: Limits,
    blocks: bool,
    /// Compressed: where the current member begins, and how much of its content has been read.
    member: (u64, u64),
    done: bool,
}

/// Bytes of records, from a file as it is or out of its gzip members.
#[derive(Debug)]
enum Input<R> {
    Plain { file: R, position: u64 },
    Gzip(Box<Members<R>>),
}

impl<R: BufRead + Seek> Input<R> {
    /// The next bytes; none at the end of the file or of the member.
    fn fill(&mut self) -> Result<&[u8], Damage> {
        match self {
            Self::Plain { file, .. } => Ok(file.fill_buf()?),
            Self::Gzip(members) => members.fill(),
        }
    }

    fn consume(&mut self, count: usize) {
        match self {
            Self::Plain { file, position } => {
                file.consume(count);
                *position += count as u64;
            }
            Self::Gzip(members) => members.consume(count),
        }
    }
}

impl<R: BufRead + Seek> Records<R> {
    /// The records of a file, from its byte `offset` on, where a record begins.
    pub fn new(mut file: R, offset: u64, limits: Limits) -> io::Result<Self> {
        file.seek(SeekFrom::Start(0))?;
        let begin = file.fill_buf()?;
        // A file with only zeros so far, or with nothing, is one that a writer has just begun.
        let gzip = begin.first().is_none_or(|byte| matches!(byte, 0 | 0x1f));
        file.seek(SeekFrom::Start(offset))?;
        let input = if gzip {
            Input::Gzip(Box::new(Members::new(file, offset)))
        } else {
            Input::Plain { file, position: offset }
        };
        Ok(Self { input, limits, blocks: true, member: (offset, 0), done: false })
    }

    /// Leaves blocks out, for a reader that looks at headers alone.
    #[must_use]
    pub fn headers_only(mut self) -> Self {
        self.blocks = false;
        self
    }

    fn consume(&mut self, count: usize) {
        self.member.1 += count as u64;
        self.input.consume(count);
    }

    /// Where the next record begins, as [`Record::offset`] has it.
    fn offset(&self) -> u64 {
        match &self.input {
            Input::Plain { position, .. } => *position,
            // The first record of a member has the member's offset: a place to begin reading at.
            Input::Gzip(_) if self.member.1 == 0 => self.member.0,
            Input::Gzip(members) if !members.is_inside() => members.position(),
            Input::Gzip(_) => self.member.0 + self.member.1,
        }
    }

    /// Goes to the next byte that is no line break, into the next member where needed. `false` at the end.
    fn next_record(&mut self) -> Result<bool, Damage> {
        loop {
            if self.skip_line_breaks()? {
                return Ok(true);
            }
            let Input::Gzip(members) = &mut self.input else { return Ok(false) };
            self.member = (members.position(), 0);
            match members.begin()? {
                Some(start) => self.member = (start, 0),
                None => return Ok(false),
            }
        }
    }

    /// Passes over line breaks; `false` at the end of the file or member.
    fn skip_line_breaks(&mut self) -> Result<bool, Damage> {
        loop {
            let bytes = self.input.fill()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let breaks = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let more = breaks < bytes.len();
            self.consume(breaks);
            if more {
                return Ok(true);
            }
        }
    }

    fn record(&mut self, offset: u64) -> Result<Record, Fault> {
        let fields = self.header()?;
        let length: u64 = fields
            .get("Content-Length")
            .ok_or_else(|| Fault::Malformed("the record does not say how long it is".to_owned()))?
            .trim()
            .parse()
            .map_err(|_| Fault::Malformed("its Content-Length is not a number".to_owned()))?;
        let keep = self.blocks && length <= self.limits.max_block_bytes;
        let mut block = Vec::new();
        let mut left = length;
        while left > 0 {
            let bytes = self.input.fill()?;
            let count = left.min(bytes.len() as u64) as usize;
            if count == 0 {
                return Err(match &self.input {
                    Input::Plain { .. } => Fault::Torn,
                    Input::Gzip(_) => {
                        Fault::Malformed(format!("the record is shorter than it says, by {left} bytes"))
                    }
                });
            }
            if keep {
                block.extend_from_slice(&bytes[..count]);
            }
            left -= count as u64;
            self.consume(count);
        }
        let before = self.member.1;
        let more = self.skip_line_breaks()?;
        let goes_on = more && self.member.1 == before && !self.begins_record()?;
        if self.blocks && !keep {
            return Err(Fault::TooLong { length, limit: self.limits.max_block_bytes });
        }
        let record = Record { offset, end: self.offset(), fields, block };
        if goes_on && self.blocks && !record.digest().is_some_and(|(_, fits)| fits) {
            return Err(Fault::Malformed("its Content-Length does not fit: no record ends there".to_owned()));
        }
        Ok(record)
    }

    /// Whether a record begins with the next byte, as far as can be seen.
    fn begins_record(&mut self) -> Result<bool, Damage> {
        let bytes = self.input.fill()?;
        let seen = bytes.len().min(BEGIN.len());
        Ok(bytes[..seen] == BEGIN[..seen])
    }

    /// Goes back to what a record that is not as it says has taken in: in a file without compression its length may be that of
    /// several.
    pub fn go_back_into(&mut self, record: &Record) -> io::Result<()> {
        let Input::Plain { file, position } = &mut self.input else { return Ok(()) };
        let from = record.offset + 1;
        file.seek(SeekFrom::Start(from))?;
        let found = gzip::find_bytes(file, from, b"\nWARC/")?.map(|at| at + 1);
        *position = found.filter(|found| *found < record.end).unwrap_or(record.end);
        file.seek(SeekFrom::Start(*position)).map(drop)
    }

    fn header(&mut self) -> Result<Fields, Fault> {
        let mut left = self.limits.max_header_bytes;
        let mut line = Vec::new();
        self.line(&mut line, &mut left)?;
        if !line.starts_with(BEGIN) {
            let reason = if line.starts_with(b"filedesc:") {
                "this is an ARC file, the format before WARC: turn it into WARC first"
            } else {
                "no record begins here (no WARC/1.0 or WARC/1.1)"
            };
            return Err(Fault::Malformed(reason.to_owned()));
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            self.line(&mut line, &mut left)?;
            if line.is_empty() {
                return Ok(Fields(fields));
            }
            let text = latin_or_utf8(&line);
            if text.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if let Some((name, value)) = text.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            // A line that is neither says nothing; the record may be whole all the same.
        }
    }

    /// Reads a line without its line break. A header ends with its file or member at the latest.
    fn line(&mut self, line: &mut Vec<u8>, left: &mut usize) -> Result<(), Fault> {
        line.clear();
        loop {
            let bytes = self.input.fill()?;
            if bytes.is_empty() {
                return match &self.input {
                    Input::Plain { .. } => Err(Fault::Torn),
                    Input::Gzip(_) => {
                        Err(Fault::Malformed("the header of the record does not end".to_owned()))
                    }
                };
            }
            let (count, ended) = match bytes.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (bytes.len(), false),
            };
            if count > *left {
                return Err(Fault::Malformed("the header of the record is too long".to_owned()));
            }
            *left -= count;
            line.extend_from_slice(&bytes[..count]);
            self.consume(count);
            if ended {
                while matches!(line.last(), Some(b'\n' | b'\r')) {
                    line.pop();
                }
                return Ok(());
            }
        }
    }

    /// Goes on behind a record that could not be read: to the next place where one begins. `false` where there is
    /// none.
    fn go_on(&mut self, broken: u64) -> io::Result<bool> {
        if self.find_in_member() {
            return Ok(true);
        }
        match &mut self.input {
            Input::Gzip(members) => {
                // A damaged member may have swallowed what follows it: only its own start is certain.
                let from = if members.is_damaged() { self.member.0 + 1 } else { members.position() };
                let found = gzip::find_member(members.file(), from, BEGIN)?;
                if let Some(offset) = found {
                    members.go_to(offset)?;
                    self.member = (offset, 0);
                }
                Ok(found.is_some())
            }
            Input::Plain { file, position } => {
                let from = broken + 1;
                file.seek(SeekFrom::Start(from))?;
                let found = gzip::find_bytes(file, from, b"\nWARC/")?.map(|at| at + 1);
                if let Some(offset) = found {
                    file.seek(SeekFrom::Start(offset))?;
                    *position = offset;
                }
                Ok(found.is_some())
            }
        }
    }

    /// Goes to the next line of the current member that begins a record; `false` where the member ends without one.
    /// Where the word lies across two portions of bytes it is not seen; that costs one record of a broken file.
    fn find_in_member(&mut self) -> bool {
        let mut at_line_start = false;
        loop {
            if !matches!(&self.input, Input::Gzip(members) if members.is_inside() && !members.is_damaged()) {
                return false;
            }
            let Ok(bytes) = self.input.fill() else { return false };
            if at_line_start && bytes.starts_with(BEGIN) {
                return true;
            }
            let count = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
            at_line_start = count > 0 && bytes[count - 1] == b'\n';
            self.consume(count);
        }
    }
}

impl<R: BufRead + Seek> Iterator for Records<R> {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let (offset, fault) = match self.next_record() {
            Ok(false) => {
                self.done = true;
                return None;
            }
            Ok(true) => {
                let offset = self.offset();
                match self.record(offset) {
                    Ok(record) => return Some(Ok(record)),
                    Err(fault) => (offset, fault),
                }
            }
            Err(damage) => (self.member.0, damage.into()),
        };
        let more = match fault {
            Fault::Io(_) => false,
            // Passed over already.
            Fault::TooLong { .. } => true,
            Fault::Torn | Fault::Malformed(_) => match self.go_on(offset) {
                Ok(more) => more,
                Err(error) => {
                    self.done = true;
                    return Some(Err(RecordError { offset, fault: Fault::Io(error) }));
                }
            },
        };
        self.done = !more;
        let fault = match fault {
            // Others follow, so it is not the file's end that cuts it off.
            Fault::Torn if more => Fault::Malformed("the record is damaged".to_owned()),
            fault => fault,
        };
        Some(Err(RecordError { offset, fault }))
    }
}

/// Header text: UTF-8, as WARC 1.1 wants it, else byte by byte.
pub(super) fn latin_or_utf8(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
