//! ODT and ODS (OpenDocument): paragraphs, rows of tables with ` | ` between their cells as they are shown, notes at the end.

mod styles;

use std::borrow::Cow;

use corpus::block::RowCell;
use corpus::{Article, Form};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use self::styles::{Look, OUTLINE, Styles};
use crate::Unreadable;
use crate::numbering::Counts;
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
    let mut styles = Styles::default();
    if let Some(shared) = package.part("styles.xml")? {
        styles.add(&shared);
    }
    styles.add(&xml);
    let lines = lines(&xml, &styles).ok_or_else(damaged)?;
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

struct Writer<'s> {
    styles: &'s Styles,
    counts: Counts,
    keeps_struck: bool,
    /// Bytes that are struck out.
    struck: usize,
    lines: Vec<Line>,
    notes: Vec<String>,
    /// Paragraphs that are open: one in a frame stands within another.
    open: Vec<Paragraph>,
    /// How words look in the paragraphs and spans that are open.
    looks: Vec<Look>,
    /// Tables of a text that are open: one can stand in a cell.
    tables: Vec<Open>,
    /// Lists that are open.
    lists: Vec<List>,
    in_note: bool,
    is_workbook: bool,
    /// The sheets of a workbook, each with its name.
    sheets: Vec<(String, Vec<Line>)>,
}

/// A paragraph, while it is read.
#[derive(Default)]
struct Paragraph {
    words: String,
    heading: Option<u8>,
    /// How deep it stands in lists.
    depth: u8,
    number: Option<String>,
    /// Some of its words are not bold.
    is_plain: bool,
}

impl Paragraph {
    /// What its form says. One with a number is what its number says, as if it had been typed.
    fn form(&self) -> Option<Form> {
        match (self.heading, self.depth, &self.number) {
            (Some(rank), ..) => Some(Form::Heading(rank)),
            (None, 1.., None) => Some(Form::Item(self.depth)),
            _ => (!self.is_plain).then_some(Form::Bold),
        }
    }
}

/// A list, while it is read.
struct List {
    style: String,
    /// The item that is open has not had its number yet.
    is_due: bool,
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
fn lines(xml: &[u8], styles: &Styles) -> Option<Vec<Line>> {
    written::without_struck(|keeps_struck| read_lines(xml, styles, keeps_struck), Vec::as_slice)
}

/// The same, and the bytes of it that are struck out, which are kept or not.
fn read_lines(xml: &[u8], styles: &Styles, keeps_struck: bool) -> Option<(Vec<Line>, usize)> {
    let mut reader = Reader::from_reader(xml);
    let mut writer = Writer {
        styles,
        counts: Counts::default(),
        keeps_struck,
        struck: 0,
        lines: Vec::new(),
        notes: Vec::new(),
        open: Vec::new(),
        looks: Vec::new(),
        tables: Vec::new(),
        lists: Vec::new(),
        in_note: false,
        is_workbook: false,
        sheets: Vec::new(),
    };
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
    let struck = writer.struck;
    (depth == 0).then(|| (writer.finished(), struck))
}

impl Writer<'_> {
    fn start(&mut self, element: &BytesStart<'_>) {
        let count =
            |name: &str| attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1_usize);
        let name = element.local_name();
        match (name.as_ref(), self.tables.last_mut()) {
            ("p", _) => self.paragraph(element, None),
            ("h", _) => self.paragraph(element, Some(count("outline-level"))),
            ("span", _) => {
                let style = attribute(element, "style-name").unwrap_or_default();
                let around = self.looks.last().copied().unwrap_or_default();
                self.looks.push(self.styles.look(&style).or(around));
            }
            ("list", _) => {
                let around = self.lists.last().map(|list| list.style.clone());
                let own = attribute(element, "style-name");
                let goes_on = attribute(element, "continue-numbering")
                    .is_some_and(|goes_on| goes_on == "true")
                    || attribute(element, "continue-list").is_some();
                let begins = !goes_on && (around.is_none() || own.is_some() && own != around);
                let style = own.or(around).unwrap_or_default();
                if begins {
                    self.counts.forget(&style);
                }
                self.lists.push(List { style, is_due: false });
            }
            ("list-item", _) => {
                let start = attribute(element, "start-value").and_then(|start| start.parse().ok());
                let depth = self.lists.len();
                if let Some(list) = self.lists.last_mut() {
                    list.is_due = true;
                    if let Some(start) = start {
                        self.counts.begin(&list.style, depth - 1, start);
                    }
                }
            }
            ("s" | "tab", _) => self.words(" "),
            ("line-break", _) => self.words(written::BREAK),
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

    /// Begins a paragraph, or a heading of a rank from 1.
    fn paragraph(&mut self, element: &BytesStart<'_>, rank: Option<usize>) {
        let style = attribute(element, "style-name").unwrap_or_default();
        self.looks.push(self.styles.look(&style));
        let depth = self.lists.len();
        let number = match (self.lists.last_mut(), rank) {
            (Some(list), _) if list.is_due => {
                list.is_due = false;
                let levels = self.styles.list(&list.style);
                levels.and_then(|levels| self.counts.next(&list.style, levels, depth - 1, None))
            }
            (None, Some(rank)) if attribute(element, "is-list-header").is_none() => {
                let levels = self.styles.list(OUTLINE);
                levels.and_then(|levels| self.counts.next(OUTLINE, levels, rank.max(1) - 1, None))
            }
            _ => None,
        };
        self.open.push(Paragraph {
            heading: rank.map(|rank| rank.clamp(1, usize::from(HEADINGS)) as u8),
            depth: depth.min(usize::from(ITEMS)) as u8,
            number,
            ..Paragraph::default()
        });
    }

    fn words(&mut self, words: &str) {
        let look = self.looks.last().copied().unwrap_or_default();
        if look.hidden == Some(true) {
            return;
        }
        if look.struck == Some(true) && !self.keeps_struck {
            self.struck += words.len();
            return;
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        let mut words = Cow::Borrowed(words);
        if look.capitals == Some(true) {
            words = Cow::Owned(words.to_uppercase());
        }
        if look.raised == Some(true) {
            words = Cow::Owned(corpus::raised::written(&paragraph.words, &words).into_owned());
        }
        paragraph.is_plain |= look.bold != Some(true) && words.chars().any(char::is_alphanumeric);
        paragraph.words.extend(words.chars().map(written::symbol));
    }

    fn end(&mut self, name: &str) {
        match (name, self.tables.last_mut()) {
            ("p" | "h", _) => {
                self.looks.pop();
                let paragraph = self.open.pop().unwrap_or_default();
                let form = paragraph.form();
                let is_cell = self.open.is_empty() && !self.tables.is_empty();
                for line in written::lines(paragraph.number, &paragraph.words, form, is_cell) {
                    self.line(line);
                }
            }
            ("span", _) => {
                self.looks.pop();
            }
            ("list", _) => {
                self.lists.pop();
            }
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
        let styles = r#"<office:automatic-styles><style:style style:name="raised"><style:text-properties style:text-position="super 58%"/></style:style>
            <style:style style:name="struck"><style:text-properties style:text-line-through-style="solid"/></style:style>
            <text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
            <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style></office:automatic-styles>"#;
        let xml = format!(
            "<office:document-content>{styles}<office:body>{body}</office:body></office:document-content>"
        );
        let mut styles = Styles::default();
        styles.add(xml.as_bytes());
        let lines = lines(xml.as_bytes(), &styles)?;
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
        check("<text:p>SỞ Y TẾ<text:line-break/>SƠN KHÊ</text:p>", &["SỞ Y TẾ", "SƠN KHÊ"]);
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
        check(
            "<text:p>1.250<text:span text:style-name='raised'>2</text:span> ha, <text:span text:style-name='struck'>cũ </text:span>35 m<text:span text:style-name='raised'>2</text:span></text:p>",
            &["1.250 ha, 35 m2"],
        );
        let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
        let list =
            |more: &str, items: &str| format!("<text:list text:style-name='L' {more}>{items}</text:list>");
        let p = |text: &str| format!("<text:p>{text}</text:p>");
        check(
            &[
                list(
                    "",
                    &(item(&(p("Một") + &p("và nữa") + &list("", &(item(&p("hai")) + &item(&p("ba"))))))
                        + &item(&p("Bốn"))),
                ),
                p("Giữa"),
                list("text:continue-numbering='true'", &item(&p("Năm"))),
                list(
                    "",
                    &(item(&p("Sáu"))
                        + "<text:list-item text:start-value='9'><text:p>Bảy</text:p></text:list-item>"),
                ),
                "<text:list>".to_owned() + &item(&p("Tám")) + "</text:list>",
            ]
            .concat(),
            &["1. Một", "và nữa", "a) hai", "b) ba", "2. Bốn", "Giữa", "3. Năm", "1. Sáu", "9. Bảy", "Tám"],
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
