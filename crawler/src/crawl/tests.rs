use std::sync::Mutex as StdMutex;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;

use corpus::{Archive, CaptureKind, Position, WriterSettings};
use jiff::SignedDuration;

use super::*;

const HOST: &str = "baosonkhe.example";
/// How far a clock goes wrong.
const AHEAD: SignedDuration = SignedDuration::from_hours(400 * 24);

/// A small site whose pages the test changes; it writes down what it is asked for.
#[derive(Clone, Default)]
struct Site {
    changed: Arc<StdMutex<bool>>,
    asked: Arc<StdMutex<Vec<(String, String)>>>,
    /// Answers for paths, in place of the site's own.
    instead: Arc<StdMutex<BTreeMap<&'static str, (u16, &'static str)>>>,
    /// More lines of its sitemap.
    listed: Arc<StdMutex<String>>,
    /// Set 400 days ahead from the first request on, and back with the one of this number.
    clock: Clock,
    back_with: usize,
    times: Arc<StdMutex<Vec<Instant>>>,
    /// Requests at the same time now, and at most; without each host's first, before its address is known.
    at_once: Arc<StdMutex<(usize, usize)>>,
}

fn article(title: &str, more: &str) -> String {
    let text = "Ủy ban nhân dân tỉnh Sơn Khê vừa họp bàn về việc sửa đê trước mùa mưa, giao các huyện rà soát \
                những đoạn xung yếu và báo cáo trước ngày cuối tháng. ";
    format!(
        "<html lang=vi><head><title>{title}</title><meta property='og:type' content='article'>\
         <meta property='article:published_time' content='2024-05-02T08:00:00+07:00'></head><body>\
         <article><h1>{title}</h1><p>{}</p><p>{}</p>{more}</article></body></html>",
        text.repeat(2),
        text.repeat(2)
    )
}

fn answer(status: u16, media: &str, body: impl Into<Body>) -> Response {
    Response::builder().status(status).header("content-type", media).body(body.into()).unwrap()
}

async fn serve(State(site): State<Site>, request: Request) -> Response {
    let path = request.uri().path_and_query().unwrap().to_string();
    let headers = request.headers().clone();
    let header =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    site.asked.lock().unwrap().push((path.clone(), header("user-agent")));
    site.times.lock().unwrap().push(Instant::now());
    if site.back_with > 0 {
        let is_ahead = site.times.lock().unwrap().len() < site.back_with;
        site.clock.set_ahead(if is_ahead { AHEAD } else { SignedDuration::ZERO });
    }
    if !matches!(path.as_str(), "/robots.txt" | "/") {
        let now = |change: isize| {
            let mut at_once = site.at_once.lock().unwrap();
            at_once.0 = at_once.0.saturating_add_signed(change);
            at_once.1 = at_once.1.max(at_once.0);
        };
        now(1);
        tokio::time::sleep(Duration::from_millis(2)).await;
        now(-1);
    }
    let html = "text/html; charset=utf-8";
    if let Some((status, field)) = site.instead.lock().unwrap().get(path.as_str()) {
        let (name, value) = field.split_once(": ").unwrap();
        let mut answer = answer(*status, html, article("Thay", ""));
        answer.headers_mut().insert(name.parse::<axum::http::HeaderName>().unwrap(), value.parse().unwrap());
        return answer;
    }
    match path.as_str() {
        "/robots.txt" => answer(
            200,
            "text/plain",
            format!("User-agent: *\nDisallow: /kin/\nSitemap: http://{HOST}/sitemap.xml\n"),
        ),
        "/sitemap.xml" => answer(
            200,
            "application/xml",
            format!(
                "<urlset><url><loc>http://{HOST}/tin/de.html</loc></url>{}</urlset>",
                site.listed.lock().unwrap()
            ),
        ),
        "/rss" => answer(
            200,
            "application/rss+xml",
            format!(
                "<rss version='2.0'><channel><title>Sơn Khê</title><item><title>Cầu</title>\
                 <link>http://{HOST}/tin/cau.html</link></item></channel></rss>"
            ),
        ),
        "/" => answer(
            200,
            html,
            "<html><body><h1>Báo Sơn Khê</h1><a href='/tin/cau.html'>Cầu</a> <a href='/kin/so.html'>Kín</a>\
             <a href='/cu.html'>Cũ</a> <a href='/mat.html'>Mất</a> <a href='http://khac.example/'>Khác</a>\
             <a href='http://10.0.0.1/'>Mạng</a> <a href='/vong'>Vòng</a> <a href='/an.html'>Ẩn</a>\
             <a href='/ra.html'>Ra</a></body></html>",
        ),
        "/tin/de.html" => {
            if header("if-none-match") == "\"de-1\"" {
                return answer(304, html, Body::empty());
            }
            let mut answer = answer(200, html, article("Sửa đê trước mùa mưa", ""));
            answer.headers_mut().insert("etag", "\"de-1\"".parse().unwrap());
            answer
        }
        "/tin/cau.html" => {
            let more = if *site.changed.lock().unwrap() { "<p>Cầu đã thông xe.</p>" } else { "" };
            answer(200, html, article("Khởi công cầu mới", more))
        }
        // The readers that it has had stand in the page.
        "/tin/moi.html" => {
            let readers = format!("<!-- {} -->", site.times.lock().unwrap().len());
            answer(200, html, article("Đường mới qua núi", &readers))
        }
        "/an.html" => answer(
            200,
            html,
            "<html><head><meta name=robots content='noindex,nofollow'></head><body><h1>Ẩn</h1>\
             <a href='/tin/duoi-an.html'>x</a></body></html>",
        ),
        // One of two pages of a list, in two languages, that leads on from its head alone.
        "/muc?trang=2" => answer(
            200,
            html,
            "<html><head><link rel=canonical href='/muc'><link rel=alternate hreflang=en href='/en/topic'>\
             <link rel=next href='/muc?trang=3'><link rel=alternate hreflang=fr href='http://khac.example/fr'>\
             </head><body><h1>Mục</h1></body></html>",
        ),
        "/cu.html" => redirect("/tin/moi.html"),
        "/ra.html" => redirect("http://10.0.0.1/"),
        "/vong" => redirect("/vong2"),
        "/vong2" => redirect("/vong"),
        // Not there, in other words each time, and it leads on.
        path if path.starts_with("/thieu-") => {
            let next = path.len();
            let title = "Không tìm thấy trang | Báo Sơn Khê";
            let words = article("Tin khác", &format!("<p>{path}</p><a href='/thieu-{next}{path}'>Tiếp</a>"));
            answer(200, html, words.replace("<title>Tin khác</title>", &format!("<title>{title}</title>")))
        }
        _ => answer(404, html, "không có"),
    }
}

fn redirect(to: &str) -> Response {
    let mut answer = answer(301, "text/html", Body::empty());
    answer.headers_mut().insert("location", to.parse().unwrap());
    answer
}

impl Site {
    async fn start(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new().fallback(serve).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        address
    }

    /// Paths asked for since the last call, in their order.
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().drain(..).map(|(path, _)| path).collect()
    }
}

fn settings(address: SocketAddr) -> Settings {
    Settings {
        contact: Some("https://yearline.example/bot".to_owned()),
        delay: Duration::ZERO,
        delay_factor: 0,
        patience: Duration::ZERO,
        resolve: vec![(HOST.to_owned(), address)],
        ..Settings::default()
    }
}

fn source() -> Source {
    let record = format!(
        "name = \"Báo Sơn Khê\"\nhosts = [\"{HOST}\"]\nstart = [\"http://{HOST}/\"]\nfeeds = [\"http://{HOST}/rss\"]\n"
    );
    Source::parse("sonkhe.toml", &record).unwrap()
}

async fn crawl(folder: &std::path::Path, settings: Settings, clock: Clock) -> Report {
    let (_go, stop) = watch::channel(false);
    crawl_until(folder, settings, vec![source()], clock, stop).await
}

async fn crawl_until(
    folder: &std::path::Path,
    settings: Settings,
    sources: Vec<Source>,
    clock: Clock,
    stop: watch::Receiver<bool>,
) -> Report {
    let archive = Archive::create(folder).unwrap();
    let writer = archive.writer(WriterSettings::default()).unwrap();
    let frontier = Frontier::open(folder).unwrap();
    let crawler = Crawler::new(settings, sources, frontier, writer, clock).unwrap();
    crawler.run(stop, |_| {}).await.unwrap()
}

/// Path and kind of each capture, sorted.
fn captures(folder: &std::path::Path) -> Vec<String> {
    let archive = Archive::open(folder).unwrap();
    let mut shown: Vec<_> = archive
        .captures(&Position::default())
        .map(|capture| {
            let capture = capture.unwrap();
            let kind = match capture.kind {
                CaptureKind::Response { status, .. } => status.to_string(),
                CaptureKind::Resource => "resource".to_owned(),
                CaptureKind::Revisit { refers_to } => {
                    assert!(refers_to.is_some(), "{}", capture.target);
                    "revisit".to_owned()
                }
            };
            assert_eq!(capture.source.as_deref(), Some("Báo Sơn Khê"));
            format!("{} {kind}", capture.target.strip_prefix(&format!("http://{HOST}")).unwrap())
        })
        .collect();
    shown.sort();
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_head_names_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    *site.listed.lock().unwrap() = "<url><loc>/muc?trang=2</loc></url>".to_owned();
    crawl(folder.path(), settings(site.start().await), Clock::default()).await;
    let asked = site.asked();
    for path in ["/muc?trang=2", "/muc", "/en/topic", "/muc?trang=3"] {
        assert_eq!(asked.iter().filter(|asked| *asked == path).count(), 1, "{path}: {asked:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_crawled_kept_and_looked_at_again() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let how = settings(site.start().await);

    let report = crawl(folder.path(), how.clone(), Clock::default()).await;
    let asked = site.asked.lock().unwrap().clone();
    assert_eq!(asked[0].0, "/robots.txt", "before anything else");
    let agent = format!("Yearline/{} (+https://yearline.example/bot)", env!("CARGO_PKG_VERSION"));
    assert!(asked.iter().all(|(_, by)| *by == agent), "{asked:?}");
    let mut paths = site.asked();
    paths.sort();
    assert_eq!(
        paths,
        [
            "/",
            "/an.html",
            "/cu.html",
            "/mat.html",
            "/ra.html",
            "/robots.txt",
            "/rss",
            "/sitemap.xml",
            "/tin/cau.html",
            "/tin/de.html",
            "/tin/moi.html",
            "/vong",
            "/vong2"
        ],
        "each once, nothing forbidden and nothing elsewhere"
    );
    assert_eq!(
        captures(folder.path()),
        [
            "/ 200",
            "/cu.html 301",
            "/mat.html 404",
            "/ra.html 301",
            "/tin/cau.html 200",
            "/tin/de.html 200",
            "/tin/moi.html 200",
            "/vong 301",
            "/vong2 301"
        ]
    );
    assert_eq!(report.new, 5, "four kept, one that asks not to be: {report:?}");
    assert_eq!((report.redirected, report.forbidden), (4, 1), "{report:?}");
    assert_eq!(report.failed, BTreeMap::from([("HTTP 404".to_owned(), 1)]));
    assert_eq!((report.fetched, report.waiting, report.stopped), (12, 0, false), "{report:?}");
    let problems: Vec<_> = Archive::open(folder.path()).unwrap().verify().collect();
    assert!(problems.is_empty(), "{problems:?}");

    // Nothing but the seeds is due.
    let report = crawl(folder.path(), how.clone(), Clock::default()).await;
    let mut paths = site.asked();
    paths.sort();
    assert_eq!(paths, ["/", "/rss", "/sitemap.xml"], "{report:?}");
    assert_eq!((report.new, report.changed, report.unchanged), (0, 0, 1));

    // Asked again: one page is another, one says 304, the rest are the same.
    *site.changed.lock().unwrap() = true;
    let how = Settings { refresh: true, ..how };
    let report = crawl(folder.path(), how.clone(), Clock::ahead_by(SignedDuration::from_hours(1))).await;
    assert_eq!((report.new, report.changed, report.unchanged), (0, 1, 4), "{report:?}");
    let pages = || {
        let is_page = |shown: &String| !shown.ends_with("301") && !shown.ends_with("404");
        captures(folder.path()).into_iter().filter(is_page)
    };
    assert_eq!(
        pages().collect::<Vec<_>>(),
        [
            "/ 200",
            "/ revisit",
            "/ revisit",
            "/tin/cau.html 200",
            "/tin/cau.html 200",
            "/tin/de.html 200",
            "/tin/de.html revisit",
            "/tin/moi.html 200",
            "/tin/moi.html 200"
        ]
    );

    // Later one is gone: that is kept too, and counted, and its text stays.
    site.instead.lock().unwrap().insert("/tin/de.html", (410, "X-Other: none"));
    let report = crawl(folder.path(), how, Clock::ahead_by(SignedDuration::from_hours(2))).await;
    assert_eq!((report.gone, report.new, report.changed), (1, 0, 0), "{report:?}");
    assert!(!report.failed.contains_key("HTTP 410"), "{report:?}");
    let of_it: Vec<_> = pages().filter(|shown| shown.starts_with("/tin/de.html")).collect();
    assert_eq!(of_it, ["/tin/de.html 200", "/tin/de.html 410", "/tin/de.html revisit"]);
    let coverage = Frontier::open(folder.path()).unwrap().coverage().unwrap();
    assert_eq!(coverage.iter().map(|day| day.gone).sum::<u64>(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_older_than_wanted_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let lines = ["tin/xua.html</loc><lastmod>2015-12-31</lastmod>", "2014/05/06/lu.html</loc>"];
    let lines = lines.map(|line| format!("<url><loc>http://{HOST}/{line}</url>"));
    *site.listed.lock().unwrap() = lines.concat();
    let how = Settings { from: Some("2016-01-01".parse().unwrap()), ..settings(site.start().await) };
    let report = crawl(folder.path(), how.clone(), Clock::default()).await;
    let asked = site.asked();
    assert!(asked.iter().any(|path| path == "/tin/de.html"), "{report:?}");
    assert!(!asked.iter().any(|path| path == "/tin/xua.html" || path.starts_with("/2014")), "{asked:?}");
    // All years are another use of the same frontier.
    crawl(folder.path(), Settings { from: None, ..how }, Clock::default()).await;
    let mut asked = site.asked();
    asked.retain(|path| path == "/tin/xua.html" || path.starts_with("/2014"));
    asked.sort();
    assert_eq!(asked, ["/2014/05/06/lu.html", "/tin/xua.html"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_ends_at_its_limit_and_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let how = settings(site.start().await);
    let limited = Settings { limit: Some(2), ..how.clone() };
    let report = crawl(folder.path(), limited, Clock::default()).await;
    let pages = site
        .asked()
        .into_iter()
        .filter(|path| !matches!(path.as_str(), "/robots.txt" | "/rss" | "/sitemap.xml"));
    assert_eq!(pages.count(), 2, "{report:?}");
    assert!(report.waiting > 0 && !report.stopped, "{report:?}");

    let short = Settings { time: Some(Duration::ZERO), ..how.clone() };
    let report = crawl(folder.path(), short, Clock::default()).await;
    assert!(report.fetched == 0 && report.waiting > 0 && !report.stopped, "{report:?}");

    let (tell, stop) = watch::channel(true);
    let report = crawl_until(folder.path(), how.clone(), vec![source()], Clock::default(), stop).await;
    assert!(report.stopped && report.fetched == 0, "{report:?}");
    drop(tell);

    let report = crawl(folder.path(), how, Clock::default()).await;
    assert_eq!(report.waiting, 0);
    assert_eq!(captures(folder.path()).iter().filter(|shown| shown.ends_with("200")).count(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn private_addresses_are_not_connected_to() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let address = site.start().await;
    let start = format!("http://{address}/").parse().unwrap();
    let how = Settings { resolve: Vec::new(), ..settings(address) };
    let (_go, stop) = watch::channel(false);
    let sources = vec![Source::of_site(&start)];
    let report =
        crawl_until(folder.path(), how.clone(), sources.clone(), Clock::default(), stop.clone()).await;
    assert_eq!(report.failed, BTreeMap::from([("address refused".to_owned(), 1)]));
    assert_eq!(site.asked(), [""; 0]);

    let how = Settings { allow_net: vec!["127.0.0.0/8".parse().unwrap()], ..how };
    let report = crawl_until(folder.path(), how, sources, Clock::default(), stop).await;
    assert!(report.new > 0, "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_does_not_answer_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let report = crawl(folder.path(), settings(address), Clock::default()).await;
    assert_eq!(report.failed, BTreeMap::from([("robots.txt: no connection".to_owned(), 1)]));
    assert!(report.waiting > 0, "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_port_of_a_host_stops_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    *site.listed.lock().unwrap() = format!("<url><loc>http://{HOST}:{dead}/tin/de.html</loc></url>");
    let mut whole = Vec::new();
    for name in ["with the dead link", "without"] {
        let folder = folder.path().join(name);
        let report = crawl(&folder, settings(site.start().await), Clock::default()).await;
        let mut asked = site.asked();
        asked.sort();
        whole.push((asked, report.new));
        let paused: Vec<_> = report
            .paused
            .iter()
            .map(|paused| (paused.origin.as_str().to_owned(), paused.reason.as_str(), paused.pages))
            .collect();
        if name == "without" {
            assert_eq!((paused, report.waiting), (vec![], 0), "{report:?}");
            continue;
        }
        let origin = format!("http://{HOST}:{dead}");
        assert_eq!(paused, [(origin, "robots.txt: no connection", 1)]);
        let until = report.paused[0].until.duration_since(Timestamp::now());
        assert!((590..=600).contains(&until.as_secs()), "{report:?}");
        site.listed.lock().unwrap().clear();
    }
    assert_eq!(whole[0], whole[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_asks_for_time_gets_it() {
    let check = async |path: &'static str, status: u16, field: &'static str, failed: &str, asked: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::default();
        site.instead.lock().unwrap().insert(path, (status, field));
        let report = crawl(folder.path(), settings(site.start().await), Clock::default()).await;
        assert_eq!(report.failed, BTreeMap::from([(failed.to_owned(), 1)]), "{path}");
        assert_eq!(site.asked(), asked, "{path}");
        assert!(report.waiting > 0, "{path} {report:?}");
    };
    check("/", 503, "Retry-After: 600", "HTTP 503", &["/robots.txt", "/"]).await;
    check("/", 429, "X-Other: none", "HTTP 429", &["/robots.txt", "/"]).await;
    check("/robots.txt", 503, "X-Other: none", "robots.txt: HTTP 503", &["/robots.txt"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn robots_tags_of_the_answer_are_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    site.instead.lock().unwrap().insert("/tin/de.html", (200, "X-Robots-Tag: noindex"));
    crawl(folder.path(), settings(site.start().await), Clock::default()).await;
    assert!(site.asked().contains(&"/tin/de.html".to_owned()));
    let is_page = |shown: &String| !shown.ends_with("301") && !shown.ends_with("404");
    let kept = captures(folder.path()).into_iter().filter(is_page);
    assert_eq!(kept.collect::<Vec<_>>(), ["/ 200", "/tin/cau.html 200", "/tin/moi.html 200"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_kept_within_bounds_and_pages_that_are_none_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let listed: String =
        (0..6).map(|n| format!("<url><loc>/thieu-{n}</loc></url><url><loc>/mat-{n}</loc></url>")).collect();
    *site.listed.lock().unwrap() = listed;
    let how = Settings { max_errors: 9, ..settings(site.start().await) };
    let report = crawl(folder.path(), how.clone(), Clock::default()).await;
    assert_eq!(report.failed["says that there is no such page"], 6, "{report:?}");
    assert_eq!(report.failed["HTTP 404"], 7, "{report:?}");
    assert!(!site.asked().iter().any(|path| path.matches("thieu").count() > 1), "they lead on without end");
    let kept = captures(folder.path());
    let errors = kept.iter().filter(|shown| shown.contains("thieu") || shown.ends_with("404"));
    assert_eq!(errors.count(), 9, "{kept:?}");
    // What is too long is not kept.
    let other = tempfile::tempdir().unwrap();
    crawl(other.path(), Settings { max_error_body: 3, ..how }, Clock::default()).await;
    assert!(!captures(other.path()).iter().any(|shown| shown.contains("thieu") || shown.ends_with("404")));
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_to_a_host_keep_their_distance() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let delay = Duration::from_millis(80);
    let how = Settings { delay, patience: Duration::from_secs(1), ..settings(site.start().await) };
    let report = crawl(folder.path(), how, Clock::default()).await;
    assert_eq!((report.new, report.waiting), (5, 0), "{report:?}");
    let gaps = |site: &Site| {
        let times = site.times.lock().unwrap().clone();
        times.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>()
    };
    // Times in the frontier are in milliseconds.
    let least = Duration::from_millis(78);
    assert!(gaps(&site).iter().all(|gap| *gap >= least), "{:?}", gaps(&site));

    // A run that ends in the middle of a request does not shorten the pause of the next.
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let how = Settings { delay, patience: Duration::from_secs(1), ..settings(site.start().await) };
    for _ in 0..6 {
        let run = crawl(folder.path(), how.clone(), Clock::default());
        drop(tokio::time::timeout(Duration::from_millis(20), run).await);
    }
    crawl(folder.path(), how, Clock::default()).await;
    assert!(gaps(&site).iter().all(|gap| *gap >= least), "{:?}", gaps(&site));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_went_wrong_freezes_nothing() {
    const PAGES: usize = 30;
    let lines = (0..PAGES).map(|page| format!("<url><loc>http://{HOST}/tin/{page}.html</loc></url>"));
    let lines: String = lines.collect();
    let wait = Duration::from_millis(1);
    let asked = |site: &Site| {
        let asked = site
            .asked()
            .into_iter()
            .filter_map(|path| path.strip_prefix("/tin/")?.strip_suffix(".html")?.parse().ok());
        asked.collect::<std::collections::BTreeSet<usize>>().len()
    };
    // In the middle of a run, and between two.
    for (back_with, limit) in [(10, None), (0, Some(7))] {
        let folder = tempfile::tempdir().unwrap();
        let site = Site { back_with, ..Site::default() };
        *site.listed.lock().unwrap() = lines.clone();
        let how = Settings { delay: wait, patience: Duration::from_secs(5), ..settings(site.start().await) };
        let first = Settings { limit, ..how.clone() };
        if limit.is_some() {
            site.clock.set_ahead(AHEAD);
        }
        crawl(folder.path(), first, site.clock.clone()).await;
        if limit.is_some() {
            site.clock.set_ahead(SignedDuration::ZERO);
            crawl(folder.path(), how, site.clock.clone()).await;
        }
        assert_eq!(asked(&site), PAGES, "{back_with}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_host_is_asked_less_often() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    // Its pages take two milliseconds, but for the first.
    let how = Settings {
        delay_factor: 50,
        longest_delay: Duration::from_secs(1),
        patience: Duration::from_secs(2),
        limit: Some(4),
        ..settings(site.start().await)
    };
    crawl(folder.path(), how, Clock::default()).await;
    let times = site.times.lock().unwrap().clone();
    let slow = times.windows(2).filter(|pair| pair[1] - pair[0] >= Duration::from_millis(98)).count();
    assert!(slow >= 3, "{times:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_crawls_are_left_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let how = settings(site.start().await);
    let limited = Settings { limit: Some(1), ..how.clone() };
    crawl(folder.path(), limited, Clock::default()).await;
    site.asked();

    let address = Site::default().start().await;
    let how = Settings { resolve: vec![("khac.example".to_owned(), address)], ..how };
    let other = Source::of_site(&"http://khac.example/".parse().unwrap());
    let (_go, stop) = watch::channel(false);
    let report = crawl_until(folder.path(), how, vec![other], Clock::default(), stop).await;
    assert!(report.new > 0, "{report:?}");
    assert_eq!(site.asked(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_was_killed_is_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let how = settings(site.start().await);
    for millis in [2, 5, 10, 20, 40] {
        // Dropped in the middle, as by a kill.
        let run = crawl(folder.path(), how.clone(), Clock::default());
        drop(tokio::time::timeout(Duration::from_millis(millis), run).await);
    }
    crawl(folder.path(), how, Clock::default()).await;
    let kept = captures(folder.path());
    for path in ["/", "/tin/cau.html", "/tin/de.html", "/tin/moi.html"] {
        assert!(kept.contains(&format!("{path} 200")), "{path} {kept:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_on_one_machine_are_asked_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::default();
    let address = site.start().await;
    let hosts = ["a.example", "b.example", "c.example"];
    let how = Settings {
        resolve: hosts.iter().map(|host| ((*host).to_owned(), address)).collect(),
        ..settings(address)
    };
    let sources =
        hosts.iter().map(|host| Source::of_site(&format!("http://{host}/").parse().unwrap())).collect();
    let (_go, stop) = watch::channel(false);
    let report = crawl_until(folder.path(), how, sources, Clock::default(), stop).await;
    // The front page, the bridge, the new road and the page that asks not to be kept, of each.
    assert_eq!((report.new, report.waiting), (12, 0), "{report:?}");
    assert_eq!(site.at_once.lock().unwrap().1, 1);
}
