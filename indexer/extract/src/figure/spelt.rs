//! Numbers in words: `hai nghìn ba trăm`, `two hundred and fifty thousand`, `ba triệu rưỡi`.

use std::sync::LazyLock;

use regex::Regex;

use super::table::units;

/// What a number in words cannot be without: most sentences have none of it.
static MULTIPLIERS: LazyLock<Regex> = LazyLock::new(|| {
    let words = units().multipliers.keys().chain(&units().words.hundred).map(|word| regex::escape(word));
    let any = words.collect::<Vec<_>>().join("|");
    Regex::new(&format!(r"(?i)(?:^|\P{{Alphabetic}})(?:{any})(?:\P{{Alphabetic}}|$)")).expect("plain words")
});

/// A number in words in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spelt {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: f64,
}

/// Words of one number; where there are more, the text is no text.
const MOST: usize = 24;

/// The numbers in words of a text that have a multiplier or a hundred and stand before a word: those measure. Smaller ones are
/// words of every day.
pub(super) fn all(text: &str) -> Vec<Spelt> {
    if !MULTIPLIERS.is_match(text) {
        return Vec::new();
    }
    let words: Vec<(usize, &str)> = words(text).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        // The second of `hai ba trăm hộ` begins no number.
        let begins = at == 0 || !stands_next(&words, at) || !is_one(words[at - 1].1);
        match read(&words[at..]).filter(|_| begins) {
            Some((count, value)) => {
                let (start, (last, word)) = (words[at].0, words[at + count - 1]);
                let end = last + word.len();
                let next = words.get(at + count).map(|(_, word)| word.to_lowercase());
                let counts = next.is_some_and(|next| !units().words.time.contains(&next));
                if counts && text[end..].starts_with(char::is_whitespace) {
                    found.push(Spelt { start, end, value });
                }
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphabetic)?;
        let end =
            text[start..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| start + length);
        at = end;
        Some((start, &text[start..end]))
    })
}

/// How many of the words one number takes, and its value, where it has a multiplier.
fn read(words: &[(usize, &str)]) -> Option<(usize, f64)> {
    let table = &units().words;
    let lower = |at: usize| words.get(at).map(|(_, word)| word.to_lowercase());
    let one = |word: &str| table.ones.get(word).copied();
    let scale = |word: &str| units().multipliers.get(word).copied();
    let multiplies =
        |word: &str| table.hundred.contains(word) || table.ten.contains(word) || scale(word).is_some();
    let first = lower(0)?;
    one(&first).or_else(|| table.wholes.get(&first).copied())?;
    // What is complete, the hundreds and what is below them of what the next multiplier multiplies, and the last multiplier.
    let (mut total, mut hundreds, mut part, mut by) = (0.0, 0.0, 0.0, 0.0);
    let (mut taken, mut at) = (0, 0);
    while let Some(word) = lower(at).filter(|_| at < MOST && stands_next(words, at)) {
        if let Some(value) = one(&word) {
            // `nghìn năm` is a thousand years, `nghìn năm trăm` two and a half.
            let linked =
                at.checked_sub(1).and_then(lower).is_some_and(|before| table.links.contains(&before));
            let is_year = table.time.contains(&word) && at > 0 && !linked;
            if is_year && !lower(at + 1).is_some_and(|next| multiplies(&next)) {
                break;
            }
            // `hai ba trăm hộ` are two or three hundred.
            if at > 0 && is_one(words[at - 1].1) {
                return None;
            }
            part += value;
        } else if let Some(value) = table.wholes.get(&word) {
            part += value;
        } else if table.ten.contains(&word) {
            part *= 10.0;
        } else if table.hundred.contains(&word) {
            (hundreds, part) = (part * 100.0, 0.0);
            by = 100.0;
        } else if let Some(value) = scale(&word) {
            // `năm tỉ lệ`
            if lower(at + 1).is_some_and(|next| table.joined.contains(&next)) {
                break;
            }
            if hundreds + part == 0.0 && total > 0.0 {
                total *= value;
            } else {
                total += (hundreds + part) * value;
            }
            (hundreds, part) = (0.0, 0.0);
            by = value;
        } else if table.half.contains(&word) && by > 0.0 {
            total += by / 2.0;
            at += 1;
            taken = at;
            break;
        } else if table.links.contains(&word) && by > 0.0 {
            at += 1;
            continue;
        } else {
            break;
        }
        at += 1;
        taken = at;
    }
    (by > 0.0).then_some((taken, total + hundreds + part))
}

fn is_one(word: &str) -> bool {
    units().words.ones.contains_key(&word.to_lowercase())
}

/// Whether nothing but one blank or hyphen stands between a word and the one before it.
fn stands_next(words: &[(usize, &str)], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let (start, word) = words[before];
    words[at].0 - start - word.len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_read() {
        let check = |text: &str, expected: &[(&str, f64)]| {
            let found: Vec<(&str, f64)> =
                all(text).iter().map(|one| (&text[one.start..one.end], one.value)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("có hai nghìn ba trăm hộ", &[("hai nghìn ba trăm", 2_300.0)]);
        check("trong 5 năm tỉ lệ hộ nghèo, năm tỷ trọng", &[]);
        check("hai triệu người", &[("hai triệu", 2e6)]);
        check("ba triệu rưỡi đồng", &[("ba triệu rưỡi", 3.5e6)]);
        check("bốn mươi sáu triệu đồng", &[("bốn mươi sáu triệu", 46e6)]);
        check("có một nghìn hai trăm bốn mươi hộ", &[("một nghìn hai trăm bốn mươi", 1_240.0)]);
        check("ba trăm hai mươi lăm triệu đồng", &[("ba trăm hai mươi lăm triệu", 325e6)]);
        check("độ hai ba trăm hộ", &[]);
        check("một trăm linh năm hộ", &[("một trăm linh năm", 105.0)]);
        check("two hundred and fifty thousand people", &[("two hundred and fifty thousand", 250_000.0)]);
        check("Two million people", &[("Two million", 2e6)]);
        check("hai nghìn năm trăm hộ", &[("hai nghìn năm trăm", 2_500.0)]);
        check("hai nghìn năm lịch sử, hàng trăm hộ, hai xã, cả trăm", &[]);
        check("mười nghìn tỷ đồng", &[("mười nghìn tỷ", 1e13)]);
    }
}
