//! Files beside the captures that say what was imported: text, with a checksum in the first line.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use flate2::Crc;

use super::{places, seen};
use crate::archive::{Problem, replace_file};
use crate::{Archive, Error};

/// What the first line begins with, before eight hexadecimal digits.
const MARK: &str = "crc32 ";

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sealed {
    /// There is none.
    Absent,
    /// As it was written.
    Whole(String),
    /// Without a checksum: by a program of before, or the checksum is damaged.
    Bare(String),
    /// Something else than what was written. Parts of it may be right.
    Damaged(String),
}

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<Sealed, Error> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Sealed::Absent),
        Err(error) => return Err(Error::io(path)(error)),
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Ok(Sealed::Damaged(String::from_utf8_lossy(error.as_bytes()).into_owned())),
    };
    let Some(sealed) = text.strip_prefix(MARK) else { return Ok(Sealed::Bare(text)) };
    let Some((stated, rest)) = sealed.split_once('\n') else { return Ok(Sealed::Damaged(String::new())) };
    Ok(if stated == sum(rest) { Sealed::Whole(rest.to_owned()) } else { Sealed::Damaged(rest.to_owned()) })
}

/// Puts text in the place of a file.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Error> {
    replace_file(path, format!("{MARK}{}\n{text}", sum(text)).as_bytes())
}

/// The files of an archive that are not as they were written.
pub(crate) fn problems(archive: &Archive) -> Vec<Problem> {
    let mut problems = Vec::new();
    for name in [places::FILE, seen::FILE] {
        let is_of_before = |text: &str| {
            if name == seen::FILE { seen::is_of_before(text) } else { places::is_of_before(text) }
        };
        let path = archive.folder().join(name);
        let reason = match read(&path) {
            Ok(Sealed::Absent | Sealed::Whole(_)) => continue,
            Ok(Sealed::Bare(text)) if is_of_before(&text) => continue,
            Ok(Sealed::Bare(_) | Sealed::Damaged(_)) => {
                "its checksum is wrong; the next `yearline import` makes it again from the captures"
                    .to_owned()
            }
            Err(error) => error.to_string(),
        };
        problems.push(Problem { path, offset: None, reason });
    }
    problems
}

fn sum(text: &str) -> String {
    let mut crc = Crc::new();
    crc.update(text.as_bytes());
    format!("{:08x}", crc.sum())
}
