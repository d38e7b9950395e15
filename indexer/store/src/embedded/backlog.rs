//! How much text waits to be written. tantivy's queue takes ten thousand documents, whatever they weigh; a writer that is
//! faster than its threads would fill memory with them.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The text that was handed to tantivy and that none of its threads has begun with. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Backlog(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// In bytes.
    waiting: Mutex<usize>,
    changed: Condvar,
}

/// Longest that a writer waits without any progress: threads that write a segment read nothing for a while, and those that
/// died never will, which the next record is told.
const PATIENCE: Duration = Duration::from_secs(1);

impl Backlog {
    fn lock(&self) -> MutexGuard<'_, usize> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes text that is about to be handed on, and waits while more than `most` bytes of others do.
    pub(crate) fn enter(&self, bytes: usize, most: usize) {
        let mut waiting = self.lock();
        while *waiting > most {
            let before = *waiting;
            let woken = self.0.changed.wait_timeout(waiting, PATIENCE);
            let timed_out;
            (waiting, timed_out) = woken.unwrap_or_else(PoisonError::into_inner);
            if timed_out.timed_out() && *waiting == before {
                break;
            }
        }
        *waiting += bytes;
    }

    /// Notes text that a thread begins with.
    pub(crate) fn leave(&self, bytes: usize) {
        let mut waiting = self.lock();
        *waiting = waiting.saturating_sub(bytes);
        self.0.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_waits_for_those_who_read() {
        let backlog = Backlog::default();
        backlog.enter(100, 50);
        let reader = backlog.clone();
        let reads = std::thread::spawn(move || {
            for _ in 0..10 {
                std::thread::sleep(Duration::from_millis(2));
                reader.leave(10);
            }
        });
        backlog.enter(5, 50);
        let waiting = *backlog.lock();
        assert!((5..=55).contains(&waiting), "{waiting}");
        reads.join().unwrap();
        assert_eq!(*backlog.lock(), 5);
        // More is read than was noted: a text that nobody handed on.
        backlog.leave(100);
        assert_eq!(*backlog.lock(), 0);
    }

    #[test]
    fn a_writer_goes_on_where_nobody_reads() {
        let backlog = Backlog::default();
        backlog.enter(100, 50);
        backlog.enter(100, 50);
        assert_eq!(*backlog.lock(), 200);
    }
}
