//! Which rule took which block of a page.

use serde::Serialize;

use super::body::{Cut, Cuts};
use super::outline::{Outline, Part};
use super::text::LeftOut;
use super::{Text, text};

/// A block of a page, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Its element: name, id and classes as in a selector.
    pub element: String,
    /// What became of it.
    pub fate: Fate,
    /// By which rule, in words.
    pub rule: String,
    /// Its text.
    pub text: String,
}

/// What became of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is in the article's text.
    Text,
    /// It is a caption.
    Caption,
    /// It is none of the article.
    Dropped,
}

impl Fate {
    /// How it is shown beside a block: `+` text, `c` caption, `-` none of the article.
    pub fn mark(self) -> char {
        match self {
            Self::Text => '+',
            Self::Caption => 'c',
            Self::Dropped => '-',
        }
    }
}

/// The blocks of a page in reading order, with what the reader of the page did with each.
pub(super) fn blocks(outline: &Outline<'_>, found: &Result<Text, Cuts>, drop_rows: &[String]) -> Vec<Block> {
    let cuts = found.as_ref().map_or_else(|cuts| cuts, |found| &found.cuts);
    let mut blocks = Vec::new();
    for at in outline.blocks(0..outline.parts.len()) {
        let part = &outline.parts[at];
        let cut = outline.around(at).find_map(|around| Some((around, cuts.at(around)?)));
        let (fate, rule) = match (found, cut) {
            (_, Some((around, cut))) => {
                let fate = if cut == Cut::Caption { Fate::Caption } else { Fate::Dropped };
                (fate, because(cut, &outline.parts[around], drop_rows))
            }
            (Err(_), None) => {
                (Fate::Dropped, "no part of the page is worth enough to be its text".to_owned())
            }
            (Ok(found), None) => {
                let body = name(&outline.parts[found.body]);
                // A block has several lines where it breaks them.
                let mut lines = found.lines.iter().filter(|line| line.at == at);
                let first = lines.clone().next();
                let line = lines.find(|line| line.left_out.is_none()).or(first);
                let inside = at >= found.body && at < outline.parts[found.body].end;
                match line.and_then(|line| line.left_out) {
                    _ if !inside => (Fate::Dropped, format!("it is outside of the body, {body}")),
                    None => (Fate::Text, format!("it is in the body, {body}")),
                    Some(LeftOut::Title) => (Fate::Dropped, "it is the title, or above it".to_owned()),
                    Some(LeftOut::LeadsAway) => {
                        (Fate::Dropped, "drop_lines: it only leads elsewhere".to_owned())
                    }
                    Some(LeftOut::NoWords) => (Fate::Dropped, "it has no words".to_owned()),
                    Some(LeftOut::Credit) => {
                        (Fate::Caption, "credits: it says who took a picture".to_owned())
                    }
                    Some(LeftOut::Comments) => {
                        (Fate::Dropped, "end_lines: it stands among what readers wrote".to_owned())
                    }
                    Some(LeftOut::Imprint) => {
                        (Fate::Dropped, "imprint: it says who publishes the site".to_owned())
                    }
                    Some(LeftOut::Garbled) => (Fate::Dropped, "its letters are broken".to_owned()),
                    Some(LeftOut::Label) => {
                        (Fate::Dropped, "it is a short line before or after the text".to_owned())
                    }
                }
            }
        };
        blocks.push(Block { element: name(part), fate, rule, text: text::own_words(outline, at) });
    }
    blocks
}

fn because(cut: Cut, part: &Part<'_>, drop_rows: &[String]) -> String {
    let name = name(part);
    match cut {
        Cut::Row(row) => {
            let row = drop_rows.get(usize::from(row)).map_or("", String::as_str);
            format!("drop: the row {row} fits {name}")
        }
        Cut::Word => format!("drop_words: a word in the name of {name}"),
        Cut::WeakWord => format!("weak_words: a word in the name of {name}"),
        Cut::Record => format!("the source's record drops {name}"),
        Cut::Caption => format!("it is the caption {name}"),
        Cut::Consent => format!("consent_words: {name} asks for consent"),
        Cut::Struck => format!("struck: {name} is struck out"),
        Cut::Links => format!("{name} holds more links than text"),
    }
}

/// An element as a selector would name it.
fn name(part: &Part<'_>) -> String {
    let mut name = part.name().to_owned();
    if let Some(id) = part.attr("id").filter(|id| !id.is_empty()) {
        name.push('#');
        name.push_str(id);
    }
    for class in part.attr("class").unwrap_or_default().split_ascii_whitespace().take(4) {
        name.push('.');
        name.push_str(class);
    }
    name
}
