//! Reads the pages of a gold set and prints their articles as JSON Lines: `articles SET_FOLDER > predicted.jsonl`.
//! With the id of a page after the folder, its blocks are explained.

use std::error::Error;
use std::path::PathBuf;

use crawler::page::{self, Context};
use crawler::{Source, Sources};
use jiff::Timestamp;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: articles SET_FOLDER")?);
    let gold: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(folder.join("gold.json"))?)?;
    let sources = Sources::shipped();
    let explained = std::env::args().nth(2);
    for (id, row) in gold.as_object().ok_or("gold.json is an object")? {
        let file = row["file"].as_str().ok_or("a row without a file")?;
        let html = std::fs::read(folder.join(file))?;
        let url = row["url"].as_str().and_then(|url| url.parse().ok());
        let site = url.as_ref().map(Source::of_site);
        let source = url.as_ref().and_then(|url| sources.for_host(url.host())).or(site.as_ref());
        if explained.as_ref().is_some_and(|explained| explained != id) {
            continue;
        }
        let context = Context {
            url: url.as_ref(),
            charset: None,
            source,
            fetched_at: Timestamp::now(),
            is_live: false,
        };
        if explained.is_some() {
            for block in page::blocks(&html, &context)? {
                let mark = block.fate.mark();
                println!("{mark} {} | {} | {}", block.text, block.element, block.rule);
            }
        }
        let line = match page::read(&html, &context).map(|page| page.article) {
            Ok(Ok(article)) => serde_json::json!({
                "id": id, "title": article.title, "author": article.author, "text": article.text,
                "date": article.published.map(|published| published.date),
                "date_from": article.published.map(|published| published.origin), "captions": article.captions,
            }),
            Ok(Err(reason)) => serde_json::json!({"id": id, "why": reason.to_string()}),
            Err(reason) => serde_json::json!({"id": id, "why": reason.to_string()}),
        };
        println!("{line}");
    }
    Ok(())
}
