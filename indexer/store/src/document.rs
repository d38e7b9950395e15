//! What is kept of a document besides its searchable form.

use std::collections::BTreeSet;

use corpus::{Article, CanonicalUrl, DocumentId};
use extract::Mentions;
use identity::Citation;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use text::{fingerprint, slug};

use crate::entity::Assignment;
use crate::record::DocumentSummary;

/// One version of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredDocument {
    /// Identity, the same for all versions.
    pub id: DocumentId,
    /// Number of this version, from 1.
    pub version: u32,
    /// Canonical URL, or the target of the file it came from.
    pub address: String,
    /// `WARC-Target-URI` of its capture.
    pub target: String,
    /// When this version was first captured.
    pub captured: Timestamp,
    /// `WARC-Record-ID` of the capture.
    pub capture: String,
    /// The article, with language and province as found.
    pub article: Article,
    /// What it mentions.
    pub mentions: Mentions,
    /// What its mentions stand for.
    #[serde(default)]
    pub assignment: Assignment,
}

impl StoredDocument {
    /// What a list shows of it.
    pub fn summary(&self) -> DocumentSummary {
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

    /// Groups of all its mentions, each once: what touches one of them is decided again with it.
    pub fn groups(&self) -> BTreeSet<String> {
        let text = self.article.text.as_str();
        let directives = self.mentions.directives.iter();
        let directives = directives.map(|directive| of_directive(&Citation::group_of(directive, text)));
        let officials = self.mentions.officials.iter();
        let officials = officials.map(|official| of_official(&slug(official.span.of(text))));
        directives.chain(officials).collect()
    }

    /// Whether a newer capture says the same.
    pub fn says_the_same(&self, newer: &Article) -> bool {
        self.article.text == newer.text && self.article.title == newer.title
    }
}

/// A number made from the id of a document, the same on every machine (FNV-1a of its written form).
pub fn order(id: DocumentId) -> u64 {
    fingerprint(id.to_string().as_bytes())
}

/// The group of directives that a mention is decided in, as it is kept.
pub fn of_directive(group: &str) -> String {
    format!("d:{group}")
}

/// The same for officials.
pub fn of_official(group: &str) -> String {
    format!("o:{group}")
}

/// What the captures of one target have in common.
pub fn target_id(target: &str) -> DocumentId {
    match target.parse::<CanonicalUrl>() {
        Ok(url) => url.document_id(),
        Err(_) => DocumentId::of(target),
    }
}
