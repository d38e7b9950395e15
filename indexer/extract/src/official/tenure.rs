//! When an office was held, where the sentence says so: from the words and dates around the name and the position.
//!
//! A date counts only where it is bound: right behind the position, right before the word of the event, at the head of
//! the sentence, or behind `from`. So the day of a decision, of a birth or of someone else's election dates no office.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};
use serde::Deserialize;

use super::retrospect;
use super::table::is_former;
use crate::figure::months;
use crate::{PartialDate, Tenure};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    from: Vec<String>,
    span: Vec<String>,
    until: Vec<String>,
    on: Vec<String>,
    join: Vec<String>,
    term: Vec<String>,
    now: Vec<String>,
    day: Vec<String>,
    part: Vec<String>,
    month: String,
    year: String,
    given_to: Vec<String>,
    number: Vec<String>,
    dated: Vec<String>,
    born: Vec<String>,
    born_on: Vec<String>,
    today: Vec<String>,
    between: Vec<String>,
    planned: Vec<String>,
    others: Vec<String>,
    suspended: Vec<String>,
    /// Offices and bodies in words that name no place, and what joins one to another of the same body.
    short_roles: Vec<String>,
    short_bodies: Vec<String>,
    shared_by: Vec<String>,
    event: Vec<Event>,
}

/// What begins or ends an office, in all its wordings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    #[expect(dead_code, reason = "names the row for those who read the table")]
    key: String,
    kind: Kind,
    /// Ends every office that is named before it.
    #[serde(default)]
    leaves: bool,
    words: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Start,
    End,
    /// Ends the office before it and starts the one behind it.
    Move,
    /// Tells of an office that has ended.
    Past,
    /// Says that an office is held; only a span of time tells more.
    Hold,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/tenures.toml").expect("the table comes with the program"));

struct Patterns {
    date: Regex,
    from: Regex,
    span: Regex,
    until: Regex,
    on: Regex,
    join: Regex,
    term: Regex,
    now: Regex,
    planned: Regex,
    others: Regex,
    suspended: Regex,
    /// The words of all events: most clauses hold none.
    any_event: Regex,
    /// The words of events, in the order of the rows.
    events: Vec<Regex>,
    /// A date with nothing but small words behind it.
    before_event: Regex,
    /// The number of a document, or the word for a birth: the date behind it is the document's or that of the birth.
    numbered: Regex,
    effective: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let regex = |pattern: String| Regex::new(&pattern).expect("the tables hold plain words");
    let any = |words: &[String]| {
        let mut words: Vec<&String> = words.iter().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.into_iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
    };
    let table = &*TABLE;
    let day = any(&table.day);
    let on = format!(r"(?:(?:(?:{day}) )*(?:{day}),? \(?)");
    let part = format!("(?:(?:{})[ -]?)?", any(&table.part));
    let (month, year) = (&table.month, &table.year);
    let names = months().join("|");
    let date = format!(
        r"(?:the )?(?:{on}?(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>(?:19|20)\d\d)|{on}?(?P<d2>\d{{1,2}}) {month} (?P<m2>\d{{1,2}})(?: {year} |/)(?P<y2>\d{{4}})|{part}(?:{month} )?(?P<m3>\d{{1,2}})(?:[/-]| {year} )(?P<y3>(?:19|20)\d\d)|{part}(?:{year} )?(?P<y4>(?:19|20)\d\d)|(?P<mon>{names}) (?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y5>\d{{4}})|(?P<d6>\d{{1,2}})(?:st|nd|rd|th)? (?P<mon6>{names}),? (?P<y6>\d{{4}})|{part}(?P<mon7>{names}),? (?P<y7>\d{{4}})|{on}(?P<d8>\d{{1,2}})[/-](?P<m8>\d{{1,2}})|(?P<mon9>{names}) (?P<d9>\d{{1,2}})|(?P<today>{}))\)?",
        any(&table.today)
    );
    let lead = |words: &[String]| regex(format!(r"(?i)^[ ,(]*(?:{})\s+", any(words)));
    Patterns {
        from: lead(&table.from),
        span: lead(&table.span),
        until: lead(&table.until),
        on: lead(&table.on),
        term: lead(&table.term),
        join: regex(format!(r"(?i)^\s*(?:{})\s*", any(&table.join))),
        now: regex(format!(r"(?i)^\s*(?:{})(?:[^\p{{L}}]|$)", any(&table.now))),
        planned: regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{})(?:[^\p{{L}}]|$)", any(&table.planned))),
        others: regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{})(?:[^\p{{L}}]|$)", any(&table.others))),
        suspended: regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{})(?:[^\p{{L}}]|$)", any(&table.suspended))),
        any_event: regex(format!(
            r"(?i)(?:^|[^\p{{L}}])(?:{})(?:[^\p{{L}}]|$)",
            any(&table.event.iter().flat_map(|event| event.words.iter().cloned()).collect::<Vec<_>>())
        )),
        events: table
            .event
            .iter()
            .map(|event| {
                regex(format!(r"(?i)(?:^|[^\p{{L}}])(?P<word>{})(?:[^\p{{L}}]|$)", any(&event.words)))
            })
            .collect(),
        before_event: regex(format!(r"(?i){date},?(?:\s+(?:{}))*\s*$", any(&table.between))),
        numbered: regex(format!(
            r"(?i)(?:(?:{})\s*\d[\w/.-]*|\d\w*\s*[-/][\p{{L}}/-]{{2,}})\s*,?\s*(?:\(|{})?\s*$|(?:{})\s*(?:{})?\s*$",
            any(&table.number),
            any(&table.dated),
            any(&table.born),
            any(&table.born_on)
        )),
        effective: regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{})\s+", any(&table.from))),
        date: regex(format!("(?i)^{date}")),
    }
});

/// One position of a person in a sentence.
pub(super) struct Held {
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// Behind words such as `giữ chức` or `elected as`: what a person is made, not what the person is.
    pub(super) linked: bool,
}

/// A person of a sentence with the positions that stand in it.
pub(super) struct Person {
    pub(super) name: Range<usize>,
    /// None for a position that is shared with others.
    pub(super) held: Vec<Option<Held>>,
}

impl Person {
    fn start(&self) -> usize {
        self.held
            .iter()
            .flatten()
            .map(|held| held.at.start)
            .chain([self.name.start])
            .min()
            .unwrap_or_default()
    }

    fn end(&self) -> usize {
        self.held.iter().flatten().map(|held| held.at.end).chain([self.name.end]).max().unwrap_or_default()
    }
}

/// What words say of a time.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    since: Option<PartialDate>,
    until: Option<PartialDate>,
    /// The day of an event, whichever it is.
    on: Option<PartialDate>,
}

/// What a sentence says of when its people held their positions, for each person.
pub(super) fn find(text: &str, people: &[Person], published: Option<Date>) -> Vec<Vec<Tenure>> {
    let mut all: Vec<Vec<Tenure>> = Vec::with_capacity(people.len());
    // The event of the person before, where it is told of several: `bầu ông A giữ chức …, ông B giữ chức …`.
    let mut carried: Option<(Kind, Option<PartialDate>)> = None;
    for (at, person) in people.iter().enumerate() {
        let from = at.checked_sub(1).map_or(0, |before| people[before].end());
        let to = people.get(at + 1).map_or(text.len(), Person::start);
        let clause = Clause { text, from: from.min(person.start()), to: to.max(person.end()), published };
        let follows = text[clause.from..person.start()].trim().len() < 12
            && !text[clause.from..person.start()].contains('.');
        let (found, event) = clause.tenures(person, carried.filter(|_| follows && at > 0));
        carried = event;
        all.push(found);
    }
    all
}

/// The part of a sentence that may speak of one person.
struct Clause<'a> {
    text: &'a str,
    from: usize,
    to: usize,
    published: Option<Date>,
}

/// The word of an event.
struct Word {
    start: usize,
    end: usize,
    kind: Kind,
    leaves: bool,
}

/// Years for which nobody holds an office.
const LONGEST: i16 = 50;

/// Years after which hardly anybody holds the same office.
const LONG_AGO: i16 = 10;

/// Whether with a time behind a comma the clause is over: `…, từ năm 2015 đến nay, Sở đã …` says when the clause's subject did.
fn is_last(behind: &str) -> bool {
    let behind = behind.trim_start();
    behind.is_empty() || behind.starts_with(['.', ';', ')'])
}

impl Clause<'_> {
    /// Whether an office stands behind one of the same body that is no longer held and that names nothing of it: `nguyên Bí thư
    /// Huyện ủy, Chủ tịch HĐND huyện Hạ Sơn`.
    fn shares_former(&self, person: &Person, at: usize) -> bool {
        let held = |at: usize| person.held.get(at).and_then(Option::as_ref).filter(|held| !held.linked);
        let pair = at.checked_sub(1).and_then(held).zip(held(at));
        let Some((first, second)) = pair.filter(|(first, second)| first.at.end <= second.at.start) else {
            return false;
        };
        let position = self.text[first.at.clone()].to_lowercase();
        let between = self.text[first.at.end..second.at.start].trim();
        let table = &*TABLE;
        let is_short = || {
            let office = position.split_once(' ').map_or("", |(_, office)| office);
            let role = table.short_roles.iter().filter_map(|role| office.strip_prefix(role.as_str()));
            let mut bodies = role.map(str::trim_start);
            bodies.any(|body| body.is_empty() || table.short_bodies.iter().any(|short| short == body))
        };
        is_former(&position) && table.shared_by.iter().any(|join| join == between) && is_short()
    }

    fn tenures(
        &self,
        person: &Person,
        carried: Option<(Kind, Option<PartialDate>)>,
    ) -> (Vec<Tenure>, Option<(Kind, Option<PartialDate>)>) {
        let words = self.words();
        let name = &person.name;
        let is_linked = person.held.iter().flatten().any(|held| held.linked);
        // What is done to a person stands before the name, with no more than a position between.
        let before = words.iter().rfind(|word| {
            word.end <= name.start
                && !self.text[word.end..name.start].contains([';', ':'])
                && word.kind != Kind::Hold
        });
        let mut event = before
            .filter(|word| matches!(word.kind, Kind::Start | Kind::Move) && is_linked)
            .map(|word| (word.kind, self.day(word)));
        if event.is_none() && before.is_none() && is_linked {
            event = carried;
        }
        let mut found = Vec::new();
        for (at, held) in person.held.iter().enumerate() {
            let Some(held) = held else { continue };
            let position = &self.text[held.at.clone()];
            let former = is_former(position) || self.shares_former(person, at);
            // Of positions in a row the time behind the last one is that of the last.
            let mut said = self.behind(held.at.end, former, name);
            let mut ended = former;
            let mut kind = None;
            if held.linked {
                let between = words.iter().rfind(|word| {
                    word.start >= name.end && word.end <= held.at.start && word.kind != Kind::Hold
                });
                let (told, day) = match between {
                    Some(word) => (Some(word.kind), self.day(word)),
                    None => match before.filter(|word| word.kind == Kind::End) {
                        Some(word) => (Some(word.kind), self.day(word)),
                        None => event.map_or((None, None), |(kind, day)| (Some(kind), day)),
                    },
                };
                kind = told.map(|told| if told == Kind::Move { Kind::Start } else { told });
                said.on = said.on.or(day);
                if self.from == 0
                    && let Some(head) = self.head_span()
                    && said.since.is_none()
                {
                    (said.since, said.until) = (head.since, head.until);
                }
            } else if held.at.end <= name.start
                && let Some(word) = before.filter(|word| word.end <= held.at.start)
                && self.text[word.end..held.at.start].len() < 60
            {
                let given = self.text[held.at.end..name.start].to_lowercase();
                let given = TABLE.given_to.iter().any(|word| given.contains(word.as_str()));
                match word.kind {
                    Kind::End if !is_linked => {
                        (kind, said.on) = (Some(Kind::End), said.on.or(self.day(word)));
                    }
                    Kind::Start if !is_linked && given => {
                        (kind, said.on) = (Some(Kind::Start), said.on.or(self.day(word)));
                    }
                    Kind::Move if is_linked => {
                        (kind, said.on) = (Some(Kind::End), said.on.or(self.day(word)));
                    }
                    _ => {}
                }
            } else if words.iter().any(|word| word.kind == Kind::Past && self.leads(word, name, held)) {
                kind = Some(Kind::Past);
            } else if let Some(word) = before.filter(|word| word.kind == Kind::Move && is_linked) {
                (kind, said.on) = (Some(Kind::End), self.day(word));
            }
            if matches!(kind, None | Some(Kind::Hold))
                && said.since.is_none()
                && (retrospect::is_over(self.text, person, at) || self.is_of_long_ago(person, at))
            {
                kind = Some(Kind::Past);
            }
            // `…, nghỉ hưu từ …`
            let leaves = words.iter().find(|word| {
                let between = &self.text[person.end()..word.start.max(person.end())];
                word.leaves
                    && !held.linked
                    && word.start >= held.at.end.max(name.end)
                    && between.len() < 60
                    && !PATTERNS.others.is_match(between)
            });
            if let Some(word) = leaves {
                let day = self.said(word.end, false).filter(|said| said.on.is_some() || said.since.is_some());
                let day = day.and_then(|said| said.on.or(said.since)).or_else(|| self.day(word));
                (kind, said.on) = (Some(Kind::End), day);
                said.since = None;
            }
            let tenure = self.tenure(at, kind, said, &mut ended, person);
            found.extend(tenure);
        }
        (found, event)
    }

    /// Whether the sentence is set years before the text, so that who held an office then most likely does no longer: `Năm 1987,
    /// Thủ tướng A …`.
    fn is_of_long_ago(&self, person: &Person, position: usize) -> bool {
        let Some(last) = self.published.map(|published| published.year() - LONG_AGO) else { return false };
        let begin = PATTERNS.on.find(self.text).map_or(0, |lead| lead.end());
        let Some((date, length)) = self.date(&self.text[begin..]) else { return false };
        let begins = begin + length;
        let next = self.text[begins..].trim_start();
        date.first_day().year() <= last
            && !PATTERNS.join.is_match(next)
            && !PATTERNS.until.is_match(next)
            && retrospect::is_of_then(self.text, begins, person, position, last)
    }

    /// Whether a word stands behind a name and right before what its bearer is: `ông A, khi đó là Chủ tịch UBND tỉnh`.
    fn leads(&self, word: &Word, name: &Range<usize>, held: &Held) -> bool {
        /// Bytes of what the office is called by between the two: `giữ cương vị`.
        const BETWEEN: usize = 24;
        let between = self.text.get(word.end..held.at.start);
        word.start >= name.end && between.is_some_and(|words| words.len() <= BETWEEN && !words.contains(','))
    }

    /// What the event and the times say together.
    fn tenure(
        &self,
        position: usize,
        kind: Option<Kind>,
        said: Said,
        ended: &mut bool,
        person: &Person,
    ) -> Option<Tenure> {
        let past = |date: &PartialDate| self.published.is_none_or(|published| date.first_day() <= published);
        let Said { mut since, mut until, on } = said;
        match kind {
            Some(Kind::Start | Kind::Move) => {
                let effective = since.or_else(|| self.effective(person));
                since = effective.or(on);
            }
            Some(Kind::End) => {
                *ended = true;
                until = since.take().or(until).or_else(|| self.effective(person)).or(on);
            }
            Some(Kind::Past) => *ended = true,
            Some(Kind::Hold) | None => {}
        }
        until = until.filter(past);
        // What ends in the future has not ended; what begins in it is a plan.
        since = since.filter(|since| self.published.is_none_or(|published| since.first_day() <= published));
        if until.is_some() {
            *ended = true;
        }
        if let (Some(from), Some(to)) = (since, until)
            && from.first_day() > to.last_day()
        {
            return None;
        }
        (since.is_some() || until.is_some() || *ended).then_some(Tenure {
            position,
            since,
            until,
            ended: *ended,
        })
    }

    /// The words of events, those that are only planned left out.
    fn words(&self) -> Vec<Word> {
        let here = &self.text[self.from..self.to];
        let mut words: Vec<Word> = Vec::new();
        if !PATTERNS.any_event.is_match(here) {
            return words;
        }
        for (event, pattern) in TABLE.event.iter().zip(&PATTERNS.events) {
            for hit in pattern.captures_iter(here) {
                let Some(word) = hit.name("word") else { continue };
                let start = self.from + word.start();
                let clause = self.text[self.from..start]
                    .rfind([';', ':', '.', '“'])
                    .map_or(self.from, |cut| self.from + cut);
                let near = self.text.floor_char_boundary(start.saturating_sub(60)).max(clause);
                let end = self.from + word.end();
                let planned = PATTERNS.planned.is_match(&self.text[near..start]);
                words.push(Word {
                    start,
                    end,
                    kind: if planned { Kind::Hold } else { event.kind },
                    leaves: event.leaves && !planned,
                });
            }
        }
        words.sort_by_key(|word| (word.start, word.end));
        words
    }

    /// What stands right behind a position; behind one that the name follows, nothing.
    fn behind(&self, end: usize, former: bool, name: &Range<usize>) -> Said {
        // `tạm đình chỉ công tác đối với ông A, Giám đốc Sở Y tế, kể từ ngày 7-8`
        if !former && PATTERNS.suspended.is_match(&self.text[self.from..end]) {
            return Said::default();
        }
        let near = self.said(end, former);
        let after_name =
            || (end <= name.start).then(|| self.said(name.end, former)).flatten().filter(|_| former);
        near.or_else(after_name).unwrap_or_default()
    }

    /// The time that a place of the text begins with.
    fn said(&self, at: usize, former: bool) -> Option<Said> {
        let rest = self.text.get(at..self.to)?;
        let patterns = &*PATTERNS;
        if let Some(lead) = patterns.term.find(rest) {
            let rest = &rest[lead.end()..];
            let (since, length) = self.date(rest)?;
            let join = patterns.join.find(&rest[length..])?;
            let (until, _) = self.date(&rest[length + join.end()..])?;
            return former.then_some(Said { since: Some(since), until: Some(until), on: None });
        }
        let lead = patterns.span.find(rest).or_else(|| patterns.from.find(rest));
        let opened = rest.trim_start().starts_with('(').then(|| rest.len() - rest.trim_start().len() + 1);
        if let Some(begin) = lead.map(|lead| lead.end()).or(opened)
            && let Some((since, length)) = self.date(&rest[begin..])
        {
            let behind = &rest[begin + length..];
            let parted = !former && rest.trim_start().starts_with(',');
            if let Some(now) = patterns.now.find(behind) {
                let said = Said { since: Some(since), ..Said::default() };
                return (!parted || is_last(&behind[now.len()..])).then_some(said);
            }
            if let Some(join) = patterns.join.find(behind)
                && let Some((until, end)) = self.date(&behind[join.end()..])
            {
                // `110 năm ngày sinh của ông A (16-6-1907 – 16-6-2017)`
                let is_life = until.first_day().year() - since.first_day().year() > LONGEST;
                let ends = !parted || is_last(&behind[join.end() + end..]);
                return (ends && !is_life).then_some(Said {
                    since: Some(since),
                    until: Some(until),
                    on: None,
                });
            }
            return lead
                .filter(|_| !parted || is_last(behind))
                .map(|_| Said { since: Some(since), ..Said::default() });
        }
        if let Some(lead) = patterns.until.find(rest)
            && let Some((until, _)) = self.date(&rest[lead.end()..])
        {
            return Some(Said { until: Some(until), ..Said::default() });
        }
        let begin =
            patterns.on.find(rest).map_or_else(|| rest.len() - rest.trim_start().len(), |lead| lead.end());
        // Behind a comma a clause of its own may begin.
        let (on, _) = self.date(&rest[begin..]).filter(|_| begin > 0)?;
        Some(Said { on: Some(on), ..Said::default() })
    }

    /// The span of years that the sentence begins with: `Từ năm 2010 đến năm 2015, …`.
    fn head_span(&self) -> Option<Said> {
        let said = self.said(0, false)?;
        said.since.is_some().then_some(said)
    }

    /// The day of an event: the date right before its word, else the one that the sentence begins with.
    fn day(&self, word: &Word) -> Option<PartialDate> {
        let behind = self.said(word.end, false).and_then(|said| said.on);
        let before = &self.text[..word.start];
        let near = before.floor_char_boundary(before.len().saturating_sub(60));
        let right_before = PATTERNS.before_event.captures(&before[near..]).and_then(|hit| {
            let start = near + hit.get(0)?.start();
            (!PATTERNS.numbered.is_match(&before[..start])).then(|| self.read(&hit)).flatten()
        });
        let head = || {
            let begin = PATTERNS.on.find(self.text).map_or(0, |lead| lead.end());
            let (date, length) = self.date(&self.text[begin..])?;
            let next = self.text[begin + length..].trim_start();
            // The head of the sentence is this person's only where no one is named before.
            (next.starts_with(',') || next.starts_with(char::is_alphabetic)).then_some(date)
        };
        behind.or(right_before).or_else(|| if self.from == 0 { head() } else { None })
    }

    /// The date from which what is told holds, wherever the clause gives it.
    fn effective(&self, person: &Person) -> Option<PartialDate> {
        let rest = &self.text[person.end()..self.to];
        PATTERNS.effective.find_iter(rest).find_map(|lead| Some(self.date(&rest[lead.end()..])?.0))
    }

    /// The date that some words begin with and its length.
    fn date(&self, words: &str) -> Option<(PartialDate, usize)> {
        let hit = PATTERNS.date.captures(words)?;
        let end = hit.get(0)?.end();
        let goes_on = words[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '%'));
        let day = hit.name("y4").is_some()
            && words[end..].starts_with('.')
            && words[end + 1..].starts_with(|c: char| c.is_ascii_digit());
        (!goes_on && !day).then(|| self.read(&hit)).flatten().map(|date| (date, end))
    }

    fn read(&self, hit: &Captures<'_>) -> Option<PartialDate> {
        let number =
            |groups: &[&str]| groups.iter().find_map(|group| hit.name(group)?.as_str().parse::<i16>().ok());
        if hit.name("today").is_some() {
            return self.published.map(PartialDate::from);
        }
        let name = ["mon", "mon6", "mon7", "mon9"].iter().find_map(|group| hit.name(group));
        let month = match name {
            Some(name) => months()
                .iter()
                .position(|month| month.eq_ignore_ascii_case(name.as_str()))
                .and_then(|at| i8::try_from(at + 1).ok()),
            None => number(&["m", "m2", "m3", "m8"]).and_then(|month| i8::try_from(month).ok()),
        };
        let day = number(&["d", "d2", "d5", "d6", "d8", "d9"]).and_then(|day| i8::try_from(day).ok());
        if let Some(year) = number(&["y", "y2", "y3", "y4", "y5", "y6", "y7"]) {
            return PartialDate::new(year, month, day);
        }
        // The year that is left out is that of the publication or the one before.
        let published = self.published?;
        let date = PartialDate::new(published.year(), month, day)?;
        if date.first_day() <= published {
            Some(date)
        } else {
            PartialDate::new(published.year() - 1, month, day)
        }
    }
}
