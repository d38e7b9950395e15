//! Numbers in the cells of tables.
//!
//! A cell is read as the sentence that its row's and column's heads make with it: `Năm 2022: thu ngân sách là 35,4 tỷ đồng`.
//! The unit stands in the cell, in a column of units, in brackets behind a head, or in a line over the table; the period in
//! a head, else where it stands for whatever else is under the table's headings.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use corpus::{Article, Block, BlockKind, Language, Span};
use serde::Deserialize;

use super::held::Held;
use super::table::units;
use super::{Told, about, find, sense};
use crate::passage::Context;
use crate::pattern::{Pattern, lower};
use crate::scope::{Origin, Way};
use crate::{Figure, Whence, Words};

/// Words of tables, `rules/cells.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    units: HashSet<String>,
    numbers: HashSet<String>,
    counts: Vec<String>,
    numbers_of: Vec<String>,
    is: Verbs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    vi: String,
    en: String,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/cells.toml").expect("the table is tested"));

/// A number that fills its cell, with its sign and percent.
static NUMERIC: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^[(\[]?\s*[-−–+]?\s*\d+(?:[.,\u{a0} ]\d+)*(?:\s*/\s*\d+(?:[.,]\d+)*)?\s*%?\s*[)\]]?$")
});

/// Words in brackets at the end of a head.
static BRACKET: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"\(([^()]{1,40})\)\s*$"));

/// Bytes of a head that are read.
const HEAD: usize = 200;

/// Cells of one table that are read: a table of tens of thousands is data, and no report.
const MOST: usize = 4_000;

/// What names the columns of a table.
pub(super) struct Heads<'a> {
    /// By column, from above.
    columns: BTreeMap<u8, Vec<&'a str>>,
    /// The column of units.
    unit_column: Option<u8>,
    /// The unit that a line over the table names.
    unit: Option<String>,
    /// The caption.
    caption: Option<&'a str>,
    /// Cells that were read.
    read: usize,
}

impl<'a> Heads<'a> {
    /// Reads what stands over and at the top of the table that is that block.
    pub(super) fn new(context: &'a Context<'a>, table: usize) -> Self {
        let text = context.text;
        let mut heads =
            Self { columns: BTreeMap::new(), unit_column: None, unit: None, caption: None, read: 0 };
        let end = context.blocks[table].span.end();
        for cell in context.blocks[table..].iter().take_while(|block| block.span.start() < end) {
            let words = cell.span.of(text);
            if cell.kind == BlockKind::Cell && cell.heads && !words.is_empty() {
                if TABLE.units.contains(lower(words.trim_end_matches([':', '.'])).as_ref()) {
                    heads.unit_column = Some(cell.rank);
                }
                for column in cell.rank..=cell.rank.saturating_add(cell.covers) {
                    heads.columns.entry(column).or_default().push(short(words));
                }
            }
        }
        for block in context.blocks[..table].iter().rev().take(4) {
            let words = block.span.of(text);
            match block.kind {
                BlockKind::UnitLine => heads.unit = unit_line(words),
                BlockKind::Caption => heads.caption = Some(short(words)),
                BlockKind::Row | BlockKind::Cell | BlockKind::Table => break,
                _ => {}
            }
        }
        if heads.unit.is_none() {
            heads.unit = heads.caption.and_then(|caption| bracket(caption).map(str::to_owned));
        }
        heads
    }

    /// The figure of a cell; none where it holds no number, or nothing names what it measures.
    pub(super) fn figure(
        &mut self,
        context: &'a Context<'a>,
        block: usize,
        told: &Told<'_>,
    ) -> Option<Figure> {
        let text = context.text;
        let cell = &context.blocks[block];
        let number = cell.span.of(text);
        if cell.heads || !is_numeric(number) || self.read >= MOST {
            return None;
        }
        self.read += 1;
        let row = cell.parent? as usize;
        let cells: Vec<&Block> = context.blocks[row + 1..block]
            .iter()
            .filter(|other| other.kind == BlockKind::Cell && Some(other.rank) != self.unit_column)
            .collect();
        let is_words = |words: &str| words.contains(char::is_alphabetic);
        let head = cells.into_iter().find(|other| is_words(other.span.of(text)))?;
        let row_head = short(head.span.of(text));
        let columns = self.columns.get(&cell.rank).map_or(&[][..], Vec::as_slice);
        // The number of the row measures nothing.
        if columns.iter().any(|head| TABLE.numbers.contains(lower(head).as_ref())) {
            return None;
        }
        let unit = self.unit_of(context, cell, row, number, columns, row_head);
        let said = Said::new(context, self.caption, columns, row_head, head.span, cell.span, unit.as_deref());
        let mut figure = said.read(context)?;
        figure.unit.as_ref()?;
        // Where the row is a place, the column says what is measured.
        let place = figure.grounds.about.and_then(|words| words.span).is_some_and(|span| {
            // `Huyện Kỳ Sơn` is a place as `Kỳ Sơn` is.
            let kind = text.get(head.span.start()..span.start()).unwrap_or_default().trim();
            span.end() == head.span.end() && (kind.is_empty() || about::is_kind(kind))
        });
        let names = if place { columns.last().copied().unwrap_or(row_head) } else { row_head };
        figure.indicator = Some(without_unit(names).to_owned());
        if figure.period.is_none() {
            let held = told.scopes.of(block);
            figure.period_from = held.as_ref().map(Held::origin);
            figure.period = held.map(|held| held.period);
        }
        Some(figure)
    }

    /// The unit of a cell that does not hold it itself.
    fn unit_of(
        &self,
        context: &Context<'_>,
        cell: &Block,
        row: usize,
        number: &str,
        columns: &[&str],
        row_head: &str,
    ) -> Option<String> {
        if number.contains('%') {
            return None;
        }
        let in_column = || {
            let column = self.unit_column?;
            let cells = context.blocks[row + 1..].iter();
            let mut cells = cells.take_while(|other| other.span.start() <= cell.span.end());
            let unit = cells.find(|other| other.kind == BlockKind::Cell && other.rank == column)?;
            Some(unit.span.of(context.text)).filter(|unit| !unit.is_empty())
        };
        let in_heads = || columns.iter().rev().chain([&row_head]).find_map(|head| bracket(head));
        let written = in_column().or_else(in_heads).map(str::to_owned).or_else(|| self.unit.clone());
        written.or_else(|| {
            columns.iter().rev().find_map(|head| counted(head, false)).or_else(|| counted(row_head, true))
        })
    }
}

/// A head as far as it is read.
fn short(words: &str) -> &str {
    &words[..words.floor_char_boundary(HEAD.min(words.len()))]
}

/// The words in brackets that end a head, where they are a unit.
fn bracket(head: &str) -> Option<&str> {
    let inside = BRACKET.captures(head)?.get(1)?.as_str().trim();
    let inside = inside.rsplit(':').next().unwrap_or(inside).trim();
    is_unit(inside).then_some(inside)
}

/// Whether words begin with a measure, with a multiplier in front or without.
fn is_unit(words: &str) -> bool {
    let small = lower(words);
    let rest = units().multipliers.keys().filter_map(|word| small.strip_prefix(word.as_str()));
    let rest = rest.map(str::trim_start).chain([small.as_ref()]);
    words.starts_with('%')
        || TABLE.counts.iter().any(|noun| *noun == small)
        || rest.into_iter().any(|rest| units().measure(rest).is_some() || units().term(rest).is_some())
}

/// What a head counts: `Số hộ nghèo`, `Hộ nghèo`; the head of a row only where it says so, for `Xã Sơn Hạ` is a place.
fn counted(head: &str, said: bool) -> Option<String> {
    let small = lower(without_unit(head));
    let rest =
        TABLE.numbers_of.iter().filter_map(|words| small.strip_prefix(words.as_str())?.strip_prefix(' '));
    let all = (!said).then_some(small.as_ref());
    rest.chain(all).find_map(|rest| {
        let begins = |noun: &&String| {
            rest.strip_prefix(noun.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        TABLE.counts.iter().filter(begins).max_by_key(|noun| noun.len()).cloned()
    })
}

/// The unit of a line `Đơn vị: tỷ đồng`.
fn unit_line(words: &str) -> Option<String> {
    let unit = words.rsplit(':').next()?.trim().trim_matches(['(', ')', '.']).trim();
    is_unit(unit).then(|| unit.to_owned())
}

/// The sentence that a cell says with its heads.
struct Said {
    words: String,
    language: Option<Language>,
    /// Where the number begins in it.
    number: usize,
    /// The number in the text.
    cell: Span,
    /// Where the head of the row stands in the sentence, and in the text.
    head: (usize, Span),
}

impl Said {
    fn new(
        context: &Context<'_>,
        caption: Option<&str>,
        columns: &[&str],
        row_head: &str,
        head: Span,
        cell: Span,
        unit: Option<&str>,
    ) -> Self {
        let mut words = String::new();
        if let Some(caption) = caption {
            words.push_str(caption.trim_end_matches('.'));
            words.push_str(". ");
        }
        for column in columns {
            words.push_str(without_unit(column));
            words.push_str(": ");
        }
        let at = words.len();
        let row_head = row_head.trim_start_matches(|c: char| !c.is_alphabetic());
        let cut = head.len().min(row_head.len());
        let head = Span::new(head.end() - cut.min(head.len()), head.end());
        words.push_str(without_unit(row_head));
        words.push(' ');
        let vietnamese = context.language != Some(Language::ENGLISH);
        words.push_str(if vietnamese { &TABLE.is.vi } else { &TABLE.is.en });
        words.push(' ');
        let number = words.len();
        words.push_str(cell.of(context.text));
        if let Some(unit) = unit {
            words.push(' ');
            words.push_str(unit);
        }
        Self { words, language: context.language, number, cell, head: (at, head) }
    }

    /// The figure of the cell, at its place in the text.
    fn read(&self, context: &Context<'_>) -> Option<Figure> {
        let said = Context::of_words(&self.words, self.language, context.published);
        let article = Article { text: self.words.clone(), language: self.language, ..Article::default() };
        let mut figures = Vec::new();
        find(&said, &said.passages, &[], &mut Told::new(&said), &mut figures);
        sense::read(&said, &article, &mut figures);
        let mut figure = figures.into_iter().find(|figure| figure.span.start() >= self.number)?;
        let from = self.cell.start() + (figure.span.start() - self.number);
        let length = figure.span.len().min(self.cell.end().saturating_sub(from));
        figure.span = Span::new(from, from + length);
        for words in [&mut figure.grounds.key, &mut figure.grounds.about, &mut figure.grounds.modality] {
            *words = words.map(|words| Words { span: words.span.and_then(|span| self.place(span)), ..words });
        }
        // What only the sentence's own source tells is told by the whole text.
        if figure
            .grounds
            .about
            .is_some_and(|words| !matches!(words.whence, Whence::Clause | Whence::Sentence))
        {
            (figure.about, figure.grounds.about) = (None, None);
        }
        figure.place = None;
        figure.period_from = figure.period_from.map(|from| Origin { way: Way::Table, words: from.words });
        Some(figure)
    }

    /// Where some words of the sentence stand in the text; none of those that the row's head does not hold.
    fn place(&self, span: Span) -> Option<Span> {
        let (at, head) = self.head;
        let from = head.start() + span.start().checked_sub(at)?;
        let place = Span::new(from, from + span.len());
        head.contains(place).then_some(place)
    }
}

/// A head without the unit that it names in brackets.
fn without_unit(head: &str) -> &str {
    let bare =
        if bracket(head).is_some() { head.rfind('(').map_or(head, |open| &head[..open]) } else { head };
    bare.trim_end_matches([':', '.', ' '])
}

/// Whether a number fills a cell.
pub(super) fn is_numeric(cell: &str) -> bool {
    NUMERIC.is_match(cell)
}

/// The table that a cell stands in.
pub(super) fn table_of(context: &Context<'_>, cell: usize) -> Option<usize> {
    let row = context.blocks[cell].parent? as usize;
    context.blocks[row].parent.map(|table| table as usize)
}
