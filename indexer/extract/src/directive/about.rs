//! What the words around a directive say about it: its date, issuer and subject.

use std::str::FromStr;
use std::sync::LazyLock;

use corpus::Span;
use jiff::civil::Date;
use regex::{Captures, Regex};

use super::rules::{self, RULES};
use super::subject;
use crate::passage::Passage;
use crate::{Directive, PartialDate};
use crate::{official, province};

const MONTHS: &str = "January|February|March|April|May|June|July|August|September|October|November|December";

/// Patterns around a mention; those for words after it begin with `^`, those before it end with `$`.
struct Around {
    date: Regex,
    issuer: Regex,
    quoted: Regex,
    subject: Regex,
    acted: Regex,
    issued_by: Regex,
    /// The same of a body with all that may stand in its name.
    issued_by_whole: Regex,
    /// The verb alone, whoever issued.
    is_issued: Regex,
    /// Where a body stands before the words that say that it is in the document: `chỉ đạo của UBND tỉnh tại`.
    said_in: Regex,
    /// Behind a mention, what was done to it by whom: `được UBND tỉnh ban hành`.
    was_issued: Regex,
    /// A body alone in a bracket behind a mention: `Nghị định 86 (Chính phủ)`.
    in_bracket: Regex,
    /// Behind whom a document was sent to: `gửi các huyện về việc …`.
    sent: Regex,
    /// Where the clause begins behind a subject that the document is in: `, UBND huyện đã …`.
    next_clause: Regex,
    opening_date: Regex,
    /// A day without its year behind a mention, and at the beginning of a sentence.
    day: Regex,
    opening_day: Regex,
    date_before: Regex,
    day_before: Regex,
    /// What alone stands between two numbers of an enumeration.
    enumerated: Regex,
    /// What alone stands between two documents of a list that one body issued: `ngày 3/5/2021 và`.
    listed: Regex,
}

static AROUND: LazyLock<Around> = LazyLock::new(|| {
    let issuer = &RULES.issuer;
    let rules::Around { adverbs, acts, has, dated, opens, day: on, month, year, .. } = &RULES.around;
    let rules::Around { lately, by, decides, some, fresh, about, doing, .. } = &RULES.around;
    let rules::Around { within, saying, passive, sending, several, does, .. } = &RULES.around;
    let rules::Around { again, called, .. } = &RULES.around;
    let whole = &RULES.whole_issuer;
    let day = format!(
        r"(?:(?P<d>\d{{1,2}})(?:[/.-](?P<m>\d{{1,2}})| {month} (?P<m2>\d{{1,2}}))|(?P<mon>{MONTHS}) (?P<d2>\d{{1,2}})|(?P<d3>\d{{1,2}}) (?P<mon2>{MONTHS}))(?:\b|$)"
    );
    let date = format!(
        r"(?:(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>(?:19|20)\d\d)|(?P<d2>\d{{1,2}}) {month} (?P<m2>\d{{1,2}}) {year} (?P<y2>\d{{4}})|(?P<mon>{MONTHS}) (?P<d3>\d{{1,2}}),? (?P<y3>\d{{4}})|(?P<d4>\d{{1,2}}) (?P<mon2>{MONTHS}) (?P<y4>\d{{4}})|(?P<mon3>{MONTHS}),? (?P<y5>\d{{4}})|{month} (?P<m3>\d{{1,2}})(?:[/-]| năm )(?P<y6>\d{{4}})|{year} (?P<y7>\d{{4}}))"
    );
    let verb = format!(
        r"(?:,? (?:{adverbs}))* (?:{acts}|{has})(?: (?:{again}))?(?: (?:{some}|\d+))?(?: (?:{fresh}))?(?: (?:{called}))? ?$"
    );
    let regex =
        |pattern: String| Regex::new(&pattern).expect("patterns of the program are checked by its tests");
    Around {
        date: regex(format!(r"^[ ,(]*(?:(?:{dated}) )?(?:(?:{on}) ?)?{date}[),]?")),
        issuer: regex(format!(r"^[ ,(]*(?:(?:{by}) (?:the )?){issuer}\)?")),
        quoted: regex(format!(
            r#"^[ ,:]*(?:(?:{about})(?: (?:{doing}))? )?[“"«](?:(?i:{about}) )?([^”"»\n]{{3,600}})[”"»]"#
        )),
        subject: regex(format!(r"^,? ?(?:{about}) ")),
        acted: regex(format!(r"^, (?:the )?{issuer}(?: (?:{adverbs}))* (?:{decides})(?:\PL|$)")),
        issued_by: regex(format!(
            r"{issuer}(?:,? {date}(?: (?:{lately}))?)?(?:,? (?:{adverbs}))* (?:{acts}|{has})(?: (?:{some}|\d))?(?: (?:{fresh}))? ?$"
        )),
        issued_by_whole: regex(format!(r"{whole}(?:,? {date}(?: (?:{lately}))?)?{verb}")),
        is_issued: regex(verb),
        said_in: regex(format!(
            r"(?:(?:^|[ ,(])(?:{by}) {issuer}|{issuer}(?: (?:{adverbs}))*(?: (?:{saying}))+| ?{issuer},? \()(?:,? (?:{adverbs}))* ?(?:{within})(?: (?:{several}))? $"
        )),
        was_issued: regex(format!(
            r"^(?: (?:{adverbs}))* (?:{passive})(?: (?:{adverbs}))* (?:{issuer}|{whole})(?: (?:{adverbs}))* (?:{acts})(?:\PL|$)"
        )),
        in_bracket: regex(format!(r"^ \({issuer}\)")),
        sent: regex(format!(
            r"^,?(?: (?:{adverbs}))* (?:{sending}) [^.;“”]{{2,240}}? (?:{about}) (?:{doing}) "
        )),
        next_clause: regex(format!(r", {issuer}(?: (?:{adverbs}))* (?:{does})(?:\PL|$)")),
        opening_date: regex(format!(r"^(?:(?:{opens}) )?{date},? ")),
        // A comma ends what is said of the document: `Chỉ thị 16, ngày 5/4 xã họp`.
        day: regex(format!(r"^ ?\(?(?:(?:{dated}) )?(?:{on}) {day}")),
        opening_day: regex(format!(r"^(?:{opens}) {day},? ")),
        date_before: regex(format!(r"(?:^|[^\p{{L}}])(?:{opens}) {date},? (?:the )?$")),
        day_before: regex(format!(r"(?:^|[^\p{{L}}])(?:{opens}) {day},? (?:the )?$")),
        enumerated: regex(format!("^{}$", RULES.between)),
        listed: regex(format!(r"^(?:[ ,(]*(?:(?:{dated}) )?(?:(?:{on}) )?{date}\)?)?{}$", RULES.between)),
    }
});

/// Bytes behind a mention in which something may be said about it.
const REACH: usize = 1_500;

/// Other directives that the subject of one may name; where there are more they are a list.
const NESTED: usize = 4;

/// Fills in date, issuer and subject of the mentions of a line.
pub(super) fn complete(text: &str, line: &Passage, published: Option<Date>, mentions: &mut [Directive]) {
    let spans: Vec<Span> = mentions.iter().map(|directive| directive.span).collect();
    for (at, directive) in mentions.iter_mut().enumerate() {
        let span = directive.span;
        let next = line.sentences.partition_point(|sentence| sentence.start() <= span.start());
        let own = next.checked_sub(1).map(|own| line.sentences[own]);
        let sentence = own.filter(|own| span.start() < own.end()).unwrap_or(line.span);
        let end = text.floor_char_boundary(sentence.end().min(span.end() + REACH)).max(span.end());
        let previous = at.checked_sub(1).map_or(sentence.start(), |at| spans[at].end().max(sentence.start()));
        let before = &text[previous.min(span.start())..span.start()];
        let said = before.trim_end().to_lowercase();
        let obeyed = RULES.obeys.iter().any(|word| said.ends_with(word.as_str()));
        let later = spans.get(at + 1..).unwrap_or_default();
        after(text, span.end()..end, later, published, obeyed, directive);
        // Without the verb no body stands before it.
        let verb = AROUND.is_issued.find(before);
        let issued_by = verb.and_then(|_| {
            AROUND.issued_by.captures(before).or_else(|| AROUND.issued_by_whole.captures(before))
        });
        if let Some(found) = issued_by {
            let body = found.get(1).expect("one group");
            directive.issuer.get_or_insert_with(|| trimmed(body.as_str()));
            directive.issued = directive.issued.or(date(&found));
            // The day that the sentence begins with, or that stands right before the body.
            directive.issued = directive.issued.or_else(|| day_of(&before[..body.start()], published));
        } else if directive.issuer.is_none()
            && !directive.named
            && let Some(found) = AROUND.said_in.captures(before)
        {
            directive.issuer = first_body(&found);
        }
        if directive.issued.is_none()
            && !directive.named
            && let Some(verb) = verb
        {
            directive.issued = day_of_unknown(&before[..verb.start()], published);
        }
    }
    share(text, mentions);
}

/// The day that some words end with, or that their sentence begins with.
fn day_of(said: &str, published: Option<Date>) -> Option<PartialDate> {
    let dated = || AROUND.opening_date.captures(said).or_else(|| AROUND.date_before.captures(said));
    let on_day = || AROUND.opening_day.captures(said).or_else(|| AROUND.day_before.captures(said));
    dated()
        .and_then(|found| date(&found))
        .or_else(|| on_day().zip(published).and_then(|(found, published)| day(&found, published)))
}

/// Bytes between a day and what was issued on it: the name of a body that no table has.
const UNKNOWN_BODY: usize = 90;

/// The day that the sentence begins with, where nothing but a name stands between it and the verb.
fn day_of_unknown(said: &str, published: Option<Date>) -> Option<PartialDate> {
    let (found, is_whole) = match AROUND.opening_date.captures(said) {
        Some(found) => (found, true),
        None => (AROUND.opening_day.captures(said)?, false),
    };
    let name = &said[found.get(0)?.end()..];
    let is_name = name.len() <= UNKNOWN_BODY
        && name.starts_with(char::is_uppercase)
        && !name.contains([';', ':', '“', '"'])
        && !name.contains(", ");
    let day = if is_whole { date(&found) } else { published.and_then(|published| day(&found, published)) };
    day.filter(|_| is_name)
}

/// Numbers of one enumeration have one issuer; what stands behind the last is what all are about, and the day before the first
/// is that of all. Documents of one kind and symbol in a list have one issuer, too: `Quyết định 5/QĐ-TTg ngày 3/5/2021 và Quyết
/// định 9/QĐ-TTg của Thủ tướng`.
fn share(text: &str, mentions: &mut [Directive]) {
    for at in (1..mentions.len()).rev() {
        let (before, behind) = mentions.split_at_mut(at);
        let (this, next) = (&mut before[at - 1], &mut behind[0]);
        let listed = || {
            let between = text.get(this.span.end()..next.span.start()).unwrap_or_default();
            between.len() < LONGEST_BETWEEN && AROUND.listed.is_match(between)
        };
        if this.issuer.is_none() && next.issuer.is_some() && is_of_one(this, next) && listed() {
            this.issuer.clone_from(&next.issuer);
        }
    }
    let joined: Vec<bool> = mentions
        .windows(2)
        .map(|two| {
            let between = text.get(two[0].span.end()..two[1].span.start()).unwrap_or_default();
            two[0].kind == two[1].kind
                && two[1].span.of(text).starts_with(|c: char| c.is_ascii_digit())
                && AROUND.enumerated.is_match(between)
        })
        .collect();
    for at in (0..joined.len()).rev().filter(|at| joined[*at]) {
        let (before, behind) = mentions.split_at_mut(at + 1);
        let (this, next) = (&mut before[at], &behind[0]);
        this.issuer = this.issuer.take().or_else(|| next.issuer.clone());
        this.subject = this.subject.take().or_else(|| next.subject.clone());
    }
    for at in (0..joined.len()).filter(|at| joined[*at]) {
        let (before, behind) = mentions.split_at_mut(at + 1);
        let (this, next) = (&before[at], &mut behind[0]);
        next.issuer = next.issuer.take().or_else(|| this.issuer.clone());
        next.issued = next.issued.or(this.issued);
    }
}

/// Bytes between two documents of a list, and more.
const LONGEST_BETWEEN: usize = 80;

/// Whether two documents are of one kind of one body, as far as their symbols tell.
fn is_of_one(first: &Directive, second: &Directive) -> bool {
    let sign = |directive: &Directive| {
        let number = directive.number.as_deref()?;
        let (_, sign) = number.rsplit_once(|c: char| c == '/' || rules::is_dash(c))?;
        sign.contains(char::is_alphabetic).then(|| sign.to_uppercase())
    };
    match (sign(first), sign(second)) {
        (Some(first), Some(second)) => first == second,
        (None, None) => first.kind == second.kind && !first.named && !second.named,
        _ => false,
    }
}

/// Reads date, issuer and subject, in whichever order, from the words that follow a mention; `obeyed`: who is named next follows
/// the document, and did not issue it.
fn after(
    text: &str,
    rest: std::ops::Range<usize>,
    later: &[Span],
    published: Option<Date>,
    obeyed: bool,
    directive: &mut Directive,
) {
    let mut at = rest.start;
    let next = later.first().map_or(rest.end, |span| span.start().min(rest.end));
    for _ in 0..4 {
        let near = &text[at..next.max(at)];
        // Behind a comma a month or a year begins what happened then: `Kết luận 24, năm 2017, tỉnh đã …`.
        let is_own = |found: &Captures<'_>| {
            !found[0].starts_with(',') || ["y5", "y6", "y7"].iter().all(|group| found.name(group).is_none())
        };
        if let Some(found) = AROUND.date.captures(near).filter(is_own).filter(|_| directive.issued.is_none())
            && let Some(date) = date(&found)
        {
            directive.issued = Some(date);
            at += found.get(0).map_or(0, |all| all.end());
        } else if let Some(found) = AROUND.day.captures(near).filter(|_| directive.issued.is_none())
            && let Some(date) = published.and_then(|published| day(&found, published))
        {
            directive.issued = Some(date);
            at += found.get(0).map_or(0, |all| all.end());
        } else if let Some(found) = AROUND.issuer.captures(near).filter(|_| directive.issuer.is_none()) {
            directive.issuer = found.get(1).map(|body| trimmed(body.as_str()));
            at += found.get(0).map_or(0, |all| all.end());
        } else if directive.issuer.is_none()
            && let Some(found) = AROUND.was_issued.captures(near).or_else(|| AROUND.in_bracket.captures(near))
        {
            directive.issuer = first_body(&found);
            let all = found.get(0).map_or("", |all| all.as_str());
            // The blank behind the verb leads to the day.
            at += all.trim_end().len();
        } else {
            break;
        }
    }
    let words = &text[at..rest.end];
    if let Some(found) = AROUND.acted.captures(words)
        && directive.issuer.is_none()
        && !obeyed
    {
        directive.issuer = found.get(1).map(|body| trimmed(body.as_str()));
    }
    if directive.subject.is_some() {
        return;
    }
    if let Some(found) = AROUND.quoted.captures(words) {
        directive.subject = Some(found[1].trim().to_owned());
    } else if let Some(found) = AROUND
        .subject
        .find(words)
        .or_else(|| AROUND.sent.find(&words[..next.saturating_sub(at).min(words.len())]))
    {
        let start = at + found.end();
        let mut end = rest.end;
        // The next one of a list ends the subject; one within the subject belongs to it.
        let listed = |span: &&Span| {
            let before = text[start.min(span.start())..span.start()].trim_end();
            span.start() >= start && ends_with_link(before)
        };
        let inside = later.iter().take_while(|span| span.start() < end).enumerate();
        if let Some((_, span)) = inside.into_iter().find(|(nested, span)| *nested == NESTED || listed(span)) {
            end = end.min(span.start());
        }
        let subject = without_link(text[start..end.max(start)].trim_end());
        let cut = AROUND.next_clause.find(subject).map_or(subject.len(), |found| found.start());
        directive.subject = subject::of(&subject[..cut]).map(str::to_owned);
    }
}

/// Whether the words before a mention join it to the one before in a list.
fn ends_with_link(words: &str) -> bool {
    words.ends_with([';', ',']) || without_link(words).len() < words.len()
}

/// Some words without the one that joins them to what stands behind.
fn without_link(words: &str) -> &str {
    let rest = |join: &String| words.strip_suffix(join.as_str())?.strip_suffix(' ');
    RULES.joins.iter().find_map(rest).unwrap_or(words)
}

/// The body that one of several patterns found.
fn first_body(found: &Captures<'_>) -> Option<String> {
    found.iter().skip(1).flatten().next().map(|body| trimmed(body.as_str()))
}

/// A body without the linking word that its pattern may end with, and without the name of a person.
fn trimmed(body: &str) -> String {
    let body = without_link(body).trim();
    // What else it is called, or where it is.
    let body = body.strip_suffix(')').and_then(|body| Some(body.rsplit_once(" (")?.0)).unwrap_or(body);
    let body = body
        .rsplit_once(' ')
        .filter(|(_, last)| RULES.no_ends.iter().any(|end| end == last))
        .map_or(body, |(body, _)| body);
    if RULES.offices.iter().any(|office| office == body) {
        return body.to_owned();
    }
    for office in &RULES.offices {
        if let Some(name) = body.strip_prefix(office.as_str())
            && name.starts_with(' ')
            && province::named_in(name).is_none()
        {
            return office.clone();
        }
    }
    match official::name_at_end(body) {
        Some(at) => body[..at].trim_end().to_owned(),
        None => body.to_owned(),
    }
}

/// A day without its year: the last one before a text was published.
fn day(found: &Captures<'_>, published: Date) -> Option<PartialDate> {
    let month = month(found, &["mon", "mon2"], &["m", "m2"])?;
    let of = |year| PartialDate::new(year, Some(month), number(found, &["d", "d2", "d3"]));
    of(published.year()).filter(|day| day.first_day() <= published).or_else(|| of(published.year() - 1))
}

fn date(found: &Captures<'_>) -> Option<PartialDate> {
    let year = number(found, &["y", "y2", "y3", "y4", "y5", "y6", "y7"])?;
    let month = month(found, &["mon", "mon2", "mon3"], &["m", "m2", "m3"]);
    PartialDate::new(year, month, number(found, &["d", "d2", "d3", "d4"]))
}

/// The month that one of some groups has by its name, else that one of others has by its number.
fn month(found: &Captures<'_>, names: &[&str], numbers: &[&str]) -> Option<i8> {
    let Some(name) = names.iter().find_map(|group| found.name(group)) else { return number(found, numbers) };
    let at = MONTHS.split('|').position(|month| month == name.as_str())?;
    i8::try_from(at + 1).ok()
}

/// The number that the first of some groups has that is there.
fn number<T: FromStr>(found: &Captures<'_>, groups: &[&str]) -> Option<T> {
    groups.iter().find_map(|group| found.name(group)?.as_str().parse().ok())
}
