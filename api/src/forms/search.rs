//! What a search finds, and the values that it is narrowed down by.

use indexer::facets::FacetMatches;
use indexer::named::NamedKind;
use indexer::search::{self, Counted, SearchAnswer, TimelineBucket};
use indexer::store::QueryLimits;
use serde::Serialize;
use utoipa::ToSchema;

use super::{List, Respelt, Summary, text};

/// Something that the words of a search name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Named {
    /// `directive`, `official`, `office` or `indicator`.
    kind: &'static str,
    key: String,
    /// As most texts write it.
    label: String,
    /// What tells it from others that are called the same: whose a document is, the office that somebody was seen in last.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_by: Option<String>,
    /// Where all that is known of it is answered.
    link: String,
    /// Documents with it.
    count: u64,
}

impl From<&indexer::named::Named> for Named {
    fn from(named: &indexer::named::Named) -> Self {
        let key = crate::pages::escaped(&named.key);
        let (kind, link) = match named.kind {
            NamedKind::Directive => ("directive", format!("/v1/directives/{key}")),
            NamedKind::Official => ("official", format!("/v1/officials/{key}")),
            NamedKind::Office => {
                ("office", format!("/v1{}", crate::pages::position::address(&named.asked, named.at)))
            }
            NamedKind::Indicator => ("indicator", format!("/v1/series?indicator={key}")),
        };
        Self {
            kind,
            key: named.key.clone(),
            label: named.label.clone(),
            known_by: named.known_by.as_ref().map(|known| known.words.clone()),
            link,
            count: named.documents,
        }
    }
}

impl From<&search::FacetValue> for FacetValue {
    fn from(value: &search::FacetValue) -> Self {
        Self {
            id: value.value.clone(),
            label: value.label.clone().unwrap_or_else(|| value.value.clone()),
            count: value.count,
        }
    }
}

/// The values of a facet that begin as was asked.
pub(crate) fn facet_values(found: &FacetMatches, beginning: Option<String>) -> List<FacetValue> {
    let results = found.values.iter().map(FacetValue::from).collect();
    let count_relation = if found.may_be_more { "gte" } else { "eq" };
    List { count_relation, ..List::of(found.count, results, beginning) }
}

/// Counts of one facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetCounts {
    /// The most frequent values; years and months the latest first.
    values: Vec<FacetValue>,
    /// How many values there are in all.
    distinct: usize,
}

/// One value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetValue {
    /// As the filter of that name takes it.
    id: String,
    /// What people read: a directive, a name or an office as most texts write it.
    label: String,
    /// Documents with it.
    count: u64,
}

/// Documents found in one step of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bucket {
    /// `2021`, `2021-Q2` or `2021-05`.
    period: String,
    /// Documents.
    count: u64,
}

/// A document found by a search.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit {
    pub(crate) document: Summary,
    /// How well it fits, comparable within one answer: less than 1 by the words alone; 1 more where each of one or two words
    /// is spelt as it was typed without accents; 2 more where it has all words of a question that others answer too.
    score: Option<f32>,
    /// Words of the query that it has not, in lower case; of a long query only the rarest words are looked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lacks: Vec<String>,
    /// Words of the query in the title, as pairs of offsets in it.
    title_highlights: Vec<(usize, usize)>,
    snippet: Option<Snippet>,
}

/// The passage that shows best why a document was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Snippet {
    /// The passage exactly as it stands in the document's text.
    text: String,
    /// Where it begins.
    start: usize,
    /// Where it ends.
    end: usize,
    /// Words of the query in it, as pairs of offsets in the document's text.
    highlights: Vec<(usize, usize)>,
    /// Where a question was asked: the sentence in it that answers best, as offsets in the document's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<(usize, usize)>,
}

/// Documents found and collected in one step of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Step {
    period: String,
    count: u64,
    /// Documents collected: what `count` is a share of.
    collected: u64,
}

impl From<&search::Hit> for Hit {
    fn from(hit: &search::Hit) -> Self {
        let snippet = hit.snippet.as_ref().map(|snippet| Snippet {
            text: snippet.text.clone(),
            start: snippet.start,
            end: snippet.end,
            highlights: snippet.highlights.clone(),
            sentence: snippet.sentence,
        });
        Self {
            document: (&hit.document).into(),
            score: hit.score,
            lacks: hit.lacks.clone(),
            title_highlights: hit.title_highlights.clone(),
            snippet,
        }
    }
}

/// Whether a query has signs and is too long for them.
pub(crate) fn has_unread_signs(query: &str) -> bool {
    let is_signed = |word: &str| {
        word == "OR" || word.starts_with(['-', '+', '"', '“']) || word.ends_with(['*', '"', '”'])
    };
    query.split_whitespace().count() > QueryLimits::default().text_words
        && query.split_whitespace().any(is_signed)
}

/// A page of found documents.
pub(crate) fn search(answer: &SearchAnswer, query: &str) -> List<Hit> {
    let words = Some(query.to_owned()).filter(|query| !query.is_empty());
    let mut list = List::of(answer.count, answer.hits.iter().map(Hit::from).collect(), words);
    list.next = text(answer.next);
    list.previous = text(answer.previous);
    list.counted = Some(match answer.counted {
        Counted::AllWords => "all_words",
        Counted::MostWords => "most_words",
        Counted::SomeWords => "some_words",
    });
    list.unquoted.clone_from(&answer.unquoted);
    list.unread_signs = has_unread_signs(query);
    let respelt = answer.respelt.iter();
    list.respelt =
        respelt.map(|word| Respelt { typed: word.typed.clone(), used: word.used.clone() }).collect();
    for facet in &answer.facets {
        let values = facet.values.iter().map(FacetValue::from).collect();
        let counts = FacetCounts { values, distinct: facet.distinct };
        let counts = serde_json::to_value(counts).unwrap_or_default();
        list.facets.insert(facet.facet.as_str().to_owned(), counts);
    }
    let buckets = answer.histogram.iter();
    list.histogram =
        buckets.map(|bucket| Bucket { period: bucket.period.to_string(), count: bucket.count }).collect();
    list
}

impl From<&TimelineBucket> for Step {
    fn from(bucket: &TimelineBucket) -> Self {
        Self { period: bucket.period.to_string(), count: bucket.count, collected: bucket.collected }
    }
}
