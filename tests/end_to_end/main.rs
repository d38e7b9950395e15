//! End to end, through the real binary in an empty folder.
//!
//! - `agreement`: lists, facets, filters and dossiers count the same
//! - `arrows`: which crate may know which
//! - `browser`: the pages in a real browser (skipped where there is none; with `CI=true` that fails)
//! - `command`: importing, indexing, searching, extracting, and bad input of every kind
//! - `crawl`: newspapers on loopback, crawled by a process that is killed again and again, and over TLS and HTTP/2
//! - `crowd`: many who ask at once
//! - `damage`: full disks, torn and damaged files, other versions, killed processes
//! - `demo`: the sample newspaper, crawled and answered over HTTP
//! - `documents`: PDF with and without a text layer, made by a real browser (skipped without the programs; with `CI=true`
//!   that fails)
//! - `engine`: the index in a real OpenSearch (skipped where its libraries are missing; with `CI=true` `tests/run` fails)
//! - `mistakes`: what goes wrong on the side of who uses it
//! - `forget`: pages and sources taken out for good, in runs that are killed
//! - `terminal`: what strangers wrote, printed by every command
//! - `warc`: our files for others' tools, and theirs for us (skipped without Python's warcio; with `CI=true` that fails)
//! - `site`: a small site on loopback, for the others
//! - `seeds`: the first real articles (skipped where the shared material is absent; with `CI=true` that fails)

mod agreement;
mod arrows;
mod browser;
mod command;
mod crawl;
mod crowd;
mod damage;
mod decide;
mod demo;
mod documents;
mod engine;
mod forget;
mod mistakes;
mod program;
mod seeds;
mod site;
mod terminal;
mod warc;
