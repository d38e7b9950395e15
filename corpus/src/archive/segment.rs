//! Capture files: their names, and where the last whole record of one ends.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::Error;
use crate::warc::gzip::{self, MemberEnd};

/// A file of at most this many bytes in which no record begins was left by a writer that died over its first record.
pub(super) const UNREADABLE_LIMIT: u64 = 64 * 1024;

const PREFIX: &str = "yearline-";
const SUFFIX: &str = ".warc.gz";

/// The name of the `number`th capture file. Five digits keep names in order up to 25 TB of captures.
pub(crate) fn name(number: u32) -> String {
    format!("{PREFIX}{number:05}{SUFFIX}")
}

/// The number in the name of a capture file; `None` for other files.
pub(crate) fn number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    (digits.len() == 5 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// The names of the capture files in `folder`, oldest first. A folder that does not exist yet has none.
pub(super) fn list(folder: &Path) -> Result<Vec<String>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::Io { path: folder.to_owned(), source: e }),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(Error::io(folder))?.file_name();
        if let Some(name) = name.to_str().filter(|name| number(name).is_some()) {
            names.push(name.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// The capture files that are missing among `names`: each writer begins the file after the last one.
pub(super) fn missing(names: &[String]) -> Vec<String> {
    let numbers: Vec<u32> = names.iter().filter_map(|name| number(name)).collect();
    let last = numbers.last().copied().unwrap_or_default();
    (1..last).filter(|number| numbers.binary_search(number).is_err()).map(name).collect()
}

/// Whether a capture file ends at a byte, or a record begins there.
pub(super) fn goes_on_at(path: &Path, offset: u64) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() < offset {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(offset))?;
    let mut begin = Vec::new();
    file.take(gzip::MAGIC.len() as u64).read_to_end(&mut begin)?;
    // What was removed may have left zeros.
    Ok([&gzip::MAGIC[..], &[0; gzip::MAGIC.len()], RECORD].iter().any(|own| own.starts_with(&begin)))
}

/// Makes new names in a folder last.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|handle| handle.sync_all()).map_err(Error::io(folder))
}

/// Puts `bytes` in the place of a file so that, whatever happens, either the old or the new one is there.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = Path::new(&new);
    let write = || -> io::Result<()> {
        let mut file = File::create(new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(new, path)
    };
    write().map_err(Error::io(path))?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// How a capture file ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// Its last whole record ends at this byte; what follows is a torn record.
    Whole(u64),
    /// No record begins in it.
    Nothing,
    /// Something in it cannot be read and whole records follow: not the work of a stopped writer.
    Damaged,
}

/// Finds the end of the last whole record. A file that ends with a whole record costs one look at that record; only
/// another one is read from its beginning.
pub(super) fn tail(file: &mut File, length: u64) -> io::Result<Tail> {
    let mut file = BufReader::new(file);
    if length == 0 {
        return Ok(Tail::Nothing);
    }
    if ends_whole(&mut file, length)? {
        return Ok(Tail::Whole(length));
    }
    let mut whole = 0;
    while let MemberEnd::Whole { end } = gzip::probe_member(&mut file, whole, RECORD)? {
        whole = end;
    }
    // A capture may itself hold WARC records, so cutting needs more than the last member that looks like one.
    let mut from = whole + 1;
    while let Some(candidate) = gzip::find_member(&mut file, from, RECORD)? {
        if let MemberEnd::Whole { .. } = gzip::probe_member(&mut file, candidate, RECORD)? {
            return Ok(Tail::Damaged);
        }
        from = candidate + 1;
    }
    Ok(if whole == 0 { Tail::Nothing } else { Tail::Whole(whole) })
}

/// What the content of every member begins with.
const RECORD: &[u8] = b"WARC/";

/// Whether a whole record ends with the file's last byte. Looks for it from the end backwards.
fn ends_whole(file: &mut BufReader<&mut File>, length: u64) -> io::Result<bool> {
    const STEP: u64 = 1024 * 1024;
    let mut window_end = length;
    while window_end > 0 {
        let window_start = window_end.saturating_sub(STEP);
        // Two bytes more, for a member that begins on the edge.
        let mut window = vec![0; (length.min(window_end + 2) - window_start) as usize];
        file.seek(SeekFrom::Start(window_start))?;
        file.read_exact(&mut window)?;
        for at in (0..window.len().saturating_sub(2)).rev() {
            if window[at..at + 3] == gzip::MAGIC {
                match gzip::probe_member(file, window_start + at as u64, RECORD)? {
                    MemberEnd::Whole { end } => return Ok(end == length),
                    MemberEnd::Torn => return Ok(false),
                    MemberEnd::NotOne => {}
                }
            }
        }
        window_end = window_start;
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_where_a_record_begins_or_the_file_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name(1));
        let check = |content: &[u8], offset: u64, expected: bool| {
            fs::write(&path, content).unwrap();
            assert_eq!(goes_on_at(&path, offset).unwrap(), expected, "{content:?} {offset}");
        };
        check(b"xxxx", 4, true);
        check(b"xxxx\x1f\x8b\x08\0", 4, true);
        check(b"xxxx\x1f", 4, true);
        check(b"xxxx\0\0\0", 4, true);
        check(b"xxxx", 5, false);
        check(b"xxxxxxxx", 4, false);
        check(b"xxxx\0\x1f\x8b\x08", 4, false);
        assert!(goes_on_at(&folder.path().join(name(2)), 4).is_err());
    }

    #[test]
    fn files_that_are_missing_are_named() {
        let check = |there: &[u32], expected: &[u32]| {
            let names = |numbers: &[u32]| numbers.iter().map(|number| name(*number)).collect::<Vec<_>>();
            assert_eq!(missing(&names(there)), names(expected));
        };
        check(&[], &[]);
        check(&[1, 2], &[]);
        check(&[2, 5], &[1, 3, 4]);
    }
}
