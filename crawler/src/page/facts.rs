//! What a page states about its article: title, section, tags, language.

use corpus::{CanonicalUrl, Language};
use scraper::{Html, Selector};

use super::body::Cuts;
use super::headline;
use super::linked_data::{LinkedData, clean};
use super::outline::{Content, Outline, Role, attr};
use super::text;
use super::{Reader, squeezed};

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
    let sites = [
        meta.get(&["og:site_name"]),
        data.publisher.as_deref(),
        page.context.source.map(|source| source.name.as_str()),
    ];
    let (of_site, headings): (Vec<_>, Vec<_>) = outline
        .headings
        .iter()
        .take(20)
        .map(|at| (*at, text::words(outline, *at, &none)))
        .filter(|(_, words)| !words.is_empty())
        .partition(|(at, words)| {
            leads_home(page, *at)
                || sites.iter().flatten().any(|site| is_same(site, words))
                || stated.iter().flatten().any(|stated| ends_with_site(stated, words))
                || page.knowledge.site_titles.of(words).is_some()
                    && stated.iter().flatten().any(|stated| begins_with_site(stated, words))
                || page.knowledge.site_titles.of(words).is_some()
                    && stated.iter().flatten().all(|stated| is_same(stated, words))
                || page.knowledge.site_names.of(words).is_some()
                    && stated
                        .iter()
                        .flatten()
                        .any(|stated| is_same(stated, words) || begins_with(stated, words))
        });
    let heading = headings
        .into_iter()
        .map(|(_, words)| words)
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
    // What the page states twice, for machines, is the whole headline where its heading leaves the catchword before it out,
    // or goes on behind it.
    let agreed = data.headline.as_deref().filter(|headline| {
        meta.get(&["og:title"]).is_some_and(|title| squeezed(title, 4_000) == squeezed(headline, 4_000))
    });
    let in_other_words = |(_, words): &(f64, String)| {
        agreed.filter(|agreed| {
            let (own, its) = (squeezed(words, 4_000), squeezed(agreed, 4_000));
            own != its && (its.ends_with(&own) || own.starts_with(&its)) && agreed.split(' ').count() > 3
        })
    };
    if let Some(agreed) = heading.as_ref().and_then(in_other_words) {
        let known: Vec<&str> = sites.iter().flatten().copied().collect();
        return Some(without_site(agreed, &known));
    }
    heading.map(|(_, words)| without_section(words)).or_else(|| {
        let of_site = of_site.iter().map(|(_, words)| words.as_str());
        let sites: Vec<&str> = sites[..2].iter().flatten().copied().chain(of_site).collect();
        let head =
            stated.iter().flatten().map(|title| without_site(title, &sites)).find(|title| !title.is_empty());
        let has_no_title = |head: &str| page.knowledge.no_titles.contains(&head.to_lowercase());
        // A head that names the site and nothing else is no headline; what readers see is.
        let names_site = head.as_deref().is_none_or(|head| {
            page.knowledge.site_titles.of(head).is_some()
                || sites.iter().any(|site| is_same(site, head))
                || has_no_title(head)
        });
        // What nothing calls a headline is one where the head says nothing at all.
        let says_nothing = head.as_deref().is_none_or(|head| {
            page.knowledge.site_names.of(head).is_some()
                || sites.iter().any(|site| is_same(site, head))
                || has_no_title(head)
        });
        let shown = headline::shown(page).filter(|shown| match (shown.in_address, shown.is_called) {
            (true, true) => true,
            (false, false) => says_nothing,
            _ => names_site,
        });
        let shown = shown.map(|shown| shown.words);
        match &head {
            // The head says what is shown, and may say it better.
            Some(head)
                if !names_site && shown.as_ref().is_none_or(|shown| shared_words(head, shown) > 0.5) =>
            {
                Some(head.clone())
            }
            _ => shown.or(head),
        }
    })
}

/// What stands behind the last bar or dash of the title of a page: the name of its site.
pub(super) fn site_of_head(head: &str) -> Option<&str> {
    let parted = BARS.iter().filter_map(|bar| head.rsplit_once(bar)).min_by_key(|(_, after)| after.len());
    let (before, after) = parted?;
    let words = |text: &str| text.split_whitespace().count();
    (words(before) >= 4 && (1..=SITE).contains(&words(after))).then(|| after.trim())
}

/// Words of the name of a site.
const SITE: usize = 7;

/// Whether two texts are the same but for capitals.
fn is_same(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Whether a heading leads to the front page of its site: it is the site's name.
fn leads_home(page: &Reader<'_>, heading: usize) -> bool {
    let outline = page.outline;
    let own = page.context.url.map(CanonicalUrl::as_url);
    let around = outline.around(heading).skip(1).take(2);
    let below = heading + 1..outline.parts[heading].end;
    around.chain(below).filter(|at| outline.parts[*at].role == Role::Link).any(|at| {
        let Some(href) = outline.parts[at].attr("href").map(str::trim) else { return false };
        let is_front = |path: &str| matches!(path, "/" | "");
        match own {
            Some(own) if !is_front(own.path()) => own.join(href).is_ok_and(|url| {
                url.host_str() == own.host_str() && is_front(url.path()) && url.query().is_none()
            }),
            _ => href == "/",
        }
    })
}

/// Whether a title ends with a heading behind a bar or dash, and says more before it: the heading is the site's name.
fn ends_with_site(title: &str, heading: &str) -> bool {
    BARS.iter().any(|bar| {
        title.rsplit_once(bar).is_some_and(|(before, after)| {
            let words = |text: &str| text.split_whitespace().count();
            is_same(after.trim(), heading) && words(before) > words(heading).max(3)
        })
    })
}

/// Whether a title begins with a heading that is the name of its site, with more words behind it.
fn begins_with_site(title: &str, heading: &str) -> bool {
    BARS.iter().any(|bar| {
        title.split_once(bar).is_some_and(|(before, after)| {
            is_same(before.trim(), heading) && after.split_whitespace().count() > 3
        })
    })
}

/// Whether a title begins with a heading before a bar or dash, whatever stands behind it.
fn begins_with(title: &str, heading: &str) -> bool {
    BARS.iter().any(|bar| title.split_once(bar).is_some_and(|(before, _)| is_same(before.trim(), heading)))
}

/// What stands between a title and the name of its site.
const BARS: [&str; 6] = [" | ", " - ", " – ", " — ", " :: ", " • "];

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
fn without_site(title: &str, sites: &[&str]) -> String {
    for bar in BARS {
        if let Some((before, after)) = title.rsplit_once(bar) {
            let names_site = sites.iter().any(|site| shared_words(site, after) > 0.5);
            if names_site || (bar == " | " && before.split(' ').count() >= 4) {
                return before.trim().to_owned();
            }
        }
    }
    title.trim().to_owned()
}

/// The language that the text shows, else the one that the page declares: editors of Vietnamese leave `lang="en-us"` where the
/// system wrote it.
pub(super) fn language(page: &Reader<'_>, data: &LinkedData, text: &str) -> Option<Language> {
    let (meta, tree) = (page.meta, page.tree);
    let declared = || {
        [
            tree.root_element().attr("lang"),
            tree.root_element().attr("xml:lang"),
            data.language.as_deref(),
            meta.get(&["og:locale", "content-language", "dc.language", "language"]),
        ]
        .into_iter()
        .flatten()
        .find_map(|tag| tag.trim().parse::<Language>().ok())
    };
    // A short text is in the language of its page.
    let texts = || {
        (0..page.outline.parts.len()).filter_map(|at| match page.outline.parts[at].content {
            Content::Text(text) => Some(text),
            Content::Element(_) => None,
        })
    };
    let is_short = text.chars().filter(|letter| letter.is_alphabetic()).nth(ENOUGH).is_none();
    let of_page = || if is_short { is_vietnamese(texts().flat_map(str::chars)) } else { None };
    match is_vietnamese(text.chars()).or_else(of_page) {
        Some(true) => Some(Language::VIETNAMESE),
        // What it is instead is the indexer's to find.
        Some(false) => declared().filter(|language| *language != Language::VIETNAMESE),
        None => declared(),
    }
}

/// Whether letters are those of a Vietnamese text; `None` where they are too few to say. A name or two in a text of another
/// language make none.
pub(super) fn is_vietnamese(letters: impl Iterator<Item = char>) -> Option<bool> {
    let (mut all, mut own) = (0_usize, 0_usize);
    for letter in letters.filter(|letter| letter.is_alphabetic()).take(ENOUGH * 10) {
        all += 1;
        own += usize::from(matches!(
            letter,
            'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}'
        ));
    }
    match own * 100 / all.max(1) {
        _ if all < ENOUGH => None,
        share if share >= VIETNAMESE => Some(true),
        0 => Some(false),
        _ => None,
    }
}

/// Letters from which a text shows its language.
const ENOUGH: usize = 200;
/// Letters that Vietnamese alone has, in a hundred of a text of it; real ones have fifteen.
const VIETNAMESE: usize = 6;

#[cfg(test)]
mod tests {
    use super::super::tests::read_as;
    use super::*;

    #[test]
    fn a_heading_with_the_name_of_the_site_is_no_title() {
        let check = |head: &str, h1: &str, expected: &str| {
            let text = "Ba xã vùng cao của huyện đã về đích sớm hơn một năm, theo báo cáo của Ủy ban nhân dân tỉnh. ".repeat(3);
            let html = format!("<title>{head}</title><body>{h1}<div><p>{text}</p><p>{text}</p></div>");
            let article = read_as(&html, "https://sonkhe.example/tin/ba-xa", None).article.unwrap();
            assert_eq!(article.title.as_deref(), Some(expected), "{head}; {h1}");
        };
        let title = "Ba xã về đích sớm một năm";
        check(&format!("{title} | Báo Sơn Khê"), "<h1>Báo Sơn Khê</h1>", title);
        check(
            &format!("Cổng thông tin điện tử huyện Khê Thượng - {title}"),
            &format!("<h1>Cổng thông tin điện tử huyện Khê Thượng</h1><h2>{title}</h2>"),
            title,
        );
        check(&format!("{title} - BÁO SƠN KHÊ"), "<h1>Báo Sơn Khê</h1>", title);
        check(
            &format!("Báo Sơn Khê - {title}"),
            "<h1><a href=\"/\">Báo Sơn Khê</a></h1><h1>{title}</h1>".replace("{title}", title).as_str(),
            title,
        );
        check(&format!("{title} - Báo Sơn Khê"), &format!("<h1>{title}</h1>"), title);
        // The head names the portal and a section; the headline is called so, or stands first in what is.
        let portal = "Trang thông tin điện tử huyện Khê Thượng";
        let head = format!("{portal} - Tin tức");
        check(&head, &format!("<h1>{portal}</h1><p class=Title>{title}</p>"), title);
        check(
            &head,
            &format!("<div class=tinTitle><p>Tin trong tỉnh</p></div><div class=newsTitle><p>{title}</p>"),
            title,
        );
        check(portal, &format!("<h1>{portal}</h1><div><p>14/05/2019</p><p>{title}</p>"), title);
        check(
            "Ba xã về đích - Tin của huyện Khê Thượng tỉnh Sơn Khê",
            "<h1>Ba xã về đích</h1>",
            "Ba xã về đích",
        );
    }

    #[test]
    fn titles_lose_the_site() {
        let check =
            |title: &str, sites: &[&str], expected: &str| assert_eq!(without_site(title, sites), expected);
        check("Xã Nam về đích - Báo Sơn Khê", &["Báo Sơn Khê"], "Xã Nam về đích");
        check("Xã Nam về đích nông thôn mới | Báo Sơn Khê", &[], "Xã Nam về đích nông thôn mới");
        check("Sơn Khê - Hà Bình", &[], "Sơn Khê - Hà Bình");
    }
}
