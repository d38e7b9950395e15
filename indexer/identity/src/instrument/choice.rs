//! Which of several instruments a short form means: by what it speaks of, by its day, by how old each is.

use extract::DirectiveKind;

use super::candidate::{Candidate, Profile};
use super::{Because, TOPIC, Work};
use crate::citation::{Citation, Issuer};
use crate::topic;

/// Years for which a mention without a year may mean the only instrument that fits: numbers of the Centre's decrees and laws
/// are cited for long, those of local bodies and of plans come again every year.
const LONG: i16 = 12;
const SHORT: i16 = 2;
const TERM: i16 = 5;

/// Days within which citations of an instrument speak for another text.
pub(super) const NEAR: i32 = 60;

/// What the best instrument must be ahead of the second.
const MARGIN: f32 = 0.18;

/// Years after which a number of the State is likely to stand for another document than the one that is known.
pub(super) const AGAIN: i16 = 2;

/// Below this a text speaks of something else than those about an instrument do.
const OTHER: f32 = 0.03;

/// The same of numbers that begin anew every year and are seldom cited after it, those of the Prime Minister's directives: that of
/// another year must be spoken of alike.
const OTHER_YEAR: f32 = 0.08;

/// The share of citations near a day (of them and one more) from which on several texts mean the only instrument, and that
/// from which on one of several is meant whatever the text speaks of. Where full forms were hidden and looked up without any
/// other words, 0.9 gave one wrong instrument for fourteen right ones, 0.8 one for five, 0.7 one for two of those that it added.
const SEVERAL_NEAR: f32 = 0.6;
const MOST_NEAR: f32 = 0.8;

/// How much the words right behind a mention weigh beside all around it, and what those that it shares with the texts about a
/// candidate must tell before they do, in nats: three rare pairs of syllables. Two are shared by instruments of one field.
const OWN: f32 = 0.5;
const OWN_TOLD: f32 = 11.5;

/// What must be told of a subject before it speaks for one of several, in nats: two pairs of syllables that are rare, or some
/// that are less so. A sentence of few words shares one with any text.
pub(super) const TOLD: f32 = 6.5;

pub(super) enum Choice {
    One(usize, Because),
    Several(Vec<usize>),
    None,
}

impl Work<'_> {
    fn weight(&self, feature: u32) -> f32 {
        let all = self.mentions as f32;
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

    /// The same of the words right behind the mention; 0 where what they share tells too little.
    fn own_similarity(&self, citation: &Citation, profile: &Profile) -> f32 {
        let shared = || citation.own.iter().filter(|feature| profile.features.contains_key(feature));
        if shared().map(|feature| topic::tells(*feature)).sum::<f32>() < OWN_TOLD {
            return 0.0;
        }
        let all: f32 = citation.own.iter().map(|feature| self.weight(*feature)).sum();
        shared().map(|feature| self.weight(*feature)).sum::<f32>() / all
    }

    /// Whether a mention without a year states a subject that has nothing in common with any that is stated for a candidate: a
    /// number of another year.
    pub(super) fn is_of_other_subject(&self, citation: &Citation, candidate: &Candidate) -> bool {
        if citation.year.is_some() || citation.subject.is_empty() {
            return false;
        }
        let members = candidate.members.iter().map(|member| self.citation(*member));
        let mut stated = members.filter(|known| !known.subject.is_empty()).peekable();
        stated.peek().is_some() && stated.all(|known| citation.is_of_other_subject(known))
    }

    pub(super) fn choose(&self, citation: &Citation, all: &[usize], profiles: &[Profile]) -> Choice {
        let age = |candidate: usize| {
            let year = self.candidates[candidate].year?;
            Some(citation.published?.year() - year)
        };
        let reach = |candidate: usize| match (&self.candidates[candidate].issuer, citation.kind) {
            // Party committees number through a term of five years.
            (Some(issuer @ Issuer::Local { .. }), _) if issuer.is_of_party() => TERM,
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
                    let profile = &profiles[*candidate];
                    let own = OWN * self.own_similarity(citation, profile);
                    let similarity = self.similarity(citation, profile).max(own);
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
                let same_year = citation.year.is_some() && citation.year == self.candidates[*only].year;
                let says = citation.issuer.is_some()
                    || citation.symbol.is_some()
                    || lettered
                    || at_home
                    || same_year;
                // Short forms that nobody could tell whose they are prove nothing of a body that is named.
                let is_bare = there.is_none() && profiles[*only].symbol.is_none();
                let whose = says && !is_bare;
                // Numbers come again: an old one that speaks of nothing alike may be another's, unless others mean it then.
                // Those of the Party come again with its next term at the earliest.
                let of_party = [&citation.issuer, there].into_iter().flatten().any(Issuer::is_of_party);
                let yearly =
                    !of_party && citation.kind == DirectiveKind::Directive && citation.year.is_none();
                let again = match (of_party, yearly) {
                    (true, _) => TERM,
                    (_, true) => 0,
                    _ => AGAIN,
                };
                let other = if yearly { OTHER_YEAR } else { OTHER };
                let old = age > again && *similarity < other && *near < SEVERAL_NEAR && !lettered;
                // That others speak of it at that time tells nothing of a number whose text speaks of something else.
                let alike = if whose { OTHER } else { 0.05 };
                let spoken_for = *similarity >= 0.12 || *near > 0.0 && *similarity >= alike;
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
                if best - second >= MARGIN && (spoken_for || *near >= MOST_NEAR) {
                    Choice::One(*first, Because::Subject)
                } else {
                    let mut several: Vec<usize> = scores.iter().map(|(.., candidate)| *candidate).collect();
                    several.sort_unstable();
                    Choice::Several(several)
                }
            }
        }
    }

    /// How much of the smaller of two topics both have, weighted.
    pub(super) fn overlap(&self, a: &Citation, b: &Citation) -> f32 {
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
}
