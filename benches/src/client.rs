//! A client that asks one thing after the other over one connection.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
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

/// Asks for paths in turn; how long each answer took.
pub(crate) fn ask(address: SocketAddr, paths: &[String], requests: usize) -> anyhow::Result<Vec<Duration>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    let mut times = Vec::with_capacity(requests);
    let mut body = Vec::new();
    for path in paths.iter().cycle().take(requests) {
        let started = Instant::now();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if !line.starts_with("HTTP/1.1 200") {
            bail!("{path}: {}", line.trim());
        }
        let mut length = None;
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse::<usize>().ok();
            }
        }
        body.resize(length.with_context(|| format!("{path}: no length"))?, 0);
        reader.read_exact(&mut body)?;
        times.push(started.elapsed());
    }
    Ok(times)
}
