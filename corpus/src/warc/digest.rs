//! Digests as WARC headers give them: `sha1:` and base 32.

use data_encoding::{BASE32, BASE64, BASE64URL, Encoding, HEXLOWER_PERMISSIVE};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The SHA-1 of `bytes` as the field writes it.
pub fn sha1_digest(bytes: &[u8]) -> String {
    format!("sha1:{}", BASE32.encode(&Sha1::digest(bytes)))
}

/// Whether a digest as stated is that of `bytes`; `None` where it is of a kind that is not known here.
pub fn fits(stated: &str, bytes: &[u8]) -> Option<bool> {
    let (algorithm, value) = stated.trim().split_once(':')?;
    let digest: Vec<u8> = match algorithm.to_ascii_lowercase().as_str() {
        "sha1" | "sha-1" => Sha1::digest(bytes).to_vec(),
        "sha256" | "sha-256" => Sha256::digest(bytes).to_vec(),
        _ => return None,
    };
    let is =
        |encoding: &Encoding, value: &str| encoding.decode(value.as_bytes()).is_ok_and(|own| own == digest);
    Some(
        is(&BASE32, &value.to_ascii_uppercase())
            || is(&HEXLOWER_PERMISSIVE, value)
            || is(&BASE64, value)
            || is(&BASE64URL, value),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_compared_in_every_spelling() {
        let check =
            |stated: &str, expected: Option<bool>| assert_eq!(fits(stated, b""), expected, "{stated}");
        check("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", Some(true));
        check("SHA1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj", Some(true));
        check("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", Some(true));
        check("sha1:2jmj7l5rSw0yVb/vlWAYkK/YBwk=", Some(true));
        check("sha1:AI42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", Some(false));
        check("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Some(true));
        check("md5:d41d8cd98f00b204e9800998ecf8427e", None);
        check("nothing", None);
        assert_eq!(sha1_digest(b""), "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
    }
}
