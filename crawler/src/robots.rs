//! robots.txt (RFC 9309): from a file's bytes to a verdict. Pure.

use std::io::{BufRead, Write};
use std::time::Duration;

use corpus::CanonicalUrl;
use serde::{Deserialize, Serialize};
use url::Url;

/// The name that Yearline's crawler answers to in robots.txt.
pub const AGENT: &str = "Yearline";

/// Bytes of a file that are read; what follows is ignored (RFC 9309 asks for at least 500 KiB).
pub const LIMIT: usize = 500 * 1024;

/// Redirects that are followed on the way to the file.
pub const HOPS: usize = 5;

/// The longest `Crawl-delay` that is honoured as asked.
pub const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// What a site allows one crawler.
#[derive(Clone, Debug)]
pub struct Robots(robotxt::Robots);

impl Robots {
    /// Reads the file for a crawler named `agent`.
    pub fn read(file: &[u8], agent: &str) -> Self {
        let file = &file[..file.len().min(LIMIT)];
        Self(robotxt::Robots::parse(&with_product_tokens(file), robotxt::Agent::Exact(agent)))
    }

    /// The rules that follow from the answer to the request for the file: a 2xx carries them, any other status
    /// below 500 (also a redirect that leads nowhere) allows everything, a 5xx, 429 or no answer (`None`)
    /// forbids everything for now (RFC 9309, 2.3.1; 429 as Google reads it).
    pub fn from_answer(status: Option<u16>, file: &[u8], agent: &str) -> Self {
        match status {
            Some(200..300) => Self::read(file, agent),
            Some(429 | 500..) | None => Self(robotxt::Robots::disallow_all()),
            Some(_) => Self(robotxt::Robots::allow_all()),
        }
    }

    /// Whether the crawler may ask for `url`.
    pub fn allows(&self, url: &Url) -> bool {
        self.0.is_url_allowed(url)
    }

    /// The pause that the site asks for between two requests, at most [`LONGEST_DELAY`].
    pub fn delay(&self) -> Option<Duration> {
        self.0.crawl_delay().map(|delay| delay.min(LONGEST_DELAY))
    }

    /// The sitemaps that the file names.
    pub fn sitemaps(&self) -> Vec<CanonicalUrl> {
        self.0.sitemaps().iter().cloned().filter_map(CanonicalUrl::new).collect()
    }
}

/// Cuts the value of each `User-agent` line after its first word: the product token is all that is compared (RFC 9309,
/// 2.2.1), what follows it is a habit of administrators.
fn with_product_tokens(file: &[u8]) -> Vec<u8> {
    let mut cut = Vec::with_capacity(file.len());
    for line in file.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        let key = line.iter().position(|byte| *byte == b':').unwrap_or(0);
        let value = &line[key..];
        let is_agent = line[..key].trim_ascii().eq_ignore_ascii_case(b"user-agent");
        let start = value.iter().skip(1).position(|byte| !byte.is_ascii_whitespace()).map(|at| at + 1);
        let end = start.and_then(|start| {
            value[start..].iter().position(u8::is_ascii_whitespace).map(|length| start + length)
        });
        match end {
            Some(end) if is_agent => {
                cut.extend_from_slice(&line[..key + end]);
                cut.push(b'\n');
            }
            _ => cut.extend_from_slice(line),
        }
    }
    cut
}

/// Whether a robots.txt lets the crawler `agent` ask for `url`. A text that is no URL is matched as a path.
pub fn allowed(file: &[u8], agent: &str, url: &str) -> bool {
    let robots = Robots::read(file, agent);
    match Url::parse(url) {
        Ok(url) => robots.allows(&url),
        Err(_) => robots.0.is_allowed(url),
    }
}

/// One question to `yearline robots`, and with `allowed` its answer. Other fields pass through.
#[derive(Debug, Serialize, Deserialize)]
pub struct Question {
    /// Text of the robots.txt.
    pub robots: String,
    /// Name of the crawler.
    pub agent: String,
    /// Address that is asked for.
    pub url: String,
    /// What the crawler would decide.
    #[serde(skip_deserializing)]
    pub allowed: bool,
    /// Whatever else the line holds.
    #[serde(flatten)]
    pub rest: serde_json::Map<String, serde_json::Value>,
}

/// Answers JSON Lines `{robots, agent, url}` with the same lines and `allowed`. A line that is no such object ends
/// it with an error of kind `InvalidData` that names the line.
pub fn answer(questions: impl BufRead, mut answers: impl Write) -> std::io::Result<()> {
    for (number, line) in questions.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let mut question: Question = serde_json::from_str(&line).map_err(|error| {
            let reason = format!("line {}: {error}; expected {{robots, agent, url}}", number + 1);
            std::io::Error::new(std::io::ErrorKind::InvalidData, reason)
        })?;
        question.rest.remove("allowed");
        question.allowed = allowed(question.robots.as_bytes(), &question.agent, &question.url);
        serde_json::to_writer(&mut answers, &question)?;
        answers.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared;

    #[test]
    fn googles_cases() {
        let Some(text) = shared::text("suites/robots/google_robotstxt.json") else { return };
        let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        let (mut portable, mut all) = (0, 0);
        for row in &rows {
            let field = |name: &str| row[name].as_str().unwrap();
            let verdict = allowed(field("robots").as_bytes(), field("agent"), field("url"));
            let right = verdict == row["allowed"].as_bool().unwrap();
            let google_only = row["google_only"].as_bool().unwrap();
            all += usize::from(right);
            portable += usize::from(right && !google_only);
            if !right {
                assert!(google_only, "{} must be {}", row["id"], row["allowed"]);
                eprintln!("differs from Google alone: {}", row["id"]);
            }
        }
        eprintln!("{portable} portable, {all} of {}", rows.len());
        assert_eq!(portable, 72);
        assert!(all >= 131, "{all}");
    }

    #[test]
    fn the_status_decides_when_there_is_no_file() {
        let url = Url::parse("http://a.example/b").unwrap();
        let file = b"User-agent: *\nDisallow: /b";
        let check = |status: Option<u16>, allowed: bool| {
            assert_eq!(Robots::from_answer(status, file, AGENT).allows(&url), allowed, "{status:?}");
        };
        check(Some(200), false);
        check(Some(301), true);
        check(Some(404), true);
        check(Some(403), true);
        check(Some(429), false);
        check(Some(500), false);
        check(Some(503), false);
        check(None, false);
    }

    #[test]
    fn delays_and_sitemaps() {
        let read = |file: &str| Robots::read(file.as_bytes(), AGENT);
        let robots = read("Sitemap: http://a.example/s.xml\nUser-agent: *\nCrawl-delay: 2.5\nSitemap: no");
        assert_eq!(robots.delay(), Some(Duration::from_millis(2500)));
        assert_eq!(robots.sitemaps().len(), 1);
        assert_eq!(read("User-agent: *\nCrawl-delay: 86400").delay(), Some(LONGEST_DELAY));
        assert_eq!(read("User-agent: yearline\nDisallow: /\nUser-agent: *\nCrawl-delay: 9").delay(), None);
    }

    #[test]
    fn only_the_first_500_kib_count() {
        let mut file = b"User-agent: *\nDisallow: /a\n".to_vec();
        file.resize(LIMIT + 10, b'#');
        file.extend(b"\nDisallow: /b\n");
        assert!(!allowed(&file, AGENT, "http://a.example/a"));
        assert!(allowed(&file, AGENT, "http://a.example/b"));
    }

    #[test]
    fn questions_are_answered_line_by_line() {
        let questions = concat!(
            r#"{"id":7,"robots":"User-agent: *\nDisallow: /x","agent":"Yearline","url":"http://a.example/x"}"#,
            "\n\n",
            r#"{"robots":"","agent":"Yearline","url":"http://a.example/x","allowed":false}"#,
            "\n"
        );
        let mut answers = Vec::new();
        answer(questions.as_bytes(), &mut answers).unwrap();
        let answers = String::from_utf8(answers).unwrap();
        let lines: Vec<serde_json::Value> =
            answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines[0]["allowed"], false);
        assert_eq!(lines[0]["id"], 7);
        assert_eq!(lines[1]["allowed"], true);
        let error = answer(&b"{}\n"[..], Vec::new()).unwrap_err();
        assert!(error.to_string().starts_with("line 1"), "{error}");
    }
}
