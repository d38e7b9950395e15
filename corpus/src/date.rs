//! Dates as newspapers and portals print them.

use jiff::civil::{Date, Time};

/// The first date, and the time of day beside it, in a short text such as a byline or a date element. Day before
/// month always.
pub fn printed(_text: &str) -> Option<(Date, Option<Time>)> {
    None
}

/// A date in ISO 8601 or RFC 3339, with or without a time and a zone; times with a zone are turned to
/// Asia/Ho_Chi_Minh.
pub fn iso(_text: &str) -> Option<(Date, Option<Time>)> {
    None
}
