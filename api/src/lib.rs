//! The faces of an index: the HTTP API under `/v1` and the pages. It reads the index and writes nothing.

mod chart;
pub mod coverage;
mod cursor;
pub mod decisions;
mod documented;
mod error;
mod forms;
mod handlers;
mod hosts;
mod kept;
mod list;
mod message;
mod pages;
mod params;
mod resolve;
mod routes;
mod serving;
#[cfg(test)]
mod tests;
mod turns;
mod words;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse as _, Response};
use indexer::Index;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

pub use coverage::Coverage;
pub use decisions::Waiting;
pub use error::Error;
pub use hosts::Hosts;
use kept::{Kept, Question};
use message::{Message, Saying};
use serving::Address;
pub use serving::{NotProxies, PROGRESS, Patience, Proxies, serve};
use turns::{Kind, Turns};

/// How the service behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How often new commits of the index are looked for.
    pub reload: Duration,
    /// Longest address of a request, in bytes.
    pub longest_query: usize,
    /// Longest text that is read for what it mentions, in bytes.
    pub longest_text: usize,
    /// Most bytes that are said of the mentions of a text, about.
    pub longest_reading_answer: usize,
    /// How long the mentions of a text are looked up.
    pub longest_reading: Duration,
    /// Most mentions of a text that are looked up.
    pub most_mentions: usize,
    /// How many long questions (dossiers, lists, series) are answered at once.
    pub long_questions: usize,
    /// How long a question waits for its turn.
    pub longest_wait: Duration,
    /// How many long questions may wait that come from one address.
    pub waiting_per_address: usize,
    /// Bytes of answers that are kept to be given again while the index stays as it is; none keeps nothing.
    pub kept_answers: usize,
    /// How long clients may keep a connection waiting, and how many there are.
    pub patience: Patience,
    /// Under which names the service is asked.
    pub hosts: Hosts,
    /// What was crawled: the crawler's to know, so whoever wires the two hands it in.
    pub coverage: Coverage,
    /// What people decided and the index has not applied, handed in as well.
    pub decisions: Waiting,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            reload: Duration::from_secs(1),
            longest_query: 8 * 1024,
            longest_text: 256 * 1024,
            longest_reading: Duration::from_millis(500),
            longest_reading_answer: 768 * 1024,
            most_mentions: 1_000,
            long_questions: 4,
            longest_wait: Duration::from_secs(3),
            waiting_per_address: 64,
            kept_answers: 16 * 1024 * 1024,
            patience: Patience::default(),
            hosts: Hosts::default(),
            coverage: Coverage::default(),
            decisions: Waiting::default(),
        }
    }
}

/// What handlers share.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) index: Index,
    pub(crate) settings: Arc<Settings>,
    long: Turns,
    short: Turns,
    kept: Arc<Kept>,
    /// Who asks; the same for all where no socket is between.
    address: Address,
}

impl State {
    /// Asks a short question in the thread that serves, once it is its turn.
    pub(crate) async fn ask_shortly<T, E: Into<Error>>(
        &self,
        question: impl FnOnce(&Index) -> Result<T, E>,
    ) -> Result<T, Error> {
        let _turn = self.short.next(self.address, Kind::Question, self.settings.longest_wait).await?;
        self.now(question).map_err(E::into)
    }

    /// The same beside other questions of the same request: where it waits for another machine, in a thread of its own.
    pub(crate) async fn ask_beside<T: Send + 'static, E: Into<Error> + Send + 'static>(
        &self,
        question: impl FnOnce(&Index) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Error> {
        if !self.index.waits() {
            return self.ask_shortly(question).await;
        }
        let turn = self.short.next(self.address, Kind::Question, self.settings.longest_wait).await?;
        self.away(turn, question).await
    }

    /// Asks what is answered at once; where that waits for another machine, other requests leave this thread meanwhile.
    pub(crate) fn now<T>(&self, question: impl FnOnce(&Index) -> T) -> T {
        if self.index.waits() {
            tokio::task::block_in_place(|| question(&self.index))
        } else {
            question(&self.index)
        }
    }

    /// Asks a question that may take long outside of the threads that serve; waits for its turn.
    pub(crate) async fn ask<T: Send + 'static, E: Into<Error> + Send + 'static>(
        &self,
        question: impl FnOnce(&Index) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Error> {
        self.ask_as(Kind::Question, question).await
    }

    /// The same for a kind of question.
    pub(crate) async fn ask_as<T: Send + 'static, E: Into<Error> + Send + 'static>(
        &self,
        kind: Kind,
        question: impl FnOnce(&Index) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Error> {
        let turn = self.long.next(self.address, kind, self.settings.longest_wait).await?;
        self.away(turn, question).await
    }

    /// Asks in a thread that serves nobody, for as long as it is somebody's turn.
    async fn away<T: Send + 'static, E: Into<Error> + Send + 'static>(
        &self,
        turn: impl Send + 'static,
        question: impl FnOnce(&Index) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Error> {
        let index = self.index.clone();
        let answered = tokio::task::spawn_blocking(move || {
            let answer = question(&index);
            drop(turn);
            answer
        });
        let answer = answered.await.map_err(|error| Error::Answer(error.to_string()))?;
        answer.map_err(E::into)
    }
}

/// The state for a handler, with whoever asks.
pub(crate) struct Shared(pub(crate) State);

impl FromRequestParts<State> for Shared {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<Address>().copied().unwrap_or(state.address);
        Ok(Self(State { address, ..state.clone() }))
    }
}

/// All routes: what tools call, then what people open.
pub fn app(index: Index, settings: Settings) -> Router {
    let long = Turns::long(settings.long_questions, settings.waiting_per_address);
    // Whose connections are bounded, their short questions are too.
    let short = Turns::short(settings.patience.connections);
    let kept = Arc::new(Kept::new(settings.kept_answers));
    let state = State { index, settings: Arc::new(settings), long, short, kept, address: Address::default() };
    let mut router = Router::new();
    for route in routes::ROUTES {
        router = router.route(route.path, (route.handler)());
    }
    router
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method)
        .layer(from_fn_with_state(state.clone(), fresh))
        .layer(from_fn_with_state(state.clone(), limit_query))
        .layer(from_fn_with_state(state.clone(), hosts::checked))
        .layer(CatchPanicLayer::custom(|_| {
            Error::Answer("reading the index panicked: its files may be damaged".to_owned()).into_response()
        }))
        .layer(from_fn(error::for_people))
        .layer(map_response(secured))
        .layer(CompressionLayer::new())
        .layer(map_response(acceptable))
        .with_state(state)
}

/// Refuses addresses that are longer than any honest question.
async fn limit_query(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Result<Response, Error> {
    let limit = state.settings.longest_query;
    if request.uri().path_and_query().is_some_and(|asked| asked.as_str().len() > limit) {
        return Err(Error::bad(Message::new(Saying::AddressTooLong).with("most", limit)));
    }
    Ok(next.run(request).await)
}

/// Answers change with the index only: who has one of the same commit is told so.
async fn fresh(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path();
    if matches!(path, "/healthz" | "/readyz") || coverage::is_asked(path) {
        return next.run(request).await;
    }
    if !is_of_the_program(path) && state.index.damage().is_some_and(|damage| damage.in_use) {
        return Error::damaged().into_response();
    }
    if !readable {
        return next.run(request).await;
    }
    let generation = state.index.generation();
    // Of this address alone: who has it was answered here.
    let asked = fingerprint(&request);
    let tag = format!("W/\"{}-{generation}-{asked:x}\"", env!("CARGO_PKG_VERSION"));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| {
        known.split(',').any(|known| matches!(known.trim(), "*") || known.trim() == tag)
    });
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        answered(&state.kept, generation, request, next).await
    };
    if response.status().is_success() || is_known {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept, accept-language"));
    }
    response
}

/// What an answer depends on besides the index: its address, and what the client reads best.
fn fingerprint(request: &Request) -> u64 {
    let mut hasher = DefaultHasher::new();
    request.uri().hash(&mut hasher);
    for name in [header::ACCEPT, header::ACCEPT_LANGUAGE] {
        request.headers().get(name).map(HeaderValue::as_bytes).hash(&mut hasher);
    }
    hasher.finish()
}

/// Answers a request out of what is kept, or keeps what is answered.
async fn answered(kept: &Kept, generation: u64, request: Request, next: Next) -> Response {
    let Some(question) = Question::of(&request) else { return next.run(request).await };
    if let Some(response) = kept.get(generation, &question) {
        return response;
    }
    let response = next.run(request).await;
    kept.keep(generation, question, response).await
}

/// Whether an address is answered without the index.
fn is_of_the_program(path: &str) -> bool {
    matches!(path, "/docs" | "/openapi.json" | "/static/style.css" | "/favicon.ico")
}

/// What is in no form that the client takes is not sent in spite of it.
async fn acceptable(response: Response) -> Response {
    if response.status() == StatusCode::NOT_ACCEPTABLE {
        secured(Error::Unacceptable.into_response()).await
    } else {
        response
    }
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
