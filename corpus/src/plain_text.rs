//! Plain text files to articles.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Article, CanonicalUrl, Capture, DateOrigin, Published};

/// Lines from the top in which title and byline are looked for.
const TOP: usize = 8;
/// The longest headline, in characters.
const LONGEST_TITLE: usize = 250;
/// The longest byline without its date, in characters.
const LONGEST_BYLINE: usize = 60;

/// The article in a `text/plain` capture; `None` where its bytes are no text.
pub fn article(capture: &Capture) -> Option<Article> {
    let text = crate::text::decode(&capture.body, capture.charset.as_deref())?;
    let mut article = read(&text);
    article.source = capture.source.clone().or(article.source);
    article.province.clone_from(&capture.province);
    Some(article)
}

/// The article in a text: the whole of it is its text, and what its first and last lines state is read from them.
///
/// The forms are those of saved newspaper pages: the section (`News`) may stand above the headline, a byline
/// `Author 26/06/2021 10:15` below it, and the address (`Source: https://…`) at the end.
pub fn read(text: &str) -> Article {
    let text = crate::text::composed(text.strip_prefix('\u{feff}').unwrap_or(text).into());
    let text = crate::text::unwrapped(text);
    let text = text.as_ref();
    let top: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(TOP).collect();
    let byline = top.iter().enumerate().find_map(|(at, line)| Some((at, byline(line)?)));
    let title = match &byline {
        Some((at, _)) => at.checked_sub(1).map(|above| top[above]),
        None => top.first().copied(),
    };
    let url = source_address(text);
    let source = dateline(text).or_else(|| url.as_ref().map(|url| url.host().to_owned()));
    let (author, published) =
        byline.map_or((None, None), |(_, (author, published))| (author, Some(published)));
    let mut article = Article {
        url,
        title: title.filter(|line| is_headline(line)).map(str::to_owned),
        author,
        published,
        source,
        text: text.to_owned(),
        ..Article::default()
    };
    crate::head::fill(&mut article);
    article
}

/// When a text says that it was published, in a line of its own among its first.
pub(crate) fn published(text: &str) -> Option<Published> {
    let top = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(TOP);
    top.filter_map(byline).map(|(_, published)| published).next()
}

fn is_headline(line: &str) -> bool {
    line.chars().count() <= LONGEST_TITLE && !line.ends_with(['.', '|', ',', ';'])
}

/// Author and date of a line that holds them and nothing else.
fn byline(line: &str) -> Option<(Option<String>, Published)> {
    let line = crate::date::unmask(line);
    let found = crate::date::find(&line)?;
    let (before, after) = (&line[..found.range.start], &line[found.range.end..]);
    if before.chars().count() > LONGEST_BYLINE || after.chars().any(char::is_alphabetic) {
        return None;
    }
    let author =
        before.trim_matches(|c: char| c.is_whitespace() || matches!(c, '•' | '-' | '–' | '|' | ',' | ':'));
    // A sentence with a date in it is no byline.
    if found.time.is_none() && (author.contains('.') || author.split(' ').count() > 5) {
        return None;
    }
    // `Sơn Khê, ngày 5 tháng 3 năm 2021` says where a document was signed, not by whom.
    let is_place = author == "ngày" || author.ends_with(" ngày");
    let author = (!author.is_empty() && !is_place).then(|| author.to_owned());
    Some((author, Published { date: found.date, time: found.time, origin: DateOrigin::Visible }))
}

/// The address in a last line `Source: https://…` or `Nguồn: …`.
fn source_address(text: &str) -> Option<CanonicalUrl> {
    let last = text.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(6);
    let stated = |line: &'_ str| {
        let (name, address) = line.split_once(':')?;
        let known = ["source", "nguồn", "url"].contains(&name.trim().to_lowercase().as_str());
        known.then(|| address.trim().parse().ok()).flatten()
    };
    last.into_iter().find_map(stated)
}

/// The newspaper in a dateline such as `(Baosonkhe.example) - `.
fn dateline(text: &str) -> Option<String> {
    static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^\s*\(([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)\)\s*[-–]")
            .expect("the pattern is constant")
    });
    DATELINE.captures(text).map(|found| found[1].to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: Option<&str>, author: Option<&str>, published: Option<&str>) {
        let article = read(text);
        assert_eq!(article.title.as_deref(), title, "{text}");
        assert_eq!(article.author.as_deref(), author, "{text}");
        assert_eq!(article.published.map(|day| day.date.to_string()).as_deref(), published, "{text}");
        assert_eq!(article.text, text);
    }

    #[test]
    fn letters_and_their_marks_are_composed() {
        let article = read("Mu\u{31b}a to\nTro\u{31b}\u{300}i mu\u{31b}a.");
        assert_eq!((article.title.as_deref(), article.text.as_str()), (Some("Mưa to"), "Mưa to\nTrời mưa."));
    }

    #[test]
    fn first_lines_say_title_author_and_date() {
        check(
            "Mưa to ở Sơn Khê\n\nMinh Hà 26/06/2021 10:15\n\nNước lên.",
            Some("Mưa to ở Sơn Khê"),
            Some("Minh Hà"),
            Some("2021-06-26"),
        );
        check(
            "News\n\nRain in Son Khe\n\nMinh Ha DNUM_CGZAGZCACB 10:15\nIt rained.",
            Some("Rain in Son Khe"),
            Some("Minh Ha"),
            Some("2021-06-26"),
        );
        check(
            "Rain\nMinh Ha•DNUM_CGZAGZCACB 10:15\nIt rained.",
            Some("Rain"),
            Some("Minh Ha"),
            Some("2021-06-26"),
        );
        check("The office of the province |\nIn February 2022 it rained.", None, None, None);
        check("On 3/8/2021 the river rose above the dykes of the whole valley.", None, None, None);
        check("", None, None, None);
    }

    #[test]
    fn the_source_is_named_at_the_beginning_or_the_end() {
        let article = read("Mưa\n\n(Baosonkhe.example) - Trời mưa.");
        assert_eq!(article.source.as_deref(), Some("baosonkhe.example"));
        let article = read("Mưa\nTrời mưa.\nNguồn: https://sonkhe.example/a.aspx\nComment (0)");
        assert_eq!(article.url.unwrap().as_str(), "https://sonkhe.example/a.aspx");
        assert_eq!(article.source.as_deref(), Some("sonkhe.example"));
    }
}
