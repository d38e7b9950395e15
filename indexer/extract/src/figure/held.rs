//! Which period holds for a number whose sentence names none: that of a sentence before, of the lines above, of the headline.

use std::cell::OnceCell;

use crate::passage::Context;
use crate::scope::{Above, Origin, Way};
use crate::{Figure, Period};

use super::period;

/// A period that holds, and where it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) period: Period,
    pub(super) way: Way,
    pub(super) words: String,
}

impl Held {
    /// What a number before tells of the time of those that go on with it.
    pub(super) fn of(figure: &Figure) -> Option<Self> {
        let from = figure.period_from.clone()?;
        Some(Self { period: figure.period?, way: from.way.max(Way::Before), words: from.words })
    }

    pub(super) fn origin(&self) -> Origin {
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
pub(super) struct Scopes<'a> {
    context: &'a Context<'a>,
    /// For each block what it says, once it is asked.
    said: Vec<OnceCell<Said>>,
    title: Option<Held>,
}

impl<'a> Scopes<'a> {
    pub(super) fn read(context: &'a Context<'a>) -> Self {
        let title = context.title.and_then(|title| {
            let stated = period::all(title, base(context, None), &[]);
            let stated = stated.into_iter().find(|stated| {
                !stated.named && is_of_results(stated.period) && !period::is_aimed_at(&title[..stated.start])
            })?;
            let words = title[stated.start..stated.end].to_owned();
            Some(Held { period: stated.period?, way: Way::Title, words })
        });
        let said = vec![OnceCell::new(); context.blocks.len()];
        Self { context, said, title: title.or_else(|| headline(context)) }
    }

    /// What holds for a block before it says anything itself.
    pub(super) fn of(&self, block: usize) -> Option<Held> {
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

/// What days and years that are left out are counted from, where that period holds.
pub(super) fn base(context: &Context<'_>, holding: Option<&Held>) -> period::Base {
    period::Base { published: context.published, held: holding.map(|held| held.period) }
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
        let is_dated = crate::pattern::has_digit(&words) || !period::is_day(stated.period);
        let period = stated.period.filter(|_| is_dated && stated.start <= "Trong năm ".len())?;
        Some(Held { period, way: Way::Title, words })
    })
}
