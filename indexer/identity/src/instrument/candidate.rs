//! What an instrument is weighed as while its group is decided.

use std::collections::HashMap;

use extract::PartialDate;
use jiff::civil::Date;

use crate::citation::{Citation, Issuer};
use crate::term::Term;

pub(super) struct Candidate {
    pub(super) issuer: Option<Issuer>,
    pub(super) year: Option<i16>,
    /// The term of the Central Committee that is named where the year is not.
    pub(super) term: Option<Term>,
    pub(super) draft: bool,
    pub(super) members: Vec<usize>,
}

/// What is known of a candidate while others are weighed against it.
pub(super) struct Profile {
    pub(super) features: HashMap<u32, u32>,
    pub(super) texts: u32,
    pub(super) days: Vec<Date>,
    pub(super) issued: Option<PartialDate>,
    pub(super) symbol: Option<String>,
}

impl Profile {
    /// Whether it is of the very day that a mention gives, which with its number and its body tells it from all others.
    pub(super) fn is_of_day(&self, citation: &Citation) -> bool {
        citation.issued.is_some_and(|day| day.day().is_some() && self.issued == Some(day))
    }
}

impl Candidate {
    /// Whether it may be of the term that a mention names, and the mention of its.
    pub(super) fn fits_term(&self, citation: &Citation) -> bool {
        let holds = |term: Option<Term>, year: Option<i16>| {
            term.zip(year).is_none_or(|(term, year)| term.holds(year))
        };
        holds(citation.term, self.year)
            && holds(self.term, citation.year)
            && self.term.zip(citation.term).is_none_or(|(here, there)| here == there)
    }
}

pub(super) fn issuers_agree(here: Option<&Issuer>, there: Option<&Issuer>) -> bool {
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
pub(super) fn compatible(citation: &Citation, candidate: &Candidate, profile: &Profile) -> bool {
    if citation.draft != candidate.draft || !candidate.fits_term(citation) {
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
