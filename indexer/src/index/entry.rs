//! From a document and its mentions to the records of the index.

use std::collections::BTreeSet;

use corpus::{CodePoints, DocumentId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tantivy::TantivyDocument;
use text::Signature;

use super::assign;
use super::document::Keyed;
use super::entity::{Assignment, Entity, Meant, What};
use super::keys;
use super::schema::{Fields, RecordKind};
use super::stored::{StoredDocument, order};
use crate::record::{DocumentSummary, Evidence, Record};
use crate::{Directive, Figure, Official, Period, Rule};

/// Days from 1970-01-01 to a date.
pub(crate) fn day(date: Date) -> i64 {
    i64::from(date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

/// The date that a number of days after 1970-01-01 is.
pub(crate) fn date(day: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// The calendar month of a date, counted from the year 0.
pub(crate) fn month(date: Date) -> u64 {
    date.year().max(0) as u64 * 12 + date.month() as u64 - 1
}

/// All mentions of a document with their keys and their proof.
pub(crate) struct Mentioned {
    pub(crate) directives: Vec<Keyed<Directive>>,
    pub(crate) officials: Vec<Keyed<Official>>,
    pub(crate) figures: Vec<Keyed<Figure>>,
}

impl Mentioned {
    pub(crate) fn of(stored: &StoredDocument) -> Self {
        let text = &stored.article.text;
        let points = CodePoints::new(text);
        let summary = stored.summary();
        let proof = |span| Evidence::of(&stored.article, &points, span, summary.clone());
        let Assignment { directives: meant, officials: whom } = &stored.assignment;
        let directives = stored.mentions.directives.iter().enumerate().map(|(at, mention)| {
            let (key, candidates) = match meant.get(at) {
                Some(Meant::One(id, _)) => (Some(id.clone()), Vec::new()),
                Some(Meant::Several(ids)) => (None, ids.clone()),
                Some(Meant::Unknown) | None => (None, Vec::new()),
            };
            let record = Record { mention: mention.clone(), evidence: proof(mention.span) };
            Keyed { key, candidates, positions: Vec::new(), record }
        });
        let officials = stored.mentions.officials.iter().enumerate().map(|(at, mention)| {
            let whom = whom.get(at);
            Keyed {
                key: whom.map(|whom| whom.person.clone()).filter(|id| !id.is_empty()),
                candidates: Vec::new(),
                positions: whom.map(|whom| whom.offices.clone()).unwrap_or_default(),
                record: Record { mention: mention.clone(), evidence: proof(mention.span) },
            }
        });
        let figures = stored.mentions.figures.iter().map(|mention| Keyed {
            key: keys::indicator(mention),
            candidates: Vec::new(),
            positions: Vec::new(),
            record: Record { mention: mention.clone(), evidence: proof(mention.span) },
        });
        Self { directives: directives.collect(), officials: officials.collect(), figures: figures.collect() }
    }
}

/// The records of a document's newest version: itself and its mentions.
pub(crate) fn records(
    fields: &Fields,
    stored: &mut StoredDocument,
    signature: Option<&Signature>,
) -> serde_json::Result<Vec<TantivyDocument>> {
    let Mentioned { directives, officials, figures } = Mentioned::of(stored);
    let summary = stored.summary();
    let mut document = common(fields, RecordKind::Document, &summary);
    document.add_text(fields.newest, stored.id.to_string());
    for group in assign::groups(stored) {
        document.add_text(fields.group, group);
    }
    if let Some(title) = &stored.article.title {
        document.add_text(fields.text, title);
        document.add_text(fields.pairs, title);
    }
    document.add_text(fields.text, &stored.article.text);
    document.add_text(fields.pairs, &stored.article.text);
    document.add_bytes(fields.summary, &serde_json::to_vec(&summary)?);
    document.add_i64(fields.captured, stored.captured.as_second());
    if let Some(signature) = signature {
        document.add_u64(fields.digest, signature.digest());
        for band in signature.bands() {
            document.add_u64(fields.bands, band);
        }
    }
    keep(fields, &mut document, stored)?;
    let types = [
        (RecordKind::Directive, directives.is_empty()),
        (RecordKind::Official, officials.is_empty()),
        (RecordKind::Figure, figures.is_empty()),
    ];
    for (kind, none) in types {
        if !none {
            document.add_text(fields.types, kind.as_str());
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
    for keyed in &directives {
        let mut record = mention(fields, RecordKind::Directive, keyed, keyed.record.mention.rule)?;
        let Directive { number, issuer, subject, .. } = &keyed.record.mention;
        record.add_text(fields.about, &keyed.record.evidence.quote);
        for words in [number, issuer, subject].into_iter().flatten() {
            record.add_text(fields.about, words);
        }
        add_key(&mut record, fields.directive, keyed.key.as_ref());
        all.push(record);
    }
    for keyed in &officials {
        let mut record = mention(fields, RecordKind::Official, keyed, keyed.record.mention.rule)?;
        record.add_text(fields.about, &keyed.record.evidence.quote);
        for position in &keyed.record.mention.positions {
            record.add_text(fields.about, position);
        }
        add_key(&mut record, fields.official, keyed.key.as_ref());
        for position in &keyed.positions {
            record.add_text(fields.position, position);
        }
        all.push(record);
    }
    for keyed in &figures {
        let mut record = mention(fields, RecordKind::Figure, keyed, keyed.record.mention.rule)?;
        let Figure { indicator, unit, place, period, .. } = &keyed.record.mention;
        for words in [indicator, unit, place].into_iter().flatten() {
            record.add_text(fields.about, words);
        }
        if let Some((first, last)) = period.map(Period::days) {
            record.add_i64(fields.first_year, i64::from(first.year()));
            record.add_i64(fields.last_year, i64::from(last.year()));
        }
        add_key(&mut record, fields.indicator, keyed.key.as_ref());
        all.push(record);
    }
    Ok(all)
}

fn add_key(record: &mut TantivyDocument, field: tantivy::schema::Field, key: Option<&String>) {
    if let Some(key) = key {
        record.add_text(field, key);
    }
}

/// The record of an entity.
pub(crate) fn entity(fields: &Fields, entity: &Entity) -> serde_json::Result<TantivyDocument> {
    let kind = match entity.what {
        What::Instrument(_) => RecordKind::Instrument,
        What::Person(_) => RecordKind::Person,
        What::Office(_) => RecordKind::Office,
    };
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
    record.add_bytes(fields.stored, &serde_json::to_vec(entity)?);
    Ok(record)
}

/// The record of an older version: readable, not searchable.
pub(crate) fn version(fields: &Fields, stored: &mut StoredDocument) -> serde_json::Result<TantivyDocument> {
    let mut document = TantivyDocument::default();
    document.add_text(fields.record, RecordKind::Version.as_str());
    document.add_text(fields.version_of, stored.id.to_string());
    keep(fields, &mut document, stored)?;
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
) -> serde_json::Result<()> {
    let text = std::mem::take(&mut stored.article.text);
    let json = serde_json::to_vec(stored);
    document.add_text(fields.body, &text);
    stored.article.text = text;
    document.add_bytes(fields.stored, &json?);
    Ok(())
}

/// What documents and mentions have in common.
fn common(fields: &Fields, kind: RecordKind, summary: &DocumentSummary) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_text(fields.record, kind.as_str());
    document.add_text(fields.id, summary.id.to_string());
    document.add_u64(fields.order, order(summary.id));
    if let Some(source) = &summary.source {
        document.add_text(fields.source, source);
    }
    if let Some(province) = &summary.province {
        document.add_text(fields.province, province);
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

/// A share in whole hundredths.
pub(crate) fn hundredths(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u64
}

fn mention<M: Serialize>(
    fields: &Fields,
    kind: RecordKind,
    keyed: &Keyed<M>,
    rule: Rule,
) -> serde_json::Result<TantivyDocument> {
    let evidence = &keyed.record.evidence;
    let mut record = common(fields, kind, &evidence.document);
    record.add_u64(fields.place, evidence.start as u64);
    record.add_u64(fields.confidence, hundredths(rule.confidence()));
    record.add_bytes(
        fields.stored,
        &serde_json::to_vec(&(&keyed.key, &keyed.candidates, &keyed.positions, &keyed.record))?,
    );
    Ok(record)
}

/// Reads what [`mention`] stored.
pub(crate) fn read_mention<M: DeserializeOwned>(json: &[u8]) -> serde_json::Result<Keyed<M>> {
    let (key, candidates, positions, record) = serde_json::from_slice(json)?;
    Ok(Keyed { key, candidates, positions, record })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_counted() {
        for (text, days, months) in [
            ("1970-01-01", 0, 1970 * 12),
            ("1969-12-31", -1, 1969 * 12 + 11),
            ("2021-06-26", 18_804, 2021 * 12 + 5),
        ] {
            let parsed: Date = text.parse().unwrap();
            assert_eq!((day(parsed), month(parsed)), (days, months), "{text}");
            assert_eq!(date(days), Some(parsed));
        }
        assert_eq!(date(i64::MAX), None);
    }
}
