//! Reading captures in the order in which they were kept.

use std::path::{Path, PathBuf};

use super::Position;
use crate::{Capture, Error};

/// Bounds of reading.
#[derive(Clone, Copy, Debug)]
pub struct ReadSettings {
    /// A body longer than this once decoded is an error item (a decompression bomb, or no page).
    pub max_body_bytes: usize,
}

impl Default for ReadSettings {
    fn default() -> Self {
        Self { max_body_bytes: 64 * 1024 * 1024 }
    }
}

/// The captures of an archive from a watermark on: see [`Archive::captures`](super::Archive::captures).
#[derive(Debug)]
pub struct Captures {
    folder: PathBuf,
    at: Position,
    settings: ReadSettings,
}

impl Captures {
    pub(super) fn new(folder: PathBuf, after: &Position, settings: ReadSettings) -> Self {
        Self { folder, at: after.clone(), settings }
    }
}

impl Iterator for Captures {
    type Item = Result<Capture, Error>;
    fn next(&mut self) -> Option<Self::Item> {
        let _ = (&self.folder, &self.at, self.settings.max_body_bytes);
        None
    }
}

pub(super) fn capture(folder: &Path, at: &Position, _settings: ReadSettings) -> Result<Capture, Error> {
    Err(Error::Record {
        path: folder.join(&at.file),
        offset: at.offset,
        reason: "there is no record here".to_owned(),
    })
}
