//! `yearline sources`.

use std::io::Write as _;
use std::process::ExitCode;

use crate::settings::Settings;

/// Lists the source records, one a line: name, province, languages, hosts.
pub(super) fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    for source in &settings.source_records()? {
        let languages: Vec<String> = source.languages.iter().map(ToString::to_string).collect();
        let province = source.province.as_deref().unwrap_or("-");
        writeln!(out, "{}\t{province}\t{}\t{}", source.name, languages.join(","), source.hosts.join(","))?;
    }
    Ok(ExitCode::SUCCESS)
}
