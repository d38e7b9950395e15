//! Who held an office on a day: what the evidence of several holders says together.

use extract::PartialDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::month::first_day;
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

/// Months between two proofs of a holding, of the longest term of an office, beyond which nothing says that it was held all the
/// time between.
const TERM: i32 = 60;
/// Months without a proof, after which mentions of an office that is over come in again with its holder's name.
const SILENCE: i32 = 12;
/// Mentions of another holder of a single seat between two proofs that part them; one alone may be a slip.
const ANOTHER: u32 = 2;
/// Mentions that prove an office held again which texts have called a former one.
const AGAIN: u32 = 3;

/// Those of some holdings of one office that were held on a day, with how sure that is, the surest first. `at` counts places
/// in `holdings`.
pub fn held_at(holdings: &[&Holding], day: Date) -> Vec<(usize, Certainty)> {
    let single = holdings.first().is_some_and(|holding| holding.office.is_single());
    let stretches: Vec<(usize, Holding)> = holdings
        .iter()
        .enumerate()
        .flat_map(|(at, holding)| {
            let others: &[&Holding] = if single { holdings } else { &[] };
            stretches(holding, others).into_iter().map(move |stretch| (at, stretch))
        })
        .collect();
    let holdings: Vec<&Holding> = stretches.iter().map(|(_, holding)| holding).collect();
    let mut spans: Vec<Option<Span>> = holdings.iter().map(|holding| span(holding)).collect();
    if single {
        part(&holdings, &mut spans);
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
    let mut held: Vec<(usize, Certainty)> = Vec::new();
    for (at, certainty, _) in found {
        let whose = stretches[at].0;
        if held.iter().all(|(known, _)| *known != whose) {
            held.push((whose, certainty));
        }
    }
    held
}

/// The stretches of time in which the proofs of a holding stand so near each other that it was held between them: no longer
/// than a term without one, and with none in between of another holder of the seat or of its being a former office.
fn stretches(holding: &Holding, others: &[&Holding]) -> Vec<Holding> {
    let mut runs: Vec<Vec<(i32, u32)>> = Vec::new();
    for (month, count) in &holding.months {
        let goes_on = runs.last().and_then(|run| run.last()).is_some_and(|(before, _)| {
            let quiet = month - before;
            let within = |other: &i32| before < other && other < month;
            let is_taken = others.iter().filter(|other| !std::ptr::eq(**other, holding)).any(|other| {
                let proofs: u32 =
                    other.months.iter().filter(|(at, _)| within(at)).map(|(_, count)| count).sum();
                proofs >= ANOTHER
            });
            // After a long silence a text that calls it former tells how the others of its time mean it.
            let until = if quiet > SILENCE { month + 2 } else { *month };
            let is_over = holding.former_months.iter().any(|at| before < at && *at < until);
            quiet <= TERM && !is_taken && !is_over
        });
        match runs.last_mut().filter(|_| goes_on) {
            Some(run) => run.push((*month, *count)),
            None => runs.push(vec![(*month, *count)]),
        }
    }
    if runs.len() <= 1 {
        return vec![holding.clone()];
    }
    let last = runs.len() - 1;
    let mut all = Vec::with_capacity(runs.len());
    for (number, run) in runs.into_iter().enumerate() {
        let (Some((from, _)), Some((to, _)), Some((first, end))) = (run.first(), run.last(), holding.seen)
        else {
            return vec![holding.clone()];
        };
        let held = run.iter().map(|(_, count)| count).sum();
        let over = holding.former_months.iter().find(|month| *month > to);
        // Long after it was called a former one a stray mention looks back.
        if held < AGAIN && holding.former_months.iter().any(|month| month < from) {
            continue;
        }
        let begins = if number == 0 { first } else { first_day(*from).max(first) };
        let ends = if number == last { end } else { first_day(*to).last_of_month().min(end) };
        all.push(Holding {
            seen: Some((begins, ends)),
            since: holding.since.filter(|since| {
                let day = since.first_day();
                day <= ends && (number == 0 || day > begins)
            }),
            until: holding.until.filter(|until| {
                let day = until.last_day();
                begins <= day && (number == last || day < ends)
            }),
            former_from: over.map(|month| first_day(*month)).filter(|over| *over > ends),
            held,
            months: run,
            ..holding.clone()
        });
    }
    all
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
            let end = first_day(cut).last_of_month();
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
    use crate::month::month;
    use crate::office::Position;

    fn held(position: &str, days: &[&str]) -> Holding {
        let days: Vec<Date> = days.iter().map(|day| day.parse().unwrap()).collect();
        let mut months: Vec<(i32, u32)> = Vec::new();
        for day in &days {
            let month = month(*day);
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
            former_months: Vec::new(),
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
        // A term long without proof, another holder between, and "former" between: nothing encloses the day.
        let office = "Thủ tướng Nhật Bản";
        let twice = held(office, &["2013-01-10", "2013-09-01", "2019-01-10", "2019-03-01"]);
        assert_eq!(held_at(&[&twice], "2016-01-01".parse().unwrap()), []);
        assert_eq!(held_at(&[&twice], "2013-06-01".parse().unwrap()), [(0, Certainty::Certain)]);
        let back = held(office, &["2016-01-10", "2017-02-01", "2019-01-10", "2019-03-01", "2019-04-01"]);
        let between = held(office, &["2018-01-10", "2018-03-10"]);
        assert_eq!(held_at(&[&back, &between], "2018-02-01".parse().unwrap()), [(1, Certainty::Certain)]);
        assert_eq!(held_at(&[&back, &between], "2016-08-01".parse().unwrap()), [(0, Certainty::Certain)]);
        let left = Holding { former_months: vec![2018 * 12], former_from: "2018-01-03".parse().ok(), ..back };
        assert_eq!(held_at(&[&left], "2018-08-01".parse().unwrap()), [(0, Certainty::Near)]);
        assert_eq!(held_at(&[&left], "2019-02-01".parse().unwrap()), [(0, Certainty::Certain)]);
        // Two years of silence, and then a text of the same month that calls it former.
        let long = Holding {
            former_months: vec![2020 * 12],
            ..held(office, &["2016-01-10", "2017-02-01", "2020-01-10", "2020-01-20", "2020-02-02"])
        };
        assert_eq!(held_at(&[&long], "2018-08-01".parse().unwrap()), []);
        let stray = held(office, &["2016-01-10", "2017-02-01", "2019-01-10"]);
        let stray = Holding { former_months: left.former_months.clone(), ..stray };
        assert_eq!(held_at(&[&stray], "2019-01-10".parse().unwrap()), []);

        let office = "Bộ trưởng Bộ Y tế";
        let since =
            Holding { since: "2018-01-01".parse().ok(), ..held(office, &["2018-02-01", "2018-03-01"]) };
        assert_eq!(held_at(&[&since], "2017-12-31".parse().unwrap()), []);
    }
}
