//! What addresses answer and parameters do, in both languages (`messages/docs.toml`).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::words::Ui;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// By the path of the address.
    routes: HashMap<String, About>,
    /// By what [`crate::params::Parameter`] says of itself.
    parameters: HashMap<String, About>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    en: String,
    vi: String,
}

impl About {
    fn said(&self, ui: Ui) -> &str {
        match ui {
            Ui::English => &self.en,
            Ui::Vietnamese => &self.vi,
        }
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../messages/docs.toml")).expect("a test reads the same table")
});

/// What an address answers.
pub(crate) fn route(path: &str, ui: Ui) -> &'static str {
    TABLE.routes.get(path).map_or("", |about| about.said(ui))
}

/// What a parameter does.
pub(crate) fn parameter(about: &str, ui: Ui) -> &'static str {
    TABLE.parameters.get(about).map_or("", |about| about.said(ui))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::routes::{Answer, ROUTES};

    #[test]
    fn everything_is_described_in_both_languages_and_nothing_else() {
        let resources = || ROUTES.iter().filter(|route| !matches!(route.answer, Answer::Page));
        let paths: BTreeSet<&str> = resources().map(|route| route.path).collect();
        let known: BTreeSet<&str> = TABLE.routes.keys().map(String::as_str).collect();
        assert_eq!(known, paths);
        let asked: BTreeSet<&str> =
            ROUTES.iter().flat_map(|route| route.parameters).map(|parameter| parameter.about).collect();
        let known: BTreeSet<&str> = TABLE.parameters.keys().map(String::as_str).collect();
        assert_eq!(known, asked);
        let accented = |text: &str| text.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
        for (name, about) in TABLE.routes.iter().chain(&TABLE.parameters) {
            assert!(!about.en.is_empty() && !accented(&about.en), "{name}: {}", about.en);
            assert!(accented(&about.vi), "{name}: {}", about.vi);
        }
    }
}
