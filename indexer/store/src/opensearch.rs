//! An index in OpenSearch (2.19 or later), for what outgrows one machine.
//!
//! ```text
//! NAME            alias of the generation in use
//! NAME-000001     a generation: documents, versions, entities and figures as records of one index
//! ```
//!
//! - The terms of a text are made by us, by the same rules as in the embedded engine ([`terms`]): the engine splits them at a
//!   separator and knows nothing of languages, so that a query finds the same in each.
//! - Every count is exact: a facet whose values a shard may have cut is counted again in pages.
//! - What is written becomes visible with a commit alone: nothing is refreshed before the record `commit`, which has the
//!   watermark, was acknowledged. A writer that was killed leaves records with a number beyond that of the last commit; the
//!   next one decides their groups again ([`Writer::unfinished`](crate::Writer::unfinished)).
//! - A write has the commit's number as its external version, so that it may be repeated.

mod addresses;
mod answer;
mod bulk;
mod check;
mod client;
mod entry;
mod frequencies;
mod generation;
mod mapping;
mod near;
mod plan;
mod reader;
mod search;
mod terms;
mod writer;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

pub use client::{EngineProblem, NotAnAddress};
pub use reader::OpenSearch;
pub use writer::OpenSearchWriter;

/// Where the engine is, who we are, and what it may cost.
#[derive(Clone)]
pub struct EngineSettings {
    /// Nodes and the name of the index.
    pub address: Address,
    /// Who asks.
    pub credentials: Credentials,
    /// Certificates (PEM) that the engine's own may be signed by, beside those that the system trusts.
    pub ca_file: Option<PathBuf>,
    /// Lets everything go unencrypted to another machine.
    pub insecure: bool,
    /// Shards of an index that is made. One holds some ten million pages; more let several machines search one question.
    pub shards: u32,
    /// Copies of each shard; `None` for one copy where there are two machines or more, and none where there is one.
    pub replicas: Option<u32>,
    /// Longest that one question waits.
    pub patience: Duration,
    /// Longest that a write is tried again while the engine is away, overloaded or full.
    pub write_patience: Duration,
    /// Bytes of one bulk, about.
    pub bulk_bytes: usize,
}

impl EngineSettings {
    /// The usual settings for an address.
    pub fn at(address: Address) -> Self {
        Self {
            address,
            credentials: Credentials::None,
            ca_file: None,
            insecure: false,
            shards: 1,
            replicas: None,
            patience: Duration::from_secs(10),
            write_patience: Duration::from_secs(120),
            bulk_bytes: 4 << 20,
        }
    }
}

impl fmt::Debug for EngineSettings {
    /// Without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EngineSettings").field("address", &self.address.to_string()).finish_non_exhaustive()
    }
}

/// `https://host:9200/name`, or several nodes of one cluster: `https://one:9200,https://two:9200/name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Nodes, without a path; the first that answers is asked.
    nodes: Vec<String>,
    /// Name of the index.
    name: String,
}

/// Who asks. It is in no message and in no log.
#[derive(Clone, Default)]
pub enum Credentials {
    /// Anybody.
    #[default]
    None,
    /// A user and a password.
    Password {
        /// The user.
        user: String,
        /// The password.
        password: String,
    },
    /// A bearer token.
    Token(String),
}
