//! Generations: the indices that an alias names one after the other, and what was committed to each.

use std::path::PathBuf;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};
use ureq::http::Method;

use super::answer::Record;
use super::client::{Client, EngineProblem, within};
use super::entry::COMMIT;
use super::mapping::{self, PROGRAM, VERSION};
use crate::error::Error;
use crate::store::Watermark;

/// The generation that is asked.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    /// Name of its index.
    pub(super) index: String,
    /// Number in that name.
    pub(super) number: u32,
    /// Version of the rules that the mentions were read by.
    pub(super) rules: String,
    /// Number of the last commit.
    pub(super) batch: u64,
    /// Documents that it must have.
    pub(super) documents: u64,
    pub(super) watermark: Watermark,
}

/// What the record of a commit says.
#[derive(Deserialize)]
struct Commit {
    batch: u64,
    documents: u64,
    watermark: Watermark,
}

/// What may be asked of an index that was found.
pub(super) enum Alias {
    /// There is none of this name.
    None,
    /// The index in use.
    Of(String),
}

/// Whether the engine is one that we know.
pub(super) fn check_version(client: &Client) -> Result<(), Error> {
    let about: Value = client.get(&Method::GET, "", None)?;
    let number = about["version"]["number"].as_str().unwrap_or_default();
    let distribution = about["version"]["distribution"].as_str();
    let mut parts = number.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let version = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if distribution == Some("opensearch") && version >= (2, 19) {
        return Ok(());
    }
    let found = match distribution {
        Some("opensearch") => format!("OpenSearch {number}"),
        _ if number.is_empty() => "another program".to_owned(),
        _ => format!("another program ({number})"),
    };
    Err(client.problem(EngineProblem::TooOld(found)))
}

/// The generation in use; refuses a name that another program has taken.
pub(super) fn alias(client: &Client) -> Result<Alias, Error> {
    let name = client.settings.address.name();
    if let Some(found) = client.ask::<Map<String, Value>>(&Method::GET, &format!("_alias/{name}"), None)? {
        let mut indices = found.into_iter().map(|(index, _)| index);
        if let (Some(index), None) = (indices.next(), indices.next()) {
            return Ok(Alias::Of(index));
        }
        return Err(client.problem(EngineProblem::Foreign));
    }
    match client.ask::<Value>(&Method::GET, &format!("{name}/_mapping"), None)? {
        Some(_) => Err(client.problem(EngineProblem::Foreign)),
        None => Ok(Alias::None),
    }
}

pub(super) fn no_index(client: &Client) -> Error {
    Error::NoIndex(PathBuf::from(client.settings.address.to_string()))
}

/// Refuses to go on with what other rules began.
pub(super) fn refuse_other_rules(client: &Client, opened: &Opened) -> Result<(), Error> {
    if opened.rules == rules::version() { Ok(()) } else { Err(other(client, &json!(VERSION), &opened.rules)) }
}

fn other(client: &Client, schema: &Value, rules: &str) -> Error {
    Error::other_version(client.settings.address.to_string(), (schema, rules), VERSION)
}

/// What stands in a generation; refuses that of another program or another schema.
pub(super) fn opened(client: &Client, index: String) -> Result<Opened, Error> {
    let Some(mapping) = client.ask::<Value>(&Method::GET, &format!("{index}/_mapping"), None)? else {
        return Err(no_index(client));
    };
    let meta = &mapping[&index]["mappings"]["_meta"];
    if meta["program"] != json!(PROGRAM) {
        return Err(client.problem(EngineProblem::Foreign));
    }
    let rules = meta["rules"].as_str().unwrap_or_default().to_owned();
    if meta["schema"] != json!(VERSION) {
        return Err(other(client, &meta["schema"], &rules));
    }
    let commit = client.ask(&Method::GET, &format!("{index}/_doc/{COMMIT}?realtime=false"), None)?;
    let Some(Record { source: Some(Commit { batch, documents, watermark }), .. }) = commit else {
        return Err(no_index(client));
    };
    let number = index.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default();
    Ok(Opened { index, number, rules, batch, documents, watermark })
}

/// Grows with each commit and each rebuild.
pub(super) fn generation(opened: &Opened) -> u64 {
    (u64::from(opened.number) << 40) + opened.batch
}

/// The name of a generation.
pub(super) fn generation_name(client: &Client, number: u32) -> String {
    format!("{}-{number:06}", client.settings.address.name())
}

/// Makes an empty generation with a first commit. An answer may be lost on its way, so each step may be repeated.
pub(super) fn create(client: &Client, index: &str) -> Result<(), Error> {
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
            made => made.map(|_: IgnoredAny| ()),
        }
    })?;
    let first = commit_record(0, 0, &Watermark::default()).map_err(|error| client.unreadable(error))?;
    let path = format!("{index}/_doc/{COMMIT}");
    client.patiently(|| client.get::<IgnoredAny>(&Method::PUT, &path, Some(&first)))?;
    refresh(client, index)
}

pub(super) fn commit_record(batch: u64, documents: u64, watermark: &Watermark) -> serde_json::Result<Value> {
    Ok(
        json!({ "record": COMMIT, "batch": batch, "documents": documents, "watermark": serde_json::to_value(watermark)? }),
    )
}

/// Makes what was written visible.
pub(super) fn refresh(client: &Client, index: &str) -> Result<(), Error> {
    client.patiently(|| {
        let done: Value = client.get(&Method::POST, &format!("{index}/_refresh"), None)?;
        match done["_shards"]["failed"].as_u64() {
            Some(0) => Ok(()),
            _ => Err(client.problem(EngineProblem::Away("a shard is missing".to_owned()))),
        }
    })
}

/// Writes again what still holds removed records, until the files have nothing of them.
pub(super) fn purge(client: &Client, index: &str) -> Result<(), Error> {
    let do_it = |what: &str| {
        client.patiently(|| client.get::<IgnoredAny>(&Method::POST, &format!("{index}/{what}"), None))
    };
    within(client.settings.write_patience, || {
        // Copies tell one another twice a minute what they have; until then the engine keeps what it could send to them again.
        do_it("_flush?force=true")?;
        do_it("_forcemerge?only_expunge_deletes=true")?;
        // The files of before are read no more, and then removed.
        refresh(client, index)?;
        do_it("_flush?force=true")?;
        let docs: Value = client.get(&Method::GET, &format!("{index}/_stats/docs"), None)?;
        match docs["_all"]["total"]["docs"]["deleted"].as_u64() {
            Some(0) => Ok(()),
            _ => Err(client.problem(EngineProblem::Holding)),
        }
    })
}

/// Puts a generation in the place of the one in use, in one step.
pub(super) fn publish(client: &Client, index: &str) -> Result<(), Error> {
    let name = client.settings.address.name();
    client.patiently(|| {
        let mut actions = vec![json!({ "add": { "index": index, "alias": name } })];
        match alias(client)? {
            Alias::Of(current) if current == index => return Ok(()),
            Alias::Of(old) => actions.push(json!({ "remove_index": { "index": old } })),
            Alias::None => {}
        }
        client.get::<IgnoredAny>(&Method::POST, "_aliases", Some(&json!({ "actions": actions }))).map(drop)
    })
}

/// Removes generations that were begun and not finished.
pub(super) fn remove_others(client: &Client, keep: &[&str]) -> Result<(), Error> {
    let name = client.settings.address.name();
    let path = format!("{name}-*/_mapping");
    let found = client.patiently(|| client.ask::<Map<String, Value>>(&Method::GET, &path, None))?;
    let Some(all) = found else { return Ok(()) };
    for (index, mapping) in all {
        let number = index.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
        let is_generation =
            number.is_some_and(|number| number.len() == 6 && number.bytes().all(|c| c.is_ascii_digit()));
        let ours = mapping["mappings"]["_meta"]["program"] == json!(mapping::PROGRAM);
        if is_generation && ours && !keep.contains(&index.as_str()) {
            client.patiently(|| client.ask::<IgnoredAny>(&Method::DELETE, &index, None))?;
        }
    }
    Ok(())
}

/// Refuses a rebuild for which there is no room.
pub(super) fn check_room(client: &Client, current: &str) -> Result<(), Error> {
    let stats: Value = client.get(&Method::GET, &format!("{current}/_stats/store"), None)?;
    let needed = stats["_all"]["total"]["store"]["size_in_bytes"].as_u64().unwrap_or_default();
    let nodes: Value = client.get(&Method::GET, "_nodes/stats/fs", None)?;
    // Nodes of one machine share its disk; that it is counted once each is the best that can be known.
    let disks = nodes["nodes"].as_object().into_iter().flatten();
    let free: u64 = disks.filter_map(|(_, node)| node["fs"]["total"]["available_in_bytes"].as_u64()).sum();
    if free < needed {
        return Err(client.problem(EngineProblem::NoRoom { free: free >> 20, needed: needed >> 20 }));
    }
    Ok(())
}
