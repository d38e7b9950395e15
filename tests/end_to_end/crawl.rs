//! A crawl by the real command: of newspapers on loopback, over plain HTTP while it is killed again and again, and over
//! TLS and HTTP/2.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use corpus::{Archive, CaptureKind, Position};

use crate::program::Folder;

/// Articles of each newspaper.
const ARTICLES: usize = 5;

/// What newspapers were asked for: which, the path, and when.
type Log = Arc<Mutex<Vec<(usize, String, Instant)>>>;

/// A page: the front page leads to the first two articles, each article to two more.
fn page(newspaper: usize, path: &str) -> Option<String> {
    let number: usize = match path {
        "/" => 0,
        _ => path.strip_prefix("/tin/sua-de-")?.strip_suffix(".html")?.parse().ok()?,
    };
    if number > ARTICLES {
        return None;
    }
    let links = [2 * number + 1, 2 * number + 2].into_iter().filter(|next| *next <= ARTICLES);
    let links: String =
        links.map(|next| format!("<li><a href='/tin/sua-de-{next}.html'>Bài {next}</a></li>")).collect();
    let text = format!(
        "Đội {number} của xã {newspaper} sửa xong {number} km đê trước mùa mưa. Người dân góp công, góp đá. "
    );
    let article = if number == 0 {
        String::new()
    } else {
        format!("<article><h1>Sửa đê, bài {number}</h1><p>{}</p></article>", text.repeat(6))
    };
    Some(format!(
        "<html lang=vi><head><title>Sơn Khê</title></head><body><ul>{links}</ul>{article}</body></html>"
    ))
}

fn answer(newspaper: usize, stream: &TcpStream, log: &Log) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let mut asked = String::new();
    lines.read_line(&mut asked)?;
    let mut line = String::new();
    while lines.read_line(&mut line)? > 2 {
        line.clear();
    }
    let path = asked.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().unwrap().push((newspaper, path.clone(), Instant::now()));
    // Long enough that many a kill comes between request and answer.
    std::thread::sleep(Duration::from_millis(100));
    let (status, body) = match page(newspaper, &path) {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", String::new()),
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Some newspapers, each at an address of its own; the port that they share, and what they are asked for.
fn newspapers(count: usize) -> (u16, Log) {
    let log = Log::default();
    let mut port = 0;
    for newspaper in 0..count {
        let listener = TcpListener::bind((address(newspaper), port)).expect("a free port");
        port = listener.local_addr().expect("its address").port();
        let log = Arc::clone(&log);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                // A client that was killed has gone away.
                std::thread::spawn(move || drop(answer(newspaper, &stream, &log)));
            }
        });
    }
    (port, log)
}

fn address(newspaper: usize) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, 2, u8::try_from(newspaper + 1).expect("few newspapers"))
}

/// The pages that an archive holds, each with how often.
fn archived(folder: &Folder) -> BTreeMap<String, usize> {
    let archive = Archive::open(folder.path().join("archive")).expect("an archive");
    let mut kept = BTreeMap::new();
    for capture in archive.captures(&Position::default()) {
        let capture = capture.expect("a whole capture");
        if let CaptureKind::Response { status: 200, .. } = capture.kind {
            *kept.entry(capture.target).or_default() += 1;
        }
    }
    kept
}

#[test]
fn a_crawl_that_is_killed_is_whole_and_stays_polite() {
    const NEWSPAPERS: usize = 8;
    const KILLS: u32 = 30;
    let folder = Folder::new();
    let (port, log) = newspapers(NEWSPAPERS);
    let starts: Vec<String> =
        (0..NEWSPAPERS).map(|newspaper| format!("http://{}:{port}/", address(newspaper))).collect();
    let mut arguments = vec!["crawl", "--allow-net", "127.0.2.0/24"];
    arguments.extend(starts.iter().map(String::as_str));
    // A fixed row of moments that looks random (Numerical Recipes' generator).
    let mut random = 20_261_125_u32;
    for _ in 0..KILLS {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut child =
            folder.command().args(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(40 + u64::from(random >> 24)));
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was killed");
        child.kill().unwrap();
        child.wait().unwrap();
    }
    folder.ok(&arguments);

    let expected: BTreeSet<String> = starts
        .iter()
        .flat_map(|start| {
            let articles = (1..=ARTICLES).map(move |number| format!("{start}tin/sua-de-{number}.html"));
            articles.chain([start.clone()])
        })
        .collect();
    let kept = archived(&folder);
    assert_eq!(kept.keys().cloned().collect::<BTreeSet<_>>(), expected);
    assert!(folder.ok(&["check"]).contains("0 problems"));
    folder.ok(&["index"]);
    let found = folder.ok(&["search", "sửa đê"]);
    assert!(found.contains(&format!("{} found", NEWSPAPERS * ARTICLES)), "{found}");

    // Killed or not, no newspaper was asked twice within the second that is left it.
    let mut log = log.lock().unwrap().clone();
    log.sort_by_key(|(newspaper, _, at)| (*newspaper, *at));
    for pair in log.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let gap = pair[1].2 - pair[0].2;
        // Of what is sent a second apart one may be looked at late, on a busy machine; without the wait it is no hundredth.
        assert!(gap >= Duration::from_millis(700), "{gap:?} between {} and {}", pair[0].1, pair[1].1);
    }
    for newspaper in 0..NEWSPAPERS {
        let first = log.iter().find(|(other, ..)| *other == newspaper).expect("it was asked");
        assert_eq!(first.1, "/robots.txt");
    }
}

/// A newspaper over TLS that speaks HTTP/2 and HTTP/1.1; the address, the certificate of its authority in PEM, and the
/// versions of HTTP that it was asked in.
async fn over_tls() -> (SocketAddr, String, Arc<Mutex<Vec<axum::http::Version>>>) {
    use axum::extract::Request;
    use rcgen::{CertificateParams, KeyPair};
    use tokio_rustls::rustls;

    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec![address(0).to_string()]).expect("a name");
    let certificate = params.self_signed(&key).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).expect("its key"),
        )
        .expect("a certificate and its key");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));

    let versions = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&versions);
    let router = axum::Router::new().fallback(move |request: Request| {
        seen.lock().unwrap().push(request.version());
        let page = page(0, request.uri().path());
        std::future::ready(page.map(axum::response::Html).ok_or(axum::http::StatusCode::NOT_FOUND))
    });
    let listener = tokio::net::TcpListener::bind((address(0), 0)).await.expect("a free port");
    let at = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, router) = (acceptor.clone(), router.clone());
            tokio::spawn(async move {
                // One that does not trust the certificate goes away.
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let service = hyper_util::service::TowerToHyperService::new(router);
                let server =
                    hyper_util::server::conn::auto::Builder::new(hyper_util::rt::TokioExecutor::new());
                let _ = server.serve_connection(hyper_util::rt::TokioIo::new(stream), service).await;
            });
        }
    });
    (at, certificate.pem(), versions)
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_come_over_tls_and_http_2_from_those_who_can_be_trusted() {
    let (at, certificate, versions) = over_tls().await;
    let crawl = |folder: &Folder, trusted: &str| {
        folder.write("trusted.pem", trusted);
        let start = format!("https://{at}/");
        let arguments = ["crawl", "--limit", "2", "--allow-net", "127.0.2.0/24", &start];
        let mut command = folder.command();
        command.args(arguments).env("SSL_CERT_FILE", folder.path().join("trusted.pem"));
        let output = command.output().expect("the program starts");
        String::from_utf8(output.stdout).expect("it prints UTF-8")
    };
    let folder = Folder::new();
    let told = crawl(&folder, &certificate);
    assert!(told.contains("2 new"), "{told}");
    let versions = versions.lock().unwrap().clone();
    assert!(versions.len() >= 3, "{versions:?}");
    assert!(versions.iter().all(|version| *version == axum::http::Version::HTTP_2), "{versions:?}");
    let kept = archived(&folder);
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(kept.keys().all(|target| target.starts_with("https://127.0.2.1:")), "{kept:?}");
    assert!(folder.ok(&["check"]).contains("0 problems"));

    // Another's certificate is not enough.
    let (_, other, _) = over_tls().await;
    let stranger = Folder::new();
    let told = crawl(&stranger, &other);
    assert!(told.contains("no connection") && told.contains("is left alone until"), "{told}");
    assert!(archived(&stranger).is_empty(), "{told}");
}

#[test]
fn a_script_learns_that_a_site_does_not_answer() {
    let folder = Folder::new();
    // Nobody listens where a listener has gone.
    let gone = std::net::TcpListener::bind("127.0.2.1:0").unwrap().local_addr().unwrap();
    let check = |arguments: &[&str], code: i32, says: &str| {
        let output = folder.command().args(arguments).output().expect("the program starts");
        let told = String::from_utf8(output.stdout).expect("it prints UTF-8");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(told.contains(says), "{arguments:?}: {told}");
    };
    let start = format!("http://{gone}/");
    let crawl = ["crawl", "--allow-net", "127.0.2.0/24", &start];
    check(&crawl, 3, "is left alone until");
    // Nor is it asked again before that.
    check(&crawl, 3, "is left alone until");
    check(&[&crawl[..], &["--limit", "1"]].concat(), 3, "the same command goes on with them after");
    // An address that is not public is no site that fails to answer.
    check(&["crawl", "http://127.0.3.1:9/"], 0, "0 pages fetched");
}
