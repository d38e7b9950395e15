//! Files of the shared material, for tests.

use std::path::PathBuf;

use corpus::{Article, DateOrigin, Published};
use serde_json::Value;

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

/// The article of a row of the gold files.
pub(crate) fn article(gold: &Value) -> Article {
    let words = |name: &str| gold[name].as_str().map(str::to_owned);
    let date = words("published").and_then(|date| date.get(..10)?.parse().ok());
    Article {
        text: words("text").expect("a row of gold has a text"),
        language: words("lang").and_then(|code| code.parse().ok()),
        province: words("province"),
        published: date.map(|date| Published { date, time: None, origin: DateOrigin::Record }),
        ..Article::default()
    }
}
