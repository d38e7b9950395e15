//! Real sockets on loopback, with small bounds.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use axum::{Extension, Router};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::{Address, Patience, serve_router};

/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(20);

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

struct Served {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Patience for nothing to end by itself.
fn patient() -> Patience {
    Patience { header: LONG, body: LONG, idle: LONG, write: LONG, grace: LONG, ..Patience::default() }
}

async fn served(patience: Patience) -> Served {
    // More than all buffers between hold.
    let much = || async { Body::from(vec![b'a'; 32 << 20]) };
    let endless = || async {
        let parts =
            futures_util::stream::repeat_with(|| std::io::Result::Ok(Bytes::from(vec![b'a'; 100_000])));
        Body::from_stream(parts)
    };
    let slow = || async {
        sleep(Duration::from_millis(600)).await;
        "slow"
    };
    let router = Router::new()
        .route("/", get(async || "yes"))
        .route("/much", get(much))
        .route("/endless", get(endless))
        .route("/slow", get(slow))
        .route("/who", get(async |Extension(who): Extension<Address>| format!("{who:?} yes")))
        .route("/text", post(async |text: String| text))
        .route("/never", get(async || std::future::pending::<()>().await));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(serve_router(listener, router, patience, async {
        let _ = stopped.await;
    }));
    Served { address, stop, task }
}

impl Served {
    async fn send(&self, what: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(what.as_bytes()).await.unwrap();
        stream
    }

    /// Whether it answers a question of a new connection within a moment.
    async fn answers(&self) -> bool {
        let asked = async { read_answer(&mut self.send(GET).await).await };
        timeout(LONG, asked).await.unwrap().contains("200 OK")
    }
}

/// What comes until there is a body, or the end.
async fn read_answer(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let mut part = [0; 1000];
    while !all.ends_with(b"yes") && !all.ends_with(b"slow") {
        match stream.read(&mut part).await {
            Ok(read) if read > 0 => all.extend_from_slice(&part[..read]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// How long it takes until the service closes a connection of which nothing more is read.
async fn closed_after(mut stream: TcpStream) -> Duration {
    let begin = Instant::now();
    let mut rest = Vec::new();
    let _ = timeout(LONG, stream.read_to_end(&mut rest)).await.expect("it is closed");
    begin.elapsed()
}

#[tokio::test]
async fn who_keeps_us_waiting_is_let_go() {
    let short = Duration::from_millis(300);
    let check = async |sent: &str, patience: Patience| {
        let served = served(patience).await;
        let after = closed_after(served.send(sent).await).await;
        assert!(after + Duration::from_millis(50) >= short && after < LONG / 4, "{sent:?}: {after:?}");
    };
    let header = || Patience { header: short, ..patient() };
    check("", header()).await;
    check("GET / HT", header()).await;
    check("PRI * HTTP/2.0\r\n\r\nSM\r\n", header()).await;
    check("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", header()).await;
    check(&format!("{GET}GET / HTTP/1.1\r\nHost: a\r\nX"), header()).await;
    check(GET, Patience { idle: short, ..patient() }).await;
}

#[tokio::test]
async fn a_head_by_drops_is_a_slow_head() {
    let served = served(Patience { header: Duration::from_millis(300), ..patient() }).await;
    let mut stream = served.send("GET / HTTP/1.1\r\n").await;
    let begin = Instant::now();
    while stream.write_all(b"X-A: b\r\n").await.is_ok() {
        assert!(begin.elapsed() < LONG / 4, "it goes on for ever");
        sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn who_does_not_take_an_answer_is_let_go() {
    for path in ["/much", "/endless"] {
        let served = served(Patience {
            write: Duration::from_millis(300),
            idle: Duration::from_millis(300),
            ..patient()
        })
        .await;
        let asked = format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
        let stream = served.send(&asked).await;
        sleep(Duration::from_secs(1)).await;
        served.stop.send(()).unwrap();
        // The grace is long: the end comes at once only where nobody is left.
        timeout(LONG / 4, served.task).await.expect(path).unwrap();
        drop(stream);
    }
    // Who takes it bit by bit has it all.
    let served =
        served(Patience { write: Duration::from_millis(500), idle: Duration::from_millis(500), ..patient() })
            .await;
    let mut stream = served.send("GET /much HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    let mut taken = 0;
    let mut part = vec![0; 1 << 20];
    loop {
        let read = stream.read(&mut part).await.unwrap();
        if read == 0 {
            break;
        }
        taken += read;
        sleep(Duration::from_millis(20)).await;
    }
    assert!(taken > 32 << 20, "{taken}");
}

/// A frame of HTTP/2.
fn frame(kind: u8, flags: u8, stream: u32, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &stream.to_be_bytes()].concat();
    [&head[..], content].concat()
}

/// How HTTP/2 begins, with a window of so many bytes for each answer.
fn preface(window: u32) -> Vec<u8> {
    let window = [&[0, 4][..], &window.to_be_bytes()].concat();
    [&b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..], &frame(4, 0, 0, &window)].concat()
}

/// A question over HTTP/2.
fn asks(stream: u32, path: &str) -> Vec<u8> {
    let length = u8::try_from(path.len()).unwrap();
    let head = [&[0x82, 0x86, 0x04, length][..], path.as_bytes(), &[0x01, 1, b'a']].concat();
    frame(1, 5, stream, &head)
}

#[tokio::test]
async fn floods_of_frames_and_answers_that_are_not_taken_end_a_connection_of_http_2() {
    let short = Duration::from_millis(300);
    let check = async |begin: Vec<u8>, again: Vec<u8>, pause: Duration| {
        let served = served(Patience { write: short, idle: short, ..patient() }).await;
        let (mut answers, mut stream) = TcpStream::connect(served.address).await.unwrap().into_split();
        tokio::spawn(async move { tokio::io::copy(&mut answers, &mut tokio::io::sink()).await });
        stream.write_all(&begin).await.unwrap();
        let started = Instant::now();
        while stream.write_all(&again).await.is_ok() {
            assert!(started.elapsed() < LONG / 4, "it goes on for ever");
            sleep(pause).await;
        }
    };
    let begin = |window: u32, path: &str| [preface(window), asks(1, path)].concat();
    let pings = frame(6, 0, 0, b"12345678").repeat(200);
    let rarely = Duration::from_millis(20);
    // Nothing of the answer is taken, though much else goes to and fro.
    check(begin(0, "/much"), pings.clone(), rarely).await;
    check(begin(0, "/endless"), pings.clone(), rarely).await;
    // It is taken byte by byte.
    check(begin(1, "/much"), frame(8, 0, 1, &1_u32.to_be_bytes()), rarely).await;
    // Nothing but frames, as many as there is room for.
    check(begin(65_535, "/never"), pings.clone(), Duration::ZERO).await;
    check(begin(65_535, "/"), pings, Duration::ZERO).await;
    check(begin(65_535, "/never"), frame(4, 0, 0, &[]).repeat(200), Duration::ZERO).await;
    check(begin(65_535, "/never"), frame(8, 0, 0, &1_u32.to_be_bytes()).repeat(200), Duration::ZERO).await;
    check(begin(65_535, "/never"), frame(2, 0, 5, &[0, 0, 0, 0, 1]).repeat(200), Duration::ZERO).await;
    // Heads without end.
    let goes_on = frame(9, 0, 1, &[&[0, 1, b'a', 100][..], &[b'b'; 100]].concat());
    check([preface(0), frame(1, 1, 1, &[0x82, 0x86, 0x84])].concat(), goes_on, rarely).await;
    check([preface(0), frame(1, 1, 1, &[0x82, 0x86, 0x84])].concat(), frame(9, 0, 1, &[]), rarely).await;
    // Questions that are taken back.
    let resets = |first: u32| -> Vec<u8> {
        let all = (first..first + 4_000).step_by(2);
        all.flat_map(|stream| [asks(stream, "/never"), frame(3, 0, stream, &[0, 0, 0, 8])].concat()).collect()
    };
    check(preface(0), resets(1), rarely).await;
}

#[tokio::test]
async fn answers_of_an_address_are_bounded_over_http_2_too() {
    use axum::http::{Request, StatusCode};
    use hyper_util::client::legacy::Client;
    use hyper_util::rt::TokioExecutor;
    let served = served(Patience { connections_per_address: 16, ..patient() }).await;
    let client = || Client::builder(TokioExecutor::new()).http2_only(true).build_http::<Body>();
    let (one, other) = (client(), client());
    let ask = |client: &Client<_, Body>, path: &str| {
        let asked = Request::get(format!("http://{}{path}", served.address)).body(Body::empty()).unwrap();
        timeout(Duration::from_millis(500), client.request(asked))
    };
    let never: Vec<_> = (0..30).map(|number| ask([&one, &other][number % 2], "/never")).collect();
    let told = futures_util::future::join_all(never).await;
    let refused = told.iter().flatten().flatten().filter(|one| one.status() == StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.count(), 30 - 18);
    // Nobody waits for them any more.
    sleep(Duration::from_millis(100)).await;
    assert_eq!(ask(&one, "/").await.unwrap().unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn slow_answers_are_waited_for() {
    let short = Duration::from_millis(200);
    let served = served(Patience { header: short, idle: short, write: short, ..patient() }).await;
    let mut stream = served.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(read_answer(&mut stream).await.ends_with("slow"));
}

#[tokio::test]
async fn whoever_waits_longest_makes_room() {
    for (connections, connections_per_address) in [(40, 1000), (1000, 40)] {
        let served = served(Patience { connections, connections_per_address, ..patient() }).await;
        let kept = served.send("GET /never HTTP/1.1\r\nHost: a\r\n\r\n").await;
        let mut idle = Vec::new();
        let half = "POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc";
        for number in 0..200 {
            idle.push(served.send(["", "GET / HT", half][number % 3]).await);
            if number % 20 == 19 {
                assert!(served.answers().await, "{number}");
            }
        }
        // The first have left, the question that waits for us has not.
        closed_after(idle.swap_remove(0)).await;
        let mut kept = kept;
        let end = timeout(Duration::from_millis(50), kept.read(&mut [0; 10])).await;
        assert!(end.is_err(), "{end:?}");
    }
}

#[tokio::test]
async fn a_trusted_proxy_tells_whom_a_request_is_from() {
    let check = async |trusted: &str, header: &str, who: &str| {
        let trusted_proxies = vec![trusted.parse().unwrap()];
        // Its connections are not counted as those of one address.
        let served = served(Patience { trusted_proxies, connections_per_address: 8, ..patient() }).await;
        let asked = format!("GET /who HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n");
        let ask = async || {
            let mut stream = served.send(&asked).await;
            (timeout(LONG, read_answer(&mut stream)).await.unwrap(), stream)
        };
        let (told, mut first) = ask().await;
        let mut others = Vec::new();
        for _ in 0..7 {
            others.push(ask().await);
        }
        // Who has just been answered keeps its connection for a moment.
        sleep(Duration::from_millis(150)).await;
        others.push(ask().await);
        let first_is_kept = timeout(Duration::from_millis(200), first.read(&mut [0; 10])).await.is_err();
        let is_told = |told: &str| told.contains(&format!("Address({who})"));
        assert!(is_told(&told) && others.iter().all(|(told, _)| is_told(told)), "{trusted} {header}: {told}");
        assert_eq!(first_is_kept, trusted == "127.0.0.1", "{trusted} {header}");
    };
    check("127.0.0.1", "X-Forwarded-For: 198.51.100.1, 203.0.113.7", "203.0.113.7").await;
    check("127.0.0.1", "Forwarded: for=203.0.113.7;proto=https", "203.0.113.7").await;
    check("127.0.0.1", "X: y", "127.0.0.1").await;
    check("192.0.2.1", "X-Forwarded-For: 203.0.113.7", "127.0.0.1").await;
    check("192.0.2.1", "Forwarded: for=203.0.113.7", "127.0.0.1").await;
}

#[tokio::test]
async fn where_nobody_can_leave_the_newcomer_is_told() {
    let served = served(Patience { connections: 2, ..patient() }).await;
    let never = "GET /never HTTP/1.1\r\nHost: a\r\n\r\n";
    let _busy = (served.send(never).await, served.send(never).await);
    sleep(Duration::from_millis(50)).await;
    let told = timeout(LONG, async { read_answer(&mut served.send(GET).await).await }).await.unwrap();
    assert!(told.starts_with("HTTP/1.1 503 ") && told.contains("try again in a moment"), "{told}");
}

#[tokio::test]
async fn the_end_comes_within_its_grace() {
    let check = async |sent: &str, grace: Duration, most: Duration, hears: &str| {
        let served = served(Patience { grace, ..patient() }).await;
        let mut stream = served.send(sent).await;
        sleep(Duration::from_millis(100)).await;
        let begin = Instant::now();
        served.stop.send(()).unwrap();
        timeout(LONG, served.task).await.unwrap().unwrap();
        assert!(begin.elapsed() < most, "{sent:?}: {:?}", begin.elapsed());
        let heard = read_answer(&mut stream).await;
        assert!(heard.contains(hears), "{sent:?}: {heard}");
    };
    let short = Duration::from_millis(300);
    check("", LONG, LONG / 4, "").await;
    check(GET, LONG, LONG / 4, "yes").await;
    check("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n", LONG, LONG / 4, "slow").await;
    check("GET /never HTTP/1.1\r\nHost: a\r\n\r\n", short, LONG / 4, "").await;
    check("GET / HT", short, LONG / 4, "").await;
}

#[tokio::test]
async fn heads_that_others_may_read_otherwise_are_refused() {
    let served = served(patient()).await;
    let check = async |head: &str, status: &str, says: &str| {
        let mut stream = served.send(&format!("{head}Connection: close\r\n\r\n0\r\n\r\n")).await;
        let mut all = Vec::new();
        let _ = timeout(LONG, stream.read_to_end(&mut all)).await.unwrap();
        let told = String::from_utf8_lossy(&all);
        assert!(
            told.starts_with(&format!("HTTP/1.1 {status} "))
                || told.starts_with(&format!("HTTP/1.0 {status} ")),
            "{head:?}: {told}"
        );
        assert!(told.contains(says), "{head:?}: {told}");
    };
    check("GET / HTTP/1.1\r\nHost: a\r\n", "200", "yes").await;
    check("GET / HTTP/1.1\r\nHost: bao.example:8080\r\n", "200", "yes").await;
    check("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n", "200", "yes").await;
    check("GET / HTTP/1.0\r\n", "200", "yes").await;
    check("GET / HTTP/1.1\r\n", "400", "Host: ").await;
    check("GET / HTTP/1.1\r\nHost:\r\n", "400", "Host: ").await;
    check("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n", "400", "Host: ").await;
    check("GET / HTTP/1.1\r\nHost: a/b\r\n", "400", "Host: ").await;
    check("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n", "200", "yes").await;
    let (length, coded) = ("Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n");
    check(&format!("GET / HTTP/1.1\r\nHost: a\r\n{length}{coded}"), "400", "says twice").await;
    check(&format!("GET / HTTP/1.1\r\nHost: a\r\n{coded}{length}"), "400", "says twice").await;
}
