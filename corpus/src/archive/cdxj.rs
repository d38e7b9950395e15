//! An index beside each capture file, as replay tools read it (CDXJ: one sorted line a capture).
//!
//! It is derived, and made by command. It has the time of the file that it was made from: one whose file has been written
//! to since is made again, and one that was not finished is not there.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{Archive, replace_file, segment};
use crate::Error;
use crate::warc::digest::sha1_digest;
use crate::warc::http::Message;
use crate::warc::surt::surt;
use crate::warc::{Limits, Record, Records};

/// What was done about the indexes of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// Files whose index was made.
    pub made: u64,
    /// Files whose index was as it should be.
    pub sound: u64,
    /// Captures in those that were made.
    pub captures: u64,
    /// Records of theirs that cannot be read.
    pub unreadable: u64,
}

impl Archive {
    /// Brings the CDXJ index beside each capture file up to date. One process may write captures meanwhile; what it adds is
    /// for the next time.
    pub fn index_files(&self) -> Result<Indexed, Error> {
        let folder = self.captures_folder();
        let mut indexed = Indexed::default();
        for name in segment::list(&folder)? {
            let (file, index) = (folder.join(&name), path(&folder, &name));
            let written = modified(&file)?;
            if modified(&index).is_ok_and(|made| made == written) {
                indexed.sound += 1;
                continue;
            }
            let (mut lines, unreadable) = lines(&file, &name)?;
            lines.sort_unstable();
            indexed.made += 1;
            indexed.captures += lines.len() as u64;
            indexed.unreadable += unreadable;
            replace_file(&index, lines.concat().as_bytes())?;
            let stamped =
                File::options().write(true).open(&index).and_then(|index| index.set_modified(written));
            stamped.map_err(Error::io(&index))?;
        }
        Ok(indexed)
    }
}

/// Where the index of a capture file is.
pub(super) fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(name).with_extension("").with_extension("cdxj")
}

fn modified(path: &Path) -> Result<std::time::SystemTime, Error> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).map_err(Error::io(path))
}

/// The lines of a file, and how many of its records cannot be read.
fn lines(path: &Path, name: &str) -> Result<(Vec<String>, u64), Error> {
    let file = BufReader::with_capacity(128 * 1024, File::open(path).map_err(Error::io(path))?);
    let mut lines = Vec::new();
    let mut unreadable = 0;
    for record in Records::new(file, 0, Limits::default()).map_err(Error::io(path))? {
        match record {
            Ok(record) => lines.extend(line(&record, name)),
            Err(_) => unreadable += 1,
        }
    }
    Ok((lines, unreadable))
}

/// The line of a capture; other records have none.
fn line(record: &Record, name: &str) -> Option<String> {
    let kind = record.kind();
    let media = |value: &str| value.split([';', ' ', '\t']).next().unwrap_or_default().to_owned();
    let message = Message::parse(&record.block).filter(|_| record.is_http());
    let mime = match kind.as_str() {
        "response" => message.as_ref()?.values("Content-Type").next().map(media),
        "revisit" => Some("warc/revisit".to_owned()),
        "resource" => record.fields.get("Content-Type").map(media),
        _ => return None,
    };
    let target = record.target()?;
    let at: Timestamp = record.fields.get("WARC-Date")?.parse().ok()?;
    let digest =
        record.fields.get("WARC-Payload-Digest").map_or_else(|| sha1_digest(record.payload()), str::to_owned);
    let mut fields = vec![("url", target.clone())];
    fields.extend(mime.filter(|mime| !mime.is_empty()).map(|mime| ("mime", mime)));
    fields.extend(message.map(|message| ("status", message.status.to_string())));
    fields.push(("digest", digest));
    fields.push(("length", (record.end - record.offset).to_string()));
    fields.push(("offset", record.offset.to_string()));
    fields.push(("filename", name.to_owned()));
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\": {}", serde_json::Value::from(value.as_str())))
        .collect();
    let at = at.strftime("%Y%m%d%H%M%S");
    Some(format!("{} {at} {{{}}}\n", surt(&target), fields.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NewCapture, NewContent, WriterSettings};

    fn response(target: &str, at: &str) -> NewCapture {
        NewCapture {
            target: target.to_owned(),
            at: at.parse().unwrap(),
            source: None,
            province: None,
            linked: None,
            ip: None,
            content: NewContent::Response {
                message: b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\nmua".to_vec(),
                request: Some(b"GET / HTTP/1.1\r\n\r\n".to_vec()),
            },
        }
    }

    #[test]
    fn each_file_has_its_index_and_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path()).unwrap();
        let mut writer =
            archive.writer(WriterSettings { segment_bytes: 2_500, ..WriterSettings::default() }).unwrap();
        let mut kept = Vec::new();
        for (number, target) in
            ["https://bao.example/b", "https://bao.example/a", "https://www.bao.example/a"]
                .into_iter()
                .enumerate()
        {
            let capture = response(target, &format!("2026-01-0{}T00:00:00Z", 3 - number));
            kept.push(writer.append(&capture).unwrap());
        }
        writer.sync().unwrap();
        let made = archive.index_files().unwrap();
        assert_eq!((made.made, made.captures, made.unreadable), (1, 3, 0));
        let index = archive.captures_folder().join("yearline-00001.cdxj");
        let read = || fs::read_to_string(&index).unwrap();
        let text = read();
        let keys: Vec<&str> = text.lines().map(|line| line.split(" {").next().unwrap()).collect();
        assert_eq!(
            keys,
            [
                "example,bao)/a 20260101000000",
                "example,bao)/a 20260102000000",
                "example,bao)/b 20260103000000"
            ]
        );
        let (position, next) = (&kept[1].position, &kept[1].next);
        let expected = format!(
            "{{\"url\": \"https://bao.example/a\", \"mime\": \"text/html\", \"status\": \"200\", \"digest\": \"{}\", \"length\": \"{}\", \"offset\": \"{}\", \"filename\": \"yearline-00001.warc.gz\"}}",
            kept[1].payload_digest,
            next.offset - position.offset,
            position.offset
        );
        assert!(text.contains(&expected), "{expected}\n{text}");

        let again = archive.index_files().unwrap();
        assert_eq!((again.made, again.sound), (0, 1));
        // What is half written, by a process that was killed, is no index.
        fs::write(index.with_extension("cdxj.new"), "half").unwrap();
        for number in 0..6 {
            writer
                .append(&response(&format!("https://bao.example/{number}"), "2026-02-01T00:00:00Z"))
                .unwrap();
        }
        writer.sync().unwrap();
        let made = archive.index_files().unwrap();
        assert!(made.made >= 2, "the file that grew, and those behind it: {made:?}");
        let all: usize = fs::read_dir(archive.captures_folder())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "cdxj"))
            .map(|path| fs::read_to_string(path).unwrap().lines().count())
            .sum();
        assert_eq!(all, 9);
    }
}
