//! Raised numbers and marks: the exponent of a unit, a power of ten, or the mark of a footnote.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The raised digits.
const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
/// Digits of the number of a footnote, at most.
const LONGEST: usize = 3;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    units: HashSet<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../rules/raised.toml")).expect("the table is tested"));

/// What is written for raised words behind the words of their line. The mark of a footnote is left out, since `1.250` with a
/// mark behind it is no other number, and a power of ten stays raised (`10⁶`). Others are written as they stand (`m2`, `n2`,
/// `1st`); so is what begins a line: it is the footnote itself.
pub fn written<'w>(before: &str, raised: &'w str) -> Cow<'w, str> {
    let words: String = raised.split_whitespace().collect();
    let bare = words.trim_matches(['[', ']', '(', ')', ',']);
    let is_number = (1..=LONGEST).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit());
    let is_star = !bare.is_empty() && bare.chars().all(|letter| matches!(letter, '*' | '†' | '‡'));
    if !(is_number || is_star) || before.is_empty() {
        return Cow::Borrowed(raised);
    }
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | ',');
    let from = before.char_indices().rev().take_while(|(_, letter)| is_part(*letter)).last();
    let word = from.map_or("", |(from, _)| &before[from..]);
    if is_number && bare == words {
        if word == "10" {
            return bare.bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect();
        }
        let unit = word.trim_start_matches(|letter: char| !letter.is_alphabetic());
        if TABLE.units.contains(&unit.to_lowercase()) || unit.chars().count() == 1 {
            return Cow::Borrowed(raised);
        }
    }
    Cow::Borrowed("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_numbers_are_exponents_or_marks() {
        let check = |before: &str, raised: &str, expected: &str| {
            assert_eq!(written(before, raised), expected, "{before}^{raised}");
        };
        check("1.250", "1", "");
        check("tháng 4.", "2", "");
        check("Sơn Khê", "(3)", "");
        check("hộ", "*", "");
        check("diện tích 45km", "2", "2");
        check("3 m", "3", "3");
        check("m", "(3)", "");
        check("x", "2", "2");
        check("2 x 10", "6", "⁶");
        check("2.10", "6", "");
        check("the 1", "st", "st");
        check("", "1", "1");
        check("năm", "2021", "2021");
    }
}
