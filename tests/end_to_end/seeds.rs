//! The first real articles, through the real binary.

use std::collections::BTreeMap;
use std::process::Command;

use crate::program::{Folder, Server, shared};

/// Floors of the extraction on the seeds, as `mentions.py` scores it. They only rise.
const FLOORS: &[&str] =
    &["directives.f1=0.95", "officials.f1=0.90", "figures.f1=0.90", "figures.record=0.60"];

#[test]
fn seeds_are_extracted_as_well_as_before() {
    let (Some(seeds), Some(gold), Some(scorer)) =
        (shared("seeds"), shared("gold/seeds.jsonl"), shared("score/mentions.py"))
    else {
        return;
    };
    let folder = Folder::new();
    let mut files: Vec<String> =
        std::fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path().display().to_string()).collect();
    files.sort();
    let arguments: Vec<&str> = ["extract"].into_iter().chain(files.iter().map(String::as_str)).collect();
    folder.write("found.jsonl", folder.ok(&arguments));
    let mut python = Command::new("python3");
    python.arg(scorer).arg(gold).arg(folder.path().join("found.jsonl"));
    for floor in FLOORS {
        python.args(["--min", floor]);
    }
    let scored = python.output().expect("python3 runs");
    println!("{}", String::from_utf8_lossy(&scored.stdout));
    assert!(
        scored.status.success(),
        "{}{}",
        String::from_utf8_lossy(&scored.stdout),
        String::from_utf8_lossy(&scored.stderr)
    );
}

#[test]
fn seeds_are_documents_with_their_facts() {
    let (Some(seeds), Some(gold)) = (shared("seeds"), shared("gold/seeds.jsonl")) else { return };
    let folder = Folder::new();
    folder.ok(&["import", &seeds.display().to_string()]);
    folder.ok(&["index"]);
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let all = server.json("/v1/search?limit=100");
    assert_eq!(all["count"], 5, "{all}");
    let by_title: BTreeMap<String, serde_json::Value> = all["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| {
            let document = if result["document"].is_object() { &result["document"] } else { result };
            (document["title"].as_str().unwrap().to_owned(), document.clone())
        })
        .collect();
    for line in std::fs::read_to_string(gold).unwrap().lines() {
        let gold: serde_json::Value = serde_json::from_str(line).unwrap();
        let Some(title) = gold["title"].as_str() else { continue };
        let found = by_title.get(title).unwrap_or_else(|| panic!("no “{title}” among {:?}", by_title.keys()));
        assert_eq!(found["province"], gold["province"], "{title}");
        let published = match &found["published"] {
            serde_json::Value::Object(published) => published["date"].clone(),
            other => other.clone(),
        };
        assert_eq!(published, gold["published"], "{title}");
    }
    // What is certain stands in the series, what is not beside it.
    let series = server
        .get("/v1/series?indicator=communes%20meeting%20new%20rural%20standards&province=Ngh%E1%BB%87%20An");
    assert_eq!(series.0, 200, "{}", series.1);
    for value in ["281", "309", "411"] {
        assert!(series.1.contains(value), "{value} in {}", series.1);
    }
    let career = |key: &str| -> Vec<(String, String)> {
        let career = server.json(&format!("/v1/officials/{key}"));
        let positions = career["positions"].as_array().unwrap().iter();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        positions
            .map(|step| (text(&step["first_date"])[..4].to_owned(), text(&step["position_key"])))
            .collect()
    };
    let check = |key: &str, year: &str, position: &str| {
        let steps = career(key);
        assert!(
            steps.contains(&(year.to_owned(), position.to_owned())),
            "{key} {year} {position}: {steps:?}"
        );
    };
    check("nguyen-duc-trung", "2021", "chu-tich.ubnd.nghe-an");
    check("le-hong-vinh", "2025", "chu-tich.ubnd.nghe-an");
    let held = server.json(
        "/v1/positions?at=2023-06-01&place=Ngh%E1%BB%87+An&title=Permanent+Vice+Chairman+of+the+Provincial+People%27s+Committee",
    );
    assert_eq!(held["results"][0]["official"]["key"], "le-hong-vinh", "{held}");
    let directives = server.json("/v1/directives?limit=100");
    let known: BTreeMap<&str, &serde_json::Value> = directives["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|directive| Some((directive["number"].as_str()?, directive)))
        .collect();
    assert_eq!(known["15-CT/TU"]["province"], "Bắc Kạn");
    assert_eq!(known["15-CT/TU"]["issued"], "2022-02");
    assert_eq!(known["16/CT-TTg"]["issued"], "2016-05-16");
    assert_eq!(known["39"]["mentions"], 1);
}
