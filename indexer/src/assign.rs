//! Identity as a stage of indexing: the groups that new documents touch are decided again over all their mentions, and
//! documents whose assignment changed are written again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::Duration;

use corpus::{AnchorKind, Article, Decision, DocumentId, Judgement};
use identity::{
    Appearance, Appeared, Citation, Cited, Holding, Office, Place, Ruling, Verdict, agreed, by_frequency,
    decide_instruments, decide_people, number_slug,
};
use jiff::civil::Date;
use store::document::{directive_group, official_group};
use store::entity::{KnownInstrument, KnownOffice, KnownPerson};
use store::{
    Assignment, By, Content, Counts, Entity, Error, Facet, Filters, Meant, Proof, Proved, Query, Replaced,
    Search, Sort, Store, StoredDocument, What, Whom,
};
use text::slug;

use crate::book::{Book, Said, Side};
use crate::writer::AT_ONCE;

/// What a commit writes besides its new documents.
pub(super) struct Assigned {
    /// Documents of before in which mentions were taken out or put back.
    pub(super) ruled: Vec<StoredDocument>,
    /// Other documents of before whose assignment changed: what it is now.
    pub(super) changed: Vec<(DocumentId, Assignment)>,
    /// Groups and offices whose entities are replaced.
    pub(super) replaced: Replaced,
    /// The entities of all these.
    pub(super) entities: Vec<Entity>,
}

/// What is to be decided again besides new documents.
#[derive(Default)]
pub(super) struct Gone {
    /// Groups of mentions that older versions of the documents had, or of which people decided.
    pub(super) groups: BTreeSet<String>,
    /// Documents that are removed.
    pub(super) removed: Vec<DocumentId>,
    /// Documents of before in which mentions were taken out or put back; they are written again.
    pub(super) ruled: Vec<StoredDocument>,
}

/// Decides the groups of new documents. `before` is the index that this one will replace: ids that it gave go on.
pub(super) fn assign(
    new: &mut [&mut StoredDocument],
    gone: Gone,
    book: &Book,
    store: &dyn Store,
    before: Option<&dyn Store>,
) -> Result<Assigned, Error> {
    let Gone { groups: mut touched, removed, ruled } = gone;
    for stored in &*new {
        touched.extend(stored.groups());
    }
    book.complete(&mut touched);
    let fresh: HashSet<DocumentId> = new.iter().map(|stored| stored.id).chain(removed).collect();
    let known = Known::read(store, before, &touched, book)?;
    // What the same documents were assigned by a run that was killed, or in the index that is replaced: their ids go on.
    let mut earlier: HashMap<DocumentId, Assignment> = HashMap::new();
    let mut were: Vec<Assignment> = Vec::new();
    let of_new: HashMap<DocumentId, &StoredDocument> =
        new.iter().map(|stored| (stored.id, &**stored)).collect();
    let ids: Vec<DocumentId> = fresh.iter().copied().collect();
    for some in ids.chunks(AT_ONCE) {
        for found in store.documents(some)? {
            let again = of_new.get(&found.id).filter(|stored| stored.capture == found.capture);
            if again.is_some_and(|stored| stored.mentions == found.mentions) {
                earlier.insert(found.id, found.assignment.clone());
            }
            were.push(found.assignment);
        }
        let before = before.map_or_else(|| Ok(Vec::new()), |before| before.documents(some))?;
        for found in before {
            if of_new.get(&found.id).is_some_and(|stored| stored.mentions == found.mentions) {
                earlier.insert(found.id, found.assignment);
            }
        }
    }
    drop(of_new);
    let mut work = Work::default();
    for (at, stored) in new.iter_mut().enumerate() {
        let prior = earlier.get(&stored.id);
        work.take(at, stored, prior, &touched, book);
    }
    drop(earlier);
    let (newest, replaced) = (new.len(), were.len());
    let mut old: Vec<StoredDocument> = Vec::new();
    let mut take_old = |mut stored: StoredDocument, whole: bool| {
        let was = stored.assignment.clone();
        work.take(newest + old.len(), &mut stored, Some(&was), &touched, book);
        were.push(was);
        old.push(if whole { stored } else { without_text(stored) });
    };
    let written: HashSet<DocumentId> = ruled.iter().map(|stored| stored.id).collect();
    let ruled_ones = ruled.len();
    for stored in ruled {
        take_old(stored, true);
    }
    store.each_of_groups(&touched, &mut |stored| {
        if !fresh.contains(&stored.id) && !written.contains(&stored.id) {
            take_old(stored, false);
        }
        Ok(())
    })?;
    let mut documents: Vec<&mut StoredDocument> =
        new.iter_mut().map(|stored| &mut **stored).chain(old.iter_mut()).collect();
    work.in_order(&documents);
    let mut assigned = Assigned {
        ruled: Vec::new(),
        changed: Vec::new(),
        replaced: Replaced { groups: touched, offices: known.offices.clone() },
        entities: Vec::new(),
    };
    for (name, group) in work.directives {
        directives(&name, &group, &known, book, &mut documents, &mut assigned.entities);
    }
    for (name, group) in work.officials {
        officials(&name, &group, &known, book, &mut documents, &mut assigned.entities);
    }
    // Where groups are decided apart again, what led from one into the other is its own.
    let given: HashSet<String> = assigned.entities.iter().map(|entity| entity.id.clone()).collect();
    for entity in &mut assigned.entities {
        entity.also.retain(|id| !given.contains(id));
    }
    for entity in &assigned.entities {
        assigned.replaced.offices.extend(entity.offices().map(str::to_owned));
    }
    let are_held = documents.iter().map(|stored| &stored.assignment);
    let documents_of = documents_of_offices(store, &assigned.replaced.offices, were.iter(), are_held)?;
    let offices = offices(store, &assigned, &documents_of)?;
    assigned.entities.extend(offices);
    drop(documents);
    assigned.ruled.extend(old.drain(..ruled_ones));
    let others = old.into_iter().zip(were.into_iter().skip(replaced + ruled_ones));
    let changed = others.filter(|(now, was)| now.assignment != *was);
    assigned.changed = changed.map(|(now, _)| (now.id, now.assignment)).collect();
    Ok(assigned)
}

/// What is known of a document of before while its mentions are decided again: thousands of them are, and memory does not hold
/// their texts.
fn without_text(mut stored: StoredDocument) -> StoredDocument {
    stored.article = Article { province: stored.article.province, ..Article::default() };
    stored.mentions.officials = Vec::new();
    stored.mentions.figures = Vec::new();
    stored
}

/// The mentions of a group: where they stand, and what they tell.
struct Group<T> {
    entries: Vec<Entry>,
    told: Vec<T>,
    /// What people decided of them: the decision's place in the book, the side, the mention's place here.
    said: Vec<(usize, Side, usize)>,
}

/// Where a mention stands.
struct Entry {
    document: usize,
    mention: usize,
    /// The entity that it was before.
    prior: Option<String>,
}

impl<T> Default for Group<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), told: Vec::new(), said: Vec::new() }
    }
}

impl<T> Group<T> {
    fn push(&mut self, entry: Entry, told: T) {
        self.entries.push(entry);
        self.told.push(told);
    }

    /// Notes what people decided of the mention that was pushed last.
    fn note(&mut self, said: &[Said], kind: AnchorKind, mention: usize) {
        let of_it = said.iter().filter(|said| said.kind == kind && said.mention == mention);
        let last = self.entries.len() - 1;
        self.said.extend(of_it.map(|said| (said.decision, said.side, last)));
    }

    /// Puts the mentions into the order of their documents' ids, in which they are decided whatever order they came in.
    fn in_order(&mut self, documents: &[&mut StoredDocument]) {
        let both = std::mem::take(&mut self.entries).into_iter().zip(std::mem::take(&mut self.told));
        let mut all: Vec<(usize, (Entry, T))> = both.enumerate().collect();
        all.sort_by_key(|(_, (entry, _))| (documents[entry.document].id, entry.mention));
        let mut places = vec![0; all.len()];
        for (place, (at, _)) in all.iter().enumerate() {
            places[*at] = place;
        }
        (self.entries, self.told) = all.into_iter().map(|(_, both)| both).unzip();
        for (.., at) in &mut self.said {
            *at = places[*at];
        }
    }

    /// What people decided of mentions of this group.
    fn rulings(&self, book: &Book) -> Vec<Ruling> {
        let mut rulings: BTreeMap<usize, Ruling> = BTreeMap::new();
        for (decision, side, at) in &self.said {
            let same = match book.decisions[*decision].what {
                Judgement::Same { .. } => true,
                Judgement::Different { .. } => false,
                _ => continue,
            };
            let decision_id = book.decisions[*decision].id;
            let ruling = rulings.entry(*decision).or_insert_with(|| Ruling {
                decision: decision_id,
                same,
                first: Vec::new(),
                second: Vec::new(),
            });
            match side {
                Side::First => ruling.first.push(*at),
                Side::Second => ruling.second.push(*at),
            }
        }
        // Until both sides are found there is nothing to join or to part.
        rulings.into_values().filter(|ruling| !ruling.first.is_empty() && !ruling.second.is_empty()).collect()
    }

    /// The decisions that speak of each cluster, in their order. A name is that of the cluster with most of its mentions.
    fn decisions(&self, clusters: usize, whose: &[Option<usize>], book: &Book) -> Vec<Vec<Decision>> {
        let mut counts: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for (decision, _, at) in &self.said {
            if let Some(cluster) = whose[*at] {
                *counts.entry(*decision).or_default().entry(cluster).or_default() += 1;
            }
        }
        let mut all = vec![Vec::new(); clusters];
        for (decision, of) in counts {
            let decision = &book.decisions[decision];
            let most = of.iter().max_by_key(|(cluster, count)| (**count, std::cmp::Reverse(**cluster)));
            let most = most.map(|(cluster, _)| *cluster);
            let is_name = matches!(decision.what, Judgement::Name { .. });
            for cluster in of.into_keys().filter(|cluster| !is_name || Some(*cluster) == most) {
                all[cluster].push(decision.clone());
            }
        }
        all
    }
}

#[derive(Default)]
struct Work {
    directives: BTreeMap<String, Group<Cited>>,
    officials: BTreeMap<String, Group<Appeared>>,
}

impl Work {
    fn take(
        &mut self,
        at: usize,
        stored: &mut StoredDocument,
        prior: Option<&Assignment>,
        touched: &BTreeSet<String>,
        book: &Book,
    ) {
        let said = book.said(stored);
        let near = stored.article.province.as_deref().map(Place::province);
        let document = at as u32;
        let StoredDocument { article, mentions, assignment, .. } = stored;
        assignment.directives.resize(mentions.directives.len(), Meant::Unknown);
        assignment.officials.resize_with(mentions.officials.len(), Whom::nobody);
        for (mention, directive) in mentions.directives.iter().enumerate() {
            let group = directive_group(directive, &article.text);
            if touched.contains(&group) {
                let prior = match prior.and_then(|prior| prior.directives.get(mention)) {
                    Some(Meant::One(id, _)) => Some(id.clone()),
                    _ => None,
                };
                let citation = Citation::of(directive, article, near.as_ref());
                let group = self.directives.entry(book.root(&group).to_owned()).or_default();
                group.push(Entry { document: at, mention, prior }, Cited { document, citation });
                group.note(&said, AnchorKind::Directive, mention);
            }
        }
        for (mention, official) in mentions.officials.iter().enumerate() {
            let group = official_group(official, &article.text);
            if touched.contains(&group) {
                let whom = prior.and_then(|prior| prior.officials.get(mention));
                let prior = whom.map(|whom| whom.person.clone()).filter(|id| !id.is_empty());
                let appearance = Appearance::of(official, article, near.as_ref());
                let group = self.officials.entry(book.root(&group).to_owned()).or_default();
                group.push(Entry { document: at, mention, prior }, Appeared { document, appearance });
                group.note(&said, AnchorKind::Official, mention);
            }
        }
    }
}

impl Work {
    /// Puts the mentions of each group into one order.
    fn in_order(&mut self, documents: &[&mut StoredDocument]) {
        self.directives.values_mut().for_each(|group| group.in_order(documents));
        self.officials.values_mut().for_each(|group| group.in_order(documents));
    }
}

/// Places of the mentions of each cluster, in their order.
fn members(clusters: usize, whose: impl Iterator<Item = Option<usize>>) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); clusters];
    for (at, cluster) in whose.enumerate() {
        if let Some(cluster) = cluster {
            members[cluster].push(at);
        }
    }
    members
}

/// What the index knew of the touched groups.
struct Known {
    entities: HashMap<String, Vec<Entity>>,
    /// The group of each id.
    homes: HashMap<String, String>,
    /// Offices that their people hold.
    offices: BTreeSet<String>,
}

impl Known {
    fn read(
        store: &dyn Store,
        before: Option<&dyn Store>,
        touched: &BTreeSet<String>,
        book: &Book,
    ) -> Result<Self, Error> {
        let groups: Vec<&str> = touched.iter().map(String::as_str).collect();
        let mut entities: HashMap<String, Vec<Entity>> = HashMap::new();
        let mut offices = BTreeSet::new();
        let mut ids = HashSet::new();
        for entity in store.entities(By::Group, &groups)? {
            offices.extend(entity.offices().map(str::to_owned));
            ids.insert(entity.id.clone());
            entities.entry(book.root(&entity.group).to_owned()).or_default().push(entity);
        }
        if let Some(before) = before {
            for entity in before.entities(By::Group, &groups)? {
                if !ids.contains(&entity.id) {
                    entities.entry(book.root(&entity.group).to_owned()).or_default().push(entity);
                }
            }
        }
        let homes =
            entities.iter().flat_map(|(group, all)| all.iter().map(|one| (one.id.clone(), group.clone())));
        Ok(Self { homes: homes.collect(), entities, offices })
    }

    /// Whether an entity of a group may have an id: none that another group's has, in which its mentions were while somebody
    /// had decided so.
    fn may_have(&self, group: &str, id: &str) -> bool {
        self.homes.get(id).is_none_or(|home| home == group)
    }

    fn of(&self, group: &str) -> &[Entity] {
        self.entities.get(group).map_or(&[], Vec::as_slice)
    }
}

/// Ids for the clusters of a group. A cluster keeps the id that most of its mentions had; what stood under another id before
/// leads to it from now on. `whose` says which cluster each mention is in, `fresh` makes an id for a new cluster.
fn ids(
    clusters: usize,
    whose: &[(Option<usize>, Option<&str>)],
    known: &[Entity],
    fresh: &dyn Fn(usize) -> Vec<String>,
) -> (Vec<String>, Vec<Vec<String>>) {
    let mut votes: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for (cluster, prior) in whose {
        if let (Some(cluster), Some(prior)) = (cluster, prior) {
            *votes.entry((*cluster, prior)).or_default() += 1;
        }
    }
    let mut ranked: Vec<((usize, &str), usize)> = votes.iter().map(|(key, count)| (*key, *count)).collect();
    ranked.sort_by_key(|((cluster, _), count)| (std::cmp::Reverse(*count), *cluster));
    let mut ids: Vec<Option<String>> = vec![None; clusters];
    let mut taken: HashSet<String> = HashSet::new();
    for ((cluster, prior), _) in &ranked {
        if ids[*cluster].is_none() && !taken.contains(*prior) {
            ids[*cluster] = Some((*prior).to_owned());
            taken.insert((*prior).to_owned());
        }
    }
    // An id that led somewhere before means nothing new.
    let mut used: HashSet<String> = taken.clone();
    used.extend(known.iter().flat_map(|entity| entity.also.iter().chain([&entity.id])).cloned());
    let ids: Vec<String> = ids
        .into_iter()
        .enumerate()
        .map(|(cluster, id)| {
            id.unwrap_or_else(|| {
                let id = free(&fresh(cluster), &used);
                used.insert(id.clone());
                id
            })
        })
        .collect();
    let mut also: Vec<BTreeSet<String>> = vec![BTreeSet::new(); clusters];
    for ((cluster, prior), _) in &ranked {
        let entity = known.iter().find(|entity| entity.id == *prior);
        if ids[*cluster] != *prior && !ids.iter().any(|id| id == prior) {
            also[*cluster].insert((*prior).to_owned());
        }
        // What led to it leads on.
        also[*cluster].extend(entity.iter().flat_map(|entity| entity.also.iter().cloned()));
    }
    let also =
        also.into_iter().map(|also| also.into_iter().filter(|id| !ids.contains(id)).collect()).collect();
    (ids, also)
}

/// The first of some ids that is free; where none is, the last with a number behind it.
fn free(wanted: &[String], used: &HashSet<String>) -> String {
    if let Some(id) = wanted.iter().find(|id| !used.contains(*id)) {
        return id.clone();
    }
    let last = wanted.last().cloned().unwrap_or_default();
    // One of so many numbers is free, since fewer are used.
    let numbered = (2..used.len() + 3).map(|number| format!("{last}-{number}"));
    numbered.into_iter().find(|id| !used.contains(id)).unwrap_or(last)
}

fn counts(entries: &[(usize, Option<Date>)]) -> Counts {
    let mut documents: Vec<usize> = entries.iter().map(|(document, _)| *document).collect();
    documents.sort_unstable();
    documents.dedup();
    let first = entries.iter().filter_map(|(_, day)| *day).min();
    let last = entries.iter().filter_map(|(_, day)| *day).max();
    Counts { mentions: entries.len() as u64, documents: documents.len() as u64, dates: first.zip(last) }
}

/// Longest that counting may take while an index is written.
const COUNTING: Duration = Duration::from_secs(3600);

/// Spellings that are kept of an entity.
const SPELLINGS: usize = 12;

fn directives(
    name: &str,
    group: &Group<Cited>,
    known: &Known,
    book: &Book,
    documents: &mut [&mut StoredDocument],
    entities: &mut Vec<Entity>,
) {
    let Group { entries, told, .. } = group;
    let decided = decide_instruments(told, &group.rulings(book));
    let of = |verdict: &Verdict| if let Verdict::Of(at, _) = verdict { Some(*at) } else { None };
    let members = members(decided.instruments.len(), decided.verdicts.iter().map(of));
    let facts: Vec<KnownInstrument> = decided
        .instruments
        .iter()
        .zip(&members)
        .map(|(instrument, members)| {
            let mentions: Vec<&extract::Directive> = members
                .iter()
                .map(|at| &documents[entries[*at].document].mentions.directives[entries[*at].mention])
                .collect();
            let words = |number: &str| number.split(|c: char| !c.is_alphanumeric()).count();
            let numbers: Vec<&str> =
                mentions.iter().filter_map(|mention| mention.number.as_deref()).collect();
            let fullest = numbers.iter().map(|number| words(number)).max().unwrap_or_default();
            let most = |values: Vec<(String, u32)>| values.into_iter().next().map(|(value, _)| value);
            let spellings = by_frequency(members.iter().map(|at| told[*at].citation.quote.as_str()));
            let title =
                identity::law_title(&instrument.number).filter(|_| instrument.named).map(str::to_owned);
            let provinces =
                members.iter().filter_map(|at| documents[entries[*at].document].article.province.as_deref());
            KnownInstrument {
                number: most(by_frequency(numbers.into_iter().filter(|number| words(number) == fullest))),
                name: if instrument.named {
                    title.or_else(|| spellings.first().map(|(quote, _)| quote.clone()))
                } else {
                    None
                },
                issuer: identity::issuer_name(
                    // A congress of the Party is no assembly of the State, whatever its name is like.
                    instrument.issuer.as_ref().filter(|_| !instrument.named),
                    issuers(instrument.kind, &mentions),
                ),
                subject: agreed(mentions.iter().filter_map(|mention| mention.subject.as_deref())),
                province: province(instrument, provinces),
                spellings: spellings.into_iter().take(SPELLINGS).map(|(quote, _)| quote).collect(),
                instrument: instrument.clone(),
            }
        })
        .collect();
    let whose: Vec<(Option<usize>, Option<&str>)> = entries
        .iter()
        .zip(&decided.verdicts)
        .map(|(entry, verdict)| (of(verdict), entry.prior.as_deref().filter(|id| known.may_have(name, id))))
        .collect();
    let clusters: Vec<Option<usize>> = whose.iter().map(|(cluster, _)| *cluster).collect();
    let mut decisions = group.decisions(facts.len(), &clusters, book);
    let fresh = |cluster: usize| vec![instrument_id(&facts[cluster])];
    let (ids, also) = ids(facts.len(), &whose, known.of(name), &fresh);
    for (at, (((what, members), also), id)) in facts.into_iter().zip(&members).zip(also).zip(&ids).enumerate()
    {
        let proofs: Vec<(usize, Option<Date>)> =
            members.iter().map(|at| (entries[*at].document, told[*at].citation.published)).collect();
        entities.push(Entity {
            id: id.clone(),
            also,
            group: name.to_owned(),
            counts: counts(&proofs),
            decisions: std::mem::take(&mut decisions[at]),
            what: What::Instrument(Box::new(what)),
        });
    }
    for (entry, verdict) in entries.iter().zip(&decided.verdicts) {
        documents[entry.document].assignment.directives[entry.mention] = match verdict {
            Verdict::Of(at, because) => Meant::One(ids[*at].clone(), *because),
            Verdict::Ambiguous(several) => {
                Meant::Several(several.iter().map(|at| ids[*at].clone()).collect())
            }
            Verdict::Open => Meant::Unknown,
        };
    }
}

/// The province of a local body by its name: as the gazetteer writes it, else as the texts' own province is written.
fn province<'a>(
    instrument: &identity::Instrument,
    mut named: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let Some(identity::Issuer::Local { place: Some(place), .. }) = &instrument.issuer else { return None };
    // Behind a district's name stands its province's.
    let mut known = place.match_indices('-').map(|(at, _)| &place[at + 1..]).chain([place.as_str()]);
    if let Some(name) = known.find_map(identity::province_name) {
        return Some(name.to_owned());
    }
    named.find(|name| identity::province_slug(name) == *place).map(str::to_owned)
}

/// What an instrument is asked for by: type, number and symbol, place and year, as far as they are known.
fn instrument_id(known: &KnownInstrument) -> String {
    let instrument = &known.instrument;
    let mut id = instrument.kind.to_string();
    let number = match &known.number {
        Some(number) if !instrument.named => number_slug(number),
        _ => instrument.number.clone(),
    };
    let mut add = |part: &str| {
        id.push('-');
        id.push_str(part);
    };
    add(&number);
    match &instrument.issuer {
        Some(identity::Issuer::Centre(sign)) if instrument.symbol.is_none() && !instrument.named => add(sign),
        Some(identity::Issuer::Local { sign, place }) => {
            if instrument.symbol.is_none() && sign != "?" {
                add(sign);
            }
            if let Some(place) = place {
                add(place);
            }
        }
        _ => {}
    }
    if let Some(year) = instrument.year {
        let year = year.to_string();
        if !number.split('-').any(|part| part == year) {
            add(&year);
        }
    }
    if instrument.draft {
        add("draft");
    }
    id
}

fn officials(
    name: &str,
    group: &Group<Appeared>,
    known: &Known,
    book: &Book,
    documents: &mut [&mut StoredDocument],
    entities: &mut Vec<Entity>,
) {
    let Group { entries, told, .. } = group;
    let decided = decide_people(told, &group.rulings(book));
    let members = members(decided.people.len(), decided.whom.iter().map(|whom| Some(*whom)));
    let whose: Vec<(Option<usize>, Option<&str>)> = entries
        .iter()
        .zip(&decided.whom)
        .map(|(entry, whom)| (Some(*whom), entry.prior.as_deref().filter(|id| known.may_have(name, id))))
        .collect();
    let clusters: Vec<Option<usize>> = whose.iter().map(|(cluster, _)| *cluster).collect();
    let mut decisions = group.decisions(decided.people.len(), &clusters, book);
    let fresh = |cluster: usize| {
        let holdings = &decided.people[cluster].holdings;
        let best =
            holdings.iter().filter(|holding| holding.office.is_definite()).max_by_key(|holding| holding.held);
        let name = slug(&decided.people[cluster].name);
        let mut wanted = vec![name.clone()];
        if let Some(best) = best {
            wanted.push(format!("{name}-{}", best.office.house().replace('.', "-")));
        }
        wanted
    };
    let (ids, also) = ids(decided.people.len(), &whose, known.of(name), &fresh);
    for (at, (((person, members), also), id)) in
        decided.people.iter().zip(&members).zip(also).zip(&ids).enumerate()
    {
        let decisions = std::mem::take(&mut decisions[at]);
        let proof =
            |at: usize| Proof { document: documents[entries[at].document].id, mention: entries[at].mention };
        let holdings = person
            .holdings
            .iter()
            .map(|holding| Proved {
                office: key_of(&holding.office),
                first: proof(holding.first),
                last: proof(holding.last),
                holding: holding.clone(),
            })
            .collect();
        let proofs: Vec<(usize, Option<Date>)> =
            members.iter().map(|at| (entries[*at].document, told[*at].appearance.published)).collect();
        entities.push(Entity {
            id: id.clone(),
            also,
            group: name.to_owned(),
            counts: counts(&proofs),
            decisions,
            what: What::Person(Box::new(KnownPerson {
                name: person.name.clone(),
                spellings: person.spellings.iter().take(SPELLINGS).map(|(name, _)| name.clone()).collect(),
                holdings,
                province: province_of_offices(
                    &person.holdings,
                    members
                        .iter()
                        .filter_map(|at| documents[entries[*at].document].article.province.as_deref()),
                ),
            })),
        });
    }
    for ((entry, whom), offices) in entries.iter().zip(&decided.whom).zip(&decided.offices) {
        documents[entry.document].assignment.officials[entry.mention] =
            Whom { person: ids[*whom].clone(), offices: offices.iter().filter_map(key_of).collect() };
    }
}

/// The key of an office, where its words tell one.
fn key_of(office: &Office) -> Option<String> {
    office.is_told().then(|| office.key())
}

/// Who issued an instrument by its mentions. Laws and ordinances are the National Assembly's, whoever drafted them or speaks of
/// them.
fn issuers<'a>(
    kind: extract::DirectiveKind,
    mentions: &'a [&extract::Directive],
) -> impl Iterator<Item = &'a str> {
    let is_law = matches!(kind, extract::DirectiveKind::Law | extract::DirectiveKind::Ordinance);
    let named = mentions.iter().filter_map(|mention| mention.issuer.as_deref());
    named.filter(move |issuer| !is_law || identity::is_national_assembly(issuer))
}

/// The province that most mentions give a person an office in. What the texts are about says nothing of it: papers of every
/// province name ministers. `told` are the provinces of the texts, by one of which a province is called that no table has.
fn province_of_offices<'a>(holdings: &[Holding], mut told: impl Iterator<Item = &'a str>) -> Option<String> {
    // Those of the Centre are of no province, whatever else they once held.
    let mut mentions: BTreeMap<Option<&str>, (u32, Option<Date>)> = BTreeMap::new();
    for holding in holdings.iter().filter(|holding| holding.office.country.is_none()) {
        let province = holding.office.place.province.as_deref();
        if province.is_none() && !holding.office.is_central() {
            continue;
        }
        let (count, last) = mentions.entry(province).or_default();
        *count += holding.held + holding.former;
        *last = (*last).max(holding.seen.map(|(_, last)| last));
    }
    let province = mentions.into_iter().max_by_key(|(_, proved)| *proved)?.0?;
    let known = identity::province_name(province);
    known.or_else(|| told.find(|name| identity::province_slug(name) == province)).map(str::to_owned)
}

/// How many documents name a holder of each office: what is committed, without what the documents of this commit said, with
/// what they say now. Counted anew each time, so that nothing of a writer that was killed is left in it.
fn documents_of_offices<'a>(
    store: &dyn Store,
    offices: &BTreeSet<String>,
    were: impl Iterator<Item = &'a Assignment>,
    are: impl Iterator<Item = &'a Assignment>,
) -> Result<HashMap<String, u64>, Error> {
    if offices.is_empty() {
        return Ok(HashMap::new());
    }
    let filters = Filters {
        include: offices.iter().map(|office| (Facet::Position, office.clone())).collect(),
        ..Filters::default()
    };
    let everything = Query::default();
    let found = store.search(&Search {
        words: &everything,
        matching: store::Matching::All,
        filters: &filters,
        sort: Sort::Newest,
        page: None,
        facets: &[(Facet::Position, usize::MAX)],
        months: false,
        content: Content::Summary,
        time: COUNTING,
    })?;
    let mut counts: HashMap<String, u64> = found.facets.into_iter().flat_map(|facet| facet.values).collect();
    let named = |assignment: &'a Assignment| -> BTreeSet<&'a String> {
        assignment.officials.iter().flat_map(|whom| &whom.offices).collect()
    };
    for office in were.flat_map(named) {
        if let Some(count) = counts.get_mut(office) {
            *count = count.saturating_sub(1);
        }
    }
    for office in are.flat_map(named) {
        *counts.entry(office.clone()).or_default() += 1;
    }
    Ok(counts)
}

/// What the holders of an office tell of it.
#[derive(Default)]
struct Told {
    office: Option<Office>,
    /// How often each wording stands in texts.
    wordings: BTreeMap<String, u32>,
    holders: u32,
}

/// The records of the touched offices: all wordings that their holders' mentions use.
fn offices(
    store: &dyn Store,
    assigned: &Assigned,
    documents: &HashMap<String, u64>,
) -> Result<Vec<Entity>, Error> {
    let mut all: BTreeMap<&str, Told> =
        assigned.replaced.offices.iter().map(|key| (key.as_str(), Told::default())).collect();
    let mut add = |entity: &Entity| {
        let What::Person(person) = &entity.what else { return };
        for proved in &person.holdings {
            let key = proved.office.as_deref();
            let Some(told) = key.and_then(|key| all.get_mut(key)) else { continue };
            told.office.get_or_insert_with(|| proved.holding.office.clone());
            told.holders += 1;
            *told.wordings.entry(proved.holding.words.clone()).or_default() +=
                proved.holding.held + proved.holding.former;
        }
    };
    for entity in &assigned.entities {
        add(entity);
    }
    let keys: Vec<&str> = assigned.replaced.offices.iter().map(String::as_str).collect();
    for entity in store.entities(By::Office, &keys)? {
        if !assigned.replaced.groups.contains(&entity.group) {
            add(&entity);
        }
    }
    let mut entities = Vec::new();
    for (key, Told { office, wordings, holders }) in all {
        let Some(office) = office else { continue };
        let mut wordings: Vec<(String, u32)> = wordings.into_iter().collect();
        wordings.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        let mentions = wordings.iter().map(|(_, count)| u64::from(*count)).sum();
        let name = office.label(&wordings).unwrap_or_else(|| key.to_owned());
        wordings.truncate(SPELLINGS);
        entities.push(Entity {
            id: key.to_owned(),
            also: Vec::new(),
            group: format!("p:{key}"),
            counts: Counts {
                mentions,
                documents: documents.get(key).copied().unwrap_or_default(),
                dates: None,
            },
            decisions: Vec::new(),
            what: What::Office(Box::new(KnownOffice { office, name, wordings, holders })),
        });
    }
    Ok(entities)
}
