//! A report as a PDF file as a plain program prints it: one font, no markup, each line of words where it stands.

use crate::report::{Part, RUNNING_HEAD, Report, Table};

const MARGIN: f64 = 57.0;
/// The width of a letter as a part of its height.
const LETTER: f64 = 0.5;
/// The same of a blank.
const BLANK: f64 = 0.25;

struct Printer {
    pages: Vec<String>,
    wide: f64,
    high: f64,
    size: f64,
    /// Where the next line stands, from above.
    top: f64,
    /// Where its column begins, and how wide it is.
    left: f64,
    column: f64,
    two_columns: bool,
    /// Where columns begin on this page.
    columns_top: f64,
}

impl Printer {
    fn new(report: &Report) -> Self {
        let layout = report.layout;
        let (wide, high) = if layout.landscape { (842.0, 595.0) } else { (595.0, 842.0) };
        Self {
            pages: vec![String::new()],
            wide,
            high,
            size: layout.size as f64,
            top: MARGIN + 20.0,
            left: MARGIN,
            column: wide - 2.0 * MARGIN,
            two_columns: layout.two_columns,
            columns_top: MARGIN + 20.0,
        }
    }

    fn put(&mut self, text: &str, left: f64, top: f64, size: f64) {
        let foot = self.high - top;
        let page = self.pages.last_mut().unwrap();
        let mut at = left;
        for word in text.split(' ') {
            let letters: String = word.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            page.push_str(&format!("BT /F {size} Tf 1 0 0 1 {at:.1} {foot:.1} Tm <{letters}> Tj ET\n"));
            at += (word.chars().count() as f64 * LETTER + BLANK) * size;
        }
    }

    fn width(&self, text: &str) -> f64 {
        let blanks = text.matches(' ').count() as f64;
        ((text.chars().count() as f64 - blanks) * LETTER + blanks * BLANK) * self.size
    }

    /// Makes room for a line.
    fn advance(&mut self) {
        self.top += self.size * 1.4;
        if self.top < self.high - MARGIN - 20.0 {
            return;
        }
        if self.two_columns && self.left < self.wide / 2.0 {
            self.left += self.column + 24.0;
            self.top = self.columns_top + self.size;
            return;
        }
        self.columns_top = MARGIN + 20.0;
        self.top = self.columns_top + self.size;
        self.left = MARGIN;
        self.pages.push(String::new());
    }

    fn paragraph(&mut self, text: &str, indent: f64) {
        let mut line = String::new();
        let mut from = indent;
        for word in text.split(' ') {
            if !line.is_empty()
                && self.width(&line) + self.width(word) + self.size * BLANK > self.column - from
            {
                self.advance();
                self.put(&line, self.left + from, self.top, self.size);
                line.clear();
                from = 0.0;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.advance();
        self.put(&line, self.left + from, self.top, self.size);
        self.top += self.size * 0.3;
    }

    fn middle(&mut self, text: &str, left: f64, right: f64) {
        let from = f64::midpoint(left, right) - self.width(text) / 2.0;
        self.put(text, from, self.top, self.size);
    }

    fn table(&mut self, table: &Table) {
        let usual = self.size;
        self.size = usual.min(11.0);
        let step = self.column / 5.0;
        for row in &table.heads {
            self.advance();
            let mut column = 0.0;
            for (words, wide) in row {
                let next = column + *wide as f64;
                let (left, right) = (self.left + column * step, self.left + next * step);
                self.middle(words, left, right);
                column = next;
            }
        }
        for row in &table.rows {
            self.advance();
            for (at, words) in row.iter().enumerate() {
                let left = self.left + at as f64 * step;
                let is_number = at > 0 && words.starts_with(|letter: char| letter.is_ascii_digit());
                let from = if is_number { left + step - 6.0 - self.width(words) } else { left };
                self.put(words, from, self.top, self.size);
            }
        }
        self.size = usual;
        self.top += self.size;
    }
}

/// The map from the codes of letters to letters, which are the same.
fn letters() -> String {
    let ranges = |from: u32| {
        let ranges: String =
            (from..from + 64).map(|high| format!("<{high:02X}00> <{high:02X}FF> <{high:02X}00>\n")).collect();
        format!("64 beginbfrange\n{ranges}endbfrange\n")
    };
    format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /L def /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n{}endcmap end end",
        [0, 64, 128].map(ranges).concat()
    )
}

pub(crate) fn write(report: &Report) -> Vec<u8> {
    let mut printer = Printer::new(report);
    let mut notes = Vec::new();
    let mut in_columns = false;
    for part in &report.parts {
        if printer.two_columns && !in_columns && !matches!(part, Part::Letterhead(_) | Part::Title(_)) {
            in_columns = true;
            printer.column = (printer.column - 24.0) / 2.0;
            printer.columns_top = printer.top;
        }
        match part {
            Part::Letterhead(rows) => {
                printer.size = printer.size.min(11.0);
                for [left, right] in rows {
                    printer.advance();
                    let (from, half, to) = (MARGIN, printer.wide * 0.42, printer.wide - MARGIN);
                    printer.middle(left, from, half);
                    printer.middle(right, half, to);
                }
                printer.size = report.layout.size as f64;
                printer.top += 10.0;
            }
            Part::Title(text) => printer.paragraph(text, 0.0),
            Part::Heading(text) => {
                printer.top += printer.size * 0.5;
                printer.paragraph(text, 0.0);
            }
            Part::Paragraph(text) | Part::Unit(text) => printer.paragraph(text, 28.0),
            Part::Noted(text, note) => {
                printer.paragraph(text, 28.0);
                notes.push(note);
            }
            Part::Item(text) => printer.paragraph(&format!("- {text}"), 28.0),
            Part::Numbered(number, text) => printer.paragraph(&format!("{number}. {text}"), 28.0),
            Part::Table(table) => printer.table(table),
        }
    }
    for note in notes {
        printer.paragraph(note, 0.0);
    }
    let (wide, high) = (printer.wide, printer.high);
    let count = printer.pages.len();
    if report.layout.running_head || report.layout.page_numbers {
        let mut pages = std::mem::take(&mut printer.pages);
        printer.size = 10.0;
        for (at, page) in pages.iter_mut().enumerate() {
            printer.pages = vec![std::mem::take(page)];
            if report.layout.running_head {
                printer.put(RUNNING_HEAD, MARGIN, 40.0, 10.0);
            }
            if report.layout.page_numbers {
                printer.put(&(at + 1).to_string(), wide / 2.0, high - 36.0, 10.0);
            }
            *page = printer.pages.remove(0);
        }
        printer.pages = pages;
    }
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Count {count} /Kids [{}] >>",
            (0..count).map(|at| format!("{} 0 R ", 6 + at * 2)).collect::<String>()
        ),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
            .to_owned(),
        format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW {} \
             /FontDescriptor << /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>",
            LETTER * 1000.0
        ),
        stream(&letters()),
    ];
    for page in &printer.pages {
        let content = objects.len() + 2;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Resources << /Font << /F 3 0 R >> >> /Contents {content} 0 R >>"
        ));
        objects.push(stream(page));
    }
    let mut file = "%PDF-1.5\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|place| file.push_str(&format!("{place:010} 00000 n \n")));
    file.push_str(&format!(
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}
