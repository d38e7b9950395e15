//! Figures, the statistics that they are values of, and series.

use indexer::statistics::catalogue;
use indexer::statistics::comparison;
use indexer::statistics::series::{self, IndicatorCount};
use indexer::{Keyed, Record};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Evidence, text};

/// A number that a text claims.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Figure {
    /// Key of the indicator.
    key: Option<String>,
    value: f64,
    /// The denominator of a/b.
    of: Option<f64>,
    /// `%`, `VND`, `ha`, `rank`, … or what is counted.
    unit: Option<String>,
    /// The other end, where the number is one of a range that the text gives as one value.
    range: Option<f64>,
    /// `=`, `>` (more than), `>=` (at least), `<` (less than), `<=` (at most) or `~` (about).
    modifier: &'static str,
    /// What is measured, in the words of the text.
    indicator: Option<String>,
    /// `2021`, `2021-H1`, `2021-Q3`, `2021-06`, `2022/2024` or a day.
    period: Option<String>,
    place: Option<String>,
    /// `up` or `down` where the number is a change.
    change: Option<&'static str>,
    /// Whom or what it is about, as far as the text tells it.
    about: Option<About>,
    /// In what sense it is said: `actual`, `estimate`, `target`, `forecast`, `limit` or `other`.
    modality: &'static str,
    /// How sure it is that key, about, period and modality are all right, as counted on judged texts; none of what is a
    /// value of no row of the catalogue. Only what is sure enough stands in series.
    certainty: Option<f64>,
    /// What it was found by.
    rule: &'static str,
    /// The share of mentions found so that are right.
    confidence: f64,
    evidence: Evidence,
}

/// Whom or what a value is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct About {
    /// `world`, `country`, `region`, `province`, `district`, `commune`, `organization`, `person` or `other`.
    level: &'static str,
    /// Its Vietnamese name; none of the world.
    name: Option<String>,
}

/// What the values of a series have in common.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Likeness {
    about: About,
    modality: &'static str,
    /// What the periods are: `year`, `half`, `quarter`, `month`, `day`, `months` or `years`.
    span: &'static str,
    /// How many values of the indicator are alike so.
    values: Option<usize>,
}

/// How an indicator is defined.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Definition {
    vi: String,
    en: String,
    /// What a share or ratio is taken of, in English.
    of: Option<String>,
    /// `count`, `amount`, `share`, `growth`, `ratio`, `rank` or `score`.
    kind: &'static str,
    /// `stock`: it stands at a time; `flow`: it runs over a period.
    time: &'static str,
    /// Units of its values, the usual one first.
    units: Vec<String>,
    /// Keys that it must not be mixed with.
    apart: Vec<String>,
    /// How the series was made.
    made: &'static str,
}

/// An indicator's key and names.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Indicator {
    key: String,
    vi: &'static str,
    en: &'static str,
    /// Whether more of it is better: `good`, `bad` or `neither`.
    up: &'static str,
    /// Its figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    mentions: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

/// An indicator over time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Series {
    indicator: Indicator,
    /// How it is defined.
    definition: Definition,
    /// What the values have in common, where there are any.
    likeness: Option<Likeness>,
    /// The series that there are of it: those of what was measured first, of these the ones with the most values.
    choices: Vec<Likeness>,
    province: Option<String>,
    unit: Option<String>,
    /// Levels by period.
    points: Vec<Point>,
    /// Figures that are themselves a change against an earlier period.
    changes: Vec<Point>,
    /// Values that are not certain enough to stand in the series, of any sense and kind of period.
    uncertain: Vec<Point>,
    /// Figures of the statistic that were not looked at, the last published ones: more than one answer reads.
    unread: u64,
}

/// A statistic of several places over time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Comparison {
    indicator: Indicator,
    /// How it is defined.
    definition: Definition,
    /// In what sense all values are said; none where there are none.
    modality: Option<&'static str>,
    /// What their periods are.
    span: Option<&'static str>,
    unit: Option<String>,
    /// The places in the order in which they were asked for; one without values is there too.
    places: Vec<Compared>,
    /// Figures of the statistic that were not looked at.
    unread: u64,
}

/// One place of a comparison.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Compared {
    place: String,
    /// What kind of whole it is; none where there are no values.
    level: Option<&'static str>,
    /// Its values by period.
    points: Vec<Point>,
}

impl Comparison {
    /// The values as rows, place by place.
    pub(crate) fn rows(&self) -> Vec<PointRow> {
        let of = |compared: &Compared| {
            let about = compared.level.map(|level| About { level, name: Some(compared.place.clone()) });
            let row = |point| PointRow::of(point, self.unit.as_ref(), self.modality, about.as_ref());
            compared.points.iter().map(row).collect::<Vec<_>>()
        };
        self.places.iter().flat_map(of).collect()
    }
}

impl From<&comparison::Comparison> for Comparison {
    fn from(found: &comparison::Comparison) -> Self {
        let alike = found.alike.as_ref();
        Self {
            indicator: found.indicator.into(),
            definition: found.indicator.into(),
            modality: alike.map(|alike| alike.modality.as_str()),
            span: alike.map(|alike| alike.span.as_str()),
            unit: alike.map(|alike| alike.unit.clone()).filter(|unit| !unit.is_empty()),
            places: found.places.iter().map(Compared::from).collect(),
            unread: found.unread,
        }
    }
}

impl From<&comparison::Compared> for Compared {
    fn from(compared: &comparison::Compared) -> Self {
        Self {
            place: compared.place.clone(),
            level: compared.level.map(indexer::Level::as_str),
            points: compared.points.iter().map(Point::from).collect(),
        }
    }
}

/// One value of a series as a row of a table.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PointRow {
    period: String,
    value: f64,
    of: Option<f64>,
    unit: Option<String>,
    modifier: &'static str,
    disputed: bool,
    period_from: String,
    period_to: String,
    /// The upper end of a range that the text gives as one value.
    value_upto: Option<f64>,
    /// The day of publication, where the text gives no period.
    as_of: Option<String>,
    modality: Option<&'static str>,
    about_level: Option<&'static str>,
    about_name: Option<String>,
    /// The whole sentence.
    quote: String,
    title: String,
    /// When its document was published.
    published: Option<String>,
    source: Option<String>,
    /// Where it was published.
    address: String,
    document: String,
    /// Where the sentence stands in the document here.
    permalink: String,
}

impl PointRow {
    fn of(
        point: &Point,
        unit: Option<&String>,
        modality: Option<&'static str>,
        about: Option<&About>,
    ) -> Self {
        let Evidence { document, quote, prefix, suffix, start, .. } = &point.evidence;
        Self {
            period: point.period.clone(),
            value: point.value,
            of: point.of,
            unit: unit.cloned(),
            modifier: point.modifier,
            disputed: point.disputed,
            period_from: point.from.clone(),
            period_to: point.to.clone(),
            value_upto: point.upto,
            as_of: Some(point.period.clone()).filter(|_| !point.period_given),
            modality,
            about_level: about.map(|about| about.level),
            about_name: about.and_then(|about| about.name.clone()),
            quote: format!("{prefix}{quote}{suffix}"),
            title: document.title.clone(),
            published: document.published.as_ref().map(|published| published.date.clone()),
            source: document.source.clone(),
            address: document.address.clone(),
            document: document.id.clone(),
            permalink: format!("/documents/{}#c{start}", document.id),
        }
    }
}

impl Series {
    /// The levels as rows.
    pub(crate) fn rows(&self) -> Vec<PointRow> {
        let likeness = self.likeness.as_ref();
        let (modality, about) = (likeness.map(|of| of.modality), likeness.map(|of| &of.about));
        self.points.iter().map(|point| PointRow::of(point, self.unit.as_ref(), modality, about)).collect()
    }
}

/// One value of a series.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Point {
    period: String,
    /// Its first day.
    from: String,
    /// Its last day.
    to: String,
    /// Whether the text gives the period; else it is as of publication.
    period_given: bool,
    value: f64,
    of: Option<f64>,
    /// The upper end of a range that the text gives as one value; `value` is then the lower one.
    upto: Option<f64>,
    modifier: &'static str,
    /// Another point of the same period has a different value.
    disputed: bool,
    evidence: Evidence,
    /// Other places that say the same.
    carriers: Vec<Evidence>,
}

impl From<&Keyed<indexer::Figure>> for Figure {
    fn from(keyed: &Keyed<indexer::Figure>) -> Self {
        let Record { mention, evidence } = &keyed.record;
        Self {
            key: keyed.key.clone(),
            value: mention.value,
            of: mention.of,
            unit: mention.unit.clone(),
            range: mention.range.map(indexer::RangeEnd::other),
            modifier: mention.modifier.as_str(),
            indicator: mention.indicator.clone(),
            period: text(mention.period),
            place: mention.place.clone(),
            change: mention.change.map(indexer::Change::as_str),
            about: mention.about.as_ref().map(About::from),
            modality: mention.modality.as_str(),
            certainty: mention.certainty().map(|certainty| (certainty * 1000.0).round() / 1000.0),
            rule: mention.rule.as_str(),
            confidence: mention.rule.confidence(),
            evidence: evidence.into(),
        }
    }
}

impl From<&'static catalogue::Indicator> for Indicator {
    fn from(row: &'static catalogue::Indicator) -> Self {
        Self {
            key: row.id.clone(),
            vi: &row.name.vi,
            en: &row.name.en,
            up: row.up.as_str(),
            mentions: None,
            first: None,
            last: None,
        }
    }
}

impl From<&IndicatorCount> for Indicator {
    fn from(count: &IndicatorCount) -> Self {
        Self {
            mentions: Some(count.mentions),
            first: text(count.first),
            last: text(count.last),
            ..count.row.into()
        }
    }
}

impl From<&series::Point> for Point {
    fn from(point: &series::Point) -> Self {
        Self {
            period: point.period.to_string(),
            from: point.period.days().0.to_string(),
            to: point.period.days().1.to_string(),
            period_given: point.period_given,
            value: point.value,
            of: point.of,
            upto: point.upto,
            modifier: point.modifier.as_str(),
            disputed: point.disputed,
            evidence: (&point.evidence).into(),
            carriers: point.carriers.iter().map(Evidence::from).collect(),
        }
    }
}

impl From<&indexer::About> for About {
    fn from(about: &indexer::About) -> Self {
        Self { level: about.level.as_str(), name: about.name.clone() }
    }
}

impl From<&series::Likeness> for Likeness {
    fn from(likeness: &series::Likeness) -> Self {
        Self {
            about: (&likeness.about).into(),
            modality: likeness.modality.as_str(),
            span: likeness.span.as_str(),
            values: None,
        }
    }
}

impl From<&catalogue::Indicator> for Definition {
    fn from(row: &catalogue::Indicator) -> Self {
        Self {
            vi: row.definition.vi.clone(),
            en: row.definition.en.clone(),
            of: row.of.as_ref().map(|of| of.en.clone()),
            kind: row.kind.as_str(),
            time: row.time.as_str(),
            units: row.units.clone(),
            apart: row.apart.clone(),
            made: "Numbers of the collected texts whose own clause names the statistic, about one place, in one sense, \
                   of one kind of period and in one unit; found by rules, each with its sentence. Only values whose \
                   grounds are strong stand in the series; the others stand apart as uncertain.",
        }
    }
}

impl From<&series::Series> for Series {
    fn from(series: &series::Series) -> Self {
        Self {
            definition: series.indicator.into(),
            likeness: series.likeness.as_ref().map(Likeness::from),
            choices: series
                .choices
                .iter()
                .map(|choice| Likeness { values: Some(choice.values), ..(&choice.likeness).into() })
                .collect(),
            indicator: series.indicator.into(),
            province: series.province.clone(),
            unit: series.unit.clone(),
            points: series.points.iter().map(Point::from).collect(),
            changes: series.changes.iter().map(Point::from).collect(),
            uncertain: series.uncertain.iter().map(Point::from).collect(),
            unread: series.unread,
        }
    }
}
