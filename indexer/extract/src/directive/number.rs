//! Directives by number: a type word with a number, a number with its symbol, or both.

use corpus::Span;
use regex::Captures;

use super::rules::{Bare, RULES, is_dash};
use crate::{Directive, DirectiveKind, Rule};

/// Finds the numbered directives of a line.
pub(super) fn find(text: &str, line: Span, found: &mut Vec<Directive>) {
    let first = found.len();
    let words = line.of(text);
    if !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    // The word alone is looked for first: the whole pattern is too large to be searched with.
    // Only words near the digits behind them count, and behind the last digit there are none.
    let last = words.bytes().rposition(|byte| byte.is_ascii_digit()).map_or(0, |digit| digit + 1);
    let mut at = 0;
    while let Some(digit) =
        words.get(at..last).and_then(|rest| rest.bytes().position(|byte| byte.is_ascii_digit()))
    {
        at = at.max(words.floor_char_boundary((at + digit).saturating_sub(REACH)));
        let Some(word) = RULES.type_word.find_at(&words[..last], at) else { break };
        at = word.end();
        let rest = &words[word.start()..];
        if words[..word.start()].ends_with(char::is_alphanumeric) || !has_near_digit(&words[word.end()..]) {
            continue;
        }
        let here = Span::new(line.start() + word.start(), line.end());
        // `Hình thức cắt điện: KẾ HOẠCH 42`: in capitals among small letters it is what fills a form.
        let counts = RULES.types.get(&word.as_str().to_lowercase());
        let shouted = counts.is_some_and(|(_, bare)| *bare == Bare::Capital)
            && !word.as_str().contains(char::is_lowercase)
            && words[..word.start()].ends_with([' ', ':'])
            && words[..word.start()].contains(char::is_lowercase);
        let typed = RULES.typed.captures(rest).and_then(|captures| typed_directive(rest, here, &captures));
        let typed = typed.filter(|directive| !(shouted && directive.rule == Rule::BareNumber));
        if let Some(directive) = typed {
            at = directive.span.end() - line.start();
            let kind = directive.kind;
            let full = directive.rule == Rule::NumberAndSymbol;
            found.push(directive);
            at = enumeration(words, line, at, kind, full, found);
        }
    }
    let typed: Vec<Span> = found[first..].iter().map(|directive| directive.span).collect();
    for captures in RULES.untyped.captures_iter(if may_have_symbol(words) { words } else { "" }) {
        if let Some(directive) = untyped_directive(words, line, &captures)
            && !overlaps_any(&typed, directive.span)
        {
            found.push(directive);
        }
    }
}

/// Lets go of the documents whose type is told by letters alone, `NĐ 67`, in a text that nowhere has their words.
pub(crate) fn let_go(text: &str, found: &mut Vec<Directive>) {
    let short = |directive: &Directive| {
        let words = directive.span.of(text);
        let is_bare = matches!(directive.rule, Rule::BareNumber | Rule::NumberSign);
        RULES.shorts.iter().position(|(short, _)| is_bare && words.starts_with(short.as_str()))
    };
    if !found.iter().any(|directive| short(directive).is_some()) {
        return;
    }
    let all = text.to_lowercase();
    let is_spelt = |long: &Vec<String>| long.iter().any(|words| all.contains(words.as_str()));
    let spelt: Vec<bool> = RULES.shorts.iter().map(|(_, long)| is_spelt(long)).collect();
    found.retain(|directive| short(directive).is_none_or(|at| spelt[at]));
}

/// Whether a number alone is rather a year.
fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// Whether the words behind a number say that it counts something.
fn counts(after: &str) -> bool {
    RULES.counted.is_match(after) && !RULES.of_year.is_match(after) || after.starts_with('%')
}

/// Numbers of one enumeration; where there are more, the text is no text.
const MOST_ENUMERATED: usize = 64;

/// Finds the numbers that share a type word with the one that ends at `at`; where the last of them ends. `full`: the one
/// before has its symbol, so that a number alone is none of its kind.
fn enumeration(
    words: &str,
    line: Span,
    mut at: usize,
    kind: DirectiveKind,
    mut full: bool,
    found: &mut Vec<Directive>,
) -> usize {
    for _ in 0..MOST_ENUMERATED {
        let rest = &words[at..];
        let Some(captures) = RULES.enumerated.captures(rest) else { break };
        let Some(digits) = captures.name("number") else { break };
        let Some((number, symbol, end)) = number(rest, &captures) else { break };
        let numbered = captures.name("no").is_some();
        if symbol.is_none() {
            let after = &rest[end..];
            let goes_on = RULES.followed.is_match(after) || RULES.enumerated.is_match(after);
            if counts(after) || !numbered && (full || is_year(number) || !goes_on) {
                break;
            }
        }
        full = symbol.is_some();
        let rule = if full { Rule::NumberAndSymbol } else { Rule::NumberSign };
        found.push(directive(kind, line, at + digits.start()..at + end, (number, symbol), rule));
        at += end;
    }
    at
}

/// Bytes between the beginning of a type word and a number that it may still belong to, and more.
const REACH: usize = 480;

/// Whether a number stands right before what may begin a symbol: a separator or a capital, with a blank or without.
fn may_have_symbol(words: &str) -> bool {
    let numbers = words.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit());
    numbers.map(|(at, _)| &words[at + 1..]).any(|behind| {
        let behind = behind.strip_prefix(['a', 'b', 'c', 'd', 'e']).unwrap_or(behind);
        let behind = behind.strip_prefix(' ').unwrap_or(behind);
        behind
            .starts_with(|c: char| matches!(c, '/' | 'Đ' | 'Ð' | 'Ư') || is_dash(c) || c.is_ascii_uppercase())
    })
}

/// Whether one of some places, in order and apart from each other, overlaps another.
pub(super) fn overlaps_any(places: &[Span], place: Span) -> bool {
    let next = places.partition_point(|other| other.end() <= place.start());
    places.get(next).is_some_and(|other| other.overlaps(place))
}

/// Whether a digit stands where the number of a type word may still be.
fn has_near_digit(words: &str) -> bool {
    words.chars().take(80).any(|c| c.is_ascii_digit())
}

fn typed_directive(words: &str, line: Span, captures: &Captures<'_>) -> Option<Directive> {
    let typed = captures.name("type")?;
    let (kind, bare) = RULES.types.get(&typed.as_str().to_lowercase()).copied()?;
    let (number, symbol, end) = number(words, captures)?;
    let numbered = captures.name("no").is_some();
    // Through a body (`Quyết định của UBND số 5/QĐ-UBND`) only a full number is reached.
    if let Some(body) = captures.name("of") {
        let body = body.as_str().to_lowercase();
        let other = body.contains(" về ") || RULES.types.keys().any(|words| body.contains(words.as_str()));
        if other || !numbered || symbol.is_none() {
            return None;
        }
    }
    if symbol.is_none() && !numbered {
        let capital = typed.as_str().starts_with(char::is_uppercase);
        let after = &words[end..];
        let told = RULES.told.is_match(after);
        let may = match bare {
            Bare::Never => false,
            Bare::Told => told,
            Bare::Shouted => typed.as_str().chars().all(char::is_uppercase),
            Bare::Always => true,
            Bare::Capital => capital || told,
        };
        if !may || is_year(number) || counts(after) && !told {
            return None;
        }
    }
    let rule = match (symbol, numbered) {
        (Some(_), _) => Rule::NumberAndSymbol,
        (None, true) => Rule::NumberSign,
        (None, false) => Rule::BareNumber,
    };
    Some(directive(kind, line, typed.start()..end, (number, symbol), rule))
}

fn untyped_directive(words: &str, line: Span, captures: &Captures<'_>) -> Option<Directive> {
    let whole = captures.get(0)?;
    if words[..whole.start()].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | ',')) {
        return None;
    }
    let (number, symbol, end) = number(words, captures)?;
    let symbol = symbol?;
    let parts = || {
        symbol
            .split(|c: char| matches!(c, '/' | '.' | ' ' | '\n') || is_dash(c))
            .map(|part| part.replace('Ð', "Đ"))
    };
    let known = parts().find_map(|part| RULES.codes.get(&part).copied());
    let parliament = parts().any(|part| part.starts_with("QH") || part.starts_with("UBTVQH"));
    let kind = known.or(parliament.then_some(DirectiveKind::Law))?;
    Some(directive(kind, line, whole.start()..end, (number, Some(symbol)), Rule::SymbolAlone))
}

/// Number, symbol and end of both, where the words after it do not go on with it.
fn number<'a>(words: &'a str, captures: &Captures<'a>) -> Option<(&'a str, Option<&'a str>, usize)> {
    let number = captures.name("number")?;
    let goes_on = |end: usize| words[end..].starts_with(char::is_alphanumeric);
    if let Some(symbol) = captures.name("symbol")
        && !goes_on(symbol.end())
        && is_symbol(symbol.as_str())
    {
        return Some((number.as_str(), Some(symbol.as_str()), symbol.end()));
    }
    let after = &words[number.end()..];
    let mut rest = after.chars();
    let decimal = rest.next().is_some_and(|c| matches!(c, '.' | ',' | '/') || is_dash(c))
        && rest.next().is_some_and(|c| c.is_ascii_digit());
    (!goes_on(number.end()) && !decimal).then_some((number.as_str(), None, number.end()))
}

/// A symbol that is set off by blanks on both sides of its first separator is one only in capitals: `18 - Tân Hợp` is none.
fn is_symbol(symbol: &str) -> bool {
    let separates = |c: char| c == '/' || is_dash(c);
    let spaced = symbol.starts_with(' ') && symbol[1..].starts_with(separates);
    let first = symbol.trim_start_matches(|c: char| matches!(c, ' ' | '\n') || separates(c));
    let capitals = first.chars().take_while(|c| c.is_uppercase()).count();
    !(spaced && symbol[1..].chars().nth(1) == Some(' ')) || capitals >= 2
}

fn directive(
    kind: DirectiveKind,
    line: Span,
    place: std::ops::Range<usize>,
    (number, symbol): (&str, Option<&str>),
    rule: Rule,
) -> Directive {
    Directive {
        span: Span::new(line.start() + place.start, line.start() + place.end),
        kind,
        number: Some(joined(number, symbol)),
        issuer: None,
        issued: None,
        subject: None,
        named: false,
        rule,
    }
}

/// Number and symbol without blanks around separators; a blank alone between them becomes a separator.
fn joined(number: &str, symbol: Option<&str>) -> String {
    let mut joined = number.to_owned();
    if let Some(symbol) = symbol {
        // The en dash is a writing of its own; rarer dashes are hyphens that a program changed.
        let plain = |c: char| if is_dash(c) && c != '–' { '-' } else { c };
        let symbol: String = symbol.chars().filter(|c| !matches!(c, ' ' | '\n')).map(plain).collect();
        if !symbol.starts_with(['/', '-', '–']) {
            joined.push('-');
        }
        joined.push_str(&symbol);
    }
    joined
}
