//! Lines in capitals throughout: `CHỦ TỊCH UBND TỈNH LÊ VĂN A THĂM XÃ B`. No capital says where a name begins and ends there,
//! so only what is plain is read: an office, a frequent family name behind it, and a name that a verb or the line ends.

use std::ops::Range;

use super::name::is_place;
use super::table::{NAMES, PATTERNS, POSITIONS};

/// The official of a line in capitals: the places of the name and of the position.
pub(super) fn official(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let words: Vec<(usize, &str)> =
        line.split(' ').map(|word| (word.as_ptr() as usize - line.as_ptr() as usize, word)).collect();
    let head = words.iter().position(|(at, _)| PATTERNS.vietnamese.is_match(&line[*at..]))?;
    let bare = |at: usize| {
        words.get(at).map(|(_, word)| word.trim_end_matches([',', ':', '.', '!', '?']).to_lowercase())
    };
    let is_last = |at: usize| {
        words.get(at).is_none_or(|(_, word)| word.ends_with([',', ':', '.', '!', '?']))
            || at + 1 == words.len()
    };
    let family = (head + 2..words.len()).find(|at| {
        bare(*at).is_some_and(|word| NAMES.frequent.contains(&word))
            && !is_place(&capitalised(&line[words[*at].0..]))
    })?;
    // Three words, or four, where the line or a verb says that the name is over.
    let over =
        |last: usize| is_last(last) || bare(last + 1).is_some_and(|word| POSITIONS.vi_stop.contains(&word));
    let last = [family + 2, family + 3].into_iter().find(|last| *last < words.len() && over(*last))?;
    if (family..last).any(is_last) {
        return None;
    }
    let (begins, word) = words[last];
    let end = begins + word.trim_end_matches([',', ':', '.', '!', '?']).len();
    let position = line[words[head].0..words[family].0].trim_end();
    let from = words[head].0;
    // What the holder of the office does stands behind the name.
    let speaks = position.split(' ').skip(2).any(|word| word.ends_with([',', ':', '.', ';']));
    (!speaks).then(|| (words[family].0..end, from..from + position.len()))
}

/// The first words with their first letter as a capital alone.
fn capitalised(line: &str) -> String {
    let words = line.split(' ').take(3).map(|word| crate::pattern::capital(&word.to_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}
