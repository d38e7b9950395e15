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
    #[error("frontier {}: {source}: {}", path.display(), advice(source))]
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

/// What to do about an error of the frontier's database.
fn advice(error: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "make room and run the same command again: it goes on where it stopped",
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            "give the user who runs yearline the right to write it"
        }
        _ => "if the file is damaged, move it away; the next crawl makes a new one",
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn the_advice_fits_what_happened() {
        let check = |code: i32, says: &str| {
            let source = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let told = Error::Frontier { path: "f".into(), source }.to_string();
            assert!(told.contains(says), "{told}");
            assert_eq!(told.contains("move it away"), says == "move it away", "{told}");
        };
        check(ffi::SQLITE_FULL, "make room");
        check(ffi::SQLITE_READONLY, "the right to write it");
        check(ffi::SQLITE_CORRUPT, "move it away");
    }
}
