//! What the figures of a text say besides their value: which statistic, about whom, in what sense.
//!
//! Read once the figures are known, paragraph by paragraph: the words of rows first ([`key`]), then what opens a sense
//! ([`modality`]), then the places ([`about`]).

use corpus::{Article, Span};

use super::about::Places;
use super::key::{Bound, Terms};
use super::token::{self, Kind};
use super::{key, modality};
use crate::passage::Context;
use crate::{Figure, Level, Modality, Whence, Words};

/// Fills in key, about and modality of the figures of a text, which are in reading order.
pub(crate) fn read(context: &Context<'_>, article: &Article, figures: &mut [Figure]) {
    if figures.is_empty() {
        return;
    }
    let places = Places::new(article);
    let mut heading: Heading = Heading::default();
    let mut coming = 0;
    for passage in &context.passages {
        let first = coming;
        while coming < figures.len() && figures[coming].span.start() < passage.span.end() {
            coming += 1;
        }
        let line = passage.span.of(context.text);
        let lists = is_item(line);
        if !lists {
            heading.modality = None;
        }
        let here = &mut figures[first..coming];
        let is_short = line.chars().take(140).count() < 140;
        if here.is_empty() && !(is_short || line.ends_with(':')) {
            heading = Heading::default();
            continue;
        }
        let tokens = token::all(context.text, &passage.sentences, here);
        let marks = modality::marks(&tokens, here);
        let terms = Terms::new(&tokens, here);
        let mut bound: Vec<Option<Bound>> = Vec::with_capacity(here.len());
        let mut senses = Vec::with_capacity(here.len());
        let mut sentence = 0;
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::End => {
                    // What a semicolon ends goes on in the same list.
                    let goes_on = context.text[..token.span.start()].ends_with(';');
                    if !goes_on {
                        sentence = at + 1;
                    }
                }
                Kind::Figure(number) => {
                    let found = terms.bind(at, number, &bound);
                    let from = found.as_ref().map(|found| found.from);
                    senses.push(modality::of(&tokens, &marks, at, from, sentence, heading.modality));
                    bound.push(found);
                }
                _ => {}
            }
        }
        for (number, figure) in here.iter_mut().enumerate() {
            if let Some((modality, words)) = senses.get(number) {
                (figure.modality, figure.told.modality) = (*modality, *words);
            }
            let found = bound.get_mut(number).and_then(Option::take);
            let sentence = passage.sentences.iter().find(|sentence| sentence.end() >= figure.span.end());
            let sentence = sentence.copied().unwrap_or(passage.span);
            let words = found.as_ref().map(|found| found.words);
            let told = places.of(figure.span, words, sentence, passage.span, &heading.lines);
            if let Some((about, words)) = told {
                figure.about = Some(about);
                figure.told.about = Some(words);
            }
            if let Some(found) = found {
                let is_body = figure.about.as_ref().is_some_and(|about| about.level == Level::Organization);
                if !is_body || found.row.id == "site-clearance" {
                    figure.key = Some(found.row.id.clone());
                    let whence = match found.by {
                        key::By::Last => Whence::Sentence,
                        _ => Whence::Clause,
                    };
                    figure.told.key = Some(Words { span: Some(found.words), whence });
                }
            }
        }
        if line.ends_with(':') || here.is_empty() && is_short && !line.ends_with('.') {
            heading = Heading { lines: vec![passage.span], modality: modality::opened(&marks) };
        }
    }
}

/// What the lines above a paragraph have told.
#[derive(Default)]
struct Heading {
    lines: Vec<Span>,
    modality: Option<(Modality, Words)>,
}

/// Whether a line is an item of a list or a row of a table.
fn is_item(line: &str) -> bool {
    let mark = line.chars().next();
    mark.is_some_and(|c| matches!(c, '-' | '–' | '+' | '•' | '*' | '·') || c.is_lowercase() || c.is_ascii_digit())
        || line.contains('|')
}
