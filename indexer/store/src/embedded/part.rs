//! A term and how it scores, in a commit and in one of its segments.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{Bm25StatisticsProvider as _, Bm25Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, Term};

use super::reader::Snapshot;
use super::spelt::{self, Spellings};
use crate::best::Among;

/// A score as a whole number, so that sums are the same in whatever order they are made: pages are told apart by scores.
pub(super) type Whole = u64;

/// Of one.
const UNIT: f32 = 65_536.0;

pub(super) fn whole(score: f32) -> Whole {
    (score * UNIT + 0.5) as Whole
}

/// A score out of what was added up.
pub(super) fn score(sum: Whole) -> f32 {
    sum as f32 / UNIT
}

/// A term and how it scores (BM25).
pub(crate) struct Part {
    among: Among,
    term: Term,
    weight: Bm25Weight,
}

impl Part {
    /// Of a term of a commit, its score multiplied by `boost`.
    pub(super) fn new(
        snapshot: &Snapshot,
        (among, term): (Among, Term),
        boost: f32,
    ) -> tantivy::Result<Self> {
        let having = match among {
            Among::Words => snapshot.searcher.doc_freq(&term)?,
            Among::Pairs => spelt::having(&snapshot.searcher, &term)?,
        };
        Self::of(snapshot, (among, term), having, boost)
    }

    /// Of a term that so many documents have.
    pub(super) fn of(
        snapshot: &Snapshot,
        (among, term): (Among, Term),
        having: u64,
        boost: f32,
    ) -> tantivy::Result<Self> {
        let tokens = snapshot.total_num_tokens(term.field())?;
        let documents = snapshot.documents().max(1);
        let average = tokens as f32 / documents as f32;
        let weight = Bm25Weight::for_one_term(having.min(documents), documents, average).boost_by(boost);
        Ok(Self { among, term, weight })
    }

    /// What a segment has of it; `None` where that is nothing.
    pub(super) fn open(&self, reader: &SegmentReader) -> tantivy::Result<Option<Reading<'_, Spellings>>> {
        let read = match self.among {
            Among::Words => Spellings::one,
            Among::Pairs => Spellings::pair,
        };
        self.reading(reader, read(reader, &self.term, IndexRecordOption::WithFreqs)?)
    }

    /// The same of a term that is as the index has it.
    pub(super) fn open_one(
        &self,
        reader: &SegmentReader,
    ) -> tantivy::Result<Option<Reading<'_, SegmentPostings>>> {
        let inverted = reader.inverted_index(self.term.field())?;
        self.reading(reader, inverted.read_postings(&self.term, IndexRecordOption::WithFreqs)?)
    }

    fn reading<P>(
        &self,
        reader: &SegmentReader,
        postings: Option<P>,
    ) -> tantivy::Result<Option<Reading<'_, P>>> {
        let Some(postings) = postings else { return Ok(None) };
        let lengths = reader.get_fieldnorms_reader(self.term.field())?;
        let most = whole(self.weight.max_score()) + 1;
        Ok(Some(Reading { postings, lengths, weight: &self.weight, most }))
    }
}

/// What stands in documents, and how often.
pub(super) trait Frequent: DocSet {
    /// How often it stands in the document that it is at.
    fn frequency(&self) -> u32;
}

impl Frequent for Spellings {
    fn frequency(&self) -> u32 {
        Self::frequency(self)
    }
}

impl Frequent for SegmentPostings {
    fn frequency(&self) -> u32 {
        self.term_freq()
    }
}

/// A part in a segment.
pub(super) struct Reading<'a, P> {
    pub(super) postings: P,
    lengths: FieldNormReader,
    weight: &'a Bm25Weight,
    /// The most that it can score.
    pub(super) most: Whole,
}

impl<P: Frequent> Reading<'_, P> {
    /// What it scores in the document that it stands at.
    pub(super) fn worth(&self) -> Whole {
        let length = self.lengths.fieldnorm_id(self.postings.doc());
        // What stands there counts, however little.
        whole(self.weight.score(length, self.postings.frequency())).max(1)
    }

    /// Whether it stands in a document; it is not asked for earlier ones afterwards.
    pub(super) fn stands(&mut self, doc: tantivy::DocId) -> bool {
        if self.postings.doc() < doc {
            self.postings.seek(doc);
        }
        self.postings.doc() == doc
    }
}
