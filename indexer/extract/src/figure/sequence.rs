//! Phrases of a table, looked up in the words of a text.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;

use crate::pattern::lower;

/// Phrases of one word or more, in small letters.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Sequences {
    /// By the first word, the longest first.
    by_first: HashMap<String, Vec<Vec<String>>>,
    /// By the last word, the longest first.
    by_last: HashMap<String, Vec<Vec<String>>>,
}

impl From<Vec<String>> for Sequences {
    fn from(phrases: Vec<String>) -> Self {
        let mut by_first: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        let mut by_last: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for phrase in &phrases {
            let words: Vec<String> = phrase.split_whitespace().map(str::to_owned).collect();
            if let (Some(first), Some(last)) = (words.first().cloned(), words.last().cloned()) {
                by_first.entry(first).or_default().push(words.clone());
                by_last.entry(last).or_default().push(words);
            }
        }
        for same in by_first.values_mut().chain(by_last.values_mut()) {
            same.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        Self { by_first, by_last }
    }
}

impl Sequences {
    /// How many words the longest phrase has that words in small letters begin with.
    pub(super) fn begin(&self, words: &[Cow<'_, str>]) -> Option<usize> {
        let phrases = self.by_first.get(words.first()?.as_ref())?;
        phrases.iter().find(|phrase| starts(words, phrase)).map(Vec::len)
    }

    /// How many words the longest phrase has that words in small letters end with.
    pub(super) fn end(&self, words: &[Cow<'_, str>]) -> Option<usize> {
        let phrases = self.by_last.get(words.last()?.as_ref())?;
        let ends = |phrase: &Vec<String>| {
            words.len() >= phrase.len() && starts(&words[words.len() - phrase.len()..], phrase)
        };
        phrases.iter().find(|phrase| ends(phrase)).map(Vec::len)
    }

    /// Whether words are made of these phrases and nothing else; not where there are none.
    pub(super) fn make_up(&self, words: &[&str]) -> bool {
        let words: Vec<Cow<'_, str>> = words.iter().map(|word| lower(word)).collect();
        let mut rest = &words[..];
        while !rest.is_empty() {
            match self.begin(rest) {
                Some(length) => rest = &rest[length..],
                None => return false,
            }
        }
        !words.is_empty()
    }
}

fn starts(words: &[Cow<'_, str>], phrase: &[String]) -> bool {
    words.len() >= phrase.len() && words.iter().zip(phrase).all(|(word, said)| word.as_ref() == said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_found_at_both_ends() {
        let table = Sequences::from(["so với", "so", "cùng kỳ", "kỳ"].map(str::to_owned).to_vec());
        let check = |words: &str, begin: Option<usize>, end: Option<usize>, made_up: bool| {
            let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
            let small: Vec<Cow<'_, str>> = words.iter().map(|word| lower(word)).collect();
            assert_eq!(
                (table.begin(&small), table.end(&small), table.make_up(&words)),
                (begin, end, made_up)
            );
        };
        check("So với cùng kỳ", Some(2), Some(2), true);
        check("so cùng kỳ", Some(1), Some(2), true);
        check("kỳ so", Some(1), Some(1), true);
        check("so với năm trước", Some(2), None, false);
        check("năm kỳ", None, Some(1), false);
        check("", None, None, false);
    }
}
