//! When a page is asked for again. Pure.

use std::time::Duration;

use super::Kind;

/// Seconds after which a page that is gone is looked for once more.
pub(super) const GONE: u64 = 30 * DAY;

/// The longest time until a page is looked at again.
pub(super) const LONGEST: Duration = Duration::from_secs(180 * DAY);
/// The longest time that an origin is left alone, however long it asks for.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_secs(DAY);

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;

/// Seconds until the next look at a page that answered: half the last interval where it had changed, twice where it
/// had not, within bounds. Articles settle quickly; other pages (sections) are looked at more often.
pub(super) fn interval(kind: Kind, is_article: bool, last: Option<u64>, changed: bool) -> u64 {
    let (first, least, most) = match (kind, is_article) {
        (Kind::Page, true) | (Kind::File, _) => (2 * DAY, DAY, LONGEST.as_secs()),
        _ => (6 * HOUR, HOUR, 7 * DAY),
    };
    match last {
        None => first,
        Some(last) if changed => (last / 2).clamp(least, most),
        Some(last) => (last.saturating_mul(2)).clamp(least, most),
    }
}

/// How long to wait after the `fails`-th failure in a row; `None`: give the page up.
pub(super) fn retry(fails: u32) -> Option<Duration> {
    match fails {
        0 | 1 => Some(Duration::from_secs(60)),
        2 => Some(Duration::from_secs(10 * 60)),
        3 => Some(Duration::from_secs(HOUR)),
        4 => Some(Duration::from_secs(DAY)),
        5 => Some(Duration::from_secs(7 * DAY)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_change_are_looked_at_more_often() {
        let check = |kind, is_article, last: Option<u64>, changed, expected: u64| {
            assert_eq!(interval(kind, is_article, last, changed), expected, "{kind:?} {last:?} {changed}");
        };
        check(Kind::Page, true, None, true, 2 * DAY);
        check(Kind::Page, true, Some(2 * DAY), false, 4 * DAY);
        check(Kind::Page, true, Some(2 * DAY), true, DAY);
        check(Kind::Page, true, Some(DAY), true, DAY);
        check(Kind::Page, true, Some(150 * DAY), false, 180 * DAY);
        check(Kind::Page, false, None, true, 6 * HOUR);
        check(Kind::Start, true, Some(HOUR), true, HOUR);
        check(Kind::Feed, false, Some(6 * DAY), false, 7 * DAY);
    }

    #[test]
    fn failures_wait_longer_each_time_and_end() {
        let waits: Vec<_> = (1..=6).map(retry).collect();
        assert!(waits[..5].windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
        assert_eq!(waits[5], None);
    }
}
