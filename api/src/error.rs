//! One error, two faces: a problem (RFC 9457) for tools, a page for people.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

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
    /// The index fails.
    #[error(transparent)]
    Index(indexer::Error),
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
            Self::Index(_) | Self::Serve(_) => StatusCode::INTERNAL_SERVER_ERROR,
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

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        let detail = if status.is_server_error() {
            tracing::error!("{self}");
            "the service failed; its log says why".to_owned()
        } else {
            self.to_string()
        };
        let title = status.canonical_reason().unwrap_or_default();
        let problem = serde_json::json!({
            "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail,
        });
        (status, [(header::CONTENT_TYPE, "application/problem+json")], problem.to_string()).into_response()
    }
}

/// The answer to an address that there is not.
pub(crate) async fn not_found(uri: Uri) -> Error {
    Error::NotFound(format!("there is nothing at {}", uri.path()))
}
