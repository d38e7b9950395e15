//! What each line of a text is.

use super::marker::{self, Class};
use super::words::words;
use super::{BlockKind, Form, Mark, pieces};
use crate::Span;

/// The longest heading with a sign, and without one, in characters.
const LONGEST_SIGNED: usize = 160;
const LONGEST_PLAIN: usize = 100;
/// The longest heading with a sign of a high rank (`PHẦN`, `I.`) or in capitals.
const LONGEST_HIGH: usize = 260;
/// Lines from the top in which the head of an administrative document stands.
const TOP: usize = 14;
/// A line at least this long, in characters, that ends without a stop may go on in the next.
const WRAPPED: usize = 40;

/// A line, or a part of one whose breaks were lost, or several that are one paragraph.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) span: Span,
    pub(super) kind: BlockKind,
    pub(super) class: Class,
    pub(super) marker: Option<Span>,
    /// The number of its sign.
    value: u32,
    /// Whether it opens a list.
    pub(super) opens: bool,
    /// What its form says.
    form: Option<Form>,
    /// Characters, at most a thousand are counted.
    length: usize,
}

impl Line {
    /// Whether its form says that it is the first row of a table.
    pub(super) fn begins_table(&self) -> bool {
        matches!(self.form, Some(Form::Row { first: true, .. }))
    }

    /// Whether its form says that its cells are heads.
    pub(super) fn heads_columns(&self) -> bool {
        matches!(self.form, Some(Form::Row { heads: true, .. }))
    }
}

/// The lines of a text, each with what it is.
pub(super) fn read(text: &str, marks: &[Mark], title: Option<&str>) -> Vec<Line> {
    let mut lines = cut(text, marks);
    sign(text, &mut lines);
    heads_and_feet(text, &mut lines, title);
    headings(text, &mut lines);
    settle(&mut lines);
    lines
}

/// Cuts lines where their breaks were lost, and joins those that go on in the next.
fn cut(text: &str, marks: &[Mark]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut marks = marks.iter().peekable();
    let (mut start, mut blank) = (0, true);
    for whole in text.split_inclusive('\n') {
        let end = start + whole.len();
        let trimmed = whole.trim();
        let from = start + (whole.len() - whole.trim_start().len());
        start = end;
        if trimmed.is_empty() {
            blank = true;
            continue;
        }
        while marks.peek().is_some_and(|mark| mark.span.end() <= from) {
            marks.next();
        }
        let form = marks.peek().filter(|mark| mark.span.start() < from + trimmed.len()).map(|mark| mark.form);
        let is_row = matches!(form, Some(Form::Row { .. })) || form.is_none() && is_row(whole);
        let may_split = !is_row && !matches!(form, Some(Form::Heading(_) | Form::Bold));
        let goes_on = form.is_none()
            && !blank
            && !is_row
            && lines.last().is_some_and(|last| {
                last.form.is_none()
                    && last.kind != BlockKind::Row
                    && continues(last.span.of(text), last.length, trimmed)
            });
        blank = false;
        if goes_on {
            let last = lines.last_mut().expect("there is one");
            last.span = Span::new(last.span.start(), from + trimmed.len());
            last.length += trimmed.chars().count();
            continue;
        }
        let starts = if may_split { pieces::starts(trimmed) } else { vec![0] };
        for (at, begin) in starts.iter().copied().enumerate() {
            let piece = &trimmed[begin..starts.get(at + 1).copied().unwrap_or(trimmed.len())];
            lines.push(Line {
                span: Span::new(from + begin, from + begin + piece.trim_end().len()),
                kind: if is_row { BlockKind::Row } else { BlockKind::Paragraph },
                class: Class::None,
                marker: None,
                value: 0,
                opens: false,
                form: form.filter(|_| at == 0 || !matches!(form, Some(Form::Item(_)))),
                length: piece.chars().take(1_000).count(),
            });
        }
    }
    // A bar in a single line is no table.
    for at in 0..lines.len() {
        let is_row = |at: Option<usize>| {
            at.and_then(|at| lines.get(at)).is_some_and(|line| line.kind == BlockKind::Row)
        };
        if lines[at].form.is_none() && is_row(Some(at)) && !is_row(at.checked_sub(1)) && !is_row(Some(at + 1))
        {
            lines[at].kind = BlockKind::Paragraph;
        }
    }
    lines
}

/// Whether a line without a form looks like the row of a table: cells between bars or tabs.
fn is_row(line: &str) -> bool {
    line.contains(" | ")
        || line.starts_with('|') && line.trim_end().ends_with('|')
        || line.trim().contains('\t')
}

/// Whether a line goes on in the next: it was wrapped, or a link stood in it.
fn continues(line: &str, length: usize, next: &str) -> bool {
    let first = next.chars().next().unwrap_or(' ');
    let open = line
        .chars()
        .next_back()
        .is_some_and(|last| last.is_alphanumeric() || matches!(last, ',' | '-' | '–' | '('));
    let punctuation = matches!(first, ',' | ')' | '.') && line.ends_with(char::is_alphanumeric);
    // A symbol that is broken behind its hyphen: `45/QĐ-`, `UBND`.
    let broken = line
        .strip_suffix(['-', '–', '/', '\u{2010}', '\u{2011}'])
        .is_some_and(|before| before.ends_with(char::is_alphanumeric))
        && first.is_uppercase();
    (open && first.is_lowercase() && (length >= WRAPPED || next.chars().nth(WRAPPED).is_some())
        || punctuation
        || broken)
        && marker::read(next).is_none()
}

/// Reads the signs that lines begin with. Those that count must begin or go on somewhere.
fn sign(text: &str, lines: &mut [Line]) {
    /// How far a count may jump: points are lost, or not all of a document is there.
    const JUMP: u32 = 3;
    let mut known: Vec<(Class, u32)> = Vec::new();
    for line in lines.iter_mut() {
        if line.kind == BlockKind::Row {
            continue;
        }
        match line.form {
            Some(Form::Heading(rank)) => line.class = Class::Ranked(rank),
            Some(Form::Item(depth)) => line.class = Class::Listed(depth),
            _ => {}
        }
        let words = line.span.of(text);
        // Bold words begin with `**` in some texts.
        let Some(marker) = marker::read(words) else { continue };
        if marker.class == Class::Upper {
            let last = known.iter().find(|(class, _)| *class == marker.class).map(|(_, value)| *value);
            if marker.value != 1 && last.is_none_or(|last| marker.value > last + JUMP || marker.value <= last)
            {
                continue;
            }
        }
        known.retain(|(class, _)| *class != marker.class);
        known.push((marker.class, marker.value));
        line.marker = Some(Span::new(line.span.start(), line.span.start() + marker.length));
        line.value = marker.value;
        if line.class == Class::None {
            line.class = marker.class;
        }
    }
}

/// Finds the headline, the head and the foot of an administrative document, captions, notes and quotations.
fn heads_and_feet(text: &str, lines: &mut [Line], title: Option<&str>) {
    let small =
        |line: &Line| line.span.of(text).chars().take(80).flat_map(char::to_lowercase).collect::<String>();
    let letterhead = lines.iter().take(TOP).position(|line| words().is_letterhead(&small(line)));
    if let Some(at) = letterhead {
        // From the top to the line that gives number, place and date.
        let ends = |line: &Line| is_date_line(&small(line));
        let last = lines.iter().take(TOP).rposition(ends).filter(|last| *last >= at).unwrap_or(at + 1);
        for line in lines.iter_mut().take(last + 1) {
            line.kind = BlockKind::Letterhead;
            line.class = Class::None;
        }
    }
    for (at, line) in lines.iter_mut().enumerate() {
        if line.kind != BlockKind::Paragraph {
            continue;
        }
        let words_here = line.span.of(text);
        let start = small(line);
        let kind = match line.form {
            Some(Form::Caption) => Some(BlockKind::Caption),
            Some(Form::Quotation) => Some(BlockKind::Quotation),
            Some(Form::Footnote) => Some(BlockKind::Footnote),
            _ if at < 3 && title.is_some_and(|title| title.trim() == words_here) => Some(BlockKind::Title),
            _ if words().is_unit_line(&start) && line.length < 80 => Some(BlockKind::UnitLine),
            _ if line.length < LONGEST_HIGH && words().is_table_caption(&start) => Some(BlockKind::Caption),
            _ if line.length < 400 && words().has_credit(&tail(words_here)) => Some(BlockKind::Caption),
            _ if words().is_signature(&start)
                && is_capitals(words_here.split(['/', ':']).next().unwrap_or_default())
                || start.starts_with("nơi nhận") && line.length < 20 =>
            {
                Some(BlockKind::Signature)
            }
            _ if is_footnote(words_here) => Some(BlockKind::Footnote),
            None if is_quotation(words_here) => Some(BlockKind::Quotation),
            _ => None,
        };
        if let Some(kind) = kind {
            line.kind = kind;
            line.class = Class::None;
            line.marker = None;
        }
    }
    // What stands below a signature belongs to it, up to a line that is a sentence.
    let mut signed = false;
    for line in &mut lines[..] {
        match line.kind {
            BlockKind::Signature => signed = true,
            BlockKind::Paragraph if signed && line.length < 90 && !line.span.of(text).ends_with('.') => {
                line.kind = BlockKind::Signature;
                line.class = Class::None;
                line.marker = None;
            }
            _ => signed = false,
        }
    }
    if title.is_some()
        && let Some(first) = lines.iter_mut().find(|line| line.kind != BlockKind::Title)
        && first.kind == BlockKind::Paragraph
        && first.class == Class::None
        && first.form.is_none()
        && first.length > LONGEST_PLAIN
        && letterhead.is_none()
    {
        first.kind = BlockKind::Lede;
    }
}

/// The last letters of a line, small.
fn tail(line: &str) -> String {
    let from = line.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    line[from..].to_lowercase()
}

/// `Sơn Khê, ngày 3 tháng 2 năm 2031`, or a line with the number of the document.
fn is_date_line(small: &str) -> bool {
    let dated = small.contains("ngày") && small.contains("tháng") && small.contains("năm");
    dated && small.chars().count() < 80 && !small.starts_with("căn cứ")
        || small.starts_with("số:")
        || small.starts_with("số :")
}

fn is_footnote(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('[') else { return line.starts_with(['¹', '²', '³']) };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && rest[digits..].starts_with(']')
}

/// Whether a line is nothing but somebody's words.
fn is_quotation(line: &str) -> bool {
    let inner = line.strip_prefix('“').and_then(|rest| rest.trim_end_matches('.').strip_suffix('”'));
    inner.is_some_and(|inner| !inner.contains('”'))
}

/// Whether a line has no small letter, and some words.
fn is_capitals(line: &str) -> bool {
    let mut letters = 0;
    for c in line.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters > 3
}

/// Tells headings from items and paragraphs.
fn headings(text: &str, lines: &mut [Line]) {
    for at in 0..lines.len() {
        if lines[at].kind != BlockKind::Paragraph {
            continue;
        }
        let line = &lines[at];
        let here = line.span.of(text);
        let next = lines.get(at + 1);
        let before = at.checked_sub(1).map(|before| &lines[before]);
        let kind = match (line.form, line.class) {
            (Some(Form::Heading(_)), _) => BlockKind::Heading,
            (_, Class::None) => {
                if is_plain_heading(text, line, before, next) {
                    BlockKind::Heading
                } else {
                    BlockKind::Paragraph
                }
            }
            (_, class) if class.is_sign() || matches!(class, Class::Listed(_)) => BlockKind::Item,
            (form, class) => {
                let high = matches!(class, Class::Roman | Class::Upper)
                    || matches!(class, Class::Division(word) if !words().holds_text(word));
                let capitals = is_capitals(&here[line.marker.map_or(0, Span::len)..]);
                let short = line.length <= if high || capitals { LONGEST_HIGH } else { LONGEST_SIGNED };
                let open = !here.ends_with(['.', ';', ',']) || capitals;
                let inner = here.find(": ").is_some_and(|colon| here.len() - colon > 2);
                let followed = next.is_some_and(|next| {
                    next.kind == BlockKind::Row
                        || next.class != class
                            && !(next.class.is_counted() && next.class.order() < class.order())
                });
                let heads =
                    short && open && (high || capitals || form == Some(Form::Bold) || !inner && followed);
                if heads { BlockKind::Heading } else { BlockKind::Item }
            }
        };
        let capitals = is_capitals(here);
        let opens = here.ends_with(':');
        let line = &mut lines[at];
        line.kind = kind;
        line.opens = opens && kind == BlockKind::Paragraph;
        if kind == BlockKind::Heading && line.class == Class::None {
            line.class = if capitals { Class::Capitals } else { Class::Plain };
        }
    }
}

/// Whether a line without a sign is a heading: short, no sentence, with something below it.
fn is_plain_heading(text: &str, line: &Line, before: Option<&Line>, next: Option<&Line>) -> bool {
    let here = line.span.of(text);
    let Some(next) = next.filter(|next| next.kind != BlockKind::Caption) else { return false };
    let follows = next.span.of(text);
    if is_capitals(here) && here.split_whitespace().nth(1).is_some() {
        return line.length <= LONGEST_HIGH;
    }
    let small = here.to_lowercase();
    let begins =
        here.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘'));
    let bold = line.form == Some(Form::Bold);
    if line.length > LONGEST_PLAIN
        || !begins
        || !bold && (words().is_sentence(&small) || small.contains(['@', '/']))
        || words().dangles(&small)
    {
        return false;
    }
    if let Some(label) = small.strip_suffix(':') {
        return line.length < 80
            && here.split_whitespace().nth(1).is_some()
            && !label.contains(',')
            && !words().opens(label);
    }
    if bold {
        return !here.ends_with(['.', ';', ',']) && next.form != Some(Form::Bold);
    }
    let ended = before.is_none_or(|before| {
        before.kind != BlockKind::Paragraph
            || before.span.of(text).ends_with(['.', '!', '?', '…', '”', '"', ')', ':', '*'])
    });
    let begins_anew = follows
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘' | '('));
    let goes_on = next.class != Class::None
        || begins_anew
            && (next.length > line.length && next.length > LONGEST_PLAIN / 2 || follows.ends_with(':'));
    // Names alone are bylines.
    let all_names = here.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let plain_end = !here.ends_with(['.', ';', ',', '…', '!', '-', '|']);
    before.is_some()
        && plain_end
        && ended
        && goes_on
        && here.split_whitespace().nth(1).is_some()
        && !all_names
}

/// Where most lines of a run that counts are items, all are; a heading without a sign that nothing follows is none.
fn settle(lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let class = lines[at].class;
        if !matches!(class, Class::Number(_) | Class::Lower | Class::Bracketed) || lines[at].value > 1 {
            at += 1;
            continue;
        }
        // The run from this first line on, until its count begins anew or something above it comes.
        let mut run = vec![at];
        let mut last = lines[at].value;
        for (place, line) in lines.iter().enumerate().skip(at + 1) {
            if line.class == class {
                if line.value <= last {
                    break;
                }
                last = line.value;
                run.push(place);
            } else if line.class != Class::None
                && line.class.order() < class.order()
                && line.kind == BlockKind::Heading
            {
                break;
            }
        }
        let heading = run.iter().filter(|place| lines[**place].kind == BlockKind::Heading).count();
        if heading * 2 <= run.len() {
            for place in run.iter().copied() {
                if lines[place].kind == BlockKind::Heading && lines[place].form.is_none() {
                    lines[place].kind = BlockKind::Item;
                }
            }
        }
        at += 1;
    }
}
