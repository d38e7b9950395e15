#![doc = include_str!("../README.md")]

pub mod mention;
pub mod period;

pub use mention::{Change, Directive, DirectiveKind, Figure, Mentions, Modifier, Official};
pub use period::{PartialDate, Period};
