//! The lines that the addresses of an origin wait in.

/// The line that an address waits in. The lines of an origin take turns, so that none waits for the end of another: not
/// the links of a front page for a sitemap of sixty thousand addresses, nor what lies deep for what lies near. Within
/// a line the one that is due first comes first.
///
/// An address that is found in several ways stands in the first line of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Lane {
    /// What the source record names: before all others, for it leads to them.
    Seeds,
    /// Feeds and sitemaps that are named elsewhere.
    Lists,
    /// Pages named by a feed.
    News,
    /// Pages that a start page links to.
    Near,
    /// Pages two links from a start page.
    Second,
    /// Pages three links from a start page.
    Third,
    /// Pages named by a sitemap.
    Listed,
    /// Pages further from a start page, and what the pages of lists link to.
    Deep,
    /// Pages that were fetched before.
    Again,
    /// Files that pages link to.
    Files,
}

impl Lane {
    /// All of them, the seeds first.
    pub(super) const ALL: [Self; 10] = [
        Self::Seeds,
        Self::Lists,
        Self::News,
        Self::Near,
        Self::Second,
        Self::Third,
        Self::Listed,
        Self::Deep,
        Self::Again,
        Self::Files,
    ];

    /// The line of a page so many links from a start page.
    pub fn linked(depth: u32) -> Self {
        match depth {
            0 | 1 => Self::Near,
            2 => Self::Second,
            3 => Self::Third,
            _ => Self::Deep,
        }
    }

    pub(super) fn code(self) -> i64 {
        self as i64
    }

    pub(super) fn of(code: i64) -> Self {
        usize::try_from(code).ok().and_then(|at| Self::ALL.get(at).copied()).unwrap_or(Self::Deep)
    }

    /// The lines in the order in which they are asked after this one was: seeds first, this one last.
    pub(super) fn after(self) -> impl Iterator<Item = Self> {
        let (seeds, others) = Self::ALL.split_at(1);
        let next = others.iter().position(|lane| *lane > self).unwrap_or(0);
        seeds.iter().chain(&others[next..]).chain(&others[..next]).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_its_turn() {
        for (code, lane) in (0..).zip(Lane::ALL) {
            assert_eq!((lane.code(), Lane::of(code)), (code, lane));
            let order: Vec<Lane> = lane.after().collect();
            assert_eq!(order.len(), Lane::ALL.len());
            assert_eq!(order[0], Lane::Seeds);
            assert!(lane == Lane::Seeds || order.last() == Some(&lane), "{lane:?} {order:?}");
        }
        assert_eq!(Lane::Near.after().nth(1), Some(Lane::Second));
        assert_eq!(Lane::Again.after().nth(1), Some(Lane::Files));
        assert_eq!(Lane::Files.after().nth(1), Some(Lane::Lists));
    }
}
