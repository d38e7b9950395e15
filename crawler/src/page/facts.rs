//! What a page states about its article: title, author, section, tags, language.

use corpus::Language;
use scraper::{Html, Selector};

use super::Reader;
use super::body::Cuts;
use super::knowledge::{Kind, Knowledge};
use super::linked_data::{LinkedData, clean};
use super::outline::Outline;
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
                        .find_map(|key| element.attr(key))?;
                    Some((name.trim().to_lowercase(), clean(element.attr("content")?)))
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
    let none = Cuts::none(outline);
    let head = outline.title.map(|title| clean(&title.text().collect::<String>()));
    let stated = [data.headline.as_deref(), meta.get(&["og:title", "twitter:title"]), head.as_deref()];
    let closeness = |heading: &str| {
        stated.iter().flatten().map(|stated| shared_words(heading, stated)).fold(0.0, f64::max)
    };
    let heading = (0..outline.parts.len())
        .filter(|at| outline.parts[*at].name() == "h1")
        .take(20)
        .map(|at| text::words(outline, at, &none))
        .filter(|words| words.split(' ').count() > 1)
        .map(|words| (closeness(&words), words))
        .fold(None::<(f64, String)>, |best, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .filter(|(closeness, _)| *closeness > 0.34 || stated.iter().all(Option::is_none));
    heading.map(|(_, words)| words).or_else(|| {
        let site = meta.get(&["og:site_name"]).or(data.publisher.as_deref());
        stated.iter().flatten().map(|title| without_site(title, site)).find(|title| !title.is_empty())
    })
}

/// Words that two texts share, as a part of the words of both.
fn shared_words(a: &str, b: &str) -> f64 {
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

/// The byline, names joined by `", "`.
pub(super) fn author(
    page: &Reader<'_>,
    by_template: &[Selector],
    data: &LinkedData,
    sites: &[&str],
) -> Option<String> {
    let name = |text: &str| byline(text, page.knowledge, sites);
    let meta = page.meta;
    by_template
        .iter()
        .flat_map(|selector| page.tree.select(selector).take(5))
        .find_map(|element| name(&text::words_in(element)))
        .or_else(|| {
            let mut names: Vec<String> = data.authors.iter().filter_map(|text| name(text)).collect();
            names.dedup();
            (!names.is_empty()).then(|| names.join(", "))
        })
        .or_else(|| {
            ["author", "article:author", "dable:author", "dc.creator", "sailthru.author", "parsely-author"]
                .iter()
                .flat_map(|key| meta.all(key))
                .find_map(name)
        })
        .or_else(|| page.seen(Kind::Author).iter().find_map(|words| name(words)))
}

/// The names in a byline; none where it names the site, a role or an address.
fn byline(text: &str, knowledge: &Knowledge, sites: &[&str]) -> Option<String> {
    let mut text = text.trim();
    // A byline with a date or several parts: the name comes first.
    for bar in ['|', '•', '·', '\u{2013}'] {
        text = text.split(bar).map(str::trim).find(|part| !part.is_empty()).unwrap_or(text);
    }
    let mut source = false;
    loop {
        let lower = text.to_lowercase();
        let Some(word) = knowledge.byline_words.iter().find(|word| lower.starts_with(word.as_str())) else {
            break;
        };
        // What follows “theo” is where the text was taken from, not who wrote it.
        source |= word.trim() == "theo";
        let letters = word.chars().count();
        text = text.char_indices().nth(letters).map_or("", |(at, _)| &text[at..]).trim_start();
    }
    let text = text.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != ')' && letter != '.');
    let lower = text.to_lowercase();
    let names_site = sites.iter().any(|site| {
        let site = site.to_lowercase();
        !site.is_empty() && (lower == site || shared_words(&lower, &site) > 0.8)
    });
    let words = text.split_whitespace().count();
    let wrong = source
        || text.is_empty()
        || words > 14
        || text.contains("://")
        || text.contains('@')
        // A host name.
        || (words == 1 && text.contains('.'))
        || text.chars().filter(char::is_ascii_digit).count() > 3
        || !text.chars().any(char::is_alphabetic)
        || knowledge.no_authors.contains(&lower)
        || names_site;
    (!wrong).then(|| text.to_owned())
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
    fn bylines_hold_names_alone() {
        let check = |text: &str, name: Option<&str>| {
            let sites = ["Báo Sơn Khê"];
            assert_eq!(byline(text, super::super::knowledge::get(), &sites).as_deref(), name, "{text}");
        };
        check("Hà Lan", Some("Hà Lan"));
        check("Tác giả: Hà Lan - Minh Hải", Some("Hà Lan - Minh Hải"));
        check("By Ha Lan", Some("Ha Lan"));
        check("Hà Lan • 26/06/2021", Some("Hà Lan"));
        check("Theo Báo Nam Khê", None);
        check("Báo Sơn Khê", None);
        check("admin", None);
        check("SonKheMedia.example", None);
        check("lan@sonkhe.example", None);
        check("https://sonkhe.example/lan", None);
        check("", None);
        check("26/06/2021 07:30", None);
    }

    #[test]
    fn titles_lose_the_site() {
        let check =
            |title: &str, site: Option<&str>, expected: &str| assert_eq!(without_site(title, site), expected);
        check("Xã Nam về đích - Báo Sơn Khê", Some("Báo Sơn Khê"), "Xã Nam về đích");
        check("Xã Nam về đích nông thôn mới | Báo Sơn Khê", None, "Xã Nam về đích nông thôn mới");
        check("Sơn Khê - Hà Bình", None, "Sơn Khê - Hà Bình");
    }
}
