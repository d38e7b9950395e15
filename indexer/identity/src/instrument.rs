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

use crate::citation::{Citation, Issuer};
use crate::law;
use crate::ruling::{Ruling, rule};
use crate::topic;

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
    /// The day that most mentions state.
    pub issued: Option<PartialDate>,
    /// A draft of a law.
    pub draft: bool,
    /// What its mentions speak of, the most frequent first, as many as are kept.
    pub topic: Vec<u32>,
    /// Days on which texts that cite it were published: first and last.
    pub cited: Option<(Date, Date)>,
}

/// What became of a group.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// The instruments that it holds.
    pub instruments: Vec<Instrument>,
    /// What each mention stands for, in the order given.
    pub verdicts: Vec<Verdict>,
}

/// Years for which a mention without a year may mean the only instrument that fits: numbers of the Centre's decrees and laws
/// are cited for long, those of local bodies and of plans come again every year.
const LONG: i16 = 12;
const SHORT: i16 = 2;
const TERM: i16 = 5;

/// Days within which citations of an instrument speak for another text.
const NEAR: i32 = 60;

/// What the best instrument must be ahead of the second.
const MARGIN: f32 = 0.18;

/// What must be told of a subject before it speaks for one of several, in nats: two pairs of syllables that are rare, or some
/// that are less so. A sentence of few words shares one with any text.
const TOLD: f32 = 6.5;

/// Days between texts that cite one instrument of an unknown year.
const CHAIN: i32 = 200;
/// The same for bodies of the Centre, whose symbols say more.
const LONG_CHAIN: i32 = 900;

/// Days for which a version that was passed is still the amended one, and between texts that speak of one draft.
const AMENDED: i32 = 730;

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
        work.candidates.push(Candidate { issuer, year, draft, members });
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
    } else {
        work.fixed_points();
        work.short_forms();
        work.leftovers();
    }
    work.finish()
}

struct Candidate {
    issuer: Option<Issuer>,
    year: Option<i16>,
    draft: bool,
    members: Vec<usize>,
}

struct Work<'a> {
    group: &'a [Cited],
    candidates: Vec<Candidate>,
    verdicts: Vec<Option<Verdict>>,
    /// In how many mentions each feature stands.
    frequency: HashMap<u32, u32>,
}

/// What is known of a candidate while others are weighed against it.
struct Profile {
    features: HashMap<u32, u32>,
    texts: u32,
    days: Vec<Date>,
    issued: Option<PartialDate>,
    symbol: Option<String>,
}

impl Profile {
    /// Whether it is of the very day that a mention gives, which with its number and its body tells it from all others.
    fn is_of_day(&self, citation: &Citation) -> bool {
        citation.issued.is_some_and(|day| day.day().is_some() && self.issued == Some(day))
    }
}

impl<'a> Work<'a> {
    fn new(group: &'a [Cited]) -> Self {
        let mut frequency: HashMap<u32, u32> = HashMap::new();
        for cited in group {
            for feature in &cited.citation.topic {
                *frequency.entry(*feature).or_default() += 1;
            }
        }
        Self { group, candidates: Vec::new(), verdicts: vec![None; group.len()], frequency }
    }

    fn citation(&self, at: usize) -> &'a Citation {
        &self.group[at].citation
    }

    fn join(&mut self, mention: usize, candidate: usize, because: Because) {
        self.candidates[candidate].members.push(mention);
        self.verdicts[mention] = Some(Verdict::Of(candidate, because));
    }

    /// Mentions that say whose and of which year.
    fn fixed_points(&mut self) {
        // A body that no row knows, at a place and in a year where only one has the number, is that one.
        let mut signs: HashMap<(Option<String>, i16), HashSet<String>> = HashMap::new();
        for cited in self.group {
            if let (Some(Issuer::Local { sign, place }), Some(year)) =
                (&cited.citation.issuer, cited.citation.year)
                && sign != "?"
            {
                signs.entry((place.clone(), year)).or_default().insert(sign.clone());
            }
        }
        let mut known: BTreeMap<(Issuer, i16, bool), usize> = BTreeMap::new();
        for at in 0..self.group.len() {
            let citation = self.citation(at);
            let (Some(issuer), Some(year)) = (&citation.issuer, citation.year) else { continue };
            if matches!(issuer, Issuer::Local { place: None, .. }) {
                continue;
            }
            if citation.published.is_some_and(|published| year > published.year()) {
                continue;
            }
            let mut issuer = issuer.clone();
            if let Issuer::Local { sign, place } = &mut issuer
                && sign == "?"
                && let Some(known) = signs.get(&(place.clone(), year)).filter(|signs| signs.len() == 1)
                && let Some(only) = known.iter().next()
            {
                sign.clone_from(only);
            }
            let key = (issuer.clone(), year, citation.draft);
            let candidate = *known.entry(key).or_insert_with(|| {
                self.candidates.push(Candidate {
                    issuer: Some(issuer.clone()),
                    year: Some(year),
                    draft: citation.draft,
                    members: Vec::new(),
                });
                self.candidates.len() - 1
            });
            self.join(at, candidate, Because::FullForm);
        }
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

    /// Mentions that lack issuer, place or year.
    fn short_forms(&mut self) {
        let profiles = self.profiles();
        let mut in_text: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            for member in &candidate.members {
                let known = in_text.entry(self.group[*member].document).or_default();
                if !known.contains(&at) {
                    known.push(at);
                }
            }
        }
        let mut joined: Vec<(usize, usize, Because)> = Vec::new();
        for at in 0..self.group.len() {
            if self.verdicts[at].is_some() {
                continue;
            }
            let citation = self.citation(at);
            let fits =
                |candidate: &usize| compatible(citation, &self.candidates[*candidate], &profiles[*candidate]);
            let here: Vec<usize> = in_text
                .get(&self.group[at].document)
                .map(|all| all.iter().copied().filter(|candidate| fits(candidate)).collect())
                .unwrap_or_default();
            if let [only] = *here {
                joined.push((at, only, Because::SameText));
                continue;
            }
            let all: Vec<usize> = if here.is_empty() {
                (0..self.candidates.len())
                    .filter(|candidate| {
                        fits(candidate)
                            && (citation.fits_place(self.candidates[*candidate].issuer.as_ref())
                                || profiles[*candidate].is_of_day(citation))
                    })
                    .collect()
            } else {
                here
            };
            match self.choose(citation, &all, &profiles) {
                Choice::One(candidate, because) => joined.push((at, candidate, because)),
                Choice::Several(several) => self.verdicts[at] = Some(Verdict::Ambiguous(several)),
                Choice::None => {}
            }
        }
        for (at, candidate, because) in joined {
            self.join(at, candidate, because);
        }
    }

    fn weight(&self, feature: u32) -> f32 {
        let all = self.group.len() as f32;
        let has = self.frequency.get(&feature).copied().unwrap_or(0) as f32;
        ((all + 2.0) / (has + 1.0)).ln().max(0.05) * topic::tells(feature)
    }

    /// The share of what a mention speaks of that texts about a candidate speak of too, as far as it tells candidates apart.
    fn similarity(&self, citation: &Citation, profile: &Profile) -> f32 {
        let (mut shared, mut all) = (0.0, 0.0);
        for feature in &citation.topic {
            let weight = self.weight(*feature);
            all += weight;
            if let Some(count) = profile.features.get(feature) {
                let share = *count as f32 / profile.texts.max(1) as f32;
                shared += weight * (4.0 * share).clamp(0.25, 1.0);
            }
        }
        if all > 0.0 { shared / all } else { 0.0 }
    }

    fn choose(&self, citation: &Citation, all: &[usize], profiles: &[Profile]) -> Choice {
        let age = |candidate: usize| {
            let year = self.candidates[candidate].year?;
            Some(citation.published?.year() - year)
        };
        let reach = |candidate: usize| match (&self.candidates[candidate].issuer, citation.kind) {
            // Party committees number through a term of five years.
            (Some(Issuer::Local { sign, .. }), _) if matches!(sign.as_str(), "tu" | "hu" | "qu") => TERM,
            (Some(Issuer::Local { .. }), _) => SHORT,
            (
                _,
                DirectiveKind::Plan
                | DirectiveKind::OfficialLetter
                | DirectiveKind::Telegram
                | DirectiveKind::Notice
                | DirectiveKind::Report,
            ) => 1,
            (_, DirectiveKind::Directive | DirectiveKind::Decision) if citation.issuer.is_none() => SHORT,
            _ => LONG,
        };
        let scores: Vec<(f32, f32, f32, usize)> = {
            let near = |profile: &Profile| {
                let Some(day) = citation.published else { return 0 };
                profile
                    .days
                    .iter()
                    .filter(|other| day.until(**other).is_ok_and(|span| span.get_days().abs() <= NEAR))
                    .count()
            };
            let counts: Vec<usize> = all.iter().map(|candidate| near(&profiles[*candidate])).collect();
            let total: usize = counts.iter().sum();
            let mut scores: Vec<(f32, f32, f32, usize)> = all
                .iter()
                .zip(&counts)
                .map(|(candidate, count)| {
                    let similarity = self.similarity(citation, &profiles[*candidate]);
                    let near = if total > 0 { *count as f32 / (total as f32 + 1.0) } else { 0.0 };
                    let age = age(*candidate).map_or(5.0, |age| f32::from(age.max(0)));
                    let recent = 0.4 / (1.0 + age / 2.0);
                    (0.6 * near + recent, similarity, near, *candidate)
                })
                .collect();
            // What a candidate speaks of more than the others, as far as there is anything to go by.
            let all: f32 = scores.iter().map(|(_, similarity, ..)| similarity).sum();
            for score in &mut scores {
                score.0 += 1.2 * (score.1 / all.max(0.01)) * (all / 0.15).min(1.0);
            }
            scores.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.3.cmp(&b.3)));
            scores
        };
        match &scores[..] {
            [] => Choice::None,
            [(_, similarity, near, only)] => {
                let age = age(*only).unwrap_or(0);
                // A number with a letter (30a) is rare enough to say whose it is.
                let lettered = citation.number.bytes().any(|b| b.is_ascii_alphabetic());
                // In a text of the province whose body it is, too.
                let there = &self.candidates[*only].issuer;
                let at_home = citation.near.is_some()
                    && matches!(there, Some(Issuer::Local { place, .. }) if *place == citation.near);
                let whose = citation.issuer.is_some() || citation.symbol.is_some() || lettered || at_home;
                // Numbers come again: an old one that speaks of nothing alike may be another's.
                // Those of the Party's centre come again with its next term at the earliest.
                let of_party = matches!(&citation.issuer, Some(Issuer::Centre(sign)) if sign.ends_with("tw"));
                let again = if of_party { TERM } else { 3 };
                let old = age > again && *similarity < 0.05 && *near == 0.0 && !lettered;
                // That others speak of it at that time tells nothing of a bare number whose text speaks of something else.
                let spoken_for = *similarity >= 0.12 || *near > 0.0 && (whose || *similarity >= 0.05);
                if spoken_for || profiles[*only].is_of_day(citation) || (whose && age <= reach(*only) && !old)
                {
                    Choice::One(*only, Because::OnlyOne)
                } else {
                    Choice::None
                }
            }
            [(best, similarity, near, first), (second, _, _, next), ..] => {
                // What one has in common with the mention, and the other has not.
                let telling = citation.topic.iter().filter(|feature| {
                    profiles[*first].features.contains_key(feature)
                        && !profiles[*next].features.contains_key(feature)
                });
                let mut told: f32 = telling.map(|feature| topic::tells(*feature)).sum();
                // Of what the other is spoken of with, only a part is kept: that it lacks a pair tells less.
                if profiles[*next].features.len() >= TOPIC {
                    told /= 2.0;
                }
                let spoken_for = *similarity >= 0.08 && told >= TOLD;
                if best - second >= MARGIN && (spoken_for || *near >= 0.5) {
                    Choice::One(*first, Because::Subject)
                } else {
                    let mut several: Vec<usize> = scores.iter().map(|(.., candidate)| *candidate).collect();
                    several.sort_unstable();
                    Choice::Several(several)
                }
            }
        }
    }

    /// Mentions that fit no fixed point: those that say the same at nearly the same time.
    fn leftovers(&mut self) {
        let mut open: Vec<usize> = (0..self.group.len()).filter(|at| self.verdicts[*at].is_none()).collect();
        open.sort_by_key(|at| (self.citation(*at).published, *at));
        // The fuller forms first: they begin instruments that shorter ones join.
        open.sort_by_key(|at| {
            let citation = self.citation(*at);
            std::cmp::Reverse(usize::from(citation.issuer.is_some()) + usize::from(citation.symbol.is_some()))
        });
        let begun = self.candidates.len();
        let mut last: Vec<(Option<Date>, Option<Date>)> = Vec::new();
        for at in open {
            let citation = self.citation(at);
            let document = self.group[at].document;
            let mut fitting: Vec<(f32, usize)> = Vec::new();
            for candidate in begun..self.candidates.len() {
                let known = &self.candidates[candidate];
                if known.draft != citation.draft
                    || !issuers_agree(citation.issuer.as_ref(), known.issuer.as_ref())
                {
                    continue;
                }
                if let (Some(here), Some(there)) = (citation.year, known.year)
                    && here != there
                {
                    continue;
                }
                let same_text = known.members.iter().any(|member| self.group[*member].document == document);
                let symbols = known.members.iter().find_map(|member| self.citation(*member).symbol.as_ref());
                if let (Some(here), Some(there)) = (&citation.symbol, symbols)
                    && here != there
                {
                    continue;
                }
                let (first, latest) = last[candidate - begun];
                let gap = match (citation.published, first, latest) {
                    (Some(day), Some(first), Some(latest)) => {
                        if day < first {
                            days(day, first)
                        } else if latest < day {
                            days(latest, day)
                        } else {
                            0
                        }
                    }
                    _ => CHAIN,
                };
                let known_issuer = citation.issuer.is_some() && known.issuer.is_some();
                let closeness = known
                    .members
                    .iter()
                    .rev()
                    .take(40)
                    .map(|member| self.overlap(citation, self.citation(*member)))
                    .fold(0.0, f32::max);
                let centre = matches!(citation.issuer, Some(Issuer::Centre(_)));
                let chain = if centre && citation.symbol.is_some() { LONG_CHAIN } else { CHAIN };
                let joins = same_text
                    || citation.year.is_some() && citation.year == known.year && known_issuer
                    || known_issuer
                        && gap <= chain
                        && (gap <= 30 || closeness >= 0.05 || chain == LONG_CHAIN)
                    || closeness >= 0.15 && gap <= CHAIN
                    || known_issuer && closeness >= 0.2;
                if joins {
                    let bonus = if same_text { 10.0 } else { 0.0 };
                    fitting.push((bonus + closeness - gap as f32 / 10_000.0, candidate));
                }
            }
            fitting.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            let candidate = if let Some((_, best)) = fitting.first() {
                *best
            } else {
                // A bare number that stands alone tells of no instrument.
                self.candidates.push(Candidate {
                    issuer: citation.issuer.clone(),
                    year: citation.year,
                    draft: citation.draft,
                    members: Vec::new(),
                });
                last.push((None, None));
                self.candidates.len() - 1
            };
            let known = &mut self.candidates[candidate];
            if known.issuer.is_none() {
                known.issuer.clone_from(&citation.issuer);
            }
            known.year = known.year.or(citation.year);
            let span = &mut last[candidate - begun];
            if let Some(day) = citation.published {
                span.0 = Some(span.0.map_or(day, |first| first.min(day)));
                span.1 = Some(span.1.map_or(day, |latest| latest.max(day)));
            }
            self.join(at, candidate, Because::Alike);
        }
    }

    /// How much of the smaller of two topics both have, weighted.
    fn overlap(&self, a: &Citation, b: &Citation) -> f32 {
        let (mut shared, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
        let (mut i, mut j) = (0, 0);
        while i < a.topic.len() || j < b.topic.len() {
            match (a.topic.get(i), b.topic.get(j)) {
                (Some(x), Some(y)) if x == y => {
                    let weight = self.weight(*x);
                    shared += weight;
                    of_a += weight;
                    of_b += weight;
                    i += 1;
                    j += 1;
                }
                (Some(x), Some(y)) if x < y => {
                    of_a += self.weight(*x);
                    i += 1;
                }
                (Some(x), None) => {
                    of_a += self.weight(*x);
                    i += 1;
                }
                (_, Some(y)) => {
                    of_b += self.weight(*y);
                    j += 1;
                }
                (None, None) => break,
            }
        }
        let smaller = f32::min(of_a, of_b);
        if smaller > 0.0 { shared / smaller } else { 0.0 }
    }

    /// Laws by their names: by the year that stands beside the name, else the version in force on the day of the text.
    fn laws(&mut self) {
        let name = self.citation(0).number.clone();
        let table = law::versions(&name);
        let mut years: BTreeMap<i16, usize> = BTreeMap::new();
        let mut drafts: Vec<(usize, Option<Date>)> = Vec::new();
        let mut known: Vec<(Date, Date)> = table.to_vec();
        if table.is_empty() {
            // A version that no row knows comes into force in the year behind its own, as most do.
            let said = self.group.iter().filter_map(|Cited { citation, .. }| {
                let told = |year: &i16| citation.published.is_none_or(|published| *year <= published.year());
                citation.year.filter(|year| !citation.draft && told(year))
            });
            for year in said.collect::<HashSet<i16>>() {
                let passed = Date::new(year, 1, 1).unwrap_or(Date::constant(1945, 9, 2));
                let force = Date::new(year.saturating_add(1), 1, 1).unwrap_or(passed);
                known.push((passed, force));
            }
        }
        known.sort_unstable();
        // A year beside the name that no version has is that of entry into force, or the article's own.
        let version_of = |year: i16| -> Option<i16> {
            if known.iter().any(|(passed, _)| passed.year() == year) {
                return Some(year);
            }
            known.iter().find(|(_, force)| force.year() == year).map(|(passed, _)| passed.year())
        };
        for at in 0..self.group.len() {
            let citation = self.citation(at);
            if citation.draft || citation.is_to_come(&known) {
                let near = drafts.iter().position(|(_, day)| match (citation.published, *day) {
                    (Some(a), Some(b)) => days(a.min(b), a.max(b)) <= AMENDED,
                    _ => true,
                });
                let candidate = match near {
                    Some(near) => drafts[near].0,
                    None => {
                        self.candidates.push(Candidate {
                            issuer: citation.issuer.clone(),
                            year: None,
                            draft: true,
                            members: Vec::new(),
                        });
                        drafts.push((self.candidates.len() - 1, citation.published));
                        self.candidates.len() - 1
                    }
                };
                self.join(at, candidate, Because::FullForm);
                continue;
            }
            let stated = citation.year.and_then(version_of);
            let (year, because) = match stated {
                Some(year) => (Some(year), Because::FullForm),
                None => match citation.published {
                    Some(published) => (citation.version_at(published, &known), Because::InForce),
                    None if known.len() == 1 => (Some(known[0].0.year()), Because::OnlyOne),
                    None => (None, Because::InForce),
                },
            };
            let slot = year.unwrap_or(i16::MIN);
            let candidate = *years.entry(slot).or_insert_with(|| {
                self.candidates.push(Candidate {
                    issuer: citation.issuer.clone(),
                    year,
                    draft: false,
                    members: Vec::new(),
                });
                self.candidates.len() - 1
            });
            self.join(at, candidate, because);
        }
        // A full form in the same text goes before the version in force.
        let mut stated: HashMap<u32, HashSet<usize>> = HashMap::new();
        for (at, verdict) in self.verdicts.iter().enumerate() {
            if let Some(Verdict::Of(candidate, Because::FullForm)) = verdict {
                stated.entry(self.group[at].document).or_default().insert(*candidate);
            }
        }
        let mut moved = Vec::new();
        for (at, verdict) in self.verdicts.iter().enumerate() {
            if let Some(Verdict::Of(candidate, Because::InForce)) = verdict
                && let Some(here) = stated.get(&self.group[at].document)
                && here.len() == 1
                && let Some(to) = here.iter().next()
                && to != candidate
                && !self.candidates[*to].draft
            {
                moved.push((at, *candidate, *to));
            }
        }
        for (at, from, to) in moved {
            self.candidates[from].members.retain(|member| *member != at);
            self.join(at, to, Because::SameText);
        }
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
            instruments.push(Instrument {
                kind: first.kind,
                number: first.number.clone(),
                named: first.named,
                symbol: profile.symbol,
                issuer: candidate.issuer.clone(),
                year: candidate.year,
                issued: profile.issued.filter(|day| candidate.year.is_none_or(|year| year == day.year())),
                draft: candidate.draft,
                topic: topic.into_iter().map(|(_, feature)| feature).collect(),
                cited,
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

enum Choice {
    One(usize, Because),
    Several(Vec<usize>),
    None,
}

/// Days from one day to a later one.
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn issuers_agree(here: Option<&Issuer>, there: Option<&Issuer>) -> bool {
    match (here, there) {
        (None, _) | (_, None) => true,
        (Some(Issuer::Local { sign, place }), Some(Issuer::Local { sign: other, place: there })) => {
            (sign == other || sign == "?" || other == "?")
                && (place == there || place.is_none() || there.is_none())
        }
        (Some(a), Some(b)) => a == b,
    }
}

/// Whether all that a mention says fits a candidate.
fn compatible(citation: &Citation, candidate: &Candidate, profile: &Profile) -> bool {
    if citation.draft != candidate.draft {
        return false;
    }
    match (&citation.issuer, &candidate.issuer) {
        // Without a body it may be the Centre's, or that of the place that the text is about.
        (None, Some(Issuer::Local { place, .. })) => {
            if citation.near.is_none() || *place != citation.near {
                return false;
            }
        }
        (here, there) => {
            if !issuers_agree(here.as_ref(), there.as_ref()) {
                return false;
            }
        }
    }
    if let (Some(here), Some(there)) = (citation.year, candidate.year)
        && here != there
    {
        return false;
    }
    if let (Some(here), Some(there)) = (&citation.symbol, &profile.symbol)
        && here != there
        && !there.starts_with(here.as_str())
        && !there.ends_with(here.as_str())
    {
        return false;
    }
    if let (Some(here), Some(there)) = (citation.issued, profile.issued)
        && !here.agrees_with(there)
    {
        return false;
    }
    if let Some(published) = citation.published {
        let begins = profile.issued.map(PartialDate::first_day);
        let begins = begins.or_else(|| candidate.year.and_then(|year| Date::new(year, 1, 1).ok()));
        if begins.is_some_and(|begins| published < begins) {
            return false;
        }
    }
    true
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

/// What an index knows a mention as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// One instrument, by its place in the list.
    Found(usize),
    /// Several that it may be.
    Ambiguous(Vec<usize>),
    /// What the mention says of one contradicts what is known of it.
    Contradicted(Vec<usize>),
    /// None.
    Unknown,
}

/// Which of the instruments of a group a mention means. `here` are those that the same text names in full.
pub fn resolve(citation: &Citation, known: &[&Instrument], here: &[usize]) -> Known {
    if citation.is_law() {
        return resolve_law(citation, known);
    }
    let (candidates, profiles): (Vec<Candidate>, Vec<Profile>) =
        known.iter().map(|one| one.profile()).unzip();
    let fits = |citation: &Citation| -> Vec<usize> {
        let all = 0..known.len();
        all.filter(|at| compatible(citation, &candidates[*at], &profiles[*at])).collect()
    };
    let mut fitting = fits(citation);
    fitting.retain(|at| known[*at].is_of_time(citation));
    match &citation.issuer {
        // Of a province that is not named it may be that of any.
        Some(Issuer::Local { place: None, .. }) if fitting.len() > 1 => {
            let same_text = fitting.iter().find(|at| here.contains(at));
            return same_text.map_or(Known::Ambiguous(fitting.clone()), |at| Known::Found(*at));
        }
        // Whose place nobody could tell proves nothing of one that is named.
        Some(Issuer::Local { place: Some(_), .. }) => {
            fitting.retain(|at| !matches!(known[*at].issuer, Some(Issuer::Local { place: None, .. })));
        }
        _ => fitting.retain(|at| citation.fits_place(known[*at].issuer.as_ref())),
    }
    // Short forms that nobody could tell whose they are prove nothing of a body that is named.
    let is_bare = |at: &usize| known[*at].issuer.is_none() && known[*at].symbol.is_none();
    if matches!(citation.issuer, Some(Issuer::Local { .. })) {
        fitting.retain(|at| !is_bare(at));
    }
    let same_text: Vec<usize> = fitting.iter().copied().filter(|at| here.contains(at)).collect();
    if let [only] = same_text[..] {
        return Known::Found(only);
    }
    if fitting.is_empty() {
        // All but the day agrees, and the number itself carries the year: the day is wrong, not the instrument.
        let own_year = citation.year.is_some_and(|year| citation.quote.contains(&year.to_string()));
        if !own_year || citation.issued.is_none() {
            return Known::Unknown;
        }
        let at_odds = fits(&Citation { issued: None, ..citation.clone() });
        return if at_odds.is_empty() { Known::Unknown } else { Known::Contradicted(at_odds) };
    }
    // The number says one year, the day beside it another: whatever it is, it is not as the text has it.
    if citation.at_odds {
        return Known::Contradicted(fitting);
    }
    if citation.issuer.is_some() && citation.year.is_some() && fitting.len() == 1 {
        return Known::Found(fitting[0]);
    }
    let cited = [Cited { document: 0, citation: citation.clone() }];
    let mut work = Work::new(&cited);
    // What all candidates speak of tells none of them apart.
    work.frequency.clear();
    for profile in &profiles {
        for feature in profile.features.keys() {
            *work.frequency.entry(*feature).or_default() += 1;
        }
    }
    work.candidates = candidates;
    // What is known in full goes before what only short forms speak of.
    let full: Vec<usize> = fitting
        .iter()
        .copied()
        .filter(|at| known[*at].issuer.is_some() && known[*at].year.is_some())
        .collect();
    if let Choice::One(at, _) = work.choose(citation, &full, &profiles) {
        return Known::Found(at);
    }
    match work.choose(citation, &fitting, &profiles) {
        Choice::One(at, _) => Known::Found(at),
        Choice::Several(several) => Known::Ambiguous(several),
        Choice::None => Known::Unknown,
    }
}

fn resolve_law(citation: &Citation, known: &[&Instrument]) -> Known {
    let versions = law::versions(&citation.number);
    if citation.draft || citation.is_to_come(versions) {
        return Known::Unknown;
    }
    let year = citation.year.or_else(|| citation.version_at(citation.published?, versions));
    let fits = |one: &Instrument| !one.draft && (year.is_none() || one.year == year);
    let fitting: Vec<usize> = (0..known.len()).filter(|at| fits(known[*at])).collect();
    match fitting[..] {
        [] => Known::Unknown,
        [only] => Known::Found(only),
        _ => Known::Ambiguous(fitting),
    }
}

impl Citation {
    /// Whether it names the amended version of a law that was not passed on the day of the text: a draft.
    fn is_to_come(&self, versions: &[(Date, Date)]) -> bool {
        let passed =
            |day: Date| versions.iter().any(|(passed, _)| *passed <= day && days(*passed, day) <= AMENDED);
        self.amended && self.year.is_none() && self.published.is_some_and(|day| !passed(day))
    }

    /// The year of the version of a law that a text of a day means: the last that is in force, or passed where it is news.
    fn version_at(&self, day: Date, versions: &[(Date, Date)]) -> Option<i16> {
        let meant = |(passed, force): &&(Date, Date)| *force <= day || (self.news && *passed <= day);
        versions.iter().rev().find(meant).map(|(passed, _)| passed.year())
    }

    /// Of a province that the text does not name it may be that of any.
    fn fits_place(&self, there: Option<&Issuer>) -> bool {
        let unnamed = matches!(self.issuer, Some(Issuer::Local { place: None, .. }));
        !unnamed || matches!(there, Some(Issuer::Local { place: None, .. }))
    }
}

impl Instrument {
    /// Whether a mention may stand for one of an unknown year by the days on which others cite it: numbers come again.
    fn is_of_time(&self, citation: &Citation) -> bool {
        let (None, Some((first, last)), Some(day)) = (self.year, self.cited, citation.published) else {
            return true;
        };
        let chain = if self.symbol.is_some() { LONG_CHAIN } else { CHAIN };
        // One is cited soon after its day: a number without its symbol in a text of long before is another's.
        let ahead = if citation.symbol.is_some() { chain } else { CHAIN };
        days(day, first) <= ahead && days(last, day) <= chain
    }

    /// What a mention is weighed against.
    fn profile(&self) -> (Candidate, Profile) {
        let candidate = Candidate {
            issuer: self.issuer.clone(),
            year: self.year,
            draft: self.draft,
            members: Vec::new(),
        };
        let features = self.topic.iter().map(|feature| (*feature, 1)).collect();
        let profile = Profile {
            features,
            texts: 1,
            // First and last day say nothing of how often it was cited near another day.
            days: Vec::new(),
            issued: self.issued,
            symbol: self.symbol.clone(),
        };
        (candidate, profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A citation of directive 5: whose, of which year, published when, about what (a word a feature).
    fn cited(
        document: u32,
        issuer: Option<&str>,
        year: Option<i16>,
        published: &str,
        about: &[u32],
    ) -> Cited {
        let issuer = issuer.map(|sign| match sign.split_once(' ') {
            Some((sign, place)) => Issuer::Local { sign: sign.to_owned(), place: Some(place.to_owned()) },
            None => Issuer::Centre(sign.to_owned()),
        });
        let citation = Citation {
            kind: DirectiveKind::Directive,
            number: "5".to_owned(),
            symbol: None,
            issuer,
            year,
            issued: year.and_then(|year| PartialDate::new(year, None, None)),
            named: false,
            draft: false,
            news: false,
            amended: false,
            at_odds: false,
            published: published.parse().ok(),
            near: None,
            topic: about.to_vec(),
            quote: "Chỉ thị 5".to_owned(),
        };
        Cited { document, citation }
    }

    /// For each mention: the number of its instrument, with `!` where people decided it; `?` for one of several, `-` for none.
    fn shown(verdicts: &[Verdict]) -> String {
        let one = |verdict: &Verdict| match verdict {
            Verdict::Of(at, Because::Decided) => format!("{at}!"),
            Verdict::Of(at, _) => at.to_string(),
            Verdict::Ambiguous(_) => "?".to_owned(),
            Verdict::Open => "-".to_owned(),
        };
        verdicts.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn groups_are_decided_by_evidence_and_time() {
        let check = |why: &str, group: &[Cited], expected: &str| {
            let decided = decide(group, &[]);
            assert_eq!(shown(&decided.verdicts), expected, "{why}");
        };
        let full = |document, sign, year, day| cited(document, Some(sign), Some(year), day, &[1, 2, 3]);
        check(
            "two years are two instruments",
            &[full(0, "ttg", 2016, "2016-06-01"), full(1, "ttg", 2020, "2020-04-01")],
            "0 1",
        );
        check(
            "two provinces and the Centre are three",
            &[
                full(0, "tu nghe-an", 2016, "2016-06-01"),
                full(1, "tu ha-tinh", 2016, "2016-06-01"),
                full(2, "ttg", 2016, "2016-06-01"),
            ],
            "0 1 2",
        );
        check(
            "a text older than the instrument does not mean it",
            &[full(0, "ttg", 2020, "2020-04-01"), cited(1, Some("ttg"), None, "2018-01-01", &[9])],
            "0 1",
        );
        check(
            "a short form goes to the full form of its own text",
            &[
                full(0, "ttg", 2016, "2020-05-01"),
                full(1, "ttg", 2020, "2020-05-01"),
                cited(0, None, None, "2020-05-01", &[]),
            ],
            "0 1 0",
        );
        check(
            "where nothing tells, it stays open between them",
            &[
                full(0, "ttg", 2019, "2020-05-01"),
                full(1, "ttg", 2020, "2020-05-01"),
                cited(2, Some("ttg"), None, "2020-05-02", &[9]),
            ],
            "0 1 ?",
        );
        check(
            "its subject tells",
            &[
                cited(0, Some("ttg"), Some(2019), "2020-05-01", &[1, 2, 3, 4]),
                cited(1, Some("ttg"), Some(2020), "2020-05-01", &[5, 6, 7, 8]),
                cited(2, Some("ttg"), None, "2020-05-02", &[5, 6, 7]),
            ],
            "0 1 1",
        );
        check(
            "the order of mentions decides nothing",
            &[
                cited(2, Some("ttg"), None, "2020-05-02", &[5, 6, 7]),
                cited(1, Some("ttg"), Some(2020), "2020-05-01", &[5, 6, 7, 8]),
                cited(0, Some("ttg"), Some(2019), "2020-05-01", &[1, 2, 3, 4]),
            ],
            "0 0 1",
        );
    }

    #[test]
    fn a_mention_is_looked_up_by_its_place_and_its_time() {
        let known = |issuer: Option<&str>, year: Option<i16>, cited: &str| {
            let told = super::tests::cited(0, issuer, year, cited, &[1, 2, 3]);
            decide(&[told], &[]).instruments.remove(0)
        };
        let unplaced = Issuer::Local { sign: "tu".to_owned(), place: None };
        let mut nowhere = known(None, None, "2020-06-01");
        nowhere.issuer = Some(unplaced.clone());
        let all = [
            known(Some("tu nghe-an"), Some(2018), "2020-06-01"),
            known(Some("tu ha-tinh"), Some(2019), "2020-06-01"),
            nowhere,
            known(Some("ttg"), None, "2020-06-01"),
        ];
        let all: Vec<&Instrument> = all.iter().collect();
        let check = |why: &str, issuer: Option<Issuer>, published: &str, expected: Known| {
            let mut citation = super::tests::cited(0, None, None, published, &[1, 2, 3]).citation;
            citation.issuer = issuer;
            assert_eq!(resolve(&citation, &all, &[]), expected, "{why}");
        };
        let tu = |place: &str| Some(Issuer::Local { sign: "tu".to_owned(), place: Some(place.to_owned()) });
        check("its province", tu("ha-tinh"), "2020-07-01", Known::Found(1));
        check("a province that none is known of", tu("lai-chau"), "2020-07-01", Known::Unknown);
        check("of no province: any", Some(unplaced), "2020-07-01", Known::Ambiguous(vec![0, 1, 2]));
        let prime = || Some(Issuer::Centre("ttg".to_owned()));
        check("of no year, soon after", prime(), "2020-07-01", Known::Found(3));
        check("years before", prime(), "2016-07-01", Known::Unknown);
    }

    #[test]
    fn the_day_tells_which_it_is_and_bare_numbers_of_other_things_stay_apart() {
        let check = |why: &str, group: &[Cited], expected: &str| {
            assert_eq!(shown(&decide(group, &[]).verdicts), expected, "{why}");
        };
        let day = PartialDate::new(2020, Some(8), Some(3));
        let mut full = cited(0, Some("ubnd ha-noi"), Some(2020), "2020-08-04", &[1, 2, 3]);
        full.citation.issued = day;
        let mut unplaced = cited(1, None, Some(2020), "2020-08-05", &[7, 8, 9]);
        unplaced.citation.issued = day;
        unplaced.citation.issuer = Some(Issuer::Local { sign: "ubnd".to_owned(), place: None });
        check("a body whose place is not named, on the very day", &[full, unplaced], "0 0");
        check(
            "a bare number at the time of another's, about something else",
            &[
                cited(0, Some("bct"), Some(2009), "2017-05-27", &[1, 2, 3]),
                cited(1, None, None, "2017-06-07", &[7, 8, 9]),
            ],
            "0 1",
        );
        check(
            "the Party's centre numbers through a term",
            &[
                cited(0, Some("tw"), Some(2013), "2016-05-27", &[1, 2, 3]),
                cited(1, Some("tw"), None, "2017-06-07", &[7, 8, 9]),
            ],
            "0 0",
        );
    }

    #[test]
    fn what_people_decide_goes_before_the_evidence() {
        // The first mention and the last are decided to be one, or two.
        let check = |why: &str, group: &[Cited], same: bool, expected: &str| {
            let ruling = Ruling { decision: 1, same, first: vec![0], second: vec![group.len() - 1] };
            let decided = decide(group, &[ruling]);
            assert_eq!(shown(&decided.verdicts), expected, "{why}");
        };
        let full = |document, sign, year, day| cited(document, Some(sign), Some(year), day, &[1, 2, 3]);
        let open = cited(2, Some("ttg"), None, "2020-05-02", &[9]);
        let two = [full(0, "ttg", 2019, "2020-05-01"), full(1, "ttg", 2020, "2020-05-01")];
        check(
            "two years are one, and what was between them is it",
            &[two[0].clone(), open.clone(), two[1].clone()],
            true,
            "0! 0! 0!",
        );
        check("an open one is settled", &[two[0].clone(), two[1].clone(), open], true, "0! 1 0!");
        check(
            "one number of one year is two; another text goes with the nearer",
            &[
                full(0, "ttg", 2020, "2020-05-01"),
                full(1, "ttg", 2020, "2020-12-01"),
                full(2, "ttg", 2020, "2020-12-03"),
            ],
            false,
            "0! 1 1!",
        );
        let mut other = full(1, "ttg", 2020, "2020-05-01");
        other.citation.number = "5a".to_owned();
        check("two numbers are one", &[full(0, "ttg", 2020, "2020-05-01"), other.clone()], true, "0! 0!");
        check("they stay two", &[full(0, "ttg", 2020, "2020-05-01"), other], false, "0! 1!");
    }
}
