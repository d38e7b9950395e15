//! From the words and filters of a search to a query of tantivy.

use jiff::civil::Date;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as TantivyQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use text::Syllable;

use super::conjunction::Conjunction;
use super::exclusion::Exclusion;
use super::reader::term_query;
use super::schema::{Fields, RecordKind};
use super::spelt::Spelt;
use crate::calendar;
use crate::query::{Clause, Query, QueryError, Unit};
use crate::search::{Facet, Filters, spelt_alike};
use crate::spelling::{write_exact, write_exact_pair, write_folded_pair};

/// A search, ready to run.
pub(crate) struct Plan {
    pub(crate) query: Box<dyn TantivyQuery>,
    /// The words, where nothing else is asked for: then the query is these.
    pub(crate) words: Option<Conjunction>,
    pub(crate) days: Days,
}

/// Dates of publication that are wanted; as a fast field that is looked at for what else fits, since dates as a query
/// would cost the skipping of blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Days {
    from: Option<i64>,
    to: Option<i64>,
}

impl Days {
    pub(crate) fn new(from: Option<Date>, to: Option<Date>) -> Self {
        Self { from: from.map(calendar::day), to: to.map(calendar::day) }
    }

    /// The days that filters let through, as far as they say so by days and by one year or month.
    pub(crate) fn of(filters: &Filters) -> Self {
        let days = Self::new(filters.from, filters.to);
        match only_month(filters) {
            Some((first, last)) => Self {
                from: Some(days.from.map_or(first, |from| from.max(first))),
                to: Some(days.to.map_or(last, |to| to.min(last))),
            },
            None => days,
        }
    }

    pub(crate) fn is_everything(self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether a document of this day (`None`: undated) is wanted.
    pub(crate) fn has(self, day: Option<i64>) -> bool {
        match day {
            Some(day) => self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to),
            None => self.is_everything(),
        }
    }
}

impl Plan {
    /// The same documents, scored higher where more holds.
    pub(crate) fn with(self, more: impl Iterator<Item = Box<dyn TantivyQuery>>) -> Self {
        let more = more.map(|query| (Occur::Should, query));
        let query = joined(std::iter::once((Occur::Must, self.query)).chain(more).collect());
        Self { query, ..self }
    }
}

/// Facets that are parts of the calendar.
const CALENDAR: &[Facet] = &[Facet::Year, Facet::Month];

type Clauses = Vec<(Occur, Box<dyn TantivyQuery>)>;

/// Plans a search over documents.
pub(crate) fn plan(fields: &Fields, query: &Query, filters: &Filters) -> Result<Plan, QueryError> {
    if query.is_empty() {
        let mut clauses = filter_clauses(fields, filters, &[])?;
        clauses.push((Occur::Must, unscored(term_query(kind(fields, RecordKind::Document)))));
        let days = Days::new(filters.from, filters.to);
        return Ok(Plan { query: joined(clauses), words: None, days });
    }
    let mut clauses = filter_clauses(fields, filters, told_by_days(filters))?;
    let single = if clauses.is_empty() { single_words(fields, query) } else { None };
    // Only documents have words, so nothing else can be found.
    clauses.extend(words(&Target::Documents(fields), query));
    Ok(Plan { query: joined(clauses), words: single, days: Days::of(filters) })
}

/// The words of a query that asks for nothing but single words, all of them.
fn single_words(fields: &Fields, query: &Query) -> Option<Conjunction> {
    let [clauses] = query.alternatives.as_slice() else { return None };
    let (mut words, mut alike) = (Vec::new(), Vec::new());
    for Clause { negated, unit, .. } in clauses {
        match unit {
            Unit::Words(only) if only.len() == 1 && !negated => {
                let exact = unit.is_exact();
                words.push(syllable(fields.text, &only[0], exact));
                if !exact && only[0].is_plain() {
                    alike.push(syllable(fields.text, &only[0], true));
                }
            }
            Unit::Words(_) | Unit::Prefix(_) | Unit::Number { .. } => return None,
        }
    }
    Some(Conjunction { words, alike })
}

/// The days of the one year or month that filters ask for, where they ask for one.
fn only_month(filters: &Filters) -> Option<(i64, i64)> {
    let mut asked = filters.include.iter().filter(|(facet, _)| CALENDAR.contains(facet));
    let ((facet, value), None) = (asked.next()?, asked.next()) else { return None };
    let months = facet.months(value).ok()?;
    Some((calendar::first_day(*months.start())?, calendar::first_day(*months.end() + 1)? - 1))
}

/// The facets whose filters [`Days::of`] carries out.
fn told_by_days(filters: &Filters) -> &'static [Facet] {
    if only_month(filters).is_some() { CALENDAR } else { &[] }
}

/// Words and filters that must hold besides others and besides [`Days::of`] the filters, without scores; `None` where nothing
/// must.
pub(crate) fn conditions(
    fields: &Fields,
    query: &Query,
    filters: &Filters,
) -> Result<Option<Box<dyn TantivyQuery>>, QueryError> {
    let mut clauses = filter_clauses(fields, filters, told_by_days(filters))?;
    if !query.is_empty() {
        clauses.extend(words(&Target::Documents(fields), query));
    } else if !clauses.is_empty() && clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, term_query(kind(fields, RecordKind::Document))));
    }
    Ok((!clauses.is_empty()).then(|| joined(clauses)))
}

/// Clauses together; a single one as it is, since tantivy's fast paths look for bare terms.
pub(crate) fn joined(mut clauses: Clauses) -> Box<dyn TantivyQuery> {
    match clauses.pop() {
        Some((Occur::Must | Occur::Should, only)) if clauses.is_empty() => only,
        last => {
            clauses.extend(last);
            Box::new(BooleanQuery::new(clauses))
        }
    }
}

pub(crate) fn kind(fields: &Fields, kind: RecordKind) -> Term {
    Term::from_field_text(fields.record, kind.as_str())
}

fn unscored(query: Box<dyn TantivyQuery>) -> Box<dyn TantivyQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// The fields in which words are looked for.
pub(crate) enum Target<'a> {
    /// Titles and texts of documents.
    Documents(&'a Fields),
    /// What figures and entities are called, which has no pairs: a phrase there means its words.
    About(Field),
}

/// The words of a query that is not empty, as clauses.
pub(crate) fn words(target: &Target<'_>, query: &Query) -> Clauses {
    match query.alternatives.as_slice() {
        [only] => alternative(target, only),
        several => {
            let several = several.iter().map(|clauses| joined(alternative(target, clauses))).collect();
            vec![(Occur::Must, Box::new(BooleanQuery::union(several)))]
        }
    }
}

fn alternative(target: &Target<'_>, clauses: &[Clause]) -> Clauses {
    let mut planned: Clauses = Vec::new();
    let mut alike: Vec<Box<dyn TantivyQuery>> = Vec::new();
    for Clause { negated, unit, .. } in clauses {
        let exact = unit.is_exact();
        let all = terms(target, unit, exact).into_iter().map(|query| (Occur::Must, query));
        if *negated {
            planned.push((Occur::MustNot, Box::new(Exclusion(joined(all.collect())))));
        } else {
            planned.extend(all);
        }
        if !negated && !exact && matches!((target, unit), (Target::Documents(_), Unit::Words(_))) {
            let could_differ = unit.words().iter().any(Syllable::is_plain);
            if could_differ {
                alike.extend(terms(target, unit, true));
            }
        }
    }
    if planned.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        planned.push((Occur::Must, Box::new(ConstScoreQuery::new(everything(target), 0.0))));
    }
    if !alike.is_empty() {
        let wanted = clauses.iter().filter(|clause| !clause.negated).count();
        let alike = joined(alike.into_iter().map(|query| (Occur::Must, query)).collect());
        planned.push((Occur::Should, Box::new(ConstScoreQuery::new(alike, spelt_alike(wanted)))));
    }
    planned
}

fn everything(target: &Target<'_>) -> Box<dyn TantivyQuery> {
    match target {
        Target::Documents(fields) => term_query(kind(fields, RecordKind::Document)),
        Target::About(_) => Box::new(tantivy::query::AllQuery),
    }
}

/// The term of a syllable, in exactly its spelling or in any.
fn syllable(field: Field, word: &Syllable, exact: bool) -> Term {
    let mut text = String::new();
    if !exact || !write_exact(word, &mut text) {
        text.push_str(&word.folded);
    }
    Term::from_field_text(field, &text)
}

/// The queries that all must hold for a unit, in exactly its spelling or in any.
fn terms(target: &Target<'_>, unit: &Unit, exact: bool) -> Vec<Box<dyn TantivyQuery>> {
    let single = |field, word: &Syllable| syllable(field, word, exact);
    match (target, unit) {
        (Target::Documents(fields), Unit::Prefix(word)) => vec![beginning(single(fields.text, word))],
        (Target::About(field), Unit::Prefix(word)) => vec![beginning(single(*field, word))],
        (Target::About(field), Unit::Words(words) | Unit::Number { parts: words, .. }) => {
            words.iter().map(|word| term_query(single(*field, word))).collect()
        }
        (Target::Documents(fields), Unit::Words(words)) => match words.as_slice() {
            [word] => vec![scored(single(fields.text, word))],
            words => vec![phrase(fields, words, exact)],
        },
        (Target::Documents(fields), Unit::Number { term, parts, .. }) => {
            let number = scored(Term::from_field_text(fields.text, term));
            vec![Box::new(BooleanQuery::union(vec![number, phrase(fields, parts, exact)]))]
        }
    }
}

/// Two words or more side by side.
fn phrase(fields: &Fields, words: &[Syllable], exact: bool) -> Box<dyn TantivyQuery> {
    let pairs = words.windows(2).map(|pair| {
        let mut text = String::new();
        if !exact || !write_exact_pair(&pair[0], &pair[1], &mut text) {
            write_folded_pair(&pair[0], &pair[1], &mut text);
        }
        Term::from_field_text(fields.pairs, &text)
    });
    side_by_side(Spelt::new(fields.pairs, pairs.collect()))
}

pub(crate) fn scored(term: Term) -> Box<dyn TantivyQuery> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Pairs that stand side by side; as tantivy's own where each is of one spelling, since its fast paths look for those.
pub(crate) fn side_by_side(pairs: Spelt) -> Box<dyn TantivyQuery> {
    if !pairs.is_exact() {
        return Box::new(pairs);
    }
    let mut pairs = pairs.into_terms();
    match pairs.len() {
        1 => scored(pairs.remove(0)),
        _ => Box::new(PhraseQuery::new(pairs)),
    }
}

/// Words that begin like a term.
fn beginning(term: Term) -> Box<dyn TantivyQuery> {
    Box::new(FuzzyTermQuery::new_prefix(term, 0, false))
}

/// The filters as clauses, without those by days and those of some facets.
fn filter_clauses(fields: &Fields, filters: &Filters, without: &[Facet]) -> Result<Clauses, QueryError> {
    let mut clauses: Clauses = Vec::new();
    for facet in Facet::ALL.iter().filter(|facet| !without.contains(facet)) {
        let mut wanted = Vec::new();
        for (_, value) in filters.include.iter().filter(|(field, _)| field == facet) {
            wanted.extend(filter_terms(fields, *facet, value)?);
        }
        if let Some(wanted) = any_of(wanted) {
            clauses.push((Occur::Must, unscored(wanted)));
        }
    }
    for (facet, value) in &filters.exclude {
        clauses.extend(
            filter_terms(fields, *facet, value)?.into_iter().map(|term| (Occur::MustNot, term_query(term))),
        );
    }
    Ok(clauses)
}

/// Records with one of several terms.
pub(crate) fn any_of(mut terms: Vec<Term>) -> Option<Box<dyn TantivyQuery>> {
    match terms.len() {
        0 => None,
        1 => terms.pop().map(term_query),
        _ => Some(Box::new(BooleanQuery::union(terms.into_iter().map(term_query).collect()))),
    }
}

/// The terms of which a value of a filter is the union.
fn filter_terms(fields: &Fields, facet: Facet, value: &str) -> Result<Vec<Term>, QueryError> {
    let text = |field| Ok(vec![Term::from_field_text(field, value)]);
    match facet {
        Facet::Source => text(fields.source),
        Facet::Province => text(fields.province),
        Facet::Language => text(fields.language),
        Facet::Type => text(fields.types),
        Facet::Directive => text(fields.directive),
        Facet::Official => text(fields.official),
        Facet::Position => text(fields.position),
        Facet::Indicator => text(fields.indicator),
        Facet::Year | Facet::Month => {
            Ok(facet.months(value)?.map(|month| Term::from_field_u64(fields.month, month)).collect())
        }
    }
}
