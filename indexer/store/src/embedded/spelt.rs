//! Pairs of syllables in whatever spelling. The index has a pair once, as it is spelt, behind its letters without accents
//! ([`SPELLING`]), so that all its spellings stand side by side in the dictionary; who asks for any reads those together.

use std::collections::HashMap;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use crate::spelling::{SPELLING, is_exact_pair};

/// Comes right behind [`SPELLING`], and before all else that stands in a term.
const BEHIND: u8 = SPELLING as u8 + 1;

/// What stands in a segment of a term: of a pair that is asked for in any spelling, all spellings together.
pub(super) struct Spellings {
    all: Vec<SegmentPostings>,
    doc: DocId,
}

impl Spellings {
    /// Of a term that is as the index has it; `None` where the segment has it not.
    pub(super) fn one(
        reader: &SegmentReader,
        term: &Term,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<Self>> {
        let postings = reader.inverted_index(term.field())?.read_postings(term, option)?;
        Ok(postings.map(|postings| Self::of(vec![postings])))
    }

    /// Of a pair: of its one spelling, or of all.
    pub(super) fn pair(
        reader: &SegmentReader,
        term: &Term,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<Self>> {
        if is_one(term) {
            return Self::one(reader, term, option);
        }
        let inverted = reader.inverted_index(term.field())?;
        let begin = term.serialized_value_bytes();
        let end: Vec<u8> = begin.iter().copied().chain([BEHIND]).collect();
        let mut spelt = inverted.terms().range().ge(begin).lt(end).into_stream()?;
        let mut all = Vec::new();
        while let Some((_, info)) = spelt.next() {
            all.push(inverted.read_postings_from_terminfo(info, option)?);
        }
        Ok((!all.is_empty()).then(|| Self::of(all)))
    }

    fn of(all: Vec<SegmentPostings>) -> Self {
        let mut spellings = Self { all, doc: TERMINATED };
        spellings.settle();
        spellings
    }

    /// Stands at the first document that any stands at.
    fn settle(&mut self) -> DocId {
        self.doc = self.all.iter().map(SegmentPostings::doc).min().unwrap_or(TERMINATED);
        self.doc
    }

    fn here(&self) -> impl Iterator<Item = &SegmentPostings> {
        self.all.iter().filter(|postings| postings.doc() == self.doc)
    }

    /// How often it stands in the document.
    pub(super) fn frequency(&self) -> u32 {
        self.here().map(SegmentPostings::term_freq).sum()
    }

    /// The places in the document, each so much further.
    fn places(&mut self, further: u32, out: &mut Vec<u32>) {
        out.clear();
        for postings in self.all.iter_mut().filter(|postings| postings.doc() == self.doc) {
            postings.append_positions_with_offset(further, out);
        }
        if self.all.len() > 1 {
            out.sort_unstable();
        }
    }
}

impl DocSet for Spellings {
    fn advance(&mut self) -> DocId {
        if let [only] = self.all.as_mut_slice() {
            self.doc = only.advance();
            return self.doc;
        }
        for postings in &mut self.all {
            if postings.doc() == self.doc {
                postings.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        for postings in &mut self.all {
            if postings.doc() < target {
                postings.seek(target);
            }
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.all.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }
}

/// Whether a term of a pair is of one spelling.
fn is_one(term: &Term) -> bool {
    term.value().as_str().is_some_and(is_exact_pair)
}

/// How many documents have a pair, the deleted ones included as tantivy has it.
pub(super) fn having(searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
    if is_one(term) {
        return searcher.doc_freq(term);
    }
    let mut having = 0;
    for reader in searcher.segment_readers() {
        let Some(mut spellings) = Spellings::pair(reader, term, IndexRecordOption::Basic)? else { continue };
        having += match spellings.all.as_slice() {
            [only] => u64::from(only.doc_freq()),
            _ => u64::from(spellings.count_including_deleted()),
        };
    }
    Ok(having)
}

/// Documents that have pairs side by side, each in its one spelling or in any.
#[derive(Clone, Debug)]
pub(super) struct Spelt {
    field: Field,
    pairs: Vec<Term>,
}

impl Spelt {
    /// Of one pair or more.
    pub(super) fn new(field: Field, pairs: Vec<Term>) -> Self {
        Self { field, pairs }
    }

    /// Whether each pair is of one spelling.
    pub(super) fn is_exact(&self) -> bool {
        self.pairs.iter().all(is_one)
    }

    /// The pairs.
    pub(super) fn into_terms(self) -> Vec<Term> {
        self.pairs
    }
}

impl Query for Spelt {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let score = match scoring {
            EnableScoring::Disabled { .. } => None,
            EnableScoring::Enabled { searcher, statistics_provider } => {
                let mut known = HashMap::new();
                for term in &self.pairs {
                    known.insert(term.clone(), having(searcher, term)?);
                }
                let statistics = Statistics { known, others: statistics_provider };
                Some(Bm25Weight::for_terms(&statistics, &self.pairs)?)
            }
        };
        Ok(Box::new(SpeltWeight { query: self.clone(), score }))
    }
}

/// Statistics in which a pair in any spelling is one term.
struct Statistics<'a> {
    known: HashMap<Term, u64>,
    others: &'a dyn Bm25StatisticsProvider,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.others.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.others.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        // Those of other records stand in the index too.
        let having = self.known.get(term).copied().unwrap_or_default();
        Ok(having.min(self.total_num_docs()?))
    }
}

struct SpeltWeight {
    query: Spelt,
    score: Option<Bm25Weight>,
}

impl Weight for SpeltWeight {
    fn scorer(&self, reader: &SegmentReader, boost: f32) -> tantivy::Result<Box<dyn Scorer>> {
        let Spelt { field, pairs } = &self.query;
        let option = match (pairs.len(), &self.score) {
            (1, None) => IndexRecordOption::Basic,
            (1, Some(_)) => IndexRecordOption::WithFreqs,
            _ => IndexRecordOption::WithFreqsAndPositions,
        };
        let mut all = Vec::with_capacity(pairs.len());
        for term in pairs {
            let Some(spellings) = Spellings::pair(reader, term, option)? else {
                return Ok(Box::new(EmptyScorer));
            };
            all.push(spellings);
        }
        let score = match &self.score {
            None => None,
            Some(score) => Some((score.boost_by(boost), reader.get_fieldnorms_reader(*field)?)),
        };
        let mut scorer =
            SpeltScorer { all, doc: 0, frequency: 0, score, places: Vec::new(), further: Vec::new() };
        scorer.find(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let score = if scorer.seek(doc) == doc { scorer.score() } else { 0.0 };
        Ok(Explanation::new("pairs in any spelling", score))
    }
}

struct SpeltScorer {
    all: Vec<Spellings>,
    doc: DocId,
    frequency: u32,
    score: Option<(Bm25Weight, FieldNormReader)>,
    /// Places in the document, kept for their memory.
    places: Vec<u32>,
    further: Vec<u32>,
}

impl SpeltScorer {
    /// The first document from one on that has all pairs side by side.
    fn find(&mut self, from: DocId) -> DocId {
        let mut target = from;
        loop {
            let mut agree = true;
            for spellings in &mut self.all {
                let doc = spellings.seek(target);
                if doc != target {
                    // The first may already stand at a later one.
                    agree &= doc == target;
                    target = target.max(doc);
                }
            }
            if target == TERMINATED {
                self.doc = TERMINATED;
                return self.doc;
            }
            if agree && self.stands() {
                self.doc = target;
                return self.doc;
            }
            if agree {
                target += 1;
            }
        }
    }

    /// Whether the pairs stand side by side in the document that all are at.
    fn stands(&mut self) -> bool {
        let Some((last, others)) = self.all.split_last_mut() else { return false };
        if others.is_empty() {
            self.frequency = if self.score.is_some() { last.frequency() } else { 1 };
            return true;
        }
        last.places(0, &mut self.places);
        let distance = others.len() as u32;
        for (before, spellings) in (0..distance).zip(others) {
            spellings.places(distance - before, &mut self.further);
            let mut rest = self.further.iter().peekable();
            self.places.retain(|place| {
                while rest.next_if(|other| *other < place).is_some() {}
                rest.peek() == Some(&place)
            });
            if self.places.is_empty() {
                return false;
            }
        }
        self.frequency = self.places.len() as u32;
        true
    }
}

impl DocSet for SpeltScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.find(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.find(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.all.iter().map(DocSet::size_hint).min().unwrap_or_default()
    }
}

impl Scorer for SpeltScorer {
    fn score(&mut self) -> f32 {
        let Some((weight, lengths)) = &self.score else { return 1.0 };
        weight.score(lengths.fieldnorm_id(self.doc), self.frequency)
    }
}
