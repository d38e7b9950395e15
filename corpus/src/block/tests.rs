use super::*;
use proptest::prelude::*;

/// Each block as its kind, rank and words, indented by how deep it stands; tables by their cells.
fn shown(text: &str, marks: &[Mark]) -> String {
    let blocks = of(text, marks, None);
    let mut lines = Vec::new();
    for block in &blocks {
        let (mut depth, mut above) = (0, block.parent);
        while let Some(parent) = above {
            depth += 1;
            above = blocks[parent as usize].parent;
        }
        if !block.kind.has_text() {
            continue;
        }
        let ranked = matches!(block.kind, BlockKind::Heading | BlockKind::Item);
        let rank = if ranked { block.rank.to_string() } else { String::new() };
        let words: String = block.span.of(text).chars().take(16).collect();
        let words = words.trim_end();
        lines.push(format!("{}{}{rank} {words}", ".".repeat(depth), block.kind.as_str()));
    }
    lines.join("\n")
}

fn check(text: &str, expected: &str) {
    assert_eq!(shown(text, &[]), expected, "{text}");
}

#[test]
fn administrative_order_is_a_tree() {
    check(
        "I. ĐÁNH GIÁ CHUNG\n1. Về trồng rừng:\nNăm 2030 tỉnh Sơn Khê trồng 40 ha.\nTrong đó:\n- Rừng lim: 30 ha;\n+ Xã A: 10 ha;\n\
         - Rừng quế: 10 ha.\n2. Về chăn nuôi\nĐàn bò 300 con.\nII. NHIỆM VỤ\nTrồng thêm 20 ha.",
        "heading1 I. ĐÁNH GIÁ CHUN\n.heading2 1. Về trồng rừng\n..paragraph Năm 2030 tỉnh Sơ\n..paragraph Trong đó:\n...item1 - Rừng lim: 30 h\n\
         ....item2 + Xã A: 10 ha;\n...item1 - Rừng quế: 10 h\n.heading2 2. Về chăn nuôi\n..paragraph Đàn bò 300 con.\nheading1 II. NHIỆM VỤ\n\
         .paragraph Trồng thêm 20 ha",
    );
    check(
        "1. Tỷ lệ che phủ đạt 40%;\n2. Số xã nông thôn mới:\n- Huyện Bản Sảng: 3 xã;\n3. Thu ngân sách 20 tỷ đồng.",
        "item1 1. Tỷ lệ che phủ\nitem1 2. Số xã nông th\n.item2 - Huyện Bản Sảng\nitem1 3. Thu ngân sách",
    );
    check(
        "a) Mục tiêu chung\n(1) Trồng 30 ha rừng;\n(2) Nuôi 20 con bò.\nb) Mục tiêu riêng\n(1) Mở 3 lớp.",
        "heading1 a) Mục tiêu chun\n.item1 (1) Trồng 30 ha\n.item1 (2) Nuôi 20 con\nheading1 b) Mục tiêu riên\n.item1 (1) Mở 3 lớp.",
    );
}

#[test]
fn breaks_that_were_lost_are_found() {
    check(
        "Giá chè xuống thấp ở nhiều nơi trong vụ.Được mùa, được giáNhững ngày này bà con hái chè ở khắp các nương của huyện Bản Sảng.",
        "paragraph Giá chè xuống th\nheading1 Được mùa, được g\n.paragraph Những ngày này b",
    );
    check(
        "Mục tiêu năm 2030 gồm:- Trồng 30 ha rừng;- Mở 3 lớp;- Nuôi 20 con bò.",
        "paragraph Mục tiêu năm 203\n.item1 - Trồng 30 ha rừ\n.item1 - Mở 3 lớp;\n.item1 - Nuôi 20 con bò",
    );
    check("Hãng VinFast công bố giá bán xe mới ở Sơn Khê.", "paragraph Hãng VinFast côn");
    check("Tăng -1,12 % so với năm 2019. Lãi 2.5 triệu.", "paragraph Tăng -1,12 % so");
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    check(
        "Tổng nhu cầu vốn để hoàn thiện xây dựng nhà ở trong\ngiai đoạn 2026-2030 là 18 tỷ đồng.\nSau đó thì hết.",
        "paragraph Tổng nhu cầu vốn\nparagraph Sau đó thì hết.",
    );
}

#[test]
fn tables_have_rows_heads_and_units() {
    check(
        "Bảng 1. Dân số\nĐơn vị tính: người\nXã | 2019 | 2020\nNà Phai | 1.200 | 1.250\nBản Sảng | 900 | 910\nHết.",
        "caption Bảng 1. Dân số\nunit-line Đơn vị tính: ngư\n..cell Xã\n..cell 2019\n..cell 2020\n..cell Nà Phai\n..cell 1.200\n\
         ..cell 1.250\n..cell Bản Sảng\n..cell 900\n..cell 910\nparagraph Hết.",
    );
    let heads = of("Xã | 2019\nNà Phai | 1.200", &[], None);
    assert_eq!(heads.iter().filter(|block| block.heads).count(), 3);
}

#[test]
fn the_head_of_a_document_is_a_letterhead() {
    check(
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN KHÊ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-UBND\nSơn Khê, ngày 3 tháng 2 năm 2031\nKẾ HOẠCH\n\
         Căn cứ Luật Lâm nghiệp, tỉnh lập kế hoạch.\nTM. ỦY BAN NHÂN DÂN\nTrần Văn Suối",
        "letterhead ỦY BAN NHÂN DÂN\nletterhead TỈNH SƠN KHÊ\nletterhead CỘNG HÒA XÃ HỘI\nletterhead Số: 12/KH-UBND\n\
         letterhead Sơn Khê, ngày 3\nheading1 KẾ HOẠCH\n.paragraph Căn cứ Luật Lâm\n.signature TM. ỦY BAN NHÂN\n.signature Trần Văn Suối",
    );
}

#[test]
fn what_a_form_knows_goes_before_what_a_line_looks_like() {
    let text = "Tăng trưởng của năm\nCả tỉnh tăng 3%.\nRừng\nChợ";
    let line = |from: usize, to: usize, form| Mark { span: Span::new(from, to), form };
    let at = |words: &str| text.find(words).unwrap();
    let marks = [
        line(0, at("Cả") - 1, Form::Heading(2)),
        line(at("Rừng"), at("Chợ") - 1, Form::Item(1)),
        line(at("Chợ"), text.len(), Form::Item(2)),
    ];
    assert_eq!(
        shown(text, &marks),
        "heading1 Tăng trưởng của\n.paragraph Cả tỉnh tăng 3%.\n.item1 Rừng\n..item2 Chợ"
    );
}

/// A hundred thousand signs, and lists that never close, take time in proportion and stand at most so deep.
#[test]
fn hostile_texts_are_read_in_one_pass() {
    for unit in [
        "- a\n",
        "1. Một\n",
        "I. A\na) b\n",
        "a:\n",
        "x | y\n",
        "(1) A;- B;+ C.",
        "aB cD eF gH",
        "Điều 1. A\n",
        "“a”.\n",
        "aB",
        "1. 1",
        "a!B",
        "- ",
        "(1) ",
    ] {
        let text = unit.repeat(100_000);
        let started = std::time::Instant::now();
        let blocks = of(&text, &[], None);
        assert!(started.elapsed().as_secs() < 20, "{unit:?}: {:?}", started.elapsed());
        for (at, block) in blocks.iter().enumerate() {
            assert!(block.parent.is_none_or(|parent| (parent as usize) < at));
        }
    }
    let deep: Vec<Mark> = (0..1_000_u32)
        .map(|at| Mark {
            span: Span::new(at as usize * 2, at as usize * 2 + 1),
            form: Form::Item(u8::try_from(at).unwrap_or(u8::MAX)),
        })
        .collect();
    assert_eq!(of(&"a\n".repeat(1_000), &deep, None).len(), 1_000);
}

proptest! {
    #[test]
    fn blocks_hold_every_word_once_and_in_order(text in "[a-zđA-ZĐ0-9.:;|%() \n\t+*“”-]{0,400}") {
        let blocks = of(&text, &[], None);
        let mut at = 0;
        for block in blocks.iter().filter(|block| block.kind.has_text()) {
            prop_assert!(block.span.start() >= at);
            prop_assert!(text[at..block.span.start()].chars().all(|c| c.is_whitespace() || c == '|'));
            at = block.span.end();
        }
        prop_assert!(text[at..].chars().all(|c| c.is_whitespace() || c == '|'));
        for (at, block) in blocks.iter().enumerate() {
            if let Some(parent) = block.parent {
                prop_assert!((parent as usize) < at);
                let parent = &blocks[parent as usize];
                prop_assert!(matches!(parent.kind, BlockKind::Row | BlockKind::Table) == matches!(block.kind, BlockKind::Row | BlockKind::Cell));
            }
        }
    }
}
