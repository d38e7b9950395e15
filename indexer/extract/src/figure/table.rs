//! The tables `rules/units.toml`, `rules/periods.toml`, `rules/phrases.toml` and `rules/numbers.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use text::Syllables;

use super::sequence::Sequences;
use crate::pattern::{Pattern, capital, lower};

/// Writings of units.
#[derive(Debug)]
pub(super) struct Units {
    pub(super) multipliers: HashMap<String, f64>,
    /// Short multipliers of English.
    pub(super) short: HashMap<String, f64>,
    pub(super) words: NumberWords,
    /// Signs of money in front of a number, the longest first, with their symbols.
    pub(super) currencies: Vec<(String, String)>,
    /// Words before a day and a month.
    pub(super) occasions: Vec<String>,
    /// Writings with their symbols, the longest first, by the first character.
    measures: HashMap<char, Vec<(String, String)>>,
    /// Nouns of more than one word, the longest first, by the first word.
    terms: HashMap<String, Vec<String>>,
    /// Words that writings of measures are made of.
    parts: HashSet<String>,
}

/// Numbers in words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberWords {
    pub(super) ones: HashMap<String, f64>,
    pub(super) wholes: HashMap<String, f64>,
    pub(super) ten: HashSet<String>,
    pub(super) hundred: HashSet<String>,
    pub(super) half: HashSet<String>,
    pub(super) links: HashSet<String>,
    /// Behind a multiplier these make another word with it: `tỉ lệ`.
    pub(super) joined: HashSet<String>,
    /// What times are counted in: no multiplier in words before it measures.
    pub(super) time: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Occasions {
    before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitTable {
    multipliers: HashMap<String, f64>,
    short: HashMap<String, f64>,
    words: NumberWords,
    currencies: HashMap<String, String>,
    occasions: Occasions,
    measures: HashMap<String, String>,
    terms: HashMap<String, Vec<String>>,
}

impl From<UnitTable> for Units {
    fn from(table: UnitTable) -> Self {
        let mut measures: HashMap<char, Vec<(String, String)>> = HashMap::new();
        let parts = table.measures.keys().flat_map(|written| Syllables::new(written));
        let parts = parts.map(|syllable| syllable.exact).collect();
        for (written, symbol) in table.measures {
            if let Some(first) = written.chars().next() {
                measures.entry(first).or_default().push((written, symbol));
            }
        }
        for same in measures.values_mut() {
            same.sort_by_key(|(written, _)| std::cmp::Reverse(written.len()));
        }
        let mut terms: HashMap<String, Vec<String>> = HashMap::new();
        for term in table.terms.into_values().flatten() {
            terms.entry(first_word(&term)).or_default().push(term);
        }
        for same in terms.values_mut() {
            same.sort_by_key(|term| std::cmp::Reverse(term.len()));
        }
        let mut currencies: Vec<(String, String)> = table.currencies.into_iter().collect();
        currencies.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        Self {
            multipliers: table.multipliers,
            short: table.short,
            words: table.words,
            currencies,
            occasions: table.occasions.before,
            measures,
            terms,
            parts,
        }
    }
}

fn first_word(words: &str) -> String {
    words.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Units {
    /// The longest writing of a measure that words begin with, and its symbol.
    pub(super) fn measure(&self, words: &str) -> Option<(&str, &str)> {
        let head: String = words.chars().take(24).flat_map(char::to_lowercase).collect();
        let begins = |written: &str| {
            head.starts_with(written) && !head[written.len()..].starts_with(char::is_alphanumeric)
        };
        let known = self.measures.get(&head.chars().next()?)?;
        let (written, symbol) = known.iter().find(|(written, _)| begins(written))?;
        Some((written, symbol))
    }

    /// Whether a word belongs to writings of measures.
    pub(super) fn is_part_of_measure(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// The longest known noun that words begin with.
    pub(super) fn term(&self, words: &str) -> Option<&str> {
        let begins = |term: &&String| {
            words.get(..term.len()).is_some_and(|start| start.to_lowercase() == **term)
                && !words[term.len()..].starts_with(char::is_alphanumeric)
        };
        self.terms.get(&first_word(words))?.iter().find(begins).map(String::as_str)
    }
}

/// Patterns by the language of their words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    any: Vec<String>,
    vi: Vec<String>,
    en: Vec<String>,
}

impl Written {
    /// All of them.
    pub(super) fn patterns(&self) -> Vec<Pattern> {
        let months: Vec<String> = periods().months.iter().map(|month| capital(month)).collect();
        let month = format!("(?:{})", months.join("|"));
        let all = self.any.iter().chain(&self.vi).chain(&self.en);
        all.map(|written| Pattern::new(&written.replace("{month}", &month))).collect()
    }
}

/// Patterns of numbers, and of what stands around them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberPatterns {
    pub(super) none: Written,
    pub(super) glued: Written,
    pub(super) ranked: Written,
    pub(super) cuts: Cuts,
}

/// Where the words end that may tell what a number measures, and what among them tells nothing of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cuts {
    pub(super) front: Vec<String>,
    pub(super) front_joins: Vec<String>,
    pub(super) back: Vec<String>,
    pub(super) back_joins: Vec<String>,
    pub(super) periods: String,
    pub(super) times: String,
    pub(super) since: String,
    pub(super) now: Vec<String>,
    pub(super) numbers: String,
}

pub(super) fn number_patterns() -> &'static NumberPatterns {
    static TABLE: LazyLock<NumberPatterns> =
        LazyLock::new(|| rules::read("rules/numbers.toml").expect("the table is tested"));
    &TABLE
}

/// Words of periods.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Periods {
    pub(super) months: Vec<String>,
    pub(super) wordy: Vec<String>,
    pub(super) now: Vec<String>,
    pub(super) against: Vec<String>,
    pub(super) comparing: Vec<String>,
    pub(super) levels: HashSet<String>,
    pub(super) earlier: HashSet<String>,
    pub(super) adverbs: HashSet<String>,
    pub(super) carry: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) plans: Vec<String>,
    /// What a time has that is a plan: `this year's target`.
    pub(super) planned: HashSet<String>,
    pub(super) names: Vec<String>,
    pub(super) aims: Vec<String>,
    pub(super) yearly: Vec<String>,
    pub(super) averages: Vec<String>,
    pub(super) parts: Vec<String>,
    pub(super) more: HashSet<String>,
    pub(super) asides: Vec<String>,
    pub(super) leading: Vec<String>,
    pub(super) resume: Vec<String>,
    pub(super) spans: Vec<String>,
    pub(super) deliveries: Vec<String>,
    pub(super) multiples: Vec<String>,
    pub(super) joins: HashSet<String>,
    pub(super) contrasts: Vec<String>,
    pub(super) shares: Vec<String>,
    pub(super) onward: Vec<String>,
    pub(super) monthly: Vec<String>,
    pub(super) told: Vec<String>,
    pub(super) as_of: Vec<String>,
    pub(super) same: SamePeriod,
    pub(super) spans_before: HashSet<String>,
    pub(super) spans_behind: HashSet<String>,
    /// Numbers in words, and of quarters.
    pub(super) counts: HashMap<String, i16>,
    /// Parts of a month by their first day and their last.
    pub(super) month_parts: HashMap<String, (i8, i8)>,
    pub(super) form: Vec<PeriodForm>,
}

/// Words of the same period of the year before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SamePeriod {
    pub(super) behind: Vec<String>,
    pub(super) front: Vec<String>,
    pub(super) verbs: HashSet<String>,
    pub(super) against: Vec<String>,
}

/// How a period is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodForm {
    pub(super) kind: PeriodKind,
    pub(super) pattern: String,
}

/// What a written period means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PeriodKind {
    /// From a year to another.
    Range,
    /// From a year or month to now.
    Since,
    /// From the first month of a year to now.
    YearToNow,
    /// From the first day of a year to a day.
    YearToDay,
    /// From a day to another.
    Days,
    /// From a year or month to a month of another year.
    ToMonth,
    /// The first months of a year.
    Months,
    /// The months that have passed, where they are those since the year began.
    PastMonths,
    /// The same, where nothing but the words around tells it from a span of time.
    BareMonths,
    FirstHalf,
    LastHalf,
    Quarter,
    Day,
    Month,
    /// The first half of a month or the rest, or ten days of it.
    MonthPart,
    Year,
    /// The day of publication, and the one before it.
    Today,
    Yesterday,
    ThisYear,
    LastYear,
    NextYear,
    /// A time that the words leave open: `trong nhiệm kỳ qua`. What was carried does not hold for it.
    Open,
    /// Of the years that hold, and open where a single one does: a rate by the year, `nhiệm kỳ này`.
    Within,
    /// Words of a period that name none.
    None,
}

pub(super) fn units() -> &'static Units {
    static TABLE: LazyLock<Units> =
        LazyLock::new(|| rules::read::<UnitTable>("rules/units.toml").expect("the table is tested").into());
    &TABLE
}

pub(super) fn periods() -> &'static Periods {
    static TABLE: LazyLock<Periods> =
        LazyLock::new(|| rules::read("rules/periods.toml").expect("the table is tested"));
    &TABLE
}

/// Words around numbers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    idle: HashSet<String>,
    edge: HashSet<String>,
    compounds: HashSet<String>,
    noun_ends_en: HashSet<String>,
    noun_alone_vi: HashSet<String>,
    no_noun_vi: HashSet<String>,
    clauses: HashSet<String>,
    pub(super) weak: Sequences,
    pub(super) heads: Sequences,
    plain_heads: HashSet<String>,
    pub(super) joins: Sequences,
    pub(super) governors: Sequences,
    pub(super) determiners: Sequences,
    pub(super) populations: Sequences,
    pub(super) openers: Sequences,
    pub(super) adjuncts: Sequences,
    pub(super) leads: Sequences,
    pub(super) tails: Sequences,
    pub(super) against: Sequences,
    pub(super) wholes: Sequences,
    pub(super) labels: Sequences,
    pub(super) pointers: Sequences,
    pub(super) changed: Sequences,
    pub(super) of_whole: Sequences,
    pub(super) out_of: Sequences,
    pub(super) plans: Sequences,
    pub(super) tellers: Sequences,
    pub(super) following: Sequences,
    pub(super) worths: Sequences,
    pub(super) yields: Sequences,
    pub(super) giving: Sequences,
    pub(super) purposes: Sequences,
    pub(super) outcomes: Sequences,
    pub(super) results: Sequences,
    pub(super) verbs_en: Sequences,
    pub(super) pronouns: Sequences,
    pub(super) places: Sequences,
    holders: HashSet<String>,
    coordinators: HashSet<String>,
    reaching: HashSet<String>,
    lists: HashSet<String>,
    about: Sequences,
    pub(super) named_places: NamedPlaces,
}

/// Patterns of places with their kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedPlaces {
    pub(super) vi: String,
    pub(super) en: String,
    pub(super) alone: String,
}

impl Phrases {
    /// Whether a word says nothing about what is measured, between the words around it.
    pub(super) fn is_idle(&self, before: Option<&str>, word: &str, after: Option<&str>) -> bool {
        // `An` ends the names of places.
        word != "An"
            && self.idle.contains(lower(word).as_ref())
            && !before.is_some_and(|before| self.is_compound(before, word))
            && !after.is_some_and(|after| self.is_compound(word, after))
    }

    /// Whether two syllables are one word.
    pub(super) fn is_compound(&self, first: &str, second: &str) -> bool {
        self.compounds.contains(&format!("{} {}", first.to_lowercase(), second.to_lowercase()))
    }

    /// Whether a word says nothing at the edge of a phrase.
    pub(super) fn is_edge(&self, word: &str) -> bool {
        self.edge.contains(lower(word).as_ref())
    }

    /// Whether a head of one syllable is a word by itself.
    pub(super) fn is_plain_head(&self, word: &str) -> bool {
        self.plain_heads.contains(word)
    }

    /// Whether words alone say nothing about what is measured.
    pub(super) fn is_weak(&self, words: &[&str]) -> bool {
        self.weak.make_up(words)
    }

    /// What follows a word that says what a share or a change is of: `về`.
    pub(super) fn about<'t>(&self, words: &'t str) -> Option<&'t str> {
        let (word, rest) = words.trim_start().split_once(' ')?;
        self.about.make_up(&[word]).then_some(rest)
    }

    /// Whether a word begins a new clause behind a comma.
    pub(super) fn begins_clause(&self, word: &str) -> bool {
        self.clauses.contains(word)
    }

    /// Whether a word says that what stands before it has what is counted.
    pub(super) fn is_holding(&self, word: &str) -> bool {
        self.holders.contains(word)
    }

    /// Whether a word joins another statement to the one before.
    pub(super) fn is_coordinator(&self, word: &str) -> bool {
        self.coordinators.contains(word)
    }

    /// Whether a word says that a value was reached.
    pub(super) fn is_reaching(&self, word: &str) -> bool {
        self.reaching.contains(word)
    }

    /// Whether a word opens a list.
    pub(super) fn opens_list(&self, word: &str) -> bool {
        self.lists.contains(lower(word).as_ref())
    }

    pub(super) fn ends_noun_en(&self, word: &str) -> bool {
        self.noun_ends_en.contains(lower(word).as_ref())
    }

    pub(super) fn is_noun_vi(&self, word: &str) -> bool {
        self.noun_alone_vi.contains(word)
    }

    pub(super) fn is_no_noun_vi(&self, word: &str) -> bool {
        self.no_noun_vi.contains(lower(word).as_ref())
    }
}

pub(super) fn phrases() -> &'static Phrases {
    static TABLE: LazyLock<Phrases> =
        LazyLock::new(|| rules::read("rules/phrases.toml").expect("the table is tested"));
    &TABLE
}
