//! Office documents as packages of parts (ECMA-376, part 2): a zip file whose parts name each other.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::Unreadable;

/// The longest part that is unpacked, in bytes: a zip file can hold a thousand times its size.
pub(crate) const LONGEST: u64 = 64 << 20;
/// Parts that a part names as its own that are read: heads, feet, notes, sheets. Each section of a text can have six.
const PARTS: usize = 200;

/// A package.
pub(crate) struct Package<'b> {
    archive: zip::ZipArchive<Cursor<&'b [u8]>>,
    /// What the file is said to be.
    kind: &'static str,
}

/// A part that another one names as its own.
pub(crate) struct Related {
    /// By which the other one calls it.
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) part: String,
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8], kind: &'static str) -> Result<Self, Unreadable> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged(kind))?;
        Ok(Self { archive, kind })
    }

    /// The name of the main part, or its usual one.
    pub(crate) fn main(&mut self, usual: &str) -> Result<String, Unreadable> {
        let main = self.related("", &["officeDocument"])?.into_iter().next();
        Ok(main.map_or_else(|| usual.to_owned(), |(_, part)| part))
    }

    /// A part of the file; `None` where there is none of that name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let damaged = Unreadable::Damaged(self.kind);
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(damaged),
        };
        let mut xml = Vec::new();
        entry.take(LONGEST + 1).read_to_end(&mut xml).map_err(|_| damaged)?;
        if xml.len() as u64 > LONGEST {
            return Err(Unreadable::TooLong(LONGEST >> 20));
        }
        Ok(Some(xml))
    }

    /// The parts that a part (`""`: the file itself) names as its own of these kinds, each with its kind.
    pub(crate) fn related(
        &mut self,
        part: &str,
        kinds: &[&str],
    ) -> Result<Vec<(String, String)>, Unreadable> {
        let all = self.relations(part, kinds)?;
        Ok(all.into_iter().map(|related| (related.kind, related.part)).collect())
    }

    /// The same with what each is called there.
    pub(crate) fn relations(&mut self, part: &str, kinds: &[&str]) -> Result<Vec<Related>, Unreadable> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let join = |folder: &str, name: &str| {
            if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
        };
        let Some(xml) = self.part(&join(folder, &format!("_rels/{name}.rels")))? else {
            return Ok(Vec::new());
        };
        let mut reader = Reader::from_reader(xml.as_slice());
        let mut found = Vec::new();
        while found.len() < PARTS {
            let element = match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => element,
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => continue,
            };
            let (Some(kind), Some(target)) = (attribute(&element, "Type"), attribute(&element, "Target"))
            else {
                continue;
            };
            // The address of a kind ends in its name, by either edition of the standard.
            let kind = kind.rsplit('/').next().unwrap_or_default();
            if kinds.contains(&kind) {
                let part = target.strip_prefix('/').map_or_else(|| join(folder, &target), str::to_owned);
                let id = attribute(&element, "Id").unwrap_or_default();
                found.push(Related { id, kind: kind.to_owned(), part });
            }
        }
        Ok(found)
    }
}

/// The value of an attribute of an element, whatever its prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// A character reference or one of the five entities of XML; none other is known, so nothing is expanded.
pub(crate) fn reference(name: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return Some(letter.to_string());
    }
    let letter = match name.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    };
    Some(letter.to_owned())
}
