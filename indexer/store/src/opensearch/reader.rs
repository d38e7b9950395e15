//! An index in OpenSearch as a [`Store`].

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use corpus::DocumentId;
use extract::Figure;
use jiff::Timestamp;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use text::Signature;

use super::client::{Client, EngineProblem, within};
use super::entry::{self, COMMIT, id, signed, unsigned};
use super::mapping::{PROGRAM, VERSION};
use super::{EngineSettings, plan};
use crate::best::Question;
use crate::calendar::{around, date};
use crate::document::StoredDocument;
use crate::entity::Entity;
use crate::error::Error;
use crate::figure::{FigureFilter, FigurePlace, Figures, KeyCount, MAX_FIGURES, most_first};
use crate::query::QueryError;
use crate::record::{DocumentSummary, Keyed};
use crate::search::{
    ALL_WORDS, Content, Counted, Direction, FacetCounts, Found, FoundDocument, Rank, Search, Sort,
};
use crate::store::{By, Damage, EntityList, Signed, SourceSummary, Stats, Store, Watermark};

/// Records of one answer; the engine's own bound.
const WINDOW: usize = 10_000;
/// Whole documents of one answer, so that it stays of a size.
const WHOLE: usize = 200;
/// Who asks for a reader waits no longer for another node to take over.
const FAILOVER: Duration = Duration::from_millis(150);
/// Values of one condition.
const VALUES: usize = 10_000;

/// An index in OpenSearch; cheap to clone and to share between threads.
#[derive(Clone, Debug)]
pub struct OpenSearch {
    pub(super) client: Arc<Client>,
    /// How long a question is asked again where its failure may pass.
    again_for: Duration,
    opened: Arc<RwLock<Arc<Opened>>>,
}

/// The generation that is asked.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    /// Name of its index.
    pub(super) index: String,
    /// Number in that name.
    pub(super) number: u32,
    /// Version of the rules that the mentions were read by.
    rules: String,
    /// Number of the last commit.
    pub(super) batch: u64,
    pub(super) watermark: Watermark,
}

/// What was collected from a source.
#[derive(Default)]
struct Collected {
    documents: u64,
    provinces: BTreeMap<String, u64>,
    days: Option<(i64, i64)>,
}

/// What may be asked of an index that was found.
pub(super) enum Alias {
    /// There is none of this name.
    None,
    /// The index in use.
    Of(String),
}

impl OpenSearch {
    /// Opens the index that settings name.
    pub fn open(settings: EngineSettings) -> Result<Self, Error> {
        let client = Arc::new(Client::new(settings)?);
        check_version(&client)?;
        let Alias::Of(index) = alias(&client)? else { return Err(no_index(&client)) };
        Self::over(client, index, FAILOVER)
    }

    /// Reads one generation, whether or not it is the one in use.
    pub(super) fn over(client: Arc<Client>, index: String, again_for: Duration) -> Result<Self, Error> {
        let opened = opened(&client, index)?;
        Ok(Self { client, again_for, opened: Arc::new(RwLock::new(Arc::new(opened))) })
    }

    pub(super) fn opened(&self) -> Arc<Opened> {
        Arc::clone(&self.opened.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the commit of the same generation again: the writer's, which is not the one in use yet.
    pub(super) fn again(&self) -> Result<(), Error> {
        let index = self.opened().index.clone();
        let new = self.client.patiently(|| opened(&self.client, index.clone()))?;
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        Ok(())
    }

    /// Searches the generation that is open; picks up another one where that was replaced meanwhile.
    pub(super) fn ask(&self, body: &Value) -> Result<Value, Error> {
        for _ in 0..2 {
            let path = format!(
                "{}/_search?allow_partial_search_results=false&search_type=dfs_query_then_fetch",
                self.opened().index
            );
            let ask = || self.client.ask(&Method::POST, &path, Some(body));
            if let Some(mut answer) = within(self.again_for, ask)? {
                if answer["timed_out"] == json!(true) {
                    return Err(QueryError::TooSlow { limit: self.client.settings.patience }.into());
                }
                answer.as_object_mut().map(|answer| answer.remove("profile"));
                return Ok(answer);
            }
            self.reload()?;
        }
        Err(no_index(&self.client))
    }

    /// The hits of an answer.
    fn hits(answer: &mut Value) -> Vec<Value> {
        match answer["hits"]["hits"].take() {
            Value::Array(hits) => hits,
            _ => Vec::new(),
        }
    }

    fn total(answer: &Value) -> u64 {
        answer["hits"]["total"]["value"].as_u64().unwrap_or_default()
    }

    /// Hands all records of a query to `take`, in pages in the order of `sort`.
    pub(super) fn each(
        &self,
        query: &Value,
        source: &Value,
        sort: &Value,
        size: usize,
        take: &mut dyn FnMut(Value) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut after = Value::Null;
        loop {
            let mut body = json!({
                "query": query, "_source": source, "sort": sort, "size": size, "track_total_hits": false,
            });
            if !after.is_null() {
                body["search_after"] = after;
            }
            let mut hits = Self::hits(&mut self.ask(&body)?);
            let last = hits.len() < size;
            after = hits.last_mut().map(|hit| hit["sort"].take()).unwrap_or_default();
            for mut hit in hits {
                take(hit["_source"].take())?;
            }
            if last {
                return Ok(());
            }
        }
    }

    /// Records by their names, in that order; those that there are not are left out.
    pub(super) fn records(&self, ids: &[String], source: &Value) -> Result<Vec<Value>, Error> {
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(WHOLE) {
            let wanted: Vec<Value> = some.iter().map(|id| json!({ "_id": id, "_source": source })).collect();
            let path = format!("{}/_mget?realtime=false", self.opened().index);
            let wanted = json!({ "docs": wanted });
            let get = || self.client.get(&Method::POST, &path, Some(&wanted));
            let mut answer = within(self.again_for, get)?;
            let Value::Array(docs) = answer["docs"].take() else { continue };
            for mut doc in docs {
                if let Some(error) = doc["error"]["reason"].as_str() {
                    return Err(self.client.problem(EngineProblem::Away(error.to_owned())));
                }
                if doc["found"] == json!(true) {
                    found.push(doc["_source"].take());
                }
            }
        }
        Ok(found)
    }

    fn stored<T: DeserializeOwned>(&self, mut source: Value) -> Result<T, Error> {
        entry::stored(&mut source).map_err(|error| self.client.unreadable(error))
    }

    /// All values of a field with their counts, in pages: exact whatever the shards.
    fn all_values(&self, query: &Value, field: &str) -> Result<Vec<(String, u64)>, Error> {
        let mut all = Vec::new();
        let mut after = Value::Null;
        loop {
            let mut pages = json!({ "size": WINDOW, "sources": [{ "v": { "terms": { "field": field } } }] });
            if !after.is_null() {
                pages["after"] = after;
            }
            let body = json!({ "query": query, "size": 0, "aggs": { "v": { "composite": pages } } });
            let mut answer = self.ask(&body)?;
            let buckets = answer["aggregations"]["v"]["buckets"].as_array().cloned().unwrap_or_default();
            for bucket in &buckets {
                let (Some(value), Some(count)) = (bucket["key"]["v"].as_str(), bucket["doc_count"].as_u64())
                else {
                    continue;
                };
                all.push((value.to_owned(), count));
            }
            after = answer["aggregations"]["v"]["after_key"].take();
            if buckets.len() < WINDOW || after.is_null() {
                return Ok(all);
            }
        }
    }

    /// What a search finds whose words, where it is a question, are weighed.
    fn find(&self, search: &Search<'_>, asked: Option<&plan::Asked>) -> Result<Found, Error> {
        let scored = search.sort == Sort::Relevance && search.page.is_some();
        let query = match asked {
            None => plan::documents(search.words, search.filters, scored)?,
            Some(asked) if scored => asked.answers(search)?,
            Some(asked) => asked.counted(search)?,
        };
        let counted = asked.map(|asked| asked.counted(search)).transpose()?;
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
        if let Some(counted) = &counted {
            aggs = json!({ "counted": { "filter": counted, "aggs": aggs } });
        }
        let source = match search.content {
            Content::Summary => json!(["summary"]),
            Content::Text => json!(["summary", "stored.article.text"]),
            Content::Whole => json!(["summary", "stored"]),
        };
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
        let mut answer = match self.ask(&body) {
            Err(Error::Query(QueryError::TooSlow { .. })) => {
                return Err(QueryError::TooSlow { limit: search.time }.into());
            }
            answer => answer?,
        };
        let mut found =
            Found { count: Self::total(&answer), generation: generation(&opened), ..Found::default() };
        let mut aggregations = answer["aggregations"].take();
        if let Some(asked) = asked {
            aggregations = aggregations["counted"].take();
            found.count = aggregations["doc_count"].as_u64().unwrap_or_default();
            found.counted = asked.counted;
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
                self.all_values(counted.as_ref().unwrap_or(&query), field)?
            };
            found.facets.push(FacetCounts::of(values, *size));
        }
        for bucket in aggregations["months"]["buckets"].as_array().into_iter().flatten() {
            if let (Some(month), Some(count)) = (bucket["key"].as_f64(), bucket["doc_count"].as_u64()) {
                found.months.insert(month as u64, count);
            }
        }
        let mut hits = Self::hits(&mut answer);
        found.more = hits.len() > limit;
        hits.truncate(limit);
        if backwards {
            hits.reverse();
        }
        for mut hit in hits {
            let key = unsigned(hit["sort"][1].as_i64().unwrap_or_default());
            let weight = match search.sort {
                Sort::Relevance => Rank::of_score(hit["sort"][0].as_f64().unwrap_or_default() as f32),
                _ => hit["sort"][0].as_u64().unwrap_or_default(),
            };
            let whole_answer = match (asked, search.sort) {
                (Some(asked), _) if asked.counted != Counted::AllWords => false,
                (Some(_), Sort::Relevance) => Rank { weight, key }.score() >= ALL_WORDS,
                _ => true,
            };
            let has = if whole_answer { u64::MAX } else { numbers(&hit["matched_queries"]) };
            let lacks = asked.map(|asked| asked.weighed.lacks(has)).unwrap_or_default();
            let counted = asked.is_none_or(|asked| asked.weighed.counts(has, asked.counted));
            let mut source = hit["_source"].take();
            let summary = self.summary(&source["summary"])?;
            let text = (search.content == Content::Text)
                .then(|| source["stored"]["article"]["text"].as_str().unwrap_or_default().to_owned());
            let whole = match search.content {
                Content::Whole => {
                    Some(entry::stored(&mut source).map_err(|error| self.client.unreadable(error))?)
                }
                _ => None,
            };
            let rank = Rank { weight, key };
            found.documents.push(FoundDocument { rank, summary, lacks, counted, text, whole });
        }
        Ok(found)
    }

    /// Weighs the words of a question by the engine's documents.
    fn weigh(&self, question: Question, search: &Search<'_>) -> Result<plan::Asked, Error> {
        let answer = self.ask(&plan::weigh(&question, search)?)?;
        let count = |value: &Value| value["doc_count"].as_u64().unwrap_or_default();
        let having = answer["aggregations"]["having"]["buckets"].as_array().into_iter().flatten();
        let having: Vec<u64> = having.map(count).collect();
        let all = count(&answer["aggregations"]["all"]);
        let conditions = question.conditions.clone();
        let weighed = question.weigh(Self::total(&answer), &having);
        let counted = if all == 0 && weighed.may_lack() { Counted::MostWords } else { Counted::AllWords };
        Ok(plan::Asked { weighed, counted, conditions })
    }

    fn signature(&self, source: &Value) -> Result<Option<Signed>, Error> {
        let bands = source["bands"].as_array().cloned().unwrap_or_default();
        let bands = bands.iter().filter_map(Value::as_i64).map(unsigned);
        let digest = source["digest"].as_i64().map(unsigned);
        let signature = digest.and_then(|digest| Signature::from_bands(digest, bands));
        let captured = source["captured"].as_i64().and_then(|second| Timestamp::from_second(second).ok());
        let Some((signature, captured)) = signature.zip(captured) else { return Ok(None) };
        Ok(Some(Signed { summary: self.summary(&source["summary"])?, captured, signature }))
    }

    fn summary(&self, value: &Value) -> Result<DocumentSummary, Error> {
        serde_json::from_value(value.clone()).map_err(|error| self.client.unreadable(error))
    }
}

/// The words whose queries a hit matched, as bits.
fn numbers(matched: &Value) -> u64 {
    let names = matched.as_array().into_iter().flatten().filter_map(Value::as_str);
    let numbers = names.filter_map(|name| name.parse::<u32>().ok());
    numbers.filter_map(|number| 1_u64.checked_shl(number)).fold(0, |has, bit| has | bit)
}

/// Whether the engine is one that we know.
pub(super) fn check_version(client: &Client) -> Result<(), Error> {
    let about = client.get(&Method::GET, "", None)?;
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
    if let Some(Value::Object(found)) = client.ask(&Method::GET, &format!("_alias/{name}"), None)? {
        let mut indices = found.into_iter().map(|(index, _)| index);
        if let (Some(index), None) = (indices.next(), indices.next()) {
            return Ok(Alias::Of(index));
        }
        return Err(client.problem(EngineProblem::Foreign));
    }
    match client.ask(&Method::GET, &format!("{name}/_mapping"), None)? {
        Some(_) => Err(client.problem(EngineProblem::Foreign)),
        None => Ok(Alias::None),
    }
}

fn no_index(client: &Client) -> Error {
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
fn opened(client: &Client, index: String) -> Result<Opened, Error> {
    let Some(mapping) = client.ask(&Method::GET, &format!("{index}/_mapping"), None)? else {
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
    let Some(mut commit) = commit else { return Err(no_index(client)) };
    let source = &mut commit["_source"];
    let number = index.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default();
    let watermark =
        serde_json::from_value(source["watermark"].take()).map_err(|error| client.unreadable(error))?;
    let batch = source["batch"].as_u64().unwrap_or_default();
    Ok(Opened { index, number, rules, batch, watermark })
}

/// Grows with each commit and each rebuild.
fn generation(opened: &Opened) -> u64 {
    (u64::from(opened.number) << 40) + opened.batch
}

impl Store for OpenSearch {
    fn waits(&self) -> bool {
        true
    }

    fn generation(&self) -> u64 {
        generation(&self.opened())
    }

    fn watermark(&self) -> Watermark {
        self.opened().watermark.clone()
    }

    fn is_outdated(&self) -> bool {
        self.opened().rules != rules::version()
    }

    fn reload(&self) -> Result<bool, Error> {
        let Alias::Of(index) = alias(&self.client)? else { return Err(no_index(&self.client)) };
        let new = opened(&self.client, index)?;
        let is_new = generation(&new) != generation(&self.opened());
        if is_new {
            *self.opened.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        }
        Ok(is_new)
    }

    fn verify(&self) -> Result<(), Error> {
        // The engine keeps checksums of its files and answers nothing out of a shard that is damaged.
        let path = format!("_cluster/health/{}?wait_for_status=yellow&timeout=5s", self.opened().index);
        let health = self.client.get(&Method::GET, &path, None)?;
        if health["status"] == json!("red") {
            return Err(self.client.problem(EngineProblem::Away("a shard is missing".to_owned())));
        }
        Ok(())
    }

    fn is_verified(&self) -> bool {
        true
    }

    fn damage(&self) -> Option<Damage> {
        None
    }

    fn stats(&self) -> Result<Stats, Error> {
        let opened = self.opened();
        let body = json!({
            "size": 0,
            "aggs": {
                "records": { "terms": { "field": "record", "size": 20 } },
                "directives": { "sum": { "field": "directives" } },
                "officials": { "sum": { "field": "officials" } },
            },
        });
        let answer = self.ask(&body)?;
        let of = |kind: &str| {
            let buckets = answer["aggregations"]["records"]["buckets"].as_array();
            let found = buckets.into_iter().flatten().find(|bucket| bucket["key"] == json!(kind));
            found.and_then(|bucket| bucket["doc_count"].as_u64()).unwrap_or_default()
        };
        let sum = |name: &str| answer["aggregations"][name]["value"].as_f64().unwrap_or_default() as u64;
        let size = self.client.get(&Method::GET, &format!("{}/_stats/store", opened.index), None)?;
        Ok(Stats {
            documents: of("document"),
            older_versions: of("version"),
            directives: sum("directives"),
            officials: sum("officials"),
            figures: of("figure"),
            bytes: size["_all"]["primaries"]["store"]["size_in_bytes"].as_u64().unwrap_or_default(),
            watermark: opened.watermark.clone(),
            generation: generation(&opened),
        })
    }

    fn sources(&self) -> Result<Vec<SourceSummary>, Error> {
        let mut all: BTreeMap<String, Collected> = BTreeMap::new();
        let mut after = Value::Null;
        loop {
            let mut pages = json!({
                "size": WINDOW,
                "sources": [
                    { "source": { "terms": { "field": "source" } } },
                    { "province": { "terms": { "field": "province", "missing_bucket": true } } },
                ],
            });
            if !after.is_null() {
                pages["after"] = after;
            }
            let days =
                json!({ "first": { "min": { "field": "day" } }, "last": { "max": { "field": "day" } } });
            let body = json!({
                "size": 0, "query": plan::records("document"),
                "aggs": { "all": { "composite": pages, "aggs": days } },
            });
            let mut answer = self.ask(&body)?;
            let buckets = answer["aggregations"]["all"]["buckets"].as_array().cloned().unwrap_or_default();
            for bucket in &buckets {
                let Some(source) = bucket["key"]["source"].as_str() else { continue };
                let count = bucket["doc_count"].as_u64().unwrap_or_default();
                let collected = all.entry(source.to_owned()).or_default();
                collected.documents += count;
                if let Some(province) = bucket["key"]["province"].as_str() {
                    *collected.provinces.entry(province.to_owned()).or_default() += count;
                }
                let day = |name: &str| bucket[name]["value"].as_f64().map(|day| day as i64);
                collected.days = around(collected.days, day("first").zip(day("last")));
            }
            after = answer["aggregations"]["all"]["after_key"].take();
            if buckets.len() < WINDOW || after.is_null() {
                break;
            }
        }
        let summary = |(name, collected): (String, Collected)| {
            let dates = collected.days.and_then(|(first, last)| date(first).zip(date(last)));
            SourceSummary::new(name, collected.documents, collected.provinces, dates)
        };
        Ok(all.into_iter().map(summary).collect())
    }

    fn search(&self, search: &Search<'_>) -> Result<Found, Error> {
        let mut asked = Question::of(search).map(|question| self.weigh(question, search)).transpose()?;
        let found = self.find(search, asked.as_ref())?;
        match &mut asked {
            Some(asked) if asked.counted == Counted::MostWords && found.count == 0 => {
                asked.counted = Counted::SomeWords;
                self.find(search, Some(asked))
            }
            _ => Ok(found),
        }
    }

    fn documents(&self, ids: &[DocumentId]) -> Result<Vec<StoredDocument>, Error> {
        let names: Vec<String> = ids.iter().map(|id| id::document(*id)).collect();
        self.records(&names, &json!(["stored"]))?.into_iter().map(|source| self.stored(source)).collect()
    }

    fn versions(&self, id: DocumentId) -> Result<Vec<StoredDocument>, Error> {
        let query = json!({ "bool": { "filter": [
            plan::records("version"), { "term": { "id": id.to_string() } },
        ] } });
        let mut found = Vec::new();
        self.each(&query, &json!(["stored"]), &json!(["version"]), WHOLE, &mut |source| {
            found.push(self.stored(source)?);
            Ok(())
        })?;
        Ok(found)
    }

    fn seen(&self, ids: &[DocumentId]) -> Result<Option<Timestamp>, Error> {
        let names: Vec<String> = ids.iter().map(|id| id::seen(*id)).collect();
        let found = self.records(&names, &json!(["seen_at"]))?;
        let seconds = found.iter().filter_map(|source| source["seen_at"].as_i64());
        Ok(seconds.max().and_then(|second| Timestamp::from_second(second).ok()))
    }

    fn documents_of_groups(&self, groups: &BTreeSet<String>) -> Result<Vec<StoredDocument>, Error> {
        let groups: Vec<&String> = groups.iter().collect();
        let mut found: BTreeMap<DocumentId, StoredDocument> = BTreeMap::new();
        for some in groups.chunks(VALUES) {
            let query = json!({ "bool": { "filter": [
                plan::records("document"), { "terms": { "group": some } },
            ] } });
            self.each(&query, &json!(["stored"]), &json!(["order"]), WHOLE, &mut |source| {
                let stored: StoredDocument = self.stored(source)?;
                found.insert(stored.id, stored);
                Ok(())
            })?;
        }
        Ok(found.into_values().collect())
    }

    fn entities(&self, by: By, values: &[&str]) -> Result<Vec<Entity>, Error> {
        let mut found: BTreeMap<String, Entity> = BTreeMap::new();
        let mut take = |source: Value| {
            let entity: Entity = self.stored(source)?;
            found.insert(entity.id.clone(), entity);
            Ok(())
        };
        let field = match by {
            By::Id => {
                let names: Vec<String> = values.iter().map(|id| id::entity(id)).collect();
                for source in self.records(&names, &json!(["stored"]))? {
                    take(source)?;
                }
                return Ok(found.into_values().collect());
            }
            By::Before => "also",
            By::Group => "group",
            By::Office => "holds",
        };
        for some in values.chunks(VALUES) {
            let query = json!({ "bool": { "filter": [
                { "terms": { "record": ["instrument", "person", "office"] } }, { "terms": { field: some } },
            ] } });
            self.each(&query, &json!(["stored"]), &json!(["entity"]), 1_000, &mut take)?;
        }
        Ok(found.into_values().collect())
    }

    fn list(&self, list: &EntityList<'_>) -> Result<(Vec<Entity>, u64), Error> {
        let query = plan::entities(entry::kind(list.kind), list.words);
        let mut after = list.after.map(|(documents, id)| json!([documents, id])).unwrap_or_default();
        let mut found: Vec<Entity> = Vec::new();
        loop {
            let size = (list.limit - found.len()).min(WINDOW);
            let mut body = json!({
                "query": query, "size": size, "track_total_hits": true, "_source": ["stored"],
                "sort": [{ "weight": "desc" }, { "entity": "asc" }],
            });
            if !after.is_null() {
                body["search_after"] = after;
            }
            let mut answer = self.ask(&body)?;
            let total = Self::total(&answer);
            let mut hits = Self::hits(&mut answer);
            let last = hits.len() < size || found.len() + hits.len() == list.limit;
            after = hits.last_mut().map(|hit| hit["sort"].take()).unwrap_or_default();
            for mut hit in hits {
                found.push(self.stored(hit["_source"].take())?);
            }
            if last {
                return Ok((found, total));
            }
        }
    }

    fn figures(
        &self,
        filter: &FigureFilter,
        after: Option<FigurePlace>,
        limit: usize,
    ) -> Result<Figures, Error> {
        let mut body = json!({
            "query": plan::figures(filter), "size": limit.min(MAX_FIGURES), "track_total_hits": true,
            "_source": ["stored"], "sort": [{ "oldest": "desc" }, { "order": "asc" }, { "place": "asc" }],
        });
        if let Some(FigurePlace { day, order, start }) = after {
            let day = Some(day).filter(|day| *day != i64::MAX);
            body["search_after"] = json!([Rank::of_day(Sort::Oldest, day), signed(order), start]);
        }
        let mut answer = self.ask(&body)?;
        let total = Self::total(&answer);
        let hits = Self::hits(&mut answer);
        let records: Result<Vec<Keyed<Figure>>, Error> =
            hits.into_iter().map(|mut hit| self.stored(hit["_source"].take())).collect();
        Ok(Figures { records: records?, total })
    }

    fn indicators(&self, filter: &FigureFilter, limit: usize) -> Result<(Vec<KeyCount>, usize), Error> {
        let query = plan::figures(filter);
        let mut all: HashMap<String, KeyCount> = HashMap::new();
        let mut after = Value::Null;
        loop {
            let mut pages = json!({
                "size": WINDOW,
                "sources": [
                    { "key": { "terms": { "field": "indicator" } } }, { "id": { "terms": { "field": "id" } } },
                ],
            });
            if !after.is_null() {
                pages["after"] = after;
            }
            let day = json!({ "day": { "min": { "field": "day" } } });
            let body =
                json!({ "query": query, "size": 0, "aggs": { "all": { "composite": pages, "aggs": day } } });
            let mut answer = self.ask(&body)?;
            let buckets = answer["aggregations"]["all"]["buckets"].as_array().cloned().unwrap_or_default();
            for bucket in &buckets {
                let Some(key) = bucket["key"]["key"].as_str() else { continue };
                let day = bucket["day"]["value"].as_f64().and_then(|day| date(day as i64));
                let count = all.entry(key.to_owned()).or_insert_with(|| KeyCount {
                    key: key.to_owned(),
                    mentions: 0,
                    documents: 0,
                    first: None,
                    last: None,
                });
                count.mentions += bucket["doc_count"].as_u64().unwrap_or_default();
                count.documents += 1;
                let span = around(count.first.zip(count.last), day.map(|day| (day, day)));
                (count.first, count.last) = (span.map(|(first, _)| first), span.map(|(_, last)| last));
            }
            after = answer["aggregations"]["all"]["after_key"].take();
            if buckets.len() < WINDOW || after.is_null() {
                break;
            }
        }
        let mut counts: Vec<KeyCount> = all.into_values().collect();
        let distinct = counts.len();
        most_first(&mut counts);
        counts.truncate(limit);
        Ok((counts, distinct))
    }

    fn signed(&self, id: DocumentId) -> Result<Option<Signed>, Error> {
        let fields = json!(["summary", "bands", "digest", "captured"]);
        match self.records(&[id::document(id)], &fields)?.pop() {
            Some(source) => self.signature(&source),
            None => Ok(None),
        }
    }

    fn alike(&self, bands: &[u64], limit: usize) -> Result<Vec<Signed>, Error> {
        let bands: Vec<i64> = bands.iter().map(|band| signed(*band)).collect();
        let body = json!({
            "query": { "bool": { "filter": [plan::records("document"), { "terms": { "bands": bands } }] } },
            "size": (limit * bands.len()).min(WINDOW), "track_total_hits": false, "sort": ["order"],
            "_source": ["summary", "bands", "digest", "captured"],
        });
        let mut answer = self.ask(&body)?;
        let mut found = Vec::new();
        for mut hit in Self::hits(&mut answer) {
            found.extend(self.signature(&hit["_source"].take())?);
        }
        Ok(found)
    }
}
