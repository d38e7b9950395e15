//! Files of the shared material, for tests.

use std::path::PathBuf;

/// A file's text: in the folder named by `YEARLINE_SHARED`, else beside the checkout. Where it is missing the test is
/// skipped, and with `CI=true` fails.
pub(crate) fn text(name: &str) -> Option<String> {
    let folder = std::env::var_os("YEARLINE_SHARED")
        .map_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").into(), PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(std::fs::read_to_string(path).expect("the file is text"));
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is missing", path.display());
    eprintln!("skipped: {} is missing", path.display());
    None
}
