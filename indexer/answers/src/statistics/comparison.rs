//! One statistic of several places over time, side by side: only values that are alike in all but the place.

use std::collections::{BTreeMap, BTreeSet};

use extract::catalogue::{self, Indicator, Kind};
use extract::{Level, Modality};
use store::Error;

use super::series::{Dated, PeriodKind, Point, SeriesQuestion, joined};
use crate::Index;

/// Places of one comparison at most: more lines are not told apart.
pub const MOST_PLACES: usize = 8;

/// A statistic of several places.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What is measured.
    pub indicator: &'static Indicator,
    /// What all values have in common; none where there are none.
    pub alike: Option<Alike>,
    /// The places in the order in which they were asked for, each once; one without values is there too.
    pub places: Vec<Compared>,
    /// Figures of the statistic that were not looked at.
    pub unread: u64,
}

/// What the values of a comparison have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// In what sense they are said.
    pub modality: Modality,
    /// What their periods are.
    pub span: PeriodKind,
    /// Their unit, as the statistic's row writes it; empty where it has none.
    pub unit: String,
}

/// One place of a comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Its Vietnamese name.
    pub place: String,
    /// What kind of whole it is; none where there are no values.
    pub level: Option<Level>,
    /// Its values by period.
    pub points: Vec<Point>,
}

/// Values of one place: which of those asked for, and of what kind.
type Of = (usize, Level);

impl Index {
    /// A statistic of several places, as far as the values are sure and alike in sense, kind of period and unit: what the
    /// question does not say is chosen so that most places have values, of these what was reached before what is wanted,
    /// and then the most values. Changes are no levels and are left out. Beyond [`MOST_PLACES`] places are not looked at.
    pub fn comparison(&self, question: &SeriesQuestion, places: &[String]) -> Result<Comparison, Error> {
        let row = question.indicator;
        let values = self.values(question)?;
        let mut asked: Vec<Compared> = Vec::new();
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        for place in places {
            let name = catalogue::unit_key(place);
            if asked.len() < MOST_PLACES && !by_name.contains_key(&name) {
                by_name.insert(name, asked.len());
                asked.push(Compared { place: place.clone(), level: None, points: Vec::new() });
            }
        }
        let asked_unit = question.unit.as_deref().map(|unit| catalogue::unit_key(&row.shown_in(unit)));
        let mut groups: BTreeMap<(Modality, PeriodKind, String), BTreeMap<Of, Vec<Dated>>> = BTreeMap::new();
        for dated in values.drawn {
            let figure = &dated.keyed.record.mention;
            // Growth is the value of a row of growth.
            if figure.change.is_some() && row.kind != Kind::Growth {
                continue;
            }
            let unit = row.shown_in(figure.unit.as_deref().unwrap_or_default());
            let Some(likeness) = dated.likeness() else { continue };
            let place = likeness.about.name.as_deref().map(catalogue::unit_key);
            let Some(at) = place.and_then(|place| by_name.get(&place)).copied() else { continue };
            let fits = question.level.is_none_or(|level| likeness.about.level == level)
                && question.modality.is_none_or(|modality| likeness.modality == modality)
                && question.span.is_none_or(|span| likeness.span == span)
                && asked_unit.as_ref().is_none_or(|asked| *asked == catalogue::unit_key(&unit));
            if fits {
                let group = groups.entry((likeness.modality, likeness.span, unit)).or_default();
                group.entry((at, likeness.about.level)).or_default().push(dated);
            }
        }
        let best = groups.into_iter().max_by_key(|((modality, ..), of)| {
            let places = of.keys().map(|(at, _)| at).collect::<BTreeSet<_>>().len();
            let is_reached = matches!(modality, Modality::Actual | Modality::Estimate);
            let count: usize = of.values().map(Vec::len).sum();
            (places, is_reached, count, *modality == Modality::Actual)
        });
        let mut comparison = Comparison { indicator: row, alike: None, places: asked, unread: values.unread };
        let Some(((modality, span, unit), of)) = best else { return Ok(comparison) };
        comparison.alike = Some(Alike { modality, span, unit });
        let mut most: BTreeMap<usize, (Level, Vec<Dated>)> = BTreeMap::new();
        for ((at, level), values) in of {
            // A city and its province of one name: the one of which more is known.
            if most.get(&at).is_none_or(|(_, known)| known.len() < values.len()) {
                most.insert(at, (level, values));
            }
        }
        for (at, (level, values)) in most {
            let compared = &mut comparison.places[at];
            compared.level = Some(level);
            compared.points = joined(values.into_iter());
        }
        Ok(comparison)
    }
}
