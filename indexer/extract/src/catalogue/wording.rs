//! How a row of the catalogue is worded: a pattern over the words of a passage.
//!
//! `a|b` is either word, `a?` may be missing, `*` is up to [`GAP`] words, and `#` is the number with its unit. Without `#`
//! the words stand in front of the number.

use std::str::FromStr;

/// Most words that `*` stands for.
const GAP: usize = 5;

/// One place of a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// One of these words.
    Word { any: Vec<String>, optional: bool },
    /// Any few words.
    Gap,
}

/// Words that name a statistic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wording {
    front: Vec<Step>,
    /// What follows the number; none where the number need not be next.
    back: Option<Vec<Step>>,
}

/// Why a wording cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum WordingError {
    /// It has no word of its own.
    #[error("a wording needs a word")]
    Empty,
    /// The number stands twice in it.
    #[error("“#” may stand once in a wording")]
    Numbers,
}

impl FromStr for Wording {
    type Err = WordingError;

    fn from_str(written: &str) -> Result<Self, WordingError> {
        let parts: Vec<&str> = written.split('#').collect();
        let (front, back) = match parts[..] {
            [front] => (steps(front), None),
            [front, back] => (steps(front), Some(steps(back))),
            _ => return Err(WordingError::Numbers),
        };
        let named = |steps: &[Step]| steps.iter().any(|step| matches!(step, Step::Word { .. }));
        if !named(&front) && !back.as_deref().is_some_and(named) {
            return Err(WordingError::Empty);
        }
        Ok(Self { front, back })
    }
}

fn steps(written: &str) -> Vec<Step> {
    let step = |word: &str| {
        if word == "*" {
            return Step::Gap;
        }
        let (word, optional) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
        // Signs stand for themselves.
        let lower = |word: &str| {
            let exact: String = text::Syllables::new(word).map(|syllable| syllable.exact).collect();
            if exact.is_empty() { word.to_owned() } else { exact }
        };
        Step::Word { any: word.split('|').map(lower).collect(), optional }
    };
    written.split_whitespace().map(step).collect()
}

impl Wording {
    /// The words that it may begin with in front of the number.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = &str> {
        let upto = self.front.iter().position(|step| !matches!(step, Step::Word { optional: true, .. }));
        let upto = upto.map_or(self.front.len(), |at| at + 1);
        self.front[..upto]
            .iter()
            .flat_map(|step| match step {
                Step::Word { any, .. } => any.as_slice(),
                Step::Gap => &[],
            })
            .map(String::as_str)
    }

    /// The words that it may begin with behind the number; none where that may be any.
    pub(crate) fn next_words(&self) -> Option<impl Iterator<Item = &str>> {
        let back = self.back.as_deref()?;
        let upto = back.iter().position(|step| !matches!(step, Step::Word { optional: true, .. }))?;
        let begins = matches!(back[upto], Step::Word { .. });
        let words = back[..=upto].iter().flat_map(|step| match step {
            Step::Word { any, .. } => any.as_slice(),
            Step::Gap => &[],
        });
        begins.then_some(words.map(String::as_str))
    }

    /// Whether it begins with the number.
    pub(crate) fn begins_with_number(&self) -> bool {
        self.front.is_empty()
    }

    /// Whether words must follow the number.
    pub(crate) fn goes_on(&self) -> bool {
        self.back.is_some()
    }

    /// Its words, where it is nothing but one row of words.
    pub(crate) fn literal(&self) -> Option<Vec<&str>> {
        let words = self.front.iter().map(|step| match step {
            Step::Word { any, optional: false } => match any.as_slice() {
                [word] => Some(word.as_str()),
                _ => None,
            },
            Step::Word { .. } | Step::Gap => None,
        });
        if self.back.is_some() { None } else { words.collect() }
    }

    /// Whether it has all of these words itself, not only room for them.
    pub(crate) fn says(&self, words: &[String]) -> bool {
        let steps = || self.front.iter().chain(self.back.iter().flatten());
        words.iter().all(|said| {
            steps().any(|step| matches!(step, Step::Word { any, .. } if any.iter().any(|word| word == said)))
        })
    }

    /// Where the words in front of the number end, of those that begin at `at`; `word` tells the word at a place.
    pub(crate) fn front_end<'w>(&self, at: usize, word: &impl Fn(usize) -> Option<&'w str>) -> Option<usize> {
        fits(&self.front, at, word)
    }

    /// Where the words behind the number end; `at` where there are to be none.
    pub(crate) fn back_end<'w>(&self, at: usize, word: &impl Fn(usize) -> Option<&'w str>) -> Option<usize> {
        self.back.as_ref().map_or(Some(at), |back| fits(back, at, word))
    }
}

fn fits<'w>(steps: &[Step], at: usize, word: &impl Fn(usize) -> Option<&'w str>) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(at) };
    match step {
        Step::Word { any, optional } => {
            let here = word(at).filter(|here| any.iter().any(|known| known == here));
            let taken = here.and_then(|_| fits(rest, at + 1, word));
            taken.or_else(|| optional.then(|| fits(rest, at, word)).flatten())
        }
        Step::Gap => {
            for next in at..=at + GAP {
                if let Some(end) = fits(rest, next, word) {
                    return Some(end);
                }
                // The gap is one of words: behind a comma another clause begins.
                word(next).filter(|here| here.chars().any(char::is_alphanumeric))?;
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_fits_its_words() {
        let check = |written: &str, words: &str, expected: Option<usize>| {
            let wording: Wording = written.parse().unwrap();
            let words: Vec<&str> = words.split(' ').collect();
            let word = |at: usize| words.get(at).copied();
            let found = if wording.begins_with_number() {
                wording.back_end(0, &word)
            } else {
                wording.front_end(0, &word)
            };
            assert_eq!(found, expected, "{written}");
        };
        check("tỷ lệ hộ nghèo", "tỷ lệ hộ nghèo đa chiều", Some(4));
        check("tỉ lệ hộ nghèo", "tỷ lệ hộ nghèo", Some(4));
        check("tỷ lệ hộ? nghèo", "tỷ lệ nghèo", Some(3));
        check("thu|chi ngân sách", "chi ngân sách", Some(3));
        check("# xã * nông thôn mới", "xã đã đạt chuẩn nông thôn mới", Some(7));
        check("# xã * nông thôn mới", "xã a b c d e g nông thôn mới", None);
        check("# doanh nghiệp * giải thể", "doanh nghiệp bị giải thể", Some(5));
        check("# doanh nghiệp * giải thể", "doanh nghiệp , giải thể", None);
        check("thu ngân sách", "chi ngân sách", None);
    }

    #[test]
    fn a_wording_without_a_word_is_none() {
        assert_eq!("# *".parse::<Wording>(), Err(WordingError::Empty));
        assert_eq!("# xã #".parse::<Wording>(), Err(WordingError::Numbers));
    }
}
