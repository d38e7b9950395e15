//! Guards the HTML parser, whose time grows with the square of nesting and of the attributes of a tag: a linear look at the
//! tags first.

use std::sync::LazyLock;

use memchr::{memchr, memchr_iter, memchr3};

use super::Unreadable;
use super::names::Names;

/// Elements open at once that an honest page stays far below.
const DEEPEST: usize = 600;

/// Formatting elements that the parser would open again at block borders; each costs a node.
const REOPENED: usize = 2_000_000;

/// Pairs of attributes of one tag, over all tags: the parser compares each with each. It is some 14,000 attributes in one tag.
const COMPARED: usize = 200_000_000;

/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements whose end tag may be left out; the parser closes them at the next of their kind.
const IMPLIED: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "option", "optgroup",
    "rt", "rp", "html", "head", "body",
];

/// Elements that the parser opens again in the next block when they were left open.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that leave SVG and MathML wherever they stand (HTML standard, 13.2.6.5).
const BREAKOUT: &[&str] = &[
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "strike",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
];

/// Elements whose content is text up to their end tag.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "noscript", "iframe", "noembed", "noframes"];

/// What matters about a name: the lists above that it stands in.
#[derive(Clone, Copy, Default)]
struct Ways(u8);

impl Ways {
    const VOID: u8 = 1;
    const IMPLIED: u8 = 2;
    const FORMATTING: u8 = 4;
    const BREAKOUT: u8 = 8;
    const RAW: u8 = 16;

    fn has(self, way: u8) -> bool {
        self.0 & way != 0
    }
}

static WAYS: LazyLock<Names<Ways>> = LazyLock::new(|| {
    let lists = [
        (VOID, Ways::VOID),
        (IMPLIED, Ways::IMPLIED),
        (FORMATTING, Ways::FORMATTING),
        (BREAKOUT, Ways::BREAKOUT),
        (RAW, Ways::RAW),
    ];
    let mut all: Names<Ways> = Names::default();
    for (names, way) in lists {
        for name in names {
            all.entry(name).0 |= way;
        }
    }
    all
});

/// That a page is not nested too deeply, and no tag of it has too many attributes, to be parsed in reasonable time.
pub(super) fn checked(page: &str) -> Result<(), Unreadable> {
    let bytes = page.as_bytes();
    let (mut at, mut open, mut formatting, mut reopened) = (0, 0usize, 0usize, 0usize);
    let (mut compared, mut counted) = (0usize, 0);
    let mut foreign = false;
    let mut small = String::new();
    for next in memchr_iter(b'<', bytes) {
        // Within what was read already.
        if next < at {
            continue;
        }
        at = next + 1;
        if bytes[at..].starts_with(b"!--") {
            at = page[at..].find("-->").map_or(bytes.len(), |end| at + end + 3);
            continue;
        }
        let ends = bytes.get(at) == Some(&b'/');
        at += usize::from(ends);
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        if at == start {
            continue;
        }
        if at >= counted {
            let (attributes, end) = attributes(bytes, at);
            counted = end;
            compared += attributes * attributes;
            if compared > COMPARED {
                return Err(Unreadable::ManyAttributes);
            }
        }
        let mut name = &page[start..at];
        if name.bytes().any(|letter| letter.is_ascii_uppercase()) {
            small.clear();
            small.push_str(name);
            small.make_ascii_lowercase();
            name = &small;
        }
        let ways = WAYS.get(name).copied().unwrap_or_default();
        if ways.has(Ways::VOID) {
            continue;
        }
        if ways.has(Ways::IMPLIED) {
            reopened += formatting;
        } else if ends {
            foreign = foreign && name != "svg" && name != "math";
            open = open.saturating_sub(1);
            if ways.has(Ways::FORMATTING) {
                formatting = formatting.saturating_sub(1);
            }
        } else {
            let end = find(bytes, at, b'>').unwrap_or(bytes.len());
            let closes_itself = end > 0 && bytes.get(end - 1) == Some(&b'/');
            if ways.has(Ways::RAW) {
                at = end_of_raw(bytes, end, name);
                continue;
            }
            foreign = name == "svg" || name == "math" || (foreign && !ways.has(Ways::BREAKOUT));
            // `<path/>` closes itself in SVG and MathML alone; elsewhere the slash means nothing.
            if closes_itself && foreign {
                continue;
            }
            open += 1;
            if ways.has(Ways::FORMATTING) {
                formatting += 1;
            } else {
                reopened += formatting;
            }
        }
        if open > DEEPEST || reopened > REOPENED {
            return Err(Unreadable::TooDeep);
        }
    }
    Ok(())
}

/// How many attributes a tag has behind its name, about, and where it ends.
fn attributes(bytes: &[u8], from: usize) -> (usize, usize) {
    /// Bytes between two quotes that hold no more than the few attributes without a value that honest tags have.
    const SHORT: usize = 64;
    let (mut at, mut count) = (from, 0);
    loop {
        let Some(next) = bytes.get(at..).and_then(|rest| memchr3(b'"', b'\'', b'>', rest)) else {
            return (count, bytes.len());
        };
        if next > SHORT {
            count += bytes[at..at + next].iter().filter(|byte| byte.is_ascii_whitespace()).count();
        }
        let sign = bytes[at + next];
        at += next + 1;
        if sign == b'>' {
            return (count, at);
        }
        count += 1;
        at = find(bytes, at, sign).map_or(bytes.len(), |end| end + 1);
    }
}

fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    memchr(wanted, bytes.get(from..)?).map(|at| from + at)
}

/// Where the content of a raw element ends.
fn end_of_raw(bytes: &[u8], mut at: usize, name: &str) -> usize {
    while let Some(next) = find(bytes, at, b'<') {
        let tag = &bytes[next..];
        if tag.get(1) == Some(&b'/')
            && tag.get(2..2 + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
        {
            return next + 2 + name.len();
        }
        at = next + 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_bounded() {
        let check = |page: String, deep: bool| {
            let expected = if deep { Err(Unreadable::TooDeep) } else { Ok(()) };
            assert_eq!(checked(&page), expected, "{:.60}", page);
        };
        check("<div>".repeat(300_000), true);
        check("<div><p>x</p></div>".repeat(10_000), false);
        check("<div/>".repeat(300_000), true);
        check("<svg></svg><path/>".repeat(300_000), true);
        check(format!("<svg>{}</svg>", "<path/>".repeat(5_000)), false);
        check("<p>".repeat(300_000), false);
        check("<br>".repeat(300_000), false);
        check("<ul><li>a<li>b</ul>".repeat(10_000), false);
        check(format!("<script>{}</script>", "'<div>'+".repeat(5_000)), false);
        check(format!("<!-- {} -->", "<div>".repeat(5_000)), false);
        check(format!("{}{}", "<font>".repeat(500), "<p>".repeat(10_000)), true);
        check("<DIV>".repeat(1_000), true);
        check("<p a=1 b='2' c=\"3\">".repeat(30_000), false);
        check(format!("<img src=\"data:{}\">", "x y".repeat(100_000)), false);
        check("<b".to_owned(), false);
        check("</".to_owned(), false);
    }

    #[test]
    fn attributes_of_a_tag_are_bounded() {
        // With values, without, and such as end the tag for who looks only for its last sign.
        let attributes: [fn(usize) -> String; 3] = [
            |number| format!("a{number}=1 "),
            |number| format!("a{number}=\"<i>\" "),
            |number| format!("a{number} "),
        ];
        for attribute in attributes {
            let page = format!("<p {}>", (0..30_000).map(attribute).collect::<String>());
            assert_eq!(checked(&page), Err(Unreadable::ManyAttributes), "{:.60}", page);
        }
    }
}
