//! What an office is called in a language in which no text names it: role, body and place out of a table
//! (`rules/composed.toml`), where it has them.

use std::collections::HashMap;
use std::sync::LazyLock;

use identity::{Level, Office, province_name};
use serde::Deserialize;
use store::{By, Error, What};

use crate::Index;

/// An office in both languages, as far as the table tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composed {
    /// In English.
    pub en: Option<String>,
    /// In Vietnamese.
    pub vi: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    alone: Vec<String>,
    of_field: Vec<String>,
    cities: Vec<String>,
    provincial: Vec<String>,
    bodies: HashMap<String, Body>,
    kinds: HashMap<String, Body>,
    fields: HashMap<String, Body>,
    abroad: HashMap<String, String>,
    heads: HashMap<String, String>,
    states: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    en: String,
    vi: String,
    city: Option<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/composed.toml").expect("the table comes with the program"));

impl Index {
    /// What offices are called by the table, by their keys. Where somebody decided what one is called, that is its name in
    /// either language.
    pub fn offices_composed(&self, keys: &[&str]) -> Result<HashMap<String, Composed>, Error> {
        let offices =
            self.store().entities(By::Id, keys)?.into_iter().filter_map(|entity| match &entity.what {
                What::Office(known) if entity.decided_name().is_none() => {
                    Some((entity.id.clone(), Composed::of(&known.office)))
                }
                _ => None,
            });
        Ok(offices.collect())
    }
}

impl Composed {
    pub(crate) fn of(office: &Office) -> Self {
        Self { en: english(office), vi: vietnamese(office) }
    }
}

/// What the table has of a body: one that it names, or a kind with a field.
enum Found {
    Named(&'static Body),
    Of(&'static Body, &'static Body),
}

fn found(office: &Office) -> Option<Found> {
    let table = &*TABLE;
    let body = office.body.split(' ').filter(|word| *word != "va").collect::<Vec<_>>().join(" ");
    if let Some(named) = table.bodies.get(&body) {
        return Some(Found::Named(named));
    }
    let (kind, field) = body.split_once(' ')?;
    Some(Found::Of(table.kinds.get(kind)?, table.fields.get(field)?))
}

/// Whether the table may tell of an office: one of this country, of no rung below the province.
fn is_known(office: &Office) -> bool {
    office.country.is_none() && matches!(office.place.level, None | Some(Level::Province))
}

fn is_one_of(office: &Office, roles: &[String]) -> bool {
    office.role.as_ref().is_some_and(|role| roles.contains(role))
}

fn province(office: &Office) -> Option<&'static str> {
    office.place.province.as_deref().and_then(province_name)
}

fn is_city(office: &Office) -> bool {
    office.place.province.as_ref().is_some_and(|province| TABLE.cities.contains(province))
}

/// An office of another state: its head, the head of its government, a minister.
fn abroad(office: &Office) -> Option<String> {
    let table = &*TABLE;
    let state = table.states.get(office.country.as_deref()?)?;
    let key = office.role.as_deref()?;
    let role = table.abroad.get(key).map(String::as_str).or_else(|| office.role_name(true))?;
    if let Some(head) = table.heads.get(&format!("{key}.{}", office.country.as_deref()?)) {
        return Some(head.clone());
    }
    let is_head = matches!(office.body.as_str(), "nuoc" | "chinh phu");
    if is_head || office.body.is_empty() && table.abroad.contains_key(key) {
        return Some(format!("{role} of {state}"));
    }
    let field = office.body.split(' ').filter(|word| *word != "va").collect::<Vec<_>>().join(" ");
    let field = table.fields.get(&field).filter(|_| is_one_of(office, &table.of_field))?;
    Some(format!("{role} of {} of {state}", field.en))
}

fn english(office: &Office) -> Option<String> {
    let table = &*TABLE;
    if office.country.is_some() {
        return abroad(office);
    }
    let role = office.role_name(true).filter(|_| is_known(office))?;
    if is_one_of(office, &table.alone) {
        return Some(role.to_owned());
    }
    let place = province(office).map(|name| format!("{name} ")).unwrap_or_default();
    Some(match found(office)? {
        Found::Named(body) => {
            let is_provincial =
                table.provincial.contains(&office.body) && office.is_local() && !is_city(office);
            let rung = if is_provincial { "Provincial " } else { "" };
            format!("{role} of the {place}{rung}{}", body.en)
        }
        Found::Of(_, field) if is_one_of(office, &table.of_field) => format!("{role} of {}", field.en),
        Found::Of(kind, field) => format!("{role} of the {place}{}", kind.en.replace("{field}", &field.en)),
    })
}

fn vietnamese(office: &Office) -> Option<String> {
    let role = office.role_name(false).filter(|_| is_known(office))?;
    if is_one_of(office, &TABLE.alone) {
        return Some(role.to_owned());
    }
    let body = match found(office)? {
        Found::Named(body) => body.city.as_ref().filter(|_| is_city(office)).unwrap_or(&body.vi).clone(),
        Found::Of(kind, field) => kind.vi.replace("{field}", &field.vi),
    };
    // `thành phố TP. Hồ Chí Minh`
    let place = province(office).map(|name| name.trim_start_matches("TP. "));
    let place = place.map(|name| format!(" {name}")).unwrap_or_default();
    Some(format!("{role} {body}{place}"))
}

#[cfg(test)]
mod tests {
    use identity::{Place, Position};

    use super::*;

    #[test]
    fn an_office_has_its_name_in_both_languages_where_the_table_has_its_parts() {
        let check = |position: &str, near: Option<&str>, expected: Option<&str>| {
            let office = Position::read(position, near.map(Place::province).as_ref()).office;
            assert_eq!(Composed::of(&office).en.as_deref(), expected, "{position}: {office:?}");
        };
        let an = Some("Nghệ An");
        check("Chủ tịch UBND tỉnh", an, Some("Chairman of the Nghệ An Provincial People's Committee"));
        check("Phó Chủ tịch HĐND tỉnh", an, Some("Vice Chairman of the Nghệ An Provincial People's Council"));
        check("Bí thư Thành ủy Hà Nội", None, Some("Secretary of the Hà Nội Party Committee"));
        check("Chủ tịch UBND TP Đà Nẵng", None, Some("Chairman of the Đà Nẵng People's Committee"));
        check("Giám đốc Sở Y tế", an, Some("Director of the Nghệ An Department of Health"));
        check(
            "Giám đốc Sở NN&PTNT",
            an,
            Some("Director of the Nghệ An Department of Agriculture and Rural Development"),
        );
        check("Giám đốc Công an tỉnh", an, Some("Director of the Nghệ An Police"));
        check("Bộ trưởng Bộ Y tế", None, Some("Minister of Health"));
        check("Thứ trưởng Bộ GD-ĐT", None, Some("Deputy Minister of Education and Training"));
        check("Thủ tướng", None, Some("Prime Minister"));
        check("Chủ tịch Quốc hội", None, Some("Chairman of the National Assembly"));
        check(
            "Trưởng Ban Tổ chức Tỉnh ủy",
            an,
            Some("Head of the Nghệ An Provincial Party Committee's Organization Commission"),
        );
        check("Chủ tịch UBND huyện Anh Sơn", an, None);
        check("Tổng thống Mỹ", None, Some("President of the United States"));
        check("Thủ tướng Đức", None, Some("Chancellor of Germany"));
        check("Thủ tướng Nhật Bản", None, Some("Prime Minister of Japan"));
        check("Ngoại trưởng Nga", None, Some("Minister of Foreign Affairs of Russia"));
        check("Chủ tịch Trung Quốc", None, Some("President of China"));
        check("Giám đốc", None, None);
        check("Giám đốc Trung tâm Khuyến nông", an, None);
        let check = |position: &str, near: Option<&str>, expected: Option<&str>| {
            let office = Position::read(position, near.map(Place::province).as_ref()).office;
            assert_eq!(Composed::of(&office).vi.as_deref(), expected, "{position}: {office:?}");
        };
        let chairman = "Chairman of the Provincial People's Council";
        check(chairman, an, Some("Chủ tịch HĐND tỉnh Nghệ An"));
        check(chairman, Some("Sơn Khê"), Some("Chủ tịch HĐND tỉnh"));
        check("Secretary of the Provincial Party Committee", an, Some("Bí thư Tỉnh ủy Nghệ An"));
        check(
            "Chairman of the Ho Chi Minh City People's Committee",
            None,
            Some("Chủ tịch UBND thành phố Hồ Chí Minh"),
        );
        check("Minister of Health", None, Some("Bộ trưởng Bộ Y tế"));
        check("Director of the Department of Home Affairs", an, Some("Giám đốc Sở Nội vụ Nghệ An"));
        check("Prime Minister", None, Some("Thủ tướng"));
    }
}
