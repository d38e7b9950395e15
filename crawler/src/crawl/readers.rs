//! Threads that read pages. They are few, since a page that is read takes memory many times its length, and one that has
//! read goes on with the next that waits, without sleeping between.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

type Work = Box<dyn FnOnce() + Send>;

/// The threads; they end when this is dropped and nothing waits any more.
#[derive(Debug)]
pub(super) struct Readers {
    waiting: Sender<Work>,
}

impl Readers {
    /// Starts so many threads, one at least.
    pub(super) fn start(count: usize) -> std::io::Result<Self> {
        let (waiting, next) = mpsc::channel::<Work>();
        let next = Arc::new(Mutex::new(next));
        for number in 0..count.max(1) {
            let next = Arc::clone(&next);
            std::thread::Builder::new().name(format!("reader-{number}")).spawn(move || run(&next))?;
        }
        Ok(Self { waiting })
    }

    /// Does some work on one of the threads. `None` where it failed in a way that nobody thought of, which costs this
    /// page and not the crawl.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (tell, told) = oneshot::channel();
        let work = move || {
            // Nobody listens any more where the crawl has ended.
            let _ = tell.send(catch_unwind(AssertUnwindSafe(work)).ok());
        };
        self.waiting.send(Box::new(work)).ok()?;
        let read = told.await.ok().flatten();
        if read.is_none() {
            tracing::error!("a page could not be read: its reader panicked");
        }
        read
    }
}

fn run(next: &Mutex<Receiver<Work>>) {
    loop {
        // Whoever waits here holds the lock; the others wait for it.
        let work = next.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = work else { return };
        work();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_costs_one_page() {
        let readers = Readers::start(1).unwrap();
        assert_eq!(readers.read(|| 1).await, Some(1));
        assert_eq!(readers.read(|| -> u8 { panic!("nobody thought of this") }).await, None);
        assert_eq!(readers.read(|| 2).await, Some(2));
    }

    #[tokio::test]
    async fn so_many_are_read_at_once_as_there_are_readers() {
        let readers = Readers::start(2).unwrap();
        let (begun, ended) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
        let read = || {
            let (begun, ended) = (Arc::clone(&begun), Arc::clone(&ended));
            readers.read(move || {
                let number = {
                    let mut begun = begun.lock().unwrap();
                    *begun += 1;
                    *begun
                };
                let open = number - *ended.lock().unwrap();
                std::thread::sleep(std::time::Duration::from_millis(5));
                *ended.lock().unwrap() += 1;
                open
            })
        };
        let open = futures_util::future::join_all((0..20).map(|_| read())).await;
        assert_eq!(open.into_iter().flatten().max(), Some(2));
    }
}
