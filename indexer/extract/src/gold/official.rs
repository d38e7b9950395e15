//! Officials in sentences of our own: people with the positions that are theirs.

use super::{check, mentions};

#[test]
fn officials_are_people_with_their_own_positions() {
    let found = |text: &str| {
        let parts = mentions(text).officials.into_iter();
        let parts =
            parts.map(|official| format!("{}: {}", official.span.of(text), official.positions.join(" | ")));
        parts.collect::<Vec<_>>().join("; ")
    };
    check(OFFICIALS, found);
}

const OFFICIALS: &[(&str, &str)] = &[
    ("Chủ tịch UBND tỉnh Trần Văn Suối phát biểu.", "Trần Văn Suối: Chủ tịch UBND tỉnh"),
    ("Ông Trần Văn Suối, Chủ tịch UBND tỉnh, phát biểu.", "Trần Văn Suối: Chủ tịch UBND tỉnh"),
    ("Đồng chí Trần Văn Suối - Bí thư Tỉnh ủy dự hội nghị.", "Trần Văn Suối: Bí thư Tỉnh ủy"),
    (
        "Đồng chí Lê Thị Hạ Vân, Phó Bí thư Thường trực Tỉnh ủy, Chủ tịch HĐND tỉnh chủ trì.",
        "Lê Thị Hạ Vân: Phó Bí thư Thường trực Tỉnh ủy | Chủ tịch HĐND tỉnh",
    ),
    ("Bà Lò Thị Ban, Giám đốc Sở Y tế cho biết.", "Lò Thị Ban: Giám đốc Sở Y tế"),
    (
        "Dự lễ có Bí thư Huyện ủy Hạ Sơn Lê Văn Núi, Chủ tịch UBND huyện Trần Văn Đồi, Trưởng Công an huyện Hà Văn Khe.",
        "Lê Văn Núi: Bí thư Huyện ủy Hạ Sơn; Trần Văn Đồi: Chủ tịch UBND huyện; Hà Văn Khe: Trưởng Công an huyện",
    ),
    (
        "Dự lễ có các đồng chí: Lê Văn Núi, Bí thư Huyện ủy; Trần Văn Đồi, Chủ tịch UBND huyện.",
        "Lê Văn Núi: Bí thư Huyện ủy; Trần Văn Đồi: Chủ tịch UBND huyện",
    ),
    ("Bộ trưởng Tô Khê nói.", "Tô Khê: Bộ trưởng"),
    ("Đại tá Tô Văn Khê, Giám đốc Công an tỉnh kiểm tra hiện trường.", "Tô Văn Khê: Giám đốc Công an tỉnh"),
    (
        "Phó Chủ tịch UBND thành phố Hồ Chí Minh Võ Văn Thác thăm tỉnh.",
        "Võ Văn Thác: Phó Chủ tịch UBND thành phố Hồ Chí Minh",
    ),
    ("Chủ tịch UBND TP Hồ Chí Minh yêu cầu báo cáo.", ""),
    ("Nhà tưởng niệm Chủ tịch Hồ Chí Minh vừa khánh thành.", ""),
    (
        "Phó Chi cục trưởng Chi cục Bảo tồn lúa nương tỉnh Ngô Văn Thung cho hay.",
        "Ngô Văn Thung: Phó Chi cục trưởng Chi cục Bảo tồn lúa nương tỉnh",
    ),
    (
        "Chủ nhiệm Ủy ban Dân tộc của Quốc hội Vũ Thác Suối nêu ý kiến.",
        "Vũ Thác Suối: Chủ nhiệm Ủy ban Dân tộc của Quốc hội",
    ),
    ("Nguyên Bí thư Tỉnh ủy Hà Văn Khoát trở lại bản cũ.", "Hà Văn Khoát: Nguyên Bí thư Tỉnh ủy"),
    ("Ông Hà Văn Khoát, nguyên Chủ tịch UBND tỉnh, kể chuyện.", "Hà Văn Khoát: nguyên Chủ tịch UBND tỉnh"),
    (
        "Hội nghị bầu ông Đinh Công Trữ giữ chức Phó Chủ tịch UBND tỉnh.",
        "Đinh Công Trữ: Phó Chủ tịch UBND tỉnh",
    ),
    (
        "Bí thư Đảng ủy, Chủ tịch UBND xã Tà Phong Vàng A Sình dẫn đường.",
        "Vàng A Sình: Bí thư Đảng ủy | Chủ tịch UBND xã Tà Phong",
    ),
    ("Trưởng thôn Bản Sảng Lò Văn Sáo đi từng nhà.", "Lò Văn Sáo: Trưởng thôn Bản Sảng"),
    (
        "Hiệu trưởng Trường THPT Hạ Sơn Nguyễn Thị Mây chia sẻ.",
        "Nguyễn Thị Mây: Hiệu trưởng Trường THPT Hạ Sơn",
    ),
    (
        "Bác sĩ Trần Minh Khe, Giám đốc Bệnh viện Đa khoa tỉnh cảnh báo.",
        "Trần Minh Khe: Giám đốc Bệnh viện Đa khoa tỉnh",
    ),
    (
        "Giám đốc Sở Văn hóa, Thể thao và Du lịch Nông Thị Hạnh Vân giới thiệu tuyến mới.",
        "Nông Thị Hạnh Vân: Giám đốc Sở Văn hóa, Thể thao và Du lịch",
    ),
    (
        "Ông Lê Văn Núi, Giám đốc Sở Nông nghiệp và Phát triển nông thôn, giải thích.",
        "Lê Văn Núi: Giám đốc Sở Nông nghiệp và Phát triển nông thôn",
    ),
    ("Ông Phạm Văn Lũng, Chủ tịch Hội đồng quản trị Công ty cổ phần Chè Sơn Khê nói.", ""),
    ("Ông Nguyễn Viết Nương trồng chè ở Hạ Sơn.", ""),
    ("Ảnh: Minh Hà", ""),
    ("Thủ tướng Chính phủ Nguyễn Văn Sông ký quyết định.", "Nguyễn Văn Sông: Thủ tướng Chính phủ"),
    (
        "Ủy viên Bộ Chính trị, Chủ tịch Quốc hội Trần Thị Hồ tiếp đoàn.",
        "Trần Thị Hồ: Ủy viên Bộ Chính trị | Chủ tịch Quốc hội",
    ),
    ("Phó Bí thư Tỉnh đoàn Sùng Thị Mai phát động phong trào.", "Sùng Thị Mai: Phó Bí thư Tỉnh đoàn"),
    ("Chánh án Tòa án nhân dân tỉnh Đỗ Văn Bằng tuyên án.", "Đỗ Văn Bằng: Chánh án Tòa án nhân dân tỉnh"),
    (
        "Viện trưởng Viện Kiểm sát nhân dân tỉnh Bùi Văn Chính báo cáo.",
        "Bùi Văn Chính: Viện trưởng Viện Kiểm sát nhân dân tỉnh",
    ),
    (
        "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Vi Văn Thép chỉ huy cứu hộ.",
        "Vi Văn Thép: Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh",
    ),
    (
        "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh Kha Thị Lan trao quà.",
        "Kha Thị Lan: Chủ tịch Ủy ban MTTQ Việt Nam tỉnh",
    ),
    (
        "Chủ tịch Hội Nông dân xã Moong Văn Nghị hướng dẫn cách ủ phân.",
        "Moong Văn Nghị: Chủ tịch Hội Nông dân xã",
    ),
    ("Trưởng Ban Dân vận Tỉnh ủy Lương Văn Khéo phát biểu.", "Lương Văn Khéo: Trưởng Ban Dân vận Tỉnh ủy"),
    ("Ông Lê Văn Núi và bà Trần Thị Suối cùng trồng cây.", ""),
    (
        "Tổng Giám đốc Công ty Điện lực Sơn Khê Cao Văn Sáng cam kết.",
        "Cao Văn Sáng: Tổng Giám đốc Công ty Điện lực Sơn Khê",
    ),
    (
        "Hạt trưởng Hạt Kiểm lâm Hạ Sơn Đặng Văn Lâm tuần rừng.",
        "Đặng Văn Lâm: Hạt trưởng Hạt Kiểm lâm Hạ Sơn",
    ),
    ("Quyền Chủ tịch UBND huyện Lê Văn Đồi ký văn bản.", "Lê Văn Đồi: Quyền Chủ tịch UBND huyện"),
    (
        "Trưởng đoàn đại biểu Quốc hội tỉnh Hoàng Thị Thu tiếp xúc cử tri.",
        "Hoàng Thị Thu: Trưởng đoàn đại biểu Quốc hội tỉnh",
    ),
    (
        "Chairman of the Provincial People's Committee Tran Van Suoi spoke.",
        "Tran Van Suoi: Chairman of the Provincial People's Committee",
    ),
    (
        "Mr. Tran Van Suoi, Chairman of the Provincial People's Committee, spoke.",
        "Tran Van Suoi: Chairman of the Provincial People's Committee",
    ),
    (
        "Comrade Tran Van Suoi - Secretary of the Provincial Party Committee attended.",
        "Tran Van Suoi: Secretary of the Provincial Party Committee",
    ),
    (
        "Comrade Le Thi Ha Van, Permanent Deputy Secretary of the Provincial Party Committee, Chairwoman of the Provincial People's Council chaired the meeting.",
        "Le Thi Ha Van: Permanent Deputy Secretary of the Provincial Party Committee | Chairwoman of the Provincial People's Council",
    ),
    (
        "Director of the Department of Health Lo Thi Ban said so.",
        "Lo Thi Ban: Director of the Department of Health",
    ),
    ("Prime Minister Nguyen Van Song signed the decision.", "Nguyen Van Song: Prime Minister"),
    (
        "Vice Chairman of the Provincial People's Committee Dinh Cong Tru inspected the dyke.",
        "Dinh Cong Tru: Vice Chairman of the Provincial People's Committee",
    ),
    (
        "The council elected Mr. Dinh Cong Tru as Vice Chairman of the Provincial People's Committee.",
        "Dinh Cong Tru: Vice Chairman of the Provincial People's Committee",
    ),
    (
        "Former Secretary of the Provincial Party Committee Ha Van Khoat came back.",
        "Ha Van Khoat: Former Secretary of the Provincial Party Committee",
    ),
    ("Photo: Minh Ha", ""),
    ("Tran Van Suoi planted tea in Ha Son.", ""),
    (
        "Comrade Le Van Nui - Secretary of the District Party Committee of Ha Son and comrade Tran Van Doi - Chairman of the District People's Committee were there.",
        "Le Van Nui: Secretary of the District Party Committee of Ha Son; Tran Van Doi: Chairman of the District People's Committee",
    ),
    (
        "Head of the Mass Mobilization Commission of the Provincial Party Committee Luong Van Kheo spoke.",
        "Luong Van Kheo: Head of the Mass Mobilization Commission of the Provincial Party Committee",
    ),
    (
        "Colonel To Van Khe, Director of the Provincial Police, checked the scene.",
        "To Van Khe: Director of the Provincial Police",
    ),
    ("Mr. Pham Van Lung, Director of Son Khe Tea Company, said prices were good.", ""),
];
