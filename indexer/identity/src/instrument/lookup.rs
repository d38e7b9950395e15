//! Which of the instruments of a group a mention means that is no part of the archive.

use std::iter::repeat_n;

use jiff::ToSpan;
use jiff::civil::Date;

use super::candidate::{Candidate, Profile, compatible};
use super::choice::{AGAIN, Choice, NEAR};
use super::version::resolve_law;
use super::{CHAIN, Instrument, LONG_CHAIN, Work, days};
use crate::citation::{Citation, Issuer};
use crate::month::first_day;

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

/// The instruments of a group, to look mentions up in.
pub struct Lookup<'k> {
    known: &'k [&'k Instrument],
    profiles: Vec<Profile>,
    /// Their candidates, and how many of them speak of each feature: what all speak of tells none of them apart.
    work: Work<'static>,
}

impl<'k> Lookup<'k> {
    /// Makes the instruments ready.
    pub fn new(known: &'k [&'k Instrument]) -> Self {
        let (candidates, profiles): (Vec<Candidate>, Vec<Profile>) =
            known.iter().map(|one| one.profile()).unzip();
        let mut work = Work { candidates, mentions: 1, ..Work::new(&[]) };
        for profile in &profiles {
            for feature in profile.features.keys() {
                *work.frequency.entry(*feature).or_default() += 1;
            }
        }
        Self { known, profiles, work }
    }

    /// Which of them a mention means. `here` are those that the same text names in full.
    pub fn find(&self, citation: &Citation, here: &[usize]) -> Known {
        let Self { known, profiles, work } = self;
        if citation.is_law() {
            return resolve_law(citation, known);
        }
        let fits = |citation: &Citation| -> Vec<usize> {
            let all = 0..known.len();
            all.filter(|at| compatible(citation, &work.candidates[*at], &profiles[*at])).collect()
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
        // What is known in full goes before what only short forms speak of.
        let full: Vec<usize> = fitting
            .iter()
            .copied()
            .filter(|at| known[*at].issuer.is_some() && known[*at].year.is_some())
            .collect();
        if let Choice::One(at, _) = work.choose(citation, &full, profiles) {
            return Known::Found(at);
        }
        match work.choose(citation, &fitting, profiles) {
            Choice::One(at, _) => Known::Found(at),
            Choice::Several(several) => Known::Ambiguous(several),
            Choice::None => Known::Unknown,
        }
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

    /// Whether it is young on the day of a mention, or others cite it then: numbers come again.
    pub(super) fn is_spoken_of(&self, citation: &Citation) -> bool {
        let Some(day) = citation.published else { return true };
        let is_young = self.year.is_none_or(|year| day.year() - year <= AGAIN);
        let is_near = |other: Date| day.until(other).is_ok_and(|span| span.get_days().abs() <= NEAR);
        is_young || self.days().any(is_near)
    }

    /// The days on which texts that cite it were published, as far as their months tell: each in the middle of its own.
    fn days(&self) -> impl Iterator<Item = Date> {
        let middle = |month: i32| first_day(month).saturating_add(14.days());
        self.months.iter().flat_map(move |(month, count)| repeat_n(middle(*month), *count as usize))
    }

    /// What a mention is weighed against.
    fn profile(&self) -> (Candidate, Profile) {
        let candidate = Candidate {
            issuer: self.issuer.clone(),
            year: self.year,
            term: self.term,
            draft: self.draft,
            members: Vec::new(),
        };
        let features = self.topic.iter().map(|feature| (*feature, 1)).collect();
        let profile = Profile {
            features,
            texts: 1,
            days: self.days().collect(),
            issued: self.issued,
            symbol: self.symbol.clone(),
        };
        (candidate, profile)
    }
}

impl Citation {
    /// Of a province that the text does not name it may be that of any.
    pub(super) fn fits_place(&self, there: Option<&Issuer>) -> bool {
        let unnamed = matches!(self.issuer, Some(Issuer::Local { place: None, .. }));
        !unnamed || matches!(there, Some(Issuer::Local { place: None, .. }))
    }
}
