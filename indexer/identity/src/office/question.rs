//! Questions about who held an office, in the words of a search: `who was chairman of Nghe An in 2020`.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::place::with_provinces;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Words in front of the office, behind it, and before the time.
    ask: Vec<String>,
    end: Vec<String>,
    when: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/questions.toml").expect("the table comes with the program"));

/// What a question about an office names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeAsked {
    /// The words of the office, the names of provinces in them with their capitals.
    pub title: String,
    /// The day. A month or a year alone is none: who held the office may have changed in it.
    pub at: Option<Date>,
}

impl OfficeAsked {
    /// Reads the words of a search; those that ask nothing are the office's as they are.
    pub fn read(words: &str) -> Self {
        let words = words.trim_end_matches(['?', '.', '!']);
        let mut rest: Vec<&str> = words.split_whitespace().collect();
        let mut at = None;
        // `Ai là Chủ tịch tỉnh năm 2020`, `Chủ tịch tỉnh năm 2020 là ai`
        for _ in 0..2 {
            let length = rest.len() - behind(&rest, &TABLE.end);
            rest.truncate(length);
            if let Some(time) = rest.last().and_then(|last| Time::read(last)) {
                rest.pop();
                let length = rest.len() - behind(&rest, &TABLE.when);
                rest.truncate(length);
                if let Time::Day(day) = time {
                    at = Some(day);
                }
            }
        }
        let asks = TABLE.ask.iter().filter_map(|words| {
            let words: Vec<&str> = words.split(' ').collect();
            are(rest.get(..words.len())?, &words).then_some(words.len())
        });
        let asks = asks.max().unwrap_or(0);
        Self { title: with_provinces(&rest[asks..]), at }
    }
}

/// How many words at the end are one of these phrases, the longest.
fn behind(words: &[&str], phrases: &[String]) -> usize {
    let counts = phrases.iter().filter_map(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let from = words.len().checked_sub(phrase.len())?;
        are(&words[from..], &phrase).then_some(phrase.len())
    });
    counts.max().unwrap_or(0)
}

/// Whether words are these, in capitals or not.
fn are(words: &[&str], these: &[&str]) -> bool {
    words.len() == these.len() && words.iter().zip(these).all(|(word, this)| word.to_lowercase() == *this)
}

/// A time as one word.
enum Time {
    Day(Date),
    /// A month or a year.
    Longer,
}

impl Time {
    fn read(word: &str) -> Option<Self> {
        let word = word.trim_end_matches(',');
        let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
        let number =
            |part: &str| part.parse::<i16>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
        let year = |part: &str| number(part).filter(|year| (1945..2100).contains(year) && part.len() == 4);
        let day = |year: i16, month: &str, day: &str| {
            let (month, day) = (i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?);
            Date::new(year, month, day).ok().map(Self::Day)
        };
        match parts[..] {
            [only] => year(only).map(|_| Self::Longer),
            [a, b] => (number(a)? <= 12 && year(b).is_some() || year(a).is_some() && number(b)? <= 12)
                .then_some(Self::Longer),
            [a, b, c] => match (year(a), year(c)) {
                (Some(of), _) => day(of, b, c),
                (_, Some(of)) => day(of, b, a),
                _ => None,
            },
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_names_an_office_and_a_day() {
        let check = |words: &str, title: &str, at: Option<&str>| {
            let at = at.map(|day| day.parse().unwrap());
            assert_eq!(OfficeAsked::read(words), OfficeAsked { title: title.to_owned(), at }, "{words}");
        };
        check("who was chairman of Nghe An in 2020", "chairman of Nghe An", None);
        check("Who is the chairman of nghe an?", "chairman of Nghệ An", None);
        check("ai là chủ tịch tỉnh nghệ an năm 2020", "chủ tịch tỉnh Nghệ An", None);
        check("Chủ tịch UBND tỉnh Nghệ An là ai?", "Chủ tịch UBND tỉnh Nghệ An", None);
        check("chủ tịch tỉnh Nghệ An ngày 5/3/2020 là ai", "chủ tịch tỉnh Nghệ An", Some("2020-03-05"));
        check("secretary of Nghe An on 2020-03-05", "secretary of Nghe An", Some("2020-03-05"));
        check("giám đốc Sở Y tế TP HCM tháng 3/2020", "giám đốc Sở Y tế TP HCM", None);
        check("Chủ tịch UBND phường 12", "Chủ tịch UBND phường 12", None);
        check("31/2/2020", "31/2/2020", None);
        check("2020", "", None);
        check("", "", None);
    }
}
