//! Rows of cells.

use super::line::Line;
use super::{Block, BlockKind};
use crate::Span;

/// A cell of a row, as readers of tables find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowCell {
    /// What it says; empty where it says nothing.
    Words(String),
    /// The one to its left reaches over it.
    Covered,
}

impl RowCell {
    /// What it says.
    pub fn words(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::Covered => "",
        }
    }

    fn is_empty(&self) -> bool {
        self.words().is_empty()
    }
}

/// A row on one line: its cells between bars, nothing at all, not even a blank, between two bars where the cell to the left
/// reaches over one. `None` where no cell says anything.
///
/// ```
/// use corpus::block::{RowCell, row};
/// let cells = [RowCell::Words(String::new()), RowCell::Words("2019".into()), RowCell::Covered, RowCell::Words("2020".into())];
/// assert_eq!(row(&cells).as_deref(), Some("|  | 2019 || 2020"));
/// ```
pub fn row(cells: &[RowCell]) -> Option<String> {
    let last = cells.iter().rposition(|cell| !cell.is_empty())?;
    let covered = cells[last + 1..].iter().take_while(|cell| **cell == RowCell::Covered).count();
    // What reaches over a whole row names a group of rows, and no columns.
    let covered = if last == 0 { 0 } else { covered };
    let mut line = String::new();
    // A bar stands before the first cell where that is empty, since blanks alone would be lost.
    if cells[0].is_empty() {
        line.push('|');
    }
    for (at, cell) in cells[..=last + covered].iter().enumerate() {
        if at > 0 {
            line.push('|');
        }
        match cell {
            RowCell::Covered => {}
            RowCell::Words(words) if words.is_empty() => line.push_str("  "),
            RowCell::Words(words) => {
                line.push(' ');
                // A bar of its own would end the cell.
                line.push_str(&words.replace('|', "¦"));
                line.push(' ');
            }
        }
    }
    if covered > 0 {
        line.push('|');
    }
    Some(line.trim().to_owned())
}

/// Adds the table that lines are, with rows and cells.
pub(super) fn read(text: &str, lines: &[Line], parent: Option<u32>, blocks: &mut Vec<Block>) {
    let number = |blocks: &Vec<Block>| u32::try_from(blocks.len()).expect("texts are shorter than 4 GiB");
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let table = number(blocks);
    let stated = lines.iter().any(Line::heads_columns);
    let span = Span::new(first.span.start(), last.span.end());
    let made =
        |kind, span, rank, parent, heads| Block { kind, span, rank, marker: None, parent, heads, covers: 0 };
    blocks.push(made(BlockKind::Table, span, 0, parent, false));
    let mut above = !stated && lines.len() > 1;
    for (at, line) in lines.iter().enumerate() {
        let cells = cells(text, line.span);
        let has_gap = cells.iter().any(|cell| cell.is_empty());
        // Heads have words; behind the first row that has a number none is a head.
        let has_number = |cell: &Span| {
            let words = cell.of(text);
            words.starts_with(|c: char| c.is_ascii_digit()) && !words.contains(' ') && !is_year(words)
        };
        let is_data = cells.iter().skip(1).any(has_number);
        above &= !is_data && at + 1 < lines.len() && at < 3;
        let heads = line.heads_columns() || above;
        let row = number(blocks);
        blocks.push(made(BlockKind::Row, line.span, u8::try_from(at).unwrap_or(u8::MAX), Some(table), heads));
        for (column, cell) in cells.into_iter().enumerate() {
            if column > 0
                && is_covered(text, cell)
                && let Some(left) = blocks.last_mut()
            {
                left.covers = left.covers.saturating_add(1);
                continue;
            }
            let column = u8::try_from(column).unwrap_or(u8::MAX);
            blocks.push(made(BlockKind::Cell, cell, column, Some(row), heads));
        }
        // One row of heads, unless the next has no number either and the first had an empty cell.
        above &= is_data || at == 0 && has_gap;
    }
}

/// Whether nothing, not even a blank, stands between the bars of an empty cell: the one to its left reaches over it.
fn is_covered(text: &str, cell: Span) -> bool {
    cell.is_empty() && text[..cell.start()].ends_with('|') && text[cell.start()..].starts_with('|')
}

fn is_year(words: &str) -> bool {
    words.len() == 4 && (words.starts_with("19") || words.starts_with("20"))
}

/// The cells of a row, between bars or tabs; an empty one has an empty span.
fn cells(text: &str, row: Span) -> Vec<Span> {
    let line = row.of(text);
    let sign = if line.contains('|') { '|' } else { '\t' };
    let inner = line.strip_prefix('|').unwrap_or(line);
    let mut at = row.start() + (line.len() - inner.len());
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = Vec::new();
    for cell in inner.split(sign) {
        let trimmed = cell.trim();
        let from = if trimmed.is_empty() { at } else { at + (cell.len() - cell.trim_start().len()) };
        cells.push(Span::new(from, from + trimmed.len()));
        at += cell.len() + 1;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_columns() {
        let check = |cells: &[Option<&str>], expected: Option<&str>| {
            let cells: Vec<RowCell> = cells
                .iter()
                .map(|cell| cell.map_or(RowCell::Covered, |words| RowCell::Words(words.to_owned())))
                .collect();
            assert_eq!(row(&cells).as_deref(), expected, "{cells:?}");
        };
        check(&[Some("Xã"), Some("Năm")], Some("Xã | Năm"));
        check(&[Some("Xã"), Some(""), Some("Năm"), Some("")], Some("Xã |  | Năm"));
        check(&[Some(""), Some("2019"), Some("2020")], Some("|  | 2019 | 2020"));
        check(
            &[Some("Xã"), Some("Năm 2019"), None, Some("Năm 2020"), None],
            Some("Xã | Năm 2019 || Năm 2020 ||"),
        );
        check(&[Some("Tổng số"), Some(""), Some("")], Some("Tổng số"));
        check(&[Some("Vùng cao"), None, None], Some("Vùng cao"));
        check(&[Some("a | b"), Some("c")], Some("a ¦ b | c"));
        check(&[Some(""), None], None);
        check(&[], None);
    }
}
