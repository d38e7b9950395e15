//! Statistics: the list, and one over the years.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse as _, Redirect, Response};
use indexer::statistics::catalogue::{self, Indicator};
use indexer::statistics::series::{Choice, IndicatorCount, Likeness, Point, Series};
use indexer::store::FigureFilter;
use indexer::{Change, Level};

use super::figure::{Number, number};
use super::{Frame, Link, Proof, asked, escaped, shown};
use crate::handlers::find_series;
use crate::params::{self, Pairs, Params};
use crate::words::Ui;
use crate::{Error, Shared, State, chart};

#[derive(Template)]
#[template(path = "series.html")]
struct SeriesPage {
    frame: Frame,
    /// What is counted or measured.
    definition: &'static str,
    /// What the values have in common: whom they are about, in what sense, of what periods.
    likeness: Option<String>,
    /// The other series of the indicator.
    choices: Vec<Link>,
    /// What it may be compared with.
    comparison: Option<Compare>,
    unit: Option<String>,
    /// Made by [`chart`].
    chart: String,
    csv: String,
    /// Address of all its figures, also those that are in no series.
    sentences: String,
    points: Vec<Value>,
    changes: Vec<Value>,
    /// What was found and is not certain.
    uncertain: Vec<Value>,
    /// That there are more figures than were read.
    unread: Option<String>,
}

/// Places with values that are alike in all but the place.
struct Compare {
    key: String,
    modality: String,
    span: &'static str,
    /// The place of this series.
    place: String,
    others: Vec<String>,
}

/// A value with its sentence.
struct Value {
    period: String,
    period_given: bool,
    number: String,
    disputed: bool,
    proof: Proof,
    carriers: Vec<Proof>,
}

/// A point as it is shown; a change has its sign.
pub(super) fn point_as<'a>(point: &Point, unit: Option<&'a str>, is_change: bool) -> Number<'a> {
    let Point { value, of, upto, modifier, .. } = *point;
    let change = (is_change && value > 0.0).then_some(Change::Up);
    Number { value, of, upto, modifier, change, unit }
}

fn value(frame: &Frame, point: &Point, unit: Option<&str>, is_change: bool) -> Value {
    Value {
        period: point.period.to_string(),
        period_given: point.period_given,
        number: number(frame.ui, point_as(point, unit, is_change)),
        disputed: point.disputed,
        proof: Proof::new(frame, &point.evidence, String::new(), ""),
        carriers: point
            .carriers
            .iter()
            .map(|carrier| Proof::new(frame, carrier, String::new(), ""))
            .collect(),
    }
}

pub(crate) async fn show(Shared(state): Shared, ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::SERIES)?.with_places(&state)?;
    let Some(words) = params.one("indicator") else { return all(&state, ui, &pairs).await };
    if catalogue::asked(words).is_none() {
        return Ok(Redirect::to(&super::figure::address(words, &params)).into_response());
    }
    let series = find_series(&state, &params).await?;
    let name = &series.indicator.name;
    let frame = Frame::new(ui.name(name), "/series", &pairs, ui);
    let twin: Vec<(String, String)> = pairs.iter().filter(|(name, _)| name != "ui").cloned().collect();
    let unit = series.unit.as_deref();
    let page = SeriesPage {
        definition: ui.name(&series.indicator.definition),
        likeness: series.likeness.as_ref().map(|likeness| described(likeness, ui)),
        choices: choices(&frame, &series),
        comparison: compare(&series),
        unit: series.unit.clone(),
        chart: if series.points.is_empty() { String::new() } else { chart::series(&series, frame.ui) },
        csv: format!("/v1/series.csv?{}", asked(&twin)),
        sentences: frame.to(&format!("/figures?indicator={}", escaped(&series.indicator.id))),
        points: series.points.iter().map(|point| value(&frame, point, unit, false)).collect(),
        changes: series.changes.iter().map(|point| value(&frame, point, unit, true)).collect(),
        uncertain: series.uncertain.iter().map(|point| value(&frame, point, unit, false)).collect(),
        unread: (series.unread > 0)
            .then(|| format!("{} {}", frame.w.unread, frame.ui.number(series.unread as f64))),
        frame,
    };
    shown(&page)
}

/// Series that are offered beside the one that is shown, at most.
const CHOICES: usize = 24;

fn choices(frame: &Frame, series: &Series) -> Vec<Link> {
    let others = series.choices.iter().filter(|choice| Some(&choice.likeness) != series.likeness.as_ref());
    let link = |choice: &Choice| {
        let Likeness { about, modality, span } = &choice.likeness;
        let place = about.name.as_deref().map(|name| format!("&place={}", escaped(name))).unwrap_or_default();
        let key = escaped(&series.indicator.id);
        Link {
            href: frame.to(&format!(
                "/series?indicator={key}{place}&level={}&modality={modality}&span={}",
                about.level,
                span.as_str()
            )),
            label: described(&choice.likeness, frame.ui),
            meta: frame.ui.values(choice.values as u64),
            note: String::new(),
        }
    };
    others.take(CHOICES).map(link).collect()
}

fn compare(series: &Series) -> Option<Compare> {
    let likeness = series.likeness.as_ref()?;
    let place = likeness.about.name.clone()?;
    let mut others: Vec<String> = Vec::new();
    for Choice { likeness: other, .. } in &series.choices {
        let alike = other.modality == likeness.modality && other.span == likeness.span;
        if let Some(name) = other.about.name.as_ref().filter(|name| alike && **name != place)
            && others.len() < CHOICES
            && !others.contains(name)
        {
            others.push(name.clone());
        }
    }
    (!others.is_empty()).then(|| Compare {
        key: series.indicator.id.clone(),
        modality: likeness.modality.to_string(),
        span: likeness.span.as_str(),
        place,
        others,
    })
}

/// What the values of a series have in common, in words.
fn described(likeness: &Likeness, ui: Ui) -> String {
    let w = ui.words();
    let name = likeness.about.name.as_deref().unwrap_or(w.the_world);
    // `Quận 4` is called by a number alone.
    let kind = match likeness.about.level {
        Level::District if is_number(name) => w.district,
        Level::Commune if is_number(name) => w.ward,
        _ => "",
    };
    let (sense, span) = (ui.sense(likeness.modality), ui.span(likeness.span));
    format!("{} · {sense} · {span}", format!("{kind} {name}").trim_start())
}

#[derive(Template)]
#[template(path = "statistics.html")]
struct StatisticsPage {
    frame: Frame,
    /// Those with values, and how many the others are.
    subjects: Vec<Subject>,
    without: Vec<Subject>,
    without_count: String,
}

/// A subject of the catalogue with its statistics.
struct Subject {
    name: String,
    items: Vec<Link>,
}

/// The catalogue by subject with how many values each statistic has.
async fn all(state: &State, ui: Ui, pairs: &[(String, String)]) -> Result<Response, Error> {
    let most = catalogue::all().len();
    let known = state.ask(move |index| index.indicators(&FigureFilter::default(), None, most)).await?;
    let known: HashMap<&str, &IndicatorCount> =
        known.indicators.iter().map(|count| (count.row.id.as_str(), count)).collect();
    let mut frame = Frame::new(ui.words().series, "/series", pairs, ui);
    "/v1/indicators".clone_into(&mut frame.twin);
    let years = |count: &IndicatorCount| {
        let years = [count.first, count.last].into_iter().flatten().map(|day| day.year().to_string());
        let mut years: Vec<String> = years.collect();
        years.dedup();
        years.join(" – ")
    };
    let link = |label: String, key: &str, count: Option<&IndicatorCount>| Link {
        href: frame.to(&format!("/series?indicator={}", escaped(key))),
        label,
        meta: count.map(|count| frame.ui.mentions(count.mentions)).unwrap_or_default(),
        note: count.map(years).unwrap_or_default(),
    };
    // What can be read comes first: of most statistics an archive has nothing.
    let by_subject = |has_values: bool| -> Vec<Subject> {
        let subjects = catalogue::subjects().map(|(subject, name)| {
            let is_here = |row: &&Indicator| {
                row.subject == subject && known.contains_key(row.id.as_str()) == has_values
            };
            let rows = catalogue::all().iter().filter(is_here);
            let items = rows
                .map(|row| link(ui.name(&row.name).to_owned(), &row.id, known.get(row.id.as_str()).copied()));
            Subject { name: ui.name(name).to_owned(), items: items.collect() }
        });
        subjects.filter(|subject| !subject.items.is_empty()).collect()
    };
    let (subjects, without) = (by_subject(true), by_subject(false));
    let without_count = without.iter().map(|subject| subject.items.len()).sum::<usize>().to_string();
    shown(&StatisticsPage { frame, subjects, without, without_count })
}

fn is_number(name: &str) -> bool {
    name.chars().all(|letter| letter.is_ascii_digit())
}
