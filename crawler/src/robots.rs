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

/// Bytes of a line that are read.
const LONGEST_LINE: usize = 16 * 1024;

/// What a site allows one crawler.
///
/// The rules are Google's reading of RFC 9309 where the RFC leaves room: the longest matching pattern wins and `Allow`
/// at a tie, groups of one agent are joined, an agent is compared by its product token, and patterns are compared with
/// the path as it is sent.
#[derive(Clone, Debug, Default)]
pub struct Robots {
    /// Rules of the groups that name the crawler; where one does, `*` does not count.
    own: Option<Group>,
    everyone: Group,
    sitemaps: Vec<CanonicalUrl>,
}

#[derive(Clone, Debug, Default)]
struct Group {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Clone, Debug)]
struct Rule {
    allow: bool,
    pattern: Vec<u8>,
}

impl Robots {
    /// Reads the file for a crawler named `agent`.
    pub fn read(file: &[u8], agent: &str) -> Self {
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        let file = &file[..file.len().min(LIMIT)];
        let mut robots = Self::default();
        // The agents of the group that is being read, and whether its rules have begun.
        let (mut names_us, mut names_everyone, mut has_rules) = (false, false, false);
        for line in file.split(|byte| matches!(byte, b'\n' | b'\r')) {
            let line = &line[..line.len().min(LONGEST_LINE)];
            let Some((key, value)) = key_and_value(line) else { continue };
            match Key::of(key) {
                Key::UserAgent => {
                    if std::mem::take(&mut has_rules) {
                        (names_us, names_everyone) = (false, false);
                    }
                    if value.first() == Some(&b'*') && value.get(1).is_none_or(u8::is_ascii_whitespace) {
                        names_everyone = true;
                    } else if product_token(value).eq_ignore_ascii_case(agent.as_bytes()) {
                        names_us = true;
                        robots.own.get_or_insert_default();
                    }
                }
                key @ (Key::Allow | Key::Disallow) => {
                    if !names_us && !names_everyone {
                        continue;
                    }
                    has_rules = true;
                    let rule = Rule { allow: key == Key::Allow, pattern: escaped(value) };
                    for group in robots.groups(names_us, names_everyone) {
                        group.rules.push(rule.clone());
                    }
                }
                Key::CrawlDelay => {
                    let delay = str::from_utf8(value).ok().and_then(|value| value.parse::<f64>().ok());
                    let delay = delay.and_then(|delay| Duration::try_from_secs_f64(delay).ok());
                    for group in robots.groups(names_us, names_everyone) {
                        group.delay = group.delay.max(delay);
                    }
                }
                Key::Sitemap => {
                    let url = str::from_utf8(value).ok().and_then(|value| value.parse().ok());
                    robots.sitemaps.extend(url);
                }
                Key::Other => {}
            }
        }
        robots
    }

    fn groups(&mut self, own: bool, everyone: bool) -> impl Iterator<Item = &mut Group> {
        self.own.as_mut().filter(|_| own).into_iter().chain(everyone.then_some(&mut self.everyone))
    }

    fn forbid_all() -> Self {
        Self::read(b"User-agent: *\nDisallow: /", "")
    }

    /// The rules that follow from the answer to the request for the file: a 2xx carries them, any other status
    /// below 500 (also a redirect that leads nowhere) allows everything, a 5xx, 429 or no answer (`None`)
    /// forbids everything for now (RFC 9309, 2.3.1; 429 as Google reads it).
    pub fn from_answer(status: Option<u16>, file: &[u8], agent: &str) -> Self {
        match status {
            Some(200..300) => Self::read(file, agent),
            Some(429 | 500..) | None => Self::forbid_all(),
            Some(_) => Self::default(),
        }
    }

    fn group(&self) -> &Group {
        self.own.as_ref().unwrap_or(&self.everyone)
    }

    /// Whether the crawler may ask for `url`.
    pub fn allows(&self, url: &Url) -> bool {
        self.allows_path(&url[url::Position::BeforePath..url::Position::AfterQuery])
    }

    /// Whether the crawler may ask for a path with its query.
    fn allows_path(&self, path: &str) -> bool {
        // The file itself may always be asked for; sites that forbid everything do not mean it.
        if path == "/robots.txt" {
            return true;
        }
        let longest = |allow: bool| {
            let rules = self.group().rules.iter().filter(|rule| rule.allow == allow);
            rules.filter_map(|rule| rule.matches(path.as_bytes())).max().unwrap_or(0)
        };
        longest(false) <= longest(true)
    }

    /// The pause that the site asks for between two requests, at most [`LONGEST_DELAY`].
    pub fn delay(&self) -> Option<Duration> {
        self.group().delay.map(|delay| delay.min(LONGEST_DELAY))
    }

    /// The sitemaps that the file names.
    pub fn sitemaps(&self) -> &[CanonicalUrl] {
        &self.sitemaps
    }
}

impl Rule {
    /// The length of the pattern, where it matches.
    fn matches(&self, path: &[u8]) -> Option<usize> {
        // `Allow: /a/index.html` stands for `/a/` too.
        if self.allow
            && !matches(&self.pattern, path)
            && let Some(folder) = self.pattern.iter().rposition(|byte| *byte == b'/')
            && self.pattern[folder + 1..].starts_with(b"index.htm")
        {
            let folder = [&self.pattern[..=folder], b"$"].concat();
            return matches(&folder, path).then_some(folder.len());
        }
        matches(&self.pattern, path).then_some(self.pattern.len())
    }
}

/// Whether a pattern matches the beginning of a path: `*` stands for anything, `$` at its end for the path's end. Each
/// piece between stars is taken where it comes first, which is right for patterns of this kind and needs no going back.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split(|byte| *byte == b'*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut pieces: Vec<&[u8]> = pieces.collect();
    let last = if to_end { pieces.pop() } else { None };
    for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
        match rest.windows(piece.len()).position(|window| window == piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    match last {
        Some(last) => rest.ends_with(last),
        None => !to_end || rest.is_empty(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    UserAgent,
    Allow,
    Disallow,
    CrawlDelay,
    Sitemap,
    Other,
}

impl Key {
    /// Keys are known by their beginning, and by the ways in which they are often misspelt.
    fn of(key: &[u8]) -> Self {
        const KEYS: &[(Key, &[&str])] = &[
            (Key::UserAgent, &["user-agent", "useragent", "user agent"]),
            (Key::Allow, &["allow"]),
            (Key::Disallow, &["disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"]),
            (Key::CrawlDelay, &["crawl-delay", "crawldelay"]),
            (Key::Sitemap, &["sitemap", "site-map"]),
        ];
        let is = |name: &str| {
            key.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
        };
        KEYS.iter().find(|(_, names)| names.iter().any(|name| is(name))).map_or(Self::Other, |(key, _)| *key)
    }
}

/// Key and value of a line without its comment. A line of two words needs no colon.
fn key_and_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.split(|byte| *byte == b'#').next().unwrap_or_default().trim_ascii();
    let (key, value) = match line.iter().position(|byte| *byte == b':') {
        Some(at) => (&line[..at], &line[at + 1..]),
        None => {
            let at = line.iter().position(u8::is_ascii_whitespace)?;
            let value = line[at..].trim_ascii();
            if value.iter().any(u8::is_ascii_whitespace) {
                return None;
            }
            (&line[..at], value)
        }
    };
    let key = key.trim_ascii();
    (!key.is_empty()).then(|| (key, value.trim_ascii()))
}

/// The part of an agent's name that is compared.
fn product_token(value: &[u8]) -> &[u8] {
    let end = value.iter().position(|byte| !(byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_')));
    &value[..end.unwrap_or(value.len())]
}

/// A pattern as paths are sent: what is not ASCII in percent form, hexadecimal digits as capitals.
fn escaped(pattern: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(pattern.len());
    let mut at = 0;
    while let Some(&byte) = pattern.get(at) {
        let digits = pattern.get(at + 1..at + 3);
        if byte == b'%' && digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            out.extend(pattern[at..at + 3].to_ascii_uppercase());
            at += 3;
        } else {
            if byte.is_ascii() {
                out.push(byte);
            } else {
                out.extend(format!("%{byte:02X}").bytes());
            }
            at += 1;
        }
    }
    out
}

/// Path and query of an address as it is written, percent signs and all.
fn path_of(url: &str) -> String {
    let start = if url.starts_with("//") { 2 } else { 0 };
    let from = |at: usize| url[at..].find(['/', '?', ';']).map(|found| found + at);
    let scheme = url[start..].find("://").map(|at| at + start);
    let host = match scheme {
        Some(scheme) if from(start).is_none_or(|path| path > scheme) => scheme + 3,
        _ => start,
    };
    let Some(path) = from(host) else { return "/".to_owned() };
    let hash = url[start..].find('#').map_or(url.len(), |at| at + start);
    if hash < path {
        return "/".to_owned();
    }
    if url[path..].starts_with('/') { url[path..hash].to_owned() } else { format!("/{}", &url[path..hash]) }
}

/// Whether a robots.txt lets the crawler `agent` ask for `url`, an address or a path, exactly as it is written.
pub fn allowed(file: &[u8], agent: &str, url: &str) -> bool {
    Robots::read(file, agent).allows_path(&path_of(url))
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
    fn hostile_patterns_take_little_time() {
        let file = format!("User-agent: *\nDisallow: /{}", "*a".repeat(8_000));
        let url = format!("http://a.example/{}", "a".repeat(7_000));
        let start = std::time::Instant::now();
        assert!(allowed(file.as_bytes(), AGENT, &url));
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    #[test]
    fn patterns() {
        let check = |pattern: &str, path: &str, matched: bool| {
            assert_eq!(matches(pattern.as_bytes(), path.as_bytes()), matched, "{pattern} {path}");
        };
        check("/a", "/ab", true);
        check("/a$", "/ab", false);
        check("/a$", "/a", true);
        check("/*.php$", "/x.php.php", true);
        check("/*.php$", "/x.php?a", false);
        check("/a*b*c", "/a-b-c-d", true);
        check("/a*b*c$", "/a-c-b", false);
        check("*", "/", true);
        check("/**$", "/a", true);
        check("$", "/", false);
        check("/a*a$", "/a", false);
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
