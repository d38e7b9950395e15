//! The terms of syllables and of pairs of neighbours, in one spelling or in all: how every engine writes them.

use text::Syllable;

/// Stands before an unaccented spelling that is meant exactly: no syllable contains it.
const PLAIN: char = '=';

/// Stands between the letters of two neighbours and what tells one spelling of them from others. It comes before all that a
/// syllable contains, so that in a sorted dictionary all spellings of a pair stand together, right behind its letters.
pub(crate) const SPELLING: char = '\u{1}';

/// Writes the term for exactly this spelling; `false`, with nothing written, where the folded term says the same.
pub(crate) fn write_exact(syllable: &Syllable, term: &mut String) -> bool {
    if syllable.has_accents() {
        term.push_str(&syllable.exact);
        true
    } else if syllable.is_plain() {
        term.push(PLAIN);
        term.push_str(&syllable.folded);
        true
    } else {
        false
    }
}

/// Writes the term for exactly these two spellings side by side: that of any spelling, and what tells this one from others;
/// `false`, with nothing written, where there is no other.
pub(crate) fn write_exact_pair(first: &Syllable, second: &Syllable, term: &mut String) -> bool {
    let differs = [first, second].iter().any(|syllable| syllable.has_accents() || syllable.is_plain());
    if differs {
        write_folded_pair(first, second, term);
        term.push(SPELLING);
        write_marks(first, 0, term);
        write_marks(second, first.folded.chars().count(), term);
    }
    differs
}

/// Whether a term of a pair is one of a single spelling.
pub(crate) fn is_exact_pair(term: &str) -> bool {
    term.contains(SPELLING)
}

/// Writes the letters that a spelling has instead of those without accents, each behind its place in the pair.
fn write_marks(syllable: &Syllable, before: usize, term: &mut String) {
    if syllable.exact.chars().count() != syllable.folded.chars().count() {
        term.push_str(&syllable.exact);
        return;
    }
    for (at, (letter, plain)) in (before..).zip(syllable.exact.chars().zip(syllable.folded.chars())) {
        if letter != plain {
            let place = u32::try_from(at).ok().and_then(|at| char::from_u32(u32::from('0') + at));
            term.extend(place);
            term.push(letter);
        }
    }
}

/// Writes the term for two neighbours in any spelling.
pub(crate) fn write_folded_pair(first: &Syllable, second: &Syllable, term: &mut String) {
    write_pair(&first.folded, &second.folded, term);
}

fn write_pair(first: &str, second: &str, term: &mut String) {
    term.push_str(first);
    term.push(' ');
    term.push_str(second);
}

#[cfg(test)]
mod tests {
    use text::Syllables;

    use super::*;

    #[test]
    fn spellings_of_a_pair_stand_behind_its_letters() {
        let check = |text: &str, folded: &str, exact: Option<&str>| {
            let syllables: Vec<Syllable> = Syllables::parted(text).collect();
            let [first, second] = syllables.as_slice() else { panic!("{text}") };
            let (mut any, mut one) = (String::new(), String::new());
            write_folded_pair(first, second, &mut any);
            let differs = write_exact_pair(first, second, &mut one);
            assert_eq!(
                (any.as_str(), differs.then(|| one.replace(SPELLING, "|")).as_deref()),
                (folded, exact)
            );
            assert_eq!(is_exact_pair(&one), differs, "{text}");
        };
        check("Uỷ ban", "uy ban", Some("uy ban|0ủ"));
        check("ban uỷ", "ban uy", Some("ban uy|3ủ"));
        check("tỉnh Đồng", "tinh dong", Some("tinh dong|1ỉ4đ5ồ"));
        check("an ban", "an ban", Some("an ban|"));
        check("2021 people", "2021 people", None);
        check("ban 2021", "ban 2021", Some("ban 2021|"));
    }
}
