//! `yearline why`: what brought the mentions of an entity together, and what keeps others of its name apart.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use corpus::{DocumentId, Judgement};
use indexer::why::{Because, Bond, Ground, Reason, Why};
use indexer::{Evidence, Found, Index};

use super::decide::signed;
use crate::settings::Settings;
use crate::terminal::{self, one_line};

/// Exit code where there is no such entity or mention.
const NOTHING: u8 = 1;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Key of a directive or an official, as its address has it; or the address of a document
    #[arg(value_name = "KEY|ADDRESS")]
    of: String,
    /// Words of a mention in that document
    #[arg(value_name = "QUOTE")]
    quote: Option<String>,
    /// Mentions that are told one by one
    #[arg(long, value_name = "MENTIONS", default_value_t = 20)]
    limit: usize,
}

/// Tells why.
pub(super) fn run(arguments: &Arguments, archive: &Path, settings: &Settings) -> anyhow::Result<ExitCode> {
    let index = super::open_index(archive, settings)?;
    let mut out = io::BufWriter::new(terminal::out());
    let told = match &arguments.quote {
        Some(quote) => of_mentions(&index, arguments, quote, &mut out)?,
        None => of_entity(&index, &arguments.of, arguments.limit, &mut out)?,
    };
    out.flush()?;
    Ok(if told { ExitCode::SUCCESS } else { ExitCode::from(NOTHING) })
}

fn of_mentions(
    index: &Index,
    arguments: &Arguments,
    quote: &str,
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let Some(document) = index.document(DocumentId::of(&arguments.of), None)? else {
        writeln!(terminal::err(), "there is no document of the address {}", one_line(&arguments.of))?;
        return Ok(false);
    };
    let directives = document.directives.iter();
    let directives = directives.map(|keyed| (&keyed.record.evidence, &keyed.key, &keyed.candidates[..]));
    let officials = document.officials.iter();
    let officials = officials.map(|keyed| (&keyed.record.evidence, &keyed.key, &keyed.candidates[..]));
    let mut keys: Vec<&str> = Vec::new();
    let mut is_any = false;
    for (evidence, key, candidates) in directives.chain(officials) {
        if !evidence.quote.contains(quote) {
            continue;
        }
        is_any = true;
        match (key, candidates) {
            (Some(key), _) => {
                if !keys.contains(&key.as_str()) {
                    keys.push(key);
                }
            }
            (None, []) => writeln!(out, "{}: nothing tells what it stands for", sentence(evidence))?,
            (None, several) => {
                writeln!(out, "{}: it may stand for {}", sentence(evidence), several.join(", "))?;
            }
        }
    }
    for key in keys {
        of_entity(index, key, arguments.limit, out)?;
    }
    for (denied, evidence) in document.denied.iter().filter(|(_, evidence)| evidence.quote.contains(quote)) {
        is_any = true;
        let kind = denied.mention.kind().as_str();
        writeln!(out, "{}: not a mention of a {kind}, {}", sentence(evidence), signed(&denied.decision))?;
    }
    if !is_any {
        writeln!(
            terminal::err(),
            "no directive or official of that document is written “{}”",
            one_line(quote)
        )?;
    }
    Ok(is_any)
}

fn of_entity(index: &Index, key: &str, limit: usize, out: &mut impl Write) -> anyhow::Result<bool> {
    match index.why(key)? {
        Found::One(why) => tell(&why, limit, out)?,
        Found::Moved(to) => {
            writeln!(out, "{} is now one with {to}", one_line(key))?;
            return of_entity(index, &to, limit, out);
        }
        Found::Split(into) => {
            writeln!(out, "{} was taken apart:", one_line(key))?;
            for (key, label) in into {
                writeln!(out, "  {key}  {}", one_line(&label))?;
            }
        }
        Found::None => {
            writeln!(terminal::err(), "no directive and no official has the key {}", one_line(key))?;
            return Ok(false);
        }
    }
    Ok(true)
}

fn tell(why: &Why, limit: usize, out: &mut impl Write) -> io::Result<()> {
    let counts = &why.entity.counts;
    writeln!(
        out,
        "{} ({}): {} mentions in {} documents",
        one_line(&why.entity.label()),
        why.entity.id,
        counts.mentions,
        counts.documents
    )?;
    for decision in &why.entity.decisions {
        let word = match &decision.what {
            Judgement::Name { label, .. } => format!("shown as “{}”", one_line(label)),
            what => what.word().to_owned(),
        };
        writeln!(out, "  {word}: {}", signed(decision))?;
    }
    for (number, ground) in (1..).zip(why.grounds.iter().take(limit)) {
        tell_ground(number, ground, out)?;
    }
    let more = why.grounds.len().saturating_sub(limit);
    if more > 0 {
        writeln!(out, "  … and {more} more (--limit)")?;
    }
    if why.open > 0 {
        writeln!(out, "{} mentions of this number or name fit several, and stand for none", why.open)?;
    }
    if !why.others.is_empty() {
        writeln!(out, "kept apart from:")?;
    }
    for other in why.others.iter().take(limit) {
        let reason = match &other.decided {
            Some(decision) => signed(decision),
            None if other.against => "they cannot be one".to_owned(),
            None => "nothing brings them together".to_owned(),
        };
        writeln!(
            out,
            "  {} ({}), {} documents: {reason}",
            one_line(&other.entity.label()),
            other.entity.id,
            other.entity.counts.documents
        )?;
    }
    Ok(())
}

fn tell_ground(number: usize, ground: &Ground, out: &mut impl Write) -> io::Result<()> {
    let document = &ground.evidence.document;
    let day = document.published.map_or_else(|| "undated".to_owned(), |published| published.date.to_string());
    writeln!(out, "{number:>4}. {day}  {}", one_line(&document.address))?;
    writeln!(out, "      {}", sentence(&ground.evidence))?;
    if !ground.says.is_empty() {
        writeln!(out, "      says: {}", one_line(&ground.says.join("; ")))?;
    }
    match ground.reason {
        Reason::Cited(because) => writeln!(out, "      because {}", cited(because)),
        Reason::Bond(bond, other) => writeln!(out, "      one with {}: {}", other + 1, bonded(bond)),
        Reason::First => Ok(()),
    }
}

fn sentence(evidence: &Evidence) -> String {
    let whole = format!("{}[{}]{}", evidence.prefix, evidence.quote, evidence.suffix);
    one_line(whole.trim()).into_owned()
}

fn cited(because: Because) -> &'static str {
    match because {
        Because::FullForm => "it names number, issuer and year itself",
        Because::SameText => "the full form stands in the same text",
        Because::OnlyOne => "issuer, place and time leave one",
        Because::Subject => "its subject and its day speak for this one of several",
        Because::InForce => "this version of the law was in force on the day of the text",
        Because::Known => "of all that are known by this number it fits this one",
        Because::Decided => "somebody decided so",
        Because::Alike => "others at nearly the same time speak of the same",
    }
}

fn bonded(bond: Bond) -> &'static str {
    match bond {
        Bond::Office => "the same name in the same office",
        Bond::Text => "the same name in one text",
        Bond::Misprint => "a rare spelling, one syllable off, in the same office at that time",
        Bond::Words => "the same words for an office that hardly two bearers of the name have",
        Bond::BareRole => "the bare title fits one bearer of the name then",
        Bond::Guess => {
            "the place was guessed from the text; the bearer of the name holds the office elsewhere then"
        }
        Bond::HouseOrPlace => "offices of one body or one place, not years apart",
        Bond::Rare => "the name is so rare that a second bearer in office is unlikely",
        Bond::Decided => "somebody decided so",
        Bond::Unaccented => "written without accents, it fits this bearer alone",
    }
}
