//! Directives: governing documents of Party and State that a text cites.

use super::passage::Context;
use crate::Directive;

/// All directives of a text, in reading order.
pub(crate) fn find(_context: &Context<'_>) -> Vec<Directive> {
    Vec::new()
}
