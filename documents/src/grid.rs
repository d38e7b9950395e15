//! The tables of printed pages: rows of cells whose columns are the gutters between them.

mod gutters;
#[cfg(test)]
mod tests;

use corpus::block::{self, RowCell};

use gutters::Columns;

use crate::layout::{Line, OfTable, Page, Place, Word, joined};
use crate::paragraphs;
use crate::table::{is_data, is_number};

/// Two words of a line stand in two cells where they are further apart than this part of their height.
const APART: f64 = 1.2;
/// The same for two words that the reader of the file put in two lines.
const APART_IN_LINES: f64 = 0.6;
/// Two lines of one cell are no further apart than this part of their height.
const WRAPPED: f64 = 0.45;
/// Rows of heads above the first row with numbers that are looked at.
const HEADS: usize = 2;
/// Cells in a hundred that are numbers, from which rows are a table. The heads of letters and the names of signers stand
/// side by side too.
const NUMBERS: usize = 25;
/// Columns of a table up to which heads over several are looked for.
const GROUPED: usize = 64;
/// Letters of the mark of an item, and words of one that is a sentence.
const MARK: usize = 4;
const SENTENCE: usize = 8;
/// Lines of a page up to which tables are looked for.
const LINES: usize = 3_000;

/// Puts the cells of tables together that stand side by side: in the place of the first of its lines, each table has its
/// rows as lines.
pub(crate) fn find_tables(pages: &mut [Page]) {
    // The columns of the table that the page before ends in.
    let mut carried: Option<Columns> = None;
    for at in 0..pages.len() {
        let (before, page) = pages.split_at_mut(at);
        carried = tables_of(&mut page[0], None, before.last_mut(), carried.as_ref());
        // A table in a column of text reaches over no other.
        let columns = page[0].lines.iter().filter_map(|line| line.column).max();
        for column in columns.map_or(0..0, |last| 0..last + 1) {
            tables_of(&mut page[0], Some(column), None, None);
        }
    }
}

/// The same of one column of a page, or of what stands in none; the columns of the table that it ends in.
fn tables_of(
    page: &mut Page,
    column: Option<usize>,
    mut before: Option<&mut Page>,
    mut carried: Option<&Columns>,
) -> Option<Columns> {
    if page.lines.len() > LINES {
        return None;
    }
    let mut rows = rows_of_text(&page.lines, column);
    // A row that is torn at the end of the page before.
    if let (Some(columns), Some(first)) = (carried, rows.first())
        && let Some(last) =
            before.as_mut().and_then(|before| before.lines.iter_mut().rfind(|line| line.row.is_some()))
        && columns.gives_rest(first, rows.get(1), last)
    {
        for line in rows.remove(0).lines {
            page.lines[line].text.clear();
        }
    }
    let mut tables: Vec<(usize, Vec<Line>)> = Vec::new();
    let mut last = None;
    let (mut at, mut done) = (0, 0);
    while at < rows.len() {
        let is_of_run = |row: &&Row| (row.cells.len() > 1 || row.is_short) && !row.is_item();
        let end = at + rows[at..].iter().take_while(is_of_run).count();
        let end = at + end_of_table(&rows[at..end]);
        let (from, to) = trimmed(&rows[at..end]);
        let (from, mut to) = (at + from, at + to);
        // Only what begins a page goes on with a table of the one before.
        let above = carried.take_if(|_| from <= 1);
        let goes_on = above.is_some();
        let is_table =
            is_table(&rows[from..to]) || goes_on && rows[from..to].iter().any(Row::is_mostly_numbers);
        let columns = is_table
            .then(|| Columns::of(&rows[from..to], &rows[done.max(from.saturating_sub(HEADS))..from], above))
            .flatten();
        if let Some(mut columns) = columns {
            // Heads that stand closer to each other than cells of numbers do.
            let mut first = from;
            while first > done && columns.has_heads(&rows[first - 1], &rows[first]) {
                first -= 1;
            }
            // The rest of a cell of the last row.
            while to < end && columns.is_rest(&rows[to], &rows[to - 1]) {
                to += 1;
            }
            // Heads at the foot of the page before, of which a line can stand on this one.
            let is_rest = first == 1 && rows[0].is_rest_of_heads(&rows[1]);
            let heads = match &mut before {
                Some(before) if !goes_on && (first == 0 || is_rest) => columns.take_heads(before, &rows[0]),
                _ => Vec::new(),
            };
            let moved = heads.len();
            if moved > 0 {
                first = 0;
            }
            rows.splice(first..first, heads);
            columns.widen(&rows[first..to + moved]);
            tables.extend(table(page, &rows[first..to + moved], &columns));
            rows.drain(first..first + moved);
            done = to;
            last = Some((to, columns));
        }
        at = end.max(at + 1);
    }
    tables.sort_by_key(|(first, _)| std::cmp::Reverse(*first));
    for (first, table) in tables {
        page.lines.splice(first..first, table);
    }
    page.lines.retain(|line| !line.text.is_empty());
    last.filter(|(to, _)| *to == rows.len()).map(|(_, columns)| columns)
}

/// What stands at one height of a page.
#[derive(Debug)]
struct Row {
    place: Place,
    /// Lines of the page.
    lines: Vec<usize>,
    /// Its words, from the left.
    words: Vec<Word>,
    cells: Vec<Piece>,
    /// It is one cell of few words: the rest of one above or below.
    is_short: bool,
}

/// Words at one height that stand close to each other.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
}

impl Piece {
    /// Whether it is a number, a share, a span of years.
    fn is_number(&self) -> bool {
        is_number(&self.text)
    }
}

/// Where the table that a run begins with ends: with what is called between a row of numbers and one of heads, the next begins.
fn end_of_table(run: &[Row]) -> usize {
    let begins_next = |three: &[Row]| {
        three[0].has_value() && three[1].cells.len() == 1 && three[2].cells.len() > 1 && !three[2].has_value()
    };
    run.windows(3).position(begins_next).map_or(run.len(), |at| at + 1)
}

/// The rows of a column without footnotes, which stand below a table that goes on.
fn rows_of_text(lines: &[Line], column: Option<usize>) -> Vec<Row> {
    let mut rows = rows(lines, column);
    let notes = paragraphs::notes(&lines.iter().collect::<Vec<_>>());
    let is_note = |row: &&Row| row.cells.len() == 1 && row.lines.iter().all(|at| *at >= lines.len() - notes);
    let found = rows.iter().rev().take_while(is_note);
    let (count, of_notes) = found.fold((0, 0), |(count, lines), row| (count + 1, lines + row.lines.len()));
    if of_notes == notes {
        rows.truncate(rows.len() - count);
    }
    rows
}

/// The lines of a column of a page by their height, from the top.
fn rows(lines: &[Line], column: Option<usize>) -> Vec<Row> {
    let is_own = |at: &usize| lines[*at].row.is_none() && lines[*at].column == column;
    let mut order: Vec<usize> = (0..lines.len()).filter(is_own).collect();
    order.sort_by(|a, b| lines[*a].place.top.total_cmp(&lines[*b].place.top));
    let mut rows: Vec<Row> = Vec::new();
    for at in order {
        let place = lines[at].place;
        match rows.last_mut() {
            Some(row) if row.place.is_beside(&place) => {
                row.place = row.place.with(place);
                row.lines.push(at);
            }
            _ => rows.push(Row {
                place,
                lines: vec![at],
                words: Vec::new(),
                cells: Vec::new(),
                is_short: false,
            }),
        }
    }
    for row in &mut rows {
        let mut words: Vec<(usize, &Word)> =
            row.lines.iter().flat_map(|at| lines[*at].words.iter().map(move |word| (*at, word))).collect();
        words.sort_by(|a, b| a.1.place.left.total_cmp(&b.1.place.left));
        let mut cell: Vec<Word> = Vec::new();
        let mut before: Option<(usize, Place)> = None;
        for (line, word) in words.iter().copied() {
            let parted = before.is_some_and(|(own, place)| {
                let least = if own == line { APART } else { APART_IN_LINES };
                word.place.left - place.right > least * word.place.height()
            });
            if parted {
                row.push(&std::mem::take(&mut cell));
            }
            before = Some((line, word.place));
            cell.push(word.clone());
        }
        row.push(&cell);
        row.words = words.into_iter().map(|(_, word)| word.clone()).collect();
        row.is_short = row.cells.len() == 1 && row.cells[0].text.split(' ').count() <= 8;
    }
    rows
}

impl Row {
    fn push(&mut self, words: &[Word]) {
        if !words.is_empty() {
            self.cells.push(Piece { text: joined(words) });
        }
    }

    /// Whether it is an item of a list whose mark stands apart from its words.
    fn is_item(&self) -> bool {
        matches!(&self.cells[..], [mark, words]
            if mark.text.ends_with(['.', ')'])
                && mark.text.chars().count() <= MARK
                && words.text.split(' ').count() >= SENTENCE)
    }

    /// Whether most of its cells are numbers.
    fn is_mostly_numbers(&self) -> bool {
        self.cells.len() > 1 && self.numbers() * 2 >= self.cells.len()
    }

    /// Cells that are numbers, and not that of an item.
    fn numbers(&self) -> usize {
        let is_mark = |cell: &Piece| cell.text.ends_with(['.', ')', '/']);
        let numbers = self.cells.iter().enumerate().filter(|(_, cell)| cell.is_number());
        numbers.filter(|(at, cell)| *at > 0 || !is_mark(cell)).count()
    }

    /// Whether it begins as the rest of a cell does.
    fn may_go_on(&self) -> bool {
        self.words.first().is_some_and(|word| {
            word.text.starts_with(|letter: char| letter.is_lowercase() || letter.is_ascii_digit())
        })
    }

    /// Whether it may be the rest of heads of columns right above another row.
    fn is_rest_of_heads(&self, below: &Self) -> bool {
        self.is_short && !self.has_value() && below.place.top - self.place.foot < self.place.height()
    }

    /// Whether a value stands behind its first word.
    fn has_value(&self) -> bool {
        self.words.iter().skip(1).any(|word| is_data(&word.text))
    }
}

/// Where a run begins and ends without the single cells that it begins and ends with.
fn trimmed(run: &[Row]) -> (usize, usize) {
    let first = run.iter().position(|row| row.cells.len() > 1).unwrap_or(run.len());
    let last = run.iter().rposition(|row| row.cells.len() > 1).map_or(first, |last| last + 1);
    (first, last)
}

/// Whether rows are a table: several of cells, among which there are numbers in more than one row. The number of an item
/// stands apart from its words too.
fn is_table(run: &[Row]) -> bool {
    let parted = || run.iter().filter(|row| row.cells.len() > 1);
    let cells: usize = parted().map(|row| row.cells.len()).sum();
    let numbers: usize = parted().map(Row::numbers).sum();
    let singles = run.len() - parted().count();
    parted().count() >= 2
        && singles <= parted().count()
        && parted().filter(|row| row.numbers() > 0).count() >= 2
        && numbers * 100 >= cells * NUMBERS
}

/// The lines of a table, whose own lines are emptied, and which of these is the first.
fn table(page: &mut Page, run: &[Row], columns: &Columns) -> Option<(usize, Vec<Line>)> {
    let mut table: Vec<Shown> = Vec::new();
    let mut before: Option<(f64, bool)> = None;
    let heads: Vec<usize> =
        run.iter().take_while(|row| !row.has_value()).map(|row| columns.phrases(row).len()).collect();
    for (at, row) in run.iter().enumerate() {
        // Above a row that names more columns stand heads over several.
        let is_group =
            columns.0.len() <= GROUPED && heads.iter().skip(at + 1).any(|below| *below > heads[at]);
        let own = if is_group { columns.groups(row) } else { columns.cells(row) };
        let tight = before.is_some_and(|(foot, _)| row.place.top - foot < WRAPPED * row.place.height());
        // The rest of a cell stands close to the row that it belongs to: the one above, if the one below is no closer.
        let gap_below = run.get(at + 1).map_or(f64::MAX, |next| next.place.top - row.place.foot);
        let gap_above = before.map_or(f64::MAX, |(foot, _)| row.place.top - foot);
        let is_near = tight && gap_above <= gap_below;
        let goes_on = tight && !own.has_data && (own.count() > 1 || is_near);
        let both_heads = before.is_some_and(|(_, data_before)| !data_before);
        before = Some((row.place.foot, own.has_data));
        let Some(above) = table.last_mut() else {
            table.push(own);
            continue;
        };
        // What stands below a head that reaches over several columns is another row of heads.
        let is_below_wide = own.stands_below_wide(above);
        let is_rest = (goes_on && !is_below_wide && (own.count() == 1 || both_heads))
            || (is_near && own.goes_on_with_words_of(above));
        // The beginning of a cell whose numbers stand below.
        let is_beginning = own.has_data && above.count() == 1 && both_heads && tight;
        if is_rest || is_beginning {
            above.take(own);
        } else {
            table.push(own);
        }
    }
    let lines: Vec<usize> = run.iter().flat_map(|row| row.lines.iter().copied()).collect();
    let first = *lines.iter().min()?;
    let (block, column) = (page.lines[first].block, page.lines[first].column);
    for at in lines {
        page.lines[at].text.clear();
    }
    let rows = table.into_iter().enumerate().filter_map(|(at, shown)| {
        let row = Some(OfTable { first: at == 0, has_number: shown.has_data, columns: columns.0.len() });
        let text = block::row(&shown.cells)?;
        let Shown { place, cells, widths, .. } = shown;
        Some(Line { text, place, block, row, tops_column: false, column, words: Vec::new(), cells, widths })
    });
    Some((first, rows.collect()))
}

/// A row of a table as it is shown.
#[derive(Debug)]
struct Shown {
    place: Place,
    cells: Vec<RowCell>,
    /// The widths of their last lines.
    widths: Vec<f64>,
    /// A value stands in it.
    has_data: bool,
}

impl Shown {
    /// How many cells say something.
    fn count(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.words().is_empty()).count()
    }

    /// Whether a cell of it stands below one of another row that reaches over more columns.
    fn stands_below_wide(&self, above: &Self) -> bool {
        let is_covered = |at: usize| {
            above.cells[at] == RowCell::Covered || above.cells.get(at + 1) == Some(&RowCell::Covered)
        };
        (0..self.cells.len()).any(|at| is_covered(at) && !self.cells[at].words().is_empty())
    }

    /// Whether it is the rest of the words of a cell: such as the number at the end of a name.
    fn goes_on_with_words_of(&self, above: &Self) -> bool {
        let mut cells = self.cells.iter().zip(&above.cells).filter(|(own, _)| !own.words().is_empty());
        matches!((cells.next(), cells.next()), (Some((_, above)), None) if above.words().contains(char::is_alphabetic))
    }

    /// Takes what stands in the lines of the same row below.
    fn take(&mut self, below: Self) {
        for (width, below) in self.widths.iter_mut().zip(&below.widths) {
            *width = if *below > 0.0 { *below } else { *width };
        }
        for (above, below) in self.cells.iter_mut().zip(below.cells) {
            match (above, below) {
                (_, below) if below.words().is_empty() => {}
                (RowCell::Words(above), RowCell::Words(below)) => {
                    if !above.is_empty() {
                        above.push(' ');
                    }
                    above.push_str(&below);
                }
                (above, below) => *above = below,
            }
        }
        self.place = self.place.with(below.place);
        self.has_data |= below.has_data;
    }
}
