//! Lists of entities.

use std::cmp::Reverse;

use tantivy::columnar::{StrColumn, TermOrdHit};
use tantivy::query::{EnableScoring, Occur, Query};
use tantivy::{DocAddress, DocId};

use super::plan;
use super::reader::Embedded;
use super::schema::{RecordKind, name};
use crate::entity::Entity;
use crate::error::Error;
use crate::store::EntityList;

impl Embedded {
    /// A page of the entities of a kind. A segment's ids are numbered in their order, so that places are compared by number
    /// and only those of the page are read.
    pub(super) fn entity_list(&self, list: &EntityList<'_>) -> Result<(Vec<Entity>, u64), Error> {
        let snapshot = self.snapshot();
        let kind = RecordKind::of_entities(list.kind);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(self.kind(kind)))];
        if !list.words.is_empty() {
            clauses.extend(plan::words(&plan::Target::About(self.fields().about), list.words));
        }
        let query = plan::joined(clauses);
        let mut total = 0;
        let mut all: Vec<(Reverse<u64>, String, DocAddress)> = Vec::new();
        let mut run = || -> tantivy::Result<()> {
            let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
            for (number, reader) in snapshot.searcher.segment_readers().iter().enumerate() {
                let weights = reader.fast_fields().u64(name::WEIGHT)?;
                let Some(ids) = reader.fast_fields().str(name::ENTITY)? else { continue };
                let after = match list.after {
                    Some((documents, id)) => Some((Reverse(documents), first_behind(&ids, id)?)),
                    None => None,
                };
                let mut here: Vec<(Reverse<u64>, u64, DocId)> = Vec::new();
                weight.for_each_no_score(reader, &mut |docs| {
                    for doc in docs.iter().filter(|doc| !reader.is_deleted(**doc)) {
                        total += 1;
                        let place = Reverse(weights.first(*doc).unwrap_or_default());
                        let id = ids.ords().first(*doc).unwrap_or_default();
                        if after.is_none_or(|after| (place, id) >= after) {
                            here.push((place, id, *doc));
                        }
                    }
                })?;
                if here.len() > list.limit {
                    here.select_nth_unstable(list.limit);
                    here.truncate(list.limit);
                }
                for (place, id, doc) in here {
                    let mut text = String::new();
                    ids.ord_to_str(id, &mut text)?;
                    all.push((place, text, DocAddress::new(number as u32, doc)));
                }
            }
            Ok(())
        };
        run().map_err(|error| self.error(error))?;
        all.sort_unstable();
        all.truncate(list.limit);
        let entities = all.into_iter().map(|(_, _, address)| self.entity_at(&snapshot, address));
        Ok((entities.collect::<Result<_, _>>()?, total))
    }
}

/// The number of the first id of a segment that comes behind `id`.
fn first_behind(ids: &StrColumn, id: &str) -> tantivy::Result<u64> {
    Ok(match ids.dictionary().term_ord_or_next(id)? {
        TermOrdHit::Exact(number) => number + 1,
        TermOrdHit::Next(number) => number,
    })
}
