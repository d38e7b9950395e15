//! Words that name a statistic only beside another one: `9 vụ tai nạn giao thông, làm chết 3 người, 5 người bị thương`.

use corpus::Span;

use super::bindings::{Companion, TABLE};
use super::{Bound, Terms, fits};
use crate::catalogue;
use crate::figure::token::Kind;
use crate::{By, Figure};

impl Terms<'_> {
    /// The row of a number that stands behind a value of a companion of that row, where words between the two or behind the
    /// number say so.
    pub(super) fn beside(&self, at: usize, figure: &Figure, earlier: &[Option<Bound>]) -> Option<Bound> {
        /// Tokens between the two numbers: each has a few words of its own.
        const REACH: usize = 16;
        let known = earlier.last()?.as_ref()?;
        let is_number = |place: &usize| matches!(self.tokens[*place].kind, Kind::Figure(_));
        let before = (at.saturating_sub(REACH)..at).rev().find(is_number)?;
        let ends = |place: usize| matches!(self.tokens[place].kind, Kind::End | Kind::Sign(';'));
        if (before..at).any(ends) {
            return None;
        }
        let (row, from, to) =
            TABLE.companion.iter().filter(|companion| companion.after.contains(&known.row.id)).find_map(
                |companion| {
                    let row = catalogue::by_key(&companion.row).filter(|row| fits(row, figure, false))?;
                    let (from, to) = self.said_beside(companion, before, at)?;
                    Some((row, from, to))
                },
            )?;
        let refused = (before + 1..at).any(|place| row.not.iter().any(|not| self.begins(place, not)))
            || self.is_refused_behind(row, self.behind_unit(at).max(to));
        let words = Span::new(self.tokens[from].span.start(), self.tokens[to - 1].span.end());
        (!refused).then_some(Bound { row, words, from: from.min(at), by: By::Passed })
    }

    /// The words of a companion around a number: in front of it, where nothing but words that say that it was reached stand
    /// between, or right behind it.
    fn said_beside(&self, companion: &Companion, before: usize, at: usize) -> Option<(usize, usize)> {
        let in_front = || {
            let reached = |place: &usize| self.is_word(*place, &TABLE.between);
            let nearest = (before + 1..at).rev().take_while(reached).last().unwrap_or(at);
            (nearest..=at).rev().find_map(|end| {
                let ending = companion.front.iter().filter(|phrase| self.ends(end, phrase));
                let from = end - ending.map(Vec::len).max()?;
                (from > before).then_some((from, end))
            })
        };
        let right_behind = || {
            [at + 1, self.behind_unit(at)].into_iter().find_map(|from| {
                let beginning = companion.behind.iter().filter(|phrase| self.begins(from, phrase));
                Some((from, from + beginning.map(Vec::len).max()?))
            })
        };
        in_front().or_else(right_behind)
    }
}
