//! `cargo run --release -p benches -- engine`: what an index in OpenSearch costs beside OpenSearch alone.
//!
//! A real one of three nodes is started (`YEARLINE_OPENSEARCH`, as for the tests). Yearline indexes the news into it, then again
//! from the articles that it keeps; the bulks, noted on the way, are sent again as they are to an index that is made in the same
//! way. Then Yearline's service is asked over it, and what it asks the engine is noted and asked again without it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use corpus::{Archive, WriterSettings};
use indexer::store::opensearch::EngineSettings;
use indexer::{Extractor, IndexSettings, NoArticle, Place};
use serde_json::{Value, json};

use crate::client::{self, Request};
use crate::questions::QUESTIONS;
use crate::{Process, news};
use cluster::Cluster;

#[path = "../../indexer/src/engines/cluster.rs"]
#[allow(dead_code, reason = "the suite of all engines uses the rest")]
mod cluster;

/// Name of the index.
const NAME: &str = "news";

/// How much is measured.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Documents to index at most
    #[arg(long, default_value_t = 3_000)]
    documents: usize,
    /// Requests of each kind
    #[arg(long, default_value_t = 300)]
    requests: usize,
    /// Shards of the index
    #[arg(long, default_value_t = 1)]
    shards: u32,
}

/// Measures both.
pub(crate) fn measure(arguments: &Arguments, from: &Path) -> anyhow::Result<()> {
    let releases = Cluster::releases();
    let Some(release) = releases.last() else { return Ok(()) };
    let cluster = Cluster::start(release, 3);
    let folder = tempfile::tempdir()?;
    let archive = Archive::create(folder.path())?;
    let mut writer = archive.writer(WriterSettings::default())?;
    news::keep(&news::read(from, arguments.documents)?, &mut writer)?;
    drop(writer);
    let settings =
        EngineSettings { shards: arguments.shards, ..EngineSettings::at(cluster.address(NAME).parse()?) };
    let engine = SocketAddr::from(([127, 0, 0, 1], cluster.port()));
    let noted = Noted::on_the_way_to(cluster.port())?;
    measure_writing(&archive, &settings, engine, &noted)?;
    measure_asking(arguments, engine, &noted)
}

fn measure_writing(
    archive: &Archive,
    settings: &EngineSettings,
    engine: SocketAddr,
    noted: &Noted,
) -> anyhow::Result<()> {
    let place = Place::new(&archive.index_folder(), Some(settings.clone()));
    let watched = EngineSettings { address: noted.address().parse()?, ..settings.clone() };
    let watched = Place::new(&archive.index_folder(), Some(watched));
    let read = |capture: &corpus::Capture| {
        corpus::json_record::article(capture).map_err(|error| NoArticle::Lost(error.to_string()))
    };
    let run = |indexer: indexer::Indexer| {
        indexer.run(archive, &read, &Extractor, &mut |_| {}, &AtomicBool::new(false))
    };
    println!("# Writing, {} shards and one copy of each", settings.shards);
    let started = Instant::now();
    let report = run(watched.write(IndexSettings::default())?)?;
    told("captures to commit", report.documents, started.elapsed());
    let bulks: Vec<Request> =
        noted.take().into_iter().filter(|request| request.head.contains("/_bulk")).collect();
    let started = Instant::now();
    let report = run(place.renew(IndexSettings::default())?)?;
    let ours = started.elapsed();
    told("kept articles to commit", report.kept, ours);

    let mut reader = Connection::to(engine)?;
    let made = reader.ask("GET", &format!("/{NAME}"), &[])?;
    let made = made.as_object().and_then(|all| all.values().next()).cloned().unwrap_or_default();
    let mut index = json!({ "settings": made["settings"], "mappings": made["mappings"] });
    if let Some(settings) = index["settings"]["index"].as_object_mut() {
        for given in ["uuid", "creation_date", "provided_name", "version"] {
            settings.remove(given);
        }
    }
    reader.ask("PUT", "/bare?wait_for_active_shards=all", index.to_string().as_bytes())?;
    let started = Instant::now();
    for bulk in &bulks {
        let answer = reader.ask("POST", "/bare/_bulk", &bulk.body)?;
        anyhow::ensure!(answer["errors"] == json!(false), "a bare bulk fails");
    }
    reader.ask("POST", "/bare/_refresh", &[])?;
    let bare = started.elapsed();
    told("the same bulks alone", report.kept, bare);
    println!("documents a second beside bare bulks: {:.2}\n", bare.as_secs_f64() / ours.as_secs_f64());
    reader.ask("DELETE", "/bare", &[])?;
    Ok(())
}

fn told(what: &str, documents: u64, took: Duration) {
    let seconds = took.as_secs_f64();
    println!("{what:<32} {seconds:>7.1} s  {:>7.0} documents a second", documents as f64 / seconds);
}

fn measure_asking(arguments: &Arguments, engine: SocketAddr, noted: &Noted) -> anyhow::Result<()> {
    let watched = Process::start(&["engine-service", &noted.address()])?;
    let direct = Process::start(&["engine-service", &format!("http://{engine}/{NAME}")])?;
    println!("# Asking over HTTP: CPU of the service, median, 99th percentile, in microseconds");
    println!("{:<22} {:>24} {:>9} {:>24} {:>8}", "", "yearline", "questions", "bare, all of them", "p50");
    for question in QUESTIONS {
        let paths = question.yearline();
        let mut bare = Vec::new();
        for path in &paths {
            noted.take();
            client::ask(watched.address, std::slice::from_ref(path), 1)?;
            // Whether there is a new commit is looked after now and then, whoever asks.
            bare.push(noted.take().into_iter().filter(|request| request.head.starts_with("POST")).collect());
        }
        let bare: Vec<Vec<Request>> = bare;
        let most = bare.iter().map(Vec::len).max().unwrap_or_default();
        let ours = crate::measure(&direct, &paths, arguments.requests)?;
        client::send(engine, &bare, arguments.requests / 10)?;
        let mut times = client::send(engine, &bare, arguments.requests)?;
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
        println!(
            "{:<22} {ours:>24} {most:>9} {:>24} {:>7.2}x",
            question.name,
            format!("{:.0} / {:.0}", at(0.5), at(0.99)),
            ours.p50 / at(0.5).max(1.0)
        );
    }
    Ok(())
}

/// A connection to the engine.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn to(engine: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(engine)?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    fn ask(&mut self, method: &str, path: &str, body: &[u8]) -> anyhow::Result<Value> {
        let kind = if path.ends_with("_bulk") { "application/x-ndjson" } else { "application/json" };
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
        );
        let stream = self.0.get_mut();
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let answer = client::receive(&mut self.0).with_context(|| format!("{method} {path}"))?;
        Ok(serde_json::from_slice(&answer)?)
    }
}

/// What is asked of the engine, noted on the way.
struct Noted {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Noted {
    fn on_the_way_to(engine: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let noted = Self { port: listener.local_addr()?.port(), requests: Arc::default() };
        let requests = Arc::clone(&noted.requests);
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let requests = Arc::clone(&requests);
                std::thread::spawn(move || carry(near, engine, &requests));
            }
        });
        Ok(noted)
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{NAME}", self.port)
    }

    /// What was asked since.
    fn take(&self) -> Vec<Request> {
        std::mem::take(&mut *self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Carries a connection, request by request.
fn carry(near: TcpStream, engine: u16, requests: &Mutex<Vec<Request>>) -> anyhow::Result<()> {
    let mut far = TcpStream::connect(("127.0.0.1", engine))?;
    far.set_nodelay(true)?;
    let (mut back, mut to_near) = (far.try_clone()?, near.try_clone()?);
    std::thread::spawn(move || std::io::copy(&mut back, &mut to_near));
    let mut reader = BufReader::new(near);
    loop {
        let mut head = Vec::new();
        // To the empty line behind the headers.
        while !head.ends_with(b"\r\n\r\n") {
            if reader.read_until(b'\n', &mut head)? == 0 {
                return Ok(());
            }
        }
        let mut body = vec![0; client::length(&mut head.as_slice())?.unwrap_or_default()];
        reader.read_exact(&mut body)?;
        far.write_all(&[head.as_slice(), &body].concat())?;
        let head = String::from_utf8(head)?;
        requests.lock().unwrap_or_else(PoisonError::into_inner).push(Request { head, body });
    }
}
