//! `yearline rules`: the tables that mentions are found by, and where a word stands in them.

use std::io::{self, Write};
use std::process::ExitCode;

use indexer::rules::row::{self, Row};

use crate::terminal;

/// Exit code where no row holds the word.
const NOTHING: u8 = 1;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A word or phrase; without accents it finds every spelling
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// Print JSON Lines
    #[arg(long)]
    json: bool,
}

/// Lists the tables with the number of their rows, or the rows that hold a word.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let out = if arguments.json { terminal::json() } else { terminal::out() };
    let mut out = io::BufWriter::new(out);
    if arguments.words.is_empty() {
        for (file, rows) in row::tables() {
            if arguments.json {
                writeln!(out, "{}", serde_json::json!({ "file": file, "rows": rows }))?;
            } else {
                writeln!(out, "{rows:>5}  {file}")?;
            }
        }
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let word = arguments.words.join(" ");
    let found: Vec<&Row> = row::all().iter().filter(|row| row.holds(&word)).collect();
    for row in &found {
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string(row)?)?;
        } else {
            writeln!(out, "{}, line {}: {}: {}", row.file, row.line, row.key, row.words.join(", "))?;
        }
    }
    out.flush()?;
    if found.is_empty() {
        writeln!(terminal::err(), "no table holds “{word}”; `yearline rules` lists the tables")?;
        return Ok(ExitCode::from(NOTHING));
    }
    Ok(ExitCode::SUCCESS)
}
