//! What goes over the wire: JSON forms of answers, from which the `OpenAPI` document is made too.
//!
//! Offsets count Unicode code points of the document's text, ends exclusive. What is not known is `null`.

mod decision;
mod directive;
mod document;
mod official;
mod search;
mod statistic;
mod text;

use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use decision::{Decided, NoMention};
pub(crate) use directive::{Directive, DirectiveMention, Dossier};
pub(crate) use document::{Document, Evidence, Source, Summary, Version, blocks};
pub(crate) use official::{Career, Holding, Office, Official, OfficialMention, Tenure};
pub(crate) use search::{
    Bucket, FacetCounts, FacetValue, Hit, Named, Step, facet_values, has_unread_signs, search,
};
pub(crate) use statistic::{Comparison, Figure, Indicator, Series};
pub(crate) use text::{Cut, ResolvedText};

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// How many there are in all.
    pub(crate) count: u64,
    /// `eq`: the count is exact; `gte`: there may be more.
    pub(crate) count_relation: &'static str,
    /// Of a search: `all_words` where the documents counted have all its words; `most_words` where none has all, or more words
    /// were asked for than are looked for, and those with half of what the words weigh or more are counted; `some_words` where
    /// none has half either. A list by relevance has documents with fewer words as well; each hit says what it lacks.
    /// Facets, the histogram and the order by date are of the documents counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) counted: Option<&'static str>,
    /// Of a search: what its sentence quotes and no document has word for word; it is looked for by its words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unquoted: Vec<String>,
    /// Of a search of so many words that it is read as a text: its signs (`"…"`, `-`, `+`, `*`, `OR`) are no signs.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) unread_signs: bool,
    /// Of a search: words that no document has, and the near spellings that were looked for instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) respelt: Vec<Respelt>,
    /// This page of them.
    pub(crate) results: Vec<T>,
    /// Counts of the found documents by the facets that were asked for.
    #[schema(value_type = std::collections::BTreeMap<String, FacetCounts>)]
    pub(crate) facets: serde_json::Map<String, serde_json::Value>,
    /// Counts by calendar, where an interval was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) histogram: Vec<Bucket>,
    /// The `cursor` of the next page.
    pub(crate) next: Option<String>,
    /// The `cursor` of the page before.
    pub(crate) previous: Option<String>,
    /// The words that were searched for.
    pub(crate) query: Option<String>,
    /// What these words name, on the first page of a search.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) entities: Vec<Named>,
}

/// A word that no document has, and how documents spell it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Respelt {
    /// As typed, in lower case.
    pub(crate) typed: String,
    /// As it was looked for.
    pub(crate) used: String,
}

impl<T> List<T> {
    pub(crate) fn of(count: u64, results: Vec<T>, query: Option<String>) -> Self {
        Self {
            count,
            count_relation: "eq",
            counted: None,
            unquoted: Vec::new(),
            unread_signs: false,
            respelt: Vec::new(),
            results,
            facets: serde_json::Map::new(),
            histogram: Vec::new(),
            next: None,
            previous: None,
            query,
            entities: Vec::new(),
        }
    }
}

/// Several things that one key led to before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Choices {
    /// Which of them is meant?
    pub(crate) candidates: Vec<Choice>,
}

/// One of several things.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Choice {
    pub(crate) key: String,
    pub(crate) label: String,
    /// Where all that is known of it is answered.
    pub(crate) link: String,
}

/// Whether questions are answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ready {
    pub(crate) documents: u64,
    /// Grows with each commit of the index.
    pub(crate) generation: u64,
    /// Every file of the index was read and found whole since the service began.
    pub(crate) verified: bool,
    /// The mentions were read by other rules than this program's: `yearline index` reads them again.
    pub(crate) outdated: bool,
    /// Decisions that people made and `yearline index` has not applied yet; null where they cannot be read.
    pub(crate) decisions_waiting: Option<u64>,
}

/// Why a request was refused (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    pub(crate) status: u16,
    /// What is wrong and what would be right.
    pub(crate) detail: String,
}

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// The schemas of all forms by their names, for the `OpenAPI` document.
pub(crate) fn schemas(all: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
    fn add<T: ToSchema>(all: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        all.push((T::name().into_owned(), T::schema()));
        T::schemas(all);
    }
    add::<Hit>(all);
    add::<FacetCounts>(all);
    add::<FacetValue>(all);
    add::<Bucket>(all);
    add::<Named>(all);
    add::<Respelt>(all);
    add::<Document>(all);
    add::<Version>(all);
    add::<ResolvedText>(all);
    add::<Cut>(all);
    add::<Directive>(all);
    add::<Dossier>(all);
    add::<Official>(all);
    add::<Career>(all);
    add::<Tenure>(all);
    add::<Holding>(all);
    add::<Office>(all);
    add::<Choices>(all);
    add::<Summary>(all);
    add::<Figure>(all);
    add::<Indicator>(all);
    add::<Series>(all);
    add::<Comparison>(all);
    add::<Step>(all);
    add::<Source>(all);
    add::<crate::coverage::Day>(all);
    add::<Ready>(all);
    add::<Problem>(all);
}
