//! Languages, by their ISO 639-1 code.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language by its two-letter ISO 639-1 code: `vi`, `en`, `fr`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 2]);

impl Language {
    /// Vietnamese.
    pub const VIETNAMESE: Self = Self(*b"vi");
    /// English.
    pub const ENGLISH: Self = Self(*b"en");

    /// The code, lower case.
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).expect("a code is two ASCII letters")
    }
}

impl FromStr for Language {
    type Err = NotALanguage;

    /// Reads a code or a longer tag (`vi-VN`, `en_US`): what follows the language is dropped.
    fn from_str(tag: &str) -> Result<Self, NotALanguage> {
        let code = tag.split(['-', '_']).next().unwrap_or_default();
        match code.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_lowercase(), b.to_ascii_lowercase()]))
            }
            _ => Err(NotALanguage(tag.to_owned())),
        }
    }
}

/// The text is not a language tag.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a two-letter language code such as vi or en")]
pub struct NotALanguage(String);

impl TryFrom<String> for Language {
    type Error = NotALanguage;
    fn try_from(tag: String) -> Result<Self, NotALanguage> {
        tag.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.code().to_owned()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_down_to_the_language() {
        for (tag, code) in
            [("vi", Some("vi")), ("VI-vn", Some("vi")), ("en_US", Some("en")), ("", None), ("vie", None)]
        {
            assert_eq!(
                tag.parse::<Language>().ok().map(|language| language.to_string()).as_deref(),
                code,
                "{tag}"
            );
        }
    }
}
