//! The search page: results with all their hits marked, facets as links, the years as bars.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use indexer::Index;
use indexer::composed::Composed;
use indexer::named::{Named, NamedKind};
use indexer::search::{
    Counted, Facet, FacetRequest, Interval, Matching, SearchAnswer, SearchRequest, as_phrase, without_quotes,
};
use indexer::statistics::catalogue;

use super::{Frame, Piece, answering, escaped, pieces, shown, with, without};
use crate::handlers::{find, named};
use crate::params::{self, Pairs, Params};
use crate::words::{Ui, Words};
use crate::{Error, Shared, State, chart};

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    /// Nothing has been asked yet.
    is_start: bool,
    count: String,
    documents: &'static str,
    /// Which documents are counted, where a search means more than these; empty where it does not.
    counted: &'static str,
    /// What is quoted and looked for by its words, in one line.
    unquoted: String,
    /// The query has signs that were not read.
    unread_signs: bool,
    /// Words that were looked for in another spelling, and that.
    respelt: String,
    /// The same search without quotes, where nothing has what is quoted.
    loose: Option<String>,
    /// The same search for documents with all words alone, where others are listed.
    strict: Option<String>,
    /// The same for those that have the words side by side, where these are some of them, and how many these are.
    phrase: Option<FacetLink>,
    /// Made by [`chart`].
    years: String,
    groups: Vec<Group>,
    active: Vec<FacetLink>,
    sorts: Vec<FacetLink>,
    hits: Vec<HitItem>,
    /// What the words name.
    named: Vec<FacetLink>,
    first: Option<String>,
    previous: Option<String>,
    next: Option<String>,
    /// What the form keeps beside the words.
    kept: Vec<(String, String)>,
}

/// One facet.
struct Group {
    name: &'static str,
    links: Vec<FacetLink>,
}

struct FacetLink {
    href: String,
    label: String,
    count: String,
    active: bool,
}

struct HitItem {
    href: String,
    title: Vec<Piece>,
    meta: String,
    snippet: Vec<Piece>,
    continues: bool,
    /// Words that it has not, in one line.
    lacks: String,
}

/// The facets beside the results, and how many values of each.
const FACETS: [(Facet, usize); 8] = [
    (Facet::Province, 8),
    (Facet::Source, 6),
    (Facet::Year, 12),
    (Facet::Language, 4),
    (Facet::Directive, 6),
    (Facet::Official, 6),
    (Facet::Position, 6),
    (Facet::Indicator, 6),
];

fn facet_name(facet: Facet, words: &'static Words) -> &'static str {
    match facet {
        Facet::Source => words.source,
        Facet::Province => words.province,
        Facet::Year => words.year,
        Facet::Month => words.month,
        Facet::Language => words.language,
        Facet::Type => words.kind,
        Facet::Directive => words.directive,
        Facet::Official => words.official,
        Facet::Position => words.position,
        Facet::Indicator => words.indicator,
    }
}

pub(crate) async fn show(Shared(state): Shared, ui: Ui, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::SEARCH)?.with_known(&state)?;
    let mut request = params::search(&params)?;
    request.facets = FACETS.map(|(facet, size)| FacetRequest { facet, size }).into();
    request.interval = Some(Interval::Year);
    let query = request.query.clone();
    let words = ui.words();
    let matching = request.matching;
    let as_phrase = as_phrase(&query).filter(|_| matching == Matching::Best && request.cursor.is_none());
    let as_phrase = as_phrase.map(|query| SearchRequest {
        query,
        limit: 0,
        facets: Vec::new(),
        interval: None,
        highlight: false,
        ..request.clone()
    });
    let (known, answer) = tokio::try_join!(named(&state, &query, &pairs), find(&state, request))?;
    // Vietnamese writes most words as several syllables, and those stand apart in many a text.
    let phrase = match as_phrase.filter(|_| answer.count > answer.hits.len() as u64) {
        Some(request) => phrase(&state, request, answer.count, &pairs, ui).await?,
        None => None,
    };
    let title = if query.is_empty() { words.search.to_owned() } else { query.clone() };
    let mut frame = Frame::new(&title, "/", &pairs, ui);
    frame.query = query;
    let asked = |rest: String| format!("/?{rest}");
    let (groups, active) = state.now(|index| facets(index, &answer, &pairs, ui))?;
    let keys: Vec<&str> = known.iter().map(|named| named.key.as_str()).collect();
    let names = state.now(|index| Names::of(index, &keys, ui))?;
    let sorts = [("relevance", words.relevance), ("newest", words.newest), ("oldest", words.oldest)];
    let sort = params.one("sort").unwrap_or("relevance");
    let years: Vec<(i16, u64, String)> = answer
        .histogram
        .iter()
        .map(|bucket| {
            let year = bucket.from.year();
            (year, bucket.count, escape_html(&asked(with(&pairs, "year", &year.to_string()))))
        })
        .collect();
    let cursor = |cursor: Option<indexer::search::Cursor>| {
        cursor.map(|cursor| asked(with(&pairs, "cursor", &cursor.to_string())))
    };
    let page = SearchPage {
        named: known.iter().map(|known| entity(&frame, known, &names)).collect(),
        is_start: pairs.iter().all(|(name, value)| name == "ui" || value.is_empty()),
        count: ui.number(answer.count as f64),
        documents: if answer.count == 1 { words.document } else { words.documents },
        counted: match answer.counted {
            Counted::MostWords => words.with_most_words,
            Counted::SomeWords if answer.count > 0 => words.with_some_words,
            Counted::AllWords if answer.hits.iter().any(|hit| !hit.lacks.is_empty()) => words.with_all_words,
            _ => "",
        },
        unread_signs: crate::forms::has_unread_signs(&frame.query),
        unquoted: answer.unquoted.iter().map(|phrase| format!("“{phrase}”")).collect::<Vec<_>>().join(" · "),
        respelt: (answer.respelt.iter().map(|word| format!("{} → {}", word.typed, word.used)))
            .collect::<Vec<_>>()
            .join(" · "),
        loose: without_quotes(&frame.query)
            .filter(|_| answer.count == 0)
            .map(|words| asked(with(&beside_words(&pairs), "q", &words))),
        strict: (matching == Matching::Best
            && answer.counted == Counted::AllWords
            && answer.hits.iter().any(|hit| !hit.lacks.is_empty()))
        .then(|| {
            let kept: Vec<(String, String)> =
                pairs.iter().filter(|(name, _)| name != "cursor").cloned().collect();
            asked(with(&kept, "match", "all"))
        }),
        phrase,
        years: if years.len() > 1 { chart::years(&years) } else { String::new() },
        groups,
        active,
        sorts: sorts
            .map(|(value, label)| FacetLink {
                href: asked(with(&pairs, "sort", value)),
                label: label.to_owned(),
                count: String::new(),
                active: sort == value,
            })
            .into(),
        hits: answer.hits.iter().map(|hit| item(&frame, hit)).collect(),
        first: answer.previous.map(|_| {
            let kept: Vec<(String, String)> =
                pairs.iter().filter(|(name, _)| name != "cursor").cloned().collect();
            asked(super::asked(&kept))
        }),
        previous: cursor(answer.previous),
        next: cursor(answer.next),
        kept: beside_words(&pairs),
        frame,
    };
    shown(&page)
}

/// The documents that have words side by side as a link, where they are some of so many.
async fn phrase(
    state: &State,
    request: SearchRequest,
    of: u64,
    pairs: &[(String, String)],
    ui: Ui,
) -> Result<Option<FacetLink>, Error> {
    let query = request.query.clone();
    let count = find(state, request).await?.count;
    Ok((0 < count && count < of).then(|| FacetLink {
        href: format!("/?{}", with(&beside_words(pairs), "q", &query)),
        label: ui.words().side_by_side.to_owned(),
        count: ui.documents(count),
        active: false,
    }))
}

/// What a search asks for beside its words.
fn beside_words(pairs: &[(String, String)]) -> Vec<(String, String)> {
    pairs.iter().filter(|(name, _)| !matches!(name.as_str(), "q" | "cursor")).cloned().collect()
}

/// Facets as links, and the filters that hold.
fn facets(
    index: &Index,
    answer: &SearchAnswer,
    pairs: &[(String, String)],
    ui: Ui,
) -> Result<(Vec<Group>, Vec<FacetLink>), Error> {
    let words = ui.words();
    let of_entities = |facet: Facet| matches!(facet, Facet::Position | Facet::Directive);
    let counted = answer.facets.iter().filter(|facet| of_entities(facet.facet));
    let counted = counted.flat_map(|facet| &facet.values).map(|value| value.value.as_str());
    let asked = pairs.iter().filter(|(name, _)| name.ends_with("position") || name.ends_with("directive"));
    let keys: Vec<&str> = counted.chain(asked.map(|(_, value)| value.as_str())).collect();
    let names = Names::of(index, &keys, ui)?;
    let called = |value: &str, label: Option<String>| label.map(|label| names.called(value, &label));
    let holds =
        |facet: Facet, value: &str| pairs.iter().any(|(name, own)| name == facet.as_str() && own == value);
    let mut groups = Vec::new();
    for facet in &answer.facets {
        let links: Vec<FacetLink> = facet
            .values
            .iter()
            .filter(|value| !holds(facet.facet, &value.value))
            .map(|value| FacetLink {
                href: format!("/?{}", with(pairs, facet.facet.as_str(), &value.value)),
                label: said(facet.facet, &value.value, called(&value.value, value.label.clone()), ui),
                count: ui.number(value.count as f64),
                active: false,
            })
            .collect();
        if !links.is_empty() {
            groups.push(Group { name: facet_name(facet.facet, words), links });
        }
    }
    let active = pairs.iter().filter_map(|(name, value)| {
        let bare = name.strip_prefix("exclude.").unwrap_or(name);
        let facet = if bare == "lang" { Some(Facet::Language) } else { bare.parse::<Facet>().ok() };
        let label = match (facet, name.as_str()) {
            (Some(facet), _) => facet_name(facet, words),
            (None, "from") => "≥",
            (None, "to") => "≤",
            _ => return None,
        };
        // A filter shows what its key stands for; an index that fails says so elsewhere.
        let shown =
            |facet| said(facet, value, called(value, index.facet_label(facet, value).ok().flatten()), ui);
        let not = if name.starts_with("exclude.") { "≠ " } else { "" };
        (!value.is_empty()).then(|| FacetLink {
            href: format!("/?{}", without(pairs, name, value)),
            label: format!("{label} {not}{}", facet.map_or(value.clone(), shown)),
            count: String::new(),
            active: true,
        })
    });
    Ok((groups, active.collect()))
}

/// What directives and offices are called in the language of a page.
struct Names {
    ui: Ui,
    offices: HashMap<String, Composed>,
    directives: HashMap<String, String>,
}

impl Names {
    fn of(index: &Index, keys: &[&str], ui: Ui) -> Result<Self, Error> {
        if keys.is_empty() {
            return Ok(Self { ui, offices: HashMap::new(), directives: HashMap::new() });
        }
        let directives = index.directive_summaries(keys)?;
        let directives = directives.into_iter().map(|directive| {
            let name = super::directive::with_year(&directive, ui);
            (directive.key, name)
        });
        Ok(Self { ui, offices: index.offices_composed(keys)?, directives: directives.collect() })
    }

    /// What is shown for a key with a label that is in any language.
    fn called(&self, key: &str, label: &str) -> String {
        match (self.directives.get(key), self.offices.get(key)) {
            (Some(name), _) => name.clone(),
            (None, Some(composed)) => self.ui.office(label, composed).to_owned(),
            (None, None) => label.to_owned(),
        }
    }
}

/// What the words of a search name, as a link to all that is known of it.
fn entity(frame: &Frame, known: &Named, names: &Names) -> FacetLink {
    let key = escaped(&known.key);
    let (kind, href) = match known.kind {
        NamedKind::Directive => (frame.w.directive, format!("/directives/{key}")),
        NamedKind::Official => (frame.w.official, format!("/officials/{key}")),
        NamedKind::Office => (frame.w.position, super::position::address(&known.asked, known.at)),
        NamedKind::Indicator => (frame.w.indicator, format!("/series?indicator={key}")),
    };
    let known_by = known.known_by.as_ref().map(|known| frame.ui.office(&known.words, &known.composed));
    let documents = frame.ui.documents(known.documents);
    let told = [Some(kind), known_by, Some(documents.as_str())].into_iter().flatten();
    FacetLink {
        href: frame.to(&href),
        label: names.called(&known.key, &known.label),
        count: told.collect::<Vec<_>>().join(" · "),
        active: false,
    }
}

fn item(frame: &Frame, hit: &indexer::search::Hit) -> HitItem {
    let document = &hit.document;
    let snippet = hit.snippet.clone().unwrap_or_default();
    let date = document.published.map(|published| published.date.to_string());
    let date = date.unwrap_or_else(|| frame.w.unknown_time.to_owned());
    let parts = [Some(date), document.source.clone(), document.province.clone()];
    HitItem {
        href: frame.to(&format!("/documents/{}", escaped(&document.id.to_string()))),
        title: pieces(&document.title, 0, &hit.title_highlights),
        meta: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        continues: snippet.continues,
        lacks: hit.lacks.join(" · "),
        snippet: answering(&snippet.text, snippet.start, &snippet.highlights, snippet.sentence),
    }
}

/// A value as people read it: keys are words joined by hyphens.
fn said(facet: Facet, value: &str, label: Option<String>, ui: Ui) -> String {
    let words = ui.words();
    let of_kind = |name: &'static str| name.to_owned();
    if let Some(row) = catalogue::by_key(value).filter(|_| facet == Facet::Indicator) {
        return of_kind(ui.name(&row.name));
    }
    match (facet, value) {
        (Facet::Language, code) => ui.language(code).to_owned(),
        (Facet::Type, "directive") => of_kind(words.directives),
        (Facet::Type, "official") => of_kind(words.officials),
        (Facet::Type, "figure") => of_kind(words.figures),
        (Facet::Directive | Facet::Official | Facet::Position | Facet::Indicator, key) => {
            label.unwrap_or_else(|| key.replace('-', " "))
        }
        _ => label.unwrap_or_else(|| value.to_owned()),
    }
}

/// An address as an attribute of a chart.
fn escape_html(href: &str) -> String {
    href.replace('&', "&amp;")
}
