//! Who writes alone.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// So often and so long apart a lock that is held is tried again.
const TRIES: u32 = 300;
const PAUSE: Duration = Duration::from_millis(10);

/// Takes the lock of a file, which is made where there is none; it is held until the file is dropped or the process dies.
///
/// A lock lasts as long as any copy of its file is open, and a program that starts another one has two copies for the moment
/// until that one runs, which takes a busy machine more than a second. So a lock that is held is tried again for three before
/// [`TryLockError::WouldBlock`] is returned.
pub fn lock(path: &Path) -> Result<File, TryLockError> {
    let open = File::options().create(true).truncate(false).write(true).open(path);
    let file = open.map_err(TryLockError::Error)?;
    patiently(|| file.try_lock(), |error| matches!(error, TryLockError::WouldBlock))?;
    Ok(file)
}

/// Tries to take a lock, and again for three seconds while it `is_held`: see [`lock`].
pub fn patiently<T, E>(mut take: impl FnMut() -> Result<T, E>, is_held: impl Fn(&E) -> bool) -> Result<T, E> {
    for _ in 1..TRIES {
        match take() {
            Err(error) if is_held(&error) => sleep(PAUSE),
            taken => return taken,
        }
    }
    take()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_and_the_next_waits_a_moment() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = lock(&path).unwrap();
        assert!(matches!(lock(&path), Err(TryLockError::WouldBlock)));
        let leaving = std::thread::spawn(move || {
            sleep(PAUSE * 3);
            drop(first);
        });
        lock(&path).unwrap();
        leaving.join().unwrap();
        assert!(matches!(lock(&folder.path().join("none/lock")), Err(TryLockError::Error(_))));
    }
}
