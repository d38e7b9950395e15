//! Checking the capture files.

use std::path::{Path, PathBuf};

use super::read::SegmentRecords;
use super::{Archive, Position, segment};
use crate::warc::Record;
use crate::{Error, import};

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
    /// Files that are missing or damaged.
    files: std::vec::IntoIter<Problem>,
    records: SegmentRecords,
}

impl Verify {
    pub(super) fn new(archive: &Archive) -> Self {
        let folder = archive.captures_folder();
        // Where the folder cannot be listed, reading says so.
        let missing = segment::list(&folder).map_or_else(|_| Vec::new(), |names| segment::missing(&names));
        let mut files = import::sealed::problems(archive);
        files.extend(missing.into_iter().map(|name| {
            let reason =
                "this capture file is gone, and later ones are there: put it back from a copy".to_owned();
            Problem { path: folder.join(name), offset: None, reason }
        }));
        Self {
            files: files.into_iter(),
            records: SegmentRecords::new(folder.clone(), &Position::default()),
            folder,
        }
    }
}

impl Iterator for Verify {
    type Item = Problem;

    fn next(&mut self) -> Option<Problem> {
        if let Some(problem) = self.files.next() {
            return Some(problem);
        }
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
    let (field, fits) = record.digest()?;
    (!fits).then(|| format!("its {field} does not fit: the record is damaged"))
}

#[cfg(test)]
mod tests {
    use crate::{Archive, NewCapture, NewContent, WriterSettings};

    #[test]
    fn a_capture_file_that_is_gone_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path()).unwrap();
        let mut writer =
            archive.writer(WriterSettings { segment_bytes: 1, ..WriterSettings::default() }).unwrap();
        for number in 0..3 {
            let content =
                NewContent::Resource { content_type: "text/plain".to_owned(), body: b"Xa xa".to_vec() };
            writer
                .append(&NewCapture {
                    target: format!("file:///{number}.txt"),
                    at: jiff::Timestamp::UNIX_EPOCH,
                    source: None,
                    province: None,
                    linked: None,
                    ip: None,
                    content,
                })
                .unwrap();
        }
        drop(writer);
        assert_eq!(archive.verify().count(), 0);
        let second = archive.captures_folder().join("yearline-00002.warc.gz");
        std::fs::remove_file(&second).unwrap();
        let told: Vec<_> = archive.verify().map(|problem| (problem.path, problem.offset)).collect();
        assert_eq!(told, [(second, None)]);
    }
}
