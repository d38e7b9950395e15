//! Texts without the shape of any prose: they cost as much as their length, and no byte of them much more than one of
//! prose.

use std::time::Instant;

use corpus::{Article, Span};

use super::Extractor;
use crate::{Mentions, Reading as _};

/// Prose of our own about an invented province, as dense with mentions as news are.
const PROSE: &str = "Sáng 25/6, UBND tỉnh Sơn Khê họp bàn nhiệm vụ 6 tháng cuối năm 2021. Đồng chí Trần Văn Mạnh - Chủ \
    tịch UBND tỉnh chủ trì hội nghị. Đến nay toàn tỉnh có 121/180 xã đạt chuẩn nông thôn mới theo Chỉ thị số 15-CT/TU \
    ngày 14/02/2018 của Ban Thường vụ Tỉnh ủy về xây dựng nông thôn mới; thu ngân sách đạt 9.504 tỷ đồng, tăng 7,58% so \
    với cùng kỳ. Người dân các bản vùng cao phấn khởi trước những đổi thay của quê hương, đường về bản không còn lầy \
    lội như trước.\n";

/// What a hostile text repeats.
enum Piece {
    Same(&'static str),
    /// Another for each number.
    Each(fn(usize) -> String),
}

use Piece::{Each, Same};

/// What is repeated, with a name for it.
const TEXTS: &[(&str, Piece)] = &[
    ("titles and names", Same("Bộ trưởng Nguyễn Văn An ")),
    ("titles and names with commas", Same("Chủ tịch Nguyễn Văn An, ")),
    ("names and titles", Same("Nguyễn Văn An - Chủ tịch ")),
    ("names, titles, commas", Same("Nguyễn Văn An, Chủ tịch, ")),
    ("honoured", Same("Ông Nguyễn Văn A, ")),
    ("honoured and titled", Same("đồng chí Nguyễn Văn An, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh; ")),
    ("long titles", Same("Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh ")),
    ("titles", Same("Chủ tịch ")),
    ("titles with commas", Same("Chủ tịch, ")),
    ("titles joined", Same("Chủ tịch và ")),
    ("titles of bodies", Same("Giám đốc Sở ")),
    ("titles of task bodies", Same("Trưởng Ban Chỉ đạo đổi mới và phát triển ")),
    ("small titles", Same("phó chủ tịch ")),
    ("English titles", Same("Chairman of the ")),
    ("English titles and names", Same("Chairman Nguyen Van An, ")),
    ("English capitals and titles", Same("Provincial Deputy Party ")),
    ("foreign", Same("Thủ tướng Nhật Bản Abe Shinzo, ")),
    ("foreign offices", Same("Thủ tướng Nhật Bản ")),
    ("appointed", Same("bầu ông Nguyễn Văn An giữ chức Chủ tịch UBND tỉnh từ năm 2010 đến năm 2015, ")),
    ("retired", Same("Nguyễn Văn An, Chủ tịch, nghỉ hưu từ ngày 1/2/2015, ")),
    ("names", Same("Nguyễn Văn An ")),
    ("names with commas", Same("Nguyễn Văn An, ")),
    ("family names", Same("Nguyễn ")),
    ("capitals", Same("NGUYỄN VĂN AN ")),
    ("directives about", Each(|n| format!("Chỉ thị số {n} về "))),
    ("directives", Each(|n| format!("Chỉ thị số {n}-CT/TU, "))),
    ("one directive", Same("Chỉ thị số 5-CT/TU của Tỉnh ủy về ")),
    (
        "many symbols",
        Each(|n| format!("Chỉ thị số 5-{}/TU về ", ["CT", "NQ", "KH", "QĐ"][n % 4].repeat(1 + n % 3))),
    ),
    ("types without number", Same("Chỉ thị của ")),
    ("types and numbers", Same("Nghị quyết 1 ")),
    ("numbers with symbols", Same("12/QĐ-UBND ")),
    ("symbols", Same("1-A/B-C/D-E/")),
    ("issuers", Same("Ban Thường vụ Tỉnh ủy ban hành ")),
    ("laws", Same("Luật Đất đai, ")),
    ("laws and directives", Each(|n| format!("Luật Đất đai, Chỉ thị {n}-CT/TU; "))),
    ("English laws", Same("Law on Land and ")),
    ("congresses", Same("nghị quyết Đại hội Đảng bộ tỉnh ")),
    ("quotes", Same("Chỉ thị 5-CT/TU về “")),
    ("percentages", Same("5,5% ")),
    ("counts", Same("có 5 xã và ")),
    ("amounts", Same("9.504 tỷ đồng, tăng 7,58%; ")),
    ("shares", Same("12/18 xã đạt 66,7%, ")),
    ("ranges", Same("từ 5 đến 10% ")),
    ("bounds", Same("hơn 5 trên 6 dưới ")),
    ("money words", Same("tỷ đồng ")),
    ("periods", Same("quý 1 năm 2020 ")),
    ("periods and figures", Same("6 tháng đầu năm 2020 thu 5 tỷ đồng, ")),
    ("growth in a list", Same("GRDP tăng 7,5% so với cùng kỳ; ")),
    ("a row of the catalogue", Same("121/180 xã đạt chuẩn nông thôn mới năm 2021, ")),
    ("values in a list", Same("8%; ")),
    ("places in a list", Each(|n| format!("huyện Sơn {} có {n} xã, ", ["Hạ", "Thượng", "Trung"][n % 3]))),
    ("rows of a table", Same("Thu ngân sách 5 6 7 8 9\n")),
    ("dates", Same("20/11/2020 ")),
    ("years", Same("năm 2020 ")),
    ("digits", Same("7")),
    ("digits and blanks", Same("7 ")),
    ("digits and stops", Same("1.")),
    ("digits and commas", Same("1,")),
    ("enumeration", Each(|n| format!("{n}. Xã; "))),
    ("items", Same("- a) 1; ")),
    ("stops", Same("a. ")),
    ("dots", Same(".")),
    ("semicolons", Same("a;")),
    ("commas", Same(", ")),
    ("dashes", Same("- ")),
    ("slashes", Same("/")),
    ("opening brackets", Same("(")),
    ("brackets", Same("(a) ")),
    ("quote marks", Same("“”")),
    ("colons", Same("a: ")),
    ("lines", Same("a\n")),
    ("blanks", Same(" ")),
    ("one letter", Same("a")),
    ("one capital", Same("A")),
    ("one accented letter", Same("ế")),
    ("marks", Same("a\u{301}\u{302}")),
    ("wide signs", Same("🏮")),
    ("provinces", Same("Hà Nội, ")),
    ("former", Same("nguyên Chủ tịch ")),
    ("comrades", Same("Các đồng chí Ủy viên Ban: ")),
];

fn text_of(piece: &Piece, size: usize) -> String {
    let mut text = String::with_capacity(size + 100);
    for number in 0.. {
        match piece {
            Same(words) => text.push_str(words),
            Each(words) => text.push_str(&words(number)),
        }
        if text.len() >= size {
            break;
        }
    }
    text
}

fn article(text: String) -> Article {
    Article { text, ..Article::default() }
}

/// Seconds that a byte takes: the least of some times.
fn cost(article: &Article, times: usize) -> f64 {
    let one = |_| {
        let begin = Instant::now();
        Extractor.mentions(article);
        begin.elapsed().as_secs_f64() / article.text.len() as f64
    };
    (0..times).map(one).fold(f64::INFINITY, f64::min)
}

#[test]
fn a_hostile_byte_costs_little_more_than_one_of_prose() {
    const SIZE: usize = 32_000;
    /// Optimised, the worst costs three times as much.
    const MOST: f64 = 8.0;
    /// Four times as long a text costs four times as much, and sixteen where its square counts.
    const GROWTH: f64 = 2.5;
    /// What costs so little beside prose, also in the longer text, is cheap however the clock shook.
    const LITTLE: f64 = 0.5;
    let prose = article(text_of(&Same(PROSE), SIZE));
    cost(&prose, 2);
    let mut failed = Vec::new();
    for (name, piece) in TEXTS {
        let (short, long) = (article(text_of(piece, SIZE)), article(text_of(piece, 4 * SIZE)));
        let mut last = (0.0, 0.0);
        // Others use the machine too: what is slow is measured again, longer, beside prose of the same moment.
        let is_cheap = [1, 3, 5, 7].into_iter().any(|times| {
            let (usual, short, long) = (cost(&prose, times + 1), cost(&short, times + 1), cost(&long, times));
            last = (long / usual, long / short);
            last.0 <= LITTLE || last.0 <= MOST && last.1 <= GROWTH
        });
        if !is_cheap {
            failed.push(format!(
                "{name}: {:.1} times prose, {:.1} times as much a byte in a longer one",
                last.0, last.1
            ));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn reading_ends_where_there_is_enough() {
    let text = text_of(&Same(PROSE), 200_000);
    let article = article(text.clone());
    let all = Extractor.mentions(&article);
    let count = |found: &Mentions| found.directives.len() + found.officials.len() + found.figures.len();
    let check = |most: usize| {
        let mut asked = Vec::new();
        let (found, left) = Extractor.first_mentions(&article, |found| {
            asked.push(found);
            found >= most
        });
        let left = left.expect("it is left");
        assert!(asked.iter().rev().skip(1).all(|asked| *asked < most), "{most}: {asked:?}");
        // All in front of where it was left, and nothing behind.
        assert!(text[..left].ends_with('\n') || left == 0);
        let before = |span: Span| span.start() < left;
        assert_eq!(found.directives[..], all.directives[..found.directives.len()]);
        assert_eq!(found.directives.len(), all.directives.iter().filter(|one| before(one.span)).count());
        assert_eq!(found.officials[..], all.officials[..found.officials.len()]);
        assert_eq!(found.officials.len(), all.officials.iter().filter(|one| before(one.span)).count());
        assert_eq!(found.figures[..], all.figures[..found.figures.len()]);
        assert_eq!(found.figures.len(), all.figures.iter().filter(|one| before(one.span)).count());
        count(&found)
    };
    assert_eq!(check(0), 0);
    assert!((1..500).contains(&check(1)));
    assert!((500..1_500).contains(&check(500)));
    assert_eq!(Extractor.first_mentions(&article, |_| false), (all, None));
}
