//! What goes wrong on the user's side is told, and takes nothing else with it.

use crate::program::{Folder, told};

/// A record of JSON Lines with an article of its own.
fn record(url: &str, title: &str, source: &str) -> String {
    let text = "Ủy ban nhân dân tỉnh Sơn Khê họp bàn việc sửa đê trước mùa mưa. Ông Trần Văn Suối, Chủ tịch UBND huyện \
                Thạch Bình, báo cáo thu 12 tỷ đồng.";
    let published = "2024-05-02";
    serde_json::json!({"url": url, "title": title, "source": source, "text": text, "published": published})
        .to_string()
}

#[test]
fn a_title_without_end_hides_no_other_article() {
    let long = "dài ".repeat(30_000);
    for (url, title, source) in [
        ("https://a.example/1", long.as_str(), "Báo Sơn Khê"),
        (&*format!("https://a.example/{}", "a".repeat(80_000)), "Sửa đê", "Báo Sơn Khê"),
        ("https://a.example/1", "Sửa đê", long.as_str()),
    ] {
        let folder = Folder::new();
        let other = record("https://a.example/2", "Sửa đê trước mùa mưa", "Báo Sơn Khê");
        folder.write("in.jsonl", format!("{}\n{other}\n", record(url, title, source)));
        folder.ok(&["import", "in.jsonl"]);
        folder.ok(&["index"]);
        told(&folder.run(&["search", "sửa đê"]), 0, "2 found");
        told(&folder.run(&["check"]), 0, "0 problems");
    }
}

#[test]
fn who_mistypes_is_told() {
    let folder = Folder::new();
    let records =
        [1, 2].map(|number| record(&format!("https://a.example/{number}"), "Sửa đê", "Báo Sơn Khê"));
    folder.write("in.jsonl", records.join("\n"));
    folder.ok(&["import", "in.jsonl"]);
    // Nothing of what was kept is in the index yet.
    folder.ok(&["index"]);
    folder.write("later.jsonl", record("https://a.example/3", "Mưa lớn", "Báo Sơn Khê"));
    told(&folder.run(&["import", "later.jsonl"]), 0, "`yearline index` makes them findable");
    told(&folder.run(&["search", "mưa lớn"]), 1, "wait for `yearline index`");
    told(&folder.run(&["check"]), 0, "1 captures wait for `yearline index`");
    folder.ok(&["index"]);
    // A filter that nothing has.
    told(&folder.run(&["search", "--source", "Báo Sơn Khe", "đê"]), 0, "found");
    told(&folder.run(&["search", "--source", "zzz", "đê"]), 2, "no document has the source “zzz”");
    // The archive among what is imported.
    told(&folder.run(&["import", "."]), 0, "it is the archive itself");
    // More memory than there can be.
    folder.ok(&["index", "--memory-mib", "99999999"]);
    // One of two addresses.
    let typo = folder.run(&["forget", "https://a.example/1", "https://a.example/typo"]);
    told(&typo, 3, "there is no capture of https://a.example/typo");
    told(&folder.run(&["search", "đê"]), 0, "2 found");
    // A document with more mentions than are kept of one.
    let many: String = (1..5_003).map(|number| format!("Nghị quyết số {number}/NQ-HĐND. ")).collect();
    folder.write("in/many.txt", format!("Danh mục văn bản\n\n{many}\n"));
    folder.ok(&["import", "in"]);
    told(&folder.run(&["index"]), 3, "2 mentions left out");
    // A line of decisions that nobody can read.
    folder.write("archive/decisions.jsonl", "{\"at\":");
    told(&folder.run(&["check"]), 2, "1 problems");
    told(&folder.run(&["index"]), 3, "decisions.jsonl, line 1");
}

#[test]
fn what_a_rebuild_loses_is_told() {
    let folder = Folder::new();
    for number in 1..4 {
        folder.write("in.jsonl", record(&format!("https://a.example/{number}"), "Sửa đê", "Báo Sơn Khê"));
        folder.ok(&["import", "in.jsonl"]);
    }
    folder.ok(&["index"]);
    let path = folder.path().join("archive/captures/yearline-00001.warc.gz");
    let whole = std::fs::read(&path).expect("captures");
    std::fs::write(&path, &whole[..whole.len() / 2]).expect("a file");
    told(&folder.run(&["index"]), 2, "put the file back from a copy");
    told(&folder.run(&["index", "--rebuild"]), 3, "are in no capture by now");
}
