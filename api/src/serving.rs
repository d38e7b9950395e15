//! Serving over sockets: connections are taken, watched and let go.
//!
//! Every moment a connection waits either for us or for its client, and a client may keep us waiting only so long
//! ([`Patience`]): for the head of a request, its body, the next request, and for an answer to be taken. How many
//! connections are open at once is bounded in all and for each address ([`connections`]). Heads that others would read
//! otherwise than we do are refused ([`head`]).

mod connection;
mod connections;
mod head;
mod proxy;

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use indexer::Index;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tower::Service as _;

use self::connection::{Connection, Given, Sent, Watched};
use self::connections::{Connections, Place};
pub use self::proxy::{NotProxies, Proxies};
use crate::{Error, Settings, app};

/// How long clients may keep a connection waiting, and how many connections there are.
#[derive(Clone, Debug)]
pub struct Patience {
    /// For the whole head of a request, from its first byte or from the connection's beginning.
    pub header: Duration,
    /// For the whole body of a request.
    pub body: Duration,
    /// Between the end of an answer and the next request.
    pub idle: Duration,
    /// For each further [`PROGRESS`] bytes of an answer to be taken, of HTTP/2 of any answer.
    pub write: Duration,
    /// How long answers that are on their way are waited for once the service is asked to end.
    pub grace: Duration,
    /// Most connections at once.
    pub connections: usize,
    /// Most of them from one address (of IPv6, one network of 64 bits), and about as many open answers.
    pub connections_per_address: usize,
    /// Proxies in front of the service, whose word is taken for whom a request is from, and whose connections are bounded
    /// by those in all only.
    pub trusted_proxies: Vec<Proxies>,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(10),
            body: Duration::from_secs(30),
            idle: Duration::from_secs(30),
            write: Duration::from_secs(30),
            grace: Duration::from_secs(5),
            connections: 1024,
            connections_per_address: 256,
            trusted_proxies: Vec::new(),
        }
    }
}

/// Bytes of an answer that count as progress of whoever reads it.
pub const PROGRESS: usize = 16 * 1024;

/// Longest head of a request, and most bytes of an answer that are buffered for a connection.
const BUFFER: usize = 64 * 1024;

/// Requests that one HTTP/2 connection may have open; those of all connections of an address are bounded with these.
const STREAMS: u32 = 64;

/// How long a newcomer waits for the place of a connection that is let go for it.
const MAKING_ROOM: Duration = Duration::from_millis(100);

/// Clients that are told at once that there is no place for them; more are left without a word.
const REFUSED_AT_ONCE: usize = 256;

/// Whom a request is from, as far as sharing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Address(IpAddr);

impl Default for Address {
    fn default() -> Self {
        Self(IpAddr::from([127, 0, 0, 1]))
    }
}

impl From<IpAddr> for Address {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(six) => {
                // Whoever has one address of a network has all of them.
                let [a, b, c, d, ..] = six.segments();
                Self(IpAddr::from([a, b, c, d, 0, 0, 0, 0]))
            }
            four @ IpAddr::V4(_) => Self(four),
        }
    }
}

/// What the connections are told of the service's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Not yet.
    No,
    /// Finish what is asked, take nothing new.
    Soon,
    /// Stop where you are.
    Now,
}

/// Serves until `stop` is there, picking up new commits of the index meanwhile. The files of the index are verified beside
/// that: `/readyz` tells what is damaged, and nothing is answered out of a damaged commit. It returns within the grace of
/// [`Patience`] then, whatever clients do.
pub async fn serve(
    listener: TcpListener,
    index: Index,
    settings: Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let (reloaded, every) = (index.clone(), settings.reload);
    let reloading = tokio::spawn(async move {
        let index = reloaded.clone();
        match tokio::task::spawn_blocking(move || index.prepare()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!("{error}"),
            Err(error) => tracing::error!("the tables could not be read: {error}"),
        }
        let index = reloaded.clone();
        match tokio::task::spawn_blocking(move || index.verify()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!("{error}"),
            Err(error) => tracing::error!("the index could not be verified: {error}"),
        }
        loop {
            sleep(every).await;
            let index = reloaded.clone();
            match tokio::task::spawn_blocking(move || index.reload()).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => tracing::warn!("the index cannot be read again: {error}"),
                Err(_) => break,
            }
        }
    });
    let patience = settings.patience.clone();
    serve_router(listener, app(index, settings), patience, stop).await;
    reloading.abort();
    Ok(())
}

/// Answers the connections of a listener by a router until `stop` is there.
async fn serve_router(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    stop: impl Future<Output = ()>,
) {
    let (ending, end) = watch::channel(End::No);
    let connections = Arc::new(Connections::new(patience.connections));
    let refusals = Arc::new(Semaphore::new(REFUSED_AT_ONCE));
    let grace = patience.grace;
    let patience = Arc::new(patience);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // The client left again, or there are no more files: the next may have more luck.
                tracing::debug!("a connection was not taken: {error}");
                connections.let_one_go();
                sleep(Duration::from_millis(10)).await;
                continue;
            }
        };
        // Through a proxy many ask; whose turn it is among them is told by what it says of each.
        let most = if proxy::is_trusted(peer.ip(), &patience.trusted_proxies) {
            patience.connections
        } else {
            patience.connections_per_address
        };
        match connections.place_for(Address::from(peer.ip()), most, MAKING_ROOM).await {
            Some(place) => {
                tokio::spawn(attend(stream, peer, place, router.clone(), patience.clone(), end.clone()));
            }
            None => {
                if let Ok(permit) = refusals.clone().try_acquire_owned() {
                    tokio::spawn(async move {
                        refuse(stream).await;
                        drop(permit);
                    });
                }
            }
        }
    }
    drop(listener);
    let _ = ending.send(End::Soon);
    if timeout(grace, connections.all_gone()).await.is_err() {
        tracing::warn!("some answers were not finished within {} s", grace.as_secs_f32());
        let _ = ending.send(End::Now);
    }
}

/// Answers what is asked on one connection, until either side has enough of it.
async fn attend(
    stream: TcpStream,
    peer: SocketAddr,
    place: Place,
    router: Router,
    patience: Arc<Patience>,
    mut end: watch::Receiver<End>,
) {
    let connection = place.connection().clone();
    let _ = stream.set_nodelay(true);
    let io = TokioIo::new(Watched::new(stream, connection.clone()));
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().max_buf_size(BUFFER);
    builder
        .http2()
        .max_concurrent_streams(STREAMS)
        .max_send_buf_size(BUFFER)
        .initial_stream_window_size(BUFFER as u32)
        .initial_connection_window_size(4 * BUFFER as u32);
    let service = hyper::service::service_fn(|request: hyper::Request<Incoming>| {
        let client = proxy::client(peer.ip(), request.headers(), &patience.trusted_proxies);
        answer(request, Address::from(client), &connection, router.clone())
    });
    let mut served = pin!(builder.serve_connection(io, service));
    // A deadline may come nearer meanwhile, by no more than this.
    let tick = [patience.header, patience.idle, patience.write].into_iter().min().unwrap_or_default() / 4;
    let tick = tick.clamp(Duration::from_millis(5), Duration::from_secs(1));
    loop {
        tokio::select! {
            // A request that has come in meanwhile goes before all reasons to leave.
            biased;
            result = &mut served => {
                if let Err(error) = result {
                    tracing::debug!("{peer}: {error}");
                }
                break;
            }
            () = connection.asked_to_leave() => {
                if connection.leaves() {
                    break;
                }
            }
            changed = end.changed() => {
                if changed.is_err() || *end.borrow() == End::Now {
                    break;
                }
                served.as_mut().graceful_shutdown();
            }
            () = sleep_until(Instant::now() + tick) => {
                if connection.deadline(&patience).is_some_and(|deadline| deadline <= Instant::now()) {
                    tracing::debug!("{peer}: it kept us waiting too long");
                    break;
                }
            }
        }
    }
    drop(place);
}

/// Answers one request.
fn answer(
    request: hyper::Request<Incoming>,
    client: Address,
    connection: &Arc<Connection>,
    mut router: Router,
) -> impl Future<Output = Result<Response, std::convert::Infallible>> + Send + use<> {
    let is_plain = connection.takes_head();
    let work = connection.begins();
    let mut request: Request = request.map(|body| Body::new(Sent::new(body, connection.clone())));
    request.extensions_mut().insert(client);
    async move {
        // Where the body ends is told for the next request too, only where it was told by its length.
        let is_chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
        let Some(work) = work else { return Ok(Error::TooMany.into_response()) };
        let mut response = match head::refused(&request, is_plain) {
            Some(error) => error.into_response(),
            None => router.call(request).await?,
        };
        if is_chunked {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response.map(|body| Body::new(Given::new(body, work))))
    }
}

/// Tells a client that there is no place, and waits a little for it to hear that.
async fn refuse(mut stream: TcpStream) {
    const HEARING: Duration = Duration::from_millis(250);
    let problem = Error::Full.problem();
    let told = format!(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nContent-Length: {}\r\nRetry-After: 1\r\nConnection: close\r\n\r\n{problem}",
        problem.len()
    );
    let hears = async {
        stream.write_all(told.as_bytes()).await?;
        stream.shutdown().await?;
        // Closed with a request unread, the answer would be lost on its way.
        let mut request = [0; 1024];
        while stream.read(&mut request).await? > 0 {}
        std::io::Result::Ok(())
    };
    let _ = timeout(HEARING, hears).await;
}

#[cfg(test)]
mod tests;
