//! A crawl by the real command: of newspapers on loopback, over plain HTTP while it is killed again and again, and over
//! TLS and HTTP/2.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use corpus::{Archive, CaptureKind, Position};

use crate::program::{Folder, Server, told};
use crate::site::{Answer, Site};

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
    Some(format!(
        "<html lang=vi><head><title>Sơn Khê</title></head><body><ul>{links}</ul>{article}</body></html>"
    ))
}

fn answer(newspaper: usize, stream: &TcpStream, log: &Log) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let mut asked = String::new();
    lines.read_line(&mut asked)?;
    let mut line = String::new();
    while lines.read_line(&mut line)? > 2 {
        line.clear();
    }
    // A client that was killed before it asked has asked nothing.
    let Some(path) = asked.split(' ').nth(1).map(str::to_owned) else { return Ok(()) };
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
fn archived(folder: &Folder) -> BTreeMap<String, usize> {
    let archive = Archive::open(folder.path().join("archive")).expect("an archive");
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
    let kept = archived(&folder);
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
        // Of what is sent a second apart one may be looked at late, on a busy machine; without the wait it is no hundredth.
        assert!(gap >= Duration::from_millis(700), "{gap:?} between {} and {}", pair[0].1, pair[1].1);
    }
    for newspaper in 0..NEWSPAPERS {
        let first = log.iter().find(|(other, ..)| *other == newspaper).expect("it was asked");
        assert_eq!(first.1, "/robots.txt");
    }
}

/// A newspaper over TLS that speaks HTTP/2 and HTTP/1.1; the address, the certificate of its authority in PEM, and the
/// versions of HTTP that it was asked in.
async fn over_tls() -> (SocketAddr, String, Arc<Mutex<Vec<axum::http::Version>>>) {
    use axum::extract::Request;
    use rcgen::{CertificateParams, KeyPair};
    use tokio_rustls::rustls;

    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec![address(0).to_string()]).expect("a name");
    let certificate = params.self_signed(&key).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).expect("its key"),
        )
        .expect("a certificate and its key");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));

    let versions = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&versions);
    let router = axum::Router::new().fallback(move |request: Request| {
        seen.lock().unwrap().push(request.version());
        let page = page(0, request.uri().path());
        std::future::ready(page.map(axum::response::Html).ok_or(axum::http::StatusCode::NOT_FOUND))
    });
    let listener = tokio::net::TcpListener::bind((address(0), 0)).await.expect("a free port");
    let at = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, router) = (acceptor.clone(), router.clone());
            tokio::spawn(async move {
                // One that does not trust the certificate goes away.
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let service = hyper_util::service::TowerToHyperService::new(router);
                let server =
                    hyper_util::server::conn::auto::Builder::new(hyper_util::rt::TokioExecutor::new());
                let _ = server.serve_connection(hyper_util::rt::TokioIo::new(stream), service).await;
            });
        }
    });
    (at, certificate.pem(), versions)
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_come_over_tls_and_http_2_from_those_who_can_be_trusted() {
    let (at, certificate, versions) = over_tls().await;
    let crawl = |folder: &Folder, trusted: &str| {
        folder.write("trusted.pem", trusted);
        let start = format!("https://{at}/");
        let arguments = ["crawl", "--limit", "2", "--allow-net", "127.0.2.0/24", &start];
        let mut command = folder.command();
        command.args(arguments).env("SSL_CERT_FILE", folder.path().join("trusted.pem"));
        let output = command.output().expect("the program starts");
        String::from_utf8(output.stdout).expect("it prints UTF-8")
    };
    let folder = Folder::new();
    let told = crawl(&folder, &certificate);
    assert!(told.contains("2 new"), "{told}");
    let versions = versions.lock().unwrap().clone();
    assert!(versions.len() >= 3, "{versions:?}");
    assert!(versions.iter().all(|version| *version == axum::http::Version::HTTP_2), "{versions:?}");
    let kept = archived(&folder);
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(kept.keys().all(|target| target.starts_with("https://127.0.2.1:")), "{kept:?}");
    assert!(folder.ok(&["check"]).contains("0 problems"));

    // Another's certificate is not enough.
    let (_, other, _) = over_tls().await;
    let stranger = Folder::new();
    let told = crawl(&stranger, &other);
    assert!(told.contains("no connection") && told.contains("is left alone until"), "{told}");
    assert!(archived(&stranger).is_empty(), "{told}");
}

#[test]
fn a_script_learns_that_a_site_does_not_answer() {
    let folder = Folder::new();
    // Nobody listens where a listener has gone.
    let gone = std::net::TcpListener::bind("127.0.2.1:0").unwrap().local_addr().unwrap();
    let check = |arguments: &[&str], code: i32, says: &str| {
        let output = folder.command().args(arguments).output().expect("the program starts");
        let told = String::from_utf8(output.stdout).expect("it prints UTF-8");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(told.contains(says), "{arguments:?}: {told}");
    };
    let start = format!("http://{gone}/");
    let crawl = ["crawl", "--allow-net", "127.0.2.0/24", &start];
    check(&crawl, 3, "is left alone until");
    // Nor is it asked again before that.
    check(&crawl, 3, "is left alone until");
    check(&[&crawl[..], &["--limit", "1"]].concat(), 3, "the same command goes on with them after");
    // An address that is not public is no site that fails to answer: nothing will come of it.
    check(&["crawl", "http://127.0.3.1:9/"], 2, "0 pages fetched");
    let output = folder.command().args(["crawl", "http://127.0.3.1:9/b"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("nothing was collected: address refused"), "{told}");
}

/// A DOCX with some paragraphs, made of its parts.
fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String =
        paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>".to_owned(),
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>".to_owned(),
        ),
        (
            "word/document.xml",
            format!("<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body></w:document>"),
        ),
    ];
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        file.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        file.write_all(content.as_bytes()).expect("written");
    }
    file.finish().expect("a file").into_inner()
}

#[test]
fn files_that_a_portal_links_to_are_collected_and_know_their_page() {
    let front = "<html lang=vi><body><h1>Cổng Sơn Khê</h1><a href='/van-ban-5.html'>Văn bản</a>";
    let page = "<html lang=vi><title>Tải tài liệu họp đê</title><h1>Tài liệu họp đê năm 2021</h1>\
        <p>Kèm theo: <a href='/tep/ke-hoach.docx'>Tải về: Kế hoạch sửa đê năm 2021</a>, \
        <a href='/Tai.aspx?FileUrl=/tep/bao-cao.docx'>tại đây</a>, <a href='/tep/lon.pdf'>Bản đồ</a>, \
        <a href='/tep/gia.pdf'>Giả</a>, <a href='/anh/1.jpg'>Ảnh</a></p>";
    let text =
        "Nước sông dâng cao sau mưa lớn, chính quyền cho dân đến nơi an toàn và canh đê suốt đêm ở Sơn Khê.";
    let media = "application/octet-stream";
    let site = Site::start([
        ("/", Answer::page(front)),
        ("/van-ban-5.html", Answer::page(page)),
        ("/tep/ke-hoach.docx", Answer::file(media, docx(&["Phần một", text]))),
        ("/Tai.aspx?FileUrl=/tep/bao-cao.docx", Answer::file(media, docx(&["Số liệu", text, "Mưa to."]))),
        ("/tep/lon.pdf", Answer::file(media, [b"%PDF-1.4\n".as_slice(), &vec![b' '; 2 << 20]].concat())),
        ("/tep/gia.pdf", Answer::page("<p>Đăng nhập</p>")),
    ]);
    let folder = Folder::new();
    let record = |files: &str| {
        format!(
            "name = \"Cổng Sơn Khê\"\nhosts = [\"127.0.0.1\"]\nstart = [\"{}/\"]\nfollow = ['\\.html$', '^/$']\n{files}",
            site.origin
        )
    };
    folder.write("yearline.toml", "sources = \"records\"\nmax_file_mib = 1\n");
    let crawl = ["crawl", "--allow-net", "127.0.0.0/8", "Cổng Sơn Khê"];
    folder.write("records/a.toml", record(""));
    folder.ok(&crawl);
    assert!(!site.asked().iter().any(|path| path.contains("/tep/")), "without the switch none is asked for");

    folder.write("records/a.toml", record("files = true"));
    let told = folder.run(&["crawl", "--allow-net", "127.0.0.0/8", "--refresh", "Cổng Sơn Khê"]);
    assert!(told.out.contains("1 failed: not a file of a kind that is read"), "{told:?}");
    let asked = site.asked();
    assert!(
        asked.iter().any(|path| path == "/tep/lon.pdf") && !asked.iter().any(|path| path.contains(".jpg"))
    );
    let kept = archived(&folder);
    let files: Vec<&str> = kept
        .keys()
        .filter_map(|url| url.strip_prefix(&site.origin))
        .filter(|path| path.contains("tep"))
        .collect();
    assert_eq!(files, ["/Tai.aspx?FileUrl=/tep/bao-cao.docx", "/tep/ke-hoach.docx"]);
    folder.ok(&["index"]);
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let found = server.json("/v1/search?q=%22canh+%C4%91%C3%AA%22&limit=10");
    let mut titles = Vec::new();
    for hit in found["results"].as_array().expect("results") {
        let id = hit["document"]["id"].as_str().or_else(|| hit["id"].as_str()).expect("an id");
        let document = server.json(&format!("/v1/documents/{id}"));
        assert_eq!(document["linked_from"], format!("{}/van-ban-5.html", site.origin), "{document}");
        titles.push(document["document"]["title"].as_str().expect("a title").to_owned());
        let (_, page) = server.get(&format!("/documents/{id}?ui=en"));
        assert!(page.contains("Linked from") && page.contains("/van-ban-5.html"), "{page}");
    }
    titles.sort();
    assert_eq!(titles, ["Kế hoạch sửa đê năm 2021", "Tài liệu họp đê năm 2021"]);
}

#[test]
fn a_record_is_drafted_from_a_site() {
    let articles =
        ["sua-de-truoc-mua-mua-10001", "khoi-cong-cau-treo-moi-10002", "hop-ban-viec-phong-lut-10003"];
    let links: String =
        articles.iter().map(|name| format!("<a href='/tin/{name}.html'>{name}</a>")).collect();
    let front = format!(
        "<html lang=vi><head><title>Báo Sơn Khê - Tin tức</title><link rel=alternate type='application/rss+xml' href='/rss/tin.rss'></head>\
         <body><a href='/kinh-te'>Kinh tế</a><a href='/xa-hoi'>Xã hội</a>{links}</body></html>"
    );
    let article = |title: &str| {
        let text = "Ủy ban nhân dân huyện giao các xã rà soát những đoạn đê xung yếu và báo cáo trước ngày cuối tháng này.";
        Answer::page(format!(
            "<html lang=vi><title>{title}</title><div class=khung><h1 class=tieu-de>{title}</h1><span class=ngay-dang>15/03/2021 08:30</span>\
             <div class=noi-dung-bai><p>{text}</p><p>{text} Các đội canh đê ngày đêm.</p><p>{text} Nước đang rút.</p></div></div>\
             <div class=khac><p>Xem thêm những tin khác của báo chúng tôi</p></div>"
        ))
    };
    let mut answers = vec![
        (
            "/robots.txt".to_owned(),
            Answer::file("text/plain", "User-agent: *\nDisallow: /kin/\nSitemap: @/sitemap.xml\n"),
        ),
        ("/".to_owned(), Answer::page(front)),
    ];
    answers.extend(
        articles.iter().map(|name| (format!("/tin/{name}.html"), article(&format!("Bài về {name}")))),
    );
    let site = Site::start(answers.iter().map(|(path, answer)| (path.as_str(), answer.clone())));
    let folder = Folder::new();
    let start = format!("{}/", site.origin);
    let drafted = folder.run(&["sources", "new", "--allow-net", "127.0.0.0/8", &start]);
    assert_eq!(drafted.code, 0, "{drafted:?}");
    for says in [
        "name = \"Báo Sơn Khê\"".to_owned(),
        format!("feeds = [\"{}/rss/tin.rss\"]", site.origin),
        format!("sitemaps = [\"{}/sitemap.xml\"]", site.origin),
        format!("  \"{}/kinh-te\",", site.origin),
        r"'\-\d{4,6}\.html/?$'".to_owned(),
        "title = [\"h1.tieu-de\"]".to_owned(),
        "date = [\"span.ngay-dang\"]".to_owned(),
        "body = [\"div.noi-dung-bai\"]".to_owned(),
    ] {
        assert!(drafted.out.contains(&says), "{says}\n{}", drafted.out);
    }
    assert_eq!(drafted.err.matches("title      Bài về").count(), 3, "{}", drafted.err);
    // Nobody was asked more than needed, and the record is one to crawl by.
    assert_eq!(site.asked().len(), 5);
    folder.write("records/a.toml", &drafted.out);
    folder.write("yearline.toml", "sources = \"records\"\n");
    site.put("/sitemap.xml", Answer::file("application/xml", "<urlset></urlset>"));
    site.put(
        "/rss/tin.rss",
        Answer::file("application/rss+xml", "<rss version='2.0'><channel><title>x</title></channel></rss>"),
    );
    folder.ok(&["crawl", "--allow-net", "127.0.0.0/8", "Báo Sơn Khê"]);
    assert!(archived(&folder).keys().filter(|url| url.contains("/tin/")).count() == 3);

    let nuke = Answer::page(
        "<html><head><meta name='generator' content=\"NukeViet v4.5\"></head><body>Cổng</body></html>"
            .replace("name='generator' ", "name=\"generator\" "),
    );
    site.put("/", nuke);
    let drafted = folder.run(&["sources", "new", "--allow-net", "127.0.0.0/8", &start]);
    told(&drafted, 1, "family = \"nukeviet\"");
    site.put("/robots.txt", Answer::file("text/plain", "User-agent: *\nDisallow: /\n"));
    told(
        &folder.run(&["sources", "new", "--allow-net", "127.0.0.0/8", &start]),
        1,
        "forbidden by its robots.txt",
    );
}
