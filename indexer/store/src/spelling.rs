//! The terms of syllables and of pairs of neighbours, in one spelling or in all: how every engine writes them.

use text::Syllable;

/// Stands before an unaccented spelling that is meant exactly: no syllable contains it.
const PLAIN: char = '=';

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

/// Writes the term for exactly these two spellings side by side; `false`, with nothing written, where the folded term
/// says the same.
pub(crate) fn write_exact_pair(first: &Syllable, second: &Syllable, term: &mut String) -> bool {
    if first.has_accents() || second.has_accents() {
        write_pair(&first.exact, &second.exact, term);
        true
    } else if first.is_plain() || second.is_plain() {
        term.push(PLAIN);
        write_pair(&first.folded, &second.folded, term);
        true
    } else {
        false
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
