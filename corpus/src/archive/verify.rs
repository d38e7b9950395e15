//! Checking the capture files.

use std::path::PathBuf;

use super::Position;

/// Something wrong with a capture file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub position: Position,
    /// What, in words.
    pub reason: String,
}

/// The problems of an archive, found as it is read: see [`Archive::verify`](super::Archive::verify).
#[derive(Debug)]
pub struct Verify {
    _folder: PathBuf,
}

impl Verify {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { _folder: folder }
    }
}

impl Iterator for Verify {
    type Item = Problem;
    fn next(&mut self) -> Option<Problem> {
        None
    }
}
