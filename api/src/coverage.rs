//! What was crawled, day by day. The frontier is the crawler's: how to read it is handed in.

use std::fmt;
use std::sync::Arc;

use axum::extract::Query;
use axum::response::Response;
use indexer::search::Facet;
use indexer::value::Value;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::forms::List;
use crate::list::Form;
use crate::params::{self, Pairs, Params};
use crate::{Error, Shared};

/// What was collected from one source on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CoverageDay)]
pub struct Day {
    /// Name of the source.
    pub source: String,
    /// The day, in the newspapers' time zone.
    #[schema(value_type = String)]
    pub day: Date,
    /// The first day on which a page of the source answered: before it nothing is covered.
    #[schema(value_type = Option<String>)]
    pub since: Option<Date>,
    /// What was asked for and answered: pages, feeds, sitemaps.
    pub fetched: u64,
    /// Pages seen for the first time.
    pub new: u64,
    /// Pages that had changed since the last time.
    pub changed: u64,
    /// Pages that had not changed.
    pub unchanged: u64,
    /// Pages that had answered before and are gone (404 or 410); their text stays.
    pub gone: u64,
    /// What failed.
    pub failed: u64,
    /// Pages that robots.txt keeps from us.
    pub forbidden: u64,
}

/// Reads what was crawled, or says why that cannot be read. [`Coverage::default`] knows of nothing crawled.
#[derive(Clone)]
pub struct Coverage(Arc<dyn Fn() -> Result<Vec<Day>, String> + Send + Sync>);

impl Coverage {
    /// Asks `read` each time that coverage is asked for; days may come in any order.
    pub fn new(read: impl Fn() -> Result<Vec<Day>, String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }
}

impl Default for Coverage {
    fn default() -> Self {
        Self::new(|| Ok(Vec::new()))
    }
}

impl fmt::Debug for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Coverage")
    }
}

/// Whether a path asks for coverage, which changes without the index.
pub(crate) fn is_asked(path: &str) -> bool {
    matches!(path, "/v1/coverage" | "/v1/coverage.csv")
}

pub(crate) async fn show(Shared(state): Shared, form: Form, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs, params::COVERAGE)?;
    let (from, to) = params.days()?;
    let limit = params.limit(1_000, 10_000)?;
    let sources: Vec<String> = params.all("source").map(str::to_owned).collect();
    let coverage = state.settings.coverage.clone();
    let mut days = state.ask(move |_| (coverage.0)().map_err(Error::Answer)).await?;
    // What was crawled may have nothing in the index yet.
    for source in &sources {
        let is_crawled = days.iter().any(|day| day.source == *source);
        if !is_crawled
            && let Value::Unknown { nearest } = state.now(|index| index.value(Facet::Source, source))?
        {
            return Err(params::unknown(Facet::Source, "source", source, nearest));
        }
    }
    days.retain(|day| {
        (sources.is_empty() || sources.contains(&day.source))
            && from.is_none_or(|from| from <= day.day)
            && to.is_none_or(|to| day.day <= to)
    });
    days.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.source.cmp(&b.source)));
    let count = days.len() as u64;
    days.truncate(limit);
    form.answer(List::of(count, days, None))
}
