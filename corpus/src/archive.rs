//! The archive on disk: a folder of append-only WARC files.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A place in the archive: a capture file and a byte offset in it. Ordered as captures were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Name of the capture file in `captures/`; names sort in the order of writing. Empty before the first.
    pub file: String,
    /// Byte at which a record begins.
    pub offset: u64,
}

/// An archive opened for reading; any number of processes may read while one writes.
#[derive(Clone, Debug)]
pub struct Archive {
    folder: PathBuf,
}

impl Archive {
    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The one writer of an archive.
#[derive(Debug)]
pub struct CaptureWriter {}
