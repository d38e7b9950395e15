//! Keys of what figures measure: what facets count, filters take and series are asked by. Directives and officials have the
//! ids of the entities that identity decides.

use extract::{Figure, catalogue};
use text::slug;

/// Key of what a figure measures: a known indicator where its words fit one, else the words.
pub fn indicator(figure: &Figure) -> Option<String> {
    let words = figure.indicator.as_deref()?;
    let known = catalogue::by_words(words, figure.unit.as_deref()).map(|row| row.id.clone());
    known.or_else(|| Some(slug(words)).filter(|key| !key.is_empty()))
}
