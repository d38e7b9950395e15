//! The names and words that stand for a place or a body, and which of them is meant.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use text::{Syllable, Syllables};

use crate::pattern::capital;
use crate::{Level, province};

/// The table. What is read in its order stands in one: of names that are written alike the first counts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    nation: Vec<String>,
    national: Vec<String>,
    sources: Vec<String>,
    settings: Vec<String>,
    whole: BTreeMap<String, Vec<String>>,
    doing: Doing,
    having: Having,
    hamlets: Hamlets,
    kinds: Kinds,
    kinds_en: Kinds,
    numbered: BTreeMap<String, String>,
    organizations: Organizations,
    aside: Aside,
    countries: BTreeMap<String, Vec<String>>,
    regions: BTreeMap<String, Vec<String>>,
    world: Phrases,
    openers: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Doing {
    kinds: BTreeMap<String, Vec<String>>,
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Having {
    words: Vec<String>,
    /// Words that begin as those of kind do, and are others.
    except: Vec<String>,
    leading: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    /// Words that end as those of kind do, and name a body.
    #[serde(default)]
    body: Vec<String>,
    province: Vec<String>,
    city: Vec<String>,
    district: Vec<String>,
    commune: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hamlets {
    words: Vec<String>,
    /// Those of them that name other areas as well: a hamlet's name ends with a letter.
    lettered: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organizations {
    words: Vec<String>,
    except: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Aside {
    compared: Vec<String>,
    renamed: Vec<String>,
    counted: Vec<String>,
    measured: Vec<String>,
    venue: Vec<String>,
    joins: Vec<String>,
    events: Vec<String>,
    at: Vec<String>,
    within: Vec<String>,
    local: Vec<String>,
    delegates: Vec<String>,
    officers: Vec<String>,
    works: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Districts {
    districts: BTreeMap<String, Vec<String>>,
}

/// What words without a name stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    Nation,
    /// A body of the whole country.
    National,
    World,
    /// What was named before on that level.
    Named(Level),
    /// The city that was named before, of whatever level.
    City,
    Organization,
    NoOrganization,
}

/// A word of kind in front of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Province,
    City,
    District,
    Commune,
    /// `hợp tác xã Sơn Hạ` is no commune.
    Body,
}

pub(super) struct Entry {
    pub(super) folded: Vec<String>,
    pub(super) exact: Vec<String>,
    pub(super) name: String,
    pub(super) level: Level,
    /// The province that has the district, where only one has.
    pub(super) within: Option<String>,
}

pub(super) struct Gazetteer {
    /// By the first syllable, the longest first.
    pub(super) names: HashMap<String, Vec<Entry>>,
    pub(super) phrases: AhoCorasick,
    /// From which phrase on a word of kind ends them, which may be that of a name behind it.
    pub(super) having: usize,
    /// Words of kind of parts of communes.
    pub(super) hamlets: AhoCorasick,
    pub(super) lettered: Vec<String>,
    /// Words that lead to a place.
    pub(super) leading: HashSet<String>,
    /// What is built, and has a place in its name.
    pub(super) works: Vec<String>,
    /// How many bytes of each phrase stand for the place.
    pub(super) lengths: Vec<usize>,
    /// What each phrase stands for, and the name of a region.
    pub(super) whole: Vec<(Whole, Option<String>)>,
    pub(super) kinds: HashMap<String, Sort>,
    pub(super) kinds_en: HashMap<String, Sort>,
    pub(super) numbered: BTreeMap<String, String>,
    pub(super) compared: Vec<String>,
    pub(super) renamed: Vec<String>,
    pub(super) counted: Vec<String>,
    /// Words that end as those do that count, and are none.
    pub(super) measured: Vec<String>,
    pub(super) sources: Vec<String>,
    pub(super) settings: Vec<String>,
    pub(super) joins: Vec<String>,
    pub(super) venue: Vec<String>,
    pub(super) events: Vec<String>,
    pub(super) at: Vec<String>,
    pub(super) within: Vec<String>,
    pub(super) local: Vec<String>,
    pub(super) delegates: Vec<String>,
    pub(super) officers: Vec<String>,
    pub(super) openers: Vec<String>,
}

fn syllables(text: &str) -> Vec<Syllable> {
    Syllables::new(text).collect()
}

pub(super) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let table: Table = rules::read("rules/subjects.toml").expect("the table is tested");
    let mut names: HashMap<String, Vec<Entry>> = HashMap::new();
    let mut add = |form: &str, name: &str, level: Level, within: Option<&str>| {
        let (folded, exact): (Vec<_>, Vec<_>) =
            syllables(form).into_iter().map(|syllable| (syllable.folded, syllable.exact)).unzip();
        let Some(first) = folded.first() else { return };
        let known = names.entry(first.clone()).or_default();
        // A district that two provinces have is told by the text alone.
        if let Some(same) = known.iter_mut().find(|entry| entry.level == level && entry.exact == exact) {
            if same.within.as_deref() != within {
                same.within = None;
            }
            return;
        }
        known.push(Entry { folded, exact, name: name.to_owned(), level, within: within.map(str::to_owned) });
    };
    for (name, form) in province::forms() {
        add(form, name, Level::Province, None);
    }
    let districts: Districts = rules::read("rules/districts.toml").expect("the table is tested");
    for (province, all) in &districts.districts {
        for district in all {
            let name = district.split_once(' ').map_or(district.as_str(), |(_, name)| name);
            add(name, name, Level::District, Some(province));
        }
    }
    for (country, forms) in &table.countries {
        for form in std::iter::once(country).chain(forms) {
            add(form, country, Level::Country, None);
        }
    }
    for entries in names.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.folded.len()));
    }
    let mut phrases: Vec<String> = Vec::new();
    let mut whole: Vec<(Whole, Option<String>)> = Vec::new();
    let mut say = |words: &[String], meant: Whole, name: Option<&str>| {
        for phrase in words {
            for form in [phrase.clone(), capital(phrase)] {
                if !phrases.contains(&form) {
                    phrases.push(form);
                    whole.push((meant, name.map(str::to_owned)));
                }
            }
        }
    };
    say(&table.nation, Whole::Nation, None);
    say(&table.national, Whole::National, None);
    say(&table.world.words, Whole::World, None);
    say(&table.organizations.words, Whole::Organization, None);
    say(&table.organizations.except, Whole::NoOrganization, None);
    let meant = |level: &str| match level {
        "city" => Whole::City,
        level => Whole::Named(level.parse().expect("a level")),
    };
    for (level, words) in &table.whole {
        say(words, meant(level), None);
    }
    for (region, forms) in &table.regions {
        let words: Vec<String> = std::iter::once(region).chain(forms).cloned().collect();
        say(&words, Whole::Named(Level::Region), Some(region));
    }
    let sorts = |kinds: Kinds| {
        [
            (kinds.body, Sort::Body),
            (kinds.province, Sort::Province),
            (kinds.city, Sort::City),
            (kinds.district, Sort::District),
            (kinds.commune, Sort::Commune),
        ]
        .into_iter()
        .flat_map(|(words, sort)| words.into_iter().map(move |word| (word, sort)))
        .collect()
    };
    // Of `huyện đón` the word of kind alone stands for the place; the verb is one of the sentence.
    let mut lengths: Vec<usize> = phrases.iter().map(String::len).collect();
    for (level, kinds) in &table.doing.kinds {
        for (kind, verb) in
            kinds.iter().flat_map(|kind| table.doing.verbs.iter().map(move |verb| (kind, verb)))
        {
            let words = format!("{kind} {verb}");
            for form in [capital(&words), words] {
                if !phrases.contains(&form) {
                    phrases.push(form);
                    whole.push((meant(level), None));
                    lengths.push(kind.len());
                }
            }
        }
    }
    // `ngân sách huyện`: what belongs to the place that was named before.
    let having = phrases.len();
    let named = table.doing.kinds.iter().flat_map(|(level, kinds)| {
        let meant = meant(level);
        kinds.iter().map(move |kind| (kind, meant))
    });
    let others = table.having.except.iter().map(|word| (word, Whole::NoOrganization));
    for (kind, meant) in named.chain(others) {
        for words in table.having.words.iter().map(|word| format!("{word} {kind}")) {
            for form in [capital(&words), words] {
                if !phrases.contains(&form) {
                    lengths.push(form.len());
                    phrases.push(form);
                    whole.push((meant, None));
                }
            }
        }
    }
    let leftmost = |words: &[String]| {
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).expect("a few words")
    };
    let hamlets = leftmost(&table.hamlets.words);
    let phrases = leftmost(&phrases);
    Gazetteer {
        names,
        phrases,
        having,
        hamlets,
        lettered: table.hamlets.lettered,
        leading: table.having.leading,
        works: table.aside.works,
        lengths,
        whole,
        kinds: sorts(table.kinds),
        kinds_en: sorts(table.kinds_en),
        numbered: table.numbered,
        compared: table.aside.compared,
        renamed: table.aside.renamed,
        counted: table.aside.counted,
        measured: table.aside.measured,
        sources: table.sources,
        settings: table.settings,
        venue: table.aside.venue,
        joins: table.aside.joins,
        events: table.aside.events,
        at: table.aside.at,
        within: table.aside.within,
        local: table.aside.local,
        delegates: table.aside.delegates,
        officers: table.aside.officers,
        openers: table.openers.words,
    }
});

/// Of names that are written alike the one that the word of kind tells: `thành phố Hà Tĩnh` is a city of the province.
pub(super) fn choose<'e>(entries: &[&'e Entry], sort: Option<Sort>) -> Option<&'e Entry> {
    let of = |level: Level| entries.iter().copied().find(|entry| entry.level == level);
    match sort {
        Some(Sort::Province) => of(Level::Province),
        Some(Sort::City) => match of(Level::Province) {
            Some(province) if province::is_city(&province.name) => Some(province),
            province => of(Level::District).or(province),
        },
        Some(Sort::District) => of(Level::District),
        Some(Sort::Commune) => entries.first().copied(),
        Some(Sort::Body) => None,
        None => of(Level::Province).or_else(|| of(Level::District)).or_else(|| of(Level::Country)),
    }
}

pub(super) fn is_here(entry: &Entry, near: &[Syllable], text: &str) -> bool {
    let Some(here) = near.get(..entry.folded.len()) else { return false };
    let plain = here.iter().all(|syllable| !syllable.has_accents());
    let one = entry.folded.len() == 1;
    here.iter().zip(&entry.folded).all(|(syllable, folded)| syllable.folded == *folded)
        && (plain && !one || here.iter().zip(&entry.exact).all(|(syllable, exact)| syllable.exact == *exact))
        && here.iter().all(|syllable| text[syllable.start..].starts_with(char::is_uppercase))
        && !text[here[0].start..here[here.len() - 1].end].contains(['\n', ',', ';'])
}
