//! A person named with positions in a text, as a mention tells.

use corpus::{Article, Span};
use extract::{Official, PartialDate, sentence};
use jiff::civil::Date;
use text::{Syllable, Syllables, slug};

use super::foreign::{by_consonants, gathered, in_one_way};
use super::rarity::is_family;
use crate::office::{Office, Position};
use crate::place::{Place, province_name, province_slug};
use crate::rung::{Around, Placed, settle};

/// One position of a mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// The office.
    pub office: Office,
    /// Its words.
    pub words: String,
    /// The place comes from what the text is about, not from the words.
    pub guessed: bool,
    /// Told of as no longer held.
    pub former: bool,
    /// Held for the time being.
    pub acting: bool,
    /// When it was taken, where the text says so.
    pub since: Option<PartialDate>,
    /// When it was left.
    pub until: Option<PartialDate>,
}

/// A person named with positions in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Appearance {
    /// The name as written.
    pub name: String,
    /// Its syllables in lower case with their accents, one spelling each.
    pub exact: String,
    /// The positions.
    pub posts: Vec<Post>,
    /// The place that the text is about.
    pub near: Option<String>,
    /// When the text was published.
    pub published: Option<Date>,
    /// The text looks back: an earlier year stands in the sentence.
    pub retrospect: bool,
}

impl Appearance {
    /// What a mention tells; `near` is the place that the text is about.
    pub fn of(official: &Official, article: &Article, near: Option<&Place>) -> Self {
        let text = article.text.as_str();
        let name = official.span.of(text);
        let published = article.published.map(|published| published.date);
        // Which of the others a paper of one province means, whose text names it, its short words do not tell.
        let own = article.url.as_ref().and_then(|url| extract::province::reported_on(url.as_str()));
        let own = own.map(province_slug);
        let near = near.filter(|near| own.is_none() || near.province == own);
        let around = Around { text, span: official.span, near, day: published };
        let read: Vec<Position> =
            official.positions.iter().map(|words| Position::read_on(words, None, published)).collect();
        let mut posts: Vec<Post> = Vec::with_capacity(official.positions.len());
        for (at, words) in official.positions.iter().enumerate() {
            let Position { mut office, former, acting } = read[at].clone();
            office.complete_in(text, official.span);
            // A post names the place for those beside it: "Bí thư Tỉnh ủy Quảng Nam, Chủ tịch HĐND tỉnh".
            let others = read[..at].iter().rev().chain(&read[at + 1..]).map(|position| &position.office);
            let beside: Vec<&Place> =
                others.filter(|office| office.country.is_none()).map(|office| &office.place).collect();
            let guessed = settle(&mut office, words, &beside, around) == Placed::Guessed;
            let province = office.place.province.as_deref().and_then(province_name);
            if let Some(state) = province.and_then(|province| extract::province::state_of(text, province)) {
                office = office.of_namesake(state);
            }
            let tenure = official.tenures.iter().find(|tenure| tenure.position == at);
            posts.push(Post {
                office,
                guessed,
                words: words.clone(),
                former: former || tenure.is_some_and(|tenure| tenure.ended),
                acting,
                since: tenure.and_then(|tenure| tenure.since),
                until: tenure.and_then(|tenure| tenure.until),
            });
        }
        Self {
            name: name.to_owned(),
            exact: exact(name),
            posts,
            near: near.and_then(Place::key),
            published,
            retrospect: looks_back(text, official.span, published),
        }
    }

    /// The group that it is decided in.
    pub fn group(&self) -> String {
        name_group(&self.name)
    }

    /// Those that are decided before others of its group: the name without accents, a foreign one by its consonants.
    pub(super) fn name_alone(&self) -> String {
        slug(&by_consonants(&self.name))
    }
}

/// The group in which mentions of a name are decided: the name without accents, a foreign one with all that it may be.
pub fn name_group(name: &str) -> String {
    slug(&gathered(name))
}

/// An appearance in a document; documents are numbered by the caller.
#[derive(Clone, Debug)]
pub struct Appeared {
    /// Number of its document.
    pub document: u32,
    /// What it tells.
    pub appearance: Appearance,
}

/// A name in lower case and in one way, each syllable in its one spelling. The marks of another language are written by some
/// texts and left out by others (`Nicolás`, `Nicolas`): such a name is told apart by its letters alone.
pub(super) fn exact(name: &str) -> String {
    let name = in_one_way(name);
    let all: Vec<Syllable> = Syllables::new(&name).collect();
    let is_foreign = all.first().is_some_and(|first| !is_family(&first.exact))
        && all.iter().any(|syllable| !text::is_vietnamese(&syllable.folded));
    let spelt =
        |syllable: &Syllable| if is_foreign { syllable.folded.clone() } else { syllable.exact.clone() };
    all.iter().map(spelt).collect::<Vec<_>>().join(" ")
}

/// Whether the sentence speaks of an earlier year alone.
pub(super) fn looks_back(text: &str, span: Span, published: Option<Date>) -> bool {
    let Some(published) = published else { return false };
    let here = sentence(text, span);
    let before = &text[here.start()..span.start()];
    let mut earlier = false;
    let mut digits = String::new();
    for c in before.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if digits.len() == 4
            && let Ok(year) = digits.parse::<i16>()
            && (1945..=2100).contains(&year)
        {
            if year >= published.year() {
                return false;
            }
            earlier = true;
        }
        digits.clear();
    }
    earlier
}
