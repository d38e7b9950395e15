//! The two layouts that the sample's pages are shown in, and the lists around them.

use anyhow::Result;
use askama::Template;
use jiff::civil::DateTime;

use super::pages::{NEWSPAPER, Page};

/// A link with its words.
pub(crate) struct Link {
    /// Where it leads.
    pub(crate) href: String,
    /// What it says.
    pub(crate) title: String,
}

/// What both layouts say in the head of an article.
pub(crate) struct Article<'a> {
    page: &'a Page,
    url: String,
    published: String,
    modified: String,
    shown: String,
    data: String,
    alternates: Vec<(String, String)>,
    related: Vec<Link>,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!DOCTYPE html>
<html lang="{{ a.page.lang }}">
<head>
<meta charset="utf-8">
<title>{{ a.page.title }}</title>
<meta name="description" content="{{ a.page.lede }}">
<link rel="canonical" href="{{ a.url }}">
{% for (lang, url) in a.alternates %}<link rel="alternate" hreflang="{{ lang }}" href="{{ url }}">
{% endfor %}<link rel="alternate" type="application/rss+xml" href="/rss/home.rss">
<meta property="og:type" content="article">
<meta property="og:site_name" content="Báo Sơn Khê">
<meta property="og:title" content="{{ a.page.title }}">
<meta property="article:published_time" content="{{ a.published }}">
<meta property="article:modified_time" content="{{ a.modified }}">
<script type="application/ld+json">{{ a.data|safe }}</script>
</head>
<body>
<header class="l-header"><a href="/" class="logo">Báo Sơn Khê</a>
<nav class="l-nav"><ul><li><a href="/thoi-su">Thời sự</a></li><li><a href="/kinh-te">Kinh tế</a></li><li><a href="/xa-hoi">Xã hội</a></li><li><a href="/xay-dung-dang">Xây dựng Đảng</a></li><li><a href="/en/">English</a></li></ul></nav></header>
<main class="b-maincontent">
<div class="sc-longform-header block-sc-header">
<span class="sc-longform-header-cate">{{ a.page.section }}</span>
<h1 class="sc-longform-header-title block-sc-title">{{ a.page.title }}</h1>
<div class="sc-longform-header-meta"><span class="sc-longform-header-author block-sc-author">{{ a.page.author }}</span> <span class="sc-longform-header-date block-sc-publish-time">{{ a.shown }}</span></div>
<p class="sc-longform-header-sapo block-sc-sapo">{{ a.page.lede }}</p>
</div>
<article class="entry entry-no-padding">
{% for words in a.page.body %}<p class="align-justify">{{ words }}</p>
{% if loop.first %}<figure><img src="/anh/{{ a.page.number() }}.jpg" alt=""><figcaption>{{ a.page.caption }}</figcaption></figure>
<div class="c-box c-news-related"><p>Tin liên quan</p><ul>{% for link in a.related %}<li><a href="{{ link.href }}">{{ link.title }}</a></li>{% endfor %}</ul></div>
{% endif %}{% endfor %}</article>
</main>
<footer class="l-footer"><p>Báo Sơn Khê. Cơ quan của Đảng bộ tỉnh Sơn Khê. Một tỉnh không có trên bản đồ: mọi tên người, địa danh và con số đều là hư cấu.</p></footer>
</body>
</html>
"#
)]
struct NewspaperArticle<'a> {
    a: &'a Article<'a>,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"<!DOCTYPE html>
<html lang="{{ a.page.lang }}">
<head>
<meta charset="utf-8">
<title>{{ a.page.title }}</title>
<link rel="canonical" href="{{ a.url }}">
{% for (lang, url) in a.alternates %}<link rel="alternate" hreflang="{{ lang }}" href="{{ url }}">
{% endfor %}<meta property="og:type" content="article">
<meta property="og:title" content="{{ a.page.title }}">
<meta property="article:published_time" content="{{ a.published }}">
<meta property="article:modified_time" content="{{ a.modified }}">
<script type="application/ld+json">{{ a.data|safe }}</script>
</head>
<body>
<div id="s4-ribbonrow"><a href="#startNavigation">Skip Ribbon Commands</a> <a href="#mainContent">Skip to main content</a></div>
<div class="menu"><a href="/">Trang chủ</a> <a href="/Pages/tin-tuc-557/default.aspx">Tin tức</a></div>
<div class="breadcrumb"><a href="/Pages/tin-tuc-557/default.aspx">{{ a.page.section }}</a></div>
<div class="title-detail"><h1 class="title-news">{{ a.page.title }}</h1></div>
<span class="date-news">{{ a.shown }}</span>
<div class="sapo">{{ a.page.lede }}</div>
<div class="content-news"><div class="ms-rtestate-field">
<table class="media"><tr><td><img src="/PictureLibrary/{{ a.page.number() }}/anh.jpg" alt=""></td></tr><tr><td class="media-caption">{{ a.page.caption }}</td></tr></table>
{% for words in a.page.body %}<p>{{ words }}</p>
{% endfor %}<div class="tin-lien-quan"><p>Tin liên quan</p><ul>{% for link in a.related %}<li><a href="{{ link.href }}">{{ link.title }}</a></li>{% endfor %}</ul></div>
</div></div>
<div class="author-news">{{ a.page.author }}</div>
<div class="footer"><p>Cổng thông tin điện tử Sơn Khê, cổng của một tỉnh hư cấu.</p></div>
</body>
</html>
"##
)]
struct PortalArticle<'a> {
    a: &'a Article<'a>,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!DOCTYPE html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<title>{{ name }}</title>
<meta property="og:type" content="website">
{% if newspaper %}<link rel="alternate" type="application/rss+xml" href="/rss/home.rss">
{% endif %}</head>
<body>
<nav class="l-nav"><ul>{% for link in sections %}<li><a href="{{ link.href }}">{{ link.title }}</a></li>{% endfor %}</ul></nav>
<div class="b-grid">
{% for link in links %}<h3 class="b-grid__title"><a href="{{ link.href }}">{{ link.title }}</a></h3>
{% endfor %}</div>
</body>
</html>
"#
)]
struct Listing<'a> {
    name: &'a str,
    lang: &'a str,
    newspaper: bool,
    sections: Vec<Link>,
    links: Vec<Link>,
}

/// The moment of a local time in the province.
pub(crate) fn moment(local: DateTime) -> String {
    local.strftime("%Y-%m-%dT%H:%M:%S+07:00").to_string()
}

/// A local time as feeds write it.
pub(crate) fn feed_time(local: DateTime) -> String {
    local.strftime("%a, %d %b %Y %H:%M:%S +0700").to_string()
}

/// Shows an article; `all` are the pages that it may name as its translation or as related.
pub(crate) fn article(page: &Page, modified: DateTime, all: &[Page]) -> Result<String> {
    let newspaper = page.host == NEWSPAPER;
    let family = |other: &&Page| other.host == page.host && other.number() == page.number();
    let alternates: Vec<_> =
        all.iter().filter(family).map(|other| (other.lang.clone(), other.url())).collect();
    let at = all.iter().position(|other| other.url() == page.url()).unwrap_or(0);
    let related = all
        .iter()
        .cycle()
        .skip(at + 1)
        .take(all.len())
        .filter(|other| other.host == page.host && other.lang == page.lang && !other.is_internal())
        .take(3)
        .map(|other| Link { href: other.path.clone(), title: other.title.clone() })
        .collect();
    let data = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": moment(page.date),
        "dateModified": moment(modified),
        "author": {"@type": "Person", "name": page.author},
        "publisher": {"@type": "Organization", "name": site_name(&page.host)},
        "articleSection": page.section,
        "inLanguage": page.lang,
    });
    let a = &Article {
        page,
        url: page.url(),
        published: moment(page.date),
        modified: moment(modified),
        shown: page.date.strftime("%d/%m/%Y - %H:%M").to_string(),
        // `</script>` in a title must not end the element.
        data: data.to_string().replace('<', "\\u003c"),
        alternates: if alternates.len() > 1 { alternates } else { Vec::new() },
        related,
    };
    Ok(if newspaper { NewspaperArticle { a }.render()? } else { PortalArticle { a }.render()? })
}

/// Shows a list of links: a front page or a section.
pub(crate) fn listing(host: &str, lang: &str, sections: Vec<Link>, links: Vec<Link>) -> Result<String> {
    let newspaper = host == NEWSPAPER;
    Ok(Listing { name: site_name(host), lang, newspaper, sections, links }.render()?)
}

fn site_name(host: &str) -> &'static str {
    if host == NEWSPAPER { "Báo Sơn Khê" } else { "Cổng thông tin điện tử Sơn Khê" }
}
