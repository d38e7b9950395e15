//! What every engine is asked, over one small history of an invented province.

use std::collections::BTreeSet;
use std::time::Duration;

use corpus::{DocumentId, Language};
use jiff::Timestamp;
use store::{
    By, Content, Counted, Direction, EntityKind, EntityList, Facet, FigureFilter, FigurePlace, Filters,
    MAX_FIGURES, Matching, Page, Query, QueryLimits, Rank, Search, Sort, Store, StoredDocument,
};

use crate::fixture::{Fixture, Page as Article, address, page};

/// A step of the history.
pub(crate) type Step = Box<dyn Fn(&mut Fixture)>;

/// What is captured, one run of the indexer a step: new texts, changed ones, some seen again, one removed.
pub(crate) fn history() -> Vec<Step> {
    vec![
        Box::new(|fixture| {
            captures(0)(fixture);
            fixture.extract();
        }),
        Box::new(|fixture| {
            captures(1)(fixture);
            fixture.extract();
        }),
        Box::new(|fixture| {
            decided(fixture);
            fixture.extract();
        }),
        Box::new(|fixture| {
            let decisions = fixture.archive().decisions().read().unwrap();
            let forget = |fixture: &mut Fixture| {
                let indexer = fixture.indexer().unwrap();
                indexer.forget(&[id("gone")].into(), &decisions, &decisions).unwrap()
            };
            assert_eq!((forget(fixture), forget(fixture)), (1, 0));
        }),
    ]
}

/// What people decide of it: one of each kind, and one that is taken back.
fn decided(fixture: &mut Fixture) {
    use corpus::{Anchor, AnchorKind, Judgement};
    let texts = first();
    let anchor = |name: &str, kind, quote: &str| {
        let text = &texts.iter().find(|page| page.url == address(name)).unwrap().text;
        let start = text[..text.find(quote).unwrap()].chars().count();
        Anchor { address: address(name), kind, quote: quote.to_owned(), start }
    };
    let official = |name, quote| vec![anchor(name, AnchorKind::Official, quote)];
    let directive = |name, quote| vec![anchor(name, AnchorKind::Directive, quote)];
    let decisions = [
        Judgement::Same {
            first: directive("c", "Chỉ thị số 15-CT/TU"),
            second: directive("f", "Chỉ thị số 5-CT/TU"),
        },
        Judgement::Different {
            first: official("g", "Trần Văn Suối"),
            second: official("h", "Trần Văn Suối"),
        },
        Judgement::Name {
            of: official("i", "Lê Thị Mây"), label: "Lê Thị Mây (Lục Hà)".to_owned()
        },
        Judgement::NotAMention { mention: anchor("g", AnchorKind::Figure, "121/180") },
        Judgement::NotAMention {
            mention: anchor("d", AnchorKind::Directive, "Nghị quyết số 39-NQ/TU")
        },
        Judgement::NotAMention { mention: anchor("k", AnchorKind::Figure, "4,1%") },
        Judgement::Undo { of: 6 },
    ];
    for what in decisions {
        fixture.archive().decisions().add(Timestamp::UNIX_EPOCH, "Lan", Some("known here"), what).unwrap();
    }
}

/// What is captured in a step.
pub(crate) fn captures(step: usize) -> Step {
    Box::new(move |fixture| {
        if step == 0 {
            fixture.keep(&first());
        } else {
            fixture.keep(&changed());
            fixture.revisit("hoà");
        }
    })
}

fn id(name: &str) -> DocumentId {
    DocumentId::of(&address(name))
}

fn first() -> Vec<Article> {
    let said = |name: &str, text: &str, date: &str, source: &str, province: &str| {
        page(name, text).on(date).of(source, province)
    };
    let long = "Sáng nay, Ủy ban nhân dân tỉnh Sơn Khê họp bàn việc giữ rừng đầu nguồn sông Khê. Sau mùa cháy vừa qua, hơn \
                bốn mươi tổ tuần rừng đã được lập ở các bản giáp ranh, mỗi tổ có sáu người thay nhau đi hai buổi một tuần. \
                Chủ tịch xã Thạch Lũng kể rằng người dân được trả công bằng tiền dịch vụ môi trường, niêm yết từng quý tại nhà \
                văn hóa. Nhà nào có người đi tuần thì được nhận trước, còn lại chia đều theo số nhân khẩu của bản.";
    vec![
        page("tỉnh", "Cả tỉnh vui. Ba tỉnh gần đây, tỉnh xa."),
        page("tình", "Thấm tình người."),
        page("tinh", "Chọn phần tinh hoa và nhiều lời khác nữa cho bài này dài thêm ra một đoạn."),
        page("english", "The province of Ha Tinh sent a delegation to the meeting of the committee."),
        page("hoà", "Sống hoà thuận ở Uỷ ban."),
        page("hòa", "Sống hòa thuận ở Ủy ban."),
        page("nfd", "Xóm u\u{309}y thác."),
        page("thành", "Đoàn thành tra tỉnh khác."),
        page("thanh", "Đoàn thanh tra tỉnh khác."),
        page("số", "Theo 15-CT/TU, mức 7,58% và Quyết định 4207/QĐ-UBND. Mục 15, trang 7."),
        page("title", "Nội dung.").titled("Đầu đề có chữ Vân Đồn"),
        page("gaps", "Nông thôn, mới. Nông thôn rất mới. Nông thôn mới thật."),
        said(
            "a",
            "Ngày 05/9/2016, Ban Thường vụ Tỉnh ủy ban hành Chỉ thị số 15-CT/TU về công tác dân vận.",
            "2016-09-06",
            "Báo",
            "Sơn Khê",
        ),
        said("b", "Sau ba năm thực hiện Chỉ thị 15, xã đã đổi khác.", "2019-09-06", "Đài", "Sơn Khê"),
        said(
            "c",
            "Theo Chỉ thị số 15-CT/TU, tỉnh họp. Luật Đất đai năm 2013.",
            "2020-01-06",
            "Báo",
            "Lục Hà",
        ),
        said(
            "d",
            "Chỉ thị số 5-CT/TU ngày 1/2/2012 và Nghị quyết số 39-NQ/TU.",
            "2012-02-02",
            "Báo",
            "Sơn Khê",
        ),
        said("e", "Chỉ thị số 5-CT/TU ngày 3/4/2018 được nhắc lại.", "2018-04-04", "Báo", "Sơn Khê"),
        said("f", "Theo Chỉ thị số 5-CT/TU, các xã làm theo.", "2021-03-01", "Đài", "Sơn Khê"),
        said(
            "g",
            "Ông Trần Văn Suối, Chủ tịch UBND tỉnh, dự. Năm 2021, toàn tỉnh có 121/180 xã đạt chuẩn nông thôn mới.",
            "2021-03-01",
            "Báo",
            "Sơn Khê",
        ),
        said(
            "h",
            "Ông Trần Văn Suối, Bí thư Tỉnh ủy, phát biểu. Năm 2022, toàn tỉnh có 130/180 xã đạt chuẩn nông thôn mới.",
            "2022-05-01",
            "Đài",
            "Sơn Khê",
        ),
        said(
            "i",
            "Bà Lê Thị Mây, Bí thư Tỉnh ủy, dự. Tỷ lệ hộ nghèo còn 5,4%.",
            "2022-05-03",
            "Báo",
            "Lục Hà",
        ),
        said("j", "Bà Lê Thị Mây, Chủ tịch UBND huyện Bản Sảng, nói.", "2015-05-03", "Báo", "Sơn Khê"),
        said("k", "Tỷ lệ hộ nghèo năm 2023 của tỉnh là 4,1%, giảm 1,3%.", "2024-01-03", "Báo", "Lục Hà"),
        said(
            "l",
            "Năm 2020, toàn tỉnh có 100/180 xã đạt chuẩn nông thôn mới.",
            "2020-12-31",
            "Báo",
            "Sơn Khê",
        ),
        said("same", long, "2021-06-14", "Báo", "Sơn Khê"),
        said("carried", &format!("{long} Theo báo bạn."), "2021-06-15", "Đài", "Sơn Khê"),
        said(
            "changes",
            "Theo Chỉ thị số 9-CT/TU ngày 1/1/2019, bà con làm. Có 3 xã.",
            "2019-02-01",
            "Báo",
            "Sơn Khê",
        ),
        said(
            "gone",
            "Theo Chỉ thị số 8-CT/TU ngày 1/1/2018, có 12 xã đạt chuẩn.",
            "2018-02-01",
            "Báo",
            "Sơn Khê",
        ),
        said("m", "Mưa to ở huyện Bản Sảng. Mưa rất to. Trời mưa to quá.", "2020-07-01", "Báo", "Sơn Khê"),
        said("n", "Mưa nhỏ. Nắng to. Mưa, to.", "2020-08-01", "Đài", "Lục Hà"),
        said("o", "Bão số 3 gây mưa to; bão tan.", "2020-07-15", "Đài", "Lục Hà"),
    ]
}

fn changed() -> Vec<Article> {
    vec![
        page("changes", "Theo Chỉ thị số 10-CT/TU ngày 1/1/2020, bà con làm tiếp.")
            .on("2020-02-01")
            .of("Báo", "Sơn Khê"),
        page("a", "Ngày 05/9/2016, Ban Thường vụ Tỉnh ủy ban hành Chỉ thị số 15-CT/TU về công tác dân vận.")
            .on("2016-09-06")
            .of("Báo", "Sơn Khê"),
        page("late", "Ông Trần Văn Suối, nguyên Chủ tịch UBND tỉnh, kể chuyện.")
            .on("2025-01-01")
            .of("Báo", "Sơn Khê"),
    ]
}

/// Words with and without accents, phrases, beginnings, alternatives, what is left out, numbers, nothing.
const WORDS: &[&str] = &[
    "",
    "tỉnh",
    "tình",
    "tinh",
    "TINH",
    "hoà thuận",
    "hòa",
    "hoa",
    "uỷ",
    "Ủy",
    "u\u{309}y",
    "uy thac",
    "đoàn",
    "doan",
    "thanh tra",
    "thành tra",
    "\"thanh tra\"",
    "\"thành tra\"",
    "\"doan thanh\"",
    "15-CT/TU",
    "15 CT TU",
    "15ct tu",
    "mục15 trang7",
    "7,58%",
    "4207/QĐ-UBND",
    "4207 / qd - ubnd",
    "015\u{2011}ct/tu",
    "-15-CT/TU",
    "chỉ thị 15/CT-TU dân vận",
    "chi thi 5-ct/tu cac xa",
    "quyết định 4207/QD-UBND mức thu",
    "chỉ thị 77-CT/TU dân vận",
    "van don",
    "Vân Đồn",
    "\"Đầu đề có chữ\"",
    "\"nông thôn mới\"",
    "\"nong thon moi\"",
    "nông thôn mới",
    "\"mưa to\"",
    "\"mua to\"",
    "mưa to",
    "mua to",
    "mưa -bão",
    "mua -\"mua to\"",
    "-tỉnh",
    "-mưa -tỉnh",
    "tình OR bão",
    "\"mưa to\" OR tinh",
    "bao OR nang OR tinh",
    "nong*",
    "đo*",
    "do*",
    "provin*",
    "ub*",
    "tổ tuần rừng",
    // Questions.
    "Ai là chủ tịch xã Thạch Lũng?",
    "chu tich xa nao ke ve rung",
    "Đoàn thanh tra nào đến Thạch Lũng",
    "+rừng tỉnh họp bàn nông thôn",
    "nông thôn mới thật -rất",
    "đổi khác ra sao \"Chỉ thị 15\"",
    "mức 7,58% hộ nghèo của tỉnh",
    "không ai zzz nói yyy",
    "Who sent the delegations of provinces to meetings of committees",
    "hơn bốn mươi tổ tuần rừng đã được lập ở các bản giáp ranh",
    "zzz yyy xxx",
    // A text that is pasted has more words than are looked for.
    "Sáng nay Ủy ban nhân dân tỉnh họp bàn việc giữ rừng đầu nguồn sông Khê sau mùa cháy vừa qua hơn bốn mươi tổ tuần \
     rừng đã được lập ở các bản giáp ranh mỗi người thay nhau đi hai buổi một tuần",
    "\"tổ tuần rừng\"",
    "\"to tuan rung\"",
    "\"hai buổi một tuần\"",
    "chỉ thị",
    "chi thi",
    "\"Chỉ thị số\"",
    "không có",
    "committee",
    "The",
    "xã đạt chuẩn",
    "\"Sơn Khê\"",
    "son khe",
    "2021",
    "180",
    "dung. Đầu",
];

/// Filters, by name.
fn filters() -> Vec<(&'static str, Filters)> {
    let one = |facet, value: &str| Filters { include: vec![(facet, value.to_owned())], ..Filters::default() };
    let without =
        |facet, value: &str| Filters { exclude: vec![(facet, value.to_owned())], ..Filters::default() };
    let day = |day: &str| day.parse().ok();
    let suoi = "tran-van-suoi";
    vec![
        ("source", one(Facet::Source, "Báo")),
        ("province", one(Facet::Province, "Lục Hà")),
        ("year", one(Facet::Year, "2020")),
        ("month", one(Facet::Month, "2020-07")),
        ("language", one(Facet::Language, "en")),
        ("type", one(Facet::Type, "figure")),
        ("directive", one(Facet::Directive, "directive-15-ct-tu-son-khe-2016")),
        ("official", one(Facet::Official, suoi)),
        ("position", one(Facet::Position, "none")),
        ("indicator", one(Facet::Indicator, "new-rural-communes")),
        ("not source", without(Facet::Source, "Báo")),
        ("not year", without(Facet::Year, "2020")),
        ("not official", without(Facet::Official, suoi)),
        ("not type", without(Facet::Type, "directive")),
        ("from", Filters { from: day("2020-07-01"), ..Filters::default() }),
        ("to", Filters { to: day("2018-04-04"), ..Filters::default() }),
        ("between", Filters { from: day("2020-01-01"), to: day("2020-12-31"), ..Filters::default() }),
        (
            "two of one",
            Filters {
                include: vec![(Facet::Year, "2020".to_owned()), (Facet::Year, "2021".to_owned())],
                ..Filters::default()
            },
        ),
        (
            "two of two",
            Filters {
                include: vec![(Facet::Source, "Đài".to_owned()), (Facet::Province, "Lục Hà".to_owned())],
                exclude: vec![(Facet::Month, "2020-08".to_owned())],
                ..Filters::default()
            },
        ),
        ("nothing", one(Facet::Source, "nobody")),
    ]
}

const COUNTED: &[(Facet, usize)] = &[
    (Facet::Source, 10),
    (Facet::Province, 1),
    (Facet::Language, 10),
    (Facet::Type, 10),
    (Facet::Directive, 3),
    (Facet::Official, 100),
    (Facet::Position, 100),
    (Facet::Indicator, 100),
    (Facet::Year, 5),
];

pub(super) fn parsed(words: &str) -> Query {
    Query::parse(words, &QueryLimits::default()).unwrap()
}

pub(super) fn search<'a>(
    words: &'a Query,
    filters: &'a Filters,
    sort: Sort,
    page: Option<Page>,
) -> Search<'a> {
    Search {
        words,
        matching: Matching::Best,
        filters,
        sort,
        page,
        facets: COUNTED,
        months: true,
        content: Content::Summary,
        time: Duration::from_secs(60),
    }
}

/// A question and its answer.
pub(crate) struct Row {
    pub(crate) question: String,
    pub(crate) answer: String,
    /// Where the order is by relevance: scores, the best first.
    pub(crate) ranked: Vec<(f32, String)>,
}

impl Row {
    /// Whether another engine ranks alike. Their scores differ in the statistics of what was removed and in how exactly they
    /// keep the length of a text, so that what is nearly equal may change places.
    pub(crate) fn ranks_as(&self, other: &Self) -> bool {
        const NEARLY: f32 = 0.85;
        let place = |name: &str| self.ranked.iter().position(|(_, known)| known == name);
        self.ranked.len() == other.ranked.len()
            && other.ranked.iter().enumerate().all(|(at, (better, first))| {
                other.ranked[at + 1..].iter().all(|(score, second)| {
                    *score > better * NEARLY || (place(first).is_some() && place(first) < place(second))
                })
            })
    }
}

/// Every question with its answer.
pub(crate) fn answers(store: &dyn Store) -> Vec<Row> {
    let mut searched = Vec::new();
    let none = Filters::default();
    let mut rows = Vec::new();
    for words in WORDS {
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            searched.push(found(format!("“{words}” {sort:?}"), store, words, &none, sort));
        }
        rows.push((format!("“{words}” page by page"), paged(store, words, &none)));
    }
    for (name, filters) in filters() {
        for words in ["", "tỉnh", "mua to"] {
            searched.push(found(format!("“{words}”, {name}"), store, words, &filters, Sort::Newest));
            searched.push(found(format!("“{words}”, {name}, best"), store, words, &filters, Sort::Relevance));
        }
    }
    let slips = ["provinse", "comittee", "delegatoin", "committee", "zzzzzz"];
    let near = store.near_spellings(&slips).unwrap();
    assert_eq!(near[..3], ["province", "committee", "delegation"].map(|word| Some(word.to_owned())));
    rows.push((format!("spellings near {slips:?}"), format!("{near:?}")));
    rows.extend(documents(store));
    rows.extend(entities(store));
    rows.extend(figures(store));
    let stats = store.stats().unwrap();
    let counts = [stats.documents, stats.older_versions, stats.directives, stats.officials, stats.figures];
    rows.push((
        "stats: documents, versions, directives, officials, figures".to_owned(),
        format!("{counts:?}"),
    ));
    rows.push(("decisions".to_owned(), format!("applied up to {:?}", store.watermark().decided)));
    rows.push(("sources".to_owned(), format!("{:?}", store.sources().unwrap())));
    let plain = rows.into_iter().map(|(question, answer)| Row { question, answer, ranked: Vec::new() });
    searched.extend(plain);
    searched
}

/// Count, order, facets and months.
fn found(question: String, store: &dyn Store, words: &str, filters: &Filters, sort: Sort) -> Row {
    let words = parsed(words);
    let page = Page { limit: 100, from: None };
    let found = store.search(&search(&words, filters, sort, Some(page))).unwrap();
    let count = store.search(&search(&words, filters, sort, None)).unwrap().count;
    assert_eq!(count, found.count, "with and without a page");
    let ranked: Vec<(f32, String)> = if sort == Sort::Relevance && !words.is_empty() {
        found.documents.iter().map(|hit| (hit.rank.score(), hit.summary.address.clone())).collect()
    } else {
        Vec::new()
    };
    let mut hits: Vec<&str> = found.documents.iter().map(|hit| hit.summary.address.as_str()).collect();
    if sort == Sort::Relevance {
        hits.sort_unstable();
    }
    let mut lacks: Vec<(&str, &[String])> =
        found.documents.iter().map(|hit| (hit.summary.address.as_str(), hit.lacks.as_slice())).collect();
    lacks.retain(|(_, lacks)| !lacks.is_empty());
    lacks.sort_unstable();
    let answer =
        format!("{count} {:?} {hits:?} {:?} {:?} {lacks:?}", found.counted, found.facets, found.months);
    Row { question, answer, ranked }
}

/// Forth by three to the end, and back to the beginning.
fn paged(store: &dyn Store, words: &str, filters: &Filters) -> String {
    let words = parsed(words);
    let mut said = Vec::new();
    for sort in [Sort::Relevance, Sort::Newest] {
        let mut pages: Vec<Vec<Rank>> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut from = None;
        loop {
            let page = Page { limit: 3, from };
            let found = store.search(&search(&words, filters, sort, Some(page))).unwrap();
            let ranks: Vec<Rank> = found.documents.iter().map(|hit| hit.rank).collect();
            assert!(found.documents.iter().all(|hit| seen.insert(hit.summary.id)), "twice");
            from = ranks.last().map(|rank| (Direction::Next, *rank));
            pages.push(ranks);
            if !found.more {
                // A list by relevance has what has fewer words as well.
                let goes_on = sort == Sort::Relevance && found.counted != Counted::SomeWords;
                let all = seen.len() as u64;
                assert!(all == found.count || (goes_on && all > found.count), "{all} of {}", found.count);
                break;
            }
        }
        said.push(format!("{} in {} pages", seen.len(), pages.len()));
        while pages.len() > 1 {
            let first = pages.pop().unwrap()[0];
            let page = Page { limit: 3, from: Some((Direction::Previous, first)) };
            let found = store.search(&search(&words, filters, sort, Some(page))).unwrap();
            let ranks: Vec<Rank> = found.documents.iter().map(|hit| hit.rank).collect();
            assert_eq!(Some(&ranks), pages.last(), "back");
            assert_eq!(found.more, pages.len() > 1, "more before");
        }
    }
    format!("{said:?} forth and back")
}

fn documents(store: &dyn Store) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for name in ["a", "c", "d", "f", "g", "h", "changes", "gone", "hoà", "title", "late", "none"] {
        let read = store.documents(&[id(name)]).unwrap();
        let versions: Vec<(u32, String)> = store
            .versions(id(name))
            .unwrap()
            .into_iter()
            .map(|old| (old.version, old.article.text))
            .collect();
        let shown: Vec<_> = read
            .iter()
            .map(|stored| {
                let StoredDocument { version, article, mentions, assignment, denied, .. } = stored;
                (version, &article.text, mentions, assignment, denied)
            })
            .collect();
        rows.push((format!("document {name}"), format!("document {name}: {shown:?}")));
        let seen = store.seen(&[id(name)]).unwrap();
        rows.push((
            format!("versions and last seen of {name}"),
            format!("of {name}: {versions:?}, seen {seen:?}"),
        ));
        let whole = Filters::default();
        let words = parsed("");
        let content = Search { content: Content::Whole, ..search(&words, &whole, Sort::Oldest, None) };
        let all = Search { page: Some(Page { limit: 100, from: None }), ..content };
        let same = store.search(&all).unwrap().documents;
        let same =
            same.iter().find(|found| found.summary.id == id(name)).and_then(|found| found.whole.as_deref());
        assert_eq!(same, read.first(), "the same whole out of a search");
    }
    let order: Vec<u32> = store
        .documents(&[id("late"), id("none"), id("changes")])
        .unwrap()
        .iter()
        .map(|read| read.version)
        .collect();
    rows.push((
        "documents in the order of the question".to_owned(),
        format!("versions {order:?} of late, none, changes"),
    ));
    for groups in [vec!["o:tran-van-suoi"], vec!["o:nobody"], vec!["o:le-thi-may", "o:tran-van-suoi"]] {
        let groups: BTreeSet<String> = groups.into_iter().map(str::to_owned).collect();
        let found = store.documents_of_groups(&groups).unwrap();
        let addresses: BTreeSet<&str> = found.iter().map(|stored| stored.address.as_str()).collect();
        rows.push((format!("documents of {groups:?}"), format!("of {groups:?}: {addresses:?}")));
    }
    for name in ["same", "carried", "tình", "none"] {
        let signed = store.signed(id(name)).unwrap();
        let alike = signed.as_ref().map(|signed| {
            let bands: Vec<u64> = signed.signature.bands().collect();
            let found = store.alike(&bands, 100).unwrap();
            found.into_iter().map(|other| (other.summary.address, other.captured)).collect::<BTreeSet<_>>()
        });
        let captured = signed.map(|signed| (signed.captured, signed.summary.title));
        rows.push((format!("texts alike {name}"), format!("alike {name}: {captured:?} {alike:?}")));
    }
    rows
}

fn entities(store: &dyn Store) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for kind in [EntityKind::Instrument, EntityKind::Person, EntityKind::Office] {
        for words in [
            "",
            "chi thi",
            "\"Chỉ thị số\" 15",
            "tran suoi",
            "Suối",
            "bi thu",
            "chủ tịch -xã",
            "ubnd*",
            "nobody",
        ] {
            let query = parsed(words);
            let list = EntityList { kind, words: &query, after: None, limit: 100 };
            let (all, total) = store.list(&list).unwrap();
            rows.push((format!("{kind:?} called “{words}”"), format!("{kind:?} “{words}”: {total} {all:?}")));
            // Two by two to the end: the same.
            let mut paged = Vec::new();
            loop {
                let last: Option<(u64, String)> =
                    paged.last().map(|entity: &store::Entity| (entity.counts.documents, entity.id.clone()));
                let after = last.as_ref().map(|(documents, id)| (*documents, id.as_str()));
                let (some, count) = store.list(&EntityList { after, limit: 2, ..list }).unwrap();
                assert_eq!(count, total, "of all, on every page");
                let is_last = some.len() < 2;
                paged.extend(some);
                if is_last {
                    break;
                }
            }
            assert_eq!(paged, all, "{kind:?} “{words}” two by two");
        }
    }
    let everyone = EntityList { kind: EntityKind::Person, words: &Query::default(), after: None, limit: 100 };
    let people = store.list(&everyone).unwrap().0;
    let offices: Vec<&str> = people.iter().flat_map(store::Entity::offices).collect();
    for (by, values) in [
        (By::Id, vec!["tran-van-suoi", "nobody", "law-luat-dat-dai-2013"]),
        (By::Before, vec!["tran-van-suoi"]),
        (By::Group, vec!["o:tran-van-suoi", "o:le-thi-may"]),
        (By::Group, vec!["o:nobody"]),
        (By::Office, offices),
        (By::Office, vec![]),
    ] {
        let found = store.entities(by, &values).unwrap();
        rows.push((format!("entities by {by:?} {values:?}"), format!("by {by:?} {values:?}: {found:?}")));
    }
    rows
}

fn figures(store: &dyn Store) -> Vec<(String, String)> {
    let all = FigureFilter::default;
    let words = |words: &str| FigureFilter { words: parsed(words), ..all() };
    let filters = [
        ("all", all()),
        ("of a key", FigureFilter { keys: vec!["new-rural-communes".to_owned()], ..all() }),
        ("of no key", FigureFilter { keys: vec!["none".to_owned()], ..all() }),
        ("of a province", FigureFilter { provinces: vec!["Lục Hà".to_owned()], ..all() }),
        ("of sources", FigureFilter { sources: vec!["Báo".to_owned(), "Đài".to_owned()], ..all() }),
        ("of a language", FigureFilter { languages: vec![Language::VIETNAMESE], ..all() }),
        ("of another", FigureFilter { languages: vec![Language::ENGLISH], ..all() }),
        ("of a document", FigureFilter { document: Some(id("k")), ..all() }),
        ("of years", FigureFilter { years: Some((2021, 2022)), ..all() }),
        ("of later years", FigureFilter { years: Some((2023, 2030)), ..all() }),
        ("from a day", FigureFilter { from: "2021-03-01".parse().ok(), ..all() }),
        ("to a day", FigureFilter { to: "2021-03-01".parse().ok(), ..all() }),
        ("that are sure", FigureFilter { min_confidence: 90, ..all() }),
        ("that are quite sure", FigureFilter { min_confidence: 100, ..all() }),
        ("called in words", words("ho ngheo")),
        ("called in these words", words("hộ nghèo")),
        ("called in other words", words("hồ nghèo")),
        ("that begin", words("ngh*")),
        ("with two words", words("xã \"nông thôn mới\"")),
    ];
    let mut rows = Vec::new();
    for (name, filter) in filters {
        let found = store.figures(&filter, None, MAX_FIGURES).unwrap();
        assert_eq!(found.total as usize, found.records.len(), "{name}");
        // Two by two to the end: the same.
        let mut paged = Vec::new();
        loop {
            let after = paged.last().map(FigurePlace::of);
            let some = store.figures(&filter, after, 2).unwrap();
            assert_eq!(some.total, found.total, "{name}: of all, on every page");
            let is_last = some.records.len() < 2;
            paged.extend(some.records);
            if is_last {
                break;
            }
        }
        assert_eq!(paged, found.records, "{name} two by two");
        rows.push((format!("figures {name}"), format!("{name}: {found:?}")));
        rows.push((
            format!("indicators {name}"),
            format!("{name}: {:?}", store.indicators(&filter, 2).unwrap()),
        ));
    }
    rows
}
