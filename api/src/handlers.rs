//! What tools call: each handler reads its parameters, asks the index once and writes the answer.

use axum::Json;
use axum::extract::{Path, Query, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use corpus::DocumentId;
use indexer::index::Document;
use indexer::resolve::official::PositionQuestion;
use indexer::search::Interval;
use indexer::statistics::series::{Series, SeriesQuestion};
use serde_json::{Value, json};

use crate::params::{self, Pairs, Params};
use crate::{Error, State, forms};

type Answer = Result<Json<Value>, Error>;

pub(crate) async fn search(Shared(state): Shared<State>, Query(pairs): Pairs) -> Result<Response, Error> {
    let params = Params::read(pairs, params::SEARCH)?;
    let request = params::search(&params)?;
    let answer = state.index.search(&request)?;
    let link = answer.next.map(|next| format!("</v1/search?cursor={next}>; rel=\"next\""));
    let body = Json(forms::search(&answer, &request.query));
    Ok(match link {
        Some(link) => ([(header::LINK, link)], body).into_response(),
        None => body.into_response(),
    })
}

/// The document of an id in a path.
pub(crate) fn find_document(state: &State, id: &str, version: Option<u32>) -> Result<Document, Error> {
    let none = || Error::NotFound(format!("there is no document {id}"));
    let parsed: DocumentId = id.parse().map_err(|_| none())?;
    state.index.document(parsed, version)?.ok_or_else(none)
}

pub(crate) async fn document(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
    Query(pairs): Pairs,
) -> Answer {
    let params = Params::read(pairs, &["version"])?;
    let document = find_document(&state, &id, params.parsed("version", "1")?)?;
    let article = &document.article;
    Ok(Json(json!({
        "document": document.summary, "author": article.author, "section": article.section, "tags": article.tags,
        "captions": article.captions, "modified": article.modified, "text": article.text, "capture": document.capture,
        "last_seen": document.last_seen, "versions": document.versions.len(),
        "directives": document.directives.iter().map(forms::keyed).collect::<Vec<_>>(),
        "officials": document.officials.iter().map(forms::keyed).collect::<Vec<_>>(),
        "figures": document.figures.iter().map(forms::keyed).collect::<Vec<_>>(),
    })))
}

pub(crate) async fn versions(Shared(state): Shared<State>, Path(id): Path<String>) -> Answer {
    let document = find_document(&state, &id, None)?;
    let versions = document.versions.iter();
    let results: Vec<Value> =
        versions.map(|version| json!({"version": version.version, "captured": version.captured})).collect();
    Ok(Json(forms::envelope(results.len() as u64, &results, &id.into())))
}

pub(crate) async fn directives(Shared(state): Shared<State>, Query(pairs): Pairs) -> Answer {
    let params = Params::read(pairs, params::RECORDS)?;
    let filter = params::records(&params)?;
    let list = state.index.directives(&filter, filter.limit)?;
    let results: Vec<Value> = list.directives.iter().map(forms::directive).collect();
    Ok(Json(forms::envelope(list.total as u64, &results, &filter.words.into())))
}

pub(crate) async fn directive(Shared(state): Shared<State>, Path(key): Path<String>) -> Answer {
    let dossier = state.index.directive(&key)?;
    let dossier = dossier.ok_or_else(|| Error::NotFound(format!("no directive is known as {key}")))?;
    Ok(Json(json!({
        "directive": forms::directive(&dossier.summary),
        "citations": dossier.citations.iter().map(forms::keyed).collect::<Vec<_>>(),
        "by_year": dossier.by_year, "by_province": dossier.by_province, "by_source": dossier.by_source,
        "candidates": dossier.candidates.iter().map(forms::directive).collect::<Vec<_>>(),
    })))
}

pub(crate) async fn officials(Shared(state): Shared<State>, Query(pairs): Pairs) -> Answer {
    let params = Params::read(pairs, params::RECORDS)?;
    let filter = params::records(&params)?;
    let list = state.index.officials(&filter, filter.limit)?;
    let results: Vec<Value> = list.officials.iter().map(forms::official).collect();
    Ok(Json(forms::envelope(list.total as u64, &results, &filter.words.into())))
}

pub(crate) async fn official(Shared(state): Shared<State>, Path(key): Path<String>) -> Answer {
    let career = state.index.official(&key)?;
    let career = career.ok_or_else(|| Error::NotFound(format!("no official is known as {key}")))?;
    Ok(Json(json!({
        "official": forms::official(&career.summary),
        "positions": career.holdings.iter().map(forms::holding).collect::<Vec<_>>(),
        "mentions": career.mentions.iter().map(forms::keyed).collect::<Vec<_>>(),
    })))
}

/// Who held an office, at a day where one is given.
pub(crate) async fn positions(Shared(state): Shared<State>, Query(pairs): Pairs) -> Answer {
    let params = Params::read(pairs, &["at", "title", "province", "limit"])?;
    let question = PositionQuestion {
        at: params.parsed("at", "2023-06-01")?,
        title: params.owned("title"),
        province: params.owned("province"),
        limit: params.limit(50, 1_000)?,
    };
    let holdings = state.index.positions(&question)?;
    let results: Vec<Value> = holdings.iter().map(forms::holding).collect();
    Ok(Json(forms::envelope(results.len() as u64, &results, &question.title.into())))
}

pub(crate) async fn figures(Shared(state): Shared<State>, Query(pairs): Pairs) -> Answer {
    let params = Params::read(pairs, params::RECORDS)?;
    let filter = params::records(&params)?;
    let found = state.index.figure_records(&filter)?;
    let results: Vec<Value> = found.records.iter().map(forms::keyed).collect();
    Ok(Json(forms::envelope(found.total, &results, &filter.words.into())))
}

/// What series may be asked with.
pub(crate) const SERIES: &[&str] = &["indicator", "province", "unit", "from", "to"];

/// The series that parameters ask for.
pub(crate) fn find_series(state: &State, params: &Params) -> Result<Series, Error> {
    let year = |name| params.parsed::<i16>(name, "2016");
    let indicator = params.owned("indicator");
    let question = SeriesQuestion {
        indicator: indicator.ok_or_else(|| Error::bad("name an indicator: ?indicator=budget revenue"))?,
        province: params.owned("province"),
        unit: params.owned("unit"),
        from: year("from")?,
        to: year("to")?,
    };
    Ok(state.index.series(&question)?)
}

pub(crate) async fn series(Shared(state): Shared<State>, Query(pairs): Pairs) -> Answer {
    let series = find_series(&state, &Params::read(pairs, SERIES)?)?;
    Ok(Json(forms::series(&series)))
}

pub(crate) async fn series_csv(Shared(state): Shared<State>, Query(pairs): Pairs) -> Result<Response, Error> {
    let series = find_series(&state, &Params::read(pairs, SERIES)?)?;
    let mut rows = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| Error::bad(error.to_string());
    let unit = series.unit.unwrap_or_default();
    rows.write_record([
        "period", "value", "of", "unit", "modifier", "disputed", "quote", "document", "address",
    ])
    .map_err(failed)?;
    for point in &series.points {
        let evidence = &point.evidence;
        let of = point.of.map(|of| of.to_string()).unwrap_or_default();
        let quote = format!("{}{}{}", evidence.prefix, evidence.quote, evidence.suffix);
        // A cell that begins like a formula would be one in a spreadsheet.
        let quote = if quote.starts_with(['=', '+', '-', '@']) { format!("'{quote}") } else { quote };
        rows.write_record([
            point.period.to_string(),
            point.value.to_string(),
            of,
            unit.clone(),
            point.modifier.to_string(),
            point.disputed.to_string(),
            quote,
            evidence.document.id.to_string(),
            evidence.document.address.clone(),
        ])
        .map_err(failed)?;
    }
    let text = rows.into_inner().map_err(|error| Error::bad(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], text).into_response())
}

pub(crate) async fn series_svg(Shared(state): Shared<State>, Query(pairs): Pairs) -> Result<Response, Error> {
    let series = find_series(&state, &Params::read(pairs, SERIES)?)?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], crate::pages::chart(&series)).into_response())
}

pub(crate) async fn timeline(Shared(state): Shared<State>, Query(pairs): Pairs) -> Answer {
    let params = Params::read(pairs, params::SEARCH)?;
    let request = params::search(&params)?;
    let buckets = state.index.timeline(&request, request.interval.unwrap_or(Interval::Year))?;
    let results: Vec<Value> = buckets
        .iter()
        .map(|bucket| json!({"period": bucket.period, "count": bucket.count, "collected": bucket.collected}))
        .collect();
    Ok(Json(forms::envelope(results.len() as u64, &results, &request.query.into())))
}

pub(crate) async fn sources(Shared(state): Shared<State>) -> Answer {
    let sources = state.index.sources()?;
    let results: Vec<Value> = sources
        .iter()
        .map(|source| {
            let (first, last) = source.dates.unzip();
            json!({"name": source.name, "province": source.province, "documents": source.documents, "first": first, "last": last})
        })
        .collect();
    Ok(Json(forms::envelope(results.len() as u64, &results, &Value::Null)))
}

pub(crate) async fn ready(Shared(state): Shared<State>) -> Response {
    match state.index.stats() {
        Ok(stats) => {
            Json(json!({"documents": stats.documents, "generation": stats.generation})).into_response()
        }
        Err(error) => {
            tracing::error!("{error}");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
