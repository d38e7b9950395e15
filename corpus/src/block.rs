//! The structure of an article: a tree over spans of its text.
//!
//! A heading holds what follows it until a heading of the same or a higher rank, a line that opens a list holds the items,
//! an item those below it. Readers say of lines what their form knows ([`Mark`]); what they do not know is read from the
//! lines themselves, by [`of`], with the words of `rules/blocks.toml`.

mod line;
mod marker;
mod pieces;
mod table;
#[cfg(test)]
mod tests;
mod words;

use serde::{Deserialize, Serialize};

use crate::Span;
use line::Line;
use marker::Class;
pub use pieces::{is_abbreviation, is_glued_sentence};
pub use table::{RowCell, row};

/// A part of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its place in the text, without blanks around it, with its marker. A table's holds its rows, a row's its cells.
    pub span: Span,
    /// Headings: rank, items: depth, both counted from 1 (the highest); cells: column, rows: row, both counted from 0.
    pub rank: u8,
    /// The sign that it begins with: `I.`, `a)`, `-`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<Span>,
    /// The block that it stands under: of a row its table, of others the heading, item or opening line. It comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
    /// Whether a row or a cell names what stands below it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub heads: bool,
    /// Columns to its right that a cell reaches over.
    #[serde(default, skip_serializing_if = "is_none")]
    pub covers: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands on references")]
fn is_none(covered: &u8) -> bool {
    *covered == 0
}

/// What a part of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The headline, where the text repeats it.
    Title,
    /// The first paragraph of a text that has a headline.
    Lede,
    /// Names what follows it.
    Heading,
    /// Running text.
    Paragraph,
    /// One entry of a list.
    Item,
    /// Rows.
    Table,
    /// Cells.
    Row,
    /// One cell of a row.
    Cell,
    /// What stands over a table or under a picture.
    Caption,
    /// The line over a table that names its unit.
    UnitLine,
    /// A note to the text.
    Footnote,
    /// Bodies, number, place and date over an administrative document.
    Letterhead,
    /// Who signed, and to whom it goes.
    Signature,
    /// A paragraph that is wholly somebody's words.
    Quotation,
}

impl BlockKind {
    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lede => "lede",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Table => "table",
            Self::Row => "row",
            Self::Cell => "cell",
            Self::Caption => "caption",
            Self::UnitLine => "unit-line",
            Self::Footnote => "footnote",
            Self::Letterhead => "letterhead",
            Self::Signature => "signature",
            Self::Quotation => "quotation",
        }
    }

    /// Whether sentences stand in it: tables and rows only hold others.
    pub fn has_text(self) -> bool {
        !matches!(self, Self::Table | Self::Row)
    }
}

/// What the form of a document says about one line of its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The line.
    pub span: Span,
    /// What it is.
    pub form: Form,
}

/// What a form can know about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A heading of this rank, 1 to 6.
    Heading(u8),
    /// All of it is bold, or larger than the text around it.
    Bold,
    /// An item of a list, this deep, from 1.
    Item(u8),
    /// A row of a table, its cells between ` | `; whether they are heads.
    Row {
        /// Whether the cells name columns.
        heads: bool,
        /// Whether it begins another table than the row before.
        first: bool,
    },
    /// A caption.
    Caption,
    /// A quotation set apart.
    Quotation,
    /// A footnote.
    Footnote,
}

/// What lies on the way from a line up to the whole text.
#[derive(Clone, Copy)]
struct Open {
    class: Class,
    block: u32,
    heading: bool,
    rank: u8,
}

/// The blocks of a text in reading order; parents come before what stands under them. `title` is the headline, where it
/// is known.
pub fn of(text: &str, marks: &[Mark], title: Option<&str>) -> Vec<Block> {
    let lines = line::read(text, marks, title);
    let mut tree = Tree { blocks: Vec::with_capacity(lines.len()), open: Vec::new() };
    let mut at = 0;
    while at < lines.len() {
        if lines[at].kind == BlockKind::Row {
            let rows = lines[at..].iter().enumerate().take_while(|(place, line)| {
                line.kind == BlockKind::Row && (*place == 0 || !line.begins_table())
            });
            let count = rows.count();
            table::read(text, &lines[at..at + count], tree.top(), &mut tree.blocks);
            at += count;
        } else {
            tree.add(&lines[at]);
            at += 1;
        }
    }
    tree.blocks
}

struct Tree {
    blocks: Vec<Block>,
    open: Vec<Open>,
}

impl Tree {
    fn top(&self) -> Option<u32> {
        self.open.last().map(|open| open.block)
    }

    fn add(&mut self, line: &Line) {
        let class = line.class;
        let heading = line.kind == BlockKind::Heading;
        match line.kind {
            BlockKind::Heading | BlockKind::Item => self.make_room(class, heading),
            // What is no list ends one; a note or a caption between items does not.
            BlockKind::Caption | BlockKind::UnitLine | BlockKind::Footnote => {}
            _ => {
                while self.open.last().is_some_and(|open| !open.heading) {
                    self.open.pop();
                }
            }
        }
        let ranks = |heading: bool| {
            self.open.iter().rev().find(|open| open.heading == heading && open.class != Class::Opener)
        };
        let rank = match line.kind {
            BlockKind::Heading => ranks(true).map_or(0, |open| open.rank).saturating_add(1),
            BlockKind::Item => ranks(false).map_or(0, |open| open.rank).saturating_add(1),
            _ => 0,
        };
        let block = u32::try_from(self.blocks.len()).expect("texts are shorter than 4 GiB");
        let parent = self.top();
        self.blocks.push(Block {
            kind: line.kind,
            span: line.span,
            rank,
            marker: line.marker,
            parent,
            heads: false,
            covers: 0,
        });
        if matches!(line.kind, BlockKind::Heading | BlockKind::Item) {
            self.open.push(Open { class, block, heading, rank });
        } else if line.opens {
            self.open.push(Open { class: Class::Opener, block, heading: false, rank: 0 });
        }
    }

    /// Closes what a heading or an item of this class ends.
    fn make_room(&mut self, class: Class, heading: bool) {
        if let Some(same) =
            self.open.iter().rposition(|open| open.class == class && (!heading || open.heading))
        {
            self.open.truncate(same);
            return;
        }
        while let Some(open) = self.open.last() {
            let ends = match open.class {
                // A list stands under the line that opens it, whatever its signs; a heading does not.
                Class::Opener => heading,
                other => other.order() > class.order() || heading && !open.heading,
            };
            if !ends {
                break;
            }
            self.open.pop();
        }
    }
}
