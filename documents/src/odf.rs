//! ODT and ODS (OpenDocument): paragraphs, rows of tables with ` | ` between their cells as they are shown, notes at the end.

use corpus::block::RowCell;
use corpus::{Article, Form};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::Unreadable;
use crate::package::{Package, attribute, reference};
use crate::table::{CELLS, Table, sheet};
use crate::written::{self, Line};

/// Bytes of text that are read of a file.
const LONGEST: usize = 16 << 20;
/// The deepest heading and the deepest item that are told apart.
const HEADINGS: u8 = 6;
const ITEMS: u8 = 8;

/// The article in a text or a workbook.
pub(crate) fn read(bytes: &[u8]) -> Result<Article, Unreadable> {
    let damaged = || Unreadable::Damaged("OpenDocument file");
    let mut package = Package::open(bytes, "OpenDocument file")?;
    let xml = package.part("content.xml")?.ok_or_else(damaged)?;
    let lines = lines(&xml).ok_or_else(damaged)?;
    if lines.is_empty() {
        return Err(Unreadable::Empty);
    }
    if lines.iter().map(|line| line.text.len()).sum::<usize>() > LONGEST {
        return Err(Unreadable::TooLong((LONGEST >> 20) as u64));
    }
    Ok(written::article(&lines))
}

/// What is read but not shown in the text: who changed what, who remarked what, forms.
const ASIDE: [&str; 6] = [
    "text:tracked-changes",
    "office:annotation",
    "office:forms",
    "text:hidden-text",
    "svg:title",
    "svg:desc",
];

#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    notes: Vec<String>,
    /// Paragraphs that are open, with what they are: one in a frame stands within another.
    open: Vec<(String, Option<Form>)>,
    /// Tables of a text that are open: one can stand in a cell.
    tables: Vec<Open>,
    /// Lists that are open.
    lists: u8,
    in_note: bool,
    is_workbook: bool,
    /// The sheets of a workbook, each with its name.
    sheets: Vec<(String, Vec<Line>)>,
}

/// A table, while it is read.
#[derive(Default)]
struct Open {
    table: Table,
    /// The rows of a sheet.
    rows: Vec<Vec<RowCell>>,
    /// The cell that is open, how often it stands, and whether it does at all.
    cell: Option<(Vec<Line>, usize)>,
    /// Columns that the last cell still reaches over.
    covered: usize,
    in_heads: bool,
    is_hidden: bool,
}

/// The lines of a document; `None` where it is no right XML.
fn lines(xml: &[u8]) -> Option<Vec<Line>> {
    let mut reader = Reader::from_reader(xml);
    let mut writer = Writer::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) if ASIDE.contains(&element.name().as_ref()) => {
                reader.read_to_end(element.name()).ok()?;
            }
            Event::Start(element) => {
                depth += 1;
                writer.start(&element);
            }
            Event::Empty(element) => {
                writer.start(&element);
                writer.end(element.local_name().as_ref());
            }
            Event::Text(text) => writer.words(&text.xml10_content()),
            Event::GeneralRef(name) => writer.words(&reference(&name)?),
            Event::End(element) => {
                depth = depth.checked_sub(1)?;
                writer.end(element.local_name().as_ref());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    // A file that was cut off leaves elements open.
    (depth == 0).then(|| writer.finished())
}

impl Writer {
    fn start(&mut self, element: &BytesStart<'_>) {
        let count =
            |name: &str| attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1_usize);
        let name = element.local_name();
        match (name.as_ref(), self.tables.last_mut()) {
            ("p", _) => {
                let item = (self.lists > 0).then_some(Form::Item(self.lists.min(ITEMS)));
                self.open.push((String::new(), item));
            }
            ("h", _) => {
                let rank = count("outline-level").clamp(1, usize::from(HEADINGS)) as u8;
                self.open.push((String::new(), Some(Form::Heading(rank))));
            }
            ("list", _) => self.lists = self.lists.saturating_add(1),
            ("s" | "tab" | "line-break", _) => self.words(" "),
            ("spreadsheet", _) => self.is_workbook = true,
            ("table", _) => {
                if self.is_workbook && self.tables.is_empty() {
                    self.sheets.push((attribute(element, "name").unwrap_or_default(), Vec::new()));
                }
                self.tables.push(Open::default());
            }
            ("table-header-rows", Some(open)) => open.in_heads = true,
            ("table-row", Some(open)) => {
                open.is_hidden = attribute(element, "visibility").is_some_and(|shown| shown != "visible");
                open.covered = 0;
                if !open.is_hidden {
                    open.table.begin_row();
                    open.rows.push(Vec::new());
                }
                if open.in_heads {
                    open.table.head_row();
                }
            }
            ("table-cell", Some(open)) => {
                open.covered = count("number-columns-spanned") - 1;
                open.cell = Some((Vec::new(), count("number-columns-repeated")));
            }
            ("covered-table-cell", Some(open)) => {
                open.cell = Some((Vec::new(), count("number-columns-repeated")));
            }
            ("note-citation", _) => self.words("["),
            ("note-body", _) => self.in_note = true,
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let Some((paragraph, _)) = self.open.last_mut() {
            paragraph.extend(words.chars().map(written::symbol));
        }
    }

    fn end(&mut self, name: &str) {
        match (name, self.tables.last_mut()) {
            ("p" | "h", _) => {
                let (paragraph, form) = self.open.pop().unwrap_or_default();
                let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
                if !paragraph.is_empty() {
                    self.line(Line::new(paragraph, form));
                }
            }
            ("list", _) => self.lists = self.lists.saturating_sub(1),
            ("table-cell", Some(open)) => {
                let (lines, times) = open.cell.take().unwrap_or_default();
                if !open.is_hidden {
                    open.cell(&lines, times, false);
                }
            }
            ("covered-table-cell", Some(open)) => {
                let (lines, times) = open.cell.take().unwrap_or_default();
                let across = if lines.is_empty() { open.covered.min(times) } else { 0 };
                open.covered -= across;
                if !open.is_hidden {
                    open.cell(&[], across, true);
                    open.cell(&lines, times - across, false);
                }
            }
            ("table-header-rows", Some(open)) => open.in_heads = false,
            ("table", _) => {
                let Some(open) = self.tables.pop() else { return };
                if self.is_workbook && self.tables.is_empty() {
                    if let Some((_, lines)) = self.sheets.last_mut() {
                        lines.extend(sheet(&open.rows));
                    }
                } else {
                    open.table.lines().into_iter().for_each(|line| self.line(line));
                }
            }
            ("note-citation", _) => self.words("]"),
            ("note-body", _) => self.in_note = false,
            _ => {}
        }
    }

    /// Adds a line to what is around it: a note, a cell, the document.
    fn line(&mut self, line: Line) {
        if self.in_note {
            self.notes.push(line.text);
        } else if let Some((lines, _)) = self.tables.last_mut().and_then(|open| open.cell.as_mut()) {
            lines.push(line);
        } else {
            self.lines.push(line);
        }
    }

    fn finished(self) -> Vec<Line> {
        let Self { mut lines, notes, mut sheets, .. } = self;
        sheets.retain(|(_, lines)| !lines.is_empty());
        let named = sheets.len() > 1;
        for (name, of_sheet) in sheets {
            if named {
                lines.push(Line::new(name, None));
            }
            lines.extend(of_sheet);
        }
        let notes = notes.into_iter().enumerate();
        lines.extend(
            notes.map(|(number, note)| Line::new(format!("[{}] {note}", number + 1), Some(Form::Footnote))),
        );
        lines
    }
}

impl Open {
    /// Adds a cell so many times to the row that is open.
    fn cell(&mut self, lines: &[Line], times: usize, is_covered: bool) {
        let Some(row) = self.rows.last_mut() else { return };
        for _ in 0..times.min(CELLS.saturating_sub(row.len())) {
            if is_covered {
                row.push(RowCell::Covered);
                self.table.widen_last();
                continue;
            }
            let words: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            row.push(RowCell::Words(words.join(" ")));
            self.table.begin_cell(1);
            for line in lines {
                self.table.line(line.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<Vec<String>> {
        let lines = lines(
            format!("<office:document-content><office:body>{body}</office:body></office:document-content>")
                .as_bytes(),
        )?;
        Some(lines.into_iter().map(|line| line.text).collect())
    }

    #[test]
    fn paragraphs_rows_and_notes_are_lines() {
        let check = |body: &str, expected: &[&str]| {
            assert_eq!(of(body).unwrap_or_default(), expected, "{body}");
        };
        check(
            "<text:h>Báo cáo</text:h><text:p>Mưa<text:s/>to &amp; gió<text:line-break/>lớn.</text:p><text:p/>",
            &["Báo cáo", "Mưa to & gió lớn."],
        );
        check(
            "<text:p>Một<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Chú thích.</text:p></text:note-body></text:note> hai.</text:p>",
            &["Một[1] hai.", "[1] Chú thích."],
        );
        check(
            "<text:tracked-changes><text:p>xóa</text:p></text:tracked-changes><text:p>còn<office:annotation><text:p>hỏi</text:p></office:annotation></text:p>",
            &["còn"],
        );
        check(
            "<text:p>ngoài<draw:frame><text:p>trong khung</text:p></draw:frame></text:p>",
            &["trong khung", "ngoài"],
        );
        let row =
            |cells: &str| format!("<table:table><table:table-row>{cells}</table:table-row></table:table>");
        check(
            &row(
                "<table:table-cell><text:p>Chỉ tiêu</text:p></table:table-cell><table:table-cell/><table:table-cell><text:p>12,5%</text:p></table:table-cell><table:table-cell table:number-columns-repeated='16000'/>",
            ),
            &["Chỉ tiêu |  | 12,5%"],
        );
        check(
            &row(
                "<table:table-cell table:number-columns-spanned='2'><text:p>Năm 2021</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>1</text:p></table:table-cell>",
            ),
            &["Năm 2021 || 1"],
        );
        check(&row("<table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"), &["a", "b"]);
        assert_eq!(of("<text:p>"), None);
    }

    #[test]
    fn sheets_of_a_workbook_have_their_names() {
        let row = |text: &str, more: &str| {
            format!(
                "<table:table-row {more}><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
            )
        };
        let table =
            |name: &str, rows: String| format!("<table:table table:name='{name}'>{rows}</table:table>");
        let body = format!(
            "<office:spreadsheet>{}{}{}</office:spreadsheet>",
            table("Biểu 1", row("một", "") + &row("ẩn", "table:visibility='collapse'")),
            table("Trống", String::new()),
            table("Biểu 2", row("hai", "") + &row("ba", ""))
        );
        assert_eq!(of(&body).unwrap(), ["Biểu 1", "một", "Biểu 2", "hai", "ba"]);
    }
}
