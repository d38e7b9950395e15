//! The captions of a page's pictures, which are none of its text.

use scraper::Selector;

use super::body::{Cut, Cuts};
use super::knowledge::Words;
use super::outline::{Content, Role};
use super::{Reader, text};

/// Letters of a paragraph in a figure that is more than a caption.
const FIGURE_TEXT: u32 = 80;

impl Reader<'_> {
    /// Takes the captions out of the body.
    pub(super) fn captions(&self, body: usize, by_template: &[Selector], cuts: &mut Cuts) -> Vec<String> {
        let outline = self.outline;
        let mut captions = Vec::new();
        // The picture above a text stands between headline and body.
        let mut at = outline.heading_before(body).unwrap_or(body) + 1;
        while at < outline.parts[body].end {
            let part = &outline.parts[at];
            let here = at;
            at += 1;
            let Some(element) = part.element() else { continue };
            if cuts.at(here).is_some() {
                at = part.end;
                continue;
            }
            let below = || outline.parts[here..part.end].iter();
            let holds = |name: &str| below().any(|part| part.name() == name);
            let is_caption = match part.role {
                _ if here <= body && part.end > body => false,
                Role::Caption => true,
                Role::Figure => (!holds("table") || holds("img")) && !self.holds_text(here),
                _ if here <= body => false,
                // A picture in a table with a line below is how older editors set captions.
                Role::Table => outline.letters(here) < 600 && holds("img"),
                Role::Paragraph if part.own.stops == 0 && holds("img") && self.is_in_italics(here) => true,
                _ => {
                    let length = outline.letters(here);
                    let called = part.words.has(Words::CAPTION)
                        || (part.words.has(Words::PICTURE) && length < 400 && holds("img"))
                        || by_template.iter().any(|selector| selector.matches(&element));
                    called && length < 1_000 && !matches!(part.name(), "body" | "article" | "main")
                }
            };
            if is_caption {
                let words = text::words(outline, here, cuts);
                cuts.cut(here, Cut::Caption);
                if !words.is_empty() && !captions.contains(&words) {
                    captions.push(words);
                }
                at = part.end;
            }
        }
        captions
    }

    /// Whether all words of a block are set in italics, as those under a picture are.
    fn is_in_italics(&self, block: usize) -> bool {
        let outline = self.outline;
        let mut own = (block + 1..outline.parts[block].end).filter(|at| {
            outline.parts[*at].own.letters() > 0
                || matches!(outline.parts[*at].content, Content::Text(text) if !text.trim().is_empty())
        });
        let in_italics = |at: usize| {
            let mut around = outline.around(at).take_while(|around| *around > block);
            around.any(|around| matches!(outline.parts[around].name(), "em" | "i"))
        };
        own.all(in_italics)
    }

    /// Whether a figure has paragraphs of the text beside its caption: some editors put all of it into one. A single one can be
    /// a caption itself, unless there is another.
    fn holds_text(&self, figure: usize) -> bool {
        let outline = self.outline;
        let inside = figure..outline.parts[figure].end;
        let has_caption = outline.parts[inside.clone()].iter().any(|part| part.role == Role::Caption);
        let is_text = |at: &usize| {
            let part = &outline.parts[*at];
            let in_caption = || {
                outline
                    .around(*at)
                    .take_while(|around| *around > figure)
                    .any(|around| outline.parts[around].role == Role::Caption)
            };
            part.role == Role::Paragraph
                && part.own.running >= FIGURE_TEXT
                && (part.own.stops > 1 || has_caption && part.own.stops > 0)
                && !in_caption()
        };
        outline.blocks(inside).filter(is_text).nth(usize::from(!has_caption)).is_some()
    }
}
