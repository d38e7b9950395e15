//! Where imported files stood. Two files of one name are two documents, and a file that changed is a newer version of one: what
//! tells them apart is the folder.
//!
//! The archive keeps digests of folders alone, since it may be handed on. Without this file a file is taken for the one of
//! its name that came before.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::archive::replace_file;
use crate::{Archive, Error};

const FILE: &str = "imported.places";

/// The places of files, by their addresses.
#[derive(Debug, Default)]
pub(super) struct Places {
    known: HashMap<String, String>,
    is_new: bool,
}

impl Places {
    /// Those that an archive knows; a line that cannot be read says nothing.
    pub(super) fn open(archive: &Archive) -> Self {
        let text = fs::read_to_string(archive.folder().join(FILE)).unwrap_or_default();
        let known = text.lines().filter_map(|line| line.split_once(' '));
        Self {
            known: known.map(|(address, place)| (address.to_owned(), place.to_owned())).collect(),
            is_new: false,
        }
    }

    /// The place of a file where another file had its address first; else it is noted as the one that has it.
    pub(super) fn another(&mut self, address: &str, path: &Path) -> Option<String> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let place = short(path.as_os_str().as_encoded_bytes());
        let address = short(address.as_bytes());
        match self.known.get(&address) {
            Some(first) => (*first != place).then_some(place),
            None => {
                self.known.insert(address, place);
                self.is_new = true;
                None
            }
        }
    }

    /// Writes them down, where there are new ones.
    pub(super) fn save(&self, archive: &Archive) -> Result<(), Error> {
        if !self.is_new {
            return Ok(());
        }
        let mut lines: Vec<String> =
            self.known.iter().map(|(address, place)| format!("{address} {place}\n")).collect();
        lines.sort_unstable();
        replace_file(&archive.folder().join(FILE), lines.concat().as_bytes())
    }
}

/// A digest that is short enough for an address, and long enough for as many files as anybody has.
fn short(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)[..8])
}
