//! What a text mentions: directives, officials and figures, each at its place.
//!
//! A mention is what the words say, not yet who or what is meant: that is decided from many mentions together
//! (see `dossier`). Spans point into the text that was given to the extractor, in bytes.

use std::fmt;
use std::str::FromStr;

use corpus::Span;
use serde::{Deserialize, Serialize};

use crate::period::{PartialDate, Period};
use crate::scope::Origin;

/// All mentions of one text, each kind in reading order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mentions {
    /// Governing documents of Party and State.
    pub directives: Vec<Directive>,
    /// People in office.
    pub officials: Vec<Official>,
    /// Numbers that measure or count.
    pub figures: Vec<Figure>,
}

/// A reference to one identified governing document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// From the type word to the end of the number and symbol; the name, where it is named.
    pub span: Span,
    /// Type of document.
    pub kind: DirectiveKind,
    /// Number and symbol as written, without blanks around separators: `16/CT-TTg`, `209-KH/TU`, `39`.
    pub number: Option<String>,
    /// The body that the text gives.
    pub issuer: Option<String>,
    /// The date that the text gives for the document.
    pub issued: Option<PartialDate>,
    /// What the text says it is about.
    pub subject: Option<String>,
    /// A law, code or congress resolution by its name instead of a number.
    pub named: bool,
    /// What it was found by.
    pub rule: Rule,
}

/// A person named together with public positions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    /// The name alone.
    pub span: Span,
    /// The positions in the words of the text, with their body where it gives one; never empty.
    pub positions: Vec<String>,
    /// When they were held, as far as the text says it; at most one for each position.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenures: Vec<Tenure>,
    /// What the name was found by.
    pub rule: Rule,
}

/// What a text says of when one position was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// Which of the positions, counted from 0.
    pub position: usize,
    /// When its holder took it: elected, appointed, confirmed.
    pub since: Option<PartialDate>,
    /// When its holder left it: dismissed, transferred, retired.
    pub until: Option<PartialDate>,
    /// Whether it is told of as one that is no longer held.
    pub ended: bool,
}

/// A number that measures or counts something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The number with its multiplier and percent sign.
    pub span: Span,
    /// The absolute value: `9,504 billion` is 9504000000000.
    pub value: f64,
    /// The denominator of a/b.
    pub of: Option<f64>,
    /// `%`, `VND`, `ha`, `rank`, … or the head noun that is counted.
    pub unit: Option<String>,
    /// Whether the text says more than, at least, less than, at most, about.
    pub modifier: Modifier,
    /// Where the text gives one value as a range, `84-89 %`, and the number is an end of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<RangeEnd>,
    /// What is measured, in the words of the text.
    pub indicator: Option<String>,
    /// The period or date that the text gives for it.
    pub period: Option<Period>,
    /// The words that gave the period, and where they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_from: Option<Origin>,
    /// The place that the sentence names.
    pub place: Option<String>,
    /// Set where the number itself is a change against an earlier period.
    pub change: Option<Change>,
    /// Key of the row of the catalogue whose value it is, where the row's words govern it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whom or what it is about, as far as the text tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// In what sense it is said.
    #[serde(default)]
    pub modality: Modality,
    /// The words that gave key, about and modality.
    #[serde(default)]
    pub grounds: Grounds,
    /// What tells that the number measures.
    pub rule: Rule,
}

/// An end of a range that a text gives as one value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RangeEnd {
    /// The lower end, with the upper one.
    From(f64),
    /// The upper end, with the lower one.
    UpTo(f64),
}

impl RangeEnd {
    /// The other end.
    pub fn other(self) -> f64 {
        match self {
            Self::From(other) | Self::UpTo(other) => other,
        }
    }
}

impl Modifier {
    /// The bound without what tells `at least` from `more than`, as judged texts have it.
    #[must_use]
    pub fn coarse(self) -> Self {
        match self {
            Self::AtLeast => Self::More,
            Self::AtMost => Self::Less,
            other => other,
        }
    }
}

/// Whom or what a value is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct About {
    /// What kind of whole it is.
    pub level: Level,
    /// Its Vietnamese name as the gazetteer writes it; none of the world.
    #[serde(default)]
    pub name: Option<String>,
}

/// The words that gave the parts of an observation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// Names the row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Words>,
    /// How these words govern the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
    /// Names whom it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Words>,
    /// Opens the sense in which it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<Words>,
}

/// Words of the text, and how far from the number they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Where they stand in the text; none of words outside of it: its title, its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// How far off.
    pub whence: Whence,
}

/// Declares a closed set of words: an enum with its written form in both directions.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The written form.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word).ok_or_else(|| UnknownWord {
                    word: word.to_owned(),
                    known: &[$($word),+],
                })
            }
        }
    };
}

/// A word outside a closed set.
#[derive(Debug, thiserror::Error)]
#[error("“{word}” is none of {}", known.join(", "))]
pub struct UnknownWord {
    word: String,
    known: &'static [&'static str],
}

words! {
    /// In what sense a value is said.
    #[derive(Default)]
    Modality {
        /// It was reached.
        #[default]
        Actual = "actual",
        /// It is estimated or provisional.
        Estimate = "estimate",
        /// It is aimed at or planned.
        Target = "target",
        /// It is foreseen.
        Forecast = "forecast",
        /// It is a bound that a rule sets.
        Limit = "limit",
        /// A norm, a price, a promise.
        Other = "other",
    }
}

words! {
    /// Kinds of wholes that values are about.
    Level {
        /// All states.
        World = "world",
        /// A state.
        Country = "country",
        /// Several states or provinces.
        Region = "region",
        /// A province or a city under the Centre.
        Province = "province",
        /// A district, a town, or a city of a province.
        District = "district",
        /// A commune, a ward or a township.
        Commune = "commune",
        /// A company, a school, a body.
        Organization = "organization",
        /// One person.
        Person = "person",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// How far from a number the words stand that tell about it, nearest first.
    Whence {
        /// In its clause.
        Clause = "clause",
        /// In its sentence.
        Sentence = "sentence",
        /// In a sentence before, of the same paragraph.
        Paragraph = "paragraph",
        /// In the line that opens the list, or a heading.
        Heading = "heading",
        /// In the headline.
        Headline = "headline",
        /// Elsewhere in the text.
        Document = "document",
        /// The source is the place's own.
        Source = "source",
    }
}

words! {
    /// How the words of a statistic govern a number.
    By {
        /// Words around or behind the number name what it counts.
        Behind = "behind",
        /// The words stand in front of it, with nothing but verbs and times between.
        Front = "front",
        /// Another number stands between.
        Passed = "passed",
        /// Words stand for the statistic that was named last.
        Last = "last",
    }
}

words! {
    /// Types of governing documents.
    DirectiveKind {
        /// chỉ thị
        Directive = "directive",
        /// nghị quyết
        Resolution = "resolution",
        /// kết luận
        Conclusion = "conclusion",
        /// kế hoạch
        Plan = "plan",
        /// quyết định
        Decision = "decision",
        /// nghị định
        Decree = "decree",
        /// thông tư
        Circular = "circular",
        /// luật, bộ luật, hiến pháp
        Law = "law",
        /// pháp lệnh
        Ordinance = "ordinance",
        /// quy định, quy chế
        Regulation = "regulation",
        /// chương trình
        Programme = "programme",
        /// đề án
        Project = "project",
        /// báo cáo
        Report = "report",
        /// thông báo
        Notice = "notice",
        /// hướng dẫn
        Guidance = "guidance",
        /// công văn, văn bản
        OfficialLetter = "official-letter",
        /// công điện
        Telegram = "telegram",
        /// lệnh
        Order = "order",
        /// any other
        Other = "other",
    }
}

words! {
    /// How the text bounds a number.
    Modifier {
        /// as said
        Equal = "=",
        /// more than; hơn, trên
        More = ">",
        /// at least; ít nhất, trở lên
        AtLeast = ">=",
        /// nearly, less than; gần, dưới
        Less = "<",
        /// at most; tối đa, không quá
        AtMost = "<=",
        /// about; khoảng
        About = "~",
    }
}

words! {
    /// Direction of a change.
    Change {
        /// grew
        Up = "up",
        /// fell
        Down = "down",
    }
}

words! {
    /// What a mention was found by: how sure it is follows from it.
    Rule {
        /// Directive: type word, number and symbol
        NumberAndSymbol = "number-and-symbol",
        /// Directive: number and symbol without a type word
        SymbolAlone = "symbol-alone",
        /// Directive: type word and `số` or `No.` before the number
        NumberSign = "number-sign",
        /// Directive: type word and number
        BareNumber = "bare-number",
        /// Directive: a law, code or ordinance by its name
        LawByName = "law-by-name",
        /// Directive: a resolution by its congress
        CongressResolution = "congress-resolution",
        /// Official: a family name and two more syllables or more
        FullName = "full-name",
        /// Official: two syllables behind a word of courtesy, a rank or a bare office
        ShortName = "short-name",
        /// Official: no known family name, behind a word of courtesy
        HonouredName = "honoured-name",
        /// Official: any name behind an office of another state
        OfficeAbroad = "office-abroad",
        /// Figure: a percentage
        Percentage = "percentage",
        /// Figure: a rank
        Rank = "rank",
        /// Figure: money, or a measure such as `ha`
        Measure = "measure",
        /// Figure: a noun of the tables
        KnownNoun = "known-noun",
        /// Figure: another noun
        OtherNoun = "other-noun",
        /// Figure: no noun of its own; a verb or the number before it tells
        Carried = "carried",
    }
}

impl Rule {
    /// The share of mentions found by the rule that are right, from 0 to 1, rounded down: as judged on marked texts and on
    /// samples of provincial news.
    pub fn confidence(self) -> f64 {
        match self {
            Self::NumberAndSymbol | Self::Percentage => 0.99,
            Self::SymbolAlone | Self::LawByName | Self::FullName | Self::Measure => 0.97,
            Self::NumberSign | Self::CongressResolution | Self::OfficeAbroad | Self::KnownNoun => 0.95,
            Self::Rank => 0.93,
            Self::BareNumber | Self::OtherNoun => 0.9,
            Self::ShortName => 0.85,
            Self::HonouredName => 0.8,
            Self::Carried => 0.75,
        }
    }
}
