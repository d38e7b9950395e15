//! The words of printed pages with their places, and their lines.

use corpus::block::RowCell;
use quick_xml::events::Event;

use crate::package::reference;
use crate::written::symbol;

/// Two words are one where they are no further apart than this part of their height.
const TOUCHING: f64 = 0.1;
/// A raised number is no higher than this part of the words beside it.
const RAISED: f64 = 0.8;
/// The foot of a recognized number that is raised is above this part of the height of the word beside it. What is recognized is
/// as high as its ink, so a number beside a letter that reaches below the line is smaller and higher than that too.
const RAISED_INK: f64 = 0.62;
/// A reader of scans is sure of a word in hundredths; printed ones have more, and what is below the second is noise where it has
/// few letters.
const SURE: f64 = 75.0;
const NOISE: f64 = 40.0;
/// Words of the line of a document's number, or of its day.
const WRITTEN: usize = 14;
/// Two words stand in two columns where they are further apart than this many of their heights.
const COLUMNS: f64 = 2.0;
/// Two lines stand side by side where they share this part of the height of the lower one.
const BESIDE: f64 = 0.5;

/// Letters of a word that is wider than high where it stands upright.
const LONG: usize = 4;

/// Where something stands on a page, in points from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Place {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) foot: f64,
}

impl Place {
    pub(crate) fn height(&self) -> f64 {
        self.foot - self.top
    }

    /// The smallest place around both.
    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            foot: self.foot.max(other.foot),
        }
    }

    /// How much of their widths two places share.
    pub(crate) fn shared_width(&self, other: &Self) -> f64 {
        self.right.min(other.right) - self.left.max(other.left)
    }

    /// Whether two places stand side by side.
    pub(crate) fn is_beside(&self, other: &Self) -> bool {
        let shared = self.foot.min(other.foot) - self.top.max(other.top);
        shared >= self.height().min(other.height()) * BESIDE
    }
}

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) place: Place,
}

impl Word {
    /// Whether it is a short number that is set smaller and higher than another word.
    fn is_raised(&self, other: &Self) -> bool {
        (1..=2).contains(&self.text.len())
            && self.text.bytes().all(|byte| byte.is_ascii_digit())
            && self.place.height() <= other.place.height() * RAISED
            && self.place.foot < other.place.foot - other.place.height() * TOUCHING
    }

    /// Whether a recognized number that looks raised stands on the line of another word.
    fn stands_level(&self, other: &Self) -> bool {
        self.is_raised(other) && self.place.foot > other.place.top + other.place.height() * RAISED_INK
    }
}

/// A line of a page, or a row of a table on it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) place: Place,
    /// The block of lines that it stands in, by the reader of the file.
    pub(crate) block: usize,
    /// The table of which it is a row, its cells between bars.
    pub(crate) row: Option<OfTable>,
    /// It is the first of a column that goes on with the one before it.
    pub(crate) tops_column: bool,
    /// The column of running text that it stands in, where there are several.
    pub(crate) column: Option<usize>,
    /// Its words, from the left; none of a row of a table.
    pub(crate) words: Vec<Word>,
    /// The cells of a row of a table.
    pub(crate) cells: Vec<RowCell>,
    /// The widths of the last lines of its cells.
    pub(crate) widths: Vec<f64>,
}

/// What is known of a row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OfTable {
    /// It begins the table.
    pub(crate) first: bool,
    /// Numbers stand in it.
    pub(crate) has_number: bool,
    /// Columns of the table.
    pub(crate) columns: usize,
}

impl Line {
    pub(crate) fn new(words: Vec<Word>, block: usize) -> Option<Self> {
        let place = words.iter().map(|word| word.place).reduce(Place::with)?;
        let text = joined(&words);
        Some(Self {
            text,
            place,
            block,
            row: None,
            tops_column: false,
            column: None,
            words,
            cells: Vec::new(),
            widths: Vec::new(),
        })
    }

    /// The height of most of its words.
    pub(crate) fn height(&self) -> f64 {
        let mut heights: Vec<f64> = self.words.iter().map(|word| word.place.height()).collect();
        heights.sort_by(f64::total_cmp);
        heights.get(heights.len() / 2).copied().unwrap_or_else(|| self.place.height())
    }

    /// Whether it begins with a raised number, as footnotes do.
    pub(crate) fn begins_note(&self) -> bool {
        matches!(&self.words[..], [mark, word, ..] if mark.is_raised(word))
    }
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    /// Height in points.
    pub(crate) height: f64,
    /// Its lines in reading order.
    pub(crate) lines: Vec<Line>,
}

impl Page {
    /// Turns a page of this width whose text runs up or down, as that of a wide table on a narrow page does.
    fn turn_upright(&mut self, width: f64) {
        let long = || {
            self.lines.iter().flat_map(|line| &line.words).filter(|word| word.text.chars().count() >= LONG)
        };
        let lying = long().filter(|word| word.place.height() > word.place.right - word.place.left).count();
        if lying * 2 <= long().count() {
            return;
        }
        let pairs = || self.lines.iter().flat_map(|line| line.words.windows(2));
        let down = pairs().filter(|pair| pair[1].place.top > pair[0].place.top).count();
        let runs_down = down * 2 > pairs().count();
        let height = self.height;
        let turned = |place: Place| {
            if runs_down {
                Place {
                    left: place.top,
                    right: place.foot,
                    top: width - place.right,
                    foot: width - place.left,
                }
            } else {
                Place {
                    left: height - place.foot,
                    right: height - place.top,
                    top: place.left,
                    foot: place.right,
                }
            }
        };
        for line in &mut self.lines {
            line.place = turned(line.place);
            line.words.iter_mut().for_each(|word| word.place = turned(word.place));
            line.text = joined(&line.words);
        }
        self.height = width;
    }

    /// Letters and digits on it.
    pub(crate) fn letters(&self) -> usize {
        let letters = |line: &Line| line.text.chars().filter(|letter| letter.is_alphanumeric()).count();
        self.lines.iter().map(letters).sum()
    }
}

/// The words on one line. A word that changes its font is several that touch. The mark of a footnote is left out; where it
/// begins the footnote it stands by itself.
pub(crate) fn joined(words: &[Word]) -> String {
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        let Some(before) = at.checked_sub(1).map(|before| &words[before]) else {
            text.push_str(&word.text);
            continue;
        };
        let gap = (word.place.left - before.place.right).abs();
        let touches = gap < word.place.height().max(before.place.height()) * TOUCHING;
        let begins_note = at == 1 && before.is_raised(word);
        if (touches || gap < word.place.height()) && word.is_raised(before) {
            let written = corpus::raised::written(&text, &word.text);
            if written != word.text {
                text.push_str(&written);
                continue;
            }
        }
        if !touches || begins_note {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    text
}

/// A text as it is kept: letters and their marks composed, ligatures of typesetters as the letters that they are.
fn written(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let composed = corpus::text::composed(text.into());
    let mut letters = composed.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'ﬀ' => written.push_str("ff"),
            'ﬁ' => written.push_str("fi"),
            'ﬂ' => written.push_str("fl"),
            'ﬃ' => written.push_str("ffi"),
            'ﬄ' => written.push_str("ffl"),
            'ﬅ' | 'ﬆ' => written.push_str("st"),
            '\u{ad}' if letters.peek().is_some() => {}
            // A hyphen, also one that an editor gave where it broke a word.
            '\u{ad}' | '\u{2010}' | '\u{2011}' => written.push('-'),
            letter if letter.is_control() => {}
            letter => written.push(symbol(letter)),
        }
    }
    written
}

/// The pages in the answer of `pdftotext -bbox-layout`.
pub(crate) fn read_boxes(answer: &str) -> Vec<Page> {
    let mut reader = quick_xml::Reader::from_str(answer);
    let mut pages: Vec<Page> = Vec::new();
    let mut width = 0.0;
    let mut words: Vec<Word> = Vec::new();
    let mut word: Option<Word> = None;
    let mut block = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let number = |name: &str| -> f64 {
                    let value = start.try_get_attribute(name).ok().flatten();
                    value.and_then(|value| value.value.parse().ok()).unwrap_or_default()
                };
                match start.name().as_ref() {
                    "page" => {
                        pages.push(Page { height: number("height"), lines: Vec::new() });
                        width = number("width");
                    }
                    "block" => block += 1,
                    "word" => {
                        let place = Place {
                            left: number("xMin"),
                            top: number("yMin"),
                            right: number("xMax"),
                            foot: number("yMax"),
                        };
                        word = Some(Word { text: String::new(), place });
                    }
                    _ => {}
                }
            }
            Ok(Event::Text(piece)) => {
                if let Some(word) = &mut word {
                    word.text.push_str(&piece.xml10_content());
                }
            }
            Ok(Event::GeneralRef(name)) => {
                if let Some(word) = &mut word {
                    word.text.extend(reference(&name));
                }
            }
            Ok(Event::End(tag)) => match tag.name().as_ref() {
                "word" => {
                    if let Some(mut word) = word.take() {
                        word.text = written(&word.text);
                        words.push(word);
                    }
                }
                "line" => {
                    let line = Line::new(std::mem::take(&mut words), block);
                    if let Some(page) = pages.last_mut() {
                        page.lines.extend(line);
                    }
                }
                "page" => pages.last_mut().into_iter().for_each(|page| page.turn_upright(width)),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return pages,
            Ok(_) => {}
        }
    }
}

/// The page in the answer of `tesseract … tsv`, drawn at so many dots an inch.
pub(crate) fn read_recognized(answer: &str, dots: f64) -> Page {
    let mut page = Page::default();
    let mut words: Vec<Recognized> = Vec::new();
    let mut current = None;
    let mut blocks = Vec::new();
    for row in answer.lines() {
        let mut fields = row.split('\t');
        let mut number = || fields.next().and_then(|field| field.parse::<f64>().ok());
        let Some([level, _, block, paragraph, line, _, left, top, width, height, sure]) =
            std::array::from_fn::<_, 11, _>(|_| number())
                .into_iter()
                .collect::<Option<Vec<f64>>>()
                .and_then(|all| <[f64; 11]>::try_from(all).ok())
        else {
            continue;
        };
        let points = |dots_there: f64| dots_there * 72.0 / dots;
        if level == 1.0 {
            page.height = points(height);
        }
        let text = written(fields.next().unwrap_or_default().trim());
        // The rules of a table are recognized as bars.
        if level != 5.0 || text.chars().all(|letter| letter == '|') {
            continue;
        }
        let here = (block as usize, paragraph as usize, line as usize);
        let place = Place {
            left: points(left),
            top: points(top),
            right: points(left + width),
            foot: points(top + height),
        };
        // What stands in two columns at one height is recognized as one line.
        let is_apart = words.last().is_some_and(|before| {
            place.left - before.word.place.right > COLUMNS * place.height().max(before.word.place.height())
        });
        if current.is_some_and(|current| current != here) || is_apart {
            page.lines.extend(Line::new(of_line(std::mem::take(&mut words)), blocks.len()));
        }
        if blocks.last() != Some(&(here.0, here.1)) {
            blocks.push((here.0, here.1));
        }
        current = Some(here);
        words.push(Recognized { word: Word { text, place }, sure });
    }
    page.lines.extend(Line::new(of_line(words), blocks.len()));
    page
}

/// A recognized word, and how sure of it its reader is, in hundredths.
struct Recognized {
    word: Word,
    sure: f64,
}

impl Recognized {
    /// Whether it is what a stamp or a stroke of the pen was taken for: more signs than letters, and nothing that its reader is
    /// sure of.
    fn is_noise(&self) -> bool {
        let letters = self.word.text.chars().filter(|letter| letter.is_alphanumeric()).count();
        self.sure < NOISE && letters * 2 < self.word.text.chars().count()
    }
}

/// The words of a recognized line. The number and the day of a document are written by hand in many, and what is read of that is
/// often wrong: it is said to be unsure, and no number then.
fn of_line(words: Vec<Recognized>) -> Vec<Word> {
    let said: Vec<String> = words.iter().map(|word| word.word.text.to_lowercase()).collect();
    let is_number = said.first().is_some_and(|first| first.starts_with("số"));
    let is_day = ["ngày", "tháng", "năm"].iter().all(|word| said.iter().any(|said| said.contains(word)));
    let is_written = said.len() <= WRITTEN && (is_number || is_day);
    let words = words.into_iter().filter(|word| is_written || !word.is_noise());
    let words = words.map(|Recognized { mut word, sure }| {
        let is_digit = |letter: char| letter.is_ascii_digit();
        if is_written
            && sure < SURE
            && let (Some(first), Some(last)) = (word.text.find(is_digit), word.text.rfind(is_digit))
        {
            word.text.insert_str(last + 1, "?]");
            word.text.insert(first, '[');
        }
        word
    });
    levelled(words.collect())
}

/// The recognized words of a line, numbers that stand on it as high as the word beside them.
fn levelled(mut words: Vec<Word>) -> Vec<Word> {
    for at in 0..words.len() {
        let beside = if at == 0 { words.get(1) } else { words.get(at - 1) };
        if let Some(beside) = beside.filter(|beside| words[at].stands_level(beside)) {
            (words[at].place.top, words[at].place.foot) = (beside.place.top, beside.place.foot);
        }
    }
    words
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Points of a letter in these tests.
    const LETTER: f64 = 6.0;
    const HEIGHT: f64 = 12.0;

    /// A line of words that begins at a place.
    pub(crate) fn line(text: &str, left: f64, top: f64) -> Option<Line> {
        let mut at = left;
        let words = text.split(' ').map(|word| {
            let right = at + LETTER * word.chars().count() as f64;
            let place = Place { left: at, top, right, foot: top + HEIGHT };
            at = right + LETTER / 2.0;
            Word { text: word.to_owned(), place }
        });
        Line::new(words.collect(), 0)
    }

    /// A page of lines, each with where it begins.
    pub(crate) fn page(lines: &[(f64, f64, &str)]) -> Page {
        let lines = lines.iter().enumerate().filter_map(|(block, (left, top, text))| {
            line(text, *left, *top).map(|line| Line { block, ..line })
        });
        Page { height: 842.0, lines: lines.collect() }
    }

    impl Line {
        /// Sets its words in another size.
        pub(crate) fn shrink(&mut self, height: f64) {
            self.place.foot = self.place.top + height;
            for word in &mut self.words {
                word.place.foot = word.place.top + height;
            }
        }
    }

    pub(crate) fn texts(page: &Page) -> Vec<&str> {
        page.lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn words_are_laid_out_as_they_stand() {
        let word = |from: u32, to: u32, text: &str| {
            format!("<word xMin=\"{from}\" yMin=\"0\" xMax=\"{to}\" yMax=\"16\">{text}</word>")
        };
        let line = |words: &[String]| format!("<line>{}</line>", words.concat());
        let answer = [
            "<page width=\"595\" height=\"842\"><flow><block>".to_owned(),
            line(&[word(0, 20, "Số"), word(24, 30, "12-"), word(30, 50, "NQ&amp;TU")]),
            line(&[word(0, 9, "oﬃcial"), word(12, 20, "Tru\u{31b}\u{300}")]),
            "</block><block>".to_owned(),
            line(&[word(0, 9, "y")]),
            "</block></flow></page><page></page>".to_owned(),
        ];
        let pages = read_boxes(&answer.concat());
        assert_eq!(texts(&pages[0]), ["Số 12-NQ&TU", "official Trừ", "y"]);
        assert_eq!(pages[0].lines.iter().map(|line| line.block).collect::<Vec<_>>(), [1, 1, 2]);
        assert_eq!((pages.len(), pages[1].lines.len(), pages[0].height), (2, 0, 842.0));
    }

    #[test]
    fn pages_that_lie_are_turned() {
        let check = |words: [(u32, u32, u32, u32); 3]| {
            let texts = ["Khê", "Thượng", "Tổng"];
            let word = |at: usize| {
                let (left, top, right, foot) = words[at];
                format!(
                    "<word xMin=\"{left}\" yMin=\"{top}\" xMax=\"{right}\" yMax=\"{foot}\">{}</word>",
                    texts[at]
                )
            };
            let pages = read_boxes(&format!(
                "<page width=\"600\" height=\"800\"><block><line>{}{}</line><line>{}</line></block></page>",
                word(0),
                word(1),
                word(2)
            ));
            let places: Vec<(f64, f64, f64)> = pages[0]
                .lines
                .iter()
                .map(|line| (line.place.left, line.place.top, line.place.height()))
                .collect();
            assert_eq!(places, [(100.0, 50.0, 12.0), (100.0, 70.0, 12.0)]);
            assert_eq!((pages[0].lines[0].text.as_str(), pages[0].height), ("Khê Thượng", 600.0));
        };
        check([(538, 100, 550, 120), (538, 125, 550, 160), (518, 100, 530, 130)]);
        check([(50, 680, 62, 700), (50, 640, 62, 675), (70, 670, 82, 700)]);
    }

    #[test]
    fn marks_of_footnotes_are_no_part_of_numbers() {
        let check = |words: &[(&str, bool)], expected: &str| {
            let mut at = 0.0;
            let words: Vec<Word> = words
                .iter()
                .map(|(text, raised)| {
                    let (touches, text) = (text.starts_with('+'), text.trim_start_matches('+'));
                    let left = if touches { at } else { at + LETTER };
                    at = left + LETTER * text.chars().count() as f64;
                    let foot = if *raised { 8.0 } else { HEIGHT };
                    Word { text: text.to_owned(), place: Place { left, top: 0.0, right: at, foot } }
                })
                .collect();
            assert_eq!(joined(&words), expected);
        };
        check(&[("tháng", false), ("4.", false), ("+2", true)], "tháng 4.");
        check(&[("1", true), ("+Số", false), ("liệu", false)], "1 Số liệu");
        check(&[("45", false), ("m", false), ("+2", true), ("đất", false)], "45 m2 đất");
        check(&[("12", false), ("34", false)], "12 34");
    }

    #[test]
    fn recognized_words_are_lines() {
        let answer = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                      1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
                      5\t1\t1\t1\t1\t1\t300\t300\t100\t50\t96\tSơn\n\
                      5\t1\t1\t1\t1\t2\t420\t300\t100\t50\t96\tKhê\n\
                      5\t1\t1\t1\t1\t3\t530\t290\t6\t70\t93\t|\n\
                      5\t1\t1\t1\t2\t1\t300\t380\t100\t50\t90.5\t412\n\
                      5\t1\t1\t2\t1\t1\t300\t480\t100\t50\t90\t \n";
        let page = read_recognized(answer, 300.0);
        assert_eq!(texts(&page), ["Sơn Khê", "412"]);
        assert_eq!((page.height.round(), page.lines[1].place.left), (842.0, 72.0));
    }

    #[test]
    fn what_is_written_by_hand_is_said_to_be_unsure() {
        let check = |words: &[(&str, u32)], expected: &[&str]| {
            let mut at = 300;
            let mut answer = String::new();
            for (number, (text, sure)) in words.iter().enumerate() {
                let width = 22 * text.chars().count();
                let row = format!("5\t1\t1\t1\t1\t{number}\t{at}\t300\t{width}\t40\t{sure}\t{text}\n");
                answer.push_str(&row);
                at += width + 14;
            }
            assert_eq!(texts(&read_recognized(&answer, 300.0)), expected, "{words:?}");
        };
        check(&[("Số:", 93), ("42", 65), ("/QĐ-UBND", 60)], &["Số: [42?] /QĐ-UBND"]);
        check(&[("Số:4234.", 51), ("/QĐ-UBND", 82)], &["Số:[4234?]. /QĐ-UBND"]);
        check(&[("Số:", 93), ("42/QĐ-UBND", 91)], &["Số: 42/QĐ-UBND"]);
        check(
            &[("ngày", 96), ("93", 74), ("tháng", 95), ("5", 81), ("năm", 96), ("2019", 96)],
            &["ngày [93?] tháng 5 năm 2019"],
        );
        check(
            &[("ngày", 96), ("2", 86), ("¿", 20), ("tháng", 95), ("5", 81), ("năm", 96), ("2019", 96)],
            &["ngày 2 ¿ tháng 5 năm 2019"],
        );
        check(&[("Huyện", 96), ("có", 95), ("42", 65), ("xã", 96)], &["Huyện có 42 xã"]);
        check(&[("§:.....»-", 0), ("Về", 96), ("việc", 96), ("^“„", 37)], &["Về việc"]);
        check(&[("buồi", 0), ("đối", 96), ("thoại", 96)], &["buồi đối thoại"]);
    }

    #[test]
    fn recognized_numbers_are_as_high_as_their_ink() {
        let check = |words: &[(&str, u32, u32)], expected: &str| {
            let mut at = 300;
            let mut answer = "1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n".to_owned();
            for (number, (text, top, height)) in words.iter().enumerate() {
                let width = 22 * text.chars().count();
                let row = format!("5\t1\t1\t1\t1\t{number}\t{at}\t{top}\t{width}\t{height}\t95\t{text}\n");
                answer.push_str(&row);
                at += width + 14;
            }
            assert_eq!(texts(&read_recognized(&answer, 300.0)), [expected]);
        };
        // Letters that reach below the line, and marks above them.
        check(&[("tháng", 300, 56), ("5", 306, 37), ("năm", 306, 37)], "tháng 5 năm");
        check(&[("ngày", 300, 56), ("12", 303, 40), ("tháng", 300, 56), ("7", 306, 37)], "ngày 12 tháng 7");
        check(&[("3", 306, 37), ("huyện", 300, 56)], "3 huyện");
        check(&[("hộ", 300, 52), ("2", 296, 22), ("nghèo", 300, 56)], "hộ nghèo");
    }
}
