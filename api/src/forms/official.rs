//! Officials, what they held, and offices.

use indexer::official::{
    Career as FoundCareer, Certainty, Holding as FoundHolding, OfficeSummary, OfficialSummary,
};
use indexer::{Keyed, Record};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Decided, Evidence, text};

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
    /// The earliest published first, a hundred at most; `official.mentions` says how many there are.
    mentions: Vec<OfficialMention>,
    /// Where all of them are read, page by page.
    mentions_link: String,
}

/// An official in a position, with the first and the last proof.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Holding {
    official: Official,
    /// The office in the words of most mentions.
    position: String,
    /// Alike in all its wordings.
    position_key: Option<String>,
    /// What the office is called: the words that name it wholly.
    office: String,
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
    /// The most frequent of the wordings that name it wholly, else with the place that they leave out.
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
            office: holding.office.clone(),
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
            mentions_link: format!("/v1/officials/{}/mentions", crate::pages::escaped(&career.summary.key)),
            mentions: career.mentions.mentions.iter().map(OfficialMention::from).collect(),
        }
    }
}
