//! The province that a text is about.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use text::{Syllable, Syllables, slug};

/// What is read of the table of provinces.
#[derive(Deserialize)]
struct Table {
    province: Vec<Province>,
    before: Vec<String>,
    behind: Vec<String>,
    cities: Vec<String>,
    sites: HashMap<String, String>,
    far: HashSet<String>,
    /// Provinces that have the name of one of another state, and that state.
    namesakes: HashMap<String, String>,
}

/// What is read of the table of people's names.
#[derive(Deserialize)]
struct People {
    families: HashSet<String>,
}

#[derive(Deserialize)]
struct Province {
    name: String,
    #[serde(default)]
    forms: Vec<String>,
}

/// One way to write a province's name.
struct Form {
    folded: Vec<String>,
    exact: Vec<String>,
    /// Place in the table.
    province: usize,
}

struct Names {
    provinces: Vec<Province>,
    /// By the first syllable, the longest first.
    forms: HashMap<String, Vec<Form>>,
    /// Words in lower case that stand with a capital before the name of a province and are no part of a name.
    before: HashSet<String>,
    /// Words that stand so behind it.
    behind: HashSet<String>,
    /// Family names, without accents.
    families: HashSet<String>,
    /// Provinces by the name of their newspaper's site: `baosonkhe`.
    sites: HashMap<String, usize>,
    /// Those of papers that report on the whole country.
    far: HashSet<String>,
    /// Slugs of the cities under the Centre.
    cities: HashSet<String>,
    /// States with a province of the name of one of ours, by its place in the table.
    namesakes: HashMap<usize, String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let table: Table = rules::read("rules/provinces.toml").expect("the table comes with the program");
    let mut forms: HashMap<String, Vec<Form>> = HashMap::new();
    let mut sites = HashMap::new();
    for (province, row) in table.province.iter().enumerate() {
        for form in std::iter::once(&row.name).chain(&row.forms) {
            let (folded, exact): (Vec<_>, Vec<_>) = syllables(form).map(|s| (s.folded, s.exact)).unzip();
            sites.insert(format!("bao{}", folded.concat()), province);
            forms.entry(folded[0].clone()).or_default().push(Form { folded, exact, province });
        }
    }
    for forms in forms.values_mut() {
        forms.sort_by_key(|form| std::cmp::Reverse(form.folded.len()));
    }
    for (site, province) in &table.sites {
        if let Some(at) = table.province.iter().position(|row| row.name == *province) {
            sites.insert(site.clone(), at);
        }
    }
    let place = |name: &String| table.province.iter().position(|row| row.name == *name);
    let namesakes = table.namesakes.iter().filter_map(|(name, state)| Some((place(name)?, state.clone())));
    let namesakes = namesakes.collect();
    let people: People = rules::read("rules/names.toml").expect("the table comes with the program");
    Names {
        provinces: table.province,
        forms,
        sites,
        far: table.far,
        cities: table.cities.iter().map(|name| slug(name)).collect(),
        before: table.before.into_iter().collect(),
        behind: table.behind.into_iter().collect(),
        families: people.families,
        namesakes,
    }
});

/// Every way to write the name of a province, with its name.
pub(crate) fn forms() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.provinces.iter().flat_map(|row| {
        std::iter::once(&row.name).chain(&row.forms).map(|form| (row.name.as_str(), form.as_str()))
    })
}

/// Whether a province is a city under the Centre.
pub(crate) fn is_city(name: &str) -> bool {
    NAMES.cities.contains(&slug(name))
}

/// The province whose own site an address belongs to: its newspaper's, or that of its offices.
pub(crate) fn owns(address: &str) -> Option<&'static str> {
    labels(address)?.find_map(owned_by)
}

/// The province that a text of an address is about where it names none: that of the site, where this reports on one alone.
pub fn reported_on(address: &str) -> Option<&'static str> {
    labels(address)?.filter(|label| !NAMES.far.contains(*label)).find_map(owned_by)
}

/// The parts of an address' host.
fn labels(address: &str) -> Option<impl Iterator<Item = &str>> {
    Some(address.split("://").nth(1)?.split('/').next()?.split('.'))
}

fn owned_by(label: &str) -> Option<&'static str> {
    let known = NAMES.sites.get(label).or_else(|| NAMES.sites.get(&format!("bao{label}")));
    known.map(|province| NAMES.provinces[*province].name.as_str())
}

fn syllables(text: &str) -> impl Iterator<Item = Syllable> {
    let mut syllables = Syllables::new(text);
    std::iter::from_fn(move || {
        let mut syllable = Syllable::default();
        syllables.advance(&mut syllable).then_some(syllable)
    })
}

/// Bytes of a text in which its province is looked for.
const SAMPLE: usize = 20_000;

/// How much a name in the first line weighs against one below.
const FIRST_LINE: u32 = 3;

/// The province that a text is about, by its Vietnamese name; `None` where it names none, or several alike.
pub(super) fn of(text: &str) -> Option<String> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let first_line = sample.trim_start().find('\n').unwrap_or(0);
    let mut weights: HashMap<usize, u32> = HashMap::new();
    for (start, province) in names(sample) {
        *weights.entry(province).or_default() += if start < first_line { FIRST_LINE } else { 1 };
    }
    weights.retain(|province, _| state_of(sample, &NAMES.provinces[*province].name).is_none());
    let (province, weight) = weights.iter().max_by_key(|(_, weight)| **weight)?;
    let alone = weights.values().filter(|other| *other == weight).count() == 1;
    alone.then(|| NAMES.provinces[*province].name.clone())
}

/// The state that a text tells, where it begins, of a province with the name of one of ours: `tỉnh Hà Nam (Trung Quốc)`.
pub fn state_of(text: &str, province: &str) -> Option<&'static str> {
    let at = NAMES.provinces.iter().position(|row| row.name == province)?;
    let state = NAMES.namesakes.get(&at)?;
    let text = &text[..text.floor_char_boundary(SAMPLE)];
    let told = text.match_indices(province).any(|(at, _)| {
        let behind = text[at + province.len()..].trim_start_matches([' ', ',', '(', '-']);
        behind.starts_with(state.as_str())
    });
    told.then_some(state.as_str())
}

/// The first province that some words name.
pub fn named_in(words: &str) -> Option<&'static str> {
    names(words).first().map(|(_, province)| NAMES.provinces[*province].name.as_str())
}

/// Every name of a province: its first byte and the province's place in the table. A name begins with a capital, and its
/// accents are all there or all lost.
fn names(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut all, mut first) = (Syllables::new(text), Syllable::default());
    let mut behind = 0;
    // The names of sites begin so, all others with a capital.
    let may_begin = |word: &str| word.starts_with("bao") || word.starts_with(char::is_uppercase);
    while all.advance_to(&mut first, may_begin) {
        let rest = &text[first.start..];
        if first.start < behind {
            continue;
        }
        if let Some(province) = NAMES.sites.get(&first.folded) {
            found.push((first.start, *province));
        } else if rest.starts_with(char::is_uppercase)
            && let Some(forms) = NAMES.forms.get(&first.folded)
        {
            let near: Vec<Syllable> = syllables(rest).take(forms[0].folded.len()).collect();
            if let Some(form) = forms.iter().find(|form| is_here(form, &near, rest)) {
                let end = first.start + near[form.folded.len() - 1].end;
                if !is_within_a_name(text, first.start, end) {
                    found.push((first.start, form.province));
                }
                behind = end;
            }
        }
    }
    found
}

/// Whether a word is a family name.
pub(crate) fn is_family(word: &str) -> bool {
    NAMES.families.contains(&slug(word))
}

/// Whether a name goes on on either side: `Thái Bình Dương`, `Nguyễn Hòa Bình`, `Trường Trung học Thái Bình Dương`.
pub(crate) fn is_within_a_name(text: &str, start: usize, end: usize) -> bool {
    let after = &text[end..];
    let next = after.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
    if let Some(next) = next
        && next.starts_with(char::is_uppercase)
        && next.chars().nth(1).is_some_and(char::is_lowercase)
        && !NAMES.behind.contains(next)
    {
        return true;
    }
    let before = &text[..start];
    let Some(words) = before.strip_suffix(' ') else { return false };
    let last = words.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // A family name: who bears a province's name bears it as a given one.
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().nth(1).is_some_and(char::is_lowercase)
            && !NAMES.before.contains(&word.to_lowercase())
    };
    if !is_name(last) {
        return false;
    }
    let earlier = words[..words.len() - last.len()].trim_end();
    let one_before = earlier.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    NAMES.families.contains(&slug(last))
        || (NAMES.families.contains(&slug(one_before)) && is_name(one_before))
}

fn is_here(form: &Form, syllables: &[Syllable], text: &str) -> bool {
    let Some(here) = syllables.get(..form.folded.len()) else { return false };
    let plain = here.iter().all(|syllable| !syllable.has_accents());
    here.iter().zip(&form.folded).all(|(syllable, folded)| syllable.folded == *folded)
        && (plain || here.iter().zip(&form.exact).all(|(syllable, exact)| syllable.exact == *exact))
        && here.iter().all(|syllable| text[syllable.start..].starts_with(char::is_uppercase))
        && (form.folded[0] == "tp"
            || !text[here[0].start..here[here.len() - 1].end].contains(['\n', '.', ',', ';']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_tells_the_province_that_it_reports_on() {
        let check = |address: &str, owner: Option<&str>, about: Option<&str>| {
            assert_eq!((owns(address), reported_on(address)), (owner, about), "{address}");
        };
        check("https://baonghean.vn/tin-1.html", Some("Nghệ An"), Some("Nghệ An"));
        check("http://www.hanoimoi.com.vn/a", Some("Hà Nội"), Some("Hà Nội"));
        check("https://nld.com.vn/a", Some("TP. Hồ Chí Minh"), None);
        check("https://bao.example/baonghean.vn", None, None);
        check("baonghean.vn", None, None);
    }

    #[test]
    fn the_province_most_named_is_found() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(of(text).as_deref(), expected, "{text}");
        };
        check("Tỉnh Nghệ An họp. Nghe An has 20 districts, Hà Tĩnh 13.", Some("Nghệ An"));
        check("Baonghean.vn - Sáng nay, một đoàn từ Vinh đến.", Some("Nghệ An"));
        check("Mưa ở Huế", Some("Huế"));
        check("Tỉnh Thừa Thiên Huế, tỉnh An Giang và An Giang", Some("An Giang"));
        check("An Giang: vào mùa\nĐoàn từ Cà Mau và Cà Mau", Some("An Giang"));
        check("Vượt Thái Bình Dương, qua Thái Bình Dương", None);
        check("Bà Nguyễn Thị Hòa Bình và ông Trần Hòa Bình", None);
        check("Chủ tịch UBND Thái Bình gặp bà Nguyễn Hòa Bình", Some("Thái Bình"));
        check("Vì hòa bình, thầy Nghệ ăn cơm", None);
        check("Tư tưởng Hồ Chí Minh", None);
        check("ở TP. Hồ Chí Minh", Some("TP. Hồ Chí Minh"));
        check("Bac Kan and Cao Bang", None);
        check("Bí thư tỉnh Hà Nam", Some("Hà Nam"));
        check("Đoàn tỉnh Hà Nam (Trung Quốc) thăm An Giang. Hà Nam sẽ mua gạo.", Some("An Giang"));
        check("", None);
    }
}
