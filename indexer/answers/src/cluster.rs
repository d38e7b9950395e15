//! The same text in several places: who published it first, and who carried it.
//!
//! Carriers are found by the signatures of their texts ([`Signature`]). What is the same text as one member belongs to
//! the cluster: a paper that cut what another one had cut already is still found with the first.
//!
//! What one source publishes on several days is a series (a price list, a daily bulletin) and not carried, however alike
//! the days are: they differ in their numbers alone. Two days of a series never stand in one cluster, also not by way of
//! another paper that carries the series: the most alike are joined first, and a join that would bring two days together
//! is left out.
//!
//! So the answer is the same from each member. The bounds below are far above what is carried in earnest; where one is
//! reached, the answer says so, and may differ from one member to the other.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use corpus::{DocumentId, date};
use jiff::civil::{DateTime, time};
use store::{DocumentSummary, Error, Signed};
use text::ALIKE;

use crate::Index;

/// Documents of a cluster, at most.
pub const MAX_MEMBERS: usize = 100;

/// Documents that are looked at for one cluster, at most.
const CANDIDATES: usize = 1_000;

/// What one source publishes on one day is the same text again from this resemblance on. Below are articles that share
/// their second half: of two who were appointed in one session, of a fire and of its victims.
const AGAIN: f64 = 0.7;

/// Documents that carry the same text.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// The one that was published first; where `complete` is false, the first of these.
    pub origin: DocumentSummary,
    /// The others, in the order of publication; at least one.
    pub carriers: Vec<Carrier>,
    /// Whether these are all: a text may stand in more than [`MAX_MEMBERS`] places.
    pub complete: bool,
}

/// A document that carries the text of another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Carrier {
    /// The document.
    pub document: DocumentSummary,
    /// How much of its text and the origin's is in both, estimated: 0 to 1; 1 where they are the same word for word.
    pub resemblance: f64,
}

impl Index {
    /// The documents that carry the text of a document, itself among them; `None` where it stands alone.
    ///
    /// The first is the one with the earliest date and time of publication. A date without a time counts as the time of
    /// capture on that day, else as the end of the day; a document without a date as published when it was captured.
    /// Of two at one moment, the one that was captured first.
    pub fn cluster(&self, id: DocumentId) -> Result<Option<Cluster>, Error> {
        let mut gathering = Gathering { index: self, read: HashMap::new(), complete: true };
        let mut members = joined(gathering.all(id)?);
        if members.len() < 2 {
            return Ok(None);
        }
        let complete = gathering.complete;
        members.sort_by_key(|member| (member.moment(), member.0.captured, member.0.summary.id));
        let mut members = members.into_iter();
        let Some(origin) = members.next() else { return Ok(None) };
        let carriers = members.map(|member| Carrier {
            resemblance: member.0.signature.resemblance(&origin.0.signature),
            document: member.0.summary,
        });
        Ok(Some(Cluster { carriers: carriers.collect(), origin: origin.0.summary, complete }))
    }
}

/// A text of a cluster.
struct Member(Signed);

impl Member {
    /// When it was published, as far as is known.
    fn moment(&self) -> DateTime {
        let (day, hour) = date::of_home(self.0.captured);
        let captured = day.to_datetime(hour);
        match self.0.summary.published {
            None => captured,
            Some(published) => match published.time {
                Some(time) => published.date.to_datetime(time),
                None if published.date == day => captured,
                None => published.date.to_datetime(time(23, 59, 59, 999_999_999)),
            },
        }
    }

    /// Whether both are days of a series.
    fn is_another_day_of(&self, other: &Self) -> bool {
        let day = |member: &Self| member.0.summary.published.map(|published| published.date);
        self.0.summary.source == other.0.summary.source
            && (day(self).is_none() || day(self) != day(other))
            && !self.0.signature.is_same(&other.0.signature)
    }

    /// How unlike the texts are, to sort by.
    fn distance(&self, other: &Self) -> Reverse<u32> {
        Reverse((self.0.signature.resemblance(&other.0.signature) * 1e6) as u32)
    }

    /// Whether one carries the text of the other.
    fn is_carried_by(&self, other: &Self) -> bool {
        let least = if self.0.summary.source == other.0.summary.source { AGAIN } else { ALIKE };
        self.0.signature.resemblance(&other.0.signature) >= least && !self.is_another_day_of(other)
    }
}

/// The cluster of the first of `members`: those that are joined with it when all are joined, the most alike first, and
/// no two days of a series come together.
fn joined(members: Vec<Member>) -> Vec<Member> {
    let pairs = |wanted: &dyn Fn(&Member, &Member) -> bool| -> Vec<(usize, usize)> {
        let all = (0..members.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        all.filter(|(a, b)| wanted(&members[*a], &members[*b])).collect()
    };
    let mut apart = vec![vec![false; members.len()]; members.len()];
    for (a, b) in pairs(&|a, b| a.is_another_day_of(b)) {
        apart[a][b] = true;
        apart[b][a] = true;
    }
    let mut alike = pairs(&|a, b| a.is_carried_by(b));
    // Each pair in one order, from whichever member the cluster was asked for.
    alike.sort_by_cached_key(|(a, b)| {
        let (a, b) = (&members[*a], &members[*b]);
        (a.distance(b), a.0.summary.id.min(b.0.summary.id), a.0.summary.id.max(b.0.summary.id))
    });
    let mut groups: Vec<usize> = (0..members.len()).collect();
    for (a, b) in alike {
        let (kept, given_up) = (groups[a], groups[b]);
        if kept == given_up || apart[kept][given_up] {
            continue;
        }
        for group in &mut groups {
            if *group == given_up {
                *group = kept;
            }
        }
        let others = apart[given_up].clone();
        for (other, _) in others.iter().enumerate().filter(|(_, is_apart)| **is_apart) {
            apart[kept][other] = true;
            apart[other][kept] = true;
        }
    }
    let wanted = groups.first().copied();
    members
        .into_iter()
        .zip(groups)
        .filter(|(_, group)| Some(*group) == wanted)
        .map(|(member, _)| member)
        .collect()
}

/// The gathering of a cluster, within its bounds.
struct Gathering<'a> {
    index: &'a Index,
    /// What was looked at; `None` once it belongs to the cluster.
    read: HashMap<DocumentId, Option<Member>>,
    /// No bound was reached.
    complete: bool,
}

impl Gathering<'_> {
    /// A document and all that are the same text as one of these; empty where it has no signature.
    fn all(&mut self, id: DocumentId) -> Result<Vec<Member>, Error> {
        let mut members: Vec<Member> = self.index.store().signed(id)?.map(Member).into_iter().collect();
        self.read.insert(id, None);
        let mut asked: BTreeSet<u64> = BTreeSet::new();
        let mut next = 0;
        while next < members.len() {
            // Those of all members that are known by now: one question for many.
            let of_members = || members[next..].iter().flat_map(|member| member.0.signature.bands());
            if members[next].0.signature.bands().any(|band| !asked.contains(&band)) {
                let bands: BTreeSet<u64> = of_members().filter(|band| !asked.contains(band)).collect();
                let bands: Vec<u64> = bands.into_iter().collect();
                let found = self.index.store().alike(&bands, CANDIDATES)?;
                self.look_at(found);
                asked.extend(bands);
            }
            let of_this: BTreeSet<u64> = members[next].0.signature.bands().collect();
            let alike = self.read.iter().filter_map(|(id, candidate)| {
                let candidate = candidate.as_ref()?;
                let has_a_band = candidate.0.signature.bands().any(|band| of_this.contains(&band));
                let is_carried = has_a_band && candidate.is_carried_by(&members[next]);
                is_carried.then(|| (candidate.distance(&members[next]), *id))
            });
            // Where there are too many, these are the nearest.
            let mut alike: Vec<_> = alike.collect();
            alike.sort_unstable();
            for (_, id) in alike {
                if members.len() == MAX_MEMBERS {
                    self.complete = false;
                    return Ok(members);
                }
                members.extend(self.read.insert(id, None).flatten());
            }
            next += 1;
        }
        Ok(members)
    }

    /// Notes candidates, unless so many were noted before.
    fn look_at(&mut self, found: Vec<Signed>) {
        for signed in found {
            let id = signed.summary.id;
            if !self.read.contains_key(&id) {
                if self.read.len() > CANDIDATES {
                    self.complete = false;
                    continue;
                }
                self.read.insert(id, Some(Member(signed)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, PARAGRAPHS, Page, address, indexed, page};

    fn id(name: &str) -> DocumentId {
        DocumentId::of(&address(name))
    }

    /// The short names of a cluster's documents, the origin first.
    fn names(cluster: &Cluster) -> Vec<&str> {
        let carriers = cluster.carriers.iter().map(|carrier| &carrier.document);
        let all = std::iter::once(&cluster.origin).chain(carriers);
        all.map(|document| document.address.rsplit('/').next().unwrap()).collect()
    }

    /// Checks the cluster of each of its documents, and that it is the same.
    fn check(index: &Index, expected: &[&str]) -> Cluster {
        let found: Vec<Cluster> = expected
            .iter()
            .map(|name| index.cluster(id(name)).unwrap().unwrap_or_else(|| panic!("{name} stands alone")))
            .collect();
        for cluster in &found {
            assert_eq!(names(cluster), expected);
            assert_eq!(cluster, &found[0]);
        }
        found[0].clone()
    }

    fn check_alone(index: &Index, name: &str) {
        let found = index.cluster(id(name)).unwrap();
        assert_eq!(found.as_ref().map(names), None, "{name}");
    }

    /// The first paragraphs of a text.
    fn text(paragraphs: usize) -> String {
        PARAGRAPHS[..paragraphs].join("\n")
    }

    fn published(name: &str, source: &str, moment: &str, text: &str) -> Page {
        page(name, text).of(source, "Sơn Khê").on(moment)
    }

    #[test]
    fn the_first_publisher_is_named_and_then_who_carried_it() {
        let headed = published("portal", "Cổng", "2021-06-15 07:00", &text(4)).titled("Một tít khác");
        let (_fixture, index) = indexed(&[
            headed,
            published("other", "Lục Hà", "2021-06-14 09:30", &format!("Tin từ Sơn Khê.\n{}", text(5))),
            published("first", "Sơn Khê", "2021-06-14 08:00", &text(5)).titled("Giữ rừng"),
            published("unlike", "Lục Hà", "2021-06-14 08:00", &PARAGRAPHS[5..].join("\n")),
            page("short", "Đang cập nhật nội dung."),
            page("short-too", "Đang cập nhật nội dung."),
        ]);
        let cluster = check(&index, &["first", "other", "portal"]);
        assert_eq!(cluster.origin.source.as_deref(), Some("Sơn Khê"));
        assert!(cluster.complete);
        let carrier = &cluster.carriers[1];
        assert_eq!(carrier.document.title, "Một tít khác");
        assert!(carrier.resemblance > ALIKE && carrier.resemblance < 0.95, "{}", carrier.resemblance);
        for name in ["unlike", "short", "nowhere"] {
            check_alone(&index, name);
        }
    }

    #[test]
    fn who_cut_what_was_cut_already_is_found_with_the_first() {
        let all: Vec<Page> = (3..=6)
            .map(|kept| {
                published(
                    &format!("p{kept}"),
                    &format!("Báo {kept}"),
                    &format!("2021-06-{}", 20 - kept),
                    &text(kept),
                )
            })
            .collect();
        let (_fixture, index) = indexed(&all);
        let cluster = check(&index, &["p6", "p5", "p4", "p3"]);
        assert!(cluster.carriers[2].resemblance < ALIKE, "found by what stands between");
    }

    #[test]
    fn unknown_times_are_those_of_capture() {
        // Captured in November 2023, in this order.
        let by = |name: &str| page(name, &text(2)).of(name, "Sơn Khê");
        let (_fixture, index) = indexed(&[
            by("undated"),
            by("undated-too"),
            by("day").on("2021-06-14"),
            by("evening").on("2021-06-14 23:00"),
            by("on-the-day").on("2023-11-15"),
            by("before").on("2023-11-15 05:00"),
        ]);
        check(&index, &["evening", "day", "before", "undated", "undated-too", "on-the-day"]);
    }

    #[test]
    fn a_series_of_one_source_is_none_of_carriers() {
        let prices = |day: u32| format!("Giá chè ngày {day}/6 là {day}.500 đồng.\n{}", text(3));
        let series =
            |name: &str, day: u32| published(name, "Sơn Khê", &format!("2021-06-{day}"), &prices(day));
        let (_fixture, index) = indexed(&[
            series("monday", 14),
            series("tuesday", 15),
            series("monday-print", 14),
            published("wednesday", "Sơn Khê", "2021-06-16", &text(2)),
            published("wednesday-again", "Sơn Khê", "2021-07-16", &text(2).to_uppercase()),
            page("undated", &PARAGRAPHS[4..].join("\n")),
            page("undated-too", &format!("Tin thêm.\n{}", PARAGRAPHS[4..].join("\n"))),
        ]);
        check(&index, &["monday", "monday-print"]);
        for name in ["tuesday", "undated", "undated-too"] {
            check_alone(&index, name);
        }
        check(&index, &["wednesday", "wednesday-again"]);
    }

    #[test]
    fn a_source_must_say_more_twice_than_two_sources() {
        // A third of the one is not in the other.
        let both = |source: &str| {
            let other = format!("{} {}", text(3), PARAGRAPHS[5].split(". ").next().unwrap());
            let all = [
                published("one", "Sơn Khê", "2021-06-14 08:00", &text(4)),
                published("other", source, "2021-06-14 09:00", &other),
            ];
            indexed(&all)
        };
        let (_fixture, index) = both("Lục Hà");
        let resemblance = check(&index, &["one", "other"]).carriers[0].resemblance;
        assert!((ALIKE..AGAIN).contains(&resemblance), "{resemblance}");
        let (_fixture, index) = both("Sơn Khê");
        check_alone(&index, "one");
        check_alone(&index, "other");
    }

    #[test]
    fn a_series_that_is_carried_is_one_cluster_a_day() {
        let bulletin = |name: &str, source: &str, day: u32, lede: &str| {
            let text = format!("{lede} {day} ca khỏi bệnh, {} ca đang điều trị.\n{}", day * 3, text(3));
            published(name, source, &format!("2021-06-{day}"), &text)
        };
        let (_fixture, index) = indexed(&[
            bulletin("a14", "Sở Y tế", 14, "Bản tin sáng:"),
            bulletin("a15", "Sở Y tế", 15, "Bản tin sáng:"),
            bulletin("a16", "Sở Y tế", 16, "Bản tin sáng:"),
            bulletin("b14", "Báo", 14, "Theo Sở Y tế, có"),
            bulletin("b15", "Báo", 15, "Theo Sở Y tế, có"),
            bulletin("c15", "Cổng", 15, "Bản tin sáng:").on("2021-06-16"),
        ]);
        check(&index, &["a14", "b14"]);
        check(&index, &["a15", "b15", "c15"]);
        check_alone(&index, "a16");
    }

    #[test]
    fn only_the_newest_version_counts_and_no_document_carries_itself() {
        let mut fixture = Fixture::new(&[
            published("a", "Sơn Khê", "2021-06-14", &text(3)),
            published("b", "Lục Hà", "2021-06-15", &text(3)),
        ]);
        fixture.index().unwrap();
        let index = Index::new(fixture.store());
        check(&index, &["a", "b"]);
        fixture.keep(&[published("b", "Lục Hà", "2021-06-15", &PARAGRAPHS[4..].join("\n"))]);
        fixture.keep(&[published("a", "Sơn Khê", "2021-06-14", &format!("{} Sửa.", text(3)))]);
        fixture.index().unwrap();
        index.reload().unwrap();
        check_alone(&index, "a");
        check_alone(&index, "b");
    }

    #[test]
    fn a_text_that_is_everywhere_is_told_within_bounds() {
        let all: Vec<Page> = (0..MAX_MEMBERS + 20)
            .map(|number| published(&format!("n{number}"), &format!("Báo {number}"), "2021-06-14", &text(2)))
            .collect();
        let (_fixture, index) = indexed(&all);
        let cluster = index.cluster(id("n7")).unwrap().unwrap();
        assert_eq!((cluster.carriers.len() + 1, cluster.complete), (MAX_MEMBERS, false));
        assert!(names(&cluster).contains(&"n7"));
    }
}
