//! Offices that were held when what a sentence tells happened, and of which it does not say that they are held on the day of the
//! text: `khi còn là Chủ tịch UBND huyện`, `Bộ trưởng khi đó là ông A`, `Năm 1987, Thủ tướng B`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::extent::one;
use super::tenure::Person;
use crate::pattern::{alternatives, tail};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    while_held: Vec<String>,
    called: Vec<String>,
    no_while: Vec<String>,
    then: Vec<String>,
    times_of: Vec<String>,
    ousted: Vec<String>,
    no_ousted: Vec<String>,
    today: Vec<String>,
}

struct Patterns {
    /// Words that end where an office begins.
    while_held: Regex,
    no_while: Regex,
    then: Regex,
    times_of: Regex,
    ousted: Regex,
    no_ousted: Regex,
    today: Regex,
    year: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let table: Table = rules::read("rules/retrospects.toml").expect("the table comes with the program");
    let regex = |pattern: String| Regex::new(&pattern).expect("the tables hold plain words");
    let word =
        |words: &[String]| regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{})(?:[^\p{{L}}]|$)", alternatives(words)));
    Patterns {
        while_held: regex(format!(
            r"(?i)(?:^|[^\p{{L}}])(?P<lead>{})\s+(?:(?:{}):?\s+)?$",
            alternatives(&table.while_held),
            alternatives(&table.called)
        )),
        no_while: regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{})\s*$", alternatives(&table.no_while))),
        then: regex(format!(r"(?i)^[ ,(–-]*(?P<then>{})(?:[^\p{{L}}]|$)", alternatives(&table.then))),
        times_of: regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{})\s+$", alternatives(&table.times_of))),
        ousted: regex(format!(
            r"(?i)^[^.;:“”\p{{Lu}}]{{0,40}}?(?:[ ,(–-])(?:{})(?:[^\p{{L}}]|$)",
            alternatives(&table.ousted)
        )),
        no_ousted: word(&table.no_ousted),
        today: word(&table.today),
        year: Regex::new(r"(?:19|20)\d\d").expect("a plain pattern"),
    }
});

/// Bytes between two offices of a row at most: `, `, ` rồi `, ` kiêm `.
const BETWEEN: usize = 12;

/// Whether the words around an office of a person say that it was held when what is told happened, and no more.
pub(super) fn is_over(text: &str, person: &Person, position: usize) -> bool {
    let Some(held) = &person.held[position] else { return false };
    let (patterns, name) = (&*PATTERNS, &person.name);
    let row = row(person, position);
    let before = tail(&text[..row.start]);
    let direct = held.at.end <= name.start && text[held.at.end..name.start].trim().is_empty();
    if let Some(lead) = patterns.while_held.captures(before).and_then(|hit| hit.name("lead")) {
        // `khi còn là Chủ tịch huyện, Phó Chủ tịch tỉnh A …`: the office right before the name may be the one of today.
        let is_last = row.start < held.at.start && direct;
        return !is_last && !patterns.no_while.is_match(&before[..lead.start()]);
    }
    if held.linked && patterns.times_of.is_match(tail(&text[..name.start])) {
        return true;
    }
    let between = if held.at.end <= name.start {
        &text[row.end..name.start.max(row.end)]
    } else {
        &text[name.end..row.start.max(name.end)]
    };
    // `Bộ trưởng Bộ Y tế khi ấy là bà A`, `ông A, khi đó là Phó Giám đốc`
    if between.len() < 4 * BETWEEN && patterns.then.is_match(between) {
        return true;
    }
    let end = name.end.max(person.held.iter().flatten().map(|held| held.at.end).max().unwrap_or_default());
    let behind = &text[end..];
    // `ông A, Bộ trưởng Bộ Y tế thời điểm đó, …`
    if let Some(then) = patterns.then.captures(behind).and_then(|hit| hit.name("then"))
        && row.end == end
        && behind[then.end()..].starts_with([',', ')', ';', '.'])
    {
        return true;
    }
    // `Chủ tịch UBND xã A bị cách chức vì …`; not `bị cách chức Bí thư Đảng ủy`.
    !held.linked
        && patterns.ousted.find(behind).is_some_and(|ousted| {
            let next = behind[ousted.end()..].trim_start();
            !patterns.no_ousted.is_match(ousted.as_str()) && one(next).is_none()
        })
}

/// Whether a sentence that is set in a year of long ago says nothing of the day of the text around an office.
pub(super) fn is_of_then(text: &str, begins: usize, person: &Person, position: usize, last: i16) -> bool {
    let Some(held) = &person.held[position] else { return false };
    let start = held.at.start.min(person.name.start);
    let end = held.at.end.max(person.name.end);
    let between = text.get(begins..start).unwrap_or_default();
    let near = &text[text.ceil_char_boundary(start.saturating_sub(4 * BETWEEN).max(begins.min(start)))..end];
    let later = PATTERNS
        .year
        .find_iter(between)
        .any(|year| year.as_str().parse::<i16>().is_ok_and(|year| year > last));
    !later && !PATTERNS.today.is_match(near)
}

/// The offices that stand in a row with one of a person.
fn row(person: &Person, position: usize) -> Range<usize> {
    let held = |at: usize| person.held.get(at).and_then(Option::as_ref).map(|held| held.at.clone());
    let mut row = held(position).unwrap_or_default();
    let joins = |before: &Range<usize>, after: &Range<usize>| {
        after.start >= before.end
            && after.start - before.end <= BETWEEN
            && !(before.end..after.start).contains(&person.name.start)
    };
    for at in (0..position).rev() {
        let Some(before) = held(at).filter(|before| joins(before, &row)) else { break };
        row.start = before.start;
    }
    for at in position + 1..person.held.len() {
        let Some(after) = held(at).filter(|after| joins(&row, after)) else { break };
        row.end = after.end;
    }
    row
}
