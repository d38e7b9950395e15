//! What the index asks of whoever reads an article.

use corpus::{Article, Language};

use crate::Mentions;

/// What is found in an article before it is indexed.
pub trait Reading: Sync {
    /// The language of the text; what the page declares counts where the text does not say otherwise.
    fn language(&self, article: &Article) -> Option<Language>;
    /// The province that a text is about, where neither its source nor its import gave one.
    fn province(&self, article: &Article) -> Option<String>;
    /// What the text mentions.
    fn mentions(&self, article: &Article) -> Mentions;
}
