//! A passage as rules on figures read it: words, numbers and signs in their order.

use std::collections::HashSet;

use corpus::Span;
use serde::{Deserialize, Deserializer};
use text::{Syllable, Syllables};

use crate::Figure;
use crate::catalogue::exact;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, in small letters and with its tone in the usual place.
    Word,
    /// A word of the unit of the figure before it.
    Unit,
    /// A word of the name of a place.
    Name,
    /// A figure, by its place among those that were given.
    Figure(usize),
    /// Digits that are no figure: a day, a year, a number in a name.
    Digits,
    /// A sign that divides or joins.
    Sign(char),
    /// The end of a sentence.
    End,
}

/// One token, at its bytes of the text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) word: String,
    /// The end of an item of a list, which goes on behind it.
    pub(super) listed: bool,
    /// A short form that stood alone in brackets: it says again what stands before it.
    pub(super) short: bool,
}

/// Signs that matter; quotation marks and the like are passed over.
const SIGNS: [char; 9] = [',', ';', ':', '(', ')', '|', '-', '–', '/'];

/// The words of a phrase of a table, as tokens have them; signs that rules ask for stand for themselves.
fn phrase(written: &str) -> Vec<String> {
    let word = |word: &str| match word {
        "#" | "%" | "|" | "," => word.to_owned(),
        word => exact(word).join(" "),
    };
    written.split_whitespace().map(word).collect()
}

/// Reads the phrases of a table.
pub(super) fn phrases<'de, D: Deserializer<'de>>(table: D) -> Result<Vec<Vec<String>>, D::Error> {
    Ok(Vec::<String>::deserialize(table)?.iter().map(|written| phrase(written)).collect())
}

/// Reads the single words of a table.
pub(super) fn words<'de, D: Deserializer<'de>>(table: D) -> Result<HashSet<String>, D::Error> {
    Ok(phrases(table)?.into_iter().map(|words| words.concat()).collect())
}

/// The tokens of a passage whose sentences and figures (in reading order) are given.
pub(super) fn all(
    text: &str,
    sentences: &[Span],
    figures: &[Figure],
    is_place: impl Fn(Span) -> bool,
) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut coming = 0;
    for sentence in sentences {
        let here = sentence.of(text);
        let (mut syllables, mut syllable) = (Syllables::new(here), Syllable::default());
        let mut read = sentence.start();
        let mut more = true;
        while more {
            more = syllables.advance(&mut syllable);
            let (start, end) = if more {
                (sentence.start() + syllable.start, sentence.start() + syllable.end)
            } else {
                (sentence.end(), sentence.end())
            };
            if start >= read {
                signs(text, read, start, &mut tokens);
            }
            if !more {
                break;
            }
            while coming < figures.len() && figures[coming].span.end() <= start {
                coming += 1;
            }
            if let Some(figure) = figures.get(coming)
                && start >= figure.span.start()
                && start < figure.span.end()
            {
                let is_known = tokens.last().is_some_and(|last| last.kind == Kind::Figure(coming));
                if !is_known {
                    tokens.push(Token {
                        span: figure.span,
                        kind: Kind::Figure(coming),
                        word: String::new(),
                        listed: false,
                        short: false,
                    });
                }
                read = read.max(figure.span.end().max(end));
                continue;
            }
            read = read.max(end);
            let digits = syllable.exact.bytes().all(|byte| byte.is_ascii_digit());
            tokens.push(Token {
                span: Span::new(start, end),
                kind: if digits { Kind::Digits } else { Kind::Word },
                word: std::mem::take(&mut syllable.exact),
                listed: false,
                short: false,
            });
        }
        tokens.push(Token {
            span: Span::new(sentence.end(), sentence.end()),
            kind: Kind::End,
            word: String::new(),
            listed: here.ends_with(';'),
            short: false,
        });
    }
    mark_units(&mut tokens, figures);
    for token in &mut tokens {
        if token.kind == Kind::Word && is_place(token.span) {
            token.kind = Kind::Name;
        }
    }
    open_short_brackets(text, &mut tokens);
    tokens
}

/// Takes away the brackets around a few words without a figure: `đầu tư trực tiếp nước ngoài (FDI) đăng ký mới`. A short form
/// alone says again what stands before it: `chỉ số CCHC (PAR) xếp thứ 9`.
fn open_short_brackets(text: &str, tokens: &mut Vec<Token>) {
    const MOST: usize = 3;
    let mut taken = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        if tokens[at].kind != Kind::Sign('(') {
            continue;
        }
        let close =
            (at + 1..tokens.len().min(at + MOST + 2)).find(|place| tokens[*place].kind == Kind::Sign(')'));
        if let Some(close) = close
            && tokens[at + 1..close].iter().all(|token| matches!(token.kind, Kind::Word | Kind::Name))
        {
            taken[at] = true;
            taken[close] = true;
            let written = tokens[at + 1].span.of(text);
            if close == at + 2 && written.len() > 1 && written.chars().all(char::is_uppercase) {
                tokens[at + 1].short = true;
            }
        }
    }
    let mut taken = taken.into_iter();
    tokens.retain(|_| !taken.next().unwrap_or(false));
}

fn signs(text: &str, from: usize, to: usize, tokens: &mut Vec<Token>) {
    for (at, sign) in text[from..to].char_indices().filter(|(_, c)| SIGNS.contains(c)) {
        let at = from + at;
        tokens.push(Token {
            span: Span::new(at, at + sign.len_utf8()),
            kind: Kind::Sign(if sign == '–' { '-' } else { sign }),
            word: String::new(),
            listed: false,
            short: false,
        });
    }
}

/// Most words that a unit has with what it is counted by: `triệu đồng/người/năm`.
const UNIT: usize = 4;

/// Marks the words behind each figure that are its unit.
fn mark_units(tokens: &mut [Token], figures: &[Figure]) {
    for at in 0..tokens.len() {
        let Kind::Figure(number) = tokens[at].kind else { continue };
        let unit = figures[number].unit.as_deref().unwrap_or_default();
        let noun = exact(unit);
        let mut next = at + 1;
        while next < tokens.len().min(at + 1 + UNIT + 2) {
            match tokens[next].kind {
                Kind::Word
                    if noun.contains(&tokens[next].word)
                        || super::table::units().is_part_of_measure(&tokens[next].word) =>
                {
                    tokens[next].kind = Kind::Unit;
                }
                // `đồng/người`
                Kind::Sign('/') => {
                    if let Some(per) = tokens.get_mut(next + 1)
                        && per.kind == Kind::Word
                    {
                        per.kind = Kind::Unit;
                    }
                }
                Kind::Unit => {}
                _ => break,
            }
            next += 1;
        }
    }
}
