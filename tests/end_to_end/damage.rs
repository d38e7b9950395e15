//! What nobody wishes for: full disks, torn and damaged files, archives and indexes of other versions, killed processes.
//! Each ends with a way out, and nothing that was kept is lost.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::program::{Folder, Server, skipped, told};

const NEWS: &str = "Sơn Khê: Thu ngân sách tăng khá\n\nMinh Hà 26/06/2021 10:15\n\n\
    Đến nay toàn tỉnh có 121/180 xã đạt chuẩn nông thôn mới theo Chỉ thị số 15-CT/TU ngày 14/02/2018.\n";

/// An archive of one page of news, indexed.
fn archive_of_news() -> Folder {
    let folder = Folder::new();
    folder.write("in/news.txt", NEWS);
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    folder
}

/// A page that compression makes little smaller.
fn page(number: u64, words: usize) -> String {
    let mut state = number + 1;
    let mut text = format!("Bản tin số {number}\n\n");
    for _ in 0..words {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let letters = (0..8).map(|at| char::from(b'a' + ((state >> (8 * at + 3)) % 26) as u8));
        text.extend(letters.chain([' ']));
    }
    text.push('\n');
    text
}

/// A folder on a small disk of its own; `None` where this user may not make one.
struct SmallDisk {
    folder: Folder,
    disk: PathBuf,
}

impl SmallDisk {
    fn new(size: &str) -> Option<Self> {
        let folder = Folder::new();
        let disk = folder.path().join("disk");
        std::fs::create_dir(&disk).expect("made");
        let option = format!("size={size}");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &option, "tmpfs"]).arg(&disk).output();
        if mount.is_ok_and(|mount| mount.status.success()) {
            return Some(Self { folder, disk });
        }
        skipped("a full disk: no disk can be mounted here");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.disk).output();
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let Some(small) = SmallDisk::new("2m") else { return };
    let folder = &small.folder;
    folder.write("in/news.txt", NEWS);
    for number in 0..20 {
        folder.write(&format!("more/{number}.txt"), page(number, 20_000));
    }
    let archive = ["--archive", "disk/archive"];
    let run = |arguments: &[&str]| folder.run(&[&archive, arguments].concat());
    assert_eq!(run(&["import", "in"]).code, 0);
    assert_eq!(run(&["index"]).code, 0);
    told(&run(&["import", "more"]), 2, "make room and run the same command again");
    told(&run(&["index"]), 2, "make room and run the same command again");
    told(&run(&["check"]), 0, "0 problems");
    told(&run(&["search", "ngân sách"]), 0, "1 found");
    // With room the same commands go on.
    let remount = Command::new("mount").args(["-o", "remount,size=60m"]).arg(&small.disk).status();
    assert!(remount.expect("mount runs").success());
    told(&run(&["import", "more"]), 0, "kept");
    assert_eq!(run(&["index"]).code, 0);
    told(&run(&["search", "bản tin"]), 0, "20 found");
    told(&run(&["check"]), 0, "0 problems");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full_is_told() {
    let folder = archive_of_news();
    for arguments in
        [&["check"][..], &["rules"], &["search", "ngân sách"], &["coverage"], &["extract", "in/news.txt"]]
    {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = folder.command().args(arguments).stdout(full).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("full") || told.contains("No space left"), "{arguments:?}: {told}");
        assert!(!told.contains("rebuild"), "{arguments:?}: {told}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let Some(small) = SmallDisk::new("8m") else { return };
    let folder = &small.folder;
    folder.write("in/news.txt", NEWS);
    let run = |arguments: &[&str]| folder.run(&[&["--archive", "disk/archive"], arguments].concat());
    assert_eq!(run(&["import", "in"]).code, 0);
    let remount = Command::new("mount").args(["-o", "remount,ro"]).arg(&small.disk).status();
    assert!(remount.expect("mount runs").success());
    told(&run(&["import", "in"]), 2, "put the archive where it can be written to");
    told(&run(&["index"]), 2, "must stand where it can be written to");
    told(&run(&["crawl", "https://baosonkhe.example/"]), 2, "Read-only");
}

#[test]
fn a_torn_end_is_cut_off_and_the_rest_is_kept() {
    let folder = Folder::new();
    for number in 0..5 {
        folder.write(&format!("in/{number}.txt"), page(number, 200));
    }
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    let path = folder.path().join("archive/captures/yearline-00001.warc.gz");
    let whole = std::fs::read(&path).unwrap();
    let torn = &whole[..whole.len() - 100];
    folder.write("foreign/torn.warc.gz", torn);
    std::fs::write(&path, torn).unwrap();
    // Another's torn file gives what is whole in it.
    let other = folder.run(&["--archive", "other", "import", "foreign"]);
    told(&other, 3, "4 kept");
    told(&other, 3, "ends in the middle of this record");
    // Our own is mended by the next writer, and what was lost can be imported again.
    told(&folder.run(&["index"]), 2, "have lost their end");
    told(&folder.run(&["check"]), 2, "the index was made of more");
    told(&folder.run(&["import", "in"]), 0, "1 kept");
    folder.ok(&["index", "--rebuild"]);
    told(&folder.run(&["search", "bản tin"]), 0, "5 found");
    told(&folder.run(&["check"]), 0, "0 problems");
    // A whole file that is gone is told as well, and what is kept in its place later is not taken for it.
    std::fs::remove_file(&path).unwrap();
    told(&folder.run(&["check"]), 2, "1 problems");
    folder.write("longer/news.txt", page(9, 20_000));
    told(&folder.run(&["import", "longer"]), 0, "1 kept");
    told(&folder.run(&["check"]), 2, "yearline-00001.warc.gz, byte");
    told(&folder.run(&["index"]), 2, "have lost their end");
}

#[test]
fn damaged_captures_are_told() {
    // In which of three captures the damage is.
    for damaged in 0..3 {
        let folder = Folder::new();
        for number in 0..3 {
            folder.write(&format!("in/{number}.txt"), page(number, 400));
        }
        folder.ok(&["import", "in"]);
        let path = folder.path().join("archive/captures/yearline-00001.warc.gz");
        let mut bytes = std::fs::read(&path).unwrap();
        let at = bytes.len() * (2 * damaged + 1) / 6;
        bytes[at..at + 20].fill(0xff);
        std::fs::write(&path, bytes).unwrap();
        told(&folder.run(&["check"]), 2, "yearline-00001.warc.gz, byte");
        told(&folder.run(&["check"]), 2, "1 problems");
        let indexed = folder.run(&["index"]);
        told(&indexed, 3, "left out ");
        assert!(indexed.err.contains("yearline-00001.warc.gz, byte"), "{indexed:?}");
        told(&folder.run(&["search", "bản tin"]), 0, "2 found");
        // The way out: what is damaged counts as not there.
        told(&folder.run(&["check"]), 2, "is kept anew when its file is imported again");
        told(&folder.run(&["import", "in"]), 0, "1 kept, 2 already there");
        folder.ok(&["index"]);
        told(&folder.run(&["search", "bản tin"]), 0, "3 found");
        told(&folder.run(&["check"]), 0, "0 problems");
    }
}

#[test]
fn what_is_no_file_and_what_is_too_long_is_told_at_the_door() {
    let folder = Folder::new();
    folder.write("in/news.txt", NEWS);
    let pipe = Command::new("mkfifo").args(["pipe.txt", "in/pipe.txt"]).current_dir(folder.path()).status();
    assert!(pipe.expect("mkfifo runs").success());
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket.txt")).unwrap();
    let long = "Thu ngân sách tăng khá. ".repeat((30 << 20) / "Thu ngân sách tăng khá. ".len());
    folder.write("long.txt", &long);
    folder.write("long.html", format!("<h1>Thu ngân sách</h1><p>{long}"));
    folder.write("long.csv", format!("title,text\nThu,{long}\n"));
    folder.write("long.jsonl", format!("{{\"title\":\"Thu\",\"text\":\"{long}\"}}\n"));
    let check = |name: &str, says: &str| {
        let ended = folder.run(&["import", name]);
        told(&ended, 2, says);
        assert!(ended.err.contains(name) && ended.out.starts_with("0 kept"), "{ended:?}");
    };
    for name in ["pipe.txt", "socket.txt", "/dev/zero"] {
        check(name, "it is no file but a link, pipe, socket or device");
    }
    check("long.txt", "30.0 MiB where 16 are read at most (max_text_bytes)");
    check("long.html", "30.0 MiB where 20 are read at most (max_page_bytes)");
    check("long.csv", "(max_line_bytes)");
    check("long.jsonl", "(max_line_bytes)");
    told(&folder.run(&["import", "in", "long.txt"]), 3, "1 kept, 0 already there, 2 skipped");
    // Of another kind, and nobody asked for it.
    folder.write("pictures/a.jpg", "x");
    folder.write("pictures/b.txt", NEWS);
    told(&folder.run(&["import", "pictures"]), 0, "1 kept, 0 already there, 1 skipped");
    told(&folder.run(&["import", "pictures/a.jpg", "in/news.txt"]), 3, "0 kept, 1 already there, 1 skipped");
    folder.ok(&["index"]);
}

#[test]
fn two_at_once_do_not_disturb_each_other() {
    let folder = Folder::new();
    for number in 0..200 {
        folder.write(&format!("in/{number}.txt"), page(number, 2_000));
    }
    for (arguments, says) in [(&["import", "in"][..], "another process"), (&["index"], "another process")] {
        let start = || folder.command().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let both = [start().expect("it starts"), start().expect("it starts")];
        let mut codes = Vec::new();
        for child in both {
            let output = child.wait_with_output().expect("it ends");
            let code = output.status.code().unwrap_or(-1);
            let err = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(code == 0 || (code == 2 && err.contains(says)), "{arguments:?}: {code} {err}");
            codes.push(code);
        }
        assert!(codes.contains(&0), "{arguments:?}: {codes:?}");
    }
    told(&folder.run(&["search", "bản tin"]), 0, "200 found");
    told(&folder.run(&["check"]), 0, "0 problems");
}

#[test]
fn a_damaged_index_is_made_again() {
    let folder = archive_of_news();
    let inner = folder.path().join("archive/index/1");
    for entry in std::fs::read_dir(&inner).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension != "json") {
            let mut bytes = std::fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            let end = bytes.len().min(middle + 40);
            bytes[middle..end].fill(0xff);
            std::fs::write(&path, bytes).unwrap();
        }
    }
    told(&folder.run(&["check"]), 2, "`yearline index --rebuild`");
    // Also where nothing is new.
    told(&folder.run(&["index"]), 2, "`yearline index --rebuild`");
    told(&folder.run(&["search", "ngân sách"]), 2, "`yearline index --rebuild`");
    let trusting = folder.run(&["search", "--unverified", "ngân sách"]);
    assert!(matches!(trusting.code, 0..=2), "{trusting:?}");
    folder.ok(&["index", "--rebuild"]);
    told(&folder.run(&["search", "ngân sách"]), 0, "1 found");
    for entry in std::fs::read_dir(folder.path().join("archive/index")).unwrap() {
        let meta = entry.unwrap().path().join("meta.json");
        if meta.exists() {
            std::fs::remove_file(meta).unwrap();
        }
    }
    told(&folder.run(&["search", "x"]), 2, "yearline index --rebuild");
    folder.ok(&["index", "--rebuild"]);
    told(&folder.run(&["check"]), 0, "0 problems");
}

/// What a service over a damaged index comes to: whether it refuses to begin, or says once it has verified its files that
/// it is not ready, and answers nothing.
fn is_told_by_the_service(folder: &Folder) -> bool {
    let mut command = folder.command();
    command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut greeting = String::new();
    let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut out, &mut greeting).unwrap();
    if greeting.is_empty() {
        return child.wait().unwrap().code() == Some(2);
    }
    let server = Server::of(child, greeting);
    for _ in 0..500 {
        let (status, body) = server.get("/readyz");
        if status == 503 {
            assert!(body.contains("yearline index --rebuild"), "{body}");
            // A file may be met damaged before all are verified; until then what is whole is answered from.
            let (status, body) = server.get("/v1/search?q=b%E1%BA%A3n");
            if status == 503 && body.contains("yearline index --rebuild") {
                return true;
            }
        }
        if body.contains("\"verified\":true") {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("it never verifies its index");
}

#[test]
fn each_flipped_bit_of_the_index_is_told() {
    const FLIPS: usize = 60;
    /// A service is begun over each so-many-th.
    const SERVED: usize = 4;
    let folder = Folder::new();
    for number in 0..30 {
        folder.write(&format!("in/{number}.txt"), format!("{}{NEWS}", page(number, 60)));
    }
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    assert!(!is_told_by_the_service(&folder));
    let index = folder.path().join("archive/index");
    let inner = std::fs::read_dir(index.join("1")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = inner.filter(|path| path.extension().is_none_or(|end| end != "lock")).collect();
    files.push(index.join("current"));
    files.sort();
    assert!(files.len() > 8, "{files:?}");
    let mut random = 20_261_129_u64;
    for flip in 0..FLIPS {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Each file as often as another, however short.
        let file = &files[flip % files.len()];
        let whole = std::fs::read(file).unwrap();
        let bit = (random >> 16) as usize % (whole.len() * 8);
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(file, bytes).unwrap();
        let what = format!("bit {bit} of {}", file.display());
        let checked = folder.run(&["check"]);
        assert!(checked.code == 2 && checked.out.contains("yearline index --rebuild"), "{what}: {checked:?}");
        let searched = folder.run(&["search", "bản"]);
        assert!(
            searched.code == 2 && searched.err.contains("yearline index --rebuild"),
            "{what}: {searched:?}"
        );
        if flip % SERVED == 0 {
            assert!(is_told_by_the_service(&folder), "{what}");
        }
        std::fs::write(file, whole).unwrap();
    }
    told(&folder.run(&["check"]), 0, "0 problems");
}

#[test]
fn damage_in_the_index_is_not_carried_on_and_is_mended_under_a_running_service() {
    let folder = Folder::new();
    for number in 0..30 {
        folder.write(&format!("in/{number}.txt"), page(number, 60));
    }
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let until = |says: &str| {
        for _ in 0..500 {
            let (_, body) = server.get("/readyz");
            if body.contains(says) {
                return body;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("/readyz never says {says}: {:?}", server.get("/readyz"));
    };
    until("\"verified\":true");
    let inner = std::fs::read_dir(folder.path().join("archive/index/1")).unwrap();
    let store = inner
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "store"));
    let store = store.expect("stored documents");
    let mut bytes = std::fs::read(&store).unwrap();
    bytes[40] ^= 4;
    // Another file of the same name: the service holds the old one.
    std::fs::remove_file(&store).unwrap();
    std::fs::write(&store, bytes).unwrap();
    folder.write("more/news.txt", NEWS);
    folder.ok(&["import", "more"]);
    told(&folder.run(&["index"]), 2, "its checksum is wrong");
    told(&folder.run(&["check"]), 2, "1 problems");
    assert_eq!(server.get("/v1/search?q=b%E1%BA%A3n").0, 200);
    folder.ok(&["index", "--rebuild"]);
    until("\"documents\":31");
    told(&folder.run(&["check"]), 0, "0 problems");
}

/// Makes the index say that another version of the rules, or of its fields, made it.
fn made_by_another(folder: &Folder, from: &str, to: &str) {
    let meta = folder.path().join("archive/index/1/meta.json");
    let sealed = std::fs::read_to_string(&meta).unwrap();
    // Older versions put no checksum behind it.
    let (text, _) = sealed.rsplit_once('\n').unwrap();
    let other = text.replace(from, to);
    assert_ne!(text, other, "{text}");
    std::fs::write(&meta, other).unwrap();
}

#[test]
fn an_index_of_another_schema_is_refused() {
    let folder = archive_of_news();
    made_by_another(&folder, r#"\"schema\":"#, r#"\"schema\":1"#);
    for arguments in [&["search", "x"][..], &["index"], &["serve", "--listen", "127.0.0.1:0"]] {
        told(&folder.run(arguments), 2, "yearline index --rebuild");
    }
    folder.ok(&["index", "--rebuild"]);
    told(&folder.run(&["search", "ngân sách"]), 0, "1 found");
}

#[test]
fn an_index_of_other_rules_is_served_and_brought_up_to_date_meanwhile() {
    let folder = archive_of_news();
    made_by_another(&folder, r#"\"rules\":\""#, r#"\"rules\":\"older-"#);
    let searched = folder.run(&["search", "ngân sách"]);
    told(&searched, 0, "1 found");
    told(&searched, 0, "other rules");
    told(&folder.run(&["check"]), 0, "other rules");
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let ready = server.get("/readyz");
    assert!(ready.0 == 200 && ready.1.contains("\"outdated\":true"), "{ready:?}");
    told(&folder.run(&["index"]), 0, "read again");
    for _ in 0..500 {
        if server.get("/readyz").1.contains("\"outdated\":false") {
            assert!(server.get("/v1/search?q=ng%C3%A2n+s%C3%A1ch").1.contains("\"count\":1"));
            told(&folder.run(&["index"]), 0, "0 captures read");
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the service never picks up what the new rules read: {:?}", server.get("/readyz"));
}

#[test]
fn broken_lines_and_tables_are_told_and_the_rest_is_kept() {
    let folder = Folder::new();
    folder.write(
        "in/records.jsonl",
        "{\"url\":\"https://bao.example/1\",\"title\":\"Một\",\"text\":\"Mưa to ở Sơn Khê.\"}\n{broken\n\n[1,2]\n{\"url\":\"https://bao.example/2\",\"title\":\"Hai\",\"text\":\"Nắng ở Sơn Khê.\"}\n",
    );
    folder.write("table/no_text.csv", "a,b\n1,2\n");
    folder.write("empty/nothing.txt", "");
    let lines = folder.run(&["import", "in"]);
    told(&lines, 3, "2 kept");
    told(&lines, 3, "records.jsonl, line 2");
    assert_ne!(folder.run(&["import", "table"]).code, 101);
    told(&folder.run(&["import", "table"]), 2, "no_text.csv");
    told(&folder.run(&["import", "empty"]), 2, "nothing.txt");
    folder.ok(&["index"]);
    told(&folder.run(&["search", "sơn khê"]), 0, "2 found");
}

/// Kills a command after some time, unless it ends before; whether it ended by itself.
fn killed(folder: &Folder, arguments: &[&str], after: Duration) -> bool {
    let errors = std::fs::File::create(folder.path().join("errors")).unwrap();
    let mut child = folder.command().args(arguments).stdout(Stdio::null()).stderr(errors).spawn().unwrap();
    let until = std::time::Instant::now() + after;
    while std::time::Instant::now() < until {
        if let Some(status) = child.try_wait().unwrap() {
            let said = std::fs::read_to_string(folder.path().join("errors")).unwrap();
            assert!(status.success(), "{arguments:?} {status}: {said}");
            return true;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    false
}

#[test]
fn killed_processes_go_on_where_they_stopped() {
    const PAGES: u64 = 400;
    let folder = Folder::new();
    for number in 0..PAGES {
        folder.write(&format!("in/{number}.txt"), format!("{}{NEWS}", page(number, 60)));
    }
    let until_done = |arguments: &[&str], step: u64| {
        let mut kills = 0;
        while !killed(&folder, arguments, Duration::from_millis(30 + step * kills)) {
            kills += 1;
            assert!(kills < 200, "{arguments:?} never ends");
        }
        kills
    };
    let kills = until_done(&["import", "in"], 15) + until_done(&["index", "--commit-every", "50"], 40);
    assert!(kills > 0, "nothing was killed");
    told(&folder.run(&["import", "in"]), 0, &format!("0 kept, {PAGES} already there"));
    folder.ok(&["index"]);
    told(&folder.run(&["check"]), 0, "0 problems");
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let found = server.json("/v1/search?limit=0");
    assert_eq!(found["count"], PAGES, "{found}");
    let directives = server.json("/v1/directives");
    assert_eq!(directives["results"][0]["mentions"], PAGES, "each mention is there once");
}
