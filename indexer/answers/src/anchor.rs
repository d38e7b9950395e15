//! What a decision is to rest on: mentions that stand for an entity, by document, words and place.

use corpus::{Anchor, AnchorKind, Decision, DocumentId};
use identity::Because;
use store::{Entity, EntityKind, Error, Evidence, Keyed, Meant, StoredDocument};

use crate::Index;
use crate::document::Document;

/// Mentions that stand for an entity in a decision, at most: what tells it well, and few enough that one of another entity that
/// strayed into it is unlikely among them.
const ANCHORS: usize = 3;

/// What mentions of a document words may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Worded {
    /// The mention.
    pub anchor: Anchor,
    /// What it stands for, as far as that is known.
    pub key: Option<String>,
}

impl Index {
    /// The mentions that an instrument or a person is known by: those that say most, from the first to the last, in documents
    /// of their own. None for an office, which is what its words say, and where there is no such entity.
    pub fn anchors(&self, key: &str) -> Result<Vec<Anchor>, Error> {
        let Some(entity) = self.entity(key)? else { return Ok(Vec::new()) };
        let kind = match entity.what.kind() {
            EntityKind::Instrument => AnchorKind::Directive,
            EntityKind::Person => AnchorKind::Official,
            EntityKind::Office => return Ok(Vec::new()),
        };
        let decided = entity.decisions.iter().flat_map(|decision| decision.what.anchors());
        let ids: Vec<DocumentId> = decided.map(Anchor::document).collect();
        let mut documents = self.store().documents_of_groups(&[entity.group.clone()].into())?;
        // Of other groups, where people decided that they are one.
        documents.extend(self.store().documents(&ids)?);
        documents.sort_by_key(|stored| (stored.article.published.map(|published| published.date), stored.id));
        documents.dedup_by_key(|stored| stored.id);
        let found: Vec<(bool, Anchor)> =
            documents.iter().filter_map(|stored| best(stored, &entity, kind)).collect();
        let full: Vec<Anchor> =
            found.iter().filter(|(full, _)| *full).map(|(_, anchor)| anchor.clone()).collect();
        let all: Vec<Anchor> =
            if full.is_empty() { found.into_iter().map(|(_, anchor)| anchor).collect() } else { full };
        let last = all.len().saturating_sub(1);
        let steps = ANCHORS.min(all.len());
        let place = |step: usize| if steps > 1 { step * last / (steps - 1) } else { 0 };
        Ok((0..steps).map(|step| all[place(step)].clone()).collect())
    }

    /// The mentions of a decision that are found no more: their document is gone, or says otherwise by now.
    pub fn lost(&self, decision: &Decision) -> Result<Vec<Anchor>, Error> {
        let ids: Vec<DocumentId> = decision.what.anchors().map(Anchor::document).collect();
        let mut documents = self.store().documents(&ids)?;
        for stored in &mut documents {
            stored.restore();
        }
        let is_there = |anchor: &&Anchor| {
            documents.iter().any(|stored| stored.id == anchor.document() && stored.anchored(anchor).is_some())
        };
        Ok(decision.what.anchors().filter(|anchor| !is_there(anchor)).cloned().collect())
    }
}

/// The mention of an entity in a document that says most, and whether it says all.
fn best(stored: &StoredDocument, entity: &Entity, kind: AnchorKind) -> Option<(bool, Anchor)> {
    let points = corpus::CodePoints::new(&stored.article.text);
    let anchor = |span: corpus::Span| Anchor {
        address: stored.address.clone(),
        kind,
        quote: span.of(&stored.article.text).to_owned(),
        start: points.range(span).0,
    };
    if kind == AnchorKind::Official {
        let of =
            |at: &usize| stored.assignment.officials.get(*at).is_some_and(|whom| whom.person == entity.id);
        let officials = &stored.mentions.officials;
        let best = (0..officials.len())
            .filter(of)
            .max_by_key(|at| (officials[*at].positions.len(), std::cmp::Reverse(*at)))?;
        return Some((true, anchor(officials[best].span)));
    }
    let meant = stored.assignment.directives.iter().enumerate();
    let of = meant.filter_map(|(at, meant)| match meant {
        Meant::One(id, because) if *id == entity.id => Some((*because == Because::FullForm, at)),
        _ => None,
    });
    let (full, at) = of.max_by_key(|(full, at)| (*full, std::cmp::Reverse(*at)))?;
    Some((full, anchor(stored.mentions.directives.get(at)?.span)))
}

/// The key of a mention and where it stands.
fn parts<M>(keyed: &Keyed<M>) -> (Option<&String>, &Evidence) {
    (keyed.key.as_ref(), &keyed.record.evidence)
}

impl Document {
    /// The mentions whose words hold some words, in reading order; those that begin at a place alone where one is given.
    pub fn worded(&self, words: &str, start: Option<usize>) -> Vec<Worded> {
        let mut found: Vec<Worded> = Vec::new();
        let mut add = |kind, key: Option<&String>, evidence: &Evidence| {
            if evidence.quote.contains(words) && start.is_none_or(|start| start == evidence.start) {
                let anchor = Anchor {
                    address: self.summary.address.clone(),
                    kind,
                    quote: evidence.quote.clone(),
                    start: evidence.start,
                };
                found.push(Worded { anchor, key: key.cloned() });
            }
        };
        for (key, evidence) in self.directives.iter().map(parts) {
            add(AnchorKind::Directive, key, evidence);
        }
        for (key, evidence) in self.officials.iter().map(parts) {
            add(AnchorKind::Official, key, evidence);
        }
        for (_, evidence) in self.figures.iter().map(parts) {
            // The key of a figure is that of a series, which decisions do not speak of.
            add(AnchorKind::Figure, None, evidence);
        }
        found.sort_by_key(|worded| worded.anchor.start);
        found
    }
}
