//! What is kept of a document besides its searchable form.

use std::collections::BTreeSet;

use corpus::{Anchor, AnchorKind, Article, CodePoints, Decision, DocumentId, Language, Span};
use extract::{Directive, Figure, Mentions, Official};
use identity::{Citation, name_group};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use text::fingerprint;

use crate::entity::{Assignment, Meant, Whom};
use crate::record::DocumentSummary;

/// One version of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredDocument {
    /// Identity, the same for all versions.
    pub id: DocumentId,
    /// Number of this version, from 1.
    pub version: u32,
    /// Canonical URL, or the target of the file it came from.
    pub address: String,
    /// `WARC-Target-URI` of its capture.
    pub target: String,
    /// When this version was first captured.
    pub captured: Timestamp,
    /// `WARC-Record-ID` of the capture.
    pub capture: String,
    /// The article, with language and province as found.
    pub article: Article,
    /// What was stated of it before its text was looked at.
    #[serde(default)]
    pub stated: Stated,
    /// What it mentions.
    pub mentions: Mentions,
    /// What its mentions stand for.
    #[serde(default)]
    pub assignment: Assignment,
    /// What the rules take for mentions and somebody decided to be none; they stand in `mentions` no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<Denied>,
}

/// Words that were decided to mention nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Denied {
    /// What the rules take them for.
    pub mention: DeniedMention,
    /// Who decided otherwise, and when.
    pub decision: Decision,
}

/// A mention that is none, by its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeniedMention {
    /// Of a directive.
    Directive(Directive),
    /// Of an official.
    Official(Official),
    /// A figure.
    Figure(Box<Figure>),
}

impl DeniedMention {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Directive(directive) => directive.span,
            Self::Official(official) => official.span,
            Self::Figure(figure) => figure.span,
        }
    }

    /// What the rules take it for.
    pub fn kind(&self) -> AnchorKind {
        match self {
            Self::Directive(_) => AnchorKind::Directive,
            Self::Official(_) => AnchorKind::Official,
            Self::Figure(_) => AnchorKind::Figure,
        }
    }
}

/// What a capture or its source states of an article that rules find in its text otherwise: what other rules begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The language that the page declares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The province that it is of, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
}

/// Characters of a headline that a list shows at most: some pages say their whole text as their title, and what a list shows
/// must stay small for every engine. The document has all of it.
const LONGEST_TITLE: usize = 500;

/// The beginning of a text that is longer than so many characters.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

impl StoredDocument {
    /// What a list shows of it.
    pub fn summary(&self) -> DocumentSummary {
        DocumentSummary {
            id: self.id,
            version: self.version,
            address: self.address.clone(),
            title: self.title(),
            published: self.article.published,
            source: self.article.source.clone(),
            province: self.article.province.clone(),
            language: self.article.language,
        }
    }

    /// The headline; where there is none, the beginning of the text.
    fn title(&self) -> String {
        /// Characters of a text that stand for its headline.
        const BEGINNING: usize = 90;
        if let Some(title) = self.article.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
            return shortened(title, LONGEST_TITLE);
        }
        let line = self.article.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        shortened(line, BEGINNING)
    }

    /// Groups of all its mentions, each once: what touches one of them is decided again with it.
    pub fn groups(&self) -> BTreeSet<String> {
        let text = self.article.text.as_str();
        let directives = self.mentions.directives.iter();
        let directives = directives.map(|directive| directive_group(directive, text));
        let officials = self.mentions.officials.iter();
        let officials = officials.map(|official| official_group(official, text));
        directives.chain(officials).collect()
    }

    /// The number of the mention that an anchor means, among those of its kind: the same words at the same place, else the
    /// same words nearest to it, else what the rules cut otherwise there.
    pub fn anchored(&self, anchor: &Anchor) -> Option<usize> {
        let text = self.article.text.as_str();
        let spans: Vec<Span> = match anchor.kind {
            AnchorKind::Directive => self.mentions.directives.iter().map(|one| one.span).collect(),
            AnchorKind::Official => self.mentions.officials.iter().map(|one| one.span).collect(),
            AnchorKind::Figure => self.mentions.figures.iter().map(|one| one.span).collect(),
        };
        if spans.is_empty() {
            return None;
        }
        let points = CodePoints::new(text);
        let end = anchor.start + anchor.quote.chars().count();
        let placed = spans.iter().enumerate().map(|(at, span)| (at, points.range(*span), span.of(text)));
        let rank = |(at, (from, to), words): (usize, (usize, usize), &str)| {
            let far = from.abs_diff(anchor.start);
            if words == anchor.quote {
                Some((0, far, at))
            } else {
                (from < end && anchor.start < to).then_some((1, far, at))
            }
        };
        placed.filter_map(rank).min().map(|(.., at)| at)
    }

    /// The group of the mention that an anchor means; figures have none.
    pub fn group_of(&self, anchor: &Anchor) -> Option<String> {
        let at = self.anchored(anchor)?;
        let text = self.article.text.as_str();
        match anchor.kind {
            AnchorKind::Directive => self.mentions.directives.get(at).map(|one| directive_group(one, text)),
            AnchorKind::Official => self.mentions.officials.get(at).map(|one| official_group(one, text)),
            AnchorKind::Figure => None,
        }
    }

    /// Takes out the mention that a decision calls none; `false` where there is no such mention. What the others stand for
    /// stays beside them.
    pub fn deny(&mut self, anchor: &Anchor, decision: &Decision) -> bool {
        let Some(at) = self.anchored(anchor) else { return false };
        let mentions = &mut self.mentions;
        let mention = match anchor.kind {
            AnchorKind::Directive => {
                if at < self.assignment.directives.len() {
                    self.assignment.directives.remove(at);
                }
                DeniedMention::Directive(mentions.directives.remove(at))
            }
            AnchorKind::Official => {
                if at < self.assignment.officials.len() {
                    self.assignment.officials.remove(at);
                }
                DeniedMention::Official(mentions.officials.remove(at))
            }
            AnchorKind::Figure => DeniedMention::Figure(Box::new(mentions.figures.remove(at))),
        };
        self.denied.push(Denied { mention, decision: decision.clone() });
        true
    }

    /// Puts back all mentions that were taken out, in their places.
    pub fn restore(&mut self) {
        for Denied { mention, .. } in std::mem::take(&mut self.denied) {
            let mentions = &mut self.mentions;
            match mention {
                DeniedMention::Directive(one) => {
                    let at =
                        mentions.directives.partition_point(|other| other.span.start() < one.span.start());
                    mentions.directives.insert(at, one);
                    if at <= self.assignment.directives.len() {
                        self.assignment.directives.insert(at, Meant::Unknown);
                    }
                }
                DeniedMention::Official(one) => {
                    let at =
                        mentions.officials.partition_point(|other| other.span.start() < one.span.start());
                    mentions.officials.insert(at, one);
                    if at <= self.assignment.officials.len() {
                        self.assignment.officials.insert(at, Whom::nobody());
                    }
                }
                DeniedMention::Figure(one) => {
                    let at = mentions.figures.partition_point(|other| other.span.start() < one.span.start());
                    mentions.figures.insert(at, *one);
                }
            }
        }
    }

    /// Whether a newer capture says the same.
    pub fn says_the_same(&self, newer: &Article) -> bool {
        self.article.text == newer.text && self.article.title == newer.title
    }
}

/// A number made from the id of a document, the same on every machine (FNV-1a of its written form).
pub fn order(id: DocumentId) -> u64 {
    fingerprint(id.to_string().as_bytes())
}

/// The group that a citation in a text is decided in, as it is kept.
pub fn directive_group(directive: &Directive, text: &str) -> String {
    of_directive(&Citation::group_of(directive, text))
}

/// The group that an official named in a text is decided in, as it is kept.
pub fn official_group(official: &Official, text: &str) -> String {
    of_official(&name_group(official.span.of(text)))
}

/// The group of directives that a mention is decided in, as it is kept.
pub fn of_directive(group: &str) -> String {
    format!("d:{group}")
}

/// The same for officials.
pub fn of_official(group: &str) -> String {
    format!("o:{group}")
}
