//! How the lists of a DOCX file number their paragraphs: its part `numbering.xml`.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::numbering::{Counts, Figures, LEVELS, Level};
use crate::package::attribute;

/// The lists that paragraphs name, and the designs that these are made by.
#[derive(Debug, Default)]
pub(super) struct Lists {
    designs: HashMap<String, Design>,
    lists: HashMap<String, List>,
}

#[derive(Debug, Default)]
struct Design {
    levels: Vec<Level>,
    /// The styles whose paragraphs stand at a level.
    styles: Vec<Option<String>>,
    /// The name that others take it by.
    name: Option<String>,
    /// The name of the one that it is taken from.
    taken_from: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    design: String,
    /// What it begins with, by level, where it comes for the first time.
    starts: HashMap<usize, u32>,
    /// Levels of its own.
    own: HashMap<usize, Level>,
}

/// What is open while the part is read.
#[derive(Default)]
struct Reading {
    lists: Lists,
    design: Option<(String, Design)>,
    list: Option<(String, List)>,
    /// The level that is open.
    level: Option<(usize, Level, Option<String>)>,
    /// The level that a list has otherwise.
    other: usize,
}

impl Lists {
    /// The lists in their part; `None` where it is no right XML.
    pub(super) fn read(xml: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_reader(xml);
        let mut reading = Reading::default();
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) => {
                    reading.start(element.local_name().as_ref(), &|name| attribute(&element, name));
                }
                Event::Empty(element) => {
                    let name = element.local_name();
                    reading.start(name.as_ref(), &|name| attribute(&element, name));
                    reading.end(name.as_ref());
                }
                Event::End(element) => reading.end(element.local_name().as_ref()),
                Event::Eof => return Some(reading.lists),
                _ => {}
            }
        }
    }

    /// The number of the next paragraph of a list, at a level from 0 or at that of its style.
    pub(super) fn number(
        &self,
        counts: &mut Counts,
        list: &str,
        level: Option<usize>,
        style: Option<&str>,
    ) -> Option<String> {
        let own = self.lists.get(list)?;
        let (name, design) = self.design(&own.design)?;
        let of_style = || design.styles.iter().position(|of| of.is_some() && of.as_deref() == style);
        let at = level.or_else(of_style).unwrap_or(0);
        let mut levels = design.levels.clone();
        for (at, level) in &own.own {
            if let Some(of_design) = levels.get_mut(*at) {
                *of_design = level.clone();
            }
        }
        let anew = own.starts.get(&at).map(|start| (list, *start));
        counts.next(name, &levels, at, anew)
    }

    /// A design by its id; one that is taken from another is that one.
    fn design(&self, id: &str) -> Option<(&str, &Design)> {
        let (id, design) = self.designs.get_key_value(id)?;
        let Some(name) = &design.taken_from else { return Some((id, design)) };
        let other = self.designs.iter().find(|(_, other)| other.name.as_ref() == Some(name));
        other.map(|(id, design)| (id.as_str(), design)).or(Some((id, design)))
    }
}

impl Reading {
    fn start(&mut self, element: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let value = || attribute("val");
        let number = |name: &str| attribute(name).and_then(|number| number.parse::<usize>().ok());
        match (element, &mut self.level) {
            ("abstractNum", _) => {
                self.design = attribute("abstractNumId").map(|id| (id, Design::default()));
            }
            ("num", _) => self.list = attribute("numId").map(|id| (id, List::default())),
            ("abstractNumId", _) => {
                if let (Some((_, list)), Some(id)) = (&mut self.list, value()) {
                    list.design = id;
                }
            }
            ("lvlOverride", _) => self.other = number("ilvl").unwrap_or(0),
            ("startOverride", _) => {
                if let (Some((_, list)), Some(start)) = (&mut self.list, number("val")) {
                    list.starts.insert(self.other, u32::try_from(start).unwrap_or(1));
                }
            }
            ("numStyleLink", _) => {
                if let Some((_, design)) = &mut self.design {
                    design.taken_from = value();
                }
            }
            ("styleLink", _) => {
                if let Some((_, design)) = &mut self.design {
                    design.name = value();
                }
            }
            ("lvl", level) => *level = number("ilvl").map(|at| (at, Level::default(), None)),
            ("start", Some((_, level, _))) => {
                level.start = number("val").and_then(|start| u32::try_from(start).ok()).unwrap_or(1);
            }
            ("numFmt", Some((_, level, _))) => level.figures = Figures::of_docx(&value().unwrap_or_default()),
            ("lvlText", Some((_, level, _))) => level.pattern = value().unwrap_or_default(),
            ("isLgl", Some((_, level, _))) => level.in_digits = super::styles::is_set(value().as_deref()),
            ("lvlRestart", Some((_, level, _))) => level.restarts = number("val"),
            ("pStyle", Some((.., style))) => *style = value(),
            _ => {}
        }
    }

    fn end(&mut self, element: &str) {
        match element {
            "abstractNum" => self.lists.designs.extend(self.design.take()),
            "num" => self.lists.lists.extend(self.list.take()),
            "lvl" => {
                let Some((at, level, style)) = self.level.take().filter(|(at, ..)| *at < LEVELS) else {
                    return;
                };
                if let Some((_, list)) = &mut self.list {
                    list.own.insert(at, level);
                } else if let Some((_, design)) = &mut self.design {
                    if design.levels.len() <= at {
                        design.levels.resize(at + 1, Level::default());
                        design.styles.resize(at + 1, None);
                    }
                    design.levels[at] = level;
                    design.styles[at] = style;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = r#"<w:numbering>
        <w:abstractNum w:abstractNumId="0">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Muc"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Tieumuc"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
            <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Dieu"/>
            <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Dieu"/></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">
            <w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride></w:num>
        </w:numbering>"#;

    #[test]
    fn paragraphs_have_the_numbers_that_readers_see() {
        let lists = Lists::read(PART.as_bytes()).unwrap();
        let mut counts = Counts::default();
        let mut check = |list: &str, level: Option<usize>, style: Option<&str>, expected: Option<&str>| {
            let number = lists.number(&mut counts, list, level, style);
            assert_eq!(number.as_deref(), expected, "{list} {level:?} {style:?}");
        };
        check("1", Some(0), None, Some("I."));
        check("1", None, Some("Tieumuc"), Some("1.3."));
        check("1", Some(1), None, Some("1.4."));
        check("1", Some(2), None, None);
        check("1", None, Some("Muc"), Some("II."));
        check("2", Some(0), None, Some("I."));
        check("2", Some(0), None, Some("II."));
        check("3", None, None, Some("Điều 1."));
        check("3", None, None, Some("Điều 2."));
        check("4", Some(0), None, Some("c)"));
        check("9", Some(0), None, None);
        check("1", Some(7), None, None);
        assert!(Lists::read(b"<w:numbering><w:num").is_none());
    }
}
