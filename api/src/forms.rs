//! What goes over the wire: JSON forms of answers. Offsets count Unicode code points, ends exclusive.

use indexer::index::Keyed;
use indexer::resolve::directive::DirectiveSummary;
use indexer::resolve::official::{Holding, OfficialSummary};
use indexer::search::{Hit, SearchAnswer};
use indexer::statistics::series::{Point, Series};
use serde::Serialize;
use serde_json::{Value, json};

/// The envelope of every list.
pub(crate) fn envelope(count: u64, results: &[Value], query: &Value) -> Value {
    json!({
        "count": count, "count_relation": "eq", "results": results, "facets": {}, "next": null, "previous": null,
        "query": query,
    })
}

pub(crate) fn search(answer: &SearchAnswer, query: &str) -> Value {
    let results: Vec<Value> = answer.hits.iter().map(hit).collect();
    let mut body = envelope(answer.count, &results, &query.into());
    body["next"] = answer.next.map(|cursor| cursor.to_string()).into();
    body["previous"] = answer.previous.map(|cursor| cursor.to_string()).into();
    for facet in &answer.facets {
        let values: Vec<Value> =
            facet.values.iter().map(|value| json!({"value": value.value, "count": value.count})).collect();
        body["facets"][facet.facet.as_str()] = json!({"values": values, "distinct": facet.distinct});
    }
    if !answer.histogram.is_empty() {
        let buckets = answer.histogram.iter();
        body["histogram"] =
            buckets.map(|bucket| json!({"period": bucket.period, "count": bucket.count})).collect();
    }
    body
}

fn hit(hit: &Hit) -> Value {
    let snippet = hit.snippet.as_ref().map(|snippet| {
        json!({"text": snippet.text, "start": snippet.start, "end": snippet.end, "highlights": snippet.highlights})
    });
    json!({"document": hit.document, "score": hit.score, "title_highlights": hit.title_highlights, "snippet": snippet})
}

/// A mention with its key and its proof; its byte span stays inside.
pub(crate) fn keyed<M: Serialize>(keyed: &Keyed<M>) -> Value {
    let mut mention = serde_json::to_value(&keyed.record.mention).unwrap_or_default();
    if let Some(fields) = mention.as_object_mut() {
        fields.remove("span");
    }
    mention["key"] = keyed.key.clone().into();
    mention["evidence"] = serde_json::to_value(&keyed.record.evidence).unwrap_or_default();
    mention
}

pub(crate) fn directive(summary: &DirectiveSummary) -> Value {
    json!({
        "key": summary.key, "kind": summary.kind, "number": summary.number, "name": summary.name,
        "issuer": summary.issuer, "province": summary.province, "central": summary.central,
        "issued": summary.issued, "subject": summary.subject, "mentions": summary.mentions,
        "documents": summary.documents, "first": summary.first, "last": summary.last,
    })
}

pub(crate) fn official(summary: &OfficialSummary) -> Value {
    json!({
        "key": summary.key, "name": summary.name, "province": summary.province, "mentions": summary.mentions,
        "documents": summary.documents, "first": summary.first, "last": summary.last,
        "latest_position": summary.latest_position,
    })
}

pub(crate) fn holding(holding: &Holding) -> Value {
    json!({
        "official": {"key": holding.official.key, "name": holding.official.name, "province": holding.official.province},
        "position": holding.position, "position_key": holding.position_key, "former": holding.former,
        "first_date": holding.first_date, "first": holding.first, "last_date": holding.last_date,
        "last": holding.last, "mentions": holding.mentions,
    })
}

pub(crate) fn series(series: &Series) -> Value {
    let points = |points: &[Point]| -> Vec<Value> { points.iter().map(point).collect() };
    json!({
        "indicator": {"key": series.indicator.key, "vi": series.indicator.vi, "en": series.indicator.en},
        "province": series.province, "unit": series.unit,
        "points": points(&series.points), "changes": points(&series.changes),
    })
}

fn point(point: &Point) -> Value {
    json!({
        "period": point.period, "period_given": point.period_given, "value": point.value, "of": point.of,
        "modifier": point.modifier, "disputed": point.disputed, "evidence": point.evidence,
        "carriers": point.carriers,
    })
}
