//! From words and filters to the engine's queries.

use serde_json::{Value, json};
use text::Syllable;

use super::terms::PLACE;
use crate::best::{Among, Hint, Question, Weighed, Word, boost};
use crate::calendar;
use crate::figure::FigureFilter;
use crate::query::{Clause, Query, QueryError, Unit};
use crate::search::{ALL_WORDS, Counted, Facet, Filters, Search, Sort, spelt_alike};
use crate::spelling::{write_exact, write_exact_pair, write_folded_pair};

/// The field of a facet that is text; `None` for the calendar.
pub(super) fn field(facet: Facet) -> Option<&'static str> {
    match facet {
        Facet::Source => Some("source"),
        Facet::Province => Some("province"),
        Facet::Language => Some("language"),
        Facet::Type => Some("types"),
        Facet::Directive => Some("directive"),
        Facet::Official => Some("official"),
        Facet::Position => Some("position"),
        Facet::Indicator => Some("indicator"),
        Facet::Year | Facet::Month => None,
    }
}

/// The records of one kind.
pub(super) fn records(kind: &str) -> Value {
    json!({ "term": { "record": kind } })
}

/// A search over documents; without scores where they are not wanted.
pub(super) fn documents(words: &Query, filters: &Filters, scored: bool) -> Result<Value, QueryError> {
    let mut all = filtered(filters)?;
    if !words.is_empty() {
        let words = any(words, Target::Documents);
        if scored {
            all["must"] = words;
        } else if let Some(conditions) = all["filter"].as_array_mut() {
            conditions.push(words);
        }
    }
    Ok(json!({ "bool": all }))
}

/// The documents that filters let through, as the inside of a `bool`.
fn filtered(filters: &Filters) -> Result<Value, QueryError> {
    let mut conditions = vec![records("document")];
    let mut excluded = Vec::new();
    for facet in Facet::ALL {
        let wanted = filters.include.iter().filter(|(field, _)| field == facet);
        let wanted: Vec<&str> = wanted.map(|(_, value)| value.as_str()).collect();
        if !wanted.is_empty() {
            conditions.push(one_of(*facet, &wanted)?);
        }
    }
    for (facet, value) in &filters.exclude {
        excluded.push(one_of(*facet, &[value])?);
    }
    conditions.extend(published(filters.from, filters.to));
    Ok(json!({ "filter": conditions, "must_not": excluded }))
}

/// Asks how many documents there are, how many have each word of a question, and how many of those that filters let through
/// have all: [`Weighed`] and [`Counted`] follow from that.
pub(super) fn weigh(question: &Question, search: &Search<'_>) -> Result<Value, QueryError> {
    let having: Vec<Value> =
        question.words.iter().map(|word| json!({ "term": { "text": word.term } })).collect();
    let mut aggs = json!({ "having": { "filters": { "filters": having } } });
    if question.is_whole() {
        aggs["all"] = json!({ "filter": documents(search.words, search.filters, false)? });
    }
    Ok(json!({ "query": records("document"), "size": 0, "track_total_hits": true, "aggs": aggs }))
}

/// Whether the documents of a search are listed by how well they answer.
pub(super) fn is_scored(search: &Search<'_>) -> bool {
    search.sort == Sort::Relevance && search.page.is_some()
}

/// What one request counts: the first of these of which there are documents is what the answer counts. `all` are the documents
/// with all words, where that is known.
pub(super) fn counted(weighed: &Weighed, all: Option<u64>, scored: bool) -> Vec<Counted> {
    let mut counted = match all {
        _ if !weighed.may_lack() => vec![Counted::AllWords],
        Some(0) => vec![Counted::MostWords, Counted::SomeWords],
        // Few words stand together somewhere nearly always, so that is tried at once; many hardly ever.
        None if !weighed.all_first => vec![Counted::AllWords, Counted::MostWords, Counted::SomeWords],
        _ => vec![Counted::AllWords],
    };
    // A list by date has what is counted and nothing else.
    if !scored {
        counted.truncate(1);
    }
    counted
}

/// A question whose words are weighed.
pub(super) struct Asked {
    pub(super) weighed: Weighed,
    /// What is counted; see [`counted`].
    pub(super) counted: Vec<Counted>,
    pub(super) conditions: Query,
}

impl Asked {
    /// Goes on to count documents with fewer of the words, where there are none of those counted; false where these are all
    /// that count.
    pub(super) fn goes_on(&mut self, scored: bool) -> bool {
        self.counted = match self.counted.last() {
            Some(Counted::AllWords) if self.weighed.may_lack() => counted(&self.weighed, Some(0), scored),
            Some(Counted::MostWords) => vec![Counted::SomeWords],
            _ => return false,
        };
        true
    }

    /// The documents that are counted, each as [`Asked::counted`] has it.
    pub(super) fn counted(&self, search: &Search<'_>) -> Result<Vec<Value>, QueryError> {
        self.counted.iter().map(|counted| self.these(*counted, search)).collect()
    }

    fn these(&self, counted: Counted, search: &Search<'_>) -> Result<Value, QueryError> {
        if counted == Counted::AllWords {
            return documents(search.words, search.filters, false);
        }
        let mut query = documents(&self.conditions, search.filters, false)?;
        if let Some(conditions) = query["bool"]["filter"].as_array_mut() {
            conditions.push(self.worth(self.weighed.bound(counted)));
        }
        // For what a document lacks; of those that are listed by how well they answer the words say it that score.
        if !is_scored(search) {
            query["bool"]["should"] = self.words().into();
            query["bool"]["minimum_should_match"] = 0.into();
        }
        Ok(query)
    }

    /// The documents that answer, scored: those with all words (first, of a short question), and those with most.
    pub(super) fn answers(&self, search: &Search<'_>) -> Result<Value, QueryError> {
        let hint = |Hint { among, term, boost }: &Hint| {
            let field = match among {
                Among::Words => "text",
                Among::Pairs => "pairs",
                Among::Language => {
                    let same = json!({ "filter": { "term": { "language": term } }, "boost": boost });
                    return json!({ "constant_score": same });
                }
            };
            json!({ "term": { field: { "value": term, "boost": boost } } })
        };
        let hints: Vec<Value> = self.weighed.hints.iter().map(hint).collect();
        let mut most = self.words();
        most.extend(hints.iter().cloned());
        let most = json!({ "bool": {
            "should": most, "minimum_should_match": 1, "filter": [self.worth(self.weighed.minimum)],
        } });
        let mut query = documents(&self.conditions, search.filters, false)?;
        let mut alternatives = vec![most];
        if self.counted.contains(&Counted::AllWords) && self.weighed.all_first {
            let all = any(search.words, Target::Documents);
            alternatives[0]["bool"]["must_not"] = json!([all]);
            let on_top = json!({ "constant_score": { "filter": { "match_all": {} }, "boost": ALL_WORDS } });
            alternatives.push(json!({ "bool": { "must": [all, on_top], "should": hints } }));
        }
        query["bool"]["should"] = alternatives.into();
        query["bool"]["minimum_should_match"] = 1.into();
        Ok(query)
    }

    /// Each word by its number.
    fn words(&self) -> Vec<Value> {
        let one = |(number, (word, weight)): (usize, &(Word, f32))| {
            let named = json!({ "value": word.term, "boost": boost(*weight), "_name": number.to_string() });
            json!({ "term": { "text": named } })
        };
        self.weighed.words.iter().enumerate().map(one).collect()
    }

    /// Whether the words of a document are worth so much.
    fn worth(&self, bound: f32) -> Value {
        let one = |(word, weight): &(Word, f32)| json!({ "constant_score": { "filter": { "term": { "text": word.term } }, "boost": weight } });
        let words: Vec<Value> = self.weighed.words.iter().map(one).collect();
        json!({ "function_score": {
            "query": { "bool": { "should": words } }, "min_score": bound,
        } })
    }
}

fn published(from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) -> Option<Value> {
    if from.is_none() && to.is_none() {
        return None;
    }
    let mut range = json!({});
    if let Some(from) = from {
        range["gte"] = calendar::day(from).into();
    }
    if let Some(to) = to {
        range["lte"] = calendar::day(to).into();
    }
    Some(json!({ "range": { "day": range } }))
}

fn one_of(facet: Facet, values: &[&str]) -> Result<Value, QueryError> {
    if let Some(field) = field(facet) {
        return Ok(json!({ "terms": { field: values } }));
    }
    let mut ranges = Vec::new();
    for value in values {
        let months = facet.months(value)?;
        ranges.push(json!({ "range": { "month": { "gte": months.start(), "lte": months.end() } } }));
    }
    Ok(json!({ "bool": { "should": ranges, "minimum_should_match": 1 } }))
}

/// Figures that a filter lets through.
pub(super) fn figures(filter: &FigureFilter) -> Value {
    let mut conditions = vec![records("figure")];
    let mut any_of = |field: &str, values: Vec<&str>| {
        if !values.is_empty() {
            conditions.push(json!({ "terms": { field: values } }));
        }
    };
    any_of("indicator", filter.keys.iter().map(String::as_str).collect());
    any_of("province", filter.provinces.iter().map(String::as_str).collect());
    any_of("source", filter.sources.iter().map(String::as_str).collect());
    any_of("language", filter.languages.iter().map(corpus::Language::code).collect());
    if let Some(id) = filter.document {
        conditions.push(json!({ "term": { "id": id.to_string() } }));
    }
    conditions.extend(published(filter.from, filter.to));
    if let Some((from, to)) = filter.years {
        conditions.push(json!({ "range": { "first_year": { "lte": to } } }));
        conditions.push(json!({ "range": { "last_year": { "gte": from } } }));
    }
    if filter.min_confidence > 0 {
        conditions.push(json!({ "range": { "confidence": { "gte": filter.min_confidence } } }));
    }
    if !filter.words.is_empty() {
        conditions.push(any(&filter.words, Target::About));
    }
    json!({ "bool": { "filter": conditions } })
}

/// Entities of a kind that are called by words.
pub(super) fn entities(kind: &str, words: &Query) -> Value {
    let mut conditions = vec![records(kind)];
    if !words.is_empty() {
        conditions.push(any(words, Target::About));
    }
    json!({ "bool": { "filter": conditions } })
}

/// Where words are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// Titles and texts of documents.
    Documents,
    /// What figures and entities are called: a phrase there means its words.
    About,
}

/// One of the alternatives of a query that is not empty.
fn any(query: &Query, target: Target) -> Value {
    let mut alternatives: Vec<Value> =
        query.alternatives.iter().map(|clauses| alternative(clauses, target)).collect();
    match alternatives.len() {
        1 => alternatives.remove(0),
        _ => json!({ "bool": { "should": alternatives, "minimum_should_match": 1 } }),
    }
}

fn alternative(clauses: &[Clause], target: Target) -> Value {
    let (mut must, mut must_not, mut alike) = (Vec::new(), Vec::new(), Vec::new());
    for Clause { negated, unit, .. } in clauses {
        let exact = unit.is_exact();
        let all = terms(target, unit, exact);
        if *negated {
            must_not.push(json!({ "bool": { "filter": all } }));
            continue;
        }
        must.extend(all);
        let could_differ = unit.words().iter().any(Syllable::is_plain);
        if target == Target::Documents && !exact && matches!(unit, Unit::Words(_)) && could_differ {
            alike.extend(terms(target, unit, true));
        }
    }
    if must.is_empty() {
        must.push(json!({ "constant_score": { "filter": { "match_all": {} }, "boost": 0.0 } }));
    }
    let should = if alike.is_empty() {
        json!([])
    } else {
        let wanted = clauses.iter().filter(|clause| !clause.negated).count();
        let alike = json!({ "filter": { "bool": { "filter": alike } }, "boost": spelt_alike(wanted) });
        json!([{ "constant_score": alike }])
    };
    json!({ "bool": { "must": must, "must_not": must_not, "should": should } })
}

/// The conditions that all must hold for a unit, in exactly its spelling or in any.
fn terms(target: Target, unit: &Unit, exact: bool) -> Vec<Value> {
    let field = if target == Target::Documents { "text" } else { "about" };
    let single = |word: &Syllable| {
        let mut term = String::new();
        if !exact || !write_exact(word, &mut term) {
            term.push_str(&word.folded);
        }
        term
    };
    match (target, unit) {
        (_, Unit::Prefix(word)) => vec![json!({ "prefix": { field: { "value": single(word) } } })],
        (Target::About, Unit::Words(words) | Unit::Number { parts: words, .. }) => {
            words.iter().map(|word| json!({ "term": { field: single(word) } })).collect()
        }
        (Target::Documents, Unit::Words(words)) => match words.as_slice() {
            [word] => vec![json!({ "term": { field: { "value": single(word) } } })],
            words => vec![phrase(words, exact)],
        },
        (Target::Documents, Unit::Number { term, parts, .. }) => {
            let either = [json!({ "term": { field: { "value": term } } }), phrase(parts, exact)];
            vec![json!({ "bool": { "should": either, "minimum_should_match": 1 } })]
        }
    }
}

/// Two words or more side by side.
fn phrase(words: &[Syllable], exact: bool) -> Value {
    let pairs = words.windows(2).map(|pair| {
        let mut term = String::new();
        if !exact || !write_exact_pair(&pair[0], &pair[1], &mut term) {
            write_folded_pair(&pair[0], &pair[1], &mut term);
        }
        term
    });
    let pairs: Vec<String> = pairs.collect();
    if let [pair] = pairs.as_slice() {
        return json!({ "term": { "pairs": { "value": pair } } });
    }
    let phrase = pairs.join(&PLACE.to_string());
    json!({ "match_phrase": { "pairs": { "query": phrase, "analyzer": "places" } } })
}
