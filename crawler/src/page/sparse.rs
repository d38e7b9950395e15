//! Pages with next to no running text that say something all the same: a table of data under a headline, or a headline above
//! a file, as portals publish reports and lists.

use super::body::Cuts;
use super::headline;
use super::outline::{Outline, Role};
use super::text::{self, LeftOut, Line};
use super::{Reader, Text};
use crate::files;

/// Rows that a table of data has at least.
const ROWS: usize = 3;
/// Letters of it.
const LETTERS: usize = 60;
/// What stands around tables in an element that holds little else, in hundredths of their letters.
const AROUND: usize = 25;
/// Lines between a headline and the file below it.
const NEAR: usize = 8;
/// Letters of a line there.
const LINE: u32 = 300;
/// Files that a page links to which is about one of them.
const FILES: usize = 12;

/// The text of such a page, under its headline.
pub(super) fn text(page: &Reader<'_>, title: &str) -> Option<Text> {
    tables(page, title).or_else(|| above_file(page, title))
}

/// The tables of data of a page, with the little that stands around them.
fn tables(page: &Reader<'_>, title: &str) -> Option<Text> {
    let outline = page.outline;
    let cuts = page.named_cuts();
    let mut found: Vec<usize> = Vec::new();
    for at in 0..outline.parts.len() {
        if outline.parts[at].role == Role::Table && is_data(outline, at) && !cuts.hides(outline, at) {
            found.push(at);
        }
    }
    let largest = found.iter().copied().max_by_key(|at| outline.letters(*at))?;
    let mut body = largest;
    for around in outline.around(largest).skip(1) {
        let end = outline.parts[around].end;
        let in_tables: usize =
            found.iter().filter(|at| (around..end).contains(*at)).map(|at| outline.letters(*at)).sum();
        if outline.letters(around) * 100 > in_tables * (100 + AROUND) {
            break;
        }
        body = around;
    }
    let mut lines = text::lines(outline, body, cuts);
    page.tidy(&mut lines, title);
    for line in lines.iter_mut().filter(|line| line.role != Role::Row && is_day(&line.text)) {
        line.left_out = Some(LeftOut::Label);
    }
    Some(Text { body, cuts: cuts.clone(), captions: Vec::new(), lines })
}

/// Whether a table holds data and not a page: rows of several cells, most of which lead nowhere, and numbers among them.
fn is_data(outline: &Outline<'_>, table: usize) -> bool {
    let below = table + 1..outline.parts[table].end;
    let is_nested = || below.clone().any(|at| outline.parts[at].role == Role::Table);
    let is_row = |at: &usize| {
        outline.parts[*at].role == Role::Row
            && outline
                .children(*at)
                .filter(|cell| outline.parts[*cell].role == Role::Cell && outline.letters(*cell) > 0)
                .nth(1)
                .is_some()
    };
    let letters = outline.letters(table);
    let linked: usize = outline.parts[below.clone()].iter().map(|part| part.own.linked as usize).sum();
    letters >= LETTERS
        && linked * 3 <= letters
        && below.clone().filter(is_row).nth(ROWS - 1).is_some()
        && text::has_digits(outline, table)
        && !is_nested()
}

/// Whether a line is a day with next to nothing beside it.
fn is_day(words: &str) -> bool {
    words.split(' ').count() < 6 && corpus::date::find(words).is_some()
}

/// What stands between the headline of a page and the file below it.
fn above_file(page: &Reader<'_>, title: &str) -> Option<Text> {
    let outline = page.outline;
    let cuts = page.named_cuts();
    let shown =
        headline::shown(page).filter(|shown| shown.words == title && (shown.is_called || shown.in_address));
    let is_headed = || outline.headings.iter().any(|at| text::words(outline, *at, &Cuts::none()) == title);
    if shown.is_none() && !is_headed() {
        return None;
    }
    let blocks: Vec<usize> =
        outline.blocks(0..outline.parts.len()).filter(|at| !cuts.hides(outline, *at)).collect();
    let files = blocks.iter().filter(|at| headline::file_below(outline, **at).is_some()).count();
    if files == 0 || files > FILES {
        return None;
    }
    let headlines = (0..blocks.len()).filter(|at| text::own_words(outline, blocks[*at]) == title);
    let (headline, file) = headlines
        .filter_map(|at| {
            let mut below = at..blocks.len().min(at + 1 + NEAR);
            Some((at, below.find(|at| headline::file_below(outline, blocks[*at]).is_some())?))
        })
        .next_back()?;
    let line =
        |at: usize, text: String| Line { text, role: outline.parts[at].role, at, linked: 0, left_out: None };
    let mut lines: Vec<Line> = blocks[headline + 1..=file.max(headline)]
        .iter()
        .filter(|at| outline.parts[**at].own.letters() <= LINE)
        .map(|at| (*at, text::own_words(outline, *at)))
        .filter(|(at, words)| {
            let says_nothing =
                outline.parts[*at].own.letters() < 40 && files::name(Some(words.as_str()), None).is_none();
            !says_nothing && !is_day(words) && words != title
        })
        .map(|(at, words)| line(at, words))
        .collect();
    if lines.is_empty() {
        lines.push(line(blocks[headline], title.to_owned()));
    }
    Some(Text { body: blocks[headline], cuts: cuts.clone(), captions: Vec::new(), lines })
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_as;

    /// A page of a portal whose head names the portal alone.
    fn portal(inner: &str) -> String {
        format!(
            "<html lang=en-us><head><title>Trang thông tin điện tử huyện Khê Thượng - Tin tức</title></head><body>\
             <h1>Trang thông tin điện tử huyện Khê Thượng</h1><div class=menu><a href=/>Trang chủ</a> <a href=/tin>Tin tức</a></div>\
             <div id=main>{inner}</div><div class=foot>Đơn vị quản lý: UBND huyện Khê Thượng</div></body></html>"
        )
    }

    #[test]
    fn pages_of_few_words_are_read_where_they_say_something() {
        let check = |inner: &str, expected: Option<(&str, &str)>| {
            let article =
                read_as(&portal(inner), "https://khethuong.example.vn/Pages/tin.aspx", None).article;
            let found = article
                .as_ref()
                .ok()
                .map(|article| (article.title.as_deref().unwrap_or_default(), article.text.as_str()));
            assert_eq!(found, expected, "{inner}: {article:?}");
        };
        check(
            "<p class=Title>Danh bạ lãnh đạo huyện</p><table><tr><th>STT<th>Họ và tên<th>Điện thoại<tr><td>1<td>Hà Văn Sín<td>555 001\
             <tr><td>2<td>Lê Khánh Hoài<td>555 002</table>",
            Some((
                "Danh bạ lãnh đạo huyện",
                "STT | Họ và tên | Điện thoại\n1 | Hà Văn Sín | 555 001\n2 | Lê Khánh Hoài | 555 002",
            )),
        );
        check(
            "<div class=title-box><b>Giá cả</b></div><div class=newsTitle><p>Báo cáo giá cả thị trường tháng 6 năm 2019</p>\
             <p>30/06/2019</p><p>Xem chi tiết <a href='/img/75 BC.pdf'>tại đây</a></p></div>",
            Some((
                "Báo cáo giá cả thị trường tháng 6 năm 2019",
                "Báo cáo giá cả thị trường tháng 6 năm 2019",
            )),
        );
        check(
            "<p class=Title>Công khai dự toán ngân sách năm 2020</p><p><a href=/tep/1.xlsx>Biểu số 48 kèm theo</a></p>",
            Some(("Công khai dự toán ngân sách năm 2020", "Biểu số 48 kèm theo")),
        );
        // A system put the page into a form.
        check(
            "<form><p class=Title>Danh bạ lãnh đạo huyện</p><table><tr><th>STT<th>Họ và tên<th>Điện thoại<tr><td>1<td>Hà Văn Sín<td>555 001\
             <tr><td>2<td>Lê Khánh Hoài<td>555 002</table></form>",
            Some((
                "Danh bạ lãnh đạo huyện",
                "STT | Họ và tên | Điện thoại\n1 | Hà Văn Sín | 555 001\n2 | Lê Khánh Hoài | 555 002",
            )),
        );
        // A list of headlines, one of which has its text in a cell that nobody sees.
        let headline = "<tr><td><a href=/tin>Huyện giao kế hoạch trồng rừng cho các xã vùng cao</a><td>12/6/2019<td><div class=ms-rtestate-field>";
        let hidden = "Căn cứ kế hoạch của tỉnh, huyện giao cho các xã trồng 412 ha rừng trong năm nay, nhiều hơn năm trước. ".repeat(4);
        check(&format!("<table>{}{hidden}</div>{}</table>", headline, headline.repeat(5)), None);
        // A list of what leads elsewhere, a headline alone, a calendar.
        check(
            "<p class=Title>Các văn bản mới của huyện</p><table><tr><td>1<td><a href=/a>Quyết định về trồng rừng năm 2020</a>\
             <tr><td>2<td><a href=/b>Kế hoạch trồng rừng</a><tr><td>3<td><a href=/c>Báo cáo trồng rừng năm 2019</a></table>",
            None,
        );
        check("<p class=Title>Trang của chính quyền huyện</p>", None);
    }

    #[test]
    fn a_document_without_a_headline_is_called_by_its_subject() {
        let html = "<table><tr><td>UBND TỈNH SƠN KHÊ<br>Số: 77/QĐ-UBND<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc\
                    <br>Sơn Khê, ngày 5 tháng 3 năm 2021</table><p><b>QUYẾT ĐỊNH<br>Về việc giao kế hoạch trồng rừng<br>năm 2021</b></p>\
                    <p>Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;</p><p>Điều 1. Giao kế hoạch trồng rừng năm 2021 cho \
                    các huyện trong tỉnh theo biểu kèm theo Quyết định này.</p><p>Nơi nhận:<br>- Như Điều 1;</p><p>CHỦ TỊCH</p><p>Hà Văn Sín</p>";
        let article = read_as(html, "https://sonkhe.example.vn/van-ban/77", None).article.unwrap();
        assert_eq!(article.title.as_deref(), Some("Về việc giao kế hoạch trồng rừng năm 2021"));
        assert_eq!(article.published.map(|day| day.date.to_string()).as_deref(), Some("2021-03-05"));
        assert!(article.text.starts_with("UBND TỈNH SƠN KHÊ\nSố: 77/QĐ-UBND\nCỘNG HÒA"), "{}", article.text);
        assert!(article.text.ends_with("CHỦ TỊCH\nHà Văn Sín"), "{}", article.text);
    }
}
