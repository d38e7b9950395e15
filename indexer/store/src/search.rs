//! What documents are searched by, and what is found.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use extract::PartialDate;
use jiff::civil::Date;

use crate::calendar;
use crate::document::StoredDocument;
use crate::query::{Query, QueryError};
use crate::record::DocumentSummary;

/// Which documents, and what of them.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// The words that they must have; an empty query finds all.
    pub words: &'a Query,
    /// Whether they must have all of them.
    pub matching: Matching,
    /// Conditions besides the words.
    pub filters: &'a Filters,
    /// Their order.
    pub sort: Sort,
    /// Which of them; `None` for counts alone.
    pub page: Option<Page>,
    /// Fields whose values are counted, and how many values of each are wanted. Those of the calendar come out of `months`.
    pub facets: &'a [(Facet, usize)],
    /// Whether the found documents are counted by month.
    pub months: bool,
    /// What of a document is wanted.
    pub content: Content,
    /// Longest it may take.
    pub time: Duration,
}

/// Whether documents must have all words of a search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Matching {
    /// All of them.
    All,
    /// Those with all of them first, then those with some, by what the words weigh: a rare word weighs more. Of a whole
    /// sentence, of more than eight words, all by what they weigh. What is
    /// quoted or has a sign holds in any case. A search of one or two words, or with alternatives, means all.
    #[default]
    Best,
}

/// Which documents are counted, and listed by date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Those with all words.
    #[default]
    AllWords,
    /// None has all words, or more were asked for than are looked for: those with half of what they weigh, or more.
    MostWords,
    /// Nor has any half of it: those with some of the words, the rare ones above all.
    SomeWords,
}

/// What of a found document is wanted besides its summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    #[default]
    Summary,
    /// Its text.
    Text,
    /// All of it.
    Whole,
}

/// A page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many.
    pub limit: usize,
    /// From where on; `None` from the beginning.
    pub from: Option<(Direction, Rank)>,
}

impl Page {
    /// Whether a place lies on this side of where the page begins.
    pub fn wants(&self, rank: Rank) -> bool {
        match self.from {
            None => true,
            Some((Direction::Next, place)) => rank > place,
            Some((Direction::Previous, place)) => rank < place,
        }
    }
}

/// Which way a list is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the results after a place.
    Next,
    /// To the results before a place.
    Previous,
}

/// The place of a document in the order of results: higher `weight` first, then lower `key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Score or date, as a number that is larger for what comes earlier.
    pub weight: u64,
    /// Decides between equals; made from the document's id ([`order`](crate::document::order)).
    pub key: u64,
}

impl Ord for Rank {
    /// Less is earlier in the list.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.weight.cmp(&self.weight).then(self.key.cmp(&other.key))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Rank {
    /// The weight of a score.
    pub fn of_score(score: f32) -> u64 {
        // Of numbers that are not negative the bits are in the order of the numbers.
        u64::from(score.max(0.0).to_bits())
    }

    /// The score that a weight stands for.
    pub fn score(self) -> f32 {
        f32::from_bits(self.weight as u32)
    }

    /// How well it fits, as a number that people can read: less than 1 by the words alone; 1 more where each of one or two
    /// words is spelt as it was typed and other spellings were asked for as well; 2 more where it has all words of a question that others answer too.
    pub fn fit(self) -> f32 {
        let (mut rest, mut steps) = (self.score(), 0.0);
        for (on_top, step) in [(ALL_WORDS, 2.0), (SPELT_ALIKE, 1.0)] {
            if rest >= on_top {
                rest -= on_top;
                steps += step;
            }
        }
        steps + rest / (rest + HALFWAY)
    }

    /// The weight of a day of publication; undated documents come last.
    pub fn of_day(sort: Sort, day: Option<i64>) -> u64 {
        match day {
            None => 0,
            Some(day) if sort == Sort::Oldest => (MIDDLE - day) as u64,
            Some(day) => (MIDDLE + day) as u64,
        }
    }
}

/// What a document gets on top of its score where every word is spelt as it was typed: more than any score.
const SPELT_ALIKE: f32 = 1_000.0;

/// The same of three words or more: it decides between equals. A long text has so many words somewhere without accents, as in a
/// list of names, and is not what is looked for.
const MANY_SPELT_ALIKE: f32 = 2.0;

/// What a document gets on top of its score where every one of so many words and phrases is spelt as it was typed.
pub(crate) fn spelt_alike(asked: usize) -> f32 {
    if asked < 3 { SPELT_ALIKE } else { MANY_SPELT_ALIKE }
}

/// What a document gets on top where a question is answered by others too and it has all its words: more than any score
/// and [`SPELT_ALIKE`].
pub(crate) const ALL_WORDS: f32 = 16_384.0;

/// The score of a document that fits by one half.
const HALFWAY: f32 = 16.0;

/// The weight of 1970-01-01.
const MIDDLE: i64 = 1 << 40;

/// The order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best match first.
    #[default]
    Relevance,
    /// Latest date of publication first; undated ones last.
    Newest,
    /// Earliest date of publication first; undated ones last.
    Oldest,
}

/// Conditions on documents besides the words: all must hold; several values of one field are alternatives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Published on this day or later.
    pub from: Option<Date>,
    /// Published on this day or earlier.
    pub to: Option<Date>,
    /// Fields with a value that a document must have.
    pub include: Vec<(Facet, String)>,
    /// Fields with a value that a document must not have.
    pub exclude: Vec<(Facet, String)>,
}

/// A field that documents are filtered and counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Source record or host.
    Source,
    /// Province by its Vietnamese name.
    Province,
    /// Year of publication: `2021`.
    Year,
    /// Month of publication: `2021-05`.
    Month,
    /// Code of the language: `vi`.
    Language,
    /// What the document mentions: `directive`, `official`, `figure`.
    Type,
    /// Key of a directive mentioned.
    Directive,
    /// Key of an official mentioned.
    Official,
    /// Key of a position that an official in it holds.
    Position,
    /// Key of an indicator that a figure in it measures.
    Indicator,
}

impl Facet {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Source,
        Self::Province,
        Self::Year,
        Self::Month,
        Self::Language,
        Self::Type,
        Self::Directive,
        Self::Official,
        Self::Position,
        Self::Indicator,
    ];

    /// Its name in queries and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Province => "province",
            Self::Year => "year",
            Self::Month => "month",
            Self::Language => "language",
            Self::Type => "type",
            Self::Directive => "directive",
            Self::Official => "official",
            Self::Position => "position",
            Self::Indicator => "indicator",
        }
    }

    /// Whether its values are steps of the calendar.
    pub fn is_of_the_calendar(self) -> bool {
        matches!(self, Self::Year | Self::Month)
    }

    /// The calendar months that a value of a facet of the calendar stands for, counted from the year 0.
    pub fn months(self, value: &str) -> Result<RangeInclusive<u64>, QueryError> {
        let example = if self == Self::Year { "2021" } else { "2021-05" };
        let wrong = || QueryError::FilterValue { facet: self, value: value.to_owned(), example };
        let date: PartialDate = value.parse().map_err(|_| wrong())?;
        match (self, date.month(), date.day()) {
            (Self::Year, None, None) | (Self::Month, Some(_), None) => {
                Ok(calendar::month(date.first_day())..=calendar::month(date.last_day()))
            }
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Facet {
    type Err = UnknownFacet;
    fn from_str(name: &str) -> Result<Self, UnknownFacet> {
        let known = Self::ALL.iter().copied().find(|facet| facet.as_str() == name);
        known.ok_or_else(|| UnknownFacet(name.to_owned()))
    }
}

/// There is no such facet.
#[derive(Debug, thiserror::Error)]
#[error(
    "“{0}” is no facet; there are source, province, year, month, language, type, directive, official, position and indicator"
)]
pub struct UnknownFacet(String);

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Documents found, exactly; of a question those that `counted` says.
    pub count: u64,
    /// What is counted, in facets and months too. A list by relevance has documents with fewer words as well.
    pub counted: Counted,
    /// Of a question the words that were looked for, in lower case, and what each weighs: a rare word more.
    pub weights: Vec<(String, f32)>,
    /// One page of them.
    pub documents: Vec<FoundDocument>,
    /// Whether there are more in the direction of the page.
    pub more: bool,
    /// Counts in the order in which they were asked for.
    pub facets: Vec<FacetCounts>,
    /// Documents by month, counted from the year 0; undated ones stand in none. Empty where they were not asked for.
    pub months: BTreeMap<u64, u64>,
    /// The generation of the store that answered.
    pub generation: u64,
}

/// A document found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDocument {
    /// Its place in the list.
    pub rank: Rank,
    /// What a list shows of it.
    pub summary: DocumentSummary,
    /// Words of the search that it has not, in their exact spelling, in lower case. Of a long question the rarest words alone.
    pub lacks: Vec<String>,
    /// Whether it is one of those that are counted.
    pub counted: bool,
    /// Its text, where [`Content::Text`] was wanted.
    pub text: Option<String>,
    /// All of it, where [`Content::Whole`] was wanted.
    pub whole: Option<Box<StoredDocument>>,
}

/// Documents by the values of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// The most frequent values, most documents first, equals by value.
    pub values: Vec<(String, u64)>,
    /// How many values there are in all.
    pub distinct: usize,
}

impl FacetCounts {
    /// The `size` most frequent of all values.
    pub(crate) fn of(mut values: Vec<(String, u64)>, size: usize) -> Self {
        let distinct = values.len();
        values.sort_unstable_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        values.truncate(size);
        Self { values, distinct }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_first_fits_better() {
        let scores =
            [0.0, 0.5, 16.0, 900.0, SPELT_ALIKE, SPELT_ALIKE + 40.0, ALL_WORDS + 1.0, ALL_WORDS + 1_040.0];
        let fits = scores.map(|score| Rank { weight: Rank::of_score(score), key: 0 }.fit());
        assert!(fits.is_sorted() && fits[2] == 0.5 && fits[3] < 1.0, "{fits:?}");
        let whole = fits.map(|fit| fit as u32);
        assert_eq!(whole, [0, 0, 0, 0, 1, 1, 2, 3]);
    }
}
