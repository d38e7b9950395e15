//! Pages with gold text that others annotated: `../shared/articles`, where it is there. The measures are those of
//! `../shared/score/articles.py`; floors only rise.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use corpus::Article;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::Context;
use crate::{Source, Sources};

/// What must be reached, and where it was reached when the floor was set.
#[test]
fn articles_of_others_are_read_as_well_as_before() {
    check("vn", &[("f1", 0.995), ("title", 1.0), ("author", 1.0), ("date", 1.0), ("snippets", 1.0)]);
    check("scrapinghub", &[("f1", 0.975), ("f1page", 0.974)]);
    check("trafilatura", &[("snippets", 0.931)]);
    check(
        "fundus",
        &[("f1", 0.954), ("title", 0.84), ("author", 0.858), ("date", 0.98), ("date of dated", 0.985)],
    );
    check("htmldate", &[("date", 0.9), ("date of dated", 0.944)]);
}

fn check(set: &str, floors: &[(&str, f64)]) {
    let Some(place) = crate::shared::unpacked(&format!("articles/{set}.tar.xz")) else { return };
    let measures = measure(&place.path().join(set));
    for (name, floor) in floors {
        let reached = measures.get(name).copied().unwrap_or_default();
        assert!(reached >= *floor, "{set}: {name} is {reached:.4}, below {floor}; all: {measures:.4?}");
    }
}

/// All measures of a set by name.
fn measure(folder: &Path) -> HashMap<&'static str, f64> {
    let gold: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("gold.json")).unwrap()).unwrap();
    let rows: Vec<&Value> = gold.as_object().unwrap().values().collect();
    let half = rows.len().div_ceil(2);
    let mut scores = Scores::default();
    let read_all =
        |rows: &[&Value]| rows.iter().map(|row| read(row, folder)).collect::<Vec<Option<Article>>>();
    let articles = std::thread::scope(|scope| {
        let halves: Vec<_> = rows.chunks(half).map(|rows| scope.spawn(move || read_all(rows))).collect();
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect::<Vec<_>>()
    });
    for (row, article) in rows.iter().zip(&articles) {
        scores.add(row, article.as_ref());
    }
    scores.sums()
}

fn read(row: &Value, folder: &Path) -> Option<Article> {
    let file: PathBuf = folder.join(row["file"].as_str().unwrap());
    let url = row["url"].as_str().and_then(|url| url.parse().ok());
    let sources = Sources::shipped();
    let site = url.as_ref().map(Source::of_site);
    let source = url.as_ref().and_then(|url| sources.for_host(url.host())).or(site.as_ref());
    let fetched_at = "2026-12-31T00:00:00Z".parse().unwrap();
    let context = Context { url: url.as_ref(), charset: None, source, fetched_at, is_live: true };
    super::read(&std::fs::read(file).unwrap(), &context).ok()?.article.ok()
}

#[derive(Default)]
struct Scores {
    precision: Vec<f64>,
    recall: Vec<f64>,
    f1: Vec<f64>,
    title: Vec<f64>,
    author: Vec<f64>,
    date: Vec<f64>,
    dated: usize,
    /// Snippets found and to be found, snippets that must not be found and are.
    found: usize,
    wanted: usize,
    unwanted: usize,
}

impl Scores {
    fn add(&mut self, gold: &Value, article: Option<&Article>) {
        let text = article.map_or("", |article| &article.text);
        if let Some(gold) = gold["text"].as_str() {
            self.add_text(gold, text);
        }
        let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = joined(text);
        let snippets =
            |key: &str| gold[key].as_array().into_iter().flatten().filter_map(Value::as_str).map(joined);
        let has = |snippet: &String| !shown.is_empty() && shown.contains(snippet.as_str());
        self.wanted += snippets("with").count();
        self.found += snippets("with").filter(has).count();
        self.unwanted += snippets("without").filter(has).count();
        if let Some(title) = gold["title"].as_str().filter(|title| !title.is_empty()) {
            let own = article.and_then(|article| article.title.as_deref()).unwrap_or_default();
            self.title.push(f64::from(u8::from(plain(title) == plain(own))));
        }
        if let Some(author) = gold["author"].as_str().filter(|author| !author.is_empty()) {
            let own = article.and_then(|article| article.author.as_deref()).unwrap_or_default();
            let (gold, own) = (names(author), names(own));
            let shared = gold.intersection(&own).count();
            self.author.push(2.0 * shared as f64 / (gold.len() + own.len()) as f64);
        }
        if let Some(date) = gold["date"].as_str().filter(|date| date.len() >= 10) {
            let own = article.and_then(|article| article.published).map(|own| own.date.to_string());
            self.dated += usize::from(own.is_some());
            self.date.push(f64::from(u8::from(own.as_deref() == Some(&date[..10]))));
        }
    }

    /// Windows of four words that gold and text share, after the article-extraction benchmark of Scrapinghub.
    fn add_text(&mut self, gold: &str, text: &str) {
        let windows = |text: &str| {
            let text: String = text.nfc().collect();
            let words: Vec<String> = text
                .split(|letter: char| !letter.is_alphanumeric() && letter != '_' && !is_mark(letter))
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect();
            let mut counts: HashMap<Vec<String>, usize> = HashMap::new();
            let window = words.len().clamp(1, 4);
            for words in words.windows(window) {
                *counts.entry(words.to_vec()).or_default() += 1;
            }
            counts
        };
        let (gold, own) = (windows(gold), windows(text));
        let shared: usize =
            gold.iter().map(|(window, count)| own.get(window).map_or(0, |own| *own.min(count))).sum();
        let (in_gold, in_own): (usize, usize) = (gold.values().sum(), own.values().sum());
        let precision = (in_own > 0).then(|| shared as f64 / in_own as f64);
        let recall = shared as f64 / in_gold.max(1) as f64;
        self.precision.extend(precision);
        self.recall.push(recall);
        self.f1.push(harmonic(precision.unwrap_or(0.0), recall));
    }

    fn sums(&self) -> HashMap<&'static str, f64> {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let right: f64 = self.date.iter().sum();
        HashMap::from([
            ("f1", harmonic(mean(&self.precision), mean(&self.recall))),
            ("f1page", mean(&self.f1)),
            ("title", mean(&self.title)),
            ("author", mean(&self.author)),
            ("date", mean(&self.date)),
            ("date of dated", right / self.dated.max(1) as f64),
            ("snippets", 2.0 * self.found as f64 / (self.found + self.wanted + self.unwanted).max(1) as f64),
        ])
    }
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

/// Marks that stand on letters in scripts where they do not melt into one.
fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// Words alone, in lower case.
fn plain(text: &str) -> String {
    let text: String = text.nfkc().collect::<String>().to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn names(text: &str) -> HashSet<String> {
    let text = text.replace(" and ", ",").replace(" và ", ",");
    text.split([',', ';', '/', '&', '|']).map(plain).filter(|name| !name.is_empty()).collect()
}
