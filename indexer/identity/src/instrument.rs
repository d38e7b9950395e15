//! Instruments: which mentions of one number or one name stand for one document of Party or State.
//!
//! Mentions that say whose the document is and of which year are the fixed points. Others go, in this order, to the full form
//! in their own text, to the one instrument that fits issuer, place and time, to the one that their subject and their day
//! speak for; else they stay ambiguous. Mentions that fit no fixed point are brought together only where they speak of the
//! same thing at nearly the same time.

use std::collections::{BTreeMap, HashMap, HashSet};

use extract::{DirectiveKind, PartialDate};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::candidate::{Candidate, Profile};
pub use self::lookup::{Known, Lookup};
use crate::citation::{Citation, Issuer};
use crate::month::month;
use crate::ruling::{Ruling, rule};
use crate::term::Term;

/// A mention in a document; documents are numbered by the caller.
#[derive(Clone, Debug)]
pub struct Cited {
    /// Number of its document.
    pub document: u32,
    /// What it tells.
    pub citation: Citation,
}

/// What a mention was decided to stand for.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The instrument at this place of the list.
    Of(usize, Because),
    /// One of several instruments.
    Ambiguous(Vec<usize>),
    /// None that is known.
    Open,
}

/// Why a mention belongs to its instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// It says issuer and year itself.
    FullForm,
    /// The full form stands in the same text.
    SameText,
    /// Issuer, place and time leave one.
    OnlyOne,
    /// Its subject and its day speak for one of several.
    Subject,
    /// The version of a law that was in force on the day of the text.
    InForce,
    /// Others at nearly the same time speak of the same.
    Alike,
    /// Of all that came out of the others this one fits, as it would for a text that is no part of the archive.
    Known,
    /// Somebody decided it.
    Decided,
}

/// One real document, as far as mentions tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// Type of document.
    pub kind: DirectiveKind,
    /// The number alone, or the slug of a name.
    pub number: String,
    /// Cited by name.
    pub named: bool,
    /// The symbol without separators and marks.
    pub symbol: Option<String>,
    /// Whose it is.
    pub issuer: Option<Issuer>,
    /// Its year.
    pub year: Option<i16>,
    /// The term of the Party's Central Committee that mentions name, where its year is not known.
    #[serde(default)]
    pub term: Option<Term>,
    /// The day that most mentions state.
    pub issued: Option<PartialDate>,
    /// A draft of a law.
    pub draft: bool,
    /// What its mentions speak of, the most frequent first, as many as are kept.
    pub topic: Vec<u32>,
    /// Days on which texts that cite it were published: first and last.
    pub cited: Option<(Date, Date)>,
    /// Texts by month of publication (year * 12 + month - 1): what tells a number that everybody means at a time. None in
    /// indexes of before.
    #[serde(default)]
    pub months: Vec<(i32, u32)>,
}

/// What became of a group.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// The instruments that it holds.
    pub instruments: Vec<Instrument>,
    /// What each mention stands for, in the order given.
    pub verdicts: Vec<Verdict>,
}

/// Days between texts that cite one instrument of an unknown year.
const CHAIN: i32 = 200;

/// The same for bodies of the Centre, whose symbols say more.
const LONG_CHAIN: i32 = 900;

/// Features of an instrument that are kept.
const TOPIC: usize = 300;

/// Decides a group: all mentions of one kind and one number or name. Where somebody decided that mentions of several groups
/// stand for one, these are given together.
pub fn decide(mentions: &[Cited], rulings: &[Ruling]) -> Decided {
    let decided = by_evidence(mentions);
    if rulings.is_empty() { decided } else { ruled(mentions, decided, rulings) }
}

fn by_evidence(mentions: &[Cited]) -> Decided {
    let mut groups: BTreeMap<(DirectiveKind, &str), Vec<usize>> = BTreeMap::new();
    for (at, Cited { citation, .. }) in mentions.iter().enumerate() {
        groups.entry((citation.kind, &citation.number)).or_default().push(at);
    }
    if groups.len() <= 1 {
        return of_group(mentions);
    }
    let mut all = Decided { instruments: Vec::new(), verdicts: vec![Verdict::Open; mentions.len()] };
    for members in groups.values() {
        let group: Vec<Cited> = members.iter().map(|at| mentions[*at].clone()).collect();
        let Decided { instruments, verdicts } = of_group(&group);
        let before = all.instruments.len();
        for (at, verdict) in members.iter().zip(verdicts) {
            all.verdicts[*at] = match verdict {
                Verdict::Of(instrument, because) => Verdict::Of(before + instrument, because),
                Verdict::Ambiguous(several) => {
                    Verdict::Ambiguous(several.into_iter().map(|instrument| before + instrument).collect())
                }
                Verdict::Open => Verdict::Open,
            };
        }
        all.instruments.extend(instruments);
    }
    all
}

/// What the evidence made of mentions, after what people decided.
fn ruled(mentions: &[Cited], decided: Decided, rulings: &[Ruling]) -> Decided {
    let Decided { instruments, verdicts } = decided;
    let whose = verdicts.iter().map(|verdict| match verdict {
        Verdict::Of(at, _) => Some(*at),
        Verdict::Ambiguous(_) | Verdict::Open => None,
    });
    // Of one text, of one body and year, then of nearly one time.
    let near = |a: usize, b: usize| {
        let (here, there) = (&mentions[a], &mentions[b]);
        let (of, other) = (&here.citation, &there.citation);
        let alike = 4 * u32::from(here.document == there.document)
            + 2 * u32::from(of.year.is_some() && of.year == other.year)
            + u32::from(of.issuer.is_some() && of.issuer == other.issuer);
        let apart = of.published.zip(other.published).map_or(0, |(a, b)| days(a.min(b), a.max(b)));
        (alike, -i64::from(apart))
    };
    let ruled = rule(whose.collect(), instruments.len(), rulings, &near);
    let mut work = Work::new(mentions);
    for (cluster, from) in ruled.from.iter().enumerate() {
        let from = from.map(|from| &instruments[from]);
        let members: Vec<usize> =
            (0..mentions.len()).filter(|at| ruled.whose[*at] == Some(cluster)).collect();
        let citations = || members.iter().map(|at| &mentions[*at].citation);
        let (mut issuer, mut year) =
            (from.and_then(|from| from.issuer.clone()), from.and_then(|from| from.year));
        if ruled.is_changed(cluster) {
            let is_new = cluster >= instruments.len();
            let said = citations().find_map(|citation| citation.issuer.clone());
            issuer = if is_new { said.or(issuer) } else { issuer.or(said) };
            let said = citations().find_map(|citation| citation.year);
            year = if is_new { said.or(year) } else { year.or(said) };
        }
        let draft = from.map_or_else(|| citations().any(|citation| citation.draft), |from| from.draft);
        let term = from.and_then(|from| from.term);
        work.candidates.push(Candidate { issuer, year, term, draft, members });
    }
    for (at, verdict) in verdicts.into_iter().enumerate() {
        work.verdicts[at] = Some(match (ruled.whose[at], verdict) {
            (Some(cluster), Verdict::Of(_, because)) if !ruled.spoken_of[at] => Verdict::Of(cluster, because),
            (Some(cluster), _) => Verdict::Of(cluster, Because::Decided),
            (None, Verdict::Ambiguous(several)) => {
                let mut several: Vec<usize> = several.into_iter().map(|one| ruled.became(one)).collect();
                several.sort_unstable();
                several.dedup();
                match several[..] {
                    [only] => {
                        work.candidates[only].members.push(at);
                        Verdict::Of(only, Because::Decided)
                    }
                    _ => Verdict::Ambiguous(several),
                }
            }
            (None, _) => Verdict::Open,
        });
    }
    work.finish()
}

/// Decides all mentions of one kind and one number or name by what they tell.
fn of_group(group: &[Cited]) -> Decided {
    let mut work = Work::new(group);
    if group.first().is_some_and(|cited| cited.citation.is_law()) {
        work.laws();
        return work.finish();
    }
    work.fixed_points();
    work.short_forms();
    work.leftovers();
    looked_up(group, work.finish())
}

/// What the steps left open is looked up in what they made, by the same rules as a text that is no part of the archive: both
/// have one answer.
fn looked_up(group: &[Cited], decided: Decided) -> Decided {
    let Decided { instruments, verdicts } = decided;
    if verdicts.iter().all(|verdict| matches!(verdict, Verdict::Of(..))) {
        return Decided { instruments, verdicts };
    }
    let known: Vec<&Instrument> = instruments.iter().collect();
    let lookup = Lookup::new(&known);
    let mut in_full: HashMap<u32, Vec<usize>> = HashMap::new();
    for (cited, verdict) in group.iter().zip(&verdicts) {
        if let Verdict::Of(at, Because::FullForm) = verdict {
            in_full.entry(cited.document).or_default().push(*at);
        }
    }
    let again = |(cited, verdict): (&Cited, Verdict)| {
        if matches!(verdict, Verdict::Of(..)) {
            return verdict;
        }
        let here = in_full.get(&cited.document).map_or(&[][..], Vec::as_slice);
        match lookup.find(&cited.citation, here) {
            Known::Found(at) if instruments[at].is_spoken_of(&cited.citation) => {
                Verdict::Of(at, Because::Known)
            }
            Known::Found(_) | Known::Ambiguous(_) | Known::Contradicted(_) | Known::Unknown => verdict,
        }
    };
    let verdicts = group.iter().zip(verdicts).map(again).collect();
    Decided { instruments, verdicts }
}

struct Work<'a> {
    group: &'a [Cited],
    /// Mentions that the frequencies are of.
    mentions: usize,
    candidates: Vec<Candidate>,
    verdicts: Vec<Option<Verdict>>,
    /// In how many mentions each feature stands.
    frequency: HashMap<u32, u32>,
}

/// Days from one day to a later one.
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// The date that most mentions state; of those that agree with it the most exact.
pub(crate) fn most_exact(dates: &[PartialDate]) -> Option<PartialDate> {
    let mut counts: Vec<(PartialDate, usize)> = Vec::new();
    for date in dates {
        match counts.iter_mut().find(|(known, _)| known == date) {
            Some((_, count)) => *count += 1,
            None => counts.push((*date, 1)),
        }
    }
    let support = |date: PartialDate| {
        counts.iter().filter(|(other, _)| other.agrees_with(date)).map(|(_, count)| count).sum::<usize>()
    };
    let exactness = |date: PartialDate| (date.month().is_some(), date.day().is_some());
    // A year alone agrees with every day in it, so exactness goes before support only among days.
    counts
        .iter()
        .map(|(date, count)| (*date, *count))
        .max_by_key(|(date, count)| (date.day().is_some(), exactness(*date), *count, support(*date)))
        .map(|(date, _)| date)
}

impl<'a> Work<'a> {
    fn new(group: &'a [Cited]) -> Self {
        let mut frequency: HashMap<u32, u32> = HashMap::new();
        for cited in group {
            for feature in &cited.citation.topic {
                *frequency.entry(*feature).or_default() += 1;
            }
        }
        let (mentions, verdicts) = (group.len(), vec![None; group.len()]);
        Self { group, mentions, candidates: Vec::new(), verdicts, frequency }
    }

    fn citation(&self, at: usize) -> &'a Citation {
        &self.group[at].citation
    }

    fn join(&mut self, mention: usize, candidate: usize, because: Because) {
        self.candidates[candidate].members.push(mention);
        self.verdicts[mention] = Some(Verdict::Of(candidate, because));
    }

    fn profiles(&self) -> Vec<Profile> {
        let profile = |candidate: &Candidate| {
            let mut features: HashMap<u32, u32> = HashMap::new();
            let mut days: Vec<Date> = Vec::new();
            let mut symbols: HashMap<&str, u32> = HashMap::new();
            for at in &candidate.members {
                let citation = self.citation(*at);
                for feature in &citation.topic {
                    *features.entry(*feature).or_default() += 1;
                }
                days.extend(citation.published);
                if let Some(symbol) = &citation.symbol {
                    *symbols.entry(symbol).or_default() += 1;
                }
            }
            days.sort_unstable();
            let issued: Vec<PartialDate> =
                candidate.members.iter().filter_map(|at| self.citation(*at).issued).collect();
            let symbol = symbols.into_iter().max_by_key(|(symbol, count)| (*count, symbol.len(), *symbol));
            Profile {
                features,
                texts: candidate.members.len() as u32,
                days,
                issued: most_exact(&issued),
                symbol: symbol.map(|(symbol, _)| symbol.to_owned()),
            }
        };
        self.candidates.iter().map(profile).collect()
    }

    fn finish(mut self) -> Decided {
        let profiles = self.profiles();
        let keep: Vec<bool> = self.candidates.iter().map(|candidate| !candidate.members.is_empty()).collect();
        let mut moved = vec![usize::MAX; self.candidates.len()];
        let mut instruments = Vec::new();
        for (at, (candidate, profile)) in self.candidates.iter().zip(profiles).enumerate() {
            if !keep[at] {
                continue;
            }
            moved[at] = instruments.len();
            let first = self.citation(candidate.members[0]);
            let mut topic: Vec<(u32, u32)> = profile.features.iter().map(|(f, n)| (*n, *f)).collect();
            topic.sort_unstable_by_key(|(count, feature)| (std::cmp::Reverse(*count), *feature));
            topic.truncate(TOPIC);
            let cited = profile.days.first().copied().zip(profile.days.last().copied());
            let mut texts = HashSet::new();
            let mut months: BTreeMap<i32, u32> = BTreeMap::new();
            for cited in candidate.members.iter().map(|at| &self.group[*at]) {
                if let Some(day) = cited.citation.published.filter(|_| texts.insert(cited.document)) {
                    *months.entry(month(day)).or_default() += 1;
                }
            }
            instruments.push(Instrument {
                kind: first.kind,
                number: first.number.clone(),
                named: first.named,
                symbol: profile.symbol,
                issuer: candidate.issuer.clone(),
                year: candidate.year,
                term: candidate.term.filter(|_| candidate.year.is_none()),
                issued: profile.issued.filter(|day| candidate.year.is_none_or(|year| year == day.year())),
                draft: candidate.draft,
                topic: topic.into_iter().map(|(_, feature)| feature).collect(),
                cited,
                months: months.into_iter().collect(),
            });
        }
        let verdicts = self
            .verdicts
            .drain(..)
            .map(|verdict| match verdict {
                Some(Verdict::Of(at, because)) => Verdict::Of(moved[at], because),
                Some(Verdict::Ambiguous(several)) => Verdict::Ambiguous(
                    several.into_iter().map(|at| moved[at]).filter(|at| *at != usize::MAX).collect(),
                ),
                Some(Verdict::Open) | None => Verdict::Open,
            })
            .collect();
        Decided { instruments, verdicts }
    }
}

mod candidate;
mod choice;
mod lookup;
mod steps;
mod version;

#[cfg(test)]
mod tests;
