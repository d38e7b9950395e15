//! The one process that writes to an index.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::error::Error;

/// Becomes the one process that writes, until the file is dropped or the process dies. The folder is made where there is
/// none.
pub(crate) fn lock(folder: &Path) -> Result<File, Error> {
    fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let path = folder.join("writer.lock");
    match corpus::lock::lock(&path) {
        Ok(file) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(Error::io(path)(error)),
    }
}
