//! Addresses in a page: links, its own address, the same page in other languages, feeds.

use corpus::{CanonicalUrl, Language};
use hashbrown::HashSet;
use url::Url;

use super::outline::{Outline, Part};
use super::{Context, Link};
use crate::files::is_file;

/// Links kept of one page.
const MOST: usize = 5_000;
/// Bytes of an address that a crawl would ever ask for.
const LONGEST: usize = 2_000;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) canonical: Option<CanonicalUrl>,
    pub(super) alternates: Vec<(Language, CanonicalUrl)>,
    pub(super) feeds: Vec<CanonicalUrl>,
    /// The pages of a series before and after it.
    pub(super) beside: Vec<CanonicalUrl>,
    pub(super) links: Vec<Link>,
}

pub(super) fn read(outline: &Outline<'_>, context: &Context<'_>) -> Found {
    let own = context.url.map(CanonicalUrl::as_url);
    let named = |names: &'static [&str]| {
        let is = |part: &&Part<'_>| names.contains(&part.name()) && part.attr("href").is_some();
        outline.parts.iter().filter(is)
    };
    let base = named(&["base"])
        .next()
        .and_then(|base| base.attr("href"))
        .and_then(|href| resolve(own, href))
        .or_else(|| own.cloned());
    let address = |href: &str| resolve(base.as_ref(), href).and_then(CanonicalUrl::new);
    let on_site = |url: &CanonicalUrl| match context.url {
        // A page that somebody saved; a name without a dot is one of its makers' own machines.
        None => url.host().contains('.') && url.host().parse::<std::net::Ipv4Addr>().is_err(),
        Some(own) => {
            bare(own.host()) == bare(url.host())
                || context
                    .source
                    .is_some_and(|source| source.has_host(url.host()) && source.has_host(own.host()))
        }
    };
    let mut found = Found::default();
    for element in named(&["link"]).take(1_000) {
        let (Some(rel), Some(url)) = (element.attr("rel"), element.attr("href").and_then(address)) else {
            continue;
        };
        let is = |word: &str| rel.split_ascii_whitespace().any(|part| part.eq_ignore_ascii_case(word));
        if is("canonical") {
            // A page that calls the front page its own address states nothing.
            let states_nothing = url.as_url().path() == "/"
                && url.as_url().query().is_none()
                && context.url.is_some_and(|own| own.as_url().path() != "/");
            if on_site(&url) && !states_nothing && found.canonical.is_none() {
                found.canonical = Some(url);
            }
        } else if is("alternate") {
            if let Some(language) = element.attr("hreflang").and_then(|tag| tag.parse::<Language>().ok()) {
                if Some(&url) != context.url {
                    found.alternates.push((language, url));
                }
            } else if element.attr("type").is_some_and(|kind| {
                ["application/rss+xml", "application/atom+xml", "application/feed+json"]
                    .contains(&kind.trim().to_ascii_lowercase().as_str())
            }) && on_site(&url)
            {
                found.feeds.push(url);
            }
        } else if is("next") || is("prev") {
            found.beside.push(url);
        }
    }
    if let (Some(canonical), Some(source)) = (found.canonical.as_mut(), context.source) {
        *canonical = source.canonical(canonical);
    }
    if found.canonical.is_none()
        && let (Some(url), Some(source)) = (context.url, context.source)
        && source.canonical(url) != *url
    {
        found.canonical = Some(source.canonical(url));
    }
    let mut known = HashSet::new();
    for (at, element) in outline.parts.iter().enumerate() {
        if found.links.len() >= MOST {
            break;
        }
        if !["a", "area"].contains(&element.name()) {
            continue;
        }
        let Some(url) = element.attr("href").and_then(address) else { continue };
        if url.as_str().len() > LONGEST || !known.insert(url.clone()) {
            continue;
        }
        let nofollow = element.attr("rel").is_some_and(|rel| {
            rel.split_ascii_whitespace()
                .any(|word| ["nofollow", "ugc", "sponsored"].contains(&word.to_ascii_lowercase().as_str()))
        });
        let file = is_file(&url).then(|| {
            let words = outline.words(at);
            if words.is_empty() { element.attr("title").unwrap_or_default().to_owned() } else { words }
        });
        found.links.push(Link { url, nofollow, file });
    }
    found
}

fn resolve(base: Option<&Url>, href: &str) -> Option<Url> {
    let href = href.trim();
    match base {
        Some(base) => base.join(href).ok(),
        None => Url::parse(href).ok(),
    }
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(host)
}
