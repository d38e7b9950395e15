//! `yearline sources`.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use corpus::CanonicalUrl;
use crawler::explain::{self, Address, Explanation, Facts, Fetched, Reading, Way};
use crawler::{Cidr, Source, Sources};
use jiff::Timestamp;

use crate::settings::Settings;
use crate::terminal;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Explain what a record would do with a page: rule, robots.txt, template, article
    Check(Check),
    /// Draft a record for a site from its front page and up to three articles, and tell what it would take of these; exit
    /// code 1 where no article was found
    New(New),
}

#[derive(Debug, clap::Args)]
struct New {
    /// Its front page
    #[arg(value_name = "URL")]
    url: CanonicalUrl,
    /// A block of addresses that may be asked although it is not public (10.1.0.0/16); may be repeated
    #[arg(long, value_name = "CIDR")]
    allow_net: Vec<Cidr>,
}

#[derive(Debug, clap::Args)]
struct Check {
    /// An address, which is asked for once after its robots.txt, or a file with a page
    #[arg(value_name = "FILE|URL")]
    page: String,
    /// Name of the record, or a file with one [default: the record of the address's host]
    #[arg(long, value_name = "SOURCE|FILE")]
    record: Option<String>,
    /// The address of the page in the file
    #[arg(long, value_name = "URL")]
    url: Option<CanonicalUrl>,
    /// A block of addresses that may be asked although it is not public (10.1.0.0/16); may be repeated
    #[arg(long, value_name = "CIDR")]
    allow_net: Vec<Cidr>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Lists the source records, one a line (name, province, languages, hosts), or explains one.
pub(super) fn run(arguments: &Arguments, settings: &Settings) -> anyhow::Result<ExitCode> {
    let records = settings.source_records()?;
    if let Some(What::New(new)) = &arguments.what {
        return draft(new, settings);
    }
    if let Some(What::Check(check)) = &arguments.what {
        let explanation = explanation(check, &records, settings)?;
        if check.json {
            writeln!(terminal::json(), "{}", serde_json::to_string(&explanation)?)?;
        } else {
            write(&mut terminal::out(), &explanation)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = terminal::out();
    for source in &records {
        let languages: Vec<String> = source.languages.iter().map(ToString::to_string).collect();
        let province = source.province.as_deref().unwrap_or("-");
        writeln!(out, "{}\t{province}\t{}\t{}", source.name, languages.join(","), source.hosts.join(","))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a first record, and on standard error what it would take.
fn draft(new: &New, settings: &Settings) -> anyhow::Result<ExitCode> {
    let how = crawler::Settings {
        contact: settings.contact.clone(),
        allow_net: new.allow_net.clone(),
        ..crawler::Settings::default()
    };
    let draft = super::runtime()?.block_on(crawler::draft::draft(&how, &new.url))?;
    write!(terminal::out(), "{}", draft.record)?;
    let mut err = terminal::err();
    for explanation in &draft.articles {
        writeln!(err)?;
        write(&mut err, explanation)?;
    }
    for note in &draft.notes {
        writeln!(err, "note: {}", terminal::one_line(note))?;
    }
    Ok(if draft.articles.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn explanation(check: &Check, records: &Sources, settings: &Settings) -> anyhow::Result<Explanation> {
    let asked = check.page.parse::<CanonicalUrl>().ok();
    let url = asked.as_ref().or(check.url.as_ref());
    let record = match (&check.record, url) {
        (Some(name), _) => named(name, records)?,
        (None, Some(url)) => records.for_host(url.host()).cloned().unwrap_or_else(|| Source::of_site(url)),
        (None, None) => {
            bail!("say which record is meant (--record SOURCE) or where the page is from (--url URL)")
        }
    };
    let Some(asked) = &asked else {
        let html = std::fs::read(&check.page).with_context(|| {
            format!("{} is neither an http address nor a file that can be read", check.page)
        })?;
        let fetched = Fetched { html: &html, charset: None, at: Timestamp::now() };
        return Ok(explain::explain(&record, url, Some(fetched)));
    };
    let how = crawler::Settings {
        contact: settings.contact.clone(),
        allow_net: check.allow_net.clone(),
        ..crawler::Settings::default()
    };
    Ok(super::runtime()?.block_on(explain::ask(&record, &how, asked))?)
}

fn named(name: &str, records: &Sources) -> anyhow::Result<Source> {
    if let Some(record) = records.named(name) {
        return Ok(record.clone());
    }
    if Path::new(name).extension().is_none_or(|extension| extension != "toml") {
        bail!("“{name}” is neither a source (see `yearline sources`) nor a file such as paper.toml");
    }
    let text = std::fs::read_to_string(name).with_context(|| name.to_owned())?;
    Ok(Source::parse(name, &text)?)
}

fn write(out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
    writeln!(out, "record     {}", explanation.record)?;
    if let Some(address) = &explanation.address {
        write_address(out, address)?;
    }
    if let Some(instead) = &explanation.instead {
        writeln!(out, "no page    {instead}")?;
    }
    if let Some(page) = &explanation.page {
        write_page(out, page)?;
    }
    Ok(())
}

fn write_address(out: &mut impl Write, address: &Address) -> io::Result<()> {
    writeln!(out, "address    {}", address.url)?;
    if let Some(canonical) = &address.canonical {
        writeln!(out, "stands as  {canonical}")?;
    }
    let way = match &address.way {
        Way::File => "taken as a file where a page links to it".to_owned(),
        Way::All => "followed, as all of its hosts".to_owned(),
        Way::Followed(pattern) => format!("followed by {pattern}"),
        Way::Skipped(pattern) => format!("skipped by {pattern}"),
        Way::NotFollowed => "not followed: no pattern of `follow` fits".to_owned(),
        Way::OtherHost => "not followed: the host is none of the record's".to_owned(),
    };
    writeln!(out, "links here {way}")?;
    if let Some(number) = &address.number {
        writeln!(out, "number     {number}")?;
    }
    Ok(())
}

fn write_page(out: &mut impl Write, page: &Reading) -> io::Result<()> {
    if let Some(unreadable) = &page.unreadable {
        return writeln!(out, "unreadable {unreadable}");
    }
    for fit in &page.templates {
        let fits = match page.read_by {
            Some(number) if number == fit.number => "the page is read by it",
            _ if !fit.in_use => "not in use on the day of the page",
            Some(number) if number < fit.number => "an earlier one fits",
            _ => "the page has no such body",
        };
        writeln!(out, "template {}: {fits}", fit.number)?;
        for part in &fit.parts {
            match &part.selector {
                Some(selector) => {
                    writeln!(out, "  {:<9}{selector} ({}): {}", part.name, part.elements, part.text)?;
                }
                None => writeln!(out, "  {:<9}none of {} found", part.name, part.selectors)?,
            }
        }
    }
    if page.read_by.is_none() {
        writeln!(out, "read generically")?;
    }
    if let Some(article) = &page.article {
        write_article(out, article)?;
    }
    if let Some(none) = &page.no_article {
        writeln!(out, "no article {none}")?;
    }
    for (asks, what) in
        [(page.noindex, "not to be indexed"), (page.nofollow, "that its links are not followed")]
    {
        if asks {
            writeln!(out, "asks       {what}")?;
        }
    }
    writeln!(out, "links      {}, of them followed {}", page.links, page.followed)?;
    for related in &page.related {
        writeln!(out, "related    {related}")?;
    }
    for feed in &page.feeds {
        writeln!(out, "feed       {feed}")?;
    }
    Ok(())
}

fn write_article(out: &mut impl Write, article: &Facts) -> io::Result<()> {
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    writeln!(out, "title      {}", or_none(&article.title))?;
    writeln!(out, "author     {}", or_none(&article.author))?;
    match article.published {
        Some(day) => {
            let origin = article.published_by.map(|origin| serde_json::json!(origin));
            let origin = origin.as_ref().and_then(|origin| origin.as_str()).unwrap_or_default();
            writeln!(out, "published  {day} ({origin})")?;
        }
        None => writeln!(out, "published  -")?,
    }
    writeln!(out, "section    {}", or_none(&article.section))?;
    writeln!(out, "tags       {}", article.tags.join(", "))?;
    writeln!(out, "text       {} words: {}", article.words, article.begins)?;
    writeln!(out, "last line  {}", article.ends)
}
