//! What people open. Pages work without scripts; each names its JSON twin, and all its links are plain ones.

pub(crate) mod comparison;
pub(crate) mod directive;
pub(crate) mod docs;
pub(crate) mod document;
pub(crate) mod figure;
pub(crate) mod official;
pub(crate) mod position;
pub(crate) mod search;
pub(crate) mod series;
mod structured;

use std::fmt::Write as _;

use askama::Template;
use axum::extract::Query;
use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use indexer::Evidence;

use crate::Error;
use crate::message::Message;
use crate::words::{Ui, Words};

/// What all pages have.
pub(crate) struct Frame {
    title: String,
    /// Address of the same as JSON.
    twin: String,
    /// Words of the search.
    query: String,
    ui: Ui,
    /// Whether the address says the language, so that links must say it too.
    explicit: bool,
    /// The same page in the other language.
    switch: String,
    w: &'static Words,
}

impl Frame {
    /// The frame of a page at `path` that was asked for with `pairs`.
    pub(crate) fn new(title: &str, path: &str, pairs: &[(String, String)], ui: Ui) -> Self {
        let twin: Vec<(String, String)> = pairs.iter().filter(|(name, _)| name != "ui").cloned().collect();
        let resource = if path == "/" { "/search" } else { path };
        let asked = asked(&twin);
        let question = if asked.is_empty() { "" } else { "?" };
        Self {
            title: title.to_owned(),
            twin: format!("/v1{resource}{question}{asked}"),
            query: String::new(),
            ui,
            explicit: pairs.iter().any(|(name, _)| name == "ui"),
            switch: format!("{path}?{}", with_kept(pairs, "ui", ui.other().code())),
            w: ui.words(),
        }
    }

    /// A link that keeps the language where the address says it.
    pub(crate) fn to(&self, href: &str) -> String {
        if !self.explicit {
            return href.to_owned();
        }
        let (path, fragment) =
            href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment)));
        let join = if path.contains('?') { '&' } else { '?' };
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        format!("{path}{join}ui={}{fragment}", self.ui)
    }
}

/// A fact with its sentence.
pub(crate) struct Proof {
    href: String,
    title: String,
    meta: String,
    before: String,
    quote: String,
    after: String,
}

impl Proof {
    /// The sentence of `evidence` under a title; `meta` stands before where it is from.
    pub(crate) fn new(frame: &Frame, evidence: &Evidence, title: String, meta: &str) -> Self {
        let document = &evidence.document;
        let date = document.published.map(|published| published.date.to_string());
        let page = evidence.page.map(|page| frame.ui.page_number(page));
        let parts =
            [Some(meta.to_owned()), date, Some(document.title.clone()), document.source.clone(), page];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        Self {
            href: frame.to(&passage(evidence)),
            title,
            meta: parts.join(" · "),
            before: evidence.prefix.clone(),
            quote: evidence.quote.clone(),
            after: evidence.suffix.clone(),
        }
    }
}

/// A piece of a text that may be marked.
pub(crate) struct Piece {
    text: String,
    marked: bool,
    /// Part of the sentence that answers.
    answers: bool,
}

/// A text cut at highlights (in code points; `start` is the place of its first one).
pub(crate) fn pieces(text: &str, start: usize, highlights: &[(usize, usize)]) -> Vec<Piece> {
    let points: Vec<char> = text.chars().collect();
    let place = |point: usize| point.saturating_sub(start).min(points.len());
    let mut pieces = Vec::new();
    let mut at = 0;
    for (from, to) in highlights {
        let (from, to) = (place(*from).max(at), place(*to));
        if to <= from {
            continue;
        }
        pieces.push(Piece { text: points[at..from].iter().collect(), marked: false, answers: false });
        pieces.push(Piece { text: points[from..to].iter().collect(), marked: true, answers: false });
        at = to;
    }
    pieces.push(Piece { text: points[at..].iter().collect(), marked: false, answers: false });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// The same, cut at the ends of the sentence that answers as well.
pub(crate) fn answering(
    text: &str,
    start: usize,
    highlights: &[(usize, usize)],
    sentence: Option<(usize, usize)>,
) -> Vec<Piece> {
    let Some((from, to)) = sentence else { return pieces(text, start, highlights) };
    let points: Vec<char> = text.chars().collect();
    let place = |point: usize| point.saturating_sub(start).min(points.len());
    let cuts = [(0, place(from), false), (place(from), place(to), true), (place(to), points.len(), false)];
    let part = |(begins, ends, answers): (usize, usize, bool)| {
        let text: String = points[begins..ends.max(begins)].iter().collect();
        let (from, to) = (start + begins, start + ends);
        let inside: Vec<(usize, usize)> =
            highlights.iter().copied().filter(|(a, b)| from <= *a && *b <= to).collect();
        pieces(&text, from, &inside).into_iter().map(move |piece| Piece { answers, ..piece })
    };
    cuts.into_iter().flat_map(part).collect()
}

/// A link of a list.
pub(crate) struct Link {
    href: String,
    label: String,
    meta: String,
    note: String,
}

/// A list of things with links.
#[derive(Template)]
#[template(path = "list.html")]
pub(crate) struct ListPage {
    frame: Frame,
    lead: String,
    /// Address of the form that narrows the list.
    action: &'static str,
    items: Vec<Link>,
    /// Address of the next page.
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "failed.html")]
struct FailedPage {
    frame: Frame,
    detail: String,
    /// Where the form asks again.
    action: String,
    /// What was asked with, to be mended: name, what it is called, and value.
    fields: Vec<(String, String, String)>,
}

/// A page that was asked for.
pub(crate) struct Asked {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Asked {
    pub(crate) fn of(uri: &Uri) -> Self {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri).map(|pairs| pairs.0);
        Self { path: uri.path().to_owned(), pairs: pairs.unwrap_or_default() }
    }
}

pub(crate) fn shown(page: &impl Template) -> Result<Response, Error> {
    let page = page.render().map_err(|error| Error::Answer(error.to_string()))?;
    Ok(Html(crate::list::harmless(page)).into_response())
}

/// Where the words that a fact rests on stand in their document.
pub(crate) fn passage(evidence: &Evidence) -> String {
    format!("/documents/{}#c{}", evidence.document.id, evidence.start)
}

/// Pages that are asked with words.
const SEARCHED: [&str; 7] =
    ["/", "/directives", "/officials", "/positions", "/series", "/comparison", "/figures"];

/// The page of an error: nothing that was typed is lost.
pub(crate) fn failed(status: StatusCode, message: &Message, asked: Asked, ui: Ui) -> Response {
    let words = ui.words();
    let title = if status == StatusCode::NOT_FOUND { words.missing } else { words.wrong };
    let Asked { path, pairs } = asked;
    let mut frame = Frame::new(title, &path, &pairs, ui);
    "/openapi.json".clone_into(&mut frame.twin);
    let query = pairs.iter().rev().find(|(name, _)| name == "q").map(|(_, value)| value.clone());
    frame.query = query.unwrap_or_default();
    let is_searched = SEARCHED.contains(&path.as_str());
    let shown = |(name, value): (String, String)| {
        let called = ui.parameter(&name).unwrap_or(&name).to_owned();
        (name, called, value)
    };
    // A page of a list is begun again.
    let kept = pairs.into_iter().filter(|(name, value)| {
        is_searched && !matches!(name.as_str(), "ui" | "cursor" | "q") && !value.trim().is_empty()
    });
    let page = FailedPage {
        detail: message.on_page(ui),
        fields: kept.map(shown).collect(),
        action: if is_searched { path } else { "/".to_owned() },
        frame,
    };
    match page.render() {
        Ok(page) => (status, Html(crate::list::harmless(page))).into_response(),
        Err(_) => status.into_response(),
    }
}

/// A value as a part of an address.
pub(crate) fn escaped(value: &str) -> String {
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
pub(crate) fn asked(pairs: &[(String, String)]) -> String {
    joined(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The query string of the same request with another value.
fn with_kept(pairs: &[(String, String)], name: &str, value: &str) -> String {
    let kept = pairs.iter().map(|(own, value)| (own.as_str(), value.as_str()));
    joined(kept.filter(|(own, _)| *own != name).chain([(name, value)]))
}

/// The query string of the same request with another value, from its first page on.
pub(crate) fn with(pairs: &[(String, String)], name: &str, value: &str) -> String {
    let kept = pairs.iter().map(|(own, value)| (own.as_str(), value.as_str()));
    joined(kept.filter(|(own, _)| *own != "cursor" && *own != name).chain([(name, value)]))
}

/// The query string of the same request without a value, from its first page on.
pub(crate) fn without(pairs: &[(String, String)], name: &str, value: &str) -> String {
    let kept = pairs.iter().map(|(own, value)| (own.as_str(), value.as_str()));
    joined(kept.filter(|(own, other)| *own != "cursor" && !(*own == name && *other == value)))
}

pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../templates/style.css"))
        .into_response()
}

/// What browsers show beside the title.
pub(crate) async fn icon() -> Response {
    ([(header::CONTENT_TYPE, "image/svg+xml")], include_str!("../templates/icon.svg")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_highlight_is_marked() {
        let check = |start: usize, highlights: &[(usize, usize)], expected: &[(&str, bool)]| {
            let pieces = pieces("nước đổ đầy", start, highlights);
            let found: Vec<(&str, bool)> =
                pieces.iter().map(|piece| (piece.text.as_str(), piece.marked)).collect();
            assert_eq!(found, expected);
        };
        check(0, &[], &[("nước đổ đầy", false)]);
        check(0, &[(0, 4), (8, 11)], &[("nước", true), (" đổ ", false), ("đầy", true)]);
        check(10, &[(15, 17)], &[("nước ", false), ("đổ", true), (" đầy", false)]);
        check(0, &[(3, 5), (4, 90), (200, 300)], &[("nướ", false), ("c ", true), ("đổ đầy", true)]);
    }

    #[test]
    fn links_keep_what_was_asked() {
        let pairs = [("q", "nông thôn"), ("year", "2020"), ("cursor", "n1"), ("ui", "vi")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        assert_eq!(with(&pairs, "year", "2021"), "q=n%C3%B4ng%20th%C3%B4n&ui=vi&year=2021");
        assert_eq!(without(&pairs, "year", "2020"), "q=n%C3%B4ng%20th%C3%B4n&ui=vi");
        let frame = Frame::new("t", "/", &pairs, Ui::Vietnamese);
        assert_eq!(frame.twin, "/v1/search?q=n%C3%B4ng%20th%C3%B4n&year=2020&cursor=n1");
        assert_eq!(frame.to("/documents/a#c5"), "/documents/a?ui=vi#c5");
        assert!(frame.switch.ends_with("&cursor=n1&ui=en"), "{}", frame.switch);
    }
}
