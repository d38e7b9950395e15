//! Numbers as they are written, and those that measure nothing: dates, names, places in lists.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use corpus::Span;
use regex::Match;

use super::table::units;
use crate::pattern::{Pattern, Patterns, before_digits, tail};

/// A number that may be a figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// In the whole text, with multiplier and percent sign.
    pub(super) span: Span,
    pub(super) value: f64,
    pub(super) of: Option<f64>,
    pub(super) kind: Kind,
    /// Written with a multiplier: without a currency it is money in Vietnamese.
    pub(super) multiplied: bool,
    /// Begins a range: what is said of the number behind it is said of this one too.
    pub(super) opens_range: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Percent,
    Rank,
}

static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    let multipliers: BTreeMap<&str, f64> =
        units().multipliers.iter().map(|(word, by)| (word.as_str(), *by)).collect();
    let mut words: Vec<&str> = multipliers.into_keys().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let number = r"\d+(?:[.,]\d+)*";
    Pattern::new(&format!(
        r"(?i)^(?P<a>{number})(?:(?P<rank>st|nd|rd|th)\b|\s*/\s*(?P<b>{number})|\s*(?P<by>{})(?:\s|[.,;:)/]|$))?(?P<percent>\s?%)?",
        words.join("|")
    ))
});

/// Numbers in words with a multiplier: they measure.
static WORDS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)\b(?P<a>one|two|three|four|five|six|seven|eight|nine|ten|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?P<by>thousand|million|billion|nghìn|ngàn|triệu|tỷ)\s+\p{L}",
    )
});

/// What a number in words cannot be without: most sentences have none of it.
static MULTIPLIERS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = ["thousand", "million", "billion", "nghìn", "ngàn", "triệu", "tỷ"];
    let cases = words.iter().flat_map(|word| {
        let mut letters = word.chars();
        let first: String = letters.by_ref().take(1).flat_map(char::to_uppercase).collect();
        [(*word).to_owned(), word.to_uppercase(), first + letters.as_str()]
    });
    AhoCorasick::new(cases).expect("a few words")
});

/// What numbers in it are none.
static NOT: LazyLock<Patterns> = LazyLock::new(|| {
    let month = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
    let patterns = [
        r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b".to_owned(),
        r"\b\d{1,2}\s?/\s?(?:19|20)\d\d\b".to_owned(),
        format!(r"{month}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?\b(?:,?\s+\d{{4}})?"),
        format!(r"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?\s+{month}\b"),
        r"(?i)\b(?:ngày|sáng|trưa|chiều|tối|đêm)(?: nay| qua| ngày)*,?\s*\(?\d{1,2}(?:\s*[/-]\s*\d{1,2})*".to_owned(),
        r"\(\d{1,2}/\d{1,2}\)".to_owned(),
        r"(?i)\bngày\s+\d{1,2}(?:[/-]\d{1,2})?\s*(?:đến|và|,|–)\s*(?:ngày\s+)?\d{1,2}[/-]\d{1,2}\b".to_owned(),
        r"(?i)\btháng\s+\d{1,2}(?:\s*[/-]\s*\d{1,4})*(?:(?:\s*,\s*| và )\d{1,2}\b(?:/\d{4})?)*".to_owned(),
        r"\b(?:19|20)\d\d-\d{1,2}\b".to_owned(),
        r"\b(?:19|20)\d\d\b(?:\s*[-–/]\s*(?:19|20)\d\d\b)?".to_owned(),
        r"(?i)\b\d{1,2}(?::\d{2}|h\d{0,2}\b|g\d{2}\b)".to_owned(),
        r"(?i)\b\d+(?:\s*(?:[-–]|đến|tới)\s*\d+)?\s*(?:giờ|phút|giây|ngày|tuần|tháng|năm|quý|nhiệm kỳ|tuổi)\b".to_owned(),
        r"(?i)\b\d+(?:\s*[-–]\s*\d+)?[ -](?:hours?|minutes?|days?|weeks?|months?|years?|quarters?|terms?)\b".to_owned(),
        r"(?i)\b(?:quý|quarter|Q)\s*\d\b(?:/\d{4})?".to_owned(),
        r"(?i)\b(?:(?:tổng |con |dân |doanh |tỷ |tỉ |hệ |điểm |bội |quân )?số|no\.?)\s*:?\s*\d[\w/.-]*".to_owned(),
        r"\b\d+\s*[-/]\s*(?:\d{4}\s*/\s*)?[A-ZĐÐ]{2}[\w/ÐĐ-]*".to_owned(),
        r"\b\d+\s+[A-ZĐÐ]{2,4}/[A-ZĐÐ]+".to_owned(),
        r"(?i)\b(?:directive|resolution|conclusion|plan|decision|decree|circular|project|law|regulation|nghị quyết|chỉ thị|quyết định|kết luận|nghị định|thông tư|quy định|đề án|công văn|văn bản)s?\s+\d+[\w/.-]*".to_owned(),
        r"(?i)\b(?:article|clause|point|chapter|section|appendix|điều|khoản|chương|mục|phụ lục)\s+\d+(?:\.\d+)*".to_owned(),
        r"(?i)\b(?:block|road|group|quarter|ward|route|highway|zone|hamlet|level|grade|class|phase|stage|type|page|room|khối|đường|ql|quốc lộ|tỉnh lộ|tổ|phường|quận|khu phố|xóm|thôn|tiểu khu|khóa|khoá|lần thứ|kỳ họp thứ|trang|vòng|bảng|cổ phần|ocop|hợp đồng|điểm cao|hạng)\s?\d{1,3}(?:\s*(?:,|and|và|-)\s*\d{1,3})*(?:[\s;:)”]|[,.]\s|[,.]?$)".to_owned(),
        r"(?i)\b(?:mức độ|mức|cấp|cấp độ)\s\d(?:(?:\s*(?:,|and|và|-)\s*)\d)*(?:[\s;:)”]|[,.]\s|[,.]?$)".to_owned(),
        r"(?i)\bhạng\s+\d+\s+sao|\d+[\s-]?(?:sao|stars?)\b".to_owned(),
        r"\p{L}[-–]?\d+".to_owned(),
        r"\b\d+-\p{L}+".to_owned(),
        r"\b\d+[\p{L}°]+[\w]*".to_owned(),
        r"https?://\S+|\S*_\S*|\S+\.(?:jpe?g|png|gif|html?|aspx)\b".to_owned(),
        r#"["“'‘]\d+\b"#.to_owned(),
        r"(?i)\b(?:comments?|bình luận)\b\D{0,5}\(?\d+\)?".to_owned(),
        r"(?i)\b\d+\s+(?:times|lần)\s+(?:a|per|each|every|một|mỗi)\b".to_owned(),
        r"(?:^|\s)0\d[\d. ]{6,}".to_owned(),
        r"^\W*\d{1,2}(?:\.\d{1,2})*[.)]\s".to_owned(),
        r"\b\d{1,3}(?:,\d{2,3})?°\w?".to_owned(),
        // Numbers of houses.
        r"\b\d+[A-Z]?(?:\s*[-–/]\s*\d+)?\s+(?:đường|phố|Đường|Phố)\s+\p{Lu}".to_owned(),
        // Scales of maps and plans.
        r"\b1\s?/\s?(?:[125]00|[1-9]\d?[.,]?000)\b".to_owned(),
        // Ages and births.
        r"(?i)\b(?:sinh|sn)\s+(?:năm\s+)?(?:19|20)\d\d\b".to_owned(),
    ];
    Patterns::new(patterns.iter().map(|pattern| Pattern::new(pattern)).collect())
});

/// Units that stand at a number without a blank: no names.
static SHORT_UNIT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)^\d+(?:ha|km2?|km²|m[23²³]?|kg|g|tấn|tạ|tỷ|triệu|tr|mw|kwh?|kv|mm|cm|m|l|lít|đ|st|nd|rd|th)$",
    )
});

static RANKED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)(?:\brank\w*|\bplac(?:e|ed|ing)|\bstands?|\bstood|\btop|(?:^|[^p]\s)xếp(?: hạng| thứ| vị thứ)*|đứng(?: thứ| vị trí| ở vị trí)*|hạng|vị thứ|vị trí(?: thứ)?)(?: at| the| in| thứ| number)*\s+$",
    )
});

/// Numbers from one to ten, in both languages.
const NAMES: [[&str; 2]; 10] = [
    ["one", "một"],
    ["two", "hai"],
    ["three", "ba"],
    ["four", "bốn"],
    ["five", "năm"],
    ["six", "sáu"],
    ["seven", "bảy"],
    ["eight", "tám"],
    ["nine", "chín"],
    ["ten", "mười"],
];

/// A part of a number in a sentence.
#[derive(Clone, Copy)]
struct Place<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Place<'t> {
    /// Of what was found in the words from a byte on.
    fn of(group: Match<'t>, from: usize) -> Self {
        Self { text: group.as_str(), start: from + group.start(), end: from + group.end() }
    }
}

/// The numbers of a sentence that may be figures; `taken` are places of other mentions.
pub(super) fn all(text: &str, sentence: Span, vietnamese: bool, taken: &[Span]) -> Vec<Number> {
    let here = sentence.of(text);
    let has_digit = here.bytes().any(|byte| byte.is_ascii_digit());
    let in_words = || MULTIPLIERS.is_match(here) && WORDS.is_match(here);
    if !has_digit && !in_words() || is_junk(here) {
        return Vec::new();
    }
    let mut not: Vec<(usize, usize)> = Vec::new();
    let from = before_digits(here).unwrap_or(here.len());
    for pattern in NOT.of(&here[from..]) {
        for found in pattern.find_iter_from(here, from) {
            // `dân số 312.450`, `1.250 ngày công`
            let counts = found
                .as_str()
                .to_lowercase()
                .split_whitespace()
                .nth(1)
                .is_some_and(|word| word.starts_with("số"));
            let labour =
                found.as_str().ends_with("ngày") && here[found.end()..].trim_start().starts_with("công");
            if !counts && !labour && !SHORT_UNIT.is_match(found.as_str()) {
                not.push((found.start(), found.end()));
            }
        }
    }
    for span in taken.iter().filter(|span| span.overlaps(sentence)) {
        not.push((
            span.start().saturating_sub(sentence.start()),
            span.end().saturating_sub(sentence.start()),
        ));
    }
    let is_not = |start: usize, end: usize| not.iter().any(|(from, to)| start < *to && *from < end);
    let mut numbers = Vec::new();
    let mut next = 0;
    while let Some(digit) = here[next..].find(|c: char| c.is_ascii_digit()).filter(|_| numbers.len() < MOST) {
        let begin = next + digit;
        let Some(found) = NUMBER.captures(&here[begin..]) else { break };
        next = begin + found.get(0).map_or(1, |all| all.len());
        let found = |name: &str| found.name(name).map(|group| Place::of(group, begin));
        let a = found("a").expect("a part of every match");
        let before = &here[..a.start];
        let glued = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        if glued {
            continue;
        }
        let ranked = RANKED.is_match(tail(before));
        let rank_after = here[a.end..].starts_with(|c: char| c.is_alphabetic()) && found("rank").is_some();
        let after_rank = found("rank").map(|rank| &here[rank.end..]);
        let in_place = after_rank.is_some_and(|after| {
            after.trim_start().starts_with("in the ") || after.trim_start().starts_with("out of")
        });
        if rank_after && !(ranked || in_place) {
            continue;
        }
        let is_rank = rank_after || ranked && found("percent").is_none() && found("by").is_none();
        // Grades: `hạng 5 sao`.
        let graded =
            ["sao", "star"].iter().any(|word| here[a.end..].trim_start_matches([' ', '-']).starts_with(word));
        if graded {
            continue;
        }
        let Some(first) = value(a.text, vietnamese) else { continue };
        let b = found("b").and_then(|b| Some((b.end, value(b.text, vietnamese)?)));
        if !is_rank && is_not(a.start, a.end) {
            continue;
        }
        if is_rank
            && not.iter().any(|(from, to)| {
                *from + 2 < a.start && a.start < *to && taken.iter().any(|span| span.contains(sentence))
            })
        {
            continue;
        }
        let by = found("by");
        let mut end = a.end;
        let mut number = first;
        if let Some(by) = by {
            end = by.end;
            number *= units().multipliers[&by.text.to_lowercase()];
            number = number.round();
        }
        if let Some(rank) = found("rank") {
            end = rank.end;
        }
        let of = b.filter(|(b_end, b)| *b >= first && !here[*b_end..].starts_with('/'));
        if b.is_some() && of.is_none() && by.is_none() {
            continue;
        }
        if let Some((b_end, _)) = of {
            end = b_end;
        }
        let mut kind = if is_rank { Kind::Rank } else { Kind::Plain };
        if by.is_none()
            && let Some(percent) = found("percent")
        {
            end = percent.end;
            kind = Kind::Percent;
        }
        numbers.push(Number {
            span: Span::new(sentence.start() + a.start, sentence.start() + end),
            value: number,
            of: of.map(|(_, of)| of),
            kind,
            multiplied: by.is_some(),
            opens_range: false,
        });
    }
    for found in WORDS.captures_iter(here) {
        let (a, by) = (&found["a"], found.name("by").expect("a part of every match"));
        let start = found.name("a").expect("a part of every match").start();
        let a = a.to_lowercase();
        let Some(at) = NAMES.iter().position(|names| names.contains(&a.as_str())) else { continue };
        numbers.push(Number {
            span: Span::new(sentence.start() + start, sentence.start() + by.end()),
            value: (at + 1) as f64 * units().multipliers[&by.as_str().to_lowercase()],
            of: None,
            kind: Kind::Plain,
            multiplied: false,
            opens_range: false,
        });
    }
    numbers.sort_by_key(|number| number.span.start());
    ranges(text, &mut numbers);
    numbers
}

/// Numbers of one sentence that are read: what has more is a table or no text at all, and each is looked around from.
const MOST: usize = 64;

/// Whether there are more digits in a row than any figure has.
fn is_junk(text: &str) -> bool {
    const DIGITS: usize = 60;
    text.as_bytes().split(|byte| !byte.is_ascii_digit()).any(|run| run.len() > DIGITS)
}

/// Marks the first numbers of ranges; that of `2 - 3%` is a percentage too, that of `2 - 3 triệu` two million.
fn ranges(text: &str, numbers: &mut [Number]) {
    for at in 1..numbers.len() {
        let (first, second) = (&numbers[at - 1], &numbers[at]);
        let between = text[first.span.end()..second.span.start()].trim();
        let joined = matches!(between, "-" | "–" | "to" | "đến" | "tới");
        if !joined || first.kind != Kind::Plain || second.kind == Kind::Rank || first.of.is_some() {
            continue;
        }
        let (kind, multiplied) = (second.kind, second.multiplied);
        let by =
            text[second.span.start()..second.span.end()].trim_start_matches(|c: char| !c.is_alphabetic());
        let by = units().multipliers.get(by.to_lowercase().as_str()).copied().unwrap_or(1.0);
        let first = &mut numbers[at - 1];
        first.opens_range = true;
        first.kind = kind;
        if multiplied && !first.multiplied {
            first.value = (first.value * by).round();
            first.multiplied = true;
        }
    }
}

/// The value of a number in the writing of a language: the other language's decimal sign separates thousands.
pub(super) fn value(written: &str, vietnamese: bool) -> Option<f64> {
    let (thousands, decimal) = if vietnamese { ('.', ',') } else { (',', '.') };
    let signs = |sign: char| written.matches(sign).count();
    let whole = written.split(decimal).next().unwrap_or_default();
    let in_threes = |sign: char, text: &str| text.split(sign).skip(1).all(|group| group.len() == 3);
    let plain = if signs(decimal) > 1 && signs(thousands) == 0 && in_threes(decimal, written) {
        written.replace(decimal, "")
    } else if signs(decimal) > 1 {
        return None;
    } else if !in_threes(thousands, whole) {
        // One sign of the other language with something else than three digits behind it: it is a decimal sign there.
        if signs(thousands) == 1 && signs(decimal) == 0 {
            written.replace(thousands, ".")
        } else {
            return None;
        }
    } else {
        written.replace(thousands, "").replace(decimal, ".")
    };
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_both_writings() {
        let check = |written: &str, vietnamese: bool, expected: Option<f64>| {
            assert_eq!(value(written, vietnamese), expected, "{written}");
        };
        check("8,317", false, Some(8317.0));
        check("8.317", true, Some(8317.0));
        check("7.58", false, Some(7.58));
        check("7,58", true, Some(7.58));
        check("7,422", true, Some(7.422));
        check("1.234.567,5", true, Some(1_234_567.5));
        check("7.58", true, Some(7.58));
        check("1.2.3", true, None);
    }

    #[test]
    fn only_measuring_numbers_are_found() {
        let check = |text: &str, vietnamese: bool, expected: &[&str]| {
            let found: Vec<&str> = all(text, Span::new(0, text.len()), vietnamese, &[])
                .iter()
                .map(|number| number.span.of(text))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check("revenue of 1,250 billion VND, 3.5% more", false, &["1,250 billion", "3.5%"]);
        check("thu 1.250 tỷ đồng, tăng 3,5%", true, &["1.250 tỷ", "3,5%"]);
        check("Ngày 12/3/2021, có 12/30 xã họp lúc 7h30", true, &["12/30"]);
        check("In 2021, on May 3, at 10:15, 45 groups of Block 10 met", false, &["45"]);
        check("ranked 7th in the country at the 13th Congress", false, &["7th"]);
        check("Chỉ thị số 15-CT/TU và Nghị quyết 30a về Covid-19", true, &[]);
        check("two million people", false, &["two million"]);
        check("làm xong từ 11 đến 16 tiêu chí, 2 - 3%", true, &["11", "16", "2", "3%"]);
        check("dàn xếp êm 4/9 vụ tranh ruộng, bản đồ tỷ lệ 1/500 và 1/2.000", true, &["4/9"]);
        check("thêm 6 sản phẩm chè lên hạng 5 sao", true, &["6"]);
        check("từ ngày 12 đến 28-9 tới, ở 642 - 644 đường Sông Lạnh, có 3 hộ", true, &["3"]);
        check("từ 7 đến 9 giờ, trong 3 đến 5 ngày", true, &[]);
    }
}
