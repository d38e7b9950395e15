//! Titles, texts and names of files that would take a terminal over, printed by every command.

use std::process::Stdio;

use crate::program::{Ended, Folder};

/// What a terminal obeys: its title, colours, the cursor, the same in one byte, and the direction of writing.
const HOSTILE: &str = "\u{1b}]0;mine\u{7}\u{1b}[31m\u{1b}[2J\u{8}\u{7f}\u{9b}31m\u{90}\u{202e}\u{2066}";

fn is_obeyed(letter: char) -> bool {
    let is_bidi =
        matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_bidi || letter.is_control() && !matches!(letter, '\n' | '\t')
}

/// Fails where a terminal would obey what was printed, or where the hostile text is not in it at all.
fn check(what: &[&str], ended: &Ended, code: i32, is_shown: bool) {
    for printed in [&ended.out, &ended.err] {
        assert!(!printed.contains(is_obeyed), "{what:?}: {printed:?}");
    }
    assert_eq!(ended.code, code, "{what:?}: {ended:?}");
    let printed = format!("{}{}", ended.out, ended.err).to_lowercase();
    assert_eq!(printed.contains("\\u{9b}") || printed.contains("\\u009b"), is_shown, "{what:?}: {ended:?}");
}

#[test]
fn nothing_that_strangers_wrote_reaches_the_terminal_as_a_command() {
    let folder = Folder::new();
    // A file is text where one character in a hundred at most is for controlling.
    let clean = "Ủy ban nhân dân tỉnh giao các sở rà soát từng xã trước mùa mưa bão năm nay. ".repeat(50);
    let text = format!(
        "Sửa đê {HOSTILE} trước mùa mưa\n\nMinh Hà 26/06/2021 10:15\n\nUBND tỉnh {HOSTILE} họp bàn.\n\n{clean}\n"
    );
    let page = format!(
        "<h1>Sửa đê {HOSTILE}</h1><div class='bai{HOSTILE}'><p>UBND {HOSTILE} họp. {clean}</p><p>{clean}</p></div>"
    );
    let named = |name: &str| format!("{HOSTILE}{name}");
    folder.write(&format!("in/{}", named("news.txt")), &text);
    folder.write(&format!("in/{}", named("broken.txt")), b"\x89PNG\r\n\x1a\n\0\0\0\x01\x02");
    folder.write(&named("page.html"), &page);
    folder.write(&named("nothing.xyz"), "");
    folder.write("broken.jsonl", format!("{{\"id\": \"{HOSTILE}\"\n"));
    folder.write("records/paper.toml", "name = \"Báo\u{9b}\u{202e}\"\nhosts = [\"bao.example\"]\n");
    folder.write("yearline.toml", "sources = 'records'\n");
    let archive = named("archive");
    let page = named("page.html");
    let (nothing, news) = (named("nothing.xyz"), format!("in/{}", named("news.txt")));
    let at = |arguments: &[&str], code: i32, is_shown: bool| {
        let mut all = vec!["--archive", &archive];
        all.extend(arguments);
        let mut command = folder.command();
        let output = command.args(&all).env("YEARLINE_LOG", "debug").output().expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
        let code_of = output.status.code().unwrap_or(-1);
        check(
            arguments,
            &Ended { code: code_of, out: text(output.stdout), err: text(output.stderr) },
            code,
            is_shown,
        );
    };
    at(&["index"], 2, true);
    at(&["import", "in", "--source", HOSTILE, "--province", HOSTILE], 3, true);
    at(&["import", &nothing], 2, true);
    at(&["import", &named("gone.txt")], 2, true);
    at(&[&format!("--{HOSTILE}")], 2, true);
    at(&[HOSTILE], 2, true);
    at(&["index", "--memory-mib", HOSTILE], 2, true);
    at(&["index"], 0, false);
    at(&["search", "sửa đê"], 0, true);
    at(&["search", "sửa đê", "--json"], 0, true);
    at(&["search", HOSTILE], 0, true);
    at(&["extract", &news], 0, true);
    at(&["extract", "--why", &page], 0, true);
    at(&["extract", "--explain", &page], 0, true);
    at(&["extract", &named("gone.txt"), &nothing, "broken.jsonl"], 2, true);
    at(&["rules", HOSTILE], 1, true);
    at(&["rules", "--json", "chi", "thi"], 0, false);
    at(&["coverage", HOSTILE], 2, true);
    at(&["crawl", HOSTILE], 2, true);
    at(&["crawl", "http://127.0.0.1:9/"], 2, false);
    at(&["coverage", "--json"], 0, false);
    at(&["sources"], 0, true);
    at(&["sources", "check", &page, "--url", "http://bao.example/1"], 0, true);
    at(&["sources", "check", &page, "--url", "http://bao.example/1", "--json"], 0, true);
    at(&["sources", "check", &named("gone.html"), "--record", HOSTILE], 2, true);
    at(&["serve", "--listen", HOSTILE], 2, true);
    at(&["check", HOSTILE], 2, true);
    let captures = std::fs::read_dir(folder.path().join(&archive).join("captures")).unwrap();
    let capture = captures
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "gz"));
    let capture = capture.expect("a file of captures");
    let mut bytes = std::fs::read(&capture).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20].fill(0);
    std::fs::write(&capture, bytes).unwrap();
    at(&["check"], 2, true);
    at(&["index", "--rebuild"], 3, true);
    folder.write("yearline.toml", format!("'{HOSTILE}' = 1"));
    at(&["sources"], 2, true);
    at(&["--config", HOSTILE, "sources"], 2, true);

    folder.write(
        "questions.jsonl",
        serde_json::json!({"robots": HOSTILE, "agent": HOSTILE, "url": "/"}).to_string(),
    );
    folder.write("yearline.toml", "");
    for (questions, code) in [("questions.jsonl", 0), ("broken.jsonl", 2)] {
        let input = std::fs::File::open(folder.path().join(questions)).unwrap();
        let mut command = folder.command();
        let output = command.arg("robots").stdin(Stdio::from(input)).output().expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
        let code_of = output.status.code().unwrap_or(-1);
        let ended = Ended { code: code_of, out: text(output.stdout), err: text(output.stderr) };
        check(&["robots", questions], &ended, code, code == 0);
    }
}
