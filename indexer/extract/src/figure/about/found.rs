//! The places and bodies that a text names, in order, with what words without a name stand for.

use std::borrow::Cow;
use std::collections::HashMap;

use corpus::Span;
use text::{Syllable, Syllables};

use super::gazetteer::{Entry, GAZETTEER, Sort, Whole, choose, is_here};
use super::{NATION, rank};
use crate::pattern::lower;
use crate::{Level, province};

/// A place, body or whole that a text names.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of a place, and any may be said")]
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) level: Level,
    pub(super) name: Option<String>,
    /// Only compared with, or only where something was held.
    pub(super) aside: bool,
    /// A body of the whole country.
    pub(super) national: bool,
    /// A district or commune that stands in front of the place that has it.
    pub(super) leads: bool,
    /// Words for a place that the text nowhere names: `toàn xã`.
    pub(super) unnamed: bool,
}

/// All places that a text names, in order; `known` is the province that it is about, as far as that is known before, and
/// `titled` what its headline is about on other levels.
pub(super) fn named(text: &str, known: Option<&str>, titled: &HashMap<Level, String>) -> Vec<Place> {
    let mut places = names(text);
    places.extend(hamlets(text));
    for found in GAZETTEER.phrases.find_iter(text) {
        let bounded = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        if !bounded(text[..found.start()].chars().next_back()) || !bounded(text[found.end()..].chars().next())
        {
            continue;
        }
        // `ngân sách quận 4` names it.
        let number = found.pattern().as_usize();
        let behind = text[found.end()..].trim_start();
        let numbered = behind.starts_with(|c: char| c.is_ascii_digit())
            && GAZETTEER.numbered.keys().any(|kind| text[..found.end()].ends_with(kind.as_str()));
        if numbered
            || number >= GAZETTEER.having
                && behind.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        {
            continue;
        }
        let (meant, name) = &GAZETTEER.whole[number];
        if matches!(meant, Whole::Named(_) | Whole::City)
            && name.is_none()
            && leads_to_name(text, found.end())
        {
            continue;
        }
        let (level, name) = match meant {
            Whole::Nation | Whole::National => (Level::Country, Some(NATION.to_owned())),
            Whole::World => (Level::World, None),
            Whole::Named(level) => (*level, name.clone()),
            Whole::City => (Level::Other, None),
            Whole::Organization => (Level::Organization, Some(body(text, found.start()))),
            Whole::NoOrganization => continue,
        };
        places.push(Place {
            span: Span::new(found.start(), found.start() + GAZETTEER.lengths[number]),
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

/// Whether a word of kind ends at a byte and a name follows: `của xã Sơn Hạ` is no `của xã`.
fn leads_to_name(text: &str, end: usize) -> bool {
    let Some(rest) = text[end..].strip_prefix(' ') else { return false };
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_name = word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    is_name && sort_before(text, end + 1).is_some()
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
            [text.floor_char_boundary(places[at].span.start().saturating_sub(60))..places[at].span.start()];
        let near = before.trim_end();
        let ends = |phrase: &String| {
            near.strip_suffix(phrase.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        };
        let is_name = places[at].name.is_some();
        let counted =
            !is_name && (GAZETTEER.counted.iter().any(ends) || near.ends_with(|c: char| c.is_ascii_digit()));
        if counted {
            (places[at].aside, places[at].unnamed) = (true, false);
            continue;
        }
        // A hamlet, which no table has.
        if places[at].unnamed {
            continue;
        }
        let kind = sort_before(text, places[at].span.start()).map(|(_, from)| &text[..from]);
        let is_counted = |before: &str| {
            let before = before.trim_end();
            // A year is no count.
            let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
            (1..=3).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_digit())
                || GAZETTEER.counted.iter().any(|word| ends_with_words(before, word))
                    && !GAZETTEER.measured.iter().any(|word| ends_with_words(before, word))
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
            || is_name && is_of_work(text, places, at)
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
                    // `huyện đầu tiên của tỉnh` is told of no province.
                    None => (places[at].unnamed, places[at].aside) = (!places[at].aside, true),
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

/// Whether a place is called a city.
fn is_city(text: &str, span: Span) -> bool {
    sort_before(text, span.start()).is_some_and(|(sort, _)| sort == Sort::City)
}

/// The word of kind in front of a byte, and where it begins.
pub(super) fn sort_before(text: &str, start: usize) -> Option<(Sort, usize)> {
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
        if is_person(text, Span::new(start, end)) {
            continue;
        }
        places.push(place(Span::new(start, end), level, text[start..end].to_owned()));
    }
    places
}

/// Whether some text ends with words of a table, whatever its case.
pub(super) fn ends_with_words(text: &str, words: &str) -> bool {
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

/// Whether a place only belongs to the name of what was built there, or is one end of a road: `sân bay Sơn Hạ`, `cao tốc Sơn
/// Hạ - Sơn Thượng`.
fn is_of_work(text: &str, places: &[Place], at: usize) -> bool {
    /// Bytes in front of the place that may say what was built.
    const NEAR: usize = 60;
    let is_end_of_road = |first: &Place, second: &Place| {
        let gap = text.get(first.span.end()..second.span.start()).unwrap_or_default().trim();
        first.level == second.level && matches!(gap, "-" | "–")
    };
    let place = &places[at];
    if rank(place.level) > rank(Level::Province) {
        return false;
    }
    if at > 0 && is_end_of_road(&places[at - 1], place)
        || places.get(at + 1).is_some_and(|next| is_end_of_road(place, next))
    {
        return true;
    }
    let start = place.span.start();
    let before = &text[text.floor_char_boundary(start.saturating_sub(NEAR))..start];
    let clause = lower(before.rsplit([',', ';', '.', ':', '(', ')', '\n']).next().unwrap_or_default());
    GAZETTEER.works.iter().any(|work| {
        clause.rfind(work.as_str()).is_some_and(|from| {
            let between = &clause[from + work.len()..];
            clause[..from].chars().next_back().is_none_or(char::is_whitespace)
                && between.starts_with(' ')
                && !between.split_whitespace().any(|word| GAZETTEER.leading.contains(word))
        })
    })
}

/// Parts of communes by the word of their kind, and a name or a number: places that no table has, and whose values are none of
/// the place around them.
fn hamlets(text: &str) -> impl Iterator<Item = Place> {
    let bounded = |before: &str| {
        let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        // `nông thôn`, `phiên bản` are other words.
        !last.ends_with(char::is_alphanumeric) || GAZETTEER.leading.contains(lower(last).as_ref())
    };
    GAZETTEER.hamlets.find_iter(text).filter_map(move |found| {
        let (start, kind_end) = (found.start(), found.end());
        let rest = text[kind_end..].strip_prefix(' ')?;
        let name = kind_end + 1;
        let is_name = rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let end = capitals(text, name).max(name + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0));
        // `khu vực Đồi Trên A` is a hamlet, `khu vực Tây Bắc` is none.
        let is_area = GAZETTEER.lettered.iter().any(|word| *word == text[start..kind_end]);
        let letter = text[name..end].rsplit(' ').next().unwrap_or_default();
        let is_lettered = letter.len() == 1 && letter.starts_with(char::is_uppercase);
        (is_name && (is_lettered || !is_area) && bounded(&text[..start])).then(|| Place {
            span: Span::new(start, end),
            level: Level::Other,
            name: None,
            aside: true,
            national: false,
            leads: false,
            unnamed: true,
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

/// Whether a name behind a word of kind is rather that of who has an office there: `Chủ tịch xã Nguyễn Văn Suối`.
fn is_person(text: &str, name: Span) -> bool {
    /// Bytes of the office in front of the word of kind.
    const NEAR: usize = 40;
    let mut words = name.of(text).split(' ');
    let is_whole = words.clone().count() == 3 && words.next().is_some_and(province::is_family);
    let from = text.floor_char_boundary(name.start().saturating_sub(NEAR));
    is_whole && {
        let before = lower(&text[from..name.start()]);
        let clause = before.rsplit([',', ';', '.', '\n']).next().unwrap_or_default();
        GAZETTEER.officers.iter().any(|office| clause.contains(office.as_str()))
    }
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
