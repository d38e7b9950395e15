//! Months as numbers: what mentions are counted by.

use jiff::civil::Date;

/// The month of a day: year * 12 + month - 1.
pub(crate) fn month(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// The first day of a month.
pub(crate) fn first_day(month: i32) -> Date {
    let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12));
    Date::new(year as i16, of_year as i8 + 1, 1).unwrap_or(Date::MAX)
}
