//! Keys that bring mentions of the same thing together: what facets count, filters take and dossiers are asked by.

use jiff::civil::Date;

use super::syllable::Syllables;
use crate::{Directive, Figure, PartialDate};

/// Key of a directive that is cited in a document of `province`, published on a day.
pub fn directive(
    directive: &Directive,
    quote: &str,
    province: Option<&str>,
    published: Option<Date>,
) -> String {
    let name = directive.number.as_deref().unwrap_or(quote);
    let year = directive.issued.map(PartialDate::year).or(published.map(Date::year));
    let place = if directive.named { None } else { province };
    let year = if directive.named { None } else { year };
    let mut key = format!("{}-{}", directive.kind, slug(name));
    for part in [place.map(slug), year.map(|year| year.to_string())].into_iter().flatten() {
        key.push('-');
        key.push_str(&part);
    }
    key
}

/// Key of the official of that name in a document of `province`.
pub fn official(name: &str, province: Option<&str>) -> String {
    match province {
        Some(province) => format!("{}-{}", slug(name), slug(province)),
        None => slug(name),
    }
}

/// Key of a position, from the words of the text.
pub fn position(words: &str) -> String {
    slug(words)
}

/// Key of what a figure measures.
pub fn indicator(figure: &Figure) -> Option<String> {
    figure.indicator.as_deref().map(slug).filter(|key| !key.is_empty())
}

/// The words of a text without case and accents, joined by hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for syllable in Syllables::new(text) {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&syllable.folded);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_both_languages_is_one_key() {
        assert_eq!(official("Lê Văn Sơn", Some("Sơn Khê")), "le-van-son-son-khe");
        assert_eq!(official("Le Van Son", Some("Sơn Khê")), "le-van-son-son-khe");
        assert_eq!(position("Chủ tịch UBND tỉnh"), "chu-tich-ubnd-tinh");
    }
}
