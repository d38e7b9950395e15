//! How fast mentions are found: megabytes of text a second on one core, beside one pass of a bare aho-corasick automaton
//! over the same text, and on hostile text.
//!
//! Real news is read from `../shared` where it is there, else text of our own is repeated.

use std::hint::black_box;
use std::path::Path;

use aho_corasick::AhoCorasick;
use corpus::{Article, Language};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use extract::{Extractor, Reading as _};

const OWN: &str = "Sáng 25/6, UBND tỉnh Sơn Khê họp bàn nhiệm vụ 6 tháng cuối năm 2021. Đồng chí Trần Văn Mạnh - Chủ tịch \
    UBND tỉnh chủ trì hội nghị. Đến nay toàn tỉnh có 121/180 xã đạt chuẩn nông thôn mới theo Chỉ thị số 15-CT/TU ngày \
    14/02/2018 của Ban Thường vụ Tỉnh ủy về xây dựng nông thôn mới; thu ngân sách đạt 9.504 tỷ đồng, tăng 7,58% so với \
    cùng kỳ. Người dân các bản vùng cao phấn khởi trước những đổi thay của quê hương.\n\n";

/// A megabyte or two of articles.
fn news() -> Vec<Article> {
    let article = |text: String| Article { text, language: Some(Language::VIETNAMESE), ..Article::default() };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/provincial_2020.jsonl");
    let Ok(lines) = std::fs::read_to_string(path) else {
        eprintln!("the shared news are missing: a text of our own is read instead");
        return (0..400).map(|_| article(OWN.repeat(8))).collect();
    };
    let text = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON Lines");
        record["text"].as_str().expect("a text").to_owned()
    };
    lines.lines().take(400).map(|line| article(text(line))).collect()
}

fn size(articles: &[Article]) -> u64 {
    articles.iter().map(|article| article.text.len() as u64).sum()
}

fn mentions(articles: &[Article]) -> usize {
    let found = articles.iter().map(|article| Extractor.mentions(black_box(article)));
    found.map(|found| found.directives.len() + found.officials.len() + found.figures.len()).sum()
}

fn extract(criterion: &mut Criterion) {
    let articles = news();
    let mut group = criterion.benchmark_group("news");
    group.sample_size(10).throughput(Throughput::Bytes(size(&articles)));
    let words = [
        "nghị quyết",
        "Nghị quyết",
        "quyết định",
        "Quyết định",
        "chủ tịch",
        "Chủ tịch",
        "tỷ",
        "triệu",
        "%",
        "số",
    ];
    let automaton = AhoCorasick::new(words).expect("a few words");
    group.bench_function("aho-corasick", |bench| {
        bench.iter(|| {
            articles
                .iter()
                .map(|article| automaton.find_iter(black_box(&article.text)).count())
                .sum::<usize>()
        });
    });
    group.bench_function("mentions", |bench| bench.iter(|| mentions(&articles)));
    group.finish();

    let hostile = [
        ("digits", "1234567890"),
        ("capitals", "Nguyen Van "),
        ("so", "số "),
        ("directive", "Nghị quyết số 1 "),
        ("stops", "a. "),
    ];
    let mut group = criterion.benchmark_group("hostile");
    group.sample_size(10);
    for (name, words) in hostile {
        let text = words.repeat((1 << 20) / words.len());
        let article = [Article { text, language: Some(Language::VIETNAMESE), ..Article::default() }];
        group.throughput(Throughput::Bytes(size(&article)));
        group.bench_function(name, |bench| bench.iter(|| mentions(&article)));
    }
    group.finish();
}

criterion_group!(benches, extract);
criterion_main!(benches);
