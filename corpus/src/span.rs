//! Places in a document's text.

use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** in a document's text, both ends on character boundaries.
///
/// Inside the program spans count bytes, as Rust's strings do; [`CodePoints`] turns them into Unicode code
/// points where they leave it (JSON, the gold files).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The range `start..end` in bytes.
    ///
    /// # Panics
    /// Where `start > end`, or a text is longer than 4 GiB (texts are bounded far below that when they are read).
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        let narrow = |n: usize| u32::try_from(n).expect("texts are shorter than 4 GiB");
        Self { start: narrow(start), end: narrow(end) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it covers in the text it was made for.
    pub fn of(self, text: &str) -> &str {
        &text[self.start()..self.end()]
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Turns byte offsets of one text into Unicode code points and back, in O(1) plus a short scan.
#[derive(Debug)]
pub struct CodePoints<'text> {
    text: &'text str,
    /// Code points before each block of [`BLOCK`] bytes.
    before: Vec<u32>,
}

const BLOCK: usize = 256;

impl<'text> CodePoints<'text> {
    /// Counts the text once.
    pub fn new(text: &'text str) -> Self {
        let mut count = 0;
        let before = text
            .as_bytes()
            .chunks(BLOCK)
            .map(|block| {
                let here = count;
                count += starts(block);
                here
            })
            .collect();
        Self { text, before }
    }

    /// Code points before byte `byte` (a character boundary, at most the text's length).
    pub fn of(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        match self.before.get(block) {
            Some(&before) => (before + starts(&self.text.as_bytes()[block * BLOCK..byte])) as usize,
            None => self.text.chars().count(),
        }
    }

    /// Start and end of a span in code points.
    pub fn range(&self, span: Span) -> (usize, usize) {
        (self.of(span.start()), self.of(span.end()))
    }

    /// The byte at which code point `point` begins; the text's length where it has no more.
    pub fn byte(&self, point: usize) -> usize {
        let block = self.before.partition_point(|&before| before as usize <= point).saturating_sub(1);
        let mut left = point - self.before.get(block).map_or(0, |&before| before as usize);
        let from = block * BLOCK;
        for (at, byte) in self.text.as_bytes()[from..].iter().enumerate() {
            if is_start(*byte) {
                if left == 0 {
                    return from + at;
                }
                left -= 1;
            }
        }
        self.text.len()
    }
}

/// How many characters begin in these bytes of UTF-8.
fn starts(bytes: &[u8]) -> u32 {
    // In numbers no wider than a block needs, so that many are added up at once.
    u32::from(bytes.iter().map(|byte| u16::from(is_start(*byte))).sum::<u16>())
}

fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_and_bytes_are_inverse(text in "\\PC{0,600}") {
            let points = CodePoints::new(&text);
            for (point, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of(byte), point);
                prop_assert_eq!(points.byte(point), byte);
            }
            prop_assert_eq!(points.of(text.len()), text.chars().count());
            prop_assert_eq!(points.byte(text.chars().count()), text.len());
        }
    }

    #[test]
    fn spans_know_what_they_touch() {
        let outer = Span::new(2, 8);
        assert!(outer.contains(Span::new(2, 8)) && outer.contains(Span::new(3, 3)));
        assert!(!outer.contains(Span::new(1, 4)));
        assert!(outer.overlaps(Span::new(7, 9)) && !outer.overlaps(Span::new(8, 9)));
        assert_eq!(Span::new(0, 4).of("đúng"), "đú");
    }
}
