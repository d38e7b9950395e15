//! What several people are whom a sentence names before it tells: `ông A và bà B đều là Phó Chủ tịch UBND tỉnh`.

use std::ops::Range;

use super::extent::list;
use super::moved;
use super::table::PATTERNS;

/// What several people are whom a sentence names before it.
pub(super) enum Common {
    /// All of them.
    All(Vec<Range<usize>>),
    /// Each in turn.
    Each(Vec<Range<usize>>),
}

impl Common {
    pub(super) fn of(&self, number: usize) -> &[Range<usize>] {
        match self {
            Self::All(offices) => offices,
            Self::Each(offices) => offices.get(number..=number).unwrap_or_default(),
        }
    }
}

/// What is told of several people together: `ông A và bà B đều là Phó Chủ tịch UBND tỉnh`. With the places of their names.
pub(super) fn common(text: &str, names: &[(usize, usize)]) -> Vec<(Range<usize>, Common)> {
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
