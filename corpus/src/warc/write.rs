//! Writing records.

use std::fmt;
use std::hash::{BuildHasher, RandomState};

use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use jiff::{Timestamp, Unit};
use sha2::{Digest, Sha256};

use super::digest::sha1_digest;

/// Level of compression: pages become six percent larger than at level 6, in less than two thirds of its time.
const LEVEL: u32 = 3;

/// The head of a gzip member (RFC 1952, section 2.3): deflate, no flags, no time, no system.
const MEMBER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// Writes records. It keeps the compressor, whose tables cost as much to set up as a small record does to compress.
pub(crate) struct Encoder {
    deflate: Compress,
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}

impl Encoder {
    pub(crate) fn new() -> Self {
        Self { deflate: Compress::new(Compression::new(LEVEL), false) }
    }

    /// Appends a record as one gzip member. Adds `WARC-Block-Digest` where `fields` has none, and `Content-Length`.
    pub(crate) fn record(&mut self, fields: &[(&str, &str)], block: &[u8], out: &mut Vec<u8>) {
        self.member(&[&head(fields, block), block, b"\r\n\r\n"], out);
    }

    /// Appends some bytes as one gzip member.
    fn member(&mut self, parts: &[&[u8]], out: &mut Vec<u8>) {
        /// Room that the compressor is given at least.
        const ROOM: usize = 16 * 1024;
        out.extend_from_slice(&MEMBER);
        self.deflate.reset();
        let mut sum = Crc::new();
        for (number, part) in parts.iter().enumerate() {
            sum.update(part);
            let is_last = number + 1 == parts.len();
            let flush = if is_last { FlushCompress::Finish } else { FlushCompress::None };
            let mut rest = *part;
            while !rest.is_empty() || is_last {
                out.reserve(ROOM);
                let before = self.deflate.total_in();
                let status = self.deflate.compress_vec(rest, out, flush);
                let status = status.expect("memory takes all that is written to it");
                rest = &rest[(self.deflate.total_in() - before) as usize..];
                if status == Status::StreamEnd {
                    break;
                }
            }
        }
        out.extend_from_slice(&sum.sum().to_le_bytes());
        out.extend_from_slice(&sum.amount().to_le_bytes());
    }
}

/// The lines before the block of a record.
fn head(fields: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let mut head = Vec::with_capacity(512);
    head.extend_from_slice(b"WARC/1.1\r\n");
    let mut field = |name: &str, value: &str| {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        // A line break in a value would begin a field of its own.
        head.extend(value.bytes().map(|byte| if byte.is_ascii_control() { b' ' } else { byte }));
        head.extend_from_slice(b"\r\n");
    };
    let mut has_digest = false;
    for (name, value) in fields {
        if name.eq_ignore_ascii_case("Content-Length") {
            continue;
        }
        has_digest |= name.eq_ignore_ascii_case("WARC-Block-Digest");
        field(name, value);
    }
    if !has_digest {
        field("WARC-Block-Digest", &sha1_digest(block));
    }
    field("Content-Length", &block.len().to_string());
    head.extend_from_slice(b"\r\n");
    head
}

/// A date for `WARC-Date`: UTC, whole seconds, which every reader of WARC 1.0 and 1.1 takes.
pub(crate) fn written_date(at: Timestamp) -> String {
    // Down, so that a time near the end of the representable range stays in it.
    at.round(jiff::TimestampRound::new().smallest(Unit::Second).mode(jiff::RoundMode::Floor))
        .unwrap_or(at)
        .to_string()
}

/// Makes record ids: UUIDs of version 4 in form, from SHA-256 over a seed of the process (the keys that the standard
/// library draws from the system for its hash maps), the time and a counter. They need to be distinct, not secret.
#[derive(Debug)]
pub(crate) struct RecordIds {
    seed: [u8; 32],
    count: u64,
}

impl RecordIds {
    pub(crate) fn new() -> Self {
        let mut seed = Sha256::new();
        for _ in 0..4 {
            seed.update(RandomState::new().hash_one(0_u8).to_le_bytes());
        }
        seed.update(Timestamp::now().as_nanosecond().to_le_bytes());
        seed.update(std::process::id().to_le_bytes());
        Self { seed: seed.finalize().into(), count: 0 }
    }

    /// The next id: `urn:uuid:…`.
    pub(crate) fn next(&mut self) -> String {
        self.count += 1;
        let digest = Sha256::new().chain_update(self.seed).chain_update(self.count.to_le_bytes()).finalize();
        let mut uuid = [0_u8; 16];
        uuid.copy_from_slice(&digest[..16]);
        uuid[6] = uuid[6] & 0x0f | 0x40;
        uuid[8] = uuid[8] & 0x3f | 0x80;
        let hex = data_encoding::HEXLOWER.encode(&uuid);
        format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}
