//! The steps by which the mentions of a number are given to instruments: those that say all, short forms, and the rest.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::candidate::{Candidate, compatible, issuers_agree};
use super::choice::{Choice, NEAR, TOLD};
use super::{Because, CHAIN, LONG_CHAIN, Verdict, Work, days};
use crate::citation::Issuer;

/// What two short forms of nearly one time must speak of alike before they are taken for one, in nats: three rare pairs of
/// syllables, or two of [`TOLD`] where both texts are about one place.
const ALIKE_TOLD: f32 = 11.5;

impl Work<'_> {
    /// Mentions that say whose and of which year.
    pub(super) fn fixed_points(&mut self) {
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
                    term: None,
                    draft: citation.draft,
                    members: Vec::new(),
                });
                self.candidates.len() - 1
            });
            self.join(at, candidate, Because::FullForm);
        }
    }

    /// Mentions that lack issuer, place or year.
    pub(super) fn short_forms(&mut self) {
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
            let fits = |candidate: &usize| {
                compatible(citation, &self.candidates[*candidate], &profiles[*candidate])
                    && !self.is_of_other_subject(citation, &self.candidates[*candidate])
            };
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

    /// Mentions that fit no fixed point: those that say the same at nearly the same time.
    pub(super) fn leftovers(&mut self) {
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
                    || !known.fits_term(citation)
                    || self.is_of_other_subject(citation, known)
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
                let chain = match &citation.issuer {
                    // The Party's centre numbers through a term, whatever else a text says of the number.
                    Some(issuer @ Issuer::Centre(_)) if citation.symbol.is_some() || issuer.is_of_party() => {
                        LONG_CHAIN
                    }
                    _ => CHAIN,
                };
                // In a group that speaks of one thing, what all speak of tells the members apart as little as it tells them from
                // others elsewhere.
                let told = || {
                    let members = known.members.iter().rev().take(40).map(|member| self.citation(*member));
                    members.map(|other| citation.told_with(other)).fold(0.0, f32::max)
                };
                let place = known.members.iter().find_map(|member| self.citation(*member).near.as_ref());
                let is_there = citation.near.is_some() && citation.near.as_ref() == place;
                let is_elsewhere = !is_there && citation.near.is_some() && place.is_some();
                // A bare number may be that of any other body of a place, and of one of another.
                let may_be = !is_elsewhere
                    && (citation.issuer.is_some() || !matches!(known.issuer, Some(Issuer::Local { .. })));
                let spoken_of = may_be && gap <= NEAR && told() >= if is_there { TOLD } else { ALIKE_TOLD };
                let joins = same_text
                    || spoken_of
                    || citation.year.is_some() && citation.year == known.year && known_issuer
                    || known_issuer
                        && gap <= chain
                        && (gap <= 30 || closeness >= 0.05 || chain == LONG_CHAIN)
                    || closeness >= 0.15 && gap <= CHAIN
                    || closeness >= 0.06 && gap <= 30
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
                    term: citation.term,
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
            known.term = known.term.or(citation.term);
            let span = &mut last[candidate - begun];
            if let Some(day) = citation.published {
                span.0 = Some(span.0.map_or(day, |first| first.min(day)));
                span.1 = Some(span.1.map_or(day, |latest| latest.max(day)));
            }
            self.join(at, candidate, Because::Alike);
        }
    }
}
