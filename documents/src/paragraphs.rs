//! From the lines of pages to paragraphs: lines that go on are joined, over the end of a page too.

use corpus::Form;

use crate::layout::{Line, OfTable, Page};
use crate::written;

/// A line that reaches this part of its column's width, in hundredths, goes on in the next.
const FULL: f64 = 75.0;
/// A column of fewer heights of a line than this is no text whose lines go on, but a list of names or numbers.
const NARROW: f64 = 8.0;
/// Lines around one among which its column is looked for.
const AROUND: usize = 20;
/// A line that begins further right than the one before it, by this part of its height, begins a paragraph.
const INDENT: f64 = 0.8;
/// The width of a blank as a part of the height of a line.
const SPACE: f64 = 0.2;
/// Lines of one paragraph are no further apart than this part of what most lines of the page are.
const SPACING: f64 = 1.3;
/// Capitals of a line that is set in them.
const CAPITALS: usize = 5;
/// Footnotes are set smaller than the text: their height as a part of its, at most.
const SMALL: f64 = 0.92;
/// Lines of the footnotes of a page that are set as large as its text.
const NOTES: usize = 10;

/// Paragraphs of pages, and where the pages begin in them.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Paragraphs {
    /// Paragraphs, rows of tables and footnotes, each without a line end.
    pub(crate) lines: Vec<written::Line>,
    /// For each page the paragraph that it begins in and the bytes of that before it.
    pub(crate) pages: Vec<(usize, usize)>,
}

impl Paragraphs {
    /// Where the pages begin in code points; a page without text begins where the next one does.
    pub(crate) fn starts(&self) -> Vec<usize> {
        let mut starts = Vec::with_capacity(self.lines.len());
        let mut points = 0;
        for line in &self.lines {
            starts.push(points);
            points += line.text.chars().count() + 1;
        }
        let end = points.saturating_sub(1);
        let pages = self.pages.iter().map(|(line, byte)| match self.lines.get(*line) {
            Some(line_there) => starts[*line] + line_there.text[..*byte].chars().count(),
            None => end,
        });
        pages.collect()
    }
}

/// The paragraphs of pages without furniture.
pub(crate) fn read(pages: &[Page]) -> Paragraphs {
    let mut paragraphs = Paragraphs::default();
    // Whether the last paragraph of the page before may go on, and the table that it ended in.
    let mut open = false;
    let mut table: Option<OpenTable> = None;
    // Notes that stand below a table, until it is known whether it goes on.
    let mut held: Vec<written::Line> = Vec::new();
    for page in pages {
        let notes = notes(&page.lines.iter().collect::<Vec<_>>());
        let (text, notes) = page.lines.split_at(page.lines.len() - notes);
        let mut of_page = joined(text);
        if let Some(table) = &table {
            table.goes_on_in(&mut of_page.lines);
        }
        let first = of_page.lines.first();
        if first.is_some_and(|first| first.row.is_none_or(|row| row.first)) {
            paragraphs.lines.append(&mut held);
        }
        let goes_on = open
            && first
                .is_some_and(|first| first.row.is_none() && goes_on_in(paragraphs.lines.last(), &first.text));
        let mut start = (paragraphs.lines.len(), 0);
        if !text.is_empty() {
            table = OpenTable::of(&of_page.lines, table);
        }
        let mut lines = of_page.lines.into_iter();
        if goes_on && let (Some(last), Some(first)) = (paragraphs.lines.last_mut(), lines.next()) {
            join(&mut last.text, &first.text);
            let before = last.text.len() - first.text.len();
            start = (paragraphs.lines.len() - 1, before);
        }
        paragraphs.pages.push(start);
        for line in lines {
            if line.row.is_none_or(|row| row.first) {
                paragraphs.lines.append(&mut held);
            }
            paragraphs.lines.push(line.written());
        }
        if !text.is_empty() {
            open = of_page.open;
        }
        let notes = joined(notes);
        let notes = notes.lines.into_iter().map(Joined::written);
        if table.is_some() {
            held.extend(notes);
        } else if open && !paragraphs.lines.is_empty() {
            // What goes on behind the footnotes is their page's last paragraph still.
            let last = paragraphs.lines.len() - 1;
            let notes: Vec<written::Line> = notes.collect();
            let moved = notes.len();
            paragraphs.lines.splice(last..last, notes);
            // Pages that begin inside of the paragraph that was moved; a page that begins with it begins with its notes now.
            for (line, _) in paragraphs.pages.iter_mut().filter(|(line, byte)| *line == last && *byte > 0) {
                *line += moved;
            }
        } else {
            paragraphs.lines.extend(notes);
        }
    }
    paragraphs.lines.append(&mut held);
    paragraphs
}

/// A table that a page ends in.
struct OpenTable {
    columns: usize,
    /// What its first row says.
    heads: String,
}

impl OpenTable {
    /// The table that lines end in; `before` is the one that they may have gone on with.
    fn of(lines: &[Joined], before: Option<Self>) -> Option<Self> {
        let columns = lines.last()?.row?.columns;
        let first = lines.iter().rev().find(|line| line.row.is_none_or(|row| row.first));
        match first {
            Some(first) => first.row.map(|_| Self { columns, heads: first.text.clone() }),
            None => before,
        }
    }

    /// Goes on with the table that a page begins with: it is no other, and its heads are not said again.
    fn goes_on_in(&self, lines: &mut Vec<Joined>) {
        let Some(row) = lines.first().and_then(|line| line.row).filter(|row| row.columns == self.columns)
        else {
            return;
        };
        let is_again = lines[0].text == self.heads;
        if is_again {
            lines.remove(0);
        }
        if (is_again || row.has_number)
            && let Some(row) = lines.first_mut().and_then(|line| line.row.as_mut())
        {
            row.first = false;
        }
    }
}

/// How many lines at the end of a page or column are footnotes: set smaller than the text, the first with a number or mark,
/// or below one that begins with a raised number.
pub(crate) fn notes(lines: &[&Line]) -> usize {
    let mut heights: Vec<f64> = lines.iter().map(|line| line.height()).collect();
    heights.sort_by(f64::total_cmp);
    let Some(usual) = heights.get(heights.len() / 2).copied() else { return 0 };
    let at_end = |is: &dyn Fn(&Line) -> bool| {
        lines.len() - lines.iter().rev().take_while(|line| line.row.is_none() && is(line)).count()
    };
    let is_mark = |line: &Line| {
        line.text.starts_with(|letter: char| letter.is_numeric() || matches!(letter, '*' | '(' | '['))
    };
    let small = at_end(&|line| line.height() <= usual * SMALL);
    let small = (small..lines.len()).find(|at| is_mark(lines[*at]));
    let raised = at_end(&|_| true).max(lines.len().saturating_sub(NOTES));
    let raised = (raised..lines.len()).find(|at| lines[*at].begins_note());
    small.into_iter().chain(raised).min().map_or(0, |first| lines.len() - first)
}

/// The paragraphs of one page.
struct OfPage {
    lines: Vec<Joined>,
    /// The last may go on.
    open: bool,
}

struct Joined {
    text: String,
    row: Option<OfTable>,
}

impl Joined {
    fn written(self) -> written::Line {
        let form = self.row.map(|row| Form::Row { heads: false, first: row.first });
        written::Line::new(self.text, form)
    }
}

fn joined(lines: &[Line]) -> OfPage {
    let spacing = spacing(lines);
    let mut found: Vec<Joined> = Vec::new();
    let mut goes_on = false;
    for (at, line) in lines.iter().enumerate() {
        if line.text.is_empty() {
            continue;
        }
        let before = at.checked_sub(1).map(|before| &lines[before]);
        let is_near = before.is_some_and(|before| {
            let gap = line.place.top - before.place.top;
            let is_below = before.block == line.block || (gap > 0.0 && gap <= spacing * SPACING);
            line.tops_column || is_below && before.place.shared_width(&line.place) > 0.0
        });
        // `BÁO CÁO` under the day and above the subject is a line of its own.
        let is_like = before.is_some_and(|before| is_in_capitals(&before.text) == is_in_capitals(&line.text));
        let is_indented = before.filter(|_| !line.tops_column).is_some_and(|before| {
            line.place.left - before.place.left > INDENT * line.place.height() && !begins_item(&before.text)
        });
        let starts_small = starts_small(&line.text);
        // A symbol that is broken behind its hyphen goes on in the next column: `45/QĐ-`, `UBND`.
        let is_broken = found.last().is_some_and(|last| {
            let before = last.text.strip_suffix('-').and_then(|before| before.chars().next_back());
            before.is_some_and(char::is_uppercase) && line.text.starts_with(char::is_uppercase)
        });
        match found.last_mut() {
            Some(last)
                if (goes_on && is_near || is_broken)
                    && (is_like || starts_small)
                    && line.row.is_none()
                    && last.row.is_none()
                    && (starts_small
                        || !(is_indented
                            || has_ended(&last.text) && (at == 0 || has_room(lines, at - 1, line))
                            || begins_item(&line.text)
                            || begins_part(&line.text))) =>
            {
                join(&mut last.text, &line.text);
            }
            _ => found.push(Joined { text: line.text.clone(), row: line.row }),
        }
        goes_on = line.row.is_none() && is_full(lines, at);
    }
    OfPage { lines: found, open: goes_on }
}

/// How far most lines are below the one before.
fn spacing(lines: &[Line]) -> f64 {
    let mut gaps: Vec<f64> = lines
        .windows(2)
        .filter(|pair| pair[0].place.shared_width(&pair[1].place) > 0.0)
        .map(|pair| pair[1].place.top - pair[0].place.top)
        .filter(|gap| *gap > 0.0)
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(0.0)
}

/// Where the column that a line stands in begins and ends.
fn column(lines: &[Line], at: usize) -> (f64, f64) {
    let own = &lines[at];
    let around = &lines[at.saturating_sub(AROUND)..lines.len().min(at + AROUND)];
    let is_of_column = |line: &&Line| {
        line.column == own.column && line.place.shared_width(&own.place) > 0.0 && line.row.is_none()
    };
    around.iter().filter(is_of_column).fold((own.place.left, own.place.right), |(left, right), line| {
        (left.min(line.place.left), right.max(line.place.right))
    })
}

/// Whether a line fills its column, as lines do that go on in the next.
fn is_full(lines: &[Line], at: usize) -> bool {
    let place = lines[at].place;
    let (left, right) = column(lines, at);
    right - left >= NARROW * place.height() && (place.right - left) * 100.0 >= (right - left) * FULL
}

/// Whether the first word of the next line had room behind a line, so that it was not for want of room that the line ended.
fn has_room(lines: &[Line], at: usize, next: &Line) -> bool {
    let (left, right) = column(lines, at);
    let first = next.words.first().map_or(0.0, |word| word.place.right - word.place.left);
    let place = lines[at].place;
    right - left < NARROW * place.height() || right - place.right > first + SPACE * place.height()
}

/// Whether the last paragraph of a page goes on with the first line of the next.
fn goes_on_in(last: Option<&written::Line>, line: &str) -> bool {
    last.is_some_and(|last| starts_small(line) || !(has_ended(&last.text) || begins_item(line)))
}

fn starts_small(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

/// Whether all letters of a line are capitals, and there are some.
pub(crate) fn is_in_capitals(line: &str) -> bool {
    let letters = || line.chars().filter(|letter| letter.is_alphabetic());
    letters().take(CAPITALS).count() == CAPITALS && letters().all(char::is_uppercase)
}

fn has_ended(paragraph: &str) -> bool {
    paragraph.ends_with(['.', ':', ';', '!', '?', '”', '"'])
}

/// Whether a line begins an item of a list: `- `, `+ `, `1. `, `a) `.
fn begins_item(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(' ') else { return false };
    let bare = mark.trim_end_matches(['.', ')']);
    let is_number = bare.len() < mark.len()
        && (bare.chars().count() == 1
            || bare.split('.').all(|part| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit())));
    is_number || matches!(mark, "-" | "–" | "+" | "•" | "▪" | "□" | "➢" | "✓" | "❖" | "*" | "o")
}

/// Whether a line begins a part of a document that is called by its number: `Điều 2.`, `Chương II`.
fn begins_part(line: &str) -> bool {
    let mut words = line.split(' ');
    let (Some(called), Some(number)) = (words.next(), words.next()) else { return false };
    let bare = number.trim_end_matches(['.', ':']);
    let is_number = |bare: &str| {
        !bare.is_empty()
            && bare.len() <= 4
            && (bare.bytes().all(|byte| byte.is_ascii_digit())
                || bare.bytes().all(|byte| b"IVX".contains(&byte)))
    };
    called.starts_with(char::is_uppercase)
        && is_number(bare)
        && (bare.len() < number.len() || words.next().is_none())
}

/// Joins two lines of a paragraph. A hyphen at the end of the first is one of its text (`12-NQ/TU`), unless it parts a
/// word of small Latin letters, as English does and Vietnamese does not.
fn join(paragraph: &mut String, line: &str) {
    let small = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_lowercase());
    let before = paragraph.strip_suffix('-').and_then(|before| before.chars().next_back());
    match before {
        Some(letter) if !letter.is_whitespace() => {
            if small(Some(letter)) && small(line.chars().next()) {
                paragraph.pop();
            }
        }
        _ => paragraph.push(' '),
    }
    paragraph.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::page;

    /// A page of lines in one block, 20 points apart; an indented one begins with two blanks.
    fn lines(lines: &[&str]) -> Page {
        let mut top = 100.0;
        let placed: Vec<(f64, f64, &str)> = lines
            .iter()
            .map(|text| {
                top += 20.0;
                (if text.starts_with("  ") { 90.0 } else { 60.0 }, top, text.trim_start())
            })
            .collect();
        let mut page = page(&placed);
        for line in &mut page.lines {
            line.block = 0;
        }
        page
    }

    fn texts(paragraphs: &Paragraphs) -> Vec<&str> {
        paragraphs.lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn tables_go_on_over_the_end_of_a_page() {
        let of_table = |(first, has_number, text): &(bool, bool, &str)| {
            let row = OfTable { first: *first, has_number: *has_number, columns: 2 };
            let mut line = crate::layout::tests::line(text, 60.0, 100.0).unwrap();
            line.row = Some(row);
            line
        };
        let of_rows =
            |rows: &[(bool, bool, &str)]| Page { height: 842.0, lines: rows.iter().map(of_table).collect() };
        let check = |pages: &[&[(bool, bool, &str)]], expected: &[(bool, &str)]| {
            let pages: Vec<Page> = pages.iter().map(|rows| of_rows(rows)).collect();
            let read = read(&pages);
            let found: Vec<(bool, &str)> = read
                .lines
                .iter()
                .map(|line| (matches!(line.form, Some(Form::Row { first: true, .. })), line.text.as_str()))
                .collect();
            assert_eq!(found, expected);
        };
        let (head, a, b) = ((true, false, "Xã | Hộ"), (false, true, "A | 1"), (true, true, "B | 2"));
        check(&[&[head, a], &[b]], &[(true, "Xã | Hộ"), (false, "A | 1"), (false, "B | 2")]);
        check(&[&[head, a], &[head, a]], &[(true, "Xã | Hộ"), (false, "A | 1"), (false, "A | 1")]);
        let other = (true, false, "Xã | Người");
        let note = "1 Theo Sở Tài chính, năm 2021.";
        let noted = |rows: &[(bool, bool, &str)]| {
            let mut page = of_rows(rows);
            let mut line = crate::layout::tests::line(note, 60.0, 700.0).unwrap();
            line.shrink(8.0);
            page.lines.push(line);
            page
        };
        let mut text = of_rows(&[(false, true, "C | 3")]);
        text.lines.push(crate::layout::tests::line("Hết.", 60.0, 300.0).unwrap());
        let read = read(&[noted(&[head, a]), text]);
        assert_eq!(texts(&read), ["Xã | Hộ", "A | 1", "C | 3", note, "Hết."]);
        check(&[&[head, a], &[other]], &[(true, "Xã | Hộ"), (false, "A | 1"), (true, "Xã | Người")]);
    }

    #[test]
    fn lines_that_go_on_are_one_paragraph() {
        let check =
            |page: &[&str], expected: &[&str]| assert_eq!(texts(&read(&[lines(page)])), expected, "{page:?}");
        check(
            &["Ba xã của huyện đã về đích sớm", "hơn một năm."],
            &["Ba xã của huyện đã về đích sớm hơn một năm."],
        );
        check(&["theo Nghị quyết số 12-", "NQ/TU ngày"], &["theo Nghị quyết số 12-NQ/TU ngày"]);
        check(
            &["Điều 1. Giao kế hoạch của các xã.", "Chương II"],
            &["Điều 1. Giao kế hoạch của các xã.", "Chương II"],
        );
        check(
            &["the communes that devel-", "op fast and well"],
            &["the communes that develop fast and well"],
        );
        check(&["của tỉnh đã giao -", "một năm"], &["của tỉnh đã giao - một năm"]);
        check(
            &["Điều 1. Phê duyệt kế hoạch của huyện.", "Điều 2. Giao Sở Tài chính bố trí vốn."],
            &["Điều 1. Phê duyệt kế hoạch của huyện.", "Điều 2. Giao Sở Tài chính bố trí vốn."],
        );
        // A sentence that ends where there was no more room.
        check(
            &[
                "Ba xã của huyện đã về đích. Cả ba xã",
                "đều được thưởng cho năm vừa rồi. Hai",
                "Xã khác thì chưa.",
            ],
            &["Ba xã của huyện đã về đích. Cả ba xã đều được thưởng cho năm vừa rồi. Hai Xã khác thì chưa."],
        );
        check(
            &["Trong năm qua cả ba xã đều về đích.", "Huyện thưởng mỗi xã 1.250 cây giống."],
            &["Trong năm qua cả ba xã đều về đích. Huyện thưởng mỗi xã 1.250 cây giống."],
        );
        check(
            &["Trong năm qua ba xã về đích.", "Huyện thưởng mỗi xã 1.250 cây giống"],
            &["Trong năm qua ba xã về đích.", "Huyện thưởng mỗi xã 1.250 cây giống"],
        );
        check(
            &["  Phần một của báo cáo này", "nói về chè", "  Phần hai của báo cáo này", "nói về lúa"],
            &["Phần một của báo cáo này nói về chè", "Phần hai của báo cáo này nói về lúa"],
        );
        check(
            &["các xã được giao thêm vốn", "- Xã Nà Phai", "1. Xã Pa Tần"],
            &["các xã được giao thêm vốn", "- Xã Nà Phai", "1. Xã Pa Tần"],
        );
        check(
            &["Sơn Khê, ngày 5 tháng 3 năm 2021", "BÁO CÁO KẾT QUẢ TRỒNG CHÈ", "Thực hiện chỉ đạo của tỉnh"],
            &["Sơn Khê, ngày 5 tháng 3 năm 2021", "BÁO CÁO KẾT QUẢ TRỒNG CHÈ", "Thực hiện chỉ đạo của tỉnh"],
        );
        // Numbers are text.
        check(&["412", "305"], &["412", "305"]);
    }

    #[test]
    fn paragraphs_go_on_over_the_end_of_a_page() {
        let check = |pages: &[&[&str]], text: &str, starts: &[usize]| {
            let pages: Vec<Page> = pages.iter().map(|page| lines(page)).collect();
            let read = read(&pages);
            assert_eq!(
                (texts(&read).join("\n").as_str(), read.starts().as_slice()),
                (text, starts),
                "{text}"
            );
        };
        check(
            &[&["Tổng thu ngân sách đạt"], &["35,4 tỷ đồng."]],
            "Tổng thu ngân sách đạt 35,4 tỷ đồng.",
            &[0, 23],
        );
        check(&[&["Trang một."], &[], &["Trang ba."]], "Trang một.\nTrang ba.", &[0, 11, 11]);
        check(&[&["Trang một"], &["- Trang hai"]], "Trang một\n- Trang hai", &[0, 10]);
        check(
            &[&["theo Nghị quyết số 12-"], &["NQ/TU"], &["Hết."]],
            "theo Nghị quyết số 12-NQ/TU\nHết.",
            &[0, 22, 28],
        );
        check(&[&[]], "", &[0]);
    }

    #[test]
    fn footnotes_come_before_what_goes_on_behind_them() {
        let mut first =
            lines(&["Sáng nay trời mưa.", "Tổng thu ngân sách của huyện đạt", "1 Theo Sở Tài chính."]);
        first.lines[2].shrink(8.0);
        let read = read(&[first, lines(&["35,4 tỷ đồng."])]);
        assert_eq!(
            texts(&read).join("\n"),
            "Sáng nay trời mưa.\n1 Theo Sở Tài chính.\nTổng thu ngân sách của huyện đạt 35,4 tỷ đồng."
        );
        assert_eq!(read.starts(), [0, 73]);
    }
}
