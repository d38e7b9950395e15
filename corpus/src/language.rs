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

/// The codes of ISO 639-1.
const ASSIGNED: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl Language {
    /// Whether a language has the code.
    pub fn is_assigned(&self) -> bool {
        ASSIGNED.split(' ').any(|code| code == self.code())
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
