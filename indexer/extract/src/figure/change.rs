//! Bounds and changes: the words beside a number that say that it is at least so much, or that something has risen or fallen
//! by it. The words stand in `rules/changes.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::link;
use super::number::{Kind, Number};
use crate::pattern::{Pattern, alternatives, lower, tail};
use crate::{Change, Figure, Modifier};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    bounds: Bounds,
    up: Moves,
    down: Moves,
    references: Words,
    fallen: Words,
    negative: Negative,
    being: Words,
    by: Words,
    growth: Growth,
    multiples: Multiples,
    paces: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Growth {
    names: Vec<String>,
    particles: Vec<String>,
    behind: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Multiples {
    words: Vec<String>,
    since: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Negative {
    signs: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    more: Vec<String>,
    less: Vec<String>,
    at_least: Vec<String>,
    at_most: Vec<String>,
    about: Vec<String>,
    least: Vec<String>,
    signs: Signs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signs {
    more: String,
    less: String,
    at_least: String,
    at_most: String,
    about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moves {
    verbs: Vec<String>,
    particles: Vec<String>,
    far: Vec<String>,
    compared: Vec<String>,
    behind: Vec<String>,
    named: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

/// The patterns that the table makes.
struct Patterns {
    /// Bounds in front of a number.
    bound: Pattern,
    /// Verbs of moving in front of a number and its bound.
    verb: Pattern,
    /// A verb of moving and the words that lead to the number.
    verb_words: Pattern,
    /// That a value is by so much more or less than another.
    compared: Pattern,
    /// A change by its name and a verb of being.
    named: Pattern,
    /// Verbs further off, in front of `by`.
    raising: Pattern,
    lowering: Pattern,
    fallen: Pattern,
    negative: Pattern,
    reference: Pattern,
    /// A noun of growing that is a verb as well, in front of a number.
    growth: Pattern,
    /// Words behind which it is the noun.
    growth_named: Pattern,
    /// In front of a verb of moving that is a part of a name.
    pace: Pattern,
    /// In front of the times that a value is of another, which `since` says to be an earlier one.
    multiple: Pattern,
    since: Pattern,
    /// Behind a verb further off, right in front of a number.
    by: Pattern,
    /// A minus in words.
    minus: Pattern,
    least: Vec<String>,
    up_behind: Vec<String>,
    down_behind: Vec<String>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let Table { bounds, up, down, references, fallen, negative, being, by, growth, multiples, paces } =
        rules::read("rules/changes.toml").expect("the table is tested");
    let any = alternatives;
    let signs = |signs: &str| signs.chars().map(|sign| regex::escape(&sign.to_string())).collect::<String>();
    let moving =
        |moves: &Moves| format!("(?:{})(?: (?:{})){{0,3}}", any(&moves.verbs), any(&moves.particles));
    let compared = |moves: &Moves| any(&moves.compared);
    let (up_moving, down_moving) = (moving(&up), moving(&down));
    Patterns {
        bound: Pattern::new(&format!(
            r"(?i)\b(?:(?P<over>[{}])|(?P<below>[{}])|(?P<from>[{}])|(?P<upto>[{}])|(?P<near>[{}])|(?:(?P<least>{})|(?P<most>{})|(?P<more>{})|(?P<less>{})|(?P<about>{}))\s)\s*$",
            signs(&bounds.signs.more),
            signs(&bounds.signs.less),
            signs(&bounds.signs.at_least),
            signs(&bounds.signs.at_most),
            signs(&bounds.signs.about),
            any(&bounds.at_least),
            any(&bounds.at_most),
            any(&bounds.more),
            any(&bounds.less),
            any(&bounds.about),
        )),
        verb: Pattern::new(&format!(r"(?i)\b(?:(?P<up>{up_moving})|(?P<down>{down_moving}))\s+$")),
        verb_words: Pattern::new(&format!(r"(?i)(?:^|\s+|\()(?:{up_moving}|{down_moving})\s*$")),
        compared: Pattern::new(&format!(
            r"(?i)\b(?:(?P<up>{})|(?P<down>{}))\s+$",
            compared(&up),
            compared(&down)
        )),
        named: Pattern::new(&format!(
            r"(?i)\b(?:(?P<up>{})|(?P<down>{}))(?:\s[^,;.\d]{{0,40}})?\s(?:{})\s+$",
            any(&up.named),
            any(&down.named),
            any(&being.words)
        )),
        raising: Pattern::new(&format!(r"(?i)\b(?:{})\b", any(&up.far))),
        lowering: Pattern::new(&format!(r"(?i)\b(?:{})\b", any(&down.far))),
        fallen: Pattern::new(&format!(r"(?i)\b(?:{})\b[^,;.]{{0,50}}\(?\s*$", any(&fallen.words))),
        negative: Pattern::new(&format!(r"(?i)\b(?:{}|[(,:])\s*$", any(&negative.words))),
        reference: Pattern::new(&format!(r"(?i)\b(?:{})\b", any(&references.words))),
        growth: Pattern::new(&format!(
            r"(?i)\b(?:{})(?: (?:{})){{0,3}}\s*$",
            any(&growth.names),
            any(&growth.particles)
        )),
        growth_named: Pattern::new(&format!(r"(?i)\b(?:{})\s*$", any(&growth.behind))),
        pace: Pattern::new(&format!(r"(?i)\b(?:{})\s*$", any(&paces.words))),
        multiple: Pattern::new(&format!(r"(?i)\b(?:{})\s*$", any(&multiples.words))),
        since: Pattern::new(&format!(r"(?i)\b(?:{})\b", any(&multiples.since))),
        by: Pattern::new(&format!(r"(?i)\s(?:{})\s*$", any(&by.words))),
        minus: Pattern::new(&format!(r"(?:{})\s+$", any(&negative.signs))),
        least: bounds.least,
        up_behind: up.behind,
        down_behind: down.behind,
    }
});

/// What the words beside a number say of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Beside<'t> {
    /// The words in front of it without its bound and its sign.
    pub(super) unbounded: &'t str,
    /// The same without the verb of moving.
    pub(super) undirected: &'t str,
    pub(super) modifier: Modifier,
    pub(super) change: Option<Change>,
    /// With its sign.
    pub(super) value: f64,
}

/// Reads the words in front of a number and behind it; `gap` stands between it and the figure before, where one goes on to
/// it, and `in_range` tells that it ends a range with that one.
pub(super) fn read<'t>(
    number: &Number,
    before: &'t str,
    after: &str,
    earlier: Option<(&Figure, &str)>,
    in_range: bool,
) -> Beside<'t> {
    // The sign of money and a sign belong to the number.
    let minus = if number.currency.is_none() { minus(before) } else { None };
    let plus = if number.currency.is_none() { plus(before) } else { None };
    let before = minus.or(plus).unwrap_or(before);
    let before = match number.currency {
        Some(_) => before.trim_end().trim_end_matches(|c: char| c.is_alphabetic() || is_money_sign(c)),
        None => before,
    };
    let percent = number.kind == Kind::Percent;
    let (mut modifier, mut unbounded) = bound(before, after);
    let mut change = direction(unbounded, percent || number.multiplied);
    let mut undirected = &unbounded
        [..unbounded.len() - PATTERNS.verb_words.find(tail(unbounded)).map_or(0, |found| found.len())];
    if let Some((found, front)) = difference(before, after, percent) {
        change = Some(found);
        (unbounded, undirected) = (front, front);
        modifier = bound("", after).0;
    }
    change = change.or_else(|| grown(unbounded, percent)).or_else(|| multiplied(unbounded, after));
    change = change.or_else(|| behind(after));
    if let Some((earlier, gap)) = earlier.filter(|_| change.is_none()) {
        let encloses = gap.trim_end().ends_with('(') && gap.len() < 20;
        if in_range || encloses || goes_on(earlier, gap, unbounded, after, percent) {
            change = earlier.change;
        }
    }
    if plus.is_some() {
        change = Some(Change::Up);
    }
    // `khoảng 30 - 40%` bounds both.
    if let Some((earlier, _)) = earlier.filter(|_| in_range && modifier == Modifier::Equal) {
        modifier = earlier.modifier;
    }
    // `giảm mạnh (-1,12%)` is a change, `GRDP là -2,3%` a level below nought.
    let mut value = number.value;
    if minus.is_some() {
        if change.is_some() || PATTERNS.fallen.is_match(tail(unbounded)) {
            change = Some(Change::Down);
        } else {
            value = -value;
        }
    }
    Beside { unbounded, undirected, modifier, change, value }
}

/// Whether words end with those that compare a value with another: `thấp hơn`.
pub(super) fn compares(before: &str) -> bool {
    PATTERNS.compared.is_match(tail(before))
}

/// The bound of a number and the words in front of it without those of the bound.
fn bound<'t>(before: &'t str, after: &str) -> (Modifier, &'t str) {
    let behind: String = after.trim_start().chars().flat_map(char::to_lowercase).take(10).collect();
    let is_least = PATTERNS.least.iter().any(|words| behind.starts_with(words.as_str()));
    let mut unbounded = before;
    let mut found = Modifier::Equal;
    while let Some(captures) = PATTERNS.bound.captures(tail(unbounded)) {
        let told = |word: &str, sign: &str| captures.name(word).or(captures.name(sign)).is_some();
        found = if told("more", "over") {
            Modifier::More
        } else if told("least", "from") {
            Modifier::AtLeast
        } else if told("most", "upto") {
            Modifier::AtMost
        } else if told("less", "below") {
            Modifier::Less
        } else {
            Modifier::About
        };
        unbounded = &unbounded[..unbounded.len() - captures.get(0).map_or(0, |all| all.len())];
    }
    if is_least {
        // `giảm bình quân mỗi năm từ 1,5% trở lên` falls by so much; nothing began there.
        let ranged = link::without_from(unbounded);
        return (Modifier::AtLeast, if compares(ranged) { unbounded } else { ranged });
    }
    (found, unbounded)
}

/// What stands before the minus in front of a number: behind a blank or a bracket, and behind no other number.
fn minus(before: &str) -> Option<&str> {
    let front = before.strip_suffix(['-', '−', '–']).filter(|front| may_be_signed(front)).or_else(|| {
        let front = &before[..before.len() - PATTERNS.minus.find(tail(before))?.len()];
        PATTERNS.negative.is_match(tail(front)).then_some(front)
    })?;
    let last = front.trim_end();
    // `9 -10%` is a range.
    let range = last.ends_with(|c: char| c.is_ascii_digit() || c == '%');
    (!range).then_some(front)
}

/// What stands before the plus in brackets in front of a number: `tăng khá (+7,8%)`.
fn plus(before: &str) -> Option<&str> {
    before.strip_suffix('+').filter(|front| front.ends_with('('))
}

fn may_be_signed(front: &str) -> bool {
    front.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | ':' | ','))
}

fn is_money_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥')
}

fn direction(unbounded: &str, measured: bool) -> Option<Change> {
    let spaced = format!("{} ", tail(unbounded.trim_end()));
    let told = |pattern: &Pattern| {
        let found = pattern.captures(&spaced)?;
        let begins = found.get(0).map_or(0, |all| all.start());
        if PATTERNS.pace.is_match(&spaced[..begins]) {
            return None;
        }
        Some(if found.name("up").is_some() { Change::Up } else { Change::Down })
    };
    if let Some(found) = told(&PATTERNS.verb) {
        return Some(found);
    }
    // `reduce costs by 30%`, `costs by 20% and time by 30%`: the verb stands further off.
    if measured && PATTERNS.by.is_match(&spaced) {
        if PATTERNS.lowering.is_match(&spaced) {
            return Some(Change::Down);
        }
        if PATTERNS.raising.is_match(&spaced) {
            return Some(Change::Up);
        }
    }
    if measured { told(&PATTERNS.named) } else { None }
}

/// A growth in percent whose verb is a noun as well: `doanh thu tăng trưởng 16%`, but no `mục tiêu tăng trưởng 16%`.
fn grown(unbounded: &str, percent: bool) -> Option<Change> {
    let near = tail(unbounded);
    let found = PATTERNS.growth.find(near).filter(|_| percent)?;
    (!PATTERNS.growth_named.is_match(&near[..found.start()])).then_some(Change::Up)
}

/// How many times a value is of an earlier one: `gấp 3 lần so với cùng kỳ`, but no `gấp 3 lần mức lương tối thiểu`.
fn multiplied(unbounded: &str, after: &str) -> Option<Change> {
    /// Bytes behind a number in which what it is compared with is looked for.
    const REACH: usize = 60;
    if !PATTERNS.multiple.is_match(tail(unbounded)) {
        return None;
    }
    let clause = after[..after.floor_char_boundary(REACH)].split([',', ';', '.']).next().unwrap_or_default();
    PATTERNS.since.is_match(clause).then_some(Change::Up)
}

/// By how much a value is more or less than another, and the words in front of that: `cao hơn 600 đồng/kg so với đầu vụ`.
fn difference<'t>(before: &'t str, after: &str, percent: bool) -> Option<(Change, &'t str)> {
    /// Bytes behind a number in which what it is compared with is looked for.
    const REACH: usize = 60;
    let captures = PATTERNS.compared.captures(tail(before))?;
    let clause = after[..after.floor_char_boundary(REACH)].split([',', ';', '.']).next().unwrap_or_default();
    let change = if captures.name("up").is_some() { Change::Up } else { Change::Down };
    (percent || PATTERNS.reference.is_match(clause))
        .then(|| (change, before[..before.len() - captures.get(0).map_or(0, |all| all.len())].trim_end()))
}

/// The same behind the number and its unit: `0.2 tonnes higher than a year ago`.
fn behind(after: &str) -> Option<Change> {
    /// Words between the number and those that compare it: its unit.
    const UNIT: usize = 3;
    let near = lower(&after[..after.floor_char_boundary(60)]).into_owned();
    let clause = near.split([',', ';', '.']).next().unwrap_or_default();
    let starts = clause.match_indices(' ').map(|(at, _)| at + 1).take(UNIT + 1);
    starts.map(|at| &clause[at..]).find_map(|words| {
        let begins = |phrases: &[String]| phrases.iter().any(|phrase| words.starts_with(phrase.as_str()));
        if begins(&PATTERNS.up_behind) {
            Some(Change::Up)
        } else if begins(&PATTERNS.down_behind) {
            Some(Change::Down)
        } else {
            None
        }
    })
}

/// Whether a number is one more change of a list that one verb governs: `industry increased by 5%; services by 3%`,
/// `increases of 4.6% in the index, 13.1% in retail sales`.
fn goes_on(earlier: &Figure, gap: &str, unbounded: &str, after: &str, percent: bool) -> bool {
    if !percent || earlier.change.is_none() || earlier.unit.as_deref() != Some("%") || gap.contains(". ") {
        return false;
    }
    let alike = PATTERNS.by.is_match(tail(unbounded)) && gap.contains([',', ';']);
    let listed = |words: &str| words.starts_with(" in ");
    alike || listed(gap) && listed(after)
}
