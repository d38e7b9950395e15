//! Figures by their words: what no row of the catalogue names is found here, and is no series.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use indexer::Modifier;
use indexer::paging::AfterFigure;
use indexer::statistics::catalogue;

use super::{Frame, Link, Proof, escaped, shown, with};
use crate::params::{self, Pairs, Params};
use crate::words::Ui;
use crate::{Error, Shared};

#[derive(Template)]
#[template(path = "figures.html")]
struct FiguresPage {
    frame: Frame,
    /// How many there are in all.
    total: String,
    /// What is shown here: the figures with some words, or all of one statistic.
    lead: &'static str,
    /// Address of the statistics that are series, or of the one that is asked for.
    catalogue: Link,
    figures: Vec<Figure>,
    /// Address of the next page.
    next: Option<String>,
}

/// A figure with its sentence.
struct Figure {
    /// As the text gives it; empty where it gives none.
    period: String,
    number: String,
    proof: Proof,
}

/// Where the figures with some words are shown, of the province that is asked for.
pub(crate) fn address(words: &str, params: &Params) -> String {
    let also = |name| params.one(name).map(|value| format!("&{name}={}", escaped(value))).unwrap_or_default();
    format!("/figures?q={}{}{}", escaped(words), also("province"), also("ui"))
}

/// A number as people write it, with what it is a part of and the text's more than, less than, about.
pub(crate) fn number(frame: &Frame, value: f64, of: Option<f64>, modifier: Modifier) -> String {
    let of = of.map(|of| format!(" {} {}", frame.w.of, frame.ui.number(of))).unwrap_or_default();
    let bound = match modifier.as_str() {
        "=" => String::new(),
        bound => format!("{bound} "),
    };
    format!("{bound}{}{of}", frame.ui.number(value))
}

pub(crate) async fn all(Shared(state): Shared, ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::FIGURES)?.with_known(&state)?;
    let (filter, limit) = (params::figures(&params)?, params::listed(&params)?);
    let after = params.cursor::<AfterFigure>()?;
    let page = state.ask(move |index| index.figures(&filter, after, limit)).await?;
    let mut frame = Frame::new(ui.words().figures, "/figures", &pairs, ui);
    frame.query = params.owned("q").unwrap_or_default();
    let figure = |keyed: &indexer::store::Keyed<indexer::Figure>| {
        let figure = &keyed.record.mention;
        let unit = figure.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
        Figure {
            period: figure.period.map(|period| period.to_string()).unwrap_or_default(),
            number: format!("{}{unit}", number(&frame, figure.value, figure.of, figure.modifier)),
            proof: Proof::new(
                &frame,
                &keyed.record.evidence,
                String::new(),
                figure.indicator.as_deref().unwrap_or_default(),
            ),
        }
    };
    let catalogue = match params.one("indicator").and_then(catalogue::asked) {
        Some(row) => Link {
            href: frame.to(&format!("/series?indicator={}", escaped(&row.id))),
            label: frame.ui.name(&row.name).to_owned(),
            meta: String::new(),
            note: String::new(),
        },
        None => Link {
            href: frame.to("/series"),
            label: frame.w.catalogue.to_owned(),
            meta: String::new(),
            note: String::new(),
        },
    };
    let is_of_one = params.one("indicator").is_some();
    shown(&FiguresPage {
        lead: if is_of_one { frame.w.figures_of } else { frame.w.figures_by_words },
        figures: page.records.iter().map(figure).collect(),
        total: frame.ui.number(page.total as f64),
        catalogue,
        next: page.next.map(|next| format!("/figures?{}", with(&pairs, "cursor", &next.to_string()))),
        frame,
    })
}
