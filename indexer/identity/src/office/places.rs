//! The places in the words of a position; what is left names the body.

use super::reading::plain;
use super::table::{OFFICES, level};
use jiff::civil::Date;

use crate::place::{Level, Place, city_at, district_at, is_city, province_at};
use crate::words::{Word, begins, joined};

/// Takes the places out of the words; what is left names the body.
pub(super) fn body_and_place(all: &[Word]) -> (Vec<Word>, Place) {
    let table = &OFFICES.table;
    let mut body: Vec<Word> = Vec::new();
    let mut place = Place::default();
    let lower =
        |place: &mut Place, level: Level| place.level = Some(place.level.map_or(level, |at| at.min(level)));
    let mut at = 0;
    while at < all.len() {
        let here = &all[at..];
        let head = &here[0];
        if let Some(count) = table.no_place.iter().find_map(|phrase| spelt(here, phrase)) {
            body.extend_from_slice(&here[..count]);
            at += count;
            continue;
        }
        if let Some(forms) = OFFICES.rungs.get(&head.folded)
            && let Some((count, to, rung)) =
                forms.iter().find_map(|(from, to, rung)| begins(here, from).map(|count| (count, to, *rung)))
        {
            body.extend(to.split(' ').filter(|word| !word.is_empty()).map(plain));
            lower(&mut place, rung);
            at += count;
            // `Tỉnh ủy Nghệ An`, `Thành ủy TP.HCM`, `Huyện ủy Anh Sơn`: whose it is stands behind.
            at += named(&all[at..], rung, &mut place);
            // `Thành ủy TP.HCM` is a province's.
            if rung == Level::District
                && place.district.is_none()
                && place.province.as_deref().is_some_and(is_city)
            {
                place.level = Some(Level::Province);
            }
            continue;
        }
        let within = at > 0 && head.exact == "thôn" && all[at - 1].exact == "nông";
        if !within && let Some((rung, count)) = before(here) {
            let taken = named(&here[count..], rung, &mut place);
            // `thành phố` of a city under the Centre is the province's rung.
            let rung = if rung == Level::District
                && taken > 0
                && place.district.is_none()
                && place.province.is_some()
            {
                Level::Province
            } else {
                rung
            };
            lower(&mut place, rung);
            at += count + taken;
            continue;
        }
        if let Some((province, count)) = province_at(here)
            && (head.capital || head.folded.starts_with("tp"))
            && !continues(&all[at + count..])
        {
            place.province.get_or_insert_with(|| province.to_owned());
            if place.level.is_none() {
                place.level = Some(Level::Province);
            }
            at += count;
            if all.get(at).is_some_and(|word| matches!(word.folded.as_str(), "province" | "city")) {
                at += 1;
            }
            continue;
        }
        if head.capital
            && let Some((district, province, count)) = district_at(here)
            && (at + count == all.len()
                || all[at + count].after_break
                || all.get(at + count).is_some_and(|word| table.behind.contains_key(&word.folded))
                || province_at(&all[at + count..]).is_some())
            && (body
                .iter()
                .any(|word| matches!(word.folded.as_str(), "ubnd" | "hdnd" | "uy" | "committee" | "council"))
                || body.is_empty()
                || head.after_break)
        {
            place.district.get_or_insert(district);
            if place.province.is_none() {
                place.province = province.map(str::to_owned);
            }
            lower(&mut place, Level::District);
            at += count;
            if all.get(at).is_some_and(|word| table.behind.contains_key(&word.folded)) {
                at += 1;
            }
            continue;
        }
        // `Anh Son district`.
        if let Some(rung) = table.behind.get(&head.folded).and_then(|word| level(word)) {
            let name: Vec<String> = {
                let from = body.iter().rposition(|word| !word.capital).map_or(0, |last| last + 1);
                body.drain(from..).map(|word| word.folded).collect()
            };
            lower(&mut place, rung);
            if !name.is_empty() {
                let name = name.join("-");
                match rung {
                    Level::Province => place.province = Some(name),
                    Level::District => place.district = Some(name),
                    _ => place.commune = Some(format!("xa-{name}")),
                }
            }
            at += 1;
            continue;
        }
        body.push(head.clone());
        at += 1;
    }
    (body, place)
}

/// How many words a phrase has, where the words begin with it as it is spelt.
fn spelt(words: &[Word], phrase: &str) -> Option<usize> {
    let count = phrase.split(' ').count();
    let is = words.len() >= count && phrase.split(' ').zip(words).all(|(word, here)| here.exact == word);
    is.then_some(count)
}

/// Before a province was a city under the Centre, `thành phố X` was the city of that name in it.
pub(super) fn of_its_time(place: &mut Place, all: &[Word], day: Option<Date>) {
    let Some(city) = place.city_on(day) else { return };
    let names_city = |at: usize| {
        let here = &all[at..];
        let mut bodies = OFFICES.rungs.get(&here[0].folded).into_iter().flatten();
        let body =
            || bodies.find_map(|(form, _, rung)| begins(here, form).filter(|_| *rung == Level::District));
        let city = before(here).filter(|(rung, _)| *rung == Level::District).map(|(_, count)| count);
        let name = city.or_else(body).and_then(|count| province_at(&here[count..]));
        name.is_some_and(|(known, _)| place.province.as_deref() == Some(known))
    };
    if (0..all.len()).any(names_city) {
        *place = city;
    }
}

/// Whether a name that looks like a province's goes on: `Thái Bình Dương`.
fn continues(rest: &[Word]) -> bool {
    rest.first().is_some_and(|word| word.folded == "duong" && word.capital && !word.after_break)
}

/// The word for a rung that the words begin with.
pub(super) fn before(words: &[Word]) -> Option<(Level, usize)> {
    // Typed without any accents: `chu tich ubnd tinh`.
    if let Some(forms) = OFFICES.plain.get(&words.first()?.exact) {
        let names = |next: Option<&Word>| next.is_none_or(|next| next.capital || next.after_break);
        let whole = |(form, rung): &(String, Level)| {
            let count = begins(words, form).filter(|count| {
                words[..*count].iter().all(|word| word.exact == word.folded) && names(words.get(*count))
            })?;
            Some((*rung, count))
        };
        if let Some(found) = forms.iter().find_map(whole) {
            return Some(found);
        }
    }
    for (rung, forms) in &OFFICES.table.before {
        let rung = level(rung)?;
        for form in forms {
            if let Some(count) = spelt(words, form) {
                // In small letters with more behind it is part of another word: `xã hội`.
                let next = words.get(count);
                let names = next.is_none_or(|next| next.capital || next.after_break || next.folded == "hcm");
                if !names {
                    continue;
                }
                return Some((rung, count));
            }
        }
    }
    None
}

/// Whether a word stands between a body and the name of its place: `Tỉnh ủy tỉnh X`. Spelt so it begins no name, as in `Cửa Sót`
/// or `Quan Khê`.
fn is_rung_or_link(word: &Word) -> bool {
    match word.exact.as_str() {
        "tp" | "tỉnh" | "huyện" | "quận" | "của" | "of" | "the" => true,
        "tinh" | "huyen" | "quan" | "cua" => !word.capital,
        _ => false,
    }
}

/// Reads the name of a place of a rung; how many words it has.
pub(crate) fn named(words: &[Word], rung: Level, place: &mut Place) -> usize {
    // A second word for the rung: `Thành ủy TP.HCM`, `Tỉnh ủy tỉnh X`.
    let mut from = 0;
    if let Some(word) = words.first()
        && is_rung_or_link(word)
        && words.len() > 1
    {
        if let Some((province, count)) = province_at(words) {
            place.province = Some(province.to_owned());
            if rung != Level::Province && !is_city(province) {
                place.province = None;
            } else {
                return count;
            }
        }
        from = 1;
        if words[1].folded == "pho" {
            from = 2;
        }
    }
    let here = &words[from.min(words.len())..];
    let Some(head) = here.first() else { return 0 };
    match rung {
        Level::Province => match province_at(here) {
            Some((province, count)) => {
                place.province = Some(province.to_owned());
                from + count
            }
            None => 0,
        },
        Level::District => {
            if let Some((city, count)) = city_at(here).filter(|_| head.capital) {
                place.province = Some(city.to_owned());
                return from + count;
            }
            if let Some((province, count)) =
                province_at(here).filter(|_| head.capital || head.folded == "hcm")
            {
                if is_city(province) {
                    place.province = Some(province.to_owned());
                } else {
                    // The city that bears its province's name.
                    place.district = Some(province.to_owned());
                    place.province = Some(province.to_owned());
                }
                return from + count;
            }
            if let Some((district, province, count)) = district_at(here).filter(|_| head.capital) {
                place.district = Some(district);
                if place.province.is_none() {
                    place.province = province.map(str::to_owned);
                }
                return from + count;
            }
            let count = run(here);
            if count > 0 {
                place.district = Some(joined(&here[..count]).replace(' ', "-"));
                return from + count;
            }
            0
        }
        Level::Commune | Level::Hamlet => {
            let count = run(here);
            if count > 0 && place.commune.is_none() {
                let kind = if rung == Level::Hamlet { "thon" } else { "xa" };
                place.commune = Some(format!("{kind}-{}", joined(&here[..count]).replace(' ', "-")));
                return from + count;
            }
            0
        }
    }
}

/// Words with capitals that belong together, four at most.
fn run(words: &[Word]) -> usize {
    let mut count = 0;
    for word in words.iter().take(4) {
        if !word.capital || (count > 0 && (word.after_break || before(&words[count..]).is_some())) {
            break;
        }
        if count >= 2 && province_at(&words[count..]).is_some() {
            break;
        }
        count += 1;
    }
    count
}
