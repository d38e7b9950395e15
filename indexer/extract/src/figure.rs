//! Figures: numbers in a text that measure or count.
//!
//! The numbers of a sentence are found first, without dates, names and what else measures nothing; then the words around
//! each tell its unit, bound, direction, and what it measures. A period that a sentence names holds for the numbers
//! behind it and for the sentences of its paragraph, until another is named.

mod about;
mod cell;
mod change;
pub(crate) mod clash;
mod dealt;
mod doubt;
mod held;
mod indicator;
mod key;
mod link;
mod measured;
mod modality;
mod noun;
mod number;
mod period;
pub(crate) mod sense;
mod sentence;
mod sequence;
mod spelt;
mod table;
#[cfg(test)]
mod tests;
mod token;

use corpus::{BlockKind, Language, Span};

use super::passage::{Context, Passage};
use super::scope::Way;
use crate::{Directive, Figure, Period};
use cell::Heads;
use held::{Held, Scopes};
use sentence::{Behind, Sentence};
use table::units;

/// What the text around a passage tells about the numbers in it.
pub(crate) struct Told<'a> {
    scopes: Scopes<'a>,
    /// What holds at the end of the paragraph before: lists go on with it.
    behind: Option<Held>,
    /// The months that the text last reported on: `during the period` means them.
    report: Option<Held>,
    /// The table that is being read, and its heads.
    table: Option<(usize, Heads<'a>)>,
}

impl<'a> Told<'a> {
    /// What headings and the headline tell.
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        Self { scopes: Scopes::read(context), behind: None, report: None, table: None }
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
        let block = &context.blocks[passage.block];
        if let Some(figure) = in_table(context, passage.block, told) {
            figures.push(figure);
            continue;
        }
        let above = told.scopes.of(passage.block);
        let is_first_list =
            block.kind == BlockKind::Item && above.as_ref().is_none_or(|held| held.way > Way::Opener);
        let carries = period::carries_on(passage.span.of(context.text));
        let above = if is_first_list || carries { told.behind.clone().or(above) } else { above };
        let resumes =
            above.is_none() && told.report.is_some() && period::resumes(passage.span.of(context.text));
        let above = if resumes { told.report.clone() } else { above };
        let reader = Reader { context, vietnamese, directives: &taken };
        // The parts of what was counted last may stand at the head of the next paragraph.
        let last = before.replace(passage.span);
        let whole_from = last.map_or(passage.span.start(), Span::start);
        let first = figures.len();
        let is_open = above.is_none() && !carries && block.kind == BlockKind::Paragraph;
        let mut holding = reader.read(passage, above, whole_from, figures);
        let more = || {
            let number = figures.get(first).map(|figure| figure.span.start());
            number.is_some_and(|number| period::tells_more(&context.text[passage.span.start()..number]))
        };
        if let Some(held) = told.behind.as_ref().filter(|held| is_open && is_of_report(held.period))
            && is_run_on(context.text, passage.span)
            && (last.is_some_and(|last| goes_on(&figures[..first], figures.get(first), last))
                || is_within_a_year(held.period) && more())
        {
            figures.truncate(first);
            holding = reader.read(passage, Some(held.clone()), whole_from, figures);
        }
        if let Some(held) = holding.as_ref().filter(|held| period::is_of_months(held.period)) {
            told.report = Some(Held { way: Way::Before, ..held.clone() });
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

/// What reads the sentences of a passage.
struct Reader<'a> {
    context: &'a Context<'a>,
    vietnamese: bool,
    /// The places of other mentions, in order.
    directives: &'a [Span],
}

impl Reader<'_> {
    /// Adds the figures of a passage over which a period holds; what holds behind it. What was counted from a byte on may be
    /// the whole of which its first sentence tells the parts.
    fn read(
        &self,
        passage: &Passage,
        mut holding: Option<Held>,
        mut whole_from: usize,
        figures: &mut Vec<Figure>,
    ) -> Option<Held> {
        let text = self.context.text;
        let mut goes_on = false;
        // What held before the months of a number, while these do.
        let mut outer: Option<Option<Held>> = None;
        for sentence in &passage.sentences {
            let first = self.directives.partition_point(|span| span.end() <= sentence.start());
            let last = self.directives.partition_point(|span| span.start() < sentence.end());
            let taken = &self.directives[first..last.max(first)];
            let reader = Sentence::new(self.context, self.vietnamese, *sentence, taken);
            if period::is_other(sentence.of(text))
                && let Some(before) = outer.take()
            {
                holding = before;
            }
            if period::is_aside(sentence.of(text)) {
                holding = None;
            }
            if period::tells_parts(sentence.of(text))
                && let Some(whole) = figures.last().filter(|whole| whole.span.start() >= whole_from)
                && let Some(held) = Held::of(whole)
            {
                holding = Some(held);
            }
            whole_from = passage.span.start();
            holding = match reader.read(holding.clone(), goes_on, figures) {
                Behind::Kept(kept) => kept,
                Behind::Held(held) => {
                    outer = None;
                    held
                }
                Behind::Passing(held) => {
                    outer.get_or_insert(holding);
                    held
                }
            };
            goes_on = sentence.of(text).ends_with(';');
        }
        holding
    }
}

/// Whether a period is one that a report is on: a month or a day is rather that of one number.
fn is_of_report(period: Period) -> bool {
    !matches!(period, Period::Date(date) if date.month().is_some())
}

/// Whether a period lies within one year, as that of a report on some months does.
fn is_within_a_year(period: Period) -> bool {
    let (from, to) = period.days();
    from.year() == to.year()
}

/// Whether the break between a paragraph and the one before it was lost.
fn is_run_on(text: &str, paragraph: Span) -> bool {
    let before = text[..paragraph.start()].trim_end_matches([' ', '\u{a0}']);
    !before.is_empty() && !before.ends_with('\n')
}

/// Whether a paragraph goes on with the same statistic as the one before, by the first of its figures: then it is of the same
/// time as well.
fn goes_on(before: &[Figure], first: Option<&Figure>, last: Span) -> bool {
    /// Figures before that are looked at.
    const MOST: usize = 12;
    let Some(first) = first.filter(|first| first.period.is_none() && first.period_from.is_none()) else {
        return false;
    };
    let Some(measured) = first.indicator.as_deref() else { return false };
    let same = |earlier: &Figure| {
        earlier.unit == first.unit
            && earlier.change == first.change
            && earlier.period.is_some()
            && earlier.indicator.as_deref().is_some_and(|indicator| indicator::is_same(indicator, measured))
    };
    before.iter().rev().take(MOST).take_while(|earlier| earlier.span.start() >= last.start()).any(same)
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
