//! Searches over the documents of an index.

use super::collect::{Best, Counter, Deadline, Ranked, Sought, Stop, Watch, collect, others};
use super::facet::{MonthCounter, Overview, TextCounter};
use super::plan::{Plan, plan};
use super::question::Asked;
use super::reader::{Embedded, Snapshot};
use crate::best::Question;
use crate::error::Error;
use crate::search::{Content, Counted, FacetCounts, Filters, Found, FoundDocument, Rank, Search, Sort};
use tantivy::{DocAddress, TantivyDocument};

impl Embedded {
    /// What a search finds.
    pub(super) fn find(&self, search: &Search<'_>) -> Result<Found, Error> {
        let snapshot = self.snapshot();
        let deadline = Deadline::after(search.time);
        let plan = plan(self.fields(), search.words, search.filters)?;
        let asked = Question::of(search).map(|question| {
            Asked::new(self.fields(), &snapshot, search, question, |error| self.error(error))
        });
        let asked = asked.transpose()?;
        let stop = |stop| match stop {
            Stop::TooSlow => deadline.error().into(),
            Stop::Tantivy(error) => self.error(error),
        };
        let mut found = Found { generation: snapshot.generation, ..Found::default() };
        let mut best = search.page.filter(|page| page.limit > 0).map(Best::of);
        let mut watch = Watch::new(deadline);
        let run = run(&snapshot, (&plan, asked.as_ref()), search, (&mut found, best.as_mut()), &mut watch);
        run.and_then(|()| watch.end()).map_err(stop)?;
        let (ranked, more) = best.map(Best::results).unwrap_or_default();
        found.more = more;
        for Ranked { rank, address, has } in ranked {
            let mut document = self.found(&snapshot, rank, address, search.content)?;
            if let Some(asked) = &asked {
                let has = if by_date(search) && found.counted != Counted::AllWords {
                    let reader = snapshot.searcher.segment_reader(address.segment_ord);
                    asked.has(reader, address.doc_id).map_err(stop)?
                } else {
                    has
                };
                document.lacks = asked.weighed.lacks(has);
                document.counted = asked.weighed.counts(has, found.counted);
            }
            found.documents.push(document);
        }
        Ok(found)
    }

    fn found(
        &self,
        snapshot: &Snapshot,
        rank: Rank,
        address: DocAddress,
        content: Content,
    ) -> Result<FoundDocument, Error> {
        let summary = self.summary(snapshot, address)?;
        let mut found =
            FoundDocument { rank, summary, lacks: Vec::new(), counted: true, text: None, whole: None };
        if content != Content::Summary {
            let stored: TantivyDocument =
                snapshot.searcher.doc(address).map_err(|error| self.error(error))?;
            if content == Content::Text {
                found.text = Some(self.stored_text(&stored)?);
            } else {
                found.whole = Some(Box::new(self.read_stored(&stored)?));
            }
        }
        Ok(found)
    }
}

fn by_date(search: &Search<'_>) -> bool {
    search.sort != Sort::Relevance
}

/// Counts what a search finds, its facets and months, and finds its best.
fn run(
    snapshot: &Snapshot,
    (plan, asked): (&Plan, Option<&Asked>),
    search: &Search<'_>,
    (found, mut best): (&mut Found, Option<&mut Best>),
    watch: &mut Watch,
) -> Result<(), Stop> {
    if search.words.is_empty() && *search.filters == Filters::default() {
        let overview = overview(snapshot, plan, watch)?;
        found.count = overview.documents;
        if search.months {
            found.months = overview.months.clone();
        }
        found.facets = search.facets.iter().map(|(facet, size)| overview.counts(*facet, *size)).collect();
        if let Some(best) = best {
            collect(snapshot, Sought::plan(plan), Some((search.sort, best)), &mut [], watch)?;
        }
        return Ok(());
    }
    let texts: tantivy::Result<Vec<Option<TextCounter>>> =
        search.facets.iter().map(|(facet, _)| TextCounter::new(*facet, snapshot)).collect();
    let mut texts = texts?;
    let mut months = search.months.then(MonthCounter::default);
    let mut counters: Vec<&mut dyn Counter> = Vec::new();
    for text in texts.iter_mut().flatten() {
        counters.push(text);
    }
    if let Some(months) = &mut months {
        counters.push(months);
    }
    match asked {
        None => {
            let best = best.map(|best| (search.sort, best));
            found.count = collect(snapshot, Sought::plan(plan), best, &mut counters, watch)?;
        }
        Some(asked) => {
            if let Some(all) = asked.all() {
                let first = asked.weighed.all_first || by_date(search);
                let best = best.as_deref_mut().filter(|_| first).map(|best| (search.sort, best));
                found.count = collect(snapshot, all, best, &mut counters, watch)?;
            }
            for counted in [Counted::MostWords, Counted::SomeWords] {
                if found.count > 0 || !asked.weighed.may_lack() {
                    break;
                }
                found.counted = counted;
                found.count = asked.count(snapshot, counted, &mut counters, watch)?;
            }
            if let Some(best) = best.filter(|_| found.count > 0 && asked.weighed.may_lack()) {
                others(snapshot, asked, (found.counted, search.sort), best, watch)?;
            }
            found.weights = asked.weighed.weights();
        }
    }
    found.months = months.map(MonthCounter::months).unwrap_or_default();
    let facets = search.facets.iter().zip(texts);
    found.facets = facets
        .map(|((_, size), text)| {
            text.map_or_else(FacetCounts::default, |text| text.tally(*size).counts(*size))
        })
        .collect();
    Ok(())
}

/// What all documents are, counted once for a commit.
fn overview<'a>(snapshot: &'a Snapshot, plan: &Plan, watch: &mut Watch) -> Result<&'a Overview, Stop> {
    if let Some(known) = snapshot.overview.get() {
        return Ok(known);
    }
    let counted = Overview::count(snapshot, plan, watch)?;
    if watch.is_late(0) {
        return Err(Stop::TooSlow);
    }
    Ok(snapshot.overview.get_or_init(|| counted))
}
