//! Spellings near a word that no document has: a slip of the fingers in a foreign word or name.

/// Letters of a word whose slips are looked for, at least: shorter ones are near too many others.
const FEWEST: usize = 5;

/// Whether a word may be looked for by a near spelling: letters without accents that are no Vietnamese syllable. Each of those is
/// near another, and means itself.
pub fn may_be_misspelt(word: &str) -> bool {
    word.len() >= FEWEST
        && word.bytes().all(|letter| letter.is_ascii_lowercase())
        && !text::is_vietnamese(word)
}

/// Whether two words begin alike and are one letter apart: one more, one less, another, or two neighbours exchanged (Damerau 1964).
pub(crate) fn are_near(a: &str, b: &str) -> bool {
    let (a, b) = if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    if same == 0 || a == b {
        return false;
    }
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        (a, [_, b @ ..]) if a.len() == b.len() => a == b,
        ([a, rest @ ..], [b, other @ ..]) if rest.len() == other.len() => {
            rest == other
                || matches!((rest, other), ([c, rest @ ..], [d, other @ ..]) if a == d && b == c && rest == other)
        }
        _ => false,
    }
}

/// The spelling of those near a word that most documents have; of equals the first by its letters.
pub(crate) fn most_frequent(near: impl Iterator<Item = (String, u64)>) -> Option<String> {
    near.max_by(|(a, n), (b, m)| n.cmp(m).then_with(|| b.cmp(a))).map(|(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_one_letter_apart_are_near() {
        let check = |a: &str, b: &str, expected: bool| {
            assert_eq!((are_near(a, b), are_near(b, a)), (expected, expected), "{a} {b}");
        };
        check("coruption", "corruption", true);
        check("corruptoin", "corruption", true);
        check("corruptiom", "corruption", true);
        check("corruptions", "corruption", true);
        check("corruption", "corruption", false);
        check("korruption", "corruption", false);
        check("coruptoin", "corruption", false);
        check("harbour", "harvest", false);
    }

    #[test]
    fn what_may_be_a_slip_is_told() {
        for word in ["coruption", "airprot", "trumpp"] {
            assert!(may_be_misspelt(word), "{word}");
        }
        for word in ["tỉnh", "nghieng", "trump1", "kong", "Airprot", "=thanh"] {
            assert!(!may_be_misspelt(word), "{word}");
        }
    }

    #[test]
    fn the_spelling_of_most_documents_is_taken() {
        let of = |near: &[(&str, u64)]| {
            most_frequent(near.iter().map(|(word, count)| ((*word).to_owned(), *count)))
        };
        assert_eq!(of(&[("b", 2), ("a", 2), ("c", 1)]).as_deref(), Some("a"));
        assert_eq!(of(&[]), None);
    }
}
