//! `yearline cdxj`: an index beside each capture file, for replay tools.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use crate::terminal;

/// Brings the indexes up to date.
pub(super) fn run(folder: &Path) -> anyhow::Result<ExitCode> {
    let archive = corpus::Archive::open(folder)?;
    let indexed = archive.index_files()?;
    writeln!(
        terminal::out(),
        "{} capture files indexed, with {} captures; {} were up to date",
        indexed.made,
        indexed.captures,
        indexed.sound
    )?;
    if indexed.unreadable > 0 {
        writeln!(
            terminal::err(),
            "{} records cannot be read and are left out (`yearline check`)",
            indexed.unreadable
        )?;
        return Ok(ExitCode::from(super::LOSSES));
    }
    Ok(ExitCode::SUCCESS)
}
