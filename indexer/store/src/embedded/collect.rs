//! Running a planned search: the best results in one pass, which may skip blocks of documents, and their number in
//! another, which needs no scores. Two passes are faster than one that does both.

use std::collections::BinaryHeap;
use std::time::Instant;

use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocAddress, DocId, DocSet as _, SegmentReader, TERMINATED, TantivyError};

use super::max_score::{self, Judge};
use super::plan::{Days, Plan};
use super::question::{Asked, Docs};
use super::reader::Snapshot;
use super::schema::name;
use crate::query::QueryError;
use crate::search::{ALL_WORDS, Counted, Direction, Page, Rank, Sort};

/// Why a search ended without an answer.
pub(crate) enum Stop {
    TooSlow,
    Tantivy(TantivyError),
}

impl From<TantivyError> for Stop {
    fn from(error: TantivyError) -> Self {
        Self::Tantivy(error)
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Tantivy(error.into())
    }
}

/// When a search must be over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    end: Instant,
    limit: std::time::Duration,
}

impl Deadline {
    pub(crate) fn after(limit: std::time::Duration) -> Self {
        Self { end: Instant::now() + limit, limit }
    }

    pub(crate) fn error(self) -> QueryError {
        QueryError::TooSlow { limit: self.limit }
    }
}

/// Looks at the clock now and then.
pub(crate) struct Watch {
    deadline: Deadline,
    looks: u32,
    late: bool,
}

impl Watch {
    pub(crate) fn new(deadline: Deadline) -> Self {
        Self { deadline, looks: 0, late: false }
    }

    /// Whether time is up; asks the clock every `EVERY` documents.
    pub(crate) fn is_late(&mut self, documents: u32) -> bool {
        const EVERY: u32 = 4_096;
        self.looks += documents;
        if self.looks >= EVERY {
            self.looks = 0;
            self.late = self.late || Instant::now() > self.deadline.end;
        }
        self.late
    }

    pub(crate) fn end(self) -> Result<(), Stop> {
        if self.late { Err(Stop::TooSlow) } else { Ok(()) }
    }
}

/// A result: its place in the list, where it is, and which words of a question it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ranked {
    pub(crate) rank: Rank,
    pub(crate) address: DocAddress,
    pub(crate) has: u64,
}

/// The results of a page, in order, and whether there are more in the direction of the page.
pub(crate) fn page(
    snapshot: &Snapshot,
    plan: &Plan,
    sort: Sort,
    page: Page,
    deadline: Deadline,
) -> Result<(Vec<Ranked>, bool), Stop> {
    let mut best = Best::of(page);
    let mut watch = Watch::new(deadline);
    collect(snapshot, plan, (sort, page), 0.0, &mut best, &mut watch)?;
    watch.end()?;
    Ok(best.results(page))
}

/// Offers the results of a plan, with something on top of their scores.
fn collect(
    snapshot: &Snapshot,
    plan: &Plan,
    (sort, page): (Sort, Page),
    on_top: f32,
    best: &mut Best,
    watch: &mut Watch,
) -> Result<(), Stop> {
    let scoring = match sort {
        Sort::Relevance => EnableScoring::enabled_from_statistics_provider(snapshot, &snapshot.searcher),
        Sort::Newest | Sort::Oldest => EnableScoring::disabled_from_searcher(&snapshot.searcher),
    };
    let weight = plan.query.weight(scoring)?;
    for (number, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
        let segment = Segment::open(number, reader, plan.days)?;
        match sort {
            Sort::Relevance => {
                by_score(&*weight, &segment, (page, on_top), best, watch)?;
            }
            Sort::Newest | Sort::Oldest => by_date(&*weight, &segment, (sort, page), best, watch)?,
        }
        if watch.late {
            break;
        }
    }
    Ok(())
}

/// The results of a page of a question: those with all words, then, by relevance, others (of a whole sentence all by
/// relevance alone); by date the others where none has all words.
pub(crate) fn answers(
    snapshot: &Snapshot,
    asked: &Asked,
    (counted, sort): (Counted, Sort),
    page: Page,
    deadline: Deadline,
) -> Result<(Vec<Ranked>, bool), Stop> {
    let mut best = Best::of(page);
    let mut watch = Watch::new(deadline);
    if counted == Counted::AllWords
        && (asked.weighed.all_first || sort != Sort::Relevance)
        && let Some(all) = &asked.all
    {
        collect(snapshot, all, (sort, page), ALL_WORDS, &mut best, &mut watch)?;
    }
    match sort {
        Sort::Relevance if best.floor().is_none() => partly(snapshot, asked, page, &mut best, &mut watch)?,
        Sort::Newest | Sort::Oldest if counted != Counted::AllWords => {
            asked.each(snapshot, counted, &mut watch, &mut |number, reader, docs| {
                let segment = Segment::open(number, reader, Days::default())?;
                offer_by_date(docs, &segment, (sort, page), &mut best);
                Ok(())
            })?;
        }
        _ => {}
    }
    watch.end()?;
    let (mut ranked, more) = best.results(page);
    if counted != Counted::AllWords && sort != Sort::Relevance {
        for found in &mut ranked {
            let reader = snapshot.searcher.segment_reader(found.address.segment_ord);
            found.has = asked.has(reader, found.address.doc_id)?;
        }
    }
    Ok((ranked, more))
}

/// Offers what has most of the words of a question, and was not offered for having all.
fn partly(
    snapshot: &Snapshot,
    asked: &Asked,
    page: Page,
    best: &mut Best,
    watch: &mut Watch,
) -> Result<(), Stop> {
    let weights = asked.weights(snapshot)?;
    for (number, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
        let segment = &Segment::open(number, reader, asked.days)?;
        let held = weights.conditions(reader, watch)?;
        // What comes first has been offered already.
        let offered = if asked.weighed.all_first { weights.all(reader, watch)? } else { None };
        let mut part = Part { asked, segment, held, offered, page, best };
        max_score::rank(&asked.parts, asked.weighed.words.len(), reader, &mut part, watch)?;
        if watch.late {
            break;
        }
    }
    Ok(())
}

/// What has a part of the words, in a segment.
struct Part<'a> {
    asked: &'a Asked,
    segment: &'a Segment<'a>,
    held: Option<Docs>,
    offered: Option<Docs>,
    page: Page,
    best: &'a mut Best,
}

impl Judge for Part<'_> {
    fn admits(&self, doc: DocId) -> bool {
        self.segment.wants(doc)
            && self.held.as_ref().is_none_or(|held| held.has(doc))
            && !self.offered.as_ref().is_some_and(|offered| offered.has(doc))
    }

    fn offer(&mut self, doc: DocId, has: u64, score: f32) {
        let rank = self.segment.rank(doc, Rank::of_score(score));
        if self.asked.weighed.suffices(has) && self.page.wants(rank) {
            self.best.offer(Ranked { rank, address: self.segment.address(doc), has });
        }
    }

    fn floor(&self) -> Option<f32> {
        self.best.floor().map(|weight| f32::from_bits(weight as u32))
    }
}

/// The best results so far.
struct Best {
    ranked: BinaryHeap<Worst>,
    room: usize,
    /// The last ones before a place are wanted, not the first ones after it.
    backwards: bool,
}

/// A result; the greatest is the first to be dropped.
#[derive(PartialEq, Eq)]
struct Worst {
    found: Ranked,
    backwards: bool,
}

impl Ord for Worst {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let forwards = self.found.rank.cmp(&other.found.rank);
        if self.backwards { forwards.reverse() } else { forwards }
    }
}

impl PartialOrd for Worst {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Best {
    fn of(page: Page) -> Self {
        let backwards = matches!(page.from, Some((Direction::Previous, _)));
        Self { ranked: BinaryHeap::new(), room: page.limit + 1, backwards }
    }

    /// In order, and whether there are more than fit the page.
    fn results(self, page: Page) -> (Vec<Ranked>, bool) {
        let mut ranked: Vec<Ranked> = self.ranked.into_iter().map(|worst| worst.found).collect();
        ranked.sort_unstable_by_key(|found| found.rank);
        let more = ranked.len() > page.limit;
        if more && self.backwards {
            ranked.remove(0);
        }
        ranked.truncate(page.limit);
        (ranked, more)
    }

    fn offer(&mut self, found: Ranked) {
        let offered = Worst { found, backwards: self.backwards };
        if self.ranked.len() < self.room {
            self.ranked.push(offered);
        } else if let Some(mut worst) = self.ranked.peek_mut()
            && offered < *worst
        {
            *worst = offered;
        }
    }

    /// Weights below this need not be offered.
    fn floor(&self) -> Option<u64> {
        let full = self.ranked.len() >= self.room && !self.backwards;
        if full { self.ranked.peek().map(|worst| worst.found.rank.weight) } else { None }
    }
}

/// A segment with the fast fields that decide which of its documents count and in which order.
pub(crate) struct Segment<'a> {
    number: u32,
    reader: &'a SegmentReader,
    wanted: Days,
    days: tantivy::columnar::Column<i64>,
    order: tantivy::columnar::Column<u64>,
}

impl<'a> Segment<'a> {
    pub(crate) fn open(number: u32, reader: &'a SegmentReader, wanted: Days) -> Result<Self, Stop> {
        let fast = reader.fast_fields();
        Ok(Self { number, reader, wanted, days: fast.i64(name::DAY)?, order: fast.u64(name::ORDER)? })
    }

    pub(crate) fn wants(&self, doc: DocId) -> bool {
        !self.reader.is_deleted(doc) && (self.wanted.is_everything() || self.wanted.has(self.days.first(doc)))
    }

    fn rank(&self, doc: DocId, weight: u64) -> Rank {
        Rank { weight, key: self.order.first(doc).unwrap_or_default() }
    }

    fn address(&self, doc: DocId) -> DocAddress {
        DocAddress::new(self.number, doc)
    }
}

/// Offers the documents that match, each scored. Tantivy would pass over blocks by the best score of each, which it works out
/// with the lengths of all records of a segment; ours are those of documents alone, and by these it passes over some of the best.
fn by_score(
    weight: &dyn Weight,
    segment: &Segment<'_>,
    (page, on_top): (Page, f32),
    best: &mut Best,
    watch: &mut Watch,
) -> Result<(), Stop> {
    let mut scorer = weight.scorer(segment.reader, 1.0)?;
    let mut doc = scorer.doc();
    while doc != TERMINATED && !watch.is_late(1) {
        let weight = Rank::of_score(scorer.score() + on_top);
        // Equals are offered too: the key decides between them.
        if best.floor().is_none_or(|floor| weight >= floor) && segment.wants(doc) {
            let rank = segment.rank(doc, weight);
            if page.wants(rank) {
                best.offer(Ranked { rank, address: segment.address(doc), has: u64::MAX });
            }
        }
        doc = scorer.advance();
    }
    Ok(())
}

fn by_date(
    weight: &dyn Weight,
    segment: &Segment<'_>,
    (sort, page): (Sort, Page),
    best: &mut Best,
    watch: &mut Watch,
) -> Result<(), Stop> {
    each_block(weight, segment.reader, watch, &mut |docs| {
        offer_by_date(docs, segment, (sort, page), best);
        Ok(())
    })
}

fn offer_by_date(docs: &[DocId], segment: &Segment<'_>, (sort, page): (Sort, Page), best: &mut Best) {
    for doc in docs {
        if !segment.wants(*doc) {
            continue;
        }
        let weight = Rank::of_day(sort, segment.days.first(*doc));
        if best.floor().is_some_and(|floor| weight < floor) {
            continue;
        }
        let rank = segment.rank(*doc, weight);
        if page.wants(rank) {
            best.offer(Ranked { rank, address: segment.address(*doc), has: u64::MAX });
        }
    }
}

/// Hands the documents that match to `take`, in blocks, deleted ones included.
pub(crate) fn each_block(
    weight: &dyn Weight,
    reader: &SegmentReader,
    watch: &mut Watch,
    take: &mut dyn FnMut(&[DocId]) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    let mut block = [0; tantivy::COLLECT_BLOCK_BUFFER_LEN];
    loop {
        let count = scorer.fill_buffer(&mut block);
        take(&block[..count])?;
        if count < block.len() || watch.is_late(count as u32) {
            return Ok(());
        }
    }
}

/// What is done with all documents that match, segment by segment.
pub(crate) trait Counter {
    /// A segment begins, the so-many-th of the commit.
    fn begin(&mut self, number: u32, reader: &SegmentReader) -> Result<(), Stop>;
    /// Documents of it that match.
    fn count(&mut self, docs: &[DocId]);
    /// It is over.
    fn end(&mut self) -> Result<(), Stop>;
}

/// Counts what matches, and lets each counter see it.
pub(crate) fn count(
    snapshot: &Snapshot,
    plan: &Plan,
    counters: &mut [&mut dyn Counter],
    deadline: Deadline,
) -> Result<u64, Stop> {
    let weight = plan.query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
    let mut total = 0;
    let mut watch = Watch::new(deadline);
    for (number, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
        if counters.is_empty() && plan.days.is_everything() {
            total += u64::from(weight.count(reader)?);
            continue;
        }
        let segment = Segment::open(number, reader, plan.days)?;
        for counter in &mut *counters {
            counter.begin(number, reader)?;
        }
        let everything = !reader.has_deletes() && plan.days.is_everything();
        let mut wanted = Vec::with_capacity(tantivy::COLLECT_BLOCK_BUFFER_LEN);
        each_block(&*weight, reader, &mut watch, &mut |docs| {
            let docs = if everything {
                docs
            } else {
                wanted.clear();
                wanted.extend(docs.iter().copied().filter(|doc| segment.wants(*doc)));
                &wanted
            };
            total += docs.len() as u64;
            for counter in &mut *counters {
                counter.count(docs);
            }
            Ok(())
        })?;
        for counter in &mut *counters {
            counter.end()?;
        }
    }
    watch.end()?;
    Ok(total)
}
