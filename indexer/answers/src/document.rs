//! A document with all that it mentions.

use std::collections::BTreeSet;

use corpus::{Article, CodePoints, DocumentId};
use extract::{Directive, Figure, Official};
use jiff::Timestamp;
use store::document::Denied;
use store::{DocumentSummary, Error, Evidence, Keyed, Mentioned};

use crate::Index;

/// One version of a document, with what it mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What a list shows of it.
    pub summary: DocumentSummary,
    /// The article: text and what the page states. Language and province as found.
    pub article: Article,
    /// `WARC-Record-ID` of the capture that this version was read from.
    pub capture: String,
    /// The directives that it cites, in reading order.
    pub directives: Vec<Keyed<Directive>>,
    /// The officials that it names, in reading order.
    pub officials: Vec<Keyed<Official>>,
    /// The figures that it claims, in reading order.
    pub figures: Vec<Keyed<Figure>>,
    /// What the rules take for mentions and somebody decided to be none, each with where it stands.
    pub denied: Vec<(Denied, Evidence)>,
    /// All its versions, oldest first.
    pub versions: Vec<DocumentVersion>,
    /// When it was last seen unchanged or captured.
    pub last_seen: Timestamp,
}

/// A version of a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentVersion {
    /// Its number, from 1.
    pub version: u32,
    /// When it was first captured.
    pub captured: Timestamp,
}

impl Index {
    /// A document: its newest version, or the one that is asked for.
    pub fn document(&self, id: DocumentId, version: Option<u32>) -> Result<Option<Document>, Error> {
        let mut all = self.store().versions(id)?;
        all.extend(self.store().documents(&[id])?);
        let versions = all
            .iter()
            .map(|stored| DocumentVersion { version: stored.version, captured: stored.captured })
            .collect();
        let targets = all.iter().map(|stored| DocumentId::of_target(&stored.target));
        let targets: BTreeSet<DocumentId> = targets.chain([id]).collect();
        let seen = self.store().seen(&targets.into_iter().collect::<Vec<_>>())?;
        let last_seen = all.iter().map(|stored| stored.captured).max().max(seen.into_values().max());
        let asked = match version {
            Some(version) => all.into_iter().find(|stored| stored.version == version),
            None => all.pop(),
        };
        let (Some(stored), Some(last_seen)) = (asked, last_seen) else { return Ok(None) };
        let points = CodePoints::new(&stored.article.text);
        let place =
            |denied: &Denied| Evidence::of(&stored.article, &points, denied.mention.span(), stored.summary());
        let denied = stored.denied.iter().map(|denied| (denied.clone(), place(denied))).collect();
        let Mentioned { directives, officials, figures } = Mentioned::of(&stored);
        Ok(Some(Document {
            summary: stored.summary(),
            article: stored.article,
            capture: stored.capture,
            directives,
            officials,
            figures,
            denied,
            versions,
            last_seen,
        }))
    }

    /// What a list shows of the document of an address, in any spelling of a URL.
    pub fn summary_of(&self, address: &str) -> Result<Option<DocumentSummary>, Error> {
        let found = self.store().documents(&[DocumentId::of_target(address)])?.pop();
        Ok(found.map(|stored| stored.summary()))
    }
}
