//! Records are checked when they are loaded.

use super::*;

fn url(text: &str) -> CanonicalUrl {
    text.parse().unwrap()
}

#[test]
fn shipped_records_are_right() {
    for (file, text) in SHIPPED.iter().chain([&GENERIC]) {
        if let Err(error) = Source::parse(file, text) {
            panic!("{error}");
        }
    }
    let files = |folder: &str| -> Vec<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut files: Vec<String> = files.map(|name| name.into_string().unwrap()).collect();
        files.sort();
        files
    };
    let named = |records: &[(&str, &str)], more: &[&str]| -> Vec<String> {
        let names = records.iter().map(|(file, _)| *file).chain(more.iter().copied());
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names
    };
    assert_eq!(named(SHIPPED, &[GENERIC.0]), files("sources"));
    assert_eq!(named(FAMILIES, &[]), files("families"));
    let sources = Sources::shipped();
    let mut names: Vec<_> = sources.iter().map(|source| source.name.as_str()).collect();
    names.dedup();
    assert_eq!(names.len(), SHIPPED.len(), "{names:?}");
    for source in &sources {
        assert!(!source.start.is_empty() && !source.hosts.is_empty(), "{}", source.name);
        for start in source.start.iter().chain(&source.feeds).chain(&source.sitemaps) {
            assert!(source.has_host(start.host()), "{}: {start} is on another host", source.name);
        }
    }
}

#[test]
fn a_wrong_record_is_named_with_line_and_reason() {
    let check = |text: &str, expected: &str| {
        let error = Source::parse("x.toml", text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text:?}: {error}");
    };
    check("name = \"A\"\ncolour = 3", "x.toml, line 2");
    check("name = \"A\"\ncolour = 3", "colour");
    check("hosts = []", "name");
    check("name = \" \"", "a source needs a name");
    check("name = \"A\"\nhosts = [\n \"a.example\",\n \"B.example\",\n]", "line 4: hosts: “B.example”");
    check("name = \"A\"\nhosts = [\"a.example:80\"]", "line 2: hosts");
    check("name = \"A\"\nstart = [\"/news\"]", "line 2: start: “/news”");
    check("name = \"A\"\nskip = [\"(\"]", "line 2: skip");
    check("name = \"A\"\nlanguages = [\"vie\"]", "line 2: languages");
    check("name = \"A\"\nnumber = \"[0-9]+\"", "line 2: number");
    check("name = \"A\"\n[[template]]\nbody = [\"div..x\"]", "line 3: body");
    check("name = \"A\"\n[[template]]\ntitle = [\"h1\"]", "body");
    check("name = \"A\"\n[[template]]\nbody = [\"p\"]\nuntil = \"2019\"", "line 4: until");
}

#[test]
fn a_folder_of_records_is_read_and_names_are_unique() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), "name = \"A\"\nhosts = [\"a.example\"]").unwrap();
    std::fs::write(folder.path().join("b.toml"), "name = \"B\"\nhosts = [\"*.example\"]").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "not a record").unwrap();
    let sources = Sources::load(folder.path()).unwrap();
    let name = |host: &str| sources.for_host(host).map(|source| source.name.clone());
    assert_eq!(name("a.example").as_deref(), Some("A"));
    assert_eq!(name("c.example").as_deref(), Some("B"));
    assert_eq!(name("example"), None);
    assert_eq!(name("notexample"), None);
    std::fs::write(folder.path().join("c.toml"), "name = \"a\"").unwrap();
    assert!(Sources::load(folder.path()).unwrap_err().to_string().contains("c.toml"));
    assert!(Sources::load(&folder.path().join("absent")).is_err());
    let replaced = sources.with([Source::parse("d", "name = \"A\"").unwrap()].into_iter().collect());
    assert!(replaced.named("a").is_some_and(|source| source.hosts.is_empty()));
}

#[test]
fn the_crawl_stays_where_the_record_says() {
    let sources = Sources::shipped();
    let check = |address: &str, follows: bool| {
        let address = url(address);
        let source = sources.for_host(address.host()).unwrap();
        assert_eq!(source.follows(&address), follows, "{address}");
    };
    check("https://baonghean.vn/mot-bai-viet-10334455.html", true);
    check("https://baonghean.vn/en/mot-bai-viet-10334455.html", true);
    check("https://baonghean.vn/kinh-te", true);
    check("https://baonghean.vn/video", false);
    check("https://baonghean.vn/video/mot-doan-10334455.html", false);
    check("https://baonghean.vn/thoi-tiet", false);
    check("https://baonghean.vn/en/print/10334455.html", false);
    check("http://giamngheo.backan.gov.vn/Pages/tin-tuc-557/mot-bai-0123456789abcdef.aspx", true);
    check("http://giamngheo.backan.gov.vn/_layouts/15/start.aspx", false);
}

#[test]
fn spellings_of_one_page_meet() {
    let sources = Sources::shipped();
    let source = sources.named("Báo Nghệ An").unwrap();
    let check = |address: &str, canonical: &str| {
        assert_eq!(source.canonical(&url(address)).as_str(), canonical);
    };
    check(
        "https://baonghean.vn/mot-bai-viet-10334455.html?page=1",
        "https://baonghean.vn/mot-bai-viet-10334455.html",
    );
    check("https://baonghean.vn/kinh-te", "https://baonghean.vn/kinh-te");
}

#[test]
fn a_page_and_its_translation_share_a_number() {
    let sources = Sources::shipped();
    let source = sources.named("Báo Nghệ An").unwrap();
    let check = |address: &str, number: Option<&str>| {
        assert_eq!(source.number(&url(address)), number, "{address}");
    };
    check("https://baonghean.vn/mot-bai-viet-10334455.html", Some("10334455"));
    check("https://baonghean.vn/en/mot-bai-viet-10334455.html", Some("10334455"));
    check("https://baonghean.vn/en/print/10334455.html", Some("10334455"));
    check("https://baonghean.vn/mot-bai-viet-post138000.html", Some("138000"));
    check("https://baonghean.vn/kinh-te", None);
}

#[test]
fn a_site_without_a_record_gets_one() {
    let source = Source::of_site(&url("https://www.baosonkhe.example/en/"));
    assert_eq!(source.name, "baosonkhe.example");
    assert!(source.follows(&url("https://baosonkhe.example/a.html")));
    assert!(source.follows(&url("https://www.baosonkhe.example/?id=3")));
    assert!(!source.follows(&url("https://other.example/a.html")));
    assert!(!source.follows(&url("https://baosonkhe.example/picture.JPG")));
    assert!(!source.follows(&url("https://baosonkhe.example/login?next=/")));
}
