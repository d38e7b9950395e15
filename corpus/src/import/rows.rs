//! The rows of a CSV file one by one, whatever the length of one.

use std::io::{BufRead, ErrorKind};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Most fields of a row.
const MOST_FIELDS: usize = 1 << 16;

/// A row, and whether all its quotation marks stand as they should.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) fields: Vec<String>,
    /// A quotation mark inside of a quoted field is not doubled.
    pub(super) is_misquoted: bool,
}

/// The rows that `reader` gives, its head among them; one that is longer than `longest` bytes is passed over, and an error says
/// so, as of lines that a quotation mark which is never closed makes one row.
pub(super) fn read<R: BufRead>(mut reader: R, longest: usize) -> impl Iterator<Item = Result<Row, String>> {
    let delimiter = reader.fill_buf().map_or(b',', delimiter);
    Rows::new(reader, delimiter, longest)
}

struct Rows<R> {
    reader: R,
    parser: Reader,
    longest: usize,
    /// The fields of a row, one behind the other, and where each ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    quotes: Quotes,
    ended: bool,
}

/// Where a row stands among its quotation marks: the parser takes every row, also one that they are wrong in.
struct Quotes {
    delimiter: u8,
    at: At,
    /// A mark ends a quoted field, and something else than its end follows.
    is_wrong: bool,
    /// Ends of lines inside of quoted fields.
    lines: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Begin,
    Plain,
    Quoted,
    /// Behind a mark in a quoted field: it ends the field, or is the first of two.
    Mark,
}

impl Quotes {
    fn new(delimiter: u8) -> Self {
        Self { delimiter, at: At::Begin, is_wrong: false, lines: 0 }
    }

    fn go_on(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let ends = *byte == self.delimiter || matches!(byte, b'\r' | b'\n');
            self.at = match (self.at, byte) {
                (At::Begin, b'"') | (At::Mark, b'"') => At::Quoted,
                (At::Quoted, b'"') => At::Mark,
                (At::Quoted, _) => {
                    self.lines += usize::from(*byte == b'\n');
                    At::Quoted
                }
                (_, _) if ends => At::Begin,
                (At::Mark, _) => {
                    self.is_wrong = true;
                    At::Plain
                }
                _ => At::Plain,
            };
        }
    }

    /// What is wrong with the row that ends here, where it cannot be told what stands in it.
    fn fault(&self, is_end: bool) -> Option<String> {
        let lines = self.lines + 1;
        if is_end && self.at == At::Quoted {
            Some("a quotation mark is never closed, so that all lines from here to the end of the file are one row".to_owned())
        } else if self.is_wrong && self.lines > 0 {
            Some(format!(
                "its quotation marks do not fit, so that {lines} lines run together: close each, and double those inside of a field"
            ))
        } else {
            None
        }
    }
}

impl<R: BufRead> Rows<R> {
    fn new(reader: R, delimiter: u8, longest: usize) -> Self {
        Self {
            reader,
            parser: ReaderBuilder::new().delimiter(delimiter).build(),
            longest,
            bytes: vec![0; 4096],
            ends: vec![0; 64],
            quotes: Quotes::new(delimiter),
            ended: false,
        }
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Row, String>;

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
            let is_end = input.is_empty();
            self.quotes.go_on(&input[..read]);
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
                    let next = Quotes::new(self.quotes.delimiter);
                    let quotes = std::mem::replace(&mut self.quotes, next);
                    return Some(match too_much.or_else(|| quotes.fault(is_end)) {
                        Some(reason) => Err(reason),
                        None => {
                            self.fields(fields).map(|fields| Row { fields, is_misquoted: quotes.is_wrong })
                        }
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
                let rows: Vec<_> = read(BufReader::with_capacity(portion, content.as_bytes()), LONGEST)
                    .map(|row| row.map(|row| row.fields))
                    .collect();
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
    fn quotation_marks_that_do_not_fit_are_told() {
        // How many rows are given, which of them is misquoted, and what is said of one that cannot be told.
        let check = |content: &str, given: usize, misquoted: Option<usize>, told: &[&str]| {
            for portion in [3, 1 << 16] {
                let rows = read(BufReader::with_capacity(portion, content.as_bytes()), 5000);
                let (rows, faults): (Vec<_>, Vec<_>) = rows.partition(Result::is_ok);
                let rows: Vec<Row> = rows.into_iter().map(Result::unwrap).collect();
                assert_eq!(rows.len(), given, "{content}: {rows:?}");
                assert_eq!(rows.iter().position(|row| row.is_misquoted), misquoted, "{content}");
                let faults: Vec<String> = faults.into_iter().map(Result::unwrap_err).collect();
                assert_eq!(faults.len(), told.len(), "{content}: {faults:?}");
                assert!(faults.iter().zip(told).all(|(fault, told)| fault.contains(told)), "{faults:?}");
            }
        };
        check("a,b\n1,\"x \"\"y\"\"\nz\"\n2,b \"c\" d\n", 3, None, &[]);
        check("a,b\n1,\"x \"y\" z\"\n2,c\n", 3, Some(1), &[]);
        check("a,b\n1,\"x\nmore,\"y\",z\n2,c\n", 2, None, &["2 lines run together"]);
        check("a,b\n1,x\n2,\"c\nd\n", 2, None, &["never closed"]);
        check("a,b\r\n1,\"x\"\r\n2,\"\"\r\n", 3, None, &[]);
    }

    #[test]
    fn a_row_of_any_length_takes_bounded_memory() {
        let endless = std::io::repeat(b'x').take(64 << 20);
        let mut rows = Rows::new(BufReader::new(endless), b',', 1 << 20);
        assert!(rows.next().unwrap().unwrap_err().contains("longer than 1 MiB"));
        assert!(rows.bytes.capacity() <= 2 << 20);
    }
}
