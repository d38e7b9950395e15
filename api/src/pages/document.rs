//! A document with its mentions marked in the text.

use std::collections::HashSet;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use indexer::Document;
use indexer::DocumentSummary;
use indexer::cluster::Cluster;

use super::structured::{self, Mark, Part};
use super::{Frame, escaped, shown};
use crate::decisions::told;
use crate::handlers::{Key, find_document};
use crate::params::{self, Pairs, Params};
use crate::words::Ui;
use crate::{Error, Shared};

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    frame: Frame,
    facts: Vec<(&'static str, String)>,
    /// Where the page can be opened.
    original: Option<String>,
    address: String,
    /// The page that links to it, where it is a file.
    linked_from: Option<String>,
    versions: Vec<(u32, String, String)>,
    shown_version: u32,
    same_text: Option<SameText>,
    parts: Vec<Part>,
    captions: Vec<String>,
    /// Words that mention nothing, as somebody decided.
    denied: Vec<(String, String)>,
    counts: [(&'static str, usize); 3],
}

/// Who published the text first, and who carried it.
struct SameText {
    first: &'static str,
    /// `None` where this is the first.
    origin: Option<Place>,
    carried: String,
    carriers: Vec<Place>,
}

/// A document by where and when it was published.
struct Place {
    href: String,
    label: String,
    title: String,
    is_shown: bool,
}

pub(crate) async fn show(
    Shared(state): Shared,
    ui: Ui,
    Key(id): Key,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::DOCUMENT)?;
    let version = params.parsed("version", "1")?;
    let (document, cluster) = state.ask_shortly(|index| find_document(index, &id, version)).await?;
    let summary = &document.summary;
    let frame = Frame::new(&summary.title, &format!("/documents/{}", summary.id), &pairs, ui);
    let words = ui.words();
    let published = summary.published.map(|published| {
        published.time.map_or_else(|| published.date.to_string(), |time| format!("{} {time}", published.date))
    });
    let facts = [
        (words.published, published),
        (words.author, document.article.author.clone()),
        (words.source, summary.source.clone()),
        (words.province, summary.province.clone()),
        (words.language, summary.language.map(|language| ui.language(language.code()).to_owned())),
    ];
    let is_web = summary.address.starts_with("https://") || summary.address.starts_with("http://");
    let version = |version: &indexer::DocumentVersion| {
        let href = frame.to(&format!("/documents/{}?version={}", summary.id, version.version));
        (version.version, version.captured.strftime("%Y-%m-%d").to_string(), href)
    };
    let page = DocumentPage {
        facts: facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
        original: is_web.then(|| summary.address.clone()),
        address: summary.address.clone(),
        linked_from: document.article.linked_from.as_ref().map(ToString::to_string),
        versions: document.versions.iter().map(version).collect(),
        shown_version: summary.version,
        same_text: cluster.map(|cluster| same_text(&frame, &cluster, &document)),
        parts: structured::parts(
            &document.article.text,
            &document.article.blocks(),
            &marks(&frame, &document),
        ),
        captions: document.article.captions.clone(),
        denied: document
            .denied
            .iter()
            .map(|(denied, evidence)| (evidence.quote.clone(), told(&denied.decision, ui)))
            .collect(),
        counts: [
            (words.directives, told_apart(document.directives.iter().map(|found| found.key.as_ref()))),
            (words.officials, told_apart(document.officials.iter().map(|found| found.key.as_ref()))),
            (words.figures, document.figures.len()),
        ],
        frame,
    };
    shown(&page)
}

/// How many things are mentioned: one that is known counts once, however often it stands there.
fn told_apart<'k>(keys: impl Iterator<Item = Option<&'k String>>) -> usize {
    let (known, unknown): (Vec<_>, Vec<_>) = keys.partition(Option::is_some);
    known.into_iter().flatten().collect::<HashSet<_>>().len() + unknown.len()
}

fn same_text(frame: &Frame, cluster: &Cluster, shown: &Document) -> SameText {
    let place = |document: &DocumentSummary| {
        let name = document.source.as_ref().unwrap_or(&document.title).clone();
        let day = document.published.map(|published| frame.ui.day(published.date));
        Place {
            href: frame.to(&format!("/documents/{}", document.id)),
            label: [Some(name), day].into_iter().flatten().collect::<Vec<_>>().join(", "),
            title: document.title.clone(),
            is_shown: document.id == shown.summary.id,
        }
    };
    let origin = Some(place(&cluster.origin)).filter(|origin| !origin.is_shown);
    SameText {
        first: frame.ui.first(origin.is_none(), cluster.complete),
        origin,
        carried: frame.ui.carried(cluster.carriers.len(), cluster.complete),
        carriers: cluster.carriers.iter().map(|carrier| place(&carrier.document)).collect(),
    }
}

fn marks(frame: &Frame, document: &Document) -> Vec<Mark> {
    let link = |key: Option<&String>, path: &str| key.map(|key| frame.to(&format!("{path}{}", escaped(key))));
    let mut marks = Vec::new();
    for found in &document.directives {
        let mention = &found.record.mention;
        marks.push(Mark {
            start: mention.span.start(),
            end: mention.span.end(),
            id: found.record.evidence.start,
            class: "directive",
            href: link(found.key.as_ref(), "/directives/"),
            title: mention.subject.clone().unwrap_or_default(),
        });
    }
    for found in &document.officials {
        let mention = &found.record.mention;
        marks.push(Mark {
            start: mention.span.start(),
            end: mention.span.end(),
            id: found.record.evidence.start,
            class: "official",
            href: link(found.key.as_ref(), "/officials/"),
            title: mention.positions.join("; "),
        });
    }
    for found in &document.figures {
        let mention = &found.record.mention;
        let parts = [
            mention.indicator.clone(),
            mention.unit.clone(),
            mention.period.map(|period| period.to_string()),
        ];
        marks.push(Mark {
            start: mention.span.start(),
            end: mention.span.end(),
            id: found.record.evidence.start,
            class: "figure",
            href: link(found.key.as_ref(), "/series?indicator="),
            title: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        });
    }
    marks.sort_by_key(|mark| (mark.start, mark.end));
    marks
}
