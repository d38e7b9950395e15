//! Which engine an index stands in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use answers::Index;
use store::Error;
use store::embedded::Embedded;

/// Opens the index in a folder to be asked.
pub fn open(folder: &Path) -> Result<Index, Error> {
    Ok(Index::new(Arc::new(Embedded::open(folder)?)))
}

/// Reads every file of the index in a folder, without trusting any, and names those whose checksum is wrong.
pub fn damaged_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    Embedded::damaged_files(folder)
}
