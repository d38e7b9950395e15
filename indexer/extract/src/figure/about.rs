//! Whom or what values are about: the places that a text names, and which of them governs a number.
//!
//! Looked for in the number's clause, its sentence, the sentences before it in the paragraph, the heading, the headline,
//! and at last in what the whole text says. `toàn tỉnh` is the province that was named last; where nothing tells, nothing
//! is said.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use corpus::{Article, Span};
use serde::Deserialize;
use text::{Syllable, Syllables};

use super::dealt;
use crate::pattern::{capital, lower};
use crate::province;
use crate::{About, Level, Whence, Words};

/// The table. What is read in its order stands in one: of names that are written alike the first counts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    nation: Vec<String>,
    national: Vec<String>,
    sources: Vec<String>,
    settings: Vec<String>,
    whole: BTreeMap<String, Vec<String>>,
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
struct Kinds {
    province: Vec<String>,
    city: Vec<String>,
    district: Vec<String>,
    commune: Vec<String>,
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
    venue: Vec<String>,
    joins: Vec<String>,
    events: Vec<String>,
    at: Vec<String>,
    delegates: Vec<String>,
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
enum Whole {
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
enum Sort {
    Province,
    City,
    District,
    Commune,
}

struct Entry {
    folded: Vec<String>,
    exact: Vec<String>,
    name: String,
    level: Level,
    /// The province that has the district, where only one has.
    within: Option<String>,
}

struct Gazetteer {
    /// By the first syllable, the longest first.
    names: HashMap<String, Vec<Entry>>,
    phrases: AhoCorasick,
    /// What each phrase stands for, and the name of a region.
    whole: Vec<(Whole, Option<String>)>,
    kinds: HashMap<String, Sort>,
    kinds_en: HashMap<String, Sort>,
    numbered: BTreeMap<String, String>,
    compared: Vec<String>,
    renamed: Vec<String>,
    counted: Vec<String>,
    sources: Vec<String>,
    settings: Vec<String>,
    joins: Vec<String>,
    venue: Vec<String>,
    events: Vec<String>,
    at: Vec<String>,
    delegates: Vec<String>,
    openers: Vec<String>,
}

fn syllables(text: &str) -> Vec<Syllable> {
    Syllables::new(text).collect()
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
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
    for (level, words) in &table.whole {
        let meant = match level.as_str() {
            "city" => Whole::City,
            level => Whole::Named(level.parse().expect("a level")),
        };
        say(words, meant, None);
    }
    for (region, forms) in &table.regions {
        let words: Vec<String> = std::iter::once(region).chain(forms).cloned().collect();
        say(&words, Whole::Named(Level::Region), Some(region));
    }
    let sorts = |kinds: Kinds| {
        [
            (kinds.province, Sort::Province),
            (kinds.city, Sort::City),
            (kinds.district, Sort::District),
            (kinds.commune, Sort::Commune),
        ]
        .into_iter()
        .flat_map(|(words, sort)| words.into_iter().map(move |word| (word, sort)))
        .collect()
    };
    let phrases =
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&phrases).expect("a few words");
    Gazetteer {
        names,
        phrases,
        whole,
        kinds: sorts(table.kinds),
        kinds_en: sorts(table.kinds_en),
        numbered: table.numbered,
        compared: table.aside.compared,
        renamed: table.aside.renamed,
        counted: table.aside.counted,
        sources: table.sources,
        settings: table.settings,
        venue: table.aside.venue,
        joins: table.aside.joins,
        events: table.aside.events,
        at: table.aside.at,
        delegates: table.aside.delegates,
        openers: table.openers.words,
    }
});

/// A place, body or whole that a text names.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of a place, and any may be said")]
struct Place {
    span: Span,
    level: Level,
    name: Option<String>,
    /// Only compared with, or only where something was held.
    aside: bool,
    /// A body of the whole country.
    national: bool,
    /// A district or commune that stands in front of the place that has it.
    leads: bool,
    /// Words for a place that the text nowhere names: `toàn xã`.
    unnamed: bool,
}

/// From where a number is seen: the words of what it measures, its sentence and paragraph, the lines above (nearest first),
/// and the kind of whole that alone has what it measures.
#[derive(Clone, Copy)]
pub(super) struct Seen<'s> {
    pub(super) number: Span,
    pub(super) words: Option<Span>,
    pub(super) sentence: Span,
    pub(super) paragraph: Span,
    pub(super) heading: &'s [Span],
    pub(super) level: Option<Level>,
}

/// From so many bytes on what was named before a sentence is no more what the text goes on with, but an example.
const EXAMPLE: usize = 240;

/// The country that the gazetteer is of.
pub(super) const NATION: &str = "Việt Nam";

/// Places before a paragraph that are looked at for the one that the text goes on with: texts without end name many.
const MOST_BEFORE: usize = 1_000;

/// The places of an article.
pub(super) struct Places<'a> {
    text: &'a str,
    all: Vec<Place>,
    title: Vec<Place>,
    /// Where the first line ends.
    first_line: usize,
    /// Levels of which the text names one place alone.
    alone: Vec<Level>,
    /// Whether it names any place besides the nation's bodies and the world.
    others: bool,
    /// What the document's source or record says.
    province: Option<&'a str>,
    /// Whether the source is the province's own.
    own: bool,
}

impl<'a> Places<'a> {
    /// Finds what an article names.
    pub(super) fn new(article: &'a Article) -> Self {
        let province = article.province.as_deref();
        let url_province = article.url.as_ref().and_then(|url| province::owns(url.as_str()));
        let title =
            article.title.as_deref().map_or_else(Vec::new, |title| named(title, None, &HashMap::new()));
        let is_province = |place: &&Place| place.level == Level::Province;
        let first = representative(&title, None).filter(is_province);
        // `làm việc tại Sơn Khê` tells whose province the text speaks of, though not whom it is about.
        let seed = first.or_else(|| title.iter().find(is_province)).and_then(|place| place.name.clone());
        let all = named(&article.text, seed.as_deref().or(url_province).or(province), &only_ones(&title));
        let text: &str = &article.text;
        let alone = one_name(all.iter().filter(|place| !place.aside)).into_iter().map(|(level, _)| level);
        let lead = text.len() - text.trim_start().len();
        Self {
            text,
            first_line: text[lead..].find('\n').map_or(text.len(), |end| lead + end),
            alone: alone.collect(),
            others: all.iter().any(|place| !place.national && !place.aside && place.level != Level::World),
            all,
            title,
            province: province.or(url_province),
            own: url_province.is_some() || province.is_some() && article.url.is_none(),
        }
    }

    /// Whether some bytes belong to the name of a place.
    pub(super) fn is_name(&self, span: Span) -> bool {
        let at = self.all.partition_point(|place| place.span.end() <= span.start());
        self.all.get(at).is_some_and(|place| {
            place.span.contains(span) && place.level != Level::Organization && !place.national
        })
    }

    /// Whom a number is about that is looked at from there.
    pub(super) fn of(&self, seen: &Seen<'_>) -> Option<(About, Words)> {
        let Seen { number, words, sentence, paragraph, heading, level } = *seen;
        let within = self.within(number, words, sentence, level);
        if within.is_some_and(|place| self.is_joined(place, sentence)) {
            // `ở Sơn Hạ và Sơn Thượng có 40 xã`: of both, or who knows.
            return None;
        }
        if let Some(unnamed) = self.unnamed(paragraph.start(), number.start(), level)
            && within.is_none_or(|place| place.span.end() <= unnamed.span.start() && is_wider(place, unnamed))
            && last_of(self.between(unnamed.span.end(), sentence.start()), level).is_none()
        {
            return None;
        }
        if let Some(place) = within {
            let clause = &self.text[place.span.end().min(number.start())..number.start()];
            let whence = if clause.contains([',', ';']) { Whence::Sentence } else { Whence::Clause };
            return Some(told(place, whence));
        }
        let headline = representative(&self.title, level);
        let earlier = last_of(self.between(paragraph.start(), sentence.start()), level);
        // What was said of the country does not make it what a text on a place of it goes on with.
        let is_wide = |place: &Place| rank(place.level) >= rank(Level::Region);
        let narrower = |wide: &Place| headline.is_some_and(|place| is_wide(wide) && !is_wide(place));
        // Another country is named for a moment, unless the statistic is one of countries.
        let foreign = |place: &Place| {
            place.level == Level::Country
                && place.name.as_deref() != Some(NATION)
                && level != Some(Level::Country)
        };
        if let Some(body) = self.source(number, sentence, level).filter(|_| headline.is_none()) {
            return Some(told(body, Whence::Sentence));
        }
        // A commune that a text on a district named some sentences before is an example.
        let example = |place: &Place| {
            headline.is_some_and(|headline| rank(place.level) < rank(headline.level))
                && place.span.end() + EXAMPLE < sentence.start()
        };
        if let Some(place) = earlier.filter(|place| !narrower(place) && !foreign(place) && !example(place)) {
            return Some(told(place, Whence::Paragraph));
        }
        for line in heading {
            if let Some(place) = representative(self.between(line.start(), line.end()), level) {
                return Some(told(place, Whence::Heading));
            }
        }
        if let Some(place) = headline {
            return Some((about(place), Words { span: None, whence: Whence::Headline }));
        }
        // What a text without a headline begins with.
        let first = self.first_line;
        if let Some(place) =
            representative(self.between(0, first), level).filter(|_| first < paragraph.start())
        {
            return Some(told(place, Whence::Headline));
        }
        if let Some(place) = self.nation_of_lede(level) {
            return Some(told(place, Whence::Document));
        }
        // A paragraph further off tells only where the whole text names no other place of the kind.
        let before = self.between(0, paragraph.start());
        let before = last_of(&before[before.len().saturating_sub(MOST_BEFORE)..], level);
        let only = |place: &&Place| self.alone.contains(&place.level);
        let nation = |place: &&Place| place.level != Level::Country || place.name.as_deref() == Some(NATION);
        if let Some(place) = before.filter(nation).filter(only) {
            return Some(told(place, Whence::Document));
        }
        if !self.others
            && let Some(body) = self.all.iter().find(|place| place.national && fits(place, level))
        {
            return Some(told(body, Whence::Document));
        }
        if level == Some(Level::Country) {
            let name = Some(NATION.to_owned());
            let foreign = self.all.iter().any(|place| place.level == Level::Country && place.name != name);
            return (!foreign).then_some((
                About { level: Level::Country, name },
                Words { span: None, whence: Whence::Source },
            ));
        }
        let province = self.province.filter(|_| self.own)?;
        let about = About { level: Level::Province, name: Some(province.to_owned()) };
        Some((about, Words { span: None, whence: Whence::Source }))
    }

    /// Whom values are about that are dealt out to places in a row, which some words end with: one for each of so many.
    pub(super) fn dealt(&self, named: Span, count: usize) -> Option<Vec<(About, Words)>> {
        let here: Vec<&Place> = self
            .between(named.start(), named.end())
            .iter()
            .filter(|place| is_subject(place) && place.name.is_some())
            .collect();
        let joins = |pair: &[&Place]| {
            let gap = self.text.get(pair[0].span.end()..pair[1].span.start()).unwrap_or_default();
            rank(pair[0].level) == rank(pair[1].level)
                && dealt::is_joined(gap, |word| GAZETTEER.kinds.contains_key(word))
        };
        let row = here.windows(2).rev().take_while(|pair| joins(pair)).count() + 1;
        (row == count && !here.is_empty())
            .then(|| here[here.len() - row..].iter().map(|place| told(place, Whence::Clause)).collect())
    }

    /// The last words between two bytes for a place that the text nowhere names.
    fn unnamed(&self, from: usize, to: usize, level: Option<Level>) -> Option<&Place> {
        self.between(from, to).iter().rfind(|place| place.unnamed && fits(place, level))
    }

    /// The country, where a text without a place in its headline begins with it and names nothing narrower there.
    fn nation_of_lede(&self, level: Option<Level>) -> Option<&Place> {
        const LEDE: usize = 500;
        let here = self.between(0, LEDE);
        let nation = |place: &&Place| place.level == Level::Country && place.name.as_deref() == Some(NATION);
        let only = here.iter().all(|place| nation(&place) || place.level == Level::World);
        here.iter().find(nation).filter(|place| only && self.title.is_empty() && fits(place, level))
    }

    /// The body of the whole country that a number's own sentence gives as its source.
    fn source(&self, number: Span, sentence: Span, level: Option<Level>) -> Option<&Place> {
        let here = self.between(sentence.start(), number.start());
        here.iter().find(|place| {
            let before = &self.text[sentence.start()..place.span.start()];
            let behind = self.text[place.span.end()..number.start()].trim_start();
            place.national
                && fits(place, level)
                && (GAZETTEER.sources.iter().any(|words| ends_with_words(before, words))
                    || GAZETTEER.settings.iter().any(|words| behind.starts_with(words.as_str())))
        })
    }

    fn between(&self, from: usize, to: usize) -> &[Place] {
        let first = self.all.partition_point(|place| place.span.start() < from);
        let last = self.all.partition_point(|place| place.span.start() < to);
        &self.all[first..last.max(first)]
    }

    /// Whether a place stands beside another of its kind, with nothing but `and` between.
    fn is_joined(&self, place: &Place, sentence: Span) -> bool {
        let here = self.between(sentence.start(), sentence.end());
        here.iter().any(|other| {
            let (first, second) =
                if other.span.start() < place.span.start() { (other, place) } else { (place, other) };
            // `huyện Sơn Hạ và thị xã Sơn Thượng`
            let end =
                sort_before(self.text, second.span.start()).map_or(second.span.start(), |(_, from)| from);
            let gap = self.text.get(first.span.end()..end).unwrap_or_default().trim();
            other.span != place.span
                && other.name != place.name
                && rank(other.level) == rank(place.level)
                && !other.national
                && GAZETTEER.joins.iter().any(|join| join == gap)
        })
    }

    /// The place of a number's own sentence.
    fn within(
        &self,
        number: Span,
        words: Option<Span>,
        sentence: Span,
        level: Option<Level>,
    ) -> Option<&Place> {
        let here = self.between(sentence.start(), sentence.end());
        let is_near = |place: &Place| {
            place.level != Level::World
                || ![", ", ". ", "; "].iter().any(|sign| {
                    self.text[place.span.end()..number.start().max(place.span.end())].contains(sign)
                })
        };
        let front = here.iter().filter(|place| {
            place.span.end() <= number.start()
                && !place.aside
                && !place.national
                && fits(place, level)
                && is_near(place)
        });
        let front: Vec<&Place> = front.collect();
        // Of `xã A, huyện B, tỉnh C` the first.
        let mut chosen = front.last().copied();
        if let Some(last) = chosen {
            let mut at = front.len() - 1;
            while at > 0 && front[at - 1].leads {
                at -= 1;
            }
            chosen = if front[at].leads { Some(front[at]) } else { Some(last) };
        }
        // Right behind the number, or behind what it measures: `13% ở Australia`, `12 xã của huyện Sơn Hạ`.
        let end = words.map_or(number.end(), |words| words.end().max(number.end()));
        let behind = here.iter().find(|place| {
            place.span.start() >= number.end() && !place.aside && !place.national && fits(place, level) && {
                let between = &self.text[number.end().min(place.span.start())..place.span.start()];
                between.len() < 60 + end.saturating_sub(number.end())
                    && !between.contains([',', ';', '(', ')', '.'])
                    && !between.contains(|c: char| c.is_ascii_digit())
            }
        });
        match (chosen, behind) {
            (Some(front), Some(behind)) if front.level == Level::Organization => Some(behind),
            (Some(front), _) => Some(front),
            (None, behind) => behind,
        }
    }
}

fn told(place: &Place, whence: Whence) -> (About, Words) {
    (about(place), Words { span: Some(place.span), whence })
}

fn about(place: &Place) -> About {
    About { level: place.level, name: place.name.clone() }
}

/// The place that a headline or heading is about: its first.
/// The levels of which all these places have one name, and that name.
fn one_name<'p>(places: impl Iterator<Item = &'p Place>) -> Vec<(Level, Option<&'p str>)> {
    let mut names: Vec<(Level, Option<&str>, bool)> = Vec::new();
    for place in places {
        let name = place.name.as_deref();
        match names.iter_mut().find(|(level, ..)| *level == place.level) {
            Some((_, first, same)) => *same = *same && *first == name,
            None => names.push((place.level, name, true)),
        }
    }
    names.into_iter().filter(|(_, _, same)| *same).map(|(level, name, _)| (level, name)).collect()
}

fn representative(places: &[Place], level: Option<Level>) -> Option<&Place> {
    places.iter().find(|place| is_subject(place) && fits(place, level))
}

fn is_subject(place: &Place) -> bool {
    !place.aside && !place.national && !matches!(place.level, Level::Organization | Level::World)
}

/// Whether a place can have what only one kind of whole has.
fn fits(place: &Place, level: Option<Level>) -> bool {
    level.is_none_or(|level| place.level == level || level == Level::Province && place.level == Level::Region)
}

/// The place that the sentences before were about: the last, and of those that follow each other the first.
fn last_of(places: &[Place], level: Option<Level>) -> Option<&Place> {
    let real: Vec<&Place> = places.iter().filter(|place| is_subject(place) && fits(place, level)).collect();
    let mut at = real.len().checked_sub(1)?;
    while at > 0 && real[at - 1].leads {
        at -= 1;
    }
    Some(real[at])
}

/// The places that are the only ones of their level: whom `toàn huyện` means in a text with such a headline.
fn only_ones(places: &[Place]) -> HashMap<Level, String> {
    let subjects = places.iter().filter(|place| is_subject(place) && place.name.is_some());
    one_name(subjects)
        .into_iter()
        .filter(|(level, _)| matches!(level, Level::District | Level::Commune))
        .filter_map(|(level, name)| Some((level, name?.to_owned())))
        .collect()
}

/// All places that a text names, in order; `known` is the province that it is about, as far as that is known before, and
/// `titled` what its headline is about on other levels.
fn named(text: &str, known: Option<&str>, titled: &HashMap<Level, String>) -> Vec<Place> {
    let mut places = names(text);
    for found in GAZETTEER.phrases.find_iter(text) {
        let bounded = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        if !bounded(text[..found.start()].chars().next_back()) || !bounded(text[found.end()..].chars().next())
        {
            continue;
        }
        let (meant, name) = &GAZETTEER.whole[found.pattern().as_usize()];
        let (level, name) = match meant {
            Whole::Nation | Whole::National => (Level::Country, Some(NATION.to_owned())),
            Whole::World => (Level::World, None),
            Whole::Named(level) => (*level, name.clone()),
            Whole::City => (Level::Other, None),
            Whole::Organization => (Level::Organization, Some(body(text, found.start()))),
            Whole::NoOrganization => continue,
        };
        places.push(Place {
            span: Span::new(found.start(), found.end()),
            level,
            name,
            aside: false,
            national: *meant == Whole::National,
            leads: false,
            unnamed: false,
        });
    }
    places.sort_by_key(|place| (place.span.start(), std::cmp::Reverse(place.span.end())));
    places.dedup_by(|second, first| first.span.end() > second.span.start());
    resolve(text, &mut places, known, titled);
    places
}

/// The name of a body that begins at a byte: up to the end of its capitals.
fn body(text: &str, start: usize) -> String {
    let rest = &text[start..];
    let upto = rest.find([',', '.', ';', '(', '\n', ':']).unwrap_or(rest.len());
    let words: Vec<&str> = rest[..upto].split_whitespace().take(8).collect();
    let capitals = words.iter().rposition(|word| word.starts_with(char::is_uppercase)).unwrap_or(0);
    words[..=capitals].join(" ")
}

/// Gives words without a name what was named last, and marks what is only compared with.
fn resolve(text: &str, places: &mut [Place], known: Option<&str>, titled: &HashMap<Level, String>) {
    let mut last: HashMap<Level, String> = HashMap::new();
    if let Some(province) = known {
        last.insert(Level::Province, province.to_owned());
    }
    let mut city: Option<(Level, String)> = None;
    // `toàn xã` in front of the first name of a commune.
    let mut coming: HashMap<Level, String> = HashMap::new();
    for place in places.iter().rev() {
        if let (Some(name), Level::District | Level::Commune) = (&place.name, place.level) {
            coming.insert(place.level, name.clone());
        }
    }
    // Those that a number in front counts: `2 xã Sơn Hạ, Sơn Thượng`.
    let mut enumerated = vec![false; places.len()];
    for at in 0..places.len() {
        let before = &text
            [text.floor_char_boundary(places[at].span.start().saturating_sub(40))..places[at].span.start()];
        let near = before.trim_end();
        let ends = |phrase: &String| {
            near.strip_suffix(phrase.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        };
        let is_name = places[at].name.is_some();
        let counted =
            !is_name && (GAZETTEER.counted.iter().any(ends) || near.ends_with(|c: char| c.is_ascii_digit()));
        if counted {
            places[at].aside = true;
            continue;
        }
        let kind = sort_before(text, places[at].span.start()).map(|(_, from)| &text[..from]);
        let is_counted = |before: &str| {
            let before = before.trim_end();
            // A year is no count.
            let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
            (1..=3).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_digit())
                || GAZETTEER.counted.iter().any(|word| ends_with_words(before, word))
        };
        let listed = at.checked_sub(1).is_some_and(|last| {
            let gap = text.get(places[last].span.end()..places[at].span.start()).unwrap_or_default().trim();
            enumerated[last] && (gap == "," || GAZETTEER.joins.iter().any(|join| join == gap))
        });
        enumerated[at] = is_name
            && matches!(places[at].level, Level::District | Level::Commune)
            && (listed || kind.is_some_and(is_counted));
        // `2 xã (nay là xã Sơn Hạ)`
        let renamed = kind.is_some_and(|before| {
            let before = before.trim_end();
            GAZETTEER.renamed.iter().any(|words| ends_with_words(before, words))
        });
        places[at].aside = enumerated[at]
            || renamed
            || GAZETTEER.compared.iter().any(ends)
            || is_name && GAZETTEER.venue.iter().any(ends)
            || near.ends_with(|c: char| c.is_ascii_digit() || c == '%') && places[at].level == Level::Country
            || is_name && is_venue(text, places[at].span)
            || is_name && is_constituency(text, places[at].span);
        let meant_city = places[at].level == Level::Other;
        if meant_city {
            match &city {
                Some((level, name)) => {
                    places[at].level = *level;
                    places[at].name = Some(name.clone());
                }
                None => match last.get(&Level::Province) {
                    Some(province) if province::is_city(province) => {
                        places[at].level = Level::Province;
                        places[at].name = Some(province.clone());
                    }
                    _ => places[at].aside = true,
                },
            }
            continue;
        }
        let level = places[at].level;
        match &places[at].name {
            Some(name) if !places[at].national && !places[at].aside => {
                last.insert(level, name.clone());
                if level == Level::Province && province::is_city(name)
                    || level == Level::District && is_city(text, places[at].span)
                {
                    city = Some((level, name.clone()));
                }
            }
            None if level != Level::World => {
                match titled.get(&level).or_else(|| last.get(&level)).or_else(|| coming.get(&level)) {
                    Some(name) => places[at].name = Some(name.clone()),
                    None => (places[at].aside, places[at].unnamed) = (true, true),
                }
            }
            _ => {}
        }
    }
    for at in 1..places.len() {
        let (first, second) = (&places[at - 1], &places[at]);
        let gap = text.get(first.span.end()..second.span.start()).unwrap_or_default();
        let within = rank(first.level) < rank(second.level) && gap.len() <= 20;
        let joined = gap.trim_start_matches([',', ' ', '(', '-', '–']);
        let only_kind = joined.is_empty() || GAZETTEER.kinds.contains_key(joined.trim());
        places[at - 1].leads = within && only_kind;
    }
}

/// Whether a place may have another within it.
fn is_wider(place: &Place, other: &Place) -> bool {
    rank(place.level) > rank(other.level)
}

fn rank(level: Level) -> usize {
    match level {
        Level::Commune => 0,
        Level::District => 1,
        Level::Province => 2,
        Level::Region => 3,
        Level::Country => 4,
        Level::World | Level::Organization | Level::Person | Level::Other => 5,
    }
}

/// Whether a place is called a city.
fn is_city(text: &str, span: Span) -> bool {
    sort_before(text, span.start()).is_some_and(|(sort, _)| sort == Sort::City)
}

/// The word of kind in front of a byte, and where it begins.
fn sort_before(text: &str, start: usize) -> Option<(Sort, usize)> {
    let before = text[..start].strip_suffix([' ', '\u{a0}']).or_else(|| text[..start].strip_suffix('.'))?;
    let before = before.trim_end_matches(['.', ' ']);
    // `TP. Vinh`, but `… của huyện. Chương trình …` is another sentence.
    let stopped = text[before.len()..start].contains('.');
    let from = before.floor_char_boundary(before.len().saturating_sub(20));
    // A headline in capitals: `HUYỆN SƠN HẠ`.
    let capitals = text[start..].chars().take(2).filter(|c| c.is_uppercase()).count() == 2;
    let near = if capitals { lower(&before[from..]) } else { Cow::Borrowed(&before[from..]) };
    // The longest: `thị xã` is no `xã`.
    let ends =
        |word: &str| near.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    let found = GAZETTEER.kinds.iter().filter(|(word, _)| ends(word)).max_by_key(|(word, _)| word.len())?;
    if stopped && !found.0.is_ascii() {
        return None;
    }
    let at = before.len() - found.0.len();
    // Some capitals are longer than their small letters.
    before.is_char_boundary(at).then_some((*found.1, at))
}

fn sort_behind(text: &str, end: usize) -> Option<Sort> {
    let rest = text[end..].strip_prefix(' ')?;
    let word = rest.split(|c: char| !c.is_alphabetic()).next()?;
    GAZETTEER.kinds_en.get(word).copied()
}

/// Provinces, districts, communes and countries by their names.
fn names(text: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let (mut all, mut first) = (Syllables::new(text), Syllable::default());
    let mut behind = 0;
    while all
        .advance_to(&mut first, |word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
    {
        if first.start < behind {
            continue;
        }
        let start = first.start;
        if GAZETTEER.openers.iter().any(|word| *word == text[start..first.end]) {
            continue;
        }
        let is_digit = text[start..].starts_with(|c: char| c.is_ascii_digit());
        let sort = sort_before(text, start);
        if is_digit {
            // `quận 9`
            if let Some((Sort::District, from)) = sort
                && let Some(kind) =
                    GAZETTEER.numbered.get(text[from..start].trim_end_matches([' ', '.', '\u{a0}']))
                && first.end - start <= 2
                && !is_longer_number(&text[first.end..])
            {
                let name = format!("{kind} {}", &text[start..first.end]);
                places.push(place(Span::new(from, first.end), Level::District, name));
            }
            continue;
        }
        let entries = GAZETTEER.names.get(&first.folded);
        let found = entries.and_then(|entries| {
            let most = entries[0].folded.len();
            let mut near: Vec<Syllable> = Vec::with_capacity(most);
            let (mut rest, mut next) = (Syllables::new(&text[start..]), Syllable::default());
            while near.len() < most && rest.advance(&mut next) {
                near.push(next.clone());
            }
            let fitting = entries.iter().filter(|entry| is_here(entry, &near, &text[start..]));
            let longest = fitting.clone().map(|entry| entry.folded.len()).max()?;
            let fitting: Vec<&Entry> = fitting.filter(|entry| entry.folded.len() == longest).collect();
            let end = start + near[longest - 1].end;
            let sort = sort.map(|(sort, _)| sort).or_else(|| sort_behind(text, end));
            Some((choose(&fitting, sort)?, end, sort))
        });
        if let Some((entry, end, sort)) = found
            && sort != Some(Sort::Commune)
        {
            behind = end;
            let named = sort.is_some();
            // Bare names of districts have two syllables, and stand in no longer name.
            let is_alone = !province::is_within_a_name(text, start, end);
            let plain = entry.level == Level::District && !named && entry.folded.len() < 2;
            if (named || is_alone) && !plain {
                places.push(place(Span::new(start, end), entry.level, entry.name.clone()));
            }
            continue;
        }
        // A name behind its kind that no table has.
        let end = capitals(text, start);
        // `huyện NTM` is a short form, no name.
        if text[start..end].chars().all(|c| !c.is_lowercase()) {
            continue;
        }
        let level = match sort.map(|(sort, _)| sort).or_else(|| sort_behind(text, end)) {
            Some(Sort::Commune) => Level::Commune,
            Some(Sort::District) => Level::District,
            _ => continue,
        };
        behind = end;
        places.push(place(Span::new(start, end), level, text[start..end].to_owned()));
    }
    places
}

/// Whether some text ends with words of a table, whatever its case.
fn ends_with_words(text: &str, words: &str) -> bool {
    let text = text.trim_end();
    let from = text.len().checked_sub(words.len()).filter(|from| text.is_char_boundary(*from));
    from.is_some_and(|from| {
        text[from..].to_lowercase() == *words && !text[..from].ends_with(char::is_alphanumeric)
    })
}

/// Whether something was only held there: `hội thảo tổ chức ngày 23-5 ở Hà Nội`.
fn is_venue(text: &str, place: Span) -> bool {
    /// Bytes in front of the place that say what was held.
    const NEAR: usize = 60;
    let from = text.floor_char_boundary(place.start().saturating_sub(NEAR));
    let before = text[from..place.start()].trim_end();
    let clause = before.rsplit([';', '.', '\n']).next().unwrap_or(before);
    GAZETTEER.at.iter().any(|word| {
        clause.strip_suffix(word.as_str()).is_some_and(|rest| {
            rest.ends_with(' ') && GAZETTEER.events.iter().any(|event| rest.contains(event.as_str()))
        })
    })
}

/// Whether it only says whom a delegate stands for: `đại biểu Trần Văn Suối (Hà Tĩnh)`.
fn is_constituency(text: &str, place: Span) -> bool {
    /// Bytes of a name and the word in front of it.
    const NEAR: usize = 60;
    let Some(before) = text[..place.start()].trim_end().strip_suffix('(') else { return false };
    let from = before.floor_char_boundary(before.len().saturating_sub(NEAR));
    text[place.end()..].starts_with(')')
        && GAZETTEER.delegates.iter().any(|word| before[from..].contains(word.as_str()))
}

/// Whether digits go on: `quận 5.009 tỷ`.
fn is_longer_number(rest: &str) -> bool {
    rest.strip_prefix(['.', ',', '/']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn place(span: Span, level: Level, name: String) -> Place {
    Place { span, level, name: Some(name), aside: false, national: false, leads: false, unnamed: false }
}

/// Where the capitals end that a name begins with, at most three words.
fn capitals(text: &str, start: usize) -> usize {
    let (mut end, mut at) = (start, start);
    for word in text[start..].split_inclusive(' ').take(3) {
        let bare = &word[..word.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(word.len())];
        if !bare.starts_with(|c: char| c.is_uppercase()) {
            break;
        }
        end = at + bare.len();
        at += word.len();
        if bare.len() < word.trim_end().len() {
            break;
        }
    }
    end
}

/// Of names that are written alike the one that the word of kind tells: `thành phố Hà Tĩnh` is a city of the province.
fn choose<'e>(entries: &[&'e Entry], sort: Option<Sort>) -> Option<&'e Entry> {
    let of = |level: Level| entries.iter().copied().find(|entry| entry.level == level);
    match sort {
        Some(Sort::Province) => of(Level::Province),
        Some(Sort::City) => match of(Level::Province) {
            Some(province) if province::is_city(&province.name) => Some(province),
            province => of(Level::District).or(province),
        },
        Some(Sort::District) => of(Level::District),
        Some(Sort::Commune) => entries.first().copied(),
        None => of(Level::Province).or_else(|| of(Level::District)).or_else(|| of(Level::Country)),
    }
}

fn is_here(entry: &Entry, near: &[Syllable], text: &str) -> bool {
    let Some(here) = near.get(..entry.folded.len()) else { return false };
    let plain = here.iter().all(|syllable| !syllable.has_accents());
    let one = entry.folded.len() == 1;
    here.iter().zip(&entry.folded).all(|(syllable, folded)| syllable.folded == *folded)
        && (plain && !one || here.iter().zip(&entry.exact).all(|(syllable, exact)| syllable.exact == *exact))
        && here.iter().all(|syllable| text[syllable.start..].starts_with(char::is_uppercase))
        && !text[here[0].start..here[here.len() - 1].end].contains(['\n', ',', ';'])
}
