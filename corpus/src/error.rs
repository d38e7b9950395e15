//! What can go wrong with an archive.

use std::io::ErrorKind;
use std::path::PathBuf;

/// What can go wrong with an archive: each variant is something that its user can act on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no archive in the folder.
    #[error("there is no archive in {}: collect pages with `yearline crawl` or `yearline import` first", .0.display())]
    NotAnArchive(PathBuf),
    /// The folder holds other things.
    #[error("{} holds other files and is no archive: name a new or an empty folder", .0.display())]
    OtherFolder(PathBuf),
    /// A file stands where the archive's folder should.
    #[error("{} is a file, and an archive is a folder: name a folder", .0.display())]
    NotAFolder(PathBuf),
    /// `archive.json` cannot be understood.
    #[error("{} is damaged ({reason}): write {{\"format\":1}} into it to go on with the captures beside it", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The archive was written by a newer Yearline.
    #[error("the archive in {} has format {found}, this program knows formats up to {known}: use a newer yearline", path.display())]
    NewerFormat {
        /// The archive's folder.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
    /// Another process is writing.
    #[error("another process is writing to the archive in {}: wait for it to end, or stop it", .0.display())]
    Locked(PathBuf),
    /// Another process is adding a decision.
    #[error("another process is writing to {}: try again when it has ended", .0.display())]
    Deciding(PathBuf),
    /// A line of `forgotten.jsonl` cannot be read.
    #[error("{}, line {line}: {reason}; until it is mended, what was forgotten could come back", path.display())]
    Tombstone {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A file or folder could not be read or written.
    #[error("{}: {source}{}", path.display(), advice(source))]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A record of a capture file is not as WARC 1.1 wants it.
    #[error("{} at byte {offset}: {reason}", path.display())]
    Record {
        /// The capture file.
        path: PathBuf,
        /// Where the record begins.
        offset: u64,
        /// What is wrong.
        reason: String,
    },
}

impl Error {
    /// Names the file or folder that an I/O error is about.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

/// What to do about an error of the system, where that is plain.
fn advice(error: &std::io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "; make room and run the same command again: everything kept before is whole"
        }
        ErrorKind::PermissionDenied => "; give the user who runs yearline the right to it",
        ErrorKind::ReadOnlyFilesystem => "; put the archive where it can be written to",
        _ => "",
    }
}
