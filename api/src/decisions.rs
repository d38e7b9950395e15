//! What people decided: how it is shown, and how much of it waits for the index.

use std::fmt;
use std::sync::Arc;

use corpus::{Decision, DecisionMark, Judgement};

use crate::words::Ui;

/// Counts the decisions behind what an index has applied; `None` where they cannot be read. They are the archive's, so whoever
/// knows it hands this in. [`Default`] knows of none.
#[derive(Clone)]
pub struct Waiting(Arc<Count>);

type Count = dyn Fn(&DecisionMark) -> Option<u64> + Send + Sync;

impl Waiting {
    /// Asks `count` each time.
    pub fn new(count: impl Fn(&DecisionMark) -> Option<u64> + Send + Sync + 'static) -> Self {
        Self(Arc::new(count))
    }

    pub(crate) fn waiting(&self, applied: &DecisionMark) -> Option<u64> {
        (self.0)(applied)
    }
}

impl Default for Waiting {
    fn default() -> Self {
        Self::new(|_| Some(0))
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waiting")
    }
}

/// A decision in the words of a page.
pub(crate) fn told(decision: &Decision, ui: Ui) -> String {
    let words = ui.words();
    let what = match &decision.what {
        Judgement::Same { .. } => words.decided_same,
        Judgement::Different { .. } => words.decided_different,
        Judgement::NotAMention { .. } => words.decided_none,
        Judgement::Name { .. } => words.decided_name,
        Judgement::Undo { .. } => "",
    };
    let day = ui.day(jiff::tz::Offset::UTC.to_datetime(decision.at).date());
    let note = decision.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    format!("{what}, {} {} {} {day}{note}", words.decided_by, decision.by, words.decided_on)
}
