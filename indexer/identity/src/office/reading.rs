//! The words of a position read into an office.

use std::collections::HashMap;

use jiff::civil::Date;

use super::places::{body_and_place, of_its_time};
use super::starts;
use super::table::OFFICES;
use super::{Office, Position, SOME_STATE};
use crate::place::{Place, province_at};
use crate::words::{Word, begins, words};

impl Position {
    /// Reads the words of a position. `near` is the place that the text is about: an office that every province has and
    /// that names none belongs to it.
    pub fn read(position: &str, near: Option<&Place>) -> Self {
        let all = words(&without_letters(position));
        let mut rest = &all[..];
        let (mut former, mut acting) = (false, false);
        let table = &OFFICES.table;
        while let [word, next, ..] = rest {
            let only_like = || table.no_former.contains(&format!("{} {}", word.exact, next.exact));
            if table.former.contains(&word.exact) && !only_like() {
                former = true;
            } else if table.acting.contains(&word.folded) {
                acting = true;
            } else {
                break;
            }
            rest = &rest[1..];
        }
        let office = read(rest, near);
        Self { office, former, acting }
    }

    /// The same in a text of a day, or asked about it: cities became cities under the Centre.
    pub fn read_on(position: &str, near: Option<&Place>, day: Option<Date>) -> Self {
        let mut read = Self::read(position, near);
        of_its_time(&mut read.office.place, &words(position), day);
        read
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

/// The body of a place that a role beside the place's name alone means: `Chủ tịch Sơn Khê`.
fn own_body(role: &str) -> Option<&'static str> {
    match role {
        "chu-tich" | "pho-chu-tich" | "pho-chu-tich-thuong-truc" => Some("ubnd"),
        "bi-thu" | "pho-bi-thu" | "pho-bi-thu-thuong-truc" => Some("cap uy"),
        _ => None,
    }
}

impl Office {
    /// The office of a place that a role alone means where the place is told apart: `chairman` of a province. `None` where the
    /// words tell more than a role, or of a role that no place has.
    pub fn of_role_at(&self, place: &Place) -> Option<Self> {
        let is_bare = self.body.is_empty() && self.country.is_none() && self.place == Place::default();
        let body = own_body(self.role.as_deref()?).filter(|_| is_bare)?;
        Some(Self { body: body.to_owned(), place: place.clone(), ..self.clone() })
    }
}

pub(super) fn read(all: &[Word], near: Option<&Place>) -> Office {
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
    // `trợ lý Tổng Bí thư` is none.
    let serves = || offices.table.servants.iter().any(|servant| begins(&rest, servant).is_some());
    let role = beginning(&rest).map(|(at, count)| (at, 0, count));
    let role = role.or_else(|| if serves() { None } else { end(&rest) });
    let mut role = role.map(|(at, start, count)| {
        rest.drain(start..start + count);
        at
    });
    if role.is_some() && rest.first().is_some_and(|word| offices.table.newly.contains(&word.exact)) {
        rest.remove(0);
    }
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
    // `Thống đốc bang Khe Bến`: there are none in this country.
    let is_of_federal_state = rest.first().is_some_and(|word| offices.table.federal.contains(&word.exact));
    let (mut body, place) = body_and_place(&rest);
    office.place = place;
    if office.country.is_none() {
        office.country = country(&mut body, 1);
    }
    if office.country.is_none() && is_of_federal_state {
        office.country = Some(SOME_STATE.to_owned());
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
        if body.is_empty() && office.place.level.is_some() {
            own_body(&role.key).unwrap_or_default().clone_into(&mut body);
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

pub(super) fn plain(word: &str) -> Word {
    Word {
        folded: word.to_owned(),
        exact: word.to_owned(),
        capital: false,
        after_break: false,
        after_stop: false,
    }
}

/// The state that the words end with; it is taken off.
pub(super) fn country(body: &mut Vec<Word>, least: usize) -> Option<String> {
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
pub(super) fn replaced(words: &[Word], same: &HashMap<String, Vec<(String, String)>>) -> Vec<String> {
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

/// The words for a body in their one spelling, without accents.
pub(crate) fn spelt_alike(body: &str) -> String {
    replaced(&words(body), &OFFICES.same).join(" ")
}
