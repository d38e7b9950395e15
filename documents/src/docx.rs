//! DOCX (ECMA-376): the paragraphs of the main document, tables as rows, footnotes, heads and feet once.

mod lists;
mod styles;

use std::borrow::Cow;

use corpus::{Article, Form};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use self::lists::Lists;
use self::styles::{Styles, depth, is_set, rank};
use crate::Unreadable;
use crate::numbering::Counts;
use crate::package::{Package, attribute, reference};
use crate::table::{CELLS, Table};
use crate::written::{self, Line};

/// The article in a DOCX file.
///
/// A paragraph is a line, a row of a table one line with bars between its cells ([`written::row`]); tables that only hold the
/// head or the foot of a letter side by side give the lines of their cells. Paragraphs of lists have the numbers that readers
/// see before them. Text that was deleted with changes tracked, that is struck out (unless most is), and text that is hidden,
/// is left out. Footnotes follow the text, each with its number in brackets, then what heads and feet of
/// the pages say, each once.
pub(crate) fn read(bytes: &[u8]) -> Result<Article, Unreadable> {
    let damaged = || Unreadable::Damaged("DOCX");
    let mut package = Package::open(bytes, "DOCX")?;
    let main = package.main("word/document.xml")?;
    let xml = package.part(&main)?.ok_or_else(damaged)?;
    let parts =
        package.related(&main, &["footnotes", "endnotes", "header", "footer", "styles", "numbering"])?;
    let mut design = Design::default();
    for (kind, part) in &parts {
        // A document whose styles or lists cannot be read is still a document.
        match kind.as_str() {
            "styles" => {
                design.styles = package.part(part)?.and_then(|xml| Styles::read(&xml)).unwrap_or_default();
            }
            "numbering" => {
                design.lists = package.part(part)?.and_then(|xml| Lists::read(&xml)).unwrap_or_default();
            }
            _ => {}
        }
    }
    let Text { mut lines, notes } = text(&xml, &design).ok_or_else(damaged)?;
    let mut furniture: Vec<Line> = Vec::new();
    for (kind, part) in parts.iter().filter(|(kind, _)| !matches!(kind.as_str(), "styles" | "numbering")) {
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
                for line in text(&xml, &Design::default()).map(|text| text.lines).unwrap_or_default() {
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

/// What the other parts of a file say of how its text looks.
#[derive(Debug, Default)]
struct Design {
    styles: Styles,
    lists: Lists,
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
                let lines = text(xml.get(before..after)?, &Design::default())?.lines;
                return Some(lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join(" "));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The paragraphs and rows of a part; `None` where it is no right XML.
fn text(xml: &[u8], design: &Design) -> Option<Text> {
    written::without_struck(|keeps_struck| read_text(xml, design, keeps_struck), |text| &text.lines)
}

/// The same, and the bytes of it that are struck out, which are kept or not.
fn read_text(xml: &[u8], design: &Design, keeps_struck: bool) -> Option<(Text, usize)> {
    let mut reader = Reader::from_reader(xml);
    let mut writer = Writer {
        design,
        counts: Counts::default(),
        keeps_struck,
        struck: 0,
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
            // What it was before a change that was tracked.
            Event::Start(start) if start.local_name().as_ref().ends_with("PrChange") => {
                reader.read_to_end(start.name()).ok()?;
            }
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
    (depth == 0).then_some((Text { lines: writer.lines, notes: writer.notes }, writer.struck))
}

/// A part while it is read.
struct Writer<'d> {
    design: &'d Design,
    counts: Counts,
    keeps_struck: bool,
    /// Bytes that are struck out.
    struck: usize,
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
#[derive(Clone, Default)]
struct Run {
    /// Its style of letters.
    style: Option<String>,
    /// Where it says so itself.
    hidden: Option<bool>,
    bold: bool,
    struck: bool,
    raised: bool,
    /// Where it says so itself.
    capitals: Option<bool>,
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
    /// The list that it says itself it counts in (`0`: in none), and its level there, from 0.
    list: Option<String>,
    level: Option<usize>,
    /// The lines of frames in it, which come after it.
    after: Vec<Line>,
}

impl Paragraph {
    /// The number that it has before it.
    fn number(&self, design: &Design, counts: &mut Counts) -> Option<String> {
        let style = self.style.as_deref();
        let of_style = style.and_then(|style| design.styles.find(style, |style| style.list.clone()));
        let list = self.list.clone().or(of_style).filter(|list| list != "0")?;
        let level =
            self.level.or_else(|| style.and_then(|style| design.styles.find(style, |style| style.level)));
        design.lists.number(counts, &list, level, style)
    }

    /// What its form says. One with a number is what its number says, as if it had been typed.
    fn form(&self, styles: &Styles, has_number: bool) -> Option<Form> {
        let style = self.style.as_deref().unwrap_or_default();
        let heading = self.heading.or_else(|| styles.find(style, |style| style.heading));
        let item = self.item.or_else(|| styles.find(style, |style| style.item)).filter(|depth| *depth > 0);
        if let Some(rank) = heading {
            Some(Form::Heading(rank))
        } else if styles.find(style, |style| style.is_caption.then_some(())).is_some() {
            Some(Form::Caption)
        } else if let Some(depth) = item.filter(|_| !has_number) {
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
        let is_set = || is_set(attribute(element, "val").as_deref());
        let count = || attribute(element, "val").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
        let name = element.local_name();
        let is_hidden = self.is_hidden();
        match (name.as_ref(), self.open.last_mut()) {
            ("vanish", _) => self.run.hidden = Some(is_set()),
            ("webHidden", _) if is_set() => self.run.hidden = Some(true),
            ("rStyle", _) => self.run.style = attribute(element, "val"),
            ("b", _) => self.run.bold = is_set(),
            ("strike" | "dstrike", _) => self.run.struck |= is_set(),
            ("caps", _) => self.run.capitals = Some(is_set()),
            ("vertAlign", _) => {
                self.run.raised = attribute(element, "val").is_some_and(|place| place == "superscript");
            }
            // The same, for the mark at the end of the paragraph alone.
            ("pPr", _) => self.run = Run::default(),
            ("pStyle", Some(Open::Paragraph(paragraph))) => paragraph.style = attribute(element, "val"),
            ("outlineLvl", Some(Open::Paragraph(paragraph))) => {
                paragraph.heading = attribute(element, "val").and_then(|level| rank(&level));
            }
            ("ilvl", Some(Open::Paragraph(paragraph))) => {
                let level = attribute(element, "val");
                paragraph.level = level.as_ref().and_then(|level| level.parse().ok());
                paragraph.item = level.and_then(|level| depth(&level));
            }
            ("numId", Some(Open::Paragraph(paragraph))) => {
                paragraph.list = attribute(element, "val");
                let is_none = paragraph.list.as_deref() == Some("0");
                paragraph.item = if is_none { Some(0) } else { paragraph.item.or(Some(1)) };
            }
            ("gridSpan", Some(Open::Table(table))) => table.widen(count()),
            ("gridBefore", Some(Open::Table(table))) => {
                for _ in 0..count().min(CELLS) {
                    table.begin_cell(1);
                }
            }
            ("tblHeader", Some(Open::Table(table))) if is_set() => table.head_row(),
            _ if self.silent > 0 || is_hidden => {}
            ("tab" | "ptab", _) => self.words(" "),
            ("br" | "cr", _) => self.words(written::BREAK),
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

    /// Whether what is written now is hidden: by the run itself, by its style, or by that of its paragraph.
    fn is_hidden(&self) -> bool {
        let of_style = |style: &str| self.design.styles.find(style, |style| style.hidden);
        let of_paragraph = || match self.open.last() {
            Some(Open::Paragraph(paragraph)) => paragraph.style.as_deref().and_then(of_style),
            _ => None,
        };
        let own = self.run.hidden.or_else(|| self.run.style.as_deref().and_then(of_style));
        own.or_else(of_paragraph).unwrap_or(false)
    }

    fn words(&mut self, words: &str) {
        if self.silent > 0 || self.is_hidden() {
            return;
        }
        if self.run.struck && !self.keeps_struck {
            self.struck += words.len();
            return;
        }
        if let Some(Open::Paragraph(paragraph)) = self.open.last_mut() {
            let style = paragraph.style.as_deref().unwrap_or_default();
            let styles = &self.design.styles;
            let mut words = Cow::Borrowed(words);
            if self.run.capitals.or_else(|| styles.find(style, |style| style.capitals)).unwrap_or(false) {
                words = Cow::Owned(words.to_uppercase());
            }
            if self.run.raised {
                words = Cow::Owned(corpus::raised::written(&paragraph.line, &words).into_owned());
            }
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
                        let number = paragraph.number(self.design, &mut self.counts);
                        let form = paragraph.form(&self.design.styles, number.is_some());
                        let is_cell = matches!(self.open.last(), Some(Open::Table(_)));
                        let own = written::lines(number, &paragraph.line, form, is_cell);
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
        let lines = text(xml, &Design::default())?.lines;
        Some(lines.into_iter().map(|line| line.text).collect())
    }

    fn document(body: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
             <w:body>{body}</w:body></w:document>"
        )
    }

    #[test]
    fn styles_hide_words() {
        let styles = "<w:styles><w:style w:styleId=\"An\"><w:rPr><w:vanish/></w:rPr></w:style>\
             <w:style w:styleId=\"Ghi\"><w:basedOn w:val=\"An\"/></w:style></w:styles>";
        let design = Design { styles: Styles::read(styles.as_bytes()).unwrap(), ..Design::default() };
        let check = |paragraph: &str, run: &str, expected: &[&str]| {
            let body = format!(
                "<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>một</w:t></w:r></w:p><w:p><w:r><w:t>hai</w:t></w:r></w:p>"
            );
            let lines = text(document(&body).as_bytes(), &design).unwrap().lines;
            let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(lines, expected, "{paragraph}{run}");
        };
        check("", "", &["một", "hai"]);
        check("<w:pStyle w:val=\"Ghi\"/>", "", &["hai"]);
        check("", "<w:rStyle w:val=\"Ghi\"/>", &["hai"]);
        check("<w:pStyle w:val=\"Ghi\"/>", "<w:vanish w:val=\"0\"/>", &["một", "hai"]);
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
        let run = |look: &str, text: &str| {
            format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
        };
        let in_one = |runs: &[String]| format!("<w:p>{}</w:p>", runs.concat());
        let raised = "<w:vertAlign w:val=\"superscript\"/>";
        check(
            &in_one(&[run("", "1.250"), run(raised, "2"), run("", " ha, 35 m"), run(raised, "2")]),
            &["1.250 ha, 35 m2"],
        );
        check(
            &in_one(&[
                run("<w:strike/>", "Còn 999 hộ. "),
                run("<w:strike w:val=\"0\"/>", "Còn 305 hộ ở hai xã."),
            ]),
            &["Còn 305 hộ ở hai xã."],
        );
        // Nobody strikes out all that he says.
        check(&in_one(&[run("<w:strike/>", "Còn 999 hộ.")]), &["Còn 999 hộ."]);
        check(
            &in_one(&[run("<w:caps/>", "Quyết định"), run("<w:smallCaps/>", " số 7")]),
            &["QUYẾT ĐỊNH số 7"],
        );
        let before = "<w:rPrChange><w:rPr><w:vanish/><w:strike/></w:rPr></w:rPrChange>";
        check(&in_one(&[run(before, "Còn 305 hộ.")]), &["Còn 305 hộ."]);
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
    fn paragraphs_of_lists_have_their_numbers() {
        let level = |at: u8, figures: &str, pattern: &str| {
            format!(
                "<w:lvl w:ilvl=\"{at}\"><w:numFmt w:val=\"{figures}\"/><w:lvlText w:val=\"{pattern}\"/></w:lvl>"
            )
        };
        let lists = format!(
            "<w:numbering><w:abstractNum w:abstractNumId=\"5\">{}{}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/></w:num></w:numbering>",
            level(0, "decimal", "Điều %1."),
            level(1, "bullet", "-"),
        );
        let styles = "<w:styles><w:style w:styleId=\"Dieu\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
             <w:style w:styleId=\"To\"><w:basedOn w:val=\"Dieu\"/><w:rPr><w:caps/></w:rPr></w:style></w:styles>";
        let p = |properties: &str, text: &str| {
            format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
        };
        let listed = |level: u8, list: u8| {
            format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")
        };
        let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
        let main = document(
            &[
                p(&listed(0, 1), "Giao ba sở."),
                p(&listed(1, 1), "Sở Y tế"),
                p("<w:pStyle w:val=\"To\"/>", "Hiệu lực"),
                p(&(listed(0, 0) + "<w:pPrChange><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange>"), "Hết"),
                p(&listed(0, 1), ""),
                format!(
                    "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
                    cell(&p("<w:pStyle w:val=\"Dieu\"/>", "")),
                    cell(&p("", "412"))
                ),
            ]
            .concat(),
        );
        let parts = relationships(&[("numbering", "numbering.xml"), ("styles", "styles.xml")]);
        let file = archive(&[
            ("word/document.xml", &main),
            ("word/_rels/document.xml.rels", &parts),
            ("word/numbering.xml", &lists),
            ("word/styles.xml", styles),
        ]);
        let article = read(&file).unwrap();
        assert_eq!(article.text, "Điều 1. Giao ba sở.\nSở Y tế\nĐiều 2. HIỆU LỰC\nHết\nĐiều 4. | 412");
        let forms: Vec<Form> = article.marks.iter().map(|mark| mark.form).collect();
        assert_eq!(forms, [Form::Item(2), Form::Row { heads: false, first: true }]);
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
