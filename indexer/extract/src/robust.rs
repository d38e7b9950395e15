//! Places and sameness over real texts: two thousand of `../shared/data`, where it is there.

use corpus::{Article, CodePoints, Span};
use unicode_normalization::UnicodeNormalization as _;

use super::Extractor;
use crate::Mentions;
use crate::Reading as _;

fn texts() -> Option<Vec<String>> {
    let mut texts = Vec::new();
    for (file, most) in [("data/provincial_2020.jsonl", 1_692), ("data/binhduong_documents.jsonl", 400)] {
        let lines = crate::shared::text(file)?;
        let text = |line: &str| {
            let record: serde_json::Value = serde_json::from_str(line).expect("JSON Lines");
            record["text"].as_str().expect("a text").to_owned()
        };
        texts.extend(lines.lines().take(most).map(text));
    }
    Some(texts)
}

fn mentions(text: &str) -> Mentions {
    Extractor.mentions(&Article { text: text.to_owned(), ..Article::default() })
}

fn spans(mentions: &Mentions) -> Vec<Span> {
    let directives = mentions.directives.iter().map(|mention| mention.span);
    let officials = mentions.officials.iter().map(|mention| mention.span);
    directives.chain(officials).chain(mentions.figures.iter().map(|mention| mention.span)).collect()
}

/// Fails where a mention's code points are not its bytes.
fn check(text: &str) -> usize {
    let points = CodePoints::new(text);
    let all: Vec<char> = text.chars().collect();
    let spans = spans(&mentions(text));
    for span in &spans {
        let (start, end) = points.range(*span);
        assert!(start < end && end <= all.len(), "{span:?}");
        assert_eq!(all[start..end].iter().collect::<String>(), span.of(text));
    }
    spans.len()
}

#[test]
fn quotes_stand_where_their_offsets_say() {
    let Some(texts) = texts() else { return };
    assert!(texts.len() >= 2_000, "{}", texts.len());
    let mut found = 0;
    for (number, text) in texts.iter().enumerate() {
        found += check(text);
        if number % 20 == 0 {
            check(&text.nfd().collect::<String>());
            check(&format!("𝟙🏮 {}", text.replace(". ", ". 🏮 ")));
        }
    }
    assert!(found > 10_000, "{found} mentions");
}

#[test]
fn the_same_text_gives_the_same_mentions_in_any_thread() {
    let Some(texts) = texts() else { return };
    let some = &texts[..200];
    let alone: Vec<Mentions> = some.iter().map(|text| mentions(text)).collect();
    let together: Vec<Mentions> = std::thread::scope(|scope| {
        let chunks: Vec<_> = some
            .chunks(50)
            .map(|chunk| scope.spawn(move || chunk.iter().map(|text| mentions(text)).collect::<Vec<_>>()))
            .collect();
        chunks.into_iter().flat_map(|chunk| chunk.join().expect("no panic")).collect()
    });
    assert_eq!(alone, together);
}
