//! Any text against the index: its mentions, each with what the index knows it as.
//!
//! A mention is found where its key is known, or where all that it says fits one thing alone; it is ambiguous where
//! several fit, and unknown where none does. Nothing is guessed: a person of that name in another province is a candidate.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::time::{Duration, Instant};

use corpus::{Article, Span};
use extract::{Directive, Extractor, Figure, Mentions, Official, Reading as _};
use identity::{Appearance, Citation, Instrument, Known, Lookup, Place, resolve_person};
use serde::Serialize;
use store::document::{of_directive, of_official};
use store::{By, Error, FigureFilter, What};

use crate::Index;

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

/// How much is resolved of one text.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Most mentions.
    pub mentions: usize,
    /// Most bytes of all that is said of the mentions, as JSON.
    pub bytes: usize,
    /// Most keys that one mention is told as ambiguous between.
    pub candidates: usize,
    /// Until when the index is asked.
    pub until: Instant,
}

/// Why the rest of a text is not resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutBy {
    /// It has more mentions than were to be resolved.
    Mentions,
    /// More would have to be said of them than may be.
    Length,
    /// It took too long.
    Time,
}

/// Where a text is resolved no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The byte from which on nothing is told: where the first mention begins that is left out, or where reading ended.
    pub at: usize,
    /// Why.
    pub by: CutBy,
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
    /// Where it ends early: every mention in front of it is there, and none behind it.
    pub cut: Option<Cut>,
}

/// A mention of any kind, in reading order.
enum Mention {
    Directive(Directive),
    Official(Official),
    Figure(Figure),
}

impl Mention {
    fn start(&self) -> usize {
        match self {
            Self::Directive(directive) => directive.span.start(),
            Self::Official(official) => official.span.start(),
            Self::Figure(figure) => figure.span.start(),
        }
    }
}

impl Bounds {
    /// No bounds: for texts of our own.
    pub fn none() -> Self {
        let until = Instant::now() + Duration::from_secs(365 * 24 * 3600);
        Self { mentions: usize::MAX, bytes: usize::MAX, candidates: usize::MAX, until }
    }
}

/// Texts that have each kind of mention.
const SAMPLES: [&str; 2] = [
    "Ngày 5/9/2021, ông Trần Văn Suối, Chủ tịch UBND tỉnh Sơn Khê, ký Chỉ thị số 15-CT/TU. Năm 2020, thu ngân sách của tỉnh đạt 4.200 tỷ đồng.",
    "On September 5, 2021, Mr. Tran Van Suoi, Chairman of the Provincial People's Committee, signed Directive No. 15-CT/TU. In 2020, the province's budget revenue reached VND4.2 trillion.",
];

impl Index {
    /// Reads the tables of words and builds what looks for them, so that the first text that somebody asks about costs what
    /// others do, and does not run out of its time.
    pub fn prepare(&self) -> Result<(), Error> {
        for text in SAMPLES {
            let article = Article { text: text.to_owned(), ..Article::default() };
            let until = Instant::now() + Duration::from_secs(60);
            self.resolve(article, Bounds { mentions: 10, bytes: usize::MAX, candidates: 1, until })?;
        }
        Ok(())
    }

    /// Reads a text and looks up what it mentions, within bounds. Where its language or province is not given it is told
    /// from the text.
    pub fn resolve(&self, mut article: Article, bounds: Bounds) -> Result<ResolvedText, Error> {
        let begin = Instant::now();
        article.language = article.language.or_else(|| Extractor.language(&article));
        if article.province.is_none() {
            article.province = Extractor.province(&article);
        }
        // As much time is left to ask the index what was found.
        let read_until = begin + bounds.until.saturating_duration_since(begin) / 2;
        let mut out_of_time = false;
        let (found, left) = Extractor.first_mentions(&article, |found| {
            out_of_time = Instant::now() >= read_until;
            out_of_time || found > bounds.mentions
        });
        let Mentions { directives, officials, figures } = found;
        let mut mentions: Vec<Mention> = directives.into_iter().map(Mention::Directive).collect();
        mentions.extend(officials.into_iter().map(Mention::Official));
        mentions.extend(figures.into_iter().map(Mention::Figure));
        mentions.sort_by_key(Mention::start);
        let near = article.province.as_deref().map(Place::province);
        let mut looked = Looked { near, ..Looked::default() };
        // Full forms first: a short form of the same text means one of them.
        for mention in mentions.iter().take(bounds.mentions) {
            let Mention::Directive(directive) = mention else { continue };
            if Instant::now() >= bounds.until {
                break;
            }
            let citation = Citation::of(directive, &article, looked.near.as_ref());
            if citation.issuer.is_some() && citation.year.is_some() {
                let group = citation.group();
                let known = looked.group(self, of_directive(&group))?;
                if let Known::Found(at) = Lookup::new(&instruments(known)).find(&citation, &[]) {
                    looked.here.entry(group).or_default().push(at);
                }
            }
        }
        let mut resolved = ResolvedText {
            article,
            directives: Vec::new(),
            officials: Vec::new(),
            figures: Vec::new(),
            // More mentions than are wanted are cut below, at the first of them.
            cut: left.filter(|_| out_of_time).map(|at| Cut { at, by: CutBy::Time }),
        };
        let mut said = 0;
        for (number, mention) in mentions.into_iter().enumerate() {
            let by = if number >= bounds.mentions {
                CutBy::Mentions
            } else if said >= bounds.bytes {
                CutBy::Length
            } else if Instant::now() >= bounds.until {
                CutBy::Time
            } else {
                said += self.resolve_mention(mention, bounds, &mut looked, &mut resolved)?;
                continue;
            };
            resolved.cut = Some(Cut { at: mention.start(), by });
            break;
        }
        Ok(resolved)
    }

    /// Looks one mention up; how many bytes it makes, about.
    fn resolve_mention(
        &self,
        mention: Mention,
        bounds: Bounds,
        looked: &mut Looked,
        resolved: &mut ResolvedText,
    ) -> Result<usize, Error> {
        let article = &resolved.article;
        match mention {
            Mention::Directive(directive) => {
                let citation = Citation::of(&directive, article, looked.near.as_ref());
                let group = citation.group();
                let full = looked.here.get(&group).cloned().unwrap_or_default();
                let known = looked.group(self, of_directive(&group))?;
                let found = Lookup::new(&instruments(known)).find(&citation, &full);
                let resolution = named(found, known, bounds.candidates);
                let size = size_of(&directive, directive.span, &resolution);
                resolved.directives.push((directive, resolution));
                Ok(size)
            }
            Mention::Official(official) => {
                let appearance = Appearance::of(&official, article, looked.near.as_ref());
                let known = looked.group(self, of_official(&appearance.group()))?;
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
                let resolution = named(resolve_person(&appearance, &people), known, bounds.candidates);
                let size = size_of(&official, official.span, &resolution);
                resolved.officials.push((official, resolution));
                Ok(size)
            }
            Mention::Figure(figure) => {
                let resolution = match figure.key.clone() {
                    Some(key) if looked.indicator(self, &key)? => Resolution::Found(key),
                    _ => Resolution::Unknown,
                };
                let size = size_of(&figure, figure.span, &resolution);
                resolved.figures.push((figure, resolution));
                Ok(size)
            }
        }
    }
}

/// What was looked up: a text says most names more than once.
#[derive(Default)]
struct Looked {
    /// The place that the text is about.
    near: Option<Place>,
    /// Entities by group.
    groups: HashMap<String, Vec<store::Entity>>,
    /// Places in their group of the instruments that the text names in full.
    here: HashMap<String, Vec<usize>>,
    /// Whether figures measure an indicator.
    indicators: HashMap<String, bool>,
}

impl Looked {
    fn group(&mut self, index: &Index, group: String) -> Result<&[store::Entity], Error> {
        match self.groups.entry(group) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let found = index.store().entities(By::Group, &[new.key()])?;
                Ok(new.insert(found))
            }
        }
    }

    fn indicator(&mut self, index: &Index, key: &str) -> Result<bool, Error> {
        if let Some(known) = self.indicators.get(key) {
            return Ok(*known);
        }
        let filter = FigureFilter { keys: vec![key.to_owned()], ..FigureFilter::default() };
        let known = index.store().indicators(&filter, 1)?.1 > 0;
        self.indicators.insert(key.to_owned(), known);
        Ok(known)
    }
}

fn instruments(known: &[store::Entity]) -> Vec<&Instrument> {
    known
        .iter()
        .filter_map(|entity| match &entity.what {
            What::Instrument(known) => Some(&known.instrument),
            _ => None,
        })
        .collect()
}

/// The bytes that a mention makes as JSON with its quote and the names and addresses of what it may be.
fn size_of(mention: &impl Serialize, quote: Span, resolution: &Resolution) -> usize {
    /// Names and signs around what is said.
    const AROUND: usize = 120;
    let keys = match resolution {
        Resolution::Found(key) => std::slice::from_ref(key),
        Resolution::Ambiguous(keys) | Resolution::Contradicted(keys) => keys,
        Resolution::Unknown => &[],
    };
    let said = serde_json::to_string(mention).map_or(0, |said| said.len());
    said + quote.len() + AROUND + keys.iter().map(|key| 2 * key.len() + AROUND).sum::<usize>()
}

/// What was found by places in a list, by the ids there, `most` of several.
fn named(found: Known, known: &[store::Entity], most: usize) -> Resolution {
    let ids = |places: Vec<usize>| -> Vec<String> {
        let mut ids: Vec<String> =
            places.into_iter().filter_map(|at| known.get(at)).map(|entity| entity.id.clone()).collect();
        ids.sort();
        ids.truncate(most);
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
    use crate::fixture::{extracted, page};

    #[test]
    fn what_prepares_the_tables_has_each_kind_of_mention() {
        for text in SAMPLES {
            let article = Article { text: text.to_owned(), ..Article::default() };
            let article = Article { language: Extractor.language(&article), ..article };
            let found = Extractor.mentions(&article);
            let counts = [found.directives.len(), found.officials.len(), found.figures.len()];
            assert_eq!(counts, [1, 1, 1], "{text}");
        }
    }

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
        let (_fixture, index) = extracted(&pages);
        let check = |text: &str, province: Option<&str>, expected: &[&str]| {
            let province = province.map(str::to_owned);
            let article = Article { text: text.to_owned(), province, ..Article::default() };
            let found = index.resolve(article, Bounds::none()).unwrap();
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

        let check = |bounds: Bounds, mentions: usize, cut: Option<Cut>| {
            let text =
                "Chỉ thị số 5-CT/TU, có 12/180 xã. Ông Trần Văn Suối, Chủ tịch UBND tỉnh, dự; có 9 hộ nghèo.";
            let article =
                Article {
                    text: text.to_owned(), province: Some("Sơn Khê".to_owned()), ..Article::default()
                };
            let found = index.resolve(article, bounds).unwrap();
            let count = found.directives.len() + found.officials.len() + found.figures.len();
            assert_eq!((count, found.cut), (mentions, cut), "{bounds:?}");
        };
        let text = "Chỉ thị số 5-CT/TU, có 12/180 xã. Ông ";
        check(Bounds::none(), 4, None);
        let at = text.len();
        check(Bounds { mentions: 2, ..Bounds::none() }, 2, Some(Cut { at, by: CutBy::Mentions }));
        check(
            Bounds { bytes: 1, ..Bounds::none() },
            1,
            Some(Cut { at: text.find("12").unwrap(), by: CutBy::Length }),
        );
        check(Bounds { until: Instant::now(), ..Bounds::none() }, 0, Some(Cut { at: 0, by: CutBy::Time }));
    }
}
