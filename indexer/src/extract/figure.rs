//! Figures: numbers in a text that measure or count.

use super::passage::Context;
use crate::{Directive, Figure};

/// All figures of a text, in reading order; numbers inside of `directives` are none.
pub(crate) fn find(_context: &Context<'_>, _directives: &[Directive]) -> Vec<Figure> {
    Vec::new()
}
