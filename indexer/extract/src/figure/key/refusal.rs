//! What makes words of a row those of another statistic: words around them, another basis of comparison, a part of a whole.

use std::collections::HashSet;

use super::bindings::{Counted, TABLE};
use super::{Term, Terms};
use crate::Figure;
use crate::catalogue::{Basis, Indicator};
use crate::figure::token::Kind;

impl Terms<'_> {
    /// Whether a verb of having or being says that there are so many, or they are counted of their whole.
    pub(super) fn is_held(&self, at: usize, figure: &Figure) -> bool {
        const BEFORE: usize = 6;
        // The next of a list that was begun so.
        let lists = at.checked_sub(1).is_some_and(|before| {
            let token = &self.tokens[before];
            matches!(token.kind, Kind::Sign(',' | ';')) || token.listed || TABLE.joins.contains(&token.word)
        });
        figure.of.is_some()
            || lists
            || (at.saturating_sub(BEFORE)..at)
                .rev()
                .take_while(|place| self.tokens[*place].kind != Kind::End)
                // `huyện có` is the place and what it has.
                .any(|place| self.is_word(place, &TABLE.held) || self.is_named_with(place, &TABLE.held))
    }

    /// Whether a word of words for a place is one of these.
    fn is_named_with(&self, at: usize, words: &HashSet<String>) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Name && words.contains(&token.word))
    }

    /// Whether the clause counts what only now meets its standard.
    pub(super) fn is_new(&self, at: usize) -> bool {
        const BEFORE: usize = 14;
        let from = (at.saturating_sub(BEFORE)..at)
            .rev()
            .find(|place| self.tokens[*place].kind == Kind::End)
            .map_or(at.saturating_sub(BEFORE), |end| end + 1);
        (from..at).any(|place| {
            // `được công nhận` tells of the stock.
            let passive = place > 0 && TABLE.passive.contains(&self.tokens[place - 1].word);
            !passive && TABLE.newly.iter().any(|phrase| self.begins(place, phrase))
        })
    }

    /// Where the words of a row begin that says it twice: `tổng sản phẩm quốc nội (GDP)`.
    pub(super) fn first_of(&self, term: &Term) -> usize {
        let again = self.ends[term.from].iter().filter(|before| std::ptr::eq(before.row, term.row));
        again.map(|before| before.from).min().unwrap_or(term.from)
    }

    /// Whether words of a row's `not` stand around its words, within their clause.
    pub(super) fn is_refused(&self, term: &Term, at: usize) -> bool {
        const BEFORE: usize = 4;
        const AFTER: usize = 6;
        let Term { row, wording, from, to: end } = *term;
        let first = self.first_of(term);
        let breaks = |place: usize| matches!(self.tokens[place].kind, Kind::End | Kind::Sign(',' | ';'));
        // `9.000 người tham gia bảo hiểm xã hội và 8.000 người tham gia bảo hiểm y tế`
        let joins = |place: usize| from > at && TABLE.joins.contains(&self.tokens[place].word);
        let start = (first.saturating_sub(BEFORE)..first)
            .rev()
            .find(|place| breaks(*place) || joins(*place))
            .map_or(first.saturating_sub(BEFORE), |place| place + 1);
        let upto = if at >= end { at } else { (end + AFTER).min(self.tokens.len()) };
        let stop = (end..upto)
            .find(|place| breaks(*place) || matches!(self.tokens[*place].kind, Kind::Figure(_)))
            .unwrap_or(upto);
        // `6 triệu khách quốc tế`: also behind a number, from its unit on.
        let unit = at + 1..if at >= end { self.behind_unit(at) } else { at + 1 };
        row.not.iter().any(|not| {
            (start..stop).chain(unit.clone()).any(|place| {
                // Words of the row itself are no others, but those in a gap of its wording are.
                let inside = place >= from && place + not.len() <= end && wording.says(not);
                let named = place == end && self.is_named(place, not);
                !inside && place != at && (self.begins(place, not) || named)
            })
        })
    }

    /// The same behind a number and its unit.
    pub(super) fn is_refused_behind(&self, row: &Indicator, close: usize) -> bool {
        const AFTER: usize = 3;
        row.not.iter().any(|not| {
            (close..close + AFTER).any(|place| {
                (close..place).all(|between| !self.is_closed(between))
                    && (self.begins(place, not) || self.is_named(place, not))
            })
        })
    }

    /// Whether growth is counted from what the row's is counted from; the row's words stand between the tokens `from` and `end`.
    pub(super) fn is_counted_right(
        &self,
        row: &Indicator,
        from: usize,
        at: usize,
        end: usize,
        close: usize,
    ) -> bool {
        const AFTER: usize = 4;
        // `tăng 21% (tương ứng tăng 2 tỷ USD) so với cùng kỳ`
        let close = self.behind_bracket(close);
        let here = |from: usize, upto: usize| {
            (from..upto.min(self.tokens.len()))
                .filter(|place| {
                    place == &from || !matches!(self.tokens[*place - 1].kind, Kind::End | Kind::Figure(_))
                })
                .find_map(|place| TABLE.bases.iter().find(|(_, phrase)| self.begins(place, phrase)))
                .map(|(counted, _)| *counted)
        };
        let behind = {
            let stop = (close..close + AFTER)
                .find(|place| {
                    self.tokens.get(*place).is_none_or(|token| {
                        matches!(token.kind, Kind::End | Kind::Figure(_) | Kind::Sign(';'))
                            || TABLE.joins.contains(&token.word)
                    })
                })
                .unwrap_or(close + AFTER);
            here(close, stop)
        };
        let between = || {
            let from = (end..at)
                .rev()
                .find(|place| matches!(self.tokens[*place].kind, Kind::Figure(_)))
                .map_or(end, |place| place + 1);
            // What follows the number before belongs to that one, up to the next item.
            let divides = |place: &usize| {
                let token = &self.tokens[*place];
                matches!(token.kind, Kind::Sign(',' | ';')) || TABLE.joins.contains(&token.word)
            };
            let own = if from == end { Some(end) } else { (from..at).find(divides).map(|place| place + 1) };
            own.and_then(|own| here(own, at))
        };
        // `so với tháng 12 năm trước, chỉ số giá tăng 0,2%`
        let in_front = || {
            const BEFORE: usize = 12;
            let ends = |place: &usize| {
                matches!(self.tokens[*place].kind, Kind::End | Kind::Figure(_) | Kind::Sign(';' | '(' | ')'))
            };
            let start = (from.saturating_sub(BEFORE)..from).rev().find(ends);
            here(start.map_or(from.saturating_sub(BEFORE), |place| place + 1), from)
        };
        match behind.or_else(between).or_else(in_front) {
            None | Some(Counted::Year) => true,
            Some(Counted::Month) => row.basis == Some(Basis::Month),
            Some(Counted::December) => row.basis == Some(Basis::December),
            Some(Counted::Far) => false,
        }
    }

    /// The token behind the bracket that opens at one; that itself where none does.
    pub(super) fn behind_bracket(&self, at: usize) -> usize {
        const LONGEST: usize = 14;
        if self.tokens.get(at).is_none_or(|token| token.kind != Kind::Sign('(')) {
            return at;
        }
        let mut within = at..(at + LONGEST).min(self.tokens.len());
        let closes = |place: &usize| self.tokens[*place].kind == Kind::Sign(')');
        within.find(closes).map_or(at, |close| close + 1)
    }

    /// Whether the words in front of a row's words make them a part of something else.
    pub(super) fn is_part(&self, from: usize) -> bool {
        let mut place = from;
        while place.checked_sub(1).is_some_and(|before| self.is_word(before, &TABLE.determiners)) {
            place -= 1;
        }
        let Some(before) = place.checked_sub(1) else { return false };
        match self.tokens[before].kind {
            Kind::Word => {
                TABLE.heads.contains(&self.tokens[before].word)
                    && !TABLE.mild_heads.contains(&self.tokens[before].word)
            }
            // `5% of exports`, `5 dự án xuất khẩu`
            Kind::Figure(_) | Kind::Unit => true,
            Kind::Name | Kind::Digits | Kind::Sign(_) | Kind::End => false,
        }
    }
}
