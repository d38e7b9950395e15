//! Numbers of official documents in texts, each as one word: `15-NQ/TW`, `22/2015/QĐ-UBND`.

use std::ops::Range;

use crate::syllable::{folded_letter, is_word};

/// Longest number in front of a symbol, in digits.
const DIGITS: usize = 5;

/// Longest part of a symbol, in letters: `UBTVQH`, `BVHTTDL`.
const LETTERS: usize = 10;

/// Most parts of a symbol: `KL-UBTVQH`, `QĐ-UBND-HC`.
const PARTS: usize = 5;

/// The numbers of documents in a text: where each stands, and the one word that it is, whatever separates its parts and
/// however their letters are written (`36 - nq/tw` as `36-NQ/TW`, `05/QD-UBND` as `5/QĐ-UBND`). What is the year of one is
/// part of it.
#[derive(Clone, Debug)]
pub struct Numbers<'text> {
    text: &'text str,
    at: usize,
}

impl<'text> Numbers<'text> {
    /// Begins at the start of the text.
    pub fn new(text: &'text str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Numbers<'_> {
    type Item = (Range<usize>, String);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.text;
        loop {
            let start = self.at + text[self.at..].bytes().position(|byte| byte.is_ascii_digit())?;
            let mut reading = Reading { text, at: start };
            let number = if goes_on(&text[..start]) { None } else { reading.number() };
            // Behind all digits that were read or passed over.
            self.at = reading.at.max(start + 1);
            self.at += text[self.at..].bytes().take_while(u8::is_ascii_digit).count();
            if let Some((end, word)) = number {
                return Some((start..end, word));
            }
        }
    }
}

/// Whether what stands before a digit is the beginning of a larger number or word: `A1`, `1.2`, `1/2`.
fn goes_on(before: &str) -> bool {
    let separated = before.strip_suffix(['.', ',', '/', '-']);
    before.ends_with(is_word)
        || separated.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// A place in a text from which a number is read on.
struct Reading<'t> {
    text: &'t str,
    at: usize,
}

/// What stands between two parts.
#[derive(Clone, Copy)]
struct Separator {
    is_slash: bool,
    /// Blanks on both sides.
    is_spaced: bool,
}

impl<'t> Reading<'t> {
    /// The number that begins here: its end and its word. Afterwards the place is behind what was read.
    fn number(&mut self) -> Option<(usize, String)> {
        let digits = self.run(|c| c.is_ascii_digit(), DIGITS)?;
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return None;
        }
        let mut word = digits.to_owned();
        // `30a/2008/NQ-CP`
        if let Some(letter) = self.rest().chars().next().filter(|c| matches!(c, 'a'..='e')) {
            if self.rest()[1..].starts_with(is_word) {
                return None;
            }
            word.push(letter);
            self.at += 1;
        }
        let mut slash = false;
        let before = self.at;
        if let Some(separator) = self.separator()
            && let Some(year) = self.run(|c| c.is_ascii_digit(), 4)
            && (year.starts_with("19") || year.starts_with("20"))
            && year.len() == 4
        {
            slash = separator.is_slash;
            word.push('/');
            word.push_str(year);
        } else {
            self.at = before;
        }
        word.push('/');
        let (mut end, mut capitals, mut tight) = (None, false, false);
        for part in 0..PARTS {
            let before = self.at;
            let Some(separator) = self.separator() else { break };
            // Once parts stand close, what is set off by blanks is the sentence that goes on.
            let letters = if tight && separator.is_spaced { None } else { self.letters() };
            let Some(letters) = letters else {
                self.at = before;
                break;
            };
            let first = letters.chars().next();
            if part == 0 {
                capitals = letters.chars().filter(|c| c.is_uppercase()).count() > 1;
            } else if separator.is_spaced && capitals && first.is_some_and(char::is_lowercase) {
                self.at = before;
                break;
            }
            tight |= !separator.is_spaced;
            slash |= separator.is_slash;
            word.extend(letters.chars().filter(|c| c.is_alphanumeric()).map(plain));
            end = Some(self.at);
        }
        // `3-Nam` is none.
        end.filter(|_| slash || capitals).map(|end| (end, word))
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// At most so many characters of a kind; `None` where there are none or more, then the place stays.
    fn run(&mut self, is: impl Fn(char) -> bool, most: usize) -> Option<&'t str> {
        let rest = self.rest();
        let run = &rest[..rest.find(|c| !is(c)).unwrap_or(rest.len())];
        if run.is_empty() || run.chars().count() > most {
            return None;
        }
        self.at += run.len();
        Some(run)
    }

    /// A slash or a dash, with a blank on either side or without.
    fn separator(&mut self) -> Option<Separator> {
        let rest = self.rest();
        let behind = rest.strip_prefix(is_blank).unwrap_or(rest);
        let sign = behind.chars().next().filter(|c| *c == '/' || is_dash(*c))?;
        let behind_sign = &behind[sign.len_utf8()..];
        let after = behind_sign.strip_prefix(is_blank).unwrap_or(behind_sign);
        let is_spaced = behind.len() < rest.len() && after.len() < behind_sign.len();
        self.at = self.text.len() - after.len();
        Some(Separator { is_slash: sign == '/', is_spaced })
    }

    /// A part of a symbol: letters, and digits behind them (`QH13`); `BGD&ĐT` is one.
    fn letters(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let mut end = 0;
        for (place, c) in rest.char_indices() {
            let digits = c.is_ascii_digit() && place > 0;
            let and = c == '&' && place > 0 && rest[place + 1..].starts_with(is_letter);
            if !is_letter(c) && !digits && !and {
                break;
            }
            end = place + c.len_utf8();
        }
        let part = &rest[..end];
        if part.is_empty() || part.chars().count() > LETTERS + 2 || rest[end..].starts_with(is_word) {
            return None;
        }
        self.at += end;
        Some(part)
    }
}

/// A letter of a symbol: those of ASCII, `Đ`, and `Ư` of the short forms of the centre.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'đ' | 'Đ' | 'ð' | 'Ð' | 'ư' | 'Ư')
}

/// In lower case, and without the stroke of `đ`, which is often not typed. `TƯ` and `TU` are different bodies.
fn plain(c: char) -> char {
    match c {
        'ư' | 'Ư' => 'ư',
        other => folded_letter(other).unwrap_or(other),
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_documents_are_one_word() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found: Vec<(Range<usize>, String)> = Numbers::new(text).collect();
            let found: Vec<(&str, &str)> =
                found.iter().map(|(place, word)| (&text[place.clone()], word.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        };
        let one = |text: &str, word: &str| check(&format!("số {text}, nay"), &[(text, word)]);
        for same in [
            "15-NQ/TW",
            "15/NQ-TW",
            "15/nq-tw",
            "15-nq/tw",
            "15 / NQ - TW",
            "15 - NQ/TW",
            "15 -NQ/TW",
            "15- NQ/ TW",
            "15\u{2011}NQ/TW",
            "15 – NQ/TW",
            "15\u{a0}-\u{a0}NQ/TW",
            "015-NQ/TW",
        ] {
            one(same, "15/nqtw");
        }
        for same in [
            "22/2015/QĐ-UBND",
            "22/2015/QD-UBND",
            "22/2015/qđ-ubnd",
            "22 / 2015 / QĐ - UBND",
            "22-2015-QÐ-UBND",
        ] {
            one(same, "22/2015/qdubnd");
        }
        one("22/QĐ-UBND", "22/qdubnd");
        one("30a/2008/NQ-CP", "30a/2008/nqcp");
        one("58/2014/QH13", "58/2014/qh13");
        one("111-CTr/TU", "111/ctrtu");
        one("05/2019/TT-BGD&ĐT", "5/2019/ttbgddt");
        one("3637/UBND-VX", "3637/ubndvx");
        one("15-NQ/TƯ", "15/nqtư");
        one("17-CP", "17/cp");
        check("15-CT/TU - về công tác", &[("15-CT/TU", "15/cttu")]);
        check("15 - CT/TU - cho", &[("15 - CT/TU", "15/cttu")]);
        check("15 / CT - TU - cho xã", &[("15 / CT - TU", "15/cttu")]);
        check(
            "15-CT/TU, 16-CT/TU và 17-CT/TU.",
            &[("15-CT/TU", "15/cttu"), ("16-CT/TU", "16/cttu"), ("17-CT/TU", "17/cttu")],
        );
        for none in [
            "",
            "7,58% và 1.250 người",
            "3-Nam",
            "10-Bích",
            "24/24h",
            "5/9/2016",
            "từ 8 - 10 xã",
            "A15-CT/TU",
            "1.250/QĐ-UBND",
            "số 000/CT",
            "123456/QĐ-UBND",
            "15 CT TU",
            "15-",
            "5/người",
            "2015/QĐ\u{301}",
        ] {
            check(none, &[]);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in ".{0,200}|([0-9]{0,6}[a-eĐ/ –&-]{0,3}(NQ|tw|ƯB|QĐ|é|2015|\u{301})?){0,40}") {
            let mut at = 0;
            for (place, word) in Numbers::new(&text) {
                proptest::prop_assert!(at <= place.start && place.start < place.end);
                proptest::prop_assert!(!word.is_empty() && text.get(place.clone()).is_some());
                at = place.end;
            }
        }
    }
}
