//! Directives by name: laws, and resolutions of congresses.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use corpus::Span;

use super::number::overlaps_any;
use super::rules::RULES;
use crate::official::abroad;
use crate::{Directive, DirectiveKind, Rule};

static LAWS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(["uật ", "BL", "Hiến pháp", "Pháp lệnh", "Law", "Code", "Ordinance", "Constitution"])
        .expect("a few words")
});
static CONGRESSES: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(["Congress", "Đại hội", "đại hội"]).expect("a few words"));

/// Bytes before a law in which words say that it is another state's.
const NEAR: usize = 48;

/// Finds the named directives of a line; what has a number already is passed over.
pub(super) fn find(text: &str, line: Span, found: &mut Vec<Directive>) {
    let words = line.of(text);
    let mut spans: Vec<Span> = found.iter().map(|directive| directive.span).collect();
    spans.sort_unstable();
    let mut keep = |directive: Directive| {
        let (start, end) = (directive.span.start(), directive.span.end());
        let whole = !text[..start].ends_with(char::is_alphanumeric)
            && !text[end..].starts_with(char::is_alphanumeric);
        if whole && !overlaps_any(&spans, directive.span) {
            found.push(directive);
        }
    };
    // The patterns are large: most lines hold none of the words that all their names have.
    let (laws, congresses) = (LAWS.is_match(words), CONGRESSES.is_match(words));
    for name in RULES.law.find_iter(if laws { words } else { "" }) {
        let before = words[..name.start()].trim_end();
        let is_taught = |word: &String| {
            before.strip_suffix(word.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        };
        let behind = words[name.end()..].trim_start();
        let of =
            RULES.of_states.iter().find_map(|word| behind.strip_prefix(word.as_str())?.strip_prefix(' '));
        // `Bộ luật Dân sự Trung Quốc`: right behind the name some states' names are other words.
        let is_abroad = words[name.end()..].starts_with(' ')
            && abroad::is_state(behind)
            && !RULES.no_states.iter().any(|word| behind.starts_with(word.as_str()));
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
        let is_theirs = RULES.theirs.iter().any(|word| near.contains(word.as_str()));
        if RULES.taught.iter().any(is_taught) || of.is_some_and(abroad::is_state) || is_abroad || is_theirs {
            continue;
        }
        let subject = ["Law on ", "Luật ", "luật ", "Ordinance on ", "Pháp lệnh "];
        let subject = subject.iter().find_map(|start| name.as_str().strip_prefix(start)).map(|subject| {
            // Its year tells which law of the name it is, not what it is about.
            RULES.subject.year.find(subject).map_or(subject, |year| &subject[..year.start()])
        });
        let ordinance = name.as_str().contains("Ordinance") || name.as_str().starts_with("Pháp lệnh");
        keep(Directive {
            span: Span::new(line.start() + name.start(), line.start() + name.end()),
            kind: if ordinance { DirectiveKind::Ordinance } else { DirectiveKind::Law },
            number: None,
            issuer: None,
            issued: None,
            subject: subject.map(str::to_owned),
            named: true,
            rule: Rule::LawByName,
        });
    }
    for name in RULES.congress.captures_iter(if congresses { words } else { "" }) {
        let whole = name.get(0).expect("always there");
        let congress = ["of", "before", "vi"].iter().find_map(|group| name.name(group));
        keep(Directive {
            span: Span::new(line.start() + whole.start(), line.start() + whole.end()),
            kind: DirectiveKind::Resolution,
            number: None,
            issuer: congress.map(|words| words.as_str().to_owned()),
            issued: None,
            subject: None,
            named: true,
            rule: Rule::CongressResolution,
        });
    }
}
