//! Who wrote an article: names alone, not the site, a role or the source that it was taken from.

use scraper::Selector;

use super::Reader;
use super::body::{Cut, Cuts};
use super::facts::shared_words;
use super::knowledge::{Kind, Knowledge, Words};
use super::linked_data::LinkedData;
use super::outline::Role;
use super::text::{self, Line};

/// Letters of an element that is a byline.
const LONGEST: u32 = 120;
/// Elements between the headline and a byline that no row knows.
const FAR: usize = 300;
/// Elements between the names of two who wrote a text together.
const NEAR: usize = 40;
/// Words of the names in a byline.
const WORDS: usize = 14;

const META: &[&str] = &[
    "author",
    "article:author",
    "article:authors",
    "dable:author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "parsely-author",
    "cxenseparse:author",
    "citation_author",
    "byl",
    "twitter:misc:written by",
];

/// The byline, names joined by `", "`: the template's, else what the page states for machines, else what readers see.
pub(super) fn author(
    page: &Reader<'_>,
    by_template: &[Selector],
    data: &LinkedData,
    sites: &[&str],
) -> Option<String> {
    let name = |text: &str| names(text, page.knowledge, sites);
    by_template
        .iter()
        .flat_map(|selector| page.tree.select(selector).take(5))
        .find_map(|element| name(&text::words_in(element)))
        .or_else(|| joined(data.authors.iter().filter_map(|text| name(text))))
        .or_else(|| META.iter().flat_map(|key| page.meta.all(key)).find_map(name))
        .or_else(|| by_row(page, &name))
        .or_else(|| {
            let headline = page.headline().unwrap_or(0);
            let mut labels: Vec<(usize, usize)> = page
                .outline
                .parts
                .iter()
                .enumerate()
                .filter(|(at, part)| {
                    part.words.has(Words::AUTHOR) && part.role != Role::Silent && !is_of_others(page, *at)
                })
                .map(|(at, _)| (at.abs_diff(headline), at))
                .filter(|(far, _)| *far <= FAR)
                .collect();
            labels.sort_unstable();
            labels.into_iter().find_map(|(_, at)| shown(page, at, &name))
        })
        .or_else(|| labelled(page, &name))
}

/// The names that the first row finds which finds any: several writers may each have an element, near each other.
fn by_row(page: &Reader<'_>, name: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut fits = page.outline.fits(Kind::Author).to_vec();
    fits.retain(|(_, at)| !is_of_others(page, *at));
    fits.sort_unstable();
    let (row, first, found) = fits.iter().find_map(|(row, at)| Some((*row, *at, shown(page, *at, name)?)))?;
    let others = fits.iter().filter(|(other, at)| *other == row && *at > first && *at - first <= NEAR);
    joined(std::iter::once(found).chain(others.filter_map(|(_, at)| shown(page, *at, name))))
}

/// Whether a part stands where names are those of others: among comments, in lists of other articles.
fn is_of_others(page: &Reader<'_>, at: usize) -> bool {
    let outline = page.outline;
    let cuts = page.named_cuts();
    outline.around(at).skip(1).any(|around| {
        cuts.at(around) == Some(Cut::Word) && !outline.parts[around].words.has(Words::DATE | Words::AUTHOR)
    })
}

/// The name in a short line that says that it is one: `Tác giả: Hà Lan`.
fn labelled(page: &Reader<'_>, name: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let outline = page.outline;
    let lines = outline.blocks(0..outline.parts.len()).filter(|at| {
        let part = &outline.parts[*at];
        (4..=LONGEST).contains(&part.own.letters()) && part.role != Role::Heading
    });
    let labels = &page.knowledge.author_labels;
    lines
        .filter(|at| labels.may_be_of(text::first(outline, *at)))
        .map(|at| text::own_words(outline, at))
        .find_map(|words| {
            let label = labels.of(&words)?;
            let rest: String = words.chars().skip(label.chars().count()).collect();
            name(&rest).filter(|found| found.split(' ').count() <= 6)
        })
}

/// The name that signs a text: a Vietnamese name as its last line, or a name in bold as its first.
pub(super) fn signature(page: &Reader<'_>, lines: &[Line], sites: &[&str]) -> Option<String> {
    let outline = page.outline;
    // `CTV Hà Lan (Nậm Khê)`, `Hà Lan/TTXVN`
    let own = |line: &Line| bare(&line.text, page.knowledge, sites).0.to_owned();
    let is_name = |text: &str| {
        (2..=8).contains(&text.split_whitespace().count())
            && text.split(['/', '-', ',']).all(|name| {
                let words: Vec<&str> = name.split_whitespace().collect();
                (2..=4).contains(&words.len())
                    && words.iter().all(|word| {
                        word.chars().next().is_some_and(char::is_uppercase)
                            && word.chars().all(char::is_alphabetic)
                    })
            })
    };
    let in_bold = |line: &&Line| {
        let mut bold = outline.children(line.at).filter(|at| outline.letters_below(*at) > 0);
        bold.next().is_some_and(|at| matches!(outline.parts[at].name(), "strong" | "b"))
            && bold.next().is_none()
    };
    let last = lines.iter().rev().take(2).find(|line| {
        let name = own(line);
        name.split(['/', '-', ',']).all(|name| is_person(name.trim(), page.knowledge)) && is_name(&name)
    });
    let to_the_right = || {
        let signs = |line: &&Line| {
            is_name(&own(line)) && stands_right(page, line.at) && is_vietnamese(page, &line.text)
        };
        lines.iter().rev().take(2).find(signs)
    };
    let first = || lines.iter().take(2).find(|line| is_name(&line.text) && in_bold(line));
    let found = last.or_else(to_the_right).or_else(first)?;
    let found = own(found).split(['/', ',']).map(str::trim).collect::<Vec<_>>().join(", ");
    names(&found, page.knowledge, sites)
}

/// Whether a block is set to the right, as who wrote a text signs below it.
fn stands_right(page: &Reader<'_>, block: usize) -> bool {
    page.outline.around(block).take(3).any(|at| {
        let part = &page.outline.parts[at];
        let style = part.attr("style").unwrap_or_default().to_ascii_lowercase();
        let set = style.split(';').filter_map(|rule| rule.split_once(':'));
        set.into_iter()
            .any(|(name, value)| name.trim() == "text-align" && matches!(value.trim(), "right" | "end"))
            || part.attr("align").is_some_and(|side| side.eq_ignore_ascii_case("right"))
            || part.words.has(Words::AUTHOR)
    })
}

/// Whether a name has a letter that Vietnamese alone has, or the page is of a paper in Vietnam: others do not sign so.
fn is_vietnamese(page: &Reader<'_>, name: &str) -> bool {
    page.context.url.is_some_and(|url| url.host().rsplit('.').next() == Some("vn"))
        || name.chars().any(|letter| {
            matches!(letter, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}')
        })
}

/// The names that an element shows: those of its links or parts where it has several, else its words.
fn shown(page: &Reader<'_>, at: usize, name: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let outline = page.outline;
    outline.text_letters(at, LONGEST)?;
    let none = Cuts::none();
    let words = |at: usize| text::words(outline, at, &none);
    let below = || at + 1..outline.parts[at].end;
    let links =
        joined(below().filter(|at| outline.parts[*at].role == Role::Link).filter_map(|at| name(&words(at))));
    links
        .or_else(|| {
            let spans: Vec<String> = below()
                .filter(|at| outline.parts[*at].name() == "span" && outline.children(*at).count() == 1)
                .map(words)
                .filter(|words| (2..=4).contains(&words.split(' ').count()))
                .collect();
            let several = spans.len() > 1;
            several.then(|| joined(spans.iter().filter_map(|words| name(words)))).flatten()
        })
        .or_else(|| name(&words(at)))
}

/// Several names as one byline, each once.
fn joined(names: impl Iterator<Item = String>) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    (!all.is_empty()).then(|| all.join(", "))
}

/// The names in a byline; none where it names the site, a role or an address.
fn names(text: &str, knowledge: &Knowledge, sites: &[&str]) -> Option<String> {
    // A byline with a date or several parts: the name comes first.
    let parts = text.split(['|', '•', '·', '\u{2013}', '\n']).map(str::trim);
    let first = parts.clone().find_map(|part| name(part, knowledge, sites))?;
    // A dash between names parts two who wrote it together.
    let others: Vec<&str> = text.split(" \u{2013} ").skip(1).map(str::trim).collect();
    let is_labelled = || bare(text, knowledge, sites).0.len() < text.trim().len();
    let is_name = |other: &&str| is_person(other, knowledge) || is_capitalized(other) && is_labelled();
    let are_names = !others.is_empty() && others.iter().all(is_name);
    if are_names && is_capitalized(&first) {
        joined(std::iter::once(first).chain(others.into_iter().map(str::to_owned)))
    } else {
        Some(first)
    }
}

/// A byline without its label, the house behind its names, who took the pictures, and what stands in brackets; and whether it says
/// where the text was taken from.
fn bare<'t>(text: &'t str, knowledge: &Knowledge, sites: &[&str]) -> (&'t str, bool) {
    let mut text = text.trim();
    let mut from_elsewhere = false;
    loop {
        let lower = text.to_lowercase();
        let Some(word) = knowledge.byline_words.iter().find(|word| lower.starts_with(word.as_str())) else {
            break;
        };
        // What follows “theo” is where the text was taken from, or who wrote it there.
        from_elsewhere |= matches!(word.trim(), "theo" | "quelle:" | "nguồn:" | "source:");
        let letters = word.chars().count();
        text = text.char_indices().nth(letters).map_or("", |(at, _)| &text[at..]).trim_start();
    }
    let lower = text.to_lowercase();
    let of_pictures = knowledge.picture_labels.iter().filter_map(|label| lower.find(label.as_str()));
    if let Some(at) = of_pictures.min().filter(|at| *at > 0 && lower.len() == text.len())
        && let Some(before) = text.get(..at)
        && before.trim_end().ends_with([';', ',', '.', '/', '-'])
    {
        text = before.trim_end_matches([' ', ';', ',', '.', '/', '-']);
    }
    if let Some((before, inside)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('('))
        && is_capitalized(before)
        && !inside.contains(['.', '@'])
    {
        text = before.trim_end();
    }
    (without_house(text, knowledge, sites), from_elsewhere)
}

fn name(text: &str, knowledge: &Knowledge, sites: &[&str]) -> Option<String> {
    let (text, from_elsewhere) = bare(text, knowledge, sites);
    let text = text.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != ')' && letter != '.');
    let lower = text.to_lowercase();
    let names_site = names_site(&lower, sites);
    let words = text.split_whitespace().count();
    let wrong = (from_elsewhere && !is_person(text, knowledge))
        || text.is_empty()
        || words > WORDS
        || text.contains("://")
        || text.contains("www.")
        || text.contains('@')
        // A host name.
        || (words == 1 && text.contains('.'))
        || text.chars().filter(char::is_ascii_digit).count() > 3
        || !text.chars().any(char::is_alphabetic)
        || knowledge.no_authors.contains(&lower)
        || names_site;
    (!wrong).then(|| {
        // Several names are parted by a comma, whatever stands between them.
        let mut text = text.to_owned();
        for word in [" und ", " og ", " y ", " et ", " en ", " och "] {
            text = text.replace(word, ", ");
        }
        for word in [" and ", " & ", " và ", " - "] {
            if text.split(word).flat_map(|names| names.split(", ")).all(is_capitalized) {
                text = text.replace(word, ", ");
            }
        }
        text
    })
}

/// Whether a text is a name by its capitals: two to four words.
fn is_capitalized(text: &str) -> bool {
    let mut words = text.split_whitespace();
    (2..=4).contains(&words.clone().count())
        && words.all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// Whether words in small letters are the name of the site.
fn names_site(lower: &str, sites: &[&str]) -> bool {
    let joined = lower.replace(' ', "");
    sites.iter().any(|site| {
        let site = site.to_lowercase();
        // `lto` is the name of `www.lto.de`.
        let is_label = || {
            let mut labels = site.split('.');
            labels.next_back().is_some() && joined.len() > 2 && labels.any(|label| label == joined)
        };
        !site.is_empty() && (*lower == *site || shared_words(lower, &site) > 0.8 || is_label())
    })
}

/// A byline without the house behind its names: `Hà Lan, staff writer`, `Hà Lan. Son Khe News`, `HA LAN Associated Press`.
fn without_house<'t>(text: &'t str, knowledge: &Knowledge, sites: &[&str]) -> &'t str {
    let mut text = text.trim_end_matches([',', ' ', ';']);
    loop {
        let parts = [", ", ". ", " - ", " / ", "; ", "/"];
        let Some((at, length)) = parts.iter().filter_map(|part| Some((text.rfind(part)?, part.len()))).max()
        else {
            break;
        };
        let last = text[at + length..].to_lowercase();
        let is_role =
            last.split(|letter: char| !letter.is_alphanumeric()).any(|word| knowledge.roles.contains(word));
        let is_house = is_role
            || knowledge.agencies.contains(&last)
            || knowledge.houses.of(&last).is_some()
            || names_site(&last, sites);
        if !is_house || at == 0 {
            break;
        }
        text = text[..at].trim_end();
    }
    let lower = text.to_lowercase();
    let agency = knowledge.agencies.iter().find(|agency| {
        lower.len() == text.len()
            && lower.strip_suffix(agency.as_str()).is_some_and(|before| {
                before.ends_with(' ') && before.split_whitespace().count() > 1 && !before.ends_with("the ")
            })
    });
    agency.map_or(text, |agency| text[..text.len() - agency.len()].trim_end())
}

/// Whether a text is the name of a Vietnamese person: a family name and one to three more words.
fn is_person(text: &str, knowledge: &Knowledge) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words.first().is_some_and(|first| knowledge.family_names.contains(&first.to_lowercase()))
        && words.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_hold_names_alone() {
        let check = |text: &str, expected: Option<&str>| {
            let sites = ["Báo Sơn Khê"];
            assert_eq!(names(text, super::super::knowledge::get(), &sites).as_deref(), expected, "{text}");
        };
        check("Hà Lan", Some("Hà Lan"));
        check("Tác giả: Hà Lan - Minh Hải", Some("Hà Lan, Minh Hải"));
        check("Tác giả bài viết: Hà Lan", Some("Hà Lan"));
        check("Bài, ảnh: Minh Lan – Cảnh Hải", Some("Minh Lan, Cảnh Hải"));
        check("Hà Lan – 26/06/2021", Some("Hà Lan"));
        check("Tin: Hà Lan; ảnh: Minh Hải", Some("Hà Lan"));
        check("Story by Ha Lan / Photos by Minh Hai", Some("Ha Lan"));
        check("Hà Lan/Báo Nam Khê", Some("Hà Lan"));
        check("Hà Lan/TTXVN", Some("Hà Lan"));
        check("CTV Hà Lan (Nậm Khê)", Some("Hà Lan"));
        check("Hà Lan (tổng hợp)", Some("Hà Lan"));
        check("By Ha Lan", Some("Ha Lan"));
        check("Hà Lan • 26/06/2021", Some("Hà Lan"));
        check("26/06/2021 | Hà Lan", Some("Hà Lan"));
        check("Theo Báo Nam Khê", None);
        check("Theo Hồ Khánh Lan", Some("Hồ Khánh Lan"));
        check("Theo Hà Nội Mới", None);
        check("Báo Sơn Khê", None);
        check("admin", None);
        check("SonKheMedia.example", None);
        check("Son Khe (www.sonkhe.example)", None);
        check("lan@sonkhe.example", None);
        check("https://sonkhe.example/lan", None);
        check("", None);
        check("26/06/2021 07:30", None);
        // The house behind a name is none of it.
        check("By HA LAN and MINH HAI, Associated Press", Some("HA LAN, MINH HAI"));
        check("HA LAN, MINH HAI and KHANH VAN Associated Press", Some("HA LAN, MINH HAI, KHANH VAN"));
        check("Analysis by Ha Lan, editor-at-large", Some("Ha Lan"));
        check("Hà Lan. Báo Sơn Khê", Some("Hà Lan"));
        check("Hà Lan và Minh Hải", Some("Hà Lan, Minh Hải"));
        check("By Ha Lan,", Some("Ha Lan"));
        check("Reuters", Some("Reuters"));
        check("Sơn Khê, Nam Khê", Some("Sơn Khê, Nam Khê"));
    }
}
