//! Lists of entities.

use tantivy::DocAddress;
use tantivy::query::{EnableScoring, Occur, Query};

use super::plan;
use super::reader::Embedded;
use super::schema::{RecordKind, name};
use crate::entity::Entity;
use crate::error::Error;
use crate::store::EntityList;

/// A rank with a great many members is cut by place: nobody pages through those that one text names once.
const RANK: usize = 10_000;

impl Embedded {
    /// A page of the entities of a kind.
    pub(super) fn entity_list(&self, list: &EntityList<'_>) -> Result<(Vec<Entity>, u64), Error> {
        let snapshot = self.snapshot();
        let kind = RecordKind::of_entities(list.kind);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(self.kind(kind)))];
        if !list.words.is_empty() {
            clauses.extend(plan::words(&plan::Target::About(self.fields().about), list.words));
        }
        let query = plan::joined(clauses);
        let mut total = 0;
        let mut all: Vec<(u64, DocAddress)> = Vec::new();
        let behind = list.after.map(|(documents, _)| documents);
        let mut run = || -> tantivy::Result<()> {
            let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
            for (number, reader) in snapshot.searcher.segment_readers().iter().enumerate() {
                let weights = reader.fast_fields().u64(name::WEIGHT)?;
                weight.for_each_no_score(reader, &mut |docs| {
                    for doc in docs.iter().filter(|doc| !reader.is_deleted(**doc)) {
                        total += 1;
                        let weight = weights.first(*doc).unwrap_or_default();
                        if behind.is_none_or(|behind| weight <= behind) {
                            all.push((weight, DocAddress::new(number as u32, *doc)));
                        }
                    }
                })?;
            }
            Ok(())
        };
        run().map_err(|error| self.error(error))?;
        // Of equals the first by id, so all of the first and the last rank are read.
        all.sort_unstable_by_key(|(weight, address)| (std::cmp::Reverse(*weight), *address));
        let first_rank = all.partition_point(|(weight, _)| behind.is_some_and(|behind| *weight >= behind));
        let end = (first_rank + list.limit).min(all.len());
        let last = end.checked_sub(1).map(|at| all[at].0);
        let whole = all.partition_point(|(weight, _)| last.is_some_and(|last| *weight >= last));
        all.truncate(whole.min(end + RANK));
        let mut found = Vec::with_capacity(all.len());
        for (_, address) in all {
            found.push(self.entity_at(&snapshot, address)?);
        }
        found.sort_by(|a: &Entity, b| a.place().cmp(&b.place()));
        if let Some((documents, id)) = list.after {
            found.retain(|entity| entity.place() > (std::cmp::Reverse(documents), id));
        }
        found.truncate(list.limit);
        Ok((found, total))
    }
}
