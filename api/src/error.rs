//! One error, two faces: a problem (RFC 9457) for tools, a page for people.

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
    /// Too many long questions are being answered.
    #[error("too many long questions are being answered: ask again in a moment")]
    Busy,
    /// The index fails.
    #[error(transparent)]
    Index(indexer::Error),
    /// An answer cannot be written.
    #[error("an answer cannot be written: {0}")]
    Answer(String),
    /// The port cannot be served.
    #[error("serving failed: {0}")]
    Serve(std::io::Error),
}

impl Error {
    pub(crate) fn bad(reason: impl Into<String>) -> Self {
        Self::Bad(reason.into())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Moved(_) => StatusCode::MOVED_PERMANENTLY,
            Self::Split { .. } => StatusCode::MULTIPLE_CHOICES,
            Self::TooLong(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Index(_) | Self::Answer(_) | Self::Serve(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<indexer::Error> for Error {
    fn from(error: indexer::Error) -> Self {
        match error {
            indexer::Error::Query(error) => Self::Bad(error.to_string()),
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
        let detail = if status.is_server_error() && !matches!(self, Self::Busy) {
            tracing::error!("{self}");
            "the service failed; its log says why".to_owned()
        } else {
            self.to_string()
        };
        let title = status.canonical_reason().unwrap_or_default();
        let problem = Problem { kind: "about:blank", title, status: status.as_u16(), detail: detail.clone() };
        let body = serde_json::to_string(&problem).unwrap_or_default();
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if matches!(self, Self::Busy) {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
        }
        response.extensions_mut().insert(Reason(detail));
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
