//! Digests as WARC headers give them: `sha1:` and base 32.

use data_encoding::BASE32;
use sha1::{Digest, Sha1};

/// The SHA-1 of `bytes` as the field writes it.
pub fn sha1_digest(bytes: &[u8]) -> String {
    format!("sha1:{}", BASE32.encode(&Sha1::digest(bytes)))
}
