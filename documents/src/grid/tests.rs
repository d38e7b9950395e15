//! Tables as they stand on pages, in miniature.

use super::*;
use crate::layout::tests::{page, texts};

#[test]
fn cells_that_stand_side_by_side_are_rows() {
    let check = |what: &str, lines: &[(f64, f64, &str)], expected: &[&str]| {
        let mut pages = [page(lines)];
        find_tables(&mut pages);
        assert_eq!(texts(&pages[0]), expected, "{what}");
    };
    check(
        "a plain table, given by columns",
        &[
            (60.0, 40.0, "Toàn huyện có 717 hộ."),
            (60.0, 80.0, "Xã"),
            (60.0, 100.0, "Nà Phai"),
            (60.0, 120.0, "Tổng số"),
            (250.0, 80.0, "Số hộ"),
            (250.0, 100.0, "412"),
            (250.0, 120.0, "717"),
            (400.0, 80.0, "Diện tích (ha)"),
            (400.0, 120.0, "63,5"),
            (60.0, 160.0, "Các xã tiếp tục."),
        ],
        &[
            "Toàn huyện có 717 hộ.",
            "Xã | Số hộ | Diện tích (ha)",
            "Nà Phai | 412",
            "Tổng số | 717 | 63,5",
            "Các xã tiếp tục.",
        ],
    );
    check(
        "cells of two lines",
        &[
            (60.0, 80.0, "Chỉ tiêu"),
            (250.0, 80.0, "Năm"),
            (60.0, 100.0, "Hộ nghèo theo"),
            (250.0, 100.0, "412"),
            (60.0, 114.0, "chuẩn mới"),
            (60.0, 140.0, "Thu ngân sách"),
            (250.0, 140.0, "35,4"),
        ],
        &["Chỉ tiêu | Năm", "Hộ nghèo theo chuẩn mới | 412", "Thu ngân sách | 35,4"],
    );
    check(
        "heads in the middle of the columns that they reach over",
        &[
            (80.0, 60.0, "Xã"),
            (205.0, 60.0, "Diện tích"),
            (405.0, 60.0, "Sản lượng"),
            (180.0, 76.0, "Giao"),
            (280.0, 76.0, "Đạt"),
            (380.0, 76.0, "Giao"),
            (480.0, 76.0, "Đạt"),
            (40.0, 96.0, "A"),
            (200.0, 96.0, "412"),
            (300.0, 96.0, "305"),
            (400.0, 96.0, "717"),
            (500.0, 96.0, "633"),
            (40.0, 116.0, "B"),
            (300.0, 116.0, "99"),
            (500.0, 116.0, "87"),
        ],
        &[
            "Xã | Diện tích || Sản lượng ||",
            "|  | Giao | Đạt | Giao | Đạt",
            "A | 412 | 305 | 717 | 633",
            "B |  | 99 |  | 87",
        ],
    );
    check(
        "items whose numbers stand apart",
        &[
            (60.0, 80.0, "1."),
            (110.0, 80.0, "Diện tích chè đạt 412 ha, giá 24.000 đồng"),
            (60.0, 100.0, "2."),
            (110.0, 100.0, "Diện tích quế đạt 305 ha, giá 31.000 đồng"),
        ],
        &[
            "1.",
            "Diện tích chè đạt 412 ha, giá 24.000 đồng",
            "2.",
            "Diện tích quế đạt 305 ha, giá 31.000 đồng",
        ],
    );
    check(
        "two tables, of which the second has other columns",
        &[
            (60.0, 80.0, "Năm"),
            (200.0, 80.0, "Nam"),
            (300.0, 80.0, "Nữ"),
            (60.0, 100.0, "2012"),
            (200.0, 100.0, "412"),
            (300.0, 100.0, "305"),
            (60.0, 120.0, "2013"),
            (200.0, 120.0, "99"),
            (300.0, 120.0, "87"),
            (60.0, 140.0, "Biểu 2. Lao động"),
            (60.0, 160.0, "Huyện Khê"),
            (250.0, 160.0, "Tổng"),
            (60.0, 180.0, "Nà Phai và các xã ở trên"),
            (250.0, 180.0, "1.717"),
            (60.0, 200.0, "Tân Lễ và các xã ở dưới"),
            (250.0, 200.0, "2.633"),
        ],
        &[
            "Năm | Nam | Nữ",
            "2012 | 412 | 305",
            "2013 | 99 | 87",
            "Biểu 2. Lao động",
            "Huyện Khê | Tổng",
            "Nà Phai và các xã ở trên | 1.717",
            "Tân Lễ và các xã ở dưới | 2.633",
        ],
    );
    check(
        "numbers that begin at one place, close to words",
        &[
            (60.0, 80.0, "Xã"),
            (110.0, 80.0, "Hộ"),
            (200.0, 80.0, "Rừng"),
            (60.0, 100.0, "Xã Bắc"),
            (110.0, 100.0, "412"),
            (200.0, 100.0, "1.250"),
            (60.0, 120.0, "Xã Nà Cò"),
            (110.0, 120.0, "305"),
            (200.0, 120.0, "987"),
            (60.0, 140.0, "Xã Nam"),
            (110.0, 140.0, "717"),
            (200.0, 140.0, "2.044"),
        ],
        &["Xã | Hộ | Rừng", "Xã Bắc | 412 | 1.250", "Xã Nà Cò | 305 | 987", "Xã Nam | 717 | 2.044"],
    );
    check(
        "items above a table",
        &[
            (60.0, 80.0, "1."),
            (110.0, 80.0, "Diện tích chè của cả huyện đạt 412 ha"),
            (60.0, 100.0, "2."),
            (110.0, 100.0, "Diện tích quế của cả huyện đạt 305 ha"),
            (60.0, 120.0, "Xã"),
            (250.0, 120.0, "Hộ"),
            (60.0, 140.0, "Nà Phai"),
            (250.0, 140.0, "99"),
            (60.0, 160.0, "Tân Lễ"),
            (250.0, 160.0, "87"),
        ],
        &[
            "1.",
            "Diện tích chè của cả huyện đạt 412 ha",
            "2.",
            "Diện tích quế của cả huyện đạt 305 ha",
            "Xã | Hộ",
            "Nà Phai | 99",
            "Tân Lễ | 87",
        ],
    );
    check(
        "the head of a letter",
        &[
            (60.0, 40.0, "ỦY BAN NHÂN DÂN"),
            (60.0, 56.0, "TỈNH SƠN KHÊ"),
            (60.0, 72.0, "Số: 77/BC-UBND"),
            (300.0, 40.0, "CỘNG HÒA XÃ HỘI"),
            (300.0, 56.0, "Độc lập - Tự do"),
            (300.0, 72.0, "Sơn Khê, ngày 5 tháng 3 năm 2021"),
        ],
        &[
            "ỦY BAN NHÂN DÂN",
            "TỈNH SƠN KHÊ",
            "Số: 77/BC-UBND",
            "CỘNG HÒA XÃ HỘI",
            "Độc lập - Tự do",
            "Sơn Khê, ngày 5 tháng 3 năm 2021",
        ],
    );
}

#[test]
fn tables_go_on_over_the_end_of_a_page() {
    let check = |what: &str, pages: [&[(f64, f64, &str)]; 2], expected: [&[&str]; 2]| {
        let mut pages = pages.map(page);
        find_tables(&mut pages);
        assert_eq!([texts(&pages[0]), texts(&pages[1])], expected, "{what}");
    };
    let heads = [(50.0, 700.0, "STT"), (160.0, 700.0, "Xã"), (260.0, 700.0, "Diện tích")];
    let numbers = [
        (40.0, 60.0, "1"),
        (120.0, 60.0, "Nà Phai"),
        (250.0, 60.0, "412"),
        (40.0, 80.0, "2"),
        (120.0, 80.0, "Tân Lễ"),
        (250.0, 80.0, "305"),
    ];
    check(
        "heads at the foot of the page",
        [&heads, &numbers],
        [&[], &["STT | Xã | Diện tích", "1 | Nà Phai | 412", "2 | Tân Lễ | 305"]],
    );
    let torn = [&heads[..], &[(260.0, 40.0, "(ha)")], &numbers];
    check(
        "heads that are torn",
        [torn[0], &[torn[1], torn[2]].concat()],
        [&[], &["STT | Xã | Diện tích (ha)", "1 | Nà Phai | 412", "2 | Tân Lễ | 305"]],
    );
    let below = |lines: &[(f64, f64, &'static str)]| -> Vec<(f64, f64, &str)> {
        lines.iter().map(|(left, top, text)| (*left, top + 20.0, *text)).collect()
    };
    let before = below(&numbers);
    let before =
        [&[(50.0, 60.0, "STT"), (160.0, 60.0, "Xã"), (260.0, 60.0, "Diện tích")], &before[..]].concat();
    let rows = ["STT | Xã | Diện tích", "1 | Nà Phai | 412"];
    check(
        "a name that is torn, and a single row",
        [&before, &[(120.0, 40.0, "2"), (40.0, 60.0, "3"), (120.0, 60.0, "Lục Hà"), (250.0, 60.0, "99")]],
        [&[rows[0], rows[1], "2 | Tân Lễ 2 | 305"], &["3 | Lục Hà | 99"]],
    );
    check(
        "what stands below a table is no rest of it",
        [&before, &[(120.0, 40.0, "Người lập biểu ký tên"), (60.0, 60.0, "Hà Văn Sín")]],
        [&[rows[0], rows[1], "2 | Tân Lễ | 305"], &["Người lập biểu ký tên", "Hà Văn Sín"]],
    );
}
