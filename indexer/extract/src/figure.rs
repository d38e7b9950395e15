//! Figures: numbers in a text that measure or count.
//!
//! The numbers of a sentence are found first, without dates, names and what else measures nothing; then the words around
//! each tell its unit, bound, direction, and what it measures. A period that a sentence names holds for the numbers
//! behind it and for the sentences of its paragraph, until another is named.

mod about;
mod cell;
mod change;
mod dealt;
mod doubt;
mod indicator;
mod key;
mod link;
mod modality;
mod number;
mod period;
pub(crate) mod sense;
mod sequence;
mod spelt;
mod table;
#[cfg(test)]
mod tests;
mod token;

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use corpus::{BlockKind, Language, Span};

use super::passage::{Context, Passage};
use super::pattern::{Pattern, tail};
use super::scope::{Above, Origin, Way};
use crate::{Directive, Figure, Grounds, Modality, Period, Rule};
use cell::Heads;
use number::{Kind, Number};
use table::{phrases, units};

/// What the text around a passage tells about the numbers in it.
pub(crate) struct Told<'a> {
    scopes: Scopes<'a>,
    /// What holds at the end of the paragraph before: lists go on with it.
    behind: Option<Held>,
    /// The table that is being read, and its heads.
    table: Option<(usize, Heads<'a>)>,
}

impl<'a> Told<'a> {
    /// What headings and the headline tell.
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        Self { scopes: Scopes::read(context), behind: None, table: None }
    }
}

/// Adds the figures of some passages, in reading order; numbers inside of the `directives` of these passages are none.
pub(crate) fn find<'a>(
    context: &'a Context<'a>,
    passages: &[Passage],
    directives: &[Directive],
    told: &mut Told<'a>,
    figures: &mut Vec<Figure>,
) {
    let vietnamese = context.language != Some(Language::ENGLISH);
    let mut taken: Vec<Span> = directives.iter().map(|directive| directive.span).collect();
    taken.sort_by_key(|span| (span.start(), span.end()));
    let mut before: Option<Span> = None;
    for passage in passages {
        let mut goes_on = false;
        let block = &context.blocks[passage.block];
        if let Some(figure) = in_table(context, passage.block, told) {
            figures.push(figure);
            continue;
        }
        let above = told.scopes.of(passage.block);
        let is_first_list =
            block.kind == BlockKind::Item && above.as_ref().is_none_or(|held| held.way > Way::Opener);
        let mut holding = if is_first_list || period::carries_on(passage.span.of(context.text)) {
            told.behind.clone().or(above)
        } else {
            above
        };
        // The parts of what was counted last may stand at the head of the next paragraph.
        let mut whole_from = before.replace(passage.span).map_or(passage.span.start(), Span::start);
        for sentence in &passage.sentences {
            let first = taken.partition_point(|span| span.end() <= sentence.start());
            let last = taken.partition_point(|span| span.start() < sentence.end());
            let taken = &taken[first..last.max(first)];
            let reader = Sentence { context, vietnamese, span: *sentence, taken, places: OnceCell::new() };
            if period::is_aside(sentence.of(context.text)) {
                holding = None;
            }
            if period::tells_parts(sentence.of(context.text))
                && let Some(whole) = figures.last().filter(|whole| whole.span.start() >= whole_from)
                && let Some(held) = Held::of(whole)
            {
                holding = Some(held);
            }
            whole_from = passage.span.start();
            holding = reader.read(holding, goes_on, figures);
            goes_on = sentence.of(context.text).ends_with(';');
        }
        match block.kind {
            BlockKind::Item | BlockKind::Caption | BlockKind::Footnote | BlockKind::UnitLine => {}
            BlockKind::Paragraph | BlockKind::Lede | BlockKind::Quotation => {
                told.behind = holding.map(|held| Held { way: Way::Before, ..held });
            }
            _ => told.behind = None,
        }
    }
}

/// The figure of a cell that a number fills.
fn in_table<'a>(context: &'a Context<'a>, block: usize, told: &mut Told<'a>) -> Option<Figure> {
    if context.blocks[block].kind != BlockKind::Cell {
        return None;
    }
    let table = cell::table_of(context, block)?;
    let known = told.table.take().filter(|(known, _)| *known == table);
    let (_, mut heads) = known.unwrap_or_else(|| (table, Heads::new(context, table)));
    let figure = heads.figure(context, block, told);
    told.table = Some((table, heads));
    figure
}

/// A period that holds, and where it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Held {
    period: Period,
    way: Way,
    words: String,
}

impl Held {
    /// What a number before tells of the time of those that go on with it.
    fn of(figure: &Figure) -> Option<Self> {
        let from = figure.period_from.clone()?;
        Some(Self { period: figure.period?, way: from.way.max(Way::Before), words: from.words })
    }

    fn origin(&self) -> Origin {
        Origin { way: self.way, words: self.words.clone() }
    }
}

/// What a heading or an opening line says of the period below it.
#[derive(Clone, Debug)]
enum Said {
    Nothing,
    /// That there is none: `up to now`.
    Now,
    Period(Held),
}

/// The periods that headings, opening lines and the headline give to what stands under them.
struct Scopes<'a> {
    context: &'a Context<'a>,
    /// For each block what it says, once it is asked.
    said: Vec<OnceCell<Said>>,
    title: Option<Held>,
}

impl<'a> Scopes<'a> {
    fn read(context: &'a Context<'a>) -> Self {
        let title = context.title.and_then(|title| {
            let stated = period::all(title, base(context, None), &[]);
            let stated = stated.into_iter().find(|stated| !stated.named && is_of_results(stated.period))?;
            let words = title[stated.start..stated.end].to_owned();
            Some(Held { period: stated.period?, way: Way::Title, words })
        });
        let said = vec![OnceCell::new(); context.blocks.len()];
        Self { context, said, title: title.or_else(|| headline(context)) }
    }

    /// What holds for a block before it says anything itself.
    fn of(&self, block: usize) -> Option<Held> {
        for above in self.context.above(block) {
            match self.said[above.block].get_or_init(|| self.read_one(above)) {
                Said::Nothing => {}
                Said::Now => return None,
                Said::Period(held) => return Some(held.clone()),
            }
        }
        self.title.clone()
    }

    /// What a heading or an opening line says; of a paragraph that opens a list its last sentence.
    fn read_one(&self, above: Above) -> Said {
        let words = above.span.of(self.context.text);
        if above.way == Way::Table {
            return Said::Nothing;
        }
        let heading = above.way == Way::Heading;
        let words = &words[if heading { 0 } else { last_sentence(words) }..];
        // A year that is left out is looked for further up where the day of publication is not known.
        let holding = if self.context.published.is_none() { self.of(above.block) } else { None };
        let stated = period::all(words, base(self.context, holding.as_ref()), &[]);
        let Some(last) = stated.iter().rfind(|stated| !stated.named || !heading && stated.leads) else {
            return Said::Nothing;
        };
        let words = words[last.start..last.end].to_owned();
        last.period.map_or(Said::Now, |period| Said::Period(Held { period, way: above.way, words }))
    }
}

/// Whether two periods of a sentence, the first in front, stand in a row.
fn is_row(here: &str, first: &period::Stated, second: &period::Stated) -> bool {
    let between = here.get(first.end..second.start).unwrap_or_default();
    first.period.zip(second.period).is_some_and(|(of, other)| dealt::are_in_row(of, other, between))
}

/// Where the last sentence of some words begins.
fn last_sentence(words: &str) -> usize {
    let end = words.trim_end_matches([':', '.', ' ']).len();
    words[..end].rfind(". ").map_or(0, |stop| stop + 2)
}

/// Whether a period in a headline can be that of results: a span of years is rather that of a plan.
fn is_of_results(period: Option<Period>) -> bool {
    // A day is that of the news.
    matches!(period, Some(Period::Half(..) | Period::Quarter(..)))
        || matches!(period, Some(Period::Date(date)) if date.day().is_none())
        || matches!(period, Some(Period::Range(from, to)) if from.year() == to.year())
}

/// Whether a period is a single day.
fn is_day(period: Option<Period>) -> bool {
    matches!(period, Some(Period::Date(date)) if date.day().is_some())
}

/// What days and years that are left out are counted from, where that period holds.
fn base(context: &Context<'_>, holding: Option<&Held>) -> period::Base {
    period::Base { published: context.published, held: holding.map(|held| held.period.days().1) }
}

/// The months by their English names in small letters, in order.
pub(crate) fn months() -> &'static [String] {
    &table::periods().months
}

/// The unit that words begin with, as it is written, where a table has it.
pub(crate) fn unit_written(words: &str) -> Option<&str> {
    let (term, measure) = (units().term(words), units().measure(words));
    let longest = term.map(str::len).max(measure.map(|(written, _)| written.len()))?;
    words.get(..longest)
}

/// The period that a headline in the text begins with: where no other is given it holds for the whole text.
fn headline(context: &Context<'_>) -> Option<Held> {
    // Pages put a few words of their own in front.
    context.passages.iter().take(4).find_map(|passage| {
        let line = passage.span.of(context.text);
        let is_headline = line.chars().take(120).count() < 120 && !line.ends_with(['.', ':']);
        let stated =
            is_headline.then(|| period::all(line, base(context, None), &[]).into_iter().next()).flatten()?;
        let words = line[stated.start..stated.end].to_owned();
        // `Hôm nay` is the day of the news.
        let is_dated = crate::pattern::has_digit(&words) || !is_day(stated.period);
        let period = stated.period.filter(|_| is_dated && stated.start <= "Trong năm ".len())?;
        Some(Held { period, way: Way::Title, words })
    })
}

/// A sentence that is read.
struct Sentence<'a> {
    context: &'a Context<'a>,
    vietnamese: bool,
    span: Span,
    taken: &'a [Span],
    /// The places that it names, once they are asked for.
    places: OnceCell<Vec<Range<usize>>>,
}

static PLACE_VI: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\b((?:huyện|thành phố|thị xã|TP\.?|TX\.?|tỉnh|xã|phường)\s+\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*){0,3})",
    )
});
static PLACE_EN: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"\b((?:\p{Lu}\p{L}+\s+){1,3}(?:district|province|town|city|commune))\b"));

/// Bytes in front of a number and behind it that may say what it is: sentences without end have many numbers.
const REACH: usize = 400;

impl Sentence<'_> {
    /// Adds the figures of the sentence; the period that holds behind it. `goes_on` where it continues the one before.
    fn read(&self, holding: Option<Held>, goes_on: bool, figures: &mut Vec<Figure>) -> Option<Held> {
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
        let spans: Vec<Span> = numbers.iter().map(|number| number.span).collect();
        let groups = dealt::groups(text, self.span, &spans);
        for (at, number) in numbers.iter().enumerate() {
            let next = numbers.get(at + 1).map_or(self.span.end(), |next| next.span.start());
            // Of a range the period stands behind its end.
            let coming = numbers.get(at + 1 + usize::from(number.opens_range));
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
            let whole = Span::new(number.span.start(), end);
            let period = self.period_of(whole, coming, &stated, before.or_else(|| holding.clone()));
            let period = self.shifted(number, period);
            let group = groups.iter().find(|group| group.numbers.contains(&at));
            let period = match group {
                Some(group) => self.dealt_period(group, at, &stated, period),
                None => period,
            };
            let Some(mut figure) = self.figure(number, next, range_end, earlier.as_ref(), period) else {
                continue;
            };
            if let Some(group) = group {
                let goes_on = group.numbers.start < at && figure.unit.as_deref() == Some("%");
                if let Some(first) = earlier.filter(|_| goes_on && figure.change.is_none()) {
                    figure.change = first.change;
                }
                figure.indicator = self.dealt_indicator(group, at).or(figure.indicator);
            }
            figures.push(figure);
        }
        let leading = stated.iter().rfind(|stated| stated.leads && !stated.named);
        match leading {
            Some(last) => last.period.map(|period| Held {
                period,
                way: Way::Before,
                words: here[last.start..last.end].to_owned(),
            }),
            None => holding,
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
        let behind = stated.iter().find(|stated| {
            stated.start >= end && stated.start < next && !here[end..stated.start].contains([',', ';', '('])
        });
        // What is said in brackets does not hold behind them.
        let is_open = |stated: &period::Stated| {
            let open = here[..stated.start].rfind('(');
            let inside = open > here[..stated.start].rfind(')');
            // `trong 5 năm (2016-2020) đạt …` says which years they are.
            let explains = open.is_some_and(|open| period::counts_years(&here[..open]));
            !(inside && here[stated.end..start].contains(')')) || explains
        };
        let is_told = |stated: &period::Stated| {
            period::is_of_telling(stated.period, &here[..stated.start], &here[stated.end..start])
        };
        let front = stated.iter().rfind(|stated| stated.end <= start && is_open(stated) && !is_told(stated));
        // Behind an `and`, or far off, the period is rather that of something else where one stands in front.
        let behind = behind.filter(|behind| {
            let between = &here[end..behind.start];
            !period::is_of_next(between) && (front.is_none() || between.len() < 60)
        });
        // `năm 2018 và 2019 có 12 xã`: of both, or who knows.
        let in_row = |of: &period::Stated| {
            stated.iter().any(|other| is_row(here, other, of) || is_row(here, of, other))
        };
        let told = behind.filter(|behind| behind.period.is_some()).or(front);
        if told.is_some_and(in_row) {
            return None;
        }
        match (front, behind) {
            (_, Some(behind)) if behind.period.is_some() => said(behind),
            (Some(front), _) => said(front),
            _ => {
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
                    let ended = held.way != Way::Sentence
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
        period: Option<Held>,
    ) -> Option<Figure> {
        let text = self.context.text;
        let (start, end) = (number.span.start(), range_end.unwrap_or(number.span.end()));
        let before =
            &text[self.span.start().max(text.ceil_char_boundary(start.saturating_sub(REACH)))..start];
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
            let money = matches!(symbol, "VND" | "USD");
            let rest = words.get(written.len()..).unwrap_or_default();
            let per: String = if money && rest.starts_with('/') {
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '/').collect()
            } else {
                String::new()
            };
            let per = if per[per.len().min(1)..].starts_with(|c: char| c.is_lowercase()) {
                per
            } else {
                String::new()
            };
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

/// The words around a number.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the number, and any may be said")]
struct Words<'t> {
    after: &'t str,
    /// In front of it: behind the last break, and the last that there are.
    front: (String, String),
    /// What the number before in the same sentence measures.
    inherited: Option<String>,
    /// What stands in front has what is counted: `huyện có 27 đơn vị`.
    is_held: bool,
    /// The number is a whole of which a part is told: `trong số 30 dự án`.
    is_out_of: bool,
    /// The words in front only point back to what was measured before: `chỉ số này`.
    points_back: bool,
    /// The number before, in the same sentence, has the same unit.
    goes_on: bool,
    /// The number before counts things and is no measure.
    counts_other: bool,
    /// The number is the share of the count before it.
    is_share: bool,
    /// The number ends a range.
    in_range: bool,
    /// The number is what the one before has become: `from 14 units to 13 units`.
    continues: bool,
    /// The next number and its words, where one phrase belongs to both: `1 collective and 1 individual with …`.
    shared: Option<&'t str>,
}

impl Words<'_> {
    /// What the number measures.
    fn indicator(
        &self,
        kind: Kind,
        counted: Option<Counted>,
        unit: Option<&str>,
        change: bool,
    ) -> Option<String> {
        let (near, any) = (&self.front.0, &self.front.1);
        let said = |words: String| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        let or_any = || said(any.clone()).or_else(|| said(self.behind()));
        let near_or_before = || match self.inherited.clone() {
            Some(inherited)
                if near.is_empty() || is_place(near) || self.goes_on && indicator::is_name(near) =>
            {
                Some(inherited)
            }
            Some(inherited) if self.relates(&inherited) => Some(self.of(&inherited)),
            _ => said(near.clone()).or_else(or_any),
        };
        match kind {
            _ if self.in_range || self.continues => self.inherited.clone().or_else(or_any),
            Kind::Plain if self.is_out_of && counted == Some(Counted::Measure) => {
                said(indicator::back(self.beyond_unit())).or_else(near_or_before)
            }
            Kind::Percent if self.is_share && !change => {
                self.inherited.clone().or_else(|| self.percent(near_or_before))
            }
            Kind::Percent if !change => self.percent(near_or_before),
            Kind::Rank => {
                let subject = link::ranked(near).to_owned();
                if let Some(about) = self.field().map(indicator::back).and_then(said) {
                    return Some(about);
                }
                if indicator::count(&subject) > 1 || self.inherited.is_none() && !subject.is_empty() {
                    return Some(subject);
                }
                self.inherited.clone().or_else(|| said(self.behind())).or_else(or_any)
            }
            Kind::Percent => {
                if let Some(changed) = self.changed().map(indicator::back).and_then(said) {
                    return Some(changed);
                }
                let about = phrases().about(self.after).map(indicator::back).and_then(said);
                match (about, near_or_before()) {
                    // `tăng 23,1% về lượng`
                    (Some(about), Some(whole)) if indicator::count(&about) <= 2 && !self.names_whole() => {
                        Some(format!("{whole} {about}"))
                    }
                    (about, whole) => about.or(whole),
                }
            }
            Kind::Plain if unit == Some("places") => self.inherited.clone().or_else(or_any),
            Kind::Plain if counted == Some(Counted::Measure) => {
                let words = near_or_before().filter(|words| {
                    // `trên địa bàn huyện còn 13 ha đất trồng lúa`
                    let holds =
                        indicator::begins_with(&phrases().places, words) && !self.substance().is_empty();
                    !(is_place(words) || self.is_held && holds)
                });
                let money = unit.is_some_and(|unit| unit.starts_with("VND") || unit.starts_with("USD"));
                if money && let Some(given) = self.given() {
                    return Some(given);
                }
                if near.is_empty() && any.is_empty() && self.inherited.is_none() {
                    return said(indicator::back(self.beyond_unit()));
                }
                // `14 tỷ quả trứng và 1,1 triệu tấn sữa`: a measure of its own.
                if near.is_empty() && !money && self.counts_other && !self.substance().is_empty() {
                    return said(self.substance());
                }
                match words {
                    // `trồng 450 ha rừng`
                    Some(words) if !money && indicator::count(&words) <= 3 => {
                        Some(format!("{words} {}", self.substance()).trim().to_owned())
                    }
                    words => words.or_else(|| said(self.behind())),
                }
            }
            // `400 con/năm`
            Kind::Plain if unit.is_some_and(|unit| unit.contains('/')) => near_or_before(),
            Kind::Plain => {
                // `chỉ số này tăng từ 57 điểm`
                if self.points_back && indicator::count(&self.behind()) <= 1 {
                    return self.inherited.clone();
                }
                let counted = self.outcome().unwrap_or_else(|| self.count(unit.unwrap_or_default()));
                said(counted).or_else(|| self.inherited.clone())
            }
        }
    }

    /// Whether the words in front only say how much of what the number before measured there is: `55 dự án, trị giá 30 tỷ`.
    fn relates(&self, inherited: &str) -> bool {
        let near: Vec<&str> = self.front.0.split_whitespace().collect();
        phrases().worths.make_up(&near) && !indicator::begins_with(&phrases().heads, inherited)
            || phrases().yields.make_up(&near) && indicator::begins_with(&phrases().yields, inherited)
    }

    /// The words in front with what the number before measured.
    fn of(&self, inherited: &str) -> String {
        let lead = [&phrases().yields, &phrases().worths];
        let lead = lead.into_iter().find_map(|table| indicator::length(table, inherited)).unwrap_or_default();
        let rest: Vec<&str> = inherited.split_whitespace().skip(lead).collect();
        format!("{} {}", self.front.0, rest.join(" ")).trim().to_owned()
    }

    /// What money was given for, or what it is, where that stands behind it: `hỗ trợ 56 triệu đồng chi phí tiền điện`.
    fn given(&self) -> Option<String> {
        let near = &self.front.0;
        let words: Vec<&str> = near.split_whitespace().collect();
        let small: Vec<_> = words.iter().map(|word| crate::pattern::lower(word)).collect();
        let giving = phrases().giving.end(&small);
        let headed = indicator::begins_with(&phrases().heads, near);
        let behind = self.beyond_unit();
        let lead = indicator::length(&phrases().purposes, behind);
        let purpose =
            behind.trim_start().splitn(lead.unwrap_or_default() + 1, ' ').last().unwrap_or_default();
        let said = indicator::back(purpose);
        match giving {
            Some(length) if indicator::count(&said) > 1 && (length == words.len() || !headed) => {
                Some(format!("{} {said}", words[words.len() - length..].join(" ")))
            }
            _ if lead.is_none()
                && !near.is_empty()
                && !headed
                && indicator::begins_with(&phrases().heads, behind) =>
            {
                Some(said)
            }
            _ => None,
        }
    }

    /// Those whom the event before has killed or hurt: `12 vụ tai nạn, làm chết 3 người`.
    fn outcome(&self) -> Option<String> {
        let near: Vec<&str> = self.front.0.split_whitespace().collect();
        let inherited = self.inherited.as_ref().filter(|_| phrases().outcomes.make_up(&near))?;
        let words: Vec<&str> = inherited.split_whitespace().collect();
        let small: Vec<_> = words.iter().map(|word| crate::pattern::lower(word)).collect();
        let event = (1..small.len()).find(|at| phrases().outcomes.begin(&small[*at..]).is_some());
        let event = words[..event.unwrap_or(words.len())].join(" ");
        Some(format!("{event} {} {}", self.front.0, self.behind()).trim().to_owned())
    }

    /// What stands behind the unit.
    fn beyond_unit(&self) -> &str {
        let after = self.after.trim_start();
        units().measure(after).map_or(after, |(written, _)| &after[written.len()..])
    }

    /// What a rank is in, where it is said behind: `thứ 5 cả nước về chỉ số …`.
    fn field(&self) -> Option<&str> {
        /// Words in which it is looked for.
        const REACH: usize = 8;
        let mut before = "";
        let mut rest = self.after;
        for _ in 0..REACH {
            if let Some(field) = phrases().about(rest)
                && !phrases().is_compound(before, rest.split_whitespace().next().unwrap_or_default())
            {
                return Some(field);
            }
            let (word, behind) = rest.trim_start().split_once(' ')?;
            if word.ends_with([',', ';', '.', ')']) {
                return None;
            }
            (before, rest) = (word, behind);
        }
        None
    }

    /// Whether what a change is of is counted itself: `giảm 3,8% về số doanh nghiệp`.
    fn names_whole(&self) -> bool {
        phrases().about(self.after).is_some_and(|about| indicator::begins_with(&phrases().wholes, about))
    }

    /// What has changed, where it follows: `increases of 4.6% in the index`.
    fn changed(&self) -> Option<&str> {
        let after = self.after.trim_start();
        let lead = indicator::length(&phrases().changed, after)?;
        let rest = after.splitn(lead + 1, ' ').nth(lead)?;
        indicator::begins_with(&phrases().heads, rest).then_some(rest)
    }

    /// A share: of what stands behind it (`of communes`), else what stands in front of it, with the noun that follows.
    fn percent(&self, front: impl Fn() -> Option<String>) -> Option<String> {
        let after = self.after.trim_start();
        let is_of = after.starts_with("of ") && !after.starts_with("of the plan");
        let behind = self.behind();
        let behind = behind.strip_prefix("of ").unwrap_or(&behind).to_owned();
        if is_of && !behind.is_empty() {
            return Some(behind);
        }
        let front = front();
        // `phấn đấu 100% trẻ em được đến trường`, `xóa bỏ thuế quan với 48,5% số dòng thuế`
        let names_whole = indicator::begins_with(&phrases().wholes, after.trim_start())
            && front.as_ref().is_some_and(|front| !indicator::begins_with(&phrases().heads, front));
        let is_said =
            self.front.0.is_empty() && (noun_vi(after).is_some() || !after.is_ascii()) || names_whole;
        if is_said
            && !self.is_share
            && !indicator::begins_with(&phrases().weak, &behind)
            && indicator::count(&behind) > 1
        {
            return Some(behind);
        }
        let follows = after.starts_with(char::is_alphabetic) && noun_vi(after).is_some() && !after.is_ascii();
        match front {
            Some(front) if follows && indicator::count(&front) <= 4 && !front.contains(&behind) => {
                Some(format!("{front} {behind}"))
            }
            front => front,
        }
    }

    /// A count: the phrase that it begins, with the words in front where the phrase says little more than the unit.
    fn count(&self, unit: &str) -> String {
        let behind = self.behind();
        let is_recurrence = matches!(unit.to_lowercase().as_str(), "times" | "lần" | "lượt");
        if is_recurrence && !self.front.1.is_empty() {
            return self.front.1.clone();
        }
        if indicator::count(&behind) > 2.max(indicator::count(unit)) {
            return behind;
        }
        let tail = self.shared.map(|rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
            indicator::back(rest).split_once(' ').map_or(String::new(), |(_, tail)| tail.to_owned())
        });
        match tail.filter(|tail| indicator::count(tail) > 2 && indicator::count(unit) == 1) {
            Some(tail) => format!("{behind} {tail}"),
            None if self.front.0.is_empty() && !behind.is_empty() => {
                // `9 huyện giải ngân khá, trong đó có 6 huyện`: a part of what was counted before.
                let counted = self.inherited.as_ref().filter(|before| before.starts_with(&behind));
                counted.cloned().unwrap_or(behind)
            }
            None if self.is_held && !behind.is_empty() && is_holder(&self.front.1) => behind,
            None => {
                let noun = if behind.is_empty() { unit } else { &behind };
                let front = &self.front.1;
                // `số hộ nghèo là 120 hộ`
                let said = front.split_whitespace().any(|word| word == noun);
                if said { front.clone() } else { format!("{front} {noun}") }
            }
        }
    }

    /// What a measure is of, right behind its unit: `tấn gạo`.
    fn substance(&self) -> String {
        let unit = self.after.split_whitespace().next().unwrap_or_default();
        let rest = self.after.trim_start()[unit.len()..].trim_start();
        let is_vietnamese = !self.after.is_ascii();
        noun_vi(rest).filter(|_| is_vietnamese && unit.ends_with(char::is_alphanumeric)).unwrap_or_default()
    }

    fn behind(&self) -> String {
        indicator::back(self.after)
    }
}

/// What a number before measures, without what its own change is of: `giảm 1,4% về lượng nhưng tăng 9% về giá trị`.
fn whole_of(text: &str, earlier: &Figure) -> Option<String> {
    let measured = earlier.indicator.as_deref()?;
    let after = &text[earlier.span.end()..text.floor_char_boundary(earlier.span.end() + REACH)];
    let about = phrases().about(after).filter(|_| earlier.change.is_some()).map(indicator::back);
    let whole = about.filter(|about| !about.is_empty()).and_then(|about| measured.strip_suffix(&about));
    Some(whole.map_or(measured, str::trim_end)).filter(|whole| !whole.is_empty()).map(str::to_owned)
}

/// Whether words name a place and nothing else: in a list of places each number measures what the first does.
fn is_place(words: &str) -> bool {
    static PLACE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(
            r"^(?:(?:tiếp|thấp|cao|sau|kế)(?:\s+(?:theo|đến|nhất|đó|là))*\s+)?(?:(?:huyện|thành phố|thị xã|thị|TP|TX|tỉnh|xã|phường)(?:\s+\p{Lu}\p{L}*)*|(?:\p{Lu}\p{L}*\s+){1,3}(?:district|province|town|city|commune))$",
        )
    });
    PLACE.is_match(words)
}

/// Whether words name a place that has what is counted, or one who has it.
fn is_holder(words: &str) -> bool {
    indicator::is_name(words) || indicator::begins_with(&phrases().places, words)
}

/// How a unit is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Measure,
    Noun,
}

/// What stands behind the whole that a number is counted of: `10 of the 17 communes`.
fn whole_en(words: &str) -> Option<&str> {
    let lead = indicator::length(&phrases().of_whole, words)?;
    let rest = words.splitn(lead + 1, ' ').nth(lead)?;
    let number = rest.split_whitespace().next()?;
    let counted = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    counted.then(|| rest[number.len()..].trim_start())
}

/// The head of an English noun phrase: its last plural before a word that ends the phrase.
fn noun_en(words: &str) -> Option<String> {
    let mut level = words.split_whitespace();
    let words = match (level.next(), level.next()) {
        (Some("level"), Some(number)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            words["level".len()..].trim_start()[number.len()..].trim_start()
        }
        _ => words,
    };
    if let Some(term) = units().term(words) {
        return Some(words[..term.len()].to_owned());
    }
    if !words.starts_with(char::is_alphabetic) {
        return None;
    }
    let mut run: Vec<&str> = Vec::new();
    for word in words.split_whitespace() {
        let (word, is_ratio) = word.split_once('/').map_or((word, false), |(word, _)| (word, true));
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let seen = run.iter().any(|word| is_plural(word));
        let ends = bare.is_empty() || !bare.starts_with(char::is_alphabetic);
        // Before its noun a phrase may list what kinds of it are meant: `district, city and town committees`.
        let lists = !seen && !run.is_empty() && bare == "and";
        if ends || phrases().ends_noun_en(bare) && !lists || run.len() == 6 {
            break;
        }
        run.push(bare);
        if is_ratio {
            break;
        }
        if bare.len() != word.len() && (seen || is_plural(bare) || !word.ends_with(',')) {
            break;
        }
    }
    for (at, word) in run.iter().enumerate() {
        let ends = run.get(at + 1).is_none_or(|next| !is_plural(next));
        if is_plural(word) && ends {
            let start = words.find(run[0])?;
            let upto = words[start..].find(word)? + start;
            let after_blanks = words[start..=upto].match_indices(' ').map(|(blank, _)| start + blank + 1);
            for from in after_blanks.chain([start]) {
                if let Some(term) = units().term(&words[from..]) {
                    return Some(words[from..from + term.len()].to_owned());
                }
            }
            return Some((*word).to_owned());
        }
    }
    run.first().filter(|first| !first.ends_with("ed")).map(|first| (*first).to_owned())
}

fn is_plural(word: &str) -> bool {
    let plural =
        word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s") && !word.ends_with("us");
    plural || matches!(word, "people" | "children" | "women" | "staff")
}

/// The noun that a Vietnamese phrase begins with: a known one, else its first two syllables.
fn noun_vi(words: &str) -> Option<String> {
    if let Some(term) = units().term(words) {
        return Some(words[..term.len()].to_owned());
    }
    let is_noun = |word: &str| {
        let mut letters = word.chars();
        let (first, second) = (letters.next(), letters.next());
        // A capital begins a name (`13 Lý Sơn`); several are a short form.
        let is_name = first.is_some_and(char::is_uppercase) && second.is_none_or(char::is_lowercase);
        first.is_some_and(char::is_alphabetic) && !is_name && !phrases().is_no_noun_vi(word)
    };
    let bare = |word: &'_ str| word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let mut all = words.split_whitespace();
    let first = all.next()?;
    let first = &first[..bare(first)];
    if !is_noun(first) {
        return None;
    }
    // Most nouns have two syllables; those that count people and places have one.
    let second =
        all.next().filter(|_| words.starts_with(&format!("{first} ")) && !phrases().is_noun_vi(first));
    match second.map(|second| &second[..bare(second)]).filter(|second| is_noun(second)) {
        Some(second) => Some(format!("{first} {second}")),
        None => Some(first.to_owned()),
    }
}
