//! Checking the capture files.

use std::path::{Path, PathBuf};

use super::Position;
use super::read::SegmentRecords;
use crate::Error;
use crate::warc::{Record, digest};

/// Something wrong with a capture file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// The byte at which the record begins, where it is about one.
    pub offset: Option<u64>,
    /// What is wrong, in words.
    pub reason: String,
}

/// The problems of an archive, found as it is read: see [`Archive::verify`](super::Archive::verify).
#[derive(Debug)]
pub struct Verify {
    folder: PathBuf,
    records: SegmentRecords,
}

impl Verify {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { records: SegmentRecords::new(folder.clone(), &Position::default()), folder }
    }
}

impl Iterator for Verify {
    type Item = Problem;

    fn next(&mut self) -> Option<Problem> {
        loop {
            match self.records.next()? {
                Ok((file, record)) => {
                    if let Some(reason) = wrong_digest(&record) {
                        let path = self.folder.join(Path::new(&file));
                        return Some(Problem { path, offset: Some(record.offset), reason });
                    }
                }
                Err(Error::Record { path, offset, reason }) => {
                    return Some(Problem { path, offset: Some(offset), reason });
                }
                Err(error) => {
                    return Some(Problem {
                        path: self.folder.clone(),
                        offset: None,
                        reason: error.to_string(),
                    });
                }
            }
        }
    }
}

/// What is wrong, where a digest that the record states is not that of its bytes.
pub(crate) fn wrong_digest(record: &Record) -> Option<String> {
    let wrong = |field: &str, bytes: &[u8]| {
        let stated = record.fields.get(field)?;
        (digest::fits(stated, bytes) == Some(false))
            .then(|| format!("its {field} does not fit: the record is damaged"))
    };
    // A revisit states the digest of a payload that stands elsewhere.
    let payload =
        if record.kind() == "revisit" { None } else { wrong("WARC-Payload-Digest", record.payload()) };
    wrong("WARC-Block-Digest", &record.block).or(payload)
}
