//! People in offices: lists, careers, and who held an office on a day, from what identity decided.

use std::collections::{BTreeSet, HashMap};

use corpus::Decision;
use extract::{Official, PartialDate};
pub use identity::Certainty;
use identity::{Office, Place, Position, held_at};
use jiff::civil::Date;

use store::entity::KnownPerson;
use store::{
    By, Entity, EntityKind, EntityList, Error, Evidence, Facet, Keyed, MentionReader, Proof, Proved,
    StoredDocument, What,
};

use crate::Index;
use crate::composed::Composed;
pub use crate::list::CITATIONS;
use crate::list::{COUNTED, DocumentFilter, Found, Listed, MentionPage};
use crate::paging::{EntityPlace, MentionPlace};

/// What is known of a person from the mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialSummary {
    /// What the person is asked for by.
    pub key: String,
    /// The name that was decided, else the most frequent spelling with accents.
    pub name: String,
    /// The province that most mentions give the person an office in; `None` where they give none.
    pub province: Option<String>,
    /// How often the person is mentioned.
    pub mentions: u64,
    /// Documents that mention the person.
    pub documents: u64,
    /// Date of the first document.
    pub first: Option<Date>,
    /// Date of the last one.
    pub last: Option<Date>,
    /// What the office is called that was held last, as far as no text calls it a former one.
    pub latest_position: Option<String>,
    /// What the table of offices calls it.
    pub latest_composed: Composed,
    /// What that office is asked for by.
    pub latest_office: Option<String>,
}

/// The people whom a filter lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialList {
    /// Those of the most documents first.
    pub officials: Vec<OfficialSummary>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins; `None` on the last.
    pub next: Option<EntityPlace>,
}

/// The offices of one person over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct Career {
    /// What the mentions say together.
    pub summary: OfficialSummary,
    /// Offices in order of their first proof, [`CITATIONS`] at most.
    pub holdings: Vec<Holding>,
    /// A page of the mentions, the earliest published first, [`CITATIONS`] at most.
    pub mentions: MentionPage<Official>,
    /// What people decided of the mentions, in the order in which they did.
    pub decisions: Vec<Decision>,
}

/// A person in an office, with the first and the last proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who.
    pub official: OfficialSummary,
    /// The office in the words of most mentions.
    pub position: String,
    /// Its key, alike in all its wordings.
    pub position_key: Option<String>,
    /// What the office is called: the words that name it wholly.
    pub office: String,
    /// What the table of offices calls it.
    pub composed: Composed,
    /// The first mention.
    pub first: Evidence,
    /// Day of the first text that names the holder in it.
    pub first_date: Option<Date>,
    /// The last mention.
    pub last: Evidence,
    /// Day of the last one.
    pub last_date: Option<Date>,
    /// How often both are mentioned together.
    pub mentions: u64,
    /// All mentions call it a former office.
    pub former: bool,
    /// It was held for the time being.
    pub acting: bool,
    /// When it began, where texts say so.
    pub since: Option<PartialDate>,
    /// When it ended, where texts say so.
    pub until: Option<PartialDate>,
    /// How sure it is that it was held on the day that was asked about.
    pub certainty: Option<Certainty>,
}

/// An office and its wordings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeSummary {
    /// What it is asked for by.
    pub key: String,
    /// What it is called ([`identity::Office::label`]); the words that were asked with where no text names it.
    pub name: String,
    /// All wordings, the most frequent first.
    pub wordings: Vec<String>,
    /// People who hold or held it, as far as the texts tell.
    pub holders: usize,
    /// Documents that name a holder.
    pub documents: u64,
    /// The last day on which there was such an office, where its district or province is no more.
    pub until: Option<Date>,
    /// The province into which its own was merged.
    pub merged_into: Option<String>,
}

/// The offices that a question means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeList {
    /// The one that the words name wholly first, then those of the most documents.
    pub offices: Vec<OfficeSummary>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins; `None` on the last.
    pub next: Option<EntityPlace>,
}

/// Those who held an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderList {
    /// Those that are certain first, then those of the most mentions.
    pub holdings: Vec<Holding>,
    /// How many there are in all; where no office is named, those of the people whom most documents mention.
    pub total: u64,
    /// How many stand before the next page; `None` on the last.
    pub next: Option<u64>,
    /// When there was such an office last, where the one that is asked about is no more on the day.
    pub ended: Option<OfficeEnd>,
}

/// The end of an office whose district or province is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeEnd {
    /// The last day on which there was such an office.
    pub until: Date,
    /// The province into which its own was merged.
    pub merged_into: Option<String>,
}

/// Who held an office?
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PositionQuestion {
    /// On this day; without it, ever.
    pub at: Option<Date>,
    /// Words of the office in any wording; where they name none wholly, all of them must be in its wordings.
    pub title: Option<String>,
    /// The place that offices belong to which name none.
    pub place: Option<String>,
    /// How many answers at most; without it, as many as are ever answered.
    pub limit: Option<usize>,
}

impl PositionQuestion {
    fn most(&self) -> usize {
        self.limit.map_or(ANSWERS, |limit| limit.min(ANSWERS))
    }
}

/// Offices whose holders are answered where words name none wholly.
const OFFICES: usize = 100;
/// Answers at most.
const ANSWERS: usize = 1_000;

impl Index {
    /// People by how many documents mention them: `limit` of them, behind a place where one is given.
    pub fn officials(
        &self,
        filter: &DocumentFilter,
        after: Option<&EntityPlace>,
        limit: usize,
    ) -> Result<OfficialList, Error> {
        let Listed { entities, total, next } =
            self.listed(EntityKind::Person, Facet::Official, filter, after, limit)?;
        let mut officials: Vec<OfficialSummary> = entities.iter().filter_map(summary).collect();
        self.name_offices(&mut officials, &mut [])?;
        Ok(OfficialList { officials, total, next })
    }

    /// Says offices by the words that name them wholly: the latest ones of people, and those of holdings.
    fn name_offices(&self, officials: &mut [OfficialSummary], holdings: &mut [Holding]) -> Result<(), Error> {
        let people = officials.iter().chain(holdings.iter().map(|holding| &holding.official));
        let latest = people.filter_map(|official| official.latest_office.as_deref());
        let held = holdings.iter().filter_map(|holding| holding.position_key.as_deref());
        let names = self.labels(&latest.chain(held).collect::<Vec<_>>())?;
        for holding in holdings.iter_mut() {
            if let Some(name) = holding.position_key.as_ref().and_then(|key| names.get(key)) {
                holding.office.clone_from(name);
            }
        }
        for official in officials.iter_mut().chain(holdings.iter_mut().map(|holding| &mut holding.official)) {
            let name = official.latest_office.as_ref().and_then(|key| names.get(key));
            if let Some(name) = name {
                official.latest_position = Some(name.clone());
            }
        }
        Ok(())
    }

    /// A page of the mentions of the person of a key, the earliest published first.
    pub fn official_mentions(
        &self,
        key: &str,
        after: Option<MentionPlace>,
        limit: usize,
    ) -> Result<Found<MentionPage<Official>>, Error> {
        match self.entity(key)?.filter(|entity| entity.what.kind() == EntityKind::Person) {
            Some(entity) => Ok(Found::One(Box::new(self.mentions(
                Facet::Official,
                &entity,
                (after, limit),
                naming(key),
            )?))),
            None => Ok(Found::through(&self.successors(key)?)),
        }
    }

    /// The career of the person of a key, with the mentions behind a place where one is given.
    pub fn official(&self, key: &str, after: Option<MentionPlace>) -> Result<Found<Career>, Error> {
        let entity = self.entity(key)?;
        let known = entity.as_ref().and_then(|entity| Some((entity, summary(entity)?, person(entity)?)));
        let Some((entity, mut summary, person)) = known else {
            let leads = self.successors(key)?;
            return Ok(Found::through(&leads));
        };
        let mut proofs = Proofs::new(self);
        proofs.read(person.holdings.iter().take(CITATIONS))?;
        let mut holdings = Vec::new();
        for proved in person.holdings.iter().take(CITATIONS) {
            holdings.extend(proofs.holding(&summary, proved, None)?);
        }
        self.name_offices(std::slice::from_mut(&mut summary), &mut holdings)?;
        let mentions = self.mentions(Facet::Official, entity, (after, CITATIONS), naming(key))?;
        let decisions = entity.decisions.clone();
        Ok(Found::One(Box::new(Career { summary, holdings, mentions, decisions })))
    }

    /// Who held an office: `question.limit` of them, behind so many. On a day, those whose evidence encloses it come first
    /// (`certain`), then those whose evidence stands near it.
    pub fn positions(&self, question: &PositionQuestion, after: u64) -> Result<HolderList, Error> {
        let untitled = question.title.as_deref().is_none_or(|title| title.trim().is_empty());
        // Where no office is named: those of the people whom most documents mention.
        let people = if untitled { self.called(EntityKind::Person, None, ANSWERS)? } else { Vec::new() };
        let mut found: Vec<(Option<Certainty>, &Entity, &Proved)> = Vec::new();
        let mut offices = self.offices_asked(question)?;
        for (entity, proved) in people.iter().flat_map(held_by) {
            let Some(day) = question.at else {
                found.push((None, entity, proved));
                continue;
            };
            let held = held_at(&[&proved.holding], day);
            let Some((_, certainty)) = held.first() else { continue };
            match &proved.office {
                // What others prove of a single seat says when it was whose.
                Some(office) if proved.holding.office.is_single() => offices.push(office.clone()),
                _ => found.push((Some(*certainty), entity, proved)),
            }
        }
        offices.sort_unstable();
        offices.dedup();
        let keys: Vec<&str> = offices.iter().map(String::as_str).collect();
        let holders = self.store().entities(By::Office, &keys)?;
        for office in &offices {
            let here: Vec<(&Entity, &Proved)> = holders
                .iter()
                .flat_map(held_by)
                .filter(|(_, proved)| proved.office.as_ref() == Some(office))
                .collect();
            let Some(day) = question.at else {
                found.extend(here.into_iter().map(|(entity, proved)| (None, entity, proved)));
                continue;
            };
            let holdings: Vec<&identity::Holding> = here.iter().map(|(_, proved)| &proved.holding).collect();
            let held = held_at(&holdings, day).into_iter();
            found.extend(held.map(|(at, certainty)| (Some(certainty), here[at].0, here[at].1)));
        }
        let often =
            |proved: &Proved| std::cmp::Reverse(u64::from(proved.holding.held + proved.holding.former));
        found.sort_by(|(a, x, p), (b, y, q)| (a, often(p), &x.id).cmp(&(b, often(q), &y.id)));
        let total = found.len() as u64;
        let page = found.into_iter().skip(usize::try_from(after).unwrap_or(usize::MAX)).take(question.most());
        let page: Vec<(Option<Certainty>, &Entity, &Proved)> = page.collect();
        let next = after.saturating_add(page.len() as u64);
        let goes_on = next < total && !page.is_empty();
        let mut proofs = Proofs::new(self);
        proofs.read(page.iter().map(|(_, _, proved)| *proved))?;
        let mut holdings = Vec::with_capacity(page.len());
        for (certainty, entity, proved) in page {
            let Some(summary) = summary(entity) else { continue };
            holdings.extend(proofs.holding(&summary, proved, certainty)?);
        }
        self.name_offices(&mut [], &mut holdings)?;
        let asked = office_asked(question);
        let ended = asked.and_then(|office| {
            let until = office.place.until()?;
            let is_over = question.at.is_none_or(|day| day > until);
            is_over.then(|| OfficeEnd { until, merged_into: merged_into(&office) })
        });
        Ok(HolderList { holdings, total, next: goes_on.then_some(next), ended })
    }

    /// The offices that words name: the one that they name wholly, else those whose wordings have all the words; without
    /// words all, those of the most documents first.
    pub fn offices(
        &self,
        question: &PositionQuestion,
        after: Option<&EntityPlace>,
    ) -> Result<OfficeList, Error> {
        let limit = question.most();
        let title = question.title.as_deref().filter(|title| !title.trim().is_empty());
        if let Some(asked) = office_asked(question) {
            let key = asked.key();
            // It is that office, also where no text names a holder.
            let entity = self.entity(&key)?;
            let known = entity.as_ref().and_then(office_summary);
            let office = known.unwrap_or_else(|| OfficeSummary {
                name: title.unwrap_or_default().to_owned(),
                key: key.clone(),
                wordings: Vec::new(),
                holders: 0,
                documents: 0,
                until: asked.place.until(),
                merged_into: merged_into(&asked),
            });
            let offices = std::iter::once(office).take(limit).collect();
            return Ok(OfficeList { offices, total: 1, next: None });
        }
        let Listed { entities, total, next } = if question.place.is_some() {
            let here = self.offices_called(title.unwrap_or_default(), question, COUNTED)?;
            Listed::of(here, after, limit)
        } else {
            let filter = DocumentFilter { words: title.map(str::to_owned), ..DocumentFilter::default() };
            self.listed(EntityKind::Office, Facet::Position, &filter, after, limit)?
        };
        Ok(OfficeList { offices: entities.iter().filter_map(office_summary).collect(), total, next })
    }

    /// The first entities of a kind that are called by words.
    fn called(&self, kind: EntityKind, words: Option<&str>, limit: usize) -> Result<Vec<Entity>, Error> {
        let words = self.words(words)?;
        Ok(self.store().list(&EntityList { kind, words: &words, after: None, limit })?.0)
    }

    /// Keys of the offices that are asked about.
    fn offices_asked(&self, question: &PositionQuestion) -> Result<Vec<String>, Error> {
        let Some(title) = question.title.as_deref().filter(|title| !title.trim().is_empty()) else {
            return Ok(Vec::new());
        };
        if let Some(key) = whole_office(question) {
            return Ok(vec![key]);
        }
        Ok(self.offices_called(title, question, OFFICES)?.into_iter().map(|entity| entity.id).collect())
    }

    /// The office that the words of a question name wholly, or without its place where texts have only one such:
    /// `Giám đốc Sở Nội vụ`.
    pub(crate) fn office_named(&self, question: &PositionQuestion) -> Result<Option<String>, Error> {
        if let Some(key) = whole_office(question) {
            return Ok(Some(key));
        }
        let Some(title) = question.title.as_deref() else { return Ok(None) };
        let asked = Position::read(title, None).office;
        if asked.role.is_none() || asked.body.is_empty() {
            return Ok(None);
        }
        let mut found = self.offices_called(title, question, OFFICES)?;
        found.retain(|entity| match &entity.what {
            What::Office(known) => known.office.role == asked.role && known.office.body == asked.body,
            _ => false,
        });
        Ok(match &found[..] {
            [only] => Some(only.id.clone()),
            _ => None,
        })
    }

    /// The offices whose wordings have all words of a question, of its place where it names one.
    fn offices_called(
        &self,
        title: &str,
        question: &PositionQuestion,
        limit: usize,
    ) -> Result<Vec<Entity>, Error> {
        let place = question.place.as_deref().map(identity::province_slug);
        // An office is called by its province too.
        let words = format!("{title} {}", place.as_deref().unwrap_or_default().replace('-', " "));
        let mut found = self.called(EntityKind::Office, Some(&words), limit)?;
        // A role is one in all its wordings: `director` is `Giám đốc` too.
        let asked = Position::read(title, None).office;
        if let Some(place) = place.as_deref().filter(|_| found.is_empty() && asked.role.is_some()) {
            let here = self.called(EntityKind::Office, Some(&place.replace('-', " ")), ANSWERS)?;
            let has_role = |entity: &Entity| match &entity.what {
                What::Office(known) => {
                    known.office.role == asked.role && known.office.body.starts_with(&asked.body)
                }
                _ => false,
            };
            found = here.into_iter().filter(has_role).take(limit).collect();
        }
        found.retain(|entity| {
            let What::Office(known) = &entity.what else { return false };
            // A deputy has all words of the head's title.
            let is_role = asked.role.is_none() || known.office.role == asked.role;
            is_role && (place.is_none() || known.office.place.province == place)
        });
        Ok(found)
    }
}

/// Reads the mentions of a person in a document.
fn naming(key: &str) -> impl Fn(&StoredDocument) -> Vec<Keyed<Official>> {
    move |stored| MentionReader::of(stored).officials_of(key)
}

/// What a list shows of an office; `None` for another kind of entity.
fn office_summary(entity: &Entity) -> Option<OfficeSummary> {
    let What::Office(known) = &entity.what else { return None };
    Some(OfficeSummary {
        key: entity.id.clone(),
        name: entity.label(),
        wordings: known.wordings.iter().map(|(words, _)| words.clone()).collect(),
        holders: known.holders as usize,
        documents: entity.counts.documents,
        until: known.office.place.until(),
        merged_into: merged_into(&known.office),
    })
}

fn merged_into(office: &Office) -> Option<String> {
    identity::merged_into(office.place.province.as_deref()?).map(str::to_owned)
}

/// The office that the words of a question name wholly.
fn whole_office(question: &PositionQuestion) -> Option<String> {
    office_asked(question).map(|office| office.key())
}

fn office_asked(question: &PositionQuestion) -> Option<Office> {
    // The country itself is no province.
    let central = |place: &&str| !matches!(identity::province_slug(place).as_str(), "viet-nam" | "vietnam");
    let near = question.place.as_deref().filter(central).map(Place::province);
    let office = Position::read_on(question.title.as_deref()?, near.as_ref(), question.at).office;
    if office.is_definite() { Some(office) } else { office.of_role_at(near.as_ref()?) }
}

fn person(entity: &Entity) -> Option<&KnownPerson> {
    if let What::Person(person) = &entity.what { Some(person) } else { None }
}

/// What a person holds or held.
fn held_by(entity: &Entity) -> impl Iterator<Item = (&Entity, &Proved)> {
    person(entity).into_iter().flat_map(|person| &person.holdings).map(move |proved| (entity, proved))
}

/// Reads the sentences that prove holdings, each document once.
struct Proofs<'a> {
    index: &'a Index,
    read: HashMap<corpus::DocumentId, Option<StoredDocument>>,
}

impl<'a> Proofs<'a> {
    fn new(index: &'a Index) -> Self {
        Self { index, read: HashMap::new() }
    }

    /// Reads the documents of all proofs at once.
    fn read<'b>(&mut self, proved: impl Iterator<Item = &'b Proved>) -> Result<(), Error> {
        let wanted: BTreeSet<corpus::DocumentId> = proved
            .flat_map(|proved| [proved.first.document, proved.last.document])
            .filter(|id| !self.read.contains_key(id))
            .collect();
        let wanted: Vec<corpus::DocumentId> = wanted.into_iter().collect();
        if wanted.is_empty() {
            return Ok(());
        }
        self.read.extend(wanted.iter().map(|id| (*id, None)));
        let found = self.index.store().documents(&wanted)?;
        self.read.extend(found.into_iter().map(|stored| (stored.id, Some(stored))));
        Ok(())
    }

    fn evidence(&mut self, proof: Proof) -> Option<Evidence> {
        let stored = self.read.get(&proof.document)?.as_ref()?;
        Some(MentionReader::of(stored).official(proof.mention)?.record.evidence)
    }

    fn holding(
        &mut self,
        official: &OfficialSummary,
        proved: &Proved,
        certainty: Option<Certainty>,
    ) -> Result<Option<Holding>, Error> {
        self.read(std::iter::once(proved))?;
        let (Some(first), Some(last)) = (self.evidence(proved.first), self.evidence(proved.last)) else {
            return Ok(None);
        };
        let held = &proved.holding;
        let day = |evidence: &Evidence| evidence.document.published.map(|published| published.date);
        Ok(Some(Holding {
            official: official.clone(),
            position: held.words.clone(),
            position_key: proved.office.clone(),
            office: held.words.clone(),
            composed: Composed::of(&held.office),
            first_date: held.seen.map(|(first, _)| first).or_else(|| day(&first)),
            last_date: held.seen.map(|(_, last)| last).or_else(|| day(&last)),
            first,
            last,
            mentions: u64::from(held.held + held.former),
            former: held.held == 0 || held.former > 0 && held.seen.is_none(),
            acting: held.acting,
            since: held.since,
            until: held.until,
            certainty,
        }))
    }
}

/// What a list shows of a person; `None` for another kind of entity.
pub(crate) fn summary(entity: &Entity) -> Option<OfficialSummary> {
    let person = person(entity)?;
    // An office that a later text calls a former one is not held.
    let current = person.holdings.iter().filter(|proved| {
        let held = &proved.holding;
        let last = held.seen.map(|(_, last)| last);
        held.held > 0
            && !held.office.is_to_come()
            && held.until.is_none()
            && held.former_from.is_none_or(|over| last.is_some_and(|last| over < last))
    });
    let latest = current.max_by_key(|proved| {
        let held = &proved.holding;
        (held.seen.map(|(_, last)| last), !held.office.is_membership(), held.held)
    });
    Some(OfficialSummary {
        key: entity.id.clone(),
        name: entity.label(),
        province: person.province.clone(),
        mentions: entity.counts.mentions,
        documents: entity.counts.documents,
        first: entity.counts.dates.map(|(first, _)| first),
        last: entity.counts.dates.map(|(_, last)| last),
        latest_position: latest.map(|proved| proved.holding.words.clone()),
        latest_composed: latest.map(|proved| Composed::of(&proved.holding.office)).unwrap_or_default(),
        latest_office: latest.and_then(|proved| proved.office.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{extracted, page};

    #[test]
    fn careers_are_put_together_from_both_languages() {
        let pages = [
            page("a", "Chủ tịch UBND tỉnh Trần Văn Suối thăm bản.").of("Báo", "Sơn Khê").on("2021-03-01"),
            page("b", "Comrade Tran Van Suoi - Chairman of the Provincial People's Committee spoke.")
                .of("Báo", "Sơn Khê")
                .on("2022-03-01"),
            page("c", "Comrade Tran Van Suoi - Secretary of the Provincial Party Committee spoke.")
                .of("Báo", "Sơn Khê")
                .on("2025-03-01"),
            page("d", "Comrade Le Van Nui - Chairman of the Provincial People's Committee spoke.")
                .of("Báo", "Sơn Khê")
                .on("2025-03-02"),
            page("e", "Former Chairman of the Provincial People's Committee Tran Van Suoi came.")
                .of("Báo", "Sơn Khê")
                .on("2025-03-03"),
        ];
        let (_fixture, index) = extracted(&pages);
        let list = index.officials(&DocumentFilter::default(), None, 10).unwrap();
        assert_eq!((list.total, list.officials[0].mentions, list.officials[0].documents), (2, 4, 4));
        let career = index.official("tran-van-suoi", None).unwrap().one().unwrap();
        assert_eq!(career.summary.name, "Trần Văn Suối");
        assert_eq!(
            career.summary.latest_position.as_deref(),
            Some("Secretary of the Provincial Party Committee")
        );
        let steps: Vec<_> = career
            .holdings
            .iter()
            .map(|step| (step.position_key.as_deref().unwrap_or_default(), step.mentions, step.former))
            .collect();
        assert_eq!(steps, [("chu-tich.ubnd.son-khe", 3, false), ("bi-thu.cap-uy.son-khe", 1, false)]);
        assert_eq!(index.official("nobody", None).unwrap(), Found::None);
        let check = |title: &str, at: Option<&str>, expected: &[&str]| {
            let question = PositionQuestion {
                at: at.map(|day| day.parse().unwrap()),
                title: Some(title.to_owned()),
                place: Some("Sơn Khê".to_owned()),
                ..PositionQuestion::default()
            };
            let found = index.positions(&question, 0).unwrap().holdings;
            let found: Vec<&str> = found.iter().map(|holding| holding.official.key.as_str()).collect();
            assert_eq!(found, expected, "{title} {at:?}");
        };
        check("Chủ tịch UBND tỉnh", Some("2021-06-01"), &["tran-van-suoi"]);
        check("Provincial People's Committee Chairman", Some("2022-12-01"), &["tran-van-suoi"]);
        check("Chủ tịch Ủy ban nhân dân tỉnh", Some("2025-04-01"), &["le-van-nui"]);
        check("Secretary", Some("2025-01-01"), &["tran-van-suoi"]);
        check("Secretary", Some("2021-06-01"), &[]);
        // Called a former one in March 2025.
        check("Chủ tịch UBND tỉnh", Some("2025-03-04"), &["le-van-nui"]);
        check("Head of Block", None, &[]);
        // Of a place that is told apart the role alone names its head, in all wordings.
        check("chairman", Some("2021-06-01"), &["tran-van-suoi"]);
        check("Chủ tịch", Some("2025-04-01"), &["le-van-nui"]);
        let ended = |place: &str, at: &str| {
            let question = PositionQuestion {
                at: Some(at.parse().unwrap()),
                title: Some("Chủ tịch UBND tỉnh".to_owned()),
                place: Some(place.to_owned()),
                ..PositionQuestion::default()
            };
            let ended = index.positions(&question, 0).unwrap().ended;
            ended.map(|end| (end.until.to_string(), end.merged_into))
        };
        assert_eq!(ended("Bắc Giang", "2025-06-30"), None);
        let bac_ninh = Some("Bắc Ninh".to_owned());
        assert_eq!(ended("Bắc Giang", "2025-07-01"), Some(("2025-06-30".to_owned(), bac_ninh)));
        assert_eq!(ended("Nghệ An", "2025-07-01"), None);
    }

    #[test]
    fn stated_dates_bound_an_office() {
        let pages = [
            page("a", "Ngày 3/2/2020, HĐND tỉnh bầu ông Trần Văn Suối giữ chức Chủ tịch UBND tỉnh.")
                .of("Báo", "Sơn Khê")
                .on("2020-02-03"),
            page(
                "b",
                "Ngày 9/3/2022, HĐND tỉnh miễn nhiệm chức vụ Chủ tịch UBND tỉnh đối với ông Trần Văn Suối.",
            )
            .of("Báo", "Sơn Khê")
            .on("2022-03-09"),
            page("c", "Ông Hồ Văn Bản, nguyên Chủ tịch UBND tỉnh giai đoạn 2004-2010, kể lại.")
                .of("Báo", "Sơn Khê")
                .on("2021-05-01"),
            page("d", "Bà Đỗ Thị Mây, Giám đốc Sở Y tế, họp.").of("Báo", "Sơn Khê").on("2021-01-10"),
            page("e", "Bà Đỗ Thị Mây, nguyên Giám đốc Sở Y tế, dự.").of("Báo", "Sơn Khê").on("2021-03-10"),
        ];
        let (_fixture, index) = extracted(&pages);
        let career = index.official("tran-van-suoi", None).unwrap().one().unwrap();
        let shown = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let spans: Vec<_> =
            career.holdings.iter().map(|step| (shown(step.since), shown(step.until), step.former)).collect();
        assert_eq!(spans, [("2020-02-03".to_owned(), "2022-03-09".to_owned(), false)]);
        assert_eq!(career.summary.latest_position, None);
        let check = |title: &str, at: &str, expected: &[&str]| {
            let question = PositionQuestion {
                at: Some(at.parse().unwrap()),
                title: Some(title.to_owned()),
                place: Some("Sơn Khê".to_owned()),
                ..PositionQuestion::default()
            };
            let found = index.positions(&question, 0).unwrap().holdings;
            let found: Vec<&str> = found.iter().map(|holding| holding.official.key.as_str()).collect();
            assert_eq!(found, expected, "{title} {at}");
        };
        check("Chủ tịch UBND tỉnh", "2007-01-01", &["ho-van-ban"]);
        check("Chủ tịch UBND tỉnh", "2020-01-31", &[]);
        check("Chủ tịch UBND tỉnh", "2021-12-01", &["tran-van-suoi"]);
        check("Chủ tịch UBND tỉnh", "2022-04-01", &[]);
        check("Giám đốc Sở Y tế", "2021-02-01", &["do-thi-may"]);
        check("Giám đốc Sở Y tế", "2021-03-11", &[]);
    }

    #[test]
    fn a_seat_has_one_holder_whether_or_not_it_is_asked_for() {
        let says = |id: &str, name: &str, day: &str| {
            page(id, &format!("Chủ tịch UBND tỉnh {name} thăm bản.")).of("Báo", "Sơn Khê").on(day)
        };
        let before = [("a", "2018-01-01"), ("b", "2018-06-01"), ("c", "2022-01-01")];
        let after = [("d", "2019-02-01"), ("e", "2019-09-01"), ("f", "2020-03-01"), ("g", "2021-10-01")];
        let pages: Vec<_> = before
            .iter()
            .map(|(id, day)| says(id, "Trần Văn Suối", day))
            .chain(after.iter().map(|(id, day)| says(id, "Lê Văn Núi", day)))
            .chain([page("h", "Phó Chủ tịch UBND tỉnh Đỗ Thị Mây họp.")
                .of("Báo", "Sơn Khê")
                .on("2020-05-01")])
            .collect();
        let (_fixture, index) = extracted(&pages);
        let holders = |title: Option<&str>, place: Option<&str>| {
            let question = PositionQuestion {
                at: Some("2020-05-01".parse().unwrap()),
                title: title.map(str::to_owned),
                place: place.map(str::to_owned),
                ..PositionQuestion::default()
            };
            let found = index.positions(&question, 0).unwrap().holdings;
            found.into_iter().map(|holding| holding.official.key).collect::<Vec<_>>()
        };
        assert_eq!(holders(Some("Chủ tịch UBND tỉnh"), Some("Sơn Khê")), ["le-van-nui"]);
        assert_eq!(holders(None, None), ["le-van-nui", "do-thi-may"]);
        // Without a place too a deputy does not answer for the head.
        assert_eq!(holders(Some("Chủ tịch UBND tỉnh"), None), ["le-van-nui"]);
    }
}
