//! Which words of a text can be among a few that are looked for, told without spelling them out.

use crate::joined;
use crate::syllable::Run;

/// First letters that are told apart.
const LETTERS: usize = 128;

/// Words that are looked for, by first letter and length. Of a text of a thousand words it lets some twenty through, and these
/// are looked at.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// By the first letter without accents: lengths in characters, as bits; the last bit is all that are longer.
    lengths: [u64; LETTERS],
}

impl Sieve {
    /// Of words in their folded form ([`Syllable::folded`](crate::Syllable::folded)), and of others by their beginning.
    pub fn new<'word>(
        words: impl Iterator<Item = &'word str>,
        beginnings: impl Iterator<Item = &'word str>,
    ) -> Self {
        let mut lengths = [0; LETTERS];
        let words = words.map(|word| (word, bit(word.chars().count())));
        for (word, bits) in words.chain(beginnings.map(|word| (word, u64::MAX))) {
            match word.bytes().next().filter(u8::is_ascii) {
                Some(first) => lengths[usize::from(first)] |= bits,
                None => lengths = [u64::MAX; LETTERS],
            }
        }
        Self { lengths }
    }

    /// Whether a word as it is written can be one of them, or have one of them as a part.
    pub(crate) fn passes(&self, run: &Run<'_>) -> bool {
        let Some(first) = run.first else { return true };
        self.has(first, run.characters) || joined::may_be(run.word, first, run.characters)
    }

    /// Whether one of them begins with a letter and is so long.
    pub(crate) fn has(&self, first: u8, characters: usize) -> bool {
        self.lengths.get(usize::from(first)).is_none_or(|lengths| lengths & bit(characters) != 0)
    }
}

fn bit(characters: usize) -> u64 {
    1 << characters.min(63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Syllables;
    use proptest::prelude::*;

    #[test]
    fn words_pass_by_first_letter_and_length() {
        let sieve = Sieve::new(["tinh", "15", "hcm"].into_iter(), ["nong"].into_iter());
        let check = |word: &str, passes: bool| {
            let mut found = crate::Syllable::default();
            let seen = Syllables::parted(word).advance_among(&mut found, &sieve);
            assert_eq!(seen, Some(passes), "{word}");
        };
        for word in ["Tỉnh", "TINH", "tính", "17", "Ti\u{309}nh", "TPHCM", "tphcm", "nông", "n", "日本"]
        {
            check(word, true);
        }
        for word in ["tin", "mười", "2021", "đường", "về", "hc", "ủy"] {
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
