//! What the styles of a DOCX file say of the paragraphs that have them.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::package::attribute;

/// The styles by their ids.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Styles(HashMap<String, Style>);

/// A style of paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The rank of a heading, from 1.
    pub(super) heading: Option<u8>,
    pub(super) is_caption: bool,
    /// The depth of an item, from 1.
    pub(super) item: Option<u8>,
    /// The list that it counts in, and its level there, from 0.
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
    /// Its words are shown in capitals.
    pub(super) capitals: Option<bool>,
    /// Its words are not shown.
    pub(super) hidden: Option<bool>,
    /// The style that it has the rest from.
    based_on: Option<String>,
}

/// Styles that are based on each other, at most.
const STYLES: usize = 16;
/// The deepest heading and the deepest item that are told apart.
const HEADINGS: u8 = 6;
const ITEMS: u8 = 8;

impl Styles {
    /// The styles in their part; `None` where it is no right XML.
    pub(super) fn read(xml: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_reader(xml);
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        loop {
            match reader.read_event().ok()? {
                // What it was before a change that was tracked.
                Event::Start(element) if element.local_name().as_ref().ends_with("PrChange") => {
                    reader.read_to_end(element.name()).ok()?;
                }
                Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                    "style" => {
                        let id = attribute(&element, "styleId");
                        open = id.map(|id| (id, Style::default()));
                    }
                    name => {
                        if let Some((_, style)) = &mut open {
                            style.set(name, attribute(&element, "val").as_deref());
                        }
                    }
                },
                Event::End(element) if element.local_name().as_ref() == "style" => {
                    styles.0.extend(open.take());
                }
                Event::Eof => return Some(styles),
                _ => {}
            }
        }
    }

    /// What a style and those that it is based on say first.
    pub(super) fn find<T>(&self, id: &str, said: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id;
        for _ in 0..STYLES {
            let style = self.0.get(id)?;
            let found = said(style);
            if found.is_some() {
                return found;
            }
            id = style.based_on.as_deref()?;
        }
        None
    }
}

impl Style {
    fn set(&mut self, name: &str, value: Option<&str>) {
        if name == "caps" {
            self.capitals = Some(is_set(value));
        }
        if name == "vanish" {
            self.hidden = Some(is_set(value));
        }
        let Some(value) = value else { return };
        match name {
            // Their names are English whatever the language of the editor.
            "name" => {
                let name = value.to_lowercase();
                let rank = name.strip_prefix("heading ").and_then(|rank| rank.parse().ok());
                self.heading = rank.filter(|rank| (1..=HEADINGS).contains(rank)).or(self.heading);
                self.is_caption = name == "caption";
                if name.starts_with("list ") && self.item.is_none() {
                    self.item = Some(
                        name.chars()
                            .next_back()
                            .and_then(|last| last.to_digit(10))
                            .map_or(1, |depth| depth as u8),
                    );
                }
            }
            "basedOn" => self.based_on = Some(value.to_owned()),
            "outlineLvl" => self.heading = rank(value).or(self.heading),
            "numId" => {
                self.list = Some(value.to_owned());
                if value != "0" {
                    self.item = self.item.or(Some(1));
                }
            }
            "ilvl" => {
                self.level = value.parse().ok();
                self.item = depth(value).or(self.item);
            }
            _ => {}
        }
    }
}

/// The rank of a heading of an outline level, which is counted from 0; 9 is text.
pub(super) fn rank(level: &str) -> Option<u8> {
    level.parse::<u8>().ok().filter(|level| *level < HEADINGS).map(|level| level + 1)
}

/// The depth of an item of a level of a list, which is counted from 0.
pub(super) fn depth(level: &str) -> Option<u8> {
    level.parse::<u8>().ok().map(|level| level.min(ITEMS - 1) + 1)
}

/// Whether a property that is on or off is on.
pub(super) fn is_set(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}
