//! Places in a list of results, to go on from.

use std::fmt;
use std::str::FromStr;

use store::{Direction, Rank};

/// Between two results of one search: everything that is needed to go on from there, at any depth.
///
/// It is written as letters, digits and dots. It says nothing secret, but whoever hands it out may change its form; a
/// search checks that it is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) direction: Direction,
    /// Fingerprint of the search.
    pub(crate) search: u64,
    /// The index that answered.
    pub(crate) generation: u64,
    /// The result beside it.
    pub(crate) rank: Rank,
}

impl Cursor {
    /// [`Index::generation`](crate::Index::generation) of the index that it comes from. In another generation a list by
    /// date goes on exactly; one by relevance nearly, since scores move with the collection.
    pub fn generation(&self) -> u64 {
        self.generation
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = match self.direction {
            Direction::Next => 'n',
            Direction::Previous => 'p',
        };
        let Rank { weight, key } = self.rank;
        write!(f, "{direction}{:x}.{:x}.{weight:x}.{key:x}", self.search, self.generation)
    }
}

/// The text is no cursor.
#[derive(Debug, thiserror::Error)]
#[error(
    "this is no cursor of ours: take it as it was given in `next` or `previous`, or begin again without it"
)]
pub struct NotACursor;

impl FromStr for Cursor {
    type Err = NotACursor;
    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (direction, numbers) = if let Some(numbers) = text.strip_prefix('n') {
            (Direction::Next, numbers)
        } else {
            (Direction::Previous, text.strip_prefix('p').ok_or(NotACursor)?)
        };
        let mut numbers = numbers.split('.').map(|digits| {
            let plain = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            if plain { u64::from_str_radix(digits, 16).map_err(|_| NotACursor) } else { Err(NotACursor) }
        });
        let mut number = || numbers.next().ok_or(NotACursor)?;
        let (search, generation, weight, key) = (number()?, number()?, number()?, number()?);
        if numbers.next().is_some() {
            return Err(NotACursor);
        }
        Ok(Self { direction, search, generation, rank: Rank { weight, key } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_written_and_read() {
        for direction in [Direction::Next, Direction::Previous] {
            let rank = Rank { weight: u64::MAX, key: 0 };
            let cursor = Cursor { direction, search: 7, generation: 12, rank };
            assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
        for wrong in
            ["", "n", "n1.2.3", "n1.2.3.4.5", "x1.2.3.4", "n1.2.3.+4", "n1.2.3.10000000000000000", "né"]
        {
            assert!(wrong.parse::<Cursor>().is_err(), "{wrong}");
        }
    }
}
