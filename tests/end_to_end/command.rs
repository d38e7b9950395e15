//! The subcommands on small files, and bad input of every kind.

use crate::program::{Ended, Folder, Server, told};

const NEWS: &str = "Sơn Khê: Sáu tháng đầu năm thu ngân sách tăng khá\n\nMinh Hà 26/06/2021 10:15\n\n\
    Sáng 25/6, tỉnh Sơn Khê họp bàn nhiệm vụ. Đồng chí Trần Văn Mạnh - Chủ tịch UBND tỉnh chủ trì hội nghị.\n\n\
    Đến nay toàn tỉnh có 121/180 xã đạt chuẩn nông thôn mới theo Chỉ thị số 15-CT/TU ngày 14/02/2018.\n";

fn archive_of_one() -> Folder {
    let folder = Folder::new();
    folder.write("in/news.txt", NEWS);
    folder.ok(&["import", "in", "--province", "Sơn Khê"]);
    folder.ok(&["index"]);
    folder
}

#[test]
fn a_province_that_there_is_not_is_told_with_the_nearest() {
    let folder = Folder::new();
    folder.write("in/news.txt", NEWS);
    let ended = folder.run(&["import", "in", "--province", "Ngệ An"]);
    told(&ended, 0, "--province: no province of Vietnam is called “Ngệ An”, the nearest is “Nghệ An”");
    assert_eq!(folder.run(&["import", "in", "--province", "Thanh Hoá"]).err, "");
}

#[test]
fn a_file_is_kept_once_and_found() {
    let folder = archive_of_one();
    let again = folder.ok(&["import", "in"]);
    assert!(again.starts_with("0 kept, 1 already there"), "{again}");
    folder.ok(&["index"]);
    let check = |query: &str, code: i32| {
        let ended = folder.run(&["search", query]);
        assert_eq!(ended.code, code, "{query}: {} {}", ended.out, ended.err);
    };
    check("tỉnh", 0);
    check("tinh", 0);
    check("tình", 1);
    check("ngân sách", 0);
    check("biển", 1);
    let json = folder.ok(&["search", "--json", "ngân sách"]);
    assert_eq!(json.lines().count(), 1);
    assert!(json.contains("2021-06-26"), "{json}");
    folder.ok(&["index", "--rebuild"]);
    check("ngân sách", 0);
    folder.ok(&["check"]);
}

#[test]
fn why_mentions_are_one_is_told() {
    let folder = Folder::new();
    let record = |number: u32, day: &str, text: &str| {
        format!(
            "{{\"url\":\"https://bao.example/{number}\",\"title\":\"Tin {number}\",\"published\":\"{day}\",\"text\":\"{text}\"}}\n"
        )
    };
    let text = [
        record(
            1,
            "2019-01-05",
            "Bác sĩ Trần Văn Suối, Thứ trưởng Bộ Y tế, dự. Thực hiện Chỉ thị số 15-CT/TU ngày 14/02/2018 của Tỉnh ủy Nghệ An.",
        ),
        record(2, "2019-03-05", "Thứ trưởng Bộ Y tế Trần Văn Suối phát biểu."),
        record(3, "2019-02-05", "Ông Trần Văn Suối, Chủ tịch UBND xã Thạnh Phong (Bến Tre), cho biết."),
    ];
    folder.write("in/news.jsonl", text.concat());
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    let check = |arguments: &[&str], code: i32, expected: &[&str]| {
        let ran = folder.run(&[&["why"], arguments].concat());
        for words in expected {
            told(&ran, code, words);
        }
    };
    let of_three = folder.run(&["why", "https://bao.example/3", "Trần Văn Suối"]);
    told(&of_three, 0, "1 mentions in 1 documents");
    told(&of_three, 0, "says: Chủ tịch UBND xã Thạnh Phong (Bến Tre)");
    told(&of_three, 0, "they cannot be one");
    check(
        &["https://bao.example/2", "Trần Văn Suối"],
        0,
        &[
            "2 mentions in 2 documents",
            "one with 1: the same name in the same office",
            "Bác sĩ [Trần Văn Suối]",
        ],
    );
    check(
        &["https://bao.example/1", "15-CT/TU"],
        0,
        &["it names number, issuer and year itself", "2018-02-14"],
    );
    check(&["https://bao.example/1", "nobody"], 1, &["is written “nobody”"]);
    check(&["https://bao.example/none", "x"], 1, &["no document of the address"]);
    check(&["no-such-key"], 1, &["no directive and no official has the key no-such-key"]);
}

#[test]
fn a_page_is_explained_block_by_block() {
    let folder = Folder::new();
    let paragraph = "Ủy ban nhân dân tỉnh giao các sở rà soát từng xã, báo cáo trước ngày 15 hằng tháng.";
    let page = format!(
        "<h1>Ba xã về đích</h1><nav><a href=/>Trang chủ</a></nav><div class=text><p>{paragraph}</p><p>{paragraph}</p>\
         <figure><img src=a.jpg><figcaption>Một góc xã</figcaption></figure><p>Xem thêm: bài khác</p></div>\
         <div class=box-related><p>{paragraph}</p></div>"
    );
    folder.write("page.html", page.as_bytes());
    let shown = folder.ok(&["extract", "--explain", "page.html"]);
    for (mark, text, rule) in [
        ('+', "Ủy ban", "it is in the body, div.text"),
        ('c', "Một góc xã", "it is the caption figure"),
        ('-', "Trang chủ", "drop: the row nav fits nav"),
        ('-', "Xem thêm: bài khác", "drop_lines: it only leads elsewhere"),
        ('-', "Ủy ban", "drop_words: a word in the name of div.box-related"),
    ] {
        let lines: Vec<&str> = shown.lines().collect();
        let found = lines.windows(2).any(|pair| {
            pair[0].starts_with(&format!("{mark} {text}")) && pair[1].ends_with(&format!(": {rule}"))
        });
        assert!(found, "{mark} {text}: {rule}\n{shown}");
    }
}

#[test]
fn what_is_extracted_stands_in_the_text() {
    let folder = Folder::new();
    folder.write("news.txt", NEWS);
    let line = folder.ok(&["extract", "news.txt"]);
    let document: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(document["id"], "news");
    assert_eq!(document["lang"], "vi");
    assert_eq!(document["published"], "2021-06-26");
    assert_eq!(document["text"], NEWS);
    let text: Vec<char> = NEWS.chars().collect();
    for kind in ["directives", "officials", "figures"] {
        let mentions = document[kind].as_array().unwrap();
        assert!(!mentions.is_empty(), "{kind}: {line}");
        for mention in mentions {
            let at = |key: &str| mention[key].as_u64().unwrap() as usize;
            let words: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(mention["quote"], words);
        }
    }
}

#[test]
fn records_of_others_are_taken_by_their_own_field_names() {
    let folder = Folder::new();
    folder
        .write("news.csv", "headline,date,body\nBa xã về đích,2021-06-26,Ba xã đã về đích nông thôn mới.\n");
    folder.ok(&[
        "import",
        "news.csv",
        "--map",
        "title=headline",
        "--map",
        "published=date",
        "--map",
        "text=body",
    ]);
    folder.ok(&["index"]);
    let hit = folder.ok(&["search", "--json", "nông thôn"]);
    assert!(hit.contains("Ba xã về đích") && hit.contains("2021-06-26"), "{hit}");
    let ended = folder.run(&["import", "news.csv", "--map", "titel=headline"]);
    assert!(ended.code == 2 && ended.err.contains("published"), "{ended:?}");
}

#[test]
fn mentions_and_tables_explain_each_other() {
    let folder = Folder::new();
    // Of a province that the tables know.
    let news = NEWS.replace("Sơn Khê", "Sơn La");
    folder.write("news.txt", &news);
    let plain: serde_json::Value = serde_json::from_str(&folder.ok(&["extract", "news.txt"])).unwrap();
    let why: serde_json::Value = serde_json::from_str(&folder.ok(&["extract", "--why", "news.txt"])).unwrap();
    let mut without = why.clone();
    for kind in ["directives", "officials", "figures"] {
        for mention in without[kind].as_array_mut().unwrap() {
            let reasons = mention.as_object_mut().unwrap().remove("why").unwrap();
            // A figure also shows the words that gave its key, about and modality.
            let told = mention.as_object_mut().unwrap().remove("told");
            assert_eq!(told.is_some(), kind == "figures", "{mention}");
            for words in
                told.iter().flat_map(|told| told.as_array().unwrap()).filter_map(|one| one["words"].as_str())
            {
                assert!(news.contains(words), "{words}");
            }
            for reason in reasons.as_array().unwrap() {
                // `yearline rules` shows the row that a mention names.
                let rows = folder.ok(&["rules", "--json", reason["word"].as_str().unwrap()]);
                let named =
                    |row: serde_json::Value| row["file"] == reason["file"] && row["line"] == reason["line"];
                assert!(
                    rows.lines().any(|row| named(serde_json::from_str(row).unwrap())),
                    "{reason}: {rows}"
                );
            }
        }
    }
    assert_eq!(without, plain);
    for kind in ["directives", "officials", "figures"] {
        let explained = why[kind]
            .as_array()
            .unwrap()
            .iter()
            .any(|mention| !mention["why"].as_array().unwrap().is_empty());
        assert!(explained, "{kind}: {why}");
    }
    let tables = folder.ok(&["rules"]);
    assert!(tables.lines().count() > 5 && tables.contains("rules/directives.toml"), "{tables}");
    let rows = folder.ok(&["rules", "chi", "thi"]);
    assert!(
        rows.contains("rules/directives.toml, line ") && rows.contains("type.directive: directive, Chỉ thị"),
        "{rows}"
    );
    let nothing = folder.run(&["rules", "qwertyuiop"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (1, ""));
    assert!(nothing.err.contains("qwertyuiop"), "{nothing:?}");
}

#[test]
fn bad_input_ends_with_a_way_out() {
    let check = |ended: &Ended, code: i32, says: &str| {
        assert_eq!(ended.code, code, "{ended:?}");
        assert!(ended.err.contains(says) || ended.out.contains(says), "no “{says}” in {ended:?}");
        assert!(!ended.err.contains("panicked"), "{ended:?}");
    };
    let empty = Folder::new();
    check(&empty.run(&["search", "x"]), 2, "yearline import");
    check(&empty.run(&["index"]), 2, "yearline import");
    check(&empty.run(&["import", "nothing-here"]), 2, "nothing-here");
    check(&empty.run(&["--no-such-flag"]), 2, "--no-such-flag");
    empty.write("yearline.toml", "archiv = 'x'");
    check(&empty.run(&["sources"]), 2, "archiv");

    let folder = Folder::new();
    folder.write("in/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\x01\x02");
    check(&folder.run(&["import", "in"]), 2, "picture.txt");
    folder.write("archive/archive.json", r#"{"format":99}"#);
    check(&folder.run(&["index"]), 2, "newer yearline");

    let good = archive_of_one();
    check(&good.run(&["search", &"a b ".repeat(3_000)]), 2, "bytes");
    let server = Server::start(&good, &["serve", "--listen", "127.0.0.1:0"], "http://");
    check(&good.run(&["serve", "--listen", &server.address]), 2, "--listen");
}

#[test]
fn a_second_writer_is_refused() {
    let folder = archive_of_one();
    let lock = std::fs::File::options().write(true).open(folder.path().join("archive/writer.lock")).unwrap();
    lock.lock().unwrap();
    let ended = folder.run(&["import", "in"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.err.contains("another process"), "{ended:?}");
}

#[test]
fn the_server_answers_and_refuses() {
    let folder = archive_of_one();
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let found = server.json("/v1/search?q=ng%C3%A2n+s%C3%A1ch");
    assert_eq!(found["count"], 1, "{found}");
    let check = |path: &str, status: u16| {
        let (answered, body) = server.get(path);
        assert_eq!(answered, status, "{path}: {body}");
    };
    check("/healthz", 200);
    check("/readyz", 200);
    check("/", 200);
    check("/v1/search?qq=a", 400);
    check("/v1/search?cursor=abc", 400);
    check(&format!("/v1/search?q={}", "a+".repeat(5_000)), 400);
    check("/v1/documents/0000000000000000", 404);
    check("/no-such-page", 404);
}

#[cfg(unix)]
#[test]
fn the_server_outlives_clients_that_keep_it_waiting() {
    use std::io::Write as _;
    use std::net::TcpStream;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let folder = archive_of_one();
    folder.write("yearline.toml", "[serve]\nheader_seconds = 60\ngrace_seconds = 1\n");
    // With fewer files than there are clients.
    let mut command = Command::new("sh");
    command.args([
        "-c",
        "ulimit -n 100 && exec \"$0\" serve --listen 127.0.0.1:0",
        env!("CARGO_BIN_EXE_yearline"),
    ]);
    command.current_dir(folder.path()).stdin(Stdio::null()).stderr(Stdio::null());
    let server = Server::start_command(command, "http://");
    let mut clients = Vec::new();
    for number in 0..300 {
        let mut client = TcpStream::connect(&server.address).expect("it is taken");
        if number % 2 == 0 {
            client.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n").expect("sent");
        }
        clients.push(client);
        if number % 50 == 49 {
            assert_eq!(server.get("/healthz").0, 200, "behind {number} others");
        }
    }
    let begin = Instant::now();
    assert_eq!(server.end(), 0);
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
}

#[test]
fn text_from_strangers_stays_text() {
    let folder = Folder::new();
    let hostile =
        "<script>alert(1)</script> ở Sơn Khê\n\nMinh Hà 26/06/2021 10:15\n\nThu \"><img src=x> ngân sách.\n";
    folder.write("in/news.txt", hostile);
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let found = server.json("/v1/search?q=ng%C3%A2n");
    let id = found["results"][0]["document"]["id"].as_str().unwrap().to_owned();
    for path in ["/?q=ng%C3%A2n", "/?q=%3Cscript%3E", &format!("/documents/{id}")] {
        let (status, body) = server.get(path);
        assert_eq!(status, 200, "{path}");
        assert!(!body.contains("<script") && !body.contains("<img"), "{path}: {body}");
    }
}

#[test]
fn a_record_is_explained_and_coverage_told() {
    let folder = archive_of_one();
    assert_eq!(folder.ok(&["coverage"]), "nothing was crawled yet\n");
    let check = |arguments: &[&str], code: i32, told: &str| {
        let ended = folder.run(arguments);
        assert_eq!(ended.code, code, "{arguments:?}: {} {}", ended.out, ended.err);
        assert!((ended.out + &ended.err).contains(told), "{arguments:?}: {told}");
    };
    check(&["coverage", "Báo Khác"], 2, "nothing was crawled of “Báo Khác”");
    folder.write(
        "paper.toml",
        "name = \"Báo\"\nhosts = [\"bao.example\"]\nskip = ['/in/']\n[[template]]\nbody = [\"div.bai\"]\n",
    );
    folder.write("wrong.toml", "name = \"Báo\"\nfollow = ['(']\n");
    let text = "Ủy ban nhân dân tỉnh Sơn Khê họp bàn việc sửa đê trước mùa mưa bão năm nay. ";
    folder.write("page.html", format!("<h1>Sửa đê</h1><div class=bai><p>{}</p></div>", text.repeat(6)));
    let url = "http://bao.example/in/1.html";
    check(
        &["sources", "check", "page.html", "--record", "paper.toml"],
        0,
        "template 1: the page is read by it",
    );
    check(&["sources", "check", "page.html", "--record", "paper.toml", "--url", url], 0, "skipped by /in/");
    check(&["sources", "check", "page.html", "--url", url, "--json"], 0, "\"title\":\"Sửa đê\"");
    check(&["sources", "check", "page.html"], 2, "--record");
    check(&["sources", "check", "page.html", "--record", "wrong.toml"], 2, "wrong.toml, line 2");
    check(&["sources", "check", "http://127.0.0.1:9/"], 0, "address refused");
}
