//! The rows of a CSV file one by one, whatever the length of one.

use std::io::{BufRead, ErrorKind};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Most fields of a row.
const MOST_FIELDS: usize = 1 << 16;

/// The rows that `reader` gives, its head among them; one that is longer than `longest` bytes is passed over, and an error says
/// so.
pub(super) fn read<R: BufRead>(
    mut reader: R,
    longest: usize,
) -> impl Iterator<Item = Result<Vec<String>, String>> {
    let delimiter = reader.fill_buf().map_or(b',', delimiter);
    let parser = ReaderBuilder::new().delimiter(delimiter).build();
    Rows { reader, parser, longest, bytes: vec![0; 4096], ends: vec![0; 64], ended: false }
}

struct Rows<R> {
    reader: R,
    parser: Reader,
    longest: usize,
    /// The fields of a row, one behind the other, and where each ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    ended: bool,
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Vec<String>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut length, mut fields, mut too_much) = (0, 0, None);
        while !self.ended {
            let input = match self.reader.fill_buf() {
                Ok(input) => input,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(format!("it cannot be read: {error}")));
                }
            };
            let (result, read, written, ended) =
                self.parser.read_record(input, &mut self.bytes[length..], &mut self.ends[fields..]);
            self.reader.consume(read);
            length += written;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if length < self.longest => {
                    self.bytes.resize((2 * length).min(self.longest), 0);
                }
                ReadRecordResult::OutputFull => {
                    let most = self.longest >> 20;
                    too_much = Some(format!("the row is longer than {most} MiB (max_line_bytes)"));
                    length = 0;
                }
                ReadRecordResult::OutputEndsFull if fields < MOST_FIELDS => self.ends.resize(2 * fields, 0),
                ReadRecordResult::OutputEndsFull => {
                    too_much = Some(format!("the row has more than {MOST_FIELDS} fields"));
                    fields = 0;
                }
                ReadRecordResult::Record => {
                    return Some(match too_much {
                        Some(reason) => Err(reason),
                        None => self.fields(fields),
                    });
                }
                ReadRecordResult::End => self.ended = true,
            }
        }
        None
    }
}

impl<R> Rows<R> {
    fn fields(&self, count: usize) -> Result<Vec<String>, String> {
        let mut begin = 0;
        let mut fields = Vec::with_capacity(count);
        for (number, end) in (1..).zip(&self.ends[..count]) {
            let field = str::from_utf8(&self.bytes[begin..*end])
                .map_err(|_| format!("its field {number} is not in UTF-8"))?;
            fields.push(field.to_owned());
            begin = *end;
        }
        Ok(fields)
    }
}

/// What parts the fields of a file of rows, by its first line: the one of comma, semicolon and tab that stands there most often
/// outside of quotes.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in line {
        quoted ^= *byte == b'"';
        let count = counts.iter_mut().find(|(delimiter, _)| delimiter == byte && !quoted);
        if let Some((_, count)) = count {
            *count += 1;
        }
    }
    // Of those that are as frequent the first.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read as _};

    use super::*;

    #[test]
    fn rows_are_read_one_by_one() {
        const LONGEST: usize = 5000;
        let check = |content: &str, expected: &[Result<&[&str], &str>]| {
            // In portions of few bytes, too.
            for portion in [3, 1 << 16] {
                let rows: Vec<_> =
                    read(BufReader::with_capacity(portion, content.as_bytes()), LONGEST).collect();
                let expected: Vec<Result<Vec<String>, String>> = expected
                    .iter()
                    .map(|row| match row {
                        Ok(fields) => Ok(fields.iter().map(|field| (*field).to_owned()).collect()),
                        Err(reason) => Err((*reason).to_owned()),
                    })
                    .collect();
                assert_eq!(rows, expected, "{:.40}", content);
            }
        };
        check("", &[]);
        check("a,b\n\n1,\"x,\ny \"\"z\"\"\"\r\n2", &[Ok(&["a", "b"]), Ok(&["1", "x,\ny \"z\""]), Ok(&["2"])]);
        let (long, fits) = ("x".repeat(LONGEST + 1), "x".repeat(LONGEST - 100));
        let told = Err("the row is longer than 0 MiB (max_line_bytes)");
        check(
            &format!("a,b\n1,{fits}\n2,{long}{long}{long}\n3,y\n"),
            &[Ok(&["a", "b"]), Ok(&["1", &fits]), told, Ok(&["3", "y"])],
        );
        let many = ",".repeat(MOST_FIELDS + 1);
        check(
            &format!("a,b\n{many}\n3,y\n"),
            &[Ok(&["a", "b"]), Err("the row has more than 65536 fields"), Ok(&["3", "y"])],
        );
    }

    #[test]
    fn a_row_of_any_length_takes_bounded_memory() {
        let endless = std::io::repeat(b'x').take(64 << 20);
        let mut rows = Rows {
            reader: BufReader::new(endless),
            parser: Reader::new(),
            longest: 1 << 20,
            bytes: vec![0; 4096],
            ends: vec![0; 64],
            ended: false,
        };
        assert!(rows.next().unwrap().unwrap_err().contains("longer than 1 MiB"));
        assert!(rows.bytes.capacity() <= 2 << 20);
    }
}
