//! XLSX (ECMA-376): the rows of the sheets that are shown, each a line with ` | ` between its cells, values as readers see
//! them: a share with its per cent sign, a day as a day.

use std::collections::HashMap;

use corpus::Article;
use corpus::block::RowCell;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::Unreadable;
use crate::package::{Package, attribute, reference};
use crate::table::{CELLS, sheet as lines_of};
use crate::written::{self, Line};

/// Rows read of a sheet: more is data for machines.
const ROWS: usize = 50_000;
/// Bytes of text that are read of a file.
const LONGEST: usize = 16 << 20;

/// The article in an XLSX file.
pub(crate) fn read(bytes: &[u8]) -> Result<Article, Unreadable> {
    let damaged = || Unreadable::Damaged("XLSX");
    let mut package = Package::open(bytes, "XLSX")?;
    let main = package.main("xl/workbook.xml")?;
    let xml = package.part(&main)?.ok_or_else(damaged)?;
    let book = Book::read(&xml).ok_or_else(damaged)?;
    let related = package.relations(&main, &["worksheet", "sharedStrings", "styles"])?;
    let mut part = |kind: &str| -> Result<Option<Vec<u8>>, Unreadable> {
        match related.iter().find(|related| related.kind == kind) {
            Some(related) => package.part(&related.part),
            None => Ok(None),
        }
    };
    let shared = part("sharedStrings")?.and_then(|xml| strings(&xml)).unwrap_or_default();
    let formats = part("styles")?.and_then(|xml| formats(&xml)).unwrap_or_default();
    // Numbers are printed as the language around them prints them.
    let point = if !shared.is_empty() && shared.iter().all(|words| words.is_ascii()) { "." } else { "," };
    let words = Words { shared, formats, epoch: book.epoch, point };
    let mut lines: Vec<Line> = Vec::new();
    let mut length = 0;
    for sheet in &book.sheets {
        let Some(related) = related.iter().find(|related| related.id == sheet.id) else { continue };
        let Some(xml) = package.part(&related.part)? else { continue };
        let rows = lines_of(&rows(&xml, &words).ok_or_else(damaged)?);
        if rows.is_empty() {
            continue;
        }
        if book.sheets.len() > 1 {
            lines.push(Line::new(sheet.name.clone(), None));
        }
        length += rows.iter().map(|line| line.text.len()).sum::<usize>();
        if length > LONGEST {
            return Err(Unreadable::TooLong((LONGEST >> 20) as u64));
        }
        lines.extend(rows);
    }
    if lines.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(written::article(&lines))
}

/// A sheet that is shown.
#[derive(Debug, PartialEq, Eq)]
struct Sheet {
    name: String,
    id: String,
}

struct Book {
    sheets: Vec<Sheet>,
    /// The day before the first that days are counted from.
    epoch: Date,
}

impl Book {
    fn read(xml: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_reader(xml);
        // Counted as if 1900 had been a leap year; days before March 1900 are nobody's.
        let mut book = Self { sheets: Vec::new(), epoch: date(1899, 12, 30) };
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                    "sheet" => {
                        let is_shown = attribute(&element, "state").is_none_or(|state| state == "visible");
                        if let (true, Some(id)) = (is_shown, attribute(&element, "id")) {
                            book.sheets
                                .push(Sheet { name: attribute(&element, "name").unwrap_or_default(), id });
                        }
                    }
                    "workbookPr"
                        if attribute(&element, "date1904").is_some_and(|set| set == "1" || set == "true") =>
                    {
                        book.epoch = date(1904, 1, 1);
                    }
                    _ => {}
                },
                Event::Eof => return Some(book),
                _ => {}
            }
        }
    }
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Format {
    /// As it is, or with so many decimals.
    Number(Option<usize>),
    /// A hundred times, with so many decimals and the sign.
    Percent(usize),
    Day,
    /// Nothing that is known.
    #[default]
    General,
}

impl Format {
    fn of_code(code: &str) -> Self {
        // What is quoted, escaped or in brackets is no part of it; only numbers above zero are looked at.
        let mut bare = String::new();
        let mut letters = code.split(';').next().unwrap_or_default().chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => drop(letters.by_ref().find(|letter| *letter == '"')),
                '[' => drop(letters.by_ref().find(|letter| *letter == ']')),
                '\\' | '_' | '*' => drop(letters.next()),
                letter => bare.push(letter.to_ascii_lowercase()),
            }
        }
        let decimals = bare.split_once('.').map_or(0, |(_, rest)| {
            rest.chars().take_while(|letter| matches!(letter, '0' | '#' | '?')).count()
        });
        if bare.contains(['y', 'd']) {
            Self::Day
        } else if bare.contains('%') {
            Self::Percent(decimals)
        } else if bare.contains('0') && !bare.contains(['h', 's', 'e', '/']) {
            Self::Number(Some(decimals))
        } else {
            Self::General
        }
    }

    /// One of those that every program knows.
    fn of_number(number: u32) -> Self {
        match number {
            1 | 3 | 37 | 38 => Self::Number(Some(0)),
            2 | 4 | 39 | 40 => Self::Number(Some(2)),
            9 => Self::Percent(0),
            10 => Self::Percent(2),
            14..=17 | 22 => Self::Day,
            _ => Self::General,
        }
    }
}

/// What cells point at.
struct Words {
    shared: Vec<String>,
    formats: Vec<Format>,
    epoch: Date,
    /// What stands before decimals.
    point: &'static str,
}

impl Words {
    /// What a reader sees of a cell.
    fn shown(&self, kind: &str, style: usize, value: &str) -> String {
        match kind {
            "s" => value
                .trim()
                .parse()
                .ok()
                .and_then(|at: usize| self.shared.get(at))
                .cloned()
                .unwrap_or_default(),
            "str" | "inlineStr" => squeezed(value),
            "b" => (if value == "1" { "TRUE" } else { "FALSE" }).to_owned(),
            "e" => String::new(),
            // A day that is written out.
            "d" => value.to_owned(),
            _ => {
                let Ok(number) = value.trim().parse::<f64>() else { return squeezed(value) };
                let format = self.formats.get(style).copied().unwrap_or_default();
                self.number(number, format)
            }
        }
    }

    fn number(&self, number: f64, format: Format) -> String {
        let shown = match format {
            Format::Percent(decimals) => format!("{}%", decimal(number * 100.0, Some(decimals))),
            Format::Day => {
                let day = self.epoch.checked_add((number.floor() as i64).days()).ok();
                let day = day.filter(|day| number >= 1.0 && day.year() < 2200);
                return day.map_or_else(|| decimal(number, None), |day| day.strftime("%d/%m/%Y").to_string());
            }
            Format::Number(decimals) => decimal(number, decimals),
            Format::General => decimal(number, None),
        };
        shown.replace('.', self.point)
    }
}

/// A number without what sums in binary leave behind.
fn decimal(number: f64, decimals: Option<usize>) -> String {
    let text = format!("{number:.*}", decimals.unwrap_or(10).min(10));
    match decimals {
        None if text.contains('.') => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        _ => text,
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The strings that cells share, without how they are pronounced.
fn strings(xml: &[u8]) -> Option<Vec<String>> {
    let mut reader = Reader::from_reader(xml);
    let (mut all, mut text, mut in_text, mut aside) = (Vec::new(), String::new(), false, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "si" => text.clear(),
                "rPh" => aside = true,
                "t" => in_text = !aside,
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "si" => all.push(String::new()),
            Event::Text(words) if in_text => text.push_str(&words.xml10_content()),
            Event::GeneralRef(name) if in_text => text.push_str(&reference(&name)?),
            Event::End(element) => match element.local_name().as_ref() {
                "si" => all.push(squeezed(&text)),
                "rPh" => aside = false,
                "t" => in_text = false,
                _ => {}
            },
            Event::Eof => return Some(all),
            _ => {}
        }
    }
}

/// The formats of the styles of cells, in their order.
fn formats(xml: &[u8]) -> Option<Vec<Format>> {
    let mut reader = Reader::from_reader(xml);
    let (mut own, mut all, mut of_cells) = (HashMap::new(), Vec::new(), false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let number: Option<u32> = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(number), Some(code)) = (number, attribute(&element, "formatCode")) {
                        own.insert(number, Format::of_code(&unescaped(&code)));
                    }
                }
                "cellXfs" => of_cells = true,
                "cellStyleXfs" | "cellStyles" | "dxfs" => of_cells = false,
                "xf" if of_cells => {
                    let number = attribute(&element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    all.push(own.get(&number).copied().unwrap_or_else(|| Format::of_number(number)));
                }
                _ => {}
            },
            Event::Eof => return Some(all),
            _ => {}
        }
    }
}

fn unescaped(value: &str) -> String {
    value
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The rows of a sheet that are shown, an empty one where rows that say nothing part others.
fn rows(xml: &[u8], words: &Words) -> Option<Vec<Vec<RowCell>>> {
    let mut reader = Reader::from_reader(xml);
    // Each with its number.
    let mut rows: Vec<(usize, Vec<RowCell>)> = Vec::new();
    let mut cells: Vec<RowCell> = Vec::new();
    let (mut kind, mut style, mut column, mut value, mut in_value) =
        (String::new(), 0, 0, String::new(), false);
    let (mut number, mut is_hidden) = (0, false);
    let put = |cells: &mut Vec<RowCell>, column: usize, shown: String| {
        if column < CELLS && !shown.is_empty() {
            cells.resize(cells.len().max(column + 1), RowCell::Words(String::new()));
            cells[column] = RowCell::Words(shown);
        }
    };
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "row" => {
                    cells.clear();
                    column = 0;
                    number = attribute(&element, "r").and_then(|own| own.parse().ok()).unwrap_or(number + 1);
                    is_hidden = attribute(&element, "hidden").is_some_and(|set| set == "1" || set == "true");
                }
                "c" => {
                    kind = attribute(&element, "t").unwrap_or_default();
                    style = attribute(&element, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
                    column = attribute(&element, "r").and_then(|place| column_of(&place)).unwrap_or(column);
                    value.clear();
                }
                "v" | "t" => in_value = true,
                _ => {}
            },
            Event::Text(text) if in_value => value.push_str(&text.xml10_content()),
            Event::GeneralRef(name) if in_value => value.push_str(&reference(&name)?),
            Event::Empty(element) => match element.local_name().as_ref() {
                "c" => {
                    column =
                        attribute(&element, "r").and_then(|place| column_of(&place)).unwrap_or(column) + 1;
                }
                "row" => number += 1,
                // They stand behind all rows.
                "mergeCell" => {
                    if let Some(place) = attribute(&element, "ref") {
                        cover(&mut rows, &place);
                    }
                }
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "v" | "t" => in_value = false,
                "c" => {
                    put(&mut cells, column, words.shown(&kind, style, &value));
                    column += 1;
                }
                "row" if !is_hidden && !cells.is_empty() && rows.len() < ROWS => {
                    rows.push((number, std::mem::take(&mut cells)));
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    // What stands before the first cell of all is a margin.
    let first = |row: &[RowCell]| row.iter().position(|cell| !cell.words().is_empty());
    let margin = rows.iter().filter_map(|(_, row)| first(row)).min().unwrap_or(0);
    let mut shown: Vec<Vec<RowCell>> = Vec::with_capacity(rows.len());
    let mut before = None;
    for (number, mut row) in rows {
        if before.is_some_and(|before| number > before + 1) {
            shown.push(Vec::new());
        }
        before = Some(number);
        row.drain(..margin.min(row.len()));
        shown.push(row);
    }
    Some(shown)
}

/// Marks what a cell of a merged place (`B1:D2`) covers to its right.
fn cover(rows: &mut [(usize, Vec<RowCell>)], place: &str) {
    let Some((from, to)) = place.split_once(':') else { return };
    let (Some(left), Some(right)) = (column_of(from), column_of(to)) else { return };
    let Ok(number) = from.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse::<usize>()
    else {
        return;
    };
    let Ok(at) = rows.binary_search_by_key(&number, |(number, _)| *number) else { return };
    let row = &mut rows[at].1;
    if row.get(left).is_none_or(|cell| cell.words().is_empty()) || right >= CELLS {
        return;
    }
    row.resize(row.len().max(right + 1), RowCell::Words(String::new()));
    for cell in &mut row[left + 1..=right.max(left)] {
        if cell.words().is_empty() {
            *cell = RowCell::Covered;
        }
    }
}

/// The column of a place such as `AB12`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters
        .fold(0_usize, |number, letter| number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    fn file(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut add = |name: &str, content: &str| {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        };
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        add(
            "_rels/.rels",
            &format!(
                "<Relationships><Relationship Id='r' Type='{kind}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
            ),
        );
        let names: String = sheets
            .iter()
            .enumerate()
            .map(|(at, (name, state, _))| {
                format!("<sheet name='{name}' sheetId='{at}' {state} r:id='s{at}'/>")
            })
            .collect();
        add("xl/workbook.xml", &format!("<workbook><sheets>{names}</sheets></workbook>"));
        let related: String = (0..sheets.len())
            .map(|at| {
                format!(
                    "<Relationship Id='s{at}' Type='{kind}/worksheet' Target='worksheets/sheet{at}.xml'/>"
                )
            })
            .collect();
        add(
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships>{related}<Relationship Id='a' Type='{kind}/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='b' Type='{kind}/styles' Target='styles.xml'/></Relationships>"
            ),
        );
        add(
            "xl/sharedStrings.xml",
            "<sst><si><t>Chỉ tiêu</t></si><si><r><t>Thu </t></r><r><t>ngân sách &amp; vốn</t></r><rPh><t>x</t></rPh></si></sst>",
        );
        add(
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/><numFmt numFmtId='165' formatCode='0.0%'/><numFmt numFmtId='166' formatCode='#,##0.00\\ &quot;đồng&quot;'/></numFmts><cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='9'/></cellXfs></styleSheet>",
        );
        for (at, (_, _, rows)) in sheets.iter().enumerate() {
            add(
                &format!("xl/worksheets/sheet{at}.xml"),
                &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
            );
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn rows_are_lines_of_what_readers_see() {
        let check = |cells: &str, expected: &str| {
            let text =
                read(&file(&[("Biểu 1", "", &format!("<row>{cells}</row>"))])).map(|article| article.text);
            assert_eq!(text.as_deref().unwrap_or("none"), expected, "{cells}");
        };
        check("<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>", "Chỉ tiêu | Thu ngân sách & vốn");
        check("<c r='A1' t='s'><v>0</v></c><c r='C1'><v>12</v></c>", "Chỉ tiêu |  | 12");
        check("<c r='B1' t='s'><v>0</v></c>", "Chỉ tiêu");
        check(
            "<c r='B1' t='s'><v>0</v></c><c r='C1' t='s'><v>1</v></c></row><row><c r='C2'><v>7</v></c><c r='D2'><v>8</v></c>",
            "Chỉ tiêu | Thu ngân sách & vốn\n|  | 7 | 8",
        );
        check(
            "<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='D1' t='s'><v>0</v></c></row></sheetData><mergeCells><mergeCell ref='B1:C1'/></mergeCells><sheetData><row>",
            "Chỉ tiêu | Thu ngân sách & vốn || Chỉ tiêu",
        );
        check("<c t='inlineStr'><is><t>Mưa</t></is></c><c><v>0.30000000000000004</v></c>", "Mưa | 0,3");
        check("<c t='str'><f>A1</f><v>Nắng</v></c><c s='1'><v>44270</v></c>", "Nắng | 15/03/2021");
        check(
            "<c t='str'><v>Tăng</v></c><c s='2'><v>0.1254</v></c><c s='4'><v>0.5</v></c>",
            "Tăng | 12,5% | 50%",
        );
        check(
            "<c t='str'><v>Thu</v></c><c s='3'><v>1234567.5</v></c><c><v>1234567</v></c>",
            "Thu | 1234567,50 | 1234567",
        );
        check("<c t='str'><v>Lỗi</v></c><c t='e'><v>#REF!</v></c>", "Lỗi");
        check("", "none");
    }

    #[test]
    fn sheets_that_are_shown_are_read_in_their_order() {
        let row = |text: &str| {
            format!("<row><c t='str'><v>{text}</v></c></row><row hidden='1'><c><v>9</v></c></row>")
        };
        let (a, b, c) = (row("một"), row("hai"), row("ba"));
        let file = file(&[("Biểu 1", "", &a), ("Ẩn", "state='hidden'", &b), ("Biểu 2", "", &c)]);
        assert_eq!(read(&file).unwrap().text, "Biểu 1\nmột\nBiểu 2\nba");
        assert!(matches!(read(b"PK\x03\x04"), Err(Unreadable::Damaged("XLSX"))));
    }

    #[test]
    fn formats_are_told_by_their_codes() {
        let check = |code: &str, expected: Format| assert_eq!(Format::of_code(code), expected, "{code}");
        check("0.00%", Format::Percent(2));
        check("#,##0", Format::Number(Some(0)));
        check("#,##0.0;[Red]-#,##0.0", Format::Number(Some(1)));
        check("[$-42A]dd/mm/yyyy", Format::Day);
        check("d-mmm-yy", Format::Day);
        check("0\" ngày\"", Format::Number(Some(0)));
        check("h:mm:ss", Format::General);
        check("# ?/?", Format::General);
        check("General", Format::General);
        check("0.00E+00", Format::General);
    }
}
