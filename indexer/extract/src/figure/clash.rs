//! Sums of one text that cannot both be so: one place has one sum of a period, and what is told beside it as a small part of
//! that is the value of something else, or a slip.

use std::collections::HashMap;

use crate::Figure;
use crate::catalogue::{self, Kind};

/// How many times a sum must be another of the same text for that one to be none.
const TIMES: f64 = 5.0;

/// Takes the rows away from the lesser of two sums of one observation that are far apart.
pub(crate) fn settle(figures: &mut [Figure]) {
    let mut most: HashMap<String, f64> = HashMap::new();
    for figure in figures.iter() {
        if let Some(observed) = observed(figure) {
            let known = most.entry(observed).or_insert(figure.value);
            *known = known.max(figure.value);
        }
    }
    for figure in figures {
        let greatest = observed(figure).and_then(|observed| most.get(&observed));
        if greatest.is_some_and(|greatest| *greatest > figure.value * TIMES) {
            figure.key = None;
            (figure.grounds.key, figure.grounds.by) = (None, None);
        }
    }
}

/// What a figure is a value of, where that is the sum of a row in a period that is told.
fn observed(figure: &Figure) -> Option<String> {
    let row = figure.key.as_deref().and_then(catalogue::by_key)?;
    let is_sum = matches!(row.kind, Kind::Amount | Kind::Count)
        && figure.change.is_none()
        && figure.unit.as_deref() != Some("%");
    let period = figure.period.filter(|_| is_sum)?;
    Some(format!("{} {period} {:?} {:?} {:?}", row.id, figure.about, figure.unit, figure.modality))
}
