//! What an office is called in English: role, body and place out of a table (`rules/english.toml`), where it has them.

use std::collections::HashMap;
use std::sync::LazyLock;

use identity::{Level, Office, province_name};
use serde::Deserialize;
use store::{By, Error, What};

use crate::Index;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    alone: Vec<String>,
    of_field: Vec<String>,
    cities: Vec<String>,
    provincial: Vec<String>,
    bodies: HashMap<String, String>,
    kinds: HashMap<String, String>,
    fields: HashMap<String, String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/english.toml").expect("the table comes with the program"));

impl Index {
    /// What offices are called in English, by their keys; those that the table cannot tell are left out.
    pub fn offices_in_english(&self, keys: &[&str]) -> Result<HashMap<String, String>, Error> {
        let offices =
            self.store().entities(By::Id, keys)?.into_iter().filter_map(|entity| match &entity.what {
                // The name that somebody decided is the one in either language.
                What::Office(known) if entity.decided_name().is_none() => {
                    Some((in_english(&known.office)?, entity.id))
                }
                _ => None,
            });
        Ok(offices.map(|(name, id)| (id, name)).collect())
    }
}

/// What an office is called in English; `None` where the table does not tell.
pub(crate) fn in_english(office: &Office) -> Option<String> {
    let table = &*TABLE;
    let role = office.role_name(true)?;
    let key = office.role.as_deref()?;
    if office.country.is_some() {
        return None;
    }
    if table.alone.iter().any(|alone| alone == key) {
        return Some(role.to_owned());
    }
    let place = place(office)?;
    let body = office.body.split(' ').filter(|word| *word != "va").collect::<Vec<_>>().join(" ");
    if body.is_empty() {
        // `Director` of what, nothing tells.
        return None;
    }
    if let Some(name) = table.bodies.get(&body) {
        let is_provincial = table.provincial.contains(&body)
            && office.place.level.is_none_or(|level| level == Level::Province)
            && office.is_local()
            && !is_city(office);
        let rung = if is_provincial { "Provincial " } else { "" };
        return Some(format!("{role} of the {place}{rung}{name}"));
    }
    let (kind, field) = body.split_once(' ')?;
    let (kind, field) = (table.kinds.get(kind)?, table.fields.get(field)?);
    if table.of_field.iter().any(|of| of == key) {
        return Some(format!("{role} of {field}"));
    }
    Some(format!("{role} of the {place}{}", kind.replace("{field}", field)))
}

/// The name of an office's province before that of its body; empty where its words name none, `None` where it is of a rung below.
fn place(office: &Office) -> Option<String> {
    match office.place.level {
        None | Some(Level::Province) => {
            let name = office.place.province.as_deref().and_then(province_name);
            Some(name.map(|name| format!("{name} ")).unwrap_or_default())
        }
        Some(Level::District | Level::Commune | Level::Hamlet) => None,
    }
}

fn is_city(office: &Office) -> bool {
    office.place.province.as_ref().is_some_and(|province| TABLE.cities.contains(province))
}

#[cfg(test)]
mod tests {
    use identity::{Place, Position};

    use super::*;

    #[test]
    fn an_office_has_its_name_in_english_where_the_table_has_its_parts() {
        let check = |position: &str, near: Option<&str>, expected: Option<&str>| {
            let office = Position::read(position, near.map(Place::province).as_ref()).office;
            assert_eq!(in_english(&office).as_deref(), expected, "{position}: {office:?}");
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
        check("Tổng thống Mỹ", None, None);
        check("Giám đốc", None, None);
        check("Giám đốc Trung tâm Khuyến nông", an, None);
    }
}
