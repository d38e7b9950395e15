//! Offices: a role in a body at a place, composed from the words of a position in either language.
//!
//! `Chủ tịch UBND TP Đà Nẵng`, `Chủ tịch thành phố Đà Nẵng` and `Chairman of the Da Nang People's Committee` are one office.
//! Whether it is held, was held or is held for the time being belongs to a holding, not to the office.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::place::{Level, Place, city_at, district_at, is_city, province_at};
use crate::words::{Word, begins, joined, words};

/// What the words of a position say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The office.
    pub office: Office,
    /// It is told of as one that is no longer held.
    pub former: bool,
    /// It is held for the time being.
    pub acting: bool,
}

/// A role in a body at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Office {
    /// Key of the role in the table, `None` where the words begin with none of them.
    pub role: Option<String>,
    /// The body in its one spelling without accents; empty where the words name none.
    pub body: String,
    /// Where.
    pub place: Place,
    /// The state whose office it is, where it is not Vietnam; without accents.
    pub country: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    former: Vec<String>,
    acting: Vec<String>,
    links: Vec<String>,
    role: Vec<Role>,
    same: HashMap<String, String>,
    parents: HashMap<String, String>,
    /// Words for a body at a rung: body, rung.
    rungs: HashMap<String, (String, String)>,
    /// How the names of bodies begin that every province has.
    local: Vec<String>,
    /// Of these, those that no district or commune has.
    provincial: Vec<String>,
    /// Roles in a body that only a province's has: role, body.
    provincial_roles: Vec<(String, String)>,
    /// How the names of bodies end that there are once in the country.
    one_of_a_kind: Vec<String>,
    /// How the names of bodies begin whose ministry may be left out.
    under_ministries: Vec<String>,
    /// Words before the name of a place, by rung; with their accents where these tell them from others.
    before: HashMap<String, Vec<String>>,
    /// The same without accents, as far as they are no other words then.
    before_plain: HashMap<String, Vec<String>>,
    /// English words behind the name of a place.
    behind: HashMap<String, String>,
    /// The name of a state by its others.
    states: HashMap<String, String>,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a column of the table")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Role {
    key: String,
    vi: String,
    en: String,
    forms: Vec<String>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    alone: Option<String>,
    #[serde(default)]
    single: bool,
    #[serde(default)]
    membership: bool,
    #[serde(default)]
    abroad: bool,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    high: bool,
}

#[derive(Deserialize)]
struct Abroad {
    states: Vec<String>,
    states_en: Vec<String>,
}

struct Offices {
    table: Table,
    /// Forms of roles by their first syllable, the longest first, with the place of the role.
    roles: HashMap<String, Vec<(String, usize)>>,
    /// The same by their last syllable.
    roles_behind: HashMap<String, Vec<(String, usize)>>,
    by_key: HashMap<String, usize>,
    /// Bodies and what they belong to, in their one spelling.
    parents: Vec<(String, String)>,
    /// Phrases that are replaced, by their first syllable, the longest first.
    same: HashMap<String, Vec<(String, String)>>,
    /// Words for bodies at a rung, the same way.
    rungs: HashMap<String, Vec<(String, String, Level)>>,
    /// Words for rungs without accents, by their first syllable.
    plain: HashMap<String, Vec<(String, Level)>>,
    /// Names of states: lower-case words with accents, and the name without.
    states: Vec<(Vec<String>, String)>,
}

pub(crate) fn level(word: &str) -> Option<Level> {
    Some(match word {
        "province" => Level::Province,
        "district" => Level::District,
        "commune" => Level::Commune,
        "hamlet" => Level::Hamlet,
        _ => return None,
    })
}

fn first(phrase: &str) -> String {
    phrase.split(' ').next().unwrap_or_default().to_owned()
}

static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
    let table: Table = rules::read("rules/offices.toml").expect("the table comes with the program");
    let abroad: Abroad = rules::read("rules/abroad.toml").expect("the table comes with the program");
    let mut roles: Vec<(String, usize)> = Vec::new();
    for (at, role) in table.role.iter().enumerate() {
        roles.extend(role.forms.iter().map(|form| (form.clone(), at)));
    }
    roles.sort_by_key(|(form, _)| std::cmp::Reverse(form.split(' ').count()));
    let mut roles_behind: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    let mut by_first: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    for (form, at) in roles {
        let last = form.rsplit(' ').next().unwrap_or(&form).to_owned();
        roles_behind.entry(last).or_default().push((form.clone(), at));
        by_first.entry(first(&form)).or_default().push((form, at));
    }
    let mut same: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for (from, to) in &table.same {
        same.entry(first(from)).or_default().push((from.clone(), to.clone()));
        // What is already spelt so stays: "bộ nông nghiệp" must not eat the head of the whole name.
        let whole = same.entry(first(to)).or_default();
        if !whole.iter().any(|(known, _)| known == to) {
            whole.push((to.clone(), to.clone()));
        }
    }
    let mut rungs: HashMap<String, Vec<(String, String, Level)>> = HashMap::new();
    for (from, (body, rung)) in &table.rungs {
        let rung = level(rung).unwrap_or(Level::Province);
        rungs.entry(first(from)).or_default().push((from.clone(), body.clone(), rung));
    }
    let syllables = |phrase: &str| phrase.split(' ').count();
    for forms in same.values_mut() {
        forms.sort_by_key(|(from, _)| (std::cmp::Reverse(syllables(from)), from.clone()));
    }
    for forms in rungs.values_mut() {
        forms.sort_by_key(|(from, ..)| (std::cmp::Reverse(syllables(from)), from.clone()));
    }
    let mut states: Vec<(Vec<String>, String)> = Vec::new();
    for name in abroad.states.iter().chain(&abroad.states_en) {
        let spelt = words(name);
        let one = table.states.get(name).unwrap_or(name);
        states.push((spelt.iter().map(|word| word.exact.clone()).collect(), joined(&words(one))));
    }
    states.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    let by_key = table.role.iter().enumerate().rev().map(|(at, role)| (role.key.clone(), at)).collect();
    let mut parents: Vec<(String, String)> =
        table.parents.iter().map(|(child, parent)| (child.replace(" va ", " "), parent.clone())).collect();
    parents.sort_unstable();
    parents.dedup();
    let mut plain: HashMap<String, Vec<(String, Level)>> = HashMap::new();
    for (rung, forms) in &table.before_plain {
        let rung = level(rung).unwrap_or(Level::Province);
        for form in forms {
            plain.entry(first(form)).or_default().push((form.clone(), rung));
        }
    }
    Offices { table, roles: by_first, roles_behind, by_key, parents, same, rungs, plain, states }
});

impl Position {
    /// Reads the words of a position. `near` is the place that the text is about: an office that every province has and
    /// that names none belongs to it.
    pub fn read(position: &str, near: Option<&Place>) -> Self {
        let all = words(&without_letters(position));
        let mut rest = &all[..];
        let (mut former, mut acting) = (false, false);
        while let Some(word) = rest.first().filter(|_| rest.len() > 1) {
            if OFFICES.table.former.contains(&word.folded) {
                former = true;
            } else if OFFICES.table.acting.contains(&word.folded) {
                acting = true;
            } else {
                break;
            }
            rest = &rest[1..];
        }
        let office = read(rest, near);
        Self { office, former, acting }
    }
}

/// The words of a position without the letters that a body is also known by, in a bracket behind its name: `Nghị viện châu Âu
/// (EP)`. A place in letters stays: `Sở Y tế (TP.HCM)`.
fn without_letters(position: &str) -> String {
    let mut kept = String::with_capacity(position.len());
    let mut rest = position;
    while let Some((before, (inside, behind))) =
        rest.split_once(" (").and_then(|(before, behind)| Some((before, behind.split_once(')')?)))
    {
        kept.push_str(before);
        let is_letters = (2..=8).contains(&inside.chars().count())
            && inside.chars().all(|c| c.is_uppercase() || matches!(c, '&' | '-'))
            && province_at(&words(inside)).is_none();
        if !is_letters {
            kept.push_str(" (");
            kept.push_str(inside);
            kept.push(')');
        }
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

fn read(all: &[Word], near: Option<&Place>) -> Office {
    let offices = &*OFFICES;
    let mut office = Office::default();
    let mut rest: Vec<Word> = all.to_vec();
    let beginning = |words: &[Word]| {
        let forms = offices.roles.get(&words.first()?.folded)?;
        forms.iter().find_map(|(form, at)| begins(words, form).map(|count| (*at, count)))
    };
    // English writes the office behind the body: `Provincial People's Committee Chairman`.
    let end = |words: &[Word]| {
        let forms = offices.roles_behind.get(&words.last()?.folded)?;
        forms.iter().find_map(|(form, at)| {
            let start = words.len().checked_sub(form.split(' ').count())?;
            begins(&words[start..], form).map(|count| (*at, start, count))
        })
    };
    let role = beginning(&rest).map(|(at, count)| (at, 0, count)).or_else(|| end(&rest));
    let mut role = role.map(|(at, start, count)| {
        rest.drain(start..start + count);
        at
    });
    // `Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ`: the office that has a body is the second.
    if role.is_some()
        && rest.first().is_some_and(|word| word.after_break)
        && let Some((at, count)) = beginning(&rest)
        && rest.len() > count
    {
        rest.drain(..count);
        role = Some(at);
    }
    let role = role.map(|at| &offices.table.role[at]);
    office.role = role.map(|role| role.key.clone());
    // Before the places: `Nhật Bản` is no hamlet (`bản`). One word alone may end a place: `huyện Hoài Đức`.
    office.country = country(&mut rest, 2);
    let (mut body, place) = body_and_place(&rest);
    office.place = place;
    if office.country.is_none() {
        office.country = country(&mut body, 1);
    }
    // Compared with their accents: "tài" is no "tại".
    body.retain(|word| !offices.table.links.contains(&word.exact));
    let mut body = replaced(&body, &offices.same);
    // `Phòng Thương mại và Công nghiệp Việt Nam` is one, where others that begin so are everywhere.
    let begins_local = offices.table.local.iter().any(|begin| starts(&body.join(" "), begin));
    let is_national = begins_local && office.place.level.is_none();
    while !is_national
        && (body.last().is_some_and(|word| word == "vn")
            || (body.len() > 1 && body.ends_with(&["viet".to_owned(), "nam".to_owned()])))
    {
        body.truncate(body.len() - if body.last().is_some_and(|word| word == "vn") { 1 } else { 2 });
    }
    // `Trung ương Đảng` is the Centre, as `Trung ương` is.
    if let [.., a, b, c] = &body[..]
        && (a == "trung" && b == "uong" && c == "dang")
        && body.len() > 3
    {
        body.pop();
    }
    // A ministry abroad is one with and without the word.
    if office.country.is_some() && body.len() > 1 && body[0] == "bo" {
        body.remove(0);
    }
    // `Cục An toàn thực phẩm (Bộ Y tế)` is the same with and without its ministry.
    if let Some(at) = body.iter().position(|word| word == "bo").filter(|at| *at >= 2)
        && offices.table.under_ministries.iter().any(|begin| starts(&body.join(" "), begin))
    {
        body.truncate(at);
    }
    let mut body = body.join(" ");
    if let Some(role) = role {
        if body.is_empty() || body == "viet nam" {
            body = role.alone.clone().unwrap_or_default();
            if office.country.is_some() {
                body = body.strip_prefix("bo ").map(str::to_owned).unwrap_or(body);
            }
        } else if let Some(begin) = &role.body
            && !starts(&body, begin)
            && office.country.is_none()
        {
            body = format!("{begin} {body}");
            // `Bộ trưởng Nông nghiệp` too.
            let again: Vec<Word> = body.split(' ').map(plain).collect();
            body = replaced(&again, &offices.same).join(" ");
        }
        let local = matches!(role.key.as_str(), "chu-tich" | "pho-chu-tich" | "pho-chu-tich-thuong-truc");
        let party = matches!(role.key.as_str(), "bi-thu" | "pho-bi-thu" | "pho-bi-thu-thuong-truc");
        if body.is_empty() && office.place.level.is_some() {
            if local {
                "ubnd".clone_into(&mut body);
            } else if party {
                "cap uy".clone_into(&mut body);
            }
        }
        if let Some(alone) = &role.alone
            && role.whole
            && office.country.is_none()
        {
            alone.clone_into(&mut body);
            office.place = Place::default();
        } else if let Some(alone) = &role.alone {
            let bare = alone.strip_suffix(" viet nam").unwrap_or(alone);
            if body == *bare || starts(&body, bare) && body.ends_with("viet nam") {
                alone.clone_into(&mut body);
            }
        }
    }
    // Some write "và", some a dash.
    body = body.split(' ').filter(|word| *word != "va").collect::<Vec<_>>().join(" ");
    for (child, parent) in &offices.parents {
        if body == *child || body.strip_suffix(parent.as_str()).is_some_and(|rest| rest.trim_end() == child) {
            body = format!("{child} {parent}");
            break;
        }
    }
    office.body = body;
    office.settle(near);
    office
}

fn plain(word: &str) -> Word {
    Word {
        folded: word.to_owned(),
        exact: word.to_owned(),
        capital: false,
        after_break: false,
        after_stop: false,
    }
}

fn starts(body: &str, word: &str) -> bool {
    body.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Takes the places out of the words; what is left names the body.
fn body_and_place(all: &[Word]) -> (Vec<Word>, Place) {
    let table = &OFFICES.table;
    let mut body: Vec<Word> = Vec::new();
    let mut place = Place::default();
    let lower =
        |place: &mut Place, level: Level| place.level = Some(place.level.map_or(level, |at| at.min(level)));
    let mut at = 0;
    while at < all.len() {
        let here = &all[at..];
        let head = &here[0];
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

/// Whether a name that looks like a province's goes on: `Thái Bình Dương`.
fn continues(rest: &[Word]) -> bool {
    rest.first().is_some_and(|word| word.folded == "duong" && word.capital && !word.after_break)
}

/// The word for a rung that the words begin with.
fn before(words: &[Word]) -> Option<(Level, usize)> {
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
            let count = form.split(' ').count();
            if words.len() >= count && form.split(' ').zip(words).all(|(word, here)| here.exact == word) {
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

/// Reads the name of a place of a rung; how many words it has.
pub(crate) fn named(words: &[Word], rung: Level, place: &mut Place) -> usize {
    // A second word for the rung: `Thành ủy TP.HCM`, `Tỉnh ủy tỉnh X`.
    let mut from = 0;
    if let Some(word) = words.first()
        && matches!(word.folded.as_str(), "tp" | "tinh" | "huyen" | "quan" | "cua" | "of" | "the")
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

/// The state that the words end with; it is taken off.
fn country(body: &mut Vec<Word>, least: usize) -> Option<String> {
    let states = OFFICES.states.iter().filter(|(name, _)| name.len() >= least);
    let found = states.into_iter().find_map(|(name, folded)| {
        let start = body.len().checked_sub(name.len())?;
        let here = &body[start..];
        let is = here.iter().zip(name).all(|(word, name)| word.exact == *name) && here[0].capital;
        // Behind a name one word is the end of it: `Bệnh viện Việt Đức`, `Công ty Hoàng Anh`.
        let ends_name = name.len() == 1
            && !here[0].after_break
            && start > 0
            && body[start - 1].capital
            && body[start - 1].exact.chars().count() > 1
            && !body[..start].iter().any(|word| word.folded == "bo");
        (is && !ends_name).then(|| (start, folded.clone()))
    });
    let (start, folded) = found?;
    body.truncate(start);
    // `Chính phủ Hoàng gia Campuchia`.
    Some(folded)
}

/// The words with known phrases in their one spelling.
fn replaced(words: &[Word], same: &HashMap<String, Vec<(String, String)>>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let here = &words[at..];
        let found = same.get(&here[0].folded).and_then(|forms| {
            forms.iter().find_map(|(from, to)| begins(here, from).map(|count| (count, to)))
        });
        match found {
            Some((count, to)) => {
                out.extend(to.split(' ').map(str::to_owned));
                at += count;
            }
            None => {
                out.push(here[0].folded.clone());
                at += 1;
            }
        }
    }
    // A name in brackets that says the same again: `Liên đoàn Bóng đá Việt Nam (VFF)`, `Bộ Giáo dục và Đào tạo (GD-ĐT)`.
    for again in (2..=out.len() / 2).rev() {
        let end = out.len() - again;
        if out[end - again..end] == out[end..] {
            out.truncate(end);
            break;
        }
    }
    // Its initials alone: `Chi cục An toàn vệ sinh thực phẩm (ATVSTP)`.
    if let Some((last, whole)) = out.split_last()
        && last.len() > 2
        && whole.len() >= last.len()
        && whole[whole.len() - last.len()..].iter().zip(last.chars()).all(|(word, c)| word.starts_with(c))
    {
        out.pop();
    }
    out
}

impl Office {
    /// Gives an office that every province has the place that its text is about.
    fn settle(&mut self, near: Option<&Place>) {
        if self.country.is_some() || !self.is_local() {
            return;
        }
        let Some(near) = near else { return };
        match self.place.level {
            None | Some(Level::Province) => {
                if self.place.province.is_none() {
                    self.place.province.clone_from(&near.province);
                }
                if self.place.level.is_none()
                    && self.place.province.is_some()
                    && self.place.district.is_none()
                {
                    self.place.level = Some(Level::Province);
                }
            }
            Some(Level::District) => {
                if self.place.district.is_none() {
                    // "thành phố" in the text of a city under the Centre is that city.
                    if near.province.as_deref().is_some_and(is_city) && near.district.is_none() {
                        self.place.level = Some(Level::Province);
                    } else {
                        self.place.district.clone_from(&near.district);
                    }
                }
                if self.place.province.is_none() {
                    self.place.province.clone_from(&near.province);
                }
            }
            Some(Level::Commune | Level::Hamlet) => {
                if self.place.province.is_none() {
                    self.place.province.clone_from(&near.province);
                }
            }
        }
    }

    /// Whether every province, district or commune has such an office.
    pub fn is_local(&self) -> bool {
        let begins = || OFFICES.table.local.iter().any(|begin| starts(&self.body, begin));
        let is_one = OFFICES.table.one_of_a_kind.iter().any(|end| self.body.ends_with(end.as_str()));
        self.place.level.is_some() || begins() && !is_one
    }

    /// Whether it is a province's where the words name no rung: districts and communes have no such body.
    pub(crate) fn is_provincial(&self) -> bool {
        let table = &OFFICES.table;
        let role = self.role.as_deref();
        table.provincial.iter().any(|begin| starts(&self.body, begin))
            || table.provincial_roles.iter().any(|(of, body)| role == Some(of) && starts(&self.body, body))
    }

    /// Whether the words tell it from all other offices: it has a role and a body, and where its like are elsewhere, a place.
    pub fn is_definite(&self) -> bool {
        self.table_role().is_some_and(|role| !role.abroad || self.country.is_some())
            && !self.body.is_empty()
            && (self.country.is_some() || !self.is_local() || self.place.is_named())
    }

    /// Held by one person at a time.
    pub fn is_single(&self) -> bool {
        self.table_role().is_some_and(|role| role.single)
    }

    /// Its holders are known all over the country.
    pub(crate) fn is_high(&self) -> bool {
        self.table_role().is_some_and(|role| role.high)
    }

    /// The head of a ministry of Vietnam or a deputy.
    pub(crate) fn is_in_ministry(&self) -> bool {
        self.country.is_none()
            && self.table_role().is_some_and(|role| role.body.as_deref() == Some("bo"))
            && !self.body.is_empty()
    }

    /// Whether its words may be a short form of another office: the same role, and nothing that contradicts.
    pub(crate) fn is_short_for(&self, whole: &Self) -> bool {
        self.role.is_some()
            && self.role == whole.role
            && (starts(&whole.body, &self.body) || self.body.is_empty())
            && self.place.level.is_none_or(|level| whole.place.level == Some(level))
    }

    /// Held by many at once, beside other offices.
    pub fn is_membership(&self) -> bool {
        self.table_role().is_some_and(|role| role.membership)
    }

    /// Whether it may be the office of another state where the words name none: heads of state and of government.
    pub(crate) fn may_be_abroad(&self) -> bool {
        let alone = self
            .table_role()
            .is_some_and(|role| role.abroad || role.alone.as_deref() == Some(self.body.as_str()));
        self.country.is_none() && (alone || self.body.is_empty())
    }

    /// The same office of another state. A ministry abroad is one with and without the word.
    pub(crate) fn abroad(&self, country: &str) -> Self {
        let body = self.body.strip_prefix("bo ").unwrap_or(&self.body).to_owned();
        Self { body, country: Some(country.to_owned()), ..self.clone() }
    }

    /// Whether it is one of the central Party or State.
    pub fn is_central(&self) -> bool {
        self.country.is_none() && !self.is_local() && !self.body.is_empty()
    }

    fn table_role(&self) -> Option<&'static Role> {
        let at = OFFICES.by_key.get(self.role.as_ref()?)?;
        Some(&OFFICES.table.role[*at])
    }

    /// The role in words.
    pub fn role_name(&self, english: bool) -> Option<&'static str> {
        self.table_role().map(|role| if english { role.en.as_str() } else { role.vi.as_str() })
    }

    /// Body, place and state in one: two offices that have it in common stand in one house.
    pub fn house(&self) -> String {
        let mut house = self.body.replace(' ', "-");
        // Some district of a province is not the province.
        if let Some(level) = self.place.level.filter(|_| !self.place.is_named()) {
            house.push_str(match level {
                Level::Hamlet => ".thon",
                Level::Commune => ".xa",
                Level::District => ".huyen",
                Level::Province => ".tinh",
            });
            if let Some(place) = self.place.key() {
                house.push('-');
                house.push_str(&place);
            }
        } else if let Some(place) = self.place.key() {
            house.push('.');
            house.push_str(&place);
        }
        if let Some(country) = &self.country {
            house.push('.');
            house.push_str(&country.replace(' ', "-"));
        }
        house
    }

    /// What it is asked for by, the same for all its wordings.
    pub fn key(&self) -> String {
        let role = self.role.as_deref().unwrap_or("office");
        let house = self.house();
        if house.is_empty() { role.to_owned() } else { format!("{role}.{house}") }
    }
}

/// The words for a body in their one spelling, without accents.
pub(crate) fn spelt_alike(body: &str) -> String {
    replaced(&words(body), &OFFICES.same).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_one_office_have_one_key() {
        let check = |position: &str, near: Option<&str>, expected: &str| {
            let near = near.map(Place::province);
            assert_eq!(Position::read(position, near.as_ref()).office.key(), expected, "{position}");
        };
        for (position, near, expected) in [
            ("Chủ tịch Nghị viện châu Âu (EP)", None, "chu-tich.nghi-vien-chau-au"),
            ("Chủ tịch EP", None, "chu-tich.nghi-vien-chau-au"),
            ("Tổng Giám đốc WHO", None, "tong-giam-doc.to-chuc-y-te-the-gioi"),
            ("Tổng Giám đốc Tổ chức Y tế Thế giới (WHO)", None, "tong-giam-doc.to-chuc-y-te-the-gioi"),
            ("Giám đốc CA tỉnh Lạng Sơn", None, "giam-doc.cong-an.lang-son"),
            ("Giám đốc Sở Y tế (TP.HCM)", None, "giam-doc.so-y-te.ho-chi-minh"),
            ("Chủ tịch UBND TP Đà Nẵng", None, "chu-tich.ubnd.da-nang"),
            ("Chủ tịch thành phố Đà Nẵng", None, "chu-tich.ubnd.da-nang"),
            ("Chủ tịch UBND thành phố", Some("Đà Nẵng"), "chu-tich.ubnd.da-nang"),
            // Typed without accents; of a rung below the province.
            ("chu tich ubnd tinh", Some("Quảng Trị"), "chu-tich.ubnd.quang-tri"),
            ("Chủ tịch UBND huyện", Some("Quảng Trị"), "chu-tich.ubnd.huyen-quang-tri"),
            ("Chủ tịch UBND thị xã Chũ", None, "chu-tich.ubnd.chu-bac-giang"),
            ("Chairman of the Da Nang People's Committee", None, "chu-tich.ubnd.da-nang"),
            ("Chủ tịch UBND TP.HCM", None, "chu-tich.ubnd.ho-chi-minh"),
            ("Chủ tịch UBND thành phố Hồ Chí Minh", None, "chu-tich.ubnd.ho-chi-minh"),
            ("Chủ tịch UBND tỉnh", Some("Nghệ An"), "chu-tich.ubnd.nghe-an"),
            ("Provincial People's Committee Chairman", Some("Nghệ An"), "chu-tich.ubnd.nghe-an"),
            (
                "Chairman of Anh Son District People's Committee",
                Some("Nghệ An"),
                "chu-tich.ubnd.anh-son-nghe-an",
            ),
            (
                "Chủ tịch UBND xã Cát Tiến (huyện Phù Cát, Bình Định)",
                None,
                "chu-tich.ubnd.xa-cat-tien-binh-dinh",
            ),
            ("Chủ tịch UBND TP Thanh Hóa", None, "chu-tich.ubnd.thanh-hoa-thanh-hoa"),
            ("Bí thư Thành ủy TP.HCM", None, "bi-thu.cap-uy.ho-chi-minh"),
            ("Bí thư TP.HCM", None, "bi-thu.cap-uy.ho-chi-minh"),
            ("Bí thư Tỉnh ủy Nghệ An", None, "bi-thu.cap-uy.nghe-an"),
            ("Secretary of the Provincial Party Committee", Some("Nghệ An"), "bi-thu.cap-uy.nghe-an"),
            ("Bí thư Huyện ủy Anh Sơn", None, "bi-thu.cap-uy.anh-son-nghe-an"),
            ("Bộ trưởng Bộ NN&PTNT", None, "bo-truong.bo-nong-nghiep-phat-trien-nong-thon"),
            ("Bộ trưởng Nông nghiệp", None, "bo-truong.bo-nong-nghiep-phat-trien-nong-thon"),
            ("Minister of Health", None, "bo-truong.bo-y-te"),
            ("Bộ trưởng Bộ Giáo dục và Đào tạo (GD-ĐT)", None, "bo-truong.bo-giao-duc-dao-tao"),
            ("Bộ trưởng Bộ GD&ĐT", None, "bo-truong.bo-giao-duc-dao-tao"),
            (
                "Chi cục trưởng Chi cục ATVSTP Nghệ An",
                None,
                "chi-cuc-truong.chi-cuc-an-toan-ve-sinh-thuc-pham.nghe-an",
            ),
            (
                "Chi cục trưởng Chi cục An toàn vệ sinh thực phẩm (ATVSTP) Nghệ An",
                None,
                "chi-cuc-truong.chi-cuc-an-toan-ve-sinh-thuc-pham.nghe-an",
            ),
            ("Phó Vụ trưởng Vụ BHYT", None, "pho-vu-truong.vu-bao-hiem-y-te"),
            ("Chủ tịch Hội Sông nước Khe Bến (SNKB)", None, "chu-tich.hoi-song-nuoc-khe-ben"),
            ("Bộ trưởng Y tế", None, "bo-truong.bo-y-te"),
            ("Bộ trưởng Y tế Nga", None, "bo-truong.y-te.nga"),
            ("Thủ tướng", None, "thu-tuong.chinh-phu"),
            ("Thủ tướng Chính phủ Việt Nam", None, "thu-tuong.chinh-phu"),
            ("Trưởng ban Tổ chức T.Ư", None, "truong.ban-to-chuc-trung-uong"),
            ("Trưởng Ban Tổ chức Trung ương Đảng", None, "truong.ban-to-chuc-trung-uong"),
            ("Giám đốc Sở Y tế TPHCM", None, "giam-doc.so-y-te.ho-chi-minh"),
            ("Giám đốc Sở Y tế", Some("Nghệ An"), "giam-doc.so-y-te.nghe-an"),
            ("Chủ nhiệm Ủy ban Kinh tế của QH", None, "chu-nhiem.uy-ban-kinh-te-quoc-hoi"),
            ("Chủ nhiệm Ủy ban Kinh tế", None, "chu-nhiem.uy-ban-kinh-te-quoc-hoi"),
            ("Thủ tướng Nhật Bản", None, "thu-tuong.chinh-phu.nhat-ban"),
            ("Tổng thống Hoa Kỳ", None, "tong-thong.nuoc.my"),
            ("Thủ tướng Chính phủ Nhật", None, "thu-tuong.chinh-phu.nhat-ban"),
            (
                "Chủ tịch Phòng Thương mại và Công nghiệp Việt Nam",
                Some("Hà Nội"),
                "chu-tich.phong-thuong-mai-cong-nghiep-viet-nam",
            ),
            ("Chủ tịch UBTƯ MTTQ Việt Nam", Some("Nghệ An"), "chu-tich.mttq-trung-uong"),
            ("Chủ tịch Ủy ban Trung ương MTTQ Việt Nam", Some("Nghệ An"), "chu-tich.mttq-trung-uong"),
            ("Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", Some("Nghệ An"), "chu-tich.mttq.nghe-an"),
            ("Chủ tịch VCCI", Some("Hà Nội"), "chu-tich.phong-thuong-mai-cong-nghiep-viet-nam"),
            ("Chủ tịch UBND huyện Hoài Đức", None, "chu-tich.ubnd.hoai-duc-ha-noi"),
            ("Bộ trưởng Ngoại giao Đức", None, "bo-truong.ngoai-giao.duc"),
            ("Thủ tướng Anh", None, "thu-tuong.chinh-phu.anh"),
            ("Giám đốc Bệnh viện Việt Đức", Some("Hà Nội"), "giam-doc.benh-vien-viet-duc"),
            ("Phó GĐ Sở Y tế TPHCM", None, "pho-giam-doc.so-y-te.ho-chi-minh"),
            ("Thứ trưởng Kế hoạch & Đầu tư", None, "thu-truong.bo-ke-hoach-dau-tu"),
        ] {
            check(position, near, expected);
        }
    }

    #[test]
    fn former_and_acting_are_no_part_of_the_office() {
        let read = Position::read("nguyên quyền Chủ tịch UBND tỉnh Nghệ An", None);
        assert!(read.former && read.acting);
        assert_eq!(read.office.key(), "chu-tich.ubnd.nghe-an");
    }
}
