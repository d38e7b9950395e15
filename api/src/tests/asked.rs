//! What hostile and polite readers ask: each is answered, refused with what would be right, or told what was not read.

use super::*;

#[tokio::test]
async fn every_example_is_answered() {
    let text = "Sáng 1/7, ông Lò Minh Thuận, Chủ tịch UBND tỉnh, chủ trì hội nghị. Năm 2021, tốc độ tăng trưởng GRDP của tỉnh đạt 7,5%. Tỉnh thực hiện Chỉ thị số 15-CT/TU ngày 14/02/2018 của Ban Thường vụ Tỉnh ủy về xây dựng nông thôn mới.";
    let page =
        json!({"name": "a", "title": "Sơn Khê", "text": text, "date": "2021-07-02", "source": "Báo Sơn Khê"});
    let service = service_of(&[page], Settings::default());
    let found = service.get("/v1/search").await.json();
    let id = found["results"][0]["document"]["id"].as_str().unwrap().to_owned();
    let mut asked = 0;
    for (path, item) in routes::document()["paths"].as_object().unwrap() {
        if path == "/v1/resolve" {
            continue;
        }
        let key =
            if path.contains("directives") { "directive-15-ct-tu-son-khe-2018" } else { "lo-minh-thuan" };
        let path = path.replace("{id}", &id).replace("{key}", key).replace("{facet}", "year");
        let needed = match path.trim_end_matches(".csv").trim_end_matches(".svg") {
            "/v1/series" => "indicator=grdp-growth",
            "/v1/comparison" => "indicator=grdp-growth&place=son%20khe",
            "/v1/documents" => "address=https%3A%2F%2Fbao.example%2Fa",
            _ => "",
        };
        let none = Vec::new();
        for parameter in item["get"]["parameters"].as_array().unwrap_or(&none) {
            let Some(example) = parameter["example"].as_str() else { continue };
            let name = parameter["name"].as_str().unwrap();
            let needed: Vec<&str> =
                needed.split('&').filter(|pair| !pair.starts_with(&format!("{name}="))).collect();
            // An answer has fields of its own.
            let example =
                if name == "fields" && path.starts_with("/v1/documents") { "text" } else { example };
            let address = format!("{path}?{}&{name}={}", needed.join("&"), crate::pages::escaped(example));
            let beside = if name == "indicator" && path.starts_with("/v1/comparison") {
                "&place=son%20khe"
            } else {
                ""
            };
            let answer = service.get(&format!("{address}{beside}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
            asked += 1;
        }
    }
    assert!(asked > 300, "{asked}");
}

#[tokio::test]
async fn what_nobody_knows_is_refused_with_the_nearest() {
    let service = service();
    let check = async |address: &str, status: StatusCode, says: &str| {
        let answer = service.get(address).await;
        assert_eq!(answer.status, status, "{address}: {}", answer.body);
        assert!(answer.body.contains(says), "{address}: {}", answer.body);
    };
    let bad = StatusCode::BAD_REQUEST;
    check("/v1/search?source=bao-son-ke", bad, "did you mean “bao-son-khe”?").await;
    check("/v1/search?exclude.source=bao-son-ke", bad, "exclude.source: no source is called").await;
    check("/v1/search?official=tran-van-suo", bad, "did you mean “tran-van-suoi”?").await;
    check("/v1/search?directive=zzz", bad, "no directive has the key “zzz”").await;
    check("/v1/search?position=zzz", bad, "no position has the key “zzz”").await;
    check("/v1/search?indicator=new-rural-comunes", bad, "did you mean “new-rural-communes”?").await;
    check("/v1/search?language=zz", bad, "no language has the code “zz”").await;
    check("/v1/search?language=fr", StatusCode::OK, "\"count\":0").await;
    check("/v1/facets/year?source=zzz", bad, "no source is called “zzz”").await;
    check("/v1/timeline?source=zzz", bad, "no source is called “zzz”").await;
    check("/v1/figures?indicator=zzz", bad, "no statistic is called “zzz”").await;
    check("/v1/indicators?source=zzz", bad, "no source is called “zzz”").await;
    check("/v1/officials?source=zzz", bad, "no source is called “zzz”").await;
    check("/v1/coverage?source=zzz", bad, "no source is called “zzz”").await;
    check("/v1/coverage?source=bao-son-khe", StatusCode::OK, "\"count\":0").await;
    check("/v1/search?from=2021&to=2020", bad, "from is 2021 and to is 2020").await;
    check("/v1/search?from=2021-05&to=2021", StatusCode::OK, "").await;
    let series = "/v1/series?indicator=new-rural-communes";
    check(&format!("{series}&from=2025&to=2016"), bad, "nothing lies between").await;
    check(&format!("{series}&unit=zz"), bad, "“zz” is no unit of this statistic").await;
    check(&format!("{series}&place=Mordor"), StatusCode::NOT_FOUND, "for “Mordor”").await;
    check(&format!("{series}&place=S%C6%A1n%20K%C3%AA"), StatusCode::NOT_FOUND, "did you mean “Sơn Khê”?")
        .await;
    check(&format!("{series}&place=ha%20noi"), StatusCode::OK, "").await;
    // What is written otherwise is what it is.
    let own = service.get("/v1/search?source=bao-son-khe").await.json()["count"].clone();
    assert_eq!(service.get("/v1/search?source=B%C3%A1o%20S%C6%A1n%20Kh%C3%AA").await.json()["count"], own);
}

#[tokio::test]
async fn requests_are_read_as_http_has_it() {
    let service = service();
    let ask = async |method: &str, address: &str, headers: &[(header::HeaderName, &str)], status: u16| {
        let answer = service.ask(method, address, headers).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {address} {headers:?}: {}", answer.body);
        answer
    };
    for coding in ["identity;q=0", "*;q=0"] {
        for address in ["/v1/search", "/", "/static/style.css"] {
            let answer = ask("GET", address, &[(header::ACCEPT_ENCODING, coding)], 406).await;
            assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
            assert!(answer.json()["detail"].as_str().unwrap().contains("Accept-Encoding"));
        }
    }
    for path in ["/v1/documents/%ff", "/v1/officials/%ff/mentions", "/directives/%ff"] {
        let answer = ask("GET", path, &[], 400).await;
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{path}");
    }
    let long = ask("GET", &format!("/v1/search?{}", "source=bao-son-khe&".repeat(1_000)), &[], 400).await;
    assert!(long.body.contains("the address with all its parameters"), "{}", long.body);
    ask("GET", "/v1/search", &[(header::IF_NONE_MATCH, "*")], 304).await;
    for (address, allowed) in [("/v1/search", "GET"), ("/v1/resolve", "POST"), ("/", "GET")] {
        let answer = ask("OPTIONS", address, &[], 204).await;
        assert!(answer.header(header::ALLOW).contains(allowed), "{address}: {:?}", answer.headers);
    }
    for (name, value, status) in [
        (header::CONTENT_TYPE, "application/json", 415),
        (header::CONTENT_TYPE, "multipart/form-data; boundary=a", 415),
        (header::CONTENT_TYPE, "text/plain; charset=utf-16", 415),
        (header::CONTENT_TYPE, "text/plain; charset=UTF-8", 200),
        (header::CONTENT_TYPE, "application/x-www-form-urlencoded", 200),
        (header::CONTENT_ENCODING, "gzip", 415),
        (header::CONTENT_ENCODING, "identity", 200),
    ] {
        ask("POST", "/v1/resolve", &[(name, value)], status).await;
    }
}

#[tokio::test]
async fn a_page_of_an_error_keeps_what_was_typed_and_the_language() {
    let service = service();
    let check = async |address: &str, has: &[&str]| {
        let page = service.ask("GET", address, &[(header::ACCEPT, "text/html")]).await;
        for text in has {
            assert!(page.body.contains(text), "{address} lacks {text}: {}", page.body);
        }
    };
    check(
        "/?q=n%C3%B4ng%20th%C3%B4n&province=Mordor&year=2021&ui=vi",
        &[
            "Tỉnh, thành: không có tỉnh, thành nào tên là “Mordor”",
            "name=\"q\" value=\"nông thôn\"",
            "name=\"province\" value=\"Mordor\"",
            "name=\"year\" value=\"2021\"",
            "name=\"ui\" value=\"vi\"",
        ],
    )
    .await;
    check("/?from=abc&ui=vi", &["không đọc được “abc”", "Từ ngày"]).await;
    check(
        "/positions?at=abc&title=%3Cb%3E&ui=en",
        &["cannot be read", "value=\"&#60;b&#62;\"", "action=\"/positions\""],
    )
    .await;
    check("/documents/zzz?ui=vi", &["không có tài liệu zzz", "action=\"/\"", "name=\"q\""]).await;
    check("/nope?ui=vi", &["không có gì tại địa chỉ /nope", "href=\"/nope?ui=en\""]).await;
    check("/?q=a*&ui=vi", &["sẽ tìm ra quá nhiều"]).await;
    check(
        "/docs?ui=vi",
        &["Cán bộ, được nhắc nhiều nhất đứng trước.", "Số kết quả nhiều nhất.", "POST /v1/resolve"],
    )
    .await;
}

#[tokio::test]
async fn pages_show_first_what_there_is() {
    let service = service();
    let page = service.get("/series?ui=en").await.body;
    let (with, without) = page.split_once("<details").unwrap();
    assert!(with.contains("/series?indicator=new-rural-communes"), "{with}");
    assert!(!with.contains("grdp-growth") && without.contains("GRDP growth rate"), "{page}");
    assert!(!without.contains("href=\"/series?indicator="), "{without}");
    let page = service.get("/officials/tran-van-suoi?ui=vi").await.body;
    for text in ["ghi nhận sau cùng: Bí thư Tỉnh ủy", "ghi nhận 2021-07", "không phải nhiệm kỳ"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    // A directive that stands twice in a text is one.
    let text = "Theo Chỉ thị số 15-CT/TU ngày 14/02/2018 và Nghị định số 20/2021/NĐ-CP, ông Trần Văn Suối nói. Chỉ thị số 15-CT/TU ngày 14/02/2018 là nền tảng.";
    let service = service_of(
        &[json!({"name": "a", "title": "Tin", "text": text, "date": "2022-03-01"})],
        Settings::default(),
    );
    let found = service.get("/v1/search").await.json();
    let id = found["results"][0]["document"]["id"].as_str().unwrap().to_owned();
    let page = service.get(&format!("/documents/{id}?ui=en")).await.body;
    assert!(page.contains("2 Directives"), "{page}");
}

#[tokio::test]
async fn a_page_says_offices_and_directives_in_its_language() {
    let text = "Comrade Tran Van Suoi - Chairman of the Provincial People's Committee signed Directive No. 22-CT/TU dated May 16, 2021 of the Provincial Party Committee on forests.";
    let vietnamese =
        "Ông Lê Văn Núi, Bí thư Tỉnh ủy, nói về Nghị quyết số 11-NQ/TU ngày 1/2/2021 của Tỉnh ủy.";
    let page =
        |name: &str, text: &str| json!({"name": name, "title": "Tin", "text": text, "date": "2021-07-02"});
    let service = service_of(&[page("a", text), page("b", vietnamese)], Settings::default());
    let check = async |address: &str, has: &[&str], has_not: &[&str]| {
        let page = service.get(address).await.body;
        for text in has {
            assert!(page.contains(text), "{address} lacks {text}: {page}");
        }
        // Sentences of texts stay in the language that they are in.
        let asides = page.split_once("<aside").map_or("", |(_, rest)| rest);
        for text in has_not {
            assert!(!asides.contains(text), "{address} has {text}: {asides}");
        }
    };
    let (chairman, secretary) =
        ("Chairman of the Provincial People&#39;s Committee", "Secretary of the Provincial Party Committee");
    check(
        "/?ui=vi",
        &["Chủ tịch UBND tỉnh", "Bí thư Tỉnh ủy", "Chỉ thị 22-CT/TU (2021)"],
        &["Chairman", "Directive"],
    )
    .await;
    check("/?ui=en", &[chairman, secretary, "Resolution 11-NQ/TU (2021)"], &["Bí thư", "Nghị quyết"]).await;
    check("/positions?ui=vi", &["Chủ tịch UBND tỉnh"], &[]).await;
    check("/positions?ui=en", &[chairman, secretary], &[]).await;
    check("/officials?ui=en", &[&format!("last seen as {secretary}")], &[]).await;
    check("/?ui=vi&position=chu-tich.ubnd.son-khe", &["Chức vụ Chủ tịch UBND tỉnh"], &[]).await;
}

#[tokio::test]
async fn signs_that_are_not_read_are_told() {
    let service = service();
    let check = async |query: &str, told: bool| {
        let asked = crate::pages::escaped(query);
        let found = service.get(&format!("/v1/search?q={asked}")).await.json();
        assert_eq!(found["unread_signs"].as_bool(), told.then_some(true), "{query:.40}");
        let page = service.get(&format!("/?ui=vi&q={asked}")).await.body;
        assert_eq!(page.contains("không được hiểu là ký hiệu"), told, "{query:.40}");
    };
    check(&"ab* OR ".repeat(60), true).await;
    check(&"-mưa ".repeat(110), true).await;
    check(&"mưa ".repeat(110), false).await;
    check("ab* OR cd*", false).await;
}
