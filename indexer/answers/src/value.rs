//! What the value of a filter stands for. A value that nothing has is told from one that finds nothing here: the first is a
//! typing error.

use extract::catalogue::{self, Indicator};
use store::{By, Entity, EntityKind, EntityList, Error, Facet, Query, What};
use text::{Syllables, slug};

use crate::Index;
use crate::province::{Province, nearest};

/// What a value stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// This, as documents have it; several where what it named before is several things by now.
    Known(Vec<String>),
    /// Nothing.
    Unknown {
        /// The value that is written most alike, where one is like it at all.
        nearest: Option<String>,
    },
}

/// Entities that a key is compared with.
const COMPARED: usize = 200;

impl Index {
    /// What the value of a facet stands for. Steps of the calendar, languages and types are what they are.
    pub fn value(&self, facet: Facet, value: &str) -> Result<Value, Error> {
        match facet {
            Facet::Province => Ok(match self.province(value)? {
                Province::Known(name) => Value::Known(vec![name]),
                Province::Unknown { nearest } => Value::Unknown { nearest },
            }),
            Facet::Source => self.source(value),
            Facet::Directive => self.key(EntityKind::Instrument, value),
            Facet::Official => self.key(EntityKind::Person, value),
            Facet::Position => self.key(EntityKind::Office, value),
            // Not by words of a text: with a typing error in it a key would be another statistic's words.
            Facet::Indicator => Ok(match catalogue::by_key(value).or_else(|| statistic_called(value)) {
                Some(row) => Value::Known(vec![row.id.clone()]),
                None => {
                    let keys = catalogue::all().iter().map(|row| row.id.clone());
                    Value::Unknown { nearest: nearest(&slug(value), keys) }
                }
            }),
            Facet::Year | Facet::Month | Facet::Language | Facet::Type => {
                Ok(Value::Known(vec![value.to_owned()]))
            }
        }
    }

    /// A source by its name, whatever its case and accents.
    fn source(&self, name: &str) -> Result<Value, Error> {
        let known = self.source_names()?;
        let wanted = slug(name);
        let same = || known.iter().find(|known| slug(known) == wanted);
        Ok(match known.iter().find(|known| *known == name).or_else(same) {
            Some(known) => Value::Known(vec![known.clone()]),
            None => Value::Unknown { nearest: nearest(&wanted, known.iter().cloned()) },
        })
    }

    fn key(&self, kind: EntityKind, key: &str) -> Result<Value, Error> {
        let is_of_kind = |entity: &Entity| kind_of(entity) == kind;
        let mut found = self.store().entities(By::Id, &[key])?;
        if found.is_empty() {
            found = self.successors(key)?;
        }
        let known: Vec<String> = found.into_iter().filter(is_of_kind).map(|entity| entity.id).collect();
        if !known.is_empty() {
            return Ok(Value::Known(known));
        }
        Ok(Value::Unknown { nearest: self.nearest_key(kind, key)? })
    }

    /// The key most like one that there is not, among those that share its words: a name, or a number.
    fn nearest_key(&self, kind: EntityKind, key: &str) -> Result<Option<String>, Error> {
        let words: Vec<String> = Syllables::new(key).map(|word| word.folded).collect();
        let mut like = Vec::new();
        // The first word of a directive's key is its kind in English.
        for from in 0..words.len().min(2) {
            for to in (from + 1..=words.len()).rev() {
                let Some((last, whole)) = words[from..to].split_last() else { continue };
                let sign = if last.chars().count() > 1 { "*" } else { "" };
                let asked = format!("{} {last}{sign}", whole.join(" "));
                let Ok(words) = Query::parse(&asked, &self.limits().query) else { continue };
                let list = EntityList { kind, words: &words, after: None, limit: COMPARED };
                like = self.store().list(&list)?.0;
                if !like.is_empty() {
                    break;
                }
            }
            if !like.is_empty() {
                break;
            }
        }
        Ok(nearest(&slug(key), like.into_iter().map(|entity| entity.id)))
    }
}

/// The statistic of a name.
fn statistic_called(name: &str) -> Option<&'static Indicator> {
    let wanted = slug(name);
    catalogue::all()
        .iter()
        .find(|row| [&row.name.vi, &row.name.en].into_iter().any(|name| slug(name) == wanted))
}

fn kind_of(entity: &Entity) -> EntityKind {
    match entity.what {
        What::Instrument(_) => EntityKind::Instrument,
        What::Person(_) => EntityKind::Person,
        What::Office(_) => EntityKind::Office,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{extracted, page};

    #[test]
    fn a_value_that_nothing_has_is_told_with_the_nearest() {
        let text = "Ngày 1/2/2021, ông Trần Văn Suối, Chủ tịch UBND tỉnh Sơn Khê, ký Quyết định số 15/2021/QĐ-UBND về trồng rừng.";
        let (_fixture, index) = extracted(&[page("a", text).of("Báo Sơn Khê", "Sơn Khê")]);
        let check = |facet: Facet, value: &str, known: &[&str], like: Option<&str>| {
            let expected = if known.is_empty() {
                Value::Unknown { nearest: like.map(str::to_owned) }
            } else {
                Value::Known(known.iter().map(|known| (*known).to_owned()).collect())
            };
            assert_eq!(index.value(facet, value).unwrap(), expected, "{facet} {value}");
        };
        check(Facet::Source, "Báo Sơn Khê", &["Báo Sơn Khê"], None);
        check(Facet::Source, "bao son khe", &["Báo Sơn Khê"], None);
        check(Facet::Source, "Báo Sơn Kê", &[], Some("Báo Sơn Khê"));
        check(Facet::Official, "tran-van-suoi", &["tran-van-suoi"], None);
        check(Facet::Official, "tran-van-suo", &[], Some("tran-van-suoi"));
        check(Facet::Official, "zzz", &[], None);
        check(Facet::Indicator, "grdp-growth", &["grdp-growth"], None);
        check(Facet::Indicator, "tốc độ tăng trưởng GRDP", &["grdp-growth"], None);
        check(Facet::Indicator, "grdp-grwth", &[], Some("grdp-growth"));
        check(Facet::Year, "2021", &["2021"], None);
        let directives = index.directives(&crate::DocumentFilter::default(), None, 9).unwrap().directives;
        let key = directives[0].key.as_str();
        check(Facet::Directive, key, &[key], None);
        check(Facet::Official, key, &[], None);
        check(Facet::Directive, &key.replace("15", "16"), &[], None);
        check(Facet::Directive, &key.replace("son-khe", "son-ke"), &[], Some(key));
    }
}
