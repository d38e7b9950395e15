//! What a number measures: the words around it.

use std::sync::LazyLock;

use regex::Regex;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is tested")
}

/// Words that say nothing about what is measured, wherever they stand.
const IDLE: &[&str] = &[
    "the",
    "a",
    "an",
    "has",
    "have",
    "had",
    "was",
    "were",
    "is",
    "are",
    "been",
    "also",
    "which",
    "that",
    "its",
    "their",
    "seriously",
    "whole",
    "currently",
    "đã",
    "được",
    "hiện",
    "đang",
    "khoảng",
    "gần",
    "ước",
    "đều",
    "vừa",
    "phải",
    "toàn",
    "tỉnh",
];

/// Words that say nothing at the edge of a phrase.
const IDLE_EDGE: &[&str] = &[
    "there",
    "total",
    "number",
    "of",
    "in",
    "reached",
    "reaching",
    "reach",
    "province",
    "all",
    "notably",
    "this",
    "these",
    "some",
    "more",
    "than",
    "over",
    "nearly",
    "about",
    "around",
    "only",
    "still",
    "always",
    "accounting",
    "including",
    "just",
    "by",
    "worth",
    "with",
    "each",
    "on",
    "at",
    "and",
    "then",
    "fell",
    "rose",
    "to",
    "estimated",
    "stood",
    "for",
    "as",
    "levels",
    "có",
    "là",
    "đạt",
    "còn",
    "số",
    "các",
    "những",
    "hơn",
    "trên",
    "với",
    "cả",
    "và",
    "đến",
    "nay",
    "mới",
    "chiếm",
    "từ",
    "trong",
    "đó",
    "nhất",
    "theo",
    "xuống",
    "lên",
    "thì",
    "tăng",
    "giảm",
    "so",
    "nhưng",
    "đối",
    "tại",
];

/// Words at which the words in front of a number are cut off, behind the last of them.
static FRONT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?i)[;:]\s|,\s|\s[-–]\s|[“”"(]|\b(?:of which|including|that|which|because|so that|trong đó|bao gồm|gồm|như|mục tiêu|về việc|goal is to|target of)\b"#,
    )
});

/// Where the words behind a number end.
static BACK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?i)[;:]|[.](?:\s|$|\p{Lu}|\d)|[“”"]|,\s|\s[-–]\s|\s(?:and|và|with|từ|to|cho)\s+(?:\p{L}+\s+){0,4}\d|\b(?:of which|including|accounting for|reaching|in which|trong đó|bao gồm|gồm|chiếm|xuống còn|giảm còn|lên|đạt tỷ lệ)\b|\bnhằm\b|\b(?:since|from) the beginning\b"#,
    )
});

static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:\b(?:in|during|by|of|for|on|from|to|the|period|first|last|term|months|trong|vào|đến|ngày|hết|giai đoạn|từ)\s+)*(?:\b\d+ tháng (?:đầu )?năm\s+|\bnăm\s+|\btháng\s+\d*/?|\bquý\s+\w+[/ ]|\bfirst \d+ months of\s+|(?:\d{1,2}/){1,2})?\b(?:19|20)\d\d\b(?:\s*[-–]\s*(?:19|20)\d\d)?(?:\s+(?:term|period))?",
    )
});

static PARENTHESIS: LazyLock<Regex> = LazyLock::new(|| regex(r"\([^()]*\)"));

static SINCE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:since|from) the beginning of the[^,;]*?\b(?:to|until) now\b|\btừ đầu (?:năm|nhiệm kỳ)[^,;]*?(?:đến|tới) nay\b",
    )
});

/// Other numbers with their units.
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\d[\d.,/]*(?:st\b|nd\b|rd\b|th\b)?\s*(?:nghìn|ngàn|tỷ|triệu|billion|million)?\s*(?:đồng|vnd|usd|%)?(?:/\p{L}+)*",
    )
});

/// The words in front of a number that say what it measures, without periods and idle words: those behind the last break,
/// and where there are none those behind the break before.
pub(super) fn front(before: &str) -> (String, String) {
    let before = PARENTHESIS.replace_all(before, " ");
    let before = SINCE.replace_all(&before, " ");
    let before = PERIOD.replace_all(&before, " ");
    let breaks: Vec<(usize, usize)> =
        FRONT.find_iter(&before).map(|found| (found.start(), found.end())).collect();
    let words = |from: usize, to: usize| {
        let here = NUMBERS.replace_all(&before[from..to], " ").into_owned();
        let words = kept(&here);
        words[words.len().saturating_sub(11)..].join(" ")
    };
    let mut end = before.len();
    let mut nearest = None;
    for (start, after) in breaks.iter().rev().copied().chain([(0, 0)]) {
        let here = words(after.min(end), end);
        if nearest.is_none() {
            nearest = Some(here.clone());
        }
        if !here.is_empty() {
            return (nearest.unwrap_or_default(), here);
        }
        end = start;
    }
    (String::new(), String::new())
}

/// The words behind a number that say what it counts.
pub(super) fn back(after: &str) -> String {
    let after = PARENTHESIS.replace_all(after, " ");
    let after = after.trim_start();
    let mut end = after.len();
    for found in BACK.find_iter(after) {
        if found.start() == 0 {
            return String::new();
        }
        let comma = found.as_str().starts_with(',');
        // A list or an apposition goes on behind its comma while nothing else has been said.
        let short = after[..found.start()].split_whitespace().count() <= 3;
        let next = &after[found.end()..];
        let word = next.split_whitespace().next().unwrap_or_default();
        let is_clause = word.ends_with("ing")
            || next.split_whitespace().take(3).any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            || IDLE.contains(&word)
            || IDLE_EDGE.contains(&word)
            || matches!(word, "up" | "down" | "tăng" | "giảm" | "reaching" | "received" | "organized");
        let quoted = found.as_str().starts_with(['“', '”', '"'])
            && after[..found.start()].split_whitespace().count() < 12;
        if quoted || comma && short && !is_clause {
            continue;
        }
        end = found.start();
        break;
    }
    let words = &after[..end];
    let words = PERIOD.replace_all(words, " ");
    let words = NUMBERS.replace_all(&words, " ");
    let mut words = kept(&words);
    words.truncate(14);
    words.join(" ")
}

/// Words without idle ones and their punctuation.
fn kept(words: &str) -> Vec<&str> {
    let is_number = |word: &str| {
        word.len() > 1
            && word.starts_with(|c: char| c.is_ascii_digit())
            && !word.ends_with(char::is_alphabetic)
    };
    // `An` ends the names of places.
    let is_idle = |word: &str| word != "An" && IDLE.contains(&word.to_lowercase().as_str());
    let all: Vec<&str> = words
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'))
        .filter(|word| !word.is_empty() && !is_idle(word) && !is_number(word))
        .collect();
    let is_edge = |word: &&str| IDLE_EDGE.contains(&word.to_lowercase().as_str());
    // `tăng trưởng`, `giảm nghèo` begin with what elsewhere only leads to a number.
    let begins = |word: &&str| !is_edge(word) || matches!(word.to_lowercase().as_str(), "tăng" | "giảm");
    let start = all.iter().position(begins).unwrap_or(all.len());
    let end = all.iter().rposition(|word| !is_edge(word)).map_or(start, |last| last + 1);
    // `nông thôn mới` and `công nghệ mới` end with what elsewhere means `only just`.
    let end = if all.get(end).is_some_and(|word| *word == "mới") && end > start { end + 1 } else { end };
    all[start..end].to_vec()
}

/// How many words there are.
pub(super) fn count(words: &str) -> usize {
    words.split_whitespace().count()
}
