use super::*;
use crate::{Archive, WriterSettings};

struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("in").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    fn archive(&self) -> Archive {
        Archive::create(self.folder.path().join("archive")).unwrap()
    }

    fn import(&self) -> Report {
        let mut writer = self.archive().writer(WriterSettings::default()).unwrap();
        let importer = Importer::new("2025-01-02T03:04:05Z".parse().unwrap());
        importer.import(&mut writer, &[self.folder.path().join("in")], &mut |_| {}).unwrap()
    }

    fn targets(&self) -> Vec<String> {
        self.archive().captures(&crate::Position::default()).map(|capture| capture.unwrap().target).collect()
    }
}

#[test]
fn every_kind_is_kept_once() {
    let fixture = Fixture::new();
    fixture.write("b/mưa.txt", "Mưa to ở Sơn Khê");
    fixture.write("a.html", "<p>Nắng");
    fixture.write(
        "c.jsonl",
        "{\"id\": 7, \"text\": \"bảy\"}\n\n{\"url\": \"https://bao.example/8\", \"text\": \"tám\"}\n",
    );
    fixture.write("d.csv", "id,title,text\n9,Chín,\"chín, mười\"\n");
    let report = fixture.import();
    assert_eq!((report.kept, report.already_there, report.skipped), (5, 0, 0), "{report:?}");
    assert_eq!(
        fixture.targets(),
        [
            "file:///a.html",
            "file:///b/m%C6%B0a.txt",
            "file:///c.jsonl#7",
            "https://bao.example/8",
            "file:///d.csv#9"
        ]
    );
    let report = fixture.import();
    assert_eq!((report.kept, report.already_there), (0, 5), "{report:?}");
    // What is derived may be lost.
    std::fs::remove_file(fixture.folder.path().join("archive/imported.seen")).unwrap();
    let report = fixture.import();
    assert_eq!((report.kept, report.already_there), (0, 5), "{report:?}");
}

#[test]
fn what_cannot_be_read_is_told() {
    let check = |name: &str, content: &[u8], line: Option<u64>, says: &str| {
        let fixture = Fixture::new();
        fixture.write(name, content);
        let report = fixture.import();
        let skipped = &report.skipped_listed[0];
        assert_eq!((report.kept, report.skipped, skipped.line), (0, 1, line), "{report:?}");
        assert!(skipped.reason.contains(says), "{report:?}");
    };
    check("a.txt", b"\x89PNG\0\0", None, "no text");
    check("a.txt", b"  \n", None, "empty");
    check("a.jpg", b"x", None, "not imported");
    check("a.jsonl", b"{\"title\": 1}", Some(1), "");
    check("a.jsonl", b"{\"title\": \"x\"}", Some(1), "neither a text nor an html");
    check("a.csv", b"title\nx\n", Some(2), "neither a text nor an html");
}

#[test]
fn records_come_in_the_forms_that_people_have() {
    let gzip = |content: &str| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, content.as_bytes()).unwrap();
        packed.finish().unwrap()
    };
    let check = |name: &str, content: &[u8], kept: u64, body: &str| {
        let fixture = Fixture::new();
        fixture.write(name, content);
        let report = fixture.import();
        assert_eq!((report.kept, report.skipped), (kept, 0), "{name}: {report:?}");
        let capture = fixture.archive().captures(&crate::Position::default()).next().unwrap().unwrap();
        assert_eq!(String::from_utf8(capture.body).unwrap(), body, "{name}");
    };
    let record = r#"{"text":"Mưa"}"#;
    check("a.jsonl.gz", &gzip(&format!("{record}\n{record}\n\n{{\"text\":\"b\"}}\n")), 3, record);
    check("a.json", format!("[{record}, {{\"text\": \"b\"}}]").as_bytes(), 2, record);
    check("a.json.gz", &gzip(record), 1, record);
    let row = r#"{"text":"Mưa, gió","title":"a;b"}"#;
    check("a.csv", "title;text\n\"a;b\";Mưa, gió\n".as_bytes(), 1, row);
    check("a.csv.gz", &gzip("title,text\na;b,\"Mưa, gió\"\n"), 1, row);
    check("a.tsv", "title\ttext\na;b\tMưa, gió\n".as_bytes(), 1, row);
}

#[test]
fn a_date_that_is_none_is_told() {
    let fixture = Fixture::new();
    fixture.write(
        "a.jsonl",
        "{\"text\": \"a\", \"published\": 1624677300}\n{\"text\": \"b\", \"published\": \"soon\"}\n",
    );
    let report = fixture.import();
    assert_eq!((report.kept, report.undated), (2, 1), "{report:?}");
    let Undated { line, words, .. } = &report.undated_listed[0];
    assert_eq!((*line, words.as_str()), (2, "soon"));
}

#[test]
fn a_warc_file_is_taken_over_up_to_where_it_is_whole() {
    let other = Fixture::new();
    other.write("a.txt", "một hai ba");
    other.write("b.txt", "bốn năm sáu");
    other.import();
    let captures = other.archive().captures_folder();
    let file = std::fs::read_dir(captures).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(file).unwrap();

    let whole = Fixture::new();
    whole.write("x.warc.gz", &bytes);
    assert_eq!(whole.import().kept, 2);
    assert_eq!(whole.targets(), ["file:///a.txt", "file:///b.txt"]);
    let again = whole.import();
    assert_eq!((again.kept, again.skipped), (0, 0), "{again:?}");

    let cut = Fixture::new();
    cut.write("x.warc.gz", &bytes[..bytes.len() - 20]);
    let report = cut.import();
    assert_eq!((report.kept, report.skipped), (1, 1), "{report:?}");
    assert!(report.skipped_listed[0].reason.contains("in the middle"), "{report:?}");
}

#[test]
fn files_are_what_their_bytes_say() {
    let check = |name: &str, content: &[u8], expected: &str| {
        let fixture = Fixture::new();
        fixture.write(name, content);
        let report = fixture.import();
        assert_eq!(report.kept, 1, "{name}: {report:?}");
        let capture = fixture.archive().captures(&crate::Position::default()).next().unwrap().unwrap();
        assert_eq!(capture.media_type.as_deref(), Some(expected), "{name}");
        assert_eq!(capture.body, content, "{name}");
    };
    let packed = b"PK\x03\x04 [Content_Types].xml word/document2.xml";
    check("quyet-dinh", b"%PDF-1.4 x", media::PDF);
    check("quyet-dinh.txt", b"%PDF-1.4 x", media::PDF);
    check("bao-cao", packed, media::DOCX);
    check("bao-cao.pdf", packed, media::DOCX);
    check("so-lieu.docx", b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", media::XLSX);
    check("trang", b"<!DOCTYPE html><p>x", media::HTML);
    check("trang.pdf", b"<html><p>x", media::HTML);
}

#[test]
fn a_page_saved_as_one_file_is_kept_under_its_address() {
    let file = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\
                Content-Location: https://bao.example/mua\n\n<p>M\n--r--\n";
    let check = |name: &str, content: &str, target: &str| {
        let fixture = Fixture::new();
        fixture.write(name, content);
        assert_eq!(fixture.import().kept, 1, "{name}");
        assert_eq!(fixture.targets(), [target], "{name}");
    };
    check("mua.mhtml", file, "https://bao.example/mua");
    check("mua", file, "https://bao.example/mua");
    check("mua.mht", &file.replace("https://bao.example/mua", "cid:1"), "file:///mua.mht");
    let fixture = Fixture::new();
    fixture.write("mua.mht", "MIME-Version: 1.0\n\nx");
    assert_eq!(fixture.import().skipped_listed[0].reason, "there is no page in it");
}

#[test]
fn the_text_that_another_program_made_of_a_page_is_taken() {
    let block = "Ba xã về đích sớm một năm.";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://bao.example/1\r\n\
         WARC-Date: 2024-05-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n\
         Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    let fixture = Fixture::new();
    fixture.write("x.warc", record);
    assert_eq!(fixture.import().kept, 1);
    let capture = fixture.archive().captures(&crate::Position::default()).next().unwrap().unwrap();
    assert_eq!(
        (capture.target.as_str(), capture.body.as_slice()),
        ("https://bao.example/1", block.as_bytes())
    );
    assert_eq!(capture.media_type.as_deref(), Some("text/plain"));
}

#[test]
fn two_files_of_one_name_are_two_documents() {
    let fixture = Fixture::new();
    fixture.write("one/report.txt", "Xã có 12 hộ nghèo.");
    fixture.write("two/report.txt", "Xã có 30 con trâu.");
    fixture.write("two/more.jsonl", "{\"text\": \"bảy\"}\n");
    let import = |folders: &[&str]| {
        let archive = Archive::create(fixture.folder.path().join("archive")).unwrap();
        let mut writer = archive.writer(WriterSettings::default()).unwrap();
        let paths: Vec<PathBuf> =
            folders.iter().map(|folder| fixture.folder.path().join("in").join(folder)).collect();
        Importer::new("2026-01-01T00:00:00Z".parse().unwrap())
            .import(&mut writer, &paths, &mut |_| {})
            .unwrap()
    };
    let report = import(&["one", "two"]);
    assert_eq!((report.kept, report.renamed.len()), (3, 1), "{report:?}");
    let targets = fixture.targets();
    assert_eq!(targets[0], "file:///report.txt");
    assert!(targets.iter().any(|target| target.starts_with("file:///report.txt?from=")), "{targets:?}");
    // Each is known again, in whatever order they come, and a file that changed is the same document.
    assert_eq!((import(&["two"]).already_there, import(&["one", "two"]).already_there), (2, 3));
    fixture.write("two/report.txt", "Xã có 31 con trâu.");
    let report = import(&["two"]);
    assert_eq!((report.kept, report.already_there), (1, 1));
    assert_eq!(fixture.targets().iter().filter(|target| **target == report.renamed[0].1).count(), 2);
}
