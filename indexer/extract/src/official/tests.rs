use std::collections::HashMap;

use corpus::Article;

use crate::Extractor;
use crate::Reading as _;

fn check(text: &str, expected: &[(&str, &[&str])]) {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let found = Extractor.mentions(&article).officials;
    let found: Vec<(&str, Vec<&str>)> = found
        .iter()
        .map(|one| (one.span.of(text), one.positions.iter().map(String::as_str).collect()))
        .collect();
    let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(name, all)| (*name, all.to_vec())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn names_are_joined_to_their_positions() {
    check(
        "Comrade Tran Van Suoi - Head of Block 3, Party Cell Secretary spoke.",
        &[("Tran Van Suoi", &["Head of Block 3", "Party Cell Secretary"])],
    );
    check(
        "Hôm qua, Chủ tịch UBND tỉnh Trần Văn Suối đã thăm bản.",
        &[("Trần Văn Suối", &["Chủ tịch UBND tỉnh"])],
    );
    check(
        "Ông Lê Văn Núi, Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Hạ Sơn cho biết.",
        &[("Lê Văn Núi", &["Phó Bí thư Huyện ủy", "Chủ tịch UBND huyện Hạ Sơn"])],
    );
    check(
        "Provincial Party Secretary Le Van Nui opened the fair.",
        &[("Le Van Nui", &["Provincial Party Secretary"])],
    );
    check("Photo: Le Van Nui", &[]);
    check("Bà Trần Thị Suối trồng chè ở Hạ Sơn.", &[]);
}

#[test]
fn behind_a_ministry_two_syllables_are_its_head() {
    check(
        "Dự lễ có Trưởng Ban Tổ chức Trung ương Phạm Văn Suối, Bộ trưởng Bộ Công an Tô Lành, Bộ trưởng Bộ Quốc phòng Ngô Văn Bến.",
        &[
            ("Phạm Văn Suối", &["Trưởng Ban Tổ chức Trung ương"]),
            ("Tô Lành", &["Bộ trưởng Bộ Công an"]),
            ("Ngô Văn Bến", &["Bộ trưởng Bộ Quốc phòng"]),
        ],
    );
    check("Thứ trưởng Bộ GTVT Lê Suối cho biết.", &[("Lê Suối", &["Thứ trưởng Bộ GTVT"])]);
    check("Nguyên Phó Chánh án TANDTC Lê Suối dự.", &[("Lê Suối", &["Nguyên Phó Chánh án TANDTC"])]);
    check("Theo Bộ trưởng Bộ Ngoại giao Hà Lan, hai nước hợp tác.", &[]);
    // Of a department it may be the place.
    check("Giám đốc Sở Y tế Hà Bến cho biết.", &[]);
}

#[test]
fn who_serves_the_holder_of_an_office_does_not_hold_it() {
    check(
        "Thư ký báo chí Tổng thống Nga Dmitri Stonov cho biết.",
        &[("Dmitri Stonov", &["Thư ký báo chí Tổng thống Nga"])],
    );
    check(
        "Người phát ngôn của Tổng thống Nga, ông Dmitri Stonov, cho biết.",
        &[("Dmitri Stonov", &["Người phát ngôn"])],
    );
    check(
        "Theo phát ngôn viên của Tổng thống Nga là ông Dmitri Stonov, việc đã rõ.",
        &[("Dmitri Stonov", &["phát ngôn viên"])],
    );
    // It may be the president.
    check("Phát ngôn viên của Tổng thống Nga Dmitri Stonov cho biết.", &[]);
}

#[test]
fn who_lost_an_office_held_it() {
    check(
        "Ông Lê Văn Núi bị cách chức Chủ tịch UBND xã Hạ Sơn.",
        &[("Lê Văn Núi", &["Chủ tịch UBND xã Hạ Sơn"])],
    );
    check("Ngoại trưởng Vương Suối cho biết.", &[("Vương Suối", &["Ngoại trưởng"])]);
    check(
        "TTND.GS.TS Lê Văn Núi - Giám đốc Bệnh viện Hạ Sơn - nói.",
        &[("Lê Văn Núi", &["Giám đốc Bệnh viện Hạ Sơn"])],
    );
}

#[test]
fn half_a_word_is_no_office() {
    check("Huấn luyện viên trưởng Trần Văn Suối chọn đội hình.", &[]);
    check("Theo thuyền trưởng Trần Văn Suối, tàu đã cập bến.", &[]);
    check("Huấn luyện viên trưởng đội tuyển Sơn Khê Trần Văn Suối chọn đội hình.", &[]);
    check("Ông ngồi ghế thuyền trưởng đội Hạ Sơn Trần Văn Suối.", &[]);
    check("Bàn thắng của tiền vệ đội trưởng Trần Văn Suối đến muộn.", &[]);
    check(
        "Chánh văn phòng Tổng thống John Bolton đã từ chức.",
        &[("John Bolton", &["Chánh văn phòng Tổng thống"])],
    );
    check(
        "Ảnh: Khe BếnChính quyền Tổng thống Mỹ Donald Trump đã đổi ý.",
        &[("Donald Trump", &["Tổng thống Mỹ"])],
    );
}

#[test]
fn an_office_of_then_is_held_no_longer() {
    let check = |text: &str, ended: bool| {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let found = Extractor.mentions(&article).officials;
        let [official] = &found[..] else { panic!("not one official in {text}: {found:?}") };
        assert_eq!(official.tenures.iter().any(|tenure| tenure.ended), ended, "{text}");
    };
    check("Cố vấn an ninh quốc gia Mỹ John Bolton phát biểu.", false);
    check("Gia đình cố Thủ tướng Trần Văn Suối dự lễ.", true);
    check("Ông Trần Văn Suối, khi đó là Giám đốc Sở Y tế Nghệ An, nói vậy.", true);
    check("Ông Trần Văn Suối (lúc đó giữ chức Bí thư Huyện ủy Anh Sơn) nói vậy.", true);
    check("Ông Trần Văn Suối, hiện là Giám đốc Sở Y tế Nghệ An, nói vậy.", false);
    check("Ông Trần Văn Suối, Giám đốc Sở Y tế Nghệ An, khi đó là thành viên đoàn.", false);
}

#[test]
fn what_several_people_hold_is_told_of_each() {
    let deputy: &[&str] = &["Phó Chủ tịch UBND tỉnh"];
    check(
        "Ông Lê Văn Suối và bà Trần Thị Mây đều là Phó Chủ tịch UBND tỉnh.",
        &[("Lê Văn Suối", deputy), ("Trần Thị Mây", deputy)],
    );
    check(
        "Ông Lê Văn Suối, ông Đỗ Văn Khe (cùng là phó giám đốc) bị khởi tố.",
        &[("Lê Văn Suối", &["phó giám đốc"]), ("Đỗ Văn Khe", &["phó giám đốc"])],
    );
    check(
        "Ông Lê Văn Suối và ông Trần Văn Bến lần lượt giữ chức Chủ tịch và Phó Chủ tịch UBND huyện.",
        &[("Lê Văn Suối", &["Chủ tịch"]), ("Trần Văn Bến", &["Phó Chủ tịch UBND huyện"])],
    );
    check(
        "Tỉnh có 3 Phó Chủ tịch là các ông Lê Văn Suối, Trần Văn Bến và bà Đỗ Thị Hoa.",
        &[
            ("Lê Văn Suối", &["Phó Chủ tịch"]),
            ("Trần Văn Bến", &["Phó Chủ tịch"]),
            ("Đỗ Thị Hoa", &["Phó Chủ tịch"]),
        ],
    );
    check(
        "Trưởng ban là ông Lê Văn Suối, Phó ban là các ông Trần Văn Bến, Đỗ Văn Khe.",
        &[("Lê Văn Suối", &["Trưởng ban"]), ("Trần Văn Bến", &["Phó ban"]), ("Đỗ Văn Khe", &["Phó ban"])],
    );
    check(
        "Dự có các nguyên Phó Chủ tịch UBND tỉnh các thời kỳ: Lê Văn Suối, Trần Văn Bến.",
        &[
            ("Lê Văn Suối", &["nguyên Phó Chủ tịch UBND tỉnh"]),
            ("Trần Văn Bến", &["nguyên Phó Chủ tịch UBND tỉnh"]),
        ],
    );
    check("Ông Lê Văn Suối và bà Trần Thị Mây đều là người Sơn Khê.", &[]);
}

#[test]
fn a_new_office_is_told_by_who_was_given_it() {
    check(
        "Thủ tướng phê chuẩn chức vụ Chủ tịch UBND tỉnh Sơn Khê nhiệm kỳ 2021-2026 đối với ông Lê Văn Suối.",
        &[("Lê Văn Suối", &["Chủ tịch UBND tỉnh Sơn Khê"])],
    );
    check(
        "Bà Trần Thị Mây được giao quyền Chủ tịch UBND tỉnh.",
        &[("Trần Thị Mây", &["quyền Chủ tịch UBND tỉnh"])],
    );
    check(
        "Ban Bí thư chỉ định ông Trần Văn Bến tham gia Ban Thường vụ, giữ chức Phó Bí thư Tỉnh ủy.",
        &[("Trần Văn Bến", &["Phó Bí thư Tỉnh ủy"])],
    );
    check(
        "Tran Thi May was appointed Director of the Department of Health.",
        &[("Tran Thi May", &["Director of the Department of Health"])],
    );
    check(
        "Bà Lê Thị Mây gặp ông Trần Văn Bến làm Giám đốc Sở Y tế.",
        &[("Trần Văn Bến", &["Giám đốc Sở Y tế"])],
    );
    // A decision that is handed over is none of who gets it.
    check("Trao quyết định của Thủ tướng cho ông Trần Văn Bến.", &[]);
}

#[test]
fn what_stands_between_a_name_and_its_office_is_left_out() {
    check(
        "Ông Lê Văn Suối (áo trắng), Chủ tịch UBND xã, trao quà.",
        &[("Lê Văn Suối", &["Chủ tịch UBND xã"])],
    );
    check(
        "Ông Lê Văn Suối, nay là Phó Chủ tịch HĐND huyện, nhớ lại.",
        &[("Lê Văn Suối", &["Phó Chủ tịch HĐND huyện"])],
    );
    check(
        "Theo Phó Vụ trưởng Vụ Pháp chế, Bộ Y tế Trần Thị Mây, luật đã rõ.",
        &[("Trần Thị Mây", &["Phó Vụ trưởng Vụ Pháp chế, Bộ Y tế"])],
    );
    check("Bí thư Đoàn xã là anh Lê Văn Suối.", &[("Lê Văn Suối", &["Bí thư Đoàn xã"])]);
    check(
        "Ông Lê Văn Suối - Trạm trưởng Trạm Y tế xã Thượng Sơn nói.",
        &[("Lê Văn Suối", &["Trạm trưởng Trạm Y tế xã Thượng Sơn"])],
    );
    check(
        "Le Van Suoi - Party cell secretary and head of Khe Ben village, said.",
        &[("Le Van Suoi", &["Party cell secretary", "head of Khe Ben village"])],
    );
}

#[test]
fn bodies_with_commas_numbers_and_tasks_end_where_they_end() {
    let rows = [
        ("Chánh án TAND Tối cao Lê Văn Suối trình bày.", "Lê Văn Suối", "Chánh án TAND Tối cao"),
        (
            "Chủ tịch UBND tỉnh Bà Rịa - Vũng Tàu Lê Văn Suối nói.",
            "Lê Văn Suối",
            "Chủ tịch UBND tỉnh Bà Rịa - Vũng Tàu",
        ),
        (
            "Chủ nhiệm Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng Lê Văn Suối nói.",
            "Lê Văn Suối",
            "Chủ nhiệm Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng",
        ),
        (
            "Ông Lê Văn Suối, Phó Giám đốc Khu Quản lý giao thông đô thị số 3, nói.",
            "Lê Văn Suối",
            "Phó Giám đốc Khu Quản lý giao thông đô thị số 3",
        ),
        (
            "Trưởng ban Chỉ đạo Trung ương về Phòng chống thiên tai Lê Văn Suối ký.",
            "Lê Văn Suối",
            "Trưởng ban Chỉ đạo Trung ương về Phòng chống thiên tai",
        ),
        (
            "Chi cục trưởng Chi cục Hải quan cửa khẩu cảng Hạ Sơn khu vực 1 Lê Văn Suối nói.",
            "Lê Văn Suối",
            "Chi cục trưởng Chi cục Hải quan cửa khẩu cảng Hạ Sơn khu vực 1",
        ),
        (
            "Bác sĩ Lê Văn Suối, Trưởng khoa Nhiễm - Thần kinh, nói.",
            "Lê Văn Suối",
            "Trưởng khoa Nhiễm - Thần kinh",
        ),
        (
            "Ông Lê Văn Suối, sinh ngày 5-12-1961, Bí thư Huyện ủy, nghỉ hưu.",
            "Lê Văn Suối",
            "Bí thư Huyện ủy",
        ),
        (
            "Đại tá, PGS.TS Lê Văn Suối, Viện trưởng Viện Lịch sử, nói.",
            "Lê Văn Suối",
            "Viện trưởng Viện Lịch sử",
        ),
        ("Phó Chủ tịch Hội Nhà báo tỉnh Lê Văn Suối nói.", "Lê Văn Suối", "Phó Chủ tịch Hội Nhà báo tỉnh"),
        ("Đại biểu Lê Văn Suối, tỉnh Ninh Bình, cho rằng cần thêm.", "Lê Văn Suối", "Đại biểu"),
    ];
    for (text, name, office) in rows {
        check(text, &[(name, &[office])]);
    }
    check(
        "Ông Lê Văn Suối - Giám đốc Trung tâm Bảo Lộc và ông Trần Văn Núi - Phó Giám đốc Sở Y tế đến.",
        &[("Lê Văn Suối", &["Giám đốc Trung tâm Bảo Lộc"]), ("Trần Văn Núi", &["Phó Giám đốc Sở Y tế"])],
    );
    check(
        "Ông Lê Văn Suối, quyền Chánh Thanh tra Bộ Nội vụ thông tin trường hợp ông Trần Văn Núi.",
        &[("Lê Văn Suối", &["quyền Chánh Thanh tra Bộ Nội vụ"])],
    );
    // The name of a guild is none of a person.
    check("Hội Nhà báo Việt Nam tái đắc cử Chủ tịch Hội Nhạc sĩ Việt Nam.", &[]);
    check(
        "Trong ảnh: ông Lê Văn Núi Bách Chủ tịch UBND tỉnh Trần Văn Suối trao quà.",
        &[("Trần Văn Suối", &["Chủ tịch UBND tỉnh"])],
    );
}

#[test]
fn offices_of_other_states_and_of_bodies_of_several() {
    let rows: [(&str, &str, &str); 17] = [
        (
            "Giám đốc Cơ quan tình báo Mỹ FBI Ann Leeson từ chức.",
            "Ann Leeson",
            "Giám đốc Cơ quan tình báo Mỹ FBI",
        ),
        ("Thủ tướng CHLB Đức Anna Merkle nói.", "Anna Merkle", "Thủ tướng CHLB Đức"),
        ("Thủ tướng CH Séc Bohumil Sobota đến.", "Bohumil Sobota", "Thủ tướng CH Séc"),
        (
            "Quốc vương Kuwait Sheikh Salah Al-Omar Al-Basir Al-Salah kêu gọi.",
            "Sheikh Salah Al-Omar Al-Basir Al-Salah",
            "Quốc vương Kuwait",
        ),
        ("Ông Park Won-sun, Đặc phái viên của Tổng thống, đến.", "Park Won-sun", "Đặc phái viên"),
        ("Chủ tịch ADB Masato Asaka phát biểu.", "Masato Asaka", "Chủ tịch ADB"),
        (
            "Thượng nghị sĩ đảng Cộng hòa Rand Pauling phản đối.",
            "Rand Pauling",
            "Thượng nghị sĩ đảng Cộng hòa",
        ),
        ("Thủ tướng nước này Jean Castell cho biết.", "Jean Castell", "Thủ tướng"),
        (
            "Bộ trưởng Thủy sản Canada, ông Dominic LeBrun, nói.",
            "Dominic LeBrun",
            "Bộ trưởng Thủy sản Canada",
        ),
        (
            "Vụ trưởng Vụ Bắc Mỹ thuộc Bộ Ngoại giao Triều Tiên, bà Choe Son-mi, nói.",
            "Choe Son-mi",
            "Vụ trưởng Vụ Bắc Mỹ thuộc Bộ Ngoại giao Triều Tiên",
        ),
        (
            "Đại sứ Việt Nam tại Ai Cập kiêm nhiệm Lebanon Lê Văn Suối nói.",
            "Lê Văn Suối",
            "Đại sứ Việt Nam tại Ai Cập kiêm nhiệm Lebanon",
        ),
        ("Thủ tướng Samdech Techo Hun Sok đến thăm.", "Hun Sok", "Thủ tướng"),
        ("Prime Minister of Cambodia Hun Sok spoke.", "Hun Sok", "Prime Minister of Cambodia"),
        ("Lao Deputy Prime Minister Kikeo Khamphi spoke.", "Kikeo Khamphi", "Lao Deputy Prime Minister"),
        ("Chủ tịch FIFA Gianni InfanteÔng là luật sư.", "Gianni Infante", "Chủ tịch FIFA"),
        ("Do Van Suoi, deputy health minister, visited the ward.", "Do Van Suoi", "deputy health minister"),
        (
            "Le Van Suoi, director of Ha Son General Hospital, said.",
            "Le Van Suoi",
            "director of Ha Son General Hospital",
        ),
    ];
    for (text, name, office) in rows {
        check(text, &[(name, &[office])]);
    }
    check("Bà Choi Soon-mi, người bạn góp phần làm cựu Tổng thống Hàn Quốc mất chức.", &[]);
    check("Ha Son Commune held its fair. Le Van Suoi sold tea.", &[]);
    check(
        "Party Secretary of Ha Son Commune Le Van Suoi and NA deputy Tran Thi May spoke.",
        &[("Le Van Suoi", &["Party Secretary of Ha Son Commune"]), ("Tran Thi May", &["NA deputy"])],
    );
}

#[test]
fn an_office_is_not_told_of_a_neighbour_or_of_a_place() {
    check(
        "Về việc của ông Lê Văn Suối, Tổng Thư ký Quốc hội Nguyễn Văn Bến cho biết.",
        &[("Nguyễn Văn Bến", &["Tổng Thư ký Quốc hội"])],
    );
    check("Chủ tịch UBND phường Hoàng Văn Thụ cho biết.", &[]);
    check("Hiệu trưởng Trường THPT Phan Đình Phùng cho biết.", &[]);
    check(
        "Chủ tịch UBND phường Hoàng Văn Thụ Trần Nam Suối cho biết.",
        &[("Trần Nam Suối", &["Chủ tịch UBND phường Hoàng Văn Thụ"])],
    );
    check("Chủ tịch HĐND thành phố Lê Văn Suối; khách dự.", &[("Lê Văn Suối", &["Chủ tịch HĐND thành phố"])]);
    check(
        "Giám đốc Sở Tài nguyên và Môi trường Lê Văn Suối.",
        &[("Lê Văn Suối", &["Giám đốc Sở Tài nguyên và Môi trường"])],
    );
    check(
        "Ông Lê Văn Suối, Phó Giám đốc Công an tỉnh Sáng nay, mưa.",
        &[("Lê Văn Suối", &["Phó Giám đốc Công an tỉnh"])],
    );
    check(
        "Đại tá Lê Văn Suối, Phó Tư lệnh Bộ Tư lệnh Cảnh vệ nói.",
        &[("Lê Văn Suối", &["Phó Tư lệnh Bộ Tư lệnh Cảnh vệ"])],
    );
    check(
        "Sau khi Bộ trưởng Bộ Y tế đăng đàn, Phó Thủ tướng Lê Văn Suối sẽ nói.",
        &[("Lê Văn Suối", &["Phó Thủ tướng"])],
    );
    check("Ông Lê Văn Suối, Chủ tịch kiêm Tổng Giám đốc Công ty TNHH Khe Bến, nói.", &[]);
    check("Trưởng Ban chỉ đạo Lê Văn Suối dự.", &[("Lê Văn Suối", &["Trưởng Ban chỉ đạo"])]);
    check("Con đã trưởng thành, chị Trần Thị Mây mở quán.", &[]);
}

#[test]
fn further_ways_to_name_an_official_are_read() {
    // Members of an assembly, by who elected them.
    check("Đại biểu Trần Văn Suối (Bắc Giang) nêu câu hỏi.", &[("Trần Văn Suối", &["Đại biểu"])]);
    check("Tương tự, ĐB Lê Thị Mây (TP HCM) đề nghị.", &[("Lê Thị Mây", &["ĐB"])]);
    check("Đại biểu Trần Văn Suối (áo trắng) chụp ảnh.", &[("Trần Văn Suối", &["Đại biểu"])]);
    check("Theo ĐBQH Trần Văn Suối, luật cần sửa.", &[("Trần Văn Suối", &["ĐBQH"])]);
    check("ĐBQH Trần Văn Suối Trước đó, ông hỏi.", &[("Trần Văn Suối", &["ĐBQH"])]);
    check("Ông Trần Văn Suối - Trưởng đoàn ĐBQH tỉnh, dự.", &[("Trần Văn Suối", &["Trưởng đoàn ĐBQH tỉnh"])]);
    check("Ông Trần Văn Suối, tân Chủ tịch UBND tỉnh, nói.", &[("Trần Văn Suối", &["Chủ tịch UBND tỉnh"])]);
    // The holder behind "là", or in a bracket.
    check("Giám đốc Sở Y tế tỉnh hiện nay là bà Lê Thị Mây.", &[("Lê Thị Mây", &["Giám đốc Sở Y tế tỉnh"])]);
    check(
        "Do Bộ trưởng Bộ Công Thương khi ấy (ông Trần Văn Suối) quyết định.",
        &[("Trần Văn Suối", &["Bộ trưởng Bộ Công Thương"])],
    );
    // Short forms and signs.
    check(
        "Thứ trưởng Kế hoạch & Đầu tư Trần Văn Suối cho hay.",
        &[("Trần Văn Suối", &["Thứ trưởng Kế hoạch & Đầu tư"])],
    );
    check("Ông Trần Văn Suối, Phó GĐ Sở Y tế, cho biết.", &[("Trần Văn Suối", &["Phó GĐ Sở Y tế"])]);
    check(
        "Chủ tịch Hội Hữu nghị Việt Nam - Ấn Độ Trần Văn Suối chia sẻ.",
        &[("Trần Văn Suối", &["Chủ tịch Hội Hữu nghị Việt Nam - Ấn Độ"])],
    );
    // Capitals.
    check("Ông TRẦN VĂN SUỐI, Thứ trưởng Bộ Y tế, trả lời.", &[("TRẦN VĂN SUỐI", &["Thứ trưởng Bộ Y tế"])]);
    check("CHỦ TỊCH UBND TỈNH TRẦN VĂN SUỐI THĂM XÃ SƠN KHÊ", &[("TRẦN VĂN SUỐI", &["CHỦ TỊCH UBND TỈNH"])]);
    check("CHỦ TỊCH UBND TỈNH TRẦN VĂN SUỐI MÂY NÚI ĐÈO", &[]);
    // Signatures.
    let signed =
        "Điều 3. Các xã chịu trách nhiệm thi hành.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Văn Suối\n";
    check(signed, &[("Trần Văn Suối", &["PHÓ CHỦ TỊCH"])]);
    check("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Suối", &[("Trần Văn Suối", &["CHỦ TỊCH"])]);
    // Abroad.
    check(
        "Chủ tịch Trung Quốc Tập Cận Bình và phát ngôn viên Bộ Ngoại giao Trung Quốc Cảnh Sảng dự.",
        &[
            ("Tập Cận Bình", &["Chủ tịch Trung Quốc"]),
            ("Cảnh Sảng", &["phát ngôn viên Bộ Ngoại giao Trung Quốc"]),
        ],
    );
    check(
        "Thủ tướng Đức; Tổng thống Moon Jae-in; Bộ trưởng Tư pháp Jeff Sessions nói.",
        &[("Moon Jae-in", &["Tổng thống"]), ("Jeff Sessions", &["Bộ trưởng Tư pháp"])],
    );
    // English in small letters.
    check(
        "Tran Van Suoi, deputy secretary of the provincial Party Committee, spoke.",
        &[("Tran Van Suoi", &["deputy secretary of the provincial Party Committee"])],
    );
    check(
        "The chairman of the Ha Son People's Committee, Tran Van Suoi, spoke.",
        &[("Tran Van Suoi", &["chairman of the Ha Son People's Committee"])],
    );
    check("Tran Van Suoi, head of the family, spoke.", &[]);
    check(
        "Provincial vice chairman Tran Van Suoi spoke.",
        &[("Tran Van Suoi", &["Provincial vice chairman"])],
    );
    check(
        "Tran Van Suoi, former deputy head of the division, was there.",
        &[("Tran Van Suoi", &["former deputy head of the division"])],
    );
    check(
        "Mr. Tran Van Suoi - Director of the Department of Health, concurrently Head of the Office of Hamlets, spoke.",
        &[("Tran Van Suoi", &["Director of the Department of Health", "Head of the Office of Hamlets"])],
    );
    check(
        "Also there were Party Central Committee members: Tran Van Suoi, Deputy Prime Minister; Le Thi May, Head of the Office of the President.",
        &[
            ("Tran Van Suoi", &["Party Central Committee members", "Deputy Prime Minister"]),
            ("Le Thi May", &["Party Central Committee members", "Head of the Office of the President"]),
        ],
    );
    check(
        "Dự có các Ủy viên Trung ương Đảng: Trần Văn Suối, Bộ trưởng Bộ Y tế; Lê Thị Mây.",
        &[
            ("Trần Văn Suối", &["Ủy viên Trung ương Đảng", "Bộ trưởng Bộ Y tế"]),
            ("Lê Thị Mây", &["Ủy viên Trung ương Đảng"]),
        ],
    );
}

fn overlap(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (a, mut b) = (words(a), words(b));
    let all = (a.len() + b.len()).max(1) as f64;
    let same =
        a.iter().filter(|word| b.iter().position(|other| other == *word).map(|at| b.remove(at)).is_some());
    2.0 * same.count() as f64 / all
}

/// F1 of spans and the share of mentions that are right in all.
fn score(file: &str) -> Option<(f64, f64)> {
    let (mut wanted, mut got, mut hit, mut right) = (0, 0, 0, 0);
    for line in crate::shared::text(&format!("gold/{file}"))?.lines() {
        let document: serde_json::Value = serde_json::from_str(line).unwrap();
        let word = |name: &str| document[name].as_str().map(str::to_owned);
        let article = Article {
            text: word("text").unwrap(),
            language: word("lang").and_then(|code| code.parse().ok()),
            province: word("province"),
            ..Article::default()
        };
        let text = &article.text;
        let point = |byte: usize| text[..byte].chars().count() as u64;
        let mut found: HashMap<(u64, u64), Vec<String>> = Extractor
            .mentions(&article)
            .officials
            .into_iter()
            .map(|one| ((point(one.span.start()), point(one.span.end())), one.positions))
            .collect();
        got += found.len();
        for gold in document["officials"].as_array().unwrap() {
            wanted += 1;
            let at = (gold["start"].as_u64().unwrap(), gold["end"].as_u64().unwrap());
            let Some(mut positions) = found.remove(&at) else {
                eprintln!("missed {}: {}", gold["quote"], gold["positions"]);
                continue;
            };
            hit += 1;
            let shown = format!("{positions:?}");
            let all = gold["positions"].as_array().unwrap().iter().all(|position| {
                let position = position.as_str().unwrap();
                let best = (0..positions.len()).max_by(|a, b| {
                    overlap(position, &positions[*a]).total_cmp(&overlap(position, &positions[*b]))
                });
                best.is_some_and(|best| overlap(position, &positions.remove(best)) >= 0.75)
            });
            if all && positions.is_empty() {
                right += 1;
            } else {
                eprintln!("wrong {}: {} read as {shown}", gold["quote"], gold["positions"]);
            }
        }
        for ((start, end), positions) in found {
            let name: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
            eprintln!("too many {name}: {positions:?}");
        }
    }
    let f1 = 2.0 * f64::from(hit) / (f64::from(wanted) + got as f64);
    let record = f64::from(right) / f64::from(wanted);
    eprintln!("{file}: F1 {f1:.3}, record {record:.3}");
    Some((f1, record))
}

#[test]
fn marked_texts_are_read() {
    for (file, f1, record) in [("seeds.jsonl", 0.98, 0.95), ("provincial.jsonl", 0.97, 0.95)] {
        let Some(found) = score(file) else { continue };
        assert!(found.0 >= f1 && found.1 >= record, "{file}: {found:?}");
    }
}

#[test]
fn an_office_of_a_neighbour_stays_with_the_neighbour() {
    // What is joined by a word for "and" in front of a name belongs to two people.
    check(
        "Tổng thống Harmond và Thủ tướng Trần Văn Suối hoan nghênh kết quả.",
        &[("Trần Văn Suối", &["Thủ tướng"])],
    );
    // A head of government is no firm's director, nor another's vice chairman.
    check(
        "Tiếp Chủ tịch Tập đoàn Khe Bến, Thủ tướng Trần Văn Suối đánh giá cao dự án.",
        &[("Trần Văn Suối", &["Thủ tướng"])],
    );
    check(
        "Theo chỉ đạo của Thủ tướng Chính phủ, Phó Chủ tịch UBND tỉnh Lê Văn Núi yêu cầu họp.",
        &[("Lê Văn Núi", &["Phó Chủ tịch UBND tỉnh"])],
    );
    check(
        "Ủy viên Bộ Chính trị, Chủ tịch Quốc hội Trần Văn Suối dự.",
        &[("Trần Văn Suối", &["Ủy viên Bộ Chính trị", "Chủ tịch Quốc hội"])],
    );
    // The subject of what follows is another.
    check(
        "Bí thư Tỉnh ủy Lê Văn Núi dự, Chủ tịch UBND tỉnh kết luận.",
        &[("Lê Văn Núi", &["Bí thư Tỉnh ủy"])],
    );
    check(
        "Dự có Bí thư Tỉnh ủy Lê Văn Núi, Chủ tịch UBND tỉnh kết luận buổi họp.",
        &[("Lê Văn Núi", &["Bí thư Tỉnh ủy"])],
    );
    // Who gives an office has it not.
    check(
        "Chủ tịch Quốc hội Trần Thị Mây trao quyết định phân công làm Bí thư Thành ủy Hạ Sơn.",
        &[("Trần Thị Mây", &["Chủ tịch Quốc hội"])],
    );
    // Candidates and wives hold none.
    check("Ứng viên Tổng thống Mỹ John Harmond thua.", &[]);
    check("Phu nhân Chủ tịch nước Trần Thị Mây thăm trường.", &[]);
    check(
        "Việc ông Lê Văn Núi làm Bí thư Huyện ủy khiến nhiều người vui.",
        &[("Lê Văn Núi", &["Bí thư Huyện ủy"])],
    );
    // Places are no people.
    check("Chủ tịch Hà Nội nói với báo.", &[]);
    check("Chủ tịch Việt Nam thăm bản.", &[]);
}
