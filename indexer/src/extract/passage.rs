//! A text cut into the pieces that rules are applied to.

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
            let span = Span::new(from, from + trimmed.len());
            passages.push(Passage { span, sentences: sentences(text, span) });
        }
        start = end;
    }
    passages
}

/// The sentences of one line: each ends with its stop (`.`, `!`, `?`, `…`, `;`) and the quotes and brackets that close
/// behind it. A stop ends a sentence where a blank and something else than a small letter follow, or, since blanks get
/// lost, where a capital follows directly upon a small letter and the stop (`dân.Những`).
fn sentences(text: &str, line: Span) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = line.start();
    for (at, stop) in line.of(text).match_indices(['.', '!', '?', '…', ';']) {
        let at = line.start() + at;
        if at < start {
            continue;
        }
        let rest = &text[at + stop.len()..line.end()];
        let closed = rest.trim_start_matches(['”', '"', ')', '’', '.', '!', '?', '…', ';']);
        let end = line.end() - closed.len();
        let next = closed.trim_start();
        let Some(first) = next.chars().next() else { break };
        let ends = if closed.len() == next.len() {
            let before = text[start..at].chars().next_back();
            stop == "." && first.is_uppercase() && before.is_some_and(char::is_lowercase)
        } else {
            (stop == ";" || !first.is_lowercase()) && !(stop == "." && is_abbreviation(&text[start..at]))
        };
        if ends {
            sentences.push(Span::new(start, end));
            start = line.end() - next.len();
        }
    }
    sentences.push(Span::new(start, line.end()));
    sentences
}

/// Whether a stop behind these words belongs to a short form: a title, `No.`, `TP.`, or a single capital.
fn is_abbreviation(before: &str) -> bool {
    const SHORT: &[&str] = &[
        "mr", "mrs", "ms", "dr", "prof", "no", "st", "vol", "art", "tp", "tx", "tt", "ths", "ts", "gs",
        "pgs", "bs", "ks", "cn", "đ/c", "dc",
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
    fn lines_are_cut_into_sentences() {
        check("Mưa to.  Nước lên!\n\n Hết. ", &["Mưa to.", "Nước lên!", "Hết."]);
        check("Có 7.58% hộ. Còn 1.234 xã", &["Có 7.58% hộ.", "Còn 1.234 xã"]);
        check("No. 39 of Mr. A. Then it rained", &["No. 39 of Mr. A. Then it rained"]);
        check("vì nhân dân.Những việc", &["vì nhân dân.", "Những việc"]);
        check("He said “yes.” Then left; all went", &["He said “yes.”", "Then left;", "all went"]);
        check("…", &["…"]);
        check("TP. Vinh và TX. Thái Hoà", &["TP. Vinh và TX. Thái Hoà"]);
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
