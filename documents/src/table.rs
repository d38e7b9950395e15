//! Tables as files hold them: rows of cells, each of which holds lines, and what becomes of them.

use corpus::Form;
use corpus::block::{self, RowCell};

use crate::written::Line;

/// Cells of a row that are read, also where one stands for many: more is data for machines.
pub(crate) const CELLS: usize = 256;
/// Lines in which a table of layout is looked for; longer ones hold data.
const LAYOUT: usize = 80;

/// A table while it is read.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Wide>,
    /// It is said to name the columns.
    heads: bool,
}

/// A cell, over one column or more.
#[derive(Debug)]
struct Wide {
    lines: Vec<Line>,
    columns: usize,
}

impl Table {
    pub(crate) fn begin_row(&mut self) {
        self.rows.push(Row::default());
    }

    /// Says that the last row names the columns.
    pub(crate) fn head_row(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.heads = true;
        }
    }

    /// Begins a cell that reaches over so many columns.
    pub(crate) fn begin_cell(&mut self, columns: usize) {
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Wide { lines: Vec::new(), columns: columns.clamp(1, CELLS) });
        }
    }

    /// Says over how many columns the last cell reaches.
    pub(crate) fn widen(&mut self, columns: usize) {
        if let Some(cell) = self.last() {
            cell.columns = columns.clamp(1, CELLS);
        }
    }

    /// Says that the last cell reaches over one more.
    pub(crate) fn widen_last(&mut self) {
        if let Some(cell) = self.last() {
            cell.columns = (cell.columns + 1).min(CELLS);
        }
    }

    /// Adds a line to the last cell.
    pub(crate) fn line(&mut self, line: Line) {
        if let Some(cell) = self.last() {
            cell.lines.push(line);
        }
    }

    fn last(&mut self) -> Option<&mut Wide> {
        self.rows.last_mut()?.cells.last_mut()
    }

    /// The lines of a table: its rows, or where it only lays out a page, what its cells say.
    ///
    /// The head of a letter stands in two columns, as its foot does, and each is read for itself; a table around another one,
    /// of one column, or of a single row without a number, is read from row to row.
    pub(crate) fn lines(mut self) -> Vec<Line> {
        self.rows.retain(|row| row.cells.iter().any(|cell| !cell.lines.is_empty()));
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let columns = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let holds_tables = cells().any(|cell| cell.lines.iter().any(Line::is_row));
        let all: Vec<&str> = cells().flat_map(|cell| &cell.lines).map(|line| line.text.as_str()).collect();
        if all.len() <= LAYOUT && columns == 2 && corpus::head::is_head_or_foot(&all) {
            let mut sides: [Vec<Line>; 2] = [Vec::new(), Vec::new()];
            for row in self.rows {
                for (cell, side) in row.cells.into_iter().zip(&mut sides) {
                    side.extend(cell.lines);
                }
            }
            return sides.into_iter().flatten().collect();
        }
        let has_number = cells().any(|cell| cell.lines.len() == 1 && is_number(&cell.lines[0].text));
        if holds_tables || columns < 2 || (self.rows.len() == 1 && !has_number) {
            return self.rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.lines).collect();
        }
        let mut lines: Vec<Line> = Vec::new();
        for row in self.rows {
            let mut cells = Vec::new();
            for cell in row.cells {
                let words: Vec<String> = cell.lines.into_iter().map(|line| line.text).collect();
                cells.push(RowCell::Words(words.join(" ")));
                cells.extend((1..cell.columns).map(|_| RowCell::Covered));
            }
            cells.truncate(CELLS);
            if let Some(text) = block::row(&cells) {
                let first = lines.is_empty();
                lines.push(Line::new(text, Some(Form::Row { heads: row.heads, first })));
            }
        }
        lines
    }
}

/// The lines of a sheet of a workbook, from its rows with the empty ones.
///
/// What stands alone in its row above a table, or below, is a line. Within a table it names a group of rows, unless heads
/// follow: then another table begins. An empty row parts tables where heads follow.
pub(crate) fn sheet(rows: &[Vec<RowCell>]) -> Vec<Line> {
    let said = |row: &[RowCell]| row.iter().filter(|cell| !cell.words().is_empty()).count();
    let has_number = |row: &[RowCell]| row.iter().any(|cell| is_data(cell.words()));
    let begins = |row: &[RowCell]| said(row) > 1 && !has_number(row);
    let mut lines: Vec<Line> = Vec::new();
    let mut in_table = false;
    let mut parted = true;
    for (at, row) in rows.iter().enumerate() {
        let next = rows.get(at + 1).map(Vec::as_slice);
        match said(row) {
            0 => parted = true,
            1 => {
                let words =
                    row.iter().map(RowCell::words).find(|words| !words.is_empty()).unwrap_or_default();
                let goes_on = in_table && !parted && next.is_some_and(|next| said(next) > 0 && !begins(next));
                let form = goes_on.then_some(Form::Row { heads: false, first: false });
                lines.push(Line::new(words, form));
                in_table = goes_on;
            }
            _ => {
                let first = !in_table || (parted && begins(row));
                let form = Form::Row { heads: false, first };
                lines.extend(block::row(row).map(|text| Line::new(text, Some(form))));
                (in_table, parted) = (true, false);
            }
        }
    }
    lines
}

/// Whether a cell holds a number: more digits than letters.
pub(crate) fn is_number(words: &str) -> bool {
    let digits = words.chars().filter(char::is_ascii_digit).count();
    digits > 0 && digits >= words.chars().filter(|letter| letter.is_alphabetic()).count()
}

/// Whether words are a value: a number with its signs and nothing else, and no year, which names a column.
pub(crate) fn is_data(words: &str) -> bool {
    let is_part = |letter: char| {
        letter.is_ascii_digit() || matches!(letter, '.' | ',' | '%' | '-' | '–' | '+' | '(' | ')' | ' ' | '/')
    };
    let is_year = words.len() == 4 && (words.starts_with("19") || words.starts_with("20"));
    words.contains(|letter: char| letter.is_ascii_digit()) && words.chars().all(is_part) && !is_year
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `|`-separated cells; `^` is covered.
    fn shown(lines: &[Line]) -> Vec<String> {
        let form = |line: &Line| match line.form {
            Some(Form::Row { heads, first }) => {
                format!("{}{}", if first { "=" } else { "-" }, if heads { "heads " } else { " " })
            }
            _ => String::new(),
        };
        lines.iter().map(|line| format!("{}{}", form(line), line.text)).collect()
    }

    #[test]
    fn tables_are_rows_and_what_only_lays_out_is_lines() {
        let check = |rows: &[&[&[&str]]], expected: &[&str]| {
            let mut table = Table::default();
            for row in rows {
                table.begin_row();
                for cell in *row {
                    table.begin_cell(1);
                    cell.iter().for_each(|line| table.line(Line::new(*line, None)));
                }
            }
            assert_eq!(shown(&table.lines()), expected, "{rows:?}");
        };
        check(&[&[&["Xã"], &["Hộ"]], &[&["Nà", "Phai"], &["412"]]], &["= Xã | Hộ", "- Nà Phai | 412"]);
        check(&[&[&["Xã"], &[]], &[&[], &[]], &[&[], &["412"]]], &["= Xã", "- |  | 412"]);
        check(&[&[&["một"]], &[&["hai", "ba"]]], &["một", "hai", "ba"]);
        check(&[&[&["bên trái"], &["bên phải"]]], &["bên trái", "bên phải"]);
        check(&[&[&["Số hộ"], &["412"]]], &["= Số hộ | 412"]);
        check(
            &[
                &[&["UBND HUYỆN", "KHÊ THƯỢNG"], &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]],
                &[&["Số: 7/BC-UBND"], &["Khê Thượng, ngày 5 tháng 3 năm 2021"]],
            ],
            &[
                "UBND HUYỆN",
                "KHÊ THƯỢNG",
                "Số: 7/BC-UBND",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Khê Thượng, ngày 5 tháng 3 năm 2021",
            ],
        );
        check(
            &[&[&["Nơi nhận:", "- Như trên;"], &["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]]],
            &["Nơi nhận:", "- Như trên;", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        );
        check(&[], &[]);
    }

    #[test]
    fn sheets_are_tables_between_lines() {
        let check = |rows: &[&[&str]], expected: &[&str]| {
            let cell = |words: &&str| {
                if *words == "^" { RowCell::Covered } else { RowCell::Words((*words).to_owned()) }
            };
            let rows: Vec<Vec<RowCell>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
            assert_eq!(shown(&sheet(&rows)), expected, "{rows:?}");
        };
        check(
            &[
                &["Biểu 1: Cây trồng", "^", "^"],
                &["", "", "ĐVT: ha"],
                &["Cây", "Năm 2020", "^"],
                &["", "Kế hoạch", "Thực hiện"],
                &["Vùng cao"],
                &["Chè", "410", "412"],
                &["Biểu 2: Vật nuôi"],
                &["Con", "Năm 2020"],
                &["Trâu", "305"],
                &[],
                &["Bò", "717"],
                &[],
                &["Con", "Năm 2021"],
                &["Trâu", "300"],
                &["Người lập biểu"],
            ],
            &[
                "Biểu 1: Cây trồng",
                "ĐVT: ha",
                "= Cây | Năm 2020 ||",
                "- |  | Kế hoạch | Thực hiện",
                "- Vùng cao",
                "- Chè | 410 | 412",
                "Biểu 2: Vật nuôi",
                "= Con | Năm 2020",
                "- Trâu | 305",
                "- Bò | 717",
                "= Con | Năm 2021",
                "- Trâu | 300",
                "Người lập biểu",
            ],
        );
        check(&[&["Tên", "^"], &["412"]], &["Tên", "412"]);
        check(&[&["", "12"], &["Chè", "7"]], &["12", "= Chè | 7"]);
    }
}
