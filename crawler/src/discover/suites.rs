//! Sitemaps and feeds that other projects test with: `../shared/suites`, where it is there.

use std::path::Path;

use serde_json::Value;
use url::Url;

use super::{Entry, Sitemap, feed, sitemap};

fn base() -> Url {
    Url::parse("http://www.example.com/").unwrap()
}

/// Sitemaps for which the suite counts otherwise than we do, and what we count. It counts every address in a feed, so
/// that of the site too, and none in Atom; we count the entries.
const COUNTED_OTHERWISE: &[(&str, usize)] = &[
    ("crawler-commons/atom.xml", 1),
    ("crawler-commons-rss/feed.rss", 4),
    ("crawler-commons-rss/xmlRss_pubDate.xml", 7),
];

#[test]
fn sitemaps_of_others_are_read() {
    let Some(folder) = crate::shared::unpacked("suites/sitemaps.tar.xz") else { return };
    let folder = folder.path().join("sitemaps");
    let rows: Vec<Value> =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    assert_eq!(rows.len(), 20);
    for row in &rows {
        check_sitemap(row, &folder);
    }
}

fn check_sitemap(row: &Value, folder: &Path) {
    let file = row["file"].as_str().unwrap();
    let bytes = std::fs::read(folder.join(file)).unwrap();
    let Sitemap { pages, sitemaps } = sitemap(&bytes, &base()).unwrap_or_default();
    let (found, others) = if row["kind"] == "index" { (sitemaps, pages) } else { (pages, sitemaps) };
    assert_eq!(others, [], "{file}");
    let texts = |field: &Value| -> Vec<String> {
        field.as_array().unwrap().iter().map(|url| url.as_str().unwrap().replace("&amp;", "&")).collect()
    };
    let wanted = (row["n"].as_u64().unwrap() as usize, texts(&row["first"]));
    let first = found.iter().map(|Entry { url, .. }| url.to_string()).take(wanted.1.len()).collect();
    let read = (found.len(), first);
    match COUNTED_OTHERWISE.iter().find(|(name, _)| *name == file) {
        Some((_, ours)) => {
            assert_ne!(read, wanted, "{file} is no exception any more");
            assert_eq!(read.0, *ours, "{file}");
        }
        None => assert_eq!(read, wanted, "{file}"),
    }
}

/// Feeds of feedparser that are read, of all. The others are empty, torn, in UTF-32 or CDF, or have content types that
/// the parser does not know.
const FEEDPARSER_READ: (usize, usize) = (2022, 2107);

#[test]
fn feeds_of_others_are_read() {
    let Some(folder) = crate::shared::unpacked("suites/feeds.tar.xz") else { return };
    let folder = folder.path().join("feeds");
    let mut read = (0, 0);
    for file in crate::shared::files(&folder.join("feedparser")) {
        read = (read.0 + usize::from(check_feed(&file).is_some()), read.1 + 1);
    }
    assert_eq!(read, FEEDPARSER_READ, "better is good: write it down");
    for file in crate::shared::files(&folder.join("feed-rs")) {
        let name = file.to_str().unwrap();
        let stated = format!("{}.serde.json", name.trim_end_matches(".xml").trim_end_matches(".json"));
        let found = (!name.ends_with(".serde.json")).then(|| check_feed(&file));
        if let (Some(found), Ok(stated)) = (found, std::fs::read(stated)) {
            let stated: Value = serde_json::from_slice(&stated).unwrap();
            let stated = stated["entries"].as_array().unwrap().iter().filter(|entry| has_address(entry));
            assert_eq!(found, Some(stated.count()), "{name}");
        }
    }
}

/// How many entries a feed has; `None` where it is refused.
fn check_feed(file: &Path) -> Option<usize> {
    let bytes = std::fs::read(file).unwrap();
    let began = std::time::Instant::now();
    let entries = feed(&bytes, &base()).ok()?;
    assert!(began.elapsed().as_secs() < 5, "{} takes long", file.display());
    for entry in &entries {
        assert!(entry.url.as_str().starts_with("http"), "{}: {}", file.display(), entry.url);
    }
    Some(entries.len())
}

/// Whether feed-rs states an address for an entry.
fn has_address(entry: &Value) -> bool {
    let is_page = |link: &Value| link["rel"].is_null() || link["rel"] == "alternate";
    entry["links"].as_array().unwrap().iter().any(is_page)
        || entry["id"].as_str().unwrap().starts_with("http")
}
