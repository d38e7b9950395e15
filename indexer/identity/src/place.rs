//! Places that words name: provinces, districts and communes of Vietnam by the gazetteer.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use text::slug;

use crate::words::{Word, begins, words};

/// A rung of the administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A hamlet, a village, a block.
    Hamlet,
    /// A commune, a ward, a township.
    Commune,
    /// A district, a town, a city of a province.
    District,
    /// A province, a city under the Centre.
    Province,
}

/// What words say of a place, from the lowest rung that they name upwards. Parts are slugs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The lowest rung that the words speak of, also where they give no name ("tỉnh").
    pub level: Option<Level>,
    /// Hamlet or commune, with its kind: `xa-cat-tien`.
    pub commune: Option<String>,
    /// District, town or city of a province: `phu-cat`.
    pub district: Option<String>,
    /// Province: `binh-dinh`.
    pub province: Option<String>,
}

/// What is read of the table of provinces.
#[derive(Deserialize)]
struct Provinces {
    province: Vec<Province>,
    /// Last day of those that were merged into others, and of all districts.
    merged_until: Date,
    /// Cities under the Centre.
    cities: Vec<String>,
    /// The day from which one is, where texts are older.
    since: HashMap<String, Date>,
    /// Short forms that only the words of a position mean.
    short: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Province {
    name: String,
    #[serde(default)]
    forms: Vec<String>,
    /// The one that it was merged into.
    #[serde(default)]
    into: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Districts {
    districts: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Communes {
    /// Names in a row, by province.
    communes: HashMap<String, String>,
}

struct Gazetteer {
    /// Folded names by their first syllable, the longest first, and the province's slug.
    provinces: HashMap<String, Vec<(String, String)>>,
    /// The same for districts, with the province where only one has such a district.
    districts: HashMap<String, Vec<(String, Option<String>)>>,
    /// Names of districts by their slugs and their province's.
    district_names: HashMap<(String, String), String>,
    /// Slugs of the provinces that have or had a commune, by its slug.
    communes: HashMap<String, Vec<String>>,
    /// Names of districts of one syllable, with their accents: many are another word without ("Chũ", "chủ").
    short: std::collections::HashSet<String>,
    /// Slugs and names of provinces.
    names: HashMap<String, String>,
    /// Slugs of the provinces that were merged into others, and the names of these.
    merged: HashMap<String, String>,
    merged_until: Date,
    /// Slugs of the cities under the Centre: "thành phố X" is the province itself.
    cities: Vec<String>,
    /// The day from which one is.
    since: HashMap<String, Date>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let table: Provinces = rules::read("rules/provinces.toml").expect("the table comes with the program");
    let mut provinces: HashMap<String, Vec<(String, String)>> = HashMap::new();
    let mut names = HashMap::new();
    let mut merged = HashMap::new();
    let merged_until = table.merged_until;
    for row in &table.province {
        let id = province_slug(&row.name);
        if let Some(into) = &row.into {
            merged.insert(id.clone(), into.clone());
        }
        names.entry(id.clone()).or_insert_with(|| row.name.clone());
        for form in std::iter::once(&row.name).chain(&row.forms) {
            let folded = slug(form).replace('-', " ");
            let first = folded.split(' ').next().unwrap_or_default().to_owned();
            provinces.entry(first).or_default().push((folded, id.clone()));
        }
    }
    for (name, forms) in &table.short {
        for form in forms {
            let first = form.split(' ').next().unwrap_or_default().to_owned();
            provinces.entry(first).or_default().push((form.clone(), province_slug(name)));
        }
    }
    let cities = table.cities.iter().map(|name| province_slug(name)).collect();
    let since = table.since.iter().map(|(name, day)| (province_slug(name), *day)).collect();
    let table: Districts = rules::read("rules/districts.toml").expect("the table comes with the program");
    let mut districts: HashMap<String, Vec<(String, Option<String>)>> = HashMap::new();
    let mut short = std::collections::HashSet::new();
    let mut district_names = HashMap::new();
    for (province, all) in &table.districts {
        for name in all {
            let bare = name.split_once(' ').map_or(name.as_str(), |(_, name)| name);
            if let [only] = &words(bare)[..] {
                short.insert(only.exact.clone());
            }
            district_names.insert((slug(bare), province_slug(province)), bare.to_owned());
            let folded = slug(bare).replace('-', " ");
            let first = folded.split(' ').next().unwrap_or_default().to_owned();
            let known = districts.entry(first).or_default();
            match known.iter_mut().find(|(other, _)| *other == folded) {
                Some((_, whose)) => *whose = None,
                None => known.push((folded, Some(province_slug(province)))),
            }
        }
    }
    let table: Communes = rules::read("rules/communes.toml").expect("the table comes with the program");
    let mut communes: HashMap<String, Vec<String>> = HashMap::new();
    for (province, names) in &table.communes {
        for name in names.split(", ") {
            communes.entry(slug(name)).or_default().push(province_slug(province));
        }
    }
    for forms in provinces.values_mut() {
        forms.sort_by_key(|(folded, _)| std::cmp::Reverse(folded.len()));
    }
    for forms in districts.values_mut() {
        forms.sort_by_key(|(folded, _)| std::cmp::Reverse(folded.len()));
    }
    Gazetteer {
        provinces,
        districts,
        district_names,
        communes,
        short,
        names,
        merged,
        merged_until,
        cities,
        since,
    }
});

/// The slug that stands for a province by any of its names: `TP. Hồ Chí Minh` is `ho-chi-minh`.
pub fn province_slug(name: &str) -> String {
    let slug = slug(name);
    for before in ["tp-", "thanh-pho-", "tinh-"] {
        if let Some(rest) = slug.strip_prefix(before) {
            return rest.to_owned();
        }
    }
    match slug.as_str() {
        "thua-thien-hue" => "hue".to_owned(),
        _ => slug,
    }
}

/// The Vietnamese name of a province by its slug.
pub fn province_name(slug: &str) -> Option<&'static str> {
    GAZETTEER.names.get(slug).map(String::as_str)
}

/// The Vietnamese name of a district by its slug and its province's.
pub(crate) fn district_name(slug: &str, province: &str) -> Option<&'static str> {
    GAZETTEER.district_names.get(&(slug.to_owned(), province.to_owned())).map(String::as_str)
}

/// The name of the province into which one was merged, by its slug; `None` for those that there are today.
pub fn merged_into(slug: &str) -> Option<&'static str> {
    GAZETTEER.merged.get(slug).map(String::as_str)
}

/// The Vietnamese name of the province that is called so, in any of its spellings.
pub fn province_called(name: &str) -> Option<&'static str> {
    let all = words(name);
    let whole = |words: &[Word]| {
        let (id, count) = province_at(words)?;
        (count == words.len()).then(|| province_name(id))?
    };
    let bare = ["tinh", "tp", "thanh pho"].iter().find_map(|kind| begins(&all, kind));
    // A city that has a person's name, without the word for a city.
    whole(&all).or_else(|| whole(&all[bare?..])).or_else(|| province_name(&province_slug(name)))
}

/// Words with the names of provinces among them that were typed in small letters as the gazetteer writes them, joined by blanks.
pub(crate) fn with_provinces(typed: &[&str]) -> String {
    /// Words of the longest name.
    const LONGEST: usize = 4;
    let mut said: Vec<&str> = Vec::with_capacity(typed.len());
    let mut at = 0;
    while at < typed.len() {
        let is_small = |words: &[&str]| words.iter().all(|word| !word.contains(char::is_uppercase));
        let named = (1..=LONGEST.min(typed.len() - at)).rev().find_map(|count| {
            let words = &typed[at..at + count];
            let all = self::words(&words.join(" "));
            let (id, length) = province_at(&all).filter(|_| is_small(words))?;
            (length == all.len()).then(|| Some((province_name(id)?, count)))?
        });
        match named {
            Some((name, count)) => {
                said.push(name);
                at += count;
            }
            None => {
                said.push(typed[at]);
                at += 1;
            }
        }
    }
    said.join(" ")
}

/// The Vietnamese names of all provinces.
pub fn provinces() -> impl Iterator<Item = &'static str> {
    GAZETTEER.names.values().map(String::as_str)
}

/// The province whose name `words` begin with, and how many syllables it has.
pub(crate) fn province_at(words: &[Word]) -> Option<(&'static str, usize)> {
    let forms = GAZETTEER.provinces.get(&words.first()?.folded)?;
    forms.iter().find_map(|(form, id)| begins(words, form).map(|count| (id.as_str(), count)))
}

/// The district whose name `words` begin with: its slug, its province where that is certain, and its syllables.
pub(crate) fn district_at(words: &[Word]) -> Option<(String, Option<&'static str>, usize)> {
    let forms = GAZETTEER.districts.get(&words.first()?.folded)?;
    forms.iter().find_map(|(form, province)| {
        begins(words, form)
            .filter(|count| *count > 1 || GAZETTEER.short.contains(&words[0].exact))
            .map(|count| (form.replace(' ', "-"), province.as_deref(), count))
    })
}

/// Slugs of the provinces that have or had a commune, a ward or a township, given with its kind: `xa-cat-tien`. None where no
/// commune of the gazetteer is called so.
pub(crate) fn provinces_of_commune(commune: &str) -> &'static [String] {
    let mut rest = Some(commune);
    // `thi-tran-phung`: of which words the kind is made nothing in a slug tells.
    while let Some(name) = rest {
        if let Some(provinces) = GAZETTEER.communes.get(name) {
            return provinces;
        }
        rest = name.split_once('-').map(|(_, behind)| behind);
    }
    &[]
}

/// The city under the Centre whose bare name `words` begin with, and how many syllables it has.
pub(crate) fn city_at(words: &[Word]) -> Option<(&'static str, usize)> {
    let mut cities = GAZETTEER.cities.iter();
    cities.find_map(|city| begins(words, &city.replace('-', " ")).map(|count| (city.as_str(), count)))
}

/// Whether "thành phố" before the name of a province means the province itself.
pub(crate) fn is_city(province: &str) -> bool {
    GAZETTEER.cities.iter().any(|city| city == province)
}

/// The same on a day; today where none is given.
pub(crate) fn is_city_on(province: &str, day: Option<Date>) -> bool {
    let since = GAZETTEER.since.get(province);
    is_city(province) && day.zip(since).is_none_or(|(day, since)| day >= *since)
}

impl Place {
    /// A province.
    pub fn province(name: &str) -> Self {
        Self { level: Some(Level::Province), province: Some(province_slug(name)), ..Self::default() }
    }

    /// The city of its province that a city under the Centre was on a day, where it was not one yet.
    pub(crate) fn city_on(&self, day: Option<Date>) -> Option<Self> {
        let province = self.province.as_deref()?;
        let is_whole = self.level == Some(Level::Province) && self.district.is_none();
        let was = is_whole && is_city(province) && !is_city_on(province, day);
        was.then(|| Self { level: Some(Level::District), district: self.province.clone(), ..self.clone() })
    }

    /// Gives it the province that a text is about, where no words name one: to a commune only one that has such a commune. Where the
    /// text is about none, the only one that has; of a text about another the gazetteer may lack the commune (of 30 such that the
    /// news name 10 were of the text's province).
    pub(crate) fn suppose(&mut self, near: Option<&str>) {
        let known = self.commune.as_deref().map_or(&[][..], provinces_of_commune);
        let has = |province: &str| {
            let now = merged_into(province).map(province_slug);
            known.iter().any(|known| *known == province || Some(known) == now.as_ref())
        };
        self.province = match known {
            [] => near.map(str::to_owned),
            _ if near.is_some_and(has) => near.map(str::to_owned),
            [only] if near.is_none() => Some(only.clone()),
            _ => None,
        };
    }

    /// The parts that name it, joined for a key; `None` where nothing has a name.
    pub fn key(&self) -> Option<String> {
        let mut key = String::new();
        for part in [&self.commune, &self.district, &self.province].into_iter().flatten() {
            // A commune in its province is enough: texts leave the district out.
            if self.commune.is_some() && Some(part) == self.district.as_ref() && self.province.is_some() {
                continue;
            }
            if !key.is_empty() {
                key.push('-');
            }
            key.push_str(part);
        }
        (!key.is_empty()).then_some(key)
    }

    /// The last day on which there was such a place: districts and the provinces that were merged into others have one. A
    /// commune of such a province goes on in the other one.
    pub fn until(&self) -> Option<Date> {
        let is_gone = match self.level {
            Some(Level::District) => true,
            Some(Level::Province) => self.province.as_ref().is_some_and(|slug| merged_into(slug).is_some()),
            Some(Level::Commune | Level::Hamlet) | None => false,
        };
        is_gone.then_some(GAZETTEER.merged_until)
    }

    /// Whether the lowest rung that the words speak of has its name.
    pub fn is_named(&self) -> bool {
        match self.level {
            None => false,
            Some(Level::Province) => self.province.is_some(),
            Some(Level::District) => self.district.is_some(),
            Some(Level::Commune | Level::Hamlet) => self.commune.is_some(),
        }
    }
}

/// The key of the first place that some words name: a district with its province, or a province.
pub(crate) fn first_named(words: &[Word]) -> Option<String> {
    for at in 0..words.len() {
        if !words[at].capital && !words[at].folded.starts_with("tp") {
            continue;
        }
        if let Some((province, _)) = province_at(&words[at..]) {
            return Some(province.to_owned());
        }
        if let Some((district, province, _)) = district_at(&words[at..]) {
            return Some(match province {
                Some(province) => format!("{district}-{province}"),
                None => district,
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_were_63_provinces_and_are_34() {
        let all: Vec<&str> = provinces().collect();
        let today = all.iter().filter(|name| merged_into(&province_slug(name)).is_none());
        assert_eq!((all.len(), today.count()), (63, 34));
        for (slug, into) in &GAZETTEER.merged {
            assert!(province_name(slug).is_some() && all.contains(&into.as_str()), "{slug} into {into}");
            assert_eq!(merged_into(&province_slug(into)), None, "{slug} into {into}");
        }
    }

    #[test]
    fn a_commune_has_the_provinces_that_have_one_of_its_name() {
        let check = |commune: &str, expected: &[&str]| {
            let mut found: Vec<&str> = provinces_of_commune(commune).iter().map(String::as_str).collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{commune}");
        };
        check("xa-mon-son", &["nghe-an"]);
        check("thi-tran-phung", &["ha-noi"]);
        check("xa-khe-ben-thuong", &[]);
        assert!(provinces_of_commune("phuong-1").len() > 10);
    }

    #[test]
    fn a_commune_is_of_the_province_of_its_text_or_of_the_only_one_that_has_it() {
        let check = |commune: &str, near: Option<&str>, expected: Option<&str>| {
            let mut place =
                Place { level: Some(Level::Commune), commune: Some(commune.to_owned()), ..Place::default() };
            place.suppose(near);
            assert_eq!(place.province.as_deref(), expected, "{commune} {near:?}");
        };
        check("xa-mon-son", Some("nghe-an"), Some("nghe-an"));
        check("xa-mon-son", None, Some("nghe-an"));
        // The gazetteer may lack the one of Hà Nội.
        check("xa-mon-son", Some("ha-noi"), None);
        check("xa-khe-ben-thuong", Some("ha-noi"), Some("ha-noi"));
    }

    #[test]
    fn what_was_merged_has_a_last_day() {
        let check = |place: Place, expected: Option<&str>| {
            let until = place.until().map(|day| day.to_string());
            assert_eq!(until.as_deref(), expected, "{place:?}");
        };
        check(Place::province("Bắc Giang"), Some("2025-06-30"));
        check(Place::province("Thừa Thiên Huế"), None);
        check(Place::province("Bắc Ninh"), None);
        check(Place { level: Some(Level::District), ..Place::province("Nghệ An") }, Some("2025-06-30"));
        check(Place { level: Some(Level::Commune), ..Place::province("Bắc Giang") }, None);
        check(Place::default(), None);
        assert_eq!(merged_into("bac-giang"), Some("Bắc Ninh"));
    }
}
