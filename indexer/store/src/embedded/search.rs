//! Searches over the documents of an index.

use super::collect::{Counter, Deadline, Ranked, Stop, answers, count, page};
use super::facet::{MonthCounter, Overview, TextCounter};
use super::plan::{Plan, plan};
use super::question::Asked;
use super::reader::{Embedded, Snapshot};
use crate::best::Question;
use crate::error::Error;
use crate::search::{Content, Counted, FacetCounts, Filters, Found, FoundDocument, Rank, Search};
use tantivy::{DocAddress, TantivyDocument};

impl Embedded {
    /// Count, facets and months in one pass, the page in another.
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
        if search.words.is_empty() && *search.filters == Filters::default() {
            let overview = overview(&snapshot, &plan, deadline).map_err(stop)?;
            found.count = overview.documents;
            if search.months {
                found.months = overview.months.clone();
            }
            found.facets = search.facets.iter().map(|(facet, size)| overview.counts(*facet, *size)).collect();
        } else {
            count_found(&mut found, (&snapshot, &plan), asked.as_ref(), search, deadline).map_err(stop)?;
        }
        if let Some(wanted) = search.page.filter(|page| page.limit > 0 && found.count > 0) {
            let ranked = match &asked {
                None => page(&snapshot, &plan, search.sort, wanted, deadline),
                Some(asked) => answers(&snapshot, asked, (found.counted, search.sort), wanted, deadline),
            };
            let (ranked, more) = ranked.map_err(stop)?;
            found.more = more;
            for Ranked { rank, address, has } in ranked {
                let mut document = self.found(&snapshot, rank, address, search.content)?;
                if let Some(Asked { weighed, .. }) = &asked {
                    document.lacks = weighed.lacks(has);
                    document.counted = weighed.counts(has, found.counted);
                }
                found.documents.push(document);
            }
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
                found.text = Some(self.stored_text(&stored).to_owned());
            } else {
                found.whole = Some(Box::new(self.read_stored(&stored)?));
            }
        }
        Ok(found)
    }
}

/// What all documents are, counted once for a commit.
fn overview<'a>(snapshot: &'a Snapshot, plan: &Plan, deadline: Deadline) -> Result<&'a Overview, Stop> {
    if let Some(known) = snapshot.overview.get() {
        return Ok(known);
    }
    let counted = Overview::count(snapshot, plan, deadline)?;
    Ok(snapshot.overview.get_or_init(|| counted))
}

/// Counts what a search finds, its facets and months, in one pass.
fn count_found(
    found: &mut Found,
    (snapshot, plan): (&Snapshot, &Plan),
    asked: Option<&Asked>,
    search: &Search<'_>,
    deadline: Deadline,
) -> Result<(), Stop> {
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
    if asked.is_none_or(|asked| asked.all.is_some()) {
        found.count = count(snapshot, plan, &mut counters, deadline)?;
    }
    if let Some(asked) = asked.filter(|_| found.count == 0) {
        for counted in [Counted::MostWords, Counted::SomeWords] {
            found.counted = counted;
            found.count = asked.count(snapshot, counted, &mut counters, deadline)?;
            if found.count > 0 {
                break;
            }
        }
    }
    found.weights = asked.map(|asked| asked.weighed.weights()).unwrap_or_default();
    found.months = months.map(MonthCounter::months).unwrap_or_default();
    let facets = search.facets.iter().zip(texts);
    found.facets = facets
        .map(|((_, size), text)| {
            text.map_or_else(FacetCounts::default, |text| text.tally(*size).counts(*size))
        })
        .collect();
    Ok(())
}
