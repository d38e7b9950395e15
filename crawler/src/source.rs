//! Source records: what Yearline knows about a site, as data.

use std::path::Path;
use std::time::Duration;

use corpus::{CanonicalUrl, Language};
use jiff::civil::Date;
use regex::Regex;
use scraper::Selector;
use serde::Deserialize;
use url::Url;

use crate::Error;

/// Files of a folder of this crate: name and text.
macro_rules! files {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$((concat!($name, ".toml"), include_str!(concat!("../", $folder, "/", $name, ".toml")))),*]
    };
}

/// The records that come with the program.
const SHIPPED: &[(&str, &str)] = files!("sources":
    "baonghean",
    "backan",
    "baoangiang",
    "baobackan",
    "baobariavungtau",
    "baocantho",
    "baodaklak",
    "baodongnai",
    "baodongthap",
    "baohagiang",
    "baohatinh",
    "baokhanhhoa",
    "baoquangbinh",
    "baoquangnam",
    "baoquangngai",
    "baoquangninh",
    "baothanhhoa",
    "bariavungtau",
    "binhduong",
    "dongnai",
    "hanoimoi",
    "lienhiepkhktnghean",
    "nghean",
    "ngheandcs",
    "nongthonmoihatinh",
    "thanhhoa",
    "truyenhinhnghean",
    "truyenhinhthanhhoa",
);

/// What the sites of a family have in common, whose pages one program makes.
const FAMILIES: &[(&str, &str)] =
    files!("families": "liferay", "monthly", "nukeviet", "numbered", "onecms", "sharepoint");

/// The record that any site without its own is crawled by.
const GENERIC: (&str, &str) = ("generic.toml", include_str!("../sources/generic.toml"));

/// What is known about a site: where to begin, what to follow, how its pages are built.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name that people call it by (`Báo Nghệ An`); unique.
    pub name: String,
    /// The province it covers, by its Vietnamese name.
    pub province: Option<String>,
    /// Languages it publishes in, the main one first.
    pub languages: Vec<Language>,
    /// Host names, lower case; `*.` before a name stands for any name below it.
    pub hosts: Vec<String>,
    /// Pages to begin with.
    pub start: Vec<CanonicalUrl>,
    /// RSS, Atom or JSON feeds.
    pub feeds: Vec<CanonicalUrl>,
    /// Sitemaps, beside those that robots.txt names.
    pub sitemaps: Vec<CanonicalUrl>,
    /// Paths (with their query) to follow; none means all.
    pub follow: Vec<Regex>,
    /// Paths (with their query) never to follow; stronger than `follow`.
    pub skip: Vec<Regex>,
    /// Other addresses of one page, and the one that stands for them.
    pub canonical: Vec<CanonicalRule>,
    /// Finds in a path the number (group 1) that a page shares with its translations and print views.
    pub number: Option<Regex>,
    /// How its pages are built, newest design first.
    pub templates: Vec<Template>,
    /// Files that its pages link to are collected (`rules/files.toml` says of which kinds).
    pub files: bool,
    /// Least pause between two requests, where it is to be longer than the settings'.
    pub delay: Option<Duration>,
}

/// Rewrites one spelling of a path into the canonical one.
#[derive(Clone, Debug)]
pub struct CanonicalRule {
    /// Pattern of the path with its query.
    pub from: Regex,
    /// What the match becomes (`$1` for a group).
    pub to: String,
}

/// Where the parts of an article stand in one design of a site. Each list is tried in its order.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// Headline.
    pub title: Vec<Selector>,
    /// Lede (sapo).
    pub lede: Vec<Selector>,
    /// Byline.
    pub author: Vec<Selector>,
    /// Visible date of publication.
    pub date: Vec<Selector>,
    /// The element that holds the text; a page that has none is not of this design.
    pub body: Vec<Selector>,
    /// What inside the body is no text.
    pub drop: Vec<Selector>,
    /// Captions of pictures.
    pub captions: Vec<Selector>,
    /// Section of the paper.
    pub section: Vec<Selector>,
    /// Tags.
    pub tags: Vec<Selector>,
    /// First day the design was in use.
    pub from: Option<Date>,
    /// Last day the design was in use.
    pub until: Option<Date>,
}

impl Template {
    /// Whether pages of `day` can have this design; a page without a date can have any.
    pub fn covers(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| {
            self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    name: toml::Spanned<String>,
    province: Option<String>,
    family: Option<toml::Spanned<String>>,
    #[serde(default)]
    languages: Vec<toml::Spanned<String>>,
    #[serde(default)]
    hosts: Vec<toml::Spanned<String>>,
    #[serde(default)]
    start: Vec<toml::Spanned<String>>,
    #[serde(default)]
    feeds: Vec<toml::Spanned<String>>,
    #[serde(default)]
    sitemaps: Vec<toml::Spanned<String>>,
    #[serde(default)]
    follow: Vec<toml::Spanned<String>>,
    #[serde(default)]
    skip: Vec<toml::Spanned<String>>,
    #[serde(default)]
    canonical: Vec<RawRule>,
    number: Option<toml::Spanned<String>>,
    #[serde(default)]
    template: Vec<RawTemplate>,
    files: Option<bool>,
    delay_ms: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    from: toml::Spanned<String>,
    to: toml::Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTemplate {
    #[serde(default)]
    title: Vec<toml::Spanned<String>>,
    #[serde(default)]
    lede: Vec<toml::Spanned<String>>,
    #[serde(default)]
    author: Vec<toml::Spanned<String>>,
    #[serde(default)]
    date: Vec<toml::Spanned<String>>,
    body: Vec<toml::Spanned<String>>,
    #[serde(default)]
    drop: Vec<toml::Spanned<String>>,
    #[serde(default)]
    captions: Vec<toml::Spanned<String>>,
    #[serde(default)]
    section: Vec<toml::Spanned<String>>,
    #[serde(default)]
    tags: Vec<toml::Spanned<String>>,
    from: Option<toml::Spanned<String>>,
    until: Option<toml::Spanned<String>>,
}

/// One record's text while it is checked: knows where each value stands.
struct Reading<'a> {
    file: &'a str,
    text: &'a str,
}

type Words = [toml::Spanned<String>];

impl Reading<'_> {
    fn error(&self, at: Option<usize>, reason: String) -> Error {
        let line = at.map(|at| {
            self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|b| **b == b'\n').count() + 1
        });
        Error::Source { file: self.file.to_owned(), line, reason }
    }

    /// Turns each word into a value; the first that cannot be is the error, named with its key.
    fn each<T>(
        &self,
        key: &str,
        words: &Words,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, Error> {
        words
            .iter()
            .map(|word| {
                read(word.get_ref())
                    .map_err(|reason| self.error(Some(word.span().start), format!("{key}: {reason}")))
            })
            .collect()
    }

    fn urls(&self, key: &str, words: &Words) -> Result<Vec<CanonicalUrl>, Error> {
        self.each(key, words, |word| word.parse::<CanonicalUrl>().map_err(|error| error.to_string()))
    }

    fn patterns(&self, key: &str, words: &Words) -> Result<Vec<Regex>, Error> {
        self.each(key, words, |word| Regex::new(word).map_err(|error| error.to_string()))
    }

    fn selectors(&self, key: &str, words: &Words) -> Result<Vec<Selector>, Error> {
        self.each(key, words, |word| {
            Selector::parse(word).map_err(|error| format!("“{word}” is not a CSS selector: {error}"))
        })
    }

    fn day(&self, key: &str, word: Option<&toml::Spanned<String>>) -> Result<Option<Date>, Error> {
        let days = self.each(key, word.map(std::slice::from_ref).unwrap_or_default(), |word| {
            word.parse::<Date>().map_err(|_| format!("“{word}” is not a day such as 2019-12-31"))
        })?;
        Ok(days.first().copied())
    }

    fn source(&self) -> Result<Source, Error> {
        let raw: RawSource = toml::from_str(self.text)
            .map_err(|error| self.error(error.span().map(|span| span.start), error.message().to_owned()))?;
        let name = raw.name.get_ref().trim().to_owned();
        if name.is_empty() {
            return Err(self.error(Some(raw.name.span().start), "name: a source needs a name".to_owned()));
        }
        let mut source = Source {
            name,
            province: raw.province,
            languages: self.each("languages", &raw.languages, |word| {
                word.parse().map_err(|error: corpus::language::NotALanguage| error.to_string())
            })?,
            hosts: self.each("hosts", &raw.hosts, |word| {
                let host = word.strip_prefix("*.").unwrap_or(word);
                let canonical = Url::parse(&format!("http://{host}/")).ok();
                if canonical.as_ref().and_then(Url::host_str) == Some(host) {
                    Ok(word.to_owned())
                } else {
                    Err(format!("“{word}” is not a lower-case host name without port"))
                }
            })?,
            start: self.urls("start", &raw.start)?,
            feeds: self.urls("feeds", &raw.feeds)?,
            sitemaps: self.urls("sitemaps", &raw.sitemaps)?,
            follow: self.patterns("follow", &raw.follow)?,
            skip: self.patterns("skip", &raw.skip)?,
            canonical: raw
                .canonical
                .iter()
                .map(|rule| {
                    let mut from = self.patterns("canonical.from", std::slice::from_ref(&rule.from))?;
                    Ok(CanonicalRule { from: from.remove(0), to: rule.to.get_ref().clone() })
                })
                .collect::<Result<_, Error>>()?,
            number: match &raw.number {
                None => None,
                Some(word) => {
                    let pattern = self.patterns("number", std::slice::from_ref(word))?.remove(0);
                    if pattern.captures_len() < 2 {
                        let reason = "number: the pattern needs a group around the number".to_owned();
                        return Err(self.error(Some(word.span().start), reason));
                    }
                    Some(pattern)
                }
            },
            templates: raw
                .template
                .iter()
                .map(|template| {
                    Ok(Template {
                        title: self.selectors("title", &template.title)?,
                        lede: self.selectors("lede", &template.lede)?,
                        author: self.selectors("author", &template.author)?,
                        date: self.selectors("date", &template.date)?,
                        body: self.selectors("body", &template.body)?,
                        drop: self.selectors("drop", &template.drop)?,
                        captions: self.selectors("captions", &template.captions)?,
                        section: self.selectors("section", &template.section)?,
                        tags: self.selectors("tags", &template.tags)?,
                        from: self.day("from", template.from.as_ref())?,
                        until: self.day("until", template.until.as_ref())?,
                    })
                })
                .collect::<Result<_, Error>>()?,
            files: raw.files.unwrap_or_default(),
            delay: raw.delay_ms.map(Duration::from_millis),
        };
        let Some(family) = raw.family else { return Ok(source) };
        let known = FAMILIES.iter().find(|(file, _)| file.strip_suffix(".toml") == Some(family.get_ref()));
        let Some((file, text)) = known else {
            let names: Vec<&str> = families().collect();
            let reason = format!("family: there is no “{}”, but {}", family.get_ref(), names.join(", "));
            return Err(self.error(Some(family.span().start), reason));
        };
        let shared = Reading { file, text: &format!("name = \"{}\"\n{text}", family.get_ref()) }.source()?;
        source.follow.extend(shared.follow);
        source.skip.extend(shared.skip);
        source.canonical.extend(shared.canonical);
        source.templates.extend(shared.templates);
        source.number = source.number.or(shared.number);
        source.files = raw.files.unwrap_or(shared.files);
        source.delay = source.delay.or(shared.delay);
        Ok(source)
    }
}

/// The names of the families that are known.
pub(crate) fn families() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().filter_map(|(file, _)| file.strip_suffix(".toml"))
}

impl Source {
    /// Reads a record; `file` names it in the error.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        Reading { file, text }.source()
    }

    /// A record for a site that has none: begins at `url`, stays on its host (with and without `www.`), and reads
    /// pages generically.
    pub fn of_site(url: &CanonicalUrl) -> Self {
        let mut source =
            Self::parse(GENERIC.0, GENERIC.1).expect("the shipped records are checked by a test");
        let host = url.host();
        let bare = host.strip_prefix("www.").unwrap_or(host);
        bare.clone_into(&mut source.name);
        source.hosts = vec![bare.to_owned(), format!("www.{bare}")];
        source.start = vec![url.clone()];
        source
    }

    /// Whether a host belongs to it.
    pub fn has_host(&self, host: &str) -> bool {
        self.hosts.iter().any(|known| match known.strip_prefix("*.") {
            Some(parent) => host.strip_suffix(parent).is_some_and(|name| name.ends_with('.')),
            None => known == host,
        })
    }

    /// Whether the crawl may go to `url`: its host, and its path by `follow` and `skip`.
    pub fn follows(&self, url: &CanonicalUrl) -> bool {
        matches!(self.rule(url), Rule::All | Rule::Followed(_))
    }

    /// Whether the crawl takes the file at `url`, to which a page links. `skip` means pages: one that hands out the file that
    /// its query names is none of them.
    pub(crate) fn takes_file(&self, url: &CanonicalUrl) -> bool {
        let path = url.as_url().path();
        let is_handed_out = url.as_url().query().is_some();
        let is_skipped = || self.skip.iter().any(|pattern| pattern.is_match(path));
        self.files && self.has_host(url.host()) && (is_handed_out || !is_skipped())
    }

    /// The rule by which the crawl goes to `url`, or does not.
    pub(crate) fn rule(&self, url: &CanonicalUrl) -> Rule<'_> {
        if !self.has_host(url.host()) {
            return Rule::OtherHost;
        }
        let path = path_and_query(url.as_url());
        let fitting = |patterns: &'_ [Regex]| patterns.iter().position(|pattern| pattern.is_match(path));
        match (fitting(&self.skip), fitting(&self.follow)) {
            (Some(at), _) => Rule::Skipped(&self.skip[at]),
            (None, Some(at)) => Rule::Followed(&self.follow[at]),
            (None, None) if self.follow.is_empty() => Rule::All,
            (None, None) => Rule::NotFollowed,
        }
    }

    /// The number that a page shares with its translations and print views.
    pub fn number<'u>(&self, url: &'u CanonicalUrl) -> Option<&'u str> {
        Some(self.number.as_ref()?.captures(path_and_query(url.as_url()))?.get(1)?.as_str())
    }

    /// The address that stands for all spellings of `url` on this site.
    pub fn canonical(&self, url: &CanonicalUrl) -> CanonicalUrl {
        let path = path_and_query(url.as_url());
        self.canonical
            .iter()
            .filter(|rule| rule.from.is_match(path))
            .find_map(|rule| {
                let path = rule.from.replace(path, rule.to.as_str());
                url.as_url().join(&path).ok().and_then(CanonicalUrl::new)
            })
            .filter(|there| there.host() == url.host())
            .unwrap_or_else(|| url.clone())
    }
}

/// Why the crawl goes to an address, or does not.
pub(crate) enum Rule<'a> {
    All,
    Followed(&'a Regex),
    Skipped(&'a Regex),
    NotFollowed,
    OtherHost,
}

fn path_and_query(url: &Url) -> &str {
    &url[url::Position::BeforePath..url::Position::AfterQuery]
}

/// All records that are known.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// The records that come with the program.
    pub fn shipped() -> Self {
        Self(
            SHIPPED
                .iter()
                .map(|(file, text)| {
                    Source::parse(file, text).expect("the shipped records are checked by a test")
                })
                .collect(),
        )
    }

    /// The records in a folder: every `*.toml`, in the order of their names. Names must be unique.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| Error::Io { path, source }
        };
        let mut files = std::fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>())
            .map_err(io(folder))?;
        files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        files.sort();
        let mut sources = Self::default();
        for path in files {
            let text = std::fs::read_to_string(&path).map_err(io(&path))?;
            let file = path.display().to_string();
            let source = Source::parse(&file, &text)?;
            if sources.named(&source.name).is_some() {
                let reason = format!("name: there is a record named “{}” already", source.name);
                return Err(Error::Source { file, line: None, reason });
            }
            sources.0.push(source);
        }
        Ok(sources)
    }

    /// These and others; a record of `others` replaces one of the same name.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        self.0.retain(|source| others.named(&source.name).is_none());
        self.0.extend(others.0);
        self
    }

    /// The record of that name (letter case does not matter).
    pub fn named(&self, name: &str) -> Option<&Source> {
        self.0.iter().find(|source| source.name.to_lowercase() == name.to_lowercase())
    }

    /// The record that a host belongs to; one that names the host itself is preferred to one with `*.`.
    pub fn for_host(&self, host: &str) -> Option<&Source> {
        self.0
            .iter()
            .find(|source| source.hosts.iter().any(|known| known == host))
            .or_else(|| self.0.iter().find(|source| source.has_host(host)))
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Source> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Sources {
    type Item = &'a Source;
    type IntoIter = std::slice::Iter<'a, Source>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl FromIterator<Source> for Sources {
    fn from_iter<I: IntoIterator<Item = Source>>(sources: I) -> Self {
        Self(sources.into_iter().collect())
    }
}

#[cfg(test)]
mod families;
#[cfg(test)]
mod tests;
