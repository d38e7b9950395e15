//! A report as a DOCX file, as Word writes it: styles, runs that end inside of words, footnotes, heads and feet.

use std::io::{Cursor, Write as _};

use crate::report::{Part, RUNNING_HEAD, Report, Table};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OF_PARTS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const OF_PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OF_WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The runs of a text: editors end them anywhere.
fn runs(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let piece = |at: usize, piece: &[char]| {
        let bold = if at % 7 == 6 { "<w:rPr><w:b/></w:rPr>" } else { "" };
        let piece: String = piece.iter().collect();
        format!("<w:r>{bold}<w:t xml:space=\"preserve\">{piece}</w:t></w:r>")
    };
    letters.chunks(23).enumerate().map(|(at, letters)| piece(at, letters)).collect()
}

fn paragraph(style: &str, text: &str, more: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
    format!("<w:p><w:pPr>{style}</w:pPr>{}{more}</w:p>", runs(text))
}

fn table(table: &Table) -> String {
    let cell = |text: &str, wide: usize| {
        format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{wide}\"/></w:tcPr>{}</w:tc>", paragraph("", text, ""))
    };
    let grid = "<w:gridCol w:w=\"1800\"/>".repeat(5);
    let border =
        |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    let mut rows = String::new();
    for row in &table.heads {
        let centred =
            |text: &str, wide: usize| cell(text, wide).replace("<w:pPr>", "<w:pPr><w:jc w:val=\"center\"/>");
        let cells: String = row.iter().map(|(text, wide)| centred(text, *wide)).collect();
        rows.push_str(&format!("<w:tr>{cells}</w:tr>"));
    }
    for row in &table.rows {
        let cells: String = row.iter().map(|text| cell(text, 1)).collect();
        rows.push_str(&format!("<w:tr>{cells}</w:tr>"));
    }
    format!(
        "<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
    )
}

pub(crate) fn write(report: &Report) -> Vec<u8> {
    let layout = report.layout;
    let mut body = String::new();
    let mut notes = String::new();
    let mut count = 0;
    let mut lists = 0;
    for part in &report.parts {
        match part {
            Part::Letterhead(rows) => {
                body.push_str("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"4500\"/><w:gridCol w:w=\"5500\"/></w:tblGrid>");
                for row in rows {
                    let cells: String =
                        row.iter().map(|text| format!("<w:tc>{}</w:tc>", paragraph("", text, ""))).collect();
                    body.push_str(&format!("<w:tr>{cells}</w:tr>"));
                }
                body.push_str("</w:tbl><w:p/>");
            }
            Part::Title(text) => body.push_str(&paragraph("Title", text, "")),
            Part::Heading(text) => body.push_str(&paragraph("Heading1", text, "")),
            Part::Paragraph(text) | Part::Unit(text) => body.push_str(&paragraph("", text, "")),
            Part::Noted(text, note) => {
                count += 1;
                let mark = format!("<w:r><w:footnoteReference w:id=\"{count}\"/></w:r>");
                body.push_str(&paragraph("", text, &mark));
                notes.push_str(&format!(
                    "<w:footnote w:id=\"{count}\"><w:p><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
                    runs(&format!(" {note}")).replace("<w:r>", "<w:r><w:rPr><w:sz w:val=\"20\"/></w:rPr>")
                ));
            }
            Part::Item(text) => body.push_str(&paragraph("", &format!("- {text}"), "")),
            Part::Numbered(number, text) => {
                lists += usize::from(*number == 1);
                let list =
                    format!("<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{lists}\"/></w:numPr>");
                body.push_str(&paragraph("", text, "").replace("<w:pPr>", &list));
            }
            Part::Table(of) => body.push_str(&table(of)),
        }
    }
    let (wide, high) = if layout.landscape { (16_838, 11_906) } else { (11_906, 16_838) };
    let columns = if layout.two_columns { "<w:cols w:num=\"2\" w:space=\"500\"/>" } else { "" };
    let turned = if layout.landscape { " w:orient=\"landscape\"" } else { "" };
    let head = if layout.running_head { "<w:headerReference w:type=\"default\" r:id=\"head\"/>" } else { "" };
    let foot = if layout.page_numbers { "<w:footerReference w:type=\"default\" r:id=\"foot\"/>" } else { "" };
    let document = format!(
        "<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OF_PARTS}\"><w:body>{body}<w:sectPr>{head}{foot}<w:pgSz w:w=\"{wide}\" w:h=\"{high}\"{turned}/>\
         <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>{columns}</w:sectPr></w:body></w:document>"
    );
    let align = if layout.justified { "<w:jc w:val=\"both\"/>" } else { "" };
    let styles = format!(
        "<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Liberation Serif\" w:hAnsi=\"Liberation Serif\" w:cs=\"Liberation Serif\"/><w:sz w:val=\"{}\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:pPr>{align}</w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>",
        layout.size * 2
    );
    let part = |root: &str, inner: String| format!("<w:{root} xmlns:w=\"{MAIN}\">{inner}</w:{root}>");
    let number = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let numbering: String = (1..=lists)
        .map(|list| format!(
            "<w:abstractNum w:abstractNumId=\"{list}\"><w:multiLevelType w:val=\"hybridMultilevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
             <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/><w:lvlJc w:val=\"left\"/></w:lvl></w:abstractNum>"
        ))
        .chain((1..=lists).map(|list| format!("<w:num w:numId=\"{list}\"><w:abstractNumId w:val=\"{list}\"/></w:num>")))
        .collect();
    let related = [
        ("rStyles", "styles"),
        ("rLists", "numbering"),
        ("rNotes", "footnotes"),
        ("head", "header"),
        ("foot", "footer"),
    ];
    let related: String = related
        .iter()
        .filter(|(id, _)| (*id != "head" || layout.running_head) && (*id != "foot" || layout.page_numbers))
        .map(|(id, kind)| {
            format!("<Relationship Id=\"{id}\" Type=\"{OF_PARTS}/{kind}\" Target=\"{kind}.xml\"/>")
        })
        .collect();
    let kinds: String = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("footnotes", "footnotes"),
        ("header", "header"),
        ("footer", "footer"),
    ]
    .iter()
    .map(|(name, kind)| {
        format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{OF_WORD}.{kind}+xml\"/>")
    })
    .collect();
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{OF_PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>{kinds}</Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{OF_PACKAGE}/relationships\"><Relationship Id=\"main\" Type=\"{OF_PARTS}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        ("word/document.xml", document),
        (
            "word/_rels/document.xml.rels",
            format!("<Relationships xmlns=\"{OF_PACKAGE}/relationships\">{related}</Relationships>"),
        ),
        ("word/styles.xml", styles),
        ("word/numbering.xml", part("numbering", numbering)),
        ("word/footnotes.xml", part("footnotes", notes)),
        ("word/header.xml", part("hdr", paragraph("", RUNNING_HEAD, ""))),
        ("word/footer.xml", part("ftr", number.to_owned())),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(part.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
