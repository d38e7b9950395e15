//! Pages as the systems of provincial papers and portals write them, in miniature: lede kept, captions apart, nothing else
//! in the text.

use super::tests::read_as;

/// What a page must be read as.
struct Expected<'a> {
    title: &'a str,
    author: Option<&'a str>,
    date: Option<&'a str>,
    captions: &'a [&'a str],
    text: &'a [&'a str],
}

fn check(what: &str, html: &str, expected: &Expected<'_>) {
    let page = read_as(html, "https://sonkhe.example.vn/tin/ba-xa-ve-dich", None);
    let article = page.article.unwrap_or_else(|reason| panic!("{what}: {reason}"));
    assert_eq!(article.title.as_deref(), Some(expected.title), "{what}");
    assert_eq!(article.text.lines().collect::<Vec<_>>(), expected.text, "{what}");
    assert_eq!(article.captions, expected.captions, "{what}");
    assert_eq!(article.author.as_deref(), expected.author, "{what}");
    let date = article.published.map(|published| published.date.to_string());
    assert_eq!(date.as_deref(), expected.date, "{what}");
}

const LEDE: &str =
    "Ba xã vùng cao của huyện Khê Thượng vừa được công nhận đạt chuẩn nông thôn mới, sớm hơn một năm.";
const FIRST: &str =
    "Sáng 14/8, đoàn công tác của tỉnh đã kiểm tra tại xã Nà Phai và đánh giá cao cách làm của người dân.";
const SECOND: &str = "Theo Quyết định số 19/QĐ-UBND ngày 5/1/2019, mỗi xã được hỗ trợ 2,4 tỷ đồng để làm đường và nhà văn hóa.";
const THIRD: &str =
    "Đến nay toàn huyện còn 312 hộ nghèo, giảm 87 hộ so với đầu năm; thu nhập bình quân đạt 41 triệu đồng.";

#[test]
fn a_portal_on_sharepoint() {
    let html = format!(
        r##"<html><head><title>Ba xã về đích</title></head><body><form id="aspnetForm" action="x.aspx">
        <input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTY="><div id="s4-ribbonrow">
        <a href="#startNavigation">Skip Ribbon Commands</a><a href="#mainContent">Skip to main content</a></div>
        <div class="ms-cui-topBar2"><ul class="menu"><li><a href="/">Trang chủ</a></li></ul><span>Hôm nay, 02/01/2026</span></div>
        <div id="MSO_ContentTable"><h1 class="title-news">Ba xã về đích</h1><span class="date-news">Đăng ngày 15 - 08 - 2019</span>
        <div class="ms-rtestate-field" style="display:inline"><div class="ExternalClass8A2F">
        <p>&#8203;{LEDE}</p><table><tr><td><img src="a.jpg"></td></tr><tr><td class="media-caption">Một góc xã Nà Phai</td></tr></table>
        <p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p style="text-align:right"><strong>Hà Khánh Lan</strong></p></div></div>
        <div class="other-news"><h3>Tin khác</h3><ul><li><a href="/b">Một bài khác về mùa lúa ở các xã vùng thấp</a></li>
        <li><a href="/c">Một bài khác nữa về đường giao thông nông thôn</a></li></ul></div></div>
        <div class="footer"><p>Chịu trách nhiệm chính: Văn phòng Ủy ban nhân dân tỉnh Sơn Khê, giấy phép số 11 ngày 3/2/2015.</p></div>
        </form></body></html>"##
    );
    let expected = Expected {
        title: "Ba xã về đích",
        author: Some("Hà Khánh Lan"),
        date: Some("2019-08-15"),
        captions: &["Một góc xã Nà Phai"],
        text: &[LEDE, FIRST, SECOND, THIRD],
    };
    check("SharePoint", &html, &expected);
}

#[test]
fn a_portal_on_nukeviet() {
    let html = format!(
        r#"<html lang="vi"><head><meta name="generator" content="NukeViet v4.5"><meta property="og:type" content="website">
        <meta property="og:title" content="Ba xã về đích - Nông thôn mới"><title>Ba xã về đích</title></head><body>
        <div class="header"><ul class="nav"><li><a href="/">Trang nhất</a></li><li><a href="/vb">Văn bản</a></li></ul></div>
        <div class="news_column panel panel-default"><h1 class="title margin-bottom-lg">Ba xã về đích</h1>
        <div class="row margin-bottom-lg"><span class="h5">Thứ năm - 15/08/2019 09:05</span><ul class="list-inline text-right">
        <li><a href="/savefile/x">Lưu bài viết</a></li><li><a href="/print/x">In ra</a></li></ul></div>
        <div class="hometext m-bottom">{LEDE}</div><figure class="article center"><img src="a.jpg"><figcaption>Một góc xã Nà Phai. Ảnh: Minh Hải</figcaption></figure>
        <div id="news-bodyhtml" class="bodytext margin-bottom-lg">{FIRST}<br><br>{SECOND}<br>{THIRD}</div>
        <p class="h5 text-right"><strong>Tác giả: </strong>Hà Khánh Lan</p></div>
        <div class="news_column panel"><form id="form3B"><p>Tổng số điểm của bài viết là: 5 trong 1 đánh giá</p></form></div>
        <div class="keywords"><em>Từ khóa:</em> <a href="/tag/a">nông thôn mới</a></div>
        <ul class="related list-inline"><li><a href="/b">Một bài khác về mùa lúa ở các xã vùng thấp</a> (12/08/2019)</li></ul>
        </body></html>"#
    );
    let expected = Expected {
        title: "Ba xã về đích",
        author: Some("Hà Khánh Lan"),
        date: Some("2019-08-15"),
        captions: &["Một góc xã Nà Phai. Ảnh: Minh Hải"],
        text: &[LEDE, FIRST, SECOND, THIRD],
    };
    check("NukeViet", &html, &expected);
}

#[test]
fn a_paper_with_its_lede_outside_and_boxes_inside() {
    let html = format!(
        r#"<html lang="vi"><head><title>Ba xã về đích | Báo Sơn Khê</title><meta property="og:title" content="3 xã về đích nông thôn mới sớm một năm">
        <script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ba xã về đích","datePublished":"2019-08-15T00:05:00 +07:00",
        "author":{{"@type":"Person","name":""}},"publisher":{{"@type":"Organization","name":"Báo Sơn Khê"}}}}</script></head><body>
        <header><p class="today">Thứ sáu, 02/01/2026</p><ul class="main-menu"><li><a href="/">Thời sự</a></li></ul></header>
        <main><h1>Ba xã về đích</h1><div class="detail-info"><span class="detail-author">Theo Báo Nam Khê</span></div>
        <h2 class="detail-sapo">{LEDE}</h2><div class="detail-content afcbc-body">
        <p>{FIRST}</p><figure class="VCSortableInPreviewMode"><img src="a.jpg"><figcaption class="PhotoCMS_Caption"><p>Một góc xã Nà Phai</p></figcaption></figure>
        <div class="kbwscwlrl-title"><p>Tham khảo thêm</p><a href="/b">Một bài khác về mùa lúa ở các xã vùng thấp</a></div>
        <p>{SECOND}</p><p><a href="/c">Xem thêm: Một bài khác nữa</a></p><p>{THIRD}</p><p>bna__dsc1200.jpg</p></div>
        <div class="detail-comment"><p>Hay quá, chúc mừng bà con ba xã đã về đích sớm hơn dự kiến rất nhiều!</p></div></main>
        <footer><p>Giấy phép số 12/GP-BTTTT ngày 3/2/2015 của Bộ Thông tin và Truyền thông, ghi rõ nguồn khi dùng lại.</p></footer></body></html>"#
    );
    let expected = Expected {
        title: "Ba xã về đích",
        author: None,
        date: Some("2019-08-15"),
        captions: &["Một góc xã Nà Phai"],
        text: &[LEDE, FIRST, SECOND, THIRD],
    };
    check("a newspaper", &html, &expected);
}

#[test]
fn an_old_page_of_tables() {
    let html = format!(
        r#"<html><head><title>Ba xã về đích</title></head><body><table width="780"><tr><td colspan="2"><img src="banner.jpg"></td></tr>
        <tr><td width="180"><table><tr><td><a href="/1">Giới thiệu</a></td></tr><tr><td><a href="/2">Tin tức</a></td></tr></table></td>
        <td><table><tr><td><font size="4"><b>Ba xã về đích</b></font></td></tr><tr><td>15/08/2019</td></tr>
        <tr><td><p>{LEDE}</p><p>{FIRST}</p><p>{SECOND}</p>
        <table border="1"><tr><td>Xã</td><td>Hộ nghèo</td></tr><tr><td>Nà Phai</td><td>112</td></tr></table><p>{THIRD}</p></td></tr></table></td></tr>
        <tr><td colspan="2">Bản quyền thuộc về huyện Khê Thượng</td></tr></table></body></html>"#
    );
    let expected = Expected {
        title: "Ba xã về đích",
        author: None,
        date: Some("2019-08-15"),
        captions: &[],
        text: &[LEDE, FIRST, SECOND, "Xã | Hộ nghèo", "Nà Phai | 112", THIRD],
    };
    check("tables", &html, &expected);
}

#[test]
fn a_text_that_only_a_script_holds() {
    let html = format!(
        r#"<html lang="vi"><head><title>Ba xã về đích</title><script type="application/ld+json">{{"@type":"NewsArticle",
        "headline":"Ba xã về đích","datePublished":"2019-08-15","articleBody":"{LEDE}\n{FIRST}\n{SECOND}\n{THIRD}"}}</script></head>
        <body><div id="app"><h1>Ba xã về đích</h1><p>Trang cần JavaScript để hiện bài, xin bật lên rồi tải lại.</p></div></body></html>"#
    );
    let expected = Expected {
        title: "Ba xã về đích",
        author: None,
        date: Some("2019-08-15"),
        captions: &[],
        text: &[LEDE, FIRST, SECOND, THIRD],
    };
    check("a script", &html, &expected);
}

/// A page with one thing among its paragraphs, and what its text must be.
fn check_text(what: &str, inside: &str, expected: &[&str]) {
    let html = format!(
        "<html lang=vi><head><title>Ba xã về đích sớm một năm</title></head><body><h1>Ba xã về đích sớm một năm</h1>\
         <article><p>{FIRST}</p>{inside}<p>{THIRD}</p></article></body></html>"
    );
    let page = read_as(&html, "https://sonkhe.example.vn/tin/ba-xa-ve-dich", None);
    let article = page.article.unwrap_or_else(|reason| panic!("{what}: {reason}"));
    let all: Vec<&str> = std::iter::once(FIRST).chain(expected.iter().copied()).chain([THIRD]).collect();
    assert_eq!(article.text.lines().collect::<Vec<_>>(), all, "{what}");
}

#[test]
fn what_is_text_among_links_and_what_is_not() {
    check_text(
        "legal bases",
        "<p>Căn cứ <a href=/luat>Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015</a>;</p>\
         <p><a href=/nq>Căn cứ Nghị quyết số 12/NQ-HĐND ngày 5/1/2019 của Hội đồng nhân dân tỉnh</a></p>",
        &[
            "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;",
            "Căn cứ Nghị quyết số 12/NQ-HĐND ngày 5/1/2019 của Hội đồng nhân dân tỉnh",
        ],
    );
    check_text(
        "a sentence with a long link",
        "<p>Trước đó, <a href=/b>đoàn công tác của tỉnh đã kiểm tra ba xã vùng cao</a>.</p>",
        &["Trước đó, đoàn công tác của tỉnh đã kiểm tra ba xã vùng cao."],
    );
    check_text(
        "headlines of others",
        "<p><a href=/b>Một bài khác về mùa lúa ở các xã vùng thấp</a></p>",
        &[],
    );
    check_text(
        "documents in a list",
        "<ul><li><a href=/1>Quyết định số 19/QĐ-UBND ngày 5/1/2019</a></li><li><a href=/2>Công văn số 33/UBND-TH</a></li></ul>",
        &["Quyết định số 19/QĐ-UBND ngày 5/1/2019", "Công văn số 33/UBND-TH"],
    );
    check_text(
        "what is struck out",
        "<p>Toàn huyện có <del>1.200</del> <ins>1.250</ins> hộ.</p>",
        &["Toàn huyện có 1.250 hộ."],
    );
    check_text(
        "paragraphs in a figure",
        &format!(
            "<figure><img src=a.jpg><p>{SECOND}</p><p>{SECOND} {FIRST}</p><figcaption>Một góc xã</figcaption></figure>"
        ),
        &[SECOND, &format!("{SECOND} {FIRST}")],
    );
    check_text(
        "a paragraph in a figure with its caption",
        &format!("<figure><img src=a.jpg><p>{SECOND}</p><figcaption>Một góc xã</figcaption></figure>"),
        &[SECOND],
    );
    let broken = "BÃ¬nh luáºn cá»§a báº¡n Ä‘á»c xÃ£ Náºm ".repeat(6);
    check_text("a broken box", &format!("<div class=box>{broken}</div>"), &[]);
}

#[test]
fn what_is_struck_by_mistake_is_text() {
    let html =
        format!("<h1>Ba xã về đích sớm một năm</h1><article><s><p>{FIRST}</p><p>{SECOND}</p></s></article>");
    let article = read_as(&html, "https://sonkhe.example.vn/tin/ba-xa", None).article.unwrap();
    assert_eq!(article.text.lines().collect::<Vec<_>>(), [FIRST, SECOND]);
}

#[test]
fn boxes_are_told_by_what_they_say() {
    let said =
        "Trang này dùng cookie để ghi nhớ lựa chọn của bạn và đo lượng truy cập, chia sẻ với 12 đối tác. "
            .repeat(6);
    let check = |what: &str, before: &str, class: &str, expected: &[&str]| {
        let html = format!(
            "<body>{before}<div class=main><h1>Ba xã về đích sớm một năm</h1><div class='{class}'><p>{FIRST}</p><p>{SECOND}</p>\
             <p>{THIRD}</p></div></div><footer>Giấy phép số 11</footer></body>"
        );
        let page = read_as(&html, "https://sonkhe.example.vn/tin/ba-xa", None);
        let text = page.article.unwrap_or_else(|reason| panic!("{what}: {reason}")).text;
        assert_eq!(text.lines().collect::<Vec<_>>(), expected, "{what}");
    };
    let whole = [FIRST, SECOND, THIRD];
    check("consent", &format!("<div id=gdpr-modal><p>{said}</p><p>{said}</p></div>"), "", &whole);
    check("a text behind a gate", "", "article-body__paywall", &whole);
    check("a class of consent on the text", "", "cookie-free", &whole);
}

#[test]
fn days_that_a_text_tells_of_are_none_of_publication() {
    let check = |line: &str, expected: Option<&str>| {
        let html = format!(
            "<html lang=vi><h1>Ba xã về đích sớm một năm</h1><article><p>{FIRST}</p><p>{line}</p><p>{THIRD}</p></article>"
        );
        let page = read_as(&html, "https://sonkhe.example.vn/tin/ba-xa", None);
        let date = page.article.unwrap().published.map(|published| published.date.to_string());
        assert_eq!(date.as_deref(), expected, "{line}");
    };
    check("Quy định này có hiệu lực từ ngày 01/7/2020.", None);
    check("Các xã nộp hồ sơ trước ngày 31/12/2019", None);
    check("Theo Kế hoạch số 19/KH-UBND ngày 5/1/2019", None);
    check("Hội nghị được tổ chức tại trung tâm huyện hôm 5/1/2019 với sự có mặt của các xã.", None);
    check("Đăng ngày 12 Th4, 2023", Some("2023-04-12"));
    check("Cập nhật: 05/01/2019 07:30", Some("2019-01-05"));
}

#[test]
fn a_portal_whose_head_names_itself() {
    let page = |lang: &str, canonical: &str| {
        format!(
            "<html lang={lang}><head><title>Trang thông tin điện tử huyện Khê Thượng</title>{canonical}</head><body>\
             <h1><a href='/'>Home</a></h1><table><tr><td class=FolderTitle>tin nổi bật trong tuần</td><td class=Time>05/08/2019</td></tr></table>\
             <table><tr><td><p class=Title>Ba xã vùng cao về đích sớm một năm</p></td></tr><tr><td><div class=ExternalClass8A2F>\
             <p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div></td></tr></table>\
             <div><h3>SỐ LƯỢT ĐANG ONLINE CỦA TRANG</h3><div>0</div></div>\
             <div><div>Giấy phép số 16/GP-STTTT do Sở Thông tin và Truyền thông tỉnh Sơn Khê cấp ngày 03/11/2016.</div>\
             <div>Chịu trách nhiệm về nội dung: Ông Hà Văn Lan, Phó Chủ tịch Ủy ban nhân dân huyện, Trưởng Ban biên tập.</div>\
             <div>Địa chỉ: Số 12, phố Núi, thị trấn Khê, huyện Khê Thượng, tỉnh Sơn Khê, điện thoại 0123 456 789.</div></div></body></html>"
        )
    };
    let check = |what: &str, html: &str, url: &str| {
        let article = read_as(html, url, None).article.unwrap_or_else(|reason| panic!("{what}: {reason}"));
        assert_eq!(article.title.as_deref(), Some("Ba xã vùng cao về đích sớm một năm"), "{what}");
        assert_eq!(article.text.lines().collect::<Vec<_>>(), [FIRST, SECOND, THIRD], "{what}");
        assert_eq!(article.published.unwrap().date.to_string(), "2019-08-05", "{what}");
        assert_eq!(article.language, Some(corpus::Language::VIETNAMESE), "{what}");
        assert_eq!(article.url.unwrap().as_str(), url, "{what}");
    };
    let foreign = "<link rel=canonical href='http://guest/Pages/tin.aspx'>";
    check("by a class", &page("en-us", foreign), "http://khethuong.example/Pages/tin.aspx");
    check(
        "by the address",
        &page("vi", ""),
        "http://khethuong.example/tin/ba-xa-vung-cao-ve-dich-som-mot-nam",
    );
}

#[test]
fn a_canonical_of_no_public_host_is_no_address() {
    let check = |canonical: &str, expected: Option<&str>| {
        let html = format!(
            "<link rel=canonical href='{canonical}'><h1>Ba xã về đích sớm</h1><p>{FIRST}</p><p>{SECOND}</p>"
        );
        let fetched_at = "2026-01-02T03:04:05Z".parse().unwrap();
        let context = super::Context { url: None, charset: None, source: None, fetched_at, is_live: true };
        let article = super::read(html.as_bytes(), &context).unwrap().article.unwrap();
        assert_eq!(article.url.as_ref().map(corpus::CanonicalUrl::as_str), expected, "{canonical}");
    };
    check("http://guest/tin/ba-xa.html", None);
    check("http://10.0.0.7/tin/ba-xa.html", None);
    check("https://sonkhe.example/tin/ba-xa.html", Some("https://sonkhe.example/tin/ba-xa.html"));
}

#[test]
fn who_wrote_a_text_is_found_where_papers_sign_it() {
    let check = |head: &str, below: &str, after: &str, expected: Option<&str>| {
        let html = format!(
            "<html lang=vi><head><title>Ba xã về đích sớm một năm</title>{head}</head><h1>Ba xã về đích sớm một năm</h1>{below}\
             <article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{after}</article></html>"
        );
        let article = read_as(&html, "https://sonkhe.example/tin/ba-xa", None).article.unwrap();
        assert_eq!(article.author.as_deref(), expected, "{head}{below}{after}");
    };
    check("", "", "<p style='text-align: right;'><strong>Thanh Hải</strong></p>", Some("Thanh Hải"));
    check("", "", "<p style='text-align:right'>Quốc Huy - Minh Thư</p>", Some("Quốc Huy, Minh Thư"));
    check("", "", "<p>Tin, ảnh: Minh Thư</p>", Some("Minh Thư"));
    check("", "", "<p>Bản Nà Phai</p>", None);
    check("", "<span rel=author>Hà Lan</span> <span rel=author>Lê Hải</span>", "", Some("Hà Lan, Lê Hải"));
    check("", "<div class=author>SonKhe</div>", "<p>Tác giả: Hà Lan</p>", Some("Hà Lan"));
    check(
        r##"<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"#1"}},{"@id":"#1","name":"Hà Lan"}]}</script>"##,
        "",
        "",
        Some("Hà Lan"),
    );
}

#[test]
fn self_made_pages_are_read() {
    let site = "Báo Sơn Khê";
    let html = format!(
        "<html lang=vi><head><title>{site}</title></head><body><div class=top>Hôm nay: Chủ nhật, 19/09/2021</div><h1>{site}</h1>\
         <div class=tieude><font size=4><b>Ba xã vùng cao về đích sớm</b></font></div><div class=mo-ta>{LEDE}</div>\
         <div class=noi-dung><p>{FIRST}</p><p align=center><img src=a.jpg><br><em>Một góc xã Nà Phai</em></p>\
         <p><a href=/a>Theo Tờ trình số 45/TTr-STC ngày 3/2/2019 của Sở Tài chính</a>.</p><p>{SECOND}</p><p>{THIRD}</p>\
         <div class=sharedaddy><h3>Chia sẻ:</h3><ul><li><a href=/f>Facebook</a><li><a href=/z>Zalo</a></ul></div></div>\
         <div class=khac><ul><li><a href=/1>Huyện Lục Hà khởi công đường liên xã</a> (03/02/2021)\
         <li><a href=/2>Xã Tân Lễ thu hoạch chè vụ xuân sớm</a> (01/02/2021)</ul></div></body></html>"
    );
    let expected = Expected {
        title: "Ba xã vùng cao về đích sớm",
        author: None,
        date: None,
        captions: &["Một góc xã Nà Phai"],
        text: &[LEDE, FIRST, "Theo Tờ trình số 45/TTr-STC ngày 3/2/2019 của Sở Tài chính.", SECOND, THIRD],
    };
    check("a page that an office made for itself", &html, &expected);
}
