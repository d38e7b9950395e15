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
    Some(format!("<html lang=vi><head><title>Sơn Khê</title></head><body><ul>{links}</ul>{article}</body></html>"))
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
fn kept(folder: &Folder) -> BTreeMap<String, usize> {
    let archive = Archive::open(&folder.path().join("archive")).expect("an archive");
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
    let kept = kept(&folder);
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
        assert!(gap >= Duration::from_millis(990), "{gap:?} between {} and {}", pair[0].1, pair[1].1);
    }
    for newspaper in 0..NEWSPAPERS {
        let first = log.iter().find(|(other, ..)| *other == newspaper).expect("it was asked");
        assert_eq!(first.1, "/robots.txt");
    }
}
