//! Discovery: the addresses in sitemaps and feeds. Pure.

use std::borrow::Cow;
use std::io::Read;

use corpus::CanonicalUrl;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use quick_xml::events::Event;
use url::Url;

use crate::charset;

/// Entries read of one sitemap, as the protocol bounds them.
pub const MOST: usize = 50_000;
/// Bytes of a sitemap after unpacking, as the protocol bounds them.
pub const LONGEST: usize = 50 << 20;

/// What stands for an entity that is not known.
const UNKNOWN: char = '\u{fffc}';

/// An address with the time of its last change, where one is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The address.
    pub url: CanonicalUrl,
    /// When the page was last changed or published.
    pub changed_at: Option<Timestamp>,
}

/// What a sitemap names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages.
    pub pages: Vec<Entry>,
    /// Other sitemaps.
    pub sitemaps: Vec<Entry>,
}

/// Why a sitemap or feed cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It is no sitemap.
    #[error("not a sitemap")]
    NotASitemap,
    /// It is no feed.
    #[error("not a feed")]
    NotAFeed,
    /// It is longer than the protocol allows.
    #[error("sitemap too long")]
    TooLong,
}

/// Reads a sitemap or an index of sitemaps, also packed with gzip, a plain list of addresses, or a feed, which the
/// protocol allows in a sitemap's place. A broken file gives what stands before the break. Entities that a document type
/// declares, which no sitemap needs and which bombs are made of, stand for nothing: an address with one in it is left out.
pub fn sitemap(bytes: &[u8], base: &Url) -> Result<Sitemap, Unusable> {
    let mut unpacked = Vec::new();
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        let packed = flate2::bufread::MultiGzDecoder::new(bytes);
        // A torn member gives what it has.
        drop(packed.take(LONGEST as u64 + 1).read_to_end(&mut unpacked));
        unpacked.as_slice()
    } else {
        bytes
    };
    if bytes.len() > LONGEST {
        return Err(Unusable::TooLong);
    }
    // Some exports are in UTF-16.
    let text = charset::decode(bytes, None, None).ok_or(Unusable::NotASitemap)?;
    let text = text.trim_start();
    if !text.starts_with('<') {
        return list(text, base);
    }
    xml(text, base).or_else(|unusable| match unusable {
        Unusable::NotASitemap => {
            let pages = feed_in(text, base).map_err(|_| unusable)?;
            Ok(Sitemap { pages, sitemaps: Vec::new() })
        }
        _ => Err(unusable),
    })
}

/// One address a line (`sitemap.txt`).
fn list(text: &str, base: &Url) -> Result<Sitemap, Unusable> {
    let pages: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("http"))
        .filter_map(|line| address(line, base))
        .map(|url| Entry { url, changed_at: None })
        .take(MOST)
        .collect();
    if pages.is_empty() { Err(Unusable::NotASitemap) } else { Ok(Sitemap { pages, sitemaps: Vec::new() }) }
}

fn xml(text: &str, base: &Url) -> Result<Sitemap, Unusable> {
    // One ampersand that nobody escaped would end the reading there, and lose every address behind it.
    let text = if text.contains('&') { escape_ampersands(text).into() } else { Cow::Borrowed(text) };
    let mut reader = quick_xml::Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut found = Sitemap::default();
    let mut is_sitemap = false;
    // The root's prefix is the sitemap's own; `news:` and `image:` elements keep theirs, so their `loc` is another one.
    let mut prefix = String::new();
    let mut open: Vec<String> = Vec::new();
    let (mut location, mut changed, mut value) = (String::new(), String::new(), String::new());
    let mut is_index = false;
    let mut add = |location: &mut String, changed: &mut String, is_index: bool| {
        let (location, changed) = (std::mem::take(location), std::mem::take(changed));
        if let Some(url) = address(&location, base) {
            let entries = if is_index { &mut found.sitemaps } else { &mut found.pages };
            entries.push(Entry { url, changed_at: time(&changed) });
        }
        found.pages.len() + found.sitemaps.len() < MOST
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = start.name();
                let name = name.as_ref();
                if open.is_empty() {
                    let own = name.split_once(':').map_or(name, |(_, own)| own);
                    is_sitemap |= matches!(own, "urlset" | "sitemapindex");
                    name[..name.len() - own.len()].clone_into(&mut prefix);
                }
                let name = name.strip_prefix(&prefix).unwrap_or(name);
                // Entries that nobody closed run into each other: the next address ends the one before.
                if matches!(name, "url" | "sitemap" | "loc") {
                    if !add(&mut location, &mut changed, is_index) {
                        break;
                    }
                    is_index = if name == "loc" { is_index } else { name == "sitemap" };
                }
                value.clear();
                open.push(name.to_owned());
                if !is_sitemap || open.len() > 64 {
                    break;
                }
            }
            Ok(Event::Text(piece)) => value.push_str(&piece.xml10_content()),
            Ok(Event::CData(piece)) => value.push_str(&piece.xml10_content()),
            // `&amp;` in an address comes by itself.
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(character)) => value.push(character),
                _ => match &*reference.xml10_content() {
                    "amp" => value.push('&'),
                    "lt" => value.push('<'),
                    "gt" => value.push('>'),
                    "quot" => value.push('"'),
                    "apos" => value.push('\''),
                    // No address has one.
                    _ => value.push(UNKNOWN),
                },
            },
            Ok(Event::End(_)) => {
                let Some(name) = open.pop() else { break };
                match name.as_str() {
                    "loc" => location = std::mem::take(&mut value),
                    "lastmod" => changed = std::mem::take(&mut value),
                    // Some leave `loc` out, and put the address straight into its parent, or one more tag around it.
                    "url" | "sitemap" if location.is_empty() && value.trim_start().starts_with("http") => {
                        location = std::mem::take(&mut value);
                    }
                    _ => {}
                }
                if matches!(name.as_str(), "url" | "sitemap") && !add(&mut location, &mut changed, is_index) {
                    break;
                }
                value.clear();
            }
            Ok(Event::Eof) | Err(_) => {
                add(&mut location, &mut changed, is_index);
                break;
            }
            Ok(_) => {}
        }
    }
    if is_sitemap { Ok(found) } else { Err(Unusable::NotASitemap) }
}

/// Reads an RSS, Atom or JSON feed: the pages of its entries.
pub fn feed(bytes: &[u8], base: &Url) -> Result<Vec<Entry>, Unusable> {
    // The parser panics at some UTF-16: it is given letters.
    feed_in(&charset::decode(bytes, None, None).unwrap_or_default(), base)
}

fn feed_in(text: &str, base: &Url) -> Result<Vec<Entry>, Unusable> {
    let text = feed_text(text);
    let parse = |text: &str| {
        let parser = feed_rs::parser::Builder::new().base_uri(Some(base.as_str())).sanitize_content(false);
        parser.build().parse(text.as_bytes())
    };
    let feed = parse(&text)
        .or_else(|_| parse(&escape_ampersands(&text)))
        .or_else(|error| {
            let mended = mended(&escape_ampersands(&text)).into_iter();
            mended.map(|text| parse(&text)).find_map(Result::ok).ok_or(error)
        })
        .map_err(|_| Unusable::NotAFeed)?;
    let entries = feed.entries.into_iter().take(MOST).filter_map(|entry| {
        let changed_at = entry.updated.or(entry.published);
        let changed_at = changed_at.and_then(|at| Timestamp::from_second(at.timestamp()).ok());
        let page = entry
            .links
            .iter()
            .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
            .map(|link| link.href.as_str())
            // A guid of RSS is an address unless it says otherwise.
            .or_else(|| entry.id.starts_with("http").then_some(entry.id.as_str()))?;
        Some(Entry { url: address(page, base)?, changed_at })
    });
    Ok(entries.collect())
}

/// A feed that was torn off, ended: behind the address of the entry that was torn, else behind the last whole one.
fn mended(text: &str) -> Vec<String> {
    const ROOTS: [(&str, &str, &str, &str); 3] = [
        ("<rss", "<item", "</item>", "</channel></rss>"),
        ("<rdf:RDF", "<item", "</item>", "</rdf:RDF>"),
        ("<feed", "<entry", "</entry>", "</feed>"),
    ];
    let roots = ROOTS.iter().filter_map(|root| Some((text.find(root.0)?, root)));
    let Some((_, (_, begins, ends, close))) = roots.min_by_key(|(at, _)| *at) else { return Vec::new() };
    let whole = text.rfind(ends).map_or(0, |at| at + ends.len());
    let torn = text[whole..].find(begins).and_then(|begins| {
        let begins = whole + begins;
        let address = ["</link>", "/>"].iter().filter_map(|end| {
            let link = begins + text[begins..].find("<link")?;
            Some(link + text[link..].find(end)? + end.len())
        });
        address.min()
    });
    let torn = torn.map(|end| format!("{}{ends}{close}", &text[..end]));
    let whole = (whole > 0).then(|| format!("{}{close}", &text[..whole]));
    torn.into_iter().chain(whole).collect()
}

/// A feed as the parser wants it: without an XML declaration, whose encoding it would believe, and an `rss` element with
/// a version that it knows, as many feeds state another or none.
fn feed_text(text: &str) -> String {
    let mut text = text.trim_start();
    if let Some((_, rest)) = text.strip_prefix("<?xml").and_then(|declaration| declaration.split_once("?>")) {
        text = rest.trim_start();
    }
    let Some(at) = text.find("<rss").filter(|at| text[at + 4..].starts_with([' ', '>', '\n', '\r', '\t']))
    else {
        return text.to_owned();
    };
    let (before, root) = text.split_at(at + 4);
    let element = &root[..root.find('>').unwrap_or(root.len())];
    let Some((_, version)) =
        element.split_once("version=").filter(|(name, _)| name.ends_with(char::is_whitespace))
    else {
        return format!("{before} version=\"2.0\"{root}");
    };
    let value = version.split(['"', '\'']).nth(1).unwrap_or_default();
    if matches!(value, "2.0" | "0.91" | "0.92") {
        return text.to_owned();
    }
    let start = text.len() - root.len() + element.len() - version.len();
    let end = (start + value.len() + 2).min(text.len());
    format!("{}\"2.0\"{}", &text[..start], text.get(end..).unwrap_or_default())
}

/// Ampersands that begin no reference, as in addresses that nobody escaped, written as one.
fn escape_ampersands(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        let is_data = rest[at..].starts_with("<![CDATA[");
        let end = if is_data { rest[at..].find("]]>").map_or(rest.len(), |end| at + end) } else { at + 1 };
        escaped.push_str(&rest[..end]);
        let is_ampersand = rest[at..].starts_with('&');
        rest = &rest[end..];
        if is_ampersand && !begins_reference(rest) {
            escaped.push_str("amp;");
        }
    }
    escaped + rest
}

/// Whether a reference follows an ampersand: `lt;`, `#160;`, `#xA0;`.
fn begins_reference(text: &str) -> bool {
    let Some((name, _)) = text.get(..text.len().min(32)).unwrap_or(text).split_once(';') else {
        return false;
    };
    match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => number.starts_with('x') && u32::from_str_radix(hex, 16).is_ok(),
            None => number.parse::<u32>().is_ok(),
        },
        None => !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    }
}

fn address(text: &str, base: &Url) -> Option<CanonicalUrl> {
    let text = text.trim();
    if text.is_empty() || text.len() > 2_000 || text.contains(UNKNOWN) {
        return None;
    }
    base.join(text).ok().and_then(CanonicalUrl::new)
}

/// A day, or a day with a time and a zone. A day stands for its end: a page asked for earlier that day may be older.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    // The dates read here are in the newspapers' zone.
    let (date, time) = corpus::date::iso(text)?;
    let time = time.unwrap_or(jiff::civil::time(0, 0, 0, 0));
    TimeZone::fixed(jiff::tz::offset(7)).to_timestamp(date.to_datetime(time)).ok()
}

#[cfg(test)]
mod suites;

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn base() -> Url {
        Url::parse("https://baosonkhe.example/").unwrap()
    }

    fn shown(entries: &[Entry]) -> String {
        let shown = entries.iter().map(|entry| match entry.changed_at {
            Some(at) => format!("{} {at}", entry.url),
            None => entry.url.to_string(),
        });
        shown.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn sitemaps_are_read() {
        let check = |text: &str, expected: Result<(&str, &str), Unusable>| {
            let read = sitemap(text.as_bytes(), &base());
            let read = read.map(|found| (shown(&found.pages), shown(&found.sitemaps)));
            let expected = expected.map(|(pages, sitemaps)| (pages.to_owned(), sitemaps.to_owned()));
            assert_eq!(read, expected, "{text}");
        };
        check(
            "<?xml version='1.0'?><urlset><url><loc> https://baosonkhe.example/a?b=1&amp;c=2 </loc><lastmod>2024-05-01T08:00:00+07:00</lastmod></url></urlset>",
            Ok(("https://baosonkhe.example/a?b=1&c=2 2024-05-01T01:00:00Z", "")),
        );
        check(
            "<urlset><url><loc><![CDATA[https://baosonkhe.example/a?x&y]]></loc><lastmod>2024-05-01</lastmod></url></urlset>",
            Ok(("https://baosonkhe.example/a?x&y 2024-04-30T17:00:00Z", "")),
        );
        check(
            "<urlset><url><loc>/a</loc><image:image><image:loc>/p.jpg</image:loc></image:image></url></urlset>",
            Ok(("https://baosonkhe.example/a", "")),
        );
        check(
            "<sitemapindex><sitemap><loc>/2024.xml.gz</loc></sitemap></sitemapindex>",
            Ok(("", "https://baosonkhe.example/2024.xml.gz")),
        );
        check("<urlset><url><loc>/a</loc></url><url><loc>/b", Ok(("https://baosonkhe.example/a", "")));
        check(
            "<s:urlset xmlns:s='x'><s:url><s:loc>/a</s:loc><i:i><i:loc>/p</i:loc></i:i></s:url></s:urlset>",
            Ok(("https://baosonkhe.example/a", "")),
        );
        check(
            "<sitemapindex><sitemap>\nhttps://baosonkhe.example/a.xml\n</sitemap><sitemap><loc>/b.xml</loc><lastmod>2024-05-01</lastmod><loc>/c.xml</loc><las",
            Ok((
                "",
                "https://baosonkhe.example/a.xml | https://baosonkhe.example/b.xml 2024-04-30T17:00:00Z | https://baosonkhe.example/c.xml",
            )),
        );
        check(
            "<urlset><url><loc><url><![CDATA[https://baosonkhe.example/a]]></url></loc></url></urlset>",
            Ok(("https://baosonkhe.example/a", "")),
        );
        check(
            "<rss version='2.0'><channel><title>t</title><item><link>/1</link></item></channel></rss>",
            Ok(("https://baosonkhe.example/1", "")),
        );
        check(
            "https://baosonkhe.example/a\nhttps://baosonkhe.example/b",
            Ok(("https://baosonkhe.example/a | https://baosonkhe.example/b", "")),
        );
        check(
            "<urlset><url><loc>/a?b=1&c=2</loc></url><url><loc>/b?x&amp;y</loc></url><url><loc>/c</loc></url></urlset>",
            Ok((
                "https://baosonkhe.example/a?b=1&c=2 | https://baosonkhe.example/b?x&y | https://baosonkhe.example/c",
                "",
            )),
        );
        check(
            "<?xml version='1.0'?><!DOCTYPE urlset SYSTEM 'sitemap.dtd'><urlset><url><loc>/a</loc></url></urlset>",
            Ok(("https://baosonkhe.example/a", "")),
        );
        check("<!DOCTYPE html><html><body></body></html>", Err(Unusable::NotASitemap));
        check(
            "<?xml version='1.0'?><!DOCTYPE urlset [<!ENTITY a \"b\"><!ENTITY c '&a;&a;'>]><urlset><url><loc>/&c;</loc></url><url><loc>/d</loc></url></urlset>",
            Ok(("https://baosonkhe.example/d", "")),
        );
        check("<html><body><url><loc>/a</loc></url></body></html>", Err(Unusable::NotASitemap));
        check("", Err(Unusable::NotASitemap));
    }

    #[test]
    fn a_packed_sitemap_is_read() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"<urlset><url><loc>/a</loc></url></urlset>").unwrap();
        let found = sitemap(&packed.finish().unwrap(), &base()).unwrap();
        assert_eq!(shown(&found.pages), "https://baosonkhe.example/a");
    }

    #[test]
    fn a_sitemap_of_too_many_entries_is_read_to_the_bound() {
        let mut text = "<urlset>".to_owned();
        for number in 0..MOST + 5 {
            text.extend(["<url><loc>/", &number.to_string(), "</loc></url>"]);
        }
        assert_eq!(sitemap(text.as_bytes(), &base()).unwrap().pages.len(), MOST);
    }

    #[test]
    fn feeds_are_read() {
        let check = |text: &str, expected: &str| {
            let read = feed(text.as_bytes(), &base()).map(|entries| shown(&entries)).unwrap_or_default();
            assert_eq!(read, expected, "{text}");
        };
        check(
            "<rss version='2.0'><channel><title>t</title><item><title>a</title><link>https://baosonkhe.example/1?a=1&amp;b=2</link><pubDate>Wed, 01 May 2024 08:00:00 +0700</pubDate></item></channel></rss>",
            "https://baosonkhe.example/1?a=1&b=2 2024-05-01T01:00:00Z",
        );
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><id>f</id><updated>2024-05-01T00:00:00Z</updated><entry><title>a</title><id>x</id><link href='/2'/><updated>2024-05-02T00:00:00Z</updated></entry></feed>",
            "https://baosonkhe.example/2 2024-05-02T00:00:00Z",
        );
        let item = "<channel><title>t</title><item><link>/3?a=1&b=2</link></item></channel></rss>";
        let page = "https://baosonkhe.example/3?a=1&b=2";
        check(&format!("<rss version='2.0'>{item}"), page);
        check(&format!("\n<?xml version='1.0' encoding='utf-16'?><rss>{item}"), page);
        check(&format!("<?xml version='1.0'?><rss xmlns:a='version=1' version='0.94' >{item}"), page);
        let torn = "<channel><title>t</title><item><link>/4</link></item><item><link>/5</li";
        check(&format!("<rss version='2.0'>{torn}"), "https://baosonkhe.example/4");
        let torn = "<channel><title>t</title><item><link>/4</link></item><item><title>a</title><link>/5</link><description><![CDATA[ ab";
        check(
            &format!("<rss version='2.0'>{torn}"),
            "https://baosonkhe.example/4 | https://baosonkhe.example/5",
        );
        check(
            "<rss version='2.0'><channel><title>t</title><item><link>/7</link><descr",
            "https://baosonkhe.example/7",
        );
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><id>x</id><link href='/6?a=1&b=2'/><summary>a",
            "https://baosonkhe.example/6?a=1&b=2",
        );
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><id>x</id><link href='/6?a=1&b=2'/></entry><entry><id>y",
            "https://baosonkhe.example/6?a=1&b=2",
        );
        check("<rss version=", "");
        check("<rss version='", "");
        check("<html></html>", "");
        check("", "");
    }
}
