//! Gzip members (RFC 1952), one by one.
//!
//! `flate2`'s readers either run all members together or give their source away; a WARC reader needs to know where
//! each member begins, and to go on behind a damaged one.

use std::io::{self, BufRead, Seek, SeekFrom};

use flate2::{Crc, Decompress, FlushDecompress, Status};

/// What every member begins with: the two magic bytes and the one method there is.
pub(crate) const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// What keeps bytes from being read.
#[derive(Debug)]
pub(crate) enum Damage {
    /// The file ends inside.
    Cut,
    /// They are not as the format wants them.
    Wrong(String),
    /// The system fails.
    Io(io::Error),
}

impl From<io::Error> for Damage {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::Cut } else { Self::Io(error) }
    }
}

/// The members of a file, decompressed one after the other.
pub(crate) struct Members<R> {
    file: R,
    /// Bytes of the file consumed.
    position: u64,
    inside: bool,
    damaged: bool,
    inflate: Decompress,
    crc: Crc,
    out: Box<[u8]>,
    from: usize,
    to: usize,
}

impl<R: BufRead + Seek> Members<R> {
    /// Members of `file`, whose next byte has the offset `position`.
    pub(crate) fn new(file: R, position: u64) -> Self {
        Self {
            file,
            position,
            inside: false,
            damaged: false,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            out: vec![0; 64 * 1024].into_boxed_slice(),
            from: 0,
            to: 0,
        }
    }

    /// Offset of the next byte of the file. Between members, where the next one begins.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// Whether the content of a member is being read.
    pub(crate) fn is_inside(&self) -> bool {
        self.inside
    }

    /// Whether the current member cannot be read on; [`Members::position`] then says nothing.
    pub(crate) fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// The file, for looking elsewhere in it; [`Members::go_to`] must follow.
    pub(crate) fn file(&mut self) -> &mut R {
        &mut self.file
    }

    /// Goes to the offset of a member.
    pub(crate) fn go_to(&mut self, offset: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(offset))?;
        self.position = offset;
        self.inside = false;
        self.damaged = false;
        (self.from, self.to) = (0, 0);
        Ok(())
    }

    /// Begins the next member and gives its offset; `None` at the end of the file. Zeros between members, which some
    /// tools pad with, are passed over. The current member must be at its end.
    pub(crate) fn begin(&mut self) -> Result<Option<u64>, Damage> {
        let begun = self.begin_member();
        self.damaged = begun.is_err();
        begun
    }

    fn begin_member(&mut self) -> Result<Option<u64>, Damage> {
        loop {
            let bytes = self.file.fill_buf()?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            let all = zeros == bytes.len();
            self.file.consume(zeros);
            self.position += zeros as u64;
            if !all {
                break;
            }
        }
        let start = self.position;
        let mut head = [0; 10];
        self.take(&mut head)?;
        if head[..3] != MAGIC {
            return Err(Damage::Wrong("no gzip member begins here".to_owned()));
        }
        let flags = head[3];
        if flags & 0b0000_0100 != 0 {
            let mut length = [0; 2];
            self.take(&mut length)?;
            for _ in 0..u16::from_le_bytes(length) {
                self.take(&mut [0])?;
            }
        }
        for text in [0b0000_1000, 0b0001_0000] {
            if flags & text != 0 {
                let mut byte = [1];
                while byte != [0] {
                    self.take(&mut byte)?;
                }
            }
        }
        if flags & 0b0000_0010 != 0 {
            self.take(&mut [0; 2])?;
        }
        self.inflate.reset(false);
        self.crc.reset();
        (self.from, self.to) = (0, 0);
        self.inside = true;
        Ok(Some(start))
    }

    fn take(&mut self, into: &mut [u8]) -> Result<(), Damage> {
        self.file.read_exact(into)?;
        self.position += into.len() as u64;
        Ok(())
    }

    /// Decompressed bytes of the current member; none at its end, once its checksum has been found right.
    pub(crate) fn fill(&mut self) -> Result<&[u8], Damage> {
        if let Err(damage) = self.decompress() {
            self.damaged = true;
            (self.from, self.to) = (0, 0);
            return Err(damage);
        }
        Ok(&self.out[self.from..self.to])
    }

    fn decompress(&mut self) -> Result<(), Damage> {
        while self.from == self.to && self.inside {
            let input = self.file.fill_buf()?;
            let ended = input.is_empty();
            let (in_before, out_before) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self
                .inflate
                .decompress(input, &mut self.out, FlushDecompress::None)
                .map_err(|_| Damage::Wrong("the compressed data is damaged".to_owned()))?;
            let used = (self.inflate.total_in() - in_before) as usize;
            let made = (self.inflate.total_out() - out_before) as usize;
            self.file.consume(used);
            self.position += used as u64;
            self.crc.update(&self.out[..made]);
            (self.from, self.to) = (0, made);
            if status == Status::StreamEnd {
                self.inside = false;
                let mut trailer = [0; 8];
                self.take(&mut trailer)?;
                let [a, b, c, d, e, f, g, h] = trailer;
                if u32::from_le_bytes([a, b, c, d]) != self.crc.sum()
                    || u32::from_le_bytes([e, f, g, h]) != self.crc.amount()
                {
                    return Err(Damage::Wrong("the checksum does not fit the data".to_owned()));
                }
            } else if ended && made == 0 {
                return Err(Damage::Cut);
            }
        }
        Ok(())
    }

    /// Marks bytes that [`Members::fill`] gave as read.
    pub(crate) fn consume(&mut self, count: usize) {
        self.from = (self.from + count).min(self.to);
    }
}

impl<R> std::fmt::Debug for Members<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Members")
            .field("position", &self.position)
            .field("inside", &self.inside)
            .finish_non_exhaustive()
    }
}

/// What stands at a place where a member may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberEnd {
    /// A whole member.
    Whole {
        /// The byte after it.
        end: u64,
    },
    /// A member that the file's end, or damage, cuts off.
    Torn,
    /// Not a member, or one with other content.
    NotOne,
}

/// Whether a member whose content begins with `prefix` begins at `start`, and where it ends.
pub(crate) fn probe_member<R: BufRead + Seek>(
    file: &mut R,
    start: u64,
    prefix: &[u8],
) -> io::Result<MemberEnd> {
    let mut members = Members::new(file, 0);
    members.go_to(start)?;
    if !begins_with(&mut members, prefix)? {
        return Ok(MemberEnd::NotOne);
    }
    loop {
        match members.fill() {
            Ok([]) => return Ok(MemberEnd::Whole { end: members.position() }),
            Ok(bytes) => {
                let count = bytes.len();
                members.consume(count);
            }
            Err(Damage::Io(error)) => return Err(error),
            Err(Damage::Cut | Damage::Wrong(_)) => return Ok(MemberEnd::Torn),
        }
    }
}

/// Begins the next member and tells whether its content begins with `prefix`.
fn begins_with<R: BufRead + Seek>(members: &mut Members<R>, prefix: &[u8]) -> io::Result<bool> {
    let mut left = prefix;
    let mut begun = members.begin().map(|start| start.is_some());
    while let Ok(true) = begun {
        if left.is_empty() {
            return Ok(true);
        }
        match members.fill() {
            Ok(bytes) => {
                let count = bytes.len().min(left.len());
                if count == 0 || bytes[..count] != left[..count] {
                    return Ok(false);
                }
                left = &left[count..];
                members.consume(count);
            }
            Err(error) => begun = Err(error),
        }
    }
    match begun {
        Err(Damage::Io(error)) => Err(error),
        _ => Ok(false),
    }
}

/// Where the first member at or after `from` begins whose content begins with `prefix`.
pub(crate) fn find_member<R: BufRead + Seek>(
    file: &mut R,
    from: u64,
    prefix: &[u8],
) -> io::Result<Option<u64>> {
    let mut at = from;
    loop {
        file.seek(SeekFrom::Start(at))?;
        let Some(found) = find_bytes(file, at, &MAGIC)? else { return Ok(None) };
        let mut members = Members::new(&mut *file, 0);
        members.go_to(found)?;
        if begins_with(&mut members, prefix)? {
            return Ok(Some(found));
        }
        at = found + 1;
    }
}

/// The offset of the first `needle` in the rest of `file`, whose next byte has the offset `at`.
pub(crate) fn find_bytes<R: BufRead>(file: &mut R, mut at: u64, needle: &[u8]) -> io::Result<Option<u64>> {
    // The needles have no proper prefix that is also a suffix, so one counter is enough.
    let mut matched = 0;
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok(None);
        }
        for (index, byte) in bytes.iter().enumerate() {
            if *byte == needle[matched] {
                matched += 1;
            } else {
                matched = usize::from(*byte == needle[0]);
            }
            if matched == needle.len() {
                return Ok(Some(at + index as u64 + 1 - needle.len() as u64));
            }
        }
        let count = bytes.len();
        at += count as u64;
        file.consume(count);
    }
}
