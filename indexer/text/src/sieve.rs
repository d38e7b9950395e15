//! Which words of a text can be among a few that are looked for, told without spelling them out.

use crate::joined;
use crate::syllable::{Letters, Run};

/// Words that are looked for, by their letters without accents. Of a text of a thousand words it lets some ten through that are
/// none of them.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// A Bloom filter of one function: the [place](Letters::place) of each word has its bit.
    words: [u64; 16],
    /// First letters of words that are looked for by their beginning, as bits.
    beginnings: u128,
    /// Whether each word may be one, since one that is looked for has other letters.
    all: bool,
}

impl Sieve {
    /// Of words in their folded form ([`Syllable::folded`](crate::Syllable::folded)), and of others by their beginning.
    pub fn new<'word>(
        words: impl Iterator<Item = &'word str>,
        beginnings: impl Iterator<Item = &'word str>,
    ) -> Self {
        let mut sieve = Self { words: [0; 16], beginnings: 0, all: false };
        for word in words {
            match Letters::of(word) {
                Some(letters) => sieve.words[letters.place() / 64] |= 1 << (letters.place() % 64),
                None => sieve.all = true,
            }
        }
        for beginning in beginnings {
            match beginning.bytes().next().filter(u8::is_ascii) {
                Some(first) => sieve.beginnings |= 1 << first,
                None => sieve.all = true,
            }
        }
        sieve
    }

    /// Whether a word as it is written can be one of them, or have one of them as a part.
    pub(crate) fn passes(&self, run: &Run<'_>) -> bool {
        match run.letters {
            Some(letters) if !self.all => {
                self.beginnings >> (run.first & 127) & 1 != 0
                    || self.has(letters)
                    || joined::may_be(run.word, letters)
            }
            _ => true,
        }
    }

    /// Whether one of them may have these letters.
    pub(crate) fn has(&self, letters: Letters) -> bool {
        self.words[letters.place() / 64] >> (letters.place() % 64) & 1 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Syllables;
    use proptest::prelude::*;

    #[test]
    fn words_pass_by_their_letters() {
        let sieve = Sieve::new(["tinh", "15", "hcm"].into_iter(), ["nong"].into_iter());
        let check = |word: &str, passes: bool| {
            let mut found = crate::Syllable::default();
            let seen = Syllables::parted(word).advance_among(&mut found, &sieve);
            assert_eq!(seen, Some(passes), "{word}");
        };
        for word in ["Tỉnh", "TINH", "tính", "15", "Ti\u{309}nh", "TPHCM", "tphcm", "nông", "n", "日本"]
        {
            check(word, true);
        }
        for word in ["tin", "mười", "17", "2021", "đường", "về", "hc", "ủy"] {
            check(word, false);
        }
    }

    proptest! {
        #[test]
        fn what_is_looked_for_passes(text in "[a-zA-ZđĐếỦ0-9ðİſ日\u{309}\u{31b} -]{0,40}|(TPHCM|ôtô|vắcxin| ){1,4}") {
            for word in Syllables::parted(&text) {
                let sieve = Sieve::new([word.folded.as_str()].into_iter(), [].into_iter());
                let mut all = Syllables::parted(&text);
                let mut found = crate::Syllable::default();
                let mut seen = false;
                while let Some(spelt) = all.advance_among(&mut found, &sieve) {
                    seen |= spelt && found == word;
                }
                prop_assert!(seen, "{word:?}");
            }
        }
    }
}
