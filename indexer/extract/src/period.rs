//! Dates and periods as texts give them: often only a year, a half-year or a span of years.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date as exact as the text gives it. Written `2022`, `2022-02` or `2022-02-14`; ordered by its first day,
/// the vaguer first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// The date with the parts that are known; `None` where there is no such day, or a day without a month.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let possible = match (month, day) {
            (None, Some(_)) => false,
            (month, day) => Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok(),
        };
        (possible && (1000..=9999).contains(&year)).then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, where known.
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The day, where known.
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// The first day that it may mean.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).expect("checked when made")
    }

    /// The last day that it may mean.
    pub fn last_day(self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first_day(),
            (Some(_), None) => self.first_day().last_of_month(),
            _ => self.first_day().last_of_year(),
        }
    }

    /// Whether one of the two says the same as the other, only more exactly.
    pub fn agrees_with(self, other: Self) -> bool {
        let same = |a: Option<i8>, b: Option<i8>| a.is_none() || b.is_none() || a == b;
        self.year == other.year && same(self.month, other.month) && same(self.day, other.day)
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = NotAPeriod;
    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let wrong = || NotAPeriod(text.to_owned());
        let mut parts = text.split('-');
        let year = parts.next().filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
        let mut two_digits = || match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == 2 => part.parse().map(Some).map_err(|_| wrong()),
            Some(_) => Err(wrong()),
        };
        let (month, day) = (two_digits()?, two_digits()?);
        if parts.next().is_some() {
            return Err(wrong());
        }
        year.and_then(|year| Self::new(year, month, day)).ok_or_else(wrong)
    }
}

/// The period that a number stands for, in the form of the gold files: `2021`, `2021-H1`, `2021-Q3`, `2021-06`,
/// `2023-02-10`, `2022/2024` (from/to, both ends included).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    /// A year, month or day.
    Date(PartialDate),
    /// Half of a year: 1 or 2.
    Half(i16, u8),
    /// Quarter of a year: 1 to 4.
    Quarter(i16, u8),
    /// From one to another.
    Range(PartialDate, PartialDate),
}

impl Period {
    /// A whole year.
    pub fn year(year: i16) -> Option<Self> {
        PartialDate::new(year, None, None).map(Self::Date)
    }

    /// First and last day.
    pub fn days(self) -> (Date, Date) {
        let months = |year: i16, first: u8, last: u8| {
            let day = |month: u8| Date::new(year, month as i8, 1).expect("a month of a checked year");
            (day(first), day(last).last_of_month())
        };
        match self {
            Self::Date(date) => (date.first_day(), date.last_day()),
            Self::Half(year, half) => months(year, half * 6 - 5, half * 6),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, quarter * 3),
            Self::Range(from, to) => (from.first_day(), to.last_day()),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Range(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

/// The text is not a date or period.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a period such as 2021, 2021-H1, 2021-Q3, 2021-06, 2021-06-30 or 2021/2025")]
pub struct NotAPeriod(String);

impl FromStr for Period {
    type Err = NotAPeriod;
    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let wrong = || NotAPeriod(text.to_owned());
        if let Some((from, to)) = text.split_once('/') {
            let (from, to): (PartialDate, PartialDate) = (from.parse()?, to.parse()?);
            return if from.first_day() <= to.last_day() { Ok(Self::Range(from, to)) } else { Err(wrong()) };
        }
        if let Some((year, part)) = text.split_once('-')
            && let [kind @ (b'H' | b'Q'), number] = *part.as_bytes()
        {
            let year = year.parse::<PartialDate>()?.year();
            return match (kind, number) {
                (b'H', b'1'..=b'2') => Ok(Self::Half(year, number - b'0')),
                (b'Q', b'1'..=b'4') => Ok(Self::Quarter(year, number - b'0')),
                _ => Err(wrong()),
            };
        }
        text.parse().map(Self::Date)
    }
}

macro_rules! as_text {
    ($($name:ty),+) => {$(
        impl TryFrom<String> for $name {
            type Error = NotAPeriod;
            fn try_from(text: String) -> Result<Self, NotAPeriod> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    )+};
}
as_text!(PartialDate, Period);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_written_alike() {
        for (text, days) in [
            ("2021", "2021-01-01 2021-12-31"),
            ("2021-H1", "2021-01-01 2021-06-30"),
            ("2021-H2", "2021-07-01 2021-12-31"),
            ("2024-Q1", "2024-01-01 2024-03-31"),
            ("2024-02", "2024-02-01 2024-02-29"),
            ("2023-02-10", "2023-02-10 2023-02-10"),
            ("2022/2024", "2022-01-01 2024-12-31"),
            ("2021-01/2021-09", "2021-01-01 2021-09-30"),
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
            let (first, last) = period.days();
            assert_eq!(format!("{first} {last}"), days, "{text}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "21",
            "2021-13",
            "2021-2-3",
            "2021-02-30",
            "2021-H3",
            "2021-Q0",
            "2024/2022",
            "2021-06-01-01",
            "-2021",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
