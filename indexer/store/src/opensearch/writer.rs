//! Writing an index in OpenSearch.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use corpus::DocumentId;
use jiff::Timestamp;
use serde_json::{Value, json};
use text::Signature;

use super::EngineSettings;
use super::answer::{Numbers, Stored};
use super::bulk::Bulks;
use super::client::{Client, EngineProblem};
use super::entry::{self, COMMIT, Record, id};
use super::generation::{
    self, Alias, alias, check_room, check_version, commit_record, create, generation_name, publish, refresh,
    refuse_other_rules, remove_others,
};
use super::plan;
use super::reader::OpenSearch;
use crate::document::StoredDocument;
use crate::entity::Entity;
use crate::error::Error;
use crate::store::{By, Refused, Replaced, Store, Watermark, Writer};

/// Writes an index in OpenSearch; one process at a time.
pub struct OpenSearchWriter {
    reader: OpenSearch,
    before: Option<Arc<dyn Store>>,
    /// The index is made again beside the one in use, and put in its place when it is done.
    rebuilding: bool,
    /// Number of the commit that is being made.
    batch: u64,
    bulks: Bulks,
    /// Records that the engine will not take.
    refused: Vec<Refused>,
    /// Documents in the next bulk, and how many figures each has.
    documents: BTreeMap<DocumentId, usize>,
    /// Older versions are in it.
    has_versions: bool,
    /// Documents that were there when it began, and what this commit adds and takes away.
    counted: Counted,
    _lock: File,
}

/// How many documents there must be.
#[derive(Default)]
struct Counted {
    before: u64,
    added: BTreeSet<DocumentId>,
    removed: BTreeSet<DocumentId>,
}

impl Counted {
    fn now(&self) -> u64 {
        (self.before + self.added.len() as u64).saturating_sub(self.removed.len() as u64)
    }
}

impl OpenSearchWriter {
    /// Opens the index that settings name for writing; makes it where there is none. `lock` is a folder of this archive: who
    /// holds its lock writes.
    pub fn open(settings: EngineSettings, lock: &Path) -> Result<Self, Error> {
        let lock = crate::lock::lock(lock)?;
        let client = Arc::new(Client::new(settings)?);
        client.patiently(|| check_version(&client))?;
        let current = client.patiently(|| alias(&client))?;
        let index = match current {
            Alias::Of(index) => index,
            Alias::None => {
                let index = generation_name(&client, 1);
                create(&client, &index)?;
                publish(&client, &index)?;
                index
            }
        };
        remove_others(&client, &[&index])?;
        Self::over(&client, &index, None, false, lock)
    }

    /// Begins the index again from nothing, beside the one in use.
    pub fn rebuild(settings: EngineSettings, lock: &Path) -> Result<Self, Error> {
        let lock = crate::lock::lock(lock)?;
        let client = Arc::new(Client::new(settings)?);
        check_version(&client)?;
        let Alias::Of(current) = alias(&client)? else {
            let index = generation_name(&client, 1);
            remove_others(&client, &[])?;
            create(&client, &index)?;
            return Self::over(&client, &index, None, true, lock);
        };
        remove_others(&client, &[&current])?;
        check_room(&client, &current)?;
        let number: u32 =
            current.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default();
        let index = generation_name(&client, number + 1);
        create(&client, &index)?;
        // One of another version is what a rebuild replaces; then ids begin anew.
        let before = OpenSearch::over(Arc::clone(&client), current, client.settings.write_patience).ok();
        Self::over(&client, &index, before, true, lock)
    }

    fn over(
        client: &Arc<Client>,
        index: &str,
        before: Option<OpenSearch>,
        rebuilding: bool,
        lock: File,
    ) -> Result<Self, Error> {
        // What a killed writer left becomes visible, so that it can be told.
        refresh(client, index)?;
        let reader = client.patiently(|| {
            OpenSearch::over(Arc::clone(client), index.to_owned(), client.settings.write_patience)
        })?;
        refuse_other_rules(client, &reader.opened())?;
        let batch = reader.opened().batch + 1;
        // What a killed writer added is among them.
        let counted = Counted { before: reader.count(&plan::records("document"))?, ..Counted::default() };
        let bulks = Bulks::new(Arc::clone(client), index.to_owned());
        Ok(Self {
            reader,
            before: before.map(|before| Arc::new(before) as Arc<dyn Store>),
            rebuilding,
            batch,
            bulks,
            refused: Vec::new(),
            has_versions: false,
            documents: BTreeMap::new(),
            counted,
            _lock: lock,
        })
    }

    fn client(&self) -> &Client {
        &self.reader.client
    }

    fn add(&mut self, record: &Record) -> Result<(), Error> {
        self.bulks.write(record, self.batch);
        self.pass_on()
    }

    fn delete(&mut self, id: &str) -> Result<(), Error> {
        self.bulks.remove(id, self.batch);
        self.pass_on()
    }

    fn pass_on(&mut self) -> Result<(), Error> {
        if self.bulks.is_full() { self.flush() } else { Ok(()) }
    }

    /// Sends what waits, with the removal of what older versions of its documents had and newer ones have not.
    fn flush(&mut self) -> Result<(), Error> {
        let documents = std::mem::take(&mut self.documents);
        let names: Vec<String> = documents.keys().map(|id| id::document(*id)).collect();
        let known =
            self.client().patiently(|| self.reader.records::<Numbers>(&names, &json!(["id", "figures"])))?;
        self.counted.added.extend(documents.keys());
        for source in known {
            let id = source.id.and_then(|id| id.parse::<DocumentId>().ok());
            let Some((id, now)) = id.and_then(|id| Some((id, *documents.get(&id)?))) else { continue };
            self.counted.added.remove(&id);
            for number in now..source.figures.max(now) {
                self.bulks.remove(&id::figure(id, number), self.batch);
            }
        }
        let refused = self.bulks.send()?;
        self.refused.extend(refused);
        Ok(())
    }

    /// The same, and waits until all of it was acknowledged.
    fn arrive(&mut self) -> Result<(), Error> {
        self.flush()?;
        let refused = self.bulks.arrive()?;
        self.refused.extend(refused);
        Ok(())
    }

    /// Records of some kinds whose number of the commit is beyond the last one.
    fn half_written(&self, kinds: &[&str]) -> Value {
        let beyond = json!({ "range": { "batch": { "gt": self.reader.opened().batch } } });
        json!({ "bool": { "filter": [beyond, { "terms": { "record": kinds } }] } })
    }
}

impl Writer for OpenSearchWriter {
    fn store(&self) -> &dyn Store {
        &self.reader
    }

    fn before(&self) -> Option<Arc<dyn Store>> {
        self.before.clone()
    }

    fn unfinished(&self) -> Result<BTreeSet<String>, Error> {
        let mut groups = BTreeSet::new();
        let documents = self.half_written(&["document", "version"]);
        let sort = json!(["order", "version"]);
        self.reader.each(&documents, &json!(["stored"]), &sort, 200, &mut |source: Stored<
            StoredDocument,
        >| {
            groups.extend(source.stored.groups());
            Ok(())
        })?;
        let entities = self.half_written(&["instrument", "person"]);
        self.reader.each(
            &entities,
            &json!(["group"]),
            &json!(["entity"]),
            1_000,
            &mut |source: Numbers| {
                groups.extend(source.group);
                Ok(())
            },
        )?;
        Ok(groups)
    }

    fn put(&mut self, document: StoredDocument, signature: Option<&Signature>) -> Result<(), Error> {
        // What a document takes the place of must have arrived before: nothing else has it any more.
        if std::mem::take(&mut self.has_versions) {
            self.arrive()?;
        }
        let records = entry::document(&document, signature, self.batch);
        let records = records.map_err(|error| self.client().unreadable(error))?;
        self.documents.insert(document.id, records.len() - 1);
        for record in records {
            self.add(&record)?;
        }
        Ok(())
    }

    fn put_version(&mut self, document: StoredDocument) -> Result<(), Error> {
        let record = entry::version(&document, self.batch);
        let record = record.map_err(|error| self.client().unreadable(error))?;
        self.has_versions = true;
        self.add(&record)
    }

    fn put_seen(&mut self, id: DocumentId, at: Timestamp) -> Result<(), Error> {
        self.add(&entry::seen(id, at, self.batch))
    }

    fn remove(&mut self, id: DocumentId) -> Result<(), Error> {
        let known = self.reader.records::<Numbers>(&[id::document(id)], &json!(["figures"]))?;
        let figures = known.iter().map(|source| source.figures).max().unwrap_or_default();
        let versions: Vec<u32> = self.reader.versions(id)?.iter().map(|stored| stored.version).collect();
        if known.is_empty() {
            self.counted.added.remove(&id);
        } else {
            self.counted.removed.insert(id);
        }
        for number in 0..figures {
            self.delete(&id::figure(id, number))?;
        }
        for version in versions {
            self.delete(&id::version(id, version))?;
        }
        self.delete(&id::seen(id))?;
        self.delete(&id::document(id))
    }

    fn replace(&mut self, replaced: &Replaced, entities: &[Entity]) -> Result<(), Error> {
        let groups: Vec<&str> = replaced.groups.iter().map(String::as_str).collect();
        let offices: Vec<&str> = replaced.offices.iter().map(String::as_str).collect();
        let mut gone: BTreeSet<String> = BTreeSet::new();
        for (by, values) in [(By::Group, groups), (By::Id, offices)] {
            let known = self.client().patiently(|| self.reader.entities(by, &values))?;
            gone.extend(known.into_iter().map(|entity| entity.id));
        }
        for entity in entities {
            gone.remove(&entity.id);
        }
        for id in gone {
            self.delete(&id::entity(&id))?;
        }
        for entity in entities {
            let record =
                entry::entity(entity, self.batch).map_err(|error| self.client().unreadable(error))?;
            self.add(&record)?;
        }
        Ok(())
    }

    fn commit(&mut self, watermark: &Watermark) -> Result<(), Error> {
        self.arrive()?;
        // Without those that were refused.
        for refused in &self.refused {
            if let Some(id) = id::document_of(&refused.record) {
                self.counted.added.remove(&id);
            }
        }
        let documents = self.counted.now();
        let record = commit_record(self.batch, documents, watermark)
            .map_err(|error| self.client().unreadable(error))?;
        // Last of all, when everything before it was acknowledged.
        self.add(&Record { id: COMMIT.to_owned(), body: record })?;
        self.arrive()?;
        refresh(self.client(), &self.reader.opened().index)?;
        self.reader.again()?;
        self.batch += 1;
        let found = self.reader.count(&plan::records("document"))?;
        if found < documents {
            return Err(self.client().problem(EngineProblem::Lost { found, documents }));
        }
        self.counted = Counted { before: found, ..Counted::default() };
        Ok(())
    }

    fn refused(&mut self) -> Vec<Refused> {
        std::mem::take(&mut self.refused)
    }

    fn purge(self: Box<Self>) -> Result<(), Error> {
        generation::purge(self.client(), &self.reader.opened().index)
    }

    fn finish(self: Box<Self>, complete: bool) -> Result<(), Error> {
        if self.rebuilding && complete {
            publish(self.client(), &self.reader.opened().index)?;
        }
        Ok(())
    }
}
