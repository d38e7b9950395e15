//! Our capture files read by another's tool, and its files read by us.
//!
//! `tests/run` installs Python's warcio; `YEARLINE_WARCIO` names a Python that has it.

use std::path::Path;
use std::process::Command;

use crate::program::{Folder, skipped, told};
use crate::site::{Answer, Site};

/// A Python that has warcio.
fn python() -> Option<String> {
    let python = std::env::var("YEARLINE_WARCIO").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import warcio"]).output();
    if has.is_ok_and(|has| has.status.success()) {
        return Some(python);
    }
    skipped("others' WARC tools: this Python has no warcio (tests/run installs it)");
    None
}

/// Fails where warcio finds a wrong digest or a record that it cannot read.
fn check(python: &str, captures: &Path) {
    let mut files = 0;
    for entry in std::fs::read_dir(captures).unwrap() {
        let path = entry.unwrap().path();
        let checked =
            Command::new(python).args(["-m", "warcio.cli", "check", "-v"]).arg(&path).output().unwrap();
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&checked.stdout),
            String::from_utf8_lossy(&checked.stderr)
        );
        assert!(checked.status.success(), "{}: {said}", path.display());
        assert!(said.contains("digest pass"), "digests were looked at: {said}");
        files += 1;
    }
    assert!(files > 0, "no capture files");
}

#[test]
fn our_files_pass_the_check_of_others() {
    let Some(python) = python() else { return };
    let folder = Folder::new();
    folder.write("in/a.txt", "Sơn Khê\n\nMưa to.\n");
    folder.write("in/b.html", "<html><title>Sơn Khê</title><p>Nắng.</html>");
    folder.write("in/c.jsonl", "{\"url\":\"https://bao.example/1\",\"title\":\"Một\",\"text\":\"Gió.\"}\n");
    folder.ok(&["import", "in"]);
    check(&python, &folder.path().join("archive/captures"));
}

/// Writes WARC files as others do: a member a record, one stream, uncompressed, chunked and packed bodies.
const WRITER: &str = r#"
import gzip, io, sys
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

more = ("<p>Đến sáng nước rút dần, trường học mở cửa lại, các tổ xung kích cùng bà con dọn bùn trên những con đường chính, "
        "thu gom cây gãy và sửa lại mái nhà bị tốc trong đêm gió lớn vừa qua.</p>")

def page(word):
    return ("<html lang=vi><head><title>Bài " + word + "</title></head><body><article><h1>Bài " + word + "</h1><p>Nước sông ở Sơn Khê dâng cao sau mưa lớn, "
            "chính quyền xã " + word + " cho dân đến nơi an toàn và canh đê suốt đêm, không để ai ở lại những vùng trũng ven sông.</p>" + more * 3 + "</article></body></html>").encode()

def chunked(body):
    half = len(body) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"

def write(name, packed, words):
    with open(name, "wb") as out:
        writer = WARCWriter(out, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(name, {"software": "others"}))
        for word, encoding in words:
            body, headers = page(word), [("Content-Type", "text/html; charset=utf-8")]
            if "gzip" in encoding:
                body = gzip.compress(body)
                headers.append(("Content-Encoding", "gzip"))
            if "chunked" in encoding:
                body = chunked(body)
                headers.append(("Transfer-Encoding", "chunked"))
            head = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            url = "https://bao.example/" + word
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))

write("in/packed.warc.gz", True, [("mot", ""), ("hai", "gzip"), ("ba", "chunked"), ("bon", "gzip chunked")])
write("in/plain.warc", False, [("nam", ""), ("sau", "gzip chunked")])
"#;

#[test]
fn files_of_others_are_read() {
    let Some(python) = python() else { return };
    let folder = Folder::new();
    folder.write("write.py", WRITER);
    std::fs::create_dir(folder.path().join("in")).unwrap();
    let written = Command::new(&python).arg("write.py").current_dir(folder.path()).output().unwrap();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    for word in ["mot", "hai", "ba", "bon", "nam", "sau"] {
        let found = folder.run(&["search", &format!("\"xã {word}\"")]);
        assert_eq!(found.code, 0, "{word}: {found:?}");
        assert!(found.out.contains("1 found"), "{word}: {found:?}");
    }
    check(&python, &folder.path().join("archive/captures"));
}

#[test]
fn what_is_exported_and_indexed_is_what_others_make_of_it() {
    let front = "<html><body><h1>Báo</h1><a href='/tin/de.html?b=2&a=1'>Đê</a> <a href='/Tin//Cầu.html'>Cầu</a> <a href='/cu'>Cũ</a>";
    let page = |word: &str| {
        let text = "Nước sông dâng cao sau mưa lớn, chính quyền cho dân đến nơi an toàn và canh đê suốt đêm, không để ai ở lại.";
        Answer::page(format!(
            "<html lang=vi><title>{word}</title><article><h1>{word}</h1><p>{text}</p><p>{text}</p></article>"
        ))
    };
    let site = Site::start([
        ("/", Answer::page(front)),
        ("/tin/de.html?b=2&a=1", page("Đê")),
        ("/Tin//C%E1%BA%A7u.html", page("Cầu")),
        ("/cu", Answer::to("/tin/de.html?b=2&a=1")),
    ]);
    let folder = Folder::new();
    let start = format!("{}/", site.origin);
    let crawl = ["crawl", "--allow-net", "127.0.0.0/8", "--refresh", &start];
    folder.ok(&crawl);
    folder.ok(&crawl);
    folder.write("in/a.txt", "Sơn Khê\n\nMưa to.\n");
    folder.ok(&["import", "in"]);
    let whole = folder.ok(&["export", "--output", "all.warc.gz"]);
    let one = folder.ok(&["export", "--source", "127.0.0.1", "--from", "2020", "--output", "one.warc.gz"]);
    assert!(whole.starts_with("9 captures") && one.starts_with("8 captures"), "{whole}{one}");
    told(&folder.run(&["export", "--output", "all.warc.gz"]), 2, "it is there already");
    told(&folder.run(&["export", "--to", "2020", "--output", "none.warc.gz"]), 1, "no such capture");
    assert!(!folder.path().join("none.warc.gz").exists());
    // What was exported is an archive to import.
    let other = Folder::new();
    std::fs::copy(folder.path().join("all.warc.gz"), other.path().join("all.warc.gz")).unwrap();
    assert!(other.ok(&["import", "all.warc.gz"]).starts_with("9 kept"));
    let made = folder.ok(&["cdxj"]);
    assert!(made.starts_with("1 capture files indexed, with 9 captures"), "{made}");
    assert!(folder.ok(&["cdxj"]).contains("1 were up to date"));

    let Some(python) = python() else { return };
    std::fs::create_dir(folder.path().join("exported")).unwrap();
    for name in ["all.warc.gz", "one.warc.gz"] {
        std::fs::rename(folder.path().join(name), folder.path().join("exported").join(name)).unwrap();
    }
    check(&python, &folder.path().join("exported"));
    let has = Command::new(&python).args(["-c", "import cdxj_indexer"]).output().unwrap();
    if !has.status.success() {
        return skipped("others' CDXJ indexes: this Python has no cdxj_indexer (tests/run installs it)");
    }
    let captures = folder.path().join("archive/captures");
    let theirs = || {
        let made = Command::new(&python)
            .args(["-c", "from cdxj_indexer.main import main; main()", "-s"])
            .arg(captures.join("yearline-00001.warc.gz"))
            .output()
            .unwrap();
        String::from_utf8(made.stdout).unwrap()
    };
    let ours = || std::fs::read_to_string(captures.join("yearline-00001.cdxj")).unwrap();
    assert_eq!(ours(), theirs());
    // Also when something was taken out, and something came after it.
    folder.ok(&["forget", &format!("{}/cu", site.origin), &start]);
    assert_eq!(ours(), theirs());
    folder.write("in/b.txt", "Sơn Khê\n\nNắng.\n");
    folder.ok(&["import", "in"]);
    folder.ok(&["cdxj"]);
    assert_eq!(ours(), theirs());
    assert_eq!(ours().lines().count(), 6);
    check(&python, &other_than_indexes(&captures));
}

/// A folder with the capture files of another alone.
fn other_than_indexes(captures: &Path) -> std::path::PathBuf {
    let alone = captures.with_file_name("alone");
    std::fs::create_dir(&alone).unwrap();
    for entry in std::fs::read_dir(captures).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "gz") {
            std::fs::copy(&path, alone.join(path.file_name().unwrap())).unwrap();
        }
    }
    alone
}
