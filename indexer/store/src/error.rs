//! What can go wrong with a store.

use std::path::PathBuf;

/// What can go wrong with the index: each variant is something that its user can act on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing was indexed yet.
    #[error("there is no index in {}: make it with `yearline index`", .0.display())]
    NoIndex(PathBuf),
    /// The index was made by another version of the program or of its rules.
    #[error("the index in {} was made by {found}, this is {here}: make it again with `yearline index --rebuild`", folder.display())]
    OtherVersion {
        /// Its folder.
        folder: PathBuf,
        /// Versions that made it.
        found: String,
        /// Versions of this program.
        here: String,
    },
    /// The index cannot be read.
    #[error("the index in {} cannot be read ({reason}): make it again with `yearline index --rebuild`", folder.display())]
    Corrupt {
        /// Its folder.
        folder: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another process is indexing.
    #[error("another process is writing to the index in {}: wait for it to end, or stop it", .0.display())]
    Locked(PathBuf),
    /// A file or folder could not be read or written.
    #[error("{}: {source}{}", path.display(), advice(source))]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// An engine on another machine.
    #[error("OpenSearch at {address} {problem}")]
    Engine {
        /// Where it is.
        address: String,
        /// What it does not do.
        problem: crate::opensearch::EngineProblem,
    },
    /// A search was refused.
    #[error(transparent)]
    Query(#[from] crate::query::QueryError),
}

impl Error {
    /// What stands at a place was made by another version: its schema and rules, and the schema of this program.
    pub(crate) fn other_version(
        folder: impl Into<PathBuf>,
        (schema, rules): (impl std::fmt::Display, &str),
        here: u32,
    ) -> Self {
        Self::OtherVersion {
            folder: folder.into(),
            found: format!("schema {schema} with rules {rules}"),
            here: this_program(here),
        }
    }

    /// What stands at a place was made by nobody knows whom.
    pub(crate) fn unknown_program(folder: impl Into<PathBuf>, here: u32) -> Self {
        let found = "an unknown program".to_owned();
        Self::OtherVersion { folder: folder.into(), found, here: this_program(here) }
    }

    /// Names the file or folder that an I/O error is about.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

fn this_program(schema: u32) -> String {
    format!("schema {schema} with rules {}", rules::version())
}

/// What to do about an error of the system, where that is plain.
fn advice(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "; make room and run the same command again: it goes on from the last commit"
        }
        ErrorKind::PermissionDenied => "; give the user who runs yearline the right to it",
        ErrorKind::ReadOnlyFilesystem => "; the index must stand where it can be written to",
        _ => "",
    }
}
