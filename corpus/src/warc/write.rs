//! Writing records.

use std::hash::{BuildHasher, RandomState};
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::{Timestamp, Unit};
use sha2::{Digest, Sha256};

use super::digest::sha1_digest;

/// Level of compression: pages become six percent larger than at level 6, in less than two thirds of its time.
const LEVEL: u32 = 3;

/// Appends a record as one gzip member. Adds `WARC-Block-Digest` where `fields` has none, and `Content-Length`.
pub(crate) fn encode_record(fields: &[(&str, &str)], block: &[u8], out: &mut Vec<u8>) {
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

    let mut member = GzEncoder::new(out, Compression::new(LEVEL));
    let written = member
        .write_all(&head)
        .and_then(|()| member.write_all(block))
        .and_then(|()| member.write_all(b"\r\n\r\n"));
    written.and_then(|()| member.finish().map(drop)).expect("memory takes all that is written to it");
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
