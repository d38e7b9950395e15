//! Pages as sites write them, in miniature, and the open gold pages where they are at hand.

use super::*;
use crate::Sources;
use jiff::civil::date;
use rustix::time::ClockId;

const LONG: &str = "Ủy ban nhân dân tỉnh giao các sở rà soát từng xã, báo cáo trước ngày 15 hằng tháng và công khai \
                    kết quả để người dân theo dõi.";

pub(super) fn read_as(html: &str, url: &str, source: Option<&Source>) -> Page {
    let url: CanonicalUrl = url.parse().unwrap();
    let fetched_at = "2026-01-02T03:04:05Z".parse().unwrap();
    read(html.as_bytes(), &Context { url: Some(&url), charset: None, source, fetched_at, is_live: true })
        .unwrap()
}

fn body(paragraphs: usize) -> String {
    (1..=paragraphs).map(|n| format!("<p>Đoạn {n}. {LONG}</p>")).collect()
}

#[test]
fn a_page_of_onecms_by_its_record() {
    let sources = Sources::shipped();
    let html = format!(
        r#"<html lang="vi-VN"><head><title>Khác - Báo Nghệ An</title>
        <link rel="canonical" href="https://baonghean.vn/mot-bai-10000001.html">
        <link rel="alternate" hreflang="en" href="https://baonghean.vn/en/mot-bai-10000001.html"></head><body>
        <nav><a href="/thoi-su">Thời sự</a></nav>
        <h1 class="sc-longform-header-title block-sc-title">Ba xã về đích</h1>
        <div class="sc-longform-header-meta"><span class="sc-longform-header-author block-sc-author">Hà Lan</span>
        <span class="sc-longform-header-date block-sc-publish-time">14/08/2025 - 09:05</span></div>
        <p class="sc-longform-header-sapo block-sc-sapo">(Baonghean.vn) - Ba xã của huyện đã về đích sớm hơn một năm.</p>
        <article class="entry entry-no-padding">{}<figure><img src="a.jpg"><figcaption>Một góc xã. Ảnh: Hà Lan</figcaption></figure>
        <div class="c-box">Tin khác ở đây</div><table><tr><td>Xã</td><td>Năm</td></tr><tr><td>Nam</td><td>2024</td></tr></table>
        <p>bna_dsc_1200.jpg</p><p>Xem thêm: bài khác</p>{}<p>Hà Lan</p></article>
        <div class="c-widget-tags onecms__tags"><ul><li><h4><a href="/tag">nông thôn mới</a></h4></li></ul></div></body></html>"#,
        body(2),
        body(1)
    );
    let page = read_as(
        &html,
        "https://baonghean.vn/mot-bai-10000001.html?utm_source=x",
        sources.named("Báo Nghệ An"),
    );
    let article = page.article.unwrap();
    assert_eq!(article.title.as_deref(), Some("Ba xã về đích"));
    assert_eq!(article.author.as_deref(), Some("Hà Lan"));
    assert_eq!(article.published.unwrap().date, date(2025, 8, 14));
    assert_eq!(article.published.unwrap().origin, corpus::DateOrigin::Visible);
    assert_eq!(article.source.as_deref(), Some("Báo Nghệ An"));
    assert_eq!(article.province.as_deref(), Some("Nghệ An"));
    assert_eq!(article.tags, ["nông thôn mới"]);
    assert_eq!(article.captions, ["Một góc xã. Ảnh: Hà Lan"]);
    assert_eq!(article.alternates.len(), 1);
    assert_eq!(article.url.unwrap().as_str(), "https://baonghean.vn/mot-bai-10000001.html");
    let lines: Vec<&str> = article.text.lines().collect();
    assert!(lines[0].starts_with("(Baonghean.vn) - Ba xã"), "{lines:#?}");
    assert!(lines[1].starts_with("Đoạn 1."), "{lines:#?}");
    assert!(lines.contains(&"Xã | Năm") && lines.contains(&"Nam | 2024"), "{lines:#?}");
    assert_eq!(lines.len(), 6, "{lines:#?}");
}

#[test]
fn a_page_without_a_record() {
    let html = format!(
        r#"<html lang="en"><head><meta property="og:type" content="article"><meta property="og:site_name" content="Son Khe News">
        <meta property="og:title" content="Three communes done | Son Khe News">
        <script type="application/ld+json">{{"@type":"NewsArticle","headline":"Three communes done","datePublished":"2019-05-04T00:05:00+07:00",
        "author":{{"name":"Son Khe News"}}}}</script></head><body><header><ul><li><a href="/">Home</a></li></ul></header>
        <h1>Three communes done</h1><div class="byline">By Ha Lan</div>
        <div class="wrap"><div class="text">{}</div><div class="box-related"><p>{LONG}</p></div></div>
        <footer><p>{LONG}{LONG}</p></footer></body></html>"#,
        body(3)
    );
    let page = read_as(&html, "https://sonkhe.example/en/three.html", None);
    let article = page.article.unwrap();
    assert_eq!(article.title.as_deref(), Some("Three communes done"));
    assert_eq!(article.author.as_deref(), Some("Ha Lan"));
    assert_eq!(article.published.unwrap().date, date(2019, 5, 4));
    assert_eq!(article.source.as_deref(), Some("sonkhe.example"));
    // The text is Vietnamese, whatever the page declares.
    assert_eq!(article.language, Some(corpus::Language::VIETNAMESE));
    assert_eq!(article.text.lines().count(), 3, "{}", article.text);
    assert_eq!(page.links.len(), 1);
}

#[test]
fn pages_without_an_article_keep_their_links() {
    let items: String = (0..40)
        .map(|n| format!("<li><a href='/bai-{n}.html'>Một đầu đề dài của bài số {n}</a></li>"))
        .collect();
    let check = |html: &str, url: &str, reason: NoArticle, links: usize| {
        let page = read_as(html, url, None);
        assert_eq!(page.article.as_ref().err(), Some(&reason), "{html:.80} {:?}", page.article);
        assert_eq!(page.links.len(), links, "{html:.80}");
    };
    check(
        &format!("<title>Mục</title><h1>Kinh tế hôm nay</h1><ul>{items}</ul>"),
        "http://a.example/kinh-te",
        NoArticle::TooShort,
        40,
    );
    check("<h1>Không có trang</h1><p>Lỗi</p>", "http://a.example/x", NoArticle::TooShort, 0);
    check("", "http://a.example/x", NoArticle::NoTitle, 0);
    let many: String = (0..50).map(|n| format!("<a href='/bai-{n}.html'>Bài số {n}</a> ")).collect();
    check(
        &format!("<title>Mục</title><nav>{many}</nav><div>{}</div>", body(3)),
        "http://a.example/",
        NoArticle::Listing,
        50,
    );
    check(
        &format!("<title>x</title>{}", "\u{fffd}?".repeat(300)),
        "http://a.example/x",
        NoArticle::Garbled,
        0,
    );
}

#[test]
fn what_the_page_asks_of_robots() {
    let check = |html: &str, noindex: bool, nofollow: bool| {
        let page = read_as(html, "http://a.example/", None);
        assert_eq!((page.noindex, page.nofollow), (noindex, nofollow), "{html}");
    };
    check("<meta name=robots content='index, follow'>", false, false);
    check("<meta name=ROBOTS content='NOINDEX,nofollow'>", true, true);
    check("<meta name=robots content=none>", true, true);
    check("<meta name=googlebot content=noindex>", false, false);
}

#[test]
fn addresses_are_resolved_and_foreign_canonicals_ignored() {
    let page = read_as(
        "<base href='/x/'><link rel=canonical href='http://other.example/y'><link rel=alternate type='application/rss+xml' \
         href='/rss'><a href='b.html#c'>b</a><a href='b.html'>b</a><a rel=nofollow href='//c.example/d'>c</a>\
         <a href='javascript:x()'>d</a><a href='mailto:a@b.example'>e</a>",
        "http://a.example/",
        None,
    );
    assert_eq!(page.canonical, None);
    let links: Vec<_> = page.links.iter().map(|link| (link.url.as_str(), link.nofollow)).collect();
    assert_eq!(links, [("http://a.example/x/b.html", false), ("http://c.example/d", true)]);
    assert_eq!(page.feeds[0].as_str(), "http://a.example/rss");
}

/// A page in the ABC fonts, whose bytes its system wrote as UTF-8, among much that is no text.
#[test]
fn a_page_in_an_old_font_is_read_or_told_to_be_unreadable() {
    let menu = "<li class=item><a href='/muc'>Menu</a></li>".repeat(300);
    let read = |line: &str| {
        let html = format!(
            "<html><head><meta charset=utf-8><title>Tin</title></head><body><ul>{menu}</ul><div><h1>Tin trong ngay</h1><p>{}</p></div></body></html>",
            line.repeat(6)
        );
        read_as(&html, "http://a.example/x", None).article.map(|article| article.text)
    };
    let abc = "UBND tØnh giao c¸c së rµ so¸t tõng x·, b¸o c¸o tr\u{ad}íc th¸ng chÝn. ";
    let text = read(abc).unwrap();
    assert!(text.starts_with("UBND tỉnh giao các sở rà soát từng xã, báo cáo trước tháng chín."), "{text}");
    let viqr =
        "UBND ti?nh giao ca'c so+? ra` soa't tu+`ng xa~ ve^` thu nha^.p, kha^?n ca^'p, ddu+o+`ng xa'. ";
    assert_eq!(read(viqr), Err(NoArticle::Garbled));
}

#[test]
fn the_head_names_pages_that_belong_to_it() {
    let page = read_as(
        "<link rel=canonical href='/x'><link rel=alternate hreflang=en href='/en/x'><link rel=next href='?trang=3'>\
         <link rel='prev' href='?trang=1'><link rel=stylesheet href='/s.css'><link rel=amphtml href='/x.amp'>",
        "http://a.example/x?trang=2",
        None,
    );
    let related: Vec<_> = page.related.iter().map(CanonicalUrl::as_str).collect();
    assert_eq!(
        related,
        [
            "http://a.example/x",
            "http://a.example/en/x",
            "http://a.example/x?trang=3",
            "http://a.example/x?trang=1"
        ]
    );
}

#[test]
fn dates_of_the_future_are_not_believed() {
    let html = |day: &str| {
        format!("<h1>Một đầu đề</h1><meta property='article:published_time' content='{day}'>{}", body(3))
    };
    let published = |day: &str| {
        read_as(&html(day), "http://a.example/x", None).article.unwrap().published.map(|date| date.date)
    };
    assert_eq!(published("2025-03-04T08:00:00+07:00"), Some(date(2025, 3, 4)));
    assert_eq!(published("2031-03-04T08:00:00+07:00"), None);
    assert_eq!(published("soon"), None);
}

#[test]
fn what_elements_say_of_lines_is_kept() {
    let html = format!(
        "<h1>Một đầu đề</h1><article>{}<h2>Kết quả</h2><p><strong>Về trồng rừng</strong></p>{}<ul><li>Xã Nà Phai trồng 3 ha\
         <ul><li>Bản Một trồng 1 ha</li></ul></li></ul><table><tr><th>Xã</th><th>Ha</th></tr><tr><td>Nà Phai</td><td>3</td></tr></table></article>",
        body(3),
        body(2)
    );
    let article = read_as(&html, "http://a.example/x", None).article.unwrap();
    let shown: Vec<String> = article
        .blocks()
        .iter()
        .filter(|block| !matches!(block.kind, corpus::BlockKind::Paragraph | corpus::BlockKind::Lede))
        .map(|block| {
            format!(
                "{}{} {}",
                block.kind.as_str(),
                block.rank,
                block.span.of(&article.text).lines().next().unwrap()
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "heading1 Kết quả",
            "heading2 Về trồng rừng",
            "item1 Xã Nà Phai trồng 3 ha",
            "item2 Bản Một trồng 1 ha",
            "table0 Xã | Ha",
            "row0 Xã | Ha",
            "cell0 Xã",
            "cell1 Ha",
            "row1 Nà Phai | 3",
            "cell0 Nà Phai",
            "cell1 3"
        ]
    );
}

#[test]
fn hostile_pages_end_quickly() {
    let url: CanonicalUrl = "http://a.example/".parse().unwrap();
    let context = Context {
        url: Some(&url),
        charset: None,
        source: None,
        fetched_at: Timestamp::UNIX_EPOCH,
        is_live: true,
    };
    let start = rustix::time::clock_gettime(ClockId::ThreadCPUTime);
    for page in [
        "<div>".repeat(300_000),
        "<a href=x>".repeat(200_000),
        "<table><tr><td>".repeat(100_000),
        format!("<p>{}</p>", "a ".repeat(2_000_000)),
        "<p class=x>".repeat(200_000),
        "&amp".repeat(200_000),
        "<li class='author date image caption'><a href=/x>By A</a></li>".repeat(100_000),
        format!(
            "<h1>x</h1>{}{}",
            "<div class=date>".repeat(500),
            "<p class=time>12/3/2020x</p>".repeat(50_000)
        ),
        format!("{}{}", "<table><tr><td>".repeat(180), "<td>a<tr>".repeat(100_000)),
    ] {
        let _ = read(page.as_bytes(), &context);
    }
    // Of this thread alone: others may keep the machine busy.
    let took = rustix::time::clock_gettime(ClockId::ThreadCPUTime) - start;
    assert!(took.tv_sec < 60, "{took:?}");
    assert_eq!(read(&[0; 64], &context).err(), Some(Unreadable::NotHtml));
    assert_eq!(read(&vec![b' '; LONGEST + 1], &context).err(), Some(Unreadable::TooLong));
}
