use std::collections::HashMap;

use corpus::{Article, CodePoints};
use serde_json::Value;

use crate::Reading as _;
use crate::cross_check::article;
use crate::shared;
use crate::{Directive, Extractor};

/// F1 of places and of records (number, type and date right as well), mentions by number alone, as the gold files are
/// scored; and how many of the named ones are found.
fn score(gold: &str) -> (f64, f64, f64) {
    let (mut expected, mut got, mut hits, mut right, mut named, mut named_hits) = (0, 0, 0, 0, 0, 0);
    for line in gold.lines().filter(|line| !line.trim().is_empty()) {
        let gold: Value = serde_json::from_str(line).unwrap();
        let article = article(&gold);
        let points = CodePoints::new(&article.text);
        let found: HashMap<(usize, usize), Directive> =
            Extractor.mentions(&article).directives.into_iter().map(|d| (points.range(d.span), d)).collect();
        let all: HashMap<(usize, usize), &Value> = gold["directives"]
            .as_array()
            .unwrap()
            .iter()
            .map(|d| ((d["start"].as_u64().unwrap() as usize, d["end"].as_u64().unwrap() as usize), d))
            .collect();
        let id = &gold["id"];
        for (place, gold) in &all {
            let found = found.get(place);
            if gold["named"] == true {
                named += 1;
                named_hits += usize::from(found.is_some());
                if found.is_none() {
                    eprintln!("{id} named  {}", gold["quote"]);
                }
                continue;
            }
            expected += 1;
            let Some(found) = found else {
                eprintln!("{id} missed {place:?} {}", gold["quote"]);
                continue;
            };
            hits += 1;
            let fold =
                |number: Option<&str>| number.unwrap_or_default().to_lowercase().replace(['-', '–'], "/");
            let issued = found.issued.map(|date| date.to_string());
            let all_right = fold(found.number.as_deref()) == fold(gold["number"].as_str())
                && found.kind.as_str() == gold["kind"]
                && issued.as_deref() == gold["issued"].as_str();
            right += usize::from(all_right);
            let same = |a: &Option<String>, b: &Value| a.as_deref() == b.as_str();
            if !all_right || !same(&found.issuer, &gold["issuer"]) || !same(&found.subject, &gold["subject"])
            {
                eprintln!("{id} {all_right} {found:?}\n    {gold}");
            }
        }
        for (place, found) in &found {
            let is_named = all.get(place).map_or(found.named, |gold| gold["named"] == true);
            got += usize::from(!is_named);
            if !all.contains_key(place) {
                eprintln!("{id} spurious {}", found.span.of(&article.text));
            }
        }
    }
    let f1 = |hits: usize| 2.0 * hits as f64 / (expected + got) as f64;
    (f1(hits), f1(right), f64::from(named_hits as u32) / f64::from(named as u32))
}

#[test]
fn gold_directives_are_found() {
    let floors = [("gold/seeds.jsonl", 0.99), ("gold/provincial.jsonl", 0.99), ("gold/wild.jsonl", 0.97)];
    for (name, floor) in floors {
        let Some(gold) = shared::text(name) else { return };
        let (found, right, named) = score(&gold);
        eprintln!("{name}: found {found:.3}, right {right:.3}, named {named:.3}");
        assert!(found >= floor, "{name}: F1 of directives is {found:.3}, below {floor}");
    }
}

#[test]
fn seed_texts_are_told_their_province_and_language() {
    let Some(gold) = shared::text("gold/seeds.jsonl") else { return };
    for line in gold.lines().filter(|line| !line.trim().is_empty()) {
        let gold: Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            Extractor.province(&article(&gold)).as_deref(),
            gold["province"].as_str(),
            "{}",
            gold["id"]
        );
    }
}

/// The mentions of a text: words, type, number, date, issuer, subject, with `-` for what is not given.
fn found(text: &str) -> Vec<String> {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let row = |directive: Directive| {
        let or = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        let issued = or(directive.issued.map(|date| date.to_string()));
        let (number, issuer, subject) = (or(directive.number), or(directive.issuer), or(directive.subject));
        let words = directive.span.of(text);
        format!("{words} | {} | {number} | {issued} | {issuer} | {subject}", directive.kind)
    };
    Extractor.mentions(&article).directives.into_iter().map(row).collect()
}

#[test]
fn numbers_are_read_as_they_are_written() {
    let check = |text: &str, expected: &[&str]| {
        let numbers: Vec<String> =
            found(text).iter().map(|row| row.split(" | ").take(3).collect::<Vec<_>>().join(" | ")).collect();
        assert_eq!(numbers, expected, "{text}");
    };
    check("theo Kế hoạch số 209 KH/TU của tỉnh", &["Kế hoạch số 209 KH/TU | plan | 209-KH/TU"]);
    check("Chỉ thị 13 /CT-UBND", &["Chỉ thị 13 /CT-UBND | directive | 13/CT-UBND"]);
    check(
        "Directives No. 16/CT-TTg and 17/CT-TTg",
        &["Directives No. 16/CT-TTg | directive | 16/CT-TTg", "17/CT-TTg | directive | 17/CT-TTg"],
    );
    check("tại số 351/TTg-CN", &["số 351/TTg-CN | official-letter | 351/TTg-CN"]);
    check("số 78/2008/QĐ-UBND", &["số 78/2008/QĐ-UBND | decision | 78/2008/QĐ-UBND"]);
    check("Decision No. 5/QD-UBND.", &["Decision No. 5/QD-UBND | decision | 5/QD-UBND"]);
    check("Quyết định 12/QÐ-UBND", &["Quyết định 12/QÐ-UBND | decision | 12/QÐ-UBND"]);
    check("Resolution No. 39 of", &["Resolution No. 39 | resolution | 39"]);
    check("Nghị quyết 30a, kế hoạch 5 năm, Kế hoạch 5 năm", &["Nghị quyết 30a | resolution | 30a"]);
    check("Nghị quyết 18 - Tân Hợp", &["Nghị quyết 18 | resolution | 18"]);
    check(
        "Quyết định của UBND tỉnh số 7/QĐ-UBND",
        &["Quyết định của UBND tỉnh số 7/QĐ-UBND | decision | 7/QĐ-UBND"],
    );
    check(
        "theo Quyet dinh so 12/QD-UBND va Chi thi 5",
        &["Quyet dinh so 12/QD-UBND | decision | 12/QD-UBND", "Chi thi 5 | directive | 5"],
    );
    check(
        "Nghị định 67 cho vay vốn. Theo NĐ 67 và QĐ 33, nd 12 tàu được đóng.",
        &["Nghị định 67 | decree | 67", "NĐ 67 | decree | 67"],
    );
    check("Luật số 45/2019/QH14", &["Luật số 45/2019/QH14 | law | 45/2019/QH14"]);
    check("Kế hoạch 2021, báo cáo 3 điểm, ngày 5/9/2016, 16/20 xã, Quốc lộ 7", &[]);
}

#[test]
fn what_is_said_about_a_directive_is_read() {
    let check = |text: &str, expected: &[&str]| assert_eq!(found(text), expected, "{text}");
    check(
        "Ngày 05/9/2016, UBND tỉnh ban hành Chỉ thị số 3/CT-UBND về trồng rừng; tiếp đó mưa.",
        &["Chỉ thị số 3/CT-UBND | directive | 3/CT-UBND | 2016-09-05 | UBND tỉnh | trồng rừng"],
    );
    check(
        "Decision No. 8/QD-UBND dated September 22, 2015 of the Provincial People's Committee on “On roads”.",
        &[
            "Decision No. 8/QD-UBND | decision | 8/QD-UBND | 2015-09-22 | Provincial People's Committee | roads",
        ],
    );
    check(
        "In February 2022, the Provincial Party Committee issued Directive No. 4-CT/TU. Directive 4 works.",
        &[
            "Directive No. 4-CT/TU | directive | 4-CT/TU | 2022-02 | Provincial Party Committee | -",
            "Directive 4 | directive | 4 | 2022-02 | Provincial Party Committee | -",
        ],
    );
    check(
        "thi hành Luật Đất đai năm 2013 và Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI",
        &[
            "Luật Đất đai năm 2013 | law | - | - | - | Đất đai",
            "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI | resolution | - | - | Đại hội Đảng bộ tỉnh lần thứ XVI | -",
        ],
    );
    check(
        "Căn cứ Luật Đất đai số 45/2013/QH13 ngày 29/11/2013, Luật Nhà ở và số 5/2020/QH14.",
        &[
            "Luật Đất đai số 45/2013/QH13 | law | 45/2013/QH13 | 2013-11-29 | - | Đất đai",
            "Luật Nhà ở | law | - | - | - | Nhà ở",
            "số 5/2020/QH14 | law | 5/2020/QH14 | - | - | -",
        ],
    );
    check(
        "the Law on Water Resources and a Resolution of the Party",
        &["Law on Water Resources | law | - | - | - | Water Resources"],
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "Nghị quyết", "Directive", "số", "No.", "16", "/CT-TTg", " – ", "–NQ/TW", "209 KH/TU", "của", "of the",
                "UBND tỉnh", "Prime Minister", "ngày 5/9/2016", "dated May 16, 2016", "về", "on", "“", "”", "và", ";", ".",
                "\n", "Luật Đất đai", "năm 2013", "Đại hội XIII", "Ð", "\u{301}", "2020", "ban hành", "(", "%", "đ",
            ]),
            0..30,
        ),
        blank in proptest::sample::select(vec!["", " "]),
    ) {
        let text = words.join(blank);
        let article = Article { text: text.clone(), province: Some("Sơn Khê".to_owned()), ..Article::default() };
        let mut end = 0;
        for directive in Extractor.mentions(&article).directives {
            let quote = directive.span.of(&text);
            proptest::prop_assert!(directive.named || directive.span.start() >= end, "{quote} overlaps");
            proptest::prop_assert!(directive.named || directive.number.is_some());
            end = directive.span.end();
        }
    }
}
