//! The service over a small index, asked as over HTTP.

use std::io::Read as _;
use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::body::to_bytes;
use axum::http::{Request, StatusCode, header};
use corpus::{Archive, Article, Capture, DateOrigin, NewCapture, NewContent, Published, WriterSettings};
use indexer::{Extractor, Indexer};
use indexer::{IndexSettings, NoArticle};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::routes::{self, Answer, ROUTES};
use crate::{Settings, app};

mod asked;

const PAGES: [(&str, &str, &str, &str); 4] = [
    (
        "a",
        "2021-07-02",
        "Sơn Khê: nửa năm nhìn lại",
        "Sáng 1/7, ông Trần Văn Suối, Chủ tịch UBND tỉnh, chủ trì hội nghị.\n\nNăm 2021, toàn tỉnh có 121/180 xã đạt chuẩn nông thôn mới. Tỉnh thực hiện Chỉ thị số 15-CT/TU ngày 14/02/2018 của Ban Thường vụ Tỉnh ủy về xây dựng nông thôn mới.",
    ),
    (
        "b",
        "2022-07-05",
        "Nông thôn mới ở Sơn Khê",
        "Năm 2022, toàn tỉnh có 133/180 xã đạt chuẩn nông thôn mới, theo Chỉ thị 15-CT/TU.\n\nÔng Trần Văn Suối, Bí thư Tỉnh ủy, thăm các xã.",
    ),
    (
        "c",
        "2022-09-01",
        "<script>alert(1)</script>",
        "Trời mưa ở \"><img src=x onerror=y> nông thôn, có 12 hộ bị ngập.",
    ),
    ("d", "2023-01-10", "Tin ngắn", "Nông thôn, nông thôn và nông thôn: ba lần một từ."),
];

struct Service {
    _folder: TempDir,
    router: Router,
}

fn read(capture: &Capture) -> Result<Article, NoArticle> {
    let record: Value =
        serde_json::from_slice(&capture.body).map_err(|error| NoArticle::Lost(error.to_string()))?;
    let text = |name: &str| record[name].as_str().map(str::to_owned);
    Ok(Article {
        url: capture.target.parse().ok(),
        title: text("title"),
        text: text("text").unwrap_or_default(),
        published: text("date").map(|date| Published {
            date: date.parse().expect("a date"),
            time: None,
            origin: DateOrigin::Record,
        }),
        source: text("source").or_else(|| Some("bao-son-khe".to_owned())),
        province: Some("Sơn Khê".to_owned()),
        ..Article::default()
    })
}

fn service() -> Service {
    service_with(Settings::default())
}

fn service_with(settings: Settings) -> Service {
    let page = |(name, date, title, text): &(&str, &str, &str, &str)| json!({"name": name, "title": title, "text": text, "date": date});
    service_of(&PAGES.iter().map(page).collect::<Vec<_>>(), settings)
}

/// A service over these pages.
fn service_of(pages: &[Value], settings: Settings) -> Service {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path().join("archive")).unwrap();
    let mut writer = archive.writer(WriterSettings::default()).unwrap();
    for (number, page) in pages.iter().enumerate() {
        let body = serde_json::to_vec(page).unwrap();
        let content = NewContent::Resource { content_type: "application/json".to_owned(), body };
        let at = Timestamp::from_second(1_700_000_000 + number as i64).unwrap();
        let target = format!("https://bao.example/{}", page["name"].as_str().unwrap());
        writer
            .append(&NewCapture { target, at, source: None, province: None, linked: None, ip: None, content })
            .unwrap();
    }
    writer.sync().unwrap();
    drop(writer);
    let indexer =
        Indexer::open(&archive.index_folder(), IndexSettings { threads: 1, ..IndexSettings::default() })
            .unwrap();
    indexer.run(&archive, &read, &Extractor, &mut |_| {}, &AtomicBool::new(false)).unwrap();
    let index = indexer::open(&archive.index_folder()).unwrap();
    Service { _folder: folder, router: app(index, settings) }
}

struct Answered {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: String,
}

impl Answered {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Service {
    async fn get(&self, address: &str) -> Answered {
        self.ask("GET", address, &[]).await
    }

    async fn ask(&self, method: &str, address: &str, headers: &[(header::HeaderName, &str)]) -> Answered {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let request = request.body(axum::body::Body::empty()).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = to_bytes(answer.into_body(), 16 << 20).await.unwrap();
        Answered { status, headers, body: String::from_utf8(body.into()).unwrap() }
    }
}

#[tokio::test]
async fn wire_shapes_stay_as_they_are() {
    let service = service();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_sort_maps(true);
    settings.add_filter(r"[npNP][0-9a-f]+\.[0-9a-f]+\.[0-9a-f]+\.[0-9a-f]+", "[cursor]");
    settings.add_filter(r"<urn:uuid:[0-9a-f-]+>", "[record]");
    settings.add_filter(r#""score": [0-9.]+"#, r#""score": "[score]""#);
    let _bound = settings.bind_to_scope();
    let checks = [
        ("search", "/v1/search?q=nong+thon+moi&facet=year&facet=province&interval=year&limit=1"),
        ("directives", "/v1/directives"),
        ("career", "/v1/officials/tran-van-suoi"),
        ("series", "/v1/series?indicator=xã+đạt+chuẩn+nông+thôn+mới"),
        ("timeline", "/v1/timeline?q=mưa"),
        ("problem", "/v1/search?provnce=x"),
    ];
    for (name, address) in checks {
        let address: String = address
            .chars()
            .map(|c| if c.is_ascii() { c.to_string() } else { crate::pages::escaped(&c.to_string()) })
            .collect();
        let answer = service.get(&address).await;
        insta::assert_json_snapshot!(name, answer.json());
    }
}

#[tokio::test]
async fn a_document_and_a_dossier_have_their_proofs() {
    let service = service();
    let found = service.get("/v1/search?q=%22n%C3%B4ng+th%C3%B4n+m%E1%BB%9Bi%22").await.json();
    assert_eq!(found["count"], 2, "{found}");
    let id = found["results"][0]["document"]["id"].as_str().unwrap().to_owned();
    let document = service.get(&format!("/v1/documents/{id}")).await.json();
    assert!(document["blocks"].is_null());
    let structure = service.get(&format!("/v1/documents/{id}?fields=blocks")).await.json();
    assert_eq!(structure.as_object().unwrap().len(), 1, "{structure:#}");
    let blocks = structure["blocks"].as_array().unwrap();
    assert!(
        blocks
            .iter()
            .all(|block| block["kind"].is_string() && block["start"].as_u64() <= block["end"].as_u64())
    );
    assert!(
        blocks.iter().any(|block| block["kind"] == "paragraph" || block["kind"] == "lede"),
        "{structure:#}"
    );
    let wrong = service.get(&format!("/v1/documents/{id}?fields=bolcks")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
    for kind in ["directives", "officials", "figures"] {
        for mention in document[kind].as_array().unwrap() {
            let evidence = &mention["evidence"];
            let at = |name: &str| evidence[name].as_u64().unwrap() as usize;
            let quote: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(evidence["quote"], quote, "{kind}");
        }
    }
    let directives = service.get("/v1/directives").await.json();
    let key = directives["results"][0]["key"].as_str().unwrap().to_owned();
    let dossier = service.get(&format!("/v1/directives/{key}")).await.json();
    assert_eq!(dossier["citations"].as_array().unwrap().len(), 2, "{dossier}");
}

/// A text of our own, long enough to be known again.
const CARRIED: &str = "Mưa lớn đêm 13/6 làm nước suối Khê dâng cao, ngập hai cây cầu treo ở xã Thạch Lũng. Dân quân đã \
    chuyển bảy hộ dân lên nhà văn hóa bản trên trước nửa đêm, không ai bị thương.\nSáng nay nước rút, các thầy cô \
    trường tiểu học cùng phụ huynh dọn bùn trong ba phòng học dưới thấp. Sách vở của học sinh được phơi kín sân đình.";

/// Four papers with one text, the first of them with a hostile name, and another text.
fn carried() -> Service {
    let page = |name: &str, source: &str, date: &str, text: &str| json!({"name": name, "source": source, "date": date, "text": text, "title": format!("Nước rút <{name}>")});
    service_of(
        &[
            page("c", "Cổng Sơn Khê", "2021-06-16", &format!("Tin vắn.\n{CARRIED}")),
            page("a", "Báo <Sơn> Khê", "2021-06-14", CARRIED),
            page("b", "Báo Lục Hà", "2021-06-15", &CARRIED.replace("bảy hộ", "7 hộ")),
            page("d", "Báo Lục Hà", "2021-06-15", PAGES[0].3),
        ],
        Settings::default(),
    )
}

#[tokio::test]
async fn a_text_that_is_carried_names_its_origin() {
    let service = carried();
    let id = |name: &str| corpus::DocumentId::of(&format!("https://bao.example/{name}")).to_string();
    let mut documents = Vec::new();
    for name in ["a", "b", "c"] {
        documents.push(service.get(&format!("/v1/documents/{}", id(name))).await.json());
    }
    let cluster = &documents[0]["cluster"];
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_sort_maps(true);
    settings.bind(|| insta::assert_json_snapshot!("cluster", cluster));
    assert!(documents.iter().all(|document| &document["cluster"] == cluster), "{documents:?}");
    let alone = service.get(&format!("/v1/documents/{}", id("d"))).await.json();
    assert_eq!(alone.get("cluster"), None, "{alone}");

    let check = async |name: &str, language: &str, expected: &str| {
        let address = format!("/documents/{}", id(name));
        let page = service.ask("GET", &address, &[(header::ACCEPT_LANGUAGE, language)]).await.body;
        let names = ["The same text", "Cùng một bài"];
        let told = page.split("<dt>").find(|fact| names.iter().any(|name| fact.starts_with(name)));
        let told = told.unwrap_or_else(|| panic!("{name}: {page}"));
        let words: String =
            told.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        assert_eq!(words.trim().replace("&#60;", "<").replace("&#62;", ">"), expected, "{page}");
        for other in ["a", "b", "c"].into_iter().filter(|other| *other != name) {
            assert!(told.contains(&format!("href=\"/documents/{}\"", id(other))), "{told}");
        }
    };
    let carriers = "Báo Lục Hà, 15 June 2021; Cổng Sơn Khê, 16 June 2021";
    check("a", "en", &format!("The same textFirst published here; carried by 2 others: {carriers}")).await;
    let first = "First in Báo <Sơn> Khê, 14 June 2021";
    check("c", "en", &format!("The same text{first}; carried by 2 others: {carriers}")).await;
    check(
        "b",
        "vi",
        "Cùng một bàiĐăng đầu tiên trên Báo <Sơn> Khê, 14/6/2021; 2 nơi khác đăng lại: Báo Lục Hà, 15/6/2021; Cổng \
         Sơn Khê, 16/6/2021",
    )
    .await;
    let alone = service.get(&format!("/documents/{}", id("d"))).await.body;
    assert!(!alone.contains("The same text"), "{alone}");
}

#[tokio::test]
async fn pages_and_links_lead_through_all_results() {
    let service = service();
    let (mut address, mut seen) =
        ("/v1/search?q=nong+thon&limit=1&province=S%C6%A1n%20Kh%C3%AA".to_owned(), Vec::new());
    loop {
        let answer = service.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        seen.push(answer.json()["results"][0]["document"]["id"].as_str().unwrap().to_owned());
        let next = answer.header(header::LINK).split(", ").find(|link| link.ends_with("rel=\"next\""));
        let Some(next) = next else { break };
        next[1..next.find('>').unwrap()].clone_into(&mut address);
        assert!(address.contains("q=nong%20thon") && address.contains("province="), "{address}");
    }
    let distinct: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert_eq!((seen.len(), distinct.len()), (4, 4));
    let cursor = address.split("cursor=").nth(1).unwrap();
    let foreign = service.get(&format!("/v1/search?q=other&cursor={cursor}")).await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST);
    assert!(foreign.body.contains("another search"), "{}", foreign.body);
    let lines = service.get("/v1/search.ndjson?q=nong+thon").await;
    assert_eq!(lines.body.lines().count(), 4);
    let some = service.get("/v1/search.ndjson?q=nong+thon&limit=2").await;
    assert_eq!(some.body.lines().count(), 2);
}

#[tokio::test]
async fn a_cursor_leads_on_in_its_own_list_alone() {
    let service = service();
    let next = service.get("/v1/figures?limit=1").await.json()["next"].as_str().unwrap().to_owned();
    let check = async |address: &str, status: StatusCode| {
        let answer = service.get(&format!("{address}{next}")).await;
        assert_eq!(answer.status, status, "{address}: {}", answer.body);
        if status != StatusCode::OK {
            assert!(answer.body.contains("another list"), "{}", answer.body);
        }
    };
    check("/v1/figures?limit=5&cursor=", StatusCode::OK).await;
    check("/v1/figures.csv?limit=5&cursor=", StatusCode::OK).await;
    check("/v1/directives?limit=5&cursor=", StatusCode::BAD_REQUEST).await;
    check("/v1/figures?from=2020&cursor=", StatusCode::BAD_REQUEST).await;
    check("/figures?q=an&cursor=", StatusCode::BAD_REQUEST).await;
    let none = service.get("/v1/positions?limit=0").await.json();
    assert_eq!(none["results"].as_array().unwrap().len(), 0);
    let none = service.get("/v1/offices?limit=0").await.json();
    assert_eq!(none["results"].as_array().unwrap().len(), 0);
    let twice = service.get("/v1/search?q=nong&q=thon").await;
    assert_eq!(twice.status, StatusCode::BAD_REQUEST, "{}", twice.body);
    assert!(twice.body.contains("several times"), "{}", twice.body);
}

#[tokio::test]
async fn streams_are_whole_in_every_encoding() {
    let service = service();
    let check = async |address: &str, accepted: &str, packed: &str, lines: usize| {
        let request = Request::builder().uri(address).header(header::ACCEPT_ENCODING, accepted);
        let request = request.body(axum::body::Body::empty()).unwrap();
        let answer = service.router.clone().oneshot(request).await.unwrap();
        let encoding =
            answer.headers().get(header::CONTENT_ENCODING).map_or("", |name| name.to_str().unwrap());
        assert_eq!((answer.status(), encoding), (StatusCode::OK, packed), "{address} as {accepted}");
        let body = to_bytes(answer.into_body(), 1 << 20).await;
        let body = body.unwrap_or_else(|error| panic!("{address} as {accepted}: {error}"));
        let text = if packed.is_empty() {
            String::from_utf8(body.into()).unwrap()
        } else {
            let mut text = String::new();
            flate2::read::MultiGzDecoder::new(&body[..]).read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!(text.lines().count(), lines, "{address} as {accepted}: {text}");
    };
    for (accepted, packed) in [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "gzip"),
        ("br", ""),
        ("*", "gzip"),
    ] {
        check("/v1/search.ndjson?q=nong+thon", accepted, packed, 4).await;
        check("/v1/search.ndjson?q=qwertyuiop", accepted, packed, 0).await;
        check("/v1/search.ndjson", accepted, packed, 4).await;
    }
    check("/v1/search.csv?q=nong+thon", "gzip", "gzip", 9).await;
    check("/v1/directives.ndjson", "gzip", "gzip", 1).await;
}

#[tokio::test]
async fn lists_are_also_rows_and_lines() {
    let service = service();
    for resource in ["directives", "officials", "figures", "positions"] {
        let json = service.get(&format!("/v1/{resource}")).await.json();
        let count = json["results"].as_array().unwrap().len();
        assert!(count > 0, "{resource}");
        assert_eq!(service.get(&format!("/v1/{resource}.ndjson")).await.body.lines().count(), count);
        let rows = service.get(&format!("/v1/{resource}.csv")).await;
        let read = csv::Reader::from_reader(rows.body.as_bytes()).into_records().count();
        assert_eq!(read, count, "{resource}");
        let accepted = service.ask("GET", &format!("/v1/{resource}"), &[(header::ACCEPT, "text/csv")]).await;
        assert_eq!(accepted.body, rows.body);
    }
    let some = service.get("/v1/search?q=nong&fields=document").await.json();
    assert_eq!(some["results"][0].as_object().unwrap().keys().collect::<Vec<_>>(), ["document"]);
    assert_eq!(service.get("/v1/search?q=nong&fields=nothing").await.status, StatusCode::BAD_REQUEST);
    for (wrong, told) in [
        ("type=person", "is none of directive, official, figure"),
        ("exclude.type=xa", "is none of directive, official, figure"),
        ("lang=english", "is not a two-letter language code"),
        ("exclude.language=v", "is not a two-letter language code"),
    ] {
        let answer = service.get(&format!("/v1/search?{wrong}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
        assert!(answer.body.contains(told), "{}", answer.body);
    }
    let counted = |code: &'static str| {
        let service = &service;
        async move { service.get(&format!("/v1/search?lang={code}")).await.json()["count"].clone() }
    };
    assert_eq!(counted("vi-VN").await, counted("vi").await);
    assert_ne!(counted("vi").await, 0);
}

#[tokio::test]
async fn filters_leave_out_and_facets_have_sizes() {
    let service = service();
    let check = async |address: &str, count: u64| {
        let found = service.get(address).await.json();
        assert_eq!(found["count"], count, "{address}: {found}");
    };
    check("/v1/search?year=2022", 2).await;
    check("/v1/search?exclude.year=2022", 2).await;
    check("/v1/search?from=2022-08&to=2022", 1).await;
    check("/v1/search?type=directive", 2).await;
    let all = service.get("/v1/figures").await.json();
    assert!(all["results"][0]["confidence"].as_f64().unwrap() > 0.5, "{all}");
    check("/v1/figures?min_confidence=0", all["count"].as_u64().unwrap()).await;
    check("/v1/figures?min_confidence=1", 0).await;
    assert_eq!(service.get("/v1/figures?min_confidence=2").await.status, StatusCode::BAD_REQUEST);
    let facets = service.get("/v1/search?facet=year&facet_size.year=2").await.json();
    assert_eq!(facets["facets"]["year"]["values"].as_array().unwrap().len(), 2);
    assert_eq!(facets["facets"]["year"]["distinct"], 3);
}

#[tokio::test]
async fn the_document_of_the_api_is_the_api() {
    let service = service();
    let document = service.get("/openapi.json").await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let described: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    for route in ROUTES {
        let is_page = matches!(route.answer, Answer::Page);
        assert_eq!(described.iter().any(|path| *path == route.path), !is_page, "{}", route.path);
    }
    // Everything that is referred to is there, and every parameter of a search is documented.
    let text = document.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = &reference[..reference.find('"').unwrap()];
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
    let parameters = document["paths"]["/v1/search"]["get"]["parameters"].as_array().unwrap();
    for name in ["q", "exclude.province", "facet_size.year", "cursor", "fields"] {
        assert!(parameters.iter().any(|parameter| parameter["name"] == name), "{name}");
    }
    assert_eq!(document, routes::document());
}

#[tokio::test]
async fn answers_have_the_fields_that_are_documented() {
    let service = service();
    let document = routes::document();
    let check = async |address: &str, schema: &str| {
        let answer = service.get(address).await.json();
        let documented = document["components"]["schemas"][schema]["properties"].as_object();
        let documented = documented.unwrap_or_else(|| panic!("no schema {schema}"));
        for field in answer.as_object().unwrap().keys() {
            assert!(documented.contains_key(field), "{address}: {field} is not in {schema}");
        }
    };
    check("/v1/search", "HitList").await;
    check("/v1/comparison?indicator=new-rural-communes&place=ha%20noi", "Comparison").await;
    check("/v1/figures", "FigureList").await;
    check("/v1/officials/tran-van-suoi", "Career").await;
    check("/readyz", "Ready").await;
    check("/v1/search?x=1", "Problem").await;
}

#[tokio::test]
async fn nothing_that_is_asked_makes_the_service_fail() {
    let service = service();
    let long = "a".repeat(20_000);
    let nested = "%28".repeat(2_000);
    let hostile = [
        "/v1/search?q=%FF%FE",
        "/v1/search?q=%",
        "/v1/search?limit=-1",
        "/v1/search?limit=99999999999999999999",
        "/v1/search?limit=101",
        "/v1/search?cursor=n1.2.3",
        "/v1/search?cursor=nffffffffffffffff.0.0.0",
        "/v1/search?sort=up&sort=down",
        "/v1/search?facet=everything",
        "/v1/search?facet=year&facet_size.year=1001",
        "/v1/search?from=0000-13-45",
        "/v1/search?q=a*",
        "/v1/search?q=%22%22%22",
        "/v1/search?q=--------",
        "/v1/search?q=OR+OR",
        "/v1/search?month=2020-99",
        "/v1/search?q=%00",
        "/v1/series",
        "/v1/series?indicator=%F0%9F%98%80&from=abc",
        "/v1/positions?at=yesterday",
        "/v1/documents/..%2f..%2fetc%2fpasswd",
        "/v1/documents/%00",
        "/v1/directives/%22%3E%3Cscript%3E",
        "/documents/x",
        "/officials/%3Cimg%20src%3Dx%3E",
        "/v1/figures?indicator=&indicator=&province=%00",
        "/..",
        "//v1//search",
    ];
    let long =
        [format!("/v1/search?q={long}"), format!("/v1/search?q={nested}"), format!("/{}", "b".repeat(9_000))];
    for address in hostile.into_iter().map(str::to_owned).chain(long) {
        let answer = service.get(&address).await;
        let shown: String = address.chars().take(80).collect();
        assert!(!answer.status.is_server_error(), "{shown}: {}", answer.body);
        if answer.status.is_client_error() {
            assert_eq!(
                answer.header(header::CONTENT_TYPE),
                "application/problem+json",
                "{shown}: {}",
                answer.body
            );
        }
    }
    let posted = service.ask("POST", "/v1/search", &[]).await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(posted.header(header::CONTENT_TYPE), "application/problem+json");
    assert_eq!(service.ask("HEAD", "/v1/search", &[]).await.body, "");
}

#[tokio::test]
async fn pages_show_strangers_text_as_text_in_both_languages() {
    let service = service();
    let found = service.get("/v1/search?q=ng%E1%BA%ADp").await.json();
    let id = found["results"][0]["document"]["id"].as_str().unwrap().to_owned();
    let mut addresses: Vec<String> =
        ["/", "/?q=nong+thon", "/?q=%3Cscript%3E", "/directives", "/officials", "/series", "/docs"]
            .map(str::to_owned)
            .to_vec();
    addresses.push(format!("/documents/{id}"));
    addresses.push("/officials/tran-van-suoi".to_owned());
    addresses.push("/series?indicator=new-rural-communes".to_owned());
    addresses.push("/comparison?indicator=new-rural-communes&place=son%20khe&place=ha%20noi".to_owned());
    addresses.push("/figures?q=xa".to_owned());
    let directives = service.get("/v1/directives").await.json();
    addresses.push(format!("/directives/{}", directives["results"][0]["key"].as_str().unwrap()));
    for address in &addresses {
        for language in ["en", "vi"] {
            let page = service.ask("GET", address, &[(header::ACCEPT_LANGUAGE, language)]).await;
            assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.body);
            assert!(page.body.contains(&format!("<html lang=\"{language}\">")), "{address}");
            for tag in ["<script", "<img", "onerror=y>"] {
                assert!(!page.body.contains(tag), "{tag} in {address}: {}", page.body);
            }
            assert!(page.body.contains("type=\"application/json\""), "{address} has no twin");
            assert!(page.header(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
        }
        // The twin that a page names is there.
        let page = service.get(address).await.body;
        let twin = page.split("type=\"application/json\" href=\"").nth(1).unwrap();
        let twin = twin[..twin.find('"').unwrap()].replace("&#38;", "&").replace("&amp;", "&");
        assert_eq!(service.get(&twin).await.status, StatusCode::OK, "{twin}");
    }
    let marked = service.get("/?q=nong+thon").await.body;
    assert!(marked.matches("<mark>").count() >= 6, "every hit is marked: {marked}");
    let icon = service.get("/favicon.ico").await;
    assert_eq!((icon.status, icon.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/svg+xml"));
    let missing = service
        .ask("GET", "/nowhere", &[(header::ACCEPT, "text/html"), (header::ACCEPT_LANGUAGE, "vi")])
        .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.body.contains("Không có trang này"), "{}", missing.body);
    let switched = service.get("/?q=nong+thon&ui=vi").await.body;
    assert!(switched.contains("ui=vi") && switched.contains("Tìm kiếm"), "{switched}");
}

#[tokio::test]
async fn an_answer_of_the_same_commit_is_not_sent_again() {
    let service = service();
    let first = service.get("/v1/search?q=nong").await;
    let tag = first.header(header::ETAG).to_owned();
    assert!(!tag.is_empty());
    let again = service.ask("GET", "/v1/search?q=nong", &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let packed = service.ask("HEAD", "/", &[(header::ACCEPT_ENCODING, "gzip")]).await;
    assert_eq!(packed.status, StatusCode::OK);
}

#[tokio::test]
async fn coverage_is_told_by_source_and_day() {
    let day = |source: &str, day: &str| crate::coverage::Day {
        source: source.to_owned(),
        day: day.parse().unwrap(),
        since: Some("2025-05-01".parse().unwrap()),
        fetched: 3,
        new: 1,
        changed: 1,
        unchanged: 1,
        gone: 5,
        failed: 2,
        forbidden: 4,
    };
    let days = [day("A", "2025-05-01"), day("B", "2025-05-02"), day("A", "2025-06-01")];
    let coverage = crate::Coverage::new(move || Ok(days.to_vec()));
    let service = service_with(Settings { coverage, ..Settings::default() });
    let check = async |query: &str, count: u64, expected: &[&str]| {
        let answered = service.get(&format!("/v1/coverage{query}")).await;
        assert_eq!(answered.header(header::ETAG), "", "it changes without the index");
        let answer = answered.json();
        assert_eq!(answer["count"], count, "{query}: {answer}");
        let told: Vec<&str> =
            answer["results"].as_array().unwrap().iter().map(|day| day["day"].as_str().unwrap()).collect();
        assert_eq!(told, expected, "{query}: {answer}");
    };
    check("", 3, &["2025-06-01", "2025-05-02", "2025-05-01"]).await;
    check("?limit=1", 3, &["2025-06-01"]).await;
    check("?source=A", 2, &["2025-06-01", "2025-05-01"]).await;
    check("?from=2025-05-02&to=2025-05", 1, &["2025-05-02"]).await;
    let rows = service.get("/v1/coverage.csv?to=2025-05-01").await.body;
    assert_eq!(
        rows,
        "source,day,since,fetched,new,changed,unchanged,gone,failed,forbidden\nA,2025-05-01,2025-05-01,3,1,1,1,5,2,4\n"
    );

    let coverage = crate::Coverage::new(|| Err("the frontier is damaged".to_owned()));
    let service = service_with(Settings { coverage, ..Settings::default() });
    let answered = service.get("/v1/coverage").await;
    assert_eq!(answered.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn any_text_is_resolved() {
    let service = service();
    let post = async |address: &str, text: Vec<u8>| {
        let request =
            Request::builder().method("POST").uri(address).body(axum::body::Body::from(text)).unwrap();
        let answer = service.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 16 << 20).await.unwrap();
        (status, serde_json::from_slice::<Value>(&body).unwrap())
    };
    let text = "😀 Theo Chỉ thị 15 và Chỉ thị 99/CT-TTg, ông Trần Văn Suối, Bí thư Tỉnh ủy, nói.";
    let (status, found) = post("/v1/resolve?province=S%C6%A1n+Kh%C3%AA", text.into()).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    let directives = found["directives"].as_array().unwrap();
    assert_eq!((&directives[0]["start"], &directives[0]["quote"]), (&json!(7), &json!("Chỉ thị 15")));
    assert_eq!(directives[0]["resolution"]["status"], "found");
    let link = directives[0]["resolution"]["matches"][0]["link"].as_str().unwrap();
    assert_eq!(service.get(link).await.json()["directive"]["number"], "15-CT/TU");
    assert_eq!(directives[1]["resolution"], json!({"status": "unknown", "matches": []}));
    let link = found["officials"][0]["resolution"]["matches"][0]["link"].as_str().unwrap();
    assert_eq!(service.get(link).await.status, StatusCode::OK);
    let (status, problem) = post("/v1/resolve", vec![b'a'; Settings::default().longest_text + 1]).await;
    assert_eq!((status, &problem["status"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!(413)));
    let (status, _) = post("/v1/resolve", vec![0xff]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (status, _) = post("/v1/resolve?provinz=x", Vec::new()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(service.get("/v1/resolve").await.status, StatusCode::METHOD_NOT_ALLOWED);

    // What is left out is told.
    let settings = Settings { most_mentions: 2, ..Settings::default() };
    let cut = service_with(settings);
    let request = Request::builder()
        .method("POST")
        .uri("/v1/resolve")
        .body(axum::body::Body::from("ờ 5 xã, 6 xã và 7 xã"))
        .unwrap();
    let answer = cut.router.clone().oneshot(request).await.unwrap();
    let found: Value = serde_json::from_slice(&to_bytes(answer.into_body(), 1 << 20).await.unwrap()).unwrap();
    assert_eq!(found["figures"].as_array().unwrap().len(), 2, "{found}");
    assert_eq!(found["cut"], json!({"at": 16, "by": "mentions"}), "{found}");
}

/// Documents of which each cites directives of its own, names people and claims figures.
fn many_pages() -> Vec<Value> {
    let names = ["Suối", "Núi", "Đèo", "Khe", "Bản"];
    let page = |number: usize| {
        let (name, year) = (names[number % names.len()], 2011 + number % 9);
        let text = format!(
            "Theo Nghị định số {number}/2010/NĐ-CP và Chỉ thị số 15-CT/TU ngày 14/02/2008, ông Trần Văn {name}, Giám đốc Sở Y tế, và bà Lê Thị {name}, Bí thư Tỉnh ủy, cho biết năm {year}, toàn tỉnh có {}/180 xã đạt chuẩn nông thôn mới. Chỉ thị số 15-CT/TU là nền tảng.",
            60 + number
        );
        json!({"name": format!("p{number}"), "title": format!("Tin {number}"), "text": text,
            "date": format!("{year}-03-{:02}", 1 + number % 28)})
    };
    (1..=40).map(page).collect()
}

#[tokio::test]
async fn lists_are_paged_to_the_end() {
    let service = service_of(&many_pages(), Settings::default());
    for (path, least) in [
        ("/v1/directives", 41),
        ("/v1/officials", 10),
        ("/v1/offices", 2),
        ("/v1/figures", 40),
        ("/v1/indicators", 1),
        ("/v1/directives?from=2012", 41 - 5),
        ("/v1/officials?q=tran", 5),
        ("/v1/directives/directive-15-ct-tu-son-khe-2008/mentions", 80),
        ("/v1/officials/tran-van-suoi/mentions", 8),
    ] {
        let (bare, question) = path.split_once('?').unwrap_or((path, ""));
        let lines = service.get(&format!("{bare}.ndjson?{question}")).await.body;
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(lines.len() >= least, "{path}: {}", lines.len());
        for limit in [1, 3, 7, 1_000] {
            let mut address = format!("{bare}?limit={limit}&{question}");
            let mut all = Vec::new();
            loop {
                let answer = service.get(&address).await;
                let page = answer.json();
                assert_eq!(page["count"], lines.len(), "{address}");
                all.extend(page["results"].as_array().unwrap_or_else(|| panic!("{page}")).clone());
                let link = answer.header(header::LINK).to_owned();
                assert_eq!(link.is_empty(), page["next"].is_null(), "{address}: {link}");
                let Some(next) = link.strip_prefix('<').and_then(|link| link.split_once('>')) else { break };
                assert!(all.len() <= lines.len(), "{address} does not end");
                address = next.0.to_owned();
            }
            assert_eq!(all, lines, "{path} by {limit}");
        }
        let rows = service.get(&format!("{bare}.csv?{question}")).await.body;
        let mut rows = csv::Reader::from_reader(rows.as_bytes());
        let columns = rows.headers().unwrap().clone();
        assert!(columns.iter().all(|column| !column.is_empty()), "{columns:?}");
        assert_eq!(rows.records().map(Result::unwrap).count(), lines.len(), "{path}");
        let shown = service.get(&format!("{bare}?limit=2&cursor=x&{question}")).await;
        assert_eq!(shown.status, StatusCode::BAD_REQUEST, "{path}");
    }
    // Rows have every field of their lines.
    let line: Value =
        serde_json::from_str(service.get("/v1/figures.ndjson").await.body.lines().next().unwrap()).unwrap();
    let rows = service.get("/v1/figures.csv").await.body;
    for column in ["evidence.quote", "evidence.document.published.date", "value"] {
        assert!(rows.lines().next().unwrap().split(',').any(|name| name == column), "{column} in {rows}");
    }
    assert!(line["evidence"]["document"]["published"]["date"].is_string());
    let page = service.get("/directives?ui=en").await.body;
    assert!(!page.contains("rel=\"next\""), "a hundred stand on the first page");
}

#[tokio::test]
async fn the_search_box_knows_entities() {
    let service = service();
    let check = async |words: &str, expected: &[(&str, &str)]| {
        let asked = crate::pages::escaped(words);
        let answer = service.get(&format!("/v1/search?q={asked}")).await.json();
        let none = Vec::new();
        let named = answer["entities"].as_array().unwrap_or(&none);
        let found: Vec<(&str, &str)> =
            named.iter().map(|one| (one["kind"].as_str().unwrap(), one["key"].as_str().unwrap())).collect();
        assert_eq!(found, expected, "{words}: {answer}");
        let page = service.get(&format!("/?ui=vi&q={asked}")).await.body;
        assert_eq!(page.contains("class=\"named\""), !expected.is_empty(), "{words}");
        for one in named {
            assert_eq!(service.get(one["link"].as_str().unwrap()).await.status, StatusCode::OK, "{one}");
            assert!(page.contains(one["label"].as_str().unwrap()), "{one}");
            assert!(one["count"].as_u64().unwrap() > 0, "{one}");
        }
    };
    let directive = ("directive", "directive-15-ct-tu-son-khe-2018");
    check("15-CT/TU", &[directive]).await;
    check("chi thi 15 CT/TU", &[directive]).await;
    check("tran van suoi", &[("official", "tran-van-suoi")]).await;
    check("nông thôn mới xã đạt chuẩn", &[("indicator", "new-rural-communes")]).await;
    check("Trời mưa", &[]).await;
}

#[tokio::test]
async fn facets_are_searched() {
    let service = service();
    let check = async |asked: &str, expected: &[&str]| {
        let answer = service.get(&format!("/v1/facets/{asked}")).await.json();
        let results = answer["results"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let labels: Vec<&str> = results.iter().map(|value| value["label"].as_str().unwrap()).collect();
        assert_eq!(labels, expected, "{asked}");
        assert_eq!(answer["count"], expected.len(), "{asked}");
    };
    check("official?prefix=tran", &["Trần Văn Suối"]).await;
    check("official?prefix=tr%E1%BA%A7n%20v", &["Trần Văn Suối"]).await;
    check("official?prefix=tran&year=2023", &[]).await;
    check("directive?prefix=15", &["Chỉ thị 15-CT/TU (2018)"]).await;
    check("year?prefix=202", &["2023", "2022", "2021"]).await;
    check("province?prefix=son", &["Sơn Khê"]).await;
    assert_eq!(service.get("/v1/facets/colour").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn provinces_are_taken_in_any_spelling() {
    let service = service();
    for path in [
        "/v1/search?province=",
        "/v1/directives?province=",
        "/v1/figures?province=",
        "/v1/indicators?province=",
    ] {
        let count = async |name: &str| service.get(&format!("{path}{name}")).await.json()["count"].as_u64();
        let all = count("S%C6%A1n%20Kh%C3%AA").await;
        assert!(all > Some(0), "{path}");
        for name in ["son%20khe", "SON%20KHE", "son-khe"] {
            assert_eq!(count(name).await, all, "{path}{name}");
        }
        assert_eq!(count("ha%20noi").await, Some(0), "{path}");
        let wrong = service.get(&format!("{path}son%20kh")).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(wrong.body.contains("did you mean “Sơn Khê”"), "{}", wrong.body);
    }
    for path in [
        "/v1/positions?title=Ch%E1%BB%A7%20t%E1%BB%8Bch&place=",
        "/v1/series?indicator=new-rural-communes&province=",
    ] {
        assert_eq!(service.get(&format!("{path}son%20khe")).await.status, StatusCode::OK, "{path}");
        assert_eq!(service.get(&format!("{path}son%20kh")).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn an_office_of_a_merged_province_tells_its_end() {
    let service = service();
    let title = crate::pages::escaped("Chủ tịch UBND tỉnh");
    for (place, until, into) in [
        ("bac%20giang", Some("2025-06-30"), Some("Bắc Ninh")),
        ("bac%20ninh", None, None),
        ("hue", None, None),
    ] {
        let found = service.get(&format!("/v1/offices?title={title}&place={place}")).await.json();
        let office = &found["results"][0];
        assert_eq!((office["until"].as_str(), office["merged_into"].as_str()), (until, into), "{place}");
    }
}

#[tokio::test]
async fn words_of_no_statistic_find_figures_and_are_no_series() {
    let service = service();
    let words = crate::pages::escaped("mái nhà lợp lại");
    let series = service.get(&format!("/v1/series?indicator={words}")).await;
    assert_eq!(series.status, StatusCode::NOT_FOUND);
    assert!(series.body.contains(&format!("/v1/figures?q={words}")), "{}", series.body);
    let page = service.get(&format!("/series?indicator={words}&ui=vi")).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header(header::LOCATION), format!("/figures?q={words}&ui=vi"));
    // All of a statistic are shown from its series.
    let page = service.get("/series?indicator=new-rural-communes&ui=vi").await.body;
    let sentences = "/figures?indicator=new-rural-communes&ui=vi";
    assert!(page.contains(&format!("href=\"{}\"", sentences.replace('&', "&#38;"))), "{page}");
    let page = service.get(sentences).await.body;
    assert!(page.contains("<blockquote>") && page.contains("/series?indicator=new-rural-communes"), "{page}");
    // The figures are shown a page at a time, to the end.
    let all = service.get("/v1/figures").await.json()["count"].as_u64().unwrap();
    let mut shown = 0;
    let mut next = Some("/figures?limit=2".to_owned());
    while let Some(address) = next {
        let page = service.get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        shown += page.body.matches("<blockquote>").count() as u64;
        next = page.body.split_once("rel=\"next\" href=\"").map(|(_, rest)| {
            rest.split('"').next().unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&")
        });
    }
    assert!(all > 2);
    assert_eq!(shown, all);
}

#[tokio::test]
async fn places_are_compared_in_a_chart_and_a_table() {
    let service = service();
    let asked = "comparison?indicator=new-rural-communes&place=son%20khe&place=ha%20noi";
    let found = service.get(&format!("/v1/{asked}")).await.json();
    assert_eq!(found["places"][0]["place"], "Sơn Khê", "{found}");
    assert_eq!(found["places"][0]["level"], "province");
    let points = found["places"][0]["points"].as_array().unwrap();
    assert!(!points.is_empty());
    assert_eq!(found["places"][1]["points"], json!([]));
    let rows = service.get(&format!("/v1/{}", asked.replacen('?', ".csv?", 1))).await;
    assert_eq!(rows.body.lines().count(), 1 + points.len(), "{}", rows.body);
    let head = rows.body.lines().next().unwrap();
    for column in ["period_from", "about_name", "title", "published", "source", "permalink"] {
        assert!(head.split(',').any(|name| name == column), "{head} lacks {column}");
    }
    let page = service.get(&format!("/{asked}&ui=en")).await;
    assert_eq!(page.status, StatusCode::OK);
    for text in ["<svg", "table class=\"compared\"", "No certain value", "Sơn Khê", "/documents/"] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    let unknown = "/comparison?indicator=new-rural-communes&place=son%20khe&place=%3Cb%3EB%E1%BA%A3n";
    let unknown = service.ask("GET", unknown, &[(header::ACCEPT, "text/html")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(!unknown.body.contains("<b>B"), "{}", unknown.body);
    for wrong in
        ["indicator=new-rural-communes", &format!("indicator=new-rural-communes{}", "&place=a".repeat(9))]
    {
        for path in ["/v1/comparison?", "/comparison?"] {
            assert_eq!(
                service.get(&format!("{path}{wrong}")).await.status,
                StatusCode::BAD_REQUEST,
                "{wrong}"
            );
        }
    }
}

#[tokio::test]
async fn a_page_says_how_many_have_the_words_side_by_side() {
    let page = |number: usize| {
        let text = if number < 2 {
            "Xã đắp đê biển mới."
        } else {
            "Đê ngăn nước mặn từ biển vào."
        };
        json!({"name": number.to_string(), "title": "Tin", "text": text, "date": "2021-03-01"})
    };
    let service = service_of(&(0..9).map(page).collect::<Vec<_>>(), Settings::default());
    let check = async |asked: &str, says: Option<&str>| {
        let page = service.get(&format!("/?ui=en&{asked}")).await;
        assert_eq!(page.status, StatusCode::OK, "{asked}");
        assert_eq!(page.body.contains("side by side"), says.is_some(), "{asked}: {}", page.body);
        assert!(says.is_none_or(|says| page.body.contains(says)), "{asked}: {}", page.body);
    };
    let words = crate::pages::escaped("đê biển");
    check(&format!("q={words}&limit=4"), Some("2 documents</a>")).await;
    check(&format!("q={words}&limit=4&year=2021"), Some("year=2021&#38;q=%22")).await;
    // All of them are in sight, or have them so.
    check(&format!("q={words}&limit=20"), None).await;
    check(&format!("q=%22{words}%22&limit=1"), None).await;
    check(&format!("q={}&limit=4", crate::pages::escaped("nước mặn")), None).await;
}

#[tokio::test]
async fn a_page_says_who_held_office() {
    let service = service();
    let title = crate::pages::escaped("Chủ tịch UBND tỉnh");
    let check = async |asked: &str, ui: &str, has: &[&str], has_not: &[&str]| {
        let page = service.get(&format!("/positions?ui={ui}{asked}")).await;
        assert_eq!(page.status, StatusCode::OK, "{asked}");
        for text in has {
            assert!(page.body.contains(text), "{asked} lacks {text}: {}", page.body);
        }
        for text in has_not {
            assert!(!page.body.contains(text), "{asked} has {text}");
        }
    };
    check("", "en", &["Who held office", "/v1/positions", "career\"><li", ">seen 20"], &["No text proves"])
        .await;
    let asked = format!("&title={title}&place=son%20khe");
    check(&asked, "en", &["Trần Văn Suối", "/officials/tran-van-suoi"], &["<abbr"]).await;
    check(&format!("{asked}&at=2021-07-02"), "vi", &["chắc chắn", "Trần Văn Suối"], &["No text"]).await;
    check(&format!("{asked}&at=2021-12-01"), "en", &[">near<", "Trần Văn Suối"], &[">certain<"]).await;
    let ended = format!("&title={title}&place=bac%20giang&at=2025-07-01");
    check(&ended, "en", &["no such office since", "2025-06-30", "merged into Bắc Ninh"], &[]).await;
    check(&ended, "vi", &["không còn sau ngày", "sáp nhập vào Bắc Ninh"], &[]).await;
    check(&format!("{asked}&at=1999-12-01"), "en", &["No text proves"], &["Trần Văn Suối"]).await;
}
