//! Statistics: the list, and one over the years.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use indexer::statistics::series::{IndicatorName, Point};
use indexer::store::FigureFilter;

use super::{Frame, Link, ListPage, Proof, asked, escaped, shown};
use crate::handlers::find_series;
use crate::params::{self, Pairs, Params};
use crate::words::Ui;
use crate::{Error, Shared, State, chart};

#[derive(Template)]
#[template(path = "series.html")]
struct SeriesPage {
    frame: Frame,
    other_name: Option<String>,
    province: Option<String>,
    unit: Option<String>,
    /// Made by [`chart`].
    chart: String,
    csv: String,
    points: Vec<Value>,
    changes: Vec<Value>,
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

/// The name in a language, else in the other, else the key in words.
fn name(indicator: &IndicatorName, ui: Ui) -> String {
    let names = match ui {
        Ui::English => [&indicator.en, &indicator.vi],
        Ui::Vietnamese => [&indicator.vi, &indicator.en],
    };
    names.into_iter().flatten().next().cloned().unwrap_or_else(|| indicator.key.replace('-', " "))
}

/// A value as people write it: digits in threes.
fn written(value: f64, ui: Ui) -> String {
    let (thousands, decimal) = match ui {
        Ui::English => (',', '.'),
        Ui::Vietnamese => ('.', ','),
    };
    let plain = value.abs().to_string();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(a, b)| (a, Some(b)));
    let mut out = if value < 0.0 { "−".to_owned() } else { String::new() };
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(decimal);
        out.push_str(fraction);
    }
    out
}

fn value(frame: &Frame, point: &Point) -> Value {
    let of = point.of.map(|of| format!(" {} {}", frame.w.of, written(of, frame.ui))).unwrap_or_default();
    let bound = match point.modifier.as_str() {
        "=" => String::new(),
        bound => format!("{bound} "),
    };
    Value {
        period: point.period.to_string(),
        period_given: point.period_given,
        number: format!("{bound}{}{of}", written(point.value, frame.ui)),
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
    let params = Params::read(pairs.clone(), params::SERIES)?.with_provinces(&state.index)?;
    if params.one("indicator").is_none() {
        return all(&state, ui, &pairs).await;
    }
    let series = find_series(&state, &params).await?;
    let title = name(&series.indicator, ui);
    let frame = Frame::new(&title, "/series", &pairs, ui);
    let other = name(&series.indicator, ui.other());
    let twin: Vec<(String, String)> = pairs.iter().filter(|(name, _)| name != "ui").cloned().collect();
    let page = SeriesPage {
        other_name: Some(other).filter(|other| *other != title),
        province: series.province.clone(),
        unit: series.unit.clone(),
        chart: if series.points.is_empty() { String::new() } else { chart::series(&series) },
        csv: format!("/v1/series.csv?{}", asked(&twin)),
        points: series.points.iter().map(|point| value(&frame, point)).collect(),
        changes: series.changes.iter().map(|point| value(&frame, point)).collect(),
        frame,
    };
    shown(&page)
}

/// The statistics that are measured most often.
async fn all(state: &State, ui: Ui, pairs: &[(String, String)]) -> Result<Response, Error> {
    const SHOWN: usize = 200;
    let list = state.ask(|index| index.indicators(&FigureFilter::default(), None, SHOWN)).await?;
    let mut frame = Frame::new(ui.words().series, "/series", pairs, ui);
    "/v1/indicators".clone_into(&mut frame.twin);
    let items = list
        .indicators
        .iter()
        .map(|count| {
            let indicator = IndicatorName {
                key: count.key.clone(),
                vi: count.vi.clone(),
                en: count.en.clone(),
                up: count.up,
            };
            let years = [count.first, count.last].into_iter().flatten().map(|day| day.year().to_string());
            let mut years: Vec<String> = years.collect();
            years.dedup();
            Link {
                href: frame.to(&format!("/series?indicator={}", escaped(&count.key))),
                label: name(&indicator, ui),
                meta: format!("{} {}", count.mentions, frame.w.mentions),
                note: years.join(" – "),
            }
        })
        .collect();
    shown(&ListPage { lead: list.total.to_string(), action: "", items, next: None, frame })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_people_do() {
        assert_eq!(written(9_504_000_000.0, Ui::English), "9,504,000,000");
        assert_eq!(written(-1234.5, Ui::Vietnamese), "−1.234,5");
        assert_eq!(written(7.58, Ui::English), "7.58");
    }
}
