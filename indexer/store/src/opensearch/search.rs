//! Searching documents: a question weighed, found, and its facets counted exactly whatever the shards.

use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::answer::{Hit, Nothing, OnlyText, Read, Row};
use super::entry::{signed, unsigned};
use super::frequencies::Frequencies;
use super::generation::generation;
use super::plan;
use super::reader::{OpenSearch, WINDOW};
use crate::best::Question;
use crate::document::StoredDocument;
use crate::error::Error;
use crate::query::QueryError;
use crate::search::{
    ALL_WORDS, Content, Counted, Direction, FacetCounts, Found, FoundDocument, Rank, Search, Sort,
};

impl OpenSearch {
    /// Answers a search: its words are weighed first where they are a question.
    pub(super) fn answer(&self, search: &Search<'_>) -> Result<Found, Error> {
        let mut asked = Question::of(search).map(|question| self.weigh(question, search)).transpose()?;
        loop {
            let found = self.find(search, asked.as_ref())?;
            let scored = plan::is_scored(search);
            if found.count > 0 || !asked.as_mut().is_some_and(|asked| asked.goes_on(scored)) {
                return Ok(found);
            }
        }
    }

    /// All values of a field with their counts, in pages: exact whatever the shards.
    pub(super) fn all_values(&self, query: &Value, field: &str) -> Result<Vec<(String, u64)>, Error> {
        let mut all = Vec::new();
        let by = json!([{ "v": { "terms": { "field": field } } }]);
        self.each_bucket(query, &by, &json!({}), &mut |bucket| {
            all.extend(bucket["key"]["v"].as_str().map(str::to_owned).zip(bucket["doc_count"].as_u64()));
        })?;
        Ok(all)
    }

    /// What a search finds whose words, where it is a question, are weighed.
    fn find(&self, search: &Search<'_>, asked: Option<&plan::Asked>) -> Result<Found, Error> {
        match search.content {
            Content::Summary => self.find_and_read::<IgnoredAny>(search, asked, &["summary"]),
            Content::Text => {
                self.find_and_read::<OnlyText>(search, asked, &["summary", "stored.article.text"])
            }
            Content::Whole => {
                self.find_and_read::<Box<StoredDocument>>(search, asked, &["summary", "stored"])
            }
        }
    }

    /// The same, with what is read of each document.
    fn find_and_read<R: Read>(
        &self,
        search: &Search<'_>,
        asked: Option<&plan::Asked>,
        source: &[&str],
    ) -> Result<Found, Error> {
        let scored = plan::is_scored(search);
        let counted = asked.map(|asked| asked.counted(search)).transpose()?.unwrap_or_default();
        let query = match (asked, counted.first()) {
            (Some(asked), _) if scored => asked.answers(search)?,
            (Some(_), Some(counted)) => counted.clone(),
            _ => plan::documents(search.words, search.filters, scored)?,
        };
        let opened = self.opened();
        let mut aggs = json!({});
        for (facet, _) in search.facets {
            if let Some(field) = plan::field(*facet) {
                aggs[field] = json!({ "terms": { "field": field, "size": WINDOW, "shard_size": WINDOW } });
            }
        }
        if search.months {
            aggs["months"] = json!({ "histogram": { "field": "month", "interval": 1, "min_doc_count": 1 } });
        }
        // A list may go on behind what is counted.
        if asked.is_some() {
            let of_these = |counted: &Value| json!({ "filter": counted, "aggs": aggs });
            let numbered = counted.iter().enumerate();
            aggs = numbered.map(|(number, counted)| (number.to_string(), of_these(counted))).collect();
        }
        let limit = search.page.map_or(0, |page| page.limit);
        let backwards =
            matches!(search.page, Some(page) if matches!(page.from, Some((Direction::Previous, _))));
        let (first, second) = if backwards { ("asc", "desc") } else { ("desc", "asc") };
        let weight = match search.sort {
            Sort::Relevance => "_score",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
        };
        let mut body = json!({
            "query": query, "size": if limit == 0 { 0 } else { limit + 1 }, "track_total_hits": true,
            "_source": source, "sort": [{ weight: first }, { "order": second }], "aggs": aggs,
            "timeout": format!("{}ms", search.time.as_millis().max(1)),
        });
        if let Some((_, rank)) = search.page.and_then(|page| page.from) {
            let weight = match search.sort {
                Sort::Relevance => json!(rank.score()),
                _ => json!(rank.weight),
            };
            body["search_after"] = json!([weight, signed(rank.key)]);
        }
        let mut answer = match self.ask::<Row<R>>(&body) {
            Err(Error::Query(QueryError::TooSlow { .. })) => {
                return Err(QueryError::TooSlow { limit: search.time }.into());
            }
            answer => answer?,
        };
        let mut found = Found { count: answer.total(), generation: generation(&opened), ..Found::default() };
        let mut aggregations = answer.aggregations.take();
        let mut of_counted = counted.first().unwrap_or(&query);
        if let Some(asked) = asked {
            for (number, (counted, these)) in asked.counted.iter().zip(&counted).enumerate() {
                let counts = aggregations[number.to_string()].take();
                found.count = counts["doc_count"].as_u64().unwrap_or_default();
                found.counted = *counted;
                if found.count > 0 || number + 1 == asked.counted.len() {
                    (of_counted, aggregations) = (these, counts);
                    break;
                }
            }
            found.weights = asked.weighed.weights();
        }
        for (facet, size) in search.facets {
            let Some(field) = plan::field(*facet) else {
                found.facets.push(FacetCounts::default());
                continue;
            };
            let values = &aggregations[field];
            let values = if values["sum_other_doc_count"].as_u64() == Some(0) {
                let buckets = values["buckets"].as_array().into_iter().flatten();
                let value = |bucket: &Value| {
                    Some((bucket["key"].as_str()?.to_owned(), bucket["doc_count"].as_u64()?))
                };
                buckets.filter_map(value).collect()
            } else {
                self.all_values(of_counted, field)?
            };
            found.facets.push(FacetCounts::of(values, *size));
        }
        for bucket in aggregations["months"]["buckets"].as_array().into_iter().flatten() {
            if let (Some(month), Some(count)) = (bucket["key"].as_f64(), bucket["doc_count"].as_u64()) {
                found.months.insert(month as u64, count);
            }
        }
        let mut hits = answer.into_hits();
        found.more = hits.len() > limit;
        hits.truncate(limit);
        if backwards {
            hits.reverse();
        }
        for Hit { source, sort, matched_queries } in hits {
            let key = unsigned(sort[1].as_i64().unwrap_or_default());
            let weight = match search.sort {
                Sort::Relevance => Rank::of_score(sort[0].as_f64().unwrap_or_default() as f32),
                _ => sort[0].as_u64().unwrap_or_default(),
            };
            let whole_answer = match (asked, search.sort) {
                (Some(_), _) if found.counted != Counted::AllWords => false,
                (Some(_), Sort::Relevance) => Rank { weight, key }.score() >= ALL_WORDS,
                _ => true,
            };
            let has = if whole_answer { u64::MAX } else { numbers(&matched_queries) };
            let lacks = asked.map(|asked| asked.weighed.lacks(has)).unwrap_or_default();
            let counted = asked.is_none_or(|asked| asked.weighed.counts(has, found.counted));
            let rank = Rank { weight, key };
            let mut document =
                FoundDocument { rank, summary: source.summary, lacks, counted, text: None, whole: None };
            if let Some(stored) = source.stored {
                stored.give(&mut document);
            }
            found.documents.push(document);
        }
        Ok(found)
    }

    /// Weighs the words of a question by the engine's documents, and says what is to be counted.
    fn weigh(&self, question: Question, search: &Search<'_>) -> Result<plan::Asked, Error> {
        let generation = generation(&self.opened());
        let (frequencies, all) = match self.frequencies.of(generation, &question) {
            Some(known) => (known, None),
            None => {
                let mut answer = self.ask::<Nothing>(&plan::weigh(&question, search)?)?;
                let count = |value: &Value| value["doc_count"].as_u64().unwrap_or_default();
                let having = answer.buckets("having").iter().map(count).collect();
                let all = answer.aggregations["all"]["doc_count"].as_u64();
                let asked = Frequencies { documents: answer.total(), having };
                self.frequencies.keep(generation, &question, &asked);
                (asked, all)
            }
        };
        // Of a text that is pasted not all words are looked for, so no document is known to have them.
        let all = all.or_else(|| (!question.is_whole()).then_some(0));
        let conditions = question.conditions.clone();
        let weighed = question.weigh(frequencies.documents, &frequencies.having);
        let counted = plan::counted(&weighed, all, plan::is_scored(search));
        Ok(plan::Asked { weighed, counted, conditions })
    }
}

/// The words whose queries a hit matched, as bits.
fn numbers(matched: &[String]) -> u64 {
    let numbers = matched.iter().filter_map(|name| name.parse::<u32>().ok());
    numbers.filter_map(|number| 1_u64.checked_shl(number)).fold(0, |has, bit| has | bit)
}
