//! How often values are there.

use std::collections::BTreeMap;

/// The values from the most to the least frequent, with how often each is there; of equals the first by its letters.
pub fn by_frequency<'a>(values: impl Iterator<Item = &'a str>) -> Vec<(String, u32)> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut all: Vec<(String, u32)> =
        counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    all.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    all
}

/// What values have in common that were cut out of sentences, and may run on: the most frequent where one is there twice, else
/// the shortest that another begins with, else the shortest.
pub fn agreed<'a>(values: impl Iterator<Item = &'a str>) -> Option<String> {
    let all = by_frequency(values);
    let (first, count) = all.first()?;
    if *count > 1 {
        return Some(first.clone());
    }
    let mut told: Vec<&str> = all.iter().map(|(value, _)| value.as_str()).collect();
    told.sort_by_key(|value| value.len());
    let begun = |value: &&&str| {
        let goes_on = |other: &&str| {
            other.strip_prefix(**value).is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
        };
        told.iter().any(goes_on)
    };
    told.iter().find(begun).or(told.first()).map(|value| (*value).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_say_is_told_from_what_one_adds() {
        let check = |values: &[&str], agreed_on: Option<&str>| {
            assert_eq!(agreed(values.iter().copied()).as_deref(), agreed_on, "{values:?}");
        };
        check(&[], None);
        check(&["giữ rừng"], Some("giữ rừng"));
        check(
            &["giữ rừng, sáng nay họp", "giữ rừng đầu nguồn", "giữ rừng đầu nguồn"],
            Some("giữ rừng đầu nguồn"),
        );
        check(
            &["giữ rừng đầu nguồn sông Khê", "trồng cây", "giữ rừng đầu nguồn"],
            Some("giữ rừng đầu nguồn"),
        );
        check(&["phòng dịch bệnh, mọi người họp", "phòng dịch"], Some("phòng dịch"));
        // No word is cut in two.
        check(&["rừng trồng", "rừng t", "dân vận ở xã"], Some("rừng t"));
    }
}
