//! The arrows between our crates, and the dependencies that one crate alone may have.

use std::collections::BTreeSet;
use std::process::Command;

const ARROWS: &[(&str, &[&str])] = &[
    ("yearline", &["api", "corpus", "crawler", "documents", "indexer"]),
    ("api", &["corpus", "indexer"]),
    ("benches", &["api", "corpus", "crawler", "indexer"]),
    ("indexer", &["answers", "corpus", "extract", "identity", "rules", "store", "text"]),
    ("answers", &["corpus", "extract", "identity", "rules", "store", "text"]),
    ("store", &["corpus", "extract", "identity", "rules", "text"]),
    ("identity", &["corpus", "extract", "rules", "text"]),
    ("extract", &["corpus", "rules", "text"]),
    ("rules", &["text"]),
    ("text", &[]),
    ("crawler", &["corpus"]),
    ("documents", &["corpus"]),
    ("corpus", &[]),
];

/// Dependencies (of the program, not of tests) and who alone may have them.
const OWNED: &[(&str, &[&str])] = &[
    ("reqwest", &["benches", "crawler"]),
    ("simdutf8", &["store"]),
    ("ureq", &["store"]),
    ("mimalloc", &["benches", "yearline"]),
    ("scraper", &["benches", "crawler"]),
    ("rusqlite", &["crawler"]),
    ("zip", &["documents"]),
    ("zstd", &["store"]),
    ("tantivy", &["benches", "store"]),
    ("whatlang", &["extract"]),
    ("clap", &["benches", "yearline"]),
    ("anyhow", &["benches", "yearline"]),
];

#[test]
fn crates_know_only_whom_they_may() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let dependencies = |package: &serde_json::Value| -> BTreeSet<String> {
        let all = package["dependencies"].as_array().expect("dependencies").iter();
        all.filter(|dependency| dependency["kind"].is_null())
            .map(|dependency| dependency["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    assert_eq!(packages.len(), ARROWS.len());
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let (_, allowed) = ARROWS.iter().find(|(known, _)| *known == name).expect("a known crate");
        let has = dependencies(package);
        for (other, _) in ARROWS {
            assert_eq!(has.contains(*other), allowed.contains(other), "{name} -> {other}");
        }
        for (owned, owners) in OWNED {
            assert!(!has.contains(*owned) || owners.contains(&name), "{name} has {owned}");
        }
    }
}
