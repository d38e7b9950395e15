//! JSON records to articles.

use serde::{Deserialize, Serialize};

use crate::{Article, Capture};

/// A record of JSON Lines, or a row of CSV, as imports and `yearline extract` take it. Other fields are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JsonRecord {
    /// The giver's own name for it; numbers are taken too.
    pub id: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// When it was published, in any form that [`crate::date`] reads.
    pub published: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// Language tag.
    pub lang: Option<String>,
    /// Province, by its Vietnamese name.
    pub province: Option<String>,
    /// Name of its source.
    pub source: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// The text, kept exactly.
    pub text: Option<String>,
    /// A page, instead of a text.
    pub html: Option<String>,
}

/// Why a record cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum NotARecord {
    /// It is not JSON, or a field is not text.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// It has nothing to read.
    #[error("it has neither a text nor an html field")]
    Empty,
}

impl JsonRecord {
    /// Reads one.
    pub fn parse(line: &[u8]) -> Result<Self, NotARecord> {
        let record: Self = serde_json::from_slice(line)?;
        if record.text.is_none() && record.html.is_none() {
            return Err(NotARecord::Empty);
        }
        Ok(record)
    }

    /// The article that it is; its text is empty where the record holds a page.
    pub fn article(self) -> Article {
        Article {
            title: self.title,
            author: self.author,
            text: self.text.unwrap_or_default(),
            ..Article::default()
        }
    }
}

/// The article in an `application/json` capture.
pub fn article(capture: &Capture) -> Result<Article, NotARecord> {
    JsonRecord::parse(&capture.body).map(JsonRecord::article)
}
