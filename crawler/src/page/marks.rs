//! What the elements of a page say about the lines of its text.

use corpus::{Form, Mark, Span};

use super::outline::{Content, Outline, Role};
use super::text::Line;

/// Lines in a row that may be left out of a text.
const NEAR: usize = 64;
/// The deepest list that is told apart.
const DEEPEST: usize = 8;
/// The longest line, in bytes, that may be a heading for being bold.
const LONGEST_BOLD: usize = 240;

/// The marks of `kept`, the lines of a text, joined by line ends; those that stand in none of `lines` have none.
pub(super) fn read(outline: &Outline<'_>, lines: &[Line], kept: &[String]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut from = 0;
    let mut start = 0;
    let mut table = None;
    for text in kept {
        let span = Span::new(start, start + text.len());
        start = span.end() + 1;
        let Some(found) = lines[from..].iter().take(NEAR).position(|line| line.text == *text) else {
            continue;
        };
        let line = &lines[from + found];
        from += found + 1;
        let Some(form) = form(outline, line, &mut table) else { continue };
        marks.push(Mark { span, form });
    }
    marks
}

fn form(outline: &Outline<'_>, line: &Line, table: &mut Option<usize>) -> Option<Form> {
    match line.role {
        Role::Heading => {
            let name = outline.parts[line.at].name().as_bytes();
            let rank = name.get(1).filter(|rank| (b'1'..=b'6').contains(rank)).map_or(2, |rank| rank - b'0');
            Some(Form::Heading(rank))
        }
        Role::Item => {
            let lists = outline.around(line.at).filter(|at| outline.parts[*at].role == Role::List);
            Some(Form::Item(u8::try_from(lists.take(DEEPEST).count().max(1)).unwrap_or(1)))
        }
        Role::Row => {
            let here = outline.around(line.at).find(|at| outline.parts[*at].role == Role::Table);
            let first = *table != here;
            *table = here;
            let cells = outline.children(line.at).filter(|at| outline.parts[*at].role == Role::Cell);
            let mut names = cells.map(|at| outline.parts[at].name()).peekable();
            let heads = names.peek().is_some() && names.all(|name| name == "th");
            Some(Form::Row { heads, first })
        }
        Role::Caption => Some(Form::Caption),
        Role::Paragraph if line.text.len() <= LONGEST_BOLD && is_bold(outline, line.at) => Some(Form::Bold),
        _ => None,
    }
}

/// Whether all text of a block stands in bold elements.
fn is_bold(outline: &Outline<'_>, block: usize) -> bool {
    let mut at = block + 1;
    let mut any = false;
    while at < outline.parts[block].end {
        let part = &outline.parts[at];
        match part.content {
            Content::Element(_) if matches!(part.name(), "b" | "strong") => {
                any = true;
                at = part.end;
                continue;
            }
            // Lines of one block are not told apart here.
            Content::Element(_) if part.role == Role::Break => return false,
            Content::Text(text) if text.chars().any(char::is_alphanumeric) => return false,
            _ => {}
        }
        at += 1;
    }
    any
}
