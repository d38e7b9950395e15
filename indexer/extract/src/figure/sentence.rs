//! The figures of one sentence: its numbers, and what the words around each tell of it.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use corpus::Span;

use super::held::{Held, base};
use super::measured::{Counted, Words, whole_of};
use super::noun::{self, noun_en, noun_vi, whole_en};
use super::number::{self, Kind, Number};
use super::table::{self, phrases, units};
use super::{change, dealt, indicator, link, period};
use crate::passage::Context;
use crate::pattern::{Pattern, tail};
use crate::scope::Way;
use crate::{Figure, Grounds, Modality, RangeEnd, Rule};

/// Whether two periods of a sentence, the first in front, stand in a row.
fn is_row(here: &str, first: &period::Stated, second: &period::Stated) -> bool {
    let between = here.get(first.end..second.start).unwrap_or_default();
    first.period.zip(second.period).is_some_and(|(of, other)| dealt::are_in_row(of, other, between))
}

/// Whether a unit is one of money.
fn is_money(unit: Option<&str>) -> bool {
    unit.is_some_and(|unit| unit.starts_with("VND") || unit.starts_with("USD"))
}

/// Whether a time stands alone in a bracket right behind a number that ends at a byte, and its unit.
fn is_enclosed(here: &str, number: usize, time: &period::Stated) -> bool {
    /// Words of a unit, and of a time in front of its year.
    const UNIT: usize = 3;
    let unit = here.get(number..time.start).unwrap_or_default().split_once('(');
    unit.is_some_and(|(unit, lead)| {
        unit.split_whitespace().count() <= UNIT
            && !unit.contains([',', ';', ':', ')'])
            && lead.split_whitespace().count() <= 1
            && !lead.contains([',', ';', ')'])
    }) && here[time.end..].starts_with(')')
}

/// Marks two numbers as the ends of one value, where a sign or, of a range that was `begun`, a word alone stands between: they
/// rise, in one unit, and neither is a change that began at the first.
fn join_range(text: &str, first: &mut Figure, second: &mut Figure, begun: bool) {
    let between = text.get(first.span.end()..second.span.start()).unwrap_or_default();
    let is_dashed = matches!(between.trim(), "-" | "–");
    // `tăng từ 3 đến 5%` may have grown from the one to the other.
    let moved = !is_dashed && (first.change.is_some() || second.change.is_some());
    if (begun || is_dashed)
        && !moved
        && first.unit == second.unit
        && first.value < second.value
        && first.of.is_none()
        && second.of.is_none()
    {
        first.range = Some(RangeEnd::From(second.value));
        second.range = Some(RangeEnd::UpTo(first.value));
    }
}

/// The last month of some months that hold before a sentence: what it says of one month is of that.
fn in_month(held: Option<Held>) -> Option<Held> {
    held.map(|held| match period::last_month(held.period).filter(|_| held.way != Way::Sentence) {
        Some(period) => Held { period, ..held },
        None => held,
    })
}

/// Where a number ends, or the range that it begins.
fn range_of(number: &Number, numbers: &[Number], at: usize) -> usize {
    let end = numbers.get(at + 1).filter(|_| number.opens_range);
    end.map_or(number.span.end(), |end| end.span.end())
}

/// Where a bracket ends that stands right behind some byte of a sentence; that byte where there is none.
fn behind_bracket(text: &str, from: usize, sentence: usize) -> usize {
    /// Bytes of a bracket that says a number in another way.
    const LONGEST: usize = 60;
    let end = text.floor_char_boundary((from + LONGEST).min(sentence));
    let near = text.get(from..end).unwrap_or_default();
    // `349 trillion VND (14 billion USD)`
    let open = near.find(" (").filter(|open| {
        let unit = &near[..*open];
        unit.split_whitespace().count() <= 1
            && unit.chars().all(|c| c.is_alphabetic() || c == ' ')
            && (unit.is_empty() || crate::pattern::has_digit(&near[*open..]))
    });
    let close = open.and_then(|open| Some(open + near[open..].find(')')? + 1));
    close.map_or(from, |close| from + close)
}

/// What holds behind a sentence.
pub(super) enum Behind {
    /// What held before it.
    Kept(Option<Held>),
    /// The period that it leads with, or none.
    Held(Option<Held>),
    /// The months that one of its numbers is of: they hold for what goes on with shares and changes.
    Passing(Option<Held>),
}

/// A sentence that is read.
pub(super) struct Sentence<'a> {
    context: &'a Context<'a>,
    vietnamese: bool,
    span: Span,
    taken: &'a [Span],
    /// The places that it names, once they are asked for.
    places: OnceCell<Vec<Range<usize>>>,
}

static PLACE_VI: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(&phrases().named_places.vi));
static PLACE_EN: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(&phrases().named_places.en));

/// Shares of what a number before measures that may stand between it and what it is worth.
const SHARES: usize = 4;

/// Bytes in front of a number and behind it that may say what it is: sentences without end have many numbers.
pub(super) const REACH: usize = 400;

impl<'a> Sentence<'a> {
    /// A sentence whose bytes in `taken` are no figures.
    pub(super) fn new(context: &'a Context<'a>, vietnamese: bool, span: Span, taken: &'a [Span]) -> Self {
        Self { context, vietnamese, span, taken, places: OnceCell::new() }
    }

    /// Adds the figures of the sentence; what holds behind it. `goes_on` where it continues the one before.
    pub(super) fn read(&self, holding: Option<Held>, goes_on: bool, figures: &mut Vec<Figure>) -> Behind {
        let text = self.context.text;
        let here = self.span.of(text);
        let numbers = number::all(text, self.span, self.vietnamese, self.taken);
        let taken: Vec<(usize, usize)> = self
            .taken
            .iter()
            .filter(|span| span.overlaps(self.span))
            .map(|span| {
                let place = |byte: usize| byte.saturating_sub(self.span.start());
                (place(span.start()), place(span.end()))
            })
            .collect();
        let stated = period::all(here, base(self.context, holding.as_ref()), &taken);
        let first_here = figures.len();
        let mut monthly = false;
        let spans: Vec<Span> = numbers.iter().map(|number| number.span).collect();
        let groups = dealt::groups(text, self.span, &spans);
        for (at, number) in numbers.iter().enumerate() {
            let next = numbers.get(at + 1).map_or(self.span.end(), |next| next.span.start());
            // Of a range the period stands behind its end.
            let last = range_of(number, &numbers, at);
            // `60% (tương ứng 52 triệu người) vào năm 2010`
            let upto = behind_bracket(text, last, self.span.end());
            // `19% (năm 2009) lên 60%` says of when the number is, and nothing else.
            let place = |byte: usize| byte - self.span.start();
            let dated =
                stated.iter().any(|stated| stated.start >= place(last) && stated.end + 1 == place(upto));
            let upto = if dated { last } else { upto };
            let coming = numbers[at + 1..].iter().find(|coming| coming.span.start() >= upto);
            let coming = coming.map_or(self.span.end(), |coming| coming.span.start());
            let points_back = |last: &Figure| {
                let between = text.get(last.span.end()..number.span.start()).unwrap_or_default();
                at == 0
                    && between.len() < REACH
                    && indicator::points_back(&here[..number.span.start() - self.span.start()])
            };
            let earlier = if goes_on || figures.len() > first_here || figures.last().is_some_and(points_back)
            {
                figures.last().cloned()
            } else {
                None
            };
            let before = earlier.as_ref().filter(|_| goes_on).and_then(Held::of);
            let range_end = numbers.get(at + 1).filter(|_| number.opens_range).map(|next| next.span.end());
            let end = range_end.unwrap_or(number.span.end());
            let whole = Span::new(number.span.start(), end.max(upto));
            let period = self.period_of(whole, coming, &stated, before.or_else(|| holding.clone()));
            let period = self.shifted(number, period);
            let after = end.max(number.span.end());
            if period::is_monthly(&text[after..self.span.end()]) {
                monthly = true;
            }
            let period = if monthly { in_month(period) } else { period };
            let group = groups.iter().find(|group| group.numbers.contains(&at));
            let period = match group {
                Some(group) => self.dealt_period(group, at, &stated, period),
                None => period,
            };
            let Some(mut figure) =
                self.figure(number, next, range_end, earlier.as_ref(), &figures[first_here..], period)
            else {
                continue;
            };
            if let Some(group) = group {
                let goes_on = group.numbers.start < at && figure.unit.as_deref() == Some("%");
                if let Some(first) = earlier.filter(|_| goes_on && figure.change.is_none()) {
                    figure.change = first.change;
                }
                figure.indicator = self.dealt_indicator(group, at).or(figure.indicator);
            }
            let begun = at.checked_sub(1).is_some_and(|begun| numbers[begun].opens_range);
            if let Some(first) = figures[first_here..].last_mut() {
                join_range(text, first, &mut figure, begun);
            }
            figures.push(figure);
        }
        let leading = stated.iter().rfind(|stated| stated.leads && !stated.named);
        // `… đạt 3 tỷ USD trong 5 tháng`: where it is all that the sentence says of time, what follows is of these months too.
        let only = || {
            let [of] = stated.as_slice() else { return None };
            let months = of.period.filter(|months| period::is_of_months(*months))?;
            let dates = figures[first_here..].iter().any(|figure| figure.period == Some(months));
            (dates && !of.named && !of.compared).then_some(of)
        };
        let held = |last: &period::Stated| {
            let words = here[last.start..last.end].to_owned();
            last.period.map(|period| Held { period, way: Way::Before, words })
        };
        let holding = if monthly { in_month(holding) } else { holding };
        match (leading, only()) {
            (Some(last), _) => Behind::Held(held(last)),
            (None, Some(of)) => Behind::Passing(held(of)),
            (None, None) => Behind::Kept(holding),
        }
    }

    /// The period of a number of a group, where as many stand in a row in front of it as there are numbers; none of them
    /// where there are more or fewer. Where no periods stand in a row, that of each holds.
    fn dealt_period(
        &self,
        group: &dealt::Group,
        number: usize,
        stated: &[period::Stated],
        own: Option<Held>,
    ) -> Option<Held> {
        let here = self.span.of(self.context.text);
        let end = group.named.end() - self.span.start();
        let front: Vec<&period::Stated> = stated.iter().filter(|stated| stated.end <= end).collect();
        let in_row = |pair: &[&period::Stated]| is_row(here, pair[0], pair[1]);
        let row = front.windows(2).rev().take_while(|pair| in_row(pair)).count() + 1;
        if row < 2 || front.is_empty() {
            return own;
        }
        let of =
            (row == group.numbers.len()).then(|| front[front.len() - row + number - group.numbers.start])?;
        let words = here[of.start..of.end].to_owned();
        of.period.map(|period| Held { period, way: Way::Sentence, words })
    }

    /// What a number of a group measures, where as many statistics stand in a row in front of it as there are numbers.
    fn dealt_indicator(&self, group: &dealt::Group, number: usize) -> Option<String> {
        let pieces = dealt::pieces(group.named.of(self.context.text));
        let row = pieces.len().checked_sub(group.numbers.len())?;
        let phrases: Vec<String> = pieces[row..].iter().map(|piece| indicator::front(piece).0).collect();
        let all_head = phrases.iter().all(|words| indicator::begins_with(&table::phrases().heads, words));
        all_head.then(|| phrases[number - group.numbers.start].clone())
    }

    /// The period of the year before, where a number is of that: what it is compared with.
    fn shifted(&self, number: &Number, held: Option<Held>) -> Option<Held> {
        let text = self.context.text;
        let (start, end) = (number.span.start(), number.span.end());
        let near = text.floor_char_boundary(start.saturating_sub(80)).max(self.span.start());
        let after = &text[end..self.span.end()];
        if !period::is_of_year_before(&text[near..start], after) {
            return held;
        }
        let held = held?;
        Some(Held { period: period::year_before(held.period)?, ..held })
    }

    /// The period of a number, or of the range that it begins: the last one stated in front of it, else one that follows within its clause, else the one
    /// that holds.
    fn period_of(
        &self,
        number: Span,
        next: usize,
        stated: &[period::Stated],
        holding: Option<Held>,
    ) -> Option<Held> {
        let start = number.start() - self.span.start();
        let end = number.end() - self.span.start();
        let next = next - self.span.start();
        let here = self.span.of(self.context.text);
        let said = |stated: &period::Stated| {
            let words = here[stated.start..stated.end].to_owned();
            stated.period.map(|period| Held { period, way: Way::Sentence, words })
        };
        // `giảm so với mức 11% của kỳ trước` is of no time of the sentence but its own.
        let compared = period::is_compared(&here[..start]);
        let behind = stated.iter().find(|stated| {
            stated.start >= end
                && stated.start < next
                && (compared || !stated.compared)
                && !here[end..stated.start].contains([',', ';', '('])
        });
        // What is said in brackets does not hold behind them.
        let is_open = |stated: &period::Stated| {
            let open = here[..stated.start].rfind('(');
            let inside = open > here[..stated.start].rfind(')');
            // `trong 5 năm (2016-2020) đạt …` says which years they are.
            let explains = open.is_some_and(|open| period::counts_years(&here[..open]));
            !(inside && here[stated.end..start].contains(')')) || explains
        };
        // `đạt 45,5 triệu đồng (năm 2019)` says of when that is.
        if let Some(own) = stated.iter().find(|stated| stated.start >= end)
            && own.period.is_some()
            && own.start < next
            && is_enclosed(here, end, own)
        {
            return said(own);
        }
        let is_told = |stated: &period::Stated| {
            period::is_of_telling(stated.period, &here[..stated.start], &here[stated.end..start])
        };
        let front = stated
            .iter()
            .rfind(|stated| stated.end <= start && !stated.compared && is_open(stated) && !is_told(stated));
        // Behind an `and`, or far off, the period is rather that of something else where one stands in front.
        let behind = behind.filter(|behind| {
            let between = &here[end..behind.start];
            let rest = here.get(behind.end..next).unwrap_or_default();
            let moves_on = next < here.len() && period::moves_on(between, rest);
            !period::is_of_next(between) && (front.is_none() || between.len() < 60 && !moves_on)
        });
        // `năm 2018 và 2019 có 12 xã`: of both, or who knows.
        let in_row = |of: &period::Stated| {
            stated.iter().any(|other| is_row(here, other, of) || is_row(here, of, other))
        };
        if compared && (behind.is_some() || period::is_earlier(&here[end..])) {
            return behind.and_then(said);
        }
        let told = behind.filter(|behind| behind.period.is_some()).or(front);
        if told.is_some_and(in_row) {
            return None;
        }
        match (front, behind) {
            (_, Some(behind)) if behind.period.is_some() => said(behind),
            (Some(front), _) => said(front),
            // `đã kết nạp 300 đảng viên trong nhiệm kỳ`
            (None, Some(_)) => None,
            (None, None) => {
                let clause = &here[..start];
                let around = &here[here.floor_char_boundary(start.saturating_sub(60))
                    ..here.ceil_char_boundary((end + 40).min(here.len()))];
                // `1 collective and 1 individual with achievements in 2022`: of all that one clause counts.
                let later = || {
                    let later = stated.iter().find(|stated| stated.start >= end)?;
                    let between = &here[end..later.start];
                    said(later).filter(|_| !between.contains([',', ';', '(', ')']))
                };
                if holding.is_none() {
                    return later();
                }
                holding.filter(|held| {
                    // `Trong đó, nhóm đang hưởng trợ cấp có 40 hộ` is of the time of its whole.
                    let ended = held.way != Way::Sentence
                        && !period::tells_parts(here)
                        && period::is_now(
                            &clause[clause.floor_char_boundary(clause.len().saturating_sub(REACH))..],
                        );
                    let yearly = held.way > Way::Before && period::is_yearly(around);
                    !ended && !yearly
                })
            }
        }
    }

    fn figure(
        &self,
        number: &Number,
        next: usize,
        range_end: Option<usize>,
        earlier: Option<&Figure>,
        here: &[Figure],
        period: Option<Held>,
    ) -> Option<Figure> {
        let text = self.context.text;
        let (start, end) = (number.span.start(), range_end.unwrap_or(number.span.end()));
        let before =
            &text[self.span.start().max(text.ceil_char_boundary(start.saturating_sub(REACH)))..start];
        // `tăng từ 3-5 triệu đồng` grows by so much; nothing began there.
        let dashed = range_end.is_some() && text[number.span.end()..].trim_start().starts_with(['-', '–']);
        let ranged = link::without_from(before);
        let before = if dashed && !change::compares(ranged) { ranged } else { before };
        let after = &text[end..self.span.end().min(text.floor_char_boundary(end + REACH))];
        let gap = earlier.map(|earlier| &text[earlier.span.end()..number.span.start()]);
        let both_shares =
            |earlier: &Figure| (earlier.unit.as_deref() == Some("%")) == (number.kind == Kind::Percent);
        let in_range = gap.is_some_and(|gap| matches!(gap.trim(), "-" | "–" | "to" | "đến" | "tới"))
            && earlier.is_some_and(both_shares);
        let change::Beside { unbounded, undirected, modifier, change, value } =
            change::read(number, before, after, earlier.zip(gap), in_range);
        let found = self.unit(number, after);
        let counted = found.as_ref().map(|(_, counted)| *counted);
        let mut unit = found.map(|(unit, _)| unit);
        if unit.is_none() {
            let is_counted_on =
                earlier.is_some() && after.split_whitespace().next().is_some_and(|word| word.ends_with("ed"));
            if number.of.is_none() && !link::is_said(unbounded) && !in_range && !is_counted_on {
                return None;
            }
            unit = link::named(unbounded).or_else(|| earlier.and_then(|earlier| earlier.unit.clone()));
        }
        // Without a noun it is rather a day and a month.
        if unit.is_none() && number.value <= 31.0 && number.of.is_some_and(|of| of <= 12.0) {
            return None;
        }
        let mut front = indicator::front(undirected);
        if change.is_some() && link::is_again(undirected) {
            front.0.clear();
        }
        let near_is_empty = front.0.is_empty();
        let near_is_headed = indicator::begins_with(&phrases().heads, &front.0);
        // `63.4 per cent of the plan`
        let in_words = (number.kind == Kind::Plain && unit.as_deref() == Some("%"))
            .then(|| after.trim_start())
            .and_then(|words| Some(&words[units().measure(words)?.0.len()..]));
        let kind = if in_words.is_some() { Kind::Percent } else { number.kind };
        let words = Words {
            after: in_words.unwrap_or(after),
            front,
            // `thiệt hại 12 tỷ đồng và tỷ lệ thất nghiệp có thể lên tới 13%` begins another statistic.
            continues: gap.is_some_and(|gap| {
                link::becomes(gap) && !indicator::begins_with(&phrases().heads, &indicator::front(gap).0)
            }),
            inherited: earlier.and_then(|earlier| whole_of(text, earlier)),
            is_held: unbounded.split_whitespace().next_back().is_some_and(|word| phrases().is_holding(word)),
            is_out_of: indicator::is_out_of(tail(unbounded)),
            points_back: near_is_empty && indicator::points_back(tail(undirected)),
            // `đạt 4.000 chiếc, tăng 12% về lượng, trị giá 100 triệu USD`: shares stand aside.
            is_price: is_money(unit.as_deref())
                && here
                    .iter()
                    .rev()
                    .take(SHARES)
                    .find(|before| before.unit.as_deref() != Some("%"))
                    .is_some_and(|before| !is_money(before.unit.as_deref())),
            counts_other: earlier
                .is_some_and(|earlier| matches!(earlier.rule, Rule::KnownNoun | Rule::OtherNoun)),
            goes_on: earlier.is_some_and(|earlier| earlier.unit == unit)
                && gap.is_some_and(|gap| gap.len() < 60),
            // Behind a semicolon words of its own begin another statistic: `; GRDP đạt 7,58%`.
            is_share: link::is_share(unbounded)
                && gap.is_some_and(|gap| gap.len() < 160 && (near_is_empty || !gap.contains(';')))
                // `tỷ lệ đô thị hóa đạt 82%, tỷ lệ lao động qua đào tạo đạt 80%`
                && !(gap.is_some_and(|gap| gap.contains([',', ';'])) && near_is_headed),
            in_range,
            shared: text.get(next..self.span.end()).filter(|_| {
                let gap = text[number.span.end()..next].trim_end();
                gap.ends_with(" and") || gap.ends_with(" và")
            }),
        };
        // A difference in rank.
        if change.is_some() && matches!(unit.as_deref(), Some("bậc" | "thứ hạng" | "hạng")) {
            unit = Some("places".to_owned());
        }
        let indicator = words.indicator(kind, counted, unit.as_deref(), change.is_some());
        let rule = match (number.kind, counted) {
            (Kind::Percent, _) => Rule::Percentage,
            (Kind::Rank, _) => Rule::Rank,
            (Kind::Plain, Some(Counted::Measure)) => Rule::Measure,
            (Kind::Plain, Some(Counted::Noun)) => match units().term(after.trim_start()) {
                Some(_) => Rule::KnownNoun,
                None => Rule::OtherNoun,
            },
            (Kind::Plain, None) => Rule::Carried,
        };
        Some(Figure {
            span: number.span,
            value,
            of: number.of,
            unit,
            modifier,
            range: None,
            indicator,
            period_from: period.as_ref().map(Held::origin),
            period: period.map(|held| held.period),
            place: self.place(start - self.span.start()),
            change,
            key: None,
            about: None,
            modality: Modality::Actual,
            grounds: Grounds::default(),
            rule,
        })
    }

    /// The unit behind a number, and how it is known.
    fn unit(&self, number: &Number, after: &str) -> Option<(String, Counted)> {
        match number.kind {
            Kind::Percent => return Some(("%".to_owned(), Counted::Measure)),
            Kind::Rank => return Some(("rank".to_owned(), Counted::Measure)),
            Kind::Plain => {}
        }
        if let Some(currency) = number.currency {
            return Some((currency.to_owned(), Counted::Measure));
        }
        // `35 tr.đ`
        let words = after.strip_prefix('.').filter(|_| number.multiplied).unwrap_or(after).trim_start();
        let term = units().term(words).filter(|_| self.vietnamese);
        let measure = units().measure(words);
        if let Some((written, symbol)) = measure
            && term.is_none_or(|term| term.len() <= written.len())
        {
            let rest = words.get(written.len()..).unwrap_or_default();
            let per = if symbol.contains('/') { "" } else { noun::per(rest) };
            return Some((format!("{symbol}{per}"), Counted::Measure));
        }
        let noun = if self.vietnamese { noun_vi(words) } else { noun_en(whole_en(words).unwrap_or(words)) };
        if noun.is_none() && number.multiplied && self.vietnamese {
            return Some(("VND".to_owned(), Counted::Measure));
        }
        noun.map(|noun| (noun, Counted::Noun))
    }

    /// The place that the sentence names last in front of a byte of it.
    fn place(&self, number: usize) -> Option<String> {
        let here = self.span.of(self.context.text);
        let places = self.places.get_or_init(|| {
            let pattern = if self.vietnamese { &PLACE_VI } else { &PLACE_EN };
            pattern.find_iter(here).map(|found| found.range()).collect()
        });
        places.iter().rfind(|place| place.end <= number).map(|place| here[place.clone()].to_owned())
    }
}
