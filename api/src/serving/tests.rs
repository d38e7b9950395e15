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
