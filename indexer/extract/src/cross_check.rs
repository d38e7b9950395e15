//! Whether the rules are those of the language and not of single texts: what is reached on most documents of the gold must
//! be reached on those left out.

use std::collections::BTreeSet;

use corpus::{Article, CodePoints, DateOrigin, Published};
use serde_json::Value;

use crate::{Extractor, Reading as _};

/// Parts that the documents are cut into, each left out once.
const FOLDS: usize = 4;
/// What a part that is left out may be worse by than the rest.
const WORSE: f64 = 0.03;
/// What a single document of five mentions or more must reach.
const WORST: f64 = 0.9;

/// Mentions wanted, found, and both.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    wanted: usize,
    found: usize,
    hit: usize,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.wanted += other.wanted;
        self.found += other.found;
        self.hit += other.hit;
    }

    fn f1(self) -> f64 {
        if self.wanted + self.found == 0 {
            1.0
        } else {
            2.0 * self.hit as f64 / (self.wanted + self.found) as f64
        }
    }
}

/// The article of a row of the gold files.
pub(crate) fn article(gold: &Value) -> Article {
    let words = |name: &str| gold[name].as_str().map(str::to_owned);
    let date = words("published").and_then(|date| date.get(..10)?.parse().ok());
    Article {
        text: words("text").expect("a row of gold has a text"),
        language: words("lang").and_then(|code| code.parse().ok()),
        province: words("province"),
        published: date.map(|date| Published { date, time: None, origin: DateOrigin::Record }),
        ..Article::default()
    }
}

/// Directives, officials and figures of a document, by the places of their words.
fn counts(gold: &Value) -> [Counts; 3] {
    let article = article(gold);
    let points = CodePoints::new(&article.text);
    let mentions = Extractor.mentions(&article);
    let places = |spans: Vec<corpus::Span>| spans.into_iter().map(|span| points.range(span)).collect();
    let found: [BTreeSet<(usize, usize)>; 3] = [
        places(mentions.directives.iter().map(|found| found.span).collect()),
        places(mentions.officials.iter().map(|found| found.span).collect()),
        places(mentions.figures.iter().map(|found| found.span).collect()),
    ];
    let mut all = [Counts::default(); 3];
    for ((counts, found), kind) in all.iter_mut().zip(&found).zip(["directives", "officials", "figures"]) {
        let place = |mention: &Value| {
            let at = |name: &str| mention[name].as_u64().and_then(|at| usize::try_from(at).ok());
            Some((at("start")?, at("end")?))
        };
        let wanted: BTreeSet<_> = gold[kind].as_array().into_iter().flatten().filter_map(place).collect();
        *counts =
            Counts { wanted: wanted.len(), found: found.len(), hit: wanted.intersection(found).count() };
    }
    all
}

#[test]
fn what_holds_for_most_documents_holds_for_those_left_out() {
    let mut documents = Vec::new();
    for name in ["gold/seeds.jsonl", "gold/provincial.jsonl"] {
        let Some(lines) = crate::shared::text(name) else { return };
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let gold: Value = serde_json::from_str(line).expect("JSON Lines");
            documents.push((gold["id"].to_string(), counts(&gold)));
        }
    }
    for (kind, name) in ["directives", "officials", "figures"].into_iter().enumerate() {
        for fold in 0..FOLDS {
            let (mut left_out, mut rest) = (Counts::default(), Counts::default());
            for (at, (_, counts)) in documents.iter().enumerate() {
                if at % FOLDS == fold { left_out.add(counts[kind]) } else { rest.add(counts[kind]) }
            }
            assert!(
                left_out.f1() >= rest.f1() - WORSE,
                "{name}: {:.3} on part {fold}, {:.3} on the rest",
                left_out.f1(),
                rest.f1()
            );
        }
        for (id, counts) in &documents {
            let counts = counts[kind];
            assert!(counts.wanted < 5 || counts.f1() >= WORST, "{name} of {id}: {:.3}", counts.f1());
        }
    }
}
