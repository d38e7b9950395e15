//! Whether an index has what it says that it has: each number that is kept twice is compared.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::Nothing;
use super::plan;
use super::reader::OpenSearch;
use crate::error::Error;
use crate::store::Store as _;

/// What is told of entities that are counted otherwise, at most.
const EXAMPLES: usize = 3;

/// An entity's record, and how many documents it says to be in.
#[derive(Deserialize)]
struct Weight {
    entity: String,
    weight: u64,
}

impl OpenSearch {
    /// What does not agree in the commit in use, a line each; empty where all does. It takes as long as reading all entities.
    pub fn disagreements(&self) -> Result<Vec<String>, Error> {
        self.verify()?;
        let opened = self.opened();
        let half = json!({ "range": { "batch": { "gt": opened.batch } } });
        if self.count(&half)? > 0 {
            return Ok(vec![
                "a run was stopped in its middle: `yearline index` ends what it began".to_owned(),
            ]);
        }
        let mut found = Vec::new();
        let stats = self.stats()?;
        if stats.documents < opened.documents {
            found.push(format!("{} of {} documents are there", stats.documents, opened.documents));
        }
        let said = json!({
            "query": plan::records("document"), "size": 0, "aggs": { "figures": { "sum": { "field": "figures" } } },
        });
        let said =
            self.ask::<Nothing>(&said)?.aggregations["figures"]["value"].as_f64().unwrap_or_default() as u64;
        if said != stats.figures {
            found.push(format!("{} of {said} figures are there", stats.figures));
        }
        for (kind, field) in [("instrument", "directive"), ("person", "official"), ("office", "position")] {
            let counted: BTreeMap<String, u64> =
                self.all_values(&plan::records("document"), field)?.into_iter().collect();
            let mut weighed: BTreeMap<String, u64> = BTreeMap::new();
            let (read, sort) = (json!(["entity", "weight"]), json!(["entity"]));
            self.each(&plan::records(kind), &read, &sort, super::reader::WINDOW, &mut |record: Weight| {
                weighed.insert(record.entity, record.weight);
                Ok(())
            })?;
            let all = counted.keys().chain(weighed.keys().filter(|id| !counted.contains_key(*id)));
            let other: Vec<&String> = all.filter(|id| counted.get(*id) != weighed.get(*id)).collect();
            if !other.is_empty() {
                let some: Vec<&str> = other.iter().take(EXAMPLES).map(|id| id.as_str()).collect();
                found.push(format!(
                    "{} values of {field} are counted otherwise than in documents, {} among them",
                    other.len(),
                    some.join(", ")
                ));
            }
        }
        if !found.is_empty() {
            found.push("`yearline index --rebuild` makes the index again".to_owned());
        }
        Ok(found)
    }

    /// How many records there are.
    pub(super) fn count(&self, query: &Value) -> Result<u64, Error> {
        let body = json!({ "query": query, "size": 0, "track_total_hits": true });
        Ok(self.ask::<Nothing>(&body)?.total())
    }
}
