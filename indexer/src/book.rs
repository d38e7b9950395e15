//! What people decided, looked up by the documents that it speaks of while these are indexed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use corpus::{Anchor, AnchorKind, Decision, DecisionMark, Decisions, DocumentId, Judgement};
use store::{Error, Store, StoredDocument};

/// On which side of a decision a mention stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    First,
    Second,
}

/// A mention that a decision speaks of.
struct Spoken {
    decision: usize,
    side: Side,
    anchor: Anchor,
}

/// A decision about a mention of a document, by the mention's number among those of its kind.
pub(super) struct Said {
    /// Place of the decision in [`Book::decisions`].
    pub(super) decision: usize,
    pub(super) side: Side,
    pub(super) kind: AnchorKind,
    pub(super) mention: usize,
}

/// The decisions that hold.
#[derive(Default)]
pub(super) struct Book {
    pub(super) decisions: Vec<Decision>,
    by_document: HashMap<DocumentId, Vec<Spoken>>,
    /// For each decision the groups of the mentions that were found.
    groups: Vec<BTreeSet<String>>,
    /// For each group that was decided to be one with others the first of them.
    united: BTreeMap<String, String>,
    /// How far the decisions go.
    pub(super) mark: DecisionMark,
}

/// What is to be done about decisions that are new, or hold no more.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Delta {
    /// Groups that are to be decided again.
    pub(super) groups: BTreeSet<String>,
    /// Documents in which mentions are to be taken out or put back.
    pub(super) documents: BTreeSet<DocumentId>,
}

impl Book {
    /// The decisions that hold, and where their mentions stand in what is indexed.
    pub(super) fn read(decisions: &Decisions, store: &dyn Store) -> Result<Self, Error> {
        let mut book = Self { mark: decisions.mark(), ..Self::default() };
        for decision in decisions.in_force() {
            let number = book.decisions.len();
            let mut add = |side, anchors: &[Anchor]| {
                for anchor in anchors {
                    let spoken = Spoken { decision: number, side, anchor: anchor.clone() };
                    book.by_document.entry(anchor.document()).or_default().push(spoken);
                }
            };
            match &decision.what {
                Judgement::Same { first, second } | Judgement::Different { first, second } => {
                    add(Side::First, first);
                    add(Side::Second, second);
                }
                Judgement::NotAMention { mention } => add(Side::First, std::slice::from_ref(mention)),
                Judgement::Name { of, .. } => add(Side::First, of),
                Judgement::Undo { .. } => {}
            }
            book.decisions.push(decision.clone());
        }
        book.groups = vec![BTreeSet::new(); book.decisions.len()];
        let ids: Vec<DocumentId> = book.by_document.keys().copied().collect();
        for stored in store.documents(&ids)? {
            book.note(&stored);
        }
        book.unite();
        Ok(book)
    }

    /// What differs from the decisions that were taken into account before. Of those that were taken out of the file by hand
    /// nothing is known.
    pub(super) fn delta(&self, before: &Decisions, store: &dyn Store) -> Result<Delta, Error> {
        let old: Vec<&Decision> = before.in_force().collect();
        let mut delta = Delta::default();
        let gone = old.iter().copied().filter(|decision| !self.decisions.contains(decision));
        let new = self.decisions.iter().filter(|decision| !old.contains(decision));
        for decision in gone.chain(new) {
            let is_none = matches!(decision.what, Judgement::NotAMention { .. });
            let ids: Vec<DocumentId> = decision.what.anchors().map(Anchor::document).collect();
            for mut stored in store.documents(&ids)? {
                if is_none {
                    delta.documents.insert(stored.id);
                    stored.restore();
                }
                let anchors = decision.what.anchors().filter(|anchor| anchor.document() == stored.id);
                delta.groups.extend(anchors.filter_map(|anchor| stored.group_of(anchor)));
            }
        }
        Ok(delta)
    }

    /// Notes the groups of the mentions in a document that decisions speak of.
    pub(super) fn note(&mut self, stored: &StoredDocument) {
        for spoken in self.by_document.get(&stored.id).into_iter().flatten() {
            self.groups[spoken.decision].extend(stored.group_of(&spoken.anchor));
        }
    }

    /// Brings groups together that decisions call one.
    pub(super) fn unite(&mut self) {
        self.united.clear();
        for (decision, groups) in self.decisions.iter().zip(&self.groups) {
            if !matches!(decision.what, Judgement::Same { .. }) || groups.len() < 2 {
                continue;
            }
            let roots: BTreeSet<String> = groups.iter().map(|group| self.root(group).to_owned()).collect();
            let Some(first) = roots.first().cloned() else { continue };
            for root in self.united.values_mut().filter(|root| roots.contains(*root)) {
                root.clone_from(&first);
            }
            for group in groups.iter().chain(&roots) {
                self.united.insert(group.clone(), first.clone());
            }
        }
    }

    /// The group that a group is decided in.
    pub(super) fn root<'a>(&'a self, group: &'a str) -> &'a str {
        self.united.get(group).map_or(group, String::as_str)
    }

    /// Adds the groups that are decided together with some of these.
    pub(super) fn complete(&self, groups: &mut BTreeSet<String>) {
        let roots: BTreeSet<&String> = groups.iter().filter_map(|group| self.united.get(group)).collect();
        let others =
            self.united.iter().filter(|(_, root)| roots.contains(root)).map(|(group, _)| group.clone());
        let others: Vec<String> = others.collect();
        groups.extend(others);
    }

    /// Takes what was decided to be no mention out of a document, and puts back what is one again.
    pub(super) fn deny(&self, stored: &mut StoredDocument) {
        stored.restore();
        for spoken in self.by_document.get(&stored.id).into_iter().flatten() {
            let decision = &self.decisions[spoken.decision];
            if matches!(decision.what, Judgement::NotAMention { .. }) {
                stored.deny(&spoken.anchor, decision);
            }
        }
    }

    /// What decisions say of the mentions of a document.
    pub(super) fn said(&self, stored: &StoredDocument) -> Vec<Said> {
        let all = self.by_document.get(&stored.id).into_iter().flatten();
        let of_mentions = all
            .filter(|spoken| !matches!(self.decisions[spoken.decision].what, Judgement::NotAMention { .. }));
        let said = |spoken: &Spoken| {
            let mention = stored.anchored(&spoken.anchor)?;
            Some(Said { decision: spoken.decision, side: spoken.side, kind: spoken.anchor.kind, mention })
        };
        of_mentions.filter_map(said).collect()
    }
}
