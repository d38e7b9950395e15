//! The tables of directives and issuers, made ready.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;
use serde::Deserialize;
use text::{Syllable, Syllables};

use crate::DirectiveKind;
use crate::pattern::alternatives;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    r#type: Vec<Type>,
    /// What may stand between the word of a type and the number.
    manner: Vec<String>,
    counted: Counted,
    followed: Followed,
    enumeration: Enumeration,
    around: Words,
    subject: Subject,
    others: Others,
    laws: Laws,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Type {
    kind: DirectiveKind,
    words: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    codes: Vec<String>,
    bare: bool,
    #[serde(default)]
    lower: bool,
    #[serde(default)]
    told: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    words: Vec<String>,
    year: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Followed {
    words: Vec<String>,
    told: Vec<String>,
    dated: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Enumeration {
    links: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    adverbs: Vec<String>,
    acts: Vec<String>,
    has: Vec<String>,
    again: Vec<String>,
    called: Vec<String>,
    for_what: Vec<String>,
    dated: Vec<String>,
    opens: Vec<String>,
    day: Vec<String>,
    month: String,
    year: String,
    lately: Vec<String>,
    by: Vec<String>,
    decides: Vec<String>,
    some: Vec<String>,
    fresh: Vec<String>,
    about: Vec<String>,
    doing: Vec<String>,
    within: Vec<String>,
    saying: Vec<String>,
    passive: Vec<String>,
    sending: Vec<String>,
    several: Vec<String>,
    does: Vec<String>,
    obeys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    joins: Vec<String>,
    ends: Vec<String>,
    additions: Vec<String>,
    added: Vec<String>,
    clauses: Vec<String>,
    goes_on: Vec<String>,
    acts: Vec<String>,
    attributes: Vec<String>,
    others: Vec<String>,
    links: Vec<String>,
    doubts: Vec<String>,
}

/// What only looks like a document of Party or State.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Others {
    /// Right before a number without a word for its type.
    pub(super) before: Vec<String>,
    /// Parts of symbols.
    pub(super) parts: Vec<String>,
    /// Around a project by its number alone.
    pub(super) projects: Vec<String>,
    /// Around a resolution.
    pub(super) abroad: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Laws {
    vi: Vec<String>,
    taught: Vec<String>,
    of_states: Vec<String>,
    no_states: Vec<String>,
    theirs: Vec<String>,
    letters: Vec<String>,
    en: Vec<String>,
}

/// The names of the laws whose versions are known.
#[derive(Deserialize)]
struct Known {
    law: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    vi: String,
    #[serde(default)]
    also: Vec<String>,
}

impl Known {
    /// The names without the word for a law; of one syllable only those that are letters.
    fn names(&self) -> impl Iterator<Item = &str> {
        let all = self.law.iter().flat_map(|row| std::iter::once(&row.vi).chain(&row.also));
        all.filter_map(|name| {
            ["Bộ luật ", "Luật ", "Pháp lệnh "].iter().find_map(|word| name.strip_prefix(word))
        })
        .filter(|name| name.contains(' ') || !name.contains(char::is_lowercase))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Issuers {
    vi: Vec<String>,
    rest: Vec<String>,
    second: Vec<String>,
    no_ends: Vec<String>,
    offices: Vec<String>,
    places: Vec<String>,
    committees: Vec<String>,
    linking: Vec<String>,
    en: Vec<String>,
}

/// Dashes that texts set between the parts of a symbol, for the inside of a class of a pattern: hyphens (also the one that
/// keeps a line together), figure, en and em dashes, minus.
pub(super) const DASHES: &str = r"\-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}";

/// Whether a character is one of [`DASHES`].
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}')
}

/// Where a subject ends ([`subject`](super::subject)).
#[derive(Debug)]
pub(super) struct SubjectEnds {
    /// Whatever stands before them.
    pub(super) ends: AhoCorasick,
    /// A comma and a word for a place or a year.
    pub(super) additions: AhoCorasick,
    /// What such a word goes on with where it belongs to the subject, beside a name.
    pub(super) added: Vec<String>,
    /// A comma and how a clause begins.
    pub(super) clauses: Regex,
    /// What only looks like that.
    pub(super) goes_on: Vec<String>,
    /// What is done.
    pub(super) acts: Regex,
    /// What only looks like that.
    pub(super) attributes: Vec<String>,
    /// How those begin who do it, at the start of what stands behind a comma.
    pub(super) others: Regex,
    /// Links to what followed.
    pub(super) links: Vec<String>,
    /// A blank that is missing behind a sentence.
    pub(super) run_on: Regex,
    /// What no subject has.
    pub(super) doubts: Regex,
    /// The year behind the name of a law.
    pub(super) year: Regex,
}

/// The rules in the form in which they are applied.
pub(super) struct Rules {
    /// What only looks like a document of Party or State.
    pub(super) others: Others,
    /// Types by their words in lower case, and when a number alone may follow.
    pub(super) types: HashMap<String, (DirectiveKind, Bare)>,
    /// Letters for the words of types, and these words in small letters.
    pub(super) shorts: Vec<(String, Vec<String>)>,
    /// Types by their codes.
    pub(super) codes: HashMap<String, DirectiveKind>,
    /// A type word alone.
    pub(super) type_word: Regex,
    /// A type word with a number.
    pub(super) typed: Regex,
    /// A number with a symbol, without a type word.
    pub(super) untyped: Regex,
    /// What a number alone may count, at the start of the words after it.
    pub(super) counted: Regex,
    /// The year of a document behind its number, at the start of the words after it.
    pub(super) of_year: Regex,
    /// What stands behind a number that is a document's, at the start of the words after it.
    pub(super) followed: Regex,
    /// What tells that a number is a document's although its type word begins small.
    pub(super) told: Regex,
    /// The next number of an enumeration, at the start of the words after one.
    pub(super) enumerated: Regex,
    /// Pattern of what stands between two numbers of an enumeration.
    pub(super) between: String,
    /// Words around a mention, as alternatives of a pattern.
    pub(super) around: Around,
    /// What stands before a document that is followed by who obeys it.
    pub(super) obeys: Vec<String>,
    /// Where a subject ends.
    pub(super) subject: SubjectEnds,
    /// Words between a subject and the next document of a list, the longest first.
    pub(super) joins: Vec<String>,
    /// A law by name.
    pub(super) law: Regex,
    /// Words before what only looks like one.
    pub(super) taught: Vec<String>,
    /// Words between one and the state whose it is.
    pub(super) of_states: Vec<String>,
    /// Names of states that are other words right behind the name of a law.
    pub(super) no_states: Vec<String>,
    /// Words right before one that say that it is another state's.
    pub(super) theirs: Vec<String>,
    /// A resolution of a congress by name.
    pub(super) congress: Regex,
    /// Pattern of a body, one group.
    pub(super) issuer: String,
    /// Pattern of a Vietnamese body with all that may stand in its name, one group: `Bộ Văn hóa, Thể thao và Du lịch`, `UBND tỉnh
    /// Hạ Sơn - Sa Mát`, `UBND thành phố Hạ Sơn (Sa Mát)`.
    pub(super) whole_issuer: String,
    /// Words that no body's name ends in.
    pub(super) no_ends: Vec<String>,
    /// Offices without the name of who holds them.
    pub(super) offices: Vec<String>,
    /// How the words for a body begin.
    pub(super) bodies: Vec<String>,
    /// Words that a body goes on with in small letters.
    pub(super) small: HashSet<String>,
    /// Those of them that stay small also behind its first word.
    pub(super) linking: HashSet<String>,
    /// Words that the name of a place stands behind.
    pub(super) places: Vec<String>,
    /// How committees end behind which the name of their place stands.
    pub(super) committees: Vec<String>,
}

/// When a number alone may follow the words of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bare {
    Never,
    /// Where the words behind tell.
    Told,
    /// Where the words are letters in capitals.
    Shouted,
    /// Where the words begin with a capital, or the words behind tell.
    Capital,
    Always,
}

/// Words around a mention, each as alternatives of a pattern.
pub(super) struct Around {
    pub(super) adverbs: String,
    pub(super) acts: String,
    pub(super) has: String,
    pub(super) again: String,
    pub(super) called: String,
    pub(super) dated: String,
    pub(super) opens: String,
    pub(super) day: String,
    pub(super) month: String,
    pub(super) year: String,
    pub(super) lately: String,
    pub(super) by: String,
    pub(super) decides: String,
    pub(super) some: String,
    pub(super) fresh: String,
    pub(super) about: String,
    pub(super) doing: String,
    pub(super) within: String,
    pub(super) saying: String,
    pub(super) passive: String,
    pub(super) sending: String,
    pub(super) several: String,
    pub(super) does: String,
}

pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let table: Table = rules::read("rules/directives.toml").expect("the table comes with the program");
    let issuers: Issuers = rules::read("rules/issuers.toml").expect("the table comes with the program");
    let mut types = HashMap::new();
    let mut codes = HashMap::new();
    let mut words = Vec::new();
    for row in &table.r#type {
        for word in &row.words {
            // Some texts have lost all their accents.
            for word in [word.clone(), folded(word)] {
                let bare = match (row.bare, row.lower) {
                    (false, _) if row.told => Bare::Told,
                    (false, _) => Bare::Never,
                    (true, false) => Bare::Capital,
                    (true, true) => Bare::Always,
                };
                types.insert(word.to_lowercase(), (row.kind, bare));
                words.push(word);
            }
        }
        for short in &row.short {
            types.insert(short.to_lowercase(), (row.kind, Bare::Shouted));
            words.push(short.clone());
        }
        for code in &row.codes {
            codes.insert(code.clone(), row.kind);
        }
    }
    let short = |row: &Type| {
        let long: Vec<String> = row.words.iter().map(|word| word.to_lowercase()).collect();
        row.short.iter().map(|short| (short.clone(), long.clone())).collect::<Vec<_>>()
    };
    let shorts = table.r#type.iter().flat_map(short).collect();
    let words = alternatives(&words);
    // A part of a symbol; what stands between its parts.
    let part = r"[A-ZĐÐƯ][A-Za-zĐÐđƯưĂÂÊÔ&]*\d{0,2}";
    // Dashes of every kind; a line may end behind one.
    let sep = format!(r"[/{DASHES}]");
    // The issuer behind the type's code may be set off on both sides, in capitals: `45/QĐ - UBND`.
    let issuer = format!(r"(?:[ ]{sep}[ ][A-ZĐÐ][A-ZĐÐ&]+[a-z]?)?");
    let more = format!(r"{issuer}(?:[ ]?{sep}{part}|{sep}[ \n]{part}|\.[A-ZĐÐ]{{2,5}})*");
    let symbol = format!(
        r"(?P<symbol>(?:[ ]?{sep}[ ]?(?:19|20)\d\d)?[ ]?{sep}[ \n]?{part}{more}|[ ]{part}{sep}{part}{more}|/(?:19|20)\d\d)"
    );
    let manner = alternatives(&table.manner);
    let typed = format!(
        r"^(?P<type>(?i:{words}))(?: (?:{manner}))?(?P<of>[ ]+(?i:của)[ ][^.;,\d\n]{{3,50}}?)?[  ]*(?P<no>(?i:số|so|no|number|№|n°)[ .:]*)?(?P<number>\d{{1,5}}[a-e]?){symbol}?"
    );
    let untyped = format!(r"(?P<no>(?i:số|no)[ .:]+)?(?P<number>\d{{1,5}}[a-e]?){symbol}");
    let counted = format!(r"^[ ]*(?i:{})(?:\PL|$)", alternatives(&table.counted.words));
    let of_year = format!(r"^[ ](?:{}) (?:19|20)\d\d(?:\D|$)", alternatives(&table.counted.year));
    let followed = format!(
        r#"^(?:[ ]*(?:[.;:)”"»–—]|,[ ]|$)|[ ]\(?(?:{})(?:\PL|$))"#,
        alternatives(&table.followed.words)
    );
    let told = format!(
        r"^[ ]\(?(?:(?:{})(?:\PL|$)|(?:{}) \d)",
        alternatives(&table.followed.told),
        alternatives(&table.followed.dated)
    );
    let between =
        format!(r"[ ]?(?:(?:{})[ ]?)+(?P<no>(?i:số|no)[ .:]*)?", alternatives(&table.enumeration.links));
    let enumerated = format!(r"^{between}(?P<number>\d{{1,5}}[a-e]?){symbol}?");
    let known: Known = rules::read("rules/laws.toml").expect("the table comes with the program");
    let mut names: Vec<String> = table.laws.vi;
    names.extend(known.names().map(str::to_owned));
    // Some keyboards write Đ as the letter eth.
    let either = |names: &[String]| alternatives(names).replace('Đ', "[ĐÐ]").replace('đ', "[đð]");
    let (vi, en) = (either(&names), alternatives(&table.laws.en));
    // In small letters where the word before begins with a capital; names of one syllable are words of every day.
    let long: Vec<String> = names.iter().filter(|name| name.contains(' ')).cloned().collect();
    let (long, letters) = (either(&long), alternatives(&table.laws.letters));
    let law = format!(
        r"(?:(?:Bộ [Ll]uật|Luật|Pháp lệnh) (?:(?i:{long})|{vi})|luật (?:{long})|(?:{letters}))(?:(?: \(sửa đổi\))?(?: năm)? (?:19|20)\d\d)?|Hiến pháp(?: năm (?:19|20)\d\d)|(?:(?:19|20)\d\d )?(?:Law|Ordinance) on (?:the )?\p{{Lu}}[\w-]+(?:(?:,|,? and| of| the| for| in| at)* \p{{Lu}}[\w-]+)*(?: (?:19|20)\d\d)?|(?:(?:19|20)\d\d )?(?:{en}) (?:Law|Code)(?: (?:19|20)\d\d)?|(?:19|20)\d\d Constitution"
    );
    let level = r"(?:(?:National|Provincial|District|City|Municipal|Party|Delegates?|Central|Communist) )*";
    let congress = format!(
        r"Resolution of the \p{{Lu}}[\p{{L}} ]{{0,30}}?(?:Provincial )?Party Congress,? \d+(?:st|nd|rd|th) term|Resolution of the (?P<of>\d+(?:st|nd|rd|th) (?:\p{{Lu}}\p{{L}}+ ){{0,4}}?{level}Congress)|(?P<before>\d+(?:st|nd|rd|th) {level}Congress)(?:['’]s)? Resolution|(?i:nghị quyết) (?:của )?(?P<vi>Đại hội (?:(?:Đại biểu|đại biểu|toàn quốc|Đảng bộ|Đảng|tỉnh|huyện|thành phố|thị xã|xã|lần thứ|khóa|nhiệm kỳ|\p{{Lu}}\p{{L}}+) ){{0,10}}?(?:[IVXL]+|\d{{4}} ?[-–] ?\d{{4}}|\d+)(?-u:\b)(?: của Đảng)?)"
    );
    let english = alternatives(&issuers.en);
    let issuer = format!(
        r"((?:{})(?:[ ](?:{}|\p{{Lu}}[\p{{L}}&-]*(?: (?:{})\b){{0,3}}))*|(?:(?:\d+(?:st|nd|rd|th)|\p{{Lu}}[\w'’-]*)(?: (?:of (?:the )?|and |for )?)){{0,9}}(?:{english})(?: (?:of (?:the )?)?(?:\d+(?:st|nd|rd|th)|\p{{Lu}}[\w'’-]*))*)",
        alternatives(&issuers.vi),
        alternatives(&issuers.rest),
        alternatives(&issuers.second),
    );
    let capital = format!(r"\p{{Lu}}[\p{{L}}&-]*(?: (?:{})\b){{0,3}}", alternatives(&issuers.second));
    let fields = format!(r"(?:,[ ]{capital}){{1,4}}(?: và|,) {capital}");
    let whole_issuer = format!(
        r"((?:{})(?:[ ](?:{}|{capital})|[ ]?[-–][ ]?{capital}|{fields}|[ ](?:{})[ ]\p{{Ll}}[\p{{L}} ,]{{3,60}}?|[ ]\([^()\n]{{2,60}}\))*)",
        alternatives(&issuers.vi),
        alternatives(&issuers.rest),
        alternatives(&table.around.for_what),
    );
    let regex =
        |pattern: &str| Regex::new(pattern).expect("patterns of the program are checked by its tests");
    Rules {
        others: table.others,
        types,
        shorts,
        codes,
        type_word: regex(&format!("(?i:{words})")),
        typed: regex(&typed),
        untyped: regex(&untyped),
        counted: regex(&counted),
        of_year: regex(&of_year),
        followed: regex(&followed),
        told: regex(&told),
        enumerated: regex(&enumerated),
        between,
        around: Around {
            adverbs: alternatives(&table.around.adverbs),
            acts: alternatives(&table.around.acts),
            has: alternatives(&table.around.has),
            again: alternatives(&table.around.again),
            called: alternatives(&table.around.called),
            dated: alternatives(&table.around.dated),
            opens: alternatives(&table.around.opens),
            day: alternatives(&table.around.day),
            month: table.around.month,
            year: table.around.year.clone(),
            lately: alternatives(&table.around.lately),
            by: alternatives(&table.around.by),
            decides: alternatives(&table.around.decides),
            some: alternatives(&table.around.some),
            fresh: alternatives(&table.around.fresh),
            about: alternatives(&table.around.about),
            doing: alternatives(&table.around.doing),
            within: alternatives(&table.around.within),
            saying: alternatives(&table.around.saying),
            passive: alternatives(&table.around.passive),
            sending: alternatives(&table.around.sending),
            several: alternatives(&table.around.several),
            does: alternatives(&table.around.does),
        },
        obeys: table.around.obeys,
        subject: SubjectEnds {
            ends: AhoCorasick::new(&table.subject.ends).expect("a few words"),
            additions: AhoCorasick::new(&table.subject.additions).expect("a few words"),
            added: table.subject.added,
            clauses: regex(&format!(r", ?(?:{})(?:\PL|$)", alternatives(&table.subject.clauses))),
            goes_on: table.subject.goes_on,
            acts: regex(&format!(r" (?:{})(?:\PL|$)", alternatives(&table.subject.acts))),
            attributes: table.subject.attributes,
            others: regex(&format!(r"^(?:{})(?:\PL|$)", alternatives(&table.subject.others))),
            links: table.subject.links,
            run_on: regex(r"\p{Ll}{2}\.(?:\d|\p{Lu})|\./"),
            doubts: regex(&table.subject.doubts.join("|")),
            year: regex(&format!(r",? (?:{} )?\d{{4}}$", table.around.year)),
        },
        joins: {
            let mut joins = table.subject.joins;
            joins.sort_by_key(|word| std::cmp::Reverse(word.len()));
            joins
        },
        law: regex(&law),
        taught: table.laws.taught,
        of_states: table.laws.of_states,
        no_states: table.laws.no_states,
        theirs: table.laws.theirs,
        congress: regex(&congress),
        issuer,
        whole_issuer,
        no_ends: issuers.no_ends,
        offices: issuers.offices,
        small: issuers
            .rest
            .iter()
            .chain(&issuers.second)
            .flat_map(|words| words.split(' '))
            .map(str::to_owned)
            .collect(),
        bodies: issuers.vi,
        linking: issuers.linking.into_iter().collect(),
        places: issuers.places,
        committees: issuers.committees,
    }
});

fn folded(words: &str) -> String {
    let mut folded: Vec<String> = Vec::new();
    let (mut syllables, mut syllable) = (Syllables::new(words), Syllable::default());
    while syllables.advance(&mut syllable) {
        folded.push(syllable.folded.clone());
    }
    folded.join(" ")
}
