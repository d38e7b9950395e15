//! Officials: people whom a text names together with a public position.

use super::passage::Context;
use crate::Official;

/// All officials of a text, in reading order.
pub(crate) fn find(_context: &Context<'_>) -> Vec<Official> {
    Vec::new()
}
