//! What figures are values of: sentences about an invented province, and the open gold where it is there.

use std::collections::HashMap;

use corpus::{Article, CodePoints, DateOrigin, Published};
use serde::Deserialize;

use crate::catalogue::unit_key;
use crate::{Extractor, Figure, Level, Modality, Reading as _};

fn figures(text: &str) -> Vec<Figure> {
    let date = "2022-07-05".parse().unwrap();
    let article = Article {
        text: text.to_owned(),
        language: "vi".parse().ok(),
        published: Some(Published { date, time: None, origin: DateOrigin::Record }),
        ..Article::default()
    };
    Extractor.mentions(&article).figures
}

#[test]
fn a_row_governs_its_number_or_none_does() {
    let check = |text: &str, expected: Option<&str>| {
        let found = figures(text);
        let first = found.first().unwrap_or_else(|| panic!("no figure: {text}"));
        assert_eq!(first.key.as_deref(), expected, "{text}");
    };
    check("Năm 2021, tỷ lệ hộ nghèo của tỉnh Nghệ An là 5,2%.", Some("poor-household-rate"));
    check("Năm 2021, tỉnh Nghệ An có 40 xã đạt chuẩn nông thôn mới.", Some("new-rural-communes"));
    check(
        "Năm 2021, tỉnh Nghệ An có 40 xã đạt chuẩn nông thôn mới nâng cao.",
        Some("advanced-new-rural-communes"),
    );
    check(
        "Năm 2021, tỉnh Nghệ An có 4 xã đạt chuẩn nông thôn mới kiểu mẫu.",
        Some("model-new-rural-communes"),
    );
    check("Năm 2021, kim ngạch xuất khẩu của tỉnh Nghệ An đạt 900 triệu USD.", Some("export-turnover"));
    // What follows a number names it, not what is said of the number before.
    let list =
        "Đến nay, tỉnh Nghệ An có 61/90 xã đạt chuẩn nông thôn mới; 8 xã đạt chuẩn nông thôn mới nâng cao.";
    let keys: Vec<Option<String>> = figures(list).into_iter().map(|figure| figure.key).collect();
    let wanted = ["new-rural-communes", "advanced-new-rural-communes"].map(|key| Some(key.to_owned()));
    assert_eq!(keys, wanted);
    // A part, a market, a company, those who were helped, an average: none of them is the whole.
    check("Năm 2021, kim ngạch xuất khẩu gạo của tỉnh Nghệ An đạt 90 triệu USD.", None);
    check("Năm 2021, kim ngạch xuất khẩu của Công ty Sao Khuê ở tỉnh Nghệ An đạt 9 triệu USD.", None);
    check("Tỉnh Nghệ An trao quà cho 300 hộ nghèo.", None);
    check("Chi ngân sách của tỉnh Nghệ An mỗi năm 20 tỷ đồng.", None);
    check("Tỉnh Nghệ An có khu vực III là 1,6%.", None);
    check("Tại tỉnh Nghệ An xảy ra 1 vụ tai nạn giao thông.", None);
    check("Năm 2021, thu ngân sách của tỉnh Nghệ An tăng 7%.", None);
}

#[test]
fn a_value_is_about_what_its_text_names() {
    let check = |text: &str, expected: Option<(Level, &str)>| {
        let found = figures(text);
        let first = found.first().unwrap_or_else(|| panic!("no figure: {text}"));
        let about =
            first.about.as_ref().map(|about| (about.level, about.name.as_deref().unwrap_or_default()));
        assert_eq!(about, expected, "{text}");
    };
    check("Năm 2021, tỷ lệ hộ nghèo của tỉnh Nghệ An là 5,2%.", Some((Level::Province, "Nghệ An")));
    check("Năm 2021, tỷ lệ hộ nghèo của cả nước là 5,2%.", Some((Level::Country, "Việt Nam")));
    check("Ở Nghệ An và Hà Tĩnh có 40 xã đạt chuẩn nông thôn mới.", None);
    // The word of kind is read as a whole, in every run.
    check("Ở thị xã Suối Mơ và thị xã Hạ Sơn có 40 xã đạt chuẩn nông thôn mới.", None);
    check("Tỷ lệ hộ nghèo là 5,2%.", None);
}

#[test]
fn a_value_is_said_in_one_sense() {
    let check = |text: &str, expected: Modality| {
        let found = figures(text);
        let first = found.first().unwrap_or_else(|| panic!("no figure: {text}"));
        assert_eq!(first.modality, expected, "{text}");
    };
    check("Năm 2021, tỷ lệ hộ nghèo của tỉnh Nghệ An là 5,2%.", Modality::Actual);
    check("Năm 2022, tỷ lệ hộ nghèo của tỉnh Nghệ An ước còn 4,2%.", Modality::Estimate);
    check("Tỉnh Nghệ An phấn đấu đến năm 2025 tỷ lệ hộ nghèo còn 2%.", Modality::Target);
    check("Tỉnh Nghệ An phấn đấu năm 2025 tỷ lệ che phủ rừng sẽ đạt 58%.", Modality::Target);
    check("Dự báo GRDP của tỉnh Nghệ An năm 2023 tăng 7%.", Modality::Forecast);
}

#[derive(Deserialize)]
struct Document {
    published: Option<String>,
    province: Option<String>,
    title: Option<String>,
    lang: String,
    text: String,
    figures: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    value: f64,
    unit: Option<String>,
    period: Option<String>,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    about: Option<GoldAbout>,
    #[serde(default)]
    modality: Option<Modality>,
}

#[derive(Deserialize)]
struct GoldAbout {
    level: Level,
    name: Option<String>,
}

fn is_right(found: &Figure, gold: &Gold) -> bool {
    let about = match (&found.about, &gold.about) {
        (None, None) => true,
        (Some(found), Some(gold)) => {
            let name = |name: &Option<String>| name.as_deref().map(unit_key);
            found.level == gold.level && name(&found.name) == name(&gold.name)
        }
        _ => false,
    };
    about
        && found.key == gold.key
        && found.period.map(|period| period.to_string()) == gold.period
        && (found.value - gold.value).abs() <= 1e-9 * gold.value.abs().max(1.0)
        && found.unit.as_deref().map(unit_key) == gold.unit.as_deref().map(unit_key)
        && Some(found.modality) == gold.modality
}

#[test]
fn points_of_the_open_gold_are_right() {
    let (mut wanted, mut claimed, mut right) = (0, 0, 0);
    for name in ["points", "seeds", "provincial", "wild"] {
        let Some(lines) = crate::shared::text(&format!("gold/{name}.jsonl")) else { return };
        for line in lines.lines() {
            let document: Document = serde_json::from_str(line).unwrap();
            let date = document.published.as_deref().and_then(|date| date.get(..10)?.parse().ok());
            let article = Article {
                title: document.title,
                language: document.lang.parse().ok(),
                published: date.map(|date| Published { date, time: None, origin: DateOrigin::Record }),
                province: document.province,
                text: document.text,
                ..Article::default()
            };
            let points = CodePoints::new(&article.text);
            let gold: HashMap<usize, &Gold> =
                document.figures.iter().map(|gold| (gold.start, gold)).collect();
            wanted += document.figures.iter().filter(|gold| gold.key.is_some()).count();
            for found in Extractor.mentions(&article).figures {
                let (start, _) = points.range(found.span);
                if found.key.is_none() {
                    continue;
                }
                claimed += 1;
                right += usize::from(gold.get(&start).is_some_and(|gold| is_right(&found, gold)));
            }
        }
    }
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    let (precision, recall) = (share(right, claimed), share(right, wanted));
    let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
    // Floors, which only rise.
    assert!(precision >= 0.64, "precision {precision:.3}, F1 {f1:.3}");
    assert!(f1 >= 0.55, "precision {precision:.3}, F1 {f1:.3}");
}
