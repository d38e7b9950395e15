//! DOCX (ECMA-376): the paragraphs of the main document, tables as rows.

use std::io::{Cursor, Read as _};

use corpus::Article;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::Unreadable;

/// The longest main document that is unpacked, in bytes: a zip file can hold a thousand times its size.
const LONGEST: u64 = 64 << 20;

/// The article in a DOCX file.
///
/// A paragraph is a line, a row of a table one line with ` | ` between its cells. Text that was deleted with changes
/// tracked, headers, footers and footnotes are left out.
pub fn read(bytes: &[u8]) -> Result<Article, Unreadable> {
    let damaged = || Unreadable::Damaged("DOCX");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let entry = archive.by_name("word/document.xml").map_err(|_| damaged())?;
    let mut xml = Vec::new();
    entry.take(LONGEST + 1).read_to_end(&mut xml).map_err(|_| damaged())?;
    if xml.len() as u64 > LONGEST {
        return Err(Unreadable::TooLong(LONGEST >> 20));
    }
    let lines = lines(&xml).ok_or_else(damaged)?;
    if lines.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(corpus::plain_text::read(&lines.join("\n")))
}

/// The paragraphs and rows of a main document; `None` where it is no right XML.
fn lines(xml: &[u8]) -> Option<Vec<String>> {
    let mut reader = Reader::from_reader(xml);
    let mut lines = Vec::new();
    let mut line = String::new();
    // The cells of the rows that are open: tables can stand in cells.
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut in_text, mut deleted, mut depth) = (false, 0_usize, 0_usize);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                depth += 1;
                match start.local_name().as_ref() {
                    "t" => in_text = true,
                    "del" | "moveFrom" => deleted += 1,
                    "tr" => rows.push(Vec::new()),
                    _ => {}
                }
            }
            Event::Empty(empty) if deleted == 0 => match empty.local_name().as_ref() {
                "tab" | "br" | "cr" => line.push(' '),
                "noBreakHyphen" => line.push('-'),
                _ => {}
            },
            Event::Text(text) if in_text && deleted == 0 => line.push_str(&text.xml10_content()),
            Event::GeneralRef(name) if in_text && deleted == 0 => line.push_str(&reference(&name)?),
            Event::End(end) => {
                depth = depth.checked_sub(1)?;
                match end.local_name().as_ref() {
                    "t" => in_text = false,
                    "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                    "p" => {
                        let words = words(&std::mem::take(&mut line));
                        match rows.last_mut() {
                            Some(cells) if !words.is_empty() => {
                                if cells.is_empty() {
                                    cells.push(String::new());
                                }
                                if let Some(cell) = cells.last_mut() {
                                    if !cell.is_empty() {
                                        cell.push(' ');
                                    }
                                    cell.push_str(&words);
                                }
                            }
                            None if !words.is_empty() => lines.push(words),
                            _ => {}
                        }
                    }
                    "tc" => {
                        if let Some(cells) = rows.last_mut() {
                            cells.push(String::new());
                        }
                    }
                    "tr" => {
                        let cells = rows.pop()?;
                        let row = cells.join(" | ");
                        let row = row.trim_matches([' ', '|']);
                        if !row.is_empty() {
                            match rows.last_mut() {
                                Some(around) => around.push(row.to_owned()),
                                None => lines.push(row.to_owned()),
                            }
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    // A file that was cut off leaves elements open.
    (depth == 0).then_some(lines)
}

/// A character reference or one of the five entities of XML; none other is known, so nothing is expanded.
pub(crate) fn reference(name: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return Some(letter.to_string());
    }
    let letter = match name.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    };
    Some(letter.to_owned())
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(document: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(document.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
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
        assert_eq!(lines(b"<w:p><w:r>"), None);
        assert_eq!(lines(document(&p("&bomb;")).as_bytes()), None);
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
