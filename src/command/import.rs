//! `yearline import`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use corpus::{Archive, FieldName, Importer, WriterSettings};
use indexer::IndexSettings;
use jiff::Timestamp;

use crate::province::unknown_province;
use crate::terminal::{self, Progress, one_line};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files and folders: txt, html, mhtml, pdf, docx, xlsx, pptx, odt, ods, doc, xls, rtf, json, jsonl, csv, tsv (the last four
    /// also packed, .gz), warc, warc.gz
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Name of the source that the files belong to
    #[arg(long)]
    source: Option<String>,
    /// Province that the files are about, by its Vietnamese name
    #[arg(long)]
    province: Option<String>,
    /// What a field is called in the JSON and CSV files: `title=headline`, `text=body.plain`
    #[arg(long = "map", value_name = "FIELD=NAME")]
    fields: Vec<FieldName>,
}

/// Imports and reports.
pub(super) fn run(arguments: &Arguments, archive: &Path) -> anyhow::Result<ExitCode> {
    for path in &arguments.paths {
        if let Err(error) = path.symlink_metadata() {
            bail!("{}: {error}", path.display());
        }
    }
    if let Some(told) = arguments.province.as_deref().and_then(unknown_province) {
        writeln!(terminal::err(), "--province: {}", one_line(&told))?;
    }
    let mut writer = Archive::create(archive)?.writer(WriterSettings::default())?;
    let mut importer = Importer::new(Timestamp::now());
    importer.source.clone_from(&arguments.source);
    importer.province.clone_from(&arguments.province);
    importer.fields.clone_from(&arguments.fields);
    // What cannot be indexed is not kept first.
    importer.limits.max_page_bytes = crawler::page::LONGEST as u64;
    importer.limits.max_text_bytes = IndexSettings::default().longest_text as u64;
    let bar = Progress::begin();
    let report = importer.import(&mut writer, &arguments.paths, &mut |progress| {
        bar.tell(&format!(
            "{} of {} files  {}",
            progress.files_done,
            progress.files_total,
            progress.path.display()
        ));
    })?;
    bar.end();
    let mut err = terminal::err();
    for skipped in &report.skipped_listed {
        let line = skipped.line.map(|line| format!(", line {line}")).unwrap_or_default();
        writeln!(err, "skipped {}{line}: {}", one_line(&skipped.path.to_string_lossy()), skipped.reason)?;
    }
    let more = report.skipped - report.skipped_listed.len() as u64;
    if more > 0 {
        writeln!(err, "… and {more} more")?;
    }
    for (path, address) in &report.renamed {
        let path = path.to_string_lossy();
        writeln!(
            err,
            "{}: another file of this name is in the archive; this one is {address}",
            one_line(&path)
        )?;
    }
    for remarked in &report.remarks_listed {
        let (path, what) = (remarked.path.to_string_lossy(), remarked.what.to_string());
        writeln!(err, "{}, line {}: {}", one_line(&path), remarked.line, one_line(&what))?;
    }
    let more = report.remarks - report.remarks_listed.len() as u64;
    if more > 0 {
        writeln!(err, "… and {more} more left out of records that are kept")?;
    }
    if report.forgotten > 0 {
        writeln!(err, "{} records of forgotten pages were not kept", report.forgotten)?;
    }
    if report.mended > 0 {
        writeln!(err, "{} damaged captures were kept anew, and are gone where they stood", report.mended)?;
    }
    writeln!(
        terminal::out(),
        "{} kept, {} already there, {} skipped",
        report.kept,
        report.already_there,
        report.skipped
    )?;
    if report.kept > 0 {
        writeln!(terminal::out(), "`yearline index` makes them findable")?;
    }
    if report.kept + report.already_there == 0 && report.skipped > 0 {
        return Ok(ExitCode::from(super::TROUBLE));
    }
    Ok(if report.skipped > report.foreign { ExitCode::from(super::LOSSES) } else { ExitCode::SUCCESS })
}
