//! Bulks: many records written at once, in the order in which they came; each is acknowledged, sent again, or told.
//!
//! While one bulk is on its way the next one is gathered: a thread of its own sends them, one behind the other.

use std::collections::BTreeMap;
use std::mem::take;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use ureq::http::Method;

use super::client::{Client, EngineProblem};
use super::entry::Record;
use crate::error::Error;
use crate::store::Refused;

/// Longest pause before what was not taken is sent again.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A record that is to be written or removed, as lines of a bulk.
type Action = Vec<u8>;

/// Writes records to one index.
pub(super) struct Bulks {
    client: Arc<Client>,
    index: String,
    gathered: Vec<Action>,
    bytes: usize,
    sender: Option<Sender>,
}

/// The thread that sends, and what it is told and tells.
struct Sender {
    bulks: SyncSender<Vec<Action>>,
    done: Receiver<Result<Vec<Refused>, Error>>,
    /// Bulks that it was given and has not told about.
    on_the_way: usize,
    thread: JoinHandle<()>,
}

impl Bulks {
    pub(super) fn new(client: Arc<Client>, index: String) -> Self {
        Self { client, index, gathered: Vec::new(), bytes: 0, sender: None }
    }

    /// Whether a bulk has been gathered.
    pub(super) fn is_full(&self) -> bool {
        self.bytes >= self.client.settings.bulk_bytes
    }

    /// Adds a record; `version` is that of the commit, so that it may be written twice.
    pub(super) fn write(&mut self, record: &Record, version: u64) {
        let what = json!({ "_id": record.id, "version": version, "version_type": "external_gte" });
        self.add(&json!({ "index": what }), Some(&record.body));
    }

    /// Adds that a record is to be removed.
    pub(super) fn remove(&mut self, id: &str, version: u64) {
        let what = json!({ "_id": id, "version": version, "version_type": "external_gte" });
        self.add(&json!({ "delete": what }), None);
    }

    fn add(&mut self, action: &Value, body: Option<&Value>) {
        let mut lines = Vec::new();
        for line in [Some(action), body].into_iter().flatten() {
            lines.extend(line.to_string().into_bytes());
            lines.push(b'\n');
        }
        self.bytes += lines.len();
        self.gathered.push(lines);
    }

    /// Sends what was gathered, behind what is on its way; records that were refused meanwhile.
    pub(super) fn send(&mut self) -> Result<Vec<Refused>, Error> {
        self.bytes = 0;
        let bulk = take(&mut self.gathered);
        if bulk.is_empty() {
            return Ok(Vec::new());
        }
        // One is on its way and one waits: memory is bounded by three bulks.
        let refused = self.told(1)?;
        let sender =
            self.sender.get_or_insert_with(|| Sender::new(Arc::clone(&self.client), self.index.clone()));
        if sender.bulks.send(bulk).is_ok() {
            sender.on_the_way += 1;
            return Ok(refused);
        }
        Err(self.client.unreadable("the thread that sends bulks ended"))
    }

    /// Waits until everything that was sent was acknowledged; records that were refused.
    pub(super) fn arrive(&mut self) -> Result<Vec<Refused>, Error> {
        let mut refused = self.send()?;
        refused.extend(self.told(0)?);
        Ok(refused)
    }

    /// Waits until no more than so many bulks are on their way.
    fn told(&mut self, most: usize) -> Result<Vec<Refused>, Error> {
        let mut refused = Vec::new();
        let Some(sender) = &mut self.sender else { return Ok(refused) };
        while sender.on_the_way > most {
            let Ok(done) = sender.done.recv() else {
                return Err(self.client.unreadable("the thread that sends bulks ended"));
            };
            sender.on_the_way -= 1;
            refused.extend(done?);
        }
        Ok(refused)
    }
}

impl Drop for Bulks {
    fn drop(&mut self) {
        if let Some(Sender { bulks, thread, .. }) = self.sender.take() {
            drop(bulks);
            drop(thread.join());
        }
    }
}

impl Sender {
    fn new(client: Arc<Client>, index: String) -> Self {
        let (bulks, waiting) = sync_channel::<Vec<Action>>(1);
        let (tell, done) = sync_channel(2);
        let thread = spawn(move || {
            for bulk in waiting {
                let sent = send(&client, &index, bulk);
                let failed = sent.is_err();
                // What comes behind a bulk that did not arrive must not arrive either.
                if tell.send(sent).is_err() || failed {
                    return;
                }
            }
        });
        Self { bulks, done, on_the_way: 0, thread }
    }
}

/// The answer to a bulk: each record under what was done to it, in the order of the bulk.
#[derive(Deserialize)]
struct Done {
    items: Vec<BTreeMap<String, Item>>,
}

/// What was done to a record.
#[derive(Deserialize)]
struct Item {
    #[serde(rename = "_id")]
    id: String,
    status: u16,
    error: Option<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    #[serde(default)]
    reason: String,
}

/// What became of a record of a bulk.
#[derive(Debug, PartialEq, Eq)]
enum Became {
    Done,
    /// It is to be sent again.
    Later(EngineProblem),
    /// It will never be taken.
    Refused(String),
}

impl Item {
    fn became(&self) -> Became {
        let reason = self.error.as_ref().map_or("", |error| error.reason.as_str());
        match self.status {
            // 404: what was to be removed is not there. 409: a newer one is there already.
            200..=299 | 404 | 409 => Became::Done,
            403 => Became::Later(EngineProblem::Full),
            429 if reason.contains("flood") => Became::Later(EngineProblem::Full),
            429 => Became::Later(EngineProblem::Busy),
            status @ 500..=599 => Became::Later(EngineProblem::Away(format!("{status}: {reason}"))),
            status => Became::Refused(format!("{status} {reason}")),
        }
    }
}

/// Sends a bulk until each of its records is acknowledged or refused; those that were refused.
fn send(client: &Client, index: &str, mut waiting: Vec<Action>) -> Result<Vec<Refused>, Error> {
    let path = format!("{index}/_bulk");
    let patience = client.settings.write_patience;
    let end = Instant::now() + patience;
    let mut pause = Duration::from_millis(100);
    let mut refused = Vec::new();
    // Halved where the engine finds a bulk too large.
    let mut at_once = usize::MAX;
    while !waiting.is_empty() {
        let some: Vec<Action> = waiting.drain(..waiting.len().min(at_once)).collect();
        let body = some.concat();
        let sent = client.send::<Done>(&Method::POST, &path, Some(&body), "application/x-ndjson", patience);
        let mut again = Vec::new();
        let mut why = EngineProblem::Busy;
        match sent {
            Ok(Some(Done { items })) => {
                if items.len() != some.len() {
                    return Err(client.unreadable("a bulk's answer has not all its items"));
                }
                for (item, action) in items.iter().flat_map(BTreeMap::values).zip(some) {
                    match item.became() {
                        Became::Done => {}
                        Became::Later(problem) => {
                            why = problem;
                            again.push(action);
                        }
                        Became::Refused(reason) => {
                            refused.push(Refused { record: item.id.clone(), reason });
                        }
                    }
                }
            }
            Ok(None) => {
                return Err(client.problem(EngineProblem::Refused("the index is gone".to_owned())));
            }
            Err(Error::Engine { problem: EngineProblem::TooLarge, .. }) => match some.as_slice() {
                [one] => {
                    refused.push(Refused { record: name(one), reason: EngineProblem::TooLarge.to_string() });
                }
                _ => {
                    at_once = some.len() / 2;
                    waiting.splice(0..0, some);
                }
            },
            Err(Error::Engine { problem, .. }) if problem.passes() => {
                why = problem;
                again = some;
            }
            Err(error) => return Err(error),
        }
        if !again.is_empty() {
            if Instant::now() >= end {
                return Err(client.problem(why));
            }
            tracing::warn!("OpenSearch {why}; {} records are sent again", again.len());
            sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
            waiting.splice(0..0, again);
        }
    }
    Ok(refused)
}

/// The name of the record of an action.
fn name(action: &[u8]) -> String {
    let line = action.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let said: BTreeMap<String, Value> = serde_json::from_slice(line).unwrap_or_default();
    let named = said.values().next().and_then(|what| what["_id"].as_str());
    named.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_says_what_became_of_it() {
        let check = |item: Value, expected: Became| {
            let read: Item = serde_json::from_value(item.clone()).unwrap();
            assert_eq!(read.became(), expected, "{item}");
        };
        check(json!({ "_id": "a", "status": 201 }), Became::Done);
        check(json!({ "_id": "a", "status": 404 }), Became::Done);
        check(json!({ "_id": "a", "status": 409, "error": { "reason": "version conflict" } }), Became::Done);
        let error = |reason: &str| json!({ "type": "x", "reason": reason });
        check(
            json!({ "_id": "a", "status": 429, "error": error("rejected execution") }),
            Became::Later(EngineProblem::Busy),
        );
        check(
            json!({ "_id": "a", "status": 429, "error": error("flood-stage watermark") }),
            Became::Later(EngineProblem::Full),
        );
        check(
            json!({ "_id": "a", "status": 503, "error": error("primary shard is not active") }),
            Became::Later(EngineProblem::Away("503: primary shard is not active".to_owned())),
        );
        check(
            json!({ "_id": "a", "status": 400, "error": error("immense term") }),
            Became::Refused("400 immense term".to_owned()),
        );
    }
}
