//! Laws, codes and congress resolutions that texts call by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use text::slug;

use crate::citation::{Issuer, is_year};
use crate::place;
use crate::words::words;

/// A name as far as it identifies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Name {
    /// One spelling for all its forms: `luat-dat-dai`.
    pub(crate) key: String,
    /// The year that it carries.
    pub(crate) year: Option<i16>,
    pub(crate) issuer: Option<Issuer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    law: Vec<Row>,
    /// Words before a name that make it a draft.
    draft_before: Vec<String>,
    /// Words of a sentence that speaks of a version just passed, and right behind the name.
    news: Vec<String>,
    news_behind: Vec<String>,
    /// Words of a sentence that speaks of a bill, and of one that speaks of a law in force.
    debated: Vec<String>,
    in_force: Vec<String>,
    /// Words of the name of a congress of a Party organisation below the provinces, and right behind the number of one of any
    /// below the Centre.
    local_congress: Vec<String>,
    local_behind: Vec<String>,
    /// The number of the last congress of the whole Party.
    last_congress: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// The name with accents.
    vi: String,
    #[serde(default)]
    also: Vec<String>,
    /// Days of passing and of entry into force, the oldest first.
    versions: Vec<(Date, Date)>,
}

struct Laws {
    table: Table,
    /// Row by slug of any name.
    by_name: HashMap<String, usize>,
}

static LAWS: LazyLock<Laws> = LazyLock::new(|| {
    let table: Table = rules::read("rules/laws.toml").expect("the table comes with the program");
    let mut by_name = HashMap::new();
    for (at, row) in table.law.iter().enumerate() {
        for name in std::iter::once(&row.vi).chain(&row.also) {
            by_name.insert(slug(name), at);
        }
    }
    Laws { table, by_name }
});

/// Days on which versions of a law of a name were passed and came into force, as far as they are known.
pub(crate) fn versions(key: &str) -> &'static [(Date, Date)] {
    LAWS.by_name.get(key).map_or(&[], |at| LAWS.table.law[*at].versions.as_slice())
}

/// The name with accents, where the table knows it.
pub(crate) fn title(key: &str) -> Option<&'static str> {
    LAWS.by_name.get(key).map(|at| LAWS.table.law[*at].vi.as_str())
}

/// Whether what stands around a name calls it a draft.
pub(crate) fn is_draft(before: &str, quote: &str) -> bool {
    let before = slug(before);
    let quote = slug(quote);
    LAWS.table.draft_before.iter().any(|word| {
        let word = word.replace(' ', "-");
        before.ends_with(&word)
            || before
                .rsplit_once(word.as_str())
                .is_some_and(|(_, between)| between.trim_matches('-').split('-').count() <= 1)
            || quote.starts_with(&word)
    })
}

/// Whether a sentence speaks of a version that was just passed or comes into force later.
pub(crate) fn is_news(sentence: &str, after: &str) -> bool {
    let sentence = sentence.to_lowercase();
    let behind = after.trim_start().to_lowercase();
    LAWS.table.news.iter().any(|word| sentence.contains(word.as_str()))
        || LAWS.table.news_behind.iter().any(|word| behind.starts_with(word.as_str()))
}

/// Whether "(sửa đổi)" stands behind a name in a sentence about a bill, or without any word: a version to come, or one just passed.
/// A year behind it is that of a version that is there.
pub(crate) fn is_amended(sentence: &str, after: &str) -> bool {
    let behind = after.trim_start().to_lowercase();
    let behind = behind.strip_prefix('(').unwrap_or(&behind);
    let Some(rest) = behind.strip_prefix("sửa đổi") else { return false };
    let has_year = rest.bytes().take(12).filter(u8::is_ascii_digit).count() == 4;
    let sentence = sentence.to_lowercase();
    let says = |words: &[String]| words.iter().any(|word| sentence.contains(word.as_str()));
    !has_year && (says(&LAWS.table.debated) || !says(&LAWS.table.in_force))
}

/// Reads a name; `after` is what stands behind it, `near` the slug of the province that the text is about.
pub(crate) fn name(quote: &str, after: &str, near: Option<&str>) -> Name {
    if let Some((key, issuer)) = congress(quote, near) {
        return Name { key, year: None, issuer };
    }
    let mut parts: Vec<String> = slug(quote).split('-').map(str::to_owned).collect();
    let mut year = None;
    // `Luật Đất đai số 45/2013/QH13`, `Luật Đất đai năm 2013`, `2013 Land Law`.
    if let Some(at) = parts.iter().position(|part| is_year(part)) {
        year = parts[at].parse().ok();
        if at == 0 {
            parts.remove(0);
        } else {
            let from = parts[..at]
                .iter()
                .rposition(|part| part == "so" || part == "nam")
                .filter(|from| at - from <= 2);
            parts.truncate(from.unwrap_or(at));
        }
    }
    if let Some(at) = parts.iter().position(|part| part == "sua").filter(|at| *at > 1) {
        parts.truncate(at);
    }
    // Behind the name: ` năm 2013`, ` 2013`, ` (2013)`.
    if year.is_none() {
        let behind = slug(after);
        let mut words = behind.split('-');
        let first = words.next().unwrap_or_default();
        let second = words.next().unwrap_or_default();
        let near =
            after.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '(' || c == 'n' || c == 's');
        if near && is_year(first) {
            year = first.parse().ok();
        } else if near && first == "nam" && is_year(second) {
            year = second.parse().ok();
        }
    }
    let joined = parts.join("-");
    let key = match LAWS.by_name.get(&joined) {
        Some(at) => slug(&LAWS.table.law[*at].vi),
        None => joined,
    };
    let issuer = if is_of_branch(quote) {
        let named = place::first_named(&words(quote));
        let place = named.or_else(|| near.map(str::to_owned));
        Issuer::Local { sign: "dang-bo".to_owned(), place }
    } else {
        Issuer::Centre("qh".to_owned())
    };
    Name { key, year, issuer: Some(issuer) }
}

/// Whether a name is that of a congress of a Party organisation below the provinces.
fn is_of_branch(quote: &str) -> bool {
    let slug = slug(quote);
    LAWS.table.local_congress.iter().any(|word| slug.contains(word.as_str()))
}

/// Whether the words behind a congress resolution say that the congress is that of a Party organisation below the Centre, or no
/// congress of the whole Party has its number.
pub(crate) fn is_of_local_congress(key: &str, behind: &str) -> bool {
    let Some(number) = key.strip_prefix("congress-").and_then(|number| number.parse::<u16>().ok()) else {
        return false;
    };
    let mut behind = behind.trim_start();
    if let Some(inside) = behind.strip_prefix('(') {
        behind = inside.split_once(')').map_or("", |(_, rest)| rest.trim_start());
    }
    number > LAWS.table.last_congress
        || LAWS.table.local_behind.iter().any(|words| behind.starts_with(words.as_str()))
}

/// The number of a congress of the Party, alike in both languages, and whose it is; `None` below the provinces.
fn congress(quote: &str, near: Option<&str>) -> Option<(String, Option<Issuer>)> {
    let slug = slug(quote);
    let all: Vec<&str> = slug.split('-').collect();
    let has = |any: &[&str]| any.iter().any(|word| all.contains(word));
    if !(has(&["congress"]) || slug.contains("dai-hoi")) {
        return None;
    }
    let ordinal = all.iter().rev().find_map(|word| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let upper = word.to_uppercase();
        match digits.parse::<u16>() {
            Ok(number) if number < 100 => Some(number),
            // The numeral stands in capitals in the text; `vi` is also a syllable.
            _ => quote.split_whitespace().any(|part| part == upper).then(|| roman(&upper)).flatten(),
        }
    })?;
    let key = format!("congress-{ordinal}");
    let centre = Issuer::Centre("tw".to_owned());
    if has(&["national", "quoc"]) || slug.ends_with("cua-dang") {
        return Some((key, Some(centre)));
    }
    if has(&["huyen", "xa", "phuong", "quan", "district", "commune", "city", "municipal", "pho", "thi"]) {
        return None;
    }
    if has(&["provincial", "tinh"]) {
        let named = place::first_named(&words(quote));
        let place = named.or_else(|| near.map(str::to_owned));
        return Some((key, Some(Issuer::Local { sign: "tu".to_owned(), place })));
    }
    if has(&["bo"]) {
        return None;
    }
    Some((key, Some(centre)))
}

/// The value of a Roman numeral below forty.
pub(crate) fn roman(numeral: &str) -> Option<u16> {
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = numeral.bytes().take_while(|b| *b == b'X').count();
    let unit = units.iter().position(|unit| *unit == &numeral[tens..])?;
    u16::try_from(tens * 10 + unit).ok().filter(|value| (1..40).contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amended_is_a_bill_where_it_is_debated() {
        let check = |sentence: &str, expected: bool| {
            let (_, after) = sentence.split_once('|').unwrap();
            assert_eq!(is_amended(sentence, after), expected, "{sentence}");
        };
        check("Quốc hội thảo luận Luật Khe Bến| (sửa đổi) sáng nay.", true);
        check("Luật Khe Bến| (sửa đổi).", true);
        check("Luật Khe Bến| sửa đổi có hiệu lực từ năm ngoái.", false);
        check("Theo Điều 5 Luật Khe Bến| sửa đổi, xã được thu.", false);
        check("Luật Khe Bến| (sửa đổi năm 2014) cho phép.", false);
        check("Luật Khe Bến| cho phép.", false);
    }

    #[test]
    fn a_congress_below_the_centre_is_not_the_partys() {
        let check = |quote: &str, behind: &str, local: bool| {
            let name = name(quote, behind, Some("nghe-an"));
            let issuer = name.issuer.expect("whose it is");
            let found = matches!(issuer, Issuer::Local { .. }) || is_of_local_congress(&name.key, behind);
            assert_eq!(found, local, "{quote}{behind}");
        };
        check("Nghị quyết Đại hội Đảng bộ huyện lần thứ XI", " nêu rõ", true);
        check("Nghị quyết Đại hội lần thứ III", " (nhiệm kỳ 2015-2020) Đảng bộ quận", true);
        check("Nghị quyết Đại hội lần thứ XX", " của Đảng bộ", true);
        check("Nghị quyết Đại hội lần thứ XX", ".", true);
        check("Nghị quyết Đại hội lần thứ XII", " của Đảng", false);
        check("Nghị quyết Đại hội XII", ", tỉnh đã", false);
    }
}
