//! What a record would do with a page, step by step: for whoever writes records or wonders why a page is not collected.

use corpus::{Article, CanonicalUrl};
use jiff::Timestamp;
use jiff::civil::Date;
use scraper::selector::ToCss as _;
use scraper::{Html, Selector};
use serde::Serialize;
use url::Position;

use crate::crawl::{location, robots_of};
use crate::fetch::{Conditions, Fetcher};
use crate::files::is_file;
use crate::page::{self, Context};
use crate::robots::{self, Robots};
use crate::source::{Rule, Template};
use crate::{Error, Settings, Source};

/// Letters that are shown of a text.
const SHOWN: usize = 80;

/// What a record would do with a page.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// Name of the record.
    pub record: String,
    /// What it makes of the address; `None` for a file without one.
    pub address: Option<Address>,
    /// Why there is no page to read: robots.txt, a redirect, a failure.
    pub instead: Option<String>,
    /// What is read from the page.
    pub page: Option<Reading>,
}

/// What a record makes of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Address {
    /// The address.
    pub url: String,
    /// The one that stands for it, where that is another.
    pub canonical: Option<String>,
    /// Whether the crawl would go there.
    pub way: Way,
    /// The number that it shares with its translations and print views.
    pub number: Option<String>,
}

/// Whether the crawl would go to an address, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// It follows all addresses of its hosts.
    All,
    /// It is a file that is taken where a page links to it.
    File,
    /// A pattern of `follow` fits.
    Followed(String),
    /// A pattern of `skip` fits.
    Skipped(String),
    /// No pattern of `follow` fits.
    NotFollowed,
    /// The host is none of the record's.
    OtherHost,
}

/// What is read from a page.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// Why it cannot be read at all.
    pub unreadable: Option<String>,
    /// The record's templates in their order.
    pub templates: Vec<TemplateFit>,
    /// The number of the template that it is read by, from 1; `None` where it is read generically. A page without an
    /// article has no date here, so any design can be its.
    pub read_by: Option<usize>,
    /// Its article, but for the text.
    pub article: Option<Facts>,
    /// Why it has none.
    pub no_article: Option<String>,
    /// The page asks not to be indexed.
    pub noindex: bool,
    /// The page asks that its links are not followed.
    pub nofollow: bool,
    /// Links in it.
    pub links: usize,
    /// Of them such as the crawl would follow.
    pub followed: usize,
    /// Pages that its head names: its own address, the same in other languages, those before and after it.
    pub related: Vec<String>,
    /// Feeds that it names.
    pub feeds: Vec<String>,
}

/// How a template fits a page.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateFit {
    /// Its place in the record, from 1.
    pub number: usize,
    /// Whether the page's date is within its days.
    pub in_use: bool,
    /// Its parts that have selectors.
    pub parts: Vec<Part>,
}

/// What the selectors of one part of a template find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its key in the record.
    pub name: &'static str,
    /// How many selectors it has.
    pub selectors: usize,
    /// The first of them that finds something.
    pub selector: Option<String>,
    /// How many elements that one finds.
    pub elements: usize,
    /// The beginning of the first one's text.
    pub text: String,
}

/// An article, but for its text.
#[derive(Clone, Debug, Serialize)]
pub struct Facts {
    /// Headline.
    pub title: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Where that was found.
    pub published_by: Option<corpus::DateOrigin>,
    /// Section.
    pub section: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Words of its text.
    pub words: usize,
    /// The beginning of its text.
    pub begins: String,
    /// Its last line: what is no text often stands at the end.
    pub ends: String,
}

/// What `record` would do with the page at `url`, or with that address where there is no page at hand.
pub fn explain(record: &Source, url: Option<&CanonicalUrl>, page: Option<Fetched<'_>>) -> Explanation {
    Explanation {
        record: record.name.clone(),
        address: url.map(|url| address(record, url)),
        instead: None,
        page: page.map(|page| reading(record, url, &page)),
    }
}

/// A page at hand.
#[derive(Clone, Copy, Debug)]
pub struct Fetched<'a> {
    /// Its bytes, without the encodings of HTTP.
    pub html: &'a [u8],
    /// `charset` of its `Content-Type`.
    pub charset: Option<&'a str>,
    /// When it was fetched.
    pub at: Timestamp,
}

/// Asks for a page as the crawl would, robots.txt first and once each, and tells what `record` would do with it.
/// Nothing is kept.
pub async fn ask(record: &Source, settings: &Settings, url: &CanonicalUrl) -> Result<Explanation, Error> {
    let fetcher = Fetcher::new(settings)?;
    let mut explanation = explain(record, Some(url), None);
    let now = Timestamp::now();
    let known = match robots_of(&fetcher, url.as_url(), now).await {
        Ok(known) => known,
        Err(failure) => {
            explanation.instead = Some(format!("robots.txt: {failure}"));
            return Ok(explanation);
        }
    };
    if let Some(status @ (429 | 500..)) = known.status {
        explanation.instead = Some(format!("robots.txt: HTTP {status}; the host would be asked later"));
        return Ok(explanation);
    }
    let rules = Robots::from_answer(known.status, &known.body, robots::AGENT);
    if !rules.allows(url.as_url()) {
        let origin = &url.as_url()[..Position::BeforePath];
        explanation.instead = Some(format!("forbidden by {origin}/robots.txt"));
        return Ok(explanation);
    }
    let pause = settings.delay.max(record.delay.unwrap_or_default()).max(rules.delay().unwrap_or_default());
    tokio::time::sleep(pause).await;
    let answer = match fetcher.get(url.as_url(), Conditions::default()).await {
        Ok(answer) => answer,
        Err(failure) => {
            explanation.instead = Some(failure.to_string());
            return Ok(explanation);
        }
    };
    let (media, charset) = answer.media_type();
    if let Some(there) = location(&answer, url.as_url()) {
        explanation.instead = Some(format!("HTTP {}, to {there}", answer.status));
    } else if !matches!(answer.status, 200 | 203) {
        explanation.instead = Some(format!("HTTP {}", answer.status));
    } else if media.as_deref().is_some_and(|media| !matches!(media, "text/html" | "application/xhtml+xml")) {
        explanation.instead = Some(format!("not an HTML page: {}", media.unwrap_or_default()));
    } else if let Some(html) = answer.body(page::LONGEST) {
        let page = Fetched { html: &html, charset: charset.as_deref(), at: now };
        let mut read = reading(record, Some(url), &page);
        read.noindex |= answer.robots_tag("noindex");
        read.nofollow |= answer.robots_tag("nofollow");
        explanation.page = Some(read);
    } else {
        explanation.instead = Some(page::Unreadable::TooLong.to_string());
    }
    Ok(explanation)
}

fn address(record: &Source, url: &CanonicalUrl) -> Address {
    let canonical = record.canonical(url);
    Address {
        url: url.to_string(),
        way: if is_file(url) && record.takes_file(url) { Way::File } else { way(&record.rule(&canonical)) },
        number: record.number(url).map(str::to_owned),
        canonical: Some(canonical)
            .filter(|canonical| canonical != url)
            .map(|canonical| canonical.to_string()),
    }
}

fn way(rule: &Rule<'_>) -> Way {
    match rule {
        Rule::All => Way::All,
        Rule::Followed(pattern) => Way::Followed(pattern.to_string()),
        Rule::Skipped(pattern) => Way::Skipped(pattern.to_string()),
        Rule::NotFollowed => Way::NotFollowed,
        Rule::OtherHost => Way::OtherHost,
    }
}

fn reading(record: &Source, url: Option<&CanonicalUrl>, fetched: &Fetched<'_>) -> Reading {
    let context = Context {
        url,
        charset: fetched.charset,
        source: Some(record),
        fetched_at: fetched.at,
        is_live: true,
    };
    let mut reading = Reading {
        unreadable: None,
        templates: Vec::new(),
        read_by: None,
        article: None,
        no_article: None,
        noindex: false,
        nofollow: false,
        links: 0,
        followed: 0,
        related: Vec::new(),
        feeds: Vec::new(),
    };
    let read = page::read(fetched.html, &context)
        .and_then(|page| page::tree(fetched.html, &context).map(|tree| (page, tree)));
    let (page, tree) = match read {
        Ok(read) => read,
        Err(unreadable) => {
            reading.unreadable = Some(unreadable.to_string());
            return reading;
        }
    };
    let day =
        page.article.as_ref().ok().and_then(|article| article.published).map(|published| published.date);
    let fit = |(at, template): (usize, &Template)| TemplateFit {
        number: at + 1,
        in_use: template.covers(day),
        parts: parts(&tree, template),
    };
    reading.templates = record.templates.iter().enumerate().map(fit).collect();
    let is_read_by = |fit: &&TemplateFit| {
        fit.in_use && fit.parts.iter().any(|part| part.name == "body" && !part.text.is_empty())
    };
    reading.read_by = reading.templates.iter().find(is_read_by).map(|fit| fit.number);
    reading.noindex = page.noindex;
    reading.nofollow = page.nofollow;
    reading.links = page.links.len();
    let follows = |link: &&page::Link| !link.nofollow && record.follows(&record.canonical(&link.url));
    reading.followed = if page.nofollow { 0 } else { page.links.iter().filter(follows).count() };
    reading.related = page.related.iter().map(ToString::to_string).collect();
    reading.feeds = page.feeds.iter().map(ToString::to_string).collect();
    match page.article {
        Ok(article) => reading.article = Some(facts(article)),
        Err(none) => reading.no_article = Some(none.to_string()),
    }
    reading
}

fn facts(article: Article) -> Facts {
    let last = article.text.lines().last().unwrap_or_default();
    Facts {
        begins: shown(&article.text),
        ends: shown(last),
        words: article.text.split_whitespace().count(),
        title: article.title,
        author: article.author,
        published: article.published.map(|published| published.date),
        published_by: article.published.map(|published| published.origin),
        section: article.section,
        tags: article.tags,
    }
}

fn parts(tree: &Html, template: &Template) -> Vec<Part> {
    let lists: [(&str, &[Selector]); 9] = [
        ("title", &template.title),
        ("lede", &template.lede),
        ("author", &template.author),
        ("date", &template.date),
        ("body", &template.body),
        ("drop", &template.drop),
        ("captions", &template.captions),
        ("section", &template.section),
        ("tags", &template.tags),
    ];
    let part = |(name, selectors): (&'static str, &[Selector])| {
        let text = |selector: &Selector| {
            let texts = tree.select(selector).map(|element| shown(&element.text().collect::<String>()));
            texts.collect::<Vec<_>>()
        };
        let found = selectors.iter().map(|selector| (selector, text(selector)));
        let found = found.into_iter().find(|(_, texts)| texts.iter().any(|text| !text.is_empty()));
        let (selector, texts) = found.unzip();
        let texts = texts.unwrap_or_default();
        Part {
            name,
            selectors: selectors.len(),
            selector: selector.map(Selector::to_css_string),
            elements: texts.len(),
            text: texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
        }
    };
    lists.into_iter().filter(|(_, selectors)| !selectors.is_empty()).map(part).collect()
}

/// The beginning of a text, on one line.
fn shown(text: &str) -> String {
    let mut words = text.split_whitespace().flat_map(|word| [" ", word]).skip(1).flat_map(str::chars);
    let mut shown: String = words.by_ref().take(SHOWN).collect();
    if words.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = r#"
name = "Báo Sơn Khê"
hosts = ["baosonkhe.example"]
follow = ['-\d+\.html$', '^/$']
skip = ['/print/']
number = '-(\d+)\.html$'
[[canonical]]
from = '^(/.*-\d+\.html)\?.*$'
to = '$1'
[[template]]
title = ["h1.moi"]
body = ["div.moi"]
[[template]]
title = ["h2.cu", "h1.cu"]
date = ["span.ngay"]
body = ["div.cu"]
until = "2020-12-31"
"#;

    fn page(date: &str) -> String {
        let text = "Ủy ban nhân dân tỉnh Sơn Khê họp bàn việc sửa đê trước mùa mưa bão năm nay. ".repeat(6);
        format!(
            "<html><head><meta property='article:published_time' content='{date}T08:00:00+07:00'></head><body>\
             <h1 class=cu>Sửa đê</h1><span class=ngay>{date}</span><div class=cu><p>{text}</p></div>\
             <a href='/a-1.html?x'>A</a><a href='/b'>B</a></body></html>"
        )
    }

    #[test]
    fn the_way_of_an_address_is_told() {
        let record = Source::parse("sonkhe.toml", RECORD).unwrap();
        let check = |url: &str, way: Way, canonical: Option<&str>| {
            let explained = explain(&record, Some(&url.parse().unwrap()), None).address.unwrap();
            assert_eq!((explained.way, explained.canonical.as_deref()), (way, canonical), "{url}");
        };
        let article = || Way::Followed(r"-\d+\.html$".to_owned());
        check("http://baosonkhe.example/a-1.html", article(), None);
        check("http://baosonkhe.example/a-1.html?x=1", article(), Some("http://baosonkhe.example/a-1.html"));
        check("http://baosonkhe.example/print/a-1.html", Way::Skipped("/print/".to_owned()), None);
        check("http://baosonkhe.example/a", Way::NotFollowed, None);
        check("http://khac.example/a-1.html", Way::OtherHost, None);
        let all = Source::of_site(&"http://khac.example/".parse().unwrap());
        assert_eq!(address(&all, &"http://khac.example/tin".parse().unwrap()).way, Way::All);
    }

    #[test]
    fn the_template_is_told() {
        let record = Source::parse("sonkhe.toml", RECORD).unwrap();
        let url = "http://baosonkhe.example/a-1.html".parse().unwrap();
        let check = |date: &str, read_by: Option<usize>| {
            let html = page(date);
            let at = "2025-01-01T00:00:00Z".parse().unwrap();
            let fetched = Fetched { html: html.as_bytes(), charset: Some("utf-8"), at };
            let read = explain(&record, Some(&url), Some(fetched)).page.unwrap();
            assert_eq!(read.read_by, read_by, "{date}: {read:?}");
            assert_eq!((read.links, read.followed), (2, 1), "{read:?}");
            let article = read.article.as_ref().expect("an article");
            assert_eq!(article.title.as_deref(), Some("Sửa đê"));
            assert_eq!(article.published, Some(date.parse().unwrap()));
            let titles: Vec<_> = read.templates.iter().map(|fit| fit.parts[0].clone()).collect();
            assert_eq!((titles[0].selector.as_deref(), titles[0].elements), (None, 0));
            assert_eq!((titles[1].selector.as_deref(), titles[1].elements), (Some("h1.cu"), 1));
            assert_eq!((titles[1].selectors, titles[1].text.as_str()), (2, "Sửa đê"));
        };
        check("2019-05-02", Some(2));
        check("2024-05-02", None);
    }

    #[test]
    fn texts_are_cut_at_letters() {
        let check = |text: &str, expected: &str| assert_eq!(shown(text), expected);
        check(" a \n b ", "a b");
        check("", "");
        check(&"ê".repeat(81), &format!("{}…", "ê".repeat(80)));
    }
}
