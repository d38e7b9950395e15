//! Spellings near a word that no document has, out of the dictionary of words.

use std::collections::HashMap;

use tantivy::Term;

use super::reader::Embedded;
use crate::error::Error;
use crate::near::{are_near, most_frequent};

impl Embedded {
    /// See [`Store::near_spellings`](crate::Store::near_spellings).
    pub(super) fn near_spellings_of(&self, words: &[&str]) -> Result<Vec<Option<String>>, Error> {
        let snapshot = self.snapshot();
        let field = self.fields().text;
        let near = |word: &&str| -> tantivy::Result<Option<String>> {
            if snapshot.searcher.doc_freq(&Term::from_field_text(field, word))? > 0 {
                return Ok(None);
            }
            let Some(first) = word.as_bytes().first() else { return Ok(None) };
            let mut documents: HashMap<String, u64> = HashMap::new();
            for reader in snapshot.searcher.segment_readers() {
                let inverted = reader.inverted_index(field)?;
                let mut terms = inverted.terms().range().ge([*first]).lt([first + 1]).into_stream()?;
                while let Some((term, info)) = terms.next() {
                    let Ok(term) = std::str::from_utf8(term) else { continue };
                    if are_near(word, term) {
                        *documents.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
                    }
                }
            }
            Ok(most_frequent(documents.into_iter()))
        };
        words.iter().map(near).collect::<tantivy::Result<_>>().map_err(|error| self.error(error))
    }
}
