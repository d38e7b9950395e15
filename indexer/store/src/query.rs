//! The words of a search, as typed. Read by hand with every bound checked on the way: a general query parser lets
//! strangers nest and multiply at will.
//!
//! ```text
//! query       = alternative { "OR" alternative }
//! alternative = clause { clause }                  all of them
//! clause      = ["-" | "+"] ( word | word "*" | phrase )
//! phrase      = '"' words '"'                      also a run without blanks: TP.HCM, 7,58%
//! ```
//!
//! The number of a document (`15-CT/TU`, `15 - ct/tu`) is one word.
//!
//! What other engines would understand and this one does not (`"…"~5`, `title:`) is an error and never read as words.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use text::{Numbers, Syllable, Syllables};

use crate::asked;
use crate::foreign;
use crate::search::Facet;

/// The words of a search, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// One of them must hold; each is a list of conditions that all must hold.
    pub alternatives: Vec<Vec<Clause>>,
    /// Words that were typed side by side without a sign, each two once.
    pub neighbours: Vec<[Syllable; 2]>,
    /// Of a question, so many of its rarest words are looked for.
    pub question_words: usize,
    /// What is quoted without a sign, as typed.
    pub quoted: Vec<String>,
    /// Foreign names among the words, in small letters.
    pub names: HashSet<String>,
}

/// A condition on a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether it must not hold.
    pub negated: bool,
    /// Whether it was marked to hold in any case: a quoted phrase, `+`, a beginning of words.
    pub required: bool,
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
    /// The number of an official document.
    Number {
        /// As it was typed, in lower case.
        typed: String,
        /// The one word that it is ([`text::Numbers`]).
        term: String,
        /// Its parts, without accents: it is found by these side by side as well.
        parts: Vec<Syllable>,
    },
}

impl Clause {
    /// Whether a question may be answered without it.
    pub fn is_optional(&self) -> bool {
        !self.negated && !self.required
    }

    /// What makes it another one.
    fn shape(&self) -> (bool, bool, bool, Vec<String>) {
        let words = self.unit.words().iter().map(|word| word.exact.clone()).collect();
        (self.negated, self.required, matches!(self.unit, Unit::Prefix(_)), words)
    }
}

impl Unit {
    /// Its words.
    pub fn words(&self) -> &[Syllable] {
        match self {
            Self::Words(words) | Self::Number { parts: words, .. } => words,
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
        Self::parse_unquoting(text, limits, &[])
    }

    /// The same, some of what is quoted ([`Self::quoted`]) read as words.
    pub fn parse_unquoting(
        text: &str,
        limits: &QueryLimits,
        unquoted: &[String],
    ) -> Result<Self, QueryError> {
        if text.len() > limits.bytes {
            return Err(QueryError::TooLong { bytes: text.len(), limit: limits.bytes });
        }
        if Syllables::parted(text).nth(limits.text_words).is_some() {
            return Self::of_text(text, limits);
        }
        if let Some(text) = foreign::group(text) {
            return Err(QueryError::NoSuchSyntax { text: text.to_owned() });
        }
        let mut alternatives = vec![Vec::new()];
        let mut seen = HashSet::new();
        let (mut neighbours, mut before): (Vec<[Syllable; 2]>, Option<Syllable>) = (Vec::new(), None);
        let mut quotations = Vec::new();
        let mut clauses = 0;
        let numbers: HashMap<usize, (usize, String)> =
            Numbers::new(text).map(|(place, term)| (place.start, (place.end, term))).collect();
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(is_blank);
            if rest.is_empty() {
                break;
            }
            let sign = rest.chars().next().filter(|c| matches!(c, '-' | '−' | '+'));
            let behind = sign.and_then(|sign| rest.strip_prefix(sign));
            let behind = behind
                .filter(|behind| behind.starts_with(|c: char| !is_blank(c) && !matches!(c, '-' | '+' | '−')));
            let sign = sign.filter(|_| behind.is_some());
            let negated = matches!(sign, Some('-' | '−'));
            let mut required = sign == Some('+');
            rest = behind.unwrap_or(rest);
            let units = if let Some(quoted) = rest.strip_prefix(is_quote) {
                let end = quoted.find(is_quote).unwrap_or(quoted.len());
                rest = quoted[end..].strip_prefix(is_quote).unwrap_or_default();
                if rest.starts_with(['~', '^', '*']) {
                    let sign = rest.find(is_blank).unwrap_or(rest.len());
                    return Err(QueryError::NoSuchSyntax { text: format!("\"…\"{}", &rest[..sign]) });
                }
                if let Some(word) = quoted[..end].split(is_blank).find_map(|word| word.strip_suffix('*'))
                    && word.ends_with(char::is_alphanumeric)
                {
                    return Err(QueryError::PrefixOfPhrase {
                        word: quoted[..end].trim_end_matches('*').to_owned(),
                    });
                }
                let phrase = words(&quoted[..end], limits)?;
                if sign.is_none() && phrase.is_some() {
                    quotations.push(quoted[..end].to_owned());
                }
                match phrase {
                    Some(phrase)
                        if sign.is_none() && unquoted.iter().any(|known| known == &quoted[..end]) =>
                    {
                        phrase.words().iter().map(|word| Unit::Words(vec![word.clone()])).collect()
                    }
                    phrase => {
                        required = true;
                        Vec::from_iter(phrase)
                    }
                }
            } else if let Some((number, behind)) = number(text, rest, &numbers) {
                rest = behind;
                vec![number]
            } else {
                let end = rest.find(|c| is_blank(c) || is_quote(c)).unwrap_or(rest.len());
                let chunk = &rest[..end];
                rest = &rest[end..];
                match chunk {
                    "OR" | "|" | "||" if sign.is_none() => {
                        alternatives.push(Vec::new());
                        continue;
                    }
                    "AND" | "&" | "&&" if sign.is_none() => continue,
                    chunk => match chunk.strip_suffix('*') {
                        Some(beginning) => {
                            required = true;
                            Vec::from_iter(prefix(beginning)?)
                        }
                        None => {
                            if foreign::is_foreign(chunk, rest) {
                                return Err(QueryError::NoSuchSyntax { text: chunk.to_owned() });
                            }
                            Vec::from_iter(words(chunk, limits)?)
                        }
                    },
                }
            };
            required &= !negated;
            let alternatives_before = alternatives.len();
            let Some(alternative) = alternatives.last_mut() else { continue };
            for unit in units {
                let clause = Clause { negated, required, unit };
                if clause.is_optional() {
                    for word in clause.unit.words() {
                        if let Some(before) = before.replace(word.clone()) {
                            neighbours.push([before, word.clone()]);
                        }
                    }
                } else {
                    before = None;
                }
                // Said twice is said once, so that a text that is pasted stays small.
                if !seen.insert((alternatives_before, clause.shape())) {
                    continue;
                }
                clauses += 1;
                if clauses > limits.texts {
                    return Err(QueryError::TooManyClauses { limit: limits.texts });
                }
                alternative.push(clause);
            }
        }
        alternatives.retain(|clauses| !clauses.is_empty());
        let marked = alternatives.iter().flatten().filter(|clause| !clause.is_optional()).count();
        if marked.max(if alternatives.len() > 1 { clauses } else { 0 }) > limits.clauses {
            return Err(QueryError::TooManyClauses { limit: limits.clauses });
        }
        if alternatives.is_empty() && !text.trim().is_empty() {
            return Err(QueryError::NoWords);
        }
        let mut pairs = HashSet::new();
        neighbours.retain(|[a, b]| pairs.insert((a.exact.clone(), b.exact.clone())));
        let question_words = limits.question_words;
        let names = asked::foreign_names(text);
        Ok(Self { alternatives, neighbours, question_words, quoted: quotations, names })
    }

    /// A text that is pasted: words alone, whatever signs stand in it.
    fn of_text(text: &str, limits: &QueryLimits) -> Result<Self, QueryError> {
        let (mut clauses, mut neighbours, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        let (mut pairs, mut before) = (HashSet::new(), None::<Syllable>);
        for word in Syllables::parted(text) {
            if let Some(before) = before.replace(word.clone())
                && pairs.insert((before.exact.clone(), word.exact.clone()))
            {
                neighbours.push([before, word.clone()]);
            }
            if seen.insert(word.exact.clone()) {
                clauses.push(Clause { negated: false, required: false, unit: Unit::Words(vec![word]) });
            }
            if clauses.len() > limits.texts {
                return Err(QueryError::TooManyClauses { limit: limits.texts });
            }
        }
        let alternatives = vec![clauses];
        Ok(Self { alternatives, neighbours, question_words: limits.question_words, ..Self::default() })
    }

    /// Whether nothing is asked for, so that every text will do.
    pub fn is_empty(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// What is looked for, without what is left out.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.alternatives.iter().flatten().filter(|clause| !clause.negated).map(|clause| &clause.unit)
    }

    /// What a question may be answered without.
    pub fn optional(&self) -> impl Iterator<Item = &Unit> {
        self.alternatives.iter().flatten().filter(|clause| clause.is_optional()).map(|clause| &clause.unit)
    }

    /// Whether a whole sentence is asked, of more than eight words that may be missing: all answer by what their words weigh.
    pub fn is_sentence(&self) -> bool {
        let words: HashSet<&str> =
            self.optional().flat_map(Unit::words).map(|word| word.exact.as_str()).collect();
        words.len() > crate::best::FEW
    }

    /// Whether the words of a question are meant as they are accented: who writes accents on one means what is without
    /// them to be so.
    pub fn is_accented(&self) -> bool {
        self.optional().any(Unit::is_exact)
    }
}

/// Bounds of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryLimits {
    /// Longest query, in bytes of UTF-8.
    pub bytes: usize,
    /// Most words and phrases in a query with signs or alternatives: these must all be looked for.
    pub clauses: usize,
    /// Most different words in a query without signs.
    pub texts: usize,
    /// A query of more words than these is a text that was pasted: its signs are no signs.
    pub text_words: usize,
    /// Of a question so many words are looked for, at most 64; of one with more, as a text that is pasted is, half as many, the
    /// rarest.
    pub question_words: usize,
    /// Most words in a phrase.
    pub phrase_words: usize,
}

impl Default for QueryLimits {
    fn default() -> Self {
        Self {
            bytes: 8_000,
            clauses: 32,
            texts: 1_000,
            text_words: 100,
            question_words: 64,
            phrase_words: 32,
        }
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
    /// Other engines understand it.
    #[error(
        "“{text}” is not understood here: leave out with -, quote a phrase alone, offer alternatives with OR and without brackets, and narrow a search with filters (signs that are meant as they stand can be quoted)"
    )]
    NoSuchSyntax {
        /// What was typed.
        text: String,
    },
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

/// A query without its quotation marks; `None` where it has none, or what is quoted has a sign.
pub fn without_quotes(text: &str) -> Option<String> {
    let mut quotes = text.match_indices(is_quote).peekable();
    quotes.peek()?;
    if quotes.any(|(at, _)| text[..at].ends_with(['-', '−', '+'])) {
        return None;
    }
    let words: Vec<&str> = text.split(is_quote).flat_map(str::split_whitespace).collect();
    Some(words.join(" "))
}

/// A few plain words as one phrase in quotes; `None` for one word, for a sentence and where there are signs.
pub fn as_phrase(text: &str) -> Option<String> {
    /// Words of a term; more are a sentence.
    const MOST: usize = 6;
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_plain = |word: &&str| {
        // These stand between words, in capitals.
        word.chars().all(char::is_alphanumeric) && !matches!(*word, "OR" | "AND" | "NOT")
    };
    let few = (2..=MOST).contains(&words.len()) && words.iter().all(is_plain);
    few.then(|| format!("\"{}\"", words.join(" ")))
}

fn words(text: &str, limits: &QueryLimits) -> Result<Option<Unit>, QueryError> {
    let words: Vec<Syllable> = Syllables::parted(text).collect();
    if words.len() > limits.phrase_words {
        return Err(QueryError::PhraseTooLong { limit: limits.phrase_words });
    }
    Ok((!words.is_empty()).then_some(Unit::Words(words)))
}

/// The number of a document that the rest of a query begins with, and what is behind it.
fn number<'t>(
    text: &str,
    rest: &'t str,
    numbers: &HashMap<usize, (usize, String)>,
) -> Option<(Unit, &'t str)> {
    let start = text.len() - rest.len();
    let (end, term) = numbers.get(&start)?;
    let (typed, behind) = rest.split_at(end - start);
    // `15 -CT/TU` leaves out.
    let is_sign = |blank: usize| {
        let mut behind = typed[blank..].trim_start_matches(is_blank).chars();
        matches!(behind.next(), Some('-' | '−')) && !behind.next().is_some_and(is_blank)
    };
    if typed.match_indices(is_blank).any(|(blank, _)| is_sign(blank)) || behind.starts_with(['*', '~', '^']) {
        return None;
    }
    let plain = |mut part: Syllable| {
        part.exact.clone_from(&part.folded);
        part
    };
    let parts = Syllables::parted(typed).map(plain).collect();
    Some((Unit::Number { typed: typed.to_lowercase(), term: term.clone(), parts }, behind))
}

fn prefix(beginning: &str) -> Result<Option<Unit>, QueryError> {
    let mut words = Syllables::parted(beginning);
    let Some(word) = words.next() else { return Ok(None) };
    if words.next().is_some() || word.end < beginning.len() {
        return Err(QueryError::PrefixOfPhrase { word: beginning.to_owned() });
    }
    if word.folded.chars().count() < 2 {
        return Err(QueryError::PrefixTooShort { word: beginning.to_owned() });
    }
    Ok(Some(Unit::Prefix(word)))
}

pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')')
}

pub(crate) fn is_quote(c: char) -> bool {
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
            let number = if matches!(clause.unit, Unit::Number { .. }) { "#" } else { "" };
            let plus = clause.required && star.is_empty() && words.len() == 1;
            let sign = if clause.negated {
                "-"
            } else if plus {
                "+"
            } else {
                ""
            };
            let exact = if clause.unit.is_exact() { "!" } else { "" };
            format!("{sign}{number}{exact}{}{star}", words.join("~"))
        };
        let alternative = |clauses: &Vec<Clause>| clauses.iter().map(clause).collect::<Vec<_>>().join(" ");
        query.alternatives.iter().map(alternative).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_few_words_are_a_phrase() {
        let check =
            |text: &str, phrase: Option<&str>| assert_eq!(as_phrase(text).as_deref(), phrase, "{text}");
        check(" đầu  tư công", Some("\"đầu tư công\""));
        check("mưa", None);
        check("mưa OR gió", None);
        check("mưa -gió", None);
        check("\"mưa to\" gió", None);
        check("title:mưa to", None);
        check("vì sao mưa to ở bản Sảng", None);
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
        check("15-CT/TU 7,58%", "#15~ct~tu 7~58");
        check("mua -bão -\"mua to\" -16/CT", "mua -!bão -mua~to -#16~ct");
        check("số 22 / 2015 / QĐ - UBND, (5-nq/tw) x", "!số #22~2015~qd~ubnd #5~nq~tw x");
        check("15 -CT/TU \"15-QĐ/TU\" 3-Nam", "15 -ct~tu !15~qđ~tu 3~nam");
        check("mua - to -- x", "mua to x");
        check("a b OR c OR -d", "a b | c | -d");
        check("OR a OR OR", "a");
        check("a AND b", "a b");
        check("(a OR b)", "a | b");
        check("(a b) OR (c, d) (x)", "a b | c d x");
        check("THIS IS NOT ALL", "this is not all");
        check("nong* đất*", "nong* !đất*");
        check("\"không đóng", "!không~đóng");
        check("a\"b c\"d", "a b~c d");
        check("+mưa to +\"b c\" + d", "+!mưa to b~c d");
        check("mưa to mưa", "!mưa to");
        check(
            "Ông nói: lúc 10:30, từ 3*4 https://bao.example/a?b",
            "!ông !nói !lúc 10~30 !từ 3~4 https~bao~example~a~b",
        );
    }

    #[test]
    fn quotations_are_words_where_that_is_asked() {
        let limits = QueryLimits::default();
        let text = "a \"mưa to\" b +\"mưa to\" “c d” -\"e f\" \"\"";
        let query = Query::parse(text, &limits).unwrap();
        assert_eq!(query.quoted, ["mưa to", "c d"]);
        assert_eq!(shown(&query), "a !mưa~to b !mưa~to c~d -e~f".replace(" !mưa~to c", " c"));
        let query = Query::parse_unquoting(text, &limits, &["mưa to".to_owned()]).unwrap();
        assert_eq!(shown(&query), "a !mưa to b !mưa~to c~d -e~f");
        assert_eq!(query.neighbours.len(), 3);
        assert_eq!(without_quotes("a \"mưa to\"  “c d”").as_deref(), Some("a mưa to c d"));
        assert!(["a b", "", "a -\"b c\" \"d\""].iter().all(|text| without_quotes(text).is_none()));
    }

    #[test]
    fn hostile_queries_are_refused() {
        let limits = QueryLimits::default();
        let check = |text: &str, expected: QueryError| {
            assert_eq!(Query::parse(text, &limits), Err(expected), "{text}");
        };
        check(&"a".repeat(10_240), QueryError::TooLong { bytes: 10_240, limit: 8_000 });
        check(&"(".repeat(9_000), QueryError::TooLong { bytes: 9_000, limit: 8_000 });
        check(&"(".repeat(8_000), QueryError::NoWords);
        check(&"\"".repeat(999), QueryError::NoWords);
        let different = |sign: &str| (0..1_100).map(|at| format!("{sign}{at} ")).collect::<String>();
        check(&different(""), QueryError::TooManyClauses { limit: 1_000 });
        check(&different("+"), QueryError::TooManyClauses { limit: 1_000 });
        check(&different("-")[..300], QueryError::TooManyClauses { limit: 32 });
        check(&format!("{} OR x", &different("")[..250]), QueryError::TooManyClauses { limit: 32 });
        check(&format!("\"{}\"", "a ".repeat(40)), QueryError::PhraseTooLong { limit: 32 });
        check("…", QueryError::NoWords);
        check("*", QueryError::NoWords);
        check("a*", QueryError::PrefixTooShort { word: "a".to_owned() });
        check("15-CT*", QueryError::PrefixOfPhrase { word: "15-CT".to_owned() });
        check("\"nông thôn mớ*\"", QueryError::PrefixOfPhrase { word: "nông thôn mớ".to_owned() });
        for foreign in ["title:mưa", "mua~", "mua~2", "mua^3", "m*a", "x site:bao.example"] {
            let error = Query::parse(foreign, &limits).unwrap_err();
            assert!(matches!(error, QueryError::NoSuchSyntax { .. }), "{foreign}: {error}");
        }
        for foreign in [
            "(a OR b) c",
            "a (b | c)",
            "-(a b)",
            "a NOT b",
            "a NEAR/5 b",
            "a AROUND(3) b",
            "title:(a b)",
            "!mưa to",
            "~mưa",
            "m?a",
            "/m.*a/",
            "[2019 TO 2020]",
        ] {
            let error = Query::parse(foreign, &limits).unwrap_err();
            assert!(matches!(error, QueryError::NoSuchSyntax { .. }), "{foreign}: {error}");
        }
        check("\"mua to\"~5", QueryError::NoSuchSyntax { text: "\"…\"~5".to_owned() });
        check("title:\"mua to\"", QueryError::NoSuchSyntax { text: "title:".to_owned() });
    }

    #[test]
    fn a_text_that_is_pasted_is_words_alone() {
        let paragraph = "Tin | Báo: -Tăng \"cường\" việc* NOT OR (giữ rừng) title:x ~ở 15-CT/TU mọi xã. ";
        let text: String = (0..12).map(|at| format!("{paragraph}{at} ")).collect();
        let query = Query::parse(&text, &QueryLimits::default()).unwrap();
        assert!(query.alternatives.len() == 1 && query.alternatives[0].iter().all(Clause::is_optional));
        let words = shown(&query);
        assert!(words.starts_with("tin !báo !tăng !cường !việc not or !giữ !rừng title x"), "{words}");
        assert!(query.is_sentence() && query.quoted.is_empty());
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
