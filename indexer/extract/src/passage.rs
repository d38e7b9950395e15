//! A text cut into the pieces that rules are applied to.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use corpus::{Article, Language, Span};
use jiff::civil::Date;

/// What is known about a text before its mentions are looked for.
#[derive(Clone, Debug)]
pub(crate) struct Context<'a> {
    /// The whole text; every span counts its bytes.
    pub(crate) text: &'a str,
    /// Language of the text, where it is known.
    pub(crate) language: Option<Language>,
    /// Day of publication, where it is known: what "this year" is counted from.
    pub(crate) published: Option<Date>,
    /// Its paragraphs, in order, none empty.
    pub(crate) passages: Vec<Passage>,
}

/// A paragraph, heading, caption or table row: one line of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The line without blanks around it.
    pub(crate) span: Span,
    /// Its sentences, in order; together they hold every word of it.
    pub(crate) sentences: Vec<Span>,
}

impl<'a> Context<'a> {
    /// Cuts an article's text.
    pub(crate) fn new(article: &'a Article) -> Self {
        Self {
            text: &article.text,
            language: article.language,
            published: article.published.map(|published| published.date),
            passages: passages(&article.text),
        }
    }
}

fn passages(text: &str) -> Vec<Passage> {
    let mut start = 0;
    let mut passages = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            cut(text, Span::new(from, from + trimmed.len()), &mut passages);
        }
        start = end;
    }
    passages
}

/// Cuts one line into passages and sentences: each sentence ends with its stop (`.`, `!`, `?`, `…`, `;`) and the quotes
/// and brackets that close behind it. A stop ends a sentence where a blank and something else than a small letter follow.
/// Where the blank is lost (`dân.Những`) so is a line break: a passage ends there.
fn cut(text: &str, line: Span, passages: &mut Vec<Passage>) {
    let known = passages.len();
    let mut sentences = Vec::new();
    let (mut first, mut start) = (line.start(), line.start());
    for found in STOPS.find_iter(line.of(text)) {
        let at = line.start() + found.start();
        let stop = &text[at..at + found.len()];
        if at < start {
            continue;
        }
        let rest = &text[at + stop.len()..line.end()];
        let closed = rest.trim_start_matches(['”', '"', ')', '’', '.', '!', '?', '…', ';']);
        let end = line.end() - closed.len();
        let next = closed.trim_start();
        let Some(begins) = next.chars().next() else { break };
        let is_glued = closed.len() == next.len();
        let ends = if is_glued {
            stop != ";" && is_glued_sentence(&text[start..at], next)
        } else {
            (stop == ";" || !begins.is_lowercase()) && !(stop == "." && is_abbreviation(&text[start..at]))
        };
        if ends {
            sentences.push(Span::new(start, end));
            start = line.end() - next.len();
            if is_glued {
                passages
                    .push(Passage { span: Span::new(first, end), sentences: std::mem::take(&mut sentences) });
                first = start;
            }
        }
    }
    sentences.push(Span::new(start, line.end()));
    passages.push(Passage { span: Span::new(first, line.end()), sentences });
    if line.end() - line.start() <= LONGEST {
        return;
    }
    for mut passage in passages.split_off(known) {
        passage.sentences = passage.sentences.iter().flat_map(|sentence| bounded(text, *sentence)).collect();
        let mut first = passage.span.start();
        let mut sentences: Vec<Span> = Vec::new();
        for sentence in passage.sentences {
            if sentences.is_empty() {
                first = sentence.start();
            }
            sentences.push(sentence);
            if sentence.end() - first > LONGEST_PASSAGE {
                let sentences = std::mem::take(&mut sentences);
                passages.push(Passage { span: Span::new(first, sentence.end()), sentences });
            }
        }
        if !sentences.is_empty() {
            passages.push(Passage { span: Span::new(first, passage.span.end()), sentences });
        }
    }
}

/// What ends a sentence.
static STOPS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new([".", "!", "?", "…", ";"]).expect("a few signs"));

/// Longest sentence, in bytes: rules look around in a sentence, which must stay cheap in tables and in hostile texts.
const LONGEST: usize = 4_000;

/// Longest passage, in bytes, up to the end of its last sentence: a line without end is read a piece at a time.
const LONGEST_PASSAGE: usize = 96 << 10;

/// A sentence in pieces of at most [`LONGEST`] bytes, cut at blanks where there are some.
fn bounded(text: &str, sentence: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = sentence.start();
    while sentence.end() - start > LONGEST {
        let most = text.floor_char_boundary(start + LONGEST);
        let near = text.floor_char_boundary(start + LONGEST / 2);
        let end = text[near..most].rfind(' ').map_or(most, |blank| near + blank + 1);
        pieces.push(Span::new(start, end));
        start = end;
    }
    pieces.push(Span::new(start, sentence.end()));
    pieces
}

/// Whether words that follow a stop without a blank begin a sentence: `dân.Những`, `2019.Theo`, `khó khăn.“Chúng tôi`.
pub(crate) fn is_glued_sentence(before: &str, next: &str) -> bool {
    let mut letters = next.trim_start_matches(['“', '"', '*', '-', '•', '+']).chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let after_small = before.ends_with(char::is_lowercase);
    let begins = first
        && letters.next().is_none_or(|second| {
            second.is_lowercase() || second == ' ' || after_small && second.is_uppercase()
        });
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let ends = match before.chars().next_back() {
        Some(last) if last.is_lowercase() => !is_abbreviation(before),
        // `UBND.Theo`, but `TX.Cửa Lò`.
        Some(last) if last.is_uppercase() => word.chars().count() > 2,
        Some(last) => last.is_ascii_digit() || matches!(last, '%' | ')' | '”' | '"' | '²'),
        None => false,
    };
    begins && ends
}

/// Whether a stop behind these words belongs to a short form: a title, `No.`, `TP.`, or a single capital.
fn is_abbreviation(before: &str) -> bool {
    const SHORT: &[&str] = &[
        "mr", "mrs", "ms", "dr", "prof", "no", "st", "vol", "art", "tp", "tx", "tt", "ths", "ts", "gs",
        "pgs", "bs", "ks", "cn", "đ/c", "dc", "th", "nxb", "q", "h", "p",
    ];
    let last =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '.')).next().unwrap_or_default();
    let mut letters = last.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => only.is_uppercase(),
        _ => SHORT.contains(&last.to_lowercase().as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = passages(text)
            .iter()
            .flat_map(|passage| passage.sentences.iter().map(|span| span.of(text)).collect::<Vec<_>>())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_lost_blank_is_a_lost_paragraph() {
        let spans: Vec<&str> = ["a.", "Năm 2020, b.Sau đó c. D"].to_vec();
        let text = spans.join("\n");
        let found: Vec<&str> = passages(&text).iter().map(|passage| passage.span.of(&text)).collect();
        assert_eq!(found, ["a.", "Năm 2020, b.", "Sau đó c. D"]);
    }

    #[test]
    fn lines_are_cut_into_sentences() {
        check("Mưa to.  Nước lên!\n\n Hết. ", &["Mưa to.", "Nước lên!", "Hết."]);
        check("Có 7.58% hộ. Còn 1.234 xã", &["Có 7.58% hộ.", "Còn 1.234 xã"]);
        check("No. 39 of Mr. A. Then it rained", &["No. 39 of Mr. A. Then it rained"]);
        check("vì nhân dân.Những việc", &["vì nhân dân.", "Những việc"]);
        check("năm 2019.Theo đó.“Tôi đi”", &["năm 2019.", "Theo đó.", "“Tôi đi”"]);
        check("TX.Sơn Hạ và Th.S Trần Văn A", &["TX.Sơn Hạ và Th.S Trần Văn A"]);
        check("UBND.Theo đó 1.234.567 người", &["UBND.", "Theo đó 1.234.567 người"]);
        check("hợp lý.HTX Sơn Hạ vay", &["hợp lý.", "HTX Sơn Hạ vay"]);
        check("He said “yes.” Then left; all went", &["He said “yes.”", "Then left;", "all went"]);
        check("…", &["…"]);
        check("TP. Vinh và TX. Thái Hoà", &["TP. Vinh và TX. Thái Hoà"]);
    }

    #[test]
    fn a_sentence_without_end_is_cut() {
        let text = "một hai ".repeat(2_000);
        let passages = passages(&text);
        let sentences = &passages[0].sentences;
        assert!(sentences.len() > 3 && sentences.iter().all(|span| span.end() - span.start() <= LONGEST));
        let all: usize = sentences.iter().map(|span| span.end() - span.start()).sum();
        assert_eq!(all, text.trim().len());
    }

    #[test]
    fn a_line_without_end_is_many_passages() {
        let text = format!("  {}", "Một hai.  ".repeat(40_000));
        let passages = passages(&text);
        assert!(passages.len() >= 4, "{}", passages.len());
        for passage in &passages {
            assert!(passage.span.end() - passage.span.start() <= LONGEST_PASSAGE + LONGEST);
            assert!(passage.span.of(&text).starts_with("Một") && passage.span.of(&text).ends_with('.'));
        }
        let sentences: usize = passages.iter().map(|passage| passage.sentences.len()).sum();
        assert_eq!(sentences, 40_000);
    }

    proptest! {
        #[test]
        fn sentences_lose_no_word(text in "[a-zA-ZđẾ0-9.!?; \n”]{0,300}") {
            for passage in passages(&text) {
                let mut at = passage.span.start();
                for sentence in &passage.sentences {
                    prop_assert!(text[at..sentence.start()].trim().is_empty());
                    at = sentence.end();
                }
                prop_assert_eq!(at, passage.span.end());
            }
        }
    }
}
