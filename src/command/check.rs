//! `yearline check`.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use super::TROUBLE;
use crate::article;
use crate::settings::Settings;
use crate::terminal::{self, one_line};

/// Verifies every capture and every file of the index.
pub(super) fn run(folder: &Path, settings: &Settings) -> anyhow::Result<ExitCode> {
    let archive = corpus::Archive::open(folder)?;
    let mut out = terminal::out();
    let mut problems = 0_u64;
    let mut damaged = false;
    for problem in archive.verify() {
        problems += 1;
        damaged |= problem.offset.is_some();
        let place = problem.offset.map(|offset| format!(", byte {offset}")).unwrap_or_default();
        writeln!(out, "{}{place}: {}", one_line(&problem.path.to_string_lossy()), problem.reason)?;
    }
    if damaged {
        writeln!(
            out,
            "what was imported is kept anew when its file is imported again: `yearline import`, then `yearline index`"
        )?;
    }
    if archive.forgotten()?.unfinished().count() > 0 {
        problems += 1;
        writeln!(out, "a removal was stopped before nothing was left: `yearline forget` finishes it")?;
    }
    let place = super::place(&archive, settings)?;
    match place.problems() {
        Ok(found) => {
            for problem in &found {
                problems += 1;
                writeln!(out, "{}", one_line(problem))?;
            }
            if found.is_empty() {
                let index = place.open()?.with_reader(article::VERSION);
                let reached = index.captures();
                if !archive.reaches(&reached) {
                    problems += 1;
                    let file = archive.captures_folder().join(&reached.file);
                    let file = file.to_string_lossy();
                    writeln!(
                        out,
                        "{}, byte {}: the index was made of more: put the file back from a copy, or import again what it held; then `yearline index --rebuild`",
                        one_line(&file),
                        reached.offset
                    )?;
                }
                let waiting = super::waiting(&archive, &reached).count();
                if waiting > 0 {
                    writeln!(out, "{waiting} captures wait for `yearline index`")?;
                }
                if index.is_outdated() {
                    writeln!(out, "{}", super::OUTDATED)?;
                }
                let decisions = archive.decisions().read()?;
                problems += super::decide::tell_bad(&decisions)?;
                let waiting = decisions.behind(&index.decided());
                if waiting > 0 {
                    writeln!(out, "{waiting} decisions wait for `yearline index`")?;
                }
                let stats = index.stats()?;
                writeln!(
                    out,
                    "index: {} documents, {} mentions",
                    stats.documents,
                    stats.directives + stats.officials + stats.figures
                )?;
            }
        }
        Err(indexer::store::Error::NoIndex(_)) => {
            writeln!(out, "there is no index yet; `yearline index` makes it")?;
        }
        Err(error @ indexer::store::Error::Corrupt { .. }) => {
            problems += 1;
            writeln!(out, "{error}")?;
        }
        Err(error) => return Err(error.into()),
    }
    writeln!(out, "{problems} problems")?;
    Ok(if problems == 0 { ExitCode::SUCCESS } else { ExitCode::from(TROUBLE) })
}
