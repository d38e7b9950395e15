//! What a page says, once it has been read.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::block::{self, Block, Mark};
use crate::{CanonicalUrl, Language};

/// The article of one capture: its text and what the page states about it. What the page does not state is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The address that the page calls its own, else the one it was fetched from; files may have none.
    pub url: Option<CanonicalUrl>,
    /// The page that links to it, where it is a file that was found so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_from: Option<CanonicalUrl>,
    /// Headline.
    pub title: Option<String>,
    /// Byline as printed, several names joined by `", "`.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// When it was last changed, as the page says.
    pub modified: Option<Published>,
    /// The language that the page declares; what the text itself shows is the indexer's to find.
    pub language: Option<Language>,
    /// Name of the source record that the page belongs to, else its host name.
    pub source: Option<String>,
    /// The province that the source covers, by its Vietnamese name (`Nghệ An`).
    pub province: Option<String>,
    /// Section of the newspaper or portal.
    pub section: Option<String>,
    /// Tags, as printed.
    pub tags: Vec<String>,
    /// The same article in other languages.
    pub alternates: Vec<(Language, CanonicalUrl)>,
    /// Captions of its pictures, each with its credit; not part of `text`.
    pub captions: Vec<String>,
    /// Lede and body: one paragraph, heading or table row a line, in reading order.
    pub text: String,
    /// Where the pages of a printed document begin, in code points of `text`, the first page first; a page without text
    /// begins where the next one does. Empty where there are no pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<usize>,
    /// What its form said of single lines of `text` (an `h2`, a list, a style, a row of a table), in order; empty where
    /// there are lines only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

impl Article {
    /// The structure of the text: what the form said, and for the rest what its lines look like.
    pub fn blocks(&self) -> Vec<Block> {
        block::of(&self.text, &self.marks, self.title.as_deref())
    }
}

/// A date of publication or change, in the newspapers' time zone (`Asia/Ho_Chi_Minh`), with its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// The time of day, where the page gives it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub time: Option<Time>,
    /// Where the date was found.
    pub origin: DateOrigin,
}

/// Where a date was found, the most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrigin {
    /// A field of an imported record.
    Record,
    /// JSON-LD in the page.
    JsonLd,
    /// A `meta` element.
    Meta,
    /// The date that readers see: by the selector of the source, in a `time` element, in the byline.
    Visible,
    /// The address of the page or of its pictures.
    Url,
}
