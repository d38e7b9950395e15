//! `cargo run --release -p benches`: how fast Yearline indexes and answers, beside what its parts can do at best; with
//! `crawl` behind it, what a page costs to crawl ([`crawl`]); with `engine`, what an index in OpenSearch costs ([`engine`]).
//!
//! One run indexes the shared news with the real pipeline and with a bare tantivy, then asks both over HTTP: Yearline's
//! own service, and a bare axum handler over the bare index. Servers run in processes of their own, so that their
//! processor time is theirs alone. Machines differ and are noisy: the ratios are what counts.

mod bare;
mod client;
mod crawl;
mod engine;
mod news;
mod program;
mod questions;
mod site;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use corpus::{Archive, WriterSettings};
use indexer::{Extractor, Indexer};
use indexer::{IndexSettings, NoArticle, Reading as _};

use crate::client::Measured;
use crate::questions::QUESTIONS;

/// The command's, for both that are compared.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures indexing and searching.
#[derive(Debug, Parser)]
struct Arguments {
    /// Documents to index at most
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    documents: usize,
    /// Requests of each kind
    #[arg(long, default_value_t = 600)]
    requests: usize,
    /// News as JSON Lines, gzipped [default: `../shared/data/news_30k.jsonl.gz`]
    #[arg(long)]
    news: Option<PathBuf>,
    /// Empty folder to work in, which is kept [default: a temporary one]
    #[arg(long)]
    folder: Option<PathBuf>,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What else is measured, and what the measured processes run.
#[derive(Debug, Subcommand)]
enum Part {
    /// Measures crawling
    Crawl(crawl::Arguments),
    /// Measures an index in OpenSearch
    Engine(engine::Arguments),
    /// Yearline's service over an index in OpenSearch
    #[command(hide = true)]
    EngineService { url: String },
    #[command(hide = true)]
    Site { pages: usize, hosts: usize },
    #[command(hide = true)]
    CrawlOurs {
        folder: PathBuf,
        port: u16,
        hosts: usize,
        #[arg(long)]
        polite: bool,
    },
    #[command(hide = true)]
    CrawlBare { port: u16, hosts: usize, pages: usize },
    #[command(hide = true)]
    Frontier { folder: PathBuf, known: usize },
    /// Yearline's service over an index
    Yearline { index: PathBuf },
    /// A bare axum handler over a bare tantivy index
    Bare { index: PathBuf },
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    match arguments.part {
        Some(Part::Yearline { index }) => return serve_yearline(&index),
        Some(Part::Bare { index }) => return bare::serve(&index),
        Some(Part::EngineService { url }) => return serve_engine(&url),
        Some(Part::Engine(part)) => return engine::measure(&part, &shared_news(arguments.news.as_deref())),
        Some(Part::Crawl(arguments)) => return crawl::measure(arguments),
        Some(Part::Site { pages, hosts }) => return site::serve(pages, hosts),
        Some(Part::CrawlOurs { folder, port, hosts, polite }) => {
            return crawl::ours(&folder, port, hosts, polite);
        }
        Some(Part::CrawlBare { port, hosts, pages }) => return crawl::bare(port, hosts, pages),
        Some(Part::Frontier { folder, known }) => return crawl::frontier(&folder, known),
        None => {}
    }
    let news = shared_news(arguments.news.as_deref());
    if !news.exists() {
        println!("skipped: {} is missing", news.display());
        return Ok(());
    }
    let temporary = tempfile::tempdir()?;
    let folder = arguments.folder.clone().unwrap_or_else(|| temporary.path().to_owned());
    let (archive, bare) = (folder.join("archive"), folder.join("bare"));
    measure_indexing(&arguments, &news, &archive, &bare)?;
    measure_search(&arguments, &Archive::open(&archive)?.index_folder(), &bare)
}

/// The news that are measured with, unless others are named.
fn shared_news(named: Option<&Path>) -> PathBuf {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/news_30k.jsonl.gz");
    named.map_or(shared, Path::to_owned)
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn size(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}

/// Prints one line of the indexing table.
fn line(what: &str, bytes: u64, took: Duration, more: &str) {
    println!(
        "{what:<44} {:>7.1} MB/s {:>7.1} s  {more}",
        megabytes(bytes) / took.as_secs_f64(),
        took.as_secs_f64()
    );
}

fn measure_indexing(arguments: &Arguments, news: &Path, folder: &Path, bare: &Path) -> anyhow::Result<()> {
    let records = news::read(news, arguments.documents)?;
    let articles: Vec<corpus::Article> = records.iter().map(|record| record.clone().article()).collect();
    let text: u64 = articles.iter().map(|article| article.text.len() as u64).sum();
    println!("{} documents, {:.1} MB of text\n\n# Indexing", articles.len(), megabytes(text));

    let started = Instant::now();
    let archive = Archive::create(folder)?;
    let mut writer = archive.writer(WriterSettings::default())?;
    news::keep(&records, &mut writer)?;
    drop(writer);
    line(
        "captures written (WARC, gzip a record)",
        text,
        started.elapsed(),
        &format!("{:.1} MB on disk", megabytes(size(folder))),
    );

    let started = Instant::now();
    let captures = archive.captures(&corpus::Position::default()).flatten().count();
    line("captures read", text, started.elapsed(), &format!("{captures} captures"));

    let some = &articles[..articles.len().min(3_000)];
    let bytes: u64 = some.iter().map(|article| article.text.len() as u64).sum();
    let started = Instant::now();
    let found: usize = some
        .iter()
        .map(|article| Extractor.mentions(article))
        .map(|mentions| mentions.directives.len() + mentions.officials.len() + mentions.figures.len())
        .sum();
    line(
        "mentions found, one thread",
        bytes,
        started.elapsed(),
        &format!("{found} mentions in {} documents", some.len()),
    );

    let started = Instant::now();
    let bare_size = bare::index(bare, &articles)?;
    let bare_took = started.elapsed();
    line(
        "bare tantivy (one text field, no mentions)",
        text,
        bare_took,
        &format!("{:.2} of the text on disk", bare_size as f64 / text as f64),
    );

    let started = Instant::now();
    let indexer = Indexer::open(&archive.index_folder(), IndexSettings::default())?;
    let report = indexer.run(
        &archive,
        &|capture| corpus::json_record::article(capture).map_err(|error| NoArticle::Lost(error.to_string())),
        &Extractor,
        &mut |_| {},
        &AtomicBool::new(false),
    )?;
    let took = started.elapsed();
    let index = archive.index_folder();
    line(
        "yearline index (captures to commit)",
        text,
        took,
        &format!(
            "{:.2} of the text on disk, {:.1} times bare tantivy's time; {} directives, {} officials, {} figures",
            size(&index) as f64 / text as f64,
            took.as_secs_f64() / bare_took.as_secs_f64(),
            report.directives,
            report.officials,
            report.figures
        ),
    );
    Ok(())
}

/// A server in a process of its own; ended with it.
struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    fn start(arguments: &[&str]) -> anyhow::Result<Self> {
        use std::io::BufRead as _;
        let mut child = program::command(arguments)?.stdout(Stdio::piped()).spawn()?;
        let out = child.stdout.take().context("a server has an output")?;
        let mut said = String::new();
        std::io::BufReader::new(out).read_line(&mut said)?;
        let Ok(address) = said.trim().parse() else { bail!("{arguments:?} does not start: {said}") };
        Ok(Self { child, address })
    }

    /// Waits until the files of the index are checked: that is work of its own, beside the first answers.
    fn verified(&self) -> anyhow::Result<()> {
        use std::io::Write as _;
        let request = client::Request::get("/readyz");
        let stream = std::net::TcpStream::connect(self.address)?;
        let mut reader = std::io::BufReader::new(stream);
        for _ in 0..600 {
            reader.get_mut().write_all(request.head.as_bytes())?;
            let state: serde_json::Value = serde_json::from_slice(&client::receive(&mut reader)?)?;
            if state["verified"] == serde_json::Value::Bool(true) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("the index is not checked within a minute")
    }

    /// Processor time so far.
    fn time(&self) -> anyhow::Result<Duration> {
        program::time(&self.child.id().to_string())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn measure_search(arguments: &Arguments, index: &Path, bare_index: &Path) -> anyhow::Result<()> {
    let ours = Process::start(&["yearline", &index.to_string_lossy()])?;
    ours.verified()?;
    let bare = Process::start(&["bare", &bare_index.to_string_lossy()])?;
    println!("\n# Search over HTTP: CPU a request, median, 99th percentile, in microseconds");
    println!("{:<22} {:>24} {:>24} {:>8} {:>8}", "", "yearline", "bare tantivy and axum", "CPU", "p50");
    let constant = measure(&bare, &["/constant".to_owned()], arguments.requests)?;
    for question in QUESTIONS {
        let ours = measure(&ours, &question.yearline(), arguments.requests)?;
        let bare = measure(&bare, &question.bare(), arguments.requests)?;
        println!(
            "{:<22} {ours:>24} {bare:>24} {:>7.2}x {:>7.2}x",
            question.name,
            ours.cpu / bare.cpu.max(1.0),
            ours.p50 / bare.p50.max(1.0)
        );
    }
    println!("{:<22} {:>24} {constant:>24}", "a constant answer", "");
    Ok(())
}

fn measure(server: &Process, paths: &[String], requests: usize) -> anyhow::Result<Measured> {
    client::ask(server.address, paths, requests / 10)?;
    let before = server.time()?;
    let mut times = client::ask(server.address, paths, requests)?;
    let cpu = server.time()?.saturating_sub(before).as_secs_f64() * 1e6 / requests as f64;
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
    Ok(Measured { cpu, p50: at(0.5), p99: at(0.99) })
}

fn serve_yearline(index: &Path) -> anyhow::Result<()> {
    serve(indexer::open(index)?)
}

fn serve_engine(url: &str) -> anyhow::Result<()> {
    let settings = indexer::store::opensearch::EngineSettings::at(url.parse()?);
    serve(indexer::Place::new(Path::new(""), Some(settings)).open()?)
}

#[tokio::main]
async fn serve(index: indexer::Index) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    // Each answer is worked out, not given again.
    let settings = api::Settings { kept_answers: 0, ..api::Settings::default() };
    Ok(api::serve(listener, index, settings, std::future::pending()).await?)
}
