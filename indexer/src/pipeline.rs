//! Work on several threads whose results are taken in the order of the input, with a bounded amount under way.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How much may be under way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Threads that work.
    pub(crate) threads: usize,
    /// Items between reading and taking.
    pub(crate) items: usize,
    /// Their bytes; one item may exceed it.
    pub(crate) bytes: usize,
}

/// What is under way.
#[derive(Default)]
struct UnderWay {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    items: usize,
    bytes: usize,
    closed: bool,
}

impl UnderWay {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room; `false` once closed.
    fn enter(&self, bytes: usize, bounds: Bounds) -> bool {
        let mut state = self.lock();
        while !state.closed
            && state.items > 0
            && (state.items >= bounds.items || state.bytes + bytes > bounds.bytes)
        {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.items += 1;
        state.bytes += bytes;
        !state.closed
    }

    fn leave(&self, bytes: usize) {
        let mut state = self.lock();
        state.items -= 1;
        state.bytes -= bytes;
        self.changed.notify_all();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }
}

/// Closes when it goes out of scope, also by a panic, so that nobody waits for room for ever.
struct CloseAtEnd<'a>(&'a UnderWay);

impl Drop for CloseAtEnd<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Reads `items` on one thread, works on them on others, and hands the results to `take` on this one, in order, until
/// it breaks or fails.
pub(crate) fn in_order<I: Send, O: Send, E>(
    items: impl Iterator<Item = I> + Send,
    weigh: impl Fn(&I) -> usize + Sync,
    work: impl Fn(I) -> O + Sync,
    bounds: Bounds,
    mut take: impl FnMut(O) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    let under_way = UnderWay::default();
    let (to_workers, from_reader) = channel::<(u64, usize, I)>();
    let from_reader = Mutex::new(from_reader);
    let (to_us, from_workers) = channel::<(u64, usize, O)>();
    std::thread::scope(|scope| {
        let _close = CloseAtEnd(&under_way);
        let (under_way, weigh, work, from_reader) = (&under_way, &weigh, &work, &from_reader);
        scope.spawn(move || {
            for (number, item) in (0..).zip(items) {
                let bytes = weigh(&item);
                if !under_way.enter(bytes, bounds) || to_workers.send((number, bytes, item)).is_err() {
                    break;
                }
            }
        });
        for _ in 0..bounds.threads.max(1) {
            let to_us = to_us.clone();
            scope.spawn(move || {
                while let Some((number, bytes, item)) = next(from_reader) {
                    if under_way.lock().closed || to_us.send((number, bytes, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(to_us);
        let mut early = BTreeMap::new();
        let mut expected = 0;
        while let Ok((number, bytes, result)) = from_workers.recv() {
            early.insert(number, (bytes, result));
            while let Some((bytes, result)) = early.remove(&expected) {
                expected += 1;
                under_way.leave(bytes);
                if take(result)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    })
}

fn next<I>(from_reader: &Mutex<Receiver<I>>) -> Option<I> {
    from_reader.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const BOUNDS: Bounds = Bounds { threads: 3, items: 8, bytes: 1_000 };

    #[test]
    fn results_come_in_order() {
        let mut taken = Vec::new();
        let slow_first = |n: u64| {
            if n.is_multiple_of(7) {
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            n * 2
        };
        in_order(
            0..200u64,
            |_| 1,
            slow_first,
            BOUNDS,
            |n| {
                taken.push(n);
                Ok::<_, ()>(ControlFlow::Continue(()))
            },
        )
        .unwrap();
        assert_eq!(taken, (0..200).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn reading_stays_near_taking() {
        let read = AtomicUsize::new(0);
        let mut taken = 0;
        let items = (0..500usize).inspect(|_| {
            read.fetch_add(1, Ordering::SeqCst);
        });
        in_order(
            items,
            |_| 1,
            |n| n,
            BOUNDS,
            |_| {
                taken += 1;
                assert!(read.load(Ordering::SeqCst) <= taken + BOUNDS.items + 1);
                Ok::<_, ()>(ControlFlow::Continue(()))
            },
        )
        .unwrap();
        assert_eq!(taken, 500);
    }

    #[test]
    fn it_ends_early() {
        // A heavy item goes alone; a break and an error end the reading of an endless input.
        let heavy = |_: &u64| 5_000;
        let broken = in_order(
            0..,
            heavy,
            |n| n,
            BOUNDS,
            |n| Ok::<_, u64>(if n == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }),
        );
        assert_eq!(broken, Ok(()));
        assert_eq!(
            in_order(
                0..,
                |_| 1,
                |n| n,
                BOUNDS,
                |n: u64| if n == 10 { Err(n) } else { Ok(ControlFlow::Continue(())) }
            ),
            Err(10)
        );
    }
}
