//! From an article's text to its mentions, by the rules in `rules/`.
//!
//! Every kind of mention has a module that finds it; all read the same [`Passage`]s. The order is fixed: directives
//! first, since the numbers in them are no figures, then officials, then figures.

#[cfg(test)]
mod cross_check;
pub(crate) mod directive;
pub(crate) mod figure;
#[cfg(test)]
mod gold;
mod language;
pub(crate) mod official;
pub(crate) mod passage;
pub(crate) mod pattern;
pub(crate) mod province;
#[cfg(test)]
mod robust;
pub mod why;

use corpus::{Article, Language};

use crate::index::Reading;
use crate::mention::Mentions;
use passage::Context;

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
