//! An index in OpenSearch as a [`Store`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use corpus::DocumentId;
use extract::Figure;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, json};
use text::Signature;
use ureq::http::Method;

use super::answer::{Answer, Hit, Nothing, Numbers, Records, Signing, Stored};
use super::client::{Client, EngineProblem, within};
use super::entry::{self, id, signed, unsigned};
use super::frequencies::KnownFrequencies;
use super::generation::{Alias, Opened, alias, check_version, generation, no_index, opened};
use super::{EngineSettings, plan};
use crate::calendar::{around, date};
use crate::document::StoredDocument;
use crate::entity::Entity;
use crate::error::Error;
use crate::figure::{FigureFilter, FigurePlace, Figures, KeyCount, MAX_FIGURES, most_first};
use crate::query::QueryError;
use crate::record::Keyed;
use crate::search::{Found, Rank, Search, Sort};
use crate::store::{By, Damage, EachDocument, EntityList, Signed, SourceSummary, Stats, Store, Watermark};

/// Records of one answer; the engine's own bound.
pub(super) const WINDOW: usize = 10_000;
/// Whole documents of one answer, so that it stays of a size.
const WHOLE: usize = 200;
/// Who asks for a reader waits no longer for another node to take over.
const FAILOVER: Duration = Duration::from_millis(150);
/// What a signature is read from.
const SIGNING: [&str; 4] = ["summary", "bands", "digest", "captured"];
/// How long the engine keeps a point in time that nobody asks at.
const KEPT: &str = "5m";
/// Values of one condition.
const VALUES: usize = 10_000;

/// An index in OpenSearch; cheap to clone and to share between threads.
#[derive(Clone, Debug)]
pub struct OpenSearch {
    pub(super) client: Arc<Client>,
    /// How long a question is asked again where its failure may pass.
    again_for: Duration,
    opened: Arc<RwLock<Arc<Opened>>>,
    /// How many documents have the words that were asked for.
    pub(super) frequencies: Arc<KnownFrequencies>,
    /// Where it stays at one commit.
    point: Option<Arc<Point>>,
}

/// A point in time that the engine keeps for us.
#[derive(Debug)]
struct Point {
    client: Arc<Client>,
    id: String,
}

impl Drop for Point {
    fn drop(&mut self) {
        let (client, id) = (Arc::clone(&self.client), std::mem::take(&mut self.id));
        // Whoever lets go of it may serve others. Where this fails the engine forgets it after a while by itself.
        let let_go = move || {
            let body = json!({ "pit_id": [id] });
            drop(client.ask::<IgnoredAny>(&Method::DELETE, "_search/point_in_time", Some(&body)));
        };
        drop(std::thread::Builder::new().spawn(let_go));
    }
}

/// What was collected from a source.
#[derive(Default)]
struct Collected {
    documents: u64,
    provinces: BTreeMap<String, u64>,
    days: Option<(i64, i64)>,
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
        let opened = Arc::new(RwLock::new(Arc::new(opened)));
        Ok(Self { client, again_for, opened, frequencies: Arc::default(), point: None })
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
    pub(super) fn ask<S: DeserializeOwned>(&self, body: &Value) -> Result<Answer<S>, Error> {
        const HOW: &str = "_search?allow_partial_search_results=false&search_type=dfs_query_then_fetch";
        let mut pointed = None;
        if let Some(point) = &self.point {
            let mut body = body.clone();
            body["pit"] = json!({ "id": point.id, "keep_alive": KEPT });
            pointed = Some(body);
        }
        for _ in 0..2 {
            let path = match &pointed {
                Some(_) => HOW.to_owned(),
                None => format!("{}/{HOW}", self.opened().index),
            };
            let body = pointed.as_ref().unwrap_or(body);
            let ask = || self.client.ask::<Answer<S>>(&Method::POST, &path, Some(body));
            if let Some(answer) = within(self.again_for, ask)? {
                if answer.timed_out {
                    return Err(QueryError::TooSlow { limit: self.client.settings.patience }.into());
                }
                return Ok(answer);
            }
            self.reload()?;
        }
        Err(no_index(&self.client))
    }

    /// Hands all records of a query to `take`, in pages in the order of `sort`.
    pub(super) fn each<S: DeserializeOwned>(
        &self,
        query: &Value,
        source: &Value,
        sort: &Value,
        size: usize,
        take: &mut dyn FnMut(S) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut after = Value::Null;
        loop {
            let mut body = json!({
                "query": query, "_source": source, "sort": sort, "size": size, "track_total_hits": false,
            });
            if !after.is_null() {
                body["search_after"] = after;
            }
            let mut hits = self.ask::<S>(&body)?.into_hits();
            let last = hits.len() < size;
            after = hits.last_mut().map(|hit| hit.sort.take()).unwrap_or_default();
            for hit in hits {
                take(hit.source)?;
            }
            if last {
                return Ok(());
            }
        }
    }

    /// Hands all combinations of values that records of a query have to `take`, in pages: exact whatever the shards.
    pub(super) fn each_bucket(
        &self,
        query: &Value,
        sources: &Value,
        beside: &Value,
        take: &mut dyn FnMut(&Value),
    ) -> Result<(), Error> {
        let mut after = Value::Null;
        loop {
            let mut pages = json!({ "size": WINDOW, "sources": sources });
            if !after.is_null() {
                pages["after"] = after;
            }
            let all = json!({ "composite": pages, "aggs": beside });
            let mut answer =
                self.ask::<Nothing>(&json!({ "query": query, "size": 0, "aggs": { "all": all } }))?;
            let buckets = answer.buckets("all");
            buckets.iter().for_each(&mut *take);
            after = answer.aggregations["all"]["after_key"].take();
            if buckets.len() < WINDOW || after.is_null() {
                return Ok(());
            }
        }
    }

    /// Records by their names, in that order; those that there are not are left out.
    pub(super) fn records<S: DeserializeOwned>(
        &self,
        ids: &[String],
        source: &Value,
    ) -> Result<Vec<S>, Error> {
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(WHOLE) {
            let wanted: Vec<Value> = some.iter().map(|id| json!({ "_id": id, "_source": source })).collect();
            let path = format!("{}/_mget?realtime=false", self.opened().index);
            let wanted = json!({ "docs": wanted });
            // A record of a shard whose machine is away is an error of its own.
            let get = || {
                let got = self.client.get::<Records<S>>(&Method::POST, &path, Some(&wanted))?;
                match got.docs.iter().find_map(|record| record.error.as_ref()) {
                    Some(error) => {
                        let reason = error["reason"].as_str().unwrap_or("a record cannot be read").to_owned();
                        Err(self.client.problem(EngineProblem::Away(reason)))
                    }
                    None => Ok(got.docs),
                }
            };
            found.extend(within(self.again_for, get)?.into_iter().filter_map(|record| record.source));
        }
        Ok(found)
    }
}

/// The signature that a record says; `None` where its text was too short for one.
fn signature(said: Signing) -> Option<Signed> {
    let bands = said.bands.into_iter().map(unsigned);
    let signature = Signature::from_bands(unsigned(said.digest?), bands)?;
    let captured = Timestamp::from_second(said.captured?).ok()?;
    Some(Signed { summary: said.summary, captured, signature })
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
        if self.point.is_some() {
            return Ok(false);
        }
        let Alias::Of(index) = alias(&self.client)? else { return Err(no_index(&self.client)) };
        let new = opened(&self.client, index)?;
        let is_new = generation(&new) != generation(&self.opened());
        if is_new {
            *self.opened.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        }
        Ok(is_new)
    }

    fn at_this_point(&self) -> Result<Arc<dyn Store>, Error> {
        #[derive(Deserialize)]
        struct Given {
            pit_id: String,
        }
        let opened = self.opened();
        let path = format!("{}/_search/point_in_time?keep_alive={KEPT}", opened.index);
        let given = within(self.again_for, || self.client.get::<Given>(&Method::POST, &path, None))?;
        let point = Point { client: Arc::clone(&self.client), id: given.pit_id };
        Ok(Arc::new(Self {
            opened: Arc::new(RwLock::new(opened)),
            point: Some(Arc::new(point)),
            ..self.clone()
        }))
    }

    fn verify(&self) -> Result<(), Error> {
        // The engine keeps checksums of its files and answers nothing out of a shard that is damaged.
        let path = format!("_cluster/health/{}?wait_for_status=yellow&timeout=5s", self.opened().index);
        let health: Value = self.client.get(&Method::GET, &path, None)?;
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
        let mut answer = self.ask::<Nothing>(&body)?;
        let records = answer.buckets("records");
        let of = |kind: &str| {
            let found = records.iter().find(|bucket| bucket["key"] == json!(kind));
            found.and_then(|bucket| bucket["doc_count"].as_u64()).unwrap_or_default()
        };
        let sum = |name: &str| answer.aggregations[name]["value"].as_f64().unwrap_or_default() as u64;
        let size: Value = self.client.get(&Method::GET, &format!("{}/_stats/store", opened.index), None)?;
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
        let by = json!([
            { "source": { "terms": { "field": "source" } } },
            { "province": { "terms": { "field": "province", "missing_bucket": true } } },
        ]);
        let days = json!({ "first": { "min": { "field": "day" } }, "last": { "max": { "field": "day" } } });
        self.each_bucket(&plan::records("document"), &by, &days, &mut |bucket| {
            let Some(source) = bucket["key"]["source"].as_str() else { return };
            let count = bucket["doc_count"].as_u64().unwrap_or_default();
            let collected = all.entry(source.to_owned()).or_default();
            collected.documents += count;
            if let Some(province) = bucket["key"]["province"].as_str() {
                *collected.provinces.entry(province.to_owned()).or_default() += count;
            }
            let day = |name: &str| bucket[name]["value"].as_f64().map(|day| day as i64);
            collected.days = around(collected.days, day("first").zip(day("last")));
        })?;
        let summary = |(name, collected): (String, Collected)| {
            let dates = collected.days.and_then(|(first, last)| date(first).zip(date(last)));
            SourceSummary::new(name, collected.documents, collected.provinces, dates)
        };
        Ok(all.into_iter().map(summary).collect())
    }

    fn search(&self, search: &Search<'_>) -> Result<Found, Error> {
        self.answer(search)
    }

    fn near_spellings(&self, words: &[&str]) -> Result<Vec<Option<String>>, Error> {
        self.near_spellings_of(words)
    }

    fn documents(&self, ids: &[DocumentId]) -> Result<Vec<StoredDocument>, Error> {
        let names: Vec<String> = ids.iter().map(|id| id::document(*id)).collect();
        let found = self.records::<Stored<StoredDocument>>(&names, &json!(["stored"]))?;
        Ok(found.into_iter().map(|source| source.stored).collect())
    }

    fn versions(&self, id: DocumentId) -> Result<Vec<StoredDocument>, Error> {
        let query = json!({ "bool": { "filter": [
            plan::records("version"), { "term": { "id": id.to_string() } },
        ] } });
        let mut found = Vec::new();
        let sort = json!(["version"]);
        self.each(&query, &json!(["stored"]), &sort, WHOLE, &mut |source: Stored<StoredDocument>| {
            found.push(source.stored);
            Ok(())
        })?;
        Ok(found)
    }

    fn seen(&self, ids: &[DocumentId]) -> Result<BTreeMap<DocumentId, Timestamp>, Error> {
        let names: Vec<String> = ids.iter().map(|id| id::seen(*id)).collect();
        let found = self.records::<Numbers>(&names, &json!(["id", "seen_at"]))?;
        let at =
            |source: Numbers| Some((source.id?.parse().ok()?, Timestamp::from_second(source.seen_at?).ok()?));
        Ok(found.into_iter().filter_map(at).collect())
    }

    fn each_of_groups(&self, groups: &BTreeSet<String>, each: &mut EachDocument<'_>) -> Result<(), Error> {
        let groups: Vec<&String> = groups.iter().collect();
        let mut handed: HashSet<DocumentId> = HashSet::new();
        for some in groups.chunks(VALUES) {
            let query = json!({ "bool": { "filter": [
                plan::records("document"), { "terms": { "group": some } },
            ] } });
            let sort = json!(["order"]);
            self.each(&query, &json!(["stored"]), &sort, WHOLE, &mut |source: Stored<StoredDocument>| {
                if handed.insert(source.stored.id) { each(source.stored) } else { Ok(()) }
            })?;
        }
        Ok(())
    }

    fn entities(&self, by: By, values: &[&str]) -> Result<Vec<Entity>, Error> {
        let mut found: BTreeMap<String, Entity> = BTreeMap::new();
        let mut take = |Stored { stored: entity }: Stored<Entity>| {
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
            let answer = self.ask::<Stored<Entity>>(&body)?;
            let total = answer.total();
            let mut hits = answer.into_hits();
            let last = hits.len() < size || found.len() + hits.len() == list.limit;
            after = hits.last_mut().map(|hit| hit.sort.take()).unwrap_or_default();
            found.extend(hits.into_iter().map(|hit| hit.source.stored));
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
        let answer = self.ask::<Stored<Keyed<Figure>>>(&body)?;
        let total = answer.total();
        Ok(Figures { records: answer.into_hits().into_iter().map(|hit| hit.source.stored).collect(), total })
    }

    fn indicators(&self, filter: &FigureFilter, limit: usize) -> Result<(Vec<KeyCount>, usize), Error> {
        let query = plan::figures(filter);
        let mut all: HashMap<String, KeyCount> = HashMap::new();
        let by = json!([
            { "key": { "terms": { "field": "indicator" } } }, { "id": { "terms": { "field": "id" } } },
        ]);
        let day = json!({ "day": { "min": { "field": "day" } } });
        self.each_bucket(&query, &by, &day, &mut |bucket| {
            let Some(key) = bucket["key"]["key"].as_str() else { return };
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
        })?;
        let mut counts: Vec<KeyCount> = all.into_values().collect();
        let distinct = counts.len();
        most_first(&mut counts);
        counts.truncate(limit);
        Ok((counts, distinct))
    }

    fn signed(&self, id: DocumentId) -> Result<Option<Signed>, Error> {
        let found = self.records::<Signing>(&[id::document(id)], &json!(SIGNING))?.pop();
        Ok(found.and_then(signature))
    }

    fn alike(&self, bands: &[u64], limit: usize) -> Result<Vec<Signed>, Error> {
        let signed: Vec<i64> = bands.iter().map(|band| signed(*band)).collect();
        let body = json!({
            "query": { "bool": { "filter": [plan::records("document"), { "terms": { "bands": signed } }] } },
            "size": (limit * bands.len()).min(WINDOW), "track_total_hits": false, "sort": ["order"],
            "_source": SIGNING,
        });
        let found = self.ask::<Signing>(&body)?.into_hits();
        Ok(found.into_iter().filter_map(|Hit { source, .. }| signature(source)).collect())
    }
}
