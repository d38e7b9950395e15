//! When a page was published and changed: what it states for machines, its address, what readers see.

use std::sync::LazyLock;

use corpus::{DateOrigin, Published};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use regex::Regex;
use scraper::Selector;

use super::Reader;
use super::ago;
use super::body::{Cut, Cuts};
use super::facts;
use super::knowledge::{Kind, Words};
use super::linked_data::{self, LinkedData};
use super::outline::{Content, Outline, Role};
use super::text;

/// Letters of an element that is a date, or a date and a byline.
const LABEL: u32 = 80;
/// Letters of a line in which a date is looked for.
const LINE: u32 = 200;
/// Where in the first paragraph a date begins that is the day of the report and not one it tells of.
const DATELINE: usize = 45;
/// Letters from which what ends in a full stop is a sentence and no label.
const SENTENCE: usize = 60;
/// Lines below the headline among which the date is looked for first.
const BELOW: usize = 12;
/// Lines above it.
const ABOVE: usize = 2;
/// Hours between which it is the same day in most zones.
const MORNING: i8 = 6;
const EVENING: i8 = 18;

/// A day, and the time of day where it is known.
type Moment = (Date, Option<Time>);

/// How a page writes dates.
#[derive(Clone, Copy)]
struct Writing {
    /// The publisher's readers are in Vietnam: times in UTC are turned to theirs.
    at_home: bool,
    /// The month stands before the day.
    month_first: bool,
}

/// Reads the dates of one page.
pub(super) struct Dates<'p, 'a> {
    page: &'p Reader<'a>,
    data: &'p LinkedData,
    /// The path of its address.
    address: &'p str,
    /// No later day is believed.
    today: Date,
    writing: Writing,
}

impl<'p, 'a> Dates<'p, 'a> {
    pub(super) fn new(page: &'p Reader<'a>, data: &'p LinkedData, address: &'p str, today: Date) -> Self {
        let host = page.context.url.map_or("", corpus::CanonicalUrl::host);
        let tag = page.tree.root_element().attr("lang").unwrap_or_default().to_ascii_lowercase();
        let shown = || {
            let texts = (0..page.outline.parts.len()).filter_map(|at| match page.outline.parts[at].content {
                Content::Text(text) => Some(text),
                Content::Element(_) => None,
            });
            facts::is_vietnamese(texts.flat_map(str::chars)) == Some(true)
        };
        let is_vietnamese = host.rsplit('.').next() == Some("vn")
            || tag.starts_with("vi")
            || page.context.source.is_some_and(|source| source.province.is_some())
            || (tag == "en-us" && shown());
        let writing = Writing {
            at_home: is_vietnamese || host.is_empty(),
            month_first: tag == "en-us" && !is_vietnamese,
        };
        Self { page, data, address, today, writing }
    }

    fn believed(&self, (date, time): Moment, origin: DateOrigin) -> Option<Published> {
        (date <= self.today && date.year() >= 1990).then_some(Published { date, time, origin })
    }

    /// The date of publication that a line shows to readers: no day that the line, or a sentence, tells of.
    fn seen(&self, line: &str) -> Option<Published> {
        self.read(line, DateOrigin::Visible)
            .filter(|_| !self.is_told(line) && !self.tells_of_another_day(line))
    }

    /// Whether the day in a line is one that its words tell of: a rule's, a term's, a document's.
    fn tells_of_another_day(&self, line: &str) -> bool {
        let Some(found) = corpus::date::find(line) else { return false };
        let before = line[..found.range.start].trim_end_matches([' ', ':', ',']).to_lowercase();
        // The day of the visit: `Hôm nay: Chủ nhật, 19/09/2021`
        if self.page.knowledge.ago.today.iter().any(|today| before.trim_start().starts_with(today.as_str())) {
            return true;
        }
        let other = self.page.knowledge.other_days.iter().any(|words| {
            before.strip_suffix(words.as_str()).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
        });
        // `Quyết định số 19/QĐ-UBND ngày 5/1/2019`
        let is_signed = || {
            let before =
                before.strip_suffix(self.page.knowledge.day_word.as_str()).unwrap_or(&before).trim_end();
            let symbol = before.rsplit(' ').next().unwrap_or_default();
            symbol.contains(['/', '-'])
                && symbol.contains(|letter: char| letter.is_ascii_digit())
                && symbol.contains(char::is_alphabetic)
        };
        other || is_signed()
    }

    /// Whether a line is a sentence that tells of something else than when it was published: it ends as one, and is longer than
    /// a date with its label.
    fn is_told(&self, line: &str) -> bool {
        let is_sentence = line.chars().count() > SENTENCE
            && line.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', ';'])
            && ![" | ", " • ", " · "].iter().any(|bar| line.contains(bar));
        is_sentence && {
            let small = line.to_lowercase();
            !self.page.knowledge.posted_words.iter().any(|words| small.contains(words.as_str()))
        }
    }

    fn read(&self, text: &str, origin: DateOrigin) -> Option<Published> {
        read(text, self.writing).and_then(|moment| self.believed(moment, origin))
    }

    /// The first date that one of these `meta` gives.
    fn in_meta(&self, names: &[&str]) -> Option<Published> {
        let texts = names.iter().flat_map(|name| self.page.meta.all(name));
        texts.into_iter().find_map(|text| self.read(text, DateOrigin::Meta))
    }

    /// A day found in an address.
    fn by_address(&self, date: Option<Date>) -> Option<Published> {
        date.and_then(|date| self.believed((date, None), DateOrigin::Url))
    }

    /// When the page was published: what the template or the page states, else what readers see, else its address.
    pub(super) fn published(&self, by_template: &[Selector]) -> Option<Published> {
        let outline = self.page.outline;
        let by_record = || {
            by_template
                .iter()
                .flat_map(|selector| self.page.tree.select(selector).take(3))
                .filter_map(|element| outline.find(element.id()))
                .find_map(|at| self.shown(at))
        };
        let stated =
            |text: &Option<String>| text.as_deref().and_then(|text| self.read(text, DateOrigin::JsonLd));
        let in_address = self.by_address(in_path(self.address));
        let found = stated(&self.data.published)
            .or_else(|| self.in_meta(META_PUBLISHED))
            .or_else(by_record)
            .or_else(|| self.called_published())
            .or(in_address)
            .or_else(|| stated(&self.data.published_elsewhere))
            .or_else(|| self.at_headline())
            .or_else(|| self.labelled())
            .or_else(|| self.in_meta(META_DATE))
            .or_else(|| self.in_line())
            .or_else(|| self.in_scripts())
            .or_else(|| self.by_address(in_number(self.address)))
            .or_else(|| self.by_address(in_path(self.page.meta.get(&["og:image", "twitter:image"])?)))?;
        Some(self.own_day(found, in_address))
    }

    /// The publisher's own day. A time in UTC near midnight is on another day where its readers are: the day before
    /// or after counts, if the address or what readers see says so.
    fn own_day(&self, found: Published, in_address: Option<Published>) -> Published {
        let near_midnight = found.time.is_some_and(|time| !(EVENING > time.hour() && time.hour() >= MORNING));
        let stated = matches!(found.origin, DateOrigin::JsonLd | DateOrigin::Meta);
        if self.writing.at_home || !near_midnight || !stated {
            return found;
        }
        let metas = META_PUBLISHED.iter().flat_map(|name| self.page.meta.all(name));
        let in_utc = self
            .data
            .published
            .as_deref()
            .into_iter()
            .chain(metas)
            .find(|text| self.read(text, found.origin) == Some(found))
            .is_some_and(|text| ["Z", "+00:00", "+0000"].iter().any(|zone| text.trim_end().ends_with(zone)));
        if !in_utc {
            return found;
        }
        let is_next = |shown: &Published| {
            let days = found.date.until(shown.date).map_or(0, |span| span.get_days());
            days.abs() == 1
        };
        let shown = in_address.or_else(|| self.labelled()).filter(is_next);
        shown.map_or(found, |shown| Published { date: shown.date, time: None, origin: found.origin })
    }

    /// When the page says that it was changed.
    pub(super) fn modified(&self) -> Option<Published> {
        let by_data = self.data.modified.as_deref().and_then(|text| self.read(text, DateOrigin::JsonLd));
        by_data.or_else(|| self.in_meta(META_MODIFIED))
    }

    /// The date that an element shows.
    fn shown(&self, at: usize) -> Option<Published> {
        let part = &self.page.outline.parts[at];
        let attributes = [
            "datetime",
            "content",
            "data-datetime",
            "data-date-time",
            "data-time",
            "data-timestamp",
            "title",
        ];
        let stated = attributes
            .iter()
            .filter_map(|name| part.attr(name))
            .find_map(|text| self.read(text, DateOrigin::Visible));
        stated.or_else(|| {
            // A long text with a date in it is not a date.
            let letters = self.page.outline.text_letters(at, LABEL);
            let words = letters.map(|_| text::words(self.page.outline, at, &Cuts::none()))?;
            self.seen(&words).or_else(|| self.counted_back(&words))
        })
    }

    /// The date of an element that calls itself the date of publication.
    fn called_published(&self) -> Option<Published> {
        self.page.outline.fits(Kind::Published).iter().find_map(|(_, at)| self.shown(*at))
    }

    /// The date of an element that calls itself a date, the nearest to the headline first; what stands above it counts
    /// as twice as far, since there the day of the visit can stand. A date of change comes last.
    fn labelled(&self) -> Option<Published> {
        let outline = self.page.outline;
        let headline = self.page.headline().unwrap_or(0);
        let labels = outline.parts.iter().enumerate().filter(|(_, part)| {
            let is_label = part.words.has(Words::DATE) || matches!(part.name(), "time" | "abbr");
            is_label && part.role != Role::Silent
        });
        let rows = outline.fits(Kind::Date).iter().map(|(_, at)| *at);
        let mut candidates: Vec<(bool, usize, usize)> = rows
            .chain(labels.map(|(at, _)| at))
            .filter(|at| !self.is_aside(*at))
            .map(|at| {
                let far = if at < headline { 2 * (headline - at) } else { at - headline };
                (outline.parts[at].words.has(Words::CHANGED), far, at)
            })
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.into_iter().find_map(|(.., at)| self.shown(at))
    }

    /// A date in a short line near the headline, at the head of the first paragraph, or under the text.
    fn in_line(&self) -> Option<Published> {
        let outline = self.page.outline;
        let headline = self.page.headline().unwrap_or(0);
        let short = |at: &usize| outline.parts[*at].own.letters() <= LINE;
        let mut paragraphs = 0;
        for at in outline.blocks(headline..outline.parts.len()) {
            if self.is_aside(at) {
                continue;
            }
            // Behind the first paragraphs a date stands in a short line.
            if paragraphs > 3 && !(short(&at) && text::has_digits(outline, at)) {
                continue;
            }
            if is_of_other(outline, at) {
                continue;
            }
            let words = text::own_words(outline, at);
            if short(&at) {
                if let Some(date) = self.seen(&words) {
                    return Some(date);
                }
            } else {
                paragraphs += 1;
                let head = if paragraphs <= 3 { dateline(&words) } else { None };
                if let Some(date) = head.and_then(|head| self.read(head, DateOrigin::Visible)) {
                    return Some(date);
                }
            }
        }
        outline
            .blocks(0..headline)
            .filter(|at| short(at) && !self.is_aside(*at))
            .find_map(|at| self.seen(&text::own_words(outline, at)))
    }

    /// A date of publication in the data of a script: pages that are built in the browser carry it so.
    fn in_scripts(&self) -> Option<Published> {
        self.page.outline.scripts.iter().find_map(|script| {
            let text: String = script.text().collect();
            let field = SCRIPT_FIELDS.iter().find_map(|name| linked_data::field(&text, name));
            field.and_then(|text| self.read(&text, DateOrigin::JsonLd))
        })
    }

    /// The date in one of the short lines right below the headline, or right above it.
    fn at_headline(&self) -> Option<Published> {
        let outline = self.page.outline;
        let headline = self.page.headline()?;
        let below = outline.blocks(headline + 1..outline.parts.len()).take(BELOW);
        let above = outline.blocks(0..headline).rev().take(ABOVE);
        below
            .take_while(|at| outline.parts[*at].own.letters() <= LINE)
            .chain(above)
            .filter(|at| outline.parts[*at].own.letters() <= LABEL)
            .filter(|at| !self.is_aside(*at) && !is_of_other(outline, *at))
            .find_map(|at| {
                let words = text::own_words(outline, at);
                self.seen(&words).or_else(|| self.counted_back(&words))
            })
    }

    /// The day that a label counts back from when its server gave the page.
    fn counted_back(&self, label: &str) -> Option<Published> {
        let context = self.page.context;
        let at = Some(context.fetched_at).filter(|_| context.is_live && self.writing.at_home)?;
        let moment = ago::read(label, at, &self.page.knowledge.ago)?;
        self.believed(moment, DateOrigin::Visible)
    }

    /// Whether a part stands where dates are those of other things: among comments, in lists of other articles, in
    /// what frames the page.
    fn is_aside(&self, at: usize) -> bool {
        let outline = self.page.outline;
        let cuts = self.page.named_cuts();
        outline.around(at).any(|around| match cuts.at(around) {
            None | Some(Cut::WeakWord | Cut::Caption | Cut::Links | Cut::Record) => false,
            Some(Cut::Row(_) | Cut::Consent | Cut::Struck) => true,
            Some(Cut::Word) => !outline.parts[around].words.has(Words::DATE | Words::AUTHOR),
        })
    }
}

/// Whether a block is an item with the headline of another page and its day: words that lead there, and little beside them.
fn is_of_other(outline: &Outline<'_>, at: usize) -> bool {
    let part = &outline.parts[at];
    part.role == Role::Item && part.own.linked >= HEADLINE && part.own.linked > part.own.running
}

/// Letters of a link that is a headline.
const HEADLINE: u32 = 20;

/// Names of `meta` that give the date of publication.
const META_PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published:time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "article:publishdate",
    "pubdate",
    "sw-pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "published_time",
    "published",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "citation_date",
    "bepress_citation_date",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "shareaholic:article_published_time",
    "rbpubdate",
    "originalpublicationdate",
];

/// Fields of scripts that give the date of publication.
const SCRIPT_FIELDS: &[&str] = &[
    "datePublished",
    "publishedAt",
    "published_at",
    "publishDate",
    "publish_date",
    "publicationDate",
    "published_date",
    "pubDate",
    "createdAt",
    "created_at",
];

/// Names of `meta` that give some date, often that of the file.
const META_DATE: &[&str] = &[
    "release_date",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "gentime",
    "datecreated",
    "date",
    "dc.date.publication",
    "video:release_date",
];

const META_MODIFIED: &[&str] = &[
    "article:modified_time",
    "article:modified:time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
];

/// The head of a paragraph, if it is set off: `Sơn Khê (26/6/2021) - `.
fn dateline(words: &str) -> Option<&str> {
    let end = [" - ", " – ", " — ", "): ", ") ", "). ", " / ", ": "]
        .iter()
        .filter_map(|mark| words.find(mark))
        .min()?;
    (words[..end].chars().count() <= DATELINE).then(|| &words[..end])
}

/// The dates of a short text, as its page writes them.
fn read(text: &str, writing: Writing) -> Option<Moment> {
    let text = text.trim();
    if let Some(moment) = corpus::date::unix(text) {
        let (date, time) = if writing.at_home { corpus::date::of_home(moment) } else { of_utc(moment) };
        return Some((date, Some(time)));
    }
    // The shortest is `5/6/21`.
    if text.bytes().filter(u8::is_ascii_digit).take(4).count() < 4 {
        return None;
    }
    let known = if writing.at_home { corpus::date::printed } else { corpus::date::as_written };
    if let Some(found) = SLASHED.captures(text) {
        let number = |name: &str| found[name].parse::<i8>().ok();
        let (first, second) = (number("a")?, number("b")?);
        let american = second > 12 || (writing.month_first && first <= 12);
        if american && let Ok(date) = Date::new(found["y"].parse().ok()?, first, second) {
            return Some((date, None));
        }
    }
    known(text).or_else(|| in_words(text)).or_else(|| by_year(text)).or_else(|| short(text))
}

fn of_utc(moment: Timestamp) -> (Date, Time) {
    let there = Offset::UTC.to_datetime(moment);
    (there.date(), there.time())
}

static SLASHED: LazyLock<Regex> =
    LazyLock::new(|| expression(r"\b(?<a>\d{1,2})/(?<b>\d{1,2})/(?<y>(?:19|20)\d\d)\b"));

/// `12. März 2021`, `12 de marzo de 2021`, `März 12, 2021`: months by the names of other languages.
fn in_words(text: &str) -> Option<Moment> {
    static FORMS: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        let names = super::knowledge::get()
            .months
            .keys()
            .map(|name| regex::escape(name))
            .collect::<Vec<_>>()
            .join("|");
        [
            format!(r"(?i)\b(?<d>\d{{1,2}})(?:\.|er|º|ª|ος)?[\s/-]*(?:de\s+|d['’]|ngày\s+)?(?<m>{names})\b\.?,?[\s/-]*(?:de[l]?\s+)?(?<y>(?:19|20)\d\d)\b"),
            format!(r"(?i)\b(?<m>{names})\b\.?\s+(?<d>\d{{1,2}})(?:\.|,)?\s+(?<y>(?:19|20)\d\d)\b"),
        ]
        .map(|form| expression(&form))
    });
    FORMS.iter().find_map(|form| {
        let found = form.captures(text)?;
        let month = *super::knowledge::get().months.get(&found["m"].to_lowercase())?;
        Some((Date::new(found["y"].parse().ok()?, month, found["d"].parse().ok()?).ok()?, None))
    })
}

/// `2021年6月26日`, `2021년 6월 26일`, `2021.06.26`.
fn by_year(text: &str) -> Option<Moment> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        expression(
            r"(?<y>(?:19|20)\d\d)\s?[年년.]\s?(?<m>\d{1,2})\s?[月월.]\s?(?<d>\d{1,2})(?:\s?[日일.]|\b)",
        )
    });
    let found = FORM.captures(text)?;
    Some((
        Date::new(found["y"].parse().ok()?, found["m"].parse().ok()?, found["d"].parse().ok()?).ok()?,
        None,
    ))
}

/// `26.06.21`, `26/6/21`: the year in two digits.
fn short(text: &str) -> Option<Moment> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        expression(r"(?:^|[\s(|,])(?<d>\d{1,2})[./](?<m>\d{1,2})[./](?<y>\d\d)(?:$|[\s)|,;])")
    });
    let found = FORM.captures(text)?;
    let year: i16 = found["y"].parse().ok()?;
    let year = if year > 70 { 1900 + year } else { 2000 + year };
    Some((Date::new(year, found["m"].parse().ok()?, found["d"].parse().ok()?).ok()?, None))
}

fn expression(text: &str) -> Regex {
    Regex::new(text).expect("the expressions here are right, as the tests show")
}

/// The address of the page that an archive of the web keeps, without that of the archive.
fn archived(address: &str) -> &str {
    address.rfind("/http").filter(|at| *at > 0).map_or(address, |at| &address[at..])
}

/// A date in the path of an address, its parts apart: `/2021/06/26/`, `/2021-06-26/`.
pub(crate) fn in_path(path: &str) -> Option<Date> {
    let path = archived(path);
    numbers(path)
        .windows(3)
        .filter(|part| part[0].1.len() == 4 && part[1].1.len() <= 2 && part[2].1.len() <= 2)
        // One mark apart.
        .filter(|part| part[1].0 == part[0].0 + 5 && part[2].0 == part[1].0 + part[1].1.len() + 1)
        .find_map(|part| date(part[0].1, part[1].1, part[2].1))
}

/// A number in the path of an address that begins with a date, and goes on with a time or a serial number, if at all:
/// `-20260307080054340.htm`.
fn in_number(path: &str) -> Option<Date> {
    numbers(archived(path))
        .into_iter()
        .map(|(_, number)| number)
        .filter(|number| number.len() == 8 || number.len() >= 14)
        .find_map(|number| date(&number[..4], &number[4..6], &number[6..8]))
}

/// The numbers of a text, each with where it begins.
fn numbers(text: &str) -> Vec<(usize, &str)> {
    let mut numbers = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                numbers.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    numbers
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok()?;
    let date = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1995..2100).contains(&year).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_addresses() {
        let check = |path: &str, expected: Option<&str>| {
            let found = in_path(path).or_else(|| in_number(path));
            assert_eq!(found.map(|date| date.to_string()).as_deref(), expected, "{path}");
        };
        check("/2021/06/26/mot-bai", Some("2021-06-26"));
        check("/tin/2021-6-26/mot-bai.aspx", Some("2021-06-26"));
        check("/mot-bai-20260307080054340.htm", Some("2026-03-07"));
        check("/tin/20210626/mot-bai", Some("2021-06-26"));
        check("/web/20130307194448/http://a.example/2008/05/26/mot-bai", Some("2008-05-26"));
        check("/web/20130307194448/http://a.example/mot-bai", None);
        check("/mot-bai-10334455.html", None);
        check("/mot-bai-20211399.html", None);
        check("/nghi-quyet-39-2020.html", None);
        check("/thang-2021/bai-12/trang-5", None);
    }

    #[test]
    fn dates_as_sites_write_them() {
        let check = |text: &str, expected: &str| {
            let writing = Writing { at_home: false, month_first: false };
            let found = read(text, writing).map_or_else(String::new, |(date, _)| date.to_string());
            assert_eq!(found, expected, "{text}");
        };
        check("Đăng ngày 26/06/2021 14:05", "2021-06-26");
        check("2021-06-26T23:15:00Z", "2021-06-26");
        check("12. März 2021", "2021-03-12");
        check("Stand: 12 Okt. 2021", "2021-10-12");
        check("2 de abril de 2020", "2020-04-02");
        check("le 1er mai 2020 à 12h", "2020-05-01");
        check("15 августа 2016, 13:43", "2016-08-15");
        check("9 oktober 2020 11:12", "2020-10-09");
        check("Juli 12, 2017", "2017-07-12");
        check("2021年6月26日", "2021-06-26");
        check("2023.11.02. 오후", "2023-11-02");
        check("Do 25.04.24 | 14:07", "2024-04-25");
        check("06/26/2021", "2021-06-26");
        check("06/07/2021", "2021-07-06");
        check("1624677300", "2021-06-26");
        check("1624677300000", "2021-06-26");
        check("1234", "");
        check("Bản 1.2.345", "");
        check("3 Mai", "");
        check("mùa vụ 2021", "");
    }

    #[test]
    fn months_stand_first_where_readers_are_american() {
        let writing = Writing { at_home: false, month_first: true };
        assert_eq!(read("06/07/2021", writing).unwrap().0.to_string(), "2021-06-07");
        assert_eq!(read("26/07/2021", writing).unwrap().0.to_string(), "2021-07-26");
    }

    #[test]
    fn times_in_utc_are_turned_to_those_of_readers_in_vietnam() {
        let writing = Writing { at_home: true, month_first: false };
        assert_eq!(read("2021-06-26T23:15:00Z", writing).unwrap().0.to_string(), "2021-06-27");
    }
}
