//! When offices began and ended, in sentences of our own: what each must yield, as
//! `name: position since/until`, with `†` where the office is told of as ended. Texts were published on 10 August 2021.

use corpus::{Article, DateOrigin, Published};
use jiff::civil::Date;

use crate::Reading as _;
use crate::gold;
use crate::{Extractor, Official, PartialDate};

/// What is said of each position of which something is said.
fn said(text: &str) -> String {
    let article = Article {
        text: text.to_owned(),
        published: Some(Published {
            date: Date::constant(2021, 8, 10),
            time: None,
            origin: DateOrigin::Record,
        }),
        ..Article::default()
    };
    let date = |date: Option<PartialDate>| date.map_or_else(String::new, |date| date.to_string());
    let row = |one: &Official| {
        let told = one.tenures.iter().map(|tenure| {
            format!(
                "{}: {} {}/{}{}",
                one.span.of(text),
                one.positions[tenure.position],
                date(tenure.since),
                date(tenure.until),
                if tenure.ended { " †" } else { "" },
            )
        });
        told.collect::<Vec<_>>()
    };
    Extractor.mentions(&article).officials.iter().flat_map(row).collect::<Vec<_>>().join(" | ")
}

fn check(rows: &[(&str, &str)]) {
    gold::check(rows, said);
}

#[test]
fn offices_of_a_time_that_the_text_looks_back_to() {
    check(&[
        (
            "Chủ tịch UBND tỉnh khi đó là ông Trần Văn Suối đã ký văn bản.",
            "Trần Văn Suối: Chủ tịch UBND tỉnh / †",
        ),
        ("Giám đốc Sở Y tế lúc bấy giờ là bà Đỗ Thị Mây đồng ý.", "Đỗ Thị Mây: Giám đốc Sở Y tế / †"),
        ("Khi đó, Giám đốc Sở Y tế là bà Đỗ Thị Mây.", ""),
    ]);
}

#[test]
fn offices_that_began() {
    check(&[
        (
            "Ngày 3/2/2020, HĐND tỉnh bầu ông Trần Văn Suối giữ chức Chủ tịch UBND tỉnh.",
            "Trần Văn Suối: Chủ tịch UBND tỉnh 2020-02-03/",
        ),
        (
            "Ông Lê Văn Núi được bổ nhiệm giữ chức Giám đốc Sở Y tế từ ngày 1/4/2019.",
            "Lê Văn Núi: Giám đốc Sở Y tế 2019-04-01/",
        ),
        (
            "Bà Đỗ Thị Mây được bầu làm Bí thư Huyện ủy Hạ Sơn vào tháng 9/2018.",
            "Đỗ Thị Mây: Bí thư Huyện ủy Hạ Sơn 2018-09/",
        ),
        (
            "Tháng 3/2017, ông Hà Văn Sậy được điều động giữ chức Chủ tịch UBND huyện Hạ Sơn.",
            "Hà Văn Sậy: Chủ tịch UBND huyện Hạ Sơn 2017-03/",
        ),
        ("Ông Lê Văn Núi, Giám đốc Sở Y tế từ năm 2015, cho biết.", "Lê Văn Núi: Giám đốc Sở Y tế 2015/"),
        (
            "Sáng 5/7, HĐND huyện bầu bà Lò Thị Ban giữ chức Chủ tịch HĐND huyện.",
            "Lò Thị Ban: Chủ tịch HĐND huyện 2021-07-05/",
        ),
        (
            "Chiều 20/12, HĐND tỉnh bầu ông Võ Văn Lam giữ chức Phó Chủ tịch UBND tỉnh.",
            "Võ Văn Lam: Phó Chủ tịch UBND tỉnh 2020-12-20/",
        ),
        (
            "Hôm nay, HĐND tỉnh bầu bà Mai Thị Lụa giữ chức Chủ tịch HĐND tỉnh.",
            "Mai Thị Lụa: Chủ tịch HĐND tỉnh 2021-08-10/",
        ),
        (
            "Ngày 4/5/2019, Thủ tướng phê chuẩn kết quả bầu chức vụ Chủ tịch UBND tỉnh đối với ông Trần Văn Suối.",
            "Trần Văn Suối: Chủ tịch UBND tỉnh 2019-05-04/",
        ),
        (
            "Ông Hà Văn Sậy giữ chức Chánh Thanh tra tỉnh từ tháng 6/2020 đến nay.",
            "Hà Văn Sậy: Chánh Thanh tra tỉnh 2020-06/",
        ),
        (
            "Năm 2016, ông Cao Văn Đèo được bầu làm Bí thư Đảng ủy xã Khe Lớn.",
            "Cao Văn Đèo: Bí thư Đảng ủy xã Khe Lớn 2016/",
        ),
        (
            "Ngày 6/6/2021, HĐND bầu ông Lê Văn Núi giữ chức Chủ tịch HĐND huyện, ông Trần Văn Đồi giữ chức Chủ tịch UBND huyện.",
            "Lê Văn Núi: Chủ tịch HĐND huyện 2021-06-06/ | Trần Văn Đồi: Chủ tịch UBND huyện 2021-06-06/",
        ),
        (
            "On May 3, 2019, the People's Council elected Mr. Tran Van Suoi as Chairman of the Provincial People's Committee.",
            "Tran Van Suoi: Chairman of the Provincial People's Committee 2019-05-03/",
        ),
        (
            "Mr. Le Van Nui was appointed to the position of Director of the Department of Health in March 2018.",
            "Le Van Nui: Director of the Department of Health 2018-03/",
        ),
        (
            "Ms. Do Thi May, Director of the Department of Justice since 2016, replied.",
            "Do Thi May: Director of the Department of Justice 2016/",
        ),
        (
            "In 2017, Mr. Ha Van Say was elected as Secretary of the District Party Committee.",
            "Ha Van Say: Secretary of the District Party Committee 2017/",
        ),
        (
            "Mr. Vo Van Lam was appointed as Chief Inspector of the province, effective from 1 July 2020.",
            "Vo Van Lam: Chief Inspector of the province 2020-07-01/",
        ),
        (
            "Today, the People's Council elected Ms. Mai Thi Lua as Chairwoman of the Provincial People's Council.",
            "Mai Thi Lua: Chairwoman of the Provincial People's Council 2021-08-10/",
        ),
    ]);
}

#[test]
fn offices_that_ended() {
    check(&[
        // The first of the same body names nothing of it: both are over; of another body only the first is.
        (
            "Ông Trần Văn Núi, nguyên Bí thư Đảng ủy, Chủ tịch UBND xã Khe Bến, kể lại.",
            "Trần Văn Núi: nguyên Bí thư Đảng ủy / † | Trần Văn Núi: Chủ tịch UBND xã Khe Bến / †",
        ),
        (
            "Ông Trần Văn Núi, nguyên Giám đốc Bệnh viện Hạ Sơn, Phó Chủ tịch Hội Đông y Sơn Khê, kể lại.",
            "Trần Văn Núi: nguyên Giám đốc Bệnh viện Hạ Sơn / †",
        ),
        (
            "Ngày 9/3/2021, HĐND tỉnh miễn nhiệm chức vụ Chủ tịch UBND tỉnh đối với ông Trần Văn Suối.",
            "Trần Văn Suối: Chủ tịch UBND tỉnh /2021-03-09 †",
        ),
        (
            "Ông Lê Văn Núi, Giám đốc Sở Y tế, nghỉ hưu từ ngày 1/8/2020.",
            "Lê Văn Núi: Giám đốc Sở Y tế /2020-08-01 †",
        ),
        (
            "Ông Hồ Văn Bản, nguyên Chủ tịch UBND huyện Hạ Sơn giai đoạn 2004-2010, kể lại.",
            "Hồ Văn Bản: nguyên Chủ tịch UBND huyện Hạ Sơn 2004/2010 †",
        ),
        (
            "Ông Hồ Văn Bản, nguyên Bí thư Huyện ủy nhiệm kỳ 2010-2015, kể lại.",
            "Hồ Văn Bản: nguyên Bí thư Huyện ủy 2010/2015 †",
        ),
        (
            "Ông Dương Văn Lũng giữ chức Bí thư Tỉnh ủy từ năm 2005 đến năm 2010.",
            "Dương Văn Lũng: Bí thư Tỉnh ủy 2005/2010 †",
        ),
        (
            "Từ năm 1998 đến năm 2004, ông Hà Văn Sậy giữ chức Chủ tịch UBND huyện.",
            "Hà Văn Sậy: Chủ tịch UBND huyện 1998/2004 †",
        ),
        ("Nguyên Bí thư Tỉnh ủy Dương Văn Lũng đến dự.", "Dương Văn Lũng: Nguyên Bí thư Tỉnh ủy / †"),
        (
            "Bà Cao Thị Ngân thôi giữ chức Giám đốc Sở Tài chính từ ngày 15/6/2021.",
            "Cao Thị Ngân: Giám đốc Sở Tài chính /2021-06-15 †",
        ),
        (
            "Ông Phan Văn Rừng, Phó Chủ tịch UBND xã, từ chức vào tháng 5/2020.",
            "Phan Văn Rừng: Phó Chủ tịch UBND xã /2020-05 †",
        ),
        (
            "Ngày 2/2/2020, Ban Thường vụ điều động ông Lê Văn Núi, Phó Giám đốc Sở Nội vụ, giữ chức Bí thư Huyện ủy Hạ Sơn.",
            "Lê Văn Núi: Phó Giám đốc Sở Nội vụ /2020-02-02 † | Lê Văn Núi: Bí thư Huyện ủy Hạ Sơn 2020-02-02/",
        ),
        (
            "Ông Bùi Văn Đá, Chủ tịch UBND xã Tân Khe (2001-2009), đã mất.",
            "Bùi Văn Đá: Chủ tịch UBND xã Tân Khe 2001/2009 †",
        ),
        (
            "Mr. Le Van Nui was dismissed from the position of Director of the Department of Health on March 5, 2020.",
            "Le Van Nui: Director of the Department of Health /2020-03-05 †",
        ),
        (
            "Former Chairman of the Provincial People's Committee Tran Van Suoi came.",
            "Tran Van Suoi: Former Chairman of the Provincial People's Committee / †",
        ),
        (
            "Mr. Ho Van Ban, former Secretary of the District Party Committee from 2004 to 2010, recalled it.",
            "Ho Van Ban: former Secretary of the District Party Committee 2004/2010 †",
        ),
        (
            "Mr. Ho Van Ban, former Chairman of the District People's Council for the 2011-2016 term, recalled it.",
            "Ho Van Ban: former Chairman of the District People's Council 2011/2016 †",
        ),
        (
            "Ms. Do Thi May, Director of the Department of Justice, retired on 1 June 2021.",
            "Do Thi May: Director of the Department of Justice /2021-06-01 †",
        ),
        (
            "From 2004 to 2010, Mr. Ha Van Say served as Chairman of the District People's Committee.",
            "Ha Van Say: Chairman of the District People's Committee 2004/2010 †",
        ),
    ]);
}

#[test]
fn what_tells_of_no_office_when() {
    check(&[
        // Someone else has retired.
        (
            "Đồng chí Lê Văn Núi - Chủ tịch UBND tỉnh được bầu giữ chức Bí thư Tỉnh ủy, thay đồng chí Trần Văn Suối nghỉ hưu.",
            "",
        ),
        (
            "Le Van Nui, Chairman of the Provincial People's Committee, was elected Secretary of the Provincial Party \
             Committee, succeeding Tran Van Suoi, who retires.",
            "",
        ),
        // A plan, a proposal, a candidate.
        ("Ngày 3/9/2021, HĐND tỉnh sẽ bầu ông Trần Văn Suối giữ chức Chủ tịch UBND tỉnh.", ""),
        ("Ban Thường vụ giới thiệu ông Lê Văn Núi để bầu giữ chức Chủ tịch UBND huyện năm 2021.", ""),
        ("Ngày 3/3/2021, Tỉnh ủy đề nghị bổ nhiệm bà Đỗ Thị Mây làm Giám đốc Sở Y tế.", ""),
        (
            "On 3 August 2021, Mr. Le Van Nui was nominated to be elected as Chairman of the District People's Committee.",
            "",
        ),
        // Another person's date.
        (
            "Ông Trần Văn Suối, Bí thư Huyện ủy, thăm ông Hồ Văn Bản, nguyên Chủ tịch UBND huyện giai đoạn 2004-2010.",
            "Hồ Văn Bản: nguyên Chủ tịch UBND huyện 2004/2010 †",
        ),
        (
            "Ông Lê Văn Núi, Giám đốc Sở Y tế, trao quà cho bà Đỗ Thị Mây, Trưởng thôn từ năm 2012.",
            "Đỗ Thị Mây: Trưởng thôn 2012/",
        ),
        // What the clause tells, of its own subject.
        ("Theo ông Lê Văn Núi, Phó Giám đốc Sở Y tế, từ năm 2015 đến nay, Sở đã mua 12 máy.", ""),
        ("Theo ông Lê Văn Núi, Giám đốc Sở Y tế, từ đầu năm 2017, 12 huyện đã góp ý.", ""),
        // What befell the holder.
        (
            "Tỉnh ủy tạm đình chỉ công tác đối với ông Lê Văn Núi, Phó Giám đốc Sở Y tế, kể từ ngày 7-8-2020.",
            "",
        ),
        // A life.
        ("Kỷ niệm 110 năm ngày sinh đồng chí Lê Văn Núi, Bí thư Tỉnh ủy (16-6-1907 – 16-6-2017).", ""),
        // The date of a document, of a birth, of something else.
        ("Theo Quyết định số 12/QĐ-UBND ngày 3/1/2021, ông Lê Văn Núi giữ chức Giám đốc Sở Y tế.", ""),
        ("Quyết định số 12/QĐ-UBND ngày 3/1/2021 bổ nhiệm ông Lê Văn Núi giữ chức Giám đốc Sở Y tế.", ""),
        ("Ông Trần Văn Suối, sinh năm 1965, Chủ tịch UBND tỉnh, phát biểu.", ""),
        ("Ngày 5/7/2021, ông Trần Văn Suối, Chủ tịch UBND tỉnh, kiểm tra đê.", ""),
        ("Năm 2020, Giám đốc Sở Y tế Lê Văn Núi nhận bằng khen.", ""),
        // A term is the council's, not its chairman's.
        ("Đồng chí Lê Văn Núi, Chủ tịch HĐND huyện nhiệm kỳ 2016-2021, phát biểu.", ""),
        ("Mr. Le Van Nui, Chairman of the People's Council for the 2016-2021 term, spoke.", ""),
        (
            "On July 5, 2021, Chairman of the Provincial People's Committee Tran Van Suoi inspected the dyke.",
            "",
        ),
        ("Ông Trần Văn Suối - Chủ tịch UBND tỉnh.", ""),
    ]);
}

#[test]
fn offices_of_the_time_that_is_told_of() {
    check(&[
        (
            "Khi còn là Chủ tịch UBND huyện Hạ Sơn, ông Trần Văn Núi đã hứa.",
            "Trần Văn Núi: Chủ tịch UBND huyện Hạ Sơn / †",
        ),
        (
            "Trong thời gian làm Giám đốc Sở Công Thương, bà Lê Thị Suối, Phó Bí thư Tỉnh ủy, có vi phạm.",
            "Lê Thị Suối: Giám đốc Sở Công Thương / †",
        ),
        ("Trước khi làm Thứ trưởng Bộ Y tế, bà Lê Thị Suối dạy học.", ""),
        (
            "Bộ trưởng Bộ Công Thương khi đó là ông Trần Văn Núi đã ký.",
            "Trần Văn Núi: Bộ trưởng Bộ Công Thương / †",
        ),
        ("Trong khi đó, Bộ trưởng Bộ Công Thương Trần Văn Núi đã ký.", ""),
        (
            "Bà Lê Thị Suối giúp việc từ thời ông Trần Văn Núi làm Bộ trưởng Bộ Y tế.",
            "Trần Văn Núi: Bộ trưởng Bộ Y tế / †",
        ),
        (
            "Ông Trần Văn Núi, Chủ tịch UBND thị trấn Hạ Sơn, bị cách chức vì để xảy ra sai phạm.",
            "Trần Văn Núi: Chủ tịch UBND thị trấn Hạ Sơn / †",
        ),
        ("Ông Trần Văn Núi, Chủ tịch UBND xã Hạ Sơn, thay ông Bến, người đã bị cách chức.", ""),
        ("Năm 1987, Thủ tướng Trần Văn Núi thăm tỉnh.", "Trần Văn Núi: Thủ tướng / †"),
        ("Năm 1987, ông Trần Văn Núi, nay là Chủ tịch UBND huyện Hạ Sơn, vào nghề.", ""),
        ("Năm 2019, Thủ tướng Trần Văn Núi thăm tỉnh.", ""),
    ]);
}
