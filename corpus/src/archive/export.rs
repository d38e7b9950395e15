//! Captures for other tools: one WARC file with those of a source and a time.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::Path;

use jiff::Timestamp;

use super::read::SegmentRecords;
use super::writer::borrowed;
use super::{Archive, Position};
use crate::Error;
use crate::warc::Record;
use crate::warc::write::{Encoder, RecordIds, written_date};

/// Which captures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Those that were collected for a source of this name; letter case does not matter.
    pub source: Option<String>,
    /// Those that were made at this time or later.
    pub from: Option<Timestamp>,
    /// Those that were made before this time.
    pub before: Option<Timestamp>,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Captures; their requests are with them.
    pub captures: u64,
    /// Revisits among them whose page is not.
    pub without_page: u64,
    /// Records of the archive that cannot be read, so that nobody knows whether they belong in.
    pub unreadable: u64,
}

impl Selection {
    fn takes(&self, record: &Record) -> bool {
        let is_capture = matches!(record.kind().as_str(), "response" | "resource" | "conversion" | "revisit");
        let of_source = self.source.as_ref().is_none_or(|name| {
            record.fields.get("Yearline-Source").is_some_and(|own| own.to_lowercase() == name.to_lowercase())
        });
        let at: Option<Timestamp> = record.fields.get("WARC-Date").and_then(|date| date.parse().ok());
        let in_time = |at: Timestamp| {
            self.from.is_none_or(|from| at >= from) && self.before.is_none_or(|before| at < before)
        };
        is_capture && of_source && at.map_or(self.from.is_none() && self.before.is_none(), in_time)
    }
}

impl Archive {
    /// Writes the captures of a selection, with their requests, to `out`, the name of which is `name`: one WARC 1.1 file, a
    /// gzip member a record, each record byte for byte as it is kept.
    pub fn export(&self, selection: &Selection, name: &str, out: &mut impl Write) -> Result<Exported, Error> {
        let folder = self.captures_folder();
        let mut exported = Exported::default();
        let mut chosen: HashSet<String> = HashSet::new();
        let mut revisits: Vec<String> = Vec::new();
        for record in SegmentRecords::new(folder.clone(), &Position::default()).headers_only() {
            match record {
                Ok((_, record)) if selection.takes(&record) => {
                    chosen.extend(record.fields.uri("WARC-Record-ID").map(str::to_owned));
                    if record.kind() == "revisit" {
                        revisits.push(record.fields.uri("WARC-Refers-To").unwrap_or_default().to_owned());
                    }
                    exported.captures += 1;
                }
                Ok(_) => {}
                Err(Error::Record { .. }) => exported.unreadable += 1,
                Err(error) => return Err(error),
            }
        }
        exported.without_page = revisits.iter().filter(|page| !chosen.contains(*page)).count() as u64;
        let to = |source| Error::Io { path: Path::new(name).to_owned(), source };
        out.write_all(&information(selection, name)).map_err(to)?;
        let mut open: Option<(String, File)> = None;
        for record in SegmentRecords::new(folder.clone(), &Position::default()).headers_only() {
            let (file, record) = match record {
                Ok(found) => found,
                Err(Error::Record { .. }) => continue,
                Err(error) => return Err(error),
            };
            let is_chosen = |field: &str| record.fields.uri(field).is_some_and(|id| chosen.contains(id));
            let is_request = record.kind() == "request" && is_chosen("WARC-Concurrent-To");
            if !(is_request || is_chosen("WARC-Record-ID")) {
                continue;
            }
            let path = folder.join(&file);
            if open.as_ref().is_none_or(|(name, _)| *name != file) {
                open = Some((file, File::open(&path).map_err(Error::io(&path))?));
            }
            let (_, file) = open.as_mut().expect("just opened");
            copy(file, record.offset, record.end - record.offset, &path, out, to)?;
        }
        out.flush().map_err(to)?;
        Ok(exported)
    }
}

/// Copies a record as it is packed.
fn copy(
    file: &mut File,
    from: u64,
    length: u64,
    path: &Path,
    out: &mut impl Write,
    to: impl Fn(io::Error) -> Error,
) -> Result<(), Error> {
    use io::Read as _;
    file.seek(SeekFrom::Start(from)).map_err(Error::io(path))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes).map_err(Error::io(path))?;
    out.write_all(&bytes).map_err(to)
}

/// The record that says what the file holds.
fn information(selection: &Selection, name: &str) -> Vec<u8> {
    let source = selection.source.as_ref().map(|source| format!(" of {source}")).unwrap_or_default();
    let from = selection.from.map(|from| format!(" from {from}")).unwrap_or_default();
    let before = selection.before.map(|before| format!(" before {before}")).unwrap_or_default();
    // A line break would begin a field of its own.
    let what: String = format!("captures{source}{from}{before}").replace(char::is_control, " ");
    let block = format!(
        "software: {}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\ndescription: {what}\r\n",
        concat!("Yearline/", env!("CARGO_PKG_VERSION"))
    );
    let fields = [
        ("WARC-Type", "warcinfo".to_owned()),
        ("WARC-Record-ID", format!("<{}>", RecordIds::new().next())),
        ("WARC-Date", written_date(Timestamp::now())),
        ("WARC-Filename", name.to_owned()),
        ("Content-Type", "application/warc-fields".to_owned()),
    ];
    let mut bytes = Vec::new();
    Encoder::new().record(&borrowed(&fields), block.as_bytes(), &mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::warc::{Limits, Records};
    use crate::{NewCapture, NewContent, WriterSettings};

    #[test]
    fn a_selection_is_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path()).unwrap();
        let settings = WriterSettings { segment_bytes: 2_000, ..WriterSettings::default() };
        let mut writer = archive.writer(settings).unwrap();
        for day in 1..=9 {
            for source in ["Báo", "Đài"] {
                writer
                    .append(&NewCapture {
                        target: format!("https://bao.example/{source}/{day}"),
                        at: format!("2026-01-0{day}T12:00:00Z").parse().unwrap(),
                        source: Some(source.to_owned()),
                        province: None,
                        linked: None,
                        ip: None,
                        content: NewContent::Response {
                            message: b"HTTP/1.1 200 OK\r\n\r\nmua".to_vec(),
                            request: Some(b"GET / HTTP/1.1\r\n\r\n".to_vec()),
                        },
                    })
                    .unwrap();
            }
        }
        writer.sync().unwrap();
        let check = |source: Option<&str>, from: Option<&str>, before: Option<&str>, expected: usize| {
            let time = |day: &str| format!("{day}T00:00:00Z").parse().unwrap();
            let selection = Selection {
                source: source.map(str::to_owned),
                from: from.map(time),
                before: before.map(time),
            };
            let mut bytes = Vec::new();
            let exported = archive.export(&selection, "x.warc.gz", &mut bytes).unwrap();
            assert_eq!(
                exported,
                Exported { captures: expected as u64, ..Exported::default() },
                "{selection:?}"
            );
            let records: Vec<Record> =
                Records::new(Cursor::new(bytes), 0, Limits::default()).unwrap().map(Result::unwrap).collect();
            let of = |kind: &str| records.iter().filter(|record| record.kind() == kind).count();
            assert_eq!(
                (of("warcinfo"), of("response"), of("request")),
                (1, expected, expected),
                "{selection:?}"
            );
            let right = |record: &Record| {
                source.is_none_or(|source| {
                    record.target().unwrap().to_lowercase().contains(&source.to_lowercase())
                })
            };
            assert!(records[1..].iter().all(right), "{selection:?}");
        };
        check(None, None, None, 18);
        check(Some("báo"), None, None, 9);
        check(Some("Đài"), Some("2026-01-03"), Some("2026-01-06"), 3);
        check(None, Some("2026-01-09"), None, 2);
        check(Some("Không"), None, None, 0);
    }
}
