//! Hard cases of directives, in sentences of our own about an invented province: what each must yield, as
//! `number kind @date by issuer on subject`, with a name for the number where there is none. What is hard says the name
//! of each test.

use corpus::{Article, DateOrigin, Published};

use crate::Reading as _;
use crate::{Directive, Extractor};

fn check(text: &str, expected: &str) {
    check_on(None, text, expected);
}

/// The same in a text that was published on a day.
fn check_on(published: Option<&str>, text: &str, expected: &str) {
    let published =
        published.map(|day| Published { date: day.parse().unwrap(), time: None, origin: DateOrigin::Record });
    let article = Article { text: text.to_owned(), published, ..Article::default() };
    let row = |one: &Directive| {
        let said = |word: &str, value: Option<String>| {
            value.map_or_else(String::new, |value| format!(" {word}{value}"))
        };
        let number = one.number.as_deref().unwrap_or(one.span.of(text));
        let issued = said("@", one.issued.map(|date| date.to_string()));
        let (issuer, subject) = (said("by ", one.issuer.clone()), said("on ", one.subject.clone()));
        format!("{number} {}{issued}{issuer}{subject}", one.kind)
    };
    let found: Vec<String> = Extractor.mentions(&article).directives.iter().map(row).collect();
    assert_eq!(found.join(" | "), expected, "{text}");
}

#[test]
fn numbers_with_their_symbols_as_texts_write_them() {
    check("theo Quyết định số 12/QĐ-UBND", "12/QĐ-UBND decision");
    check("thực hiện Chỉ thị 23/CT-TTg", "23/CT-TTg directive");
    check("Nghị quyết số 31-NQ/TW", "31-NQ/TW resolution");
    check("Nghị quyết 08-NQ/TU", "08-NQ/TU resolution");
    check("Kết luận số 83-KL/TW", "83-KL/TW conclusion");
    check("Kế hoạch số 316 KH/TU", "316-KH/TU plan");
    check("Chỉ thị 17 /CT-UBND", "17/CT-UBND directive");
    check("Nghị định 39/2013/NĐ-CP", "39/2013/NĐ-CP decree");
    check("Thông tư số 29/2015/TT-BTNMT", "29/2015/TT-BTNMT circular");
    check("Quyết định số 31/2018/QĐ- UBND", "31/2018/QĐ-UBND decision");
    check("Công điện số 1238/CĐ-BYT", "1238/CĐ-BYT telegram");
    check("Công văn 1519/SXD-TTr", "1519/SXD-TTr official-letter");
    check("thông báo số 746/TB-KH&ĐT", "746/TB-KH&ĐT notice");
    check("Chương trình 06-CTr/HU", "06-CTr/HU programme");
    check("Hướng dẫn số 5-HD/BTCTU", "5-HD/BTCTU guidance");
    check("Quy định số 10-QĐi/TU", "10-QĐi/TU regulation");
    check("Đề án 06", "06 project");
    check("Nghị quyết 30a", "30a resolution");
    check("Tờ trình số 5/TTr-UBND", "5/TTr-UBND other");
}

#[test]
fn a_number_with_the_year_or_the_body_alone() {
    check("Theo Nghị định 86 năm 2014 của Chính phủ", "86 decree @2014 by Chính phủ");
    check("Kế hoạch 86 năm của đơn vị", "");
    check("Công văn 391 của tỉnh nêu rõ", "391 official-letter");
    check("gửi công văn 12 lần", "");
    check(
        "Luật Phòng, chống tác hại rượu bia cấm lái xe",
        "Luật Phòng, chống tác hại rượu bia law on Phòng, chống tác hại rượu bia",
    );
    check("Công ước về Luật Biển năm 1982", "");
    check("Xã Hạ Sơn mất điện. Hình thức cắt điện: KẾ HOẠCH  42 13:30 16:00 Thôn Núi", "");
    check("TỈNH SƠN KHÊ THỰC HIỆN CHỈ THỊ 16", "16 directive");
}

#[test]
fn lost_accents_and_eth() {
    check("Quyết định 12/QÐ-UBND", "12/QÐ-UBND decision");
    check("Quyet dinh so 12/QD-UBND", "12/QD-UBND decision");
    check("Decision No. 57/QD-TTg", "57/QD-TTg decision");
}

#[test]
fn lists_share_the_type_word() {
    check("Directives No. 23/CT-TTg and 24/CT-TTg", "23/CT-TTg directive | 24/CT-TTg directive");
    check("các Quyết định 5/QĐ-UBND, 6/QĐ-UBND", "5/QĐ-UBND decision | 6/QĐ-UBND decision");
    check("Nghị quyết 4, 5 và 6-NQ/TU", "4 resolution | 5 resolution | 6-NQ/TU resolution");
    check("theo Chỉ thị 7 và 8 của Thủ tướng", "7 directive by Thủ tướng | 8 directive by Thủ tướng");
    check(
        "Sở Y tế ban hành 3 Quyết định 1440, 1450 và 1451 về giá thuốc.",
        "1440 decision by Sở Y tế on giá thuốc | 1450 decision by Sở Y tế on giá thuốc | 1451 decision by Sở Y tế on giá thuốc",
    );
    check("Quyết định số 43 và số 10 của UBND tỉnh", "43 decision by UBND tỉnh | 10 decision by UBND tỉnh");
    check("Quyết định 317, 318 và 2 năm thực hiện", "317 decision | 318 decision");
    check("Nghị quyết 9 và 12 xã", "9 resolution");
    check("Chỉ thị số 5/CT-UBND, 12 xã đã làm", "5/CT-UBND directive");
    check("Nghị quyết 18, 2021 là năm khó", "18 resolution");
}

#[test]
fn symbols_with_blanks_dashes_and_line_ends_inside() {
    check("Quyết định số 45 / QĐ - UBND", "45/QĐ-UBND decision");
    check("Kết luận số 8 — KL/TU", "8-KL/TU conclusion");
    check("Nghị định số 71/2017/NĐ – CP ngày 06/06/2017", "71/2017/NĐ–CP decree @2017-06-06");
    check("Kết luận số 8\u{2011}KL/TU", "8-KL/TU conclusion");
    check(
        "Kết luận số 08-\nKL/TU và Quyết định số 45/QĐ-\nUBND",
        "08-KL/TU conclusion | 45/QĐ-UBND decision",
    );
    check("Quyết định 12/QĐ-UBND - Sở Y tế cho biết", "12/QĐ-UBND decision");
}

#[test]
fn a_type_word_that_begins_small() {
    check("theo chỉ thị 16 thì", "16 directive");
    check("tàu vay vốn nghị định 67 bị hỏng", "67 decree");
    check("quyết định 942 của Bộ Tài chính", "942 decision by Bộ Tài chính");
    check("quyết định 1659 ngày 7/11/2012", "1659 decision @2012-11-07");
    check("quyết định 2 trong 4 nội dung", "");
    check("quyết định 3 hình thức", "");
    check("đề án 1 triệu ha", "");
}

#[test]
fn days_without_their_year() {
    let check = |text: &str, expected: &str| check_on(Some("2020-01-15"), text, expected);
    check("Công điện số 13 ngày 3/1 của Bộ Y tế", "13 telegram @2020-01-03 by Bộ Y tế");
    check("Chỉ thị số 9/CT-TTg ngày 23/7 về rừng", "9/CT-TTg directive @2019-07-23 on rừng");
    check(
        "Ngày 18/12, UBND tỉnh ban hành Quyết định số 5/QĐ-UBND",
        "5/QĐ-UBND decision @2019-12-18 by UBND tỉnh",
    );
    check("Sáng 4-1, Sở Y tế đã có Công văn số 7/SYT", "7/SYT official-letter @2020-01-04 by Sở Y tế");
    check(
        "On December 18, the People's Committee issued Decision No. 5/QD-UBND",
        "5/QD-UBND decision @2019-12-18 by People's Committee",
    );
    check(
        "Dịch lan nhanh, ngày 31-3-2019, Thủ tướng ban hành Chỉ thị 16",
        "16 directive @2019-03-31 by Thủ tướng",
    );
    check("Dịch lan nhanh, ngày 31-3, Thủ tướng ký Chỉ thị 16", "16 directive @2019-03-31 by Thủ tướng");
    check("Theo Chỉ thị 16, ngày 5/1 xã họp", "16 directive");
    check("giảng viên Khoa Luật Dân sự", "");
    check("theo Luật Đất đai của Lào, đất", "");
    check("Đạo luật Thương mại mở rộng", "");
    check("Luật Đất đai tại Lào Cai", "Luật Đất đai law on Đất đai");
    check("Theo Kết luận 24, năm 2019, tỉnh đã lập đoàn", "24 conclusion");
    check("Theo Chỉ thị 16 năm 2019 của Thủ tướng", "16 directive @2019 by Thủ tướng");
    check("Chỉ thị 16 từ ngày 5/1", "16 directive");
    check_on(None, "Công điện số 13 ngày 3/1", "13 telegram");
}

#[test]
fn what_only_looks_like_a_directive() {
    check("Kế hoạch 2021 đạt 90%", "");
    check("kế hoạch 5 năm 2021-2025", "");
    check("đạt 163/207 xã", "");
    check("ngày 5/9/2016", "");
    check("Quốc lộ 7 và Đường 12", "");
    check("báo cáo 3 điểm", "");
    check("thông báo 5 trường hợp", "");
    check("quyết định của HĐND tỉnh", "");
    check("kỷ luật 5 đảng viên", "");
    check("Thông báo lần thứ 2", "");
    check("tỷ lệ 1/500", "");
    check("chương trình 135 xã", "");
    check("a plan for 12 communes", "");
    check("the Resolution was read", "");
}

#[test]
fn who_issued_it_and_when() {
    check(
        "Quyết định số 12/QĐ-UBND ngày 9-5-2018 của UBND tỉnh Sơn Khê",
        "12/QĐ-UBND decision @2018-05-09 by UBND tỉnh Sơn Khê",
    );
    check(
        "Quyết định 864/QĐ-UBND ngày 17-6-2019 của UBND quận Hạ Sơn, mưa",
        "864/QĐ-UBND decision @2019-06-17 by UBND quận Hạ Sơn",
    );
    check(
        "Nghị quyết số 12-NQ/TU của Ban Chấp hành Đảng bộ huyện Hạ Sơn",
        "12-NQ/TU resolution by Ban Chấp hành Đảng bộ huyện Hạ Sơn",
    );
    check("Nghị quyết 15-NQ/TU của Ban Thường vụ Tỉnh ủy", "15-NQ/TU resolution by Ban Thường vụ Tỉnh ủy");
    check("UBND tỉnh vừa ban hành Kế hoạch số 5/KH-UBND", "5/KH-UBND plan by UBND tỉnh");
    check("HĐND huyện Hạ Sơn thông qua Nghị quyết số 98", "98 resolution by HĐND huyện Hạ Sơn");
    check(
        "Ngày 05/9/2016, UBND tỉnh ban hành Chỉ thị số 3/CT-UBND",
        "3/CT-UBND directive @2016-09-05 by UBND tỉnh",
    );
    check(
        "Sở Thông tin và Truyền thông Sơn Khê có công văn số 19/STTTT-TTĐT",
        "19/STTTT-TTĐT official-letter by Sở Thông tin và Truyền thông Sơn Khê",
    );
    check(
        "Quyền Bộ trưởng Bộ Y tế Trần Văn Suối đã ký Quyết định số 34/QĐ-BYT",
        "34/QĐ-BYT decision by Bộ trưởng Bộ Y tế",
    );
    check(
        "Chủ tịch UBND tỉnh Lê Văn Núi ký Quyết định số 7/QĐ-UBND",
        "7/QĐ-UBND decision by Chủ tịch UBND tỉnh",
    );
    check(
        "Nghị định số 53/2012/NĐ-CP ngày 19/8/2012 của Chính phủ",
        "53/2012/NĐ-CP decree @2012-08-19 by Chính phủ",
    );
    check(
        "Chỉ thị số 24/CT-UBND, ngày 13/10/2017, của Chủ tịch UBND tỉnh",
        "24/CT-UBND directive @2017-10-13 by Chủ tịch UBND tỉnh",
    );
    check(
        "Nghị quyết số 17-NQ/TW ngày 20 tháng 3 năm 2011 của Trung ương",
        "17-NQ/TW resolution @2011-03-20 by Trung ương",
    );
    check(
        "Decision No. 8/QD-UBND dated September 22, 2015 of the Provincial People's Committee",
        "8/QD-UBND decision @2015-09-22 by Provincial People's Committee",
    );
    check(
        "In February 2022, the Provincial Party Committee issued Directive No. 4-CT/TU.",
        "4-CT/TU directive @2022-02 by Provincial Party Committee",
    );
    check("Directive No. 5/CT-TTg of the Prime Minister", "5/CT-TTg directive by Prime Minister");
    check("Kế hoạch số 147/KH-UBND (ngày 6-9-2018) nêu việc", "147/KH-UBND plan @2018-09-06");
    check("Chỉ thị 22-CT/TU của Thành ủy mở cuộc vận động", "22-CT/TU directive by Thành ủy");
}

#[test]
fn what_it_is_about() {
    check("Chỉ thị số 3/CT-UBND về trồng rừng.", "3/CT-UBND directive on trồng rừng");
    check("Quyết định 12/QĐ-UBND giao bổ sung biên chế.", "12/QĐ-UBND decision");
    check(
        "Nghị quyết số 9-NQ/TU về “Phát triển chè Sơn Khê”.",
        "9-NQ/TU resolution on Phát triển chè Sơn Khê",
    );
    check(
        "Quyết định 5/QĐ-UBND về phân cấp và Quyết định 6/QĐ-UBND về lệ phí.",
        "5/QĐ-UBND decision on phân cấp | 6/QĐ-UBND decision on lệ phí",
    );
    check("Directive No. 4-CT/TU on forest fires.", "4-CT/TU directive on forest fires");
}

#[test]
fn laws_and_congress_resolutions_by_name() {
    check("theo Luật Đất đai 2013", "Luật Đất đai 2013 law on Đất đai");
    check("Luật Chăn nuôi quy định", "Luật Chăn nuôi law on Chăn nuôi");
    check("the Law on Water Resources", "Law on Water Resources law on Water Resources");
    check("theo Bộ luật Lao động", "Bộ luật Lao động law");
    check("Luật đất đai 2003 và", "Luật đất đai 2003 law on đất đai");
    check("theo luật Đấu thầu thì", "luật Đấu thầu law on Đấu thầu");
    check("Bộ Luật lao động năm 2012", "Bộ Luật lao động năm 2012 law");
    check("Điều 99 BLHS 2015", "BLHS 2015 law");
    check("luật đất đai", "");
    check("quy luật giá trị, Luật giá cả, hãng BLACKBIRD", "");
    check("pháp luật và luật pháp", "");
}

#[test]
fn a_later_mention_carries_what_was_said_before() {
    check(
        "Chỉ thị 3/CT-UBND của UBND tỉnh về trồng rừng. Thực hiện Chỉ thị 3/CT-UBND, dân vui.",
        "3/CT-UBND directive by UBND tỉnh on trồng rừng | 3/CT-UBND directive by UBND tỉnh on trồng rừng",
    );
}

#[test]
fn who_says_something_in_a_document_issued_it() {
    check(
        "thực hiện chỉ đạo của UBND tỉnh tại Công văn số 311/UBND-NL ngày 5/3/2020, các xã trồng rừng",
        "311/UBND-NL official-letter @2020-03-05 by UBND tỉnh",
    );
    check("nhiệm vụ Chính phủ giao tại Nghị quyết 02", "02 resolution by Chính phủ");
    check(
        "Sở Y tế (tại Văn bản số 61 ngày 4/5/2019) cũng nêu rõ",
        "61 official-letter @2019-05-04 by Sở Y tế",
    );
    // Who obeys a rule in a document did not issue it.
    check(
        "Sở Y tế yêu cầu các trạm làm đúng quy định tại Nghị định số 17/2018/NĐ-CP",
        "17/2018/NĐ-CP decree",
    );
    check("theo quy định của Chính phủ tại Luật Đất đai", "Luật Đất đai law on Đất đai");
    check("Trong thực hiện Nghị quyết 54, Sở Y tế đã quyết định lập 3 trạm", "54 resolution");
    check("Theo Nghị quyết 54, Sở Y tế đã lập 3 trạm", "54 resolution");
    check("Thông tư 15/2015/TT-BYT ngày16/6/2015 quy định", "15/2015/TT-BYT circular @2015-06-16");
    check("Nghị định số 3/2017/NĐ-CP tháng 1-2017 quy định", "3/2017/NĐ-CP decree @2017-01");
    check("Nghị định 94 (Chính phủ) nêu rõ mức phạt", "94 decree by Chính phủ");
    check(
        "Kế hoạch số 52/KH-UBND được UBND huyện Khê Hạ ban hành ngày 3/2/2021",
        "52/KH-UBND plan @2021-02-03 by UBND huyện Khê Hạ",
    );
}

#[test]
fn documents_of_one_symbol_in_a_list_have_one_issuer() {
    check(
        "Quyết định số 71/QĐ-TTg ngày 2/3/2019 và Quyết định số 88/QĐ-TTg ngày 4/4/2019 của Thủ tướng Chính phủ",
        "71/QĐ-TTg decision @2019-03-02 by Thủ tướng Chính phủ | 88/QĐ-TTg decision @2019-04-04 by Thủ tướng Chính phủ",
    );
    check(
        "Nghị định 12/2019/NĐ-CP, Nghị quyết số 30/NQ-CP của Chính phủ",
        "12/2019/NĐ-CP decree by Chính phủ | 30/NQ-CP resolution by Chính phủ",
    );
    // Another symbol is another body's.
    check(
        "Quyết định số 71/QĐ-TTg và Quyết định số 90/QĐ-UBND của UBND tỉnh",
        "71/QĐ-TTg decision | 90/QĐ-UBND decision by UBND tỉnh",
    );
}

#[test]
fn urgent_letters_and_what_those_who_get_them_are_told() {
    check(
        "Sở Y tế có Công văn hỏa tốc số 404/SYT-NVY gửi các huyện về việc lập chốt kiểm dịch",
        "404/SYT-NVY official-letter by Sở Y tế on lập chốt kiểm dịch",
    );
    check("Công điện khẩn số 8/CĐ-UBND", "8/CĐ-UBND telegram");
    check(
        "Quyết định số 15/QĐ-UBND về việc đóng cửa Báo Khê Sơn, Sở Nội vụ thông báo Báo đã đóng cửa",
        "15/QĐ-UBND decision on việc đóng cửa Báo Khê Sơn",
    );
}

#[test]
fn laws_by_the_letters_of_their_names() {
    check(
        "theo Luật SHTT và Luật XLVPHC năm 2012",
        "Luật SHTT law on SHTT | Luật XLVPHC năm 2012 law on XLVPHC",
    );
    check("theo Luật \u{d0}ầu tư", "Luật \u{d0}ầu tư law on \u{d0}ầu tư");
    check("Công ty Luật TNHH Khe Bến", "");
}

#[test]
fn whoever_stands_before_the_verb_issued_it_on_the_day_before() {
    let check = |text: &str, expected: &str| check_on(Some("2021-08-10"), text, expected);
    check(
        "Ngày 23/5/2017, Bộ Văn hóa, Thể thao và Du lịch đã có Công văn số 98/BVHTTDL-VP.",
        "98/BVHTTDL-VP official-letter @2017-05-23 by Bộ Văn hóa, Thể thao và Du lịch",
    );
    check(
        "Ngày 11-6-2021, Sở Giáo dục và Đào tạo (GD-ĐT) đã ban hành Quyết định số 47/QĐ-SGDĐT.",
        "47/QĐ-SGDĐT decision @2021-06-11 by Sở Giáo dục và Đào tạo",
    );
    check(
        "Ngày 15.5, Chủ tịch UBND TP Hạ Sơn Trần Văn Suối đã ký tiếp văn bản 58/UBND-KT.",
        "58/UBND-KT official-letter @2021-05-15 by Chủ tịch UBND TP Hạ Sơn",
    );
    check(
        "Bảo hiểm xã hội Việt Nam đã có Công văn số 19/BHXH-CSYT.",
        "19/BHXH-CSYT official-letter by Bảo hiểm xã hội Việt Nam",
    );
    check(
        "UBND tỉnh Hạ Sơn - Sa Mát cũng đã ra Quyết định số 22/QĐ-UBND.",
        "22/QĐ-UBND decision by UBND tỉnh Hạ Sơn - Sa Mát",
    );
    check(
        "UBND thị xã Khe Bến (Hạ Sơn) vừa ban hành Quyết định 66/QĐ-UBND.",
        "66/QĐ-UBND decision by UBND thị xã Khe Bến",
    );
    check(
        "Ban Chỉ đạo Trung ương về phòng, chống bão lũ đã có Công điện số 14.",
        "14 telegram by Ban Chỉ đạo Trung ương về phòng, chống bão lũ",
    );
    check("Nghị quyết số 8-NQ/TW của Bộ Chính trị khóa trước nêu rõ.", "8-NQ/TW resolution by Bộ Chính trị");
    check("Nghị định 46 của Chính phủ Quy định về bến bãi.", "46 decree by Chính phủ");
    // Of a body that no table has the day is told all the same; of a clause between, and of a person, nothing is.
    check("Ngày 4/10/2016, HTX Khe Bến đã có Quyết định số 61/QĐ-HTX.", "61/QĐ-HTX decision @2016-10-04");
    check("Ngày 4/10/2016, mưa lớn, xã đã có Quyết định số 61/QĐ-XX.", "61/QĐ-XX decision");
    check("Ông Lê Văn Khê đã ký Quyết định số 12/QĐ-UBND.", "12/QĐ-UBND decision");
}

#[test]
fn what_only_looks_like_one_is_none() {
    for text in [
        "theo mẫu số 18/QĐ-TGTV của thông tư",
        "cáo trạng số 37/CT-VKS truy tố bị can",
        "Giấy phép số 91/GP-UBND",
        "Quyết định số 31/QĐ-HĐQT của công ty",
        "AST: 20 - 40 UI/L, 47 G/L",
        "tàu ngầm lớp Sông thuộc Đề án 945 của hải quân",
        "Nghị quyết 2945 của Hội đồng Bảo an Liên hợp quốc",
        "Bộ luật Dân sự Trung Quốc quy định",
        "Hiện nước này thi hành Luật Đầu tư.",
        "Luật An ninh quốc gia mới với Hong Kong",
    ] {
        check(text, "");
    }
    check("Đề án 945 của UBND tỉnh", "945 project by UBND tỉnh");
    check("Nghị quyết 45 của Quốc hội", "45 resolution by Quốc hội");
}
