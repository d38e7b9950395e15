//! Directives: governing documents of Party and State that a text cites.
//!
//! First every number with its symbol or type word is found ([`number`]), then the names of laws and resolutions of
//! congresses ([`name`]), then what the words around each say about it ([`about`]). A later mention of the same number
//! carries what was said before.

mod about;
#[cfg(test)]
mod gold;
pub(crate) mod head;
mod name;
mod number;
mod others;
mod rules;
mod subject;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use corpus::Span;

pub(crate) use self::number::let_go;
use super::passage::{Context, Passage};
use crate::{Directive, DirectiveKind, PartialDate, Rule};

/// Adds the directives of some passages, in reading order, each with what is said right around it.
pub(crate) fn find(context: &Context<'_>, passages: &[Passage], found: &mut Vec<Directive>) {
    for passage in passages {
        let before = found.len();
        number::find(context.text, passage.span, found);
        name::find(context.text, passage.span, found);
        found[before..].sort_by_key(|directive| directive.span.start());
        unite(context.text, before, found);
        others::let_go(context.text, passage.span, before, found);
        about::complete(context.text, passage, context.published, &mut found[before..]);
    }
}

/// Makes the name of a law and the number right behind it one mention: `Luật Đất đai số 45/2013/QH13`.
fn unite(text: &str, first: usize, found: &mut Vec<Directive>) {
    for at in (first + 1..found.len()).rev() {
        let [name, number] = &found[at - 1..=at] else { continue };
        let is_law = |one: &Directive| matches!(one.kind, DirectiveKind::Law | DirectiveKind::Ordinance);
        let follows = number.span.start() > name.span.end()
            && text[name.span.end()..number.span.start()].trim().is_empty();
        if follows && name.named && is_law(name) && is_law(number) && number.rule == Rule::SymbolAlone {
            let number = found.remove(at);
            let name = &mut found[at - 1];
            name.span = Span::new(name.span.start(), number.span.end());
            name.number = number.number;
        }
    }
}

/// What earlier mentions of one number said, each with how late it was said.
struct Said {
    parts: Vec<String>,
    issuer: Option<(usize, String)>,
    issued: Option<(usize, PartialDate)>,
    subject: Option<(usize, String)>,
}

/// Directives of one type and number that a text tells apart.
const MOST_ALIKE: usize = 64;

/// What was said last.
fn latest<'s, T: Clone + 's>(values: impl Iterator<Item = &'s Option<(usize, T)>>) -> Option<T> {
    values.flatten().max_by_key(|(at, _)| *at).map(|(_, value)| value.clone())
}

/// Gives each mention what the ones before it of the same number said and it does not.
pub(crate) fn inherit(found: &mut [Directive]) {
    let mut known: HashMap<(DirectiveKind, String), Vec<Said>> = HashMap::new();
    for (at, this) in found.iter_mut().enumerate() {
        let Some(number) = &this.number else { continue };
        let parts: Vec<String> = number
            .split(|c| c == '/' || rules::is_dash(c))
            .map(|part| part.to_lowercase().replace('ð', "đ"))
            .collect();
        let alike = known.entry((this.kind, parts[0].clone())).or_default();
        // The same number, and no different symbol.
        let same: Vec<&Said> = alike
            .iter()
            .filter(|said| said.parts.len() == 1 || parts.len() == 1 || said.parts == parts)
            .collect();
        this.issuer = this.issuer.take().or_else(|| latest(same.iter().map(|said| &said.issuer)));
        this.issued = this.issued.or_else(|| latest(same.iter().map(|said| &said.issued)));
        this.subject = this.subject.take().or_else(|| latest(same.iter().map(|said| &said.subject)));
        let own = match alike.iter().position(|said| said.parts == parts) {
            Some(own) => &mut alike[own],
            None => {
                // Of more only a hostile text speaks.
                if alike.len() == MOST_ALIKE {
                    alike.remove(0);
                }
                alike.push(Said { parts, issuer: None, issued: None, subject: None });
                alike.last_mut().expect("one was added")
            }
        };
        own.issuer = this.issuer.clone().map(|issuer| (at, issuer)).or(own.issuer.take());
        own.issued = this.issued.map(|issued| (at, issued)).or(own.issued);
        own.subject = this.subject.clone().map(|subject| (at, subject)).or(own.subject.take());
    }
}
