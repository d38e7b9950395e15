//! Days and months as the numbers that engines sort and count by.

use jiff::civil::Date;

/// Days from 1970-01-01 to a date.
pub fn day(date: Date) -> i64 {
    i64::from(date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

/// The date that a number of days after 1970-01-01 is; `None` where no calendar has it.
pub fn date(day: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// The calendar month of a date, counted from the year 0.
pub fn month(date: Date) -> u64 {
    date.year().max(0) as u64 * 12 + date.month() as u64 - 1
}

/// The first day of a month that is counted from the year 0; `None` where no calendar has it.
pub(crate) fn first_day(month: u64) -> Option<i64> {
    let (year, month) = (i16::try_from(month / 12).ok()?, month % 12 + 1);
    Date::new(year, month as i8, 1).ok().map(day)
}

/// The span around two spans of days.
pub(crate) fn around<Day: Ord + Copy>(a: Option<(Day, Day)>, b: Option<(Day, Day)>) -> Option<(Day, Day)> {
    match (a, b) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (known, other) => known.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_counted() {
        for (text, days, months) in [
            ("1970-01-01", 0, 1970 * 12),
            ("1969-12-31", -1, 1969 * 12 + 11),
            ("2021-06-26", 18_804, 2021 * 12 + 5),
        ] {
            let parsed: Date = text.parse().unwrap();
            assert_eq!((day(parsed), month(parsed)), (days, months), "{text}");
            assert_eq!(date(days), Some(parsed));
            assert_eq!(first_day(months), Some(days + 1 - i64::from(parsed.day())));
        }
        assert_eq!((date(i64::MAX), first_day(u64::MAX)), (None, None));
    }
}
