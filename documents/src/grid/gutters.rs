//! The gutters between the columns of a printed table, and what stands in its columns.

use corpus::block::{self, RowCell};

use super::{LINES, Row, Shown, WRAPPED, rows_of_text};
use crate::layout::{Line, Page, Word, joined};
use crate::table::{is_data, is_number};

/// A gutter between two columns is at least this part of the height of lines wide, and where there are few rows this one.
const GUTTER: f64 = 0.3;
const WIDE_GUTTER: f64 = 0.9;
/// Rows from which blanks between words do not stand one below the other by chance.
const SURE_ROWS: usize = 4;
/// Words of one head are no further apart than this part of their height.
const BLANK: f64 = 0.5;
/// A column that no head reaches over counts as if one stood this many heights of a line beside its middle.
const MISSED: f64 = 0.5;
/// The width of a blank as a part of the height of a line.
const SPACE: f64 = 0.2;
/// Rows from which numbers do not begin at one place by chance, and how far apart one place is, in points.
const ALIGNED: usize = 3;
const ONE_PLACE: f64 = 0.6;

/// Where the columns of a table begin and end, from the left.
#[derive(Clone, Debug)]
pub(super) struct Columns(pub(super) Vec<(f64, f64)>);

impl Columns {
    /// The columns of rows: what white gutters part that go through all rows with numbers. With few rows blanks between words
    /// can stand one below the other by chance, so a gutter must be wider there, unless the table goes on from the page before.
    /// Heads above that name each column make narrow gutters sure too.
    pub(super) fn of(run: &[Row], heads: &[Row], carried: Option<&Self>) -> Option<Self> {
        let rows: Vec<&Row> = run.iter().filter(|row| row.has_value()).collect();
        if let Some(carried) = carried.filter(|_| rows.len() < SURE_ROWS) {
            return Some(carried.clone());
        }
        let narrow = Self::parted(&rows, GUTTER)?;
        let names = |row: &Row| !row.has_value() && narrow.phrases(row).len() == narrow.0.len();
        if rows.len() >= SURE_ROWS || run.iter().chain(heads).any(names) {
            return Some(narrow);
        }
        Self::parted(&rows, WIDE_GUTTER)
    }

    /// The columns of rows with gutters of so many heights of their lines, if there is more than one.
    pub(super) fn parted(rows: &[&Row], gutter: f64) -> Option<Self> {
        let height = rows.iter().map(|row| row.place.height()).reduce(f64::max)?;
        let least = height * gutter;
        let mut words: Vec<(f64, f64)> =
            rows.iter().flat_map(|row| &row.words).map(|word| (word.place.left, word.place.right)).collect();
        words.sort_by(|a, b| a.0.total_cmp(&b.0));
        let begins = numbers_begin(rows);
        let is_begin = |left: f64| begins.iter().any(|begin| (begin - left).abs() < ONE_PLACE);
        let mut columns: Vec<(f64, f64)> = Vec::new();
        for (left, right) in words {
            match columns.last_mut() {
                Some(column) if left - column.1 < least && !(is_begin(left) && left > column.1) => {
                    column.1 = column.1.max(right);
                }
                _ => columns.push((left, right)),
            }
        }
        (columns.len() > 1).then_some(Self(columns))
    }

    /// Whether a row is the rest of the words of a cell above it: such as the number at the end of a name.
    pub(super) fn is_rest(&self, row: &Row, above: &Row) -> bool {
        row.may_go_on()
            && row.place.top - above.place.foot < WRAPPED * row.place.height()
            && self.cells(row).goes_on_with_words_of(&self.cells(above))
    }

    /// The same for the last row of the page before, which takes it then.
    pub(super) fn gives_rest(&self, row: &Row, below: Option<&Row>, above: &mut Line) -> bool {
        let shown = self.cells(row);
        if above.cells.len() != shown.cells.len() || shown.count() != 1 {
            return false;
        }
        let Some(at) = shown.cells.iter().position(|rest| !rest.words().is_empty()) else { return false };
        let rest = &shown.cells[at];
        // A name goes on with a capital, if there was no room for it and the table goes on below.
        let word = &row.words[0].place;
        let with_word = above.widths[at] + word.height() * SPACE + word.right - word.left;
        let has_room = with_word <= self.0[at].1 - self.0[at].0;
        let goes_on = below.is_some_and(Row::is_mostly_numbers);
        let RowCell::Words(cell) = &mut above.cells[at] else { return false };
        if !cell.contains(char::is_alphabetic) || !(row.may_go_on() || goes_on && !has_room) {
            return false;
        }
        cell.push(' ');
        cell.push_str(rest.words());
        above.text = block::row(&above.cells).unwrap_or_default();
        true
    }

    /// Whether a row right above another one has heads of these columns.
    pub(super) fn has_heads(&self, row: &Row, below: &Row) -> bool {
        below.place.top - row.place.foot < row.place.height() && self.names(row)
    }

    /// Takes the heads of these columns from the foot of a page, where the table begins the next one with this row: its words
    /// are the rest of heads, or values. They stand right above it then.
    pub(super) fn take_heads(&self, page: &mut Page, first: &Row) -> Vec<Row> {
        if page.lines.len() > LINES || !first.has_value() && self.phrases(first).len() >= self.0.len() {
            return Vec::new();
        }
        let mut above = rows_of_text(&page.lines, None);
        let mut heads: Vec<Row> = Vec::new();
        while let Some(mut row) = above.pop() {
            let phrases = self.phrases(&row).len();
            let is_near = heads.last().is_none_or(|below| self.has_heads(&row, below));
            // Words of a justified line stand apart too, but no further than this.
            if !is_near || row.cells.len() < 2 || row.cells.len() != phrases || !self.names(&row) {
                break;
            }
            for line in row.lines.drain(..) {
                page.lines[line].text.clear();
            }
            heads.push(row);
        }
        page.lines.retain(|line| !line.text.is_empty());
        if let Some(foot) = heads.first().map(|row| row.place.foot) {
            for row in &mut heads {
                row.place.top += first.place.top - foot;
                row.place.foot += first.place.top - foot;
            }
        }
        heads.reverse();
        heads
    }

    /// Whether a row has heads of these columns: several, each over its own.
    pub(super) fn names(&self, row: &Row) -> bool {
        let phrases = self.phrases(row);
        let mut free = 0;
        !row.has_value()
            && (2..=self.0.len()).contains(&phrases.len())
            && self.spread(&phrases).into_iter().all(|(first, last)| {
                let is_own = first >= free;
                free = last + 1;
                is_own
            })
    }

    /// Widens columns by the heads that stand over one of them alone, the lowest first: numbers stand at one side of a column,
    /// and a head over several columns stands between them.
    pub(super) fn widen(&mut self, run: &[Row]) {
        let heads = run.iter().take_while(|row| !row.has_value()).count();
        let mut below = 0;
        for row in run[..heads].iter().rev() {
            let phrases = self.phrases(row);
            if phrases.len() < below {
                continue;
            }
            below = phrases.len();
            for (phrase, (first, last)) in phrases.iter().zip(self.spread(&phrases)) {
                let (left, right) = extent(phrase);
                if first != last {
                    continue;
                }
                let before = first.checked_sub(1).map_or(f64::MIN, |before| self.0[before].1);
                let behind = self.0.get(first + 1).map_or(f64::MAX, |next| next.0);
                let column = &mut self.0[first];
                *column = (column.0.min(left.max(before)), column.1.max(right.min(behind)));
            }
        }
    }

    /// The column that a place stands in: one ends in the middle of the gutter behind it.
    pub(super) fn of_place(&self, place: f64) -> usize {
        let ends = self.0.windows(2).map(|pair| f64::midpoint(pair[0].1, pair[1].0));
        ends.take_while(|end| place >= *end).count()
    }

    /// The first and the last of the columns that something stands over.
    pub(super) fn reach(&self, left: f64, right: f64) -> (usize, usize) {
        let stands_over = |(from, to): &(f64, f64)| right.min(*to) - left.max(*from) > 0.0;
        let first = self.0.iter().position(stands_over);
        let last = self.0.iter().rposition(stands_over);
        first.zip(last).unwrap_or_else(|| {
            let only = self.of_place(f64::midpoint(left, right));
            (only, only)
        })
    }

    /// The first and the last of the columns that each phrase of heads stands over. Where there are as many as columns, each
    /// has its own: a head in the middle of a wide column can stand far from its numbers at the side.
    pub(super) fn spread(&self, phrases: &[Vec<Word>]) -> Vec<(usize, usize)> {
        if phrases.len() == self.0.len() {
            return (0..phrases.len()).map(|at| (at, at)).collect();
        }
        let reach = |phrase: &Vec<Word>| {
            let (left, right) = extent(phrase);
            self.reach(left, right)
        };
        phrases.iter().map(reach).collect()
    }

    /// The words of a row that belong together: values and what stands beside them by their columns, others by the blanks
    /// between them.
    pub(super) fn phrases(&self, row: &Row) -> Vec<Vec<Word>> {
        let has_value = row.has_value();
        let column = |word: &Word| self.of_place(f64::midpoint(word.place.left, word.place.right));
        let mut phrases: Vec<Vec<Word>> = Vec::new();
        for word in &row.words {
            match phrases.last_mut() {
                Some(phrase)
                    if !phrase.last().is_some_and(|last| {
                        let gap = word.place.left - last.place.right;
                        if has_value {
                            column(last) != column(word)
                        } else {
                            gap > BLANK * word.place.height().max(last.place.height())
                        }
                    }) =>
                {
                    phrase.push(word.clone());
                }
                _ => phrases.push(vec![word.clone()]),
            }
        }
        phrases
    }

    /// What stands in the columns of a row of heads above others: each in the middle of the columns that it reaches over.
    ///
    /// Of all ways to give columns to the heads in their order, that is taken in which heads stand nearest to the middles of
    /// their columns, and few columns have none.
    pub(super) fn groups(&self, row: &Row) -> Shown {
        let phrases = self.phrases(row);
        let count = self.0.len();
        let missed = row.place.height() * MISSED;
        // By heads and columns that are dealt with: what it cost, and the first of the columns of the last head, if it has any.
        let mut cost = vec![vec![(f64::MAX, None); count + 1]; phrases.len() + 1];
        for (column, cost) in cost[0].iter_mut().enumerate() {
            *cost = (missed * column as f64, None);
        }
        for (at, phrase) in phrases.iter().enumerate() {
            let (left, right) = extent(phrase);
            for end in 1..=count {
                let (mut least, mut begin) = (cost[at + 1][end - 1].0 + missed, None);
                for (first, column) in self.0[..end].iter().enumerate() {
                    let middle = f64::midpoint(column.0, self.0[end - 1].1);
                    let own = cost[at][first].0 + (middle - f64::midpoint(left, right)).abs();
                    if own < least {
                        (least, begin) = (own, Some(first));
                    }
                }
                cost[at + 1][end] = (least, begin);
            }
        }
        let mut places = Vec::new();
        let (mut at, mut end) = (phrases.len(), count);
        while at > 0 && end > 0 {
            if let Some(first) = cost[at][end].1 {
                places.push((first, end - 1));
                (at, end) = (at - 1, first);
            } else {
                end -= 1;
            }
        }
        places.reverse();
        if places.len() < phrases.len() {
            return self.cells(row);
        }
        self.shown(row, &phrases, places)
    }

    /// What stands in the columns of a row.
    pub(super) fn cells(&self, row: &Row) -> Shown {
        let phrases = self.phrases(row);
        let places = if row.has_value() {
            let only = |phrase: &Vec<Word>| {
                let only = self.of_place(f64::midpoint(phrase[0].place.left, phrase[0].place.right));
                (only, only)
            };
            phrases.iter().map(only).collect()
        } else {
            self.spread(&phrases)
        };
        self.shown(row, &phrases, places)
    }

    /// Phrases of a row in the columns that they stand over.
    pub(super) fn shown(&self, row: &Row, phrases: &[Vec<Word>], places: Vec<(usize, usize)>) -> Shown {
        let mut cells = vec![RowCell::Words(String::new()); self.0.len()];
        let mut widths = vec![0.0; self.0.len()];
        for (phrase, (first, last)) in phrases.iter().zip(places) {
            let (left, right) = extent(phrase);
            widths[first] = right - left;
            let text = joined(phrase);
            match &mut cells[first] {
                RowCell::Words(said) if !said.is_empty() => {
                    said.push(' ');
                    said.push_str(&text);
                }
                cell => *cell = RowCell::Words(text),
            }
            for cell in &mut cells[first + 1..=last] {
                if cell.words().is_empty() {
                    *cell = RowCell::Covered;
                }
            }
        }
        let has_data = cells.iter().skip(1).any(|cell| is_data(cell.words()));
        Shown { place: row.place, cells, widths, has_data }
    }
}

/// Where a number begins in each of several rows, behind other words: a column, however close it stands to the one before.
fn numbers_begin(rows: &[&Row]) -> Vec<f64> {
    let Some((first, others)) = rows.split_first().filter(|(_, others)| others.len() + 1 >= ALIGNED) else {
        return Vec::new();
    };
    let numbers = |row: &Row| -> Vec<f64> {
        row.words.iter().skip(1).filter(|word| is_number(&word.text)).map(|word| word.place.left).collect()
    };
    let is_in = |row: &Row, left: f64| numbers(row).iter().any(|own| (own - left).abs() < ONE_PLACE);
    let mut begins = numbers(first);
    begins.retain(|left| others.iter().all(|row| is_in(row, *left)));
    begins
}

/// Where words begin and end.
fn extent(words: &[Word]) -> (f64, f64) {
    let left = words.iter().map(|word| word.place.left).fold(f64::MAX, f64::min);
    let right = words.iter().map(|word| word.place.right).fold(f64::MIN, f64::max);
    (left, right)
}
