//! Figures against gold: `../shared/gold`, where it is there.

use std::collections::HashMap;

use corpus::{Article, CodePoints, DateOrigin, Published};
use serde::Deserialize;

use crate::Extractor;
use crate::Reading as _;
use crate::catalogue::unit_key;
use crate::{Change, Figure, Modifier};

#[derive(Deserialize)]
struct GoldDocument {
    id: String,
    lang: String,
    published: Option<String>,
    province: Option<String>,
    text: String,
    figures: Vec<GoldFigure>,
}

#[derive(Debug, Deserialize)]
struct GoldFigure {
    start: usize,
    end: usize,
    quote: String,
    value: f64,
    of: Option<f64>,
    unit: Option<String>,
    modifier: Modifier,
    indicator: Option<String>,
    period: Option<String>,
    change: Option<Change>,
}

fn article(document: &GoldDocument) -> Article {
    let date = document.published.as_deref().and_then(|date| date.get(..10)?.parse().ok());
    Article {
        text: document.text.clone(),
        language: document.lang.parse().ok(),
        published: date.map(|date| Published { date, time: None, origin: DateOrigin::Record }),
        province: document.province.clone(),
        ..Article::default()
    }
}

/// F1 of two bags of words.
fn overlap(a: Option<&str>, b: Option<&str>) -> f64 {
    let words = |text: Option<&str>| -> Vec<String> {
        let text = text.unwrap_or_default().to_lowercase();
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (a, mut rest) = (words(a), words(b));
    let total = a.len() + rest.len();
    if total == 0 {
        return 1.0;
    }
    let mut same = 0;
    for word in a {
        if let Some(at) = rest.iter().position(|other| *other == word) {
            rest.swap_remove(at);
            same += 1;
        }
    }
    2.0 * f64::from(same) / total as f64
}

fn wrong(gold: &GoldFigure, got: &Figure) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |name: &str, right: bool, gold: String, got: String| {
        if !right {
            wrong.push(format!("{name}: {gold} / {got}"));
        }
    };
    let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    let of = match (gold.of, got.of) {
        (None, None) => true,
        (Some(a), Some(b)) => same(a, b),
        _ => false,
    };
    check("value", of && same(gold.value, got.value), gold.value.to_string(), got.value.to_string());
    let key = |unit: Option<&str>| unit.map(unit_key).unwrap_or_default();
    let (a, b) = (gold.unit.as_deref(), got.unit.as_deref());
    check("unit", key(a) == key(b) || overlap(a, b) >= 0.5, format!("{a:?}"), format!("{b:?}"));
    let (a, b) = (gold.indicator.as_deref(), got.indicator.as_deref());
    check("indicator", overlap(a, b) >= 0.5, format!("{a:?}"), format!("{b:?}"));
    let period = got.period.map(|period| period.to_string());
    check("period", gold.period == period, format!("{:?}", gold.period), format!("{period:?}"));
    check("change", gold.change == got.change, format!("{:?}", gold.change), format!("{:?}", got.change));
    wrong
}

/// F1 of figures found, F1 of those with every attribute right, and the share of right bounds.
fn score(name: &str) -> Option<(f64, f64, f64)> {
    let lines = crate::shared::text(name)?;
    let (mut gold_count, mut got_count, mut hits, mut records, mut bounds) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let document: GoldDocument = serde_json::from_str(line).unwrap();
        let article = article(&document);
        let points = CodePoints::new(&document.text);
        let figures = Extractor.mentions(&article).figures;
        let mut got: HashMap<(usize, usize), Figure> =
            figures.into_iter().map(|figure| (points.range(figure.span), figure)).collect();
        gold_count += document.figures.len() as f64;
        got_count += got.len() as f64;
        for gold in &document.figures {
            let Some(figure) = got.remove(&(gold.start, gold.end)) else {
                println!("missed {} {} {:?}", document.id, gold.quote, gold.indicator);
                continue;
            };
            hits += 1.0;
            bounds += f64::from(u8::from(gold.modifier == figure.modifier.coarse()));
            let wrong = wrong(gold, &figure);
            if wrong.is_empty() {
                records += 1.0;
            } else {
                println!("wrong {} {}: {}", document.id, gold.quote, wrong.join("; "));
            }
        }
        for ((start, _), figure) in got {
            let around: String = document.text.chars().skip(start.saturating_sub(30)).take(70).collect();
            println!(
                "spurious {} {}: {}",
                document.id,
                figure.span.of(&document.text),
                around.replace('\n', " ")
            );
        }
    }
    let f1 = 2.0 * hits / (gold_count + got_count);
    let record = 2.0 * records / (gold_count + got_count);
    println!("{name}: f1 {f1:.3}, record {record:.3}, bounds {:.3}", bounds / hits);
    Some((f1, record, bounds / hits))
}

#[test]
fn figures_of_the_seeds_are_found() {
    let Some((f1, record, bounds)) = score("gold/seeds.jsonl") else { return };
    assert!(f1 >= 0.97, "f1 {f1:.3}");
    assert!(record >= 0.9, "record {record:.3}");
    assert!(bounds >= 0.95, "bounds {bounds:.3}");
}

#[test]
fn figures_of_the_press_are_found() {
    let Some((f1, record, _)) = score("gold/points.jsonl") else { return };
    assert!(f1 >= 0.98, "f1 {f1:.3}");
    assert!(record >= 0.82, "record {record:.3}");
}

#[test]
fn figures_of_provincial_news_are_found() {
    let Some((f1, record, _)) = score("gold/provincial.jsonl") else { return };
    assert!(f1 >= 0.97, "f1 {f1:.3}");
    assert!(record >= 0.8, "record {record:.3}");
}

#[test]
fn figures_of_passages_full_of_statistics_are_found() {
    let Some((f1, record, _)) = score("gold/statistics.jsonl") else { return };
    assert!(f1 >= 0.98, "f1 {f1:.3}");
    assert!(record >= 0.81, "record {record:.3}");
}

#[test]
fn figures_of_hard_forms_are_found() {
    let Some((f1, record, _)) = score("gold/wild.jsonl") else { return };
    assert!(f1 >= 0.95, "f1 {f1:.3}");
    assert!(record >= 0.68, "record {record:.3}");
}

/// One line for each figure: quote, value, of, unit, bound, indicator, period, change.
fn shown(text: &str, language: &str, published: &str) -> Vec<String> {
    let document = GoldDocument {
        id: String::new(),
        lang: language.to_owned(),
        published: Some(published.to_owned()),
        province: Some("Sơn Khê".to_owned()),
        text: text.to_owned(),
        figures: Vec::new(),
    };
    let figures = Extractor.mentions(&article(&document)).figures;
    figures
        .iter()
        .map(|figure| {
            let mut line = figure.span.of(text).to_owned();
            let mut add = |part: String| {
                line.push_str(" | ");
                line.push_str(&part);
            };
            add(figure.value.to_string());
            add(figure.of.map(|of| of.to_string()).unwrap_or_default());
            add(figure.unit.clone().unwrap_or_default());
            add(figure.modifier.to_string());
            add(figure.indicator.clone().unwrap_or_default());
            add(figure.period.map(|period| period.to_string()).unwrap_or_default());
            add(figure.change.map(|change| change.to_string()).unwrap_or_default());
            line
        })
        .collect()
}

#[test]
fn sentences_are_read() {
    let check = |text: &str, language: &str, expected: &[&str]| {
        assert_eq!(shown(text, language, "2023-04-02"), expected, "{text}");
    };
    check(
        "Đến nay, toàn tỉnh có 61/90 xã đạt chuẩn nông thôn mới; 8 xã đạt chuẩn nông thôn mới nâng cao.",
        "vi",
        &[
            "61/90 | 61 | 90 | xã | = | xã đạt chuẩn nông thôn mới |  | ",
            "8 | 8 |  | xã | = | xã đạt chuẩn nông thôn mới nâng cao |  | ",
        ],
    );
    check(
        "Năm 2022, tốc độ tăng trưởng GRDP đạt 8,12%, xếp thứ 5/63 tỉnh, thành phố; thu ngân sách đạt hơn 4.200 tỷ đồng, tăng 12,5% so với năm 2021.",
        "vi",
        &[
            "8,12% | 8.12 |  | % | = | tốc độ tăng trưởng GRDP | 2022 | ",
            "5/63 | 5 | 63 | rank | = | tốc độ tăng trưởng GRDP | 2022 | ",
            "4.200 tỷ | 4200000000000 |  | VND | > | thu ngân sách | 2022 | ",
            "12,5% | 12.5 |  | % | = | thu ngân sách | 2022 | up",
        ],
    );
    check(
        "Quý I/2023, kim ngạch xuất khẩu ước đạt 350 triệu USD, giảm 4,1% so với cùng kỳ năm 2022.",
        "vi",
        &[
            "350 triệu | 350000000 |  | USD | = | kim ngạch xuất khẩu | 2023-Q1 | ",
            "4,1% | 4.1 |  | % | = | kim ngạch xuất khẩu | 2023-Q1 | down",
        ],
    );
    check(
        "Tỷ lệ hộ nghèo giảm từ 6,5% năm 2020 xuống còn 4,2% năm 2021.",
        "vi",
        &[
            "6,5% | 6.5 |  | % | = | Tỷ lệ hộ nghèo | 2020 | ",
            "4,2% | 4.2 |  | % | = | Tỷ lệ hộ nghèo | 2021 | ",
        ],
    );
    check(
        "Hội nghị kết nối tới 12 điểm cầu cấp huyện, 145 điểm cầu cấp xã. Ông Lê Văn Sơn, 45 tuổi, trú tại khối 7, phường 3, ĐT 0912345678.",
        "vi",
        &[
            "12 | 12 |  | điểm cầu | = | điểm cầu cấp huyện |  | ",
            "145 | 145 |  | điểm cầu | = | điểm cầu cấp xã |  | ",
        ],
    );
    check(
        "By the end of 2022, the poverty rate fell to 4.2%, down 1.1 percentage points from 2021; the province built 1,200 houses for poor households.",
        "en",
        &[
            "4.2% | 4.2 |  | % | = | poverty rate | 2022 | ",
            "1.1 | 1.1 |  | percentage points | = | poverty rate | 2022 | down",
            "1,200 | 1200 |  | houses | = | houses for poor households | 2022 | ",
        ],
    );
    check(
        "In the third quarter of 2023, export turnover was estimated at 120 million USD, up nearly 9% over the same period in 2022. The province welcomed two million visitors.",
        "en",
        &[
            "120 million | 120000000 |  | USD | = | export turnover | 2023-Q3 | ",
            "9% | 9 |  | % | < | export turnover | 2023-Q3 | up",
            "two million | 2000000 |  | visitors | = | welcomed visitors | 2023-Q3 | ",
        ],
    );
    check(
        "Article 5 of Decree No. 15/2020/ND-CP takes effect after 45 days, said the 3rd session on March 4, 2021 at 8:30.",
        "en",
        &[],
    );
}

#[test]
fn a_period_holds_as_far_as_the_words_say() {
    let check = |text: &str, language: &str, expected: &[&str]| {
        let found: Vec<String> = shown(text, language, "2023-10-04")
            .iter()
            .map(|line| line.split(" | ").nth(6).unwrap_or_default().to_owned())
            .collect();
        assert_eq!(found, expected, "{text}");
    };
    // Words lead to a period at the head of a clause, and the months of a report are taken up by their name.
    check(
        "Cục thống kê của tỉnh Sơn Khê mới đây cho biết, tính lũy kế 7 tháng năm 2023, sản lượng đạt 9 tấn. Cá đạt 8 tấn.",
        "vi",
        &["2023-01/2023-07", "2023-01/2023-07"],
    );
    check("Sản lượng cá tháng Sáu đạt 9 tấn.", "vi", &["2023-06"]);
    check("Từ tháng 4 đến nay, xã trồng 9 ha rừng.", "vi", &["2023-04/2023-10"]);
    check(
        "In the first seven months of 2023, output reached 9 tonnes.\n\nRice reached 8 tonnes during the period.",
        "en",
        &["2023-01/2023-07", "2023-01/2023-07"],
    );
    // The months of a number hold for shares and changes that go on, and for nothing else.
    check(
        "Sản lượng cá của tỉnh Sơn Khê đạt 34 nghìn tấn trong 7 tháng, tăng 5%. Trong số này cá tra tăng cao nhất, tới 8%. Toàn tỉnh thả 9 nghìn lồng. Cá rô giảm 3%.",
        "vi",
        &["2023-01/2023-07", "2023-01/2023-07", "2023-01/2023-07", "", ""],
    );
    // A year behind `đến` moves on to the next number.
    check(
        "Năm 2015, nông nghiệp chiếm 31% đến năm 2020 giảm còn 20%; dịch vụ năm 2015 là 30% đến năm 2020 là 33%.",
        "vi",
        &["2015", "2020", "2015", "2020"],
    );
    // A quarter that is only set against another is not that of what follows.
    check(
        "Trong quý II/2023, toàn tỉnh cấp phép 8 dự án; trong khi quý I có 2 dự án được cấp phép. Có thêm 9 dự án hoàn thành.",
        "vi",
        &["2023-Q2", "2023-Q1", "2023-Q2"],
    );
    // What is set against the month before is of one month.
    check(
        "7 tháng đầu năm 2023, kinh tế ổn định. Khai khoáng tăng 1% so với tháng trước và tăng 6% so với cùng kỳ.",
        "vi",
        &["2023-07", "2023-07"],
    );
    check("Trung tuần tháng 9/2023, lũ làm ngập 200 ha lúa.", "vi", &["2023-09-11/2023-09-20"]);
    check(
        "Son Khe Province collected more than 349 trillion VND (14 billion USD) in budget revenue in the first nine months of this year. The amount was equivalent to 90% of the plan.",
        "en",
        &["2023-01/2023-09", "2023-01/2023-09", "2023-01/2023-09"],
    );
    check(
        "From January to September, domestic collection rose 26%. Nine-month revenue from fees reached 2 trillion VND.",
        "en",
        &["2023-01/2023-09", "2023-01/2023-09"],
    );
}

#[test]
fn an_indicator_is_the_noun_phrase_that_the_number_measures() {
    let check = |text: &str, language: &str, expected: &[&str]| {
        let shown = shown(text, language, "2023-04-02");
        let indicators: Vec<&str> = shown.iter().filter_map(|line| line.split(" | ").nth(5)).collect();
        assert_eq!(indicators, expected, "{text}");
    };
    // One phrase has both that are joined where no verb stands between.
    check(
        "Sản lượng điện sản xuất và nhập khẩu của tỉnh đạt 9 tỷ kWh, tăng 2% so với cùng kỳ.",
        "vi",
        &["Sản lượng điện sản xuất và nhập khẩu", "Sản lượng điện sản xuất và nhập khẩu"],
    );
    // What was done with what was counted before, and what it is worth behind its share.
    check(
        "Công an xã Thượng Lĩnh phát hiện 40 vụ phạm tội, khởi tố 30 vụ.",
        "vi",
        &["vụ phạm tội", "khởi tố vụ phạm tội"],
    );
    check(
        "Lượng xe nhập khẩu đạt 900 chiếc, tăng 12% về lượng, trị giá đạt 8 triệu USD.",
        "vi",
        &["Lượng xe nhập khẩu chiếc", "Lượng xe nhập khẩu lượng", "trị giá Lượng xe nhập khẩu"],
    );
    // The subject's phrase ends by its verb; a pronoun takes up what was measured last.
    check(
        "Domestic collection surged 26% against the same period to exceed 9 billion VND. It made up 6% of the total.",
        "en",
        &["Domestic collection", "Domestic collection", "Domestic collection"],
    );
    // A head behind the number before begins another statistic, and so does one behind a verb where none stands in front of it.
    check(
        "Xã Thượng Lĩnh có dân số 900 người và toàn bộ diện tích tự nhiên 12 km2.",
        "vi",
        &["dân số", "diện tích tự nhiên"],
    );
    check("Xã Thượng Lĩnh trên cơ sở nhập toàn bộ diện tích tự nhiên 8 km2.", "vi", &["diện tích tự nhiên"]);
    check(
        "Công ty có vốn điều lệ 9 tỷ đồng và tạo việc làm cho 60 lao động.",
        "vi",
        &["Công ty có vốn điều lệ", "tạo việc làm cho lao động"],
    );
    check(
        "Xuất khẩu gạo đạt 4 triệu tấn, trị giá 2 tỷ USD.",
        "vi",
        &["Xuất khẩu gạo", "trị giá Xuất khẩu gạo"],
    );
    check("Giảm 40% lượng giống gieo sạ.", "vi", &["lượng giống gieo sạ"]);
    check(
        "Công an khởi tố 41 vụ/81 đối tượng.",
        "vi",
        &["Công an khởi tố vụ", "Công an khởi tố vụ đối tượng"],
    );
    // What only says when, or against what, says nothing: the phrase in front of it or the number before does.
    check(
        "Sản xuất công nghiệp tăng trưởng cao, 10 tháng tăng 15,5%, cao hơn mức tăng cả nước là 9,2%.",
        "vi",
        &["Sản xuất công nghiệp", "Sản xuất công nghiệp"],
    );
    check(
        "Chi ngân sách 7 tháng đạt 855 tỷ đồng, bằng 49% dự toán, tăng 10,1% so với cùng kỳ.",
        "vi",
        &["Chi ngân sách", "Chi ngân sách", "Chi ngân sách"],
    );
    check(
        "Giá trị sản xuất đạt 3.061 tỷ đồng; thu nhập bình quân đầu người tăng nhanh, năm 2022 ước đạt 42,7 triệu đồng.",
        "vi",
        &["Giá trị sản xuất", "thu nhập bình quân đầu người"],
    );
    check(
        "Chỉ số hài lòng của tỉnh đạt 78,1%. Những năm qua, chỉ số này liên tục tăng từ 57% lên 61%.",
        "vi",
        &["Chỉ số hài lòng", "Chỉ số hài lòng", "Chỉ số hài lòng"],
    );
    // Who says it, and what the statement before was about, are left out.
    check("Ông Trần Văn Bình cho biết tỷ lệ thất nghiệp có thể lên tới 13%.", "vi", &["tỷ lệ thất nghiệp"]);
    check(
        "Tỉnh thu hút 34 dự án còn hiệu lực với tổng vốn đăng ký mới là 168 tỷ đồng.",
        "vi",
        &["dự án còn hiệu lực", "tổng vốn đăng ký mới"],
    );
    check(
        "Exports fell by 3.9 percent while the unemployment rate stood at 2.6 percent.",
        "en",
        &["Exports", "unemployment rate"],
    );
    // A head alone is of what stands in front of it.
    check(
        "Đến nay, 6 dự án được hỗ trợ với số tiền 13,9 tỷ đồng.",
        "vi",
        &["dự án hỗ trợ", "số tiền dự án hỗ trợ"],
    );
    // A phrase goes on over the commas of its list.
    check(
        "Tỷ lệ trang trại, hợp tác xã, cơ sở chế biến sử dụng nền tảng số đạt 50%.",
        "vi",
        &["Tỷ lệ trang trại hợp tác xã cơ sở chế biến sử dụng"],
    );
    // What is counted, and what a share is of, stand behind the number.
    check(
        "Tại địa bàn đô thị: Phấn đấu 100% trẻ em mầm non được đến lớp.",
        "vi",
        &["trẻ em mầm non đến lớp"],
    );
    check(
        "Huyện có 27 đơn vị, gồm 14 phường, 1 thị trấn và 12 xã.",
        "vi",
        &["đơn vị", "phường", "thị trấn", "xã"],
    );
    check(
        "Doanh nghiệp thành lập mới đạt 13 nghìn doanh nghiệp, giảm 3,8% về số doanh nghiệp, tăng 72% về vốn đăng ký.",
        "vi",
        &["Doanh nghiệp thành lập mới doanh nghiệp", "doanh nghiệp", "vốn đăng ký"],
    );
    check("Năm 2022 tỉnh đứng thứ 5 cả nước về chỉ số chuyển đổi số.", "vi", &["chỉ số chuyển đổi số"]);
    check(
        "The city reported increases of 4.6% in the index of industrial production and 7.4% in export earnings.",
        "en",
        &["index of industrial production", "export earnings"],
    );
    // Another statistic behind a comma is no share of the one before, nor what that has become.
    check(
        "Tỷ lệ đô thị hóa đạt 82%, tỷ lệ lao động qua đào tạo đạt 80%, giải quyết việc làm cho 500 lao động, tỷ lệ thất nghiệp còn 2%.",
        "vi",
        &[
            "Tỷ lệ đô thị hóa",
            "tỷ lệ lao động qua đào tạo",
            "giải quyết việc làm cho lao động",
            "tỷ lệ thất nghiệp",
        ],
    );
    check(
        "Bão gây thiệt hại 12 tỷ đồng và tỷ lệ mất điện có thể lên tới 30%.",
        "vi",
        &["Bão gây thiệt hại", "tỷ lệ mất điện"],
    );
    check(
        "Tỷ lệ lao động qua đào tạo so với tổng số lao động đạt 65%.",
        "vi",
        &["Tỷ lệ lao động qua đào tạo"],
    );
    // Labels, and who tells it, say nothing of what is counted.
    check("b) Đối với cha mẹ trẻ em: Phấn đấu 100% cha mẹ được tập huấn.", "vi", &["cha mẹ tập huấn"]);
    check(
        "Ông Lê Văn Sơn, Chi cục trưởng Chi cục Thủy lợi, cho biết toàn tỉnh có 1.240 ha bị ngập.",
        "vi",
        &["bị ngập"],
    );
    check(
        "Thu ngân sách năm 2022 đạt 900 tỷ đồng. Kết quả các quý như sau: quý I đạt 200 tỷ đồng, quý II đạt 300 tỷ đồng.",
        "vi",
        &["Thu ngân sách", "Thu ngân sách", "Thu ngân sách"],
    );
    // Names in a row are of what stands in front of them.
    check(
        "Tỷ lệ nhập học tại huyện Sơn Hạ, Thạch Bình đạt 100%, Vân Trì (85%).",
        "vi",
        &["Tỷ lệ nhập học tại huyện Sơn Hạ Thạch Bình", "Tỷ lệ nhập học tại huyện Sơn Hạ Thạch Bình"],
    );
    // What money is for, or is, stands behind it; how much there is in money is of what was counted before.
    check(
        "Tỉnh hỗ trợ 561 triệu đồng chi phí tiền điện; bố trí 92 tỷ đồng để xây dựng đường liên xã.",
        "vi",
        &["hỗ trợ chi phí tiền điện", "bố trí xây dựng đường liên xã"],
    );
    check(
        "Huyện xuất khẩu 58 nghìn tấn hạt điều, trị giá 3 tỷ USD.",
        "vi",
        &["Huyện xuất khẩu hạt điều", "trị giá Huyện xuất khẩu hạt điều"],
    );
    check(
        "Diện tích lúa đạt 20 nghìn ha, năng suất 61 tạ/ha, sản lượng 120 nghìn tấn.",
        "vi",
        &["Diện tích lúa", "năng suất lúa", "sản lượng lúa"],
    );
    check(
        "Toàn tỉnh xảy ra 12 vụ tai nạn giao thông, làm chết 3 người, bị thương 9 người.",
        "vi",
        &[
            "vụ tai nạn giao thông",
            "vụ tai nạn giao thông làm chết người",
            "vụ tai nạn giao thông bị thương người",
        ],
    );
    // Months without a year only say when.
    check(
        "Vào tháng 3 tín dụng tăng 1,1%, đến hết tháng 6 doanh thu dịch vụ đạt 70 tỷ đồng.",
        "vi",
        &["tín dụng", "doanh thu dịch vụ"],
    );
    // Countries of one list are measured alike.
    check(
        "Kim ngạch xuất khẩu gỗ sang Hoa Kỳ đạt 517 triệu USD, Hàn Quốc 95 triệu USD, Nhật Bản 92 triệu USD.",
        "vi",
        &[
            "Kim ngạch xuất khẩu gỗ sang Hoa Kỳ",
            "Kim ngạch xuất khẩu gỗ sang Hoa Kỳ",
            "Kim ngạch xuất khẩu gỗ sang Hoa Kỳ",
        ],
    );
}

#[test]
fn bounds_and_changes_are_told_by_the_words_beside_a_number() {
    let check = |text: &str, language: &str, expected: &[&str]| {
        let told = |line: String| {
            let parts: Vec<&str> = line.split(" | ").collect();
            format!("{} {} {}", parts[1], parts[4], parts[7]).trim().to_owned()
        };
        let shown: Vec<String> = shown(text, language, "2023-04-02").into_iter().map(told).collect();
        assert_eq!(shown, expected, "{text}");
    };
    check("Tỷ lệ hộ nghèo còn dưới 5%, giảm khoảng 1,5%.", "vi", &["5 <", "1.5 ~ down"]);
    // By how much one value is more than another, and how much it is more than.
    check("Giá lúa đạt 5.300 đồng/kg, cao hơn 600 đồng/kg so với đầu vụ.", "vi", &["5300 =", "600 = up"]);
    check("Thu nhập của công nhân cao hơn 10 triệu đồng.", "vi", &["10000000 >"]);
    check("Tỷ lệ giải ngân thấp hơn 4,2% so với bình quân chung.", "vi", &["4.2 = down"]);
    check(
        "The average yield is 7.3 tonnes per hectare, 0.2 tonnes higher than a year ago.",
        "en",
        &["7.3 =", "0.2 = up"],
    );
    // Both ends of a range are bounded and changed alike.
    check("Lượng giống giảm khoảng 30-40%.", "vi", &["30 ~ down", "40 ~ down"]);
    check("Lãi tăng từ 3-5 triệu đồng/ha.", "vi", &["3000000 = up", "5000000 = up"]);
    check("Lãi tăng từ 3 triệu đồng lên 5 triệu đồng.", "vi", &["3000000 =", "5000000 ="]);
    check("Giá lúa thấp hơn từ 30-40 đồng.", "vi", &["30 =", "40 ="]);
    check("Giá nhà và giá đất giảm lần lượt chỉ 2% và 6%.", "vi", &["2 = down", "6 = down"]);
    // Signs in brackets, and a change by its name.
    check(
        "Nông nghiệp tăng nhẹ (+2,3%), công nghiệp giảm (-4,7%), dịch vụ khá (+7,8%).",
        "vi",
        &["2.3 = up", "4.7 = down", "7.8 = up"],
    );
    check("Lợi nhuận quý I là -2,3 tỷ đồng.", "vi", &["-2300000000 ="]);
    check("Mức tăng của cả nước là 9,2%.", "vi", &["9.2 = up"]);
    // One verb governs a list.
    check(
        "The farming sector increased by 4.5%; the construction sector by 15.8%; the service sector by 8.5%.",
        "en",
        &["4.5 = up", "15.8 = up", "8.5 = up"],
    );
    check(
        "The city reported increases of 4.6% in the index of industrial production, 13.1% in retail sales, and 7.4% in exports.",
        "en",
        &["4.6 = up", "13.1 = up", "7.4 = up"],
    );
    check("Exports fell by 3.9% and 12.5% of the firms closed.", "en", &["3.9 = down", "12.5 ="]);
}
