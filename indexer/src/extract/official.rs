//! Officials: people whom a text names together with a public position.
//!
//! Names are runs of capitalised syllables with a family name first, or with an honorific before them; positions are
//! read forward behind the name, and before it where they end at the name.

use std::sync::LazyLock;

use corpus::Span;
use regex::Regex;
use serde::Deserialize;

use super::passage::Context;
use crate::index::keys::slug;
use crate::{Official, rules};

#[derive(Deserialize)]
struct Names {
    families: Vec<String>,
    honorifics: Vec<String>,
}

/// The words of positions.
#[derive(Deserialize)]
pub(crate) struct Positions {
    en_heads: Vec<String>,
    en_small: Vec<String>,
    en_links: Vec<String>,
    vi_heads: Vec<String>,
    vi_before: Vec<String>,
    vi_small: Vec<String>,
    vi_stop: Vec<String>,
    vi_links: Vec<String>,
    /// Words that begin a position that is no longer held.
    pub(crate) former: Vec<String>,
    /// Offices that are known in several wordings.
    pub(crate) office: Vec<Office>,
}

/// One office in all its wordings.
#[derive(Deserialize)]
pub(crate) struct Office {
    pub(crate) key: String,
    /// Without accents, as syllables.
    pub(crate) forms: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    rules::read("rules/names.toml", include_str!("../../rules/names.toml"))
        .expect("the table comes with the program")
});

/// The table of positions.
pub(crate) static POSITIONS: LazyLock<Positions> = LazyLock::new(|| {
    rules::read("rules/positions.toml", include_str!("../../rules/positions.toml"))
        .expect("the table comes with the program")
});

struct Patterns {
    run: Regex,
    honorific: Regex,
    english: Regex,
    vietnamese: Regex,
    link: Regex,
    shared: Regex,
    word: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let regex = |pattern: String| Regex::new(&pattern).expect("the tables hold plain words");
    let any = |words: &[String]| words.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|");
    let table = &*POSITIONS;
    let mut vi_heads = table.vi_heads.clone();
    vi_heads.sort_by_key(|head| std::cmp::Reverse(head.len()));
    let mut honorifics = NAMES.honorifics.clone();
    honorifics.sort_by_key(|word| std::cmp::Reverse(word.len()));
    Patterns {
        run: regex(r"\p{Lu}[\p{Ll}\p{M}]*(?: \p{Lu}[\p{Ll}\p{M}]*)+".to_owned()),
        honorific: regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{})[.:]?\s*$", any(&honorifics))),
        english: regex(format!(
            r"^(?:(?:\p{{Lu}}[\p{{L}}-]*(?:['’]s)?|[Ff]ormer) )*?(?:{})\b(?: (?:Head|Secretary|Chairman|Chairwoman|Director|Minister|General|Inspector|Justice))?",
            any(&table.en_heads)
        )),
        vietnamese: regex(format!(
            r"(?i)^(?:(?:{}) )*(?:{})(?:[^\p{{L}}]|$)",
            any(&table.vi_before),
            any(&vi_heads)
        )),
        link: regex(format!(
            r"^[^,.;:–-]{{0,45}}\b(?:{}|{})\s+(?:the )?",
            any(&table.en_links),
            any(&table.vi_links)
        )),
        shared: regex(
            r"(?:Comrades (?:of|in) the [^:;]{5,120}|[Cc]ác đồng chí ((?:Ủy|Uỷ|ủy|uỷ) viên [^:;]{5,100})):"
                .to_owned(),
        ),
        word: regex(r"^(?:\([^()]{1,30}\)|[\p{L}\p{M}\p{N}&/'’.-]*[\p{L}\p{M}\p{N}])".to_owned()),
    }
});

/// All officials of a text, in reading order.
pub(crate) fn find(context: &Context<'_>) -> Vec<Official> {
    let mut found = Vec::new();
    for passage in &context.passages {
        for sentence in &passage.sentences {
            in_sentence(context.text, *sentence, &mut found);
        }
    }
    found
}

fn in_sentence(text: &str, sentence: Span, found: &mut Vec<Official>) {
    let words = sentence.of(text);
    let shared = PATTERNS.shared.captures(words).map(|hit| {
        let all = hit.get(0).expect("a match has a whole");
        (all.end(), hit.get(1).map_or(all.as_str().trim_end_matches(':'), |group| group.as_str()).to_owned())
    });
    for (start, end) in names(words) {
        let mut positions = Vec::new();
        if let Some((at, position)) = &shared
            && *at <= start
        {
            positions.push(position.clone());
        }
        positions.extend(before(&words[..start]));
        positions.extend(after(&words[end..]));
        positions.dedup();
        if !positions.is_empty() {
            let span = Span::new(sentence.start() + start, sentence.start() + end);
            found.push(Official { span, positions });
        }
    }
}

/// Where people are named in a sentence.
fn names(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for run in PATTERNS.run.find_iter(text) {
        if text[run.end()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’')) {
            continue;
        }
        let starts: Vec<usize> = std::iter::once(run.start())
            .chain(run.as_str().match_indices(' ').map(|(at, _)| run.start() + at + 1))
            .collect();
        let count = starts.len();
        let family = |at: usize| {
            let word = text[starts[at]..run.end()].split(' ').next().unwrap_or_default();
            NAMES.families.contains(&slug(word))
        };
        let honoured = |at: usize| PATTERNS.honorific.is_match(&text[..at]);
        // A place before the name may begin like a family name: `Hà Tĩnh Nguyễn Văn An`; two syllables alone may be one.
        let at = [3, 4, 2, 5].into_iter().find(|length| {
            *length <= count && family(count - length) && (*length > 2 || honoured(starts[count - length]))
        });
        let at = at
            .map(|length| starts[count - length])
            .or_else(|| (honoured(run.start()) && count <= 5).then_some(run.start()));
        found.extend(at.map(|at| (at, run.end())));
    }
    found
}

/// The positions that end where the name begins.
fn before(text: &str) -> Vec<String> {
    let text = PATTERNS.honorific.find(text).map_or(text, |hit| {
        let kept = hit.as_str().chars().next().filter(|c| !c.is_alphanumeric()).map_or(0, char::len_utf8);
        &text[..hit.start() + kept]
    });
    let text = text.trim_end().trim_end_matches([',', '-', '–', ':']).trim_end();
    // The first place from which positions can be read up to the name.
    let from = text.len().saturating_sub(240);
    let words = text.char_indices().filter(|(at, c)| {
        *at >= from
            && c.is_alphabetic()
            && text[..*at]
                .chars()
                .next_back()
                .is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '\'' | '’'))
    });
    for (at, _) in words {
        let (positions, rest) = list(&text[at..]);
        if !positions.is_empty() && rest.is_empty() {
            return positions;
        }
    }
    Vec::new()
}

/// The positions behind a name.
fn after(text: &str) -> Vec<String> {
    let trimmed = text.trim_start();
    if let Some(rest) = trimmed.strip_prefix(['-', '–', '—', ',', '(', ':']) {
        let rest = rest.trim_start();
        return list(rest.strip_prefix("the ").unwrap_or(rest)).0;
    }
    PATTERNS.link.find(trimmed).map_or_else(Vec::new, |link| list(&trimmed[link.end()..]).0)
}

/// Positions from the beginning of a text, joined by commas or `and`, and what follows them.
fn list(text: &str) -> (Vec<String>, &str) {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(length) = one(rest) {
        found.push(rest[..length].to_owned());
        rest = &rest[length..];
        let next = ["; ", ", ", " and ", " và ", ",", " kiêm ", " - ", " – "].into_iter().find_map(|join| {
            let next = rest.strip_prefix(join)?;
            one(next).map(|_| next)
        });
        let Some(next) = next else { break };
        rest = next;
    }
    (found, rest.trim_start())
}

/// The length of the one position that a text begins with.
fn one(text: &str) -> Option<usize> {
    let (head, english) = match PATTERNS.english.find(text) {
        Some(hit) => (hit.end(), true),
        None => {
            let hit = PATTERNS.vietnamese.find(text)?;
            (hit.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len(), false)
        }
    };
    let table = &*POSITIONS;
    let (mut end, mut at) = (head, head);
    let mut after_capital = true;
    while let Some(next) = text[at..].strip_prefix(' ') {
        let Some(word) = PATTERNS.word.find(next).map(|hit| hit.as_str()) else { break };
        let start = at + 1;
        let lower = word.to_lowercase();
        let first = word.trim_start_matches('(').chars().next().unwrap_or(' ');
        // The second of two positions, and a name, are no part of the first.
        let joins = matches!(lower.as_str(), "and" | "và" | "kiêm");
        if joins {
            let behind = next[word.len()..].trim_start();
            if !behind.starts_with(char::is_uppercase) || one(behind).is_some() {
                break;
            }
        } else if first.is_uppercase() {
            if !english && PATTERNS.vietnamese.is_match(next) && !word.starts_with("Ban") {
                break;
            }
            if names(&text[start..]).first().is_some_and(|(name, _)| *name == 0) && !is_place(&text[start..])
            {
                break;
            }
            end = start + word.len();
            after_capital = true;
        } else if first.is_ascii_digit() {
            if !(after_capital && word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit())) {
                break;
            }
            end = start + word.len();
        } else if english {
            if !table.en_small.contains(&lower) {
                break;
            }
            if !matches!(lower.as_str(), "of" | "the") {
                end = start + word.len();
            }
            after_capital = false;
        } else {
            if table.vi_stop.contains(&lower) || !(after_capital || table.vi_small.contains(&lower)) {
                break;
            }
            end = start + word.len();
            after_capital = false;
        }
        at = start + word.len();
    }
    Some(end)
}

/// Whether a text begins with a province's name.
fn is_place(text: &str) -> bool {
    let two: Vec<&str> = text.split(' ').take(2).collect();
    super::province::named_in(&two.join(" ")).is_some()
}

#[cfg(test)]
mod tests;
