//! The values of one facet, looked for by how people write them.

use std::collections::{HashMap, HashSet};

use extract::catalogue;
use store::{By, Content, Entity, EntityKind, EntityList, Error, Facet, Query, Search, Sort, What};
use text::{Syllable, Syllables};

use crate::Index;
use crate::search::{FacetValue, SearchRequest};

/// Values of a facet that begin as was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetMatches {
    /// Those of the most documents first; years and months the latest first.
    pub values: Vec<FacetValue>,
    /// How many there are.
    pub count: u64,
    /// Whether there may be more than `count`.
    pub may_be_more: bool,
}

/// Entities that are looked up by their words at once; where more are called so, the frequent values are looked at in turn.
const CALLED: usize = 2_000;
/// Entities that are read at once while values are looked at in turn.
const AT_ONCE: usize = 200;

impl Index {
    /// The values of a facet in the documents that a search finds, of which a spelling has words that begin as the words of
    /// `beginning`: without accents any spelling, with accents that one. `limit` of them.
    pub fn facet_values(
        &self,
        facet: Facet,
        beginning: &str,
        request: &SearchRequest,
        limit: usize,
    ) -> Result<FacetMatches, Error> {
        let words = self.words(Some(&request.query))?;
        let found = self.store().search(&Search {
            words: &words,
            matching: request.matching,
            filters: &request.filters,
            sort: Sort::Newest,
            page: None,
            facets: &[(facet, usize::MAX)],
            months: facet.is_of_the_calendar(),
            content: Content::Summary,
            time: self.limits().time,
        })?;
        let beginning = Beginning::new(beginning);
        let counts = if facet.is_of_the_calendar() {
            by_calendar(facet, &found.months)
        } else {
            found.facets.into_iter().next().map(|facet| facet.values).unwrap_or_default()
        };
        let kind = match facet {
            Facet::Directive => EntityKind::Instrument,
            Facet::Official => EntityKind::Person,
            Facet::Position => EntityKind::Office,
            _ => {
                let value = |(value, count): (String, u64)| {
                    let row = catalogue::by_key(&value).filter(|_| facet == Facet::Indicator);
                    let names =
                        row.map_or([value.as_str(), ""], |row| [row.name.vi.as_str(), row.name.en.as_str()]);
                    let is_one = beginning.fits(names.into_iter());
                    let label = row.map(|row| row.name.vi.clone());
                    is_one.then_some(FacetValue { value, label, count })
                };
                let mut values: Vec<FacetValue> = counts.into_iter().filter_map(value).collect();
                let count = values.len() as u64;
                values.truncate(limit);
                return Ok(FacetMatches { values, count, may_be_more: false });
            }
        };
        self.entity_values(kind, counts, &beginning, limit)
    }

    fn entity_values(
        &self,
        kind: EntityKind,
        mut counts: Vec<(String, u64)>,
        beginning: &Beginning,
        limit: usize,
    ) -> Result<FacetMatches, Error> {
        let mut complete = beginning.words.is_empty();
        if let Ok(words) = Query::parse(&beginning.as_query(), &self.limits().query)
            && !words.is_empty()
        {
            let called = EntityList { kind, words: &words, after: None, limit: CALLED };
            let (called, total) = self.store().list(&called)?;
            if total <= CALLED as u64 {
                let called: HashSet<String> = called.into_iter().map(|entity| entity.id).collect();
                counts.retain(|(id, _)| called.contains(id));
                complete = true;
            }
        }
        let is_everything = beginning.words.is_empty();
        let distinct = counts.len() as u64;
        let mut matches = FacetMatches { values: Vec::new(), count: 0, may_be_more: false };
        for (at, part) in counts.chunks(AT_ONCE).enumerate() {
            if matches.values.len() >= limit && (is_everything || !complete) {
                matches.may_be_more = !is_everything && at * AT_ONCE < counts.len();
                break;
            }
            let ids: Vec<&str> = part.iter().map(|(id, _)| id.as_str()).collect();
            let entities = self.store().entities(By::Id, &ids)?;
            let entities: HashMap<&str, &Entity> =
                entities.iter().map(|entity| (entity.id.as_str(), entity)).collect();
            for (id, count) in part {
                let Some(entity) = entities.get(id.as_str()) else { continue };
                if beginning.fits(spelt(entity)) {
                    matches.count += 1;
                    if matches.values.len() < limit {
                        let label = Some(entity.label());
                        matches.values.push(FacetValue { value: id.clone(), label, count: *count });
                    }
                }
            }
        }
        if is_everything {
            matches.count = distinct;
        }
        Ok(matches)
    }
}

/// How an entity is written: what people would look for it by.
pub(crate) fn spelt(entity: &Entity) -> Box<dyn Iterator<Item = &str> + '_> {
    match &entity.what {
        What::Instrument(known) => Box::new(
            known
                .spellings
                .iter()
                .chain(&known.number)
                .chain(&known.name)
                .map(String::as_str)
                .chain([entity.id.as_str()]),
        ),
        What::Person(known) => {
            Box::new(known.spellings.iter().map(String::as_str).chain([known.name.as_str()]))
        }
        What::Office(known) => Box::new(known.wordings.iter().map(|(words, _)| words.as_str())),
    }
}

fn by_calendar(facet: Facet, months: &std::collections::BTreeMap<u64, u64>) -> Vec<(String, u64)> {
    let mut all: Vec<(String, u64)> = Vec::new();
    for (month, count) in months.iter().rev() {
        let year = month / 12;
        let step =
            if facet == Facet::Year { year.to_string() } else { format!("{year}-{:02}", month % 12 + 1) };
        match all.last_mut() {
            Some((last, sum)) if *last == step => *sum += count,
            _ => all.push((step, *count)),
        }
    }
    all
}

/// Words that the words of a spelling must begin as.
struct Beginning {
    words: Vec<Syllable>,
}

impl Beginning {
    fn new(text: &str) -> Self {
        Self { words: Syllables::new(text).collect() }
    }

    /// The same as a question for entities; words that begin with too little are left to be looked at.
    fn as_query(&self) -> String {
        let Some((last, whole)) = self.words.split_last() else { return String::new() };
        let mut query: Vec<String> = whole.iter().map(|word| word.exact.clone()).collect();
        if last.folded.chars().count() >= 2 {
            query.push(format!("{}*", last.exact));
        }
        query.join(" ")
    }

    /// Whether one of some spellings has all the words, the last of them begun.
    fn fits<'a>(&self, mut spellings: impl Iterator<Item = &'a str>) -> bool {
        let Some((last, whole)) = self.words.split_last() else { return true };
        let is = |word: &Syllable, other: &Syllable| {
            if word.has_accents() { word.exact == other.exact } else { word.folded == other.folded }
        };
        let begins = |word: &Syllable, other: &Syllable| {
            if word.has_accents() {
                other.exact.starts_with(&word.exact)
            } else {
                other.folded.starts_with(&word.folded)
            }
        };
        spellings.any(|spelling| {
            let words: Vec<Syllable> = Syllables::new(spelling).collect();
            whole.iter().all(|word| words.iter().any(|other| is(word, other)))
                && words.iter().any(|other| begins(last, other))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{extracted, page};

    #[test]
    fn values_are_found_by_any_spelling() {
        let pages = [
            page("a", "Ông Trần Văn Suối, Chủ tịch UBND tỉnh, ký Chỉ thị số 05-CT/TU ngày 1/2/2012.")
                .of("Báo Sơn Khê", "Sơn Khê")
                .on("2012-03-01"),
            page("b", "Bà Trần Thị Sương, Bí thư Tỉnh ủy, nhắc Chỉ thị số 5-CT/TU ngày 1/2/2012.")
                .of("Báo Sơn Khê", "Sơn Khê")
                .on("2013-03-01"),
            page(
                "c",
                "Ông Đặng Văn Đèo, Chủ tịch UBND tỉnh, dự. Năm 2021, tỉnh có 121/180 xã đạt chuẩn nông thôn mới.",
            )
            .of("Đài", "Lục Hà")
            .on("2021-04-01"),
        ];
        let (_fixture, index) = extracted(&pages);
        let ask = |facet: Facet, beginning: &str, filters: &[(Facet, &str)]| -> Vec<(String, u64)> {
            let mut request = SearchRequest::default();
            request.filters.include =
                filters.iter().map(|(facet, value)| (*facet, (*value).to_owned())).collect();
            let found = index.facet_values(facet, beginning, &request, 10).unwrap();
            assert_eq!(found.count, found.values.len() as u64, "{beginning}");
            found.values.into_iter().map(|value| (value.label.unwrap_or(value.value), value.count)).collect()
        };
        let check = |facet, beginning: &str, expected: &[&str]| {
            let found: Vec<String> = ask(facet, beginning, &[]).into_iter().map(|(label, _)| label).collect();
            assert_eq!(found, expected, "{facet} {beginning}");
        };
        check(Facet::Official, "tran", &["Trần Thị Sương", "Trần Văn Suối"]);
        check(Facet::Official, "trần văn s", &["Trần Văn Suối"]);
        check(Facet::Official, "TRAN VAN SUOI", &["Trần Văn Suối"]);
        check(Facet::Official, "suối", &["Trần Văn Suối"]);
        check(Facet::Official, "suôi", &[]);
        check(Facet::Official, "d", &["Đặng Văn Đèo"]);
        check(Facet::Directive, "5-ct", &["Chỉ thị số 05-CT/TU (2012)"]);
        check(Facet::Directive, "chi thi so 05", &["Chỉ thị số 05-CT/TU (2012)"]);
        check(Facet::Position, "bi thu", &["Bí thư Tỉnh ủy"]);
        check(Facet::Indicator, "nong thon", &["Xã đạt chuẩn nông thôn mới"]);
        check(Facet::Indicator, "communes", &["Xã đạt chuẩn nông thôn mới"]);
        check(Facet::Province, "luc", &["Lục Hà"]);
        check(Facet::Source, "bao", &["Báo Sơn Khê"]);
        check(Facet::Year, "20", &["2021", "2013", "2012"]);
        check(Facet::Month, "2013", &["2013-03"]);
        check(Facet::Official, "", &["Đặng Văn Đèo", "Trần Thị Sương", "Trần Văn Suối"]);
        assert_eq!(
            ask(Facet::Official, "", &[(Facet::Province, "Lục Hà")]),
            [("Đặng Văn Đèo".to_owned(), 1)]
        );
        assert_eq!(ask(Facet::Official, "tran", &[(Facet::Province, "Lục Hà")]), []);
    }
}
