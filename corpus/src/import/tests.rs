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
    check("a.csv", b"\n", None, "no record");
    check("a.csv", b"title,text\n", None, "no record below it");
    check("a.warc.gz", b"", None, "no WARC record");
    check("a.json", b"[5]", Some(1), "it is a number");
    check("a.csv", b"title,text\na,\"b\nc,\"d\"\n", Some(2), "2 lines run together");
    check("a.jsonl", b"\n\n\n", None, "no record");
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
    check("a.csv", "\u{feff}title;text\n\"a;b\";Mưa, gió\n".as_bytes(), 1, row);
    check("a.jsonl", format!("\u{feff}{record}\n{record}\n").as_bytes(), 2, record);
    let utf16 =
        |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
    for mark in ["\u{feff}", ""] {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            check("a.csv", &utf16(&format!("{mark}title\ttext\na;b\tMưa, gió\n"), bytes), 1, row);
            check("a.jsonl", &utf16(&format!("{mark}{record}\n"), bytes), 1, record);
            check("a.json", &utf16(&format!("{mark}[{record}]"), bytes), 1, record);
        }
    }
    check("a.csv.gz", &gzip("\u{feff}title,text\na;b,\"Mưa, gió\"\n"), 1, row);
}

#[test]
fn a_date_that_is_none_is_told() {
    let fixture = Fixture::new();
    fixture.write(
        "a.jsonl",
        "{\"text\": \"a\", \"published\": 1624677300}\n{\"text\": \"b\", \"published\": \"soon\"}\n",
    );
    let report = fixture.import();
    assert_eq!((report.kept, report.remarks), (2, 1), "{report:?}");
    let Remarked { line, what, .. } = &report.remarks_listed[0];
    assert_eq!((*line, what), (2, &Remark::Undated("soon".to_owned())));
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
fn a_record_that_is_not_as_it_says_is_left_out_and_told() {
    let record = |number: u64, length: usize, digests: &str, block: &str| {
        format!(
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: https://bao.example/{number}\r\n\
             WARC-Date: 2024-05-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000{number}>\r\n\
             Content-Type: text/plain\r\n{digests}Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let own = |field: &str, block: &str| {
        format!("{field}: {}\r\n", crate::warc::digest::sha1_digest(block.as_bytes()))
    };
    let block = "Mưa to ở Sơn Khê.";
    let whole = record(2, block.len(), "", block);
    let of_block = own("WARC-Block-Digest", block);
    let of_payload = own("WARC-Payload-Digest", block);
    let other = own("WARC-Payload-Digest", "khác");
    let check = |first: &str, kept: &[u64], says: Option<&str>| {
        let fixture = Fixture::new();
        fixture.write("x.warc", format!("{first}{whole}"));
        let report = fixture.import();
        let told = report.skipped_listed.first().map(|skipped| skipped.reason.as_str());
        assert!(
            told.is_some() == says.is_some() && told.unwrap_or_default().contains(says.unwrap_or_default()),
            "{first}: {report:?}"
        );
        let targets: Vec<String> =
            kept.iter().map(|number| format!("https://bao.example/{number}")).collect();
        assert_eq!(fixture.targets(), targets, "{first}");
        assert_eq!(fixture.archive().verify().collect::<Vec<_>>(), [], "{first}");
    };
    check(&record(1, block.len(), &of_block, block), &[1, 2], None);
    check(&record(1, block.len(), &of_payload, block), &[1, 2], None);
    // Programs do not agree on what a payload is; each byte is told by the digest of the block.
    check(&record(1, block.len(), &format!("{of_block}{other}"), block), &[1, 2], None);
    check(
        &record(1, block.len(), &of_block, &block.replace("to", "ta")),
        &[2],
        Some("WARC-Block-Digest does not fit"),
    );
    check(&record(1, block.len(), &other, block), &[2], Some("WARC-Payload-Digest does not fit"));
    check(&record(1, 5, &of_block, block), &[2], Some("Content-Length does not fit"));
    check(&record(1, 5, "", block), &[2], Some("Content-Length does not fit"));
    // Its length takes in the record behind it.
    check(&record(1, block.len() + 100, &of_block, block), &[2], Some("Content-Length does not fit"));
    let two = block.len() + whole.len();
    check(&record(1, two, &of_block, block), &[2], Some("WARC-Block-Digest does not fit"));
    let chunks = format!("{:x}\r\n{block}\r\n0\r\n\r\n", block.len());
    let answer = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
    let response = record(1, answer.len(), &of_payload, &answer)
        .replace("resource", "response")
        .replace("text/plain", "application/http;msgtype=response");
    check(&response, &[1, 2], None);
}

/// What becomes of an archive of three files and two records of a WARC file once it is damaged and all is imported again:
/// how many records were kept and how many mended.
fn imported_again(damage: impl FnOnce(&Path)) -> (u64, u64) {
    let other = Fixture::new();
    other.write("d.txt", "bốn năm sáu");
    other.write("e.txt", "bảy tám");
    other.import();
    let warc = std::fs::read(other.archive().captures_folder().join("yearline-00001.warc.gz")).unwrap();
    let fixture = Fixture::new();
    for (name, text) in [("one/a.txt", "một hai ba"), ("two/a.txt", "hai ba bốn"), ("two/b.txt", "Mưa")]
    {
        fixture.write(name, text);
    }
    fixture.write("x.warc.gz", warc);
    let import = |order: [&str; 3]| {
        let mut writer = fixture.archive().writer(WriterSettings::default()).unwrap();
        let paths: Vec<PathBuf> = order.map(|name| fixture.folder.path().join("in").join(name)).into();
        Importer::new("2026-01-01T00:00:00Z".parse().unwrap())
            .import(&mut writer, &paths, &mut |_| {})
            .unwrap()
    };
    // The second of two files of one name comes first the next time.
    let (first, next) = (["two", "one", "x.warc.gz"], ["one", "x.warc.gz", "two"]);
    assert_eq!(import(first).kept, 5);
    let targets = |fixture: &Fixture| {
        let captures = fixture.archive().captures(&crate::Position::default());
        captures.filter_map(|capture| Some(capture.ok()?.target)).collect::<std::collections::BTreeSet<_>>()
    };
    let before = targets(&fixture);
    damage(fixture.archive().folder());
    let report = import(next);
    assert_eq!((report.kept + report.already_there, report.skipped), (5, 0), "{report:?}");
    // No document is lost or doubled, nothing damaged is left, and all is known.
    assert_eq!(targets(&fixture), before);
    assert_eq!(fixture.archive().verify().collect::<Vec<_>>(), []);
    let again = import(next);
    assert_eq!((again.kept, again.mended, again.already_there), (0, 0, 5), "{again:?}");
    (report.kept, report.mended)
}

#[test]
fn what_is_damaged_in_the_archive_is_not_there() {
    let captures = |folder: &Path| folder.join("captures/yearline-00001.warc.gz");
    let places = |folder: &Path| -> Vec<u64> {
        let archive = Archive::open(folder).unwrap();
        archive
            .captures(&crate::Position::default())
            .map(|capture| capture.unwrap().position.offset)
            .collect()
    };
    // Each byte of the archive in turn would take long: one in the head and some in the content of each record.
    for number in 0..5 {
        for at in [1, 8, 40, 200] {
            let kept = imported_again(|folder| {
                let offset = places(folder)[number] as usize;
                let mut bytes = std::fs::read(captures(folder)).unwrap();
                bytes[offset + at] ^= 0x10;
                std::fs::write(captures(folder), bytes).unwrap();
            });
            let expected = match (at, number) {
                // How well it was compressed: nobody asks.
                (8, _) => (0, 0),
                // What is damaged at the end is cut off, as if a writer had been stopped over it.
                (_, 4) => (1, 0),
                _ => (1, 1),
            };
            assert_eq!(kept, expected, "record {number}, byte {at}");
        }
    }
    let cut = imported_again(|folder| {
        let file = File::options().write(true).open(captures(folder)).unwrap();
        file.set_len(places(folder)[3] + 9).unwrap();
    });
    assert_eq!(cut, (2, 0));
    assert_eq!(imported_again(|folder| std::fs::remove_file(captures(folder)).unwrap()), (5, 0));
}

#[test]
fn what_was_imported_is_known_though_the_files_about_it_are_damaged() {
    let check = |name: &str, damage: fn(&mut Vec<u8>), is_told: bool, kept: u64| {
        let again = imported_again(|folder| {
            let path = folder.join(name);
            let mut bytes = std::fs::read(&path).unwrap();
            damage(&mut bytes);
            std::fs::write(&path, bytes).unwrap();
            let problems = Archive::open(folder).unwrap().verify();
            let told: Vec<PathBuf> = problems.map(|problem| problem.path).collect();
            assert_eq!(told, [path; 1][..usize::from(is_told)], "{name}");
        });
        assert_eq!(again, (kept, 0), "{name}");
    };
    for name in ["imported.seen", "imported.places"] {
        check(name, |_| {}, false, 0);
        check(name, |bytes| bytes[2] ^= 1, true, 0);
        check(name, |bytes| bytes[8] ^= 1, true, 0);
        check(name, |bytes| bytes[20] ^= 1, true, 0);
        check(name, |bytes| bytes[20] = 0xff, true, 0);
        check(name, |bytes| *bytes.last_mut().unwrap() ^= 1, true, 0);
        check(name, |bytes| bytes.truncate(bytes.len() - 7), true, 0);
    }
    check("imported.places", Vec::clear, true, 0);
    // The captures do not say which of them came out of WARC files.
    check("imported.seen", Vec::clear, true, 2);
    // As programs of before wrote them.
    let bare = |bytes: &mut Vec<u8>| {
        let text = String::from_utf8(bytes.split_off(15)).unwrap();
        let lines = text.lines().filter(|line| !line.ends_with("apart"));
        let digests =
            lines.map(|line| if line.starts_with('{') { line } else { &line[..line.len().min(33)] });
        *bytes = digests.map(|line| format!("{}\n", line.trim_end())).collect::<String>().into();
    };
    check("imported.places", bare, false, 0);
    check("imported.seen", bare, false, 0);
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

#[test]
fn what_a_table_has_too_much_of_is_told() {
    let check = |content: &str, kept: u64, expected: &[(u64, Remark)]| {
        let fixture = Fixture::new();
        fixture.write("a.csv", content);
        let report = fixture.import();
        let found: Vec<(u64, Remark)> =
            report.remarks_listed.iter().map(|one| (one.line, one.what.clone())).collect();
        assert_eq!((report.kept, report.skipped, found.as_slice()), (kept, 0, expected), "{content}");
        assert_eq!(report.remarks, expected.len() as u64);
    };
    check("title,text\na,b,\n", 1, &[]);
    check("title,text\na,b,c,d\ne,f\n", 2, &[(2, Remark::MoreFields(2))]);
    check("title,title,text\na,b,c\n", 1, &[(1, Remark::SameColumn("title".to_owned()))]);
    check("title,text\na,\"b \"c\" d\"\n", 1, &[(2, Remark::Quotes)]);
}
