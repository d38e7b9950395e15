//! The folder of tantivy's files as a [`Store`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use corpus::DocumentId;
use jiff::Timestamp;
use tantivy::Term;
use tantivy::collector::Count;

use super::reader::Embedded;
use super::schema::{RecordKind, name};
use crate::document::StoredDocument;
use crate::entity::Entity;
use crate::error::Error;
use crate::figure::{FigureFilter, FigurePlace, Figures, KeyCount};
use crate::search::{Found, Search};
use crate::store::{By, Damage, EachDocument, EntityList, Signed, SourceSummary, Stats, Store, Watermark};

impl Store for Embedded {
    fn generation(&self) -> u64 {
        self.snapshot().generation
    }

    fn watermark(&self) -> Watermark {
        self.snapshot().payload.watermark.clone()
    }

    fn is_outdated(&self) -> bool {
        self.snapshot().payload.is_outdated()
    }

    fn reload(&self) -> Result<bool, Error> {
        self.pick_up_whole()
    }

    fn at_this_point(&self) -> Result<Arc<dyn Store>, Error> {
        Ok(Arc::new(self.still()))
    }

    fn verify(&self) -> Result<(), Error> {
        self.verify_all()
    }

    fn is_verified(&self) -> bool {
        self.was_verified()
    }

    fn damage(&self) -> Option<Damage> {
        self.damaged()
    }

    fn stats(&self) -> Result<Stats, Error> {
        let snapshot = self.snapshot();
        let count = |kind| {
            let counted = snapshot.searcher.search(&self.kind(kind), &Count);
            counted.map(|count| count as u64).map_err(|error| self.error(error))
        };
        let bytes = snapshot.searcher.space_usage().map_err(|error| self.corrupt(error))?.total();
        let [directives, officials] = self.sums(&snapshot, [name::DIRECTIVES, name::OFFICIALS])?;
        Ok(Stats {
            documents: count(RecordKind::Document)?,
            older_versions: count(RecordKind::Version)?,
            directives,
            officials,
            figures: count(RecordKind::Figure)?,
            bytes: bytes.get_bytes(),
            watermark: snapshot.payload.watermark.clone(),
            generation: snapshot.generation,
        })
    }

    fn sources(&self) -> Result<Vec<SourceSummary>, Error> {
        self.by_source()
    }

    fn search(&self, search: &Search<'_>) -> Result<Found, Error> {
        self.find(search)
    }

    fn near_spellings(&self, words: &[&str]) -> Result<Vec<Option<String>>, Error> {
        self.near_spellings_of(words)
    }

    fn documents(&self, ids: &[DocumentId]) -> Result<Vec<StoredDocument>, Error> {
        let snapshot = self.snapshot();
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(self.stored_by(&snapshot, self.fields().newest, *id)?.pop());
        }
        Ok(found)
    }

    fn versions(&self, id: DocumentId) -> Result<Vec<StoredDocument>, Error> {
        let mut all = self.stored_by(&self.snapshot(), self.fields().version_of, id)?;
        all.sort_by_key(|stored| stored.version);
        Ok(all)
    }

    fn seen(&self, ids: &[DocumentId]) -> Result<BTreeMap<DocumentId, Timestamp>, Error> {
        let snapshot = self.snapshot();
        let mut all = BTreeMap::new();
        for id in ids {
            all.extend(self.seen_at(&snapshot, *id)?.map(|at| (*id, at)));
        }
        Ok(all)
    }

    fn each_of_groups(&self, groups: &BTreeSet<String>, each: &mut EachDocument<'_>) -> Result<(), Error> {
        let snapshot = self.snapshot();
        let mut places = BTreeSet::new();
        for group in groups {
            let term = Term::from_field_text(self.fields().group, group);
            places.extend(self.with_term(&snapshot, &term, usize::MAX)?);
        }
        for place in places {
            let document = snapshot.searcher.doc(place).map_err(|error| self.error(error))?;
            each(self.read_stored(&document)?)?;
        }
        Ok(())
    }

    fn entities(&self, by: By, values: &[&str]) -> Result<Vec<Entity>, Error> {
        let fields = self.fields();
        let field = match by {
            By::Id => fields.entity,
            By::Before => fields.also,
            By::Group => fields.entity_group,
            By::Office => fields.holds,
        };
        let snapshot = self.snapshot();
        let mut places = BTreeSet::new();
        for value in values {
            places.extend(self.with_term(&snapshot, &Term::from_field_text(field, value), usize::MAX)?);
        }
        let mut found = Vec::with_capacity(places.len());
        for place in places {
            found.push(self.entity_at(&snapshot, place)?);
        }
        found.sort_by(|a: &Entity, b| a.id.cmp(&b.id));
        Ok(found)
    }

    fn list(&self, list: &EntityList<'_>) -> Result<(Vec<Entity>, u64), Error> {
        self.entity_list(list)
    }

    fn figures(
        &self,
        filter: &FigureFilter,
        after: Option<FigurePlace>,
        limit: usize,
    ) -> Result<Figures, Error> {
        self.figures_of(filter, after, limit)
    }

    fn indicators(&self, filter: &FigureFilter, limit: usize) -> Result<(Vec<KeyCount>, usize), Error> {
        self.indicators_of(filter, limit)
    }

    fn signed(&self, id: DocumentId) -> Result<Option<Signed>, Error> {
        let snapshot = self.snapshot();
        match self.with_id(&snapshot, self.fields().newest, id)?.pop() {
            Some(address) => self.signed_at(&snapshot, address),
            None => Ok(None),
        }
    }

    fn alike(&self, bands: &[u64], limit: usize) -> Result<Vec<Signed>, Error> {
        self.with_bands(bands, limit)
    }
}
