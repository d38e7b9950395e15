//! `yearline calibrate`: how often observations are right, by what told their parts, counted on judged texts.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use corpus::{CodePoints, JsonRecord};
use indexer::extract::catalogue::unit_key;
use indexer::extract::certainty::{self, Certainties};
use indexer::{About, Extractor, Figure, Modality, Period, Reading as _};
use jiff::Timestamp;
use serde::Deserialize;

use crate::article;
use crate::settings::Settings;
use crate::terminal;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Judged texts as JSON Lines: records whose `figures` carry start, end, key, about, period and modality
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print the counts as rules/certainty.toml holds them, and not how far they can be relied on
    #[arg(long)]
    table: bool,
}

/// What people judged of one text.
#[derive(Deserialize)]
struct Judged {
    figures: Vec<Right>,
    /// Only some of its figures were judged: of the others nothing is known.
    #[serde(default)]
    sampled: bool,
}

/// A figure as it is right.
#[derive(Deserialize)]
struct Right {
    start: usize,
    end: usize,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    about: Option<About>,
    #[serde(default)]
    period: Option<Period>,
    #[serde(default)]
    modality: Modality,
}

/// An observation that was made, and which of its parts are right.
struct Case {
    /// The text that it is of, by its place in the input: the cases of one text are not told from each other.
    text: usize,
    figure: Figure,
    right: [bool; 4],
}

/// Parts that the cases are cut into: each is foretold by what the others tell.
const FOLDS: usize = 5;

/// Prints the table, or how often observations were right beside how sure they were said to be.
pub(super) fn run(arguments: &Arguments, settings: &Settings) -> anyhow::Result<ExitCode> {
    let sources = settings.source_records()?;
    let mut cases = Vec::new();
    let mut texts = 0;
    for path in &arguments.files {
        let opened =
            std::fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        for (number, line) in BufReader::new(opened).lines().enumerate() {
            let line = line?;
            if !line.trim().is_empty() {
                let place = || format!("{}, line {}", path.display(), number + 1);
                cases.extend(judge(&line, texts, &sources).with_context(place)?);
                texts += 1;
            }
        }
    }
    let mut out = terminal::out();
    if arguments.table {
        let counts = Certainties { drawn: certainty::known().drawn, ..counted(cases.iter()) };
        write!(out, "{}", toml::to_string(&counts)?)?;
    } else {
        reliability(&mut out, &cases)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The observations that are made of one judged text.
fn judge(line: &str, text: usize, sources: &crawler::Sources) -> anyhow::Result<Vec<Case>> {
    let judged: Judged = serde_json::from_str(line)?;
    let record = JsonRecord::parse(line.as_bytes())?;
    let article = article::completed(article::of_record(record, Timestamp::now(), sources)?);
    let found = Extractor.mentions(&article);
    let points = CodePoints::new(&article.text);
    let made = found.figures.into_iter().filter(|figure| figure.key.is_some());
    let cases = made.filter_map(|figure| {
        let (start, end) = points.range(figure.span);
        let right = judged.figures.iter().find(|right| (right.start, right.end) == (start, end));
        match right {
            Some(right) => Some(Case { text, right: right.parts(&figure), figure }),
            None => (!judged.sampled).then_some(Case { text, figure, right: [false; 4] }),
        }
    });
    Ok(cases.collect())
}

impl Right {
    /// Which parts of a figure are right, in the order of [`certainty::PARTS`].
    fn parts(&self, figure: &Figure) -> [bool; 4] {
        let about = match (&self.about, &figure.about) {
            (None, None) => true,
            (Some(right), Some(found)) => {
                let name = |about: &About| about.name.as_deref().map(unit_key);
                right.level == found.level && name(right) == name(found)
            }
            _ => false,
        };
        [self.key == figure.key, about, self.period == figure.period, self.modality == figure.modality]
    }
}

/// Counts the cases. What one text says again and again in one way is right or wrong together.
fn counted<'c>(cases: impl Iterator<Item = &'c Case>) -> Certainties {
    /// Cases of one text that have the same grounds, at most.
    const ALIKE: usize = 2;
    let mut counts = Certainties::default();
    let mut seen: HashMap<(usize, Option<[String; 4]>), usize> = HashMap::new();
    for case in cases {
        let alike = seen.entry((case.text, certainty::grounds(&case.figure))).or_default();
        *alike += 1;
        if *alike <= ALIKE {
            counts.count(&case.figure, case.right);
        }
    }
    counts
}

/// How often observations were right beside how sure the counts of the other texts say that they are.
fn reliability(out: &mut impl Write, cases: &[Case]) -> anyhow::Result<()> {
    let counts: Vec<Certainties> =
        (0..FOLDS).map(|fold| counted(cases.iter().filter(|case| case.text % FOLDS != fold))).collect();
    let mut said: Vec<(f64, bool)> = cases
        .iter()
        .filter_map(|case| Some((counts[case.text % FOLDS].of(&case.figure)?, case.right == [true; 4])))
        .collect();
    said.sort_by(|a, b| b.0.total_cmp(&a.0));
    let share = |of: &[(f64, bool)]| of.iter().filter(|(_, right)| *right).count() as f64 / of.len() as f64;
    writeln!(
        out,
        "{} observations, {:.3} right",
        said.len(),
        if said.is_empty() { 0.0 } else { share(&said) }
    )?;
    writeln!(out, "said        observations  mean  right")?;
    for (low, high) in
        [(0.9, 1.01), (0.85, 0.9), (0.8, 0.85), (0.75, 0.8), (0.7, 0.75), (0.6, 0.7), (0.0, 0.6)]
    {
        let here: Vec<(f64, bool)> =
            said.iter().copied().filter(|(sure, _)| (low..high).contains(sure)).collect();
        if !here.is_empty() {
            let mean = here.iter().map(|(sure, _)| sure).sum::<f64>() / here.len() as f64;
            writeln!(
                out,
                "{low:.2}-{:.2} {:>14}  {mean:.2}  {:.3}",
                f64::min(high, 1.0),
                here.len(),
                share(&here)
            )?;
        }
    }
    let drawn = certainty::known().drawn;
    let upto = said.partition_point(|(sure, _)| *sure >= drawn);
    if upto > 0 {
        writeln!(out, "drawn in series (at least {drawn}): {upto}, {:.3} right", share(&said[..upto]))?;
    }
    Ok(())
}
