//! What was imported already, by digest.

use std::collections::HashSet;
use std::fs;

use sha2::{Digest as _, Sha256};

use crate::archive::replace_file;
use crate::{Archive, CaptureKind, Error, Position};

const FILE: &str = "imported.seen";

/// Takes the file away: the next import finds out from the captures what is there.
pub(crate) fn remove(archive: &Archive) -> Result<(), Error> {
    let path = archive.folder().join(FILE);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path)(error)),
        _ => Ok(()),
    }
}

/// Digests of targets with their content. Derived from the captures: the file holds a place in the archive and the
/// digests of all before it, and what was kept since (the last import may have been killed) is read from the captures.
pub(super) struct Seen {
    digests: HashSet<[u8; 16]>,
    /// Captures before this place are among them.
    pub(super) end: Position,
}

impl Seen {
    pub(super) fn open(archive: &Archive) -> Result<Self, Error> {
        let text = fs::read_to_string(archive.folder().join(FILE)).unwrap_or_default();
        let mut lines = text.lines();
        let known: Option<Position> = lines.next().and_then(|line| serde_json::from_str(line).ok());
        let known = known.filter(|place| archive.reaches(place));
        let mut seen = Self { digests: HashSet::new(), end: known.clone().unwrap_or_default() };
        if known.is_some() {
            let digest = |line: &str| -> Option<[u8; 16]> {
                data_encoding::HEXLOWER.decode(line.as_bytes()).ok()?.try_into().ok()
            };
            seen.digests.extend(lines.filter_map(digest));
        }
        for capture in archive.captures(&known.unwrap_or_default()) {
            match capture {
                Ok(capture) => {
                    if capture.kind == CaptureKind::Resource {
                        seen.insert(&capture.target, &capture.body);
                    }
                    seen.end = capture.next;
                }
                Err(Error::Record { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(seen)
    }

    /// Notes it; `false` where it was known.
    pub(super) fn insert(&mut self, target: &str, content: &[u8]) -> bool {
        let mut digest = Sha256::new();
        digest.update(target.as_bytes());
        digest.update([0]);
        digest.update(content);
        self.digests.insert(digest.finalize()[..16].try_into().expect("SHA-256 has 32 bytes"))
    }

    /// Writes it down. Where that fails, the next import finds out again.
    pub(super) fn save(&self, archive: &Archive) -> Result<(), Error> {
        let mut text = serde_json::to_string(&self.end).expect("a position can be written as JSON");
        for digest in &self.digests {
            text.push('\n');
            text.push_str(&data_encoding::HEXLOWER.encode(digest));
        }
        replace_file(&archive.folder().join(FILE), text.as_bytes())
    }
}
