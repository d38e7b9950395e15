//! One error, two faces: a problem (RFC 9457) for tools, a page for people.

use std::time::Duration;

use axum::Json;
use axum::extract::Request;
use axum::http::{StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::forms::{Choice, Choices, Problem};
use crate::pages;
use crate::words::Ui;

/// What can go wrong with a request or with serving.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be understood; the text says what would be right.
    #[error("{0}")]
    Bad(String),
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// It is known under another address by now.
    #[error("this is now {0}")]
    Moved(String),
    /// What it was is several things by now.
    #[error("this was split into several: choose one of them")]
    Split {
        /// The address that their keys stand behind.
        at: &'static str,
        /// Their keys and labels.
        choices: Vec<(String, String)>,
    },
    /// The text of a request is longer than is read.
    #[error("the text is longer than {0} bytes: send it in parts")]
    TooLong(usize),
    /// The resource does not answer this method.
    #[error("this is read with GET; only /v1/resolve takes a text with POST")]
    Method,
    /// Too many questions are being answered.
    #[error("too many questions are being answered: ask again in a moment")]
    Busy,
    /// One address has too many questions waiting.
    #[error("too many questions of yours are waiting: ask again once some are answered")]
    TooMany,
    /// The text of a request did not come in time.
    #[error("the text did not arrive within {} s: send it again, in parts where the line is slow", .0.as_secs_f32())]
    Slow(Duration),
    /// There is no place for another connection.
    #[error("too many connections are open: try again in a moment")]
    Full,
    /// The index fails.
    #[error(transparent)]
    Index(indexer::store::Error),
    /// The index cannot be asked for now.
    #[error(transparent)]
    Away(indexer::store::Error),
    /// Files of the index are damaged.
    #[error("{0}")]
    Damaged(String),
    /// An answer cannot be written.
    #[error("an answer cannot be written: {0}")]
    Answer(String),
}

impl Error {
    pub(crate) fn bad(reason: impl Into<String>) -> Self {
        Self::Bad(reason.into())
    }

    /// What is answered instead of anything out of damaged files.
    pub(crate) fn damaged() -> Self {
        let reason = "files of the index are damaged, so its answers cannot be trusted: `yearline index --rebuild` makes it again";
        Self::Damaged(reason.to_owned())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Moved(_) => StatusCode::MOVED_PERMANENTLY,
            Self::Split { .. } => StatusCode::MULTIPLE_CHOICES,
            Self::TooLong(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Slow(_) => StatusCode::REQUEST_TIMEOUT,
            Self::Busy | Self::Full | Self::Damaged(_) | Self::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Index(_) | Self::Answer(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What it says to whoever asked.
    fn detail(&self) -> String {
        match self {
            Self::Index(_) | Self::Answer(_) => "the service failed; its log says why".to_owned(),
            // Where the engine is, is nobody's business but its owner's.
            Self::Away(indexer::store::Error::Engine { problem, .. }) if problem.passes() => {
                "the index is not to be reached for now: ask again in a moment".to_owned()
            }
            Self::Away(_) => "the index cannot be asked; the service's log says why".to_owned(),
            told => told.to_string(),
        }
    }

    /// It as a problem, in JSON.
    pub(crate) fn problem(&self) -> String {
        let status = self.status();
        let title = status.canonical_reason().unwrap_or_default();
        let problem = Problem { kind: "about:blank", title, status: status.as_u16(), detail: self.detail() };
        serde_json::to_string(&problem).unwrap_or_default()
    }
}

impl From<indexer::store::Error> for Error {
    fn from(error: indexer::store::Error) -> Self {
        match error {
            indexer::store::Error::Query(error) => Self::Bad(error.to_string()),
            error @ indexer::store::Error::Engine { .. } => Self::Away(error),
            // Met before the files were verified.
            error @ indexer::store::Error::Corrupt { .. } => {
                tracing::error!("{error}");
                Self::damaged()
            }
            error => Self::Index(error),
        }
    }
}

/// What went wrong, for the page that shows it.
#[derive(Clone, Debug)]
struct Reason(String);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        match self {
            Self::Moved(to) => return (status, [(header::LOCATION, to)]).into_response(),
            Self::Split { at, choices } => {
                let choice = |(key, label): (String, String)| Choice {
                    link: format!("{at}{}", pages::escaped(&key)),
                    key,
                    label,
                };
                let candidates = choices.into_iter().map(choice).collect();
                return (status, Json(Choices { candidates })).into_response();
            }
            _ => {}
        }
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!("{self}");
        }
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], self.problem()).into_response();
        if matches!(self, Self::Busy | Self::TooMany) {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
        }
        response.extensions_mut().insert(Reason(self.detail()));
        response
    }
}

/// The answer to an address that there is not.
pub(crate) async fn not_found(uri: Uri) -> Error {
    let path: String = uri.path().chars().take(200).collect();
    Error::NotFound(format!("there is nothing at {path}"))
}

/// The answer to another method than GET and HEAD.
pub(crate) async fn method() -> Error {
    Error::Method
}

/// Shows a browser a page instead of a problem.
pub(crate) async fn for_people(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let accepts = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let is_person =
        accepts.is_some_and(|accepts| accepts.contains("text/html")) && !parts.uri.path().starts_with("/v1/");
    let ui = Ui::of(&parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    match response.extensions().get::<Reason>() {
        Some(Reason(detail)) if is_person => pages::failed(response.status(), detail, ui),
        _ => response,
    }
}
