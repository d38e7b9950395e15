//! Spellings near a word that no document has, as the engine suggests them.

use serde_json::{Value, json};

use super::answer::Nothing;
use super::generation::generation;
use super::plan;
use super::reader::OpenSearch;
use crate::error::Error;
use crate::near::{are_near, most_frequent};

/// Spellings that a shard looks at.
const OF_A_SHARD: usize = 1_000;

impl OpenSearch {
    /// See [`Store::near_spellings`](crate::Store::near_spellings). Words that are known to stand somewhere are not asked for.
    pub(super) fn near_spellings_of(&self, words: &[&str]) -> Result<Vec<Option<String>>, Error> {
        let generation = generation(&self.opened());
        let asked: Vec<&str> =
            words.iter().copied().filter(|word| !self.frequencies.is_known(generation, word)).collect();
        let mut found = vec![None; words.len()];
        if asked.is_empty() {
            return Ok(found);
        }
        let having: Vec<Value> = asked.iter().map(|word| json!({ "term": { "text": word } })).collect();
        let mut suggest = json!({});
        for (number, word) in asked.iter().enumerate() {
            suggest[number.to_string()] = json!({ "text": word, "term": {
                "field": "text", "analyzer": "places", "suggest_mode": "always", "sort": "frequency",
                "max_edits": 1, "prefix_length": 1, "min_word_length": 1,
                "size": OF_A_SHARD, "shard_size": OF_A_SHARD,
            } });
        }
        let mut answer = self.ask::<Nothing>(&json!({
            "query": plan::records("document"), "size": 0, "track_total_hits": false,
            "aggs": { "having": { "filters": { "filters": having } } }, "suggest": suggest,
        }))?;
        let having = answer.buckets("having");
        for (number, word) in asked.iter().enumerate() {
            if having.get(number).is_none_or(|bucket| bucket["doc_count"].as_u64() != Some(0)) {
                continue;
            }
            let options = answer.suggest[number.to_string()][0]["options"].as_array().into_iter().flatten();
            let option =
                |option: &Value| Some((option["text"].as_str()?.to_owned(), option["freq"].as_u64()?));
            let near = options.filter_map(option).filter(|(term, _)| are_near(word, term));
            let near = most_frequent(near);
            for (place, _) in words.iter().enumerate().filter(|(_, known)| *known == word) {
                found[place].clone_from(&near);
            }
        }
        Ok(found)
    }
}
