//! Where an office is whose words name a rung of the administration and no place: `Bí thư Huyện ủy`, `Chủ tịch UBND xã`.
//!
//! The province that the text is about is not that place: a district's chairman is no province's. The offices beside it in
//! the same mention tell it, then the words before it in its sentence, then a text that names one such place alone.
//! Where nothing does, the place stays unknown.

use std::sync::LazyLock;

use corpus::Span;
use extract::sentence;
use jiff::civil::Date;
use serde::Deserialize;

use crate::office::{Office, level, named};
use crate::place::{Level, Place, is_city_on, province_at};
use crate::words::{Word, words};

#[derive(Deserialize)]
struct Table {
    rung: Vec<Row>,
    families: Vec<String>,
}

/// Words for a rung.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    level: String,
    /// In a position, also in the name of its committee.
    said: Vec<String>,
    /// Before the name of such a place in a text.
    named: Vec<String>,
    /// A city may be a province's or one of the Centre.
    #[serde(default)]
    city: bool,
    /// Words that make another word of it, before and behind.
    #[serde(default)]
    not_behind: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
}

/// A rung with its words, as syllables.
struct Rung {
    level: Level,
    said: Vec<Vec<String>>,
    named: Vec<Vec<String>>,
    city: bool,
    not_behind: Vec<String>,
    not_before: Vec<String>,
}

struct Rungs {
    rungs: Vec<Rung>,
    families: Vec<String>,
}

static RUNGS: LazyLock<Rungs> = LazyLock::new(|| {
    let table: Table = rules::read("rules/rungs.toml").expect("the table comes with the program");
    let exact = |phrases: &[String]| {
        let mut all: Vec<Vec<String>> =
            phrases.iter().map(|phrase| words(phrase).into_iter().map(|word| word.exact).collect()).collect();
        all.sort_by_key(|phrase: &Vec<String>| std::cmp::Reverse(phrase.len()));
        all
    };
    let rung = |row: &Row| Rung {
        level: level(&row.level).unwrap_or(Level::Province),
        said: exact(&row.said),
        named: exact(&row.named),
        city: row.city,
        not_behind: row.not_behind.clone(),
        not_before: row.not_before.clone(),
    };
    Rungs { rungs: table.rung.iter().map(rung).collect(), families: table.families }
});

/// Bytes around a mention in which places of its rung are counted.
const BEFORE: usize = 4_000;
const BEHIND: usize = 1_000;

impl Rung {
    /// The rung of a level that a position speaks of.
    fn of(position: &str, level: Level) -> Option<&'static Self> {
        let all = words(position);
        let rungs = RUNGS.rungs.iter().filter(|rung| rung.level == level);
        rungs
            .min_by_key(|rung| {
                (0..all.len()).find(|at| rung.begins(&all, *at, &rung.said).is_some()).unwrap_or(usize::MAX)
            })
            .filter(|rung| (0..all.len()).any(|at| rung.begins(&all, at, &rung.said).is_some()))
    }

    /// How many words of one of these phrases stand at a place.
    fn begins(&self, all: &[Word], at: usize, phrases: &[Vec<String>]) -> Option<usize> {
        let here = &all[at..];
        let count = phrases
            .iter()
            .find(|phrase| phrase.len() <= here.len() && phrase.iter().zip(here).all(|(a, b)| *a == b.exact))?
            .len();
        let other = |word: Option<&Word>, not: &[String]| word.is_some_and(|word| not.contains(&word.exact));
        let behind = at.checked_sub(1).and_then(|before| all.get(before));
        let is_other = other(behind, &self.not_behind) || other(here.get(count), &self.not_before);
        (!is_other).then_some(count)
    }

    /// The places of this rung that a text of a day names, each once.
    fn places(&self, text: &str, day: Option<Date>) -> Vec<Place> {
        let all = words(text);
        let mut found: Vec<Place> = Vec::new();
        for at in 0..all.len() {
            let Some(count) = self.begins(&all, at, &self.named) else { continue };
            let name = &all[at + count..];
            let Some(first) = name.first().filter(|word| word.capital && !word.after_break) else { continue };
            let is_short = all[at + count - 1].exact.chars().count() <= 2;
            if first.after_stop && !is_short {
                continue;
            }
            let mut place = Place::default();
            if named(name, self.level, &mut place) == 0 {
                continue;
            }
            // `Chủ tịch UBND xã Trần Văn A`: a person's name is no place's.
            let is_person = name.len() >= 3
                && name[..3].iter().all(|word| word.capital && !word.after_stop)
                && !name[1].after_break
                && !name[2].after_break
                && RUNGS.families.contains(&first.exact);
            if is_person && place.province.is_none() {
                continue;
            }
            place.level =
                Some(if self.city && place.district.is_none() { Level::Province } else { self.level });
            if self.city
                && let Some(city) = place.city_on(day)
            {
                place = city;
            }
            if place.is_named() && !found.contains(&place) {
                found.push(place);
            }
        }
        found
    }
}

/// A mention in its text.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// The name.
    pub(crate) span: Span,
    /// The province that the text is about.
    pub(crate) near: Option<&'a Place>,
    /// When it was published.
    pub(crate) day: Option<Date>,
}

impl Around<'_> {
    /// The places of a rung that the sentence names before the mention.
    fn before(&self, rung: &Rung) -> Vec<Place> {
        let here = sentence(self.text, self.span);
        rung.places(&self.text[here.start()..self.span.start()], self.day)
    }

    /// Whether the sentence names provinces before the mention, and not the one that the text is about.
    fn names_elsewhere(&self) -> bool {
        let here = sentence(self.text, self.span);
        let all = words(&self.text[here.start()..self.span.start()]);
        let is_named = |at: usize| all[at].capital || all[at].folded.starts_with("tp");
        let named = (0..all.len()).filter(|at| is_named(*at)).filter_map(|at| province_at(&all[at..]));
        let named: Vec<&str> = named.map(|(province, _)| province).collect();
        let near = self.near.and_then(|near| near.province.as_deref());
        !named.is_empty() && named.iter().all(|province| Some(*province) != near)
    }

    /// The only place of a rung that is named around the mention.
    fn only(&self, rung: &Rung) -> Option<Place> {
        let from = self.text.floor_char_boundary(self.span.start().saturating_sub(BEFORE));
        let to = self.text.ceil_char_boundary((self.span.end() + BEHIND).min(self.text.len()));
        let mut all = rung.places(&self.text[from..to], self.day);
        if all.len() == 1 { all.pop() } else { None }
    }
}

/// How an office came to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    /// Its mention or its sentence says so.
    Told,
    /// By what the text is about.
    Guessed,
}

/// Gives an office of a mention, read from the words of a position, the place that its text gives it; `beside` are the
/// places of the mention's other offices, the nearest first.
pub(crate) fn settle(office: &mut Office, position: &str, beside: &[&Place], around: Around<'_>) -> Placed {
    if office.country.is_some() || !office.is_local() {
        return Placed::Told;
    }
    match office.place.level {
        None if office.is_provincial() => {
            office.place.level = Some(Level::Province);
            if beside.iter().all(|place| place.province.is_none()) && around.names_elsewhere() {
                return Placed::Told;
            }
            fill(office, beside, around.near)
        }
        // `Phó Bí thư Tỉnh ủy Nghệ An, Chủ tịch UBND`; alone it may be of any rung.
        None => match beside.iter().find(|place| place.level.is_some()) {
            Some(place) => {
                office.place = (**place).clone();
                fill(office, beside, around.near)
            }
            None => Placed::Told,
        },
        Some(_) if office.place.is_named() => fill(office, beside, around.near),
        Some(Level::Province) => province(office, position, beside, around),
        Some(at) => below_province(office, position, at, beside, around),
    }
}

/// The province of an office of which nothing is told is that of the offices beside it, else the text's.
fn fill(office: &mut Office, beside: &[&Place], near: Option<&Place>) -> Placed {
    if office.place.province.is_some() {
        return Placed::Told;
    }
    if let Some(province) = beside.iter().find_map(|place| place.province.clone()) {
        office.place.province = Some(province);
        return Placed::Told;
    }
    office.place.suppose(near.and_then(|near| near.province.as_deref()));
    Placed::Guessed
}

/// `Chủ tịch UBND tỉnh`: where the sentence names another province than the text is about, nobody knows which is meant.
fn province(office: &mut Office, position: &str, beside: &[&Place], around: Around<'_>) -> Placed {
    if beside.iter().all(|place| place.province.is_none())
        && let Some(rung) = Rung::of(position, Level::Province)
    {
        let named = around.before(rung);
        let near = around.near.and_then(|near| near.province.as_deref());
        let is_near = |place: &Place| near.is_none_or(|near| place.province.as_deref() == Some(near));
        match &named[..] {
            [] => {}
            [only] if is_near(only) => {
                office.place.province.clone_from(&only.province);
                return Placed::Told;
            }
            all if near.is_some() && all.iter().any(is_near) => {}
            _ => return Placed::Told,
        }
    }
    fill(office, beside, around.near)
}

/// `Bí thư Huyện ủy`, `Chủ tịch UBND xã`, `Chủ tịch UBND TP`.
fn below_province(
    office: &mut Office,
    position: &str,
    at: Level,
    beside: &[&Place],
    around: Around<'_>,
) -> Placed {
    let rung = Rung::of(position, at);
    let may_be_central = rung.is_some_and(|rung| rung.city);
    let is_central = |place: &Place| {
        place.level == Some(Level::Province)
            && place.province.as_deref().is_some_and(|province| is_city_on(province, around.day))
    };
    // `Bí thư Huyện ủy, Chủ tịch UBND huyện Hoài Đức`, `Phó Bí thư Thành ủy, Chủ tịch UBND TP.HCM`
    let fits =
        |place: &Place| place.is_named() && (place.level == Some(at) || may_be_central && is_central(place));
    if let Some(place) = beside.iter().find(|place| fits(place)) {
        office.place = (**place).clone();
        return fill(office, beside, around.near);
    }
    let Some(rung) = rung else { return fill(office, beside, around.near) };
    let mut named = around.before(rung);
    if named.len() == 1 {
        office.place = named.remove(0);
        return fill(office, beside, around.near);
    }
    // "thành phố" in the text of a city under the Centre is that city.
    if let Some(city) = around.near.filter(|near| may_be_central && named.is_empty() && is_central(near)) {
        office.place = city.clone();
        return Placed::Guessed;
    }
    if let Some(only) = around.only(rung).filter(|_| named.is_empty()) {
        office.place = only;
        fill(office, beside, around.near);
        return Placed::Guessed;
    }
    if may_be_central {
        // A province's city or one of the Centre.
        office.place = Place::default();
        return Placed::Told;
    }
    fill(office, beside, around.near)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Position;

    /// The key of the first position of the person in brackets, in a text about a province.
    fn check(near: &str, before: &str, positions: &[&str], behind: &str, expected: &str) {
        const NAME: &str = "Trần Văn Suối";
        let text = format!("{before}{NAME}{behind}");
        let span = Span::new(before.len(), before.len() + NAME.len());
        let near = Place::province(near);
        let offices: Vec<Office> = positions.iter().map(|words| Position::read(words, None).office).collect();
        let mut office = offices[0].clone();
        let beside: Vec<&Place> = offices[1..].iter().map(|office| &office.place).collect();
        settle(
            &mut office,
            positions[0],
            &beside,
            Around { text: &text, span, near: Some(&near), day: None },
        );
        assert_eq!(office.key(), expected, "{text}");
    }

    #[test]
    fn a_rung_below_the_province_is_never_the_province() {
        let district = &["Chủ tịch UBND huyện"];
        check("Kon Tum", "Theo ông ", district, ", đường đã thông.", "chu-tich.ubnd.huyen-kon-tum");
        check(
            "Kon Tum",
            "Tại xã Hạ Sơn, huyện Đăk Hà, ông ",
            district,
            " họp.",
            "chu-tich.ubnd.dak-ha-kon-tum",
        );
        check(
            "Kon Tum",
            "UBND huyện Đăk Hà họp.\nHôm sau ông ",
            district,
            " về.",
            "chu-tich.ubnd.dak-ha-kon-tum",
        );
        // Of two nobody knows which.
        check(
            "Kon Tum",
            "Hai huyện là huyện Đăk Hà và huyện Đăk Tô.\nHôm sau ông ",
            district,
            " về.",
            "chu-tich.ubnd.huyen-kon-tum",
        );
        check("Bạc Liêu", "Ông ", &["Chủ tịch xã"], " vui.", "chu-tich.ubnd.xa-bac-lieu");
        check("Nghệ An", "Ông ", &["Bí thư Đảng ủy xã"], " vui.", "bi-thu.cap-uy.xa-nghe-an");
        // A person's name behind the word is no commune's.
        check(
            "Nghệ An",
            "Chủ tịch UBND xã Nguyễn Văn Khe gặp ông ",
            &["Bí thư Đảng ủy xã"],
            " hôm qua.",
            "bi-thu.cap-uy.xa-nghe-an",
        );
    }

    #[test]
    fn a_city_without_a_name_may_be_any() {
        let city = &["Chủ tịch UBND TP"];
        check("Bình Dương", "Theo ông ", city, ", việc đã xong.", "chu-tich.ubnd");
        check("Hà Nội", "Theo ông ", city, ", việc đã xong.", "chu-tich.ubnd.ha-noi");
        check("Nam Định", "Tại TP.HCM, ông ", city, " trả lời.", "chu-tich.ubnd.ho-chi-minh");
        check("An Giang", "Thành phố Long Xuyên khen ông ", city, ".", "chu-tich.ubnd.long-xuyen-an-giang");
    }

    #[test]
    fn the_offices_of_one_mention_tell_each_others_place() {
        check(
            "Yên Bái",
            "Ông ",
            &["Bí thư Huyện ủy", "Chủ tịch HĐND huyện Duy Tiên, tỉnh Hà Nam"],
            ".",
            "bi-thu.cap-uy.duy-tien-ha-nam",
        );
        check(
            "Nam Định",
            "Ông ",
            &["Phó Bí thư Thành ủy", "Chủ tịch UBND TPHCM"],
            ".",
            "pho-bi-thu.cap-uy.ho-chi-minh",
        );
        check("Nam Định", "Ông ", &["Chủ tịch UBND", "Phó Bí thư Tỉnh ủy"], ".", "chu-tich.ubnd.nam-dinh");
        // No rung is said: it may be of any.
        check("Nam Định", "Ông ", &["Chủ tịch UBND"], ".", "chu-tich.ubnd");
        check("Nam Định", "Ông ", &["Giám đốc Sở Y tế"], ".", "giam-doc.so-y-te.nam-dinh");
        check("Nam Định", "Ông ", &["Trưởng phòng Đào tạo"], ".", "truong.phong-dao-tao");
        check("Hà Nội", "Ông ", &["Chánh án TANDTC"], ".", "chanh-an.toa-an-nhan-dan-toi-cao");
    }

    #[test]
    fn of_two_provinces_of_a_sentence_none_is_taken() {
        let chairman = &["Chủ tịch UBND tỉnh"];
        check("Nghệ An", "Ông ", chairman, " họp.", "chu-tich.ubnd.nghe-an");
        check("Nghệ An", "Đoàn tỉnh Nghệ An thăm ông ", chairman, ".", "chu-tich.ubnd.nghe-an");
        check("Nghệ An", "Đoàn đến tỉnh Cà Mau gặp ông ", chairman, ".", "chu-tich.ubnd.tinh");
    }
}
