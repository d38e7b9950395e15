//! Lists as JSON, as JSON Lines and as CSV.

use axum::Json;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Error;
use crate::forms::List;

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
        Ok(if suffix == Some("csv") {
            Self::Csv
        } else if suffix == Some("ndjson") {
            Self::Lines
        } else if accept.starts_with("text/csv") {
            Self::Csv
        } else if accept.starts_with("application/x-ndjson") {
            Self::Lines
        } else {
            Self::Json
        })
    }
}

impl Form {
    /// The list as it is wanted.
    pub(crate) fn answer<T: Serialize>(self, list: List<T>) -> Result<Response, Error> {
        match self {
            Self::Json => Ok(Json(list).into_response()),
            Self::Lines => {
                let mut lines = String::new();
                for result in &list.results {
                    lines.push_str(&line(result)?);
                }
                Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], lines).into_response())
            }
            Self::Csv => csv(&list.results),
        }
    }
}

/// One result as a line of JSON.
pub(crate) fn line<T: Serialize>(result: &T) -> Result<String, Error> {
    let mut line = serde_json::to_string(result).map_err(|error| Error::Answer(error.to_string()))?;
    line.push('\n');
    Ok(line)
}

/// Results as rows; fields of fields are columns such as `evidence.quote`.
pub(crate) fn csv<T: Serialize>(results: &[T]) -> Result<Response, Error> {
    let failed = |error: String| Error::Answer(error);
    let mut rows: Vec<Vec<(String, String)>> = Vec::with_capacity(results.len());
    let mut columns: Vec<String> = Vec::new();
    for result in results {
        let mut cells = Vec::new();
        flatten(
            String::new(),
            serde_json::to_value(result).map_err(|error| failed(error.to_string()))?,
            &mut cells,
        );
        for (name, _) in &cells {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        rows.push(cells);
    }
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).map_err(|error| failed(error.to_string()))?;
    for cells in &rows {
        let value =
            |column: &String| cells.iter().find(|(name, _)| name == column).map_or("", |(_, value)| value);
        writer.write_record(columns.iter().map(value)).map_err(|error| failed(error.to_string()))?;
    }
    let text = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], text).into_response())
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
        Value::String(text) => cells.push((name, safe(text))),
        Value::Array(values) if values.iter().all(Value::is_string) => {
            let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            cells.push((name, safe(texts.join("; "))));
        }
        other => cells.push((name, other.to_string())),
    }
}

/// A cell that begins like a formula would be one in a spreadsheet, also in the wide signs of East Asian writing and behind
/// what spreadsheets pass over.
fn safe(text: String) -> String {
    let begins = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let is_passed_over =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}');
    let first = text.trim_start_matches(is_passed_over);
    if first.starts_with(begins) || text.starts_with(['\t', '\r', '\n']) { format!("'{text}") } else { text }
}

/// Only some fields of each result.
pub(crate) fn only<T: Serialize>(list: List<T>, fields: &[&str]) -> Result<List<Value>, Error> {
    let List { count, count_relation, results, facets, histogram, next, previous, query } = list;
    let mut kept = Vec::with_capacity(results.len());
    for result in results {
        let value = serde_json::to_value(result).map_err(|error| Error::Answer(error.to_string()))?;
        let Value::Object(all) = value else { continue };
        if let Some(unknown) = fields.iter().find(|field| !all.contains_key(**field)) {
            let known: Vec<&str> = all.keys().map(String::as_str).collect();
            return Err(Error::bad(format!(
                "fields: there is no “{unknown}”; there are {}",
                known.join(", ")
            )));
        }
        let some: Map<String, Value> =
            all.into_iter().filter(|(name, _)| fields.contains(&name.as_str())).collect();
        kept.push(Value::Object(some));
    }
    Ok(List { count, count_relation, results: kept, facets, histogram, next, previous, query })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for text in ["", " ", "năm 2020 - 2021", "1=1", "“=1”", " năm"] {
            check(text, false);
        }
    }
}
