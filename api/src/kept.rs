//! Answers that are given again: while the index stays as it is, the same question has the same answer.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use lru::LruCache;

use crate::Error;

/// Of the room for answers no one takes more than this part.
const PART: usize = 16;
/// What an answer takes besides its bytes and the question's, about.
const OVERHEAD: usize = 1024;

/// Answers of one commit of the index, those asked for least lately gone first.
#[derive(Debug)]
pub(crate) struct Kept {
    room: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    generation: u64,
    answers: LruCache<Question, Answer>,
    /// What they take, in bytes.
    size: usize,
}

/// All of a request that its answer depends on, besides the index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    address: String,
    accept: Option<HeaderValue>,
    languages: Option<HeaderValue>,
}

impl Question {
    /// The question of a request that may be answered so; not of one with more to it than its address and what it accepts.
    pub(crate) fn of(request: &Request) -> Option<Self> {
        if request.method() != Method::GET || !request.body().is_end_stream() {
            return None;
        }
        let header = |name| request.headers().get(name).cloned();
        Some(Self {
            address: request.uri().path_and_query()?.as_str().to_owned(),
            accept: header(header::ACCEPT),
            languages: header(header::ACCEPT_LANGUAGE),
        })
    }

    fn size(&self) -> usize {
        let header = |value: &Option<HeaderValue>| value.as_ref().map_or(0, HeaderValue::len);
        self.address.len() + header(&self.accept) + header(&self.languages)
    }
}

#[derive(Clone, Debug)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

impl State {
    fn put(&mut self, question: Question, answer: Answer, room: usize) {
        self.size += taken(&question, &answer.body);
        // The same question may have been answered twice at once.
        let mut gone = self.answers.push(question, answer);
        loop {
            if let Some((question, answer)) = gone.take() {
                self.size -= taken(&question, &answer.body);
            }
            if self.size <= room {
                break;
            }
            gone = self.answers.pop_lru();
        }
    }
}

/// What an answer takes.
fn taken(question: &Question, body: &[u8]) -> usize {
    question.size() + body.len() + OVERHEAD
}

impl Kept {
    /// Room for so many bytes; none keeps nothing.
    pub(crate) fn new(room: usize) -> Self {
        let state = State { generation: 0, answers: LruCache::unbounded(), size: 0 };
        Self { room, state: Mutex::new(state) }
    }

    /// The answers of a commit, none of another's among them.
    fn of(&self, generation: u64) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.generation != generation {
            *state = State { generation, answers: LruCache::unbounded(), size: 0 };
        }
        state
    }

    /// The answer that was given before.
    pub(crate) fn get(&self, generation: u64, question: &Question) -> Option<Response> {
        let Answer { headers, body } = self.of(generation).answers.get(question)?.clone();
        let mut response = Response::new(Body::from(body));
        *response.headers_mut() = headers;
        Some(response)
    }

    /// Keeps an answer, where it was a success, is whole already and not too long.
    pub(crate) async fn keep(&self, generation: u64, question: Question, response: Response) -> Response {
        let length = response.body().size_hint().exact();
        let is_short = length.is_some_and(|length| length <= (self.room / PART) as u64);
        if !is_short || response.status() != StatusCode::OK {
            return response;
        }
        let (parts, body) = response.into_parts();
        // Of exact length, so it is there already.
        let body = match axum::body::to_bytes(body, self.room).await {
            Ok(body) => body,
            Err(error) => return Error::Answer(error.to_string()).into_response(),
        };
        let answer = Answer { headers: parts.headers.clone(), body: body.clone() };
        self.of(generation).put(question, answer, self.room);
        Response::from_parts(parts, Body::from(body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: usize = 64 * 1024;

    fn question(address: &str, language: &str) -> Question {
        let request = axum::http::Request::get(address).header(header::ACCEPT_LANGUAGE, language);
        Question::of(&request.body(Body::empty()).unwrap()).unwrap()
    }

    async fn text(response: Response) -> String {
        String::from_utf8(axum::body::to_bytes(response.into_body(), ROOM).await.unwrap().to_vec()).unwrap()
    }

    /// What is said to a question after others were answered: commit, address, language, and how long the answer was.
    async fn check(given: &[(u64, &str, &str, usize)], asked: (u64, &str, &str), is_kept: bool) {
        let kept = Kept::new(ROOM);
        let body = |generation, address, language| format!("{generation} {address} {language}");
        for (generation, address, language, length) in given {
            let answer = format!("{:<length$}", body(*generation, *address, *language));
            let said =
                kept.keep(*generation, question(address, language), answer.clone().into_response()).await;
            assert_eq!(text(said).await, answer, "what is kept is answered all the same");
        }
        let (generation, address, language) = asked;
        let again = kept.get(generation, &question(address, language));
        assert_eq!(again.is_some(), is_kept, "{given:?}: {asked:?}");
        if let Some(again) = again {
            assert!(again.headers().contains_key(header::CONTENT_TYPE));
            assert_eq!(text(again).await.trim_end(), body(generation, address, language));
        }
        assert!(kept.of(generation).size <= ROOM);
    }

    #[tokio::test]
    async fn the_same_question_has_the_same_answer_while_the_index_stays() {
        check(&[(1, "/?q=a", "vi", 9)], (1, "/?q=a", "vi"), true).await;
        check(&[(1, "/?q=a", "vi", 9)], (1, "/?q=a", "en"), false).await;
        check(&[(1, "/?q=a", "vi", 9)], (1, "/?q=b", "vi"), false).await;
        check(&[(1, "/?q=a", "vi", 9)], (2, "/?q=a", "vi"), false).await;
        check(&[(1, "/?q=a", "vi", 9), (2, "/?q=a", "vi", 9)], (2, "/?q=a", "vi"), true).await;
        check(&[(1, "/?q=a", "vi", 9), (1, "/?q=a", "vi", 9)], (1, "/?q=a", "vi"), true).await;
        // Too long.
        check(&[(1, "/?q=a", "vi", ROOM / PART + 1)], (1, "/?q=a", "vi"), false).await;
        // The room is for those asked for last.
        let long = ROOM / PART;
        let many: Vec<String> = (0..=PART).map(|number| format!("/{number}")).collect();
        let many: Vec<_> = many.iter().map(|address| (1, address.as_str(), "vi", long)).collect();
        check(&many, (1, "/0", "vi"), false).await;
        check(&many, (1, "/16", "vi"), true).await;
    }

    #[tokio::test]
    async fn only_whole_successes_are_kept() {
        let kept = Kept::new(ROOM);
        let missing = (StatusCode::NOT_FOUND, "no").into_response();
        assert_eq!(kept.keep(1, question("/a", "vi"), missing).await.status(), StatusCode::NOT_FOUND);
        assert!(kept.get(1, &question("/a", "vi")).is_none());
        let lines = futures_util::stream::iter(["a\n", "b\n"].map(Ok::<_, std::io::Error>));
        let stream = Response::new(Body::from_stream(lines));
        assert_eq!(text(kept.keep(1, question("/b", "vi"), stream).await).await, "a\nb\n");
        assert!(kept.get(1, &question("/b", "vi")).is_none());
        for request in [
            axum::http::Request::post("/v1/resolve").body(Body::from("x")).unwrap(),
            axum::http::Request::head("/").body(Body::empty()).unwrap(),
            axum::http::Request::get("/").body(Body::from("x")).unwrap(),
        ] {
            assert_eq!(Question::of(&request), None);
        }
    }
}
