use extract::{Modality, Modifier};
use store::FigureFilter;

use super::series::PeriodKind;
use super::{Point, Series, SeriesQuestion, catalogue};
use crate::Index;
use crate::fixture::{Page, extracted, page};

/// The question for a statistic by its words.
fn question(words: &str) -> SeriesQuestion {
    SeriesQuestion::of(catalogue::asked(words).unwrap_or_else(|| panic!("no statistic “{words}”")))
}

/// All values that were found, certain or not.
fn found(series: &Series) -> impl Iterator<Item = &Point> {
    series.points.iter().chain(&series.uncertain)
}

/// Periods, values and wholes of the communes that meet the standards.
fn communes(index: &Index, words: &str, province: &str) -> Vec<(String, f64, Option<f64>)> {
    let series =
        index.series(&SeriesQuestion { province: Some(province.to_owned()), ..question(words) }).unwrap();
    assert_eq!(series.indicator.id, "new-rural-communes");
    found(&series).map(|point| (point.period.to_string(), point.value, point.of)).collect()
}

#[test]
fn both_languages_are_one_series_and_changes_stand_apart() {
    let pages = [
        page("a", "Up to now, the whole province has 52/90 communes recognized as meeting new rural standards, accounting for 57.8% of all communes.")
            .on("2021-06-01")
            .of("bao", "Sơn Khê"),
        page("b", "Đến nay, toàn tỉnh có 61/90 xã đạt chuẩn nông thôn mới; 8 xã đạt chuẩn nông thôn mới nâng cao.")
            .on("2022-12-20")
            .of("bao", "Sơn Khê"),
        page("c", "Năm 2022, thu ngân sách của tỉnh đạt hơn 4.200 tỷ đồng, tăng 12,5% so với năm 2021.")
            .on("2022-12-21")
            .of("bao", "Sơn Khê"),
        page("d", "Năm 2022, kim ngạch xuất khẩu của tỉnh đạt 900 triệu USD, tăng 7,5% so với năm 2021.")
            .on("2022-12-22")
            .of("bao", "Sơn Khê"),
    ];
    let (_fixture, index) = extracted(&pages);
    // A state whose text gives no period stands as of the day of publication.
    let expected = [("2021-06-01".to_owned(), 52.0, Some(90.0)), ("2022-12-20".to_owned(), 61.0, Some(90.0))];
    for words in ["communes meeting new rural standards", "xã đạt chuẩn nông thôn mới", "new-rural-communes"]
    {
        assert_eq!(communes(&index, words, "Sơn Khê"), expected, "{words}");
    }
    let series = index.series(&question("budget revenue")).unwrap();
    let [point] = found(&series).collect::<Vec<_>>()[..] else { panic!("{series:?}") };
    assert_eq!((point.value, point.modifier, point.period_given), (4.2e12, Modifier::More, true));
    // A change is no level: it is a value of its own row, where there is one.
    let values = |words: &str| -> Vec<f64> {
        let series = index.series(&question(words)).unwrap();
        assert_eq!(series.changes, [], "{words}");
        found(&series).map(|point| point.value).collect()
    };
    assert_eq!(values("budget revenue"), [4.2e12]);
    assert_eq!(values("export-turnover"), [9e8]);
    assert_eq!(values("export-growth"), [7.5]);
}

#[test]
fn only_what_is_certain_is_drawn() {
    let pages = [
        page("a", "Năm 2021, thu ngân sách của tỉnh Sơn La đạt 4.200 tỷ đồng.").on("2022-01-10"),
        page("b", "Năm 2022, thu ngân sách của tỉnh Sơn La đạt 4.500 tỷ đồng.").on("2023-01-10"),
        // Whose revenue it is, only the sentence before tells, and that by the way.
        page("c", "Đoàn công tác thăm tỉnh Sơn La. Năm 2023, thu ngân sách đạt 9.900 tỷ đồng.")
            .on("2024-01-10"),
        // Whose revenue it is, only the name of the paper tells.
        page("d", "Năm 2023, thu ngân sách đạt 8.800 tỷ đồng.").on("2024-01-10").of("bao", "Sơn La"),
    ];
    let (_fixture, index) = extracted(&pages);
    let series = index.series(&question("budget-revenue")).unwrap();
    let values = |points: &[Point]| points.iter().map(|point| point.value).collect::<Vec<_>>();
    assert_eq!(values(&series.points), [4.2e12, 4.5e12]);
    assert_eq!(values(&series.uncertain), [9.9e12]);
    assert_eq!(series.choices.iter().map(|choice| choice.values).sum::<usize>(), 2);
}

#[test]
fn a_range_is_one_value_and_disputes_only_what_lies_outside_of_it() {
    let disputed = |second: &str| {
        let pages = [
            page("a", "Năm 2022, tỷ lệ hộ nghèo của tỉnh Sơn La là 3 - 5%.").on("2023-01-10"),
            page("b", second).on("2023-01-12"),
        ];
        let (_fixture, index) = extracted(&pages);
        let series = index.series(&question("poor-household-rate")).unwrap();
        series.points.iter().map(|point| (point.value, point.upto, point.disputed)).collect::<Vec<_>>()
    };
    let inside = disputed("Năm 2022, tỷ lệ hộ nghèo của tỉnh Sơn La là 4%.");
    assert_eq!(inside, [(3.0, Some(5.0), false), (4.0, None, false)]);
    let outside = disputed("Năm 2022, tỷ lệ hộ nghèo của tỉnh Sơn La là 9%.");
    assert_eq!(outside, [(3.0, Some(5.0), true), (9.0, None, true)]);
}

#[test]
fn the_seeds_give_the_communes_of_two_years() {
    #[derive(serde::Deserialize)]
    struct Seed {
        id: String,
        published: Option<String>,
        province: String,
        text: String,
    }
    let Some(lines) = crate::shared::text("gold/seeds.jsonl") else { return };
    let pages: Vec<Page> = lines
        .lines()
        .map(|line| {
            let seed: Seed = serde_json::from_str(line).unwrap();
            let page = page(&seed.id, &seed.text).of("bao", &seed.province);
            match seed.published {
                Some(date) => page.on(&date),
                None => page,
            }
        })
        .collect();
    let (_fixture, index) = extracted(&pages);
    let expected = [("2021-06-26".to_owned(), 281.0, Some(411.0)), ("2022".to_owned(), 309.0, Some(411.0))];
    assert_eq!(communes(&index, "communes meeting new rural standards", "Nghệ An"), expected);
}

#[test]
fn figures_become_a_series() {
    let pages = [
        page("a", "Năm 2021, thu ngân sách của tỉnh Sơn La đạt 4.200 tỷ đồng.")
            .on("2022-01-10")
            .of("bao", "Sơn La"),
        page("b", "Năm 2021, thu ngân sách của tỉnh Sơn La đạt 4.200 tỷ đồng.")
            .on("2022-01-11")
            .of("cong", "Sơn La"),
        page("c", "Năm 2021, thu ngân sách của tỉnh Sơn La đạt 4.900 tỷ đồng.")
            .on("2022-01-12")
            .of("cong", "Sơn La"),
        page("d", "Năm 2022, thu ngân sách của tỉnh Sơn La đạt 4.500 tỷ đồng.")
            .on("2023-01-10")
            .of("cong", "Sơn La"),
        page("e", "Năm 2022, thu ngân sách của tỉnh Nghệ An đạt 9.000 tỷ đồng.")
            .on("2023-01-10")
            .of("cong", "Sơn La"),
        page("f", "Năm 2022, cả bản trồng được 12.000 gốc mận.").on("2023-01-10").of("cong", "Sơn La"),
    ];
    let (_fixture, index) = extracted(&pages);
    let question = SeriesQuestion { province: Some("Sơn La".to_owned()), ..question("budget revenue") };
    let series = index.series(&question).unwrap();
    assert_eq!(series.unit.as_deref(), Some("VND"));
    assert_eq!(series.unread, 0);
    let shown: Vec<_> = series
        .points
        .iter()
        .map(|point| (point.period.to_string(), point.value, point.carriers.len(), point.disputed))
        .collect();
    let year = |year: &str| year.to_owned();
    assert_eq!(
        shown,
        [(year("2021"), 4.2e12, 1, true), (year("2021"), 4.9e12, 0, true), (year("2022"), 4.5e12, 0, false)]
    );
    assert_eq!(series.points[0].evidence.document.published.unwrap().date.to_string(), "2022-01-10");
    assert!(series.changes.is_empty());

    let later = index.series(&SeriesQuestion { from: Some(2022), ..question.clone() }).unwrap();
    assert_eq!(later.points.len(), 1);
    let other = index.series(&SeriesQuestion { unit: Some("%".to_owned()), ..question }).unwrap();
    assert!(other.points.is_empty());

    // What no row names is found by its words, and is no statistic.
    assert!(catalogue::asked("gốc mận").is_none());
    let words = store::Query::parse("goc man", &store::QueryLimits::default()).unwrap();
    let found = index.figures(&FigureFilter { words, ..FigureFilter::default() }, None, 10).unwrap();
    let values: Vec<f64> = found.records.iter().map(|keyed| keyed.record.mention.value).collect();
    assert_eq!(values, [12_000.0]);
    let list = index.indicators(&FigureFilter::default(), None, 10).unwrap();
    assert_eq!(list.total, 1);
}

#[test]
fn values_of_another_unit_are_no_points_of_a_line() {
    let pages = [
        page("a", "Năm 2012, thu nhập bình quân đầu người của tỉnh Sơn La đạt 1.120 USD.").on("2013-01-10"),
        page("b", "Năm 2015, thu nhập bình quân đầu người của tỉnh Sơn La đạt 21 triệu đồng.")
            .on("2016-01-10"),
        page("c", "Năm 2016, thu nhập bình quân đầu người của tỉnh Sơn La đạt 23 triệu đồng/người/năm.")
            .on("2017-01-10"),
        page("d", "Năm 2017, thu nhập bình quân đầu người của tỉnh Sơn La đạt 2,1 triệu đồng/người/tháng.")
            .on("2018-01-10"),
    ];
    let (_fixture, index) = extracted(&pages);
    let check = |unit: Option<&str>, shown: &str, expected: &[(&str, f64)]| {
        let question = SeriesQuestion {
            province: Some("Sơn La".to_owned()),
            unit: unit.map(str::to_owned),
            ..question("income-per-capita")
        };
        let series = index.series(&question).unwrap();
        let mut values: Vec<(String, f64)> =
            found(&series).map(|point| (point.period.to_string(), point.value)).collect();
        values.sort_by(|a, b| a.0.cmp(&b.0));
        let values: Vec<(&str, f64)> =
            values.iter().map(|(period, value)| (period.as_str(), *value)).collect();
        assert_eq!((series.unit.as_deref(), values.as_slice()), (Some(shown), expected), "{unit:?}");
    };
    check(None, "VND/người/năm", &[("2015", 21e6), ("2016", 23e6)]);
    check(Some("USD"), "USD", &[("2012", 1_120.0)]);
    check(Some("VND/tháng"), "VND/người/tháng", &[("2017", 2.1e6)]);
}

#[test]
fn places_are_compared_by_values_that_are_alike() {
    let told = |name: &str, day: &str, text: &str| page(name, text).on(day);
    let pages = [
        told("a", "2022-01-10", "Năm 2021, thu ngân sách của tỉnh Sơn La đạt 4.200 tỷ đồng."),
        told("b", "2023-01-10", "Năm 2022, thu ngân sách của tỉnh Sơn La đạt 4.500 tỷ đồng."),
        told("c", "2023-01-11", "Năm 2022, thu ngân sách của tỉnh Lào Cai đạt 9.100 tỷ đồng."),
        // Another sense and another kind of period are no values of the same line.
        told("d", "2023-01-12", "Năm 2023, tỉnh Lào Cai phấn đấu thu ngân sách đạt 9.900 tỷ đồng."),
        told("e", "2023-04-12", "Quý I năm 2023, thu ngân sách của tỉnh Sơn La đạt 900 tỷ đồng."),
        told("f", "2023-07-12", "Quý II năm 2023, thu ngân sách của tỉnh Sơn La đạt 950 tỷ đồng."),
        told("g", "2023-10-12", "Quý III năm 2023, thu ngân sách của tỉnh Sơn La đạt 990 tỷ đồng."),
    ];
    let (_fixture, index) = extracted(&pages);
    let compared = |question: &SeriesQuestion, places: &[&str]| {
        let places: Vec<String> = places.iter().map(|place| (*place).to_owned()).collect();
        let found = index.comparison(question, &places).unwrap();
        let alike = found.alike.map(|alike| (alike.modality, alike.span, alike.unit));
        let values = |place: crate::statistics::comparison::Compared| {
            (place.place, place.points.iter().map(|point| point.value).collect::<Vec<_>>())
        };
        (alike, found.places.into_iter().map(values).collect::<Vec<_>>())
    };
    let of = |place: &str, values: &[f64]| (place.to_owned(), values.to_vec());
    let years = Some((Modality::Actual, PeriodKind::Year, "VND".to_owned()));
    // Most values are of quarters; of years, more places have some.
    let question = question("budget-revenue");
    assert_eq!(
        compared(&question, &["Sơn La", "Lào Cai", "Nghệ An", "sơn la"]),
        (years.clone(), vec![of("Sơn La", &[4.2e12, 4.5e12]), of("Lào Cai", &[9.1e12]), of("Nghệ An", &[])])
    );
    let from = SeriesQuestion { from: Some(2022), ..question.clone() };
    assert_eq!(
        compared(&from, &["Sơn La", "Lào Cai"]),
        (years, vec![of("Sơn La", &[4.5e12]), of("Lào Cai", &[9.1e12])])
    );
    let quarters = SeriesQuestion { span: Some(PeriodKind::Quarter), ..question.clone() };
    let found = compared(&quarters, &["Lào Cai", "Sơn La"]);
    assert_eq!(found.1, [of("Lào Cai", &[]), of("Sơn La", &[9e11, 9.5e11, 9.9e11])]);
    assert_eq!(compared(&question, &["Nghệ An"]), (None, vec![of("Nghệ An", &[])]));
}
