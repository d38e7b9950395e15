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
