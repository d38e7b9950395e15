//! Names of provinces that people type.

use indexer::province::{Province, in_gazetteer};

/// What is told of a name that no province has; it is kept all the same.
pub(crate) fn unknown_province(name: &str) -> Option<String> {
    let Province::Unknown { nearest } = in_gazetteer(name) else { return None };
    let nearest = nearest.map(|nearest| format!(", the nearest is “{nearest}”")).unwrap_or_default();
    Some(format!("no province of Vietnam is called “{name}”{nearest}; it is kept as it is written"))
}
