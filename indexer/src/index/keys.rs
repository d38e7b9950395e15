//! Keys that bring mentions of the same thing together: what facets count, filters take and dossiers are asked by.

use extract::catalogue;
use text::slug;

use crate::{Directive, DirectiveKind, Figure, PartialDate};
pub use extract::official::position;

/// What identifies a directive, as far as a mention of it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DirectiveIdentity {
    pub(crate) kind: DirectiveKind,
    /// The number alone (`15`), or a name.
    pub(crate) number: String,
    /// The symbol: `ct-tu`.
    pub(crate) symbol: Option<String>,
    pub(crate) place: Jurisdiction,
    pub(crate) year: Option<i16>,
}

/// Whose directive it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Jurisdiction {
    /// Of the central Party or State.
    Central,
    /// Of a province, by symbol or issuer.
    Province(String),
    /// Of the province that the document is from, or of the Centre: the text gives neither symbol nor issuer.
    Near(String),
    Unknown,
}

impl DirectiveIdentity {
    /// What a mention in a document of `province` tells.
    pub(crate) fn of(directive: &Directive, quote: &str, province: Option<&str>) -> Self {
        if directive.named
            && directive.kind == DirectiveKind::Resolution
            && let Some((number, place)) = congress(quote, province)
        {
            return Self { kind: directive.kind, number, symbol: None, place, year: None };
        }
        // Folding would make the Centre's sign (`TƯ`, also `TW`) a province's (`TU`).
        let number = directive.number.as_deref().filter(|_| !directive.named);
        let number = number.map(|number| number.replace("TƯ", "TW"));
        let number = number.as_deref();
        let mut parts = slug(number.unwrap_or(quote));
        let mut symbol = None;
        let mut year = directive.issued.map(PartialDate::year);
        if number.is_some() {
            let mut words = parts.split('-');
            let first = words.next().unwrap_or_default().to_owned();
            let mut rest: Vec<&str> = words.collect();
            if let Some(at) = rest.iter().position(|word| is_year(word)) {
                year = rest.remove(at).parse().ok();
            }
            symbol = (!rest.is_empty()).then(|| rest.join("-"));
            parts = first;
        } else {
            // `Luật Đất đai năm 2013` is `Luật Đất đai 2013`.
            if let Some((name, last)) = parts.rsplit_once('-').filter(|(_, last)| is_year(last)) {
                year = last.parse().ok();
                parts = name.strip_suffix("-nam").unwrap_or(name).to_owned();
            } else {
                year = None;
            }
        }
        let place = match number {
            // Only the Centre issues these.
            Some(_)
                if matches!(
                    directive.kind,
                    DirectiveKind::Decree
                        | DirectiveKind::Circular
                        | DirectiveKind::Law
                        | DirectiveKind::Ordinance
                ) =>
            {
                Jurisdiction::Central
            }
            Some(number) => jurisdiction(number, directive.issuer.as_deref(), province),
            None => Jurisdiction::Unknown,
        };
        Self { kind: directive.kind, number: parts, symbol, place, year }
    }

    /// The key: the parts that are known.
    pub(crate) fn key(&self) -> String {
        let place = match &self.place {
            Jurisdiction::Central => Some("central".to_owned()),
            Jurisdiction::Province(province) | Jurisdiction::Near(province) => Some(slug(province)),
            Jurisdiction::Unknown => None,
        };
        let mut key = format!("{}-{}", self.kind, self.number);
        for part in [self.symbol.clone(), place, self.year.map(|year| year.to_string())].into_iter().flatten()
        {
            key.push('-');
            key.push_str(&part);
        }
        key
    }
}

/// The number of a congress of the Party, alike in both languages, and whose it is; `None` below the provinces.
fn congress(quote: &str, province: Option<&str>) -> Option<(String, Jurisdiction)> {
    let slug = slug(quote);
    let words: Vec<&str> = slug.split('-').collect();
    let ordinal = words.iter().rev().find_map(|word| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let upper = word.to_uppercase();
        match digits.parse::<u16>() {
            Ok(number) if number < 100 => Some(number),
            // The numeral stands in capitals in the text; `vi` is also a syllable.
            _ => quote.split_whitespace().any(|part| part == upper).then(|| roman(&upper)).flatten(),
        }
    })?;
    let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
    let place = if has(&["national", "quoc"]) || slug.ends_with("cua-dang") {
        Jurisdiction::Central
    } else if has(&[
        "huyen",
        "xa",
        "phuong",
        "quan",
        "district",
        "commune",
        "city",
        "municipal",
        "pho",
        "thi",
    ]) {
        return None;
    } else if has(&["provincial", "tinh"]) {
        let name = crate::extract::province::named_in(quote).or(province)?;
        Jurisdiction::Province(name.to_owned())
    } else if has(&["bo"]) {
        return None;
    } else {
        Jurisdiction::Central
    };
    Some((format!("congress-{ordinal}"), place))
}

/// The value of a Roman numeral below forty.
fn roman(numeral: &str) -> Option<u16> {
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = numeral.bytes().take_while(|b| *b == b'X').count();
    let unit = units.iter().position(|unit| *unit == &numeral[tens..])?;
    u16::try_from(tens * 10 + unit).ok().filter(|value| (1..40).contains(value))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: i16| (1945..2100).contains(&year))
}

/// Parts of symbols and words of issuers that tell whose a directive is, as slugs. Ministries' symbols begin with `b`.
const CENTRAL_SYMBOLS: &[&str] = &["ttg", "tw", "cp", "ctn", "vpcp", "ttcp", "nhnn", "tandtc", "vksndtc"];
const LOCAL_SYMBOLS: &[&str] = &["tu", "ubnd", "hdnd", "hu", "qu", "bcd", "bql", "btv", "bch", "bcs"];
const CENTRAL_BODIES: &[&str] = &[
    "chinh-phu",
    "thu-tuong",
    "quoc-hoi",
    "trung-uong",
    "bo",
    "ban-bi-thu",
    "chu-tich-nuoc",
    "prime-minister",
    "national",
    "politburo",
    "secretariat",
    "central",
    "ministry",
    "minister",
    "president",
    "government",
];
const LOCAL_BODIES: &[&str] = &[
    "ubnd",
    "hdnd",
    "tinh",
    "tinh-uy",
    "thanh-uy",
    "thanh-pho",
    "huyen",
    "huyen-uy",
    "quan",
    "quan-uy",
    "thi-xa",
    "thi-uy",
    "uy-ban-nhan-dan",
    "hoi-dong-nhan-dan",
    "provincial",
    "province",
    "people-s-committee",
    "people-s-council",
    "city",
    "district",
    "municipal",
    "commune",
];

fn jurisdiction(number: &str, issuer: Option<&str>, province: Option<&str>) -> Jurisdiction {
    let has = |text: &str, words: &[&str]| {
        let text = format!("-{text}-");
        words.iter().any(|word| text.contains(&format!("-{word}-")))
    };
    let named = issuer.and_then(crate::extract::province::named_in);
    let local = || match named.or(province) {
        Some(name) => Jurisdiction::Province(name.to_owned()),
        None => Jurisdiction::Unknown,
    };
    // A symbol outweighs an issuer, since that is read from the words nearby.
    let symbol = slug(number);
    // Committees of a province end in its sign (`BTGTU`), its departments begin with `s` (`SXD`).
    let below = |part: &str| part.len() > 2 && (part.ends_with("tu") || part.starts_with('s'));
    if has(&symbol, LOCAL_SYMBOLS) || symbol.split('-').skip(1).any(below) {
        return local();
    }
    if has(&symbol, CENTRAL_SYMBOLS) || symbol.split('-').skip(1).any(is_central) {
        return Jurisdiction::Central;
    }
    let body = issuer.map(slug).unwrap_or_default();
    if has(&body, LOCAL_BODIES) || named.is_some() {
        return local();
    }
    if has(&body, CENTRAL_BODIES) {
        return Jurisdiction::Central;
    }
    province.map_or(Jurisdiction::Unknown, |name| Jurisdiction::Near(name.to_owned()))
}

/// Whether a part of a symbol is a ministry's (`btc`) or a National Assembly's (`qh14`).
fn is_central(part: &str) -> bool {
    let digits = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit());
    (part.len() > 2 && part.starts_with('b') && part.bytes().all(|b| b.is_ascii_alphabetic()))
        || part.strip_prefix("qh").is_some_and(digits)
        || part.strip_prefix("ubtvqh").is_some_and(digits)
}

/// Key of a directive that is cited in a document of `province`: kind, number, whose it is and year, as far as known.
pub fn directive(directive: &Directive, quote: &str, province: Option<&str>) -> String {
    DirectiveIdentity::of(directive, quote, province).key()
}

/// Key of the official of that name and those positions in a document of `province`. Who holds an office of the Centre
/// is the same person in the papers of every province.
pub fn official(name: &str, positions: &[String], province: Option<&str>) -> String {
    match province.filter(|_| !positions.iter().any(|position| is_of_centre(position))) {
        Some(province) => format!("{}-{}", slug(name), slug(province)),
        None => slug(name),
    }
}

/// Whether an office is one of the Centre, held now or earlier.
fn is_of_centre(position: &str) -> bool {
    let slug = slug(position);
    let table = &*crate::extract::official::POSITIONS;
    let former = |word: &String| slug.strip_prefix(&format!("{}-", text::slug(word)));
    let held = table.former.iter().find_map(former).unwrap_or(&slug);
    table.central.iter().any(|office| {
        let rest = held.strip_prefix(&office.replace(' ', "-"));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

/// Key of what a figure measures: a known indicator where its words fit one, else the words.
pub fn indicator(figure: &Figure) -> Option<String> {
    let words = figure.indicator.as_deref()?;
    let known = catalogue::by_words(words, figure.unit.as_deref()).map(|row| row.id.clone());
    known.or_else(|| Some(slug(words)).filter(|key| !key.is_empty()))
}

#[cfg(test)]
mod tests {
    use extract::Reading as _;

    use super::*;

    #[test]
    fn one_name_in_both_languages_is_one_key() {
        assert_eq!(official("Lê Văn Sơn", &[], Some("Sơn Khê")), "le-van-son-son-khe");
        assert_eq!(official("Le Van Son", &[], Some("Sơn Khê")), "le-van-son-son-khe");
        let held = |words: &str| [words.to_owned()];
        assert_eq!(
            official("Lê Văn Sơn", &held("nguyên Thủ tướng Chính phủ"), Some("Sơn Khê")),
            "le-van-son"
        );
        assert_eq!(official("Le Van Son", &held("Prime Minister"), Some("Lục Hà")), "le-van-son");
        let local = held("Chủ tịch UBND tỉnh");
        assert_eq!(official("Lê Văn Sơn", &local, Some("Lục Hà")), "le-van-son-luc-ha");
        let chairman = "chairman-provincial-peoples-committee";
        assert_eq!(position("Chủ tịch UBND tỉnh"), chairman);
        assert_eq!(position("Chủ tịch Ủy ban nhân dân tỉnh"), chairman);
        assert_eq!(position("Chairman of the Provincial People's Committee"), chairman);
        assert_eq!(position("Former Chairman of the Provincial People’s Committee"), chairman);
        assert_eq!(
            position("Head of the Mass Mobilization Commission of the Provincial Party Committee"),
            position("Trưởng ban Dân vận Tỉnh ủy")
        );
        assert_eq!(position("Deputy Director of the Department of Health"), position("Phó Giám đốc Sở Y tế"));
        assert_eq!(position("Trưởng bản Suối"), "truong-ban-suoi");
    }

    #[test]
    fn congresses_are_told_apart_by_number_and_level() {
        let check = |quote: &str, expected: &str| {
            let mention = Directive {
                span: corpus::Span::new(0, quote.len()),
                kind: DirectiveKind::Resolution,
                number: None,
                issuer: None,
                issued: None,
                subject: None,
                named: true,
                rule: crate::Rule::CongressResolution,
            };
            assert_eq!(directive(&mention, quote, Some("Sơn Khê")), expected, "{quote}");
        };
        check("Resolution of the 13th National Party Congress", "resolution-congress-13-central");
        check("13th National Party Congress Resolution", "resolution-congress-13-central");
        check("Nghị quyết Đại hội XIII của Đảng", "resolution-congress-13-central");
        check("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII", "resolution-congress-13-central");
        check("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIX", "resolution-congress-19-son-khe");
        check("Resolution of the 19th Provincial Party Congress", "resolution-congress-19-son-khe");
        check(
            "Nghị quyết Đại hội Đảng bộ huyện Hạ Sơn lần thứ V",
            "resolution-nghi-quyet-dai-hoi-dang-bo-huyen-ha-son-lan-thu-v",
        );
    }

    proptest::proptest! {
        #[test]
        fn any_directive_has_a_key(
            words in proptest::collection::vec(
                proptest::sample::select(vec![
                    "Nghị quyết", "Directive", "số", "No.", "16", "/CT-TTg", " – ", "–NQ/TW", "209 KH/TU", "của", "of the",
                    "UBND tỉnh", "Prime Minister", "ngày 5/9/2016", "về", "“", "Luật Đất đai", "năm 2013", "Đại hội XIII",
                    "Ð", "\u{301}", "2020", "(", "đ",
                ]),
                0..30,
            ),
            blank in proptest::sample::select(vec!["", " "]),
        ) {
            let text = words.join(blank);
            let article = corpus::Article { text, ..corpus::Article::default() };
            for found in crate::Extractor.mentions(&article).directives {
                let key = directive(&found, found.span.of(&article.text), Some("Sơn Khê"));
                proptest::prop_assert!(key.starts_with(found.kind.as_str()), "{}", key);
            }
        }
    }
}
