//! What can go wrong with a crawl as a whole; a bad page is an outcome, not an error.

use std::path::PathBuf;

/// What can go wrong with a crawl: each variant is something that its user can act on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A source record cannot be used.
    #[error("source record {file}{}: {reason}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Source {
        /// File of the record.
        file: String,
        /// Line in it, counted from 1, where known.
        line: Option<usize>,
        /// What is wrong and what would be right.
        reason: String,
    },
    /// The frontier could not be read or written.
    #[error("frontier {}: {source}: if the file is damaged, move it away; the next crawl makes a new one", path.display())]
    Frontier {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The frontier was written by a newer Yearline.
    #[error("the frontier {} has format {found}, this program knows {known}: use a newer yearline", path.display())]
    NewerFrontier {
        /// The database file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// The archive could not be written.
    #[error(transparent)]
    Archive(#[from] corpus::Error),
    /// A file or folder could not be read or made.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The HTTP client could not be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Client(String),
    /// A setting has a value that cannot be used.
    #[error("setting {name}: {reason}")]
    Setting {
        /// Which setting.
        name: &'static str,
        /// What is wrong and what would be right.
        reason: String,
    },
    /// There is nothing to crawl.
    #[error("there is nothing to crawl: name a source (see `yearline sources`) or an address")]
    NothingToDo,
}
