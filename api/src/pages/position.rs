//! Who held an office: place, title and day.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use indexer::official::Certainty;
use jiff::civil::Date;

use super::{Frame, Proof, escaped, shown};
use crate::cursor::Asked;
use crate::handlers::position_question;
use crate::params::{self, Pairs, Params};
use crate::words::Ui;
use crate::{Error, Shared};

#[derive(Template)]
#[template(path = "position.html")]
struct PositionPage {
    frame: Frame,
    title: String,
    place: String,
    at: String,
    /// How many were found; `None` where there is none.
    count: Option<String>,
    holders: Vec<Holder>,
    next: Option<String>,
    /// The last day of an office that is no more, and the province into which its own was merged.
    ended: Option<(String, Option<String>)>,
}

/// Somebody in the office.
struct Holder {
    href: String,
    name: String,
    position: String,
    years: String,
    /// How sure it is that the office was held on the day: the word, and what it means.
    certainty: Option<(&'static str, &'static str)>,
    former: bool,
    acting: bool,
    since: Option<String>,
    until: Option<String>,
    first: Proof,
    last: Option<Proof>,
}

/// Where it is asked who held an office, on a day where one is named.
pub(crate) fn address(title: &str, at: Option<jiff::civil::Date>) -> String {
    let at = at.map(|day| format!("&at={day}")).unwrap_or_default();
    format!("/positions?title={}{at}", super::escaped(title))
}

pub(crate) async fn show(Shared(state): Shared, ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::POSITIONS)?.with_known(&state)?;
    let question = position_question(&params)?;
    let frame = Frame::new(ui.words().who_held, "/positions", &pairs, ui);
    let (title, place, at) = (question.title.clone(), question.place.clone(), question.at);
    let asked = Asked::of("/positions", &pairs);
    let after: u64 = asked.resumed(&params)?.unwrap_or_default();
    let found = state.ask(move |index| index.positions(&question, after)).await?;
    let month = |date: Option<Date>| {
        date.map_or_else(|| frame.w.unknown_time.to_owned(), |date| date.strftime("%Y-%m").to_string())
    };
    let holder = |holding: &indexer::official::Holding| {
        let (first, last) = (month(holding.first_date), month(holding.last_date));
        Holder {
            href: frame.to(&format!("/officials/{}", escaped(&holding.official.key))),
            name: holding.official.name.clone(),
            position: frame.ui.office(&holding.office, &holding.composed).to_owned(),
            years: frame.ui.seen(&first, &last),
            certainty: holding.certainty.map(|certainty| match certainty {
                Certainty::Certain => (frame.w.certain_mark, frame.w.certain),
                Certainty::Near => (frame.w.near_mark, frame.w.near),
            }),
            former: holding.former,
            acting: holding.acting,
            since: holding.since.map(|date| date.to_string()),
            until: holding.until.map(|date| date.to_string()),
            first: Proof::new(&frame, &holding.first, String::new(), ""),
            last: (holding.first != holding.last)
                .then(|| Proof::new(&frame, &holding.last, String::new(), "")),
        }
    };
    let page = PositionPage {
        holders: found.holdings.iter().map(holder).collect(),
        count: (found.total > 0).then(|| frame.ui.number(found.total as f64)),
        next: found
            .next
            .map(|next| format!("/positions?{}", super::with(&pairs, "cursor", &asked.cursor(&next)))),
        ended: found.ended.as_ref().map(|end| (end.until.to_string(), end.merged_into.clone())),
        title: title.unwrap_or_default(),
        place: place.unwrap_or_default(),
        at: at.map(|day| day.to_string()).unwrap_or_default(),
        frame,
    };
    shown(&page)
}
