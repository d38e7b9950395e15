//! One indicator over time: its levels, its changes, and the sentences that say so.

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

use extract::catalogue::{self, Indicator, Kind, Time};
use extract::{About, Change, Figure, Level, Modality, Modifier, PartialDate, Period, RangeEnd};
use jiff::civil::Date;
use store::{Error, Evidence, FigureFilter, FigurePlace, Figures, KeyCount, Keyed, MAX_FIGURES};

use crate::Index;
use crate::paging::{AfterFigure, EntityPlace};

/// Which series is asked for.
#[derive(Clone, Debug)]
pub struct SeriesQuestion {
    /// The statistic. What is no row of the catalogue is no series: its figures are found by their words
    /// ([`FigureFilter::words`]).
    pub indicator: &'static Indicator,
    /// Province that the values are about, by its Vietnamese name.
    pub province: Option<String>,
    /// What kind of whole the values are about; without it the most frequent one.
    pub level: Option<Level>,
    /// Vietnamese name of what the values are about; without it the province, else the most frequent one.
    pub place: Option<String>,
    /// In what sense the values are said; without it what was measured, else the most frequent one.
    pub modality: Option<Modality>,
    /// What their periods are; without it the most frequent kind.
    pub span: Option<PeriodKind>,
    /// Unit of the points; without it the most frequent one.
    pub unit: Option<String>,
    /// First year.
    pub from: Option<i16>,
    /// Last year.
    pub to: Option<i16>,
}

impl SeriesQuestion {
    /// All of a statistic.
    pub fn of(indicator: &'static Indicator) -> Self {
        Self {
            indicator,
            province: None,
            level: None,
            place: None,
            modality: None,
            span: None,
            unit: None,
            from: None,
            to: None,
        }
    }
}

/// What the periods of a series are: values of a month and of a year are no points of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodKind {
    /// A time, of what stands at one: the end of a year as well as a day.
    Time,
    /// Years.
    Year,
    /// Half years.
    Half,
    /// Quarters.
    Quarter,
    /// Months.
    Month,
    /// Days: as of.
    Day,
    /// Several months of a year, from its first on.
    Months,
    /// Several years.
    Years,
}

impl PeriodKind {
    /// All of them, in order.
    pub const ALL: &[Self] = &[
        Self::Time,
        Self::Year,
        Self::Half,
        Self::Quarter,
        Self::Month,
        Self::Day,
        Self::Months,
        Self::Years,
    ];

    /// Its word in questions and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Year => "year",
            Self::Half => "half",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Day => "day",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// All words, for those who ask with another.
    pub fn words() -> String {
        Self::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The kind of a period, of a state or of what flows.
    pub fn of(period: Period, time: Time) -> Self {
        match period {
            Period::Range(from, to) if from.year() != to.year() => Self::Years,
            _ if time == Time::Stock => Self::Time,
            Period::Half(..) => Self::Half,
            Period::Quarter(..) => Self::Quarter,
            Period::Date(date) if date.day().is_some() => Self::Day,
            Period::Date(date) if date.month().is_some() => Self::Month,
            Period::Date(_) => Self::Year,
            Period::Range(..) => Self::Months,
        }
    }
}

/// A word that is no kind of period.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a kind of period is one of {}", PeriodKind::words())]
pub struct NoPeriodKind;

impl FromStr for PeriodKind {
    type Err = NoPeriodKind;

    fn from_str(word: &str) -> Result<Self, NoPeriodKind> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word).ok_or(NoPeriodKind)
    }
}

/// What the values of a series have in common: only such values are points of one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    /// Whom they are about.
    pub about: About,
    /// In what sense they are said.
    pub modality: Modality,
    /// What their periods are.
    pub span: PeriodKind,
}

/// Another series of the same indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What its values have in common.
    pub likeness: Likeness,
    /// How many values there are.
    pub values: usize,
}

/// An indicator over time.
#[derive(Clone, Debug)]
pub struct Series {
    /// What is measured.
    pub indicator: &'static Indicator,
    /// What the values have in common; none where there are none.
    pub likeness: Option<Likeness>,
    /// The series that there are of the indicator, this one among them, those with the most values first.
    pub choices: Vec<Choice>,
    /// As it was asked for.
    pub province: Option<String>,
    /// Unit of the points; `None` where there are none.
    pub unit: Option<String>,
    /// Levels by period.
    pub points: Vec<Point>,
    /// Figures that are themselves a change against an earlier period, by period; their unit may be another.
    pub changes: Vec<Point>,
    /// Values of the statistic that are not certain enough to stand in the series: of the same whole, or of one that the
    /// text does not tell; in any sense, of any kind of period.
    pub uncertain: Vec<Point>,
    /// Figures of the statistic that were not looked at: the last published ones beyond [`MAX_FIGURES`].
    pub unread: u64,
}

/// One value of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The period that the text gives, else the year of publication.
    pub period: Period,
    /// Whether the text gives it.
    pub period_given: bool,
    /// The value; below zero for a change downwards.
    pub value: f64,
    /// The denominator, where it is a part of a whole.
    pub of: Option<f64>,
    /// The upper end, where the text gives a range as one value: `84-89 %`.
    pub upto: Option<f64>,
    /// Whether the text says more than, at least, less than, at most, about.
    pub modifier: Modifier,
    /// The first source.
    pub evidence: Evidence,
    /// Other places that say the same; a sentence that several documents carry is counted once.
    pub carriers: Vec<Evidence>,
    /// Another point of the same period has a different value.
    pub disputed: bool,
}

/// Indicators that figures measure.
#[derive(Clone, Debug)]
pub struct IndicatorList {
    /// The most frequent ones.
    pub indicators: Vec<IndicatorCount>,
    /// How many there are in all.
    pub total: usize,
    /// Where the next page begins; `None` on the last.
    pub next: Option<EntityPlace>,
}

/// A page of figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigurePage {
    /// The figures, the earliest published first.
    pub records: Vec<Keyed<Figure>>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins; `None` on the last.
    pub next: Option<AfterFigure>,
}

/// How often a statistic is measured.
#[derive(Clone, Debug)]
pub struct IndicatorCount {
    /// Its row of the catalogue.
    pub row: &'static Indicator,
    /// Its figures.
    pub mentions: u64,
    /// Date of the first document with one.
    pub first: Option<Date>,
    /// Date of the last one.
    pub last: Option<Date>,
}

/// Values that are not certain which stand beside a series, at most.
const MOST_UNCERTAIN: usize = 200;

impl Index {
    /// The indicators of the figures that a filter lets through, the most frequent first.
    pub fn indicators(
        &self,
        filter: &FigureFilter,
        after: Option<&EntityPlace>,
        limit: usize,
    ) -> Result<IndicatorList, Error> {
        let measured = self.measured(filter)?;
        let (mut counts, total) = (measured.0.clone(), measured.1);
        if let Some(EntityPlace { documents, id }) = after {
            let there = counts.iter().position(|count| count.key == *id).map(|at| at + 1);
            let behind = there.or_else(|| counts.iter().position(|count| count.documents < *documents));
            counts.drain(..behind.unwrap_or(counts.len()));
        }
        let more = counts.len() > limit;
        counts.truncate(limit);
        let last = counts.last().filter(|_| more);
        let next = last.map(|last| EntityPlace { documents: last.documents, id: last.key.clone() });
        let indicators = counts.into_iter().filter_map(|count| {
            let KeyCount { key, mentions, first, last, .. } = count;
            Some(IndicatorCount { row: catalogue::by_key(&key)?, mentions, first, last })
        });
        Ok(IndicatorList { indicators: indicators.collect(), total, next })
    }

    /// A page of the figures that a filter lets through, the earliest published first.
    pub fn figures(
        &self,
        filter: &FigureFilter,
        after: Option<AfterFigure>,
        limit: usize,
    ) -> Result<FigurePage, Error> {
        let after = after.map(|AfterFigure(place)| place);
        let Figures { mut records, total } =
            self.store().figures(filter, after, limit.saturating_add(1).min(MAX_FIGURES))?;
        let more = records.len() > limit;
        records.truncate(limit);
        let next = records.last().filter(|_| more).map(|last| AfterFigure(FigurePlace::of(last)));
        Ok(FigurePage { records, total, next })
    }

    /// A statistic over time: the values of one whole, in one sense, of one kind of period and in one unit, as far as they
    /// are sure ([`Figure::is_drawn`]); a value whose text does not say whom it is about is in none. Those that are not
    /// sure stand apart. Values without a period stand as of publication where the statistic tells of a state, else
    /// nowhere; so do those of a document without a date.
    pub fn series(&self, question: &SeriesQuestion) -> Result<Series, Error> {
        let row = question.indicator;
        let usual = |unit: Option<&str>| row.shown_in(unit.unwrap_or_default());
        let Values { drawn: dated, unsure, unread } = self.values(question)?;
        let (likeness, choices) = chosen(&dated, question);
        let in_unit = |dated: Dated| {
            let unit = usual(dated.keyed.record.mention.unit.as_deref());
            (dated, unit)
        };
        let unsure = unsure.into_iter().filter(|dated| dated.may_be_of(likeness.as_ref(), question));
        let unsure: Vec<(Dated, String)> = unsure.map(in_unit).collect();
        let alike = dated.into_iter().filter(|dated| dated.likeness() == likeness);
        let alike: Vec<(Dated, String)> = alike.map(in_unit).collect();
        // Growth is the value of a row of growth.
        let is_growth = row.kind == Kind::Growth;
        let (changes, levels): (Vec<_>, Vec<_>) = alike
            .into_iter()
            .partition(|(dated, _)| !is_growth && dated.keyed.record.mention.change.is_some());
        let unit = match &question.unit {
            Some(unit) => Some(usual(Some(unit))),
            None => most_frequent(&levels, &row.units[0]).or_else(|| most_frequent(&unsure, &row.units[0])),
        };
        let of_unit = unit.as_deref().map(catalogue::unit_key);
        let of_it = |values: Vec<(Dated, String)>| {
            let here = values.into_iter().filter(|(_, here)| Some(catalogue::unit_key(here)) == of_unit);
            here.map(|(dated, _)| dated)
        };
        let points = of_it(levels);
        Ok(Series {
            indicator: row,
            likeness,
            choices,
            province: question.province.clone(),
            unit: unit.filter(|unit| !unit.is_empty()),
            points: joined(points),
            changes: joined(changes.into_iter().map(|(dated, _)| dated)),
            uncertain: joined(of_it(unsure).take(MOST_UNCERTAIN)),
            unread,
        })
    }

    /// The values of a statistic in the years that are asked for.
    pub(super) fn values(&self, question: &SeriesQuestion) -> Result<Values, Error> {
        let row = question.indicator;
        // Whom a value is about its text says, wherever it was published.
        let filter = FigureFilter { keys: vec![row.id.clone()], ..FigureFilter::default() };
        let Figures { records, total } = self.store().figures(&filter, None, MAX_FIGURES)?;
        let unread = total.saturating_sub(records.len() as u64);
        let dated = records
            .into_iter()
            .filter_map(|keyed| Dated::new(keyed, row))
            .filter(|dated| dated.is_within(question.from, question.to));
        let (drawn, unsure) = dated.partition(|dated| dated.keyed.record.mention.is_drawn());
        Ok(Values { drawn, unsure, unread })
    }
}

/// All values of a statistic.
pub(super) struct Values {
    /// Those that are sure enough for a series.
    pub(super) drawn: Vec<Dated>,
    unsure: Vec<Dated>,
    /// Figures that were not looked at.
    pub(super) unread: u64,
}

impl Values {
    pub(super) fn all(&self) -> impl Iterator<Item = &Figure> {
        self.drawn.iter().chain(&self.unsure).map(|dated| &dated.keyed.record.mention)
    }
}

/// A figure with the period that it stands in.
pub(super) struct Dated {
    pub(super) keyed: Keyed<Figure>,
    period: Period,
    time: Time,
}

impl Dated {
    fn new(keyed: Keyed<Figure>, row: &Indicator) -> Option<Self> {
        let published = keyed.record.evidence.document.published.map(|published| published.date);
        let stated = keyed.record.mention.period;
        let as_of = || {
            let day = published?;
            PartialDate::new(day.year(), Some(day.month()), Some(day.day())).map(Period::Date)
        };
        let period = stated.or_else(|| if row.time == Time::Stock { as_of() } else { None })?;
        Some(Self { keyed, period, time: row.time })
    }

    /// What it has in common with the points of its line.
    pub(super) fn likeness(&self) -> Option<Likeness> {
        let figure = &self.keyed.record.mention;
        // Something without a name is another thing in each text.
        let about =
            figure.about.clone().filter(|about| about.name.is_some() || about.level == Level::World)?;
        Some(Likeness { about, modality: figure.modality, span: PeriodKind::of(self.period, self.time) })
    }

    /// Whether it may be of the same whole as a series, or of the place that is asked for.
    fn may_be_of(&self, likeness: Option<&Likeness>, question: &SeriesQuestion) -> bool {
        let Some(about) = &self.keyed.record.mention.about else { return true };
        let asked = question.place.as_ref().or(question.province.as_ref());
        match (likeness, asked) {
            (Some(likeness), _) => likeness.about == *about,
            (None, Some(place)) => about
                .name
                .as_ref()
                .is_some_and(|name| catalogue::unit_key(name) == catalogue::unit_key(place)),
            (None, None) => true,
        }
    }

    fn is_within(&self, from: Option<i16>, to: Option<i16>) -> bool {
        let (first, last) = self.period.days();
        from.is_none_or(|from| last.year() >= from) && to.is_none_or(|to| first.year() <= to)
    }

    /// The value, or the lower and the upper end of a range; a fall is below nought.
    fn bounds(&self, upto: Option<f64>) -> (f64, Option<f64>) {
        let figure = &self.keyed.record.mention;
        match (figure.change, upto) {
            (Some(Change::Down), Some(upto)) => (-upto, Some(-figure.value)),
            (Some(Change::Down), None) => (-figure.value, None),
            _ => (figure.value, upto),
        }
    }
}

/// The series that a question means among those that there are, and all of them: what it says must hold, and of the rest
/// what was reached, or is thought to be, goes before what is wanted or expected, and the one with the most values is taken; of
/// equal ones that of the larger whole.
fn chosen(dated: &[Dated], question: &SeriesQuestion) -> (Option<Likeness>, Vec<Choice>) {
    let mut counts: BTreeMap<Likeness, usize> = BTreeMap::new();
    for likeness in dated.iter().filter_map(Dated::likeness) {
        *counts.entry(likeness).or_default() += 1;
    }
    let mut choices: Vec<Choice> =
        counts.into_iter().map(|(likeness, values)| Choice { likeness, values }).collect();
    choices.sort_by_key(|choice| {
        let Likeness { about, modality, .. } = &choice.likeness;
        let is_reached = matches!(modality, Modality::Actual | Modality::Estimate);
        let is_large = !matches!(about.level, Level::District | Level::Commune | Level::Organization);
        std::cmp::Reverse((is_reached, choice.values, is_large, *modality == Modality::Actual))
    });
    let place = question.place.as_ref().or(question.province.as_ref());
    // A province that is asked for is one.
    let level = question.level.or(question
        .province
        .as_ref()
        .filter(|_| question.place.is_none())
        .map(|_| Level::Province));
    let fits = |choice: &&Choice| {
        let Likeness { about, modality, span } = &choice.likeness;
        let named = |place: &String| {
            about.name.as_ref().is_some_and(|name| catalogue::unit_key(name) == catalogue::unit_key(place))
        };
        place.is_none_or(named)
            && level.is_none_or(|level| about.level == level)
            && question.modality.is_none_or(|asked| *modality == asked)
            && question.span.is_none_or(|asked| *span == asked)
    };
    let likeness = choices.iter().find(fits).map(|choice| choice.likeness.clone());
    (likeness, choices)
}

/// The unit that most figures have; of equal ones the usual one of the indicator.
fn most_frequent(levels: &[(Dated, String)], usual: &str) -> Option<String> {
    let mut counts: HashMap<String, (usize, &str)> = HashMap::new();
    for (_, unit) in levels {
        counts.entry(catalogue::unit_key(unit)).or_insert((0, unit)).0 += 1;
    }
    let best = counts.into_values().max_by_key(|(count, unit)| (*count, *unit == usual, *unit));
    best.map(|(_, unit)| unit.to_owned())
}

/// Brings figures that say the same together and marks those that disagree; by period.
pub(super) fn joined(figures: impl Iterator<Item = Dated>) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for dated in figures {
        let upto = match dated.keyed.record.mention.range {
            // One observation, which stands at its lower end.
            Some(RangeEnd::UpTo(_)) => continue,
            Some(RangeEnd::From(upper)) => Some(upper),
            None => None,
        };
        let (value, upto) = dated.bounds(upto);
        let given = dated.keyed.record.mention.period.is_some();
        let Figure { of, modifier, .. } = dated.keyed.record.mention;
        let evidence = dated.keyed.record.evidence;
        let same = points.iter_mut().find(|point| {
            let sentence = sentence(&point.evidence) == sentence(&evidence);
            point.value == value
                && point.of == of
                && point.upto == upto
                && (point.period == dated.period && point.modifier == modifier
                    || sentence && point.period_given == given
                    // What is only said again later is one observation with another witness.
                    || dated.time == Time::Stock && !given && !point.period_given)
        });
        match same {
            // Another sentence of the same text is no other witness.
            Some(point) => {
                let is_there = |known: &Evidence| known.document.id == evidence.document.id;
                if !is_there(&point.evidence) && !point.carriers.iter().any(is_there) {
                    point.carriers.push(evidence);
                }
            }
            None => points.push(Point {
                period: dated.period,
                period_given: given,
                value,
                of,
                upto,
                modifier,
                evidence,
                carriers: Vec::new(),
                disputed: false,
            }),
        }
    }
    points.sort_by(|a, b| {
        let place = |point: &Point| (point.period.days(), point.evidence.document.published.map(|p| p.date));
        place(a).cmp(&place(b)).then_with(|| a.value.total_cmp(&b.value))
    });
    let is_disputed = |point: &Point| {
        points.iter().any(|other| {
            other.period == point.period
                && disagree(point, other)
                && !is_within(point, other, &points)
                && !is_within(other, point, &points)
        })
    };
    let disputed: Vec<bool> = points.iter().map(is_disputed).collect();
    for (point, disputed) in points.iter_mut().zip(disputed) {
        point.disputed = disputed;
    }
    points
}

/// Whether two values of one period contradict each other: beyond rounding, and beyond what `more than`, `nearly` and
/// `about` allow. The day of publication is no period that two texts could mean alike, and one text does not contradict
/// itself: it speaks of two things.
fn disagree(first: &Point, second: &Point) -> bool {
    let stated = first.period_given && second.period_given;
    if !stated || first.evidence.document.id == second.evidence.document.id {
        return false;
    }
    let (low, high) = if first.value <= second.value { (first, second) } else { (second, first) };
    // Nothing within a range contradicts it.
    let apart = high.value - low.upto.unwrap_or(low.value);
    if apart <= rounding(first.value).max(rounding(second.value)) {
        return false;
    }
    let about = |point: &Point| point.modifier == Modifier::About;
    let near = apart <= 0.05 * high.value.abs();
    // More than 300 allows 304, nearly 310 allows it too.
    let allowed = low.modifier.coarse() == Modifier::More
        || high.modifier.coarse() == Modifier::Less
        || about(low)
        || about(high);
    !(near && allowed)
}

/// Whether a value lies between two that one text gives for its period: `từ 3 đến 5%` allows 4%.
fn is_within(point: &Point, end: &Point, points: &[Point]) -> bool {
    points.iter().any(|other| {
        let (low, high) = (end.value.min(other.value), end.value.max(other.value));
        other.period == end.period
            && other.evidence.document.id == end.evidence.document.id
            && (low..=high).contains(&point.value)
    })
}

/// Half of the last place that a value is written with, of at least three.
fn rounding(value: f64) -> f64 {
    let mut place = 1e15;
    while place > 1e-6 && (value / place - (value / place).round()).abs() > 1e-9 {
        place /= 10.0;
    }
    (place / 2.0).min(value.abs() / 200.0)
}

fn sentence(evidence: &Evidence) -> (&str, &str, &str) {
    (evidence.prefix.trim(), &evidence.quote, evidence.suffix.trim())
}
