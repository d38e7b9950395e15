//! The periods that a sentence names, and where they begin to hold.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use regex::Captures;

use crate::pattern::{Pattern, Patterns, alternatives, before_digits, has_century, lower, tail};

use super::table::{PeriodKind as Kind, periods};
use crate::{PartialDate, Period};

/// What days and years that are left out are counted from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Base {
    /// The day of publication, where it is known.
    pub(super) published: Option<Date>,
    /// The period that holds, where one does.
    pub(super) held: Option<Period>,
}

impl Base {
    fn day(self) -> Option<Date> {
        self.published.or(self.held.map(|held| held.days().1))
    }
}

/// From here on a period holds, or none does (`up to now`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of a period, and any may be said")]
pub(super) struct Stated {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) period: Option<Period>,
    /// Whether it stands where it holds for the sentences that follow as well.
    pub(super) leads: bool,
    /// Whether it dates the name of a document.
    pub(super) named: bool,
    /// Whether it is that of a number which another is compared with: it holds for that number alone.
    pub(super) compared: bool,
    /// Whether it means the years that hold.
    within: bool,
}

/// How a period may be written: a row of the table.
#[derive(Debug)]
struct Form {
    kind: Kind,
    /// Whether a year stands in it.
    year: bool,
}

static FORMS: LazyLock<(Vec<Form>, Patterns)> = LazyLock::new(|| {
    let month = format!("(?<name>{})", periods().months.join("|"));
    let (forms, patterns): (Vec<Form>, Vec<Pattern>) = periods()
        .form
        .iter()
        .map(|row| {
            let pattern =
                row.pattern.replace("{year}", r"(?<year>(?:19|20)\d\d)\b").replace("{month}", &month);
            (
                Form {
                    kind: row.kind,
                    year: row.pattern.contains("{year}") && !row.pattern.contains("{year})?"),
                },
                Pattern::new(&pattern),
            )
        })
        .unzip();
    (forms, Patterns::new(patterns))
});

/// Words that set a period back to none; they stand where a sentence or a clause begins.
static NOW: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(&format!(r"(?i)^(?:{})(?:[^\p{{L}}\p{{M}}]|$)", periods().now.join("|"))));

/// Words that end what was carried, where a number stands behind them.
static ENDS: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(&format!(r"(?i)\b(?:{})\b", periods().ends.join("|"))));

/// What a bracket with years says more exactly.
static YEARS: LazyLock<Pattern> = LazyLock::new(|| {
    let words = alternatives(&periods().spans).replace(r"\#", r"\d+");
    Pattern::new(&format!(r"(?i)\b(?:{words})\s*$"))
});

/// What clauses begin behind.
static BREAKS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new([",", ";", ":", ".", "”", "\"", ")", "-"]).expect("a few signs"));

/// What a period without a digit cannot be without.
static WORDY: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(&periods().wordy).expect("a few words")
});

/// The periods of a sentence in order; those that a number is only compared with are left out, as are `taken` bytes.
pub(super) fn all(sentence: &str, base: Base, taken: &[(usize, usize)]) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    let mut used: Vec<(usize, usize)> = taken.to_vec();
    let has_year = has_century(sentence);
    let (forms, patterns) = &*FORMS;
    let from = if WORDY.is_match(sentence) { Some(0) } else { before_digits(sentence) };
    let candidates = from.into_iter().flat_map(|from| patterns.numbered(&sentence[from..]));
    for (number, pattern) in candidates {
        let form = &forms[number];
        if form.year && !has_year {
            continue;
        }
        for captures in pattern.captures_iter(sentence) {
            let all = captures.name("said").or(captures.get(0)).expect("a match");
            if used.iter().any(|(from, to)| all.start() < *to && *from < all.end()) {
                continue;
            }
            let before = &sentence[..all.start()];
            let relative = matches!(form.kind, Kind::ThisYear | Kind::LastYear | Kind::NextYear);
            if form.kind == Kind::BareMonths && is_span(before, &sentence[all.end()..])
                || relative && is_counted(before)
            {
                used.push((all.start(), all.end()));
                continue;
            }
            // `22.8% of this year's disbursement target` is a part of what is planned, at another time.
            let is_planned = relative && is_of_plan(&sentence[all.end()..]);
            if form.kind == Kind::None || is_planned {
                used.push((all.start(), all.end()));
                continue;
            }
            let period = if form.kind == Kind::Open || form.kind == Kind::Within {
                None
            } else {
                let Some(period) = period(form.kind, &captures, base) else { continue };
                Some(period)
            };
            used.push((all.start(), all.end()));
            // `(2019)` is an aside, but not right behind a number; a span of years or of months in brackets says what the
            // words before it mean.
            let bracket = before.trim_end_matches(['s', 'p', ' ']).strip_suffix('(');
            let enclosed = bracket.is_some_and(|head| !is_measured(head))
                && sentence[all.end()..].starts_with(')')
                && !matches!(period, Some(Period::Range(..) | Period::Half(..)));
            let against = against(before);
            let compared = against == Some(Against::Number);
            if !enclosed && (against.is_none() || compared) {
                let open = before.rfind('(').filter(|open| Some(*open) > before.rfind(')'));
                let head = open.map_or(before, |open| &before[..open]);
                // `trong nhiệm kỳ qua (2015-2020)` says which years those are.
                // A day to come is a last day for something, and not that of what is told next.
                let is_due = is_day(period)
                    && period.zip(base.published).is_some_and(|(day, today)| day.days().0 > today);
                let leads = !compared
                    && !ends_with(before, &periods().contrasts)
                    && (open.is_none() || counts_years(head))
                    && !is_due
                    && leads(form.kind, if open.is_some() { without_years(head) } else { head });
                let named = period.is_some() && is_of_a_name(before);
                let within = form.kind == Kind::Within;
                found.push(Stated {
                    start: all.start(),
                    end: all.end(),
                    period,
                    leads,
                    named,
                    compared,
                    within,
                });
            }
        }
    }
    for begin in std::iter::once(0).chain(BREAKS.find_iter(sentence).map(|sign| sign.end())) {
        let clause = sentence[begin..].trim_start();
        let start = sentence.len() - clause.len();
        let Some(end) = NOW.find(clause).map(|now| start + now.end()) else { continue };
        if !used.iter().any(|(from, to)| start < *to && *from < end) {
            found.push(Stated {
                start,
                end,
                period: None,
                leads: true,
                named: false,
                compared: false,
                within: false,
            });
        }
    }
    found.sort_by_key(|stated| stated.start);
    // `giai đoạn 2016 - 2020 … hằng năm giảm 2%` is of these years.
    let mut holds = base.held;
    found.retain(|stated| {
        let is_same = stated.within && holds.is_some_and(has_years);
        if !is_same && !stated.within {
            holds = stated.period;
        }
        !is_same
    });
    found
}

/// Whether a period is a span of years.
fn has_years(period: Period) -> bool {
    matches!(period, Period::Range(from, to) if from.year() != to.year())
}

/// Whether words in front of a number only compare something with it: `so với mức 11%`.
pub(super) fn is_compared(words: &str) -> bool {
    let words = lower(tail(words));
    let mut rest = words.trim_end();
    loop {
        if periods().comparing.iter().any(|against| rest.ends_with(against.as_str())) {
            return true;
        }
        let Some(word) = rest.split_whitespace().next_back().filter(|word| periods().levels.contains(*word))
        else {
            return false;
        };
        rest = rest[..rest.len() - word.len()].trim_end();
    }
}

/// Whether the clause behind a number says that it is of an earlier time: `11% của kỳ trước`.
pub(super) fn is_earlier(behind: &str) -> bool {
    /// Words in which it is looked for.
    const REACH: usize = 8;
    let ends = |word: &&str| word.ends_with([',', ';', '.', ')']);
    let words: Vec<&str> = behind.split_whitespace().take(REACH).collect();
    let clause = words.iter().position(ends).map_or(words.len(), |last| last + 1);
    words[..clause].iter().any(|word| {
        let word = word.trim_end_matches([',', ';', '.', ')']);
        periods().earlier.contains(lower(word).as_ref())
    })
}

/// Whether a period is a single day.
pub(super) fn is_day(period: Option<Period>) -> bool {
    matches!(period, Some(Period::Date(date)) if date.day().is_some())
}

/// Whether a paragraph that begins so goes on with the one before.
pub(super) fn carries_on(paragraph: &str) -> bool {
    let start: String = paragraph.chars().take(20).flat_map(char::to_lowercase).collect();
    periods().carry.iter().any(|word| start.starts_with(word.as_str()))
}

/// Whether a paragraph says that it is of the months that the text last reported on.
pub(super) fn resumes(paragraph: &str) -> bool {
    let words = lower(paragraph);
    periods().resume.iter().any(|phrase| words.contains(phrase.as_str()))
}

/// Whether a sentence that begins so tells of something aside, which no period is carried to.
pub(super) fn is_aside(sentence: &str) -> bool {
    let start: String = sentence.chars().take(12).flat_map(char::to_lowercase).collect();
    periods().asides.iter().any(|word| start.starts_with(word.as_str()))
}

/// Whether words in front of the first number of a paragraph say that it goes on with the report before it: `cũng xử phạt`.
pub(super) fn tells_more(words: &str) -> bool {
    // `Cũng theo ngành điện, …` is another report of theirs.
    words.split_whitespace().skip(1).any(|word| periods().more.contains(lower(word).as_ref()))
}

/// Whether a sentence with a number tells no share and no change, which alone go on with the months of the number before.
pub(super) fn is_other(sentence: &str) -> bool {
    crate::pattern::has_digit(sentence)
        && !periods().shares.iter().any(|sign| sentence.contains(sign.as_str()))
}

/// Whether a sentence tells the parts of what was counted last.
pub(super) fn tells_parts(sentence: &str) -> bool {
    let start: String = sentence.chars().take(12).flat_map(char::to_lowercase).collect();
    periods().parts.iter().any(|words| start.starts_with(words.as_str()))
}

/// Whether words end with one of these.
fn ends_with(words: &str, endings: &[String]) -> bool {
    let words = lower(tail(words.trim_end()));
    endings.iter().any(|ending| {
        words.strip_suffix(ending.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// Whether words between a number and a period behind it move on to the next number: `chiếm 31% đến năm 2020 giảm còn 20%`.
/// `rest` are those from the period to that number.
pub(super) fn moves_on(between: &str, rest: &str) -> bool {
    !between.contains([',', ';', '('])
        && !rest.contains([',', ';', '(', '.'])
        && ends_with(between, &periods().onward)
}

/// Whether a number is set against the month before: it is of a single month.
pub(super) fn is_monthly(after: &str) -> bool {
    let after = lower(after.get(..after.floor_char_boundary(48)).unwrap_or(after)).trim_start().to_owned();
    periods().monthly.iter().any(|words| after.starts_with(words.as_str()))
}

/// The last month of some months of one year.
pub(super) fn last_month(period: Period) -> Option<Period> {
    let several = match period {
        Period::Half(..) | Period::Quarter(..) => true,
        Period::Range(from, to) => from.year() == to.year() && to.month().is_some() && to.day().is_none(),
        Period::Date(_) => false,
    };
    let (_, last) = period.days();
    let month = PartialDate::new(last.year(), Some(last.month()), None)?;
    several.then_some(Period::Date(month))
}

/// Whether words between a number and a period behind it make the period that of what follows.
pub(super) fn is_of_next(between: &str) -> bool {
    between.split_whitespace().any(|word| periods().joins.contains(lower(word).as_ref()))
}

/// Whether a day is only that on which somebody told a number: `before` are the words in front of the day, `between` those
/// up to the number.
pub(super) fn is_of_telling(period: Option<Period>, before: &str, between: &str) -> bool {
    let ends = |word: &String| {
        let before = before.trim_end();
        before
            .to_lowercase()
            .strip_suffix(word.as_str())
            .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    let between = lower(between);
    // `công bố hôm 7/8`
    let told = || periods().told.iter().any(|word| between.contains(word.as_str()));
    is_day(period) && (periods().told.iter().any(ends) || told() && !periods().as_of.iter().any(ends))
}

/// Whether a number is of the same period of the year before: `5,5% của cùng kỳ năm ngoái`, `cùng kỳ tăng 4,8%`.
pub(super) fn is_of_year_before(before: &str, after: &str) -> bool {
    let same = &periods().same;
    let after = after.trim_start();
    if same.behind.iter().any(|words| after.starts_with(words.as_str())) {
        return true;
    }
    let before = lower(tail(before));
    let enclosed = before.trim_end().strip_suffix('(');
    let mut rest = enclosed.unwrap_or(&before).trim_end();
    while let Some(word) = rest.split_whitespace().next_back().filter(|word| same.verbs.contains(*word)) {
        rest = rest[..rest.len() - word.len()].trim_end();
    }
    // `thấp hơn cùng kỳ năm 2016 (5,48%)`
    if enclosed.is_some() {
        rest = rest.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    }
    let front =
        same.front.iter().filter_map(|words| rest.strip_suffix(words.as_str())).min_by_key(|rest| rest.len());
    front.is_some_and(|rest| {
        let rest = rest.trim_end();
        // `thấp hơn cùng kỳ (5,48%)` says in brackets what that was.
        enclosed.is_some()
            || !rest.ends_with(char::is_alphabetic)
            || !same.against.iter().any(|word| rest.ends_with(word.as_str()))
    })
}

/// The same period of the year before.
pub(super) fn year_before(period: Period) -> Option<Period> {
    in_years(period, -1)
}

/// The same month or day of the year behind.
pub(super) fn year_behind(period: Period) -> Option<Period> {
    let dated = matches!(period, Period::Date(date) if date.month().is_some());
    in_years(period, 1).filter(|_| dated)
}

fn in_years(period: Period, years: i16) -> Option<Period> {
    let moved = |date: PartialDate| PartialDate::new(date.year() + years, date.month(), date.day());
    match period {
        Period::Half(year, half) => Some(Period::Half(year + years, half)),
        Period::Quarter(year, quarter) => Some(Period::Quarter(year + years, quarter)),
        Period::Date(date) => moved(date).map(Period::Date),
        Period::Range(from, to) if from.year() == to.year() => Some(Period::Range(moved(from)?, moved(to)?)),
        Period::Range(..) => None,
    }
}

/// Whether words end in a count of years, which a bracket behind them may name.
pub(super) fn counts_years(words: &str) -> bool {
    YEARS.is_match(tail(words))
}

/// Whether words between the head of a sentence and a number say that it is of now.
pub(super) fn is_now(words: &str) -> bool {
    ENDS.is_match(words)
}

/// Words without the count of years that they end in.
fn without_years(words: &str) -> &str {
    let near = tail(words);
    &words[..words.len() - YEARS.find(near).map_or(0, |found| near.len() - found.start())]
}

/// Whether words in front of a period say that it is that of an aim.
pub(super) fn is_aimed_at(words: &str) -> bool {
    let words = lower(words);
    periods().aims.iter().any(|aim| words.contains(aim.as_str()))
}

/// Whether words around a number make it a yearly rate.
pub(super) fn is_yearly(words: &str) -> bool {
    let words = lower(words);
    periods().yearly.iter().any(|yearly| words.contains(yearly.as_str()))
}

/// Whether words around a number make it an average over some time.
pub(super) fn is_average(words: &str) -> bool {
    let words = lower(words);
    periods().averages.iter().any(|average| words.contains(average.as_str()))
}

/// Whether a number stands in front of `năm sau`, `năm tới`: so many years on.
fn is_counted(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default();
    before.ends_with(char::is_whitespace)
        && (last.ends_with(|c: char| c.is_ascii_digit())
            || periods().counts.contains_key(lower(last).as_ref()))
}

/// Whether months are a span of time rather than the first of a year: `sau 6 tháng`, `36 tháng tuổi`.
fn is_span(before: &str, after: &str) -> bool {
    let small = |word: &str| {
        word.trim_matches(|c: char| matches!(c, ',' | '.' | '(' | ')' | ';' | ':')).to_lowercase()
    };
    let last = before.split_whitespace().next_back().map(small).unwrap_or_default();
    let next = after.split_whitespace().next().map(small).unwrap_or_default();
    let glued = after.starts_with(['/', '-', ')']);
    let head = before.trim_end().is_empty() || before.trim_end().ends_with([',', ';', ':', '.', '(']);
    // Behind other numbers and their words it is one of several spans.
    glued
        || periods().spans_behind.contains(&next)
        || !head
            && (periods().spans_before.contains(&last)
                || last.is_empty()
                || last.chars().all(|c| c.is_ascii_digit()))
}

/// Whether a period behind these words holds for the following sentences: it stands at the head of the sentence or of a
/// clause. A day does only where it ends a count (`as of 30 June`), since it otherwise dates an event.
fn leads(kind: Kind, before: &str) -> bool {
    static CLAUSE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(&format!(r"(?i)[,:]\s*(?:(?:{})\s+)*$", alternatives(&periods().leading)))
    });
    static AS_OF: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"(?i)\b(?:as of|by|until|tính đến|đến|hết)(?: the end of| hết| ngày| hết ngày)*\s*$")
    });
    // `ông Đá cho biết trong giai đoạn 2020 - 2025 …`
    static TOLD: LazyLock<Pattern> = LazyLock::new(|| {
        let told = alternatives(&periods().told);
        Pattern::new(&format!(
            r"(?i)\b(?:{told})(?: rằng| that)?,?\s+(?:(?:{})\s+)*$",
            alternatives(&periods().leading)
        ))
    });
    let begins = |before: &str| CLAUSE.is_match(tail(before)) || TOLD.is_match(tail(before));
    let heads = before.chars().count() < 45 || begins(before);
    match kind {
        Kind::Day | Kind::Today | Kind::Yesterday => heads && AS_OF.is_match(tail(before)),
        // `Chỉ số giá tháng 4 tăng 0,9%`: the month is that of one index, and not of what is told next.
        Kind::Month => heads && !is_of_one(before),
        _ => heads,
    }
}

/// Whether what is measured stands right in front of a month, which then is of it alone.
fn is_of_one(before: &str) -> bool {
    let clause = before.rsplit([',', ';', ':']).next().unwrap_or_default();
    let last = clause.split_whitespace().next_back().map(|word| word.trim_matches(['(', ')', '-', '–', '+']));
    last.is_some_and(|last| !last.is_empty() && !periods().adverbs.contains(lower(last).as_ref()))
}

/// Whether what a time has, `'s`, is a plan.
fn is_of_plan(behind: &str) -> bool {
    /// Words in which the plan is looked for.
    const REACH: usize = 6;
    let Some(owned) = behind.strip_prefix("'s ").or_else(|| behind.strip_prefix("’s ")) else {
        return false;
    };
    let ends = |word: &&str| word.ends_with([',', ';', '.', ')']);
    let words: Vec<&str> = owned.split_whitespace().take(REACH).collect();
    let clause = words.iter().position(ends).map_or(words.len(), |last| last + 1);
    words[..clause].iter().any(|word| {
        let word = lower(word.trim_end_matches([',', ';', '.', ')']));
        periods().planned.contains(word.as_ref())
    })
}

/// What a period is compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Against {
    /// Itself: `so với năm 2019`.
    Time,
    /// A number of that time: `so với 22 vụ của năm 2019`.
    Number,
}

/// Whether a period behind these words is only compared with, and how.
fn against(before: &str) -> Option<Against> {
    // The day of a directive: `Kế hoạch số 9/KH-UBND ngày …`.
    static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(
            r"(?i)(?:(?:\bsố|\bno\.?)\s*\d[\w/.-]*|\d\w*\s*[-/][\p{L}/-]{2,})\s*,?\s*(?:ngày|dated|năm|of)?\s*$",
        )
    });
    static DELIVERED: LazyLock<Pattern> = LazyLock::new(|| {
        let words: Vec<String> = [&periods().deliveries[..], &periods().multiples[..]].concat();
        Pattern::new(&format!(r"(?i)\b(?:{})\s*$", alternatives(&words)))
    });
    if NUMBERED.is_match(tail(before)) || DELIVERED.is_match(tail(before)) {
        return Some(Against::Time);
    }
    // Up to the end of its clause all is compared.
    let clause = tail(before).rsplit([',', ';', '(', ')']).next().unwrap_or_default();
    let clause = lower(clause.rsplit(". ").next().unwrap_or_default());
    let far = periods()
        .comparing
        .iter()
        .filter_map(|words| Some(clause.rfind(words.as_str())? + words.len()))
        .max()
        .filter(|end| !is_of_next(&clause[*end..]));
    if let Some(end) = far {
        let numbered = clause[end..].contains(|c: char| c.is_ascii_digit());
        return Some(if numbered { Against::Number } else { Against::Time });
    }
    let near: String = before.chars().rev().take(36).collect::<Vec<_>>().into_iter().rev().collect();
    let near = near.to_lowercase();
    let near = near.rsplit([',', ';', '.']).next().unwrap_or_default();
    let share = near.rsplit_once('%').map(|(_, behind)| behind);
    let near_words = near.char_indices().rev().nth(27).map_or(near, |(at, _)| &near[at..]);
    let is_against = periods().against.iter().any(|word| near_words.contains(word.as_str()))
        || share.is_some_and(|behind| periods().plans.iter().any(|word| behind.contains(word.as_str())));
    is_against.then_some(Against::Time)
}

/// Whether a period is that of some months of one year, as a report is on.
pub(super) fn is_of_months(period: Period) -> bool {
    last_month(period).is_some()
}

/// Whether words end with a number and its unit.
fn is_measured(words: &str) -> bool {
    static MEASURED: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::new(r"\d[\d.,]*\s*(?:%|(?:\s*[\p{L}/]+){0,3})\s*$"));
    MEASURED.is_match(tail(words))
}

/// Whether a period behind these words belongs to the name of a document: `Kế hoạch phát triển nhà ở giai đoạn …`.
fn is_of_a_name(before: &str) -> bool {
    let clause = tail(before).rsplit([',', ';', ':', '.']).next().unwrap_or_default();
    let clause = lower(clause);
    let named =
        periods().names.iter().filter_map(|word| Some(clause.rfind(word.as_str())? + word.len())).max();
    // `Kế hoạch đặt mục tiêu đến năm 2025` tells what is aimed at, and when.
    named.is_some_and(|end| !periods().aims.iter().any(|word| clause[end..].contains(word.as_str())))
}

fn period(kind: Kind, captures: &Captures<'_>, base: Base) -> Option<Period> {
    let today = base.published;
    let base = base.day();
    let group = |name: &str| captures.name(name).map(|found| found.as_str());
    let number = |name: &str| {
        let written = group(name)?;
        written.parse::<i16>().ok().or_else(|| periods().counts.get(&lower(written).to_string()).copied())
    };
    let year = || number("year").or_else(|| number("to")).or(base.map(Date::year));
    let stated = number("year");
    let date = |year, month, day| PartialDate::new(year, month, day);
    let month = || {
        let name = group("name").map(str::to_lowercase);
        match name {
            Some(name) => i8::try_from(periods().months.iter().position(|month| *month == name)? + 1).ok(),
            None => i8::try_from(number("month")?).ok(),
        }
    };
    // A month without a year is the last one that has begun.
    let past = |month: i8| {
        let base = base?;
        Some(base.year() - i16::from(month > base.month()))
    };
    match kind {
        Kind::Range => {
            let from = number("year")?;
            let to = number("to").map(|to| if to < 100 { from / 100 * 100 + to } else { to })?;
            let (from, to) = (date(from, None, None)?, date(to, None, None)?);
            (from <= to).then_some(Period::Range(from, to))
        }
        Kind::Since => {
            let month = month();
            let to = date(base?.year(), month.and(base.map(Date::month)), None)?;
            let from = date(number("year").or_else(|| past(month?))?, month, None)?;
            (from <= to).then_some(Period::Range(from, to))
        }
        Kind::YearToNow => {
            let base = base?;
            let from = date(year()?, Some(1), None)?;
            let to = date(base.year(), Some(base.month()), None)?;
            if from == to { Some(Period::Date(from)) } else { (from < to).then_some(Period::Range(from, to)) }
        }
        Kind::YearToDay => {
            let (year, day) = (year()?, i8::try_from(number("day")?).ok()?);
            Some(Period::Range(date(year, Some(1), Some(1))?, date(year, month(), Some(day))?))
        }
        Kind::Days => {
            let small = |name| i8::try_from(number(name)?).ok();
            let end = number("to").or(base.map(Date::year))?;
            let (month, last) = (small("month")?, small("tomonth")?);
            let begin = number("from").unwrap_or(end - i16::from(month > last));
            let from = date(begin, Some(month), Some(small("day")?))?;
            let to = date(end, Some(last), Some(small("today")?))?;
            (from <= to).then_some(Period::Range(from, to))
        }
        Kind::ToMonth => {
            let first = number("first").and_then(|first| i8::try_from(first).ok());
            let from = date(number("year")?, first.or(Some(1)), None)?;
            let to = date(number("to").or_else(|| number("year"))?, month(), None)?;
            (from < to).then_some(Period::Range(from, to))
        }
        Kind::PastMonths => {
            let (base, count) = (base?, i8::try_from(number("count")?).ok()?);
            let since_january = count == base.month() || count + 1 == base.month();
            if since_january && count > 1 { months(count, base.year()) } else { None }
        }
        Kind::Months | Kind::BareMonths => {
            let count = match group("name") {
                Some(_) => month()?,
                None => i8::try_from(number("count").or_else(|| number("again"))?).ok()?,
            };
            let bare = kind == Kind::BareMonths && !(2..=11).contains(&count);
            if bare { None } else { months(count, year()?) }
        }
        Kind::LastHalf => Some(Period::Half(year()?, 2)),
        Kind::FirstHalf => Some(Period::Half(year()?, 1)),
        Kind::Quarter => {
            let quarter = u8::try_from(number("count")?).ok()?;
            let year = match stated {
                Some(year) => year,
                None => past(i8::try_from(quarter).ok()? * 3 - 2)?,
            };
            Some(Period::Quarter(year, quarter))
        }
        Kind::Day => {
            let (month, day) = (month()?, i8::try_from(number("day")?).ok()?);
            let year = match (stated, base) {
                (Some(year), _) => year,
                (None, base) => {
                    let base = base?;
                    let here = Date::new(base.year(), month, day).ok()?;
                    // Days that are a month ahead are announced, those further off are past.
                    base.year() - i16::from((here - base).get_days() > 45)
                }
            };
            date(year, Some(month), Some(day)).map(Period::Date)
        }
        Kind::MonthPart => {
            let month = month()?;
            let year = number("to").or_else(|| past(month))?;
            let last = Date::new(year, month, 1).ok()?.days_in_month();
            let (from, to) = *periods().month_parts.get(lower(group("count")?).as_ref())?;
            let to = if to > 30 { last } else { to.min(last) };
            Some(Period::Range(date(year, Some(month), Some(from))?, date(year, Some(month), Some(to))?))
        }
        Kind::Month => {
            let month = month()?;
            let year = stated.or_else(|| past(month))?;
            date(year, Some(month), None).map(Period::Date)
        }
        Kind::Year => Period::year(stated?),
        Kind::Today => today.map(|today| Period::Date(today.into())),
        Kind::Yesterday => Some(Period::Date(today?.yesterday().ok()?.into())),
        Kind::ThisYear => Period::year(base?.year()),
        Kind::LastYear => Period::year(base?.year() - 1),
        Kind::NextYear => Period::year(base?.year() + 1),
        Kind::Open | Kind::Within | Kind::None => None,
    }
}

/// The first months of a year.
fn months(count: i8, year: i16) -> Option<Period> {
    let month = |month| PartialDate::new(year, Some(month), None);
    match count {
        6 => Some(Period::Half(year, 1)),
        3 => Some(Period::Quarter(year, 1)),
        12 => Period::year(year),
        count => Some(Period::Range(month(1)?, month(count)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_in_both_languages() {
        let check = |sentence: &str, expected: &[&str]| {
            let base = Base { published: Some(Date::constant(2020, 8, 7)), held: None };
            let found: Vec<String> = all(sentence, base, &[])
                .iter()
                .map(|stated| stated.period.map_or("now".to_owned(), |period| period.to_string()))
                .collect();
            assert_eq!(found, expected, "{sentence}");
        };
        check("In the first 6 months of 2021, all went well", &["2021-H1"]);
        check("6 tháng đầu năm 2021, mọi việc đều tốt", &["2021-H1"]);
        check("Quý I/2022 và quý 3 năm 2022", &["2022-Q1", "2022-Q3"]);
        check(
            "Sáu tháng đầu năm, quí 2, chín tháng đầu năm 2019",
            &["2020-H1", "2020-Q2", "2019-01/2019-09"],
        );
        check("8 năm sau, trong năm năm tới, năm sau", &["now", "now", "2021"]);
        // Times that the words leave open.
        check("Năm 2019 thu 3 tỷ. Trong nhiệm kỳ qua, sau 10 năm", &["2019", "now", "now"]);
        check("Trong tháng, cả nước; trước đó, hồi đầu năm", &["now", "now", "now"]);
        check("Những tháng đầu năm 2020 và 3 năm gần đây", &["now", "now"]);
        check("Over the past three years, in recent years", &["now", "now"]);
        // A decade is no year.
        check("Đầu những năm 1990 còn 60%, từ những năm 80; thập niên 1970", &["now", "now", "now"]);
        check("In the early 1990s, since the 1980s", &["now", "now"]);
        check("Trong những năm 2010-2015; những năm 2016, 2018", &["2010/2015", "2016", "2018"]);
        check("Trong 5 năm (2016-2020)", &["now", "2016/2020"]);
        check("Giai đoạn 2016 - 2020, hằng năm", &["2016/2020"]);
        check("Năm 2020, hằng năm; trong nhiệm kỳ này", &["2020", "now", "now"]);
        check("Giai đoạn 2016 - 2020 thu 3 tỷ, trong giai đoạn này", &["2016/2020"]);
        check("gấp 3 lần năm 2015", &[]);
        check(
            "From January to July, collection rose; January-May 2019",
            &["2020-01/2020-07", "2019-01/2019-05"],
        );
        check("Nine-month revenue rose. A six-month course, the 5-month plan", &["2020-01/2020-09"]);
        check(
            "Lũ trung tuần tháng 10/2019, hạ tuần tháng 2",
            &["2019-10-11/2019-10-20", "2020-02-21/2020-02-29"],
        );
        check("Nửa đầu tháng 5, kỳ 2 tháng 7/2019", &["2020-05-01/2020-05-15", "2019-07-16/2019-07-31"]);
        check("7 tháng qua đạt, 36 tháng qua đạt", &["2020-01/2020-07"]);
        check("Từ ngày 15/4-15/5, xảy ra 4 vụ", &["2020-04-15/2020-05-15"]);
        check("từ ngày 16/12/2018 đến 15/6/2019", &["2018-12-16/2019-06-15"]);
        check("tăng 4% đến 21/6, tính đến nay", &["2020-06-21", "now"]);
        check(
            "Đến quý II, các đội thủy nông của những xã vùng thấp trong toàn tỉnh lần lượt bàn giao cho dân mương mới dài 3 km",
            &["2020-Q2"],
        );
        check("Năm 2021, tăng 3% so với năm 2020", &["2021"]);
        check("up 3% over the same period in 2020", &[]);
        check("Up to now, all communes", &["now"]);
        check("It reached 22% of this year's investment target", &[]);
        check("Từ năm 2019 đến nay", &["2019/2020"]);
        check("Từ năm 2018 đến hết tháng 6-2020", &["2018-01/2020-06"]);
        check("từ tháng 3/2019 đến tháng 2/2020", &["2019-03/2020-02"]);
        check("From 2022 to 2024, and by June 2021", &["2022/2024", "2021-06"]);
        check("Đến 30/6/2020 đạt", &["2020-06-30"]);
        check("giai đoạn 2016 - 2020", &["2016/2020"]);
        check("Giai đoạn 2021-25 và giai đoạn (2016-2020)", &["2021/2025", "2016/2020"]);
        check("Từ đầu năm đến hết ngày 15/5, cả tỉnh", &["2020-01-01/2020-05-15"]);
        check("Kinh tế 5 tháng tăng 3%, 7 tháng tăng 4%", &["2020-01/2020-05", "2020-01/2020-07"]);
        check("Trẻ 6 tháng tuổi, sau 3 tháng, phạt 6 tháng tù", &[]);
        check("Chiều 30/7, ngày 5 tháng 8, ngày 2/12", &["2020-07-30", "2020-08-05", "2019-12-02"]);
        check("Tháng 6 thu 3 tỷ, quý II thu 9 tỷ", &["2020-06", "2020-Q2"]);
        check("6 tháng cuối năm và nửa đầu năm 2021", &["2020-H2", "2021-H1"]);
        check("In the first nine months of 2019, in May", &["2019-01/2019-09", "2020-05"]);
        check("In the second half of 2019 and the first half of this year", &["2019-H2", "2020-H1"]);
        check("On March 5, by 5 June 2019", &["2020-03-05", "2019-06-05"]);
        check("đạt 16% kế hoạch năm 2020, theo giá so sánh 2010", &[]);
        check("Năm ngoái 3 xã, năm tới 5 xã", &["2019", "2021"]);
        check("tính đến cuối tháng 7, hết tháng 11", &["2020-07", "2019-11"]);
        check("7 tháng đầu năm, trong quý II", &["2020-01/2020-07", "2020-Q2"]);
        check("Chè xanh (2019), mật ong (sp 2020)", &[]);
        check("Tính đến tháng 5-2020", &["2020-05"]);
        check(
            "đến 6/2020 đạt, từ tháng 7 đến 11/2021, từ tháng 10/2019-3/2020",
            &["2020-06", "2021-07/2021-11", "2019-10/2020-03"],
        );
        check("tăng từ 8% (2010) lên 19% (2020), chè (2019)", &["2010", "2020"]);
        check("giảm so với 22 vụ của năm 2019, so với các xã cùng vùng hồi tháng 3/2020", &["2019"]);
        check("Sáng nay bán 3 tấn, hôm qua 2 tấn", &["2020-08-07", "2020-08-06"]);
        check("giá dầu giao tháng 9, bàn giao trong tháng 6", &["2020-06"]);
        check("tăng 3% so với hôm qua", &[]);
        check("Đến ngày 31 – 7 – 2020, gấp 3 lần giai đoạn 2010 - 2015", &["2020-07-31"]);
    }
}
