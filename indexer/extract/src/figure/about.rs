//! Whom or what values are about: the places that a text names, and which of them governs a number.
//!
//! Looked for in the number's clause, its sentence, the sentences before it in the paragraph, the heading, the headline,
//! and at last in what the whole text says. `toàn tỉnh` is the province that was named last; where nothing tells, nothing
//! is said.

mod found;
mod gazetteer;

use std::collections::HashMap;

use corpus::{Article, Span};

use super::dealt;
use crate::catalogue::Indicator;
use crate::province;
use crate::{About, Level, Whence, Words};
use found::{Place, ends_with_words, named, sort_before};
use gazetteer::GAZETTEER;

/// Whose a statistic can be: the kind of whole that alone has it, and one that has too little of it to be told of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Whose {
    pub(super) only: Option<Level>,
    pub(super) above: Option<Level>,
}

impl Whose {
    /// That of a row of the catalogue; of any kind where there is no row.
    pub(super) fn of(row: Option<&Indicator>) -> Self {
        Self { only: row.and_then(|row| row.level), above: row.and_then(|row| row.above) }
    }
}

/// From where a number is seen: the words of what it measures, its sentence and paragraph, the lines above (nearest first),
/// and whose what it measures can be.
#[derive(Clone, Copy)]
pub(super) struct Seen<'s> {
    pub(super) number: Span,
    pub(super) words: Option<Span>,
    pub(super) sentence: Span,
    pub(super) paragraph: Span,
    pub(super) heading: &'s [Span],
    pub(super) whose: Whose,
}

/// Whether words are one for the kind of a place: `Huyện`.
pub(super) fn is_kind(words: &str) -> bool {
    GAZETTEER.kinds.contains_key(words)
}

/// From so many bytes on what was named before a sentence is no more what the text goes on with, but an example.
const EXAMPLE: usize = 240;

/// From so many bytes on, and behind bodies of the country, a text without a place in its headline has left what it named.
const LEFT: usize = 500;

/// The country that the gazetteer is of.
pub(super) const NATION: &str = "Việt Nam";

/// Places before a paragraph that are looked at for the one that the text goes on with: texts without end name many.
const MOST_BEFORE: usize = 1_000;

/// The places of an article.
pub(super) struct Places<'a> {
    text: &'a str,
    all: Vec<Place>,
    title: Vec<Place>,
    headline: &'a str,
    /// Where the first line ends.
    first_line: usize,
    /// Levels of which the text names one place alone.
    alone: Vec<Level>,
    /// Whether it names another country and nowhere its own: `Thủ tướng` is then no one of ours.
    abroad: bool,
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
        let first = representative(&title, Whose::default()).filter(is_province);
        // `làm việc tại Sơn Khê` tells whose province the text speaks of, though not whom it is about.
        let seed = first.or_else(|| title.iter().find(is_province)).and_then(|place| place.name.clone());
        let all = named(&article.text, seed.as_deref().or(url_province).or(province), &only_ones(&title));
        let text: &str = &article.text;
        let alone = one_name(all.iter().filter(|place| !place.aside)).into_iter().map(|(level, _)| level);
        let lead = text.len() - text.trim_start().len();
        let names_country = |own: bool| {
            let mut countries = all.iter().filter(|place| place.level == Level::Country && !place.national);
            countries.any(|place| (place.name.as_deref() == Some(NATION)) == own)
        };
        let abroad = names_country(false) && !names_country(true);
        Self {
            text,
            first_line: text[lead..].find('\n').map_or(text.len(), |end| lead + end),
            alone: alone.collect(),
            abroad,
            others: all.iter().any(|place| !place.national && !place.aside && place.level != Level::World),
            all,
            title,
            headline: article.title.as_deref().unwrap_or_default(),
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
        let Seen { number, words, sentence, paragraph, heading, whose } = *seen;
        let within = self.within(number, words, sentence, whose);
        if within.is_some_and(|place| self.is_joined(place, sentence)) {
            // `ở Sơn Hạ và Sơn Thượng có 40 xã`: of both, or who knows.
            return None;
        }
        if let Some(unnamed) = self.unnamed(paragraph.start(), number.start(), whose)
            && within.is_none_or(|place| place.span.end() <= unnamed.span.start() && is_wider(place, unnamed))
            && last_of(self.between(unnamed.span.end(), sentence.start()), whose).is_none()
        {
            return None;
        }
        if let Some(place) = within {
            let clause = &self.text[place.span.end().min(number.start())..number.start()];
            let whence = if clause.contains([',', ';']) { Whence::Sentence } else { Whence::Clause };
            return Some(told(place, whence));
        }
        // `huyện phấn đấu tăng trưởng GRDP 9%`: of the district that its sentence speaks of, and of no province.
        let narrow = |place: &Place| rank(place.level) < rank(Level::Province) && place.level != Level::Other;
        if whose.only == Some(Level::Province)
            && self.within(number, words, sentence, Whose::default()).is_some_and(narrow)
        {
            return None;
        }
        let headline = self.headline(whose);
        let earlier = last_of(self.between(paragraph.start(), sentence.start()), whose);
        // What was said of the country does not make it what a text on a place of it goes on with.
        let is_wide = |place: &Place| rank(place.level) >= rank(Level::Region);
        let narrower = |wide: &Place| headline.is_some_and(|place| is_wide(wide) && !is_wide(place));
        // Another country is named for a moment, unless the statistic is one of countries.
        let foreign = |place: &Place| {
            place.level == Level::Country
                && place.name.as_deref() != Some(NATION)
                && whose.only != Some(Level::Country)
        };
        if let Some(body) = self.source(number, sentence, whose).filter(|_| headline.is_none()) {
            return Some(told(body, Whence::Sentence));
        }
        // A commune that a text on a district named some sentences before is an example.
        let example = |place: &Place| {
            headline.is_some_and(|headline| rank(place.level) < rank(headline.level))
                && place.span.end() + EXAMPLE < sentence.start()
        };
        let is_local =
            GAZETTEER.local.iter().any(|word| self.text[sentence.start()..number.start()].contains(word));
        // `trên địa bàn`, in a text on the country: of the place whose office was named right before.
        let is_national = headline.is_none_or(|headline| headline.level == Level::Country);
        let near = self.between(paragraph.start().saturating_sub(LEFT), paragraph.start());
        if let Some(place) = last_of(near, whose).filter(|_| is_local && is_national && earlier.is_none())
            && rank(place.level) < rank(Level::Region)
        {
            return Some(told(place, Whence::Document));
        }
        if let Some((place, headline)) = earlier.zip(headline)
            && !is_local
            && self.goes_back(place, headline, paragraph.start(), number.start(), whose)
        {
            return Some((about(headline), Words { span: None, whence: Whence::Headline }));
        }
        // A text of the country's bodies named a place long before, and has come back to them.
        let left = |place: &Place| {
            let end = place.span.end();
            headline.is_none()
                && rank(place.level) < rank(Level::Country)
                && end + LEFT < sentence.start()
                && self.between(end, number.start()).iter().any(|body| body.national)
        };
        let goes_on = |place: &&Place| !narrower(place) && !foreign(place) && !example(place) && !left(place);
        if let Some(place) = earlier.filter(goes_on) {
            return Some(told(place, Whence::Paragraph));
        }
        for line in heading {
            if let Some(place) = representative(self.between(line.start(), line.end()), whose) {
                return Some(told(place, Whence::Heading));
            }
        }
        if let Some(place) = headline {
            return Some((about(place), Words { span: None, whence: Whence::Headline }));
        }
        // What a text without a headline begins with.
        let first = self.first_line;
        if let Some(place) =
            representative(self.between(0, first), whose).filter(|_| first < paragraph.start())
        {
            return Some(told(place, Whence::Headline));
        }
        if let Some(place) = self.nation_of_lede(whose) {
            return Some(told(place, Whence::Document));
        }
        // A paragraph further off tells only where the whole text names no other place of the kind.
        let before = self.between(0, paragraph.start());
        let before = last_of(&before[before.len().saturating_sub(MOST_BEFORE)..], whose);
        let only = |place: &&Place| self.alone.contains(&place.level);
        let nation = |place: &&Place| place.level != Level::Country || place.name.as_deref() == Some(NATION);
        if let Some(place) = before.filter(nation).filter(only) {
            return Some(told(place, Whence::Document));
        }
        if !self.others
            && let Some(body) = self.all.iter().find(|place| place.national && fits(place, whose))
        {
            return Some(told(body, Whence::Document));
        }
        if whose.only == Some(Level::Country) {
            let name = Some(NATION.to_owned());
            let foreign = self.all.iter().any(|place| place.level == Level::Country && place.name != name);
            return (!foreign).then_some((
                About { level: Level::Country, name },
                Words { span: None, whence: Whence::Source },
            ));
        }
        // A text that speaks of a district or commune which it nowhere names is not on the whole province.
        let unnamed = |place: &Place| place.unnamed && rank(place.level) < rank(Level::Province);
        if self.between(0, number.start()).iter().any(unnamed) {
            return None;
        }
        let province = self.province.filter(|_| self.own)?;
        let about = About { level: Level::Province, name: Some(province.to_owned()) };
        Some((about, Words { span: None, whence: Whence::Source }))
    }

    /// Whether a paragraph names nothing narrower than a country in front of a number.
    pub(super) fn is_wide(&self, paragraph: Span, number: Span) -> bool {
        let wide = |place: &Place| place.national || rank(place.level) >= rank(Level::Country);
        self.between(paragraph.start(), number.start()).iter().all(wide)
    }

    /// Whether a text that named a place goes back to what its headline is about: to the country, whose bodies are named behind
    /// the place, or to the body which has that place in its name.
    fn goes_back(&self, place: &Place, headline: &Place, from: usize, number: usize, whose: Whose) -> bool {
        let is_nation = headline.level == Level::Country && headline.name.as_deref() == Some(NATION);
        let national = || {
            let body = |body: &&Place| body.national && fits(body, whose);
            self.between(place.span.end().max(from), number).iter().any(|place| body(&place))
        };
        let own = || self.titled(whose).is_some_and(|titled| titled.name == place.name);
        is_nation && is_wider(headline, place) && national() || headline.level == Level::Organization && own()
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

    /// Whom the headline is about: its first place, a body whose name has that place in it, or the country where it names a
    /// body of the country and no place.
    fn headline(&self, whose: Whose) -> Option<&Place> {
        let place = self.titled(whose);
        let body = self.title.iter().find(|body| body.level == Level::Organization && !body.aside);
        let body = body.filter(|body| {
            let end = body.span.start() + body.name.as_deref().map_or(0, str::len);
            whose.only.is_none()
                && place.is_some_and(|place| (body.span.start()..end).contains(&place.span.start()))
        });
        let national = || {
            let body = |place: &&Place| place.national && !place.aside && fits(place, whose);
            self.title.iter().find(body).filter(|_| !self.abroad)
        };
        body.or(place).or_else(national)
    }

    /// The place of the headline: its first, or the narrower one behind it where it only says from where the news is,
    /// `Hà Tĩnh: Huyện Sơn Hạ đón khách`.
    fn titled(&self, whose: Whose) -> Option<&Place> {
        let first = representative(&self.title, whose)?;
        let behind = self.headline.get(first.span.end()..).unwrap_or_default();
        let narrower = || {
            let within = |place: &&Place| is_subject(place) && fits(place, whose) && is_wider(first, place);
            self.title.iter().find(within)
        };
        Some(behind.trim_start().starts_with(':').then(narrower).flatten().unwrap_or(first))
    }

    /// The last words between two bytes for a place that the text nowhere names.
    fn unnamed(&self, from: usize, to: usize, whose: Whose) -> Option<&Place> {
        // A part of a commune may be told of, whatever the statistic is else told of.
        let told = |place: &Place| fits(place, whose) || place.level == Level::Other;
        self.between(from, to).iter().rfind(|place| place.unnamed && told(place))
    }

    /// The country, where a text without a place in its headline begins with it and names nothing narrower there.
    fn nation_of_lede(&self, whose: Whose) -> Option<&Place> {
        const LEDE: usize = 500;
        let here = self.between(0, LEDE);
        let nation = |place: &&Place| place.level == Level::Country && place.name.as_deref() == Some(NATION);
        let only = here.iter().all(|place| nation(&place) || place.level == Level::World);
        here.iter().find(nation).filter(|place| only && self.title.is_empty() && fits(place, whose))
    }

    /// The body of the whole country that a number's own sentence gives as its source.
    fn source(&self, number: Span, sentence: Span, whose: Whose) -> Option<&Place> {
        let here = self.between(sentence.start(), number.start());
        here.iter().find(|place| {
            let before = &self.text[sentence.start()..place.span.start()];
            let behind = self.text[place.span.end()..number.start()].trim_start();
            place.national
                && fits(place, whose)
                && (GAZETTEER.sources.iter().any(|words| ends_with_words(before, words))
                    || GAZETTEER.settings.iter().any(|words| behind.starts_with(words.as_str())))
        })
    }

    fn between(&self, from: usize, to: usize) -> &[Place] {
        let first = self.all.partition_point(|place| place.span.start() < from);
        let last = self.all.partition_point(|place| place.span.start() < to);
        &self.all[first..last.max(first)]
    }

    /// What stands between a number and the words right in front of a place behind it that say that what was counted is there,
    /// `ở huyện Sơn Hạ`; `None` where none say it.
    fn placing(&self, place: &Place, number: Span) -> Option<&str> {
        let start = sort_before(self.text, place.span.start()).map_or(place.span.start(), |(_, from)| from);
        let between = self.text.get(number.end()..start)?.trim_end();
        let words = GAZETTEER.within.iter().find(|words| ends_with_words(between, words))?;
        Some(&between[..between.len() - words.len()])
    }

    /// Whether hardly more than the unit stands between a number and a place.
    fn is_right_behind(&self, place: &Place, number: Span) -> bool {
        /// The unit, a word that places it and the kind of the place, which may have two syllables.
        const WORDS: usize = 4;
        self.text.get(number.end()..place.span.start()).unwrap_or_default().split_whitespace().count()
            <= WORDS
    }

    /// Whether a place stands beside another, with nothing but `and` between.
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
                && rank(other.level).max(rank(place.level)) <= rank(Level::Region)
                && !other.national
                && GAZETTEER.joins.iter().any(|join| join == gap)
        })
    }

    /// The place of a number's own sentence.
    fn within(&self, number: Span, words: Option<Span>, sentence: Span, whose: Whose) -> Option<&Place> {
        /// Bytes between a number and the place behind it, or the words that place what was counted there.
        const NEAR: usize = 60;
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
                && fits(place, whose)
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
            place.span.start() >= number.end() && !place.aside && !place.national && fits(place, whose) && {
                let between = &self.text[number.end().min(place.span.start())..place.span.start()];
                let near = self.placing(place, number).map_or(between.len(), str::len);
                near < NEAR + end.saturating_sub(number.end())
                    && !between.contains([',', ';', '(', ')', '.'])
                    && !between.contains(|c: char| c.is_ascii_digit())
            }
        });
        // `Tỉnh xóa 80 nhà tạm ở huyện Sơn Hạ`, `Lập phường Sơn Hạ từ 900 người của xã Sơn Thượng`
        let is_placed = |front: &Place, behind: &Place| {
            let is_near = rank(front.level) == rank(behind.level) && self.is_right_behind(behind, number);
            (is_wider(front, behind) || is_near) && self.placing(behind, number).is_some()
        };
        match (chosen, behind) {
            (Some(front), Some(behind)) if front.level == Level::Organization || is_placed(front, behind) => {
                Some(behind)
            }
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

/// The place that a headline or heading is about: its first.
fn representative(places: &[Place], whose: Whose) -> Option<&Place> {
    places.iter().find(|place| is_subject(place) && fits(place, whose))
}

fn is_subject(place: &Place) -> bool {
    !place.aside && !place.national && !matches!(place.level, Level::Organization | Level::World)
}

/// Whether a place can have what only one kind of whole has.
fn fits(place: &Place, whose: Whose) -> bool {
    let only = whose
        .only
        .is_none_or(|only| place.level == only || only == Level::Province && place.level == Level::Region);
    only && whose.above.is_none_or(|above| rank(place.level) > rank(above))
}

/// The place that the sentences before were about: the last, and of those that follow each other the first.
fn last_of(places: &[Place], whose: Whose) -> Option<&Place> {
    let real: Vec<&Place> = places.iter().filter(|place| is_subject(place) && fits(place, whose)).collect();
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

/// Whether a place may have another within it.
fn is_wider(place: &Place, other: &Place) -> bool {
    rank(place.level) > rank(other.level)
}

fn rank(level: Level) -> usize {
    match level {
        // A part of a commune.
        Level::Other => 0,
        Level::Commune => 1,
        Level::District => 2,
        Level::Province => 3,
        Level::Region => 4,
        Level::Country => 5,
        Level::World | Level::Organization | Level::Person => 6,
    }
}
