//! A client that asks one thing after the other over one connection.

use std::fmt;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

/// Microseconds a request.
pub(crate) struct Measured {
    pub(crate) cpu: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.0} / {:.0} / {:.0}", self.cpu, self.p50, self.p99))
    }
}

/// A request as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// First line and headers, with what separates them from the body.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Asks for a path.
    pub(crate) fn get(path: &str) -> Self {
        Self { head: format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), body: Vec::new() }
    }
}

/// Asks for paths in turn; how long each answer took.
pub(crate) fn ask(address: SocketAddr, paths: &[String], requests: usize) -> anyhow::Result<Vec<Duration>> {
    let all: Vec<Vec<Request>> = paths.iter().map(|path| vec![Request::get(path)]).collect();
    send(address, &all, requests)
}

/// Sends groups of requests in turn, those of a group one behind the other; how long each group took.
pub(crate) fn send(
    address: SocketAddr,
    groups: &[Vec<Request>],
    times_in_all: usize,
) -> anyhow::Result<Vec<Duration>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    let mut times = Vec::with_capacity(times_in_all);
    for group in groups.iter().cycle().take(times_in_all) {
        let started = Instant::now();
        for request in group {
            stream.write_all(&[request.head.as_bytes(), &request.body].concat())?;
            receive(&mut reader)
                .with_context(|| request.head.lines().next().unwrap_or_default().to_owned())?;
        }
        times.push(started.elapsed());
    }
    Ok(times)
}

/// Reads an answer; its body.
pub(crate) fn receive(reader: &mut impl BufRead) -> anyhow::Result<Vec<u8>> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    if !line.starts_with("HTTP/1.1 2") {
        bail!("{}", line.trim());
    }
    let length = length(reader)?.context("an answer without a length")?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

/// Reads headers to their end; the length of the body that they say.
pub(crate) fn length(reader: &mut impl BufRead) -> anyhow::Result<Option<usize>> {
    let mut length = None;
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            return Ok(length);
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<usize>().ok();
        }
    }
}
