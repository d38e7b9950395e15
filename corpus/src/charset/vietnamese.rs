//! Vietnamese in the fonts and encodings from before Unicode. Nothing in a page says that it is written so; what shows it
//! is that nearly all words become syllables when they are read so.

use unicode_normalization::UnicodeNormalization as _;

use super::tables::{self, Table, Vni};

/// Syllables with a mark from which a reading is believed.
pub(super) const ENOUGH: i64 = 8;
/// Bytes of words with letters beyond ASCII that are looked at.
const SAMPLE: usize = 2 << 10;
/// Bytes of the longest of these words; syllables are shorter.
const LONGEST: usize = 64;

/// The name of the encoding and the text of a page in one of these, whose bytes stand there as letters of windows-1252 or
/// ISO 8859-1. `None` where it makes no more sense so than as it stands.
pub(super) fn read(text: &str) -> Option<(&'static str, String)> {
    let sample = sample(text);
    let tables = tables::get();
    let in_table = tables.vietnamese.iter().map(Encoding::Table);
    let (quality_read, encoding) = in_table
        .chain([Encoding::Vni(&tables.vni)])
        .map(|encoding| (quality(&encoding.read(&sample)), encoding))
        .max_by_key(|(quality, _)| *quality)?;
    let is_better = quality_read > quality(&sample).max(0) * 3 / 2 + ENOUGH;
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

/// What is looked at: the first words of a text that have letters beyond ASCII.
fn sample(text: &str) -> String {
    let ends_word = |letter: char| letter.is_ascii() && !letter.is_ascii_alphabetic();
    let mut sample = String::new();
    let mut at = 0;
    while let Some(beyond) = beyond_ascii(text.as_bytes(), at).filter(|_| sample.len() < SAMPLE) {
        let start = text[at..beyond].rfind(ends_word).map_or(at, |before| at + before + 1);
        let end = text[beyond..].find(ends_word).map_or(text.len(), |after| beyond + after);
        if end - start <= LONGEST {
            sample.push_str(&text[start..end]);
            sample.push(' ');
        }
        at = end;
    }
    sample
}

/// Where the next byte beyond ASCII is; most of a page is found to have none in blocks.
fn beyond_ascii(bytes: &[u8], from: usize) -> Option<usize> {
    const BLOCK: usize = 64;
    let mut blocks = bytes.get(from..)?.chunks(BLOCK).enumerate();
    let (number, block) = blocks.find(|(_, block)| !block.is_ascii())?;
    let at = block.iter().position(|byte| !byte.is_ascii())?;
    Some(from + number * BLOCK + at)
}

/// The ABC fonts have no capitals with a tone: a plain capital and the small letter with the tone stand for one.
fn capitals(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut before = ' ';
    for letter in text.nfc() {
        // Few letters are such, and only they are taken apart.
        if before.is_uppercase() && letter.is_lowercase() && !letter.is_ascii() {
            let capital = letter.to_uppercase().next().unwrap_or(letter);
            if toneless(capital) == Some(before) {
                read.pop();
                read.push(capital);
                before = letter;
                continue;
            }
        }
        read.push(letter);
        before = letter;
    }
    read
}

/// A letter without its tone, where it has one.
fn toneless(letter: char) -> Option<char> {
    let parts = || std::iter::once(letter).nfd();
    let plain: String = parts().filter(|part| !is_tone(*part)).nfc().collect();
    parts().any(is_tone).then(|| plain.chars().next()).flatten()
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
            '\u{31b}' => matches!(before, 'o' | 'u'),
            '\u{302}' | '\u{306}' => tables::fits(letter, before),
            letter if is_tone(letter) => {
                tones += 1;
                tables::fits(letter, before)
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
    fn words_with_letters_beyond_ascii_are_looked_at() {
        let check = |text: &str, expected: &str| assert_eq!(sample(text), expected);
        check("<p class=x>mùa vụ</p> ngày", "mùa vụ ngày ");
        check(&format!("{}đê", "a ".repeat(100)), "đê ");
        check("plain", "");
        check("", "");
    }

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
