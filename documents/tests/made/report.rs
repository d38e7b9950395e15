//! Reports of an invented province, as authorities write them: the parts, the words and the cells that a reader must find.

/// Numbers that are the same in each run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.next() % (to - from + 1)
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.within(0, of.len() as u64 - 1) as usize]
    }

    fn chance(&mut self, hundredths: u64) -> bool {
        self.next() % 100 < hundredths
    }
}

const PLACES: [&str; 8] =
    ["Khê Thượng", "Thạch Lũng", "Lục Hà", "Bản Mường", "Sơn Khê", "Đồng Vọng", "Nà Phai", "Tân Lễ"];
const CROPS: [&str; 8] = ["chè", "ngô", "lúa mùa", "keo lai", "cam sành", "dong riềng", "quế", "hồi"];
const HEADINGS: [&str; 5] =
    ["Kết quả đạt được", "Tồn tại, hạn chế", "Nhiệm vụ trọng tâm", "Tình hình chung", "Công tác chỉ đạo"];

/// How a report is laid out.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is thrown for itself")]
pub(crate) struct Layout {
    pub(crate) landscape: bool,
    pub(crate) two_columns: bool,
    pub(crate) running_head: bool,
    pub(crate) page_numbers: bool,
    pub(crate) justified: bool,
    /// Points of its letters.
    pub(crate) size: u64,
}

/// What stands on every page.
pub(crate) const RUNNING_HEAD: &str = "UBND huyện - Báo cáo năm 2021";

#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// Rows of two cells each.
    Letterhead(Vec<[String; 2]>),
    Title(String),
    Heading(String),
    Paragraph(String),
    /// A paragraph and the note to its end.
    Noted(String, String),
    Item(String),
    /// An item with a number, which an editor gives it.
    Numbered(usize, String),
    Unit(String),
    Table(Table),
}

/// Heads over columns, some over two, and rows of numbers; an empty cell has none.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// From above; each with the columns that it reaches over, and whether it is the cell above that goes on.
    pub(crate) heads: Vec<Vec<(String, usize)>>,
    pub(crate) rows: Vec<Vec<String>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) layout: Layout,
    pub(crate) parts: Vec<Part>,
}

fn number(value: u64) -> String {
    if value >= 1_000 { format!("{}.{:03}", value / 1_000, value % 1_000) } else { value.to_string() }
}

fn share(dice: &mut Dice) -> String {
    format!("{},{}", dice.within(1, 98), dice.within(1, 9))
}

fn sentence(dice: &mut Dice) -> String {
    let (p, q, c) = (dice.one(&PLACES), dice.one(&PLACES), dice.one(&CROPS));
    match dice.within(0, 5) {
        0 => format!(
            "Diện tích {c} của huyện {p} đạt {} ha, bằng {}% kế hoạch và tăng {}% so với cùng kỳ năm trước.",
            number(dice.within(100, 9_000)),
            share(dice),
            share(dice)
        ),
        1 => format!(
            "Theo Quyết định số {}/QĐ-UBND ngày {}/{}/2021 của UBND tỉnh Sơn Khê, xã {q} được hỗ trợ {} triệu đồng để làm đường liên thôn.",
            dice.within(10, 3_000),
            dice.within(1, 28),
            dice.within(1, 12),
            number(dice.within(100, 9_999))
        ),
        2 => format!(
            "Tỷ lệ hộ nghèo của {p} giảm từ {}% xuống còn {}%; riêng xã {q} còn {} hộ.",
            share(dice),
            share(dice),
            dice.within(10, 400)
        ),
        3 => format!(
            "Ban Thường vụ Huyện ủy {p} yêu cầu các chi bộ quán triệt Chỉ thị số {}-CT/TU, kiểm tra tiến độ trồng {c} trước ngày {} tháng {}.",
            dice.within(1, 40),
            dice.within(1, 28),
            dice.within(1, 12)
        ),
        4 => format!(
            "Đến nay toàn huyện có {} xã đạt chuẩn nông thôn mới, {} xã đang hoàn thiện hồ sơ trình cấp trên thẩm định.",
            dice.within(2, 18),
            dice.within(1, 9)
        ),
        _ => format!(
            "Sản lượng {c} ước đạt {} tấn, giá bán bình quân {}.000 đồng/kg, người dân phấn khởi vì được mùa.",
            number(dice.within(1_000, 90_000)),
            dice.within(5, 90)
        ),
    }
}

fn paragraph(dice: &mut Dice) -> String {
    let sentences = dice.within(2, 4);
    (0..sentences).map(|_| sentence(dice)).collect::<Vec<_>>().join(" ")
}

impl Table {
    fn new(dice: &mut Dice) -> Self {
        let one = |words: &str| (words.to_owned(), 1);
        let grouped = dice.chance(40);
        let heads = if grouped {
            vec![
                vec![one("Địa phương"), ("Diện tích (ha)".to_owned(), 2), ("Sản lượng (tấn)".to_owned(), 2)],
                vec![one(""), one("Kế hoạch"), one("Thực hiện"), one("Kế hoạch"), one("Thực hiện")],
            ]
        } else {
            vec![vec![
                one("STT"),
                one("Địa phương"),
                one("Diện tích (ha)"),
                one("Sản lượng (tấn)"),
                one("Tỷ lệ (%)"),
            ]]
        };
        let rows = dice.within(4, 24);
        let rows = (0..rows).map(|at| {
            let place = format!("{} {}", dice.one(&PLACES), at + 1);
            let mut cells = if grouped { vec![place] } else { vec![(at + 1).to_string(), place] };
            while cells.len() < 5 {
                let last = cells.len() == 4;
                // Some are not known yet.
                let cell = match dice.chance(8) && !last {
                    true => String::new(),
                    false if last && !grouped => share(dice),
                    false => number(dice.within(100, 90_000)),
                };
                cells.push(cell);
            }
            cells
        });
        Self { rows: rows.collect(), heads }
    }

    /// What names each cell that holds a number: the heads of its column from above, and the place.
    pub(crate) fn cells(&self) -> Vec<(Vec<String>, String, String)> {
        let mut columns: Vec<Vec<String>> = vec![Vec::new(); 5];
        for row in &self.heads {
            let mut column = 0;
            for (words, wide) in row {
                for of in &mut columns[column..column + wide] {
                    of.extend((!words.is_empty()).then(|| words.clone()));
                }
                column += wide;
            }
        }
        let place = usize::from(self.heads.len() == 1);
        let mut cells = Vec::new();
        for row in &self.rows {
            for column in place + 1..5 {
                if !row[column].is_empty() {
                    cells.push((columns[column].clone(), row[place].clone(), row[column].clone()));
                }
            }
        }
        cells
    }
}

impl Report {
    pub(crate) fn new(seed: u64) -> Self {
        let dice = &mut Dice::new(seed);
        for _ in 0..8 {
            dice.next();
        }
        let layout = Layout {
            landscape: dice.chance(15),
            two_columns: dice.chance(20),
            running_head: dice.chance(40),
            page_numbers: dice.chance(50),
            justified: dice.chance(60),
            size: dice.within(11, 14),
        };
        let (has_table, has_list) = (dice.chance(70) && !layout.two_columns, dice.chance(40));
        let mut parts = Vec::new();
        if dice.chance(60) && !layout.two_columns {
            let (number, day, month) = (dice.within(10, 900), dice.within(1, 28), dice.within(1, 12));
            parts.push(Part::Letterhead(vec![
                ["ỦY BAN NHÂN DÂN".into(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".into()],
                ["TỈNH SƠN KHÊ".into(), "Độc lập - Tự do - Hạnh phúc".into()],
                [format!("Số: {number}/BC-UBND"), format!("Sơn Khê, ngày {day} tháng {month} năm 2021")],
            ]));
        }
        parts.push(Part::Title("BÁO CÁO".into()));
        let place = dice.one(&PLACES);
        parts.push(Part::Title(format!(
            "Kết quả sản xuất nông nghiệp và giảm nghèo năm 2021 của huyện {place}"
        )));
        let sections = dice.within(2, 4);
        for at in 0..sections {
            let sign = ["I", "II", "III", "IV"][at as usize];
            parts.push(Part::Heading(format!("{sign}. {}", dice.one(&HEADINGS))));
            for _ in 0..dice.within(2, 4) {
                parts.push(if dice.chance(10) {
                    let of = dice.one(&PLACES);
                    Part::Noted(paragraph(dice), format!("Số liệu của Chi cục Thống kê huyện {of}."))
                } else {
                    Part::Paragraph(paragraph(dice))
                });
            }
            if has_list {
                let items = dice.within(2, 5);
                parts.extend((0..items).map(|_| Part::Item(sentence(dice))));
            }
            if has_table && at == 1 {
                parts.push(Part::Unit("Biểu số liệu kèm theo như sau:".into()));
                parts.push(Part::Table(Table::new(dice)));
                parts.push(Part::Paragraph(paragraph(dice)));
            }
        }
        if dice.chance(50) {
            let mut last = 0;
            for part in &mut parts {
                last = if matches!(part, Part::Item(_)) { last + 1 } else { 0 };
                if let Part::Item(text) = part {
                    *part = Part::Numbered(last, std::mem::take(text));
                }
            }
        }
        Self { layout, parts }
    }

    /// All words of it, in the order in which they are read.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut say = |text: &str| words.extend(text.split_whitespace().map(str::to_owned));
        for part in &self.parts {
            match part {
                Part::Letterhead(rows) => rows.iter().flatten().for_each(|cell| say(cell)),
                Part::Noted(text, note) => [text, note].into_iter().for_each(|text| say(text)),
                Part::Numbered(number, text) => say(&format!("{number}. {text}")),
                Part::Title(text)
                | Part::Heading(text)
                | Part::Paragraph(text)
                | Part::Item(text)
                | Part::Unit(text) => say(text),
                Part::Table(table) => {
                    table.heads.iter().flatten().for_each(|(cell, _)| say(cell));
                    table.rows.iter().flatten().for_each(|cell| say(cell));
                }
            }
        }
        words
    }

    pub(crate) fn notes(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part, Part::Noted(..))).count()
    }

    /// What must be found in one piece.
    pub(crate) fn texts(&self) -> Vec<String> {
        let texts = self.parts.iter().filter_map(|part| match part {
            Part::Title(text) | Part::Heading(text) | Part::Paragraph(text) | Part::Unit(text) => {
                Some(text.clone())
            }
            Part::Noted(text, _) | Part::Item(text) => Some(text.clone()),
            Part::Numbered(number, text) => Some(format!("{number}. {text}")),
            Part::Letterhead(_) | Part::Table(_) => None,
        });
        texts.collect()
    }

    pub(crate) fn cells(&self) -> Vec<(Vec<String>, String, String)> {
        let tables = self.parts.iter().filter_map(|part| match part {
            Part::Table(table) => Some(table.cells()),
            _ => None,
        });
        tables.flatten().collect()
    }
}
