#![doc = include_str!("../README.md")]
//!
//! Every kind of mention has a module that finds it; all read the same [`Passage`](passage::Passage)s. The order is fixed:
//! directives first, since the numbers in them are no figures, then officials, then figures.

pub mod catalogue;
pub mod certainty;
#[cfg(test)]
mod cross_check;
mod directive;
mod figure;
#[cfg(test)]
mod gold;
#[cfg(test)]
mod hostile;
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
mod scope;
mod sentence;
#[cfg(test)]
mod shared;
pub mod why;

use corpus::{Article, Language};

use passage::Context;

pub use mention::{
    About, By, Change, Directive, DirectiveKind, Figure, Grounds, Level, Mentions, Modality, Modifier,
    Official, RangeEnd, Rule, Tenure, UnknownWord, Whence, Words,
};
pub use period::{NotAPeriod, PartialDate, Period};
pub use reading::Reading;
pub use scope::{Origin, Way};
pub use sentence::{sentence, sentence_end};

/// Finds language, province and mentions by the rules that come with the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extractor;

impl Reading for Extractor {
    fn language(&self, article: &Article) -> Option<Language> {
        language::of(&article.text, article.language)
    }

    fn province(&self, article: &Article) -> Option<String> {
        let of_site = || province::reported_on(article.url.as_ref()?.as_str()).map(str::to_owned);
        province::of(&article.text).or_else(of_site)
    }

    fn mentions(&self, article: &Article) -> Mentions {
        self.first_mentions(article, |_| false).0
    }
}

/// Bytes of a text that are read before it is asked again whether that is enough: some hundredths of a second at most.
const AT_ONCE: usize = 32 << 10;

impl Extractor {
    /// The mentions of a text up to where they are enough: `is_enough` is told how many have been found, and asked every
    /// few paragraphs. The byte from which on the text is not read stands with them, where it was left.
    pub fn first_mentions(
        &self,
        article: &Article,
        mut is_enough: impl FnMut(usize) -> bool,
    ) -> (Mentions, Option<usize>) {
        let context = Context::new(article);
        let mut told = figure::Told::new(&context);
        let Mentions { mut directives, mut officials, mut figures } = Mentions::default();
        let mut rest = &context.passages[..];
        let mut left = None;
        while let Some(first) = rest.first() {
            let start = first.span.start();
            if is_enough(directives.len() + officials.len() + figures.len()) {
                left = Some(start);
                break;
            }
            let (near, far) =
                rest.split_at(1 + rest[1..].partition_point(|next| next.span.end() <= start + AT_ONCE));
            let known = directives.len();
            directive::find(&context, near, &mut directives);
            official::find(&context, near, &mut officials);
            figure::find(&context, near, &directives[known..], &mut told, &mut figures);
            rest = far;
        }
        official::elsewhere::settle(context.text, &mut officials);
        directive::let_go(context.text, &mut directives);
        directive::head::complete(context.text, &mut directives);
        directive::inherit(&mut directives);
        figure::sense::read(&context, article, &mut figures);
        figure::sense::let_go(&mut figures);
        figure::clash::settle(&mut figures);
        (Mentions { directives, officials, figures }, left)
    }
}
