//! The frontier by itself.

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn found(url: &str, kind: Kind, lane: Lane) -> Found {
    Found {
        url: url.parse().unwrap(),
        source: "A".to_owned(),
        kind,
        lane,
        depth: 0,
        hops: 0,
        changed_at: None,
        linked: None,
        alike: None,
    }
}

fn answered(url: &str, kind: Kind, digest: &str, found: Vec<Found>) -> Done {
    let verdict = Verdict::Answered {
        status: 200,
        etag: Some("\"1\"".to_owned()),
        last_modified: None,
        digest: digest.to_owned(),
        kept: None,
        is_article: true,
    };
    Done { url: url.parse().unwrap(), source: "A".to_owned(), kind, verdict, found }
}

fn next(frontier: &Frontier, now: &str) -> Option<String> {
    let now = at(now);
    let origin = frontier.due(now).unwrap().origins.pop()?;
    frontier.lease(&origin, now).unwrap().map(|lease| lease.url.to_string())
}

fn origin(text: &str) -> Origin {
    Origin::known(text.to_owned())
}

const NOON: &str = "2025-01-01T12:00:00Z";
const START: &str = "http://a.example/";
const PAGE: &str = "http://a.example/1";

#[test]
fn addresses_come_once() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    frontier.begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at(NOON)).unwrap();
    assert_eq!(next(&frontier, NOON).as_deref(), Some(START));
    assert_eq!(next(&frontier, NOON), None, "it is leased");
    let links = vec![
        found(PAGE, Kind::Page, Lane::Listed),
        found(PAGE, Kind::Page, Lane::Listed),
        found("http://a.example/2", Kind::Page, Lane::Listed),
        found("http://a.example/2", Kind::Page, Lane::Near),
    ];
    let applied = frontier.apply(&[answered(START, Kind::Start, "x", links)], at(NOON)).unwrap();
    assert_eq!(applied, [Applied::New]);
    assert_eq!(next(&frontier, NOON).as_deref(), Some("http://a.example/2"), "the first of its lanes");
    assert_eq!(next(&frontier, NOON).as_deref(), Some(PAGE));
    assert_eq!(next(&frontier, NOON), None);
    assert_eq!(frontier.known().unwrap(), 3);
}

#[test]
fn what_comes_to_another_lane_goes_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    let apply = |url: &str, lane, now: &str| {
        let links = vec![found(url, Kind::Page, lane)];
        frontier.apply(&[answered(START, Kind::Start, "x", links)], at(now)).unwrap();
    };
    frontier.begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at(NOON)).unwrap();
    let last = "2025-01-01T12:00:02Z";
    apply(PAGE, Lane::Listed, NOON);
    apply("http://a.example/z", Lane::Near, "2025-01-01T12:00:01Z");
    apply(PAGE, Lane::Near, last);
    assert_eq!(next(&frontier, last).as_deref(), Some("http://a.example/z"));
    assert_eq!(next(&frontier, last).as_deref(), Some(PAGE));
}

#[test]
fn lanes_take_turns() {
    const LANES: [(Lane, &str); 8] = [
        (Lane::Lists, "lists"),
        (Lane::News, "news"),
        (Lane::Near, "near"),
        (Lane::Second, "second"),
        (Lane::Third, "third"),
        (Lane::Listed, "listed"),
        (Lane::Deep, "deep"),
        (Lane::Again, "again"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    let pages = LANES.iter().flat_map(|(lane, name)| {
        let count = if *lane == Lane::Listed { 100 } else { 3 };
        (0..count).map(move |number| found(&format!("http://a.example/{name}/{number}"), Kind::Page, *lane))
    });
    // The sitemap's come first.
    let mut pages: Vec<_> = pages.collect();
    pages.sort_by_key(|page| page.lane != Lane::Listed);
    frontier.begin(&pages, &["A"], false, at(NOON)).unwrap();
    frontier
        .begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at("2025-01-01T12:00:01Z"))
        .unwrap();
    let mut asked = std::iter::from_fn(|| next(&frontier, "2025-01-01T12:00:01Z"));
    assert_eq!(asked.next().as_deref(), Some(START));
    for round in 0..3 {
        let names: Vec<String> =
            asked.by_ref().take(LANES.len()).map(|url| url.split('/').nth(3).unwrap().to_owned()).collect();
        assert_eq!(names, LANES.map(|(_, name)| name), "{round}");
    }
    assert!(asked.all(|url| url.contains("/listed/")));
}

#[test]
fn what_a_dead_run_had_leased_comes_back_and_the_rest_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    frontier.begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at(NOON)).unwrap();
    next(&frontier, NOON);
    frontier
        .apply(&[answered(START, Kind::Start, "x", vec![found(PAGE, Kind::Page, Lane::Listed)])], at(NOON))
        .unwrap();
    assert_eq!(next(&frontier, NOON).as_deref(), Some(PAGE));
    drop(frontier);
    let frontier = Frontier::open(folder.path()).unwrap();
    assert_eq!(next(&frontier, NOON).as_deref(), Some(PAGE), "nothing was written since it was leased");
    frontier.wait("a.example", at(NOON)).unwrap();
    drop(frontier);
    let frontier = Frontier::open(folder.path()).unwrap();
    assert_eq!(next(&frontier, NOON), None, "still leased");
    frontier.begin(&[], &["A"], false, at(NOON)).unwrap();
    assert_eq!(next(&frontier, NOON).as_deref(), Some(PAGE));
    frontier.apply(&[answered(PAGE, Kind::Page, "y", vec![])], at(NOON)).unwrap();
    frontier.begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at(NOON)).unwrap();
    assert_eq!(next(&frontier, NOON).as_deref(), Some(START), "a run asks for its seeds again");
    assert_eq!(next(&frontier, NOON), None, "the article is not due");
    assert_eq!(next(&frontier, "2025-01-03T12:00:00Z").as_deref(), Some(PAGE));
    frontier.begin(&[], &["A"], true, at(NOON)).unwrap();
    assert!(next(&frontier, NOON).is_some(), "everything is due when the run refreshes");
}

#[test]
fn changes_and_failures_are_told_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    frontier.begin(&[found(PAGE, Kind::Page, Lane::Listed)], &["A"], false, at(NOON)).unwrap();
    let apply = |verdict: Verdict| {
        let done = Done {
            url: PAGE.parse().unwrap(),
            source: "A".to_owned(),
            kind: Kind::Page,
            verdict,
            found: Vec::new(),
        };
        frontier.apply(&[done], at(NOON)).unwrap().remove(0)
    };
    let failed = |for_good: bool| Verdict::Failed {
        status: Some(500),
        reason: "status 500".to_owned(),
        after: Some(Duration::from_secs(5)),
        for_good,
    };
    assert_eq!(apply(failed(false)), Applied::Failed("status 500".to_owned()));
    assert_eq!(next(&frontier, NOON), None);
    assert_eq!(next(&frontier, "2025-01-01T12:00:05Z").as_deref(), Some(PAGE));
    assert_eq!(apply(answered(PAGE, Kind::Page, "x", vec![]).verdict), Applied::New);
    assert_eq!(apply(answered(PAGE, Kind::Page, "x", vec![]).verdict), Applied::Unchanged);
    assert_eq!(apply(answered(PAGE, Kind::Page, "y", vec![]).verdict), Applied::Changed);
    assert_eq!(apply(Verdict::NotModified), Applied::Unchanged);
    assert_eq!(apply(Verdict::Forbidden), Applied::Forbidden);
    assert_eq!(apply(failed(true)), Applied::Failed("status 500".to_owned()));
    assert_eq!(next(&frontier, "2035-01-01T12:00:05Z"), None, "given up");
    let coverage = frontier.coverage().unwrap();
    let expected = Coverage {
        source: "A".to_owned(),
        day: jiff::civil::date(2025, 1, 1),
        fetched: 4,
        new: 1,
        changed: 1,
        unchanged: 2,
        gone: 0,
        failed: 2,
        forbidden: 1,
    };
    assert_eq!(coverage, [expected]);
    assert_eq!(coverage::read(folder.path()).unwrap(), coverage, "beside the one who writes");
    assert_eq!(coverage::read(&folder.path().join("none")).unwrap(), []);
}

#[test]
fn a_page_that_is_gone_is_looked_for_once_more() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    frontier.begin(&[found(PAGE, Kind::Page, Lane::Listed)], &["A"], false, at(NOON)).unwrap();
    let apply = |verdict: Verdict, now: &str| {
        let done = Done { verdict, ..answered(PAGE, Kind::Page, "x", vec![]) };
        frontier.apply(&[done], at(now)).unwrap().remove(0)
    };
    let verdict = answered(PAGE, Kind::Page, "x", vec![]).verdict;
    assert_eq!(apply(verdict.clone(), NOON), Applied::New);
    assert_eq!(apply(Verdict::Gone { status: 404 }, NOON), Applied::Gone);
    let later = "2025-02-01T12:00:00Z";
    assert_eq!(next(&frontier, "2025-01-20T12:00:00Z"), None);
    assert_eq!(next(&frontier, later).as_deref(), Some(PAGE));
    // One that comes back is as it was.
    assert_eq!(apply(verdict, later), Applied::Unchanged);
    assert_eq!(apply(Verdict::Gone { status: 404 }, later), Applied::Gone);
    assert_eq!(apply(Verdict::Gone { status: 404 }, later), Applied::Gone);
    assert_eq!(next(&frontier, "2035-01-01T12:00:00Z"), None, "given up");
    assert_eq!(frontier.coverage().unwrap().iter().map(|day| day.gone).sum::<u64>(), 3);
}

#[test]
fn a_section_that_has_not_changed_is_not_taken_for_an_article() {
    let check = |is_article: bool, hours: i64| {
        let folder = tempfile::tempdir().unwrap();
        let frontier = Frontier::open(folder.path()).unwrap();
        frontier.begin(&[found(PAGE, Kind::Page, Lane::Listed)], &["A"], false, at(NOON)).unwrap();
        let mut done = answered(PAGE, Kind::Page, "x", vec![]);
        if let Verdict::Answered { is_article: stated, .. } = &mut done.verdict {
            *stated = is_article;
        }
        frontier.apply(&[done.clone()], at(NOON)).unwrap();
        frontier.apply(&[Done { verdict: Verdict::NotModified, ..done }], at(NOON)).unwrap();
        let due = at(NOON) + jiff::SignedDuration::from_hours(hours);
        assert_eq!(frontier.due(due - jiff::SignedDuration::from_secs(1)).unwrap().next, Some(due));
    };
    check(false, 12);
    check(true, 96);
}

#[test]
fn what_a_panic_left_half_done_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    frontier.begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at(NOON)).unwrap();
    let panics = || {
        frontier.write(|connection, _| -> rusqlite::Result<()> {
            connection.execute("DELETE FROM page", []).unwrap();
            panic!("in the middle")
        })
    };
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics)).is_err());
    assert_eq!(next(&frontier, NOON).as_deref(), Some(START));
    frontier.apply(&[answered(START, Kind::Start, "x", vec![])], at(NOON)).unwrap();
    assert_eq!(frontier.known().unwrap(), 1);
}

#[test]
fn a_source_that_is_forgotten_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    let other = Found { source: "B".to_owned(), ..found("http://b.example/", Kind::Start, Lane::Seeds) };
    frontier.begin(&[found(START, Kind::Start, Lane::Seeds), other], &["A", "B"], false, at(NOON)).unwrap();
    frontier
        .apply(&[answered(START, Kind::Start, "x", vec![found(PAGE, Kind::Page, Lane::Listed)])], at(NOON))
        .unwrap();
    frontier.start_over("A").unwrap();
    assert_eq!(frontier.known().unwrap(), 1);
    assert_eq!(frontier.due(at(NOON)).unwrap().origins, [origin("http://b.example")]);
    frontier.begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at(NOON)).unwrap();
    assert_eq!(
        frontier.apply(&[answered(START, Kind::Start, "x", vec![])], at(NOON)).unwrap(),
        [Applied::New]
    );
    assert_eq!(frontier.coverage().unwrap()[0].fetched, 2);
}

/// The frontier in a folder as programs wrote it that kept pages by host.
fn of_format_2(folder: &Path) -> Connection {
    let older = Connection::open(folder.join("frontier.db")).unwrap();
    older
        .execute_batch(
            "DROP INDEX page_due;
             DROP TABLE origin;
             ALTER TABLE page RENAME COLUMN origin TO host;
             ALTER TABLE page RENAME COLUMN lane TO priority;
             UPDATE page SET host = 'a.example';
             CREATE INDEX page_due ON page (host, priority, next_fetch)
                 WHERE next_fetch IS NOT NULL AND lease IS NULL;
             PRAGMA user_version = 2;",
        )
        .unwrap();
    older
}

#[test]
fn pages_of_an_older_program_stand_by_origin() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    let urls = ["http://a.example/", "http://a.example:81/x?y=/z", "https://a.example/x"];
    frontier.begin(&urls.map(|url| found(url, Kind::Page, Lane::Listed)), &["A"], false, at(NOON)).unwrap();
    drop(frontier);
    let older = of_format_2(folder.path());
    // Of a front page, of a sitemap, and three links away.
    older.execute("UPDATE page SET priority = 0, kind = 0 WHERE url = ?1", [urls[0]]).unwrap();
    older.execute("UPDATE page SET priority = 1 WHERE url = ?1", [urls[1]]).unwrap();
    older.execute("UPDATE page SET priority = 3, depth = 3 WHERE url = ?1", [urls[2]]).unwrap();
    drop(older);
    let frontier = Frontier::open(folder.path()).unwrap();
    let state = frontier.lock();
    let mut rows = state.connection.prepare("SELECT origin FROM page ORDER BY url").unwrap();
    let origins: Vec<String> = rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(origins, ["http://a.example", "http://a.example:81", "https://a.example"]);
    let mut rows = state.connection.prepare("SELECT lane FROM page ORDER BY url").unwrap();
    let lanes: Vec<Lane> =
        rows.query_map([], |row| row.get(0)).unwrap().map(|code| Lane::of(code.unwrap())).collect();
    assert_eq!(lanes, [Lane::Seeds, Lane::Listed, Lane::Third]);
    let mut rows = state.connection.prepare("SELECT name FROM origin ORDER BY name").unwrap();
    let known: Vec<String> = rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(known, origins);
}

#[test]
fn a_frontier_of_an_older_program_is_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    frontier.begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at(NOON)).unwrap();
    frontier.apply(&[answered(START, Kind::Start, "x", vec![])], at(NOON)).unwrap();
    drop(frontier);
    let older = Connection::open(folder.path().join("frontier.db")).unwrap();
    older
        .execute_batch("ALTER TABLE page DROP COLUMN article; ALTER TABLE coverage DROP COLUMN gone;")
        .unwrap();
    assert_eq!(coverage::read(folder.path()).unwrap()[0].gone, 0, "beside the older program");
    let frontier = Frontier::open(folder.path()).unwrap();
    let applied = frontier.apply(&[answered(START, Kind::Start, "x", vec![])], at(NOON)).unwrap();
    assert_eq!(applied, [Applied::Unchanged]);
}

#[test]
fn addresses_of_an_older_program_are_spelt_as_now() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    let both = "http://a.example/x%C3%A1";
    let pages =
        [found(both, Kind::Page, Lane::Listed), found("http://a.example/y%20z", Kind::Page, Lane::Listed)];
    frontier.begin(&pages, &["A"], false, at(NOON)).unwrap();
    drop(frontier);
    let older = of_format_2(folder.path());
    let spelt = [("http://a.example/x%c3%a1", "a.example"), ("http://b.example./%7elan", "b.example.")];
    for (url, host) in spelt {
        older
            .execute(
                "INSERT INTO page (url, host, source, kind, priority, depth, hops, next_fetch)
                 VALUES (?1, ?2, 'A', 3, 1, 0, 0, 0)",
                [url, host],
            )
            .unwrap();
    }
    older.pragma_update(None, "user_version", 1).unwrap();
    drop(older);
    let frontier = Frontier::open(folder.path()).unwrap();
    let mut known: Vec<_> = std::iter::from_fn(|| next(&frontier, NOON)).collect();
    known.sort();
    assert_eq!(known, ["http://a.example/x%C3%A1", "http://a.example/y%20z", "http://b.example/~lan"]);
    let format: i64 =
        frontier.lock().connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(format, FORMAT);
}

#[test]
fn hosts_are_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    let other = "http://b.example/";
    frontier
        .begin(
            &[found(START, Kind::Start, Lane::Seeds), found(other, Kind::Start, Lane::Seeds)],
            &["A"],
            false,
            at(NOON),
        )
        .unwrap();
    frontier.wait("a.example", at("2025-01-01T12:00:10Z")).unwrap();
    let due = frontier.due(at(NOON)).unwrap();
    assert_eq!(due.origins, [origin("http://b.example")]);
    assert_eq!(due.next, Some(at("2025-01-01T12:00:10Z")));
    // What was said in passing is written with the next pages.
    frontier.rest("b.example", at("2025-01-01T12:00:20Z")).unwrap();
    assert_eq!(frontier.due(at(NOON)).unwrap().origins, []);
    frontier.apply(&[answered(START, Kind::Start, "x", vec![])], at(NOON)).unwrap();
    drop(frontier);
    let due = Frontier::open(folder.path()).unwrap().due(at("2025-01-01T12:00:15Z")).unwrap();
    assert_eq!(due.origins, []);
    assert_eq!(due.next, Some(at("2025-01-01T12:00:20Z")));
}

#[test]
fn an_origin_is_left_alone_and_its_host_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    let (https, port) = ("https://a.example/", "http://a.example:81/");
    let seeds = [START, https, port].map(|url| found(url, Kind::Start, Lane::Seeds));
    frontier.begin(&seeds, &["A"], false, at(NOON)).unwrap();
    let due = |frontier: &Frontier, now: &str| {
        let due = frontier.due(at(now)).unwrap();
        (due.origins.iter().map(ToString::to_string).collect::<Vec<_>>(), due.next)
    };
    frontier.pause(&origin("http://a.example:81"), at("2025-01-01T12:10:00Z"), "no connection").unwrap();
    frontier.pause(&origin("http://a.example:81"), at("2025-01-01T12:01:00Z"), "earlier").unwrap();
    // One origin of a host at a time, each in its turn.
    let mut asked = Vec::new();
    while let Some(url) = next(&frontier, NOON) {
        frontier.apply(&[answered(&url, Kind::Start, "x", vec![])], at(NOON)).unwrap();
        asked.push(url);
    }
    asked.sort();
    assert_eq!(asked, [START, https]);
    // The pace is the host's.
    frontier.begin(&seeds, &["A"], false, at(NOON)).unwrap();
    frontier.wait("a.example", at("2025-01-01T12:00:01Z")).unwrap();
    assert_eq!(due(&frontier, NOON), (vec![], Some(at("2025-01-01T12:00:01Z"))));
    drop(frontier);
    let frontier = Frontier::open(folder.path()).unwrap();
    assert_eq!(due(&frontier, "2025-01-01T12:05:00Z").1, Some(at("2025-01-01T12:10:00Z")));
    let expected = Paused {
        origin: origin("http://a.example:81"),
        until: at("2025-01-01T12:10:00Z"),
        reason: "no connection".to_owned(),
        pages: 1,
    };
    assert_eq!(frontier.paused(at("2025-01-01T12:05:00Z")).unwrap(), [expected]);
    assert_eq!(frontier.paused(at("2025-01-01T12:10:00Z")).unwrap(), []);
}

#[test]
fn times_that_no_rule_puts_so_far_ahead_are_mended() {
    const PACE: Duration = Duration::from_secs(60);
    // When the clock was wrong, and when the page is due once it is right.
    let check = |wrong: &str, is_fetched: bool, due: &str| {
        let folder = tempfile::tempdir().unwrap();
        let frontier = Frontier::open(folder.path()).unwrap();
        frontier.begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at(wrong)).unwrap();
        let links = vec![found(PAGE, Kind::Page, Lane::Listed)];
        frontier.apply(&[answered(START, Kind::Start, "x", links)], at(wrong)).unwrap();
        if is_fetched {
            frontier.apply(&[answered(PAGE, Kind::Page, "x", vec![])], at(wrong)).unwrap();
        }
        frontier.wait("a.example", at(wrong) + jiff::SignedDuration::from_secs(1)).unwrap();
        frontier.pause(&origin("http://a.example"), at(wrong), "no connection").unwrap();
        frontier.mend_times(PACE, at(NOON)).unwrap();
        let found = frontier.lock().connection.query_row(
            "SELECT max(next_fetch, (SELECT max(pause) FROM origin), (SELECT max(next_fetch) FROM host))
             FROM page WHERE url = ?1",
            [PAGE],
            |row| row.get(0),
        );
        assert_eq!(Timestamp::from_millisecond(found.unwrap()).unwrap(), at(due), "{wrong} {is_fetched}");
    };
    check("2026-02-05T12:00:00Z", false, NOON);
    check("2026-02-05T12:00:00Z", true, NOON);
    check("2025-01-20T12:00:00Z", false, NOON);
    // A clock that was right.
    check("2025-01-01T11:59:59Z", false, NOON);
    check("2025-01-01T11:00:00Z", true, "2025-01-03T11:00:00Z");
}

#[test]
fn sitemaps_call_changed_pages_back() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    frontier.begin(&[found(PAGE, Kind::Page, Lane::Listed)], &["A"], false, at(NOON)).unwrap();
    next(&frontier, NOON);
    frontier.apply(&[answered(PAGE, Kind::Page, "x", vec![])], at(NOON)).unwrap();
    let sitemap = |changed_at: &str| {
        let page = Found { changed_at: Some(at(changed_at)), ..found(PAGE, Kind::Page, Lane::Listed) };
        answered("http://a.example/s.xml", Kind::Sitemap, "s", vec![page])
    };
    let later = "2025-01-01T15:00:00Z";
    frontier.apply(&[sitemap("2025-01-01T11:00:00Z")], at(later)).unwrap();
    assert_eq!(next(&frontier, later), None);
    frontier.apply(&[sitemap("2025-01-01T14:00:00Z")], at(later)).unwrap();
    assert_eq!(next(&frontier, later).as_deref(), Some(PAGE));
}

#[test]
fn robots_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    assert_eq!(frontier.robots("http://a.example").unwrap(), None);
    let known = KnownRobots { fetched_at: at(NOON), status: None, body: b"x".to_vec() };
    frontier.remember_robots("http://a.example", &known).unwrap();
    assert_eq!(frontier.robots("http://a.example").unwrap(), Some(known));
}

#[test]
fn other_frontiers_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(Frontier::open(folder.path()).unwrap());
    let path = folder.path().join("frontier.db");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Frontier::open(folder.path()), Err(Error::NewerFrontier { found: 99, .. })));
    std::fs::write(&path, "this is not a database, and long enough to be read as one".repeat(20)).unwrap();
    let _ = std::fs::remove_file(folder.path().join("frontier.db-wal"));
    assert!(matches!(Frontier::open(folder.path()), Err(Error::Frontier { .. })));
}

#[test]
fn addresses_of_one_pattern_have_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    frontier.begin(&[found(START, Kind::Start, Lane::Seeds)], &["A"], false, at(NOON)).unwrap();
    let numbered = |from: u32, to: u32| {
        let link = |number| Found {
            alike: Some(Alike { pattern: "/lich/#".to_owned(), most: 3 }),
            ..found(&format!("http://a.example/lich/{number}"), Kind::Page, Lane::Near)
        };
        (from..to).map(link).collect::<Vec<_>>()
    };
    let check = |found: Vec<Found>, known: u64| {
        frontier.apply(&[answered(START, Kind::Start, "x", found)], at(NOON)).unwrap();
        assert_eq!(frontier.known().unwrap(), known);
    };
    check(numbered(0, 2), 3);
    // Those that are known count once.
    check(numbered(0, 2), 3);
    check(numbered(0, 9), 4);
    check(numbered(9, 19), 4);
    check(vec![found("http://a.example/tin", Kind::Page, Lane::Near)], 5);
}

#[test]
fn what_is_forgotten_is_nowhere_in_the_file_and_counted_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let frontier = Frontier::open(folder.path()).unwrap();
    let gone = "http://a.example/cau-treo-zyhoruva";
    let seeds = [found(PAGE, Kind::Page, Lane::Listed), found(gone, Kind::Page, Lane::Listed)];
    frontier.begin(&seeds, &["A"], false, at(NOON)).unwrap();
    for (url, digest) in [(PAGE, "x"), (gone, "x"), (gone, "y")] {
        frontier.apply(&[answered(url, Kind::Page, digest, vec![])], at(NOON)).unwrap();
    }
    let counts = || {
        let days = frontier.coverage().unwrap();
        days.iter().map(|day| (day.fetched, day.new, day.changed)).collect::<Vec<_>>()
    };
    assert_eq!(counts(), [(3, 2, 1)]);
    let address = DocumentId::of_target(gone);
    let kept =
        coverage::Counted { address, source: "A".to_owned(), at: at(NOON), answer: coverage::Answer::Page };
    let kept = [kept.clone(), kept];
    let addresses = HashSet::from([address]);
    assert_eq!(frontier.forget(&addresses, &HashSet::new(), &kept).unwrap(), 1);
    assert_eq!(counts(), [(1, 1, 0)]);
    // Done again it takes nothing more.
    assert_eq!(frontier.forget(&addresses, &HashSet::new(), &kept).unwrap(), 0);
    assert_eq!((counts(), frontier.known().unwrap()), (vec![(1, 1, 0)], 1));
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(8).any(|window| window == b"zyhoruva"));
    }
    let sources = HashSet::from([source_id("a")]);
    assert_eq!(frontier.forget(&HashSet::new(), &sources, &[]).unwrap(), 1);
    assert_eq!((counts(), frontier.known().unwrap()), (vec![], 0));
}
