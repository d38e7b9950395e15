//! The articles that an index keeps, to be read again by other rules: no page is opened for it.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use corpus::DocumentId;
use jiff::Timestamp;
use store::search::{Content, Direction, Filters, Matching, Page, Rank, Search, Sort};
use store::{Error, Query, Store, StoredDocument};

/// What an index keeps of captures.
pub(crate) enum Kept {
    /// A version of a document.
    Version(Box<StoredDocument>),
    /// That a document was seen again later.
    Seen(DocumentId, Timestamp),
}

/// All that an index keeps: of each document its versions, the oldest first, then when it was seen last.
pub(crate) struct KeptDocuments {
    store: Arc<dyn Store>,
    /// Where the next page begins; `None` before the first.
    from: Option<Rank>,
    is_over: bool,
    ready: VecDeque<Kept>,
}

/// Documents of one page.
const AT_ONCE: usize = 500;
/// Longest that a page may take.
const TIME: Duration = Duration::from_secs(60);

impl KeptDocuments {
    pub(crate) fn of(store: Arc<dyn Store>) -> Self {
        Self { store, from: None, is_over: false, ready: VecDeque::new() }
    }

    /// Reads the next page.
    fn read(&mut self) -> Result<(), Error> {
        let found = self.store.search(&Search {
            words: &Query::default(),
            matching: Matching::All,
            filters: &Filters::default(),
            sort: Sort::Oldest,
            page: Some(Page { limit: AT_ONCE, from: self.from.map(|place| (Direction::Next, place)) }),
            facets: &[],
            months: false,
            content: Content::Whole,
            time: TIME,
        })?;
        self.is_over = !found.more;
        self.from = found.documents.last().map(|found| found.rank).or(self.from);
        let newest: Vec<Box<StoredDocument>> =
            found.documents.into_iter().filter_map(|found| found.whole).collect();
        let names = |newest: &StoredDocument| [newest.id, DocumentId::of_target(&newest.target)];
        let seen: BTreeSet<DocumentId> = newest.iter().flat_map(|newest| names(newest)).collect();
        let seen = self.store.seen(&seen.into_iter().collect::<Vec<_>>())?;
        for newest in newest {
            let id = newest.id;
            let last = names(&newest).iter().filter_map(|name| seen.get(name)).max().copied();
            if newest.version > 1 {
                let older = self.store.versions(id)?;
                self.ready.extend(older.into_iter().map(|version| Kept::Version(Box::new(version))));
            }
            self.ready.push_back(Kept::Version(newest));
            self.ready.extend(last.map(|at| Kept::Seen(id, at)));
        }
        Ok(())
    }
}

impl Iterator for KeptDocuments {
    type Item = Result<Kept, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.is_over {
            if let Err(error) = self.read() {
                self.is_over = true;
                return Some(Err(error));
            }
        }
        self.ready.pop_front().map(Ok)
    }
}
