//! The words of names and positions, from the tables, and the patterns made of them.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;
use serde::Deserialize;

use crate::pattern::capital;

#[derive(Deserialize)]
pub(super) struct Names {
    pub(super) families: HashSet<String>,
    pub(super) honorifics: Vec<String>,
    /// The same, in small letters alone.
    pub(super) small_honorifics: Vec<String>,
    /// Names that stand for places and things far more often than for people in office.
    pub(super) never: Vec<String>,
    /// Names of states and parts of the world that look like names of people.
    pub(super) never_alone: Vec<String>,
    /// Words before such a name that make it one of those.
    pub(super) monuments: Vec<String>,
    /// Words that begin offices and look like family names.
    pub(super) offices: Vec<String>,
    /// Words that begin the names of bodies.
    pub(super) bodies: Vec<String>,
    /// People of old after whom places are named.
    pub(super) namesakes: HashSet<String>,
    /// Words that begin the next sentence where a line break was lost behind a name.
    pub(super) begins: Vec<String>,
    /// Those of them that speak of a person, wherever in the run they stand.
    pub(super) polite_begins: Vec<String>,
    /// Two words that begin a sentence, of which the first may be a person's; and words before a day.
    pub(super) begin_pairs: Vec<String>,
    pub(super) day_begins: Vec<String>,
    /// Words that begin names of places and bodies, and none of a person.
    pub(super) no_first: Vec<String>,
    /// Words behind which a calling names a body.
    pub(super) guilds: Vec<String>,
    /// English words of places and bodies.
    pub(super) things: HashSet<String>,
    /// The words between family and given name that names of women go on with.
    pub(super) middle: Vec<String>,
    /// Family names so frequent that a word of a place's name is unlikely to be meant.
    pub(super) frequent: Vec<String>,
}

/// The words of positions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Positions {
    pub(super) en_heads: Vec<String>,
    /// What such a word goes on with.
    pub(super) en_second: Vec<String>,
    pub(super) en_small: Vec<String>,
    /// Words of offices in small letters, and words before them.
    pub(super) en_low: Vec<String>,
    pub(super) en_before: Vec<String>,
    /// Bodies in small letters that are public ones.
    pub(super) en_bodies: Vec<String>,
    /// Offices in small letters that are public without a body, and words that make others so.
    pub(super) en_plain: Vec<String>,
    pub(super) en_levels: Vec<String>,
    /// Bodies whose name goes on behind `for`.
    pub(super) en_for: Vec<String>,
    /// Departments before the word for who heads or speaks for one, and these words.
    pub(super) en_fields: Vec<String>,
    pub(super) en_of_fields: Vec<String>,
    /// Offices in whole words.
    pub(super) en_whole: Vec<String>,
    /// What stands between a rung and the office.
    pub(super) en_within: Vec<String>,
    /// Words that lead from an office to its body.
    pub(super) en_on: Vec<String>,
    /// Words between two offices, or two halves of a body's name.
    pub(super) en_and: String,
    pub(super) vi_and: String,
    /// The word between two offices of one holder.
    pub(super) vi_besides: String,
    /// Signs and words that join two offices of one holder, in the order in which they are tried.
    pub(super) joins: Vec<String>,
    /// What several hold whom a list names behind a colon: English words, what leads to one, Vietnamese words, what stands
    /// before these.
    pub(super) shared_en: Vec<String>,
    pub(super) shared_led: Vec<String>,
    pub(super) shared_vi: Vec<String>,
    pub(super) shared_before: Vec<String>,
    pub(super) en_links: Vec<String>,
    pub(super) vi_heads: Vec<String>,
    pub(super) vi_before: Vec<String>,
    /// Words before an office that are no part of it.
    pub(super) newly: Vec<String>,
    /// Words for members of an assembly, and those before the place that elected one.
    pub(super) deputies: Vec<String>,
    pub(super) electors: Vec<String>,
    /// Words before such a word that make it a body, and the words.
    pub(super) groups: Vec<String>,
    pub(super) grouped: Vec<String>,
    /// Words behind an office for the state that the text is about.
    pub(super) of_theirs: Vec<String>,
    /// Words of time between an office and who holds it.
    pub(super) then: Vec<String>,
    /// Words behind which a name is that of a place or a body, and those behind which that of a person of old is.
    pub(super) named_after: Vec<String>,
    pub(super) wards: Vec<String>,
    /// Words that only end like these.
    pub(super) no_place: Vec<String>,
    /// Words of which the second half in small letters stands behind a capital.
    pub(super) no_half: Vec<String>,
    /// What stands behind a dash and begins no half of a body's name, in small letters.
    pub(super) no_halves: Vec<String>,
    /// Words of courtesy, with what joins them, that no position holds.
    pub(super) addressed: Vec<String>,
    /// How what a body belongs to begins, behind a comma.
    pub(super) belongs: Vec<String>,
    /// Offices, and the bodies that theirs belong to, behind a comma or a dash.
    pub(super) under: Vec<(Vec<String>, Vec<String>)>,
    /// Words that the second half of a task begins with, behind a comma.
    pub(super) halves: Vec<String>,
    /// Words of two syllables of which one alone would end a position.
    pub(super) unparted: Vec<String>,
    /// Words behind which the office that comes before another is not that of who is named.
    pub(super) on_behalf: Vec<String>,
    /// Words behind which it is that of who gave an order to the one who is named, where a comma parts them.
    pub(super) on_order: Vec<String>,
    /// Bodies whose field may stand in small letters behind them.
    pub(super) fielded: Vec<String>,
    /// Words that begin the next sentence where its break was lost.
    pub(super) next_begins: Vec<String>,
    /// Two words that begin it where neither does alone.
    pub(super) next_pairs: Vec<String>,
    /// Words that only begin like these.
    pub(super) no_next: Vec<String>,
    /// What stands between an office and those who hold it.
    pub(super) leads: Vec<String>,
    /// What leads from several people to what all of them are, and to what each is in turn.
    pub(super) all_are: Vec<String>,
    pub(super) each_is: Vec<String>,
    /// Words for the term of an office behind it, and those before whom it is given to.
    pub(super) terms: Vec<String>,
    pub(super) en_term: String,
    pub(super) en_terms: Vec<String>,
    pub(super) given_to: Vec<String>,
    /// What stands above the office in a signature, and between the office and the name.
    pub(super) signs_for: Vec<String>,
    pub(super) signed: Vec<String>,
    /// What a body's name goes on with behind `và`.
    pub(super) tails: Vec<String>,
    /// Words of tasks that stand anywhere in the name of such a body.
    pub(super) task_words: Vec<String>,
    /// Words of one syllable, behind which another word of two begins.
    pub(super) wholes: Vec<String>,
    /// Offices whose holder serves in another state, and the words before that state.
    pub(super) posted: Vec<String>,
    pub(super) posted_at: Vec<String>,
    /// Words behind an office that make it a body or no office.
    pub(super) no_office: Vec<String>,
    pub(super) vi_small: Vec<String>,
    pub(super) vi_stop: Vec<String>,
    /// Those of them that go on to a body whose name begins with a capital.
    pub(super) vi_on: Vec<String>,
    pub(super) vi_links: Vec<String>,
    /// Those that tell an office only beside another or in the passive.
    pub(super) weak_links: Vec<String>,
    /// Those that lead so far and over a comma.
    pub(super) far_links: Vec<String>,
    /// Behind these the office is that of the person before them, whoever gave it.
    pub(super) passive: Vec<String>,
    /// What somebody does who gives an office to another, and words that make the office the receiver's.
    pub(super) gives: Vec<String>,
    pub(super) receives: Vec<String>,
    /// Offices whose holders stand alone at the head of a state, a parliament or a government, and what such a holder is besides.
    pub(super) summits: Vec<String>,
    pub(super) beside_summits: Vec<String>,
    pub(super) summit_pairs: Vec<(String, String)>,
    /// Two that nobody holds at one time.
    pub(super) rivals: Vec<(String, String)>,
    /// Words in front of an office that make it none of the one who is named behind it.
    pub(super) not_held: Vec<String>,
    /// Offices in firms, and those in the state that nobody holds beside one.
    pub(super) firms: Vec<String>,
    pub(super) not_in_firms: Vec<String>,
    /// Offices right before two syllables that are the whole of a name.
    pub(super) bare: Vec<String>,
    /// Offices, and bodies behind which a name of two syllables is that of the holder.
    heads_of_ministries: Vec<String>,
    ministries: Vec<String>,
    /// Syllables before the word for an acting holder that make another word of it.
    pub(super) no_acting: Vec<String>,
    /// Syllables before the word for a leader that make another word of it, and that word.
    pub(super) no_leading: Vec<String>,
    pub(super) leading: String,
    /// Words that name an office only with what follows.
    pub(super) no_alone: Vec<String>,
    /// Words that only begin like an office.
    pub(super) no_heads: Vec<String>,
    /// What a person is, right behind the name.
    pub(super) vi_is: Vec<String>,
    /// Words for several who hold the office that follows.
    pub(super) plural: Vec<String>,
    /// How offices begin that several hold at one time or held before.
    pub(super) of_several: Vec<String>,
    /// Short forms before a place, with the dot that ends nothing.
    pub(super) dotted: Vec<String>,
    /// Words before a year of birth, behind an age, before where somebody lives, and between these and the office.
    pub(super) born: Vec<String>,
    pub(super) aged: Vec<String>,
    pub(super) lives: Vec<String>,
    pub(super) by_now: Vec<String>,
    /// What a bracket says of a person before the office.
    pub(super) told: Vec<String>,
    /// What the name of a department goes on with behind a dash.
    pub(super) paired: Vec<String>,
    /// The same behind a comma.
    pub(super) listed: Vec<String>,
    /// What ministries and departments are named after.
    pub(super) fields: Vec<String>,
    /// Bodies that are named by their task, and words of tasks that elsewhere end a position.
    pub(super) tasked: Vec<String>,
    pub(super) tasks: Vec<String>,
    /// Small words that a number belongs to: `Quân khu 9`.
    pub(super) numbered: Vec<String>,
    /// What a holder does, in words that begin like a body.
    pub(super) acts: Vec<String>,
    /// What a holder says or feels, right behind the title.
    pub(super) said: Vec<String>,
    /// What a holder does: no title goes on with it.
    pub(super) does: Vec<String>,
    /// Words that go on behind a bracket.
    pub(super) behind_bracket: Vec<String>,
    /// Words of a day behind a title.
    pub(super) by_day: Vec<String>,
    /// Words that no body's name has.
    pub(super) no_more: Vec<String>,
    /// Those who stand beside the holder behind `và`.
    pub(super) beside: Vec<String>,
    /// Words for kinds of bodies, and what whole titles end with.
    pub(super) kinds: Vec<String>,
    pub(super) whole_with: Vec<String>,
    /// Words that lead from a body to what it belongs to.
    pub(super) part_of: Vec<String>,
    /// Words behind which a place is named.
    pub(super) place_kinds: Vec<String>,
    /// Words behind which a number is none of a body.
    pub(super) no_number: Vec<String>,
    /// What stands behind a dash and is no half of a name.
    pub(super) no_pair: Vec<String>,
    /// Behind these such words are the body's name.
    pub(super) acting_bodies: Vec<String>,
    /// Words of bodies that are told by what they are for, behind `về`.
    pub(super) steering: Vec<String>,
    pub(super) vi_about: String,
    /// How the names of bodies and offices end that go on with such words, and what begins the words of a sentence instead.
    pub(super) about: Vec<String>,
    pub(super) no_about: Vec<String>,
    /// Bodies whose field stands there with a capital.
    pub(super) studying: Vec<String>,
    /// Offices of those who serve the holder of another, and what leads to that.
    pub(super) serving: Vec<String>,
    pub(super) vi_of: String,
    /// What leads from the state where an envoy sits to another.
    pub(super) also_posted: Vec<String>,
    /// Words that begin a position that is no longer held, and one that is held for the time being, in small letters.
    pub(super) former: Vec<String>,
    pub(super) acting: Vec<String>,
    /// Words that only begin like one of the former.
    pub(super) no_former: Vec<String>,
}

pub(super) static NAMES: LazyLock<Names> =
    LazyLock::new(|| rules::read("rules/names.toml").expect("the table comes with the program"));

pub(super) static POSITIONS: LazyLock<Positions> =
    LazyLock::new(|| rules::read("rules/positions.toml").expect("the table comes with the program"));

pub(super) struct Patterns {
    pub(super) run: Regex,
    /// The same at the beginning of a text.
    pub(super) first_run: Regex,
    pub(super) life: Regex,
    pub(super) honorific: Regex,
    pub(super) english: Regex,
    /// In small letters, with a body behind it.
    pub(super) low: Regex,
    /// In small letters, behind the body's rung: `Party cell secretary`.
    pub(super) compound: Regex,
    /// In small letters, right before a name.
    pub(super) plain: Regex,
    pub(super) vietnamese: Regex,
    pub(super) link: Regex,
    pub(super) shared: Regex,
    pub(super) word: Regex,
    /// An office without a body, right before a name: `Bộ trưởng Tô Lâm`.
    pub(super) bare: Regex,
    /// An office of a ministry with its ministry, at the end of a text.
    pub(super) of_ministry: Regex,
    /// What stands between an office and who is given it or freed of it: `for the 2021-2026 term for comrade …`.
    pub(super) given_to: Regex,
    /// What stands between an office and its holder who is named with a word of courtesy.
    pub(super) then: Regex,
    /// A member of an assembly before the name, and who elected one behind it.
    pub(super) deputy: Regex,
    pub(super) elected: Regex,
    /// A comma within the name of a body.
    pub(super) listed: Regex,
    /// The words behind such a comma.
    pub(super) items: Regex,
    /// A word of courtesy or a rank in front of a name.
    pub(super) courtesy: Regex,
    /// What the body of an office belongs to, up to the end of a text.
    pub(super) belongs: Regex,
    /// What stands before the body above another.
    pub(super) above: Regex,
    /// A word that is not parted, at the beginning of a text.
    pub(super) unparted: Regex,
    /// The second half of the name of a department, behind a dash.
    pub(super) paired: Regex,
    /// What a ministry or department is named after, at the beginning of a text.
    pub(super) field: Regex,
    /// What leads from a name to what its bearer is.
    pub(super) is: Regex,
    /// What stands before an office that several hold.
    pub(super) plural: Regex,
    /// Several people who are named with one word of courtesy, at the end of a text.
    pub(super) several: Regex,
    /// What leads from an office to its holder, at the beginning of a text.
    pub(super) lead: Regex,
    /// What leads from several people to what all of them are, or each in turn (the first group).
    pub(super) all_are: Regex,
    /// A bracket behind a name that says how to know the person in a picture, or another name.
    pub(super) aside: Regex,
    /// What stands between two of them.
    pub(super) next_of_several: Regex,
}

pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let regex = |pattern: String| Regex::new(&pattern).expect("the tables hold plain words");
    let any = |words: &[String]| words.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|");
    let group = |words: &[String]| format!("(?:{})", any(words));
    let table = &*POSITIONS;
    let vi_heads = longest_first(&table.vi_heads);
    let honorifics = longest_first(&NAMES.honorifics);
    let courtesy = format!("(?i:{})|{}", any(&honorifics), any(&longest_first(&NAMES.small_honorifics)));
    let leads = longest_first(&table.leads);
    // What English offices in small letters are made of, each as one group.
    let en_before = group(&table.en_before);
    let en_low = group(&longest_first(&table.en_low));
    let en_levels = group(&longest_first(&table.en_levels));
    let en_whole = group(&longest_first(&table.en_whole));
    let of_field = format!(
        "(?:{en_before} )*(?i:{}) {}",
        any(&longest_first(&table.en_fields)),
        group(&longest_first(&table.en_of_fields))
    );
    let run = r"\p{Lu}[\p{Lu}\p{M}]+(?: \p{Lu}[\p{Lu}\p{M}]+){2,}|\p{Lu}[\p{Ll}\p{M}]*(?: (?:Mc|Mac|Le|De|O['’])?\p{Lu}[\p{Ll}\p{M}]*)+";
    Patterns {
        run: regex(run.to_owned()),
        first_run: regex(format!("^(?:{run})")),
        life: regex(format!(
            r"^(?:,? ?\((?:{born})? ?{day}\d{{4}}\)|, (?:{born}) {day}\d{{4}}|, \d{{2}} {aged}|,? ?\((?:(?:{born}) ?{day}\d{{4}}|\d{{2}} {aged}|{told})(?:, {lives} [^();.]{{2,60}}?)?[,;–-])?(?: ?, {lives} [^,;.]{{2,60}}(?: \([^()]{{2,60}}\))?)?(?:, | - | – )?(?: ?(?:{by_now}) )? ?",
            born = any(&table.born),
            aged = group(&table.aged),
            lives = group(&table.lives),
            told = any(&table.told),
            by_now = any(&table.by_now),
            day = r"(?:\d{1,2}[-/.]\d{1,2}[-/.])?",
        )),
        honorific: regex(format!(
            r"(?:^|[^\p{{L}}])(?:(?:{courtesy})(?:[.,]?\s+(?:[-–]\s*)?|[.,–-]))*(?:{courtesy})[.:]?\s*$"
        )),
        english: regex(format!(
            r"^(?:(?:\p{{Lu}}[\p{{L}}-]*(?:['’]s)?|{former}) )*?{heads}(?-u:\b)(?: {second})?",
            former = any(&table.former),
            heads = group(&table.en_heads),
            second = group(&table.en_second),
        )),
        low: regex(format!(r"^(?:{en_before} )*{en_low} of ")),
        compound: regex(format!(
            r"^(?:(?i:{en_levels} (?:(?:{en_before}|{within}) ){{0,3}}){en_low}|{of_field}|{en_whole})(?-u:\b)",
            within = any(&table.en_within),
        )),
        plain: regex(format!(
            r"(?:^|[^\p{{L}}])((?:(?i:{past}) )?(?:(?i:{en_levels} (?:{en_before} )*{en_low})|{of_field}|(?:{en_before} )*{en_bare}))$",
            past = any(&[&table.former[..], &table.acting[..]].concat()),
            en_bare = group(&longest_first(&[&table.en_whole[..], &table.en_plain[..]].concat())),
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
            r"(?:(?:{led}) [^:;]{{5,120}}|(?:(?i:{before}) |^)((?i:{vi}) [^:;,]{{5,100}})|((?:\p{{Lu}}[\p{{L}}'’]+ )+(?:{en})(?: of the [^:;,]{{5,80}})?)):",
            led = any(&table.shared_led),
            before = any(&table.shared_before),
            vi = any(&table.shared_vi),
            en = any(&table.shared_en)
        )),
        bare: regex(format!(
            r"(?:^|[^\p{{L}}]){}\s+$",
            group(&table.bare.iter().flat_map(|words| spellings(words)).collect::<Vec<_>>())
        )),
        of_ministry: regex(format!(
            r"(?i:(?:^|[^\p{{L}}])(?:{}) (?:bộ )?)(?:{})\s+$",
            any(&longest_first(&table.heads_of_ministries)),
            any(&longest_first(&table.ministries))
        )),
        given_to: regex(format!(
            r"(?:,? (?:{en_terms}) (?:{en_term} )?{years}(?: {en_term})?)?(?:,? (?:{terms}) (?:[IVXL]+|\d{{1,2}}|{years})){{0,2}},? (?:{given_to}),?$",
            en_terms = any(&table.en_terms),
            en_term = table.en_term,
            years = r"\d{4} ?[-–] ?\d{4}",
            terms = any(&table.terms),
            given_to = any(&longest_first(&table.given_to))
        )),
        then: regex(format!(r"(?:(?: (?:{}))?(?: (?:{})| \(|:))$", any(&table.then), any(&leads))),
        deputy: regex(format!(r"(?i)(?:^|[^\p{{L}}])(?:{})\s+(?:(?:{courtesy})\s+)?$", any(&table.deputies))),
        elected: regex(format!(
            r"(?i)^(?: ?\(((?:(?:{electors}) )*([^()]{{3,40}}))\)|(?:,| -| –) (?:{electors}) (?:(?:{electors}) )?([^(),.;]{{3,40}}?)(?:[,.;]| {stop}|$))",
            electors = any(&longest_first(&table.electors)),
            stop = group(&table.vi_stop)
        )),
        listed: regex(format!(
            r"^, (?:\p{{Lu}}\p{{L}}+ \p{{Ll}}+ (?:{}|&) \p{{Lu}}\p{{L}}+|{} )",
            table.vi_and,
            group(&table.halves)
        )),
        items: regex(format!(
            r"^, (?:{items})(?:(?:, | và | & | - )(?:{items}))*(?:[^\p{{L}}\p{{M}}]|$)",
            items = any(&longest_first(&table.listed))
        )),
        belongs: regex(format!(
            r"^, (?:{})(?: (?:\p{{Lu}}[\p{{L}}\p{{M}}\p{{N}}&.-]*|\p{{Ll}}[\p{{L}}\p{{M}}]*|\d{{1,2}})){{1,6}}$",
            any(&longest_first(&table.belongs))
        )),
        above: regex(r"^(?:,| ?[-–]) +\b".to_owned()),
        unparted: regex(format!(
            r"^(?i:{})(?:-?[^\p{{L}}\p{{M}}-]|-?$)",
            any(&longest_first(&table.unparted))
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
        // What a body belongs to may be told at length: `(Sở Tài nguyên và Môi trường tỉnh Sơn Khê)`.
        word: regex(format!(
            r"^(?:\([^()]{{1,30}}\)|\((?:{}) [^()]{{1,80}}\)|&|[\p{{L}}\p{{M}}\p{{N}}&/'’.-]*[\p{{L}}\p{{M}}\p{{N}}])",
            any(&longest_first(&table.belongs))
        )),
    }
});

/// Words with each syllable as it stands or with a capital.
fn spellings(words: &str) -> Vec<String> {
    let mut written = vec![String::new()];
    for syllable in words.split(' ') {
        let next = [syllable.to_owned(), capital(syllable)];
        written = written
            .iter()
            .flat_map(|before| next.each_ref().map(|next| format!("{before} {next}")))
            .collect();
    }
    written.into_iter().map(|words| words.trim().to_owned()).collect()
}

/// Whether a position is no longer held by its own words.
pub(super) fn is_former(position: &str) -> bool {
    let begins = |words: &String| {
        let mut letters = position.chars().flat_map(char::to_lowercase);
        words.chars().all(|c| letters.next() == Some(c)) && letters.next() == Some(' ')
    };
    POSITIONS.former.iter().any(begins) && !POSITIONS.no_former.iter().any(begins)
}

/// Words of a table, those first that others begin.
pub(super) fn longest_first(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// The words for offices with each syllable in small letters or with a capital, or all in capitals: most sentences have
/// none of them, and no officials.
pub(super) static HEADS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let vietnamese = POSITIONS.vi_heads.iter().flat_map(|head| {
        let small = head.to_lowercase();
        let mut written = spellings(&small);
        written.push(small.to_uppercase());
        written
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
    let all = all.chain(of_fields).chain(table.shared_led.iter().cloned());
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(all).expect("the words of a table")
});
