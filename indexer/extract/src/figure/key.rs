//! Which statistic of the catalogue a number is a value of: a row's words must govern the number in its own clause, and its
//! unit must be of the row's kind.
//!
//! From the number the words in front of it are read backwards. Words that say only that a value was reached, times, places
//! and the numbers before it (with their units) are passed over; the first other words must be those of a row, or the number
//! has no key. Words behind the number that name what it counts come first.

mod bindings;
mod companion;
mod refusal;
mod short;

use std::collections::HashSet;

use corpus::Span;

use super::token::{Kind, Token};
use crate::catalogue::{self, Indicator, Kind as Statistic};
use crate::{By, Change, Figure, Rule};
use bindings::TABLE;
pub(super) use short::Topics;

/// A row that a number is bound to.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    /// The row.
    pub(super) row: &'static Indicator,
    /// The words that name it.
    pub(super) words: Span,
    /// The first token of these words, in their passage.
    pub(super) from: usize,
    /// How it was bound.
    pub(super) by: By,
}

/// What the words behind a number tell of it.
enum Behind {
    /// The row that it is a value of.
    Row(Bound),
    /// Another statistic than any row's.
    Another,
    /// Nothing.
    Nothing,
}

/// A row's words in a passage.
#[derive(Clone, Copy)]
struct Term {
    row: &'static Indicator,
    wording: &'static catalogue::Wording,
    from: usize,
    to: usize,
}

/// The words of rows in a passage.
pub(super) struct Terms<'t> {
    tokens: &'t [Token],
    figures: &'t [Figure],
    /// By the token behind their last word.
    ends: Vec<Vec<Term>>,
}

/// Most tokens between a number and the words that govern it.
const REACH: usize = 60;

/// Most tokens between a number and the words in front of it of a wording that stands around it: `tiếp hơn 600 lượt`.
const AROUND: usize = 3;

impl<'t> Terms<'t> {
    /// Finds the words of all rows among the tokens of a passage.
    pub(super) fn new(tokens: &'t [Token], figures: &'t [Figure]) -> Self {
        let mut terms = Self { tokens, figures, ends: vec![Vec::new(); tokens.len() + 1] };
        for (at, token) in tokens.iter().enumerate() {
            if !matches!(token.kind, Kind::Word | Kind::Unit | Kind::Name) {
                continue;
            }
            for (row, wording) in catalogue::wordings(&token.word) {
                if let Some(end) = wording.front_end(at, &|place| terms.word(place)) {
                    let known = terms.ends[end].iter().any(|term| {
                        std::ptr::eq(term.row, row) && term.from <= at && !term.wording.goes_on()
                    });
                    if !known || wording.goes_on() {
                        terms.ends[end].push(Term { row, wording, from: at, to: end });
                    }
                }
            }
        }
        terms
    }

    /// The word at a place as wordings read it; signs are their own.
    fn word(&self, at: usize) -> Option<&'t str> {
        let token = self.tokens.get(at)?;
        match token.kind {
            Kind::Word | Kind::Unit | Kind::Name | Kind::Digits => Some(&token.word),
            Kind::Sign(',') => Some(","),
            Kind::Sign('-') => Some("-"),
            Kind::Sign('/') => Some("/"),
            Kind::Sign(_) | Kind::Figure(_) | Kind::End => None,
        }
    }

    fn is_word(&self, at: usize, words: &HashSet<String>) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Unit) && words.contains(&token.word))
    }

    /// Whether a phrase begins at a token.
    fn begins(&self, at: usize, phrase: &[String]) -> bool {
        phrase.iter().enumerate().all(|(step, wanted)| {
            self.tokens.get(at + step).is_some_and(|token| match wanted.as_str() {
                "#" => matches!(token.kind, Kind::Digits | Kind::Figure(_)),
                wanted => {
                    matches!(token.kind, Kind::Word | Kind::Unit | Kind::Digits) && token.word == wanted
                }
            })
        })
    }

    /// Whether the name of a place begins at a token: `2,8 triệu lượt người Trung Quốc`.
    fn is_named(&self, at: usize, name: &[String]) -> bool {
        name.iter().enumerate().all(|(step, wanted)| {
            let token = self.tokens.get(at + step);
            token.is_some_and(|token| token.kind == Kind::Name && token.word == *wanted)
        })
    }

    /// Whether a phrase ends right in front of a token.
    fn ends(&self, at: usize, phrase: &[String]) -> bool {
        at.checked_sub(phrase.len()).is_some_and(|from| self.begins(from, phrase))
    }

    /// The row of the figure at a token; `earlier` are the rows of the figures before it in the passage, `topics` what the
    /// text has spoken of.
    pub(super) fn bind(
        &self,
        at: usize,
        number: usize,
        earlier: &[Option<Bound>],
        topics: &Topics,
    ) -> Option<Bound> {
        if self.is_whole(at) {
            return None;
        }
        self.named(at, number, earlier).or_else(|| self.short(at, &self.figures[number], topics))
    }

    /// The row of the figure at a token whose words name it in full.
    fn named(&self, at: usize, number: usize, earlier: &[Option<Bound>]) -> Option<Bound> {
        let figure = &self.figures[number];
        let after = self.behind_unit(at);
        if TABLE.narrow.iter().any(|phrase| self.begins(after, phrase)) {
            return None;
        }
        if let Some(part) = self.part(at, figure, earlier).or_else(|| self.beside(at, figure, earlier)) {
            return Some(part);
        }
        // Words behind that were refused name another statistic: those in front are of the number before.
        let found = match self.behind(at, figure) {
            Behind::Row(found) => found,
            Behind::Another => return None,
            Behind::Nothing => self.front(at, number, earlier)?,
        };
        // `từ 120 đến 150 triệu đồng/ha`: the unit stands behind the end.
        let end = self.span_end(at).and_then(|end| self.figures[end].unit.as_deref());
        if end.is_some_and(|unit| !found.row.measures(unit)) {
            return None;
        }
        if !found.row.plan && figure.unit.as_deref() == Some("%") {
            let planned =
                (after..after + 3).any(|from| TABLE.plan.iter().any(|phrase| self.begins(from, phrase)));
            // `hộ nghèo chiếm 2,9%` is the share that the row is, where no other whole follows.
            let own = found.row.kind == Statistic::Share && found.by == By::Front && self.is_closed(after);
            if planned && !self.is_closed(after) || found.by != By::Behind && !own && self.is_share(at) {
                return None;
            }
        }
        Some(found)
    }

    /// The rows of values that are dealt out to statistics in a row between two tokens: one for each figure.
    pub(super) fn dealt(&self, from: usize, upto: usize, figures: &[usize]) -> Option<Vec<Bound>> {
        let mut rows: Vec<Term> = Vec::new();
        for end in from..=upto {
            for term in self.ends[end].iter().filter(|term| term.from >= from && !term.wording.goes_on()) {
                // Longer words that name another statistic, or the same twice.
                let last = rows.last().filter(|last| term.from < last.to);
                if last.is_some_and(|last| last.from <= term.from && last.to >= term.to) {
                    continue;
                }
                if last.is_some() {
                    rows.pop();
                }
                rows.push(*term);
            }
        }
        if rows.len() != figures.len() {
            return None;
        }
        let bind = |(place, number): (usize, &usize)| {
            let term = &rows[place];
            let next = rows.get(place + 1).map_or(upto, |next| next.from);
            let figure = &self.figures[*number];
            let growth = term.row.growth.as_deref().and_then(catalogue::by_key);
            let row = if fits(term.row, figure, false) {
                term.row
            } else {
                growth.filter(|growth| figure.change.is_some() && fits(growth, figure, false))?
            };
            // Words in front of an item belong to the one before.
            let not = |words: &Vec<String>| (term.to..next).any(|place| self.begins(place, words));
            let refused = term.row.not.iter().any(not) || self.is_part(self.first_of(term));
            let words = Span::new(self.tokens[term.from].span.start(), self.tokens[term.to - 1].span.end());
            (!refused).then_some(Bound { row, words, from: term.from, by: By::Front })
        };
        (0..rows.len()).zip(figures).map(bind).collect()
    }

    /// The row of the share of what was counted right before: `46 hộ nghèo, chiếm 2,9%`.
    fn part(&self, at: usize, figure: &Figure, earlier: &[Option<Bound>]) -> Option<Bound> {
        /// Tokens between the two: the count's words and those of the share.
        const FARTHEST: usize = 18;
        if figure.unit.as_deref() != Some("%") || figure.change.is_some() {
            return None;
        }
        let known = earlier.last()?.as_ref()?;
        let before = (0..at).rev().find(|place| matches!(self.tokens[*place].kind, Kind::Figure(_)))?;
        let Kind::Figure(counted) = self.tokens[before].kind else { return None };
        // A row may be counted and be a share: `30/40 hộ đạt chuẩn (tỷ lệ 75%)`.
        let is_count =
            self.figures[counted].unit.as_deref() != Some("%") && known.row.kind == Statistic::Count;
        let own = (is_count && known.row.measures("%")).then_some(known.row);
        let share = own.or_else(|| known.row.share.as_deref().and_then(catalogue::by_key))?;
        let after = self.behind_unit(at);
        if (after..after + 3).any(|from| TABLE.plan.iter().any(|phrase| self.begins(from, phrase))) {
            return None;
        }
        let says = TABLE.share.iter().any(|phrase| {
            (before..at).any(|place| {
                self.begins(place, phrase)
                    && (place + phrase.len()..at).all(|rest| self.is_word(rest, &TABLE.between))
            })
        });
        let words = (before..at).rev().take_while(|place| self.is_word(*place, &TABLE.between)).count();
        let bracket = self.tokens[at - 1 - words].kind == Kind::Sign('(');
        ((says || bracket) && at - before < FARTHEST).then(|| Bound { row: share, ..known.clone() })
    }

    /// Whether a sign ends the clause right at a token.
    fn is_closed(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| !matches!(token.kind, Kind::Word | Kind::Unit))
    }

    /// Whether what a share is of stands right behind it: `đô thị hóa đạt 50%; 100% đơn vị cấp huyện`.
    fn is_share_of_next(&self, at: usize) -> bool {
        let next = self.behind_unit(at);
        let is_plan = TABLE.plan.iter().any(|phrase| self.begins(next, phrase));
        let word = self.tokens.get(next).filter(|token| token.kind == Kind::Word);
        word.is_some_and(|token| !TABLE.between.contains(&token.word)) && !is_plan
    }

    /// The token behind a number and its unit.
    fn behind_unit(&self, at: usize) -> usize {
        let mut next = at + 1;
        while self
            .tokens
            .get(next)
            .is_some_and(|token| token.kind == Kind::Unit || token.kind == Kind::Sign('/'))
        {
            next += 1;
        }
        // `2-2,5 tỷ USD`
        if self.range(at).is_some() { self.behind_unit(at + 2) } else { next }
    }

    /// The number that ends the range which a number begins.
    fn range(&self, at: usize) -> Option<usize> {
        let joins = self.tokens.get(at + 1)?.kind == Kind::Sign('-');
        let ends = matches!(self.tokens.get(at + 2)?.kind, Kind::Figure(_));
        (joins && ends).then_some(at + 2)
    }

    /// The figure that ends what a number begins, in signs or in words.
    fn span_end(&self, at: usize) -> Option<usize> {
        let joins = self.tokens.get(at + 1)?;
        let Kind::Figure(ends) = self.tokens.get(at + 2)?.kind else { return None };
        (joins.kind == Kind::Sign('-') || self.is_word(at + 1, &TABLE.to)).then_some(ends)
    }

    /// Whether the number is what another is counted of: `10 of the 17 communes`.
    fn is_whole(&self, at: usize) -> bool {
        TABLE.whole.iter().any(|phrase| {
            self.ends(at, phrase) && {
                let before = at - phrase.len();
                (1..=3).any(|back| {
                    before.checked_sub(back).is_some_and(|place| {
                        matches!(self.tokens[place].kind, Kind::Figure(_))
                            && (place + 1..before).all(|between| self.tokens[between].kind == Kind::Unit)
                    })
                })
            }
        })
    }

    /// Whether the words in front of a number make it a share of something.
    fn is_share(&self, at: usize) -> bool {
        (0..=2).any(|back| {
            at.checked_sub(back).is_some_and(|end| {
                (end..at).all(|place| self.is_word(place, &TABLE.between))
                    && TABLE.share.iter().any(|phrase| self.ends(end, phrase))
            })
        })
    }

    /// A row whose words follow the number.
    fn behind(&self, at: usize, figure: &Figure) -> Behind {
        // `10 of the 17 communes`: what is counted stands behind the whole.
        let mut start = at + 1;
        for phrase in &TABLE.whole {
            if self.begins(start, phrase)
                && matches!(
                    self.tokens.get(start + phrase.len()).map(|token| token.kind),
                    Some(Kind::Figure(_))
                )
            {
                start += phrase.len() + 1;
                break;
            }
        }
        if self.range(at).is_some() {
            start += 2;
        }
        let word = |place: usize| self.word(place);
        // `2-2,5 tỷ USD vốn đầu tư nước ngoài`
        let close = self.behind_unit(at);
        // `300 trillion VND (12 billion USD) in budget revenue`
        let behind = self.behind_bracket(close);
        let next = [start, close, behind].into_iter().filter_map(word);
        let numbered = catalogue::numbered_before(next).filter_map(|(row, wording)| {
            let end = [start, close, behind].into_iter().find_map(|from| wording.back_end(from, &word))?;
            Some(Term { row, wording, from: start, to: end })
        });
        let mut fitting: Vec<Term> = numbered.filter(|term| fits(term.row, figure, false)).collect();
        let Some(longest) = fitting.iter().map(|term| term.to).max() else {
            return self.growth_of(at, figure).map_or(Behind::Nothing, Behind::Row);
        };
        fitting.retain(|term| term.to == longest);
        let sure = fitting.into_iter().find(|term| {
            let counts_stock = term.row.time == catalogue::Time::Stock && term.row.kind == Statistic::Count;
            let refused = self.is_refused(term, at) || self.is_refused_behind(term.row, term.to);
            !(refused || counts_stock && (self.is_new(at) || !self.is_held(at, figure)))
        });
        let Some(Term { row, from, to, .. }) = sure else { return Behind::Another };
        let words = Span::new(self.tokens[from].span.start(), self.tokens[to - 1].span.end());
        Behind::Row(Bound { row, words, from: at, by: By::Behind })
    }

    /// A growth whose statistic follows it: `increases of 4.6% in the index of industrial production`.
    fn growth_of(&self, at: usize, figure: &Figure) -> Option<Bound> {
        let mut from = self.behind_unit(at);
        if figure.unit.as_deref() != Some("%") || !self.is_word(from, &TABLE.of_growth) {
            return None;
        }
        from += 1;
        while self.is_word(from, &TABLE.determiners) && !self.is_word(from, &TABLE.totals) {
            from += 1;
        }
        let word = |place: usize| self.word(place);
        let first = self.word(from)?;
        let mut best: Option<(usize, &'static Indicator)> = None;
        for (row, wording) in catalogue::wordings(first).filter(|(_, wording)| !wording.goes_on()) {
            let Some(end) = wording.front_end(from, &word) else { continue };
            let growth = if row.kind == Statistic::Growth {
                Some(row)
            } else {
                row.growth.as_deref().and_then(catalogue::by_key)
            };
            let Some(growth) = growth.filter(|growth| growth.measures("%")) else { continue };
            if best.is_none_or(|(known, _)| end > known) {
                best = Some((end, growth));
            }
        }
        let (end, row) = best?;
        let words = Span::new(self.tokens[from].span.start(), self.tokens[end - 1].span.end());
        (!self.is_refused_behind(row, end)).then_some(Bound { row, words, from: at, by: By::Behind })
    }

    /// Whether the number is of something else that follows it: `30.5% of the budget collection target`.
    fn is_of_another(&self, at: usize) -> bool {
        let mut from = self.behind_unit(at);
        if !self.is_word(from, &TABLE.of_whole) {
            return false;
        }
        from += 1;
        while self.is_word(from, &TABLE.determiners) {
            from += 1;
        }
        let word = |place: usize| self.word(place);
        self.word(from).is_some_and(|first| {
            catalogue::wordings(first)
                .any(|(_, wording)| !wording.goes_on() && wording.front_end(from, &word).is_some())
        })
    }

    /// A row whose words govern the number from in front of it.
    fn front(&self, at: usize, number: usize, earlier: &[Option<Bound>]) -> Option<Bound> {
        let figure = &self.figures[number];
        if self.is_of_another(at) {
            return None;
        }
        let (mut place, mut passed, mut steps) = (at, false, 0);
        let mut table = false;
        let mut parted = false;
        let mut priced = false;
        loop {
            let governs = |term: &Term| {
                !term.wording.goes_on() || !passed && steps <= AROUND && self.goes_on(term, at).is_some()
            };
            if self.ends[place].iter().any(governs) {
                // Behind a semicolon another statement begins, unless it lists values of the same.
                if parted && !passed {
                    return None;
                }
                if passed && figure.unit.as_deref() == Some("%") && self.is_share_of_next(at) {
                    return None;
                }
                let end = self.longer(place).unwrap_or(place);
                let found = self.governing(end, at, figure, passed, table)?;
                // `giá chè xuất khẩu đạt 2.000 USD/tấn, giảm 4%`: the price has fallen.
                let by_another = |unit: &String| unit.contains('/');
                let of_ratio = || {
                    let mut rows = catalogue::all().iter();
                    rows.any(|row| {
                        row.growth.as_deref() == Some(&found.row.id) && row.units.iter().any(by_another)
                    })
                };
                return (!priced || of_ratio()).then_some(found);
            }
            place = place.checked_sub(1)?;
            steps += 1;
            if steps > REACH {
                return None;
            }
            let token = &self.tokens[place];
            match token.kind {
                Kind::Figure(other) => {
                    if Self::is_of_another_measure(&self.figures[other], figure) {
                        return None;
                    }
                    passed |= self.range(place) != Some(at);
                    priced |= figure.unit.as_deref() == Some("%")
                        && self.figures[other].unit.as_deref().is_some_and(|unit| unit.contains('/'));
                }
                Kind::Sign(')') => place = self.opening(place)?,
                Kind::Sign('|') => table = true,
                Kind::Sign(';') => parted = true,
                Kind::Unit | Kind::Name | Kind::Digits | Kind::Sign(_) => {}
                Kind::Word if token.short => {}
                // The head of a row of a table may be any words, but only a row's count.
                Kind::Word if table => return None,
                Kind::Word if TABLE.between.contains(&token.word) => {
                    if let Some(phrase) = TABLE.last.words.iter().find(|phrase| self.ends(place + 1, phrase))
                    {
                        return self.last(place + 1 - phrase.len(), at, figure, earlier);
                    }
                }
                Kind::Word => {
                    let phrase = TABLE.last.words.iter().find(|phrase| self.ends(place + 1, phrase))?;
                    return self.last(place + 1 - phrase.len(), at, figure, earlier);
                }
                // The items of a list.
                Kind::End if token.listed => {}
                Kind::End => return None,
            }
        }
    }

    /// Where words of a row end that begin in front of those ending at a token and reach into them, as `thu từ xuất, nhập khẩu`
    /// does into `nhập khẩu đạt`.
    fn longer(&self, end: usize) -> Option<usize> {
        let plain = |end: usize| self.ends[end].iter().filter(|term| !term.wording.goes_on());
        let from = plain(end).map(|term| term.from).min()?;
        (from + 1..end).rev().find(|within| plain(*within).any(|term| term.from < from))
    }

    /// Whether one number is a weight or an area and the other none: `xuất khẩu 75.000 tấn với 456 triệu USD` tells of one
    /// product.
    fn is_of_another_measure(passed: &Figure, figure: &Figure) -> bool {
        let measured = |figure: &Figure| {
            figure.rule == Rule::Measure
                && figure
                    .unit
                    .as_deref()
                    .is_some_and(|unit| !unit.starts_with("VND") && !unit.starts_with("USD"))
        };
        let money = |figure: &Figure| {
            figure.unit.as_deref().is_some_and(|unit| unit.starts_with("VND") || unit.starts_with("USD"))
        };
        measured(passed) && money(figure)
    }

    /// The bracket that the one at a token closes, where no number stands between.
    fn opening(&self, close: usize) -> Option<usize> {
        let from = close.saturating_sub(REACH);
        (from..close).rev().find(|place| self.tokens[*place].kind == Kind::Sign('('))
    }

    /// Where the words behind the number end, of words that stand on both sides of it.
    fn goes_on(&self, term: &Term, at: usize) -> Option<usize> {
        let word = |place: usize| self.word(place);
        let close = self.behind_unit(at);
        term.wording.back_end(at + 1, &word).or_else(|| term.wording.back_end(close, &word))
    }

    /// Of the rows whose words end at a token the one that the figure is a value of.
    fn governing(&self, end: usize, at: usize, figure: &Figure, passed: bool, table: bool) -> Option<Bound> {
        let terms = &self.ends[end];
        let first = terms.iter().filter(|term| !term.wording.goes_on()).map(|term| term.from).min();
        let direct = !passed;
        let mut best: Option<(&Term, &'static Indicator)> = None;
        for term in terms {
            let behind = if term.wording.goes_on() {
                // Words on both sides: nothing but the number between them.
                let Some(upto) = self.goes_on(term, at) else { continue };
                Some(upto)
            } else {
                None
            };
            let row = if fits(term.row, figure, table) {
                Some(term.row)
            } else {
                let growth = term.row.growth.as_deref().and_then(catalogue::by_key);
                let growth = growth.filter(|growth| {
                    figure.change.is_some() && figure.unit.as_deref() == Some("%") && growth.measures("%")
                });
                // `tỷ lệ hộ nghèo còn 1% (235 hộ)`
                let bracket = at > 0 && self.tokens[at - 1].kind == Kind::Sign('(');
                growth.or_else(|| {
                    let counted =
                        catalogue::all().iter().find(|row| row.share.as_deref() == Some(&term.row.id));
                    counted.filter(|row| bracket && fits(row, figure, false))
                })
            };
            let Some(row) = row else { continue };
            if behind.is_some() && (!direct || at - end > AROUND) {
                continue;
            }
            let close = self.behind_unit(at).max(behind.unwrap_or(0));
            if self.is_refused(term, at) || self.is_refused_behind(term.row, close) {
                continue;
            }
            // `chi ngân sách mỗi năm 20 tỷ`: an average of an amount is no amount.
            let sums = matches!(row.kind, Statistic::Count | Statistic::Amount);
            if sums && (end..at).any(|place| self.is_word(place, &TABLE.averages)) {
                continue;
            }
            // `khu vực III là 1,6%` names a sector, and not how it grows.
            let grows = figure.change.is_some()
                || row.bare
                || (self.first_of(term).saturating_sub(2)..at).any(|place| {
                    // `công nghiệp tăng lên 46%` has that share.
                    self.is_word(place, &TABLE.growing) && !self.is_word(place + 1, &TABLE.becomes)
                });
            if row.kind == Statistic::Growth && !grows && !table {
                continue;
            }
            // `ngành dịch vụ đạt 25 tỷ đồng, tăng 7%`
            if row.direct && passed && self.passes_value(end, at) {
                continue;
            }
            let moves = row.kind == Statistic::Growth || figure.change.is_some();
            if moves && !self.is_counted_right(row, self.first_of(term), at, end, close) {
                continue;
            }
            if best.is_none_or(|(known, _)| {
                (term.from, std::cmp::Reverse(term.to)) < (known.from, std::cmp::Reverse(known.to))
            }) {
                best = Some((term, row));
            }
        }
        let (term, row) = best?;
        // Longer words that name another statistic.
        let is_longest = first.is_none_or(|first| term.from <= first);
        if !is_longest
            || !table && self.tokens[term.from].kind != Kind::Unit && self.is_part(self.first_of(term))
        {
            return None;
        }
        let words = Span::new(self.tokens[term.from].span.start(), self.tokens[end - 1].span.end());
        Some(Bound { row, words, from: term.from, by: if passed { By::Passed } else { By::Front } })
    }

    /// Whether a number that is no share stands between two tokens.
    fn passes_value(&self, from: usize, to: usize) -> bool {
        self.tokens[from..to].iter().any(|token| match token.kind {
            Kind::Figure(number) => self.figures[number].unit.as_deref() != Some("%"),
            _ => false,
        })
    }

    /// The statistic that was named last, where words stand for it; none where the last share was one of it, `5,5% GDP`.
    fn last(&self, from: usize, at: usize, figure: &Figure, earlier: &[Option<Bound>]) -> Option<Bound> {
        const BACK: usize = 120;
        // What the last share in front of the words was of is what they go on with.
        let percent = (0..from).rev().find_map(|place| match self.tokens[place].kind {
            Kind::Figure(number) if self.figures[number].unit.as_deref() == Some("%") => {
                Some((place, number))
            }
            _ => None,
        });
        let close = self.behind_unit(at);
        (from.saturating_sub(BACK)..from).rev().find_map(|end| {
            let named = self.ends[end].iter().filter(|term| {
                // `con số này` may stand for any count, a rate is told by its percent.
                let told = matches!(term.row.kind, Statistic::Growth | Statistic::Share | Statistic::Score);
                told && !term.wording.goes_on() && fits(term.row, figure, false)
            });
            let term = named.min_by_key(|term| term.from)?;
            if percent.is_some_and(|(place, number)| {
                term.to <= place && earlier[number].as_ref().is_none_or(|bound| bound.row.id != term.row.id)
                    || term.from == place + 1
            }) {
                return None;
            }
            let words = Span::new(self.tokens[term.from].span.start(), self.tokens[end - 1].span.end());
            let counted = term.row.kind != Statistic::Growth
                || self.is_counted_right(term.row, term.from, at, from, close);
            counted.then_some(Bound { row: term.row, words, from, by: By::Last })
        })
    }

    /// Whether a verb of moving right in front of a number makes it a yearly change: `giảm bình quân hằng năm 0,98%`.
    pub(super) fn yearly_change(&self, at: usize) -> Option<Change> {
        let mut place = at;
        let mut yearly = false;
        while let Some(before) = place.checked_sub(1) {
            let word = self.word(before)?;
            if let Some(change) = TABLE.moves.get(word) {
                return yearly.then_some(*change);
            }
            if !TABLE.yearly.contains(word) {
                return None;
            }
            yearly = true;
            place = before;
        }
        None
    }
}

/// The fewest events that a period has a count of.
const FEWEST: f64 = 2.0;

/// Whether a figure can be a value of a row: its unit is of the row's kind, and it is a change only where the row is.
fn fits(row: &Indicator, figure: &Figure, table: bool) -> bool {
    let Some(unit) = figure.unit.as_deref() else { return false };
    // One accident is news, and no statistic.
    if row.kind == Statistic::Count && row.time == catalogue::Time::Flow && figure.value < FEWEST {
        return false;
    }
    if figure.of.is_none() && row.is_below(figure.value, unit) {
        return false;
    }
    // A count without a noun of its own.
    let measured = row.measures(unit) || figure.rule == Rule::Carried && table;
    measured
        && (figure.change.is_none()
            || row.kind == Statistic::Growth
            || row.growth.as_deref() == Some(&row.id) && unit == "%")
}
