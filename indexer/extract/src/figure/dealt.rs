//! Values that are dealt out to what was named before them, in its order: `A và B lần lượt đạt 3 và 4`, `A and B were 3 and
//! 4, respectively`. The words stand in `rules/links.toml`.
//!
//! A value is dealt only where as many places, times or statistics stand in a row as there are values; where the counts
//! differ nobody knows which is whose, and nothing is said.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use corpus::Span;
use serde::Deserialize;

use crate::Period;
use crate::pattern::{Pattern, alternatives};

/// The part of the table that is read here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    front: Vec<String>,
    behind: Vec<String>,
    joins: Vec<String>,
    times: HashSet<String>,
}

struct Patterns {
    /// In front of the values.
    front: Pattern,
    /// Behind them.
    behind: Pattern,
    /// Between two values, or two of what they are dealt to, without what surrounds it.
    join: Pattern,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let Table { front, behind, joins, times: _ } = super::link::dealt();
    Patterns {
        front: Pattern::new(&format!(r"(?i)\b(?:{})\b", alternatives(front))),
        behind: Pattern::new(&format!(r"(?i)^[^\d;.()]{{0,40}}\b(?:{})\b", alternatives(behind))),
        join: Pattern::new(&format!(r"(?i)(?:,\s|\s(?:{})\s)", alternatives(joins))),
    }
});

/// Values of one sentence that are dealt out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The values, by their places among the numbers that were given.
    pub(super) numbers: Range<usize>,
    /// The words in front of them that name what they are dealt to.
    pub(super) named: Span,
}

/// Bytes that may stand between two values that are dealt out, and between the words that say so and the first.
const GAP: usize = 60;

/// Most values of a group: a list without end deals nothing out.
const MOST: usize = 12;

/// Finds what is dealt out in a sentence whose numbers are given in their order.
pub(super) fn groups(text: &str, sentence: Span, numbers: &[Span]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    if numbers.len() < 2 {
        return groups;
    }
    for mark in PATTERNS.front.find_iter(sentence.of(text)) {
        let (from, to) = (sentence.start() + mark.start(), sentence.start() + mark.end());
        let first = numbers.partition_point(|number| number.start() < to);
        let near = numbers.get(first).filter(|number| is_gap(&text[to..number.start()]));
        let begin = numbers[..first].last().map_or(sentence.start(), |last| last.end());
        if near.is_some() {
            let last = row_end(text, numbers, first);
            push(&mut groups, first..last, Span::new(begin, from));
        }
    }
    for last in 1..numbers.len() {
        let next = numbers.get(last + 1).map_or(sentence.end(), |next| next.start());
        if !PATTERNS.behind.is_match(&text[numbers[last].end()..next]) {
            continue;
        }
        let first = (0..last).rev().take_while(|at| joins(text, numbers[*at], numbers[at + 1])).last();
        if let Some(first) = first {
            let begin = first.checked_sub(1).map_or(sentence.start(), |before| numbers[before].end());
            push(&mut groups, first..last + 1, Span::new(begin, numbers[first].start()));
        }
    }
    groups
}

fn push(groups: &mut Vec<Group>, numbers: Range<usize>, named: Span) {
    let known =
        groups.iter().any(|group| group.numbers.start < numbers.end && numbers.start < group.numbers.end);
    if (2..=MOST).contains(&numbers.len()) && !known {
        groups.push(Group { numbers, named });
    }
}

/// Where the row of values ends that begins with a number.
fn row_end(text: &str, numbers: &[Span], first: usize) -> usize {
    let goes_on = |at: &usize| joins(text, numbers[*at], numbers[at + 1]);
    first + 1 + (first..numbers.len() - 1).take_while(goes_on).count()
}

fn is_gap(between: &str) -> bool {
    between.len() <= GAP && !between.contains(['.', ';', ':', '(', ')']) && !between.contains(", ")
}

/// Whether two numbers stand in a row: only their units and a comma or an `and` between.
fn joins(text: &str, first: Span, second: Span) -> bool {
    let between = &text[first.end()..second.start()];
    if between.len() > GAP {
        return false;
    }
    let mut found = PATTERNS.join.find_iter(between);
    let join = found.next();
    !between.contains([';', ':', '(', ')'])
        && !between.contains(". ")
        && !PATTERNS.front.is_match(between)
        // `5%, và 6%`
        && join.is_some_and(|join| found.all(|next| next.start() <= join.end() + 1))
}

/// Whether nothing but a comma or an `and` stands between two of what values are dealt to, besides some words that
/// `allows` lets pass.
pub(super) fn is_joined(between: &str, allows: impl Fn(&str) -> bool) -> bool {
    let padded = format!("{between} ");
    let Some(join) = PATTERNS.join.find(&padded) else { return false };
    let (before, behind) = (padded[..join.start()].trim(), padded[join.end()..].trim());
    before.is_empty() && (behind.is_empty() || allows(behind))
}

/// Whether two times of one kind stand in a row, with these words between.
pub(super) fn are_in_row(first: Period, second: Period, between: &str) -> bool {
    let alike = match (first, second) {
        (Period::Date(first), Period::Date(second)) => {
            (first.month().is_some(), first.day().is_some())
                == (second.month().is_some(), second.day().is_some())
        }
        (first, second) => std::mem::discriminant(&first) == std::mem::discriminant(&second),
    };
    alike && first != second && is_joined(between, |word| super::link::dealt().times.contains(word))
}

/// The pieces that commas and `and` part some words into.
pub(super) fn pieces(words: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for join in PATTERNS.join.find_iter(words) {
        pieces.push(words[from..join.start()].trim());
        from = join.end();
    }
    pieces.push(words[from..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let mut numbers: Vec<Span> = Vec::new();
        let mut from = 0;
        while let Some(at) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
            let length =
                text[at..].find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(text.len() - at);
            let digits = text[at..at + length].trim_end_matches(',');
            numbers.push(Span::new(at, at + digits.len()));
            from = at + length;
        }
        let found: Vec<(String, String)> = groups(text, Span::new(0, text.len()), &numbers)
            .iter()
            .map(|group| {
                let values: Vec<&str> = group.numbers.clone().map(|at| numbers[at].of(text)).collect();
                (group.named.of(text).trim().to_owned(), values.join(" "))
            })
            .collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(named, values)| ((*named).to_owned(), (*values).to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn values_are_dealt_out_in_their_order() {
        check("Lúa và ngô lần lượt đạt 3 tấn và 4 tấn", &[("Lúa và ngô", "3 4")]);
        check("Lúa, ngô, khoai lần lượt là 3,5%, 4% và 5%, cao nhất", &[("Lúa, ngô, khoai", "3,5 4 5")]);
        check("Rice and maize reached 3 and 4 tonnes, respectively.", &[("Rice and maize reached", "3 4")]);
        check("Lúa và ngô lần lượt tăng 3% và 4% (thứ 2 và 5)", &[("Lúa và ngô", "3 4")]);
        check(
            "Lúa và ngô lần lượt là 3 và 4, tăng lần lượt 5% và 6%",
            &[("Lúa và ngô", "3 4"), (", tăng", "5 6")],
        );
        check("Lúa lần lượt đạt 3 tấn; ngô 4 tấn", &[]);
        check(
            "Lần lượt từng xã, tất cả các thôn bản của huyện miền núi đã được khảo sát, 3 xã và 4 thôn đạt",
            &[],
        );
        check("Lúa đạt 3 tấn, ngô đạt 4 tấn", &[]);
    }

    #[test]
    fn what_is_named_in_a_row_is_joined() {
        assert_eq!(pieces("thu, chi và nợ"), ["thu", "chi", "nợ"]);
        assert!(is_joined(" và huyện", |word| word == "huyện"));
        assert!(is_joined(",", |_| false));
        assert!(!is_joined(" và nhất là", |word| word == "huyện"));
        assert!(!is_joined(" của", |_| true));
    }
}
