//! What to fetch next, in SQLite: survives a kill at any moment.
//!
//! An address is in it once. It is leased while it is fetched; a lease that outlived its run is given back when the next
//! run begins, so leases are written down with whatever is written next. What a page brought (its state, the addresses
//! found in it, the coverage of the day) is written in one transaction after its capture is on the disk. Time is passed in.

pub mod coverage;
mod lane;
mod origin;
mod origins;
mod record;
mod schedule;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use corpus::forgotten::source_id;
use corpus::{CanonicalUrl, DocumentId, Linked};
use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use crate::Error;
use origins::Origins;

pub use coverage::Coverage;
pub use lane::Lane;
pub use origin::Origin;
pub use record::{Alike, Applied, Done, Found, Kept, Verdict};
pub(crate) use schedule::LONGEST_PAUSE;

/// The frontier's file in the folder of an archive.
const FILE: &str = "frontier.db";

/// The format of frontiers that this program writes. 2: the escapes in addresses have one spelling. 3: pages stand by
/// origin and lane, and an origin has its own pause.
const FORMAT: i64 = 3;

const SCHEMA: &str = "
CREATE TABLE page (
    url TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    source TEXT NOT NULL,
    kind INTEGER NOT NULL,         -- Kind
    lane INTEGER NOT NULL,         -- Lane
    depth INTEGER NOT NULL,        -- links from a start page
    hops INTEGER NOT NULL,         -- redirects on the way here
    next_fetch INTEGER,            -- milliseconds since 1970; NULL: never again
    lease INTEGER,                 -- when it was given out
    fetched_at INTEGER,            -- last answer
    status INTEGER,
    etag TEXT,
    last_modified TEXT,
    digest TEXT,                   -- of what it says
    kept_digest TEXT,              -- WARC-Payload-Digest of the capture that holds the body
    record_id TEXT,                -- and its WARC-Record-ID
    kept_at INTEGER,               -- and its time
    fails INTEGER NOT NULL DEFAULT 0,
    interval INTEGER               -- seconds between the last two looks
) STRICT, WITHOUT ROWID;
CREATE INDEX page_due ON page (origin, lane, next_fetch) WHERE next_fetch IS NOT NULL AND lease IS NULL;
CREATE TABLE host (
    name TEXT PRIMARY KEY,
    next_fetch INTEGER NOT NULL    -- not before, for politeness
) STRICT, WITHOUT ROWID;
CREATE TABLE origin (
    name TEXT PRIMARY KEY,
    pause INTEGER NOT NULL,        -- not before: it did not answer, or asked for time
    reason TEXT                    -- why, in few words
) STRICT, WITHOUT ROWID;
CREATE TABLE robots (
    origin TEXT PRIMARY KEY,
    fetched_at INTEGER NOT NULL,
    status INTEGER,                -- NULL: no answer
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE coverage (
    source TEXT NOT NULL,
    day TEXT NOT NULL,
    fetched INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    forbidden INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;
";

/// Added later without a new format: programs that do not know it lose nothing by it.
const LATER: &str = "
CREATE TABLE IF NOT EXISTS alike (
    host TEXT NOT NULL,
    pattern TEXT NOT NULL,
    known INTEGER NOT NULL,        -- addresses of this pattern that were let in
    PRIMARY KEY (host, pattern)
) STRICT, WITHOUT ROWID;
";

/// Columns added later in the same way: table, column, type.
const COLUMNS: [(&str, &str, &str); 4] = [
    ("page", "article", "INTEGER"),
    ("page", "linked_from", "TEXT"),
    ("page", "link_name", "TEXT"),
    ("coverage", "gone", "INTEGER NOT NULL DEFAULT 0"),
];

/// Adds what is missing of [`COLUMNS`].
fn later(connection: &Connection) -> rusqlite::Result<()> {
    for (table, column, kind) in COLUMNS {
        if !connection.column_exists(None, table, column)? {
            connection.execute_batch(&format!("ALTER TABLE {table} ADD COLUMN {column} {kind}"))?;
        }
    }
    Ok(())
}

/// Brings the addresses of format 1 into the spelling that they have now. Where both spellings are known, the present one
/// stays.
fn respell(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let old: Vec<String> = transaction
        .prepare("SELECT url FROM page WHERE instr(url, '%') OR host LIKE '%.'")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for old in old {
        let Ok(url) = old.parse::<CanonicalUrl>() else { continue };
        if url.as_str() != old {
            transaction.execute(
                "UPDATE OR IGNORE page SET url = ?2, host = ?3 WHERE url = ?1",
                [&old, url.as_str(), url.host()],
            )?;
            transaction.execute("DELETE FROM page WHERE url = ?1", [&old])?;
            transaction
                .execute("INSERT OR IGNORE INTO host (name, next_fetch) VALUES (?1, 0)", [url.host()])?;
        }
    }
    transaction.pragma_update(None, "user_version", 2)?;
    transaction.commit()
}

/// Puts the pages of format 2 by their origin and lane.
fn by_origin(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // An origin ends at the first slash behind the two of its scheme.
    transaction.execute_batch(
        "DROP INDEX page_due;
         ALTER TABLE page RENAME COLUMN host TO origin;
         ALTER TABLE page RENAME COLUMN priority TO lane;
         UPDATE page SET
             origin = substr(url, 1, instr(substr(url, 9), '/') + 7),
             lane = CASE
                 WHEN kind = 0 THEN 0
                 WHEN kind < 3 THEN 1
                 WHEN fetched_at IS NOT NULL THEN 8
                 WHEN lane = 1 THEN 6
                 WHEN depth > 3 THEN 7
                 ELSE max(depth, 1) + 2
             END;
         CREATE INDEX page_due ON page (origin, lane, next_fetch)
             WHERE next_fetch IS NOT NULL AND lease IS NULL;
         CREATE TABLE origin (name TEXT PRIMARY KEY, pause INTEGER NOT NULL, reason TEXT) STRICT, WITHOUT ROWID;
         INSERT INTO origin (name, pause) SELECT DISTINCT origin, 0 FROM page;",
    )?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()
}

/// The frontier of an archive.
#[derive(Debug)]
pub struct Frontier {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    connection: Connection,
    /// Read when they are first asked for, and again after a write that failed.
    origins: Option<Origins>,
}

impl State {
    fn origins(&mut self) -> rusqlite::Result<(&Connection, &mut Origins)> {
        if self.origins.is_none() {
            self.origins = Some(Origins::read(&self.connection)?);
        }
        Ok((&self.connection, self.origins.get_or_insert_default()))
    }

    /// Changes tables in the open transaction, or in a new one that stays open. `work` tells the origins, where they
    /// are known, what happens to them. What fails takes all since the last commit back.
    fn change<T>(
        &mut self,
        work: impl FnOnce(&Connection, &mut Option<Origins>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let changed = self.begin().and_then(|()| work(&self.connection, &mut self.origins));
        if changed.is_err() {
            self.roll_back();
        }
        changed
    }

    fn begin(&self) -> rusqlite::Result<()> {
        if self.connection.is_autocommit() {
            self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        }
        Ok(())
    }

    fn commit(&mut self) -> rusqlite::Result<()> {
        let committed = self.connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]));
        if committed.is_err() {
            self.roll_back();
        }
        committed.map(drop)
    }

    fn roll_back(&mut self) {
        self.origins = None;
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            tracing::warn!("the frontier's transaction could not be rolled back: {error}");
        }
    }
}

/// What an address is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page to begin with: asked in every run.
    Start,
    /// A feed: asked in every run.
    Feed,
    /// A sitemap: asked in every run.
    Sitemap,
    /// Any other page.
    Page,
    /// A file that a page links to.
    File,
}

impl Kind {
    fn code(self) -> i64 {
        match self {
            Self::Start => 0,
            Self::Feed => 1,
            Self::Sitemap => 2,
            Self::Page => 3,
            Self::File => 4,
        }
    }

    fn of(code: i64) -> Self {
        match code {
            0 => Self::Start,
            1 => Self::Feed,
            2 => Self::Sitemap,
            4 => Self::File,
            _ => Self::Page,
        }
    }

    /// Whether each run asks for it again.
    pub fn is_seed(self) -> bool {
        matches!(self, Self::Start | Self::Feed | Self::Sitemap)
    }

    /// Whether what it brings is kept; the others lead to what is.
    pub fn is_kept(self) -> bool {
        matches!(self, Self::Start | Self::Page | Self::File)
    }
}

/// An address given out to be fetched, with what is known from the last time.
#[derive(Clone, Debug)]
pub struct Lease {
    /// The address.
    pub url: CanonicalUrl,
    /// Name of its source.
    pub source: String,
    /// What it is asked for.
    pub kind: Kind,
    /// The line that it waited in.
    pub lane: Lane,
    /// Links from a start page.
    pub depth: u32,
    /// Redirects on the way here.
    pub hops: u32,
    /// The link that led to a file.
    pub linked: Option<Linked>,
    /// `ETag` of the last answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer.
    pub last_modified: Option<String>,
    /// Digest of what it said last.
    pub digest: Option<String>,
    /// The capture that holds the body.
    pub kept: Option<Kept>,
    /// Failures since the last success.
    pub fails: u32,
}

/// A robots.txt as it was last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRobots {
    /// When.
    pub fetched_at: Timestamp,
    /// Status of the answer; `None` where there was none.
    pub status: Option<u16>,
    /// The file.
    pub body: Vec<u8>,
}

fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
}

impl Frontier {
    /// Opens the frontier of the archive in `folder` (`frontier.db`), makes it where there is none.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(|source| Error::Io { path: folder.to_owned(), source })?;
        let path = folder.join(FILE);
        let open = || -> rusqlite::Result<(Connection, i64)> {
            let connection = Connection::open(&path)?;
            connection.busy_timeout(Duration::from_secs(10))?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // A power cut may take the last commits; their pages are then asked for again. The captures are the
            // ground, and they are written through.
            connection.pragma_update(None, "synchronous", "NORMAL")?;
            // Plans hold whatever is bound: else each value bound beside a partial index has the statement compiled
            // again.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            let format = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            Ok((connection, format))
        };
        let (mut connection, found) =
            open().map_err(|source| Error::Frontier { path: path.clone(), source })?;
        if found > FORMAT {
            return Err(Error::NewerFrontier { path, found, known: FORMAT });
        }
        if found == 0 {
            let mut make = || -> rusqlite::Result<()> {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let made: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
                if made == 0 {
                    transaction.execute_batch(SCHEMA)?;
                    transaction.pragma_update(None, "user_version", FORMAT)?;
                }
                transaction.commit()
            };
            make().map_err(|source| Error::Frontier { path: path.clone(), source })?;
        }
        connection
            .execute_batch(LATER)
            .and_then(|()| later(&connection))
            .and_then(|()| if found == 1 { respell(&mut connection) } else { Ok(()) })
            .and_then(|()| if matches!(found, 1 | 2) { by_origin(&mut connection) } else { Ok(()) })
            .map_err(|source| Error::Frontier { path: path.clone(), source })?;
        Ok(Self { path, state: Mutex::new(State { connection, origins: None }) })
    }

    /// What a panic left half done is taken back, so the connection stays good.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| {
            self.state.clear_poison();
            let mut state = poisoned.into_inner();
            state.roll_back();
            state
        })
    }

    /// Changes tables and writes that down, with all that was changed and not written down yet.
    fn write<T>(
        &self,
        work: impl FnOnce(&Connection, &mut Option<Origins>) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let mut state = self.lock();
        let written = state.change(work).and_then(|value| state.commit().map(|()| value));
        written.map_err(|source| self.error(source))
    }

    fn error(&self, source: rusqlite::Error) -> Error {
        Error::Frontier { path: self.path.clone(), source }
    }

    /// Takes times as now that no rule puts so far ahead: they were written down while the clock was wrong. `pace` is the
    /// longest time that a host is left alone between two requests. For the beginning of a run.
    pub fn mend_times(&self, pace: Duration, now: Timestamp) -> Result<(), Error> {
        let now = millis(now);
        let after = |wait: Duration| now.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
        self.write(|connection, origins| {
            *origins = None;
            // What was fetched in the future was found and put off there as well.
            let ahead: bool = connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM page WHERE fetched_at > ?1)
                     OR EXISTS (SELECT 1 FROM robots WHERE fetched_at > ?1)",
                [now],
                |row| row.get(0),
            )?;
            if ahead {
                connection.execute(
                    "UPDATE page SET next_fetch = ?1
                     WHERE next_fetch > ?1 AND (fetched_at IS NULL OR fetched_at > ?1)",
                    [now],
                )?;
                connection.execute("UPDATE page SET fetched_at = ?1 WHERE fetched_at > ?1", [now])?;
            }
            connection.execute(
                "UPDATE page SET next_fetch = ?1 WHERE next_fetch > ?2",
                [now, after(schedule::LONGEST)],
            )?;
            connection
                .execute("UPDATE host SET next_fetch = ?1 WHERE next_fetch > ?2", [now, after(pace)])?;
            connection
                .execute("UPDATE origin SET pause = ?1 WHERE pause > ?2", [now, after(LONGEST_PAUSE)])
                .map(drop)
        })
    }

    /// Begins a run: gives back what a run that died had leased, and makes the seeds due. With `refresh` every page
    /// that was ever fetched of these sources is due as well. The one writer of the archive keeps runs apart.
    pub fn begin(
        &self,
        seeds: &[Found],
        sources: &[&str],
        refresh: bool,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.write(|connection, origins| {
            *origins = None;
            connection.execute("UPDATE page SET lease = NULL WHERE lease IS NOT NULL", [])?;
            for seed in seeds {
                record::add(connection, seed, now)?;
            }
            if refresh {
                for source in sources {
                    connection.execute(
                        "UPDATE page SET next_fetch = min(coalesce(next_fetch, ?1), ?1), fails = 0
                         WHERE source = ?2 AND (fetched_at IS NOT NULL OR next_fetch IS NOT NULL)",
                        params![millis(now), source],
                    )?;
                }
            }
            Ok(())
        })
    }

    /// Begins a source anew, as if it had never been crawled. What was kept of it, its coverage, and when its hosts may be
    /// asked stay.
    pub fn start_over(&self, source: &str) -> Result<(), Error> {
        self.write(|connection, origins| {
            *origins = None;
            let names: Vec<String> = connection
                .prepare("SELECT DISTINCT origin FROM page WHERE source = ?1")?
                .query_map([source], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for origin in names.into_iter().map(Origin::known) {
                connection.execute("DELETE FROM alike WHERE host = ?1", [origin.host()])?;
            }
            connection.execute("DELETE FROM page WHERE source = ?1", [source]).map(drop)
        })
    }

    /// Takes forgotten addresses and sources out for good: nothing of them is left in the file. `kept` are the captures of
    /// these addresses, which the coverage counts no more. How many addresses were known.
    pub fn forget(
        &self,
        addresses: &HashSet<DocumentId>,
        sources: &HashSet<DocumentId>,
        kept: &[coverage::Counted],
    ) -> Result<u64, Error> {
        let known = self.write(|connection, origins| {
            *origins = None;
            let mut gone: HashSet<DocumentId> = HashSet::new();
            let mut urls: Vec<String> = Vec::new();
            let mut all = connection.prepare("SELECT url, source FROM page")?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let (url, source): (String, String) = (row.get(0)?, row.get(1)?);
                let id = DocumentId::of_target(&url);
                if addresses.contains(&id) || sources.contains(&source_id(&source)) {
                    gone.insert(id);
                    urls.push(url);
                }
            }
            for url in &urls {
                connection.prepare_cached("DELETE FROM page WHERE url = ?1")?.execute([url])?;
            }
            // Those whose address stood here are counted; when this is done again, they are no more.
            coverage::uncount(connection, kept.iter().filter(|kept| gone.contains(&kept.address)))?;
            coverage::remove(connection, sources)?;
            Ok(urls.len() as u64)
        })?;
        let state = self.lock();
        let vacuum = || -> rusqlite::Result<()> {
            state.connection.execute_batch("VACUUM")?;
            let busy: bool =
                state.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if busy {
                let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
                return Err(rusqlite::Error::SqliteFailure(busy, None));
            }
            Ok(())
        };
        vacuum().map_err(|source| self.error(source))?;
        Ok(known)
    }

    /// Origins that may be asked now and have something due, and when the next one will be.
    pub fn due(&self, now: Timestamp) -> Result<Due, Error> {
        let mut state = self.lock();
        let due = state.origins().and_then(|(connection, origins)| origins.due(connection, now));
        due.map_err(|source| self.error(source))
    }

    /// Gives out a page of an origin that is due: of the lane whose turn it is. Written down with what is written next.
    pub fn lease(&self, origin: &Origin, now: Timestamp) -> Result<Option<Lease>, Error> {
        let leased = self.lock().change(|connection, origins| {
            let last = origins.as_mut().map_or(Lane::Again, |origins| origins.take_turn(origin));
            for lane in last.after() {
                let lease = connection
                    .prepare_cached(
                        "UPDATE page SET lease = ?3 WHERE url = (
                             SELECT url FROM page
                             WHERE origin = ?1 AND lane = ?2 AND next_fetch <= ?3
                                 AND next_fetch IS NOT NULL AND lease IS NULL
                             ORDER BY next_fetch LIMIT 1)
                         RETURNING *",
                    )?
                    .query_row(params![origin.as_str(), lane.code(), millis(now)], record::lease)
                    .optional()?;
                if lease.is_some() {
                    if let Some(origins) = origins {
                        origins.had_turn(origin, lane);
                    }
                    return Ok(lease);
                }
            }
            Ok(None)
        });
        leased.map_err(|source| self.error(source))
    }

    /// A host is not asked before `at`, also after a kill: written down now. For what is about to be asked.
    pub fn wait(&self, host: &str, at: Timestamp) -> Result<(), Error> {
        self.write(|connection, origins| {
            if let Some(origins) = origins {
                origins.rest(host, at);
            }
            connection
                .prepare_cached("UPDATE host SET next_fetch = max(next_fetch, ?2) WHERE name = ?1")?
                .execute(params![host, millis(at)])
                .map(drop)
        })
    }

    /// A host is not asked before `at`: written down with the next pages.
    pub fn rest(&self, host: &str, at: Timestamp) -> Result<(), Error> {
        let mut state = self.lock();
        let known = state.origins().map(|(_, origins)| origins.rest(host, at));
        known.map_err(|source| self.error(source))
    }

    /// An origin is not asked before `until`, for `reason`, in few words; its host's other origins are. Written down now.
    pub fn pause(&self, origin: &Origin, until: Timestamp, reason: &str) -> Result<(), Error> {
        self.write(|connection, origins| {
            if let Some(origins) = origins {
                origins.pause(origin, until);
            }
            connection
                .prepare_cached("UPDATE origin SET pause = ?2, reason = ?3 WHERE name = ?1 AND pause < ?2")?
                .execute(params![origin.as_str(), millis(until), reason])
                .map(drop)
        })
    }

    /// Origins that are left alone at `now` although pages of theirs wait, those first that may be asked first.
    pub fn paused(&self, now: Timestamp) -> Result<Vec<Paused>, Error> {
        let state = self.lock();
        let paused = || -> rusqlite::Result<Vec<Paused>> {
            let mut paused: Vec<Paused> = state
                .connection
                .prepare(
                    "SELECT name, pause, coalesce(reason, '') AS reason, (
                         SELECT count(*) FROM page
                         WHERE origin = name AND next_fetch <= pause AND next_fetch IS NOT NULL AND lease IS NULL
                     ) AS pages
                     FROM origin WHERE pause > ?1 ORDER BY pause, name",
                )?
                .query_map([millis(now)], |row| {
                    Ok(Paused {
                        origin: Origin::known(row.get("name")?),
                        until: time(row, "pause")?.unwrap_or(now),
                        reason: row.get("reason")?,
                        pages: row.get::<_, i64>("pages")? as u64,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            paused.retain(|paused| paused.pages > 0);
            Ok(paused)
        };
        paused().map_err(|source| self.error(source))
    }

    /// Writes what pages brought, all or nothing. Their captures must be on the disk by now.
    pub fn apply(&self, batch: &[Done], now: Timestamp) -> Result<Vec<Applied>, Error> {
        self.write(|connection, origins| {
            let applied = batch.iter().map(|done| record::apply(connection, done, now)).collect();
            if let Some(origins) = origins {
                origins.write(connection)?;
                for done in batch {
                    origins.touch(&Origin::of(&done.url));
                    for found in &done.found {
                        origins.touch(&Origin::of(&found.url));
                    }
                }
            }
            applied
        })
    }

    /// Gives back a page that was leased but not asked for.
    pub fn give_back(&self, url: &CanonicalUrl) -> Result<(), Error> {
        self.write(|connection, origins| {
            if let Some(origins) = origins {
                origins.touch(&Origin::of(url));
            }
            connection.execute("UPDATE page SET lease = NULL WHERE url = ?1", [url.as_str()]).map(drop)
        })
    }

    /// The robots.txt of an origin (`https://host:port`) as it was last seen.
    pub fn robots(&self, origin: &str) -> Result<Option<KnownRobots>, Error> {
        self.lock()
            .connection
            .query_row("SELECT fetched_at, status, body FROM robots WHERE origin = ?1", [origin], |row| {
                Ok(KnownRobots {
                    fetched_at: time(row, "fetched_at")?.unwrap_or(Timestamp::UNIX_EPOCH),
                    status: row.get("status")?,
                    body: row.get("body")?,
                })
            })
            .optional()
            .map_err(|source| self.error(source))
    }

    /// Remembers a robots.txt.
    pub fn remember_robots(&self, origin: &str, robots: &KnownRobots) -> Result<(), Error> {
        self.write(|connection, _| {
            connection
                .execute(
                    "INSERT OR REPLACE INTO robots (origin, fetched_at, status, body) VALUES (?1, ?2, ?3, ?4)",
                    params![origin, millis(robots.fetched_at), robots.status, robots.body],
                )
                .map(drop)
        })
    }

    /// Addresses that are due by `until`, or were given out.
    pub fn waiting(&self, until: Timestamp) -> Result<u64, Error> {
        self.lock()
            .connection
            .query_row(
                "SELECT count(*) FROM page WHERE next_fetch <= ?1 OR lease IS NOT NULL",
                [millis(until)],
                |row| row.get::<_, i64>(0),
            )
            .map(|count| count as u64)
            .map_err(|source| self.error(source))
    }

    /// All addresses that are known.
    pub fn known(&self) -> Result<u64, Error> {
        self.lock()
            .connection
            .query_row("SELECT count(*) FROM page", [], |row| row.get::<_, i64>(0))
            .map(|count| count as u64)
            .map_err(|source| self.error(source))
    }

    /// Coverage per source and day, oldest day first; empty where nothing was collected.
    pub fn coverage(&self) -> Result<Vec<Coverage>, Error> {
        coverage::rows(&self.lock().connection).map_err(|source| self.error(source))
    }
}

/// An origin that is left alone although pages of it wait.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Paused {
    /// Which one.
    pub origin: Origin,
    /// When it may be asked again.
    pub until: Timestamp,
    /// Why it is left alone, in few words.
    pub reason: String,
    /// Its pages that are due by then.
    pub pages: u64,
}

/// Origins that may be asked.
#[derive(Clone, Debug, Default)]
pub struct Due {
    /// Now: one of each host, whose turn it is.
    pub origins: Vec<Origin>,
    /// When the next one may be, where there is one.
    pub next: Option<Timestamp>,
}

#[cfg(test)]
mod tests;
