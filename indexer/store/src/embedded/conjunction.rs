//! Documents that have all of some words. Tantivy finds them too; but what it could gain by passing over blocks is lost to us
//! (it works out the best score of a block with the lengths of all records of a segment, ours are those of documents alone),
//! and without that a loop over the postings of the words, with nothing between, costs half.

use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, TERMINATED, Term};

use super::collect::{Stop, Watch};
use super::part::{Part, Reading, Whole, score, whole};
use super::reader::Snapshot;
use super::segment::Segment;
use super::spelt::Spellings;
use crate::best::Among;
use crate::search::spelt_alike;

/// Words that must stand in a document, each as it is or in any spelling.
#[derive(Clone, Debug)]
pub(crate) struct Conjunction {
    /// The terms of the words.
    pub(crate) words: Vec<Term>,
    /// Those of the words as they were typed, where others were asked for as well: a document with all of these comes first.
    pub(crate) alike: Vec<Term>,
}

/// A conjunction whose words are weighed.
pub(super) struct Scored<'a> {
    words: Vec<Part>,
    alike: &'a [Term],
    /// What else scores where it stands.
    hints: &'a [Part],
}

/// Who is told of what is found.
pub(super) trait Sink {
    /// A document that is wanted and has all words.
    fn see(&mut self, doc: DocId);
    /// What the score of a document must reach to be taken; nothing is offered below.
    fn floor(&self) -> f32;
    /// The same document, where it may be taken, and its score.
    fn offer(&mut self, doc: DocId, score: f32);
}

impl Conjunction {
    /// Weighs its words by the documents of a commit.
    pub(super) fn scored<'a>(
        &'a self,
        snapshot: &Snapshot,
        hints: &'a [Part],
    ) -> tantivy::Result<Scored<'a>> {
        let part = |term: &Term| Part::new(snapshot, (Among::Words, term.clone()), 1.0);
        let words = self.words.iter().map(part).collect::<Result<_, _>>()?;
        Ok(Scored { words, alike: &self.alike, hints })
    }
}

impl Scored<'_> {
    /// Tells `sink` of the documents of a segment.
    pub(super) fn each(
        &self,
        segment: &Segment<'_>,
        sink: &mut impl Sink,
        watch: &mut Watch,
    ) -> Result<(), Stop> {
        let words =
            self.words.iter().map(|part| part.open_one(segment.reader)).collect::<Result<Vec<_>, _>>()?;
        let Some(mut words) = words.into_iter().collect::<Option<Vec<_>>>() else { return Ok(()) };
        words.sort_by_key(|word| word.postings.size_hint());
        let hints = self.hints.iter().map(|part| part.open(segment.reader));
        let hints = hints.collect::<Result<Vec<_>, _>>()?;
        let mut hints: Vec<Reading<'_, Spellings>> = hints.into_iter().flatten().collect();
        let most: Whole = hints.iter().map(|hint| hint.most).sum();
        let mut alike = self.alike(segment)?;
        let Some((rarest, others)) = words.split_first_mut() else { return Ok(()) };
        let mut doc = rarest.postings.doc();
        while doc != TERMINATED && !watch.is_late(1) {
            if let Some(further) = behind(others, doc) {
                doc = rarest.postings.seek(further);
                continue;
            }
            if segment.wants(doc) {
                sink.see(doc);
                let mut sum = rarest.worth() + others.iter().map(Reading::worth).sum::<Whole>();
                if !alike.is_empty() && alike.iter_mut().all(|postings| stands(postings, doc)) {
                    sum += whole(spelt_alike(self.words.len()));
                }
                if score(sum + most) >= sink.floor() {
                    let more = hints.iter_mut().filter_map(|hint| hint.stands(doc).then(|| hint.worth()));
                    sink.offer(doc, score(sum + more.sum::<Whole>()));
                }
            }
            doc = rarest.postings.advance();
        }
        Ok(())
    }

    /// The words as they were typed; none where the segment has not all.
    fn alike(&self, segment: &Segment<'_>) -> tantivy::Result<Vec<SegmentPostings>> {
        let read = |term: &Term| {
            let inverted = segment.reader.inverted_index(term.field())?;
            Ok(inverted.read_postings(term, IndexRecordOption::Basic)?)
        };
        let all: tantivy::Result<Option<Vec<SegmentPostings>>> = self.alike.iter().map(read).collect();
        Ok(all?.unwrap_or_default())
    }
}

/// Where the first of some words stands next that does not stand in a document.
fn behind(words: &mut [Reading<'_, SegmentPostings>], doc: DocId) -> Option<DocId> {
    words.iter_mut().find_map(|word| (!word.stands(doc)).then(|| word.postings.doc()))
}

/// Whether a term stands in a document; it is not asked for earlier ones afterwards.
pub(super) fn stands(postings: &mut SegmentPostings, doc: DocId) -> bool {
    if postings.doc() < doc {
        postings.seek(doc);
    }
    postings.doc() == doc
}
