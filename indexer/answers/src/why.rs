//! Why mentions stand for one entity, and what keeps others of its name or number apart: the group is decided again, as
//! indexing decides it, and its decisions are told.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use corpus::{Anchor, Decision, DocumentId, Judgement};
use extract::{Directive, Official};
use identity::{Appearance, Appeared, Place, Ruling, explain_people};
pub use identity::{Because, Bond};
use store::document::official_group;
use store::record::MentionReader;
use store::{Entity, Error, Evidence, Keyed, Meant, StoredDocument, What};

use crate::Index;
use crate::list::Found;

/// Why an entity is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The entity.
    pub entity: Entity,
    /// The mentions that stand for it, by date of publication.
    pub grounds: Vec<Ground>,
    /// Other entities of the same name or number, those of the most documents first.
    pub others: Vec<Other>,
    /// Mentions of the same name or number that stand for none, since several fit or nothing tells.
    pub open: usize,
}

/// A mention, and why it stands for its entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Where it stands.
    pub evidence: Evidence,
    /// What it says of it: offices, or number, issuer and day.
    pub says: Vec<String>,
    /// What decided.
    pub reason: Reason,
}

/// What decided what a mention stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A citation.
    Cited(Because),
    /// A person, together with another mention: its place among the grounds.
    Bond(Bond, usize),
    /// Nothing was needed: the others were brought to it.
    First,
}

/// Another entity of the same name or number.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// The entity.
    pub entity: Entity,
    /// Something speaks against their being one; else nothing brings them together.
    pub against: bool,
    /// Somebody decided that they are two.
    pub decided: Option<Decision>,
}

impl Index {
    /// Why the mentions of an instrument or a person are one entity; `None` in [`Found`] for offices too, which are what
    /// their words say.
    pub fn why(&self, key: &str) -> Result<Found<Why>, Error> {
        let Some(entity) = self.entity(key)? else { return Ok(Found::through(&self.successors(key)?)) };
        let group = entity.group.clone();
        let others = self.store().entities(store::By::Group, &[&group])?;
        let mut others: Vec<Entity> = others.into_iter().filter(|other| other.id != entity.id).collect();
        others.sort_by(|a, b| a.place().cmp(&b.place()));
        let decisions = decisions(&entity, &others);
        let groups = self.groups(&group, &decisions)?;
        let mut documents = self.store().documents_of_groups(&groups)?;
        documents.sort_by_key(|stored| stored.id);
        let why = match &entity.what {
            What::Person(_) => people(entity, others, &documents, &groups, &decisions),
            What::Instrument(_) => instrument(entity, others, &documents),
            What::Office(_) => return Ok(Found::None),
        };
        Ok(Found::One(Box::new(why)))
    }

    /// A group, and those whose mentions were decided to be one with mentions of it.
    fn groups(&self, group: &str, decisions: &[Decision]) -> Result<BTreeSet<String>, Error> {
        let mut groups = BTreeSet::from([group.to_owned()]);
        for decision in decisions.iter().filter(|decision| matches!(decision.what, Judgement::Same { .. })) {
            let ids: Vec<DocumentId> = decision.what.anchors().map(Anchor::document).collect();
            for stored in self.store().documents(&ids)? {
                let here = decision.what.anchors().filter(|anchor| anchor.document() == stored.id);
                groups.extend(here.filter_map(|anchor| stored.group_of(anchor)));
            }
        }
        Ok(groups)
    }
}

/// What people decided of the entities of a group, each once, in the order in which they did.
fn decisions(entity: &Entity, others: &[Entity]) -> Vec<Decision> {
    let mut all: Vec<Decision> = entity.decisions.clone();
    all.extend(others.iter().flat_map(|other| other.decisions.iter().cloned()));
    all.sort_by_key(|decision| decision.id);
    all.dedup();
    all
}

/// The decision that two entities are two.
fn parted(entity: &Entity, other: &Entity) -> Option<Decision> {
    let mut apart =
        entity.decisions.iter().filter(|decision| matches!(decision.what, Judgement::Different { .. }));
    apart.find(|decision| other.decisions.contains(decision)).cloned()
}

fn people(
    entity: Entity,
    others: Vec<Entity>,
    documents: &[StoredDocument],
    groups: &BTreeSet<String>,
    decisions: &[Decision],
) -> Why {
    // What was decided of the mentions, by their places in the group.
    let mut rulings: BTreeMap<u64, Ruling> = BTreeMap::new();
    let mut group: Vec<Appeared> = Vec::new();
    let mut mentions: Vec<(Keyed<Official>, String)> = Vec::new();
    for (document, stored) in (0..).zip(documents) {
        let near = stored.article.province.as_deref().map(Place::province);
        let reader = MentionReader::of(stored);
        let spoken = spoken_of(stored, decisions);
        for (at, official) in stored.mentions.officials.iter().enumerate() {
            let is_here = groups.contains(&official_group(official, &stored.article.text));
            let Some(keyed) = reader.official(at).filter(|_| is_here) else { continue };
            let appearance = Appearance::of(official, &stored.article, near.as_ref());
            let whom = keyed.key.clone().unwrap_or_default();
            for (decision, is_first, _) in spoken.iter().filter(|(.., mention)| *mention == at) {
                let ruling = rulings.entry(decision.id).or_insert_with(|| Ruling {
                    decision: decision.id,
                    same: matches!(decision.what, Judgement::Same { .. }),
                    first: Vec::new(),
                    second: Vec::new(),
                });
                let side = if *is_first { &mut ruling.first } else { &mut ruling.second };
                side.push(group.len());
            }
            group.push(Appeared { document, appearance });
            mentions.push((keyed, whom));
        }
    }
    rulings.retain(|_, ruling| !ruling.first.is_empty() && !ruling.second.is_empty());
    let (people, bonds, against) = explain_people(&group, &rulings.into_values().collect::<Vec<_>>());
    // Which id the index gave to each of them.
    let mut ids: HashMap<usize, &str> = HashMap::new();
    for (number, (_, id)) in people.whom.iter().zip(&mentions) {
        ids.insert(*number, id);
    }
    let apart = |other: &Entity| {
        against.iter().any(|(a, b)| {
            let both = [ids.get(a), ids.get(b)];
            both.contains(&Some(&entity.id.as_str())) && both.contains(&Some(&other.id.as_str()))
        })
    };
    let other =
        |other: Entity| Other { against: apart(&other), decided: parted(&entity, &other), entity: other };
    let others = others.into_iter().map(other).collect();
    let mut own: Vec<usize> = (0..mentions.len()).filter(|at| mentions[*at].1 == entity.id).collect();
    own.sort_by_key(|at| (mentions[*at].0.published(), *at));
    let place: HashMap<usize, usize> = own.iter().enumerate().map(|(place, at)| (*at, place)).collect();
    // Each is told by what first brought it together with another, best one that stands before it.
    let reason = |at: usize| {
        let with = bonds.iter().filter_map(|joined| {
            let other = match at {
                at if at == joined.second => joined.first,
                at if at == joined.first => joined.second,
                _ => return None,
            };
            place.get(&other).map(|other| (*other, joined.by))
        });
        let mut with: Vec<(usize, Bond)> = with.collect();
        with.sort_by_key(|(other, _)| *other > place[&at]);
        with.first().map_or(Reason::First, |(other, by)| Reason::Bond(*by, *other))
    };
    let ground = |at: &usize| {
        let keyed = &mentions[*at].0;
        let says = keyed.record.mention.positions.clone();
        Ground { evidence: keyed.record.evidence.clone(), says, reason: reason(*at) }
    };
    let grounds = own.iter().map(ground).collect();
    Why { grounds, others, open: 0, entity }
}

/// The mentions of officials in a document that decisions speak of: the decision, whether on its first side, the mention.
fn spoken_of<'a>(stored: &StoredDocument, decisions: &'a [Decision]) -> Vec<(&'a Decision, bool, usize)> {
    let mut spoken = Vec::new();
    for decision in decisions {
        let (Judgement::Same { first, second } | Judgement::Different { first, second }) = &decision.what
        else {
            continue;
        };
        for (is_first, anchors) in [(true, first), (false, second)] {
            let here = anchors.iter().filter(|anchor| anchor.document() == stored.id);
            let found = here.filter_map(|anchor| stored.anchored(anchor));
            spoken.extend(found.map(|mention| (decision, is_first, mention)));
        }
    }
    spoken
}

fn instrument(entity: Entity, others: Vec<Entity>, documents: &[StoredDocument]) -> Why {
    let mut grounds: Vec<(Option<jiff::civil::Date>, Ground)> = Vec::new();
    let ids: Vec<&str> = others.iter().map(|other| other.id.as_str()).chain([entity.id.as_str()]).collect();
    let mut open = 0;
    for stored in documents {
        let reader = MentionReader::of(stored);
        for (at, meant) in stored.assignment.directives.iter().enumerate() {
            match meant {
                Meant::One(id, because) if *id == entity.id => {
                    let Some(keyed) = reader.directive(at) else { continue };
                    let Directive { number, issuer, issued, .. } = &keyed.record.mention;
                    let issued = issued.map(|day| day.to_string());
                    let says = [number.clone(), issuer.clone(), issued].into_iter().flatten().collect();
                    let ground = Ground {
                        says,
                        reason: Reason::Cited(*because),
                        evidence: keyed.record.evidence.clone(),
                    };
                    grounds.push((keyed.published(), ground));
                }
                Meant::Several(several) if several.iter().any(|id| ids.contains(&id.as_str())) => open += 1,
                _ => {}
            }
        }
    }
    grounds.sort_by_key(|(day, _)| *day);
    // Each has a year, an issuer or a subject that the others do not have.
    let other = |other: Entity| Other { against: true, decided: parted(&entity, &other), entity: other };
    let others = others.into_iter().map(other).collect();
    Why { entity, grounds: grounds.into_iter().map(|(_, ground)| ground).collect(), others, open }
}
