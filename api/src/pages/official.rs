//! Officials: the list, and the career of one.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use indexer::official::OfficialSummary;
use indexer::paging::{EntityPlace, MentionPlace};
use jiff::civil::Date;

use super::{Frame, Link, ListPage, Proof, escaped, shown, with};
use crate::cursor::Asked;
use crate::decisions::told;
use crate::handlers::{Key, find_official};
use crate::params::{self, Pairs, Params};
use crate::words::Ui;
use crate::{Error, Shared};

#[derive(Template)]
#[template(path = "official.html")]
struct OfficialPage {
    frame: Frame,
    province: Option<String>,
    latest: Option<String>,
    mentions: u64,
    /// How often the person is mentioned, and in how many documents.
    cited: String,
    positions: Vec<Step>,
    all: Vec<Proof>,
    next: Option<String>,
    /// Whether they are what is looked at.
    is_open: bool,
    decisions: Vec<String>,
}

/// A position with its first and its last proof.
struct Step {
    years: String,
    position: String,
    former: bool,
    /// When it began and ended, where texts say it.
    since: Option<String>,
    until: Option<String>,
    first: Proof,
    last: Option<Proof>,
}

/// The office that somebody was seen in last, in words.
fn latest(official: &OfficialSummary, ui: Ui) -> Option<String> {
    let office = official.latest_position.as_deref()?;
    Some(ui.last_seen(ui.office(office, &official.latest_composed)))
}

pub(crate) async fn all(Shared(state): Shared, ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::LISTED)?.with_known(&state)?;
    let (filter, limit) = (params::documents(&params)?, params::listed(&params)?.max(100));
    let asked = Asked::of("/officials", &pairs);
    let after: Option<EntityPlace> = asked.resumed(&params)?;
    let query = filter.words.clone().unwrap_or_default();
    let list = state.ask(move |index| index.officials(&filter, after.as_ref(), limit)).await?;
    let mut frame = Frame::new(ui.words().officials, "/officials", &pairs, ui);
    frame.query = query;
    let items = list
        .officials
        .iter()
        .map(|official| Link {
            href: frame.to(&format!("/officials/{}", escaped(&official.key))),
            label: official.name.clone(),
            meta: frame.ui.mentions(official.mentions),
            note: [latest(official, ui), official.province.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
        })
        .collect();
    let next = list.next.map(|next| format!("/officials?{}", with(&pairs, "cursor", &asked.cursor(&next))));
    shown(&ListPage { lead: list.total.to_string(), action: "/officials", items, next, frame })
}

pub(crate) async fn show(
    Shared(state): Shared,
    ui: Ui,
    Key(key): Key,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::PAGED)?;
    let asked = Asked::of(&format!("/officials/{key}"), &pairs);
    let after: Option<MentionPlace> = asked.resumed(&params)?;
    let is_open = after.is_some();
    let career = find_official(&state, key.clone(), after, "/officials/").await?;
    let summary = &career.summary;
    let frame = Frame::new(&summary.name, &format!("/officials/{}", escaped(&key)), &pairs, ui);
    let month = |date: Option<Date>| {
        date.map_or_else(|| frame.w.unknown_time.to_owned(), |date| date.strftime("%Y-%m").to_string())
    };
    let positions = career
        .holdings
        .iter()
        .map(|holding| {
            let (first, last) = (month(holding.first_date), month(holding.last_date));
            let is_one = holding.first == holding.last;
            Step {
                years: frame.ui.seen(&first, &last),
                position: frame.ui.office(&holding.office, &holding.composed).to_owned(),
                former: holding.former,
                since: holding.since.map(|date| date.to_string()),
                until: holding.until.map(|date| date.to_string()),
                first: Proof::new(&frame, &holding.first, String::new(), ""),
                last: (!is_one).then(|| Proof::new(&frame, &holding.last, String::new(), "")),
            }
        })
        .collect();
    let page = OfficialPage {
        province: summary.province.clone(),
        latest: latest(summary, ui),
        decisions: career.decisions.iter().map(|decision| told(decision, ui)).collect(),
        mentions: summary.mentions,
        cited: format!("{}, {}", ui.mentions(summary.mentions), ui.documents(summary.documents)),
        positions,
        is_open,
        next: career.mentions.next.map(|next| {
            let query = with(&pairs, "cursor", &asked.cursor(&next));
            format!("/officials/{}?{query}", escaped(&summary.key))
        }),
        all: career
            .mentions
            .mentions
            .iter()
            .map(|found| {
                Proof::new(&frame, &found.record.evidence, found.record.mention.positions.join("; "), "")
            })
            .collect(),
        frame,
    };
    shown(&page)
}
