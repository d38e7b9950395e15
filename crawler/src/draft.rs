//! A first record for a site, from its front page and a few articles: what can be seen there, for a person to go on with.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use corpus::CanonicalUrl;
use jiff::Timestamp;
use regex::Regex;
use scraper::{ElementRef, Html, Node, Selector};
use serde::Deserialize;

use crate::crawl::{location, robots_of};
use crate::explain::{Explanation, Fetched, explain};
use crate::fetch::{Conditions, Fetcher};
use crate::page::{self, Context};
use crate::robots::{self, Robots};
use crate::{Error, Settings, Source};

/// Articles that are asked for.
const ARTICLES: usize = 3;
/// Redirects followed on the way to a page.
const HOPS: usize = 5;
/// Hyphens in the last part of a path from which it is the headline of an article.
const HEADLINE: usize = 3;
/// Start pages that are named.
const SECTIONS: usize = 12;

/// A record, and what it would do.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The record, as a file of TOML.
    pub record: String,
    /// What it makes of some articles of the site; fewer than it asked for where some did not answer.
    pub articles: Vec<Explanation>,
    /// What could not be found out.
    pub notes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    family: Vec<Family>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    name: String,
    #[serde(default)]
    marks: Vec<String>,
    articles: Option<String>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../rules/draft.toml")).expect("the shipped rules are checked by a test")
});

/// Asks for pages as the crawl would: robots.txt first, a pause between two.
struct Asker<'a> {
    fetcher: Fetcher,
    settings: &'a Settings,
    /// By origin.
    rules: HashMap<String, Robots>,
    asked: Option<Instant>,
}

/// A page that came.
struct Answered {
    url: CanonicalUrl,
    html: Vec<u8>,
    charset: Option<String>,
}

impl Asker<'_> {
    async fn wait(&mut self, pause: Duration) {
        if let Some(asked) = self.asked {
            tokio::time::sleep(pause.saturating_sub(asked.elapsed())).await;
        }
        self.asked = Some(Instant::now());
    }

    /// The page at an address, through redirects; or why there is none, in words.
    async fn page(&mut self, url: &CanonicalUrl) -> Result<Answered, String> {
        let mut url = url.clone();
        for _ in 0..=HOPS {
            let origin = url.as_url()[..url::Position::BeforePath].to_owned();
            if !self.rules.contains_key(&origin) {
                self.wait(self.settings.delay).await;
                let known = robots_of(&self.fetcher, url.as_url(), Timestamp::now()).await;
                let known = known.map_err(|failure| format!("{origin}/robots.txt: {failure}"))?;
                if let Some(status @ (429 | 500..)) = known.status {
                    return Err(format!("{origin}/robots.txt: HTTP {status}"));
                }
                let rules = Robots::from_answer(known.status, &known.body, robots::AGENT);
                self.rules.insert(origin.clone(), rules);
            }
            let rules = &self.rules[&origin];
            if !rules.allows(url.as_url()) {
                return Err(format!("{url}: forbidden by its robots.txt"));
            }
            let pause = self.settings.delay.max(rules.delay().unwrap_or_default());
            self.wait(pause).await;
            let answer = self.fetcher.get(url.as_url(), Conditions::default()).await;
            let answer = answer.map_err(|failure| format!("{url}: {failure}"))?;
            if let Some(there) = location(&answer, url.as_url()).and_then(CanonicalUrl::new) {
                url = there;
                continue;
            }
            let (media, charset) = answer.media_type();
            let is_html =
                media.as_deref().is_none_or(|media| matches!(media, "text/html" | "application/xhtml+xml"));
            if !matches!(answer.status, 200 | 203) || !is_html {
                return Err(format!("{url}: HTTP {}, {}", answer.status, media.unwrap_or_default()));
            }
            let html = answer.body(page::LONGEST).ok_or_else(|| format!("{url}: too long"))?.into_owned();
            return Ok(Answered { url, html, charset });
        }
        Err(format!("{url}: too many redirects"))
    }
}

/// Drafts a record for the site at `url`. Nothing is kept. Where not even the front page can be had, the draft says why and
/// has little else.
pub async fn draft(settings: &Settings, url: &CanonicalUrl) -> Result<Draft, Error> {
    let mut asker = Asker { fetcher: Fetcher::new(settings)?, settings, rules: HashMap::new(), asked: None };
    let mut notes = Vec::new();
    let front = match asker.page(url).await {
        Ok(front) => front,
        Err(why) => {
            let site = Site::unseen(url);
            return Ok(Draft { record: site.record(), articles: Vec::new(), notes: vec![why] });
        }
    };
    let source = Source::of_site(&front.url);
    let read = page::read(&front.html, &context(&front, &source));
    let Ok(read) = read else {
        let site = Site::unseen(&front.url);
        return Ok(Draft {
            record: site.record(),
            articles: Vec::new(),
            notes: vec!["the front page is no HTML".to_owned()],
        });
    };
    let links: Vec<CanonicalUrl> =
        read.links.iter().map(|link| link.url.clone()).filter(|url| source.has_host(url.host())).collect();
    let shapes = Shapes::of(&links);
    let mut site = Site::unseen(&front.url);
    site.feeds =
        read.feeds.iter().filter(|feed| source.has_host(feed.host())).map(ToString::to_string).collect();
    site.sitemaps = asker
        .rules
        .values()
        .flat_map(Robots::sitemaps)
        .filter(|sitemap| source.has_host(sitemap.host()))
        .map(ToString::to_string)
        .collect();
    site.sections = sections(&links, &front.url);
    site.files = links.iter().any(crate::files::is_file);
    let text = String::from_utf8_lossy(&front.html).into_owned();
    site.family = family(&text, &shapes.articles);
    if site.family.is_none() {
        site.follow = shapes.follow.clone();
        site.number = shapes.number.clone();
    }
    if shapes.articles.is_empty() {
        notes.push(
            "no link of the front page looks like an article's; everything on the host is followed"
                .to_owned(),
        );
    }
    let mut pages = Vec::new();
    for article in shapes.articles.iter().take(ARTICLES) {
        match asker.page(article).await {
            Ok(answered) => pages.push(answered),
            Err(why) => notes.push(why),
        }
    }
    let page_name = page_name(&text);
    site.name = page_name.unwrap_or(site.name);
    let record = Source::parse("draft", &site.record())?;
    site.languages = languages(&pages, &record);
    let takes = |pages: &[Answered], record: &Source| -> Vec<Explanation> {
        let at = Timestamp::now();
        let explained = pages.iter().map(|page| {
            let fetched = Fetched { html: &page.html, charset: page.charset.as_deref(), at };
            explain(record, Some(&page.url), Some(fetched))
        });
        explained.collect()
    };
    let is_by_family =
        |explanation: &Explanation| explanation.page.as_ref().is_some_and(|page| page.read_by.is_some());
    let by_family = takes(&pages, &record);
    if !by_family.iter().any(is_by_family) {
        site.template = template(&pages, &record);
        if site.template.is_empty() && !pages.is_empty() {
            notes.push("no selectors fit all articles; they are read as those of any site".to_owned());
        }
    }
    let text = site.record();
    let record = Source::parse("draft", &text)?;
    Ok(Draft { record: text, articles: takes(&pages, &record), notes })
}

fn context<'a>(answered: &'a Answered, source: &'a Source) -> Context<'a> {
    Context {
        url: Some(&answered.url),
        charset: answered.charset.as_deref(),
        source: Some(source),
        fetched_at: Timestamp::now(),
        is_live: true,
    }
}

/// The family that marks in a page, or the addresses of most articles, show.
fn family(html: &str, articles: &[CanonicalUrl]) -> Option<&'static str> {
    let has = |family: &&Family| {
        let by_mark = family.marks.iter().any(|mark| html.contains(mark.as_str()));
        let pattern = family.articles.as_deref().and_then(|pattern| Regex::new(pattern).ok());
        let fits =
            |pattern: &Regex| articles.iter().filter(|url| pattern.is_match(url.as_url().path())).count();
        by_mark
            || (!articles.is_empty()
                && pattern.as_ref().is_some_and(|pattern| fits(pattern) * 2 > articles.len()))
    };
    RULES.family.iter().find(has).map(|family| family.name.as_str())
}

/// What a site calls itself in its front page.
fn page_name(html: &str) -> Option<String> {
    let tree = Html::parse_document(html);
    let select = |selector: &str| Selector::parse(selector).expect("a constant selector");
    let stated = tree
        .select(&select("meta[property='og:site_name']"))
        .find_map(|meta| meta.attr("content").map(str::to_owned));
    let title = || tree.select(&select("title")).next().map(|title| title.text().collect::<String>());
    let name = stated.or_else(title)?;
    let name = name.split(['|', '–']).next().unwrap_or_default().split(" - ").next().unwrap_or_default();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// What links look like.
#[derive(Default)]
struct Shapes {
    /// Addresses of articles: of the commonest shape first.
    articles: Vec<CanonicalUrl>,
    /// Patterns of them.
    follow: Vec<String>,
    /// The number in them.
    number: Option<String>,
}

impl Shapes {
    fn of(links: &[CanonicalUrl]) -> Self {
        let mut shapes: BTreeMap<String, Vec<&CanonicalUrl>> = BTreeMap::new();
        for url in links {
            let path = url.as_url().path().trim_end_matches('/');
            let is_article = path.rsplit('/').take(2).any(|part| part.matches('-').count() >= HEADLINE);
            if is_article && url.as_url().query().is_none() {
                shapes.entry(shape(path)).or_default().push(url);
            }
        }
        let mut shapes: Vec<(String, Vec<&CanonicalUrl>)> = shapes.into_iter().collect();
        shapes.sort_by_key(|(shape, urls)| (std::cmp::Reverse(urls.len()), shape.clone()));
        let Some(most) = shapes.first().map(|(_, urls)| urls.len()) else { return Self::default() };
        // Others that are as common are articles too; those that are rare are not.
        shapes.retain(|(_, urls)| urls.len() * 4 >= most);
        let mut found = Self::default();
        for (shape, urls) in &shapes {
            found.articles.extend(urls.iter().copied().cloned());
            let (pattern, number) = pattern(shape, urls);
            found.follow.push(pattern);
            found.number = found.number.or(number);
        }
        found
    }
}

/// How a path ends: what stands behind its headline, each digit as `0`.
fn shape(path: &str) -> String {
    let parts: Vec<&str> = path.rsplit('/').take(2).collect();
    let tail = |part: &str| {
        let end = part.rfind('.').filter(|at| part.len() - at <= 6).unwrap_or(part.len());
        let (stem, ending) = part.split_at(end);
        let last = stem.rsplit('-').next().unwrap_or_default();
        let digits = last.chars().filter(char::is_ascii_digit).count();
        let marker = if digits >= 4 && last.len() - digits <= 4 {
            format!("-{}0", last.trim_end_matches(|letter: char| letter.is_ascii_digit()))
        } else if stem.chars().all(|letter| letter.is_ascii_digit()) && digits >= 4 {
            "0".to_owned()
        } else {
            String::new()
        };
        format!("{marker}{ending}")
    };
    // `/<headline>/196473.htm` has its number in a part of its own.
    match parts.as_slice() {
        [last, ..]
            if last.chars().next().is_some_and(|first| first.is_ascii_digit()) && !last.contains('-') =>
        {
            format!("/0{}", tail(last).trim_start_matches(['-', '0']))
        }
        [last, ..] => tail(last),
        [] => String::new(),
    }
}

/// The pattern of a shape, and the one of its number.
fn pattern(shape: &str, urls: &[&CanonicalUrl]) -> (String, Option<String>) {
    let Some((before, behind)) = shape.split_once('0') else {
        // No number: what a headline looks like has to do.
        return (format!("/[^/]+(-[^/]+){{{HEADLINE},}}{}/?$", regex::escape(shape)), None);
    };
    let digits = urls.iter().filter_map(|url| {
        let path = url.as_url().path().trim_end_matches('/');
        let stem = path.strip_suffix(behind)?;
        Some(stem.len() - stem.trim_end_matches(|letter: char| letter.is_ascii_digit()).len())
    });
    let lengths: Vec<usize> = digits.collect();
    let least = lengths.iter().min().copied().unwrap_or(4).saturating_sub(1).max(3);
    let most = lengths.iter().max().copied().unwrap_or(9) + 1;
    let pattern = |number: String| format!("{}{number}{}/?$", regex::escape(before), regex::escape(behind));
    let digits = format!("\\d{{{least},{most}}}");
    (pattern(digits.clone()), Some(pattern(format!("({digits})"))))
}

/// Short addresses without numbers that pages link to: sections.
fn sections(links: &[CanonicalUrl], front: &CanonicalUrl) -> Vec<String> {
    let is_section = |url: &&CanonicalUrl| {
        let path = url.as_url().path().trim_matches('/');
        !path.is_empty()
            && url.host() == front.host()
            && url.as_url().query().is_none()
            && path.split('/').count() <= 2
            && path.chars().all(|letter| letter.is_ascii_lowercase() || matches!(letter, '-' | '/'))
            && path.split('/').all(|part| part.matches('-').count() < HEADLINE)
    };
    links.iter().filter(is_section).take(SECTIONS).map(ToString::to_string).collect()
}

fn languages(pages: &[Answered], record: &Source) -> Vec<String> {
    let mut languages: Vec<String> = Vec::new();
    for answered in pages {
        let article =
            page::read(&answered.html, &context(answered, record)).ok().and_then(|page| page.article.ok());
        if let Some(language) = article.and_then(|article| article.language) {
            let code = language.code().to_owned();
            if !languages.contains(&code) {
                languages.push(code);
            }
        }
    }
    languages
}

/// Selectors of the parts of an article that fit all pages.
fn template(pages: &[Answered], record: &Source) -> Vec<(&'static str, String)> {
    let mut candidates: [(&'static str, Vec<Vec<String>>); 3] =
        [("title", Vec::new()), ("date", Vec::new()), ("body", Vec::new())];
    let mut trees = Vec::new();
    for answered in pages {
        let context = context(answered, record);
        let Some(article) = page::read(&answered.html, &context).ok().and_then(|page| page.article.ok())
        else {
            continue;
        };
        let Ok(tree) = page::tree(&answered.html, &context) else { continue };
        let day = article.published.map(|published| published.date);
        let lines: Vec<String> = article.text.lines().map(squeezed).filter(|line| line.len() > 40).collect();
        let title = article.title.as_deref().map(squeezed).unwrap_or_default();
        let found: [Vec<String>; 3] = [
            selectors(&tree, |element, text| {
                matches!(element.value().name(), "h1" | "h2") && !title.is_empty() && text == title
            }),
            selectors(&tree, |element, text| {
                let is_date = |day: jiff::civil::Date| {
                    let numbers = [
                        day.strftime("%d/%m/%Y").to_string(),
                        day.strftime("%-d/%-m/%Y").to_string(),
                        day.strftime("%d-%m-%Y").to_string(),
                        day.strftime("%d.%m.%Y").to_string(),
                    ];
                    numbers.iter().any(|number| text.contains(number.as_str()))
                };
                element.value().name() != "a" && text.chars().count() < 80 && day.is_some_and(is_date)
            }),
            body(&tree, &lines),
        ];
        for ((_, all), found) in candidates.iter_mut().zip(found) {
            all.push(found);
        }
        trees.push(tree);
    }
    if trees.is_empty() {
        return Vec::new();
    }
    let fits = |selector: &str| {
        Selector::parse(selector)
            .is_ok_and(|parsed| trees.iter().all(|tree| tree.select(&parsed).count() == 1))
    };
    let best = candidates.into_iter().filter_map(|(part, all)| {
        let first = all
            .first()?
            .iter()
            .find(|selector| fits(selector) && all.iter().all(|others| others.contains(selector)))?;
        Some((part, first.clone()))
    });
    let best: Vec<(&'static str, String)> = best.collect();
    if best.iter().any(|(part, _)| *part == "body") { best } else { Vec::new() }
}

/// Selectors of the smallest elements that something is true of.
fn selectors(tree: &Html, fits: impl Fn(&ElementRef<'_>, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for element in tree.root_element().descendants().filter_map(ElementRef::wrap) {
        if element.value().name() == "head"
            || element.ancestors().any(|above| is_named(above.value(), "head"))
        {
            continue;
        }
        let text = squeezed(&element.text().collect::<String>());
        if fits(&element, &text) {
            found.extend(selector(&element));
        }
    }
    // The smallest come last.
    found.reverse();
    found
}

fn is_named(node: &Node, name: &str) -> bool {
    node.as_element().is_some_and(|element| element.name() == name)
}

/// Selectors of the smallest elements that hold four fifths of an article's lines.
fn body(tree: &Html, lines: &[String]) -> Vec<String> {
    if lines.is_empty() {
        return Vec::new();
    }
    let holds = |element: &ElementRef<'_>| {
        let text = squeezed(&element.text().collect::<Vec<_>>().join(" "));
        lines.iter().filter(|line| text.contains(line.as_str())).count() * 5 >= lines.len() * 4
    };
    let mut found = Vec::new();
    let mut at = Some(tree.root_element());
    while let Some(element) = at {
        if !matches!(element.value().name(), "html" | "body" | "main") {
            found.extend(selector(&element));
        }
        at = element.child_elements().find(holds);
    }
    found.reverse();
    found
}

/// How an element is named: by its id, else by a class of it. Names with digits are made for one page.
fn selector(element: &ElementRef<'_>) -> Option<String> {
    let value = element.value();
    let is_name = |name: &&str| {
        name.len() > 1
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
            && name.chars().next().is_some_and(|first| first.is_ascii_alphabetic())
            && name.chars().filter(char::is_ascii_digit).count() < 3
    };
    if let Some(id) = value.id().filter(is_name) {
        return Some(format!("{}#{id}", value.name()));
    }
    // The longest class says most.
    let class = value.classes().filter(is_name).max_by_key(|class| class.len());
    class
        .map(|class| format!("{}.{class}", value.name()))
        .or_else(|| (value.name() == "h1").then(|| "h1".to_owned()))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was found out about a site.
struct Site {
    name: String,
    hosts: Vec<String>,
    start: String,
    family: Option<&'static str>,
    languages: Vec<String>,
    sections: Vec<String>,
    feeds: Vec<String>,
    sitemaps: Vec<String>,
    follow: Vec<String>,
    number: Option<String>,
    files: bool,
    template: Vec<(&'static str, String)>,
}

impl Site {
    /// One of which only the address is known.
    fn unseen(url: &CanonicalUrl) -> Self {
        let bare = url.host().strip_prefix("www.").unwrap_or(url.host());
        let mut start = url.as_url().clone();
        start.set_path("/");
        start.set_query(None);
        let is_name = bare.contains('.') && bare.parse::<std::net::Ipv4Addr>().is_err();
        let mut hosts = vec![bare.to_owned()];
        hosts.extend(is_name.then(|| format!("www.{bare}")));
        Self {
            name: bare.to_owned(),
            hosts,
            start: start.into(),
            family: None,
            languages: Vec::new(),
            sections: Vec::new(),
            feeds: Vec::new(),
            sitemaps: Vec::new(),
            follow: Vec::new(),
            number: None,
            files: false,
            template: Vec::new(),
        }
    }

    /// The record.
    fn record(&self) -> String {
        let mut text = String::new();
        let quoted = |word: &str| toml::Value::String(word.to_owned()).to_string();
        let list = |words: &[String]| {
            if words.len() < 2 {
                return format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "));
            }
            let lines: String = words.iter().map(|word| format!("  {},\n", quoted(word))).collect();
            format!("[\n{lines}]")
        };
        let mut line = |key: &str, value: String| {
            writeln!(text, "{key} = {value}").expect("writing to a string succeeds");
        };
        line("name", quoted(&self.name));
        line("# province", "\"…\" # by its Vietnamese name, where the site is of one".to_owned());
        if let Some(family) = self.family {
            line("family", quoted(family));
        }
        if !self.languages.is_empty() {
            line("languages", list(&self.languages));
        }
        line("hosts", list(&self.hosts));
        let start: Vec<String> = [&self.start].into_iter().chain(&self.sections).cloned().collect();
        line("start", list(&start));
        for (key, urls) in [("feeds", &self.feeds), ("sitemaps", &self.sitemaps)] {
            if !urls.is_empty() {
                line(key, list(urls));
            }
        }
        if self.family.is_none() {
            if !self.follow.is_empty() {
                let sections = ["^/$", "^/[a-z0-9-]+/?$", "^/[a-z0-9-]+/[a-z0-9-]+/?$"].map(str::to_owned);
                let follow: Vec<String> = self.follow.iter().cloned().chain(sections).collect();
                line("follow", list(&follow));
            }
            let skip = r"(?i)\.(jpe?g|png|gif|webp|svg|ico|css|js|mp[34]|zip|rar|exe|woff2?)(\?|$)";
            line("skip", list(&[skip.to_owned()]));
            if let Some(number) = &self.number {
                line("number", quoted(number));
            }
            if self.files {
                line("files", "true".to_owned());
            }
        }
        if !self.template.is_empty() {
            text.push_str("\n[[template]]\n");
            for (part, selector) in &self.template {
                writeln!(text, "{part} = [{}]", quoted(selector)).expect("writing to a string succeeds");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_of_the_rules_are_known_and_their_patterns_right() {
        for family in &RULES.family {
            assert!(crate::source::families().any(|known| known == family.name), "{}", family.name);
            assert!(!family.marks.is_empty() || family.articles.is_some(), "{}", family.name);
            assert!(family.articles.as_deref().is_none_or(|pattern| Regex::new(pattern).is_ok()));
        }
    }

    #[test]
    fn addresses_of_articles_have_a_shape() {
        let check = |paths: &[&str], follow: &[&str], number: Option<&str>| {
            let url = |path: &&str| format!("https://bao.example{path}").parse().unwrap();
            let links: Vec<CanonicalUrl> = paths.iter().map(url).collect();
            let shapes = Shapes::of(&links);
            assert_eq!(shapes.follow, follow, "{paths:?}");
            assert_eq!(shapes.number.as_deref(), number, "{paths:?}");
            for pattern in &shapes.follow {
                let pattern = Regex::new(pattern).unwrap();
                assert!(links.iter().any(|url| pattern.is_match(url.as_url().path())), "{pattern}");
            }
        };
        check(
            &["/sua-de-truoc-mua-mua-123456.html", "/khoi-cong-cau-treo-moi-1234567.html", "/kinh-te", "/"],
            &[r"\-\d{5,8}\.html/?$"],
            Some(r"\-(\d{5,8})\.html/?$"),
        );
        check(&["/xa-hoi/sua-de-truoc-mua/196473.htm"], &[r"/\d{5,7}\.htm/?$"], Some(r"/(\d{5,7})\.htm/?$"));
        check(
            &["/sua-de-truoc-mua-post20123.html", "/cau-treo-sap-o-x-post20124.html"],
            &[r"\-post\d{4,6}\.html/?$"],
            Some(r"\-post(\d{4,6})\.html/?$"),
        );
        check(&["/tin/sua-de-truoc-mua-mua/", "/tin/khoi-cong-cau-treo/"], &["/[^/]+(-[^/]+){3,}/?$"], None);
        check(&["/kinh-te", "/video"], &[], None);
    }
}
