//! Any text against the index: its mentions, each with what the index knows it as.
//!
//! A mention is found where its key is known, or where all that it says fits one thing alone; it is ambiguous where
//! several fit, and unknown where none does. Nothing is guessed: a person of that name in another province is a candidate.

use std::collections::HashMap;

use corpus::Article;
use identity::{Appearance, Citation, Instrument, Known, Place, resolve_instrument, resolve_person};

use crate::index::entity::{Entity, What};
use crate::index::{Index, MentionKind, Reading as _, RecordFilter, keys};
use crate::{Directive, Error, Extractor, Figure, Mentions, Official};

/// What the index knows a mention as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One thing: its key.
    Found(String),
    /// One of several things: their keys, in order.
    Ambiguous(Vec<String>),
    /// What it says contradicts what is known of these.
    Contradicted(Vec<String>),
    /// Nothing in the index.
    Unknown,
}

/// The mentions of a text, in reading order, and what each stands for.
#[derive(Clone, Debug)]
pub struct ResolvedText {
    /// The article with the language and the province that it was read with.
    pub article: Article,
    /// Governing documents.
    pub directives: Vec<(Directive, Resolution)>,
    /// People in office.
    pub officials: Vec<(Official, Resolution)>,
    /// Numbers; each stands for the indicator that it measures.
    pub figures: Vec<(Figure, Resolution)>,
}

impl Index {
    /// Reads a text and looks up what it mentions. Where its language or province is not given it is told from the text.
    pub fn resolve(&self, mut article: Article) -> Result<ResolvedText, Error> {
        article.language = article.language.or_else(|| Extractor.language(&article));
        if article.province.is_none() {
            article.province = Extractor.province(&article);
        }
        let Mentions { directives, officials, figures } = Extractor.mentions(&article);
        let near = article.province.as_deref().map(Place::province);
        // A text says most names more than once.
        let mut groups: HashMap<String, Vec<Entity>> = HashMap::new();
        let mut of = |group: String| -> Result<Vec<Entity>, Error> {
            if let Some(known) = groups.get(&group) {
                return Ok(known.clone());
            }
            let found = self.entities_of(&group)?;
            groups.insert(group, found.clone());
            Ok(found)
        };
        let mut cited = Vec::with_capacity(directives.len());
        for directive in &directives {
            let citation = Citation::of(directive, &article, near.as_ref());
            let known = of(format!("d:{}", citation.group()))?;
            cited.push((citation, known));
        }
        // Full forms first: a short form of the same text means one of them.
        let mut here: HashMap<String, Vec<usize>> = HashMap::new();
        for (citation, known) in &cited {
            if citation.issuer.is_some()
                && citation.year.is_some()
                && let Known::Found(at) = resolve_instrument(citation, &instruments(known), &[])
            {
                here.entry(citation.group()).or_default().push(at);
            }
        }
        let meant = cited.iter().map(|(citation, known)| {
            let full = here.get(&citation.group()).map_or(&[][..], Vec::as_slice);
            named(resolve_instrument(citation, &instruments(known), full), known)
        });
        let directives: Vec<(Directive, Resolution)> = directives.into_iter().zip(meant).collect();
        let mut resolved = Vec::with_capacity(officials.len());
        for official in officials {
            let appearance = Appearance::of(&official, &article, near.as_ref());
            let known = of(format!("o:{}", appearance.group()))?;
            let people: Vec<_> = known
                .iter()
                .map(|entity| match &entity.what {
                    What::Person(person) => {
                        let holdings = person.holdings.iter().map(|proved| &proved.holding).collect();
                        (person.name.as_str(), holdings)
                    }
                    _ => ("", Vec::new()),
                })
                .collect();
            let resolution = named(resolve_person(&appearance, &people), &known);
            resolved.push((official, resolution));
        }
        let officials = resolved;
        let mut indicators: HashMap<String, bool> = HashMap::new();
        let mut resolved = Vec::with_capacity(figures.len());
        for figure in figures {
            let resolution = match keys::indicator(&figure) {
                Some(key) => {
                    let is_known = match indicators.get(&key) {
                        Some(known) => *known,
                        None => self.is_mentioned(MentionKind::Figure, &key)?,
                    };
                    indicators.insert(key.clone(), is_known);
                    if is_known { Resolution::Found(key) } else { Resolution::Unknown }
                }
                None => Resolution::Unknown,
            };
            resolved.push((figure, resolution));
        }
        Ok(ResolvedText { article, directives, officials, figures: resolved })
    }

    fn is_mentioned(&self, kind: MentionKind, key: &str) -> Result<bool, Error> {
        let filter = RecordFilter { keys: vec![key.to_owned()], ..RecordFilter::default() };
        Ok(self.mentioned(kind, &filter, 1)?.1 > 0)
    }
}

fn instruments(known: &[Entity]) -> Vec<Instrument> {
    known
        .iter()
        .filter_map(|entity| match &entity.what {
            What::Instrument(known) => Some(known.instrument.clone()),
            _ => None,
        })
        .collect()
}

/// What was found by places in a list, by the ids there.
fn named(found: Known, known: &[Entity]) -> Resolution {
    let ids = |places: Vec<usize>| -> Vec<String> {
        let mut ids: Vec<String> =
            places.into_iter().filter_map(|at| known.get(at)).map(|entity| entity.id.clone()).collect();
        ids.sort();
        ids
    };
    match found {
        Known::Found(at) => {
            known.get(at).map_or(Resolution::Unknown, |entity| Resolution::Found(entity.id.clone()))
        }
        Known::Ambiguous(several) => Resolution::Ambiguous(ids(several)),
        Known::Contradicted(several) => Resolution::Contradicted(ids(several)),
        Known::Unknown => Resolution::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{Fixture, page};

    #[test]
    fn a_text_is_resolved_against_the_index() {
        let pages = [
            page("a", "Ông Trần Văn Suối, Chủ tịch UBND tỉnh, ký Chỉ thị số 5-CT/TU ngày 1/2/2012.")
                .of("Báo", "Sơn Khê"),
            page("b", "Theo Chỉ thị số 5-CT/TU ngày 3/4/2018 và Nghị quyết số 39-NQ/TU.")
                .of("Báo", "Sơn Khê"),
            page("c", "Năm 2021, toàn tỉnh có 121/180 xã đạt chuẩn nông thôn mới.").of("Báo", "Sơn Khê"),
            page("d", "Bà Lê Thị Mây, Bí thư Tỉnh ủy, dự. Luật Đất đai năm 2013.").of("Báo", "Lục Hà"),
            page("e", "Bà Lê Thị Mây, Bí thư Tỉnh ủy, dự.").of("Báo", "Sơn Khê"),
        ];
        let (_fixture, index) = Fixture::extracted(&pages);
        let check = |text: &str, province: Option<&str>, expected: &[&str]| {
            let province = province.map(str::to_owned);
            let article = Article { text: text.to_owned(), province, ..Article::default() };
            let found = index.resolve(article).unwrap();
            let all = found.directives.iter().map(|(_, to)| to);
            let all = all.chain(found.officials.iter().map(|(_, to)| to));
            let all: Vec<String> = all
                .chain(found.figures.iter().map(|(_, to)| to))
                .map(|to| match to {
                    Resolution::Found(key) => key.clone(),
                    Resolution::Ambiguous(keys) => format!("? {}", keys.join(" ")),
                    Resolution::Contradicted(keys) => format!("! {}", keys.join(" ")),
                    Resolution::Unknown => "-".to_owned(),
                })
                .collect();
            assert_eq!(all, expected, "{text}");
        };
        let here = Some("Sơn Khê");
        check("Nghị quyết 39 được nhắc lại.", here, &["resolution-39-nq-tu-son-khe"]);
        check("Chỉ thị số 5 năm 2018 và Chỉ thị 77", here, &["directive-5-ct-tu-son-khe-2018", "-"]);
        check(
            "Chỉ thị số 5-CT/TU",
            here,
            &["? directive-5-ct-tu-son-khe-2012 directive-5-ct-tu-son-khe-2018"],
        );
        check("Nghị quyết số 39-NQ/TU", Some("Lục Hà"), &["-"]);
        check("theo Luật Đất đai", here, &["law-luat-dat-dai-2013"]);
        check("Chairman Tran Van Suoi", here, &["tran-van-suoi"]);
        check("Chairman Tran Van Suoi", None, &["tran-van-suoi"]);
        check("Chairman Tran Van Suoi", Some("Lục Hà"), &["? tran-van-suoi"]);
        check("Bí thư Lê Thị Mây", None, &["? le-thi-may le-thi-may-cap-uy-luc-ha"]);
        check("Bí thư Lê Thị Bến", here, &["-"]);
        check("", None, &[]);
    }
}
