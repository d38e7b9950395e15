//! `yearline export`: captures as one WARC file, for other tools.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use corpus::Archive;
use corpus::archive::Selection;
use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::terminal::{self, one_line};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Only what was collected for this source
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// The first day of capture, in UTC: 2016, 2016-05 or 2016-05-01
    #[arg(long, value_name = "DATE", value_parser = super::crawl::first_day)]
    from: Option<Date>,
    /// The last day of capture, in UTC: 2016, 2016-05 or 2016-05-01
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    to: Option<Date>,
    /// The file to write (WARC 1.1, packed: `….warc.gz`); none of that name may be there
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

/// The last day of a year, a month or a day.
fn last_day(text: &str) -> Result<Date, String> {
    let first = super::crawl::first_day(text)?;
    Ok(match text.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    })
}

/// Writes the file and tells what is in it.
pub(super) fn run(arguments: &Arguments, folder: &Path) -> anyhow::Result<ExitCode> {
    let archive = Archive::open(folder)?;
    let path = &arguments.output;
    if path.symlink_metadata().is_ok() {
        bail!("{}: it is there already; name another file, or take it away", path.display());
    }
    let begin = |day: Date| TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight()));
    let selection = Selection {
        source: arguments.source.clone(),
        from: arguments.from.map(begin).transpose()?,
        before: arguments.to.map(|day| begin(day.saturating_add(1.day()))).transpose()?,
    };
    let name = path.file_name().context("--output names no file")?.to_string_lossy().into_owned();
    // What is not whole does not have its name.
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    let write = || -> anyhow::Result<_> {
        let file = File::create(&new).with_context(|| new.display().to_string())?;
        let mut out = BufWriter::with_capacity(256 << 10, file);
        let exported = archive.export(&selection, &name, &mut out)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        if exported.captures > 0 {
            fs::rename(&new, path).with_context(|| path.display().to_string())?;
        }
        Ok(exported)
    };
    let written = write();
    if !written.as_ref().is_ok_and(|exported| exported.captures > 0) {
        drop(fs::remove_file(&new));
    }
    let exported = written?;
    if exported.without_page > 0 {
        writeln!(
            terminal::err(),
            "{} revisits lead to pages that were captured before, or for another source, and are not in it",
            exported.without_page
        )?;
    }
    if exported.unreadable > 0 {
        writeln!(
            terminal::err(),
            "{} records of the archive cannot be read and are left out (`yearline check`)",
            exported.unreadable
        )?;
    }
    let mut out = terminal::out();
    if exported.captures == 0 {
        writeln!(out, "there is no such capture")?;
        return Ok(ExitCode::from(1));
    }
    writeln!(out, "{} captures in {}", exported.captures, one_line(&path.to_string_lossy()))?;
    Ok(if exported.unreadable > 0 { ExitCode::from(super::LOSSES) } else { ExitCode::SUCCESS })
}
