//! Gzip members (RFC 1952), one by one.

use std::io::{self, Read, Seek, SeekFrom};

/// What every member begins with: the two magic bytes and the one method there is.
pub(crate) const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

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
pub(crate) fn probe_member<R: Read + Seek>(file: &mut R, start: u64, prefix: &[u8]) -> io::Result<MemberEnd> {
    let mut counted = io::BufReader::new(file);
    counted.seek(SeekFrom::Start(start))?;
    let mut member = flate2::bufread::GzDecoder::new(counted);
    let mut begin = vec![0; prefix.len()];
    if member.read_exact(&mut begin).is_err() || begin != prefix {
        return Ok(MemberEnd::NotOne);
    }
    match io::copy(&mut member, &mut io::sink()) {
        Ok(_) => Ok(MemberEnd::Whole { end: member.into_inner().stream_position()? }),
        Err(_) => Ok(MemberEnd::Torn),
    }
}
