//! The rows of `rules/charsets.toml`: encodings that the web's standard does not have.

use std::collections::HashMap;
use std::sync::LazyLock;

use encoding_rs::WINDOWS_1252;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

const FILE: &str = include_str!("../../rules/charsets.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    table: Vec<RawTable>,
    vni: RawVni,
    cyrillic: RawTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    name: String,
    low: Vec<(u8, char)>,
    high: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVni {
    letters: HashMap<char, char>,
    marks: HashMap<char, String>,
}

/// The rows, ready for use.
pub(super) struct Tables {
    /// Vietnamese ones of one byte a letter.
    pub(super) vietnamese: Vec<Table>,
    pub(super) vni: Vni,
    pub(super) cyrillic: Table,
}

/// An encoding of one byte a letter.
pub(super) struct Table {
    pub(super) name: String,
    letters: [char; 256],
}

impl Table {
    fn new(raw: &RawTable) -> Result<Self, String> {
        let mut letters: [char; 256] = std::array::from_fn(|byte| char::from(byte as u8));
        for (byte, letter) in &raw.low {
            letters[usize::from(*byte)] = *letter;
        }
        let high: Vec<char> = raw.high.iter().flat_map(|line| line.chars()).collect();
        let rest = letters.get_mut(0x80..).filter(|rest| rest.len() == high.len());
        rest.ok_or_else(|| format!("{}: {} letters, not 128", raw.name, high.len()))?.copy_from_slice(&high);
        Ok(Self { name: raw.name.clone(), letters })
    }

    /// The letter of a byte.
    pub(super) fn letter(&self, byte: u8) -> char {
        self.letters[usize::from(byte)]
    }

    /// A text in which letters stand for the bytes that they are in windows-1252 or ISO 8859-1.
    pub(super) fn read(&self, text: &str) -> String {
        text.chars().map(|letter| latin(letter).map_or(letter, |byte| self.letter(byte))).collect()
    }
}

/// The VNI fonts: a vowel, and behind it its mark.
pub(super) struct Vni {
    letters: HashMap<char, char>,
    marks: HashMap<char, String>,
}

impl Vni {
    fn new(raw: &RawVni) -> Self {
        let large = |letter: char| letter.to_uppercase().next().unwrap_or(letter);
        let large_letters = raw.letters.iter().map(|(from, to)| (large(*from), large(*to)));
        let large_marks = raw.marks.iter().map(|(from, to)| (large(*from), to.clone()));
        Self {
            letters: large_letters.chain(raw.letters.clone()).collect(),
            marks: large_marks.chain(raw.marks.clone()).collect(),
        }
    }

    /// The same as [`Table::read`].
    pub(super) fn read(&self, text: &str) -> String {
        let mut read = String::with_capacity(text.len());
        let mut before = ' ';
        for letter in text.chars() {
            let letter = latin(letter).map_or(letter, char::from);
            let fits = |mark: &&String| mark.chars().next().is_some_and(|mark| fits(mark, before));
            let mark = self.marks.get(&letter).filter(fits);
            if let Some(mark) = mark {
                read.push_str(mark);
                before = ' ';
            } else {
                before = self.letters.get(&letter).copied().unwrap_or(letter);
                read.push(before);
            }
        }
        read.nfc().collect()
    }
}

/// Whether a circumflex, a breve or a tone can stand on a letter.
pub(super) fn fits(mark: char, letter: char) -> bool {
    let vowel = letter.to_lowercase().next().unwrap_or(letter);
    match mark {
        '\u{302}' => matches!(vowel, 'a' | 'e' | 'o'),
        '\u{306}' => vowel == 'a',
        _ => matches!(vowel, 'a' | 'e' | 'i' | 'o' | 'ơ' | 'u' | 'ư' | 'y'),
    }
}

/// The byte that a letter is in windows-1252, or in ISO 8859-1 where that has none.
pub(super) fn latin(letter: char) -> Option<u8> {
    static SPECIAL: LazyLock<Vec<(char, u8)>> = LazyLock::new(|| {
        let bytes: Vec<u8> = (0x80..=0x9f).collect();
        WINDOWS_1252.decode_without_bom_handling(&bytes).0.chars().zip(bytes.iter().copied()).collect()
    });
    u8::try_from(u32::from(letter))
        .ok()
        .or_else(|| SPECIAL.iter().find(|(special, _)| *special == letter).map(|(_, byte)| *byte))
}

fn load(text: &str) -> Result<Tables, String> {
    let raw: Raw = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(Tables {
        vietnamese: raw.table.iter().map(Table::new).collect::<Result<_, _>>()?,
        vni: Vni::new(&raw.vni),
        cyrillic: Table::new(&raw.cyrillic)?,
    })
}

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| load(FILE).expect("the shipped rows are checked by a test"));

/// The rows that come with the program.
pub(super) fn get() -> &'static Tables {
    &TABLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rows_are_right() {
        if let Err(error) = load(FILE) {
            panic!("rules/charsets.toml: {error}");
        }
        let error = load(&FILE.replacen("ẠẮẰ", "ẠẮ", 1)).err().unwrap();
        assert!(error.contains("VISCII: 127 letters"), "{error}");
    }
}
