//! What was imported already, by digest.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::num::NonZeroU32;

use sha2::{Digest as _, Sha256};

use super::places::Places;
use super::sealed::{self, Sealed};
use crate::archive::{SegmentRecords, record_at, segment_name, segment_number, wrong_digest};
use crate::warc::Record;
use crate::{Archive, Error, Position};

pub(super) const FILE: &str = "imported.seen";

/// Takes the file away: the next import finds out from the captures what is there.
pub(crate) fn remove(archive: &Archive) -> Result<(), Error> {
    let path = archive.folder().join(FILE);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::io(path)(error)),
        _ => Ok(()),
    }
}

/// A digest of an address or name with content.
pub(super) type Key = [u8; 16];

/// The digest of an address or name with content.
pub(super) fn key(name: &str, content: &[u8]) -> Key {
    let mut digest = Sha256::new();
    digest.update(name.as_bytes());
    digest.update([0]);
    digest.update(content);
    digest.finalize()[..16].try_into().expect("SHA-256 has 32 bytes")
}

/// What a record of another archive is known by.
pub(super) fn key_of_record(record: &Record) -> Key {
    let id = record.fields.uri("WARC-Record-ID").unwrap_or_default();
    key(&format!("{} {id}", record.kind()), record.payload())
}

/// What a record is known by that was made of a file.
fn key_of_file(record: &Record) -> Option<Key> {
    let is_one = matches!(record.kind().as_str(), "resource" | "conversion");
    record.target().filter(|_| is_one).map(|target| key(&target, &record.block))
}

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    file: NonZeroU32,
    length: u32,
    offset: u64,
}

impl Place {
    /// `None` for places that no writer of ours made.
    fn new(file: &str, begin: u64, end: u64) -> Option<Self> {
        let file = NonZeroU32::new(segment_number(file)?)?;
        Some(Self { file, length: end.checked_sub(begin)?.try_into().ok()?, offset: begin })
    }

    fn position(self) -> Position {
        Position { file: segment_name(self.file.get()), offset: self.offset }
    }
}

/// What is there, by digest, and where. Derived from the captures: the file holds a place in the archive and the digests of
/// all before it, and what was kept since (the last import may have been killed) is read from the captures.
pub(super) struct Seen {
    places: HashMap<Key, Place>,
    /// Captures before this place are among them.
    end: Position,
    /// What stood before this place was there when the import began.
    begun: Position,
    /// Records that were there and cannot be read.
    damaged: Vec<Place>,
}

impl Seen {
    /// What an archive has. Places of files that are lost are noted as the captures tell them.
    pub(super) fn open(archive: &Archive, files: &mut Places) -> Result<Self, Error> {
        let (known, candidates) = match sealed::read(&archive.folder().join(FILE))? {
            Sealed::Whole(text) => match parse(&text).filter(|(end, _)| archive.reaches(end)) {
                Some(known) => (Some(known), HashSet::new()),
                None => (None, keys(&text)),
            },
            // What another program wrote, and what is left of a damaged file, is believed where the captures have it.
            Sealed::Bare(text) | Sealed::Damaged(text) => (None, keys(&text)),
            Sealed::Absent => (None, HashSet::new()),
        };
        let (known, places) = known.unwrap_or_default();
        let from = if files.is_lost() { Position::default() } else { known.clone() };
        let mut seen = Self { places, end: known.clone(), begun: Position::default(), damaged: Vec::new() };
        for record in SegmentRecords::new(archive.captures_folder(), &from) {
            let (file, record) = match record {
                Ok(read) => read,
                Err(Error::Record { .. }) => continue,
                Err(error) => return Err(error),
            };
            if let Some(target) = record.target() {
                files.note(&target);
            }
            let begin = Position { file, offset: record.offset };
            if begin < known || wrong_digest(&record).is_some() {
                continue;
            }
            let end = Position { file: begin.file, offset: record.end };
            if let Some(key) = key_of_file(&record) {
                seen.note(key, begin.offset, &end);
            }
            if !candidates.is_empty() {
                let key = key_of_record(&record);
                if candidates.contains(&key) {
                    seen.note(key, begin.offset, &end);
                }
            }
            seen.end = end;
        }
        seen.begun = seen.end.clone();
        Ok(seen)
    }

    /// Whether it is there, and can be read.
    pub(super) fn has(&mut self, archive: &Archive, key: &Key) -> Result<bool, Error> {
        let Some(place) = self.places.get(key).copied() else { return Ok(false) };
        let position = place.position();
        if position >= self.begun {
            return Ok(true);
        }
        let is_damaged = match record_at(&archive.captures_folder(), &position) {
            Ok(record) if wrong_digest(&record).is_some() => true,
            Ok(record) => {
                if key_of_file(&record) == Some(*key) || key_of_record(&record) == *key {
                    return Ok(true);
                }
                // It is another record, whose place that is.
                false
            }
            Err(Error::Record { .. }) => true,
            Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(error),
        };
        self.places.remove(key);
        if is_damaged {
            self.damaged.push(place);
        }
        Ok(false)
    }

    /// Notes what was kept from a byte of a file on, up to a place.
    pub(super) fn note(&mut self, key: Key, begin: u64, end: &Position) {
        if let Some(place) = Place::new(&end.file, begin, end.offset) {
            self.places.insert(key, place);
        }
        self.end = end.clone();
    }

    /// The records that were there and cannot be read: their beginnings and lengths, by file.
    pub(super) fn damaged(&self) -> BTreeMap<String, Vec<(u64, u64)>> {
        let mut damaged: BTreeMap<String, Vec<(u64, u64)>> = BTreeMap::new();
        for place in &self.damaged {
            damaged.entry(place.position().file).or_default().push((place.offset, place.length.into()));
        }
        damaged
    }

    /// Writes it down. Where that fails, the next import finds out again.
    pub(super) fn save(&self, archive: &Archive) -> Result<(), Error> {
        use std::fmt::Write as _;
        let mut text = serde_json::to_string(&self.end).expect("a position can be written as JSON");
        for (key, Place { file, length, offset }) in &self.places {
            let key = data_encoding::HEXLOWER.encode(key);
            write!(text, "\n{key} {file} {offset} {length}").expect("memory takes all that is written to it");
        }
        sealed::write(&archive.folder().join(FILE), &text)
    }
}

fn parse(text: &str) -> Option<(Position, HashMap<Key, Place>)> {
    let mut lines = text.lines();
    let end = serde_json::from_str(lines.next()?).ok()?;
    let place = |line: &str| {
        let mut words = line.split(' ');
        let key = key_in(words.next()?)?;
        let file = words.next()?.parse().ok()?;
        let offset = words.next()?.parse().ok()?;
        let length = words.next()?.parse().ok()?;
        Some((key, Place { file, length, offset }))
    };
    Some((end, lines.map(place).collect::<Option<_>>()?))
}

/// Whether a file without a checksum is as programs of before wrote it.
pub(super) fn is_of_before(text: &str) -> bool {
    let mut lines = text.lines();
    lines.next().is_some_and(|line| serde_json::from_str::<Position>(line).is_ok())
        && lines.all(|line| key_in(line).is_some())
}

/// The digests that stand in a file, as far as they can be read.
fn keys(text: &str) -> HashSet<Key> {
    text.lines().filter_map(|line| key_in(line.split(' ').next()?)).collect()
}

fn key_in(word: &str) -> Option<Key> {
    data_encoding::HEXLOWER.decode(word.as_bytes()).ok()?.try_into().ok()
}
