//! Directives across documents: which mentions mean the same one, and what they say about it together.
//!
//! A mention's key holds what it tells of the directive's identity: kind, number, whose it is, year. Short forms ("Directive
//! 15") are counted with the one fuller form that they fit; where several fit they stay apart and name those.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use corpus::DocumentId;
use jiff::civil::Date;

use crate::index::keys::{DirectiveIdentity, Jurisdiction};
use crate::index::records::MAX_RECORDS;
use crate::index::{Index, Keyed, MentionKind, RecordFilter};
use crate::{Directive, DirectiveKind, Error, PartialDate};

/// What is known of a directive from its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveSummary {
    /// What it is asked for by.
    pub key: String,
    /// Type of document.
    pub kind: DirectiveKind,
    /// Number and symbol, in the fullest form that is mentioned.
    pub number: Option<String>,
    /// Its name, where it is cited by name.
    pub name: Option<String>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// The province whose body issued it.
    pub province: Option<String>,
    /// Whether it is one of the central Party or State.
    pub central: bool,
    /// When it was issued.
    pub issued: Option<PartialDate>,
    /// What it is about.
    pub subject: Option<String>,
    /// How often it is mentioned.
    pub mentions: u64,
    /// Documents that mention it.
    pub documents: u64,
    /// Date of the first document that mentions it.
    pub first: Option<Date>,
    /// Date of the last one.
    pub last: Option<Date>,
}

/// The directives that a filter lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveList {
    /// The most often mentioned first.
    pub directives: Vec<DirectiveSummary>,
    /// How many there are in all.
    pub total: usize,
}

/// Everything about one directive.
#[derive(Clone, Debug, PartialEq)]
pub struct DirectiveDossier {
    /// What its mentions say together.
    pub summary: DirectiveSummary,
    /// Its mentions, the earliest published first.
    pub citations: Vec<Keyed<Directive>>,
    /// Mentions by year of publication, the earliest first.
    pub by_year: Vec<(i16, u64)>,
    /// Mentions by province of the document, the most first.
    pub by_province: Vec<(String, u64)>,
    /// Mentions by source, the most first.
    pub by_source: Vec<(String, u64)>,
    /// Where this is a short form that fits several directives: those.
    pub candidates: Vec<DirectiveSummary>,
}

impl Index {
    /// Directives by how often they are mentioned, at most `limit`. Where there are more mentions than one question
    /// returns, only those mentioned the most are read, and `total` counts short forms too.
    pub fn directives(&self, filter: &RecordFilter, limit: usize) -> Result<DirectiveList, Error> {
        let filter = RecordFilter { limit: 0, ..filter.clone() };
        let found = self.directive_records(&filter)?;
        let (records, distinct) = if found.total > found.records.len() as u64 {
            let wanted = limit.clamp(10, 200) * 2;
            let (keys, distinct) = self.mentioned(MentionKind::Directive, &filter, wanted)?;
            (self.of_keys(&filter, keys.into_iter().map(|count| count.key))?, Some(distinct))
        } else {
            (found.records, None)
        };
        let groups = groups(records);
        let total = distinct.unwrap_or(groups.len());
        let mut directives: Vec<DirectiveSummary> = groups.iter().map(Group::summary).collect();
        directives.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.key.cmp(&b.key)));
        directives.truncate(limit);
        Ok(DirectiveList { directives, total })
    }

    /// The directive of a key. The key of a short form that fits one directive alone leads to that one.
    pub fn directive(&self, key: &str) -> Result<Option<DirectiveDossier>, Error> {
        let exact = RecordFilter { keys: vec![key.to_owned()], ..RecordFilter::default() };
        let own = self.directive_records(&RecordFilter { limit: 1, ..exact })?.records;
        let Some(first) = own.first() else { return Ok(None) };
        let identity = identity(first);
        let keys = self.keys_alike(&first.record.mention, &identity)?.into_iter();
        let mut records = self.of_keys(&RecordFilter::default(), keys)?;
        records.retain(|keyed| self::identity(keyed).is_like(&identity));
        let groups = groups(records);
        let Some(group) = groups.iter().find(|group| group.keys.contains(key)) else { return Ok(None) };
        let candidates = group.candidates.iter().map(|at| groups[*at].summary()).collect();
        Ok(Some(group.dossier(candidates)))
    }

    /// Keys of mentions that have type and number or name in common with one.
    pub(super) fn keys_alike(
        &self,
        mention: &Directive,
        identity: &DirectiveIdentity,
    ) -> Result<Vec<String>, Error> {
        // Words by which all mentions alike are found: a law's subject is part of its name.
        let words = match mention.kind {
            _ if !mention.named => Some(identity.number.clone()),
            DirectiveKind::Law | DirectiveKind::Ordinance => mention.subject.clone(),
            _ => None,
        };
        let year = identity.year.map(|year| year.to_string()).filter(|_| mention.named).unwrap_or_default();
        let words = words.map(|words| words.replace(&format!("năm {year}"), " ").replace(&year, ""));
        let words = words.filter(|words| !words.trim().is_empty());
        let alike = RecordFilter { words, ..RecordFilter::default() };
        let (keys, _) = self.mentioned(MentionKind::Directive, &alike, MAX_RECORDS)?;
        let start = format!("{}-{}", identity.kind, identity.number);
        Ok(keys.into_iter().map(|count| count.key).filter(|key| key.starts_with(&start)).collect())
    }

    /// All mentions of some keys.
    fn of_keys(
        &self,
        filter: &RecordFilter,
        keys: impl Iterator<Item = String>,
    ) -> Result<Vec<Keyed<Directive>>, Error> {
        let mut records = Vec::new();
        for key in keys {
            let one = RecordFilter { keys: vec![key], limit: 0, ..filter.clone() };
            records.append(&mut self.directive_records(&one)?.records);
        }
        Ok(records)
    }
}

/// Keys of the directives among some mentions that an identity means: the one that is all it says, else those that it fits.
pub(super) fn meant(records: Vec<Keyed<Directive>>, identity: &DirectiveIdentity) -> Vec<String> {
    let groups = groups(records);
    let key = identity.key();
    let mut meant: Vec<String> = match groups.iter().find(|group| group.keys.contains(&key)) {
        Some(group) if group.candidates.is_empty() => vec![group.key.clone()],
        Some(group) => group.candidates.iter().map(|at| groups[*at].key.clone()).collect(),
        None => {
            let fit = |group: &&Group| group.candidates.is_empty() && identity.fits(&group.identity);
            groups.iter().filter(fit).map(|group| group.key.clone()).collect()
        }
    };
    meant.sort();
    meant
}

fn identity(keyed: &Keyed<Directive>) -> DirectiveIdentity {
    let evidence = &keyed.record.evidence;
    DirectiveIdentity::of(&keyed.record.mention, &evidence.quote, evidence.document.province.as_deref())
}

impl DirectiveIdentity {
    /// Whether both have the same type and number, whatever else is known.
    fn is_like(&self, other: &Self) -> bool {
        self.kind == other.kind && self.number == other.number
    }

    /// How much is known.
    fn fullness(&self) -> u8 {
        let place = matches!(self.place, Jurisdiction::Central | Jurisdiction::Province(_));
        2 * u8::from(self.symbol.is_some()) + u8::from(self.year.is_some()) + u8::from(place)
    }

    /// Whether `full` says more than this, and nothing else.
    fn fits(&self, full: &Self) -> bool {
        fn same<T: PartialEq>(known: Option<&T>, full: Option<&T>) -> bool {
            known.is_none_or(|known| full.is_none_or(|full| full == known))
        }
        let place = match (&self.place, &full.place) {
            (Jurisdiction::Near(here) | Jurisdiction::Province(here), Jurisdiction::Province(there)) => {
                here == there
            }
            (Jurisdiction::Near(here), Jurisdiction::Near(there)) => here == there,
            (Jurisdiction::Near(_), Jurisdiction::Central) | (Jurisdiction::Unknown, _) => true,
            (here, there) => here == there,
        };
        self.is_like(full)
            && self.fullness() < full.fullness()
            && (self.symbol.is_none() || full.symbol.is_some())
            && place
            && same(self.symbol.as_ref(), full.symbol.as_ref())
            && same(self.year.as_ref(), full.year.as_ref())
    }
}

/// Mentions that mean the same directive.
struct Group {
    identity: DirectiveIdentity,
    key: String,
    /// Its own key and those of its short forms.
    keys: HashSet<String>,
    citations: Vec<Keyed<Directive>>,
    /// Places of the groups that this short form fits, where there are several.
    candidates: Vec<usize>,
}

fn groups(records: Vec<Keyed<Directive>>) -> Vec<Group> {
    let mut by_key: BTreeMap<String, Group> = BTreeMap::new();
    for keyed in records {
        let identity = identity(&keyed);
        let key = keyed.key.clone().unwrap_or_else(|| identity.key());
        let group = by_key.entry(key.clone()).or_insert_with(|| Group {
            identity: identity.clone(),
            keys: HashSet::from([key.clone()]),
            key,
            citations: Vec::new(),
            candidates: Vec::new(),
        });
        if identity.fullness() > group.identity.fullness() {
            group.identity = identity;
        }
        group.citations.push(keyed);
    }
    let mut all: Vec<Group> = by_key.into_values().collect();
    all.sort_by_key(|group| std::cmp::Reverse(group.identity.fullness()));
    let mut groups: Vec<Group> = Vec::with_capacity(all.len());
    let mut alike: HashMap<(DirectiveKind, String), Vec<usize>> = HashMap::new();
    for mut group in all {
        let name = (group.identity.kind, group.identity.number.clone());
        let known = alike.entry(name).or_default();
        let fitting: Vec<usize> =
            known.iter().copied().filter(|at| group.identity.fits(&groups[*at].identity)).collect();
        if let [only] = *fitting {
            groups[only].keys.extend(group.keys);
            groups[only].citations.append(&mut group.citations);
        } else {
            group.candidates = fitting;
            known.push(groups.len());
            groups.push(group);
        }
    }
    groups
}

impl Group {
    fn summary(&self) -> DirectiveSummary {
        let mentions = || self.citations.iter().map(|keyed| &keyed.record.mention);
        let named = mentions().next().is_some_and(|mention| mention.named);
        let quotes = || self.citations.iter().map(|keyed| keyed.record.evidence.quote.as_str());
        let issued: Vec<PartialDate> = mentions().filter_map(|mention| mention.issued).collect();
        let numbers: Vec<&str> = mentions().filter_map(|mention| mention.number.as_deref()).collect();
        let fullest = numbers.iter().map(|number| words(number)).max().unwrap_or_default();
        let documents: HashSet<DocumentId> =
            self.citations.iter().map(|keyed| keyed.record.evidence.document.id).collect();
        let days: BTreeSet<Date> = self.citations.iter().filter_map(Keyed::published).collect();
        DirectiveSummary {
            key: self.key.clone(),
            kind: self.identity.kind,
            number: most_frequent(numbers.into_iter().filter(|number| words(number) == fullest)),
            name: if named { most_frequent(quotes()) } else { None },
            issuer: most_frequent(mentions().filter_map(|mention| mention.issuer.as_deref())),
            province: match &self.identity.place {
                Jurisdiction::Province(province) => Some(province.clone()),
                _ => None,
            },
            central: self.identity.place == Jurisdiction::Central,
            issued: most_exact(&issued),
            subject: most_frequent(mentions().filter_map(|mention| mention.subject.as_deref())),
            mentions: self.citations.len() as u64,
            documents: documents.len() as u64,
            first: days.first().copied(),
            last: days.last().copied(),
        }
    }

    fn dossier(&self, candidates: Vec<DirectiveSummary>) -> DirectiveDossier {
        let mut citations = self.citations.clone();
        // Undated ones last.
        citations.sort_by_key(|keyed| {
            let evidence = &keyed.record.evidence;
            (keyed.published().unwrap_or(Date::MAX), evidence.document.id.to_string(), evidence.start)
        });
        let mut by_year: BTreeMap<i16, u64> = BTreeMap::new();
        for date in citations.iter().filter_map(Keyed::published) {
            *by_year.entry(date.year()).or_default() += 1;
        }
        let documents = || citations.iter().map(|keyed| &keyed.record.evidence.document);
        DirectiveDossier {
            summary: self.summary(),
            by_year: by_year.into_iter().collect(),
            by_province: counts(documents().filter_map(|document| document.province.as_deref())),
            by_source: counts(documents().filter_map(|document| document.source.as_deref())),
            candidates,
            citations,
        }
    }
}

/// Parts of a number and symbol.
fn words(number: &str) -> usize {
    number.split(|c: char| !c.is_alphanumeric()).count()
}

/// How often each value is there, the most frequent first, the longer of two alike.
fn counts<'a>(values: impl Iterator<Item = &'a str>) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<(String, u64)> =
        counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    counts.sort_by_key(|(value, count)| std::cmp::Reverse((*count, value.len())));
    counts
}

fn most_frequent<'a>(values: impl Iterator<Item = &'a str>) -> Option<String> {
    counts(values).into_iter().next().map(|(value, _)| value)
}

/// The most exact date that agrees with the one given most often.
fn most_exact(dates: &[PartialDate]) -> Option<PartialDate> {
    let support = |date: &PartialDate| dates.iter().filter(|other| other.agrees_with(*date)).count();
    let exactness = |date: &PartialDate| (date.month().is_some(), date.day().is_some());
    let times = |date: &PartialDate| dates.iter().filter(|other| *other == date).count();
    dates.iter().copied().max_by_key(|date| (support(date), exactness(date), times(date)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{Fixture, page};

    #[test]
    fn mentions_of_one_directive_come_together() {
        let long = "Ngày 05/9/2016, Ban Thường vụ Tỉnh ủy ban hành Chỉ thị số 15-CT/TU về công tác dân vận.";
        let pages = [
            page("a", long).on("2016-09-06").of("Báo", "Sơn Khê"),
            page("b", "Sau ba năm thực hiện Chỉ thị 15, xã đã đổi khác.")
                .on("2019-09-06")
                .of("Đài", "Sơn Khê"),
            page("c", "Directive No. 15-CT/TU was carried out.").on("2019-10-06").of("Báo", "Sơn Khê"),
            page("d", "Theo Chỉ thị số 15-CT/TU, tỉnh họp.").on("2020-01-06").of("Báo", "Lục Hà"),
            page("e", "Directive No. 16/CT-TTg dated May 16, 2016 of the Prime Minister")
                .of("Báo", "Sơn Khê"),
            page("f", "Chỉ thị 16/CT-TTg ngày 16/5/2016 và Chỉ thị số 17-CT/TU").of("Báo", "Lục Hà"),
            page("g", "Nghị quyết 39 của Bộ Chính trị và Nghị quyết số 39-NQ/TU.").of("Báo", "Sơn Khê"),
            page("h", "Luật Đất đai, Luật Đất đai 2013, Luật Đất đai năm 2013").of("Báo", "Sơn Khê"),
            page("j", "Nghị định 8/2019/NĐ-CP").of("Báo", "Sơn Khê"),
            page("k", "Nghị định 8 có hiệu lực, Nghị định số 8").of("Báo", "Lục Hà"),
            page("i", "Quyết định số 221-QĐ/TƯ và Quyết định số 221-QĐ/TW").of("Báo", "Sơn Khê"),
        ];
        let (_fixture, index) = Fixture::extracted(&pages);
        let list = index.directives(&RecordFilter::default(), 100).unwrap();
        let check = |key: &str, number: &str, issued: Option<&str>, province: Option<&str>, mentions: u64| {
            let found = list.directives.iter().find(|summary| summary.key == key);
            let Some(found) = found else { panic!("{key} is not among {:?}", list.directives) };
            assert_eq!(found.number.as_deref().or(found.name.as_deref()), Some(number), "{key}");
            assert_eq!(found.issued.map(|date| date.to_string()).as_deref(), issued, "{key}");
            assert_eq!((found.province.as_deref(), found.mentions), (province, mentions), "{key}");
        };
        check("directive-15-ct-tu-son-khe-2016", "15-CT/TU", Some("2016-09-05"), Some("Sơn Khê"), 3);
        check("directive-15-ct-tu-luc-ha", "15-CT/TU", None, Some("Lục Hà"), 1);
        check("directive-16-ct-ttg-central-2016", "16/CT-TTg", Some("2016-05-16"), None, 2);
        check("resolution-39-central", "39", None, None, 1);
        check("resolution-39-nq-tu-son-khe", "39-NQ/TU", None, Some("Sơn Khê"), 1);
        check("law-luat-dat-dai-2013", "Luật Đất đai năm 2013", None, None, 3);
        check("decree-8-nd-cp-central-2019", "8/2019/NĐ-CP", None, None, 3);
        check("decision-221-qd-tw-central", "221-QĐ/TƯ", None, None, 2);
        assert_eq!(list.total, list.directives.len());
        assert_eq!(list.total, 9);
        let law = index.directive("law-luat-dat-dai").unwrap().unwrap();
        assert_eq!((law.summary.key.as_str(), law.citations.len()), ("law-luat-dat-dai-2013", 3));

        let dossier = index.directive("directive-15-ct-tu-son-khe-2016").unwrap().unwrap();
        assert_eq!(dossier.by_year, [(2016, 1), (2019, 2)]);
        assert_eq!(dossier.by_source, [("Báo".to_owned(), 2), ("Đài".to_owned(), 1)]);
        assert_eq!(dossier.summary.subject.as_deref(), Some("công tác dân vận"));
        assert_eq!(dossier.summary.issuer.as_deref(), Some("Ban Thường vụ Tỉnh ủy"));
        let short = index.directive("directive-15-son-khe").unwrap().unwrap();
        assert_eq!(short, dossier, "a short form leads to the directive that it fits");
        assert_eq!(index.directive("directive-99").unwrap(), None);
    }

    #[test]
    fn a_short_form_that_fits_several_is_left_apart() {
        let pages = [
            page("a", "Chỉ thị số 5-CT/TU ngày 1/2/2012").of("Báo", "Sơn Khê"),
            page("b", "Chỉ thị số 5-CT/TU ngày 3/4/2018").of("Báo", "Sơn Khê"),
            page("c", "Theo Chỉ thị số 5-CT/TU").of("Báo", "Sơn Khê"),
        ];
        let (_fixture, index) = Fixture::extracted(&pages);
        let dossier = index.directive("directive-5-ct-tu-son-khe").unwrap().unwrap();
        assert_eq!(dossier.summary.mentions, 1);
        let candidates: Vec<_> = dossier.candidates.iter().map(|summary| summary.key.as_str()).collect();
        assert_eq!(candidates, ["directive-5-ct-tu-son-khe-2012", "directive-5-ct-tu-son-khe-2018"]);
    }

    #[test]
    fn seed_texts_make_their_dossiers() {
        let Some(gold) = crate::shared::text("gold/seeds.jsonl") else { return };
        let pages: Vec<_> = gold
            .lines()
            .map(|line| {
                let gold: serde_json::Value = serde_json::from_str(line).unwrap();
                let mut page = page(gold["id"].as_str().unwrap(), gold["text"].as_str().unwrap());
                page.date = gold["published"].as_str().map(str::to_owned);
                page
            })
            .collect();
        let (_fixture, index) = Fixture::extracted(&pages);
        let list = index.directives(&RecordFilter::default(), 100).unwrap();
        let check = |number: &str, issued: Option<&str>, place: &str, mentions: u64| {
            let mut alike =
                list.directives.iter().filter(|summary| summary.number.as_deref() == Some(number));
            let (Some(found), None) = (alike.next(), alike.next()) else {
                panic!("not one {number} among {:?}", list.directives)
            };
            assert_eq!(found.issued.map(|date| date.to_string()).as_deref(), issued, "{number}");
            assert_eq!(found.province.as_deref().unwrap_or("central"), place, "{number}");
            assert_eq!((found.central, found.mentions), (place == "central", mentions), "{number}");
        };
        check("15-CT/TU", Some("2022-02"), "Bắc Kạn", 2);
        check("17-CT/TU", Some("2013-12-03"), "Nghệ An", 1);
        check("16/CT-TTg", Some("2016-05-16"), "central", 1);
        check("26/CT-TTg", Some("2016-09-05"), "central", 1);
        check("39", None, "central", 1);
    }
}
