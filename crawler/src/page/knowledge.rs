//! The rows of `rules/page.toml`: what is known about pages in general.

use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use hashbrown::{HashMap, HashSet};
use scraper::{ElementRef, Selector};
use serde::Deserialize;

use super::names::Names;
use super::text;

const FILE: &str = include_str!("../../rules/page.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    body: Vec<String>,
    lede: Vec<String>,
    author: Vec<String>,
    date: Vec<String>,
    published: Vec<String>,
    section: Vec<String>,
    tags: Vec<String>,
    drop: Vec<String>,
    struck: Vec<String>,
    drop_words: HashSet<String>,
    consent_words: HashSet<String>,
    consent_texts: Vec<String>,
    gate_words: HashSet<String>,
    title_words: HashSet<String>,
    site_titles: Vec<String>,
    site_names: Vec<String>,
    imprint: Vec<String>,
    weak_words: HashSet<String>,
    caption_words: HashSet<String>,
    picture_words: HashSet<String>,
    articles: HashSet<String>,
    credits: Vec<String>,
    author_words: HashSet<String>,
    date_words: HashSet<String>,
    changed_words: HashSet<String>,
    drop_lines: Vec<String>,
    end_lines: Vec<String>,
    byline_words: Vec<String>,
    no_authors: HashSet<String>,
    roles: HashSet<String>,
    agencies: Vec<String>,
    houses: Vec<String>,
    picture_labels: Vec<String>,
    no_titles: HashSet<String>,
    author_labels: Vec<String>,
    family_names: HashSet<String>,
    cited: Vec<String>,
    other_days: Vec<String>,
    posted_words: Vec<String>,
    day_word: String,
    months: Vec<Vec<String>>,
    ago: Ago,
}

/// Words of labels that count days and hours back from when a page is seen, in small letters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ago {
    pub(super) one: Vec<String>,
    pub(super) seconds: Vec<String>,
    pub(super) minutes: Vec<String>,
    pub(super) hours: Vec<String>,
    pub(super) today: Vec<String>,
    pub(super) yesterday: Vec<String>,
}

/// What a row of selectors finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Body,
    Lede,
    Author,
    Date,
    Published,
    Section,
    Tags,
    Drop,
    Struck,
}

impl Kind {
    /// How many there are.
    pub(super) const ALL: usize = 9;
}

/// What the words of a class or an id say of an element: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words(u16);

impl Words {
    /// It is no text.
    pub(super) const DROP: Self = Self(1);
    /// It is no text, if it is not the main thing on the page.
    pub(super) const WEAK: Self = Self(2);
    /// It is a picture's caption or credit.
    pub(super) const CAPTION: Self = Self(4);
    /// It names who wrote the text.
    pub(super) const AUTHOR: Self = Self(8);
    /// It is a date.
    pub(super) const DATE: Self = Self(16);
    /// It holds a picture.
    pub(super) const PICTURE: Self = Self(32);
    /// It is a date of change.
    pub(super) const CHANGED: Self = Self(128);
    /// It is an article, whatever else its name says.
    pub(super) const ARTICLE: Self = Self(64);
    /// It is a title.
    pub(super) const TITLE: Self = Self(1024);
    /// It asks for consent to be watched.
    pub(super) const CONSENT: Self = Self(256);
    /// It stands before what only subscribers read, or is that.
    pub(super) const GATE: Self = Self(512);

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Words {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Words {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The rows, ready for use.
pub(super) struct Knowledge {
    selectors: Vec<(Kind, u16, Selector)>,
    /// Which selectors can fit an element at all, by what their last part asks for.
    by_class: Names<Vec<usize>>,
    by_id: Names<Vec<usize>>,
    /// Few, and most attributes are none of them: looked through faster than hashed.
    by_attribute: Vec<(String, Vec<usize>)>,
    by_name: Names<Vec<usize>>,
    words: Names<Words>,
    /// The rows of `drop` as written.
    pub(super) drop: Vec<String>,
    articles: Names<()>,
    /// What a line has that says who took a picture, in each of its [`writings`].
    pub(super) credits: AhoCorasick,
    /// What the text of a box that asks for consent speaks of.
    pub(super) consent_texts: AhoCorasick,
    /// How a line begins that names a document that a text is founded on, or cites.
    pub(super) cited: Openings,
    /// What stands before a day that is none of publication.
    pub(super) other_days: Vec<String>,
    /// What a sentence says that tells when it was published.
    pub(super) posted_words: Vec<String>,
    /// What stands between the number of a document and its day.
    pub(super) day_word: String,
    /// How the title of a page begins that is the name of its site.
    pub(super) site_titles: Openings,
    pub(super) site_names: Openings,
    /// How a line begins that says who publishes the site.
    pub(super) imprint: Openings,
    pub(super) drop_lines: Openings,
    pub(super) end_lines: Openings,
    pub(super) byline_words: Vec<String>,
    pub(super) no_authors: HashSet<String>,
    pub(super) roles: HashSet<String>,
    pub(super) agencies: Vec<String>,
    /// How houses begin that stand behind a name.
    pub(super) houses: Openings,
    /// What stands between who wrote a text and who took its pictures.
    pub(super) picture_labels: Vec<String>,
    /// What a page is called that nobody gave a title.
    pub(super) no_titles: HashSet<String>,
    pub(super) author_labels: Openings,
    pub(super) family_names: HashSet<String>,
    /// Names of months in small letters, each with its number.
    pub(super) months: HashMap<String, i8>,
    /// Words of labels that count back from when a page is seen.
    pub(super) ago: Ago,
}

/// Words in small letters that lines begin with, by their first letter.
pub(super) struct Openings(HashMap<char, Vec<String>>);

impl Openings {
    fn new(all: Vec<String>) -> Self {
        let mut openings: HashMap<char, Vec<String>> = HashMap::new();
        for words in all {
            if let Some(first) = words.chars().next() {
                openings.entry(first).or_default().push(words);
            }
        }
        Self(openings)
    }

    /// Those with the first letter of a line, however it writes it.
    fn with_the_first_letter_of(&self, line: &str) -> &[String] {
        let first = line.chars().next().and_then(|letter| letter.to_lowercase().next());
        first.and_then(|letter| self.0.get(&letter)).map_or(&[], Vec::as_slice)
    }

    /// Whether a line that begins so may begin with one of them: their blanks and colons can stand further on.
    pub(super) fn may_be_of(&self, beginning: &str) -> bool {
        let mut words = self.with_the_first_letter_of(beginning).iter();
        words.any(|words| text::begins_with(beginning, words.trim_end_matches([' ', ':'])))
    }

    /// Those that a line begins with, however it writes them: the first of the table.
    pub(super) fn of(&self, line: &str) -> Option<&str> {
        let words = self.with_the_first_letter_of(line).iter();
        words.map(String::as_str).find(|words| text::begins_with(line, words))
    }
}

impl Knowledge {
    /// The rows that fit an element.
    pub(super) fn rows_of<'k>(&'k self, element: &ElementRef<'_>) -> impl Iterator<Item = (Kind, u16)> + 'k {
        let value = element.value();
        let mut rows: Vec<usize> = Vec::new();
        rows.extend(self.by_name.get(value.name()).into_iter().flatten());
        for (name, content) in value.attrs() {
            match name {
                "class" => {
                    for class in content.split_ascii_whitespace() {
                        rows.extend(self.by_class.get(class).into_iter().flatten());
                    }
                }
                "id" => rows.extend(self.by_id.get(content).into_iter().flatten()),
                _ => {}
            }
            let asked = self.by_attribute.iter().find(|(asked, _)| asked == name);
            rows.extend(asked.into_iter().flat_map(|(_, rows)| rows));
        }
        if !rows.is_empty() {
            rows.retain(|row| self.selectors[*row].2.matches(element));
            rows.sort_unstable();
            rows.dedup();
        }
        rows.into_iter().map(|row| (self.selectors[row].0, self.selectors[row].1))
    }

    /// What the words of a class or an id say.
    pub(super) fn words_of(&self, name: &str) -> Words {
        if name.split_ascii_whitespace().any(|class| self.articles.get(class).is_some()) {
            return Words::ARTICLE;
        }
        let mut all = Words::default();
        // `print:hidden` and `md:[&_a]:mt-0` say how it looks on other media, not what it is.
        for name in name.split_ascii_whitespace().filter(|name| !name.contains([':', '['])) {
            parts(name, |part| all |= self.words.get(part).copied().unwrap_or_default());
        }
        all
    }
}

/// The number of the month that each name is one of.
fn months(names: Vec<Vec<String>>) -> HashMap<String, i8> {
    (1..).zip(names).flat_map(|(month, names)| names.into_iter().map(move |name| (name, month))).collect()
}

fn load(text: &str) -> Result<Knowledge, String> {
    let raw: Raw = toml::from_str(text).map_err(|error| format!("rules/page.toml: {error}"))?;
    let find_all = |key: &str, words: Vec<String>| {
        AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(words)
            .map_err(|error| format!("rules/page.toml: {key}: {error}"))
    };
    let mut knowledge = Knowledge {
        selectors: Vec::new(),
        by_class: Names::default(),
        by_id: Names::default(),
        by_attribute: Vec::new(),
        by_name: Names::default(),
        words: Names::default(),
        drop: raw.drop.clone(),
        articles: Names::default(),
        credits: find_all("credits", raw.credits.iter().flat_map(|words| writings(words)).collect())?,
        consent_texts: find_all(
            "consent_texts",
            raw.consent_texts.iter().flat_map(|words| writings(words)).collect(),
        )?,
        cited: Openings::new(raw.cited),
        other_days: raw.other_days,
        posted_words: raw.posted_words,
        day_word: raw.day_word,
        site_titles: Openings::new(raw.site_titles),
        site_names: Openings::new(raw.site_names),
        imprint: Openings::new(raw.imprint),
        drop_lines: Openings::new(raw.drop_lines),
        end_lines: Openings::new(raw.end_lines),
        byline_words: raw.byline_words,
        no_authors: raw.no_authors,
        roles: raw.roles,
        agencies: raw.agencies,
        houses: Openings::new(raw.houses),
        picture_labels: raw.picture_labels,
        no_titles: raw.no_titles,
        author_labels: Openings::new(raw.author_labels),
        family_names: raw.family_names,
        months: months(raw.months),
        ago: raw.ago,
    };
    let rows = [
        ("body", Kind::Body, &raw.body),
        ("lede", Kind::Lede, &raw.lede),
        ("author", Kind::Author, &raw.author),
        ("date", Kind::Date, &raw.date),
        ("published", Kind::Published, &raw.published),
        ("section", Kind::Section, &raw.section),
        ("tags", Kind::Tags, &raw.tags),
        ("drop", Kind::Drop, &raw.drop),
        ("struck", Kind::Struck, &raw.struck),
    ];
    for (key, kind, rows) in rows {
        for (row, text) in (0_u16..).zip(rows) {
            let fault = |error: &str| {
                format!("rules/page.toml: {key}, row {}: “{text}”: {error}", usize::from(row) + 1)
            };
            // Each of them walks the siblings of every element that it is asked about, which hostile pages have many of.
            if [":nth-", "-of-type", ":has("].iter().any(|walk| text.contains(walk)) {
                return Err(fault(
                    "it counts siblings, which takes too long: only :first-child and :last-child do not",
                ));
            }
            let selector = Selector::parse(text).map_err(|error| fault(&error.to_string()))?;
            let at = knowledge.selectors.len();
            knowledge.selectors.push((kind, row, selector));
            let (map, name) = match asks_for(text).ok_or_else(|| fault("a list of selectors, not one"))? {
                Asked::Class(name) => (&mut knowledge.by_class, name),
                Asked::Id(name) => (&mut knowledge.by_id, name),
                Asked::Name(name) => (&mut knowledge.by_name, name),
                Asked::Attribute(name) => {
                    match knowledge.by_attribute.iter_mut().find(|(known, _)| known == name) {
                        Some((_, rows)) => rows.push(at),
                        None => knowledge.by_attribute.push((name.to_owned(), vec![at])),
                    }
                    continue;
                }
            };
            map.entry(name).push(at);
        }
    }
    for name in &raw.articles {
        knowledge.articles.entry(name);
    }
    let sets = [
        (raw.drop_words, Words::DROP),
        (raw.weak_words, Words::WEAK),
        (raw.consent_words, Words::CONSENT),
        (raw.gate_words, Words::GATE),
        (raw.title_words, Words::TITLE),
        (raw.caption_words, Words::CAPTION),
        (raw.author_words, Words::AUTHOR),
        (raw.date_words, Words::DATE),
        (raw.changed_words, Words::CHANGED),
        (raw.picture_words, Words::PICTURE),
    ];
    for (words, says) in sets {
        for word in words {
            *knowledge.words.entry(&word) |= says;
        }
    }
    Ok(knowledge)
}

/// How words given in small letters are written: so, with a capital, with a capital in each, in capitals.
fn writings(small: &str) -> [String; 4] {
    let begun = |all: bool| {
        let mut begins = true;
        let letters = small.chars().flat_map(|letter| {
            let large = std::mem::take(&mut begins) && letter.is_alphabetic();
            begins |= !letter.is_alphabetic() && all;
            let written: String = if large { letter.to_uppercase().collect() } else { letter.into() };
            written.chars().collect::<Vec<_>>()
        });
        letters.collect()
    };
    [small.to_owned(), begun(false), begun(true), small.to_uppercase()]
}

/// What an element must have to fit a selector.
#[derive(Debug, PartialEq, Eq)]
enum Asked<'a> {
    Class(&'a str),
    Id(&'a str),
    Attribute(&'a str),
    Name(&'a str),
}

/// What the last part of a selector asks for: a class where it has one, else an id, an attribute or a name. `None` for
/// a list of selectors.
fn asks_for(selector: &str) -> Option<Asked<'_>> {
    let (mut start, mut inside) = (0, 0_usize);
    for (at, letter) in selector.char_indices() {
        match letter {
            '[' | '(' => inside += 1,
            ']' | ')' => inside = inside.saturating_sub(1),
            ',' if inside == 0 => return None,
            ' ' | '>' | '+' | '~' if inside == 0 => start = at + 1,
            _ => {}
        }
    }
    let last = &selector[start..];
    let outside = &last[..last.find([':', '[']).unwrap_or(last.len())];
    let after = |mark: char| {
        let name = &outside[outside.find(mark)? + 1..];
        Some(&name[..name.find(['.', '#']).unwrap_or(name.len())])
    };
    let attribute = || {
        let name = &last[last.find('[')? + 1..];
        name.split(['=', '~', '^', '$', '*', '|', ']']).next()
    };
    let name = outside.split(['.', '#']).next().filter(|name| !name.is_empty());
    after('.')
        .map(Asked::Class)
        .or_else(|| after('#').map(Asked::Id))
        .or_else(|| attribute().map(Asked::Attribute))
        .or(name.map(Asked::Name))
}

static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| load(FILE).expect("the shipped rules are checked by a test"));

/// The rows that come with the program.
pub(super) fn get() -> &'static Knowledge {
    &KNOWLEDGE
}

/// The parts of a class or id in small letters: cut at what is no letter or digit, and where a capital follows a small
/// letter.
fn parts(name: &str, mut each: impl FnMut(&str)) {
    let mut small = String::new();
    let mut tell = |part: &str| {
        if part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            each(part);
        } else {
            small.clear();
            small.extend(part.chars().flat_map(char::to_lowercase));
            each(&small);
        }
    };
    for part in name.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let mut start = 0;
        let mut before = ' ';
        for (at, letter) in part.char_indices() {
            if letter.is_uppercase() && before.is_lowercase() {
                tell(&part[start..at]);
                start = at;
            }
            before = letter;
        }
        if start > 0 {
            tell(part);
        }
        tell(&part[start..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rows_are_right() {
        if let Err(error) = load(FILE) {
            panic!("{error}");
        }
        let error = load(&FILE.replace("\".sapo\"", "\"..sapo\"")).err().unwrap();
        assert!(error.contains("lede, row 1"), "{error}");
        let error = load(&FILE.replace("\".sapo\"", "\".a, .b\"")).err().unwrap();
        assert!(error.contains("a list of selectors"), "{error}");
        let error = load(&FILE.replace("\".sapo\"", "\"a:nth-child(2)\"")).err().unwrap();
        assert!(error.contains("counts siblings"), "{error}");
    }

    #[test]
    fn selectors_are_found_by_what_they_ask_for() {
        let check = |selector: &str, expected: Asked<'_>| {
            assert_eq!(asks_for(selector), Some(expected), "{selector}");
        };
        check(".sapo", Asked::Class("sapo"));
        check("h2.desc", Asked::Class("desc"));
        check("ul.a.b > li.c:last-child a", Asked::Name("a"));
        check("[itemprop=author] [itemprop=name]", Asked::Attribute("itemprop"));
        check("[itemprop=author]:not(meta)", Asked::Attribute("itemprop"));
        check("[style*='display: none']", Asked::Attribute("style"));
        check("time[datetime]", Asked::Attribute("datetime"));
        check("div#news-body", Asked::Id("news-body"));
        assert_eq!(asks_for("a, b"), None);
    }

    #[test]
    fn words_are_written_large_and_small() {
        assert_eq!(
            writings("ảnh minh họa"),
            ["ảnh minh họa", "Ảnh minh họa", "Ảnh Minh Họa", "ẢNH MINH HỌA"]
        );
        assert_eq!(writings("(photo"), ["(photo", "(photo", "(Photo", "(PHOTO"]);
    }

    #[test]
    fn names_are_cut_into_parts() {
        let cut = |name: &str| {
            let mut cut = Vec::new();
            parts(name, |part| cut.push(part.to_owned()));
            cut
        };
        assert_eq!(cut("box-related_news"), ["box", "related", "news"]);
        assert_eq!(cut("PhotoCMS_Caption"), ["photo", "photocms", "cms", "caption"]);
        assert_eq!(cut("related"), ["related"]);
        assert!(cut("--").is_empty());
    }
}
