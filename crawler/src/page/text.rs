//! From a part of a page to lines of text: one paragraph, heading, item or table row a line.

use corpus::block::{self, RowCell};
use scraper::ElementRef;

use super::body::{self, Cuts};
use super::outline::{Content, Outline, Role, is_dense};

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// What the block is that it stands in.
    pub(super) role: Role,
    /// The block.
    pub(super) at: usize,
    /// Bytes of it that stand in links.
    pub(super) linked: usize,
    /// Why it is none of the text after all.
    pub(super) left_out: Option<LeftOut>,
}

/// Why a line is none of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// It is the title again, or stands above it.
    Title,
    /// It only leads elsewhere.
    LeadsAway,
    /// It has no words: the name of a file, an ornament.
    NoWords,
    /// It says who took a picture.
    Credit,
    /// It stands among what readers wrote.
    Comments,
    /// It says who publishes the site.
    Imprint,
    /// Its letters are broken.
    Garbled,
    /// A short line before or after the text.
    Label,
}

/// The lines of an element without what is cut.
pub(super) fn lines(outline: &Outline<'_>, at: usize, cuts: &Cuts) -> Vec<Line> {
    let mut writer =
        Writer { outline, cuts, lines: Vec::new(), line: String::new(), linked: 0, gap: false, links: 0 };
    writer.part(at, at);
    writer.end_line(at);
    writer.lines
}

/// The words of an element on one line, without what is cut.
pub(super) fn words(outline: &Outline<'_>, at: usize, cuts: &Cuts) -> String {
    let lines: Vec<String> = lines(outline, at, cuts).into_iter().map(|line| line.text).collect();
    lines.join(" ")
}

/// The words that stand in a block itself, not in blocks below it.
pub(super) fn own_words(outline: &Outline<'_>, block: usize) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut at = block + 1;
    while at < outline.parts[block].end {
        let part = &outline.parts[at];
        match part.content {
            Content::Text(text) => words.extend(text.split_whitespace()),
            Content::Element(_) if !part.role.is_inline() => {
                at = part.end;
                continue;
            }
            Content::Element(_) => {}
        }
        at += 1;
    }
    words.join(" ")
}

/// Whether any digit stands in a block or below it.
pub(super) fn has_digits(outline: &Outline<'_>, block: usize) -> bool {
    outline.texts(block).any(|text| text.bytes().any(|byte| byte.is_ascii_digit()))
}

/// The first text in a block.
pub(super) fn first<'a>(outline: &Outline<'a>, block: usize) -> &'a str {
    outline.texts(block).map(str::trim_start).find(|text| !text.is_empty()).unwrap_or_default()
}

/// Whether a line begins with words that are given in small letters, however it writes them.
pub(super) fn begins_with(line: &str, small: &str) -> bool {
    let mut letters = line.chars().flat_map(char::to_lowercase);
    small.chars().all(|letter| letters.next() == Some(letter))
}

/// The words of an element of the tree on one line.
pub(super) fn words_in(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// Columns of a table that are read.
const COLUMNS: usize = 256;

struct Writer<'a> {
    outline: &'a Outline<'a>,
    cuts: &'a Cuts,
    lines: Vec<Line>,
    line: String,
    /// Bytes of the line that stand in links.
    linked: usize,
    /// White space was seen since the last word of the line.
    gap: bool,
    /// Links that are open.
    links: usize,
}

impl Writer<'_> {
    /// Writes a part that stands in `block`. Nesting is bounded before a page is parsed.
    fn part(&mut self, at: usize, block: usize) {
        let part = &self.outline.parts[at];
        let Content::Element(_) = part.content else {
            if let Content::Text(text) = part.content {
                self.text(text);
            }
            return;
        };
        if self.cuts.at(at).is_some() {
            self.gap = true;
            return;
        }
        match part.role {
            Role::Break => self.end_line(block),
            Role::Table => {
                self.end_line(block);
                self.table(at);
            }
            Role::Silent => {}
            Role::Link => {
                self.border(first_letter(self.outline, at));
                self.links += 1;
                self.children(at, block);
                self.links -= 1;
                let next = self.outline.parts.get(part.end).filter(|next| next.parent == part.parent);
                self.border(next.and_then(|_| first_letter(self.outline, part.end)));
            }
            Role::Inline if part.name() == "sup" && self.raised(at) => {}
            Role::Text | Role::Inline => self.children(at, block),
            _ => {
                self.end_line(block);
                self.children(at, at);
                self.end_line(at);
            }
        }
    }

    fn children(&mut self, at: usize, block: usize) {
        let outline = self.outline;
        for child in outline.children(at) {
            self.part(child, block);
        }
    }

    /// Whether a raised number or mark was dealt with: others are written as they stand.
    fn raised(&mut self, at: usize) -> bool {
        let words: String = self.outline.texts(at).flat_map(str::split_whitespace).collect();
        let written = corpus::raised::written(&self.line, &words);
        if written == words {
            return false;
        }
        self.line.push_str(&written);
        true
    }

    /// At a link's border two words may touch where its editor lost the blank.
    fn border(&mut self, next: Option<char>) {
        let before = self.line.chars().next_back();
        if let (Some(before), Some(next)) = (before, next)
            && before.is_alphabetic()
            && next.is_alphabetic()
            && !(is_dense(before) && is_dense(next))
        {
            self.gap = true;
        }
    }

    fn text(&mut self, text: &str) {
        let before = self.line.len();
        let mut rest = text;
        while !rest.is_empty() {
            let end = end_of_word(rest);
            if end > 0 {
                if std::mem::take(&mut self.gap) && !self.line.is_empty() {
                    self.line.push(' ');
                }
                self.line.push_str(&rest[..end]);
            }
            let mut letters = rest[end..].chars();
            self.gap |= letters.next().is_some_and(char::is_whitespace);
            rest = letters.as_str();
        }
        if self.links > 0 {
            self.linked += self.line.len() - before;
        }
    }

    fn end_line(&mut self, block: usize) {
        self.gap = false;
        let mut linked = std::mem::take(&mut self.linked);
        if !self.line.is_empty() {
            let text = std::mem::take(&mut self.line);
            // What cites a document leads nowhere else.
            if linked * 2 > text.len() && body::is_cited(self.outline, block) {
                linked = 0;
            }
            self.lines.push(Line {
                text,
                role: self.outline.parts[block].role,
                at: block,
                linked,
                left_out: None,
            });
        }
    }

    /// Whether rows hold the head or foot of an official document.
    fn lays_out_a_document(&self, rows: &[usize]) -> bool {
        let lines: Vec<Line> = rows
            .iter()
            .flat_map(|row| self.outline.children(*row))
            .flat_map(|cell| lines(self.outline, cell, self.cuts))
            .collect();
        let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        corpus::head::is_head_or_foot(&lines)
    }

    /// A table of data gives its rows, cells parted by ` | `; a table used for layout gives its cells' lines.
    fn table(&mut self, table: usize) {
        let outline = self.outline;
        let below = table + 1..outline.parts[table].end;
        let rows: Vec<usize> = below.clone().filter(|at| outline.parts[*at].role == Role::Row).collect();
        let nested = below.clone().any(|at| outline.parts[at].role == Role::Table);
        let cells = |row: usize| outline.children(row).filter(|at| outline.parts[*at].role == Role::Cell);
        let columns = rows.iter().map(|row| cells(*row).count()).max().unwrap_or(0);
        if nested || columns < 2 {
            self.children(table, table);
            self.end_line(table);
            return;
        }
        // The head of a document stands in two columns, as its foot does, and each is read for itself.
        if columns == 2 && outline.letters(table) <= LAYOUT && self.lays_out_a_document(&rows) {
            for column in 0..columns {
                for cell in rows.iter().filter_map(|row| cells(*row).nth(column)) {
                    self.part(cell, cell);
                }
            }
            return;
        }
        for child in outline.children(table).filter(|at| outline.parts[*at].name() == "caption") {
            self.part(child, table);
        }
        // For each column, how many rows below a cell still reaches over it.
        let mut reached: Vec<usize> = Vec::new();
        for row in rows {
            if self.cuts.at(row).is_some() {
                continue;
            }
            let (mut words, mut linked) = (Vec::new(), 0);
            let mut below = vec![0; reached.len()];
            for cell in cells(row).filter(|cell| self.cuts.at(*cell).is_none()) {
                while reached.get(words.len()).is_some_and(|rows| *rows > 0) {
                    words.push(RowCell::Words(String::new()));
                }
                if words.len() >= COLUMNS {
                    break;
                }
                let inner = lines(outline, cell, self.cuts);
                linked += inner.iter().map(|line| line.linked).sum::<usize>();
                let columns = extent(outline, cell, "colspan").min(COLUMNS - words.len());
                let rows = extent(outline, cell, "rowspan");
                below.resize(below.len().max(words.len() + columns), 0);
                below[words.len()..words.len() + columns].fill(rows - 1);
                let inner: Vec<String> = inner.into_iter().map(|line| line.text).collect();
                words.push(RowCell::Words(inner.join(" ")));
                words.extend((1..columns).map(|_| RowCell::Covered));
            }
            for (own, above) in below.iter_mut().zip(&reached) {
                *own = (*own).max(above.saturating_sub(1));
            }
            reached = below;
            let line = block::row(&words).filter(|line| line.chars().any(char::is_alphanumeric));
            if let Some(text) = line {
                self.lines.push(Line { text, role: Role::Row, at: row, linked, left_out: None });
            }
        }
    }
}

/// Letters of a table that holds the head or foot of a document and nothing else.
const LAYOUT: usize = 1_000;

/// Over how many columns or rows a cell reaches.
fn extent(outline: &Outline<'_>, cell: usize, attribute: &str) -> usize {
    let Content::Element(element) = outline.parts[cell].content else { return 1 };
    element.attr(attribute).and_then(|count| count.trim().parse().ok()).unwrap_or(1).max(1)
}

/// Where the word that a text begins with ends: at white space, a control, or a zero-width mark of an editor, which
/// stands for nothing.
fn end_of_word(text: &str) -> usize {
    /// Bytes that what ends a word begins with; few letters do.
    const MAY_END: [bool; 256] = {
        let mut may_end = [false; 256];
        let mut byte = 0;
        while byte <= 0x20 {
            may_end[byte] = true;
            byte += 1;
        }
        // U+007F, U+0080 and on, U+2000 and on, U+3000, U+FEFF. The blank of Ogham would make a third of Vietnamese letters
        // suspect.
        may_end[0x7f] = true;
        may_end[0xc2] = true;
        may_end[0xe2] = true;
        may_end[0xe3] = true;
        may_end[0xef] = true;
        may_end
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| MAY_END[usize::from(*byte)]) {
        at += next;
        let letter = text[at..].chars().next().unwrap_or(' ');
        let is_mark = matches!(letter, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}');
        if letter.is_whitespace() || letter.is_control() || is_mark {
            return at;
        }
        at += letter.len_utf8();
    }
    text.len()
}

/// The first character of a part's text, white space included.
fn first_letter(outline: &Outline<'_>, at: usize) -> Option<char> {
    outline.texts(at).find_map(|text| text.chars().next())
}

#[cfg(test)]
mod tests {
    use super::super::knowledge;
    use super::*;
    use scraper::Html;

    #[test]
    fn lines_are_paragraphs_rows_and_items() {
        let check = |html: &str, expected: &[&str]| {
            let tree = Html::parse_document(html);
            let outline = Outline::read(&tree, knowledge::get());
            let found: Vec<String> =
                lines(&outline, 0, &Cuts::none()).into_iter().map(|line| line.text).collect();
            assert_eq!(found, expected, "{html}");
        };
        check("<p>Một  hai\n ba</p><p>bốn</p>", &["Một hai ba", "bốn"]);
        check("<div>một<br>hai<br/><br>ba</div>", &["một", "hai", "ba"]);
        check("<p>xem<a href=x>kế hoạch</a>này</p>", &["xem kế hoạch này"]);
        check("<p>xem <a href=x>kế hoạch</a>, rồi</p>", &["xem kế hoạch, rồi"]);
        check("<p><b>T</b>ỉnh giao <i>sở</i>.</p>", &["Tỉnh giao sở."]);
        check("<ul><li>một<li>hai</ul>", &["một", "hai"]);
        check("<table><tr><th>Xã<th>Năm<tr><td>A<td>2019</table>", &["Xã | Năm", "A | 2019"]);
        check("<table><tr><td><td>2019<td>2020<tr><td>A<td><td>5</table>", &["|  | 2019 | 2020", "A |  | 5"]);
        check(
            "<table><tr><td rowspan=2>Xã<td colspan=2>2019<td>2020<tr><td>Hộ<td>%<td>Hộ<tr><td>A<td>4<td>5<td>6</table>",
            &["Xã | 2019 || 2020", "|  | Hộ | % | Hộ", "A | 4 | 5 | 6"],
        );
        check("<table><tr><td><p>một</p><p>hai</p></table>", &["một", "hai"]);
        check(
            "<table><tr><td>UBND TỈNH<br>SƠN KHÊ<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<tr><td>Số: 7/BC-UBND<td>Sơn Khê, ngày 5 tháng 3 năm 2021</table>",
            &[
                "UBND TỈNH",
                "SƠN KHÊ",
                "Số: 7/BC-UBND",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Sơn Khê, ngày 5 tháng 3 năm 2021",
            ],
        );
        check("<p>a\u{200b}b\u{a0}c</p><script>x()</script>", &["ab c"]);
        check("<div>một<div>hai</div>ba</div>", &["một", "hai", "ba"]);
        // Raised numbers do not join others.
        check("<p>1.250<sup>1</sup> hộ, 45km<sup>2</sup>, 3 m<sup>3</sup></p>", &["1.250 hộ, 45km2, 3 m3"]);
        check("<p>35<sup>[2]</sup> tỷ<sup><a href=#n3>(3)</a></sup> đồng<sup>*</sup></p>", &["35 tỷ đồng"]);
        check("<p>10<sup>6</sup> tấn, 2.10<sup>6</sup> hộ</p>", &["10⁶ tấn, 2.10 hộ"]);
        check("<p>n<sup>o</sup> 5, the 1<sup>st</sup></p>", &["no 5, the 1st"]);
        check("<p><sup>1</sup> Theo Sở Y tế</p>", &["1 Theo Sở Y tế"]);
        check("<p>H<sub>2</sub>O, x<sup>2</sup></p>", &["H2O, x2"]);
    }
}
