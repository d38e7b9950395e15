//! Directives: the list, and the dossier of one.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use indexer::directive::DirectiveSummary;
use indexer::paging::{EntityPlace, MentionPlace};

use super::{Frame, Link, ListPage, Proof, escaped, shown, with};
use crate::cursor::Asked;
use crate::decisions::told;
use crate::handlers::{Key, find_directive};
use crate::params::{self, Pairs, Params};
use crate::words::Ui;
use crate::{Error, Shared, chart};

#[derive(Template)]
#[template(path = "directive.html")]
struct DirectivePage {
    frame: Frame,
    facts: Vec<(&'static str, String)>,
    /// How often it is cited, and in how many documents.
    cited: String,
    /// Made by [`chart`].
    years: String,
    by_province: Vec<(String, u64)>,
    citations: Vec<Proof>,
    next: Option<String>,
    decisions: Vec<String>,
}

/// What a directive is called.
fn name(directive: &DirectiveSummary, ui: Ui) -> String {
    if directive.is_named {
        return directive.label.clone();
    }
    match (&directive.number, &directive.name) {
        (Some(number), _) => format!("{} {number}", ui.kind(directive.kind)),
        (None, Some(name)) => name.clone(),
        (None, None) => ui.kind(directive.kind).to_owned(),
    }
}

/// The same with the year in which it was issued, where that is known and not said.
pub(crate) fn with_year(directive: &DirectiveSummary, ui: Ui) -> String {
    let name = name(directive, ui);
    match directive.issued.map(|day| day.year().to_string()) {
        Some(year) if !directive.is_named && !name.contains(&year) => format!("{name} ({year})"),
        _ => name,
    }
}

fn link(frame: &Frame, directive: &DirectiveSummary, ui: Ui) -> Link {
    let parts =
        [directive.issuer.clone(), directive.province.clone(), directive.issued.map(|day| day.to_string())];
    Link {
        href: frame.to(&format!("/directives/{}", escaped(&directive.key))),
        label: name(directive, ui),
        meta: frame.ui.mentions(directive.mentions),
        note: [
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            // The name of a law says what it is about.
            directive.subject.clone().filter(|_| !directive.is_named).unwrap_or_default(),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" — "),
    }
}

pub(crate) async fn all(Shared(state): Shared, ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::LISTED)?.with_known(&state)?;
    let (filter, limit) = (params::documents(&params)?, params::listed(&params)?.max(100));
    let asked = Asked::of("/directives", &pairs);
    let after: Option<EntityPlace> = asked.resumed(&params)?;
    let query = filter.words.clone().unwrap_or_default();
    let list = state.ask(move |index| index.directives(&filter, after.as_ref(), limit)).await?;
    let mut frame = Frame::new(ui.words().directives, "/directives", &pairs, ui);
    frame.query = query;
    let items = list.directives.iter().map(|directive| link(&frame, directive, ui)).collect();
    let next = list.next.map(|next| format!("/directives?{}", with(&pairs, "cursor", &asked.cursor(&next))));
    shown(&ListPage { lead: list.total.to_string(), action: "/directives", items, next, frame })
}

pub(crate) async fn show(
    Shared(state): Shared,
    ui: Ui,
    Key(key): Key,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::PAGED)?;
    let asked = Asked::of(&format!("/directives/{key}"), &pairs);
    let after: Option<MentionPlace> = asked.resumed(&params)?;
    let dossier = find_directive(&state, key.clone(), after, "/directives/").await?;
    let summary = &dossier.summary;
    let words = ui.words();
    let frame = Frame::new(&name(summary, ui), &format!("/directives/{}", escaped(&key)), &pairs, ui);
    let place = if summary.central { Some(words.central.to_owned()) } else { summary.province.clone() };
    let facts = [
        (words.issuer, summary.issuer.clone()),
        (words.province, place),
        (words.issued, summary.issued.map(|day| day.to_string())),
        (words.subject, summary.subject.clone().filter(|_| !summary.is_named)),
    ];
    let years: Vec<(i16, u64, String)> = dossier
        .by_year
        .iter()
        .map(|(year, count)| {
            let href = format!("/?year={year}&amp;directive={}", escaped(&summary.key));
            (*year, *count, href)
        })
        .collect();
    let page = DirectivePage {
        facts: facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
        cited: format!("{}, {}", ui.mentions(summary.mentions), ui.documents(summary.documents)),
        years: if years.is_empty() { String::new() } else { chart::years(&years) },
        by_province: dossier.by_province.clone(),
        decisions: dossier.decisions.iter().map(|decision| told(decision, ui)).collect(),
        next: dossier.citations.next.map(|next| {
            let query = with(&pairs, "cursor", &asked.cursor(&next));
            format!("/directives/{}?{query}", escaped(&summary.key))
        }),
        citations: dossier
            .citations
            .mentions
            .iter()
            .map(|found| Proof::new(&frame, &found.record.evidence, String::new(), ""))
            .collect(),
        frame,
    };
    shown(&page)
}
