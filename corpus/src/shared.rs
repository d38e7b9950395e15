//! Files of the shared material, for tests.

use std::path::PathBuf;

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

/// The folder that an archive (`.tar.xz`) is unpacked into; it goes away with the value.
pub(crate) fn unpacked(name: &str) -> Option<tempfile::TempDir> {
    let archive = path(name)?;
    let place = tempfile::tempdir().expect("a folder");
    let tar = std::process::Command::new("tar").arg("-xJf").arg(&archive).current_dir(&place).status();
    assert!(tar.is_ok_and(|status| status.success()), "{} cannot be unpacked", archive.display());
    Some(place)
}
