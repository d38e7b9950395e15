//! What searches find, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use corpus::DocumentId;
use store::query::{Query, QueryLimits, Unit};
use text::{Syllable, Syllables};

use super::{
    Counted, Facet, FacetRequest, Filters, Interval, Matching, QueryError, SearchAnswer, SearchRequest, Sort,
};
use crate::fixture::{Page, indexed, page};
use crate::{Document, Error, Index, Limits};

fn request(query: &str) -> SearchRequest {
    SearchRequest { query: query.to_owned(), limit: 100, ..SearchRequest::default() }
}

/// Short names of the documents found, in order.
fn names(answer: &SearchAnswer) -> Vec<&str> {
    let name = |address: &'_ str| address.rfind('/').map_or(0, |slash| slash + 1);
    answer.hits.iter().map(|hit| &hit.document.address[name(&hit.document.address)..]).collect()
}

#[test]
fn accents_decide() {
    let (_fixture, index) = indexed(&[
        page("tỉnh-", "Cả tỉnh vui. Ba tỉnh gần đây, tỉnh xa."),
        page("tình", "Thấm tình người."),
        page("tinh", "Chọn phần tinh hoa và nhiều lời khác nữa cho bài này dài thêm ra một đoạn."),
        page("english", "The province of Ha Tinh sent a delegation to the meeting of the committee."),
        page("hoà", "Sống hoà thuận ở Uỷ ban."),
        page("hòa", "Sống hòa thuận ở Ủy ban."),
        page("nfd", "Xóm u\u{309}y thác."),
        page("bình", "Bà con bình an. Hoàn thành."),
        page("thành", "Đoàn thành tra tỉnh khác."),
        page("thanh", "Đoàn thanh tra tỉnh khác."),
        page("số", "Theo 15-CT/TU, mức 7,58% và Quyết định 4207/QĐ-UBND. Mục 15, trang 7."),
        page("title", "Nội dung.").titled("Đầu đề có chữ Vân Đồn"),
    ]);
    let check = |query: &str, expected: &str| {
        let answer = index.search(&request(query)).unwrap();
        let mut found = names(&answer);
        assert_eq!(answer.count as usize, found.len(), "{query}");
        found.sort_unstable();
        let mut expected: Vec<String> = expected.split_whitespace().map(percent).collect();
        expected.sort_unstable();
        assert_eq!(found, expected, "{query}");
    };
    check("tỉnh", "tỉnh- thành thanh");
    check("tình", "tình");
    check("tinh", "tỉnh- tình tinh english thành thanh");
    check("TINH", "tỉnh- tình tinh english thành thanh");
    check("hoà thuận", "hoà hòa");
    check("hòa", "hoà hòa");
    check("hoa", "hoà hòa tinh");
    check("uỷ", "hoà hòa nfd");
    check("Ủy", "hoà hòa nfd");
    check("u\u{309}y", "hoà hòa nfd");
    check("uy thac", "nfd");
    check("đoàn", "thành thanh");
    check("doan", "thành thanh tinh");
    // A phrase with one accented word is exact in all its words.
    check("\"thanh tra tỉnh\"", "thanh");
    check("\"thành tra tỉnh\"", "thành");
    check("\"thanh tra\"", "thành thanh");
    check("\"thanh tra tinh\"", "thành thanh");
    check("\"tra thanh\"", "");
    check("15-CT/TU", "số");
    check("15/CT-TU", "số");
    check("\"15 ct\"", "số");
    check("CT-15", "");
    check("7,58%", "số");
    check("58,7", "");
    check("4207/QĐ-UBND", "số");
    check("4207/QD-UBND", "số");
    check("vân đồn", "title");
    check("\"Vân Đồn\" nội", "title");
    check("\"đồn nội\"", "");
    check("tỉnh -vui", "thành thanh");
    check("tỉnh -\"thành tra\"", "tỉnh- thanh");
    check("-tinh", "hoà hòa nfd bình số title");
    check("tình OR bình", "tình bình");
    check("tình OR bình an OR vui", "tình bình tỉnh-");
    check("tình OR -tinh -hoa", "tình nfd bình số title");
    check("thu*", "hoà hòa");
    check("thành*", "thành bình");
    check("hoà* -thuận", "");
    check("delegation committee", "english");
    check("\"Ha Tinh\"", "english");
    check("xyz", "");
    check("tỉnh xyz", "");
}

/// The last part of an address as URLs write it.
fn percent(name: &str) -> String {
    let url: corpus::CanonicalUrl = format!("https://x.example/{name}").parse().unwrap();
    url.as_str()["https://x.example/".len()..].to_owned()
}

#[test]
fn what_is_spelt_alike_comes_first() {
    let many = "tỉnh ".repeat(30);
    let long = format!("{} tinh {}", "lời ".repeat(300), "lời ".repeat(300));
    let (_fixture, index) = indexed(&[
        page("a", &many),
        page("b", "tình tình"),
        page("c", &long),
        page("d", "tĩnh"),
        page("e", "một tinh hai"),
        page("f", "thanh tra tĩnh thanh trà"),
        page("g", &format!("{} thanh tra", "lời ".repeat(90))),
        page("h", "thánh trà, thánh trà"),
    ]);
    let answer = index.search(&request("tinh")).unwrap();
    assert_eq!(names(&answer)[..2], ["e", "c"]);
    assert_eq!(answer.count, 6);
    assert!(answer.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    let answer = index.search(&request("\"thanh tra\"")).unwrap();
    assert_eq!(names(&answer), ["f", "g", "h"]);
    let answer = index.search(&request("thanh tinh")).unwrap();
    assert_eq!(names(&answer), ["f"]);
}

/// Pages whose facets a test can count by itself.
fn varied(count: usize) -> Vec<Page> {
    let one = |number: usize| {
        let text = format!(
            "{} Chỉ thị {}. Ông bà {}. Ở đây ông Lê {}, chủ tịch xã. Tỉnh có {number} xã đạt chuẩn nông thôn mới năm 2021.",
            if number.is_multiple_of(2) { "chẵn" } else { "lẻ" },
            number % 5,
            "lời ".repeat(number % 11),
            ["Sơn", "Hà"][number % 2],
        );
        let page = page(&format!("{number:04}"), &text)
            .of(["Báo", "Đài", "Cổng"][number % 3], ["Sơn Khê", "Lục Hà"][number / 7 % 2]);
        if number.is_multiple_of(10) {
            page
        } else {
            page.on(&format!("20{:02}-{:02}-11", 10 + number % 8, 1 + number % 12))
        }
    };
    (0..count).map(one).collect()
}

#[test]
fn cursors_walk_any_number_of_results() {
    let pages = varied(1_000);
    let (mut fixture, index) = indexed(&pages);
    for (query, sort) in [
        ("", Sort::Relevance),
        ("", Sort::Newest),
        ("", Sort::Oldest),
        ("chỉ thị", Sort::Relevance),
        ("ông", Sort::Relevance),
        ("chẵn OR lẻ", Sort::Relevance),
        ("chan", Sort::Relevance),
        ("lẻ", Sort::Newest),
    ] {
        let mut request = SearchRequest { sort, limit: 37, ..request(query) };
        let (mut seen, mut firsts, mut pages) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let answer = index.search(&request).unwrap();
            assert_eq!(answer.previous.is_some(), request.cursor.is_some());
            firsts.push(answer.previous);
            pages.push(names(&answer).iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
            seen.extend(
                answer
                    .hits
                    .iter()
                    .map(|hit| (hit.document.address.clone(), hit.score, hit.document.published)),
            );
            request.cursor = answer.next.map(|cursor| cursor.to_string().parse().unwrap());
            if request.cursor.is_none() {
                assert_eq!(answer.count as usize, seen.len(), "{query}");
                break;
            }
        }
        let distinct: BTreeSet<_> = seen.iter().map(|(address, ..)| address).collect();
        assert_eq!(distinct.len(), seen.len(), "{query}: nothing twice");
        for pair in seen.windows(2) {
            let dates = (pair[0].2.map(|date| date.date), pair[1].2.map(|date| date.date));
            match (sort, dates) {
                (Sort::Relevance, _) => assert!(pair[0].1 >= pair[1].1),
                (_, (_, None)) => {}
                (_, (None, Some(_))) => panic!("undated documents come last"),
                (Sort::Newest, (a, b)) => assert!(a >= b),
                (Sort::Oldest, (a, b)) => assert!(a <= b),
            }
        }
        // And back again.
        let mut back = firsts.pop().flatten();
        for expected in pages.iter().rev().skip(1) {
            request.cursor = back;
            let answer = index.search(&request).unwrap();
            assert_eq!(&names(&answer), expected, "{query}");
            assert!(answer.next.is_some());
            back = answer.previous;
        }
        assert_eq!(back, None, "{query}");
    }
    // By date a walk goes on exactly while documents come in.
    let mut request = SearchRequest { sort: Sort::Oldest, limit: 100, ..request("lẻ") };
    let first = index.search(&request).unwrap();
    fixture.keep(&[page("late", "lẻ").on("2030-01-01"), page("early", "lẻ").on("2001-01-01")]);
    fixture.index().unwrap();
    index.reload().unwrap();
    request.cursor = first.next;
    let second = index.search(&request).unwrap();
    assert!(second.generation > first.generation);
    assert!(names(&second).iter().all(|name| !names(&first).contains(name) && *name != "early"));

    let foreign = SearchRequest { cursor: first.next, ..self::request("chẵn") };
    assert!(matches!(index.search(&foreign), Err(Error::Query(QueryError::ForeignCursor))));
}

#[test]
fn facets_and_filters_agree_with_counting_by_hand() {
    let pages = varied(300);
    let (_fixture, index) = indexed(&pages);
    // Each value once, as a document counts once.
    let each = |url: &str, keys: &dyn Fn(&Document) -> Vec<String>| -> Vec<String> {
        let found = index.document(DocumentId::of(url), None).unwrap().unwrap();
        let keys: std::collections::BTreeSet<String> = keys(&found).into_iter().collect();
        keys.into_iter().collect()
    };
    let values = |page: &Page, facet: Facet| -> Vec<String> {
        let date = page.date.clone();
        match facet {
            Facet::Source => page.source.clone().into_iter().collect(),
            Facet::Province => page.province.clone().into_iter().collect(),
            Facet::Year => date.map(|date| date[..4].to_owned()).into_iter().collect(),
            Facet::Month => date.map(|date| date[..7].to_owned()).into_iter().collect(),
            Facet::Language => vec!["vi".to_owned()],
            Facet::Type => ["directive", "figure", "official"].map(str::to_owned).into(),
            // What the document itself says that its mentions stand for.
            Facet::Directive => each(&page.url, &|found| {
                found.directives.iter().filter_map(|keyed| keyed.key.clone()).collect()
            }),
            Facet::Official => each(&page.url, &|found| {
                found.officials.iter().filter_map(|keyed| keyed.key.clone()).collect()
            }),
            Facet::Position => each(&page.url, &|found| {
                found.officials.iter().flat_map(|keyed| keyed.positions.clone()).collect()
            }),
            Facet::Indicator => vec!["new-rural-communes".to_owned()],
        }
    };
    let facets: Vec<FacetRequest> =
        Facet::ALL.iter().map(|facet| FacetRequest { facet: *facet, size: 500 }).collect();
    let check = |query: &str, filters: &Filters, wants: &dyn Fn(&Page) -> bool| {
        let expected: Vec<&Page> = pages.iter().filter(|page| wants(page)).collect();
        let request = SearchRequest {
            filters: filters.clone(),
            facets: facets.clone(),
            interval: Some(Interval::Month),
            limit: 100,
            ..request(query)
        };
        let answer = index.search(&request).unwrap();
        assert_eq!(answer.count as usize, expected.len(), "{query} {filters:?}");
        let plain = SearchRequest { facets: Vec::new(), interval: None, limit: 0, ..request.clone() };
        assert_eq!(index.search(&plain).unwrap().count, answer.count);
        assert_eq!(answer.hits.len(), expected.len().min(100));
        for counts in &answer.facets {
            let mut by_hand: BTreeMap<String, u64> = BTreeMap::new();
            for value in expected.iter().flat_map(|page| values(page, counts.facet)) {
                *by_hand.entry(value).or_default() += 1;
            }
            assert_eq!(counts.distinct, by_hand.len(), "{query} {}", counts.facet);
            let found = counts.values.iter().map(|value| (value.value.clone(), value.count)).collect();
            assert_eq!(by_hand, found, "{query} {}", counts.facet);
        }
        let in_buckets: u64 = answer.histogram.iter().map(|bucket| bucket.count).sum();
        assert_eq!(in_buckets as usize, expected.iter().filter(|page| page.date.is_some()).count());
        let timeline = index.timeline(&request, Interval::Year).unwrap();
        assert_eq!(timeline.iter().map(|bucket| bucket.count).sum::<u64>(), in_buckets);
        assert!(timeline.iter().all(|bucket| bucket.count <= bucket.collected));
    };
    let none = Filters::default;
    let has = |facet, value: &'static str| {
        move |page: &Page| values(page, facet).iter().any(|found| found == value)
    };
    check("", &none(), &|_| true);
    check("chẵn", &none(), &|page| page.text.starts_with("chẵn"));
    for (facet, value) in [
        (Facet::Source, "Đài"),
        (Facet::Province, "Lục Hà"),
        (Facet::Year, "2013"),
        (Facet::Month, "2013-04"),
        (Facet::Language, "vi"),
        (Facet::Language, "en"),
        (Facet::Type, "figure"),
        (Facet::Directive, "directive-3-son-khe"),
        (Facet::Official, "le-ha-luc-ha"),
        (Facet::Position, "chu-tich-xa"),
        (Facet::Indicator, "none"),
    ] {
        let include = vec![(facet, value.to_owned())];
        check("", &Filters { include: include.clone(), ..none() }, &has(facet, value));
        check("lẻ", &Filters { include: include.clone(), ..none() }, &|page| {
            has(facet, value)(page) && page.text.starts_with("lẻ")
        });
        check("", &Filters { exclude: include, ..none() }, &|page| !has(facet, value)(page));
    }
    let two = vec![
        (Facet::Source, "Đài".to_owned()),
        (Facet::Source, "Báo".to_owned()),
        (Facet::Year, "2012".to_owned()),
    ];
    check("chỉ", &Filters { include: two, ..none() }, &|page| {
        page.source.as_deref() != Some("Cổng") && has(Facet::Year, "2012")(page)
    });
    let dates = Filters { from: "2012-03-11".parse().ok(), to: "2014-06-10".parse().ok(), ..none() };
    let in_dates =
        |page: &Page| page.date.as_deref().is_some_and(|date| ("2012-03-11".."2014-06-11").contains(&date));
    check("", &dates, &in_dates);
    check("lẻ", &dates, &|page| in_dates(page) && page.text.starts_with("lẻ"));

    let small =
        SearchRequest { facets: vec![FacetRequest { facet: Facet::Directive, size: 3 }], ..request("") };
    let counts = index.search(&small).unwrap().facets.remove(0);
    assert_eq!(counts.values.len(), 3);
    assert!(counts.distinct > 3 && counts.values.is_sorted_by(|a, b| a.count >= b.count));
}

#[test]
fn hits_show_why_they_were_found() {
    let (_fixture, index) = indexed(&[page("a", "Mở đầu.\nCả tỉnh mưa to, tình hình xấu.")
        .titled("Mưa ở tỉnh")
        .on("2021-05-06")]);
    let answer = index.search(&SearchRequest { highlight: true, ..request("tỉnh \"mua to\"") }).unwrap();
    let hit = &answer.hits[0];
    assert_eq!(hit.document.title, "Mưa ở tỉnh");
    assert_eq!(hit.title_highlights, [(6, 10)]);
    let snippet = hit.snippet.as_ref().unwrap();
    assert_eq!((snippet.text.as_str(), snippet.start), ("Mở đầu.\nCả tỉnh mưa to, tình hình xấu.", 0));
    assert_eq!(snippet.highlights, [(11, 15), (16, 22)]);
    let plain = index.search(&request("tỉnh")).unwrap();
    assert!(plain.hits[0].snippet.is_none());
}

#[test]
fn questions_find_what_has_most_words() {
    let (_fixture, index) = indexed(&[
        page("all", "Mưa to ở huyện Thạch Lũng làm sập cầu treo.").of("Báo", "Sơn Khê").on("2021-01-01"),
        page("most", "Sập cầu treo ở Thạch Lũng.").of("Báo", "Sơn Khê").on("2021-01-02"),
        page("weak", "Mưa nhỏ ở nhiều nơi.").of("Đài", "Lục Hà").on("2021-01-03"),
        page("near", "Cầu treo Thạch Lũng được sửa.").of("Đài", "Lục Hà").on("2021-01-04"),
        page("other", "Ở chợ có nhiều người.").of("Đài", "Lục Hà").on("2021-01-05"),
        page("titled", "Ở đây có nhiều nơi sửa.").titled("Sửa đường").on("2021-01-06"),
    ]);
    let check = |query: &str, counted: Counted, count: u64, expected: &[(&str, &[&str])]| {
        let facet = FacetRequest { facet: Facet::Source, size: 5 };
        let answer = index.search(&SearchRequest { facets: vec![facet], ..request(query) }).unwrap();
        let lacks: Vec<Vec<&str>> =
            answer.hits.iter().map(|hit| hit.lacks.iter().map(String::as_str).collect()).collect();
        let found: Vec<(&str, &[&str])> =
            names(&answer).into_iter().zip(lacks.iter().map(Vec::as_slice)).collect();
        assert_eq!(found, expected, "{query}");
        assert_eq!((answer.counted, answer.count), (counted, count), "{query}");
        let by_date = index.search(&SearchRequest { sort: Sort::Newest, ..request(query) }).unwrap();
        assert_eq!((by_date.hits.len() as u64, by_date.count), (count, count), "{query} by date");
        let months = index.timeline(&request(query), Interval::Year).unwrap();
        assert_eq!(months.iter().map(|month| month.count).sum::<u64>(), count, "{query} by year");
    };
    // With all words first, and only these are counted.
    check(
        "mưa sập cầu thạch lũng",
        Counted::AllWords,
        1,
        &[
            ("all", &[]),
            ("most", &["mưa"]),
            ("near", &["mưa", "sập"]),
            ("weak", &["sập", "cầu", "thạch", "lũng"]),
        ],
    );
    // None has all: those with half of what the words weigh that any document has are counted.
    check(
        "xe qua cầu treo thạch lũng",
        Counted::MostWords,
        3,
        &[("near", &["xe", "qua"]), ("most", &["xe", "qua"]), ("all", &["xe", "qua"])],
    );
    check("sập cầu thạch -mưa", Counted::AllWords, 1, &[("most", &[]), ("near", &["sập"])]);
    check("+mưa sập cầu thạch", Counted::AllWords, 1, &[("all", &[])]);
    check("sập cầu thạch \"mưa nhỏ\"", Counted::SomeWords, 0, &[]);
    check("zzz yyy xxx", Counted::SomeWords, 0, &[]);
    // What has fewer is listed and not counted.
    check(
        "mưa nhỏ sập cầu treo",
        Counted::MostWords,
        2,
        &[
            ("weak", &["sập", "cầu", "treo"]),
            ("most", &["nhỏ", "mưa"]),
            ("all", &["nhỏ"]),
            ("near", &["nhỏ", "mưa", "sập"]),
        ],
    );
    // None has half of the weight.
    check(
        "mưa chợ đường",
        Counted::SomeWords,
        2,
        &[("titled", &["chợ", "mưa"]), ("other", &["đường", "mưa"])],
    );
    check(
        "Vì cầu thạch lũng",
        Counted::MostWords,
        3,
        &[("near", &["vì"]), ("most", &["vì"]), ("all", &["vì"])],
    );
    // Two words are both meant.
    check("cầu zzz", Counted::AllWords, 0, &[]);
    check(
        "sửa nhiều nơi",
        Counted::AllWords,
        1,
        &[("titled", &[]), ("weak", &["sửa"]), ("near", &["nơi", "nhiều"])],
    );
    let strict = SearchRequest { matching: Matching::All, ..request("mưa sập cầu thạch lũng") };
    assert_eq!(names(&index.search(&strict).unwrap()), ["all"]);
    // A text that is pasted is a question.
    let pasted = "Sập cầu treo ở Thạch Lũng, theo lời của nhiều người dân sống quanh đó. ".repeat(28);
    assert!(pasted.chars().count() >= 1_900);
    assert_eq!(names(&index.search(&request(&pasted)).unwrap())[0], "most");
}

#[test]
fn a_word_is_found_in_one_piece_and_in_several() {
    let (_fixture, index) = indexed(&[
        page("one", "Covid19 ở TPHCM, đi ôtô, về Hanoi."),
        page("several", "Dịch Covid-19 tại TP.HCM, xe ô tô ra Hà Nội."),
        page("apart", "Mức 19, mốc covid, xe tô màu, tp khác."),
    ]);
    for query in
        ["covid19", "covid-19", "\"Covid 19\"", "TPHCM", "TP.HCM", "tp hcm", "oto", "o to", "Hanoi", "ha noi"]
    {
        let found = index.search(&request(query)).unwrap();
        let mut found = names(&found);
        found.sort_unstable();
        assert_eq!(found, ["one", "several"], "{query}");
    }
    let highlighted = SearchRequest { highlight: true, ..request("covid-19") };
    let hit = index
        .search(&highlighted)
        .unwrap()
        .hits
        .into_iter()
        .find(|hit| hit.document.address.ends_with("one"));
    assert_eq!(hit.unwrap().snippet.unwrap().highlights, [(0, 7)]);
}

#[test]
fn a_number_is_one_word_however_it_is_written() {
    let (_fixture, index) = indexed(&[
        page("one", "Tỉnh làm theo Nghị quyết số 15-NQ/TW về y tế, cả Quyết định 22/2015/QĐ-UBND."),
        page("spaced", "Theo nghị quyết số 015 - nq/tw, xã mở lớp y tế."),
        page("parts", "Khoản 15 của tờ trình, rồi NQ và TW về y tế và nghị quyết."),
        page("other", "Nghị quyết 16-NQ/TW về y tế. Mục 15. Quyết định 22/QĐ-UBND."),
        page("plain", "Quyết định 22/2015/QD-UBND được sửa."),
    ]);
    let found = |query: &str| {
        let answer = index.search(&request(query)).unwrap();
        let mut found: Vec<String> = names(&answer).into_iter().map(str::to_owned).collect();
        found.truncate(answer.count as usize);
        found.sort_unstable();
        found
    };
    for query in [
        "15-NQ/TW",
        "15/NQ-TW",
        "15 - NQ/TW",
        "15/nq-tw",
        "15\u{2011}NQ/TW",
        "nghị quyết 15-NQ/TW y tế",
        "nghi quyet 15/nq-tw y te",
        "+15-NQ/TW y tế",
    ] {
        assert_eq!(found(query), ["one", "spaced"], "{query}");
    }
    for query in ["22/2015/QĐ-UBND", "22/2015/QD-UBND", "22 / 2015 / qđ - ubnd", "quyết định 22/2015/QD-UBND"]
    {
        assert_eq!(found(query), ["one", "plain"], "{query}");
    }
    assert_eq!(found("NQ-TW"), ["one", "other", "spaced"]);
    assert_eq!(found("y tế -15/NQ-TW"), ["other", "parts"]);
    assert_eq!(found("15 NQ TW y tế"), ["one", "other", "parts"]);
    let lacks = |query: &str, name: &str| {
        let answer = index.search(&request(query)).unwrap();
        let place = names(&answer).iter().position(|found| *found == name).unwrap();
        answer.hits[place].lacks.clone()
    };
    assert_eq!(lacks("nghị quyết 15-NQ/TW y tế", "parts"), ["15-nq/tw"]);
    assert_eq!(lacks("nghị quyết 15-NQ/TW y tế", "other"), ["15-nq/tw"]);
    // No document has the number: its parts are looked for.
    assert_eq!(lacks("nghị quyết 16-NQ/HU y tế", "other"), ["hu"]);
}

#[test]
fn what_a_sentence_quotes_is_looked_for_by_its_words_where_it_stands_nowhere() {
    let (_fixture, index) = indexed(&[
        page("song", "Bài ca Tiếng gọi đầu nguồn của nhạc sĩ Lò Suối được hát lần đầu ở bản Sảng năm 1998."),
        page("other", "Nhạc sĩ nào cũng viết về bản làng, và bài ca nào cũng được hát ở Lục Hà."),
    ]);
    let check = |query: &str, unquoted: &[&str], found: &[&str]| {
        let answer = index.search(&request(query)).unwrap();
        assert_eq!(
            (answer.unquoted.as_slice(), names(&answer).as_slice()),
            (unquoted.iter().map(|phrase| (*phrase).to_owned()).collect::<Vec<_>>().as_slice(), found,),
            "{query}"
        );
        let months = index.timeline(&request(query), Interval::Year).unwrap();
        assert!(months.iter().map(|month| month.count).sum::<u64>() <= answer.count);
    };
    let sentence = |phrase: &str| format!("Nhạc sĩ nào viết bài ca {phrase} được hát lần đầu ở đâu");
    check(&sentence("\"gọi tiếng đầu nguồn\""), &["gọi tiếng đầu nguồn"], &["song", "other"]);
    check(&sentence("“Tiếng gọi đầu nguồn”"), &[], &["song"]);
    check(&sentence("\"Tiếng gọi\" \"nguồn đầu\""), &["nguồn đầu"], &["song"]);
    // Strict stays strict.
    check(&sentence("+\"gọi tiếng đầu nguồn\""), &[], &[]);
    check("bài ca \"gọi tiếng đầu nguồn\"", &[], &[]);
    check("\"nhạc sĩ nào viết bài ca gọi tiếng đầu nguồn được hát lần đầu ở đâu\"", &[], &[]);
    let all =
        SearchRequest { matching: Matching::All, ..request(&sentence("\"gọi tiếng đầu nguồn\"")) };
    assert_eq!(index.search(&all).unwrap().count, 0);
}

#[test]
fn what_asks_too_much_is_refused() {
    let (fixture, index) = indexed(&[page("a", "Một.")]);
    let check = |request: &SearchRequest, expected: &str| {
        let error = index.search(request).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(expected), "{error}");
    };
    let started = std::time::Instant::now();
    check(&request(&"x".repeat(10_240)), "10240 bytes");
    check(&request(&"(".repeat(9_000)), "9000 bytes");
    check(&request(&"\"".repeat(2_000)), "no word");
    check(&request(&"(\"".repeat(400)), "no word");
    let different: String = (0..40).map(|at| format!("{at} OR ")).collect();
    check(&request(&different), "32 words");
    check(&SearchRequest { limit: 101, ..request("") }, "limit is 101");
    let facet = FacetRequest { facet: Facet::Source, size: 1_001 };
    check(&SearchRequest { facets: vec![facet], ..request("") }, "facet_size is 1001");
    for (facet, value) in
        [(Facet::Year, "2021-05"), (Facet::Year, "x"), (Facet::Month, "2021"), (Facet::Month, "2021-13")]
    {
        let filters = Filters { include: vec![(facet, value.to_owned())], ..Filters::default() };
        check(&SearchRequest { filters, ..request("") }, "such as");
    }
    let filters = Filters { exclude: vec![(Facet::Source, "x".to_owned()); 201], ..Filters::default() };
    check(&SearchRequest { filters, ..request("") }, "number of filters");
    assert!(started.elapsed().as_secs() < 2);

    let limits = Limits { time: std::time::Duration::ZERO, ..Limits::default() };
    let hurried = Index::with(fixture.store(), limits);
    // A search that is over before the clock is looked at is answered all the same.
    assert_eq!(hurried.search(&request("")).unwrap().count, 1);
}

/// Does a text, with its title, satisfy a query? The rules word by word, without an index.
fn satisfies(page: &Page, query: &str) -> bool {
    let tokens = |text: &str| Syllables::new(text).collect::<Vec<Syllable>>();
    let parts = [tokens(&page.title), tokens(&page.text)];
    let holds = |unit: &Unit| {
        let same = |wanted: &Syllable, found: &Syllable| {
            if unit.is_exact() { wanted.exact == found.exact } else { wanted.folded == found.folded }
        };
        parts.iter().any(|part| match unit {
            Unit::Words(words) => part
                .windows(words.len())
                .any(|found| words.iter().zip(found).all(|(wanted, found)| same(wanted, found))),
            Unit::Prefix(word) if unit.is_exact() => {
                part.iter().any(|found| found.exact.starts_with(&word.exact))
            }
            Unit::Prefix(word) => part.iter().any(|found| found.folded.starts_with(&word.folded)),
            Unit::Number { parts, .. } => part
                .windows(parts.len())
                .any(|found| parts.iter().zip(found).all(|(wanted, found)| same(wanted, found))),
        })
    };
    let query = Query::parse(query, &QueryLimits::default()).unwrap();
    query
        .alternatives
        .iter()
        .any(|clauses| clauses.iter().all(|clause| holds(&clause.unit) != clause.negated))
}

/// The index finds what a plain reading of the rules finds, and what it finds it can show.
#[test]
fn a_word_that_no_document_has_is_looked_for_by_the_nearest_spelling() {
    let (_fixture, index) = indexed(&[
        page("harbour", "The harbour of Khe Ben was opened by the province."),
        page("mine", "A new mine will be dug in the hills of the province."),
    ]);
    let check = |query: &str, respelt: &[(&str, &str)], found: &[&str]| {
        let answer = index.search(&request(query)).unwrap();
        let told: Vec<(&str, &str)> =
            answer.respelt.iter().map(|word| (word.typed.as_str(), word.used.as_str())).collect();
        assert_eq!((told.as_slice(), names(&answer).as_slice()), (respelt, found), "{query}");
    };
    check("harbuor", &[("harbuor", "harbour")], &["harbour"]);
    check("opened Harboru of Khe Ben", &[("harboru", "harbour")], &["harbour"]);
    check("harbour", &[], &["harbour"]);
    // What must hold as it is typed, Vietnamese syllables, and what is near nothing.
    for kept in ["+harbuor", "\"harbuor\"", "harbuor OR zzz", "nghieng", "zzzzzz"] {
        check(kept, &[], &[]);
    }
}

#[test]
fn searches_agree_with_reading_every_text() {
    const WORDS: &[&str] = &[
        "tinh",
        "tỉnh",
        "tình",
        "hoa",
        "hoà",
        "hòa",
        "an",
        "ban",
        "bàn",
        "thanh",
        "thánh",
        "đa",
        "da",
        "the",
        "people",
        "15",
        "u\u{309}y",
    ];
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut pick = |choices: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % choices as u64) as usize
    };
    let pages: Vec<Page> = (0..120)
        .map(|number| {
            let mut words =
                |count: usize| (0..count).map(|_| WORDS[pick(WORDS.len())]).collect::<Vec<_>>().join(" ");
            let (title, text) = (words(2), words(6));
            page(&format!("{number:04}"), &text).titled(&title)
        })
        .collect();
    let (_fixture, index) = indexed(&pages);
    for _ in 0..600 {
        let mut query = String::new();
        for _ in 0..=pick(3) {
            let minus = ["", "", "", "-"][pick(4)];
            let word = WORDS[pick(WORDS.len())];
            let part = match pick(6) {
                0 | 1 => format!("{minus}{word} "),
                2 => format!("{minus}\"{word} {}\" ", WORDS[pick(WORDS.len())]),
                3 => format!("{minus}\"{word} {} {}\" ", WORDS[pick(WORDS.len())], WORDS[pick(WORDS.len())]),
                4 => format!("{minus}{word}* "),
                _ => format!("{word} OR "),
            };
            query.push_str(&part);
        }
        let asked = SearchRequest { highlight: true, matching: Matching::All, ..request(&query) };
        let Ok(answer) = index.search(&asked) else {
            assert!(query.contains("15*") || query.contains('*'), "{query}");
            continue;
        };
        let mut found = names(&answer);
        found.sort_unstable();
        let expected: Vec<&str> = pages
            .iter()
            .filter(|page| satisfies(page, &query))
            .map(|page| &page.url[page.url.len() - 4..])
            .collect();
        assert_eq!(answer.count as usize, expected.len(), "{query}");
        if expected.len() <= 100 {
            assert_eq!(found, expected, "{query}");
        }
        if !query.contains('-') {
            for hit in &answer.hits {
                let shown = hit.snippet.as_ref().is_some_and(|snippet| !snippet.highlights.is_empty());
                assert!(shown || !hit.title_highlights.is_empty(), "{query}");
            }
        }
    }
}
