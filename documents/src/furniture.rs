//! What stands on every page and is none of the text: running heads and feet, numbers of pages.

use crate::layout::{Line, Page};
use crate::paragraphs::is_in_capitals;

/// Rows at the upper and the lower edge of a page that may be furniture.
const ROWS: usize = 3;
/// Two rows stand at the same height of their pages where it differs by no more than this part of the page's.
const SAME_HEIGHT: f64 = 0.02;
/// Furniture is set off from the text by this many of the distances that its lines have.
const SET_OFF: f64 = 1.5;
/// Lines that are further apart than this many of their heights are those of a page with little text.
const LOOSE: f64 = 2.2;
/// A number that stands alone on a page of its own numbering is this many of its heights away from the text.
const ALONE: f64 = 1.5;
/// The same at the edges of a page, where most pages have no text.
const ALONE_AT_EDGE: f64 = 0.5;
/// Pages from which a line at one height of most of them is furniture although the text stands close to it, and its letters.
const EVERYWHERE: usize = 3;
const PHRASE: usize = 8;
/// The edges are above and below these parts of a page's height.
const UPPER_EDGE: f64 = 0.07;
const LOWER_EDGE: f64 = 0.92;

/// A row at the edge of a page.
struct Edge {
    page: usize,
    lines: Vec<usize>,
    /// Where it stands, as a part of the page's height.
    height: f64,
    /// Its letters without its numbers.
    letters: String,
    numbers: Vec<u64>,
    /// It is set off from the text, by itself or with those behind it.
    is_set_off: bool,
}

/// Takes furniture out of pages: what is repeated at the same height of several pages, with the same numbers or such as
/// count the pages. What does not change from page to page is said once: heads at the end, since they are no title, others and the
/// capitals of a letterhead where they stand first.
pub(crate) fn take_out(pages: &mut [Page]) {
    let edges: Vec<[Vec<Edge>; 2]> =
        pages.iter().enumerate().map(|(at, page)| [edge(at, page, false), edge(at, page, true)]).collect();
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut kept: Vec<Line> = Vec::new();
    for side in 0..2 {
        // From the edge inwards: what stands behind text is text.
        let mut open: Vec<bool> = vec![true; pages.len()];
        for depth in 0..ROWS {
            let rows: Vec<&Edge> =
                edges.iter().filter_map(|page| page[side].get(depth)).filter(|row| open[row.page]).collect();
            let all: Vec<&Edge> = edges.iter().flat_map(|page| &page[side]).collect();
            let mut found = vec![false; pages.len()];
            for row in rows {
                let like: Vec<&Edge> = all.iter().copied().filter(|other| is_like(row, other)).collect();
                let number = is_number_of_page(row, &pages[row.page], pages.len());
                let with_rows = edges.iter().filter(|page| !page[side].is_empty()).count();
                // On a page of wide rows nothing is set off.
                let is_set_off = like.iter().any(|other| other.is_set_off)
                    || is_everywhere(row, &like, with_rows) && is_one_phrase(&pages[row.page], row);
                let is_furniture = number || (is_set_off && is_repeated(&like, with_rows));
                if !is_furniture {
                    continue;
                }
                found[row.page] = true;
                let counts = like.iter().any(|other| other.numbers != row.numbers);
                let is_first = like.iter().all(|other| other.page >= row.page);
                let has_words = row.letters.chars().filter(|letter| letter.is_alphabetic()).count() > 2;
                let is_again = number || counts || !is_first || !has_words;
                let lines = || row.lines.iter().map(|line| (row.page, *line));
                // The first row of a letterhead is all in capitals.
                let outermost = &edges[row.page][side][0];
                let is_head = side == 0
                    && outermost.lines.iter().any(|line| !is_in_capitals(&pages[row.page].lines[*line].text));
                if is_again || is_head {
                    out.extend(lines());
                }
                if !is_again && is_head {
                    kept.extend(lines().map(|(page, line)| pages[page].lines[line].clone()));
                }
            }
            open = found;
        }
    }
    out.sort_unstable();
    out.dedup();
    for (page, line) in out.into_iter().rev() {
        pages[page].lines.remove(line);
    }
    if let Some(last) = pages.last_mut() {
        for mut line in kept {
            let height = line.place.height();
            (line.place.top, line.place.foot) = (last.height, last.height + height);
            last.lines.push(line);
        }
    }
}

/// The rows at one edge of a page, the outermost first.
fn edge(at: usize, page: &Page, lower: bool) -> Vec<Edge> {
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    let place = |line: usize| page.lines[line].place;
    order.sort_by(|a, b| place(*a).top.total_cmp(&place(*b).top));
    if lower {
        order.reverse();
    }
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for line in order {
        let middle = f64::midpoint(place(line).top, place(line).foot);
        let is_full = rows.len() == ROWS;
        match rows.last_mut() {
            Some(row) if row.iter().any(|own| (place(*own).top..=place(*own).foot).contains(&middle)) => {
                row.push(line);
            }
            _ if is_full => break,
            _ => rows.push(vec![line]),
        }
    }
    let spacing = spacing(page);
    let top = |row: &[usize]| row.iter().map(|line| place(*line).top).fold(f64::MAX, f64::min);
    let wide = rows.windows(2).position(|pair| (top(&pair[0]) - top(&pair[1])).abs() >= SET_OFF * spacing);
    let mut edge = Vec::new();
    for (depth, lines) in rows.iter_mut().enumerate() {
        lines.sort_by(|a, b| place(*a).left.total_cmp(&place(*b).left));
        let text: Vec<&str> = lines.iter().map(|line| page.lines[*line].text.as_str()).collect();
        let (letters, numbers) = parted(&text.join(" "));
        let height = top(lines) / page.height.max(1.0);
        let is_set_off = wide.is_some_and(|wide| depth <= wide);
        edge.push(Edge { page: at, lines: lines.clone(), height, letters, numbers, is_set_off });
    }
    edge
}

/// The distance of most lines of a page from the one above.
fn spacing(page: &Page) -> f64 {
    let middle = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    let height = middle(page.lines.iter().map(|line| line.place.height()).collect()).unwrap_or(0.0);
    let mut tops: Vec<f64> = page.lines.iter().map(|line| line.place.top).collect();
    tops.sort_by(f64::total_cmp);
    let gaps = tops.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > height / 2.0).collect();
    middle(gaps).unwrap_or(0.0).min(height * LOOSE)
}

/// The letters of a row without its numbers, and these.
fn parted(text: &str) -> (String, Vec<u64>) {
    let mut letters = String::new();
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            letters.push('#');
            numbers.push(rest[..digits].parse().unwrap_or(u64::MAX));
            rest = &rest[digits..];
        } else {
            letters.extend(first.to_lowercase().filter(|letter| !letter.is_whitespace()));
            rest = &rest[first.len_utf8()..];
        }
    }
    (letters, numbers)
}

/// Whether two rows are the same furniture: the same words at the same height, and numbers that are the same or count the
/// pages.
fn is_like(row: &Edge, other: &Edge) -> bool {
    let counts = |(own, its): (&u64, &u64)| {
        own == its || (own.checked_add_signed(other.page as i64 - row.page as i64) == Some(*its))
    };
    row.letters == other.letters
        && (row.height - other.height).abs() <= SAME_HEIGHT
        && row.numbers.len() == other.numbers.len()
        && row.numbers.iter().zip(&other.numbers).all(counts)
}

/// Whether rows that are alike stand on so many pages that they are furniture. A number alone must count.
fn is_repeated(like: &[&Edge], pages: usize) -> bool {
    let on = like.len();
    // A line without words, such as the day of printing, must be on every page.
    let everywhere = on == pages;
    let has_words = like
        .first()
        .is_some_and(|row| row.letters.chars().filter(|letter| letter.is_alphabetic()).count() > 2);
    let counts = like.windows(2).all(|pair| pair[0].numbers != pair[1].numbers);
    // Left and right pages have their own heads.
    on >= 2 && on * 3 >= pages && (has_words || counts || everywhere)
}

/// Whether rows that are alike stand on so many pages that they are furniture wherever the text begins.
fn is_everywhere(row: &Edge, like: &[&Edge], pages: usize) -> bool {
    let letters = row.letters.chars().filter(|letter| letter.is_alphabetic()).count();
    like.len() >= EVERYWHERE && like.len() * 2 > pages && letters >= PHRASE
}

/// Whether a row is words beside each other, and not the heads of a table that each page repeats.
fn is_one_phrase(page: &Page, row: &Edge) -> bool {
    let [line] = row.lines[..] else { return false };
    let line = &page.lines[line];
    let is_near =
        |pair: &[crate::layout::Word]| pair[1].place.left - pair[0].place.right < line.place.height();
    line.words.windows(2).all(is_near)
}

/// Whether a row is the number of its page and nothing else, which stands alone: such as the only one of two pages that has
/// one.
fn is_number_of_page(row: &Edge, page: &Page, pages: usize) -> bool {
    let is_bare = row.letters.chars().all(|letter| matches!(letter, '#' | '-' | '–' | '—'));
    let [number] = row.numbers[..] else { return false };
    let own: Vec<&Line> = row.lines.iter().map(|line| &page.lines[*line]).collect();
    let (Some(top), Some(foot)) = (
        own.iter().map(|line| line.place.top).reduce(f64::min),
        own.iter().map(|line| line.place.foot).reduce(f64::max),
    ) else {
        return false;
    };
    let others =
        page.lines.iter().enumerate().filter(|(at, _)| !row.lines.contains(at)).map(|(_, line)| line.place);
    let gap = others
        .map(|place| if place.top >= foot { place.top - foot } else { top - place.foot })
        .fold(f64::MAX, f64::min);
    // On an only page nothing else tells it than that it stands at the edge; there footnotes stand close to it.
    let height = page.height.max(1.0);
    let at_edge = top / height >= LOWER_EDGE || foot / height <= UPPER_EDGE;
    let alone = if at_edge { ALONE_AT_EDGE } else { ALONE };
    is_bare && (pages > 1 || at_edge) && number == row.page as u64 + 1 && gap >= alone * (foot - top)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::page;

    fn check(what: &str, mut pages: Vec<Page>, expected: &[&[&str]]) {
        take_out(&mut pages);
        let left: Vec<Vec<&str>> =
            pages.iter().map(|page| page.lines.iter().map(|line| line.text.as_str()).collect()).collect();
        assert_eq!(left, expected, "{what}");
    }

    const HEAD: &str = "Huyện Khê Thượng - Báo cáo số 77/BC-UBND";

    #[test]
    fn heads_feet_and_numbers_of_pages_are_no_text() {
        let numbered = |number: &str, text: &str| {
            page(&[(60.0, 30.0, HEAD), (60.0, 100.0, text), (280.0, 800.0, number)])
        };
        check(
            "heads and numbers",
            vec![numbered("Trang 1/3", "một"), numbered("Trang 2/3", "hai"), numbered("Trang 3/3", "ba")],
            &[&["một"], &["hai"], &["ba", HEAD]],
        );
        let bare = |text: &str, number: &str| page(&[(60.0, 100.0, text), (280.0, 800.0, number)]);
        check(
            "bare numbers",
            vec![bare("a", "4"), bare("b", "5"), bare("c", "6")],
            &[&["a"], &["b"], &["c"]],
        );
        check(
            "numbers that do not count",
            vec![bare("a", "412"), bare("b", "305")],
            &[&["a", "412"], &["b", "305"]],
        );
        check(
            "the second page alone has a number",
            vec![page(&[(60.0, 100.0, "một")]), page(&[(280.0, 30.0, "2"), (60.0, 100.0, "hai")])],
            &[&["một"], &["hai"]],
        );
        check("the only page", vec![bare("a", "1")], &[&["a"]]);
        let within = page(&[(60.0, 100.0, "a"), (280.0, 400.0, "1")]);
        check("a number in the middle of the only page", vec![within], &[&["a", "1"]]);
        let sides = |at: usize, head: &str| {
            page(&[(60.0, 30.0, head), (60.0, 100.0, ["một", "hai", "ba", "bốn"][at])])
        };
        check(
            "left and right pages",
            vec![sides(0, "Sơn Khê"), sides(1, "Niên giám"), sides(2, "Sơn Khê"), sides(3, "Niên giám")],
            &[&["một"], &["hai"], &["ba"], &["bốn", "Sơn Khê", "Niên giám"]],
        );
        let letter = |text: &str| page(&[(60.0, 30.0, "ỦY BAN NHÂN DÂN HUYỆN"), (60.0, 100.0, text)]);
        check(
            "a letterhead",
            vec![letter("một"), letter("hai")],
            &[&["ỦY BAN NHÂN DÂN HUYỆN", "một"], &["hai"]],
        );
        let sides = |text: &str| page(&[(60.0, 30.0, HEAD), (400.0, 30.0, "KẾT QUẢ"), (60.0, 100.0, text)]);
        check(
            "a head of two sides",
            vec![sides("một"), sides("hai")],
            &[&["một"], &["hai", HEAD, "KẾT QUẢ"]],
        );
        let close = |text: &str| page(&[(60.0, 80.0, HEAD), (60.0, 100.0, text), (60.0, 120.0, "xã")]);
        check(
            "a head close to the text",
            vec![close("một"), close("hai"), close("ba")],
            &[&["một", "xã"], &["hai", "xã"], &["ba", "xã", HEAD]],
        );
        let rows = |text: &str, number: &str| page(&[(60.0, 100.0, text), (60.0, 120.0, number)]);
        check(
            "columns of numbers",
            vec![rows("a", "412"), rows("b", "305")],
            &[&["a", "412"], &["b", "305"]],
        );
    }
}
