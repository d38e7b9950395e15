use std::collections::HashSet;

use super::*;

#[test]
fn words_find_their_row() {
    let check = |asked: &str, expected: Option<&str>| {
        assert_eq!(by_words(asked).map(|row| row.id.as_str()), expected, "{asked}");
    };
    check("communes meeting new rural standards", Some("new-rural-communes"));
    check("xã đạt chuẩn nông thôn mới", Some("new-rural-communes"));
    check("Xã đạt chuẩn NTM", Some("new-rural-communes"));
    check("communes meeting advanced new rural standards", Some("advanced-new-rural-communes"));
    check("xã nông thôn mới kiểu mẫu", Some("model-new-rural-communes"));
    check("GRDP growth rate", Some("grdp-growth"));
    check("tốc độ tăng trưởng GRDP", Some("grdp-growth"));
    check("Thu ngân sách nhà nước", Some("budget-revenue"));
    check("tỉ lệ hộ nghèo", Some("poor-household-rate"));
    check("tỷ lệ hộ cận nghèo", Some("near-poor-rate"));
    check("kim ngạch xuất khẩu", Some("export-turnover"));
    check("sessions of the council", None);
}

#[test]
fn rows_are_whole_and_named_once() {
    let mut keys = HashSet::new();
    let mut names = HashSet::new();
    assert!(all().len() >= 120, "{}", all().len());
    for row in all() {
        assert!(keys.insert(&row.id), "{}", row.id);
        assert!(names.insert(&row.name.vi) && names.insert(&row.name.en), "{}", row.id);
        assert!(!row.units.is_empty() && !row.words.is_empty(), "{}", row.id);
        for part in [&row.definition.vi, &row.definition.en] {
            assert!(!part.trim().is_empty(), "{}", row.id);
        }
        let is_part = matches!(row.kind, Kind::Share | Kind::Ratio);
        assert!(
            row.of.is_some() || !is_part || row.id == "life-expectancy" || row.kind == Kind::Share,
            "{}",
            row.id
        );
    }
    // What must not be mixed is said on both sides.
    for row in all() {
        for other in &row.apart {
            let back = by_key(other).unwrap();
            assert!(back.apart.contains(&row.id), "{} and {other}", row.id);
        }
    }
    let subjects: HashSet<&str> = subjects().map(|(key, _)| key).collect();
    assert!(all().iter().all(|row| subjects.contains(row.subject.as_str())));
}

#[test]
fn a_row_has_its_units_and_no_other() {
    let check = |key: &str, unit: &str, expected: bool| {
        assert_eq!(by_key(key).unwrap().measures(unit), expected, "{key} {unit}");
    };
    check("budget-revenue", "VND", true);
    check("budget-revenue", "%", false);
    check("poor-households", "hộ nghèo", true);
    check("poor-household-rate", "hộ", false);
    check("grdp-growth", "rank", false);
}

#[test]
fn units_that_mean_the_same_are_shown_as_one() {
    let check = |row: &str, unit: &str, shown: &str| {
        assert_eq!(by_key(row).unwrap().shown_in(unit), shown, "{row}: {unit}");
    };
    check("income-per-capita", "VND", "VND/người/năm");
    check("income-per-capita", "VND/người", "VND/người/năm");
    check("income-per-capita", "VND/tháng", "VND/người/tháng");
    check("income-per-capita", "VND/person/month", "VND/người/tháng");
    check("income-per-capita", "USD/người", "USD");
    check("income-per-capita", "EUR", "EUR");
    for row in all() {
        for unit in &row.units {
            let shown = row.shown_in(unit);
            assert!(row.units.contains(&shown), "{}: {unit} is {shown}", row.id);
        }
    }
    let yields = all().iter().find(|row| row.units.iter().any(|unit| unit == "tạ/ha")).unwrap();
    assert_eq!((yields.shown_in("tạ/ha").as_str(), yields.shown_in("tấn/ha").as_str()), ("tạ/ha", "t/ha"));
}
