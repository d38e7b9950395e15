//! Hard cases of officials, in sentences of our own about an invented province: what each must yield, as
//! `name: position; position | name: position`. What is hard says the name of each test.

use corpus::Article;

use crate::{Extractor, Official, Reading as _};

fn check(text: &str, expected: &str) {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let row = |one: &Official| format!("{}: {}", one.span.of(text), one.positions.join("; "));
    let found: Vec<String> = Extractor.mentions(&article).officials.iter().map(row).collect();
    assert_eq!(found.join(" | "), expected, "{text}");
}

#[test]
fn lists_of_people_each_with_the_position_before_the_name() {
    check(
        "Dự lễ có Phó Chủ tịch UBND tỉnh Trần Văn Suối, Bí thư Huyện ủy Hạ Sơn Lê Thị Núi, Trưởng ban Dân vận Huyện ủy Hoàng Văn Đá.",
        "Trần Văn Suối: Phó Chủ tịch UBND tỉnh | Lê Thị Núi: Bí thư Huyện ủy Hạ Sơn | Hoàng Văn Đá: Trưởng ban Dân vận Huyện ủy",
    );
    check(
        "Tham dự có Giám đốc Sở Y tế Nguyễn Văn Khe; Chánh Thanh tra tỉnh Đỗ Thị Mây.",
        "Nguyễn Văn Khe: Giám đốc Sở Y tế | Đỗ Thị Mây: Chánh Thanh tra tỉnh",
    );
    check(
        "Cùng đi có Chủ tịch HĐND huyện Phạm Văn Thác và Chủ tịch UBND huyện Vũ Thị Lá.",
        "Phạm Văn Thác: Chủ tịch HĐND huyện | Vũ Thị Lá: Chủ tịch UBND huyện",
    );
    check(
        "Các đồng chí: Trần Văn Suối, Bí thư Tỉnh ủy; Lê Văn Núi, Chủ tịch UBND tỉnh; Bùi Thị Sen, Chủ tịch HĐND tỉnh chủ trì.",
        "Trần Văn Suối: Bí thư Tỉnh ủy | Lê Văn Núi: Chủ tịch UBND tỉnh | Bùi Thị Sen: Chủ tịch HĐND tỉnh",
    );
    check(
        "Đoàn gồm ông Lê Văn Núi, Phó Giám đốc Sở Nội vụ và bà Đinh Thị Sương, Chánh Văn phòng Huyện ủy.",
        "Lê Văn Núi: Phó Giám đốc Sở Nội vụ | Đinh Thị Sương: Chánh Văn phòng Huyện ủy",
    );
}

#[test]
fn a_title_is_that_of_the_name_beside_it() {
    check(
        "Ông Trần Văn Suối - Bộ trưởng Thông tin và Truyền thông, ông Lê Văn Núi - Thứ trưởng Bộ Y tế trao quà.",
        "Trần Văn Suối: Bộ trưởng Thông tin và Truyền thông | Lê Văn Núi: Thứ trưởng Bộ Y tế",
    );
    check(
        "Ông Trần Văn Suối, Chủ tịch HĐND tỉnh, Bí thư Tỉnh ủy Lê Văn Núi dự.",
        "Trần Văn Suối: Chủ tịch HĐND tỉnh | Lê Văn Núi: Bí thư Tỉnh ủy",
    );
    check(
        "Các Phó Chủ tịch UBND tỉnh Trần Văn Suối, Lê Thị Núi và ông Bùi Văn Khe cùng dự; Phạm Thị Sen hát.",
        "Trần Văn Suối: Phó Chủ tịch UBND tỉnh | Lê Thị Núi: Phó Chủ tịch UBND tỉnh | Bùi Văn Khe: Phó Chủ tịch UBND tỉnh",
    );
    check(
        "Dự có nguyên Chủ tịch HĐND tỉnh: Trần Văn Suối, Lê Thị Núi; Giám đốc Sở Y tế: Bùi Văn Khe.",
        "Trần Văn Suối: nguyên Chủ tịch HĐND tỉnh | Lê Thị Núi: nguyên Chủ tịch HĐND tỉnh | Bùi Văn Khe: Giám đốc Sở Y tế",
    );
    check("Phó Chủ tịch UBND tỉnh Trần Văn Suối, Lê Thị Núi dự.", "Trần Văn Suối: Phó Chủ tịch UBND tỉnh");
}

#[test]
fn ministries_and_departments_by_what_they_are_named_after() {
    check(
        "Phó Thủ tướng, Bộ trưởng Ngoại giao Phạm Văn Đò hội đàm.",
        "Phạm Văn Đò: Phó Thủ tướng; Bộ trưởng Ngoại giao",
    );
    check("Giám đốc Sở Giao thông Vận tải Bùi Văn Cầu nói.", "Bùi Văn Cầu: Giám đốc Sở Giao thông Vận tải");
    check(
        "Phó Giám đốc Sở Thông tin và Truyền thông Bùi Văn Đài đề nghị việc này.",
        "Bùi Văn Đài: Phó Giám đốc Sở Thông tin và Truyền thông",
    );
    check(
        "Trưởng ban Kinh tế - Ngân sách HĐND tỉnh Trần Văn Lúa nói.",
        "Trần Văn Lúa: Trưởng ban Kinh tế - Ngân sách HĐND tỉnh",
    );
    check(
        "Bà Lê Thị Núi, Thường trực Ban Bí thư, Trưởng Ban Tổ chức Trung ương, trao quyết định.",
        "Lê Thị Núi: Thường trực Ban Bí thư; Trưởng Ban Tổ chức Trung ương",
    );
    check("Giám đốc Sở Y tế giao ông Trần Văn Suối việc này.", "");
    check(
        "Mr. Tran Van Suoi, Deputy Minister of Labour, War Invalids and Social Affairs, spoke.",
        "Tran Van Suoi: Deputy Minister of Labour, War Invalids and Social Affairs",
    );
    check(
        "Comrade Tran Van Suoi, Secretary of the provincial Party Committee, spoke.",
        "Tran Van Suoi: Secretary of the provincial Party Committee",
    );
    check("Bộ trưởng Ngoại giao Bồ Đào Nha nhận lời.", "");
}

#[test]
fn what_a_person_is_and_becomes() {
    check("Ông Trần Văn Suối là Phó Cục trưởng Cục Thuế.", "Trần Văn Suối: Phó Cục trưởng Cục Thuế");
    check("Ông Trần Văn Suối hiện là Bí thư Huyện ủy Hạ Sơn.", "Trần Văn Suối: Bí thư Huyện ủy Hạ Sơn");
    check("Ông Trần Văn Suối tái đắc cử Chủ tịch Hội Nhạc sĩ.", "Trần Văn Suối: Chủ tịch Hội Nhạc sĩ");
    check("Ông Trần Văn Suối là con trai Chủ tịch huyện.", "");
    check("Cụ Lê Văn Núi (82 tuổi, nguyên Bí thư Đảng ủy xã) kể.", "Lê Văn Núi: nguyên Bí thư Đảng ủy xã");
    check(
        "Bùi Văn Khe (SN 1965, trú tại Hạ Sơn, nguyên Phó Giám đốc Sở Y tế) bị bắt.",
        "Bùi Văn Khe: nguyên Phó Giám đốc Sở Y tế",
    );
    check(
        "Ông Hà Văn Sín, Phó Chủ tịch UBND TP. Suối Mơ, dự họp.",
        "Hà Văn Sín: Phó Chủ tịch UBND TP. Suối Mơ",
    );
}

#[test]
fn several_positions_of_one_person() {
    check(
        "Đồng chí Trần Văn Suối, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh phát biểu.",
        "Trần Văn Suối: Ủy viên Trung ương Đảng; Bí thư Tỉnh ủy; Chủ tịch HĐND tỉnh",
    );
    check(
        "Ông Lê Văn Núi - Bí thư Đảng ủy, Chủ tịch UBND xã Tân Khe cho biết.",
        "Lê Văn Núi: Bí thư Đảng ủy; Chủ tịch UBND xã Tân Khe",
    );
    check(
        "Bà Phạm Thị Hoa, Phó Bí thư Đảng ủy kiêm Chủ tịch HĐND xã Thượng Khe nói.",
        "Phạm Thị Hoa: Phó Bí thư Đảng ủy; Chủ tịch HĐND xã Thượng Khe",
    );
    check(
        "Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng ban Tổ chức Tỉnh ủy Ngô Văn Bách dự.",
        "Ngô Văn Bách: Ủy viên Ban Thường vụ Tỉnh ủy; Trưởng ban Tổ chức Tỉnh ủy",
    );
    check(
        "Tỉnh ủy viên, Giám đốc Sở Tài chính Võ Văn Lam trả lời.",
        "Võ Văn Lam: Tỉnh ủy viên; Giám đốc Sở Tài chính",
    );
    check(
        "Mai Văn Cầu, Tỉnh ủy viên, Bí thư Huyện ủy Hạ Sơn dự.",
        "Mai Văn Cầu: Tỉnh ủy viên; Bí thư Huyện ủy Hạ Sơn",
    );
}

#[test]
fn former_and_acting() {
    check(
        "Ông Hồ Văn Bản, nguyên Chủ tịch UBND huyện Hạ Sơn, kể lại.",
        "Hồ Văn Bản: nguyên Chủ tịch UBND huyện Hạ Sơn",
    );
    check("Nguyên Bí thư Tỉnh ủy Dương Văn Lũng đến dự.", "Dương Văn Lũng: Nguyên Bí thư Tỉnh ủy");
    check("Quyền Giám đốc Sở Y tế Cao Thị Ngân ký.", "Cao Thị Ngân: Quyền Giám đốc Sở Y tế");
    check(
        "Former Chairman of the Provincial People's Committee Le Van Nui attended.",
        "Le Van Nui: Former Chairman of the Provincial People's Committee",
    );
}

#[test]
fn birth_year_and_residence_between_name_and_office() {
    check(
        "Bị cáo Tống Văn Dốc, sinh năm 1976, nguyên Phó Giám đốc Sở Công nghiệp nhận tội.",
        "Tống Văn Dốc: nguyên Phó Giám đốc Sở Công nghiệp",
    );
    check(
        "Lưu Thị Bến (sinh năm 1980), Kế toán trưởng Trường THCS Tân Khe bị phạt.",
        "Lưu Thị Bến: Kế toán trưởng Trường THCS Tân Khe",
    );
    check("Ông Trịnh Văn Đò, 52 tuổi, Trưởng thôn Suối Mơ cho biết.", "Trịnh Văn Đò: Trưởng thôn Suối Mơ");
}

#[test]
fn ranks_are_no_part_of_the_name_nor_positions() {
    check("Đại tá Lê Đức Khe, Giám đốc Công an tỉnh chỉ đạo.", "Lê Đức Khe: Giám đốc Công an tỉnh");
    check(
        "Thượng tá Phan Văn Rừng, Chính ủy Bộ Chỉ huy Quân sự tỉnh.",
        "Phan Văn Rừng: Chính ủy Bộ Chỉ huy Quân sự tỉnh",
    );
    check("Trung tá Lê Văn Đèo bắt được cá.", "");
    check(
        "Trung tá Lê Văn Đèo, Trưởng Công an huyện Hạ Sơn cho hay.",
        "Lê Văn Đèo: Trưởng Công an huyện Hạ Sơn",
    );
    check("Thiếu tướng Tô Văn Bằng, Tư lệnh Quân khu 9 thăm.", "Tô Văn Bằng: Tư lệnh Quân khu 9");
    check(
        "Colonel Le Duc Khe, Director of the Provincial Police, spoke.",
        "Le Duc Khe: Director of the Provincial Police",
    );
    check(
        "Thiếu tá Đặng Văn Mốc - Đồn trưởng Đồn Biên phòng Khe Lớn nói.",
        "Đặng Văn Mốc: Đồn trưởng Đồn Biên phòng Khe Lớn",
    );
}

#[test]
fn names_of_minorities_and_of_four_syllables() {
    check("Ông Giàng A Sình, Trưởng bản Suối Cao nói.", "Giàng A Sình: Trưởng bản Suối Cao");
    check("Bà Lò Thị Mai, Chủ tịch Hội Phụ nữ xã Khe Lớn.", "Lò Thị Mai: Chủ tịch Hội Phụ nữ xã Khe Lớn");
    check("Đồng chí Ksor Nhan, Bí thư Huyện ủy Hạ Sơn.", "Ksor Nhan: Bí thư Huyện ủy Hạ Sơn");
    check("Bà Nguyễn Thị Thanh Hà, Phó Chủ tịch HĐND tỉnh.", "Nguyễn Thị Thanh Hà: Phó Chủ tịch HĐND tỉnh");
    check(
        "Phó Chủ tịch UBND tỉnh Nguyễn Thị Kim Liên nhấn mạnh.",
        "Nguyễn Thị Kim Liên: Phó Chủ tịch UBND tỉnh",
    );
    check("Bà Phạm Lê Kiều Liên, Chủ tịch HĐND tỉnh.", "Phạm Lê Kiều Liên: Chủ tịch HĐND tỉnh");
    check("Tổng cục trưởng Tổng cục Đê điều Ngô Văn Bách.", "Ngô Văn Bách: Tổng cục trưởng Tổng cục Đê điều");
    check(
        "Giám đốc Công ty Điện lực Hạ Đức Nguyễn Vũ Bảo Hoàng ký.",
        "Nguyễn Vũ Bảo Hoàng: Giám đốc Công ty Điện lực Hạ Đức",
    );
    check("Chủ tịch UBND xã Khe Lớn Sùng A Páo cho biết.", "Sùng A Páo: Chủ tịch UBND xã Khe Lớn");
    check(
        "Ông Hầu Seo Lử - Phó Chủ tịch UBND huyện Thượng Khê.",
        "Hầu Seo Lử: Phó Chủ tịch UBND huyện Thượng Khê",
    );
}

#[test]
fn two_syllables() {
    check("Bộ trưởng Trần Lực trả lời.", "Trần Lực: Bộ trưởng");
    check("Ông Lê Quý, Chủ tịch UBND huyện Hạ Sơn, nói.", "Lê Quý: Chủ tịch UBND huyện Hạ Sơn");
    check("Phó Thủ tướng Phạm Kha yêu cầu.", "Phạm Kha: Phó Thủ tướng");
}

#[test]
fn names_of_places_streets_and_institutions_are_no_people() {
    check("Tuyến phố Trần Văn Suối dài 2 km.", "");
    check("Tượng đài Chủ tịch Hồ Chí Minh được dâng hoa.", "");
    check("Học tập tư tưởng, đạo đức Chủ tịch Hồ Chí Minh.", "");
    check("Chủ tịch UBND thành phố Hà Nội yêu cầu.", "");
    check("Giám đốc Sở Y tế yêu cầu các đơn vị.", "");
    check("Chủ tịch UBND các huyện Hạ Sơn, Thượng Khê báo cáo.", "");
    check("Bí thư Tỉnh ủy Cao Bằng thăm huyện Hạ Sơn.", "");
    check("Bảo tàng Chủ tịch Hồ Chí Minh mở cửa.", "");
}

#[test]
fn people_without_office() {
    check("Ông Trần Văn Suối trồng chè ở xã Tân Khe.", "");
    check("Ảnh: Lê Văn Núi", "");
    check("Anh Phạm Văn Lúa, thôn Suối Mơ, nuôi 200 con gà.", "");
    check("Theo bà Đỗ Thị Mây, giá chè tăng.", "");
    check("Chị Lý Thị Hoa, hộ nghèo xã Tân Khe.", "");
    check("Farmer Tran Van Suoi sold tea.", "");
    check("Reported by Le Van Nui", "");
}

#[test]
fn departments_with_commas_dashes_and_small_letters() {
    check(
        "Giám đốc Sở Văn hóa, Thể thao và Du lịch Trần Văn Suối.",
        "Trần Văn Suối: Giám đốc Sở Văn hóa, Thể thao và Du lịch",
    );
    check(
        "Ông Lê Văn Núi, Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn, ghé ruộng.",
        "Lê Văn Núi: Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn",
    );
    check(
        "Giám đốc Sở Lao động - Thương binh và Xã hội Bùi Thị Sen.",
        "Bùi Thị Sen: Giám đốc Sở Lao động - Thương binh và Xã hội",
    );
    check(
        "Phó Chánh Văn phòng Sở Quy hoạch - Kiến trúc Huỳnh Xuân Khe.",
        "Huỳnh Xuân Khe: Phó Chánh Văn phòng Sở Quy hoạch - Kiến trúc",
    );
    check(
        "Ông Võ Văn Lam, Trưởng Ban Chỉ đạo giữ rừng và phát triển nghề mây, chủ trì.",
        "Võ Văn Lam: Trưởng Ban Chỉ đạo giữ rừng và phát triển nghề mây",
    );
    check(
        "Ông Đặng Văn Mốc - Chi cục trưởng Chi cục Đồng cỏ và ong mật.",
        "Đặng Văn Mốc: Chi cục trưởng Chi cục Đồng cỏ và ong mật",
    );
    check(
        "Bà Mai Thị Lụa, Giám đốc Trung tâm Giống chè và vệ sinh chuồng trại nông thôn cho biết.",
        "Mai Thị Lụa: Giám đốc Trung tâm Giống chè và vệ sinh chuồng trại nông thôn",
    );
    check(
        "Ông Phan Văn Rừng, Giám đốc Ban Quản lý vườn chè cổ Hạ Sơn.",
        "Phan Văn Rừng: Giám đốc Ban Quản lý vườn chè cổ Hạ Sơn",
    );
}

#[test]
fn schools_hospitals_enterprises_mass_organisations_hamlets() {
    check(
        "Cô Trần Thị Bông, Hiệu trưởng Trường Tiểu học Tân Khe.",
        "Trần Thị Bông: Hiệu trưởng Trường Tiểu học Tân Khe",
    );
    check(
        "Bác sĩ Lê Văn Núi, Giám đốc Bệnh viện Đa khoa tỉnh.",
        "Lê Văn Núi: Giám đốc Bệnh viện Đa khoa tỉnh",
    );
    check(
        "Ông Ngô Văn Bách, Chủ tịch Hội Nông dân huyện Hạ Sơn.",
        "Ngô Văn Bách: Chủ tịch Hội Nông dân huyện Hạ Sơn",
    );
    check("Bí thư Tỉnh đoàn Đinh Văn Cọ phát động.", "Đinh Văn Cọ: Bí thư Tỉnh đoàn");
    check(
        "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh Đỗ Thị Mây tặng quà.",
        "Đỗ Thị Mây: Chủ tịch Ủy ban MTTQ Việt Nam tỉnh",
    );
    check(
        "Ông Hà Văn Sậy, Bí thư Chi bộ, Trưởng thôn Suối Mơ.",
        "Hà Văn Sậy: Bí thư Chi bộ; Trưởng thôn Suối Mơ",
    );
    check(
        "Ông Bùi Văn Đá, Tổng Giám đốc Công ty Điện lực Sơn Khê.",
        "Bùi Văn Đá: Tổng Giám đốc Công ty Điện lực Sơn Khê",
    );
    check("Chánh án Tòa án nhân dân tỉnh Dương Văn Lũng.", "Dương Văn Lũng: Chánh án Tòa án nhân dân tỉnh");
    check(
        "Viện trưởng Viện Kiểm sát nhân dân tỉnh Cao Thị Ngân.",
        "Cao Thị Ngân: Viện trưởng Viện Kiểm sát nhân dân tỉnh",
    );
    check("Hạt trưởng Hạt Kiểm lâm Hạ Sơn Lê Văn Núi.", "Lê Văn Núi: Hạt trưởng Hạt Kiểm lâm Hạ Sơn");
}

#[test]
fn paragraphs_glued_together() {
    check(
        "Vì đời sống của dân.Ông Trần Văn Suối, Phó Chủ tịch UBND xã Tân Khe, cho biết: “Tốt”.",
        "Trần Văn Suối: Phó Chủ tịch UBND xã Tân Khe",
    );
    check("đạt 70%.Chủ tịch UBND tỉnh Lê Văn Núi kết luận.Theo đó, mưa.", "Lê Văn Núi: Chủ tịch UBND tỉnh");
}

#[test]
fn eth_for_d() {
    check("Ông Ðỗ Văn Tre, Chủ tịch UBND xã Tân Khe.", "Ðỗ Văn Tre: Chủ tịch UBND xã Tân Khe");
    check("Bí thư Ðảng ủy xã Trần Văn Suối.", "Trần Văn Suối: Bí thư Ðảng ủy xã");
    check("Giám đốc Sở Y tế Ðinh Thị Sương.", "Ðinh Thị Sương: Giám đốc Sở Y tế");
}

#[test]
fn captions_and_names_in_capitals() {
    check("Đồng chí TRẦN VĂN SUỐI, Bí thư Tỉnh ủy", "TRẦN VĂN SUỐI: Bí thư Tỉnh ủy");
    check("NGUYỄN THỊ HOA, Chủ tịch UBND huyện Hạ Sơn", "NGUYỄN THỊ HOA: Chủ tịch UBND huyện Hạ Sơn");
    check("HỘI ĐỒNG NHÂN DÂN TỈNH SƠN KHÊ", "");
}

#[test]
fn english_in_its_several_orders() {
    check(
        "Mr. Tran Van Suoi, Chairman of the People's Committee of Ha Son district, said.",
        "Tran Van Suoi: Chairman of the People's Committee of Ha Son district",
    );
    check(
        "Comrade Le Van Nui - Deputy Secretary of the District Party Committee, Chairman of the District People's Committee.",
        "Le Van Nui: Deputy Secretary of the District Party Committee; Chairman of the District People's Committee",
    );
    check("Provincial Party Secretary Le Van Nui opened it.", "Le Van Nui: Provincial Party Secretary");
    check(
        "Secretary of the Provincial Party Committee Hoang Van Da spoke.",
        "Hoang Van Da: Secretary of the Provincial Party Committee",
    );
    check(
        "Ms. Do Thi May, Director of the Department of Health, replied.",
        "Do Thi May: Director of the Department of Health",
    );
    check(
        "Vice Chairman of the Provincial People's Committee Ngo Van Bach chaired.",
        "Ngo Van Bach: Vice Chairman of the Provincial People's Committee",
    );
    check(
        "Permanent Deputy Secretary of the Provincial Party Committee Mai Van Cau attended.",
        "Mai Van Cau: Permanent Deputy Secretary of the Provincial Party Committee",
    );
    check("Prime Minister Pham Kha visited.", "Pham Kha: Prime Minister");
    check(
        "Comrade Bui Thi Sen, Head of the Mass Mobilization Committee of the District Party Committee, concluded.",
        "Bui Thi Sen: Head of the Mass Mobilization Committee of the District Party Committee",
    );
    check(
        "Chief of Office of the Provincial Party Committee Vo Van Lam.",
        "Vo Van Lam: Chief of Office of the Provincial Party Committee",
    );
    check(
        "Le Van Nui was elected as Chairman of the District People's Council.",
        "Le Van Nui: Chairman of the District People's Council",
    );
    check(
        "Mr. Ha Van Say, Party Cell Secretary, Head of Suoi Mo village.",
        "Ha Van Say: Party Cell Secretary; Head of Suoi Mo village",
    );
    check(
        "Principal of Tan Khe Primary School Tran Thi Bong.",
        "Tran Thi Bong: Principal of Tan Khe Primary School",
    );
    check(
        "Member of the Provincial Party Standing Committee Duong Van Lung came.",
        "Duong Van Lung: Member of the Provincial Party Standing Committee",
    );
    check(
        "Comrades Tran Van Suoi, Secretary of the Provincial Party Committee; and Le Van Nui, Chairman of the Provincial People's Committee.",
        "Tran Van Suoi: Secretary of the Provincial Party Committee | Le Van Nui: Chairman of the Provincial People's Committee",
    );
}

#[test]
fn appointed_elected_dismissed() {
    check(
        "HĐND tỉnh bầu ông Trần Văn Suối giữ chức Chủ tịch UBND tỉnh.",
        "Trần Văn Suối: Chủ tịch UBND tỉnh",
    );
    check(
        "Đồng chí Lê Văn Núi được bổ nhiệm giữ chức vụ Giám đốc Sở Công Thương.",
        "Lê Văn Núi: Giám đốc Sở Công Thương",
    );
    check("Bà Đỗ Thị Mây được bầu làm Bí thư Huyện ủy Hạ Sơn.", "Đỗ Thị Mây: Bí thư Huyện ủy Hạ Sơn");
    check(
        "Mr. Le Van Nui was appointed to the position of Director of the Department of Industry and Trade.",
        "Le Van Nui: Director of the Department of Industry and Trade",
    );
}

#[test]
fn people_in_the_offices_of_other_states() {
    check("Thủ tướng Nhật Bản Abe Shinzo đến thăm tỉnh.", "Abe Shinzo: Thủ tướng Nhật Bản");
    check("Tổng thống Joko Widodo tiếp đoàn.", "Joko Widodo: Tổng thống");
    check("Thủ tướng Campuchia Hun Sen gửi điện.", "Hun Sen: Thủ tướng Campuchia");
    check("Cựu Tổng thống Mỹ George W. Bush viết.", "George W. Bush: Cựu Tổng thống Mỹ");
    check(
        "Đại sứ Hàn Quốc tại Việt Nam Park Noh-wan và Chủ tịch UBND tỉnh Lê Văn Núi ký biên bản.",
        "Park Noh-wan: Đại sứ Hàn Quốc tại Việt Nam | Lê Văn Núi: Chủ tịch UBND tỉnh",
    );
    check(
        "Ông Yamada Takio, Đại sứ đặc mệnh toàn quyền Nhật Bản tại Việt Nam, phát biểu.",
        "Yamada Takio: Đại sứ đặc mệnh toàn quyền Nhật Bản tại Việt Nam",
    );
    check(
        "Chủ tịch UBND tỉnh Lê Văn Núi tiếp Đại sứ Cuba Herminio López.",
        "Lê Văn Núi: Chủ tịch UBND tỉnh | Herminio López: Đại sứ Cuba",
    );
    check(
        "Bộ trưởng Quốc phòng Nhật Bản Kono Taro và Ngoại trưởng Nga Sergei Lavrov hội đàm.",
        "Kono Taro: Bộ trưởng Quốc phòng Nhật Bản | Sergei Lavrov: Ngoại trưởng Nga",
    );
    check(
        "Đồng chí Bunchon Keomany - Bí thư, Tỉnh trưởng tỉnh Hủa Khăm dự lễ.",
        "Bunchon Keomany: Bí thư; Tỉnh trưởng tỉnh Hủa Khăm",
    );
    check("US President Donald Trump left on Monday.", "Donald Trump: US President");
    check("Japanese Prime Minister Shinzo Abe resigned.", "Shinzo Abe: Japanese Prime Minister");
    check(
        "Mr. Yamada Takio, Ambassador of Japan to Vietnam, visited the commune.",
        "Yamada Takio: Ambassador of Japan to Vietnam",
    );
    // Not people in office.
    for text in [
        "Đại sứ quán Nhật Bản Tokyo Kaikan thông báo.",
        "Đại sứ thương hiệu Lê Văn Núi của hãng trà.",
        "Tổng thống Trump nói.",
        "Thủ tướng Nhật Bản thăm Hạ Sơn.",
        "Nghệ sĩ Nhật Bản Abe Shinzo biểu diễn.",
        "The Japanese Ambassador Visits Ha Son.",
        "Prime Minister Approves Plan For Growth.",
    ] {
        check(text, "");
    }
}

#[test]
fn words_that_were_cut_or_glued() {
    check(
        "Bác sĩ Trần Văn Suối, Giám đốc Trung tâm kiểm soát bệnh tật tỉnh Sơn Khê cho biết.",
        "Trần Văn Suối: Giám đốc Trung tâm kiểm soát bệnh tật tỉnh Sơn Khê",
    );
    check("Bà Lê Thị Núi, Giám đốc tài chính của tập đoàn, vắng mặt.", "");
    check(
        "Khiển trách Trần Văn Suối, Phó Giám đốc Sở TN-MT.UBKT Tỉnh ủy nhận thấy có vi phạm.",
        "Trần Văn Suối: Phó Giám đốc Sở TN-MT",
    );
    check("Chủ tịch UBND TP.Hạ Sơn Lê Văn Núi cho biết.", "Lê Văn Núi: Chủ tịch UBND TP.Hạ Sơn");
    check(
        "Khách đến bản để nghỉ và dùng dịch vụPhó Chủ tịch UBND huyện Lê Văn Núi khẳng định.",
        "Lê Văn Núi: Phó Chủ tịch UBND huyện",
    );
    check(
        "Đại úy Phạm Văn Đá, Phó đội trưởng Đội Cảnh sát PCCC và cứu nạn, cứu hộ nói.",
        "Phạm Văn Đá: Phó đội trưởng Đội Cảnh sát PCCC và cứu nạn, cứu hộ",
    );
    check("Cố Thủ tướng Trần Văn Suối từng về thăm.", "Trần Văn Suối: Cố Thủ tướng");
    check(
        "Chị Lê Thị Núi – Tổ trưởng Tổ sản xuất số 1, Chi nhánh Hạ Sơn.",
        "Lê Thị Núi: Tổ trưởng Tổ sản xuất số 1",
    );
    check("Theo ông Lê Văn Núi, trưởng nhóm nghiên cứu, lúa tốt.", "Lê Văn Núi: trưởng nhóm nghiên cứu");
    check(
        "Chị Lê Thị Núi, Bí thư Đoàn xã Hạ Sơn (H.Tân Khe) nhớ lại.",
        "Lê Thị Núi: Bí thư Đoàn xã Hạ Sơn (H.Tân Khe)",
    );
    check(
        "Ông Lê Văn Núi, Giám đốc Trung tâm Bảo tồn Sơn Khê thông tin: lễ hội sẽ hoãn.",
        "Lê Văn Núi: Giám đốc Trung tâm Bảo tồn Sơn Khê",
    );
}

#[test]
fn a_position_goes_on_to_what_its_body_belongs_to_and_over_words_that_are_not_parted() {
    check(
        "Ông Trần Văn Suối, Tổng biên tập báo Sơn Khê báo cáo.",
        "Trần Văn Suối: Tổng biên tập báo Sơn Khê",
    );
    check(
        "Bà Emma Stone, Đại sứ đặc mệnh toàn quyền Mỹ tại Việt Nam, thăm tỉnh.",
        "Emma Stone: Đại sứ đặc mệnh toàn quyền Mỹ tại Việt Nam",
    );
    check(
        "Ông Trần Văn Suối, Vụ trưởng Vụ Pháp chế, Bộ Y tế cho biết.",
        "Trần Văn Suối: Vụ trưởng Vụ Pháp chế, Bộ Y tế",
    );
    check(
        "Bà Lê Thị Núi, Hiệu trưởng Trường chuyên Hạ Sơn, Đại học Quốc gia Hạ Sơn nói.",
        "Lê Thị Núi: Hiệu trưởng Trường chuyên Hạ Sơn, Đại học Quốc gia Hạ Sơn",
    );
    check(
        "Bác sĩ Lê Thị Núi, Trưởng khoa Nhi - Bệnh viện Hạ Sơn nói.",
        "Lê Thị Núi: Trưởng khoa Nhi - Bệnh viện Hạ Sơn",
    );
    check("Bác sĩ Lê Thị Núi, Trưởng khoa Nhi –BV Hạ Sơn nói.", "Lê Thị Núi: Trưởng khoa Nhi");
    check(
        "Theo ông Trần Văn Suối, Giám đốc Sở Y tế, Bộ Y tế đã gửi văn bản.",
        "Trần Văn Suối: Giám đốc Sở Y tế",
    );
    check(
        "Ông Trần Văn Suối, Trưởng phòng Nội vụ huyện, Sở sẽ trả lời sau.",
        "Trần Văn Suối: Trưởng phòng Nội vụ huyện",
    );
    check(
        "Ông Trần Văn Suối, Giám đốc Ban Quản lý dự án huyện Hạ Sơn nói.",
        "Trần Văn Suối: Giám đốc Ban Quản lý dự án huyện Hạ Sơn",
    );
    check(
        "Ông Trần Văn Suối, Chủ tịch Hội đồng quản lý kiêm Giám đốc Quỹ Khe Bến nói.",
        "Trần Văn Suối: Chủ tịch Hội đồng quản lý; Giám đốc Quỹ Khe Bến",
    );
    check(
        "Ông Trần Văn Suối, Giám đốc Trung tâm Văn hóa - Điện ảnh Sơn Khê nói.",
        "Trần Văn Suối: Giám đốc Trung tâm Văn hóa - Điện ảnh Sơn Khê",
    );
    check("Ông Trần Văn Suối, Chủ tịch  UBND  xã Khe Bến nói.", "Trần Văn Suối: Chủ tịch UBND xã Khe Bến");
    check("Thủ tướng Đức hiện nay, bà Angela Stone, vắng mặt.", "Angela Stone: Thủ tướng Đức");
}

#[test]
fn an_office_of_another_or_of_a_house_is_not_that_of_who_is_named_behind_it() {
    check("Chính quyền Tổng thống Donald Stone tuyên bố.", "Donald Stone: Tổng thống");
    check("Tổng thống Nicaragua Daniel Stone đến thăm.", "Daniel Stone: Tổng thống Nicaragua");
    check(
        "Sai lầm của cựu Tổng thống Mỹ Donald Stone Theo truyền thống là lớn.",
        "Donald Stone: cựu Tổng thống Mỹ",
    );
    check("Tại Phủ Chủ tịch, Chủ tịch nước Trần Văn Suối tiếp khách.", "Trần Văn Suối: Chủ tịch nước");
    check(
        "Thay mặt Chủ tịch HĐND tỉnh, Phó Chủ tịch HĐND tỉnh Trần Văn Suối nhận quà.",
        "Trần Văn Suối: Phó Chủ tịch HĐND tỉnh",
    );
}

#[test]
fn directors_of_private_firms_are_no_officials() {
    check("Ông Trần Văn Suối, Giám đốc Công ty TNHH Khe Bến nói.", "");
    check(
        "Ông Trần Văn Suối, Giám đốc Công ty Than Hạ Long cho biết.",
        "Trần Văn Suối: Giám đốc Công ty Than Hạ Long",
    );
    check("Ông Trần Văn Suối, Trưởng phòng Kiểm soát chất lượng của Công ty Khe Bến nói.", "");
    check("Công ty Khe Bến (do ông Trần Văn Suối làm giám đốc) thắng thầu.", "");
    check("Theo ông Trần Văn Suối, Chủ tịch HĐQT Khe Bến Group, giá còn tăng.", "");
    check(
        "Ông Trần Văn Suối, Giám đốc Công ty TNHH MTV Lâm nghiệp Khe Bến nói.",
        "Trần Văn Suối: Giám đốc Công ty TNHH MTV Lâm nghiệp Khe Bến",
    );
    check(
        "Đại biểu Quốc hội Trần Văn Suối, Chủ tịch HĐQT Công ty Khe Bến nói.",
        "Trần Văn Suối: Đại biểu Quốc hội; Chủ tịch HĐQT Công ty Khe Bến",
    );
}

#[test]
fn members_of_assemblies_and_names_with_an_article_are_found() {
    check("Đại biểu Trần Văn Suối chất vấn bộ trưởng.", "Trần Văn Suối: Đại biểu");
    check("ĐB Trần Văn Suối (Nghệ An) hỏi.", "Trần Văn Suối: ĐB");
    check(
        "Trả lời đại biểu Trần Văn Suối, Phó Thủ tướng Lê Văn Núi nói.",
        "Trần Văn Suối: đại biểu | Lê Văn Núi: Phó Thủ tướng",
    );
    check("Theo Tổng thống Syria Omar al-Stone, nước này đã sẵn sàng.", "Omar al-Stone: Tổng thống Syria");
}

#[test]
fn bodies_that_are_named_by_words_of_every_day_are_read_to_their_end() {
    let heads = [
        "Chủ nhiệm Ủy ban kiểm tra Tỉnh ủy",
        "Trưởng phòng Nước sạch (Sở Tài nguyên và Môi trường tỉnh Khe Bến)",
    ];
    for head in heads {
        check(&format!("{head} Trần Văn Suối nói."), &format!("Trần Văn Suối: {head}"));
    }
    let behind = [
        "Giám đốc Trung tâm nước sạch và Vệ sinh môi trường Khe Bến",
        "Trưởng ban tổ chức liên hoan",
        "Phó Trưởng Ban chỉ huy phòng chống lụt bão huyện Khe Bến",
        "Tư lệnh Quân chủng phòng không - không quân",
        "Trưởng ban bạn đọc",
        "Vụ trưởng Vụ Đất đai (Bộ Tài nguyên và Môi trường)",
        "TUV",
        "Giám đốc Sở Văn hóa- Thể thao tỉnh Khe Bến",
        "Bộ trưởng Bộ VHTT & DL",
        "Chủ tịch UBND huyện Khe Chánh",
        "Đại sứ Việt Nam tại Ai Cập kiêm nhiệm tại Liban",
    ];
    for office in behind {
        check(&format!("Ông Trần Văn Suối, {office}, dự."), &format!("Trần Văn Suối: {office}"));
    }
    // What somebody does is no part of the office.
    for (office, does) in [
        ("Chủ tịch UBND xã Khe Bến", "chịu trách nhiệm"),
        ("Bí thư Huyện ủy Khe Bến", "khai mạc đại hội"),
        ("Vụ trưởng Vụ Đất đai (Bộ Xây dựng)", "giải thích"),
    ] {
        check(&format!("Ông Trần Văn Suối, {office} {does}."), &format!("Trần Văn Suối: {office}"));
    }
}

#[test]
fn each_has_the_office_that_that_one_was_given() {
    // Of whom one speaks is another.
    check(
        "Tổng thống Trần Văn Suối nói rằng, nước này cần một người giữ cương vị ngoại trưởng.",
        "Trần Văn Suối: Tổng thống",
    );
    check(
        "Huyện cử anh Trần Văn Suối làm Bí thư lâm thời, anh Đỗ Văn Núi làm Phó Bí thư.",
        "Trần Văn Suối: Bí thư lâm thời | Đỗ Văn Núi: Phó Bí thư",
    );
    check("Ngoại trưởng Donald Stone, nghị sĩ Holloway nói, đã về nước.", "Donald Stone: Ngoại trưởng");
    check(
        "Phát ngôn viên của Tổng thư ký Liên hợp quốc, ông Donald Stone, trả lời.",
        "Donald Stone: Phát ngôn viên",
    );
    check("Người phát ngôn của Tổng thống Donald Stone trả lời.", "Donald Stone: Tổng thống");
    check("Hiệu trưởng nhà trường lúc bấy giờ là bà Lê Thị Núi.", "Lê Thị Núi: Hiệu trưởng nhà trường");
    check(
        "Tổng Bí thư, Chủ tịch Trung Quốc Tôn Khê An đến thăm.",
        "Tôn Khê An: Tổng Bí thư; Chủ tịch Trung Quốc",
    );
}
