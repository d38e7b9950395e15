//! What the words of a question tell beside themselves: the language that it is asked in, and the foreign names in it.

use std::collections::HashSet;
use std::sync::LazyLock;

use corpus::Language;
use serde::Deserialize;
use text::{Syllables, is_vietnamese};

use crate::near::may_be_misspelt;
use crate::query::{Query, Unit};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Telling {
    english: HashSet<String>,
}

/// The language of the words of a question; `None` where they do not tell: names, and Vietnamese without its accents.
pub(crate) fn language(words: &Query) -> Option<Language> {
    static TELLING: LazyLock<Telling> =
        LazyLock::new(|| rules::read("rules/languages.toml").expect("the tables come with the program"));
    let mut words = words.optional().flat_map(Unit::words).peekable();
    words.peek()?;
    let mut english = false;
    for word in words {
        if word.has_accents() && is_vietnamese(&word.folded) {
            return Some(Language::VIETNAMESE);
        }
        english |= TELLING.english.contains(&word.exact);
    }
    english.then_some(Language::ENGLISH)
}

/// The foreign names in a question, in small letters: words that are no Vietnamese syllable and stand with a capital where no
/// sentence begins.
pub(crate) fn foreign_names(text: &str) -> HashSet<String> {
    let begins = |at: usize| {
        let before = text[..at].trim_end_matches(|c: char| !c.is_alphanumeric() && !".?!".contains(c));
        before.is_empty() || before.ends_with(['.', '?', '!'])
    };
    Syllables::parted(text)
        .filter(|word| text[word.start..].starts_with(|c: char| c.is_ascii_uppercase()))
        .filter(|word| may_be_misspelt(&word.exact) && !begins(word.start))
        .map(|word| word.exact)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::QueryLimits;

    #[test]
    fn a_foreign_name_has_a_capital_inside_of_a_sentence() {
        let check = |text: &str, expected: &[&str]| {
            let mut names: Vec<String> = foreign_names(text).into_iter().collect();
            names.sort();
            assert_eq!(names, expected, "{text}");
        };
        check("When did Brandt visit the Elbrook plant", &["brandt", "elbrook"]);
        check("Ông Brandt thăm nhà máy nào ở Sơn Khê?", &["brandt"]);
        // What begins a sentence has a capital anyway; Vietnamese names are words as others are.
        check("Where is it? Which way, said (Brandt)", &["brandt"]);
        check("\"Where\" was Nguyễn Văn Khang", &[]);
        check("when did brandt visit", &[]);
    }

    #[test]
    fn a_question_tells_its_language() {
        let check = |text: &str, code: Option<&str>| {
            let words = Query::parse(text, &QueryLimits::default()).unwrap();
            assert_eq!(
                language(&words).map(|language| language.code().to_owned()).as_deref(),
                code,
                "{text}"
            );
        };
        check("vì sao giá gạo tăng", Some("vi"));
        check("World Bank cho tỉnh vay bao nhiêu", Some("vi"));
        check("how many households have clean water", Some("en"));
        check("price of rice", Some("en"));
        // Names alone, Vietnamese without accents, one accent of another language.
        check("Lan Anh Resort Park", None);
        check("gia gao tang", None);
        check("Zürich summit", None);
    }

    #[test]
    fn no_word_that_tells_english_is_a_syllable() {
        let telling: Telling = rules::read("rules/languages.toml").unwrap();
        let both: Vec<&String> = telling.english.iter().filter(|word| is_vietnamese(word)).collect();
        assert!(both.is_empty(), "{both:?}");
    }
}
