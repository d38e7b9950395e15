//! Signatures at the foot of a document: for whom, the office in capitals, the name on a line of its own.

use corpus::Span;

use super::extent::one;
use super::name::begins_with_name;
use super::table::{PATTERNS, POSITIONS};
use crate::passage::{Context, Passage};
use crate::{Official, Rule};

/// Lines between an office and the name below it that say something else, at most.
const BETWEEN: usize = 1;

/// Adds those who sign, in reading order.
pub(super) fn find(context: &Context<'_>, passages: &[Passage], found: &mut Vec<Official>) {
    let known = found.len();
    // The office above, and how many lines ago.
    let mut office: Option<(Span, usize)> = None;
    for line in passages.iter().flat_map(|passage| lines(context.text, passage.span)) {
        let words = line.of(context.text);
        if let Some(at) = signing(words) {
            office = Some((Span::new(line.start() + at.start, line.start() + at.end), 0));
            continue;
        }
        let Some((above, lines)) = office else { continue };
        if POSITIONS.signed.contains(&words.to_lowercase()) {
            continue;
        }
        let rank = PATTERNS.courtesy.find(words).map_or(0, |rank| rank.end());
        let name = &words[rank..];
        let is_name = begins_with_name(name)
            && PATTERNS.first_run.find(name).is_some_and(|run| run.end() == name.len());
        let span = Span::new(line.start() + rank, line.end());
        if is_name {
            let is_known = found[..known]
                .iter()
                .any(|other| other.span.start() < span.end() && span.start() < other.span.end());
            if !is_known {
                let positions = vec![above.of(context.text).to_owned()];
                found.push(Official { span, positions, tenures: Vec::new(), rule: Rule::FullName });
            }
            office = None;
        } else {
            office = (lines < BETWEEN).then_some((above, lines + 1));
        }
    }
    if found.len() > known {
        found.sort_by_key(|official| official.span.start());
    }
}

/// The lines of a passage that have words, without blanks around them.
fn lines(text: &str, passage: Span) -> impl Iterator<Item = Span> {
    let words = passage.of(text);
    words.split('\n').filter_map(move |line| {
        let trimmed = line.trim();
        let start = passage.start() + (trimmed.as_ptr() as usize - words.as_ptr() as usize);
        (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len()))
    })
}

/// The office of a line that is nothing but one, in capitals; the last of several: `KT. CHỦ TỊCH PHÓ CHỦ TỊCH`.
fn signing(line: &str) -> Option<std::ops::Range<usize>> {
    if line.contains(char::is_lowercase) {
        return None;
    }
    let prefix = POSITIONS.signs_for.iter().find(|prefix| line.starts_with(prefix.as_str()));
    let mut at = prefix.map_or(0, String::len);
    loop {
        at += line[at..].len() - line[at..].trim_start().len();
        let length = one(&line[at..])?;
        if at + length == line.len() {
            return Some(at..line.len());
        }
        at += length;
    }
}
