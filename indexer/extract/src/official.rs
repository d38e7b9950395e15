//! Officials: people whom a text names together with a public position.
//!
//! Names are runs of capitalised syllables with a family name first, or with an honorific before them (`name.rs`); positions
//! are read forward behind the name (`behind.rs`), and before it where they end at the name (`before.rs`); how far one reaches
//! is told by `extent.rs`. Behind the offices of other states any name counts (`abroad.rs`).

use std::fmt::Write as _;
use std::ops::Range;

use corpus::Span;

use self::before::{REACH, are_of_two, before, deputy};
use self::behind::after;
pub(crate) use self::name::name_at_end;
use self::name::{is_no_part, names, rule_of};
use self::table::{HEADS, PATTERNS, POSITIONS};
use self::tenure::{Held, Person};
use self::together::common;
use super::passage::{Context, Passage};
use super::pattern::tail;
use crate::{Official, Rule};

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
    // Where the last office ends that somebody was given.
    let mut given = 0;
    // Where the last of several ends who hold one office, and that office.
    let mut several: Option<Several> = None;
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
        let near = &words[end..words.floor_char_boundary(end + REACH)];
        several = match (&ahead[..], several) {
            // `các Phó Chủ tịch A, B và C`, `nguyên Chủ tịch Quốc hội: A, B`
            ([office], _)
                if PATTERNS.plural.is_match(tail(&words[..office.start]))
                    || PATTERNS.several.is_match(tail(&words[..start]))
                    || words[office.end..start].trim_end().ends_with(':') =>
            {
                Some(Several { end, office: office.clone(), told: true })
            }
            // `Phó Chủ tịch UBND tỉnh A và B`
            ([office], _) if is_of_several(&words[office.clone()]) => {
                Some(Several { end, office: office.clone(), told: false })
            }
            ([], Some(Several { end: last, office, told }))
                if PATTERNS.next_of_several.is_match(&words[last..start])
                    && (told
                        || words[last..start].trim_start().starts_with(POSITIONS.vi_and.as_str())
                            && after(near, false).0.is_empty()) =>
            {
                ahead.push(office.clone());
                told.then_some(Several { end, office, told })
            }
            _ => None,
        };
        if ahead.is_empty()
            && let Some(office) = deputy(&words[..start], &words[start..end], &words[end..])
        {
            ahead.push(office);
        }
        let (behind, reached) = after(near, !ahead.is_empty());
        // `bầu A làm Bí thư, B làm Phó Bí thư`: who is given an office does not have the one that A was given.
        if behind.iter().any(|held| held.linked) {
            ahead.retain(|at| at.start >= given);
        }
        // What looks like a name behind it names the body.
        claimed = if reached > 0 { end + reached } else { 0 };
        // `Thủ tướng A, Phó Tổng thống Indonesia, nguyên Thủ tướng Singapore`
        let office = |at: &Range<usize>| words[at.clone()].to_lowercase();
        let is_theirs = |held: &Held| {
            let behind = near[held.at.clone()].to_lowercase();
            // `trình Quốc thư lên Chủ tịch nước A nhân dịp được bổ nhiệm làm Đại sứ`
            let is_envoy = POSITIONS.posted.iter().any(|posted| behind.starts_with(posted.as_str()));
            (!held.linked || is_envoy)
                && ahead.last().is_some_and(|ahead| are_of_two(&office(ahead), &behind))
        };
        let mut behind = behind;
        // `ông A, Phó Chủ tịch Ngân hàng Thế giới, Thủ tướng đề nghị …`
        let two = (1..behind.len()).find(|second| {
            let pair = [&behind[second - 1], &behind[*second]];
            let [first, second] = pair.map(|held| near[held.at.clone()].to_lowercase());
            pair.iter().all(|held| !held.linked) && are_of_two(&first, &second)
        });
        behind.truncate(two.unwrap_or(behind.len()));
        if let Some(first) = behind.iter().position(is_theirs) {
            behind.truncate(first);
        }
        // An office that one is given may be that of the predecessor who is named behind it.
        taken = behind.iter().filter(|held| !held.linked).map(|held| end + held.at.end).max().unwrap_or(0);
        given = behind.iter().filter(|held| held.linked).map(|held| end + held.at.end).max().unwrap_or(0);
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
            held.iter().flatten().map(|held| one_blank(&words[held.at.clone()])).collect();
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
    // Only now: what looked like a name behind a position may have named its body.
    let named = found.split_off(first).into_iter().zip(&people);
    let is_official = |(one, person): &(Official, &Person)| {
        let before =
            &words[words.ceil_char_boundary(person.name.start.saturating_sub(2 * NEAR))..person.name.start];
        let is_private = |(position, held): &(&String, &Option<Held>)| {
            let end = held.as_ref().map_or(words.len(), |held| held.at.end);
            let behind = &words[end..words.floor_char_boundary(end + NEAR)];
            firm::is_private(position) || firm::is_told_private(position, before, behind)
        };
        let (private, others): (Vec<_>, Vec<_>) =
            one.positions.iter().zip(&person.held).partition(is_private);
        // `Chủ tịch kiêm Tổng Giám đốc Công ty A`: both are the firm's.
        private.is_empty() || !others.iter().all(|(position, _)| firm::is_short(position))
    };
    found.extend(named.filter(is_official).map(|(one, _)| one));
}

/// The last of several who hold one office.
struct Several {
    /// Where the name ends.
    end: usize,
    office: Range<usize>,
    /// The sentence says that the office is that of several.
    told: bool,
}

/// Whether an office is one that several hold at one time, or held one after another.
fn is_of_several(office: &str) -> bool {
    let office = office.to_lowercase();
    POSITIONS
        .of_several
        .iter()
        .any(|word| office.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' ')))
}

/// Bytes around an office in which words may tell of a firm.
const NEAR: usize = 80;

/// Words with one blank between each two.
fn one_blank(words: &str) -> String {
    if words.contains("  ") {
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        words.to_owned()
    }
}

/// A place in the rest of a text as one in the text, where the rest begins at `by`.
fn moved(at: Range<usize>, by: usize) -> Range<usize> {
    at.start + by..at.end + by
}

pub(crate) mod abroad;
mod before;
mod behind;
mod capitals;
mod closed;
pub(crate) mod elsewhere;
mod extent;
mod firm;
mod name;
mod place;
mod retrospect;
mod signature;
mod table;
mod tenure;
mod together;

#[cfg(test)]
mod closed_gold;
#[cfg(test)]
mod gold;
#[cfg(test)]
mod tenure_gold;
#[cfg(test)]
mod tests;
