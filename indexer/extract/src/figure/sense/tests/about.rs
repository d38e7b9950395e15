//! Whom figures are about: sentences about an invented province.

use corpus::Article;

use super::figures;
use crate::{Extractor, Level, Reading as _};

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
    // Another sentence begins behind the stop, and no name; communes that are counted are none that is told of.
    check("Họ làm việc ở huyện. Chương trình giúp tỷ lệ hộ nghèo còn 5,2%.", None);
    check(
        "Xã Suối Mơ khá đông. Huyện Kỳ Sơn nâng số xã đạt chuẩn nông thôn mới lên 7 xã.",
        Some((Level::District, "Kỳ Sơn")),
    );
    check("Thu ngân sách quận 5.009 tỷ đồng.", None);
    // Compared with, a venue, a constituency.
    check("Đông Nam Bộ thu 38% cả nước.", Some((Level::Region, "Đông Nam Bộ")));
    check("Tại hội nghị tổ chức ngày 2/3 ở Nghệ An, tỷ lệ hộ nghèo là 5,2%.", None);
    check("Đại biểu Trần Văn Suối (Nghệ An) nói tỷ lệ hộ nghèo là 5,2%.", None);
    // A body of the country that is the source.
    check(
        "Xã Suối Mơ đẹp. Tổng vốn đầu tư toàn xã hội của tỉnh Nghệ An là 18.060 tỷ đồng.",
        Some((Level::Province, "Nghệ An")),
    );
    check("Theo Tổng cục Thống kê, tỷ lệ hộ nghèo là 5,2%.", Some((Level::Country, "Việt Nam")));
}

/// Whom the last figure of a text under a headline is about.
fn check_under(title: &str, text: &str, expected: Option<(Level, &str)>) {
    let article = Article {
        title: Some(title.to_owned()),
        text: text.to_owned(),
        language: "vi".parse().ok(),
        ..Article::default()
    };
    let found = Extractor.mentions(&article).figures;
    let last = found.last().unwrap_or_else(|| panic!("no figure: {text}"));
    let about = last.about.as_ref().map(|about| (about.level, about.name.as_deref().unwrap_or_default()));
    assert_eq!(about, expected, "{title}: {text}");
}

#[test]
fn a_headline_tells_whom_its_text_is_about() {
    let check = check_under;
    let nation = Some((Level::Country, "Việt Nam"));
    let far = "Đoàn đã về Nghệ An. Cuộc họp bàn nhiều việc, trong đó có việc làm cho người trẻ ở các vùng quê, học phí, \
               giá lúa, giá phân bón, chất lượng nước, cây xanh, đường sá và nhiều chuyện khác nữa mà ai cũng quan tâm. \
               Tỷ lệ thất nghiệp là 2%.";
    check("Thủ tướng: Phải giữ việc làm", far, nation);
    check("Nghệ An giữ việc làm", far, Some((Level::Province, "Nghệ An")));
    check(
        "Cục Thuế Nghệ An kết nạp đảng viên",
        "Năm qua đã kết nạp 90 đảng viên.",
        Some((Level::Organization, "Cục Thuế Nghệ An")),
    );
    // The province is only what it is compared with.
    check(
        "Huyện Quan Hóa đổi mới",
        "Đây là huyện đầu tiên của tỉnh không còn nhà tạm. Thu nhập bình quân đầu người đạt 42 triệu đồng/năm.",
        Some((Level::District, "Quan Hóa")),
    );
    check(
        "Huyện Quan Hóa đổi mới",
        "Tốc độ tăng cao so với các huyện, thị xã, thành phố trong tỉnh. Thu nhập bình quân đầu người đạt 48 triệu đồng.",
        Some((Level::District, "Quan Hóa")),
    );
    // A hamlet is not the ward that has it.
    check("Phường Sơn Hạ đổi mới", "Khu vực Đồi Trên A chỉ còn 3 hộ nghèo.", None);
    // A count of communes is of no commune.
    check(
        "Tỉnh Nghệ An đổi mới",
        "Xã Sơn Hạ đẹp. Đến năm 2016 có 28 xã đạt chuẩn nông thôn mới.",
        Some((Level::Province, "Nghệ An")),
    );
}

#[test]
fn places_that_are_counted_or_were_renamed_are_not_whom_it_is_about() {
    let check = |text: &str, expected: &[(Level, &str)]| {
        let about: Vec<(Level, String)> = figures(text)
            .into_iter()
            .filter_map(|figure| figure.about)
            .filter_map(|about| Some((about.level, about.name?)))
            .collect();
        let about: Vec<(Level, &str)> = about.iter().map(|(level, name)| (*level, name.as_str())).collect();
        assert_eq!(about, expected, "{text}");
    };
    let district = (Level::District, "Quan Hóa");
    check(
        "Huyện Quan Hóa có 2 xã Sơn Hạ, Sơn Thượng (nay là xã Sơn Hạ) và 20 bản đạt chuẩn.",
        &[district, district],
    );
    check(
        "Tỉnh Nghệ An có 3 dự án. Ngân hàng Nhà nước đặt mục tiêu tín dụng tăng 14%.",
        &[(Level::Province, "Nghệ An"), (Level::Country, "Việt Nam")],
    );
}

#[test]
fn who_is_not_named_is_not_guessed() {
    let check = |text: &str, expected: Option<&str>| {
        let found = figures(text).into_iter().next().and_then(|figure| figure.about);
        assert_eq!(found.and_then(|about| about.name).as_deref(), expected, "{text}");
    };
    // `của xã` means a commune that the text nowhere names.
    check("Tỉnh Nghệ An có mưa. Tổng thu ngân sách của xã đạt 12 tỷ đồng.", None);
    check("Tỉnh Nghệ An có mưa. Tổng thu ngân sách đạt 12 tỷ đồng.", Some("Nghệ An"));
    check("Thu ngân sách quận 4 đạt 12 tỷ đồng.", Some("Quận 4"));
    check(
        "Tỉnh Nghệ An có huyện Kỳ Sơn. Huyện Kỳ Sơn đẹp. Thu ngân sách huyện đạt 12 tỷ đồng.",
        Some("Kỳ Sơn"),
    );
    // A hamlet is none of the places around it, and what is built is none of those in its name.
    check("Xã Sơn Hạ đẹp. Thôn Đoài chỉ còn 12 hộ nghèo.", None);
    check("Xã Sơn Hạ có nông thôn Việt mới, còn 12 hộ nghèo.", Some("Sơn Hạ"));
    check(
        "Tỉnh Nghệ An giao vốn dự án đường thị trấn Sơn Thượng nên giải ngân vốn đầu tư công đạt 21%.",
        Some("Nghệ An"),
    );
    check(
        "Tỉnh Nghệ An có cao tốc huyện Kỳ Sơn - huyện Con Cuông, thu ngân sách đạt 12 tỷ đồng.",
        Some("Nghệ An"),
    );
    check("Tổng thu ngân sách nhà nước của quận 4 là 12 tỷ đồng.", Some("Quận 4"));
    check("Xã Sơn Hạ đẹp. Khu vực Đồi Trên A có 3 hộ thoát nghèo.", None);
    check("Huyện Kỳ Sơn đẹp. Số trạm y tế xã đạt chuẩn tăng. Tỷ lệ hộ nghèo còn 3%.", Some("Kỳ Sơn"));
    check("BÍ THƯ HUYỆN ỦY NAM ĐÀN NÓI. Thu ngân sách đạt 12 tỷ đồng.", Some("Nam Đàn"));
}

#[test]
fn a_text_comes_back_to_whom_it_is_about() {
    let check = check_under;
    let nation = Some((Level::Country, "Việt Nam"));
    let district = Some((Level::District, "Kỳ Sơn"));
    // From where the news is, and whom it is about.
    check("Nghệ An: Huyện Kỳ Sơn đổi mới", "Thu nhập bình quân đầu người đạt 30 triệu đồng.", district);
    check(
        "Nghệ An: Huyện Kỳ Sơn đổi mới",
        "Tỉnh Nghệ An khen thưởng. Năm 2019, huyện đón 5.000 lượt khách du lịch.",
        district,
    );
    // Back to the country with its bodies, and to the body with the place in its name.
    check(
        "Quốc hội thông qua quyết toán",
        "Huyện Kỳ Sơn được nhắc đến. Sau đó Quốc hội thông qua. Tổng thu ngân sách là 900 nghìn tỷ đồng.",
        nation,
    );
    check(
        "Đảng bộ khối các cơ quan Nghệ An lớn mạnh",
        "Ban Bí thư biểu dương Nghệ An. Từ năm 2015 đã kết nạp 1.004 đảng viên.",
        Some((Level::Organization, "Đảng bộ khối các cơ quan Nghệ An")),
    );
    check("Tinh giản biên chế", "Cả 63 tỉnh, thành đã tinh giản biên chế 69.000 người.", nation);
    // Of the place whose office was named right before, though the headline has a body of the country.
    check(
        "Ngân hàng Nhà nước hạ lãi suất",
        "Kho bạc ở Nghệ An báo cáo.\nTổng huy động vốn của các tổ chức tín dụng trên địa bàn đạt 900 tỷ đồng.",
        Some((Level::Province, "Nghệ An")),
    );
    // Where it was counted, behind the number; who holds an office, and no commune.
    check("", "Tỉnh Nghệ An xóa 867 nhà tạm ở huyện Kỳ Sơn.", district);
    check("", "Tỉnh Nghệ An kiểm tra 867 cơ sở kinh doanh thủy hải sản trên địa bàn huyện Kỳ Sơn.", district);
    check(
        "",
        "Xã Sơn Hạ đẹp. Chủ tịch xã Nguyễn Văn Suối nói thu nhập bình quân đầu người đạt 35 triệu đồng.",
        Some((Level::Commune, "Sơn Hạ")),
    );
}

#[test]
fn what_is_counted_is_of_the_place_behind_it() {
    let check = |text: &str, expected: &[Option<&str>]| {
        let about = figures(text).into_iter().map(|figure| figure.about.and_then(|about| about.name));
        let about: Vec<Option<String>> = about.collect();
        let about: Vec<Option<&str>> = about.iter().map(Option::as_deref).collect();
        assert_eq!(about, expected, "{text}");
    };
    check("Có 19 ca ở Nghệ An, 8 ca ở Hà Tĩnh.", &[Some("Nghệ An"), Some("Hà Tĩnh")]);
    check("Lập phường Sơn Hạ từ 900 người của xã Sơn Thượng.", &[Some("Sơn Thượng")]);
    check("Xã Sơn Hạ đẹp. Xã Sơn Thượng có 900 người của xã.", &[Some("Sơn Thượng")]);
    // Words of kind in front of a name stand for nothing that was named before; a cooperative is no commune.
    check(
        "Huyện Kỳ Sơn đẹp. Năm 2020, thu ngân sách của huyện Con Cuông là 60 tỷ đồng.",
        &[Some("Con Cuông")],
    );
    check("Hợp tác xã Sơn Hạ có 30 thành viên.", &[Some("Hợp tác xã Sơn Hạ")]);
    // What is measured there is no number of such places.
    check("Xã Sơn Hạ có 900 dân. Dân số huyện Kỳ Sơn là 80.000 người.", &[Some("Sơn Hạ"), Some("Kỳ Sơn")]);
}
