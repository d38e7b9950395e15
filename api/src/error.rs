//! One error, two faces: a problem (RFC 9457) for tools, a page for people.

use std::fmt;
use std::time::Duration;

use axum::Json;
use axum::extract::Request;
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use indexer::store::QueryError;

use crate::forms::{Choice, Choices, Problem};
use crate::message::{Message, Saying};
use crate::pages;
use crate::words::Ui;

/// What can go wrong with a request or with serving.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be understood; the text says what would be right.
    Bad(Message),
    /// There is no such thing.
    NotFound(Message),
    /// It is known under another address by now.
    Moved(String),
    /// What it was is several things by now.
    Split {
        /// The address that their keys stand behind.
        at: &'static str,
        /// Their keys and labels.
        choices: Vec<(String, String)>,
    },
    /// It was asked under a name that is not the service's.
    Misdirected(Message),
    /// The text of a request is longer than is read.
    TooLong(usize),
    /// The text of a request comes in a form that is not read.
    Form(Message),
    /// No form of the answer is taken.
    Unacceptable,
    /// The resource does not answer this method.
    Method,
    /// Too many questions are being answered.
    Busy,
    /// One address has too many questions waiting.
    TooMany,
    /// The text of a request did not come in time.
    Slow(Duration),
    /// There is no place for another connection.
    Full,
    /// The index fails.
    Index(indexer::store::Error),
    /// The index cannot be asked for now.
    Away(indexer::store::Error),
    /// Files of the index are damaged: what is known of it, where anything is.
    Damaged(Option<String>),
    /// An answer cannot be written.
    Answer(String),
}

impl Error {
    pub(crate) fn bad(reason: impl Into<Message>) -> Self {
        Self::Bad(reason.into())
    }

    /// What is answered instead of anything out of damaged files.
    pub(crate) fn damaged() -> Self {
        Self::Damaged(None)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Moved(_) => StatusCode::MOVED_PERMANENTLY,
            Self::Split { .. } => StatusCode::MULTIPLE_CHOICES,
            Self::Misdirected(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::TooLong(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Form(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unacceptable => StatusCode::NOT_ACCEPTABLE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Slow(_) => StatusCode::REQUEST_TIMEOUT,
            Self::Busy | Self::Full | Self::Damaged(_) | Self::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Index(_) | Self::Answer(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What it says to whoever asked.
    fn message(&self) -> Message {
        match self {
            Self::Bad(message)
            | Self::NotFound(message)
            | Self::Form(message)
            | Self::Misdirected(message) => message.clone(),
            Self::Moved(to) => Message::new(Saying::Moved).with("to", to),
            Self::Split { .. } => Saying::Split.into(),
            Self::TooLong(most) => Message::new(Saying::TextTooLong).with("most", most),
            Self::Unacceptable => Saying::NoEncoding.into(),
            Self::Method => Saying::ReadWithGet.into(),
            Self::Busy => Saying::Busy.into(),
            Self::TooMany => Saying::TooManyWaiting.into(),
            Self::Slow(within) => Message::new(Saying::Slow).with("seconds", within.as_secs_f32()),
            Self::Full => Saying::Full.into(),
            Self::Damaged(_) => Saying::Damaged.into(),
            // Where the engine is, is nobody's business but its owner's.
            Self::Away(indexer::store::Error::Engine { problem, .. }) if problem.passes() => {
                Saying::OutOfReach.into()
            }
            Self::Away(_) => Saying::Away.into(),
            Self::Index(_) | Self::Answer(_) => Saying::Failed.into(),
        }
    }

    /// The same to a tool, which is told in English.
    fn detail(&self) -> String {
        match self {
            Self::Damaged(Some(reason)) => reason.clone(),
            told => told.message().to_string(),
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
            indexer::store::Error::Query(error) => Self::Bad(refused(&error)),
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

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(error) | Self::Away(error) => error.fmt(f),
            Self::Answer(reason) => write!(f, "an answer cannot be written: {reason}"),
            told => f.write_str(&told.detail()),
        }
    }
}

impl std::error::Error for Error {}

/// Why a search is refused.
pub(crate) fn refused(error: &QueryError) -> Message {
    match error {
        QueryError::TooLong { bytes, limit } => {
            Message::new(Saying::QueryTooLong).with("bytes", bytes).with("most", limit)
        }
        QueryError::TooManyClauses { limit } => Message::new(Saying::QueryTooManyWords).with("most", limit),
        QueryError::PhraseTooLong { limit } => Message::new(Saying::QueryPhraseTooLong).with("most", limit),
        QueryError::NoWords => Saying::QueryNoWords.into(),
        QueryError::NoSuchSyntax { text } => Message::new(Saying::QueryNoSuchSyntax).quoting("text", text),
        QueryError::PrefixTooShort { word } => {
            Message::new(Saying::QueryPrefixTooShort).quoting("word", word)
        }
        QueryError::PrefixOfPhrase { word } => {
            Message::new(Saying::QueryPrefixOfPhrase).quoting("word", word)
        }
        QueryError::TooMany { name, value, limit } => {
            Message::new(Saying::TooManyAsked).with("name", name).with("value", value).with("most", limit)
        }
        QueryError::FilterValue { facet, value, example } => Message::new(Saying::QueryFilterValue)
            .quoting("value", value)
            .with("name", facet)
            .with("example", example),
        QueryError::ForeignCursor => Saying::QueryForeignCursor.into(),
        QueryError::TooSlow { limit } => Message::new(Saying::QueryTooSlow).with("ms", limit.as_millis()),
        other => Message::new(Saying::Query).with("reason", other),
    }
}

/// What went wrong, for the page that shows it.
#[derive(Clone, Debug)]
struct Reason(Message);

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
        response.extensions_mut().insert(Reason(self.message()));
        response
    }
}

/// The answer to an address that there is not.
pub(crate) async fn not_found(uri: Uri) -> Error {
    let path: String = uri.path().chars().take(200).collect();
    Error::NotFound(Message::new(Saying::NothingAt).with("path", path))
}

/// The answer to another method than GET and HEAD.
pub(crate) async fn method(method: Method) -> Response {
    // Which methods there are stands in a header that the router adds.
    if method == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        Error::Method.into_response()
    }
}

/// Shows a browser a page instead of a problem.
pub(crate) async fn for_people(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let accepts = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let is_person =
        accepts.is_some_and(|accepts| accepts.contains("text/html")) && !parts.uri.path().starts_with("/v1/");
    let ui = Ui::of(&parts);
    let asked = pages::Asked::of(&parts.uri);
    let response = next.run(Request::from_parts(parts, body)).await;
    match response.extensions().get::<Reason>() {
        Some(Reason(message)) if is_person => pages::failed(response.status(), message, asked, ui),
        _ => response,
    }
}
