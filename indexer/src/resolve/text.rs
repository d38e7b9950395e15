//! Any text against the index: its mentions, each with what the index knows it as.
//!
//! A mention is found where its key is known, or where all that it says fits one thing alone; it is ambiguous where
//! several fit, and unknown where none does. Nothing is guessed: a person of that name in another province is a candidate.

use std::collections::HashMap;

use corpus::Article;
use text::slug;

use super::directive::meant;
use crate::index::keys::{self, DirectiveIdentity};
use crate::index::records::MAX_RECORDS;
use crate::index::{Index, MentionKind, Reading as _, RecordFilter};
use crate::{Directive, Error, Extractor, Figure, Mentions, Official};

/// What the index knows a mention as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One thing: its key.
    Found(String),
    /// One of several things: their keys, in order.
    Ambiguous(Vec<String>),
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
        let province = article.province.as_deref();
        let mut known: HashMap<String, Resolution> = HashMap::new();
        // A text says most names more than once.
        let mut once = |key: String, look: &dyn Fn(&str) -> Result<Resolution, Error>| {
            if let Some(resolution) = known.get(&key) {
                return Ok::<_, Error>(resolution.clone());
            }
            let resolution = look(&key)?;
            known.insert(key, resolution.clone());
            Ok(resolution)
        };
        let mut resolved = Vec::with_capacity(directives.len());
        for directive in directives {
            let quote = directive.span.of(&article.text);
            let identity = DirectiveIdentity::of(&directive, quote, province);
            let key = format!("directive {}", identity.key());
            let resolution = once(key, &|_| self.resolve_directive(&directive, &identity))?;
            resolved.push((directive, resolution));
        }
        let directives = resolved;
        let mut resolved = Vec::with_capacity(officials.len());
        for official in officials {
            let name = official.span.of(&article.text).to_owned();
            let key = format!("official {}", keys::official(&name, &official.positions, province));
            let resolution = once(key, &|_| self.resolve_official(&name, &official.positions, province))?;
            resolved.push((official, resolution));
        }
        let officials = resolved;
        let mut resolved = Vec::with_capacity(figures.len());
        for figure in figures {
            let resolution = match keys::indicator(&figure) {
                Some(key) => once(format!("figure {key}"), &|_| {
                    let is_known = self.is_mentioned(MentionKind::Figure, &key)?;
                    Ok(if is_known { Resolution::Found(key.clone()) } else { Resolution::Unknown })
                })?,
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

    fn resolve_directive(
        &self,
        directive: &Directive,
        identity: &DirectiveIdentity,
    ) -> Result<Resolution, Error> {
        let mut records = Vec::new();
        for key in self.keys_alike(directive, identity)? {
            let one = RecordFilter { keys: vec![key], limit: 1, ..RecordFilter::default() };
            records.append(&mut self.directive_records(&one)?.records);
        }
        Ok(of_keys(meant(records, identity)))
    }

    fn resolve_official(
        &self,
        name: &str,
        positions: &[String],
        province: Option<&str>,
    ) -> Result<Resolution, Error> {
        let key = keys::official(name, positions, province);
        if self.is_mentioned(MentionKind::Official, &key)? {
            return Ok(Resolution::Found(key));
        }
        let words = RecordFilter { words: Some(format!("\"{name}\"")), ..RecordFilter::default() };
        let (counts, _) = self.mentioned(MentionKind::Official, &words, MAX_RECORDS)?;
        let mut namesakes = Vec::new();
        for count in counts {
            let one = RecordFilter { keys: vec![count.key.clone()], limit: 1, ..RecordFilter::default() };
            let records = self.official_records(&one)?.records;
            if records.first().is_some_and(|keyed| slug(&keyed.record.evidence.quote) == slug(name)) {
                namesakes.push(count.key);
            }
        }
        namesakes.sort();
        // Of another province than the text's it may be somebody else.
        Ok(match (province, namesakes.len()) {
            (Some(_), 1..) => Resolution::Ambiguous(namesakes),
            _ => of_keys(namesakes),
        })
    }
}

fn of_keys(mut keys: Vec<String>) -> Resolution {
    match keys.len() {
        0 => Resolution::Unknown,
        1 => Resolution::Found(keys.remove(0)),
        _ => Resolution::Ambiguous(keys),
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
        check("Chairman Tran Van Suoi", here, &["tran-van-suoi-son-khe"]);
        check("Chairman Tran Van Suoi", None, &["tran-van-suoi-son-khe"]);
        check("Chairman Tran Van Suoi", Some("Lục Hà"), &["? tran-van-suoi-son-khe"]);
        check("Bí thư Lê Thị Mây", None, &["? le-thi-may-luc-ha le-thi-may-son-khe"]);
        check("Bí thư Lê Thị Bến", here, &["-"]);
        check("", None, &[]);
    }
}
