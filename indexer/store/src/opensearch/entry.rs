//! From what is kept to the engine's records, and back.

use std::collections::BTreeSet;

use corpus::DocumentId;
use extract::{Figure, Period};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use text::{Signature, fingerprint};

use super::terms;
use crate::best::{paired, weighted};
use crate::calendar::{day, month};
use crate::document::{StoredDocument, order};
use crate::entity::{Entity, EntityKind};
use crate::figure::hundredths;
use crate::record::{DocumentSummary, Keyed, Mentioned};
use crate::search::{Rank, Sort};

/// The record that says what was committed.
pub(super) const COMMIT: &str = "commit";

/// A record and its name.
pub(super) struct Record {
    pub(super) id: String,
    pub(super) body: Value,
}

/// Names of records.
pub(super) mod id {
    use super::{DocumentId, fingerprint};

    pub(in super::super) fn document(id: DocumentId) -> String {
        format!("d:{id}")
    }

    /// The document whose record has this name.
    pub(in super::super) fn document_of(record: &str) -> Option<DocumentId> {
        record.strip_prefix("d:")?.parse().ok()
    }

    pub(in super::super) fn version(id: DocumentId, version: u32) -> String {
        format!("v:{id}:{version}")
    }

    pub(in super::super) fn seen(id: DocumentId) -> String {
        format!("s:{id}")
    }

    pub(in super::super) fn figure(id: DocumentId, number: usize) -> String {
        format!("f:{id}:{number}")
    }

    /// The engine takes names of 512 bytes.
    pub(in super::super) fn entity(id: &str) -> String {
        let short: String = id.chars().take(100).collect();
        if short.len() == id.len() {
            format!("e:{id}")
        } else {
            format!("e:{short}:{:x}", fingerprint(id.as_bytes()))
        }
    }
}

/// The kind of an entity's record.
pub(super) fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Instrument => "instrument",
        EntityKind::Person => "person",
        EntityKind::Office => "office",
    }
}

/// A number of 64 bits in a field of numbers with a sign; `i64` in the same order.
pub(super) fn signed(number: u64) -> i64 {
    (number ^ (1 << 63)) as i64
}

/// The number that [`signed`] was made of.
pub(super) fn unsigned(number: i64) -> u64 {
    (number as u64) ^ (1 << 63)
}

/// The records of a document's newest version: itself and its figures.
pub(super) fn document(
    stored: &StoredDocument,
    signature: Option<&Signature>,
    batch: u64,
) -> serde_json::Result<Vec<Record>> {
    let Mentioned { directives, officials, figures } = Mentioned::of(stored);
    let summary = stored.summary();
    let mut body = common("document", &summary, batch);
    let mut put = |name: &str, value: Value| {
        body.insert(name.to_owned(), value);
    };
    put("text", weighted(&stored.article).map(terms::singles).collect::<Vec<_>>().into());
    put("pairs", paired(&stored.article).map(terms::pairs).collect::<Vec<_>>().into());
    put("version", stored.version.into());
    put("group", strings(stored.groups()));
    put("captured", stored.captured.as_second().into());
    if let Some(signature) = signature {
        put("digest", signed(signature.digest()).into());
        put("bands", signature.bands().map(signed).collect::<Vec<_>>().into());
    }
    let types = [
        ("directive", "directives", directives.len()),
        ("official", "officials", officials.len()),
        ("figure", "figures", figures.len()),
    ];
    put("types", strings(types.iter().filter(|(.., count)| *count > 0).map(|(name, ..)| (*name).to_owned())));
    for (_, field, count) in types {
        put(field, count.into());
    }
    put("directive", strings(directives.iter().filter_map(|keyed| keyed.key.clone())));
    put("official", strings(officials.iter().filter_map(|keyed| keyed.key.clone())));
    put("position", strings(officials.iter().flat_map(|keyed| keyed.positions.iter().cloned())));
    put("indicator", strings(figures.iter().filter_map(|keyed| keyed.key.clone())));
    put("summary", serde_json::to_value(&summary)?);
    put("stored", serde_json::to_value(stored)?);
    let mut all = vec![Record { id: id::document(stored.id), body: Value::Object(body) }];
    for (number, keyed) in figures.iter().enumerate() {
        all.push(Record { id: id::figure(stored.id, number), body: figure(keyed, batch)? });
    }
    Ok(all)
}

fn strings(all: impl IntoIterator<Item = String>) -> Value {
    all.into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().into()
}

/// What documents and figures have in common.
fn common(record: &str, summary: &DocumentSummary, batch: u64) -> Map<String, Value> {
    let published = summary.published.map(|published| published.date);
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| {
        body.insert(name.to_owned(), value);
    };
    put("record", record.into());
    put("batch", batch.into());
    put("id", summary.id.to_string().into());
    put("order", signed(order(summary.id)).into());
    put("newest", Rank::of_day(Sort::Newest, published.map(day)).into());
    put("oldest", Rank::of_day(Sort::Oldest, published.map(day)).into());
    if let Some(source) = &summary.source {
        put("source", source.as_str().into());
    }
    if let Some(province) = &summary.province {
        put("province", province.as_str().into());
    }
    if let Some(language) = summary.language {
        put("language", language.code().into());
    }
    if let Some(date) = published {
        put("day", day(date).into());
        put("month", month(date).into());
    }
    body
}

fn figure(keyed: &Keyed<Figure>, batch: u64) -> serde_json::Result<Value> {
    let evidence = &keyed.record.evidence;
    let Figure { indicator, unit, place, period, rule, .. } = &keyed.record.mention;
    let mut body = common("figure", &evidence.document, batch);
    let says = [indicator, unit, place].into_iter().flatten().map(|words| terms::singles(words));
    body.insert("about".to_owned(), says.collect::<Vec<_>>().into());
    body.insert("place".to_owned(), evidence.start.into());
    body.insert("confidence".to_owned(), hundredths(rule.confidence()).into());
    if let Some((first, last)) = period.map(Period::days) {
        body.insert("first_year".to_owned(), first.year().into());
        body.insert("last_year".to_owned(), last.year().into());
    }
    if let Some(key) = &keyed.key {
        body.insert("indicator".to_owned(), key.as_str().into());
    }
    body.insert("stored".to_owned(), serde_json::to_value(keyed)?);
    Ok(Value::Object(body))
}

/// The record of an older version: readable, not searchable.
pub(super) fn version(stored: &StoredDocument, batch: u64) -> serde_json::Result<Record> {
    let body = json!({
        "record": "version", "batch": batch, "id": stored.id.to_string(), "version": stored.version,
        "order": signed(order(stored.id)), "stored": serde_json::to_value(stored)?,
    });
    Ok(Record { id: id::version(stored.id, stored.version), body })
}

/// The record of a capture that showed nothing new.
pub(super) fn seen(id: DocumentId, at: Timestamp, batch: u64) -> Record {
    let body = json!({ "record": "seen", "batch": batch, "id": id.to_string(), "seen_at": at.as_second() });
    Record { id: id::seen(id), body }
}

/// The record of an entity.
pub(super) fn entity(entity: &Entity, batch: u64) -> serde_json::Result<Record> {
    let body = json!({
        "record": kind(entity.what.kind()), "batch": batch, "entity": entity.id, "group": entity.group,
        "also": entity.also, "holds": strings(entity.offices().map(str::to_owned)),
        "about": entity.words().into_iter().map(terms::singles).collect::<Vec<_>>(),
        "weight": entity.counts.documents, "stored": serde_json::to_value(entity)?,
    });
    Ok(Record { id: id::entity(&entity.id), body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_order() {
        let all = [0, 1, 1 << 62, 1 << 63, u64::MAX];
        for pair in all.windows(2) {
            assert!(signed(pair[0]) < signed(pair[1]), "{pair:?}");
        }
        for number in all {
            assert_eq!(unsigned(signed(number)), number);
        }
    }

    #[test]
    fn names_of_records_are_short_and_their_own() {
        assert_eq!(id::entity("law-luat-dat-dai-2013"), "e:law-luat-dat-dai-2013");
        let long = "x".repeat(600);
        assert!(id::entity(&long).len() < 512);
        assert_ne!(id::entity(&long), id::entity(&format!("{long}y")));
    }
}
