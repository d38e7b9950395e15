//! The catalogue: statistics under which figures of many texts and both languages come together, `rules/indicators.toml`.

mod wording;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use rules::RuleError;
use serde::{Deserialize, Serialize};
use text::Syllables;

use crate::Level;

pub(crate) use wording::Wording;

/// A statistic that is reported year after year, defined so that a number with another population, constraint or
/// denominator is another statistic.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of a statistic, and any may be said")]
pub struct Indicator {
    /// Key of its figures.
    pub id: String,
    /// Its name.
    pub name: Named,
    /// What is counted or measured.
    pub definition: Named,
    /// The subject that it belongs to.
    pub subject: String,
    /// What kind of statistic it is.
    pub kind: Kind,
    /// Whether it stands at a time or flows over a period.
    pub time: Time,
    /// What a share or ratio is taken of, where it is one.
    pub of: Option<Named>,
    /// Writings of the unit of its values, the usual one first.
    pub units: Vec<String>,
    /// Whether more of it is better.
    pub up: Judgement,
    /// Keys of rows that it must not be mixed with.
    pub apart: Vec<String>,
    /// Key of the row of its growth in percent against the same period of the year before.
    pub(crate) growth: Option<String>,
    /// Key of the row of its share.
    pub(crate) share: Option<String>,
    /// The kind of whole that alone has it.
    pub(crate) level: Option<Level>,
    /// The kind of whole that has too few of what it counts to be told of.
    pub(crate) above: Option<Level>,
    /// What else than the same period of the year before its growth may be counted from.
    pub(crate) basis: Option<Basis>,
    /// Whether other countries are told of by it as well: `tỷ lệ thất nghiệp ở Lào`.
    pub(crate) abroad: bool,
    /// Whether a number of percent is its growth though no word says that it grows: `GRDP đạt 7%`.
    pub(crate) bare: bool,
    /// Whether a change behind another value of its words is none of it.
    pub(crate) direct: bool,
    /// Whether its values are shares of a plan.
    pub(crate) plan: bool,
    /// Whether its values are also those of companies, projects and offices.
    pub(crate) bodies: bool,
    /// Whether its values are those of single projects, and never of a place.
    pub(crate) project: bool,
    /// Whether a value without a period may as well be what there is by now: `thu hút 300 dự án`.
    pub(crate) spanned: bool,
    /// What a place has at least of it, in the first of its units: less is that of a household or a company.
    least: Option<f64>,
    /// Words that near its own make it another statistic.
    pub(crate) not: Vec<Vec<String>>,
    words: Vec<Wording>,
}

/// A name or definition in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// A subject of the catalogue.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectRow {
    vi: String,
    en: String,
    order: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    distinct: Vec<Vec<String>>,
    of: HashMap<String, Named>,
    subject: HashMap<String, SubjectRow>,
    indicator: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the table says each where it holds")]
struct Row {
    id: String,
    subject: String,
    vi: String,
    en: String,
    definition: Named,
    kind: Kind,
    time: Time,
    of: Option<String>,
    units: Vec<String>,
    up: Judgement,
    words: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    apart: Vec<String>,
    growth: Option<String>,
    share: Option<String>,
    level: Option<Level>,
    above: Option<Level>,
    basis: Option<Basis>,
    #[serde(default)]
    abroad: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    direct: bool,
    #[serde(default)]
    plan: bool,
    #[serde(default)]
    bodies: bool,
    #[serde(default)]
    project: bool,
    #[serde(default)]
    spanned: bool,
    least: Option<f64>,
}

/// Declares a closed set of words that stand in the table, with their written form.
macro_rules! closed {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Its word in answers.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

closed! {
    /// Whether more of it is better.
    Judgement {
        /// More is better.
        Good = "good",
        /// Less is better.
        Bad = "bad",
        /// It depends.
        Neither = "neither",
    }
}

closed! {
    /// What kind of statistic a row is.
    Kind {
        /// A number of things or people.
        Count = "count",
        /// Money, an area or a weight.
        Amount = "amount",
        /// A part of a whole, in percent.
        Share = "share",
        /// A change against an earlier period, in percent.
        Growth = "growth",
        /// An amount or count by another.
        Ratio = "ratio",
        /// A place in an order.
        Rank = "rank",
        /// Points of an index.
        Score = "score",
    }
}

closed! {
    /// Whether a statistic stands at a time or flows over a period.
    Time {
        /// It stands at a time.
        Stock = "stock",
        /// It flows over a period.
        Flow = "flow",
    }
}

closed! {
    /// What growth is counted from, other than the same period of the year before.
    Basis {
        /// The end of the year before.
        December = "december",
        /// The month before.
        Month = "month",
    }
}

/// The rows, and by which words each may begin.
struct Catalogue {
    rows: Vec<Indicator>,
    by_key: HashMap<String, usize>,
    /// Rows and their wordings by the words that one may begin with in front of the number.
    by_first: HashMap<String, Vec<(usize, usize)>>,
    /// Those that begin with the number.
    by_number: Vec<(usize, usize)>,
    /// Places of these by the words that one may begin with behind the number.
    by_next: HashMap<String, Vec<usize>>,
    /// Places of those that may begin with any word.
    by_any: Vec<usize>,
    /// By the words of a name as they are written.
    by_name: HashMap<Vec<String>, usize>,
    /// By the words of a name, in any order and without accents, as a hurried reader types them; none where rows share them.
    by_bag: HashMap<Vec<String>, Option<usize>>,
    subjects: BTreeMap<usize, (String, Named)>,
    /// Words of units, each with the number of what they are writings of.
    distinct: HashMap<String, usize>,
}

fn table() -> Result<Catalogue, RuleError> {
    let table: Table = rules::read("rules/indicators.toml")?;
    let wrong = |reason: String| RuleError { file: "rules/indicators.toml", line: None, reason };
    let mut rows = Vec::new();
    for row in table.indicator {
        let words: Result<Vec<Wording>, _> = row.words.iter().map(|words| words.parse()).collect();
        let words = words.map_err(|error| wrong(format!("{}: {error}", row.id)))?;
        let of = match &row.of {
            Some(of) => {
                Some(table.of.get(of).ok_or_else(|| wrong(format!("{}: “{of}” has no name", row.id)))?)
            }
            None => None,
        };
        if !table.subject.contains_key(&row.subject) {
            return Err(wrong(format!("{}: there is no subject “{}”", row.id, row.subject)));
        }
        rows.push(Indicator {
            of: of.cloned(),
            not: row.not.iter().map(|words| exact(words)).collect(),
            words,
            id: row.id,
            name: Named { vi: row.vi, en: row.en },
            definition: row.definition,
            subject: row.subject,
            kind: row.kind,
            time: row.time,
            units: row.units,
            up: row.up,
            apart: row.apart,
            growth: row.growth,
            share: row.share,
            level: row.level,
            above: row.above,
            basis: row.basis,
            abroad: row.abroad,
            bare: row.bare,
            direct: row.direct,
            plan: row.plan,
            bodies: row.bodies,
            project: row.project,
            spanned: row.spanned,
            least: row.least,
        });
    }
    let by_key: HashMap<String, usize> =
        rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
    let mut by_first: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    let mut by_number = Vec::new();
    let mut by_next: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_any = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(other) =
            row.apart.iter().chain(&row.growth).chain(&row.share).find(|other| !by_key.contains_key(*other))
        {
            return Err(wrong(format!("{}: there is no row “{other}”", row.id)));
        }
        for (number, words) in row.words.iter().enumerate() {
            for first in words.first_words() {
                by_first.entry(first.to_owned()).or_default().push((at, number));
            }
            if words.begins_with_number() {
                match words.next_words() {
                    Some(next) => {
                        for word in next {
                            by_next.entry(word.to_owned()).or_default().push(by_number.len());
                        }
                    }
                    None => by_any.push(by_number.len()),
                }
                by_number.push((at, number));
            }
        }
    }
    let mut by_bag: HashMap<Vec<String>, Option<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let names = [row.name.vi.clone(), row.name.en.clone()];
        let worded = row.words.iter().filter_map(|wording| Some(wording.literal()?.join(" ")));
        for name in names.into_iter().chain(worded) {
            let known = by_bag.entry(bag(&name)).or_insert(Some(at));
            if *known != Some(at) {
                *known = None;
            }
        }
    }
    let mut by_name = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        for name in [&row.name.vi, &row.name.en] {
            by_name.entry(exact(name)).or_insert(at);
        }
    }
    let subjects = table.subject.into_iter();
    let subjects = subjects.map(|(key, row)| (row.order, (key, Named { vi: row.vi, en: row.en }))).collect();
    let distinct = table.distinct.into_iter().enumerate();
    let distinct = distinct.flat_map(|(at, words)| words.into_iter().map(move |word| (word, at)));
    let distinct = distinct.map(|(word, at)| (unit_words(&word).concat(), at)).collect();
    Ok(Catalogue { rows, by_key, by_first, by_number, by_next, by_any, by_name, by_bag, subjects, distinct })
}

fn known() -> &'static Catalogue {
    static KNOWN: LazyLock<Catalogue> = LazyLock::new(|| table().expect("the table is tested"));
    &KNOWN
}

/// All rows, in the order of the table.
pub fn all() -> &'static [Indicator] {
    &known().rows
}

/// The subjects with their names, in the order in which they are shown.
pub fn subjects() -> impl Iterator<Item = (&'static str, &'static Named)> {
    known().subjects.values().map(|(key, name)| (key.as_str(), name))
}

/// The row of that key.
pub fn by_key(key: &str) -> Option<&'static Indicator> {
    known().by_key.get(key).map(|at| &known().rows[*at])
}

/// The row that a question means: by its key, else by words that name it.
pub fn asked(key_or_words: &str) -> Option<&'static Indicator> {
    by_key(key_or_words).or_else(|| by_words(key_or_words))
}

/// The row that some words name, as a reader asks for it: its name, or words that texts use for it. Of several the one of
/// which most words stand there; else its words in any order, with or without accents.
pub fn by_words(asked: &str) -> Option<&'static Indicator> {
    let words = exact(asked);
    let word = |at: usize| words.get(at).map(String::as_str);
    if let Some(at) = known().by_name.get(&words) {
        return Some(&known().rows[*at]);
    }
    let mut best: Option<(usize, &Indicator)> = None;
    for at in 0..words.len() {
        let fronts = wordings(&words[at]).filter_map(|(row, wording)| {
            let front = wording.front_end(at, &word)?;
            Some((row, wording.back_end(front, &word)?))
        });
        let backs = numbered_before(word(at).into_iter())
            .filter_map(|(row, wording)| Some((row, wording.back_end(at, &word)?)));
        for (row, end) in fronts.chain(backs) {
            // Words of the row itself are no others.
            let refused =
                row.not.iter().any(|not| contains(&words[..at], not) || contains(&words[end..], not));
            if !refused && best.is_none_or(|(length, _)| end - at > length) {
                best = Some((end - at, row));
            }
        }
    }
    best.map(|(_, row)| row).or_else(|| known().by_bag.get(&bag(asked))?.map(|at| &known().rows[at]))
}

/// The words of a text without accents, in the order of the alphabet.
fn bag(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Syllables::new(text).map(|syllable| syllable.folded).collect();
    words.sort();
    words
}

fn contains(words: &[String], part: &[String]) -> bool {
    !part.is_empty() && words.windows(part.len()).any(|window| window == part)
}

/// Rows with the wordings that may begin with a word.
pub(crate) fn wordings(first: &str) -> impl Iterator<Item = (&'static Indicator, &'static Wording)> {
    places(known().by_first.get(first).map_or(&[], Vec::as_slice))
}

/// Rows with the wordings that begin with the number and whose words behind it may begin with one of some words, in the order of
/// the table.
pub(crate) fn numbered_before<'w>(
    next: impl Iterator<Item = &'w str>,
) -> impl Iterator<Item = (&'static Indicator, &'static Wording)> {
    let known = known();
    let by_word = next.filter_map(|word| known.by_next.get(word)).flatten();
    let mut found: Vec<usize> = by_word.chain(&known.by_any).copied().collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|at| {
        let (row, words) = known.by_number[at];
        (&known.rows[row], &known.rows[row].words[words])
    })
}

fn places(places: &'static [(usize, usize)]) -> impl Iterator<Item = (&'static Indicator, &'static Wording)> {
    let rows = &known().rows;
    places.iter().map(|(row, words)| (&rows[*row], &rows[*row].words[*words]))
}

/// Words in small letters with their accents.
pub(crate) fn exact(text: &str) -> Vec<String> {
    Syllables::new(text).map(|syllable| syllable.exact).collect()
}

/// The words of a unit, signs of shares among them.
fn unit_words(unit: &str) -> Vec<String> {
    let signs = unit.chars().filter(|letter| matches!(letter, '%' | '‰')).map(String::from);
    exact(unit).into_iter().chain(signs).collect()
}

/// What tells a unit from others of its row.
fn told_apart_by(unit: &str) -> BTreeSet<usize> {
    unit_words(unit).iter().filter_map(|word| known().distinct.get(word).copied()).collect()
}

impl Indicator {
    /// The unit that values of a unit are shown in: the first of the row that means the same; any other unit as it is.
    pub fn shown_in(&self, unit: &str) -> String {
        let key = unit_key(unit);
        if !self.units.iter().any(|known| unit_key(known) == key) {
            return unit.to_owned();
        }
        let own = told_apart_by(unit);
        self.units
            .iter()
            .find(|known| told_apart_by(known) == own)
            .map_or_else(|| unit.to_owned(), Clone::clone)
    }

    /// Whether a value is too small for that of a place.
    pub(crate) fn is_below(&self, value: f64, unit: &str) -> bool {
        /// Đồng to a dollar, as near as a bound needs it.
        const RATE: f64 = 20_000.0;
        let Some(least) = self.least.filter(|_| unit != "%") else { return false };
        let in_dollars = |unit: &str| unit.starts_with("USD");
        let in_dong = |unit: &str| unit.starts_with("VND");
        let first = self.units.first().map_or("", String::as_str);
        let least = match (in_dollars(first), in_dong(first)) {
            (true, _) if in_dong(unit) => least * RATE,
            (_, true) if in_dollars(unit) => least / RATE,
            _ => least,
        };
        value < least
    }

    /// Whether its values have that unit.
    pub fn measures(&self, unit: &str) -> bool {
        // A unit by another (`khách/lượt`) is no count.
        if unit.contains('/') && !self.units.iter().any(|known| known.contains('/')) {
            return false;
        }
        let by_another = unit.contains('/');
        // `khách ngoại` are some of the `khách`.
        let words = exact(unit);
        let has = |not: &Vec<String>| words.windows(not.len().max(1)).any(|here| here == not.as_slice());
        let is_part = || self.not.iter().any(has);
        let unit = unit_key(unit);
        self.units.iter().any(|known| {
            let known = unit_key(known);
            // `VND/ha` is no writing of `VND`.
            unit == known
                || !by_another
                    && known != "%"
                    && unit.strip_prefix(&known).is_some_and(|rest| rest.starts_with(' '))
                    && !is_part()
        })
    }
}

/// The words of a text without case and accents, to compare units.
pub fn unit_key(unit: &str) -> String {
    match unit.trim() {
        "%" => "%".to_owned(),
        "‰" => "‰".to_owned(),
        unit => Syllables::new(unit).map(|syllable| syllable.folded).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests;
