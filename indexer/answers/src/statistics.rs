//! What figures of many documents say together: indicators and their series over time.

pub mod comparison;
mod place;
pub mod series;
#[cfg(test)]
mod tests;

pub use extract::catalogue;
pub use series::{IndicatorCount, IndicatorList, Point, Series, SeriesQuestion};
