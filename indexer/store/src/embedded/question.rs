//! Answering questions: documents that lack some of the words, the best by words and pairs.

use std::collections::HashMap;

use tantivy::query::{BoostQuery, ConstScoreQuery, EnableScoring, Query as TantivyQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED, TantivyError, Term, postings::SegmentPostings};

use super::collect::{Counter, Sought, Stop, Watch, each_block};
use super::conjunction::stands;
use super::part::Part;
use super::plan::{Days, Plan, conditions, plan, scored, side_by_side};
use super::reader::{Snapshot, term_query};
use super::schema::Fields;
use super::segment::Segment;
use super::spelt::Spelt;
use crate::best::{Among, Hint, Question, Weighed, boost};
use crate::error::Error;
use crate::search::{ALL_WORDS, Counted, Search};

/// What is done with documents of a segment.
type Take<'a> = dyn FnMut(&Segment<'_>, &[DocId]) + 'a;

/// A question, ready to run.
pub(crate) struct Asked {
    pub(crate) weighed: Weighed,
    /// The words and then the hints, scored.
    pub(crate) parts: Vec<Part>,
    /// All words, with the hints in its query where it is not the words alone; `None` where none can have all.
    all: Option<Plan>,
    /// What must hold in any case; `None` where nothing must.
    conditions: Option<Box<dyn TantivyQuery>>,
    /// Of the words.
    terms: Vec<Term>,
    pub(crate) days: Days,
}

impl Asked {
    /// Weighs the words of a question by the documents of a commit.
    pub(crate) fn new(
        fields: &Fields,
        snapshot: &Snapshot,
        search: &Search<'_>,
        question: Question,
        error: impl Fn(TantivyError) -> Error,
    ) -> Result<Self, Error> {
        let term = |text: &str| Term::from_field_text(fields.text, text);
        let having = |text: &str| snapshot.searcher.doc_freq(&term(text)).map_err(&error);
        let having = question.words.iter().map(|word| having(&word.term));
        let having = having.collect::<Result<Vec<u64>, Error>>()?;
        let is_whole = question.is_whole();
        let known: HashMap<String, u64> =
            question.words.iter().map(|word| word.term.clone()).zip(having.iter().copied()).collect();
        let conditions = conditions(fields, &question.conditions, search.filters)?;
        let weighed = question.weigh(snapshot.documents(), &having);
        let terms: Vec<Term> = weighed.words.iter().map(|(word, _)| term(&word.term)).collect();
        let hint = |Hint { among, term, boost }: &Hint| {
            let field = match among {
                Among::Words => fields.text,
                Among::Pairs => fields.pairs,
                Among::Language => fields.language,
            };
            (*among, Term::from_field_text(field, term), *boost)
        };
        let hints: Vec<(Among, Term, f32)> = weighed.hints.iter().map(hint).collect();
        let words = terms.iter().cloned().zip(&weighed.words).map(|(term, (word, weight))| {
            let having = known.get(&word.term).copied().unwrap_or_default();
            Part::of(snapshot, (Among::Words, term), having, boost(*weight))
        });
        let others =
            hints.iter().cloned().map(|(among, term, boost)| Part::new(snapshot, (among, term), boost));
        let parts = words.chain(others).collect::<Result<_, _>>().map_err(&error)?;
        let missing =
            weighed.words.iter().any(|(word, _)| known.get(&word.term).is_none_or(|having| *having == 0));
        let all = if missing || !is_whole {
            None
        } else {
            let hint = |(among, term, boost): (Among, Term, f32)| -> Box<dyn TantivyQuery> {
                let hint = match among {
                    Among::Words => scored(term),
                    Among::Pairs => side_by_side(Spelt::new(fields.pairs, vec![term])),
                    Among::Language => return Box::new(ConstScoreQuery::new(term_query(term), boost)),
                };
                Box::new(BoostQuery::new(hint, boost))
            };
            let plan = plan(fields, search.words, search.filters)?;
            Some(if plan.words.is_some() { plan } else { plan.with(hints.into_iter().map(hint)) })
        };
        let days = Days::of(search.filters);
        Ok(Self { weighed, parts, all, conditions, terms, days })
    }

    /// All words, to come before all else; `None` where none can have all.
    pub(crate) fn all(&self) -> Option<Sought<'_>> {
        let plan = self.all.as_ref()?;
        let hints = if plan.words.is_some() { &self.parts[self.weighed.words.len()..] } else { &[] };
        Some(Sought { plan, hints, on_top: ALL_WORDS })
    }

    /// What holds in any case, and all words, as weights without scores.
    pub(crate) fn weights(&self, snapshot: &Snapshot) -> Result<Weights, Stop> {
        let unscored = || EnableScoring::disabled_from_searcher(&snapshot.searcher);
        let conditions = self.conditions.as_ref().map(|query| query.weight(unscored())).transpose()?;
        let all = self.all.as_ref().map(|plan| plan.query.weight(unscored())).transpose()?;
        Ok(Weights { conditions, all })
    }

    /// Counts the documents that have enough of the words, and lets each counter see them.
    pub(crate) fn count(
        &self,
        snapshot: &Snapshot,
        counted: Counted,
        counters: &mut [&mut dyn Counter],
        watch: &mut Watch,
    ) -> Result<u64, Stop> {
        let mut total = 0;
        self.each(snapshot, counted, watch, &mut |segment, docs| {
            total += docs.len() as u64;
            for counter in &mut *counters {
                counter.begin(segment);
                for some in docs.chunks(tantivy::COLLECT_BLOCK_BUFFER_LEN) {
                    counter.count(some);
                }
                counter.end();
            }
        })?;
        Ok(total)
    }

    /// Hands the documents of each segment that have enough of the words to `take`.
    pub(crate) fn each(
        &self,
        snapshot: &Snapshot,
        counted: Counted,
        watch: &mut Watch,
        take: &mut Take<'_>,
    ) -> Result<(), Stop> {
        let weights = self.weights(snapshot)?;
        for segment in snapshot.segments(self.days) {
            let docs = self.sufficient(&weights, self.weighed.bound(counted), &segment, watch)?;
            take(&segment, &docs);
            if watch.is_late(0) {
                break;
            }
        }
        Ok(())
    }

    /// The documents of a segment whose words are worth so much. Those without any of the essential words are not looked at.
    fn sufficient(
        &self,
        weights: &Weights,
        bound: f32,
        segment: &Segment<'_>,
        watch: &mut Watch,
    ) -> Result<Vec<DocId>, Stop> {
        let reader = segment.reader;
        let held = weights.conditions(reader, watch)?;
        let mut worth = vec![0.0_f32; reader.max_doc() as usize];
        let essential = self.weighed.essential(bound);
        let mut postings = self.postings(reader)?;
        let (first, others) = postings.split_at_mut(essential);
        for (postings, (_, weight)) in first.iter_mut().zip(&self.weighed.words) {
            let Some(postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                if let Some(worth) = worth.get_mut(postings.doc() as usize) {
                    *worth += weight;
                }
                postings.advance();
            }
            watch.is_late(postings.doc_freq());
        }
        let rest: f32 = self.weighed.words[essential..].iter().map(|(_, weight)| weight).sum();
        let mut docs = Vec::new();
        for (doc, mut worth) in (0..).zip(worth) {
            if worth == 0.0 || worth + rest < bound {
                continue;
            }
            let mut rest = rest;
            for (postings, (_, weight)) in others.iter_mut().zip(&self.weighed.words[essential..]) {
                if worth >= bound || worth + rest < bound {
                    break;
                }
                rest -= weight;
                if postings.as_mut().is_some_and(|postings| stands(postings, doc)) {
                    worth += weight;
                }
            }
            if worth >= bound && segment.wants(doc) && held.as_ref().is_none_or(|held| held.has(doc)) {
                docs.push(doc);
            }
        }
        Ok(docs)
    }

    /// The postings of each word in a segment, the rarest first.
    fn postings(&self, reader: &SegmentReader) -> Result<Vec<Option<SegmentPostings>>, Stop> {
        let read = |term: &Term| {
            let inverted = reader.inverted_index(term.field())?;
            Ok(inverted.read_postings(term, IndexRecordOption::Basic)?)
        };
        self.terms.iter().map(read).collect()
    }

    /// The words that a document has, as bits.
    pub(crate) fn has(&self, reader: &SegmentReader, doc: DocId) -> Result<u64, Stop> {
        Ok(bits(&mut self.postings(reader)?, doc))
    }
}

/// See [`Asked::weights`].
pub(crate) struct Weights {
    conditions: Option<Box<dyn Weight>>,
    all: Option<Box<dyn Weight>>,
}

impl Weights {
    /// The documents of a segment for which the conditions hold; `None` for all.
    pub(crate) fn conditions(&self, reader: &SegmentReader, watch: &mut Watch) -> Result<Option<Docs>, Stop> {
        self.conditions.as_ref().map(|weight| Docs::of(&**weight, reader, watch)).transpose()
    }

    /// Those that have all words.
    pub(crate) fn all(&self, reader: &SegmentReader, watch: &mut Watch) -> Result<Option<Docs>, Stop> {
        self.all.as_ref().map(|weight| Docs::of(&**weight, reader, watch)).transpose()
    }
}

fn bits(postings: &mut [Option<SegmentPostings>], doc: DocId) -> u64 {
    postings.iter_mut().enumerate().fold(0, |has, (number, postings)| {
        let stands = postings.as_mut().is_some_and(|postings| stands(postings, doc));
        has | (u64::from(stands) << number)
    })
}

/// Documents of a segment.
pub(crate) struct Docs(Vec<bool>);

impl Docs {
    fn of(weight: &dyn Weight, reader: &SegmentReader, watch: &mut Watch) -> Result<Self, Stop> {
        let mut docs = vec![false; reader.max_doc() as usize];
        each_block(weight, reader, watch, &mut |some| {
            for doc in some {
                if let Some(known) = docs.get_mut(*doc as usize) {
                    *known = true;
                }
            }
            Ok(())
        })?;
        Ok(Self(docs))
    }

    pub(crate) fn has(&self, doc: DocId) -> bool {
        self.0.get(doc as usize).copied().unwrap_or_default()
    }
}
