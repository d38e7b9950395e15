//! Days that a page counts from the moment at which its server gave it: `2 giờ trước`, `hôm qua, 14:05`.

use corpus::date::of_home;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::knowledge::Ago;

/// The day that a label names, seen at a moment; `None` where it is no such label, or does not tell the day: `2 giờ trước` at
/// two in the morning, `3 ngày trước` always, since programs round days in several ways.
pub(super) fn read(label: &str, at: Timestamp, words: &Ago) -> Option<(Date, Option<Time>)> {
    let label = label.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let (today, _) = of_home(at);
    let says = |known: &[String]| {
        known.iter().find_map(|known| {
            label.strip_prefix(known.as_str()).filter(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    let named = says(&words.today)
        .map(|rest| (today, rest))
        .or_else(|| says(&words.yesterday).and_then(|rest| Some((today.checked_sub(1.day()).ok()?, rest))));
    if let Some((day, rest)) = named {
        let time = time(rest);
        // Nothing but the time of day may follow.
        return (rest.trim().is_empty() || time.is_some()).then_some((day, time));
    }
    let (count, unit) = label.split_once(' ')?;
    let count: i64 = if words.one.iter().any(|one| one == count) { 1 } else { count.parse().ok()? };
    let seconds = if words.seconds.iter().any(|known| known == unit) {
        1
    } else if words.minutes.iter().any(|known| known == unit) {
        60
    } else if words.hours.iter().any(|known| known == unit) {
        3_600
    } else {
        return None;
    };
    let before = |count: i64| {
        let span = SignedDuration::from_secs(count.checked_mul(seconds)?);
        Some(of_home(at.checked_sub(span).ok()?).0)
    };
    let day = before(count)?;
    (before(count.checked_add(1)?)? == day).then_some((day, None))
}

/// The time of day behind a day, and nothing else: `, 14:05`, ` lúc 14h05`.
fn time(rest: &str) -> Option<Time> {
    let from = rest.find(|letter: char| letter.is_ascii_digit())?;
    if rest[..from].chars().filter(|letter| letter.is_alphabetic()).count() > 4 {
        return None;
    }
    let (hour, minute) = rest[from..].trim_end().split_once([':', 'h'])?;
    Time::new(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::super::knowledge;
    use super::*;

    #[test]
    fn days_are_counted_from_when_a_page_was_seen() {
        let check = |label: &str, expected: Option<&str>| {
            // Half past nine in the morning in Vietnam.
            let at = "2021-06-26T02:30:00Z".parse().unwrap();
            let found = read(label, at, &knowledge::get().ago);
            let found = found.map(|(date, time)| {
                time.map_or_else(|| date.to_string(), |time| format!("{date} {}", time.strftime("%H:%M")))
            });
            assert_eq!(found.as_deref(), expected, "{label}");
        };
        check("2 giờ trước", Some("2021-06-26"));
        check("(Một giờ trước)", Some("2021-06-26"));
        check("45 phút trước", Some("2021-06-26"));
        check("an hour ago", Some("2021-06-26"));
        check("5 minutes ago", Some("2021-06-26"));
        check("12 giờ trước", Some("2021-06-25"));
        // Before midnight, or after.
        check("9 giờ trước", None);
        check("3 ngày trước", None);
        check("Hôm nay", Some("2021-06-26"));
        check("Hôm qua, 14:05", Some("2021-06-25 14:05"));
        check("Hôm qua lúc 7h30", Some("2021-06-25 07:30"));
        check("Hôm qua trời mưa", None);
        check("Yesterday", Some("2021-06-25"));
        check("trước 2 giờ", None);
        check("2 giờ trước mưa to", None);
        check("99999999999999999 giờ trước", None);
        check("", None);
    }
}
