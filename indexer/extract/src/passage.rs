//! A text cut into the pieces that rules are applied to.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use corpus::block::{is_abbreviation, is_glued_sentence};
use corpus::{Article, Block, Language, Span};
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
    /// The headline, where it is known.
    pub(crate) title: Option<&'a str>,
    /// Its structure.
    pub(crate) blocks: Vec<Block>,
    /// Its blocks that have words, in order, none empty.
    pub(crate) passages: Vec<Passage>,
}

/// A paragraph, heading, item, caption or cell: no sentence goes beyond it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Its place, without blanks around it.
    pub(crate) span: Span,
    /// Its sentences, in order; together they hold every word of it.
    pub(crate) sentences: Vec<Span>,
    /// Which of the blocks it is.
    pub(crate) block: usize,
}

impl<'a> Context<'a> {
    /// Cuts an article's text.
    pub(crate) fn new(article: &'a Article) -> Self {
        let blocks = article.blocks();
        Self {
            text: &article.text,
            title: article.title.as_deref(),
            language: article.language,
            published: article.published.map(|published| published.date),
            passages: passages(&article.text, &blocks),
            blocks,
        }
    }
}

impl<'a> Context<'a> {
    /// Words that stand for themselves, without a headline.
    pub(crate) fn of_words(text: &'a str, language: Option<Language>, published: Option<Date>) -> Self {
        let blocks = corpus::block::of(text, &[], None);
        Self { text, language, published, title: None, passages: passages(text, &blocks), blocks }
    }
}

/// The passages of blocks: those that have words, in reading order.
fn passages(text: &str, blocks: &[Block]) -> Vec<Passage> {
    let mut passages = Vec::with_capacity(blocks.len());
    for (block, at) in blocks.iter().zip(0..) {
        if !block.kind.has_text() || block.span.is_empty() {
            continue;
        }
        let mut first = block.span.start();
        let mut here: Vec<Span> = Vec::new();
        for sentence in sentences(text, block.span) {
            if here.is_empty() {
                first = sentence.start();
            }
            here.push(sentence);
            if sentence.end() - first > LONGEST_PASSAGE || sentence.end() == block.span.end() {
                let sentences = std::mem::take(&mut here);
                passages.push(Passage { span: Span::new(first, sentence.end()), sentences, block: at });
            }
        }
    }
    passages
}

/// Cuts a block into sentences: each ends with its stop (`.`, `!`, `?`, `…`, `;`) and the quotes and brackets that close
/// behind it. A stop ends a sentence where a blank and something else than a small letter follow.
fn sentences(text: &str, block: Span) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = block.start();
    for found in STOPS.find_iter(block.of(text)) {
        let at = block.start() + found.start();
        let stop = &text[at..at + found.len()];
        if at < start {
            continue;
        }
        let rest = &text[at + stop.len()..block.end()];
        let closed = rest.trim_start_matches(['”', '"', ')', '’', '.', '!', '?', '…', ';']);
        let end = block.end() - closed.len();
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
            start = block.end() - next.len();
        }
    }
    sentences.push(Span::new(start, block.end()));
    if sentences.iter().any(|sentence| sentence.len() > LONGEST) {
        sentences = sentences.iter().flat_map(|sentence| bounded(text, *sentence)).collect();
    }
    sentences
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<Passage> {
        passages(text, &corpus::block::of(text, &[], None))
    }

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = all(text)
            .iter()
            .flat_map(|passage| passage.sentences.iter().map(|span| span.of(text)).collect::<Vec<_>>())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_lost_blank_is_a_lost_paragraph() {
        let spans: Vec<&str> = ["a.", "Năm 2020, b.Sau đó c. D"].to_vec();
        let text = spans.join("\n");
        let found: Vec<&str> = all(&text).iter().map(|passage| passage.span.of(&text)).collect();
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
        let passages = all(&text);
        let sentences = &passages[0].sentences;
        assert!(sentences.len() > 3 && sentences.iter().all(|span| span.end() - span.start() <= LONGEST));
        let all: usize = sentences.iter().map(|span| span.end() - span.start()).sum();
        assert_eq!(all, text.trim().len());
    }

    #[test]
    fn a_line_without_end_is_many_passages() {
        let text = format!("  {}", "Một hai.  ".repeat(40_000));
        let passages = all(&text);
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
            for passage in all(&text) {
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
