//! What to fetch next, in SQLite: survives a kill at any moment.

use std::path::Path;

use jiff::civil::Date;

use crate::Error;

/// The frontier of an archive.
#[derive(Debug)]
pub struct Frontier {}

/// What was collected from one source on one day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Coverage {
    /// Name of the source.
    pub source: String,
    /// The day, in the newspapers' time zone.
    pub day: Date,
    /// Pages asked for.
    pub fetched: u64,
    /// Of them seen for the first time.
    pub new: u64,
    /// Of them changed since the last time.
    pub changed: u64,
    /// Of them unchanged.
    pub unchanged: u64,
    /// Of them failed.
    pub failed: u64,
    /// Pages that robots.txt keeps from us.
    pub forbidden: u64,
}

impl Frontier {
    /// Opens the frontier of the archive in `folder` (`frontier.db`), makes it where there is none.
    pub fn open(_folder: &Path) -> Result<Self, Error> {
        Ok(Self {})
    }

    /// Coverage per source and day, oldest day first; empty where nothing was collected.
    pub fn coverage(&self) -> Result<Vec<Coverage>, Error> {
        Ok(Vec::new())
    }
}
