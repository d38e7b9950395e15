//! Query strings: tables of what each resource may be asked with, read once; unknown names are refused with the nearest
//! known one.

use std::str::FromStr;

use axum::extract::Query;
use corpus::Language;
use indexer::PartialDate;
use indexer::province::Province;
use indexer::search::{Facet, FacetRequest, Interval, MAX_FACET_SIZE, Matching, SearchRequest, Sort};
use indexer::{DocumentFilter, Index};
use jiff::civil::Date;

use indexer::store::{self, FigureFilter, QueryLimits};

use crate::Error;

/// The pairs of a query string.
pub(crate) type Pairs = Query<Vec<(String, String)>>;

/// One parameter, as it is documented.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    /// Its name; `{facet}` in it stands for the name of each facet.
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) about: &'static str,
    /// A value that is right.
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

    fn is(&self, name: &str) -> bool {
        match self.name.strip_suffix("{facet}") {
            Some(start) => name.strip_prefix(start).is_some_and(|facet| facet.parse::<Facet>().is_ok()),
            None => self.name == name,
        }
    }
}

/// What a text is read with.
pub(crate) const RESOLVE: &[Parameter] = &[
    one("province", "Province that the text is from; else it is told from the text.", "Nghệ An"),
    one("published", "Day of the text: what was issued later is not meant.", "2020-08-12"),
];

/// The language of a page; tools have no use for it.
const UI: Parameter = one("ui", "Language of the page: `vi` or `en`; else what the browser prefers.", "vi");

const FROM: Parameter = one("from", "Published on this day or later: a year, a month or a day.", "2016-05");
const TO: Parameter = one("to", "Published on this day or earlier: a year, a month or a day.", "2020");
const INDICATOR: Parameter =
    one("indicator", "A key of an indicator, or words for it in either language.", "budget revenue");
const LEVEL: Parameter = one(
    "level",
    "What kind of whole the values are about: country, province, district, commune, region, world.",
    "district",
);
const FIRST_YEAR: Parameter = one("from", "First year.", "2016");
const LAST_YEAR: Parameter = one("to", "Last year.", "2025");
const PLACE: Parameter = one("place", "The place of an office whose words name none: a province.", "Nghệ An");
const LIMIT: Parameter = one("limit", "How many to return at most.", "20");
const SEARCHED: Parameter = one(
    "q",
    "Words to search for; `\"…\"` is a phrase, `+` must be there, `-` leaves out, `OR`, `*` at the end of a word.",
    "nông thôn mới",
);

const MATCH: Parameter = one(
    "match",
    "`best`: documents with all words first, then those with some, by how rare these are (of more than eight words, all by that); `all`: only documents with all words.",
    "all",
);

/// What a search may be asked with.
pub(crate) const SEARCH: &[Parameter] = &[
    SEARCHED,
    FROM,
    TO,
    many("{facet}", "Only documents with this value; several are alternatives.", "Nghệ An"),
    many("exclude.{facet}", "No documents with this value.", "Nghệ An"),
    many("lang", "The same as `language`.", "vi"),
    many(
        "facet",
        "Count the found documents by source, province, year, month, language, type, directive, official, position or indicator.",
        "year",
    ),
    one("facet_size.{facet}", "How many values of that facet to return.", "50"),
    one("interval", "Count the found documents by `year`, `quarter` or `month`.", "year"),
    one("sort", "`relevance`, `newest` or `oldest`.", "newest"),
    MATCH,
    LIMIT,
    one("cursor", "The `next` or `previous` of an answer.", "n1.2.3.4"),
    one("highlight", "`false` leaves out the passages.", "false"),
    many("fields", "Only these fields of each result.", "document"),
    UI,
];

/// What lists of mentions may be asked with.
pub(crate) const LISTED: &[Parameter] = &[SEARCHED, FROM, TO, OF_SOURCE, OF_PROVINCE, LIMIT, CURSOR, UI];

/// What the values of a facet may be asked with.
pub(crate) const FACET: &[Parameter] = &[
    one("prefix", "How a value begins, in any spelling; without accents all spellings.", "nguyen"),
    SEARCHED,
    FROM,
    TO,
    many("{facet}", "Only documents with this value; several are alternatives.", "Nghệ An"),
    many("exclude.{facet}", "No documents with this value.", "Nghệ An"),
    many("lang", "The same as `language`.", "vi"),
    MATCH,
    LIMIT,
    UI,
];

/// What the mentions of one thing may be asked with.
pub(crate) const MENTIONS: &[Parameter] = &[LIMIT, CURSOR, UI];

const CURSOR: Parameter = one("cursor", "The `next` of an answer.", "e12.decree-8-2019-nd-cp");

const OF_SOURCE: Parameter = many("source", "Only mentions in documents of this source.", "baonghean");
const OF_PROVINCE: Parameter = many("province", "Only mentions in documents of this province.", "Nghệ An");

/// What lists of figures and of what they measure may be asked with.
pub(crate) const FIGURES: &[Parameter] = &[
    SEARCHED,
    FROM,
    TO,
    OF_SOURCE,
    OF_PROVINCE,
    many("indicator", "Only figures with this key.", "grdp-growth"),
    one("min_confidence", "Only mentions of which at least this share is right, from 0 to 1.", "0.95"),
    LIMIT,
    CURSOR,
    UI,
];

/// What questions for who held an office may be asked with.
pub(crate) const POSITIONS: &[Parameter] = &[
    one("at", "Who held it on this day.", "2023-06-01"),
    one("title", "Words of the position, in either language.", "Chủ tịch UBND tỉnh"),
    PLACE,
    CURSOR,
    one("province", "The same as `place`.", "Nghệ An"),
    LIMIT,
    UI,
];

/// What questions for offices may be asked with.
pub(crate) const OFFICES: &[Parameter] = &[
    one("title", "Words of the office, in either language.", "Chủ tịch UBND tỉnh"),
    PLACE,
    LIMIT,
    CURSOR,
    UI,
];

/// What documents may be looked up by.
pub(crate) const DOCUMENTS: &[Parameter] =
    &[one("address", "The address of a page, or the name of the file that it came from.", "https://…"), UI];

/// What a series may be asked with.
pub(crate) const SERIES: &[Parameter] = &[
    INDICATOR,
    one("province", "Province that the values are about.", "Nghệ An"),
    one(
        "place",
        "What the values are about, by its Vietnamese name; without it the most frequent.",
        "Việt Nam",
    ),
    LEVEL,
    one(
        "modality",
        "In what sense they are said: actual, estimate, target, forecast, limit; without it actual, where there are such values.",
        "target",
    ),
    one("span", "What their periods are: year, half, quarter, month, day, months, years.", "year"),
    one("unit", "Unit of the points; without it the most frequent one.", "%"),
    FIRST_YEAR,
    LAST_YEAR,
    UI,
];

/// What a comparison may be asked with.
pub(crate) const COMPARISON: &[Parameter] = &[
    INDICATOR,
    many("place", "Places that are compared, by their Vietnamese names: eight at most.", "Nghệ An"),
    LEVEL,
    one(
        "modality",
        "In what sense the values are said; without it the one in which most places have values, what was reached first.",
        "target",
    ),
    one("span", "What their periods are; without it the kind that most places have values of.", "year"),
    one("unit", "Unit of the values; without it the one that most places have values in.", "%"),
    FIRST_YEAR,
    LAST_YEAR,
    UI,
];

/// What coverage may be asked with.
pub(crate) const COVERAGE: &[Parameter] = &[
    many("source", "Only days of this source.", "Báo Nghệ An"),
    one("from", "Crawled on this day or later: a year, a month or a day.", "2025-05"),
    one("to", "Crawled on this day or earlier: a year, a month or a day.", "2025"),
    LIMIT,
    UI,
];

/// What a document may be asked with.
pub(crate) const DOCUMENT: &[Parameter] =
    &[one("version", "Number of the version; without it the newest.", "1"), FIELDS_OF_DOCUMENT, UI];

const FIELDS_OF_DOCUMENT: Parameter = many(
    "fields",
    "Only these fields of the answer; `blocks`, the structure of the text, is given only where it is named.",
    "blocks",
);

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
                return Err(Error::bad(format!(
                    "there is no parameter “{}” here; did you mean “{nearest}”?",
                    name.chars().take(60).collect::<String>()
                )));
            }
        }
        Ok(Self(pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect()))
    }

    /// The same with each province by its Vietnamese name, however it is written; one that nobody knows is refused with
    /// the nearest.
    pub(crate) fn with_provinces(self, index: &Index) -> Result<Self, Error> {
        self.with_names(index, false)
    }

    /// The same where a `place` may be no province: a country, a district.
    pub(crate) fn with_places(self, index: &Index) -> Result<Self, Error> {
        self.with_names(index, true)
    }

    fn with_names(mut self, index: &Index, of_all_places: bool) -> Result<Self, Error> {
        for (name, value) in &mut self.0 {
            if matches!(name.as_str(), "province" | "exclude.province" | "place") {
                match index.province(value)? {
                    Province::Known(known) => *value = known,
                    Province::Unknown { .. } if of_all_places && name == "place" => {}
                    Province::Unknown { nearest } => {
                        let shown: String = value.chars().take(60).collect();
                        let nearest = nearest.map(|nearest| format!("; did you mean “{nearest}”?"));
                        return Err(Error::bad(format!(
                            "{name}: no province is called “{shown}”{}",
                            nearest.unwrap_or_default()
                        )));
                    }
                }
            }
        }
        Ok(self)
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
        Some(other) => return Err(Error::bad(format!("match: “{other}” is none of best, all"))),
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
            return Err(Error::bad(format!("{name}: “{value}” is none of {}", TYPES.join(", "))));
        }
    }
    request.filters.include.extend(params.all("lang").map(|value| (Facet::Language, value.to_owned())));
    for (facet, value) in request.filters.include.iter_mut().chain(&mut request.filters.exclude) {
        if *facet == Facet::Language {
            let language = value.parse::<Language>();
            let language = language.map_err(|error| Error::bad(format!("language: {error}")))?;
            language.code().clone_into(value);
        }
    }
    Ok(request)
}

/// A search out of its parameters.
pub(crate) fn search(params: &Params) -> Result<SearchRequest, Error> {
    let mut request = SearchRequest {
        limit: params.limit(10, indexer::search::MAX_LIMIT)?,
        cursor: params.parsed("cursor", "the `next` of an answer")?,
        highlight: params.parsed("highlight", "true")?.unwrap_or(true),
        interval: params.one("interval").map(interval).transpose()?,
        ..found(params)?
    };
    request.sort = match params.one("sort") {
        None | Some("relevance") => Sort::Relevance,
        Some("newest") => Sort::Newest,
        Some("oldest") => Sort::Oldest,
        Some(other) => {
            return Err(Error::bad(format!("sort: “{other}” is none of relevance, newest, oldest")));
        }
    };
    for name in params.all("facet") {
        let facet = name.parse::<Facet>().map_err(|error| Error::bad(error.to_string()))?;
        let size = params.parsed(&format!("facet_size.{facet}"), "50")?.unwrap_or(USUAL_FACET_SIZE);
        if size > MAX_FACET_SIZE {
            return Err(Error::bad(format!(
                "facet_size.{facet} is {size}; at most {MAX_FACET_SIZE} can be asked for"
            )));
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
        other => Err(Error::bad(format!("interval: “{other}” is none of year, quarter, month"))),
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
        return Err(Error::bad(format!("min_confidence is {sure}; give a share from 0 to 1")));
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
            .map_err(|error| Error::bad(error.to_string()))?,
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
