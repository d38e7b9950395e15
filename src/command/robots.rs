//! `yearline robots`.

use std::io;
use std::process::ExitCode;

use crate::terminal;

/// Answers the questions on standard input.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    crawler::robots::answer(io::stdin().lock(), io::BufWriter::new(terminal::json()))?;
    Ok(ExitCode::SUCCESS)
}
