//! What mentions were decided to stand for, as the index keeps it: instruments, people and offices, each with its label,
//! its spellings and its counts, and on each document what its mentions mean.

use corpus::DocumentId;
use identity::{Because, Holding, Instrument, Office};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the mentions of one document stand for, in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Assignment {
    pub(crate) directives: Vec<Meant>,
    pub(crate) officials: Vec<Whom>,
}

/// What a citation stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Meant {
    /// One instrument, and why.
    One(String, Because),
    /// One of several.
    Several(Vec<String>),
    /// None that is known.
    Unknown,
}

/// Whom an official's mention names, and in which offices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Whom {
    pub(crate) person: String,
    /// Keys of the offices of its positions, in their order.
    pub(crate) offices: Vec<String>,
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
pub(crate) struct Entity {
    /// What it is asked for by; it does not change when more evidence comes.
    pub(crate) id: String,
    /// Ids that led to it before.
    pub(crate) also: Vec<String>,
    /// The group that it was decided in.
    pub(crate) group: String,
    pub(crate) counts: Counts,
    pub(crate) what: What,
}

/// The kinds of entities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum What {
    Instrument(Box<KnownInstrument>),
    Person(Box<KnownPerson>),
    Office(Box<KnownOffice>),
}

/// An instrument and what its mentions call it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownInstrument {
    pub(crate) instrument: Instrument,
    /// Number and symbol in the fullest form that is mentioned.
    pub(crate) number: Option<String>,
    /// Its name, where it is cited by one.
    pub(crate) name: Option<String>,
    /// The body in the words of most mentions.
    pub(crate) issuer: Option<String>,
    pub(crate) subject: Option<String>,
    /// The province whose body issued it, by its Vietnamese name.
    pub(crate) province: Option<String>,
    /// How texts write it, the most frequent first.
    pub(crate) spellings: Vec<String>,
}

/// A person with offices and what proves them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownPerson {
    pub(crate) name: String,
    pub(crate) spellings: Vec<String>,
    pub(crate) holdings: Vec<Proved>,
    /// Province of most of the documents.
    pub(crate) province: Option<String>,
}

/// A holding with the places of its first and its last proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Proved {
    pub(crate) office: String,
    pub(crate) holding: Holding,
    pub(crate) first: Proof,
    pub(crate) last: Proof,
}

/// A mention of an official: its document and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proof {
    pub(crate) document: DocumentId,
    pub(crate) mention: usize,
}

/// An office in all its wordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownOffice {
    pub(crate) office: Office,
    /// The most frequent first.
    pub(crate) wordings: Vec<(String, u32)>,
}

impl Entity {
    /// What a list shows: the most frequent spelling.
    pub(crate) fn label(&self) -> String {
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
            What::Office(known) => {
                known.wordings.first().map_or_else(|| self.id.clone(), |(words, _)| words.clone())
            }
        }
    }

    /// The words that it is searched by.
    pub(crate) fn words(&self) -> Vec<&str> {
        match &self.what {
            What::Instrument(known) => known
                .spellings
                .iter()
                .chain(&known.number)
                .chain(&known.name)
                .chain(&known.issuer)
                .chain(&known.subject)
                .map(String::as_str)
                .collect(),
            What::Person(known) => known
                .spellings
                .iter()
                .map(String::as_str)
                .chain(known.holdings.iter().map(|proved| proved.holding.words.as_str()))
                .collect(),
            What::Office(known) => known.wordings.iter().map(|(words, _)| words.as_str()).collect(),
        }
    }

    /// Keys of the offices that a person holds or held.
    pub(crate) fn offices(&self) -> impl Iterator<Item = &str> {
        let holdings = match &self.what {
            What::Person(known) => known.holdings.as_slice(),
            _ => &[],
        };
        holdings.iter().map(|proved| proved.office.as_str())
    }
}
