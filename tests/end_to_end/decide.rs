//! What people decide holds: over rebuilds, and until it is taken back.

use crate::program::{Folder, Server, told};

fn record(number: u32, day: &str, text: &str) -> String {
    format!(
        "{{\"url\":\"https://bao.example/{number}\",\"title\":\"Tin {number}\",\"published\":\"{day}\",\"text\":\"{text}\"}}\n"
    )
}

/// Two bearers of a name, one directive that two texts cite without saying whose it is, and a name that is none.
fn archive() -> Folder {
    let folder = Folder::new();
    let news = [
        record(1, "2019-01-05", "Bác sĩ Trần Văn Suối, Giám đốc Sở Y tế Nghệ An, dự."),
        record(2, "2019-03-05", "Giám đốc Sở Y tế Nghệ An Trần Văn Suối phát biểu."),
        record(3, "2019-02-05", "Ông Trần Văn Suối, Giám đốc Sở Y tế Cà Mau, cho biết."),
        record(
            4,
            "2020-02-05",
            "Thực hiện Chỉ thị số 15-CT/TU ngày 14/02/2018 của Tỉnh ủy Nghệ An, các xã họp. Có 12 xã đạt chuẩn.",
        ),
        record(
            5,
            "2020-03-05",
            "Thực hiện Chỉ thị số 16-CT/TU ngày 14/02/2018 của Tỉnh ủy Nghệ An, các xã họp.",
        ),
    ];
    folder.write("in/news.jsonl", news.concat());
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    folder
}

/// The key of what a mention stands for.
fn key(folder: &Folder, document: u32, quote: &str) -> Option<String> {
    let shown = folder.run(&["why", &format!("https://bao.example/{document}"), quote]);
    let first = shown.out.lines().next().unwrap_or_default();
    let before = first.split("): ").next()?;
    before.rsplit_once('(').map(|(_, key)| key.to_owned())
}

const NAME: &str = "Trần Văn Suối";

#[test]
fn decisions_hold_over_rebuilds_until_they_are_taken_back() {
    let folder = archive();
    let person = |document| key(&folder, document, NAME);
    let directive = |document| key(&folder, document, "CT/TU");
    let check = |why: &str, one: bool, one_directive: bool| {
        assert_eq!(person(1), person(2), "{why}");
        assert_eq!(person(1) == person(3), one, "{why}");
        assert_eq!(directive(4) == directive(5), one_directive, "{why}");
        told(&folder.run(&["check"]), 0, "0 problems");
    };
    check("before", false, false);
    let before = (person(1).unwrap(), person(3).unwrap(), directive(4).unwrap(), directive(5).unwrap());
    let decide = |arguments: &[&str]| {
        let mut all = vec!["decide"];
        all.extend(arguments);
        folder.run(&all)
    };
    let by = ["--by", "Lan", "--note", "seen in the gazette"];

    let same =
        decide(&["same", &before.0, "https://bao.example/3#Trần Văn Suối", by[0], by[1], by[2], by[3]]);
    told(&same, 0, "decision 1: same");
    let same = decide(&["same", &before.2, &before.3, "--by", "Hoa"]);
    told(&same, 0, "decision 2: same");
    told(&decide(&["list"]), 0, "2 decisions, 2 of them wait for `yearline index`");
    told(&folder.run(&["check"]), 0, "2 decisions wait for `yearline index`");
    check("not applied yet", false, false);
    told(&folder.run(&["index"]), 0, "2 decisions hold");
    check("applied", true, true);
    told(&decide(&["list"]), 0, "2 decisions, 0 of them wait");
    // Shown where it acts, by either of the ids of before.
    for id in [&before.0, &before.1] {
        let why = folder.run(&["why", id]);
        told(&why, 0, "same: decided by Lan on 20");
        told(&why, 0, ": seen in the gazette (decision 1)");
        told(&why, 0, "somebody decided so");
    }
    told(&folder.run(&["why", &before.3]), 0, "same: decided by Hoa on");
    folder.ok(&["index", "--rebuild"]);
    check("made again", true, true);

    // Nothing that is indexed later undoes it.
    folder.write(
        "in/more.jsonl",
        record(6, "2019-04-05", "Ông Trần Văn Suối, Giám đốc Sở Y tế Cà Mau, nói thêm."),
    );
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    check("more evidence", true, true);

    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    assert_eq!(server.json("/readyz")["decisions_waiting"], 0);
    let career = server.json(&format!("/v1/officials/{}", person(1).unwrap()));
    assert_eq!(career["decisions"][0]["by"], "Lan", "{career}");
    assert_eq!(career["decisions"][0]["note"], "seen in the gazette");
    let page = server.get(&format!("/officials/{}?ui=vi", person(1).unwrap())).1;
    assert!(page.contains("quyết định bởi Lan") && page.contains("seen in the gazette"), "{page}");
    let dossier = server.json(&format!("/v1/directives/{}", directive(4).unwrap()));
    assert_eq!(dossier["decisions"][0]["by"], "Hoa", "{dossier}");

    // The later of two that contradict holds.
    let two =
        decide(&["different", "https://bao.example/1#Suối", "https://bao.example/3#Suối", "--by", "Minh"]);
    told(&two, 0, "it overrules decision 1: same");
    assert_eq!(server.json("/readyz")["decisions_waiting"], 1);
    folder.ok(&["index"]);
    check("overruled", false, true);
    told(&folder.run(&["why", &person(1).unwrap()]), 0, "different: decided by Minh");
    told(&decide(&["undo", "3", "--by", "Minh"]), 0, "decision 1 holds again: same");
    told(&decide(&["undo", "2", "--by", "Hoa"]), 0, "decision 5: undo: decision 2");
    folder.ok(&["index"]);
    check("taken back", true, false);
    assert_eq!((directive(4), directive(5)), (Some(before.2), Some(before.3)));
    folder.ok(&["index", "--rebuild"]);
    check("taken back and made again", true, false);
    told(&decide(&["undo", "2", "--by", "Hoa"]), 2, "decision 5 has taken 2 back already");
}

#[test]
fn what_is_no_mention_is_none_and_names_are_shown() {
    let folder = archive();
    let person = key(&folder, 3, NAME).unwrap();
    let decide = |arguments: &[&str]| {
        let ended = folder.run(&[&["decide"], arguments, &["--by", "Lan"]].concat());
        assert_eq!(ended.code, 0, "{ended:?}");
    };
    decide(&["name", &person, "Trần Văn Suối (Cà Mau)"]);
    decide(&["name", &key(&folder, 4, "15-CT/TU").unwrap(), "Chỉ thị về nông thôn"]);
    decide(&["not-a-mention", "https://bao.example/5", "16-CT/TU", "--note", "a misprint"]);
    decide(&["not-a-mention", "https://bao.example/4", "12", "--kind", "figure"]);
    let check = |is: bool| {
        let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
        let listed = server.json("/v1/officials").to_string();
        assert_eq!(listed.contains("Trần Văn Suối (Cà Mau)"), is, "{listed}");
        let listed = server.json("/v1/directives").to_string();
        assert_eq!(listed.contains("Chỉ thị về nông thôn"), is, "{listed}");
        assert_eq!(listed.contains("16-CT"), !is, "{listed}");
        let found = server.json("/v1/officials?q=Ca+Mau");
        assert_eq!(found["count"], 1, "{found}");
        let document = |number: u32| {
            let found = server.json(&format!("/v1/documents?address=https://bao.example/{number}"));
            let id = found["results"][0]["id"].as_str().unwrap_or_default().to_owned();
            server.json(&format!("/v1/documents/{id}"))
        };
        let (four, five) = (document(4), document(5));
        assert_eq!(four["figures"].as_array().unwrap().is_empty(), is, "{four}");
        assert_eq!(five["directives"].as_array().unwrap().is_empty(), is, "{five}");
        assert_eq!(five["denied"].as_array().unwrap().len(), usize::from(is));
        if is {
            assert_eq!(five["denied"][0]["decided"]["note"], "a misprint");
            told(
                &folder.run(&["why", "https://bao.example/5", "16-CT"]),
                0,
                "not a mention of a directive, decided by Lan on",
            );
        }
    };
    check(false);
    folder.ok(&["index"]);
    check(true);
    folder.ok(&["index", "--rebuild"]);
    check(true);
    for decision in ["1", "2", "3", "4"] {
        decide(&["undo", decision]);
    }
    folder.ok(&["index"]);
    check(false);
}

#[test]
fn what_cannot_be_decided_is_told() {
    let folder = archive();
    let check = |arguments: &[&str], code: i32, says: &str| {
        told(&folder.run(&[&["decide"], arguments].concat()), code, says);
    };
    let by = ["--by", "Lan"];
    let person = key(&folder, 1, NAME).unwrap();
    let directive = key(&folder, 4, "15-CT/TU").unwrap();
    check(&["same", &person, "nobody", by[0], by[1]], 1, "no directive and no official has the key nobody");
    check(&["same", &person, &directive, by[0], by[1]], 2, "not one official and one directive");
    check(&["same", &person, &person, by[0], by[1]], 2, "both name the same mention");
    check(&["different", &person, "https://bao.example/9#x", by[0], by[1]], 1, "no document of the address");
    check(&["not-a-mention", "https://bao.example/4", "xyz", by[0], by[1]], 1, "is written “xyz”");
    check(&["not-a-mention", "https://bao.example/4", "1", by[0], by[1]], 2, "is written there");
    check(&["name", &person, " ", by[0], by[1]], 2, "the name is empty");
    check(&["name", &person, "X", "--by", " "], 2, "--by NAME");
    check(&["undo", "7", by[0], by[1]], 1, "there is no decision 7");
    // A line that cannot be read is told by its number, and stays.
    folder.ok(&["decide", "name", &person, "Ông Suối", "--by", "Lan"]);
    let path = folder.path().join("archive/decisions.jsonl");
    let line = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{line}half a line\n")).unwrap();
    let indexed = folder.run(&["index"]);
    told(&indexed, 3, "1 decisions hold");
    told(&indexed, 3, "decisions.jsonl, line 2: passed over");
    folder.ok(&["decide", "undo", "1", "--by", "Lan"]);
    assert!(std::fs::read_to_string(&path).unwrap().contains("half a line\n"));
    // What was changed by hand is told as well.
    std::fs::write(&path, line.replace("Suối", "Thác")).unwrap();
    told(&folder.run(&["index"]), 0, "was changed otherwise than by adding lines");
    folder.ok(&["index", "--rebuild"]);
    let index = folder.run(&["index"]);
    assert!(!index.err.contains("changed otherwise"), "{index:?}");
}
