//! End to end, through the real binary in an empty folder.
//!
//! - `arrows`: which crate may know which
//! - `command`: importing, indexing, searching, extracting, and bad input of every kind
//! - `damage`: full disks, torn and damaged files, other versions, killed processes
//! - `demo`: the sample newspaper, crawled and answered over HTTP
//! - `seeds`: the first real articles (skipped where the shared material is absent; with `CI=true` that fails)

mod arrows;
mod command;
mod damage;
mod demo;
mod program;
mod seeds;
