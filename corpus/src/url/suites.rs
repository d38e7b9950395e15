//! Addresses that other projects test with: `../shared/suites/url.tar.xz`, where it is there.

use std::path::Path;

use serde_json::Value;
use url::Url;

use super::{CanonicalUrl, normal_escapes};

/// Rows of `weirdToNormalizedUrls.csv` by number, from 1, where our form is another one on purpose.
const OTHER_FORM: &[(&str, &[usize])] = &[
    ("the URL standard does not escape these letters in a query", &[26, 78, 79, 80]),
    ("a server may tell `//` from `/`", &[57, 58, 59, 60, 61, 62]),
    ("no web page", &[65, 66, 67, 68, 88, 89, 91, 92]),
    ("a % that begins no escape means whatever its server says", &[72, 75, 81, 82, 83]),
    ("an address without a scheme is a relative one", &[87]),
    ("parameters keep their order", &[93, 94, 96, 97, 102, 103, 104, 105]),
    ("parameters without a name or a value stay as they are", &[100, 106, 107]),
];

/// Rows of the URL standard's tests by number, from 0, that the `url` crate refuses: `///host`, and
/// Punycode that stands for nothing.
const REFUSED: &[(&str, &[usize])] = &[
    ("url/rust-url/urltestdata.json", &[961, 962, 963, 964, 965, 966, 967]),
    (
        "url/crawler-commons/wpt-urltestdata.json",
        &[310, 311, 313, 314, 315, 316, 913, 973, 974, 975, 976, 977, 978, 979],
    ),
];

/// The canonical form, which is its own.
fn canonical(input: &str, base: Option<&str>) -> Option<String> {
    let url = match base {
        Some(base) => Url::parse(base).ok()?.join(input).ok()?,
        None => Url::parse(input).ok()?,
    };
    let canonical = CanonicalUrl::new(url)?.to_string();
    let again = canonical.parse::<CanonicalUrl>().expect("a canonical URL is one").to_string();
    assert_eq!(again, canonical, "{input:?}");
    Some(canonical)
}

#[test]
fn addresses_of_others_have_one_form() {
    let Some(folder) = crate::shared::unpacked("suites/url.tar.xz") else { return };
    let folder = folder.path();
    for (file, others) in REFUSED {
        check_standard(&folder.join(file), others);
    }
    let others: Vec<usize> = OTHER_FORM.iter().flat_map(|(_, lines)| lines.iter().copied()).collect();
    check(&folder.join("url/crawler-commons/weirdToNormalizedUrls.csv"), &others, |row| {
        (canonical(&row[0], None), Some(row[1].clone()))
    });
    check(&folder.join("url/crawler-commons/url-resolve.csv"), &[], |row| {
        let base = Some(row[1].as_str()).filter(|base| !base.is_empty());
        (canonical(&row[0], base), canonical(&row[2], None))
    });
    check(&folder.join("url/crawler-commons/invalidUrls.csv"), &[], |row| (canonical(&row[0], None), None));
    for file in ["IdnaTestV2.txt", "IdnaTestV2-Unicode16.txt"] {
        for line in std::fs::read_to_string(folder.join("url/idna").join(file)).unwrap().lines() {
            for name in line.split('#').next().unwrap().split(';').take(4) {
                canonical(&format!("https://{}/", unescape(name.trim())), None);
            }
        }
    }
    for file in ["punycode_tests.json", "bad_punycode_tests.json"] {
        for row in rows(&folder.join("url/idna").join(file)) {
            canonical(&format!("https://{}/", row["decoded"].as_str().unwrap_or_default()), None);
            canonical(&format!("https://xn--{}/", row["encoded"].as_str().unwrap_or_default()), None);
        }
    }
}

/// Every row gives what it states, but for those listed.
fn check(file: &Path, others: &[usize], read: impl Fn(&[String]) -> (Option<String>, Option<String>)) {
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).comment(Some(b'#')).trim(csv::Trim::All);
    for (number, row) in (1..).zip(reader.from_path(file).unwrap().records()) {
        // A blank before a quotation mark hides it from the reader.
        let unquoted = |field: &str| {
            field.strip_prefix('"').and_then(|field| field.strip_suffix('"')).unwrap_or(field).to_owned()
        };
        let row: Vec<String> = row.unwrap().iter().map(unquoted).collect();
        let (found, stated) = read(&row);
        let place = format!("{} row {number}: {found:?}, {stated:?} in the suite", file.display());
        assert_eq!(found == stated, !others.contains(&number), "{place}");
    }
}

fn check_standard(file: &Path, others: &[usize]) {
    for (number, row) in rows(file).iter().enumerate().filter(|(_, row)| row.is_object()) {
        let found = canonical(row["input"].as_str().unwrap(), row["base"].as_str());
        let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        let stated = matches!(text("protocol").as_str(), "http:" | "https:").then(|| {
            let path = text("pathname");
            (text("hostname"), text("port"), normal_escapes(&path).unwrap_or(path))
        });
        let found = found.map(|url| {
            let url = Url::parse(&url).unwrap();
            let port = url.port().map(|port| port.to_string()).unwrap_or_default();
            (url.host_str().unwrap().to_owned(), port, url.path().to_owned())
        });
        let place = format!("{} row {number}: {found:?}, {stated:?} in the suite", file.display());
        assert_eq!(found == stated, !others.contains(&number), "{place}");
    }
}

fn rows(file: &Path) -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// `\u0041` and `\x{41}` as the letter.
fn unescape(text: &str) -> String {
    let escapes = regex::Regex::new(r"\\u([0-9A-F]{4})|\\x\{([0-9A-F]+)\}").unwrap();
    let letter = |escape: &regex::Captures<'_>| {
        let number = escape.get(1).or_else(|| escape.get(2)).unwrap().as_str();
        u32::from_str_radix(number, 16).ok().and_then(char::from_u32).map(String::from).unwrap_or_default()
    };
    escapes.replace_all(text, letter).into_owned()
}
