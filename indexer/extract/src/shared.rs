//! Files of the shared material, for tests.

use std::path::{Path, PathBuf};

/// A file's text: in the folder named by `YEARLINE_SHARED`, else beside the checkout. Where it is missing the test is
/// skipped, and with `CI=true` fails.
pub(crate) fn text(name: &str) -> Option<String> {
    let folder = std::env::var_os("YEARLINE_SHARED").map_or_else(beside_the_checkout, PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(std::fs::read_to_string(path).expect("the file is text"));
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is missing", path.display());
    eprintln!("skipped: {} is missing", path.display());
    None
}

/// The folder `shared` beside that of the workspace, however deep in it the crate stands.
fn beside_the_checkout() -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let workspace = crates.into_iter().find(|folder| folder.join("Cargo.lock").exists());
    workspace.expect("a crate of the workspace").join("../shared")
}
