//! Dates as newspapers and portals print them, in Vietnamese and English.
//!
//! Day before month always. Times in UTC are turned to `Asia/Ho_Chi_Minh`, which has been UTC+7 since 1975; others are
//! those of the publisher's own readers and stay.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use regex::{Captures, Regex};
use unicode_normalization::UnicodeNormalization;

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The bytes of date and time in the text, and of all between them.
    pub range: Range<usize>,
    /// The day.
    pub date: Date,
    /// The time of day, where one stands beside it.
    pub time: Option<Time>,
}

/// The first date, and the time of day beside it, in a short text such as a byline or a date element. Reads
/// masked dates too (see [`unmask`]).
///
/// ```
/// let (date, time) = corpus::date::printed("Thứ Ba, 3/8/2021, 14:05 (GMT+7)").unwrap();
/// assert_eq!((date.to_string(), time.unwrap().to_string()), ("2021-08-03".into(), "14:05:00".into()));
/// ```
pub fn printed(text: &str) -> Option<(Date, Option<Time>)> {
    let text: String = text.nfc().collect();
    if let Some(found) = iso(&text) {
        return Some(found);
    }
    find(&unmask(&text)).map(|found| (found.date, found.time))
}

/// A date in ISO 8601 or RFC 3339, and nothing else around it: with or without a time and a zone.
pub fn iso(text: &str) -> Option<(Date, Option<Time>)> {
    iso_in(text, at_home)
}

/// The moment that a number of seconds or milliseconds since 1970 is, as programs write dates; of the years 1990 to 2100, so
/// that no other number is taken for one.
///
/// ```
/// assert_eq!(corpus::date::unix("1624677300").unwrap().to_string(), "2021-06-26T03:15:00Z");
/// assert_eq!(corpus::date::unix("1624677300000"), corpus::date::unix("1624677300"));
/// assert_eq!(corpus::date::unix("20210626"), None);
/// ```
pub fn unix(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let text = text
        .split_once('.')
        .filter(|(_, part)| part.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(text, |(whole, _)| whole);
    let number: i64 = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let moment = match text.len() {
        9 | 10 => Timestamp::from_second(number),
        12 | 13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    moment.ok().filter(|moment| (1990..2100).contains(&Offset::UTC.to_datetime(*moment).year()))
}

/// The day and the time of day of a moment where readers are in Vietnam.
pub fn of_home(moment: Timestamp) -> (Date, Time) {
    /// Since 1975.
    const HOME: Offset = Offset::constant(7);
    let there = HOME.to_datetime(moment);
    (there.date(), there.time())
}

/// Like [`printed`], but a time in UTC stays as it is written: for publishers whose readers are elsewhere.
///
/// ```
/// let (date, _) = corpus::date::as_written("2021-06-26T20:15:00Z").unwrap();
/// assert_eq!(date.to_string(), "2021-06-26");
/// ```
pub fn as_written(text: &str) -> Option<(Date, Option<Time>)> {
    let text: String = text.nfc().collect();
    let as_is: ToHome = |date, time, _| Some((date, time));
    iso_in(&text, as_is).or_else(|| find_in(&unmask(&text), as_is).map(|found| (found.date, found.time)))
}

/// Turns a time with its offset to that of the readers.
type ToHome = fn(Date, Time, Offset) -> Option<(Date, Time)>;

fn iso_in(text: &str, to_home: ToHome) -> Option<(Date, Option<Time>)> {
    static ISO: LazyLock<Regex> = LazyLock::new(|| {
        expression(
            r"^(?<y>\d{4})-?(?<m>\d\d)-?(?<d>\d\d)(?:(?:[Tt]|\s+)(?<h>\d\d):(?<min>\d\d)(?::(?<s>\d\d)(?:[.,]\d+)?)?)?\s*(?<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?$",
        )
    });
    let found = ISO.captures(text.trim())?;
    let date = date_of(&found)?;
    let Some(time) = time_of(&found) else { return Some((date, None)) };
    match found.name("zone") {
        None => Some((date, Some(time))),
        Some(zone) => to_home(date, time, offset(zone.as_str())?).map(|(date, time)| (date, Some(time))),
    }
}

/// Writes masked dates out: `DNUM_` and letters, A to J for the digits 0 to 9 and Z for the slash.
pub fn unmask(text: &str) -> Cow<'_, str> {
    static MASK: LazyLock<Regex> = LazyLock::new(|| expression(r"\bDNUM_([A-JZ]+)\b"));
    MASK.replace_all(text, |found: &Captures<'_>| {
        found[1]
            .bytes()
            .map(|b| if b == b'Z' { '/' } else { char::from(b - b'A' + b'0') })
            .collect::<String>()
    })
}

/// The first date in a text that is NFC and not masked.
pub fn find(text: &str) -> Option<Found> {
    find_in(text, at_home)
}

fn find_in(text: &str, to_home: ToHome) -> Option<Found> {
    // None of them is without these letters.
    let has_short = text.as_bytes().windows(2).any(|pair| pair.eq_ignore_ascii_case(b"th"));
    let short: &[Regex] = if has_short { &*SHORT_FORMS } else { &[] };
    let (range, date) = FORMS
        .iter()
        .chain(short)
        .filter_map(|form| {
            form.captures_iter(text).find_map(|found| {
                let whole = found.get(0)?.range();
                // A number that goes on is a code (`1/2/2021-CT`) or a longer number.
                let before = text[..whole.start].chars().next_back();
                let after = text[whole.end..].chars().next();
                let open = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_digit() && c != '/');
                (open(before) && open(after)).then(|| date_of(&found)).flatten().map(|date| (whole, date))
            })
        })
        .min_by_key(|(range, _)| (range.start, usize::MAX - range.end))?;

    let zones: Vec<_> = ZONE.captures_iter(text).collect();
    let in_zone =
        |at: usize| zones.iter().filter_map(|zone| zone.get(0)).any(|zone| zone.range().contains(&at));
    let nearest = TIME
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?.range();
            let distance = if whole.start >= range.end {
                whole.start - range.end
            } else {
                range.start.checked_sub(whole.end)?
            };
            (distance <= 40 && !in_zone(whole.start)).then_some(())?;
            Some((distance, whole, time_of(&found)?))
        })
        .min_by_key(|(distance, whole, _)| (*distance, whole.start));
    let Some((_, at, time)) = nearest else { return Some(Found { range, date, time: None }) };

    let mut range = range.start.min(at.start)..range.end.max(at.end);
    let mut moment = (date, time);
    let zone = zones
        .iter()
        .find(|zone| zone.get(0).is_some_and(|zone| zone.start() >= at.end && zone.start() - at.end < 4));
    if let Some(zone) = zone {
        moment = to_home(date, time, offset(zone.name("offset").map_or("Z", |offset| offset.as_str()))?)?;
        range.end = range.end.max(zone.get(0)?.end());
    }
    Some(Found { range, date: moment.0, time: Some(moment.1) })
}

const ENGLISH_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Month words of Vietnamese. Some months have two.
const VIETNAMESE_MONTHS: [(&str, i8); 15] = [
    ("mười hai", 12),
    ("mười một", 11),
    ("mười", 10),
    ("chín", 9),
    ("tám", 8),
    ("bảy", 7),
    ("bẩy", 7),
    ("sáu", 6),
    ("năm", 5),
    ("tư", 4),
    ("ba", 3),
    ("hai", 2),
    ("giêng", 1),
    ("một", 1),
    ("chạp", 12),
];

static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let english = ENGLISH_MONTHS
        .iter()
        .map(|month| {
            if month.len() > 3 { format!("{}(?:{})?", &month[..3], &month[3..]) } else { (*month).to_owned() }
        })
        .collect::<Vec<_>>()
        .join("|")
        .replace("sep(?:tember)?", "sept?(?:ember)?");
    let vietnamese = VIETNAMESE_MONTHS.map(|(word, _)| word).join("|");
    [
        r"(?<d>\d{1,2})/(?<m>\d{1,2})/(?<y>\d{4})".to_owned(),
        r"(?<d>\d{1,2})\s*-\s*(?<m>\d{1,2})\s*-\s*(?<y>\d{4})".to_owned(),
        r"(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})".to_owned(),
        r"(?<d>\d{1,2})\s+/\s+(?<m>\d{1,2})\s+/\s+(?<y>\d{4})".to_owned(),
        r"(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})".to_owned(),
        r"(?<y>\d{4})/(?<m>\d{1,2})/(?<d>\d{1,2})".to_owned(),
        format!(r"(?i)\b(?<month>{english})\.?\s+(?<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?<y>\d{{4}})"),
        format!(r"(?i)(?<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+|-)(?<month>{english})\.?,?(?:\s+|-)(?<y>\d{{4}})"),
        format!(
            r"(?i)(?<d>\d{{1,2}})\s*(?:-\s*)?tháng\s+(?:(?<m>\d{{1,2}})|(?<month>{vietnamese}))(?:\s*,\s*|\s+)(?:năm\s+)?(?<y>\d{{4}})"
        ),
    ]
    .iter()
    .map(|form| expression(form))
    .collect()
});

/// Months in short and by a form of English, which few texts have.
static SHORT_FORMS: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    let vietnamese = VIETNAMESE_MONTHS.map(|(word, _)| word).join("|");
    [
        // `12 Th4, 2023`, `12 thg 4, 2023` as systems write dates in short, and `Tháng Tư 12, 2023` by a form of English.
        r"(?i)(?<d>\d{1,2})[\s/-]*\b(?:thg|th|tháng)\.?\s?(?<m>\d{1,2})\b[\s,/-]+(?:năm\s+)?(?<y>\d{4})".to_owned(),
        format!(r"(?i)\b(?:(?:thg|th|tháng)\.?\s?(?<m>\d{{1,2}})|tháng\s+(?<month>{vietnamese}))\s+(?<d>\d{{1,2}}),?\s+(?<y>\d{{4}})"),
    ]
    .map(|form| expression(&form))
});

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r"(?i)\b(?<h>\d{1,2})(?:\s?[:h]\s?|\s+giờ\s+)(?<min>\d{2})(?::(?<s>\d{2}))?\b(?:\s*(?<half>[ap]\.?m\b|sa\b|ch\b))?",
    )
});

static ZONE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"(?i)\b(?:gmt|utc)(?:\s*(?<offset>[+-]\s?\d{1,2}(?::?\d{2})?))?\b"));

fn expression(text: &str) -> Regex {
    Regex::new(text).expect("the expressions here are right, as the tests show")
}

fn number<T: std::str::FromStr>(found: &Captures<'_>, name: &str) -> Option<T> {
    found.name(name)?.as_str().parse().ok()
}

fn date_of(found: &Captures<'_>) -> Option<Date> {
    let month = match found.name("month") {
        // `tháng năm 2021`: the month was left out, or its number lost; `năm` is the year's word.
        Some(word) if word.as_str() == "năm" && stands_before_year(found) => return None,
        Some(word) => month_of(&word.as_str().to_lowercase())?,
        None => number(found, "m")?,
    };
    let year: i16 = number(found, "y")?;
    if !(1900..2100).contains(&year) {
        return None;
    }
    Date::new(year, month, number(found, "d")?).ok()
}

/// Whether nothing stands between the month and the year of a date.
fn stands_before_year(found: &Captures<'_>) -> bool {
    let (Some(month), Some(year), Some(whole)) = (found.name("month"), found.name("y"), found.get(0)) else {
        return false;
    };
    let between = whole.as_str().get(month.end() - whole.start()..year.start() - whole.start());
    between.is_some_and(|between| between.trim().is_empty())
}

fn month_of(word: &str) -> Option<i8> {
    let vietnamese = VIETNAMESE_MONTHS.iter().find(|(own, _)| *own == word).map(|(_, month)| *month);
    vietnamese.or_else(|| {
        let start = word.get(..3)?;
        ENGLISH_MONTHS.iter().zip(1..).find(|(own, _)| own.starts_with(start)).map(|(_, month)| month)
    })
}

fn time_of(found: &Captures<'_>) -> Option<Time> {
    let hour: i8 = number(found, "h")?;
    // In Vietnamese the halves of the day are sáng and chiều: SA and CH.
    let half = found.name("half").map(|half| half.as_str().to_ascii_lowercase());
    let hour = match half.as_deref().map(|half| half.starts_with(['p', 'c'])) {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Time::new(hour, number(found, "min")?, number(found, "s").unwrap_or(0), 0).ok()
}

/// `Z`, `+7`, `+07`, `+0700` or `+07:00`.
fn offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) =
        if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (digits.as_str(), "0") };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(sign * seconds).ok()
}

/// The local time of the newspaper. A publisher who writes an offset writes the time of its own readers, which stays; a
/// time in UTC is a machine's, and turned to the time in Vietnam.
fn at_home(date: Date, time: Time, offset: Offset) -> Option<(Date, Time)> {
    if offset != Offset::UTC {
        return Some((date, time));
    }
    Some(of_home(offset.to_timestamp(date.to_datetime(time)).ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn printed_dates_are_read() {
        let check = |text: &str, expected: &str| {
            let read = printed(text).map_or_else(String::new, |(date, time)| {
                time.map_or_else(|| date.to_string(), |time| format!("{date} {time}"))
            });
            assert_eq!(read, expected, "{text}");
        };
        check("26/06/2021", "2021-06-26");
        check("05/07/2021 - 10:15", "2021-07-05 10:15:00");
        check("09:47, 15/03/2021", "2021-03-15 09:47:00");
        check("25/02/2020 21:52", "2020-02-25 21:52:00");
        check("May 21, 2016 10:04 AM GMT+7", "2016-05-21 10:04:00");
        check("May 21, 2016 10:04 PM GMT+0", "2016-05-22 05:04:00");
        check("November 18, 2025 17:12", "2025-11-18 17:12:00");
        check("Nov. 8th, 2025", "2025-11-08");
        check("3 Sept 2019, 12:30 am", "2019-09-03 00:30:00");
        check("Tue, 14 Aug 2018 23:10:05 GMT", "2018-08-15 06:10:05");
        check("Update: 15-07-2020 | 15:38:31", "2020-07-15 15:38:31");
        check("Đăng ngày 11 - 11 - 2023", "2023-11-11");
        check("Thứ Ba, 3/8/2021, 14:05 (GMT+7)", "2021-08-03 14:05:00");
        check("ngày 25 tháng 8 năm 2021", "2021-08-25");
        check("Đăng ngày 12 Th4, 2023", "2023-04-12");
        check("12 Th04 2023", "2023-04-12");
        check("Th12 1, 2023", "2023-12-01");
        check("07:30 12 thg 4, 2023", "2023-04-12 07:30:00");
        check("Thg 4 12, 2023", "2023-04-12");
        check("Tháng Mười Hai 5, 2023", "2023-12-05");
        check("Th4, 13/05/2023", "2023-05-13");
        check("12 th13, 2023", "");
        check("Ngày 5 tháng Chạp năm 2021", "2021-12-05");
        check("ngày 5 tháng năm năm 2021", "2021-05-05");
        check("ngày 5 tháng Năm 2021", "2021-05-05");
        check("3 tháng 8, 2021 lúc 9h05", "2021-08-03 09:05:00");
        check("Thứ hai, 18.01.2021 | 08:00", "2021-01-18 08:00:00");
        check("14:05 CH 02/03/2020", "2020-03-02 14:05:00");
        check("02/03/2020 2:05 CH", "2020-03-02 14:05:00");
        check("02/03/2020 12:05 SA", "2020-03-02 00:05:00");
        check("15 giờ 30, ngày 02/03/2020", "2020-03-02 15:30:00");
        check("2021-06-26T03:15:00Z", "2021-06-26 10:15:00");
        check("DNUM_CGZAGZCACB", "2021-06-26");
        check("Lan Chi•DNUM_BEZAIZCACF 10:40", "2025-08-14 10:40:00");
        check("nga\u{300}y 5 tha\u{301}ng 6 na\u{306}m 2021", "2021-06-05");
        // Not dates.
        check("ngày 5 tháng năm 2021", "");
        check("31/02/2025", "");
        check("13/13/2025", "");
        check("06/26/2021", "");
        check("1/2/20215", "");
        check("211/2/2021", "");
        check("số 5/2021", "");
        check("26/06/21", "");
        check("12/05/3021", "");
        check("mùa vụ", "");
        check("", "");
        // The first one that is a date.
        check("từ 31/02/2025 đến 01/03/2025", "2025-03-01");
        check("01/03/2025, 02/03/2025", "2025-03-01");
        check("01/03/2025 25:61", "2025-03-01");
    }

    #[test]
    fn iso_dates_are_read() {
        let check = |text: &str, expected: &str| {
            let read = iso(text).map_or_else(String::new, |(date, time)| {
                time.map_or_else(|| date.to_string(), |time| format!("{date} {time}"))
            });
            assert_eq!(read, expected, "{text}");
        };
        check("2021-06-26", "2021-06-26");
        check("20210626", "2021-06-26");
        check("2021-06-26T10:15", "2021-06-26 10:15:00");
        check(" 2021-06-26 10:15:07 ", "2021-06-26 10:15:07");
        check("2021-06-26T10:15:00+07:00", "2021-06-26 10:15:00");
        check("2021-06-26T10:15:00+0700", "2021-06-26 10:15:00");
        check("2021-06-26T20:15:00.000Z", "2021-06-27 03:15:00");
        check("2021-06-26T10:15:00.000 +07:00", "2021-06-26 10:15:00");
        check("2021-06-26 20:15:00 -05:30", "2021-06-26 20:15:00");
        check("2021-02-30", "");
        check("2021-06-26T25:00", "2021-06-26");
        check("26/06/2021", "");
        check("2021", "");
        check("on 2021-06-26", "");
    }

    proptest! {
        #[test]
        fn every_text_is_read_without_panic(text in "\\PC{0,80}") {
            let _ = printed(&text);
            let _ = find(&text).map(|found| text[found.range].len());
        }

        #[test]
        fn every_day_comes_back(days in 0_i32..40_000, hour in 0_i8..24, minute in 0_i8..60) {
            let date = Date::new(1950, 1, 1).unwrap().checked_add(jiff::Span::new().days(days)).unwrap();
            let text = format!("{:02}/{:02}/{} {hour:02}:{minute:02}", date.day(), date.month(), date.year());
            prop_assert_eq!(printed(&text), Some((date, Some(Time::new(hour, minute, 0, 0).unwrap()))));
        }
    }
}
