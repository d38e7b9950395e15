//! Directives in sentences of our own: type, number, issuer, date and subject.

use super::{check, mentions};

#[test]
fn directives_have_type_number_issuer_date_and_subject() {
    let found = |text: &str| {
        let parts = mentions(text).directives.into_iter().map(|directive| {
            let optional = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
            format!(
                "{} = {} {} | {} | {} | {}",
                directive.span.of(text),
                directive.kind,
                optional(directive.number),
                optional(directive.issuer),
                optional(directive.issued.map(|issued| issued.to_string())),
                optional(directive.subject),
            )
        });
        parts.collect::<Vec<_>>().join("; ")
    };
    check(DIRECTIVES, found);
}

const DIRECTIVES: &[(&str, &str)] = &[
    (
        "Chỉ thị số 19-CT/TU ngày 23/04/2018 của Ban Thường vụ Tỉnh ủy về xây dựng nông thôn mới.",
        "Chỉ thị số 19-CT/TU = directive 19-CT/TU | Ban Thường vụ Tỉnh ủy | 2018-04-23 | xây dựng nông thôn mới",
    ),
    (
        "Directive No. 19-CT/TU dated April 23, 2018 of the Provincial Party Standing Committee on new rural development.",
        "Directive No. 19-CT/TU = directive 19-CT/TU | Provincial Party Standing Committee | 2018-04-23 | new rural development",
    ),
    (
        "Nghị quyết số 31-NQ/TW của Trung ương về chè, rừng, suối.",
        "Nghị quyết số 31-NQ/TW = resolution 31-NQ/TW | Trung ương | - | chè, rừng, suối",
    ),
    (
        "Thực hiện Nghị quyết 23 và Nghị quyết 27.",
        "Nghị quyết 23 = resolution 23 | - | - | -; Nghị quyết 27 = resolution 27 | - | - | -",
    ),
    (
        "Resolution No. 43 of the Politburo on night schools.",
        "Resolution No. 43 = resolution 43 | Politburo | - | night schools",
    ),
    (
        "Quyết định 3916/QĐ-UBND ngày 5/11/2019 phê duyệt kế hoạch.",
        "Quyết định 3916/QĐ-UBND = decision 3916/QĐ-UBND | - | 2019-11-05 | -",
    ),
    (
        "Quyết định số 61/2017/QĐ-TTg của Thủ tướng Chính phủ.",
        "Quyết định số 61/2017/QĐ-TTg = decision 61/2017/QĐ-TTg | Thủ tướng Chính phủ | - | -",
    ),
    (
        "Nghị định 41/2015/NĐ-CP nêu cách trả công giữ rừng.",
        "Nghị định 41/2015/NĐ-CP = decree 41/2015/NĐ-CP | - | - | -",
    ),
    (
        "Thông tư số 27/2018/TT-BCT của Bộ Công Thương.",
        "Thông tư số 27/2018/TT-BCT = circular 27/2018/TT-BCT | Bộ Công Thương | - | -",
    ),
    (
        "Công văn số 731/TTg-KTTH của Thủ tướng Chính phủ về giải ngân.",
        "Công văn số 731/TTg-KTTH = official-letter 731/TTg-KTTH | Thủ tướng Chính phủ | - | giải ngân",
    ),
    (
        "Văn bản số 4185/UBND-ĐT ngày 6-7-2019 của UBND tỉnh.",
        "Văn bản số 4185/UBND-ĐT = official-letter 4185/UBND-ĐT | UBND tỉnh | 2019-07-06 | -",
    ),
    ("Kế hoạch số 316 KH/TU của Tỉnh ủy.", "Kế hoạch số 316 KH/TU = plan 316-KH/TU | Tỉnh ủy | - | -"),
    (
        "Kết luận số 127-KL/TW ngày 22-9-2014 của Ban Bí thư.",
        "Kết luận số 127-KL/TW = conclusion 127-KL/TW | Ban Bí thư | 2014-09-22 | -",
    ),
    ("Kế hoạch 17 /CT-UBND được triển khai.", "Kế hoạch 17 /CT-UBND = plan 17/CT-UBND | - | - | -"),
    (
        "số 64/2009/QĐ-UBND của UBND tỉnh Sơn Khê",
        "số 64/2009/QĐ-UBND = decision 64/2009/QĐ-UBND | UBND tỉnh Sơn Khê | - | -",
    ),
    ("Luật Đất đai 2013 có hiệu lực.", "Luật Đất đai 2013 = law - | - | - | Đất đai"),
    ("Luật Cư trú (sửa đổi) được thông qua.", "Luật Cư trú = law - | - | - | Cư trú"),
    ("Law on Village Markets was discussed.", "Law on Village Markets = law - | - | - | Village Markets"),
    ("The 2013 Constitution is the basis.", "2013 Constitution = law - | - | - | -"),
    (
        "Nghị quyết Đại hội XIII của Đảng đi vào cuộc sống.",
        "Nghị quyết Đại hội XIII của Đảng = resolution - | Đại hội XIII của Đảng | - | -",
    ),
    (
        "Resolution of the 13th National Party Congress was studied.",
        "Resolution of the 13th National Party Congress = resolution - | 13th National Party Congress | - | -",
    ),
    (
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI đề ra 25 chỉ tiêu.",
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI = resolution - | Đại hội Đảng bộ tỉnh lần thứ XVI | - | -",
    ),
    (
        "23/CT-TTg and 24/CT-TTg were issued.",
        "23/CT-TTg = directive 23/CT-TTg | - | - | -; 24/CT-TTg = directive 24/CT-TTg | - | - | -",
    ),
    (
        "Chỉ thị 23/CT-TTg và 24/CT-TTg của Thủ tướng.",
        "Chỉ thị 23/CT-TTg = directive 23/CT-TTg | Thủ tướng | - | -; 24/CT-TTg = directive 24/CT-TTg | Thủ tướng | - | -",
    ),
    ("Quyết đinh số 12 QĐ/TU", "số 12 QĐ/TU = decision 12-QĐ/TU | - | - | -"),
    (
        "Quy định số 26-QÐi/TW, ngày 05/03/2017 của Bộ Chính trị về nếp sống của cán bộ.",
        "Quy định số 26-QÐi/TW = regulation 26-QÐi/TW | Bộ Chính trị | 2017-03-05 | nếp sống của cán bộ",
    ),
    (
        "Đề án số 14-ĐA/TU của Ban Thường vụ Tỉnh ủy về “Mở chợ phiên ở vùng cao”.",
        "Đề án số 14-ĐA/TU = project 14-ĐA/TU | Ban Thường vụ Tỉnh ủy | - | Mở chợ phiên ở vùng cao",
    ),
    (
        "Chương trình hành động số 35-CTr/TU",
        "Chương trình hành động số 35-CTr/TU = programme 35-CTr/TU | - | - | -",
    ),
    (
        "Báo cáo số 120/BC-UBND ngày 10/6/2021 của UBND huyện Hạ Sơn.",
        "Báo cáo số 120/BC-UBND = report 120/BC-UBND | UBND huyện Hạ Sơn | 2021-06-10 | -",
    ),
    (
        "Thông báo số 45-TB/TU của Thường trực Tỉnh ủy.",
        "Thông báo số 45-TB/TU = notice 45-TB/TU | Thường trực Tỉnh ủy | - | -",
    ),
    ("Hướng dẫn số 03-HD/BTGTU", "Hướng dẫn số 03-HD/BTGTU = guidance 03-HD/BTGTU | - | - | -"),
    (
        "Công điện số 08/CĐ-TTg về ứng phó bão.",
        "Công điện số 08/CĐ-TTg = telegram 08/CĐ-TTg | - | - | ứng phó bão",
    ),
    ("Tờ trình số 99/TTr-UBND", "Tờ trình số 99/TTr-UBND = other 99/TTr-UBND | - | - | -"),
    (
        "Pháp lệnh Ưu đãi người có công với cách mạng được sửa đổi.",
        "Pháp lệnh Ưu đãi người có công với cách mạng = ordinance - | - | - | Ưu đãi người có công với cách mạng",
    ),
    ("Bộ luật Hình sự năm 2015", "Bộ luật Hình sự năm 2015 = law - | - | - | -"),
    ("Theo Quyết định, tỉnh hỗ trợ kinh phí.", ""),
    ("Kế hoạch 5 năm được hoàn thành sớm.", ""),
    ("Nghị quyết của Đảng đã đi vào lòng dân.", ""),
    ("Báo cáo 6 tháng đầu năm nêu rõ.", ""),
    ("Quyết định đúng đắn này giúp 3 xã thoát nghèo.", ""),
    (
        "Chủ tịch UBND tỉnh vừa ký ban hành Quyết định số 1954/QĐ-UBND về việc đặt tên 5 bản.",
        "Quyết định số 1954/QĐ-UBND = decision 1954/QĐ-UBND | Chủ tịch UBND tỉnh | - | việc đặt tên 5 bản",
    ),
    (
        "Ngày 11/10/2018, HĐND tỉnh đã ban hành Nghị quyết số 175/2018/NQ-HĐND nêu mức tiền đò.",
        "Nghị quyết số 175/2018/NQ-HĐND = resolution 175/2018/NQ-HĐND | HĐND tỉnh | 2018-10-11 | -",
    ),
    (
        "The Provincial People's Committee has just issued Decision No. 186/QD-UBND on naming 6 hamlets.",
        "Decision No. 186/QD-UBND = decision 186/QD-UBND | The Provincial People's Committee | - | naming 6 hamlets",
    ),
    (
        "Decision No. 68/QD-TTg dated March 3, 2024 of the Prime Minister approving the result.",
        "Decision No. 68/QD-TTg = decision 68/QD-TTg | Prime Minister | 2024-03-03 | -",
    ),
    (
        "Plan No. 143/KH-UBND dated May 19, 2020 on winter fodder.",
        "Plan No. 143/KH-UBND = plan 143/KH-UBND | - | 2020-05-19 | winter fodder",
    ),
    (
        "Conclusion No. 12-KL/TU of the Provincial Party Committee",
        "Conclusion No. 12-KL/TU = conclusion 12-KL/TU | Provincial Party Committee | - | -",
    ),
    (
        "Circular No. 05/2021/TT-BNV of the Ministry of Home Affairs",
        "Circular No. 05/2021/TT-BNV = circular 05/2021/TT-BNV | Ministry of Home Affairs | - | -",
    ),
    (
        "Decree No. 59/2019/ND-CP of the Government",
        "Decree No. 59/2019/ND-CP = decree 59/2019/ND-CP | Government | - | -",
    ),
    (
        "Official Dispatch No. 731/TTg-KTTH",
        "Official Dispatch No. 731/TTg-KTTH = official-letter 731/TTg-KTTH | - | - | -",
    ),
    (
        "Project No. 14-DA/TU of the Provincial Party Standing Committee",
        "Project No. 14-DA/TU = project 14-DA/TU | Provincial Party Standing Committee | - | -",
    ),
];
