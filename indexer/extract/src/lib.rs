#![doc = include_str!("../README.md")]
//!
//! Every kind of mention has a module that finds it; all read the same [`Passage`](passage::Passage)s. The order is fixed:
//! directives first, since the numbers in them are no figures, then officials, then figures.

pub mod catalogue;
#[cfg(test)]
mod cross_check;
mod directive;
mod figure;
#[cfg(test)]
mod gold;
mod language;
mod mention;
pub mod official;
mod passage;
mod pattern;
mod period;
pub mod province;
mod reading;
#[cfg(test)]
mod robust;
mod sentence;
#[cfg(test)]
mod shared;
pub mod why;

use corpus::{Article, Language};

use passage::Context;

pub use mention::{
    Change, Directive, DirectiveKind, Figure, Mentions, Modifier, Official, Rule, Tenure, UnknownWord,
};
pub use period::{NotAPeriod, PartialDate, Period};
pub use reading::Reading;
pub use sentence::sentence;

/// Finds language, province and mentions by the rules that come with the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extractor;

impl Reading for Extractor {
    fn language(&self, article: &Article) -> Option<Language> {
        language::of(&article.text, article.language)
    }

    fn province(&self, article: &Article) -> Option<String> {
        province::of(&article.text)
    }

    fn mentions(&self, article: &Article) -> Mentions {
        let context = Context::new(article);
        let directives = directive::find(&context);
        let officials = official::find(&context);
        let figures = figure::find(&context, &directives);
        Mentions { directives, officials, figures }
    }
}
