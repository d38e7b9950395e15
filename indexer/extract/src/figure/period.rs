//! The periods that a sentence names, and where they begin to hold.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use regex::Captures;

use crate::pattern::{Pattern, Patterns, before_digits, has_century, tail};

use super::table::periods;
use crate::{PartialDate, Period};

/// From here on a period holds, or none does (`up to now`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) period: Option<Period>,
    /// Whether it stands where it holds for the sentences that follow as well.
    pub(super) leads: bool,
}

static PATTERNS: LazyLock<(Vec<Shape>, Patterns)> = LazyLock::new(|| {
    let month = periods().months.join("|");
    let year = r"((?:19|20)\d\d)\b";
    let (shapes, patterns): (Vec<Shape>, Vec<String>) = [
        (Shape::Range, format!(r"(?i)(?:from|period(?: of)?|term|giai đoạn|nhiệm kỳ|năm học|niên khóa|từ(?: năm)?)\s+{year}\s*(?:-|–|to|đến(?: năm)?)\s*{year}")),
        (Shape::Range, format!(r"(?i)\b{year}\s*[-–]\s*{year}\s+(?:term|period)")),
        (Shape::Since, format!(r"(?i)\b(?:since|from|từ năm|từ)\s+{year}\s+(?:to (?:now|date)|đến nay|tới nay)")),
        (Shape::SinceMonth, format!(r"(?i)\btừ tháng\s+(\d{{1,2}})/{year}\s+(?:thì\s+)?(?:đến|tới) nay")),
        (Shape::Months, format!(r"(?i)\bfirst\s+(\d+)\s+months\s+of\s+(?:the year\s+)?{year}")),
        (Shape::Months, format!(r"(?i)\b(\d+)\s+tháng(?:\s+đầu)?\s+năm\s+{year}")),
        (Shape::LastMonths, format!(r"(?i)\blast\s+6\s+months\s+of\s+{year}|\b6\s+tháng\s+cuối\s+năm\s+{year}")),
        (Shape::Quarter, format!(r"(?i)\b(first|second|third|fourth)\s+quarter\s+of\s+{year}")),
        (Shape::Quarter, format!(r"(?i)\b(?:quý|Q)\s*([1-4]|I{{1,3}}|IV)\s*(?:/|năm|of|,)?\s*{year}")),
        (Shape::EnglishDay, format!(r"(?i)\b({month})\s+(\d{{1,2}}),?\s+{year}")),
        (Shape::Day, format!(r"\b(\d{{1,2}})[/-](\d{{1,2}})[/-]{year}")),
        (Shape::EnglishMonth, format!(r"(?i)\b({month})\s+(?:of\s+)?{year}")),
        (Shape::Month, format!(r"(?i)\btháng\s+(\d{{1,2}})\s*(?:[/-]|năm)\s*{year}")),
        (Shape::Year, format!(r"\b{year}")),
        (Shape::MonthsNow, r"(?i)\b(\d{1,2})\s+tháng(?:\s+đầu)?\s+năm(?:\s+nay)?\b|\bfirst\s+(\d{1,2})\s+months\s+of\s+(?:the|this)\s+year\b".to_owned()),
        (Shape::QuarterNow, r"(?i)\b(?:trong|hết|cuối|đến)\s+quý\s+([1-4]|I{1,3}|IV)\b".to_owned()),
        (Shape::MonthNow, r"(?i)\b(?:(?:trong|hết|cuối|đến)\s+)+tháng\s+(\d{1,2})\b".to_owned()),
        (Shape::ThisYear, r"(?i)\b(?:this year|năm nay|(?:since|from) the beginning of (?:the|this) year|từ đầu năm (?:đến|tới) nay)\b".to_owned()),
    ]
    .into_iter()
    .unzip();
    (shapes, Patterns::new(patterns.iter().map(|pattern| Pattern::new(pattern)).collect()))
});

/// Words that set a period back to none; they stand where a sentence or a clause begins.
static NOW: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(&format!(r"(?i)^(?:{})", periods().now.join("|"))));

/// What clauses begin behind.
static BREAKS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new([",", ";", ":", ".", "”", "\"", ")", "-"]).expect("a few signs"));

/// `quý`, however it is written.
static QUARTER: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(["quý", "Quý", "QUÝ"]).expect("a word"));

/// What words for the year of publication cannot be without.
static THIS_YEAR: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(["nay", "year"]).expect("two words")
});

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Range,
    Since,
    SinceMonth,
    Months,
    LastMonths,
    Quarter,
    EnglishDay,
    Day,
    EnglishMonth,
    Month,
    Year,
    /// `7 tháng đầu năm`, `hết tháng 7`, `trong quý II`: the year is that of publication.
    MonthsNow,
    QuarterNow,
    MonthNow,
    ThisYear,
}

/// The periods of a sentence in order; those that a number is only compared with are left out, as are `taken` bytes.
pub(super) fn all(sentence: &str, published: Option<Date>, taken: &[(usize, usize)]) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    let mut used: Vec<(usize, usize)> = taken.to_vec();
    let has_year = has_century(sentence);
    let may_stand = |shape: Shape| {
        has_year || matches!(shape, Shape::ThisYear | Shape::MonthsNow | Shape::QuarterNow | Shape::MonthNow)
    };
    let (shapes, patterns) = &*PATTERNS;
    // Without a digit only the last row can stand there.
    let this_year = shapes.len() - 1;
    let mut candidates: Vec<(usize, &Pattern)> = match before_digits(sentence) {
        Some(from) => {
            // Quarters have their numbers in letters too, far from any digit.
            let from = if QUARTER.is_match(sentence) { 0 } else { from };
            patterns.numbered(&sentence[from..]).filter(|(row, _)| *row != this_year).collect()
        }
        None => Vec::new(),
    };
    if THIS_YEAR.is_match(sentence) {
        candidates.push((this_year, patterns.get(this_year)));
    }
    for (number, pattern) in candidates {
        let shape = &shapes[number];
        if !may_stand(*shape) {
            continue;
        }
        for captures in pattern.captures_iter(sentence) {
            let all = captures.get(0).expect("a match");
            if used.iter().any(|(from, to)| all.start() < *to && *from < all.end()) {
                continue;
            }
            let Some(period) = period(*shape, &captures, published) else { continue };
            used.push((all.start(), all.end()));
            let enclosed = sentence[..all.start()].trim_end_matches(['s', 'p', ' ']).ends_with('(')
                && sentence[all.end()..].starts_with(')');
            if !enclosed && !is_against(&sentence[..all.start()]) {
                let aside = sentence[..all.start()].rfind('(') > sentence[..all.start()].rfind(')');
                let leads = !aside && leads(*shape, &sentence[..all.start()]);
                found.push(Stated { start: all.start(), end: all.end(), period: Some(period), leads });
            }
        }
    }
    for begin in std::iter::once(0).chain(BREAKS.find_iter(sentence).map(|sign| sign.end())) {
        let clause = sentence[begin..].trim_start();
        let start = sentence.len() - clause.len();
        let Some(end) = NOW.find(clause).map(|now| start + now.end()) else { continue };
        if !used.iter().any(|(from, to)| start < *to && *from < end) {
            found.push(Stated { start, end, period: None, leads: true });
        }
    }
    found.sort_by_key(|stated| stated.start);
    found
}

/// Whether a paragraph that begins so goes on with the one before.
pub(super) fn carries_on(paragraph: &str) -> bool {
    let start: String = paragraph.chars().take(20).flat_map(char::to_lowercase).collect();
    periods().carry.iter().any(|word| start.starts_with(word.as_str()))
}

/// Whether a period behind these words holds for the following sentences: it stands at the head of the sentence or of a
/// clause. A day does only where it ends a count (`as of 30 June`), since it otherwise dates an event.
fn leads(shape: Shape, before: &str) -> bool {
    static CLAUSE: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::new(r"(?i),\s*(?:(?:in|during|by|trong|đến|năm|hết)\s+)*$"));
    static AS_OF: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"(?i)\b(?:as of|by|until|tính đến|đến|hết)(?: the end of| hết| ngày| hết ngày)*\s*$")
    });
    let heads = before.chars().count() < 45 || CLAUSE.is_match(tail(before));
    match shape {
        Shape::Day | Shape::EnglishDay => heads && AS_OF.is_match(tail(before)),
        _ => heads,
    }
}

fn is_against(before: &str) -> bool {
    // The day of a directive: `Kế hoạch số 9/KH-UBND ngày …`.
    static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(
            r"(?i)(?:(?:\bsố|\bno\.?)\s*\d[\w/.-]*|\d\w*\s*[-/][\p{L}/-]{2,})\s*,?\s*(?:ngày|dated|năm|of)?\s*$",
        )
    });
    if NUMBERED.is_match(tail(before)) {
        return true;
    }
    let near: String = before.chars().rev().take(28).collect::<Vec<_>>().into_iter().rev().collect();
    let near = near.to_lowercase();
    let near = near.rsplit([',', ';', '.']).next().unwrap_or_default();
    periods().against.iter().any(|word| near.contains(word.as_str()))
}

fn period(shape: Shape, captures: &Captures<'_>, published: Option<Date>) -> Option<Period> {
    let group = |number: usize| captures.get(number).map_or("", |found| found.as_str());
    let year = |number: usize| group(number).parse::<i16>().ok();
    let date = |year, month, day| PartialDate::new(year, month, day);
    let month_name = |number: usize| {
        let name = group(number).to_lowercase();
        Some(periods().months.iter().position(|month| *month == name)? as i8 + 1)
    };
    match shape {
        Shape::Range => {
            let (from, to) = (date(year(1)?, None, None)?, date(year(2)?, None, None)?);
            (from <= to).then_some(Period::Range(from, to))
        }
        Shape::Since => {
            Some(Period::Range(date(year(1)?, None, None)?, date(published?.year(), None, None)?))
        }
        Shape::SinceMonth => {
            let from = date(year(2)?, group(1).parse().ok(), None)?;
            Some(Period::Range(from, date(published?.year(), Some(published?.month()), None)?))
        }
        Shape::Months => months(group(1).parse().ok()?, year(2)?),
        Shape::MonthsNow => {
            let count = captures.get(1).or(captures.get(2))?.as_str().parse().ok()?;
            months(count, published?.year())
        }
        Shape::QuarterNow => {
            let (quarter, published) = (quarter(group(1)), published?);
            let is_past = i8::try_from(quarter).ok()? <= (published.month() + 2) / 3;
            Some(Period::Quarter(published.year() - i16::from(!is_past), quarter))
        }
        Shape::MonthNow => {
            let (month, published): (i8, Date) = (group(1).parse().ok()?, published?);
            let year = published.year() - i16::from(month > published.month());
            date(year, Some(month), None).map(Period::Date)
        }
        Shape::LastMonths => Some(Period::Half(year(1).or_else(|| year(2))?, 2)),
        Shape::Quarter => Some(Period::Quarter(year(2)?, quarter(group(1)))),
        Shape::EnglishDay => date(year(3)?, month_name(1), group(2).parse().ok()).map(Period::Date),
        Shape::Day => date(year(3)?, group(2).parse().ok(), group(1).parse().ok()).map(Period::Date),
        Shape::EnglishMonth => date(year(2)?, month_name(1), None).map(Period::Date),
        Shape::Month => date(year(2)?, group(1).parse().ok(), None).map(Period::Date),
        Shape::Year => Period::year(year(1)?),
        Shape::ThisYear => Period::year(published?.year()),
    }
}

/// The first months of a year.
fn months(count: i8, year: i16) -> Option<Period> {
    let month = |month| PartialDate::new(year, Some(month), None);
    match count {
        6 => Some(Period::Half(year, 1)),
        3 => Some(Period::Quarter(year, 1)),
        12 => Period::year(year),
        count => Some(Period::Range(month(1)?, month(count)?)),
    }
}

fn quarter(written: &str) -> u8 {
    match written.to_lowercase().as_str() {
        "1" | "i" | "first" => 1,
        "2" | "ii" | "second" => 2,
        "3" | "iii" | "third" => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_in_both_languages() {
        let check = |sentence: &str, expected: &[&str]| {
            let found: Vec<String> = all(sentence, Some(Date::constant(2020, 8, 7)), &[])
                .iter()
                .map(|stated| stated.period.map_or("now".to_owned(), |period| period.to_string()))
                .collect();
            assert_eq!(found, expected, "{sentence}");
        };
        check("In the first 6 months of 2021, all went well", &["2021-H1"]);
        check("6 tháng đầu năm 2021, mọi việc đều tốt", &["2021-H1"]);
        check("Quý I/2022 và quý 3 năm 2022", &["2022-Q1", "2022-Q3"]);
        check(
            "Đến quý II, các đội thủy nông của những xã vùng thấp trong toàn tỉnh lần lượt bàn giao cho dân mương mới dài 3 km",
            &["2020-Q2"],
        );
        check("Năm 2021, tăng 3% so với năm 2020", &["2021"]);
        check("up 3% over the same period in 2020", &[]);
        check("Up to now, all communes", &["now"]);
        check("Từ năm 2019 đến nay", &["2019/2020"]);
        check("From 2022 to 2024, and by June 2021", &["2022/2024", "2021-06"]);
        check("Đến 30/6/2020 đạt", &["2020-06-30"]);
        check("giai đoạn 2016 - 2020", &["2016/2020"]);
        check("tính đến cuối tháng 7, hết tháng 11", &["2020-07", "2019-11"]);
        check("7 tháng đầu năm, trong quý II", &["2020-01/2020-07", "2020-Q2"]);
        check("Chè xanh (2019), mật ong (sp 2020)", &[]);
        check("Tính đến tháng 5-2020", &["2020-05"]);
    }
}
