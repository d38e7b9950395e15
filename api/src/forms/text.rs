//! Any text, with what its mentions stand for.

use indexer::text::{CutBy, Resolution as Known, ResolvedText as Read};
use serde::Serialize;
use utoipa::ToSchema;

/// The mentions of a text, in reading order, each with what the index knows it as.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResolvedText {
    /// Language that the text was read in.
    language: Option<String>,
    /// Province that the text was read as being from.
    province: Option<String>,
    directives: Vec<ResolvedDirective>,
    officials: Vec<ResolvedOfficial>,
    figures: Vec<ResolvedFigure>,
    /// Where the text is read no further: send the rest by itself. Null where all of it was read.
    cut: Option<Cut>,
}

/// Where a text is read no further.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cut {
    /// Where the first mention begins that is left out.
    at: usize,
    /// `mentions`: the text has more than are looked up; `length`: the answer would be too long; `time`: looking them up
    /// took too long.
    by: &'static str,
}

/// What the index knows a mention as.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Resolution {
    /// `found`: one thing; `ambiguous`: several that it may be; `contradicted`: what the text says of it is otherwise than
    /// what is known; `unknown`: none.
    status: &'static str,
    /// That thing, or those.
    matches: Vec<Match>,
}

/// Something that the index knows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Match {
    key: String,
    /// Where all that is known of it is answered.
    link: String,
}

/// A directive that a text cites.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResolvedDirective {
    start: usize,
    end: usize,
    quote: String,
    kind: &'static str,
    number: Option<String>,
    issuer: Option<String>,
    issued: Option<String>,
    subject: Option<String>,
    resolution: Resolution,
}

/// A person whom a text names with positions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResolvedOfficial {
    start: usize,
    end: usize,
    quote: String,
    positions: Vec<String>,
    resolution: Resolution,
}

/// A number that a text claims; what is known is its indicator.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResolvedFigure {
    start: usize,
    end: usize,
    quote: String,
    value: f64,
    /// The denominator of a/b.
    of: Option<f64>,
    unit: Option<String>,
    modifier: &'static str,
    indicator: Option<String>,
    period: Option<String>,
    place: Option<String>,
    change: Option<&'static str>,
    resolution: Resolution,
}

impl Resolution {
    /// `address` is what the keys go behind.
    fn of(known: &Known, address: &str) -> Self {
        let (status, keys) = match known {
            Known::Found(key) => ("found", std::slice::from_ref(key)),
            Known::Ambiguous(keys) => ("ambiguous", keys.as_slice()),
            Known::Contradicted(keys) => ("contradicted", keys.as_slice()),
            Known::Unknown => ("unknown", [].as_slice()),
        };
        let link = |key: &String| Match {
            key: key.clone(),
            link: format!("{address}{}", crate::pages::escaped(key)),
        };
        Self { status, matches: keys.iter().map(link).collect() }
    }
}

impl From<&Read> for ResolvedText {
    fn from(read: &Read) -> Self {
        let text = read.article.text.as_str();
        let points = corpus::CodePoints::new(text);
        let place = |span: corpus::Span| {
            let (start, end) = points.range(span);
            (start, end, span.of(text).to_owned())
        };
        let directives = read.directives.iter().map(|(one, known)| {
            let (start, end, quote) = place(one.span);
            ResolvedDirective {
                start,
                end,
                quote,
                kind: one.kind.as_str(),
                number: one.number.clone(),
                issuer: one.issuer.clone(),
                issued: one.issued.map(|date| date.to_string()),
                subject: one.subject.clone(),
                resolution: Resolution::of(known, "/v1/directives/"),
            }
        });
        let officials = read.officials.iter().map(|(one, known)| {
            let (start, end, quote) = place(one.span);
            let positions = one.positions.clone();
            let resolution = Resolution::of(known, "/v1/officials/");
            ResolvedOfficial { start, end, quote, positions, resolution }
        });
        let figures = read.figures.iter().map(|(one, known)| {
            let (start, end, quote) = place(one.span);
            ResolvedFigure {
                start,
                end,
                quote,
                value: one.value,
                of: one.of,
                unit: one.unit.clone(),
                modifier: one.modifier.as_str(),
                indicator: one.indicator.clone(),
                period: one.period.map(|period| period.to_string()),
                place: one.place.clone(),
                change: one.change.map(indexer::Change::as_str),
                resolution: Resolution::of(known, "/v1/series?indicator="),
            }
        });
        Self {
            language: read.article.language.map(|language| language.to_string()),
            province: read.article.province.clone(),
            directives: directives.collect(),
            officials: officials.collect(),
            figures: figures.collect(),
            cut: read.cut.map(|cut| Cut {
                at: points.range(corpus::Span::new(cut.at, cut.at)).0,
                by: match cut.by {
                    CutBy::Mentions => "mentions",
                    CutBy::Length => "length",
                    CutBy::Time => "time",
                },
            }),
        }
    }
}
