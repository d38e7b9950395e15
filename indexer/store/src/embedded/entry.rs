//! From a document and what it mentions to the records of the index.

use std::collections::BTreeSet;

use corpus::DocumentId;
use extract::{Figure, Period};
use jiff::Timestamp;
use tantivy::TantivyDocument;
use text::Signature;

use super::packing::Packer;
use super::schema::{Fields, RecordKind};
use crate::best::{paired, weighted};
use crate::calendar::{day, month};
use crate::document::{StoredDocument, order, shortened};
use crate::entity::Entity;
use crate::figure::hundredths;
use crate::record::{DocumentSummary, Keyed, Mentioned};

/// The records of a document's newest version: itself and its figures.
pub(crate) fn records(
    fields: &Fields,
    stored: &mut StoredDocument,
    signature: Option<&Signature>,
    packer: &mut Packer,
) -> serde_json::Result<Vec<TantivyDocument>> {
    let Mentioned { directives, officials, figures } = Mentioned::of(stored);
    let summary = stored.summary();
    let mut document = common(fields, RecordKind::Document, &summary);
    document.add_text(fields.newest, stored.id.to_string());
    for group in stored.groups() {
        document.add_text(fields.group, group);
    }
    for words in weighted(&stored.article) {
        document.add_text(fields.text, words);
    }
    for words in paired(&stored.article) {
        document.add_text(fields.pairs, words);
    }
    document.add_bytes(fields.summary, &serde_json::to_vec(&in_column(summary))?);
    document.add_i64(fields.captured, stored.captured.as_second());
    if let Some(signature) = signature {
        document.add_u64(fields.digest, signature.digest());
        for band in signature.bands() {
            document.add_u64(fields.bands, band);
        }
    }
    keep(fields, &mut document, stored, packer)?;
    let types = [
        (fields.directives, "directive", directives.len()),
        (fields.officials, "official", officials.len()),
        (fields.figures, "figure", figures.len()),
    ];
    for (field, name, count) in types {
        if count > 0 {
            document.add_text(fields.types, name);
            document.add_u64(field, count as u64);
        }
    }
    let mut add_all = |field, keys: &mut dyn Iterator<Item = &String>| {
        for key in keys.collect::<BTreeSet<_>>() {
            document.add_text(field, key);
        }
    };
    add_all(fields.directive, &mut directives.iter().filter_map(|keyed| keyed.key.as_ref()));
    add_all(fields.official, &mut officials.iter().filter_map(|keyed| keyed.key.as_ref()));
    add_all(fields.position, &mut officials.iter().flat_map(|keyed| &keyed.positions));
    add_all(fields.indicator, &mut figures.iter().filter_map(|keyed| keyed.key.as_ref()));

    let mut all = vec![document];
    // Directly behind their document, since what they say is read from it.
    all.extend(figures.iter().enumerate().map(|(number, keyed)| figure(fields, number, keyed)));
    Ok(all)
}

/// The record of an entity.
pub(crate) fn entity(
    fields: &Fields,
    entity: &Entity,
    packer: &mut Packer,
) -> serde_json::Result<TantivyDocument> {
    let kind = RecordKind::of_entities(entity.what.kind());
    let mut record = TantivyDocument::default();
    record.add_text(fields.record, kind.as_str());
    record.add_text(fields.entity, &entity.id);
    record.add_text(fields.entity_group, &entity.group);
    for id in &entity.also {
        record.add_text(fields.also, id);
    }
    for office in entity.offices().collect::<BTreeSet<_>>() {
        record.add_text(fields.holds, office);
    }
    for words in entity.words() {
        record.add_text(fields.about, words);
    }
    record.add_u64(fields.weight, entity.counts.documents);
    record.add_bytes(fields.stored, &packer.pack(&serde_json::to_vec(entity)?));
    Ok(record)
}

/// The record of an older version: readable, not searchable.
pub(crate) fn version(
    fields: &Fields,
    stored: &mut StoredDocument,
    packer: &mut Packer,
) -> serde_json::Result<TantivyDocument> {
    let mut document = TantivyDocument::default();
    document.add_text(fields.record, RecordKind::Version.as_str());
    document.add_text(fields.version_of, stored.id.to_string());
    keep(fields, &mut document, stored, packer)?;
    Ok(document)
}

/// The record of a capture that showed nothing new.
pub(crate) fn seen(fields: &Fields, id: DocumentId, at: Timestamp) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_text(fields.record, RecordKind::Seen.as_str());
    document.add_text(fields.seen, id.to_string());
    document.add_i64(fields.seen_at, at.as_second());
    document
}

/// Stores a document: its text as it is, the rest as JSON.
fn keep(
    fields: &Fields,
    document: &mut TantivyDocument,
    stored: &mut StoredDocument,
    packer: &mut Packer,
) -> serde_json::Result<()> {
    let text = std::mem::take(&mut stored.article.text);
    let json = serde_json::to_vec(stored);
    document.add_bytes(fields.body, &packer.pack(text.as_bytes()));
    stored.article.text = text;
    document.add_bytes(fields.stored, &packer.pack(&json?));
    Ok(())
}

/// Characters of the name of a source or province.
const LONGEST_NAME: usize = 200;

/// What a list shows of a document, with names that are no longer than a column takes: it cuts a value at 65,535 bytes without a
/// word, and what is cut cannot be read.
fn in_column(summary: DocumentSummary) -> DocumentSummary {
    let name = |name: Option<String>| name.map(|name| shortened(&name, LONGEST_NAME));
    DocumentSummary { source: name(summary.source), province: name(summary.province), ..summary }
}

/// What documents and figures have in common.
fn common(fields: &Fields, kind: RecordKind, summary: &DocumentSummary) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_text(fields.record, kind.as_str());
    document.add_text(fields.id, summary.id.to_string());
    document.add_u64(fields.order, order(summary.id));
    if let Some(source) = &summary.source {
        document.add_text(fields.source, shortened(source, LONGEST_NAME));
    }
    if let Some(province) = &summary.province {
        document.add_text(fields.province, shortened(province, LONGEST_NAME));
    }
    if let Some(language) = summary.language {
        document.add_text(fields.language, language.code());
    }
    if let Some(published) = summary.published {
        document.add_i64(fields.day, day(published.date));
        document.add_u64(fields.month, month(published.date));
    }
    document
}

/// The record of a figure: what it is found by.
fn figure(fields: &Fields, number: usize, keyed: &Keyed<Figure>) -> TantivyDocument {
    let evidence = &keyed.record.evidence;
    let Figure { indicator, unit, place, period, rule, .. } = &keyed.record.mention;
    let mut record = common(fields, RecordKind::Figure, &evidence.document);
    record.add_u64(fields.place, evidence.start as u64);
    record.add_u64(fields.confidence, hundredths(rule.confidence()));
    record.add_u64(fields.number, number as u64);
    for words in [indicator, unit, place].into_iter().flatten() {
        record.add_text(fields.about, words);
    }
    if let Some((first, last)) = period.map(Period::days) {
        record.add_i64(fields.first_year, i64::from(first.year()));
        record.add_i64(fields.last_year, i64::from(last.year()));
    }
    if let Some(key) = &keyed.key {
        record.add_text(fields.indicator, key);
    }
    record
}
