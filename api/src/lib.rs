//! The faces of an index: the HTTP API under `/v1` and the pages. It reads the index and writes nothing.

mod error;
mod forms;
mod handlers;
mod pages;
mod params;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, map_response};
use axum::response::Response;
use axum::routing::get;
use indexer::Index;
use tokio::net::TcpListener;

pub use error::Error;

/// How the service behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How often new commits of the index are looked for.
    pub reload: Duration,
    /// Longest address of a request, in bytes.
    pub longest_query: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { reload: Duration::from_secs(1), longest_query: 8 * 1024 }
    }
}

/// What handlers share.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) index: Index,
    pub(crate) settings: Arc<Settings>,
}

/// All routes: what tools call, then what people open.
pub fn app(index: Index, settings: Settings) -> Router {
    let state = State { index, settings: Arc::new(settings) };
    Router::new()
        .route("/v1/search", get(handlers::search))
        .route("/v1/documents/{id}", get(handlers::document))
        .route("/v1/documents/{id}/versions", get(handlers::versions))
        .route("/v1/directives", get(handlers::directives))
        .route("/v1/directives/{key}", get(handlers::directive))
        .route("/v1/officials", get(handlers::officials))
        .route("/v1/officials/{key}", get(handlers::official))
        .route("/v1/positions", get(handlers::positions))
        .route("/v1/figures", get(handlers::figures))
        .route("/v1/series", get(handlers::series))
        .route("/v1/series.csv", get(handlers::series_csv))
        .route("/v1/series.svg", get(handlers::series_svg))
        .route("/v1/timeline", get(handlers::timeline))
        .route("/v1/sources", get(handlers::sources))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(handlers::ready))
        .route("/", get(pages::search))
        .route("/documents/{id}", get(pages::document))
        .route("/directives", get(pages::directives))
        .route("/directives/{key}", get(pages::directive))
        .route("/officials", get(pages::officials))
        .route("/officials/{key}", get(pages::official))
        .route("/series", get(pages::series))
        .route("/static/style.css", get(pages::style))
        .fallback(error::not_found)
        .layer(axum::middleware::from_fn_with_state(state.clone(), limit_query))
        .layer(map_response(secured))
        .with_state(state)
}

/// Refuses addresses that are longer than any honest question.
async fn limit_query(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Result<Response, Error> {
    let limit = state.settings.longest_query;
    if request.uri().query().is_some_and(|query| query.len() > limit) {
        return Err(Error::bad(format!("the query is longer than {limit} bytes: search for fewer words")));
    }
    Ok(next.run(request).await)
}

/// Denies everything that the pages do not need: text from strangers is shown on them.
async fn secured(mut response: Response) -> Response {
    const HEADERS: [(header::HeaderName, &str); 3] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Serves until `stop` is there, picking up new commits of the index meanwhile.
pub async fn serve(
    listener: TcpListener,
    index: Index,
    settings: Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let (reloaded, every) = (index.clone(), settings.reload);
    let reloading = tokio::spawn(async move {
        loop {
            tokio::time::sleep(every).await;
            let index = reloaded.clone();
            match tokio::task::spawn_blocking(move || index.reload()).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => tracing::warn!("the index cannot be read again: {error}"),
                Err(_) => break,
            }
        }
    });
    let served = axum::serve(listener, app(index, settings)).with_graceful_shutdown(stop).await;
    reloading.abort();
    served.map_err(Error::Serve)
}
