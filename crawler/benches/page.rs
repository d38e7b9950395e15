//! How fast pages are read, all fields of the article and all links: beside html5ever's bare tree of the same pages, in
//! one run, on one core.
//!
//! Real pages are read from `../shared` where they are there, else a page of our own is repeated.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use corpus::CanonicalUrl;
use crawler::page::{self, Context};
use crawler::{Source, Sources};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use scraper::Html;

const OWN: &str = "<p class=text>Ủy ban nhân dân tỉnh giao các sở rà soát từng xã, báo cáo trước ngày 15 hằng tháng và \
    <a href='/ke-hoach'>công khai kết quả</a> để người dân theo dõi.</p>";

/// Pages with their addresses.
fn pages() -> Vec<(Option<CanonicalUrl>, Vec<u8>)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/articles");
    let place = tempfile::tempdir().expect("a folder for the pages");
    let mut pages = Vec::new();
    for set in ["vn", "scrapinghub", "fundus"] {
        let archive = shared.join(format!("{set}.tar.xz"));
        let unpacked = Command::new("tar").arg("-xJf").arg(&archive).current_dir(&place).status();
        let Ok(gold) = std::fs::read_to_string(place.path().join(set).join("gold.json")) else {
            eprintln!("{} cannot be unpacked ({unpacked:?})", archive.display());
            continue;
        };
        let gold: serde_json::Value = serde_json::from_str(&gold).expect("JSON");
        for row in gold.as_object().into_iter().flat_map(|gold| gold.values()) {
            let file = row["file"].as_str().expect("a file");
            let html = std::fs::read(place.path().join(set).join(file)).expect("the file is there");
            pages.push((row["url"].as_str().and_then(|url| url.parse().ok()), html));
        }
    }
    if pages.is_empty() {
        let menu = "<li class=item><a href='/muc'>Một mục</a></li>".repeat(200);
        let page =
            format!("<title>Bài</title><ul class=menu>{menu}</ul><h1>Bài</h1><div>{}</div>", OWN.repeat(40));
        pages.extend((0..50).map(|_| (None, page.clone().into_bytes())));
    }
    pages
}

fn read(criterion: &mut Criterion) {
    let pages = pages();
    let sources = Sources::shipped();
    let own: Vec<Option<Source>> = pages.iter().map(|(url, _)| url.as_ref().map(Source::of_site)).collect();
    let fetched_at = "2026-12-31T00:00:00Z".parse().expect("a time");
    let mut group = criterion.benchmark_group("page");
    group.sample_size(10).throughput(Throughput::Elements(pages.len() as u64));
    group.bench_function("tree", |bench| {
        bench.iter(|| {
            for (_, html) in &pages {
                black_box(Html::parse_document(&String::from_utf8_lossy(black_box(html))));
            }
        });
    });
    group.bench_function("article", |bench| {
        bench.iter(|| {
            for ((url, html), own) in pages.iter().zip(&own) {
                let url = url.as_ref();
                let source = url.and_then(|url| sources.for_host(url.host())).or(own.as_ref());
                let context = Context { url, charset: None, source, fetched_at, is_live: true };
                let _ = black_box(page::read(black_box(html), &context));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
