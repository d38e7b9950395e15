//! What the index keeps of a document besides its searchable form.

use corpus::{Article, DocumentId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use text::fingerprint;

use super::entity::Assignment;
use crate::Mentions;
use crate::record::DocumentSummary;

/// One version of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredDocument {
    /// Identity, the same for all versions.
    pub(crate) id: DocumentId,
    /// Number of this version, from 1.
    pub(crate) version: u32,
    /// Canonical URL, or the target of the file it came from.
    pub(crate) address: String,
    /// `WARC-Target-URI` of its capture.
    pub(crate) target: String,
    /// When this version was first captured.
    pub(crate) captured: Timestamp,
    /// `WARC-Record-ID` of the capture.
    pub(crate) capture: String,
    /// The article, with language and province as found.
    pub(crate) article: Article,
    /// What it mentions.
    pub(crate) mentions: Mentions,
    /// What its mentions stand for.
    #[serde(default)]
    pub(crate) assignment: Assignment,
}

impl StoredDocument {
    /// What a list shows of it.
    pub(crate) fn summary(&self) -> DocumentSummary {
        DocumentSummary {
            id: self.id,
            version: self.version,
            address: self.address.clone(),
            title: self.title(),
            published: self.article.published,
            source: self.article.source.clone(),
            province: self.article.province.clone(),
            language: self.article.language,
        }
    }

    /// The headline; where there is none, the beginning of the text.
    fn title(&self) -> String {
        /// Characters of a text that stand for its headline.
        const BEGINNING: usize = 90;
        if let Some(title) = self.article.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
            return title.to_owned();
        }
        let line = self.article.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        match line.char_indices().nth(BEGINNING) {
            Some((end, _)) => format!("{}…", line[..end].trim_end()),
            None => line.to_owned(),
        }
    }

    /// Whether a newer capture says the same.
    pub(crate) fn says_the_same(&self, newer: &Article) -> bool {
        self.article.text == newer.text && self.article.title == newer.title
    }
}

/// A number made from the id of a document, the same on every machine (FNV-1a of its written form).
pub(crate) fn order(id: DocumentId) -> u64 {
    fingerprint(id.to_string().as_bytes())
}
