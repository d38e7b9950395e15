//! The elements of a JSON array one by one, whatever its length; values that stand one after the other are read the same.

use std::io::{BufRead, ErrorKind};

/// The elements that `reader` gives, each as its bytes; one that is longer than `longest` bytes is passed over, and an
/// error says so. What follows a fault that hides where elements end is not read.
pub(super) fn read<R: BufRead>(reader: R, longest: usize) -> impl Iterator<Item = Result<Vec<u8>, String>> {
    Elements { reader, longest, ended: false }
}

struct Elements<R> {
    reader: R,
    longest: usize,
    ended: bool,
}

/// Where in an element a byte stands.
#[derive(Default)]
struct State {
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// The element is a number, a word or a text, and no object.
    bare: bool,
}

impl State {
    /// Goes on by a byte; whether the element ends with it.
    fn ends_with(&mut self, byte: u8) -> bool {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0 && !self.bare;
            }
            _ => {}
        }
        false
    }
}

impl<R: BufRead> Iterator for Elements<R> {
    type Item = Result<Vec<u8>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut element = Vec::new();
        let mut state: Option<State> = None;
        let mut length = 0;
        while !self.ended {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(format!("it cannot be read: {error}")));
                }
            };
            if buffer.is_empty() {
                self.ended = true;
                break;
            }
            let mut used = 0;
            let mut is_whole = false;
            for byte in buffer {
                // What is no object ends before what parts it from the next.
                let parts = matches!(byte, b',' | b']') || byte.is_ascii_whitespace();
                if state
                    .as_ref()
                    .is_some_and(|state| state.bare && !state.in_text && state.depth == 0 && parts)
                {
                    is_whole = true;
                    break;
                }
                used += 1;
                // The array itself, a mark of the encoding, and what stands between elements.
                let between =
                    byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']' | 0xef | 0xbb | 0xbf);
                if state.is_none() && between {
                    continue;
                }
                let state = state.get_or_insert_with(|| State { bare: *byte != b'{', ..State::default() });
                length += 1;
                if length <= self.longest {
                    element.push(*byte);
                }
                if state.ends_with(*byte) {
                    is_whole = true;
                    break;
                }
            }
            self.reader.consume(used);
            if is_whole {
                break;
            }
        }
        let is_open = self.ended && !state?.bare;
        if length > self.longest {
            return Some(Err(format!(
                "the record is longer than {} MiB (max_line_bytes)",
                self.longest >> 20
            )));
        }
        Some(if is_open { Err("the file ends in the middle of this record".to_owned()) } else { Ok(element) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_given_one_by_one() {
        let check = |json: &str, expected: &[&str]| {
            // Also where the buffer ends anywhere.
            for size in [1, 3, 1_000] {
                let reader = std::io::BufReader::with_capacity(size, json.as_bytes());
                let found: Vec<String> = read(reader, 24)
                    .map(|element| {
                        element.map_or_else(|error| error, |json| String::from_utf8(json).unwrap())
                    })
                    .collect();
                assert_eq!(found, expected, "{json}");
            }
        };
        check("[]", &[]);
        check("", &[]);
        check(" \n", &[]);
        check(r#"[{"a": 1}, {"b": [2, {}]}]"#, &[r#"{"a": 1}"#, r#"{"b": [2, {}]}"#]);
        check(r#"[{"a":"]},{\""},{}]"#, &[r#"{"a":"]},{\""}"#, "{}"]);
        check("{\"a\":1}\n{\"b\":2}", &[r#"{"a":1}"#, r#"{"b":2}"#]);
        check("\u{feff}{\n\"a\": 1\n}", &["{\n\"a\": 1\n}"]);
        check("[1, \"x,y\", null]", &["1", "\"x,y\"", "null"]);
        check(r#"[{"a": 1}, {"b": "#, &[r#"{"a": 1}"#, "the file ends in the middle of this record"]);
        let long = format!("[{{\"a\": \"{}\"}}, {{}}]", "x".repeat(40));
        check(&long, &["the record is longer than 0 MiB (max_line_bytes)", "{}"]);
    }
}
