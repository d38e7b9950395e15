//! A small site on loopback: some answers by path, and what it was asked for.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// An answer: status line, more header lines, body.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: &'static str,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    /// A page in HTML.
    pub(crate) fn page(html: impl Into<String>) -> Self {
        Self::file("text/html; charset=utf-8", html.into())
    }

    /// A file of some media type.
    pub(crate) fn file(media: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", head: format!("Content-Type: {media}\r\n"), body: body.into() }
    }

    /// A redirect.
    pub(crate) fn to(path: &str) -> Self {
        Self { status: "301 Moved Permanently", head: format!("Location: {path}\r\n"), body: Vec::new() }
    }

    /// The same with another status line.
    pub(crate) fn with_status(self, status: &'static str) -> Self {
        Self { status, ..self }
    }
}

/// A site that answers until the test ends.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// `http://127.0.0.1:port`
    pub(crate) origin: String,
    answers: Arc<Mutex<BTreeMap<String, Answer>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Starts one. `@` in a page stands for its origin.
    pub(crate) fn start<'a>(answers: impl IntoIterator<Item = (&'a str, Answer)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("its address"));
        let site = Self { origin, answers: Arc::default(), asked: Arc::default() };
        for (path, answer) in answers {
            site.put(path, answer);
        }
        let serving = site.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = serving.clone();
                // A client that was killed has gone away.
                std::thread::spawn(move || drop(site.answer(&stream)));
            }
        });
        site
    }

    /// Puts an answer in the place of what was there.
    pub(crate) fn put(&self, path: &str, mut answer: Answer) {
        if let Ok(text) = String::from_utf8(answer.body.clone()) {
            answer.body = text.replace('@', &self.origin).into_bytes();
        }
        self.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// What it was asked for since this was called last.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    fn answer(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream);
        let mut asked = String::new();
        lines.read_line(&mut asked)?;
        let mut line = String::new();
        while lines.read_line(&mut line)? > 2 {
            line.clear();
        }
        let path = asked.split(' ').nth(1).unwrap_or_default().to_owned();
        self.asked.lock().unwrap().push(path.clone());
        let found = self.answers.lock().unwrap().get(&path).cloned();
        let Answer { status, head, body } =
            found.unwrap_or_else(|| Answer::page("<p>Không có.</p>").with_status("404 Not Found"));
        let mut stream = stream;
        write!(
            stream,
            "HTTP/1.1 {status}\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        )?;
        stream.write_all(&body)
    }
}
