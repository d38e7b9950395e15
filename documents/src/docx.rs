//! DOCX (ECMA-376): the paragraphs of the main document, tables as rows, footnotes, heads and feet once.

use std::collections::HashMap;

use corpus::{Article, Form};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::Unreadable;
use crate::package::{Package, attribute, reference};
use crate::table::{CELLS, Table};
use crate::written::{self, Line};

/// The article in a DOCX file.
///
/// A paragraph is a line, a row of a table one line with bars between its cells ([`written::row`]); tables that only hold the
/// head or the foot of a letter side by side give the lines of their cells. Text that was deleted with changes tracked, and
/// text that is hidden, is left out. Footnotes follow the text, each with its number in brackets, then what heads and feet of
/// the pages say, each once.
pub(crate) fn read(bytes: &[u8]) -> Result<Article, Unreadable> {
    let damaged = || Unreadable::Damaged("DOCX");
    let mut package = Package::open(bytes, "DOCX")?;
    let main = package.main("word/document.xml")?;
    let xml = package.part(&main)?.ok_or_else(damaged)?;
    let parts = package.related(&main, &["footnotes", "endnotes", "header", "footer", "styles"])?;
    let mut styles = Styles::default();
    if let Some((_, part)) = parts.iter().find(|(kind, _)| kind == "styles")
        && let Some(xml) = package.part(part)?
    {
        // A document whose styles cannot be read is still a document.
        styles = Styles::read(&xml).unwrap_or_default();
    }
    let Text { mut lines, notes } = text(&xml, &styles).ok_or_else(damaged)?;
    let mut furniture: Vec<Line> = Vec::new();
    for (kind, part) in parts.iter().filter(|(kind, _)| kind != "styles") {
        // A document whose note cannot be read is still a document.
        let Some(xml) = package.part(part)? else { continue };
        match kind.as_str() {
            "footnotes" | "endnotes" => {
                let of_kind = notes.iter().filter(|note| kind.starts_with(note.kind));
                for note in of_kind {
                    let said = note_text(&xml, &note.id).unwrap_or_default();
                    if !said.is_empty() {
                        let note = format!("[{}] {said}", note.number);
                        lines.push(Line::new(note, Some(Form::Footnote)));
                    }
                }
            }
            _ => {
                for line in text(&xml, &Styles::default()).map(|text| text.lines).unwrap_or_default() {
                    let has_words =
                        line.text.chars().filter(|letter| letter.is_alphabetic()).nth(2).is_some();
                    let is_known = |known: &Line| known.text == line.text;
                    if has_words && !furniture.iter().any(is_known) && !lines.iter().any(is_known) {
                        furniture.push(line);
                    }
                }
            }
        }
    }
    if lines.is_empty() {
        return Err(Unreadable::Empty);
    }
    lines.extend(furniture);
    Ok(written::article(&lines))
}

/// What the styles of a document say of the paragraphs that have them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Styles(HashMap<String, Style>);

/// A style of paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Style {
    /// The rank of a heading, from 1.
    heading: Option<u8>,
    is_caption: bool,
    /// The depth of an item, from 1.
    item: Option<u8>,
    /// The style that it has the rest from.
    based_on: Option<String>,
}

/// Styles that are based on each other, at most.
const STYLES: usize = 16;
/// The deepest heading and the deepest item that are told apart.
const HEADINGS: u8 = 6;
const ITEMS: u8 = 8;

impl Styles {
    /// The styles in their part; `None` where it is no right XML.
    fn read(xml: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_reader(xml);
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                    "style" => {
                        let id = attribute(&element, "styleId");
                        open = id.map(|id| (id, Style::default()));
                    }
                    name => {
                        if let (Some((_, style)), Some(value)) = (&mut open, attribute(&element, "val")) {
                            style.set(name, &value);
                        }
                    }
                },
                Event::End(element) if element.local_name().as_ref() == "style" => {
                    styles.0.extend(open.take());
                }
                Event::Eof => return Some(styles),
                _ => {}
            }
        }
    }

    /// What a style and those that it is based on say first.
    fn find<T>(&self, id: &str, said: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id;
        for _ in 0..STYLES {
            let style = self.0.get(id)?;
            let found = said(style);
            if found.is_some() {
                return found;
            }
            id = style.based_on.as_deref()?;
        }
        None
    }
}

impl Style {
    fn set(&mut self, name: &str, value: &str) {
        match name {
            // Their names are English whatever the language of the editor.
            "name" => {
                let name = value.to_lowercase();
                let rank = name.strip_prefix("heading ").and_then(|rank| rank.parse().ok());
                self.heading = rank.filter(|rank| (1..=HEADINGS).contains(rank)).or(self.heading);
                self.is_caption = name == "caption";
                if name.starts_with("list ") && self.item.is_none() {
                    self.item = Some(
                        name.chars()
                            .next_back()
                            .and_then(|last| last.to_digit(10))
                            .map_or(1, |depth| depth as u8),
                    );
                }
            }
            "basedOn" => self.based_on = Some(value.to_owned()),
            "outlineLvl" => self.heading = rank(value).or(self.heading),
            "numId" if value != "0" => self.item = self.item.or(Some(1)),
            "ilvl" => self.item = depth(value).or(self.item),
            _ => {}
        }
    }
}

/// The rank of a heading of an outline level, which is counted from 0; 9 is text.
fn rank(level: &str) -> Option<u8> {
    level.parse::<u8>().ok().filter(|level| *level < HEADINGS).map(|level| level + 1)
}

/// The depth of an item of a level of a list, which is counted from 0.
fn depth(level: &str) -> Option<u8> {
    level.parse::<u8>().ok().map(|level| level.min(ITEMS - 1) + 1)
}

/// What a part says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Text {
    lines: Vec<Line>,
    /// The notes that it refers to, in the order of their marks.
    notes: Vec<Note>,
}

/// A mark of a note.
#[derive(Debug, PartialEq, Eq)]
struct Note {
    /// Footnote or endnote.
    kind: &'static str,
    id: String,
    number: usize,
}

/// The words of the note of a name.
fn note_text(xml: &[u8], id: &str) -> Option<String> {
    let mut reader = Reader::from_reader(xml);
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(start)
                if matches!(start.local_name().as_ref(), "footnote" | "endnote")
                    && attribute(&start, "id").as_deref() == Some(id) =>
            {
                reader.read_to_end(start.name()).ok()?;
                let after = usize::try_from(reader.buffer_position()).ok()?;
                let lines = text(xml.get(before..after)?, &Styles::default())?.lines;
                return Some(lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join(" "));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The paragraphs and rows of a part; `None` where it is no right XML.
fn text(xml: &[u8], styles: &Styles) -> Option<Text> {
    let mut reader = Reader::from_reader(xml);
    let mut writer = Writer {
        styles,
        lines: Vec::new(),
        notes: Vec::new(),
        open: Vec::new(),
        in_text: false,
        silent: 0,
        choices: Vec::new(),
        written: 0,
        run: Run::default(),
    };
    let mut depth = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                depth += 1;
                writer.start(&start);
            }
            Event::Empty(empty) => writer.empty(&empty),
            Event::Text(text) if writer.in_text => writer.words(&text.xml10_content()),
            Event::GeneralRef(name) if writer.in_text => writer.words(&reference(&name)?),
            Event::End(end) => {
                depth = depth.checked_sub(1)?;
                writer.end(end.local_name().as_ref());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    // A file that was cut off leaves elements open.
    (depth == 0).then_some(Text { lines: writer.lines, notes: writer.notes })
}

/// A part while it is read.
struct Writer<'s> {
    styles: &'s Styles,
    lines: Vec<Line>,
    notes: Vec<Note>,
    /// The paragraphs and tables that are open: a frame of text stands in a paragraph and has its own, and a table can stand
    /// in a cell.
    open: Vec<Open>,
    in_text: bool,
    /// Elements that are open of which nothing is read.
    silent: usize,
    /// For each choice that is open, the words written before it, and whether it was taken.
    choices: Vec<(usize, bool)>,
    /// Bytes written so far.
    written: usize,
    run: Run,
}

/// How a run of text looks.
#[derive(Clone, Copy, Default)]
struct Run {
    hidden: bool,
    bold: bool,
}

/// What is open.
enum Open {
    Paragraph(Paragraph),
    Table(Table),
}

#[derive(Default)]
struct Paragraph {
    line: String,
    /// Some of its words are not bold.
    is_plain: bool,
    style: Option<String>,
    /// The rank that it has itself.
    heading: Option<u8>,
    /// The depth that it has itself; 0 where it is said to be no item.
    item: Option<u8>,
    /// The lines of frames in it, which come after it.
    after: Vec<Line>,
}

impl Paragraph {
    fn form(&self, styles: &Styles) -> Option<Form> {
        let style = self.style.as_deref().unwrap_or_default();
        let heading = self.heading.or_else(|| styles.find(style, |style| style.heading));
        let item = self.item.or_else(|| styles.find(style, |style| style.item)).filter(|depth| *depth > 0);
        if let Some(rank) = heading {
            Some(Form::Heading(rank))
        } else if styles.find(style, |style| style.is_caption.then_some(())).is_some() {
            Some(Form::Caption)
        } else if let Some(depth) = item {
            Some(Form::Item(depth))
        } else {
            (!self.is_plain).then_some(Form::Bold)
        }
    }
}

impl Writer<'_> {
    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            // A drawing is written twice, for newer readers and for older ones.
            "AlternateContent" => self.choices.push((self.written, false)),
            "Choice" | "Fallback" => {
                let taken = self.choices.last().is_some_and(|(_, taken)| *taken);
                self.silent += usize::from(taken);
                if let Some(choice) = self.choices.last_mut() {
                    *choice = (self.written, taken);
                }
            }
            "del" | "moveFrom" => self.silent += 1,
            "t" => self.in_text = true,
            "p" => self.open.push(Open::Paragraph(Paragraph::default())),
            "r" => self.run = Run::default(),
            "tbl" => self.open.push(Open::Table(Table::default())),
            "tr" => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.begin_row();
                }
            }
            "tc" => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.begin_cell(1);
                }
            }
            _ => self.empty(element),
        }
    }

    fn empty(&mut self, element: &BytesStart<'_>) {
        let is_set = || !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off"));
        let count = || attribute(element, "val").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
        let name = element.local_name();
        match (name.as_ref(), self.open.last_mut()) {
            ("vanish" | "webHidden", _) => self.run.hidden |= is_set(),
            ("b", _) => self.run.bold = is_set(),
            // The same, for the mark at the end of the paragraph alone.
            ("pPr", _) => self.run = Run::default(),
            ("pStyle", Some(Open::Paragraph(paragraph))) => paragraph.style = attribute(element, "val"),
            ("outlineLvl", Some(Open::Paragraph(paragraph))) => {
                paragraph.heading = attribute(element, "val").and_then(|level| rank(&level));
            }
            ("ilvl", Some(Open::Paragraph(paragraph))) => {
                paragraph.item = attribute(element, "val").and_then(|level| depth(&level));
            }
            ("numId", Some(Open::Paragraph(paragraph))) => {
                let is_none = attribute(element, "val").is_some_and(|id| id == "0");
                paragraph.item = if is_none { Some(0) } else { paragraph.item.or(Some(1)) };
            }
            ("gridSpan", Some(Open::Table(table))) => table.widen(count()),
            ("gridBefore", Some(Open::Table(table))) => {
                for _ in 0..count().min(CELLS) {
                    table.begin_cell(1);
                }
            }
            ("tblHeader", Some(Open::Table(table))) if is_set() => table.head_row(),
            _ if self.silent > 0 || self.run.hidden => {}
            ("tab" | "ptab" | "br" | "cr", _) => self.words(" "),
            ("noBreakHyphen", _) => self.words("-"),
            ("sym", _) => {
                let letter = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(letter) = letter.and_then(char::from_u32) {
                    self.words(letter.encode_utf8(&mut [0; 4]));
                }
            }
            ("footnoteReference", _) => self.note("footnote", element),
            ("endnoteReference", _) => self.note("endnote", element),
            _ => {}
        }
    }

    fn note(&mut self, kind: &'static str, element: &BytesStart<'_>) {
        if let Some(id) = attribute(element, "id") {
            let number = self.notes.iter().filter(|note| note.kind == kind).count() + 1;
            self.notes.push(Note { kind, id, number });
        }
    }

    fn words(&mut self, words: &str) {
        if self.silent > 0 || self.run.hidden {
            return;
        }
        if let Some(Open::Paragraph(paragraph)) = self.open.last_mut() {
            paragraph.line.extend(words.chars().map(written::symbol));
            paragraph.is_plain |= !self.run.bold && words.chars().any(char::is_alphanumeric);
            self.written += words.trim().len();
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "AlternateContent" => {
                self.choices.pop();
            }
            "Choice" | "Fallback" => {
                if let Some((before, taken)) = self.choices.last_mut() {
                    self.silent -= usize::from(*taken);
                    *taken |= self.written > *before;
                }
            }
            "del" | "moveFrom" => self.silent = self.silent.saturating_sub(1),
            "t" => self.in_text = false,
            "r" | "pPr" => self.run = Run::default(),
            "p" | "tbl" => {
                let lines = match self.open.pop() {
                    None => Vec::new(),
                    Some(Open::Paragraph(mut paragraph)) => {
                        let form = paragraph.form(self.styles);
                        let words = paragraph.line.split_whitespace().collect::<Vec<_>>().join(" ");
                        let own = (!words.is_empty()).then(|| Line::new(words, form));
                        own.into_iter().chain(paragraph.after.drain(..)).collect()
                    }
                    Some(Open::Table(table)) => table.lines(),
                };
                for line in lines {
                    self.line(line);
                }
            }
            _ => {}
        }
    }

    /// Adds a line to what is around it: a paragraph, a cell, the document.
    fn line(&mut self, line: Line) {
        match self.open.last_mut() {
            None => self.lines.push(line),
            Some(Open::Paragraph(paragraph)) => paragraph.after.push(line),
            Some(Open::Table(table)) => table.line(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;
    use crate::package::LONGEST;

    fn file(document: &str) -> Vec<u8> {
        archive(&[("word/document.xml", document)])
    }

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, part) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(part.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn relationships(all: &[(&str, &str)]) -> String {
        let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let all: String = all
            .iter()
            .map(|(kind, target)| {
                format!("<Relationship Id=\"{kind}\" Type=\"{base}/{kind}\" Target=\"{target}\"/>")
            })
            .collect();
        format!("<Relationships>{all}</Relationships>")
    }

    fn lines(xml: &[u8]) -> Option<Vec<String>> {
        let lines = text(xml, &Styles::default())?.lines;
        Some(lines.into_iter().map(|line| line.text).collect())
    }

    fn document(body: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
             <w:body>{body}</w:body></w:document>"
        )
    }

    #[test]
    fn paragraphs_and_rows_are_lines() {
        let check = |body: &str, expected: &[&str]| {
            assert_eq!(lines(document(body).as_bytes()).unwrap(), expected, "{body}");
        };
        let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        check(&(p("Một") + &p("") + &p("Hai")), &["Một", "Hai"]);
        check(
            "<w:p><w:r><w:t>Xã </w:t></w:r><w:r><w:t>Nà Phai</w:t><w:tab/><w:t>2019</w:t></w:r></w:p>",
            &["Xã Nà Phai 2019"],
        );
        check(&p("Nông nghiệp &amp; môi trường&#160;3"), &["Nông nghiệp & môi trường 3"]);
        check(
            "<w:p><w:del><w:r><w:delText>cũ</w:delText><w:t>cũ</w:t></w:r></w:del><w:r><w:t>mới</w:t></w:r></w:p>",
            &["mới"],
        );
        let hidden = |value: &str| {
            format!(
                "<w:p><w:r><w:rPr><w:vanish{value}/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>rõ</w:t></w:r></w:p>"
            )
        };
        check(&hidden(""), &["rõ"]);
        check(&hidden(" w:val=\"0\""), &["ẩnrõ"]);
        check("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>rõ</w:t></w:r></w:p>", &["rõ"]);
        // A drawing is written twice; its frame comes after the paragraph that it stands in.
        let frame = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
        let choice = |newer: &str, older: &str| {
            format!(
                "<w:p><w:r><w:t>Ngoài</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{newer}</mc:Choice>\
                 <mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> khung</w:t></w:r></w:p>"
            )
        };
        check(&choice(&frame("412 hộ"), &frame("412 hộ")), &["Ngoài khung", "412 hộ"]);
        check(&choice("<w:drawing/>", &frame("412 hộ")), &["Ngoài khung", "412 hộ"]);
        let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(text));
        let table = |rows: &str| format!("<w:tbl>{rows}</w:tbl>");
        check(
            &table(&format!(
                "<w:tr>{}{}</w:tr><w:tr>{}{}</w:tr>",
                cell("Xã"),
                cell("Năm"),
                cell("Nà Phai"),
                cell("2019")
            )),
            &["Xã | Năm", "Nà Phai | 2019"],
        );
        let inner = table(&format!("<w:tr>{}{}</w:tr>", cell("a"), cell("b")));
        check(&choice(&format!("<w:txbxContent>{inner}</w:txbxContent>"), ""), &["Ngoài khung", "a", "b"]);
        check(&table(&format!("<w:tr><w:tc>{inner}</w:tc>{}</w:tr>", cell("c"))), &["a", "b", "c"]);
        assert_eq!(lines(b"<w:p><w:r>"), None);
        assert_eq!(lines(document(&p("&bomb;")).as_bytes()), None);
    }

    #[test]
    fn parts_are_found_by_what_names_them() {
        let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let main = document(
            "<w:p><w:r><w:t>Còn 312 hộ</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
             <w:p><w:r><w:t>Hết</w:t></w:r></w:p>",
        );
        let notes = format!(
            "<w:footnotes><w:footnote w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
            p("thừa"),
            p("Theo Sở Lao động")
        );
        let head = format!("<w:hdr>{}</w:hdr>", p("Huyện Khê Thượng"));
        let check = |package: &str, text: &str| {
            let parts = [
                ("footnotes", "notes.xml"),
                ("header", "/word/header1.xml"),
                ("header", "header2.xml"),
                ("styles", "styles.xml"),
            ];
            let file = archive(&[
                ("_rels/.rels", &relationships(&[("officeDocument", package)])),
                ("word/document2.xml", &main),
                ("word/_rels/document2.xml.rels", &relationships(&parts)),
                ("word/notes.xml", &notes),
                ("word/header1.xml", &head),
                ("word/header2.xml", &head),
            ]);
            assert_eq!(read(&file).unwrap().text, text, "{package}");
        };
        check("word/document2.xml", "Còn 312 hộ\nHết\n[1] Theo Sở Lao động\nHuyện Khê Thượng");
        check("/word/document2.xml", "Còn 312 hộ\nHết\n[1] Theo Sở Lao động\nHuyện Khê Thượng");
    }

    #[test]
    fn a_file_becomes_an_article_or_a_reason() {
        let text = "<w:p><w:r><w:t>Ba xã về đích</w:t></w:r></w:p><w:p><w:r><w:t>Hà Lan 26/06/2021</w:t></w:r></w:p>\
                    <w:p><w:r><w:t>Sáng nay, ba xã đã được công nhận.</w:t></w:r></w:p>";
        let article = read(&file(&document(text))).unwrap();
        assert_eq!(article.title.as_deref(), Some("Ba xã về đích"));
        assert_eq!(article.published.unwrap().date.to_string(), "2021-06-26");
        assert!(article.text.ends_with("công nhận."));
        assert_eq!(read(b"PK\x03\x04").unwrap_err(), Unreadable::Damaged("DOCX"));
        assert_eq!(read(&file(&document(""))).unwrap_err(), Unreadable::Empty);
        assert_eq!(read(&file("<w:document>")).unwrap_err(), Unreadable::Damaged("DOCX"));
        let long = format!("<w:document>{}", " ".repeat(usize::try_from(LONGEST).unwrap()));
        assert_eq!(read(&file(&long)).unwrap_err(), Unreadable::TooLong(64));
    }
}
