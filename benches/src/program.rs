//! This program again, as a process of its own: its time and memory are then its own.

use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;

/// This program with other arguments.
pub(crate) fn command(arguments: &[&str]) -> anyhow::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments).stdin(Stdio::null());
    Ok(command)
}

/// Processor time of a process so far: its number, or `self`.
pub(crate) fn time(process: &str) -> anyhow::Result<Duration> {
    // Linux: fields 14 and 15 of /proc/PID/stat, in hundredths of a second (proc(5)).
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
    Ok(Duration::from_millis((ticks(11).context("no time")? + ticks(12).context("no time")?) * 10))
}
