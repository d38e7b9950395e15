//! What a page states about its article: title, section, tags, language.

use corpus::Language;
use scraper::{Html, Selector};

use super::Reader;
use super::body::Cuts;
use super::linked_data::{LinkedData, clean};
use super::outline::{Outline, attr};
use super::text;

/// The `meta` elements of a page, names in lower case.
#[derive(Debug)]
pub(super) struct Meta(Vec<(String, String)>);

impl Meta {
    pub(super) fn read(outline: &Outline<'_>) -> Self {
        Self(
            outline
                .metas
                .iter()
                .take(500)
                .filter_map(|element| {
                    let name = ["property", "name", "itemprop", "http-equiv"]
                        .into_iter()
                        .find_map(|key| attr(*element, key))?;
                    Some((name.trim().to_lowercase(), clean(attr(*element, "content")?)))
                })
                .filter(|(_, content)| !content.is_empty())
                .collect(),
        )
    }

    /// The first value of the first of these names that has one.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }
}

/// Words of the first element of the first selector that has any.
pub(super) fn first(page: &Html, selectors: &[Selector]) -> Option<String> {
    selectors
        .iter()
        .flat_map(|selector| page.select(selector))
        .map(text::words_in)
        .find(|words| !words.is_empty())
}

/// The headline: the template's, else the `h1` closest to what `head` says, else what `head` says without the name of
/// the site.
pub(super) fn title(page: &Reader<'_>, by_template: &[Selector], data: &LinkedData) -> Option<String> {
    if let Some(title) = first(page.tree, by_template) {
        return Some(title);
    }
    let meta = page.meta;
    let outline = page.outline;
    let none = Cuts::none();
    let head = outline.title.map(|title| clean(&title.text().collect::<String>()));
    let stated = [data.headline.as_deref(), meta.get(&["og:title", "twitter:title"]), head.as_deref()];
    let closeness = |heading: &str| {
        stated.iter().flatten().map(|stated| shared_words(heading, stated)).fold(0.0, f64::max)
    };
    let heading = outline
        .headings
        .iter()
        .take(20)
        .map(|at| text::words(outline, *at, &none))
        .filter(|words| words.split(' ').count() > 1)
        .map(|words| (closeness(&words), words))
        .fold(None::<(f64, String)>, |best, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .filter(|(closeness, _)| *closeness > 0.34 || stated.iter().all(Option::is_none));
    // A heading can hold the section before the title that the head states: `Kinh tế Ba xã về đích`.
    let without_section = |words: String| {
        let stated = stated.iter().flatten().find(|stated| {
            stated.split(' ').count() > 3
                && words.strip_suffix(**stated).is_some_and(|before| !before.is_empty() && before.len() < 60)
        });
        stated.map_or(words, |stated| (*stated).to_owned())
    };
    heading.map(|(_, words)| without_section(words)).or_else(|| {
        let site = meta.get(&["og:site_name"]).or(data.publisher.as_deref());
        stated.iter().flatten().map(|title| without_site(title, site)).find(|title| !title.is_empty())
    })
}

/// Words that two texts share, as a part of the words of both.
pub(super) fn shared_words(a: &str, b: &str) -> f64 {
    let set = |text: &str| {
        text.to_lowercase().split_whitespace().map(str::to_owned).collect::<std::collections::HashSet<_>>()
    };
    let (a, b) = (set(a), set(b));
    let shared = a.intersection(&b).count() as f64;
    2.0 * shared / (a.len() + b.len()).max(1) as f64
}

/// A title without the name of the site after its last bar or dash.
fn without_site(title: &str, site: Option<&str>) -> String {
    for bar in [" | ", " - ", " – ", " — ", " :: ", " • "] {
        if let Some((before, after)) = title.rsplit_once(bar) {
            let names_site = site.is_some_and(|site| shared_words(site, after) > 0.5);
            if names_site || (bar == " | " && before.split(' ').count() >= 4) {
                return before.trim().to_owned();
            }
        }
    }
    title.trim().to_owned()
}

/// The language that the page declares.
pub(super) fn language(page: &Html, data: &LinkedData, meta: &Meta) -> Option<Language> {
    [
        page.root_element().attr("lang"),
        page.root_element().attr("xml:lang"),
        data.language.as_deref(),
        meta.get(&["og:locale", "content-language", "dc.language", "language"]),
    ]
    .into_iter()
    .flatten()
    .find_map(|tag| tag.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_site() {
        let check =
            |title: &str, site: Option<&str>, expected: &str| assert_eq!(without_site(title, site), expected);
        check("Xã Nam về đích - Báo Sơn Khê", Some("Báo Sơn Khê"), "Xã Nam về đích");
        check("Xã Nam về đích nông thôn mới | Báo Sơn Khê", None, "Xã Nam về đích nông thôn mới");
        check("Sơn Khê - Hà Bình", None, "Sơn Khê - Hà Bình");
    }
}
