//! In what sense a value is said: reached, estimated, aimed at, foreseen, a limit.
//!
//! Words of `rules/modalities.toml` open a sense. Those in front of the statistic and behind the number before it hold for
//! the number's own item; those at the head of a sentence hold for all of it; those that spread hold for what is listed
//! behind them until words say that something has happened.

use std::collections::HashSet;
use std::sync::LazyLock;

use corpus::Span;
use serde::Deserialize;

use super::token::{self, Kind, Token};
use crate::scope::Way;
use crate::{Figure, Modality, Whence, Words};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    modality: Vec<Sense>,
    coming: Coming,
    enclosed: Phrases,
    plans: Phrases,
    actual: Phrases,
    parts: Phrases,
    within: Phrases,
    behind: Phrases,
    from: From,
    until: Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sense {
    id: Modality,
    spread: bool,
    #[serde(deserialize_with = "token::phrases")]
    words: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    behind: Vec<Vec<String>>,
    #[serde(deserialize_with = "token::phrases")]
    ahead: Vec<Vec<String>>,
    #[serde(default)]
    survey: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    #[serde(deserialize_with = "token::phrases")]
    words: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coming {
    #[serde(deserialize_with = "token::words")]
    words: HashSet<String>,
    #[serde(deserialize_with = "token::words")]
    past: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct From {
    #[serde(deserialize_with = "token::words")]
    words: HashSet<String>,
    #[serde(deserialize_with = "token::phrases")]
    least: Vec<Vec<String>>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| rules::read("rules/modalities.toml").expect("the table is tested"));

/// The words that begin a phrase which opens a sense or says that something has happened: most words begin none.
static FIRST: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let open = TABLE.modality.iter().flat_map(|sense| &sense.words);
    open.chain(&TABLE.actual.words).filter_map(|phrase| phrase.first()).map(String::as_str).collect()
});

/// Words that open a sense, or say that what follows has happened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// The sense; none where it ends one.
    sense: Option<Modality>,
    spread: bool,
    /// Whether it holds for all that the text goes on to tell of a survey.
    survey: bool,
    /// The first token, and the one behind the last.
    from: usize,
    to: usize,
    span: Span,
}

impl Mark {
    /// Its first byte.
    pub(super) fn begins(&self) -> usize {
        self.span.start()
    }
}

/// All marks among the tokens of a passage, in order.
pub(super) fn marks(tokens: &[Token], figures: &[Figure]) -> Vec<Mark> {
    let mut found: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].kind != Kind::Word || !FIRST.contains(tokens[at].word.as_str()) {
            at += 1;
            continue;
        }
        let longest = |phrases: &[Vec<String>]| {
            phrases.iter().filter(|phrase| begins(tokens, at, phrase)).map(Vec::len).max()
        };
        let sense = TABLE.modality.iter().filter_map(|sense| Some((longest(&sense.words)?, sense)));
        let sense = sense.max_by_key(|(length, _)| *length);
        let actual = longest(&TABLE.actual.words);
        let (length, mark) = match (sense, actual) {
            (Some((length, _)), Some(actual)) if actual > length => (actual, None),
            (Some((length, sense)), _) => (length, Some(sense)),
            (None, Some(actual)) => (actual, None),
            (None, None) => {
                at += 1;
                continue;
            }
        };
        let to = at + length;
        let refused = mark.is_some_and(|sense| {
            sense.behind.iter().any(|phrase| ends(tokens, figures, at, phrase))
                || sense.ahead.iter().any(|phrase| begins(tokens, to, phrase))
        });
        if !refused {
            found.push(Mark {
                sense: mark.map(|sense| sense.id),
                spread: mark.is_some_and(|sense| sense.spread),
                survey: mark.is_some_and(|sense| sense.survey),
                from: at,
                to,
                span: Span::new(tokens[at].span.start(), tokens[to - 1].span.end()),
            });
        }
        at = to;
    }
    found
}

fn begins(tokens: &[Token], at: usize, phrase: &[String]) -> bool {
    phrase.iter().enumerate().all(|(step, wanted)| {
        tokens.get(at + step).is_some_and(|token| match token.kind {
            Kind::Word | Kind::Unit => token.word == *wanted,
            Kind::Sign('|') => wanted == "|",
            Kind::Sign(',') => wanted == ",",
            _ => false,
        })
    })
}

/// Whether a phrase ends right in front of a token; `%` is a share with its sign.
fn ends(tokens: &[Token], figures: &[Figure], at: usize, phrase: &[String]) -> bool {
    at.checked_sub(phrase.len()).is_some_and(|from| {
        if phrase.len() == 1 && phrase[0] == "%" {
            return match tokens[from].kind {
                Kind::Figure(number) => figures[number].unit.as_deref() == Some("%"),
                Kind::Unit => true,
                _ => false,
            };
        }
        begins(tokens, from, phrase)
    })
}

/// Whether a sentence goes on telling parts of what was said last.
pub(super) fn tells_parts(tokens: &[Token], sentence: usize) -> bool {
    TABLE.parts.words.iter().any(|phrase| begins(tokens, sentence, phrase))
}

/// Whether words lead to the period of a figure, `đến năm 2030`: it is aimed at, while what is said of a time to come
/// without them is foreseen.
pub(super) fn leads_to(text: &str, figure: &Figure) -> bool {
    /// Bytes around a figure that its own period stands in.
    const AROUND: usize = 400;
    let Some(from) = figure.period_from.as_ref().filter(|from| from.way == Way::Sentence) else {
        return true;
    };
    let start = text.floor_char_boundary(figure.span.start().saturating_sub(AROUND));
    let end = text.ceil_char_boundary((figure.span.end() + AROUND).min(text.len()));
    let around = &text[start..end];
    let at = around[..figure.span.start() - start].rfind(&from.words).or_else(|| around.rfind(&from.words));
    at.is_none_or(|at| {
        let before = around[..at].trim_end().to_lowercase();
        TABLE.until.words.iter().any(|word| {
            before.strip_suffix(word.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    })
}

/// The sense of a survey that is told of in front of a token: `theo kết quả sơ bộ`.
pub(super) fn of_survey(marks: &[Mark], at: usize) -> Option<(Modality, Words)> {
    let told = marks.iter().rfind(|mark| mark.survey && mark.to <= at)?;
    Some((told.sense?, Words { span: Some(told.span), whence: Whence::Document }))
}

/// Whether words say that a value is yet to come, though none opens a sense: `sẽ thu hút 9 dự án`.
pub(super) fn is_coming(tokens: &[Token], at: usize, sentence: usize) -> Option<Span> {
    /// Tokens in front of a number that belong to it.
    const BEFORE: usize = 16;
    let stops = |place: &usize| {
        matches!(tokens[*place].kind, Kind::Figure(_) | Kind::End | Kind::Sign(';' | '(' | ')'))
            || TABLE.coming.past.contains(&tokens[*place].word)
    };
    // `sẽ giảm từ 7%`: that is what there is.
    if at.checked_sub(1).is_some_and(|before| TABLE.from.words.contains(&tokens[before].word)) {
        return None;
    }
    let here = (sentence.max(at.saturating_sub(BEFORE))..at).rev().take_while(|place| !stops(place));
    let mut said = here.filter(|place| TABLE.coming.words.contains(&tokens[*place].word));
    said.next().map(|place| tokens[place].span)
}

/// Whether words in front of a number say that it is a thing of the past: `đã giải quyết việc làm cho 900 lao động`.
pub(super) fn is_past(tokens: &[Token], at: usize, sentence: usize) -> bool {
    /// Tokens in front of a number that belong to it.
    const BEFORE: usize = 16;
    let stops = |place: &usize| {
        matches!(tokens[*place].kind, Kind::Figure(_) | Kind::End | Kind::Sign(';' | ')'))
            || TABLE.coming.words.contains(&tokens[*place].word)
    };
    let here = (sentence.max(at.saturating_sub(BEFORE))..at).rev().take_while(|place| !stops(place));
    here.into_iter().any(|place| TABLE.coming.past.contains(&tokens[place].word))
}

/// The last sense that the tokens of a line open for what stands under it.
pub(super) fn opened(marks: &[Mark]) -> Option<(Modality, Words)> {
    let last = marks.iter().rfind(|mark| mark.spread || mark.sense == Some(Modality::Estimate))?;
    Some((last.sense?, Words { span: Some(last.span), whence: Whence::Heading }))
}

/// The sense of the number at a token. `from` is the first token of the words that it measures, `sentence` that of its
/// sentence; `heading` is what the lines above have opened.
pub(super) fn of(
    tokens: &[Token],
    marks: &[Mark],
    at: usize,
    from: Option<usize>,
    sentence: usize,
    heading: Option<(Modality, Words)>,
) -> (Modality, Option<Words>) {
    let told = |mark: &Mark, whence| Some(Words { span: Some(mark.span), whence });
    let marks = &marks[marks.partition_point(|mark| mark.from < sentence)..];
    let marks = &marks[..marks.partition_point(|mark| mark.from < at)];
    // `6,7% như Quốc hội đề ra`
    let close = (at + 1..tokens.len()).find(|place| tokens[*place].kind != Kind::Unit).unwrap_or(at + 1);
    if TABLE.behind.words.iter().any(|phrase| begins(tokens, close, phrase)) {
        let span = tokens[close].span;
        return (Modality::Target, Some(Words { span: Some(span), whence: Whence::Clause }));
    }
    // `tăng từ 7,4% lên 10%`: it begins from what there is.
    let begins_range =
        at.checked_sub(1).is_some_and(|before| TABLE.from.words.contains(&tokens[before].word))
            && tokens.get(at + 1).is_none_or(|next| next.kind != Kind::Sign('-'))
            && !TABLE.from.least.iter().any(|phrase| begins(tokens, close, phrase));
    if begins_range
        && heading.is_none()
        && !marks.iter().any(|mark| mark.spread && mark.sense == Some(Modality::Target) && mark.to <= at)
    {
        return (Modality::Actual, None);
    }
    // `ước tăng 5% (cùng kỳ tăng 4%)`
    let open = (sentence..at).rev().find(|place| matches!(tokens[*place].kind, Kind::Sign('(' | ')')));
    let open = open.filter(|place| tokens[*place].kind == Kind::Sign('('));
    if open.is_some_and(|open| TABLE.enclosed.words.iter().any(|phrase| begins(tokens, open + 1, phrase))) {
        return (Modality::Actual, None);
    }
    // `vượt kế hoạch (18%)`
    let plan = open.filter(|open| open + 1 == at);
    if let Some(open) = plan
        && let Some(words) = TABLE
            .plans
            .words
            .iter()
            .find(|words| open.checked_sub(words.len()).is_some_and(|from| begins(tokens, from, words)))
    {
        let span = tokens[open - words.len()].span;
        return (Modality::Target, Some(Words { span: Some(span), whence: Whence::Clause }));
    }
    let before: Vec<&Mark> = marks.iter().filter(|mark| mark.to <= at).collect();
    let is_figure = |place: &usize| matches!(tokens[*place].kind, Kind::Figure(_));
    let is_break = |place: &usize| matches!(tokens[*place].kind, Kind::Sign(',' | ';' | '('));
    let is_part = |from: usize| {
        (from..at).any(|place| TABLE.within.words.iter().any(|phrase| begins(tokens, place, phrase)))
            && !(from..at).any(|place| {
                tokens[place].kind == Kind::Sign(';') || TABLE.coming.past.contains(&tokens[place].word)
            })
    };
    let mut estimate = None;
    for mark in before.iter().rev() {
        let Some(sense) = mark.sense else {
            // What has happened: only the item's own words count from here.
            return estimate
                .map_or((Modality::Actual, None), |mark| (Modality::Estimate, told(mark, Whence::Clause)));
        };
        let own = from.is_some_and(|from| mark.from >= from)
            || !(mark.to..at).any(|place| is_figure(&place))
                && !(mark.to..from.unwrap_or(at)).any(|place| is_break(&place) || is_figure(&place));
        let leads = !(sentence..mark.from).any(|place| is_figure(&place)) && {
            // At the head of the sentence, in front of what is measured first.
            let upto = (mark.to..at).find(|place| is_break(place)).unwrap_or(at);
            !(mark.to..upto).any(|place| is_figure(&place))
        };
        let holds = own
            || leads && (mark.spread || sense == Modality::Estimate || sense == Modality::Forecast)
            || mark.spread
            // `ước đạt 9.000 tỷ đồng, trong đó thu nội địa đạt 4.000 tỷ đồng`
            || sense == Modality::Estimate && is_part(mark.to);
        if !holds {
            continue;
        }
        if sense == Modality::Estimate && estimate.is_none() {
            // `dự kiến … ước đạt` is a forecast.
            estimate = Some(*mark);
            continue;
        }
        if estimate.is_some() && sense == Modality::Target {
            continue;
        }
        // `phấn đấu … sẽ đạt` is aimed at.
        let aimed = before.iter().rfind(|first| {
            sense == Modality::Forecast
                && first.to <= mark.from
                && first.sense == Some(Modality::Target)
                && !(first.to..mark.from).any(|place| is_figure(&place))
        });
        if let Some(first) = aimed {
            return (Modality::Target, told(first, Whence::Sentence));
        }
        return (sense, told(mark, if own { Whence::Clause } else { Whence::Sentence }));
    }
    if let Some(mark) = estimate {
        return (Modality::Estimate, told(mark, Whence::Clause));
    }
    match heading {
        Some((modality, words)) => (modality, Some(words)),
        None => (Modality::Actual, None),
    }
}
