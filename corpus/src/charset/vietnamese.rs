//! Vietnamese in the fonts and encodings from before Unicode. Nothing in a page says that it is written so; what shows it
//! is that nearly all words become syllables when they are read so.

use unicode_normalization::UnicodeNormalization as _;

use super::tables::{self, Table, Vni};

/// Syllables with a mark from which a reading is believed.
pub(super) const ENOUGH: i64 = 8;
/// Bytes of a text that are looked at.
const SAMPLE: usize = 64 << 10;

/// The name of the encoding and the text of a page in one of these, whose bytes stand there as letters of windows-1252 or
/// ISO 8859-1. `None` where it makes no more sense so than as it stands.
pub(super) fn read(text: &str) -> Option<(&'static str, String)> {
    let sample = sample(text);
    let tables = tables::get();
    let in_table = tables.vietnamese.iter().map(Encoding::Table);
    let (quality_read, encoding) = in_table
        .chain([Encoding::Vni(&tables.vni)])
        .map(|encoding| (quality(&encoding.read(sample)), encoding))
        .max_by_key(|(quality, _)| *quality)?;
    let is_better = quality_read > quality(sample).max(0) * 3 / 2 + ENOUGH;
    is_better.then(|| (encoding.name(), encoding.read(text)))
}

/// One of them.
#[derive(Clone, Copy)]
enum Encoding {
    Table(&'static Table),
    Vni(&'static Vni),
}

impl Encoding {
    fn name(self) -> &'static str {
        match self {
            Self::Table(table) => &table.name,
            Self::Vni(_) => "VNI",
        }
    }

    fn read(self, text: &str) -> String {
        match self {
            Self::Table(table) => capitals(&table.read(text)),
            Self::Vni(vni) => vni.read(text),
        }
    }
}

/// The part of a text that is looked at: from the first letter beyond ASCII.
fn sample(text: &str) -> &str {
    let start = text.bytes().position(|byte| !byte.is_ascii()).unwrap_or(text.len());
    // The word that it stands in.
    let start = text[..start].rfind(|letter: char| !letter.is_alphabetic()).map_or(0, |at| at + 1);
    let end = text.ceil_char_boundary((start + SAMPLE).min(text.len()));
    text.get(start..end).unwrap_or(text)
}

/// The ABC fonts have no capitals with a tone: a plain capital and the small letter with the tone stand for one.
fn capitals(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut before = None;
    for letter in text.nfc() {
        let capital = letter.to_uppercase().next().unwrap_or(letter);
        let (plain, tone) = toneless(capital);
        let is_one = tone && capital != letter && before == Some(plain);
        if is_one {
            read.pop();
        }
        read.push(if is_one { capital } else { letter });
        before = Some(letter);
    }
    read
}

/// A letter without its tone, and whether it had one.
fn toneless(letter: char) -> (char, bool) {
    let mut tone = false;
    let without = |part: &char| {
        let is_tone = is_tone(*part);
        tone |= is_tone;
        !is_tone
    };
    let plain: String = std::iter::once(letter).nfd().filter(without).nfc().collect();
    (plain.chars().next().unwrap_or(letter), tone)
}

/// How much sense a text makes as Vietnamese: words with a mark that are syllables, less twice those that are none. A
/// letter by itself can be a bullet or a dash in another encoding, so it says nothing.
pub(super) fn quality(text: &str) -> i64 {
    let words = text.split(|letter: char| !(letter.is_alphabetic() || is_mark(letter)));
    let marked = words.filter(|word| !word.is_ascii() && word.bytes().any(|byte| byte.is_ascii_alphabetic()));
    marked.map(|word| if is_syllable(word) { 1 } else { -2 }).sum()
}

fn is_tone(letter: char) -> bool {
    matches!(letter, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
    "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Whether a word has the form of a Vietnamese syllable: one onset, one to three vowels, one coda, one tone at most, and
/// marks where they can stand.
fn is_syllable(word: &str) -> bool {
    let (mut plain, mut tones) = (String::new(), 0);
    let mut before = ' ';
    for letter in word.chars().flat_map(char::to_lowercase).nfd() {
        let fits = match letter {
            '\u{302}' => matches!(before, 'a' | 'e' | 'o'),
            '\u{306}' => before == 'a',
            '\u{31b}' => matches!(before, 'o' | 'u'),
            letter if is_tone(letter) => {
                tones += 1;
                is_vowel(before)
            }
            letter => {
                plain.push(letter);
                before = letter;
                letter.is_ascii_lowercase() || letter == 'đ'
            }
        };
        if !fits || tones > 1 {
            return false;
        }
    }
    let vowels = plain.find(is_vowel).unwrap_or(plain.len());
    let coda = plain.rfind(is_vowel).map_or(plain.len(), |at| at + 1);
    let (onset, nucleus) = (&plain[..vowels], &plain[vowels..coda.max(vowels)]);
    // The second letter of `gi` and `qu` is a vowel by itself.
    let onset = if onset == "q" { "qu" } else { onset };
    ONSETS.contains(&onset)
        && (1..=4).contains(&nucleus.len())
        && nucleus.chars().all(is_vowel)
        && CODAS.contains(&&plain[coda..])
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_syllables_or_not() {
        let check = |word: &str, expected: bool| assert_eq!(is_syllable(word), expected, "{word}");
        for word in ["ủy", "nghiệp", "Quyết", "giữa", "ĐƯỜNG", "khuỷu", "ở", "u\u{309}y", "quý"]
        {
            check(word, true);
        }
        for word in ["b¸o", "øng", "café", "été", "naïve", "straße", "ng", "trîi", "ñaõ", "ẠẮẰ", "tỉnhh"]
        {
            check(word, false);
        }
    }

    #[test]
    fn capitals_with_a_tone_are_put_together() {
        let check = |text: &str, expected: &str| assert_eq!(capitals(text), expected);
        check("Uủy ban", "Ủy ban");
        check("BAáO CAáO", "BÁO CÁO");
        check("SƠở", "SỞ");
        check("Aa Uu uủ", "Aa Uu uủ");
    }

    #[test]
    fn other_languages_are_left_alone() {
        let check = |text: &str| assert_eq!(read(&text.repeat(20)), None, "{text}");
        check("L'été dernier, à l'école, le garçon a mangé des crêpes très sucrées. ");
        check("Der Müller möchte übermorgen große Fässer für die Gäste füllen. ");
        check("El niño cantó una canción en el jardín del señor Muñoz. ");
        check("Ủy ban nhân dân tỉnh giao các sở rà soát từng xã trước tháng chín. ");
        check("Příliš žluťoučký kůň úpěl ďábelské ódy. ");
    }
}
