//! What the readers of files write: lines, each with what its form says of it, and the article that they make.

use corpus::{Article, Form, Mark, Span};

use crate::numbering;

/// A paragraph, or a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) form: Option<Form>,
}

/// What a reader makes of a document, without what is struck out in it; with that where it is more than the rest, since an
/// editor who forgets to end it strikes all. `read` says besides how many bytes are struck, and is told whether to keep them.
pub(crate) fn without_struck<T>(
    read: impl Fn(bool) -> Option<(T, usize)>,
    lines: impl Fn(&T) -> &[Line],
) -> Option<T> {
    let (text, struck) = read(false)?;
    let written: usize = lines(&text).iter().map(|line| line.text.len()).sum();
    if struck > written { read(true).map(|(text, _)| text) } else { Some(text) }
}

impl Line {
    pub(crate) fn new(text: impl Into<String>, form: Option<Form>) -> Self {
        Self { text: text.into(), form }
    }

    pub(crate) fn is_row(&self) -> bool {
        matches!(self.form, Some(Form::Row { .. }))
    }
}

/// Where the writer of a paragraph broke its line.
pub(crate) const BREAK: &str = "\u{2028}";

/// The lines that the words of a paragraph stand in.
///
/// Where its writer broke the line, another begins: heads and feet of letters are one paragraph in many files. A heading is one
/// line, and so is what goes on in small letters or behind a hyphen.
pub(crate) fn lines(number: Option<String>, words: &str, form: Option<Form>, is_cell: bool) -> Vec<Line> {
    let mut lines: Vec<String> = Vec::new();
    for piece in words.split(BREAK) {
        let piece = piece.split_whitespace().collect::<Vec<_>>().join(" ");
        let goes_on = matches!(form, Some(Form::Heading(_))) || piece.starts_with(char::is_lowercase);
        match lines.last_mut() {
            _ if piece.is_empty() => {}
            Some(last) if last.ends_with('-') => last.push_str(&piece),
            Some(last) if goes_on => {
                last.push(' ');
                last.push_str(&piece);
            }
            _ => lines.push(piece),
        }
    }
    let first = if lines.is_empty() { String::new() } else { lines.remove(0) };
    let first = numbering::numbered(number, first, is_cell);
    let lines = std::iter::once(first).chain(lines).filter(|line| !line.is_empty());
    lines.map(|line| Line::new(line, form)).collect()
}

/// The article of lines, none of which is empty.
pub(crate) fn article(lines: &[Line]) -> Article {
    let mut text = String::new();
    let mut marks = Vec::new();
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        let from = text.len();
        // Spans point into what is kept: letters and their marks are composed here, so that nothing moves below.
        text.push_str(&corpus::text::composed(line.text.trim_start_matches('\u{feff}').into()));
        if let Some(form) = line.form {
            marks.push(Mark { span: Span::new(from, text.len()), form });
        }
    }
    let mut article = corpus::plain_text::read(&text);
    article.marks = marks;
    article
}

/// Letters that fonts of symbols have where no other font has any, as the bullets and ticks that they draw.
pub(crate) fn symbol(letter: char) -> char {
    match letter {
        '\u{f0b7}' | '\u{f06c}' | '\u{f09f}' | '\u{f077}' => '•',
        '\u{f0a7}' | '\u{f06e}' => '▪',
        '\u{f0a8}' | '\u{f06f}' | '\u{f071}' | '\u{f0a6}' => '□',
        '\u{f0d8}' => '➢',
        '\u{f0fc}' => '✓',
        '\u{f076}' => '❖',
        '\u{f02d}' => '-',
        '\u{f02b}' => '+',
        '\u{f0b3}' => '≥',
        '\u{f0a3}' => '≤',
        '\u{f0b1}' => '±',
        '\u{f0b4}' => '×',
        '\u{f0ae}' | '\u{f0e0}' => '→',
        '\u{f0b0}' => '°',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use corpus::BlockKind;
    use corpus::block::{RowCell, row};

    use super::*;

    #[test]
    fn a_paragraph_that_was_broken_is_lines() {
        let check = |words: &str, form: Option<Form>, expected: &[&str]| {
            let found = lines(None, &words.replace('/', BREAK), form, false);
            let found: Vec<&str> = found.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(found, expected, "{words}");
        };
        check("UBND TỈNH / SƠN KHÊ/", None, &["UBND TỈNH", "SƠN KHÊ"]);
        check("KẾ HOẠCH/Trồng rừng/năm 2021", None, &["KẾ HOẠCH", "Trồng rừng năm 2021"]);
        check("Quyết định số 45-/QĐ", None, &["Quyết định số 45-QĐ"]);
        check("PHẦN I/TRỒNG RỪNG", Some(Form::Heading(1)), &["PHẦN I TRỒNG RỪNG"]);
        check(" / ", None, &[]);
        let numbered = lines(Some("1.".to_owned()), "Chè\u{2028}Lúa", None, false);
        assert_eq!(numbered.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["1. Chè", "Lúa"]);
    }

    #[test]
    fn cells_stand_under_the_heads_that_reach_over_them() {
        let row_of = |cells: &[Option<&str>], first: bool| {
            let cells: Vec<RowCell> = cells
                .iter()
                .map(|cell| cell.map_or(RowCell::Covered, |words| RowCell::Words(words.to_owned())))
                .collect();
            Line::new(row(&cells).unwrap(), Some(Form::Row { heads: false, first }))
        };
        let article = article(&[
            Line::new("Số hộ nghèo của các xã như sau:", None),
            row_of(&[Some(""), Some("Năm 2019"), None, Some("Năm 2020")], true),
            row_of(&[Some("Xã"), Some("Hộ"), Some("%"), Some("Hộ")], false),
            row_of(&[Some("Vùng cao")], false),
            row_of(&[Some("Nà Phai"), Some("412"), Some(""), Some("305")], false),
        ]);
        let blocks = article.blocks();
        let cells: Vec<(u8, u8, bool, &str)> = blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Cell && !block.span.is_empty())
            .map(|block| (block.rank, block.covers, block.heads, block.span.of(&article.text)))
            .collect();
        assert_eq!(
            cells,
            [
                (1, 1, true, "Năm 2019"),
                (3, 0, true, "Năm 2020"),
                (0, 0, true, "Xã"),
                (1, 0, true, "Hộ"),
                (2, 0, true, "%"),
                (3, 0, true, "Hộ"),
                (0, 0, false, "Vùng cao"),
                (0, 0, false, "Nà Phai"),
                (1, 0, false, "412"),
                (3, 0, false, "305"),
            ]
        );
        assert_eq!(blocks.iter().filter(|block| block.kind == BlockKind::Table).count(), 1);
    }
}
