//! Addresses that sites make without end: paths that repeat themselves, calendars, filters in all combinations.
//!
//! It is for links only. What a record's `follow`, a feed or a sitemap names is meant.

use corpus::CanonicalUrl;

use crate::frontier::Alike;

/// The longest address that is followed, in bytes.
const LONGEST: usize = 2_000;
/// The most steps in a path.
const STEPS: usize = 24;
/// The most parameters in a query.
const PARAMETERS: usize = 8;
/// How often one step of a path may come: a link that lacks its slash gives `/a/b/a/b/a/b`.
const REPEATS: usize = 2;

/// Whether no honest page has such an address.
pub(super) fn is_endless(url: &CanonicalUrl) -> bool {
    let path = url.as_url().path();
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let parameters = url.as_url().query().map_or(0, |query| query.split('&').count());
    let is_word = |step: &str| step.bytes().any(|byte| !byte.is_ascii_digit());
    let repeats =
        |step: &&str| is_word(step) && steps.iter().filter(|other| *other == step).count() > REPEATS;
    url.as_str().len() > LONGEST
        || steps.len() > STEPS
        || parameters > PARAMETERS
        || (steps.len() > REPEATS && steps.iter().any(repeats))
}

/// What is the same in all addresses that differ in numbers of their path and in values of their query; `None` for an
/// address that ends in words of its own, as articles do.
pub(super) fn alike(url: &CanonicalUrl, most: u32) -> Option<Alike> {
    let path = url.as_url().path();
    let has_number_last = path.trim_end_matches('/').ends_with(|last: char| last.is_ascii_digit());
    if url.as_url().query().is_none() && !has_number_last {
        return None;
    }
    let mut pattern = String::with_capacity(path.len());
    for letter in path.chars() {
        match letter {
            '0'..='9' if pattern.ends_with('#') => {}
            '0'..='9' => pattern.push('#'),
            letter => pattern.push(letter),
        }
    }
    if url.as_url().query().is_some() {
        pattern.push('?');
    }
    Some(Alike { pattern, most })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_addresses_are_told() {
        let check = |path: &str, endless: bool| {
            let url = format!("http://a.example{path}").parse().unwrap();
            assert_eq!(is_endless(&url), endless, "{path}");
        };
        check("/", false);
        check("/tin/2024/05/05/05/de.html", false);
        check("/tin/tin/de.html", false);
        check("/a/b/a/b/a/b", true);
        check(&"/x1".repeat(3), true);
        check(&format!("/{}", (0..30).map(|step| format!("s{step}/")).collect::<String>()), true);
        check("/loc?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8", false);
        check("/loc?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9", true);
        check(&format!("/{}", "e".repeat(2_000)), true);
    }

    #[test]
    fn addresses_of_one_pattern_are_told() {
        let check = |path: &str, pattern: Option<&str>| {
            let url = format!("http://a.example{path}").parse().unwrap();
            assert_eq!(alike(&url, 9).map(|alike| alike.pattern).as_deref(), pattern, "{path}");
        };
        check("/lich/2024/05", Some("/lich/#/#"));
        check("/lich/2024-05-31/", Some("/lich/#-#-#/"));
        check("/tin?trang=2", Some("/tin?"));
        check("/tin?ngay=1&loai=b", Some("/tin?"));
        check("/2024/05/sua-de.html", None);
        check("/sua-de-post123.html", None);
        check("/tin", None);
    }
}
