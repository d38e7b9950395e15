//! A text with its structure and the mentions marked in it: headings, paragraphs, lists and tables as such.

use corpus::{Block, BlockKind, Span};

/// The most columns that a table is shown with.
const COLUMNS: usize = 256;

/// A piece of the text; a mention where it has a class.
pub(super) struct Word {
    pub(super) text: String,
    pub(super) class: &'static str,
    pub(super) href: Option<String>,
    pub(super) id: usize,
    pub(super) title: String,
}

/// A mention to be marked.
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) id: usize,
    pub(super) class: &'static str,
    pub(super) href: Option<String>,
    pub(super) title: String,
}

/// What a page shows of a text, in its order.
pub(super) enum Part {
    /// The level of its element, from 2: the page's own title is the first.
    Heading(u8, Vec<Word>),
    /// What it is, where it is no running text.
    Paragraph(&'static str, Vec<Word>),
    Quotation(Vec<Word>),
    List(Vec<Item>),
    Table(Vec<Row>),
}

/// An entry of a list.
pub(super) struct Item {
    /// How deep it stands, from 1 to 4.
    pub(super) depth: u8,
    /// Whether it begins with a sign of its own.
    pub(super) is_signed: bool,
    pub(super) words: Vec<Word>,
}

/// A row of a table.
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
}

/// A cell of a row.
pub(super) struct Cell {
    /// Whether it names its columns.
    pub(super) heads: bool,
    /// Columns that it reaches over.
    pub(super) columns: usize,
    pub(super) words: Vec<Word>,
}

/// The parts of a text, its words cut at the mentions in them. A mention within another is left unmarked, one that begins
/// in another block too.
pub(super) fn parts(text: &str, blocks: &[Block], marks: &[Mark]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for block in blocks {
        let words = || words(text, block.span, marks);
        match block.kind {
            BlockKind::Heading | BlockKind::Title => {
                parts.push(Part::Heading((block.rank + 1).clamp(2, 4), words()));
            }
            BlockKind::Item => {
                let item =
                    Item { depth: block.rank.clamp(1, 4), is_signed: block.marker.is_some(), words: words() };
                match parts.last_mut() {
                    Some(Part::List(items)) => items.push(item),
                    _ => parts.push(Part::List(vec![item])),
                }
            }
            BlockKind::Table => parts.push(Part::Table(Vec::new())),
            BlockKind::Row => {
                if let Some(Part::Table(rows)) = parts.last_mut() {
                    rows.push(Row { cells: Vec::new() });
                }
            }
            BlockKind::Cell => {
                if let Some(Part::Table(rows)) = parts.last_mut()
                    && let Some(row) = rows.last_mut()
                    && row.cells.len() < COLUMNS
                {
                    let columns = usize::from(block.covers) + 1;
                    row.cells.push(Cell { heads: block.heads, columns, words: words() });
                }
            }
            BlockKind::Quotation => parts.push(Part::Quotation(words())),
            BlockKind::Lede | BlockKind::Paragraph => parts.push(Part::Paragraph("", words())),
            BlockKind::Caption
            | BlockKind::UnitLine
            | BlockKind::Footnote
            | BlockKind::Letterhead
            | BlockKind::Signature => parts.push(Part::Paragraph(block.kind.as_str(), words())),
        }
    }
    for part in &mut parts {
        if let Part::Table(rows) = part {
            widen(rows);
        }
    }
    parts
}

/// Gives the only cell of a row, which names a group of rows, all columns of its table.
fn widen(rows: &mut [Row]) {
    let wide = |row: &Row| row.cells.iter().map(|cell| cell.columns).sum::<usize>();
    let columns = rows.iter().map(wide).max().unwrap_or(1);
    for row in rows {
        if let [only] = row.cells.as_mut_slice() {
            only.columns = columns;
        }
    }
}

/// The words of a part of the text.
fn words(text: &str, span: Span, marks: &[Mark]) -> Vec<Word> {
    let plain =
        |text: &str| Word { text: text.to_owned(), class: "", href: None, id: 0, title: String::new() };
    let (mut words, mut at, end) = (Vec::new(), span.start(), span.end());
    let first = marks.partition_point(|mark| mark.start < span.start());
    for mark in marks[first..].iter().take_while(|mark| mark.start < end) {
        let Some(quote) = text.get(mark.start..mark.end.min(end)).filter(|_| mark.start >= at) else {
            continue;
        };
        words.push(plain(&text[at..mark.start]));
        words.push(Word {
            text: quote.to_owned(),
            class: mark.class,
            href: mark.href.clone(),
            id: mark.id,
            title: mark.title.clone(),
        });
        at = mark.start + quote.len();
    }
    words.push(plain(&text[at..end]));
    words.retain(|word| !word.text.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &[Word]) -> String {
        words
            .iter()
            .map(|word| {
                if word.class.is_empty() {
                    word.text.clone()
                } else {
                    format!("<{} {}>", word.class, word.text)
                }
            })
            .collect()
    }

    #[test]
    fn a_text_is_shown_whole_with_its_structure_and_mentions() {
        let text = "I. KẾT QUẢ NĂM 2019\nCó 12 xã theo số 5 đó, như sau:\n- Một xã;\n- Hai xã.\n\
                    Xã | Năm 2019 ||\n|  | Hộ | %\nVùng cao\nNà Phai | 412 | 7\nHết năm.";
        let at = |words: &str, length: usize, class| {
            let start = text.find(words).unwrap();
            Mark { start, end: start + length, id: start, class, href: None, title: String::new() }
        };
        let marks = [
            at("12 xã", 2, "figure"),
            at("2 xã", 1, "figure"),
            at("5 đó", 1, "directive"),
            at("412", 3, "figure"),
        ];
        let row = |first: bool, words: &str| {
            let start = text.find(words).unwrap();
            let form = corpus::Form::Row { heads: false, first };
            corpus::Mark { span: Span::new(start, start + words.len()), form }
        };
        let rows = [
            row(true, "Xã | Năm 2019 ||"),
            row(false, "|  | Hộ | %"),
            row(false, "Vùng cao"),
            row(false, "Nà Phai | 412 | 7"),
        ];
        let blocks = corpus::block::of(text, &rows, None);
        let shown: Vec<String> = parts(text, &blocks, &marks)
            .iter()
            .map(|part| match part {
                Part::Heading(level, words) => format!("h{level} {}", shown(words)),
                Part::Paragraph(class, words) => format!("p{class} {}", shown(words)),
                Part::Quotation(words) => format!("q {}", shown(words)),
                Part::List(items) => {
                    items.iter().map(|item| format!("li{} {}/", item.depth, shown(&item.words))).collect()
                }
                Part::Table(rows) => {
                    let cell = |cell: &Cell| {
                        format!(
                            "{}{} {}/",
                            if cell.heads { "th" } else { "td" },
                            cell.columns,
                            shown(&cell.words)
                        )
                    };
                    rows.iter()
                        .map(|row| format!("tr {}", row.cells.iter().map(cell).collect::<String>()))
                        .collect()
                }
            })
            .collect();
        assert_eq!(
            shown,
            [
                "h2 I. KẾT QUẢ NĂM 2019",
                "p Có <figure 12> xã theo số <directive 5> đó, như sau:",
                "li1 - Một xã;/li1 - Hai xã./",
                "tr th1 Xã/th2 Năm 2019/tr th1 /th1 Hộ/th1 %/tr td3 Vùng cao/tr td1 Nà Phai/td1 <figure 412>/td1 7/",
                "p Hết năm.",
            ]
        );
    }
}
