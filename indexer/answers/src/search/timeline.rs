//! Counts by calendar years, quarters and months.

use std::collections::BTreeMap;

use extract::{PartialDate, Period};
use jiff::civil::Date;

use super::{Bucket, Facet, FacetCounts, FacetRequest, FacetValue, Interval, TimelineBucket};

/// Steps of one answer, at most: where dates lie further apart (a page dated to the year 1), empty steps are left out.
const MAX_STEPS: usize = 2_400;

impl Interval {
    fn months(self) -> u64 {
        match self {
            Self::Year => 12,
            Self::Quarter => 3,
            Self::Month => 1,
        }
    }

    /// The step that begins with a month, counted from the year 0.
    fn step(self, month: u64) -> Option<(Period, Date)> {
        let year = i16::try_from(month / 12).ok()?;
        let (month, quarter) = ((month % 12) as i8 + 1, (month % 12 / 3) as u8 + 1);
        let from = Date::new(year, month, 1).ok()?;
        let period = match self {
            Self::Year => Period::year(year)?,
            Self::Quarter => Period::Quarter(year, quarter),
            Self::Month => Period::Date(PartialDate::new(year, Some(month), None)?),
        };
        Some((period, from))
    }
}

/// Found and collected documents by step, from counts by month; without gaps.
pub(crate) fn timeline(
    interval: Interval,
    found: &BTreeMap<u64, u64>,
    collected: &BTreeMap<u64, u64>,
) -> Vec<TimelineBucket> {
    let size = interval.months();
    let mut steps: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for (month, count) in found {
        steps.entry(month / size).or_default().0 += count;
    }
    for (month, count) in collected {
        steps.entry(month / size).or_default().1 += count;
    }
    if let (Some((first, _)), Some((last, _))) = (steps.first_key_value(), steps.last_key_value())
        && last - first < MAX_STEPS as u64
    {
        for step in *first..*last {
            steps.entry(step).or_default();
        }
    }
    let bucket = |(step, (count, collected))| {
        let (period, from) = interval.step(step * size)?;
        Some(TimelineBucket { period, from, count, collected })
    };
    steps.into_iter().filter_map(bucket).collect()
}

/// Found documents by step.
pub(crate) fn histogram(interval: Interval, found: &BTreeMap<u64, u64>) -> Vec<Bucket> {
    let bucket = |TimelineBucket { period, from, count, .. }| Bucket { period, from, count };
    timeline(interval, found, &BTreeMap::new()).into_iter().map(bucket).collect()
}

/// Years or months as a facet, the latest first.
pub(crate) fn calendar_facet(request: FacetRequest, months: &BTreeMap<u64, u64>) -> FacetCounts {
    let mut steps: BTreeMap<u64, u64> = BTreeMap::new();
    for (month, count) in months {
        let step = if request.facet == Facet::Year { month / 12 } else { *month };
        *steps.entry(step).or_default() += count;
    }
    let distinct = steps.len();
    let value = |step: u64| match request.facet {
        Facet::Year => format!("{step:04}"),
        _ => format!("{:04}-{:02}", step / 12, step % 12 + 1),
    };
    let values = steps.into_iter().rev().take(request.size);
    let values = values.map(|(step, count)| FacetValue { value: value(step), label: None, count }).collect();
    FacetCounts { facet: request.facet, values, distinct }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_add_up_to_quarters_and_years() {
        let months = |text: &str| -> BTreeMap<u64, u64> {
            let mut months = BTreeMap::new();
            for date in text.split_whitespace() {
                *months.entry(store::calendar::month(format!("{date}-01").parse().unwrap())).or_default() +=
                    1;
            }
            months
        };
        let found = months("2020-12 2021-01 2021-03 2021-03 2021-07");
        let check = |interval, expected: &str| {
            let shown: Vec<String> = histogram(interval, &found)
                .iter()
                .map(|bucket| format!("{}:{}", bucket.period, bucket.count))
                .collect();
            assert_eq!(shown.join(" "), expected);
        };
        check(Interval::Year, "2020:1 2021:4");
        check(Interval::Quarter, "2020-Q4:1 2021-Q1:3 2021-Q2:0 2021-Q3:1");
        check(
            Interval::Month,
            "2020-12:1 2021-01:1 2021-02:0 2021-03:2 2021-04:0 2021-05:0 2021-06:0 2021-07:1",
        );
        let share = timeline(Interval::Year, &found, &months("2021-01 2022-05"));
        assert_eq!(
            share.iter().map(|bucket| (bucket.count, bucket.collected)).collect::<Vec<_>>(),
            [(1, 0), (4, 1), (0, 1)]
        );
        assert_eq!(histogram(Interval::Month, &months("0001-01 2021-01")).len(), 1);
    }
}
