//! The shipped records on pages that are built as their families build them. The pages are made here, about an invented
//! province, and each record is asked at its own hosts.

use corpus::CanonicalUrl;

use super::{Source, Sources};
use crate::explain::{Fetched, explain};
use crate::page::{self, Context};

const TITLE: &str = "Huyện Bản Sảng sửa xong đê trước mùa mưa";
const LEDE: &str = "Sau bốn tháng thi công, tuyến đê dài mười hai cây số ở huyện Bản Sảng đã hoàn thành.";
const TEXT: [&str; 3] = [
    "Theo Ủy ban nhân dân huyện, công trình được làm từ đầu năm, có sự góp công của hơn hai nghìn người dân các xã ven sông.",
    "Ông Trần Văn Suối, Chủ tịch Ủy ban nhân dân huyện, cho biết các đội xung kích đã được giao canh đê ngày đêm khi nước lên.",
    "Tỉnh Sơn Khê yêu cầu các huyện còn lại báo cáo tiến độ trước ngày cuối tháng, không để chậm như những năm trước.",
];
const STRAY: &str =
    "Mời bạn đọc xem thêm những tin bài nổi bật khác trong tuần của chúng tôi trên trang này nhé";

/// How a page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Design {
    /// As any site does.
    Plain,
    OneCms,
    OneCmsDetail,
    NukeViet,
    SharePoint,
    Liferay,
    KhanhHoa,
    HaTinh,
    AnGiang,
    DongThap,
}

/// An article in a design, published on 2021-03-15.
fn page(design: Design) -> String {
    let paragraphs: String = TEXT.iter().map(|text| format!("<p>{text}</p>")).collect();
    let frame = |article: String| {
        let nav: String = (1..9).map(|n| format!("<li><a href='/muc-{n}'>Mục {n}</a></li>")).collect();
        format!(
            "<!doctype html><html lang=vi><head><meta charset=utf-8><title>{TITLE} - Sơn Khê</title></head><body>\
             <header><ul>{nav}</ul></header>{article}\
             <aside><h3>Tin khác</h3><ul>{nav}</ul></aside><footer>Giấy phép số 12/GP. Điện thoại: 0123.</footer></body></html>"
        )
    };
    frame(match design {
        Design::Plain => format!(
            "<main><h1>{TITLE}</h1><div class='date'>Thứ Hai, 15/03/2021, 08:30 [GMT+7]</div><div class='noi-dung'><p><strong>{LEDE}</strong></p>{paragraphs}</div></main>"
        ),
        Design::OneCms => format!(
            "<div class='b-maincontent'><h1 class='sc-longform-header-title block-sc-title'>{TITLE}</h1>\
             <p class='sc-longform-header-sapo block-sc-sapo'>{LEDE}</p>\
             <div class='sc-longform-header-meta'><span class='sc-longform-header-author block-sc-author'>Lê Thị Nậm</span>\
             <span class='sc-longform-header-date block-sc-publish-time'>15/03/2021 08:30</span></div>\
             <article class='entry entry-no-padding'>{paragraphs}<div class='c-box'><p>{STRAY}</p></div></article></div>"
        ),
        Design::OneCmsDetail => format!(
            "<div class='c-detail-head'><span class='c-detail-head__cat'><a href='/xa-hoi'>Xã hội</a></span>\
             <h1 class='c-detail-head__title'>{TITLE}</h1><span class='c-detail-head__time'>15/03/2021 - 08:30</span></div>\
             <div class='c-news-detail'><h2 class='desc'>{LEDE}</h2><div class='content-main-normal descriptionx'>{paragraphs}\
             <div class='c-box'><p>{STRAY}</p></div></div></div>"
        ),
        Design::NukeViet => format!(
            "<div class='news_column panel panel-default'><div class='panel-body'><h1 class='title margin-bottom-lg'>{TITLE}</h1>\
             <div class='row margin-bottom-lg'><div class='col-md-12'><span class='h5'>Thứ hai - 15/03/2021 08:30</span></div></div>\
             <div class='clearfix'><div class='hometext m-bottom'>{LEDE}</div></div>\
             <div id='news-bodyhtml' class='bodytext margin-bottom-lg'>{paragraphs}</div></div></div>\
             <div class='news_column panel'><ul class='related'><li><a href='/vi/news/a-1.html'>{STRAY}</a></li></ul></div>"
        ),
        Design::SharePoint => format!(
            "<a href='#startNavigation'>Skip Ribbon Commands</a><div id='s4-ribbonrow'>Browse Page</div>\
             <div class='title-detail'><h1>{TITLE}</h1></div><span class='date'>15/03/2021 08:30</span>\
             <div class='content-news'><div class='ms-rtestate-field'><p class='sapo'>{LEDE}</p>{paragraphs}</div></div>\
             <div class='noindex'>{STRAY}</div>"
        ),
        Design::Liferay => format!(
            "<div class='portlet-body'><div class='asset-full-content'><h3 class='header-title'><span>{TITLE}</span></h3>\
             <div class='asset-content'><div class='journal-content-article'><p>{LEDE}</p>{paragraphs}</div>\
             <div class='asset-metadata'><span class='metadata-entry metadata-publish-date'>15/03/2021</span></div>\
             <div class='taglib-ratings'>{STRAY}</div></div></div></div>"
        ),
        Design::KhanhHoa => format!(
            "<div class='main'><h1>{TITLE}</h1><div class='date'>08:30, 15/03/2021</div><div class='detail-news'><p><strong>{LEDE}</strong></p>{paragraphs}</div><p>{STRAY}</p></div>"
        ),
        Design::HaTinh => format!(
            "<div class='main'><h1>{TITLE}</h1><p class='date_news'><span>15/03/2021 08:30</span></p><p class='sapo_detail'>{LEDE}</p>\
             <div id='main-detail'>{paragraphs}<div class='drelated'><p>{STRAY}</p></div></div></div>"
        ),
        Design::AnGiang => format!(
            "<div id='newscontents'><h1>{TITLE}</h1><div class='pubdate fleft'>15/03/2021 - 08:30</div>\
             <div class='content-fck-font-size'><p>{LEDE}</p>{paragraphs}</div></div><p>{STRAY}</p>"
        ),
        Design::DongThap => format!(
            "<div class='contentView'><h1>{TITLE}</h1><div class='date'><span id='cphContent_ucNewsDetails_lblPostedDate'>15/03/2021 08:30</span></div><p>{LEDE}</p>{paragraphs}</div><p>{STRAY}</p>"
        ),
    })
}

#[test]
fn records_of_families_follow_and_read_what_their_sites_have() {
    use Design::*;
    let sources = Sources::shipped();
    let mut untested: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    let mut check = |name: &str,
                     designs: &[Design],
                     article: &str,
                     number: Option<&str>,
                     section: &str,
                     skipped: &str| {
        let source = sources.named(name).unwrap_or_else(|| panic!("no record {name}"));
        untested.retain(|other| other != &name);
        let url: CanonicalUrl = article.parse().unwrap();
        assert_eq!(sources.for_host(url.host()).map(|found| &found.name), Some(&source.name), "{article}");
        let follows = |address: &str| source.follows(&address.parse().unwrap());
        let at_host = |path: &str| url.as_url().join(path).unwrap().to_string();
        assert!(follows(article), "{name}: {article}");
        assert_eq!(source.number(&url), number, "{name}: {article}");
        assert!(follows(&at_host(section)), "{name}: {section}");
        assert!(!follows(&at_host(skipped)), "{name}: {skipped}");
        assert!(!follows(&at_host("/anh/1.jpg")) && !follows("https://khac.example/"), "{name}");
        assert!(source.start.iter().all(|start| source.follows(start)), "{name}: its start pages");
        for design in designs {
            let html = page(*design);
            let fetched_at = "2026-01-01T00:00:00Z".parse().unwrap();
            let context =
                Context { url: Some(&url), charset: None, source: Some(source), fetched_at, is_live: true };
            let read = page::read(html.as_bytes(), &context).unwrap().article;
            let read = read.unwrap_or_else(|none| panic!("{name}, {design:?}: {none}"));
            assert_eq!(read.title.as_deref(), Some(TITLE), "{name}, {design:?}");
            let day = read.published.map(|day| day.date.to_string());
            assert_eq!(day.as_deref(), Some("2021-03-15"), "{name}, {design:?}");
            for text in TEXT.iter().chain([&LEDE]) {
                assert!(read.text.contains(text), "{name}, {design:?} lacks {text}: {}", read.text);
            }
            for stray in [STRAY, "Giấy phép", "Tin khác", "Skip Ribbon"] {
                assert!(!read.text.contains(stray), "{name}, {design:?} has {stray}: {}", read.text);
            }
            assert_eq!(read.source.as_deref(), Some(name));
            assert_eq!(read.province, source.province, "{name}");
            let fetched = Fetched { html: html.as_bytes(), charset: None, at: fetched_at };
            let by = explain(source, Some(&url), Some(fetched)).page.and_then(|page| page.read_by);
            assert_eq!(by.is_some(), *design != Plain, "{name}, {design:?}: by a template of its own");
        }
    };
    let onecms: &[Design] = &[OneCms, OneCmsDetail];
    check(
        "Báo Nghệ An",
        onecms,
        "https://baonghean.vn/sua-de-10334455.html",
        Some("10334455"),
        "/kinh-te",
        "/en/print/10334455.html",
    );
    check(
        "Hànộimới",
        onecms,
        "https://hanoimoi.vn/sua-de-654321.html",
        Some("654321"),
        "/chinh-tri",
        "/video/sua-de-654321.html",
    );
    check(
        "Báo Quảng Nam",
        onecms,
        "https://baoquangnam.vn/sua-de-3145678.html",
        Some("3145678"),
        "/xa-hoi",
        "/photo",
    );
    let old: CanonicalUrl = "https://hanoimoi.com.vn/tin-tuc/xa-hoi/973520/sua-de".parse().unwrap();
    assert!(sources.for_host(old.host()).unwrap().follows(&old));

    let plain: &[Design] = &[Plain];
    check(
        "Báo Đồng Nai",
        plain,
        "https://baodongnai.com.vn/tintuc/202103/sua-de-3015892/",
        Some("3015892"),
        "/kinhte/",
        "/video/202103/sua-de-3015892/",
    );
    check(
        "Báo Quảng Ninh",
        plain,
        "https://baoquangninh.com.vn/chinh-tri/202103/sua-de-2494416/",
        Some("2494416"),
        "/chinh-tri/",
        "/rss/",
    );
    check(
        "Báo Bà Rịa - Vũng Tàu",
        plain,
        "https://www.baobariavungtau.com.vn/kinh-te/202103/sua-de-905788/",
        Some("905788"),
        "/kinh-te/",
        "/multimedia/",
    );
    check(
        "Báo Khánh Hòa",
        &[KhanhHoa, Plain],
        "https://baokhanhhoa.vn/xa-hoi/moitruong-dothi/202103/sua-de-8177454/",
        Some("8177454"),
        "/xa-hoi/moitruong-dothi/",
        "/tim-kiem?keyword=de",
    );
    check(
        "Báo Quảng Ngãi",
        plain,
        "https://baoquangngai.vn/channel/2025/202103/sua-de-3015864/",
        Some("3015864"),
        "/channel/2025/",
        "/media/2025/",
    );
    check(
        "Báo Quảng Bình",
        plain,
        "https://www.baoquangbinh.vn/kinh-te/202103/sua-de-2203947/",
        Some("2203947"),
        "/kinh-te/",
        "/photo/",
    );
    check(
        "Báo Đắk Lắk",
        plain,
        "https://baodaklak.vn/xa-hoi/202103/sua-de-0d43c42/",
        Some("0d43c42"),
        "/xa-hoi/",
        "/truyen-hinh/",
    );
    check(
        "Báo Hà Giang",
        plain,
        "http://baohagiang.vn/kinh-te/202103/sua-de-770123/",
        Some("770123"),
        "/kinh-te/",
        "/dataimages/202103/",
    );
    check(
        "Truyền hình Nghệ An",
        plain,
        "https://truyenhinhnghean.vn/thoi-su/202103/sua-de-6d1234a/",
        Some("6d1234a"),
        "/thoi-su/",
        "/videos/",
    );
    check(
        "Truyền hình Thanh Hóa",
        plain,
        "https://truyenhinhthanhhoa.vn/kinh-te/202103/sua-de-179999/",
        Some("179999"),
        "/kinh-te/",
        "/podcast/",
    );

    check(
        "Báo Hà Tĩnh",
        &[HaTinh, Plain],
        "https://baohatinh.vn/xa-hoi/sua-de/196473.htm",
        Some("196473"),
        "/xa-hoi",
        "/video/sua-de/196473.htm",
    );
    check(
        "Báo Thanh Hóa",
        plain,
        "http://baothanhhoa.vn/kinh-te/sua-de/122660.htm",
        Some("122660"),
        "/kinh-te",
        "/tag/de",
    );
    check(
        "Báo Cần Thơ",
        plain,
        "https://baocantho.com.vn/sua-de-a124004.html",
        Some("124004"),
        "/kinh-te/",
        "/rss",
    );
    check(
        "Báo An Giang",
        &[AnGiang, Plain],
        "https://baoangiang.com.vn/sua-de-a280167.html",
        Some("280167"),
        "/kinh-te/",
        "/podcast",
    );
    check(
        "Báo Đồng Tháp",
        &[DongThap, Plain],
        "http://www.baodongthap.vn/xa-hoi/sua-de-92481.aspx",
        Some("92481"),
        "/xa-hoi",
        "/video/sua-de-92481.aspx",
    );
    check(
        "Báo Bắc Kạn",
        plain,
        "https://baobackan.vn/sua-de-post31234.html",
        Some("31234"),
        "/kinh-te/",
        "/emagazine",
    );

    let nukeviet: &[Design] = &[NukeViet, Plain];
    check(
        "Nông thôn mới Hà Tĩnh",
        nukeviet,
        "https://nongthonmoi.hatinh.gov.vn/vi/news/tin-tuc/sua-de-1234.html",
        Some("1234"),
        "/vi/news/tin-tuc/page-2/",
        "/vi/news/savefile/tin-tuc/sua-de-1234.html",
    );
    check(
        "Cổng thông tin điện tử Đồng Nai",
        nukeviet,
        "https://www.dongnai.gov.vn/vi/news/kinh-te/sua-de-56789.html",
        Some("56789"),
        "/vi/news/",
        "/index.php?language=vi&nv=news&op=kinh-te",
    );
    check(
        "Liên hiệp các Hội Khoa học và Kỹ thuật Nghệ An",
        nukeviet,
        "http://lienhiepkhktnghean.org.vn/tin-tuc/hoat-dong/sua-de-321.html",
        Some("321"),
        "/tin-tuc/hoat-dong/",
        "/users/login/",
    );

    let sharepoint: &[Design] = &[SharePoint];
    check(
        "Cổng thông tin điện tử Bắc Kạn",
        sharepoint,
        "http://giamngheo.backan.gov.vn/Pages/tin-tuc-557/sua-de-0123456789abcdef.aspx",
        None,
        "/Pages/default.aspx",
        "/_layouts/15/start.aspx",
    );
    check(
        "Cổng thông tin điện tử Thanh Hóa",
        sharepoint,
        "https://thanhhoa.gov.vn/portal/Pages/2021-3-15/sua-de-8a1b2c.aspx",
        None,
        "/portal/Pages/default.aspx",
        "/portal/_layouts/viewlsts.aspx",
    );
    check(
        "Cổng thông tin điện tử Bình Dương",
        sharepoint,
        "https://www.binhduong.gov.vn/chinhquyen/Pages/sua-de.aspx",
        None,
        "/chinhquyen/Lists/VanBanChiDaoDieuHanh/DispForm.aspx?ID=5",
        "/PublishingImages/a.aspx",
    );

    check(
        "Cổng thông tin điện tử Bà Rịa - Vũng Tàu",
        &[Liferay, Plain],
        "https://thanhtra.baria-vungtau.gov.vn/web/guest/tin-tuc/-/asset_publisher/a1B2c3/content/sua-de",
        None,
        "/web/guest/tin-tuc",
        "/web/guest/tin-tuc?p_p_id=56&p_p_lifecycle=0",
    );
    check(
        "Cổng thông tin điện tử Nghệ An",
        &[Liferay, Plain],
        "https://nghean.gov.vn/tin-trong-tinh/sua-de-598765",
        Some("598765"),
        "/tin-trong-tinh",
        "/c/portal/login",
    );
    check(
        "Đảng bộ tỉnh Nghệ An",
        plain,
        "https://nghean.dcs.vn/vi-vn/tin/sua-de/12-16570-34",
        None,
        "/vi-vn/chuyen-muc/tin-tuc/12-34",
        "/tim-kiem?tu=de",
    );
    assert!(untested.is_empty(), "records without a row: {untested:?}");
}

#[test]
fn portals_have_their_files_collected() {
    let sources = Sources::shipped();
    let check = |address: &str, expected: bool| {
        let url: CanonicalUrl = address.parse().unwrap();
        let source = sources.for_host(url.host()).unwrap();
        assert_eq!(source.takes_file(&url), expected, "{address}");
    };
    check("https://backan.gov.vn/Lists/VanBan/Attachments/5/12-KH.pdf", true);
    check(
        "https://www.binhduong.gov.vn/_layouts/LacVietBio/DownloadFilePage.aspx?FileUrl=/chinhquyen/Lists/VanBan/Attachments/5/12.signed.pdf",
        true,
    );
    check("https://backan.gov.vn/_layouts/15/help.pdf", false);
    check("https://www.dongnai.gov.vn/uploads/news/2021_03/bao-cao.docx", true);
    check("https://nghean.gov.vn/documents/10180/bao-cao.xlsx", true);
    check("https://baonghean.vn/bao-cao.pdf", false);
}

#[test]
fn a_family_that_is_unknown_is_told_with_those_that_are() {
    let told = Source::parse("x.toml", "name = \"A\"\nfamily = \"onecm\"").unwrap_err().to_string();
    assert!(told.contains("line 2: family: there is no “onecm”") && told.contains("nukeviet"), "{told}");
    let own = "name = \"A\"\nfamily = \"nukeviet\"\nfiles = false\ndelay_ms = 9000\nskip = ['^/x/']";
    let source = Source::parse("x.toml", own).unwrap();
    assert!(!source.files && source.delay.unwrap().as_secs() == 9 && source.skip.len() > 1);
}
