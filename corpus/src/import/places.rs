//! Where imported files stood. Two files of one name are two documents, and a file that changed is a newer version of one: what
//! tells them apart is the folder.
//!
//! The archive keeps digests of folders alone, since it may be handed on. Where this file is lost, the captures still tell which
//! files have addresses of their own; another file is then taken for the one of its name that came before.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::sealed::{self, Sealed};
use crate::{Archive, Error};

pub(super) const FILE: &str = "imported.places";

/// What ends a line of a file that has an address of its own.
const APART: &str = "apart";

/// The places of files, by their addresses.
#[derive(Debug, Default)]
pub(super) struct Places {
    known: HashMap<String, String>,
    /// Addresses and places of the files that came after another one of their name.
    apart: HashSet<(String, String)>,
    /// Nothing is known of what was imported before.
    is_lost: bool,
    is_new: bool,
}

impl Places {
    /// Those that an archive knows.
    pub(super) fn open(archive: &Archive) -> Result<Self, Error> {
        let lost = || Self { is_lost: true, is_new: true, ..Self::default() };
        Ok(match sealed::read(&archive.folder().join(FILE))? {
            Sealed::Whole(text) => Self::parse(&text).unwrap_or_else(lost),
            Sealed::Bare(text) if is_of_before(&text) => {
                Self::parse(&text).map_or_else(lost, |places| Self { is_new: true, ..places })
            }
            Sealed::Absent | Sealed::Bare(_) | Sealed::Damaged(_) => lost(),
        })
    }

    /// Reads the lines of the file; `None` where one is none.
    fn parse(text: &str) -> Option<Self> {
        let is_digest = |word: &&str| word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut places = Self::default();
        for line in text.lines() {
            let mut words = line.split(' ');
            let address = words.next().filter(is_digest)?.to_owned();
            let place = words.next().filter(is_digest)?.to_owned();
            match (words.next(), words.next()) {
                (None, None) => {
                    places.known.insert(address, place);
                }
                (Some(APART), None) => {
                    places.apart.insert((address, place));
                }
                _ => return None,
            }
        }
        Some(places)
    }

    /// Whether the captures are to be read from their beginning, and [noted](Self::note).
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Takes what the address of a capture tells of the file that it came from.
    pub(super) fn note(&mut self, target: &str) {
        let file = target.split_once('#').map_or(target, |(file, _)| file);
        if self.is_lost
            && file.starts_with("file:///")
            && let Some((address, place)) = file.split_once("?from=")
        {
            self.apart.insert((short(address.as_bytes()), place.to_owned()));
        }
    }

    /// The place of a file where another file had its address first; else it is noted as the one that has it.
    pub(super) fn another(&mut self, address: &str, path: &Path) -> Option<String> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let place = short(path.as_os_str().as_encoded_bytes());
        let file = (short(address.as_bytes()), place);
        if self.apart.contains(&file) {
            return Some(file.1);
        }
        match self.known.get(&file.0) {
            Some(first) if *first == file.1 => None,
            Some(_) => {
                self.is_new = true;
                self.apart.insert(file.clone());
                Some(file.1)
            }
            None => {
                self.is_new = true;
                self.known.insert(file.0, file.1);
                None
            }
        }
    }

    /// Writes them down, where there are new ones.
    pub(super) fn save(&self, archive: &Archive) -> Result<(), Error> {
        if !self.is_new {
            return Ok(());
        }
        let known = self.known.iter().map(|(address, place)| format!("{address} {place}\n"));
        let apart = self.apart.iter().map(|(address, place)| format!("{address} {place} {APART}\n"));
        let mut lines: Vec<String> = known.chain(apart).collect();
        lines.sort_unstable();
        sealed::write(&archive.folder().join(FILE), &lines.concat())
    }
}

/// Whether a file without a checksum is as programs of before wrote it.
pub(super) fn is_of_before(text: &str) -> bool {
    !text.is_empty() && Places::parse(text).is_some()
}

/// A digest that is short enough for an address, and long enough for as many files as anybody has.
fn short(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)[..8])
}
