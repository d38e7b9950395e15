//! Pages that say that they are not there, although their server answers as if they were.

use std::sync::LazyLock;

use corpus::text::plain;
use regex::Regex;
use serde::Deserialize;

/// The longest line that says so, in characters.
const LONGEST: usize = 160;
/// Characters of a title that are looked at.
const TITLE: usize = 500;
/// Words of a text that has more to say than that, whatever stands above it.
const TEXT: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    patterns: Vec<String>,
}

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let rules: Rules = toml::from_str(include_str!("../../rules/missing.toml"))
        .expect("the shipped rules are checked by a test");
    let whole = |pattern: &String| Regex::new(&format!("^(?:{pattern})$")).expect("checked by a test");
    rules.patterns.iter().map(whole).collect()
});

/// Whether a page says that it is not there, by its first heading or a part of its title.
pub(super) fn says_so(heading: Option<&str>, title: Option<&str>, text: Option<&str>) -> bool {
    if text.is_some_and(|text| text.split_whitespace().nth(TEXT).is_some()) {
        return false;
    }
    let title = title.map(|title| title.char_indices().nth(TITLE).map_or(title, |(end, _)| &title[..end]));
    let parts = title.into_iter().flat_map(|title| {
        let whole = std::iter::once(title);
        whole.chain(title.split(['|', '–', '»'])).chain(title.split(" - "))
    });
    heading.into_iter().chain(parts).any(|line| {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        line.chars().nth(LONGEST).is_none() && {
            let line = plain(&line);
            PATTERNS.iter().any(|pattern| pattern.is_match(&line))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_says_so_in_many_words() {
        let check = |line: &str, expected: bool| {
            assert_eq!(says_so(Some(line), None, None), expected, "{line}");
        };
        check("404", true);
        check("Lỗi 404", true);
        check("404 - Không tìm thấy trang bạn yêu cầu", true);
        check("Không tìm thấy trang", true);
        check("Rất tiếc, chúng tôi không tìm thấy trang mà bạn đang tìm!", true);
        check("Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.", true);
        check("Bài viết này không tồn tại", true);
        check("Nội dung không tồn tại", true);
        check("Page not found", true);
        check("Sorry, the page you are looking for could not be found.", true);
        check("This page doesn’t exist", true);
        // News are none.
        check("Không tìm thấy người mất tích trong vụ lật thuyền", false);
        check("Trang trại không tồn tại trên giấy tờ vẫn nhận hỗ trợ", false);
        check("404 hộ nghèo được hỗ trợ nhà ở", false);
        check("Nhiều đường dẫn nước đã bị xóa sổ", false);
        check("Bài viết trên mạng đã bị xóa sau khi cơ quan chức năng vào cuộc kiểm tra tại hai xã", false);
        check("", false);
    }

    #[test]
    fn titles_say_it_in_a_part_and_long_texts_do_not_mean_it() {
        let check = |title: &str, text: Option<&str>, expected: bool| {
            assert_eq!(says_so(None, Some(title), text), expected, "{title}");
        };
        check("Không tìm thấy trang | Báo Sơn Khê", None, true);
        check("404 - Cổng thông tin điện tử Sơn Khê", Some("Mời quay lại trang chủ."), true);
        check("Sửa đê | Báo Sơn Khê", None, false);
        let text = "mưa ".repeat(TEXT + 1);
        check("Không tìm thấy trang | Báo Sơn Khê", Some(&text), false);
    }
}
