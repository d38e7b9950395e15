//! Who held an office on a day: what the evidence of several holders says together.

use extract::PartialDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::person::Holding;

/// How sure it is that somebody held an office on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Evidence on both sides of the day, or stated dates, enclose it.
    Certain,
    /// Evidence stands within a year of it.
    Near,
}

/// Days from the nearest evidence for which a holder is still named, as `near`.
const TOLERANCE: i32 = 366;

/// A holder's evidence, cut where another's begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    first: Date,
    last: Date,
}

/// Those of some holdings of one office that were held on a day, with how sure that is, the surest first. `at` counts places
/// in `holdings`.
pub fn held_at(holdings: &[&Holding], day: Date) -> Vec<(usize, Certainty)> {
    let single = holdings.first().is_some_and(|holding| holding.office.is_single());
    let mut spans: Vec<Option<Span>> = holdings.iter().map(|holding| span(holding)).collect();
    if single {
        part(holdings, &mut spans);
    }
    let mut found: Vec<(usize, Certainty, i32)> = Vec::new();
    for (at, (holding, span)) in holdings.iter().zip(&spans).enumerate() {
        if let Some((certainty, distance)) = certainty(holding, *span, day) {
            found.push((at, certainty, distance));
        }
    }
    // Where one seat is certainly taken, nobody else is near it.
    if single && found.iter().any(|(_, certainty, _)| *certainty == Certainty::Certain) {
        found.retain(|(_, certainty, _)| *certainty == Certainty::Certain);
    }
    found.sort_by_key(|(at, certainty, distance)| {
        (*certainty, *distance, std::cmp::Reverse(holdings[*at].held), *at)
    });
    found.into_iter().map(|(at, certainty, _)| (at, certainty)).collect()
}

fn span(holding: &Holding) -> Option<Span> {
    let seen = holding.seen;
    let since = holding.since.map(PartialDate::first_day);
    let until = holding.until.map(PartialDate::last_day);
    let first = match (since, seen) {
        (Some(since), Some((first, last))) if since <= last => since.min(first),
        (_, Some((first, _))) => first,
        (Some(since), None) => since,
        (None, None) => return None,
    };
    let last = match (until, seen) {
        (Some(until), Some((first, last))) if first <= until => until.max(last.min(until)),
        (_, Some((_, last))) => last,
        (Some(until), None) => until,
        (None, None) => first,
    };
    // With its place an office ends, whatever later texts still call its last holder.
    let last = holding.office.place.until().map_or(last, |ended| last.min(ended));
    (first <= last).then_some(Span { first, last })
}

fn certainty(holding: &Holding, span: Option<Span>, day: Date) -> Option<(Certainty, i32)> {
    let span = span?;
    if holding.office.place.until().is_some_and(|ended| ended < day) {
        return None;
    }
    if holding.since.is_some_and(|since| day < since.first_day())
        || holding.until.is_some_and(|until| until.last_day() < day)
    {
        return None;
    }
    // Called a former one before any text calls it held, or on a day after all that do.
    if holding.former_from.is_some_and(|over| over <= span.first || (over <= day && span.last < over)) {
        return None;
    }
    if holding.held == 0 && (holding.since.is_none() || holding.until.is_none()) {
        return None;
    }
    let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
    let distance = if day < span.first {
        days(day, span.first)
    } else if span.last < day {
        days(span.last, day)
    } else {
        return Some((Certainty::Certain, 0));
    };
    (distance <= TOLERANCE).then_some((Certainty::Near, distance))
}

/// One seat has one holder at a time: of two whose evidence overlaps the earlier ends where the later begins, so that the
/// least evidence is contradicted. Late mentions of the earlier one are retrospect.
fn part(holdings: &[&Holding], spans: &mut [Option<Span>]) {
    let middle = |holding: &Holding| {
        let total: u32 = holding.months.iter().map(|(_, count)| count).sum();
        let mut sum = 0;
        holding
            .months
            .iter()
            .find(|(_, count)| {
                sum += count;
                sum * 2 >= total
            })
            .map(|(month, _)| *month)
    };
    for a in 0..holdings.len() {
        for b in 0..holdings.len() {
            let (Some(first), Some(second)) = (spans[a], spans[b]) else { continue };
            let (Some(earlier), Some(later)) = (middle(holdings[a]), middle(holdings[b])) else { continue };
            if a == b || (earlier, a) >= (later, b) || first.last < second.first {
                continue;
            }
            // A stray mention does not cut a well-proved holding; it is none beside it.
            let (held, other) = (holdings[a].held, holdings[b].held);
            if held >= 5 * other {
                spans[b] =
                    (first.last < second.last).then_some(Span { first: first.last, last: second.last });
                continue;
            }
            if other >= 5 * held {
                spans[a] =
                    (first.first < second.first).then_some(Span { first: first.first, last: second.first });
                continue;
            }
            let months: std::collections::BTreeSet<i32> =
                holdings[a].months.iter().chain(&holdings[b].months).map(|(month, _)| *month).collect();
            let cost = |cut: i32| {
                let late: u32 =
                    holdings[a].months.iter().filter(|(month, _)| *month > cut).map(|(_, n)| n).sum();
                let soon: u32 =
                    holdings[b].months.iter().filter(|(month, _)| *month <= cut).map(|(_, n)| n).sum();
                late + soon
            };
            let Some(cut) = months.into_iter().min_by_key(|month| (cost(*month), *month)) else { continue };
            let smaller = held.min(other);
            if cost(cut) * 3 > smaller.max(1) {
                continue;
            }
            let (year, of_year) = (cut.div_euclid(12), cut.rem_euclid(12));
            let begin = Date::new(year as i16, of_year as i8 + 1, 1).unwrap_or(first.last);
            let end = begin.last_of_month();
            let ends = first.last.min(end);
            let begins = if holdings[b].months.iter().any(|(month, _)| *month <= cut) {
                second.first.max(end)
            } else {
                second.first
            };
            spans[a] = (first.first <= ends).then_some(Span { first: first.first, last: ends });
            spans[b] = (begins <= second.last).then_some(Span { first: begins, last: second.last });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Position;

    fn held(position: &str, days: &[&str]) -> Holding {
        let days: Vec<Date> = days.iter().map(|day| day.parse().unwrap()).collect();
        let mut months: Vec<(i32, u32)> = Vec::new();
        for day in &days {
            let month = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
            match months.last_mut() {
                Some((known, count)) if *known == month => *count += 1,
                _ => months.push((month, 1)),
            }
        }
        Holding {
            office: Position::read(position, None).office,
            words: position.to_owned(),
            seen: days.first().copied().zip(days.last().copied()),
            since: None,
            until: None,
            former_from: None,
            held: days.len() as u32,
            former: 0,
            acting: false,
            months,
            first: 0,
            last: 0,
        }
    }

    #[test]
    fn evidence_brackets_and_later_holders_end_earlier_ones() {
        let office = "Bộ trưởng Bộ Y tế";
        let first = held(office, &["2017-01-10", "2018-03-01", "2019-06-01", "2022-05-01"]);
        let second = held(office, &["2020-01-15", "2020-09-01", "2021-02-01", "2022-08-01"]);
        let check = |day: &str, expected: &[(usize, Certainty)]| {
            assert_eq!(held_at(&[&first, &second], day.parse().unwrap()), expected, "{day}");
        };
        check("2018-01-01", &[(0, Certainty::Certain)]);
        check("2021-01-01", &[(1, Certainty::Certain)]);
        // What a text of 2022 says of the first is retrospect.
        check("2022-06-01", &[(1, Certainty::Certain)]);
        check("2016-10-01", &[(0, Certainty::Near)]);
        check("2014-01-01", &[]);

        let merged = held("Chủ tịch UBND tỉnh Bắc Giang", &["2024-05-01", "2025-06-20", "2025-08-01"]);
        assert_eq!(held_at(&[&merged], "2025-06-30".parse().unwrap()), [(0, Certainty::Certain)]);
        assert_eq!(held_at(&[&merged], "2025-07-01".parse().unwrap()), []);
        let goes_on = held("Chủ tịch UBND tỉnh Bắc Ninh", &["2024-05-01", "2025-08-01"]);
        assert_eq!(held_at(&[&goes_on], "2025-07-01".parse().unwrap()), [(0, Certainty::Certain)]);
        let district = held("Bí thư Huyện ủy Anh Sơn", &["2024-05-01", "2025-06-20"]);
        assert_eq!(held_at(&[&district], "2025-07-01".parse().unwrap()), []);

        let over =
            Holding { former_from: "2019-01-01".parse().ok(), ..held(office, &["2017-01-10", "2018-03-01"]) };
        assert_eq!(held_at(&[&over], "2019-02-01".parse().unwrap()), []);
        let since =
            Holding { since: "2018-01-01".parse().ok(), ..held(office, &["2018-02-01", "2018-03-01"]) };
        assert_eq!(held_at(&[&since], "2017-12-31".parse().unwrap()), []);
    }
}
