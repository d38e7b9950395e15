//! What one mention of a directive tells of the instrument that it stands for.

use std::collections::HashMap;
use std::sync::LazyLock;

use corpus::{Article, Span};
use extract::{Directive, DirectiveKind, PartialDate, sentence};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use text::slug;

use crate::law;
use crate::office::spelt_alike;
use crate::place::{self, Place};
use crate::tally::by_frequency;
use crate::term::Term;
use crate::topic;
use crate::words::words;

/// Whose an instrument is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Issuer {
    /// A body of the central Party or State, by its sign: `ttg`, `btc`, `qh`.
    Centre(String),
    /// A body of a province or below it, by its sign, and the place where it is known.
    Local {
        /// `tu`, `ubnd`, …
        sign: String,
        /// Slug of the province, behind it that of the district where one is named.
        place: Option<String>,
    },
}

impl Issuer {
    /// Whether it is a body of the Party, at the Centre or below.
    pub(crate) fn is_of_party(&self) -> bool {
        match self {
            Self::Centre(sign) => sign.ends_with("tw"),
            Self::Local { sign, .. } => matches!(sign.as_str(), "tu" | "hu" | "qu"),
        }
    }
}

/// One mention, as far as it tells whom it stands for.
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a text says beside a number or a name is yes-or-no questions"
)]
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Type of document.
    pub kind: DirectiveKind,
    /// The number alone, without leading zeros (`16`, `30a`), or the name of a law (`luat-dat-dai`).
    pub number: String,
    /// The symbol without separators and marks: `ndcp`.
    pub symbol: Option<String>,
    /// Whose it is.
    pub issuer: Option<Issuer>,
    /// The year of the instrument, from its number or the day of issue.
    pub year: Option<i16>,
    /// The day that the text gives for it.
    pub issued: Option<PartialDate>,
    /// A law by its name.
    pub named: bool,
    /// The text calls it a draft.
    pub draft: bool,
    /// The text speaks of a version that was just passed.
    pub news: bool,
    /// "(sửa đổi)" stands behind the name of a law.
    pub amended: bool,
    /// The day beside its number is of another year than the number.
    pub at_odds: bool,
    /// The years of the term of the Party's Central Committee that the text names for it.
    pub term: Option<Term>,
    /// When the text was published.
    pub published: Option<Date>,
    /// The place that the text is about.
    pub near: Option<String>,
    /// What its sentence speaks of: fingerprints of pairs of syllables, in order, each once.
    pub topic: Vec<u32>,
    /// The same of the words right behind it.
    pub own: Vec<u32>,
    /// The same of the subject that the text states for it.
    pub subject: Vec<u32>,
    /// How the text writes it.
    pub quote: String,
}

/// Mentions with one group may stand for one instrument.
fn group(kind: DirectiveKind, number: &str) -> String {
    format!("{kind}-{number}")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signs {
    just: Vec<String>,
    centre: HashMap<String, Vec<String>>,
    names: HashMap<String, String>,
    local: HashMap<String, Vec<String>>,
    bearers: HashMap<String, Vec<String>>,
    bare: Bare,
}

/// How the names of bodies end that leave out whose they are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bare {
    province: Vec<String>,
    city: Vec<String>,
}

static SIGNS: LazyLock<Signs> =
    LazyLock::new(|| rules::read("rules/symbols.toml").expect("the table comes with the program"));

/// What the body is called that issued an instrument, from what its mentions call it: where its symbol tells the body, only what
/// fits that (`Bộ Y tế` drafted a decree, but it is the Government's), else the name that the table has for it.
pub fn issuer_name<'a>(issuer: Option<&Issuer>, told: impl Iterator<Item = &'a str>) -> Option<String> {
    let all = by_frequency(told);
    let first = all.first().map(|(body, _)| body.clone());
    let sign = match issuer {
        Some(Issuer::Centre(sign)) => sign,
        Some(Issuer::Local { sign, place }) => return local_name(sign, place.as_deref(), &all),
        None => return first,
    };
    let Some(name) = SIGNS.names.get(sign) else { return first };
    let words = SIGNS.centre.get(sign).map_or(&[] as &[String], Vec::as_slice);
    let fits = |body: &str| {
        let body = spelt_alike(body);
        words.iter().any(|word| {
            body.strip_prefix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    };
    // Letters alone are no name to show, nor is what a comma or a dash of the name cut it at.
    let whole = slug(name);
    let is_cut = |body: &str| whole.strip_prefix(&slug(body)).is_some_and(|rest| rest.starts_with('-'));
    let is_name = |body: &String| body.contains(char::is_lowercase) && fits(body) && !is_cut(body);
    Some(all.into_iter().map(|(body, _)| body).find(is_name).unwrap_or_else(|| name.clone()))
}

/// The same of a body of a province or below it: one that bears the sign, in the writing that names most of it, with the name of
/// its province or city where all writings leave it out.
fn local_name(sign: &str, place: Option<&str>, told: &[(String, u32)]) -> Option<String> {
    let bearers = SIGNS.bearers.get(sign);
    let bears = |body: &str| {
        let body = spelt_alike(body);
        bearers.is_none_or(|words| words.iter().any(|word| starts(&body, word) > 0))
    };
    let mut fitting = told.iter().map(|(body, _)| body).filter(|body| bears(body));
    let first = fitting.next()?;
    let begins = format!("{} ", spelt_alike(first));
    let name = fitting.find(|other| spelt_alike(other).starts_with(&begins)).unwrap_or(first);
    let said = name.to_lowercase();
    let ends = |these: &[String]| {
        let rest = |end: &String| said.strip_suffix(end.as_str());
        these.iter().filter_map(rest).any(|rest| rest.is_empty() || rest.ends_with(' '))
    };
    let known = place.and_then(place::province_name).filter(|_| {
        ends(&SIGNS.bare.province) && !place.is_some_and(place::is_city)
            || ends(&SIGNS.bare.city) && place.is_some_and(place::is_city)
    });
    // `UBND TP` of what is called `TP. Khe Bến`.
    let called = known.map(|known| known.trim_start_matches("TP. "));
    Some(called.map_or_else(|| name.clone(), |called| format!("{name} {called}")))
}

/// The words of a number without marks, joined by hyphens: `16-ct-ttg`.
pub fn number_slug(number: &str) -> String {
    // Folding would make the Centre's sign a province's.
    slug(&number.replace("T.Ư", "TW").replace("TƯ", "TW").replace("T.W", "TW"))
}

/// Parts of a number as texts write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) digits: String,
    pub(crate) year: Option<i16>,
    /// Parts of the symbol, without marks.
    pub(crate) parts: Vec<String>,
}

impl Number {
    pub(crate) fn read(number: &str) -> Self {
        let slug = number_slug(number);
        let mut parts = slug.split('-').filter(|part| !part.is_empty());
        let first = parts.next().unwrap_or_default();
        let mut rest: Vec<String> = parts.map(str::to_owned).collect();
        let digits_end = first.find(|c: char| !c.is_ascii_digit()).unwrap_or(first.len());
        let (mut digits, tail) = first.split_at(digits_end);
        let mut year = None;
        // Separators that were lost: `1552018NĐCP`.
        if digits.len() >= 5
            && let Some(lost) = digits.get(digits.len() - 4..).filter(|last| is_year(last))
            && (!tail.is_empty() || !rest.is_empty())
        {
            year = lost.parse().ok();
            digits = &digits[..digits.len() - 4];
        }
        let mut number = digits.trim_start_matches('0').to_owned();
        if number.is_empty() {
            digits.clone_into(&mut number);
        }
        match tail.len() {
            0 => {}
            // `30a`.
            1 => number.push_str(tail),
            _ => rest.insert(0, tail.to_owned()),
        }
        if let Some(at) = rest.iter().position(|part| is_year(part)) {
            let found = rest.remove(at).parse().ok();
            year = year.or(found);
        }
        Self { digits: number, year, parts: rest }
    }
}

/// Whether a word is the year of a document.
pub(crate) fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: i16| (1945..2100).contains(&year))
}

impl Citation {
    /// What a mention in an article tells; `near` is the place that the text is about.
    pub fn of(directive: &Directive, article: &Article, near: Option<&Place>) -> Self {
        let text = article.text.as_str();
        let quote = directive.span.of(text);
        let published = article.published.map(|published| published.date);
        let before = &text
            [text.floor_char_boundary(directive.span.start().saturating_sub(60))..directive.span.start()];
        let after = behind(text, directive.span);
        let mut issued = directive.issued.filter(|issued| {
            // A day behind the text's own is a deadline or a misprint, not its day of issue.
            published.is_none_or(|published| issued.first_day() <= published)
        });
        let topic = topic::of(article, directive.span);
        let mut citation = Self {
            kind: directive.kind,
            number: String::new(),
            symbol: None,
            issuer: None,
            year: None,
            issued: None,
            named: false,
            draft: false,
            news: false,
            amended: false,
            at_odds: false,
            term: None,
            published,
            near: near.and_then(Place::key),
            topic,
            own: topic::own(text, directive.span),
            subject: directive.subject.as_deref().map(topic::of_subject).unwrap_or_default(),
            quote: quote.to_owned(),
        };
        let Some(number) = directive.number.as_deref().filter(|_| !directive.named) else {
            let name = law::name(quote, after, near.and_then(|near| near.province.as_deref()));
            citation.named = true;
            citation.draft = law::is_draft(before, quote);
            let sentence = sentence(text, directive.span).of(text);
            citation.amended = law::is_amended(sentence, after);
            citation.news = law::is_news(sentence, after);
            citation.number = name.key;
            citation.year = name.year.or_else(|| issued.map(PartialDate::year));
            citation.issued = issued.filter(|issued| Some(issued.year()) == citation.year);
            citation.issuer = name.issuer;
            if law::is_of_local_congress(&citation.number, &text[directive.span.end()..]) {
                let place = near.and_then(|near| near.province.clone());
                citation.issuer = Some(Issuer::Local { sign: "dang-bo".to_owned(), place });
            }
            return citation;
        };
        let number = Number::read(number);
        if let (Some(year), Some(day)) = (number.year, issued)
            && year != day.year()
        {
            citation.at_odds = true;
            issued = None;
        }
        let stated = number.year.or_else(|| issued.map(PartialDate::year));
        citation.year = stated.or_else(|| just_now(before, published?));
        citation.issued = issued;
        citation.issuer = issuer(directive, &number, near);
        citation.symbol = (!number.parts.is_empty()).then(|| number.parts.concat());
        citation.number = number.digits;
        citation.term = match &citation.issuer {
            Some(issuer @ Issuer::Centre(_)) if issuer.is_of_party() => {
                Term::named(text, directive.span, directive.issuer.as_deref())
            }
            _ => None,
        };
        citation
    }

    /// The group that it is decided in.
    pub fn group(&self) -> String {
        group(self.kind, &self.number)
    }

    /// The group that a mention is decided in, without all else that it tells.
    pub fn group_of(directive: &Directive, text: &str) -> String {
        let number = match directive.number.as_deref().filter(|_| !directive.named) {
            Some(number) => Number::read(number).digits,
            // Whose it is does not change its name.
            None => law::name(directive.span.of(text), behind(text, directive.span), None).key,
        };
        group(directive.kind, &number)
    }

    /// Whether two mentions state subjects that have nothing in common. Of 1,249 pairs of subjects that the news state for one
    /// document by its number and its year 26 had not, most of them of a few words.
    pub(crate) fn is_of_other_subject(&self, other: &Self) -> bool {
        !self.subject.is_empty()
            && !other.subject.is_empty()
            && !self.subject.iter().any(|pair| other.subject.contains(pair))
    }

    /// How much what two mentions both speak of tells, in nats.
    pub(crate) fn told_with(&self, other: &Self) -> f32 {
        let shared = self.topic.iter().filter(|pair| other.topic.binary_search(pair).is_ok());
        shared.map(|pair| topic::tells(*pair)).sum()
    }

    /// Whether it is a law or an ordinance by its name.
    pub(crate) fn is_law(&self) -> bool {
        self.named && matches!(self.kind, DirectiveKind::Law | DirectiveKind::Ordinance)
    }
}

/// What stands right behind a mention.
fn behind(text: &str, span: Span) -> &str {
    &text[span.end()..text.ceil_char_boundary((span.end() + 24).min(text.len()))]
}

/// The year of a document that the words before it say was issued in these weeks; in January that may be the year before.
fn just_now(before: &str, published: Date) -> Option<i16> {
    let before = before.trim_end().to_lowercase();
    let is_just = SIGNS.just.iter().any(|words| before.ends_with(words.as_str()));
    (is_just && published.month() > 1).then(|| published.year())
}

/// Whose the document is: its symbol outweighs the body that stands nearby, which may be another document's.
fn issuer(directive: &Directive, number: &Number, near: Option<&Place>) -> Option<Issuer> {
    let signs = &*SIGNS;
    let named = directive.issuer.as_deref().map(|body| (words(body), spelt_alike(body)));
    let named_place = named.as_ref().and_then(|(words, _)| place::first_named(words));
    let local = |sign: &str| {
        let place = named_place.clone().or_else(|| near.and_then(Place::key));
        Issuer::Local { sign: sign.to_owned(), place }
    };
    // The body stands behind the type, so the last part is looked at first.
    for part in number.parts.iter().rev() {
        let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
        if letters == "qh" || letters == "ubtvqh" {
            return Some(Issuer::Centre(letters.to_owned()));
        }
        // `NQ/TW` of a provincial committee is its `NQ/TU`.
        let of_committee = |(_, body): &(_, String)| {
            let forms = || ["tu", "hu", "qu"].iter().filter_map(|sign| signs.local.get(*sign)).flatten();
            forms().any(|form| starts(body, form) > 0)
        };
        if part == "tw" && named_place.is_some() && named.as_ref().is_some_and(of_committee) {
            return Some(local("tu"));
        }
        if signs.centre.contains_key(part.as_str()) {
            return Some(Issuer::Centre(part.clone()));
        }
        if signs.local.contains_key(part.as_str()) {
            return Some(local(part));
        }
        // Committees of a province end in its sign (`BTGTU`), those of the Centre in its (`BTCTW`).
        if part.len() > 3 && part.ends_with("tw") {
            return Some(Issuer::Centre(part.clone()));
        }
        if part.len() > 2 && (part.ends_with("tu") || (part.starts_with('s') && number.parts.len() > 1)) {
            return Some(local(part));
        }
        if part.len() > 2
            && part.starts_with('b')
            && part.bytes().all(|b| b.is_ascii_alphabetic())
            && part != "bchqs"
        {
            return Some(Issuer::Centre(part.clone()));
        }
    }
    // A decree is the Government's, a circular a ministry's.
    if directive.kind == DirectiveKind::Decree {
        return Some(Issuer::Centre("cp".to_owned()));
    }
    let (_, body) = named?;
    // `Bộ Khoa học, Công nghệ`: cut behind the comma, the beginning of one name alone.
    let cut = || {
        let mut whole = signs.centre.iter().filter(|(_, forms)| {
            forms
                .iter()
                .any(|form| form.strip_prefix(body.as_str()).is_some_and(|rest| rest.starts_with(' ')))
        });
        let only = whole.next().filter(|_| body.matches(' ').count() >= 2);
        only.filter(|_| whole.next().is_none()).map(|(sign, _)| Issuer::Centre(sign.clone()))
    };
    let is = |forms: &Vec<String>| forms.iter().map(|form| starts(&body, form)).max().unwrap_or(0);
    // The most exact name: `Văn phòng Chính phủ` is not the Government.
    let best = |table: &HashMap<String, Vec<String>>| {
        table.iter().map(|(sign, forms)| (is(forms), sign.clone())).filter(|(length, _)| *length > 0).max()
    };
    // Directives are the Prime Minister's where texts loosely say the Government, and resolutions the Government's.
    let centre = |sign: String| {
        let whose = match (sign.as_str(), directive.kind) {
            ("cp", DirectiveKind::Directive) => "ttg".to_owned(),
            ("ttg", DirectiveKind::Resolution) => "cp".to_owned(),
            _ => sign,
        };
        Some(Issuer::Centre(whose))
    };
    match (best(&signs.centre), best(&signs.local)) {
        (Some((centre, _)), Some((here, sign))) if here > centre => Some(local(&sign)),
        (Some((_, sign)), _) if named_place.is_none() => centre(sign),
        (_, Some((_, sign))) => Some(local(&sign)),
        (Some((_, sign)), None) => centre(sign),
        (None, None) if named_place.is_some() => Some(local("?")),
        (None, None) => cut(),
    }
}

/// Syllables of `form` where `body` begins with it or holds it as words; 0 otherwise.
fn starts(body: &str, form: &str) -> usize {
    let padded = format!(" {body} ");
    if padded.contains(&format!(" {form} ")) { form.split(' ').count() } else { 0 }
}

#[cfg(test)]
mod tests {
    use extract::Rule;

    use super::*;

    #[test]
    fn the_symbol_tells_who_issued_it() {
        let check = |sign: &str, told: &[&str], expected: &str| {
            let centre = Issuer::Centre(sign.to_owned());
            assert_eq!(issuer_name(Some(&centre), told.iter().copied()).as_deref(), Some(expected), "{sign}");
        };
        check("cp", &["Bộ Y tế", "Bộ Y tế"], "Chính phủ");
        check("cp", &[], "Chính phủ");
        check("bvhttdl", &["Bộ Văn hóa"], "Bộ Văn hóa, Thể thao và Du lịch");
        check("ttg", &["Phó Thủ tướng", "Thủ tướng"], "Thủ tướng Chính phủ");
        check("btc", &["Bộ trưởng Bộ Tài chính"], "Bộ Tài chính");
        check("tw", &["Ban Bí thư"], "Ban Bí thư");
        check("nhnn", &["NHNN"], "Ngân hàng Nhà nước");
        assert_eq!(issuer_name(None, ["UBND tỉnh"].into_iter()).as_deref(), Some("UBND tỉnh"));
        let local = |place: &str, told: &[&str], expected: Option<&str>| {
            let issuer = Issuer::Local { sign: "ubnd".to_owned(), place: Some(place.to_owned()) };
            let found = issuer_name(Some(&issuer), told.iter().copied());
            assert_eq!(found.as_deref(), expected, "{told:?}");
        };
        local("nghe-an", &["UBND tỉnh", "UBND tỉnh"], Some("UBND tỉnh Nghệ An"));
        local("ha-noi", &["UBND TP"], Some("UBND TP Hà Nội"));
        // The city may be one of the province's.
        local("nghe-an", &["UBND TP"], Some("UBND TP"));
        local("nghe-an", &["UBND tỉnh", "UBND tỉnh", "UBND tỉnh Nghệ An"], Some("UBND tỉnh Nghệ An"));
        local("nghe-an", &["Sở Xây dựng", "Chủ tịch UBND tỉnh Nghệ An"], Some("Chủ tịch UBND tỉnh Nghệ An"));
        local("nghe-an", &["Sở Xây dựng"], None);
        local("ha-tinh", &["UBND tỉnh Hà Tĩnh"], Some("UBND tỉnh Hà Tĩnh"));
        assert_eq!(issuer_name(None, std::iter::empty()), None);
    }

    #[test]
    fn every_body_that_has_a_name_has_words() {
        let without: Vec<&String> =
            SIGNS.names.keys().filter(|sign| !SIGNS.centre.contains_key(*sign)).collect();
        assert!(without.is_empty(), "{without:?}");
    }

    #[test]
    fn a_body_is_known_by_its_name_or_by_the_beginning_of_one_alone() {
        let check = |body: &str, expected: Option<&str>| {
            let directive = Directive {
                span: Span::new(0, 1),
                kind: DirectiveKind::Circular,
                number: Some("5".to_owned()),
                issuer: Some(body.to_owned()),
                issued: None,
                subject: None,
                named: false,
                rule: Rule::NumberSign,
            };
            let found = issuer(&directive, &Number::read("5"), None);
            assert_eq!(found, expected.map(|sign| Issuer::Centre(sign.to_owned())), "{body}");
        };
        check("Bộ Khoa học và Công nghệ", Some("bkhcn"));
        check("Bộ Khoa học", Some("bkhcn"));
        check("Bộ KH&CN", Some("bkhcn"));
        check("Bộ", None);
        check("Ban Quản lý", None);
    }
}
