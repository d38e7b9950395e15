//! A site that means no good, on loopback: every trap ends in bounded time with an outcome that has a name, and the
//! site's good page is collected all the same.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use corpus::{Archive, Position, WriterSettings};
use crawler::{Clock, Crawler, Frontier, Report, Settings, Source};

const HOST: &str = "bay.example";
/// Addresses of one pattern that are let in.
const ALIKE: u32 = 20;
/// Pages of the same words whose links are followed.
const SAME: u32 = 10;
/// Longest body that is kept.
const LONGEST: usize = 8 << 20;

/// Answers one request for an address of the trap: below which path the trap is, and the path that is asked for. An
/// error is a crawler that has gone away.
type Trap = fn(&mut TcpStream, &str, &str) -> std::io::Result<()>;

/// A trap of one page: what it comes to, and how many requests it may cost beside those of [`ONCE`].
#[derive(Clone, Copy)]
struct Row {
    name: &'static str,
    failed: &'static [(&'static str, u64)],
    more: usize,
    trap: Trap,
}

fn send(stream: &mut TcpStream, status: &str, fields: &str, body: &[u8]) -> std::io::Result<()> {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{fields}\r\n")?;
    stream.write_all(body)
}

fn html(stream: &mut TcpStream, body: &str) -> std::io::Result<()> {
    send(stream, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes())
}

fn redirect(stream: &mut TcpStream, to: &str) -> std::io::Result<()> {
    send(stream, "302 Found", &format!("Location: {to}\r\n"), b"")
}

/// The number that a path ends in.
fn number(path: &str) -> u64 {
    let digits = path.trim_end_matches('/').rsplit(|letter: char| !letter.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Writes `portion` again and again, until the crawler leaves.
fn without_end(stream: &mut TcpStream, head: &str, portion: &[u8], pause: Duration) -> std::io::Result<()> {
    stream.write_all(head.as_bytes())?;
    loop {
        stream.write_all(portion)?;
        std::thread::sleep(pause);
    }
}

const ENDLESS: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n";

fn good() -> String {
    let text = "Ủy ban nhân dân tỉnh Sơn Khê họp bàn việc sửa đê trước mùa mưa bão năm nay. ".repeat(6);
    format!("<html><body><article><h1>Sửa đê</h1><p>{text}</p></article></body></html>")
}

/// A site whose `/bay…` is the trap, and what it was asked for.
fn start(place: &'static str, trap: Trap) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let log = Arc::clone(&log);
            std::thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone()?).take(64 << 10).lines();
                let Some(Ok(request)) = lines.next() else { return Ok(()) };
                while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                log.lock().unwrap().push(path.clone());
                match path.as_str() {
                    path if path.starts_with(place) => trap(&mut stream, place, path),
                    "/" => html(&mut stream, "<a href='/bay'>Bẫy</a> <a href='/tot.html'>Tốt</a>"),
                    "/tot.html" => html(&mut stream, &good()),
                    _ => send(&mut stream, "404 Not Found", "", b""),
                }
            });
        }
    });
    (address, asked)
}

async fn crawl(folder: &std::path::Path, address: SocketAddr) -> Report {
    crawl_with(folder, settings(address)).await
}

fn settings(address: SocketAddr) -> Settings {
    Settings {
        delay: Duration::ZERO,
        delay_factor: 0,
        patience: Duration::ZERO,
        timeout: Duration::from_secs(2),
        least_rate: 100_000,
        slow_after: Duration::from_secs(1),
        max_body: LONGEST,
        max_alike: ALIKE,
        max_same: SAME,
        resolve: vec![(HOST.to_owned(), address)],
        ..Settings::default()
    }
}

async fn crawl_with(folder: &std::path::Path, settings: Settings) -> Report {
    let source = Source::of_site(&format!("http://{HOST}/").parse().unwrap());
    let writer = Archive::create(folder).unwrap().writer(WriterSettings::default()).unwrap();
    let frontier = Frontier::open(folder).unwrap();
    let crawler = Crawler::new(settings, vec![source], frontier, writer, Clock::default()).unwrap();
    let (_go, stop) = tokio::sync::watch::channel(false);
    crawler.run(stop, |_| {}).await.unwrap()
}

/// One trap: what it comes to, how many requests it may cost, and whether the good page is collected.
async fn check(
    name: &str,
    place: &'static str,
    failed: &[(&str, u64)],
    most: usize,
    goes_on: bool,
    trap: Trap,
) {
    let folder = tempfile::tempdir().unwrap();
    let (address, asked) = start(place, trap);
    let began = Instant::now();
    let report = crawl(folder.path(), address).await;
    let took = began.elapsed();
    assert!(took < Duration::from_secs(20), "{name} took {took:?}");
    let expected: BTreeMap<_, _> =
        failed.iter().map(|(reason, count)| ((*reason).to_owned(), *count)).collect();
    assert_eq!(report.failed, expected, "{name}: {report:?}");
    let asked = asked.lock().unwrap().clone();
    assert!(asked.len() <= most, "{name}: {} requests: {asked:?}", asked.len());
    let archive = Archive::open(folder.path()).unwrap();
    let kept: Vec<_> = archive.captures(&Position::default()).map(|capture| capture.unwrap()).collect();
    let is_good = kept.iter().any(|capture| capture.target.ends_with("/tot.html"));
    assert_eq!(is_good, goes_on, "{name}: {asked:?}");
    let bytes: usize = kept.iter().map(|capture| capture.body.len()).sum();
    assert!(bytes <= 4 * LONGEST, "{name} keeps {bytes} bytes");
    assert!(archive.verify().next().is_none(), "{name}");
}

/// robots.txt, the front page, the good page and the trap itself.
const ONCE: usize = 4;

const WITHOUT_END: &[Row] = &[
    Row {
        name: "endless body",
        failed: &[("too long", 1)],
        more: 0,
        trap: |stream, _, _| without_end(stream, ENDLESS, &[b'a'; 4096], Duration::ZERO),
    },
    Row {
        name: "declared length",
        failed: &[("too long", 1)],
        more: 0,
        trap: |stream, _, _| {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\n\r\n",
            )
        },
    },
    Row {
        name: "slow head",
        failed: &[("timed out", 1)],
        more: 0,
        trap: |stream, _, _| {
            without_end(stream, "HTTP/1.1 200 OK\r\n", b"X: y\r\n", Duration::from_millis(50))
        },
    },
    Row {
        name: "slow body",
        failed: &[("too slow", 1)],
        more: 0,
        trap: |stream, _, _| without_end(stream, ENDLESS, b"a", Duration::from_millis(50)),
    },
    Row {
        name: "huge head",
        failed: &[("broken answer", 1)],
        more: 0,
        trap: |stream, _, _| without_end(stream, "HTTP/1.1 200 OK\r\nX: ", &[b'a'; 4096], Duration::ZERO),
    },
    Row {
        name: "gzip bomb",
        failed: &[("the page is larger than 20 MiB", 1)],
        more: 0,
        trap: |stream, _, _| {
            let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            for _ in 0..64 {
                bomb.write_all(&vec![b' '; 1 << 20])?;
            }
            send(stream, "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &bomb.finish()?)
        },
    },
];

#[tokio::test(flavor = "multi_thread")]
async fn answers_without_end_are_cut() {
    for row in WITHOUT_END {
        check(row.name, "/bay", row.failed, ONCE + row.more, true, row.trap).await;
    }
}

const NONE: &[Row] = &[
    Row {
        name: "lying length",
        failed: &[("broken answer", 1)],
        more: 0,
        trap: |stream, _, _| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\nx")
        },
    },
    Row {
        name: "broken chunk",
        failed: &[("broken answer", 1)],
        more: 0,
        trap: |stream, _, _| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n")
        },
    },
    Row {
        name: "no HTTP",
        failed: &[("broken answer", 1)],
        more: 0,
        trap: |stream, _, _| stream.write_all(b"220 ftp\r\n"),
    },
    Row {
        name: "status 999",
        failed: &[("HTTP 999", 1)],
        more: 0,
        trap: |stream, _, _| send(stream, "999 No", "", b""),
    },
    Row {
        name: "5xx storm",
        failed: &[("HTTP 500", 1)],
        more: 0,
        trap: |stream, _, _| send(stream, "500 Internal Server Error", "", b""),
    },
    Row {
        name: "wrong type",
        failed: &[("not an HTML page", 1)],
        more: 0,
        trap: |stream, _, _| send(stream, "200 OK", "Content-Type: application/pdf\r\n", b"%PDF-1.4"),
    },
    Row {
        name: "bytes as HTML",
        failed: &[("the file is not an HTML page", 1)],
        more: 0,
        trap: |stream, _, _| {
            let bytes = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0; 4096]].concat();
            send(stream, "200 OK", "Content-Type: text/html\r\n", &bytes)
        },
    },
    Row {
        name: "deep HTML",
        failed: &[("the page nests its elements too deeply", 1)],
        more: 0,
        trap: |stream, _, _| html(stream, &"<div>".repeat(200_000)),
    },
    Row {
        name: "one long line",
        failed: &[],
        more: 0,
        trap: |stream, _, _| html(stream, &"<p>a".repeat(200_000)),
    },
    Row {
        name: "one long word",
        failed: &[],
        more: 0,
        trap: |stream, _, _| html(stream, &"a".repeat(LONGEST - 1_000)),
    },
];

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_none_have_a_name() {
    for row in NONE {
        check(row.name, "/bay", row.failed, ONCE + row.more, true, row.trap).await;
    }
}

const ADDRESSES: &[Row] = &[
    Row {
        name: "redirect loop",
        failed: &[],
        more: 1,
        trap: |stream, place, path| {
            redirect(stream, &if path == place { format!("{place}2") } else { place.to_owned() })
        },
    },
    Row {
        name: "redirects without end",
        failed: &[("too many redirects", 1)],
        more: 5,
        trap: |stream, place, path| redirect(stream, &format!("{place}{}", number(path) + 1)),
    },
    Row {
        name: "redirect into the network",
        failed: &[],
        more: 0,
        trap: |stream, _, _| redirect(stream, "http://169.254.169.254/latest/meta-data/"),
    },
    Row {
        name: "calendar",
        failed: &[],
        more: ALIKE as usize,
        trap: |stream, place, path| {
            let next = number(path) + 1;
            let months = (next..next + 12).map(|month| format!("<a href='{place}/2025/{month}'>{month}</a>"));
            html(stream, &months.collect::<String>())
        },
    },
    Row {
        name: "filters",
        failed: &[],
        more: ALIKE as usize,
        trap: |stream, place, path| {
            let asked = path.len() as u64;
            let values =
                (0..30).map(|value| format!("<a href='{place}?loai={value}&muc={asked}'>{value}</a>"));
            html(stream, &values.collect::<String>())
        },
    },
    Row {
        name: "numbers of sessions",
        failed: &[],
        more: 0,
        trap: |stream, place, _| {
            let session = Instant::now().elapsed().as_nanos();
            html(
                stream,
                &format!(
                    "<a href='{place}?PHPSESSID=a{session}'>A</a><a href='{place};jsessionid=B{session}'>B</a>"
                ),
            )
        },
    },
    Row {
        name: "a page for every address",
        failed: &[],
        more: 2 * SAME as usize,
        trap: |stream, place, path| {
            // Addresses of letters alone, which are no pattern, and the same words under each.
            let name: String = path.bytes().map(|byte| char::from(b'a' + byte % 26)).collect();
            let links = format!("<a href='{place}/{name}x'>A</a><a href='{place}/{name}y'>B</a>");
            html(stream, &format!("{links}{}", good().replace("Sửa đê", "Không tìm thấy")))
        },
    },
    Row {
        name: "a lost slash",
        failed: &[],
        more: 5,
        trap: |stream, place, path| {
            html(stream, &format!("<a href='{}{place}/x'>A</a>", path.trim_end_matches('/')))
        },
    },
    Row {
        name: "a line of links",
        failed: &[],
        more: ALIKE as usize,
        trap: |stream, place, path| {
            if path != place {
                return html(stream, "");
            }
            html(
                stream,
                &(0..200_000).map(|at| format!("<a href='{place}/{at}'>{at}</a>")).collect::<String>(),
            )
        },
    },
];

#[tokio::test(flavor = "multi_thread")]
async fn addresses_without_end_have_one() {
    for row in ADDRESSES {
        check(row.name, "/bay", row.failed, ONCE + row.more, true, row.trap).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn robots_txt_is_no_way_in() {
    const ROBOTS: &str = "/robots.txt";
    check("huge rules", ROBOTS, &[("HTTP 404", 1)], ONCE, true, |stream, _, _| {
        let rules = format!("User-agent: *\n{}", "Disallow: /khong-co/\n".repeat(45_000));
        send(stream, "200 OK", "Content-Type: text/plain\r\n", rules.as_bytes())
    })
    .await;
    check("rules without end", ROBOTS, &[("robots.txt: too long", 1)], 1, false, |stream, _, _| {
        without_end(stream, ENDLESS, &[b'a'; 4096], Duration::ZERO)
    })
    .await;
    check("slow rules", ROBOTS, &[("robots.txt: too slow", 1)], 1, false, |stream, _, _| {
        without_end(stream, ENDLESS, b"a", Duration::from_millis(50))
    })
    .await;
    check("rules in a loop", ROBOTS, &[("HTTP 404", 1)], ONCE + 5, true, |stream, _, _| {
        redirect(stream, "/robots.txt")
    })
    .await;
}

/// What nobody outside may reach; how often it was reached.
fn secret() -> &'static (SocketAddr, Mutex<usize>) {
    static SECRET: OnceLock<(SocketAddr, Mutex<usize>)> = OnceLock::new();
    SECRET.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                *secret().1.lock().unwrap() += 1;
                drop(stream);
            }
        });
        (address, Mutex::new(0))
    })
}

/// A site that leads to [`secret`] wherever a page, a feed, a sitemap or a rule can lead.
fn leads_inside(stream: &mut TcpStream, _: &str, path: &str) -> std::io::Result<()> {
    let there = format!("http://{}/", secret().0);
    let xml = |stream: &mut TcpStream, body: &str| {
        send(stream, "200 OK", "Content-Type: application/xml\r\n", body.as_bytes())
    };
    match path {
        "/robots.txt" => {
            let rules = format!("User-agent: *\nSitemap: {there}\nSitemap: http://{HOST}/so.xml\n");
            send(stream, "200 OK", "Content-Type: text/plain\r\n", rules.as_bytes())
        }
        "/" => html(
            stream,
            &format!(
                "<link rel=alternate type='application/rss+xml' href='/rss'><link rel=alternate \
                 type='application/rss+xml' href='{there}'><a href='/bay'>Bẫy</a><a href='/tot.html'>Tốt</a>\
                 <a href='/di'>Đi</a><a href='{there}'>Trong</a>"
            ),
        ),
        "/bay" => html(
            stream,
            &format!(
                "<head><base href='{there}'><link rel=canonical href='{there}'><link rel=alternate hreflang=en \
                 href='{there}'><meta http-equiv=refresh content='0; url={there}'></head><body><a href='a'>A</a>\
                 <iframe src='{there}'></iframe><img src='{there}'>{}</body>",
                good()
            ),
        ),
        "/di" => redirect(stream, &there),
        "/so.xml" => xml(stream, &format!("<urlset><url><loc>{there}</loc></url></urlset>")),
        "/rss" => xml(
            stream,
            &format!(
                "<rss version='2.0'><channel><item><title>A</title><link>{there}</link></item></channel></rss>"
            ),
        ),
        _ => html(stream, &good()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_named_is_a_way_in() {
    check("ways inside", "/", &[], 7, true, leads_inside).await;
    assert_eq!(*secret().1.lock().unwrap(), 0);
}

/// A site whose sitemaps and feed are what `xml` gives for a path.
fn lists(stream: &mut TcpStream, path: &str, xml: impl Fn(&str) -> String) -> std::io::Result<()> {
    match path {
        "/robots.txt" => {
            let rules = format!("User-agent: *\nSitemap: http://{HOST}/so/1.xml\n");
            send(stream, "200 OK", "Content-Type: text/plain\r\n", rules.as_bytes())
        }
        "/" => html(
            stream,
            "<link rel=alternate type='application/rss+xml' href='/rss'><a href='/tot.html'>Tốt</a>",
        ),
        "/tot.html" => html(stream, &good()),
        _ => send(stream, "200 OK", "Content-Type: application/xml\r\n", xml(path).as_bytes()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_without_end_have_one() {
    check("sitemaps in a loop", "/", &[("not a feed", 1)], 6, true, |stream, _, path| {
        lists(stream, path, |path| {
            let next = if path == "/so/1.xml" { 2 } else { 1 };
            format!("<sitemapindex><sitemap><loc>/so/{next}.xml</loc></sitemap></sitemapindex>")
        })
    })
    .await;
    check("sitemaps without end", "/", &[("not a feed", 1)], 8, true, |stream, _, path| {
        lists(stream, path, |path| {
            let next = number(path.trim_end_matches(".xml")) + 1;
            format!("<sitemapindex><sitemap><loc>/so/{next}.xml</loc></sitemap></sitemapindex>")
        })
    })
    .await;
    check("a billion laughs", "/", &[("not a feed", 1)], 5, true, |stream, _, path| {
        lists(stream, path, |_| {
            let laugh =
                |number: u32| format!("<!ENTITY l{number} \"{}\">", format!("&l{};", number - 1).repeat(10));
            let laughs: String = (1..10).map(laugh).collect();
            format!("<!DOCTYPE x [<!ENTITY l0 \"ha\">{laughs}]><urlset><url><loc>/&l9;</loc></url></urlset>")
        })
    })
    .await;
    // The entity is left as it is written.
    let as_written = [("not an HTML page", 1)];
    check("an entity from a file", "/", &as_written, 6, true, |stream, _, path| {
        lists(stream, path, |_| {
            "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss version='2.0'><channel><item>\
             <title>A</title><link>/&f;</link></item></channel></rss>"
                .to_owned()
        })
    })
    .await;
}

/// Addresses in the sitemaps of [`crowded`]'s site.
const CROWD: usize = 60_000;

/// The path below which a trap is: none is the beginning of another, and all come behind the crowd by name.
fn place(number: usize) -> &'static str {
    const PLACES: [&str; 26] = [
        "/vung-a", "/vung-b", "/vung-c", "/vung-d", "/vung-e", "/vung-f", "/vung-g", "/vung-h", "/vung-i",
        "/vung-j", "/vung-k", "/vung-l", "/vung-m", "/vung-n", "/vung-o", "/vung-p", "/vung-q", "/vung-r",
        "/vung-s", "/vung-t", "/vung-u", "/vung-v", "/vung-w", "/vung-x", "/vung-y", "/vung-z",
    ];
    PLACES[number]
}

/// All traps of one page.
fn traps() -> impl Iterator<Item = (&'static str, &'static Row)> {
    let rows = [WITHOUT_END, NONE, ADDRESSES].into_iter().flatten();
    rows.enumerate().map(|(number, row)| (place(number), row))
}

/// A site with all traps, two links behind its front page, and beside them a sitemap that names a crowd of pages.
fn crowded(stream: &mut TcpStream, _: &str, path: &str) -> std::io::Result<()> {
    let xml = |stream: &mut TcpStream, lines: String| {
        send(stream, "200 OK", "Content-Type: application/xml\r\n", lines.as_bytes())
    };
    if let Some((place, row)) = traps().find(|(place, _)| path.starts_with(place)) {
        return (row.trap)(stream, place, path);
    }
    let inside = secret().0;
    let named = |from: usize, to: usize| {
        let pages = (from..to).map(|number| format!("<url><loc>/tin/bai-{number}-x.html</loc></url>"));
        format!("<urlset>{}</urlset>", pages.collect::<String>())
    };
    match path {
        "/robots.txt" => {
            let rules = format!(
                "User-agent: *\nSitemap: http://{HOST}/so/1.xml\nSitemap: http://{HOST}/so/2.xml\nSitemap: http://{inside}/\n"
            );
            send(stream, "200 OK", "Content-Type: text/plain\r\n", rules.as_bytes())
        }
        "/so/1.xml" => xml(stream, named(0, 50_000)),
        "/so/2.xml" => xml(stream, named(50_000, CROWD)),
        "/" => html(
            stream,
            &format!("<a href='/muc.html'>M</a><a href='/tot.html'>T</a><a href='http://{inside}/'>I</a>"),
        ),
        "/muc.html" => {
            let links = traps().map(|(place, row)| format!("<a href='{place}'>{}</a>", row.name));
            html(stream, &format!("{}<a href='/vao'>I</a>", links.collect::<String>()))
        }
        "/vao" => redirect(stream, &format!("http://{inside}/")),
        path => {
            let (word, number) = ("Tin", number(path.trim_end_matches("-x.html")));
            let links = (1..6).map(|next| format!("<a href='/tin/bai-{}-x.html'>{next}</a>", number + next));
            html(
                stream,
                &format!(
                    "{}{}",
                    good().replace("Sửa đê", &format!("{word} {number}")),
                    links.collect::<String>()
                ),
            )
        }
    }
}

/// What failed for a moment is asked for again after one minute and after ten, on a slow machine within the test.
const RETRIES: usize = 2;
/// Five minutes of requests, one in fifty milliseconds.
const REQUESTS: u64 = 5 * 60 * 1_000 / 50;

#[tokio::test(flavor = "multi_thread")]
async fn traps_beside_a_crowd_are_met_and_have_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let (address, asked) = start("/", crowded);
    let before = *secret().1.lock().unwrap();
    crawl_with(folder.path(), Settings { limit: Some(REQUESTS / 2), ..settings(address) }).await;
    let asked = asked.lock().unwrap().clone();
    assert!(asked.len() as u64 <= REQUESTS, "{}", asked.len());
    for (place, row) in traps() {
        let met: Vec<_> = asked.iter().filter(|path| path.starts_with(place)).collect();
        assert!((1..=row.more + 1 + RETRIES).contains(&met.len()), "{}: {met:?}", row.name);
    }
    assert!(asked.iter().filter(|path| path.starts_with("/tin/")).count() > 100);
    assert!(asked.iter().any(|path| path == "/tot.html"));
    assert_eq!(*secret().1.lock().unwrap(), before);
    assert!(Archive::open(folder.path()).unwrap().verify().next().is_none());
}
