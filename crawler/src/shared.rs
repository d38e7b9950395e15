//! Files of the shared material, for tests.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file's place: in the folder named by `YEARLINE_SHARED`, else beside the checkout.
pub(crate) fn path(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("YEARLINE_SHARED")
        .map_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").into(), PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is missing", path.display());
    eprintln!("skipped: {} is missing", path.display());
    None
}

/// A file's text.
pub(crate) fn text(name: &str) -> Option<String> {
    Some(std::fs::read_to_string(path(name)?).expect("the file is text"))
}

/// An archive (`.tar.xz`), unpacked for as long as the folder is held.
pub(crate) fn unpacked(name: &str) -> Option<tempfile::TempDir> {
    let archive = path(name)?;
    let folder = tempfile::tempdir().unwrap();
    let unpacked = Command::new("tar").arg("-xJf").arg(&archive).current_dir(&folder).status().unwrap();
    assert!(unpacked.success(), "{} cannot be unpacked", archive.display());
    Some(folder)
}

/// All files of a folder and the folders in it, by name.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}
