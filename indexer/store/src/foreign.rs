//! What other engines understand in a query and this one does not: told, and never read as words.

use crate::query::{is_blank, is_quote};

/// Whether a run without blanks is a field and the like as other engines write them, given what stands behind it:
/// `title:word`, `word~2`, `word^3`, `w*d`, `!word`, `NEAR/5`.
pub(crate) fn is_foreign(chunk: &str, behind: &str) -> bool {
    let number_behind = |sign: char| {
        chunk.rsplit_once(sign).is_some_and(|(word, number)| {
            word.ends_with(char::is_alphanumeric) && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let amid = |sign: char, is: fn(char) -> bool| {
        chunk.split_once(sign).is_some_and(|(before, behind)| before.ends_with(is) && behind.starts_with(is))
    };
    let before =
        |sign: char| chunk.strip_prefix(sign).is_some_and(|word| word.starts_with(char::is_alphabetic));
    let opens = behind.starts_with(|c| is_quote(c) || c == '(');
    let field =
        chunk.split_once(':').is_some_and(|(name, value)| is_field(name) && (!value.is_empty() || opens));
    let pattern = chunk.len() > 2 && chunk.starts_with('/') && chunk.ends_with('/');
    let range = |sign| chunk.starts_with(sign) && behind.trim_start().starts_with("TO ");
    number_behind('~')
        || number_behind('^')
        || amid('*', char::is_alphabetic)
        || (amid('?', char::is_lowercase) && chunk.chars().all(|c| c.is_alphabetic() || c == '?'))
        || before('!')
        || before('~')
        || field
        || pattern
        || range('[')
        || range('{')
        || is_operator(chunk, behind)
}

/// Operators in capitals, in a query that has words in small letters behind them.
fn is_operator(chunk: &str, behind: &str) -> bool {
    let near = |name: &str| {
        chunk.strip_prefix(name).is_some_and(|rest| {
            rest.strip_prefix('/').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
                || (rest.is_empty() && behind.starts_with('('))
        })
    };
    let not = chunk == "NOT" && behind.contains(char::is_lowercase);
    not || ["NEAR", "AROUND", "ADJ", "WITHIN"].into_iter().any(near)
}

/// A group that means more than its words: alternatives in brackets beside other words, or a sign in front of brackets.
pub(crate) fn group(text: &str) -> Option<&str> {
    let (mut depth, mut quoted, mut inside, mut outside) = (0_usize, false, None, false);
    for (at, c) in text.char_indices() {
        if is_quote(c) {
            quoted = !quoted;
        }
        match c {
            _ if quoted => {}
            '(' => {
                if let Some(sign) = sign_before(&text[..at])
                    && text[at + 1..].starts_with(|c: char| !is_blank(c))
                {
                    return Some(closed(&text[sign..]));
                }
                depth += 1;
            }
            ')' => depth = depth.saturating_sub(1),
            '|' | 'O' if depth > 0 => {
                let word = text[at..].split(is_blank).next().unwrap_or_default();
                let alone = text[..at].ends_with(is_blank) && matches!(word, "OR" | "|" | "||");
                inside = inside.or(alone.then_some(at));
            }
            _ => {}
        }
        outside |= depth == 0 && c.is_alphanumeric();
    }
    let at = inside.filter(|_| outside)?;
    Some(closed(&text[text[..at].rfind('(').unwrap_or(at)..]))
}

/// Where a sign begins that a text ends with, with nothing but a blank before it.
fn sign_before(text: &str) -> Option<usize> {
    let before = text.strip_suffix(['-', '−', '+', '!'])?;
    before.chars().next_back().is_none_or(is_blank).then_some(before.len())
}

/// A text up to the first bracket that closes.
fn closed(text: &str) -> &str {
    &text[..text.find(')').map_or(text.len(), |end| end + 1)]
}

/// Whether a word is what other engines call a field.
fn is_field(name: &str) -> bool {
    const FIELDS: &[&str] = &[
        "after",
        "author",
        "before",
        "body",
        "date",
        "directive",
        "filetype",
        "from",
        "indicator",
        "intext",
        "intitle",
        "inurl",
        "lang",
        "language",
        "month",
        "official",
        "position",
        "province",
        "site",
        "source",
        "text",
        "title",
        "to",
        "type",
        "url",
        "year",
    ];
    FIELDS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}
