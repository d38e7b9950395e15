//! What time it is: on the wall, where captures are dated, and evenly from the beginning of a run, where it waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// The time of a crawl: the system's, or the system's moved for tests.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Milliseconds.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that runs ahead of the system's.
    pub fn ahead_by(ahead: SignedDuration) -> Self {
        let clock = Self::default();
        clock.set_ahead(ahead);
        clock
    }

    /// Sets the clock and its clones, as somebody does who sets the system's in the middle of a run.
    pub fn set_ahead(&self, ahead: SignedDuration) {
        self.ahead.store(i64::try_from(ahead.as_millis()).unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.ahead.load(Ordering::Relaxed));
        Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }
}

/// Begins with the time of a [`Clock`] and runs evenly from there, whatever is done to that clock: a pause that was
/// begun ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steady {
    began: Timestamp,
    since: Instant,
}

impl Steady {
    pub(super) fn from(clock: &Clock) -> Self {
        Self { began: clock.now(), since: Instant::now() }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.began.saturating_add(self.since.elapsed()).unwrap_or(Timestamp::MAX)
    }
}
