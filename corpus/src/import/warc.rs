//! Records of other people's WARC files.

use std::fs::File;
use std::io::BufReader;

use super::{Run, seen};
use crate::Error;
use crate::archive::wrong_digest;
use crate::warc::{Fault, Limits, Record, Records};

impl Run<'_> {
    pub(super) fn warc(&mut self, reader: BufReader<File>) -> Result<(), Error> {
        let mut records = match Records::new(reader, 0, Limits::default()) {
            Ok(records) => records,
            Err(error) => {
                self.skip(None, &format!("it cannot be read: {error}"));
                return Ok(());
            }
        };
        let mut any = false;
        for number in 1.. {
            let Some(record) = records.next() else { break };
            match record {
                Ok(record) => {
                    any = true;
                    let Some(reason) = wrong_digest(&record) else {
                        self.take_over(&record)?;
                        continue;
                    };
                    self.skip(Some(number), &reason);
                    if let Err(error) = records.go_back_into(&record) {
                        self.skip(Some(number), &format!("it cannot be read: {error}"));
                        break;
                    }
                }
                Err(error) => {
                    any = true;
                    let cut = matches!(error.fault, Fault::Torn);
                    let reason = if cut {
                        "the file ends in the middle of this record; what stands before it was imported"
                            .to_owned()
                    } else {
                        error.to_string()
                    };
                    self.skip(Some(number), &reason);
                }
            }
        }
        if !any {
            self.skip(None, "there is no WARC record in it");
        }
        Ok(())
    }

    /// A record of another program, kept as it is.
    fn take_over(&mut self, record: &Record) -> Result<(), Error> {
        if record.target().is_some_and(|target| self.forgotten.holds(&target)) {
            self.report.forgotten += u64::from(record.kind() != "request");
            return Ok(());
        }
        let kind = record.kind();
        if !matches!(kind.as_str(), "response" | "resource" | "conversion" | "request" | "revisit") {
            return Ok(());
        }
        let key = seen::key_of_record(record);
        if self.seen.has(self.writer.archive(), &key)? {
            self.report.already_there += u64::from(kind != "request");
            return Ok(());
        }
        let own = |name: &str| !name.eq_ignore_ascii_case("Content-Length");
        let mut fields: Vec<(&str, &str)> = record
            .fields
            .0
            .iter()
            .filter(|(name, _)| own(name))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let has = |name: &str| record.fields.get(name).is_some();
        if let Some(source) = self.importer.source.as_deref().filter(|_| !has("Yearline-Source")) {
            fields.push(("Yearline-Source", source));
        }
        if let Some(province) = self.importer.province.as_deref().filter(|_| !has("Yearline-Province")) {
            fields.push(("Yearline-Province", province));
        }
        let (begin, end) = self.writer.append_raw(&fields, &record.block)?;
        self.seen.note(key, begin.offset, &end);
        self.report.kept += u64::from(kind != "request");
        Ok(())
    }
}
