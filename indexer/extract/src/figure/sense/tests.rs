//! What figures are values of: sentences about an invented province, and the open gold where it is there.

use std::collections::HashMap;

use corpus::{Article, CodePoints, DateOrigin, Published};
use serde::Deserialize;

use crate::catalogue::unit_key;
use crate::{Extractor, Figure, Level, Modality, Modifier, RangeEnd, Reading as _};

mod about;

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
fn a_sum_that_is_a_small_part_of_another_is_something_else() {
    let check = |text: &str, expected: &[Option<&str>]| {
        let found = figures(text);
        let keys: Vec<Option<&str>> = found.iter().map(|figure| figure.key.as_deref()).collect();
        assert_eq!(keys, expected, "{text}");
    };
    let revenue = Some("budget-revenue");
    check(
        "Năm 2021, thu ngân sách của tỉnh Nghệ An là 900 tỷ đồng. Năm 2021, thu ngân sách của tỉnh Nghệ An là 60 tỷ đồng.",
        &[revenue, None],
    );
    check(
        "Năm 2021, thu ngân sách của tỉnh Nghệ An là 900 tỷ đồng. Năm 2020, thu ngân sách của tỉnh Nghệ An là 60 tỷ đồng.",
        &[revenue, revenue],
    );
    check(
        "Năm 2021, thu ngân sách của tỉnh Nghệ An là 900 tỷ đồng. Năm 2021, thu ngân sách của tỉnh Nghệ An là 890 tỷ đồng.",
        &[revenue, revenue],
    );
}

#[test]
fn a_part_is_said_in_the_sense_of_its_whole() {
    let check = |text: &str, expected: &[Modality]| {
        let found: Vec<Modality> = figures(text).iter().map(|figure| figure.modality).collect();
        assert_eq!(found, expected, "{text}");
    };
    let (actual, estimate) = (Modality::Actual, Modality::Estimate);
    check(
        "Năm 2021, thu ngân sách ước đạt 900 tỷ đồng, trong đó thu nội địa đạt 400 tỷ đồng.",
        &[estimate, estimate],
    );
    check("Năm 2021, thu ngân sách ước đạt 900 tỷ đồng; thu nội địa đạt 400 tỷ đồng.", &[estimate, actual]);
}

#[test]
fn a_row_governs_its_number_or_none_does() {
    let check = |text: &str, expected: Option<&str>| {
        let found = figures(text);
        let first = found.first().unwrap_or_else(|| panic!("no figure: {text}"));
        assert_eq!(first.key.as_deref(), expected, "{text}");
    };
    let check_last = |text: &str, expected: Option<&str>| {
        assert_eq!(figures(text).last().and_then(|last| last.key.as_deref()), expected, "{text}");
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
    // A name and its short form in brackets are one, and so are the words of both.
    check(
        "Năm 2021, chỉ số sản xuất công nghiệp (IIP) của Nghệ An tăng 8,2%.",
        Some("industrial-production"),
    );
    check(
        "Năm 2021, tốc độ tăng trưởng tổng sản phẩm trên địa bàn (GRDP) của Nghệ An ước đạt 7%.",
        Some("grdp-growth"),
    );
    check("Tốc độ tăng trưởng GRDP của Nghệ An trong 5 năm gần đây đạt trên 9%.", Some("grdp-growth"));
    // A product in percent is its growth; a sector is not.
    check("GRDP 6 tháng của tỉnh Nghệ An ước đạt 7,2%.", Some("grdp-growth"));
    check("Chỉ số CCHC (PAR) năm 2021 của tỉnh Nghệ An xếp thứ 9/63 tỉnh, thành.", Some("par-index"));
    check("Tỉnh Nghệ An có 62 hợp tác xã (HTX) yếu kém.", None);
    check("Năm 2021, tỉnh Nghệ An đón 62.000 khách quốc tế.", None);
    check("Nghệ An muốn mỗi xã, phường có ít nhất 3 sản phẩm OCOP.", None);
    check("Nghệ An có 12 xã được UBND tỉnh công nhận đạt chuẩn nông thôn mới.", Some("new-rural-communes"));
    check("Huyện Kỳ Sơn đẹp. Huyện có 70% trường học đạt chuẩn quốc gia.", Some("national-standard-schools"));
    // What a district wants is no growth of its province.
    check("Tỉnh Nghệ An đẹp. Huyện Kỳ Sơn phấn đấu tăng trưởng GRDP năm 2022 đạt 9%.", None);
    // The unit of a range stands behind its end.
    check("Vườn cam ở Nghệ An có thu nhập bình quân đạt từ 120 đến 150 triệu đồng/ha.", None);
    check("Năm 2021, tín dụng trong nền kinh tế của Nghệ An tăng 3,4%.", Some("credit-growth"));
    check("Năm 2021, tín dụng của Nghệ An chỉ cao hơn 0,2% so với mức của năm trước.", None);
    check_last(
        "Năm 2021, tỉnh Nghệ An có 3 triệu người tham gia BHYT, đạt tỷ lệ bao phủ 92% dân số.",
        Some("health-insurance"),
    );
    // Words that name a statistic beside another one alone.
    check_last(
        "Năm 2021, tỉnh Nghệ An xảy ra 90 vụ tai nạn giao thông, 40 người chết, 50 người bị thương.",
        Some("traffic-injured"),
    );
    check_last("Năm 2021, tỉnh Nghệ An xảy ra 90 vụ cháy, 50 người bị thương.", None);
    check_last(
        "Năm 2021, tỉnh Nghệ An đón 900.000 lượt khách du lịch, doanh thu đạt 700 tỷ đồng.",
        Some("tourism-revenue"),
    );
    check_last("Năm 2021, chợ của tỉnh Nghệ An có 900 quầy hàng, doanh thu đạt 700 tỷ đồng.", None);
    check_last(
        "Năm 2021, tỷ lệ lao động qua đào tạo của Nghệ An đạt 60%, trong đó có bằng cấp, chứng chỉ đạt 20%.",
        Some("trained-workers-certified"),
    );
    // All visitors by both of their kinds, and those of one kind.
    check("Năm 2021, tỉnh Nghệ An đón 90.000 lượt khách trong nước và quốc tế.", Some("tourist-arrivals"));
    check("Năm 2021, tỉnh Nghệ An đón 90.000 lượt khách trong nước.", None);
    // A sentence goes on behind its semicolons.
    check_last(
        "Năm 2021, cả nước có 9 triệu người tham gia BHXH bắt buộc; 80 triệu người tham gia BHYT.",
        Some("health-insurance-people"),
    );
    check("Theo các hộ, đàn lợn của Nghệ An còn tồn đọng 15.000 con lợn.", None);
    // Wordings of one statistic.
    check(
        "Năm 2021, tổng số doanh nghiệp mới được thành lập ở Nghệ An là 900 doanh nghiệp.",
        Some("new-enterprises"),
    );
    check("Năm 2021, tổng kim ngạch xuất, nhập khẩu của Nghệ An đạt 2 tỷ USD.", Some("trade-turnover"));
    // A change behind a value is that of the value, and growth since December is not that of a year.
    check("Năm 2021, ngành dịch vụ của Nghệ An tăng 7%.", Some("services-growth"));
    check_last("Năm 2021, ngành dịch vụ của Nghệ An đạt 25 tỷ đồng, tăng 7%.", None);
    check("So với tháng 12/2021 thì chỉ số giá tiêu dùng của Nghệ An tăng 0,2%.", None);
    check("So với cùng kỳ thì chỉ số giá tiêu dùng của Nghệ An tăng 0,2%.", Some("consumer-price-index"));
    check(
        "Năm 2021, tổng kim ngạch xuất, nhập khẩu hàng hóa của Nghệ An đạt 2 tỷ USD.",
        Some("trade-turnover"),
    );
    check("Dự án ở Nghệ An có 5 tỷ đồng để giải phóng mặt bằng.", None);
    check("Giải phóng mặt bằng ở Nghệ An đạt 21,7% yêu cầu.", None);
    check("Năm 2021, tổng thu từ hoạt động du lịch của Nghệ An đạt 900 tỷ đồng.", Some("tourism-revenue"));
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
    // Words that only happen to stand in front of a number.
    check("Bệnh viện tỉnh Nghệ An tiếp nhận 11 người bị nạn.", None);
    check("Đội bóng Nghệ An đi tiếp với tổng tỷ số cao sau 2 lượt trận.", None);
    check("Tỉnh Nghệ An tiếp 640 lượt công dân.", Some("citizens-received"));
    check("Nghệ An bán vốn 37 doanh nghiệp, giải thể một nửa.", None);
    check("Nghệ An có 37 doanh nghiệp bị giải thể.", Some("enterprises-closed"));
    check("Đóng góp của du lịch Nghệ An vào tổng sản phẩm quốc nội (GDP) giảm từ 12% xuống 10%.", None);
    check("Nghệ An là 1 trong 3 xã nông thôn mới.", None);
    check("Tỷ lệ bao nợ xấu của Nghệ An tăng lên 92%.", None);
    check("Giá xuất khẩu của tỉnh Nghệ An giảm 14%.", None);
    check("Có 37 doanh nghiệp ngưng hoạt động và giải thể ở Nghệ An.", None);
    // Counted from the end of the year before, and not from the month before.
    check("Vào tháng 3 tín dụng của tỉnh Nghệ An tăng 1,13%.", None);
    check("Đến cuối tháng 3 tín dụng của tỉnh Nghệ An tăng 1,13%.", Some("credit-growth"));
    check("Tỷ lệ nợ xấu của Suối Mơ Bank ở Nghệ An là 1,6%.", None);
    check("Năm 2016, lượng khách du lịch Nga đến Việt Nam đạt 430.000 lượt người.", None);
    check("Đến nay tỉnh Nghệ An có 62 hợp tác xã yếu kém giải thể.", None);
    // Who take part, one event, one source of capital, what is compared with, what is dealt out, and a province's product.
    check("Năm 2021, tỉnh Nghệ An có 17 xã tham gia xây dựng nông thôn mới.", None);
    check("Tỉnh Nghệ An: Bệnh viện tiếp nhận nạn nhân của 13 vụ tai nạn giao thông.", None);
    check("Năm 2021, tỉnh Nghệ An giải ngân vốn đầu tư công từ nguồn ODA đạt 40% kế hoạch.", None);
    check("Tỷ lệ tốt nghiệp THPT của tỉnh Nghệ An cao hơn năm 2021 1,7%.", None);
    check("Kim ngạch xuất khẩu của Nghệ An cao hơn mức 90 triệu USD.", None);
    check("Tỷ lệ hộ nghèo của Nghệ An và Hà Tĩnh lần lượt là 5,2% và 6,1%.", Some("poor-household-rate"));
    check("Tỷ lệ hộ nghèo của Nghệ An và Hà Tĩnh lần lượt là 5,2%, 6,1% và 7%.", None);
    check("Số hộ nghèo của xã Sơn Hạ chỉ chiếm tỷ lệ 0,8%.", Some("poor-household-rate"));
    check("Hộ nghèo chiếm 45% số hộ được vay.", None);
    check("Tổng sản phẩm quốc nội (GDP) trên địa bàn tỉnh Nghệ An tăng 7,2%.", None);
    // Longer words that reach into others, another clause of a list, what is not so, and words that only look like a row's.
    check(
        "Thu từ hoạt động xuất, nhập khẩu của Nghệ An ước đạt 900 tỷ đồng.",
        Some("budget-revenue-customs"),
    );
    check("Nghệ An có gói vay tín dụng đến 12 tháng; giảm 30% phí.", None);
    check("Tỉnh Nghệ An có 2.000 người chưa tham gia bảo hiểm y tế.", None);
    check("Nghệ An tiếp tục đưa 300 công dân về quê.", None);
    // Other countries, by statistics that are told of them.
    check("Tỷ lệ thất nghiệp ở Lào có thể lên tới 13%.", Some("unemployment"));
    check("Tỷ lệ lao động qua đào tạo ở Lào có thể lên tới 13%.", None);
    // A difference, and the weight of one product beside its price.
    check("Tỉnh Nghệ An cao hơn tỷ lệ hộ nghèo chung 2%.", None);
    let product = figures("Tỉnh Nghệ An xuất khẩu được 75.000 tấn và 456 triệu USD.");
    assert!(product.iter().all(|figure| figure.key.is_none()), "{product:?}");
}

#[test]
fn a_doubt_reaches_as_far_as_what_it_is_said_of() {
    let keys = |text: &str| -> Vec<String> {
        figures(text).into_iter().map(|figure| figure.key.unwrap_or_else(|| "-".to_owned())).collect()
    };
    let check = |text: &str, expected: &[&str]| assert_eq!(keys(text), expected, "{text}");
    // What is said of the number before, or of the next, says nothing of one that has words of its own.
    check(
        "Tỉnh Nghệ An có 8 nhóm giải pháp, thu nhập bình quân đầu người đạt 42 triệu đồng.",
        &["-", "income-per-capita"],
    );
    check(
        "Tỷ lệ hộ nghèo của Nghệ An giảm còn 2,7%, bình quân mỗi năm giảm 6,5%.",
        &["poor-household-rate", "-"],
    );
    check("Nếu như tỷ lệ hộ nghèo của Nghệ An năm 2015 là 9%.", &["poor-household-rate"]);
    check("Nếu tỷ lệ hộ nghèo của Nghệ An là 9%.", &["-"]);
    // A number whose words stand behind it has them to itself.
    check(
        "Năm 2021, Nghệ An có 18 xã nông thôn mới, bình quân mỗi xã đạt 17 tiêu chí, có 78 thôn đạt chuẩn nông thôn mới.",
        &["new-rural-communes", "-", "new-rural-villages"],
    );
    check("Riêng năm 2021, tỉnh Nghệ An trồng mới 900 ha rừng.", &["afforestation"]);
    // A company that has acted is spoken of until a place is named.
    check(
        "Nhà báo đến Nghệ An. Tập đoàn đã trồng 20 ha gỗ. Năm 2021, kim ngạch xuất khẩu đạt 900 triệu USD.",
        &["-", "-"],
    );
    check(
        "Tập đoàn đã trồng 20 ha gỗ. Năm 2021, kim ngạch xuất khẩu của Nghệ An đạt 900 triệu USD.",
        &["-", "export-turnover"],
    );
    // The branch of the state's bank tells of its province.
    check(
        "Theo Ngân hàng Nhà nước chi nhánh Nghệ An, tổng dư nợ cho vay trên địa bàn tỉnh đạt 900 tỷ đồng.",
        &["outstanding-loans"],
    );
    check(
        "Tỉnh Nghệ An trồng 20 ha gỗ lớn; tổng mức bán lẻ hàng hóa đạt 900 tỷ đồng.",
        &["-", "retail-sales"],
    );
    // In one item it does.
    check("Riêng nhóm đồng bào ở Nghệ An có tỷ lệ hộ nghèo là 9%.", &["-"]);
    check(
        "Trang trại ở Nghệ An tạo việc làm cho 20 lao động, với thu nhập bình quân 4 triệu đồng/người/tháng.",
        &["-", "-"],
    );
    check("Có 38 địa phương có tỷ lệ giải ngân đạt trên 35%.", &["-", "-"]);
    // A growth behind the sum that has grown is no second sum.
    check(
        "Năm 2021, tổng mức bán lẻ hàng hóa của Nghệ An đạt 900 tỷ đồng, tăng 5% so với năm 2020.",
        &["retail-sales", "retail-sales"],
    );
}

#[test]
fn words_that_stand_for_a_share_go_on_with_what_it_is_of() {
    let keys =
        |text: &str| -> Vec<Option<String>> { figures(text).into_iter().map(|figure| figure.key).collect() };
    let health = keys("Chi y tế của Việt Nam chiếm 5,5% GDP, trong khi tỷ lệ này ở Lào là 9,1%.");
    assert_eq!(health, [None, None]);
    let poor = keys("Tỷ lệ hộ nghèo của Nghệ An năm 2020 là 5%, năm 2021 tỷ lệ này còn 4%.");
    assert_eq!(poor, [Some("poor-household-rate".to_owned()), Some("poor-household-rate".to_owned())]);
}

#[test]
fn what_a_value_is_compared_with_has_the_period_of_the_year_before() {
    let check = |text: &str, expected: &[Option<&str>]| {
        let found = figures(text);
        let periods: Vec<Option<String>> =
            found.iter().map(|figure| figure.period.map(|period| period.to_string())).collect();
        assert_eq!(
            periods,
            expected.iter().map(|period| period.map(str::to_owned)).collect::<Vec<_>>(),
            "{text}"
        );
    };
    check(
        "GRDP quý I/2022 tăng 5,1%, thấp hơn mức 5,5% của cùng kỳ năm ngoái.",
        &[Some("2022-Q1"), Some("2021-Q1")],
    );
    check("6 tháng đầu năm 2022 tín dụng tăng 8% (cùng kỳ tăng 12%).", &[Some("2022-H1"), Some("2021-H1")]);
    check("Năm 2021, thu ngân sách tăng 7% so với cùng kỳ.", &[Some("2021")]);
    check(
        "GRDP quý I/2022 tăng 5,1%, thấp hơn cùng kỳ năm trước (5,48%).",
        &[Some("2022-Q1"), Some("2021-Q1")],
    );
    check(
        "Trong giai đoạn 2011 - 2016 tỷ lệ hộ nghèo giảm từ 11,76% xuống còn 8,38%.",
        &[Some("2011"), Some("2016")],
    );
    check("6 tháng đầu năm 2022 tín dụng tăng 2,8% so cuối năm 2021.", &[Some("2022-H1")]);
    check("Trong 5 năm (2016-2020), thu ngân sách đạt 900 tỷ đồng.", &[Some("2016/2020")]);
    check(
        "Năm 2015 tỉnh đón 195.000 lượt khách thì năm 2019 đón 515.500 lượt khách.",
        &[Some("2015"), Some("2019")],
    );
    // The day on which somebody told it, and a period further on in the sentence.
    check("Ngày 20/6, Sở Y tế cho biết toàn tỉnh có 360 ca mắc sốt xuất huyết.", &[None]);
    check("Tính đến ngày 20/6, toàn tỉnh có 360 ca mắc sốt xuất huyết.", &[Some("2022-06-20")]);
    check("Huyện đã có 20 bản đạt chuẩn, dự kiến cuối năm 2022 sẽ có thêm 7 bản.", &[None, Some("2022")]);
    check(
        "Tính đến nay, cả nước có 76 triệu người và quý I/2022 có 75 triệu lượt khám.",
        &[None, Some("2022-Q1")],
    );
}

#[test]
fn cells_are_read_with_their_heads() {
    let check = |text: &str, expected: &[&str]| {
        let found = figures(text);
        let shown: Vec<String> = found
            .iter()
            .map(|figure| {
                let about = figure.about.as_ref().and_then(|about| about.name.as_deref()).unwrap_or("-");
                format!(
                    "{} | {} {} | {} | {} | {about} | {} | {}",
                    figure.span.of(text),
                    figure.value,
                    figure.unit.as_deref().unwrap_or("-"),
                    figure.key.as_deref().unwrap_or("-"),
                    figure.period.map_or("-".to_owned(), |period| period.to_string()),
                    figure.modality,
                    figure.indicator.as_deref().unwrap_or("-"),
                )
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    };
    // A column of units, and what is only estimated.
    check(
        "Kết quả của tỉnh Nghệ An:\nChỉ tiêu | Đơn vị tính | Năm 2020 | Ước năm 2021\nThu ngân sách | Tỷ đồng | 2.512 | 2.768\nTỷ lệ hộ nghèo | % | 7,08 | 6,9",
        &[
            "2.512 | 2512000000000 VND | budget-revenue | 2020 | Nghệ An | actual | Thu ngân sách",
            "2.768 | 2768000000000 VND | budget-revenue | 2021 | Nghệ An | estimate | Thu ngân sách",
            "7,08 | 7.08 % | poor-household-rate | 2020 | Nghệ An | actual | Tỷ lệ hộ nghèo",
            "6,9 | 6.9 % | poor-household-rate | 2021 | Nghệ An | estimate | Tỷ lệ hộ nghèo",
        ],
    );
    // The unit over the table, its year in the caption, and places as the heads of rows.
    check(
        "Bảng 1: Kết quả năm 2020\nĐơn vị: tỷ đồng\nSTT | Tỉnh | Thu ngân sách\n1 | Hà Giang | 2.512\n2 | Nghệ An | 3.100",
        &[
            "2.512 | 2512000000000 VND | budget-revenue | 2020 | Hà Giang | actual | Thu ngân sách",
            "3.100 | 3100000000000 VND | budget-revenue | 2020 | Nghệ An | actual | Thu ngân sách",
        ],
    );
    // The unit in brackets behind a head; a number without a unit is no figure.
    check(
        "Chỉ tiêu của tỉnh Nghệ An | 2020 | 2021\nThu ngân sách (tỷ đồng) | 512 | 768\nXếp loại chung | 2 | 3",
        &[
            "512 | 512000000000 VND | budget-revenue | 2020 | Nghệ An | actual | Thu ngân sách",
            "768 | 768000000000 VND | budget-revenue | 2021 | Nghệ An | actual | Thu ngân sách",
        ],
    );
    // What a head counts, in brackets or in its words; the kind of the place at the head of a row is none.
    check(
        "Bảng 1: Kết quả năm 2020\nHuyện | Số hộ nghèo (hộ) | Số học sinh | Xếp loại\nHuyện Kỳ Sơn | 1.234 | 987 | 3",
        &[
            "1.234 | 1234 hộ | poor-households | 2020 | Kỳ Sơn | actual | Số hộ nghèo",
            "987 | 987 học sinh | - | 2020 | Kỳ Sơn | actual | Số học sinh",
        ],
    );
}

#[test]
fn a_count_and_its_share_are_of_one_row() {
    let check = |text: &str, expected: &[Option<&str>]| {
        let keys: Vec<Option<String>> = figures(text).into_iter().map(|figure| figure.key).collect();
        let keys: Vec<Option<&str>> = keys.iter().map(Option::as_deref).collect();
        assert_eq!(keys, expected, "{text}");
    };
    let families = Some("cultural-families");
    check("Huyện Kỳ Sơn có 630/640 hộ đạt chuẩn gia đình văn hóa (tỷ lệ 98,4%).", &[families, families]);
    check("Huyện Kỳ Sơn có 630 hộ đạt chuẩn gia đình văn hóa (đạt 98,4% kế hoạch).", &[families, None]);
    let area = Some("forest-area");
    check(
        "Năm 2021, diện tích rừng tỉnh Nghệ An là 240.500 ha, chiếm 7% diện tích rừng cả nước.",
        &[area, None],
    );
    check("Tỉnh Nghệ An có 240.500 ha rừng. Toàn tỉnh có 240.500 ha rừng.", &[None, area]);
    check("Năm 2021, diện tích rừng bị cháy ở tỉnh Nghệ An là 250 ha.", &[None]);
    check(
        "Tỉnh Nghệ An có 46 hộ nghèo, chiếm 2,9%.",
        &[Some("poor-households"), Some("poor-household-rate")],
    );
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
    check("Nghệ An giàu rừng. Toàn tỉnh vui, tỉnh phấn đấu đạt tỷ lệ che phủ rừng 58%.", Modality::Target);
    check("Dự báo GRDP của tỉnh Nghệ An năm 2023 tăng 7%.", Modality::Forecast);
    check("Dân số của tỉnh Nghệ An là 4 triệu người vào năm 2030.", Modality::Forecast);
    check("Dân số của tỉnh Nghệ An đến năm 2030 là 4 triệu người.", Modality::Target);
    check("Để đạt mục tiêu tăng trưởng GRDP 7% cần nhiều vốn.", Modality::Target);
    check("Kiên định mục tiêu tăng trưởng GRDP năm 2022 từ 8% trở lên.", Modality::Target);
    check("Việt Nam kiểm soát lạm phát bình quân dưới 4% trong năm nay.", Modality::Target);
    check("Việt Nam đã kiểm soát lạm phát bình quân ở mức 4%.", Modality::Actual);
    check("GRDP tăng bình quân 7%/năm trong giai đoạn 2021-2030.", Modality::Target);
    check("Giai đoạn 2023-2025, tỉnh Nghệ An kết nạp 750 đảng viên.", Modality::Target);
    let range = figures("Hoàn thành mục tiêu tăng trưởng GRDP 15 - 17% vào cuối năm 2022.");
    assert!(range.iter().all(|figure| figure.modality == Modality::Target), "{range:?}");
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
    assert!(precision >= 0.895, "precision {precision:.3}, F1 {f1:.3}");
    assert!(f1 >= 0.85, "precision {precision:.3}, F1 {f1:.3}");
}

#[test]
fn a_time_is_that_of_the_whole_the_aim_or_the_count() {
    let check = |text: &str, expected: &[Option<&str>]| {
        let periods: Vec<Option<String>> =
            figures(text).iter().map(|figure| figure.period.map(|period| period.to_string())).collect();
        let periods: Vec<Option<&str>> = periods.iter().map(Option::as_deref).collect();
        assert_eq!(periods, expected, "{text}");
    };
    let half = Some("2022-H1");
    check(
        "Theo báo cáo của ngành tài chính, tổng thu ngân sách của tỉnh Nghệ An trong 6 tháng đạt 779 tỷ đồng, giảm 13,1% so với cùng kỳ năm 2021. Trong đó, thu nội địa giảm 10,6%.",
        &[half, half, half],
    );
    check("Trong tháng sáu, xuất khẩu của tỉnh Nghệ An đạt 59 triệu USD.", &[Some("2022-06")]);
    check("Năm 2022, Nghệ An có 9 dự án, cao hơn năm 2020 là 2 dự án.", &[Some("2022"), Some("2022")]);
    check("Nghệ An phấn đấu tỷ lệ giải ngân đến tháng 9 đạt 40% kế hoạch.", &[Some("2022-09")]);
    check(
        "Trong quý I, GRDP tỉnh Nghệ An tăng 5,1%, thấp hơn so với cùng kỳ năm 2021 (5,48%).",
        &[Some("2022-Q1"), Some("2021-Q1")],
    );
    // What goes on is ended by a time that is left open, by a last day for something, and by what has happened before a time
    // to come; a bracket right behind a number says of when it is.
    check(
        "Năm 2021, Nghệ An đón 900 lượt khách. Trong nhiệm kỳ, tỉnh kết nạp 300 đảng viên.",
        &[Some("2021"), None],
    );
    check(
        "Năm 2021, Nghệ An đón 900 lượt khách. Tỉnh đã kết nạp 300 đảng viên trong nhiệm kỳ.",
        &[Some("2021"), None],
    );
    check("Chậm nhất đến ngày 20/7 có kết quả. Nghệ An có tỷ lệ tốt nghiệp 99,5%.", &[None]);
    check("Đến năm 2025, Nghệ An xây dựng nhà mới. Tỉnh đã giải quyết việc làm cho 900 lao động.", &[None]);
    check(
        "6 tháng đầu năm 2022, Nghệ An thu 9 tỷ đồng. Thu nhập bình quân đạt 45 triệu đồng/năm (năm 2021), tăng 2 triệu đồng.",
        &[half, Some("2021"), half],
    );
    check(
        "Năm 2021, doanh thu đạt 9 tỷ đồng, gấp 3 lần năm 2015; xuất khẩu đạt 4 triệu USD.",
        &[Some("2021"), Some("2021"), Some("2021")],
    );
    // What somebody tells begins with its time, and parts are of that of their whole.
    let term = Some("2020/2025");
    check(
        "Nói về giao thông, Giám đốc Sở Giao thông vận tải Lê Văn Đá cho biết trong giai đoạn 2020 – 2025 thành phố cần 900 tỷ đồng. Cụ thể là 4 dự án cầu có kinh phí 700 tỷ đồng.",
        &[term, term, term],
    );
    // A paragraph run together with the one before goes on with its report where it says so.
    check(
        "6 tháng đầu năm 2022, tỉnh Nghệ An xử lý 16 vụ buôn lậu.Cục Thuế cũng kiểm tra 109 doanh nghiệp.",
        &[half, half],
    );
    check(
        "6 tháng đầu năm 2022, tỉnh Nghệ An xử lý 16 vụ buôn lậu.Cục Thuế kiểm tra 109 doanh nghiệp.",
        &[half, None],
    );
    // Nobody knows from which year on.
    check("Nghệ An phấn đấu đến năm 2025 đạt tốc độ tăng trưởng GRDP bình quân 7%.", &[None]);
    check("Nghệ An phấn đấu đến năm 2025 đạt tỷ lệ hộ nghèo 7%.", &[Some("2025")]);
}

#[test]
fn values_in_a_row_are_dealt_out() {
    let check = |text: &str, expected: &[(&str, Option<&str>)]| {
        let found: Vec<(Option<String>, Option<String>)> = figures(text)
            .into_iter()
            .map(|figure| (figure.key, figure.about.and_then(|about| about.name)))
            .collect();
        let expected: Vec<(Option<String>, Option<String>)> =
            expected.iter().map(|(key, name)| (Some((*key).to_owned()), name.map(str::to_owned))).collect();
        assert_eq!(found, expected, "{text}");
    };
    let (poor, near_poor) = ("poor-household-rate", "near-poor-rate");
    check(
        "Tỷ lệ hộ nghèo của Nghệ An, Hà Tĩnh và Quảng Trị lần lượt là 5,2%, 6,1% và 7%.",
        &[(poor, Some("Nghệ An")), (poor, Some("Hà Tĩnh")), (poor, Some("Quảng Trị"))],
    );
    check(
        "Tỷ lệ hộ nghèo và tỷ lệ hộ cận nghèo của tỉnh Nghệ An lần lượt là 5,2% và 6,1%.",
        &[(poor, Some("Nghệ An")), (near_poor, Some("Nghệ An"))],
    );
}

#[test]
fn the_ends_of_a_range_are_one_value() {
    let check = |text: &str, expected: &[Option<RangeEnd>]| {
        let found: Vec<Option<RangeEnd>> = figures(text).into_iter().map(|figure| figure.range).collect();
        assert_eq!(found, expected, "{text}");
    };
    let ends = |low, high| [Some(RangeEnd::From(high)), Some(RangeEnd::UpTo(low))];
    check("Tỷ lệ lao động qua đào tạo đạt từ 84-89%.", &ends(84.0, 89.0));
    check("Tín dụng tăng 15% - 17%.", &ends(15.0, 17.0));
    check("Sản lượng đạt từ 3 đến 4 tấn.", &ends(3.0, 4.0));
    check("Tỷ lệ hộ nghèo giảm từ 9 đến 7%.", &[None, None]);
    check("Tỷ lệ hộ nghèo giảm từ 9% xuống 7%.", &[None, None]);
    check("Tỉnh có 3 xã và 4 thôn.", &[None, None]);
}

#[test]
fn the_least_and_the_most_are_told_from_more_and_less() {
    let check = |text: &str, expected: Modifier| {
        let found = figures(text).into_iter().next().map(|figure| figure.modifier);
        assert_eq!(found, Some(expected), "{text}");
    };
    check("Xây dựng ít nhất 2 xã kiểu mẫu.", Modifier::AtLeast);
    check("Tỷ lệ che phủ rừng đạt từ 40% trở lên.", Modifier::AtLeast);
    check("Tỷ lệ che phủ rừng đạt ≥ 40%.", Modifier::AtLeast);
    check("Tỷ lệ che phủ rừng đạt trên 40%.", Modifier::More);
    check("Mức phí không quá 40 triệu đồng.", Modifier::AtMost);
    check("Mức phí dưới 40 triệu đồng.", Modifier::Less);
}

#[test]
fn a_value_of_a_part_of_a_place_is_no_point() {
    let check = |text: &str, expected: &[Option<&str>]| {
        let keys: Vec<Option<String>> = figures(text).into_iter().map(|figure| figure.key).collect();
        let keys: Vec<Option<&str>> = keys.iter().map(Option::as_deref).collect();
        assert_eq!(keys, expected, "{text}");
    };
    // A household's, a group's.
    check("Ở xã Sơn Hạ, tỉnh Nghệ An có nhà nuôi đàn lợn 7 con.", &[None]);
    check("Tỉnh Nghệ An có đàn lợn 700.000 con.", &[Some("pig-herd")]);
    check("Tổ vay vốn ở xã Sơn Hạ có dư nợ 1,3 tỷ đồng.", &[None]);
    // A project's, a place's.
    check("Dự án ở xã Sơn Hạ có quy mô dân số 7.000 người.", &[None]);
    check("Phường Sơn Hạ có diện tích 15,06 km2, quy mô dân số 7.000 người.", &[None, Some("population")]);
    // A zone's, a road's, a delegation's, what is spent for one purpose.
    check("Năm 2021, các khu công nghiệp của tỉnh Nghệ An thu hút 35 dự án FDI.", &[None]);
    check("Năm 2021, tỉnh Nghệ An thu hút 35 dự án FDI.", &[Some("fdi-projects")]);
    check("Năm 2021, trên tuyến đường này của tỉnh Nghệ An xảy ra 5 vụ tai nạn giao thông.", &[None]);
    check("Đoàn tháp tùng Thủ tướng đến Lào có 68 doanh nghiệp đang hoạt động.", &[None]);
    check("Năm 2021, tỉnh Nghệ An chi ngân sách 1.500 tỷ đồng hỗ trợ học phí.", &[None]);
    check("Năm 2021, chi ngân sách của tỉnh Nghệ An đạt 1.500 tỷ đồng.", &[Some("budget-expenditure")]);
    // In which time, or how many there are by now.
    check("Đến nay, tỉnh Nghệ An đã thu hút 300 dự án FDI.", &[None]);
    // A part of the economy, and the growth of a price.
    check("Năm 2021, công nghiệp của tỉnh Nghệ An tăng lên 46,5%.", &[None]);
    check("Năm 2021, giá chè xuất khẩu của Nghệ An đạt 2.000 USD/tấn, giảm 16,4%.", &[None, None]);
    // What a growth is counted from stands behind the bracket.
    check(
        "Tháng 5/2021, xuất khẩu của Nghệ An đạt 76 triệu USD, giảm 20,7% (giảm 19 triệu USD) so với tháng trước.",
        &[Some("export-turnover"), None, None],
    );
}

#[test]
fn short_words_go_on_with_what_a_text_has_spoken_of() {
    let check = |text: &str, expected: &[Option<&str>]| {
        let keys: Vec<Option<String>> = figures(text).into_iter().map(|figure| figure.key).collect();
        let keys: Vec<Option<&str>> = keys.iter().map(Option::as_deref).collect();
        assert_eq!(keys, expected, "{text}");
    };
    let spent = Some("public-investment-disbursement");
    let spoken = "Tỉnh Nghệ An được giao vốn đầu tư công 2.564 tỷ đồng.";
    check(
        &format!("{spoken} Đến nay đã giải ngân được 923 tỷ đồng, đạt tỷ lệ 36% kế hoạch."),
        &[None, None, spent],
    );
    check("Tỉnh Nghệ An đã giải ngân được 923 tỷ đồng, đạt tỷ lệ 36% kế hoạch.", &[None, None]);
    check(&format!("{spoken} Đến nay đã giải ngân được 923 tỷ đồng, tăng 36%."), &[None, None, None]);
    check(&format!("{spoken} Vốn ODA đã giải ngân 23 tỷ đồng, đạt 6% kế hoạch."), &[None, None, None]);
}

#[test]
fn what_is_yet_to_come_is_not_told_as_reached() {
    let check = |text: &str, expected: &[Modality]| {
        let senses: Vec<Modality> = figures(text).into_iter().map(|figure| figure.modality).collect();
        assert_eq!(senses, expected, "{text}");
    };
    check("Tỉnh Nghệ An sẽ có 20 xã đạt chuẩn nông thôn mới.", &[Modality::Forecast]);
    check("Tỉnh Nghệ An đã có 20 xã đạt chuẩn nông thôn mới.", &[Modality::Actual]);
    // The bracket tells what there was.
    check("GRDP của Nghệ An ước tăng 5% (cùng kỳ tăng 4%).", &[Modality::Estimate, Modality::Actual]);
    // An aim of which something else is told.
    check("Mục tiêu này khó đạt khi GRDP của Nghệ An chỉ tăng 5%.", &[Modality::Actual]);
    // What a plan has, and what is to be secured.
    check("Theo quy hoạch, năm 2030 Nghệ An sẽ đón 9 triệu lượt khách.", &[Modality::Target]);
    // A row of times to come.
    check(
        "Đến năm 2025 xuất khẩu của Nghệ An đạt 2 tỷ USD, năm 2030 đạt 3 tỷ USD.",
        &[Modality::Target, Modality::Target],
    );
}
