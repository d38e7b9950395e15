//! Words of texts, looked for one by one, and scored as BM25 scores them (Robertson and Zaragoza 2009, with k₁ = 1.2 and
//! b = 0.75).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use corpus::{Article, Language};
use text::{Numbers, Syllable, Syllables};

use crate::best::{Among, Hint, Question, Weighed, boost, paired, weighted};
use crate::near::{are_near, most_frequent};
use crate::query::{Clause, Query, Unit};
use crate::search::spelt_alike;
use crate::spelling::{write_exact, write_exact_pair, write_folded_pair};

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// A place in a text: the term in all spellings, and that of exactly this one where it is another.
type Place = (String, Option<String>);

/// The words of a document.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// How often each term of a syllable stands in it.
    singles: BTreeMap<String, usize>,
    /// Pairs of neighbours; `None` between two values.
    pairs: Vec<Option<Place>>,
    /// Terms of syllables, and pairs.
    lengths: (usize, usize),
    language: Option<Language>,
}

/// What scores are computed from.
#[derive(Debug, Default)]
pub(super) struct Collection {
    documents: f32,
    singles: Field,
    pairs: Field,
}

/// In how many documents a term stands, and how many terms all have.
#[derive(Debug, Default)]
struct Field {
    documents: HashMap<String, f32>,
    terms: f32,
}

impl Words {
    pub(super) fn of(article: &Article) -> Self {
        let mut words = Self { language: article.language, ..Self::default() };
        for value in weighted(article) {
            for term in Syllables::parted(value).map(|syllable| single(&syllable)).flat_map(forms) {
                *words.singles.entry(term).or_default() += 1;
                words.lengths.0 += 1;
            }
            for (_, number) in Numbers::new(value) {
                *words.singles.entry(number).or_default() += 1;
                words.lengths.0 += 1;
            }
        }
        for value in paired(article) {
            let syllables: Vec<Syllable> = Syllables::parted(value).collect();
            words.pairs.extend(syllables.windows(2).map(|two| Some(pair(&two[0], &two[1]))));
            words.pairs.push(None);
        }
        words.lengths.1 = words.pairs.iter().flatten().count();
        words
    }

    fn all_pairs(&self) -> impl Iterator<Item = String> {
        self.pairs.iter().flatten().cloned().flat_map(forms)
    }

    /// The score where a query finds it.
    pub(super) fn score(&self, query: &Query, collection: &Collection) -> Option<f32> {
        let found = query.alternatives.iter().filter_map(|clauses| self.alternative(clauses, collection));
        found.reduce(|a, b| a + b)
    }

    /// Which words of a question it has, as bits, and the score of those and of what else speaks for it.
    pub(super) fn partly(&self, asked: &Weighed, collection: &Collection) -> (u64, f32) {
        let (mut has, mut score) = (0, 0.0);
        for (number, (word, weight)) in asked.words.iter().enumerate() {
            let frequency = self.singles.get(&word.term).copied().unwrap_or_default();
            let term = [word.term.clone()];
            if let Some(one) =
                collection.singles.score(collection.documents, &term, frequency, self.lengths.0)
            {
                has |= 1 << number;
                score += one * boost(*weight);
            }
        }
        (has, score + self.hints(asked, collection))
    }

    /// The score of what else speaks for it.
    pub(super) fn hints(&self, asked: &Weighed, collection: &Collection) -> f32 {
        let one = |Hint { among, term, boost }: &Hint| {
            let (field, frequency, length) = match among {
                Among::Words => {
                    (&collection.singles, self.singles.get(term).copied().unwrap_or_default(), self.lengths.0)
                }
                Among::Pairs => {
                    let stands = |(folded, other): &&Place| folded == term || other.as_ref() == Some(term);
                    let frequency = self.pairs.iter().flatten().filter(stands).count();
                    (&collection.pairs, frequency, self.lengths.1)
                }
                Among::Language => {
                    return self.language.is_some_and(|language| language.code() == term).then_some(*boost);
                }
            };
            let score = field.score(collection.documents, std::slice::from_ref(term), frequency, length);
            score.map(|score| score * boost)
        };
        asked.hints.iter().filter_map(one).sum()
    }

    fn alternative(&self, clauses: &[Clause], collection: &Collection) -> Option<f32> {
        let mut score = 0.0;
        let (mut alike, mut could_differ) = (true, false);
        for Clause { negated, unit, .. } in clauses {
            let exact = unit.is_exact();
            let found = self.unit(unit, exact, collection);
            if *negated {
                if found.is_some() {
                    return None;
                }
                continue;
            }
            score += found?;
            if !exact && matches!(unit, Unit::Words(_)) && unit.words().iter().any(Syllable::is_plain) {
                could_differ = true;
                alike &= self.unit(unit, true, collection).is_some();
            }
        }
        if could_differ && alike {
            score += spelt_alike(clauses.iter().filter(|clause| !clause.negated).count());
        }
        Some(score)
    }

    fn unit(&self, unit: &Unit, exact: bool, collection: &Collection) -> Option<f32> {
        match unit {
            Unit::Prefix(word) => {
                let beginning = wanted(&single(word), exact).to_owned();
                let next = self.singles.range(beginning.clone()..).next();
                next.is_some_and(|(term, _)| term.starts_with(&beginning)).then_some(1.0)
            }
            Unit::Words(words) => match words.as_slice() {
                [word] => self.single(wanted(&single(word), exact), collection),
                words => self.phrase(words, exact, collection),
            },
            Unit::Number { term, parts, .. } => {
                let found = [self.single(term, collection), self.phrase(parts, exact, collection)];
                found.into_iter().flatten().reduce(|a, b| a + b)
            }
        }
    }

    fn single(&self, term: &str, collection: &Collection) -> Option<f32> {
        let frequency = self.singles.get(term).copied().unwrap_or_default();
        collection.singles.score(collection.documents, &[term.to_owned()], frequency, self.lengths.0)
    }

    /// Two words or more side by side.
    fn phrase(&self, words: &[Syllable], exact: bool, collection: &Collection) -> Option<f32> {
        let terms: Vec<String> =
            words.windows(2).map(|two| wanted(&pair(&two[0], &two[1]), exact).to_owned()).collect();
        let stands = |places: &[Option<Place>]| {
            places.iter().zip(&terms).all(|(place, term)| {
                place.as_ref().is_some_and(|(folded, other)| folded == term || other.as_ref() == Some(term))
            })
        };
        let frequency = self.pairs.windows(terms.len()).filter(|places| stands(places)).count();
        collection.pairs.score(collection.documents, &terms, frequency, self.lengths.1)
    }
}

/// Whether all words of a query stand in what something is called; a phrase means its words.
pub(super) fn called<'a>(says: impl Iterator<Item = &'a str>, query: &Query) -> bool {
    let places: Vec<Place> = says
        .flat_map(|value| Syllables::parted(value).map(|syllable| single(&syllable)).collect::<Vec<_>>())
        .collect();
    let stands = |word: &Syllable, exact: bool, begins: bool| {
        let term = single(word);
        let term = wanted(&term, exact);
        let is = |other: &String| if begins { other.starts_with(term) } else { other == term };
        places.iter().any(|(folded, other)| is(folded) || other.as_ref().is_some_and(is))
    };
    query.alternatives.iter().any(|clauses| {
        clauses.iter().all(|Clause { negated, unit, .. }| {
            let begins = matches!(unit, Unit::Prefix(_));
            let exact = unit.is_exact();
            unit.words().iter().all(|word| stands(word, exact, begins)) != *negated
        })
    })
}

/// The terms of a place.
fn forms((folded, exact): Place) -> impl Iterator<Item = String> {
    exact.into_iter().chain([folded])
}

/// The terms of a syllable.
fn single(syllable: &Syllable) -> Place {
    let mut exact = String::new();
    let differs = write_exact(syllable, &mut exact);
    (syllable.folded.clone(), differs.then_some(exact))
}

/// The terms of two neighbours.
fn pair(first: &Syllable, second: &Syllable) -> Place {
    let (mut folded, mut exact) = (String::new(), String::new());
    write_folded_pair(first, second, &mut folded);
    let differs = write_exact_pair(first, second, &mut exact);
    (folded, differs.then_some(exact))
}

/// The term that is looked for.
fn wanted((folded, other): &Place, exact: bool) -> &str {
    if exact { other.as_deref().unwrap_or(folded) } else { folded }
}

impl Collection {
    /// Weighs the words of a question.
    pub(super) fn weigh(&self, question: Question) -> Weighed {
        let having = |term: &String| self.singles.documents.get(term).copied().unwrap_or_default() as u64;
        let having: Vec<u64> = question.words.iter().map(|word| having(&word.term)).collect();
        question.weigh(self.documents as u64, &having)
    }

    pub(super) fn of<'a>(all: impl Iterator<Item = &'a Words>) -> Self {
        let mut collection = Self::default();
        for words in all {
            collection.documents += 1.0;
            collection.singles.add(words.singles.keys().cloned(), words.lengths.0);
            collection.pairs.add(words.all_pairs(), words.lengths.1);
        }
        collection
    }
}

impl Collection {
    /// The near spelling of a word that no document has.
    pub(super) fn near(&self, word: &str) -> Option<String> {
        if self.singles.documents.contains_key(word) {
            return None;
        }
        let near = self.singles.documents.iter().filter(|(term, _)| are_near(word, term));
        most_frequent(near.map(|(term, documents)| (term.clone(), *documents as u64)))
    }
}

impl Field {
    fn add(&mut self, terms: impl Iterator<Item = String>, length: usize) {
        self.terms += length as f32;
        for term in terms.collect::<BTreeSet<_>>() {
            *self.documents.entry(term).or_default() += 1.0;
        }
    }

    /// The score of a term, or of terms side by side; `None` where they do not stand there.
    fn score(&self, documents: f32, terms: &[String], frequency: usize, length: usize) -> Option<f32> {
        if frequency == 0 {
            return None;
        }
        let rarity = |term: &String| {
            let with = self.documents.get(term).copied().unwrap_or_default();
            ((documents - with + 0.5) / (with + 0.5)).ln_1p()
        };
        let rarity: f32 = terms.iter().map(rarity).sum();
        let (frequency, length) = (frequency as f32, length as f32);
        let average = self.terms / documents;
        Some(rarity * (1.0 + K1) * frequency / (frequency + K1 * (1.0 - B + B * length / average)))
    }
}
