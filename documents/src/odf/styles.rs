//! What the styles of an `OpenDocument` file say: how words look, and how lists number their paragraphs.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::numbering::{Figures, LEVELS, Level};
use crate::package::attribute;

/// Styles that are based on each other, at most.
const DEEPEST: usize = 16;
/// The name of the list of headings, which has none of its own.
pub(super) const OUTLINE: &str = "text:outline-style";

/// How words look, as far as a style says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: Option<bool>,
    pub(super) raised: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) capitals: Option<bool>,
}

impl Look {
    /// The same, with what another says where it says nothing.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            raised: self.raised.or(other.raised),
            struck: self.struck.or(other.struck),
            hidden: self.hidden.or(other.hidden),
            capitals: self.capitals.or(other.capitals),
        }
    }

    fn of(element: &BytesStart<'_>) -> Self {
        let said = |name: &str, is: fn(&str) -> bool| attribute(element, name).map(|value| is(&value));
        Self {
            bold: said("font-weight", |weight| {
                weight == "bold" || weight.parse::<u16>().is_ok_and(|weight| weight >= 600)
            }),
            raised: said("text-position", |place| {
                place.starts_with("super") || place.starts_with(|first: char| matches!(first, '1'..='9'))
            }),
            struck: said("text-line-through-style", |style| style != "none"),
            hidden: said("display", |display| display == "none"),
            capitals: said("text-transform", |transform| transform == "uppercase"),
        }
    }
}

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By name; each with the style that it has the rest from.
    looks: HashMap<String, (Look, Option<String>)>,
    lists: HashMap<String, Vec<Level>>,
}

impl Styles {
    /// Adds the styles of a part; what stands before an error in it counts.
    pub(super) fn add(&mut self, xml: &[u8]) {
        let mut reader = Reader::from_reader(xml);
        let mut style: Option<String> = None;
        let mut list: Option<String> = None;
        while let Ok(event) = reader.read_event() {
            let element = match event {
                Event::Start(element) | Event::Empty(element) => element,
                // The text itself.
                Event::End(element) if element.local_name().as_ref() == "automatic-styles" => {
                    (style, list) = (None, None);
                    continue;
                }
                Event::Eof => return,
                _ => continue,
            };
            match element.local_name().as_ref() {
                "body" => return,
                "style" => {
                    style = attribute(&element, "name");
                    if let Some(name) = &style {
                        let parent = attribute(&element, "parent-style-name");
                        self.looks.insert(name.clone(), (Look::default(), parent));
                    }
                }
                "text-properties" => {
                    // Those of a list are of its numbers.
                    if let Some((look, _)) = style.as_ref().and_then(|name| self.looks.get_mut(name)) {
                        *look = Look::of(&element);
                    }
                }
                "list-style" => (style, list) = (None, attribute(&element, "name")),
                "outline-style" => (style, list) = (None, Some(OUTLINE.to_owned())),
                "list-level-style-number" | "list-level-style-bullet" | "outline-level-style" => {
                    let at = attribute(&element, "level").and_then(|level| level.parse::<usize>().ok());
                    if let (Some(list), Some(at)) = (&list, at.filter(|at| (1..=LEVELS).contains(at))) {
                        let levels = self.lists.entry(list.clone()).or_default();
                        levels.resize(levels.len().max(at), Level::default());
                        levels[at - 1] = level(&element, at);
                    }
                }
                _ => {}
            }
        }
    }

    /// How the words of a style look.
    pub(super) fn look(&self, name: &str) -> Look {
        let mut look = Look::default();
        let mut name = Some(name);
        for _ in 0..DEEPEST {
            let Some((own, parent)) = name.and_then(|name| self.looks.get(name)) else { break };
            look = look.or(*own);
            name = parent.as_deref();
        }
        look
    }

    /// The levels of a list.
    pub(super) fn list(&self, name: &str) -> Option<&[Level]> {
        self.lists.get(name).map(Vec::as_slice)
    }
}

/// A level of a list, counted from 1.
fn level(element: &BytesStart<'_>, at: usize) -> Level {
    let said = |name: &str| attribute(element, name).unwrap_or_default();
    let number = |name: &str| attribute(element, name).and_then(|number| number.parse::<usize>().ok());
    // What newer editors write holds all, `%1%.%2%.`; older ones say how many levels are shown.
    let pattern = attribute(element, "num-list-format").map_or_else(
        || {
            let shown = number("display-levels").unwrap_or(1).clamp(1, at);
            let numbers: Vec<String> = (at - shown + 1..=at).map(|level| format!("%{level}")).collect();
            format!("{}{}{}", said("num-prefix"), numbers.join("."), said("num-suffix"))
        },
        |pattern| {
            (1..=LEVELS)
                .fold(pattern, |pattern, level| pattern.replace(&format!("%{level}%"), &format!("%{level}")))
        },
    );
    let start = number("start-value").and_then(|start| u32::try_from(start).ok()).unwrap_or(1);
    Level { figures: Figures::of_odt(&said("num-format")), start, pattern, ..Level::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_found_with_those_that_they_are_based_on() {
        let mut styles = Styles::default();
        styles.add(
            br#"<office:document-styles><office:styles>
            <style:style style:name="Dam"><style:text-properties fo:font-weight="bold" style:text-line-through-style="none"/></style:style>
            <text:list-style style:name="L"><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"><style:text-properties fo:font-weight="bold"/></text:list-level-style-number></text:list-style>
            <text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="." text:start-value="2"/></text:outline-style>
            </office:styles></office:document-styles>"#,
        );
        styles.add(
            r#"<office:document-content><office:automatic-styles>
            <style:style style:name="T1" style:parent-style-name="Dam"><style:text-properties style:text-position="super 58%" fo:text-transform="uppercase"/></style:style>
            <style:style style:name="T2"><style:text-properties style:text-line-through-style="solid" text:display="none"/></style:style>
            <style:style style:name="T3" style:parent-style-name="T3"/>
            <text:list-style style:name="M"><text:list-level-style-number text:level="1" style:num-format="1" loext:num-list-format="Điều %1%."/></text:list-style>
            </office:automatic-styles><office:body></office:wrong>"#
                .as_bytes(),
        );
        let said = Some(true);
        assert_eq!(
            styles.look("T1"),
            Look { bold: said, raised: said, struck: Some(false), hidden: None, capitals: said }
        );
        assert_eq!(styles.look("T2"), Look { struck: said, hidden: said, ..Look::default() });
        assert_eq!((styles.look("T3"), styles.look("other")), (Look::default(), Look::default()));
        let patterns = |list: &str| -> Vec<&str> {
            styles.list(list).unwrap().iter().map(|level| level.pattern.as_str()).collect()
        };
        assert_eq!(patterns("L"), ["", "%1.%2)"]);
        assert_eq!(patterns("M"), ["Điều %1."]);
        assert_eq!(styles.list(OUTLINE).unwrap()[0].start, 2);
        assert!(styles.list("other").is_none());
    }
}
