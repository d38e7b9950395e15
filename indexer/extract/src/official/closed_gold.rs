//! Titles up to where they are closed, and names without what a lost break put behind them: invented people of an invented province.

use corpus::Article;

use crate::{Extractor, Reading as _};

/// Rows of a text, and who is found in it: names with positions, `;` between people.
fn check(rows: &[(&str, &str)]) {
    let found = |text: &str| {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let officials = Extractor.mentions(&article).officials;
        let told =
            officials.iter().map(|one| format!("{}: {}", one.span.of(text), one.positions.join(" | ")));
        told.collect::<Vec<_>>().join("; ")
    };
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, expected)| (text, found(text), expected))
        .filter(|(_, found, expected)| found != *expected)
        .map(|(text, found, expected)| format!("{text}\n  found {found}\n  wants {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_title_ends_where_it_is_closed() {
    check(&[
        (
            "Bà Lê Thị Suối, Trưởng phòng Quản lý và phát triển quỹ đất, dự họp.",
            "Lê Thị Suối: Trưởng phòng Quản lý và phát triển quỹ đất",
        ),
        (
            "Ông Trần Văn Núi (Trưởng phòng Hướng dẫn du lịch Thành Sơn Khê) dẫn đoàn.",
            "Trần Văn Núi: Trưởng phòng Hướng dẫn du lịch Thành Sơn Khê",
        ),
        (
            "Ông Trần Văn Núi, Giám đốc Trung tâm phục hồi chức năng, cho rằng cần chờ.",
            "Trần Văn Núi: Giám đốc Trung tâm phục hồi chức năng",
        ),
        (
            "Ông Trần Văn Núi - Trưởng phòng Nghiên cứu và phát triển giống cho biết lúa tốt.",
            "Trần Văn Núi: Trưởng phòng Nghiên cứu và phát triển giống",
        ),
        // What the holder does, and who stands beside the holder.
        (
            "Ông Trần Văn Núi, Trưởng ban Dân vận chủ trì cuộc họp, nghe báo cáo.",
            "Trần Văn Núi: Trưởng ban Dân vận",
        ),
        (
            "Ông Trần Văn Núi, Trưởng phòng Quản lý và vợ, bà Hoa, cùng dự.",
            "Trần Văn Núi: Trưởng phòng Quản lý",
        ),
        (
            "Ông Trần Văn Núi, Phó Chủ tịch Hiệp hội Vận tải và Bến bãi hàng hải bức xúc: \"Phí quá cao\".",
            "Trần Văn Núi: Phó Chủ tịch Hiệp hội Vận tải và Bến bãi hàng hải",
        ),
        (
            "Ông Trần Văn Núi, Giám đốc Sở Y tế tỉnh Sơn Khê sáng 9/5 cho biết.",
            "Trần Văn Núi: Giám đốc Sở Y tế tỉnh Sơn Khê",
        ),
    ]);
}

#[test]
fn a_number_and_the_other_half_of_a_name_are_the_bodys() {
    check(&[
        (
            "Bác sĩ Trần Văn Núi, Trưởng khoa Nhi, Bệnh viện Nhân dân 12, cho biết.",
            "Trần Văn Núi: Trưởng khoa Nhi, Bệnh viện Nhân dân 12",
        ),
        (
            "Ông Trần Văn Núi, Chính trị viên Tiểu đoàn Phòng hóa 7, cho biết.",
            "Trần Văn Núi: Chính trị viên Tiểu đoàn Phòng hóa 7",
        ),
        (
            "Ông Trần Văn Núi, Trạm trưởng Trạm CSGT Quốc lộ 1A Sơn Khê cho hay.",
            "Trần Văn Núi: Trạm trưởng Trạm CSGT Quốc lộ 1A Sơn Khê",
        ),
        (
            "Ông Trần Văn Núi, Giám đốc Ban quản lý dự án cao tốc Hạ Sơn – Lục Hà, cho biết.",
            "Trần Văn Núi: Giám đốc Ban quản lý dự án cao tốc Hạ Sơn – Lục Hà",
        ),
        (
            "Ông Trần Văn Núi, nguyên giám đốc vườn quốc gia Hạ Gò- Sa Bến, nói.",
            "Trần Văn Núi: nguyên giám đốc vườn quốc gia Hạ Gò- Sa Bến",
        ),
        (
            "Ông Trần Văn Núi, Phó Giám đốc Sở Y tế Sơn Khê - PV), dự.",
            "Trần Văn Núi: Phó Giám đốc Sở Y tế Sơn Khê",
        ),
    ]);
}

#[test]
fn names_without_the_next_sentence_and_with_all_their_parts() {
    check(&[
        ("Phó Giám đốc Sở Y tế Trần Văn Núi Ông Núi cho biết.", "Trần Văn Núi: Phó Giám đốc Sở Y tế"),
        ("Đại biểu Quốc hội Trần Minh Núi Quy định này rất mới.", "Trần Minh Núi: Đại biểu Quốc hội"),
        ("Phó Giám đốc Sở Y tế Trần Văn Núi Sáng 5/8, đoàn đến bản.", "Trần Văn Núi: Phó Giám đốc Sở Y tế"),
        ("Ngoại trưởng Mỹ Mark Stone Stone hôm qua đến Nga.", "Mark Stone: Ngoại trưởng Mỹ"),
        (
            "Quốc vương Qatar Hamad bin Omar Al Stonid sẽ thăm Pháp.",
            "Hamad bin Omar Al Stonid: Quốc vương Qatar",
        ),
        ("Phó chủ tịch UBND tỉnh Bình Định Trần Núi yêu cầu.", "Trần Núi: Phó chủ tịch UBND tỉnh Bình Định"),
        (
            "Bác sĩ Vương Đình Bảo Núi, phó giám đốc Bệnh viện Hạ Sơn, cho biết.",
            "Vương Đình Bảo Núi: phó giám đốc Bệnh viện Hạ Sơn",
        ),
    ]);
}

#[test]
fn a_title_between_two_names_is_that_of_who_has_none() {
    check(&[
        (
            "Đồng minh nghe Tổng thống Mỹ Donal Stone, Cố vấn an ninh quốc gia Mỹ, ông Herbert Rivers nói.",
            "Donal Stone: Tổng thống Mỹ; Herbert Rivers: Cố vấn an ninh quốc gia Mỹ",
        ),
        (
            "Dự có Chủ tịch HĐND tỉnh Lê Văn Suối, Trưởng đoàn ĐBQH tỉnh, ông Trần Văn Núi, Giám đốc Sở Y tế.",
            "Lê Văn Suối: Chủ tịch HĐND tỉnh | Trưởng đoàn ĐBQH tỉnh; Trần Văn Núi: Giám đốc Sở Y tế",
        ),
    ]);
}

#[test]
fn what_a_body_is_for_and_whose_it_is_belongs_to_the_title() {
    check(&[
        (
            "Thủ tướng Trần Văn Núi, Chủ tịch Ủy ban Quốc gia về biến đổi khí hậu chủ trì cuộc họp.",
            "Trần Văn Núi: Thủ tướng | Chủ tịch Ủy ban Quốc gia về biến đổi khí hậu",
        ),
        (
            "Bà Lê Thị Suối, Chủ nhiệm Ủy ban Nhà nước về người Việt Nam ở nước ngoài cho biết.",
            "Lê Thị Suối: Chủ nhiệm Ủy ban Nhà nước về người Việt Nam ở nước ngoài",
        ),
        (
            "Đại úy Trần Văn Núi, Đội trưởng Đội Cảnh sát điều tra tội phạm về trật tự xã hội Công an huyện Hạ Sơn, cho biết.",
            "Trần Văn Núi: Đội trưởng Đội Cảnh sát điều tra tội phạm về trật tự xã hội Công an huyện Hạ Sơn",
        ),
        (
            "Phóng viên trao đổi với ông Trần Văn Núi, Giám đốc Sở Y tế về vấn đề này.",
            "Trần Văn Núi: Giám đốc Sở Y tế",
        ),
        (
            "Ông Trần Văn Núi, đặc phái viên về các vấn đề an ninh và hòa bình, cho biết.",
            "Trần Văn Núi: đặc phái viên về các vấn đề an ninh và hòa bình",
        ),
        (
            "Bà Lê Thị Suối, tổ trưởng tổ toán của trường THCS Hạ Sơn, nhận xét.",
            "Lê Thị Suối: tổ trưởng tổ toán của trường THCS Hạ Sơn",
        ),
        ("Bà Lê Thị Suối, cựu thư ký của ông Trần Núi, khai.", "Lê Thị Suối: cựu thư ký"),
        (
            "Bà Lê Thị Suối, Tổng giám đốc Đài Tiếng nói Việt Nam, dự.",
            "Lê Thị Suối: Tổng giám đốc Đài Tiếng nói Việt Nam",
        ),
        (
            "Bác sĩ Lê Thị Suối, Trưởng khoa hồi sức tích cực Bệnh viện Hạ Sơn, cho hay.",
            "Lê Thị Suối: Trưởng khoa hồi sức tích cực Bệnh viện Hạ Sơn",
        ),
        (
            "Ông Trần Văn Núi, Quyền Tổng cục trưởng Tổng cục cảnh sát đã giao việc.",
            "Trần Văn Núi: Quyền Tổng cục trưởng Tổng cục cảnh sát",
        ),
        (
            "Ông Trần Văn Núi, Trưởng khoa Viết văn - Báo chí, dự.",
            "Trần Văn Núi: Trưởng khoa Viết văn - Báo chí",
        ),
    ]);
}

#[test]
fn a_day_and_what_stands_behind_a_bracket_are_no_part_of_a_title() {
    check(&[
        (
            "Ông Trần Văn Núi, Trưởng Công an huyện Hạ Sơn sáng nay cho biết.",
            "Trần Văn Núi: Trưởng Công an huyện Hạ Sơn",
        ),
        (
            "Ông Trần Văn Núi, Giám đốc Công viên Hạ Sơn (Sơn Khê) tâm tư về việc này.",
            "Trần Văn Núi: Giám đốc Công viên Hạ Sơn (Sơn Khê)",
        ),
        (
            "Ông Trần Văn Núi, Trưởng phòng Cảnh sát hình sự (PC02) Công an tỉnh Sơn Khê, cho biết.",
            "Trần Văn Núi: Trưởng phòng Cảnh sát hình sự (PC02) Công an tỉnh Sơn Khê",
        ),
    ]);
}

#[test]
fn an_office_of_several_is_told_of_the_second_too() {
    check(&[
        (
            "Phó Chủ tịch UBND tỉnh Trần Văn Núi và Lê Thị Suối đã đối thoại với dân.",
            "Trần Văn Núi: Phó Chủ tịch UBND tỉnh; Lê Thị Suối: Phó Chủ tịch UBND tỉnh",
        ),
        ("Chủ tịch UBND tỉnh Trần Văn Núi và Lê Thị Suối đã đối thoại.", "Trần Văn Núi: Chủ tịch UBND tỉnh"),
        (
            "Phó Chủ tịch UBND tỉnh Trần Văn Núi và Lê Thị Suối, Giám đốc Sở Y tế, đã đối thoại.",
            "Trần Văn Núi: Phó Chủ tịch UBND tỉnh; Lê Thị Suối: Giám đốc Sở Y tế",
        ),
        (
            "Dự lễ có Chủ tịch Quốc hội Lê Thị Suối, nguyên Chủ tịch Quốc hội: Trần Văn Núi, Phạm Văn Bến.",
            "Lê Thị Suối: Chủ tịch Quốc hội; Trần Văn Núi: nguyên Chủ tịch Quốc hội; Phạm Văn Bến: nguyên Chủ tịch Quốc hội",
        ),
        ("Ba ứng viên cho chức Giám đốc Sở Y tế là bà Lê Thị Suối và hai người khác.", ""),
    ]);
}

#[test]
fn a_name_ends_where_its_article_ends_it_elsewhere() {
    check(&[
        // A lost break behind a caption, what a small letter cut off, and the end of a name that stands there in full.
        (
            "Thứ trưởng Trần Văn Núi Hòa nhập là việc của mọi người. Ông Trần Văn Núi nói vậy.",
            "Trần Văn Núi: Thứ trưởng",
        ),
        (
            "Bộ trưởng Y tế Lê Văn suối trả lời. Lê Văn Suối từng là bác sĩ ở Hạ Sơn.",
            "Lê Văn suối: Bộ trưởng Y tế",
        ),
        ("Bộ trưởng Kim Bến đến thăm. Bà Trần Thị Kim Bến làm việc ở Sơn Khê.", ""),
        ("Cựu Tổng thống Joseph H.W. Stoneman nói.", "Joseph H.W. Stoneman: Cựu Tổng thống"),
        // Nobody else of the name: it stays as it is.
        ("Thứ trưởng Trần Văn Núi Hòa nói.", "Trần Văn Núi Hòa: Thứ trưởng"),
        (
            "Bà Nguyễn Thị Bến Hoa, Giám đốc Sở Y tế, và bà Nguyễn Thị Bến nói.",
            "Nguyễn Thị Bến Hoa: Giám đốc Sở Y tế",
        ),
        ("Bộ trưởng Kim Bến đến thăm.", "Kim Bến: Bộ trưởng"),
    ]);
}

#[test]
fn a_title_holds_nobody_and_nothing_of_the_next_sentence() {
    check(&[
        (
            "Ông Trần Văn Núi, Giám đốc Sở Nội vụ Sơn KhêBên cạnh đó có hai ý.",
            "Trần Văn Núi: Giám đốc Sở Nội vụ Sơn Khê",
        ),
        (
            "Ông Trần Văn Núi - Giám đốc Sở Y tế Sơn Khê - đơn vị soạn thảo nghị quyết, cho biết.",
            "Trần Văn Núi: Giám đốc Sở Y tế Sơn Khê",
        ),
        (
            "Ông Trần Văn Núi, Giám đốc Sở Y tế Liên quan đến dịch, xã đã họp.",
            "Trần Văn Núi: Giám đốc Sở Y tế",
        ),
        // Behind its place, and behind a proper name half a word.
        (
            "Ông Trần Văn Núi, Chủ nhiệm Đoàn Luật sư tỉnh Bình Định Không ủng hộ dự thảo.",
            "Trần Văn Núi: Chủ nhiệm Đoàn Luật sư tỉnh Bình Định",
        ),
        (
            "Ông Trần Văn Núi, Chủ tịch UBND huyện Hạ Sơn liệt kê nhiều dự án đã bỏ hoang nhiều năm qua ở các xã ven sông.",
            "Trần Văn Núi: Chủ tịch UBND huyện Hạ Sơn",
        ),
        (
            "Ông Trần Văn Núi, Trưởng Công an huyện Anh Sơn (Nghệ An) cho biết.",
            "Trần Văn Núi: Trưởng Công an huyện Anh Sơn (Nghệ An)",
        ),
        (
            "Ông Trần Văn Núi, Giám đốc Khu Quản lý đường thủy nội địa thuộc Sở Giao thông cho biết.",
            "Trần Văn Núi: Giám đốc Khu Quản lý đường thủy nội địa thuộc Sở Giao thông",
        ),
        ("Ông Trần Văn Núi, Thẩm phán TAND Tối cao sáng nay nói.", "Trần Văn Núi: Thẩm phán TAND Tối cao"),
        ("Nếu vậy thì tốt, Trưởng văn phòng Luật sư Hạ Lý ở Khe Bến nói.", ""),
        ("Thủ tướng tiếp Liên minh nghị sĩ Mekong-Nhật Bản và khách.", ""),
        // Who only gave the order.
        (
            "Theo chỉ đạo của Chủ tịch UBND tỉnh, Thiếu tá Trần Văn Núi, Phó Trưởng Công an xã Khe Bến cho biết.",
            "Trần Văn Núi: Phó Trưởng Công an xã Khe Bến",
        ),
        ("Nghị sĩ Dân chủ Fred Holloway nói.", "Fred Holloway: Nghị sĩ Dân chủ"),
        // The next of a list, whom nothing but the place tells to be one.
        (
            "Dự có Bộ trưởng Công Thương Trần Văn Núi, Giám đốc khu vực Ngân hàng Hạ Sơn Fred Holloway, và khách.",
            "Trần Văn Núi: Bộ trưởng Công Thương",
        ),
        (
            "Nhân dịp ông Fred Holloway được bầu làm Tổng thống Kenya, Chủ tịch nước Trần Văn Núi gửi điện mừng.",
            "Fred Holloway: Tổng thống Kenya; Trần Văn Núi: Chủ tịch nước",
        ),
    ]);
}
