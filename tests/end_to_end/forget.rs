//! Pages and sources that are forgotten: nothing of them is left in the archive's folder, nothing else is lost, and nothing
//! brings them back.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use flate2::read::MultiGzDecoder;

use crate::program::{Folder, told};
use crate::site::{Answer, Site};

/// A word of the page that goes, which stands nowhere else.
const RARE: &str = "zyhoruva";

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// The files of the archive that hold the word, packed or not. What the index packs keeps a word's first place as it is.
fn holders(folder: &Folder) -> Vec<String> {
    let archive = folder.path().join("archive");
    let mut holders = Vec::new();
    for path in files(&archive) {
        let bytes = fs::read(&path).expect("a file");
        let mut unpacked = Vec::new();
        let _ = MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked);
        let holds = |bytes: &[u8]| {
            bytes.windows(RARE.len()).any(|window| window.eq_ignore_ascii_case(RARE.as_bytes()))
        };
        if holds(&bytes) || holds(&unpacked) {
            holders.push(path.strip_prefix(&archive).unwrap().display().to_string());
        }
    }
    holders
}

fn page(title: &str, word: &str, canonical: &str) -> Answer {
    let text = "Ủy ban nhân dân tỉnh Sơn Khê họp bàn việc sửa đê trước mùa mưa, giao các huyện rà soát những đoạn xung \
                yếu và báo cáo trước ngày cuối tháng, không để nước tràn vào khu dân cư như năm trước.";
    Answer::page(format!(
        "<html lang=vi><head><title>{title}</title><link rel=canonical href='{canonical}'>\
         <meta property='article:published_time' content='2024-05-02T08:00:00+07:00'></head><body><article><h1>{title}</h1>\
         <p>{text}</p><p>Theo Chỉ thị số 05/CT-UBND ngày 12/3/2021, ông Trần Văn Suối, Chủ tịch UBND xã {word}, báo cáo thu 12 tỷ đồng.</p>\
         <p>{text}</p></article></body></html>"
    ))
}

/// Three articles, one of which goes, with a print view and an old address that lead to it.
fn newspaper() -> Site {
    let gone = format!("/tin/{RARE}.html");
    let front = format!(
        "<html><body><h1>Báo</h1><a href='/tin/de.html'>Đê</a> <a href='{gone}'>Cầu treo</a> <a href='/tin/cau.html'>Cầu</a> \
         <a href='/in/7'>In</a> <a href='/cu/7'>Cũ</a></body></html>"
    );
    Site::start([
        ("/", Answer::page(front)),
        ("/tin/de.html", page("Sửa đê trước mùa mưa", "Bản Sảng", "/tin/de.html")),
        ("/tin/cau.html", page("Khởi công cầu mới", "Nậm Mò", "/tin/cau.html")),
        (gone.as_str(), page("Cầu treo", RARE, &gone)),
        ("/in/7", page("Cầu treo", RARE, &gone)),
        ("/cu/7", Answer::to(&gone)),
    ])
}

fn crawl(folder: &Folder, site: &Site) -> String {
    let start = format!("{}/", site.origin);
    let ended = folder.run(&["crawl", "--allow-net", "127.0.0.0/8", "--refresh", &start]);
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.out
}

/// A site, crawled, its newest page imported as a file besides, indexed, and with a decision about the page that goes.
fn archive(site: &Site) -> (Folder, String) {
    let folder = Folder::new();
    folder.write(&format!("in/{RARE}.txt"), format!("Mưa ở {RARE}\n\nMưa lớn ở xã {RARE} suốt đêm qua.\n"));
    folder.write("in/nang.txt", "Nắng ở Bản Sảng\n\nNắng to ở xã Bản Sảng suốt ngày qua.\n");
    folder.ok(&["import", "in"]);
    crawl(&folder, site);
    // The pages come again, unchanged: revisits.
    crawl(&folder, site);
    folder.ok(&["index"]);
    let address = format!("{}/tin/{RARE}.html", site.origin);
    folder.ok(&["decide", "not-a-mention", &address, "Chỉ thị số 05/CT-UBND", "--by", "Lan"]);
    folder.ok(&["index"]);
    (folder, address)
}

#[test]
fn no_word_of_a_forgotten_page_is_left_and_nothing_brings_it_back() {
    let site = newspaper();
    let (folder, address) = archive(&site);
    let before = holders(&folder);
    for part in ["captures/", "index/", "frontier.db", "decisions.jsonl"] {
        assert!(before.iter().any(|file| file.starts_with(part)), "{part} holds it before: {before:?}");
    }
    let file = format!("file:///{RARE}.txt");
    let would = folder.run(&["forget", "--dry-run", &address, &file]);
    assert_eq!((would.code, holders(&folder)), (0, before), "{would:?}");
    for says in [
        format!("would go: {address}, answer 200"),
        format!("would go: {address}, revisit"),
        format!("would go: {}/in/7, answer 200", site.origin),
        format!("would go: {}/cu/7, answer 301", site.origin),
        format!("would go: {file}, file"),
        format!("stays, and names it: {}/", site.origin),
    ] {
        assert!(would.out.contains(&says), "{says}\n{}", would.out);
    }
    assert_eq!(folder.run(&["forget", "http://bao.example/none"]).code, 1);

    // The front page links to it, so it goes too.
    let front = format!("{}/", site.origin);
    let done = folder.ok(&["forget", &address, &file, &front, "--why", "asked for"]);
    assert!(done.contains("2 documents out of the index"), "{done}");
    assert_eq!(holders(&folder), [] as [&str; 0]);
    let tombstone = fs::read_to_string(folder.path().join("archive/forgotten.jsonl")).unwrap();
    assert!(tombstone.contains("asked for") && !tombstone.contains("127.0.0.1"), "{tombstone}");

    let found = folder.ok(&["search", "\"sửa đê\""]);
    assert!(found.contains("2 found"), "{found}");
    assert!(folder.ok(&["search", "nắng"]).contains("1 found"));
    assert_eq!(folder.run(&["search", "\"cầu treo\""]).code, 1);
    told(&folder.run(&["check"]), 0, "0 problems");
    let indexed = folder.ok(&["index"]);
    assert!(indexed.contains("0 captures read"), "the watermark holds: {indexed}");

    // Neither a crawl nor an import, nor an index that is made anew.
    site.asked();
    let other = format!("{}/tin/de.html", site.origin);
    let again = folder.run(&["crawl", "--allow-net", "127.0.0.0/8", "--refresh", &front, &other]);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(!site.asked().iter().any(|path| path.contains(RARE)));
    told(&folder.run(&["import", "in"]), 0, "1 records of forgotten pages were not kept");
    folder.ok(&["index"]);
    folder.ok(&["index", "--rebuild"]);
    assert_eq!(holders(&folder), [] as [&str; 0]);
    assert!(folder.ok(&["search", "\"sửa đê\""]).contains("2 found"));

    // Until it is allowed again.
    assert_eq!(folder.run(&["forget", "--lift", "http://bao.example/none"]).code, 1);
    folder.ok(&["forget", "--lift", &address, &front]);
    folder.ok(&["crawl", "--allow-net", "127.0.0.0/8", &front]);
    assert!(site.asked().iter().any(|path| path.contains(RARE)));
}

#[test]
fn a_removal_that_is_killed_loses_nothing_else_and_can_be_finished() {
    const KILLS: u64 = 14;
    let site = newspaper();
    let (folder, address) = archive(&site);
    let front = format!("{}/", site.origin);
    let file = format!("file:///{RARE}.txt");
    let arguments = ["forget", &address, &front, &file];
    for kill in 0..KILLS {
        let mut child =
            folder.command().args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(5 + kill * 12));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = folder.run(&["search", "\"sửa đê\""]);
        assert_eq!(found.code, 0, "after kill {kill}: {found:?}");
    }
    let last = folder.run(&arguments);
    assert!(matches!(last.code, 0 | 1), "{last:?}");
    let nothing = folder.run(&["forget"]);
    assert!(nothing.out.contains("no removal was stopped"), "{nothing:?}");
    assert_eq!(holders(&folder), [] as [&str; 0]);
    told(&folder.run(&["check"]), 0, "0 problems");
    assert!(folder.ok(&["search", "\"sửa đê\""]).contains("2 found"));
    assert!(folder.ok(&["search", "nắng"]).contains("1 found"));
    assert!(folder.ok(&["index"]).contains("0 captures read"));
}

#[test]
fn a_source_is_forgotten_as_a_whole() {
    let site = newspaper();
    let (folder, _) = archive(&site);
    let host = "127.0.0.1";
    assert!(folder.ok(&["coverage", host]).contains(host));
    folder.ok(&["forget", "--source", host]);
    // The imported file is of no source.
    assert!(
        holders(&folder).iter().all(|file| !file.starts_with("frontier") && !file.starts_with("decisions"))
    );
    assert_eq!(folder.run(&["search", "\"sửa đê\""]).code, 1);
    assert!(folder.ok(&["search", "nắng"]).contains("1 found"));
    assert_eq!(folder.run(&["coverage", host]).code, 2);
    site.asked();
    let front = format!("{}/", site.origin);
    let refused = folder.run(&["crawl", "--allow-net", "127.0.0.0/8", &front]);
    told(&refused, 2, "forgotten, and not collected again");
    assert!(site.asked().is_empty());
    folder.ok(&["forget", "--lift", "--source", host]);
    folder.ok(&["crawl", "--allow-net", "127.0.0.0/8", &front]);
    folder.ok(&["index"]);
    assert!(folder.ok(&["search", "\"sửa đê\""]).contains("3 found"));
}
