//! Officials across documents: who held which position when, as far as the mentions prove it.
//!
//! People of one name in one province count as one. A position is proved for the days on which documents that name its
//! holder were published, for the days between them, and from the day to the day that texts state. A former holder holds
//! it only between stated days, and nobody does once a later text says former.

use std::collections::{BTreeMap, HashSet};

use extract::official::POSITIONS;
use jiff::civil::Date;
use text::slug;

use crate::index::keys::position;
use crate::index::records::MAX_RECORDS;
use crate::index::{Index, Keyed, MentionKind, RecordFilter};
use crate::{Error, Evidence, Official, PartialDate};

/// What is known of an official from the mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialSummary {
    /// What the official is asked for by.
    pub key: String,
    /// Name, with accents if any mention has them.
    pub name: String,
    /// Province of the documents.
    pub province: Option<String>,
    /// How often the official is mentioned.
    pub mentions: u64,
    /// Documents that mention the official.
    pub documents: u64,
    /// Date of the first document.
    pub first: Option<Date>,
    /// Date of the last one.
    pub last: Option<Date>,
    /// The position in the last mention that does not call it a former one.
    pub latest_position: Option<String>,
}

/// The officials that a filter lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialList {
    /// The most often mentioned first.
    pub officials: Vec<OfficialSummary>,
    /// How many there are in all.
    pub total: usize,
}

/// The positions of one official over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct Career {
    /// What the mentions say together.
    pub summary: OfficialSummary,
    /// Positions in order of their first date.
    pub holdings: Vec<Holding>,
    /// The mentions, the earliest published first.
    pub mentions: Vec<Keyed<Official>>,
}

/// An official in a position, with the first and the last proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who.
    pub official: OfficialSummary,
    /// The position in the words of the first mention.
    pub position: String,
    /// Its key, alike in all wordings that are known.
    pub position_key: String,
    /// The first mention.
    pub first: Evidence,
    /// When its document was published.
    pub first_date: Option<Date>,
    /// The last mention.
    pub last: Evidence,
    /// When its document was published.
    pub last_date: Option<Date>,
    /// How often both are mentioned together.
    pub mentions: u64,
    /// Whether the mentions call it a former position or tell of its end.
    pub former: bool,
    /// When the office began, where texts say it: what most of them say, of all mentions of the office.
    pub since: Option<PartialDate>,
    /// When it ended, where texts say it.
    pub until: Option<PartialDate>,
    /// Day of the first document, later than all that call the holder one, that calls the holder a former one.
    pub over: Option<Date>,
}

/// Who held a position?
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PositionQuestion {
    /// On this day; without it, ever.
    pub at: Option<Date>,
    /// Words of the position: an office by any wording that is known, else all its words must be there.
    pub title: Option<String>,
    /// In documents of this province.
    pub province: Option<String>,
    /// How many answers at most; 0 for all.
    pub limit: usize,
}

/// Days for which one mention may speak where none is nearer.
const NEAR: i32 = 366;

impl Index {
    /// Officials by how often they are mentioned, at most `limit`.
    pub fn officials(&self, filter: &RecordFilter, limit: usize) -> Result<OfficialList, Error> {
        let limit = limit.min(MAX_RECORDS);
        let (counts, total) = self.mentioned(MentionKind::Official, filter, limit)?;
        let mut officials = Vec::with_capacity(counts.len());
        for count in counts {
            let one = RecordFilter { keys: vec![count.key], limit: 0, ..filter.clone() };
            officials.extend(summary(&self.official_records(&one)?.records));
        }
        Ok(OfficialList { officials, total })
    }

    /// The career of the official of a key.
    pub fn official(&self, key: &str) -> Result<Option<Career>, Error> {
        let filter = RecordFilter { keys: vec![key.to_owned()], ..RecordFilter::default() };
        let mentions = self.official_records(&filter)?.records;
        let Some(summary) = summary(&mentions) else { return Ok(None) };
        let holdings = holdings(&summary, &mentions);
        Ok(Some(Career { summary, holdings, mentions }))
    }

    /// Who held a position. On a day, those whose mentions enclose it come first, then those who are mentioned nearest to
    /// it within a year; how near tell the dates.
    pub fn positions(&self, question: &PositionQuestion) -> Result<Vec<Holding>, Error> {
        let title = question.title.as_deref().map(slug).filter(|title| !title.is_empty());
        let key = title.as_deref().map(|_| position(question.title.as_deref().unwrap_or_default()));
        let office = key.clone().filter(|key| POSITIONS.office.iter().any(|office| office.key == *key));
        let filter = RecordFilter {
            provinces: question.province.iter().cloned().collect(),
            positions: office.iter().cloned().collect(),
            words: title.as_ref().filter(|_| office.is_none()).map(|title| title.replace('-', " ")),
            ..RecordFilter::default()
        };
        let fits = |holding: &Holding| match (&office, &title) {
            (Some(office), _) => holding.position_key == *office,
            (None, Some(title)) => {
                let words = slug(&holding.position);
                title.split('-').all(|word| words.split('-').any(|other| other == word))
            }
            (None, None) => true,
        };
        let mut people: BTreeMap<String, Vec<Keyed<Official>>> = BTreeMap::new();
        for keyed in self.official_records(&filter)?.records {
            people.entry(keyed.key.clone().unwrap_or_default()).or_default().push(keyed);
        }
        let mut found = Vec::new();
        for mentions in people.values() {
            let Some(summary) = summary(mentions) else { continue };
            let mut theirs: Vec<(i32, Holding)> = Vec::new();
            for holding in holdings(&summary, mentions).into_iter().filter(fits) {
                match question.at.map(|at| holding.distance(at)) {
                    None => theirs.push((0, holding)),
                    Some(Some(days)) if days <= NEAR => theirs.push((days, holding)),
                    Some(_) => {}
                }
            }
            if question.at.is_some() {
                // One answer for each who held it then: what is told of it afterwards proves no second one.
                let held: HashSet<String> = theirs
                    .iter()
                    .filter(|(_, holding)| !holding.former)
                    .map(|(_, holding)| holding.position_key.clone())
                    .collect();
                theirs.retain(|(_, holding)| !holding.former || !held.contains(&holding.position_key));
            }
            found.extend(theirs);
        }
        let exact = |holding: &Holding| key.as_ref() != Some(&holding.position_key);
        found.sort_by(|(days, a), (other, b)| {
            (days, exact(a), a.first_date, &a.official.key).cmp(&(
                other,
                exact(b),
                b.first_date,
                &b.official.key,
            ))
        });
        let limit = if question.limit == 0 { MAX_RECORDS } else { question.limit };
        Ok(found.into_iter().take(limit).map(|(_, holding)| holding).collect())
    }
}

impl Holding {
    /// Days between a day and the nearest proof; 0 where proofs or the stated dates enclose it, none where the office
    /// had not begun or was over.
    fn distance(&self, at: Date) -> Option<i32> {
        let before = self.since.is_some_and(|since| at < since.first_day());
        let behind = self.until.is_some_and(|until| until.last_day() < at);
        if before || behind {
            return None;
        }
        if self.former {
            // A former holder held it then, where a text says from when to when.
            return self.since.and(self.until).map(|_| 0);
        }
        if self.over.is_some_and(|over| over <= at) {
            return None;
        }
        let (first, last) = (self.first_date?, self.last_date?);
        let first = self.since.map_or(first, |since| since.first_day().min(first));
        let last = self.until.map_or(last, |until| until.first_day().max(last));
        let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
        Some(if at < first {
            days(at, first)
        } else if last < at {
            days(last, at)
        } else {
            0
        })
    }
}

/// Whether a mention tells of a position as one that is no longer held.
fn is_former(keyed: &Keyed<Official>, position: usize) -> bool {
    let mention = &keyed.record.mention;
    mention.tenures.iter().any(|tenure| tenure.position == position && tenure.ended)
}

/// The date that most mentions state, of those the most exact.
fn stated(dates: &[PartialDate]) -> Option<PartialDate> {
    let agreed = |date: &PartialDate| dates.iter().filter(|other| other.agrees_with(*date)).count();
    dates.iter().copied().max_by_key(|date| (agreed(date), date.day().is_some(), date.month().is_some()))
}

/// What mentions of one official, the earliest first, say together.
fn summary(mentions: &[Keyed<Official>]) -> Option<OfficialSummary> {
    let first = mentions.first()?;
    let names = || mentions.iter().map(|keyed| keyed.record.evidence.quote.as_str());
    let name = names().find(|name| !name.is_ascii()).or_else(|| names().next())?;
    let documents: HashSet<_> = mentions.iter().map(|keyed| keyed.record.evidence.document.id).collect();
    let dated = || mentions.iter().filter(|keyed| keyed.published().is_some());
    let latest = dated()
        .next_back()
        .map_or_else(|| mentions.iter().rev().collect(), |_| dated().rev().collect::<Vec<_>>());
    // What a later mention calls a former position is none that is held.
    let mut over: HashSet<String> = HashSet::new();
    let mut latest_position = None;
    for keyed in latest {
        let positions = keyed.record.mention.positions.iter().enumerate();
        let (ended, held): (Vec<_>, Vec<_>) = positions.partition(|(at, _)| is_former(keyed, *at));
        let ended: HashSet<String> = ended.into_iter().map(|(_, words)| position(words)).collect();
        over.extend(ended);
        latest_position =
            held.into_iter().rev().map(|(_, words)| words).find(|words| !over.contains(&position(words)));
        if latest_position.is_some() {
            break;
        }
    }
    let latest_position = latest_position.cloned();
    Some(OfficialSummary {
        key: first.key.clone()?,
        name: name.to_owned(),
        province: first.record.evidence.document.province.clone(),
        mentions: mentions.len() as u64,
        documents: documents.len() as u64,
        first: mentions.iter().filter_map(Keyed::published).min(),
        last: mentions.iter().filter_map(Keyed::published).max(),
        latest_position,
    })
}

/// The positions of one official in order of their first date, undated ones last.
fn holdings(official: &OfficialSummary, mentions: &[Keyed<Official>]) -> Vec<Holding> {
    let mut found: Vec<Holding> = Vec::new();
    let mut since: BTreeMap<String, Vec<PartialDate>> = BTreeMap::new();
    let mut until: BTreeMap<String, Vec<PartialDate>> = BTreeMap::new();
    for keyed in mentions {
        let (evidence, date) = (&keyed.record.evidence, keyed.published());
        for (at, words) in keyed.record.mention.positions.iter().enumerate() {
            let (key, former) = (position(words), is_former(keyed, at));
            for tenure in keyed.record.mention.tenures.iter().filter(|tenure| tenure.position == at) {
                since.entry(key.clone()).or_default().extend(tenure.since);
                until.entry(key.clone()).or_default().extend(tenure.until);
            }
            let known =
                found.iter_mut().find(|holding| holding.position_key == key && holding.former == former);
            if let Some(holding) = known {
                holding.mentions += 1;
                if date.is_some() {
                    holding.last = evidence.clone();
                    holding.last_date = date;
                }
                continue;
            }
            found.push(Holding {
                official: official.clone(),
                position: words.clone(),
                position_key: key,
                first: evidence.clone(),
                first_date: date,
                last: evidence.clone(),
                last_date: date,
                mentions: 1,
                former,
                since: None,
                until: None,
                over: None,
            });
        }
    }
    let ends: Vec<(String, Option<Date>, Option<Date>)> = found
        .iter()
        .filter(|holding| holding.former)
        .map(|holding| (holding.position_key.clone(), holding.first_date, holding.last_date))
        .collect();
    for holding in &mut found {
        let dates = |of: &BTreeMap<String, Vec<PartialDate>>| stated(of.get(&holding.position_key)?);
        holding.since = dates(&since);
        holding.until = dates(&until);
        // An office that was taken again after it ended has no one span.
        if let (Some(from), Some(to)) = (holding.since, holding.until)
            && from.first_day() > to.last_day()
        {
            (holding.since, holding.until) =
                (Some(from).filter(|_| !holding.former), Some(to).filter(|_| holding.former));
        }
        let over = ends.iter().filter(|(key, ..)| *key == holding.position_key && !holding.former);
        holding.over = over
            .filter_map(|(_, first, last)| {
                let later = |date: &Date| holding.last_date.is_none_or(|held| held < *date);
                (*first).filter(later).or((*last).filter(later))
            })
            .min();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{Fixture, page};

    #[test]
    fn careers_are_put_together_from_both_languages() {
        let pages = [
            page("a", "Chủ tịch UBND tỉnh Trần Văn Suối thăm bản.").of("Báo", "Sơn Khê").on("2021-03-01"),
            page("b", "Comrade Tran Van Suoi - Chairman of the Provincial People's Committee spoke.")
                .of("Báo", "Sơn Khê")
                .on("2022-03-01"),
            page("c", "Comrade Tran Van Suoi - Secretary of the Provincial Party Committee spoke.")
                .of("Báo", "Sơn Khê")
                .on("2025-03-01"),
            page("d", "Comrade Le Van Nui - Chairman of the Provincial People's Committee spoke.")
                .of("Báo", "Sơn Khê")
                .on("2025-03-02"),
            page("e", "Former Chairman of the Provincial People's Committee Tran Van Suoi came.")
                .of("Báo", "Sơn Khê")
                .on("2025-03-03"),
        ];
        let (_fixture, index) = Fixture::extracted(&pages);
        let list = index.officials(&RecordFilter::default(), 10).unwrap();
        assert_eq!((list.total, list.officials[0].mentions, list.officials[0].documents), (2, 4, 4));
        let career = index.official("tran-van-suoi-son-khe").unwrap().unwrap();
        assert_eq!(career.summary.name, "Trần Văn Suối");
        assert_eq!(
            career.summary.latest_position.as_deref(),
            Some("Secretary of the Provincial Party Committee")
        );
        let steps: Vec<_> = career
            .holdings
            .iter()
            .map(|step| (step.position_key.as_str(), step.mentions, step.former))
            .collect();
        assert_eq!(
            steps,
            [
                ("chairman-provincial-peoples-committee", 2, false),
                ("secretary-provincial-party-committee", 1, false),
                ("chairman-provincial-peoples-committee", 1, true),
            ]
        );
        assert!(index.official("nobody").unwrap().is_none());
        let check = |title: &str, at: Option<&str>, expected: &[&str]| {
            let question = PositionQuestion {
                at: at.map(|day| day.parse().unwrap()),
                title: Some(title.to_owned()),
                ..PositionQuestion::default()
            };
            let found = index.positions(&question).unwrap();
            let found: Vec<&str> = found.iter().map(|holding| holding.official.key.as_str()).collect();
            assert_eq!(found, expected, "{title} {at:?}");
        };
        check("Chủ tịch UBND tỉnh", Some("2021-06-01"), &["tran-van-suoi-son-khe"]);
        check("Provincial People's Committee Chairman", Some("2022-12-01"), &["tran-van-suoi-son-khe"]);
        check("Chủ tịch Ủy ban nhân dân tỉnh", Some("2025-04-01"), &["le-van-nui-son-khe"]);
        check("Secretary", Some("2025-01-01"), &["tran-van-suoi-son-khe"]);
        check("Secretary", Some("2021-06-01"), &[]);
        // Called a former one in March 2025.
        check("Chủ tịch UBND tỉnh", Some("2025-03-04"), &["le-van-nui-son-khe"]);
        check("Head of Block", None, &[]);
    }

    #[test]
    fn stated_dates_bound_an_office() {
        let pages = [
            page("a", "Ngày 3/2/2020, HĐND tỉnh bầu ông Trần Văn Suối giữ chức Chủ tịch UBND tỉnh.")
                .of("Báo", "Sơn Khê")
                .on("2020-02-03"),
            page(
                "b",
                "Ngày 9/3/2022, HĐND tỉnh miễn nhiệm chức vụ Chủ tịch UBND tỉnh đối với ông Trần Văn Suối.",
            )
            .of("Báo", "Sơn Khê")
            .on("2022-03-09"),
            page("c", "Ông Hồ Văn Bản, nguyên Chủ tịch UBND tỉnh giai đoạn 2004-2010, kể lại.")
                .of("Báo", "Sơn Khê")
                .on("2021-05-01"),
            page("d", "Bà Đỗ Thị Mây, Giám đốc Sở Y tế, họp.").of("Báo", "Sơn Khê").on("2021-01-10"),
            page("e", "Bà Đỗ Thị Mây, nguyên Giám đốc Sở Y tế, dự.").of("Báo", "Sơn Khê").on("2021-03-10"),
        ];
        let (_fixture, index) = Fixture::extracted(&pages);
        let career = index.official("tran-van-suoi-son-khe").unwrap().unwrap();
        let shown = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let spans: Vec<_> =
            career.holdings.iter().map(|step| (shown(step.since), shown(step.until), step.former)).collect();
        let stated = |former| ("2020-02-03".to_owned(), "2022-03-09".to_owned(), former);
        assert_eq!(spans, [stated(false), stated(true)]);
        assert_eq!(career.summary.latest_position, None);
        let check = |title: &str, at: &str, expected: &[&str]| {
            let question = PositionQuestion {
                at: Some(at.parse().unwrap()),
                title: Some(title.to_owned()),
                ..PositionQuestion::default()
            };
            let found = index.positions(&question).unwrap();
            let found: Vec<&str> = found.iter().map(|holding| holding.official.key.as_str()).collect();
            assert_eq!(found, expected, "{title} {at}");
        };
        check("Chủ tịch UBND tỉnh", "2007-01-01", &["ho-van-ban-son-khe"]);
        check("Chủ tịch UBND tỉnh", "2020-01-31", &[]);
        check("Chủ tịch UBND tỉnh", "2021-12-01", &["tran-van-suoi-son-khe"]);
        check("Chủ tịch UBND tỉnh", "2022-04-01", &[]);
        check("Giám đốc Sở Y tế", "2021-02-01", &["do-thi-may-son-khe"]);
        check("Giám đốc Sở Y tế", "2021-03-11", &[]);
    }
}
