//! Answering questions: documents that lack some of the words, the best by block-max WAND over words and pairs.

use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Query as TantivyQuery, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{
    DocId, DocSet as _, Score, SegmentReader, TERMINATED, TantivyError, Term, postings::SegmentPostings,
};

use super::collect::{Counter, Deadline, Segment, Stop, Watch, each_block};
use super::plan::{Days, Plan, conditions, plan, scored};
use super::reader::Snapshot;
use super::schema::Fields;
use crate::best::{Among, Hint, Question, Weighed, boost};
use crate::error::Error;
use crate::search::Search;

/// What is done with documents of a segment, given its number.
type Take<'a> = dyn FnMut(u32, &SegmentReader, &[DocId]) -> Result<(), Stop> + 'a;

/// A question, ready to run.
pub(crate) struct Asked {
    pub(crate) weighed: Weighed,
    /// Any of the words and hints, scored.
    pub(crate) any: Box<dyn TantivyQuery>,
    /// All words, with the hints as well where they stand, scored; `None` where none can have all.
    pub(crate) all: Option<Plan>,
    /// What must hold in any case; `None` where nothing must.
    conditions: Option<Box<dyn TantivyQuery>>,
    /// Of the words.
    terms: Vec<Term>,
    /// The words, scored.
    words: Vec<Box<dyn TantivyQuery>>,
    hints: Vec<Box<dyn TantivyQuery>>,
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
        let conditions = conditions(fields, &question.conditions, search.filters)?;
        let weighed = question.weigh(snapshot.documents(), &having);
        let terms: Vec<Term> = weighed.words.iter().map(|(word, _)| term(&word.term)).collect();
        let boosted = |term: Term, boost: f32| -> Box<dyn TantivyQuery> {
            Box::new(BoostQuery::new(scored(term), boost))
        };
        let hint = |Hint { among, term, boost }: &Hint| {
            let field = if *among == Among::Pairs { fields.pairs } else { fields.text };
            boosted(Term::from_field_text(field, term), *boost)
        };
        let hints: Vec<Box<dyn TantivyQuery>> = weighed.hints.iter().map(hint).collect();
        let worth = weighed.words.iter().map(|(_, weight)| boost(*weight));
        let words: Vec<_> =
            terms.iter().cloned().zip(worth).map(|(term, boost)| boosted(term, boost)).collect();
        let all = if having.contains(&0) || !is_whole {
            None
        } else {
            Some(plan(fields, search.words, search.filters)?.with(hints.iter().map(|hint| hint.box_clone())))
        };
        let any = BooleanQuery::union(words.iter().chain(&hints).map(|query| query.box_clone()).collect());
        let days = Days::new(search.filters.from, search.filters.to);
        Ok(Self { weighed, any: Box::new(any), all, conditions, terms, words, hints, days })
    }

    /// What holds in any case, and all words, as weights without scores.
    fn weights(&self, snapshot: &Snapshot) -> Result<Weights, Stop> {
        let unscored = || EnableScoring::disabled_from_searcher(&snapshot.searcher);
        let conditions = self.conditions.as_ref().map(|query| query.weight(unscored())).transpose()?;
        let all = self.all.as_ref().map(|plan| plan.query.weight(unscored())).transpose()?;
        Ok(Weights { conditions, all })
    }

    /// Counts the documents that have most words, and lets each counter see them.
    pub(crate) fn count(
        &self,
        snapshot: &Snapshot,
        counters: &mut [&mut dyn Counter],
        deadline: Deadline,
    ) -> Result<u64, Stop> {
        let mut total = 0;
        let mut watch = Watch::new(deadline);
        self.each(snapshot, &mut watch, &mut |number, reader, docs| {
            total += docs.len() as u64;
            for counter in &mut *counters {
                counter.begin(number, reader)?;
                for some in docs.chunks(tantivy::COLLECT_BLOCK_BUFFER_LEN) {
                    counter.count(some);
                }
                counter.end()?;
            }
            Ok(())
        })?;
        watch.end()?;
        Ok(total)
    }

    /// Hands the documents of each segment that have most words to `take`.
    pub(crate) fn each(
        &self,
        snapshot: &Snapshot,
        watch: &mut Watch,
        take: &mut Take<'_>,
    ) -> Result<(), Stop> {
        let weights = self.weights(snapshot)?;
        for (number, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
            let docs = self.sufficient(&weights, reader, watch)?;
            take(number, reader, &docs)?;
            if watch.is_late(0) {
                break;
            }
        }
        Ok(())
    }

    /// The documents of a segment that have most words. Those without any of the essential words are not looked at.
    fn sufficient(
        &self,
        weights: &Weights,
        reader: &SegmentReader,
        watch: &mut Watch,
    ) -> Result<Vec<DocId>, Stop> {
        let segment = Segment::open(0, reader, self.days)?;
        let held = weights.conditions(reader, watch)?;
        let mut worth = vec![0.0_f32; reader.max_doc() as usize];
        let essential = self.weighed.essential();
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
            if worth == 0.0 || worth + rest < self.weighed.minimum {
                continue;
            }
            let mut rest = rest;
            for (postings, (_, weight)) in others.iter_mut().zip(&self.weighed.words[essential..]) {
                if worth >= self.weighed.minimum || worth + rest < self.weighed.minimum {
                    break;
                }
                rest -= weight;
                if postings.as_mut().is_some_and(|postings| stands(postings, doc)) {
                    worth += weight;
                }
            }
            if worth >= self.weighed.minimum
                && segment.wants(doc)
                && held.as_ref().is_none_or(|held| held.has(doc))
            {
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

    /// Whoever decides what documents are worth.
    pub(crate) fn judge(&self, snapshot: &Snapshot) -> Result<Judge<'_>, Stop> {
        let scoring = || EnableScoring::enabled_from_statistics_provider(snapshot, &snapshot.searcher);
        let parts = self.words.iter().chain(&self.hints).map(|query| query.weight(scoring()));
        let mut weights = self.weights(snapshot)?;
        // What comes first has been offered already.
        weights.all = weights.all.filter(|_| self.weighed.all_first);
        Ok(Judge { weighed: &self.weighed, weights, parts: parts.collect::<Result<_, _>>()? })
    }

    /// The words that a document has, as bits.
    pub(crate) fn has(&self, reader: &SegmentReader, doc: DocId) -> Result<u64, Stop> {
        Ok(bits(&mut self.postings(reader)?, doc))
    }
}

/// See [`Asked::weights`].
struct Weights {
    conditions: Option<Box<dyn Weight>>,
    all: Option<Box<dyn Weight>>,
}

impl Weights {
    fn conditions(&self, reader: &SegmentReader, watch: &mut Watch) -> Result<Option<Docs>, Stop> {
        self.conditions.as_ref().map(|weight| Docs::of(&**weight, reader, watch)).transpose()
    }
}

/// See [`Asked::judge`].
pub(crate) struct Judge<'a> {
    weighed: &'a Weighed,
    weights: Weights,
    /// Words, and then hints.
    parts: Vec<Box<dyn Weight>>,
}

impl Judge<'_> {
    /// Turns to a segment.
    pub(crate) fn open(&self, reader: &SegmentReader, watch: &mut Watch) -> Result<Bench<'_>, Stop> {
        let all = self.weights.all.as_ref();
        Ok(Bench {
            weighed: self.weighed,
            held: self.weights.conditions(reader, watch)?,
            all: all.map(|all| Docs::of(&**all, reader, watch)).transpose()?,
            parts: self.parts.iter().map(|part| part.scorer(reader, 1.0)).collect::<Result<_, _>>()?,
        })
    }
}

/// A segment whose documents are judged in ascending order.
pub(crate) struct Bench<'a> {
    weighed: &'a Weighed,
    held: Option<Docs>,
    all: Option<Docs>,
    parts: Vec<Box<dyn Scorer>>,
}

impl Bench<'_> {
    /// The words of a document as bits, and its score, added up in one order whatever was skipped on the way, since pages are
    /// told apart by scores. `None` where it has too few words, is unwanted, or came before all others.
    pub(crate) fn judge(&mut self, doc: DocId) -> Option<(u64, Score)> {
        let unwanted = self.held.as_ref().is_some_and(|held| !held.has(doc));
        if unwanted || self.all.as_ref().is_some_and(|all| all.has(doc)) {
            return None;
        }
        let (mut has, mut score) = (0, 0.0);
        let words = self.weighed.words.len();
        for (number, part) in self.parts.iter_mut().enumerate() {
            if number == words && !self.weighed.suffices(has) {
                return None;
            }
            if part.doc() < doc {
                part.seek(doc);
            }
            if part.doc() == doc {
                score += part.score();
                if number < words {
                    has |= 1 << number;
                }
            }
        }
        self.weighed.suffices(has).then_some((has, score))
    }
}

fn bits(postings: &mut [Option<SegmentPostings>], doc: DocId) -> u64 {
    postings.iter_mut().enumerate().fold(0, |has, (number, postings)| {
        let stands = postings.as_mut().is_some_and(|postings| stands(postings, doc));
        has | (u64::from(stands) << number)
    })
}

fn stands(postings: &mut SegmentPostings, doc: DocId) -> bool {
    if postings.doc() < doc {
        postings.seek(doc);
    }
    postings.doc() == doc
}

/// Documents of a segment.
struct Docs(Vec<bool>);

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

    fn has(&self, doc: DocId) -> bool {
        self.0.get(doc as usize).copied().unwrap_or_default()
    }
}
