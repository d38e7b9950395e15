//! Keys by which tools for web archives sort and find addresses: the host's labels from the last to the first, then path
//! and query in one spelling (SURT, as pywb and the Wayback Machine use it).

use std::fmt::Write as _;
use std::sync::LazyLock;

use data_encoding::HEXLOWER_PERMISSIVE;
use regex::Regex;
use url::{Host, Url};

/// The key of an address: of `https://www.Bao.example/Tin/?b=2&a=1` it is `example,bao)/tin?a=1&b=2`.
pub(crate) fn surt(target: &str) -> String {
    let Ok(url) = Url::parse(target.trim()) else { return target.replace(char::is_whitespace, "%20") };
    let path = path(url.path());
    let Some(host) = url.host() else { return format!("{}:{path}", url.scheme()) };
    let name = match &host {
        Host::Domain(name) => {
            let name = name.replace("..", ".").trim_matches('.').to_lowercase();
            match WWW.find(&name) {
                Some(www) => name[www.end()..].to_owned(),
                None => name,
            }
        }
        Host::Ipv4(ip) => ip.to_string(),
        Host::Ipv6(ip) => format!("[{ip}]"),
    };
    let labels: Vec<&str> = name.split('.').rev().collect();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = url.query().map(query).filter(|query| !query.is_empty());
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{port}){path}{query}", labels.join(","))
}

static WWW: LazyLock<Regex> = LazyLock::new(|| pattern(r"^www\d*\."));

/// Sessions that some servers write into paths.
static PATH_SESSIONS: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    [r"(/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)/)([^?]+\.aspx)", r"(/)(?:\([0-9a-z]{24}\)/)([^?]+\.aspx)"]
        .map(pattern)
});

/// And into queries.
static QUERY_SESSIONS: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    [
        r"^(.*)jsessionid=[0-9a-z]{32}(?:&(.*))?$",
        r"^(.*)phpsessid=[0-9a-z]{32}(?:&(.*))?$",
        r"^(.*)sid=[0-9a-z]{32}(?:&(.*))?$",
        r"^(.*)aspsessionid[a-z]{8}=[a-z]{24}(?:&(.*))?$",
        r"^(.*)cfid=[^&]+&cftoken=[^&]+(?:&(.*))?$",
    ]
    .map(pattern)
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern")
}

/// Without empty, `.` and `..` parts, in small letters, each escape undone and made again, without a slash at its end.
fn path(path: &str) -> String {
    let bare = unescaped(path.as_bytes());
    let mut parts: Vec<&[u8]> = Vec::new();
    let all: Vec<&[u8]> = bare.split(|byte| *byte == b'/').skip(1).collect();
    for part in &all {
        match *part {
            b"" | b"." => {}
            b".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let mut path = format!("/{}", escaped(&parts.join(&b'/'))).to_lowercase();
    for session in PATH_SESSIONS.iter() {
        path = session.replace(&path, "$1$2").into_owned();
    }
    path
}

/// Its parts in order, in small letters, without sessions.
fn query(query: &str) -> String {
    let mut query = escaped(&unescaped(query.as_bytes())).to_lowercase();
    for session in QUERY_SESSIONS.iter() {
        query = session.replace(&query, "$1$2").into_owned();
    }
    let mut parts: Vec<(&str, Option<&str>)> = query
        .split('&')
        .map(|part| part.split_once('=').map_or((part, None), |(name, value)| (name, Some(value))))
        .collect();
    parts.sort_unstable();
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(name, value)| value.map_or_else(|| name.to_owned(), |value| format!("{name}={value}")))
        .collect();
    parts.join("&")
}

/// Undoes escapes until there are none: `%2541` stands for `A`.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    loop {
        let mut once = Vec::with_capacity(bytes.len());
        let mut rest = bytes.as_slice();
        while let Some((first, behind)) = rest.split_first() {
            let byte = (*first == b'%')
                .then(|| HEXLOWER_PERMISSIVE.decode(behind.get(..2)?).ok()?.first().copied())
                .flatten();
            once.push(byte.unwrap_or(*first));
            rest = if byte.is_some() { &behind[2..] } else { behind };
        }
        if once == bytes {
            return bytes;
        }
        bytes = once;
    }
}

/// Escapes controls, blanks, `#`, `%` and all that is not ASCII.
fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_graphic() && !matches!(byte, b'#' | b'%') {
            text.push(char::from(*byte));
        } else {
            write!(text, "%{byte:02X}").expect("writing to a string succeeds");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_the_keys_that_other_tools_give_them() {
        let check = |target: &str, key: &str| assert_eq!(surt(target), key, "{target}");
        check("https://www.Bao.example/Tin/?b=2&a=1", "example,bao)/tin?a=1&b=2");
        check("http://bao.example", "example,bao)/");
        check("http://www2.bao.example:8080/a//b/../c.HTML", "example,bao:8080)/a/c.html");
        check("http://wwwbao.example/", "example,wwwbao)/");
        check("https://bao.example:443/?", "example,bao)/");
        check("http://127.0.0.1:81/x", "1,0,0,127:81)/x");
        check("https://bao.example/s%C6%A1n%20kh%C3%AA/%7Ea", "example,bao)/s%c6%a1n%20kh%c3%aa/~a");
        check("https://bao.example/100%25", "example,bao)/100%25");
        check("https://bao.example/a?q=%2541+b&Q=%20c&q", "example,bao)/a?q&q=%20c&q=a+b");
        check("https://bao.example/t?PHPSESSID=0123456789abcdef0123456789abcdef&id=3", "example,bao)/t?id=3");
        check("http://bao.example/(0123456789abcdefghijklmn)/tin.aspx", "example,bao)/tin.aspx");
        check("file:///Bao%20cao.txt#3", "file:/bao%20cao.txt");
        check("no address", "no%20address");
    }
}
