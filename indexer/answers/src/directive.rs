//! Instruments: lists of them and the dossier of one, from what identity decided.

use corpus::Decision;
use extract::{Directive, DirectiveKind, PartialDate};
use jiff::civil::Date;
use store::{By, Entity, EntityKind, Error, Facet, Keyed, MentionReader, StoredDocument, What};

use crate::Index;
pub use crate::list::CITATIONS;
use crate::list::{DocumentFilter, Found, Listed, MentionPage};
use crate::paging::{EntityPlace, MentionPlace};

/// What is known of an instrument from its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveSummary {
    /// What it is asked for by.
    pub key: String,
    /// What lists show: the name that was decided, else its most frequent spelling.
    pub label: String,
    /// Somebody decided what it is called.
    pub is_named: bool,
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
    /// A draft of a law.
    pub draft: bool,
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

/// The instruments that a filter lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveList {
    /// Those of the most documents first.
    pub directives: Vec<DirectiveSummary>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins; `None` on the last.
    pub next: Option<EntityPlace>,
}

/// Everything about one instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct DirectiveDossier {
    /// What its mentions say together.
    pub summary: DirectiveSummary,
    /// A page of its mentions, the earliest published first, [`CITATIONS`] at most.
    pub citations: MentionPage<Directive>,
    /// Documents by year of publication, the earliest first.
    pub by_year: Vec<(i16, u64)>,
    /// Documents by province, the most first.
    pub by_province: Vec<(String, u64)>,
    /// Documents by source, the most first.
    pub by_source: Vec<(String, u64)>,
    /// What people decided of its mentions, in the order in which they did.
    pub decisions: Vec<Decision>,
}

impl Index {
    /// What is known of instruments, by their keys; those that there are not are left out.
    pub fn directive_summaries(&self, keys: &[&str]) -> Result<Vec<DirectiveSummary>, Error> {
        Ok(self.store().entities(By::Id, keys)?.iter().filter_map(summary).collect())
    }

    /// Instruments by how many documents mention them: `limit` of them, behind a place where one is given.
    pub fn directives(
        &self,
        filter: &DocumentFilter,
        after: Option<&EntityPlace>,
        limit: usize,
    ) -> Result<DirectiveList, Error> {
        let Listed { entities, total, next } =
            self.listed(EntityKind::Instrument, Facet::Directive, filter, after, limit)?;
        Ok(DirectiveList { directives: entities.iter().filter_map(summary).collect(), total, next })
    }

    /// A page of the mentions of the instrument of a key, the earliest published first.
    pub fn directive_mentions(
        &self,
        key: &str,
        after: Option<MentionPlace>,
        limit: usize,
    ) -> Result<Found<MentionPage<Directive>>, Error> {
        match self.entity(key)?.filter(|entity| entity.what.kind() == EntityKind::Instrument) {
            Some(entity) => Ok(Found::One(Box::new(self.mentions(
                Facet::Directive,
                &entity,
                (after, limit),
                citing(key),
            )?))),
            None => Ok(Found::through(&self.successors(key)?)),
        }
    }

    /// The instrument of a key, with its mentions behind a place where one is given.
    pub fn directive(
        &self,
        key: &str,
        after: Option<MentionPlace>,
    ) -> Result<Found<DirectiveDossier>, Error> {
        let entity = self.entity(key)?;
        let Some((entity, summary)) =
            entity.and_then(|entity| summary(&entity).map(|summary| (entity, summary)))
        else {
            let leads = self.successors(key)?;
            return Ok(Found::through(&leads));
        };
        let (citations, spread) =
            self.mentions_and_spread(Facet::Directive, &entity, (after, CITATIONS), citing(key))?;
        Ok(Found::One(Box::new(DirectiveDossier {
            summary,
            citations,
            by_year: spread.years,
            by_province: spread.provinces,
            by_source: spread.sources,
            decisions: entity.decisions,
        })))
    }
}

/// Reads the mentions of an instrument in a document.
fn citing(key: &str) -> impl Fn(&StoredDocument) -> Vec<Keyed<Directive>> {
    move |stored| MentionReader::of(stored).directives_of(key)
}

/// What a list shows of an instrument; `None` for another kind of entity.
fn summary(entity: &Entity) -> Option<DirectiveSummary> {
    let What::Instrument(known) = &entity.what else { return None };
    let instrument = &known.instrument;
    let year = instrument.year.and_then(|year| PartialDate::new(year, None, None));
    Some(DirectiveSummary {
        key: entity.id.clone(),
        label: entity.label(),
        is_named: entity.decided_name().is_some(),
        kind: instrument.kind,
        number: known.number.clone().filter(|_| !instrument.named),
        name: known.name.clone(),
        issuer: known.issuer.clone(),
        province: known.province.clone(),
        central: matches!(instrument.issuer, Some(identity::Issuer::Centre(_))),
        issued: instrument.issued.or(year),
        draft: instrument.draft,
        subject: known.subject.clone(),
        mentions: entity.counts.mentions,
        documents: entity.counts.documents,
        first: entity.counts.dates.map(|(first, _)| first),
        last: entity.counts.dates.map(|(_, last)| last),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{extracted, page};

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
        let (_fixture, index) = extracted(&pages);
        let list = index.directives(&DocumentFilter::default(), None, 100).unwrap();
        let check = |key: &str, number: &str, issued: Option<&str>, province: Option<&str>, mentions: u64| {
            let found = list.directives.iter().find(|summary| summary.key == key);
            let Some(found) = found else { panic!("{key} is not among {:?}", list.directives) };
            assert_eq!(found.number.as_deref().or(found.name.as_deref()), Some(number), "{key}");
            assert_eq!(found.issued.map(|date| date.to_string()).as_deref(), issued, "{key}");
            assert_eq!((found.province.as_deref(), found.mentions), (province, mentions), "{key}");
        };
        check("directive-15-ct-tu-son-khe-2016", "15-CT/TU", Some("2016-09-05"), Some("Sơn Khê"), 3);
        check("directive-15-ct-tu-luc-ha", "15-CT/TU", None, Some("Lục Hà"), 1);
        check("directive-16-ct-ttg-2016", "16/CT-TTg", Some("2016-05-16"), None, 2);
        check("resolution-39-tw", "39", None, None, 1);
        check("resolution-39-nq-tu-son-khe", "39-NQ/TU", None, Some("Sơn Khê"), 1);
        check("law-luat-dat-dai-2013", "Luật Đất đai", Some("2013"), None, 3);
        check("decree-8-2019-nd-cp", "8/2019/NĐ-CP", Some("2019"), None, 3);
        check("decision-221-qd-tw", "221-QĐ/TW", None, None, 2);
        assert_eq!(list.total, list.directives.len() as u64);
        assert_eq!(list.total, 9);
        for summary in &list.directives {
            let dossier = index.directive(&summary.key, None).unwrap().one().unwrap();
            assert_eq!(dossier.summary, *summary);
            let MentionPage { mentions, total, next } = dossier.citations;
            let shown = (mentions.len() as u64, total, next);
            assert_eq!(shown, (summary.mentions, summary.mentions, None), "{}", summary.key);
        }

        let dossier = index.directive("directive-15-ct-tu-son-khe-2016", None).unwrap().one().unwrap();
        assert_eq!(dossier.by_year, [(2016, 1), (2019, 2)]);
        assert_eq!(dossier.by_source, [("Báo".to_owned(), 2), ("Đài".to_owned(), 1)]);
        assert_eq!(dossier.summary.subject.as_deref(), Some("công tác dân vận"));
        assert_eq!(dossier.summary.issuer.as_deref(), Some("Ban Thường vụ Tỉnh ủy"));
        assert_eq!(index.directive("directive-99", None).unwrap(), Found::None);
    }

    #[test]
    fn a_short_form_that_fits_several_is_left_apart() {
        let pages = [
            page("a", "Chỉ thị số 5-CT/TU ngày 1/2/2012").of("Báo", "Sơn Khê"),
            page("b", "Chỉ thị số 5-CT/TU ngày 3/4/2018").of("Báo", "Sơn Khê"),
            page("c", "Theo Chỉ thị số 5-CT/TU").of("Báo", "Sơn Khê"),
        ];
        let (_fixture, index) = extracted(&pages);
        let list = index.directives(&DocumentFilter::default(), None, 10).unwrap();
        let keys: Vec<&str> = list.directives.iter().map(|summary| summary.key.as_str()).collect();
        assert_eq!(keys, ["directive-5-ct-tu-son-khe-2012", "directive-5-ct-tu-son-khe-2018"]);
        let id = corpus::DocumentId::of(&crate::fixture::address("c"));
        let short = index.document(id, None).unwrap().unwrap().directives.remove(0);
        assert_eq!((short.key, short.candidates.len()), (None, 2));
    }

    #[test]
    fn ids_last_when_evidence_grows() {
        let first = page("a", "Theo Chỉ thị số 5-CT/TU của Tỉnh ủy").on("2018-05-01").of("Báo", "Sơn Khê");
        let (mut fixture, _) = extracted(&[first]);
        let keys = |index: &Index| -> Vec<String> {
            let list = index.directives(&DocumentFilter::default(), None, 10).unwrap();
            list.directives.into_iter().map(|summary| summary.key).collect()
        };
        assert_eq!(keys(&Index::new(fixture.store())), ["directive-5-ct-tu-son-khe"]);
        // The day of issue comes with a later text: the same instrument, under the id that it was given.
        fixture.keep(&[page("b", "Chỉ thị số 5-CT/TU ngày 3/4/2018 của Tỉnh ủy được nhắc lại")
            .on("2018-05-20")
            .of("Báo", "Sơn Khê")]);
        fixture.extract();
        let index = Index::new(fixture.store());
        assert_eq!(keys(&index), ["directive-5-ct-tu-son-khe"]);
        let dossier = index.directive("directive-5-ct-tu-son-khe", None).unwrap().one().unwrap();
        assert_eq!(dossier.summary.documents, 2);
        assert_eq!(dossier.summary.issued.map(|day| day.to_string()).as_deref(), Some("2018-04-03"));
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
        let (_fixture, index) = extracted(&pages);
        let list = index.directives(&DocumentFilter::default(), None, 100).unwrap();
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
