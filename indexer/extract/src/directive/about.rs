//! What the words around a directive say about it: its date, issuer and subject.

use std::sync::LazyLock;

use corpus::Span;
use regex::{Captures, Regex};

use super::rules::RULES;
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
    opening_date: Regex,
}

static AROUND: LazyLock<Around> = LazyLock::new(|| {
    let issuer = &RULES.issuer;
    let date = format!(
        r"(?:(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>(?:19|20)\d\d)|(?P<d2>\d{{1,2}}) tháng (?P<m2>\d{{1,2}}) năm (?P<y2>\d{{4}})|(?P<mon>{MONTHS}) (?P<d3>\d{{1,2}}),? (?P<y3>\d{{4}})|(?P<d4>\d{{1,2}}) (?P<mon2>{MONTHS}) (?P<y4>\d{{4}})|(?P<mon3>{MONTHS}),? (?P<y5>\d{{4}})|tháng (?P<m3>\d{{1,2}})(?:/| năm )(?P<y6>\d{{4}})|năm (?P<y7>\d{{4}}))"
    );
    let regex =
        |pattern: String| Regex::new(&pattern).expect("patterns of the program are checked by its tests");
    Around {
        date: regex(format!(
            r"^[ ,(]*(?:(?:ban hành|ký|được ban hành|issued|signed|promulgated) )?(?:ngày |dated |on |of )?{date}[),]?"
        )),
        issuer: regex(format!(
            r"^[ ,(]*(?:(?:do|của|of|by|from|issued by|passed by|promulgated by) (?:the )?){issuer}\)?"
        )),
        quoted: regex(
            r#"^[ ,:]*(?:(?:về|on|regarding)(?: việc)? )?[“"«](?:(?:On|Về) )?([^”"»\n]{3,600})[”"»]"#
                .to_owned(),
        ),
        subject: regex(r"^,? ?(?:về|on|regarding|concerning) ".to_owned()),
        acted: regex(format!(
            r"^, (?:the )?{issuer} (?:approved|appointed|decided|assigned|đã|phê duyệt|quyết định)"
        )),
        issued_by: regex(format!(
            r"{issuer}(?:,? {date}(?: vừa qua)?)?(?:(?:,? (?:đã|vừa|mới|cũng|tiếp tục|kịp thời|vừa mới|has|have|just|also|continued to|recently))* (?:ban hành|ký|ký ban hành|issue|issued|promulgated|signed|adopted)|(?:,? (?:đã|vừa|mới|cũng))* (?:có|ra))(?: the| a| các)?(?: new)? ?$"
        )),
        opening_date: regex(format!(r"^(?:Ngày |ngày |Vào ngày |In |On |Vào )?{date},? ")),
    }
});

/// Bytes behind a mention in which something may be said about it.
const REACH: usize = 1_500;

/// Other directives that the subject of one may name; where there are more they are a list.
const NESTED: usize = 4;

/// Fills in date, issuer and subject of the mentions of a line.
pub(super) fn complete(text: &str, line: &Passage, mentions: &mut [Directive]) {
    let spans: Vec<Span> = mentions.iter().map(|directive| directive.span).collect();
    for (at, directive) in mentions.iter_mut().enumerate() {
        let span = directive.span;
        let next = line.sentences.partition_point(|sentence| sentence.start() <= span.start());
        let own = next.checked_sub(1).map(|own| line.sentences[own]);
        let sentence = own.filter(|own| span.start() < own.end()).unwrap_or(line.span);
        let end = text.floor_char_boundary(sentence.end().min(span.end() + REACH)).max(span.end());
        let previous = at.checked_sub(1).map_or(sentence.start(), |at| spans[at].end().max(sentence.start()));
        let before = &text[previous.min(span.start())..span.start()];
        after(text, span.end()..end, spans.get(at + 1..).unwrap_or_default(), directive);
        if let Some(found) = AROUND.issued_by.captures(before) {
            let body = found.get(1).expect("one group");
            directive.issuer.get_or_insert_with(|| trimmed(body.as_str()));
            directive.issued = directive.issued.or(date(&found));
            if directive.issued.is_none()
                && let Some(opening) = AROUND.opening_date.captures(before)
                && opening.get(0).is_some_and(|opening| opening.end() <= body.start())
            {
                directive.issued = date(&opening);
            }
        }
    }
}

/// Reads date, issuer and subject, in whichever order, from the words that follow a mention.
fn after(text: &str, rest: std::ops::Range<usize>, later: &[Span], directive: &mut Directive) {
    let mut at = rest.start;
    let next = later.first().map_or(rest.end, |span| span.start().min(rest.end));
    for _ in 0..4 {
        let near = &text[at..next.max(at)];
        if let Some(found) = AROUND.date.captures(near).filter(|_| directive.issued.is_none())
            && let Some(date) = date(&found)
        {
            directive.issued = Some(date);
            at += found.get(0).map_or(0, |all| all.end());
        } else if let Some(found) = AROUND.issuer.captures(near).filter(|_| directive.issuer.is_none()) {
            directive.issuer = found.get(1).map(|body| trimmed(body.as_str()));
            at += found.get(0).map_or(0, |all| all.end());
        } else {
            break;
        }
    }
    let words = &text[at..rest.end];
    if let Some(found) = AROUND.acted.captures(words)
        && directive.issuer.is_none()
    {
        directive.issuer = found.get(1).map(|body| trimmed(body.as_str()));
    }
    if directive.subject.is_some() {
        return;
    }
    if let Some(found) = AROUND.quoted.captures(words) {
        directive.subject = Some(found[1].trim().to_owned());
    } else if let Some(found) = AROUND.subject.find(words) {
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
        let subject = &text[start..end.max(start)];
        let cut = RULES.subject_ends.find(subject).map_or(subject.len(), |found| found.start());
        let subject = &subject[..cut];
        let subject =
            subject.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ',' | '"' | '”'));
        let subject = subject.strip_suffix(" and").or(subject.strip_suffix(" và")).unwrap_or(subject);
        directive.subject = (!subject.is_empty()).then(|| subject.to_owned());
    }
}

/// Whether the words before a mention join it to the one before in a list.
fn ends_with_link(words: &str) -> bool {
    words.ends_with([';', ','])
        || [" và", " and", " and the", " cùng", " hoặc"].iter().any(|link| words.ends_with(link))
}

/// A body without the linking word that its pattern may end with, and without the name of a person.
fn trimmed(body: &str) -> String {
    let body = body.trim_end_matches(" và").trim_end_matches(" and").trim();
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

fn date(found: &Captures<'_>) -> Option<PartialDate> {
    let number =
        |groups: &[&str]| groups.iter().find_map(|group| found.name(group)?.as_str().parse::<i16>().ok());
    let year = number(&["y", "y2", "y3", "y4", "y5", "y6", "y7"])?;
    let name = ["mon", "mon2", "mon3"].iter().find_map(|group| found.name(group));
    let month = match name {
        Some(name) => MONTHS
            .split('|')
            .position(|month| month == name.as_str())
            .and_then(|at| i8::try_from(at + 1).ok()),
        None => number(&["m", "m2", "m3"]).and_then(|month| i8::try_from(month).ok()),
    };
    let day = number(&["d", "d2", "d3", "d4"]).and_then(|day| i8::try_from(day).ok());
    PartialDate::new(year, month, day)
}
