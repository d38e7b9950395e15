//! The sample newspaper and portal: crawled by the real crawler, indexed, answered over HTTP.

use std::time::Duration;

use crate::program::{Folder, Server};

#[test]
fn the_demo_answers_what_it_promises() {
    let folder = Folder::new();
    let started = std::time::Instant::now();
    let server = Server::start(&folder, &["demo", "--listen", "127.0.0.1:0"], "a number over the years");
    assert!(started.elapsed() < Duration::from_secs(60), "the demo takes seconds");
    let links: Vec<&str> =
        server.greeting.lines().filter_map(|line| line.trim().strip_prefix("http://")).collect();
    assert_eq!(links.len(), 3, "{}", server.greeting);
    for link in links {
        let path = link.strip_prefix(&server.address).expect("a link to itself");
        assert_eq!(server.get(path).0, 200, "{path}");
    }
    assert!(server.greeting.contains("1 changed"), "{}", server.greeting);
    let all = server.json("/v1/search?limit=100");
    let count = all["count"].as_u64().unwrap();
    assert!(count >= 30, "{count} documents");
    for path in
        ["/v1/directives", "/v1/officials", "/v1/positions", "/v1/figures", "/v1/sources", "/v1/timeline"]
    {
        let answer = server.json(path);
        assert!(!answer["results"].as_array().unwrap().is_empty(), "{path}: {answer}");
    }
    // The portal carries an article of the newspaper: both know of it.
    let carried = server.json("/v1/search?q=%22t%E1%BB%95+tu%E1%BA%A7n+tra%22");
    let found = carried["results"].as_array().unwrap();
    assert_eq!(found.len(), 2, "{carried}");
    for hit in found {
        let id = hit["document"]["id"].as_str().unwrap();
        let cluster = &server.json(&format!("/v1/documents/{id}"))["cluster"];
        assert_eq!((&cluster["count"], &cluster["origin"]["source"]), (&1.into(), &"Báo Sơn Khê".into()));
        assert!(server.get(&format!("/documents/{id}")).1.contains("carried by 1 other"), "{id}");
    }
    let coverage = server.json("/v1/coverage");
    let days = coverage["results"].as_array().unwrap();
    // Two sources on two days; the crawls are a month apart.
    assert_eq!(days.len(), 4, "{coverage}");
    assert!(days[0]["changed"].as_u64().unwrap() + days[1]["changed"].as_u64().unwrap() == 1, "{coverage}");
    assert!(days.iter().all(|day| day["since"] == days[3]["day"]), "{coverage}");
    for path in ["/", "/directives", "/officials", "/static/style.css"] {
        assert_eq!(server.get(path).0, 200, "{path}");
    }
    assert_eq!(server.json("/v1/search?q=noi-bo-khong-duoc-lay")["count"], 0);
    assert_eq!(server.end(), 0);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert!(left.is_empty(), "the demo leaves {left:?}");
}
