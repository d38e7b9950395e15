//! DOCX (ECMA-376): the paragraphs of the main document, tables as rows, footnotes, heads and feet once.

use corpus::Article;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::package::{Package, attribute, reference};
use crate::{Unreadable, report};

/// The article in a DOCX file.
///
/// A paragraph is a line, a row of a table one line with ` | ` between its cells. Text that was deleted with changes
/// tracked, and text that is hidden, is left out. Footnotes follow the text, each with its number in brackets, then what heads
/// and feet of the pages say, each once.
pub fn read(bytes: &[u8]) -> Result<Article, Unreadable> {
    let damaged = || Unreadable::Damaged("DOCX");
    let mut package = Package::open(bytes, "DOCX")?;
    let main = package.main("word/document.xml")?;
    let xml = package.part(&main)?.ok_or_else(damaged)?;
    let Text { mut lines, notes } = text(&xml).ok_or_else(damaged)?;
    let mut furniture: Vec<String> = Vec::new();
    for (kind, part) in package.related(&main, &["footnotes", "endnotes", "header", "footer"])? {
        // A document whose note cannot be read is still a document.
        let Some(xml) = package.part(&part)? else { continue };
        match kind.as_str() {
            "footnotes" | "endnotes" => {
                let of_kind = notes.iter().filter(|note| kind.starts_with(note.kind));
                for note in of_kind {
                    let said = note_text(&xml, &note.id).unwrap_or_default();
                    if !said.is_empty() {
                        lines.push(format!("[{}] {said}", note.number));
                    }
                }
            }
            _ => {
                for line in text(&xml).map(|text| text.lines).unwrap_or_default() {
                    let has_words = line.chars().filter(|letter| letter.is_alphabetic()).nth(2).is_some();
                    if has_words && !furniture.contains(&line) && !lines.contains(&line) {
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
    let mut article = corpus::plain_text::read(&lines.join("\n"));
    report::fill(&mut article);
    Ok(article)
}

/// What a part says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Text {
    lines: Vec<String>,
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
                return Some(text(xml.get(before..after)?)?.lines.join(" "));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The paragraphs and rows of a part; `None` where it is no right XML.
fn text(xml: &[u8]) -> Option<Text> {
    let mut reader = Reader::from_reader(xml);
    let mut writer = Writer::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                depth += 1;
                writer.start(&start);
            }
            Event::Empty(empty) => writer.empty(&empty),
            Event::Text(text) => writer.words(&text.xml10_content()),
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
#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    notes: Vec<Note>,
    /// The paragraphs and rows that are open: a frame of text stands in a paragraph and has its own, and a table can stand
    /// in a cell.
    open: Vec<Open>,
    in_text: bool,
    /// Elements that are open of which nothing is read.
    silent: usize,
    /// For each choice that is open, the words written before it, and whether it was taken.
    choices: Vec<(usize, bool)>,
    /// Bytes written so far.
    written: usize,
    /// The run of text says how it looks, and that it is hidden.
    hidden: bool,
}

/// What is open.
enum Open {
    /// A paragraph, with the lines of frames in it, which come after it.
    Paragraph { line: String, after: Vec<String> },
    /// The cells of a row.
    Row(Vec<String>),
}

impl Writer {
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
            "p" => self.open.push(Open::Paragraph { line: String::new(), after: Vec::new() }),
            "r" => self.hidden = false,
            "tr" => self.open.push(Open::Row(Vec::new())),
            "tc" => {
                if let Some(Open::Row(cells)) = self.open.last_mut() {
                    cells.push(String::new());
                }
            }
            _ => self.empty(element),
        }
    }

    fn empty(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "vanish" | "webHidden" => {
                self.hidden |= !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off"));
            }
            // The same, for the mark at the end of the paragraph alone.
            "pPr" => self.hidden = false,
            _ if self.silent > 0 || self.hidden => {}
            "tab" | "ptab" | "br" | "cr" => self.words(" "),
            "noBreakHyphen" => self.words("-"),
            "footnoteReference" => self.note("footnote", element),
            "endnoteReference" => self.note("endnote", element),
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
        let is_mark = matches!(words, " " | "-");
        if self.silent > 0 || self.hidden || !(self.in_text || is_mark) {
            return;
        }
        if let Some(Open::Paragraph { line, .. }) = self.open.last_mut() {
            line.push_str(words);
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
            "r" | "pPr" => self.hidden = false,
            "p" | "tr" => {
                let lines = match self.open.pop() {
                    None => Vec::new(),
                    Some(Open::Paragraph { line, after }) => {
                        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
                        std::iter::once(words).chain(after).collect()
                    }
                    Some(Open::Row(cells)) => vec![cells.join(" | ").trim_matches([' ', '|']).to_owned()],
                };
                for line in lines.into_iter().filter(|line| !line.is_empty()) {
                    self.line(line);
                }
            }
            _ => {}
        }
    }

    /// Adds a line to what is around it: a paragraph, a cell, the document.
    fn line(&mut self, line: String) {
        match self.open.last_mut() {
            None => self.lines.push(line),
            Some(Open::Paragraph { after, .. }) => after.push(line),
            Some(Open::Row(cells)) => {
                if let Some(cell) = cells.last_mut() {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(&line);
                }
            }
        }
    }
}

/// The value of an attribute, whatever its prefix.
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
        text(xml).map(|text| text.lines)
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
        check(&choice(&format!("<w:txbxContent>{inner}</w:txbxContent>"), ""), &["Ngoài khung", "a | b"]);
        check(&table(&format!("<w:tr><w:tc>{inner}</w:tc>{}</w:tr>", cell("c"))), &["a | b | c"]);
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
