//! `yearline extract`: the article and its mentions as JSON Lines, without an archive.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use corpus::{Article, BlockKind, CanonicalUrl, CodePoints, JsonRecord, Language, Span, media};
use indexer::Reading as _;
use indexer::extract::why::{self, Reason};
use indexer::{
    About, By, Change, DirectiveKind, Extractor, Mentions, Modality, Modifier, PartialDate, Period, Rule,
    Words,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::article;
use crate::settings::Settings;
use crate::terminal::{self, one_line};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// .txt, .html, .mhtml, .pdf, .docx, .xlsx, .pptx, .odt, .ods, .doc, .xls, .rtf or .jsonl files; - reads JSON Lines from standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Address of an HTML file
    #[arg(long)]
    url: Option<CanonicalUrl>,
    /// Show the structure of each file: headings, items, tables; and of HTML files first which rule took which element: + text,
    /// c caption, - none of the article
    #[arg(long)]
    explain: bool,
    /// Say of each mention which rows of the tables speak for it: file, line, row and word
    #[arg(long)]
    why: bool,
}

/// Media type of a plain text.
const TEXT: &str = "text/plain";
/// Letters that are shown of a block.
const SHOWN: usize = 100;
/// Steps that a block is moved in, at most.
const DEEPEST: usize = 20;

/// One line of the output: the form of the gold files. Offsets count Unicode code points, ends exclusive.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<Date>,
    lang: Option<Language>,
    province: Option<&'a str>,
    text: &'a str,
    directives: Vec<Directive<'a>>,
    officials: Vec<Official<'a>>,
    figures: Vec<Figure<'a>>,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    quote: &'a str,
    /// What it was found by, and the share of mentions found so that are right.
    rule: Rule,
    confidence: f64,
    /// The rows of the tables that speak for it, where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<Reason>>,
}

#[derive(Debug, Serialize)]
struct Directive<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    kind: DirectiveKind,
    number: Option<&'a str>,
    issuer: Option<&'a str>,
    issued: Option<PartialDate>,
    subject: Option<&'a str>,
    named: bool,
}

#[derive(Debug, Serialize)]
struct Official<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    positions: &'a [String],
    /// When they were held, as far as the text says it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tenures: Vec<Tenure<'a>>,
}

#[derive(Debug, Serialize)]
struct Tenure<'a> {
    position: &'a str,
    since: Option<PartialDate>,
    until: Option<PartialDate>,
    ended: bool,
}

#[derive(Debug, Serialize)]
struct Figure<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    value: f64,
    of: Option<f64>,
    unit: Option<&'a str>,
    modifier: Modifier,
    indicator: Option<&'a str>,
    period: Option<Period>,
    #[serde(rename = "place")]
    where_: Option<&'a str>,
    change: Option<Change>,
    key: Option<&'a str>,
    about: Option<&'a About>,
    modality: Modality,
    /// How sure it is that all of key, about, period and modality are right, where it has a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    certainty: Option<f64>,
    /// The words that gave key, about, modality and period, and how far off they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<[Option<Said<'a>>; 4]>,
}

/// Words that told something of a figure.
#[derive(Debug, Serialize)]
struct Said<'a> {
    words: Option<&'a str>,
    whence: &'static str,
}

/// Reads every file; one that cannot be read is reported, and the rest goes on.
pub(super) fn run(arguments: &Arguments, settings: &Settings) -> anyhow::Result<ExitCode> {
    let sources = settings.source_records()?;
    let out = if arguments.explain { terminal::out() } else { terminal::json() };
    let mut out = std::io::BufWriter::new(out);
    let mut failed = false;
    for path in &arguments.files {
        let done = if path == Path::new("-") {
            lines(std::io::stdin().lock(), &sources, arguments.why, &mut out)
        } else {
            file(path, arguments, &sources, &mut out)
        };
        match done {
            Ok(all_read) => failed |= !all_read,
            Err(error)
                if error
                    .downcast_ref::<std::io::Error>()
                    .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe) =>
            {
                return Err(error);
            }
            Err(error) => {
                failed = true;
                writeln!(terminal::err(), "{}: {error:#}", one_line(&path.to_string_lossy()))?;
            }
        }
    }
    out.flush()?;
    Ok(if failed { ExitCode::from(super::TROUBLE) } else { ExitCode::SUCCESS })
}

fn file(
    path: &Path,
    arguments: &Arguments,
    sources: &crawler::Sources,
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let mut opened = std::fs::File::open(path)?;
    let id = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    if matches!(extension.as_deref(), Some("jsonl" | "ndjson")) && !arguments.explain {
        return lines(BufReader::new(opened), sources, arguments.why, out);
    }
    let mut bytes = Vec::new();
    opened.read_to_end(&mut bytes)?;
    // A browser's file with a page in it stands for the page.
    let saved = corpus::mhtml::read(&bytes);
    let address = saved.as_ref().and_then(|page| page.address.as_deref()?.parse::<CanonicalUrl>().ok());
    let charset = saved.as_ref().and_then(|page| page.charset.clone());
    let is_page = saved.is_some();
    let bytes = saved.map_or(bytes, |page| page.html);
    // What a file is its bytes say, and where they say nothing its name.
    let by_name = match extension.as_deref() {
        Some("html" | "htm") => Some(media::HTML),
        Some("txt" | "text" | "md") => Some(TEXT),
        Some("pdf") => Some(media::PDF),
        Some("docx") => Some(media::DOCX),
        Some("xlsx") => Some(media::XLSX),
        Some("pptx") => Some(media::PPTX),
        Some("odt") => Some(media::ODT),
        Some("ods") => Some(media::ODS),
        Some("doc") => Some(media::DOC),
        Some("xls") => Some(media::XLS),
        Some("rtf") => Some(media::RTF),
        _ => None,
    };
    let url = arguments.url.as_ref().or(address.as_ref());
    let by_name = if is_page { Some(media::HTML) } else { by_name };
    let article = match media::evident(&bytes).or(by_name) {
        Some(media::HTML) => {
            if arguments.explain {
                explain(&bytes, url, sources, out)?;
            }
            article::of_page(&bytes, url, charset.as_deref(), Timestamp::now(), sources)?
        }
        Some(TEXT) => {
            let text = corpus::text::decode(&bytes, None).context("the file is no text")?;
            corpus::plain_text::read(&text)
        }
        media => {
            let limits = documents::PdfLimits::default();
            media.and_then(|media| documents::read(media, &bytes, &limits)).context(
                "files of this kind are not read: name a .txt, .html, .mhtml, .pdf, .docx, .xlsx, .pptx, .odt, .ods, .doc, .xls, .rtf or .jsonl file",
            )??
        }
    };
    if arguments.explain {
        structure(&article, out)?;
    } else {
        write(&id, article, arguments.why, out)?;
    }
    Ok(true)
}

/// Writes the blocks of an article, each under the one that it stands under.
fn structure(article: &Article, out: &mut impl Write) -> anyhow::Result<()> {
    let blocks = article.blocks();
    let mut depths: Vec<usize> = Vec::with_capacity(blocks.len());
    for block in &blocks {
        let depth = block.parent.map_or(0, |parent| depths[parent as usize] + 1);
        depths.push(depth);
        let kind = block.kind.as_str();
        let what = match block.kind {
            // Its cells are shown by their row, and its rows below it.
            BlockKind::Cell => continue,
            BlockKind::Row if block.heads => "heads".to_owned(),
            BlockKind::Heading | BlockKind::Item => format!("{kind} {}", block.rank),
            _ => kind.to_owned(),
        };
        let words = if block.kind == BlockKind::Table { "" } else { block.span.of(&article.text) };
        let mut shown: String = words.chars().take(SHOWN).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        let colon = if shown.is_empty() { "" } else { ": " };
        writeln!(out, "{}{what}{colon}{}", "  ".repeat(depth.min(DEEPEST)), one_line(&shown))?;
    }
    Ok(())
}

/// Writes what became of each block of a page, and by which rule.
fn explain(
    html: &[u8],
    url: Option<&CanonicalUrl>,
    sources: &crawler::Sources,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let blocks =
        article::blocks_of_page(html, url, Timestamp::now(), sources).map_err(|reason| anyhow!(reason))?;
    for block in blocks {
        let mut shown: String = block.text.chars().take(SHOWN).collect();
        if shown.len() < block.text.len() {
            shown.push('…');
        }
        writeln!(out, "{} {shown}\n    {}: {}", block.fate.mark(), block.element, block.rule)?;
    }
    Ok(())
}

/// Reads JSON Lines; `false` where a line could not be read.
fn lines(
    input: impl BufRead,
    sources: &crawler::Sources,
    why: bool,
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let mut all_read = true;
    for (number, line) in input.split(b'\n').enumerate() {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let read = JsonRecord::parse(&line).map_err(|error| error.to_string()).and_then(|record| {
            let id =
                record.id.clone().or_else(|| record.url.clone()).unwrap_or_else(|| (number + 1).to_string());
            let article =
                article::of_record(record, Timestamp::now(), sources).map_err(|none| none.to_string())?;
            Ok((id, article))
        });
        match read {
            Ok((id, article)) => write(&id, article, why, out)?,
            Err(reason) => {
                all_read = false;
                writeln!(terminal::err(), "line {}: {reason}", number + 1)?;
            }
        }
    }
    Ok(all_read)
}

fn write(id: &str, article: Article, why: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let article = article::completed(article);
    let Mentions { directives, officials, figures } = Extractor.mentions(&article);
    let text = article.text.as_str();
    let points = CodePoints::new(text);
    let place = |span: Span, rule: Rule, reasons: &dyn Fn() -> Vec<Reason>| {
        let (start, end) = points.range(span);
        let why = why.then(reasons);
        Place { start, end, quote: span.of(text), rule, confidence: rule.confidence(), why }
    };
    let line = Line {
        id,
        url: article.url.as_ref().map(CanonicalUrl::as_str),
        title: article.title.as_deref(),
        author: article.author.as_deref(),
        published: article.published.map(|published| published.date),
        lang: article.language,
        province: article.province.as_deref(),
        text,
        directives: directives
            .iter()
            .map(|found| Directive {
                place: place(found.span, found.rule, &|| why::directive(text, found)),
                kind: found.kind,
                number: found.number.as_deref(),
                issuer: found.issuer.as_deref(),
                issued: found.issued,
                subject: found.subject.as_deref(),
                named: found.named,
            })
            .collect(),
        officials: officials
            .iter()
            .map(|found| Official {
                place: place(found.span, found.rule, &|| why::official(text, found)),
                positions: &found.positions,
                tenures: found
                    .tenures
                    .iter()
                    .map(|tenure| Tenure {
                        position: &found.positions[tenure.position],
                        since: tenure.since,
                        until: tenure.until,
                        ended: tenure.ended,
                    })
                    .collect(),
            })
            .collect(),
        figures: figures
            .iter()
            .map(|found| Figure {
                place: place(found.span, found.rule, &|| why::figure(text, found)),
                value: found.value,
                of: found.of,
                unit: found.unit.as_deref(),
                modifier: found.modifier.coarse(),
                indicator: found.indicator.as_deref(),
                period: found.period,
                where_: found.place.as_deref(),
                change: found.change,
                key: found.key.as_deref(),
                about: found.about.as_ref(),
                modality: found.modality,
                certainty: found.certainty().map(|certainty| (certainty * 1000.0).round() / 1000.0),
                told: why.then(|| {
                    let said = |words: Option<Words>| {
                        words.map(|words| Said {
                            words: words.span.map(|span| span.of(text)),
                            whence: words.whence.as_str(),
                        })
                    };
                    let grounds = &found.grounds;
                    let key = said(grounds.key)
                        .map(|said| Said { whence: grounds.by.map_or(said.whence, By::as_str), ..said });
                    let period = found.period_from.as_ref();
                    let period = period
                        .map(|from| Said { words: Some(from.words.as_str()), whence: from.way.as_str() });
                    [key, said(grounds.about), said(grounds.modality), period]
                }),
            })
            .collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")?;
    Ok(())
}
