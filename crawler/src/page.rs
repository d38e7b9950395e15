//! From the bytes of an HTML page to its article and links. Pure and offline.

mod body;
mod charset;
mod depth;
mod facts;
mod knowledge;
mod linked_data;
mod links;
mod text;

use std::collections::HashSet;

use corpus::{Article, CanonicalUrl};
use ego_tree::NodeId;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use scraper::{ElementRef, Html, Selector};

use crate::Source;
use crate::source::Template;
use knowledge::Knowledge;
use linked_data::LinkedData;

/// What is known about a page before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Where it was fetched from; a file may have no address.
    pub url: Option<&'a CanonicalUrl>,
    /// `charset` of its `Content-Type`.
    pub charset: Option<&'a str>,
    /// The record of its site; [`crate::Sources::for_host`] finds it.
    pub source: Option<&'a Source>,
    /// When it was fetched; no date after this day is believed.
    pub fetched_at: Timestamp,
}

/// A page that has been read.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its article, or why it has none; links are there in both cases.
    pub article: Result<Article, NoArticle>,
    /// The address that the page calls its own, where that is on the same site.
    pub canonical: Option<CanonicalUrl>,
    /// Links of the page, each address once, in reading order.
    pub links: Vec<Link>,
    /// Feeds that the page names in its head.
    pub feeds: Vec<CanonicalUrl>,
    /// The page asks not to be indexed (`<meta name=robots content=noindex>`).
    pub noindex: bool,
    /// The page asks that its links are not followed.
    pub nofollow: bool,
}

/// A link of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: CanonicalUrl,
    /// The page marks it `rel=nofollow`.
    pub nofollow: bool,
}

/// Why a page that could be read has no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoArticle {
    /// It has fewer words of running text than an article has.
    #[error("the page has too little running text to be an article")]
    TooShort,
    /// It is mostly links: a section or front page.
    #[error("the page is a list of links")]
    Listing,
    /// It has no headline.
    #[error("the page has no headline")]
    NoTitle,
    /// Its text came out as broken characters.
    #[error("the page's text cannot be decoded: its character set is unknown or wrongly declared")]
    Garbled,
}

/// Why a page could not be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The bytes are no text.
    #[error("the file is not an HTML page")]
    NotHtml,
    /// It is larger than a page may be.
    #[error("the page is larger than {} MiB", LONGEST >> 20)]
    TooLong,
    /// Its elements are nested so deeply that no honest page needs it.
    #[error("the page nests its elements too deeply")]
    TooDeep,
}

/// The longest page that is parsed, in bytes.
pub const LONGEST: usize = 20 << 20;

/// Words that an article has at least, where the page says that it is one.
const SHORTEST_STATED: usize = 12;
/// Words that an article has at least, where nothing but its text says that it is one.
const SHORTEST: usize = 60;

/// Reads a page.
///
/// Takes time in proportion to the page's length, also for hostile pages; still too long for an asynchronous thread.
pub fn read(html: &[u8], context: &Context<'_>) -> Result<Page, Unreadable> {
    if html.len() > LONGEST {
        return Err(Unreadable::TooLong);
    }
    let tld = context.url.and_then(|url| url.host().rsplit('.').next());
    let text = charset::decode(html, context.charset, tld).ok_or(Unreadable::NotHtml)?;
    if depth::is_too_deep(&text) {
        return Err(Unreadable::TooDeep);
    }
    let tree = Html::parse_document(&text);
    let meta = facts::Meta::read(&tree);
    let found = links::read(&tree, context);
    let robots = |directive: &str| {
        ["robots", "yearline"].iter().flat_map(|name| meta.all(name)).any(|content| {
            content.to_lowercase().split([',', ' ']).any(|word| word == directive || word == "none")
        })
    };
    let (noindex, nofollow) = (robots("noindex"), robots("nofollow"));
    let article = if charset::is_garbled(&text) {
        Err(NoArticle::Garbled)
    } else {
        Reader { tree: &tree, meta: &meta, context, knowledge: knowledge::get() }.article(&found)
    };
    Ok(Page {
        article,
        canonical: found.canonical,
        links: found.links,
        feeds: found.feeds,
        noindex,
        nofollow,
    })
}

/// One page while its article is read.
struct Reader<'a> {
    tree: &'a Html,
    meta: &'a facts::Meta,
    context: &'a Context<'a>,
    knowledge: &'static Knowledge,
}

impl<'a> Reader<'a> {
    fn article(&self, found: &links::Found) -> Result<Article, NoArticle> {
        let data = linked_data::read(self.tree);
        let url = found.canonical.clone().or_else(|| self.context.url.cloned());
        let path = url.as_ref().map_or("", |url| url.as_url().path());
        // A page's clock may run ahead of ours by a day.
        let today = TimeZone::UTC.to_datetime(self.context.fetched_at).date().saturating_add(1.day());
        let plain = Template::default();
        let date_by = |template: &Template| {
            facts::published(self.tree, &template.date, &data, self.meta, self.knowledge, path, today)
        };
        let day = date_by(&plain).map(|date| date.date);
        let template = self.template(day);
        let styled = template.unwrap_or(&plain);

        let title = facts::title(self.tree, &styled.title, &data, self.meta).ok_or(NoArticle::NoTitle)?;
        let mut dropped = body::dropped(self.tree, self.knowledge, &styled.drop);
        let body = match template.and_then(|template| self.fitting(template)) {
            Some(element) => {
                // What the record calls the body is not dropped by a word in its name, nor is what is around it.
                dropped.remove(&element.id());
                for around in element.ancestors() {
                    dropped.remove(&around.id());
                }
                let (running, linked) = body::measure(element, &dropped);
                body::Body { element, running, linked }
            }
            None => body::find(self.tree, self.knowledge, &dropped).ok_or(NoArticle::TooShort)?,
        };
        let captions = self.captions(body.element, &styled.captions, &mut dropped);
        let mut lines = text::lines(body.element, &dropped);
        self.tidy(&mut lines, &title);
        let lede = self.lede(&styled.lede, &data, body.element, &lines);
        if let Some(lede) = lede {
            lines.insert(0, lede);
        }

        let host = self.context.url.map(CanonicalUrl::host);
        let sites: Vec<&str> = [
            self.meta.get(&["og:site_name"]),
            data.publisher.as_deref(),
            self.context.source.map(|source| source.name.as_str()),
            host,
        ]
        .into_iter()
        .flatten()
        .collect();
        let author = facts::author(self.tree, &styled.author, &data, self.meta, self.knowledge, &sites);
        while lines.len() > 1 && lines.last().is_some_and(|line| ends_the_text(line, author.as_deref())) {
            lines.pop();
        }

        let words = lines.iter().map(|line| line.split(' ').count()).sum::<usize>();
        let stated = template.is_some()
            || data.is_article
            || self.meta.get(&["og:type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
        if words < if stated { SHORTEST_STATED } else { SHORTEST } {
            return Err(NoArticle::TooShort);
        }
        if !stated && (body.linked * 2 > body.running || path == "/") {
            return Err(NoArticle::Listing);
        }
        Ok(Article {
            title: Some(title),
            author,
            published: date_by(styled),
            modified: facts::modified(&data, self.meta, today),
            language: facts::language(self.tree, &data, self.meta),
            source: self.context.source.map(|source| source.name.clone()).or_else(|| host.map(str::to_owned)),
            province: self.context.source.and_then(|source| source.province.clone()),
            section: facts::first(self.tree, &styled.section)
                .or_else(|| data.section.clone())
                .or_else(|| self.meta.get(&["article:section"]).map(str::to_owned))
                .or_else(|| facts::first(self.tree, &self.knowledge.section)),
            tags: self.tags(&styled.tags, &data),
            alternates: found.alternates.clone(),
            captions,
            text: lines.join("\n"),
            url,
        })
    }

    /// The template of the page: the first of its source whose days and body fit.
    fn template(&self, day: Option<jiff::civil::Date>) -> Option<&'a Template> {
        let templates = &self.context.source?.templates;
        templates.iter().find(|template| template.covers(day) && self.fitting(template).is_some())
    }

    /// The element that a template calls the body; where several are alike, the one with the most text.
    fn fitting(&self, template: &Template) -> Option<ElementRef<'a>> {
        template.body.iter().find_map(|selector| {
            self.tree
                .select(selector)
                .map(|element| (element.text().map(str::len).sum::<usize>(), element))
                .filter(|(length, _)| *length > 0)
                .fold(None::<(usize, ElementRef<'a>)>, |best, next| match best {
                    Some(best) if best.0 >= next.0 => Some(best),
                    _ => Some(next),
                })
                .map(|(_, element)| element)
        })
    }

    /// Takes the captions out of the body.
    fn captions(
        &self,
        body: ElementRef<'_>,
        by_template: &[Selector],
        dropped: &mut HashSet<NodeId>,
    ) -> Vec<String> {
        let mut captions = Vec::new();
        let mut take = |element: ElementRef<'_>, dropped: &mut HashSet<NodeId>| {
            if !body::is_dropped(element, dropped) {
                let words = text::lines(element, dropped).join(" ");
                dropped.insert(element.id());
                if !words.is_empty() && !captions.contains(&words) {
                    captions.push(words);
                }
            }
        };
        for element in body.descendent_elements() {
            let value = element.value();
            let is_caption = || {
                by_template.iter().any(|selector| selector.matches(&element))
                    || value.classes().any(|class| {
                        knowledge::parts(class).any(|part| self.knowledge.caption_words.contains(&part))
                    })
            };
            let length = || element.text().map(str::len).sum::<usize>();
            let holds = |name: &str| element.descendent_elements().any(|inner| inner.value().name() == name);
            match value.name() {
                "figcaption" => take(element, dropped),
                // A picture in a table with a line below is how older editors set captions.
                "figure" if !holds("table") || holds("img") => take(element, dropped),
                "table" if holds("img") && length() < 600 => take(element, dropped),
                "body" | "article" | "main" => {}
                _ if is_caption() && length() < 1_000 && element.id() != body.id() => take(element, dropped),
                _ => {}
            }
        }
        captions
    }

    /// Takes out lines that are no text: the title again, what leads elsewhere, names of picture files.
    fn tidy(&self, lines: &mut Vec<String>, title: &str) {
        if lines.first().is_some_and(|line| line == title) {
            lines.remove(0);
        }
        lines.retain(|line| {
            let lower = line.to_lowercase();
            let leads_away = line.len() < 300
                && self.knowledge.drop_lines.iter().any(|start| lower.starts_with(start.as_str()));
            let is_file = !line.contains(' ')
                && [".jpg", ".jpeg", ".png", ".gif", ".webp"]
                    .iter()
                    .any(|end| lower.trim_end_matches(')').ends_with(end));
            !leads_away && !is_file && line.chars().any(char::is_alphanumeric)
        });
    }

    /// The lede, where it is not in the body already.
    fn lede(
        &self,
        by_template: &[Selector],
        data: &LinkedData,
        body: ElementRef<'_>,
        lines: &[String],
    ) -> Option<String> {
        let known = |words: &str| {
            let start = squeezed(words, 60);
            start.is_empty() || lines.iter().take(6).any(|line| squeezed(line, 4_000).contains(&start))
        };
        let fits = |words: &String| (20..2_000).contains(&words.chars().count()) && words.contains(' ');
        let outside = |element: &ElementRef<'_>| {
            element.id() != body.id()
                && !element.ancestors().any(|around| around.id() == body.id())
                && !body.ancestors().any(|around| around.id() == element.id())
        };
        let mut stated = by_template
            .iter()
            .chain([&self.knowledge.lede])
            .flat_map(|selector| self.tree.select(selector).take(3).filter(outside))
            .map(text::words)
            .filter(fits);
        // A lede without a known class repeats what the head describes.
        let described = || {
            let description =
                [self.meta.get(&["og:description", "description"]), data.description.as_deref()]
                    .into_iter()
                    .flatten()
                    .map(|text| squeezed(text, 50))
                    .find(|start| start.chars().count() >= 30)?;
            self.tree
                .root_element()
                .descendent_elements()
                .filter(|element| matches!(element.value().name(), "p" | "h2" | "div" | "strong"))
                .filter(outside)
                .filter(|element| {
                    element.text().map(str::len).sum::<usize>() < 4_000
                        && squeezed(&element.text().take(40).collect::<String>(), 100).contains(&description)
                })
                .map(text::words)
                .filter(fits)
                .min_by_key(String::len)
        };
        stated.next().or_else(described).filter(|words| !known(words))
    }

    fn tags(&self, by_template: &[Selector], data: &LinkedData) -> Vec<String> {
        let seen =
            |selector: &Selector| -> Vec<String> { self.tree.select(selector).map(text::words).collect() };
        let mut tags = by_template.iter().map(seen).find(|tags| !tags.is_empty()).unwrap_or_default();
        if tags.is_empty() {
            tags = self.meta.all("article:tag").map(str::to_owned).collect();
        }
        if tags.is_empty() {
            tags.clone_from(&data.keywords);
        }
        if tags.is_empty() {
            tags = seen(&self.knowledge.tags);
        }
        let mut known = HashSet::new();
        for tag in &mut tags {
            *tag = tag.trim_start_matches('#').trim().to_owned();
        }
        tags.retain(|tag| !tag.is_empty() && tag.chars().count() <= 80 && known.insert(tag.to_lowercase()));
        tags.truncate(30);
        tags
    }
}

/// A last line that names the author, or where the text was taken from.
fn ends_the_text(line: &str, author: Option<&str>) -> bool {
    let lower = line.to_lowercase();
    let short = line.split(' ').count() <= 8;
    author.is_some_and(|author| lower.trim_matches(['.', ' ', '(', ')']) == author.to_lowercase())
        || (short && (lower.starts_with("theo ") || lower.starts_with("nguồn:")) && !line.ends_with('.'))
}

/// The letters and digits of a text in lower case, at most `most` of them: how two spellings of it are compared.
fn squeezed(text: &str, most: usize) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).take(most).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
