//! What the head of an official document says of it: who issued it, its number, the day on which it was signed, and its
//! subject. The head begins with the authority and the motto of the state, none of which is its title.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;

use crate::text::plain;
use crate::{Article, DateOrigin, Published, Span};

/// Lines from the top in which a head stands.
const TOP: usize = 30;
/// Lines of a subject.
const LINES: usize = 5;
/// The longest line of a subject, in characters: a longer one is the first paragraph.
const LONGEST_LINE: usize = 300;
/// The longest line after its first that does not go on in small letters.
const LONGEST_NEXT: usize = 110;
/// The longest subject, in characters.
const LONGEST: usize = 500;
/// Bytes of words that are told apart by the marks on their letters alone.
const SHORT: usize = 4;
/// Letters in a hundred of a line in capitals that are capitals.
const CAPITALS: usize = 80;
/// Words that the reader of a scan may find before a kind, where a stamp stands beside it.
const STRAY: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    heads: Vec<String>,
    kinds: Vec<String>,
    subjects: Vec<String>,
    stops: Vec<Stop>,
    opens: Vec<String>,
    feet: Vec<String>,
}

/// How a line begins that is no more of a subject.
#[derive(Deserialize)]
#[serde(from = "String")]
struct Stop {
    words: String,
    plain: String,
}

impl From<String> for Stop {
    fn from(words: String) -> Self {
        Self { plain: plain(&words), words }
    }
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules: Rules =
        toml::from_str(include_str!("../rules/head.toml")).expect("the shipped rules are checked by a test");
    for words in [&mut rules.heads, &mut rules.kinds, &mut rules.opens, &mut rules.feet] {
        for words in words.iter_mut() {
            *words = plain(words);
        }
    }
    rules.kinds.sort_by_key(|kind| std::cmp::Reverse(kind.len()));
    rules
});

/// What a document says itself that it is about, in its head.
pub fn subject(text: &str) -> Option<String> {
    let lines = top(text);
    Head::of(&lines)?.subject()
}

/// What the head of an official document says of the document itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The line of its number, `Số: 12/BC-UBND`.
    pub number: Span,
    /// The lines of who issued it, the one above it first.
    pub authority: Vec<String>,
    /// The day on which it was signed.
    pub signed: Option<Date>,
    /// What it is about.
    pub subject: Option<String>,
}

/// What the head of a text says of the document that it is; `None` where it has none with a number.
pub fn own(text: &str) -> Option<Own> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)^số\s*[:.]?\s*\d+[^\s/]*\s?/").expect("the pattern is constant"));
    static PARTY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^số\s*[:.]?\s*\d+\s?[-–]\s?[\p{Lu}-]{2,}").expect("the pattern is constant")
    });
    let lines = top(text);
    let head = Head::of(&lines).filter(|head| head.has_motto)?;
    let above = head.kind.map_or(lines.len(), |(at, _)| at);
    let is_number = |line: &Line<'_>| NUMBER.is_match(line.text) || PARTY.is_match(line.text);
    let at = lines[..above].iter().position(is_number)?;
    let number = lines[at];
    let authority = lines[..at].iter().filter(|line| is_authority(line.text));
    Some(Own {
        number: Span::new(number.start, number.start + number.text.len()),
        authority: authority.map(|line| line.text.to_owned()).collect(),
        signed: head.signed().map(|signed| signed.date),
        subject: head.subject(),
    })
}

/// Whether a line above the number is of who issued a document: no motto, no day, no rule under a name.
fn is_authority(line: &str) -> bool {
    let is_short = line.chars().count() <= LONGEST_NEXT;
    let has_words = line.chars().filter(|letter| letter.is_alphabetic()).count() > 2;
    is_short
        && has_words
        && !line.contains(|letter: char| letter.is_ascii_digit())
        && !is_motto(line)
        && !is_part_of_motto(line)
}

/// Whether a line is the beginning or the end of a motto that stands in two lines: `CỘNG HÒA XÃ HỘI CHỦ NGHĨA`, `VIỆT NAM`.
fn is_part_of_motto(line: &str) -> bool {
    let words = plain(line);
    let is_part = |rest: &str| rest.starts_with(' ') || rest.ends_with(' ');
    RULES.heads.iter().any(|head| {
        let rest = head.strip_prefix(words.as_str()).or_else(|| head.strip_suffix(words.as_str()));
        words.contains(' ') && rest.is_some_and(is_part)
    })
}

fn is_motto(line: &str) -> bool {
    let line = plain(line);
    RULES.heads.iter().any(|head| line.contains(head.as_str()))
}

/// Whether lines are the head of an official document, or its foot: the motto, who signs, to whom it goes.
pub fn is_head_or_foot(lines: &[&str]) -> bool {
    lines.iter().any(|line| {
        let words = plain(line);
        is_motto(line) || RULES.feet.iter().any(|foot| words.starts_with(foot.as_str()))
    })
}

/// A line of a head, and the byte of the text where it begins.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    text: &'a str,
    start: usize,
}

/// The first lines of a text. A letter head is a table in some files: its cells are lines.
fn top(text: &str) -> Vec<Line<'_>> {
    const CELLS: &str = " | ";
    let mut lines = Vec::new();
    let mut start = 0;
    let whole = text.split_inclusive('\n').map(|line| {
        start += line.len();
        (start - line.len(), line)
    });
    for (line_start, line) in whole.filter(|(_, line)| !line.trim().is_empty()).take(TOP) {
        let mut start = line_start;
        for cell in line.split(CELLS) {
            let blanks = cell.len() - cell.trim_start().len();
            lines.push(Line { text: cell.trim(), start: start + blanks });
            start += cell.len() + CELLS.len();
        }
    }
    lines
}

/// Gives an article what the head of its text says, where it has one.
pub fn fill(article: &mut Article) {
    let lines = top(&article.text);
    let Some(head) = Head::of(&lines) else { return };
    let subject = head.subject();
    let signed = head.signed();
    if let Some(subject) = subject {
        article.title = Some(subject);
    }
    if article.published.is_none() {
        article.published = signed;
    }
}

/// The first lines of a document.
struct Head<'a> {
    lines: &'a [Line<'a>],
    /// The motto of the state stands among them, so that it is a document of an authority for certain.
    has_motto: bool,
    /// The line of its kind, and the bytes of it before the kind.
    kind: Option<(usize, Kind)>,
}

/// How a kind stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Alone: the subject follows.
    Alone,
    /// With the subject behind it.
    Begins,
}

impl<'a> Head<'a> {
    /// The head that lines are; `None` where they are none.
    fn of(lines: &'a [Line<'a>]) -> Option<Self> {
        let has_motto = lines.iter().any(|line| is_motto(line.text));
        let kind = lines.iter().enumerate().find_map(|(at, line)| Some((at, kind(line.text)?)));
        // Without the motto a kind alone at the top is a head too.
        let is_head = has_motto || kind.is_some_and(|(at, _)| at <= 2);
        is_head.then_some(Self { lines, has_motto, kind })
    }

    fn subject(&self) -> Option<String> {
        let subject = match self.kind {
            Some((at, Kind::Alone)) => self.from(at + 1, ""),
            Some((at, Kind::Begins)) => self.from(at + 1, self.lines[at].text),
            None => self.letter(),
        };
        let subject =
            subject.trim_matches(|letter: char| !letter.is_alphanumeric() && !"“”\"()".contains(letter));
        (subject.split(' ').count() > 1).then(|| subject.chars().take(LONGEST).collect())
    }

    /// A subject of several lines that goes on at a line.
    fn from(&self, at: usize, beginning: &str) -> String {
        let mut subject = beginning.to_owned();
        let is_capital = is_in_capitals(beginning) && !beginning.is_empty();
        for line in self.lines[at.min(self.lines.len())..].iter().take(LINES) {
            // Of what stands beside a stamp the subject is what it begins with.
            let line = if subject.is_empty() { without_stray(line.text) } else { line.text };
            let goes_on = line.starts_with(char::is_lowercase);
            let is_paragraph = !subject.is_empty()
                && !goes_on
                && (line.ends_with('.') || line.chars().count() > LONGEST_NEXT);
            let ends = (stops(line) && (!subject.is_empty() || begins_text(line)))
                || is_paragraph
                || line.chars().count() > LONGEST_LINE
                || begins_section(line)
                || (is_capital && !is_in_capitals(line) && !subject.is_empty());
            if ends {
                break;
            }
            let letters = line.chars().filter(|letter| letter.is_alphanumeric()).count();
            if letters < 3 || (subject.is_empty() && !line.contains(char::is_alphabetic)) {
                continue;
            }
            if !subject.is_empty() {
                subject.push(' ');
            }
            subject.push_str(line);
            if line.ends_with(['.', ';', ':']) {
                break;
            }
        }
        subject
    }

    /// The subject of a letter: what stands behind `V/v`.
    fn letter(&self) -> String {
        let found = self.lines.iter().enumerate().find_map(|(at, line)| Some((at, subject_mark(line.text)?)));
        let Some((at, begins)) = found else { return String::new() };
        let mut subject = self.lines[at].text[begins..].trim_start_matches([' ', ':', '.']).to_owned();
        for line in self.lines[at + 1..].iter().map(|line| line.text) {
            let goes_on =
                line.chars().next().is_some_and(|letter| letter.is_lowercase() || letter.is_ascii_digit());
            if !goes_on || stops(line) || line.chars().count() > LONGEST_LINE {
                break;
            }
            subject.push(' ');
            subject.push_str(line);
        }
        subject
    }

    /// The day on which it was signed: `Sơn Khê, ngày 5 tháng 3 năm 2021` above its subject.
    fn signed(&self) -> Option<Published> {
        static DAY: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)^[^,.:;\d]{2,40},\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\W*$")
                .expect("the pattern is constant")
        });
        let above = self.kind.map_or(self.lines.len(), |(at, _)| at + 1);
        let above = &self.lines[..above];
        // The year can stand in the next line, with one of the other column before it.
        let whole = |(at, line): (usize, &Line<'_>)| {
            let mut below = above[at + 1..].iter().take(2).map(|line| line.text);
            let year = below.find(|text| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()));
            let line = match year.filter(|_| line.text.ends_with("năm")) {
                Some(year) => format!("{} {year}", line.text),
                None => line.text.to_owned(),
            };
            DAY.is_match(&line).then_some(line)
        };
        let line = above.iter().enumerate().find_map(whole)?;
        let found = crate::date::find(&line)?;
        Some(Published { date: found.date, time: None, origin: DateOrigin::Visible })
    }
}

/// The kind that a line gives, in capitals.
fn kind(line: &str) -> Option<Kind> {
    if !is_in_capitals(line) {
        return None;
    }
    let words = plain(line);
    RULES.kinds.iter().find_map(|kind| {
        let is_word = |rest: &str| rest.is_empty() || !rest.starts_with(char::is_alphanumeric);
        if let Some(rest) = words.strip_prefix(kind.as_str()) {
            let rest = rest.trim_matches([' ', ':']);
            return is_word(&words[kind.len()..]).then_some(if rest.is_empty() {
                Kind::Alone
            } else {
                Kind::Begins
            });
        }
        let before = words.strip_suffix(kind.as_str())?;
        (before.ends_with(' ') && before.split_whitespace().count() <= STRAY).then_some(Kind::Alone)
    })
}

/// Whether most letters of a line are capitals.
fn is_in_capitals(line: &str) -> bool {
    let letters = || line.chars().filter(|letter| letter.is_alphabetic());
    let capitals = letters().filter(|letter| letter.is_uppercase()).count();
    capitals >= 3 && capitals * 100 >= letters().count() * CAPITALS
}

fn stops(line: &str) -> bool {
    let (words, small) = (plain(line), line.to_lowercase());
    // Short words are told apart by their marks alone: `Sở Tài chính`, `Sơ kết`, `Số liệu`.
    let is_stop = |stop: &Stop| {
        let begins = if stop.plain.len() <= SHORT { small.starts_with(&stop.words) } else { true };
        begins && words.starts_with(&stop.plain)
    };
    !line.starts_with(char::is_lowercase) && RULES.stops.iter().any(is_stop)
}

/// Whether a line right under the kind is none of the subject: whoever issues the document, what it is based on or to whom it
/// goes, a paragraph. Words that begin a text begin subjects too (`Thực hiện chính sách …`, `Sơ kết …`).
fn begins_text(line: &str) -> bool {
    let words = plain(line);
    let opens = RULES.opens.iter().any(|open| words.starts_with(open.as_str()));
    opens || is_in_capitals(line) || line.ends_with(['.', ':']) || line.chars().count() > LONGEST_NEXT
}

/// Whether a line begins a section: `I. `, `1. `, and `L ` where a scan has the first.
fn begins_section(line: &str) -> bool {
    if line.strip_prefix("L ").is_some_and(|rest| rest.starts_with(char::is_uppercase)) {
        return true;
    }
    let Some((number, rest)) = line.split_once(['.', ')']) else { return false };
    rest.starts_with(' ')
        && (1..=4).contains(&number.len())
        && number.chars().all(|letter| letter.is_ascii_digit() || "IVX".contains(letter))
}

/// Where a subject begins behind its mark.
fn subject_mark(line: &str) -> Option<usize> {
    let small = line.to_lowercase();
    let found = RULES.subjects.iter().filter_map(|mark| Some((small.find(mark.as_str())?, mark.len())));
    let (at, length) = found.min()?;
    // Small letters can be longer than capitals; then where it begins is not known.
    let is_there = line.is_char_boundary(at + length) && small.len() == line.len();
    let stands_free = line[..at.min(line.len())].split_whitespace().count() <= STRAY;
    (is_there && stands_free).then_some(at + length)
}

/// A line without what a stamp beside it left before its subject.
fn without_stray(line: &str) -> &str {
    let small = line.to_lowercase();
    let found = RULES.subjects.iter().filter_map(|mark| small.find(mark.as_str())).min();
    found.filter(|at| small.len() == line.len() && line.is_char_boundary(*at)).map_or(line, |at| &line[at..])
}

#[cfg(test)]
mod tests {
    use super::own;

    const MOTTO: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc";

    #[test]
    fn heads_say_the_subject_and_the_day() {
        let check = |text: &str, title: Option<&str>, day: Option<&str>| {
            let article = crate::plain_text::read(text);
            let found = article.published.map(|published| published.date.to_string());
            assert_eq!((article.title.as_deref(), found.as_deref()), (title, day), "{text}");
        };
        check(
            &format!(
                "ỦY BAN NHÂN DÂN\nTỈNH SƠN KHÊ\nSố: 77/BC-UBND\n{MOTTO}\nSơn Khê, ngày 5 tháng 3 năm 2021\nBÁO CÁO\n\
                 Tình hình kinh tế - xã hội tháng 02,\nnhiệm vụ trọng tâm tháng 3 năm 2021\nThực hiện Nghị quyết số 12-NQ/TU."
            ),
            Some("Tình hình kinh tế - xã hội tháng 02, nhiệm vụ trọng tâm tháng 3 năm 2021"),
            Some("2021-03-05"),
        );
        check(
            &format!(
                "ỦY BAN NHÂN DÂN TỈNH SƠN KHÊ\n{MOTTO}\nQUYÉT ĐỊNH\nVề việc cho phép khai thác nước mặt\n\
                 CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Tài nguyên nước;"
            ),
            Some("Về việc cho phép khai thác nước mặt"),
            None,
        );
        check(
            &format!(
                "UBND HUYỆN KHÊ THƯỢNG\nSố: 33/UBND-TH\nV/v thu hoạch chè\nnăm 2021\n{MOTTO}\nKhê Thượng, ngày 1 tháng 2 năm 2021\nKính gửi: Các xã"
            ),
            Some("thu hoạch chè năm 2021"),
            Some("2021-02-01"),
        );
        check(
            "UBND HUYỆN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/KH-UBND | Sơn Khê, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\n\
             Thu hoạch chè năm 2021\nI. MỤC ĐÍCH",
            Some("Thu hoạch chè năm 2021"),
            Some("2021-02-01"),
        );
        check(
            "BÁO CÁO KẾT QUẢ TRỒNG CHÈ\nNĂM 2021\nHuyện có 412 hộ.",
            Some("BÁO CÁO KẾT QUẢ TRỒNG CHÈ NĂM 2021"),
            None,
        );
        check(
            &format!(
                "UBND TỈNH\n{MOTTO}\nTRUNG TÂM CÔNG BÁO QUYẾT ĐỊNH\nCV 12 [Về việc cấp nước\nCăn cứ Luật"
            ),
            Some("Về việc cấp nước"),
            None,
        );
        // Words that begin subjects and texts, and such as differ from them by a mark alone.
        let report = |subject: &str| format!("UBND HUYỆN\nSố: 7/BC-UBND\n{MOTTO}\nBÁO CÁO\n{subject}");
        check(&report("Sơ kết 5 năm trồng rừng\nI. KẾT QUẢ"), Some("Sơ kết 5 năm trồng rừng"), None);
        check(
            &report("SƠ KẾT 5 NĂM TRỒNG RỪNG\nThực hiện Kế hoạch của tỉnh, huyện báo cáo."),
            Some("SƠ KẾT 5 NĂM TRỒNG RỪNG"),
            None,
        );
        check(
            &report("Thực hiện nhiệm vụ năm 2021\nSố liệu trồng rừng\nSở Tài chính"),
            Some("Thực hiện nhiệm vụ năm 2021 Số liệu trồng rừng"),
            None,
        );
        // The year in a line of its own, and the motto in two.
        check(
            "UBND HUYỆN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nKhê Thượng, ngày 9 tháng 11 năm\nSố: 7/BC-UBND\n2021\n\
             BÁO CÁO\nKết quả trồng rừng",
            Some("Kết quả trồng rừng"),
            Some("2021-11-09"),
        );
        // No document of an authority.
        check("Ba xã về đích\nSáng nay, ba xã đã về đích.", Some("Ba xã về đích"), None);
        // The day of another document is none of this one.
        check(
            &format!("{MOTTO}\nBÁO CÁO\nKết quả năm\nTheo Quyết định số 1/QĐ-UBND, ngày 5 tháng 3 năm 2021"),
            Some("Kết quả năm"),
            None,
        );
    }

    #[test]
    fn a_document_says_who_issued_it_and_its_number() {
        let check = |text: &str, expected: Option<(&str, &[&str], Option<&str>)>| {
            let found = own(text);
            let found = found.as_ref().map(|own| {
                let authority: Vec<&str> = own.authority.iter().map(String::as_str).collect();
                (own.number.of(text), authority, own.signed.map(|day| day.to_string()))
            });
            let found =
                found.as_ref().map(|(number, authority, day)| (*number, &authority[..], day.as_deref()));
            assert_eq!(found, expected, "{text}");
        };
        check(
            &format!(
                "ỦY BAN NHÂN DÂN\nTỈNH SƠN KHÊ\n-------\n{MOTTO}\n  Số: 77/BC-UBND\nSơn Khê, ngày 5 tháng 3 năm 2021\nBÁO CÁO\nTrồng rừng"
            ),
            Some(("Số: 77/BC-UBND", &["ỦY BAN NHÂN DÂN", "TỈNH SƠN KHÊ"], Some("2021-03-05"))),
        );
        check(
            "UBND HUYỆN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nKHÊ THƯỢNG\nĐộc lập - Tự do - Hạnh phúc\nSố: 7/BC-UBND\nBÁO CÁO\nTrồng rừng",
            Some(("Số: 7/BC-UBND", &["UBND HUYỆN", "KHÊ THƯỢNG"], None)),
        );
        // Two columns of which one line was made, and cells of a table.
        check(
            "UBND TỈNH SƠN KHÊ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ TÀI CHÍNH | Độc lập - Tự do - Hạnh phúc\n\
             Số: 9/STC-NS | Sơn Khê, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nThu hoạch chè",
            Some(("Số: 9/STC-NS", &["UBND TỈNH SƠN KHÊ", "SỞ TÀI CHÍNH"], Some("2021-02-01"))),
        );
        check(
            "TỈNH ỦY SƠN KHÊ\n*\nSố 15-CT/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nSơn Khê, ngày 12 tháng 3 năm 2020\nCHỈ THỊ\nvề trồng rừng",
            Some(("Số 15-CT/TU", &["TỈNH ỦY SƠN KHÊ"], Some("2020-03-12"))),
        );
        // A number in the text, below the kind, is another document's; without the motto nothing is certain.
        check(&format!("UBND TỈNH\n{MOTTO}\nBÁO CÁO\nKết quả\nSố: 8/BC-UBND đã nêu."), None);
        check("UBND TỈNH SƠN KHÊ\nSố: 8/BC-UBND\nBÁO CÁO\nKết quả trồng rừng", None);
        check("Số: 8/10 xã về đích.\nSáng nay trời mưa.", None);
    }
}
