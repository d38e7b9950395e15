//! English nouns in their other number, by the table of endings.

use std::sync::LazyLock;

use serde::Deserialize;
use text::is_vietnamese;

/// Shorter words are names, short forms and particles.
const SHORTEST: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    unsaid: Vec<String>,
    singular: Vec<(String, String)>,
    plural: Vec<(String, String)>,
}

/// The plural of a singular, the singular of a plural; `None` where the word is not written as an English noun is.
pub(crate) fn other_number(word: &str) -> Option<String> {
    static ENDINGS: LazyLock<Endings> =
        LazyLock::new(|| rules::read("rules/plurals.toml").expect("the tables come with the program"));
    let english =
        word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase()) && !is_vietnamese(word);
    if !english || ENDINGS.unsaid.iter().any(|ending| word.ends_with(ending)) {
        return None;
    }
    let plural = word.ends_with('s') && !word.ends_with("ss");
    let rows = if plural { &ENDINGS.singular } else { &ENDINGS.plural };
    rows.iter().find_map(|(ending, other)| Some(format!("{}{other}", word.strip_suffix(ending.as_str())?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_have_another_number() {
        let check =
            |word: &str, other: Option<&str>| assert_eq!(other_number(word).as_deref(), other, "{word}");
        check("airports", Some("airport"));
        check("airport", Some("airports"));
        check("provinces", Some("province"));
        check("country", Some("countries"));
        check("countries", Some("country"));
        check("railway", Some("railways"));
        check("business", Some("businesses"));
        check("boxes", Some("box"));
        for word in ["crisis", "campus", "gas", "nghi", "thanh", "tỉnh", "=thanh", "2021", "nước"] {
            check(word, None);
        }
    }
}
