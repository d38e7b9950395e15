use std::io::{Cursor, Read as _};

use flate2::bufread::MultiGzDecoder;

use super::*;
use crate::{Archive, NewCapture, NewContent, RevisitProfile, WriterSettings};

fn bytes_of(pieces: Vec<Piece>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Bytes(some) => bytes.extend(some),
            Piece::Zeros(count) => bytes.resize(bytes.len() + count as usize, 0),
        }
    }
    bytes
}

#[test]
fn a_record_that_says_nothing_has_any_length() {
    let check = |length: u64| {
        let bytes =
            bytes_of(nothing(length, "urn:uuid:00000000-0000-4000-8000-000000000000", Timestamp::UNIX_EPOCH));
        assert_eq!(bytes.len() as u64, length);
        let mut whole = Vec::new();
        MultiGzDecoder::new(bytes.as_slice())
            .read_to_end(&mut whole)
            .unwrap_or_else(|error| panic!("{length}: {error}"));
        let records: Vec<Record> =
            Records::new(Cursor::new(bytes), 0, Limits::default()).unwrap().map(Result::unwrap).collect();
        assert_eq!(records.len(), 1, "{length}");
        assert_eq!((records[0].kind().as_str(), records[0].end), (REMOVED, length), "{length}");
        assert!(records[0].target().is_none());
    };
    (90..700).for_each(check);
    for near in [1, 2, 3, 40].map(|blocks| blocks * (BLOCK + BEFORE_BLOCK) + AROUND) {
        (near - 12..near + 12).for_each(check);
    }
    // None is so short; it would be passed over all the same.
    assert_eq!(bytes_of(nothing(30, "urn:x", Timestamp::UNIX_EPOCH)), [0; 30]);
}

fn response(target: &str, status: &str, body: &str) -> NewCapture {
    NewCapture {
        target: target.to_owned(),
        at: "2026-01-01T00:00:00Z".parse().unwrap(),
        source: Some("Báo".to_owned()),
        province: None,
        linked: None,
        ip: None,
        content: NewContent::Response {
            message: format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n{body}").into_bytes(),
            request: Some(format!("GET {target} HTTP/1.1\r\n\r\n").into_bytes()),
        },
    }
}

fn revisit(target: &str, of: &str) -> NewCapture {
    NewCapture {
        content: NewContent::Revisit {
            profile: RevisitProfile::ServerNotModified,
            head: b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec(),
            request: None,
            payload_digest: None,
            refers_to: Some(of.to_owned()),
            refers_to_target: None,
            refers_to_date: None,
        },
        ..response(target, "", "")
    }
}

/// All that the files of an archive say, unpacked.
fn said(archive: &Archive) -> String {
    let folder = archive.captures_folder();
    let mut said = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let packed = fs::read(entry.unwrap().path()).unwrap();
        let mut bytes = Vec::new();
        MultiGzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
        said.push_str(&String::from_utf8_lossy(&bytes));
    }
    said
}

#[test]
fn what_is_taken_out_is_nowhere_and_the_rest_stays_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path()).unwrap();
    // Small files, so that what belongs together stands in several.
    let settings = WriterSettings { segment_bytes: 1_500, ..WriterSettings::default() };
    let mut writer = archive.writer(settings.clone()).unwrap();
    let mut kept = Vec::new();
    let page = |number: u32| format!("https://bao.example/tin-{number}");
    let mut first = String::new();
    for number in 0..12 {
        let body = format!("<p>Mưa ở bản {number}.</p>").repeat(number as usize * 40 + 1);
        let body = if number == 5 { format!("{body}Cầu treo sụp.") } else { body };
        let written = writer.append(&response(&page(number), "200 OK", &body)).unwrap();
        if number == 5 {
            first = written.record_id;
        } else {
            kept.push((written.position, page(number)));
        }
    }
    writer.append(&revisit(&page(5), &first)).unwrap();
    writer.append(&revisit("https://bao.example/in/5", &first)).unwrap();
    let to = format!("301 Moved\r\nLocation: {}", page(5));
    writer.append(&response("https://bao.example/cu-5", &to, "")).unwrap();
    writer.append(&response(&page(5).replace("https", "HTTPS"), "200 OK", "Cầu treo sụp, lần hai.")).unwrap();
    let to = format!("301 Moved\r\nLocation: {}", page(6));
    let written = writer.append(&response("https://bao.example/cu-6", &to, "")).unwrap();
    kept.push((written.position, "https://bao.example/cu-6".to_owned()));
    writer.sync().unwrap();
    let lengths = || -> Vec<u64> {
        let files = fs::read_dir(archive.captures_folder()).unwrap();
        let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| file.metadata().unwrap().len()).collect()
    };
    let before = lengths();
    assert!(said(&archive).contains("Cầu treo sụp") && said(&archive).contains("tin-5"));

    fs::write(archive.captures_folder().join("yearline-00002.warc.gz.new"), "half of a file").unwrap();
    let forgotten = HashSet::from([DocumentId::of_target(&page(5))]);
    let removed = writer.take_out(&forgotten).unwrap();
    // Two answers with their requests, the answer that leads there with its request, two revisits.
    assert_eq!((removed.records, removed.unreadable), (8, 0));
    assert!(!said(&archive).contains("Cầu treo sụp") && !said(&archive).contains("tin-5"));
    assert_eq!(lengths(), before);
    let left: Vec<(Position, String)> = archive
        .captures(&Position::default())
        .map(|capture| capture.map(|capture| (capture.position, capture.target)).unwrap())
        .collect();
    assert_eq!(left, kept);
    assert_eq!(archive.verify().count(), 0);
    // Each place that a watermark may have is one to go on from.
    for (place, _) in &kept {
        assert!(archive.captures(place).all(|capture| capture.is_ok()));
    }
    assert_eq!(writer.take_out(&forgotten).unwrap(), Removed::default());

    // The writer goes on, and the next one too.
    writer.append(&response(&page(20), "200 OK", "Nắng.")).unwrap();
    drop(writer);
    let mut writer = archive.writer(settings).unwrap();
    writer.append(&response(&page(21), "200 OK", "Gió.")).unwrap();
    writer.sync().unwrap();
    assert_eq!(archive.captures(&Position::default()).flatten().count(), kept.len() + 2);
    assert_eq!(archive.verify().count(), 0);
}
