//! The words of printed pages with their places: lines, and the rows of tables.

use corpus::block::{self, RowCell};
use quick_xml::events::Event;

use crate::package::reference;
use crate::table::is_number;
use crate::written::symbol;

/// Two words are one where they are no further apart than this part of their height.
const TOUCHING: f64 = 0.1;
/// Two words of a line stand in two cells where they are further apart than this part of their height.
const APART: f64 = 1.2;
/// The same for two words that the reader of the file put in two lines.
const APART_IN_LINES: f64 = 0.6;
/// Two words stand in two columns where they are further apart than this many of their heights.
const COLUMNS: f64 = 2.0;
/// Two lines stand side by side where they share this part of the height of the lower one.
const BESIDE: f64 = 0.5;
/// Two lines of one cell are no further apart than this part of their height.
const WRAPPED: f64 = 0.45;
/// Cells in a hundred that are numbers, from which rows are a table. The heads of letters and the names of signers stand
/// side by side too.
const NUMBERS: usize = 25;
/// Lines of a page up to which tables are looked for.
const LINES: usize = 3_000;

/// Where something stands on a page, in points from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Place {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) foot: f64,
}

impl Place {
    pub(crate) fn height(&self) -> f64 {
        self.foot - self.top
    }

    /// The smallest place around both.
    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            foot: self.foot.max(other.foot),
        }
    }

    /// How much of their widths two places share.
    pub(crate) fn shared_width(&self, other: &Self) -> f64 {
        self.right.min(other.right) - self.left.max(other.left)
    }

    fn is_beside(&self, other: &Self) -> bool {
        let shared = self.foot.min(other.foot) - self.top.max(other.top);
        shared >= self.height().min(other.height()) * BESIDE
    }
}

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// A line of a page, or a row of a table on it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) place: Place,
    /// The block of lines that it stands in, by the reader of the file.
    pub(crate) block: usize,
    /// The table of which it is a row, its cells between bars.
    pub(crate) row: Option<OfTable>,
    words: Vec<Word>,
}

/// What is known of a row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OfTable {
    /// It begins the table.
    pub(crate) first: bool,
    /// Numbers stand in it.
    pub(crate) has_number: bool,
    /// Columns of the table.
    pub(crate) columns: usize,
}

impl Line {
    pub(crate) fn new(words: Vec<Word>, block: usize) -> Option<Self> {
        let place = words.iter().map(|word| word.place).reduce(Place::with)?;
        Some(Self { text: joined(&words), place, block, row: None, words })
    }
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    /// Height in points.
    pub(crate) height: f64,
    /// Its lines in reading order.
    pub(crate) lines: Vec<Line>,
}

impl Page {
    /// Letters and digits on it.
    pub(crate) fn letters(&self) -> usize {
        let letters = |line: &Line| line.text.chars().filter(|letter| letter.is_alphanumeric()).count();
        self.lines.iter().map(letters).sum()
    }
}

/// The words on one line. A word that changes its font is several that touch.
fn joined(words: &[Word]) -> String {
    let mut text = String::new();
    let mut end: Option<f64> = None;
    for word in words {
        let gap = end.map(|end| (word.place.left - end).abs());
        if gap.is_some_and(|gap| gap >= word.place.height() * TOUCHING) {
            text.push(' ');
        }
        text.push_str(&word.text);
        end = Some(word.place.right);
    }
    text
}

/// A text as it is kept: letters and their marks composed, ligatures of typesetters as the letters that they are.
fn written(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in corpus::text::composed(text.into()).chars() {
        match letter {
            'ﬀ' => written.push_str("ff"),
            'ﬁ' => written.push_str("fi"),
            'ﬂ' => written.push_str("fl"),
            'ﬃ' => written.push_str("ffi"),
            'ﬄ' => written.push_str("ffl"),
            'ﬅ' | 'ﬆ' => written.push_str("st"),
            '\u{ad}' => {}
            letter if letter.is_control() => {}
            letter => written.push(symbol(letter)),
        }
    }
    written
}

/// The pages in the answer of `pdftotext -bbox-layout`.
pub(crate) fn read_boxes(answer: &str) -> Vec<Page> {
    let mut reader = quick_xml::Reader::from_str(answer);
    let mut pages: Vec<Page> = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut word: Option<Word> = None;
    let mut block = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let number = |name: &str| -> f64 {
                    let value = start.try_get_attribute(name).ok().flatten();
                    value.and_then(|value| value.value.parse().ok()).unwrap_or_default()
                };
                match start.name().as_ref() {
                    "page" => pages.push(Page { height: number("height"), lines: Vec::new() }),
                    "block" => block += 1,
                    "word" => {
                        let place = Place {
                            left: number("xMin"),
                            top: number("yMin"),
                            right: number("xMax"),
                            foot: number("yMax"),
                        };
                        word = Some(Word { text: String::new(), place });
                    }
                    _ => {}
                }
            }
            Ok(Event::Text(piece)) => {
                if let Some(word) = &mut word {
                    word.text.push_str(&piece.xml10_content());
                }
            }
            Ok(Event::GeneralRef(name)) => {
                if let Some(word) = &mut word {
                    word.text.extend(reference(&name));
                }
            }
            Ok(Event::End(tag)) => match tag.name().as_ref() {
                "word" => {
                    if let Some(mut word) = word.take() {
                        word.text = written(&word.text);
                        words.push(word);
                    }
                }
                "line" => {
                    let line = Line::new(std::mem::take(&mut words), block);
                    if let Some(page) = pages.last_mut() {
                        page.lines.extend(line);
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return pages,
            Ok(_) => {}
        }
    }
}

/// The page in the answer of `tesseract … tsv`, drawn at so many dots an inch.
pub(crate) fn read_recognized(answer: &str, dots: f64) -> Page {
    let mut page = Page::default();
    let mut words: Vec<Word> = Vec::new();
    let mut current = None;
    let mut blocks = Vec::new();
    for row in answer.lines() {
        let mut fields = row.split('\t');
        let mut number = || fields.next().and_then(|field| field.parse::<f64>().ok());
        let Some([level, _, block, paragraph, line, _, left, top, width, height, _]) =
            std::array::from_fn::<_, 11, _>(|_| number())
                .into_iter()
                .collect::<Option<Vec<f64>>>()
                .and_then(|all| <[f64; 11]>::try_from(all).ok())
        else {
            continue;
        };
        let points = |dots_there: f64| dots_there * 72.0 / dots;
        if level == 1.0 {
            page.height = points(height);
        }
        let text = written(fields.next().unwrap_or_default().trim());
        if level != 5.0 || text.is_empty() {
            continue;
        }
        let here = (block as usize, paragraph as usize, line as usize);
        let place = Place {
            left: points(left),
            top: points(top),
            right: points(left + width),
            foot: points(top + height),
        };
        // What stands in two columns at one height is recognized as one line.
        let is_apart = words.last().is_some_and(|before| {
            place.left - before.place.right > COLUMNS * place.height().max(before.place.height())
        });
        if current.is_some_and(|current| current != here) || is_apart {
            page.lines.extend(Line::new(std::mem::take(&mut words), blocks.len()));
        }
        if blocks.last() != Some(&(here.0, here.1)) {
            blocks.push((here.0, here.1));
        }
        current = Some(here);
        words.push(Word { text, place });
    }
    page.lines.extend(Line::new(words, blocks.len()));
    page
}

/// Puts the cells of tables together that stand side by side: in the place of the first of its lines, each table has its
/// rows as lines.
pub(crate) fn find_tables(page: &mut Page) {
    if page.lines.len() > LINES {
        return;
    }
    let rows = rows(&page.lines);
    let mut tables: Vec<(usize, Vec<Line>)> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let end = at + rows[at..].iter().take_while(|row| row.cells.len() > 1 || row.is_short).count();
        let run = trimmed(&rows[at..end]);
        if is_table(run) {
            tables.extend(table(page, run));
        }
        at = end.max(at + 1);
    }
    tables.sort_by_key(|(first, _)| std::cmp::Reverse(*first));
    for (first, table) in tables {
        page.lines.splice(first..first, table);
    }
    page.lines.retain(|line| !line.text.is_empty());
}

/// What stands at one height of a page.
#[derive(Debug)]
struct Row {
    place: Place,
    /// Lines of the page.
    lines: Vec<usize>,
    cells: Vec<Piece>,
    /// It is one cell of few words: the rest of one above or below.
    is_short: bool,
}

/// Words at one height that stand close to each other.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    place: Place,
}

impl Piece {
    /// Whether it is a number, a share, a span of years.
    fn is_number(&self) -> bool {
        is_number(&self.text)
    }
}

/// The lines of a page by their height, from the top.
fn rows(lines: &[Line]) -> Vec<Row> {
    let mut order: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].row.is_none()).collect();
    order.sort_by(|a, b| lines[*a].place.top.total_cmp(&lines[*b].place.top));
    let mut rows: Vec<Row> = Vec::new();
    for at in order {
        let place = lines[at].place;
        match rows.last_mut() {
            Some(row) if row.place.is_beside(&place) => {
                row.place = row.place.with(place);
                row.lines.push(at);
            }
            _ => rows.push(Row { place, lines: vec![at], cells: Vec::new(), is_short: false }),
        }
    }
    for row in &mut rows {
        let mut words: Vec<(usize, &Word)> =
            row.lines.iter().flat_map(|at| lines[*at].words.iter().map(move |word| (*at, word))).collect();
        words.sort_by(|a, b| a.1.place.left.total_cmp(&b.1.place.left));
        let mut cell: Vec<Word> = Vec::new();
        let mut before: Option<(usize, Place)> = None;
        for (line, word) in words {
            let parted = before.is_some_and(|(own, place)| {
                let least = if own == line { APART } else { APART_IN_LINES };
                word.place.left - place.right > least * word.place.height()
            });
            if parted {
                row.push(&std::mem::take(&mut cell));
            }
            before = Some((line, word.place));
            cell.push(word.clone());
        }
        row.push(&cell);
        row.is_short = row.cells.len() == 1 && row.cells[0].text.split(' ').count() <= 8;
    }
    rows
}

impl Row {
    fn push(&mut self, words: &[Word]) {
        if let Some(place) = words.iter().map(|word| word.place).reduce(Place::with) {
            self.cells.push(Piece { text: joined(words), place });
        }
    }

    fn has_number(&self) -> bool {
        self.cells.iter().any(Piece::is_number)
    }
}

/// A run without the single cells that it begins and ends with.
fn trimmed(run: &[Row]) -> &[Row] {
    let first = run.iter().position(|row| row.cells.len() > 1).unwrap_or(run.len());
    let last = run.iter().rposition(|row| row.cells.len() > 1).map_or(first, |last| last + 1);
    &run[first..last]
}

/// Whether rows are a table: several of cells, among which there are numbers in more than one row.
fn is_table(run: &[Row]) -> bool {
    let parted = || run.iter().filter(|row| row.cells.len() > 1);
    let cells: usize = parted().map(|row| row.cells.len()).sum();
    let numbers: usize = parted().flat_map(|row| &row.cells).filter(|cell| cell.is_number()).count();
    let singles = run.len() - parted().count();
    parted().count() >= 2
        && singles <= parted().count()
        && parted().filter(|row| row.has_number()).count() >= 2
        && numbers * 100 >= cells * NUMBERS
}

/// The lines of a table, whose own lines are emptied, and which of these is the first.
fn table(page: &mut Page, run: &[Row]) -> Option<(usize, Vec<Line>)> {
    let columns = columns(run);
    let mut table: Vec<(Place, Vec<String>, bool)> = Vec::new();
    let mut before: Option<(f64, bool)> = None;
    for (at, row) in run.iter().enumerate() {
        let mut cells = vec![String::new(); columns.len()];
        for cell in &row.cells {
            add(&mut cells[nearest(&columns, &cell.place)], &cell.text);
        }
        let numbers = row.has_number();
        let tight = before.is_some_and(|(foot, _)| row.place.top - foot < WRAPPED * row.place.height());
        // The rest of a cell stands close to the row that it belongs to: the one above, if the one below is no closer.
        let gap_below = run.get(at + 1).map_or(f64::MAX, |next| next.place.top - row.place.foot);
        let gap_above = before.map_or(f64::MAX, |(foot, _)| row.place.top - foot);
        let goes_on = tight && !numbers && (row.cells.len() > 1 || gap_above <= gap_below);
        let both_heads = before.is_some_and(|(_, numbers_before)| !numbers_before);
        match table.last_mut() {
            Some((place, above, has_number)) if goes_on && (row.cells.len() == 1 || both_heads) => {
                for (above, cell) in above.iter_mut().zip(&cells) {
                    add(above, cell);
                }
                *place = place.with(row.place);
                *has_number |= numbers;
            }
            // The beginning of a cell whose numbers stand below.
            Some((place, above, has_number))
                if numbers
                    && above.iter().filter(|cell| !cell.is_empty()).count() == 1
                    && before.is_some_and(|(_, numbers_before)| !numbers_before)
                    && tight =>
            {
                for (above, cell) in above.iter_mut().zip(&cells) {
                    add(above, cell);
                }
                *place = place.with(row.place);
                *has_number = true;
            }
            _ => table.push((row.place, cells, numbers)),
        }
        before = Some((row.place.foot, numbers));
    }
    let lines: Vec<usize> = run.iter().flat_map(|row| row.lines.iter().copied()).collect();
    let first = *lines.iter().min()?;
    let block = page.lines[first].block;
    for at in lines {
        page.lines[at].text.clear();
    }
    let rows = table.into_iter().enumerate().filter_map(|(at, (place, cells, has_number))| {
        let cells: Vec<RowCell> = cells.into_iter().map(RowCell::Words).collect();
        let row = Some(OfTable { first: at == 0, has_number, columns: columns.len() });
        Some(Line { text: block::row(&cells)?, place, block, row, words: Vec::new() })
    });
    Some((first, rows.collect()))
}

fn add(cell: &mut String, words: &str) {
    if !cell.is_empty() && !words.is_empty() {
        cell.push(' ');
    }
    cell.push_str(words);
}

/// The columns of a table: what the cells of its fullest rows share.
fn columns(run: &[Row]) -> Vec<Place> {
    let most = run.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let full = run.iter().filter(|row| row.cells.len() == most);
    let mut columns: Vec<Place> = Vec::new();
    for row in full {
        if columns.is_empty() {
            columns = row.cells.iter().map(|cell| cell.place).collect();
        } else {
            for (column, cell) in columns.iter_mut().zip(&row.cells) {
                *column = column.with(cell.place);
            }
        }
    }
    columns
}

/// The column that a cell stands in: the one that it shares most with, else the nearest.
fn nearest(columns: &[Place], cell: &Place) -> usize {
    let by_shared =
        |a: &usize, b: &usize| columns[*a].shared_width(cell).total_cmp(&columns[*b].shared_width(cell));
    (0..columns.len()).rev().max_by(by_shared).unwrap_or(0)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Points of a letter in these tests.
    const LETTER: f64 = 6.0;
    const HEIGHT: f64 = 12.0;

    /// A line of words that begins at a place.
    pub(crate) fn line(text: &str, left: f64, top: f64) -> Option<Line> {
        let mut at = left;
        let words = text.split(' ').map(|word| {
            let right = at + LETTER * word.chars().count() as f64;
            let place = Place { left: at, top, right, foot: top + HEIGHT };
            at = right + LETTER / 2.0;
            Word { text: word.to_owned(), place }
        });
        Line::new(words.collect(), 0)
    }

    /// A page of lines, each with where it begins.
    pub(crate) fn page(lines: &[(f64, f64, &str)]) -> Page {
        let lines = lines.iter().enumerate().filter_map(|(block, (left, top, text))| {
            line(text, *left, *top).map(|line| Line { block, ..line })
        });
        Page { height: 842.0, lines: lines.collect() }
    }

    fn texts(page: &Page) -> Vec<&str> {
        page.lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn words_are_laid_out_as_they_stand() {
        let word = |from: u32, to: u32, text: &str| {
            format!("<word xMin=\"{from}\" yMin=\"0\" xMax=\"{to}\" yMax=\"16\">{text}</word>")
        };
        let line = |words: &[String]| format!("<line>{}</line>", words.concat());
        let answer = [
            "<page width=\"595\" height=\"842\"><flow><block>".to_owned(),
            line(&[word(0, 20, "Số"), word(24, 30, "12-"), word(30, 50, "NQ&amp;TU")]),
            line(&[word(0, 9, "oﬃcial"), word(12, 20, "Tru\u{31b}\u{300}")]),
            "</block><block>".to_owned(),
            line(&[word(0, 9, "y")]),
            "</block></flow></page><page></page>".to_owned(),
        ];
        let pages = read_boxes(&answer.concat());
        assert_eq!(texts(&pages[0]), ["Số 12-NQ&TU", "official Trừ", "y"]);
        assert_eq!(pages[0].lines.iter().map(|line| line.block).collect::<Vec<_>>(), [1, 1, 2]);
        assert_eq!((pages.len(), pages[1].lines.len(), pages[0].height), (2, 0, 842.0));
    }

    #[test]
    fn recognized_words_are_lines() {
        let answer = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                      1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
                      5\t1\t1\t1\t1\t1\t300\t300\t100\t50\t96\tSơn\n\
                      5\t1\t1\t1\t1\t2\t420\t300\t100\t50\t96\tKhê\n\
                      5\t1\t1\t1\t2\t1\t300\t380\t100\t50\t90.5\t412\n\
                      5\t1\t1\t2\t1\t1\t300\t480\t100\t50\t90\t \n";
        let page = read_recognized(answer, 300.0);
        assert_eq!(texts(&page), ["Sơn Khê", "412"]);
        assert_eq!((page.height.round(), page.lines[1].place.left), (842.0, 72.0));
    }

    #[test]
    fn cells_that_stand_side_by_side_are_rows() {
        let check = |what: &str, lines: &[(f64, f64, &str)], expected: &[&str]| {
            let mut page = page(lines);
            find_tables(&mut page);
            assert_eq!(texts(&page), expected, "{what}");
        };
        check(
            "a plain table, given by columns",
            &[
                (60.0, 40.0, "Toàn huyện có 717 hộ."),
                (60.0, 80.0, "Xã"),
                (60.0, 100.0, "Nà Phai"),
                (60.0, 120.0, "Tổng số"),
                (250.0, 80.0, "Số hộ"),
                (250.0, 100.0, "412"),
                (250.0, 120.0, "717"),
                (400.0, 80.0, "Diện tích (ha)"),
                (400.0, 120.0, "63,5"),
                (60.0, 160.0, "Các xã tiếp tục."),
            ],
            &[
                "Toàn huyện có 717 hộ.",
                "Xã | Số hộ | Diện tích (ha)",
                "Nà Phai | 412",
                "Tổng số | 717 | 63,5",
                "Các xã tiếp tục.",
            ],
        );
        check(
            "cells of two lines",
            &[
                (60.0, 80.0, "Chỉ tiêu"),
                (250.0, 80.0, "Năm"),
                (60.0, 100.0, "Hộ nghèo theo"),
                (250.0, 100.0, "412"),
                (60.0, 114.0, "chuẩn mới"),
                (60.0, 140.0, "Thu ngân sách"),
                (250.0, 140.0, "35,4"),
            ],
            &["Chỉ tiêu | Năm", "Hộ nghèo theo chuẩn mới | 412", "Thu ngân sách | 35,4"],
        );
        check(
            "the head of a letter",
            &[
                (60.0, 40.0, "ỦY BAN NHÂN DÂN"),
                (60.0, 56.0, "TỈNH SƠN KHÊ"),
                (60.0, 72.0, "Số: 77/BC-UBND"),
                (300.0, 40.0, "CỘNG HÒA XÃ HỘI"),
                (300.0, 56.0, "Độc lập - Tự do"),
                (300.0, 72.0, "Sơn Khê, ngày 5 tháng 3 năm 2021"),
            ],
            &[
                "ỦY BAN NHÂN DÂN",
                "TỈNH SƠN KHÊ",
                "Số: 77/BC-UBND",
                "CỘNG HÒA XÃ HỘI",
                "Độc lập - Tự do",
                "Sơn Khê, ngày 5 tháng 3 năm 2021",
            ],
        );
    }
}
