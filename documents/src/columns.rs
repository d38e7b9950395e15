//! The order in which the lines of a page are read where its text stands in columns.

use crate::layout::{Line, Page, Place};
use crate::paragraphs;

/// Lines that a column has at least.
const LINES: usize = 3;
/// A column is at least this many heights of its lines wide: what is narrower is the column of a table.
const WIDE: f64 = 10.0;
/// Words of a line of running text, on average, at least.
const WORDS: usize = 3;
/// Lines in a hundred that reach through their column, as far as `FULL` hundredths of it: running text does, and cells do not.
const REACHING: usize = 40;
const FULL: f64 = 80.0;
/// Two columns are at least this part of the height of their lines apart.
const GUTTER: f64 = 0.5;
/// Lines of a page up to which columns are looked for.
const LONGEST: usize = 1_000;
/// Columns side by side: two in the power of this.
const DEEPEST: usize = 2;

/// Puts the lines of pages into the order in which they are read: what stands in two columns of running text, one column
/// after the other. All others stay where they are.
pub(crate) fn put_in_order(pages: &mut [Page]) {
    for page in pages.iter_mut().filter(|page| page.lines.len() <= LONGEST) {
        let mut order: Vec<usize> = (0..page.lines.len()).collect();
        let mut found = Found::default();
        arrange(&page.lines, &mut order, &mut found, DEEPEST);
        order.extend(found.notes);
        if found.tops.is_empty() {
            continue;
        }
        for top in found.tops {
            page.lines[top].tops_column = true;
        }
        for (number, column) in found.columns.iter().enumerate() {
            for at in column {
                page.lines[*at].column = Some(number);
            }
        }
        let mut lines: Vec<Option<Line>> = std::mem::take(&mut page.lines).into_iter().map(Some).collect();
        page.lines = order.into_iter().filter_map(|at| lines[at].take()).collect();
    }
}

/// What is found of columns.
#[derive(Default)]
struct Found {
    /// Lines that go on with the column before.
    tops: Vec<usize>,
    /// The footnotes, which stand under each column and are no part of what goes on.
    notes: Vec<usize>,
    /// The lines of each column; where one is columns itself, those of the columns in it come behind it.
    columns: Vec<Vec<usize>>,
}

/// Orders lines that stand in two columns.
fn arrange(lines: &[Line], order: &mut Vec<usize>, found: &mut Found, depth: usize) {
    if depth == 0 {
        return;
    }
    let Some(gutter) = gutter(lines, order) else { return };
    // From the top, what stands on both sides of the gutter until a line goes through it.
    let mut by_height = order.clone();
    by_height.sort_by(|a, b| lines[*a].place.top.total_cmp(&lines[*b].place.top));
    let mut bands: Vec<[Vec<usize>; 2]> = vec![Default::default()];
    for at in by_height {
        match gutter.side(&lines[at].place) {
            Some(side) => bands.last_mut().expect("there is one")[side].push(at),
            None => bands.push(Default::default()),
        }
    }
    for mut band in bands {
        if !band.iter().all(|column| is_text(lines, column)) {
            continue;
        }
        // The band stands where its first line stood.
        let first = order.iter().position(|at| band.iter().flatten().any(|own| own == at)).unwrap_or(0);
        order.retain(|at| !band.iter().flatten().any(|own| own == at));
        found.tops.push(band[1][0]);
        for column in &mut band {
            let of_column: Vec<&Line> = column.iter().map(|at| &lines[*at]).collect();
            found.notes.extend(column.split_off(column.len() - paragraphs::notes(&of_column)));
            found.columns.push(column.clone());
            arrange(lines, column, found, depth - 1);
        }
        order.splice(first..first, band.into_iter().flatten());
    }
}

/// What parts two columns.
struct Gutter {
    left: f64,
    right: f64,
}

impl Gutter {
    /// The side that something stands on; `None` where it goes through.
    fn side(&self, place: &Place) -> Option<usize> {
        if place.right <= self.left {
            Some(0)
        } else if place.left >= self.right {
            Some(1)
        } else {
            None
        }
    }
}

/// The gutter that parts most lines, if there is one.
fn gutter(lines: &[Line], order: &[usize]) -> Option<Gutter> {
    let place = |at: &usize| lines[*at].place;
    let mut lefts: Vec<f64> = order.iter().map(|at| place(at).left).collect();
    lefts.sort_by(f64::total_cmp);
    lefts.dedup_by(|a, b| *a - *b < 1.0);
    let mut heights: Vec<f64> = order.iter().map(|at| place(at).height()).collect();
    heights.sort_by(f64::total_cmp);
    let height = heights.get(heights.len() / 2).copied()?;
    let best = lefts.into_iter().filter_map(|right| {
        // Where the second column begins, the first has ended.
        let rights = order.iter().map(|at| place(at).right);
        let left = rights.filter(|own| *own <= right - GUTTER * height).reduce(f64::max)?;
        let gutter = Gutter { left, right };
        let on = |side: usize| order.iter().filter(|at| gutter.side(&place(at)) == Some(side)).count();
        let least = on(0).min(on(1));
        (least >= LINES).then_some((least, gutter))
    });
    best.max_by_key(|(least, _)| *least).map(|(_, gutter)| gutter)
}

/// Whether lines are a column of running text.
fn is_text(lines: &[Line], column: &[usize]) -> bool {
    // The cells of a table stand side by side.
    let is_cell = |at: &usize| {
        let place = &lines[*at].place;
        column.iter().any(|other| other != at && lines[*other].place.is_beside(place))
    };
    let column: Vec<usize> = column.iter().copied().filter(|at| !is_cell(at)).collect();
    let places = || column.iter().map(|at| lines[*at].place);
    let (Some(left), Some(right)) = (
        places().map(|place| place.left).reduce(f64::min),
        places().map(|place| place.right).reduce(f64::max),
    ) else {
        return false;
    };
    let height = places().map(|place| place.height()).fold(0.0, f64::max);
    let reaching = places().filter(|place| (place.right - left) * 100.0 >= (right - left) * FULL).count();
    let words: usize = column.iter().map(|at| lines[*at].text.split(' ').count()).sum();
    column.len() >= LINES
        && right - left >= WIDE * height
        && words >= WORDS * column.len()
        && reaching * 100 >= REACHING * column.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::page;

    #[test]
    fn columns_are_read_one_after_the_other() {
        let check = |what: &str, lines: &[(f64, f64, &str)], expected: &[&str], tops: &[&str]| {
            let mut pages = [page(lines)];
            put_in_order(&mut pages);
            let texts: Vec<&str> = pages[0].lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(texts, expected, "{what}");
            let topping = pages[0].lines.iter().filter(|line| line.tops_column);
            assert_eq!(topping.map(|line| line.text.as_str()).collect::<Vec<_>>(), tops, "{what}");
        };
        check(
            "the upper part of the second column comes first",
            &[
                (60.0, 40.0, "BÁO CÁO kết quả sản xuất năm 2021 của huyện Khê Thượng"),
                (300.0, 60.0, "được mùa. Diện tích chè"),
                (300.0, 74.0, "của huyện đạt 412 ha"),
                (60.0, 60.0, "Sản lượng ngô ước đạt"),
                (60.0, 74.0, "305 tấn, người dân rất"),
                (60.0, 88.0, "phấn khởi vì năm nay"),
                (300.0, 88.0, "và còn tăng trong quý"),
                (60.0, 120.0, "Số liệu của Chi cục Thống kê huyện Khê Thượng, năm 2021"),
            ],
            &[
                "BÁO CÁO kết quả sản xuất năm 2021 của huyện Khê Thượng",
                "Sản lượng ngô ước đạt",
                "305 tấn, người dân rất",
                "phấn khởi vì năm nay",
                "được mùa. Diện tích chè",
                "của huyện đạt 412 ha",
                "và còn tăng trong quý",
                "Số liệu của Chi cục Thống kê huyện Khê Thượng, năm 2021",
            ],
            &["được mùa. Diện tích chè"],
        );
        check(
            "a column that holds a table",
            &[
                (60.0, 60.0, "Sản lượng ngô ước đạt"),
                (60.0, 74.0, "305 tấn, người dân rất"),
                (60.0, 88.0, "phấn khởi vì năm nay"),
                (300.0, 60.0, "được mùa. Diện tích chè"),
                (300.0, 74.0, "của huyện đạt 412 ha"),
                (300.0, 88.0, "và còn tăng trong quý"),
                (300.0, 110.0, "Nà Phai"),
                (400.0, 110.0, "99"),
                (300.0, 130.0, "Tân Lễ"),
                (400.0, 130.0, "87"),
            ],
            &[
                "Sản lượng ngô ước đạt",
                "305 tấn, người dân rất",
                "phấn khởi vì năm nay",
                "được mùa. Diện tích chè",
                "của huyện đạt 412 ha",
                "và còn tăng trong quý",
                "Nà Phai",
                "99",
                "Tân Lễ",
                "87",
            ],
            &["được mùa. Diện tích chè"],
        );
        let cells = [
            (60.0, 60.0, "Nà Phai"),
            (300.0, 60.0, "412"),
            (60.0, 74.0, "Bản Mường"),
            (300.0, 74.0, "305"),
            (60.0, 88.0, "Tân Lễ"),
            (300.0, 88.0, "717"),
        ];
        let texts: Vec<&str> = cells.iter().map(|(.., text)| *text).collect();
        check("cells of a table", &cells, &texts, &[]);
        let head = [
            (300.0, 40.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
            (60.0, 40.0, "ỦY BAN NHÂN DÂN"),
            (300.0, 54.0, "Độc lập - Tự do"),
            (60.0, 54.0, "Số: 77/BC-UBND"),
        ];
        let texts: Vec<&str> = head.iter().map(|(.., text)| *text).collect();
        check("the head of a letter", &head, &texts, &[]);
    }
}
