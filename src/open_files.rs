//! The limit on files that a process may have open; every connection is one.

/// Files that are kept for all else: the index, the log, the files of a new commit.
const ELSE: u64 = 128;

/// Raises the limit as far as this user may without asking, and tells how many connections it leaves room for.
pub(crate) fn room_for_connections() -> Option<usize> {
    let limit = raised()?;
    Some(usize::try_from(limit - ELSE.min(limit / 2)).unwrap_or(usize::MAX))
}

#[cfg(unix)]
fn raised() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum && setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_ok() {
        return maximum;
    }
    current
}

#[cfg(not(unix))]
fn raised() -> Option<u64> {
    None
}
