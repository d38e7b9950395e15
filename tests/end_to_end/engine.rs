//! The index in a real OpenSearch, through the program: the guide's own commands, and a service whose engine goes away.

use std::time::{Duration, Instant};

use crate::agreement::agree;
use crate::program::{Folder, Server, shared};
use cluster::Cluster;

#[path = "../../indexer/src/engines/cluster.rs"]
#[allow(dead_code, reason = "the suite of all engines uses the rest")]
mod cluster;

/// The guide, as people read it.
const GUIDE: &str = include_str!("../../docs/opensearch.md");

/// The blocks of a language in a text.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let opening = format!("```{language}\n");
    text.split(opening.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

#[test]
fn the_guide_leads_to_opensearch_and_back() {
    let releases = Cluster::releases();
    let Some(release) = releases.last() else { return };
    let mut cluster = Cluster::start(release, 1);
    let folder = Folder::new();
    let address = cluster.address("news");
    let shell = blocks(GUIDE, "sh");
    assert!(shell.len() >= 4, "{}", shell.len());
    // One session, since one block names what the next uses.
    let script = format!(
        "set -euo pipefail\nyearline() {{ {} \"$@\"; }}\n{}",
        env!("CARGO_BIN_EXE_yearline"),
        shell.concat().replace("http://127.0.0.1:9200/news", &address)
    );
    let session =
        std::process::Command::new("bash").current_dir(folder.path()).args(["-c", &script]).output();
    let session = session.expect("bash runs");
    let said =
        format!("{}{}", String::from_utf8_lossy(&session.stdout), String::from_utf8_lossy(&session.stderr));
    assert!(session.status.success(), "{said}");
    for expected in ["Mưa to ở huyện Bản Sảng", "Gió mùa ở Sơn Khê", "0 problems"] {
        assert!(said.contains(expected), "{expected}: {said}");
    }

    folder.write("yearline.toml", format!("[index]\nurl = \"{address}\"\n"));
    folder.ok(&["index"]);
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let check = |path: &str, status: u16, says: &str| {
        let began = Instant::now();
        let (found, text) = server.get(path);
        assert!(began.elapsed() < Duration::from_secs(30), "{path} took {:?}", began.elapsed());
        assert_eq!(found, status, "{path}: {text}");
        assert!(text.contains(says), "{path}: {text}");
        assert!(!text.contains("127.0.0.1"), "{path}: {text}");
    };
    check("/readyz", 200, "\"documents\":3");
    check("/v1/search?q=m%C6%B0a&facet=directive&facet=official", 200, "Bản Sảng");
    check("/v1/directives", 200, "15-CT/TU");
    check("/v1/officials/tran-van-suoi", 200, "Trần Văn Suối");
    check("/?q=mua", 200, "<mark>Mưa</mark>");

    cluster.kill(0);
    check("/readyz", 503, "not to be reached");
    check("/v1/search?q=mua", 503, "not to be reached");
    check("/healthz", 200, "ok");
    assert!(folder.run(&["search", "mua"]).err.contains("does not answer"));
    cluster.run(0);
    cluster.wait();
    check("/v1/search?q=m%C6%B0a", 200, "Bản Sảng");
    check("/readyz", 200, "\"documents\":3");
}

/// One truth, whatever the shards.
#[test]
fn real_news_count_alike_in_five_shards() {
    let releases = Cluster::releases();
    let Some((release, news)) = releases.last().zip(shared("data/provincial_2020.jsonl")) else { return };
    let cluster = Cluster::start(release, 1);
    let folder = Folder::new();
    let address = cluster.address("news");
    folder.write("yearline.toml", format!("[index]\nurl = \"{address}\"\nshards = 5\n"));
    folder.ok(&["import", &news.display().to_string()]);
    folder.ok(&["index"]);
    let checked = folder.ok(&["check"]);
    assert!(checked.contains("0 problems"), "{checked}");
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    agree(&server, 400, 75);
}

#[test]
fn a_wrong_engine_is_one_clear_line() {
    let folder = Folder::new();
    folder.write("a.txt", "Mưa to.");
    folder.ok(&["import", "a.txt"]);
    let check = |variables: &[(&str, &str)], says: &str| {
        for command in ["index", "search", "check", "serve"] {
            let mut program = folder.command();
            for (name, value) in variables {
                program.env(format!("YEARLINE_INDEX_{name}"), value);
            }
            let ended = program.arg(command).output().expect("it starts");
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert_eq!(ended.status.code(), Some(2), "{command} {variables:?}: {said}");
            assert!(said.contains(says), "{command} {variables:?}: {said}");
            assert!(!said.contains("geheim"), "{command} {variables:?}: {said}");
        }
    };
    check(&[("URL", "somewhere")], "is no address of an index");
    check(&[("URL", "https://ann:geheim@127.0.0.1/a")], "is no address of an index");
    check(&[("URL", "http://192.0.2.1:9200/a")], "unencrypted");
    check(&[("URL", "http://127.0.0.1:9/a"), ("USER", "ann")], "give both");
    check(&[("URL", "http://127.0.0.1:9/a"), ("SHARDS", "x")], "no number");
    check(&[("URL", "https://127.0.0.1:9/a"), ("CA_FILE", "/nowhere/ca.pem")], "/nowhere/ca.pem");
}
