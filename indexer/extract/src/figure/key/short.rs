//! Short words for a statistic that a text has named in full before: `đã giải ngân 900 tỷ đồng, đạt 36% kế hoạch`.

use corpus::Span;

use super::bindings::TABLE;
use super::{Bound, Terms, fits};
use crate::catalogue;
use crate::figure::token::Kind;
use crate::{By, Figure};

/// The short words of the table whose statistic a text has spoken of, by their place in it.
#[derive(Clone, Debug, Default)]
pub(in crate::figure) struct Topics(Vec<usize>);

impl Topics {
    /// Takes in what so many words speak of.
    pub(in crate::figure) fn hear<'w>(&mut self, count: usize, word: impl Fn(usize) -> &'w str) {
        for (number, short) in TABLE.short.iter().enumerate() {
            let stands = |phrase: &Vec<String>, from: usize| {
                from + phrase.len() <= count
                    && (from..).zip(phrase).all(|(place, wanted)| word(place) == wanted)
            };
            let heard = || short.topics.iter().any(|phrase| (0..count).any(|from| stands(phrase, from)));
            if !self.0.contains(&number) && heard() {
                self.0.push(number);
            }
        }
    }
}

impl Terms<'_> {
    /// The row of a share of a plan behind short words for it, of which the text has spoken.
    pub(super) fn short(&self, at: usize, figure: &Figure, topics: &Topics) -> Option<Bound> {
        /// Tokens between such words and the number.
        const REACH: usize = 24;
        if topics.0.is_empty() {
            return None;
        }
        let after = self.behind_unit(at);
        let planned =
            (after..after + 2).any(|from| TABLE.plan.iter().any(|phrase| self.begins(from, phrase)));
        let from = at.saturating_sub(REACH);
        let stops = |place: &usize| {
            let token = &self.tokens[*place];
            token.kind == Kind::End && !token.listed
                || matches!(token.kind, Kind::Sign(';' | ':' | '(' | ')'))
        };
        let start = (from..at).rev().find(stops).map_or(from, |place| place + 1);
        topics.0.iter().map(|number| &TABLE.short[*number]).find_map(|short| {
            let row = catalogue::by_key(&short.row).filter(|row| planned && fits(row, figure, false))?;
            let (place, phrase) = (start..at).rev().find_map(|place| {
                Some((place, short.words.iter().find(|phrase| self.begins(place, phrase))?))
            })?;
            // Another statistic or another share stands between, or words that make it a part.
            let end = place + phrase.len();
            let is_share = |place: usize| {
                let Kind::Figure(number) = self.tokens[place].kind else { return false };
                self.figures[number].unit.as_deref() == Some("%")
            };
            let is_other = |place: usize| self.ends[place + 1].iter().any(|term| term.row.id != row.id);
            let clear = (end..at).all(|place| !is_other(place) && !is_share(place));
            let is_part = |place: usize| row.not.iter().any(|not| self.begins(place, not));
            let whole = !(start..at).any(is_part) && !(after..after + 4).any(is_part);
            let words = Span::new(self.tokens[place].span.start(), self.tokens[end - 1].span.end());
            (clear && whole).then_some(Bound { row, words, from: place, by: By::Passed })
        })
    }
}
