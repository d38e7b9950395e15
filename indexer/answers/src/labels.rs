//! What entities are called, looked up once a commit: the same few stand in the facets of most searches.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use store::{By, Error, Store};

/// Labels that are kept at most: some megabytes.
const MOST: usize = 50_000;

/// The labels of one commit.
#[derive(Debug, Default)]
pub(crate) struct Labels(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// The generation of the store that they are of.
    generation: u64,
    labels: HashMap<String, String>,
}

impl Labels {
    /// The labels of entities; those that there are not are left out.
    pub(crate) fn of(&self, store: &dyn Store, ids: &[&str]) -> Result<HashMap<String, String>, Error> {
        let generation = store.generation();
        let mut found = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        {
            let known = self.known(generation);
            for id in ids {
                match known.labels.get(*id) {
                    Some(label) => drop(found.insert((*id).to_owned(), label.clone())),
                    None => missing.push(*id),
                }
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let entities = store.entities(By::Id, &missing)?;
        let new: Vec<(String, String)> =
            entities.into_iter().map(|entity| (entity.id.clone(), entity.label())).collect();
        // What was looked up while another commit was picked up may be of either.
        if store.generation() == generation {
            let mut known = self.known(generation);
            if known.labels.len() + new.len() > MOST {
                known.labels.clear();
            }
            known.labels.extend(new.iter().cloned());
        }
        found.extend(new);
        Ok(found)
    }

    /// What is known of a generation: nothing yet where another was asked for last.
    fn known(&self, generation: u64) -> MutexGuard<'_, Known> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.generation != generation {
            *known = Known { generation, ..Known::default() };
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use store::{Counts, EntityKind, EntityList, Query};

    use super::*;
    use crate::fixture::{extracted, page};

    #[test]
    fn labels_are_those_of_the_commit_that_is_asked() {
        let cited = |name: &str, writing: &str| {
            let text = format!("Ngày 1/2/2021, Tỉnh ủy Sơn Khê ban hành {writing} về trồng rừng.");
            page(name, &text).of("Báo Sơn Khê", "Sơn Khê")
        };
        let (mut fixture, index) = extracted(&[cited("first", "Nghị quyết 12-NQ/TU")]);
        let everything = Query::default();
        let list = EntityList { kind: EntityKind::Instrument, words: &everything, after: None, limit: 9 };
        let (known, _) = index.store().list(&list).unwrap();
        let [one] = known.as_slice() else { panic!("{known:?}") };
        assert_eq!(one.counts, Counts { documents: 1, mentions: 1, ..one.counts });
        let check = |expected: &str| {
            for _ in 0..2 {
                let labels = index.labels(&[&one.id, "nobody"]).unwrap();
                assert_eq!(labels, HashMap::from([(one.id.clone(), expected.to_owned())]));
            }
        };
        check("Nghị quyết 12-NQ/TU (2021)");
        let more = ["second", "third"].map(|name| cited(name, "Nghị quyết số 12-NQ/TU"));
        fixture.keep(&more);
        fixture.extract();
        index.reload().unwrap();
        check("Nghị quyết số 12-NQ/TU (2021)");
    }
}
