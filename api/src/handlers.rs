//! What tools call: each handler reads its parameters, asks the index once and writes the answer.

use axum::Json;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use corpus::DocumentId;
use indexer::Document;
use indexer::Index;
use indexer::cluster::Cluster;
use indexer::official::{Career, PositionQuestion};
use indexer::paging::{AfterFigure, EntityPlace, MentionPlace};
use indexer::search::{Cursor, Interval, MAX_LIMIT, SearchRequest, Sort};
use indexer::statistics::catalogue;
use indexer::statistics::comparison::{Comparison, MOST_PLACES};
use indexer::statistics::series::{Series, SeriesQuestion};
use indexer::value::Value;
use indexer::{Found, directive::DirectiveDossier};

use crate::forms::{self, List};
use crate::list::{self, Form, Part};
use crate::message::{Message, Saying};
use crate::params::{self, Pairs, Params};
use crate::words::Ui;
use crate::{Error, Shared, State, pages};

/// What stands in an address behind the name of its resource.
pub(crate) struct Key(pub(crate) String);

impl<S: Sync + Send> FromRequestParts<S> for Key {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let Path(key) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Error::bad(Saying::AddressNotUtf8))?;
        Ok(Self(key))
    }
}

/// Whether a search is answered at once, in the thread that serves: it has few words, and none of them many forms.
fn is_short(request: &SearchRequest) -> bool {
    const WORDS: usize = 8;
    !request.query.contains('*') && request.query.split_whitespace().count() <= WORDS
}

/// Answers a search, a long one outside of the threads that serve.
pub(crate) async fn find(
    state: &State,
    request: SearchRequest,
) -> Result<indexer::search::SearchAnswer, Error> {
    if is_short(&request) {
        state.ask_shortly(|index| index.search(&request)).await
    } else {
        state.ask(move |index| index.search(&request)).await
    }
}

pub(crate) async fn search(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::SEARCH)?.with_known(&state)?;
    let request = params::search(&params)?;
    let query = request.query.clone();
    let is_whole = params.one("limit").is_none() && params.one("fields").is_none();
    let begins = params.one("cursor").is_none();
    if is_whole && (form == Form::Lines || form == Form::Csv && begins) {
        return stream(&state, form, request).await;
    }
    let (known, answer) = tokio::try_join!(named(&state, &query, &pairs), find(&state, request))?;
    let link = |cursor: Option<indexer::search::Cursor>, rel: &str| {
        let address = crate::pages::with(&pairs, "cursor", &cursor?.to_string());
        Some(format!("</v1/search?{address}>; rel=\"{rel}\""))
    };
    let links: Vec<String> =
        [link(answer.next, "next"), link(answer.previous, "prev")].into_iter().flatten().collect();
    let fields: Vec<&str> =
        params.all("fields").flat_map(|fields| fields.split(',')).map(str::trim).collect();
    let mut list = forms::search(&answer, &query);
    list.entities = known.iter().map(forms::Named::from).collect();
    let mut response = if fields.is_empty() { form.answer(list)? } else { form.answer_only(list, &fields)? };
    if !links.is_empty()
        && let Ok(links) = links.join(", ").parse()
    {
        response.headers_mut().insert(header::LINK, links);
    }
    Ok(response)
}

/// What the words of a search name; on its first page alone. Asked first, it is looked up beside the search where both wait
/// for another machine.
pub(crate) async fn named(
    state: &State,
    words: &str,
    pairs: &[(String, String)],
) -> Result<Vec<indexer::named::Named>, Error> {
    if words.is_empty() || pairs.iter().any(|(name, value)| name == "cursor" && !value.is_empty()) {
        return Ok(Vec::new());
    }
    let words = words.to_owned();
    state.ask_beside(move |index| index.named(&words)).await
}

/// Most values of a facet in one answer.
const MOST_VALUES: usize = 1_000;

/// The values of a facet that begin as was asked, in the documents that a search finds.
pub(crate) async fn facet(
    Shared(state): Shared,
    form: Form,
    Key(name): Key,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs, params::FACET)?.with_known(&state)?;
    let facet = params::facet(&name).map_err(Error::NotFound)?;
    let limit = params.limit(20, MOST_VALUES)?;
    let request = params::found(&params)?;
    let beginning = params.owned("prefix");
    let asked = beginning.clone().unwrap_or_default();
    let found = state.ask(move |index| index.facet_values(facet, &asked, &request, limit)).await?;
    form.answer(forms::facet_values(&found, beginning))
}

/// All documents that are counted, one a line or a row.
async fn stream(state: &State, form: Form, request: SearchRequest) -> Result<Response, Error> {
    let sort =
        if request.sort == Sort::Relevance && request.query.is_empty() { Sort::Newest } else { request.sort };
    let request = SearchRequest { facets: Vec::new(), interval: None, sort, ..request };
    let ask = move |index: &Index, after: Option<(Cursor, u64)>, limit: usize| {
        let (cursor, before) = after.map_or((request.cursor, 0), |(cursor, before)| (Some(cursor), before));
        let answer = index.search(&SearchRequest { limit, cursor, ..request.clone() })?;
        // Weaker documents behind those that are counted are for who reads a page.
        let counted = answer.hits.iter().filter(|hit| hit.counted);
        let results: Vec<forms::Hit> = counted.map(forms::Hit::from).collect();
        let told = before + results.len() as u64;
        let next = answer.next.filter(|_| told < answer.count).map(|cursor| (cursor, told));
        Ok(Part { results, total: answer.count, next })
    };
    list::all(state, form, None, MAX_LIMIT, ask).await
}

/// The document of an id in a path, and those that carry the same text.
pub(crate) fn find_document(
    index: &Index,
    id: &str,
    version: Option<u32>,
) -> Result<(Document, Option<Cluster>), Error> {
    let id: String = id.chars().take(100).collect();
    let none = || Error::NotFound(Message::new(Saying::NoDocument).quoting("key", &id));
    let parsed: DocumentId = id.parse().map_err(|_| none())?;
    let document = index.document(parsed, version)?.ok_or_else(none)?;
    let cluster = index.cluster(document.summary.id)?;
    Ok((document, cluster))
}

pub(crate) async fn document(
    Shared(state): Shared,
    Key(id): Key,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs, params::DOCUMENT)?;
    let version = params.parsed("version", "1")?;
    let (document, cluster) = state.ask_shortly(|index| find_document(index, &id, version)).await?;
    let fields: Vec<&str> =
        params.all("fields").flat_map(|fields| fields.split(',')).map(str::trim).collect();
    let mut answer = forms::Document::new(&document, cluster.as_ref());
    if fields.contains(&"blocks") {
        answer.blocks = Some(forms::blocks(&document.article));
    }
    Ok(if fields.is_empty() {
        Json(answer).into_response()
    } else {
        Json(list::some(&answer, &fields)?).into_response()
    })
}

pub(crate) async fn versions(
    Shared(state): Shared,
    Key(id): Key,
    Query(pairs): Pairs,
) -> Result<Json<List<forms::Version>>, Error> {
    Params::read(pairs, params::NONE)?;
    let (document, _) = state.ask_shortly(|index| find_document(index, &id, None)).await?;
    let results: Vec<forms::Version> = document.versions.iter().map(forms::Version::from).collect();
    Ok(Json(List::of(results.len() as u64, results, None)))
}

pub(crate) async fn directives(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::LISTED)?.with_known(&state)?;
    let filter = params::documents(&params)?;
    let ask = move |index: &Index, after: Option<EntityPlace>, limit: usize| {
        let list = index.directives(&filter, after.as_ref(), limit)?;
        let results = list.directives.iter().map(forms::Directive::from).collect();
        Ok(Part { results, total: list.total, next: list.next })
    };
    list::paged(&state, form, "/v1/directives", &pairs, &params, ask).await
}

/// What was found under a key, or where that leads; `at` is the address that keys stand behind, `rest` what stands behind
/// them.
fn found<T>(found: Found<T>, key: &str, at: &'static str, rest: &str, none: Saying) -> Result<T, Error> {
    match found {
        Found::One(found) => Ok(*found),
        Found::Moved(to) => Err(Error::Moved(format!("{at}{}{rest}", crate::pages::escaped(&to)))),
        Found::Split(choices) => Err(Error::Split { at, choices }),
        Found::None => Err(Error::NotFound(Message::new(none).quoting("key", key))),
    }
}

/// The dossier of a directive, with its mentions behind a place where one is given.
pub(crate) async fn find_directive(
    state: &State,
    key: String,
    after: Option<MentionPlace>,
    at: &'static str,
) -> Result<DirectiveDossier, Error> {
    let asked = key.clone();
    found(state.ask(move |index| index.directive(&asked, after)).await?, &key, at, "", Saying::NoDirective)
}

pub(crate) async fn directive(
    Shared(state): Shared,
    Key(key): Key,
    Query(pairs): Pairs,
) -> Result<Json<forms::Dossier>, Error> {
    Params::read(pairs, params::NONE)?;
    Ok(Json((&find_directive(&state, key, None, "/v1/directives/").await?).into()))
}

/// The mentions of a directive, the earliest published first, to the last.
pub(crate) async fn directive_mentions(
    Shared(state): Shared,
    form: Form,
    Key(key): Key,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    const AT: &str = "/v1/directives/";
    let params = Params::read(pairs.clone(), params::MENTIONS)?;
    let path = format!("{AT}{}/mentions", crate::pages::escaped(&key));
    let ask = move |index: &Index, after: Option<MentionPlace>, limit: usize| {
        let page = index.directive_mentions(&key, after, limit)?;
        let page = found(page, &key, AT, "/mentions", Saying::NoDirective)?;
        let results = page.mentions.iter().map(forms::DirectiveMention::from).collect();
        Ok(Part { results, total: page.total, next: page.next })
    };
    list::paged(&state, form, &path, &pairs, &params, ask).await
}

pub(crate) async fn officials(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::LISTED)?.with_known(&state)?;
    let filter = params::documents(&params)?;
    let ask = move |index: &Index, after: Option<EntityPlace>, limit: usize| {
        let list = index.officials(&filter, after.as_ref(), limit)?;
        let results = list.officials.iter().map(forms::Official::from).collect();
        Ok(Part { results, total: list.total, next: list.next })
    };
    list::paged(&state, form, "/v1/officials", &pairs, &params, ask).await
}

/// The career of an official, with the mentions behind a place where one is given.
pub(crate) async fn find_official(
    state: &State,
    key: String,
    after: Option<MentionPlace>,
    at: &'static str,
) -> Result<Career, Error> {
    let asked = key.clone();
    found(state.ask(move |index| index.official(&asked, after)).await?, &key, at, "", Saying::NoOfficial)
}

pub(crate) async fn official(
    Shared(state): Shared,
    Key(key): Key,
    Query(pairs): Pairs,
) -> Result<Json<forms::Career>, Error> {
    Params::read(pairs, params::NONE)?;
    Ok(Json((&find_official(&state, key, None, "/v1/officials/").await?).into()))
}

/// The mentions of an official, the earliest published first, to the last.
pub(crate) async fn official_mentions(
    Shared(state): Shared,
    form: Form,
    Key(key): Key,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    const AT: &str = "/v1/officials/";
    let params = Params::read(pairs.clone(), params::MENTIONS)?;
    let path = format!("{AT}{}/mentions", crate::pages::escaped(&key));
    let ask = move |index: &Index, after: Option<MentionPlace>, limit: usize| {
        let page = index.official_mentions(&key, after, limit)?;
        let page = found(page, &key, AT, "/mentions", Saying::NoOfficial)?;
        let results = page.mentions.iter().map(forms::OfficialMention::from).collect();
        Ok(Part { results, total: page.total, next: page.next })
    };
    list::paged(&state, form, &path, &pairs, &params, ask).await
}

/// A question for an office out of its parameters.
pub(crate) fn position_question(params: &Params) -> Result<PositionQuestion, Error> {
    Ok(PositionQuestion {
        at: params.parsed("at", "2023-06-01")?,
        title: params.owned("title"),
        place: params.owned("place").or_else(|| params.owned("province")),
        limit: Some(params.limit(50, 1_000)?),
    })
}

/// The offices that words name; without words all.
pub(crate) async fn offices(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::OFFICES)?.with_known(&state)?;
    let question = position_question(&params)?;
    let ask = move |index: &Index, after: Option<EntityPlace>, limit: usize| {
        let question = PositionQuestion { limit: Some(limit), ..question.clone() };
        let list = index.offices(&question, after.as_ref())?;
        let results = list.offices.iter().map(forms::Office::from).collect();
        Ok(Part { results, total: list.total, next: list.next })
    };
    list::paged(&state, form, "/v1/offices", &pairs, &params, ask).await
}

/// The document of an address.
pub(crate) async fn documents(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs, params::DOCUMENTS)?;
    let address = params.owned("address");
    let address = address.ok_or_else(|| Error::bad(Saying::NameAnAddress))?;
    let found = state.now(|index| index.summary_of(&address))?;
    let results: Vec<forms::Summary> = found.iter().map(forms::Summary::from).collect();
    form.answer(List::of(results.len() as u64, results, Some(address)))
}

/// Who held an office, at a day where one is given.
pub(crate) async fn positions(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::POSITIONS)?.with_known(&state)?;
    let question = position_question(&params)?;
    let ask = move |index: &Index, after: Option<u64>, limit: usize| {
        let question = PositionQuestion { limit: Some(limit), ..question.clone() };
        let list = index.positions(&question, after.unwrap_or_default())?;
        let results = list.holdings.iter().map(forms::Holding::from).collect();
        Ok(Part { results, total: list.total, next: list.next })
    };
    list::paged(&state, form, "/v1/positions", &pairs, &params, ask).await
}

pub(crate) async fn figures(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::FIGURES)?.with_known(&state)?;
    let filter = params::figures(&params)?;
    let ask = move |index: &Index, after: Option<AfterFigure>, limit: usize| {
        let page = index.figures(&filter, after, limit)?;
        let results = page.records.iter().map(forms::Figure::from).collect();
        Ok(Part { results, total: page.total, next: page.next })
    };
    list::paged(&state, form, "/v1/figures", &pairs, &params, ask).await
}

pub(crate) async fn indicators(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs.clone(), params::INDICATORS)?.with_known(&state)?;
    let filter = params::figures(&params)?;
    let ask = move |index: &Index, after: Option<EntityPlace>, limit: usize| {
        let list = index.indicators(&filter, after.as_ref(), limit)?;
        let results = list.indicators.iter().map(forms::Indicator::from).collect();
        Ok(Part { results, total: list.total as u64, next: list.next })
    };
    list::paged(&state, form, "/v1/indicators", &pairs, &params, ask).await
}

/// The series that parameters ask for.
pub(crate) async fn find_series(state: &State, params: &Params) -> Result<Series, Error> {
    let question = series_question(params)?;
    state
        .ask(move |index| {
            let series = index.series(&question)?;
            if let Some(place) = question.place.as_deref().filter(|_| series.likeness.is_none()) {
                has_values(index, &question, place)?;
            }
            Ok::<_, Error>(series)
        })
        .await
}

/// Refuses a place that is no province and that no text gives a value of.
fn has_values(index: &Index, question: &SeriesQuestion, place: &str) -> Result<(), Error> {
    match index.place(question, place)? {
        Value::Known(_) => Ok(()),
        Value::Unknown { nearest } => Err(Error::NotFound(
            Message::new(Saying::UnknownPlace).quoting("value", place).or_nearest(nearest),
        )),
    }
}

/// The comparison that parameters ask for.
pub(crate) async fn find_comparison(state: &State, params: &Params) -> Result<Comparison, Error> {
    let question = series_question(params)?;
    let places: Vec<String> = params.all("place").map(str::to_owned).collect();
    if places.is_empty() {
        return Err(Error::bad(Saying::NamePlaces));
    }
    if places.len() > MOST_PLACES {
        return Err(Error::bad(Message::new(Saying::TooManyPlaces).with("most", MOST_PLACES)));
    }
    state
        .ask(move |index| {
            let compared = index.comparison(&question, &places)?;
            for empty in compared.places.iter().filter(|place| place.points.is_empty()) {
                has_values(index, &question, &empty.place)?;
            }
            Ok::<_, Error>(compared)
        })
        .await
}

fn series_question(params: &Params) -> Result<SeriesQuestion, Error> {
    let year = |name| params.parsed::<i16>(name, "2016");
    let years: (Option<i16>, Option<i16>) = (year("from")?, year("to")?);
    if years.0.zip(years.1).is_some_and(|(from, to)| from > to) {
        return Err(params.turned_round());
    }
    let words = params.one("indicator");
    let words = words.ok_or_else(|| Error::bad(Saying::NameAStatistic))?;
    let indicator = catalogue::asked(words);
    let indicator = indicator.ok_or_else(|| {
        let found = format!("/v1/figures?q={}", pages::escaped(words));
        Error::NotFound(Message::new(Saying::NoStatistic).quoting("value", words).with("found", found))
    })?;
    let unit = params.owned("unit");
    let is_of_it = |unit: &str| indicator.measures(unit) || indicator.measures(&indicator.shown_in(unit));
    if let Some(unit) = unit.as_deref().filter(|unit| !is_of_it(unit)) {
        return Err(Error::bad(
            Message::new(Saying::UnknownUnit)
                .quoting("value", unit)
                .with("known", indicator.units.join(", ")),
        ));
    }
    Ok(SeriesQuestion {
        indicator,
        province: params.owned("province"),
        level: params.parsed("level", "province")?,
        place: params.owned("place"),
        modality: params.parsed("modality", "actual")?,
        span: params.parsed("span", "year")?,
        unit,
        from: years.0,
        to: years.1,
    })
}

pub(crate) async fn series(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let series = find_series(&state, &Params::read(pairs, params::SERIES)?.with_places(&state)?).await?;
    let answer = forms::Series::from(&series);
    if form == Form::Json {
        Ok(Json(answer).into_response())
    } else {
        form.answer(List::of(0, answer.rows(), None))
    }
}

pub(crate) async fn comparison(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let params = Params::read(pairs, params::COMPARISON)?.with_places(&state)?;
    let answer = forms::Comparison::from(&find_comparison(&state, &params).await?);
    if form == Form::Json {
        Ok(Json(answer).into_response())
    } else {
        form.answer(List::of(0, answer.rows(), None))
    }
}

pub(crate) async fn series_svg(
    Shared(state): Shared,
    ui: Ui,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let series = find_series(&state, &Params::read(pairs, params::SERIES)?.with_places(&state)?).await?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], crate::chart::series(&series, ui)).into_response())
}

pub(crate) async fn timeline(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    let request = params::search(&Params::read(pairs, params::SEARCH)?.with_known(&state)?)?;
    let query = Some(request.query.clone()).filter(|query| !query.is_empty());
    let interval = request.interval.unwrap_or(Interval::Year);
    let steps = state.ask(move |index| index.timeline(&request, interval)).await?;
    let results: Vec<forms::Step> = steps.iter().map(forms::Step::from).collect();
    form.answer(List::of(results.len() as u64, results, query))
}

pub(crate) async fn sources(
    Shared(state): Shared,
    form: Form,
    Query(pairs): Pairs,
) -> Result<Response, Error> {
    Params::read(pairs, params::NONE)?;
    let sources = state.ask(Index::sources).await?;
    let results: Vec<forms::Source> = sources.iter().map(forms::Source::from).collect();
    form.answer(List::of(results.len() as u64, results, None))
}

pub(crate) async fn healthy() -> &'static str {
    "ok"
}

pub(crate) async fn ready(Shared(state): Shared) -> Response {
    if let Some(damage) = state.index.damage() {
        return Error::Damaged(Some(damage.reason)).into_response();
    }
    match state.now(Index::stats) {
        Ok(stats) => Json(forms::Ready {
            documents: stats.documents,
            generation: stats.generation,
            verified: state.index.is_verified(),
            outdated: state.index.is_outdated(),
            decisions_waiting: state.settings.decisions.waiting(&state.index.decided()),
        })
        .into_response(),
        Err(error @ indexer::store::Error::Corrupt { .. }) => Error::from(error).into_response(),
        Err(error) => {
            tracing::error!("{error}");
            Error::Away(error).into_response()
        }
    }
}
