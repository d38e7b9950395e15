//! Rows of cells.

use super::line::Line;
use super::{Block, BlockKind};
use crate::Span;

/// Adds the table that lines are, with rows and cells.
pub(super) fn read(text: &str, lines: &[Line], parent: Option<u32>, blocks: &mut Vec<Block>) {
    let number = |blocks: &Vec<Block>| u32::try_from(blocks.len()).expect("texts are shorter than 4 GiB");
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let table = number(blocks);
    let stated = lines.iter().any(Line::heads_columns);
    let span = Span::new(first.span.start(), last.span.end());
    let made = |kind, span, rank, parent, heads| Block { kind, span, rank, marker: None, parent, heads };
    blocks.push(made(BlockKind::Table, span, 0, parent, false));
    let mut above = !stated && lines.len() > 1;
    for (at, line) in lines.iter().enumerate() {
        let cells = cells(text, line.span);
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
            let column = u8::try_from(column).unwrap_or(u8::MAX);
            blocks.push(made(BlockKind::Cell, cell, column, Some(row), heads));
        }
        // One row of heads, unless the next has no number either and the first had an empty cell.
        above &= is_data || at == 0 && line.span.of(text).contains("|  |");
    }
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
