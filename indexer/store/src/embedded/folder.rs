//! The folder of an index: which of its inner folders is in use, who writes, and how tantivy's errors read in ours.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use super::schema;
use crate::error::Error;
use crate::store::Watermark;

/// What stands in each commit beside the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    pub(crate) schema: u32,
    pub(crate) rules: String,
    /// What is in the index.
    pub(crate) watermark: Watermark,
}

impl Payload {
    /// What this program writes.
    pub(crate) fn at(watermark: Watermark) -> Self {
        Self { schema: schema::VERSION, rules: rules::version().to_owned(), watermark }
    }

    /// Reads the payload of a commit; refuses that of another schema.
    pub(crate) fn read(text: Option<&str>, folder: &Path) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Versions {
            schema: u32,
            rules: String,
        }
        let unknown = || Error::unknown_program(folder, schema::VERSION);
        let text = text.ok_or_else(unknown)?;
        let found: Versions = serde_json::from_str(text).map_err(|_| unknown())?;
        if found.schema != schema::VERSION {
            return Err(Error::other_version(folder, (found.schema, &found.rules), schema::VERSION));
        }
        serde_json::from_str(text)
            .map_err(|error| Error::Corrupt { folder: folder.to_owned(), reason: error.to_string() })
    }

    /// Whether the mentions were read by other rules than this program's.
    pub(crate) fn is_outdated(&self) -> bool {
        self.rules != rules::version()
    }

    /// Refuses to go on with what other rules began.
    pub(crate) fn refuse_other_rules(&self, folder: &Path) -> Result<(), Error> {
        if self.is_outdated() {
            return Err(Error::other_version(folder, (self.schema, &self.rules), schema::VERSION));
        }
        Ok(())
    }
}

/// The folder of an index.
#[derive(Clone, Debug)]
pub(crate) struct IndexFolder(PathBuf);

impl IndexFolder {
    pub(crate) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The number of the inner folder in use; `None` where there is no index yet.
    pub(crate) fn current(&self) -> Result<Option<u32>, Error> {
        let path = self.0.join("current");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == ErrorKind::InvalidData => String::new(),
            Err(error) => return Err(Error::io(path)(error)),
        };
        let number = text.strip_suffix('\n').and_then(|number| number.parse().ok());
        number.map(Some).ok_or_else(|| self.corrupt("the file `current` names no folder"))
    }

    /// An inner folder.
    pub(crate) fn inner(&self, number: u32) -> PathBuf {
        self.0.join(number.to_string())
    }

    /// Puts an inner folder in use, in one step.
    pub(crate) fn publish(&self, number: u32) -> Result<(), Error> {
        let (new, path) = (self.0.join("current.new"), self.0.join("current"));
        let write = || {
            let mut file = File::create(&new)?;
            writeln!(file, "{number}")?;
            file.sync_all()?;
            fs::rename(&new, &path)?;
            File::open(&self.0)?.sync_all()
        };
        write().map_err(Error::io(&path))
    }

    /// Removes the inner folders that are not in use. Who still reads one goes on: its files stay until they are closed.
    pub(crate) fn remove_others(&self, keep: Option<u32>) -> Result<(), Error> {
        for entry in fs::read_dir(&self.0).map_err(Error::io(&self.0))? {
            let path = entry.map_err(Error::io(&self.0))?.path();
            let number =
                path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok());
            if number.is_some() && number != keep {
                fs::remove_dir_all(&path).map_err(Error::io(&path))?;
            }
        }
        Ok(())
    }

    /// The index is damaged.
    pub(crate) fn corrupt(&self, reason: impl Display) -> Error {
        Error::Corrupt { folder: self.0.clone(), reason: reason.to_string() }
    }

    /// What tantivy says, in the words of our errors.
    pub(crate) fn error(&self, error: TantivyError) -> Error {
        let io = |source: &std::io::Error| Error::Io {
            path: self.0.clone(),
            source: std::io::Error::new(source.kind(), source.to_string()),
        };
        match &error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Error::Locked(self.0.clone()),
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => io(io_error),
            TantivyError::IoError(source)
            | TantivyError::LockFailure(LockError::IoError(source), _)
            | TantivyError::OpenReadError(OpenReadError::IoError { io_error: source, .. })
            | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: source, .. })
                if is_of_the_system(source.kind()) =>
            {
                io(source)
            }
            // tantivy hands on what happens in its own threads as text alone.
            error if FULL.iter().any(|full| error.to_string().contains(full)) => {
                io(&ErrorKind::StorageFull.into())
            }
            _ => self.corrupt(error),
        }
    }
}

/// How the system says that a disk is full.
const FULL: [&str; 2] = ["No space left on device", "Disk quota exceeded"];

/// Whether an I/O error is the system's rather than a sign of damaged files.
fn is_of_the_system(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::StorageFull
            | ErrorKind::QuotaExceeded
            | ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::OutOfMemory
            | ErrorKind::FileTooLarge
    )
}
