//! Query strings: read once, unknown names refused with the nearest known one.

use std::str::FromStr;

use axum::extract::Query;
use indexer::PartialDate;
use indexer::index::RecordFilter;
use indexer::search::{Facet, FacetRequest, Interval, SearchRequest, Sort};
use jiff::civil::Date;

use crate::Error;

/// The pairs of a query string.
pub(crate) type Pairs = Query<Vec<(String, String)>>;

/// The parameters of one request.
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Takes the pairs whose names are among `known`; empty values count as absent.
    pub(crate) fn read(pairs: Vec<(String, String)>, known: &[&str]) -> Result<Self, Error> {
        for (name, _) in &pairs {
            if !known.contains(&name.as_str()) {
                let nearest = known.iter().min_by_key(|known| distance(known, name)).unwrap_or(&"");
                return Err(Error::bad(format!(
                    "there is no parameter “{name}” here; did you mean “{nearest}”?"
                )));
            }
        }
        Ok(Self(pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect()))
    }

    pub(crate) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.one(name).map(str::to_owned)
    }

    /// A value that is read from its text; `like` shows what one looks like.
    pub(crate) fn parsed<T: FromStr>(&self, name: &str, like: &str) -> Result<Option<T>, Error> {
        let read = |value: &str| {
            value
                .parse()
                .map_err(|_| Error::bad(format!("{name}: “{value}” cannot be read; give one such as {like}")))
        };
        self.one(name).map(read).transpose()
    }

    pub(crate) fn limit(&self, usual: usize, most: usize) -> Result<usize, Error> {
        let limit = self.parsed("limit", "20")?.unwrap_or(usual);
        if limit > most {
            return Err(Error::bad(format!("limit is {limit}; at most {most} can be asked for at once")));
        }
        Ok(limit)
    }

    /// First and last day of `from` and `to`, each a year, a month or a day.
    pub(crate) fn days(&self) -> Result<(Option<Date>, Option<Date>), Error> {
        let date = |name| self.parsed::<PartialDate>(name, "2016, 2016-05 or 2016-05-31");
        Ok((date("from")?.map(PartialDate::first_day), date("to")?.map(PartialDate::last_day)))
    }
}

/// What a search may be asked with.
pub(crate) const SEARCH: &[&str] = &[
    "q",
    "from",
    "to",
    "source",
    "province",
    "language",
    "lang",
    "year",
    "month",
    "type",
    "directive",
    "official",
    "position",
    "indicator",
    "facet",
    "interval",
    "sort",
    "limit",
    "cursor",
    "highlight",
];

/// A search out of its parameters.
pub(crate) fn search(params: &Params) -> Result<SearchRequest, Error> {
    let mut request = SearchRequest {
        query: params.owned("q").unwrap_or_default(),
        limit: params.limit(10, indexer::search::MAX_LIMIT)?,
        cursor: params.parsed("cursor", "the `next` of an answer")?,
        highlight: params.parsed("highlight", "true")?.unwrap_or(true),
        interval: params.one("interval").map(interval).transpose()?,
        ..SearchRequest::default()
    };
    request.sort = match params.one("sort") {
        None | Some("relevance") => Sort::Relevance,
        Some("newest") => Sort::Newest,
        Some("oldest") => Sort::Oldest,
        Some(other) => {
            return Err(Error::bad(format!("sort: “{other}” is none of relevance, newest, oldest")));
        }
    };
    (request.filters.from, request.filters.to) = params.days()?;
    for facet in Facet::ALL {
        for value in params.all(facet.as_str()) {
            request.filters.include.push((*facet, value.to_owned()));
        }
    }
    request.filters.include.extend(params.all("lang").map(|value| (Facet::Language, value.to_owned())));
    for name in params.all("facet") {
        let facet = name.parse::<Facet>().map_err(|error| Error::bad(error.to_string()))?;
        request.facets.push(FacetRequest { facet, size: 10 });
    }
    Ok(request)
}

pub(crate) fn interval(word: &str) -> Result<Interval, Error> {
    match word {
        "year" => Ok(Interval::Year),
        "quarter" => Ok(Interval::Quarter),
        "month" => Ok(Interval::Month),
        other => Err(Error::bad(format!("interval: “{other}” is none of year, quarter, month"))),
    }
}

/// What lists of mentions may be asked with.
pub(crate) const RECORDS: &[&str] = &["q", "from", "to", "source", "province", "indicator", "limit"];

/// A filter of mentions out of its parameters.
pub(crate) fn records(params: &Params) -> Result<RecordFilter, Error> {
    let (from, to) = params.days()?;
    Ok(RecordFilter {
        keys: params.all("indicator").map(str::to_owned).collect(),
        provinces: params.all("province").map(str::to_owned).collect(),
        sources: params.all("source").map(str::to_owned).collect(),
        from,
        to,
        words: params.owned("q"),
        limit: params.limit(50, 1_000)?,
        ..RecordFilter::default()
    })
}

/// Levenshtein's distance of two short names.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (to, y) in b.bytes().take(64).enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[to + 1];
            row[to + 1] = replaced.min(row[to] + 1).min(diagonal + 1);
        }
    }
    row[b.len().min(64)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_refused_with_the_nearest() {
        let pairs = vec![("provnce".to_owned(), "x".to_owned())];
        let error = Params::read(pairs, SEARCH).err().unwrap().to_string();
        assert!(error.contains("“province”"), "{error}");
    }
}
