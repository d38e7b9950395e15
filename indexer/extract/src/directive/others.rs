//! What only looks like a document of Party or State: a form by its number, a company's decision, a class of ships.

use corpus::Span;

use super::rules::{RULES, is_dash};
use crate::{Directive, DirectiveKind, Rule};

/// Bytes before a number in which a word says what else is numbered.
const BEFORE: usize = 32;

/// Bytes on both sides of a mention in which words say what it is about.
const AROUND: usize = 160;

/// Lets go of the mentions of a passage that are no such documents.
pub(super) fn let_go(text: &str, passage: Span, first: usize, found: &mut Vec<Directive>) {
    let mut at = 0;
    found.retain(|directive| {
        at += 1;
        at <= first || !is_other(text, passage, directive)
    });
}

fn is_other(text: &str, passage: Span, directive: &Directive) -> bool {
    let others = &RULES.others;
    let span = directive.span;
    let Some(number) = directive.number.as_deref().filter(|_| !directive.named) else { return false };
    let mut parts = number.split(|c: char| matches!(c, '/' | '.') || is_dash(c));
    if parts.any(|part| others.parts.iter().any(|other| other == part)) {
        return true;
    }
    let (from, to) = (passage.start(), passage.end());
    let before = |reach: usize| {
        let start = text.ceil_char_boundary(span.start().saturating_sub(reach)).max(from);
        text[start.min(span.start())..span.start()].to_lowercase()
    };
    let says = |words: &str, these: &[String]| these.iter().any(|these| words.contains(these.as_str()));
    match (directive.kind, directive.rule) {
        (_, Rule::SymbolAlone) => {
            let before = before(BEFORE);
            let before = before.trim_end();
            others.before.iter().any(|word| before.ends_with(word.as_str()))
        }
        (DirectiveKind::Project, Rule::BareNumber | Rule::NumberSign) => {
            says(&before(AROUND), &others.projects) || says(&behind(text, span, to), &others.projects)
        }
        (DirectiveKind::Resolution, Rule::BareNumber | Rule::NumberSign) => {
            says(&before(AROUND), &others.abroad) || says(&behind(text, span, to), &others.abroad)
        }
        _ => false,
    }
}

fn behind(text: &str, span: Span, end: usize) -> String {
    let to = text.floor_char_boundary((span.end() + AROUND).min(end)).max(span.end());
    text[span.end()..to].to_lowercase()
}
