//! What a mention speaks of: the pairs of syllables around it, and how much a pair tells of a subject.

use std::collections::HashMap;
use std::sync::LazyLock;

use corpus::{Article, Span};
use extract::sentence;
use serde::Deserialize;
use text::Syllables;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    common: Vec<Common>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    /// Of a thousand articles so many have each of the pairs.
    permille: u16,
    pairs: Vec<String>,
}

/// What pairs that stand in the table tell, in nats.
static COMMON: LazyLock<HashMap<u32, f32>> = LazyLock::new(|| {
    let table: Table = rules::read("rules/pairs.toml").expect("the table comes with the program");
    let told = |row: &Common| (1000.0 / f32::from(row.permille)).ln();
    let rows = table.common.iter();
    rows.flat_map(|row| row.pairs.iter().map(|pair| (feature(pair), told(row)))).collect()
});

/// What the rarest pairs of the table, and all that are rarer, tell: those of one in 50 articles, ln 50.
const RARE: f32 = 3.9;

/// How much a pair that two texts share tells of a common subject, in nats: nothing where every text has it.
pub(crate) fn tells(feature: u32) -> f32 {
    COMMON.get(&feature).copied().unwrap_or(RARE).min(RARE)
}

/// How much a pair of syllables tells that two names share, in nats.
pub(crate) fn told_by(pair: &str) -> f32 {
    tells(feature(pair))
}

fn feature(pair: &str) -> u32 {
    text::fingerprint(pair.as_bytes()) as u32
}

/// Fingerprints of the pairs of syllables of the sentence around a place, the two next to it, and the headline.
pub(crate) fn of(article: &Article, span: Span) -> Vec<u32> {
    let text = article.text.as_str();
    let here = sentence(text, span);
    let mut found = Vec::new();
    pairs(&text[here.start()..span.start()], &mut found);
    pairs(&text[span.end()..here.end()], &mut found);
    let after = text[here.end()..].find(|c: char| !c.is_whitespace()).map(|gap| here.end() + gap);
    if let Some(next) = after {
        let next = sentence(text, Span::new(next, text.ceil_char_boundary(next + 1)));
        pairs(next.of(text), &mut found);
    }
    if let Some(last) = text[..here.start()].trim_end().char_indices().next_back() {
        let last = sentence(text, Span::new(last.0, last.0 + last.1.len_utf8()));
        pairs(last.of(text), &mut found);
    }
    if let Some(title) = &article.title {
        pairs(title, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Syllables right behind a mention that tell what it is about more than the rest of its sentence does.
const OWN: usize = 14;

/// Fingerprints of the pairs of syllables right behind a place, as far as its clause goes: what stands there is its subject.
pub(crate) fn own(text: &str, span: Span) -> Vec<u32> {
    let here = sentence(text, span);
    let behind = &text[span.end()..here.end()];
    let clause = behind.split(['.', ';', ':', '(', ')', '"', '“', '”']).next().unwrap_or_default();
    let end = clause.match_indices(' ').nth(OWN).map_or(clause.len(), |(at, _)| at);
    let mut found = Vec::new();
    pairs(&clause[..end], &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// Syllables of a subject from which on it says so much that another subject of the same document shares some of it.
const SUBJECT: usize = 6;

/// Fingerprints of the pairs of syllables of a stated subject; none where it says too little, or is told in another language.
pub(crate) fn of_subject(subject: &str) -> Vec<u32> {
    let mut found = Vec::new();
    let has_accents = Syllables::new(subject).any(|syllable| syllable.has_accents());
    if has_accents && Syllables::new(subject).count() >= SUBJECT {
        pairs(subject, &mut found);
    }
    found
}

/// Adds the fingerprints of the pairs of syllables of a text; digits say nothing of a subject.
fn pairs(text: &str, found: &mut Vec<u32>) {
    let mut last: Option<String> = None;
    for syllable in Syllables::new(text) {
        if syllable.folded.bytes().any(|b| b.is_ascii_digit()) {
            last = None;
            continue;
        }
        if let Some(last) = &last {
            let pair = format!("{last} {}", syllable.folded);
            found.push(feature(&pair));
        }
        last = Some(syllable.folded);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_text_has_tells_little() {
        for (pair, least, most) in [
            ("co the", 0.5, 1.5),
            ("quoc phong", 2.5, 3.9),
            ("tieu huy", 3.9, 3.9),
            ("khong co that", 3.9, 3.9),
        ] {
            let told = tells(feature(pair));
            assert!(least <= told && told <= most, "{pair}: {told}");
        }
    }
}
