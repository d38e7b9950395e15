//! Query strings: tables of what each resource may be asked with, read once; unknown names are refused with the nearest
//! known one.

use std::str::FromStr;

use axum::extract::Query;
use corpus::Language;
use indexer::PartialDate;
use indexer::search::{Facet, FacetRequest, Interval, MAX_FACET_SIZE, Matching, SearchRequest, Sort};
use indexer::value::Value;
use indexer::{DocumentFilter, Index};
use jiff::civil::Date;

use indexer::store::{self, FigureFilter, QueryLimits};

use crate::cursor::unreadable;
use crate::error::refused;
use crate::message::{Message, Saying};
use crate::{Error, State};

/// The pairs of a query string.
pub(crate) type Pairs = Query<Vec<(String, String)>>;

/// One parameter, as it is documented.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    /// Its name; `{facet}` in it stands for the name of each facet.
    pub(crate) name: &'static str,
    /// The row of `messages/docs.toml` that says what it does.
    pub(crate) about: &'static str,
    /// A value that is right of the sample newspaper; empty where there is none that is right for everybody.
    pub(crate) example: &'static str,
    /// Whether it may be given several times.
    pub(crate) many: bool,
}

const fn one(name: &'static str, about: &'static str, example: &'static str) -> Parameter {
    Parameter { name, about, example, many: false }
}

const fn many(name: &'static str, about: &'static str, example: &'static str) -> Parameter {
    Parameter { name, about, example, many: true }
}

impl Parameter {
    /// All names that it stands for.
    pub(crate) fn names(&self) -> Vec<String> {
        if self.name.contains("{facet}") {
            Facet::ALL.iter().map(|facet| self.name.replace("{facet}", facet.as_str())).collect()
        } else {
            vec![self.name.to_owned()]
        }
    }

    /// A value that is right for one of its names.
    pub(crate) fn example_of(&self, name: &str) -> &'static str {
        let is_facets = matches!(self.name, "{facet}" | "exclude.{facet}");
        let facet = name.strip_prefix("exclude.").unwrap_or(name).parse().ok().filter(|_| is_facets);
        match facet {
            Some(Facet::Source) => OF_SOURCE.example,
            Some(Facet::Year) => "2021",
            Some(Facet::Month) => "2021-05",
            Some(Facet::Language) => "vi",
            Some(Facet::Type) => "directive",
            Some(Facet::Directive) => "directive-15-ct-tu-son-khe-2018",
            Some(Facet::Official) => "lo-minh-thuan",
            Some(Facet::Position) => "chu-tich.ubnd.son-khe",
            Some(Facet::Indicator) => "grdp-growth",
            Some(Facet::Province) | None => self.example,
        }
    }

    fn is(&self, name: &str) -> bool {
        match self.name.strip_suffix("{facet}") {
            Some(start) => name.strip_prefix(start).is_some_and(|facet| facet.parse::<Facet>().is_ok()),
            None => self.name == name,
        }
    }
}

/// What a text is read with.
pub(crate) const RESOLVE: &[Parameter] =
    &[one("province", "province-of-text", "Nghệ An"), one("published", "day-of-text", "2020-08-12")];

/// The language of a page; tools have no use for it.
const UI: Parameter = one("ui", "page-language", "vi");

const FROM: Parameter = one("from", "published-from", "2016-05");
const TO: Parameter = one("to", "published-to", "2020");
const INDICATOR: Parameter = one("indicator", "statistic", "budget revenue");
const LEVEL: Parameter = one("level", "level", "district");
const FIRST_YEAR: Parameter = one("from", "first-year", "2016");
const LAST_YEAR: Parameter = one("to", "last-year", "2025");
const PLACE: Parameter = one("place", "place-of-office", "Nghệ An");
const LIMIT: Parameter = one("limit", "limit", "20");
const SEARCHED: Parameter = one("q", "words", "nông thôn mới");

const MATCH: Parameter = one("match", "match", "all");

/// What a search may be asked with.
pub(crate) const SEARCH: &[Parameter] = &[
    SEARCHED,
    FROM,
    TO,
    many("{facet}", "filter", "Nghệ An"),
    many("exclude.{facet}", "exclusion", "Nghệ An"),
    many("lang", "lang", "vi"),
    many("facet", "facet", "year"),
    one("facet_size.{facet}", "facet-size", "50"),
    one("interval", "interval", "year"),
    one("sort", "sort", "newest"),
    MATCH,
    LIMIT,
    one("cursor", "cursor-of-search", ""),
    one("highlight", "highlight", "false"),
    many("fields", "fields-of-result", "document"),
    UI,
];

/// What lists of mentions may be asked with.
pub(crate) const LISTED: &[Parameter] = &[SEARCHED, FROM, TO, OF_SOURCE, OF_PROVINCE, LIMIT, CURSOR, UI];

/// What the values of a facet may be asked with.
pub(crate) const FACET: &[Parameter] = &[
    one("prefix", "prefix", "nguyen"),
    SEARCHED,
    FROM,
    TO,
    many("{facet}", "filter", "Nghệ An"),
    many("exclude.{facet}", "exclusion", "Nghệ An"),
    many("lang", "lang", "vi"),
    MATCH,
    LIMIT,
    UI,
];

/// What the mentions of one thing may be asked with.
pub(crate) const MENTIONS: &[Parameter] = &[LIMIT, CURSOR, UI];

const CURSOR: Parameter = one("cursor", "cursor", "");

const OF_SOURCE: Parameter = many("source", "source-of-mentions", "Báo Sơn Khê");
const OF_PROVINCE: Parameter = many("province", "province-of-mentions", "Nghệ An");

const STATISTIC_OF_FIGURES: Parameter = many("indicator", "statistic-of-figures", "grdp-growth");
const MIN_CONFIDENCE: Parameter = one("min_confidence", "min-confidence", "0.95");

/// What lists of figures may be asked with.
pub(crate) const FIGURES: &[Parameter] =
    &[SEARCHED, FROM, TO, OF_SOURCE, OF_PROVINCE, STATISTIC_OF_FIGURES, MIN_CONFIDENCE, LIMIT, CURSOR, UI];

/// What lists of what figures measure may be asked with.
pub(crate) const INDICATORS: &[Parameter] =
    &[SEARCHED, FROM, TO, OF_SOURCE, OF_PROVINCE, STATISTIC_OF_FIGURES, MIN_CONFIDENCE, LIMIT, CURSOR, UI];

/// What questions for who held an office may be asked with.
pub(crate) const POSITIONS: &[Parameter] = &[
    one("at", "at", "2023-06-01"),
    one("title", "title-of-office", "Chủ tịch UBND tỉnh"),
    PLACE,
    CURSOR,
    one("province", "same-as-place", "Nghệ An"),
    LIMIT,
    UI,
];

/// What questions for offices may be asked with.
pub(crate) const OFFICES: &[Parameter] =
    &[one("title", "title-of-office", "Chủ tịch UBND tỉnh"), PLACE, LIMIT, CURSOR, UI];

/// What documents may be looked up by.
pub(crate) const DOCUMENTS: &[Parameter] = &[one("address", "address", "https://…"), UI];

/// What a series may be asked with.
pub(crate) const SERIES: &[Parameter] = &[
    INDICATOR,
    one("province", "province-of-values", "Nghệ An"),
    one("place", "place-of-values", "Việt Nam"),
    LEVEL,
    one("modality", "modality", "target"),
    one("span", "span", "year"),
    one("unit", "unit", "%"),
    FIRST_YEAR,
    LAST_YEAR,
    UI,
];

/// What a comparison may be asked with.
pub(crate) const COMPARISON: &[Parameter] = &[
    INDICATOR,
    many("place", "places-compared", "Nghệ An"),
    LEVEL,
    one("modality", "modality-compared", "target"),
    one("span", "span-compared", "year"),
    one("unit", "unit-compared", "%"),
    FIRST_YEAR,
    LAST_YEAR,
    UI,
];

/// What coverage may be asked with.
pub(crate) const COVERAGE: &[Parameter] = &[
    many("source", "source-crawled", "Báo Sơn Khê"),
    one("from", "crawled-from", "2025-05"),
    one("to", "crawled-to", "2025"),
    LIMIT,
    UI,
];

/// What a document may be asked with.
pub(crate) const DOCUMENT: &[Parameter] = &[one("version", "version", "1"), FIELDS_OF_DOCUMENT, UI];

const FIELDS_OF_DOCUMENT: Parameter = many("fields", "fields-of-document", "blocks");

/// What everything else may be asked with.
pub(crate) const NONE: &[Parameter] = &[UI];
/// Of a page that goes on.
pub(crate) const PAGED: &[Parameter] = &[CURSOR, UI];

/// The parameters of one request.
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Takes the pairs whose names are among `known`; empty values count as absent.
    pub(crate) fn read(pairs: Vec<(String, String)>, known: &[Parameter]) -> Result<Self, Error> {
        for (name, _) in &pairs {
            if !known.iter().any(|parameter| parameter.is(name)) {
                let names = known.iter().flat_map(Parameter::names);
                let nearest = names.min_by_key(|known| distance(known, name)).unwrap_or_default();
                return Err(Error::bad(
                    Message::new(Saying::UnknownParameter).quoting("name", name).with("nearest", nearest),
                ));
            }
        }
        let given: Vec<(String, String)> =
            pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        for (at, (name, value)) in given.iter().enumerate() {
            let is_many = known.iter().any(|parameter| parameter.many && parameter.is(name));
            if !is_many && given[..at].iter().any(|(other, before)| other == name && before != value) {
                return Err(Error::bad(Message::new(Saying::Repeated).with("name", name)));
            }
        }
        Ok(Self(given))
    }

    /// The same with what its values name as documents have it: a province by its Vietnamese name, however it is written, a
    /// thing by the key that it has by now. What nobody knows is refused with the nearest.
    pub(crate) fn with_known(self, state: &State) -> Result<Self, Error> {
        state.now(|index| self.named(index, false))
    }

    /// The same where a `place` may be no province: a country, a district.
    pub(crate) fn with_places(self, state: &State) -> Result<Self, Error> {
        state.now(|index| self.named(index, true))
    }

    /// An `indicator` beside places is asked for in words, and looked for by whoever answers.
    fn named(self, index: &Index, of_all_places: bool) -> Result<Self, Error> {
        let mut named = Vec::with_capacity(self.0.len());
        for (name, value) in self.0 {
            let facet = match name.strip_prefix("exclude.").unwrap_or(&name) {
                "place" => Some(Facet::Province),
                "indicator" if of_all_places => None,
                name => name.parse::<Facet>().ok(),
            };
            let Some(facet) = facet else {
                named.push((name, value));
                continue;
            };
            match index.value(facet, &value)? {
                Value::Known(known) => named.extend(known.into_iter().map(|value| (name.clone(), value))),
                Value::Unknown { .. } if of_all_places && name == "place" => named.push((name, value)),
                Value::Unknown { nearest } => return Err(unknown(facet, &name, &value, nearest)),
            }
        }
        Ok(Self(named))
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
            value.parse().map_err(|_| {
                Error::bad(
                    Message::new(Saying::Unreadable)
                        .with("name", name)
                        .quoting("value", value)
                        .with("example", like),
                )
            })
        };
        self.one(name).map(read).transpose()
    }

    pub(crate) fn limit(&self, usual: usize, most: usize) -> Result<usize, Error> {
        let limit = self.parsed("limit", "20")?.unwrap_or(usual);
        if limit > most { Err(too_many("limit", limit, most)) } else { Ok(limit) }
    }

    /// First and last day of `from` and `to`, each a year, a month or a day.
    pub(crate) fn days(&self) -> Result<(Option<Date>, Option<Date>), Error> {
        let date = |name| self.parsed::<PartialDate>(name, "2016, 2016-05, 2016-05-31");
        let days = (date("from")?.map(PartialDate::first_day), date("to")?.map(PartialDate::last_day));
        if days.0.zip(days.1).is_some_and(|(from, to)| from > to) {
            return Err(self.turned_round());
        }
        Ok(days)
    }

    /// That `from` lies behind `to`.
    pub(crate) fn turned_round(&self) -> Error {
        let value = |name| self.one(name).unwrap_or_default();
        Error::bad(
            Message::new(Saying::TurnedRound).quoting("from", value("from")).quoting("to", value("to")),
        )
    }
}

/// That nothing is known as the value of a facet.
pub(crate) fn unknown(facet: Facet, name: &str, value: &str, nearest: Option<String>) -> Error {
    let saying = match facet {
        Facet::Source => Saying::UnknownSource,
        Facet::Directive => Saying::UnknownDirective,
        Facet::Official => Saying::UnknownOfficial,
        Facet::Position => Saying::UnknownPosition,
        Facet::Indicator => Saying::UnknownIndicator,
        Facet::Province | Facet::Year | Facet::Month | Facet::Language | Facet::Type => {
            Saying::UnknownProvince
        }
    };
    Error::bad(Message::new(saying).with("name", name).quoting("value", value).or_nearest(nearest))
}

fn too_many(name: &str, value: usize, most: usize) -> Error {
    Error::bad(Message::new(Saying::TooManyAsked).with("name", name).with("value", value).with("most", most))
}

fn none_of(name: &str, value: &str, known: &[&str]) -> Error {
    Error::bad(
        Message::new(Saying::NoneOf)
            .with("name", name)
            .quoting("value", value)
            .with("known", known.join(", ")),
    )
}

/// A facet by its name.
pub(crate) fn facet(name: &str) -> Result<Facet, Message> {
    name.parse().map_err(|_| {
        let known: Vec<&str> = Facet::ALL.iter().map(|facet| facet.as_str()).collect();
        Message::new(Saying::UnknownFacet).quoting("value", name).with("known", known.join(", "))
    })
}

/// Values of a facet, where no `facet_size` is given.
const USUAL_FACET_SIZE: usize = 10;

/// Kinds of mentions that documents are found by.
const TYPES: [&str; 3] = ["directive", "official", "figure"];

/// Which documents a search finds, out of its parameters.
pub(crate) fn found(params: &Params) -> Result<SearchRequest, Error> {
    let mut request =
        SearchRequest { query: params.owned("q").unwrap_or_default(), ..SearchRequest::default() };
    request.matching = match params.one("match") {
        None | Some("best") => Matching::Best,
        Some("all") => Matching::All,
        Some(other) => return Err(none_of("match", other, &["best", "all"])),
    };
    (request.filters.from, request.filters.to) = params.days()?;
    for facet in Facet::ALL {
        let include = params.all(facet.as_str()).map(|value| (*facet, value.to_owned()));
        request.filters.include.extend(include);
        let name = format!("exclude.{facet}");
        request.filters.exclude.extend(params.all(&name).map(|value| (*facet, value.to_owned())));
    }
    for name in ["type", "exclude.type"] {
        if let Some(value) = params.all(name).find(|value| !TYPES.contains(value)) {
            return Err(none_of(name, value, &TYPES));
        }
    }
    request.filters.include.extend(params.all("lang").map(|value| (Facet::Language, value.to_owned())));
    for (facet, value) in request.filters.include.iter_mut().chain(&mut request.filters.exclude) {
        if *facet == Facet::Language {
            let told =
                |saying| Error::bad(Message::new(saying).with("name", "language").quoting("value", value));
            let language = value.parse::<Language>().map_err(|_| told(Saying::NotALanguage))?;
            if !language.is_assigned() {
                return Err(told(Saying::UnknownLanguage));
            }
            language.code().clone_into(value);
        }
    }
    Ok(request)
}

/// A search out of its parameters.
pub(crate) fn search(params: &Params) -> Result<SearchRequest, Error> {
    let cursor = params.one("cursor").map(|cursor| cursor.parse().map_err(|_| unreadable(cursor)));
    let mut request = SearchRequest {
        limit: params.limit(10, indexer::search::MAX_LIMIT)?,
        cursor: cursor.transpose()?,
        highlight: params.parsed("highlight", "true")?.unwrap_or(true),
        interval: params.one("interval").map(interval).transpose()?,
        ..found(params)?
    };
    request.sort = match params.one("sort") {
        None | Some("relevance") => Sort::Relevance,
        Some("newest") => Sort::Newest,
        Some("oldest") => Sort::Oldest,
        Some(other) => {
            return Err(none_of("sort", other, &["relevance", "newest", "oldest"]));
        }
    };
    for name in params.all("facet") {
        let facet = facet(name).map_err(Error::Bad)?;
        let size = params.parsed(&format!("facet_size.{facet}"), "50")?.unwrap_or(USUAL_FACET_SIZE);
        if size > MAX_FACET_SIZE {
            return Err(too_many(&format!("facet_size.{facet}"), size, MAX_FACET_SIZE));
        }
        request.facets.push(FacetRequest { facet, size });
    }
    Ok(request)
}

pub(crate) fn interval(word: &str) -> Result<Interval, Error> {
    match word {
        "year" => Ok(Interval::Year),
        "quarter" => Ok(Interval::Quarter),
        "month" => Ok(Interval::Month),
        other => Err(none_of("interval", other, &["year", "quarter", "month"])),
    }
}

/// How many results of a list its parameters ask for.
pub(crate) fn listed(params: &Params) -> Result<usize, Error> {
    params.limit(50, 1_000)
}

/// Which documents count for a list, out of its parameters.
pub(crate) fn documents(params: &Params) -> Result<DocumentFilter, Error> {
    let (from, to) = params.days()?;
    Ok(DocumentFilter {
        provinces: params.all("province").map(str::to_owned).collect(),
        sources: params.all("source").map(str::to_owned).collect(),
        from,
        to,
        words: params.owned("q"),
    })
}

/// A filter of figures out of its parameters.
pub(crate) fn figures(params: &Params) -> Result<FigureFilter, Error> {
    let (from, to) = params.days()?;
    let sure: f64 = params.parsed("min_confidence", "0.95")?.unwrap_or(0.0);
    if !(0.0..=1.0).contains(&sure) {
        return Err(Error::bad(Message::new(Saying::NotAShare).with("value", sure)));
    }
    let words = params.owned("q").unwrap_or_default();
    Ok(FigureFilter {
        min_confidence: (sure * 100.0).round() as u8,
        keys: params.all("indicator").map(str::to_owned).collect(),
        provinces: params.all("province").map(str::to_owned).collect(),
        sources: params.all("source").map(str::to_owned).collect(),
        from,
        to,
        words: store::Query::parse(&words, &QueryLimits::default())
            .map_err(|error| Error::bad(refused(&error)))?,
        ..FigureFilter::default()
    })
}

/// Levenshtein's distance of two short names.
fn distance(a: &str, b: &str) -> usize {
    let b = &b.as_bytes()[..b.len().min(64)];
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (to, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[to + 1];
            row[to + 1] = replaced.min(row[to] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_refused_with_the_nearest() {
        let check = |name: &str, nearest: &str| {
            let error =
                Params::read(vec![(name.to_owned(), "x".to_owned())], SEARCH).err().unwrap().to_string();
            assert!(error.contains(&format!("“{nearest}”?")), "{error}");
        };
        check("provnce", "province");
        check("exclude.sourc", "exclude.source");
    }

    #[test]
    fn every_facet_filters_and_leaves_out() {
        let pairs =
            [("province", "Sơn Khê"), ("exclude.year", "2020"), ("facet", "year"), ("facet_size.year", "3")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let request = search(&Params::read(pairs, SEARCH).unwrap()).unwrap();
        assert_eq!(request.filters.include, [(Facet::Province, "Sơn Khê".to_owned())]);
        assert_eq!(request.filters.exclude, [(Facet::Year, "2020".to_owned())]);
        assert_eq!(request.facets, [FacetRequest { facet: Facet::Year, size: 3 }]);
    }
}
