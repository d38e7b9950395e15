//! Cyrillic in encodings that the detector does not know: IBM855, and that of old Macintoshes. In a wrong one, capitals
//! stand inside of words and signs between letters.

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_R, KOI8_U, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};

use super::tables;

/// What the detector takes such a text for.
const TAKEN_FOR: [&Encoding; 6] = [WINDOWS_1251, KOI8_U, KOI8_R, IBM866, ISO_8859_5, WINDOWS_1252];
/// Of a hundred letters beyond ASCII, those that are Cyrillic and stand in regular words where the reading is right.
const REGULAR: usize = 90;
/// Letters from which a text shows anything.
const ENOUGH: usize = 40;

/// The name of the encoding and the text of bytes that the detector took for `guessed`, in which they are `text`, where
/// one of these encodings fits better.
pub(super) fn read(bytes: &[u8], guessed: &'static Encoding, text: &str) -> Option<(&'static str, String)> {
    if !TAKEN_FOR.contains(&guessed) {
        return None;
    }
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if beyond < ENOUGH {
        return None;
    }
    let regular = |text: &str| regular(text) * 100 / beyond;
    let as_guessed = regular(text);
    let table = &tables::get().cyrillic;
    let by_table = bytes.iter().map(|byte| table.letter(*byte)).collect::<String>();
    let macintosh = X_MAC_CYRILLIC.decode_without_bom_handling(bytes).0.into_owned();
    let (quality, name, text) = [(table.name.as_str(), by_table), (X_MAC_CYRILLIC.name(), macintosh)]
        .into_iter()
        .map(|(name, text)| (regular(&text), name, text))
        .max_by_key(|(quality, ..)| *quality)?;
    (quality >= REGULAR && quality > as_guessed).then_some((name, text))
}

/// Cyrillic letters that stand in words of small letters alone, of capitals alone, or of one capital and small letters.
fn regular(text: &str) -> usize {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    let regular = words.filter(|word| {
        let rest = || word.chars().skip(1);
        let cyrillic = word.chars().all(|letter| ('\u{400}'..='\u{45f}').contains(&letter));
        let begins_small = word.chars().next().is_some_and(char::is_lowercase);
        cyrillic && (rest().all(char::is_lowercase) || (!begins_small && rest().all(char::is_uppercase)))
    });
    regular.map(|word| word.chars().count()).sum()
}
