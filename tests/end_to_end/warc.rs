//! Our capture files read by another's tool, and its files read by us.
//!
//! `tests/run` installs Python's warcio; `YEARLINE_WARCIO` names a Python that has it.

use std::path::Path;
use std::process::Command;

use crate::program::{Folder, skipped};

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
