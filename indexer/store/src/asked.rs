//! The language that a question is asked in.

use std::collections::HashSet;
use std::sync::LazyLock;

use corpus::Language;
use serde::Deserialize;
use text::is_vietnamese;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::QueryLimits;

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
