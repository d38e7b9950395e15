//! Serves the sample's two sites on one loopback port, told apart by the `Host` header.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use crawler::{Source, Sources};

use super::layout::{self, Link};
use super::pages::{self, NEWSPAPER, PORTAL, Page};

/// Hosts of the two sites.
pub(crate) const HOSTS: [&str; 2] = [NEWSPAPER, PORTAL];

/// An address that has moved: old path and new path, both of the newspaper.
pub(crate) const MOVED: (&str, &str) =
    ("/lan-toa-dan-van-kheo-post10107.html", "/dua-chi-thi-15-vao-cuoc-song-10010107.html");
/// An article that front pages still link to, although it is gone.
pub(crate) const GONE: &str = "/hoi-xuan-ben-suoi-10019999.html";

const SECTIONS: [(&str, &str); 4] = [
    ("/thoi-su", "Thời sự"),
    ("/kinh-te", "Kinh tế"),
    ("/xa-hoi", "Xã hội"),
    ("/xay-dung-dang", "Xây dựng Đảng"),
];
const PORTAL_LIST: &str = "/Pages/tin-tuc-557/default.aspx";
const PORTAL_ENGLISH: &str = "/en/Pages/news-557/default.aspx";

/// The two records of the sample.
pub(crate) fn sources() -> Result<Sources> {
    [
        ("baosonkhe.toml", include_str!("sources/baosonkhe.toml")),
        ("sonkhe.toml", include_str!("sources/sonkhe.toml")),
    ]
    .iter()
    .map(|(file, text)| Ok(Source::parse(file, text)?))
    .collect()
}

/// One resource: media type and text.
#[derive(Clone, Debug)]
struct Resource {
    kind: &'static str,
    text: String,
    /// `ETag`: a digest of the text.
    tag: String,
}

type Resources = BTreeMap<(String, String), Resource>;

#[derive(Debug)]
struct Shelf {
    before: Resources,
    after: Resources,
    changed: AtomicBool,
}

/// The running sample. It stops when it is dropped.
#[derive(Debug)]
pub(crate) struct Site {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    task: tokio::task::JoinHandle<()>,
}

impl Site {
    /// Serves both hosts on `listener`; must be called within a Tokio runtime.
    pub(crate) fn start(listener: TcpListener) -> Result<Self> {
        listener.set_nonblocking(true).context("the sample's listener cannot be made asynchronous")?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let address = listener.local_addr()?;
        let first = pages::read()?;
        let second: Vec<Page> = first.iter().map(Page::after_change).collect();
        let shelf = Arc::new(Shelf {
            before: resources(&first, false)?,
            after: resources(&second, true)?,
            changed: AtomicBool::new(false),
        });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shelf));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the sample's sites have stopped");
            }
        });
        Ok(Self { address, shelf, task })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows the second version of the page that changes.
    pub(crate) fn change(&self) {
        self.shelf.changed.store(true, Ordering::Release);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(shelf): State<Arc<Shelf>>, request: Request) -> Response {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let host = request.uri().host().or_else(|| text(header::HOST)).unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
    let path = request.uri().path();
    if host == NEWSPAPER && path == MOVED.0 {
        return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, MOVED.1)]).into_response();
    }
    let shown = if shelf.changed.load(Ordering::Acquire) { &shelf.after } else { &shelf.before };
    let Some(resource) = shown.get(&(host, path.to_owned())) else {
        return (StatusCode::NOT_FOUND, "Không tìm thấy trang").into_response();
    };
    let tag = resource.tag.clone();
    if text(header::IF_NONE_MATCH).is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::CONTENT_TYPE, resource.kind.to_owned()), (header::ETAG, tag)], resource.text.clone())
        .into_response()
}

/// Everything that both hosts serve.
fn resources(all: &[Page], changed: bool) -> Result<Resources> {
    const HTML: &str = "text/html; charset=utf-8";
    let mut found = Resources::new();
    let mut add = |host: &str, path: &str, kind: &'static str, text: String| {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let tag = format!("\"{:016x}\"", hasher.finish());
        found.insert((host.to_owned(), path.to_owned()), Resource { kind, text, tag });
    };
    for page in all {
        let modified = page.changed.as_ref().filter(|_| changed).map_or(page.date, |change| change.date);
        add(&page.host, &page.path, HTML, layout::article(page, modified, all)?);
    }
    let links = |wanted: &dyn Fn(&Page) -> bool| -> Vec<Link> {
        let mut pages: Vec<&Page> = all.iter().filter(|page| wanted(page)).collect();
        pages.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.path.cmp(&b.path)));
        pages.iter().map(|page| Link { href: page.path.clone(), title: page.title.clone() }).collect()
    };
    let sections = |host: &str| -> Vec<Link> {
        let link =
            |(href, title): &(&str, &str)| Link { href: (*href).to_owned(), title: (*title).to_owned() };
        if host == NEWSPAPER {
            SECTIONS.iter().chain(&[("/en/", "English")]).map(link).collect()
        } else {
            [(PORTAL_LIST, "Tin tức"), (PORTAL_ENGLISH, "English")].iter().map(link).collect()
        }
    };
    for host in HOSTS {
        let in_language =
            |lang: &'static str| links(&move |page: &Page| page.host == host && page.lang == lang);
        let mut front = in_language("vi");
        if host == NEWSPAPER {
            for (href, title) in [(MOVED.0, "Lan tỏa dân vận khéo"), (GONE, "Hội xuân bên suối")]
            {
                front.push(Link { href: href.to_owned(), title: title.to_owned() });
            }
            for (path, name) in SECTIONS {
                let listed = links(&|page: &Page| page.host == host && page.section == name);
                add(host, path, HTML, layout::listing(host, "vi", sections(host), listed)?);
            }
            add(host, "/en/", HTML, layout::listing(host, "en", sections(host), in_language("en"))?);
            add(host, "/rss/home.rss", "application/rss+xml; charset=utf-8", feed(all));
        } else {
            let listed = in_language("vi");
            add(host, PORTAL_LIST, HTML, layout::listing(host, "vi", sections(host), listed)?);
            let listed = in_language("en");
            add(host, PORTAL_ENGLISH, HTML, layout::listing(host, "en", sections(host), listed)?);
        }
        add(host, "/", HTML, layout::listing(host, "vi", sections(host), front)?);
        add(host, "/sitemap.xml", "application/xml", sitemap(host, all, changed));
        let robots = format!(
            "User-agent: *\nDisallow: /noi-bo/\nCrawl-delay: 0\n\nSitemap: http://{host}/sitemap.xml\n"
        );
        add(host, "/robots.txt", "text/plain; charset=utf-8", robots);
    }
    Ok(found)
}

fn sitemap(host: &str, all: &[Page], changed: bool) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in all.iter().filter(|page| page.host == host && !page.is_internal()) {
        let at = page.changed.as_ref().filter(|_| changed).map_or(page.date, |change| change.date);
        let _ = writeln!(
            text,
            "<url><loc>{}</loc><lastmod>{}</lastmod></url>",
            escape(&page.url()),
            layout::moment(at)
        );
    }
    text + "</urlset>\n"
}

/// The newspaper's feed: its newest articles.
fn feed(all: &[Page]) -> String {
    let mut newest: Vec<&Page> = all
        .iter()
        .filter(|page| page.host == NEWSPAPER && page.lang == "vi" && !page.is_internal())
        .collect();
    newest.sort_by_key(|page| std::cmp::Reverse(page.date));
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Báo Sơn Khê</title>\
         <link>http://{NEWSPAPER}/</link><description>Tin mới</description>\n"
    );
    for page in newest.iter().take(20) {
        let url = escape(&page.url());
        let _ = writeln!(
            text,
            "<item><title>{}</title><link>{url}</link><guid>{url}</guid><pubDate>{}</pubDate></item>",
            escape(&page.title),
            layout::feed_time(page.date)
        );
    }
    text + "</channel></rss>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
