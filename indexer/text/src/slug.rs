//! Slugs: the words of a text as keys and addresses write them.

use crate::syllable::Syllables;

/// The words of a text without case and accents, joined by hyphens.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for syllable in Syllables::new(text) {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&syllable.folded);
    }
    slug
}
