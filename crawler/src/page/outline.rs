//! The tree of a page as one flat list: elements and texts in document order, each with the end of what is below it,
//! the rows of the tables that fit it, and the letters of its own text. All later steps walk this list and not the tree.

use std::ops::Range;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use hashbrown::HashMap;
use scraper::{ElementRef, Html, Node};

use super::knowledge::{Kind, Knowledge, Words};

/// The list.
pub(super) struct Outline<'a> {
    /// Elements and texts in document order. The first is `html`.
    pub(super) parts: Vec<Part<'a>>,
    /// For each kind of row, the rows that fit and the element that they fit, in document order.
    fits: [Vec<(u16, usize)>; Kind::ALL],
    /// `h1` elements.
    pub(super) headings: Vec<usize>,
    /// `meta` elements.
    pub(super) metas: Vec<ElementRef<'a>>,
    /// `script` elements.
    pub(super) scripts: Vec<ElementRef<'a>>,
    /// The first `title` element.
    pub(super) title: Option<ElementRef<'a>>,
}

/// An element or a text.
pub(super) struct Part<'a> {
    /// Which.
    pub(super) content: Content<'a>,
    /// What it does in the text.
    pub(super) role: Role,
    /// The element around it; the first part is its own.
    pub(super) parent: usize,
    /// Where the parts below it end.
    pub(super) end: usize,
    /// What the words of its class and id say.
    pub(super) words: Words,
    /// What stands in this block itself and in the inline elements of it, not in blocks below.
    pub(super) own: Amount,
}

/// What a part is.
#[derive(Clone, Copy)]
pub(super) enum Content<'a> {
    Element(ElementRef<'a>),
    Text(&'a str),
}

/// Letters of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// Outside of links.
    pub(super) running: u32,
    /// In links.
    pub(super) linked: u32,
    /// Sentence ends and commas outside of links.
    pub(super) stops: u32,
}

impl Amount {
    pub(super) fn add(&mut self, other: Self) {
        self.running = self.running.saturating_add(other.running);
        self.linked = self.linked.saturating_add(other.linked);
        self.stops = self.stops.saturating_add(other.stops);
    }

    /// All letters.
    pub(super) fn letters(self) -> u32 {
        self.running.saturating_add(self.linked)
    }
}

/// What an element does in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A text.
    Text,
    /// Stands inside a line.
    Inline,
    /// A link, inside a line.
    Link,
    /// Ends a line.
    Break,
    Paragraph,
    Heading,
    Item,
    List,
    Table,
    Row,
    Cell,
    Figure,
    Caption,
    /// Any other block.
    Block,
    /// Has no text that readers see.
    Silent,
}

impl Role {
    fn of(name: &str) -> Self {
        match name {
            "a" => Self::Link,
            "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del" | "dfn"
            | "em" | "font" | "i" | "ins" | "kbd" | "label" | "mark" | "nobr" | "q" | "rp" | "rt"
            | "ruby" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "time"
            | "tt" | "u" | "var" | "wbr" | "img" | "picture" | "source" | "amp-img" => Self::Inline,
            "br" | "hr" => Self::Break,
            "p" | "blockquote" | "pre" | "dd" | "dt" => Self::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "li" => Self::Item,
            "ul" | "ol" | "dl" => Self::List,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "figure" => Self::Figure,
            "figcaption" => Self::Caption,
            "head" | "script" | "style" | "template" | "noscript" | "title" | "svg" | "math" => Self::Silent,
            _ => Self::Block,
        }
    }

    /// Whether it stands inside a line.
    pub(super) fn is_inline(self) -> bool {
        matches!(self, Self::Text | Self::Inline | Self::Link)
    }
}

impl<'a> Outline<'a> {
    /// The words of a part and of what is below it, as far as a heading or a link goes.
    pub(super) fn words(&self, at: usize) -> String {
        /// Parts that are looked at: elements that nobody closed hold the rest of the page.
        const PARTS: usize = 100;
        let words: Vec<&str> = self.parts[at..self.parts[at].end]
            .iter()
            .take(PARTS)
            .filter_map(|part| if let Content::Text(text) = part.content { Some(text) } else { None })
            .flat_map(str::split_whitespace)
            .collect();
        words.join(" ")
    }

    /// Reads a tree in one pass.
    pub(super) fn read(page: &'a Html, knowledge: &Knowledge) -> Self {
        let mut outline = Self {
            parts: Vec::with_capacity(4_096),
            fits: Default::default(),
            headings: Vec::new(),
            metas: Vec::new(),
            scripts: Vec::new(),
            title: None,
        };
        let mut known: HashMap<&'a str, Words> = HashMap::with_capacity(512);
        // The open elements: each with the block that its text belongs to and whether it is in a link; and how many of
        // them are silent.
        let mut open: Vec<(usize, usize, bool)> = Vec::new();
        let mut silent = 0_usize;
        for edge in page.root_element().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Text(text) if silent == 0 => {
                        let text: &'a str = text;
                        let Some(&(parent, block, linked)) = open.last() else { continue };
                        let amount = measure(text, linked);
                        outline.parts[block].own.add(amount);
                        outline.push(Content::Text(text), Role::Text, parent, Words::default());
                    }
                    Node::Element(_) => {
                        let Some(element) = ElementRef::wrap(node) else { continue };
                        let at = outline.parts.len();
                        let role = Role::of(element.value().name());
                        outline.note(element, role);
                        let mut words = Words::default();
                        if silent == 0 {
                            for (key, name) in element.value().attrs() {
                                if key == "class" || key == "id" {
                                    words |= *known.entry(name).or_insert_with(|| knowledge.words_of(name));
                                }
                            }
                            for (kind, row) in knowledge.rows_of(&element) {
                                outline.fits[kind as usize].push((row, at));
                            }
                        }
                        silent += usize::from(role == Role::Silent);
                        let &(parent, block, linked) = open.last().unwrap_or(&(0, 0, false));
                        outline.push(Content::Element(element), role, parent, words);
                        let block = if role.is_inline() { block } else { at };
                        open.push((at, block, linked || role == Role::Link));
                    }
                    _ => {}
                },
                Edge::Close(node) if node.value().is_element() => {
                    if let Some((at, ..)) = open.pop() {
                        silent -= usize::from(outline.parts[at].role == Role::Silent);
                        outline.parts[at].end = outline.parts.len();
                    }
                }
                Edge::Close(_) => {}
            }
        }
        outline
    }

    fn push(&mut self, content: Content<'a>, role: Role, parent: usize, words: Words) {
        let end = self.parts.len() + 1;
        self.parts.push(Part { content, role, parent, end, words, own: Amount::default() });
    }

    fn note(&mut self, element: ElementRef<'a>, role: Role) {
        match element.value().name() {
            "h1" => self.headings.push(self.parts.len()),
            "meta" => self.metas.push(element),
            "script" => self.scripts.push(element),
            "title" if self.title.is_none() && role == Role::Silent => {
                // The title of a drawing is none of the page.
                let in_drawing = element.parent().and_then(ElementRef::wrap);
                if in_drawing.is_none_or(|around| around.value().name() != "svg") {
                    self.title = Some(element);
                }
            }
            _ => {}
        }
    }

    /// The rows of a kind that fit, with the elements that they fit, in document order.
    pub(super) fn fits(&self, kind: Kind) -> &[(u16, usize)] {
        &self.fits[kind as usize]
    }

    /// The elements that rows of a kind fit: those of the first row first.
    pub(super) fn by_row(&self, kind: Kind) -> Vec<usize> {
        let mut fits = self.fits(kind).to_vec();
        fits.sort_unstable();
        fits.into_iter().map(|(_, at)| at).collect()
    }

    /// Where an element of the tree stands.
    pub(super) fn find(&self, node: NodeId) -> Option<usize> {
        self.parts.iter().position(|part| part.element().is_some_and(|element| element.id() == node))
    }

    /// A part and the elements around it, from the inside.
    pub(super) fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |at| (*at > 0).then(|| self.parts[*at].parent))
    }

    /// The parts directly below one.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.parts[at].end;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let here = (next < end).then_some(next)?;
            next = self.parts[here].end;
            Some(here)
        })
    }

    /// The last headline before a part.
    pub(super) fn heading_before(&self, at: usize) -> Option<usize> {
        self.headings.iter().rev().copied().find(|heading| *heading < at)
    }

    /// The blocks among some parts that have text of their own.
    pub(super) fn blocks(&self, among: Range<usize>) -> impl DoubleEndedIterator<Item = usize> + '_ {
        among.filter(|at| self.parts[*at].is_block_of_text())
    }

    /// The texts in a part, in reading order.
    pub(super) fn texts(&self, at: usize) -> impl Iterator<Item = &'a str> + '_ {
        self.parts[at..self.parts[at].end].iter().filter_map(|part| match part.content {
            Content::Text(text) => Some(text),
            Content::Element(_) => None,
        })
    }

    /// Letters of the texts in an element, inline or not, if they are at most `most` and more than none.
    pub(super) fn text_letters(&self, at: usize, most: u32) -> Option<u32> {
        let mut letters = 0_u32;
        for text in self.texts(at) {
            letters = letters.saturating_add(measure(text, false).running);
            if letters > most {
                return None;
            }
        }
        (letters > 0).then_some(letters)
    }

    /// Letters of the texts in an element, inline or not.
    pub(super) fn letters_below(&self, at: usize) -> u32 {
        self.text_letters(at, u32::MAX).unwrap_or(0)
    }

    /// Letters of all text below a part.
    pub(super) fn letters(&self, at: usize) -> usize {
        self.parts[at..self.parts[at].end].iter().map(|part| part.own.letters() as usize).sum()
    }
}

impl<'a> Part<'a> {
    pub(super) fn element(&self) -> Option<ElementRef<'a>> {
        match self.content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }

    /// Name of the element; empty for a text.
    pub(super) fn name(&self) -> &'a str {
        match self.content {
            Content::Element(element) => element.value().name(),
            Content::Text(_) => "",
        }
    }

    /// Whether it is a block with text of its own.
    pub(super) fn is_block_of_text(&self) -> bool {
        !self.role.is_inline() && self.own.letters() > 0
    }

    pub(super) fn attr(&self, name: &str) -> Option<&'a str> {
        attr(self.element()?, name)
    }
}

/// The value of an attribute. Elements have few, so they are looked through: `Element::attr` makes an atom of the name
/// first.
pub(super) fn attr<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    let mut all = element.value().attrs.iter();
    all.find(|(key, _)| *key.local == *name && key.ns.is_empty()).map(|(_, value)| &**value)
}

/// The letters of a text. A letter of a script that writes words without blanks counts as three, since a word there
/// has that much fewer of them.
fn measure(text: &str, linked: bool) -> Amount {
    let (mut letters, mut stops) = (0_u32, 0_u32);
    let mut blank = true;
    for letter in text.chars() {
        match letter {
            // Most letters there are.
            'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                letters += 1;
            }
            '\u{200b}' | '\u{feff}' => {}
            letter if letter.is_whitespace() => {
                letters += u32::from(!blank);
                blank = true;
                continue;
            }
            '.' | ',' | ';' | '!' | '?' | '…' => {
                stops += 1;
                letters += 1;
            }
            '。' | '、' | '，' | '！' | '？' => {
                stops += 1;
                letters += 3;
            }
            letter if is_dense(letter) => letters += 3,
            _ => letters += 1,
        }
        blank = false;
    }
    if linked {
        Amount { linked: letters, ..Amount::default() }
    } else {
        Amount { running: letters, linked: 0, stops }
    }
}

/// Whether a letter belongs to a script that is written without blanks: Thai, Lao, Khmer, Burmese, Chinese, Japanese.
pub(super) fn is_dense(letter: char) -> bool {
    matches!(letter, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

#[cfg(test)]
mod tests {
    use super::super::knowledge;
    use super::*;

    fn check(html: &str, expected: &str) {
        let tree = Html::parse_document(html);
        let outline = Outline::read(&tree, knowledge::get());
        let found: Vec<String> = outline
            .parts
            .iter()
            .filter(|part| part.own != Amount::default())
            .map(|part| format!("{} {}+{}", part.name(), part.own.running, part.own.linked))
            .collect();
        assert_eq!(found.join(", "), expected, "{html}");
        for (at, part) in outline.parts.iter().enumerate() {
            assert!(part.end > at && part.end <= outline.parts.len());
            assert!(at == 0 || (part.parent < at && outline.parts[part.parent].end >= part.end));
        }
    }

    #[test]
    fn text_belongs_to_the_nearest_block() {
        check("<p>một <b>hai</b></p>", "p 7+0");
        check("<div>một<p>hai</p>ba</div>", "div 5+0, p 3+0");
        check("<p>một <a href=x>hai</a></p>", "p 4+3");
        check("<a href=x><div>một</div></a>", "div 0+3");
        check("<head><title>một</title></head><script>hai</script><p>ba</p>", "p 2+0");
        check("<p>東京で</p>", "p 9+0");
        check("<p>  \n </p>", "");
    }
}
