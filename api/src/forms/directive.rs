//! Directives and their citations.

use indexer::directive::{DirectiveDossier, DirectiveSummary};
use indexer::{Keyed, Record};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Decided, Evidence, text};

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

/// Everything about one directive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Dossier {
    directive: Directive,
    /// What people decided of its mentions.
    decisions: Vec<Decided>,
    /// The earliest published first, a hundred at most; `directive.mentions` says how many there are.
    citations: Vec<DirectiveMention>,
    /// Where all of them are read, page by page.
    mentions_link: String,
    /// Citations by year of publication.
    by_year: Vec<(i16, u64)>,
    by_province: Vec<(String, u64)>,
    by_source: Vec<(String, u64)>,
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
            mentions_link: format!("/v1/directives/{}/mentions", crate::pages::escaped(&dossier.summary.key)),
            citations: dossier.citations.mentions.iter().map(DirectiveMention::from).collect(),
            by_year: dossier.by_year.clone(),
            by_province: dossier.by_province.clone(),
            by_source: dossier.by_source.clone(),
        }
    }
}
