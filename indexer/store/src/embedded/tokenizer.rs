//! How tantivy sees a text: each syllable in the forms that a query may ask for, and pairs of neighbours for phrases.
//!
//! A syllable stands in the index without accents, and once more in the spelling of the text: with its accents, or,
//! where it has none but could have, behind a mark. So a query finds one spelling or all with one term. A pair stands there
//! once, as it is spelt: pairs are most of an index, and all spellings of one are found side by side
//! ([`spelt`](super::spelt)). The number of an official document stands there by its parts and once more as one word.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use text::{Numbers, Syllable, Syllables};

use super::backlog::Backlog;
use crate::spelling::{write_exact, write_exact_pair, write_folded_pair};

/// Single syllables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Singles;

/// Pairs of neighbouring syllables, `ủy ban`; the position is that of the first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs {
    /// What of the text that waits to be written is begun with here.
    pub(crate) backlog: Backlog,
}

impl Tokenizer for Singles {
    type TokenStream<'a> = SingleStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> SingleStream<'a> {
        SingleStream {
            syllables: Syllables::parted(text),
            syllable: Syllable::default(),
            exact: false,
            numbers: Numbers::new(text),
            out: Out::default(),
        }
    }
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream<'a> {
        self.backlog.leave(text.len());
        let mut syllables = Syllables::parted(text);
        let mut second = Syllable::default();
        syllables.advance(&mut second);
        PairStream { syllables, first: Syllable::default(), second, out: Out::default() }
    }
}

/// The token to hand out, and the position of the next one.
#[derive(Default)]
struct Out {
    token: Token,
    next: usize,
}

impl Out {
    fn begin(&mut self, start: usize, end: usize) {
        self.token.text.clear();
        self.token.position = self.next;
        self.token.offset_from = start;
        self.token.offset_to = end;
        self.next += 1;
    }
}

pub(crate) struct SingleStream<'a> {
    syllables: Syllables<'a>,
    syllable: Syllable,
    /// The exact form of the last syllable is still to come.
    exact: bool,
    /// Come behind all syllables: the field has no places.
    numbers: Numbers<'a>,
    out: Out,
}

impl TokenStream for SingleStream<'_> {
    fn advance(&mut self) -> bool {
        if std::mem::take(&mut self.exact) {
            self.out.token.text.clear();
            if write_exact(&self.syllable, &mut self.out.token.text) {
                return true;
            }
        }
        if !self.syllables.advance(&mut self.syllable) {
            let Some((place, number)) = self.numbers.next() else { return false };
            self.out.begin(place.start, place.end);
            self.out.token.text.push_str(&number);
            return true;
        }
        self.exact = true;
        self.out.begin(self.syllable.start, self.syllable.end);
        self.out.token.text.push_str(&self.syllable.folded);
        true
    }

    fn token(&self) -> &Token {
        &self.out.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.out.token
    }
}

pub(crate) struct PairStream<'a> {
    syllables: Syllables<'a>,
    first: Syllable,
    second: Syllable,
    out: Out,
}

impl TokenStream for PairStream<'_> {
    fn advance(&mut self) -> bool {
        std::mem::swap(&mut self.first, &mut self.second);
        if !self.syllables.advance(&mut self.second) {
            return false;
        }
        self.out.begin(self.first.start, self.second.end);
        let text = &mut self.out.token.text;
        if !write_exact_pair(&self.first, &self.second, text) {
            write_folded_pair(&self.first, &self.second, text);
        }
        true
    }

    fn token(&self) -> &Token {
        &self.out.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.out.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(mut tokenizer: impl Tokenizer, text: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut stream = tokenizer.token_stream(text);
        while stream.advance() {
            found.push((stream.token().position, stream.token().text.clone()));
        }
        found
    }

    #[test]
    fn a_syllable_is_found_by_each_of_its_forms() {
        let at = |position, text: &str| (position, text.to_owned());
        assert_eq!(
            tokens(Singles, "Tỉnh an 2021"),
            [at(0, "tinh"), at(0, "tỉnh"), at(1, "an"), at(1, "=an"), at(2, "2021")]
        );
        assert_eq!(
            tokens(Pairs::default(), "Uỷ ban 2021 people"),
            [at(0, "uy ban\u{1}0ủ"), at(1, "ban 2021\u{1}"), at(2, "2021 people")]
        );
        assert_eq!(
            tokens(Singles, "5/CT-x 6/ct"),
            [at(0, "5"), at(1, "ct"), at(2, "x"), at(3, "6"), at(4, "ct"), at(5, "5/ctx"), at(6, "6/ct")]
        );
        assert_eq!(tokens(Pairs::default(), "một"), []);
        assert_eq!(tokens(Pairs::default(), ""), []);
    }
}
