//! One connection: whom it waits for, and since when.

use std::io::IoSlice;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, Incoming, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::head::Heads;
use super::{PROGRESS, Patience};

/// Bytes of HTTP/2 that may come without asking for anything, or taking any of an answer. Who loads a long answer says for
/// each [`PROGRESS`] of it in a few bytes that there is room for more.
const IDLE_BYTES: usize = 64 * 1024;

/// Bytes that are read of one connection before it is the turn of others: of small frames they are a thousand.
const AT_ONCE: usize = 16 * 1024;

/// A connection that waits for its client: one that has just come or begun a head, which is likely on its way, goes after
/// all others, and of equals the one that has waited longest goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Waiting {
    pub(super) is_new: bool,
    since: Instant,
}

/// What is known of a connection while it is open.
#[derive(Debug)]
pub(super) struct Connection {
    state: Mutex<State>,
    leave: Notify,
    answers: Answers,
}

/// The open answers of an address, whichever connections they are on.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    open: Arc<AtomicUsize>,
    most: usize,
}

impl Answers {
    pub(super) fn new(open: Arc<AtomicUsize>, most: usize) -> Self {
        Self { open, most }
    }

    /// One more, where there may be.
    fn begins(&self) -> bool {
        let more = |open| (open < self.most).then_some(open + 1);
        self.open.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }

    fn ends(&self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

#[derive(Debug)]
struct State {
    /// Answers that we are at work on.
    working: u32,
    /// Those of them for which more of the request's body has to come first.
    awaited: u32,
    /// Answers that were begun and not given whole.
    open: u32,
    /// Whether anything was ever asked.
    has_asked: bool,
    /// Since when it has been the client's turn.
    since: Instant,
    /// Bytes that it has taken since then.
    taken: usize,
    /// Bytes that have come since there was something in them.
    idle_bytes: usize,
    /// Whether it was asked to leave.
    leaving: bool,
    heads: Heads,
}

impl State {
    /// Whether it waits for its client.
    fn waits(&self) -> bool {
        self.working == self.awaited
    }

    /// Whether its client has begun a head and not ended it; nothing to begin with is a slow head too.
    fn is_amid_head(&self) -> bool {
        !self.has_asked || self.heads.is_amid()
    }

    /// From now on it is the client's turn.
    fn turns(&mut self) {
        self.since = Instant::now();
        self.taken = 0;
    }
}

impl Connection {
    pub(super) fn new(answers: Answers) -> Self {
        let state = State {
            working: 0,
            awaited: 0,
            open: 0,
            has_asked: false,
            since: Instant::now(),
            taken: 0,
            idle_bytes: 0,
            leaving: false,
            heads: Heads::default(),
        };
        Self { state: Mutex::new(state), leave: Notify::new(), answers }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until when it may go on waiting for its client; nothing while it waits for us.
    pub(super) fn deadline(&self, patience: &Patience) -> Option<Instant> {
        let state = self.state();
        // For a body waits who reads it, and says so to the client.
        if state.working > 0 {
            return None;
        }
        let most = if state.open > 0 {
            patience.write
        } else if state.is_amid_head() {
            patience.header
        } else {
            patience.idle
        };
        Some(state.since + most)
    }

    /// Since when it waits for its client, where it may be let go for another. Who has been answered keeps its connection
    /// for a moment: its next question is likely on its way.
    pub(super) fn waits_since(&self) -> Option<Waiting> {
        const MOMENT: Duration = Duration::from_millis(100);
        let state = self.state();
        let is_new = state.open == 0 && state.since.elapsed() <= MOMENT;
        let was_given_time = !is_new || state.is_amid_head();
        let may_go = was_given_time && state.waits() && !state.leaving;
        may_go.then_some(Waiting { is_new, since: state.since })
    }

    /// Asks it to leave for another; whoever attends it sees to it.
    pub(super) fn ask_to_leave(&self) {
        self.state().leaving = true;
        self.leave.notify_one();
    }

    /// Waits until it is asked to leave.
    pub(super) async fn asked_to_leave(&self) {
        self.leave.notified().await;
    }

    /// Whether it leaves, asked so: not where a request has come in meanwhile.
    pub(super) fn leaves(&self) -> bool {
        let mut state = self.state();
        state.leaving = state.waits() || state.idle_bytes > IDLE_BYTES;
        state.leaving
    }

    /// Whether the head of the request that is taken says once how long its body is.
    pub(super) fn takes_head(&self) -> bool {
        self.state().heads.next_is_plain()
    }

    /// A request is here; nothing where its address has all answers that it may have open.
    pub(super) fn begins(self: &Arc<Self>) -> Option<Work> {
        let may_begin = self.answers.begins();
        let mut state = self.state();
        state.has_asked = true;
        state.idle_bytes = 0;
        if !may_begin {
            state.turns();
            return None;
        }
        state.working += 1;
        state.open += 1;
        drop(state);
        Some(Work { connection: self.clone(), is_ours: true })
    }

    fn read(&self, bytes: &[u8]) {
        let mut state = self.state();
        let was_amid = state.is_amid_head();
        state.heads.read(bytes);
        if state.heads.are_frames() {
            state.idle_bytes += bytes.len();
            if state.idle_bytes > IDLE_BYTES {
                self.leave.notify_one();
            }
        }
        if state.open == 0 && !was_amid && state.is_amid_head() {
            state.turns();
        }
    }

    fn wrote(&self, bytes: usize) {
        let mut state = self.state();
        // Of frames many say nothing of an answer; how much of it is taken tells its body.
        state.taken += if state.heads.are_frames() { 0 } else { bytes };
        if state.taken >= PROGRESS {
            state.turns();
        }
    }
}

/// An answer on its way: our turn while it is made, the client's while it is to be taken.
#[derive(Debug)]
pub(super) struct Work {
    connection: Arc<Connection>,
    is_ours: bool,
}

impl Work {
    fn is_ours(&mut self, ours: bool) {
        if self.is_ours == ours {
            return;
        }
        self.is_ours = ours;
        let mut state = self.connection.state();
        if ours {
            state.working += 1;
        } else {
            state.working -= 1;
            state.idle_bytes = 0;
            state.turns();
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.is_ours(false);
        self.connection.answers.ends();
        let mut state = self.connection.state();
        state.open -= 1;
        state.turns();
    }
}

/// The body of a request, which tells when more of it is awaited.
pub(super) struct Sent {
    body: Incoming,
    connection: Arc<Connection>,
    /// Since when it was first awaited.
    since: Option<Instant>,
    is_awaited: bool,
}

impl Sent {
    pub(super) fn new(body: Incoming, connection: Arc<Connection>) -> Self {
        Self { body, connection, since: None, is_awaited: false }
    }

    fn is_awaited(&mut self, awaited: bool) {
        if self.is_awaited == awaited {
            return;
        }
        self.is_awaited = awaited;
        let mut state = self.connection.state();
        if awaited {
            state.awaited += 1;
            // One that comes by drops is as slow as one that does not come.
            state.since = *self.since.get_or_insert_with(Instant::now);
        } else {
            state.awaited -= 1;
            state.idle_bytes = 0;
        }
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.is_awaited(false);
    }
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        self.is_awaited(frame.is_pending());
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer, given by [`PROGRESS`] bytes at a time, which tells when the client has taken a part and asks for
/// the next.
pub(super) struct Given {
    body: Body,
    /// What is left of a longer part.
    rest: Bytes,
    work: Work,
}

impl Given {
    pub(super) fn new(body: Body, work: Work) -> Self {
        Self { body, rest: Bytes::new(), work }
    }
}

impl HttpBody for Given {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.work.is_ours(true);
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)).map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(part))) => self.rest = part,
                Some(Ok(Err(other))) => {
                    self.work.is_ours(false);
                    return Poll::Ready(Some(Ok(other)));
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        self.work.is_ours(false);
        let length = self.rest.len().min(PROGRESS);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (behind, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut hint = SizeHint::new();
        hint.set_lower(behind.lower() + rest);
        if let Some(upper) = behind.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}

/// A socket that tells its connection what goes through it.
#[derive(Debug)]
pub(super) struct Watched<S> {
    socket: S,
    connection: Arc<Connection>,
    /// Bytes that were read since others had their turn.
    at_once: usize,
}

impl<S> Watched<S> {
    pub(super) fn new(socket: S, connection: Arc<Connection>) -> Self {
        Self { socket, connection, at_once: 0 }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if self.at_once >= AT_ONCE {
            self.at_once = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let before = into.filled().len();
        let read = Pin::new(&mut self.socket).poll_read(cx, into);
        let bytes = &into.filled()[before..];
        self.at_once = if read.is_ready() { self.at_once + bytes.len() } else { 0 };
        if read.is_ready() {
            self.connection.read(bytes);
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let wrote = ready!(Pin::new(&mut self.socket).poll_write(cx, bytes))?;
        self.connection.wrote(wrote);
        Poll::Ready(Ok(wrote))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        let wrote = ready!(Pin::new(&mut self.socket).poll_write_vectored(cx, parts))?;
        self.connection.wrote(wrote);
        Poll::Ready(Ok(wrote))
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}
