//! Officials: people whom a text names together with a public position.
//!
//! Names are runs of capitalised syllables with a family name first, or with an honorific before them; positions are
//! read forward behind the name, and before it where they end at the name. Behind the offices of other states any name
//! counts (`abroad.rs`).

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use corpus::Span;
use regex::Regex;
use serde::Deserialize;
use text::{is_vietnamese, slug};

pub use self::office::{Office, position};
use self::tenure::{Held, Person};
use super::passage::{Context, Passage};
use super::pattern::{capital, tail};
use crate::{Official, Rule};

#[derive(Deserialize)]
struct Names {
    families: HashSet<String>,
    honorifics: Vec<String>,
    /// The same, in small letters alone.
    small_honorifics: Vec<String>,
    /// Names that stand for places and things far more often than for people in office.
    never: Vec<String>,
    /// Names of states and parts of the world that look like names of people.
    never_alone: Vec<String>,
    /// Words before such a name that make it one of those.
    monuments: Vec<String>,
    /// Words that begin offices and look like family names.
    offices: Vec<String>,
    /// Words that begin the names of bodies.
    bodies: Vec<String>,
    /// People of old after whom places are named.
    namesakes: HashSet<String>,
    /// Words that begin the next sentence where a line break was lost behind a name.
    begins: Vec<String>,
    /// Words behind which a calling names a body.
    guilds: Vec<String>,
    /// English words of places and bodies.
    things: HashSet<String>,
    /// Family names so frequent that a word of a place's name is unlikely to be meant.
    frequent: Vec<String>,
}

/// The words of positions.
#[derive(Deserialize)]
pub struct Positions {
    en_heads: Vec<String>,
    /// Offices of the Centre, as syllables without accents.
    pub central: Vec<String>,
    en_small: Vec<String>,
    /// Words of offices in small letters, and words before them.
    en_low: Vec<String>,
    en_before: Vec<String>,
    /// Bodies in small letters that are public ones.
    en_bodies: Vec<String>,
    /// Offices in small letters that are public without a body, and words that make others so.
    en_plain: Vec<String>,
    en_levels: Vec<String>,
    /// Bodies whose name goes on behind `for`.
    en_for: Vec<String>,
    /// Departments before the word for who heads or speaks for one, and these words.
    en_fields: Vec<String>,
    en_of_fields: Vec<String>,
    /// Offices in whole words.
    en_whole: Vec<String>,
    /// What joins two offices of one holder.
    joins: Vec<String>,
    /// What several hold whom a list names behind a colon.
    shared_en: Vec<String>,
    en_links: Vec<String>,
    vi_heads: Vec<String>,
    vi_before: Vec<String>,
    /// Words before an office that are no part of it.
    newly: Vec<String>,
    /// Words for members of an assembly, and those before the place that elected one.
    deputies: Vec<String>,
    electors: Vec<String>,
    /// Words before such a word that make it a body, and the words.
    groups: Vec<String>,
    grouped: Vec<String>,
    /// Words behind an office for the state that the text is about.
    of_theirs: Vec<String>,
    /// Words of time between an office and who holds it.
    then: Vec<String>,
    /// Words behind which a name is that of a place or a body, and those behind which that of a person of old is.
    named_after: Vec<String>,
    wards: Vec<String>,
    /// Words that only end like these.
    no_place: Vec<String>,
    /// How what a body belongs to begins, behind a comma.
    belongs: Vec<String>,
    /// Bodies whose field may stand in small letters behind them.
    fielded: Vec<String>,
    /// Words that begin the next sentence where its break was lost.
    next_begins: Vec<String>,
    /// Words that only begin like these.
    no_next: Vec<String>,
    /// What stands between an office and those who hold it.
    leads: Vec<String>,
    /// What leads from several people to what all of them are, and to what each is in turn.
    all_are: Vec<String>,
    each_is: Vec<String>,
    /// Words for the term of an office behind it, and those before whom it is given to.
    terms: Vec<String>,
    given_to: Vec<String>,
    /// What stands above the office in a signature, and between the office and the name.
    signs_for: Vec<String>,
    signed: Vec<String>,
    /// What a body's name goes on with behind `và`.
    tails: Vec<String>,
    /// Words of tasks that stand anywhere in the name of such a body.
    task_words: Vec<String>,
    /// Words of one syllable, behind which another word of two begins.
    wholes: Vec<String>,
    /// Offices whose holder serves in another state, and the words before that state.
    posted: Vec<String>,
    posted_at: Vec<String>,
    /// Words behind an office that make it a body or no office.
    no_office: Vec<String>,
    vi_small: Vec<String>,
    vi_stop: Vec<String>,
    vi_links: Vec<String>,
    /// Those that lead so far and over a comma.
    far_links: Vec<String>,
    /// Behind these the office is that of the person before them, whoever gave it.
    passive: Vec<String>,
    /// What somebody does who gives an office to another, and words that make the office the receiver's.
    gives: Vec<String>,
    receives: Vec<String>,
    /// Offices whose holders stand alone at the head of a state, a parliament or a government, and what such a holder is besides.
    summits: Vec<String>,
    beside_summits: Vec<String>,
    summit_pairs: Vec<(String, String)>,
    /// Two that nobody holds at one time.
    rivals: Vec<(String, String)>,
    /// Words before an office that is no longer held, in small letters.
    past: Vec<String>,
    /// Words in front of an office that make it none of the one who is named behind it.
    not_held: Vec<String>,
    /// Offices in firms, and those in the state that nobody holds beside one.
    firms: Vec<String>,
    not_in_firms: Vec<String>,
    /// Words that only begin like an office.
    no_heads: Vec<String>,
    /// What a person is, right behind the name.
    vi_is: Vec<String>,
    /// Words for several who hold the office that follows.
    plural: Vec<String>,
    /// Short forms before a place, with the dot that ends nothing.
    dotted: Vec<String>,
    /// What a bracket says of a person before the office.
    told: Vec<String>,
    /// What the name of a department goes on with behind a dash.
    paired: Vec<String>,
    /// The same behind a comma.
    listed: Vec<String>,
    /// What ministries and departments are named after.
    fields: Vec<String>,
    /// Bodies that are named by their task, and words of tasks that elsewhere end a position.
    tasked: Vec<String>,
    tasks: Vec<String>,
    /// Small words that a number belongs to: `Quân khu 9`.
    numbered: Vec<String>,
    /// What a holder does, in words that begin like a body.
    acts: Vec<String>,
    /// Words of bodies that are told by what they are for, behind `về`.
    steering: Vec<String>,
    /// What leads from the state where an envoy sits to another.
    also_posted: Vec<String>,
    /// Words that begin a position that is no longer held.
    pub former: Vec<String>,
    /// Offices that are known in several wordings.
    pub office: Vec<Office>,
}

static NAMES: LazyLock<Names> =
    LazyLock::new(|| rules::read("rules/names.toml").expect("the table comes with the program"));

/// The table of positions.
pub static POSITIONS: LazyLock<Positions> =
    LazyLock::new(|| rules::read("rules/positions.toml").expect("the table comes with the program"));

struct Patterns {
    run: Regex,
    /// The same at the beginning of a text.
    first_run: Regex,
    life: Regex,
    honorific: Regex,
    english: Regex,
    /// In small letters, with a body behind it.
    low: Regex,
    /// In small letters, behind the body's rung: `Party cell secretary`.
    compound: Regex,
    /// In small letters, right before a name.
    plain: Regex,
    vietnamese: Regex,
    link: Regex,
    shared: Regex,
    word: Regex,
    /// An office without a body, right before a name: `Bộ trưởng Tô Lâm`.
    bare: Regex,
    /// What stands between an office and who is given it or freed of it: `for the 2021-2026 term for comrade …`.
    given_to: Regex,
    /// What stands between an office and its holder who is named with a word of courtesy.
    then: Regex,
    /// A member of an assembly before the name, and who elected one behind it.
    deputy: Regex,
    elected: Regex,
    /// A comma within the name of a body.
    listed: Regex,
    /// The words behind such a comma.
    items: Regex,
    /// A word of courtesy or a rank in front of a name.
    courtesy: Regex,
    /// What the body of an office belongs to, up to the end of a text.
    belongs: Regex,
    /// The second half of the name of a department, behind a dash.
    paired: Regex,
    /// What a ministry or department is named after, at the beginning of a text.
    field: Regex,
    /// What leads from a name to what its bearer is.
    is: Regex,
    /// What stands before an office that several hold.
    plural: Regex,
    /// Several people who are named with one word of courtesy, at the end of a text.
    several: Regex,
    /// What leads from an office to its holder, at the beginning of a text.
    lead: Regex,
    /// What leads from several people to what all of them are, or each in turn (the first group).
    all_are: Regex,
    /// A bracket behind a name that says how to know the person in a picture, or another name.
    aside: Regex,
    /// What stands between two of them.
    next_of_several: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let regex = |pattern: String| Regex::new(&pattern).expect("the tables hold plain words");
    let any = |words: &[String]| words.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|");
    let table = &*POSITIONS;
    let vi_heads = longest_first(&table.vi_heads);
    let honorifics = longest_first(&NAMES.honorifics);
    let courtesy = format!("(?i:{})|{}", any(&honorifics), any(&longest_first(&NAMES.small_honorifics)));
    let leads = longest_first(&table.leads);
    let run = r"\p{Lu}[\p{Lu}\p{M}]+(?: \p{Lu}[\p{Lu}\p{M}]+){2,}|\p{Lu}[\p{Ll}\p{M}]*(?: (?:Mc|Mac|Le|De|O['’])?\p{Lu}[\p{Ll}\p{M}]*)+";
    Patterns {
        run: regex(run.to_owned()),
        first_run: regex(format!("^(?:{run})")),
        life: regex(format!(
            r"^(?:,? ?\((?:{born})? ?{day}\d{{4}}\)|, (?:{born}) {day}\d{{4}}|, \d{{2}} tuổi|,? ?\((?:(?:{born}) ?{day}\d{{4}}|\d{{2}} tuổi|{})(?:, (?:trú|ngụ|ở|quê) [^();.]{{2,60}}?)?[,;–-])?(?: ?, (?:trú|ngụ|ở|quê) [^,;.]{{2,60}}(?: \([^()]{{2,60}}\))?)?(?:, | - | – )?(?: ?hiện (?:là|nay là) )? ?",
            any(&table.told),
            born = "sinh năm|sinh ngày|SN|born in",
            day = r"(?:\d{1,2}[-/.]\d{1,2}[-/.])?",
        )),
        honorific: regex(format!(
            r"(?:^|[^\p{{L}}])(?:(?:{courtesy})(?:[.,]?\s+|[.-]))*(?:{courtesy})[.:]?\s*$"
        )),
        english: regex(format!(
            r"^(?:(?:\p{{Lu}}[\p{{L}}-]*(?:['’]s)?|[Ff]ormer) )*?(?:{})(?-u:\b)(?: (?:Head|Secretary|Chairman|Chairwoman|Director|Minister|General|Inspector|Justice))?",
            any(&table.en_heads)
        )),
        low: regex(format!(
            r"^(?:(?:{}) )*(?:{}) of ",
            any(&table.en_before),
            any(&longest_first(&table.en_low))
        )),
        compound: regex(format!(
            r"^(?:(?i:(?:{levels}) (?:(?:{before}|party|people['’]s|committee|council|cell) ){{0,3}})(?:{low})|(?:(?:{before}) )*(?i:{fields}) (?:{of_fields})|(?:{whole}))(?-u:\b)",
            levels = any(&longest_first(&table.en_levels)),
            before = any(&table.en_before),
            low = any(&longest_first(&table.en_low)),
            fields = any(&longest_first(&table.en_fields)),
            of_fields = any(&longest_first(&table.en_of_fields)),
            whole = any(&longest_first(&table.en_whole)),
        )),
        plain: regex(format!(
            r"(?:^|[^\p{{L}}])((?:[Ff]ormer |[Aa]cting )?(?:(?i:(?:{levels}) (?:(?:{before}) )*(?:{low}))|(?:(?:{before}) )*(?:(?i:{fields}) (?:{of_fields})|{whole}|{plain})))$",
            levels = any(&table.en_levels),
            before = any(&table.en_before),
            low = any(&longest_first(&table.en_low)),
            fields = any(&longest_first(&table.en_fields)),
            of_fields = any(&longest_first(&table.en_of_fields)),
            whole = any(&longest_first(&table.en_whole)),
            plain = any(&longest_first(&table.en_plain)),
        )),
        vietnamese: regex(format!(
            r"(?i)^(?:(?:{}) )*(?:{})(?:[^\p{{L}}]|$)",
            any(&table.vi_before),
            any(&vi_heads)
        )),
        link: regex(format!(
            r"^(?:(?:[^,.;:–-]{{0,45}}[^\p{{L}},.;:–-])?(?:{}|{})|[^.;:–-]{{0,90}}[^\p{{L}}.;:–-](?:{}))\s+(?:{})?",
            any(&longest_first(&table.en_links)),
            any(&longest_first(&table.vi_links)),
            any(&longest_first(&table.far_links)),
            any(&table.newly)
        )),
        shared: regex(format!(
            r"(?:Comrades (?:of|in) the [^:;]{{5,120}}|(?:[Cc]ác |[Cc]ác đồng chí |có |^)((?:Ủy|Uỷ|ủy|uỷ) viên [^:;,]{{5,100}})|((?:\p{{Lu}}[\p{{L}}'’]+ )+(?:{})(?: of the [^:;,]{{5,80}})?)):",
            any(&table.shared_en)
        )),
        bare: regex(r"(?:^|[^\p{L}])(?:[Tt]hủ tướng|[Bb]ộ trưởng|[Tt]hứ trưởng|[Tt]ổng [Bb]í thư|[Cc]hủ tịch [Nn]ước|[Gg]iám đốc|[Cc]hủ tịch|[Bb]í thư|President|Prime Minister|Minister)\s+$".to_owned()),
        given_to: regex(format!(
            r"(?:,? (?:for|in) the (?:term )?\d{{4}} ?[-–] ?\d{{4}}(?: term)?)?(?:,? (?:{}) (?:[IVXL]+|\d{{1,2}}|\d{{4}} ?[-–] ?\d{{4}})){{0,2}},?(?: (?:{})| replacing (?:his|her|the) predecessor,?)$",
            any(&table.terms),
            any(&longest_first(&table.given_to))
        )),
        then: regex(format!(
            r"(?:(?: (?:{}))?(?: (?:{})| \(|:))$",
            any(&table.then),
            any(&leads)
        )),
        deputy: regex(format!(
            r"(?i)(?:^|[^\p{{L}}])(?:{})\s+(?:(?:ông|bà)\s+)?$",
            any(&table.deputies)
        )),
        elected: regex(format!(
            r"(?i)^(?: ?\(((?:(?:{electors}) )*([^()]{{3,40}}))\)|(?:,| -| –) (?:{electors}) (?:(?:{electors}) )?([^(),.;]{{3,40}}?)(?:[,.;]| cho| nêu| đề| phát|$))",
            electors = any(&longest_first(&table.electors))
        )),
        listed: regex(r"^, (?:\p{Lu}\p{L}+ \p{Ll}+ (?:và|&) \p{Lu}\p{L}+|chống |chữa )".to_owned()),
        items: regex(format!(
            r"^, (?:{items})(?:(?:, | và | & | - )(?:{items}))*(?:[^\p{{L}}\p{{M}}]|$)",
            items = any(&longest_first(&table.listed))
        )),
        belongs: regex(format!(
            r"^, (?:{})(?: (?:\p{{Lu}}[\p{{L}}\p{{M}}\p{{N}}&.-]*|\p{{Ll}}[\p{{L}}\p{{M}}]*|\d{{1,2}})){{1,6}}$",
            any(&longest_first(&table.belongs))
        )),
        paired: regex(format!("^(?:{})", any(&table.paired))),
        field: regex(format!("^(?i:{})(?:[^\\p{{L}}\\p{{M}}]|$)", any(&longest_first(&table.fields)))),
        is: regex(format!("^,? ?(?:{}) (?:the )?", any(&longest_first(&table.vi_is)))),
        plural: regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{}|\d{{1,2}}) $", any(&longest_first(&table.plural)))),
        next_of_several: regex(format!(
            r"^(?i:, | và | cùng |, và | and |, and )(?:(?:{courtesy})[.:]?\s+)?$"
        )),
        courtesy: regex(format!(r"^(?:{courtesy})[.:]?\s+")),
        several: regex(format!(
            r"(?i)(?:^|[^\p{{L}}])(?:{})\s+(?:{})?[.:]?\s*$",
            any(&longest_first(&table.plural)),
            any(&honorifics)
        )),
        lead: regex(format!(r"^(?:{}):?\s+", any(&leads))),
        all_are: regex(format!(
            r"(?:[ (,])(?:{}|({}))\s+",
            any(&longest_first(&table.all_are)),
            any(&longest_first(&table.each_is))
        )),
        aside: regex(r"^ ?\(([^()\n]{2,60})\)(?:, | ?[-–—] )".to_owned()),
        word: regex(r"^(?:\([^()]{1,30}\)|[\p{L}\p{M}\p{N}&/'’.-]*[\p{L}\p{M}\p{N}])".to_owned()),
    }
});

/// Words of a table, those first that others begin.
fn longest_first(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// The words for offices with each syllable in small letters or with a capital, or all in capitals: most sentences have
/// none of them, and no officials.
static HEADS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let vietnamese = POSITIONS.vi_heads.iter().flat_map(|head| {
        let small = head.to_lowercase();
        let mut written = vec![String::new()];
        for syllable in small.split(' ') {
            written = written
                .iter()
                .flat_map(|before| {
                    [format!("{before} {syllable}"), format!("{before} {}", capital(syllable))]
                })
                .collect();
        }
        let written = written.into_iter().map(|words| words.trim().to_owned());
        written.chain([small.to_uppercase()]).collect::<Vec<_>>()
    });
    let table = &*POSITIONS;
    let deputies = table.deputies.iter().flat_map(|word| {
        let first = word.chars().next().map(|c| c.to_uppercase().chain(word.chars().skip(1)).collect());
        [Some(word.clone()), first, Some(word.to_uppercase())].into_iter().flatten().collect::<Vec<String>>()
    });
    let low = table.en_plain.iter().chain(&table.en_low).map(|word| format!("{word} "));
    let all = table.en_heads.iter().cloned().chain(vietnamese).chain(deputies).chain(low);
    let all = all.chain(table.shared_en.iter().map(|word| format!("{word}:")));
    let of_fields = table.en_of_fields.iter().chain(&table.en_whole).cloned();
    let all = all.chain(of_fields).chain(["Comrades".to_owned()]);
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(all).expect("the words of a table")
});

/// Adds the officials of some passages, in reading order.
pub(crate) fn find(context: &Context<'_>, passages: &[Passage], found: &mut Vec<Official>) {
    for passage in passages {
        // What a list gives to all whom it names: a sentence ends at its semicolons too.
        let mut shared: Option<String> = None;
        for sentence in &passage.sentences {
            in_sentence(context, *sentence, &mut shared, found);
            shared = shared.filter(|_| sentence.of(context.text).ends_with(';'));
        }
    }
    signature::find(context, passages, found);
}

fn in_sentence(
    context: &Context<'_>,
    sentence: Span,
    listed: &mut Option<String>,
    found: &mut Vec<Official>,
) {
    let words = sentence.of(context.text);
    if !HEADS.is_match(words) && listed.is_none() {
        return;
    }
    if !words.contains(char::is_lowercase) {
        found.extend(capitals::official(words).map(|(name, position)| Official {
            span: Span::new(sentence.start() + name.start, sentence.start() + name.end),
            positions: vec![words[position].to_owned()],
            tenures: Vec::new(),
            rule: Rule::FullName,
        }));
        return;
    }
    let shared = words.contains(':').then(|| PATTERNS.shared.captures(words)).flatten().map(|hit| {
        let all = hit.get(0).expect("a match has a whole");
        let position = hit.get(1).or(hit.get(2));
        (all.end(), position.map_or(all.as_str().trim_end_matches(':'), |group| group.as_str()).to_owned())
    });
    let shared = shared.or_else(|| listed.take().map(|position| (0, position)));
    *listed = shared.as_ref().map(|(_, position)| position.clone());
    let first = found.len();
    let mut people: Vec<Person> = Vec::new();
    let mut claimed = 0;
    // No position reaches over the name of a person, though one may begin with what looks like it: `Nguyên Bí thư`.
    let mut barrier = 0;
    // Where the last position ends that stands behind a person and is that person's.
    let mut taken = 0;
    // Where the last of several ends who hold one office, and that office.
    let mut several: Option<(usize, Range<usize>)> = None;
    let named = names(words);
    let common = common(words, &named);
    for (number, (start, end)) in named.iter().copied().enumerate() {
        let behind_last = barrier;
        if is_no_part(words, start) {
            barrier = start;
        }
        if claimed > 0 && start <= claimed {
            if let Some(last) = found.last_mut().and_then(|official| official.positions.last_mut()) {
                let _ = write!(last, " {}", &words[start..end]);
            }
            claimed = 0;
            continue;
        }
        let mut ahead: Vec<_> =
            before(&words[behind_last..start]).into_iter().map(|at| moved(at, behind_last)).collect();
        ahead.retain(|at| at.start >= taken);
        several = match (&ahead[..], several) {
            // `các Phó Chủ tịch A, B và C`, `nguyên Chủ tịch Quốc hội: A, B`
            ([office], _)
                if PATTERNS.plural.is_match(tail(&words[..office.start]))
                    || PATTERNS.several.is_match(tail(&words[..start]))
                    || words[office.end..start].trim_end().ends_with(':') =>
            {
                Some((end, office.clone()))
            }
            ([], Some((last, office))) if PATTERNS.next_of_several.is_match(&words[last..start]) => {
                ahead.push(office.clone());
                Some((end, office))
            }
            _ => None,
        };
        let near = &words[end..words.floor_char_boundary(end + REACH)];
        let (behind, reached) = after(near, !ahead.is_empty());
        // What looks like a name behind it names the body.
        claimed = if reached > 0 { end + reached } else { 0 };
        if ahead.is_empty()
            && let Some(office) = deputy(&words[..start], &words[end..])
        {
            ahead.push(office);
        }
        // `Thủ tướng A, Phó Tổng thống Indonesia, nguyên Thủ tướng Singapore`
        let office = |at: &Range<usize>| words[at.clone()].to_lowercase();
        let is_theirs = |held: &Held| {
            let behind = near[held.at.clone()].to_lowercase();
            !held.linked && ahead.last().is_some_and(|ahead| are_of_two(&office(ahead), &behind))
        };
        let mut behind = behind;
        if let Some(first) = behind.iter().position(is_theirs) {
            behind.truncate(first);
        }
        // An office that one is given may be that of the predecessor who is named behind it.
        taken = behind.iter().filter(|held| !held.linked).map(|held| end + held.at.end).max().unwrap_or(0);
        let ahead = ahead.into_iter().map(|at| Held { at, linked: false });
        let behind = behind.into_iter().map(|held| Held { at: moved(held.at, end), linked: held.linked });
        // What all of several are stands behind the last of them.
        let all = common.get(common.partition_point(|(of, _)| of.end <= number));
        let all = all.filter(|(of, _)| of.contains(&number));
        let shares = all.map_or(&[][..], |(of, offices)| offices.of(number - of.start));
        let shares = shares.iter().map(|at| Held { at: at.clone(), linked: true });
        let behind: Vec<Held> = behind.filter(|_| all.is_none()).chain(shares).collect();
        let mut held: Vec<Option<Held>> = ahead.chain(behind).map(Some).collect();
        let mut positions: Vec<String> =
            held.iter().flatten().map(|held| words[held.at.clone()].to_owned()).collect();
        if let Some((at, position)) = &shared
            && *at <= start
        {
            positions.insert(0, position.clone());
            held.insert(0, None);
        }
        for at in (1..positions.len()).rev() {
            if positions[at] == positions[at - 1] {
                positions.remove(at);
                held.remove(at);
            }
        }
        if !positions.is_empty() {
            let span = Span::new(sentence.start() + start, sentence.start() + end);
            found.push(Official { span, positions, tenures: Vec::new(), rule: rule_of(words, start, end) });
            people.push(Person { name: start..end, held });
        }
    }
    let tenures = tenure::find(words, &people, context.published);
    for (official, tenures) in found[first..].iter_mut().zip(tenures) {
        official.tenures = tenures;
    }
}

/// What several people are whom a sentence names before it.
enum Common {
    /// All of them.
    All(Vec<Range<usize>>),
    /// Each in turn.
    Each(Vec<Range<usize>>),
}

impl Common {
    fn of(&self, number: usize) -> &[Range<usize>] {
        match self {
            Self::All(offices) => offices,
            Self::Each(offices) => offices.get(number..=number).unwrap_or_default(),
        }
    }
}

/// What is told of several people together: `ông A và bà B đều là Phó Chủ tịch UBND tỉnh`. With the places of their names.
fn common(text: &str, names: &[(usize, usize)]) -> Vec<(Range<usize>, Common)> {
    let mut found = Vec::new();
    for lead in PATTERNS.all_are.captures_iter(text) {
        let whole = lead.get(0).expect("a match has a whole");
        let last = names.partition_point(|(_, end)| *end <= whole.start()).checked_sub(1);
        let Some(last) = last.filter(|last| text[names[*last].1..whole.start()].trim().is_empty()) else {
            continue;
        };
        let mut first = last;
        while first > 0 && PATTERNS.next_of_several.is_match(&text[names[first - 1].1..names[first].0]) {
            first -= 1;
        }
        let (offices, _) = list(&text[whole.end()..]);
        let offices: Vec<_> = offices.into_iter().map(|at| moved(at, whole.end())).collect();
        if first == last || offices.is_empty() {
            continue;
        }
        let each = lead.get(1).is_some() && offices.len() == last + 1 - first;
        found.push((first..last + 1, if each { Common::Each(offices) } else { Common::All(offices) }));
    }
    found
}

/// The words for a member of an assembly before a name, where the place that elected one stands behind it.
fn deputy(before: &str, behind: &str) -> Option<Range<usize>> {
    let hit = PATTERNS.deputy.find(before)?;
    let place = PATTERNS.elected.captures(behind)?;
    let mut names = place.iter().skip(1).flatten();
    names.find_map(|name| super::province::named_in(name.as_str()))?;
    let begins = hit.start() + hit.as_str().find(char::is_alphabetic)?;
    let word =
        POSITIONS.deputies.iter().find(|word| before[begins..].to_lowercase().starts_with(word.as_str()))?;
    Some(begins..before.floor_char_boundary(begins + word.len()))
}

/// Whether what begins at a place is the name of a person also for who reads a position up to it.
fn is_no_part(text: &str, at: usize) -> bool {
    begins_with_name(&text[at..]) && !is_place(&text[at..])
        || abroad::name_behind(&text[..at], &text[at..]).is_some()
}

/// What a name was found by.
fn rule_of(text: &str, start: usize, end: usize) -> Rule {
    let name = &text[start..end];
    let family = name.split(' ').next().is_some_and(|word| NAMES.families.contains(&slug(word)));
    match (family, name.split(' ').count()) {
        (true, 3..) => Rule::FullName,
        (true, _) => Rule::ShortName,
        (false, _) if abroad::name_behind(&text[..start], &text[start..]).is_some() => Rule::OfficeAbroad,
        (false, _) => Rule::HonouredName,
    }
}

/// Where people are named in a sentence.
fn names(text: &str) -> Vec<(usize, usize)> {
    let mut found = abroad::names(text);
    let known = found.len();
    let mut at = 0;
    while let Some(run) = PATTERNS.run.find_at(text, at) {
        at = run.end();
        // `Ông LÊ VĂN A`: the first capital of the next word is no word of this run.
        if text[run.end()..].starts_with(char::is_uppercase)
            && let Some((_, last)) = run.as_str().rsplit_once(' ')
            && last.chars().count() == 1
        {
            at = run.end() - last.len();
            continue;
        }
        let run = run.start()..run.start() + without_next_sentence(run.as_str(), &text[run.end()..]);
        // `ông Moon Chung-in`: the second half of a given name.
        let run = run.start..run.end + second_syllable(&text[run.clone()], &text[run.end..]);
        at = at.max(run.end);
        if found[..known].iter().any(|(start, end)| run.start < *end && *start < run.end) {
            continue;
        }
        let end = run.end;
        found.extend(name_in(text, run).map(|at| (at, end)));
    }
    if known > 0 {
        found.sort_unstable();
    }
    found
}

/// The length of a run of words in capitals without the last one where that begins the next sentence: with a word that
/// often does, or, with the words behind it, with an office (`Trần Văn A Bộ trưởng …`).
fn without_next_sentence(run: &str, behind: &str) -> usize {
    let begins_office = |last: &str| {
        if !behind.starts_with(' ') || !last.contains(char::is_lowercase) {
            return false;
        }
        let near = &behind[..behind.floor_char_boundary(40)];
        let words = format!("{last}{near}");
        PATTERNS.vietnamese.find(&words).is_some_and(|office| office.len() > last.len() + 2)
    };
    let last = run.rsplit_once(' ').filter(|(before, last)| {
        before.matches(' ').count() >= 2
            && (NAMES.begins.iter().any(|word| word == last) || begins_office(last))
    });
    last.map_or(run.len(), |(before, _)| before.len())
}

/// The length of the second syllable, behind a hyphen, of the given name that a run of two words ends with.
fn second_syllable(run: &str, behind: &str) -> usize {
    let polite = PATTERNS.courtesy.find(run).map_or(0, |word| word.end());
    let Some(rest) = behind.strip_prefix('-').filter(|_| run[polite..].matches(' ').count() == 1) else {
        return 0;
    };
    let letters = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    let ends = !rest[letters..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    if (2..=4).contains(&letters) && ends { 1 + letters } else { 0 }
}

/// Whether a text begins with the name of a person.
fn begins_with_name(text: &str) -> bool {
    is_name_at(text, 0)
}

/// Whether the name of a person begins at a place in a text.
fn is_name_at(text: &str, at: usize) -> bool {
    let here = &text[at..];
    let Some(run) = PATTERNS.first_run.find(here) else { return false };
    // What stands in front of the name would tell of one abroad: it begins further on, and counts before this one.
    let is_abroad = || {
        let near = &here[..here.floor_char_boundary(run.end() + LONGEST_NAME)];
        abroad::names(near).first().is_some_and(|(start, _)| *start < run.end())
    };
    name_in(text, at..at + run.end()) == Some(at) && !is_abroad()
}

/// Where the name of a person begins that a run of words with capitals ends with.
fn name_in(text: &str, run: Range<usize>) -> Option<usize> {
    if text[run.end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’')) {
        return None;
    }
    let words = &text[run.clone()];
    let starts: Vec<usize> = std::iter::once(run.start)
        .chain(words.match_indices(' ').map(|(at, _)| run.start + at + 1))
        .collect();
    let count = starts.len();
    let family = |at: usize| {
        let word = text[starts[at]..run.end].split(' ').next().unwrap_or_default();
        NAMES.families.contains(&slug(word))
    };
    let honoured = |at: usize| honorific(tail(&text[..at])).is_some();
    let begins_body = || NAMES.bodies.iter().any(|body| words.split(' ').next() == Some(body));
    let bare = |at: usize| PATTERNS.bare.is_match(tail(&text[..at])) && !begins_body();
    // A place before the name may begin like a family name: `Hà Tĩnh Nguyễn Văn An`; two syllables alone may be one.
    let at = [3, 4, 2, 5].into_iter().find(|length| {
        *length <= count
            && family(count - length)
            && (*length > 2 || honoured(starts[count - length]) || bare(starts[count - length]))
    });
    // A place of two syllables may stand before a name of four: `Hạ Đức Nguyễn Vũ Bảo Hoàng`.
    let often = |at: usize| {
        let word = text[starts[at]..run.end].split(' ').next().unwrap_or_default().to_lowercase();
        NAMES.frequent.contains(&word)
    };
    let at = match at {
        Some(3) if count > 3 && often(count - 4) && (count == 4 || !is_place(&text[starts[count - 5]..])) => {
            Some(4)
        }
        at => at,
    };
    // `Hà Nội Lê Quân`: a province before a short name.
    let at = match at {
        Some(4) if family(count - 2) && is_place(&text[starts[count - 4]..starts[count - 2]]) => Some(2),
        at => at,
    };
    // In capitals throughout, headings look like names.
    let capitals = !words.contains(char::is_lowercase);
    let at = at.filter(|length| !capitals || often(count - length) || *length == count);
    let at = at
        .map(|length| starts[count - length])
        .or_else(|| (honoured(run.start) && count <= 5).then_some(run.start))
        .or_else(|| {
            // `Ông` begins the sentence and the run.
            let polite = PATTERNS.courtesy.find(words)?.end();
            (2..=4).contains(&words[polite..].split(' ').count()).then_some(run.start + polite)
        });
    let at = at.filter(|at| {
        let first = text[*at..run.end].split(' ').next().unwrap_or_default();
        // States of three syllables look like names: `Bồ Đào Nha`.
        let is_state = text[*at..run.end].contains(' ') && abroad::begins_with_state(&text[*at..]);
        let is_thing = || text[*at..run.end].split(' ').skip(1).any(|word| NAMES.things.contains(word));
        // `Chủ tịch Hà Nội`, `Nhà Trắng Sean Spicer`
        let name = &text[*at..run.end];
        let is_place_first = name.split(' ').count() == 3 && is_place(name);
        let is_whole_place = NAMES.never_alone.contains(&slug(name)) || is_whole_place(name);
        let is_mixed = is_vietnamese(&slug(first))
            && name.split(' ').skip(1).any(|word| word.len() > 2 && !is_vietnamese(&slug(word)));
        let no_person = is_whole_place || (is_place_first || is_mixed) && !honoured(*at);
        !NAMES.offices.iter().any(|word| word == first) && !is_state && !is_thing() && !no_person
    });
    at.filter(|at| {
        let before = tail(&text[..*at]);
        !is_named_after(before.trim_end(), &text[*at..run.end])
            && !NAMES.never.contains(&slug(&text[*at..run.end]))
            || PATTERNS.bare.is_match(before)
                && !NAMES.monuments.iter().any(|word| before.to_lowercase().contains(word.as_str()))
    })
}

/// Where the words of courtesy, ranks and callings begin that some words end with. Behind the word for a guild they are its
/// name: `Hội Nhà báo`.
fn honorific(words: &str) -> Option<usize> {
    let hit = PATTERNS.honorific.find(words)?;
    let kept = hit.as_str().chars().next().filter(|c| !c.is_alphanumeric()).map_or(0, char::len_utf8);
    let at = hit.start() + kept;
    let before = words[..at].trim_end();
    (!NAMES.guilds.iter().any(|guild| ends_with_word(before, guild))).then_some(at)
}

/// Whether what looks like a person's name behind some words is that of a place or a body: `Trường THPT Phan Đình Phùng`.
fn is_named_after(before: &str, name: &str) -> bool {
    ends_like(before, &POSITIONS.named_after) || ends_like(before, &POSITIONS.wards) && is_of_old(name)
}

/// Whether some words end with one of these, and not with one that only ends like it.
fn ends_like(words: &str, these: &[String]) -> bool {
    let ends = |these: &[String]| these.iter().any(|word| ends_with_word(words, word));
    ends(these) && !ends(&POSITIONS.no_place)
}

/// Whether a text begins with the name of somebody of old after whom places are named.
fn is_of_old(text: &str) -> bool {
    let first = |count: usize| text.split(' ').take(count).collect::<Vec<_>>().join(" ");
    (2..=3).any(|count| NAMES.namesakes.contains(first(count).trim_end_matches(|c: char| !c.is_alphabetic())))
}

/// Whether some words end with a whole one.
fn ends_with_word(words: &str, word: &str) -> bool {
    words.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphabetic))
}

/// Whether a full name behind an office is that of its holder, not of the body: `Phó Chủ tịch Trần Văn An`.
fn is_other(before: &str, name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    let Some(run) = PATTERNS.first_run.find(name) else { return false };
    let before = before.trim_end();
    let may_be_named =
        [&POSITIONS.named_after, &POSITIONS.wards].iter().any(|these| ends_like(before, these));
    run.as_str().split(' ').count() >= 3
        && NAMES.frequent.contains(&first)
        && !is_of_old(name)
        && !may_be_named
}

/// Bytes around a name in which its positions are looked for.
const REACH: usize = 600;

/// The positions that end where the name begins.
fn before(text: &str) -> Vec<Range<usize>> {
    let skipped = text.ceil_char_boundary(text.len().saturating_sub(REACH));
    right_before(&text[skipped..]).into_iter().map(|one| moved(one, skipped)).collect()
}

fn right_before(text: &str) -> Vec<Range<usize>> {
    let text = honorific(text).map_or(text, |at| text[..at].trim_end());
    let text = text.trim_end();
    // `Bộ trưởng Bộ Y tế khi ấy là bà A`
    let text = text[..PATTERNS.then.find(text).map_or(text.len(), |then| then.start())].trim_end();
    let theirs = POSITIONS.of_theirs.iter().find_map(|words| text.strip_suffix(words.as_str()));
    let text = theirs.filter(|rest| rest.ends_with(' ')).map_or(text, str::trim_end);
    let text = &text[..PATTERNS.given_to.find(text).map_or(text.len(), |words| words.start())];
    let text = text.trim_end();
    let is_direct = !text.ends_with([',', '-', '–', ':']);
    let text = text.trim_end_matches([',', '-', '–', ':']).trim_end();
    // The first place from which positions can be read up to the name.
    let from = text.len().saturating_sub(240);
    let words = text.char_indices().filter(|(at, c)| {
        *at >= from
            && c.is_alphabetic()
            && text[..*at].chars().next_back().is_none_or(|before| {
                // `dịch vụPhó Chủ tịch`: a line break was lost.
                let is_glued = before.is_lowercase() && c.is_uppercase();
                is_glued || !before.is_alphanumeric() && !matches!(before, '\'' | '’')
            })
    });
    // Who begins at an item of a list that does not reach the name does not reach it either.
    let mut failed: Vec<usize> = Vec::new();
    for (at, _) in words {
        // `chính quyền Tổng thống` is no `quyền Tổng thống`.
        let is_group = is_group(text[..at].trim_end(), &text[at..]);
        if failed.contains(&at)
            || is_group
            || text[at..].starts_with("quyền ")
                && ["chính ", "ủy ", "uỷ ", "thẩm "].iter().any(|word| text[..at].ends_with(word))
        {
            continue;
        }
        let (positions, rest) = list(&text[at..]);
        // `Phó Vụ trưởng Vụ Pháp chế, Bộ Y tế`
        let end = positions.last().map_or(0, |last| at + last.end);
        let belongs = is_direct && !rest.is_empty() && PATTERNS.belongs.is_match(&text[end..]);
        if !positions.is_empty() && (rest.is_empty() || belongs) {
            let mut positions: Vec<_> = positions.into_iter().map(|one| moved(one, at)).collect();
            if let Some(last) = positions.last_mut() {
                last.end = text.len();
            }
            let first =
                (1..positions.len()).rev().find(|at| is_others(text, &positions[at - 1], &positions[*at]));
            positions.drain(..first.unwrap_or(0));
            // `ứng viên Tổng thống Mỹ A`
            let before = positions.first().map_or("", |first| text[..first.start].trim_end());
            let near = tail(before).to_lowercase();
            if POSITIONS.not_held.iter().any(|word| ends_with_word(&near, word)) {
                return Vec::new();
            }
            return positions;
        }
        failed.extend(positions.iter().map(|one| at + one.start));
    }
    // `Provincial vice chairman A`, `deputy secretary B`
    let plain = PATTERNS.plain.captures(tail(text)).and_then(|hit| hit.get(1));
    plain.map(|office| text.len() - office.len()..text.len()).into_iter().collect()
}

/// Whether an office in front of another one that belongs to the name behind it is somebody else's: `Tổng thống Pháp và
/// Thủ tướng A`, `tiếp Chủ tịch Tập đoàn B, Thủ tướng A`.
fn is_others(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    match text[first.end..second.start].trim() {
        "và" => return true,
        "kiêm" => return false,
        _ => {}
    }
    let (first, second) = (text[first.clone()].to_lowercase(), text[second.clone()].to_lowercase());
    // `bác bỏ lời của Tổng thống A, cựu Bộ trưởng B`
    let former = |office: &str| POSITIONS.past.iter().any(|word| office.starts_with(word.as_str()));
    are_of_two(&first, &second) || former(&second) && !former(&first)
}

/// Whether nobody holds two offices at one time; both are in small letters.
fn are_of_two(first: &str, second: &str) -> bool {
    let table = &*POSITIONS;
    let begins = |office: &str, words: &[String]| words.iter().any(|word| office.starts_with(word.as_str()));
    let summit = |office: &str| begins(office, &table.summits);
    let among = |pairs: &[(String, String)]| {
        pairs.iter().any(|(a, b)| {
            let both = |one: &str, other: &str| one.starts_with(a.as_str()) && other.starts_with(b.as_str());
            both(first, second) || both(second, first)
        })
    };
    let is_pair = among(&table.summit_pairs);
    let alone = |one: &str, other: &str| summit(one) && !is_pair && !begins(other, &table.beside_summits);
    let firm = |one: &str, other: &str| begins(one, &table.firms) && begins(other, &table.not_in_firms);
    alone(first, second)
        || alone(second, first)
        || firm(first, second)
        || firm(second, first)
        || among(&table.rivals)
}

/// Bytes that a name has at most, with room behind it.
const LONGEST_NAME: usize = 160;

/// The positions behind a name; `held` where it has one in front of it.
fn after(text: &str, held: bool) -> (Vec<Held>, usize) {
    let trimmed = text.trim_start();
    if let Some(rest) = trimmed.strip_prefix(['-', '–', '—', ',', '(', ':']) {
        let rest = rest.trim_start();
        let told = PATTERNS.life.find(trimmed).map_or(0, |told| told.end());
        // `ông A (áo trắng) - Chủ tịch UBND xã`: a bracket that tells no office.
        let aside = PATTERNS.aside.captures(trimmed).filter(|aside| one(&aside[1]).is_none());
        let rest = match aside {
            _ if told > 2 => &trimmed[told..],
            Some(aside) => &trimmed[aside[0].len()..],
            None => rest,
        };
        let table = &*POSITIONS;
        // `ông A, nay là Phó Chủ tịch HĐND huyện`
        let rest = PATTERNS.is.find(rest).map_or(rest, |is| &rest[is.end()..]);
        let rest = table.newly.iter().find_map(|word| rest.strip_prefix(word.as_str())).unwrap_or(rest);
        let begins = text.len() - rest.len();
        let (found, rest) = list(rest);
        let mut found: Vec<Held> =
            found.into_iter().map(|one| Held { at: moved(one, begins), linked: false }).collect();
        let reached = text.len() - rest.len();
        // In a list of people the last position is that of the next one: `Chủ tịch A, Bí thư B, Giám đốc C`.
        let next = PATTERNS.lead.find(rest).map_or(rest, |word| &rest[word.end()..]);
        let polite = PATTERNS.courtesy.find(next);
        let next = polite.map_or(next, |word| next[word.end()..].trim_start());
        // `Tổng tư lệnh Thống tướng Pol Saroeun`: a rank tells that it is a name.
        let ranked = polite.is_some_and(|word| word.as_str().trim_end().contains(' '))
            && PATTERNS.first_run.is_match(next)
            && !is_place(next);
        // What stands right before a name abroad is that of the name: `bà Naledi Pandor, Tổng thống Cyril Ramaphosa`.
        if abroad::name_behind(&text[..text.len() - next.len()], next).is_some() {
            found.pop();
        } else if begins_with_name(next) || ranked {
            match found.len() {
                // The only position of a person is that person's: `ông A, Giám đốc Công ty Hạ Sơn`.
                1 if !held && !is_other(&text[..reached], next) => return (found, reached),
                1 if !held => found.clear(),
                _ if held => found.clear(),
                _ => drop(found.pop()),
            }
        } else {
            // `ông A, Phó Giám đốc Sở Y tế, giữ chức Bí thư Huyện ủy`
            let made = rest.trim_start_matches([',', ')', ' ']);
            // Of whom nothing is told yet, `làm` alone tells no office: `bà A, người góp phần làm cựu Tổng thống mất chức`.
            let given = |words: &str| {
                !found.is_empty() || !words.trim_end().ends_with(" làm") || words.contains("được")
            };
            let more = linked(text, made, |words| !words.contains(char::is_uppercase) && given(words));
            found.extend(more);
        }
        return (found, 0);
    }
    // `ông A là Chủ tịch UBND xã`
    if let Some(is) = PATTERNS.is.find(text) {
        let (found, _) = list(&text[is.end()..]);
        if !found.is_empty() {
            let held = |one| Held { at: moved(one, is.end()), linked: true };
            return (found.into_iter().map(held).collect(), 0);
        }
    }
    (linked(text, trimmed, |_| true), 0)
}

/// The positions behind words such as `giữ chức` in the rest of a text, where the words up to them `fit`.
fn linked(text: &str, rest: &str, fit: impl Fn(&str) -> bool) -> Vec<Held> {
    let Some(link) = PATTERNS.link.find(rest).filter(|link| fit(link.as_str())) else { return Vec::new() };
    // Behind another's name it is the other's office, unless that one gave it.
    let passive = || POSITIONS.passive.iter().any(|word| rest.starts_with(word.as_str()));
    let foreign = |run: &str| run.split(' ').all(|word| !is_vietnamese(&slug(word)));
    let others = || {
        !names(link.as_str()).is_empty()
            || PATTERNS.run.find_iter(link.as_str()).any(|run| foreign(run.as_str()))
    };
    if !passive() && (others() || gives(link.as_str())) {
        return Vec::new();
    }
    let begins = text.len() - rest.len() + link.end();
    let (found, _) = list(&rest[link.end()..]);
    found.into_iter().map(|one| Held { at: moved(one, begins), linked: true }).collect()
}

/// Whether words behind a name tell that its bearer gives an office to another: `trao quyết định phân công làm`.
fn gives(words: &str) -> bool {
    let table = &*POSITIONS;
    let given = |word: &String| words.match_indices(word.as_str()).map(|(at, _)| at).next();
    let Some(at) = table.gives.iter().filter_map(given).min() else { return false };
    !table.receives.iter().any(|word| words[..at].contains(word.as_str()))
}

/// A place in the rest of a text as one in the text, where the rest begins at `by`.
fn moved(at: Range<usize>, by: usize) -> Range<usize> {
    at.start + by..at.end + by
}

/// Signs and words that join two positions.
const JOINS: [&str; 9] = ["; ", ", ", " and ", " và ", ",", " kiêm ", " - ", " – ", "-"];

/// Positions from the beginning of a text, joined by commas or `and`, and what follows them.
fn list(text: &str) -> (Vec<Range<usize>>, &str) {
    let mut found = Vec::new();
    let mut rest = text;
    let mut next = one(rest);
    while let Some(length) = next {
        let begins = text.len() - rest.len();
        found.push(begins..begins + length);
        rest = &rest[length..];
        let joined =
            JOINS.iter().copied().chain(POSITIONS.joins.iter().map(String::as_str)).find_map(|join| {
                let behind = rest.strip_prefix(join)?;
                one(behind).map(|length| (behind, length))
            });
        next = joined.map(|(behind, length)| {
            rest = behind;
            length
        });
    }
    (found, rest.trim_start())
}

/// The length of the one position that a text begins with.
fn one(text: &str) -> Option<usize> {
    let table = &*POSITIONS;
    if table.no_heads.iter().any(|word| text.starts_with(word.as_str())) {
        return None;
    }
    let english = PATTERNS.english.find(text).map(|hit| hit.end());
    // The blank and "of" are read as the words that lead to the body.
    let compound = || PATTERNS.compound.find(text).map(|hit| hit.end());
    let low = || PATTERNS.low.find(text).map(|hit| hit.end() - " of ".len()).or_else(compound);
    let (head, english) = match english.or_else(low) {
        Some(end) => (end, true),
        None => {
            let hit = PATTERNS.vietnamese.find(text)?;
            (hit.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len(), false)
        }
    };
    let is_posted = || {
        let office = text[..head].to_lowercase();
        table.posted.iter().any(|posted| office.contains(posted.as_str()))
    };
    let behind = text[head..].trim_start();
    if table.no_office.iter().any(|word| behind.starts_with(word.as_str())) && is_posted() {
        return None;
    }
    let (mut end, mut at) = (head, head);
    let mut after_capital = true;
    loop {
        let rest = &text[at..];
        // `Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng`
        if !english
            && at > head
            && text[..at].ends_with(char::is_alphabetic)
            && let Some(items) = PATTERNS.items.find(rest)
        {
            end = at + items.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            at = end;
            continue;
        }
        let mut next = match rest.strip_prefix(' ') {
            Some(next) => next,
            // `Sở Văn hóa, Thể thao và Du lịch`
            None if !english && PATTERNS.listed.is_match(rest) => {
                at += 1;
                &rest[2..]
            }
            None => break,
        };
        // `Ban Quản lý đầu tư - xây dựng Khu …`
        if !english
            && let Some(joined) = next.strip_prefix("- ")
            && !PATTERNS.courtesy.is_match(joined)
            && (joined.starts_with(char::is_lowercase)
                && !table.vi_links.iter().any(|link| joined.starts_with(link.as_str()))
                || abroad::begins_with_state(joined)
                || text[..at].ends_with(char::is_lowercase) && PATTERNS.paired.is_match(joined))
        {
            at += 2;
            next = joined;
        }
        let is_fielded = || table.fielded.iter().any(|body| ends_with_word(&text[..at], body));
        if (next.starts_with(char::is_uppercase) || is_fielded())
            && let Some(field) = PATTERNS.field.find(next)
        {
            end = at + 1 + field.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            at = end;
            after_capital = true;
            continue;
        }
        // `UBND TP. Vinh`
        if !english
            && let Some(dotted) = table.dotted.iter().find(|short| next.starts_with(short.as_str()))
            && next[dotted.len()..].starts_with(' ')
            && next[dotted.len()..].trim_start().starts_with(char::is_uppercase)
            && !begins_with_name(next[dotted.len()..].trim_start())
        {
            at += 1 + dotted.len();
            after_capital = true;
            continue;
        }
        let Some(mut word) = PATTERNS.word.find(next).map(|hit| hit.as_str()) else { break };
        // `Sở TN-MT.UBKT Thành ủy`: a blank was lost behind the sentence; not in `TP.Hạ Sơn`, `(H.Hạ Sơn)`.
        let stop = word.find('.').filter(|stop| {
            !word.starts_with('(')
                && word[stop + 1..].starts_with(char::is_uppercase)
                && word[..*stop].chars().count() > 2
        });
        word = &word[..stop.unwrap_or(word.len())];
        let start = at + 1;
        let lower = word.to_lowercase();
        let first = word.trim_start_matches('(').chars().next().unwrap_or(' ');
        // `Đại sứ Việt Nam tại Ai Cập kiêm nhiệm Lebanon`
        if let Some(also) = table.also_posted.iter().find_map(|words| {
            next.strip_prefix(words.as_str()).filter(|rest| rest.starts_with(' ') && is_posted())
        }) && also.trim_start().starts_with(char::is_uppercase)
        {
            at = text.len() - also.len();
            after_capital = false;
            continue;
        }
        // `Ban Chỉ đạo Trung ương về Phòng, chống thiên tai`
        if let Some(what) = next.strip_prefix("về ")
            && table.steering.iter().any(|word| text[head..at].contains(word.as_str()))
        {
            let begins = text.len() - what.len();
            let field = PATTERNS
                .field
                .find(what)
                .map(|field| field.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len());
            if let Some(length) = field.or_else(|| within(what, &text[..at])) {
                end = begins + length;
                at = end;
                after_capital = false;
                continue;
            }
            if what.starts_with(char::is_uppercase) {
                at = begins - 1;
                continue;
            }
        }
        // The second of two positions, and a name, are no part of the first.
        let joins = matches!(lower.as_str(), "and" | "và" | "kiêm");
        if joins {
            if let Some(tail) = table.tails.iter().find(|tail| next.starts_with(tail.as_str())) {
                end = start + tail.len();
                at = end;
                after_capital = false;
                continue;
            }
            let behind = next[word.len()..].trim_start();
            // `Chi cục trưởng Chi cục Thú y và ông A`
            if PATTERNS.courtesy.is_match(behind) {
                break;
            }
            if !behind.starts_with(char::is_uppercase)
                && !PATTERNS.courtesy.is_match(behind)
                && let Some(length) = within(next, &text[..at]).filter(|_| !english)
            {
                end = start + length;
                at = end;
                after_capital = false;
                continue;
            }
            if !behind.starts_with(char::is_uppercase) || one(behind).is_some() {
                break;
            }
        } else if first.is_uppercase() {
            let only_like = || table.no_next.iter().any(|words| next.starts_with(words.as_str()));
            if table.next_begins.iter().any(|next| next == word) && !only_like() {
                break;
            }
            if !english
                && PATTERNS.vietnamese.is_match(next)
                && !word.starts_with("Ban")
                && !is_group(&text[..at], next)
            {
                break;
            }
            // `Bộ trưởng Bộ Quốc phòng Thống tướng Tea Banh`
            let ranked = PATTERNS.courtesy.find(next).is_some_and(|rank| {
                rank.as_str().trim_end().contains(' ') && next[rank.end()..].starts_with(char::is_uppercase)
            });
            if ranked && at > head && !NAMES.guilds.iter().any(|guild| ends_with_word(&text[..at], guild)) {
                break;
            }
            // Right behind the office its words tell that a short name is one: `Bộ trưởng Lê Hoa`.
            if (begins_with_name(&text[start..]) || at == head && is_name_at(text, start))
                && !is_place(&text[start..])
                && !is_named_after(&text[..at], &text[start..])
            {
                break;
            }
            if abroad::name_behind(&text[..at], next).is_some() {
                break;
            }
            end = start + word.len();
            after_capital = true;
        } else if table.posted_at.contains(&lower)
            && next[word.len()..].trim_start().starts_with(char::is_uppercase)
            && (is_posted() || abroad::begins_with_state(next[word.len()..].trim_start()))
        {
            after_capital = false;
        } else if first.is_ascii_digit() {
            let counted =
                text[..at].rsplit(' ').next().is_some_and(|last| table.numbered.iter().any(|w| w == last));
            if !((after_capital || counted) && word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit())) {
                break;
            }
            end = start + word.len();
        } else if english {
            let body = text[..at].rsplit(' ').next().unwrap_or_default();
            let behind = next[word.len()..].trim_start();
            let goes_on = lower == "for"
                && table.en_for.iter().any(|word| word == body)
                && behind.starts_with(char::is_uppercase)
                && !begins_with_name(behind)
                && !PATTERNS.courtesy.is_match(behind);
            if !table.en_small.contains(&lower) && !goes_on {
                break;
            }
            if !matches!(lower.as_str(), "of" | "the" | "for") {
                end = start + word.len();
            }
            after_capital = false;
        } else {
            let of_body = lower == "của" && next[word.len()..].trim_start().starts_with(char::is_uppercase);
            let told = table.acts.iter().any(|act| next.starts_with(act.as_str()))
                && !tail(&text[..at]).to_lowercase().ends_with("ban");
            let is_task = || {
                // Right behind the body or its first word: `Trung tâm kiểm soát`, `Cục Viễn thông`.
                let position = &text[..at];
                let begun = position.rsplit_once(' ').map_or("", |(before, _)| before);
                let is_near =
                    |body: &String| [position, begun].iter().any(|words| words.ends_with(body.as_str()));
                let says_so = table.task_words.iter().any(|task| next.starts_with(task.as_str()));
                table.tasks.contains(&lower)
                    && (table.tasked.iter().any(is_near) || says_so && is_tasked(position))
            };
            if told || table.vi_stop.contains(&lower) && !of_body && !is_task() {
                break;
            }
            if !(after_capital || of_body || table.vi_small.contains(&lower)) {
                let Some(length) = within(next, &text[..at]) else { break };
                end = start + length;
                at = end;
                after_capital = false;
                continue;
            }
            end = start + word.len();
            after_capital = false;
            // `Giám đốc tài chính`, `Tổ sản xuất`: right behind an office or a whole word stands no half of one.
            let is_whole = |word: &str| table.wholes.iter().any(|whole| *whole == word.to_lowercase());
            let behind_whole = text[..at].rsplit(' ').next().is_some_and(is_whole);
            if (at == head || behind_whole)
                && !table.vi_small.contains(&lower)
                && within(next, &text[..at]).is_none()
            {
                for _ in 0..=usize::from(at == head && is_whole(&lower)) {
                    end += second_half(&text[end..]).unwrap_or(0);
                }
                at = end;
                continue;
            }
        }
        at = start + word.len();
        if stop.is_some() {
            break;
        }
    }
    // In small letters an office without the name of its body is any job.
    let is_body = |word: &str| table.en_bodies.iter().any(|body| body == word);
    let names_field = table.en_of_fields.iter().any(|word| text[..head].ends_with(word.as_str()))
        || PATTERNS.compound.is_match(text);
    let is_job = english
        && !names_field
        && text.starts_with(char::is_lowercase)
        && !text[..end].contains(char::is_uppercase)
        && !text[head..end].split(' ').any(is_body);
    (!is_job).then_some(end)
}

/// Whether the words for a deputy that a text begins with stand for the group of them, by the words before.
fn is_group(before: &str, text: &str) -> bool {
    let (before, text) = (tail(before).to_lowercase(), text[..text.floor_char_boundary(40)].to_lowercase());
    let table = &*POSITIONS;
    table.grouped.iter().any(|words| text.starts_with(words.as_str()))
        && table.groups.iter().any(|word| before.ends_with(word.as_str()))
}

/// Whether a position so far names a body that is named by its task.
fn is_tasked(position: &str) -> bool {
    let mut bodies = POSITIONS.tasked.iter();
    bodies.any(|body| position.ends_with(body.as_str()) || position.contains(&format!("{body} ")))
}

/// The length of the small word behind another one, with the blank between, if it is no word that ends a position.
fn second_half(text: &str) -> Option<usize> {
    let next = text.strip_prefix(' ')?;
    let word = PATTERNS.word.find(next)?.as_str();
    let fits = word.starts_with(char::is_lowercase) && !POSITIONS.vi_stop.iter().any(|stop| stop == word);
    (fits && !matches!(word, "và" | "kiêm")).then_some(1 + word.len())
}

/// The length of a few small words that belong to a position: those that lead to a name in capitals or end the clause.
/// Bodies that are named by their task (`Ban Chỉ đạo đổi mới và phát triển doanh nghiệp`) take more.
fn within(text: &str, position: &str) -> Option<usize> {
    let tasked = is_tasked(position);
    let most = if tasked { 10 } else { 4 };
    let mut at = 0;
    for _ in 0..most {
        let word = PATTERNS.word.find(&text[at..])?.as_str();
        let small = word.starts_with(char::is_lowercase);
        let joins = matches!(word, "và" | "kiêm");
        let lower = word.to_lowercase();
        if !small
            || POSITIONS.vi_stop.contains(&lower) && !(tasked && POSITIONS.tasks.contains(&lower))
            || joins && !(tasked && word == "và")
        {
            // What the holder does ends a position too.
            let ends = tasked && at > 0 && small && !joins && !text[..at].ends_with("và ");
            return ends.then(|| text[..at].trim_end().len());
        }
        at += word.len();
        let rest = &text[at..];
        match rest.strip_prefix(' ') {
            None => {
                return (!joins
                    && (rest.is_empty() || rest.starts_with([',', ';', '.', ':', '(', ')', '–', '”', '"'])))
                .then_some(at);
            }
            Some(next)
                if next.is_empty()
                    || next.starts_with(char::is_uppercase)
                    || next.starts_with(['-', '–', '(']) =>
            {
                return (!joins).then_some(at);
            }
            Some(next) => {
                if joins && PATTERNS.vietnamese.is_match(next) {
                    return None;
                }
                at += 1;
            }
        }
    }
    None
}

/// Where the name of a person begins that some words about an office end with: `Bộ trưởng Bộ Y tế Trần Văn An`.
pub(super) fn name_at_end(words: &str) -> Option<usize> {
    let (at, end) = *names(words).last()?;
    let office = words[..at].trim_end();
    (end == words.len() && at > 0 && !before(office).is_empty() && !is_place(&words[at..])).then_some(at)
}

/// Whether a text is a province's name.
fn is_whole_place(text: &str) -> bool {
    text.split(' ').count() <= 3 && super::province::forms().any(|(name, form)| name == text || form == text)
}

/// Whether a text begins with a province's name.
fn is_place(text: &str) -> bool {
    (2..=3).any(|count| {
        let words: Vec<&str> = text.split(' ').take(count).collect();
        super::province::named_in(&words.join(" ")).is_some()
    })
}

mod abroad;
mod capitals;
mod office;
mod signature;
mod tenure;

#[cfg(test)]
mod gold;
#[cfg(test)]
mod tenure_gold;
#[cfg(test)]
mod tests;
