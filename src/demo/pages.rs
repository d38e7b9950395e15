//! Pages of the sample, read from the records in `pages/`.

use anyhow::{Context as _, Result};
use jiff::civil::DateTime;
use serde::Deserialize;

/// The records: file name and text.
const FILES: &[(&str, &str)] = &[
    ("newspaper-2016-2019.toml", include_str!("pages/newspaper-2016-2019.toml")),
    ("newspaper-2020-2025.toml", include_str!("pages/newspaper-2020-2025.toml")),
    ("newspaper-en.toml", include_str!("pages/newspaper-en.toml")),
    ("portal.toml", include_str!("pages/portal.toml")),
];

/// Host of the newspaper.
pub(crate) const NEWSPAPER: &str = "baosonkhe.example";
/// Host of the portal.
pub(crate) const PORTAL: &str = "sonkhe.gov.example";

/// An article of one of the two sites.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// Host it is published on.
    pub(crate) host: String,
    /// Path on that host.
    pub(crate) path: String,
    /// Language, `vi` or `en`.
    pub(crate) lang: String,
    /// Headline.
    pub(crate) title: String,
    /// Lede.
    pub(crate) lede: String,
    /// Byline.
    pub(crate) author: String,
    /// Local time of publication.
    pub(crate) date: DateTime,
    /// Section of the site.
    pub(crate) section: String,
    /// Paragraphs.
    pub(crate) body: Vec<String>,
    /// Caption of its picture.
    pub(crate) caption: String,
    /// What the page becomes when the site changes.
    #[serde(default)]
    pub(crate) changed: Option<Change>,
}

/// The second version of a page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    /// Local time of the change.
    pub(crate) date: DateTime,
    /// Lede.
    pub(crate) lede: String,
    /// Paragraphs.
    pub(crate) body: Vec<String>,
}

impl Page {
    /// What a page shares with its translation: the number at the end of its path.
    pub(crate) fn number(&self) -> &str {
        let name = self.path.rsplit_once('.').map_or(self.path.as_str(), |(name, _)| name);
        name.rsplit('-').next().unwrap_or(name)
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("http://{}{}", self.host, self.path)
    }

    /// Whether robots.txt keeps it from crawlers.
    pub(crate) fn is_internal(&self) -> bool {
        self.path.starts_with("/noi-bo/")
    }

    /// The page after the site's change.
    pub(crate) fn after_change(&self) -> Self {
        let mut page = self.clone();
        if let Some(change) = &self.changed {
            page.lede.clone_from(&change.lede);
            page.body.clone_from(&change.body);
        }
        page
    }
}

/// Reads all records.
pub(crate) fn read() -> Result<Vec<Page>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        page: Vec<Page>,
    }
    let mut pages = Vec::new();
    for (name, text) in FILES {
        let file: File =
            toml::from_str(text).with_context(|| format!("the sample's record {name} cannot be read"))?;
        pages.extend(file.page);
    }
    Ok(pages)
}
