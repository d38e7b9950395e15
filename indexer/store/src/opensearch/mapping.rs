//! How the engine is told to keep our records.

use serde_json::{Value, json};

use super::EngineSettings;
use super::terms::{FORM, PLACE};

/// Raised when the fields or what stands in them change.
pub(super) const VERSION: u32 = 11;

/// Who made an index: another program's is never written to.
pub(super) const PROGRAM: &str = "yearline";

/// What an index of ours is made with.
pub(super) fn index(settings: &EngineSettings) -> Value {
    let mut index = json!({
        "number_of_shards": settings.shards,
        // Nothing is seen before its commit.
        "refresh_interval": "-1",
        // Where removed records are asked to be gone, all of them are.
        "merge.policy.expunge_deletes_allowed": 0,
        // As the embedded engine counts the length of a text: all forms of a place.
        "similarity": { "default": { "type": "BM25", "k1": 1.2, "b": 0.75, "discount_overlaps": false } },
        "analysis": {
            "tokenizer": { "places": { "type": "simple_pattern_split", "pattern": PLACE.to_string() } },
            "filter": { "forms": {
                "type": "pattern_capture",
                "preserve_original": false,
                "patterns": [format!("([^{FORM}]+)")],
            } },
            "analyzer": {
                "forms": { "type": "custom", "tokenizer": "places", "filter": ["forms"] },
                "places": { "type": "custom", "tokenizer": "places" },
            },
        },
    });
    match settings.replicas {
        Some(replicas) => index["number_of_replicas"] = json!(replicas),
        None => index["auto_expand_replicas"] = json!("0-1"),
    }
    let words = |options: &str| json!({ "type": "text", "analyzer": "forms", "search_analyzer": "places", "index_options": options });
    let mut about = words("docs");
    about["norms"] = json!(false);
    let kinds: [(Value, &[&str]); 5] = [
        (
            json!({ "type": "keyword" }),
            &[
                "record",
                "id",
                "source",
                "province",
                "language",
                "types",
                "directive",
                "official",
                "position",
                "indicator",
                "entity",
            ],
        ),
        (json!({ "type": "keyword", "doc_values": false }), &["group", "also", "holds"]),
        (
            json!({ "type": "long" }),
            &[
                "batch",
                "version",
                "day",
                "month",
                "newest",
                "oldest",
                "order",
                "bands",
                "directives",
                "officials",
                "figures",
                "documents",
                "weight",
                "place",
                "first_year",
                "last_year",
                "confidence",
            ],
        ),
        (json!({ "type": "long", "index": false }), &["digest", "captured", "seen_at"]),
        (json!({ "type": "object", "enabled": false }), &["summary", "stored", "watermark"]),
    ];
    let mut fields = json!({ "text": words("freqs"), "pairs": words("positions"), "about": about });
    for (kind, names) in kinds {
        for name in names {
            fields[*name] = kind.clone();
        }
    }
    json!({
        "settings": { "index": index },
        "mappings": {
            // An unknown field is an error.
            "dynamic": "strict",
            // What words are made of need not be kept: the text is.
            "_source": { "excludes": ["text", "pairs", "about"] },
            "_meta": { "program": PROGRAM, "schema": VERSION, "rules": rules::version() },
            "properties": fields,
        },
    })
}
