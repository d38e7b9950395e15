//! JSON records to articles.

use serde::{Deserialize, Serialize};

use crate::{Article, Capture, DateOrigin, Published};

/// A record of JSON Lines, or a row of CSV, as imports and `yearline extract` take it. Other fields are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JsonRecord {
    /// The giver's own name for it; numbers are taken too.
    #[serde(deserialize_with = "text_or_number")]
    pub id: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// When it was published, in any form that [`crate::date`] reads.
    pub published: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// Language tag.
    pub lang: Option<String>,
    /// Province, by its Vietnamese name.
    pub province: Option<String>,
    /// Name of its source.
    pub source: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// The text, kept exactly.
    pub text: Option<String>,
    /// A page, instead of a text.
    pub html: Option<String>,
}

/// Why a record cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum NotARecord {
    /// It is not JSON, or a field is not text.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// It has nothing to read.
    #[error("it has neither a text nor an html field")]
    Empty,
}

impl JsonRecord {
    /// Reads one.
    pub fn parse(line: &[u8]) -> Result<Self, NotARecord> {
        let record: Self = serde_json::from_slice(line)?;
        if record.text.is_none() && record.html.is_none() {
            return Err(NotARecord::Empty);
        }
        Ok(record)
    }

    /// The article that it is; its text is empty where the record holds a page. What cannot be understood (a date that
    /// is none, an address that is none) is left unknown.
    pub fn article(self) -> Article {
        let day = |text: Option<String>| {
            let text = text?;
            let (date, time) = crate::date::iso(&text).or_else(|| crate::date::printed(&text))?;
            Some(Published { date, time, origin: DateOrigin::Record })
        };
        Article {
            url: self.url.and_then(|url| url.parse().ok()),
            title: self.title,
            author: self.author,
            published: day(self.published),
            modified: day(self.modified),
            language: self.lang.and_then(|tag| tag.parse().ok()),
            source: self.source,
            province: self.province,
            section: self.section,
            text: self.text.unwrap_or_default(),
            ..Article::default()
        }
    }
}

/// The article in an `application/json` capture.
pub fn article(capture: &Capture) -> Result<Article, NotARecord> {
    JsonRecord::parse(&capture.body).map(JsonRecord::article)
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(value)? {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_record_states_is_read_and_the_rest_unknown() {
        let check = |json: &str, field: fn(&Article) -> Option<String>, expected: Option<&str>| {
            let article = JsonRecord::parse(json.as_bytes()).unwrap().article();
            assert_eq!(field(&article).as_deref(), expected, "{json}");
        };
        let day = |article: &Article| article.published.map(|published| published.date.to_string());
        check(r#"{"text": "a", "published": "2021-06-26"}"#, day, Some("2021-06-26"));
        check(r#"{"text": "a", "published": "2020-07-16T10:36:00.000+07:00"}"#, day, Some("2020-07-16"));
        check(r#"{"text": "a", "published": "26/06/2021 10:15"}"#, day, Some("2021-06-26"));
        check(r#"{"text": "a", "published": "soon"}"#, day, None);
        check(r#"{"text": "a", "published": null}"#, day, None);
        let url = |article: &Article| article.url.as_ref().map(ToString::to_string);
        check(r#"{"text": "a", "url": "https://b.example/c"}"#, url, Some("https://b.example/c"));
        check(r#"{"text": "a", "url": "c"}"#, url, None);
        assert_eq!(JsonRecord::parse(br#"{"id": 7, "text": "a"}"#).unwrap().id.as_deref(), Some("7"));
        assert!(JsonRecord::parse(br#"{"id": 7}"#).is_err());
    }
}
