//! Files of the shared material, for tests: found and unpacked as in the corpus.

#[path = "../../corpus/src/shared.rs"]
mod place;

use place::path;
pub(crate) use place::{files, unpacked};

/// A file's text.
pub(crate) fn text(name: &str) -> Option<String> {
    Some(std::fs::read_to_string(path(name)?).expect("the file is text"))
}
