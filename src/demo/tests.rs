//! Every page of the sample is read as the article that its record states.

use std::collections::HashSet;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

use crawler::page::Context;

use super::layout;
use super::pages::{self, Page};
use super::site::{GONE, HOSTS, MOVED, Site, sources};

#[test]
fn every_page_is_read_as_its_article() {
    let all = pages::read().unwrap();
    let sources = sources().unwrap();
    let second: Vec<Page> = all.iter().map(Page::after_change).collect();
    for page in all.iter().chain(second.iter().filter(|page| page.changed.is_some())) {
        let url = page.url().parse().unwrap();
        let source = sources.for_host(&page.host).unwrap();
        let html = layout::article(page, page.date, &all).unwrap();
        let context = Context {
            url: Some(&url),
            charset: Some("utf-8"),
            source: Some(source),
            fetched_at: "2026-01-01T00:00:00Z".parse().unwrap(),
            is_live: true,
        };
        let read = crawler::page::read(html.as_bytes(), &context).unwrap();
        let article = read.article.unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!(article.title.as_ref(), Some(&page.title), "{url}");
        assert_eq!(article.author.as_ref(), Some(&page.author), "{url}");
        assert_eq!(article.province.as_deref(), Some("Sơn Khê"), "{url}");
        assert_eq!(article.published.map(|at| at.date), Some(page.date.date()), "{url}");
        assert_eq!(article.captions.join("|"), page.caption, "{url}");
        let mut text = vec![page.lede.clone()];
        text.extend(page.body.clone());
        assert_eq!(article.text, text.join("\n"), "{url}");
        assert!(page.is_internal() || source.follows(&url), "{url}");
    }
}

#[test]
fn the_sample_is_as_large_as_is_said() {
    let all = pages::read().unwrap();
    assert!(all.len() >= 40, "{}", all.len());
    assert_eq!(all.iter().map(Page::url).collect::<HashSet<_>>().len(), all.len());
    let years: HashSet<_> = all.iter().map(|page| page.date.year()).collect();
    assert_eq!(years, (2016..=2025).collect());
    assert_eq!(all.iter().filter(|page| page.changed.is_some()).count(), 1);
    assert_eq!(all.iter().filter(|page| page.is_internal()).count(), 1);
    let english: Vec<_> = all.iter().filter(|page| page.lang == "en").collect();
    assert!(english.len() >= 9, "{}", english.len());
    for page in english {
        let original =
            |other: &&Page| other.host == page.host && other.lang == "vi" && other.number() == page.number();
        assert_eq!(all.iter().filter(original).count(), 1, "{}", page.url());
    }
    for page in &all {
        assert!(HOSTS.contains(&page.host.as_str()), "{}", page.url());
    }
}

fn get(address: SocketAddr, host: &str, path: &str, more: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn both_hosts_are_served() {
    let site = Site::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    let check = |host: &str, path: &str, status: &str, holds: &str| {
        let answer = get(site.address(), host, path, "");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{host}{path}: {answer:.60}");
        assert!(answer.contains(holds), "{host}{path}: no “{holds}”");
    };
    for host in HOSTS {
        check(host, "/", "200", "b-grid__title");
        check(host, "/robots.txt", "200", "Disallow: /noi-bo/");
        check(host, "/sitemap.xml", "200", "<loc>http://");
    }
    check("baosonkhe.example:8080", "/rss/home.rss", "200", "<item>");
    check(HOSTS[0], "/thoi-su", "200", "b-grid__title");
    check(HOSTS[0], "/en/", "200", "/en/");
    check(HOSTS[0], "/", "200", GONE);
    check(HOSTS[0], GONE, "404", "");
    check(HOSTS[0], MOVED.0, "301", MOVED.1);
    check(HOSTS[0], MOVED.1, "200", "Chỉ thị 15");
    check("localhost", "/", "404", "");

    let all = pages::read().unwrap();
    let page = all.iter().find(|page| page.changed.is_some()).unwrap();
    let before = get(site.address(), &page.host, &page.path, "");
    let tag = before.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let known = format!("If-None-Match: {tag}\r\n");
    assert!(get(site.address(), &page.host, &page.path, &known).starts_with("HTTP/1.1 304"));
    site.change();
    let after = get(site.address(), &page.host, &page.path, &known);
    assert!(after.starts_with("HTTP/1.1 200"));
    assert!(after.contains(&page.changed.as_ref().unwrap().lede));
}
