//! Any text that is sent, read for what it mentions.

use axum::Json;
use axum::body::Body;
use axum::extract::Query;
use axum::http::{HeaderMap, header};
use futures_util::StreamExt as _;
use indexer::text::Bounds;

use crate::message::{Message, Saying};
use crate::params::{self, Pairs, Params};
use crate::turns::Kind;
use crate::{Error, Settings, Shared, forms};

/// Keys that a mention is told as ambiguous between, at most.
const CANDIDATES: usize = 20;

/// Refuses a text that its head says to be something else.
fn is_text(headers: &HeaderMap) -> Result<(), Error> {
    let refused = |found: &str| Err(Error::Form(Message::new(Saying::NotPlainText).quoting("found", found)));
    let told = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    if let Some(coding) =
        told(header::CONTENT_ENCODING).filter(|coding| !coding.eq_ignore_ascii_case("identity"))
    {
        return refused(&format!("Content-Encoding {coding}"));
    }
    let Some(media) = told(header::CONTENT_TYPE) else { return Ok(()) };
    let lower = media.to_ascii_lowercase();
    let mut parts = lower.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    // What clients say that send bytes and were told nothing of them.
    let is_unsaid = matches!(name, "" | "application/octet-stream" | "application/x-www-form-urlencoded");
    let is_utf8 = parts
        .filter_map(|part| part.strip_prefix("charset="))
        .all(|charset| matches!(charset.trim_matches('"'), "utf-8" | "utf8" | "us-ascii"));
    if (is_unsaid || name.starts_with("text/")) && is_utf8 { Ok(()) } else { refused(media) }
}

/// All of a body, up to a limit.
async fn whole(body: Body, limit: usize) -> Result<Vec<u8>, Error> {
    let mut parts = body.into_data_stream();
    let mut all = Vec::new();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|error| Error::bad(Message::new(Saying::TornBody).with("reason", error)))?;
        if all.len() + part.len() > limit {
            return Err(Error::TooLong(limit));
        }
        all.extend_from_slice(&part);
    }
    Ok(all)
}

/// What a text mentions, and what the index knows each as.
pub(crate) async fn answer(
    Shared(state): Shared,
    Query(pairs): Pairs,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<forms::ResolvedText>, Error> {
    let params = Params::read(pairs, params::RESOLVE)?.with_known(&state)?;
    let province = params.owned("province");
    let published = params.parsed::<jiff::civil::Date>("published", "2020-08-12")?;
    let limit = state.settings.longest_text;
    let within = state.settings.patience.body;
    is_text(&headers)?;
    let bytes = tokio::time::timeout(within, whole(body, limit)).await.map_err(|_| Error::Slow(within))??;
    let text = String::from_utf8(bytes).map_err(|_| Error::bad(Saying::NotUtf8))?;
    let published =
        published.map(|date| corpus::Published { date, time: None, origin: corpus::DateOrigin::Record });
    let article = corpus::Article { text, province, published, ..corpus::Article::default() };
    let Settings { longest_reading, longest_reading_answer, most_mentions, .. } = *state.settings;
    let bounds = move || Bounds {
        mentions: most_mentions,
        bytes: longest_reading_answer,
        candidates: CANDIDATES,
        until: std::time::Instant::now() + longest_reading,
    };
    let resolved = state.ask_as(Kind::Text, move |index| index.resolve(article, bounds())).await?;
    Ok(Json((&resolved).into()))
}
