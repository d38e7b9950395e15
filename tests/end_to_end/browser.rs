//! The pages in a real browser: one walk from a search to the sentence behind a number, as a person would go it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;

use crate::program::{Folder, Server, skipped};

/// A driver that ends with the test.
struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    fn start() -> Option<Self> {
        let started =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let Ok(mut child) = started else {
            skipped("the pages in a browser: there is no chromedriver (Debian's package chromium-driver)");
            return None;
        };
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let port = lines.find_map(|line| {
            let line = line.ok()?;
            let port = line.split("successfully on port ").nth(1)?.trim_end_matches('.');
            port.parse::<u16>().ok()
        });
        let port = port.expect("chromedriver says its port");
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { child, address: format!("http://127.0.0.1:{port}") })
    }

    async fn open(&self, width: u32) -> Client {
        let arguments =
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en"];
        let mut arguments: Vec<String> = arguments.map(str::to_owned).to_vec();
        arguments.push(format!("--window-size={width},900"));
        let options =
            json!({"args": arguments, "prefs": {"profile.managed_default_content_settings.javascript": 2}});
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.address)
            .await
            .expect("a browser")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn text(client: &Client, css: &str) -> String {
    let found = client.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css)).await;
    found.unwrap_or_else(|error| panic!("no {css}: {error}")).text().await.expect("a text")
}

async fn click(client: &Client, css: &str) {
    let found = client.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css)).await;
    found.unwrap_or_else(|error| panic!("no {css}: {error}")).click().await.expect("a click");
}

async fn path(client: &Client) -> String {
    client.current_url().await.expect("an address").as_str().to_owned()
}

#[test]
fn a_person_walks_from_a_search_to_the_sentence() {
    let Some(driver) = Driver::start() else { return };
    let folder = Folder::new();
    let server = Server::start(&folder, &["demo", "--listen", "127.0.0.1:0"], "a number over the years");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let client = driver.open(1200).await;
        let home = format!("http://{}/?ui=en", server.address);
        client.goto(&home).await.expect("the start page");
        let form = client.find(Locator::Css("form[role=search] input[type=search]")).await.expect("a form");
        form.send_keys("nong thon moi\u{e007}").await.expect("typed");
        // Typed without accents, found with them, and marked.
        assert!(text(&client, "ol.items mark").await.to_lowercase().contains("nông"));
        click(&client, "aside.facets a[href*='year=2022']").await;
        assert!(path(&client).await.contains("year=2022"));
        click(&client, "ol.items h2 a").await;
        assert!(path(&client).await.contains("/documents/"));
        click(&client, ".text mark.directive a").await;
        assert!(text(&client, "h1").await.contains('/'), "the dossier of a numbered directive");
        assert!(!text(&client, "blockquote mark").await.is_empty());
        client.goto(&format!("http://{}/officials?ui=vi", server.address)).await.expect("officials");
        assert_eq!(
            client.find(Locator::Css("html")).await.unwrap().attr("lang").await.unwrap().as_deref(),
            Some("vi")
        );
        click(&client, "ol.items a").await;
        assert!(!text(&client, "ol.career h3").await.is_empty(), "positions over time");
        // The chart's point leads to its sentence.
        let series = format!("http://{}/series?indicator=new-rural-communes&ui=en", server.address);
        client.goto(&series).await.expect("a series");
        let point = client.find(Locator::Css("svg a")).await.expect("a point");
        let href = point.attr("href").await.expect("an attribute").expect("a link");
        client.goto(&format!("http://{}{href}", server.address)).await.expect("the document");
        assert!(text(&client, "mark:target").await.contains(|c: char| c.is_ascii_digit()));
        client.close().await.expect("closed");

        // On a telephone nothing stands beyond the edge.
        let client = driver.open(500).await;
        for page in
            ["/?q=nong+thon", "/directives", "/series?indicator=new-rural-communes", "/docs", "/no-such-page"]
        {
            client.goto(&format!("http://{}{page}", server.address)).await.expect("a page");
            let width = async |css: &str| {
                let element = client.find(Locator::Css(css)).await.expect("an element");
                element.rectangle().await.expect("a size").2
            };
            let (html, main) = (width("html").await, width("main").await);
            assert!(main <= html, "{page}: {main} of {html}");
        }
        client.close().await.expect("closed");
    });
    assert_eq!(server.end(), 0);
}
