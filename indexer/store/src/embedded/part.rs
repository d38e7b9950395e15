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

/// A term and how it scores.
pub(crate) struct Part {
    among: Among,
    term: Term,
    scoring: Scoring,
}

/// What a term scores in a document.
enum Scoring {
    /// By how often it stands there, in a text of which length (BM25).
    Frequency(Bm25Weight),
    /// The same in each.
    Constant(f32),
}

impl Scoring {
    /// The most that it can score.
    fn most(&self) -> f32 {
        match self {
            Self::Frequency(weight) => weight.max_score(),
            Self::Constant(score) => *score,
        }
    }
}

impl Part {
    /// Of a term of a commit, its score multiplied by `boost` ([`Hint::boost`](crate::best::Hint)).
    pub(super) fn new(
        snapshot: &Snapshot,
        (among, term): (Among, Term),
        boost: f32,
    ) -> tantivy::Result<Self> {
        let having = match among {
            Among::Words => snapshot.searcher.doc_freq(&term)?,
            Among::Pairs => spelt::having(&snapshot.searcher, &term)?,
            Among::Language => return Ok(Self { among, term, scoring: Scoring::Constant(boost) }),
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
        Ok(Self { among, term, scoring: Scoring::Frequency(weight) })
    }

    /// What a segment has of it; `None` where that is nothing.
    pub(super) fn open(&self, reader: &SegmentReader) -> tantivy::Result<Option<Reading<'_, Spellings>>> {
        let postings = match self.among {
            Among::Words => Spellings::one(reader, &self.term, IndexRecordOption::WithFreqs),
            Among::Pairs => Spellings::pair(reader, &self.term, IndexRecordOption::WithFreqs),
            Among::Language => Spellings::one(reader, &self.term, IndexRecordOption::Basic),
        };
        self.reading(reader, postings?)
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
        let lengths = match self.scoring {
            Scoring::Frequency(_) => Some(reader.get_fieldnorms_reader(self.term.field())?),
            Scoring::Constant(_) => None,
        };
        let most = whole(self.scoring.most()) + 1;
        Ok(Some(Reading { postings, lengths, scoring: &self.scoring, most }))
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
    /// Of the texts, where the score depends on them.
    lengths: Option<FieldNormReader>,
    scoring: &'a Scoring,
    /// The most that it can score.
    pub(super) most: Whole,
}

impl<P: Frequent> Reading<'_, P> {
    /// What it scores in the document that it stands at.
    pub(super) fn worth(&self) -> Whole {
        let score = match (self.scoring, &self.lengths) {
            (Scoring::Frequency(weight), Some(lengths)) => {
                weight.score(lengths.fieldnorm_id(self.postings.doc()), self.postings.frequency())
            }
            (scoring, _) => scoring.most(),
        };
        // What stands there counts, however little.
        whole(score).max(1)
    }

    /// Whether it stands in a document; it is not asked for earlier ones afterwards.
    pub(super) fn stands(&mut self, doc: tantivy::DocId) -> bool {
        if self.postings.doc() < doc {
            self.postings.seek(doc);
        }
        self.postings.doc() == doc
    }
}
