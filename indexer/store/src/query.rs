//! The words of a search, as typed. Read by hand with every bound checked on the way: a general query parser lets
//! strangers nest and multiply at will.
//!
//! ```text
//! query       = alternative { "OR" alternative }
//! alternative = clause { clause }                  all of them
//! clause      = ["-"] ( word | word "*" | phrase )
//! phrase      = '"' words '"'                      also a run without blanks: 15-CT/TU, 7,58%
//! ```

use std::time::Duration;

use text::{Syllable, Syllables};

use crate::search::Facet;

/// The words of a search, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// One of them must hold; each is a list of conditions that all must hold.
    pub alternatives: Vec<Vec<Clause>>,
}

/// A condition on a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether it must not hold.
    pub negated: bool,
    /// What is looked for.
    pub unit: Unit,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Words side by side; at least one.
    Words(Vec<Syllable>),
    /// Words that begin so.
    Prefix(Syllable),
}

impl Unit {
    /// Its words.
    pub fn words(&self) -> &[Syllable] {
        match self {
            Self::Words(words) => words,
            Self::Prefix(word) => std::slice::from_ref(word),
        }
    }

    /// Whether its spelling counts: one word with accents is enough.
    pub fn is_exact(&self) -> bool {
        self.words().iter().any(Syllable::has_accents)
    }
}

impl Query {
    /// Reads a search within the limits.
    pub fn parse(text: &str, limits: &QueryLimits) -> Result<Self, QueryError> {
        if text.len() > limits.bytes {
            return Err(QueryError::TooLong { bytes: text.len(), limit: limits.bytes });
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
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.alternatives.iter().flatten().filter(|clause| !clause.negated).map(|clause| &clause.unit)
    }
}

/// Bounds of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryLimits {
    /// Longest query, in bytes of UTF-8.
    pub bytes: usize,
    /// Most words and phrases in a query.
    pub clauses: usize,
    /// Most words in a phrase.
    pub phrase_words: usize,
}

impl Default for QueryLimits {
    fn default() -> Self {
        Self { bytes: 1_000, clauses: 32, phrase_words: 32 }
    }
}

/// Why a search was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// It is too long.
    #[error("the query has {bytes} bytes; at most {limit} are read: search for fewer words")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The bound.
        limit: usize,
    },
    /// It has too many parts.
    #[error("the query has more than {limit} words and phrases: search for fewer")]
    TooManyClauses {
        /// The bound.
        limit: usize,
    },
    /// A phrase in it is too long.
    #[error("a phrase in the query has more than {limit} words: search for a part of it")]
    PhraseTooLong {
        /// The bound.
        limit: usize,
    },
    /// There is no word in it.
    #[error("the query has no word or number that could be searched for")]
    NoWords,
    /// `*` after too little.
    #[error("“{word}*” would find too much: give at least two letters before the *")]
    PrefixTooShort {
        /// What stands before the `*`.
        word: String,
    },
    /// `*` inside of a phrase, or behind several words.
    #[error("a * can end a single word only, not “{word}*”")]
    PrefixOfPhrase {
        /// What stands before the `*`.
        word: String,
    },
    /// The bounds of a page or a facet.
    #[error("{name} is {value}; at most {limit} can be asked for at once")]
    TooMany {
        /// Which bound.
        name: &'static str,
        /// What was asked for.
        value: usize,
        /// The bound.
        limit: usize,
    },
    /// The value of a filter cannot be one.
    #[error("“{value}” is no {facet} (such as {example})")]
    FilterValue {
        /// Which filter.
        facet: Facet,
        /// The value.
        value: String,
        /// What one looks like.
        example: &'static str,
    },
    /// The cursor belongs to another search.
    #[error("the cursor belongs to another search: begin again without it")]
    ForeignCursor,
    /// The search took too long.
    #[error("the search took longer than {} ms: add words or filters", limit.as_millis())]
    TooSlow {
        /// The bound.
        limit: Duration,
    },
}

fn words(text: &str, limits: &QueryLimits) -> Result<Option<Unit>, QueryError> {
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
            let query = Query::parse(text, &QueryLimits::default()).unwrap();
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
        let limits = QueryLimits::default();
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
            if let Ok(query) = Query::parse(&text, &QueryLimits::default()) {
                prop_assert!(query.alternatives.iter().all(|clauses| !clauses.is_empty()));
                prop_assert!(query.units().all(|unit| !unit.words().is_empty()));
            }
        }
    }
}
