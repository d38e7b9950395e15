//! Figures: numbers in a text that measure or count.
//!
//! The numbers of a sentence are found first, without dates, names and what else measures nothing; then the words around
//! each tell its unit, bound, direction, and what it measures. A period that a sentence names holds for the numbers
//! behind it and for the sentences of its paragraph, until another is named.

mod indicator;
mod number;
mod period;
mod table;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use corpus::{Language, Span};
use regex::Regex;

use super::passage::Context;
use crate::{Change, Directive, Figure, Modifier, Period};
use number::{Kind, Number};
use table::units;

/// All figures of a text, in reading order; numbers inside of `directives` are none.
pub(crate) fn find(context: &Context<'_>, directives: &[Directive]) -> Vec<Figure> {
    let vietnamese = context.language != Some(Language::ENGLISH);
    let taken: Vec<Span> = directives.iter().map(|directive| directive.span).collect();
    let mut figures = Vec::new();
    let mut holding: Option<Period> = None;
    for passage in &context.passages {
        if !period::carries_on(passage.span.of(context.text)) {
            holding = None;
        }
        for sentence in &passage.sentences {
            let reader = Sentence { context, vietnamese, span: *sentence, taken: &taken };
            holding = reader.read(holding, &mut figures);
        }
    }
    figures
}

/// A sentence that is read.
struct Sentence<'a> {
    context: &'a Context<'a>,
    vietnamese: bool,
    span: Span,
    taken: &'a [Span],
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is tested")
}

/// Bounds in front of a number.
static BOUND: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:\b(?P<more>more than|over|above|at least|exceeding|exceeded|hơn|trên|ít nhất|tối thiểu|vượt)|\b(?P<less>nearly|almost|less than|under|below|gần|dưới)|\b(?P<about>about|around|approximately|some|khoảng|chừng|ước đạt khoảng))\s+$",
    )
});

/// A direction in front of a number and its bound.
static DIRECTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:\b(?P<up>up|increas\w+(?: by| of)?|r(?:ise|ising|ose)(?: by)?|grew(?: by)?|tăng(?: thêm| bình quân| thêm được)?)|\b(?P<down>down|decreas\w+(?: by| of)?|reduc\w+(?: by| of)?|f(?:ell|all)(?: by)?|drop\w*(?: by)?|declin\w+(?: by)?|giảm(?: được| bình quân| thêm)?))\s+$",
    )
});

static LOWERING: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\b(?:reduc\w+|decreas\w+|lower\w*|cut)\b"));
static RAISING: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\b(?:increas\w+|rais\w+)\b"));

/// What stands between a count and the share that repeats it.
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:\b(?:accounting for|reaching|reached a rate of|equivalent to|making up|chiếm|đạt|bằng|tương đương|tỷ lệ)(?: a rate of| tỷ lệ| tỉ lệ)?|\()\s*$",
    )
});

static PLACE_VI: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\b((?:huyện|thành phố|thị xã|TP\.?|TX\.?|tỉnh|xã|phường)\s+\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*){0,3})")
});
static PLACE_EN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b((?:\p{Lu}\p{L}+\s+){1,3}(?:district|province|town|city|commune))\b"));

impl<'a> Sentence<'a> {
    /// Adds the figures of the sentence; the period that holds behind it.
    fn read(&self, holding: Option<Period>, figures: &mut Vec<Figure>) -> Option<Period> {
        let text = self.context.text;
        let here = self.span.of(text);
        let numbers = number::all(text, self.span, self.vietnamese, self.taken);
        let taken: Vec<(usize, usize)> = self
            .taken
            .iter()
            .filter(|span| span.overlaps(self.span))
            .map(|span| {
                let place = |byte: usize| byte.saturating_sub(self.span.start());
                (place(span.start()), place(span.end()))
            })
            .collect();
        let stated = period::all(here, self.context.published, &taken);
        let first_here = figures.len();
        for (at, number) in numbers.iter().enumerate() {
            let next = numbers.get(at + 1).map_or(self.span.end(), |next| next.span.start());
            let earlier = if figures.len() > first_here { figures.last().cloned() } else { None };
            let period = self.period_of(number, next, &stated, holding);
            figures.extend(self.figure(number, next, earlier.as_ref(), period));
        }
        stated.last().map_or(holding, |last| last.period)
    }

    /// The period of a number: the last one stated in front of it, else one that follows within its clause, else the one
    /// that holds.
    fn period_of(
        &self,
        number: &Number,
        next: usize,
        stated: &[period::Stated],
        holding: Option<Period>,
    ) -> Option<Period> {
        let start = number.span.start() - self.span.start();
        let end = number.span.end() - self.span.start();
        let next = next - self.span.start();
        let here = self.span.of(self.context.text);
        let behind = stated.iter().find(|stated| {
            stated.start >= end && stated.start < next && !here[end..stated.start].contains([',', ';', '('])
        });
        let front = stated.iter().rev().find(|stated| stated.end <= start);
        match (front, behind) {
            (_, Some(behind)) if behind.period.is_some() => behind.period,
            (Some(front), _) => front.period,
            _ if holding.is_some() => holding,
            _ => stated.iter().find(|stated| stated.start >= end).and_then(|stated| stated.period),
        }
    }

    fn figure(
        &self,
        number: &Number,
        next: usize,
        earlier: Option<&Figure>,
        period: Option<Period>,
    ) -> Option<Figure> {
        let text = self.context.text;
        let before = &text[self.span.start()..number.span.start()];
        let after = &text[number.span.end()..self.span.end()];
        let gap = earlier.map(|earlier| &text[earlier.span.end()..number.span.start()]);
        let (modifier, unbounded) = bound(before, after);
        let in_range = gap.is_some_and(|gap| matches!(gap.trim(), "-" | "–" | "to" | "đến"));
        let mut change = direction(unbounded, number.kind == Kind::Percent || number.multiplied);
        if change.is_none() && in_range
            || gap.is_some_and(|gap| gap.trim_end().ends_with('(') && gap.len() < 20)
        {
            change = change.or(earlier.and_then(|earlier| earlier.change));
        }
        let unit = self.unit(number, after);
        let noun = matches!(unit, Some((_, Counted::Noun)));
        let (mut unit, known) = match unit {
            Some((unit, counted)) => (Some(unit), counted != Counted::Noun),
            None => (None, false),
        };
        if unit.is_none() {
            let said = Regex::new(
                r"(?i)\b(?:was|were|is|are|to|reached|reaching|còn|là|lên|xuống|đạt|total of)\s*$",
            )
            .ok()?;
            if number.of.is_none() && !said.is_match(unbounded) && !in_range {
                return None;
            }
            unit = earlier.and_then(|earlier| earlier.unit.clone());
        }
        if number.kind == Kind::Plain && change.is_some() && unit.as_deref() == Some("rank") {
            unit = Some("places".to_owned());
        }
        let behind = if known && number.kind != Kind::Percent && number.kind != Kind::Rank {
            String::new()
        } else {
            let end = if next < self.span.end() { next } else { self.span.end() };
            let _ = end;
            indicator::back(after)
        };
        let front = indicator::front(unbounded);
        let inherited = earlier.and_then(|earlier| earlier.indicator.clone());
        let share = SHARE.is_match(unbounded) && gap.is_some_and(|gap| gap.len() < 60);
        let indicator = match number.kind {
            _ if in_range => inherited.clone(),
            Kind::Rank | Kind::Percent if change.is_some() || share => {
                inherited.clone().or(Some(front.clone()))
            }
            Kind::Rank => self.rank_indicator(&front, &behind, inherited.as_ref()),
            Kind::Percent => {
                let of = after.trim_start();
                let of_what = self.vietnamese && !behind.is_empty() && indicator::count(&front) == 0
                    || of.starts_with("of ")
                    || of.starts_with("of the ");
                if of_what { Some(behind.trim_start_matches("of ").to_owned()) } else { Some(front.clone()) }
            }
            Kind::Plain if change.is_some() && !noun => inherited.clone().or(Some(front.clone())),
            Kind::Plain if unit.as_deref() == Some("places") => inherited.clone(),
            Kind::Plain if known => Some(front.clone()),
            Kind::Plain if indicator::count(&behind) <= 2 || is_bare(&behind, unit.as_deref()) => {
                let shared = text.get(next..self.span.end()).filter(|_| {
                    let gap = &text[number.span.end()..next];
                    gap.trim_end().ends_with(" and") || gap.trim_end().ends_with(" và")
                });
                let tail = shared.map(|rest| {
                    let rest =
                        rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
                    let rest = indicator::back(rest);
                    rest.split_once(' ').map_or(String::new(), |(_, tail)| tail.to_owned())
                });
                match tail.filter(|tail| {
                    indicator::count(tail) > 2
                        && unit.as_deref().is_some_and(|unit| indicator::count(unit) == 1)
                }) {
                    Some(tail) => Some(format!("{behind} {tail}")),
                    None => Some(format!("{front} {behind}").trim().to_owned()),
                }
            }
            Kind::Plain => Some(behind.clone()),
        };
        let indicator = indicator
            .filter(|words| !words.trim().is_empty())
            .or(inherited)
            .or(Some(behind))
            .filter(|words| !words.trim().is_empty());
        Some(Figure {
            span: number.span,
            value: number.value,
            of: number.of,
            unit,
            modifier,
            indicator,
            period,
            place: self.place(before),
            change,
        })
    }

    fn rank_indicator(&self, front: &str, behind: &str, inherited: Option<&String>) -> Option<String> {
        let subject = regex_ranked().replace(front, "").trim().to_owned();
        if !subject.is_empty() && (inherited.is_none() || indicator::count(&subject) > 1) {
            return Some(subject);
        }
        inherited.cloned().or_else(|| Some(behind.to_owned()))
    }

    /// The unit behind a number, and how it is known.
    fn unit(&self, number: &Number, after: &str) -> Option<(String, Counted)> {
        match number.kind {
            Kind::Percent => return Some(("%".to_owned(), Counted::Measure)),
            Kind::Rank => return Some(("rank".to_owned(), Counted::Measure)),
            Kind::Plain => {}
        }
        let words = after.trim_start();
        let lower = words.to_lowercase();
        let measures = units().measures.iter().filter(|(written, _)| {
            lower.starts_with(written.as_str()) && !lower[written.len()..].starts_with(char::is_alphanumeric)
        });
        if let Some((written, symbol)) = measures.max_by_key(|(written, _)| written.len()) {
            let money = matches!(symbol.as_str(), "VND" | "USD");
            let rest = words.get(written.len()..).unwrap_or_default();
            let per: String = if money && rest.starts_with('/') {
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '/').collect()
            } else {
                String::new()
            };
            let per = if per[per.len().min(1)..].starts_with(|c: char| c.is_lowercase()) {
                per
            } else {
                String::new()
            };
            return Some((format!("{symbol}{per}"), Counted::Measure));
        }
        let noun = if self.vietnamese { noun_vi(words) } else { noun_en(words) };
        if noun.is_none() && number.multiplied && self.vietnamese {
            return Some(("VND".to_owned(), Counted::Measure));
        }
        noun.map(|noun| (noun, Counted::Noun))
    }

    /// The place that the sentence names last in front of the number.
    fn place(&self, before: &str) -> Option<String> {
        let pattern = if self.vietnamese { &PLACE_VI } else { &PLACE_EN };
        pattern.captures_iter(before).last().map(|found| found[1].to_owned())
    }
}

/// How a unit is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Measure,
    Noun,
}

fn regex_ranked() -> &'static Regex {
    static RANKED: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)\s*(?:ranking in|ranking|ranked|in top|top|stands?|xếp hạng|xếp thứ|xếp|đứng thứ|đứng vị trí|đứng|thứ)(?: top| in| hạng| thứ)*\s*$",
        )
    });
    &RANKED
}

/// Whether the words say nothing but the unit.
fn is_bare(behind: &str, unit: Option<&str>) -> bool {
    unit.is_some_and(|unit| indicator::count(behind) <= indicator::count(unit))
}

/// The bound of a number and the words in front of it without those of the bound.
fn bound<'t>(before: &'t str, after: &str) -> (Modifier, &'t str) {
    let behind = after.trim_start().to_lowercase();
    let modifier =
        ["or more", "trở lên", "or higher", "and above"].iter().any(|words| behind.starts_with(words));
    let mut unbounded = before;
    let mut found = Modifier::Equal;
    while let Some(captures) = BOUND.captures(unbounded) {
        found = if captures.name("more").is_some() {
            Modifier::More
        } else if captures.name("less").is_some() {
            Modifier::Less
        } else {
            Modifier::About
        };
        unbounded = &unbounded[..captures.get(0).map_or(0, |all| all.start())];
    }
    (if modifier { Modifier::More } else { found }, unbounded)
}

fn direction(unbounded: &str, measured: bool) -> Option<Change> {
    let spaced = format!("{} ", unbounded.trim_end());
    if let Some(found) = DIRECTION.captures(&spaced) {
        return Some(if found.name("up").is_some() { Change::Up } else { Change::Down });
    }
    // `reduce costs by 30%`, `costs by 20% and time by 30%`: the verb stands further off.
    if measured && spaced.ends_with(" by ") {
        if LOWERING.is_match(&spaced) {
            return Some(Change::Down);
        }
        if RAISING.is_match(&spaced) {
            return Some(Change::Up);
        }
    }
    None
}

/// The head of an English noun phrase: its last plural before a word that ends the phrase.
fn noun_en(words: &str) -> Option<String> {
    const END: &[&str] = &[
        "of",
        "in",
        "for",
        "at",
        "to",
        "from",
        "by",
        "with",
        "on",
        "and",
        "or",
        "that",
        "which",
        "who",
        "are",
        "is",
        "were",
        "was",
        "have",
        "has",
        "had",
        "as",
        "recognized",
        "meeting",
        "participating",
        "registered",
        "over",
        "after",
        "under",
        "including",
        "per",
        "than",
        "the",
        "a",
        "an",
        "will",
        "be",
        "this",
        "coming",
        "organized",
        "providing",
        "discussing",
        "planned",
    ];
    let mut level = words.split_whitespace();
    let words = match (level.next(), level.next()) {
        (Some("level"), Some(number)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            words["level".len()..].trim_start()[number.len()..].trim_start()
        }
        _ => words,
    };
    if let Some(term) = units().term(words) {
        return Some(words[..term.len()].to_owned());
    }
    if !words.starts_with(char::is_alphabetic) {
        return None;
    }
    let mut run: Vec<&str> = Vec::new();
    for word in words.split_whitespace() {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty()
            || END.contains(&bare.to_lowercase().as_str())
            || !bare.starts_with(char::is_alphabetic)
        {
            break;
        }
        if run.len() == 5 {
            break;
        }
        run.push(bare);
        if bare.len() != word.len() {
            break;
        }
    }
    let plural = |word: &str| {
        (word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s") && !word.ends_with("us"))
            || matches!(word, "people" | "children" | "women" | "staff")
    };
    for (at, word) in run.iter().enumerate() {
        let ends = run.get(at + 1).is_none_or(|next| !plural(next));
        if plural(word) && ends {
            let start = words.find(run[0])?;
            let upto = words[start..].find(word)? + start;
            for (from, _) in words[start..=upto]
                .match_indices(' ')
                .map(|(space, _)| (start + space + 1, ()))
                .chain([(start, ())])
            {
                if let Some(term) = units().term(&words[from..]) {
                    return Some(words[from..from + term.len()].to_owned());
                }
            }
            return Some((*word).to_owned());
        }
    }
    run.first().map(|first| (*first).to_owned())
}

/// The noun that a Vietnamese phrase begins with: a known one, else its first syllable.
fn noun_vi(words: &str) -> Option<String> {
    const NONE: &[&str] = &[
        "và", "của", "so", "trong", "là", "tại", "ở", "với", "từ", "đến", "thì", "đã", "được", "theo", "có",
        "cho", "nhất", "trở", "để", "do", "vào", "đối", "năm", "tháng", "ngày",
    ];
    if let Some(term) = units().term(words) {
        return Some(words[..term.len()].to_owned());
    }
    let first = words.split_whitespace().next()?;
    let bare = first.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_noun = bare.starts_with(char::is_alphabetic) && !NONE.contains(&bare.to_lowercase().as_str());
    is_noun.then(|| bare.to_owned())
}
