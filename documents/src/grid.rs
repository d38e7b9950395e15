//! The tables of printed pages: rows of cells whose columns are the gutters between them.

use corpus::block::{self, RowCell};

use crate::layout::{Line, OfTable, Page, Place, Word, joined};
use crate::paragraphs;
use crate::table::{is_data, is_number};

/// Two words of a line stand in two cells where they are further apart than this part of their height.
const APART: f64 = 1.2;
/// The same for two words that the reader of the file put in two lines.
const APART_IN_LINES: f64 = 0.6;
/// Two lines of one cell are no further apart than this part of their height.
const WRAPPED: f64 = 0.45;
/// A gutter between two columns is at least this part of the height of lines wide, and where there are few rows this one.
const GUTTER: f64 = 0.3;
const WIDE_GUTTER: f64 = 0.9;
/// Rows from which blanks between words do not stand one below the other by chance.
const SURE_ROWS: usize = 4;
/// Rows of heads above the first row with numbers that are looked at.
const HEADS: usize = 2;
/// Words of one head are no further apart than this part of their height.
const BLANK: f64 = 0.5;
/// Cells in a hundred that are numbers, from which rows are a table. The heads of letters and the names of signers stand
/// side by side too.
const NUMBERS: usize = 25;
/// Columns of a table up to which heads over several are looked for.
const GROUPED: usize = 64;
/// A column that no head reaches over counts as if one stood this many heights of a line beside its middle.
const MISSED: f64 = 0.5;
/// The width of a blank as a part of the height of a line.
const SPACE: f64 = 0.2;
/// Rows from which numbers do not begin at one place by chance, and how far apart one place is, in points.
const ALIGNED: usize = 3;
const ONE_PLACE: f64 = 0.6;
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

/// Where the columns of a table begin and end, from the left.
#[derive(Clone, Debug)]
struct Columns(Vec<(f64, f64)>);

impl Columns {
    /// The columns of rows: what white gutters part that go through all rows with numbers. With few rows blanks between words
    /// can stand one below the other by chance, so a gutter must be wider there, unless the table goes on from the page before.
    /// Heads above that name each column make narrow gutters sure too.
    fn of(run: &[Row], heads: &[Row], carried: Option<&Self>) -> Option<Self> {
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
    fn parted(rows: &[&Row], gutter: f64) -> Option<Self> {
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
    fn is_rest(&self, row: &Row, above: &Row) -> bool {
        row.may_go_on()
            && row.place.top - above.place.foot < WRAPPED * row.place.height()
            && self.cells(row).goes_on_with_words_of(&self.cells(above))
    }

    /// The same for the last row of the page before, which takes it then.
    fn gives_rest(&self, row: &Row, below: Option<&Row>, above: &mut Line) -> bool {
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
    fn has_heads(&self, row: &Row, below: &Row) -> bool {
        below.place.top - row.place.foot < row.place.height() && self.names(row)
    }

    /// Takes the heads of these columns from the foot of a page, where the table begins the next one with this row: its words
    /// are the rest of heads, or values. They stand right above it then.
    fn take_heads(&self, page: &mut Page, first: &Row) -> Vec<Row> {
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
    fn names(&self, row: &Row) -> bool {
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
    fn widen(&mut self, run: &[Row]) {
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
    fn of_place(&self, place: f64) -> usize {
        let ends = self.0.windows(2).map(|pair| f64::midpoint(pair[0].1, pair[1].0));
        ends.take_while(|end| place >= *end).count()
    }

    /// The first and the last of the columns that something stands over.
    fn reach(&self, left: f64, right: f64) -> (usize, usize) {
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
    fn spread(&self, phrases: &[Vec<Word>]) -> Vec<(usize, usize)> {
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
    fn phrases(&self, row: &Row) -> Vec<Vec<Word>> {
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
    fn groups(&self, row: &Row) -> Shown {
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
    fn cells(&self, row: &Row) -> Shown {
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
    fn shown(&self, row: &Row, phrases: &[Vec<Word>], places: Vec<(usize, usize)>) -> Shown {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{page, texts};

    #[test]
    fn cells_that_stand_side_by_side_are_rows() {
        let check = |what: &str, lines: &[(f64, f64, &str)], expected: &[&str]| {
            let mut pages = [page(lines)];
            find_tables(&mut pages);
            assert_eq!(texts(&pages[0]), expected, "{what}");
        };
        check(
            "a plain table, given by columns",
            &[
                (60.0, 40.0, "Toàn huyện có 717 hộ."),
                (60.0, 80.0, "Xã"),
                (60.0, 100.0, "Nà Phai"),
                (60.0, 120.0, "Tổng số"),
                (250.0, 80.0, "Số hộ"),
                (250.0, 100.0, "412"),
                (250.0, 120.0, "717"),
                (400.0, 80.0, "Diện tích (ha)"),
                (400.0, 120.0, "63,5"),
                (60.0, 160.0, "Các xã tiếp tục."),
            ],
            &[
                "Toàn huyện có 717 hộ.",
                "Xã | Số hộ | Diện tích (ha)",
                "Nà Phai | 412",
                "Tổng số | 717 | 63,5",
                "Các xã tiếp tục.",
            ],
        );
        check(
            "cells of two lines",
            &[
                (60.0, 80.0, "Chỉ tiêu"),
                (250.0, 80.0, "Năm"),
                (60.0, 100.0, "Hộ nghèo theo"),
                (250.0, 100.0, "412"),
                (60.0, 114.0, "chuẩn mới"),
                (60.0, 140.0, "Thu ngân sách"),
                (250.0, 140.0, "35,4"),
            ],
            &["Chỉ tiêu | Năm", "Hộ nghèo theo chuẩn mới | 412", "Thu ngân sách | 35,4"],
        );
        check(
            "heads in the middle of the columns that they reach over",
            &[
                (80.0, 60.0, "Xã"),
                (205.0, 60.0, "Diện tích"),
                (405.0, 60.0, "Sản lượng"),
                (180.0, 76.0, "Giao"),
                (280.0, 76.0, "Đạt"),
                (380.0, 76.0, "Giao"),
                (480.0, 76.0, "Đạt"),
                (40.0, 96.0, "A"),
                (200.0, 96.0, "412"),
                (300.0, 96.0, "305"),
                (400.0, 96.0, "717"),
                (500.0, 96.0, "633"),
                (40.0, 116.0, "B"),
                (300.0, 116.0, "99"),
                (500.0, 116.0, "87"),
            ],
            &[
                "Xã | Diện tích || Sản lượng ||",
                "|  | Giao | Đạt | Giao | Đạt",
                "A | 412 | 305 | 717 | 633",
                "B |  | 99 |  | 87",
            ],
        );
        check(
            "items whose numbers stand apart",
            &[
                (60.0, 80.0, "1."),
                (110.0, 80.0, "Diện tích chè đạt 412 ha, giá 24.000 đồng"),
                (60.0, 100.0, "2."),
                (110.0, 100.0, "Diện tích quế đạt 305 ha, giá 31.000 đồng"),
            ],
            &[
                "1.",
                "Diện tích chè đạt 412 ha, giá 24.000 đồng",
                "2.",
                "Diện tích quế đạt 305 ha, giá 31.000 đồng",
            ],
        );
        check(
            "two tables, of which the second has other columns",
            &[
                (60.0, 80.0, "Năm"),
                (200.0, 80.0, "Nam"),
                (300.0, 80.0, "Nữ"),
                (60.0, 100.0, "2012"),
                (200.0, 100.0, "412"),
                (300.0, 100.0, "305"),
                (60.0, 120.0, "2013"),
                (200.0, 120.0, "99"),
                (300.0, 120.0, "87"),
                (60.0, 140.0, "Biểu 2. Lao động"),
                (60.0, 160.0, "Huyện Khê"),
                (250.0, 160.0, "Tổng"),
                (60.0, 180.0, "Nà Phai và các xã ở trên"),
                (250.0, 180.0, "1.717"),
                (60.0, 200.0, "Tân Lễ và các xã ở dưới"),
                (250.0, 200.0, "2.633"),
            ],
            &[
                "Năm | Nam | Nữ",
                "2012 | 412 | 305",
                "2013 | 99 | 87",
                "Biểu 2. Lao động",
                "Huyện Khê | Tổng",
                "Nà Phai và các xã ở trên | 1.717",
                "Tân Lễ và các xã ở dưới | 2.633",
            ],
        );
        check(
            "numbers that begin at one place, close to words",
            &[
                (60.0, 80.0, "Xã"),
                (110.0, 80.0, "Hộ"),
                (200.0, 80.0, "Rừng"),
                (60.0, 100.0, "Xã Bắc"),
                (110.0, 100.0, "412"),
                (200.0, 100.0, "1.250"),
                (60.0, 120.0, "Xã Nà Cò"),
                (110.0, 120.0, "305"),
                (200.0, 120.0, "987"),
                (60.0, 140.0, "Xã Nam"),
                (110.0, 140.0, "717"),
                (200.0, 140.0, "2.044"),
            ],
            &["Xã | Hộ | Rừng", "Xã Bắc | 412 | 1.250", "Xã Nà Cò | 305 | 987", "Xã Nam | 717 | 2.044"],
        );
        check(
            "items above a table",
            &[
                (60.0, 80.0, "1."),
                (110.0, 80.0, "Diện tích chè của cả huyện đạt 412 ha"),
                (60.0, 100.0, "2."),
                (110.0, 100.0, "Diện tích quế của cả huyện đạt 305 ha"),
                (60.0, 120.0, "Xã"),
                (250.0, 120.0, "Hộ"),
                (60.0, 140.0, "Nà Phai"),
                (250.0, 140.0, "99"),
                (60.0, 160.0, "Tân Lễ"),
                (250.0, 160.0, "87"),
            ],
            &[
                "1.",
                "Diện tích chè của cả huyện đạt 412 ha",
                "2.",
                "Diện tích quế của cả huyện đạt 305 ha",
                "Xã | Hộ",
                "Nà Phai | 99",
                "Tân Lễ | 87",
            ],
        );
        check(
            "the head of a letter",
            &[
                (60.0, 40.0, "ỦY BAN NHÂN DÂN"),
                (60.0, 56.0, "TỈNH SƠN KHÊ"),
                (60.0, 72.0, "Số: 77/BC-UBND"),
                (300.0, 40.0, "CỘNG HÒA XÃ HỘI"),
                (300.0, 56.0, "Độc lập - Tự do"),
                (300.0, 72.0, "Sơn Khê, ngày 5 tháng 3 năm 2021"),
            ],
            &[
                "ỦY BAN NHÂN DÂN",
                "TỈNH SƠN KHÊ",
                "Số: 77/BC-UBND",
                "CỘNG HÒA XÃ HỘI",
                "Độc lập - Tự do",
                "Sơn Khê, ngày 5 tháng 3 năm 2021",
            ],
        );
    }

    #[test]
    fn tables_go_on_over_the_end_of_a_page() {
        let check = |what: &str, pages: [&[(f64, f64, &str)]; 2], expected: [&[&str]; 2]| {
            let mut pages = pages.map(page);
            find_tables(&mut pages);
            assert_eq!([texts(&pages[0]), texts(&pages[1])], expected, "{what}");
        };
        let heads = [(50.0, 700.0, "STT"), (160.0, 700.0, "Xã"), (260.0, 700.0, "Diện tích")];
        let numbers = [
            (40.0, 60.0, "1"),
            (120.0, 60.0, "Nà Phai"),
            (250.0, 60.0, "412"),
            (40.0, 80.0, "2"),
            (120.0, 80.0, "Tân Lễ"),
            (250.0, 80.0, "305"),
        ];
        check(
            "heads at the foot of the page",
            [&heads, &numbers],
            [&[], &["STT | Xã | Diện tích", "1 | Nà Phai | 412", "2 | Tân Lễ | 305"]],
        );
        let torn = [&heads[..], &[(260.0, 40.0, "(ha)")], &numbers];
        check(
            "heads that are torn",
            [torn[0], &[torn[1], torn[2]].concat()],
            [&[], &["STT | Xã | Diện tích (ha)", "1 | Nà Phai | 412", "2 | Tân Lễ | 305"]],
        );
        let below = |lines: &[(f64, f64, &'static str)]| -> Vec<(f64, f64, &str)> {
            lines.iter().map(|(left, top, text)| (*left, top + 20.0, *text)).collect()
        };
        let before = below(&numbers);
        let before =
            [&[(50.0, 60.0, "STT"), (160.0, 60.0, "Xã"), (260.0, 60.0, "Diện tích")], &before[..]].concat();
        let rows = ["STT | Xã | Diện tích", "1 | Nà Phai | 412"];
        check(
            "a name that is torn, and a single row",
            [&before, &[(120.0, 40.0, "2"), (40.0, 60.0, "3"), (120.0, 60.0, "Lục Hà"), (250.0, 60.0, "99")]],
            [&[rows[0], rows[1], "2 | Tân Lễ 2 | 305"], &["3 | Lục Hà | 99"]],
        );
        check(
            "what stands below a table is no rest of it",
            [&before, &[(120.0, 40.0, "Người lập biểu ký tên"), (60.0, 60.0, "Hà Văn Sín")]],
            [&[rows[0], rows[1], "2 | Tân Lễ | 305"], &["Người lập biểu ký tên", "Hà Văn Sín"]],
        );
    }
}
