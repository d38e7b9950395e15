//! ODT and ODS (OpenDocument): paragraphs, rows of tables with ` | ` between their cells as they are shown, notes at the end.

use corpus::Article;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::package::{Package, attribute, reference};
use crate::{Unreadable, report};

/// Cells of a row that are read, also where one stands for many.
const CELLS: usize = 256;
/// Bytes of text that are read of a file.
const LONGEST: usize = 16 << 20;

/// The article in a text or a workbook.
pub fn read(bytes: &[u8]) -> Result<Article, Unreadable> {
    let damaged = || Unreadable::Damaged("OpenDocument file");
    let mut package = Package::open(bytes, "OpenDocument file")?;
    let xml = package.part("content.xml")?.ok_or_else(damaged)?;
    let lines = lines(&xml).ok_or_else(damaged)?;
    if lines.is_empty() {
        return Err(Unreadable::Empty);
    }
    if lines.iter().map(String::len).sum::<usize>() > LONGEST {
        return Err(Unreadable::TooLong((LONGEST >> 20) as u64));
    }
    let mut article = corpus::plain_text::read(&lines.join("\n"));
    report::fill(&mut article);
    Ok(article)
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
    lines: Vec<String>,
    notes: Vec<String>,
    /// Paragraphs that are open: one in a frame stands within another.
    open: Vec<String>,
    /// Cells of the rows that are open, and how often the last one stands.
    rows: Vec<Vec<String>>,
    cells: Vec<(String, usize)>,
    hidden_rows: usize,
    in_note: bool,
    /// Names of the tables of a workbook.
    sheets: Vec<(usize, String)>,
    is_workbook: bool,
}

/// The lines of a document; `None` where it is no right XML.
fn lines(xml: &[u8]) -> Option<Vec<String>> {
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
        match element.local_name().as_ref() {
            "p" | "h" => self.open.push(String::new()),
            "s" | "tab" | "line-break" => self.words(" "),
            "spreadsheet" => self.is_workbook = true,
            "table" if self.is_workbook => {
                self.sheets.push((self.lines.len(), attribute(element, "name").unwrap_or_default()));
            }
            "table-row" => {
                let is_hidden = attribute(element, "visibility").is_some_and(|shown| shown != "visible");
                self.hidden_rows += usize::from(is_hidden || self.hidden_rows > 0);
                self.rows.push(Vec::new());
            }
            "table-cell" | "covered-table-cell" => {
                self.cells.push((String::new(), count("number-columns-repeated")));
            }
            "note-citation" => self.words("["),
            "note-body" => self.in_note = true,
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.push_str(words);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                let paragraph = self.open.pop().unwrap_or_default();
                let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
                if paragraph.is_empty() {
                    return;
                }
                if self.in_note {
                    self.notes.push(paragraph);
                } else if let Some((cell, _)) = self.cells.last_mut() {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(&paragraph);
                } else {
                    self.lines.push(paragraph);
                }
            }
            "table-cell" | "covered-table-cell" => {
                let (cell, times) = self.cells.pop().unwrap_or_default();
                if let Some(row) = self.rows.last_mut() {
                    let room = CELLS.saturating_sub(row.len());
                    row.extend(std::iter::repeat_n(cell, times.min(room)));
                }
            }
            "table-row" => {
                let mut row = self.rows.pop().unwrap_or_default();
                if self.hidden_rows > 0 {
                    self.hidden_rows -= 1;
                    return;
                }
                while row.last().is_some_and(String::is_empty) {
                    row.pop();
                }
                let said: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
                match (said.as_slice(), self.cells.last_mut()) {
                    ([], _) => {}
                    // A table in a cell is part of what the cell says.
                    (_, Some((cell, _))) => {
                        cell.push(' ');
                        cell.push_str(&row.join(" "));
                    }
                    ([alone], None) => self.lines.push((*alone).clone()),
                    (_, None) => self.lines.push(row.join(" | ")),
                }
            }
            "note-citation" => self.words("]"),
            "note-body" => self.in_note = false,
            _ => {}
        }
    }

    fn finished(self) -> Vec<String> {
        let Self { mut lines, notes, sheets, .. } = self;
        if sheets.len() > 1 {
            let ends: Vec<usize> = sheets.iter().skip(1).map(|(at, _)| *at).chain([lines.len()]).collect();
            for ((at, name), end) in sheets.into_iter().zip(ends).rev() {
                if at < end {
                    lines.insert(at, name);
                }
            }
        }
        let notes = notes.into_iter().enumerate().map(|(number, note)| format!("[{}] {note}", number + 1));
        lines.extend(notes);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<Vec<String>> {
        lines(
            format!("<office:document-content><office:body>{body}</office:body></office:document-content>")
                .as_bytes(),
        )
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
        check(&row("<table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"), &["a b"]);
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
