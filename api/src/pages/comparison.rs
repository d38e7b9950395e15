//! A statistic of several places, side by side.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use indexer::Level;
use indexer::statistics::comparison::Comparison;
use indexer::statistics::series::Point;

use super::figure::number;
use super::series::point_as;
use super::{Frame, asked, escaped, passage, shown};
use crate::handlers::find_comparison;
use crate::params::{self, Pairs, Params};
use crate::words::Ui;
use crate::{Error, Shared, chart};

#[derive(Template)]
#[template(path = "comparison.html")]
struct ComparisonPage {
    frame: Frame,
    /// What is counted or measured.
    definition: &'static str,
    /// In what sense the values are said, and of what periods.
    alike: Option<String>,
    unit: Option<String>,
    /// Made by [`chart`]; empty where there are no values.
    chart: String,
    csv: String,
    places: Vec<PlaceShown>,
    rows: Vec<Row>,
    /// Places of which nothing is certain.
    without: Vec<String>,
    unread: Option<String>,
}

/// A place with values.
struct PlaceShown {
    /// Made by [`chart`].
    mark: String,
    name: String,
    /// Its own series.
    href: String,
}

/// The values of one period, a cell a place.
struct Row {
    period: String,
    cells: Vec<Vec<Cell>>,
}

struct Cell {
    number: String,
    /// Where its sentence stands.
    href: String,
    sentence: String,
    period_given: bool,
    disputed: bool,
}

pub(crate) async fn show(Shared(state): Shared, ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::COMPARISON)?.with_places(&state)?;
    let found = find_comparison(&state, &params).await?;
    let frame = Frame::new(ui.name(&found.indicator.name), "/comparison", &pairs, ui);
    let twin: Vec<(String, String)> = pairs.iter().filter(|(name, _)| name != "ui").cloned().collect();
    let has_values = |at: &usize| !found.places[*at].points.is_empty();
    let (with, without): (Vec<usize>, Vec<usize>) = (0..found.places.len()).partition(has_values);
    let page = ComparisonPage {
        definition: ui.name(&found.indicator.definition),
        alike: found
            .alike
            .as_ref()
            .map(|alike| format!("{} · {}", ui.sense(alike.modality), ui.span(alike.span))),
        unit: found.alike.as_ref().map(|alike| alike.unit.clone()).filter(|unit| !unit.is_empty()),
        chart: if with.is_empty() { String::new() } else { chart::comparison(&found, ui) },
        csv: format!("/v1/comparison.csv?{}", asked(&twin)),
        places: with.iter().map(|at| place(&frame, &found, *at)).collect(),
        rows: rows(&frame, &found, &with),
        without: without.into_iter().map(|at| found.places[at].place.clone()).collect(),
        unread: (found.unread > 0)
            .then(|| format!("{} {}", frame.w.unread, frame.ui.number(found.unread as f64))),
        frame,
    };
    shown(&page)
}

fn place(frame: &Frame, found: &Comparison, at: usize) -> PlaceShown {
    let compared = &found.places[at];
    let level = compared.level.map(Level::as_str).unwrap_or_default();
    let (key, name) = (escaped(&found.indicator.id), escaped(&compared.place));
    let alike = found.alike.as_ref();
    let alike = alike.map(|alike| format!("&modality={}&span={}", alike.modality, alike.span.as_str()));
    PlaceShown {
        mark: chart::legend(at),
        name: compared.place.clone(),
        href: frame
            .to(&format!("/series?indicator={key}&place={name}&level={level}{}", alike.unwrap_or_default())),
    }
}

/// The values by period, the earliest first; those of a place whose text gives no period stand as of publication.
fn rows(frame: &Frame, found: &Comparison, with: &[usize]) -> Vec<Row> {
    let mut by_period: BTreeMap<_, Row> = BTreeMap::new();
    for (column, at) in with.iter().enumerate() {
        for point in &found.places[*at].points {
            let period = point.period.to_string();
            let row = by_period
                .entry((point.period.days(), period.clone()))
                .or_insert_with(|| Row { period, cells: with.iter().map(|_| Vec::new()).collect() });
            row.cells[column].push(cell(frame, point, found.alike.as_ref().map(|alike| alike.unit.as_str())));
        }
    }
    by_period.into_values().collect()
}

fn cell(frame: &Frame, point: &Point, unit: Option<&str>) -> Cell {
    let evidence = &point.evidence;
    Cell {
        number: number(frame.ui, point_as(point, unit, false)),
        href: frame.to(&passage(evidence)),
        sentence: format!("{}{}{}", evidence.prefix, evidence.quote, evidence.suffix).trim().to_owned(),
        period_given: point.period_given,
        disputed: point.disputed,
    }
}
