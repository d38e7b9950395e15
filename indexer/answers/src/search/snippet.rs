//! The passage of a text that shows best why it was found.

use std::collections::{BTreeSet, HashMap, HashSet};

use corpus::{CodePoints, Span};
use extract::{sentence, sentence_end};
use store::query::{Query, Unit};
use text::{Sieve, Syllable, Syllables};

use super::Snippet;
use crate::Limits;

/// Finds the words of a search in texts.
pub(crate) struct Finder {
    /// Whether a question is asked: the sentence that answers it best is looked for.
    is_question: bool,
    units: Vec<FinderUnit>,
    folded: HashMap<String, u16>,
    exact: HashMap<String, u16>,
    /// Lets through what may be a word of the search.
    sieve: Sieve,
}

struct FinderUnit {
    /// Each word's number among the folded forms, and among the exact ones.
    words: Vec<(u16, u16)>,
    exact: bool,
    /// What it counts where it stands.
    value: usize,
    /// The beginning of words, instead of words.
    prefix: Option<Syllable>,
}

/// Words of the query in a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Match {
    start: usize,
    end: usize,
    unit: usize,
}

/// A token of the text that is like a word of the query: its place and its numbers.
struct TextToken {
    /// Its number among all tokens of the text.
    number: usize,
    start: u32,
    end: u32,
    folded: u16,
    exact: u16,
    /// Units whose beginning it has, as bits (the first 64 units).
    prefixes: u64,
}

impl TextToken {
    /// Whether it stands so many tokens behind another one.
    fn follows(&self, first: &Self, behind: usize) -> bool {
        self.number == first.number + behind
    }
}

/// Whole numbers in what a word of a question weighs.
const WEIGHT: usize = 16;

/// Matches of one text that are looked at, at most.
const MAX_MATCHES: usize = 500;

impl Finder {
    /// Finds what a query looks for; of a question its single words, by what they weigh.
    pub(crate) fn new(query: &Query, weights: &[(String, f32)]) -> Self {
        let is_question = !weights.is_empty();
        let weights: HashMap<&str, f32> =
            weights.iter().map(|(word, weight)| (word.as_str(), *weight)).collect();
        let accented = query.is_accented();
        let (mut folded, mut exact) = (HashMap::new(), HashMap::new());
        let number = |numbers: &mut HashMap<String, u16>, word: &str| {
            let next = numbers.len() as u16 + 1;
            *numbers.entry(word.to_owned()).or_insert(next)
        };
        let whole = query
            .alternatives
            .iter()
            .flatten()
            .filter(|clause| !(clause.negated || is_question && clause.is_optional()));
        let mut units: Vec<FinderUnit> = whole
            .map(|clause| &clause.unit)
            .map(|unit| FinderUnit {
                words: match unit {
                    Unit::Words(words) | Unit::Number { parts: words, .. } => words
                        .iter()
                        .map(|word| (number(&mut folded, &word.folded), number(&mut exact, &word.exact)))
                        .collect(),
                    Unit::Prefix(_) => Vec::new(),
                },
                exact: unit.is_exact(),
                value: unit.words().len().max(1) * 2 * if is_question { WEIGHT } else { 1 },
                prefix: match unit {
                    Unit::Words(_) | Unit::Number { .. } => None,
                    Unit::Prefix(word) => Some(word.clone()),
                },
            })
            .collect();
        // Of another search no word has a weight.
        let mut seen = HashSet::new();
        for unit in query.optional() {
            let words = unit.words().iter().map(|word| (word.exact.as_str(), std::slice::from_ref(word)));
            let whole = match unit {
                Unit::Number { typed, parts, .. } => Some((typed.as_str(), parts.as_slice())),
                Unit::Words(_) | Unit::Prefix(_) => None,
            };
            for (said, words) in words.chain(whole) {
                let Some(weight) = weights.get(said).filter(|_| seen.insert(said)) else { continue };
                let words = words
                    .iter()
                    .map(|word| (number(&mut folded, &word.folded), number(&mut exact, &word.exact)))
                    .collect();
                let value = (weight * WEIGHT as f32) as usize + 1;
                units.push(FinderUnit { words, exact: accented && whole.is_none(), value, prefix: None });
            }
        }
        // Of matches that begin at the same place the longest counts.
        units.sort_by_key(|unit| std::cmp::Reverse(unit.words.len()));
        let beginnings = units.iter().filter_map(|unit| unit.prefix.as_ref());
        let beginnings = beginnings.map(|prefix| prefix.folded.as_str());
        let sieve = Sieve::new(folded.keys().map(String::as_str), beginnings);
        Self { is_question, units, folded, exact, sieve }
    }

    /// The tokens of a text that are like words of the query.
    fn tokens(&self, text: &str) -> Vec<TextToken> {
        let mut tokens = Vec::new();
        let mut number = 0;
        let mut syllables = Syllables::parted(text);
        let mut syllable = Syllable::default();
        let prefixes: Vec<(usize, &Syllable, bool)> = (0..64)
            .zip(&self.units)
            .filter_map(|(number, unit)| unit.prefix.as_ref().map(|prefix| (number, prefix, unit.exact)))
            .collect();
        while let Some(may_be) = syllables.advance_among(&mut syllable, &self.sieve) {
            number += 1;
            if !may_be {
                continue;
            }
            let (start, end) = (syllable.start as u32, syllable.end as u32);
            let folded = self.folded.get(&syllable.folded).copied().unwrap_or_default();
            let exact =
                if folded == 0 { 0 } else { self.exact.get(&syllable.exact).copied().unwrap_or_default() };
            let begins = |(_, prefix, exact): &&(usize, &Syllable, bool)| {
                if *exact {
                    syllable.exact.starts_with(&prefix.exact)
                } else {
                    syllable.folded.starts_with(&prefix.folded)
                }
            };
            let prefixes = prefixes.iter().filter(begins).fold(0, |bits, (number, ..)| bits | 1 << number);
            if folded != 0 || prefixes != 0 {
                tokens.push(TextToken { number, start, end, folded, exact, prefixes });
            }
        }
        tokens
    }

    /// The words of the query in a text, in order, none overlapping.
    fn matches(&self, text: &str) -> Vec<Match> {
        let tokens = self.tokens(text);
        let mut matches = Vec::new();
        let mut at = 0;
        while at < tokens.len() && matches.len() < MAX_MATCHES {
            let token = &tokens[at];
            let begins_here = |(number, unit): &(usize, &FinderUnit)| match &unit.prefix {
                Some(_) => *number < 64 && token.prefixes & (1 << number) != 0,
                None => {
                    tokens.len() - at >= unit.words.len()
                        && unit.words.iter().zip(&tokens[at..]).enumerate().all(|(behind, (word, found))| {
                            found.follows(token, behind)
                                && found.folded == word.0
                                && (!unit.exact || found.exact == word.1)
                        })
                }
            };
            if let Some((number, unit)) = self.units.iter().enumerate().find(begins_here) {
                let length = unit.words.len().max(1);
                let end = tokens[at + length - 1].end as usize;
                matches.push(Match { start: token.start as usize, end, unit: number });
                at += length;
            } else {
                at += 1;
            }
        }
        matches
    }

    /// The words of the query in a short text, in code points.
    pub(crate) fn highlights(&self, text: &str) -> Vec<(usize, usize)> {
        let points = CodePoints::new(text);
        self.matches(text).iter().map(|found| (points.of(found.start), points.of(found.end))).collect()
    }

    /// The passage with the most different words of the query, as near to its middle as the text allows; the beginning
    /// of the text where it has none of them.
    pub(crate) fn snippet(&self, text: &str, limits: &Limits) -> Snippet {
        let looked_at = &text[..text.floor_char_boundary(limits.snippet_bytes)];
        let points = CodePoints::new(text);
        let matches = self.matches(looked_at);
        let places: Vec<(usize, usize)> =
            matches.iter().map(|found| (points.of(found.start), points.of(found.end))).collect();
        let (first, last) = self.densest(&matches, &places, limits.snippet_characters);
        let sentence = self.answering(looked_at, &matches);
        let core = match (places.get(first), places.get(last)) {
            (Some((start, _)), Some((_, end))) => (*start, *end),
            _ => (0, 0),
        };
        let sentence = sentence.map(|span| (points.of(span.start()), points.of(span.end())));
        let core = sentence.filter(|(start, end)| end - start <= limits.snippet_characters).unwrap_or(core);
        let (from, to) = window(text, &points, core, limits.snippet_characters);
        let (start, end) = (points.of(from), points.of(to));
        let inside = |(a, b): &(usize, usize)| start <= *a && *b <= end;
        Snippet {
            text: text[from..to].to_owned(),
            start,
            end,
            highlights: places.into_iter().filter(inside).collect(),
            sentence: sentence.filter(inside),
            continues: !text[to..].trim().is_empty(),
        }
    }

    /// The sentence of a text that answers a question best: with the words that weigh most, and of equals the first.
    fn answering(&self, text: &str, matches: &[Match]) -> Option<Span> {
        if !self.is_question {
            return None;
        }
        let mut best: Option<(usize, &Match)> = None;
        let mut rest = matches;
        while let Some(first) = rest.first() {
            let end = sentence_end(text, first.end);
            let inside = rest.iter().take_while(|found| found.start < end).count().max(1);
            let units: BTreeSet<usize> = rest[..inside].iter().map(|found| found.unit).collect();
            let worth = units.into_iter().map(|unit| self.units[unit].value).sum();
            if best.is_none_or(|(known, _)| known < worth) {
                best = Some((worth, first));
            }
            rest = &rest[inside..];
        }
        best.map(|(_, first)| sentence(text, Span::new(first.start, first.end)))
    }

    /// First and last match of the best passage: different units count first (longer ones more), then all, then the
    /// earlier passage.
    fn densest(&self, matches: &[Match], places: &[(usize, usize)], characters: usize) -> (usize, usize) {
        let mut inside = vec![0_u32; self.units.len()];
        let (mut worth, mut best) = (0, (0, 0, 0));
        let value = |unit: usize| self.units[unit].value;
        let mut first = 0;
        for last in 0..matches.len() {
            let unit = matches[last].unit;
            inside[unit] += 1;
            if inside[unit] == 1 {
                worth += value(unit);
            }
            while first < last && places[last].1 - places[first].0 > characters {
                let unit = matches[first].unit;
                inside[unit] -= 1;
                if inside[unit] == 0 {
                    worth -= value(unit);
                }
                first += 1;
            }
            // Each repetition counts a little, up to less than another unit.
            let score = worth * 10 + (last - first).min(9);
            if score > best.0 {
                best = (score, first, last);
            }
        }
        (best.1, best.2)
    }
}

/// The bytes of a passage of about so many characters around a core (in code points), cut between words, without blanks
/// at its ends.
fn window(text: &str, points: &CodePoints<'_>, core: (usize, usize), characters: usize) -> (usize, usize) {
    let spare = characters.saturating_sub(core.1 - core.0);
    let start = core.0.saturating_sub(spare / 2);
    // What the beginning of the text leaves unused goes to the other side, and the other way round.
    let end = core.1 + spare - (core.0 - start);
    let total_known = points.byte(end);
    let short = end.saturating_sub(points.of(total_known));
    let start = start.saturating_sub(short);
    let (core_from, core_to) = (points.byte(core.0), points.byte(core.1));
    let (mut from, mut to) = (points.byte(start), total_known);
    if from > 0 && !text[..from].ends_with(char::is_whitespace) {
        from = text[from..core_from].find(char::is_whitespace).map_or(core_from, |blank| from + blank);
    }
    if to < text.len() && !text[to..].starts_with(char::is_whitespace) {
        to = match text[core_to..to].rfind(char::is_whitespace) {
            Some(blank) => core_to + blank,
            // Without a core there is no word to keep whole, and one endless word is better than nothing.
            None if core_from == core_to => to,
            None => core_to,
        };
    }
    from += text[from..core_from].len() - text[from..core_from].trim_start().len();
    to -= text[core_to..to].len() - text[core_to..to].trim_end().len();
    (from, to)
}

#[cfg(test)]
mod tests {
    use store::QueryLimits;

    use super::*;
    use proptest::prelude::*;

    fn finder(query: &str) -> Finder {
        Finder::new(&Query::parse(query, &QueryLimits::default()).unwrap(), &[])
    }

    fn limits(characters: usize) -> Limits {
        Limits { snippet_characters: characters, ..Limits::default() }
    }

    fn marked(snippet: &Snippet) -> String {
        let mut marked = String::new();
        for (at, c) in (snippet.start..).zip(snippet.text.chars()) {
            if snippet.highlights.iter().any(|(start, _)| *start == at) {
                marked.push('[');
            }
            marked.push(c);
            if snippet.highlights.iter().any(|(_, end)| *end == at + 1) {
                marked.push(']');
            }
        }
        marked
    }

    #[test]
    fn the_words_of_the_query_are_marked() {
        let check = |query: &str, text: &str, expected: &str| {
            assert_eq!(marked(&finder(query).snippet(text, &limits(240))), expected, "{query}");
        };
        check("tinh", "Tỉnh và tình, tinh.", "[Tỉnh] và [tình], [tinh].");
        check("tỉnh", "Tỉnh và tình, tinh.", "[Tỉnh] và tình, tinh.");
        check("\"mua to\"", "Mưa to, mưa nhỏ, to.", "[Mưa to], mưa nhỏ, to.");
        check("\"mùa to\"", "Mưa to, mùa to.", "Mưa to, [mùa to].");
        check("15-CT/TU", "Theo 15-CT/TU và 15 CT.", "Theo [15-CT/TU] và 15 CT.");
        check("nong*", "Nông dân trồng bông", "[Nông] dân trồng bông");
        check("hoà -bình", "Hòa bình", "[Hòa] bình");
        check("vắng", "Không có gì.\n", "Không có gì.");
        check("vắng", "  ", "");
        check("", "Không có gì.", "Không có gì.");
        check("mưa", "Mu\u{31b}a to", "[Mu\u{31b}a] to");
    }

    #[test]
    fn the_passage_with_the_most_words_is_cut_out_around_them() {
        let filler = "lời lẽ ".repeat(60);
        let text = format!("{filler}mưa xa {filler}mưa to gió lớn {filler}");
        let snippet = finder("mưa gió").snippet(&text, &limits(60));
        assert!(marked(&snippet).contains("[mưa] to [gió] lớn"), "{}", marked(&snippet));
        let before = snippet.highlights[0].0 - snippet.start;
        let after = snippet.end - snippet.highlights[1].1;
        assert!(before.abs_diff(after) <= 8, "{before} {after}");
        assert!(snippet.text.chars().count() <= 60 && snippet.continues);
    }

    #[test]
    fn the_sentence_that_answers_is_shown() {
        let filler = "Ai là người của xã đã nói về việc này thì xã nào cũng có. ".repeat(12);
        let text = format!("{filler}\nCầu Thạch Lũng dài 120 mét. Cầu do ông Suối xây năm 1998. {filler}");
        let weights = [("thạch", 6.0), ("lũng", 6.0), ("xây", 3.0), ("cầu", 2.0), ("ai", 0.5), ("là", 0.1)];
        let weights = weights.map(|(word, weight)| (word.to_owned(), weight));
        let check = |query: &str, expected: &str| {
            let query = Query::parse(query, &QueryLimits::default()).unwrap();
            let snippet = Finder::new(&query, &weights).snippet(&text, &limits(160));
            let (start, end) = snippet.sentence.unwrap();
            let said: String = snippet.text.chars().skip(start - snippet.start).take(end - start).collect();
            assert_eq!(said, expected);
            assert!(snippet.text.chars().count() <= 160, "{}", snippet.text);
        };
        check("Ai là người xây cầu Thạch Lũng?", "Cầu Thạch Lũng dài 120 mét.");
        check("Ai là người xây cầu?", "Cầu do ông Suối xây năm 1998.");
    }

    proptest! {
        #[test]
        fn places_are_exact(
            text in "([aăâbđeêuủ]{1,7}[ ,.\n]|\u{1F600}|u\u{309}){0,120}",
            query in "[aăâbđeêuủ]{1,3}( [aăâbđeêuủ]{1,3}){0,3}",
            characters in 10usize..80,
        ) {
            let snippet = finder(&query).snippet(&text, &limits(characters));
            let points: Vec<char> = text.chars().collect();
            prop_assert_eq!(points[snippet.start..snippet.end].iter().collect::<String>(), snippet.text.clone());
            prop_assert!(snippet.text.chars().count() <= characters);
            let mut last = snippet.start;
            for (start, end) in &snippet.highlights {
                prop_assert!(last <= *start && start < end && *end <= snippet.end);
                last = *end;
            }
            // Whatever the search finds is shown.
            if !finder(&query).matches(&text).is_empty() {
                prop_assert!(!snippet.highlights.is_empty());
            }
        }
    }
}
