//! What people open. Pages work without scripts; each names its JSON twin.

use std::fmt::Write as _;

use askama::Template;
use axum::extract::{Path, Query, State as Shared};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use indexer::Evidence;
use indexer::index::RecordFilter;
use indexer::search::{Facet, FacetRequest};
use indexer::statistics::series::Series;

use crate::handlers::{SERIES, find_document, find_series};
use crate::params::{self, Pairs, Params};
use crate::{Error, State};

/// A list of things with links: the one template of all pages.
#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    title: String,
    twin: String,
    query: String,
    lead: String,
    /// Made by [`chart`], which escapes what it takes in.
    chart: String,
    side: Vec<Link>,
    items: Vec<Item>,
    next: Option<String>,
    /// Pieces of a text, some of them mentions.
    text: Vec<Piece>,
}

struct Link {
    href: String,
    label: String,
}

struct Item {
    href: String,
    title: String,
    meta: String,
    before: String,
    mark: String,
    after: String,
}

struct Piece {
    text: String,
    href: Option<String>,
    id: usize,
}

fn page(title: &str, twin: String) -> Page {
    Page {
        title: title.to_owned(),
        twin,
        query: String::new(),
        lead: String::new(),
        chart: String::new(),
        side: Vec::new(),
        items: Vec::new(),
        next: None,
        text: Vec::new(),
    }
}

fn shown(page: &Page) -> Result<Response, Error> {
    Ok(Html(page.render().map_err(|error| Error::bad(error.to_string()))?).into_response())
}

fn escaped(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Pairs as a query string.
fn joined<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>) -> String {
    let pairs: Vec<String> =
        pairs.map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    pairs.join("&")
}

/// The query string of the same request.
fn asked(pairs: &[(String, String)]) -> String {
    joined(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The query string of the same request with another value, from its first page on.
fn with(pairs: &[(String, String)], name: &str, value: &str) -> String {
    let kept = pairs.iter().map(|(own, value)| (own.as_str(), value.as_str()));
    joined(kept.filter(|(own, _)| *own != "cursor" && *own != name).chain([(name, value)]))
}

fn proof(evidence: &Evidence, title: String, meta: &str) -> Item {
    let document = &evidence.document;
    let date = document.published.map(|published| published.date.to_string()).unwrap_or_default();
    Item {
        href: format!("/documents/{}#c{}", document.id, evidence.start),
        title,
        meta: format!(
            "{meta} {date} · {} · {}",
            document.title,
            document.source.as_deref().unwrap_or_default()
        ),
        before: evidence.prefix.clone(),
        mark: evidence.quote.clone(),
        after: evidence.suffix.clone(),
    }
}

pub(crate) async fn search(Shared(state): Shared<State>, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::SEARCH)?;
    let mut request = params::search(&params)?;
    request.facets = [Facet::Year, Facet::Province, Facet::Source, Facet::Language]
        .map(|facet| FacetRequest { facet, size: 12 })
        .into();
    let answer = state.index.search(&request)?;
    let mut page = page("Search", format!("/v1/search?{}", asked(&pairs)));
    page.query.clone_from(&request.query);
    page.lead = format!("{} documents", answer.count);
    for facet in &answer.facets {
        for value in &facet.values {
            page.side.push(Link {
                href: format!("/?{}", with(&pairs, facet.facet.as_str(), &value.value)),
                label: format!("{}: {} ({})", facet.facet, value.value, value.count),
            });
        }
    }
    for hit in &answer.hits {
        let snippet = hit.snippet.clone().unwrap_or_default();
        let points: Vec<char> = snippet.text.chars().collect();
        let (from, to) = snippet.highlights.first().copied().unwrap_or((snippet.end, snippet.end));
        let cut = |from: usize, to: usize| {
            let at = |point: usize| point.saturating_sub(snippet.start).min(points.len());
            points[at(from)..at(to).max(at(from))].iter().collect::<String>()
        };
        let document = &hit.document;
        let date = document.published.map(|published| published.date.to_string()).unwrap_or_default();
        page.items.push(Item {
            href: format!("/documents/{}", document.id),
            title: document.title.clone(),
            meta: format!("{date} · {}", document.source.as_deref().unwrap_or_default()),
            before: cut(snippet.start, from),
            mark: cut(from, to),
            after: cut(to, snippet.end),
        });
    }
    page.next = answer.next.map(|next| format!("/?{}", with(&pairs, "cursor", &next.to_string())));
    shown(&page)
}

pub(crate) async fn document(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let document = find_document(&state, &id, None)?;
    let mut page = page(&document.summary.title, format!("/v1/documents/{id}"));
    let date = document.summary.published.map(|published| published.date.to_string());
    let facts = [
        date,
        document.summary.source.clone(),
        document.summary.province.clone(),
        Some(document.summary.address.clone()),
    ];
    page.lead = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if document.versions.len() > 1 {
        let _ = write!(page.lead, " · {} versions", document.versions.len());
    }
    let mut marks = Vec::new();
    let directives = document.directives.iter();
    marks.extend(directives.map(|found| {
        (
            found.record.mention.span,
            found.record.evidence.start,
            found.key.as_ref().map(|key| format!("/directives/{}", escaped(key))),
        )
    }));
    let officials = document.officials.iter();
    marks.extend(officials.map(|found| {
        (
            found.record.mention.span,
            found.record.evidence.start,
            found.key.as_ref().map(|key| format!("/officials/{}", escaped(key))),
        )
    }));
    let figures = document.figures.iter();
    marks.extend(figures.map(|found| {
        (
            found.record.mention.span,
            found.record.evidence.start,
            found.key.as_ref().map(|key| format!("/series?indicator={}", escaped(key))),
        )
    }));
    marks.sort_by_key(|(span, ..)| (span.start(), span.end()));
    let text = &document.article.text;
    let mut at = 0;
    for (span, start, href) in marks {
        if span.start() < at {
            continue;
        }
        page.text.push(Piece { text: text[at..span.start()].to_owned(), href: None, id: 0 });
        page.text.push(Piece {
            text: span.of(text).to_owned(),
            href: Some(href.unwrap_or_default()),
            id: start,
        });
        at = span.end();
    }
    page.text.push(Piece { text: text[at..].to_owned(), href: None, id: 0 });
    shown(&page)
}

pub(crate) async fn directives(Shared(state): Shared<State>) -> Result<Response, Error> {
    let list = state.index.directives(&RecordFilter::default(), 100)?;
    let mut page = page("Directives", "/v1/directives".to_owned());
    page.lead = format!("{} directives", list.total);
    for directive in &list.directives {
        page.items.push(Item {
            href: format!("/directives/{}", escaped(&directive.key)),
            title: format!(
                "{} {}",
                directive.kind,
                directive.number.as_ref().or(directive.name.as_ref()).map_or("", String::as_str)
            ),
            meta: format!("{} mentions", directive.mentions),
            before: [
                directive.issuer.clone(),
                directive.issued.map(|day| day.to_string()),
                directive.subject.clone(),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
            mark: String::new(),
            after: String::new(),
        });
    }
    shown(&page)
}

pub(crate) async fn directive(
    Shared(state): Shared<State>,
    Path(key): Path<String>,
) -> Result<Response, Error> {
    let dossier = state.index.directive(&key)?;
    let dossier = dossier.ok_or_else(|| Error::NotFound(format!("no directive is known as {key}")))?;
    let summary = &dossier.summary;
    let name = summary.number.as_ref().or(summary.name.as_ref()).map_or("", String::as_str);
    let mut page = page(&format!("{} {name}", summary.kind), format!("/v1/directives/{}", escaped(&key)));
    let facts = [
        summary.issuer.clone(),
        summary.province.clone(),
        summary.issued.map(|day| day.to_string()),
        summary.subject.clone(),
    ];
    page.lead = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    for (year, count) in &dossier.by_year {
        page.side.push(Link {
            href: format!("/?year={year}&directive={}", escaped(&key)),
            label: format!("{year} ({count})"),
        });
    }
    for candidate in &dossier.candidates {
        page.side.push(Link {
            href: format!("/directives/{}", escaped(&candidate.key)),
            label: format!("perhaps {}", candidate.key),
        });
    }
    page.items.extend(dossier.citations.iter().map(|found| proof(&found.record.evidence, String::new(), "")));
    shown(&page)
}

pub(crate) async fn officials(Shared(state): Shared<State>) -> Result<Response, Error> {
    let list = state.index.officials(&RecordFilter::default(), 100)?;
    let mut page = page("Officials", "/v1/officials".to_owned());
    page.lead = format!("{} officials", list.total);
    for official in list.officials {
        page.items.push(Item {
            href: format!("/officials/{}", escaped(&official.key)),
            title: official.name,
            meta: format!("{} mentions", official.mentions),
            before: official.latest_position.unwrap_or_default(),
            mark: String::new(),
            after: String::new(),
        });
    }
    shown(&page)
}

pub(crate) async fn official(
    Shared(state): Shared<State>,
    Path(key): Path<String>,
) -> Result<Response, Error> {
    let career = state.index.official(&key)?;
    let career = career.ok_or_else(|| Error::NotFound(format!("no official is known as {key}")))?;
    let mut page = page(&career.summary.name, format!("/v1/officials/{}", escaped(&key)));
    let day = |date: Option<jiff::civil::Date>| date.map_or_else(|| "?".to_owned(), |date| date.to_string());
    page.lead = format!(
        "{} mentions, {} to {}",
        career.summary.mentions,
        day(career.summary.first),
        day(career.summary.last)
    );
    page.items.extend(career.holdings.iter().map(|holding| {
        let former = if holding.former { "former " } else { "" };
        let title = format!("{former}{}", holding.position);
        let meta = format!("{} to {} ·", day(holding.first_date), day(holding.last_date));
        proof(&holding.first, title, &meta)
    }));
    shown(&page)
}

pub(crate) async fn series(Shared(state): Shared<State>, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), SERIES)?;
    let series = find_series(&state, &params)?;
    let names = [series.indicator.vi.as_deref(), series.indicator.en.as_deref()];
    let title = names.into_iter().flatten().collect::<Vec<_>>().join(" / ");
    let title = if title.is_empty() { series.indicator.key.clone() } else { title };
    let mut page = page(&title, format!("/v1/series?{}", asked(&pairs)));
    page.lead =
        [series.province.clone(), series.unit.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    page.chart = chart(&series);
    page.items.extend(series.points.iter().map(|point| {
        let of = point.of.map(|of| format!(" of {of}")).unwrap_or_default();
        let disputed = if point.disputed { "disputed · " } else { "" };
        proof(&point.evidence, format!("{}: {}{of}", point.period, point.value), disputed)
    }));
    shown(&page)
}

/// A series as SVG: one dot a point over the years, each linked to its sentence. Holds numbers, dates and ids alone.
pub(crate) fn chart(series: &Series) -> String {
    const WIDTH: f64 = 720.0;
    const HEIGHT: f64 = 240.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" fill=\"currentColor\" font-family=\"sans-serif\" font-size=\"12\">"
    );
    let years: Vec<f64> = series
        .points
        .iter()
        .map(|point| {
            let (first, last) = point.period.days();
            f64::midpoint(
                f64::from(first.year()) + f64::from(first.day_of_year()) / 366.0,
                f64::from(last.year()) + f64::from(last.day_of_year()) / 366.0,
            )
        })
        .collect();
    let (low, high) =
        years.iter().fold((f64::MAX, f64::MIN), |(low, high), year| (low.min(*year), high.max(*year)));
    let most = series.points.iter().map(|point| point.value).fold(f64::MIN_POSITIVE, f64::max);
    let mut line = String::new();
    let mut dots = String::new();
    for (point, year) in series.points.iter().zip(&years) {
        let x = 60.0 + (WIDTH - 120.0) * if high > low { (year - low) / (high - low) } else { 0.5 };
        let y = HEIGHT - 40.0 - (HEIGHT - 80.0) * (point.value / most).clamp(0.0, 1.0);
        let _ = write!(line, "{x:.1},{y:.1} ");
        let _ = write!(
            dots,
            "<a href=\"/documents/{}#c{}\"><title>{}: {}</title><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text></a>",
            point.evidence.document.id,
            point.evidence.start,
            point.period,
            point.value,
            y - 10.0,
            point.value,
            HEIGHT - 12.0,
            point.period
        );
    }
    let _ = write!(
        svg,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"currentColor\"/>{dots}</svg>",
        line.trim_end()
    );
    svg
}

pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../templates/style.css"))
        .into_response()
}
