//! The noun that follows a number: what it counts.

use super::indicator;
use super::table::{phrases, units};

/// What stands behind the whole that a number is counted of: `10 of the 17 communes`.
pub(super) fn whole_en(words: &str) -> Option<&str> {
    let lead = indicator::length(&phrases().of_whole, words)?;
    let rest = words.splitn(lead + 1, ' ').nth(lead)?;
    let number = rest.split_whitespace().next()?;
    let counted = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    counted.then(|| rest[number.len()..].trim_start())
}

/// The head of an English noun phrase: its last plural before a word that ends the phrase.
pub(super) fn noun_en(words: &str) -> Option<String> {
    let mut level = words.split_whitespace();
    let words = match (level.next(), level.next()) {
        (Some("level"), Some(number)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            words["level".len()..].trim_start()[number.len()..].trim_start()
        }
        _ => words,
    };
    if let Some(term) = units().term(words) {
        return Some(words[..term.len()].to_owned());
    }
    if !words.starts_with(char::is_alphabetic) {
        return None;
    }
    let mut run: Vec<&str> = Vec::new();
    for word in words.split_whitespace() {
        let (word, is_ratio) = word.split_once('/').map_or((word, false), |(word, _)| (word, true));
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let seen = run.iter().any(|word| is_plural(word));
        let ends = bare.is_empty() || !bare.starts_with(char::is_alphabetic);
        // Before its noun a phrase may list what kinds of it are meant: `district, city and town committees`.
        let lists = !seen && !run.is_empty() && bare == "and";
        if ends || phrases().ends_noun_en(bare) && !lists || run.len() == 6 {
            break;
        }
        run.push(bare);
        if is_ratio {
            break;
        }
        if bare.len() != word.len() && (seen || is_plural(bare) || !word.ends_with(',')) {
            break;
        }
    }
    for (at, word) in run.iter().enumerate() {
        let ends = run.get(at + 1).is_none_or(|next| !is_plural(next));
        if is_plural(word) && ends {
            let start = words.find(run[0])?;
            let upto = words[start..].find(word)? + start;
            let after_blanks = words[start..=upto].match_indices(' ').map(|(blank, _)| start + blank + 1);
            for from in after_blanks.chain([start]) {
                if let Some(term) = units().term(&words[from..]) {
                    return Some(words[from..from + term.len()].to_owned());
                }
            }
            return Some((*word).to_owned());
        }
    }
    run.first().filter(|first| !first.ends_with("ed")).map(|first| (*first).to_owned())
}

fn is_plural(word: &str) -> bool {
    let plural =
        word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s") && !word.ends_with("us");
    plural || matches!(word, "people" | "children" | "women" | "staff")
}

/// What a measure is counted by, where that stands right behind it, known nouns whole: `/học sinh`, `/người/năm`.
pub(super) fn per(words: &str) -> &str {
    let mut end = 0;
    while let Some(by) = words[end..].strip_prefix('/').filter(|by| by.starts_with(char::is_lowercase)) {
        let length = units().term(by).map_or(0, str::len);
        let word = by.find(|c: char| !c.is_alphanumeric()).unwrap_or(by.len());
        end += '/'.len_utf8() + length.max(word);
    }
    &words[..end]
}

/// Words up to a stroke behind which another number stands: `vụ/81 đối tượng`.
pub(super) fn before_stroke(words: &str) -> &str {
    let strokes = words.match_indices('/').map(|(at, _)| at);
    let numbered = |at: &usize| words[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    strokes.into_iter().find(numbered).map_or(words, |at| &words[..at])
}

/// The noun that a Vietnamese phrase begins with: a known one, else its first two syllables.
pub(super) fn noun_vi(words: &str) -> Option<String> {
    let words = before_stroke(words);
    if let Some(term) = units().term(words) {
        return Some(words[..term.len()].to_owned());
    }
    let is_noun = |word: &str| {
        let mut letters = word.chars();
        let (first, second) = (letters.next(), letters.next());
        // A capital begins a name (`13 Lý Sơn`); several are a short form.
        let is_name = first.is_some_and(char::is_uppercase) && second.is_none_or(char::is_lowercase);
        first.is_some_and(char::is_alphabetic) && !is_name && !phrases().is_no_noun_vi(word)
    };
    let bare = |word: &'_ str| word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let mut all = words.split_whitespace();
    let first = all.next()?;
    let first = &first[..bare(first)];
    if !is_noun(first) {
        return None;
    }
    // Most nouns have two syllables; those that count people and places have one.
    let second =
        all.next().filter(|_| words.starts_with(&format!("{first} ")) && !phrases().is_noun_vi(first));
    match second.map(|second| &second[..bare(second)]).filter(|second| is_noun(second)) {
        Some(second) => Some(format!("{first} {second}")),
        None => Some(first.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_stroke_is_a_part_of_a_unit_or_another_number() {
        for (words, expected) in [
            ("/người/năm.", "/người/năm"),
            ("/học sinh, còn", "/học sinh"),
            ("/cổ phiếu", "/cổ phiếu"),
            ("/KH 358 triệu", ""),
            ("/81 đối tượng", ""),
            ("/ngày…", "/ngày"),
            ("/", ""),
            ("", ""),
        ] {
            assert_eq!(per(words), expected, "{words}");
        }
        assert_eq!(noun_vi("vụ/81 đối tượng").as_deref(), Some("vụ"));
        assert_eq!(before_stroke("mẫu/ngày"), "mẫu/ngày");
    }
}
