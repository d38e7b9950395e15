//! What goes over the wire: JSON forms of answers, from which the `OpenAPI` document is made too.
//!
//! Offsets count Unicode code points of the document's text, ends exclusive. What is not known is `null`.

use indexer::cluster::Cluster as FoundCluster;
use indexer::directive::{DirectiveDossier, DirectiveSummary};
use indexer::facets::FacetMatches;
use indexer::named::NamedKind;
use indexer::official::{
    Career as FoundCareer, Certainty, Holding as FoundHolding, OfficeSummary, OfficialSummary,
};
use indexer::search::{self, Counted, SearchAnswer, TimelineBucket};
use indexer::statistics::catalogue;
use indexer::statistics::series::{self, IndicatorCount};
use indexer::text::{CutBy, Resolution as Known, ResolvedText as Read};
use indexer::{Document as Found, Keyed, SourceSummary};
use indexer::{DocumentSummary, Evidence as Proof, Record};
use serde::Serialize;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// How many there are in all.
    pub(crate) count: u64,
    /// `eq`: the count is exact; `gte`: there may be more.
    pub(crate) count_relation: &'static str,
    /// Of a search: `all_words` where the documents counted have all its words, and a list by relevance goes on behind them with
    /// documents that have most; `most_words` where none has all, or more words were asked for than are looked for, and those with most of what the words weigh are counted.
    /// Facets, the histogram and the order by date are of the documents counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) counted: Option<&'static str>,
    /// This page of them.
    pub(crate) results: Vec<T>,
    /// Counts of the found documents by the facets that were asked for.
    #[schema(value_type = std::collections::BTreeMap<String, FacetCounts>)]
    pub(crate) facets: serde_json::Map<String, serde_json::Value>,
    /// Counts by calendar, where an interval was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) histogram: Vec<Bucket>,
    /// The `cursor` of the next page.
    pub(crate) next: Option<String>,
    /// The `cursor` of the page before.
    pub(crate) previous: Option<String>,
    /// The words that were searched for.
    pub(crate) query: Option<String>,
    /// What these words name, on the first page of a search.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) entities: Vec<Named>,
}

/// Something that the words of a search name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Named {
    /// `directive`, `official`, `office` or `indicator`.
    kind: &'static str,
    key: String,
    /// As most texts write it.
    label: String,
    /// Where all that is known of it is answered.
    link: String,
    /// Documents with it.
    count: u64,
}

impl From<&indexer::named::Named> for Named {
    fn from(named: &indexer::named::Named) -> Self {
        let key = crate::pages::escaped(&named.key);
        let (kind, link) = match named.kind {
            NamedKind::Directive => ("directive", format!("/v1/directives/{key}")),
            NamedKind::Official => ("official", format!("/v1/officials/{key}")),
            NamedKind::Office => {
                ("office", format!("/v1/positions?title={}", crate::pages::escaped(&named.asked)))
            }
            NamedKind::Indicator => ("indicator", format!("/v1/series?indicator={key}")),
        };
        Self { kind, key: named.key.clone(), label: named.label.clone(), link, count: named.documents }
    }
}

impl From<&search::FacetValue> for FacetValue {
    fn from(value: &search::FacetValue) -> Self {
        Self {
            id: value.value.clone(),
            label: value.label.clone().unwrap_or_else(|| value.value.clone()),
            count: value.count,
        }
    }
}

/// The values of a facet that begin as was asked.
pub(crate) fn facet_values(found: &FacetMatches, beginning: Option<String>) -> List<FacetValue> {
    let results = found.values.iter().map(FacetValue::from).collect();
    let count_relation = if found.may_be_more { "gte" } else { "eq" };
    List { count_relation, ..List::of(found.count, results, beginning) }
}

impl<T> List<T> {
    pub(crate) fn of(count: u64, results: Vec<T>, query: Option<String>) -> Self {
        Self {
            count,
            count_relation: "eq",
            counted: None,
            results,
            facets: serde_json::Map::new(),
            histogram: Vec::new(),
            next: None,
            previous: None,
            query,
            entities: Vec::new(),
        }
    }
}

/// Counts of one facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetCounts {
    /// The most frequent values; years and months the latest first.
    values: Vec<FacetValue>,
    /// How many values there are in all.
    distinct: usize,
}

/// One value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetValue {
    /// As the filter of that name takes it.
    id: String,
    /// What people read: a directive, a name or an office as most texts write it.
    label: String,
    /// Documents with it.
    count: u64,
}

/// Documents found in one step of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bucket {
    /// `2021`, `2021-Q2` or `2021-05`.
    period: String,
    /// Documents.
    count: u64,
}

/// A document found by a search.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit {
    pub(crate) document: Summary,
    /// How well it fits; comparable within one answer.
    score: Option<f32>,
    /// Words of the query that it has not, in lower case; of a long query only the rarest words are looked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lacks: Vec<String>,
    /// Words of the query in the title, as pairs of offsets in it.
    title_highlights: Vec<(usize, usize)>,
    snippet: Option<Snippet>,
}

/// The passage that shows best why a document was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Snippet {
    /// The passage exactly as it stands in the document's text.
    text: String,
    /// Where it begins.
    start: usize,
    /// Where it ends.
    end: usize,
    /// Words of the query in it, as pairs of offsets in the document's text.
    highlights: Vec<(usize, usize)>,
    /// Where a question was asked: the sentence in it that answers best, as offsets in the document's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<(usize, usize)>,
}

/// What a list shows of a document.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Summary {
    /// Its identity, made from its canonical URL.
    id: String,
    /// Number of this version of its text, from 1.
    version: u32,
    /// Canonical URL, or the name of the file that it came from.
    address: String,
    /// Headline.
    title: String,
    published: Option<Published>,
    /// Source record or host.
    source: Option<String>,
    /// Province that it is from or about, by its Vietnamese name.
    province: Option<String>,
    /// ISO 639-1 code.
    language: Option<String>,
}

/// When a document was published, in the time zone of the newspapers (`Asia/Ho_Chi_Minh`).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Published {
    /// ISO 8601.
    date: String,
    /// Where the page gives it.
    time: Option<String>,
    /// Where the date was found: `record`, `json-ld`, `meta`, `visible` or `url`.
    #[schema(value_type = String)]
    origin: corpus::DateOrigin,
}

/// The words that a fact rests on; `prefix + quote + suffix` is the sentence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Evidence {
    document: Summary,
    quote: String,
    prefix: String,
    suffix: String,
    /// Where the quote begins in the document's text.
    start: usize,
    /// Where it ends.
    end: usize,
    /// The page of a printed document (PDF) that it begins on, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<usize>,
}

/// A document with all that it mentions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Document {
    #[serde(rename = "document")]
    summary: Summary,
    author: Option<String>,
    section: Option<String>,
    tags: Vec<String>,
    captions: Vec<String>,
    /// When the page was last changed, as it says.
    modified: Option<Published>,
    text: String,
    /// `WARC-Record-ID` of the capture.
    capture: String,
    /// When it was last seen unchanged or captured (RFC 3339).
    last_seen: String,
    /// How many versions of its text there are.
    versions: usize,
    /// Where the same text stands as well; absent where it stands here alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<Cluster>,
    directives: Vec<DirectiveMention>,
    officials: Vec<OfficialMention>,
    figures: Vec<Figure>,
    /// Words that somebody decided to mention nothing.
    denied: Vec<NoMention>,
}

/// Documents that carry the same text, also with small changes: the same for each of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cluster {
    /// The one that was published first; where there may be more, the first of these.
    origin: Summary,
    /// The others, in the order of publication.
    carriers: Vec<Carrier>,
    /// How many carriers there are.
    count: usize,
    /// `eq`: the count is exact; `gte`: there may be more.
    count_relation: &'static str,
}

/// A document that carries the text of another one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Carrier {
    document: Summary,
    /// How much of its text and the origin's is in both, estimated: 0 to 1; 1 where they are the same word for word.
    resemblance: f64,
}

/// A version of a document's text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Version {
    version: u32,
    /// When it was first captured (RFC 3339).
    captured: String,
}

/// One citation of a directive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DirectiveMention {
    /// What its dossier is asked for by; `null` where it is not known which directive is meant.
    key: Option<String>,
    /// Where it is one of several directives: their keys.
    candidates: Vec<String>,
    /// Type of document: `directive`, `resolution`, `decision`, …
    kind: &'static str,
    /// Number and symbol as written.
    number: Option<String>,
    issuer: Option<String>,
    /// When it was issued: a day, a month or a year.
    issued: Option<String>,
    subject: Option<String>,
    /// Cited by a name instead of a number.
    named: bool,
    /// What it was found by.
    rule: &'static str,
    /// The share of mentions found so that are right.
    confidence: f64,
    evidence: Evidence,
}

/// An official named with a position.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficialMention {
    /// What the career is asked for by.
    key: Option<String>,
    /// In the words of the text.
    positions: Vec<String>,
    /// When they were held, as far as the text says it.
    tenures: Vec<Tenure>,
    /// What it was found by.
    rule: &'static str,
    /// The share of mentions found so that are right.
    confidence: f64,
    evidence: Evidence,
}

/// What a text says of when a position was held.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Tenure {
    /// The position, in the words of the text.
    position: String,
    /// When it began: a day, a month or a year.
    since: Option<String>,
    /// When it ended: a day, a month or a year.
    until: Option<String>,
    /// Told of as one that is no longer held.
    ended: bool,
}

/// A number that a text claims.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Figure {
    /// Key of the indicator.
    key: Option<String>,
    value: f64,
    /// The denominator of a/b.
    of: Option<f64>,
    /// `%`, `VND`, `ha`, `rank`, … or what is counted.
    unit: Option<String>,
    /// `=`, `>` (more than), `<` (less than) or `~` (about).
    modifier: &'static str,
    /// What is measured, in the words of the text.
    indicator: Option<String>,
    /// `2021`, `2021-H1`, `2021-Q3`, `2021-06`, `2022/2024` or a day.
    period: Option<String>,
    place: Option<String>,
    /// `up` or `down` where the number is a change.
    change: Option<&'static str>,
    /// Whom or what it is about, as far as the text tells it.
    about: Option<About>,
    /// In what sense it is said: `actual`, `estimate`, `target`, `forecast`, `limit` or `other`.
    modality: &'static str,
    /// How sure it is that key, about, period and modality are all right, as counted on judged texts; none of what is a
    /// value of no row of the catalogue. Only what is sure enough stands in series.
    certainty: Option<f64>,
    /// What it was found by.
    rule: &'static str,
    /// The share of mentions found so that are right.
    confidence: f64,
    evidence: Evidence,
}

/// Whom or what a value is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct About {
    /// `world`, `country`, `region`, `province`, `district`, `commune`, `organization`, `person` or `other`.
    level: &'static str,
    /// Its Vietnamese name; none of the world.
    name: Option<String>,
}

/// What the values of a series have in common.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Likeness {
    about: About,
    modality: &'static str,
    /// What the periods are: `year`, `half`, `quarter`, `month`, `day`, `months` or `years`.
    span: &'static str,
    /// How many values of the indicator are alike so.
    values: Option<usize>,
}

/// How an indicator is defined.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Definition {
    vi: String,
    en: String,
    /// What a share or ratio is taken of, in English.
    of: Option<String>,
    /// `count`, `amount`, `share`, `growth`, `ratio`, `rank` or `score`.
    kind: &'static str,
    /// `stock`: it stands at a time; `flow`: it runs over a period.
    time: &'static str,
    /// Units of its values, the usual one first.
    units: Vec<String>,
    /// Keys that it must not be mixed with.
    apart: Vec<String>,
    /// How the series was made.
    made: &'static str,
}

/// What all its citations say of a directive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Directive {
    key: String,
    /// The name that somebody decided, else its most frequent spelling, with its year.
    label: String,
    kind: &'static str,
    number: Option<String>,
    name: Option<String>,
    issuer: Option<String>,
    /// The province whose body issued it.
    province: Option<String>,
    /// Whether it is one of the central Party or State.
    central: bool,
    issued: Option<String>,
    /// The draft of a law.
    draft: bool,
    subject: Option<String>,
    /// How often it is cited.
    mentions: u64,
    /// Documents that cite it.
    documents: u64,
    /// Date of the first document that cites it.
    first: Option<String>,
    last: Option<String>,
}

/// What somebody decided, and shows here.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decided {
    /// Its number.
    id: u64,
    /// `same`, `different`, `not a mention` or `name`.
    decision: &'static str,
    /// Who decided it.
    by: String,
    /// When (RFC 3339).
    at: String,
    /// Why.
    note: Option<String>,
    /// The name that was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl From<&corpus::Decision> for Decided {
    fn from(decision: &corpus::Decision) -> Self {
        Self {
            id: decision.id,
            decision: decision.what.word(),
            by: decision.by.clone(),
            at: decision.at.to_string(),
            note: decision.note.clone(),
            name: match &decision.what {
                corpus::Judgement::Name { label, .. } => Some(label.clone()),
                _ => None,
            },
        }
    }
}

/// Words that the rules take for a mention and somebody decided to be none.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoMention {
    /// What they are taken for: `directive`, `official` or `figure`.
    kind: &'static str,
    decided: Decided,
    evidence: Evidence,
}

/// Everything about one directive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Dossier {
    directive: Directive,
    /// What people decided of its mentions.
    decisions: Vec<Decided>,
    /// The earliest published first, a hundred at most; `directive.mentions` says how many there are.
    citations: Vec<DirectiveMention>,
    /// Citations by year of publication.
    by_year: Vec<(i16, u64)>,
    by_province: Vec<(String, u64)>,
    by_source: Vec<(String, u64)>,
}

/// What the mentions say of an official.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Official {
    key: String,
    name: String,
    province: Option<String>,
    mentions: u64,
    documents: u64,
    first: Option<String>,
    last: Option<String>,
    /// The position in the last mention that does not call it a former one.
    latest_position: Option<String>,
}

/// The positions of an official over the years.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Career {
    official: Official,
    /// What people decided of the mentions.
    decisions: Vec<Decided>,
    positions: Vec<Holding>,
    mentions: Vec<OfficialMention>,
}

/// An official in a position, with the first and the last proof.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Holding {
    official: Official,
    /// The office in the words of most mentions.
    position: String,
    /// Alike in all its wordings.
    position_key: String,
    /// On the day that was asked about: `certain` where evidence encloses it, `near` where it stands within a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    certainty: Option<&'static str>,
    /// No text calls it held, all call it a former one.
    former: bool,
    /// Held for the time being.
    acting: bool,
    /// When it began, where texts say it: a day, a month or a year.
    since: Option<String>,
    /// When it ended, where texts say it: a day, a month or a year.
    until: Option<String>,
    first_date: Option<String>,
    first: Evidence,
    last_date: Option<String>,
    last: Evidence,
    mentions: u64,
}

/// An office in all its wordings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Office {
    key: String,
    /// The most frequent wording.
    name: String,
    wordings: Vec<String>,
    /// People who hold or held it, as far as texts tell.
    holders: usize,
    /// Documents that name one of them in it.
    documents: u64,
    /// The last day on which there was such an office: the provinces that were merged into others, and all districts, ended
    /// on 30 June 2025.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// The province into which its own was merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<String>,
}

impl From<&OfficeSummary> for Office {
    fn from(office: &OfficeSummary) -> Self {
        Self {
            key: office.key.clone(),
            name: office.name.clone(),
            wordings: office.wordings.clone(),
            holders: office.holders,
            documents: office.documents,
            until: office.until.map(|day| day.to_string()),
            merged_into: office.merged_into.clone(),
        }
    }
}

/// Several things that one key led to before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Choices {
    /// Which of them is meant?
    pub(crate) candidates: Vec<Choice>,
}

/// One of several things.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Choice {
    pub(crate) key: String,
    pub(crate) label: String,
    /// Where all that is known of it is answered.
    pub(crate) link: String,
}

/// An indicator's key and names.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Indicator {
    key: String,
    vi: &'static str,
    en: &'static str,
    /// Whether more of it is better: `good`, `bad` or `neither`.
    up: &'static str,
    /// Its figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    mentions: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

/// An indicator over time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Series {
    indicator: Indicator,
    /// How it is defined.
    definition: Definition,
    /// What the values have in common, where there are any.
    likeness: Option<Likeness>,
    /// The series that there are of it: those of what was measured first, of these the ones with the most values.
    choices: Vec<Likeness>,
    province: Option<String>,
    unit: Option<String>,
    /// Levels by period.
    points: Vec<Point>,
    /// Figures that are themselves a change against an earlier period.
    changes: Vec<Point>,
    /// Values that are not certain enough to stand in the series, of any sense and kind of period.
    uncertain: Vec<Point>,
    /// Figures of the statistic that were not looked at, the last published ones: more than one answer reads.
    unread: u64,
}

/// One value of a series as a row of a table.
#[derive(Debug, Serialize)]
pub(crate) struct PointRow<'s> {
    period: &'s str,
    value: f64,
    of: Option<f64>,
    unit: Option<&'s str>,
    modifier: &'static str,
    disputed: bool,
    period_from: String,
    period_to: String,
    /// The day of publication, where the text gives no period.
    as_of: Option<&'s str>,
    modality: Option<&'static str>,
    about_level: Option<&'static str>,
    about_name: Option<&'s str>,
    /// The whole sentence.
    quote: String,
    document: &'s str,
    address: &'s str,
}

impl Series {
    /// The levels as rows.
    pub(crate) fn rows(&self) -> Vec<PointRow<'_>> {
        self.points
            .iter()
            .map(|point| {
                let Evidence { document, quote, prefix, suffix, .. } = &point.evidence;
                PointRow {
                    period: &point.period,
                    value: point.value,
                    of: point.of,
                    unit: self.unit.as_deref(),
                    modifier: point.modifier,
                    disputed: point.disputed,
                    period_from: point.from.clone(),
                    period_to: point.to.clone(),
                    as_of: Some(point.period.as_str()).filter(|_| !point.period_given),
                    modality: self.likeness.as_ref().map(|likeness| likeness.modality),
                    about_level: self.likeness.as_ref().map(|likeness| likeness.about.level),
                    about_name: self.likeness.as_ref().and_then(|likeness| likeness.about.name.as_deref()),
                    quote: format!("{prefix}{quote}{suffix}"),
                    document: &document.id,
                    address: &document.address,
                }
            })
            .collect()
    }
}

/// One value of a series.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Point {
    period: String,
    /// Its first day.
    from: String,
    /// Its last day.
    to: String,
    /// Whether the text gives the period; else it is as of publication.
    period_given: bool,
    value: f64,
    of: Option<f64>,
    modifier: &'static str,
    /// Another point of the same period has a different value.
    disputed: bool,
    evidence: Evidence,
    /// Other places that say the same.
    carriers: Vec<Evidence>,
}

/// Documents found and collected in one step of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Step {
    period: String,
    count: u64,
    /// Documents collected: what `count` is a share of.
    collected: u64,
}

/// What was collected from one source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Source {
    name: String,
    province: Option<String>,
    documents: u64,
    first: Option<String>,
    last: Option<String>,
}

/// Whether questions are answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ready {
    pub(crate) documents: u64,
    /// Grows with each commit of the index.
    pub(crate) generation: u64,
    /// Every file of the index was read and found whole since the service began.
    pub(crate) verified: bool,
    /// The mentions were read by other rules than this program's: `yearline index` reads them again.
    pub(crate) outdated: bool,
    /// Decisions that people made and `yearline index` has not applied yet; null where they cannot be read.
    pub(crate) decisions_waiting: Option<u64>,
}

/// Why a request was refused (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    pub(crate) status: u16,
    /// What is wrong and what would be right.
    pub(crate) detail: String,
}

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

impl From<&corpus::Published> for Published {
    fn from(published: &corpus::Published) -> Self {
        Self { date: published.date.to_string(), time: text(published.time), origin: published.origin }
    }
}

impl From<&DocumentSummary> for Summary {
    fn from(document: &DocumentSummary) -> Self {
        Self {
            id: document.id.to_string(),
            version: document.version,
            address: document.address.clone(),
            title: document.title.clone(),
            published: document.published.as_ref().map(Published::from),
            source: document.source.clone(),
            province: document.province.clone(),
            language: document.language.map(|language| language.code().to_owned()),
        }
    }
}

impl From<&Proof> for Evidence {
    fn from(proof: &Proof) -> Self {
        Self {
            document: (&proof.document).into(),
            quote: proof.quote.clone(),
            prefix: proof.prefix.clone(),
            suffix: proof.suffix.clone(),
            start: proof.start,
            end: proof.end,
            page: proof.page,
        }
    }
}

impl From<&search::Hit> for Hit {
    fn from(hit: &search::Hit) -> Self {
        let snippet = hit.snippet.as_ref().map(|snippet| Snippet {
            text: snippet.text.clone(),
            start: snippet.start,
            end: snippet.end,
            highlights: snippet.highlights.clone(),
            sentence: snippet.sentence,
        });
        Self {
            document: (&hit.document).into(),
            score: hit.score,
            lacks: hit.lacks.clone(),
            title_highlights: hit.title_highlights.clone(),
            snippet,
        }
    }
}

/// A page of found documents.
pub(crate) fn search(answer: &SearchAnswer, query: &str) -> List<Hit> {
    let query = Some(query.to_owned()).filter(|query| !query.is_empty());
    let mut list = List::of(answer.count, answer.hits.iter().map(Hit::from).collect(), query);
    list.next = text(answer.next);
    list.previous = text(answer.previous);
    list.counted = Some(match answer.counted {
        Counted::AllWords => "all_words",
        Counted::MostWords => "most_words",
    });
    for facet in &answer.facets {
        let values = facet.values.iter().map(FacetValue::from).collect();
        let counts = FacetCounts { values, distinct: facet.distinct };
        let counts = serde_json::to_value(counts).unwrap_or_default();
        list.facets.insert(facet.facet.as_str().to_owned(), counts);
    }
    let buckets = answer.histogram.iter();
    list.histogram =
        buckets.map(|bucket| Bucket { period: bucket.period.to_string(), count: bucket.count }).collect();
    list
}

impl From<&Keyed<indexer::Directive>> for DirectiveMention {
    fn from(keyed: &Keyed<indexer::Directive>) -> Self {
        let Record { mention, evidence } = &keyed.record;
        Self {
            key: keyed.key.clone(),
            candidates: keyed.candidates.clone(),
            kind: mention.kind.as_str(),
            number: mention.number.clone(),
            issuer: mention.issuer.clone(),
            issued: text(mention.issued),
            subject: mention.subject.clone(),
            named: mention.named,
            rule: mention.rule.as_str(),
            confidence: mention.rule.confidence(),
            evidence: evidence.into(),
        }
    }
}

impl From<&Keyed<indexer::Official>> for OfficialMention {
    fn from(keyed: &Keyed<indexer::Official>) -> Self {
        let Record { mention, evidence } = &keyed.record;
        Self {
            key: keyed.key.clone(),
            positions: mention.positions.clone(),
            tenures: mention
                .tenures
                .iter()
                .map(|tenure| Tenure {
                    position: mention.positions.get(tenure.position).cloned().unwrap_or_default(),
                    since: text(tenure.since),
                    until: text(tenure.until),
                    ended: tenure.ended,
                })
                .collect(),
            rule: mention.rule.as_str(),
            confidence: mention.rule.confidence(),
            evidence: evidence.into(),
        }
    }
}

impl From<&Keyed<indexer::Figure>> for Figure {
    fn from(keyed: &Keyed<indexer::Figure>) -> Self {
        let Record { mention, evidence } = &keyed.record;
        Self {
            key: keyed.key.clone(),
            value: mention.value,
            of: mention.of,
            unit: mention.unit.clone(),
            modifier: mention.modifier.as_str(),
            indicator: mention.indicator.clone(),
            period: text(mention.period),
            place: mention.place.clone(),
            change: mention.change.map(indexer::Change::as_str),
            about: mention.about.as_ref().map(About::from),
            modality: mention.modality.as_str(),
            certainty: mention.certainty().map(|certainty| (certainty * 1000.0).round() / 1000.0),
            rule: mention.rule.as_str(),
            confidence: mention.rule.confidence(),
            evidence: evidence.into(),
        }
    }
}

impl Document {
    pub(crate) fn new(found: &Found, cluster: Option<&FoundCluster>) -> Self {
        let article = &found.article;
        Self {
            summary: (&found.summary).into(),
            author: article.author.clone(),
            section: article.section.clone(),
            tags: article.tags.clone(),
            captions: article.captions.clone(),
            modified: article.modified.as_ref().map(Published::from),
            text: article.text.clone(),
            capture: found.capture.clone(),
            last_seen: found.last_seen.to_string(),
            versions: found.versions.len(),
            cluster: cluster.map(Cluster::from),
            directives: found.directives.iter().map(DirectiveMention::from).collect(),
            officials: found.officials.iter().map(OfficialMention::from).collect(),
            figures: found.figures.iter().map(Figure::from).collect(),
            denied: found
                .denied
                .iter()
                .map(|(denied, evidence)| NoMention {
                    kind: denied.mention.kind().as_str(),
                    decided: (&denied.decision).into(),
                    evidence: evidence.into(),
                })
                .collect(),
        }
    }
}

impl From<&FoundCluster> for Cluster {
    fn from(found: &FoundCluster) -> Self {
        let carrier = |carrier: &indexer::cluster::Carrier| Carrier {
            document: (&carrier.document).into(),
            resemblance: (carrier.resemblance * 100.0).round() / 100.0,
        };
        Self {
            origin: (&found.origin).into(),
            carriers: found.carriers.iter().map(carrier).collect(),
            count: found.carriers.len(),
            count_relation: if found.complete { "eq" } else { "gte" },
        }
    }
}

impl From<&indexer::DocumentVersion> for Version {
    fn from(version: &indexer::DocumentVersion) -> Self {
        Self { version: version.version, captured: version.captured.to_string() }
    }
}

impl From<&DirectiveSummary> for Directive {
    fn from(summary: &DirectiveSummary) -> Self {
        Self {
            key: summary.key.clone(),
            label: summary.label.clone(),
            kind: summary.kind.as_str(),
            number: summary.number.clone(),
            name: summary.name.clone(),
            issuer: summary.issuer.clone(),
            province: summary.province.clone(),
            central: summary.central,
            issued: text(summary.issued),
            draft: summary.draft,
            subject: summary.subject.clone(),
            mentions: summary.mentions,
            documents: summary.documents,
            first: text(summary.first),
            last: text(summary.last),
        }
    }
}

impl From<&DirectiveDossier> for Dossier {
    fn from(dossier: &DirectiveDossier) -> Self {
        Self {
            directive: (&dossier.summary).into(),
            decisions: dossier.decisions.iter().map(Decided::from).collect(),
            citations: dossier.citations.iter().map(DirectiveMention::from).collect(),
            by_year: dossier.by_year.clone(),
            by_province: dossier.by_province.clone(),
            by_source: dossier.by_source.clone(),
        }
    }
}

impl From<&OfficialSummary> for Official {
    fn from(summary: &OfficialSummary) -> Self {
        Self {
            key: summary.key.clone(),
            name: summary.name.clone(),
            province: summary.province.clone(),
            mentions: summary.mentions,
            documents: summary.documents,
            first: text(summary.first),
            last: text(summary.last),
            latest_position: summary.latest_position.clone(),
        }
    }
}

impl From<&FoundHolding> for Holding {
    fn from(holding: &FoundHolding) -> Self {
        Self {
            official: (&holding.official).into(),
            position: holding.position.clone(),
            position_key: holding.position_key.clone(),
            certainty: holding.certainty.map(|certainty| match certainty {
                Certainty::Certain => "certain",
                Certainty::Near => "near",
            }),
            former: holding.former,
            acting: holding.acting,
            since: text(holding.since),
            until: text(holding.until),
            first_date: text(holding.first_date),
            first: (&holding.first).into(),
            last_date: text(holding.last_date),
            last: (&holding.last).into(),
            mentions: holding.mentions,
        }
    }
}

impl From<&FoundCareer> for Career {
    fn from(career: &FoundCareer) -> Self {
        Self {
            official: (&career.summary).into(),
            decisions: career.decisions.iter().map(Decided::from).collect(),
            positions: career.holdings.iter().map(Holding::from).collect(),
            mentions: career.mentions.iter().map(OfficialMention::from).collect(),
        }
    }
}

impl From<&'static catalogue::Indicator> for Indicator {
    fn from(row: &'static catalogue::Indicator) -> Self {
        Self {
            key: row.id.clone(),
            vi: &row.name.vi,
            en: &row.name.en,
            up: row.up.as_str(),
            mentions: None,
            first: None,
            last: None,
        }
    }
}

impl From<&IndicatorCount> for Indicator {
    fn from(count: &IndicatorCount) -> Self {
        Self {
            mentions: Some(count.mentions),
            first: text(count.first),
            last: text(count.last),
            ..count.row.into()
        }
    }
}

impl From<&series::Point> for Point {
    fn from(point: &series::Point) -> Self {
        Self {
            period: point.period.to_string(),
            from: point.period.days().0.to_string(),
            to: point.period.days().1.to_string(),
            period_given: point.period_given,
            value: point.value,
            of: point.of,
            modifier: point.modifier.as_str(),
            disputed: point.disputed,
            evidence: (&point.evidence).into(),
            carriers: point.carriers.iter().map(Evidence::from).collect(),
        }
    }
}

impl From<&indexer::About> for About {
    fn from(about: &indexer::About) -> Self {
        Self { level: about.level.as_str(), name: about.name.clone() }
    }
}

impl From<&series::Likeness> for Likeness {
    fn from(likeness: &series::Likeness) -> Self {
        Self {
            about: (&likeness.about).into(),
            modality: likeness.modality.as_str(),
            span: likeness.span.as_str(),
            values: None,
        }
    }
}

impl From<&catalogue::Indicator> for Definition {
    fn from(row: &catalogue::Indicator) -> Self {
        Self {
            vi: row.definition.vi.clone(),
            en: row.definition.en.clone(),
            of: row.of.as_ref().map(|of| of.en.clone()),
            kind: row.kind.as_str(),
            time: row.time.as_str(),
            units: row.units.clone(),
            apart: row.apart.clone(),
            made: "Numbers of the collected texts whose own clause names the statistic, about one place, in one sense, \
                   of one kind of period and in one unit; found by rules, each with its sentence. Only values whose \
                   grounds are strong stand in the series; the others stand apart as uncertain.",
        }
    }
}

impl From<&series::Series> for Series {
    fn from(series: &series::Series) -> Self {
        Self {
            definition: series.indicator.into(),
            likeness: series.likeness.as_ref().map(Likeness::from),
            choices: series
                .choices
                .iter()
                .map(|choice| Likeness { values: Some(choice.values), ..(&choice.likeness).into() })
                .collect(),
            indicator: series.indicator.into(),
            province: series.province.clone(),
            unit: series.unit.clone(),
            points: series.points.iter().map(Point::from).collect(),
            changes: series.changes.iter().map(Point::from).collect(),
            uncertain: series.uncertain.iter().map(Point::from).collect(),
            unread: series.unread,
        }
    }
}

impl From<&TimelineBucket> for Step {
    fn from(bucket: &TimelineBucket) -> Self {
        Self { period: bucket.period.to_string(), count: bucket.count, collected: bucket.collected }
    }
}

impl From<&SourceSummary> for Source {
    fn from(source: &SourceSummary) -> Self {
        let (first, last) = source.dates.unzip();
        Self {
            name: source.name.clone(),
            province: source.province.clone(),
            documents: source.documents,
            first: text(first),
            last: text(last),
        }
    }
}

/// The schemas of all forms by their names, for the `OpenAPI` document.
pub(crate) fn schemas(all: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
    fn add<T: ToSchema>(all: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        all.push((T::name().into_owned(), T::schema()));
        T::schemas(all);
    }
    add::<Hit>(all);
    add::<FacetCounts>(all);
    add::<FacetValue>(all);
    add::<Bucket>(all);
    add::<Named>(all);
    add::<Document>(all);
    add::<Version>(all);
    add::<ResolvedText>(all);
    add::<Cut>(all);
    add::<Directive>(all);
    add::<Dossier>(all);
    add::<Official>(all);
    add::<Career>(all);
    add::<Tenure>(all);
    add::<Holding>(all);
    add::<Office>(all);
    add::<Choices>(all);
    add::<Summary>(all);
    add::<Figure>(all);
    add::<Indicator>(all);
    add::<Series>(all);
    add::<Step>(all);
    add::<Source>(all);
    add::<crate::coverage::Day>(all);
    add::<Ready>(all);
    add::<Problem>(all);
}

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
