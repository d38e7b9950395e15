//! From the bytes of an HTML page to its article and links. Pure and offline.

mod ago;
mod body;
mod byline;
mod captions;
mod dates;
mod explain;
mod facts;
mod guard;
mod headline;
mod knowledge;
mod lede;
mod linked_data;
mod links;
mod marks;
mod missing;
mod names;
mod outline;
mod sparse;
mod text;
mod tidy;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

use corpus::charset::is_garbled;
use corpus::{Article, CanonicalUrl, Published};
use ego_tree::Tree;
use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink as _;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use memchr::memchr_iter;
use scraper::{Html, HtmlTreeSink, Node, Selector};

use crate::source::Template;
use crate::{Source, charset};
use body::Cuts;
use dates::Dates;
pub(crate) use dates::in_path as day_in_path;
pub use explain::{Block, Fate};
use knowledge::{Kind, Knowledge};
use linked_data::LinkedData;
use outline::Outline;
use text::{LeftOut, Line};

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
    /// Whether its server gave it then; else somebody saved it before.
    pub is_live: bool,
}

/// A page that has been read.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its article, or why it has none; links are there in both cases.
    pub article: Result<Article, NoArticle>,
    /// Its first heading, whether or not it has an article.
    pub heading: Option<String>,
    /// The address that the page calls its own, where that is on the same site.
    pub canonical: Option<CanonicalUrl>,
    /// Links of the page, each address once, in reading order.
    pub links: Vec<Link>,
    /// Feeds that the page names in its head.
    pub feeds: Vec<CanonicalUrl>,
    /// Other pages that it names there: its own address, the same in other languages, those before and after it.
    pub related: Vec<CanonicalUrl>,
    /// The page says that it is not there, whatever its server answers.
    pub is_missing: bool,
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
    /// It leads to a file that can be read: its words, where it has any.
    pub file: Option<String>,
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
    /// A tag of it has so many attributes that no honest page needs it.
    #[error("the page gives a tag thousands of attributes")]
    ManyAttributes,
}

/// The longest page that is parsed, in bytes.
pub const LONGEST: usize = 20 << 20;

/// Words that an article has at least, where the page says that it is one.
const SHORTEST_STATED: usize = 12;
/// Words that an article has at least, where it stands under a headline of its own.
const SHORTEST_HEADED: usize = 20;
/// Headings that are looked at for one with words.
const HEADINGS: usize = 10;
/// Words from which a heading is a headline and not the name of a section.
const HEADLINE: usize = 4;
/// Words that an article has at least, where nothing but its text says that it is one.
const SHORTEST: usize = 30;
/// Lines among which the motto of the state stands in the head of a document.
const HEAD: usize = 8;
/// Bytes of the longest of them.
const HEAD_LINE: usize = 400;
/// Links that the front page of a site has at most, where it is an article.
const FRONT_LINKS: usize = 40;
/// Headlines of other pages from which a page without a headline of its own is a list of them.
const HEADLINES: usize = 5;
/// Letters from which a line between headline and text is taken for the lede.
const SENTENCE: usize = 60;

/// Reads a page.
///
/// Takes time in proportion to the page's length, also for hostile pages; still too long for an asynchronous thread.
pub fn read(html: &[u8], context: &Context<'_>) -> Result<Page, Unreadable> {
    let text = decode(html, context)?;
    let tree = parse(&text);
    let outline = Outline::read(&tree, knowledge::get());
    let meta = facts::Meta::read(&outline);
    let found = links::read(&outline, context);
    let robots = |directive: &str| {
        ["robots", "yearline"].iter().flat_map(|name| meta.all(name)).any(|content| {
            content.to_lowercase().split([',', ' ']).any(|word| word == directive || word == "none")
        })
    };
    let (noindex, nofollow) = (robots("noindex"), robots("nofollow"));
    let article = Reader::new(&tree, &outline, &meta, context).article(&found);
    let article = match article {
        // A broken box beside a sound text costs nothing: lines that are broken were left out of it.
        Ok(article) if is_garbled(&article.text) => Err(NoArticle::Garbled),
        Err(NoArticle::TooShort | NoArticle::NoTitle) if is_garbled(&text) => Err(NoArticle::Garbled),
        article => article,
    };
    let alternates = found.alternates.into_iter().map(|(_, url)| url);
    let related = found.canonical.iter().cloned().chain(alternates).chain(found.beside);
    let heading =
        outline.headings.iter().take(HEADINGS).map(|at| outline.words(*at)).find(|words| !words.is_empty());
    let title = outline.title.map(|title| title.text().collect::<String>());
    let text = article.as_ref().ok().map(|article| article.text.as_str());
    let is_missing = missing::says_so(heading.as_deref(), title.as_deref(), text);
    Ok(Page {
        article,
        is_missing,
        heading,
        related: related.collect(),
        canonical: found.canonical,
        links: found.links,
        feeds: found.feeds,
        noindex,
        nofollow,
    })
}

/// Which rule took which block of a page, in reading order.
pub fn blocks(html: &[u8], context: &Context<'_>) -> Result<Vec<Block>, Unreadable> {
    let tree = tree(html, context)?;
    let outline = Outline::read(&tree, knowledge::get());
    let meta = facts::Meta::read(&outline);
    let reader = Reader::new(&tree, &outline, &meta, context);
    let facts = reader.stated(&links::read(&outline, context));
    let found = reader.text(facts.template, facts.title.as_deref().unwrap_or_default());
    Ok(explain::blocks(&outline, &found, &reader.knowledge.drop))
}

/// The text of a page's bytes, where it can be parsed in reasonable time.
fn decode<'h>(html: &'h [u8], context: &Context<'_>) -> Result<Cow<'h, str>, Unreadable> {
    if html.len() > LONGEST {
        return Err(Unreadable::TooLong);
    }
    let tld = context.url.and_then(|url| url.host().rsplit('.').next());
    let text = charset::decode(html, context.charset, tld).ok_or(Unreadable::NotHtml)?;
    guard::checked(&text)?;
    Ok(corpus::text::composed(text))
}

/// The tree of a page, for whoever asks a record's selectors.
pub(crate) fn tree(html: &[u8], context: &Context<'_>) -> Result<Html, Unreadable> {
    decode(html, context).map(|text| parse(&text))
}

/// The tree of a text, as [`Html::parse_document`] makes it, with room for its nodes from the beginning.
fn parse(text: &str) -> Html {
    let mut page = Html::new_document();
    // Each element and most texts stand before a tag.
    let nodes = memchr_iter(b'<', text.as_bytes()).count();
    page.tree = Tree::with_capacity(Node::Document, nodes);
    html5ever::parse_document(HtmlTreeSink::new(page), ParseOpts::default()).one(text)
}

/// The text of a page.
struct Text {
    /// The element that holds it.
    body: usize,
    cuts: Cuts,
    captions: Vec<String>,
    lines: Vec<Line>,
}

/// What a page states about its article.
struct Stated<'a> {
    data: LinkedData,
    /// Its own address.
    url: Option<CanonicalUrl>,
    template: Option<&'a Template>,
    published: Option<Published>,
    modified: Option<Published>,
    title: Option<String>,
}

/// One page while its article is read.
struct Reader<'a> {
    tree: &'a Html,
    outline: &'a Outline<'a>,
    meta: &'a facts::Meta,
    context: &'a Context<'a>,
    knowledge: &'static Knowledge,
    /// What is no text by its name, once it was asked for.
    named_cuts: OnceCell<Cuts>,
}

impl<'a> Reader<'a> {
    fn new(
        tree: &'a Html,
        outline: &'a Outline<'a>,
        meta: &'a facts::Meta,
        context: &'a Context<'a>,
    ) -> Self {
        Self { tree, outline, meta, context, knowledge: knowledge::get(), named_cuts: OnceCell::new() }
    }

    /// What is no text by its name, where no template says so.
    fn named_cuts(&self) -> &Cuts {
        self.named_cuts.get_or_init(|| body::cut_by_name(self.outline, &[], true))
    }

    /// What the page states about its article.
    fn stated(&self, found: &links::Found) -> Stated<'a> {
        let data = linked_data::read(&self.outline.scripts);
        let url = found.canonical.clone().or_else(|| self.context.url.cloned());
        let address = url.as_ref().map_or("", |url| url.as_url().path());
        // A page's clock may run ahead of ours by a day.
        let today = TimeZone::UTC.to_datetime(self.context.fetched_at).date().saturating_add(1.day());
        let dates = Dates::new(self, &data, address, today);
        let plain = dates.published(&[]);
        let template = self.template(plain.map(|date| date.date));
        let published = match template {
            Some(template) if !template.date.is_empty() => dates.published(&template.date),
            _ => plain,
        };
        let title = facts::title(self, template.map_or(&[], |template| &template.title), &data);
        let modified = dates.modified();
        Stated { data, url, template, published, modified, title }
    }

    fn article(&self, found: &links::Found) -> Result<Article, NoArticle> {
        let Stated { data, url, template, published, modified, title } = self.stated(found);
        let plain = Template::default();
        let styled = template.unwrap_or(&plain);

        let own_subject = self.subject(template, title.as_deref());
        let is_document = own_subject.is_some();
        let title = own_subject.or(title).ok_or(NoArticle::NoTitle)?;
        let stated = template.is_some()
            || data.is_article
            || self.meta.get(&["og:type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
        let least = self.least_words(&title, stated);
        let is_long = |text: &Text| {
            let kept = text.lines.iter().filter(|line| line.left_out.is_none());
            has_words(kept.map(|line| line.text.as_str()), least)
        };
        let full = self.text(template, &title);
        let sparse = if full.as_ref().is_ok_and(is_long) { None } else { sparse::text(self, &title) };
        let is_sparse = sparse.is_some();
        let text = sparse.map_or(full, Ok).map_err(|_| NoArticle::TooShort)?;
        let linked: usize = text.lines.iter().map(|line| line.linked).sum();
        let length: usize = text.lines.iter().map(|line| line.text.len()).sum();
        let kept = text.lines.iter().filter(|line| line.left_out.is_none());
        let mut lines: Vec<String> = kept.map(|line| line.text.clone()).collect();
        if let Some(stated) = stated_text(&data, &lines) {
            lines = stated;
        }
        if let Some(lede) = self.lede(&styled.lede, &data, &text, (&title, &lines)) {
            lines.insert(0, lede);
        }

        let host = self.context.url.map(CanonicalUrl::host);
        let head = self.outline.title.map(|title| title.text().collect::<String>()).unwrap_or_default();
        let sites: Vec<&str> = [
            facts::site_of_head(&head),
            self.meta.get(&["og:site_name"]),
            data.publisher.as_deref(),
            self.context.source.map(|source| source.name.as_str()),
            host,
        ]
        .into_iter()
        .flatten()
        .collect();
        let author = byline::author(self, &styled.author, &data, &sites)
            .or_else(|| byline::signature(self, &text.lines, &sites))
            // Signed by nobody but the newsroom, as the page states in so many words.
            .or_else(|| data.organizations.first().filter(|name| !name.contains('.')).cloned());
        // Who signs a document is the end of its text.
        while !is_document
            && lines.len() > 1
            && lines.last().is_some_and(|line| tidy::ends_the_text(line, author.as_deref()))
        {
            lines.pop();
        }

        if !is_sparse && !has_words(lines.iter().map(String::as_str), least) {
            return Err(NoArticle::TooShort);
        }
        let is_front =
            url.as_ref().is_some_and(|url| url.as_url().path() == "/" && url.as_url().query().is_none());
        let leads_on = linked * 3 > length || (is_front && found.links.len() > FRONT_LINKS);
        let names_site = self.knowledge.site_names.of(&title).is_some();
        if (!stated || is_sparse) && (leads_on || names_site && self.lists_headlines(&text)) {
            return Err(NoArticle::Listing);
        }
        let text_of_all = lines.join("\n");
        let mut article = Article {
            linked_from: None,
            title: Some(title),
            author,
            published,
            modified,
            language: facts::language(self, &data, &text_of_all),
            source: self.context.source.map(|source| source.name.clone()).or_else(|| host.map(str::to_owned)),
            province: self.context.source.and_then(|source| source.province.clone()),
            section: facts::first(self.tree, &styled.section)
                .or_else(|| data.section.clone())
                .or_else(|| self.meta.get(&["article:section"]).map(str::to_owned))
                .or_else(|| self.seen(Kind::Section).into_iter().next()),
            tags: self.tags(&styled.tags, &data),
            alternates: found.alternates.clone(),
            captions: text.captions,
            marks: marks::read(self.outline, &text.lines, &lines),
            text: text_of_all,
            pages: Vec::new(),
            url,
        };
        if is_document {
            corpus::head::fill(&mut article);
        }
        Ok(article)
    }

    /// What the official document that a page holds says in its head that it is about, where the page has no headline of its
    /// own.
    fn subject(&self, template: Option<&Template>, title: Option<&str>) -> Option<String> {
        let names_site = |title: &str| self.knowledge.site_names.of(title).is_some();
        let states_none = self.outline.title.is_none()
            && self.outline.headings.is_empty()
            && self.meta.get(&["og:title"]).is_none();
        if !(states_none || title.is_none_or(names_site)) {
            return None;
        }
        let text = self.text(template, "").ok()?;
        let lines: Vec<&str> = text.lines.iter().map(|line| line.text.as_str()).collect();
        is_document(&lines).then(|| corpus::head::subject(&lines.join("\n"))).flatten()
    }

    /// Whether headlines of other pages stand one after the other outside of the text: where the page has none of its own, the text
    /// is that of one of them.
    fn lists_headlines(&self, text: &Text) -> bool {
        let outline = self.outline;
        let in_text = text.body..outline.parts[text.body].end;
        let is_headline = |at: &usize| {
            let own = outline.parts[*at].own;
            own.linked as usize >= SENTENCE / 2
                && own.linked > own.running
                && !in_text.contains(at)
                && !text.cuts.hides(outline, *at)
        };
        outline.blocks(0..outline.parts.len()).filter(is_headline).nth(HEADLINES - 1).is_some()
    }

    /// Words that the text of an article has at least.
    fn least_words(&self, title: &str, is_stated: bool) -> usize {
        let is_headed = || {
            let mut headings =
                self.outline.headings.iter().map(|at| text::words(self.outline, *at, &Cuts::none()));
            title.split(' ').count() >= HEADLINE && headings.any(|heading| heading == title)
        };
        match is_stated {
            true => SHORTEST_STATED,
            false if is_headed() => SHORTEST_HEADED,
            false => SHORTEST,
        }
    }

    /// Finds the text: by the template where there is one, else by what the page itself shows. Where there is none, what
    /// was cut comes back.
    fn text(&self, template: Option<&Template>, title: &str) -> Result<Text, Cuts> {
        let by_template = template.and_then(|template| Some((template, self.fitting(template)?)));
        let (body, mut cuts) = match by_template {
            Some((template, body)) => {
                let mut cuts = body::cut_by_name(self.outline, &template.drop, true);
                // What the record calls the body is not cut by a word in its name, nor is what is around it.
                for around in self.outline.around(body) {
                    cuts.keep(around);
                }
                (body, cuts)
            }
            None => body::look(self.outline, self.named_cuts().clone())?,
        };
        let by_record = template.map_or(&[][..], |template| &template.captions);
        let mut captions = self.captions(body, by_record, &mut cuts);
        if template.is_none() {
            body::cut_furniture(self.outline, body, &mut cuts);
        }
        let mut lines = text::lines(self.outline, body, &cuts);
        self.tidy(&mut lines, title);
        if template.is_none() {
            tidy::trim(&mut lines);
        }
        for line in lines.iter().filter(|line| line.left_out == Some(LeftOut::Credit)) {
            if !captions.contains(&line.text) {
                captions.push(line.text.clone());
            }
        }
        Ok(Text { body, cuts, captions, lines })
    }

    /// The template of the page: the first of its source whose days and body fit.
    fn template(&self, day: Option<jiff::civil::Date>) -> Option<&'a Template> {
        let templates = &self.context.source?.templates;
        templates.iter().find(|template| template.covers(day) && self.fitting(template).is_some())
    }

    /// The element that a template calls the body; where several are alike, the one with the most text.
    fn fitting(&self, template: &Template) -> Option<usize> {
        template.body.iter().find_map(|selector| {
            self.tree
                .select(selector)
                .filter_map(|element| self.outline.find(element.id()))
                .map(|at| (self.outline.letters(at), at))
                .filter(|(letters, _)| *letters > 0)
                .fold(None::<(usize, usize)>, |best, next| match best {
                    Some(best) if best.0 >= next.0 => Some(best),
                    _ => Some(next),
                })
                .map(|(_, at)| at)
        })
    }

    /// The headline: of several, the longest; the name of the site can be one too.
    fn headline(&self) -> Option<usize> {
        let outline = self.outline;
        let letters = |at: &usize| outline.parts[*at].own.letters();
        let headings = outline.headings.iter().copied().filter(|at| letters(at) > 0).take(20);
        // Of those that are equally long the first.
        headings.max_by_key(|at| (letters(at), std::cmp::Reverse(*at)))
    }

    /// The words of the elements that rows of a kind fit, those of the first row first.
    fn seen(&self, kind: Kind) -> Vec<String> {
        let none = Cuts::none();
        self.outline
            .by_row(kind)
            .into_iter()
            .map(|at| text::words(self.outline, at, &none))
            .filter(|words| !words.is_empty())
            .collect()
    }

    fn tags(&self, by_template: &[Selector], data: &LinkedData) -> Vec<String> {
        let by_record =
            |selector: &Selector| -> Vec<String> { self.tree.select(selector).map(text::words_in).collect() };
        let mut tags = by_template.iter().map(by_record).find(|tags| !tags.is_empty()).unwrap_or_default();
        if tags.is_empty() {
            tags = self.meta.all("article:tag").map(str::to_owned).collect();
        }
        if tags.is_empty() {
            tags.clone_from(&data.keywords);
        }
        if tags.is_empty() {
            tags = self.seen(Kind::Tags);
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

/// Whether lines have so many words; three letters of a script without blanks count as one.
fn has_words<'l>(lines: impl Iterator<Item = &'l str> + Clone, least: usize) -> bool {
    let parted: usize = lines.clone().map(|line| memchr_iter(b' ', line.as_bytes()).count() + 1).sum();
    // Few pages are so short that all their letters are looked at.
    let dense = |line: &str| line.chars().filter(|letter| outline::is_dense(*letter)).count() / 3;
    parted >= least || parted + lines.map(dense).sum::<usize>() >= least
}

/// Whether a text begins with the head of an official document, whose lines are short.
fn is_document(lines: &[&str]) -> bool {
    let short = |line: &&str| line.len() < HEAD_LINE;
    let head: Vec<&str> = lines.iter().copied().take(HEAD).filter(short).collect();
    corpus::head::is_head_or_foot(&head)
}

/// The text that the page's JSON-LD gives, where the page itself shows less than half of it.
fn stated_text(data: &LinkedData, lines: &[String]) -> Option<Vec<String>> {
    let stated = data.body.as_deref()?;
    let shown: usize = lines.iter().map(|line| line.chars().count()).sum();
    if stated.chars().count() < 200 || shown * 2 > stated.chars().count() {
        return None;
    }
    if ["</p>", "</div>", "<br"].iter().any(|tag| stated.contains(tag)) {
        return lines_of_markup(stated);
    }
    let lines = stated.split(['\n', '\r']).map(linked_data::clean).filter(|line| !line.is_empty());
    Some(lines.collect())
}

/// The lines of a text that is given as markup.
fn lines_of_markup(markup: &str) -> Option<Vec<String>> {
    if guard::checked(markup).is_err() {
        return None;
    }
    let tree = parse(markup);
    let outline = Outline::read(&tree, knowledge::get());
    let cuts = body::cut_by_name(&outline, &[], true);
    let lines = text::lines(&outline, 0, &cuts).into_iter().map(|line| line.text);
    Some(lines.collect())
}

/// The letters and digits of a text in lower case, at most `most` of them: how two spellings of it are compared.
fn squeezed(text: &str, most: usize) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).take(most).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod gold;
#[cfg(test)]
mod layouts;
#[cfg(test)]
mod tests;
