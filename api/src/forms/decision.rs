//! What people decided.

use serde::Serialize;
use utoipa::ToSchema;

use super::Evidence;

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
    pub(super) kind: &'static str,
    pub(super) decided: Decided,
    pub(super) evidence: Evidence,
}
