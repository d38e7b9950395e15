//! Where the words stand that hold for a fact: from near to far.
//!
//! A fact is told by its clause, else by its sentence, by the sentences before it in its block, by the line that opens its
//! list, by the headings above it, by the headline, and last by the day of publication. [`Context::above`] gives the
//! places outside of a block in that order; whoever looks up a part of a fact (period, place, modality, unit) reads them
//! until one says it, and keeps an [`Origin`].

use corpus::{BlockKind, Span};
use serde::{Deserialize, Serialize};

use crate::passage::Context;

/// How far from a fact the words stand that hold for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// In its sentence.
    Sentence,
    /// In a sentence before it in the same block, or in the paragraph that its list follows.
    Before,
    /// In the line or the item that opens its list.
    Opener,
    /// In a heading above it.
    Heading,
    /// In the caption or the heads of its table.
    Table,
    /// In the headline.
    Title,
}

impl Way {
    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Before => "before",
            Self::Opener => "opener",
            Self::Heading => "heading",
            Self::Table => "table",
            Self::Title => "title",
        }
    }
}

/// The words that tell a part of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Where they stand.
    pub way: Way,
    /// The words.
    pub words: String,
}

/// A place outside of a block whose words hold for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Above {
    pub(crate) way: Way,
    /// The block.
    pub(crate) block: usize,
    pub(crate) span: Span,
}

impl Context<'_> {
    /// The places outside of a block that hold for it, from near to far: opening lines and items, then headings by rank.
    /// The headline, [`Context::title`], comes behind them.
    pub(crate) fn above(&self, block: usize) -> impl Iterator<Item = Above> {
        let mut next = self.blocks[block].parent;
        std::iter::from_fn(move || {
            let block = next? as usize;
            let found = &self.blocks[block];
            next = found.parent;
            let way = match found.kind {
                BlockKind::Heading => Way::Heading,
                BlockKind::Table | BlockKind::Row | BlockKind::Cell => Way::Table,
                _ => Way::Opener,
            };
            Some(Above { way, block, span: found.span })
        })
    }
}
