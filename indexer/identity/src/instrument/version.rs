//! Laws by their names: which version of one a mention means.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::candidate::Candidate;
use super::{Because, Cited, Instrument, Known, Verdict, Work, days};
use crate::citation::Citation;
use crate::law;

/// Days for which a version that was passed is still the amended one, and between texts that speak of one draft.
const AMENDED: i32 = 730;

impl Work<'_> {
    /// Laws by their names: by the year that stands beside the name, else the version in force on the day of the text.
    pub(super) fn laws(&mut self) {
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
            if citation.draft || citation.is_to_come(&known) || citation.is_before_all(table) {
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
                            term: None,
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
            // Before all that are known, a law of its own.
            let before = |year: i16| table.first().filter(|(first, _)| year < first.year()).map(|_| year);
            let stated = citation.year.and_then(|year| version_of(year).or_else(|| before(year)));
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
                    term: None,
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
}

pub(super) fn resolve_law(citation: &Citation, known: &[&Instrument]) -> Known {
    let versions = law::versions(&citation.number);
    if citation.draft || citation.is_to_come(versions) || citation.is_before_all(versions) {
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

    /// Whether its text is older than the first law of the name: it speaks of the bill.
    fn is_before_all(&self, versions: &[(Date, Date)]) -> bool {
        let first = versions.first().map(|(passed, _)| *passed);
        self.year.is_none() && self.published.zip(first).is_some_and(|(day, passed)| day < passed)
    }

    /// The year of the version of a law that a text of a day means: the last that is in force, or passed where it is news or
    /// where there was none before it.
    fn version_at(&self, day: Date, versions: &[(Date, Date)]) -> Option<i16> {
        let meant = |(passed, force): &&(Date, Date)| *force <= day || (self.news && *passed <= day);
        let first = || versions.first().filter(|(passed, _)| *passed <= day);
        versions.iter().rev().find(meant).or_else(first).map(|(passed, _)| passed.year())
    }
}
