//! `yearline`: the one command. Each subcommand is a module that parses, calls a crate and prints.

// All goes through `terminal`.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod article;
mod command;
mod demo;
mod open_files;
mod province;
mod settings;
mod terminal;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

/// Most of an answer is made of short strings, by many threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match command::Arguments::try_parse() {
        Ok(arguments) => arguments,
        // Names of files stand in what is wrong with them.
        Err(error) if error.use_stderr() => {
            let _ = write!(terminal::err(), "{}", error.render());
            return ExitCode::from(command::TROUBLE);
        }
        Err(help) => help.exit(),
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("YEARLINE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,html5ever=error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(terminal::err).init();
    // Damaged index files make their reader panic; the log has where.
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    let ran =
        std::panic::catch_unwind(|| command::run(arguments)).unwrap_or_else(|panic| Err(of_panic(&*panic)));
    match ran {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(terminal::err(), "yearline: {}", told(&error));
            ExitCode::from(command::TROUBLE)
        }
    }
}

/// An error with its causes, each once: some say already what theirs is.
fn told(error: &anyhow::Error) -> String {
    let mut told = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !told.contains(&cause) {
            told.push_str(": ");
            told.push_str(&cause);
        }
    }
    told
}

/// Why the program cannot go on: `println!` panics too, where what it writes to is closed or full.
fn of_panic(panic: &(dyn std::any::Any + Send)) -> anyhow::Error {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or(panic.downcast_ref::<&str>().copied()).unwrap_or_default();
    let says = |any: &[&str]| any.iter().any(|words| said.contains(words));
    if says(&["Broken pipe"]) {
        std::io::Error::from(std::io::ErrorKind::BrokenPipe).into()
    } else if says(&["No space left on device", "Disk quota exceeded"]) {
        anyhow::anyhow!(
            "the disk is full: make room and run the same command again; what was kept before is whole"
        )
    } else {
        anyhow::anyhow!(
            "the program cannot go on: `yearline check` tells whether files are damaged, `yearline index --rebuild` makes the index again"
        )
    }
}

/// Whoever read our output has seen enough: that is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
