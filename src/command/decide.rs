//! `yearline decide`: what people know better than the rules.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use corpus::decision::DecisionFile;
use corpus::{Anchor, AnchorKind, Archive, Decision, Decisions, DocumentId, Judgement, Standing};
use indexer::{Found, Index};

use crate::settings::Settings;
use crate::terminal::{self, one_line};

/// Said under the help.
const NAMING: &str = "A directive or an official is named by its KEY, as its address has it, or by one of its mentions: \
    ADDRESS#WORDS, the address of a document and words of the mention in it; ADDRESS#WORDS@START where these words stand there \
    several times, START being the number of characters before them, as `yearline extract` and the API tell it.\n\n\
    Decisions are kept in decisions.jsonl in the folder of the archive, one line each, and hold over every rebuild of the index; \
    `yearline index` applies them. Of two that contradict the later one holds. `yearline why KEY` and the pages show what was \
    decided, by whom and when.\n\n\
    Exit codes: 0 decided; 1 there is no such directive, official, mention or decision; 2 trouble";

#[derive(Debug, clap::Args)]
#[command(after_help = NAMING)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

/// Who decides, and why.
#[derive(Debug, clap::Args)]
struct Signature {
    /// Who decides this [default: the name of the user who runs the program]
    #[arg(long, env = "YEARLINE_DECIDED_BY", value_name = "NAME")]
    by: Option<String>,
    /// Why: it is shown where the decision acts
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Two directives are one document, two officials are one person; or a mention belongs to one
    #[command(after_help = NAMING)]
    Same(Two),
    /// Two directives or officials are not one; where they are one in the index, it is taken apart
    #[command(after_help = NAMING)]
    Different(Two),
    /// Words of a document that the rules take for a directive, an official or a figure are none
    #[command(after_help = NAMING)]
    NotAMention {
        /// Address of the document
        address: String,
        /// Words of the mention
        quote: String,
        /// Characters before the words, where they stand there several times
        #[arg(long, value_name = "START")]
        at: Option<usize>,
        /// What they are taken for, where they are taken for several things: directive, official or figure
        #[arg(long, value_name = "KIND", value_parser = kind)]
        kind: Option<AnchorKind>,
        #[command(flatten)]
        signature: Signature,
    },
    /// A directive or an official is shown under another name
    #[command(after_help = NAMING)]
    Name {
        /// The directive or the official
        #[arg(value_name = "KEY|ADDRESS#WORDS")]
        of: String,
        /// The name
        label: String,
        #[command(flatten)]
        signature: Signature,
    },
    /// List the decisions, whether they hold, and which wait for `yearline index`
    List,
    /// Take a decision back; the line stays, and another one says so
    Undo {
        /// Its number, as `yearline decide list` tells it
        #[arg(value_name = "ID")]
        of: u64,
        #[command(flatten)]
        signature: Signature,
    },
}

#[derive(Debug, clap::Args)]
struct Two {
    /// One of them
    #[arg(value_name = "KEY|ADDRESS#WORDS")]
    first: String,
    /// The other
    #[arg(value_name = "KEY|ADDRESS#WORDS")]
    second: String,
    #[command(flatten)]
    signature: Signature,
}

fn kind(word: &str) -> Result<AnchorKind, String> {
    let all = [AnchorKind::Directive, AnchorKind::Official, AnchorKind::Figure];
    let found = all.into_iter().find(|kind| kind.as_str() == word);
    found.ok_or_else(|| "it is directive, official or figure".to_owned())
}

/// What is named is not there: told, and exit code 1.
#[derive(Debug)]
struct Unknown(String);

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unknown {}

fn unknown(words: String) -> anyhow::Error {
    Unknown(words).into()
}

/// Decides, or tells what was decided.
pub(super) fn run(arguments: &Arguments, archive: &Path, settings: &Settings) -> anyhow::Result<ExitCode> {
    match decide(arguments, archive, settings) {
        Err(error) if error.is::<Unknown>() => {
            writeln!(terminal::err(), "{}", one_line(&error.to_string()))?;
            Ok(ExitCode::from(1))
        }
        Err(error) => Err(error),
        Ok(()) => Ok(ExitCode::SUCCESS),
    }
}

fn decide(arguments: &Arguments, folder: &Path, settings: &Settings) -> anyhow::Result<()> {
    let file = Archive::open(folder)?.decisions();
    let index = || super::open_index(folder, settings);
    match &arguments.what {
        What::Same(Two { first, second, signature }) => {
            let (first, second) = two(&index()?, first, second)?;
            add(&file, signature, Judgement::Same { first, second })
        }
        What::Different(Two { first, second, signature }) => {
            let (first, second) = two(&index()?, first, second)?;
            add(&file, signature, Judgement::Different { first, second })
        }
        What::NotAMention { address, quote, at, kind, signature } => {
            let mention = mention(&index()?, address, quote, *at, *kind)?;
            add(&file, signature, Judgement::NotAMention { mention })
        }
        What::Name { of, label, signature } => {
            let label = label.trim();
            if label.is_empty() {
                bail!("the name is empty: give the words that it is to be shown under");
            }
            let of = named(&index()?, of)?;
            if of.iter().any(|anchor| anchor.kind == AnchorKind::Figure) {
                bail!("a figure has no name of its own: name a directive or an official");
            }
            add(&file, signature, Judgement::Name { of, label: label.to_owned() })
        }
        What::List => list(&file, &index()?),
        What::Undo { of, signature } => {
            let decisions = file.read()?;
            let at = decisions.all.iter().position(|decision| decision.id == *of);
            let standing = at.map(|at| decisions.standings()[at]);
            match standing {
                None => Err(unknown(format!("there is no decision {of}: `yearline decide list` tells all"))),
                Some(Standing::Undone(by)) => bail!("decision {by} has taken {of} back already"),
                Some(_) => add(&file, signature, Judgement::Undo { of: *of }),
            }
        }
    }
}

/// The mentions of two that a decision is about.
fn two(index: &Index, first: &str, second: &str) -> anyhow::Result<(Vec<Anchor>, Vec<Anchor>)> {
    let both = (named(index, first)?, named(index, second)?);
    let kind = |anchors: &[Anchor]| anchors.first().map(|anchor| anchor.kind);
    let (a, b) = (kind(&both.0), kind(&both.1));
    if a != b || a == Some(AnchorKind::Figure) {
        let word = |kind: Option<AnchorKind>| kind.map_or("nothing", AnchorKind::as_str);
        bail!("two directives or two officials are named, not one {} and one {}", word(a), word(b));
    }
    if both.0.iter().any(|anchor| both.1.contains(anchor)) {
        bail!(
            "both name the same mention: to take one entity apart, name two of its mentions (ADDRESS#WORDS); `yearline why` tells them"
        );
    }
    Ok(both)
}

/// The mentions that a key, or words of a document, name.
fn named(index: &Index, named: &str) -> anyhow::Result<Vec<Anchor>> {
    let anchors = index.anchors(named)?;
    if !anchors.is_empty() {
        return Ok(anchors);
    }
    if let Some((address, words)) = named.rsplit_once('#') {
        let placed = words.rsplit_once('@').and_then(|(words, at)| Some((words, at.parse().ok()?)));
        let (words, at) = placed.map_or((words, None), |(words, at)| (words, Some(at)));
        return Ok(vec![mention(index, address, words, at, None)?]);
    }
    match index.why(named)? {
        Found::Moved(to) => Ok(index.anchors(&to)?),
        Found::Split(into) => {
            let into: Vec<String> = into.into_iter().map(|(key, _)| key).collect();
            bail!("{named} was taken apart: say which of {} is meant", into.join(", "))
        }
        Found::One(_) | Found::None => Err(unknown(format!(
            "no directive and no official has the key {named}: search for it, or name a mention as ADDRESS#WORDS"
        ))),
    }
}

/// The one mention that words of a document name.
fn mention(
    index: &Index,
    address: &str,
    words: &str,
    at: Option<usize>,
    kind: Option<AnchorKind>,
) -> anyhow::Result<Anchor> {
    let Some(document) = index.document(DocumentId::of(address), None)? else {
        return Err(unknown(format!("there is no document of the address {address}")));
    };
    let mut found = document.worded(words, at);
    found.retain(|worded| kind.is_none_or(|kind| worded.anchor.kind == kind));
    match &found[..] {
        [] => Err(unknown(format!(
            "nothing that is found in that document is written “{words}”: `yearline why {address} WORDS` tells what is"
        ))),
        [only] => Ok(only.anchor.clone()),
        several => {
            let choices: Vec<String> = several
                .iter()
                .map(|worded| {
                    let Anchor { kind, quote, start, .. } = &worded.anchor;
                    format!("{} “{quote}” at {start}", kind.as_str())
                })
                .collect();
            bail!(
                "“{words}” is written there {} times: {}; add @START to the words (--at, --kind for not-a-mention)",
                several.len(),
                choices.join(", ")
            )
        }
    }
}

/// Adds a line, and says what it does.
fn add(file: &DecisionFile, signature: &Signature, what: Judgement) -> anyhow::Result<()> {
    let user = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let by = signature.by.clone().or_else(user).unwrap_or_default();
    let by = by.trim();
    if by.is_empty() {
        bail!("it is not known who decides this: say so with --by NAME");
    }
    let note = signature.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    let before = file.read()?;
    let decision = file.add(jiff::Timestamp::now(), by, note, what).context("the decision was not kept")?;
    let mut out = terminal::out();
    writeln!(out, "decision {}: {}", decision.id, one_line(&told(&decision)))?;
    let after = file.read()?;
    let (was, is) = (before.standings(), after.standings());
    for (at, decision) in before.all.iter().enumerate() {
        match (was[at], is[at]) {
            (Standing::InForce, Standing::Overruled(_)) => {
                writeln!(out, "it overrules decision {}: {}", decision.id, one_line(&told(decision)))?;
            }
            (Standing::Overruled(_) | Standing::Undone(_), Standing::InForce) => {
                writeln!(out, "decision {} holds again: {}", decision.id, one_line(&told(decision)))?;
            }
            _ => {}
        }
    }
    writeln!(out, "`yearline index` applies it")?;
    tell_bad(&after)?;
    Ok(())
}

/// Tells the lines that cannot be read; how many there are.
pub(super) fn tell_bad(decisions: &Decisions) -> anyhow::Result<u64> {
    for bad in &decisions.bad {
        writeln!(
            terminal::err(),
            "decisions.jsonl, line {}: passed over, {}",
            bad.line,
            one_line(&bad.reason)
        )?;
    }
    Ok(decisions.bad.len() as u64)
}

/// What was decided, in words.
fn told(decision: &Decision) -> String {
    let several = |anchors: &[Anchor]| match anchors {
        [] => String::new(),
        [only] => only.to_string(),
        [first, rest @ ..] => format!("{first} (and {} more mentions)", rest.len()),
    };
    match &decision.what {
        Judgement::Same { first, second } => format!("same: {} and {}", several(first), several(second)),
        Judgement::Different { first, second } => {
            format!("different: {} and {}", several(first), several(second))
        }
        Judgement::NotAMention { mention } => format!("not a mention: {mention}"),
        Judgement::Name { of, label } => format!("name: {} is {label}", several(of)),
        Judgement::Undo { of } => format!("undo: decision {of}"),
    }
}

/// Who decided, when and why.
pub(super) fn signed(decision: &Decision) -> String {
    let day = decision.at.strftime("%Y-%m-%d");
    let note = decision.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    one_line(&format!("decided by {} on {day}{note} (decision {})", decision.by, decision.id)).into_owned()
}

fn list(file: &DecisionFile, index: &Index) -> anyhow::Result<()> {
    let decisions = file.read()?;
    let waiting = decisions.behind(&index.decided());
    let applied = decisions.all.len() - waiting;
    let mut out = io::BufWriter::new(terminal::out());
    for (at, (decision, standing)) in decisions.all.iter().zip(decisions.standings()).enumerate() {
        writeln!(out, "{:>4}. {}", decision.id, one_line(&told(decision)))?;
        writeln!(out, "      {}", signed(decision))?;
        match standing {
            Standing::Undone(by) => writeln!(out, "      taken back by decision {by}")?,
            Standing::Overruled(by) => writeln!(out, "      overruled by decision {by}, which is later")?,
            Standing::InForce if at >= applied => writeln!(out, "      waits for `yearline index`")?,
            Standing::InForce => {
                for anchor in index.lost(decision)? {
                    writeln!(out, "      not found by now: {}", one_line(&anchor.to_string()))?;
                }
            }
        }
    }
    writeln!(out, "{} decisions, {waiting} of them wait for `yearline index`", decisions.all.len())?;
    out.flush()?;
    tell_bad(&decisions)?;
    Ok(())
}

/// How many decisions an index has not applied, as the service tells it.
pub(super) fn for_service(folder: PathBuf) -> api::Waiting {
    api::Waiting::new(move |applied| {
        let decisions = Archive::open(&folder).and_then(|archive| archive.decisions().read());
        match decisions {
            Ok(decisions) => Some(decisions.behind(applied) as u64),
            Err(error) => {
                tracing::error!("{error}");
                None
            }
        }
    })
}
