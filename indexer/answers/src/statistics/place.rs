//! The places that a statistic has values of.

use std::collections::BTreeSet;

use extract::catalogue;
use store::Error;
use text::slug;

use super::series::SeriesQuestion;
use crate::Index;
use crate::province::{Province, nearest};
use crate::value::Value;

impl Index {
    /// What a place stands for that a question names: a province, or another that some text gives a value of.
    pub fn place(&self, question: &SeriesQuestion, place: &str) -> Result<Value, Error> {
        if let Province::Known(name) = self.province(place)? {
            return Ok(Value::Known(vec![name]));
        }
        let of_all_years = SeriesQuestion { from: None, to: None, ..question.clone() };
        let values = self.values(&of_all_years)?;
        let names: BTreeSet<String> =
            values.all().filter_map(|figure| figure.about.as_ref()?.name.clone()).collect();
        let wanted = catalogue::unit_key(place);
        if let Some(known) = names.iter().find(|name| catalogue::unit_key(name) == wanted) {
            return Ok(Value::Known(vec![known.clone()]));
        }
        Ok(Value::Unknown { nearest: nearest(&slug(place), names.into_iter()) })
    }
}
