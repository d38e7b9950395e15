//! What mentions were decided to stand for, as the index keeps it: instruments, people and offices, each with its label,
//! its spellings and its counts, and on each document what its mentions mean.

use corpus::{Decision, DocumentId, Judgement};
use identity::{Because, Holding, Instrument, Office};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the mentions of one document stand for, in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// Of the directives.
    pub directives: Vec<Meant>,
    /// Of the officials.
    pub officials: Vec<Whom>,
}

/// What a citation stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Meant {
    /// One instrument, and why.
    One(String, Because),
    /// One of several.
    Several(Vec<String>),
    /// None that is known.
    Unknown,
}

/// Whom an official's mention names, and in which offices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Whom {
    /// Id of the person; empty where none was decided.
    pub person: String,
    /// Keys of the offices of its positions, in their order.
    pub offices: Vec<String>,
}

impl Whom {
    /// Nobody who is known yet.
    pub fn nobody() -> Self {
        Self { person: String::new(), offices: Vec::new() }
    }
}

/// How much of the newest documents mentions an entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Mentions.
    pub mentions: u64,
    /// Documents, each counted once.
    pub documents: u64,
    /// First and last day on which one of them was published.
    pub dates: Option<(Date, Date)>,
}

/// An entity of the index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is asked for by; it does not change when more evidence comes.
    pub id: String,
    /// Ids that led to it before.
    pub also: Vec<String>,
    /// The group that it was decided in.
    pub group: String,
    /// How much of the documents mentions it.
    pub counts: Counts,
    /// What people decided of its mentions, in the order in which they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// What is known of it.
    pub what: What,
}

/// What is known of an entity, by its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// A governing document.
    Instrument(Box<KnownInstrument>),
    /// Someone in office.
    Person(Box<KnownPerson>),
    /// What is held.
    Office(Box<KnownOffice>),
}

/// The kinds of entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// Governing documents.
    Instrument,
    /// People.
    Person,
    /// Offices.
    Office,
}

impl What {
    /// Its kind.
    pub fn kind(&self) -> EntityKind {
        match self {
            Self::Instrument(_) => EntityKind::Instrument,
            Self::Person(_) => EntityKind::Person,
            Self::Office(_) => EntityKind::Office,
        }
    }
}

/// An instrument and what its mentions call it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownInstrument {
    /// What was decided: type, number, issuer, time.
    pub instrument: Instrument,
    /// Number and symbol in the fullest form that is mentioned.
    pub number: Option<String>,
    /// Its name, where it is cited by one.
    pub name: Option<String>,
    /// The body in the words of most mentions.
    pub issuer: Option<String>,
    /// What it is about in the words of most mentions.
    pub subject: Option<String>,
    /// The province whose body issued it, by its Vietnamese name.
    pub province: Option<String>,
    /// How texts write it, the most frequent first.
    pub spellings: Vec<String>,
}

/// A person with offices and what proves them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownPerson {
    /// The most frequent spelling with accents.
    pub name: String,
    /// How texts write it, the most frequent first.
    pub spellings: Vec<String>,
    /// Offices in order of their first proof.
    pub holdings: Vec<Proved>,
    /// The province that most mentions give the person an office in; `None` where they give none.
    pub province: Option<String>,
}

/// A holding with the places of its first and its last proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proved {
    /// Key of the office, where its words tell one ([`Office::is_told`]).
    pub office: Option<String>,
    /// Who, where, from when to when.
    pub holding: Holding,
    /// Its first proof.
    pub first: Proof,
    /// Its last proof.
    pub last: Proof,
}

/// A mention of an official: its document and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The document.
    pub document: DocumentId,
    /// The number of the mention among its officials, from 0.
    pub mention: usize,
}

/// An office in all its wordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownOffice {
    /// Role, body and place.
    pub office: Office,
    /// What people read for it ([`Office::label`]).
    pub name: String,
    /// The most frequent first.
    pub wordings: Vec<(String, u32)>,
    /// People who hold or held it.
    pub holders: u32,
}

impl Entity {
    /// The name that somebody decided that it is shown under.
    pub fn decided_name(&self) -> Option<&str> {
        self.decisions.iter().rev().find_map(|decision| match &decision.what {
            Judgement::Name { label, .. } => Some(label.as_str()),
            _ => None,
        })
    }

    /// What a list shows: the name that was decided, else the most frequent spelling, and of an office the one that names it.
    pub fn label(&self) -> String {
        if let Some(name) = self.decided_name() {
            return name.to_owned();
        }
        match &self.what {
            What::Instrument(known) => {
                let name = known.number.as_ref().or(known.name.as_ref());
                let first = known.spellings.first().or(name).unwrap_or(&self.id);
                let mut label = first.clone();
                if let Some(year) = known.instrument.year
                    && !label.contains(&year.to_string())
                {
                    label = format!("{label} ({year})");
                }
                label
            }
            What::Person(known) => known.name.clone(),
            What::Office(known) => known.name.clone(),
        }
    }

    /// The words that it is searched by.
    pub fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = match &self.what {
            What::Instrument(known) => known
                .spellings
                .iter()
                .chain(&known.number)
                .chain(&known.name)
                .chain(&known.issuer)
                .chain(&known.subject)
                .map(String::as_str)
                // Without leading zeros.
                .chain([known.instrument.number.as_str()])
                .collect(),
            What::Person(known) => known
                .spellings
                .iter()
                .map(String::as_str)
                .chain(known.holdings.iter().map(|proved| proved.holding.words.as_str()))
                .collect(),
            What::Office(known) => known
                .wordings
                .iter()
                .map(|(words, _)| words.as_str())
                .chain(known.office.place.province.as_deref())
                .collect(),
        };
        words.extend(self.decided_name());
        words
    }

    /// Its place in a list: those of the most documents first, equals by id.
    pub fn place(&self) -> (std::cmp::Reverse<u64>, &str) {
        (std::cmp::Reverse(self.counts.documents), &self.id)
    }

    /// Keys of the offices that a person holds or held.
    pub fn offices(&self) -> impl Iterator<Item = &str> {
        let holdings = match &self.what {
            What::Person(known) => known.holdings.as_slice(),
            _ => &[],
        };
        holdings.iter().filter_map(|proved| proved.office.as_deref())
    }
}
