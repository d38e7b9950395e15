use super::SeriesQuestion;
use crate::index::RecordFilter;
use crate::index::fixture::{Fixture, page};

#[test]
fn figures_become_a_series() {
    let pages = [
        page("a", "Tỉnh có 30 xã đạt chuẩn năm 2021.").on("2021-07-01").of("bao", "Sơn Khê"),
        page("b", "Tỉnh có 30 xã đạt chuẩn năm 2021.").on("2021-07-02").of("cong", "Sơn Khê"),
        page("c", "Tin khác: 31 xã đạt chuẩn năm 2021.").on("2021-07-03").of("cong", "Sơn Khê"),
        page("d", "Nay có 44 xã đạt chuẩn năm 2022.").on("2022-07-03").of("cong", "Sơn Khê"),
        page("e", "Nay có 90 xã đạt chuẩn năm 2022.").on("2022-07-03").of("cong", "Nơi khác"),
    ];
    let (_fixture, index) = Fixture::indexed(&pages);
    let question = SeriesQuestion {
        indicator: "xã đạt chuẩn".to_owned(),
        province: Some("Sơn Khê".to_owned()),
        ..SeriesQuestion::default()
    };
    let series = index.series(&question).unwrap();
    assert_eq!(series.unit.as_deref(), Some("xã"));
    let shown: Vec<_> = series
        .points
        .iter()
        .map(|point| (point.period.to_string(), point.value, point.carriers.len(), point.disputed))
        .collect();
    let year = |year: &str| year.to_owned();
    assert_eq!(
        shown,
        [(year("2021"), 30.0, 1, true), (year("2021"), 31.0, 0, true), (year("2022"), 44.0, 0, false)]
    );
    assert_eq!(series.points[0].evidence.document.published.unwrap().date.to_string(), "2021-07-01");
    assert!(series.changes.is_empty());

    let later = index.series(&SeriesQuestion { from: Some(2022), ..question.clone() }).unwrap();
    assert_eq!(later.points.len(), 1);
    let other = index.series(&SeriesQuestion { unit: Some("%".to_owned()), ..question }).unwrap();
    assert!(other.points.is_empty());

    let list = index.indicators(&RecordFilter::default(), 10).unwrap();
    assert_eq!(list.total, 1);
    assert_eq!((list.indicators[0].key.as_str(), list.indicators[0].mentions), ("xa-dat-chuan", 5));
}
