//! Directives: governing documents of Party and State that a text cites.
//!
//! First every number with its symbol or type word is found ([`number`]), then the names of laws and resolutions of
//! congresses ([`name`]), then what the words around each say about it ([`about`]). A later mention of the same number
//! carries what was said before.

mod about;
mod name;
mod number;
mod rules;
#[cfg(test)]
mod tests;

use super::passage::Context;
use crate::Directive;

/// All directives of a text, in reading order.
pub(crate) fn find(context: &Context<'_>) -> Vec<Directive> {
    let mut found = Vec::new();
    for passage in &context.passages {
        let before = found.len();
        number::find(context.text, passage.span, &mut found);
        name::find(context.text, passage.span, &mut found);
        found[before..].sort_by_key(|directive| directive.span.start());
        about::complete(context.text, passage, &mut found[before..]);
    }
    inherit(&mut found);
    found
}

/// Gives each mention what the ones before it of the same number said and it does not.
fn inherit(found: &mut [Directive]) {
    for at in 1..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let this = &mut rest[0];
        let earlier = || before.iter().rev().filter(|other| is_same(other, this));
        let issuer = earlier().find_map(|other| other.issuer.clone());
        let date = earlier().find_map(|other| other.issued);
        let subject = earlier().find_map(|other| other.subject.clone());
        this.issuer = this.issuer.take().or(issuer);
        this.issued = this.issued.or(date);
        this.subject = this.subject.take().or(subject);
    }
}

/// Whether both have the same type and number, and no different symbol.
fn is_same(a: &Directive, b: &Directive) -> bool {
    let (Some(first), Some(second)) = (&a.number, &b.number) else { return false };
    let parts = |number: &str| -> Vec<String> {
        number.split(['/', '-', '–']).map(|part| part.to_lowercase().replace('ð', "đ")).collect()
    };
    let (first, second) = (parts(first), parts(second));
    a.kind == b.kind && first[0] == second[0] && (first.len() == 1 || second.len() == 1 || first == second)
}
