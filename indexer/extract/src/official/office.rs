//! Offices that are known in several wordings and in both languages.

use serde::Deserialize;
use text::slug;

use super::POSITIONS;

/// One office in all its wordings.
#[derive(Deserialize)]
pub struct Office {
    /// Key of the position in it.
    pub key: String,
    /// Without accents, as syllables.
    pub forms: Vec<String>,
}

/// Key of a position: an office that is known in several wordings and both languages, else the words of the text.
pub fn position(words: &str) -> String {
    let table = &*POSITIONS;
    let slug = slug(words);
    let current = table
        .former
        .iter()
        .find_map(|former| slug.strip_prefix(&text::slug(former))?.strip_prefix('-'))
        .unwrap_or(&slug);
    let known = table.office.iter().find(|office| office.forms.iter().any(|form| same(form, current)));
    known.map_or_else(|| current.to_owned(), |office| office.key.clone())
}

/// Whether words with blanks are words with hyphens.
fn same(form: &str, slug: &str) -> bool {
    form.split(' ').eq(slug.split('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wording_names_two_offices() {
        let mut known = std::collections::HashMap::new();
        for office in &POSITIONS.office {
            for form in &office.forms {
                let other = known.insert(form, &office.key);
                assert_eq!(other, None, "{form} is {} too", office.key);
            }
        }
    }
}
