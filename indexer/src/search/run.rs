//! Answering searches: [`Index::search`] and [`Index::timeline`].

use std::collections::BTreeMap;

use tantivy::{DocAddress, TantivyDocument};
use text::fingerprint;

use super::collect::{Counter, Deadline, Page, Ranked, Stop, count, page};
use super::cursor::Direction;
use super::facet::{MonthCounter, TextCounter, calendar_facet};
use super::plan::{Plan, plan};
use super::query::Query;
use super::snippet::Finder;
use super::timeline::{histogram, timeline};
use super::{
    Cursor, Facet, Filters, Hit, Interval, MAX_FACET_SIZE, MAX_LIMIT, QueryError, SearchAnswer,
    SearchRequest, Sort, TimelineBucket,
};
use crate::Error;
use crate::index::reader::{Index, Snapshot};

impl Index {
    /// Answers a search. The count is exact. Without words, results by relevance come the newest first.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchAnswer, Error> {
        let limits = self.limits();
        let query = Query::parse(&request.query, limits)?;
        check(request, limits.filters)?;
        let search = request.fingerprint();
        if request.cursor.is_some_and(|cursor| cursor.search != search) {
            return Err(QueryError::ForeignCursor.into());
        }
        let snapshot = self.snapshot();
        let deadline = Deadline::after(limits.time);
        let plan = plan(self.fields(), &query, &request.filters)?;
        let mut answer = SearchAnswer { generation: snapshot.generation, ..SearchAnswer::default() };
        let stop = |stop| self.stopped(stop, deadline);

        count_all(&snapshot, &plan, request, deadline, &mut answer).map_err(stop)?;
        self.label_facets(&mut answer)?;
        if request.limit > 0 && answer.count > 0 {
            let sort = match request.sort {
                Sort::Relevance if query.is_empty() => Sort::Newest,
                sort => sort,
            };
            let from = request.cursor.map(|cursor| (cursor.direction, cursor.rank));
            let (ranked, more) =
                page(&snapshot, &plan, Page { sort, limit: request.limit, from }, deadline).map_err(stop)?;
            let cursor = |direction, rank: Option<&Ranked>| {
                rank.map(|(rank, _)| Cursor {
                    direction,
                    search,
                    generation: snapshot.generation,
                    rank: *rank,
                })
            };
            let backwards = matches!(from, Some((Direction::Previous, _)));
            if more || backwards {
                answer.next = cursor(Direction::Next, ranked.last());
            }
            if (more && backwards) || (from.is_some() && !backwards) {
                answer.previous = cursor(Direction::Previous, ranked.first());
            }
            let finder = request.highlight.then(|| Finder::new(&query));
            for (rank, address) in ranked {
                let score = (sort == Sort::Relevance).then(|| f32::from_bits(rank.weight as u32));
                answer.hits.push(self.hit(&snapshot, address, score, finder.as_ref())?);
            }
        }
        Ok(answer)
    }

    /// How many documents a search finds in each year, quarter or month, and how many were collected there from the same
    /// sources, provinces and languages.
    pub fn timeline(
        &self,
        request: &SearchRequest,
        interval: Interval,
    ) -> Result<Vec<TimelineBucket>, Error> {
        let limits = self.limits();
        let query = Query::parse(&request.query, limits)?;
        check(request, limits.filters)?;
        let snapshot = self.snapshot();
        let deadline = Deadline::after(limits.time);
        let found = self.months(&snapshot, &plan(self.fields(), &query, &request.filters)?, deadline)?;
        let of_collection = |(facet, _): &&(Facet, String)| {
            matches!(facet, Facet::Source | Facet::Province | Facet::Language | Facet::Year | Facet::Month)
        };
        let filters = Filters {
            include: request.filters.include.iter().filter(of_collection).cloned().collect(),
            exclude: request.filters.exclude.iter().filter(of_collection).cloned().collect(),
            ..request.filters
        };
        let everything = filters == Filters::default();
        let collected = match snapshot.collected.get() {
            Some(known) if everything => known.clone(),
            _ => self.months(&snapshot, &plan(self.fields(), &Query::default(), &filters)?, deadline)?,
        };
        if everything {
            snapshot.collected.get_or_init(|| collected.clone());
        }
        Ok(timeline(interval, &found, &collected))
    }

    /// Gives the keys of facets what people read for them.
    fn label_facets(&self, answer: &mut SearchAnswer) -> Result<(), Error> {
        for facet in &mut answer.facets {
            for value in &mut facet.values {
                value.label = match facet.facet {
                    Facet::Directive | Facet::Official | Facet::Position => self.label(&value.value)?,
                    Facet::Indicator => extract::catalogue::by_key(&value.value).map(|row| row.vi.clone()),
                    _ => None,
                };
            }
        }
        Ok(())
    }

    /// What people read for the value of a filter.
    pub fn facet_label(&self, facet: Facet, value: &str) -> Result<Option<String>, Error> {
        match facet {
            Facet::Directive | Facet::Official | Facet::Position => self.label(value),
            _ => Ok(None),
        }
    }

    fn stopped(&self, stop: Stop, deadline: Deadline) -> Error {
        match stop {
            Stop::TooSlow => deadline.error().into(),
            Stop::Tantivy(error) => self.error(error),
        }
    }

    fn months(
        &self,
        snapshot: &Snapshot,
        plan: &Plan,
        deadline: Deadline,
    ) -> Result<BTreeMap<u64, u64>, Error> {
        let mut months = MonthCounter::default();
        count(snapshot, plan, &mut [&mut months], deadline).map_err(|stop| self.stopped(stop, deadline))?;
        Ok(months.months())
    }

    fn hit(
        &self,
        snapshot: &Snapshot,
        address: DocAddress,
        score: Option<f32>,
        finder: Option<&Finder>,
    ) -> Result<Hit, Error> {
        let document = self.summary(snapshot, address)?;
        let mut hit = Hit { document, score, title_highlights: Vec::new(), snippet: None };
        if let Some(finder) = finder {
            let stored: TantivyDocument =
                snapshot.searcher.doc(address).map_err(|error| self.error(error))?;
            hit.title_highlights = finder.highlights(&hit.document.title);
            hit.snippet = Some(finder.snippet(self.stored_text(&stored), self.limits()));
        }
        Ok(hit)
    }
}

/// The bounds of a request.
fn check(request: &SearchRequest, filters: usize) -> Result<(), QueryError> {
    let within = |name, value, limit| {
        if value > limit { Err(QueryError::TooMany { name, value, limit }) } else { Ok(()) }
    };
    within("limit", request.limit, MAX_LIMIT)?;
    within("the number of facets", request.facets.len(), Facet::ALL.len())?;
    for facet in &request.facets {
        within("facet_size", facet.size, MAX_FACET_SIZE)?;
    }
    within("the number of filters", request.filters.include.len() + request.filters.exclude.len(), filters)
}

impl SearchRequest {
    /// What makes it the same search, page by page.
    fn fingerprint(&self) -> u64 {
        fingerprint(format!("{:?}", (&self.query, &self.filters, self.sort)).as_bytes())
    }
}

/// Count, facets and histogram, in one pass.
fn count_all(
    snapshot: &Snapshot,
    plan: &Plan,
    request: &SearchRequest,
    deadline: Deadline,
    answer: &mut SearchAnswer,
) -> Result<(), Stop> {
    let mut texts: Vec<Option<TextCounter>> =
        request.facets.iter().map(|request| TextCounter::new(request.facet)).collect();
    let calendar = request.interval.is_some()
        || request.facets.iter().any(|request| matches!(request.facet, Facet::Year | Facet::Month));
    let mut months = calendar.then(MonthCounter::default);
    let mut counters: Vec<&mut dyn Counter> = Vec::new();
    for text in texts.iter_mut().flatten() {
        counters.push(text);
    }
    if let Some(months) = &mut months {
        counters.push(months);
    }
    answer.count = count(snapshot, plan, &mut counters, deadline)?;
    let months = months.map(MonthCounter::months).unwrap_or_default();
    answer.facets = request
        .facets
        .iter()
        .zip(texts)
        .map(|(request, text)| match text {
            Some(text) => text.counts(*request),
            None => calendar_facet(*request, &months),
        })
        .collect();
    if let Some(interval) = request.interval {
        answer.histogram = histogram(interval, &months);
    }
    Ok(())
}
