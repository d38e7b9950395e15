//! The words of a search, as typed. Read by hand with every bound checked on the way: a general query parser lets
//! strangers nest and multiply at will.
//!
//! ```text
//! query       = alternative { "OR" alternative }
//! alternative = clause { clause }                  all of them
//! clause      = ["-"] ( word | word "*" | phrase )
//! phrase      = '"' words '"'                      also a run without blanks: 15-CT/TU, 7,58%
//! ```

use text::{Syllable, Syllables};

use super::{QueryError, SearchLimits};

/// The words of a search, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(crate) alternatives: Vec<Vec<Clause>>,
}

/// A condition on a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Whether it must not hold.
    pub(crate) negated: bool,
    pub(crate) unit: Unit,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Words side by side; at least one.
    Words(Vec<Syllable>),
    /// Words that begin so.
    Prefix(Syllable),
}

impl Unit {
    pub(crate) fn words(&self) -> &[Syllable] {
        match self {
            Self::Words(words) => words,
            Self::Prefix(word) => std::slice::from_ref(word),
        }
    }

    /// Whether its spelling counts: one word with accents is enough.
    pub(crate) fn is_exact(&self) -> bool {
        self.words().iter().any(Syllable::has_accents)
    }
}

impl Query {
    /// Reads a search within the limits.
    pub fn parse(text: &str, limits: &SearchLimits) -> Result<Self, QueryError> {
        if text.len() > limits.query_bytes {
            return Err(QueryError::TooLong { bytes: text.len(), limit: limits.query_bytes });
        }
        let mut alternatives = vec![Vec::new()];
        let mut clauses = 0;
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(is_blank);
            if rest.is_empty() {
                break;
            }
            let behind = rest.strip_prefix(['-', '−']);
            let behind = behind.filter(|behind| behind.starts_with(|c| !is_blank(c) && c != '-'));
            let negated = behind.is_some();
            rest = behind.unwrap_or(rest);
            let unit = if let Some(quoted) = rest.strip_prefix(is_quote) {
                let end = quoted.find(is_quote).unwrap_or(quoted.len());
                rest = quoted[end..].strip_prefix(is_quote).unwrap_or_default();
                words(&quoted[..end], limits)?
            } else {
                let end = rest.find(|c| is_blank(c) || is_quote(c)).unwrap_or(rest.len());
                let chunk = &rest[..end];
                rest = &rest[end..];
                match chunk {
                    "OR" | "|" | "||" if !negated => {
                        alternatives.push(Vec::new());
                        continue;
                    }
                    "AND" | "&" | "&&" if !negated => continue,
                    chunk => match chunk.strip_suffix('*') {
                        Some(beginning) => prefix(beginning)?,
                        None => words(chunk, limits)?,
                    },
                }
            };
            let Some(unit) = unit else { continue };
            clauses += 1;
            if clauses > limits.clauses {
                return Err(QueryError::TooManyClauses { limit: limits.clauses });
            }
            if let Some(alternative) = alternatives.last_mut() {
                alternative.push(Clause { negated, unit });
            }
        }
        alternatives.retain(|clauses| !clauses.is_empty());
        if alternatives.is_empty() && !text.trim().is_empty() {
            return Err(QueryError::NoWords);
        }
        Ok(Self { alternatives })
    }

    /// Whether nothing is asked for, so that every text will do.
    pub fn is_empty(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// What is looked for, without what is left out.
    pub(crate) fn units(&self) -> impl Iterator<Item = &Unit> {
        self.alternatives.iter().flatten().filter(|clause| !clause.negated).map(|clause| &clause.unit)
    }
}

fn words(text: &str, limits: &SearchLimits) -> Result<Option<Unit>, QueryError> {
    let words: Vec<Syllable> = Syllables::new(text).collect();
    if words.len() > limits.phrase_words {
        return Err(QueryError::PhraseTooLong { limit: limits.phrase_words });
    }
    Ok((!words.is_empty()).then_some(Unit::Words(words)))
}

fn prefix(beginning: &str) -> Result<Option<Unit>, QueryError> {
    let mut words = Syllables::new(beginning);
    let Some(word) = words.next() else { return Ok(None) };
    if words.next().is_some() || word.end < beginning.len() {
        return Err(QueryError::PrefixOfPhrase { word: beginning.to_owned() });
    }
    if word.folded.chars().count() < 2 {
        return Err(QueryError::PrefixTooShort { word: beginning.to_owned() });
    }
    Ok(Some(Unit::Prefix(word)))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The query in one line: `|` between alternatives, `-` for negations, `~` between words of a phrase, `!` where the
    /// spelling counts.
    fn shown(query: &Query) -> String {
        let clause = |clause: &Clause| {
            let words: Vec<&str> = clause.unit.words().iter().map(|word| word.exact.as_str()).collect();
            let star = if matches!(clause.unit, Unit::Prefix(_)) { "*" } else { "" };
            let (minus, exact) =
                (if clause.negated { "-" } else { "" }, if clause.unit.is_exact() { "!" } else { "" });
            format!("{minus}{exact}{}{star}", words.join("~"))
        };
        let alternative = |clauses: &Vec<Clause>| clauses.iter().map(clause).collect::<Vec<_>>().join(" ");
        query.alternatives.iter().map(alternative).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn queries_are_understood() {
        let check = |text: &str, expected: &str| {
            let query = Query::parse(text, &SearchLimits::default()).unwrap();
            assert_eq!(shown(&query), expected, "{text}");
        };
        check("", "");
        check("  \t", "");
        check("mưa to", "!mưa to");
        check("hoà bình", "!hòa !bình");
        check("\"uy ban nhân dân\"", "!uy~ban~nhân~dân");
        check("“uỷ ban” xã", "!ủy~ban !xã");
        check("15-CT/TU 7,58%", "15~ct~tu 7~58");
        check("mua -bão -\"mua to\" -16/CT", "mua -!bão -mua~to -16~ct");
        check("mua - to -- x", "mua to x");
        check("a b OR c OR -d", "a b | c | -d");
        check("OR a OR OR", "a");
        check("a AND b", "a b");
        check("(a OR b) c", "a | b c");
        check("nong* đất*", "nong* !đất*");
        check("\"không đóng", "!không~đóng");
        check("a\"b c\"d", "a b~c d");
    }

    #[test]
    fn hostile_queries_are_refused() {
        let limits = SearchLimits::default();
        let check = |text: &str, expected: QueryError| {
            assert_eq!(Query::parse(text, &limits), Err(expected), "{text}");
        };
        check(&"a".repeat(10_240), QueryError::TooLong { bytes: 10_240, limit: 1_000 });
        check(&"(".repeat(2_000), QueryError::TooLong { bytes: 2_000, limit: 1_000 });
        check(&"(".repeat(1_000), QueryError::NoWords);
        check(&"\"".repeat(999), QueryError::NoWords);
        check(&"a ".repeat(400), QueryError::TooManyClauses { limit: 32 });
        check(&format!("\"{}\"", "a ".repeat(40)), QueryError::PhraseTooLong { limit: 32 });
        check("…", QueryError::NoWords);
        check("*", QueryError::NoWords);
        check("a*", QueryError::PrefixTooShort { word: "a".to_owned() });
        check("15-CT*", QueryError::PrefixOfPhrase { word: "15-CT".to_owned() });
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-zđế\"“”*() \\-|OR\u{301}]{0,300}") {
            if let Ok(query) = Query::parse(&text, &SearchLimits::default()) {
                prop_assert!(query.alternatives.iter().all(|clauses| !clauses.is_empty()));
                prop_assert!(query.units().all(|unit| !unit.words().is_empty()));
            }
        }
    }
}
