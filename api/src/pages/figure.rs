//! Figures by their words: what no row of the catalogue names is found here, and is no series.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use indexer::paging::AfterFigure;
use indexer::statistics::catalogue;
use indexer::{Change, Modifier, RangeEnd};

use super::{Frame, Link, Proof, escaped, shown, with};
use crate::cursor::Asked;
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

/// A number that is shown, with all that the text says of it.
#[derive(Clone, Copy)]
pub(crate) struct Number<'a> {
    pub(crate) value: f64,
    pub(crate) of: Option<f64>,
    /// The other end of a range.
    pub(crate) upto: Option<f64>,
    pub(crate) modifier: Modifier,
    pub(crate) change: Option<Change>,
    pub(crate) unit: Option<&'a str>,
}

/// A number as people write it, with what it is a part of and the text's more than, less than, about; a change has its sign,
/// and large sums are in millions or billions.
pub(crate) fn number(ui: Ui, number: Number<'_>) -> String {
    let Number { value, of, upto, modifier, change, unit } = number;
    let of = of.map(|of| format!(" {} {}", ui.words().of, ui.number(of))).unwrap_or_default();
    let bound = match modifier {
        Modifier::Equal => "",
        Modifier::AtLeast => "≥ ",
        Modifier::AtMost => "≤ ",
        bound => &format!("{bound} "),
    };
    let sign = match change {
        Some(Change::Up) => "+",
        Some(Change::Down) if value > 0.0 => "−",
        _ => "",
    };
    let is_money = unit.is_some_and(|unit| unit.starts_with("VND") || unit.starts_with("USD"));
    let written = |value: f64| if is_money { ui.sum(value) } else { ui.number(value) };
    let upto = upto.map(|upto| format!("–{}", written(upto))).unwrap_or_default();
    format!("{bound}{sign}{}{upto}{of}", written(value))
}

/// A figure as it is shown; of a range both ends, whichever it is.
fn shown_as(figure: &indexer::Figure) -> Number<'_> {
    let (value, upto) = match figure.range {
        Some(RangeEnd::From(upper)) => (figure.value, Some(upper)),
        Some(RangeEnd::UpTo(lower)) => (lower, Some(figure.value)),
        None => (figure.value, None),
    };
    let indexer::Figure { of, modifier, change, .. } = *figure;
    Number { value, of, upto, modifier, change, unit: figure.unit.as_deref() }
}

pub(crate) async fn all(Shared(state): Shared, ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::FIGURES)?.with_known(&state)?;
    let (filter, limit) = (params::figures(&params)?, params::listed(&params)?);
    let asked = Asked::of("/figures", &pairs);
    let after: Option<AfterFigure> = asked.resumed(&params)?;
    let page = state.ask(move |index| index.figures(&filter, after, limit)).await?;
    let mut frame = Frame::new(ui.words().figures, "/figures", &pairs, ui);
    frame.query = params.owned("q").unwrap_or_default();
    let figure = |keyed: &indexer::store::Keyed<indexer::Figure>| {
        let figure = &keyed.record.mention;
        let unit = figure.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
        Figure {
            period: figure.period.map(|period| period.to_string()).unwrap_or_default(),
            number: format!("{}{unit}", number(frame.ui, shown_as(figure))),
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
        next: page.next.map(|next| format!("/figures?{}", with(&pairs, "cursor", &asked.cursor(&next)))),
        frame,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_with_all_that_is_said_of_it() {
        let plain = Number {
            value: 6.0,
            of: None,
            upto: None,
            modifier: Modifier::Equal,
            change: None,
            unit: Some("xã"),
        };
        let check = |shown: Number<'_>, expected: &str| {
            assert_eq!(number(Ui::Vietnamese, shown), expected);
        };
        check(plain, "6");
        check(Number { change: Some(Change::Up), ..plain }, "+6");
        check(Number { change: Some(Change::Down), ..plain }, "−6");
        check(Number { value: -6.0, change: Some(Change::Down), ..plain }, "−6");
        check(Number { modifier: Modifier::AtLeast, ..plain }, "≥ 6");
        check(Number { modifier: Modifier::More, ..plain }, "> 6");
        check(Number { upto: Some(8.5), ..plain }, "6–8,5");
        check(Number { value: 2.15e12, unit: Some("VND"), ..plain }, "2.150 tỷ");
        check(Number { value: 18_558.05e9, unit: Some("VND"), ..plain }, "18.558,05 tỷ");
        check(Number { value: 45.5e6, unit: Some("VND/người/năm"), ..plain }, "45,5 triệu");
        check(Number { value: 2.15e12, ..plain }, "2.150.000.000.000");
    }
}
