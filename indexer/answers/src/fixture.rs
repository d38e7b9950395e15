//! Archives of tests in the smallest engine, asked by this crate.

use indexer::fixture::Engine;
pub(crate) use indexer::fixture::{Fixture, Page, address, page};

pub(crate) use self::paragraphs::PARAGRAPHS;

use crate::{Index, Limits};

#[path = "../../text/src/paragraphs.rs"]
mod paragraphs;

/// An index of pages.
pub(crate) fn indexed(pages: &[Page]) -> (Fixture, Index) {
    let (fixture, store) = Fixture::indexed(Engine::memory(), pages);
    (fixture, patient(store))
}

/// An index of pages whose mentions are found by the program's rules.
pub(crate) fn extracted(pages: &[Page]) -> (Fixture, Index) {
    let (fixture, store) = Fixture::extracted(Engine::memory(), pages);
    (fixture, patient(store))
}

/// An index whose answers do not depend on how busy the machine is.
fn patient(store: std::sync::Arc<dyn store::Store>) -> Index {
    let minute = std::time::Duration::from_secs(60);
    Index::with(store, Limits { time: minute, naming: minute, ..Limits::default() })
}
