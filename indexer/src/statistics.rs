//! What figures of many documents say together: indicators and their series over time.

pub(crate) mod name;
pub mod series;
#[cfg(test)]
mod tests;

pub use name::Judgement;
pub use series::{IndicatorCount, IndicatorList, IndicatorName, Point, Series, SeriesQuestion};
