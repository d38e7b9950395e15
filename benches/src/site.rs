//! A site of many hosts on loopback, each with an address of its own, and a log of what it was asked for.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::Context as _;

use crate::crawl::Asked;

/// Letters of a page, about.
const LETTERS: usize = 50_000;
/// Where the log is asked for.
const LOG: &str = "/log";

/// The number that follows in a fixed row that looks random (Numerical Recipes' linear congruential generator).
pub(crate) fn next_random(random: u32) -> u32 {
    random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)
}

/// The name of a host.
pub(crate) fn name(host: usize) -> String {
    format!("bao-{host}.example")
}

/// Where each host is.
pub(crate) fn addresses(port: u16, hosts: usize) -> Vec<(String, SocketAddr)> {
    (0..hosts).map(|host| (name(host), SocketAddr::from((address(host), port)))).collect()
}

/// An address of its own for each host: one address is asked by one request at a time.
fn address(host: usize) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, 1, u8::try_from(host % 250).unwrap_or(0) + 1)
}

/// The path of a page; 0 is the front page.
pub(crate) fn path(page: usize) -> String {
    if page == 0 { "/".to_owned() } else { format!("/tin/mot-bai-ve-mua-lua-{page}.html") }
}

/// One of `pages` pages; it links to two more, so all are found from the front page.
pub(crate) fn page(number: usize, pages: usize) -> String {
    const WORDS: [&str; 16] = [
        "huyện",
        "xã",
        "tỉnh",
        "nông thôn",
        "người dân",
        "đường",
        "trường",
        "mùa lúa",
        "kế hoạch",
        "ủy ban",
        "sản xuất",
        "thu nhập",
        "chợ",
        "rừng",
        "nhà văn hóa",
        "hợp tác xã",
    ];
    let mut page = format!(
        "<!doctype html><html lang=vi><head><title>Bài số {number}</title></head><body><h1>Bài số {number} về mùa lúa</h1><nav><ul>"
    );
    for link in [2 * number + 1, 2 * number + 2].into_iter().filter(|link| *link < pages) {
        let _ = write!(page, "<li><a href='{}'>Bài số {link}</a></li>", path(link));
    }
    page.push_str("</ul></nav><div class=content>");
    let mut random = u32::try_from(number).unwrap_or(0).wrapping_add(7);
    while page.len() < LETTERS / 4 {
        page.push_str("<p class=text>");
        for _ in 0..40 {
            random = next_random(random);
            page.push_str(WORDS[(random >> 28) as usize]);
            page.push(' ');
        }
        page.push_str("đến nay đạt 12,5%.</p>");
    }
    page.push_str("</div><footer class=menu>");
    let mut item = 0;
    while page.len() < LETTERS {
        item += 1;
        let _ = write!(
            page,
            "<div class='box item-{item}'><span class=label>Mục {item}</span><i class=icon></i></div>"
        );
    }
    page.push_str("</footer></body></html>");
    page
}

#[derive(Default)]
struct Host {
    open: usize,
    last: Option<Instant>,
    robots_first: Option<bool>,
}

#[derive(Default)]
struct Log {
    asked: Asked,
    hosts: HashMap<usize, Host>,
}

/// Serves until the process ends; says its address first.
pub(crate) fn serve(pages: usize, hosts: usize) -> anyhow::Result<()> {
    let first = TcpListener::bind((address(0), 0))?;
    let port = first.local_addr()?.port();
    let mut listeners = vec![first];
    for host in 1..hosts {
        listeners.push(TcpListener::bind((address(host), port))?);
    }
    let log = Arc::new(Mutex::new(Log {
        asked: Asked { shortest_gap_ms: u64::MAX, ..Asked::default() },
        ..Log::default()
    }));
    let texts: Arc<HashMap<String, String>> =
        Arc::new((0..pages).map(|number| (path(number), page(number, pages))).collect());
    println!("{}", listeners[0].local_addr()?);
    let threads: Vec<_> = listeners
        .into_iter()
        .enumerate()
        .map(|(host, listener)| {
            let (log, texts) = (Arc::clone(&log), Arc::clone(&texts));
            std::thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    let (log, texts) = (Arc::clone(&log), Arc::clone(&texts));
                    std::thread::spawn(move || answer(host, &stream, &log, &texts));
                }
            })
        })
        .collect();
    for thread in threads {
        let _ = thread.join();
    }
    Ok(())
}

/// Answers the requests of one connection.
fn answer(
    host: usize,
    stream: &TcpStream,
    log: &Mutex<Log>,
    texts: &HashMap<String, String>,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut out = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        while line.trim() != "" {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
        }
        if path == LOG {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.asked.robots_first =
                log.hosts.values().filter(|host| host.robots_first == Some(true)).count();
            let body = serde_json::to_vec(&log.asked).unwrap_or_default();
            write!(out, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
            return out.write_all(&body);
        }
        begin(host, &path, log);
        let (status, kind, body) = match (path.as_str(), texts.get(&path)) {
            ("/robots.txt", _) => ("200 OK", "text/plain", "User-agent: *\nAllow: /\n"),
            (_, Some(page)) => ("200 OK", "text/html; charset=utf-8", page.as_str()),
            _ => ("404 Not Found", "text/plain", ""),
        };
        write!(out, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len())?;
        let sent = out.write_all(body.as_bytes());
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.hosts.entry(host).or_default().open -= 1;
        drop(log);
        sent?;
    }
}

fn begin(host: usize, path: &str, log: &Mutex<Log>) {
    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
    let now = Instant::now();
    let is_robots = path == "/robots.txt";
    let state = log.hosts.entry(host).or_default();
    state.open += 1;
    state.robots_first.get_or_insert(is_robots);
    let open = state.open;
    let gap = state.last.replace(now).map(|last| u64::try_from((now - last).as_millis()).unwrap_or(u64::MAX));
    log.asked.at_once = log.asked.at_once.max(open);
    if let Some(gap) = gap {
        log.asked.shortest_gap_ms = log.asked.shortest_gap_ms.min(gap);
    }
    if !is_robots {
        *log.asked.pages.entry(format!("{}{path}", name(host))).or_default() += 1;
    }
}

/// Asks a site for its log.
pub(crate) fn asked(site: SocketAddr) -> anyhow::Result<Asked> {
    let mut stream = TcpStream::connect(site)?;
    write!(stream, "GET {LOG} HTTP/1.1\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let body = answer.split_once("\r\n\r\n").context("the site has no log")?.1;
    Ok(serde_json::from_str(body)?)
}
