//! Writing down what a page brought.

use std::time::Duration;

use corpus::{CanonicalUrl, Linked};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Kind, Lane, Lease, Origin, millis, schedule, time};

/// An address that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The address, canonical for its source.
    pub url: CanonicalUrl,
    /// Name of the source.
    pub source: String,
    /// What it is to be asked for.
    pub kind: Kind,
    /// The line that it waits in.
    pub lane: Lane,
    /// Links from a start page.
    pub depth: u32,
    /// Redirects on the way here.
    pub hops: u32,
    /// When it was last changed, as its sitemap says.
    pub changed_at: Option<Timestamp>,
    /// The link that leads to it, where it is a file.
    pub linked: Option<Linked>,
    /// The pattern that it has in common with others, where those may be without end.
    pub alike: Option<Alike>,
}

/// A pattern of addresses, and how many of them a host may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// What is the same in them.
    pub pattern: String,
    /// The most that are let in.
    pub most: u32,
}

/// The capture that holds a page's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its `WARC-Record-ID`.
    pub record_id: String,
    /// Its `WARC-Payload-Digest`.
    pub payload_digest: String,
    /// When it was made.
    pub at: Timestamp,
}

/// A page that has been dealt with.
#[derive(Clone, Debug)]
pub struct Done {
    /// The address that was leased.
    pub url: CanonicalUrl,
    /// Name of its source.
    pub source: String,
    /// What it was asked for.
    pub kind: Kind,
    /// What came of it.
    pub verdict: Verdict,
    /// Addresses found in it.
    pub found: Vec<Found>,
}

/// What came of a page.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It answered with a body.
    Answered {
        /// Status code.
        status: u16,
        /// `ETag`.
        etag: Option<String>,
        /// `Last-Modified`.
        last_modified: Option<String>,
        /// Digest of what it says: a page whose counters alone are others has not changed.
        digest: String,
        /// The capture that holds the body; `None` for what is not kept (feeds, sitemaps, pages that ask not to be).
        kept: Option<Kept>,
        /// It is an article.
        is_article: bool,
    },
    /// The server says that it has not changed.
    NotModified,
    /// It leads elsewhere; the address is among those found, where the crawl follows it.
    Redirected {
        /// Status code.
        status: u16,
    },
    /// It answered once, and now the server says that there is no such page.
    Gone {
        /// Status code: 404 or 410.
        status: u16,
    },
    /// robots.txt keeps it from us.
    Forbidden,
    /// It failed.
    Failed {
        /// Status code, where there was an answer.
        status: Option<u16>,
        /// Why, in few words: the key of the report.
        reason: String,
        /// Not before: what the server asked for.
        after: Option<Duration>,
        /// It will not be otherwise next time (404, a PDF).
        for_good: bool,
    },
}

/// What a page counted as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Seen for the first time.
    New,
    /// Changed since the last time.
    Changed,
    /// Not changed.
    Unchanged,
    /// Led elsewhere.
    Redirected,
    /// Was there once and is no more; what was kept of it stays.
    Gone,
    /// Kept from us by robots.txt.
    Forbidden,
    /// Failed, why.
    Failed(String),
}

/// Adds an address. A known page stays as it is, unless its sitemap says that it has changed since; a seed is due again.
pub(super) fn add(connection: &Connection, found: &Found, now: Timestamp) -> rusqlite::Result<()> {
    let host = found.url.host();
    if let Some(alike) = &found.alike
        && is_one_too_many(connection, host, alike)?
    {
        return Ok(());
    }
    connection
        .prepare_cached("INSERT OR IGNORE INTO host (name, next_fetch) VALUES (?1, 0)")?
        .execute([host])?;
    let origin = Origin::of(&found.url);
    connection
        .prepare_cached("INSERT OR IGNORE INTO origin (name, pause) VALUES (?1, 0)")?
        .execute([origin.as_str()])?;
    let added = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO page
                 (url, origin, source, kind, lane, depth, hops, next_fetch, linked_from, link_name)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            found.url.as_str(),
            origin.as_str(),
            found.source,
            found.kind.code(),
            found.lane.code(),
            found.depth,
            found.hops,
            millis(now),
            found.linked.as_ref().map(|linked| linked.from.as_str()),
            found.linked.as_ref().and_then(|linked| linked.name.as_deref())
        ])?;
    if added > 0
        && let Some(alike) = &found.alike
    {
        connection
            .prepare_cached(
                "INSERT INTO alike (host, pattern, known) VALUES (?1, ?2, 1)
                 ON CONFLICT DO UPDATE SET known = known + 1",
            )?
            .execute([host, &alike.pattern])?;
    }
    if added == 0 && found.kind.is_seed() {
        connection
            .prepare_cached(
                "UPDATE page SET kind = ?2, lane = ?3, depth = ?4, hops = ?5, source = ?6, next_fetch = ?7
                 WHERE url = ?1",
            )?
            .execute(params![
                found.url.as_str(),
                found.kind.code(),
                found.lane.code(),
                found.depth,
                found.hops,
                found.source,
                millis(now)
            ])?;
    } else if added == 0 {
        // Pages of a sitemap that a front page links to need not wait for all the others. They go to the end of their new
        // lane, or old ones would keep what was found there waiting.
        connection
            .prepare_cached(
                "UPDATE page SET lane = ?2, depth = min(depth, ?3), next_fetch = max(next_fetch, ?5)
                 WHERE url = ?1 AND lane > ?2 AND lane < ?4 AND fetched_at IS NULL",
            )?
            .execute(params![
                found.url.as_str(),
                found.lane.code(),
                found.depth,
                Lane::Again.code(),
                millis(now)
            ])?;
    }
    if added == 0
        && !found.kind.is_seed()
        && let Some(changed_at) = found.changed_at
    {
        connection
            .prepare_cached(
                "UPDATE page SET next_fetch = ?3, lane = min(lane, ?4)
                 WHERE url = ?1 AND fetched_at < ?2 AND next_fetch > ?3",
            )?
            .execute(params![found.url.as_str(), millis(changed_at), millis(now), found.lane.code()])?;
    }
    Ok(())
}

/// Whether a host has as many addresses of a pattern as it may.
fn is_one_too_many(connection: &Connection, host: &str, alike: &Alike) -> rusqlite::Result<bool> {
    let known: Option<u32> = connection
        .prepare_cached("SELECT known FROM alike WHERE host = ?1 AND pattern = ?2")?
        .query_row([host, &alike.pattern], |row| row.get(0))
        .optional()?;
    Ok(known.is_some_and(|known| known >= alike.most))
}

/// What a page was before.
#[derive(Default)]
struct Before {
    fetched_at: Option<Timestamp>,
    digest: Option<String>,
    fails: u32,
    interval: Option<u64>,
    is_article: bool,
    status: Option<u16>,
}

pub(super) fn apply(connection: &Connection, done: &Done, now: Timestamp) -> rusqlite::Result<Applied> {
    let url = done.url.as_str();
    let before = connection
        .prepare_cached(
            "SELECT fetched_at, digest, fails, interval, article, status FROM page WHERE url = ?1",
        )?
        .query_row([url], |row| {
            Ok(Before {
                fetched_at: time(row, "fetched_at")?,
                digest: row.get("digest")?,
                fails: row.get("fails")?,
                interval: row.get::<_, Option<i64>>("interval")?.map(|seconds| seconds as u64),
                is_article: row.get::<_, Option<bool>>("article")?.unwrap_or_default(),
                status: row.get("status")?,
            })
        })
        .optional()?
        .unwrap_or_default();
    let in_seconds = |seconds: u64| millis(now) + seconds as i64 * 1_000;
    // After its first fetch a page waits with others that are looked at again; a seed stays what it is.
    let again = if done.kind.is_seed() { None } else { Some(Lane::Again.code()) };
    let applied = match &done.verdict {
        Verdict::Answered { status, etag, last_modified, digest, kept, is_article } => {
            let changed = before.digest.as_ref().is_none_or(|before| before != digest);
            let interval = schedule::interval(done.kind, *is_article, before.interval, changed);
            connection
                .prepare_cached(
                    "UPDATE page SET lease = NULL, fails = 0, hops = 0, fetched_at = ?2, status = ?3, etag = ?4,
                         last_modified = ?5, digest = ?6, kept_digest = ?7, record_id = ?8, kept_at = ?9,
                         interval = ?10, next_fetch = ?11, lane = coalesce(?12, lane), article = ?13
                     WHERE url = ?1",
                )?
                .execute(params![
                    url,
                    millis(now),
                    status,
                    etag,
                    last_modified,
                    digest,
                    kept.as_ref().map(|kept| &kept.payload_digest),
                    kept.as_ref().map(|kept| &kept.record_id),
                    kept.as_ref().map(|kept| millis(kept.at)),
                    interval as i64,
                    in_seconds(interval),
                    again,
                    is_article
                ])?;
            match (before.digest, changed) {
                (None, _) => Applied::New,
                (Some(_), true) => Applied::Changed,
                (Some(_), false) => Applied::Unchanged,
            }
        }
        Verdict::NotModified => {
            let interval = schedule::interval(done.kind, before.is_article, before.interval, false);
            connection
                .prepare_cached(
                    "UPDATE page SET lease = NULL, fails = 0, fetched_at = ?2, interval = ?3, next_fetch = ?4,
                         lane = coalesce(?5, lane) WHERE url = ?1",
                )?
                .execute(params![url, millis(now), interval as i64, in_seconds(interval), again])?;
            Applied::Unchanged
        }
        Verdict::Redirected { status } => {
            let interval = schedule::interval(done.kind, true, before.interval, false);
            connection
                .prepare_cached(
                    "UPDATE page SET lease = NULL, fails = 0, fetched_at = ?2, status = ?3, interval = ?4,
                         next_fetch = ?5, lane = coalesce(?6, lane) WHERE url = ?1",
                )?
                .execute(params![url, millis(now), status, interval as i64, in_seconds(interval), again])?;
            Applied::Redirected
        }
        Verdict::Gone { status } => {
            // Some come back: it is looked for once more, and then given up.
            let next = (before.status != Some(*status)).then(|| in_seconds(schedule::GONE));
            connection
                .prepare_cached(
                    "UPDATE page SET lease = NULL, fails = 0, status = ?2, next_fetch = ?3, lane = coalesce(?4, lane) WHERE url = ?1",
                )?
                .execute(params![url, status, next, again])?;
            Applied::Gone
        }
        Verdict::Forbidden => {
            let week = Duration::from_secs(7 * 24 * 3_600).as_secs();
            connection
                .prepare_cached(
                    "UPDATE page SET lease = NULL, next_fetch = ?2, lane = coalesce(?3, lane) WHERE url = ?1",
                )?
                .execute(params![url, in_seconds(week), again])?;
            Applied::Forbidden
        }
        Verdict::Failed { status, reason, after, for_good } => {
            let fails = before.fails + 1;
            let wait =
                if *for_good { None } else { schedule::retry(fails).map(|wait| after.unwrap_or(wait)) };
            connection
                .prepare_cached(
                    "UPDATE page SET lease = NULL, fails = ?2, status = coalesce(?3, status), next_fetch = ?4,
                         lane = coalesce(?5, lane) WHERE url = ?1",
                )?
                .execute(params![
                    url,
                    fails,
                    status,
                    wait.map(|wait| millis(now) + wait.as_millis() as i64),
                    again.filter(|_| before.fetched_at.is_some())
                ])?;
            Applied::Failed(reason.clone())
        }
    };
    for found in &done.found {
        add(connection, found, now)?;
    }
    cover(connection, done, &applied, now)?;
    Ok(applied)
}

/// Counts a page for its source and the day.
fn cover(connection: &Connection, done: &Done, applied: &Applied, now: Timestamp) -> rusqlite::Result<()> {
    let is_page = done.kind.is_kept();
    let column = match applied {
        Applied::New if is_page => "new",
        Applied::Changed if is_page => "changed",
        Applied::Unchanged if is_page => "unchanged",
        Applied::New | Applied::Changed | Applied::Unchanged | Applied::Redirected => "fetched",
        Applied::Gone => "gone",
        Applied::Forbidden => "forbidden",
        Applied::Failed(_) => "failed",
    };
    let answered = !matches!(applied, Applied::Forbidden | Applied::Failed(_));
    let day = day(now).to_string();
    connection
        .prepare_cached("INSERT OR IGNORE INTO coverage (source, day) VALUES (?1, ?2)")?
        .execute([&done.source, &day])?;
    connection
        .prepare_cached(&format!(
            "UPDATE coverage SET fetched = fetched + ?3{} WHERE source = ?1 AND day = ?2",
            if column == "fetched" { String::new() } else { format!(", {column} = {column} + 1") }
        ))?
        .execute(params![done.source, day, i64::from(answered)])
        .map(drop)
}

/// The day in Vietnam, which has kept UTC+7 since 1975.
pub(super) fn day(at: Timestamp) -> jiff::civil::Date {
    TimeZone::fixed(jiff::tz::offset(7)).to_datetime(at).date()
}

pub(super) fn lease(row: &Row<'_>) -> rusqlite::Result<Lease> {
    let url: String = row.get("url")?;
    let url = url.parse().map_err(|error: corpus::url::NotAnAddress| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })?;
    let record_id: Option<String> = row.get("record_id")?;
    let payload_digest: Option<String> = row.get("kept_digest")?;
    let at = time(row, "kept_at")?;
    let kept = record_id.zip(payload_digest).zip(at).map(|((record_id, payload_digest), at)| Kept {
        record_id,
        payload_digest,
        at,
    });
    let linked_from: Option<String> = row.get("linked_from")?;
    let link_name = row.get("link_name")?;
    Ok(Lease {
        url,
        source: row.get("source")?,
        kind: Kind::of(row.get("kind")?),
        lane: Lane::of(row.get("lane")?),
        depth: row.get("depth")?,
        hops: row.get("hops")?,
        linked: linked_from.and_then(|from| from.parse().ok()).map(|from| Linked { from, name: link_name }),
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        digest: row.get("digest")?,
        kept,
        fails: row.get("fails")?,
    })
}
