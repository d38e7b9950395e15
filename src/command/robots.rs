//! `yearline robots`.

use std::io;
use std::process::ExitCode;

/// Answers the questions on standard input.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    crawler::robots::answer(io::stdin().lock(), io::BufWriter::new(io::stdout().lock()))?;
    Ok(ExitCode::SUCCESS)
}
