//! Numbers as they are written, and those that measure nothing: dates, names, places in lists.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use corpus::Span;
use regex::Match;

use super::spelt;
use super::table::{number_patterns, units};
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
    /// The money whose sign stands in front: `VND312 billion`.
    pub(super) currency: Option<&'static str>,
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

/// What numbers in it are none.
static NOT: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(number_patterns().none.patterns()));

/// Units that stand at a number without a blank: no names.
static GLUED: LazyLock<Vec<Pattern>> = LazyLock::new(|| number_patterns().glued.patterns());

static RANKED: LazyLock<Vec<Pattern>> = LazyLock::new(|| number_patterns().ranked.patterns());

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
    let spelt = spelt::all(here);
    if !has_digit && spelt.is_empty() || is_junk(here) {
        return Vec::new();
    }
    let mut not: Vec<(usize, usize)> = Vec::new();
    let from = before_digits(here).unwrap_or(here.len());
    for pattern in NOT.of(&here[from..]) {
        for found in pattern.find_iter_from(here, from) {
            // `dân số 312.450`, `trong số 30 dự án`, `1.250 ngày công`
            let counts = found
                .as_str()
                .to_lowercase()
                .split_whitespace()
                .nth(1)
                .is_some_and(|word| word.starts_with("số"));
            let labour =
                found.as_str().ends_with("ngày") && here[found.end()..].trim_start().starts_with("công");
            if !counts && !labour && !GLUED.iter().any(|glued| glued.is_match(found.as_str())) {
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
        let currency = currency(before);
        let glued = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        if glued && currency.is_none() {
            continue;
        }
        let ranked = RANKED.iter().any(|ranked| ranked.is_match(tail(before)));
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
        let grouped = if found("b").is_none() { in_groups(here, a.start, a.end) } else { None };
        let Some(first) = grouped.map(|(_, value)| value).or_else(|| value(a.text, vietnamese)) else {
            continue;
        };
        let b = found("b").and_then(|b| Some((b.end, value(b.text, vietnamese)?)));
        if !is_rank && currency.is_none() && is_not(a.start, a.end) {
            continue;
        }
        if b.is_some_and(|(_, b)| first <= 31.0 && b <= 12.0) && is_occasion(before) {
            continue;
        }
        if is_rank
            && not.iter().any(|(from, to)| {
                *from + 2 < a.start && a.start < *to && taken.iter().any(|span| span.contains(sentence))
            })
        {
            continue;
        }
        // A multiplier of what is written in groups stands behind the last of them.
        let (a_end, by) = match grouped {
            Some((end, _)) => (end, multiplier(here, end)),
            None => (a.end, found("by").map(|by| (by.end, units().multipliers[&by.text.to_lowercase()]))),
        };
        let mut end = a_end;
        let mut number = first;
        if let Some((by_end, by)) = by {
            (end, number) = compound(here, by_end, first, by, vietnamese);
        } else if !vietnamese && let Some((short_end, by)) = short(here, a_end, currency.is_some()) {
            end = short_end;
            number = (first * by).round();
        }
        next = next.max(end);
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
            && grouped.is_none()
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
            currency,
            opens_range: false,
        });
    }
    numbers.extend(spelt.iter().map(|words| Number {
        span: Span::new(sentence.start() + words.start, sentence.start() + words.end),
        value: words.value,
        of: None,
        kind: Kind::Plain,
        multiplied: false,
        currency: None,
        opens_range: false,
    }));
    numbers.sort_by_key(|number| number.span.start());
    ranges(text, &mut numbers);
    numbers
}

/// The money whose sign stands right in front of a number, and behind no other number: `5,9 triệu USD 6. "Tên phim"`.
fn currency(before: &str) -> Option<&'static str> {
    let words = before.trim_end();
    let (sign, symbol) = units().currencies.iter().find(|(sign, _)| words.ends_with(sign.as_str()))?;
    let front = &words[..words.len() - sign.len()];
    let glued = front.len() == front.trim_end().len();
    if glued && front.ends_with(char::is_alphanumeric) {
        return None;
    }
    let last = front.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let counts = last.ends_with(|c: char| c.is_ascii_digit())
        || units().multipliers.contains_key(last.to_lowercase().as_str());
    // With a blank behind it, it may belong to the number in front.
    (!(counts && words.len() < before.len())).then_some(symbol.as_str())
}

/// A number whose thousands are set apart by blanks, `65 797`: where it ends, and its value.
fn in_groups(text: &str, start: usize, end: usize) -> Option<(usize, f64)> {
    let first = &text[start..end];
    if !(1..=3).contains(&first.len()) || first.starts_with('0') || !first.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    // Numbers side by side are a table.
    if text[..start].trim_end().ends_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '/')) {
        return None;
    }
    let mut at = end;
    let mut digits = first.to_owned();
    while let Some(rest) = text[at..].strip_prefix([' ', '\u{a0}', '\u{202f}', '\u{2009}']) {
        let group = rest.get(..3).filter(|group| group.bytes().all(|b| b.is_ascii_digit()));
        let Some(group) = group.filter(|_| digits.len() < 12) else { break };
        digits.push_str(group);
        at = text.len() - rest.len() + 3;
        if text[at..].starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
    }
    let behind = &text[at..];
    let separated = behind.strip_prefix(['.', ',', '/', '-', '–']).map(str::trim_start);
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let goes_on = digit(behind.trim_start()) || separated.is_some_and(digit);
    if at == end || goes_on {
        return None;
    }
    Some((at, digits.parse().ok()?))
}

/// The multiplier that stands at a place behind a blank: where it ends, and by what it multiplies.
fn multiplier(text: &str, at: usize) -> Option<(usize, f64)> {
    let rest = &text[at..];
    let words = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let known = |end: usize| {
        let by = units().multipliers.get(words.get(..end)?.to_lowercase().as_str())?;
        Some((at + rest.len() - words.len() + end, *by))
    };
    let ends: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).take(2).collect();
    let first = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
    // `nghìn tỷ` before `nghìn`.
    ends.get(1).and_then(|end| known(*end)).or_else(|| known(first))
}

/// A number with a multiplier and what goes on with it: `15 nghìn 500 tỷ`, `3 tỷ 200 triệu`, `3 tỷ rưỡi`, `12 nghìn 500`.
fn compound(text: &str, mut end: usize, first: f64, by: f64, vietnamese: bool) -> (usize, f64) {
    let mut value = first * by;
    let mut last = by;
    loop {
        let rest = &text[end..];
        let next = rest.strip_prefix([' ', '\u{a0}']);
        let Some(next) = next.filter(|_| vietnamese) else { break };
        let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if units().words.half.contains(word) {
            value += last / 2.0;
            end += rest.len() - next.len() + word.len();
            break;
        }
        let digits = next.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let Ok(part) = digits.parse::<f64>() else { break };
        let behind = end + rest.len() - next.len() + digits.len();
        match multiplier(text, behind) {
            // `3 tỷ 200 triệu`
            Some((ends, by)) if by < last && part * by < last => {
                value += part * by;
                (end, last) = (ends, by);
            }
            // `15 nghìn 500 tỷ`
            Some((ends, by)) if by > last && part < last => {
                value = (value + part) * by;
                (end, last) = (ends, by);
            }
            // `12 nghìn 500 hộ`
            None if last == 1e3 && digits.len() == 3 && text[behind..].starts_with(' ') => {
                let goes_on = text[behind..].trim_start().starts_with(char::is_alphabetic);
                if goes_on {
                    value += part;
                    end = behind;
                }
                break;
            }
            _ => break,
        }
    }
    (end, value.round())
}

/// A short multiplier of English right behind a number. A metre is none: it is one where money or many are counted.
fn short(text: &str, at: usize, money: bool) -> Option<(usize, f64)> {
    let rest = &text[at..];
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let by = units().short.get(word)?;
    let behind = rest[word.len()..].strip_prefix(' ').unwrap_or_default();
    let noun = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let counts = noun == "people" || noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss");
    (money || counts && word != "k" || word == "bn").then_some((at + word.len(), *by))
}

/// Whether the words before a day and a month say that it is one.
fn is_occasion(before: &str) -> bool {
    let words = tail(before).trim_end().to_lowercase();
    units().occasions.iter().any(|word| {
        words.strip_suffix(word.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
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
    // Both signs: the last is the decimal sign, whatever the language.
    let last = written.rfind([',', '.']).map(|at| written.as_bytes()[at]);
    let both = written.contains(',') && written.contains('.');
    let once = last.is_some_and(|sign| written.bytes().filter(|byte| *byte == sign).count() == 1);
    let vietnamese = if both && once { last == Some(b',') } else { vietnamese };
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
        check("1,234.5", true, Some(1234.5));
        check("1.234,5", false, Some(1234.5));
    }

    #[test]
    fn one_number_is_read_as_a_whole() {
        let check = |text: &str, vietnamese: bool, expected: &[(&str, f64)]| {
            let found: Vec<(&str, f64)> = all(text, Span::new(0, text.len()), vietnamese, &[])
                .iter()
                .map(|number| (number.span.of(text), number.value))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check("có 65 797 hộ", true, &[("65 797", 65_797.0)]);
        check("thu 9\u{a0}504 tỷ đồng", true, &[("9\u{a0}504 tỷ", 9_504e9)]);
        check("từ 1 000–", true, &[("1 000", 1_000.0)]);
        check("gồm 47 61 74 trận", true, &[("47", 47.0), ("61", 61.0), ("74", 74.0)]);
        check("đạt 15 nghìn 500 tỷ đồng", true, &[("15 nghìn 500 tỷ", 15_500e9)]);
        check("hơn 1 tỷ 800 triệu đồng", true, &[("1 tỷ 800 triệu", 1.8e9)]);
        check("vốn 3 tỷ rưỡi đồng", true, &[("3 tỷ rưỡi", 3.5e9)]);
        check("có 12 nghìn 500 hộ", true, &[("12 nghìn 500", 12_500.0)]);
        check("giá 762,67 tỷ, 390 cổ phiếu", true, &[("762,67 tỷ", 762.67e9), ("390", 390.0)]);
        check("1.2m people, 1.2m deep", false, &[("1.2m", 1.2e6), ("1.2", 1.2)]);
        check("worth $3bn and VND312 billion", false, &[("3bn", 3e9), ("312 billion", 312e9)]);
        check("dịp 2/9 đón 38 đoàn, đạt 2/9 xã", true, &[("38", 38.0), ("2/9", 2.0)]);
        check("vốn 35 tr.đ, giá 25.000đ/kg", true, &[("35 tr", 35e6), ("25.000", 25_000.0)]);
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
