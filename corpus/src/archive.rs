//! The archive on disk: a folder of append-only WARC files.
//!
//! ```text
//! archive.json                      what this folder is: {"format":1}
//! captures/yearline-00001.warc.gz   captures, oldest first; a new file after every `segment_bytes`
//! writer.lock                       held by the one process that writes
//! imported.seen                     what was imported, by digest; derived, may be deleted
//! imported.places                   where imported files stood, by digest: two of one name are two documents; the captures
//!                                   tell again which files have addresses of their own
//! forgotten.jsonl                   tombstones of what was removed for good
//! decisions.jsonl                   what people decided about mentions; `decisions.lock` is held while a line is added
//! frontier.db, index/               the crawler's and the indexer's
//! ```
//!
//! One process writes, any number read meanwhile. What a reader has been given is on the disk for good: it makes the
//! system write a capture file out before it reads it, so a watermark never points at something that a power cut
//! takes back.

mod cdxj;
mod export;
mod read;
mod removal;
mod segment;
mod verify;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub(crate) use read::{SegmentRecords, record as record_at};
pub(crate) use segment::{name as segment_name, number as segment_number, replace_file};

pub use cdxj::Indexed;
pub use export::{Exported, Selection};
pub use read::{Captures, ReadSettings};
pub use removal::Removed;
pub(crate) use verify::wrong_digest;
pub use verify::{Problem, Verify};
pub use writer::{CaptureWriter, Kept, NewCapture, NewContent, RevisitProfile, TornTail, WriterSettings};

use crate::decision::DecisionFile;
use crate::{Capture, Error, Forgotten};

/// The format of archives that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// A place in the archive: a capture file and a byte offset in it. Ordered as captures were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Name of the capture file in `captures/`; names sort in the order of writing. Empty before the first.
    pub file: String,
    /// Byte at which a record begins.
    pub offset: u64,
}

/// An archive: any number of processes may read it while one writes.
#[derive(Clone, Debug)]
pub struct Archive {
    folder: PathBuf,
}

/// What stands in `archive.json`. Fields that a later program of the same format adds are passed over.
#[derive(Serialize, Deserialize)]
struct Manifest {
    format: u32,
}

const MANIFEST: &str = "archive.json";

impl Archive {
    /// Opens the archive in `folder`, and makes it where the folder is new or empty.
    pub fn create(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = folder.into();
        match Self::open(&folder) {
            Err(Error::NotAnArchive(_)) => {}
            opened => return opened,
        }
        // Another process may have made it meanwhile: then it is one archive for both.
        match Self::make(&folder) {
            Err(error) => Self::open(&folder).map_err(|_| error),
            Ok(()) => Ok(Self { folder }),
        }
    }

    /// Makes an archive of an empty folder.
    fn make(folder: &Path) -> Result<(), Error> {
        fs::create_dir_all(folder).map_err(Error::io(folder))?;
        for entry in fs::read_dir(folder).map_err(Error::io(folder))? {
            let name = entry.map_err(Error::io(folder))?.file_name();
            // What a fresh disk holds, and what an interrupted `create` leaves.
            if name != "lost+found" && name != "archive.json.new" {
                return Err(Error::OtherFolder(folder.to_owned()));
            }
        }
        let manifest =
            serde_json::to_vec(&Manifest { format: FORMAT }).expect("a number can be written as JSON");
        segment::replace_file(&folder.join(MANIFEST), &manifest)
    }

    /// Opens the archive in `folder`.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = folder.into();
        let path = folder.join(MANIFEST);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if matches!(e.kind(), std::io::ErrorKind::NotFound) => {
                return Err(Error::NotAnArchive(folder));
            }
            Err(_) if folder.is_file() => return Err(Error::NotAFolder(folder)),
            Err(e) => return Err(Error::Io { path, source: e }),
        };
        let manifest: Manifest = serde_json::from_slice(&bytes)
            .map_err(|e| Error::Manifest { path: path.clone(), reason: e.to_string() })?;
        if manifest.format > FORMAT {
            return Err(Error::NewerFormat { path: folder, found: manifest.format, known: FORMAT });
        }
        Ok(Self { folder })
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the capture files are.
    pub fn captures_folder(&self) -> PathBuf {
        self.folder.join("captures")
    }

    /// Where the index belongs; this crate never touches it.
    pub fn index_folder(&self) -> PathBuf {
        self.folder.join("index")
    }

    /// Where the crawler's frontier belongs; this crate never touches it.
    pub fn frontier_file(&self) -> PathBuf {
        self.folder.join("frontier.db")
    }

    /// What people decided about mentions.
    pub fn decisions(&self) -> DecisionFile {
        DecisionFile::in_folder(&self.folder)
    }

    /// What was forgotten and is not to be collected again.
    pub fn forgotten(&self) -> Result<Forgotten, Error> {
        Forgotten::read(&self.folder)
    }

    /// Opens it for writing: [`Error::Locked`] while another process does.
    pub fn writer(&self, settings: WriterSettings) -> Result<CaptureWriter, Error> {
        CaptureWriter::open(self.clone(), settings)
    }

    /// All captures from a watermark on, oldest first, with the usual bounds; `Position::default()` is the start.
    ///
    /// A broken record is an `Err` item and reading goes on behind it; after an [`Error::Io`] it ends. A torn last
    /// record (a writer may be at work on it) ends the iteration. Memory is bounded by one record.
    pub fn captures(&self, after: &Position) -> Captures {
        self.captures_with(after, ReadSettings::default())
    }

    /// Whether the captures reach to a place and go on from there, if they do, with a record: where a file has lost its end,
    /// what was derived from it is too new, also when others have been kept there since.
    pub fn reaches(&self, place: &Position) -> bool {
        place.offset == 0
            || segment::goes_on_at(&self.captures_folder().join(&place.file), place.offset).unwrap_or(false)
    }

    /// As [`Archive::captures`], with other bounds.
    pub fn captures_with(&self, after: &Position, settings: ReadSettings) -> Captures {
        Captures::new(self.captures_folder(), after, settings)
    }

    /// The capture at a position that [`Capture::position`] gave.
    pub fn capture(&self, at: &Position) -> Result<Capture, Error> {
        read::capture(&self.captures_folder(), at, ReadSettings::default())
    }

    /// Checks that no capture file is missing, what says which files were imported, every record's digests, and that every byte of the files belongs to a readable
    /// record. A file that has lost whole records at its end is told by [`Archive::reaches`] alone.
    pub fn verify(&self) -> Verify {
        Verify::new(self)
    }
}
