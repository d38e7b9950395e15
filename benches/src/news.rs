//! The news that are indexed.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use corpus::{CaptureWriter, JsonRecord, NewCapture, NewContent};
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;

/// Reads records, at most so many.
pub(crate) fn read(path: &Path, most: usize) -> anyhow::Result<Vec<JsonRecord>> {
    let lines = BufReader::new(MultiGzDecoder::new(File::open(path)?)).lines();
    let mut records = Vec::new();
    for line in lines.take(most) {
        records.push(JsonRecord::parse(line?.as_bytes())?);
    }
    Ok(records)
}

/// Keeps records as captures.
pub(crate) fn keep(records: &[JsonRecord], writer: &mut CaptureWriter) -> anyhow::Result<()> {
    for (number, record) in records.iter().enumerate() {
        let content = NewContent::Resource {
            content_type: "application/json".to_owned(),
            body: serde_json::to_vec(record)?,
        };
        let at = Timestamp::from_second(1_700_000_000 + number as i64)?;
        let target = record.url.clone().unwrap_or_else(|| format!("https://news.example/{number}"));
        writer.append(&NewCapture {
            target,
            at,
            source: None,
            province: None,
            linked: None,
            ip: None,
            content,
        })?;
    }
    writer.sync()?;
    Ok(())
}
