//! What the mentions of one person in one office prove of it: a holding.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use extract::PartialDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::appearance::{Appearance, Post};
use crate::month::month;
use crate::office::Office;
use crate::tally::by_frequency;

/// A person in an office, from evidence to evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holding {
    /// The office.
    pub office: Office,
    /// The words that most mentions use.
    pub words: String,
    /// First and last day of a text that names the holder in it.
    pub seen: Option<(Date, Date)>,
    /// When it began, where texts say so.
    pub since: Option<PartialDate>,
    /// When it ended.
    pub until: Option<PartialDate>,
    /// First day of a text that calls it a former one.
    pub former_from: Option<Date>,
    /// Mentions that call it held.
    pub held: u32,
    /// Mentions that call it former.
    pub former: u32,
    /// Most mentions call it held for the time being.
    pub acting: bool,
    /// Mentions by month of publication (year * 12 + month - 1), held ones alone: what overlapping holders are parted by.
    pub months: Vec<(i32, u32)>,
    /// Months of publication of the mentions that call it former; none in indexes of before.
    #[serde(default)]
    pub former_months: Vec<i32>,
    /// Places of the first and the last mention that prove it in the group that was decided.
    #[serde(skip)]
    pub first: usize,
    /// The last one.
    #[serde(skip)]
    pub last: usize,
}

/// A position of a mention.
pub(super) struct Proof<'a> {
    /// Place of the mention in the group.
    pub(super) at: usize,
    pub(super) document: u32,
    pub(super) appearance: &'a Appearance,
    pub(super) post: &'a Post,
}

/// Where one text in so many of those that name somebody in an office, from the first on that calls it a former one, does so, it is.
const LEFT: usize = 4;

pub(super) fn holding(office: Office, proofs: &[Proof<'_>]) -> Holding {
    let held = || proofs.iter().filter(|proof| !proof.post.former);
    let former = || proofs.iter().filter(|proof| proof.post.former);
    // A text that calls it a former office once looks back where it leaves the word out.
    let over: HashSet<u32> = former().map(|proof| proof.document).collect();
    let former_from = former().filter_map(|proof| proof.appearance.published).min();
    let is_behind = |proof: &Proof<'_>| {
        former_from.zip(proof.appearance.published).is_some_and(|(over, day)| over <= day)
    };
    // Once many texts call it former, those that leave the word out mean it so; a stray one proves nothing of a holder.
    let left = former().count() * LEFT >= held().filter(|proof| is_behind(proof)).count();
    let looks_back = |proof: &Proof<'_>| {
        proof.appearance.retrospect || over.contains(&proof.document) || left && is_behind(proof)
    };
    let mut months: BTreeMap<i32, u32> = BTreeMap::new();
    let mut seen: Option<(Date, Date)> = None;
    for proof in held().filter(|proof| !looks_back(proof)) {
        let Some(day) = proof.appearance.published else { continue };
        *months.entry(month(day)).or_default() += 1;
        seen = Some(seen.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }
    let stated = |of: fn(&Post) -> Option<PartialDate>| {
        let all: Vec<PartialDate> = proofs.iter().filter_map(|proof| of(proof.post)).collect();
        crate::instrument::most_exact(&all)
    };
    let since = stated(|post| post.since);
    let until = stated(|post| post.until);
    // An election proves nothing before it.
    if let (Some(since), Some((first, last))) = (since, &mut seen)
        && *first < since.first_day()
        && since.first_day() <= *last
    {
        *first = since.first_day();
    }
    let former_months: BTreeSet<i32> =
        former().filter_map(|proof| proof.appearance.published).map(month).collect();
    let acting = proofs.iter().filter(|proof| proof.post.acting).count() * 2 > proofs.len();
    // Mentions that call it held prove it, those of its own time where there are any; else those that call it former.
    let of_its_time: Vec<&Proof<'_>> = held().filter(|proof| !looks_back(proof)).collect();
    let proving: Vec<&Proof<'_>> = match (of_its_time.is_empty(), held().next().is_some()) {
        (false, _) => of_its_time,
        (true, true) => held().collect(),
        (true, false) => former().collect(),
    };
    let when = |proof: &&&Proof<'_>| (proof.appearance.published.unwrap_or(Date::MAX), proof.at);
    let first = proving.iter().min_by_key(when).map_or(0, |proof| proof.at);
    let dated = || proving.iter().filter(|proof| proof.appearance.published.is_some());
    let last = dated().max_by_key(when).map_or(first, |proof| proof.at);
    Holding {
        office,
        words: words(proofs),
        seen,
        since,
        until,
        former_from,
        held: held().count() as u32,
        former: former().count() as u32,
        acting,
        months: months.into_iter().collect(),
        former_months: former_months.into_iter().collect(),
        first,
        last,
    }
}

/// The words that most mentions use; those with accents where there are any, since texts in translation have none.
fn words(proofs: &[Proof<'_>]) -> String {
    let mut all = by_frequency(proofs.iter().map(|proof| proof.post.words.as_str()));
    let accented = all.iter().position(|(words, _)| !words.is_ascii()).unwrap_or_default();
    all.swap_remove(accented).0
}
