//! How a number goes on from the one before: what stands between the two, or right in front of it. The words stand in
//! `rules/links.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::dealt;
use crate::pattern::{Pattern, alternatives, tail};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    ranking: Verbs,
    said: Words,
    named: Words,
    share: Verbs,
    again: Verbs,
    from: Words,
    becomes: Becomes,
    dealt: dealt::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    verbs: Vec<String>,
    particles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Becomes {
    words: Vec<String>,
    levels: Vec<String>,
    far: Vec<String>,
}

/// The patterns that the table makes.
struct Patterns {
    ranking: Pattern,
    said: Pattern,
    named: Pattern,
    share: Pattern,
    again: Pattern,
    from: Pattern,
    becomes: Pattern,
    becomes_far: Pattern,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/links.toml").expect("the table is tested"));

/// What says that values are dealt out.
pub(super) fn dealt() -> &'static dealt::Table {
    &TABLE.dealt
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let Table { ranking, said, named, share, again, from, becomes, dealt: _ } = &*TABLE;
    let verbs = |Verbs { verbs, particles }: &Verbs| (alternatives(verbs), alternatives(particles));
    let (ranks, rank_particles) = verbs(ranking);
    let (shares, share_particles) = verbs(share);
    let (joins, join_particles) = verbs(again);
    let last = |words: &[String]| Pattern::new(&format!(r"(?i)\b(?:{})\s*$", alternatives(words)));
    Patterns {
        ranking: Pattern::new(&format!(r"(?i)\s*(?:{ranks})(?: (?:{rank_particles}))*\s*$")),
        said: last(&said.words),
        named: Pattern::new(&format!(r"(?i)\b(?:{})\s+(\p{{L}}+)[^;]*$", alternatives(&named.words))),
        share: Pattern::new(&format!(r"(?i)\b(?:(?:{shares})(?: (?:{share_particles}))?|\()\s*$")),
        again: Pattern::new(&format!(r"(?i)(?:\s|^)(?:{joins})(?: (?:{join_particles}))?\s*$")),
        from: last(&from.words),
        becomes: Pattern::new(&format!(
            r"(?i)^[^,;.\d]{{0,60}}\b(?:{}|(?:{})[^,;.\d]{{0,20}})\s*$",
            alternatives(&becomes.words),
            alternatives(&becomes.levels),
        )),
        becomes_far: last(&becomes.far),
    }
});

/// The words in front of a rank without those that say that it is one.
pub(super) fn ranked(before: &str) -> &str {
    before[..PATTERNS.ranking.find(before).map_or(before.len(), |found| found.start())].trim()
}

/// Whether what stands in front of a number without a noun of its own says that it counts something all the same.
pub(super) fn is_said(before: &str) -> bool {
    PATTERNS.said.is_match(tail(before))
}

/// The noun of `the number of cases … was`.
pub(super) fn named(before: &str) -> Option<String> {
    PATTERNS.named.captures(before).map(|named| named[1].to_owned())
}

/// Whether a number in front of which these words stand is the share of the count before it.
pub(super) fn is_share(before: &str) -> bool {
    PATTERNS.share.is_match(tail(before))
}

/// Whether a change stands beside another one: `up 3% and down 2%`.
pub(super) fn is_again(before: &str) -> bool {
    PATTERNS.again.is_match(tail(before))
}

/// Whether another number follows that this one becomes: `from 14 units`.
pub(super) fn begins_range(before: &str) -> bool {
    PATTERNS.from.is_match(tail(before))
}

/// The words in front of a number without those that say where something began.
pub(super) fn without_from(before: &str) -> &str {
    let near = tail(before);
    &before[..before.len() - PATTERNS.from.find(near).map_or(0, |found| near.len() - found.start())]
}

/// Whether a number is what the one before has become, `from 14 units to 13 units`: by what stands between them.
pub(super) fn becomes(between: &str) -> bool {
    PATTERNS.becomes.is_match(between)
}

/// The same, where a period may stand between.
pub(super) fn ends_range(between: &str) -> bool {
    /// Bytes that may stand between.
    const REACH: usize = 80;
    between.len() < REACH && PATTERNS.becomes_far.is_match(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_how_a_number_goes_on() {
        let check = |told: fn(&str) -> bool, words: &str, expected: bool| {
            assert_eq!(told(words), expected, "{words}");
        };
        check(is_share, " xã, chiếm tỷ lệ ", true);
        check(is_share, " communes (", true);
        check(is_share, " xã và ", false);
        check(is_again, " và chỉ ", true);
        check(is_again, "nhưng", true);
        check(is_again, " hộ ", false);
        check(begins_range, "giảm từ ", true);
        check(begins_range, "giảm còn ", false);
        check(becomes, " đơn vị xuống còn ", true);
        check(becomes, " triệu đồng lên mức cao nhất là ", true);
        check(becomes, " đơn vị, giảm còn ", false);
        check(ends_range, " năm 2016 xuống còn ", true);
        check(ends_range, " năm 2016 và ", false);
        check(is_said, "tổng số nay là ", true);
        check(is_said, "tổng số nay ", false);
    }

    #[test]
    fn what_is_ranked_and_named_is_found() {
        assert_eq!(ranked("chỉ số cải cách xếp hạng thứ "), "chỉ số cải cách");
        assert_eq!(ranked("the index ranked in top "), "the index");
        assert_eq!(named("tổng số vụ cháy là").as_deref(), Some("vụ"));
        assert_eq!(named("có"), None);
    }
}
