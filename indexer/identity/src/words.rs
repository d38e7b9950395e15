//! Words of positions and bodies, as syllables that remember how they were written.

use std::sync::LazyLock;

use serde::Deserialize;
use text::{Syllable, Syllables};

/// One syllable: without marks for look-up, as written for names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) folded: String,
    /// Lower case, marks kept.
    pub(crate) exact: String,
    /// Whether it begins with a capital or a digit, as names do.
    pub(crate) capital: bool,
    /// Whether a comma, a dash or a bracket stands before it.
    pub(crate) after_break: bool,
    /// Whether a sentence or a line may end before it.
    pub(crate) after_stop: bool,
}

/// How texts write "Trung ương" in letters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Centre {
    forms: Vec<String>,
    not_behind: Vec<String>,
    not_before: Vec<String>,
}

static CENTRE: LazyLock<Centre> =
    LazyLock::new(|| rules::read("rules/centre.toml").expect("the table comes with the program"));

/// A text with the centre written out.
fn spelt_out(text: &str) -> String {
    let mut spelt = text.to_owned();
    for form in &CENTRE.forms {
        let mut from = 0;
        while let Some(at) = spelt[from..].find(form.as_str()).map(|at| from + at) {
            let end = at + form.len();
            let (before, behind) = (&spelt[..at], &spelt[end..]);
            let next = |text: &str| text.chars().next().is_some_and(char::is_alphanumeric);
            let joined = before.chars().next_back().is_some_and(char::is_alphanumeric) || next(behind);
            let words = |text: &str| {
                text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).map(str::to_owned)
            };
            let last = before.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
            let other = last.is_some_and(|word| CENTRE.not_behind.iter().any(|known| known == word))
                || words(behind).is_some_and(|word| CENTRE.not_before.contains(&word));
            if joined || other {
                from = end;
            } else {
                const WHOLE: &str = " Trung ương ";
                spelt.replace_range(at..end, WHOLE);
                from = at + WHOLE.len();
            }
        }
    }
    spelt
}

/// The syllables of some words.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let spelt = spelt_out(text);
    let (mut all, mut next) = (Syllables::new(&spelt), Syllable::default());
    let mut found = Vec::new();
    let mut behind = 0;
    while all.advance(&mut next) {
        let gap = &spelt[behind..next.start];
        behind = next.end;
        found.push(Word {
            capital: spelt[next.start..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
            after_break: gap.contains([',', '(', ')', ';', '–', '-', '/', ':']),
            after_stop: gap.contains(['.', '!', '?', '…', '\n']),
            folded: next.folded.clone(),
            exact: next.exact.clone(),
        });
    }
    found
}

/// Whether `words` begin with the syllables of `phrase`, which are joined by one blank; how many there are.
pub(crate) fn begins(words: &[Word], phrase: &str) -> Option<usize> {
    let mut count = 0;
    for syllable in phrase.split(' ') {
        if words.get(count)?.folded != syllable {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// The syllables joined by blanks.
pub(crate) fn joined(words: &[Word]) -> String {
    let mut joined = String::new();
    for word in words {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&word.folded);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_centre_is_written_out_where_it_is_meant() {
        let check = |text: &str, expected: &str| {
            let found: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        };
        check("Ban Tổ chức T.Ư", "ban to chuc trung uong");
        check("UBKT TƯ", "ubkt trung uong");
        check("TW Hội Nông dân", "trung uong hoi nong dan");
        check("GIÁM ĐỐC SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "giam doc so ke hoach va dau tu");
        check("Giám đốc Sở TƯ PHÁP", "giam doc so tu phap");
        check("PHÓ TƯ LỆNH QUÂN KHU", "pho tu lenh quan khu");
        check("Bí thư Chi bộ Đầu Tư.", "bi thu chi bo dau tu");
        check("BTƯ", "btu");
    }
}
