//! Answering searches: [`Index::search`] and [`Index::timeline`].

use std::collections::{BTreeMap, HashMap};

use extract::catalogue;
use store::query::Unit;
use store::{
    Content, Direction, Error, Facet, Filters, FoundDocument, Matching, Page, Query, QueryError, Search, Sort,
};
use text::{Syllables, fingerprint};

use super::snippet::Finder;
use super::timeline::{calendar_facet, histogram, timeline};
use super::{
    Cursor, FacetCounts, FacetValue, Hit, Interval, MAX_FACET_SIZE, MAX_LIMIT, Respelt, SearchAnswer,
    SearchRequest, TimelineBucket,
};
use crate::Index;

/// So many words around what is quoted make a sentence of it; fewer may name what is looked for word for word.
const FEWEST_AROUND: usize = 3;

/// Words of a query that are looked for by a near spelling where no document has them, at most.
const MISSPELT: usize = 8;

/// What a request asks for, as it is looked for.
struct Understood {
    query: Query,
    /// The words that it was read from.
    text: String,
    unquoted: Vec<String>,
    respelt: Vec<Respelt>,
}

impl Index {
    /// Answers a search. The count is exact. Without words, results by relevance come the newest first.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchAnswer, Error> {
        let limits = self.limits();
        check(request, limits.filters)?;
        let Understood { query, text, unquoted, respelt } = self.understood(request)?;
        let search = request.fingerprint();
        if request.cursor.is_some_and(|cursor| cursor.search != search) {
            return Err(QueryError::ForeignCursor.into());
        }
        let sort = match request.sort {
            Sort::Relevance if query.is_empty() => Sort::Newest,
            sort => sort,
        };
        let from = request.cursor.map(|cursor| (cursor.direction, cursor.rank));
        let facets: Vec<(Facet, usize)> =
            request.facets.iter().map(|wanted| (wanted.facet, wanted.size)).collect();
        let found = self.store().search(&Search {
            words: &query,
            matching: request.matching,
            filters: &request.filters,
            sort,
            page: Some(Page { limit: request.limit, from }),
            facets: &facets,
            months: request.interval.is_some() || facets.iter().any(|(facet, _)| facet.is_of_the_calendar()),
            content: if request.highlight { Content::Text } else { Content::Summary },
            time: limits.time,
        })?;
        let mut answer = SearchAnswer {
            count: found.count,
            counted: found.counted,
            unquoted,
            respelt,
            generation: found.generation,
            ..SearchAnswer::default()
        };
        let counted = request.facets.iter().zip(found.facets);
        answer.facets = counted
            .map(|(wanted, counts)| {
                if wanted.facet.is_of_the_calendar() {
                    return calendar_facet(*wanted, &found.months);
                }
                let value = |(value, count)| FacetValue { value, label: None, count };
                let values = counts.values.into_iter().map(value).collect();
                FacetCounts { facet: wanted.facet, values, distinct: counts.distinct }
            })
            .collect();
        self.label_facets(&mut answer)?;
        if let Some(interval) = request.interval {
            answer.histogram = histogram(interval, &found.months);
        }
        let cursor = |direction, beside: Option<&FoundDocument>| {
            let generation = found.generation;
            beside.map(|found| Cursor { direction, search, generation, rank: found.rank })
        };
        let backwards = matches!(from, Some((Direction::Previous, _)));
        if found.more || backwards {
            answer.next = cursor(Direction::Next, found.documents.last());
        }
        if (found.more && backwards) || (from.is_some() && !backwards) {
            answer.previous = cursor(Direction::Previous, found.documents.first());
        }
        // Spellings are made one for the search; people are told the one that they typed.
        let typed: HashMap<String, String> = Syllables::parted(&text)
            .map(|word| (word.exact, text[word.start..word.end].to_lowercase()))
            .collect();
        let finder = request.highlight.then(|| Finder::new(&query, &found.weights));
        for FoundDocument { rank, summary, lacks, counted, text, .. } in found.documents {
            let score = (sort == Sort::Relevance).then(|| rank.fit());
            let lacks = lacks.into_iter().map(|word| typed.get(&word).cloned().unwrap_or(word)).collect();
            let mut hit =
                Hit { document: summary, score, lacks, counted, title_highlights: Vec::new(), snippet: None };
            if let Some((finder, text)) = finder.as_ref().zip(text) {
                hit.title_highlights = finder.highlights(&hit.document.title);
                hit.snippet = Some(finder.snippet(&text, limits));
            }
            answer.hits.push(hit);
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
        check(request, self.limits().filters)?;
        let query = self.understood(request)?.query;
        let found = self.months(&query, request.matching, &request.filters)?.1;
        let of_collection = |(facet, _): &&(Facet, String)| {
            matches!(facet, Facet::Source | Facet::Province | Facet::Language | Facet::Year | Facet::Month)
        };
        let filters = Filters {
            include: request.filters.include.iter().filter(of_collection).cloned().collect(),
            exclude: request.filters.exclude.iter().filter(of_collection).cloned().collect(),
            ..request.filters
        };
        let count = || self.months(&Query::default(), Matching::All, &filters);
        if filters == Filters::default() {
            return Ok(timeline(interval, &found, &*self.collected(count)?));
        }
        Ok(timeline(interval, &found, &count()?.1))
    }

    /// What is looked for: the words of a request, as they are spelt in documents; and of what it quotes, what no document has word
    /// for word, by its words: titles and names stand in quotes in a sentence as well, and nothing would answer it.
    fn understood(&self, request: &SearchRequest) -> Result<Understood, Error> {
        let limits = &self.limits().query;
        let mut understood = Understood {
            query: Query::parse(&request.query, limits)?,
            text: request.query.clone(),
            unquoted: Vec::new(),
            respelt: Vec::new(),
        };
        let query = &understood.query;
        if request.matching == Matching::All || query.alternatives.len() != 1 {
            return Ok(understood);
        }
        if query.quoted.is_empty() {
            understood.respelt = self.respelt(query)?;
            if !understood.respelt.is_empty() {
                understood.text = rewritten(&request.query, &understood.respelt);
                understood.query = Query::parse(&understood.text, limits)?;
            }
            return Ok(understood);
        }
        let words = Query::parse_unquoting(&request.query, limits, &query.quoted)?;
        let is_question = request.query.trim_end().ends_with('?') || words.is_sentence();
        if query.optional().count() < FEWEST_AROUND || !is_question {
            return Ok(understood);
        }
        for phrase in &query.quoted {
            let words = Query::parse(&format!("\"{phrase}\""), limits)?;
            if self.counted(&words, &request.filters)? == 0 {
                understood.unquoted.push(phrase.clone());
            }
        }
        if !understood.unquoted.is_empty() {
            understood.query = Query::parse_unquoting(&request.query, limits, &understood.unquoted)?;
        }
        Ok(understood)
    }

    /// The words of a query that may be left out and that no document has, and how documents spell them.
    fn respelt(&self, query: &Query) -> Result<Vec<Respelt>, Error> {
        let single = |unit: &Unit| match unit {
            Unit::Words(words) => match words.as_slice() {
                [word] => Some(word.exact.clone()),
                _ => None,
            },
            _ => None,
        };
        let words: Vec<String> = query
            .optional()
            .filter_map(single)
            .filter(|word| store::may_be_misspelt(word))
            .take(MISSPELT)
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let asked: Vec<&str> = words.iter().map(String::as_str).collect();
        let near = self.store().near_spellings(&asked)?;
        let respelt = words.into_iter().zip(near);
        Ok(respelt.filter_map(|(typed, used)| Some(Respelt { typed, used: used? })).collect())
    }

    /// How many documents have all words.
    fn counted(&self, words: &Query, filters: &Filters) -> Result<u64, Error> {
        let found = self.store().search(&Search {
            words,
            matching: Matching::All,
            filters,
            sort: Sort::Newest,
            page: None,
            facets: &[],
            months: false,
            content: Content::Summary,
            time: self.limits().time,
        })?;
        Ok(found.count)
    }

    /// Found documents by month, and the generation of the store that found them.
    fn months(
        &self,
        words: &Query,
        matching: Matching,
        filters: &Filters,
    ) -> Result<(u64, BTreeMap<u64, u64>), Error> {
        let found = self.store().search(&Search {
            words,
            matching,
            filters,
            sort: Sort::Newest,
            page: None,
            facets: &[],
            months: true,
            content: Content::Summary,
            time: self.limits().time,
        })?;
        Ok((found.generation, found.months))
    }

    /// Gives the keys of facets what people read for them: all of an answer looked up at once.
    fn label_facets(&self, answer: &mut SearchAnswer) -> Result<(), Error> {
        let of_entities =
            |facet: Facet| matches!(facet, Facet::Directive | Facet::Official | Facet::Position);
        let ids: Vec<&str> = answer
            .facets
            .iter()
            .filter(|counts| of_entities(counts.facet))
            .flat_map(|counts| counts.values.iter().map(|value| value.value.as_str()))
            .collect();
        let labels = self.labels(&ids)?;
        for counts in &mut answer.facets {
            for value in &mut counts.values {
                value.label = match counts.facet {
                    facet if of_entities(facet) => labels.get(&value.value).cloned(),
                    Facet::Indicator => catalogue::by_key(&value.value).map(|row| row.name.vi.clone()),
                    _ => None,
                };
            }
        }
        Ok(())
    }

    /// What people read for the value of a filter.
    pub fn facet_label(&self, facet: Facet, value: &str) -> Result<Option<String>, Error> {
        match facet {
            Facet::Directive | Facet::Official | Facet::Position => Ok(self.labels(&[value])?.remove(value)),
            _ => Ok(None),
        }
    }
}

/// A search with some of its words in other spellings.
fn rewritten(text: &str, respelt: &[Respelt]) -> String {
    let (mut rewritten, mut at) = (String::new(), 0);
    for word in Syllables::parted(text) {
        let Some(found) = respelt.iter().find(|respelt| respelt.typed == word.exact) else { continue };
        rewritten.push_str(&text[at..word.start]);
        rewritten.push_str(&found.used);
        at = word.end;
    }
    rewritten + &text[at..]
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
        fingerprint(format!("{:?}", (&self.query, self.matching, &self.filters, self.sort)).as_bytes())
    }
}
