//! How many documents have a word, kept for as long as the index stays as it is: the words of questions recur.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;

use crate::best::Question;

/// Words that are remembered; with their numbers a megabyte.
const KEPT: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

/// What the weight of a question's words follows from.
#[derive(Debug)]
pub(super) struct Frequencies {
    /// Documents there are.
    pub(super) documents: u64,
    /// Documents with each word of the question, in its order.
    pub(super) having: Vec<u64>,
}

/// The frequencies that were asked for lately.
#[derive(Debug)]
pub(super) struct KnownFrequencies(Mutex<Known>);

#[derive(Debug)]
struct Known {
    /// The state of the index that they are of.
    generation: u64,
    documents: u64,
    having: LruCache<String, u64>,
}

impl Default for KnownFrequencies {
    fn default() -> Self {
        Self(Mutex::new(Known { generation: 0, documents: 0, having: LruCache::new(KEPT) }))
    }
}

impl KnownFrequencies {
    /// Those of the words of a question; `None` where one was not asked for in this state of the index.
    pub(super) fn of(&self, generation: u64, question: &Question) -> Option<Frequencies> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.generation != generation {
            return None;
        }
        let having = question.words.iter().map(|word| known.having.get(&word.term).copied());
        let having = having.collect::<Option<_>>()?;
        Some(Frequencies { documents: known.documents, having })
    }

    /// Whether a word is known to stand in some document in this state of the index.
    pub(super) fn is_known(&self, generation: u64, term: &str) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.generation == generation && known.having.get(term).is_some_and(|having| *having > 0)
    }

    /// Remembers what the index said.
    pub(super) fn keep(&self, generation: u64, question: &Question, frequencies: &Frequencies) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.generation != generation {
            known.having.clear();
        }
        (known.generation, known.documents) = (generation, frequencies.documents);
        for (word, having) in question.words.iter().zip(&frequencies.having) {
            known.having.put(word.term.clone(), *having);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::best::tests::question;

    #[test]
    fn frequencies_are_known_for_as_long_as_the_index_stays_as_it_is() {
        let known = KnownFrequencies::default();
        let (rain, storm) = (question("mưa to").unwrap(), question("mưa gió").unwrap());
        let of = |generation, question| known.of(generation, question).map(|found| found.having);
        assert_eq!(of(1, &rain), None);
        known.keep(1, &rain, &Frequencies { documents: 90, having: vec![40, 7] });
        assert_eq!(of(1, &rain), Some(vec![40, 7]));
        // Of one word nothing is known yet.
        assert_eq!(of(1, &storm), None);
        known.keep(1, &storm, &Frequencies { documents: 90, having: vec![40, 3] });
        assert_eq!((of(1, &rain), of(1, &storm)), (Some(vec![40, 7]), Some(vec![40, 3])));
        assert_eq!(of(2, &rain), None);
        known.keep(2, &storm, &Frequencies { documents: 91, having: vec![41, 3] });
        assert_eq!((of(2, &rain), of(2, &storm)), (None, Some(vec![41, 3])));
    }
}
