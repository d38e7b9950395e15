//! A search as a question: which of its words count how much, and when a document has enough of them.
//!
//! Engines ask their own index how many documents have each word ([`Question::words`]) and score by what [`Weighed`] says;
//! so the same documents answer in each of them.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use corpus::{Article, Language};
use text::Syllable;

use crate::asked;
use crate::plural;
use crate::query::{Query, Unit};
use crate::search::{Counted, Matching, Search};
use crate::spelling::{write_exact, write_exact_pair, write_folded_pair};

/// What a pair of neighbours counts beside its two words.
const PAIR: f32 = 0.6;

/// What an English word in its other number (*airport* for *airports*) counts beside the one that was typed.
const OTHER_NUMBER: f32 = 0.6;

/// What a foreign name counts beside the word that it is: whoever asks for one wants texts that have it.
const NAME: f32 = 0.5;

/// What it counts that a document is in the language of the question, beside all that its words are worth at most: what says the
/// same in two languages is answered in the one that was asked in.
const SAME_LANGUAGE: f32 = 0.1;

/// The weight at which a word counts as BM25 has it; rarer words count more than that, frequent ones less, by the square root
/// of how much. Measured on questions whose answers are known (`answers::search::retrieval`).
const USUAL: f32 = 4.0;

/// Documents with all words come first where no more than so many are asked for. What has all words of a whole sentence has
/// most of them by chance, and is a long text more often than the answer.
pub(crate) const FEW: usize = 8;

/// So many words must be asked for before one may be missing: two syllables are mostly one word, and documents that have them
/// side by side come first.
const FEWEST: usize = 3;

/// Most words of a question: one bit each.
const MOST: usize = 64;

/// Words that are asked for together. Documents that have them side by side come before others with all; where they are many,
/// documents without some of them answer too.
#[derive(Debug)]
pub(crate) struct Question {
    /// Whether a document without some of the words may answer.
    may_lack: bool,
    /// Its different words.
    pub(crate) words: Vec<Word>,
    /// The terms of its different pairs of neighbours.
    pairs: Vec<(String, [String; 2])>,
    /// The terms of the foreign names among its words.
    names: HashSet<String>,
    /// The language that it is asked in, where that is told.
    language: Option<Language>,
    /// Words that are looked for, at most; half of these where it has more.
    most: usize,
    /// What must hold in any case and what must not, as a search of its own.
    pub(crate) conditions: Query,
}

/// A word of a question.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// As the index has it.
    pub(crate) term: String,
    /// In the one spelling that a search makes of those in use, in lower case; a number as it was typed.
    pub(crate) exact: String,
    role: Role,
}

/// What a word of a question is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Itself.
    Word,
    /// The number of a document: a word where any document has it.
    Number,
    /// Part of such a number: it speaks for a document, and stands for the number where no document has that.
    Part,
}

/// What else speaks for a document, besides the words that it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hint {
    /// What it is looked for in.
    pub(crate) among: Among,
    /// As the index has it.
    pub(crate) term: String,
    /// What its score is multiplied by; of a language the score itself.
    pub(crate) boost: f32,
}

/// Which terms of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Among {
    /// Its syllables.
    Words,
    /// Pairs of them.
    Pairs,
    /// The language of the text.
    Language,
}

/// A question whose words are weighed.
#[derive(Debug)]
pub(crate) struct Weighed {
    /// The words that are looked for and what having one is worth, the rarest first.
    pub(crate) words: Vec<(Word, f32)>,
    /// What else scores: pairs of these words, English ones in their other number.
    pub(crate) hints: Vec<Hint>,
    /// What the words of a document that is listed must be worth, where it has not all.
    pub(crate) minimum: f32,
    /// What they must be worth to count, where none has all.
    half: f32,
    /// Whether documents with all words come before all others.
    pub(crate) all_first: bool,
}

impl Question {
    /// The question that a search asks; `None` where its words do not stand together.
    pub(crate) fn of(search: &Search<'_>) -> Option<Self> {
        let [clauses] = search.words.alternatives.as_slice() else { return None };
        let asked = search.words.optional().count();
        if search.matching == Matching::All || asked < 2 {
            return None;
        }
        let exact = search.words.is_accented();
        let words = words(search.words, exact);
        let mut seen = HashSet::new();
        let pair = |[first, second]: &[Syllable; 2]| {
            let mut term = String::new();
            if !exact || !write_exact_pair(first, second, &mut term) {
                term.clear();
                write_folded_pair(first, second, &mut term);
            }
            (term, [Word::of(first, exact).term, Word::of(second, exact).term])
        };
        let pairs =
            search.words.neighbours.iter().map(pair).filter(|(term, _)| seen.insert(term.clone())).collect();
        let conditions: Vec<_> = clauses.iter().filter(|clause| !clause.is_optional()).cloned().collect();
        let alternatives = if conditions.is_empty() { Vec::new() } else { vec![conditions] };
        let conditions = Query { alternatives, ..Query::default() };
        let most = search.words.question_words.clamp(1, MOST);
        // Half of them find a text that is pasted, and each costs.
        let most = if whole(&words) > most { most.div_ceil(2) } else { most };
        let language = asked::language(search.words);
        let is_name = |word: &&Word| search.words.names.contains(&word.exact);
        let names = words.iter().filter(is_name).map(|word| word.term.clone()).collect();
        Some(Self { may_lack: asked >= FEWEST, words, pairs, names, language, most, conditions })
    }

    /// Whether all its words are looked for: of a text that is pasted only the rarest are, and no document has all.
    pub(crate) fn is_whole(&self) -> bool {
        whole(&self.words) <= self.most
    }

    /// Weighs its words, given how many documents there are and how many have each word.
    pub(crate) fn weigh(self, documents: u64, having: &[u64]) -> Weighed {
        let weight = |having: u64| {
            let (documents, having) = (documents as f32, having.min(documents) as f32);
            ((documents - having + 0.5) / (having + 0.5)).ln_1p()
        };
        let is_whole = self.is_whole();
        let unknown =
            self.words.iter().zip(having).any(|(word, having)| word.role == Role::Number && *having == 0);
        let mut words: Vec<(Word, f32)> = Vec::new();
        let mut parts = Vec::new();
        for (word, having) in self.words.into_iter().zip(having) {
            match word.role {
                Role::Number if *having == 0 => {}
                Role::Part if !unknown => parts.push((word, weight(*having))),
                _ => words.push((word, weight(*having))),
            }
        }
        words.sort_by(|a, b| b.1.total_cmp(&a.1));
        words.truncate(self.most);
        if !is_whole {
            parts.clear();
        }
        let known: HashSet<&str> = words.iter().chain(&parts).map(|(word, _)| word.term.as_str()).collect();
        let of_known =
            |(_, two): &&(String, [String; 2])| two.iter().all(|term| known.contains(term.as_str()));
        let pair =
            |(term, _): &(String, [String; 2])| Hint { among: Among::Pairs, term: term.clone(), boost: PAIR };
        let pairs = self.pairs.iter().filter(of_known).map(pair);
        let numbers = words.iter().filter_map(|(word, weight)| {
            let term = plural::other_number(&word.term).filter(|term| !known.contains(term.as_str()))?;
            Some(Hint { among: Among::Words, term, boost: boost(*weight) * OTHER_NUMBER })
        });
        let names = words.iter().filter(|(word, _)| self.names.contains(&word.term)).map(|(word, weight)| {
            Hint { among: Among::Words, term: word.term.clone(), boost: boost(*weight) * NAME }
        });
        let part = |(word, weight): &(Word, f32)| Hint {
            among: Among::Words,
            term: word.term.clone(),
            boost: boost(*weight),
        };
        let worth: f32 = words.iter().map(|(_, weight)| weight * boost(*weight)).sum();
        let language = self.language.filter(|_| worth > 0.0).map(|language| Hint {
            among: Among::Language,
            term: language.code().to_owned(),
            boost: worth * SAME_LANGUAGE,
        });
        let parts = parts.iter().map(part);
        let hints = pairs.chain(numbers).chain(names).chain(parts).chain(language).collect();
        // A little less, since sums of the same numbers differ by their order.
        let all = |weights: &mut dyn Iterator<Item = f32>| weights.sum::<f32>() * 0.9999;
        let weights = || words.iter().map(|(_, weight)| *weight);
        // Nobody has what no document has; where that is all, nobody has enough.
        let nowhere = weight(0);
        let known = all(&mut weights().filter(|weight| *weight < nowhere));
        let (known, half) = match all(&mut weights()) {
            nothing if known == 0.0 => (nothing, nothing),
            _ => (known, known / 2.0),
        };
        let minimum = (known * share(words.len())).min(half);
        // What must hold in any case tells enough: one word beside it will do.
        let is_told = self.conditions.units().next().is_some();
        let minimum = if is_told { f32::MIN_POSITIVE } else { minimum };
        // More than any words are worth.
        let (minimum, half) = if self.may_lack { (minimum, half) } else { (f32::MAX, f32::MAX) };
        Weighed { all_first: words.len() <= FEW, words, hints, minimum, half }
    }
}

/// The different words that a query may be answered without.
fn words(query: &Query, exact: bool) -> Vec<Word> {
    let (mut words, mut places): (Vec<Word>, HashMap<String, usize>) = (Vec::new(), HashMap::new());
    let mut add = |word: Word| match places.entry(word.term.clone()) {
        Entry::Vacant(place) => {
            place.insert(words.len());
            words.push(word);
        }
        Entry::Occupied(place) if word.role == Role::Word => words[*place.get()].role = Role::Word,
        Entry::Occupied(_) => {}
    };
    for unit in query.optional() {
        let mut role = Role::Word;
        if let Unit::Number { typed, term, .. } = unit {
            add(Word { term: term.clone(), exact: typed.clone(), role: Role::Number });
            role = Role::Part;
        }
        for word in unit.words() {
            add(Word { role, ..Word::of(word, exact) });
        }
    }
    words
}

/// How many words are looked for: parts of numbers are none.
fn whole(words: &[Word]) -> usize {
    words.iter().filter(|word| word.role != Role::Part).count()
}

impl Word {
    fn of(word: &Syllable, exact: bool) -> Self {
        let mut term = String::new();
        if !exact || !write_exact(word, &mut term) {
            term.clear();
            term.push_str(&word.folded);
        }
        Self { term, exact: word.exact.clone(), role: Role::Word }
    }
}

impl Weighed {
    /// What the words of a document are worth, given which it has as bits.
    pub(crate) fn worth(&self, has: u64) -> f32 {
        let one = |(number, (_, weight)): (usize, &(Word, f32))| {
            if has & (1 << number) == 0 { 0.0 } else { *weight }
        };
        self.words.iter().enumerate().map(one).sum()
    }

    /// The words in their exact spelling, and what each weighs.
    pub(crate) fn weights(&self) -> Vec<(String, f32)> {
        self.words.iter().map(|(word, weight)| (word.exact.clone(), *weight)).collect()
    }

    /// Whether a document without some of the words may answer.
    pub(crate) fn may_lack(&self) -> bool {
        self.minimum < f32::MAX
    }

    /// Whether a document with these words answers.
    pub(crate) fn suffices(&self, has: u64) -> bool {
        self.worth(has) >= self.minimum
    }

    /// What the words of a document must be worth to be counted.
    pub(crate) fn bound(&self, counted: Counted) -> f32 {
        match counted {
            Counted::AllWords => f32::INFINITY,
            Counted::MostWords => self.half,
            Counted::SomeWords => self.minimum,
        }
    }

    /// Whether a document with these words is counted. All are told as all bits, or as one for each word.
    pub(crate) fn counts(&self, has: u64, counted: Counted) -> bool {
        let all = self.words.len().try_into().ok().and_then(|words| 1_u64.checked_shl(words));
        let all = all.map_or(u64::MAX, |next| next - 1);
        has & all == all || self.worth(has) >= self.bound(counted)
    }

    /// The words that a document lacks.
    pub(crate) fn lacks(&self, has: u64) -> Vec<String> {
        let lacking = self.words.iter().enumerate().filter(|(number, _)| has & (1 << number) == 0);
        lacking.map(|(_, (word, _))| word.exact.clone()).collect()
    }

    /// So many of the words, the rarest first, that the words of a document with none of them are worth less than a bound.
    pub(crate) fn essential(&self, bound: f32) -> usize {
        let mut rest: f32 = self.words.iter().map(|(_, weight)| weight).sum();
        let mut needed = 0;
        for (_, weight) in &self.words {
            if rest < bound {
                break;
            }
            rest -= weight;
            needed += 1;
        }
        needed
    }
}

/// What the score of a word is multiplied by.
pub(crate) fn boost(weight: f32) -> f32 {
    (weight / USUAL).sqrt()
}

/// The part of the weight of all words that a document must have: of three words more than a quarter, of twenty a seventeenth.
/// Questions are full of words that their answer has not, so a higher bound loses answers.
fn share(words: usize) -> f32 {
    0.02 + 0.8 / words.max(1) as f32
}

/// What is read of a document as words, some of it again, so that it weighs more: its title twice, and its lede.
pub(crate) fn weighted(article: &Article) -> impl Iterator<Item = &str> {
    paired(article).chain(lede(&article.text))
}

/// What is read of a document as pairs: its title twice as well.
pub(crate) fn paired(article: &Article) -> impl Iterator<Item = &str> {
    let title = article.title.as_deref();
    title.into_iter().chain(title).chain([article.text.as_str()])
}

/// The first line of a text, where it is no longer than a lede is.
fn lede(text: &str) -> Option<&str> {
    const LONGEST: usize = 600;
    let (first, rest) = text.trim_start().split_once('\n')?;
    (first.len() <= LONGEST && !rest.trim().is_empty()).then_some(first)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::query::QueryLimits;
    use crate::search::{Content, Filters, Sort};
    use crate::spelling::SPELLING;

    /// The question that words ask.
    pub(crate) fn question(text: &str) -> Option<Question> {
        let words = Query::parse(text, &QueryLimits::default()).unwrap();
        Question::of(&Search {
            words: &words,
            matching: Matching::Best,
            filters: &Filters::default(),
            sort: Sort::Relevance,
            page: None,
            facets: &[],
            months: false,
            content: Content::Summary,
            time: std::time::Duration::from_secs(1),
        })
    }

    #[test]
    fn words_that_stand_together_are_a_question() {
        let check = |text: &str, words: &[&str], pairs: &[&str]| {
            let found = question(text).unwrap();
            assert_eq!(
                found.words.iter().map(|word| word.term.as_str()).collect::<Vec<_>>(),
                words,
                "{text}"
            );
            let found: Vec<String> =
                found.pairs.iter().map(|(term, _)| term.replace(SPELLING, "|")).collect();
            assert_eq!(found, pairs, "{text}");
        };
        check("mua to gio", &["mua", "to", "gio"], &["mua to", "to gio"]);
        check("mưa to gió to", &["mưa", "=to", "gió"], &["mua to|1ư", "to gio|4ó", "gio to|2ó"]);
        check("a b \"c d\" e f", &["a", "b", "e", "f"], &["a b", "e f"]);
        check(
            "số 15-CT/TU về",
            &["số", "15/cttu", "15", "ct", "=tu", "về"],
            &["so 15|1ố", "15 ct", "ct tu|", "tu ve|3ề"],
        );
        check("QD 7/QĐ-XY", &["qd", "7/qdxy", "7", "xy"], &["qd 7", "7 qd", "qd xy"]);
        for all in ["mưa", "15-CT/TU", "a b OR c d", "+a +b c", "\"a b c d\"", "a -c -d -e"] {
            assert!(question(all).is_none(), "{all}");
        }
    }

    #[test]
    fn of_two_words_none_may_be_missing() {
        for text in ["mưa to", "TP.HCM bão", "mưa +to gió", "a b -c"] {
            let question = question(text).unwrap();
            let having = vec![9; question.words.len()];
            let weighed = question.weigh(1_000, &having);
            assert!(!weighed.may_lack() && !weighed.suffices(u64::MAX), "{text}");
            assert!(!weighed.counts(0b01, Counted::SomeWords) && weighed.counts(u64::MAX, Counted::AllWords));
        }
        assert!(question("mưa to gió").unwrap().weigh(1_000, &[9, 9, 9]).may_lack());
    }

    #[test]
    fn rare_words_decide() {
        let weighed = question("a b c d").unwrap().weigh(1_000, &[900, 3, 500, 40]);
        let typed: Vec<&str> = weighed.words.iter().map(|(word, _)| word.exact.as_str()).collect();
        assert_eq!(typed, ["b", "d", "c", "a"]);
        assert!(weighed.suffices(0b0011) && weighed.suffices(0b0001) && !weighed.suffices(0b1100));
        assert_eq!(weighed.lacks(0b0011), ["c", "a"]);
        assert_eq!(weighed.essential(weighed.minimum), 2);
        assert!(weighed.counts(0b0010, Counted::SomeWords) && !weighed.counts(0b0010, Counted::MostWords));
        assert!(weighed.counts(0b0011, Counted::MostWords) && !weighed.counts(0b0011, Counted::AllWords));
        assert!(weighed.counts(0b1111, Counted::AllWords) && weighed.counts(u64::MAX, Counted::AllWords));
        assert!(question("mot hai ba bon").unwrap().is_whole());
        let few = question("mot hai ba bon").map(|question| Question { most: 2, ..question }).unwrap();
        assert!(!few.is_whole());
        let few = few.weigh(1_000, &[1, 2, 300, 400]);
        let hint = Hint { among: Among::Pairs, term: "mot hai".to_owned(), boost: PAIR };
        assert_eq!((few.words.len(), few.hints), (2, vec![hint]));
        let english = question("how provinces border china").unwrap().weigh(1_000, &[1, 2, 3, 4]);
        let words = |hint: &Hint| (hint.among == Among::Words).then(|| hint.term.clone());
        assert_eq!(
            english.hints.iter().filter_map(words).collect::<Vec<_>>(),
            ["province", "borders", "chinas"]
        );
    }

    #[test]
    fn a_number_is_one_word_where_it_is_known() {
        let weighed = |having: &[u64]| question("số 15-CT/TU về").unwrap().weigh(1_000, having);
        let shown = |weighed: &Weighed| {
            let words = weighed.words.iter().map(|(word, _)| word.exact.clone()).collect::<Vec<_>>();
            let words_hinted = weighed.hints.iter().filter(|hint| hint.among == Among::Words);
            (words, words_hinted.map(|hint| hint.term.clone()).collect::<Vec<_>>(), weighed.hints.len())
        };
        // The last of the hints is the language.
        let known = shown(&weighed(&[500, 3, 90, 40, 41, 600]));
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(known, (names(&["15-ct/tu", "số", "về"]), names(&["15", "ct", "=tu"]), 8));
        let unknown = shown(&weighed(&[500, 0, 90, 40, 41, 600]));
        assert_eq!(unknown, (names(&["ct", "tu", "15", "số", "về"]), names(&[]), 5));
    }

    #[test]
    fn whole_sentences_do_not_put_all_words_first() {
        let all_first = |words: usize| {
            let text: String = (0..words).map(|at| format!("từ{} ", char::from(b'a' + at as u8))).collect();
            question(&text).unwrap().weigh(1_000, &vec![9; words]).all_first
        };
        assert!(all_first(3) && all_first(FEW) && !all_first(FEW + 1));
    }
}
