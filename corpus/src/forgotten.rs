//! What was forgotten: `forgotten.jsonl`, one line for each time that somebody had something removed, ground state like the
//! captures.
//!
//! A line is a tombstone without content: digests of addresses, when, and why. What is forgotten is not collected, imported
//! or indexed again. A line that is not yet `done` belongs to a removal that was stopped, and says all that is needed to
//! finish it.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::archive::replace_file;
use crate::{CaptureWriter, DocumentId, Error};

const FILE: &str = "forgotten.jsonl";

/// The removal of some pages, or of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// When it was asked for.
    pub at: Timestamp,
    /// Why, in the words of whoever asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The source that is not collected again, by [`source_id`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<DocumentId>,
    /// The addresses that are not collected again, by [`DocumentId::of_target`]: those of captures and of the documents in
    /// them.
    pub addresses: BTreeSet<DocumentId>,
    /// Nothing of it is left in the archive.
    #[serde(default)]
    pub done: bool,
}

/// What stands for the name of a source; names have no letter case.
pub fn source_id(name: &str) -> DocumentId {
    DocumentId::of(&format!("source {}", name.to_lowercase()))
}

/// All that was forgotten in an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    removals: Vec<Removal>,
    addresses: HashSet<DocumentId>,
    sources: HashSet<DocumentId>,
}

impl Forgotten {
    /// Reads the file in the folder of an archive. A line that cannot be read is an error: what it forbids is not known.
    pub(crate) fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Error::io(path)(error)),
        };
        let mut removals = Vec::new();
        for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
            let removal = serde_json::from_str(text).map_err(|error| Error::Tombstone {
                path: path.clone(),
                line,
                reason: error.to_string(),
            })?;
            removals.push(removal);
        }
        Ok(Self::of(removals))
    }

    fn of(removals: Vec<Removal>) -> Self {
        let addresses = removals.iter().flat_map(|removal| &removal.addresses).copied().collect();
        let sources = removals.iter().filter_map(|removal| removal.source).collect();
        Self { removals, addresses, sources }
    }

    fn write(&self, folder: &Path) -> Result<(), Error> {
        let mut bytes = Vec::new();
        for removal in &self.removals {
            bytes.extend(serde_json::to_vec(removal).expect("a removal can be written as JSON"));
            bytes.push(b'\n');
        }
        replace_file(&path(folder), &bytes)
    }

    /// Whether nothing was ever forgotten.
    pub fn is_empty(&self) -> bool {
        self.removals.is_empty()
    }

    /// Whether the page at an address, or the file of a target, is forgotten.
    pub fn holds(&self, target: &str) -> bool {
        !self.addresses.is_empty() && self.holds_id(DocumentId::of_target(target))
    }

    /// Whether the document of an id is forgotten.
    pub fn holds_id(&self, id: DocumentId) -> bool {
        self.addresses.contains(&id)
    }

    /// Whether a source is forgotten.
    pub fn holds_source(&self, name: &str) -> bool {
        !self.sources.is_empty() && self.sources.contains(&source_id(name))
    }

    /// Removals that were stopped before nothing was left.
    pub fn unfinished(&self) -> impl Iterator<Item = &Removal> {
        self.removals.iter().filter(|removal| !removal.done)
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

impl CaptureWriter {
    /// Puts up the tombstone of a removal, before anything is removed.
    pub fn begin_removal(&mut self, removal: Removal) -> Result<(), Error> {
        let folder = self.archive().folder();
        let mut forgotten = Forgotten::read(folder)?;
        forgotten.removals.push(removal);
        forgotten.write(folder)
    }

    /// Notes that nothing is left of what was to be removed.
    pub fn end_removals(&mut self) -> Result<(), Error> {
        let folder = self.archive().folder();
        let mut forgotten = Forgotten::read(folder)?;
        for removal in &mut forgotten.removals {
            removal.done = true;
        }
        forgotten.write(folder)
    }

    /// Takes tombstones away: what is gone stays gone, but it may be collected again. How many addresses and sources had one.
    pub fn lift(
        &mut self,
        addresses: &BTreeSet<DocumentId>,
        source: Option<DocumentId>,
    ) -> Result<usize, Error> {
        let folder = self.archive().folder();
        let mut forgotten = Forgotten::read(folder)?;
        let mut lifted = 0;
        for removal in &mut forgotten.removals {
            if source.is_some() && removal.source == source {
                // What was forgotten of a source is allowed with it.
                lifted += 1 + removal.addresses.len();
                removal.source = None;
                removal.addresses.clear();
            }
            let before = removal.addresses.len();
            removal.addresses.retain(|id| !addresses.contains(id));
            lifted += before - removal.addresses.len();
        }
        forgotten.removals.retain(|removal| removal.source.is_some() || !removal.addresses.is_empty());
        if lifted > 0 {
            forgotten.write(folder)?;
        }
        Ok(lifted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Archive, WriterSettings};

    #[test]
    fn tombstones_are_kept_and_lifted() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path()).unwrap();
        let mut writer = archive.writer(WriterSettings::default()).unwrap();
        assert!(archive.forgotten().unwrap().is_empty());
        let ids = |targets: &[&str]| -> BTreeSet<DocumentId> {
            targets.iter().map(|target| DocumentId::of_target(target)).collect()
        };
        let removal = |source: Option<&str>, targets: &[&str]| Removal {
            at: Timestamp::UNIX_EPOCH,
            why: Some("asked for".to_owned()),
            source: source.map(source_id),
            addresses: ids(targets),
            done: false,
        };
        writer.begin_removal(removal(None, &["https://bao.example/mua", "file:///mua.txt"])).unwrap();
        writer.begin_removal(removal(Some("Báo Sơn Khê"), &["https://bao.example/gio"])).unwrap();
        let forgotten = archive.forgotten().unwrap();
        let check = |forgotten: &Forgotten, target: &str, expected: bool| {
            assert_eq!(forgotten.holds(target), expected, "{target}");
        };
        check(&forgotten, "HTTPS://bao.example/mua#top", true);
        check(&forgotten, "file:///mua.txt", true);
        check(&forgotten, "https://bao.example/gio", true);
        check(&forgotten, "https://bao.example/nang", false);
        assert!(forgotten.holds_source("báo sơn khê") && !forgotten.holds_source("Báo"));
        assert_eq!(forgotten.unfinished().count(), 2);
        let text = fs::read_to_string(path(folder.path())).unwrap();
        assert!(!text.contains("bao") && !text.contains("mua"), "{text}");

        writer.end_removals().unwrap();
        assert_eq!(archive.forgotten().unwrap().unfinished().count(), 0);
        assert_eq!(writer.lift(&ids(&["https://bao.example/nang"]), None).unwrap(), 0);
        assert_eq!(writer.lift(&ids(&["https://bao.example/mua"]), None).unwrap(), 1);
        let forgotten = archive.forgotten().unwrap();
        check(&forgotten, "https://bao.example/mua", false);
        check(&forgotten, "file:///mua.txt", true);
        assert_eq!(writer.lift(&BTreeSet::new(), Some(source_id("BÁO SƠN KHÊ"))).unwrap(), 2);
        let forgotten = archive.forgotten().unwrap();
        check(&forgotten, "https://bao.example/gio", false);
        assert!(!forgotten.holds_source("Báo Sơn Khê"));

        fs::write(path(folder.path()), "{\"at\":1}\n").unwrap();
        let told = archive.forgotten().unwrap_err().to_string();
        assert!(told.contains("forgotten.jsonl, line 1"), "{told}");
    }
}
