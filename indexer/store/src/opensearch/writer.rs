//! Writing an index in OpenSearch.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use corpus::DocumentId;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use text::Signature;

use super::client::{Client, EngineProblem};
use super::entry::{self, COMMIT, Record, id};
use super::reader::{Alias, OpenSearch, alias, check_version, refuse_other_rules};
use super::{EngineSettings, mapping};
use crate::document::StoredDocument;
use crate::entity::Entity;
use crate::error::Error;
use crate::store::{By, Replaced, Store, Watermark, Writer};

/// Writes an index in OpenSearch; one process at a time.
pub struct OpenSearchWriter {
    reader: OpenSearch,
    before: Option<Arc<dyn Store>>,
    /// The index is made again beside the one in use, and put in its place when it is done.
    rebuilding: bool,
    /// Number of the commit that is being made.
    batch: u64,
    /// Lines of the next bulk.
    bulk: Vec<u8>,
    /// Documents in it, and how many figures each has.
    documents: BTreeMap<DocumentId, usize>,
    /// Older versions are among them.
    has_versions: bool,
    _lock: File,
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
        Ok(Self {
            reader,
            before: before.map(|before| Arc::new(before) as Arc<dyn Store>),
            rebuilding,
            batch,
            bulk: Vec::new(),
            has_versions: false,
            documents: BTreeMap::new(),
            _lock: lock,
        })
    }

    fn client(&self) -> &Client {
        &self.reader.client
    }

    fn add(&mut self, record: &Record) -> Result<(), Error> {
        let action =
            json!({ "index": { "_id": record.id, "version": self.batch, "version_type": "external_gte" } });
        self.line(&action, Some(&record.body))
    }

    fn delete(&mut self, id: &str) -> Result<(), Error> {
        let action =
            json!({ "delete": { "_id": id, "version": self.batch, "version_type": "external_gte" } });
        self.line(&action, None)
    }

    fn line(&mut self, action: &Value, body: Option<&Value>) -> Result<(), Error> {
        for line in [Some(action), body].into_iter().flatten() {
            self.bulk.extend(line.to_string().into_bytes());
            self.bulk.push(b'\n');
        }
        if self.bulk.len() >= self.client().settings.bulk_bytes { self.flush() } else { Ok(()) }
    }

    /// Sends what waits, after what older versions of its documents had and newer ones have not.
    fn flush(&mut self) -> Result<(), Error> {
        let documents = std::mem::take(&mut self.documents);
        let names: Vec<String> = documents.keys().map(|id| id::document(*id)).collect();
        let known = self.client().patiently(|| self.reader.records(&names, &json!(["id", "figures"])))?;
        let mut bulk = std::mem::take(&mut self.bulk);
        for source in known {
            let id = source["id"].as_str().and_then(|id| id.parse::<DocumentId>().ok());
            let Some((id, now)) = id.and_then(|id| Some((id, *documents.get(&id)?))) else { continue };
            let had = source["figures"].as_u64().unwrap_or_default() as usize;
            for number in now..had.max(now) {
                let gone = json!({ "delete": {
                    "_id": id::figure(id, number), "version": self.batch, "version_type": "external_gte",
                } });
                bulk.extend(gone.to_string().into_bytes());
                bulk.push(b'\n');
            }
        }
        self.send(&bulk)
    }

    /// Sends the lines of a bulk until each of its records is acknowledged.
    fn send(&self, lines: &[u8]) -> Result<(), Error> {
        let mut waiting: Vec<Vec<u8>> = actions(lines);
        let end = Instant::now() + self.client().settings.write_patience;
        let mut pause = Duration::from_millis(100);
        // Halved where the engine finds a bulk too large.
        let mut at_once = usize::MAX;
        while !waiting.is_empty() {
            let some: Vec<Vec<u8>> = waiting.drain(..waiting.len().min(at_once)).collect();
            let path = format!("{}/_bulk", self.reader.opened().index);
            let patience = self.client().settings.write_patience;
            let body = some.concat();
            let sent =
                self.client().send(&Method::POST, &path, Some(&body), "application/x-ndjson", patience);
            let mut again = Vec::new();
            let mut why = EngineProblem::Busy;
            match sent {
                Ok(Some(answer)) => {
                    let items = answer["items"].as_array().cloned().unwrap_or_default();
                    if items.len() != some.len() {
                        return Err(self.client().unreadable("a bulk's answer has not all its items"));
                    }
                    for (item, action) in items.iter().zip(some) {
                        match became(item) {
                            Became::Done => {}
                            Became::Later(problem) => {
                                why = problem;
                                again.push(action);
                            }
                            Became::Refused(reason) => {
                                let what = format!("{}: {reason}", item_id(item));
                                return Err(self.client().problem(EngineProblem::Refused(what)));
                            }
                        }
                    }
                }
                Ok(None) => {
                    return Err(self
                        .client()
                        .problem(EngineProblem::Refused("the index is gone".to_owned())));
                }
                Err(Error::Engine { problem: EngineProblem::Refused(reason), .. })
                    if reason.starts_with("413") && some.len() > 1 =>
                {
                    at_once = some.len() / 2;
                    waiting.splice(0..0, some);
                    continue;
                }
                Err(Error::Engine { problem, .. }) if problem.passes() => {
                    why = problem;
                    again = some;
                }
                Err(error) => return Err(error),
            }
            if !again.is_empty() {
                if Instant::now() >= end {
                    return Err(self.client().problem(why));
                }
                tracing::warn!("OpenSearch {why}; {} records are sent again", again.len());
                sleep(pause);
                pause = (pause * 2).min(Duration::from_secs(5));
                waiting.splice(0..0, again);
            }
        }
        Ok(())
    }

    /// Records of some kinds whose number of the commit is beyond the last one.
    fn half_written(&self, kinds: &[&str]) -> Value {
        let beyond = json!({ "range": { "batch": { "gt": self.reader.opened().batch } } });
        json!({ "bool": { "filter": [beyond, { "terms": { "record": kinds } }] } })
    }
}

/// What became of a record of a bulk.
enum Became {
    Done,
    Later(EngineProblem),
    Refused(String),
}

fn item_id(item: &Value) -> String {
    let action = item.as_object().and_then(|item| item.values().next()).unwrap_or(&Value::Null);
    action["_id"].as_str().unwrap_or_default().to_owned()
}

fn became(item: &Value) -> Became {
    let action = item.as_object().and_then(|item| item.values().next()).unwrap_or(&Value::Null);
    let reason = || action["error"]["reason"].as_str().unwrap_or_default().to_owned();
    match action["status"].as_u64().unwrap_or_default() {
        // 404: what was to be removed is not there. 409: a newer one is there already.
        200..=299 | 404 | 409 => Became::Done,
        403 => Became::Later(EngineProblem::Full),
        429 if reason().contains("flood") => Became::Later(EngineProblem::Full),
        429 => Became::Later(EngineProblem::Busy),
        status @ 500..=599 => Became::Later(EngineProblem::Away(format!("{status}: {}", reason()))),
        status => Became::Refused(format!("{status} {}", reason())),
    }
}

/// The lines of a bulk, each action with its body.
fn actions(lines: &[u8]) -> Vec<Vec<u8>> {
    let mut actions: Vec<Vec<u8>> = Vec::new();
    let mut has_body = false;
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        if std::mem::take(&mut has_body) {
            if let Some(last) = actions.last_mut() {
                last.extend_from_slice(line);
            }
        } else {
            has_body = line.starts_with(b"{\"index\"");
            actions.push(line.to_vec());
        }
    }
    actions
}

fn generation_name(client: &Client, number: u32) -> String {
    format!("{}-{number:06}", client.settings.address.name())
}

/// Makes an empty generation with a first commit. An answer may be lost on its way, so each step may be repeated.
fn create(client: &Client, index: &str) -> Result<(), Error> {
    client.patiently(|| {
        // Also the copies: what is written to a lone shard is gone with its machine.
        let path = format!("{index}?wait_for_active_shards=all");
        match client.get(&Method::PUT, &path, Some(&mapping::index(&client.settings))) {
            // What was there before was removed, so this is ours of a moment ago.
            Err(Error::Engine { problem: EngineProblem::Refused(reason), .. })
                if reason.contains("already exists") =>
            {
                Ok(())
            }
            made => made.map(drop),
        }
    })?;
    let first = commit_record(0, &Watermark::default()).map_err(|error| client.unreadable(error))?;
    client.patiently(|| client.get(&Method::PUT, &format!("{index}/_doc/{COMMIT}"), Some(&first)))?;
    refresh(client, index)
}

fn commit_record(batch: u64, watermark: &Watermark) -> serde_json::Result<Value> {
    Ok(json!({ "record": COMMIT, "batch": batch, "watermark": serde_json::to_value(watermark)? }))
}

/// Makes what was written visible.
fn refresh(client: &Client, index: &str) -> Result<(), Error> {
    client.patiently(|| {
        let done = client.get(&Method::POST, &format!("{index}/_refresh"), None)?;
        match done["_shards"]["failed"].as_u64() {
            Some(0) => Ok(()),
            _ => Err(client.problem(EngineProblem::Away("a shard is missing".to_owned()))),
        }
    })
}

/// Puts a generation in the place of the one in use, in one step.
fn publish(client: &Client, index: &str) -> Result<(), Error> {
    let name = client.settings.address.name();
    client.patiently(|| {
        let mut actions = vec![json!({ "add": { "index": index, "alias": name } })];
        match alias(client)? {
            Alias::Of(current) if current == index => return Ok(()),
            Alias::Of(old) => actions.push(json!({ "remove_index": { "index": old } })),
            Alias::None => {}
        }
        client.get(&Method::POST, "_aliases", Some(&json!({ "actions": actions }))).map(drop)
    })
}

/// Removes generations that were begun and not finished.
fn remove_others(client: &Client, keep: &[&str]) -> Result<(), Error> {
    let name = client.settings.address.name();
    let found = client.patiently(|| client.ask(&Method::GET, &format!("{name}-*/_mapping"), None))?;
    let Some(Value::Object(all)) = found else { return Ok(()) };
    for (index, mapping) in all {
        let number = index.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
        let is_generation =
            number.is_some_and(|number| number.len() == 6 && number.bytes().all(|c| c.is_ascii_digit()));
        let ours = mapping["mappings"]["_meta"]["program"] == json!(mapping::PROGRAM);
        if is_generation && ours && !keep.contains(&index.as_str()) {
            client.patiently(|| client.ask(&Method::DELETE, &index, None))?;
        }
    }
    Ok(())
}

/// Refuses a rebuild for which there is no room.
fn check_room(client: &Client, current: &str) -> Result<(), Error> {
    let stats = client.get(&Method::GET, &format!("{current}/_stats/store"), None)?;
    let needed = stats["_all"]["total"]["store"]["size_in_bytes"].as_u64().unwrap_or_default();
    let nodes = client.get(&Method::GET, "_nodes/stats/fs", None)?;
    // Nodes of one machine share its disk; that it is counted once each is the best that can be known.
    let disks = nodes["nodes"].as_object().into_iter().flatten();
    let free: u64 = disks.filter_map(|(_, node)| node["fs"]["total"]["available_in_bytes"].as_u64()).sum();
    if free < needed {
        return Err(client.problem(EngineProblem::NoRoom { free: free >> 20, needed: needed >> 20 }));
    }
    Ok(())
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
        self.reader.each(&documents, &json!(["stored"]), &sort, 200, &mut |mut source| {
            let stored: StoredDocument =
                entry::stored(&mut source).map_err(|error| self.client().unreadable(error))?;
            groups.extend(stored.groups());
            Ok(())
        })?;
        let entities = self.half_written(&["instrument", "person"]);
        self.reader.each(&entities, &json!(["group"]), &json!(["entity"]), 1_000, &mut |source| {
            groups.extend(source["group"].as_str().map(str::to_owned));
            Ok(())
        })?;
        Ok(groups)
    }

    fn put(&mut self, document: StoredDocument, signature: Option<&Signature>) -> Result<(), Error> {
        // What a document takes the place of must have arrived before: nothing else has it any more.
        if std::mem::take(&mut self.has_versions) {
            self.flush()?;
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
        let known = self.reader.records(&[id::document(id)], &json!(["figures"]))?;
        let figures = known.iter().filter_map(|source| source["figures"].as_u64()).max().unwrap_or_default();
        let versions: Vec<u32> = self.reader.versions(id)?.iter().map(|stored| stored.version).collect();
        for number in 0..figures as usize {
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
        self.flush()?;
        let record = commit_record(self.batch, watermark).map_err(|error| self.client().unreadable(error))?;
        // Last of all, when everything before it was acknowledged.
        self.add(&Record { id: COMMIT.to_owned(), body: record })?;
        self.flush()?;
        refresh(self.client(), &self.reader.opened().index)?;
        self.reader.again()?;
        self.batch += 1;
        Ok(())
    }

    fn purge(self: Box<Self>) -> Result<(), Error> {
        // To one segment: the engine leaves a few removed records in place where it is asked for those alone.
        let path = format!("{}/_forcemerge?max_num_segments=1", self.reader.opened().index);
        self.client().patiently(|| self.client().get(&Method::POST, &path, None)).map(drop)
    }

    fn finish(self: Box<Self>, complete: bool) -> Result<(), Error> {
        if self.rebuilding && complete {
            publish(self.client(), &self.reader.opened().index)?;
        }
        Ok(())
    }
}
