//! A bare tantivy index and a bare axum handler over it, written the straightforward way: what Yearline is compared with.

use std::collections::HashMap;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use corpus::Article;
use serde_json::{Value, json};
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query as TantivyQuery, QueryParser, RangeQuery};
use tantivy::schema::{FAST, Field, INDEXED, STORED, STRING, Schema, TEXT, Value as _};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexReader, SegmentReader, TantivyDocument, Term};

struct Fields {
    title: Field,
    text: Field,
    source: Field,
    year: Field,
    month: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let fields = Fields {
        title: schema.add_text_field("title", STORED),
        text: schema.add_text_field("text", TEXT | STORED),
        source: schema.add_text_field("source", STRING | FAST | STORED),
        year: schema.add_u64_field("year", INDEXED | FAST),
        month: schema.add_u64_field("month", FAST),
    };
    (schema.build(), fields)
}

/// Indexes articles; bytes on disk.
pub(crate) fn index(folder: &Path, articles: &[Article]) -> anyhow::Result<u64> {
    std::fs::create_dir_all(folder)?;
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    let mut writer = index.writer::<TantivyDocument>(384 << 20)?;
    for article in articles {
        let mut document = TantivyDocument::new();
        let title = article.title.clone().unwrap_or_default();
        document.add_text(fields.text, format!("{title}\n{}", article.text));
        document.add_text(fields.title, title);
        document.add_text(fields.source, article.source.clone().unwrap_or_default());
        if let Some(published) = article.published {
            let (year, month) = (published.date.year() as u64, published.date.month() as u64);
            document.add_u64(fields.year, year);
            document.add_u64(fields.month, year * 12 + month - 1);
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(crate::size(folder))
}

struct Service {
    reader: IndexReader,
    parser: QueryParser,
    /// Any of the words, instead of all.
    any: QueryParser,
    fields: Fields,
}

/// Serves the index in a folder.
#[tokio::main]
pub(crate) async fn serve(folder: &Path) -> anyhow::Result<()> {
    let index = Index::open_in_dir(folder)?;
    let (_, fields) = schema();
    let mut parser = QueryParser::for_index(&index, vec![fields.text]);
    parser.set_conjunction_by_default();
    let any = QueryParser::for_index(&index, vec![fields.text]);
    let service = Arc::new(Service { reader: index.reader()?, parser, any, fields });
    let router = Router::new()
        .route("/search", get(search))
        .route("/constant", get(async || Json(json!({"count": 0, "results": []}))))
        .with_state(service);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

async fn search(
    State(service): State<Arc<Service>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Json<Value> {
    Json(service.answer(&asked).unwrap_or_else(|error| json!({"error": error.to_string()})))
}

impl Service {
    fn answer(&self, asked: &HashMap<String, String>) -> anyhow::Result<Value> {
        let searcher = self.reader.searcher();
        let any = asked.contains_key("any");
        let parser = if any { &self.any } else { &self.parser };
        let words = parser.parse_query(asked.get("q").map_or("", String::as_str))?;
        let snippets = asked.contains_key("snippet");
        let generator =
            snippets.then(|| SnippetGenerator::create(&searcher, &*words, self.fields.text)).transpose()?;
        let query: Box<dyn TantivyQuery> = match asked.get("year").and_then(|year| year.parse::<u64>().ok()) {
            Some(year) => {
                let bound = || Bound::Included(Term::from_field_u64(self.fields.year, year));
                let range: Box<dyn TantivyQuery> = Box::new(RangeQuery::new(bound(), bound()));
                Box::new(BooleanQuery::new(vec![(Occur::Must, words), (Occur::Must, range)]))
            }
            None => words,
        };
        let top = TopDocs::with_limit(10).order_by_score();
        let (hits, count, facet) = if asked.contains_key("facet") {
            let (hits, count, facet) =
                searcher.search(&*query, &(top, Count, Counts { column: "source", text: true }))?;
            (hits, count, Some(facet))
        } else if asked.contains_key("interval") {
            let (hits, count, facet) =
                searcher.search(&*query, &(top, Count, Counts { column: "month", text: false }))?;
            (hits, count, Some(facet))
        } else if any {
            // Alone, so that tantivy skips what cannot come on top; nothing is counted.
            (searcher.search(&*query, &top)?, 0, None)
        } else {
            let (hits, count) = searcher.search(&*query, &(top, Count))?;
            (hits, count, None)
        };
        let mut results = Vec::new();
        for (score, address) in hits {
            let document: TantivyDocument = searcher.doc(address)?;
            let text = |field| {
                document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
            };
            let snippet = generator.as_ref().map(|generator| generator.snippet_from_doc(&document).to_html());
            results.push(json!({
                "score": score, "title": text(self.fields.title), "source": text(self.fields.source), "snippet": snippet,
            }));
        }
        Ok(json!({"count": count, "results": results, "facet": facet}))
    }
}

/// Counts the values of a column.
struct Counts {
    column: &'static str,
    text: bool,
}

struct SegmentCounts {
    texts: Option<tantivy::columnar::StrColumn>,
    numbers: Option<tantivy::columnar::Column<u64>>,
    counts: HashMap<u64, u64>,
}

impl Collector for Counts {
    type Fruit = HashMap<String, u64>;
    type Child = SegmentCounts;

    fn for_segment(&self, _: u32, reader: &SegmentReader) -> tantivy::Result<SegmentCounts> {
        let fast = reader.fast_fields();
        Ok(SegmentCounts {
            texts: if self.text { fast.str(self.column)? } else { None },
            numbers: if self.text { None } else { Some(fast.u64(self.column)?) },
            counts: HashMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<HashMap<String, u64>>) -> tantivy::Result<HashMap<String, u64>> {
        let mut all = HashMap::new();
        for (value, count) in fruits.into_iter().flatten() {
            *all.entry(value).or_default() += count;
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentCounts {
    type Fruit = HashMap<String, u64>;

    fn collect(&mut self, doc: u32, _: f32) {
        let value = match (&self.texts, &self.numbers) {
            (Some(texts), _) => texts.ords().first(doc),
            (_, Some(numbers)) => numbers.first(doc),
            _ => None,
        };
        if let Some(value) = value {
            *self.counts.entry(value).or_default() += 1;
        }
    }

    fn harvest(self) -> HashMap<String, u64> {
        let name = |value: u64| match &self.texts {
            Some(texts) => {
                let mut name = String::new();
                let _ = texts.ord_to_str(value, &mut name);
                name
            }
            None => value.to_string(),
        };
        self.counts.iter().map(|(value, count)| (name(*value), *count)).collect()
    }
}
