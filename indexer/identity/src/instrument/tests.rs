use corpus::Span;

use super::*;

/// A citation of directive 5: whose, of which year, published when, about what (a word a feature).
fn cited(document: u32, issuer: Option<&str>, year: Option<i16>, published: &str, about: &[u32]) -> Cited {
    let issuer = issuer.map(|sign| match sign.split_once(' ') {
        Some((sign, place)) => Issuer::Local { sign: sign.to_owned(), place: Some(place.to_owned()) },
        None => Issuer::Centre(sign.to_owned()),
    });
    let citation = Citation {
        kind: DirectiveKind::Directive,
        number: "5".to_owned(),
        symbol: None,
        issuer,
        year,
        issued: year.and_then(|year| PartialDate::new(year, None, None)),
        named: false,
        draft: false,
        news: false,
        amended: false,
        at_odds: false,
        term: None,
        published: published.parse().ok(),
        near: None,
        topic: about.to_vec(),
        own: Vec::new(),
        subject: Vec::new(),
        quote: "Chỉ thị 5".to_owned(),
    };
    Cited { document, citation }
}

/// For each mention: the number of its instrument, with `!` where people decided it; `?` for one of several, `-` for none.
fn shown(verdicts: &[Verdict]) -> String {
    let one = |verdict: &Verdict| match verdict {
        Verdict::Of(at, Because::Decided) => format!("{at}!"),
        Verdict::Of(at, _) => at.to_string(),
        Verdict::Ambiguous(_) => "?".to_owned(),
        Verdict::Open => "-".to_owned(),
    };
    verdicts.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn groups_are_decided_by_evidence_and_time() {
    let check = |why: &str, group: &[Cited], expected: &str| {
        let decided = decide(group, &[]);
        assert_eq!(shown(&decided.verdicts), expected, "{why}");
    };
    let full = |document, sign, year, day| cited(document, Some(sign), Some(year), day, &[1, 2, 3]);
    check(
        "two years are two instruments",
        &[full(0, "ttg", 2016, "2016-06-01"), full(1, "ttg", 2020, "2020-04-01")],
        "0 1",
    );
    check(
        "two provinces and the Centre are three",
        &[
            full(0, "tu nghe-an", 2016, "2016-06-01"),
            full(1, "tu ha-tinh", 2016, "2016-06-01"),
            full(2, "ttg", 2016, "2016-06-01"),
        ],
        "0 1 2",
    );
    check(
        "a text older than the instrument does not mean it",
        &[full(0, "ttg", 2020, "2020-04-01"), cited(1, Some("ttg"), None, "2018-01-01", &[9])],
        "0 1",
    );
    check(
        "a short form goes to the full form of its own text",
        &[
            full(0, "ttg", 2016, "2020-05-01"),
            full(1, "ttg", 2020, "2020-05-01"),
            cited(0, None, None, "2020-05-01", &[]),
        ],
        "0 1 0",
    );
    check(
        "where nothing tells, it stays open between them",
        &[
            full(0, "ttg", 2019, "2020-05-01"),
            full(1, "ttg", 2020, "2020-05-01"),
            cited(2, Some("ttg"), None, "2020-05-02", &[9]),
        ],
        "0 1 ?",
    );
    check(
        "its subject tells",
        &[
            cited(0, Some("ttg"), Some(2019), "2020-05-01", &[1, 2, 3, 4]),
            cited(1, Some("ttg"), Some(2020), "2020-05-01", &[5, 6, 7, 8]),
            cited(2, Some("ttg"), None, "2020-05-02", &[5, 6, 7]),
        ],
        "0 1 1",
    );
    check(
        "the order of mentions decides nothing",
        &[
            cited(2, Some("ttg"), None, "2020-05-02", &[5, 6, 7]),
            cited(1, Some("ttg"), Some(2020), "2020-05-01", &[5, 6, 7, 8]),
            cited(0, Some("ttg"), Some(2019), "2020-05-01", &[1, 2, 3, 4]),
        ],
        "0 0 1",
    );
}

#[test]
fn what_many_cite_at_a_time_is_meant_by_who_says_no_more() {
    let often = |year: i16, days: &[&str]| {
        let all: Vec<Cited> = days
            .iter()
            .enumerate()
            .map(|(at, day)| cited(at as u32, Some("ttg"), Some(year), day, &[at as u32]))
            .collect();
        decide(&all, &[]).instruments.remove(0)
    };
    let days =
        ["2020-08-01", "2020-08-03", "2020-08-05", "2020-08-09", "2020-08-11", "2020-07-28", "2020-07-30"];
    let known = [often(2020, &days), often(2016, &["2016-08-01", "2017-08-05"])];
    let known: Vec<&Instrument> = known.iter().collect();
    let check = |published: &str, expected: Known| {
        let citation = cited(9, None, None, published, &[]).citation;
        assert_eq!(Lookup::new(&known).find(&citation, &[]), expected, "{published}");
    };
    check("2020-08-12", Known::Found(0));
    check("2023-08-12", Known::Ambiguous(vec![0, 1]));
}

#[test]
fn what_stays_open_is_what_a_look_up_does_not_find() {
    // Ten texts of a month mean the directive of that year; one of the next month says the number alone.
    let mut group: Vec<Cited> = (0..10)
        .map(|at| cited(at, Some("ttg"), Some(2020), &format!("2020-08-{:02}", at + 1), &[at]))
        .collect();
    group.push(cited(10, Some("ttg"), Some(2016), "2016-08-01", &[77]));
    group.push(cited(11, None, None, "2020-08-12", &[]));
    let Decided { instruments, verdicts } = decide(&group, &[]);
    let known: Vec<&Instrument> = instruments.iter().collect();
    let found = Lookup::new(&known).find(&group[11].citation, &[]);
    let Known::Found(at) = found else { panic!("{found:?}") };
    assert!(matches!(verdicts[11], Verdict::Of(of, _) if of == at), "{:?}", verdicts[11]);
}

#[test]
fn a_mention_is_looked_up_by_its_place_and_its_time() {
    let known = |issuer: Option<&str>, year: Option<i16>, cited: &str| {
        let told = super::tests::cited(0, issuer, year, cited, &[1, 2, 3]);
        decide(&[told], &[]).instruments.remove(0)
    };
    let unplaced = Issuer::Local { sign: "tu".to_owned(), place: None };
    let mut nowhere = known(None, None, "2020-06-01");
    nowhere.issuer = Some(unplaced.clone());
    let all = [
        known(Some("tu nghe-an"), Some(2018), "2020-06-01"),
        known(Some("tu ha-tinh"), Some(2019), "2020-06-01"),
        nowhere,
        known(Some("ttg"), None, "2020-06-01"),
    ];
    let all: Vec<&Instrument> = all.iter().collect();
    let check = |why: &str, issuer: Option<Issuer>, published: &str, expected: Known| {
        let mut citation = super::tests::cited(0, None, None, published, &[1, 2, 3]).citation;
        citation.issuer = issuer;
        assert_eq!(Lookup::new(&all).find(&citation, &[]), expected, "{why}");
    };
    let tu = |place: &str| Some(Issuer::Local { sign: "tu".to_owned(), place: Some(place.to_owned()) });
    check("its province", tu("ha-tinh"), "2020-07-01", Known::Found(1));
    check("a province that none is known of", tu("lai-chau"), "2020-07-01", Known::Unknown);
    check("of no province: any", Some(unplaced), "2020-07-01", Known::Ambiguous(vec![0, 1, 2]));
    let prime = || Some(Issuer::Centre("ttg".to_owned()));
    check("of no year, soon after", prime(), "2020-07-01", Known::Found(3));
    check("years before", prime(), "2016-07-01", Known::Unknown);
    let bare = known(None, None, "2020-06-01");
    let check = |why: &str, about: &[u32], expected: Known| {
        let citation = super::tests::cited(0, Some("ttg"), None, "2020-07-01", about).citation;
        assert_eq!(Lookup::new(&[&bare]).find(&citation, &[]), expected, "{why}");
    };
    check("a number of nobody's, about the same", &[1, 2, 3], Known::Found(0));
    check("a number of nobody's, about something else", &[7, 8, 9], Known::Unknown);
}

#[test]
fn the_day_tells_which_it_is_and_bare_numbers_of_other_things_stay_apart() {
    let check = |why: &str, group: &[Cited], expected: &str| {
        assert_eq!(shown(&decide(group, &[]).verdicts), expected, "{why}");
    };
    let day = PartialDate::new(2020, Some(8), Some(3));
    let mut full = cited(0, Some("ubnd ha-noi"), Some(2020), "2020-08-04", &[1, 2, 3]);
    full.citation.issued = day;
    let mut unplaced = cited(1, None, Some(2020), "2020-08-05", &[7, 8, 9]);
    unplaced.citation.issued = day;
    unplaced.citation.issuer = Some(Issuer::Local { sign: "ubnd".to_owned(), place: None });
    check("a body whose place is not named, on the very day", &[full, unplaced], "0 0");
    check(
        "a bare number at the time of another's, about something else",
        &[
            cited(0, Some("bct"), Some(2009), "2017-05-27", &[1, 2, 3]),
            cited(1, None, None, "2017-06-07", &[7, 8, 9]),
        ],
        "0 1",
    );
    check(
        "a decree of some years before, about something else, although one text cites it then",
        &[
            cited(0, Some("cp"), Some(2013), "2017-05-27", &[1, 2, 3]),
            cited(1, Some("cp"), None, "2017-06-07", &[7, 8, 9]),
        ],
        "0 1",
    );
    check(
        "the one that several texts cite then",
        &[
            cited(0, Some("cp"), Some(2013), "2017-05-27", &[1, 2, 3]),
            cited(1, Some("cp"), Some(2013), "2017-05-28", &[1, 2, 3]),
            cited(2, Some("cp"), None, "2017-06-07", &[7, 8, 9]),
        ],
        "0 0 0",
    );
    check(
        "the only one of its year, whose body is not named",
        &[
            cited(0, Some("cp"), Some(2016), "2017-01-27", &[1, 2, 3]),
            cited(1, None, Some(2016), "2017-06-07", &[7, 8, 9]),
        ],
        "0 0",
    );
    let of_last_year = cited(0, Some("ttg"), Some(2019), "2019-06-20", &[1, 2, 3]);
    check(
        "a number that begins anew every year, and another subject",
        &[of_last_year.clone(), cited(1, Some("ttg"), None, "2020-08-03", &[7, 8, 9])],
        "0 1",
    );
    check(
        "a number that begins anew every year, and the same subject",
        &[of_last_year, cited(1, Some("ttg"), None, "2020-08-03", &[1, 2, 3])],
        "0 0",
    );
    check(
        "one text near the day decides between none",
        &[
            cited(0, Some("cp"), Some(2014), "2017-05-27", &[1, 2, 3]),
            cited(1, Some("cp"), Some(2016), "2017-01-27", &[4, 5, 6]),
            cited(2, Some("cp"), None, "2017-06-07", &[7, 8, 9]),
        ],
        "0 1 ?",
    );
    check(
        "the Party's centre numbers through a term",
        &[
            cited(0, Some("tw"), Some(2013), "2016-05-27", &[1, 2, 3]),
            cited(1, Some("tw"), None, "2017-06-07", &[7, 8, 9]),
        ],
        "0 0",
    );
    let about = |document, subject: &[u32]| {
        let mut cited = cited(document, Some("ttg"), None, "2017-06-07", &[1, 2, 3]);
        cited.citation.subject = subject.to_vec();
        cited
    };
    check(
        "subjects that have nothing in common are of two years",
        &[about(0, &[4, 5]), about(1, &[5, 6]), about(2, &[7, 8]), about(3, &[])],
        "0 0 1 0",
    );
    let of_term = |document, term: &str| {
        let mut cited = cited(document, Some("tw"), None, "2019-06-07", &[1, 2, 3]);
        cited.citation.term = Term::named(term, Span::new(0, 0), None);
        cited
    };
    check(
        "and what is of another term is another document",
        &[
            cited(0, Some("tw"), Some(2018), "2018-12-27", &[1, 2, 3]),
            of_term(1, "khóa XI"),
            of_term(2, "khóa XII"),
            of_term(3, "khóa X"),
        ],
        "0 1 0 2",
    );
}

#[test]
fn bare_numbers_of_one_time_that_share_rare_words_are_one() {
    let check = |why: &str, group: &[Cited], expected: &str| {
        assert_eq!(shown(&decide(group, &[]).verdicts), expected, "{why}");
    };
    // Much besides: of all that is spoken of the two share little.
    let bare = |document, day, shared: &[u32], near: Option<&str>| {
        let own = 1000 * (document + 1)..1000 * (document + 1) + 80;
        let mut cited = cited(document, None, None, day, &[shared, &own.collect::<Vec<_>>()].concat());
        cited.citation.near = near.map(str::to_owned);
        cited
    };
    let (three, two) = (&[1, 2, 3][..], &[1, 2][..]);
    let of = |shared, day, near, there| [bare(0, "2017-05-17", shared, near), bare(1, day, shared, there)];
    check("three rare pairs", &of(three, "2017-06-20", None, None), "0 0");
    check("two rare pairs", &of(two, "2017-06-20", None, None), "0 1");
    check("two, about one place", &of(two, "2017-06-20", Some("nghe-an"), Some("nghe-an")), "0 0");
    check("three, about two places", &of(three, "2017-06-20", Some("nghe-an"), Some("ha-noi")), "0 1");
    check("three, months apart", &of(three, "2017-09-20", None, None), "0 1");
}

#[test]
fn a_law_by_its_name_is_the_version_of_its_day() {
    // Each text by its day; shown by the year of the version, `draft`, `-` where nothing tells.
    let check = |name: &str, days: &[&str], expected: &str| {
        let of_law = |(document, day): (usize, &&str)| {
            let mut cited = cited(document as u32, Some("qh"), None, day, &[]);
            cited.citation.kind = DirectiveKind::Law;
            cited.citation.named = true;
            name.clone_into(&mut cited.citation.number);
            cited
        };
        let group: Vec<Cited> = days.iter().enumerate().map(of_law).collect();
        let decided = decide(&group, &[]);
        let version = |verdict: &Verdict| match verdict {
            Verdict::Of(at, _) => match &decided.instruments[*at] {
                law if law.draft => "draft".to_owned(),
                law => law.year.map_or("-".to_owned(), |year| year.to_string()),
            },
            Verdict::Ambiguous(_) | Verdict::Open => "?".to_owned(),
        };
        let shown: Vec<String> = decided.verdicts.iter().map(version).collect();
        assert_eq!(shown.join(" "), expected, "{name}");
    };
    let days = ["2012-01-01", "2016-06-01", "2025-01-01"];
    check("luat-dat-dai", &days, "2003 2013 2024");
    // Before the first law of a name texts speak of its bill, and once it is passed of nothing else.
    check("luat-quy-hoach", &["2017-06-01", "2017-12-01", "2019-06-01"], "draft 2017 2017");
    check("luat-ben-cang", &days, "- - -");
}

#[test]
fn what_people_decide_goes_before_the_evidence() {
    // The first mention and the last are decided to be one, or two.
    let check = |why: &str, group: &[Cited], same: bool, expected: &str| {
        let ruling = Ruling { decision: 1, same, first: vec![0], second: vec![group.len() - 1] };
        let decided = decide(group, &[ruling]);
        assert_eq!(shown(&decided.verdicts), expected, "{why}");
    };
    let full = |document, sign, year, day| cited(document, Some(sign), Some(year), day, &[1, 2, 3]);
    let open = cited(2, Some("ttg"), None, "2020-05-02", &[9]);
    let two = [full(0, "ttg", 2019, "2020-05-01"), full(1, "ttg", 2020, "2020-05-01")];
    check(
        "two years are one, and what was between them is it",
        &[two[0].clone(), open.clone(), two[1].clone()],
        true,
        "0! 0! 0!",
    );
    check("an open one is settled", &[two[0].clone(), two[1].clone(), open], true, "0! 1 0!");
    check(
        "one number of one year is two; another text goes with the nearer",
        &[
            full(0, "ttg", 2020, "2020-05-01"),
            full(1, "ttg", 2020, "2020-12-01"),
            full(2, "ttg", 2020, "2020-12-03"),
        ],
        false,
        "0! 1 1!",
    );
    let mut other = full(1, "ttg", 2020, "2020-05-01");
    other.citation.number = "5a".to_owned();
    check("two numbers are one", &[full(0, "ttg", 2020, "2020-05-01"), other.clone()], true, "0! 0!");
    check("they stay two", &[full(0, "ttg", 2020, "2020-05-01"), other], false, "0! 1!");
}
