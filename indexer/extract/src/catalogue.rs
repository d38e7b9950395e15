//! Indicators under which figures of many texts and both languages come together: `rules/indicators.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rules::RuleError;
use serde::Deserialize;
use text::Syllables;

/// A statistic that is reported year after year.
#[derive(Debug)]
pub struct Indicator {
    /// Key of its figures.
    pub id: String,
    /// Its name in Vietnamese.
    pub vi: String,
    /// Its name in English.
    pub en: String,
    /// Writings of the unit of its levels, the usual one first.
    pub units: Vec<String>,
    /// Whether more of it is better.
    pub up: Judgement,
    forms: Vec<Vec<String>>,
    /// Words that each keep a figure out; several words keep out together.
    not: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    short: HashMap<String, String>,
    indicator: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    vi: String,
    en: String,
    forms: Vec<String>,
    not: Vec<String>,
    units: Vec<String>,
    up: Judgement,
}

/// Whether more of it is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// More is better.
    Good,
    /// Less is better.
    Bad,
    /// It depends.
    Neither,
}

impl Judgement {
    /// Its word in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Neither => "neither",
        }
    }
}

/// The rows, and what short forms stand for.
struct Known {
    rows: Vec<Indicator>,
    short: HashMap<String, Vec<String>>,
}

fn table() -> Result<Known, RuleError> {
    let table: Table = rules::read("rules/indicators.toml")?;
    let short = table.short.iter().map(|(short, long)| (folded(short).concat(), folded(long))).collect();
    let all = |words: &[String]| words.iter().map(|words| folded(words)).collect();
    let indicator = |row: Row| Indicator {
        forms: all(&row.forms),
        not: all(&row.not),
        id: row.id,
        vi: row.vi,
        en: row.en,
        units: row.units,
        up: row.up,
    };
    Ok(Known { rows: table.indicator.into_iter().map(indicator).collect(), short })
}

fn known() -> &'static Known {
    static KNOWN: LazyLock<Known> = LazyLock::new(|| table().expect("the table is tested"));
    &KNOWN
}

fn rows() -> &'static [Indicator] {
    &known().rows
}

/// The row of that key.
pub fn by_key(key: &str) -> Option<&'static Indicator> {
    rows().iter().find(|row| row.id == key)
}

/// The row that the words of an indicator and its unit fit.
pub fn by_words(indicator: &str, unit: Option<&str>) -> Option<&'static Indicator> {
    let words = folded(indicator).into_iter().chain(unit.map(folded).unwrap_or_default());
    let words: HashSet<String> = words
        .flat_map(|word| match known().short.get(&word) {
            Some(long) => [std::slice::from_ref(&word), long].concat(),
            None => vec![word],
        })
        .collect();
    let stands = |form: &Vec<String>| form.iter().all(|word| words.contains(word));
    rows().iter().find(|row| row.forms.iter().any(stands) && !row.not.iter().any(stands))
}

fn folded(text: &str) -> Vec<String> {
    Syllables::new(text).map(|syllable| syllable.folded).collect()
}

/// The words of a text without case and accents, to compare units.
pub fn unit_key(unit: &str) -> String {
    if unit.trim() == "%" { "%".to_owned() } else { folded(unit).join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_find_their_row() {
        let check = |indicator: &str, unit: Option<&str>, expected: Option<&str>| {
            assert_eq!(by_words(indicator, unit).map(|row| row.id.as_str()), expected, "{indicator}");
        };
        check("communes meeting new rural standards", Some("communes"), Some("new-rural-communes"));
        check("communes recognized as meeting new rural standards", None, Some("new-rural-communes"));
        check("xã đạt chuẩn nông thôn mới", Some("xã"), Some("new-rural-communes"));
        check("đạt chuẩn nông thôn mới", Some("xã"), Some("new-rural-communes"));
        check("communes meeting advanced new rural standards", None, Some("advanced-new-rural-communes"));
        check("xã nông thôn mới kiểu mẫu", None, Some("model-new-rural-communes"));
        check("district-level units meeting new rural standards", None, Some("new-rural-districts"));
        check("GRDP growth rate", Some("%"), Some("grdp-growth"));
        check("tốc độ tăng trưởng GRDP", Some("%"), Some("grdp-growth"));
        check("Thu ngân sách nhà nước", Some("VND"), Some("budget-revenue"));
        check("PAR Index", Some("rank"), Some("par-index"));
        check("tỷ lệ hộ nghèo", Some("%"), Some("poor-household-rate"));
        check("tỷ lệ hộ cận nghèo", Some("%"), Some("near-poor-rate"));
        check("poor households", Some("households"), Some("poor-households"));
        check("kim ngạch xuất khẩu", Some("USD"), Some("export-turnover"));
        check("xã đạt chuẩn NTM", Some("xã"), Some("new-rural-communes"));
        check("người tham gia BHYT", Some("%"), Some("health-insurance"));
        check("dịch vụ công trực tuyến mức độ 3", Some("dịch vụ công"), Some("par-level-3-services"));
        check("vụ TNGT", Some("vụ"), Some("traffic-accidents"));
        check("tỷ lệ trẻ em suy dinh dưỡng", Some("%"), Some("child-malnutrition"));
        check("sessions of the council", Some("sessions"), None);
    }

    #[test]
    fn keys_are_unique_and_names_find_their_own_row() {
        let mut keys = HashSet::new();
        assert!(rows().len() >= 60, "{}", rows().len());
        let mut wrong = Vec::new();
        for row in table().unwrap().rows {
            assert!(keys.insert(row.id.clone()), "{}", row.id);
            for form in &row.forms {
                assert!(!form.is_empty(), "{}", row.id);
            }
            assert!(!row.units.is_empty(), "{}", row.id);
            for name in [&row.vi, &row.en] {
                let found = by_words(name, Some(&row.units[0])).map(|found| found.id.as_str());
                if found != Some(row.id.as_str()) {
                    wrong.push(format!("{name}: {found:?} for {}", row.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
