//! PPTX (ECMA-376): what the slides of a presentation say, in their order: paragraphs, tables as rows.

use corpus::Article;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::Unreadable;
use crate::package::{Package, attribute, reference};
use crate::table::Table;
use crate::written::{self, Line};

/// The article in a PPTX file: a line for each paragraph of each slide, notes and masters left out.
pub(crate) fn read(bytes: &[u8]) -> Result<Article, Unreadable> {
    let damaged = || Unreadable::Damaged("PPTX");
    let mut package = Package::open(bytes, "PPTX")?;
    let main = package.main("ppt/presentation.xml")?;
    let order = slides(&package.part(&main)?.ok_or_else(damaged)?);
    let mut found = package.relations(&main, &["slide"])?;
    // Slides that the presentation does not list come last, as they are named.
    found.sort_by_key(|slide| order.iter().position(|id| *id == slide.id).unwrap_or(usize::MAX));
    let mut lines = Vec::new();
    for slide in found {
        // A presentation of which one slide cannot be read is still one.
        if let Some(xml) = package.part(&slide.part)? {
            lines.extend(of_slide(&xml).unwrap_or_default());
        }
    }
    if lines.is_empty() { Err(Unreadable::Empty) } else { Ok(written::article(&lines)) }
}

/// What the presentation calls its slides, in their order.
fn slides(xml: &[u8]) -> Vec<String> {
    let mut reader = Reader::from_reader(xml);
    let mut ids = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == "sldId" => {
                // It has a number of its own besides.
                let relation = element.attributes().flatten().find(|attribute| {
                    attribute.key.local_name().as_ref() == "id" && attribute.key.prefix().is_some()
                });
                ids.extend(relation.map(|relation| relation.value.into_owned()));
            }
            Ok(Event::Eof) | Err(_) => return ids,
            Ok(_) => {}
        }
    }
}

/// What a slide says; `None` where it is no right XML.
fn of_slide(xml: &[u8]) -> Option<Vec<Line>> {
    let mut reader = Reader::from_reader(xml);
    let mut slide = Slide::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => {
                depth += 1;
                slide.start(&element);
            }
            Event::Empty(element) if element.local_name().as_ref() == "br" => {
                slide.words.push_str(written::BREAK);
            }
            Event::Text(text) if slide.in_text => slide.words.push_str(&text.xml10_content()),
            Event::GeneralRef(name) if slide.in_text => slide.words.push_str(&reference(&name)?),
            Event::End(element) => {
                depth = depth.checked_sub(1)?;
                slide.end(element.local_name().as_ref());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    (depth == 0).then_some(slide.lines)
}

/// A slide while it is read.
#[derive(Default)]
struct Slide {
    lines: Vec<Line>,
    /// The table that is open; there is none in another.
    table: Option<Table>,
    words: String,
    in_text: bool,
    /// The number of the slide, the day: fields of its frame.
    in_field: bool,
}

impl Slide {
    fn start(&mut self, element: &BytesStart<'_>) {
        match (element.local_name().as_ref(), self.table.as_mut()) {
            ("t", _) => self.in_text = !self.in_field,
            ("br", _) => self.words.push_str(written::BREAK),
            ("fld", _) => self.in_field = true,
            ("tbl", _) => self.table = Some(Table::default()),
            ("tr", Some(table)) => table.begin_row(),
            ("tc", Some(table)) => {
                // A cell over which another reaches stands in the file too.
                if attribute(element, "hMerge").is_some_and(|merged| merged == "1" || merged == "true") {
                    table.widen_last();
                } else {
                    table.begin_cell(1);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "fld" => self.in_field = false,
            "p" => {
                let words = std::mem::take(&mut self.words);
                for line in written::lines(None, &words, None, self.table.is_some()) {
                    match self.table.as_mut() {
                        Some(table) => table.line(line),
                        None => self.lines.push(line),
                    }
                }
            }
            "tbl" => self.lines.extend(self.table.take().map(Table::lines).unwrap_or_default()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(xml.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn slides_are_lines_in_their_order() {
        let slide = |inner: &str| format!("<p:sld><p:txBody>{inner}</p:txBody></p:sld>");
        let p = |text: &str| format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>");
        let second = slide(&p("Năm 2021 &amp; 2022"));
        let cell = |text: &str| format!("<a:tc><a:txBody>{}</a:txBody></a:tc>", p(text));
        let first = slide(&format!(
            "{}<a:p><a:r><a:t>Trồng </a:t></a:r><a:r><a:t>rừng</a:t></a:r><a:br/><a:r><a:t>UBND tỉnh</a:t></a:r>\
             <a:fld><a:t>7</a:t></a:fld></a:p><a:tbl><a:tr>{}{}</a:tr><a:tr>{}{}</a:tr></a:tbl>",
            p("BÁO CÁO"),
            cell("Xã"),
            cell("Rừng (ha)"),
            cell("Nà Phai"),
            cell("412")
        ));
        let file = packed(&[
            (
                "_rels/.rels",
                "<r><Relationship Id='a' Type='x/officeDocument' Target='ppt/presentation.xml'/></r>",
            ),
            (
                "ppt/presentation.xml",
                "<p><p:sldIdLst><p:sldId id='256' r:id='b'/><p:sldId id='257' r:id='a'/></p:sldIdLst></p>",
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                "<r><Relationship Id='a' Type='x/slide' Target='slides/slide1.xml'/><Relationship Id='b' Type='x/slide' Target='slides/slide2.xml'/></r>",
            ),
            ("ppt/slides/slide1.xml", &second),
            ("ppt/slides/slide2.xml", &first),
        ]);
        assert_eq!(
            read(&file).unwrap().text,
            "BÁO CÁO\nTrồng rừng\nUBND tỉnh\nXã | Rừng (ha)\nNà Phai | 412\nNăm 2021 & 2022"
        );
        assert_eq!(read(b"PK").err(), Some(Unreadable::Damaged("PPTX")));
    }
}
