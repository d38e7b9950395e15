//! JSON records to articles.

use serde::{Deserialize, Serialize};

use crate::{Article, CanonicalUrl, Capture, DateOrigin, Published};

/// A record of JSON Lines, or a row of CSV, as imports and `yearline extract` take it. Other fields are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JsonRecord {
    /// The giver's own name for it; numbers are taken too.
    #[serde(deserialize_with = "text_or_other")]
    pub id: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Headline; what is a number in a table is its text.
    #[serde(deserialize_with = "text")]
    pub title: Option<String>,
    /// Byline.
    #[serde(deserialize_with = "text")]
    pub author: Option<String>,
    /// When it was published, in any form that [`crate::date`] reads; seconds or milliseconds since 1970 may be a number.
    #[serde(deserialize_with = "text_or_other")]
    pub published: Option<String>,
    /// When it was last changed.
    #[serde(deserialize_with = "text_or_other")]
    pub modified: Option<String>,
    /// Language tag.
    pub lang: Option<String>,
    /// Province, by its Vietnamese name.
    pub province: Option<String>,
    /// Name of its source.
    #[serde(deserialize_with = "text")]
    pub source: Option<String>,
    /// Section.
    #[serde(deserialize_with = "text")]
    pub section: Option<String>,
    /// The text, kept as it is but for letters and their marks, which are composed, and lines that were cut at a width, which are
    /// joined.
    #[serde(deserialize_with = "text")]
    pub text: Option<String>,
    /// A page, instead of a text.
    pub html: Option<String>,
}

/// The fields of a [`JsonRecord`].
const FIELDS: [&str; 12] = [
    "id",
    "url",
    "title",
    "author",
    "published",
    "modified",
    "lang",
    "province",
    "source",
    "section",
    "text",
    "html",
];

/// Which field of a record another's field is: `title=headline`. The other name may be a path into objects: `text=body.plain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    field: &'static str,
    theirs: String,
}

/// Why something is no [`FieldName`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAFieldName {
    /// It has no `=` with something on both sides.
    #[error("write FIELD=NAME, like title=headline")]
    Form,
    /// Records have no such field.
    #[error("a record has no field “{0}”: it has {fields}", fields = FIELDS.join(", "))]
    Unknown(String),
}

impl std::str::FromStr for FieldName {
    type Err = NotAFieldName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (field, theirs) = text.split_once('=').ok_or(NotAFieldName::Form)?;
        if theirs.is_empty() {
            return Err(NotAFieldName::Form);
        }
        let known = FIELDS.into_iter().find(|known| *known == field);
        let field = known.ok_or_else(|| NotAFieldName::Unknown(field.to_owned()))?;
        Ok(Self { field, theirs: theirs.to_owned() })
    }
}

impl FieldName {
    /// Gives a record the field that it has by another name; nothing where it has none. All that it had stays.
    pub(crate) fn apply(&self, record: &mut serde_json::Map<String, serde_json::Value>) {
        let by_path = || {
            let mut names = self.theirs.split('.');
            let first = record.get(names.next()?)?;
            names.try_fold(first, |value, name| value.get(name))
        };
        if let Some(value) = record.get(&self.theirs).or_else(by_path).cloned() {
            record.insert(self.field.to_owned(), value);
        }
    }
}

/// Why a record cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum NotARecord {
    /// It is not JSON.
    #[error("it is no JSON: {0}")]
    Json(String),
    /// It is JSON, and no object.
    #[error("it is {0}, and a record is an object: {{\"title\": …, \"text\": …}}")]
    NoObject(&'static str),
    /// A field is of a kind that it cannot be.
    #[error("its field “{field}” is {found}, and should be a text")]
    Field {
        /// Its name.
        field: String,
        /// What it is instead.
        found: &'static str,
    },
    /// It has nothing to read.
    #[error("it has neither a text nor an html field")]
    Empty,
}

impl NotARecord {
    /// Why `line` is none, in words for whoever wrote it.
    fn new(line: &[u8], error: &serde_json::Error) -> Self {
        let plain = || {
            let told = error.to_string();
            let what = told.split(" at line ").next().unwrap_or_default().to_owned();
            Self::Json(format!("{what}, at its byte {}", error.column()))
        };
        if !error.is_data() {
            return plain();
        }
        let Ok(value) = serde_json::from_slice::<serde_json::Value>(line) else { return plain() };
        let serde_json::Value::Object(fields) = value else { return Self::NoObject(kind(&value)) };
        let is_wrong = |(name, value): &(&String, &serde_json::Value)| {
            FIELDS.contains(&name.as_str())
                && (value.is_array() || value.is_object() || value.is_boolean() || value.is_number())
        };
        match fields.iter().filter(is_wrong).find(|(name, value)| {
            let alone = serde_json::Map::from_iter([((*name).clone(), (*value).clone())]);
            serde_json::from_value::<JsonRecord>(alone.into()).is_err()
        }) {
            Some((field, value)) => Self::Field { field: field.clone(), found: kind(value) },
            None => plain(),
        }
    }
}

/// What a value is, in words.
fn kind(value: &serde_json::Value) -> &'static str {
    use serde_json::Value;
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

impl JsonRecord {
    /// Reads one.
    pub fn parse(line: &[u8]) -> Result<Self, NotARecord> {
        let record: Self = serde_json::from_slice(line).map_err(|error| NotARecord::new(line, &error))?;
        if record.text.is_none() && record.html.is_none() {
            return Err(NotARecord::Empty);
        }
        Ok(record)
    }

    /// The words of its fields `published` and `modified` that are no date.
    pub fn unread_dates(&self) -> impl Iterator<Item = &str> {
        let stated = [&self.published, &self.modified].into_iter().flatten().map(String::as_str);
        stated.filter(|text| !text.trim().is_empty() && moment(text).is_none())
    }

    /// The article that it is; its text is empty where the record holds a page. What cannot be understood (a date that
    /// is none, an address that is none) is left unknown.
    pub fn article(self) -> Article {
        let day = |text: Option<String>| moment(&text?);
        let composed = |text: String| crate::text::composed(text.into()).into_owned();
        let url: Option<CanonicalUrl> = self.url.and_then(|url| url.parse().ok());
        let text = self
            .text
            .map(composed)
            .map(|text| crate::text::unwrapped(text.into()).into_owned())
            .unwrap_or_default();
        Article {
            title: self.title.map(composed).or_else(|| crate::head::subject(&text)),
            author: self.author.map(composed),
            published: day(self.published).or_else(|| crate::plain_text::published(&text)),
            modified: day(self.modified),
            language: self.lang.and_then(|tag| tag.parse().ok()),
            source: self.source.map(composed),
            province: self.province.map(composed),
            section: self.section.map(composed),
            url,
            text,
            ..Article::default()
        }
    }
}

/// When a field says that it was.
fn moment(text: &str) -> Option<Published> {
    let by_number =
        || crate::date::unix(text).map(crate::date::of_home).map(|(date, time)| (date, Some(time)));
    let (date, time) = crate::date::iso(text).or_else(by_number).or_else(|| crate::date::printed(text))?;
    Some(Published { date, time, origin: DateOrigin::Record })
}

/// The article in an `application/json` capture.
pub fn article(capture: &Capture) -> Result<Article, NotARecord> {
    JsonRecord::parse(&capture.body).map(JsonRecord::article)
}

/// A text, or a number as its text.
fn text<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    match serde_json::Value::deserialize(value)? {
        serde_json::Value::Null => Ok(None),
        serde_json::Value::String(text) => Ok(Some(text)),
        serde_json::Value::Number(number) => Ok(Some(number.to_string())),
        other => Err(serde::de::Error::custom(kind(&other))),
    }
}

/// The same for what a record can do without: anything else is words that are not understood.
fn text_or_other<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(value)? {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_other_names_are_taken() {
        let check = |map: &str, record: &str, expected: &str| {
            let mut record = serde_json::from_str(record).unwrap();
            map.parse::<FieldName>().unwrap().apply(&mut record);
            assert_eq!(serde_json::to_string(&record).unwrap(), expected);
        };
        check("title=headline", r#"{"headline":"a"}"#, r#"{"headline":"a","title":"a"}"#);
        check("text=body.plain", r#"{"body":{"plain":"a"}}"#, r#"{"body":{"plain":"a"},"text":"a"}"#);
        check("text=a.b", r#"{"a.b":"c"}"#, r#"{"a.b":"c","text":"c"}"#);
        check("text=body", r#"{"title":"a"}"#, r#"{"title":"a"}"#);
        let wrong = |map: &str| map.parse::<FieldName>().unwrap_err().to_string();
        assert!(wrong("title").contains("FIELD=NAME") && wrong("title=").contains("FIELD=NAME"));
        assert!(wrong("titel=x").contains("“titel”") && wrong("titel=x").contains("published"));
    }

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
        check(r#"{"text": "a", "published": 1624677300}"#, day, Some("2021-06-26"));
        check(r#"{"text": "a", "published": "1624726800000"}"#, day, Some("2021-06-27"));
        check(r#"{"text": "a", "published": 1624677300.5}"#, day, Some("2021-06-26"));
        check(r#"{"text": "a", "published": 12345}"#, day, None);
        check(r#"{"text": "a", "published": "soon"}"#, day, None);
        check(r#"{"text": "a", "published": null}"#, day, None);
        check(r#"{"text": "Mưa to\nMinh Hà 26/06/2021 10:15\nNước lên."}"#, day, Some("2021-06-26"));
        check(r#"{"text": "Ngày 26/06/2021, mưa to ở cả ba xã vùng cao của huyện."}"#, day, None);

        let text = |article: &Article| Some(article.text.clone());
        check(r#"{"text": "Tro\u031b\u0300i mu\u031ba."}"#, text, Some("Trời mưa."));
        let url = |article: &Article| article.url.as_ref().map(ToString::to_string);
        check(r#"{"text": "a", "url": "https://b.example/c"}"#, url, Some("https://b.example/c"));
        check(r#"{"text": "a", "url": "c"}"#, url, None);
        let unread = |json: &str| -> Vec<String> {
            JsonRecord::parse(json.as_bytes()).unwrap().unread_dates().map(str::to_owned).collect()
        };
        assert_eq!(unread(r#"{"text": "a", "published": "soon", "modified": "5/6/2021"}"#), ["soon"]);
        assert!(unread(r#"{"text": "a", "published": " "}"#).is_empty());
        assert_eq!(JsonRecord::parse(br#"{"id": 7, "text": "a"}"#).unwrap().id.as_deref(), Some("7"));
        let title = |json: &str| JsonRecord::parse(json.as_bytes()).unwrap().title;
        assert_eq!(title(r#"{"title": 2045, "text": "a"}"#).as_deref(), Some("2045"));
        assert_eq!(unread(r#"{"text": "a", "published": {"day": 5}}"#), [r#"{"day":5}"#]);
        let refused = |json: &str, says: &str| {
            let told = JsonRecord::parse(json.as_bytes()).unwrap_err().to_string();
            assert!(told.contains(says), "{json}: {told}");
            assert!(!told.contains("JsonRecord") && !told.contains("line 1"), "{json}: {told}");
        };
        refused(r#"{"id": 7}"#, "neither a text nor an html");
        refused("[1, 2]", "it is a list, and a record is an object");
        refused("5", "it is a number");
        refused(r#"{"text": "a", "title": ["b"]}"#, "its field “title” is a list");
        refused(r#"{"text": {"a": 1}}"#, "its field “text” is an object");
        refused(r#"{"text": "a", "url": 5}"#, "its field “url” is a number");
        refused(r#"{"text": "a", "text": "b"}"#, "duplicate field `text`");
        refused(r#"{"text": "a"#, "it is no JSON: EOF while parsing a string, at its byte 11");
    }
}
