//! Our own gold: invented sentences about Sơn Khê in both languages, and what must be found in them.
//!
//! Each table has one `check` and many rows; what is hard about a sentence is what it was written for. Texts were published
//! on 10 August 2021.

use corpus::{Article, DateOrigin, Language, Published};
use jiff::civil::Date;

use super::Extractor;
use crate::Mentions;
use crate::Reading as _;

fn mentions(text: &str) -> Mentions {
    let language = if text.is_ascii() { Language::ENGLISH } else { Language::VIETNAMESE };
    let published = Published { date: Date::constant(2021, 8, 10), time: None, origin: DateOrigin::Record };
    Extractor.mentions(&Article {
        text: text.to_owned(),
        language: Some(language),
        published: Some(published),
        province: Some("Sơn Khê".to_owned()),
        ..Article::default()
    })
}

/// Fails with every row that is wrong.
pub(super) fn check(rows: &[(&str, &str)], found: impl Fn(&str) -> String) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, expected)| (text, expected, found(text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn figures_are_numbers_with_unit_bound_period_and_direction() {
    // quote | value of denominator | unit | bound | period | direction
    let found = |text: &str| {
        let parts = mentions(text).figures.into_iter().map(|figure| {
            let optional = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
            format!(
                "{} | {}{} | {} | {} | {} | {}",
                figure.span.of(text),
                figure.value,
                figure.of.map(|of| format!(" of {of}")).unwrap_or_default(),
                optional(figure.unit.clone()),
                figure.modifier,
                optional(figure.period.map(|period| period.to_string())),
                optional(figure.change.map(|change| change.to_string())),
            )
        });
        parts.collect::<Vec<_>>().join("; ")
    };
    check(FIGURES, found);
}

/// A period may stand in the heading, in the line that opens a list, in a sentence before; what ends it is told as well.
#[test]
fn periods_are_read_from_where_they_hold() {
    let found = |text: &str| {
        let parts = mentions(text).figures.into_iter().map(|figure| {
            let from = figure
                .period_from
                .map_or("-".to_owned(), |from| format!("{} “{}”", from.way.as_str(), from.words));
            let period = figure.period.map_or("-".to_owned(), |period| period.to_string());
            format!("{} {period} {from}", figure.span.of(text))
        });
        parts.collect::<Vec<_>>().join("; ")
    };
    check(SCOPES, found);
}

const SCOPES: &[(&str, &str)] = &[
    (
        "Trong 7 tháng năm 2021, công an phát hiện 14 vụ buôn lậu hàng cấm.Hải quan phát hiện 3 vụ buôn lậu hàng cấm.Xã có 5 trường học.",
        "14 2021-01/2021-07 sentence “7 tháng năm 2021”; 3 2021-01/2021-07 before “7 tháng năm 2021”; 5 - -",
    ),
    (
        "Tính đến ngày 30/6/2021, huyện chi trả cho 60 hộ. Trong đó, nhóm đang hưởng trợ cấp có 40 hộ.",
        "60 2021-06-30 sentence “30/6/2021”; 40 2021-06-30 before “30/6/2021”",
    ),
    (
        "Xã đạt nhiều kết quả trên các mặt công tác: Trong nhiệm kỳ qua (2016-2020), kinh tế tăng nhanh. Thu ngân sách đạt 8 tỷ đồng.",
        "8 tỷ 2016/2020 before “2016-2020”",
    ),
    (
        "I. MỤC TIÊU ĐẾN NĂM 2030\n1. Trồng rừng\n- Phấn đấu 40% diện tích có rừng;\n- Hằng năm tăng trên 3% diện tích.\nII. KẾT QUẢ\n\
         - Đã trồng 20 ha.",
        "40% 2030 heading “2030”; 3% - -; 20 - -",
    ),
    (
        "Kết quả 7 tháng năm 2021 như sau:\n- Thu ngân sách đạt 30 tỷ đồng;\n- Năm 2020 thu 50 tỷ đồng.\n- Chi 20 tỷ đồng.",
        "30 tỷ 2021-01/2021-07 opener “7 tháng năm 2021”; 50 tỷ 2020 sentence “2020”; 20 tỷ 2021-01/2021-07 opener “7 tháng năm 2021”",
    ),
    // A year to now is no whole year; the end of a year without a number is that of the text's.
    (
        "Từ đầu năm 2019 đến nay, tỉnh trồng 40 ha rừng. Từ đầu năm đến nay có 30 xã đạt chuẩn.",
        "40 2019-01/2021-08 sentence “Từ đầu năm 2019 đến nay”; 30 2021-01/2021-08 sentence “Từ đầu năm đến nay”",
    ),
    (
        "Tỷ lệ thất nghiệp tăng lên 4% vào cuối năm do mất việc. Đến cuối năm 2018 có 30 xã. Vào cuối năm ngoái có 20 xã.",
        "4% 2021 sentence “vào cuối năm”; 30 2018 sentence “2018”; 20 2020 sentence “năm ngoái”",
    ),
    (
        "Năm 2020, cả tỉnh có 12 xã đạt chuẩn. Thu nhập tăng 5%. Hiện nay có 14 xã.",
        "12 2020 sentence “2020”; 5% 2020 before “2020”; 14 - -",
    ),
    ("Năm 2020, thu 12 tỷ đồng. Riêng Bản Sảng thu 3 tỷ đồng.", "12 tỷ 2020 sentence “2020”; 3 tỷ - -"),
    ("Năm 2020, thu 12 tỷ đồng.\nCác xã đã trồng 30 ha rừng.", "12 tỷ 2020 sentence “2020”; 30 - -"),
];

#[test]
fn figures_measure_what_the_words_around_them_say() {
    let found = |text: &str| {
        let words = mentions(text)
            .figures
            .into_iter()
            .map(|figure| figure.indicator.unwrap_or_else(|| "-".to_owned()));
        words.collect::<Vec<_>>().join("; ")
    };
    check(INDICATORS, found);
}

/// Of the mentions of marked texts that are said to be right nine times in ten, nine in ten are, and so for each rule.
#[test]
fn mentions_are_as_sure_as_they_say() {
    use std::collections::{BTreeMap, HashSet};
    let mut judged: BTreeMap<crate::Rule, (f64, f64)> = BTreeMap::new();
    for file in ["gold/seeds.jsonl", "gold/provincial.jsonl"] {
        let Some(lines) = crate::shared::text(file) else { return };
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let gold: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = gold["text"].as_str().unwrap();
            let points = corpus::CodePoints::new(text);
            let found = mentions(text);
            let directives =
                found.directives.iter().map(|mention| ("directives", mention.span, mention.rule));
            let officials = found.officials.iter().map(|mention| ("officials", mention.span, mention.rule));
            let figures = found.figures.iter().map(|mention| ("figures", mention.span, mention.rule));
            for (kind, span, rule) in directives.chain(officials).chain(figures) {
                let at = |mention: &serde_json::Value| {
                    (mention["start"].as_u64().unwrap() as usize, mention["end"].as_u64().unwrap() as usize)
                };
                let right: HashSet<(usize, usize)> = gold[kind].as_array().unwrap().iter().map(at).collect();
                let (all, good) = judged.entry(rule).or_default();
                *all += 1.0;
                *good += f64::from(u8::from(right.contains(&points.range(span))));
            }
        }
    }
    for (rule, (all, good)) in judged {
        println!("{rule}: {good} of {all}, said {}", rule.confidence());
        // One mention more or less may be wrong.
        assert!(good + 1.0 >= all * rule.confidence(), "{rule}: {good} of {all}");
    }
}

const FIGURES: &[(&str, &str)] = &[
    // Words between a verb of moving and its number; a noun of growing is a level by its name.
    (
        "Giá lúa giảm mạnh 12%, giá ngô tăng bình quân mỗi năm là 3%.",
        "12% | 12 | % | = | - | down; 3% | 3 | % | = | - | up",
    ),
    (
        "Kinh tế xã tăng trưởng 9%, tốc độ tăng tương ứng 4% của huyện.",
        "9% | 9 | % | = | - | up; 4% | 4 | % | = | - | -",
    ),
    ("Mục tiêu tăng trưởng 7%.", "7% | 7 | % | = | - | -"),
    (
        "Tỷ lệ hộ nghèo giảm bình quân hằng năm từ 1,5% trở lên, từ 8% xuống 6%.",
        "1,5% | 1.5 | % | >= | - | down; 8% | 8 | % | = | - | -; 6% | 6 | % | = | - | -",
    ),
    ("Mạng 5G phủ 3 xã, mỗi gói 5g.", "3 | 3 | xã | = | - | -; 5 | 5 | g | = | - | -"),
    (
        "Sản lượng cam gấp 2,5 lần so với cùng kỳ, giá gấp 3 lần chi phí.",
        "2,5 | 2.5 | lần | = | - | up; 3 | 3 | lần | = | - | -",
    ),
    // Of a range the period stands behind its end; today is the day of publication.
    ("Kinh tế tăng 4-5% trong năm 2020.", "4 | 4 | % | = | 2020 | up; 5% | 5 | % | = | 2020 | up"),
    ("Giá lúa hôm nay là 6.000 đồng/kg.", "6.000 | 6000 | VND/kg | = | 2021-08-10 | -"),
    (
        "Hôm qua có nơi dự báo trên 40 độ. Xã có 12 thôn.",
        "40 | 40 | độ | > | 2021-08-09 | -; 12 | 12 | thôn | = | - | -",
    ),
    ("Trong số 30 dự án có 4 dự án chậm.", "30 | 30 | dự án | = | - | -; 4 | 4 | dự án | = | - | -"),
    // What is counted of two times is of both, or who knows.
    ("Năm 2018 và năm 2019, huyện xây 12 cầu.", "12 | 12 | cầu | = | - | -"),
    // Times in a row are dealt out to as many values; where there are more values nobody knows.
    (
        "Thu ngân sách năm 2018 và 2019 lần lượt đạt 5 tỷ đồng và 6 tỷ đồng.",
        "5 tỷ | 5000000000 | VND | = | 2018 | -; 6 tỷ | 6000000000 | VND | = | 2019 | -",
    ),
    (
        "Thu ngân sách năm 2018 và 2019 lần lượt đạt 5 tỷ đồng, 6 tỷ đồng và 7 tỷ đồng.",
        "5 tỷ | 5000000000 | VND | = | - | -; 6 tỷ | 6000000000 | VND | = | - | -; 7 tỷ | 7000000000 | VND | = | - | -",
    ),
    (
        "Huyện lập 4 chốt kiểm soát, sửa 280 mộ hiện hữu và mở 3 câu lạc bộ.",
        "4 | 4 | chốt kiểm soát | = | - | -; 280 | 280 | mộ | = | - | -; 3 | 3 | câu lạc bộ | = | - | -",
    ),
    (
        "Thu ngân sách năm 2021 đạt 8.317 tỷ đồng, tăng 6,41% so với năm 2020.",
        "8.317 tỷ | 8317000000000 | VND | = | 2021 | -; 6,41% | 6.41 | % | = | 2021 | up",
    ),
    (
        "Budget revenue in 2021 reached 8,317 billion VND, up 6.41% compared to 2020.",
        "8,317 billion | 8317000000000 | VND | = | 2021 | -; 6.41% | 6.41 | % | = | 2021 | up",
    ),
    ("Toàn tỉnh có 163/207 xã đạt chuẩn nông thôn mới.", "163/207 | 163 of 207 | xã | = | - | -"),
    (
        "The province has 163/207 communes meeting new rural standards.",
        "163/207 | 163 of 207 | communes | = | - | -",
    ),
    ("Giá trị sản xuất đạt 1.234,5 tỷ đồng.", "1.234,5 tỷ | 1234500000000 | VND | = | - | -"),
    ("Diện tích lúa vụ xuân là 12.345,6 ha.", "12.345,6 | 12345.6 | ha | = | - | -"),
    ("Hơn hai triệu người dân được tiêm phòng.", "hai triệu | 2000000 | người | > | - | -"),
    ("More than two million people were vaccinated.", "two million | 2000000 | people | > | - | -"),
    ("Vốn đầu tư khoảng 3 nghìn tỷ đồng.", "3 nghìn tỷ | 3000000000000 | VND | ~ | - | -"),
    ("Kim ngạch xuất khẩu ước đạt 1,2 tỷ USD.", "1,2 tỷ | 1200000000 | USD | = | - | -"),
    ("Export turnover is estimated at 1.2 billion USD.", "1.2 billion | 1200000000 | USD | = | - | -"),
    ("6 tháng đầu năm 2021, tỉnh thu 4.100 tỷ đồng.", "4.100 tỷ | 4100000000000 | VND | = | 2021-H1 | -"),
    (
        "The first 6 months of 2021 brought the province 4,120 billion VND.",
        "4,120 billion | 4120000000000 | VND | = | 2021-H1 | -",
    ),
    ("Quý I/2022, có 45 doanh nghiệp thành lập mới.", "45 | 45 | doanh nghiệp | = | 2022-Q1 | -"),
    (
        "In the first quarter of 2022, 45 enterprises were established.",
        "45 | 45 | enterprises | = | 2022-Q1 | -",
    ),
    ("9 tháng năm 2022, giải ngân đạt 61%.", "61% | 61 | % | = | 2022-01/2022-09 | -"),
    (
        "Giai đoạn 2021-2025, tỉnh bố trí 500 tỷ đồng cho đường liên xã.",
        "500 tỷ | 500000000000 | VND | = | 2021/2025 | -",
    ),
    (
        "In the period 2021-2025, the province allocated 500 billion VND to roads.",
        "500 billion | 500000000000 | VND | = | 2021/2025 | -",
    ),
    ("Đến nay, huyện có 14 xã về đích.", "14 | 14 | xã | = | - | -"),
    ("Up to now, the district has 14 communes at the finish.", "14 | 14 | communes | = | - | -"),
    (
        "Tỷ lệ hộ nghèo giảm từ 12,4% xuống còn 9,1%.",
        "12,4% | 12.4 | % | = | - | -; 9,1% | 9.1 | % | = | - | -",
    ),
    ("The poverty rate fell from 12.4% to 9.1%.", "12.4% | 12.4 | % | = | - | -; 9.1% | 9.1 | % | = | - | -"),
    ("Lãi suất từ 6 - 6,5%/năm.", "6 | 6 | % | = | - | -; 6,5% | 6.5 | % | = | - | -"),
    (
        "Mỗi hộ thu 20-25 triệu đồng.",
        "20 | 20000000 | VND | = | - | -; 25 triệu | 25000000 | VND | = | - | -",
    ),
    (
        "Mỗi bản làm xong từ 11 đến 16 tiêu chí.",
        "11 | 11 | tiêu chí | = | - | -; 16 | 16 | tiêu chí | = | - | -",
    ),
    ("Sơn Khê xếp thứ 18/63 tỉnh, thành.", "18/63 | 18 of 63 | rank | = | - | -"),
    (
        "Son Khe ranked 18th in the country, up 6 places.",
        "18th | 18 | rank | = | - | -; 6 | 6 | places | = | - | up",
    ),
    (
        "Chỉ số PAR xếp hạng 23, tăng 5 bậc so với năm 2020.",
        "23 | 23 | rank | = | - | -; 5 | 5 | places | = | - | up",
    ),
    (
        "Huyện Hạ Sơn có 5 trường hợp mắc mới, 3 ca khỏi bệnh.",
        "5 | 5 | trường hợp | = | - | -; 3 | 3 | ca | = | - | -",
    ),
    ("Ít nhất 30 hộ phải di dời.", "30 | 30 | hộ | >= | - | -"),
    ("Có trên dưới 1.000 hộ.", "1.000 | 1000 | hộ | ~ | - | -"),
    ("Đạt xấp xỉ 35% kế hoạch.", "35% | 35 | % | ~ | - | -"),
    ("Có không dưới 40 hộ.", "40 | 40 | hộ | >= | - | -"),
    ("Tỷ lệ che phủ rừng ≥ 42%.", "42% | 42 | % | >= | - | -"),
    ("Tốc độ tăng trưởng GRDP là -2,3%.", "2,3% | -2.3 | % | = | - | -"),
    ("Tăng trưởng đạt âm 1,8%.", "1,8% | -1.8 | % | = | - | -"),
    ("Giá chè giảm mạnh (-1,12%).", "1,12% | 1.12 | % | = | - | down"),
    ("Thu ngân sách vượt 9 -10% dự toán.", "9 | 9 | % | > | - | -; 10% | 10 | % | > | - | -"),
    ("Dự án cần $5 triệu.", "5 triệu | 5000000 | USD | = | - | -"),
    ("Vốn vay US$ 2,36 tỷ.", "2,36 tỷ | 2360000000 | USD | = | - | -"),
    ("Giá bán 25.000đ/kg.", "25.000 | 25000 | VND/kg | = | - | -"),
    (
        "Dân góp 35 tr.đ, xã góp 1,5 tỷ đ.",
        "35 tr | 35000000 | VND | = | - | -; 1,5 tỷ | 1500000000 | VND | = | - | -",
    ),
    ("Gần 1.200 học sinh đến trường.", "1.200 | 1200 | học sinh | < | - | -"),
    ("Dưới 5% số hộ thiếu nước sạch.", "5% | 5 | % | < | - | -"),
    ("Nearly 1,200 pupils went to school.", "1,200 | 1200 | pupils | < | - | -"),
    ("At least 30 households had to move.", "30 | 30 | households | >= | - | -"),
    ("About 450 hectares of forest were planted.", "450 | 450 | ha | ~ | - | -"),
    ("Trồng mới khoảng 450 ha rừng.", "450 | 450 | ha | ~ | - | -"),
    ("Năng suất lúa bình quân đạt 58,2 tạ/ha.", "58,2 | 58.2 | tạ/ha | = | - | -"),
    ("Sản lượng lương thực đạt 412.000 tấn.", "412.000 | 412000 | t | = | - | -"),
    (
        "Tuyến đường dài 12,5km, rộng 7m, tổng mức đầu tư 230 tỷ đồng.",
        "12,5 | 12.5 | km | = | - | -; 7 | 7 | m | = | - | -; 230 tỷ | 230000000000 | VND | = | - | -",
    ),
    (
        "The road is 12.5 km long with a total investment of 230 billion VND.",
        "12.5 | 12.5 | km | = | - | -; 230 billion | 230000000000 | VND | = | - | -",
    ),
    (
        "Thu nhập bình quân đầu người lên 46 triệu đồng/người/năm.",
        "46 triệu | 46000000 | VND/người/năm | = | - | -",
    ),
    (
        "Income per capita reached 46 million VND/person/year.",
        "46 million | 46000000 | VND/person/year | = | - | -",
    ),
    (
        "Tỷ lệ che phủ rừng đạt 57,3%, trong đó rừng trồng chiếm 21%.",
        "57,3% | 57.3 | % | = | - | -; 21% | 21 | % | = | - | -",
    ),
    ("Có 3 huyện, 2 thị xã hoàn thành kế hoạch.", "3 | 3 | huyện | = | - | -; 2 | 2 | thị xã | = | - | -"),
    (
        "Trao 120 suất quà, mỗi suất 500.000 đồng.",
        "120 | 120 | suất | = | - | -; 500.000 | 500000 | VND | = | - | -",
    ),
    (
        "Hỗ trợ 15 tấn gạo và 200 triệu đồng cho vùng lũ.",
        "15 | 15 | t | = | - | -; 200 triệu | 200000000 | VND | = | - | -",
    ),
    ("Cháy rừng thiêu rụi 3,2ha keo.", "3,2 | 3.2 | ha | = | - | -"),
    (
        "Tổ chức 24 lớp tập huấn với 1.150 lượt người tham gia.",
        "24 | 24 | lớp | = | - | -; 1.150 | 1150 | lượt người | = | - | -",
    ),
    (
        "They held 24 classes with 1,150 participants.",
        "24 | 24 | classes | = | - | -; 1,150 | 1150 | participants | = | - | -",
    ),
    (
        "Kết nạp 312 đảng viên mới, đạt 104% chỉ tiêu.",
        "312 | 312 | đảng viên | = | - | -; 104% | 104 | % | = | - | -",
    ),
    ("The Party admitted 312 new members.", "312 | 312 | members | = | - | -"),
    (
        "Tiếp 574 lượt công dân, nhận 129 đơn thư.",
        "574 | 574 | lượt | = | - | -; 129 | 129 | đơn thư | = | - | -",
    ),
    ("Giải quyết 98,7% hồ sơ đúng hạn.", "98,7% | 98.7 | % | = | - | -"),
    ("98.7% of applications were settled on time.", "98.7% | 98.7 | % | = | - | -"),
    (
        "Xảy ra 41 vụ tai nạn giao thông, làm chết 17 người, bị thương 33 người.",
        "41 | 41 | vụ | = | - | -; 17 | 17 | người | = | - | -; 33 | 33 | người | = | - | -",
    ),
    (
        "There were 41 traffic accidents, killing 17 people.",
        "41 | 41 | accidents | = | - | -; 17 | 17 | people | = | - | -",
    ),
    ("Dân số thành phố là 312.450 người.", "312.450 | 312450 | người | = | - | -"),
    ("Mật độ dân số 215 người/km2.", "215 | 215 | người/km2 | = | - | -"),
    (
        "Dư nợ tín dụng lên 41.380 tỷ đồng, tăng 5,27% so với đầu quý và tăng 12,64% so với cùng kỳ.",
        "41.380 tỷ | 41380000000000 | VND | = | - | -; 5,27% | 5.27 | % | = | - | up; 12,64% | 12.64 | % | = | - | up",
    ),
    (
        "Doanh thu du lịch giảm 35%, còn 820 tỷ đồng.",
        "35% | 35 | % | = | - | down; 820 tỷ | 820000000000 | VND | = | - | -",
    ),
    (
        "Tourism revenue fell by 35% to 820 billion VND.",
        "35% | 35 | % | = | - | down; 820 billion | 820000000000 | VND | = | - | -",
    ),
    (
        "Cả nước có 63 tỉnh, thành phố; Sơn Khê có 11 huyện.",
        "63 | 63 | tỉnh | = | - | -; 11 | 11 | huyện | = | - | -",
    ),
    ("Ngày 12/5/2021, tại km 12, xe khách chở 29 người bị lật.", "29 | 29 | người | = | 2021-05-12 | -"),
    ("Theo Nghị quyết số 08-NQ/TU, đến năm 2025 có 88 xã đạt chuẩn.", "88 | 88 | xã | = | 2025 | -"),
    (
        "Under Resolution No. 08-NQ/TU, 88 communes will meet the standards by 2025.",
        "88 | 88 | communes | = | 2025 | -",
    ),
    ("Mục tiêu đến năm 2032, xưởng chè đáp ứng 65% nhu cầu.", "65% | 65 | % | = | 2032 | -"),
    ("Phấn đấu đến hết năm 2023 giảm 2% hộ nghèo.", "2% | 2 | % | = | 2023 | down"),
    ("Bác Lò Văn Sáo, 68 tuổi, trồng 300 gốc chè.", "300 | 300 | gốc chè | = | - | -"),
    ("Trận đấu kết thúc lúc 21h30 ngày 5/6.", ""),
    ("Số điện thoại đường dây nóng: 0912 345 678.", ""),
    ("Đường tỉnh 535 và quốc lộ 7 bị sạt lở 3 điểm.", "3 | 3 | điểm | = | - | -"),
    ("Khối 10, tổ 4 và thôn 7 cùng ra quân.", ""),
    ("Kỳ họp thứ 18 bế mạc.", ""),
    ("Dịch Covid-19 khiến 40% lao động mất việc.", "40% | 40 | % | = | - | -"),
    ("Điều 5, khoản 2 nêu rõ trách nhiệm.", ""),
    ("Ở mức độ 3, mức độ 4 nay có 746 dịch vụ.", "746 | 746 | dịch vụ | = | - | -"),
    ("Sản phẩm OCOP hạng 4 sao có 14 sản phẩm.", "14 | 14 | sản phẩm | = | - | -"),
    ("Comment (0) Share", ""),
    ("Ảnh: DSC_0123.jpg", ""),
    ("Năm học 2020 - 2021 có 12.000 học sinh lớp 1.", "12.000 | 12000 | học sinh | = | 2020/2021 | -"),
    ("Từ năm 2019 đến nay, huyện đã tham gia 2 đoàn kiểm tra.", "2 | 2 | đoàn kiểm tra | = | 2019/2021 | -"),
    ("From 2019 to now, the district has joined 2 inspection teams.", "2 | 2 | teams | = | 2019/2021 | -"),
    ("Bản Sảng cách trung tâm huyện 35 km.", "35 | 35 | km | = | - | -"),
    (
        "Thành lập 7 đoàn kiểm tra, xử phạt 441 triệu đồng.",
        "7 | 7 | đoàn kiểm tra | = | - | -; 441 triệu | 441000000 | VND | = | - | -",
    ),
    ("Trao 48.216 giấy chứng nhận cho chủ rừng.", "48.216 | 48216 | giấy chứng nhận | = | - | -"),
    (
        "Nhóm mây tre có 62 sản phẩm, nhóm trà thuốc 9 sản phẩm.",
        "62 | 62 | sản phẩm | = | - | -; 9 | 9 | sản phẩm | = | - | -",
    ),
    ("Thi công được 65% khối lượng cây cầu.", "65% | 65 | % | = | - | -"),
    ("60% of the work has been completed.", "60% | 60 | % | = | - | -"),
    ("Bàn giao 100% mặt bằng.", "100% | 100 | % | = | - | -"),
    ("Có trên 90% đại biểu tán thành.", "90% | 90 | % | > | - | -"),
    ("Over 90% of delegates agreed.", "90% | 90 | % | > | - | -"),
    ("Kinh phí sửa đập 16.925 triệu đồng.", "16.925 triệu | 16925000000 | VND | = | - | -"),
    ("Chỉ số sản xuất công nghiệp tăng 8,4%.", "8,4% | 8.4 | % | = | - | up"),
    ("The industrial production index rose by 8.4%.", "8.4% | 8.4 | % | = | - | up"),
    ("GRDP tăng 7,2%; thu nhập tăng 5%.", "7,2% | 7.2 | % | = | - | up; 5% | 5 | % | = | - | up"),
    ("GRDP growth rate was 7.2%.", "7.2% | 7.2 | % | = | - | -"),
    ("Tốc độ tăng trưởng GRDP đạt 7,2%.", "7,2% | 7.2 | % | = | - | -"),
    ("Giá xăng tăng 500 đồng/lít.", "500 | 500 | VND/lít | = | - | up"),
    ("Nâng mức hỗ trợ lên 3 triệu đồng.", "3 triệu | 3000000 | VND | = | - | -"),
    ("Tính đến cuối tháng 7, có 35 dự án khởi công.", "35 | 35 | dự án | = | 2021-07 | -"),
    ("Trong tháng 5/2021, xử lý 12 vụ.", "12 | 12 | vụ | = | 2021-05 | -"),
    ("In May 2021, 12 cases were handled.", "12 | 12 | cases | = | 2021-05 | -"),
    ("Trong đó có 6 xã vùng cao, chiếm 42,9%.", "6 | 6 | xã | = | - | -; 42,9% | 42.9 | % | = | - | -"),
    (
        "Of which 6 are highland communes, accounting for 42.9%.",
        "6 | 6 | - | = | - | -; 42.9% | 42.9 | % | = | - | -",
    ),
    ("Bố trí 2 cán bộ và 1 công an viên mỗi xã.", "2 | 2 | cán bộ | = | - | -; 1 | 1 | công an | = | - | -"),
    (
        "Awarded certificates to 1 collective and 4 individuals.",
        "1 | 1 | collective | = | - | -; 4 | 4 | individuals | = | - | -",
    ),
    ("Khen thưởng 1 tập thể và 4 cá nhân.", "1 | 1 | tập thể | = | - | -; 4 | 4 | cá nhân | = | - | -"),
    ("Nước sông lên nhanh, vượt báo động 3 là 0,45 m.", "0,45 | 0.45 | m | = | - | -"),
    ("Lượng mưa đo được 215mm.", "215 | 215 | mm | = | - | -"),
    ("Nhiệt độ cao nhất 39°C.", ""),
    ("Nhà máy công suất 50 MW.", "50 | 50 | MW | = | - | -"),
    ("Tổng chiều dài 102,7 km kênh mương được kiên cố.", "102,7 | 102.7 | km | = | - | -"),
    ("Đã có 4/4 đơn vị nộp báo cáo.", "4/4 | 4 of 4 | đơn vị | = | - | -"),
    ("Tỷ lệ 1/500 của bản đồ quy hoạch.", ""),
    (
        "Giảm 1.287 hộ nghèo (1,64%) so với tháng Giêng.",
        "1.287 | 1287 | hộ | = | - | down; 1,64% | 1.64 | % | = | - | down",
    ),
    (
        "Chi 3,5 tỷ đồng, gấp 2 lần năm trước.",
        "3,5 tỷ | 3500000000 | VND | = | - | -; 2 | 2 | lần | = | - | up",
    ),
    ("Người dân góp 1.250 ngày công.", "1.250 | 1250 | ngày công | = | - | -"),
    (
        "Số hộ cận nghèo là 7.415/69.830 hộ, chiếm 10,62%.",
        "7.415/69.830 | 7415 of 69830 | hộ | = | - | -; 10,62% | 10.62 | % | = | - | -",
    ),
    (
        "Vận động được 1,8 tỷ đồng xây 36 ngôi nhà.",
        "1,8 tỷ | 1800000000 | VND | = | - | -; 36 | 36 | ngôi nhà | = | - | -",
    ),
    ("Năm 2016, toàn tỉnh trồng 1.200 ha quế.", "1.200 | 1200 | ha | = | 2016 | -"),
    ("In 2016, the province planted 1,200 hectares of cinnamon.", "1,200 | 1200 | ha | = | 2016 | -"),
    ("Tháng 3/2022, thu ngân sách đạt 812 tỷ đồng.", "812 tỷ | 812000000000 | VND | = | 2022-03 | -"),
    ("Quý III năm 2020, xuất khẩu đạt 45 triệu USD.", "45 triệu | 45000000 | USD | = | 2020-Q3 | -"),
    ("Q3/2020, exports reached 45 million USD.", "45 million | 45000000 | USD | = | 2020-Q3 | -"),
    ("6 tháng cuối năm 2021, giải ngân thêm 900 tỷ đồng.", "900 tỷ | 900000000000 | VND | = | 2021-H2 | -"),
    ("7 tháng đầu năm, thu hút 18 dự án.", "18 | 18 | dự án | = | 2021-01/2021-07 | -"),
    ("Hết quý II, giải ngân đạt 41%.", "41% | 41 | % | = | 2021-Q2 | -"),
    ("Trong quý I, có 60 doanh nghiệp giải thể.", "60 | 60 | doanh nghiệp | = | 2021-Q1 | -"),
    ("Năm nay, tỉnh tuyển 250 giáo viên.", "250 | 250 | giáo viên | = | 2021 | -"),
    ("This year, the province recruited 250 teachers.", "250 | 250 | teachers | = | 2021 | -"),
    ("Từ đầu năm đến nay, xảy ra 9 vụ cháy rừng.", "9 | 9 | vụ | = | 2021-01/2021-08 | -"),
    ("Nhiệm kỳ 2020-2025, huyện kết nạp 1.020 đảng viên.", "1.020 | 1020 | đảng viên | = | 2020/2025 | -"),
    (
        "Tính đến 30/6/2021, tổng thu đạt 2.310 tỷ đồng.",
        "2.310 tỷ | 2310000000000 | VND | = | 2021-06-30 | -",
    ),
    (
        "As of June 30, 2021, total revenue reached 2,310 billion VND.",
        "2,310 billion | 2310000000000 | VND | = | 2021-06-30 | -",
    ),
    ("So với năm 2019, sản lượng tăng 12%.", "12% | 12 | % | = | - | up"),
    ("Compared to 2019, output rose by 12%.", "12% | 12 | % | = | - | up"),
    ("So với cùng kỳ, lượng khách tăng 2,4 lần.", "2,4 | 2.4 | lần | = | - | up"),
    ("Đến năm 2025, tỷ lệ đô thị hóa đạt 35%.", "35% | 35 | % | = | 2025 | -"),
    ("By 2025, the urbanization rate will reach 35%.", "35% | 35 | % | = | 2025 | -"),
    ("Dự kiến năm 2022 thu 10.200 tỷ đồng.", "10.200 tỷ | 10200000000000 | VND | = | 2022 | -"),
    ("Bình quân mỗi năm giảm 1.500 hộ nghèo.", "1.500 | 1500 | hộ | = | - | down"),
    ("Mỗi năm có khoảng 3.000 lao động đi làm việc ở nước ngoài.", "3.000 | 3000 | lao động | ~ | - | -"),
    (
        "Toàn huyện còn 1.245 hộ nghèo, chiếm 8,9%.",
        "1.245 | 1245 | hộ | = | - | -; 8,9% | 8.9 | % | = | - | -",
    ),
    (
        "The district still has 1,245 poor households, accounting for 8.9%.",
        "1,245 | 1245 | households | = | - | -; 8.9% | 8.9 | % | = | - | -",
    ),
    ("Tỷ lệ trẻ suy dinh dưỡng còn 14,2%.", "14,2% | 14.2 | % | = | - | -"),
    ("Đàn trâu, bò có 145.000 con.", "145.000 | 145000 | con | = | - | -"),
    (
        "Đàn lợn tăng 5,6%, đạt 412.000 con.",
        "5,6% | 5.6 | % | = | - | up; 412.000 | 412000 | con | = | - | -",
    ),
    (
        "Sản lượng chè búp tươi đạt 78.500 tấn, vượt 3,1% kế hoạch.",
        "78.500 | 78500 | t | = | - | -; 3,1% | 3.1 | % | > | - | -",
    ),
    ("Cứng hóa 86 km đường thôn.", "86 | 86 | km | = | - | -"),
    ("Xây mới 12 nhà văn hóa, sửa 7 trạm y tế.", "12 | 12 | nhà | = | - | -; 7 | 7 | trạm y tế | = | - | -"),
    (
        "They built 12 cultural houses and repaired 7 health stations.",
        "12 | 12 | houses | = | - | -; 7 | 7 | stations | = | - | -",
    ),
    ("Có 97,5% hộ dân được dùng điện.", "97,5% | 97.5 | % | = | - | -"),
    ("97.5% of households have electricity.", "97.5% | 97.5 | % | = | - | -"),
    ("Trên 85% dân số tham gia bảo hiểm y tế.", "85% | 85 | % | > | - | -"),
    ("Tỷ lệ bao phủ BHYT đạt 93,2%.", "93,2% | 93.2 | % | = | - | -"),
    (
        "Chỉ tiêu giao là 120 tỷ đồng, thực hiện 131 tỷ đồng.",
        "120 tỷ | 120000000000 | VND | = | - | -; 131 tỷ | 131000000000 | VND | = | - | -",
    ),
    ("Nợ xấu chiếm 0,8% tổng dư nợ.", "0,8% | 0.8 | % | = | - | -"),
    (
        "Doanh nghiệp nộp ngân sách 56 tỷ đồng, tạo việc làm cho 820 lao động.",
        "56 tỷ | 56000000000 | VND | = | - | -; 820 | 820 | lao động | = | - | -",
    ),
    (
        "Công ty trả lương từ 6 đến 8 triệu đồng/tháng.",
        "6 | 6000000 | VND/tháng | = | - | -; 8 triệu | 8000000 | VND/tháng | = | - | -",
    ),
    ("Cầu dài 312m, rộng 9m.", "312 | 312 | m | = | - | -; 9 | 9 | m | = | - | -"),
    ("Hồ chứa 4,5 triệu m3 nước.", "4,5 triệu | 4500000 | m3 | = | - | -"),
    ("The reservoir holds 4.5 million m3 of water.", "4.5 million | 4500000 | m3 | = | - | -"),
    ("Đỉnh lũ vượt mức năm 2018 là 0,3m.", "0,3 | 0.3 | m | = | 2018 | -"),
    (
        "Bão làm tốc mái 214 ngôi nhà, ngập 530 ha lúa.",
        "214 | 214 | ngôi nhà | = | - | -; 530 | 530 | ha | = | - | -",
    ),
    (
        "The storm damaged 214 houses and flooded 530 hectares of rice.",
        "214 | 214 | houses | = | - | -; 530 | 530 | ha | = | - | -",
    ),
    ("Thiệt hại ước tính 38 tỷ đồng.", "38 tỷ | 38000000000 | VND | = | - | -"),
    ("Damage is estimated at 38 billion VND.", "38 billion | 38000000000 | VND | = | - | -"),
    ("Tiêm 45.200 liều vắc-xin.", "45.200 | 45200 | liều vắc-xin | = | - | -"),
    (
        "Phát hiện 17 ca mắc mới, nâng tổng số lên 230 ca.",
        "17 | 17 | ca mắc | = | - | -; 230 | 230 | ca | = | - | -",
    ),
    (
        "There were 17 new cases, bringing the total to 230.",
        "17 | 17 | cases | = | - | -; 230 | 230 | cases | = | - | -",
    ),
    ("Có 1/3 số xã chưa đạt chuẩn.", "1/3 | 1 of 3 | số xã | = | - | -"),
    (
        "Đại hội có 250 đại biểu, 248/250 phiếu tán thành, đạt 99,2%.",
        "250 | 250 | đại biểu | = | - | -; 248/250 | 248 of 250 | phiếu | = | - | -; 99,2% | 99.2 | % | = | - | -",
    ),
    ("Bầu 45 đồng chí vào Ban Chấp hành.", "45 | 45 | đồng chí | = | - | -"),
    ("45 comrades were elected to the Executive Committee.", "45 | 45 | comrades | = | - | -"),
    ("Mở 5 phiên tòa xét xử 8 bị cáo.", "5 | 5 | phiên tòa | = | - | -; 8 | 8 | bị cáo | = | - | -"),
    ("Bắt giữ 3 đối tượng, thu 2,5 kg ma túy.", "3 | 3 | đối tượng | = | - | -; 2,5 | 2.5 | kg | = | - | -"),
    ("Triệt phá 14 chuyên án.", "14 | 14 | chuyên án | = | - | -"),
    (
        "Hòa giải thành 1.086/1.204 vụ, đạt 90,2%.",
        "1.086/1.204 | 1086 of 1204 | vụ | = | - | -; 90,2% | 90.2 | % | = | - | -",
    ),
    (
        "Soạn xong 6 quyết định, 9 kế hoạch và 21 văn bản.",
        "6 | 6 | quyết định | = | - | -; 9 | 9 | kế hoạch | = | - | -; 21 | 21 | văn bản | = | - | -",
    ),
    (
        "Tổ chức 83 cuộc đối thoại với 6.540 người.",
        "83 | 83 | cuộc | = | - | -; 6.540 | 6540 | người | = | - | -",
    ),
    (
        "They held 83 dialogues with 6,540 people.",
        "83 | 83 | dialogues | = | - | -; 6,540 | 6540 | people | = | - | -",
    ),
    ("Thư viện có 12.000 cuốn sách.", "12.000 | 12000 | cuốn | = | - | -"),
    ("Trường có 24 lớp với 860 học sinh.", "24 | 24 | lớp | = | - | -; 860 | 860 | học sinh | = | - | -"),
    (
        "The school has 24 classes with 860 pupils.",
        "24 | 24 | classes | = | - | -; 860 | 860 | pupils | = | - | -",
    ),
    ("Tỷ lệ tốt nghiệp THPT đạt 98,9%.", "98,9% | 98.9 | % | = | - | -"),
    ("100% số xã có bác sĩ.", "100% | 100 | % | = | - | -"),
    (
        "Giá chè từ 35.000 đồng/kg tăng lên 42.000 đồng/kg.",
        "35.000 | 35000 | VND/kg | = | - | -; 42.000 | 42000 | VND/kg | = | - | -",
    ),
    ("Mô hình cho lãi 150 triệu đồng/ha/năm.", "150 triệu | 150000000 | VND/ha/năm | = | - | -"),
    (
        "Diện tích rừng trồng mới 3.450 ha, đạt 115% kế hoạch.",
        "3.450 | 3450 | ha | = | - | -; 115% | 115 | % | = | - | -",
    ),
    (
        "Vốn trung ương 60 tỷ đồng, vốn tỉnh 25 tỷ đồng, dân góp 8 tỷ đồng.",
        "60 tỷ | 60000000000 | VND | = | - | -; 25 tỷ | 25000000000 | VND | = | - | -; 8 tỷ | 8000000000 | VND | = | - | -",
    ),
    (
        "Khách du lịch đạt 1,2 triệu lượt, tăng 18,5%.",
        "1,2 triệu | 1200000 | lượt | = | - | -; 18,5% | 18.5 | % | = | - | up",
    ),
    (
        "Tourist arrivals reached 1.2 million, up 18.5%.",
        "1.2 million | 1200000 | - | = | - | -; 18.5% | 18.5 | % | = | - | up",
    ),
    ("Số hộ nghèo giảm 1.200 hộ.", "1.200 | 1200 | hộ | = | - | down"),
    ("Tỉnh có 18 dân tộc cùng sinh sống.", "18 | 18 | dân tộc | = | - | -"),
    ("Tuyến đường đi qua 4 xã, dài 21 km.", "4 | 4 | xã | = | - | -; 21 | 21 | km | = | - | -"),
    ("Huyện có 2 xã biên giới với 41 cột mốc.", "2 | 2 | xã | = | - | -; 41 | 41 | cột | = | - | -"),
    (
        "Đoàn trao 60 suất học bổng trị giá 90 triệu đồng.",
        "60 | 60 | suất | = | - | -; 90 triệu | 90000000 | VND | = | - | -",
    ),
    (
        "The delegation gave 60 scholarships worth 90 million VND.",
        "60 | 60 | scholarships | = | - | -; 90 million | 90000000 | VND | = | - | -",
    ),
    ("Cây cầu trị giá 4,2 tỷ đồng hoàn thành sau 8 tháng.", "4,2 tỷ | 4200000000 | VND | = | - | -"),
];

const INDICATORS: &[(&str, &str)] = &[
    ("Lĩnh vực Thương mại – Dịch vụ chiếm 61%.", "Lĩnh vực Thương mại Dịch vụ"),
    ("Thương mại phát triển – Tỷ lệ hộ nghèo còn 3%.", "Tỷ lệ hộ nghèo"),
    ("Ngành thương mại - dịch vụ đạt 40 tỷ đồng.", "Ngành thương mại dịch vụ"),
    ("Công an khởi tố 12 vụ với 30 đối tượng.", "Công an khởi tố vụ; Công an khởi tố vụ đối tượng"),
    ("Trong số 30 tỷ đồng vốn đầu tư công, xã được giao 4 tỷ đồng.", "vốn đầu tư công; xã giao"),
    ("Diện tích lúa và diện tích ngô lần lượt là 30 ha và 20 ha.", "Diện tích lúa; diện tích ngô"),
    ("Thu ngân sách năm 2021 đạt 8.317 tỷ đồng, tăng 6,41% so với năm 2020.", "Thu ngân sách; Thu ngân sách"),
    (
        "Budget revenue in 2021 reached 8,317 billion VND, up 6.41% compared to 2020.",
        "Budget revenue; Budget revenue",
    ),
    ("Toàn tỉnh có 163/207 xã đạt chuẩn nông thôn mới.", "xã đạt chuẩn nông thôn mới"),
    (
        "The province has 163/207 communes meeting new rural standards.",
        "communes meeting new rural standards",
    ),
    ("Diện tích lúa vụ xuân là 12.345,6 ha.", "Diện tích lúa vụ xuân"),
    ("Hơn hai triệu người dân được tiêm phòng.", "người dân tiêm phòng"),
    ("Kim ngạch xuất khẩu ước đạt 1,2 tỷ USD.", "Kim ngạch xuất khẩu"),
    ("Tỷ lệ hộ nghèo giảm từ 12,4% xuống còn 9,1%.", "Tỷ lệ hộ nghèo; Tỷ lệ hộ nghèo"),
    ("The poverty rate fell from 12.4% to 9.1%.", "poverty rate; poverty rate"),
    ("Lãi suất từ 6 - 6,5%/năm.", "Lãi suất; Lãi suất"),
    ("Chỉ số PAR xếp hạng 23, tăng 5 bậc so với năm 2020.", "Chỉ số PAR; Chỉ số PAR"),
    ("Trồng mới khoảng 450 ha rừng.", "Trồng mới rừng"),
    ("Năng suất lúa bình quân đạt 58,2 tạ/ha.", "Năng suất lúa bình quân"),
    (
        "Tuyến đường dài 12,5km, rộng 7m, tổng mức đầu tư 230 tỷ đồng.",
        "Tuyến đường dài; rộng; tổng mức đầu tư",
    ),
    ("Thu nhập bình quân đầu người lên 46 triệu đồng/người/năm.", "Thu nhập bình quân đầu người"),
    (
        "Tỷ lệ che phủ rừng đạt 57,3%, trong đó rừng trồng chiếm 21%.",
        "Tỷ lệ che phủ rừng; Tỷ lệ che phủ rừng",
    ),
    ("Hỗ trợ 15 tấn gạo và 200 triệu đồng cho vùng lũ.", "Hỗ trợ gạo; Hỗ trợ gạo"),
    ("Kết nạp 312 đảng viên mới, đạt 104% chỉ tiêu.", "đảng viên mới; đảng viên mới"),
    ("Tiếp 574 lượt công dân, nhận 129 đơn thư.", "lượt công dân; nhận đơn thư"),
    ("Giải quyết 98,7% hồ sơ đúng hạn.", "Giải quyết hồ sơ đúng hạn"),
    ("98.7% of applications were settled on time.", "applications settled on time"),
    (
        "Dư nợ tín dụng lên 41.380 tỷ đồng, tăng 5,27% so với đầu quý và tăng 12,64% so với cùng kỳ.",
        "Dư nợ tín dụng; Dư nợ tín dụng; Dư nợ tín dụng",
    ),
    ("Doanh thu du lịch giảm 35%, còn 820 tỷ đồng.", "Doanh thu du lịch; Doanh thu du lịch"),
    ("Mục tiêu đến năm 2032, xưởng chè đáp ứng 65% nhu cầu.", "xưởng chè đáp ứng nhu cầu"),
    ("Phấn đấu đến hết năm 2023 giảm 2% hộ nghèo.", "hộ nghèo"),
    (
        "Nhóm mây tre có 62 sản phẩm, nhóm trà thuốc 9 sản phẩm.",
        "Nhóm mây tre sản phẩm; nhóm trà thuốc sản phẩm",
    ),
    ("Thi công được 65% khối lượng cây cầu.", "Thi công khối lượng cây cầu"),
    ("60% of the work has been completed.", "work completed"),
    ("Bàn giao 100% mặt bằng.", "Bàn giao mặt bằng"),
    ("Over 90% of delegates agreed.", "delegates agreed"),
    ("Chỉ số sản xuất công nghiệp tăng 8,4%.", "Chỉ số sản xuất công nghiệp"),
    ("GRDP tăng 7,2%; thu nhập tăng 5%.", "GRDP; thu nhập"),
    ("Tốc độ tăng trưởng GRDP đạt 7,2%.", "Tốc độ tăng trưởng GRDP"),
    ("Giá xăng tăng 500 đồng/lít.", "Giá xăng"),
    ("Trong đó có 6 xã vùng cao, chiếm 42,9%.", "xã vùng cao; xã vùng cao"),
    ("Giảm 1.287 hộ nghèo (1,64%) so với tháng Giêng.", "hộ nghèo; hộ nghèo"),
    ("Số hộ cận nghèo là 7.415/69.830 hộ, chiếm 10,62%.", "hộ cận nghèo; hộ cận nghèo"),
    ("Năm 2016, toàn tỉnh trồng 1.200 ha quế.", "trồng quế"),
    ("Tháng 3/2022, thu ngân sách đạt 812 tỷ đồng.", "thu ngân sách"),
    ("Hết quý II, giải ngân đạt 41%.", "giải ngân"),
    ("Toàn huyện còn 1.245 hộ nghèo, chiếm 8,9%.", "hộ nghèo; hộ nghèo"),
    (
        "Sản lượng chè búp tươi đạt 78.500 tấn, vượt 3,1% kế hoạch.",
        "Sản lượng chè búp tươi; Sản lượng chè búp tươi",
    ),
    ("Có 97,5% hộ dân được dùng điện.", "hộ dân dùng điện"),
    ("Trên 85% dân số tham gia bảo hiểm y tế.", "dân số tham gia bảo hiểm y tế"),
    ("Hòa giải thành 1.086/1.204 vụ, đạt 90,2%.", "Hòa giải thành vụ; Hòa giải thành vụ"),
    ("Giá chè từ 35.000 đồng/kg tăng lên 42.000 đồng/kg.", "Giá chè; Giá chè"),
    ("Mô hình cho lãi 150 triệu đồng/ha/năm.", "Mô hình cho lãi"),
    (
        "Diện tích rừng trồng mới 3.450 ha, đạt 115% kế hoạch.",
        "Diện tích rừng trồng mới; Diện tích rừng trồng mới",
    ),
    ("Số hộ nghèo giảm 1.200 hộ.", "hộ nghèo"),
];

mod directive;
mod official;
