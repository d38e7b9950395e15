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

/// Texts without the shape of any prose cost as much as their length, not more.
#[test]
fn hostile_texts_are_read_in_time_that_grows_with_their_length() {
    use std::time::Instant;

    const SIZE: usize = 60_000;
    let normal = "Sáng 25/6, UBND tỉnh Sơn Khê họp. Đồng chí Trần Văn Mạnh - Chủ tịch UBND tỉnh chủ trì. Đến nay có \
                  121/180 xã đạt chuẩn nông thôn mới theo Chỉ thị số 15-CT/TU ngày 14/02/2018 của Tỉnh ủy.\n";
    let time = |text: &str| {
        let one = || {
            let begin = Instant::now();
            mentions(text);
            begin.elapsed()
        };
        one().min(one())
    };
    let pieces: [fn(usize) -> String; 12] = [
        |_| "5,5% ".to_owned(),
        |_| "có 5 xã và ".to_owned(),
        |_| "Ông Nguyễn Văn A, ".to_owned(),
        |_| "Chủ tịch Nguyễn Văn An, ".to_owned(),
        |n| format!("Chỉ thị số {n}-CT/TU, "),
        |n| format!("Chỉ thị số 5-{}/TU về ", ["CT", "NQ", "KH", "QĐ"][n % 4].repeat(1 + n % 3)),
        |n| format!("Luật Đất đai, Chỉ thị {n}-CT/TU; "),
        |_| "7".to_owned(),
        |_| "(".to_owned(),
        |_| "Nguyễn ".to_owned(),
        |_| "20/11/2020 ".to_owned(),
        |_| "1.".to_owned(),
    ];
    let made = |piece: fn(usize) -> String, size: usize| {
        let mut text = String::new();
        let mut number = 0;
        while text.len() < size {
            text.push_str(&piece(number));
            number += 1;
        }
        text
    };
    let usual = time(&made_of(normal, SIZE));
    for piece in pieces {
        let (short, long) = (time(&made(piece, SIZE)), time(&made(piece, 4 * SIZE)));
        eprintln!(
            "{:40} {:6.2} of prose, four times as long {:5.2} times",
            piece(7),
            short.as_secs_f64() / usual.as_secs_f64(),
            long.as_secs_f64() / short.as_secs_f64()
        );
        // Far from what was: a hundred times as long, and sixteen times at four times the length.
        assert!(short < usual * 40, "{}: {short:?}, prose {usual:?}", piece(7));
        assert!(long < short * 10, "{}: {short:?}, four times as much {long:?}", piece(7));
    }
}

fn made_of(words: &str, size: usize) -> String {
    words.repeat(size / words.len() + 1)
}
