//! Encodings of others: `../shared/suites/encodings`, where it is there.

use std::path::Path;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use super::*;
use crate::shared;

/// Names that the web's standard does not have, and what it calls them.
const NAMES: [(&str, &str); 5] = [
    ("cp932", "shift_jis"),
    ("cp949", "euc-kr"),
    ("mac-cyrillic", "x-mac-cyrillic"),
    ("maccyrillic", "x-mac-cyrillic"),
    ("utf-8-sig", "utf-8"),
];

fn rows(folder: &Path, name: &str) -> Vec<Value> {
    let rows = std::fs::read_to_string(folder.join(name)).unwrap();
    serde_json::from_str(&rows).unwrap()
}

/// A text with its letters composed, and no white space at its end.
fn composed(text: &str) -> String {
    text.nfc().collect::<String>().trim().to_owned()
}

/// An encoding is right where it has the name that is expected, or gives the same text.
fn is_right(bytes: &[u8], expected: &str) -> bool {
    let expected = expected.to_ascii_lowercase();
    let Some((name, text)) = read(bytes, None, None) else { return false };
    let name = name.to_ascii_lowercase();
    let label =
        NAMES.iter().find(|(other, _)| *other == expected).map_or(expected.as_str(), |(_, label)| label);
    let by_label = Encoding::for_label(label.as_bytes()).map(|encoding| encoding.decode(bytes).0);
    name == expected
        || (expected == "utf-32" && name.starts_with("utf-32"))
        || by_label.is_some_and(|other| composed(&other) == composed(&text))
}

#[test]
fn encodings_are_told_apart() {
    let Some(place) = shared::unpacked("suites/encodings.tar.xz") else { return };
    let folder = place.path().join("encodings");
    let rows = rows(&folder, "third_party.json");
    let wrong: Vec<String> = rows
        .iter()
        .filter(|row| {
            let bytes = std::fs::read(folder.join(row["file"].as_str().unwrap())).unwrap();
            !is_right(&bytes, row["expected"].as_str().unwrap())
        })
        .map(|row| format!("{} {}", row["expected"], row["file"]))
        .collect();
    let right = rows.len() - wrong.len();
    assert!(right >= 464, "{right} of {} are right; not:\n{}", rows.len(), wrong.join("\n"));
}

/// Our own Vietnamese in many encodings: its text comes out, or, in what was written for readers of plain ASCII alone, the
/// page is told to be unreadable; nothing else comes out as text.
#[test]
fn vietnamese_is_read_or_told_to_be_unreadable() {
    let Some(place) = shared::unpacked("suites/encodings.tar.xz") else { return };
    let folder = place.path().join("encodings");
    let mut unreadable = 0;
    for row in rows(&folder, "vi_made.json") {
        let file = row["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let header = row["header"].as_str().and_then(|header| header.split("charset=").nth(1));
        let declared = file.contains(".meta_").then_some("windows-1258");
        let text = decode(&bytes, header.or(declared), Some("vn")).unwrap();
        let expected = composed(row["text"].as_str().unwrap());
        if is_garbled(&text) {
            assert!(file.contains(".viqr."), "{file} is called unreadable: {text}");
            unreadable += 1;
            continue;
        }
        let shown = if bytes.starts_with(b"<") {
            let page = scraper::Html::parse_document(&text);
            let holds_text = scraper::Selector::parse("p, description").unwrap();
            page.select(&holds_text).flat_map(|element| element.text()).collect()
        } else {
            text.into_owned()
        };
        // A letter that the file cuts off stays one mark.
        assert_eq!(composed(shown.trim_end_matches('\u{fffd}')), expected, "{file}");
    }
    assert_eq!(unreadable, 6);
}
