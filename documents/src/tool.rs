//! Other programs, run as children: with bounds on time and output, and nothing of our environment but the path.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often an end is looked for.
const LOOK: Duration = Duration::from_millis(20);

/// How a program ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Well; its standard output.
    Well(Vec<u8>),
    /// It said that it could not do it.
    Badly,
    /// It is not installed.
    Missing,
    /// It was ended: it took too long.
    Late,
    /// It was ended: it wrote too much.
    TooMuch,
}

/// Runs a program to its end, within a time and with at most so many bytes of output.
pub(crate) fn run(command: &mut Command, longest: Duration, most: u64) -> Ended {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.env_clear();
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    // One thread: pages are read side by side as it is.
    command.env("OMP_THREAD_LIMIT", "1");
    // What it starts itself is ended with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ended::Missing,
        Err(error) => {
            tracing::warn!(%error, program = ?command.get_program(), "cannot be run");
            return Ended::Badly;
        }
    };
    let Some(output) = child.stdout.take() else { return Ended::Badly };
    let reader = std::thread::spawn(move || {
        let mut read = Vec::new();
        output.take(most + 1).read_to_end(&mut read).map(|_| read)
    });
    let start = Instant::now();
    let stopped = loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                let read = reader.join().ok().and_then(Result::ok).unwrap_or_default();
                return match read {
                    read if read.len() as u64 > most => Ended::TooMuch,
                    read if status.success() => Ended::Well(read),
                    _ => Ended::Badly,
                };
            }
            Ok(None) if start.elapsed() < longest => {}
            _ => break Ended::Late,
        }
        // Where its output is closed it ends, or it wrote too much and waits.
        if reader.is_finished() && !ends(&mut child) {
            break Ended::TooMuch;
        }
        std::thread::sleep(LOOK);
    };
    end(&mut child);
    stopped
}

/// Ends a child, and what it started.
fn end(child: &mut std::process::Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Whether a child whose output is closed ends within a second.
fn ends(child: &mut std::process::Child) -> bool {
    (0..50).any(|_| {
        std::thread::sleep(LOOK);
        matches!(child.try_wait(), Ok(Some(_)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_end_well_or_are_ended() {
        let check = |script: &str, most: u64, expected: Ended| {
            let ended = run(Command::new("sh").args(["-c", script]), Duration::from_millis(500), most);
            assert_eq!(ended, expected, "{script}");
        };
        check("printf x", 10, Ended::Well(b"x".to_vec()));
        check("printf x; exit 3", 10, Ended::Badly);
        check("sleep 5", 10, Ended::Late);
        check("while :; do echo xxxxxxxxxxxxxxxx; done", 10, Ended::TooMuch);
        assert_eq!(run(&mut Command::new("no-such-program"), Duration::from_secs(1), 1), Ended::Missing);
    }
}
