//! How sure it is that a figure is the observation that it says it is: of its statistic, about its whole, of its period,
//! in its sense.
//!
//! Each of these four parts was told by words of some kind at some distance. How often parts so told were right was
//! counted on texts that people judged (`rules/certainty.toml`, written by `yearline calibrate`); the certainty of a figure
//! is the product of the shares of its four parts, each counted where the parts before it were right.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::catalogue::{self, Indicator};
use crate::{Figure, Level, Modality, Whence};

/// The parts of an observation, in the order in which they are judged.
pub const PARTS: [&str; 4] = ["key", "about", "period", "modality"];

/// By what kind of words a part was told, and how many were right of those that were judged.
pub type Counts = BTreeMap<String, [u32; 2]>;

/// How often parts were right, by what told them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Certainties {
    /// Observations that are at least so sure stand in series, from 0 to 1.
    pub drawn: f64,
    /// By how the words of the statistic govern the number.
    pub key: Counts,
    /// By where the words stand that name the whole, and its kind.
    pub about: Counts,
    /// By where the words stand that give the period, and whether the statistic stands or flows.
    pub period: Counts,
    /// By the sense, and where the words stand that open it.
    pub modality: Counts,
}

/// The counts that come with the program.
pub fn known() -> &'static Certainties {
    static KNOWN: LazyLock<Certainties> =
        LazyLock::new(|| rules::read("rules/certainty.toml").expect("the table is tested"));
    &KNOWN
}

impl Figure {
    /// The share of observations with such grounds that are right in all parts, from 0 to 1; none where the figure is a
    /// value of no row of the catalogue.
    pub fn certainty(&self) -> Option<f64> {
        known().of(self)
    }

    /// Whether it is sure enough to stand in a series.
    pub fn is_drawn(&self) -> bool {
        self.certainty().is_some_and(|certainty| certainty >= known().drawn)
    }
}

impl Certainties {
    /// As [`Figure::certainty`], by these counts.
    pub fn of(&self, figure: &Figure) -> Option<f64> {
        let parts = [&self.key, &self.about, &self.period, &self.modality];
        let grounds = grounds(figure)?;
        Some(parts.into_iter().zip(&grounds).map(|(counts, ground)| share(counts, ground)).product())
    }

    /// Counts a judged figure: which of its parts are right, in the order of [`PARTS`]. A part says something only where
    /// those before it are right.
    pub fn count(&mut self, figure: &Figure, right: [bool; 4]) {
        let Some(grounds) = grounds(figure) else { return };
        let parts = [&mut self.key, &mut self.about, &mut self.period, &mut self.modality];
        for ((counts, ground), right) in parts.into_iter().zip(grounds).zip(right) {
            let [good, all] = counts.entry(ground).or_default();
            *all += 1;
            *good += u32::from(right);
            if !right {
                break;
            }
        }
    }
}

/// The share of a kind of grounds that was right. Few judged ones are drawn to the share of all.
fn share(counts: &Counts, ground: &str) -> f64 {
    /// So many judged ones weigh as much as the share of all.
    const WEIGHT: f64 = 3.0;
    let (good, all) =
        counts.values().fold((0.0, 0.0), |(good, all), [a, b]| (good + f64::from(*a), all + f64::from(*b)));
    let usual = if all > 0.0 { good / all } else { 0.0 };
    let [good, all] = counts.get(ground).copied().unwrap_or_default();
    (f64::from(good) + WEIGHT * usual) / (f64::from(all) + WEIGHT)
}

/// What told the parts of an observation, as the table names it; none of what is a value of no row of the catalogue.
pub fn grounds(figure: &Figure) -> Option<[String; 4]> {
    let row = figure.key.as_deref().and_then(catalogue::by_key)?;
    let key = figure.grounds.by.map_or("unknown", |by| by.as_str()).to_owned();
    Some([key, about(figure), period(figure, row), modality(figure)])
}

fn about(figure: &Figure) -> String {
    let Some(about) = &figure.about else { return "unknown".to_owned() };
    let kind = match about.level {
        Level::Province => "province",
        Level::District | Level::Commune => "inside",
        Level::Country => "country",
        _ => "other",
    };
    format!("{} {kind}", figure.grounds.about.map_or("unknown", |words| words.whence.as_str()))
}

fn period(figure: &Figure, row: &Indicator) -> String {
    let way = match (&figure.period, &figure.period_from) {
        (None, _) => "none",
        (_, Some(from)) => from.way.as_str(),
        (_, None) => "unknown",
    };
    format!("{way} {}", row.time.as_str())
}

fn modality(figure: &Figure) -> String {
    let place = match figure.grounds.modality.map(|words| words.whence) {
        None if figure.modality == Modality::Actual => return "actual".to_owned(),
        None => "by its time",
        Some(Whence::Clause) => "near",
        Some(_) => "far",
    };
    format!("{} {place}", figure.modality)
}

#[cfg(test)]
mod tests {
    use corpus::{Article, Language};

    use super::*;
    use crate::{Extractor, Reading as _};

    fn figure(text: &str) -> Figure {
        let article =
            Article { text: text.to_owned(), language: Some(Language::VIETNAMESE), ..Article::default() };
        Extractor.mentions(&article).figures.remove(0)
    }

    #[test]
    fn grounds_say_what_told_each_part() {
        let check = |text: &str, expected: Option<[&str; 4]>| {
            let found = grounds(&figure(text));
            assert_eq!(found, expected.map(|parts| parts.map(str::to_owned)), "{text}");
        };
        check(
            "Năm 2022, tỉnh Hà Tĩnh có tỷ lệ hộ nghèo là 3%.",
            Some(["front", "clause province", "sentence stock", "actual"]),
        );
        check(
            "Năm 2022, thu ngân sách của tỉnh Hà Tĩnh ước đạt 900 tỷ đồng.",
            Some(["front", "clause province", "sentence flow", "estimate near"]),
        );
        check(
            "Thu ngân sách của tỉnh Hà Tĩnh đạt 900 tỷ đồng.",
            Some(["front", "clause province", "none flow", "actual"]),
        );
        check("Thu ngân sách đạt 900 tỷ đồng.", None);
        check("Đoàn đã thăm 30 gia đình.", None);
    }

    #[test]
    fn counts_make_shares() {
        let sure = figure("Năm 2022, tỉnh Hà Tĩnh có tỷ lệ hộ nghèo là 3%.");
        let weak = figure("Thu ngân sách của cả nước đạt 900 tỷ đồng.");
        let mut counts = Certainties::default();
        assert_eq!(counts.of(&sure), Some(0.0), "nothing was judged");
        for _ in 0..20 {
            counts.count(&sure, [true; 4]);
            counts.count(&weak, [true, false, true, true]);
        }
        assert_eq!(counts.about["clause country"], [0, 20]);
        assert!(!counts.period.contains_key("none flow"), "the whole was wrong, so the period says nothing");
        let [sure, weak] = [&sure, &weak].map(|figure| counts.of(figure).unwrap());
        assert!(sure > 0.9 && weak < 0.1, "{sure} {weak}");
    }

    #[test]
    fn what_is_drawn_is_rather_right_than_wrong() {
        assert!((0.5..=1.0).contains(&known().drawn));
        for counts in [&known().key, &known().about, &known().period, &known().modality] {
            assert!(!counts.is_empty() && counts.values().all(|[good, all]| good <= all));
        }
    }
}
