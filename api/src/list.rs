//! Lists as JSON, as JSON Lines and as CSV.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use indexer::Index;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use crate::cursor::Asked;
use crate::forms::List;
use crate::message::{Message, Saying};
use crate::params::Params;
use crate::{Error, State};

/// How a list is wanted: by the suffix of the address, else by `Accept`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// One object: the envelope.
    Json,
    /// One result a line.
    Lines,
    /// One result a row.
    Csv,
}

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let path = parts.extensions.get::<OriginalUri>().map_or(parts.uri.path(), |uri| uri.path());
        let accept =
            parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let suffix = path.rsplit_once('.').map(|(_, suffix)| suffix);
        Ok(match suffix {
            Some("csv") => Self::Csv,
            Some("ndjson") => Self::Lines,
            _ => accepted(accept),
        })
    }
}

/// The form that a client would rather have than the others; JSON where it says nothing that tells one.
fn accepted(accept: &str) -> Form {
    // Of equals the one that is named first, and what is named before what is meant too.
    let weight = |form: Form| -> (u32, bool, usize) {
        let media = form.media().split(';').next().unwrap_or_default();
        let (kind, _) = media.split_once('/').unwrap_or_default();
        let ranges = accept.split(',').enumerate().filter_map(|(at, range)| {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next()?.to_ascii_lowercase();
            let closeness = match name.strip_suffix("/*") {
                _ if name == media => 3,
                Some(of) if of == kind => 2,
                Some("*") => 1,
                _ => return None,
            };
            let asked = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            let share: f32 = asked.map_or(Some(1.0), |share| share.parse().ok())?;
            Some((closeness, (share.clamp(0.0, 1.0) * 1000.0) as u32, at))
        });
        let closest = ranges.max_by_key(|(closeness, _, at)| (*closeness, usize::MAX - at));
        closest.map_or((0, false, 0), |(closeness, share, at)| (share, closeness == 3, usize::MAX - at))
    };
    let best = [Form::Csv, Form::Lines, Form::Json].into_iter().max_by_key(|form| weight(*form));
    best.filter(|form| weight(*form).0 > 0).unwrap_or(Form::Json)
}

impl Form {
    /// The list as it is wanted.
    pub(crate) fn answer<T: Serialize + ToSchema>(self, list: List<T>) -> Result<Response, Error> {
        if self == Self::Json {
            return Ok(Json(list).into_response());
        }
        let writing = Writing::<T>::new(self);
        let text = writing.begin()? + &writing.write(&list.results)?;
        Ok(([(header::CONTENT_TYPE, self.media())], text).into_response())
    }

    /// The list as it is wanted, with some fields of each result alone.
    pub(crate) fn answer_only<T: Serialize + ToSchema>(
        self,
        list: List<T>,
        fields: &[&str],
    ) -> Result<Response, Error> {
        let list = only(list, fields)?;
        if self == Self::Json {
            return Ok(Json(list).into_response());
        }
        let is_of = |column: &str, field: &str| {
            column.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let mut columns = columns::<T>();
        columns.retain(|column| fields.iter().any(|field| is_of(column, field)));
        let text = match self {
            Self::Csv => rows(&list.results, &columns, true)?,
            _ => list.results.iter().map(line).collect::<Result<String, _>>()?,
        };
        Ok(([(header::CONTENT_TYPE, self.media())], text).into_response())
    }

    /// Its media type.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Lines => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// How results are written one after another: as lines, or as rows of the same columns whatever they hold.
#[derive(Debug)]
pub(crate) struct Writing<T> {
    columns: Option<Vec<String>>,
    of: PhantomData<fn(T)>,
}

impl<T> Clone for Writing<T> {
    fn clone(&self) -> Self {
        Self { columns: self.columns.clone(), of: PhantomData }
    }
}

impl<T: Serialize + ToSchema> Writing<T> {
    /// As rows where these are wanted, else as lines.
    pub(crate) fn new(form: Form) -> Self {
        Self { columns: (form == Form::Csv).then(columns::<T>), of: PhantomData }
    }

    /// What comes before all results: the names of the columns.
    pub(crate) fn begin(&self) -> Result<String, Error> {
        self.columns.as_deref().map_or_else(|| Ok(String::new()), |columns| rows(&[], columns, true))
    }

    /// Some results.
    pub(crate) fn write(&self, results: &[T]) -> Result<String, Error> {
        let Some(columns) = &self.columns else { return results.iter().map(line).collect() };
        let values = results.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>();
        rows(&values.map_err(|error| Error::Answer(error.to_string()))?, columns, false)
    }
}

/// A page of a list, and where the next one begins.
pub(crate) struct Part<T, Place> {
    pub(crate) results: Vec<T>,
    /// How many there are in all.
    pub(crate) total: u64,
    pub(crate) next: Option<Place>,
}

/// Results that lines and rows are read by, where no limit is asked for.
const READ_AT_ONCE: usize = 1_000;
/// How long what has begun waits before it asks again for its turn.
const AGAIN: Duration = Duration::from_millis(200);

/// A list page by page as JSON; as lines or rows all of it, unless a limit is asked for. `ask` reads so many results
/// behind a place.
pub(crate) async fn paged<T, Place, Ask>(
    state: &State,
    form: Form,
    path: &str,
    pairs: &[(String, String)],
    params: &Params,
    ask: Ask,
) -> Result<Response, Error>
where
    T: Serialize + ToSchema + Send + 'static,
    Place: Display + FromStr + Clone + Send + 'static,
    Ask: Fn(&Index, Option<Place>, usize) -> Result<Part<T, Place>, Error> + Clone + Send + 'static,
{
    let asked = Asked::of(path, pairs);
    let after: Option<Place> = asked.resumed(params)?;
    let limit = crate::params::listed(params)?;
    if form != Form::Json && params.one("limit").is_none() {
        return all(state, form, after, READ_AT_ONCE, ask).await;
    }
    let Part { results, total, next } = state.ask(move |index| ask(index, after, limit)).await?;
    let next = next.map(|place| asked.cursor(&place));
    let link = next.as_deref().map(|next| {
        let query = crate::pages::with(pairs, "cursor", next);
        format!("<{path}?{query}>; rel=\"next\"")
    });
    let list = List { next, ..List::of(total, results, params.owned("q").or_else(|| params.owned("title"))) };
    let mut response = form.answer(list)?;
    if let Some(link) = link.and_then(|link| link.parse().ok()) {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

/// All results as they are now, read page by page: any number of them in bounded memory, each once.
pub(crate) async fn all<T, Place, Ask>(
    state: &State,
    form: Form,
    after: Option<Place>,
    at_once: usize,
    ask: Ask,
) -> Result<Response, Error>
where
    T: Serialize + ToSchema + Send + 'static,
    Place: Clone + Send + 'static,
    Ask: Fn(&Index, Option<Place>, usize) -> Result<Part<T, Place>, Error> + Clone + Send + 'static,
{
    let index = state.ask(indexer::Index::at_this_point).await?;
    let state = State { index, ..state.clone() };
    let (first, asked) = (ask.clone(), after.clone());
    // What is refused is told before the first line.
    let first = state.ask(move |index| first(index, asked, at_once)).await?;
    let writing = Writing::<T>::new(form);
    let begin = writing.begin()?;
    let pages = futures_util::stream::unfold(Some((Some(first), None)), move |at| {
        let (state, ask, writing) = (state.clone(), ask.clone(), writing.clone());
        async move {
            let (read, after) = at?;
            let part: Part<T, Place> = match read {
                Some(part) => part,
                None => loop {
                    let (ask, after) = (ask.clone(), after.clone());
                    match state.ask(move |index| ask(index, after, at_once)).await {
                        Ok(part) => break part,
                        // What has begun is not torn because others ask too: it waits for as long as its client does.
                        Err(Error::Busy) => {}
                        Err(Error::TooMany) => tokio::time::sleep(AGAIN).await,
                        Err(error) => return Some((Err(std::io::Error::other(error.to_string())), None)),
                    }
                },
            };
            let next = part.next.map(|place| (None, Some(place)));
            match writing.write(&part.results) {
                Ok(text) => Some((Ok(Bytes::from(text)), next)),
                Err(error) => Some((Err(std::io::Error::other(error.to_string())), None)),
            }
        }
    });
    let begin = futures_util::stream::iter([Ok(Bytes::from(begin))]);
    // Compression asks once more behind the end, which an unfolded stream does not survive.
    let pages = begin.chain(pages).fuse();
    Ok(([(header::CONTENT_TYPE, form.media())], Body::from_stream(pages)).into_response())
}

/// The columns of a form: its fields, those of its fields behind a dot.
fn columns<T: ToSchema>() -> Vec<String> {
    let mut named = Vec::new();
    T::schemas(&mut named);
    let named: BTreeMap<String, RefOr<Schema>> = named.into_iter().collect();
    let mut all = Vec::new();
    add_columns(String::new(), &T::schema(), &named, &mut all);
    all
}

fn add_columns(
    name: String,
    schema: &RefOr<Schema>,
    named: &BTreeMap<String, RefOr<Schema>>,
    all: &mut Vec<String>,
) {
    let fields = match schema {
        RefOr::Ref(to) => {
            let to = to.ref_location.rsplit('/').next().unwrap_or_default();
            return match named.get(to) {
                Some(schema) => add_columns(name, schema, named, all),
                None => all.push(name),
            };
        }
        RefOr::T(Schema::Object(object)) => &object.properties,
        // What may be null is one of null and itself.
        RefOr::T(Schema::OneOf(one)) => {
            return match one.items.iter().find(|item| matches!(item, RefOr::Ref(_))) {
                Some(item) => add_columns(name, item, named, all),
                None => all.push(name),
            };
        }
        RefOr::T(_) => return all.push(name),
    };
    if fields.is_empty() {
        return all.push(name);
    }
    for (inner, schema) in fields {
        let inner = if name.is_empty() { inner.clone() } else { format!("{name}.{inner}") };
        add_columns(inner, schema, named, all);
    }
}

/// Results as rows of given columns, behind their names or without them.
fn rows(results: &[Value], columns: &[String], headed: bool) -> Result<String, Error> {
    let failed = |error: String| Error::Answer(error);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    if headed {
        writer.write_record(columns).map_err(|error| failed(error.to_string()))?;
    }
    for result in results {
        let mut cells = Vec::new();
        flatten(String::new(), result.clone(), &mut cells);
        let value =
            |column: &String| cells.iter().find(|(name, _)| name == column).map_or("", |(_, value)| value);
        writer.write_record(columns.iter().map(value)).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

/// One result as a line of JSON.
fn line<T: Serialize>(result: &T) -> Result<String, Error> {
    let mut line = serde_json::to_string(result).map_err(|error| Error::Answer(error.to_string()))?;
    line.push('\n');
    Ok(line)
}

fn flatten(name: String, value: Value, cells: &mut Vec<(String, String)>) {
    let within = |inner: &str| if name.is_empty() { inner.to_owned() } else { format!("{name}.{inner}") };
    match value {
        Value::Object(fields) => {
            for (inner, value) in fields {
                flatten(within(&inner), value, cells);
            }
        }
        Value::Null => cells.push((name, String::new())),
        Value::String(text) => cells.push((name, safe(harmless(text)))),
        Value::Array(values) if values.iter().all(Value::is_string) => {
            let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            cells.push((name, safe(harmless(texts.join("; ")))));
        }
        other => cells.push((name, other.to_string())),
    }
}

/// A text without signs that mean something to a terminal or end a text for some programs.
pub(crate) fn harmless(text: String) -> String {
    let is_harmful = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if text.contains(is_harmful) { text.replace(is_harmful, "\u{fffd}") } else { text }
}

/// A cell that begins like a formula would be one in a spreadsheet, also in the wide signs of East Asian writing and behind
/// what spreadsheets pass over.
fn safe(text: String) -> String {
    let begins = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let is_passed_over =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}');
    let first = text.trim_start_matches(is_passed_over);
    // A sign alone is none.
    if first.chars().nth(1).is_none() && first.len() == text.len() {
        return text;
    }
    if first.starts_with(begins) || text.starts_with(['\t', '\r', '\n']) { format!("'{text}") } else { text }
}

/// Only some fields of an answer.
pub(crate) fn some(answer: &impl Serialize, fields: &[&str]) -> Result<Value, Error> {
    let value = serde_json::to_value(answer).map_err(|error| Error::Answer(error.to_string()))?;
    let Value::Object(all) = value else { return Ok(value) };
    if let Some(unknown) = fields.iter().find(|field| !all.contains_key(**field)) {
        let known: Vec<&str> = all.keys().map(String::as_str).collect();
        return Err(Error::bad(
            Message::new(Saying::UnknownField).quoting("value", unknown).with("known", known.join(", ")),
        ));
    }
    let some: Map<String, Value> =
        all.into_iter().filter(|(name, _)| fields.contains(&name.as_str())).collect();
    Ok(Value::Object(some))
}

/// Only some fields of each result.
fn only<T: Serialize>(list: List<T>, fields: &[&str]) -> Result<List<Value>, Error> {
    let List {
        count,
        count_relation,
        counted,
        unquoted,
        unread_signs,
        respelt,
        results,
        facets,
        histogram,
        next,
        previous,
        query,
        entities,
    } = list;
    let mut kept = Vec::with_capacity(results.len());
    for result in results {
        kept.push(some(&result, fields)?);
    }
    Ok(List {
        count,
        count_relation,
        counted,
        unquoted,
        unread_signs,
        respelt,
        results: kept,
        facets,
        histogram,
        next,
        previous,
        query,
        entities,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_the_one_that_is_wanted_most() {
        let check = |accept: &str, expected: Form| assert_eq!(accepted(accept), expected, "{accept}");
        check("", Form::Json);
        check("text/csv", Form::Csv);
        check("text/csv;q=0.1, application/json", Form::Json);
        check("text/csv, application/json", Form::Csv);
        check("application/json, text/csv", Form::Json);
        check("application/x-ndjson;q=0.9, text/*;q=0.5", Form::Lines);
        check("text/*, application/json;q=0.5", Form::Csv);
        check("*/*", Form::Json);
        check("text/csv, */*;q=0.1", Form::Csv);
        check("application/json;q=0, */*", Form::Lines);
        check("application/json;q=0", Form::Json);
        check("text/html,application/xhtml+xml,*/*;q=0.8", Form::Json);
        check("text/csv;q=x, ;;, zzz", Form::Json);
    }

    #[test]
    fn no_cell_is_a_command() {
        let check = |text: &str, expected: &str| assert_eq!(harmless(text.to_owned()), expected);
        check("a\tb\nc\r", "a\tb\nc\r");
        check("a\0\u{1b}[31m\u{7}\u{9b}", "a\u{fffd}\u{fffd}[31m\u{fffd}\u{fffd}");
    }

    #[test]
    fn no_cell_is_a_formula() {
        let check = |text: &str, is_guarded: bool| {
            let expected = if is_guarded { format!("'{text}") } else { text.to_owned() };
            assert_eq!(safe(text.to_owned()), expected, "{text:?}");
        };
        for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠"] {
            for before in ["", "\t", "\r", "\n", "\r\n", " ", "\u{a0}", "\u{feff}", "\0"] {
                check(&format!("{before}{sign}1+1"), true);
            }
        }
        for text in ["\tnăm", "\rnăm", "\nnăm"] {
            check(text, true);
        }
        for text in ["", " ", "=", "-", "năm 2020 - 2021", "1=1", "“=1”", " năm"] {
            check(text, false);
        }
    }
}
